/* review: where a promise stands in it; each in one place; the mail on its day, and the answer to it */
#include "house.h"

#include "nouns/review.h"
#include "work/execute.h"
#include "work/schedule_inner.h"

#define X(id, name) name,
static const char *const names[] = { REVIEW_PARTS(X) "nowhere" };
#undef X

enum { DAY = 86400 };

static const struct row {
	const char *rule;
	enum commitment_state state;
	const char *due, *closed, *made;
	bool team;
	const char *part;
} rows[] = {
	{ "what was kept since the last one", COMMITMENT_KEPT, "2026-11-27T09:00", "2026-11-26T10:00", NULL, false, "kept_ones" },
	{ "what was kept before it is not told again", COMMITMENT_KEPT, "2026-11-20T09:00", "2026-11-22T10:00", NULL, false, "nowhere" },
	{ "what was called off is not told", COMMITMENT_CANCELLED, "2026-11-27T09:00", "2026-11-26T10:00", NULL, false, "nowhere" },
	{ "past its end of work it is overdue", COMMITMENT_OPEN, "2026-11-27T09:00", NULL, NULL, false, "overdue" },
	{ "on its day it is due", COMMITMENT_OPEN, "2026-11-30T09:00", NULL, NULL, false, "this_week" },
	{ "within seven days it is due", COMMITMENT_OPEN, "2026-12-07T08:00", NULL, NULL, false, "this_week" },
	{ "then it is later", COMMITMENT_OPEN, "2026-12-07T09:00", NULL, NULL, false, "later_ones" },
	{ "with a team", COMMITMENT_WAITING, "2026-12-20T09:00", NULL, NULL, true, "with_teams" },
	{ "with others", COMMITMENT_WAITING, "2026-12-20T09:00", NULL, NULL, false, "with_others" },
	{ "overdue, though a team has it", COMMITMENT_WAITING, "2026-11-20T09:00", NULL, NULL, true, "overdue" },
	{ "delivered", COMMITMENT_DELIVERED, "2026-11-20T09:00", NULL, NULL, false, "sent_ones" },
	{ "what sounded like a promise", COMMITMENT_CANDIDATE, "2026-12-02T09:00", NULL, "2026-11-24T09:00", false, "candidates" },
	{ "… is asked about twice", COMMITMENT_CANDIDATE, "2026-12-02T09:00", NULL, "2026-11-15T09:00", false, "nowhere" },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	utc from = rows_at(c, "2026-11-23T09:00"), now = rows_at(c, "2026-11-30T09:00");
	struct commitment m = { .owner = &c->owners[0], .state = r->state, .due = rows_at(c, r->due),
				.closed = r->closed ? rows_at(c, r->closed) : 0, .made = r->made ? rows_at(c, r->made) : now - 9 * DAY,
				.team_since = r->team ? now - DAY : 0 };

	assert_string_equal(names[review_part(&m, from, now)], r->part);
	pool_end(&p);
}

/* Whatever the ledger holds: each live promise in one part, once; nothing closed before, nothing called off. */
static void each_live_promise_stands_in_it_once(void **state)
{
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	uint64_t chance = 42;

	(void)state;
	for (int round = 0; round < 50; round++) {
		enum { N = 120 };
		struct commitment list[N];
		int seen[N] = { 0 };
		struct review r = { .to = rows_at(c, "2026-11-30T09:00") + (utc)round * 7 * DAY };

		r.from = r.to - 7 * DAY;
		for (int i = 0; i < N; i++) {
			chance ^= chance << 13, chance ^= chance >> 7, chance ^= chance << 17;
			list[i] = (struct commitment){ .id = i, .owner = &c->owners[0], .state = (enum commitment_state)(chance % 6),
						       .due = r.to + (utc)(chance >> 8) % (60 * DAY) - 30 * DAY, .made = r.to - (utc)(chance >> 16) % (30 * DAY),
						       .team_since = chance >> 60 & 1, .team_answered = chance >> 61 & 1 };
			if (list[i].state == COMMITMENT_KEPT || list[i].state == COMMITMENT_CANCELLED)
				list[i].closed = r.to - (utc)(chance >> 20) % (14 * DAY);
		}
		review_sort(p, &r, list, N);
		for (int part = 0; part < REVIEW_PART_COUNT; part++)
			for (size_t i = 0; i < r.parts[part].n; i++) {
				seen[r.parts[part].list[i]->id]++;
				assert_true(!i || r.parts[part].list[i - 1]->due <= r.parts[part].list[i]->due);
			}
		for (int i = 0; i < N; i++) {
			bool live = commitment_is_live(list[i].state), now_kept = list[i].state == COMMITMENT_KEPT && list[i].closed > r.from,
			     sounded = list[i].state == COMMITMENT_CANDIDATE && list[i].made > r.to - 14 * DAY;

			assert_int_equal(seen[i], live || now_kept || sounded);
		}
	}
	pool_end(&p);
}

