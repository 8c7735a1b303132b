/* realistic - can the day that was promised be kept, by the record?
 *
 * Law:     pure. Two things are said, each only where it is so: that the day already holds as many of the owner's promises as
 *          policy's day_full, and that promises of its kind took longer than the working days that are left, in the median of
 *          at least REALISTIC_LEAST. Of an even number, the lower one: nobody is warned on half of the record. A better day is
 *          a working day, not before the one promised nor before what the median takes, which is not full.
 * Units:   utc; days are those of the owner's zone. A promise kept on the day it was made took 0 working days.
 * Fails:   never.
 * Manual:  kept(7) LOGGING, kept.conf(5) day_full
 * Tests:   tests/realistic.c
 */
#ifndef KEPT_JUDGEMENT_REALISTIC_H
#define KEPT_JUDGEMENT_REALISTIC_H

#include "ground/worktime.h"

enum { REALISTIC_LEAST = 5, REALISTIC_AHEAD = 60 /* days after it that are looked at for a better one */ };

struct realistic_in {
	const struct worktime *time;
	utc now, due;
	int day_full;                                /* 0: no day is */
	const utc *open;                             /* when the owner's other open promises are due */
	size_t open_count;
	const struct took { utc made, kept; } *took; /* promises of this kind that were kept */
	size_t took_count;
};

struct realistic {
	size_t holds;   /* so many promises are due that day already; 0: it is not full */
	int usual;      /* the median, in working days; 0: the day leaves as much, or too little is known */
	size_t of;      /* … of so many */
	utc better;     /* at the start of work of a better day; 0: none is needed, or found */
};

struct realistic realistic(struct pool *, const struct realistic_in *);

#endif
