/* plan_checkin - with whom a check-in is due, when, and what for
 *
 * Law:     pure. A cadence counts in civil days of the owner's zone from the last real exchange either way; where
 *          there was none, from when they were noted. A check-in is meant for the ideal day, or one near it that is
 *          less full; never past the latest one where a day is free, never on a day off of either (as far as their
 *          country is known), above the owner's numbers of a day and a week, with one who wants none, is away, has
 *          one agreed on, or was asked about lately. It is proposed some working days before, and no more of them at once than a day holds.
 * Units:   utc seconds; days are civil days in the owner's zone.
 * Owns:    nothing; what is handed in is borrowed.
 * Fails:   never.
 * Manual:  kept.conf(5) cadence, kept(7) CADENCE
 * Tests:   tests/plan_checkin.c: a row a rule; a year for 200 contacts
 */
#ifndef KEPT_JUDGEMENT_PLAN_CHECKIN_H
#define KEPT_JUDGEMENT_PLAN_CHECKIN_H

#include "nouns/busy.h"
#include "nouns/contact.h"

/* "6w", "1mo", "90d", "1y": a length of time in the calendar; all 0: none. */
struct interval {
	int months, days;
};
bool interval_parse(const char *words, struct interval *out);
int32_t interval_after(int32_t day, struct interval); /* the last of a month where there is no such day in it */

/* A person as the cadence sees them. */
struct rhythm {
	const struct contact *who;
	struct interval ideal, latest; /* latest none: half of the ideal one on top of it */
	const struct worktime *hours;  /* theirs (contact_worktime); NULL: the owner's */
	utc since;                     /* the cadence counts from here, where there was no exchange yet */
	utc exchanged;                 /* the newest real exchange, either way; 0: none */
	utc agreed;                    /* a check-in to come, or one that waits for their answer; 0: none */
	utc proposed, meant;           /* the newest proposal to the owner, and the day it was for; 0: none */
	utc skipped;                   /* the owner did not want one; 0 */
	utc declined;                  /* they declined one; 0 */
};

enum due_state { DUE_NOT, DUE_NEAR, DUE_PAST_IDEAL, DUE_PAST_LATEST, DUE_BARRED };

/* Where one stands in their cadence. */
struct due {
	enum due_state state;
	int32_t ideal, latest;         /* days; 0 where they have no cadence */
	const char *why;               /* BARRED, and NOT where something holds it back: a literal */
};
struct due plan_due(const struct rhythm *, const struct worktime *, utc now);
const char *due_state_name(enum due_state);

struct proposal {
	size_t whom;                   /* place in the list handed in */
	utc at;                        /* in working hours of both */
	utc mail;                      /* when the owner is to be asked: now or earlier: in the next mail */
	bool late;                     /* past their latest day */
};

struct checkin_room {
	int day, week;                 /* at most so many */
	const utc *taken;              /* times of those agreed on, or proposed and not answered */
	size_t taken_count;
	const struct busy *busy;       /* what their calendar holds (busy_settle()); NULL: not known */
};

/* The proposals for the days until `till`, ordered by time; `out` has room for `n`. Returns how many. */
size_t plan_checkins(struct pool *, const struct rhythm *, size_t n, const struct worktime *,
		     const struct checkin_room *, utc now, utc till, struct proposal *out);

#endif
