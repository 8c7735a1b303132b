/* one day: a date, a weekday, a period, relative or not */
#include <string.h>

#include "judgement/when_inner.h"

/* ---- calendar helpers ---- */

int32_t month_day(int year, int month, int day)
{
	int32_t first = day_of(year, month, 1);
	struct civil c = day_civil(first);
	int most = month_days(c.year, c.month);

	return first + (day > most ? most : day) - 1;
}

int32_t week_first(const struct reading *r, int32_t day)
{
	return day - ((int)day_weekday(day) - (int)time_of(r)->week_start + 7) % 7;
}

int32_t next_month_day(struct reading *r, int day)
{
	struct civil c = day_civil(r->today);

	for (int i = 0; i < 24; i++) {
		struct civil m = day_civil(day_of(c.year, c.month + i, 1));

		if (day <= month_days(m.year, m.month) && day_of(m.year, m.month, day) >= r->today)
			return day_of(m.year, m.month, day);
	}
	return 0;
}

int32_t nth_weekday(int year, int month, int nth, int weekday)
{
	int32_t first = day_of(year, month, 1), day;
	int most;

	year = day_civil(first).year;
	month = day_civil(first).month;
	most = month_days(year, month);
	if (nth < 0) {
		day = first + most - 1;
		return day - ((int)day_weekday(day) - weekday + 7) % 7;
	}
	day = first + (weekday - (int)day_weekday(first) + 7) % 7 + (nth - 1) * 7;
	return day < first + most ? day : 0;
}

static struct day bounds(int32_t first, int32_t last)
{
	return (struct day){ .is = true, .day = first, .soft = true, .period = true, .first = first, .last = last };
}

/* The unit's span that holds `day`, and so many on. */
static struct day span(const struct reading *r, int unit, int on, int32_t day)
{
	struct civil c = day_civil(day);
	int32_t first;

	switch (unit) {
	case WEEKS:
		first = week_first(r, day) + on * 7;
		return bounds(first, first + 6);
	case QUARTERS:
		first = day_of(c.year, (c.month - 1) / 3 * 3 + 1 + on * 3, 1);
		return bounds(first, day_of(c.year, (c.month - 1) / 3 * 3 + 1 + on * 3 + 3, 1) - 1);
	case YEARS:
		return bounds(day_of(c.year + on, 1, 1), day_of(c.year + on, 12, 31));
	default:
		return bounds(day_of(c.year, c.month + on, 1), day_of(c.year, c.month + on + 1, 1) - 1);
	}
}

/* The last working day of a span, at the end of work. Nobody works in it: its last day. */
static void to_end(const struct reading *r, struct day *d)
{
	int32_t day = d->last;

	d->end = true;
	d->soft = false;
	while (day >= d->first && !is_workday(time_of(r), day))
		day--;
	d->day = day >= d->first ? day : d->last;
}

/* A working week ends with its last working day, whatever day it begins with. */
static void to_start(struct day *d)
{
	d->day = d->first;
	d->soft = true;
}

/* A named period: to come: its start; now: its end; over: the next year's, with a year past. */
static bool named(struct reading *r, struct day d, bool has_year, struct day later, struct day *out)
{
	*out = d;
	if (r->today > d.last) {
		if (has_year)
			return refuse(r, "past", "that has passed");
		*out = later;
		out->rolled = true;
	} else if (r->today >= d.first) {
		to_end(r, out);
		if (out->day < r->today || (out->day == r->today && r->now >= time_of(r)->eod))
			return refuse(r, "past", "its last working day has passed");
	}
	return true;
}

static struct day month_span(int year, int month)
{
	return bounds(day_of(year, month, 1), day_of(year, month + 1, 1) - 1);
}

static bool named_month(struct reading *r, int month, int year, struct day *out)
{
	int y = year ? year : day_civil(r->today).year;

	return named(r, month_span(y, month), year != 0, month_span(y + 1, month), out);
}

static bool named_quarter(struct reading *r, int quarter, int year, struct day *out)
{
	int y = year ? year : day_civil(r->today).year, m = quarter * 3 - 2;

	return named(r, bounds(day_of(y, m, 1), day_of(y, m + 3, 1) - 1), year != 0, bounds(day_of(y + 1, m, 1), day_of(y + 1, m + 3, 1) - 1), out);
}

