/* digest: what a team hears each week of what was promised with it and shared, in a real ledger */
#include "house.h"

#include "work/digest.h"
#include "work/execute.h"

static struct team teams[] = { { .key = "medinfo", .name = "Medical Information", .address = "medinfo@example.org" } };

static struct house *house(void **state)
{
	struct house *h = *state;

	h->c->teams = teams;
	h->c->team_count = 1;
	teams[0].digest = MONDAY + 1, teams[0].commercial = false;
	return h;
}

static void it_is(struct house *h, const char *when)
{
	h->now = rows_at(h->c, when);
}

static int64_t promised(struct house *h, const char *what, const char *team)
{
	struct commitment m = { .owner = &h->c->owners[0],
				.state = COMMITMENT_OPEN,
				.what = what,
				.words = "",
				.subject = "",
				.message_id = "",
				.policy = "default",
				.team = team,
				.every = "",
				.due = h->now + 14 * 86400,
				.due_words = "",
				.due_error = "",
				.note = "" };

	addrs_add(h->p, &m.to, "Carol", "carol@example.com");
	WELL(sql_begin(h->q, &e));
	WELL(execute_add(h->q, h->p, h->c, &m, "by a test", h->now, &e));
	WELL(sql_commit(h->q, &e));
	return m.id;
}

/* What the digest says that is made now; "" where none is. */
static const char *says(struct house *h, utc *next)
{
	utc none = 0;

	heard(h);
	WELL(digest_teams(h->q, h->c, h->now, next ? next : &none, &e));
	return heard(h);
}

static void one_a_week_of_what_happened_in_it(void **state)
{
	struct house *h = house(state);
	const char *said;
	utc next = 0;

	assert_string_equal(says(h, &next), ""); /* just set up: its week begins */
	assert_true(next == rows_at(h->c, "2026-11-30T09:00"));
	promised(h, "the table by age", "medinfo");
	promised(h, "dinner", "");
	it_is(h, "2026-11-30T08:59");
	assert_string_equal(says(h, NULL), "");
	it_is(h, "2026-11-30T09:00");
	next = 0;
	said = says(h, &next);
	has(said, "the table by age, for Carol");
	has(said, "Promised by Ada Lovelace");
	has(said, "It is open, for Wednesday 9 December");
	lacks(said, "dinner");
	assert_true(next == rows_at(h->c, "2026-12-07T09:00"));
	/* once */
	it_is(h, "2026-11-30T12:00");
	assert_string_equal(says(h, NULL), "");
	/* a week in which nothing happened */
	it_is(h, "2026-12-07T10:00");
	assert_string_equal(says(h, NULL), "");
	/* kept was down on the day: late, and all that it missed */
	promised(h, "the reprint", "medinfo");
	it_is(h, "2026-12-16T10:00");
	said = says(h, NULL);
	has(said, "the reprint");
	lacks(said, "by age");
	assert_string_equal(says(h, NULL), "");
}

static void what_was_shared_and_what_became_of_it(void **state)
{
	struct house *h = house(state);
	struct outgoing o = { .owner = "ada",
			      .kind = MAIL_PROGRESS,
			      .recipient = "carol@example.com",
			      .sender = "ada@example.org",
			      .outside = true,
			      .state = OUTBOX_READY,
			      .subject = "x",
			      .message_id = "<p@example.org>",
			      .token = "p",
			      .bytes = "x",
			      .n = 1,
			      .why = "",
			      .word = "send" };
	struct commitment m;
	int64_t id;
	bool found;
	const char *said;

	assert_string_equal(says(h, NULL), "");
	id = promised(h, "the table by age", "medinfo");
	WELL(sql_begin(h->q, &e));
	o.about = &id, o.about_count = 1, o.made = o.try_at = h->now;
	WELL(outbox_put(h->q, &o, &e));
	o.sent = h->now;
	WELL(outbox_settle(h->q, &o, OUTBOX_SENT, h->now, "", &e));
	WELL(store_commitment(h->q, h->p, h->c, id, &m, NULL, &found, &e));
	m.state = COMMITMENT_KEPT, m.closed = m.team_answered = h->now;
	WELL(store_commitment_save(h->q, &m, 0, &e));
	WELL(sql_commit(h->q, &e));
	it_is(h, "2026-11-30T09:00");
	said = says(h, NULL);
	has(said, "Wednesday 25 November: Progress note");
	has(said, "You answered on Wednesday 25 November");
	has(said, "It was delivered.");
}

