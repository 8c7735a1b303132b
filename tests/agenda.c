/* agenda: what stands in it, on which mornings it comes, and the reminders that it takes along */
#include "house.h"

#include "nouns/agenda.h"
#include "work/schedule_inner.h"

#define X(id, name) name,
static const char *const names[] = { AGENDA_PARTS(X) "nowhere" };
#undef X

static const struct row {
	const char *rule;
	enum commitment_state state;
	const char *due, *snoozed;
	bool reminded;
	const char *part;
} rows[] = {
	{ "past its end of work it is overdue", COMMITMENT_OPEN, "2026-11-25T09:00", NULL, false, "overdue" },
	{ "on its day it is due", COMMITMENT_OPEN, "2026-11-26T17:00", NULL, false, "due_today" },
	{ "at a time of day that has passed it is overdue", COMMITMENT_OPEN, "2026-11-26T08:00", NULL, true, "overdue" },
	{ "on the next working day it is near", COMMITMENT_OPEN, "2026-11-27T17:00", NULL, false, "near_ones" },
	{ "then it is not for today", COMMITMENT_OPEN, "2026-11-30T09:00", NULL, false, "nowhere" },
	{ "unless its reminder comes", COMMITMENT_OPEN, "2026-11-30T09:00", NULL, true, "near_ones" },
	{ "what waits for somebody is due too", COMMITMENT_WAITING, "2026-11-26T09:00", NULL, false, "due_today" },
	{ "what is put off until later is left alone", COMMITMENT_OPEN, "2026-11-25T09:00", "2026-11-30T09:00", false, "nowhere" },
	{ "what was put off until now comes back", COMMITMENT_OPEN, "2026-11-25T09:00", "2026-11-26T09:00", true, "overdue" },
	{ "what is delivered is not to be done", COMMITMENT_DELIVERED, "2026-11-25T09:00", NULL, false, "nowhere" },
	{ "what is kept neither", COMMITMENT_KEPT, "2026-11-26T09:00", NULL, false, "nowhere" },
	{ "nor what only sounded like a promise", COMMITMENT_CANDIDATE, "2026-11-26T09:00", NULL, false, "nowhere" },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	struct commitment m = { .owner = &c->owners[0], .state = r->state, .due = rows_at(c, r->due), .snoozed = r->snoozed ? rows_at(c, r->snoozed) : 0 };

	assert_string_equal(names[agenda_part(&m, r->reminded, rows_at(c, "2026-11-26T09:00"))], r->part);
	pool_end(&p);
}

static void the_mornings_of_working_days(void **state)
{
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	struct owner *o = &c->owners[0];
	utc last, next;
	int32_t *days;

	(void)state;
	assert_false(agenda_mornings(o, rows_at(c, "2026-11-27T10:00"), &last, &next));
	o->agenda = "none";
	assert_false(agenda_mornings(o, rows_at(c, "2026-11-27T10:00"), &last, &next));
	o->agenda = "hour";
	assert_true(agenda_mornings(o, rows_at(c, "2026-11-27T10:00"), &last, &next));
	assert_int_equal(last, rows_at(c, "2026-11-27T09:00"));
	assert_int_equal(next, rows_at(c, "2026-11-30T09:00"));
	o->agenda = "7:30";
	assert_true(agenda_mornings(o, rows_at(c, "2026-11-27T07:29"), &last, &next));
	assert_int_equal(last, rows_at(c, "2026-11-26T07:30"));
	assert_int_equal(next, rows_at(c, "2026-11-27T07:30"));
	assert_int_equal(agenda_missed(p, o, rows_at(c, "2026-11-25T07:30"), rows_at(c, "2026-11-30T07:30"), &days), 2);
	assert_int_equal(days[0], day_of(2026, 11, 26));
	assert_int_equal(days[1], day_of(2026, 11, 27));
	assert_int_equal(agenda_missed(p, o, rows_at(c, "2025-11-25T07:30"), rows_at(c, "2026-11-30T07:30"), &days), 10);
	pool_end(&p);
}

/* Wednesday: one is due on Thursday, one on Friday, one in January. */
static void a_day(struct house *h)
{
	h->c->owners[0].agenda = "hour";
	at(h, "2026-11-25T10:00");
	writes(h, "kept+26nov@example.org", TO_CAROL("Poster"), "I will send you the poster.");
	writes(h, "kept+27nov@example.org", TO_CAROL("Trial"), "I will send you the subgroup data.");
	writes(h, "kept+10jan@example.org", TO_CAROL("Figures"), "I will send you the figures.");
}

