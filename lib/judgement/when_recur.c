/* recurrences: "every 2 weeks", "fridays", "15th of every month" */
#include <stdio.h>
#include <string.h>

#include "judgement/when_inner.h"

static const char *const day_names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

/* What a cadence says, before it is written as an RRULE. */
struct cadence {
	const char *freq;
	int interval, count;
	utc until;
	int month;              /* BYMONTH */
	int month_day;          /* BYMONTHDAY; -1 the last */
	unsigned days;          /* BYDAY */
	int nth;                /* BYDAY=2TU */
	bool last_workday;      /* eom */
	int nth_workday;        /* 3rd working day; -1 the last */
	bool from_interval;     /* first: today + one interval */
	bool morning, evening;
	struct clock clock;
};

static void by_unit(struct cadence *c, int n, int unit)
{
	c->from_interval = true;
	c->interval = n;
	switch (unit) {
	case DAYS: c->freq = "DAILY"; c->from_interval = n > 1; break;
	case WEEKS: c->freq = "WEEKLY"; break;
	case QUARTERS: c->freq = "MONTHLY"; c->interval = 3 * n; break;
	case YEARS: c->freq = "YEARLY"; break;
	default: c->freq = "MONTHLY"; break;
	}
}

static bool weekdays(struct reading *r, struct cadence *c)
{
	const struct token *t = look(r, 0);

	c->freq = "WEEKLY";
	if ((is(r, 1, DASH) || is(r, 1, TO)) && (is(r, 2, WEEKDAY) || is(r, 2, PLURAL))) {
		for (int d = t->value;; d = (d + 1) % 7) {
			c->days |= 1u << d;
			if (d == look(r, 2)->value)
				break;
		}
		r->at += 3;
		return true;
	}
	for (;;) {
		t = look(r, 0);
		if (t->is != WEEKDAY && t->is != PLURAL)
			break;
		c->days |= 1u << t->value;
		r->at++;
		if ((is(r, 0, AND) || is(r, 0, EVERY)) && (is(r, 1, WEEKDAY) || is(r, 1, PLURAL)))
			r->at++;
	}
	return true;
}

/* "dec 24", "24 dec", "december": the day of a year; false without error: none stands here. */
static bool yearly_date(struct reading *r, struct cadence *c)
{
	const struct token *t = look(r, 0), *a = t, *b;

	if (t->is == DATE && !t->year) {
		r->at++;
		c->freq = "YEARLY";
		c->month = t->month;
		c->month_day = t->day;
		return true;
	}
	if (t->is != MONTH && !((t->is == NUM || t->is == ORDINAL || t->is == NTH) && (is(r, 1, MONTH) || (is(r, 1, DASH) && is(r, 2, MONTH)))))
		return false;
	r->at++;
	if (is(r, 0, DASH))
		r->at++;
	b = look(r, 0);
	c->freq = "YEARLY";
	c->month_day = 1;
	if (a->is == MONTH) {
		c->month = a->value;
		if ((b->is == NUM && b->digits <= 2 && look(r, 1)->is != UHR) || b->is == ORDINAL) {
			c->month_day = b->value;
			r->at++;
		}
	} else {
		c->month = b->value;
		c->month_day = a->value;
		r->at++;
	}
	if (c->month_day < 1 || c->month_day > month_days(2000, c->month))
		return refuse(r, "nodate", "that month has no such day");
	return true;
}

/* How many tokens a working day is: workday, business day, jour ouvré; 0: none. */
static size_t working_day(const struct reading *r, size_t ahead)
{
	if (is(r, ahead, UNIT) && look(r, ahead)->value == WORKDAYS)
		return 1;
	if ((is(r, ahead, BUSINESS) && is(r, ahead + 1, UNIT) && look(r, ahead + 1)->value == DAYS) ||
	    (is(r, ahead, UNIT) && look(r, ahead)->value == DAYS && is(r, ahead + 1, WORKING)))
		return 2;
	return is(r, ahead, WEEKDAYS) ? 1 : 0;
}

