/* checkin - a meeting with people outside, and what each of them answered
 *
 * Law:     its state is what was decided; that it is over is a fact about time. `sequence` rises with every change of what
 *          those who are invited see. Times are written in the wall clock of `zone`: a series keeps its hour over a change
 *          of the clocks.
 * Units:   utc seconds; minutes.
 * Owns:    nothing; lives in the pool it was read into.
 * Fails:   never.
 * Manual:  kept(7) CHECK-INS
 * Tests:   tests/checkin.c
 */
#ifndef KEPT_NOUNS_CHECKIN_H
#define KEPT_NOUNS_CHECKIN_H

#include "ground/worktime.h"
#include "nouns/addr.h"

#define CHECKIN_STATES(X) \
	/* id        in SQL       live?  for a person */ \
	X(PROPOSED,  "proposed",  true,  "nobody was invited yet") \
	X(INVITED,   "invited",   true,  "invited; no one has accepted yet") \
	X(CONFIRMED, "confirmed", true,  "somebody comes") \
	X(DECLINED,  "declined",  true,  "nobody comes") \
	X(CANCELLED, "cancelled", false, "called off")
#define X(id, name, live, text) CHECKIN_##id,
enum checkin_state { CHECKIN_STATES(X) };
#undef X

/* RFC 5545 3.2.12 */
#define PARTSTATS(X) \
	X(NEEDS_ACTION, "NEEDS-ACTION", "no answer") X(ACCEPTED, "ACCEPTED", "accepted") X(DECLINED, "DECLINED", "declined") \
	X(TENTATIVE, "TENTATIVE", "perhaps") X(DELEGATED, "DELEGATED", "delegated")
#define X(id, name, text) PARTSTAT_##id,
enum partstat { PARTSTATS(X) };
#undef X

enum { CHECKIN_MINUTES = 30 /* where nothing is said */, CHECKIN_MINUTES_MOST = 24 * 60, CHECKIN_ATTENDEES_MOST = 50 };

/* One who is invited; or (recurrence not 0) what they answered to that one of a series. */
struct checkin_attendee {
	const char *name, *address;
	utc recurrence;
	enum partstat partstat;
	const char *comment;       /* of their newest answer; "" */
	int answered_sequence;     /* to which object that was */
	utc answered;              /* when; 0: never */
	const char *delegated_to;  /* "" */
	utc counter;               /* the start that they propose instead; 0: none */
	int counter_minutes;
};

struct checkin_exception {
	utc recurrence;            /* the start it would have had */
	utc start;                 /* 0: it does not take place */
};

struct checkin {
	int64_t id;
	const char *owner;         /* key */
	const char *uid;
	int sequence;
	utc stamp;                 /* since when it is as it is */
	enum checkin_state state;
	utc start;                 /* of a series: the first */
	int minutes;
	const char *zone;          /* IANA name, or "UTC+02:00" */
	const char *rrule;         /* RFC 5545 3.3.10; "" once */
	const char *purpose, *agenda, *link, *place; /* "" none */
	int64_t commitment;        /* that it came of; 0 */
	utc made;
	int entry;                 /* sequence of the object that its owner got last; -1: none */
	struct checkin_attendee *attendees;
	size_t attendee_count;
	struct checkin_exception *exceptions; /* by recurrence */
	size_t exception_count;
};

const char *checkin_state_name(enum checkin_state);
bool checkin_state_from(const char *name, enum checkin_state *out);
bool checkin_is_live(enum checkin_state);
/* Its mail asks them to come at its start: a series that they know may have begun. */
bool checkin_invites_to(const struct checkin *);
const char *partstat_name(enum partstat);
const char *partstat_said(enum partstat);
bool partstat_from(const char *name, enum partstat *out);

/* Of the whole (recurrence 0), or of one of a series; NULL: there is none. */
struct checkin_attendee *checkin_attendee(const struct checkin *, const char *address, utc recurrence);
const struct checkin_exception *checkin_exception(const struct checkin *, utc recurrence);
/* The state that the answers to the whole make. */
enum checkin_state checkin_answered(const struct checkin *);
/* Those invited. */
struct addrs checkin_people(struct pool *, const struct checkin *);
/* Of those, whom it is with: the first who did not decline or send somebody else; the first of all, where all did. */
bool checkin_with(const struct checkin *, struct addr *out);
/* "Check-in: the subgroup data" */
const char *checkin_title(struct pool *, const struct checkin *);

#endif