#define BY_FRIDAY "I will send you the subgroup data by Friday."
#define SENT(id, text) "From: Ada Lovelace <ada@example.org>\r\nTo: Carol <carol@example.com>\r\nSubject: Lunch\r\nDate: Wed, 25 Nov 2026 11:00:00 +0100\r\n" \
	"Message-ID: <" id "@example.org>\r\n\r\n" text "\r\n"

static void a_week(struct house *h)
{
	h->c->owners[0].review = 1 + MONDAY;
	at(h, "2026-11-25T10:00"); /* its first week begins */
	writes(h, "kept@example.org", TO_CAROL("Trial"), BY_FRIDAY);
	writes(h, "kept+2dec@example.org", TO_CAROL("Reprint"), "I will send you the reprint.");
	writes(h, "kept+10jan@example.org", TO_CAROL("Figures"), "I will send you the figures.");
	writes(h, "kept+26nov@example.org", TO_CAROL("Poster"), "I will send you the poster.");
	answers(h, "done 4");
	comes(h, PLACE_SENT, SENT("c1", "I'll send you the slides of the symposium on Wednesday."));
}

static void on_monday_it_tells_all_once(void **state)
{
	struct house *h = *state;
	const char *said;

	a_week(h);
	lacks(at(h, "2026-11-29T12:00"), "Your week");
	said = at(h, "2026-11-30T09:00");
	has(said, "Your week: 1 overdue, 1 due\n");
	has(said, "## Kept since Wednesday 25 November\n\n- 4. ");
	has(said, "## Overdue\n\n### 1. I will send you the subgroup data, for Carol\n\n3 days late");
	has(said, "## Due within a week\n\n### 2.");
	has(said, "## Later\n\n### 3.");
	has(said, "## Did you promise this?\n\n### 5.");
	has(said, "Of the last twelve weeks: 1/2 delivered");
	has(said, "The head of the record: ");
	lacks(at(h, "2026-11-30T09:30"), "Your week");
	said = at(h, "2026-12-07T09:00");
	has(said, "Your week: 2 overdue");
	lacks(said, "### 4.");
}

static void one_answer_does_it_all(void **state)
{
	struct house *h = *state;
	const char *said;

	a_week(h);
	at(h, "2026-11-30T09:00");
	said = answers(h, "done 1\nsnooze 2 friday\ndue 3 15 dec\ndue 5 2026-12-04\ndone 99\nsnooze 3 frdiay\n");
	has(said, "`snooze 3`: nothing was changed"); /* of many, which */
	has(said, "#1**");
	has(said, "it is a promise, due Friday 4 December");
	has(said, "99");
	assert_int_equal(now_is(h, 1).state, COMMITMENT_KEPT);
	assert_int_equal(now_is(h, 2).snoozed, rows_at(h->c, "2026-12-04T09:00"));
	assert_int_equal(now_is(h, 3).due, rows_at(h->c, "2026-12-15T09:00"));
	assert_int_equal(now_is(h, 5).state, COMMITMENT_OPEN);
	has(at(h, "2026-12-04T09:00"), "slides"); /* and is reminded of */
}

/* A long line of a stranger's in the quotation, broken by the client: its end stands there without a mark. */
static void a_command_below_a_quotation_is_not_read(void **state)
{
	struct house *h = *state;
	const char *said;

	a_week(h);
	at(h, "2026-11-30T09:00");
	said = answers(h, "snooze 2 friday\r\n\r\nOn Mon, 30 Nov 2026 at 09:00, kept <kept@example.org> wrote:\r\n> - Invoice of the week, please be so kind as to\r\n"
			  "done 1\r\n> , eve@evil.example [It is mine]\r\n\r\ncancel 3\r\n");
	has(said, "#2**");
	lacks(said, "#1**");
	assert_int_equal(now_is(h, 1).state, COMMITMENT_OPEN);
	assert_int_equal(now_is(h, 3).state, COMMITMENT_OPEN);
}