static void in_the_morning_it_tells_the_day_and_nothing_is_mailed_twice(void **state)
{
	struct house *h = *state;
	const char *said;

	a_day(h);
	said = at(h, "2026-11-26T09:00");
	has(said, "Today: 1 due\n");
	has(said, "Ada, this is Thursday 26 November.");
	has(said, "## Due today\n\n- 1. I will send you the poster, for Carol");
	has(said, "## Near\n\n- 2. I will send you the subgroup data, for Carol, Friday 27 November");
	has(said, "The head of the record: ");
	lacks(said, "figures");
	assert_int_equal(times(said, "poster"), 1);
	assert_string_equal(at(h, "2026-11-26T09:30"), "");
	said = at(h, "2026-11-27T09:00");
	has(said, "Today: 1 overdue, 1 due\n");
	has(said, "## Overdue\n\n- 1. I will send you the poster, for Carol");
	assert_int_equal(times(said, "subgroup"), 1);
}

static void what_it_reminds_of_counts_as_reminded(void **state)
{
	struct house *h = *state;

	a_day(h);
	at(h, "2026-11-26T09:00");
	assert_int_equal(now_is(h, 1).look_at, rows_at(h->c, "2026-11-27T09:00")); /* +1bd */
	at(h, "2026-11-27T09:00");
	assert_int_equal(now_is(h, 1).look_at, rows_at(h->c, "2026-12-01T09:00")); /* +3bd */
	at(h, "2026-11-30T09:00");
	assert_int_equal(now_is(h, 1).look_at, rows_at(h->c, "2026-12-01T09:00"));
	assert_int_equal(now_is(h, 2).look_at, rows_at(h->c, "2026-12-02T09:00"));
}

static void the_last_reminder_stands_alone(void **state)
{
	struct house *h = *state;
	const char *said;

	h->c->policies[0].limit = 1;
	a_day(h);
	said = at(h, "2026-11-26T09:00");
	has(said, "Today: 1 due\n");
	has(said, "Last reminder");
}

static void a_reminder_at_its_own_time_comes_by_itself(void **state)
{
	struct house *h = *state;
	const char *said;

	h->c->owners[0].agenda = "8:00";
	at(h, "2026-11-25T10:00");
	writes(h, "kept@example.org", TO_CAROL("Poster"), "I will send you the poster tomorrow at 3pm.");
	has(at(h, "2026-11-26T08:00"), "Today: 1 due");
	said = at(h, "2026-11-26T15:00");
	has(said, "the poster");
	lacks(said, "Today:");
}

static void before_the_hour_it_takes_along_what_comes_at_that_hour(void **state)
{
	struct house *h = *state;
	const char *said;

	h->c->owners[0].agenda = "7:30";
	at(h, "2026-11-25T10:00");
	writes(h, "kept+26nov@example.org", TO_CAROL("Poster"), "I will send you the poster.");
	writes(h, "kept+26nov@example.org", TO_CAROL("Trial"), "I will send you the subgroup data.");
	writes(h, "kept@example.org", TO_CAROL("Figures"), "I will send you the figures tomorrow at 8:30.");
	said = at(h, "2026-11-26T07:30");
	has(said, "Today: 3 due\n");
	answers(h, "snooze 2 tomorrow");
	has(at(h, "2026-11-26T08:30"), "the figures"); /* an hour of its own is its own */
	assert_string_equal(at(h, "2026-11-26T09:00"), "");
	said = at(h, "2026-11-27T07:30");
	has(said, "Today: 3 overdue\n"); /* also what was put off until then */
	assert_string_equal(at(h, "2026-11-27T09:00"), "");
	assert_int_equal(now_is(h, 1).look_at, rows_at(h->c, "2026-12-01T09:00")); /* +3bd, as if reminded at nine */
	has(at(h, "2026-12-01T07:30"), "Today: 3 overdue\n");
	assert_string_equal(at(h, "2026-12-01T09:00"), "");
}

static void sends_to_others(struct house *h, const char **prepared)
{
	h->c->policies[0].prepare = (struct strings){ prepared, 1 };
	h->c->submission_count = 2;
	h->c->submissions = pool_list(h->p, 2, sizeof *h->c->submissions);
	h->c->submissions[0] = (struct submission){ .key = "main", .from = "kept@example.org" };
	h->c->submissions[1] = (struct submission){ .key = "ada", .from = "ada@example.org", .owner = &h->c->owners[0] };
}

