/* checkin: states from answers, and what the store gives back */
#include "ledger.h"

#include "borders/store.h"

static struct err e;

static struct checkin made(struct pool *p, const char *uid)
{
	struct checkin c = { .owner = "ada",
			     .uid = uid,
			     .stamp = 100,
			     .start = 1000,
			     .minutes = 30,
			     .zone = "Europe/Berlin",
			     .rrule = "FREQ=MONTHLY;INTERVAL=3",
			     .purpose = "the trial",
			     .agenda = "- data",
			     .link = "https://meet.example/1",
			     .place = "Room 1",
			     .made = 90,
			     .entry = -1,
			     .state = CHECKIN_INVITED };

	for (int i = 0; i < 2; i++)
		*(struct checkin_attendee *)pool_more(p, &c.attendees, c.attendee_count++, sizeof *c.attendees) =
			(struct checkin_attendee){ .name = i ? "Dan" : "Carol",
						   .address = i ? "dan@example.com" : "Carol@example.com",
						   .comment = "",
						   .delegated_to = "" };
	return c;
}

static const struct row {
	const char *rule;
	enum checkin_state was;
	enum partstat carol, dan;
	enum checkin_state is;
} rows[] = {
	{ "nobody answered: invited", CHECKIN_INVITED, PARTSTAT_NEEDS_ACTION, PARTSTAT_NEEDS_ACTION, CHECKIN_INVITED },
	{ "one of two accepted: confirmed", CHECKIN_INVITED, PARTSTAT_DECLINED, PARTSTAT_ACCEPTED, CHECKIN_CONFIRMED },
	{ "one of two declined: invited still", CHECKIN_INVITED, PARTSTAT_DECLINED, PARTSTAT_NEEDS_ACTION,
	  CHECKIN_INVITED },
	{ "both declined: declined", CHECKIN_CONFIRMED, PARTSTAT_DECLINED, PARTSTAT_DECLINED, CHECKIN_DECLINED },
	{ "perhaps is no yes", CHECKIN_CONFIRMED, PARTSTAT_TENTATIVE, PARTSTAT_DECLINED, CHECKIN_INVITED },
	{ "who delegates does not count", CHECKIN_INVITED, PARTSTAT_DELEGATED, PARTSTAT_DECLINED, CHECKIN_DECLINED },
	{ "what is called off stays so", CHECKIN_CANCELLED, PARTSTAT_ACCEPTED, PARTSTAT_ACCEPTED, CHECKIN_CANCELLED },
};

static void state_is(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct checkin c = made(p, "u");

	c.state = r->was;
	c.attendees[0].partstat = r->carol, c.attendees[1].partstat = r->dan;
	assert_int_equal(checkin_answered(&c), r->is);
	pool_end(&p);
}

static void names_go_both_ways(void **state)
{
	enum checkin_state s;
	enum partstat a;

	(void)state;
	for (int i = CHECKIN_PROPOSED; i <= CHECKIN_CANCELLED; i++)
		assert_true(checkin_state_from(checkin_state_name((enum checkin_state)i), &s) &&
			    s == (enum checkin_state)i);
	for (int i = PARTSTAT_NEEDS_ACTION; i <= PARTSTAT_DELEGATED; i++)
		assert_true(partstat_from(partstat_name((enum partstat)i), &a) && a == (enum partstat)i);
	assert_false(partstat_from("COMPLETED", &a));
}

static void kept(void **state)
{
	struct pool *p = pool_new();
	char folder[64];
	struct sql *q = ledger_make(p, folder);
	struct checkin c = made(p, "u1"), got, *list;
	struct checkin_attendee *a;
	size_t n;
	bool found;

	(void)state;
	WELL(sql_begin(q, &e));
	WELL(store_checkin_save(q, &c, &e));
	*(struct checkin_exception *)pool_more(p, &c.exceptions, c.exception_count++, sizeof *c.exceptions) =
		(struct checkin_exception){ 2000, 0 };
	*(struct checkin_exception *)pool_more(p, &c.exceptions, c.exception_count++, sizeof *c.exceptions) =
		(struct checkin_exception){ 3000, 3600 };
	c.attendees[1].partstat = PARTSTAT_DELEGATED, c.attendees[1].delegated_to = "ruth@example.com",
	c.attendees[1].comment = "Ruth comes";
	c.attendees[1].answered = 150, c.attendees[1].counter = 5000, c.attendees[1].counter_minutes = 45;
	c.sequence = 2, c.start = 1100, c.entry = 1;
	WELL(store_checkin_save(q, &c, &e));
	WELL(sql_commit(q, &e));
	WELL(store_checkin_uid(q, p, "u1", &got, &found, &e));
	assert_true(found);
	assert_int_equal(got.id, c.id);
	assert_int_equal(got.sequence, 2);
	assert_int_equal(got.start, 1100);
	assert_int_equal(got.entry, 1);
	assert_int_equal(got.state, CHECKIN_INVITED);
	assert_string_equal(got.rrule, c.rrule);
	assert_string_equal(got.link, c.link);
	assert_int_equal(got.exception_count, 2);
	assert_int_equal(checkin_exception(&got, 2000)->start, 0);
	assert_int_equal(checkin_exception(&got, 3000)->start, 3600);
	assert_null(checkin_exception(&got, 4000));
	assert_non_null(a = checkin_attendee(&got, "DAN@example.com", 0));
	assert_int_equal(a->partstat, PARTSTAT_DELEGATED);
	assert_string_equal(a->delegated_to, "ruth@example.com");
	assert_int_equal(a->counter, 5000);
	assert_int_equal(a->counter_minutes, 45);
	WELL(store_checkins_with(q, p, "ada", "carol@EXAMPLE.com", &list, &n, &e));
	assert_int_equal(n, 1);
	WELL(store_checkins_with(q, p, "bob", "carol@example.com", &list, &n, &e));
	assert_int_equal(n, 0);
	WELL(store_checkin_uid(q, p, "u2", &got, &found, &e));
	assert_false(found);
	ledger_drop(p, folder, &q);
	pool_end(&p);
}

int main(void)
{
	enum { N = sizeof rows / sizeof *rows };
	struct CMUnitTest t[N + 2];

	for (size_t i = 0; i < N; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, state_is, NULL, NULL, (void *)&rows[i] };
	t[N] = (struct CMUnitTest){ "names of states and answers go both ways", names_go_both_ways, NULL, NULL, NULL };
	t[N + 1] = (struct CMUnitTest){ "a check-in is kept with its people, answers and exceptions", kept, NULL, NULL,
					NULL };
	return cmocka_run_group_tests_name("checkin", t, NULL, NULL);
}
