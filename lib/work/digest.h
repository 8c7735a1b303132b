/* digest - mail of no single commitment: what each team hears of what was promised with it and shared
 *
 * Law:     weekly, on the team's weekday at the start of work (the working day after a day off); of the promises that
 *          were given to that team, of all owners; never to a team marked commercial. The mail and the mark until when it
 *          tells are one transaction, so that nothing is told twice or left out, whatever is killed. A week without
 *          anything is passed in silence.
 * Units:   utc; the first owner's zone and days.
 * Owns:    nothing. Tests: tests/digest.c
 * Manual:  kept.conf(5) team
 */
#ifndef KEPT_WORK_DIGEST_H
#define KEPT_WORK_DIGEST_H

#include "work/schedule.h"

/* What is due at `now`; `next` is made earlier where the next one is. Begins its own transactions. */
bool digest_teams(struct sql *, const struct conf *, utc now, utc *next, struct err *);

/* What teams will hear until `till`, of what is in the ledger and of this mail that will have left to others. Reads alone. */
struct digest_left {
	int64_t commitment;
	utc at;
};
struct digest_ahead {
	utc at;
	const struct team *team;
	const struct owner *owner; /* in whose name it goes */
	int64_t *ids;              /* the promises that it tells of */
	size_t n;
};
bool digest_ahead(struct sql *, struct pool *, const struct conf *, const struct digest_left *, size_t n, utc now, utc till, struct digest_ahead **out,
		  size_t *count, struct err *);

#endif
