/* plan_outside: what the other person should hear, one row a rule */
#include "rows.h"

#include "judgement/plan.h"

#define NOW "2026-11-25T10:00" /* a Wednesday */

static const struct row {
	const char *rule;
	enum commitment_state state;
	const char *due, *set, *told, *made, *answered, *delivered, *team_answered, *absent, *paused;
	struct {
		const char *at;
		enum mail_kind kind;
		int how;
	} past[4];
	const char *team, *address;
	enum contact_segment segment;
	enum contact_consent consent;
	bool unwritten, bounced, frozen, nobody, never, noreply;
	enum mail_kind expect;
	const char *at; /* NULL: nothing before the next reminder */
	bool close;
} rows[] = {
	{ .rule = "they were told by when: no receipt", .due = "2026-12-01T09:00", .told = "2026-12-01T09:00", .expect = MAIL_NONE },
	{ .rule = "they have it in writing, without a day: the acknowledgement says what lacks", .due = "2026-12-01T09:00", .expect = MAIL_NONE },
	{ .rule = "late, but they were told no day: the owner is reminded, no more", .due = "2026-11-23T09:00", .made = "2026-11-10T09:00",
	  .past = { { "2026-11-25T09:30", MAIL_REMINDER, PAST_LEFT } }, .expect = MAIL_NONE },
	{ .rule = "they have it not in writing: a receipt", .due = "2026-12-01T09:00", .unwritten = true, .expect = MAIL_RECEIPT, .at = NOW },
	{ .rule = "a team was given it: a receipt, though they were told", .due = "2026-12-01T09:00", .told = "2026-12-01T09:00", .team = "medinfo",
	  .expect = MAIL_RECEIPT, .at = NOW },
	{ .rule = "one receipt, not two", .unwritten = true, .due = "2026-12-01T09:00", .past = { { "2026-11-25T09:30", MAIL_RECEIPT, PAST_LEFT } }, .expect = MAIL_NONE },
	{ .rule = "a receipt that was skipped is not offered again", .unwritten = true, .due = "2026-12-01T09:00",
	  .past = { { "2026-11-25T09:30", MAIL_RECEIPT, PAST_SKIPPED } }, .expect = MAIL_NONE },
	{ .rule = "a receipt days later is none", .unwritten = true, .due = "2026-12-01T09:00", .made = "2026-11-20T09:00", .expect = MAIL_NONE },
	{ .rule = "who has answered needs no receipt", .unwritten = true, .due = "2026-12-01T09:00", .answered = "2026-11-25T09:30", .expect = MAIL_NONE },
	{ .rule = "a mail that waits for a word: no second one", .due = "2026-12-01T09:00", .told = "2026-11-27T09:00", .set = "2026-11-25T09:45",
	  .past = { { "2026-11-25T09:30", MAIL_RECEIPT, PAST_WAITING } }, .expect = MAIL_NONE },
	{ .rule = "a later day than they were told: a delay note", .due = "2026-12-04T09:00", .told = "2026-11-27T09:00", .set = "2026-11-25T09:45",
	  .expect = MAIL_DELAY, .at = NOW },
	{ .rule = "an earlier day needs none", .due = "2026-11-26T09:00", .told = "2026-11-27T09:00", .set = "2026-11-25T09:45", .expect = MAIL_NONE },
	{ .rule = "one delay note for each new day", .due = "2026-12-04T09:00", .told = "2026-11-27T09:00", .set = "2026-11-25T09:45",
	  .past = { { "2026-11-25T09:50", MAIL_DELAY, PAST_SKIPPED } }, .expect = MAIL_NONE },
	{ .rule = "… also where it was skipped in the second of that day's change", .due = "2026-12-04T09:00", .told = "2026-11-27T09:00",
	  .set = "2026-11-25T09:45", .past = { { "2026-11-25T09:45", MAIL_DELAY, PAST_SKIPPED } }, .expect = MAIL_NONE },
	{ .rule = "late and told nothing: a progress note a working day later", .due = "2026-11-23T09:00", .told = "2026-11-23T09:00",
	  .made = "2026-11-10T09:00", .past = { { "2026-11-23T09:00", MAIL_REMINDER, PAST_LEFT } }, .expect = MAIL_PROGRESS, .at = "2026-11-24T17:00" },
	{ .rule = "asked for a line of substance: not asked again", .due = "2026-11-23T09:00", .told = "2026-11-23T09:00", .made = "2026-11-10T09:00",
	  .past = { { "2026-11-24T17:00", MAIL_PROGRESS, PAST_ASKED }, { "2026-11-24T18:00", MAIL_REMINDER, PAST_LEFT } }, .expect = MAIL_NONE },
	{ .rule = "… though a receipt waits, which says less: it takes its place", .due = "2026-11-23T09:00", .told = "2026-11-23T09:00",
	  .made = "2026-11-10T09:00", .past = { { "2026-11-10T09:30", MAIL_RECEIPT, PAST_WAITING } }, .expect = MAIL_PROGRESS, .at = "2026-11-24T17:00" },
	{ .rule = "a new day for what is late is a delay, not progress", .due = "2026-11-27T09:00", .told = "2026-11-23T09:00", .set = "2026-11-25T09:00",
	  .made = "2026-11-10T09:00", .expect = MAIL_DELAY, .at = NOW },
	{ .rule = "weeks late: nothing is heaped on them", .due = "2026-11-02T09:00", .told = "2026-11-02T09:00", .made = "2026-10-20T09:00",
	  .set = "2026-10-20T09:00", .past = { { "2026-11-25T09:30", MAIL_REMINDER, PAST_LEFT } }, .expect = MAIL_NONE },
	{ .rule = "the team answered: a delivery", .due = "2026-12-01T09:00", .told = "2026-12-01T09:00", .team = "medinfo",
	  .past = { { "2026-11-24T09:30", MAIL_RECEIPT, PAST_LEFT } }, .team_answered = "2026-11-25T09:00", .expect = MAIL_DELIVERY, .at = NOW },
	{ .rule = "… though a receipt waits: the delivery takes its place", .due = "2026-12-01T09:00", .told = "2026-12-01T09:00", .team = "medinfo",
	  .past = { { "2026-11-24T09:30", MAIL_RECEIPT, PAST_WAITING } }, .team_answered = "2026-11-25T09:00", .expect = MAIL_DELIVERY, .at = NOW },
	{ .rule = "… but not while a delivery waits", .due = "2026-12-01T09:00", .told = "2026-12-01T09:00", .team = "medinfo",
	  .past = { { "2026-11-24T09:30", MAIL_DELIVERY, PAST_WAITING } }, .team_answered = "2026-11-25T09:00", .expect = MAIL_NONE },
	{ .rule = "one delivery an answer of the team", .due = "2026-12-01T09:00", .told = "2026-12-01T09:00", .team = "medinfo",
	  .past = { { "2026-11-24T09:30", MAIL_RECEIPT, PAST_LEFT }, { "2026-11-25T09:01", MAIL_DELIVERY, PAST_SKIPPED } },
	  .team_answered = "2026-11-25T09:00", .expect = MAIL_NONE },
	{ .rule = "delivered: asked after five working days later", .state = COMMITMENT_DELIVERED, .due = "2026-11-20T09:00",
	  .delivered = "2026-11-18T10:00", .expect = MAIL_AFTERCARE, .at = "2026-11-25T10:00" },
	{ .rule = "… and not before", .state = COMMITMENT_DELIVERED, .due = "2026-11-20T09:00", .delivered = "2026-11-24T10:00", .expect = MAIL_NONE,
	  .at = "2026-12-01T10:00" },
	{ .rule = "delivered and answered: kept", .state = COMMITMENT_DELIVERED, .due = "2026-11-20T09:00", .delivered = "2026-11-24T10:00",
	  .answered = "2026-11-24T12:00", .expect = MAIL_NONE, .at = "2026-11-24T10:00", .close = true },
	{ .rule = "asked after, and silence: kept ten working days later", .state = COMMITMENT_DELIVERED, .due = "2026-11-20T09:00",
	  .delivered = "2026-11-18T10:00", .past = { { "2026-11-25T09:00", MAIL_AFTERCARE, PAST_LEFT } }, .expect = MAIL_NONE, .at = "2026-12-09T09:00",
	  .close = true },
	{ .rule = "asking after was skipped: kept", .state = COMMITMENT_DELIVERED, .due = "2026-11-20T09:00", .delivered = "2026-11-18T10:00",
	  .past = { { "2026-11-25T09:00", MAIL_AFTERCARE, PAST_SKIPPED } }, .expect = MAIL_NONE, .at = "2026-11-18T10:00", .close = true },
	{ .rule = "asked for something to say in it: that once", .state = COMMITMENT_DELIVERED, .due = "2026-11-20T09:00", .delivered = "2026-11-18T10:00",
	  .past = { { "2026-11-25T09:00", MAIL_AFTERCARE, PAST_ASKED } }, .expect = MAIL_NONE, .at = "2026-12-09T09:00", .close = true },
	{ .rule = "who must not be written to is not asked after: kept", .state = COMMITMENT_DELIVERED, .due = "2026-11-20T09:00",
	  .delivered = "2026-11-18T10:00", .consent = CONTACT_CONSENT_NEVER, .expect = MAIL_NONE, .at = "2026-11-18T10:00", .close = true },
	{ .rule = "segment none: nothing", .unwritten = true, .due = "2026-12-01T09:00", .segment = CONTACT_SEGMENT_NONE, .expect = MAIL_NONE },
	{ .rule = "they asked not to be written to: nothing", .unwritten = true, .due = "2026-12-01T09:00", .consent = CONTACT_CONSENT_NEVER, .expect = MAIL_NONE },
	{ .rule = "their address bounced: nothing", .unwritten = true, .due = "2026-12-01T09:00", .bounced = true, .expect = MAIL_NONE },
	{ .rule = "an address that no mail of kept's can go to: nothing", .unwritten = true, .due = "2026-12-01T09:00", .address = "al\303\241n@example.com", .expect = MAIL_NONE },
	{ .rule = "a possible adverse event: nothing", .unwritten = true, .due = "2026-12-01T09:00", .frozen = true, .expect = MAIL_NONE },
	{ .rule = "nobody is noted: nothing", .unwritten = true, .due = "2026-12-01T09:00", .nobody = true, .expect = MAIL_NONE },
	{ .rule = "the policy says never: nothing", .unwritten = true, .due = "2026-12-01T09:00", .never = true, .expect = MAIL_NONE },
	{ .rule = "their turn to answer: nothing", .unwritten = true, .due = "2026-12-01T09:00", .noreply = true, .expect = MAIL_NONE },
	{ .rule = "they are away: the working day of their return", .unwritten = true, .due = "2026-12-01T09:00", .absent = "2026-11-28T00:00", .expect = MAIL_NONE,
	  .at = "2026-11-30T09:00" },
	{ .rule = "the owner's pause holds it", .unwritten = true, .due = "2026-12-04T09:00", .paused = "2026-11-27T09:00", .expect = MAIL_NONE, .at = "2026-11-27T09:00" },
};

