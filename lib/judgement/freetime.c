#include "judgement/freetime.h"

#include <stdlib.h>

enum {
	DAYS_MOST = 120,
	NOON = 12 * 60,
	MORNING_BEST = 10 * 60,
	AFTERNOON_BEST = 14 * 60 + 30,
	HALF_HOUR_COST = 30,
	LUNCH_COST = 90
};

/* Does it lie in the working hours of that person's working day? */
static bool works(const struct worktime *w, utc from, utc till)
{
	int32_t day = zone_day(w->zone, from);

	return is_workday(w, day) && from >= zone_at(w->zone, day, w->hour) && till <= zone_at(w->zone, day, w->eod);
}

static int minute_of(const struct worktime *w, utc t)
{
	struct civil c = zone_civil(w->zone, t);

	return c.hour * 60 + c.minute;
}

/* How much worse it is than the best time of its half of the day. */
static int cost(const struct worktime *w, utc t, int minutes)
{
	int m = minute_of(w, t), best = m < NOON ? MORNING_BEST : AFTERNOON_BEST;

	return abs(m - best) + (m % 60 ? HALF_HOUR_COST : 0) + (m < NOON + 60 && m + minutes > NOON ? LUNCH_COST : 0);
}

/* The best time of that half of the owner's day; 0: there is none. */
static utc best_of(const struct freetime *f, int32_t day, bool morning)
{
	const struct worktime *w = f->own;
	utc best = 0;
	int least = 0;

	for (int m = 0; m < 24 * 60; m += 30) {
		utc from = zone_at(w->zone, day, m), till = from + f->minutes * 60;
		int worth;

		if ((m < NOON) != morning || minute_of(w, from) != m /* in a gap */ || from <= f->now || till > f->till)
			continue;
		if (!works(w, from, till) || !works(f->theirs, from, till) ||
		    busy_within(f->busy, from - FREETIME_MARGIN * 60, till + FREETIME_MARGIN * 60))
			continue;
		worth = cost(w, from, f->minutes) + cost(f->theirs, from, f->minutes);
		if (!best || worth < least)
			best = from, least = worth;
	}
	return best;
}

struct half {
	utc at;
	int day; /* from the first one */
	bool morning, taken;
};

/* The half-day nearest to the wish among those not taken; a day that has one already is the last resort. */
static struct half *nearest(struct half *h, size_t n, int day, bool morning)
{
	struct half *best = NULL;
	int least = 0;

	for (size_t i = 0; i < n; i++) {
		int worth = 4 * abs(h[i].day - day) + (h[i].morning != morning ? 9 : 0);

		for (size_t k = 0; k < n; k++)
			worth += h[k].taken && h[k].day == h[i].day ? 1000 : 0;
		if (!h[i].taken && (!best || worth < least))
			best = &h[i], least = worth;
	}
	return best;
}

static int by_time(const void *a, const void *b)
{
	utc x = *(const utc *)a, y = *(const utc *)b;

	return (x > y) - (x < y);
}

size_t freetime_find(const struct freetime *f, utc out[FREETIMES])
{
	struct half halves[2 * DAYS_MOST];
	int32_t first = workday_add(f->own, zone_day(f->own->zone, f->now), 1), last = zone_day(f->own->zone, f->till);
	size_t n = 0, found = 0;
	int days = 0;

	for (int32_t day = first; day <= last && day < first + DAYS_MOST; day++)
		for (int part = 0; part < 2; part++) {
			utc at = is_workday(f->own, day) ? best_of(f, day, part == 0) : 0;

			if (at) {
				halves[n++] = (struct half){ at, day - first, part == 0, false };
				days = day - first;
			}
		}
	/* over the first week where it is long: who is asked early answers */
	if (days > 8)
		days = 8;
	for (int i = 0; i < FREETIMES; i++) {
		struct half *h = nearest(halves, n, days * i / (FREETIMES - 1), i != 1);

		if (!h)
			break;
		h->taken = true;
		out[found++] = h->at;
	}
	qsort(out, found, sizeof *out, by_time);
	return found;
}
