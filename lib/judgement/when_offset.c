/* numbers, units, and what they add: "in 3 days", "2 weeks ago" */
#include <string.h>

#include "judgement/when_inner.h"

/* A number in digits or words, or "a"; how many tokens; 0: none. */
size_t read_count(const struct reading *r, size_t ahead, int *n, int *tenths)
{
	const struct token *t = look(r, ahead);

	*tenths = -1;
	switch (t->is) {
	case NUM:
		*n = t->value;
		*tenths = t->tenths;
		return 1;
	case NUMBER:
		*n = t->value;
		return 1;
	case ONE:
		*n = 1;
		if (look(r, ahead + 1)->is == COUPLE) {
			*n = 2;
			return 2;
		}
		return 1;
	case COUPLE:
		*n = 2;
		return 1;
	default:
		return 0;
	}
}

/* The unit at a place, with "business day", "jours ouvrés"; how many tokens; 0: none. */
size_t read_unit(const struct reading *r, size_t ahead, int *unit, bool *two_ways)
{
	const struct token *t = look(r, ahead), *next = look(r, ahead + 1);

	*two_ways = false;
	if (t->is == BUSINESS && next->is == UNIT && next->value == DAYS) {
		*unit = WORKDAYS;
		return 2;
	}
	if (t->is != UNIT)
		return 0;
	*unit = t->value;
	if (t->value == DAYS && next->is == WORKING) {
		*unit = WORKDAYS;
		return 2;
	}
	*two_ways = t->value == DAYS && next->is == OUVRABLES;
	return *two_ways ? 2 : 1;
}

static bool add_amount(struct reading *r, struct offset *o, int n, int tenths, int unit, bool two_ways)
{
	if (two_ways)
		return refuse(r, "ambiguous", "jours ouvrables are six a week, jours ouvrés five: write 3 jours ouvrés, or 3bd");
	if (unit == M) {
		if (o->clocked)
			unit = MINUTES;
		else if (time_of(r)->m == M_MONTHS)
			unit = MONTHS;
		else if (time_of(r)->m == M_MINUTES)
			unit = MINUTES;
		else
			return err_code(r->e, "ambiguous", "%dm is %dmo (months) or %dmin (minutes): write %dmo or %dmin", n, n, n, n, n);
	}
	if (tenths >= 0 && unit != HOURS)
		return refuse(r, "fraction", "only hours have fractions: write 36h, or 1d12h");
	if (n > 100000 || (unit == YEARS && n > 1000))
		return refuse(r, "toofar", "that is more than 30 years ahead");
	switch (unit) {
	case MINUTES: o->minutes += n; o->clocked = true; break;
	case HOURS: o->minutes += n * 60 + (tenths > 0 ? tenths * 6 : 0); o->clocked = true; break;
	case DAYS: o->days += n; o->dayed = true; break;
	case WEEKS: o->days += n * 7; o->dayed = true; break;
	case MONTHS: o->months += n; o->dayed = true; break;
	case QUARTERS: o->months += n * 3; o->dayed = true; break;
	case YEARS: o->months += n * 12; o->dayed = true; break;
	case WORKDAYS: o->workdays += n; o->dayed = true; break;
	default: break;
	}
	return true;
}