static void what_was_no_promise_is_forgotten(void **state)
{
	struct house *h = *state;

	a_week(h);
	at(h, "2026-11-30T09:00");
	answers(h, "cancel 5");
	assert_int_equal(now_is(h, 5).state, COMMITMENT_CANCELLED);
	lacks(at(h, "2026-12-07T09:00"), "### 5.");
}

static void after_a_day_off_it_comes_on_the_next(void **state)
{
	struct house *h = *state;
	static const int32_t off[] = { 20787 }; /* 2026-11-30 */

	assert_int_equal(day_of(2026, 11, 30), off[0]);
	a_week(h);
	h->c->owners[0].time.holidays = off, h->c->owners[0].time.holiday_count = 1;
	lacks(at(h, "2026-11-30T10:00"), "Your week");
	has(at(h, "2026-12-01T09:00"), "Your week");
}

static void a_week_without_anything_is_passed_in_silence(void **state)
{
	struct house *h = *state;

	h->c->owners[0].review = 1 + MONDAY;
	at(h, "2026-11-25T10:00");
	assert_string_equal(at(h, "2026-11-30T09:00"), "");
}

static void in_a_pause_none_comes(void **state)
{
	struct house *h = *state;

	a_week(h);
	answers(h, "pause 2 dec");
	lacks(at(h, "2026-11-30T09:00"), "Your week");
	has(at(h, "2026-12-02T10:00"), "Your week");
}

static void after_weeks_of_silence_one_comes_not_many(void **state)
{
	struct house *h = *state;
	const char *said;

	a_week(h);
	said = at(h, "2027-01-13T10:00");
	has(said, "Your week");
	assert_null(strstr(strstr(said, "Your week") + 1, "Your week"));
}

static void a_need_is_told_when_its_day_has_come(void **state)
{
	struct house *h = *state;
	struct contact who;
	struct need need = { .term = CONTACT_TERM_MID, .text = "a registry to compare with" };
	bool noted;

	a_week(h);
	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "Carol", "carol@example.com" }, &who, &noted, &e));
	need.contact = who.id, need.at = h->now, need.look = rows_at(h->c, "2026-12-05T00:00");
	WELL(sql_begin(h->q, &e));
	WELL(store_need_add(h->q, &need, &e));
	WELL(sql_commit(h->q, &e));
	lacks(at(h, "2026-11-30T09:00"), "a registry");
	has(at(h, "2026-12-07T09:00"), "- a registry to compare with, Carol");
}

static void an_insight_stands_in_it_with_its_number(void **state)
{
	struct house *h = *state;
	struct contact who;
	struct insight i = { .text = "the nurses want a night mode" };
	bool noted;

	a_week(h);
	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "Carol", "carol@example.com" }, &who, &noted, &e));
	i.contact = who.id, i.at = h->now;
	WELL(sql_begin(h->q, &e));
	WELL(store_insight_add(h->q, &i, &e));
	WELL(sql_commit(h->q, &e));
	has(at(h, "2026-11-30T09:00"), "- i1: the nurses want a night mode, Carol");
}

static void mail_that_waits_stands_in_it_with_the_word_for_it(void **state)
{
	struct house *h = *state;
	static const char *prepared[] = { "receipt" };

	h->c->policies[0].prepare = (struct strings){ prepared, 1 };
	h->c->submission_count = 2;
	h->c->submissions = pool_list(h->p, 2, sizeof *h->c->submissions);
	h->c->submissions[0] = (struct submission){ .key = "main", .from = "kept@example.org" };
	h->c->submissions[1] = (struct submission){ .key = "ada", .from = "ada@example.org", .owner = &h->c->owners[0] };
	h->c->owners[0].review = 1 + MONDAY;
	at(h, "2026-11-25T10:00");
	writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: Trial\r\n", "Promised on the phone to carol@example.com: I will send you the subgroup data by 4 december.");
	answers(h, "who carol@example.com");
	has(strstr(at(h, "2026-11-30T09:00"), "## Waiting for your word"), "[Send it](mailto:");
}

/* What comes to Ada's own mailbox. */
static void carol_writes(struct house *h, const char *id, const char *text)
{
	h->c->mailboxes[0].owner = &h->c->owners[0];
	comes(h, PLACE_INBOX, pool_print(h->p, "Authentication-Results: mx.example.org; dmarc=pass header.from=example.com\r\nFrom: Carol <carol@example.com>\r\n"
		"To: Ada Lovelace <ada@example.org>\r\nSubject: Another matter\r\nDate: %s\r\nMessage-ID: <%s@example.com>\r\n\r\n%s\r\n",
		utc_header(h->p, h->c->owners[0].time.zone, h->now), id, text));
	h->c->mailboxes[0].owner = NULL;
}

