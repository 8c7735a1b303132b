/* agree - a promise in the ledger and in its owner's calendar: what follows where they differ
 *
 * Law:     pure. Three sides: as it was when both were alike, as kept has it, as the calendar has it. What the calendar
 *          changed is taken over; what kept changed is written there; where both changed the same thing otherwise,
 *          kept's stands and the owner is told what the calendar said: nothing is lost. Ticked off is ticked off,
 *          whatever else changed.
 * Fails:   never.
 * Tests:   tests/agree.c
 */
#ifndef KEPT_JUDGEMENT_AGREE_H
#define KEPT_JUDGEMENT_AGREE_H

#include <stdbool.h>

#include "ground/worktime.h"

struct side {
	utc due;          /* 0: no time is said */
	bool done;
	const char *what;
};

struct agreement {
	bool done, undone;       /* the calendar ticked it off, or took that back */
	bool due, what;          /* the calendar's is to be taken over */
	bool due_lost, what_lost; /* both changed it, or it was taken away there: kept's stands, and its owner is told */
	bool alike;              /* nothing is to be written there */
};

struct agreement agree(const struct side *base, const struct side *kept, const struct side *calendar);

#endif
