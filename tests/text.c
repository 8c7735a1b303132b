/* text: what may stand in a line that is shown, or enters a header */
#include "rows.h"

#include "ground/text.h"

static const struct row {
	const char *rule, *from, *line;
} rows[] = {
	{ "each run of controls and blanks is one space, none at the ends", "\t Ada\r\n\x01 Lovelace\xC2\xA0\n", "Ada Lovelace" },
	{ "a broken byte is shown as one", "Ad\xFF", "Ad\xEF\xBF\xBD" },
	{ "what turns the direction is left out", "Ada \xE2\x80\xAEgro.x@ada\xE2\x80\xAC \xE2\x81\xA7\xE2\x81\xA9\xD8\x9C", "Ada gro.x@ada" },
	{ "marks of direction too", "\xE2\x80\x8F" "Ada\xE2\x80\x8E", "Ada" },
	{ "what has no width is left out", "A\xE2\x80\x8B" "d\xE2\x81\xA0" "a\xEF\xBB\xBF\xC2\xAD", "Ada" },
	{ "tags that nobody sees are left out", "Ada\xF3\xA0\x81\x81", "Ada" },
	{ "a joiner between Latin letters hides something", "Ad\xE2\x80\x8D" "a\xE2\x80\x8C", "Ada" },
	{ "Persian needs its joiner", "\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE\xD9\x88\xD8\xA7\xD9\x87\xD9\x85", "\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE\xD9\x88\xD8\xA7\xD9\x87\xD9\x85" },
	{ "pictures need theirs", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x94\xAC", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x94\xAC" },
	{ "letters that are seen as nothing are blanks: no line's end is feigned", "Bill\xE3\x85\xA4\xE3\x85\xA4\xEF\xBE\xA0\xE2\xA0\x80\xE1\x9A\x80 12. Done\xE3\x85\xA4", "Bill 12. Done" },
	{ "notes between lines are none", "A\xEF\xBF\xB9" "d\xEF\xBF\xBA" "a\xEF\xBF\xBB", "Ada" },
	{ "of nothing, nothing", "\xE2\x80\x8B \xE2\x80\xAE", "" },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();

	assert_string_equal(line_from(p, r->from, NAME_MOST).s, r->line);
	pool_end(&p);
}

/* What servers say is in it, and it is shown on terminals. U+009B is ESC [ there. */
static void an_error_holds_no_controls(void **state)
{
	struct err e = { 0 };

	(void)state;
	err_perm(&e, "it says %s", "no\x1b[2J\r\n\xC2\x9B" "31m \xC3\x9C");
	assert_string_equal(e.text, "it says no [2J    31m \xC3\x9C");
}

int main(void)
{
	enum { ROWS = sizeof rows / sizeof *rows };
	struct CMUnitTest t[ROWS + 1] = { [ROWS] = cmocka_unit_test(an_error_holds_no_controls) };

	for (size_t i = 0; i < ROWS; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	return cmocka_run_group_tests_name("text", t, NULL, NULL);
}