/* What stands behind "every". */
static bool cadence(struct reading *r, struct cadence *c)
{
	const struct token *t = look(r, 0);
	int n = 1;
	bool other = false;

	switch (t->is) {
	case END_OF_WORDS:
		return refuse(r, "unit", "every what? As every friday, every 2 weeks");
	case OTHER:
		n = 2;
		other = true;
		r->at++;
		break;
	case NUM: case NUMBER:
		if (t->is == NUM && t->tenths >= 0)
			return refuse(r, "fraction", "only hours have fractions");
		if (look(r, 1)->is == MONTH || (look(r, 1)->is == DASH && look(r, 2)->is == MONTH))
			break;
		n = t->value;
		r->at++;
		break;
	case ONE:
		r->at++;
		break;
	case NTH:
		if (t->value >= 2 && (look(r, 1)->is == WEEKDAY || look(r, 1)->is == UNIT))
			return err_code(r->e, "ambiguous", "every %s: of the month (every %d%s), or every other one? Write one of them", t->as, t->value,
					t->value == 2 ? "nd tuesday" : t->value == 3 ? "rd tuesday" : "th tuesday");
		break;
	default:
		break;
	}
	t = look(r, 0);
	if (n < 1)
		return refuse(r, "unit", "every 0 is never");
	if (n > 1000)
		return refuse(r, "toofar", "that is more than 30 years");
	switch (t->is) {
	case UNIT:
		if (t->value == M && r->f->time->m != M_MONTHS)
			return refuse(r, r->f->time->m == M_MINUTES ? "toooften" : "ambiguous", "m is months or minutes: write every 3mo; daily is the most often");
		if (t->value == MINUTES || t->value == HOURS)
			return refuse(r, "toooften", "daily is the most often: cadences are for people");
		r->at++;
		if (t->value == DAYS && is(r, 0, WORKING)) {
			r->at++;
			c->freq = "WEEKLY";
			c->days = r->f->time->workdays;
			return n == 1 || refuse(r, "ambiguous", "every so many working days has no fixed day: write every 3 days, or weekdays");
		}
		if (t->value == WORKDAYS) {
			c->freq = "WEEKLY";
			c->days = r->f->time->workdays;
			return n == 1 || refuse(r, "ambiguous", "every so many working days has no fixed day: write every 3 days, or weekdays");
		}
		by_unit(c, n, t->value);
		/* every week on friday, every month on the 1st: read with the tail */
		return true;
	case BUSINESS:
		if (!(is(r, 1, UNIT) && look(r, 1)->value == DAYS))
			return refuse(r, "unit", "every what?");
		r->at += 2;
		c->freq = "WEEKLY";
		c->days = r->f->time->workdays;
		return n == 1 || refuse(r, "ambiguous", "every so many working days has no fixed day: write every 3 days, or weekdays");
	case WEEKDAYS:
		r->at++;
		c->freq = "WEEKLY";
		c->days = r->f->time->workdays;
		return true;
	case WEEKEND:
		r->at++;
		c->freq = "WEEKLY";
		c->days = 1u << SATURDAY;
		c->interval = n;
		return true;
	case WEEKDAY: case PLURAL:
		if (n > 1 && !other)
			return refuse(r, "ambiguous", "write every other friday, or every 2nd friday of the month as every 2nd friday");
		c->interval = n;
		return weekdays(r, c);
	case PART:
		r->at++;
		c->freq = "DAILY";
		c->clock = (struct clock){ .is = true, .part = true, .which = t->value };
		part_minute(r->f->time, t->value, &c->clock.minute);
		return true;
	case MORGEN:
		r->at++;
		c->freq = "DAILY";
		c->clock = (struct clock){ .is = true, .minute = r->f->time->morning };
		return true;
	case ADVERB: /* every half year; every quarterly is nothing */
		if (t->value != HALFYEARLY)
			return refuse(r, "unit", "every what?");
		r->at++;
		by_unit(c, 6 * n, MONTHS);
		return true;
	case HALF:
		if (!(is(r, 1, UNIT) && look(r, 1)->value == YEARS))
			return refuse(r, "toooften", "daily is the most often");
		r->at += 2;
		by_unit(c, 6, MONTHS);
		return true;
	case FORTNIGHT:
		r->at++;
		by_unit(c, 2 * n, WEEKS);
		return true;
	case EOP:
		if (t->value == WEEKS || t->value == QUARTERS || t->value == YEARS)
			return refuse(r, "ambiguous", "write every friday, quarterly, or every dec 31");
		r->at++;
		c->freq = "MONTHLY";
		c->last_workday = true;
		return true;
	case END: /* every end of month */
		if (!(is(r, 1, UNIT) && look(r, 1)->value == MONTHS))
			return refuse(r, "ambiguous", "write every friday, quarterly, or every dec 31");
		r->at += 2;
		c->freq = "MONTHLY";
		c->last_workday = true;
		return true;
	case LAST:
		if (is(r, 1, WEEKDAY)) {
			c->freq = "MONTHLY";
			c->nth = -1;
			c->days = 1u << look(r, 1)->value;
			r->at += 2;
			return true;
		}
		return refuse(r, "unit", "every last what? As every last friday");
	case ORDINAL: case NTH:
		if (is(r, 1, WEEKDAY)) {
			if (t->value < 1 || t->value > 5)
				return refuse(r, "nodate", "a month has five of a weekday at most");
			c->freq = "MONTHLY";
			c->nth = t->value;
			c->days = 1u << look(r, 1)->value;
			r->at += 2;
			return true;
		}
		if (is(r, 1, MONTH) || (is(r, 1, DASH) && is(r, 2, MONTH)))
			break;
		if (t->value < 1 || t->value > 31)
			return refuse(r, "nodate", "a month has 31 days at most");
		r->at++;
		c->freq = "MONTHLY";
		c->month_day = t->value;
		return true;
	case END_OF_WORDS:
		return refuse(r, "unit", "every what? As every friday, every 2 weeks");
	default:
		break;
	}
	if (yearly_date(r, c))
		return true;
	if (r->e->kind != ERR_NONE)
		return false;
	if (t->is == VAGUE)
		return refuse(r, "vague", "that says no day");
	return err_code(r->e, "unit", "every what? '%s' does not say how often; as every friday, every 2 weeks", t->as);
}