static utc at(const struct conf *c, const char *words)
{
	return words ? rows_at(c, words) : 0;
}

static struct dossier dossier_of(struct pool *p, struct conf *c, const struct row *r)
{
	static const char *all[] = { "receipt", "progress", "delay", "delivery", "aftercare" };
	struct policy *y = pool_take(p, sizeof *y);
	struct dossier d = { .policy = y, .past = pool_list(p, 4, sizeof(struct past)) };

	*y = c->policies[0];
	y->prepare = (struct strings){ all, 5 };
	y->outside = r->never ? OUTSIDE_NEVER : OUTSIDE_APPROVE;
	d.commitment = (struct commitment){ .id = 1, .owner = &c->owners[0], .state = r->state ? r->state : COMMITMENT_OPEN, .what = "the data",
					    .due = at(c, r->due), .made = at(c, r->made ? r->made : "2026-11-24T09:00"),
					    .due_set = at(c, r->set ? r->set : r->made ? r->made : "2026-11-24T09:00"), .told = at(c, r->told), .written = !r->unwritten, .delivered = at(c, r->delivered),
					    .acknowledged = 1, .frozen = r->frozen, .noreply = r->noreply, .every = "", .team = r->team ? r->team : "" };
	if (!r->nobody)
		addrs_add(p, &d.commitment.to, "Alan", r->address ? r->address : "alan@example.com");
	d.contact = (struct contact){ .segment = r->segment, .consent = r->consent, .bounced = r->bounced, .absent = at(c, r->absent), .language = "", .zone = "" };
	d.answered = at(c, r->answered), d.commitment.team_answered = at(c, r->team_answered), d.paused = at(c, r->paused);
	for (; d.past_count < 4 && r->past[d.past_count].at; d.past_count++)
		d.past[d.past_count] = (struct past){ at(c, r->past[d.past_count].at), r->past[d.past_count].kind, r->past[d.past_count].how, NULL };
	return d;
}

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	struct dossier d = dossier_of(p, c, r);
	struct step s = plan(&d, c, rows_at(c, NOW));

	assert_string_equal(mail_kind_name(s.kind), mail_kind_name(r->expect));
	if (r->at)
		assert_string_equal(utc_print(p, c->owners[0].time.zone, s.at), utc_print(p, c->owners[0].time.zone, rows_at(c, r->at)));
	else /* the next reminder at most, which is none of theirs */
		assert_int_equal(s.next, MAIL_NONE);
	assert_int_equal(s.close, r->close);
	assert_true(*s.why);
	pool_end(&p);
}

