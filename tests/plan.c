/* plan: one row a rule */
#include "rows.h"

#include "judgement/plan.h"

#define NOW "2026-11-25T10:00" /* a Wednesday */

static const struct row {
	const char *rule;
	enum commitment_state state;
	const char *due, *set, *snoozed, *paused, *answered, *now; /* now: else NOW */
	struct {
		const char *at;
		enum mail_kind kind;
	} past[6];
	bool fresh, noreply;
	enum mail_kind expect;
	const char *at, *why;
	bool final;
} rows[] = {
	{ .rule = "what was just logged is acknowledged at once", .state = COMMITMENT_OPEN, .due = "2026-12-01T09:00", .fresh = true,
	  .expect = MAIL_ACKNOWLEDGEMENT, .at = NOW, .why = "it was just logged" },
	{ .rule = "nothing while it is not due: look again then", .state = COMMITMENT_OPEN, .due = "2026-12-01T09:00", .expect = MAIL_NONE, .at = "2026-12-01T09:00" },
	{ .rule = "a reminder when it is due", .state = COMMITMENT_OPEN, .due = "2026-11-25T09:00", .expect = MAIL_REMINDER, .at = "2026-11-25T09:00",
	  .why = "it is due and not done" },
	{ .rule = "what is due at the end of a day is reminded of in its morning", .state = COMMITMENT_OPEN, .due = "2026-11-25T17:00",
	  .expect = MAIL_REMINDER, .at = "2026-11-25T09:00", .why = "it will be due soon" },
	{ .rule = "one reminder, not two: the next is a working day later", .state = COMMITMENT_OPEN, .due = "2026-11-25T09:00",
	  .past = { { "2026-11-25T09:00", MAIL_REMINDER } }, .expect = MAIL_NONE, .at = "2026-11-26T09:00" },
	{ .rule = "after the last offset one each `every`", .state = COMMITMENT_OPEN, .due = "2026-11-17T09:00",
	  .past = { { "2026-11-17T09:00", MAIL_REMINDER }, { "2026-11-18T09:00", MAIL_REMINDER }, { "2026-11-20T09:00", MAIL_REMINDER } },
	  .expect = MAIL_NONE, .at = "2026-11-27T09:00" },
	{ .rule = "the limit's last one is the final notice", .state = COMMITMENT_OPEN, .due = "2026-11-03T09:00", .set = "2026-11-01T09:00",
	  .past = { { "2026-11-03T09:00", MAIL_REMINDER }, { "2026-11-04T09:00", MAIL_REMINDER }, { "2026-11-06T09:00", MAIL_REMINDER },
		    { "2026-11-13T09:00", MAIL_REMINDER } },
	  .expect = MAIL_REMINDER, .at = "2026-11-20T09:00", .final = true },
	{ .rule = "after the limit it rests", .state = COMMITMENT_OPEN, .due = "2026-11-03T09:00", .set = "2026-11-01T09:00",
	  .past = { { "2026-11-03T09:00", MAIL_REMINDER }, { "2026-11-04T09:00", MAIL_REMINDER }, { "2026-11-06T09:00", MAIL_REMINDER },
		    { "2026-11-13T09:00", MAIL_REMINDER }, { "2026-11-20T09:00", MAIL_REMINDER } },
	  .expect = MAIL_NONE, .at = NULL },
	{ .rule = "reminders of an earlier due day do not count", .state = COMMITMENT_OPEN, .due = "2026-11-25T09:00", .set = "2026-11-22T09:00",
	  .past = { { "2026-11-20T09:00", MAIL_REMINDER } }, .expect = MAIL_REMINDER, .at = "2026-11-25T09:00" },
	{ .rule = "a snooze is the next reminder, at its very time", .state = COMMITMENT_OPEN, .due = "2026-11-24T09:00", .snoozed = "2026-11-28T20:00",
	  .past = { { "2026-11-24T09:00", MAIL_REMINDER } }, .expect = MAIL_NONE, .at = "2026-11-28T20:00" },
	{ .rule = "a snooze that has come reminds", .state = COMMITMENT_OPEN, .due = "2026-11-24T09:00", .snoozed = "2026-11-25T09:30",
	  .past = { { "2026-11-24T09:00", MAIL_REMINDER } }, .expect = MAIL_REMINDER, .at = "2026-11-25T09:30" },
	{ .rule = "a pause holds it, to working hours after", .state = COMMITMENT_OPEN, .due = "2026-11-25T09:00", .paused = "2026-11-28T12:00",
	  .expect = MAIL_NONE, .at = "2026-11-30T09:00" },
	{ .rule = "an explicit Saturday stays", .state = COMMITMENT_OPEN, .due = "2026-11-28T09:00", .expect = MAIL_NONE, .at = "2026-11-28T09:00" },
	{ .rule = "after downtime one reminder, not a heap", .state = COMMITMENT_OPEN, .due = "2026-11-02T09:00", .set = "2026-11-01T09:00",
	  .past = { { "2026-11-25T09:59", MAIL_REMINDER } }, .expect = MAIL_NONE, .at = "2026-12-02T09:59" },
	{ .rule = "with noreply an answer ends it", .state = COMMITMENT_OPEN, .due = "2026-11-25T09:00", .noreply = true, .answered = "2026-11-24T12:00",
	  .expect = MAIL_NONE, .at = NULL },
	{ .rule = "an agenda that reminded of it counts as a reminder", .state = COMMITMENT_OPEN, .due = "2026-11-25T09:00",
	  .past = { { "2026-11-25T09:00", MAIL_AGENDA } }, .expect = MAIL_NONE, .at = "2026-11-26T09:00" },
	{ .rule = "with noreply and no answer it reminds", .state = COMMITMENT_OPEN, .due = "2026-11-25T09:00", .noreply = true, .expect = MAIL_REMINDER,
	  .at = "2026-11-25T09:00" },
	{ .rule = "late in the night it waits for the morning", .state = COMMITMENT_OPEN, .due = "2026-11-25T09:00", .now = "2026-11-25T23:00",
	  .expect = MAIL_NONE, .at = "2026-11-26T09:00", .why = "a reminder when it is due and not done" },
	{ .rule = "late before dawn it waits for that morning", .state = COMMITMENT_OPEN, .due = "2026-11-25T09:00", .now = "2026-11-26T03:00",
	  .expect = MAIL_NONE, .at = "2026-11-26T09:00" },
	{ .rule = "late on a day off it waits for a working day", .state = COMMITMENT_OPEN, .due = "2026-11-27T09:00", .now = "2026-11-28T11:00",
	  .expect = MAIL_NONE, .at = "2026-11-30T09:00" },
	{ .rule = "late on the very day it goes", .state = COMMITMENT_OPEN, .due = "2026-11-28T09:00", .now = "2026-11-28T11:00",
	  .expect = MAIL_REMINDER, .at = "2026-11-28T09:00" },
	{ .rule = "late in working time it goes", .state = COMMITMENT_OPEN, .due = "2026-11-24T09:00", .past = { { "2026-11-24T09:00", MAIL_REMINDER } },
	  .now = "2026-11-26T14:00", .expect = MAIL_REMINDER, .at = "2026-11-25T09:00" },
	{ .rule = "a snooze into the night reminds there", .state = COMMITMENT_OPEN, .due = "2026-11-24T09:00", .snoozed = "2026-11-25T22:00",
	  .now = "2026-11-25T22:10", .expect = MAIL_REMINDER, .at = "2026-11-25T22:00" },
	{ .rule = "but hours late it waits for the morning", .state = COMMITMENT_OPEN, .due = "2026-11-24T09:00", .snoozed = "2026-11-25T22:00",
	  .now = "2026-11-26T01:00", .expect = MAIL_NONE, .at = "2026-11-26T09:00" },
	{ .rule = "kept: nothing", .state = COMMITMENT_KEPT, .due = "2026-11-25T09:00", .expect = MAIL_NONE },
	{ .rule = "cancelled: nothing", .state = COMMITMENT_CANCELLED, .due = "2026-11-25T09:00", .expect = MAIL_NONE },
	{ .rule = "a candidate: nothing by itself", .state = COMMITMENT_CANDIDATE, .due = "2026-11-25T09:00", .expect = MAIL_NONE },
	{ .rule = "waiting is reminded of too", .state = COMMITMENT_WAITING, .due = "2026-11-25T09:00", .expect = MAIL_REMINDER, .at = "2026-11-25T09:00" },
};

