/* deliver - does this message of the owner deliver what was promised?
 *
 * Law:     pure. Judged of one message in the conversation of one live promise. SURE: two things agree, a file or
 *          link and what names it, or an answer and the word that it is one; then it may be closed without asking.
 *          LIKELY: ask. NO: nothing speaks for it, or something against it: it goes to somebody else, hands over an
 *          attachment that is not there, or promises the thing anew. A wrong SURE costs a promise, a wrong LIKELY one
 *          reply: in doubt it asks.
 * Units:   utc.
 * Owns:    nothing; lives in the pool. `why` names words of the promise and of files: hostile text, to be quoted.
 * Fails:   never.
 * Manual:  kept(7) KEPT BY DELIVERY
 * Tests:   tests/deliver.c one row a rule, in seven languages and as clients write them
 */
#ifndef KEPT_JUDGEMENT_DELIVER_H
#define KEPT_JUDGEMENT_DELIVER_H

#include "judgement/claim.h"
#include "judgement/vow.h"
#include "nouns/letter.h"
#include "nouns/resource.h"

#define DELIVERIES(X) X(NO, "no") X(LIKELY, "likely") X(SURE, "sure")
#define X(id, name) DELIVERY_##id,
enum delivery_strength { DELIVERIES(X) };
#undef X

/* What is in a mail: of a letter, or of a mail that is to leave. */
struct handed {
	const char *subject, *text; /* text: what its writer wrote now */
	struct strings files;       /* names of what is attached, signatures and logos left out */
	struct strings links;
	struct addrs to;            /* To and Cc, without kept */
};
/* Is this something that was handed over? Not a signature's picture or key, a business card, an invitation, a list's footer. */
bool handed_is(const struct attachment *);
void handed_letter(struct pool *, const struct letter *, const struct conf *, struct handed *out);

struct deliver_in {
	const struct handed *mail;
	const char *what;           /* of the promise */
	const struct addrs *to;     /* to whom; none: anybody will do */
	bool alone;                 /* the only live promise of this conversation */
	const struct resource *resources; /* of the library, that bear on it; may be none */
	size_t resource_count;
	const struct claims *claims; /* of mail->text */
	const struct vows *vows;
	const struct rules *rules;  /* conf.h; NULL: read anew */
	utc at;                     /* the message's time */
};

struct deliver {
	enum delivery_strength strength;
	bool named;      /* words of the promise stand by what is handed over */
	bool claims;     /* it says or shows that it delivers something: then a last look is worth it */
	bool empty;      /* it says "attached" and holds nothing */
	bool elsewhere;  /* none of them is among its recipients */
	bool reached;     /* it goes to one at least of those it was promised to */
	const char *anew; /* the sentence that promises this very thing once more; NULL: none does */
	/* what decided, a part of a sentence: "it holds the file x.pdf (subgroup) and says “attached”" */
	const char *why;
};

void deliver_judge(struct pool *, const struct deliver_in *, struct deliver *out);
const char *delivery_name(enum delivery_strength);

/* ---- what look.h asks too ---- */

/* How much of a promise is in a mail. */
struct thing {
	bool any;          /* a file, or a link to one */
	size_t words, named; /* of the promise in all; of these, in names of files and links */
	const char *which, *where; /* these words; the first file or link that has some */
	const struct resource *resource; /* of the library, and the very one; NULL */
};
/* The word by which it says "attached", where it holds nothing; NULL. */
const char *deliver_empty(struct pool *, const struct claims *, const struct thing *);
struct thing deliver_thing(struct pool *, const struct handed *, const char *what, const struct resource *, size_t n);

#endif