/* A delay note for 27 November, which waits for a word. */
static void a_day_that_passed_is_not_told(void **state)
{
	static const struct row r = { .rule = "", .due = "2026-11-27T09:00", .told = "2026-11-25T09:00", .set = "2026-11-25T09:45",
				      .past = { { "2026-11-25T09:50", MAIL_DELAY, PAST_WAITING }, { "2026-11-27T09:00", MAIL_REMINDER, PAST_LEFT } } };
	static const enum mail_kind kinds[] = { MAIL_RECEIPT, MAIL_PROGRESS, MAIL_DELAY };
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	struct dossier d = dossier_of(p, c, &r);
	utc made = at(c, "2026-11-25T09:50"), late = at(c, "2026-11-27T17:00");

	(void)state;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		assert_true(plan_stands(&d, kinds[i], made, late - 1));
		assert_false(plan_stands(&d, kinds[i], made, late));
		assert_true(plan_stands(&d, kinds[i], late, late + 1)); /* it names none to come */
	}
	assert_int_equal(plan(&d, c, at(c, "2026-11-27T10:00")).at, late); /* it is looked at then */
	d.past[0] = d.past[1], d.past_count = 1; /* withdrawn */
	assert_int_equal(plan(&d, c, at(c, "2026-11-30T17:00")).kind, MAIL_PROGRESS);
	pool_end(&p);
}

int main(void)
{
	enum { ROWS = sizeof rows / sizeof *rows };
	struct CMUnitTest t[ROWS + 1];

	for (size_t i = 0; i < ROWS; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	t[ROWS] = (struct CMUnitTest){ "a mail that waits does not name a day that has passed", a_day_that_passed_is_not_told, NULL, NULL, NULL };
	return cmocka_run_group_tests_name("plan_outside", t, NULL, NULL);
}