static struct dossier dossier_of(struct pool *p, const struct conf *c, const struct row *r)
{
	struct dossier d = { .policy = &c->policies[0], .past = pool_list(p, 6, sizeof(struct past)) };

	d.commitment = (struct commitment){ .id = 1, .owner = &c->owners[0], .state = r->state, .what = "the data", .due = rows_at(c, r->due),
					    .due_set = rows_at(c, r->set ? r->set : "2026-11-02T12:00"), .snoozed = r->snoozed ? rows_at(c, r->snoozed) : 0,
					    .acknowledged = r->fresh ? 0 : 1, .noreply = r->noreply, .every = "", .team = "" };
	d.paused = r->paused ? rows_at(c, r->paused) : 0;
	d.answered = r->answered ? rows_at(c, r->answered) : 0;
	for (; d.past_count < 6 && r->past[d.past_count].at; d.past_count++)
		d.past[d.past_count] = (struct past){ rows_at(c, r->past[d.past_count].at), r->past[d.past_count].kind, PAST_LEFT, NULL };
	return d;
}

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	struct dossier d = dossier_of(p, c, r);
	struct step s = plan(&d, c, rows_at(c, r->now ? r->now : NOW));

	assert_string_equal(mail_kind_name(s.kind), mail_kind_name(r->expect));
	if (r->at)
		assert_string_equal(utc_print(p, c->owners[0].time.zone, s.at), utc_print(p, c->owners[0].time.zone, rows_at(c, r->at)));
	else
		assert_int_equal(s.at, 0);
	assert_int_equal(s.final, r->final);
	if (r->why)
		assert_string_equal(s.why, r->why);
	assert_non_null(s.why);
	assert_true(*s.why);
	pool_end(&p);
}

