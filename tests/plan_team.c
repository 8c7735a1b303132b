/* plan_team: what the team that a promise was given to is asked, and when, one row a rule */
#include "rows.h"

#include "judgement/plan.h"

#define MEDINFO "medinfo@example.org"
#define LEGAL "legal@example.org"
#define NOW "2026-11-25T10:00" /* a Wednesday */
#define FAR "2026-12-09T09:00" /* due on a Wednesday: needed by the Monday before, the 7th */

struct past_row {
	const char *at;
	enum mail_kind kind;
	const char *to;
};

static const struct row {
	const char *rule;
	enum commitment_state state;
	const char *team, *due, *since, *answered, *until, *now;
	struct past_row past[6];
	enum mail_kind expect; /* now, or what comes next */
	const char *to, *at;   /* at NULL: now */
	bool unacknowledged;
} rows[] = {
	{ .rule = "given to a team: it is asked at once", .due = FAR, .expect = MAIL_REQUEST, .to = MEDINFO },
	{ .rule = "… after its owner was told what was understood", .due = FAR, .unacknowledged = true, .expect = MAIL_ACKNOWLEDGEMENT },
	{ .rule = "a team that the configuration does not name is not asked", .team = "nobody", .due = FAR, .expect = MAIL_NONE },
	{ .rule = "asked once, not twice; reminded a working day before it is needed", .due = FAR,
	  .past = { { "2026-11-25T09:30", MAIL_REQUEST, MEDINFO } }, .expect = MAIL_NAG, .to = MEDINFO, .at = "2026-12-04T09:00" },
	{ .rule = "not reminded on the day it was asked", .due = "2026-11-30T09:00", .past = { { "2026-11-25T09:30", MAIL_REQUEST, MEDINFO } },
	  .expect = MAIL_NAG, .to = MEDINFO, .at = "2026-11-27T17:00" },
	{ .rule = "late: reminded a working day after it was needed", .due = FAR, .now = "2026-12-04T10:00",
	  .past = { { "2026-11-25T09:30", MAIL_REQUEST, MEDINFO }, { "2026-12-04T09:00", MAIL_NAG, MEDINFO } },
	  .expect = MAIL_NAG, .to = MEDINFO, .at = "2026-12-08T09:00" },
	{ .rule = "… and once more the day after", .due = FAR, .now = "2026-12-08T10:00",
	  .past = { { "2026-11-25T09:30", MAIL_REQUEST, MEDINFO }, { "2026-12-04T09:00", MAIL_NAG, MEDINFO }, { "2026-12-08T09:00", MAIL_NAG, MEDINFO } },
	  .expect = MAIL_NAG, .to = MEDINFO, .at = "2026-12-09T09:00" },
	{ .rule = "three reminders, no more: then the owner is told", .due = FAR, .now = "2026-12-09T10:00",
	  .past = { { "2026-11-25T09:30", MAIL_REQUEST, MEDINFO }, { "2026-12-04T09:00", MAIL_NAG, MEDINFO }, { "2026-12-08T09:00", MAIL_NAG, MEDINFO },
		    { "2026-12-09T09:00", MAIL_NAG, MEDINFO } }, .expect = MAIL_NOTICE, .at = "2026-12-10T09:00" },
	{ .rule = "… once", .due = FAR, .now = "2026-12-10T10:00",
	  .past = { { "2026-11-25T09:30", MAIL_REQUEST, MEDINFO }, { "2026-12-04T09:00", MAIL_NAG, MEDINFO }, { "2026-12-08T09:00", MAIL_NAG, MEDINFO },
		    { "2026-12-09T09:00", MAIL_NAG, MEDINFO }, { "2026-12-10T09:00", MAIL_NOTICE, NULL } }, .expect = MAIL_NONE },
	{ .rule = "kept was down: late reminders are not heaped", .due = FAR, .now = "2026-12-11T10:00",
	  .past = { { "2026-11-25T09:30", MAIL_REQUEST, MEDINFO } }, .expect = MAIL_NAG, .to = MEDINFO },
	{ .rule = "it asked for time: reminded on the day that it named", .due = FAR, .until = "2026-12-08T09:00", .now = "2026-11-26T10:00",
	  .past = { { "2026-11-25T09:30", MAIL_REQUEST, MEDINFO } }, .expect = MAIL_NAG, .to = MEDINFO, .at = "2026-12-08T09:00" },
	{ .rule = "a day off that it named: the working day after", .due = FAR, .until = "2026-12-05T09:00", .now = "2026-12-04T10:00",
	  .past = { { "2026-11-25T09:30", MAIL_REQUEST, MEDINFO } }, .expect = MAIL_NAG, .to = MEDINFO, .at = "2026-12-07T09:00" },
	{ .rule = "it answered: nothing more is asked", .state = COMMITMENT_OPEN, .due = FAR, .answered = "2026-11-25T09:50",
	  .past = { { "2026-11-25T09:30", MAIL_REQUEST, MEDINFO }, { "2026-11-25T09:50", MAIL_THANKS, MEDINFO } }, .expect = MAIL_NONE },
	{ .rule = "given to it again: asked again", .due = FAR, .since = "2026-11-25T09:55",
	  .past = { { "2026-11-25T09:30", MAIL_REQUEST, MEDINFO }, { "2026-11-25T09:50", MAIL_THANKS, MEDINFO } }, .expect = MAIL_REQUEST, .to = MEDINFO },
	{ .rule = "given to another: the first hears that it is not needed", .team = "legal", .due = FAR, .since = "2026-11-25T09:55",
	  .past = { { "2026-11-25T09:30", MAIL_REQUEST, MEDINFO } }, .expect = MAIL_THANKS, .to = MEDINFO },
	{ .rule = "… and then the other is asked", .team = "legal", .due = FAR, .since = "2026-11-25T09:55",
	  .past = { { "2026-11-25T09:30", MAIL_REQUEST, MEDINFO }, { "2026-11-25T09:55", MAIL_THANKS, MEDINFO } }, .expect = MAIL_REQUEST, .to = LEGAL },
	{ .rule = "called off: it hears so", .state = COMMITMENT_CANCELLED, .due = FAR, .past = { { "2026-11-25T09:30", MAIL_REQUEST, MEDINFO } },
	  .expect = MAIL_THANKS, .to = MEDINFO },
	{ .rule = "kept without its answer: it hears so", .state = COMMITMENT_KEPT, .due = FAR, .past = { { "2026-11-25T09:30", MAIL_REQUEST, MEDINFO } },
	  .expect = MAIL_THANKS, .to = MEDINFO },
	{ .rule = "delivered without its answer: it hears so", .state = COMMITMENT_DELIVERED, .due = FAR,
	  .past = { { "2026-11-25T09:30", MAIL_REQUEST, MEDINFO } }, .expect = MAIL_THANKS, .to = MEDINFO },
	{ .rule = "taken back before anything was asked: nothing", .state = COMMITMENT_OPEN, .team = "", .due = FAR, .expect = MAIL_NONE },
	{ .rule = "called off after its answer: it was thanked, and hears no more", .state = COMMITMENT_CANCELLED, .due = FAR,
	  .answered = "2026-11-25T09:50", .past = { { "2026-11-25T09:30", MAIL_REQUEST, MEDINFO }, { "2026-11-25T09:50", MAIL_THANKS, MEDINFO } },
	  .expect = MAIL_NONE },
};

