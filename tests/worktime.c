/* worktime - civil days against libc's calendar, zones against libc's, the clock changes, working days, settings */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "ground/worktime.h"

/* ---- days ---- */

static void days_are_civil_days(void **state)
{
	(void)state;
	assert_int_equal(day_of(1970, 1, 1), 0);
	assert_int_equal(day_of(2000, 3, 1) - day_of(2000, 2, 28), 2);
	assert_int_equal(day_of(1900, 3, 1) - day_of(1900, 2, 28), 1);
	assert_int_equal(day_of(2026, 14, 1), day_of(2027, 2, 1));
	assert_int_equal(day_of(2026, 0, 1), day_of(2025, 12, 1));
	assert_int_equal(day_of(2026, 1, 32), day_of(2026, 2, 1));
	for (int32_t day = -200000; day < 200000; day += 13) { /* from 1422 to 2517 */
		time_t t = (time_t)day * 86400;
		struct civil c = day_civil(day);
		struct tm tm;

		gmtime_r(&t, &tm);
		assert_int_equal(c.year, tm.tm_year + 1900);
		assert_int_equal(c.month, tm.tm_mon + 1);
		assert_int_equal(c.day, tm.tm_mday);
		assert_int_equal((day_weekday(day) + 1) % 7, tm.tm_wday);
		assert_int_equal(day_of(c.year, c.month, c.day), day);
	}
}

static void weeks_are_iso_weeks(void **state)
{
	(void)state;
	assert_int_equal(iso_weeks(2026), 53);
	assert_int_equal(iso_weeks(2027), 52);
	assert_int_equal(day_iso_week(2026, 1, 1), day_of(2025, 12, 29));
	assert_int_equal(day_iso_week(2026, 53, 7), day_of(2027, 1, 3));
	assert_int_equal(month_days(2028, 2), 29);
	assert_int_equal(month_days(2100, 2), 28);
}

/* ---- zones ---- */

static const struct zone *zone(struct pool *p, const char *name)
{
	const struct zone *z = NULL;
	struct err e = { 0 };

	if (!zone_load(p, name, &z, &e))
		fail_msg("%s", e.text);
	return z;
}

/* libc reads the same files with other code; beyond the table both follow the footer. */
static void zones_agree_with_libc(void **state)
{
	static const char *const names[] = { "Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "America/Sao_Paulo",
					     "Africa/Casablanca", "Europe/Dublin", "Asia/Tehran", "Pacific/Apia", "America/St_Johns", "UTC" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct pool *p = pool_new();
		const struct zone *z = zone(p, names[i]);

		setenv("TZ", names[i], 1);
		tzset();
		for (utc t = -1000000000; t < 4000000000; t += 1000003) { /* 1938 to 2096 */
			time_t when = t;
			struct tm tm;

			localtime_r(&when, &tm);
			if (zone_offset(z, t) != tm.tm_gmtoff || strcmp(zone_abbreviation(z, t), tm.tm_zone) != 0)
				fail_msg("%s at %lld: %d %s, libc %ld %s", names[i], (long long)t, zone_offset(z, t), zone_abbreviation(z, t), tm.tm_gmtoff,
					 tm.tm_zone);
			assert_int_equal(zone_civil(z, t).hour, tm.tm_hour);
		}
		pool_end(&p);
	}
	unsetenv("TZ");
	tzset();
}

static void clocks_change(void **state)
{
	struct pool *p = pool_new();
	const struct zone *z = zone(p, "Europe/Berlin");
	int32_t gap = day_of(2027, 3, 28), twice = day_of(2026, 10, 25);
	utc at;
	int before, after;

	(void)state;
	/* RFC 5545 3.3.5: in the gap it moves on by the gap, of two the first */
	assert_string_equal(utc_print(p, z, zone_at(z, gap, 150)), "2027-03-28T03:30:00+02:00");
	assert_string_equal(utc_print(p, z, zone_at(z, twice, 150)), "2026-10-25T02:30:00+02:00");
	assert_true(zone_gap(z, gap, 150));
	assert_false(zone_gap(z, gap, 200));
	assert_true(zone_change(z, zone_at(z, day_of(2026, 12, 1), 0), &at, &before, &after));
	assert_string_equal(utc_print(p, z, at), "2027-03-28T03:00:00+02:00");
	assert_int_equal(after - before, 3600);
	/* far beyond any table: the footer */
	assert_string_equal(utc_print(p, z, zone_at(z, day_of(2090, 7, 1), 540)), "2090-07-01T09:00:00+02:00");
	pool_end(&p);
}