static bool named_week(struct reading *r, const struct token *t, struct day *out)
{
	int y = t->year ? t->year : day_civil(day_iso_week(day_civil(r->today).year, 1, 4)).year;
	int32_t first, later;

	if (t->value < 1 || t->value > 53 || (t->year && t->value > iso_weeks(t->year)))
		return err_code(r->e, "nodate", "there is no week %d; a year has 52 or 53", t->value);
	if (t->day > 7)
		return refuse(r, "nodate", "a week has the days 1 to 7");
	if (!t->year) { /* the ISO year that holds today */
		for (y = day_civil(r->today).year + 1; r->today < day_iso_week(y, 1, 1); y--)
			;
	}
	for (int tries = 0; !t->year && t->value > iso_weeks(y) && tries < 10; tries++)
		y++;
	first = day_iso_week(y, t->value, 1);
	for (y++; t->value > iso_weeks(y); y++)
		;
	later = day_iso_week(y, t->value, 1);
	if (t->day) {
		int32_t day = first + t->day - 1;

		if (day < r->today && !t->year)
			day = later + t->day - 1;
		if (day < r->today)
			return refuse(r, "past", "that day has passed");
		*out = (struct day){ .is = true, .day = day };
		return true;
	}
	return named(r, bounds(first, first + 6), t->year != 0, bounds(later, later + 6), out);
}

int32_t next_weekday(const struct reading *r, int w)
{
	int on = (w - (int)day_weekday(r->today) + 7) % 7;

	return r->today + (on ? on : 7);
}

/* A weekday of the calendar week so many on. */
int32_t weekday_of_week(const struct reading *r, int w, int on)
{
	int32_t first = week_first(r, r->today) + 7 * on;

	return first + (w - (int)time_of(r)->week_start + 7) % 7;
}

/* ---- days ---- */

/* "of march", "of next month", "in december", "of the month" behind an nth; `month` 0: none is named. */
static bool month_named(struct reading *r, int *year, int *month, bool *is_named, bool *any_year)
{
	struct civil c = day_civil(r->today);
	size_t at = r->at;

	*is_named = false;
	*any_year = false;
	if (is(r, 0, IN))
		r->at++;
	if (is(r, 0, MONTH)) {
		*month = look(r, 0)->value;
		*year = c.year;
		r->at++;
		if (is(r, 0, NUM) && look(r, 0)->digits == 4) {
			*year = look(r, 0)->value;
			r->at++;
		} else {
			*any_year = true;
		}
	} else if (is(r, 0, MONTH_OF)) {
		*month = look(r, 0)->month;
		*year = look(r, 0)->year;
		r->at++;
	} else if ((is(r, 0, NEXT) || is(r, 0, THIS) || is(r, 0, COMING) || is(r, 0, FOLLOWING)) && is(r, 1, UNIT) && look(r, 1)->value == MONTHS) {
		*month = c.month + (is(r, 0, THIS) ? 0 : 1);
		*year = c.year;
		r->at += 2;
	} else if (is(r, 0, UNIT) && look(r, 0)->value == MONTHS && is(r, 1, NEXT)) {
		*month = c.month + 1;
		*year = c.year;
		r->at += 2;
	} else if (is(r, 0, UNIT) && look(r, 0)->value == MONTHS) {
		*month = c.month;
		*year = c.year;
		r->at++;
	} else {
		r->at = at;
		return true;
	}
	*is_named = true;
	return true;
}