static bool tail(struct reading *r, struct cadence *c)
{
	while (!is(r, 0, END_OF_WORDS)) {
		const struct token *t = look(r, 0);
		struct clock clock;

		if (t->is == DASH || t->is == AND) {
			r->at++;
			continue;
		}
		if (t->is == ZONE && c->clock.is) {
			c->clock.zone = t->zone;
			r->at++;
			continue;
		}
		if ((t->is == NUM || t->is == NUMBER) && is(r, 1, TIMES)) {
			c->count = t->value;
			r->at += 2;
			if (c->count < 1)
				return refuse(r, "unit", "0 times is never");
			continue;
		}
		if (t->is == BY) { /* until D: the end of that day */
			struct day d;

			r->at++;
			if (!read_day(r, &d))
				return r->e->kind == ERR_NONE ? refuse(r, "unit", "until what day?") : false;
			c->until = zone_at(r->f->time->zone, (d.period ? d.last : d.day) + 1, 0) - 1;
			continue;
		}
		if (t->is == EVERY || t->is == IN) { /* of every month, each year */
			if (look(r, 1)->is == UNIT) {
				r->at += 2;
				continue;
			}
		}
		if (strcmp(c->freq, "YEARLY") == 0 && !c->month && yearly_date(r, c)) { /* yearly on dec 24 */
			c->from_interval = false;
			continue;
		}
		if (r->e->kind != ERR_NONE)
			return false;
		if ((t->is == WEEKDAY || t->is == PLURAL) && !c->days && !c->month_day) {
			int interval = c->interval;
			const char *freq = c->freq;

			if (strcmp(freq, "WEEKLY") != 0)
				return refuse(r, "conflict", "that goes with weekly alone; as every 2nd friday");
			weekdays(r, c);
			c->interval = interval;
			c->from_interval = false;
			continue;
		}
		if ((t->is == ORDINAL || t->is == NTH || t->is == LAST) && strcmp(c->freq, "MONTHLY") == 0 && !c->month_day && !c->days) {
			if (is(r, 1, WEEKDAY)) {
				c->nth = t->is == LAST ? -1 : t->value;
				c->days = 1u << look(r, 1)->value;
				r->at += 2;
			} else if (working_day(r, 1)) {
				c->nth_workday = t->is == LAST ? -1 : t->value;
				c->days = r->f->time->workdays;
				r->at += 1 + working_day(r, 1);
				if (c->nth_workday > 20)
					return refuse(r, "nodate", "not every month has so many working days");
			} else if (is(r, 1, UNIT) && look(r, 1)->value == DAYS) {
				c->month_day = t->is == LAST ? -1 : t->value;
				r->at += 2;
			} else if (t->is != LAST) {
				c->month_day = t->value;
				r->at++;
			} else {
				return refuse(r, "unit", "the last what?");
			}
			c->from_interval = false;
			continue;
		}
		if (read_clock(r, &clock, true)) {
			if (clock.which == -1 && !c->clock.part)
				return err_code(r->e, "ambiguous", "at %d: write %dam or %dpm", clock.minute / 60, clock.minute / 60, clock.minute / 60);
			if (c->clock.is && !(c->clock.part && clock.bare))
				return refuse(r, "conflict", "two times of day");
			if (c->clock.part && clock.minute < 720 && c->clock.which >= PART_AFTERNOON)
				clock.minute += 720;
			c->clock = clock;
			continue;
		}
		if (r->e->kind != ERR_NONE)
			return false;
		if (t->is == NUM)
			return err_code(r->e, "unit", "%s what? %sam?", t->as, t->as);
		return err_code(r->e, "conflict", "'%s' does not go with how often", t->as);
	}
	return true;
}

