/* ical_inner - what the parts of ical share: wall-clock times of foreign objects */
#ifndef KEPT_LETTERS_ICAL_INNER_H
#define KEPT_LETTERS_ICAL_INNER_H

#include "letters/content.h"
#include "letters/ical.h"

struct wall { /* a date-time as written */
	bool is, utc, date; /* date: without a time */
	int64_t seconds;    /* wall clock, as if UTC */
	const char *tzid;
};

/* ---- values (ical_line.c) ---- */

bool wall_read(const char *, struct wall *);              /* leaves tzid */
bool offset_read(const char *, int *out);                 /* "-0730" */
bool duration_read(const char *, int64_t *out);           /* seconds; at most ten years */

/* ---- zones (ical_zone.c) ---- */

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

struct zone_read {
	const char *tzid;
	struct observance *o;
	size_t n;
	struct day_offset { bool known; int32_t day; int offset; } *days; /* NULL: none was asked */
};

/* The zones of one object, as its lines come by. */
struct zones {
	struct pool *p;
	struct zone_read *list;
	size_t n;
};

/* A component begins within `parent` ("": none); true: it is a part of a zone. It ends; a line in it. */
bool zones_begin(struct zones *, const char *kind, const char *parent);
void zones_end(struct zones *, const char *parent);
void zones_line(struct zones *, const struct content *, const char *part, const char *parent);
/* What a wall-clock time is in UTC: one without a zone as if it were UTC. An unknown zone is not guessed: false. */
bool zones_utc(struct zones *, const struct wall *, utc *out);

/* Seconds since 1970 of a wall clock, as if it were UTC. */
int64_t wall_of(int year, int month, int day, int seconds);
int32_t wall_day(int64_t wall);
/* The offset that holds at the wall-clock time: a time in a gap keeps the offset before it, of two equal times the first
 * is taken (RFC 5545 3.3.5). false: there is no observance. */
bool observance_offset(const struct observance *, size_t n, int64_t wall, int *offset);
/* Common zones by IANA or Windows name, without a file (the confined child opens none). Returns how many of the two. */
size_t observance_named(const char *tzid, struct observance out[2]);

#endif