static void zone_names_stay_in_their_folder(void **state)
{
	static const char *const names[] = { "", "..", "../passwd", "/etc/passwd", "Europe/../../passwd", "Europe", "Europe/Berln", "a b", "Europe/Berlin\n",
					     "zone.tab", "Europe//Berlin/", "\xff", "tzdata.zi" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct pool *p = pool_new();
		const struct zone *z;
		struct err e = { 0 };

		if (zone_load(p, names[i], &z, &e))
			fail_msg("'%s' was loaded", names[i]);
		assert_true(*e.text);
		pool_end(&p);
	}
}

/* ---- printing and reading ---- */

static void instants_are_read(void **state)
{
	static const struct {
		const char *words, *expect; /* NULL: refused */
	} rows[] = {
		{ "2026-12-04T09:00:00+01:00", "2026-12-04T09:00:00+01:00" },
		{ "2026-12-04T09:00", "2026-12-04T09:00:00+01:00" },
		{ "2026-12-04 09:00:30Z", "2026-12-04T10:00:30+01:00" },
		{ "2026-12-04", "2026-12-04T00:00:00+01:00" },
		{ "2026-02-29", NULL },
		{ "2026-13-01", NULL },
		{ "2026-12-04T24:01", NULL },
		{ "2026-12-04T09:00x", NULL },
		{ "2026-12-04T09:00+99:00", NULL },
		{ "", NULL },
	};
	struct pool *p = pool_new();
	const struct zone *z = zone(p, "Europe/Berlin");

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		utc t;

		assert_int_equal(utc_parse(rows[i].words, z, &t), rows[i].expect != NULL);
		if (rows[i].expect)
			assert_string_equal(utc_print(p, z, t), rows[i].expect);
	}
	assert_string_equal(utc_header(p, z, (utc)day_of(2026, 12, 4) * 86400 + 8 * 3600), "Fri, 04 Dec 2026 09:00:00 +0100");
	pool_end(&p);
}

/* ---- working time ---- */

static void working_days_are_counted(void **state)
{
	struct pool *p = pool_new();
	struct worktime w = worktime_default(zone(p, "Europe/Berlin"));
	int32_t thursday = day_of(2026, 12, 24);

	(void)state;
	assert_true(worktime_set(p, &w, "holidays", "2027-01-01,2026-12-25", NULL));
	assert_true(is_workday(&w, thursday));
	assert_false(is_workday(&w, thursday + 1));
	assert_int_equal(workday_from(&w, thursday + 1), thursday + 4);
	assert_int_equal(workday_before(&w, thursday + 4), thursday);
	assert_int_equal(workday_add(&w, thursday, 1), thursday + 4);
	assert_int_equal(workday_add(&w, thursday + 4, -1), thursday);
	/* Friday evening: the next moment of work is after the holidays */
	assert_int_equal(worktime_next(&w, zone_at(w.zone, thursday + 1, 600)), zone_at(w.zone, thursday + 4, w.hour));
	assert_int_equal(worktime_next(&w, zone_at(w.zone, thursday, 600)), zone_at(w.zone, thursday, 600));
	assert_int_equal(quiet_end(&w, zone_at(w.zone, thursday, 600)), zone_at(w.zone, thursday, 600));
	assert_int_equal(quiet_end(&w, zone_at(w.zone, thursday, 21 * 60)), zone_at(w.zone, thursday + 1, 7 * 60));
	assert_int_equal(quiet_end(&w, zone_at(w.zone, thursday, 3 * 60)), zone_at(w.zone, thursday, 7 * 60));
	assert_true(is_quiet(&w, zone_at(w.zone, thursday, 21 * 60)));
	assert_true(is_quiet(&w, zone_at(w.zone, thursday, 6 * 60)));
	assert_false(is_quiet(&w, zone_at(w.zone, thursday, 12 * 60)));
	/* who sleeps past the start of work is not written to before */
	assert_true(worktime_set(p, &w, "quiet", "20:00-10:00", NULL));
	assert_int_equal(worktime_next(&w, zone_at(w.zone, thursday, 8 * 60)), zone_at(w.zone, thursday, 10 * 60));
	assert_int_equal(worktime_next(&w, zone_at(w.zone, thursday, 9 * 60)), zone_at(w.zone, thursday, 10 * 60));
	/* "none" is at any time: a late mail too */
	assert_true(worktime_set(p, &w, "quiet", "none", NULL));
	assert_int_equal(worktime_leave(&w, zone_at(w.zone, thursday, 540), zone_at(w.zone, thursday + 1, 3 * 60)), zone_at(w.zone, thursday + 1, 3 * 60));
	/* nobody ever works: no loop without end */
	w.workdays = 0;
	workday_from(&w, thursday);
	workday_before(&w, thursday);
	pool_end(&p);
}

