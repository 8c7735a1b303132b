/* score: one row a rule; then the interval, and the figures against another way to count them */
#include "rows.h"

#include <math.h>

#include "judgement/score.h"

enum { DAY = 86400, NOW = 1000 * DAY };

static const struct row {
	const char *rule;
	struct score_item x;
	size_t of, on_time, follow_of, followed, moved, late, open, off;
} rows[] = {
	{ "what is not due counts nowhere", { .day = NOW + DAY }, 0, 0, 0, 0, 0, 0, 0, 0 },
	{ "delivered before its day is in time", { .day = NOW + DAY, .delivered = NOW - 9 * DAY }, 1, 1, 1, 0, 0, 0, 0, 0 },
	{ "delivered on its last second is in time", { .day = NOW - 9 * DAY, .delivered = NOW - 9 * DAY }, 1, 1, 1, 0, 0, 0, 0, 0 },
	{ "delivered a second later is late", { .day = NOW - 9 * DAY, .delivered = NOW - 9 * DAY + 1 }, 1, 0, 1, 0, 0, 1, 0, 0 },
	{ "its day passed and nothing came", { .day = NOW - 1 }, 1, 0, 1, 0, 0, 0, 1, 0 },
	{ "on its day it is not late yet", { .day = NOW }, 0, 0, 0, 0, 0, 0, 0, 0 },
	{ "followed up", { .day = NOW, .delivered = NOW - 9 * DAY, .followed = true }, 1, 1, 1, 1, 0, 0, 0, 0 },
	{ "followed up within the week counts at once", { .day = NOW, .delivered = NOW - DAY, .followed = true }, 1, 1, 1, 1, 0, 0, 0, 0 },
	{ "not yet followed up has a week", { .day = NOW, .delivered = NOW - FOLLOW_SECONDS + 1 }, 1, 1, 0, 0, 0, 0, 0, 0 },
	{ "and no more", { .day = NOW, .delivered = NOW - FOLLOW_SECONDS }, 1, 1, 1, 0, 0, 0, 0, 0 },
	{ "a day told in time moves it", { .day = NOW, .delivered = NOW - 9 * DAY, .moved = true }, 1, 1, 1, 0, 1, 0, 0, 0 },
	{ "called off in time counts apart", { .day = NOW - DAY, .off = NOW - 2 * DAY }, 0, 0, 0, 0, 0, 0, 0, 1 },
	{ "called off after its day was not delivered", { .day = NOW - 2 * DAY, .off = NOW - DAY }, 1, 0, 1, 0, 0, 0, 1, 0 },
	{ "nor is one followed up that never came", { .day = NOW - 1, .followed = true }, 1, 0, 1, 0, 0, 0, 1, 0 },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct score s = score_of(&r->x, 1, NOW);

	assert_int_equal(s.on_time.of, r->of);
	assert_int_equal(s.on_time.n, r->on_time);
	assert_int_equal(s.followed.of, r->follow_of);
	assert_int_equal(s.followed.n, r->followed);
	assert_int_equal(s.moved, r->moved);
	assert_int_equal(s.late, r->late);
	assert_int_equal(s.open, r->open);
	assert_int_equal(s.off, r->off);
	assert_int_equal(s.known, r->of && r->follow_of);
}

static bool near(double a, double b)
{
	return fabs(a - b) < 0.0005;
}

/* 11 of 13 in time, 6 of 13 followed up; the intervals are those that a table of Wilson's gives */
static void figures_are_right(void **state)
{
	struct score_item x[13] = { 0 };
	struct score s;

	(void)state;
	for (int i = 0; i < 13; i++)
		x[i] = (struct score_item){ .day = NOW - 20 * DAY, .delivered = NOW - (i < 11 ? 21 : 19) * DAY, .followed = i < 6 };
	s = score_of(x, 13, NOW);
	assert_true(near(s.trust, 11.0 / 13 + 36.0 / 169));
	assert_true(near(s.on_time.low, 0.5777) && near(s.on_time.high, 0.9567));
	assert_true(near(s.followed.low, 0.2321) && near(s.followed.high, 0.7086));
	assert_true(near(s.low, s.on_time.low + s.followed.low * s.followed.low));
}

static void nothing_is_not_known(void **state)
{
	struct score s = score_of(NULL, 0, NOW);

	(void)state;
	assert_false(s.known);
	assert_true(near(s.on_time.low, 0) && near(s.on_time.high, 1));
}

static void bounds_are_bounds(void **state)
{
	struct score_item x = { .day = NOW, .delivered = NOW - 8 * DAY, .followed = true };
	struct score s = score_of(&x, 1, NOW);

	(void)state;
	assert_true(s.trust == 2 && s.high == 2 && s.low < 0.5);
	x.delivered = 0, x.day = NOW - 1;
	s = score_of(&x, 1, NOW);
	assert_true(s.trust == 0 && s.low == 0 && s.high > 1);
}

/* The groups together hold each promise once. */
static void groups_add_up(void **state)
{
	static const char *names[] = { "medinfo", "data", "", "meeting" };
	struct pool *p = pool_new();
	struct score_item x[200];
	struct score all, *g;
	size_t n, of = 0, in_time = 0, followed = 0, late = 0, open = 0, off = 0;
	unsigned roll = 7;

	(void)state;
	for (size_t i = 0; i < 200; i++) {
		roll = roll * 1103515245 + 12345;
		x[i] = (struct score_item){ .day = NOW + ((roll >> 8) % 21 - 10.0) * DAY, .group = names[roll >> 16 & 3],
					    .delivered = roll >> 20 & 1 ? NOW - (roll >> 4) % 20 * DAY : 0, .followed = roll >> 21 & 1,
					    .off = (roll >> 22 & 7) == 0 ? NOW - DAY : 0 };
	}
	all = score_of(x, 200, NOW);
	g = score_groups(p, x, 200, NOW, &n);
	assert_int_equal(n, 4);
	for (size_t i = 0; i < n; i++) {
		assert_true(!i || strcmp(g[i - 1].group, g[i].group) < 0);
		of += g[i].on_time.of, in_time += g[i].on_time.n, followed += g[i].followed.n;
		late += g[i].late, open += g[i].open, off += g[i].off;
	}
	assert_int_equal(of, all.on_time.of);
	assert_int_equal(in_time, all.on_time.n);
	assert_int_equal(followed, all.followed.n);
	assert_int_equal(off, all.off);
	assert_int_equal(all.on_time.of, in_time + late + open);
	pool_end(&p);
}

int main(void)
{
	enum { N = sizeof rows / sizeof *rows };
	struct CMUnitTest tests[N + 4];

	for (size_t i = 0; i < N; i++)
		tests[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	tests[N] = (struct CMUnitTest)cmocka_unit_test(figures_are_right);
	tests[N + 1] = (struct CMUnitTest)cmocka_unit_test(nothing_is_not_known);
	tests[N + 2] = (struct CMUnitTest)cmocka_unit_test(bounds_are_bounds);
	tests[N + 3] = (struct CMUnitTest)cmocka_unit_test(groups_add_up);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
