/* contact - a person that things are promised to
 *
 * Law:     what is known of them, as the owner said it or their own letters did. Who is not noted has the defaults: all is
 *          allowed that the policy allows, the owner's language and zone, no day of return.
 * Units:   utc.
 * Owns:    nothing; lives in the pool it was read into.
 * Fails:   never.
 * Manual:  kept(1) contact
 * Tests:   tests/commitment.c
 */
#ifndef KEPT_NOUNS_CONTACT_H
#define KEPT_NOUNS_CONTACT_H

#include "ground/worktime.h"
#include "ground/text.h"
#include "nouns/addr.h"
#include "nouns/conf.h"

#define CONTACT_STAGES(X) X(UNKNOWN, "") X(ESTABLISHING, "establishing") X(DEVELOPING, "developing") X(MAINTAINING, "maintaining")
#define CONTACT_SEGMENTS(X) X(DIRECT, "direct") X(INDIRECT, "indirect") X(NONE, "none")
/* "open": nobody asked, nobody refused; "asked": they asked for it; "never": nothing that kept prepares goes there */
#define CONTACT_CONSENTS(X) X(OPEN, "open") X(ASKED, "asked") X(NEVER, "never")
#define X(id, name) CONTACT_STAGE_##id,
enum contact_stage { CONTACT_STAGES(X) };
#undef X
#define X(id, name) CONTACT_SEGMENT_##id,
enum contact_segment { CONTACT_SEGMENTS(X) };
#undef X
#define X(id, name) CONTACT_CONSENT_##id,
enum contact_consent { CONTACT_CONSENTS(X) };
#undef X

struct contact {
	int64_t id;                /* 0: nothing is noted of them */
	const char *owner;         /* key */
	const char *address, *name;
	const char *language;      /* ISO 639-1; "": the owner's */
	const char *zone;          /* IANA name; "": the owner's */
	enum contact_stage stage;
	enum contact_segment segment;
	enum contact_consent consent;
	const char *why;           /* of that consent: the sentence in which they asked, or refused; "" */
	struct strings automatic;  /* kinds of mail that go to them without a word */
	utc absent;                /* they are back then; 0: not known to be away */
	utc absent_since;          /* when that was learnt: what was prepared before it waits, what is prepared after it was meant so */
	bool bounced;              /* mail to them came back */
};

enum { INTEREST_DAYS = 365 }; /* one that nobody set an end to is not for ever */

/* What they want to hear of. */
struct interest {
	int64_t id, contact;
	const char *topic;
	utc until, at;
	int64_t commitment;        /* in whose conversation they asked for it; 0: by hand */
	int64_t letter;            /* in which the owner said so; 0 */
	const char *owner;         /* store_interests_live() alone */
	struct addr who;
};

const char *contact_stage_name(enum contact_stage);
const char *contact_segment_name(enum contact_segment);
const char *contact_consent_name(enum contact_consent);
bool contact_stage_from(const char *, enum contact_stage *out);
bool contact_segment_from(const char *, enum contact_segment *out);
bool contact_consent_from(const char *, enum contact_consent *out);

#endif