/* "2nd tuesday", "last working day of december", "first day of next month" */
static bool nth(struct reading *r, struct day *out)
{
	const struct token *t = look(r, 0), *what = look(r, 1);
	int n = t->is == LAST ? -1 : t->value, year = day_civil(r->today).year, month = day_civil(r->today).month, unit = 0;
	size_t u;
	bool is_named, any_year, two_ways;
	struct day d = { .is = true };

	if (what->is == WEEKDAYS)
		unit = WORKDAYS, u = 1;
	else
		u = what->is == WEEKDAY ? 0 : read_unit(r, 1, &unit, &two_ways);
	if (what->is != WEEKDAY && !(u && (unit == DAYS || unit == WORKDAYS)))
		return false;
	r->at += what->is == WEEKDAY ? 2 : 1 + u;
	if (!month_named(r, &year, &month, &is_named, &any_year))
		return false;
	if (n < 0 && !is_named)
		return refuse(r, "ambiguous", "that is the one before today, or the last one of the month: write `last friday of the month`, or a date");
	for (int i = 0; i < 40; i++) { /* the next that has one, where it may be another */
		int32_t day = 0, first = day_of(year, month, 1), last = day_of(year, month + 1, 1) - 1;

		if (what->is == WEEKDAY) {
			day = nth_weekday(year, month, n, what->value);
		} else if (unit == DAYS) {
			day = n < 0 ? last : first + n - 1;
			day = day <= last ? day : 0;
		} else if (n < 0) {
			day = workday_before(time_of(r), last + 1);
		} else {
			day = workday_add(time_of(r), first - 1, n);
			day = day <= last ? day : 0;
		}
		if (is_named && !day)
			return refuse(r, "nodate", "that month has none");
		if (day && (day > r->today || (day == r->today))) {
			d.day = day;
			d.today = day == r->today;
			*out = d;
			return true;
		}
		if (is_named && !any_year)
			return refuse(r, "past", "that day has passed");
		if (is_named) {
			year++;
			d.rolled = true;
		} else {
			month++;
		}
	}
	return refuse(r, "nodate", "no month has one");
}

/* The next such date; `today` where it is today's. */
static bool date(struct reading *r, int year, int month, int day, struct day *out)
{
	struct civil c = day_civil(r->today);
	int y = year ? year : c.year;

	if (day < 1 || day > (year ? month_days(year, month) : month == 2 ? 29 : month_days(2000, month)))
		return err_code(r->e, "nodate", "there is no day %d in that month: it has %d days", day, month_days(year ? year : 2001, month));
	for (int i = 0; i < 9; i++) {
		if (day <= month_days(y, month) && day_of(y, month, day) >= r->today)
			break;
		if (year)
			return refuse(r, "past", "that date has passed");
		y++;
	}
	*out = (struct day){ .is = true, .day = day_of(y, month, day), .rolled = !year && y > c.year };
	out->today = out->day == r->today;
	return true;
}

/* A year behind a month-name date: 2027, 27; not "1430", and not the hour of "9am". */
static int year_behind(struct reading *r)
{
	const struct token *t = look(r, 0);

	if (t->is == NUM && t->tenths < 0 && ((t->digits == 4 && t->value >= 1970 && t->value <= 2200) || (t->digits == 2 && !t->sticks && look(r, 1)->is != UHR && look(r, 1)->is != ZONE && look(r, 1)->is != UNIT))) {
		r->at++;
		return t->digits == 4 ? t->value : 2000 + t->value;
	}
	return 0;
}

static bool number_of_day(const struct token *t)
{
	return (t->is == NUM && t->digits <= 2 && t->tenths < 0) || t->is == ORDINAL || (t->is == NTH);
}

/* "1 dec 2027", "dec 1st", "1-5 dec", "dec 1-5", "dec 2027", "dec" */
static bool month_date(struct reading *r, struct day *out)
{
	const struct token *a = look(r, 0);
	int first, month;
	bool range = false;

	if (number_of_day(a)) {
		size_t m = 1;

		first = a->value;
		if ((is(r, 1, DASH) || is(r, 1, TO)) && number_of_day(look(r, 2))) {
			if (!is(r, 3, MONTH))
				return false;
			first = look(r, 2)->value;
			range = true;
			m = 3;
		}
		if (is(r, m, DASH) && is(r, m + 1, MONTH))
			m++;
		if (!is(r, m, MONTH) || (a->is == NTH && range))
			return false;
		month = look(r, m)->value;
		r->at += m + 1;
		if (is(r, 0, DASH) && is(r, 1, NUM))
			r->at++;
		if (!date(r, year_behind(r), month, first, out))
			return false;
		out->range = range;
		return true;
	}
	if (a->is != MONTH)
		return false;
	month = a->value;
	{
		size_t m = is(r, 1, DASH) ? 2 : 1;

		if (number_of_day(look(r, m)) && !(look(r, m)->is == NTH && (is(r, m + 1, WEEKDAY) || is(r, m + 1, UNIT) || is(r, m + 1, BUSINESS) || is(r, m + 1, THING))) && !(look(r, m)->is == NUM && (look(r, m + 1)->is == UNIT || look(r, m + 1)->is == UHR || look(r, m + 1)->is == ZONE))) {
			first = look(r, m)->value;
			r->at += m + 1;
			if (is(r, 0, DASH) || is(r, 0, TO)) {
				if (number_of_day(look(r, 1))) {
					first = look(r, 1)->value;
					range = true;
					r->at += 2;
				} else if (is(r, 0, DASH)) {
					r->at++;
				}
			}
			if (!date(r, year_behind(r), month, first, out))
				return false;
			out->range = range;
			return true;
		}
	}
	r->at++;
	if (is(r, 0, DASH) && is(r, 1, NUM) && look(r, 1)->digits == 4)
		r->at++;
	{
		int year = is(r, 0, NUM) && look(r, 0)->digits == 4 && look(r, 0)->value >= 1970 && look(r, 0)->value <= 2200 ? look(r, 0)->value : 0;

		if (year)
			r->at++;
		return named_month(r, month, year, out);
	}
}