static void it_takes_a_reminder_along_though_mail_to_them_comes_first(void **state)
{
	static const char *prepared[] = { "progress" };
	struct house *h = *state;
	const char *said;

	sends_to_others(h, prepared);
	h->c->policies[0].progress = "0";
	h->c->owners[0].agenda = "hour";
	at(h, "2026-11-25T10:00");
	writes(h, "kept@example.org", TO_CAROL("Poster"), "I will send you the poster tomorrow.");
	at(h, "2026-11-26T09:00");
	said = at(h, "2026-11-27T09:00"); /* both are due by now */
	has(said, "Today: 1 overdue");
	lacks(said, "they heard nothing");
	said = at(h, "2026-11-27T09:01");
	has(said, "they heard nothing");
	lacks(said, "You promised Carol");
	assert_string_equal(at(h, "2026-11-27T09:02"), "");
	assert_int_equal(now_is(h, 1).look_at, rows_at(h->c, "2026-12-01T09:00")); /* +3bd */
}

/* Mail to others that waits: the tap of the agenda sends it. */
static void its_tap_sends_what_waits(void **state)
{
	static const char *prepared[] = { "receipt" };
	struct house *h = *state;
	struct outgoing *list;
	const char *said;
	int64_t *ids;
	bool ready = false;
	size_t n;

	sends_to_others(h, prepared);
	h->c->owners[0].agenda = "hour";
	at(h, "2026-11-25T10:00");
	writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: Trial\r\n", "Promised on the phone to carol@example.com: I will send you the subgroup data by 4 december.");
	answers(h, "who carol@example.com");
	said = at(h, "2026-11-26T09:00");
	said = strstr(said, "## Waiting for your word");
	assert_non_null(said);
	has(said, "- 1. ");
	has(said, "[Send it](mailto:");
	has(said, "body=send%201)");
	answers(h, "send 1");
	WELL(outbox_waiting(h->q, h->p, 1, &ids, &n, &e));
	assert_int_equal(n, 0);
	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_OPEN, 0, &list, &n, &e));
	for (size_t i = 0; i < n; i++)
		ready |= list[i].outside && list[i].state == OUTBOX_READY;
	assert_true(ready);
}

static int64_t meets(struct house *h, const char *iso, const char *rrule, enum checkin_state state)
{
	static int n;
	struct checkin_attendee a = { .name = "Carol", .address = "carol@example.com", .partstat = PARTSTAT_ACCEPTED, .comment = "", .delegated_to = "" };
	struct checkin x = { .owner = "ada", .uid = pool_print(h->p, "m%d@example.org", ++n), .stamp = h->now, .state = state, .start = rows_at(h->c, iso), .minutes = 30,
			     .zone = "Europe/Berlin", .rrule = rrule, .purpose = pool_print(h->p, "meeting %d", n), .agenda = "", .link = "", .place = "", .made = h->now,
			     .entry = -1, .attendees = &a, .attendee_count = 1 };

	WELL(sql_begin(h->q, &e));
	WELL(store_checkin_save(h->q, &x, &e));
	WELL(sql_commit(h->q, &e));
	return x.id;
}

static void it_lists_the_check_ins_of_the_day(void **state)
{
	struct house *h = *state;
	const char *said;

	h->c->owners[0].agenda = "hour";
	at(h, "2026-11-25T10:00");
	meets(h, "2026-11-26T14:00", "", CHECKIN_CONFIRMED);
	meets(h, "2026-11-26T08:00", "", CHECKIN_INVITED);
	meets(h, "2026-11-26T15:00", "", CHECKIN_PROPOSED);
	meets(h, "2026-11-26T16:00", "", CHECKIN_CANCELLED);
	meets(h, "2026-11-27T10:00", "", CHECKIN_CONFIRMED);
	meets(h, "2026-11-12T11:00", "FREQ=WEEKLY", CHECKIN_CONFIRMED);
	said = at(h, "2026-11-26T09:00");
	has(said, "due, check-ins\n");
	has(said, "## Check-ins\n\n- 08:00 meeting 2, Carol\n- 11:00 meeting 6, Carol\n- 14:00 meeting 1, Carol\n");
	said = strstr(said, "## Check-ins");
	for (int i = 3; i < 6; i++)
		lacks(said, pool_print(h->p, "meeting %d,", i));
}

static void its_answer_names_numbers(void **state)
{
	struct house *h = *state;

	a_day(h);
	at(h, "2026-11-26T09:00");
	answers(h, "done");
	assert_int_equal(now_is(h, 1).state, COMMITMENT_OPEN);
	at(h, "2026-11-27T09:00");
	answers(h, "done 1\nsnooze 2 tomorrow");
	assert_int_equal(now_is(h, 1).state, COMMITMENT_KEPT);
	assert_int_equal(now_is(h, 2).snoozed, rows_at(h->c, "2026-11-28T09:00"));
}

static void an_empty_day_brings_none(void **state)
{
	struct house *h = *state;

	h->c->owners[0].agenda = "hour";
	at(h, "2026-11-25T10:00");
	assert_string_equal(at(h, "2026-11-26T09:00"), "");
	assert_string_equal(at(h, "2026-11-27T09:00"), "");
}

