/* suggest - what the record would have its owner do otherwise
 *
 * Law:     pure. One kind now: of the promises to a person that came due in half a year, three at least, none came by its day;
 *          then the nearest open one to them, whose day was never moved, is given as many days more as they were late in the
 *          median. What was later than a month in the median says nothing about days.
 * Fails:   never.
 * Manual:  kept(7) THE WEEKLY REVIEW
 * Tests:   tests/review.c; tests/review_year.c
 */
#ifndef KEPT_JUDGEMENT_SUGGEST_H
#define KEPT_JUDGEMENT_SUGGEST_H

#include "judgement/score.h"

enum { SUGGEST_MOST = 3 };

struct suggestion {
	const struct commitment *m;
	utc rather; /* the day that could be kept */
	size_t of;  /* of so many to them none came by its day */
};

size_t suggest(struct pool *, const struct score_track *, size_t n, utc now, struct suggestion out[SUGGEST_MOST]);

#endif
