/* tag - the ways to tag
 *
 * Law:     pure. Finds how a message was tagged and with what options; does not read the due expression. Where an address
 *          and another way agree on nothing, the address counts. A stranger's message in the owner's own mailbox is tagged
 *          by the owner's hand alone.
 * Fails:   never.
 * Manual:  kept(7) TAGS
 * Tests:   tests/tag.c
 */
#ifndef KEPT_JUDGEMENT_TAG_H
#define KEPT_JUDGEMENT_TAG_H

#include "nouns/letter.h"

#define TAG_WAYS(X) \
	X(BCC, "bcc") X(CC, "cc") X(TO, "to") X(SUBJECT, "subject") X(BODY, "body") X(FLAG, "flag") X(KEYWORD, "keyword") \
	X(LABEL, "label") X(FOLDER, "folder") X(FORWARD, "forward")
#define X(id, name) TAG_##id,
enum tag_way { TAG_NONE, TAG_WAYS(X) };
#undef X

struct tag {
	enum tag_way way;
	const char *address;     /* the tracking address as found; "" */
	const char *due;         /* expression as written; "" */
	enum tag_way due_way;    /* which way gave it: an address way, TAG_SUBJECT, TAG_BODY */
	const char *text;        /* what, as the tag itself says ("kept: send the data by friday"); "" */
	struct strings texts;    /* each such line, the first one too */
	const char *every, *team;/* "" */
	const char *key, *token; /* k-KEY, r-TOKEN; "" */
	bool noreply, done, only, share, work;
	bool alone;              /* the tracking address is the only recipient */
	bool hidden;             /* what the address says stands in no To or Cc: nobody signed it */
};

void tag_find(struct pool *, const struct letter *, const struct place *, const struct conf *, struct tag *out);
/* The pieces of "+3d+noreply+team-medinfo": options out, the rest joined is `due`. */
void tag_options(struct pool *, const char *detail, struct tag *out);
const char *tag_way_name(enum tag_way);
/* The subject without prefixes (Re:, AW:, Fwd: … in the seven languages and more) and without the [kept …] tag. */
char *tag_subject(struct pool *, const char *subject);
/* The "[kept …]" in a subject, as written; "" none. */
const char *tag_in_subject(struct pool *, const char *subject);

#endif
