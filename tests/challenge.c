/* the trust challenge: its days, what became of its promises, the line a day, the report */
#include "house.h"

#include "work/schedule_inner.h"

#define X(id, name, words) name,
static const char *const names[] = { CHALLENGE_PARTS(X) };
#undef X

/* A challenge from Wednesday 25 November, looked at on Tuesday 1 December in the evening. */
static const struct row {
	const char *rule;
	const char *made, *due;
	enum commitment_state state;
	const char *delivered, *closed;
	bool followed;
	const char *part; /* "" is not of it */
} rows[] = {
	{ "made in its days it is of it", "2026-11-26T10:00", "2026-12-20T17:00", COMMITMENT_OPEN, NULL, NULL, false, "later_ones" },
	{ "due in its days too", "2026-11-02T10:00", "2026-12-01T19:00", COMMITMENT_OPEN, NULL, NULL, false, "later_ones" },
	{ "neither: it is not", "2026-11-02T10:00", "2026-12-02T17:00", COMMITMENT_OPEN, NULL, NULL, false, "" },
	{ "on its first day, before it was started, it is", "2026-11-25T00:10", "2026-12-20T17:00", COMMITMENT_OPEN, NULL, NULL, false, "later_ones" },
	{ "the day before it is not", "2026-11-24T23:50", "2026-12-20T17:00", COMMITMENT_OPEN, NULL, NULL, false, "" },
	{ "after its last day it is not", "2026-12-02T00:10", "2026-12-20T17:00", COMMITMENT_OPEN, NULL, NULL, false, "" },
	{ "past its day it is not delivered", "2026-11-26T10:00", "2026-11-27T17:00", COMMITMENT_OPEN, NULL, NULL, false, "overdue" },
	{ "delivered, and nobody asked", "2026-11-26T10:00", "2026-11-27T17:00", COMMITMENT_DELIVERED, "2026-11-27T09:00", NULL, false, "sent_ones" },
	{ "asked after and closed it is followed up", "2026-11-26T10:00", "2026-11-27T17:00", COMMITMENT_KEPT, "2026-11-27T09:00", "2026-11-30T09:00",
	  true, "followed_ones" },
	{ "asked after, and not closed: not yet", "2026-11-26T10:00", "2026-11-27T17:00", COMMITMENT_DELIVERED, "2026-11-27T09:00", NULL, true, "sent_ones" },
	{ "closed, and nobody asked: not either", "2026-11-26T10:00", "2026-11-27T17:00", COMMITMENT_KEPT, NULL, "2026-11-27T09:00", false, "sent_ones" },
	{ "delivered late and followed up, it is followed up", "2026-11-26T10:00", "2026-11-27T17:00", COMMITMENT_KEPT, "2026-11-30T09:00",
	  "2026-11-30T10:00", true, "followed_ones" },
	{ "called off in time", "2026-11-26T10:00", "2026-11-27T17:00", COMMITMENT_CANCELLED, NULL, "2026-11-26T12:00", false, "off_ones" },
	{ "called off after its day it was not delivered", "2026-11-26T10:00", "2026-11-27T17:00", COMMITMENT_CANCELLED, NULL, "2026-11-28T12:00",
	  false, "overdue" },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	struct challenge x = { .owner = &c->owners[0], .start = rows_at(c, "2026-11-25T10:00"), .now = rows_at(c, "2026-12-01T18:00") };
	struct score_track t = { .followed = r->followed, .stage = "" };
	const char *part = "";

	t.commitment = (struct commitment){ .id = 1, .owner = x.owner, .state = r->state, .what = "the slides", .words = "", .subject = "",
					    .made = rows_at(c, r->made), .due = rows_at(c, r->due),
					    .delivered = r->delivered ? rows_at(c, r->delivered) : 0, .closed = r->closed ? rows_at(c, r->closed) : 0 };
	score_challenge(p, &t, 1, &x);
	for (int i = 0; i < CHALLENGE_PART_COUNT; i++)
		part = x.parts[i].n ? names[i] : part;
	assert_string_equal(part, r->part);
	assert_int_equal(x.count, *r->part != '\0');
	pool_end(&p);
}