static const char *asked(struct house *h, const char *iso)
{
	const char *said = strstr(at(h, iso), "## They asked, and I saw no answer");

	return said ? said : "";
}

static void a_question_that_nothing_followed_stands_in_it(void **state)
{
	struct house *h = *state;
	const char *said;

	a_week(h);
	carol_writes(h, "q1", "Hello Ada,\r\nhow are you? Could you tell me which dose the second arm got?\r\nCarol");
	said = asked(h, "2026-11-30T09:00");
	has(said, "- \xe2\x80\x9c" "Could you tell me which dose the second arm got?\xe2\x80\x9d, Carol, Wednesday 25 November [I answered](mailto:");
	has(said, "body=touch%204%20mail");
	assert_non_null(strstr(asked(h, "2026-12-07T09:00"), "which dose")); /* until it is answered */
	has(answers(h, "touch 4 mail"), "you spoke with Carol");
	assert_string_equal(asked(h, "2026-12-14T09:00"), "");
}

static void approved_material_that_bears_on_a_question_is_named_with_it(void **state)
{
	struct house *h = *state;
	struct resource r = { .title = "The dose in the second arm", .link = "https://example.org/dose", .file = "", .digest = "", .about = "", .approved_by = "" }, mine;

	a_week(h);
	carol_writes(h, "q1", "Could you tell me which dose the second arm got?");
	mine = r, mine.title = "Second arm: dose", mine.link = "https://example.org/draft"; /* nobody has approved it */
	r.approved_by = "Grace", r.approved = h->now;
	WELL(sql_begin(h->q, &e));
	WELL(store_resource_add(h->q, &r, &e) && store_resource_add(h->q, &mine, &e));
	WELL(sql_commit(h->q, &e));
	has(asked(h, "2026-11-30T09:00"), "Wednesday 25 November. “The dose in the second arm” may answer it (");
	WELL(sql_begin(h->q, &e));
	r.retired = h->now;
	WELL(store_resource_save(h->q, &r, &e));
	WELL(sql_commit(h->q, &e));
	lacks(asked(h, "2026-12-07T09:00"), "may answer it");
}

static void a_question_that_was_answered_does_not(void **state)
{
	struct house *h = *state;

	a_week(h);
	carol_writes(h, "q1", "Could you tell me which dose the second arm got?");
	comes(h, PLACE_SENT, SENT("s9", "It was twelve milligrams."));
	assert_string_equal(asked(h, "2026-11-30T09:00"), "");
	carol_writes(h, "q2", "And which one is the first arm with?");
	carol_writes(h, "q3", "I found it, thank you for all."); /* their newest asks nothing */
	assert_string_equal(asked(h, "2026-12-07T09:00"), "");
}

/* Three that Carol got two and four days late. */
static void late(struct house *h, size_t n)
{
	static const struct { const char *tag, *day, *what; } each[] = { { "kept+26nov@example.org", "2026-11-28T12:00", "poster" },
		{ "kept+30nov@example.org", "2026-12-04T12:00", "slides" }, { "kept+7dec@example.org", "2026-12-11T12:00", "protocol" } };

	h->c->owners[0].review = 1 + MONDAY;
	at(h, "2026-11-25T10:00");
	for (size_t i = 0; i < n; i++) {
		writes(h, each[i].tag, TO_CAROL("Poster"), pool_print(h->p, "I will send you the %s.", each[i].what));
		at(h, each[i].day);
		writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", pool_print(h->p, "done %zu", i + 1));
	}
	h->now = rows_at(h->c, "2026-12-11T13:00");
	writes(h, "kept+18dec@example.org", TO_CAROL("Figures"), "I will send you the figures.");
	writes(h, "kept+17dec@example.org", "To: Dan <dan@example.com>\r\nSubject: Tables\r\n", "I will send you the tables.");
}

