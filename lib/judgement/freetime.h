/* freetime - up to three times at which two people could meet
 *
 * Law:     pure. Free for the owner, with a margin around what they have; in the working hours of both, on working days
 *          of both, at full or half hours, from the next working day on. The three lie on different days and in
 *          different parts of the day where that can be; full hours, the middle of a half-day, and no lunch time are
 *          liked better. In order of time.
 * Units:   utc seconds; minutes.
 * Fails:   never; there may be fewer than three, or none.
 * Tests:   tests/freetime.c
 */
#ifndef KEPT_JUDGEMENT_FREETIME_H
#define KEPT_JUDGEMENT_FREETIME_H

#include "nouns/busy.h"

enum { FREETIMES = 3, FREETIME_MARGIN = 15 /* minutes */ };

struct freetime {
	const struct worktime *own, *theirs;
	const struct busy *busy; /* settled */
	utc now, till;
	int minutes;
};

size_t freetime_find(const struct freetime *, utc out[FREETIMES]);

#endif
