#include "judgement/realistic.h"

#include <stdlib.h>

#include "ground/pool.h"

enum { LONGEST = 2 * 366 }; /* days; what took longer took about as long */

/* Working days after one day, until another. */
static int between(const struct worktime *t, int32_t from, int32_t to)
{
	int n = 0;

	if (to - from > LONGEST)
		to = from + LONGEST;
	while (from < to)
		n += is_workday(t, ++from);
	return n;
}

static size_t held(const struct realistic_in *in, int32_t day)
{
	size_t n = 0;

	for (size_t i = 0; i < in->open_count; i++)
		n += zone_day(in->time->zone, in->open[i]) == day;
	return n;
}

static bool full(const struct realistic_in *in, int32_t day)
{
	return in->day_full > 0 && held(in, day) >= (size_t)in->day_full;
}

static int by_number(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int median(struct pool *p, const struct realistic_in *in)
{
	int *days = pool_list(p, in->took_count, sizeof *days);
	const struct zone *z = in->time->zone;

	for (size_t i = 0; i < in->took_count; i++)
		days[i] = between(in->time, zone_day(z, in->took[i].made), zone_day(z, in->took[i].kept));
	qsort(days, in->took_count, sizeof *days, by_number);
	return days[(in->took_count - 1) / 2];
}

struct realistic realistic(struct pool *p, const struct realistic_in *in)
{
	struct realistic r = { 0 };
	int32_t today = zone_day(in->time->zone, in->now), due = zone_day(in->time->zone, in->due), day = due;

	if (in->due <= in->now)
		return r;
	if (full(in, due))
		r.holds = held(in, due);
	if (in->took_count >= REALISTIC_LEAST) {
		int usual = median(p, in);

		if (between(in->time, today, due) < usual) {
			r.usual = usual, r.of = in->took_count;
			day = workday_add(in->time, today, usual);
		}
	}
	if (!r.holds && !r.usual)
		return r;
	for (int32_t last = day + REALISTIC_AHEAD; day < last && !r.better; day++)
		if (day > due && is_workday(in->time, day) && !full(in, day))
			r.better = zone_at(in->time->zone, day, in->time->hour);
	return r;
}