/* By when it is to have answered. */
static const struct needed_row {
	const char *rule, *due, *asked, *expect;
} needed_rows[] = {
	{ "needed two working days before the owner's day", "2026-12-09T09:00", "2026-11-25T10:00", "2026-12-07T09:00" },
	{ "… over a weekend", "2026-12-07T09:00", "2026-11-25T10:00", "2026-12-03T09:00" },
	{ "that has passed: by the end of the next working day", "2026-11-30T09:00", "2026-11-26T10:00", "2026-11-27T17:00" },
	{ "so soon that no day is left: half of what is", "2026-11-25T16:00", "2026-11-25T10:00", "2026-11-25T13:00" },
	{ "overdue already: the next working day, never one that has passed", "2026-11-20T09:00", "2026-11-25T10:00", "2026-11-26T17:00" },
};

static utc at(const struct conf *c, const char *words)
{
	return words ? rows_at(c, words) : 0;
}

static struct conf *conf(struct pool *p)
{
	static struct team teams[] = { { .key = "medinfo", .name = "Medical Information", .address = MEDINFO },
				       { .key = "legal", .name = "Legal", .address = LEGAL } };
	struct conf *c = rows_conf(p);

	c->teams = teams;
	c->team_count = 2;
	return c;
}

static struct dossier dossier(struct pool *p, const struct conf *c, const struct row *r)
{
	struct dossier d = { .policy = &c->policies[0], .past = pool_list(p, 6, sizeof(struct past)) };
	const char *team = r->team ? r->team : "medinfo";

	d.commitment = (struct commitment){ .id = 1, .owner = &c->owners[0], .state = r->state ? r->state : COMMITMENT_WAITING, .what = "the data", .words = "",
					    .due = at(c, r->due), .made = at(c, "2026-11-24T09:00"), .due_set = at(c, "2026-11-24T09:00"),
					    .told = at(c, r->due), .acknowledged = !r->unacknowledged, .every = "", .team = team,
					    .team_since = *team ? at(c, r->since ? r->since : "2026-11-25T09:00") : 0,
					    .team_answered = at(c, r->answered), .team_until = at(c, r->until) };
	addrs_add(p, &d.commitment.to, "Alan", "alan@example.com");
	d.contact = (struct contact){ .language = "", .zone = "" };
	for (; d.past_count < 6 && r->past[d.past_count].at; d.past_count++)
		d.past[d.past_count] = (struct past){ at(c, r->past[d.past_count].at), r->past[d.past_count].kind, PAST_LEFT, r->past[d.past_count].to };
	return d;
}