static void its_days_are_civil_days_of_the_owners_zone(void **state)
{
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	struct challenge x = { .owner = &c->owners[0], .start = rows_at(c, "2026-11-25T23:50") };

	(void)state;
	assert_int_equal(challenge_day(&x, rows_at(c, "2026-11-24T23:59")), 0);
	assert_int_equal(challenge_day(&x, rows_at(c, "2026-11-25T00:00")), 1);
	assert_int_equal(challenge_day(&x, rows_at(c, "2026-11-26T00:00")), 2);
	assert_int_equal(challenge_day(&x, rows_at(c, "2026-12-01T23:59")), 7);
	assert_int_equal(challenge_day(&x, rows_at(c, "2026-12-02T00:00")), 0);
	/* Tuesday evening; a Saturday's is Monday's, a Sunday's too */
	assert_int_equal(challenge_report(&x), rows_at(c, "2026-12-01T18:00"));
	x.start = rows_at(c, "2026-11-22T10:00");
	assert_int_equal(challenge_report(&x), rows_at(c, "2026-11-30T09:00"));
	x.start = rows_at(c, "2026-11-23T10:00");
	assert_int_equal(challenge_report(&x), rows_at(c, "2026-11-30T09:00"));
	pool_end(&p);
}

static void the_clock_may_go_back_in_it(void **state)
{
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	struct challenge x = { .owner = &c->owners[0], .start = rows_at(c, "2026-10-21T10:00") }; /* Sunday 25 October has 25 hours */

	(void)state;
	assert_int_equal(challenge_day(&x, rows_at(c, "2026-10-25T23:30")), 5);
	assert_int_equal(challenge_day(&x, rows_at(c, "2026-10-26T00:00")), 6);
	assert_int_equal(challenge_report(&x), rows_at(c, "2026-10-27T18:00"));
	pool_end(&p);
}

static const char *says(struct house *h, const char *words)
{
	return writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: a word\r\n", words);
}