static void settings_are_checked(void **state)
{
	static const struct {
		const char *name, *value;
		bool good;
	} rows[] = {
		{ "hour", "07:30", true },	 { "hour", "7:30", true },	  { "hour", "25:00", false },	    { "hour", "noon", false },
		{ "workdays", "su,mo", true },	 { "workdays", "", false },	  { "workdays", "xx", false },	    { "holidays", "2026-12-25", true },
		{ "holidays", "25.12.", false }, { "quiet", "20:00-07:00", true }, { "quiet", "none", true },	    { "quiet", "20:00", false },
		{ "week_start", "sunday", true }, { "date_order", "ymd", false },  { "m", "months", true },	    { "move", "previous", true },
		{ "keep_time", "yes", true },	 { "keep_time", "maybe", false }, { "huor", "09:00", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct pool *p = pool_new();
		struct worktime w = worktime_default(zone_fixed(p, 0));
		struct err e = { 0 };

		if (worktime_set(p, &w, rows[i].name, rows[i].value, &e) != rows[i].good)
			fail_msg("%s=%s", rows[i].name, rows[i].value);
		assert_int_equal(*e.text == '\0', rows[i].good);
		pool_end(&p);
	}
}

static void days_are_read(void **state)
{
	static const struct {
		const char *words;
		int32_t from, to; /* days of December 2026; 0: it is none */
	} all[] = { { "2026-12-03", 3, 3 }, { "2026-12-03 - 2026-12-06", 3, 6 }, { "2026-12-03-2026-12-06", 3, 6 }, { "2026-12-06 - 2026-12-03", 0, 0 },
		    { "3 Dec", 0, 0 }, { "", 0, 0 }, { "2026-12-03 - ", 0, 0 }, { "2026-12-03 x", 0, 0 }, { "2026-12-0", 0, 0 }, { "2026-12-03 - 9999-12-06", 0, 0 } };
	int32_t from, to;

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		assert_int_equal(days_parse(all[i].words, &from, &to), all[i].from != 0);
		if (all[i].from)
			assert_true(from == day_of(2026, 12, all[i].from) && to == day_of(2026, 12, all[i].to));
	}
}

int main(void)
{
	const struct CMUnitTest t[] = {
		{ "days are civil days, as libc's", days_are_civil_days, NULL, NULL, NULL },
		{ "weeks are ISO weeks", weeks_are_iso_weeks, NULL, NULL, NULL },
		{ "zones agree with libc, beyond their tables too", zones_agree_with_libc, NULL, NULL, NULL },
		{ "clock times that are left out, or there twice", clocks_change, NULL, NULL, NULL },
		{ "a zone's name never leaves its folder", zone_names_stay_in_their_folder, NULL, NULL, NULL },
		{ "instants are read strictly", instants_are_read, NULL, NULL, NULL },
		{ "days, from one to another", days_are_read, NULL, NULL, NULL },
		{ "working days, holidays, quiet hours", working_days_are_counted, NULL, NULL, NULL },
		{ "settings are checked", settings_are_checked, NULL, NULL, NULL },
	};

	return cmocka_run_group_tests_name("worktime", t, NULL, NULL);
}