/* Of teams: its reminders of the owner are plan.c's. */
static bool is_of_team(enum mail_kind k)
{
	return mail_kind_whom(k) == WHOM_TEAM || k == MAIL_NOTICE || k == MAIL_ACKNOWLEDGEMENT;
}

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct conf *c = conf(p);
	struct dossier d = dossier(p, c, r);
	utc now = at(c, r->now ? r->now : NOW);
	struct step s;

	/* the owner's own reminders out of the way */
	d.commitment.snoozed = d.paused = now + 90 * 86400;
	s = plan(&d, c, now);
	if (s.kind == MAIL_NONE)
		s.kind = s.next;
	if (!is_of_team(s.kind))
		s.kind = MAIL_NONE;
	assert_string_equal(mail_kind_name(s.kind), mail_kind_name(r->expect));
	if (r->to)
		assert_string_equal(s.to, r->to);
	if (r->at)
		assert_string_equal(utc_print(p, c->owners[0].time.zone, s.at), utc_print(p, c->owners[0].time.zone, rows_at(c, r->at)));
	else if (r->expect != MAIL_NONE)
		assert_true(s.at <= now);
	assert_true(*s.why);
	pool_end(&p);
}

static void needed_holds(void **state)
{
	const struct needed_row *r = *state;
	struct pool *p = pool_new();
	struct conf *c = conf(p);
	struct row plain = { .due = r->due };
	struct dossier d = dossier(p, c, &plain);

	assert_string_equal(utc_print(p, c->owners[0].time.zone, plan_team_due(&d, at(c, r->asked))),
			    utc_print(p, c->owners[0].time.zone, rows_at(c, r->expect)));
	pool_end(&p);
}

static void stands(void **state)
{
	struct pool *p = pool_new();
	struct conf *c = conf(p);
	struct row plain = { .due = FAR };
	struct dossier d = dossier(p, c, &plain);
	utc made = at(c, "2026-11-25T09:30"), now = at(c, NOW);

	(void)state;
	assert_true(plan_team_stands(&d, c, MAIL_REQUEST, MEDINFO, made, now));
	assert_false(plan_team_stands(&d, c, MAIL_REQUEST, LEGAL, made, now));
	d.commitment.team_until = now + 86400;
	assert_true(plan_team_stands(&d, c, MAIL_REQUEST, MEDINFO, made, now));
	assert_false(plan_team_stands(&d, c, MAIL_NAG, MEDINFO, made, now));
	d.commitment.team_until = 0;
	d.commitment.team_since = now;
	assert_false(plan_team_stands(&d, c, MAIL_NAG, MEDINFO, made, now));
	d.commitment.team_since = made;
	d.commitment.state = COMMITMENT_KEPT;
	assert_false(plan_team_stands(&d, c, MAIL_NAG, MEDINFO, made, now));
	assert_true(plan_team_stands(&d, c, MAIL_THANKS, MEDINFO, made, now));
	pool_end(&p);
}

/* A year in which nobody answers: one request, three reminders, one word to the owner. */
static void bounded(void **state)
{
	struct pool *p = pool_new();
	struct conf *c = conf(p);
	struct row plain = { .due = FAR };
	struct dossier d = dossier(p, c, &plain);
	utc now = at(c, NOW);
	struct step steps[200];
	size_t n = plan_ahead(&d, c, now, now + 365 * 86400, steps, 200), of[MAIL_NOTICE + 1] = { 0 };

	(void)state;
	for (size_t i = 0; i < n; i++)
		of[steps[i].kind]++;
	assert_int_equal(of[MAIL_REQUEST], 1);
	assert_int_equal(of[MAIL_NAG], 3);
	assert_int_equal(of[MAIL_NOTICE], 1);
	assert_int_equal(of[MAIL_THANKS], 0);
	pool_end(&p);
}

int main(void)
{
	enum { ROWS = sizeof rows / sizeof *rows, NEEDED = sizeof needed_rows / sizeof *needed_rows };
	struct CMUnitTest t[ROWS + NEEDED + 2];

	for (size_t i = 0; i < ROWS; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	for (size_t i = 0; i < NEEDED; i++)
		t[ROWS + i] = (struct CMUnitTest){ needed_rows[i].rule, needed_holds, NULL, NULL, (void *)&needed_rows[i] };
	t[ROWS + NEEDED] = (struct CMUnitTest){ "what waits stands while the promise is with that team", stands, NULL, NULL, NULL };
	t[ROWS + NEEDED + 1] = (struct CMUnitTest){ "a year of silence: one request, three reminders, one word to the owner", bounded, NULL, NULL, NULL };
	return cmocka_run_group_tests_name("plan_team", t, NULL, NULL);
}