/* period = [next|this] (week|month|quarter|year) | month [year] | quarter | isoweek | year: as bounds. */
static bool period(struct reading *r, struct day *out, bool *relative)
{
	const struct token *t = look(r, 0);
	int on = 0, year = day_civil(r->today).year;
	size_t n = 0;

	*relative = false;
	if (t->is == NEXT || t->is == COMING || t->is == FOLLOWING)
		on = 1, n = 1;
	else if (t->is == AFTERNEXT)
		on = 2, n = 1;
	else if (t->is == THIS)
		n = 1;
	t = look(r, n);
	if (t->is == ONE) /* "Ende einer Woche" */
		t = look(r, ++n);
	if (n == 0 && t->is == UNIT && t->value == WEEKS && is(r, 1, NUM) && look(r, 1)->digits <= 2) { /* week 49 */
		struct token week = { .is = ISOWEEK, .value = look(r, 1)->value };
		struct day d;

		r->at += 2;
		if (!named_week(r, &week, &d))
			return false;
		*out = bounds(d.first, d.last);
		return true;
	}
	if (t->is == UNIT && (t->value == WEEKS || t->value == MONTHS || t->value == QUARTERS || t->value == YEARS)) {
		r->at += n + 1;
		if (n == 0 && (is(r, 0, NEXT) || is(r, 0, COMING))) {
			on = 1;
			r->at++;
		} else if (n == 0 && is(r, 0, THIS)) {
			r->at++;
		}
		*out = span(r, t->value, on, r->today);
		*relative = true;
		return true;
	}
	if (t->is == MONTH) {
		struct day d;

		r->at += n + 1;
		if (is(r, 0, NUM) && look(r, 0)->digits == 4) {
			year = look(r, 0)->value;
			r->at++;
			*out = month_span(year, t->value);
			return r->today <= out->last || refuse(r, "past", "that month has passed");
		}
		d = month_span(year, t->value);
		*out = d.last < r->today ? month_span(year + 1, t->value) : d;
		return true;
	}
	if (t->is == MONTH_OF) {
		r->at += n + 1;
		*out = month_span(t->year, t->month);
		return r->today <= out->last || refuse(r, "past", "that month has passed");
	}
	if (t->is == QUARTER) {
		r->at += n + 1;
		year = t->year ? t->year : year;
		*out = bounds(day_of(year, t->value * 3 - 2, 1), day_of(year, t->value * 3 + 1, 1) - 1);
		if (r->today > out->last && t->year)
			return refuse(r, "past", "that quarter has passed");
		if (r->today > out->last)
			*out = bounds(day_of(year + 1, t->value * 3 - 2, 1), day_of(year + 1, t->value * 3 + 1, 1) - 1);
		return true;
	}
	if (t->is == ISOWEEK && !t->day) {
		struct day d;

		r->at += n + 1;
		if (!named_week(r, t, &d))
			return false;
		*out = bounds(d.first, d.last);
		return true;
	}
	if (t->is == NUM && t->digits == 4 && t->value >= 1970 && t->value < 2200) {
		r->at += n + 1;
		*out = bounds(day_of(t->value, 1, 1), day_of(t->value, 12, 31));
		return r->today <= out->last || refuse(r, "past", "that year has passed");
	}
	return false;
}

