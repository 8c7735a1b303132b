/* mail - a message that goes out: kinds, steps, and the mail itself before it is bytes
 *
 * Law:     one table of kinds; templates, simulate, the outbox and test contexts use its names. A header field is a
 *          struct line, so nothing from outside can end a header line.
 * Owns:    lives in the pool it was composed in.
 * Manual:  kept.conf(5), kept-template(5)
 * Tests:   tests/compose.c, tests/gate.c, tests/plan.c
 */
#ifndef KEPT_NOUNS_MAIL_H
#define KEPT_NOUNS_MAIL_H

#include "ground/text.h"
#include "ground/worktime.h"
#include "nouns/addr.h"
#include "nouns/conf.h"

#define MAIL_KINDS(X) \
	/* id               name              to whom    automatic (RFC 3834)? */ \
	X(WELCOME,         "welcome",         OWNER,     true) \
	X(ACKNOWLEDGEMENT, "acknowledgement", OWNER,     true) \
	X(REMINDER,        "reminder",        OWNER,     true) \
	X(AGENDA,          "agenda",          OWNER,     true) \
	X(APPROVAL,        "approval",        OWNER,     true) \
	X(RECEIPT,         "receipt",         OUTSIDE,   false) \
	X(PROGRESS,        "progress",        OUTSIDE,   false) \
	X(DELAY,           "delay",           OUTSIDE,   false) \
	X(DELIVERY,        "delivery",        OUTSIDE,   false) \
	X(AFTERCARE,       "aftercare",       OUTSIDE,   false) \
	X(SHARE,           "share",           OUTSIDE,   false) \
	X(INTRODUCTION,    "introduction",    OUTSIDE,   false) \
	X(RECAP,           "recap",           OUTSIDE,   false) \
	X(INVITATION,      "invitation",      OUTSIDE,   false) \
	X(PROPOSAL,        "proposal",        OWNER,     true) \
	X(BRIEFING,        "briefing",        OWNER,     true) \
	X(SWEEP,           "sweep",           OWNER,     true) \
	X(REQUEST,         "request",         TEAM,      true) \
	X(NAG,             "nag",             TEAM,      true) \
	X(THANKS,          "thanks",          TEAM,      true) \
	X(REVIEW,          "review",          OWNER,     true) \
	X(CHALLENGE,       "challenge",       OWNER,     true) \
	X(DIGEST,          "digest",          TEAM,      true) \
	X(NOTICE,          "notice",          OWNER,     true)
#define X(id, name, whom, automatic) MAIL_##id,
enum mail_kind { MAIL_NONE, MAIL_KINDS(X) };
#undef X

enum mail_whom { WHOM_OWNER, WHOM_OUTSIDE, WHOM_TEAM };

/* What plan() wants. */
struct step {
	enum mail_kind kind;  /* MAIL_NONE with `at`: look again then; with at 0: nothing until something happens */
	utc at;               /* due now or earlier: do it */
	bool final;           /* a reminder that is the last one */
	bool close;           /* MAIL_NONE: what was delivered counts as kept then */
	enum mail_kind next;  /* MAIL_NONE: the mail that it will be, where that is known */
	const char *to;       /* to a team: its address, borrowed from the configuration; else NULL */
	const char *why;      /* in words the owner can read; a literal */
	const char *rule;     /* the setting that makes it: "policy.default.remind[1]"; a literal or "" */
};

struct attached {
	struct line name;        /* file name */
	const char *type;        /* "text/vcard; charset=utf-8"; a literal of ours */
	const char *bytes;
	size_t n;
};

struct mail {
	enum mail_kind kind;
	const struct owner *owner;
	struct addr to;
	struct addrs also;       /* to outside: others who get it, named in To as well */
	bool outside;
	struct line from_name, from, to_name, subject, reply_to; /* from, reply_to: addresses */
	struct line reply_name;  /* whose reply_to is; NULL: from_name's */
	const char *token;       /* of the reply address; 26 letters and digits (128 bits); "" none */
	struct line message_id;  /* with < > */
	struct line in_reply_to; /* "" none */
	struct line *references;
	size_t reference_count;
	const char *markdown;    /* the text part; the HTML part is made from it */
	const char *language;    /* of that text (ISO 639-1); NULL: the owner's */
	const char *calendar;    /* an iCalendar object for the alternative part and as invite.ics; NULL none */
	const char *method;      /* its METHOD, upper case */
	struct attached *attached;
	size_t attached_count;
	utc date;
};

const char *mail_kind_name(enum mail_kind); /* "none" for MAIL_NONE */
bool mail_kind_from(const char *name, enum mail_kind *out);
enum mail_whom mail_kind_whom(enum mail_kind);
bool mail_kind_automatic(enum mail_kind);

#endif