static void it_begins_by_a_word_and_once(void **state)
{
	struct house *h = *state;
	const char *said = says(h, "challenge start");

	has(said, "The trust challenge begins\n");
	has(said, "the report comes Tuesday 1 December 2026, 18:00 CET");
	has(says(h, "challenge start"), "a trust challenge runs already");
	has(says(h, "challenge stop"), "The trust challenge is ended");
	has(says(h, "challenge stop"), "no trust challenge runs");
	/* a subject alone is a word too */
	has(writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: challenge start\r\n", ""), "The trust challenge begins");
	has(says(h, "challenge"), "nothing was changed");
}

static void a_line_a_day_weekends_too_and_at_the_end_the_report(void **state)
{
	struct house *h = *state;
	const char *said;

	says(h, "challenge start");
	writes(h, "kept+10dec@example.org", TO_CAROL("Poster"), "I will send you the poster.");
	lacks(at(h, "2026-11-25T17:00"), "challenge"); /* the answer told of the first day */
	for (int day = 26; day <= 30; day++) {
		has(at(h, pool_print(h->p, "2026-11-%dT09:00", day)), pool_print(h->p, "Trust challenge, day %d of 7.", day - 24));
		assert_string_equal(at(h, pool_print(h->p, "2026-11-%dT09:10", day)), "");
	}
	said = at(h, "2026-12-01T09:00");
	has(said, "Trust challenge: day 7 of 7\n");
	has(said, "Promises of this week: 1.");
	lacks(said, "No line came");
	said = at(h, "2026-12-01T18:00");
	has(said, "Your trust challenge: promises of the week: 1\n");
	has(said, "ran from Wednesday 25 November to Tuesday 1 December");
	has(said, "T = R + F\302\262: too few to say. R is the share");
	has(said, "## Their day is yet to come\n\n- 1. I will send you the poster, for Carol, Thursday 10 December");
	lacks(at(h, "2026-12-01T18:10"), "challenge");
	lacks(at(h, "2026-12-02T09:00"), "challenge");
}

static void where_an_agenda_comes_it_has_the_line(void **state)
{
	struct house *h = *state;
	const char *said;

	h->c->owners[0].agenda = "8:00";
	at(h, "2026-11-25T10:00");
	says(h, "challenge start");
	said = at(h, "2026-11-26T08:00"); /* nothing else is for that day */
	has(said, "Today: nothing due\n");
	has(said, "Trust challenge, day 2 of 7. Promises of this week: 0.");
	assert_string_equal(at(h, "2026-11-26T09:00"), "");
	has(at(h, "2026-11-27T08:00"), "day 3 of 7.");
	assert_string_equal(at(h, "2026-11-28T08:00"), "");
	said = at(h, "2026-11-28T09:00"); /* a Saturday has none */
	has(said, "Trust challenge: day 4 of 7\n");
	at(h, "2026-11-29T09:00");
	said = at(h, "2026-11-30T09:00");
	assert_int_equal(times(said, "day 6 of 7"), 1);
	lacks(said, "No line came");
}

static void days_without_a_line_are_named_in_the_next_once(void **state)
{
	struct house *h = *state;
	const char *said;

	says(h, "challenge start");
	at(h, "2026-11-26T09:00");
	said = at(h, "2026-11-29T14:00");
	assert_int_equal(times(said, "Trust challenge, day"), 1);
	has(said, "day 5 of 7.");
	has(said, "No line came on Friday 27 November, Saturday 28 November.");
	lacks(at(h, "2026-11-30T09:00"), "No line came");
}

static void too_late_on_a_day_the_next_one_says_so(void **state)
{
	struct house *h = *state;

	says(h, "challenge start");
	assert_string_equal(at(h, "2026-11-26T23:00"), "");
	has(at(h, "2026-11-27T09:00"), "No line came on Thursday 26 November.");
}

static void after_a_week_without_kept_the_report_comes_alone(void **state)
{
	struct house *h = *state;
	const char *said;

	says(h, "challenge start");
	said = at(h, "2026-12-10T11:00");
	has(said, "Your trust challenge");
	lacks(said, "of 7");
	has(said, "to Tuesday 1 December");
	lacks(at(h, "2026-12-11T11:00"), "challenge");
}

static void in_a_pause_nothing_comes(void **state)
{
	struct house *h = *state;

	says(h, "challenge start");
	says(h, "pause 28 nov");
	assert_string_equal(at(h, "2026-11-26T09:00"), "");
	has(at(h, "2026-11-28T09:00"), "No line came on Thursday 26 November, Friday 27 November.");
}

static void stop_in_answer_to_a_line_ends_it_with_a_short_report(void **state)
{
	struct house *h = *state;
	const char *said;

	says(h, "challenge start");
	writes(h, "kept+10dec@example.org", TO_CAROL("Poster"), "I will send you the poster.");
	at(h, "2026-11-26T09:00");
	said = answers(h, "stop");
	has(said, "The trust challenge is ended\n");
	has(said, "Promises of its days: 1; followed up and closed: 0 of 0; they answered: 0.");
	has(said, "I will send you the poster\": its day is yet to come.");
	assert_string_equal(at(h, "2026-11-27T09:00"), "");
}

/* One followed up, one not, one past its day; and who answered. */
static void a_week(struct house *h)
{
	struct commitment m;
	utc answered;
	bool found;

	says(h, "challenge start");
	writes(h, "kept+26nov@example.org", TO_CAROL("Poster"), "I will send you the poster.");
	writes(h, "kept+27nov@example.org", TO_CAROL("Trial"), "I will send you the subgroup data.");
	writes(h, "kept+27nov@example.org", TO_CAROL("Figures"), "I will send you the figures.");
	WELL(sql_begin(h->q, &e));
	for (int64_t id = 1; id <= 2; id++) {
		WELL(store_commitment(h->q, h->p, h->c, id, &m, &answered, &found, &e));
		m.delivered = rows_at(h->c, "2026-11-26T12:00"), m.look_at = 0;
		m.state = id == 1 ? COMMITMENT_KEPT : COMMITMENT_DELIVERED;
		m.closed = id == 1 ? rows_at(h->c, "2026-11-27T12:00") : 0;
		WELL(store_commitment_save(h->q, &m, id == 1 ? rows_at(h->c, "2026-11-27T11:00") : 0, &e));
	}
	WELL(sql_commit(h->q, &e));
}

static void the_line_counts_as_the_score_does(void **state)
{
	struct house *h = *state;
	const char *said;

	h->c->owners[0].agenda = "hour";
	a_week(h);
	at(h, "2026-11-27T09:00");
	said = at(h, "2026-11-29T09:00");
	has(said, "Promises of this week: 3; followed up and closed: 1/2; delivered, still to be followed up: #2; past their day: #3.");
}

static void the_report_has_each_promise_and_who_answered(void **state)
{
	struct house *h = *state;
	const char *said;

	a_week(h);
	said = at(h, "2026-12-01T18:00");
	has(said, "Your trust challenge: 1/2 followed up\n");
	has(said, "delivered by the day that was told: 2/3.");
	has(said, "## Followed up and closed\n\n- 1. I will send you the poster, for Carol\n");
	has(said, "## Delivered, not followed up and closed yet\n\n- 2. I will send you the subgroup data, for Carol, delivered Thursday 26 November");
	has(said, "## Not delivered by their day\n\n- 3. I will send you the figures, for Carol, 4 days late");
	has(said, "## They answered\n\n- 1. \"I will send you the poster\", Carol");
	has(said, "T = R + F\302\262 = 0.92, of 2. R is the share");
}

static const char *thoughts(struct house *h)
{
	struct challenge *list;
	size_t n;

	WELL(store_challenges(h->q, h->p, &h->c->owners[0], &list, &n, &e));
	assert_true(n > 0);
	return list[0].reflection;
}

static void the_whole_answer_to_the_report_is_kept(void **state)
{
	struct house *h = *state;
	const char *reply, *id;

	a_week(h);
	has(at(h, "2026-12-01T18:00"), "Answer this mail in your own words");
	reply = h->reply, id = h->id;
	has(answers(h, "1. Yes\r\n2. no\r\n\r\nDone is better than perfect."), "Your thoughts are kept");
	assert_string_equal(thoughts(h), "1. Yes\n2. no\n\nDone is better than perfect.");
	h->reply = reply, h->id = id;
	has(answers(h, "yes"), "Your thoughts are kept");
	assert_string_equal(thoughts(h), "1. Yes\n2. no\n\nDone is better than perfect.\n\nyes");
}

static void numbers_alone_in_answer_to_the_report_are_commands(void **state)
{
	struct house *h = *state;
	const char *reply, *id;

	a_week(h);
	at(h, "2026-12-01T18:00");
	reply = h->reply, id = h->id;
	has(answers(h, "done 3"), "done, and closed");
	h->reply = reply, h->id = id;
	has(answers(h, "challenge start"), "The trust challenge begins");
	h->reply = reply, h->id = id;
	has(answers(h, "done 2\r\n\r\nIt was a good week all in all, and the next will be better."), "nothing in it was read as a command");
}

static void more_than_can_be_kept_is_said(void **state)
{
	struct house *h = *state;
	struct text *t;

	a_week(h);
	at(h, "2026-12-01T18:00");
	t = text_new(h->p, 30000);
	while (t->n < 17000)
		text_add(t, "It was a good week all in all, and the next will be better.\r\n");
	has(answers(h, t->s), "more than I can keep");
	assert_string_equal(thoughts(h), "");
}

static void an_answer_to_a_line_is_commands(void **state)
{
	struct house *h = *state;

	says(h, "challenge start");
	at(h, "2026-11-26T09:00");
	lacks(answers(h, "It was a good day."), "Your thoughts");
	assert_string_equal(thoughts(h), "");
}

static void in_the_owners_language(void **state)
{
	static const char *const said[][3] = { { "de", "Die Vertrauenswoche beginnt", "Tag 2 von 7" },
					       { "fr", "Le d\303\251fi de confiance commence", "jour 2 sur 7" },
					       { "es", "Empieza el reto de confianza", "d\303\255a 2 de 7" } };
	struct house *h = *state;

	for (size_t i = 0; i < 3; i++) {
		h->c->owners[0].language = said[i][0];
		h->now = rows_at(h->c, "2026-11-25T10:00") + (utc)i * 7 * 86400;
		has(says(h, "challenge start"), said[i][1]);
		has(at(h, ((const char *[]){ "2026-11-26T09:00", "2026-12-03T09:00", "2026-12-10T09:00" })[i]), said[i][2]);
		says(h, "challenge stop");
	}
}

int main(void)
{
	enum { N = sizeof rows / sizeof *rows };
	static const struct CMUnitTest more[] = {
		cmocka_unit_test(its_days_are_civil_days_of_the_owners_zone), cmocka_unit_test(the_clock_may_go_back_in_it),
#define T(name) cmocka_unit_test_setup_teardown(name, make, drop)
		T(it_begins_by_a_word_and_once), T(a_line_a_day_weekends_too_and_at_the_end_the_report), T(where_an_agenda_comes_it_has_the_line),
		T(days_without_a_line_are_named_in_the_next_once), T(too_late_on_a_day_the_next_one_says_so),
		T(after_a_week_without_kept_the_report_comes_alone), T(in_a_pause_nothing_comes), T(stop_in_answer_to_a_line_ends_it_with_a_short_report),
		T(the_line_counts_as_the_score_does), T(the_report_has_each_promise_and_who_answered), T(the_whole_answer_to_the_report_is_kept),
		T(numbers_alone_in_answer_to_the_report_are_commands), T(more_than_can_be_kept_is_said), T(an_answer_to_a_line_is_commands), T(in_the_owners_language),
#undef T
	};
	enum { MORE = sizeof more / sizeof *more };
	struct CMUnitTest tests[N + MORE];

	for (size_t i = 0; i < N; i++)
		tests[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	memcpy(tests + N, more, sizeof more);
	return cmocka_run_group_tests_name("challenge", tests, NULL, NULL);
}
