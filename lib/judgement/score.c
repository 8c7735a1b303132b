#include "judgement/score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct score_item score_item(const struct score_track *t)
{
	const struct commitment *m = &t->commitment;
	bool is_kept = m->state == COMMITMENT_KEPT;

	return (struct score_item){ .day = worktime_late(&m->owner->time, m->missed ? m->missed : m->told ? m->told : m->due),
				    .delivered = m->delivered ? m->delivered : is_kept ? m->closed : 0,
				    .moved = m->moved, .followed = t->followed && is_kept,
				    .off = m->state == COMMITMENT_CANCELLED ? m->closed : 0, .group = "" };
}

/* Wilson's interval of a share, at 95 %. */
static void interval(struct share *s)
{
	const double z = 1.959964, n = (double)s->of, share = s->of ? (double)s->n / n : 0;
	double middle, reach;

	s->low = 0, s->high = 1;
	if (!s->of)
		return;
	middle = (share + z * z / (2 * n)) / (1 + z * z / n);
	reach = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n));
	s->low = s->n ? fmax(0, middle - reach) : 0; /* the formula leaves a rest of rounding there */
	s->high = s->n == s->of ? 1 : fmin(1, middle + reach);
}

static void count(struct score *s, const struct score_item *x, utc now)
{
	bool came = x->delivered || x->day < now, in_time = x->delivered && x->delivered <= x->day;

	if (x->off && !x->delivered && x->off <= x->day) {
		s->off++;
		return;
	}
	if (!came)
		return;
	s->on_time.of++;
	s->on_time.n += in_time;
	s->late += x->delivered && !in_time;
	s->open += !x->delivered;
	s->moved += x->moved;
	if (x->delivered && !x->followed && now - x->delivered < FOLLOW_SECONDS)
		return;
	s->followed.of++;
	s->followed.n += x->delivered && x->followed;
}

static void finish(struct score *s)
{
	double r, f;

	interval(&s->on_time);
	interval(&s->followed);
	s->known = s->on_time.of && s->followed.of;
	r = s->on_time.of ? (double)s->on_time.n / (double)s->on_time.of : 0;
	f = s->followed.of ? (double)s->followed.n / (double)s->followed.of : 0;
	s->trust = r + f * f;
	s->low = s->on_time.low + s->followed.low * s->followed.low;
	s->high = s->on_time.high + s->followed.high * s->followed.high;
}

struct score score_of(const struct score_item *items, size_t n, utc now)
{
	struct score s = { 0 };

	for (size_t i = 0; i < n; i++)
		count(&s, &items[i], now);
	finish(&s);
	return s;
}

static int by_group(const void *a, const void *b)
{
	return strcmp((*(const struct score_item *const *)a)->group, (*(const struct score_item *const *)b)->group);
}

struct score *score_groups(struct pool *p, const struct score_item *items, size_t n, utc now, size_t *groups)
{
	const struct score_item **sorted = pool_list(p, n, sizeof *sorted);
	struct score *out = NULL;

	*groups = 0;
	for (size_t i = 0; i < n; i++)
		sorted[i] = &items[i];
	if (n)
		qsort(sorted, n, sizeof *sorted, by_group);
	for (size_t i = 0; i < n; i++) {
		if (!i || by_group(&sorted[i - 1], &sorted[i]) != 0)
			*(struct score *)pool_more(p, &out, (*groups)++, sizeof *out) =
				(struct score){ .group = sorted[i]->group };
		count(&out[*groups - 1], sorted[i], now);
	}
	for (size_t i = 0; i < *groups; i++)
		finish(&out[i]);
	return out;
}