static void on_days_off_none_comes(void **state)
{
	struct house *h = *state;

	a_day(h);
	at(h, "2026-11-27T09:00");
	assert_string_equal(at(h, "2026-11-28T09:00"), "");
	has(at(h, "2026-11-30T09:00"), "Today: 2 overdue\n");
}

static void late_on_the_day_it_comes_still(void **state)
{
	struct house *h = *state;

	a_day(h);
	has(at(h, "2026-11-26T14:00"), "Today: 1 due\n");
	lacks(at(h, "2026-11-26T14:10"), "Today");
}

static void the_next_one_says_which_day_was_missed(void **state)
{
	struct house *h = *state;

	a_day(h);
	at(h, "2026-11-26T09:00");
	lacks(at(h, "2026-11-27T22:00"), "Today");
	has(at(h, "2026-11-30T09:00"), "No agenda came on Friday 27 November: I was not running");
	lacks(at(h, "2026-12-01T09:00"), "No agenda came");
}

static void in_a_pause_none_comes_and_none_is_missed(void **state)
{
	struct house *h = *state;
	const char *said;

	a_day(h);
	answers(h, "pause 30 nov");
	assert_string_equal(at(h, "2026-11-26T09:00"), "");
	assert_string_equal(at(h, "2026-11-27T09:00"), "");
	said = at(h, "2026-11-30T09:00");
	has(said, "Today: 2 overdue\n");
	lacks(said, "No agenda came");
}

static void switched_off_and_on_again_none_was_missed(void **state)
{
	struct house *h = *state;

	a_day(h);
	h->c->owners[0].agenda = "none";
	has(at(h, "2026-11-26T09:00"), "the poster");
	h->c->owners[0].agenda = "hour";
	at(h, "2026-11-27T08:00");
	lacks(at(h, "2026-11-27T09:00"), "No agenda came");
}

static void it_says_who_answered(void **state)
{
	struct house *h = *state;
	const char *said;

	a_day(h);
	at(h, "2026-11-26T09:00");
	WELL(sql_begin(h->q, &e));
	{
		struct commitment m = now_is(h, 3);

		WELL(store_commitment_save(h->q, &m, rows_at(h->c, "2026-11-26T11:00"), &e));
	}
	WELL(sql_commit(h->q, &e));
	said = at(h, "2026-11-27T09:00");
	has(said, "## They answered\n\n- 3. I will send you the figures, Carol");
	lacks(at(h, "2026-11-30T09:00"), "They answered");
}

static void in_the_owners_language(void **state)
{
	static const char *const said[][2] = { { "de", "Heute: 1 fällig\n" }, { "fr", "1 en retard, 1 à rendre\n" }, { "es", "Hoy: 2 con retraso\n" } };
	struct house *h = *state;

	a_day(h);
	for (size_t i = 0; i < 3; i++) {
		static const char *const days[] = { "2026-11-26T09:00", "2026-11-27T09:00", "2026-11-30T09:00" };
		const char *text;

		h->c->owners[0].language = said[i][0];
		text = at(h, days[i]);
		lacks(text, "Today");
		has(text, said[i][1]);
	}
}

int main(void)
{
	enum { N = sizeof rows / sizeof *rows };
	static const struct CMUnitTest more[] = {
		cmocka_unit_test(the_mornings_of_working_days),
#define T(name) cmocka_unit_test_setup_teardown(name, make, drop)
		T(in_the_morning_it_tells_the_day_and_nothing_is_mailed_twice), T(what_it_reminds_of_counts_as_reminded), T(the_last_reminder_stands_alone),
		T(a_reminder_at_its_own_time_comes_by_itself), T(its_answer_names_numbers), T(before_the_hour_it_takes_along_what_comes_at_that_hour),
		T(it_takes_a_reminder_along_though_mail_to_them_comes_first), T(its_tap_sends_what_waits), T(it_lists_the_check_ins_of_the_day), T(an_empty_day_brings_none), T(on_days_off_none_comes),
		T(late_on_the_day_it_comes_still), T(the_next_one_says_which_day_was_missed), T(in_a_pause_none_comes_and_none_is_missed),
		T(switched_off_and_on_again_none_was_missed), T(it_says_who_answered), T(in_the_owners_language),
#undef T
	};
	enum { MORE = sizeof more / sizeof *more };
	struct CMUnitTest tests[N + MORE];

	for (size_t i = 0; i < N; i++)
		tests[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	memcpy(tests + N, more, sizeof more);
	return cmocka_run_group_tests_name("agenda", tests, NULL, NULL);
}
