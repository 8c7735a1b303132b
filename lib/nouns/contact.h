/* contact - a person that things are promised to
 *
 * Law:     what is known of them, as the owner said it or their own letters did. Who is not noted has the defaults: all is
 *          allowed that the policy allows, the owner's language and zone, no day of return. Whoever something is promised
 *          to is noted. Two that are one person are made one by their owner's word alone (`kept contact A merge B`), and
 *          parted again: what was noted of either stays where it is.
 * Units:   utc; cadences in days.
 * Owns:    nothing; lives in the pool it was read into.
 * Fails:   never.
 * Manual:  kept(1) contact
 * Tests:   tests/people.c
 */
#ifndef KEPT_NOUNS_CONTACT_H
#define KEPT_NOUNS_CONTACT_H

#include "ground/worktime.h"
#include "ground/text.h"
#include "nouns/addr.h"
#include "nouns/conf.h"

#define CONTACT_STAGES(X) X(UNKNOWN, "") X(ESTABLISHING, "establishing") X(DEVELOPING, "developing") X(MAINTAINING, "maintaining")
#define CONTACT_SEGMENTS(X) X(DIRECT, "direct") X(INDIRECT, "indirect") X(NONE, "none")
/* "open": nobody asked, nobody refused; "asked": they asked for it; "not-needed": the owner need not ask; "never": nothing that
 * kept prepares goes there */
#define CONTACT_CONSENTS(X) X(OPEN, "open") X(ASKED, "asked") X(NOT_NEEDED, "not-needed") X(NEVER, "never")
#define CONTACT_TERMS(X) X(SHORT, "short") X(MID, "mid") X(LONG, "long")
#define CONTACT_DIRECTIONS(X) X(THEIRS, "theirs") X(OURS, "ours") X(BOTH, "both")
#define X(id, name) CONTACT_STAGE_##id,
enum contact_stage { CONTACT_STAGES(X) };
#undef X
#define X(id, name) CONTACT_SEGMENT_##id,
enum contact_segment { CONTACT_SEGMENTS(X) };
#undef X
#define X(id, name) CONTACT_CONSENT_##id,
enum contact_consent { CONTACT_CONSENTS(X) };
#undef X
#define X(id, name) CONTACT_TERM_##id,
enum contact_term { CONTACT_TERMS(X) };
#undef X
#define X(id, name) CONTACT_DIRECTION_##id,
enum contact_direction { CONTACT_DIRECTIONS(X) };
#undef X

struct contact {
	int64_t id;                /* 0: nothing is noted of them */
	const char *owner;         /* key */
	const char *address, *name;
	const char *language;      /* ISO 639-1; "": the owner's */
	const char *zone;          /* IANA name; "": the owner's */
	const char *country;       /* ISO 3166-1, lower case; "": that of their zone */
	enum contact_stage stage;
	enum contact_segment segment;
	enum contact_consent consent;
	const char *why;           /* of that consent: the sentence in which they asked, or refused; "" */
	struct strings automatic;  /* kinds of mail that go to them without a word */
	utc absent;                /* they are back then; 0: not known to be away */
	utc absent_since;          /* when that was learnt: what was prepared before it waits, what is prepared after it was meant so */
	bool bounced;              /* mail to them came back */
	const char *channel;       /* the one they prefer, one word: "phone"; "" or "mail": mail */
	const char *phone;         /* their number; "" */
	const char *between;       /* segment indirect: who is between, a name or an address; "" */
	int cadence_ideal, cadence_latest; /* days between exchanges; 0: those of their stage */
	const char *decides;       /* how they decide; "" */
	const char *expects;       /* what they expect; "" */
	const char *conflict;      /* the conflict-of-interest line that mails to them have; "": none of their own */
	enum contact_stage proposed; /* a stage that the owner was told of as the next; UNKNOWN: none */
	utc made;                  /* when they were first noted; 0: not noted */
	bool erased;               /* not noted, for they were erased: `consent` is never; their owner's hand notes them again, nothing else does */
};

enum {
	INTEREST_DAYS = 365,   /* one that nobody set an end to is not for ever */
	CONTACT_LIST_MOST = 200, /* needs, notes, insights, works of one person */
	CADENCE_MOST = 3650,   /* days */
	CHANNEL_MOST = 30,
	PHONE_MOST = 60
};

/* What they want to hear of. */
struct interest {
	int64_t id, contact;
	const char *topic;
	utc until, at;
	utc asked;                 /* the owner was asked whether it goes on; 0 */
	int64_t commitment;        /* in whose conversation they asked for it; 0: by hand */
	int64_t letter;            /* in which the owner said so; 0 */
	const char *owner;         /* store_interests_live() alone */
	struct addr who;
};

/* What they need. */
struct need {
	int64_t id, contact;
	enum contact_term term;
	const char *text;
	utc look;                  /* to be looked at again then; 0: no day */
	utc at, closed;            /* closed 0: it stands */
};

/* Owner and person spoke, in whatever way. A letter of either is noted where it is read, mail of kept's where it has left; by hand
 * is what was no mail: `touch`, `met`. A check-in that took place is one of both, at its hour; its invitation is none. */
struct exchange {
	int64_t id, contact;
	utc at;
	const char *channel;       /* "mail", "phone", "met" … */
	enum contact_direction direction;
	const char *text;          /* what was said; of a mail of theirs, what it asks; "" */
	int64_t letter;            /* 0: no mail */
};

struct contact_note {
	int64_t id, contact;
	utc at;
	const char *text;
};

/* Something learnt from them. It is open until they hear what came of it. */
struct insight {
	int64_t id, contact;
	const char *text;
	utc at, told;              /* told 0: open */
};

/* What they work on: a study, an alert, forwarded to kept+work@. */
struct work {
	int64_t id, contact;
	const char *title, *link;  /* link "" */
	utc at;
	int64_t letter;            /* 0: by hand */
};

/* When they work, as far as is known: their zone, the days off of their country; else as the owner. */
struct worktime contact_worktime(struct pool *, const struct worktime *own, const struct contact *);
const char *contact_stage_name(enum contact_stage);
const char *contact_segment_name(enum contact_segment);
const char *contact_consent_name(enum contact_consent);
const char *contact_term_name(enum contact_term);
const char *contact_direction_name(enum contact_direction);
bool contact_stage_from(const char *, enum contact_stage *out);
bool contact_segment_from(const char *, enum contact_segment *out);
bool contact_consent_from(const char *, enum contact_consent *out);
bool contact_term_from(const char *, enum contact_term *out);
bool contact_direction_from(const char *, enum contact_direction *out);
/* One word, in lower case: a channel's name. */
bool contact_channel_ok(const char *);

#endif
