/* a period, and its end, start or middle: week, month, quarter, year, named or counted from today */
#include "judgement/when_inner.h"

static struct day bounds(int32_t first, int32_t last)
{
	return (struct day){ .is = true, .day = first, .soft = true, .period = true, .first = first, .last = last };
}

/* The unit's span that holds `day`, and so many on. */
struct day period_span(const struct reading *r, int unit, int on, int32_t day)
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
void period_end(const struct reading *r, struct day *d)
{
	int32_t day = d->last;

	d->end = true;
	d->soft = false;
	while (day >= d->first && !is_workday(time_of(r), day))
		day--;
	d->day = day >= d->first ? day : d->last;
}

static void to_start(struct day *d)
{
	d->day = d->first;
	d->soft = true;
}

/* A named period: to come: its start; now: its end; over: the next year's, with a year past. */
bool period_named(struct reading *r, struct day d, bool has_year, struct day later, struct day *out)
{
	*out = d;
	if (r->today > d.last) {
		if (has_year)
			return refuse(r, "past", "that has passed");
		*out = later;
		out->rolled = true;
	} else if (r->today >= d.first) {
		period_end(r, out);
		if (period_over(r, out))
			return refuse(r, "past", "its last working day has passed");
	}
	return true;
}

struct day period_of_month(int year, int month)
{
	return bounds(day_of(year, month, 1), day_of(year, month + 1, 1) - 1);
}

bool period_month(struct reading *r, int month, int year, struct day *out)
{
	int y = year ? year : day_civil(r->today).year;

	return period_named(r, period_of_month(y, month), year != 0, period_of_month(y + 1, month), out);
}

bool period_quarter(struct reading *r, int quarter, int year, struct day *out)
{
	int y = year ? year : day_civil(r->today).year, m = quarter * 3 - 2;

	return period_named(r, bounds(day_of(y, m, 1), day_of(y, m + 3, 1) - 1), year != 0,
		    bounds(day_of(y + 1, m, 1), day_of(y + 1, m + 3, 1) - 1), out);
}

bool period_week(struct reading *r, const struct token *t, struct day *out)
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
	return period_named(r, bounds(first, first + 6), t->year != 0, bounds(later, later + 6), out);
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
		if (!period_week(r, &week, &d))
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
		*out = period_span(r, t->value, on, r->today);
		*relative = true;
		return true;
	}
	if (t->is == MONTH) {
		struct day d;

		r->at += n + 1;
		if (is(r, 0, NUM) && look(r, 0)->digits == 4) {
			year = look(r, 0)->value;
			r->at++;
			*out = period_of_month(year, t->value);
			return r->today <= out->last || refuse(r, "past", "that month has passed");
		}
		d = period_of_month(year, t->value);
		*out = d.last < r->today ? period_of_month(year + 1, t->value) : d;
		return true;
	}
	if (t->is == MONTH_OF) {
		r->at += n + 1;
		*out = period_of_month(t->year, t->month);
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
		if (!period_week(r, t, &d))
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

/* The unit of so many days. */
static int unit_of(const struct day *d)
{
	int32_t length = d->last - d->first;

	return length < 8 ? WEEKS : length < 32 ? MONTHS : length < 100 ? QUARTERS : YEARS;
}

/* end of X, start of X, mid X */
bool period_edge(struct reading *r, struct day *out)
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
		return r->e->kind == ERR_NONE ? refuse(r, "unit",
			    "the end, start or middle of what? As end of month, start of december, mid may") : false;
	if (which == END) {
		period_end(r, &d);
		if (period_over(r, &d)) {
			int32_t after = d.last + 1;

			if (!relative || this_one)
				return refuse(r, "past", "its end has passed");
			d = period_span(r, unit_of(&d), 0, after);
			period_end(r, &d);
		}
	} else if (which == START) {
		to_start(&d);
		if (this_one && d.day < r->today)
			return refuse(r, "past", "its start has passed");
		if (d.day <= r->today && !this_one) {
			int32_t after = d.last + 1;

			if (relative)
				d = period_span(r, unit_of(&d), 0, after);
			else if (d.day < r->today) {
				c = day_civil(d.first);
				d = period_of_month(c.year + 1, c.month);
				d.rolled = true;
			}
			to_start(&d);
		}
	} else { /* the 15th of a month; Wednesday of a week; 15 of the second month of a quarter; 1 July */
		int32_t length = d.last - d.first;

		c = day_civil(d.first);
		for (int i = 0; i < 2; i++) {
			d.day = length < 8 ? d.first + (WEDNESDAY - (int)day_weekday(d.first) + 7) % 7 : length < 32
				? d.first + 14 :
				length < 100 ? day_of(c.year, c.month + 1, 15) : day_of(c.year, 7, 1);
			if (d.day > r->today)
				break;
			if (this_one)
				return refuse(r, "past", "its middle has passed");
			d = length < 8 ? period_span(r, WEEKS, 1, r->today) : length < 32 && relative
				? period_span(r, MONTHS, 1, r->today) :
			    length < 32 ? period_of_month(c.year + 1, c.month) : length < 100
			    	? period_span(r, QUARTERS, 1, r->today) : period_span(r, YEARS, 1, r->today);
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
void period_at_edge(struct reading *r, const struct token *t, struct day *out)
{
	struct day d = period_span(r, t->value, t->is == EOP ? 0 : 1, r->today);

	if (t->is == EOP) {
		period_end(r, &d);
		if (period_over(r, &d)) {
			d = period_span(r, t->value, 1, r->today);
			period_end(r, &d);
		}
	}
	d.period = false;
	*out = d;
}
