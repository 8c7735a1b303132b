/* freetime: three times at which both could meet */
#include "judgement/freetime.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* Now is Thursday 22 October 2026, 15:00 in Berlin; the clocks go back on the 25th. Monday to Friday, 9 to 17. */
static const struct row {
	const char *rule;
	const char *theirs;     /* zone */
	const char *busy;       /* "23T09:00/23T12:00" in Berlin, parted by blanks */
	const char *holidays;   /* of the owner, of the other behind a bar; NULL */
	int days, minutes;
	const char *expect;     /* in Berlin */
} rows[] = {
	{ "different days and parts of the day, full hours, from the next working day on", "Europe/Berlin", "", NULL, 14, 30, "23T10:00 27T14:00 30T10:00" },
	{ "what is in the calendar is left, with a margin", "Europe/Berlin", "23T09:00/23T10:50 27T14:00/27T15:00", NULL, 14, 30, "23T11:30 27T13:00 30T10:00" },
	{ "a day that is full is another day", "Europe/Berlin", "23T00:00/24T00:00", NULL, 14, 30, "26T10:00 27T14:00 30T10:00" },
	{ "a day off is no day", "Europe/Berlin", "", "2026-10-23,2026-10-30", 14, 30, "26T10:00 29T14:00 03T10:00" },
	{ "nor is one of theirs", "Europe/Berlin", "", "|2026-10-23,2026-10-30", 14, 30, "26T10:00 27T14:00 29T10:00" },
	{ "in the working hours of both, and their morning", "America/New_York", "", NULL, 14, 30, "23T15:00 27T15:00 30T15:00" },
	{ "where working hours never meet there is none", "Pacific/Auckland", "", NULL, 14, 30, "" },
	{ "long ones too", "Europe/Berlin", "", NULL, 14, 240, "23T10:00 27T13:00 30T10:00" },
	{ "longer than a working day there is none", "Europe/Berlin", "", NULL, 14, 500, "" },
	{ "of one day, each part once", "Europe/Berlin", "", NULL, 1, 30, "23T10:00 23T14:00" },
	{ "within a time that ends before it begins there is none", "Europe/Berlin", "", NULL, 0, 30, "" },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct text *said = text_new(p, 500);
	struct busy busy = { 0 };
	struct worktime own, theirs;
	const struct zone *berlin, *zone;
	struct freetime f = { .own = &own, .theirs = &theirs, .busy = &busy, .minutes = r->minutes };
	utc out[FREETIMES];
	size_t n;

	assert_true(zone_load(p, "Europe/Berlin", &berlin, NULL) && zone_load(p, r->theirs, &zone, NULL));
	own = theirs = worktime_default(berlin);
	theirs.zone = zone;
	if (r->holidays) {
		size_t k = strcspn(r->holidays, "|");

		assert_true(!k || worktime_set(p, &own, "holidays", pool_slice(p, r->holidays, k), NULL));
		assert_true(!r->holidays[k] || worktime_set(p, &theirs, "holidays", r->holidays + k + 1, NULL));
	}
	for (const char *s = r->busy; *s; s += strcspn(s, " "), s += *s == ' ') {
		int d1, h1, m1, d2, h2, m2;

		assert_int_equal(sscanf(s, "%dT%d:%d/%dT%d:%d", &d1, &h1, &m1, &d2, &h2, &m2), 6);
		*(struct busy_time *)pool_more(p, &busy.times, busy.n++, sizeof *busy.times) =
			(struct busy_time){ .start = zone_at(berlin, day_of(2026, 10, d1), h1 * 60 + m1), .end = zone_at(berlin, day_of(2026, 10, d2), h2 * 60 + m2) };
	}
	f.now = zone_at(berlin, day_of(2026, 10, 22), 15 * 60);
	f.till = zone_at(berlin, day_of(2026, 10, 22 + r->days), 17 * 60) - (r->days ? 0 : 3 * 86400);
	busy_settle(&busy, berlin);
	n = freetime_find(&f, out);
	for (size_t i = 0; i < n; i++) {
		struct civil c = zone_civil(berlin, out[i]);

		text_print(said, "%s%02dT%02d:%02d", i ? " " : "", c.day, c.hour, c.minute);
	}
	assert_string_equal(said->s, r->expect);
	pool_end(&p);
}

/* Whatever the calendar: none overlaps it, all lie in working hours. */
static void never_busy(void **state)
{
	struct pool *p = pool_new();
	const struct zone *berlin, *other;
	struct worktime own, theirs;

	(void)state;
	srand(7);
	assert_true(zone_load(p, "Europe/Berlin", &berlin, NULL) && zone_load(p, "America/New_York", &other, NULL));
	own = theirs = worktime_default(berlin);
	theirs.zone = other;
	for (int round = 0; round < 200; round++) {
		utc now = zone_at(berlin, day_of(2026, 10, 1 + rand() % 40), rand() % 1440), out[FREETIMES];
		struct busy busy = { .times = pool_list(p, 200, sizeof *busy.times), .n = (size_t)(rand() % 200) };
		struct freetime f = { .own = &own, .theirs = &theirs, .busy = &busy, .now = now, .till = now + 14 * 86400, .minutes = 15 + rand() % 100 };
		size_t n;

		for (size_t i = 0; i < busy.n; i++) {
			utc start = now + rand() % (15 * 86400);

			busy.times[i] = (struct busy_time){ .start = start, .end = start + 60 + rand() % 9000 };
		}
		busy_settle(&busy, berlin);
		n = freetime_find(&f, out);
		for (size_t i = 0; i < n; i++) {
			assert_true(out[i] > now && out[i] + f.minutes * 60 <= f.till && (!i || out[i] > out[i - 1]));
			assert_false(busy_within(&busy, out[i] - FREETIME_MARGIN * 60, out[i] + (f.minutes + FREETIME_MARGIN) * 60));
			assert_int_equal(out[i] % 1800, 0);
			for (const struct worktime *w = &own; w; w = w == &own ? &theirs : NULL) {
				struct civil c = zone_civil(w->zone, out[i]);

				assert_true(is_workday(w, zone_day(w->zone, out[i])) && c.hour >= 9 && c.hour * 60 + c.minute + f.minutes <= 17 * 60);
			}
		}
	}
	pool_end(&p);
}

int main(void)
{
	struct CMUnitTest t[sizeof rows / sizeof *rows + 1];
	size_t n = sizeof rows / sizeof *rows;

	for (size_t i = 0; i < n; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	t[n++] = (struct CMUnitTest){ "whatever the calendar holds, none is taken", never_busy, NULL, NULL, NULL };
	return cmocka_run_group_tests_name("freetime", t, NULL, NULL);
}
