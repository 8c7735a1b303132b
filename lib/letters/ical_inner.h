/* ical_inner - what the parts of ical share: content lines, and wall-clock times of foreign objects */
#ifndef KEPT_LETTERS_ICAL_INNER_H
#define KEPT_LETTERS_ICAL_INNER_H

#include "letters/ical.h"

/* One half of a zone: from its yearly onset on, the offset is `to` (RFC 5545 3.6.5). */
struct observance {
	int from, to;        /* seconds east, before and after */
	int64_t start;       /* first onset, wall-clock seconds since 1970 as if UTC */
	int64_t until;       /* last onset, wall clock; 0: none */
	bool yearly;         /* else `start` alone counts, and `more` */
	int month;           /* 1 to 12 */
	int nth, weekday;    /* the nth weekday (-1 the last; 0: weekday on or after `day`), Monday is 0 */
	int day;             /* a day of the month; with a weekday: the first such weekday on or after it */
	bool has_weekday;
	const int64_t *more; /* RDATE */
	size_t more_count;
};

/* Seconds since 1970 of a wall clock, as if it were UTC. */
int64_t wall_of(int year, int month, int day, int seconds);
/* The offset that holds at the wall-clock time: a time in a gap keeps the offset before it, of two equal times the first
 * is taken (RFC 5545 3.3.5). false: there is no observance. */
bool observance_offset(const struct observance *, size_t n, int64_t wall, int *offset);
/* Common zones by IANA or Windows name, without a file (the confined child opens none). Returns how many of the two. */
size_t observance_named(const char *tzid, struct observance out[2]);

#endif