static bool matches(const struct reading *r, const struct cadence *c, int32_t day)
{
	struct civil d = day_civil(day);
	int most = month_days(d.year, d.month);

	if (c->month && d.month != c->month)
		return false;
	if (c->last_workday) {
		int32_t last = day_of(d.year, d.month + 1, 1) - 1;

		while (!(r->f->time->workdays >> day_weekday(last) & 1))
			last--;
		return day == last;
	}
	if (c->nth_workday) {
		int32_t at = c->nth_workday < 0 ? day_of(d.year, d.month + 1, 1) - 1 : day_of(d.year, d.month, 1);
		int left = c->nth_workday < 0 ? 1 : c->nth_workday;

		for (;; at += c->nth_workday < 0 ? -1 : 1)
			if ((c->days >> day_weekday(at) & 1) && --left == 0)
				return day == at;
	}
	if (c->nth)
		return nth_weekday(d.year, d.month, c->nth, __builtin_ctz(c->days)) == day;
	if (c->days)
		return c->days >> day_weekday(day) & 1;
	if (c->month_day)
		return d.day == (c->month_day < 0 || c->month_day > most ? most : c->month_day);
	return true;
}

static void print(struct reading *r, const struct cadence *c, struct when *out)
{
	struct text *t = text_new(r->p, 300);

	text_print(t, "FREQ=%s", c->freq);
	if (c->interval > 1)
		text_print(t, ";INTERVAL=%d", c->interval);
	if (c->count)
		text_print(t, ";COUNT=%d", c->count);
	if (c->until) {
		struct civil u = zone_civil(zone_fixed(r->p, 0), c->until);

		text_print(t, ";UNTIL=%04d%02d%02dT%02d%02d%02dZ", u.year, u.month, u.day, u.hour, u.minute, u.second);
	}
	if (c->month)
		text_print(t, ";BYMONTH=%d", c->month);
	if (c->month == 2 && c->month_day == 29)
		text_add(t, ";BYMONTHDAY=28,29;BYSETPOS=-1");
	else if (c->month_day >= 29 && !c->month) {
		text_add(t, ";BYMONTHDAY=28");
		for (int d = 29; d <= c->month_day; d++)
			text_print(t, ",%d", d);
		text_add(t, ";BYSETPOS=-1");
	} else if (c->month_day) {
		text_print(t, ";BYMONTHDAY=%d", c->month_day);
	}
	if (c->last_workday || c->days) {
		unsigned days = c->last_workday ? r->f->time->workdays : c->days;
		const char *sign = ";BYDAY=";

		for (int d = 0; d < 7; d++)
			if (days >> d & 1) {
				text_add(t, sign);
				if (c->nth)
					text_print(t, "%d", c->nth);
				text_add(t, day_names[d]);
				sign = ",";
			}
		if (c->last_workday)
			text_add(t, ";BYSETPOS=-1");
		else if (c->nth_workday)
			text_print(t, ";BYSETPOS=%d", c->nth_workday);
	}
	out->rrule = t->s;
}