/* One amount and all that follow; false without error: none stands here. */
bool read_amounts(struct reading *r, struct offset *o, bool in)
{
	bool any = false;

	for (;;) {
		int n, tenths, unit;
		size_t a, b;
		bool two_ways;
		const struct token *t = look(r, 0);

		if (any && t->is == AND)
			r->at++;
		t = look(r, 0);
		/* "half an hour", "half hour" */
		if (t->is == HALF) {
			a = is(r, 1, ONE) ? 2 : 1;
			if (look(r, a)->is == UNIT && look(r, a)->value == HOURS) {
				o->minutes += 30;
				o->clocked = any = true;
				r->at += a + 1;
				continue;
			}
			break;
		}
		if (t->is == FORTNIGHT || (t->is == ONE && is(r, 1, FORTNIGHT))) {
			r->at += t->is == FORTNIGHT ? 1 : 2;
			o->days += 14;
			o->dayed = any = true;
			continue;
		}
		/* "1h30", "9h" after "in", or behind days; "2h" alone is an amount too */
		if (t->is == CLOCK && (t->half == 3 || (t->half == 4 && (in || any)))) {
			o->minutes += t->value;
			o->clocked = any = true;
			r->at++;
			continue;
		}
		a = read_count(r, 0, &n, &tenths);
		if (!a)
			break;
		b = read_unit(r, a, &unit, &two_ways);
		if (!b)
			break;
		if (!add_amount(r, o, n, tenths, unit, two_ways))
			return false;
		r->at += a + b;
		any = true;
	}
	return any;
}

void offset_apply(struct reading *r, const struct offset *o, int32_t from, int sign, struct day *d)
{
	struct civil c;
	int32_t day = from;

	if (o->months) {
		c = day_civil(day);
		day = month_day(c.year, c.month + sign * o->months, c.day);
	}
	day += sign * o->days;
	if (o->workdays)
		day = workday_add(time_of(r), day, sign * (o->workdays > 20000 ? 20000 : o->workdays));
	*d = (struct day){ .is = true, .day = day, .soft = o->dayed, .counted = true };
	if (o->clocked) {
		d->elapsed = true;
		d->at = (o->dayed ? zone_at(time_of(r)->zone, day, r->now) : r->f->anchor) + sign * o->minutes * 60;
		d->day = zone_day(time_of(r)->zone, d->at);
		d->soft = false;
	}
}

bool read_offset(struct reading *r, struct day *out)
{
	struct offset o = { 0 };
	struct reading before = *r;
	bool in = is(r, 0, IN);
	struct day base;
	int n, m, tenths, unit;
	size_t a, b, c;
	bool two_ways;

	if (in)
		r->at++;
	/* a range: "3-5 days", "2 to 3 weeks": the end */
	a = read_count(r, 0, &n, &tenths);
	if (a && (is(r, a, DASH) || is(r, a, TO))) {
		b = read_count(r, a + 1, &m, &tenths);
		c = b ? read_unit(r, a + 1 + b, &unit, &two_ways) : 0;
		if (c) {
			if (!add_amount(r, &o, m, tenths, unit, two_ways))
				return false;
			r->at += a + 1 + b + c;
			offset_apply(r, &o, r->today, 1, out);
			out->range = !out->elapsed;
			return true;
		}
	}
	if (!read_amounts(r, &o, in)) {
		if (r->e->kind == ERR_NONE)
			*r = before;
		return false;
	}
	if (is(r, 0, AGO))
		return refuse(r, "past", "that has passed");
	offset_apply(r, &o, r->today, 1, out);
	/* "from now", "from tomorrow", "after 18 dec", "before 18 dec", "friday" */
	if (is(r, 0, FROM) || is(r, 0, AFTER) || is(r, 0, BEFORE)) {
		int sign = is(r, 0, BEFORE) ? -1 : 1;

		r->at++;
		if (is(r, 0, NOW)) {
			r->at++;
			return true;
		}
		if (!read_day(r, &base))
			return r->e->kind == ERR_NONE ? refuse(r, "unit", "from, after or before what day?") : false;
		offset_apply(r, &o, base.day, sign, out);
		if (out->elapsed)
			return refuse(r, "conflict", "hours are counted from now, not from a day");
		return true;
	}
	if (is(r, 0, WEEKDAY) && o.dayed && !o.clocked && !o.months && o.days % 7 == 0 && !o.workdays) {
		*out = (struct day){ .is = true, .day = next_weekday(r, look(r, 0)->value) + o.days };
		r->at++;
	}
	return true;
}
