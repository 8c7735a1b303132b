/* gate: one row a rule */
#include "rows.h"

#include "judgement/gate.h"

static const struct row {
	const char *rule;
	enum mail_kind kind;
	bool outside, consented;
	struct traffic traffic;
	const char *now;
	enum verdict_kind expect;
	const char *at;
	const char *meant; /* NULL: now */
} rows[] = {
	{ "mail to the owner leaves at once", MAIL_REMINDER, false, false, { 0 }, "2026-11-25T10:00", GATE_NOW, NULL, NULL },
	{ "an answer to the owner keeps no quiet hours", MAIL_ACKNOWLEDGEMENT, false, false, { 0 }, "2026-11-25T23:00", GATE_NOW, NULL, NULL },
	{ "nor does the welcome", MAIL_WELCOME, false, false, { 0 }, "2026-11-25T23:00", GATE_NOW, NULL, NULL },
	{ "a notice waits for the end of quiet hours", MAIL_NOTICE, false, false, { 0 }, "2026-11-25T23:00", GATE_LATER, "2026-11-26T07:00", NULL },
	{ "a notice before dawn leaves the same day", MAIL_NOTICE, false, false, { 0 }, "2026-11-25T03:00", GATE_LATER, "2026-11-25T07:00", NULL },
	{ "a notice on a day off leaves", MAIL_NOTICE, false, false, { 0 }, "2026-11-28T11:00", GATE_NOW, NULL, NULL },
	{ "a reminder that comes late into the night waits for work", MAIL_REMINDER, false, false, { 0 }, "2026-11-25T23:00", GATE_LATER,
	  "2026-11-26T09:00", "2026-11-25T18:00" },
	{ "a reminder that comes late into a day off waits for work", MAIL_REMINDER, false, false, { 0 }, "2026-11-28T11:00", GATE_LATER,
	  "2026-11-30T09:00", "2026-11-27T18:00" },
	{ "the owner's own hour at night holds", MAIL_REMINDER, false, false, { 0 }, "2026-11-25T23:10", GATE_NOW, NULL, "2026-11-25T23:00" },
	{ "but not for long", MAIL_REMINDER, false, false, { 0 }, "2026-11-26T01:00", GATE_LATER, "2026-11-26T09:00", "2026-11-25T23:00" },
	{ "outside mail without a word is held", MAIL_DELAY, true, false, { 0 }, "2026-11-25T10:00", GATE_HELD, NULL, NULL },
	{ "outside mail with a word leaves", MAIL_DELAY, true, true, { 0 }, "2026-11-25T10:00", GATE_NOW, NULL, NULL },
	{ "outside mail waits through the night", MAIL_DELAY, true, true, { 0 }, "2026-11-25T23:00", GATE_LATER, "2026-11-26T09:00", NULL },
	{ "outside mail waits through the weekend", MAIL_DELAY, true, true, { 0 }, "2026-11-28T11:00", GATE_LATER, "2026-11-30T09:00", NULL },
	{ "the cap of an outside recipient", MAIL_DELAY, true, true, { .to_recipient_day = 3, .hour = 3 }, "2026-11-25T10:00", GATE_LATER, "2026-11-25T11:00", NULL },
	{ "below that cap it leaves", MAIL_DELAY, true, true, { .to_recipient_day = 2, .hour = 2 }, "2026-11-25T10:00", GATE_NOW, NULL, NULL },
	{ "what its owner said may go is above the cap of a recipient by their word", MAIL_DELAY, true, true, { .to_recipient_day = 9, .by_hand = true },
	  "2026-11-25T10:00", GATE_NOW, NULL, NULL },
	{ "nor is that of an hour any word's", MAIL_DELAY, true, true, { .hour = 200, .by_hand = true }, "2026-11-25T10:00", GATE_LATER, "2026-11-25T10:10", NULL },
	{ "the cap of a person and week", MAIL_DELAY, true, true, { .to_contact_week = 3 }, "2026-11-25T10:00", GATE_LATER, "2026-11-26T10:00", NULL },
	{ "below that one it leaves", MAIL_DELAY, true, true, { .to_contact_week = 2 }, "2026-11-25T10:00", GATE_NOW, NULL, NULL },
	{ "the cap of an owner", MAIL_REMINDER, false, false, { .to_recipient_day = 100, .hour = 100 }, "2026-11-25T10:00", GATE_LATER, "2026-11-25T11:00", NULL },
	{ "the cap of an hour", MAIL_REMINDER, false, false, { .hour = 200 }, "2026-11-25T10:00", GATE_LATER, "2026-11-25T10:10", NULL },
	{ "one of a kind a day to one person outside", MAIL_DELAY, true, true, { .same_kind = 1795593600 /* 09:00 that day */ }, "2026-11-25T10:00", GATE_LATER,
	  "2026-11-26T09:00", NULL },
	{ "nothing outside to an address that bounced, whatever was said", MAIL_DELAY, true, true, { .bounced = true }, "2026-11-25T10:00", GATE_NEVER, NULL, NULL },
	/* what is about a meeting on Thursday the 26th at ten */
	{ "an invitation waits through the night as other mail", MAIL_INVITATION, true, true, { .meets = 1795683600 + 86400 }, "2026-11-25T23:00", GATE_LATER,
	  "2026-11-26T09:00", NULL },
	{ "but not until the meeting is over", MAIL_INVITATION, true, true, { .meets = 1795683600 - 2 * 3600 }, "2026-11-25T23:00", GATE_NOW, NULL, NULL },
	{ "a meeting moved twice a day is told twice", MAIL_INVITATION, true, true, { .same_kind = 1795597200, .meets = 1795683600 }, "2026-11-25T10:30",
	  GATE_NOW, NULL, NULL },
	{ "mail to a team waits through the weekend", MAIL_REQUEST, false, false, { 0 }, "2026-11-28T11:00", GATE_LATER, "2026-11-30T09:00", NULL },
	{ "… and through the night", MAIL_NAG, false, false, { 0 }, "2026-11-25T23:00", GATE_LATER, "2026-11-26T09:00", NULL },
	{ "… else it leaves, and needs no word", MAIL_REQUEST, false, false, { 0 }, "2026-11-25T10:00", GATE_NOW, NULL, NULL },
	{ "nothing automatic to an address that bounced", MAIL_REQUEST, false, false, { .bounced = true }, "2026-11-25T10:00", GATE_NEVER, NULL, NULL },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	struct verdict v = gate(r->kind, &c->owners[0], r->outside, r->consented, rows_at(c, r->meant ? r->meant : r->now), &r->traffic, c,
				rows_at(c, r->now));

	assert_int_equal(v.kind, r->expect);
	if (r->at)
		assert_int_equal(v.at, rows_at(c, r->at));
	assert_true(*v.why);
	pool_end(&p);
}

int main(void)
{
	enum { ROWS = sizeof rows / sizeof *rows };
	struct CMUnitTest t[ROWS];

	for (size_t i = 0; i < ROWS; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	return cmocka_run_group_tests_name("gate", t, NULL, NULL);
}
