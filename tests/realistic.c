/* realistic: one row a rule. It is Tuesday 24 November 2026, 10:00 in Berlin. */
#include "rows.h"

#include <stdlib.h>

#include "judgement/realistic.h"

enum { FULL = 3 };

static const struct row {
	const char *rule;
	const char *due;
	const char *open;   /* days on which others are due, parted by spaces */
	const char *took;   /* working days that others took */
	size_t holds;
	int usual;
	const char *better; /* NULL: none is said */
	bool never;         /* the setting says that no day is full */
} rows[] = {
	{ "nothing is on record", "2026-11-27T09:00", "", "", 0, 0, NULL, false },
	{ "a day that holds fewer is not full", "2026-11-27T09:00", "27 27 26 30", "", 0, 0, NULL, false },
	{ "a full day, and the next working day", "2026-11-27T09:00", "27 27 27", "", 3, 0, "2026-11-30T09:00", false },
	{ "it says how many, whatever is more", "2026-11-27T09:00", "27 27 27 27 27", "", 5, 0, "2026-11-30T09:00", false },
	{ "the better day is not full either", "2026-11-26T09:00", "26 26 26 27 27 27", "", 3, 0, "2026-11-30T09:00", false },
	{ "no day is full, where the setting says so", "2026-11-27T09:00", "27 27 27", "", 0, 0, NULL, true },
	{ "four of its kind say nothing", "2026-11-25T09:00", "", "9 9 9 9", 0, 0, NULL, false },
	{ "five do", "2026-11-25T09:00", "", "3 3 3 3 3", 0, 3, "2026-11-27T09:00", false },
	{ "the median counts, not what took ages", "2026-11-25T09:00", "", "1 1 1 90 90", 0, 0, NULL, false },
	{ "of an even number the lower one", "2026-11-25T09:00", "", "1 1 1 9 9 9", 0, 0, NULL, false },
	{ "a day that leaves as much is well", "2026-11-27T09:00", "", "3 3 3 3 3", 0, 0, NULL, false },
	{ "weekends leave nothing", "2026-11-29T09:00", "", "4 4 4 4 4", 0, 4, "2026-11-30T09:00", false },
	{ "of the day itself there is no working day left", "2026-11-24T17:00", "", "1 1 1 1 1", 0, 1, "2026-11-25T09:00", false },
	{ "what was kept at once warns of nothing", "2026-11-24T17:00", "", "0 0 0 0 0", 0, 0, NULL, false },
	{ "both, and the better day is well by both", "2026-11-25T09:00", "25 25 25 27 27 27", "3 3 3 3 3", 3, 3, "2026-11-30T09:00", false },
	{ "a day that is past says nothing", "2026-11-24T09:00", "24 24 24", "9 9 9 9 9", 0, 0, NULL, false },
};

static size_t numbers(const char *s, int *out)
{
	size_t n = 0;

	while (*s) {
		out[n++] = atoi(s);
		s += strcspn(s, " ");
		s += strspn(s, " ");
	}
	return n;
}

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	const struct worktime *t = &c->owners[0].time;
	utc open[16];
	struct took took[16];
	int n[16];
	struct realistic_in in = { .time = t, .now = rows_at(c, "2026-11-24T10:00"), .due = rows_at(c, r->due), .day_full = r->never ? 0 : FULL,
				   .open = open, .took = took };
	struct realistic x;

	in.open_count = numbers(r->open, n);
	for (size_t i = 0; i < in.open_count; i++)
		open[i] = zone_at(t->zone, day_of(2026, 11, n[i]), 60 * (int)(i + 1));
	in.took_count = numbers(r->took, n);
	for (size_t i = 0; i < in.took_count; i++) {
		int32_t day = day_of(2026, 3, 2);

		took[i] = (struct took){ zone_at(t->zone, day, 600), zone_at(t->zone, n[i] ? workday_add(t, day, n[i]) : day, 700) };
	}
	x = realistic(p, &in);
	assert_int_equal(x.holds, r->holds);
	assert_int_equal(x.usual, r->usual);
	assert_int_equal(x.of, r->usual ? in.took_count : 0);
	assert_int_equal(x.better, r->better ? rows_at(c, r->better) : 0);
	pool_end(&p);
}

int main(void)
{
	enum { N = sizeof rows / sizeof *rows };
	struct CMUnitTest tests[N];

	for (size_t i = 0; i < N; i++)
		tests[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
