#include "judgement/suggest.h"

#include <stdlib.h>

#include "ground/text.h"

enum { DAY = 86400, LOOK_BACK = 182 * DAY, LEAST = 3, LATE_MOST = 30 /* days */, LOOKED_AT = 200 /* open ones */ };

static int by_size(const void *a, const void *b)
{
	utc x = *(const utc *)a, y = *(const utc *)b;

	return (x > y) - (x < y);
}

/* By so many days they were late in the median; 0: they say nothing. `of`: so many came due. */
static utc lateness(struct pool *p, const struct score_track *tracks, size_t n, const char *person, utc now, size_t *of)
{
	utc *late = pool_list(p, n, sizeof *late), days;
	size_t came = 0;

	*of = 0;
	for (size_t i = 0; i < n; i++) {
		struct score_item x = score_item(&tracks[i]);

		if (x.off || x.day <= now - LOOK_BACK || (!x.delivered && x.day >= now) || !text_same(score_group(p, &tracks[i], BY_CONTACT), person))
			continue;
		if (x.delivered && x.delivered <= x.day)
			return 0;
		++*of;
		if (x.delivered)
			late[came++] = x.delivered - x.day;
	}
	if (*of < LEAST || !came)
		return 0;
	qsort(late, came, sizeof *late, by_size);
	days = (late[came / 2] + DAY - 1) / DAY;
	return days <= LATE_MOST ? days : 0;
}

/* Open, its day to come and never moved. */
static bool may_move(const struct commitment *m, utc now)
{
	return (m->state == COMMITMENT_OPEN || m->state == COMMITMENT_WAITING) && m->due > now && m->due_set <= m->made && m->to.n && !*m->every;
}

static int by_day(const void *a, const void *b)
{
	const struct score_track *x = *(const struct score_track *const *)a, *y = *(const struct score_track *const *)b;

	return x->commitment.due != y->commitment.due ? (x->commitment.due > y->commitment.due) - (x->commitment.due < y->commitment.due)
						      : (x->commitment.id > y->commitment.id) - (x->commitment.id < y->commitment.id);
}

size_t suggest(struct pool *p, const struct score_track *tracks, size_t n, utc now, struct suggestion out[SUGGEST_MOST])
{
	const struct score_track **open = pool_list(p, n, sizeof *open);
	const char *persons[SUGGEST_MOST];
	size_t candidates = 0, count = 0, of;

	for (size_t i = 0; i < n; i++)
		if (may_move(&tracks[i].commitment, now))
			open[candidates++] = &tracks[i];
	if (candidates)
		qsort(open, candidates, sizeof *open, by_day);
	for (size_t i = 0; i < candidates && i < LOOKED_AT && count < SUGGEST_MOST; i++) {
		const struct commitment *m = &open[i]->commitment;
		const char *person = score_group(p, open[i], BY_CONTACT);
		bool had = false;
		utc days;

		for (size_t k = 0; k < count; k++)
			had |= text_same(persons[k], person);
		days = had ? 0 : lateness(p, tracks, n, person, now, &of);
		if (!days)
			continue;
		persons[count] = person;
		out[count++] = (struct suggestion){ m, worktime_next(&m->owner->time, m->due + days * DAY), of };
	}
	return count;
}
