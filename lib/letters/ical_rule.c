#include "letters/ical_rule.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LIST_MOST = 64, PERIOD_DAYS_MOST = 366 };

/* ---- reading ---- */

/* "1,-2,15" within least and most, 0 none of them. */
static bool numbers(const char *s, size_t n, int most, int *list, size_t *count)
{
	const char *end = s + n;

	for (*count = 0; s < end;) {
		char *after;
		long v = strtol(s, &after, 10);

		if (after == s || after > end || !v || v > most || v < -most || *count == LIST_MOST)
			return false;
		list[(*count)++] = (int)v;
		s = after;
		if (s < end && *s++ != ',')
			return false;
	}
	return *count > 0;
}

static int weekday_read(const char *s)
{
	static const char days[] = "MOTUWETHFRSASU";

	for (int d = 0; d < 7; d++)
		if (strncasecmp(s, days + 2 * d, 2) == 0)
			return d;
	return -1;
}

static bool by_day(const char *s, size_t n, struct rule *r)
{
	const char *end = s + n;

	while (s < end) {
		char *after;
		long nth = strtol(s, &after, 10);
		int day = after + 2 <= end ? weekday_read(after) : -1;

		if (day < 0 || nth > 53 || nth < -53 || r->day_count == LIST_MOST)
			return false;
		r->by_day[r->day_count].nth = (int)nth;
		r->by_day[r->day_count++].weekday = day;
		s = after + 2;
		if (s < end && *s++ != ',')
			return false;
	}
	return r->day_count > 0;
}

static bool number(const char *s, size_t n, int most, int *out)
{
	char *after;
	long v = strtol(s, &after, 10);

	if (after != s + n || v < 0 || v > most)
		return false;
	*out = (int)v;
	return true;
}

static bool frequency(const char *s, size_t n, struct rule *r, const char **why)
{
	static const char *const names[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strlen(names[i]) == n && strncasecmp(s, names[i], n) == 0) {
			r->freq = (enum rule_freq)i;
			return true;
		}
	*why = n && strchr("SMHsmh", *s) ? "it recurs by the hour, minute or second"
					 : "its rule is of an unknown frequency";
	return false;
}

/* BYHOUR, BYMINUTE, BYSECOND, where they say what the first event says anyway. */
static bool same_time(const char *name, size_t n, const char *s, size_t len, int64_t start)
{
	int seconds = (int)(((start % 86400) + 86400) % 86400), v;
	int own = n == 6 ? seconds / 3600 : name[2] == 'M' || name[2] == 'm' ? seconds / 60 % 60 : seconds % 60;

	return number(s, len, 60, &v) && v == own;
}

static bool part(const char *name, size_t n, const char *s, size_t len, int64_t start, struct rule *r, const char **why)
{
	int months[LIST_MOST];
	size_t count;
	bool well = true;
#define IS(word) (n == sizeof word - 1 && strncasecmp(name, word, n) == 0)

	if (IS("FREQ"))
		return frequency(s, len, r, why);
	if (IS("INTERVAL"))
		well = number(s, len, 100000, &r->interval) && r->interval > 0;
	else if (IS("COUNT"))
		well = number(s, len, 1000000, &r->count) && r->count > 0;
	else if (IS("UNTIL"))
		well = wall_read(s, &r->until);
	else if (IS("WKST"))
		well = weekday_read(s) >= 0, r->week_start = well ? (enum weekday)weekday_read(s) : MONDAY;
	else if (IS("BYDAY"))
		well = by_day(s, len, r);
	else if (IS("BYMONTHDAY"))
		well = numbers(s, len, 31, r->by_monthday, &r->monthday_count);
	else if (IS("BYYEARDAY"))
		well = numbers(s, len, 366, r->by_yearday, &r->yearday_count);
	else if (IS("BYSETPOS"))
		well = numbers(s, len, 366, r->by_setpos, &r->setpos_count);
	else if (IS("BYMONTH")) {
		well = numbers(s, len, 12, months, &count);
		for (size_t i = 0; well && i < count; i++) {
			well = months[i] > 0;
			r->months |= well ? 1u << months[i] : 0;
		}
	} else if (IS("BYHOUR") || IS("BYMINUTE") || IS("BYSECOND")) {
		well = same_time(name, n, s, len, start);
		*why = "its rule has several times a day";
		return well;
	} else {
		well = strncasecmp(name, "X-", 2) == 0;
	}
#undef IS
	if (!well)
		*why = strncasecmp(name, "BYWEEKNO", 8) == 0 ? "its rule goes by numbers of weeks"
							     : "its rule is not understood";
	return well;
}

bool rule_parse(const char *value, int64_t start, struct rule *r, const char **why)
{
	bool frequent = false;

	*r = (struct rule){ .interval = 1, .week_start = MONDAY, .until.tzid = "" };
	for (const char *s = value; *s;) {
		size_t n = strcspn(s, ";"), name = strcspn(s, "=;");

		if (name < n && !part(s, name, s + name + 1, n - name - 1, start, r, why))
			return false;
		frequent |= name == 4 && strncasecmp(s, "FREQ", 4) == 0;
		s += n + (s[n] == ';');
	}
	if (!frequent)
		*why = "its rule is not understood";
	return frequent;
}

/* ---- expanding ---- */

struct expansion {
	const struct rule *r;
	struct civil first; /* of the first event */
	enum weekday weekday;
	bool any; /* BYDAY, BYMONTHDAY, BYYEARDAY are not there: the first event's day counts */
};

static bool has(const int *list, size_t n, int v, int back)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == v || list[i] == back)
			return true;
	return false;
}

