/* figures - how an owner's promises were kept, as counts: of all of them, by week, and by what they have in common
 *
 * Law:     counts stand beside each share. What they mean, and how they are counted, is in judgement/score.h.
 * Owns:    nothing; lives in the pool it was counted into.
 * Fails:   never.
 * Manual:  kept(1) score, report
 * Tests:   tests/score.c, tests/report.c
 */
#ifndef KEPT_NOUNS_FIGURES_H
#define KEPT_NOUNS_FIGURES_H

#include "nouns/challenge.h"

/* What a figure can stand for alone. */
#define FIGURES_BY(X) \
	/* id      as an option, in JSON   heading */ \
	X(CONTACT, "contact",              "By contact") \
	X(STAGE,   "stage",                "By stage of the contact") \
	X(TEAM,    "team",                 "By team") \
	X(POLICY,  "policy",               "By kind (policy)") \
	X(WEEK,    "week",                 "By week")
#define X(id, name, heading) BY_##id,
enum figures_by { FIGURES_BY(X) BY_COUNT };
#undef X

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

/* The trust test: of the promises that their people have in writing, those that say what, who and when; and each part. */
struct tested {
	size_t of, all, what, who, when;
};

struct figures {
	const struct owner *owner;
	int32_t from, to; /* civil days of the owner's zone, both counted */
	utc now;
	struct score all;
	struct tested test;
	/* every week that is touched, in order: promises by their day, the test by the day they were made */
	struct figures_week {
		const char *name; /* "2026-W48" */
		int32_t monday;
		struct score score;
		struct tested test;
	} *weeks;
	size_t week_count;
	/* those with most promises first; BY_WEEK is not among them */
	struct figures_group {
		const char *name; /* of a contact, as in the newest promise; "" */
		struct score score;
	} *groups[BY_COUNT];
	size_t group_count[BY_COUNT];
	struct challenge *challenges; /* that ended, with a day in that time; the oldest first */
	size_t challenge_count;
};

#endif