static bool first(struct reading *r, struct cadence *c, struct when *out)
{
	const struct worktime *w = r->f->time;
	const struct zone *z = c->clock.zone ? c->clock.zone : w->zone;
	int minute = c->clock.is ? c->clock.minute : c->last_workday ? w->eod : w->hour;
	int32_t day = r->today;
	struct civil now = day_civil(r->today);

	if (c->from_interval) {
		if (strcmp(c->freq, "DAILY") == 0)
			day += c->interval;
		else if (strcmp(c->freq, "WEEKLY") == 0)
			day += 7 * c->interval;
		else
			day = month_day(now.year, now.month + c->interval * (strcmp(c->freq, "YEARLY") == 0 ? 12 : 1), now.day);
		/* from the end of a month the rule clamps */
		if (strcmp(c->freq, "MONTHLY") == 0 && now.day >= 29)
			c->month_day = now.day;
		if (strcmp(c->freq, "YEARLY") == 0 && now.month == 2 && now.day == 29)
			c->month = 2, c->month_day = 29;
		out->at = zone_at(z, day, minute == 1440 ? 0 : minute) + (minute == 1440 ? 86400 : 0);
		out->has_hour = c->clock.is;
		return day - r->today <= 30 * 366 || refuse(r, "toofar", "that is more than 30 years ahead");
	}
	for (int i = 0; i < 366 * 9; i++, day++) {
		utc t;

		if (!matches(r, c, day))
			continue;
		t = minute == 1440 ? zone_at(z, day + 1, 0) : zone_at(z, day, minute);
		if (t > r->f->anchor) {
			out->at = t;
			out->has_hour = c->clock.is;
			return true;
		}
	}
	return refuse(r, "nodate", "no such day comes");
}

/* `is_one`: it begins as a recurrence, so that an error is final. */
bool when_recurrence(struct reading *r, struct when *out, bool *is_one)
{
	struct cadence c = { .interval = 1 };
	const struct token *t = look(r, 0);
	bool every_later = false;

	*is_one = true;
	switch (t->is) {
	case EVERY:
		r->at++;
		if (!cadence(r, &c))
			return false;
		break;
	case ADVERB:
		r->at++;
		switch (t->value) {
		case DAILY: c.freq = "DAILY"; break;
		case WEEKLY: by_unit(&c, 1, WEEKS); break;
		case FORTNIGHTLY: by_unit(&c, 2, WEEKS); break;
		case MONTHLY: by_unit(&c, 1, MONTHS); break;
		case QUARTERLY: by_unit(&c, 3, MONTHS); break;
		case HALFYEARLY: by_unit(&c, 6, MONTHS); break;
		default: by_unit(&c, 1, YEARS); break;
		}
		break;
	case PLURAL:
		if (!weekdays(r, &c))
			return false;
		break;
	case WEEKDAYS:
		r->at++;
		c.freq = "WEEKLY";
		c.days = r->f->time->workdays;
		break;
	default: /* 15th of every month, last day of every month, 2nd tuesday of each month */
		for (size_t i = r->at; r->t[i].is != END_OF_WORDS && i < r->at + 4; i++)
			every_later |= r->t[i].is == EVERY && r->t[i + 1].is == UNIT && r->t[i + 1].value == MONTHS;
		if (!every_later || !(t->is == ORDINAL || t->is == NTH || t->is == LAST)) {
			*is_one = false;
			return false;
		}
		c.freq = "MONTHLY";
		break;
	}
	if (!tail(r, &c) || !first(r, &c, out))
		return false;
	print(r, &c, out);
	return true;
}