/* A year in a second: no step twice, none in quiet hours or on a day off but at the owner's own time, the limit kept. */
static void a_year(void **state)
{
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	const struct worktime *w = &c->owners[0].time;
	utc now = rows_at(c, "2026-01-01T10:00");
	struct step steps[100];

	(void)state;
	for (int i = 0; i < 300; i++) {
		struct row r = { .state = COMMITMENT_OPEN, .due = "2026-01-05T09:00", .set = "2026-01-01T09:00", .fresh = true };
		struct dossier d = dossier_of(p, c, &r);
		size_t n;

		d.commitment.due = now + i * 86400 + (i % 24) * 3600;
		d.commitment.due_set = now;
		n = plan_ahead(&d, c, now, now + (utc)400 * 86400, steps, 100);
		assert_int_equal(n, 1 + 5); /* the acknowledgement, and as many reminders as the limit allows */
		for (size_t s = 1; s < n; s++) {
			assert_true(steps[s].at > steps[s - 1].at || s == 1);
			if (s > 1) {
				assert_false(is_quiet(w, steps[s].at));
				assert_true(is_workday(w, zone_day(w->zone, steps[s].at)));
			}
			assert_int_equal(steps[s].final, s == n - 1);
		}
	}
	pool_end(&p);
}

static void offsets(void **state)
{
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	const struct worktime *w = &c->owners[0].time;
	static const struct {
		const char *words, *at;
	} good[] = { { "0", NOW }, { "+1bd", "2026-11-26T10:00" }, { "-1bd", "2026-11-24T10:00" }, { "3bd", "2026-11-30T10:00" }, { "+1w", "2026-12-02T10:00" },
		     { "-3d", "2026-11-22T10:00" }, { "4h", "2026-11-25T14:00" }, { "90min", "2026-11-25T11:30" } };
	static const char *const bad[] = { "", "+", "1", "bd", "1x", "--1d", "1d ", "99999d", "1bdx", "0d0" };
	utc t;

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_true(plan_offset(good[i].words, w, rows_at(c, NOW), &t));
		assert_int_equal(t, rows_at(c, good[i].at));
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(plan_offset(bad[i], w, rows_at(c, NOW), &t));
	pool_end(&p);
}

int main(void)
{
	enum { ROWS = sizeof rows / sizeof *rows };
	struct CMUnitTest t[ROWS + 2];

	for (size_t i = 0; i < ROWS; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	t[ROWS] = (struct CMUnitTest){ "a year: no step twice, none at night, the limit kept", a_year, NULL, NULL, NULL };
	t[ROWS + 1] = (struct CMUnitTest){ "offsets of a policy", offsets, NULL, NULL, NULL };
	return cmocka_run_group_tests_name("plan", t, NULL, NULL);
}