/* end of X, start of X, mid X */
static bool edge(struct reading *r, struct day *out)
{
	int which = look(r, 0)->is;
	struct day d;
	bool relative, this_one;
	struct civil c;

	r->at++;
	if (is(r, 0, DASH))
		r->at++;
	this_one = is(r, 0, THIS);
	if (!period(r, &d, &relative))
		return r->e->kind == ERR_NONE ? refuse(r, "unit", "the end, start or middle of what? As end of month, start of december, mid may") : false;
	if (which == END) {
		to_end(r, &d);
		if (d.day < r->today || (d.day == r->today && r->now >= time_of(r)->eod)) {
			int32_t after = d.last + 1;

			if (!relative || this_one)
				return refuse(r, "past", "its end has passed");
			d = d.last - d.first < 8 ? span(r, WEEKS, 0, after) : d.last - d.first < 32 ? span(r, MONTHS, 0, after) :
			    d.last - d.first < 100 ? span(r, QUARTERS, 0, after) : span(r, YEARS, 0, after);
			to_end(r, &d);
		}
	} else if (which == START) {
		to_start(&d);
		if (this_one && d.day < r->today)
			return refuse(r, "past", "its start has passed");
		if (d.day <= r->today && !this_one) {
			int32_t after = d.last + 1;

			if (relative)
				d = d.last - d.first < 8 ? span(r, WEEKS, 0, after) : d.last - d.first < 32 ? span(r, MONTHS, 0, after) :
				    d.last - d.first < 100 ? span(r, QUARTERS, 0, after) : span(r, YEARS, 0, after);
			else if (d.day < r->today) {
				c = day_civil(d.first);
				d = month_span(c.year + 1, c.month);
				d.rolled = true;
			}
			to_start(&d);
		}
	} else { /* the 15th of a month; Wednesday of a week; 15 of the second month of a quarter; 1 July */
		int32_t length = d.last - d.first;

		c = day_civil(d.first);
		for (int i = 0; i < 2; i++) {
			d.day = length < 8 ? d.first + (WEDNESDAY - (int)day_weekday(d.first) + 7) % 7 : length < 32 ? d.first + 14 :
				length < 100 ? day_of(c.year, c.month + 1, 15) : day_of(c.year, 7, 1);
			if (d.day > r->today)
				break;
			if (this_one)
				return refuse(r, "past", "its middle has passed");
			d = length < 8 ? span(r, WEEKS, 1, r->today) : length < 32 && relative ? span(r, MONTHS, 1, r->today) :
			    length < 32 ? month_span(c.year + 1, c.month) : length < 100 ? span(r, QUARTERS, 1, r->today) : span(r, YEARS, 1, r->today);
			c = day_civil(d.first);
			d.rolled = length < 32 && !relative;
		}
		d.soft = true;
	}
	d.period = false;
	*out = d;
	return true;
}

/* the end or the start of this period or, once past, the next: eow, som … */
static void at_edge(struct reading *r, const struct token *t, struct day *out)
{
	struct day d = span(r, t->value, t->is == EOP ? 0 : 1, r->today);

	if (t->is == EOP) {
		to_end(r, &d);
		if (d.day < r->today || (d.day == r->today && r->now >= time_of(r)->eod)) {
			d = span(r, t->value, 1, r->today);
			to_end(r, &d);
		}
	}
	d.period = false;
	*out = d;
}