static void who_gets_all_late_is_suggested_a_day_that_can_be_kept(void **state)
{
	struct house *h = *state;
	const char *said;

	late(h, 3);
	said = at(h, "2026-12-14T09:00");
	has(said, "## Suggested by the record\n\n");
	said = strstr(said, "## Suggested by the record");
	has(said, "- 4. I will send you the figures, for Carol: rather Tuesday 22 December? Of 3 promises to them none came by its day. [Give it that day](mailto:");
	has(said, "body=due%204%202026-12-22)");
	lacks(said, "the tables");
	has(answers(h, "due 4 2026-12-22"), "Tuesday 22 December");
	assert_int_equal(now_is(h, 4).due, rows_at(h->c, "2026-12-22T09:00"));
	lacks(at(h, "2026-12-21T09:00"), "Suggested by the record"); /* moved once: that is enough */
}

static void two_late_ones_suggest_nothing(void **state)
{
	struct house *h = *state;

	late(h, 2);
	lacks(at(h, "2026-12-14T09:00"), "Suggested by the record");
}

static void the_word_brings_it_at_once_and_the_next_comes_on_its_day(void **state)
{
	struct house *h = *state;
	const char *said;

	a_week(h);
	writes(h, "kept@example.org", TO_CAROL("More"), "I will send you the tables on Thursday.");
	said = answers(h, "review");
	has(said, "Your week: 3 due");
	lacks(said, "not served");
	has(at(h, "2026-11-30T09:00"), "Your week");
}

static void in_the_owners_language(void **state)
{
	struct house *h = *state;

	a_week(h);
	h->c->owners[0].language = "de";
	has(at(h, "2026-11-30T09:00"), "## \xc3\x9c" "berf\xc3\xa4llig\n\n### 1.");
}

static void hundreds_fit(void **state)
{
	struct house *h = *state;
	struct outgoing *list, o;
	struct letter l;
	size_t n;
	bool found;

	h->c->owners[0].review = 1 + MONDAY;
	h->c->cap_owner_day = 100000, h->c->cap_hour = 100000;
	at(h, "2026-11-25T10:00");
	WELL(sql_begin(h->q, &e));
	for (int i = 0; i < 300; i++) {
		struct commitment m = { .owner = &h->c->owners[0], .state = COMMITMENT_OPEN, .what = pool_print(h->p, "thing number %d", i), .words = "", .subject = "",
					.message_id = "", .policy = "default", .team = "", .every = "", .due_words = "", .due_error = "", .note = "",
					.request = "", .acknowledged = h->now, .due = h->now + (utc)(30 + i) * DAY };

		WELL(execute_add(h->q, h->p, h->c, &m, "test", h->now, &e));
	}
	WELL(sql_commit(h->q, &e));
	at(h, "2026-11-30T09:00");
	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 1, &list, &n, &e));
	assert_int_equal(n, 1);
	assert_int_equal(list[0].kind, MAIL_REVIEW);
	WELL(outbox_get(h->q, h->p, list[0].id, &o, &found, &e));
	mime_read(h->p, o.bytes, o.n, &l);
	has(l.full, "300. thing number 299");
	has(l.full, "The head of the record");
}

int main(void)
{
	enum { N = sizeof rows / sizeof *rows };
	static const struct CMUnitTest more[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, make, drop)
		T(on_monday_it_tells_all_once), T(one_answer_does_it_all), T(a_command_below_a_quotation_is_not_read), T(what_was_no_promise_is_forgotten), T(after_a_day_off_it_comes_on_the_next),
		T(a_week_without_anything_is_passed_in_silence), T(in_a_pause_none_comes), T(after_weeks_of_silence_one_comes_not_many),
		T(in_the_owners_language), T(a_need_is_told_when_its_day_has_come), T(an_insight_stands_in_it_with_its_number), T(mail_that_waits_stands_in_it_with_the_word_for_it),
		T(the_word_brings_it_at_once_and_the_next_comes_on_its_day), T(hundreds_fit), T(who_gets_all_late_is_suggested_a_day_that_can_be_kept), T(two_late_ones_suggest_nothing), T(a_question_that_nothing_followed_stands_in_it), T(a_question_that_was_answered_does_not), T(approved_material_that_bears_on_a_question_is_named_with_it),
#undef T
	};
	enum { MORE = sizeof more / sizeof *more };
	struct CMUnitTest tests[N + 1 + MORE];

	for (size_t i = 0; i < N; i++)
		tests[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	tests[N] = (struct CMUnitTest)cmocka_unit_test(each_live_promise_stands_in_it_once);
	memcpy(tests + N + 1, more, sizeof more);
	return cmocka_run_group_tests_name("review", tests, NULL, NULL);
}
