/* score - how promises are kept: T = R + F²
 *
 * Law:     pure. Of the promises that came due, R is the share delivered by their day and F the share followed up and closed
 *          with the person; T = R + F², from 0 to 2. The day is the one that the person was told: a snooze moves nothing, and
 *          another day told before the old one passed moves it, which is counted apart. Where nobody was told a day, it is
 *          the due day. A promise called off before its day counts nowhere but in `off`; after it, it was not delivered.
 *          What was delivered less than FOLLOW_SECONDS ago and not yet followed up waits, and is no part of F.
 *          Few numbers say little: each share has its interval (Wilson, 95 %), and T the one that follows from both.
 * Fails:   never.
 * Manual:  kept(1) score
 * Tests:   tests/score.c
 */
#ifndef KEPT_JUDGEMENT_SCORE_H
#define KEPT_JUDGEMENT_SCORE_H

#include "nouns/commitment.h"

enum { FOLLOW_SECONDS = 7 * 86400 };

/* One promise as the record has it. */
struct score_item {
	utc day;           /* it is late after this: the end of work of the day that counts */
	utc delivered;     /* 0: not */
	bool missed;       /* a day that they were told passed before they were told another: late, whenever it came */
	bool moved;        /* they were told another day before the old one passed */
	bool followed;     /* delivered, and then: closed, and they were asked, or they answered */
	utc off;           /* called off then; 0 */
	const char *group; /* the contact, stage, kind or week that it is counted under; "" */
};

struct share {
	size_t n, of;
	double low, high; /* of n / of: 0 to 1 */
};

struct score {
	const char *group;
	struct share on_time;  /* R */
	struct share followed; /* F */
	size_t moved;          /* of those that came due: announced beforehand */
	size_t late;           /* delivered, but after the day */
	size_t open;           /* past the day, and not delivered */
	size_t off;
	double trust, low, high; /* T; none while on_time.of or followed.of is 0: `known` */
	bool known;
};

/* What the ledger has of one. */
struct score_track {
	struct commitment commitment;
	bool followed;     /* after it was delivered, they were asked, or they wrote, or owner and person spoke */
	const char *stage; /* of whom it was promised to; "" */
};

/* Without its group. */
struct score_item score_item(const struct score_track *);
/* Of all items; `group` is NULL. */
struct score score_of(const struct score_item *items, size_t n, utc now);
/* One for each group, by name; in the pool. */
struct score *score_groups(struct pool *, const struct score_item *items, size_t n, utc now, size_t *count);

#endif