static bool weekday(struct reading *r, struct day *out)
{
	int w = look(r, 0)->value, unit;
	struct offset o = { 0 };
	struct reading save;
	bool two_ways;

	r->at++;
	if (is(r, 0, DASH) || is(r, 0, TO)) { /* mon-wed: the end */
		if (is(r, 1, WEEKDAY)) {
			int32_t first = next_weekday(r, w);
			int last = look(r, 1)->value;

			r->at += 2;
			*out = (struct day){ .is = true, .day = first + (last - w + 7) % 7, .range = true };
			return true;
		}
		if (is(r, 0, DASH))
			r->at++;
	}
	*out = (struct day){ .is = true, .day = next_weekday(r, w), .weekday = true, .number = w };
	if ((is(r, 0, NEXT) || is(r, 0, COMING)) && is(r, 1, UNIT) && look(r, 1)->value == WEEKS) {
		out->day = weekday_of_week(r, w, 1);
		r->at += 2;
	} else if (is(r, 0, NEXT)) {
		out->day = weekday_of_week(r, w, 1);
		r->at++;
	} else if (is(r, 0, COMING)) {
		r->at++;
	} else if (is(r, 0, AFTERNEXT) || (is(r, 0, AFTER) && is(r, 1, NEXT))) {
		if (strcmp(look(r, 0)->as, "nach") == 0) /* German counts from the next such day, others from the week */
			return refuse(r, "ambiguous", "nach dem nächsten: write übernächsten freitag, or a date");
		out->day = weekday_of_week(r, w, 2);
		r->at += is(r, 0, AFTER) ? 2 : 1;
	} else if (is(r, 0, THIS) && is(r, 1, UNIT) && look(r, 1)->value == WEEKS) {
		out->day = weekday_of_week(r, w, 0);
		r->at += 2;
		out->today = out->day == r->today;
		return out->day >= r->today || refuse(r, "past", "that day of this week has passed");
	} else if (is(r, 0, UNIT) && look(r, 0)->value == WEEKS && is(r, 1, NEXT)) {
		out->day = weekday_of_week(r, w, 1);
		r->at += 2;
	} else if (is(r, 0, UNIT) && look(r, 0)->value == WEEKS) {
		out->day += 7;
		r->at++;
	} else if (is(r, 0, ISOWEEK)) {
		struct token t = *look(r, 0);

		t.day = w + 1;
		r->at++;
		return named_week(r, &t, out);
	} else {
		int n, tenths;
		size_t a;

		save = *r;
		if (is(r, 0, IN))
			r->at++;
		a = read_count(r, 0, &n, &tenths);
		if (a && read_unit(r, a, &unit, &two_ways) && unit == WEEKS && read_amounts(r, &o, true)) {
			out->day += o.days;
			return true;
		}
		if (r->e->kind != ERR_NONE)
			return false;
		*r = save;
	}
	return true;
}

/* next, this, coming, following, the one after next */
static bool relative(struct reading *r, struct day *out)
{
	int which = look(r, 0)->is;
	const struct token *t = look(r, 1);
	int on = which == THIS ? 0 : which == AFTERNEXT ? 2 : 1;
	struct offset o = { 0 };
	size_t at = r->at;
	int n, tenths;

	if (t->is == PART || t->is == MORGEN) /* this evening: read as a time of today */
		return false;
	if (t->is == WEEKDAY) {
		r->at += 2;
		if (which == FOLLOWING)
			return refuse(r, "ambiguous", "following: this coming one, or the one after it? Write friday, next friday, or a date");
		if (which != THIS && which != COMING && is(r, 0, UNIT) && look(r, 0)->value == WEEKS) /* next friday week: too much */
			return refuse(r, "conflict", "two ways to say which week");
		*out = (struct day){ .is = true, .weekday = true, .number = t->value,
				     .day = which == COMING ? next_weekday(r, t->value) : weekday_of_week(r, t->value, on) };
		if (which == NEXT && is(r, 0, AFTER)) /* "friday after next" has its own way */
			return true;
		out->today = out->day == r->today;
		return out->day >= r->today || refuse(r, "past", "that day of this week has passed");
	}
	if (t->is == WEEKEND) {
		int32_t saturday = week_first(r, r->today) + (SATURDAY - (int)time_of(r)->week_start + 7) % 7;

		r->at += 2;
		if (which == THIS || which == COMING) {
			*out = (struct day){ .is = true, .day = saturday };
			if (r->today > saturday && day_weekday(r->today) == SUNDAY)
				out->day = r->today;
			if (out->day < r->today)
				out->day = saturday + 7;
			out->today = out->day == r->today;
			return true;
		}
		*out = (struct day){ .is = true, .day = saturday + 7 * on };
		return true;
	}
	if (t->is == MONTH) {
		struct civil c = day_civil(r->today);
		int year = c.year + (which != THIS && t->value <= c.month ? 1 : 0);

		r->at++;
		if (number_of_day(look(r, 1)))
			return month_date(r, out);
		r->at++;
		return named(r, month_span(year, t->value), true, month_span(year, t->value), out);
	}
	if (t->is == UNIT && (t->value == WEEKS || t->value == MONTHS || t->value == QUARTERS || t->value == YEARS)) {
		r->at += 2;
		*out = span(r, t->value, on, r->today);
		if (t->value == WEEKS && is(r, 0, AFTER) && is(r, 1, NEXT)) {
			r->at += 2;
			*out = span(r, WEEKS, 2, r->today);
		}
		if (t->value == WEEKS && is(r, 0, WEEKDAY)) {
			int w = look(r, 0)->value;

			r->at++;
			*out = (struct day){ .is = true, .day = weekday_of_week(r, w, on) };
			out->today = out->day == r->today;
			return out->day >= r->today || refuse(r, "past", "that day of this week has passed");
		}
		if (t->value == MONTHS && (is(r, 0, ORDINAL) || (is(r, 0, NUM) && look(r, 0)->digits <= 2 && !is(r, 1, UNIT)))) {
			struct civil c = day_civil(out->first);
			int day = look(r, 0)->value;

			r->at++;
			if (day < 1 || day > month_days(c.year, c.month))
				return err_code(r->e, "nodate", "that month has %d days", month_days(c.year, c.month));
			*out = (struct day){ .is = true, .day = day_of(c.year, c.month, day) };
			out->today = out->day == r->today;
			return out->day >= r->today || refuse(r, "past", "that day has passed");
		}
		if (which == THIS) {
			to_end(r, out);
			if (out->day < r->today || (out->day == r->today && r->now >= time_of(r)->eod))
				return refuse(r, "past", "its last working day has passed");
		}
		return true;
	}
	/* next 3 days: within */
	if (which == NEXT || which == COMING) {
		r->at++;
		if (read_count(r, 0, &n, &tenths) && !is(r, 0, ONE) && read_amounts(r, &o, true)) {
			offset_apply(r, &o, r->today, 1, out);
			out->range = !out->elapsed;
			return true;
		}
		if (r->e->kind != ERR_NONE)
			return false;
	}
	r->at = at;
	return false;
}

