/* days, working days and the settings of a person's time; zones stand in worktime_zone.c */
#include "ground/worktime.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ground/text.h"

/* ---- days: the civil calendar, counted from 1970-01-01 (proleptic Gregorian; 400 years are 146,097 days) ---- */

int32_t day_of(int year, int month, int day)
{
	int64_t y = (int64_t)year * 12 + month - 1, era, m, doy;

	m = ((y % 12) + 12) % 12 + 1;
	y = (y - (m - 1)) / 12;
	y -= m <= 2;
	era = (y >= 0 ? y : y - 399) / 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5;
	y -= era * 400;
	return (int32_t)(era * 146097 + y * 365 + y / 4 - y / 100 + doy + day - 1 - 719468);
}

struct civil day_civil(int32_t day)
{
	int64_t z = (int64_t)day + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	struct civil c = { .day = (int)(doy - (153 * mp + 2) / 5 + 1), .month = (int)(mp < 10 ? mp + 3 : mp - 9) };

	c.year = (int)(yoe + era * 400 + (c.month <= 2));
	return c;
}

enum weekday day_weekday(int32_t day)
{
	return (enum weekday)(((day + 3) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
}

int month_days(int year, int month)
{
	return (int)(day_of(year, month + 1, 1) - day_of(year, month, 1));
}

int32_t day_iso_week(int year, int week, int weekday)
{
	int32_t fourth = day_of(year, 1, 4); /* always in week 1 */

	return fourth - (int32_t)day_weekday(fourth) + (week - 1) * 7 + weekday - 1;
}

int iso_weeks(int year)
{
	return (day_iso_week(year + 1, 1, 1) - day_iso_week(year, 1, 1)) / 7;
}

/* ---- printing and reading times ---- */

char *utc_print(struct pool *p, const struct zone *z, utc t)
{
	struct civil c = zone_civil(z, t);
	int o = zone_offset(z, t);

	return pool_print(p, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", c.year, c.month, c.day, c.hour, c.minute, c.second, o < 0 ? '-' : '+',
			  abs(o) / 3600, abs(o) / 60 % 60);
}

static const char *const day_names[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
static const char *const month_names[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September",
				      "October", "November", "December" };

char *utc_words(struct pool *p, const struct zone *z, utc t)
{
	struct civil c = zone_civil(z, t);

	return pool_print(p, "%s %d %s %d, %02d:%02d %s", day_names[day_weekday(zone_day(z, t))], c.day, month_names[c.month - 1], c.year, c.hour,
			  c.minute, zone_abbreviation(z, t));
}

char *utc_words_short(struct pool *p, const struct zone *z, utc t, utc now)
{
	struct civil c = zone_civil(z, t);
	bool other = c.year != zone_civil(z, now).year;

	return pool_print(p, "%.3s %d %.3s%s, %02d:%02d", day_names[day_weekday(zone_day(z, t))], c.day, month_names[c.month - 1],
			  other ? pool_print(p, " %d", c.year) : "", c.hour, c.minute);
}

char *utc_header(struct pool *p, const struct zone *z, utc t)
{
	struct civil c = zone_civil(z, t);
	int o = zone_offset(z, t);

	return pool_print(p, "%.3s, %02d %.3s %04d %02d:%02d:%02d %c%02d%02d", day_names[day_weekday(zone_day(z, t))], c.day, month_names[c.month - 1], c.year,
			  c.hour, c.minute, c.second, o < 0 ? '-' : '+', abs(o) / 3600, abs(o) / 60 % 60);
}

static bool digits(const char **s, int n, int *out)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		if (!isdigit((unsigned char)(*s)[i]))
			return false;
		v = v * 10 + (*s)[i] - '0';
	}
	*s += n;
	*out = v;
	return true;
}

bool utc_parse(const char *s, const struct zone *zone, utc *out)
{
	struct civil c = { 0 };
	int oh = 0, om = 0;
	utc t;
	char sign;

	if (!digits(&s, 4, &c.year) || *s++ != '-' || !digits(&s, 2, &c.month) || *s++ != '-' || !digits(&s, 2, &c.day))
		return false;
	if (c.month < 1 || c.month > 12 || c.day < 1 || c.day > month_days(c.year, c.month))
		return false;
	if (*s == 'T' || *s == 't' || *s == ' ') {
		s++;
		if (!digits(&s, 2, &c.hour) || *s++ != ':' || !digits(&s, 2, &c.minute))
			return false;
		if (*s == ':') {
			s++;
			if (!digits(&s, 2, &c.second))
				return false;
			if (*s == '.')
				for (s++; isdigit((unsigned char)*s);)
					s++;
		}
		if (c.hour > 23 || c.minute > 59 || c.second > 60)
			return false;
	}
	t = (utc)day_of(c.year, c.month, c.day) * 86400 + c.hour * 3600 + c.minute * 60 + c.second;
	if (*s == 'Z' || *s == 'z') {
		s++;
	} else if (*s == '+' || *s == '-') {
		sign = *s++;
		if (!digits(&s, 2, &oh))
			return false;
		if (*s == ':')
			s++;
		if (*s && !digits(&s, 2, &om))
			return false;
		if (oh > 15 || om > 59)
			return false;
		t -= (sign == '-' ? -1 : 1) * (oh * 3600 + om * 60);
	} else if (zone) {
		t = zone_utc(zone, c);
	} else {
		return false;
	}
	if (*s)
		return false;
	*out = t;
	return true;
}

/* ---- a person's working time ---- */

struct worktime worktime_default(const struct zone *z)
{
	return (struct worktime){ .zone = z, .hour = 540, .morning = 540, .noon = 720, .afternoon = 840, .evening = 1080, .night = 1200,
				  .eod = 1020, .workdays = 0x1f, .quiet_from = 1200, .quiet_to = 420, .week_start = MONDAY };
}

const char *const worktime_settings[] = { "hour", "morning", "noon", "afternoon", "evening", "night", "eod", "workdays", "holidays", "quiet",
					  "week_start", "date_order", "move", "m", "keep_time", NULL };

bool worktime_clock(const char *s, int *out)
{
	int h, m;

	if (!(s[0] && s[1] == ':' ? digits(&s, 1, &h) : digits(&s, 2, &h)) || *s++ != ':' || !digits(&s, 2, &m) || *s || h > 24 || m > 59 ||
	    (h == 24 && m))
		return false;
	*out = h * 60 + m;
	return true;
}

/* One of the words, ended by NULL; -1: none. */
static int one_of(const char *s, const char *const *words)
{
	for (int i = 0; words[i]; i++)
		if (text_same(s, words[i]))
			return i;
	return -1;
}

static bool set_workdays(struct pool *p, struct worktime *w, const char *value)
{
	static const char *const names[] = { "mo", "tu", "we", "th", "fr", "sa", "su", NULL };
	char *copy = pool_copy(p, value), *save;
	unsigned days = 0;

	for (char *s = strtok_r(copy, ", ", &save); s; s = strtok_r(NULL, ", ", &save)) {
		int i = -1;

		for (int n = 0; names[n]; n++) /* "mo", "mon", "monday" */
			if (strlen(s) >= 2 && text_starts(s, names[n]))
				i = n;
		if (i < 0)
			return false;
		days |= 1u << i;
	}
	if (!days)
		return false;
	w->workdays = days;
	return true;
}

static int by_day(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

/* Exactly "2026-12-25"; `*s` moves on. */
static bool day_read(const char **s, int32_t *out)
{
	char whole[] = "0000-00-00T00:00:00Z";
	utc t;

	if (strnlen(*s, 10) < 10)
		return false;
	memcpy(whole, *s, 10);
	if (!utc_parse(whole, NULL, &t))
		return false;
	*s += 10;
	*out = (int32_t)(t / 86400);
	return true;
}

bool days_parse(const char *s, int32_t *from, int32_t *to)
{
	if (!day_read(&s, from))
		return false;
	*to = *from;
	if (!*s)
		return true;
	s += strspn(s, " ");
	if (*s++ != '-')
		return false;
	s += strspn(s, " ");
	return day_read(&s, to) && !*s && *to >= *from && *to - *from <= 366;
}

static bool set_holidays(struct pool *p, struct worktime *w, const char *value)
{
	char *copy = pool_copy(p, value), *save;
	int32_t *list = NULL;
	size_t n = 0;

	for (char *s = strtok_r(copy, ", ", &save); s; s = strtok_r(NULL, ", ", &save)) {
		int32_t day;

		if (!day_read((const char **)&s, &day) || *s)
			return false;
		*(int32_t *)pool_more(p, &list, n, sizeof *list) = day;
		n++;
	}
	if (n)
		qsort(list, n, sizeof *list, by_day);
	w->holidays = list;
	w->holiday_count = n;
	return true;
}

static bool set_quiet(struct pool *p, struct worktime *w, const char *value)
{
	const char *dash = strchr(value, '-');
	int from, to;

	if (text_same(value, "none")) {
		w->quiet_from = w->quiet_to = 0;
		return true;
	}
	if (!dash || !worktime_clock(pool_slice(p, value, (size_t)(dash - value)), &from) || !worktime_clock(dash + 1, &to))
		return false;
	w->quiet_from = from % 1440;
	w->quiet_to = to % 1440;
	return true;
}

bool worktime_set(struct pool *p, struct worktime *w, const char *name, const char *value, struct err *e)
{
	const struct {
		const char *name;
		int *minutes;
	} times[] = { { "hour", &w->hour },   { "morning", &w->morning }, { "noon", &w->noon }, { "afternoon", &w->afternoon },
		      { "evening", &w->evening }, { "night", &w->night },     { "eod", &w->eod } };
	static const char *const orders[] = { "dmy", "mdy", "ask", NULL }, *const moves[] = { "next", "previous", "no", NULL },
				 *const means[] = { "ask", "months", "minutes", NULL }, *const yes[] = { "no", "yes", NULL },
				 *const starts[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", NULL };
	int i;

	for (size_t n = 0; n < sizeof times / sizeof *times; n++)
		if (strcmp(name, times[n].name) == 0)
			return worktime_clock(value, times[n].minutes) || err_perm(e, "%s = \"%s\": needed is a time of day, as 09:00", name, value);
	if (strcmp(name, "workdays") == 0)
		return set_workdays(p, w, value) || err_perm(e, "workdays = \"%s\": needed are days, as mo,tu,we,th,fr", value);
	if (strcmp(name, "holidays") == 0)
		return set_holidays(p, w, value) || err_perm(e, "holidays = \"%s\": needed are dates, as 2026-12-25,2027-01-01", value);
	if (strcmp(name, "quiet") == 0)
		return set_quiet(p, w, value) || err_perm(e, "quiet = \"%s\": needed is a span, as 20:00-07:00, or none", value);
	if (strcmp(name, "week_start") == 0) {
		if ((i = one_of(value, starts)) < 0)
			return err_perm(e, "week_start = \"%s\": allowed are monday to sunday", value);
		w->week_start = (enum weekday)i;
		return true;
	}
	if (strcmp(name, "date_order") == 0) {
		if ((i = one_of(value, orders)) < 0)
			return err_perm(e, "date_order = \"%s\": allowed are dmy, mdy, ask", value);
		w->date_order = (enum date_order)i;
		return true;
	}
	if (strcmp(name, "move") == 0) {
		if ((i = one_of(value, moves)) < 0)
			return err_perm(e, "move = \"%s\": allowed are next, previous, no", value);
		w->move = (enum move_soft)i;
		return true;
	}
	if (strcmp(name, "m") == 0) {
		if ((i = one_of(value, means)) < 0)
			return err_perm(e, "m = \"%s\": allowed are ask, months, minutes", value);
		w->m = (enum m_means)i;
		return true;
	}
	if (strcmp(name, "keep_time") == 0) {
		if ((i = one_of(value, yes)) < 0)
			return err_perm(e, "keep_time = \"%s\": allowed are no, yes", value);
		w->keep_time = i == 1;
		return true;
	}
	return err_perm(e, "no setting '%s'%s%s", name, text_nearest(name, worktime_settings) ? "; did you mean " : "",
			text_nearest(name, worktime_settings) ? text_nearest(name, worktime_settings) : "");
}

bool is_workday(const struct worktime *w, int32_t day)
{
	return (w->workdays >> day_weekday(day) & 1) &&
	       !(w->holiday_count && bsearch(&day, w->holidays, w->holiday_count, sizeof day, by_day));
}

enum {
	DAYS_MOST = 4000, /* holidays without end must not make a loop without end */
	QUIET_GRACE = 900
};

int32_t workday_from(const struct worktime *w, int32_t day)
{
	for (int i = 0; i < DAYS_MOST && !is_workday(w, day); i++)
		day++;
	return day;
}

int32_t workday_before(const struct worktime *w, int32_t day)
{
	day--;
	for (int i = 0; i < DAYS_MOST && !is_workday(w, day); i++)
		day--;
	return day;
}

int32_t workday_add(const struct worktime *w, int32_t day, int n)
{
	for (; n > 0; n--)
		day = workday_from(w, day + 1);
	for (; n < 0; n++)
		day = workday_before(w, day);
	return day;
}

bool is_quiet(const struct worktime *w, utc t)
{
	struct civil c = zone_civil(w->zone, t);
	int m = c.hour * 60 + c.minute;

	if (w->quiet_from == w->quiet_to)
		return false;
	return w->quiet_from < w->quiet_to ? m >= w->quiet_from && m < w->quiet_to : m >= w->quiet_from || m < w->quiet_to;
}

utc quiet_end(const struct worktime *w, utc t)
{
	int32_t day = zone_day(w->zone, t);
	utc end = zone_at(w->zone, day, w->quiet_to);

	if (!is_quiet(w, t))
		return t;
	return end > t ? end : zone_at(w->zone, day + 1, w->quiet_to);
}

utc worktime_next(const struct worktime *w, utc t)
{
	int32_t day = zone_day(w->zone, t);
	utc start;

	for (int i = 0; i < DAYS_MOST; i++, day++) {
		if (!is_workday(w, day))
			continue;
		start = quiet_end(w, zone_at(w->zone, day, w->hour));
		if (t <= start)
			return start;
		if (zone_day(w->zone, t) == day && !is_quiet(w, t))
			return t;
	}
	return t;
}

utc worktime_leave(const struct worktime *w, utc meant, utc now)
{
	bool fresh = now - meant <= QUIET_GRACE, none = w->quiet_from == w->quiet_to;

	if (is_quiet(w, now) ? fresh && is_quiet(w, meant) : none || fresh || zone_day(w->zone, now) == zone_day(w->zone, meant))
		return now;
	return worktime_next(w, now);
}

utc worktime_late(const struct worktime *w, utc due)
{
	struct civil c = zone_civil(w->zone, due);
	int32_t day = zone_day(w->zone, due);

	/* a due day stands at the start of work; a due time is itself */
	return c.hour * 60 + c.minute == w->hour ? zone_at(w->zone, day, w->eod) : due;
}

/* Of that civil day; 0: it is another weekday. */
static utc weekly_slot(const struct worktime *w, enum weekday weekday, int32_t day)
{
	if (day_weekday(day) != weekday)
		return 0;
	for (int i = 0; i < 60 && !is_workday(w, day); i++)
		day++;
	return zone_at(w->zone, day, w->hour);
}

void worktime_weekly(const struct worktime *w, enum weekday weekday, utc now, utc *last, utc *next)
{
	int32_t today = zone_day(w->zone, now);

	*last = *next = 0;
	for (int32_t day = today - 80; day <= today + 14; day++) {
		utc at = weekly_slot(w, weekday, day);

		if (at && at <= now && at > *last)
			*last = at;
		if (at > now && (!*next || at < *next))
			*next = at;
	}
}
