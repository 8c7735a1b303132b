/* score - how promises are kept: T = R + F²
 *
 * Law:     pure. Of the promises that came due, R is the share delivered by their day and F the share followed up and closed
 *          with the person; T = R + F², from 0 to 2. The day is the one that the person was told: a snooze moves nothing, and
 *          another day told before the old one passed moves it, which is counted apart. Where nobody was told a day, it is
 *          the due day. A promise called off before its day counts nowhere but in `off`; after it, it was not delivered.
 *          What was delivered less than FOLLOW_SECONDS ago and not yet followed up waits, and is no part of F.
 *          Few numbers say little: each share has its interval (Wilson, 95 %), and T the one that follows from both.
 *          The trust test of a promise is read anew from the sentence that it was made in: does it say what, who and when?
 *          It is asked of what its person has in writing; a mail of theirs without such a sentence says nothing.
 * Fails:   never.
 * Manual:  kept(1) score, report
 * Tests:   tests/score.c, tests/report.c, tests/challenge.c
 */
#ifndef KEPT_JUDGEMENT_SCORE_H
#define KEPT_JUDGEMENT_SCORE_H

#include "judgement/vow.h"
#include "nouns/challenge.h"
#include "nouns/commitment.h"
#include "nouns/figures.h"

enum { FOLLOW_SECONDS = 7 * 86400 };

/* One promise as the record has it. */
struct score_item {
	utc day;           /* it is late after this: the end of work of the day that counts, which is the first that passed
			    * before they were told another */
	utc delivered;     /* 0: not */
	bool moved;        /* they were told another day before the old one passed */
	bool followed;     /* delivered, and then: closed, and they were asked, or they answered */
	utc off;           /* called off then; 0 */
	const char *group; /* the contact, stage, kind or week that it is counted under; "" */
};

/* What the ledger has of one. */
struct score_track {
	struct commitment commitment;
	bool followed;     /* after it was delivered, they were asked, or they wrote, or owner and person spoke */
	const char *stage; /* of whom it was promised to; "" */
	const char *person; /* … their first address, whichever it was promised to, and of whom they were merged into; "" not noted */
	utc answered;      /* when they answered last; 0 */
};

/* Without its group. */
struct score_item score_item(const struct score_track *);
/* Of all items; `group` is NULL. */
struct score score_of(const struct score_item *items, size_t n, utc now);
/* One for each group, by name; in the pool. */
struct score *score_groups(struct pool *, const struct score_item *items, size_t n, utc now, size_t *count);

/* What it is counted under: an address, "2026-W48" …; "none" where it has no stage or team. */
const char *score_group(struct pool *, const struct score_track *, enum figures_by);

enum { REPORT_WEEKS_MOST = 530 };
/* Fills `out`, whose owner, from, to (at most REPORT_WEEKS_MOST weeks) and now are set. Rules NULL: as vow_find() has it. */
void score_report(struct pool *, const struct vow_rules *, const struct score_track *, size_t n, struct figures *out);

/* Fills a challenge whose row and `now` are set: its promises, what became of each, and who answered. */
void score_challenge(struct pool *, const struct score_track *, size_t n, struct challenge *);
/* Those of `all` (rows, the newest first) that ended and have a day in the time of the figures. */
void score_challenges(struct pool *, const struct score_track *, size_t n, const struct challenge *all, size_t count, struct figures *);

#endif