/* The nth of its weekday in the month, or in the year where the rule goes by years alone. */
static bool nth_fits(const struct rule *r, const struct civil *c, int32_t day, int nth)
{
	int place, length;

	if (!nth || r->freq == RULE_DAILY || r->freq == RULE_WEEKLY)
		return true;
	if (r->freq == RULE_MONTHLY || r->months) {
		place = c->day - 1;
		length = month_days(c->year, c->month);
	} else {
		place = day - day_of(c->year, 1, 1);
		length = day_of(c->year + 1, 1, 1) - day_of(c->year, 1, 1);
	}
	return nth > 0 ? place / 7 + 1 == nth : (length - 1 - place) / 7 + 1 == -nth;
}

static bool fits(const struct expansion *x, int32_t day)
{
	const struct rule *r = x->r;
	struct civil c = day_civil(day);
	int weekday = (int)day_weekday(day), yearday;
	bool is = !r->day_count;

	if (r->months && !(r->months & 1u << c.month))
		return false;
	if (x->any) {
		switch (r->freq) {
		case RULE_DAILY: return true;
		case RULE_WEEKLY: return weekday == (int)x->weekday;
		case RULE_MONTHLY: return c.day == x->first.day;
		case RULE_YEARLY: return c.day == x->first.day && (r->months || c.month == x->first.month);
		}
	}
	if (r->monthday_count &&
	    !has(r->by_monthday, r->monthday_count, c.day, c.day - month_days(c.year, c.month) - 1))
		return false;
	if (r->yearday_count) {
		yearday = day - day_of(c.year, 1, 1) + 1;
		if (!has(r->by_yearday, r->yearday_count, yearday, day - day_of(c.year + 1, 1, 1)))
			return false;
	}
	for (size_t i = 0; !is && i < r->day_count; i++)
		is = r->by_day[i].weekday == weekday && nth_fits(r, &c, day, r->by_day[i].nth);
	return is;
}

/* The kth period from the first event's on: its first day, and the day after its last. */
static void period(const struct expansion *x, int32_t start, int64_t k, int32_t *from, int32_t *till)
{
	const struct rule *r = x->r;
	int n = (int)(k * r->interval);

	switch (r->freq) {
	case RULE_DAILY:
		*from = start + n;
		*till = *from + 1;
		break;
	case RULE_WEEKLY:
		*from = start - ((int)x->weekday - (int)r->week_start + 7) % 7 + 7 * n;
		*till = *from + 7;
		break;
	case RULE_MONTHLY:
		*from = day_of(x->first.year, x->first.month + n, 1);
		*till = day_of(x->first.year, x->first.month + n + 1, 1);
		break;
	case RULE_YEARLY:
		*from = day_of(x->first.year + n, 1, 1);
		*till = day_of(x->first.year + n + 1, 1, 1);
		break;
	}
}

/* The period that surely lies before that day. */
static int64_t period_before(const struct expansion *x, int32_t start, int32_t day)
{
	static const int longest[] = { 1, 7, 31, 366 };
	int64_t k = ((int64_t)day - start) / ((int64_t)longest[x->r->freq] * x->r->interval) - 2;

	return k > 0 ? k : 0;
}

/* A year of which only some months count is not walked day by day. */
static int32_t skip_month(const struct expansion *x, int32_t day)
{
	const struct rule *r = x->r;
	struct civil c;

	if (r->freq != RULE_YEARLY)
		return day;
	c = day_civil(day);
	if (r->months ? !(r->months & 1u << c.month) : x->any && c.month != x->first.month)
		return day_of(c.year, c.month + 1, 1);
	return day;
}

static size_t days_of(const struct expansion *x, int32_t from, int32_t till, int32_t *days, long *budget)
{
	const struct rule *r = x->r;
	int32_t all[PERIOD_DAYS_MOST];
	size_t n = 0, taken = 0;

	for (int32_t d = from; d < till;) {
		int32_t next = skip_month(x, d);

		--*budget;
		if (next != d) {
			d = next;
			continue;
		}
		if (fits(x, d) && n < PERIOD_DAYS_MOST)
			all[n++] = d;
		d++;
	}
	for (size_t i = 0; i < n; i++)
		if (!r->setpos_count || has(r->by_setpos, r->setpos_count, (int)i + 1, (int)i - (int)n))
			days[taken++] = all[i];
	return taken;
}

bool rule_expand(const struct rule *r, int64_t start, int64_t from, int64_t till, long *budget,
		 bool (*take)(void *, int64_t wall), void *arg)
{
	int32_t first = wall_day(start), days[PERIOD_DAYS_MOST], begins = 0, ends = 0, last = wall_day(till);
	int64_t clock = start - (int64_t)first * 86400;
	struct expansion x = { r, day_civil(first), day_weekday(first),
			       !r->day_count && !r->monthday_count && !r->yearday_count };
	int count = 0;

	if (last > day_of(9999, 12, 31))
		last = day_of(9999, 12, 31);
	for (int64_t k = r->count ? 0 : period_before(&x, first, wall_day(from)); k * r->interval < 4000000; k++) {
		period(&x, first, k, &begins, &ends);
		if (begins > last)
			break;
		if (--*budget < 0)
			return false;
		for (size_t i = 0, n = days_of(&x, begins, ends, days, budget); i < n; i++) {
			int64_t wall = (int64_t)days[i] * 86400 + clock;

			if (days[i] < first)
				continue;
			if (r->until.is && !r->until.utc && wall > r->until.seconds + (r->until.date ? 86399 : 0))
				return true;
			if (wall >= from && !take(arg, wall))
				return true;
			if (r->count && ++count >= r->count)
				return true;
		}
	}
	return true;
}