bool read_day(struct reading *r, struct day *out)
{
	const struct token *t = look(r, 0);
	struct reading save = *r;

	*out = (struct day){ 0 };
	switch (t->is) {
	case TODAY:
		r->at++;
		*out = (struct day){ .is = true, .day = r->today, .today = true };
		return true;
	case TONIGHT:
		*out = (struct day){ .is = true, .day = r->today, .today = true };
		return true; /* the time is read by read_clock */
	case TOMORROW:
	case MORGEN:
		r->at++;
		*out = (struct day){ .is = true, .day = r->today + 1 };
		if (is(r, 0, UNIT) && look(r, 0)->value == WEEKS) {
			out->day += 7;
			r->at++;
		}
		return true;
	case OVERMORROW:
		r->at++;
		*out = (struct day){ .is = true, .day = r->today + 2 };
		return true;
	case AGO:
		return refuse(r, "past", "that has passed; name a day to come");
	case WEEKDAY:
		return weekday(r, out);
	case NEXT: case THIS: case COMING: case FOLLOWING: case AFTERNEXT:
		return relative(r, out);
	case WEEKEND: {
		int32_t saturday = r->today + (SATURDAY - (int)day_weekday(r->today) + 7) % 7;

		r->at++;
		if (day_weekday(r->today) == SATURDAY)
			saturday += 7;
		if (is(r, 0, NEXT)) {
			r->at++;
			saturday = week_first(r, r->today) + (SATURDAY - (int)time_of(r)->week_start + 7) % 7 + 7;
		}
		*out = (struct day){ .is = true, .day = saturday };
		return true;
	}
	case MIDWEEK:
		r->at++;
		*out = (struct day){ .is = true, .day = next_weekday(r, WEDNESDAY), .soft = true };
		return true;
	case EOP:
	case SOP:
		r->at++;
		at_edge(r, t, out);
		return true;
	case END: case START: case MID:
		return edge(r, out);
	case LAST:
		if (nth(r, out))
			return true;
		if (r->e->kind == ERR_NONE && is(r, 1, UNIT) && look(r, 1)->value >= WEEKS && look(r, 1)->value <= YEARS && is(r, 2, END_OF_WORDS))
			return refuse(r, "past", "that has passed; name a day to come");
		if (r->e->kind == ERR_NONE)
			return refuse(r, "ambiguous", "`last` looks back: write `last friday of the month`, or a date to come");
		return false;
	case NTH:
	case ORDINAL: {
		int day = t->value, year, month;
		bool is_named, any_year;

		if (nth(r, out))
			return true;
		if (r->e->kind != ERR_NONE)
			return false;
		*r = save;
		if (month_date(r, out))
			return true;
		if (r->e->kind != ERR_NONE || t->is == NTH)
			return false;
		*r = save;
		r->at++;
		if (!month_named(r, &year, &month, &is_named, &any_year))
			return false;
		if (is_named) {
			struct civil c = day_civil(day_of(year, month, 1));

			if (day < 1 || day > month_days(c.year, c.month))
				return err_code(r->e, "nodate", "that month has %d days", month_days(c.year, c.month));
			*out = (struct day){ .is = true, .day = day_of(c.year, c.month, day) };
			out->today = out->day == r->today;
			return out->day >= r->today || refuse(r, "past", "that day has passed");
		}
		if (day < 1 || day > 31)
			return err_code(r->e, "nodate", "no month has a day %d: it has 31 at most", day);
		*out = (struct day){ .is = true, .day = next_month_day(r, day) };
		out->today = out->day == r->today;
		return true;
	}
	case DATE:
		r->at++;
		return date(r, t->year, t->month, t->day, out);
	case MONTH_OF:
		r->at++;
		return named_month(r, t->month, t->year, out);
	case ISOWEEK:
		r->at++;
		return named_week(r, t, out);
	case QUARTER:
		r->at++;
		return named_quarter(r, t->value, t->year, out);
	case MONTH:
		return month_date(r, out);
	case UNIT: {
		/* week 49; settimana prossima, mois prochain, semana que vem; "week after next" */
		const struct token *next = look(r, 1);

		if (t->value == WEEKS && next->is == NUM && next->digits <= 2) {
			struct token w = { .is = ISOWEEK, .value = next->value };

			r->at += 2;
			return named_week(r, &w, out);
		}
		if (t->value > YEARS || t->value < WEEKS)
			return false;
		if (next->is == NEXT || next->is == COMING || next->is == AFTERNEXT || (next->is == AFTER && look(r, 2)->is == NEXT)) {
			int on = next->is == AFTERNEXT || next->is == AFTER ? 2 : 1;

			r->at += next->is == AFTER ? 3 : 2;
			*out = span(r, t->value, on, r->today);
			if (t->value == WEEKS && is(r, 0, WEEKDAY)) {
				*out = (struct day){ .is = true, .day = weekday_of_week(r, look(r, 0)->value, on) };
				r->at++;
			}
			return true;
		}
		if (next->is == THIS) {
			r->at += 2;
			*out = span(r, t->value, 0, r->today);
			to_end(r, out);
			return out->day >= r->today || refuse(r, "past", "its last working day has passed");
		}
		return false;
	}
	case NUM: case NUMBER: case ONE: case COUPLE: case HALF: case FORTNIGHT: case IN: case CLOCK:
		if (t->is == NUM && t->digits == 4 && t->value >= 1970 && t->value <= 2200) { /* 2027-dec-01 */
			size_t m = is(r, 1, DASH) ? 2 : 1, d = is(r, m + 1, DASH) ? m + 2 : m + 1;

			if (is(r, m, MONTH) && (is(r, d, NUM) || is(r, d, ORDINAL)) && look(r, d)->value <= 31) {
				r->at += d + 1;
				return date(r, t->value, look(&save, m)->value, look(&save, d)->value, out);
			}
		}
		if (t->is == NUM && month_date(r, out))
			return true;
		if (r->e->kind != ERR_NONE)
			return false;
		*r = save;
		if (t->is == CLOCK && t->half < 3)
			return false;
		if (read_offset(r, out))
			return true;
		if (r->e->kind != ERR_NONE)
			return false;
		*r = save;
		if (t->is == IN) { /* in december, in der nächsten Woche, im Mai */
			r->at++;
			if (read_day(r, out))
				return true;
			if (r->e->kind == ERR_NONE)
				*r = save;
			return false;
		}
		if (t->is == NUM && t->digits == 4 && t->value >= 2026 && t->value <= 2099)
			return err_code(r->e, "ambiguous", "%d is a year or a time: write `end of %d`, or at %02d:%02d", t->value, t->value, t->value / 100, t->value % 100);
		return false;
	default:
		break;
	}
	return false;
}
