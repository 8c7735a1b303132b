/* agree: what follows where ledger and calendar differ */
#include "judgement/agree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "ground/text.h"

/* each side: due, done, what */
static const struct row {
	const char *rule;
	struct side base, kept, calendar;
	const char *expect; /* its letters: D done, U undone, d due, w what, L due lost, M what lost, = alike */
} rows[] = {
	{ "nothing changed", { 5, false, "a" }, { 5, false, "a" }, { 5, false, "a" }, "=" },
	{ "ticked off there", { 5, false, "a" }, { 5, false, "a" }, { 5, true, "a" }, "D" },
	{ "ticked off on both sides", { 5, false, "a" }, { 5, true, "a" }, { 5, true, "a" }, "=" },
	{ "ticked off there, moved here: it is done", { 5, false, "a" }, { 7, false, "a" }, { 5, true, "a" }, "D" },
	{ "ticked off and moved there: it is done", { 5, false, "a" }, { 5, false, "a" }, { 8, true, "a" }, "D" },
	{ "done here alone is written there", { 5, false, "a" }, { 5, true, "a" }, { 5, false, "a" }, "" },
	{ "the tick taken back there", { 5, true, "a" }, { 5, true, "a" }, { 5, false, "a" }, "U" },
	{ "reopened here alone is written there", { 5, true, "a" }, { 5, false, "a" }, { 5, true, "a" }, "" },
	{ "moved there", { 5, false, "a" }, { 5, false, "a" }, { 8, false, "a" }, "d" },
	{ "moved here", { 5, false, "a" }, { 7, false, "a" }, { 5, false, "a" }, "" },
	{ "moved on both sides to the same", { 5, false, "a" }, { 8, false, "a" }, { 8, false, "a" }, "=" },
	{ "moved on both sides otherwise: kept's stands, and it is told", { 5, false, "a" }, { 7, false, "a" }, { 8, false, "a" }, "L" },
	{ "moved there, done here: that stands", { 5, false, "a" }, { 5, true, "a" }, { 8, false, "a" }, "" },
	{ "a date taken away there is none to take over", { 5, false, "a" }, { 5, false, "a" }, { 0, false, "a" }, "L" },
	{ "other words there", { 5, false, "a" }, { 5, false, "a" }, { 5, false, "b" }, "w" },
	{ "other words on both sides", { 5, false, "a" }, { 5, false, "c" }, { 5, false, "b" }, "M" },
	{ "no words there are not taken over", { 5, false, "a" }, { 5, false, "a" }, { 5, false, "" }, "" },
	{ "moved and renamed there", { 5, false, "a" }, { 5, false, "a" }, { 8, false, "b" }, "dw" },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct agreement a = agree(&r->base, &r->kept, &r->calendar);
	struct pool *p = pool_new();

	assert_string_equal(pool_print(p, "%s%s%s%s%s%s%s", a.done ? "D" : "", a.undone ? "U" : "", a.due ? "d" : "", a.what ? "w" : "",
				       a.due_lost ? "L" : "", a.what_lost ? "M" : "", a.alike ? "=" : ""), r->expect);
	pool_end(&p);
}

int main(void)
{
	struct CMUnitTest t[sizeof rows / sizeof *rows];

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	return cmocka_run_group_tests_name("agree", t, NULL, NULL);
}
