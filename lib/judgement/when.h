/* when - words to an instant: the due expressions
 *
 * Law:     pure. Every accepted expression has one reading; what has two is `ambiguous`, what is not understood is an
 *          error that names the word and the nearest that would do. The result lies strictly after the anchor (only
 *          `now` gives the anchor). The languages: English, German, French, Spanish, Italian, Portuguese, Dutch.
 * Units:   utc seconds; working days and hours of the frame.
 * Owns:    nothing; strings of the result lie in the pool.
 * Fails:   e->code is one of: unknown unit ambiguous past nodate notime conflict vague fraction toooften toofar empty.
 * Manual:  kept(7) DATES AND TIMES
 * Tests:   tests/when.c
 */
#ifndef KEPT_JUDGEMENT_WHEN_H
#define KEPT_JUDGEMENT_WHEN_H

#include "ground/worktime.h"

struct frame {
	utc anchor;                    /* the moment of writing */
	const struct worktime *time;   /* zone and settings */
	const struct zone *(*zone)(void *, const char *name); /* IANA names in expressions; NULL: only the owner's zone and offsets */
	void *zone_arg;
};

struct when {
	utc at;              /* the instant, or a recurrence's first */
	bool has_hour;       /* a clock time or a day part was named */
	bool no_day;         /* nothing but that: it is today's, or the next */
	utc till;            /* of a whole week, month, quarter or year (next week): its end, for `at` is its beginning; 0 */
	const char *rrule;   /* RFC 5545 RRULE value; NULL: no recurrence */
	const char *note;    /* a remark on how it was read; NULL */
};

bool when_parse(struct pool *, const char *words, const struct frame *, struct when *out, struct err *);

/* Is it one at all, whatever the clock (for command arguments)? Same errors, but never `past`. `cadence`: only a
 * recurrence will do. */
bool when_is(struct pool *, const char *words, bool cadence, struct err *);

/* The longest span of a sentence that parses: where it begins and ends. Words must be parted by spaces. false: none. */
bool when_find(struct pool *, const char *sentence, const struct frame *, size_t *from, size_t *to, struct when *out);

/* In one that has none: the words that name a day that does not come ("by 31 February"), no part of which is taken for a
 * date; why, as when_parse says it. NULL: none. */
const char *when_wrong(struct pool *, const char *sentence, const struct frame *, struct err *);

/* The first time in it that names no day ("in a few days", "in the new year", "soon"), and what would do in its place. */
enum vague_kind { VAGUE_SOON, VAGUE_DAYS, VAGUE_WEEKS, VAGUE_MONTHS, VAGUE_YEARS, VAGUE_NEWYEAR };
struct vague {
	enum vague_kind kind;
	size_t from, to;     /* bytes of the words */
	const char *offers;  /* "3d, friday, 1w" */
};
bool when_vague(struct pool *, const char *words, struct vague *out);

#endif
