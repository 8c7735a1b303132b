/* one day: a date, a weekday, a period, relative or not */
#include <string.h>

#include "judgement/when_inner.h"

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
	} else if ((is(r, 0, NEXT) || is(r, 0, THIS) || is(r, 0, COMING) || is(r, 0, FOLLOWING)) && is(r, 1, UNIT) &&
		look(r, 1)->value == MONTHS) {
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
	int n = t->is == LAST ? -1 : t->value, year = day_civil(r->today).year, month = day_civil(r->today).month,
		unit = 0;
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
		return refuse(r, "ambiguous", "that is the one before today, or the last one of the month: "
			      "write `last friday of the month`, or a date");
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
		return err_code(r->e, "nodate", "there is no day %d in that month: it has %d days", day,
			    month_days(year ? year : 2001, month));
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

	if (t->is == NUM && t->tenths < 0 && ((t->digits == 4 && t->value >= 1970 && t->value <= 2200) ||
		    (t->digits == 2 && !t->sticks && look(r, 1)->is != UHR && look(r, 1)->is != ZONE &&
		    look(r, 1)->is != UNIT))) {
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

		if (number_of_day(look(r, m)) && !(look(r, m)->is == NTH &&
			    (is(r, m + 1, WEEKDAY) || is(r, m + 1, UNIT) || is(r, m + 1, BUSINESS) ||
			    is(r, m + 1, THING))) &&
			    !(look(r, m)->is == NUM &&
			    (look(r, m + 1)->is == UNIT || look(r, m + 1)->is == UHR || look(r, m + 1)->is == ZONE))) {
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
		int year = is(r, 0, NUM) && look(r, 0)->digits == 4 && look(r, 0)->value >= 1970 &&
			look(r, 0)->value <= 2200 ? look(r, 0)->value : 0;

		if (year)
			r->at++;
		return period_month(r, month, year, out);
	}
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
		/* German counts from the next such day, others from the week */
		if (strcmp(look(r, 0)->as, "nach") == 0)
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
		return period_week(r, &t, out);
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
			return refuse(r, "ambiguous",
				    "following: this coming one, or the one after it? Write friday, next friday, or a date");
		/* next friday week: too much */
		if (which != THIS && which != COMING && is(r, 0, UNIT) && look(r, 0)->value == WEEKS)
			return refuse(r, "conflict", "two ways to say which week");
		*out = (struct day){ .is = true, .weekday = true, .number = t->value,
				     .day = which == COMING ? next_weekday(r, t->value)
				     	: weekday_of_week(r, t->value, on) };
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
		return period_named(r, period_of_month(year, t->value), true, period_of_month(year, t->value), out);
	}
	if (t->is == UNIT && (t->value == WEEKS || t->value == MONTHS || t->value == QUARTERS || t->value == YEARS)) {
		r->at += 2;
		*out = period_span(r, t->value, on, r->today);
		if (t->value == WEEKS && is(r, 0, AFTER) && is(r, 1, NEXT)) {
			r->at += 2;
			*out = period_span(r, WEEKS, 2, r->today);
		}
		if (t->value == WEEKS && is(r, 0, WEEKDAY)) {
			int w = look(r, 0)->value;

			r->at++;
			*out = (struct day){ .is = true, .day = weekday_of_week(r, w, on) };
			out->today = out->day == r->today;
			return out->day >= r->today || refuse(r, "past", "that day of this week has passed");
		}
		if (t->value == MONTHS && (is(r, 0, ORDINAL) ||
			    (is(r, 0, NUM) && look(r, 0)->digits <= 2 && !is(r, 1, UNIT)))) {
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
			period_end(r, out);
			if (period_over(r, out))
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

/* "weekend", "weekend next" */
static bool weekend(struct reading *r, struct day *out)
{
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

/* "2nd friday of march", "15th of december", "the 15th" */
static bool ordinal(struct reading *r, struct day *out)
{
	const struct token *t = look(r, 0);
	struct reading save = *r;
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

/* week 49; settimana prossima, mois prochain, semana que vem; "week after next" */
static bool unit(struct reading *r, struct day *out)
{
	const struct token *t = look(r, 0);
	const struct token *next = look(r, 1);

	if (t->value == WEEKS && next->is == NUM && next->digits <= 2) {
		struct token w = { .is = ISOWEEK, .value = next->value };

		r->at += 2;
		return period_week(r, &w, out);
	}
	if (t->value > YEARS || t->value < WEEKS)
		return false;
	if (next->is == NEXT || next->is == COMING || next->is == AFTERNEXT ||
		    (next->is == AFTER && look(r, 2)->is == NEXT)) {
		int on = next->is == AFTERNEXT || next->is == AFTER ? 2 : 1;

		r->at += next->is == AFTER ? 3 : 2;
		*out = period_span(r, t->value, on, r->today);
		if (t->value == WEEKS && is(r, 0, WEEKDAY)) {
			*out = (struct day){ .is = true, .day = weekday_of_week(r, look(r, 0)->value, on) };
			r->at++;
		}
		return true;
	}
	if (next->is == THIS) {
		r->at += 2;
		*out = period_span(r, t->value, 0, r->today);
		period_end(r, out);
		return out->day >= r->today || refuse(r, "past", "its last working day has passed");
	}
	return false;
}

/* "2027-dec-01", "1 dec", "3 days", "in december" */
static bool counted(struct reading *r, struct day *out)
{
	const struct token *t = look(r, 0);
	struct reading save = *r;

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
		return err_code(r->e, "ambiguous", "%d is a year or a time: write `end of %d`, or at %02d:%02d",
			    t->value, t->value, t->value / 100, t->value % 100);
	return false;
}

bool read_day(struct reading *r, struct day *out)
{
	const struct token *t = look(r, 0);

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
	case WEEKEND:
		return weekend(r, out);
	case MIDWEEK:
		r->at++;
		*out = (struct day){ .is = true, .day = next_weekday(r, WEDNESDAY), .soft = true };
		return true;
	case EOP:
	case SOP:
		r->at++;
		period_at_edge(r, t, out);
		return true;
	case END: case START: case MID:
		return period_edge(r, out);
	case LAST:
		if (nth(r, out))
			return true;
		if (r->e->kind == ERR_NONE && is(r, 1, UNIT) && look(r, 1)->value >= WEEKS &&
			    look(r, 1)->value <= YEARS && is(r, 2, END_OF_WORDS))
			return refuse(r, "past", "that has passed; name a day to come");
		if (r->e->kind == ERR_NONE)
			return refuse(r, "ambiguous",
				    "`last` looks back: write `last friday of the month`, or a date to come");
		return false;
	case NTH: case ORDINAL:
		return ordinal(r, out);
	case DATE:
		r->at++;
		return date(r, t->year, t->month, t->day, out);
	case MONTH_OF:
		r->at++;
		return period_month(r, t->month, t->year, out);
	case ISOWEEK:
		r->at++;
		return period_week(r, t, out);
	case QUARTER:
		r->at++;
		return period_quarter(r, t->value, t->year, out);
	case MONTH:
		return month_date(r, out);
	case UNIT:
		return unit(r, out);
	case NUM: case NUMBER: case ONE: case COUPLE: case HALF: case FORTNIGHT: case IN: case CLOCK:
		return counted(r, out);
	default:
		return false;
	}
}
