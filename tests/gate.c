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
} rows[] = {
	{ "mail to the owner leaves at once", MAIL_REMINDER, false, false, { 0, 0, false }, "2026-11-25T10:00", GATE_NOW, NULL },
	{ "an answer to the owner keeps no quiet hours", MAIL_ACKNOWLEDGEMENT, false, false, { 0, 0, false }, "2026-11-25T23:00", GATE_NOW, NULL },
	{ "outside mail without a word is held", MAIL_DELAY, true, false, { 0, 0, false }, "2026-11-25T10:00", GATE_HELD, NULL },
	{ "outside mail with a word leaves", MAIL_DELAY, true, true, { 0, 0, false }, "2026-11-25T10:00", GATE_NOW, NULL },
	{ "outside mail waits through the night", MAIL_DELAY, true, true, { 0, 0, false }, "2026-11-25T23:00", GATE_LATER, "2026-11-26T09:00" },
	{ "outside mail waits through the weekend", MAIL_DELAY, true, true, { 0, 0, false }, "2026-11-28T11:00", GATE_LATER, "2026-11-30T09:00" },
	{ "the cap of an outside recipient", MAIL_DELAY, true, true, { 3, 3, false }, "2026-11-25T10:00", GATE_LATER, "2026-11-25T11:00" },
	{ "below that cap it leaves", MAIL_DELAY, true, true, { 2, 2, false }, "2026-11-25T10:00", GATE_NOW, NULL },
	{ "the cap of an owner", MAIL_REMINDER, false, false, { 100, 100, false }, "2026-11-25T10:00", GATE_LATER, "2026-11-25T11:00" },
	{ "the cap of an hour", MAIL_REMINDER, false, false, { 0, 200, false }, "2026-11-25T10:00", GATE_LATER, "2026-11-25T10:10" },
	{ "nothing automatic to an address that bounced", MAIL_REQUEST, false, false, { 0, 0, true }, "2026-11-25T10:00", GATE_NEVER, NULL },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	struct verdict v = gate(r->kind, &c->owners[0], r->outside, r->consented, &r->traffic, c, rows_at(c, r->now));

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