static void how_many_more_than_it_shows(void **state)
{
	enum { SHOWN = 200, MORE = 3 };
	struct house *h = house(state);
	const char *said;

	says(h, NULL);
	for (int i = 0; i < SHOWN + MORE; i++)
		promised(h, pool_print(h->p, "table %d", i), "medinfo");
	it_is(h, "2026-11-30T09:00");
	said = says(h, NULL);
	has(said, "table 199");
	lacks(said, "table 200");
	has(said, "Not shown, for want of room: 3 more.");
}

static void never_to_a_commercial_team_nor_where_it_is_not_set(void **state)
{
	struct house *h = house(state);
	utc next = 0;

	says(h, NULL);
	promised(h, "the table by age", "medinfo");
	it_is(h, "2026-11-30T09:00");
	teams[0].commercial = true;
	assert_string_equal(says(h, &next), "");
	teams[0].commercial = false, teams[0].digest = 0;
	assert_string_equal(says(h, &next), "");
	assert_true(next == 0);
	teams[0].digest = MONDAY + 1;
	has(says(h, NULL), "by age");
}

static void on_a_day_off_it_comes_the_day_after(void **state)
{
	struct house *h = house(state);
	utc next = 0;

	teams[0].digest = SUNDAY + 1;
	assert_string_equal(says(h, &next), "");
	assert_true(next == rows_at(h->c, "2026-11-30T09:00"));
}

/* What `kept simulate` says of them. */
static const char *ahead(struct house *h, const struct digest_left *left, size_t n, const char *till)
{
	struct digest_ahead *list;
	size_t count;
	const char *all = "";

	WELL(digest_ahead(h->q, h->p, h->c, left, n, h->now, rows_at(h->c, till), &list, &count, &e));
	for (size_t i = 0; i < count; i++) {
		all = pool_print(h->p, "%s%s:", all, utc_print(h->p, h->c->owners[0].time.zone, list[i].at));
		for (size_t k = 0; k < list[i].n; k++)
			all = pool_print(h->p, "%s %lld", all, (long long)list[i].ids[k]);
		all = pool_print(h->p, "%s\n", all);
	}
	return all;
}

static void what_is_to_come_is_known_before(void **state)
{
	struct house *h = house(state);
	struct digest_left left[2];
	int64_t first, other;

	assert_string_equal(ahead(h, NULL, 0, "2027-11-30T09:00"), "");
	says(h, NULL);
	first = promised(h, "the table by age", "medinfo");
	other = promised(h, "dinner", "");
	assert_string_equal(ahead(h, NULL, 0, "2026-11-30T08:00"), "");
	assert_string_equal(ahead(h, NULL, 0, "2027-11-30T09:00"), "2026-11-30T09:00:00+01:00: 1\n");
	left[0] = (struct digest_left){ first, rows_at(h->c, "2026-12-09T10:00") }, left[1] = (struct digest_left){ other, left[0].at };
	assert_string_equal(ahead(h, left, 2, "2027-11-30T09:00"), "2026-11-30T09:00:00+01:00: 1\n2026-12-14T09:00:00+01:00: 1\n");
	/* as it comes */
	it_is(h, "2026-11-30T09:00");
	has(says(h, NULL), "the table by age");
	assert_string_equal(ahead(h, left, 2, "2027-11-30T09:00"), "2026-12-14T09:00:00+01:00: 1\n");
	teams[0].commercial = true;
	assert_string_equal(ahead(h, left, 2, "2027-11-30T09:00"), "");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, make, drop)
	const struct CMUnitTest t[] = {
		T(one_a_week_of_what_happened_in_it),
		T(what_was_shared_and_what_became_of_it),
		T(how_many_more_than_it_shows),
		T(never_to_a_commercial_team_nor_where_it_is_not_set),
		T(what_is_to_come_is_known_before),
		T(on_a_day_off_it_comes_the_day_after),
	};

	return cmocka_run_group_tests_name("digest", t, NULL, NULL);
}
