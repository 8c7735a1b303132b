/* card - a person with all that is noted of them, each thing by its name
 *
 * Law:     two tables: the fields of a person, and the lists. The terminal's options, the columns of a table, the properties
 *          of a vCard and the keys of JSON are made from them, so that what is noted once is shown, written and read everywhere.
 * Owns:    nothing; lives in the pool it was read into.
 * Fails:   card_set says what a field may be; then nothing was set.
 * Manual:  kept(1) contact, contacts
 * Tests:   tests/vcard.c
 */
#ifndef KEPT_NOUNS_CARD_H
#define KEPT_NOUNS_CARD_H

#include "nouns/contact.h"
#include "nouns/mail.h"

#define CARD_FIELDS(X) \
	/* id        name        vCard             what it may be */ \
	X(NAME,     "name",     "FN",              "a name") \
	X(LANGUAGE, "language", "LANG",            "two letters, as de; empty: yours") \
	X(ZONE,     "zone",     "TZ",              "a time zone, as Europe/Berlin; empty: yours") \
	X(COUNTRY,  "country",  "X-KEPT-COUNTRY",  "two letters, as de, whose holidays are theirs; empty: the country of their zone") \
	X(STAGE,    "stage",    "X-KEPT-STAGE",    "establishing, developing, maintaining") \
	X(SEGMENT,  "segment",  "X-KEPT-SEGMENT",  "direct, indirect (somebody is between), none (nothing is prepared for them)") \
	X(BETWEEN,  "between",  "X-KEPT-BETWEEN",  "who is between: a name or an address") \
	X(CONSENT,  "consent",  "X-KEPT-CONSENT",  "open (nobody asked), asked (they asked for it), not-needed, never") \
	X(WHY,      "why",      "X-KEPT-WHY",      "the words of that consent") \
	X(CHANNEL,  "channel",  "X-KEPT-CHANNEL",  "the one they prefer, one word: mail, phone; empty: mail") \
	X(PHONE,    "phone",    "TEL",             "their number") \
	X(CADENCE,  "cadence",  "X-KEPT-CADENCE",  "how often you speak, ideally and at the latest, in days, weeks (w) or months (m): 6w/9w; empty: as their stage") \
	X(DECIDES,  "decides",  "X-KEPT-DECIDES",  "how they decide") \
	X(EXPECTS,  "expects",  "X-KEPT-EXPECTS",  "what they expect") \
	X(CONFLICT, "conflict", "X-KEPT-CONFLICT", "the conflict-of-interest line that your mails to them have") \
	X(AUTO,     "auto",     "X-KEPT-AUTO",     "kinds of mail to others that go without a word of yours: receipt,delay; or none") \
	X(ABSENT,   "absent",   "X-KEPT-ABSENT",   "when they are back, an ISO time")
#define X(id, name, property, text) CARD_##id,
enum card_field { CARD_FIELDS(X) CARD_FIELD_COUNT };
#undef X

#define CARD_LISTS(X) \
	/* id        name         one         vCard              its day    its word */ \
	X(INTEREST, "interests", "topic",    "X-KEPT-INTEREST", "UNTIL",   "") \
	X(NEED,     "needs",     "need",     "X-KEPT-NEED",     "LOOK",    "TERM") \
	X(EXCHANGE, "exchanges", "text",     "X-KEPT-EXCHANGE", "",        "CHANNEL") \
	X(NOTE,     "notes",     "note",     "NOTE",            "",        "") \
	X(INSIGHT,  "insights",  "insight",  "X-KEPT-INSIGHT",  "TOLD",    "") \
	X(WORK,     "works",     "title",    "X-KEPT-WORK",     "",        "LINK")
#define X(id, name, one, property, day, word) CARD_LIST_##id,
enum card_list { CARD_LISTS(X) CARD_LIST_COUNT };
#undef X

enum { CARD_ENTRIES_MOST = 1000 /* of one person */ };

/* One of a list. */
struct card_entry {
	enum card_list list;
	int64_t id;
	utc at;                             /* since when it is noted */
	utc day;                            /* until, to be looked at, told; 0: none */
	const char *word;                   /* term, channel, link; "" */
	enum contact_direction direction;   /* of an exchange */
	const char *text;
	int64_t letter;
};

/* What of a file could not be taken. */
struct card_fault {
	int line;                           /* from 1 */
	const char *why;
};

struct card {
	struct contact who;
	struct strings addresses;           /* the first is shown */
	struct card_entry *entries;
	size_t n;
	unsigned given;                     /* of one that was read: bit 1 << field: it stands there */
	int line;                           /* … in which line of its file; where it says more than one, the one that is read */
	struct card_fault *odd;             /* … and what could not be taken */
	size_t odd_count;
};

/* A person of whom nothing is known. */
struct contact card_nobody(void);
const char *card_field_name(enum card_field);
const char *card_field_property(enum card_field);
bool card_field_from(const char *name, enum card_field *out);
const char *card_list_name(enum card_list);
const char *card_list_one(enum card_list);
const char *card_list_property(enum card_list);
const char *card_list_day(enum card_list);  /* "" none */
const char *card_list_word(enum card_list); /* "" none */

/* A field as words; "" where it has its default (segment and consent are always said). And back: empty words are the default. */
const char *card_get(struct pool *, const struct contact *, enum card_field);
bool card_set(struct pool *, struct contact *, enum card_field, const char *words, struct err *);

struct card_entry *card_add(struct pool *, struct card *, enum card_list);
/* Do they say the same? Its number and letter do not count; nor when it was noted, of an interest or need. */
bool card_entry_same(struct pool *, const struct card_entry *, const struct card_entry *);

#endif
