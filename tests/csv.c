/* csv: tables as spreadsheets write them */
#include "rows.h"

#include "ground/text.h"
#include "letters/csv.h"

/* Cells by "|", rows by "/". */
static char *flat(struct pool *p, const struct csv *t)
{
	struct text *s = text_new(p, BODY_MOST);

	for (size_t i = 0; i <= t->n; i++) {
		const struct strings *cells = i ? &t->rows[i - 1].cells : &t->head;

		for (size_t k = 0; k < cells->n; k++)
			text_print(s, "%s%s", k ? "|" : i ? "/" : "", cells->list[k]);
	}
	return s->s;
}

static const struct row {
	const char *name, *bytes, *flat;
} rows[] = {
	{ "commas", "a,b\n1,2\n", "a|b/1|2" },
	{ "CR LF, no line end at last", "a,b\r\n1,2\r\n3,4", "a|b/1|2/3|4" },
	{ "semicolons, as a German spreadsheet", "a;b,c\n1;2,5\n", "a|b,c/1|2,5" },
	{ "tabs", "a\tb\n1\t2\n", "a|b/1|2" },
	{ "a byte order mark", "\xef\xbb\xbf" "a,b\n", "a|b" },
	{ "quotes hold what parts, and line ends", "a,b\n\"1,\n2\",\"x\"\n", "a|b/1, 2|x" },
	{ "doubled quotes", "a\n\"say \"\"yes\"\"\"\n", "a/say \"yes\"" },
	{ "empty lines are none", "a,b\n\n,\n1,2\n", "a|b/1|2" },
	{ "fewer cells than the head", "a,b\n1\n", "a|b/1" },
	{ "empty cells too many are none", "a,b\n1,2,,\n", "a|b/1|2||" },
	{ "nothing", "", "" },
};

static void as_spreadsheets_write(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct pool *p = pool_new();
		struct err e = { 0 };
		struct csv t;

		if (!csv_read(p, rows[i].bytes, strlen(rows[i].bytes), &t, &e))
			fail_msg("%s: %s", rows[i].name, e.text);
		if (strcmp(flat(p, &t), rows[i].flat) != 0)
			fail_msg("%s: %s", rows[i].name, flat(p, &t));
		pool_end(&p);
	}
}

/* Whatever begins what a spreadsheet calculates stands behind an apostrophe, and quotes do not end a cell. */
static void calculates_nothing(void **state)
{
	static const char *const cells[] = { "=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "'=1" };
	struct pool *p = pool_new();
	struct text *t;

	(void)state;
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		t = text_new(p, BODY_MOST);
		csv_put(t, cells[i], true);
		assert_string_equal(t->s, pool_print(p, "\"'%s\"", cells[i]));
	}
	t = text_new(p, BODY_MOST);
	csv_put(t, "", true);
	csv_put(t, "a\",=b", false);
	assert_string_equal(t->s, "\"\",\"a\"\",=b\"");
	pool_end(&p);
}

static void faults_name_their_line(void **state)
{
	struct pool *p = pool_new();
	struct err e = { 0 };
	struct csv t;
	static const char many[] = "a,b\n1,2\n\n1,2,3\n", latin[] = "a\nM\xfcller\n", open[] = "a,b\n1,2\n3,\"4\n5,6\n";

	(void)state;
	assert_true(csv_read(p, many, strlen(many), &t, &e));
	assert_string_equal(t.rows[0].odd, "");
	assert_int_equal(t.rows[1].line, 4);
	assert_non_null(strstr(t.rows[1].odd, "3 cells"));
	assert_false(csv_read(p, latin, strlen(latin), &t, &e));
	assert_non_null(strstr(e.text, "not UTF-8"));
	assert_false(csv_read(p, open, strlen(open), &t, &e));
	assert_non_null(strstr(e.text, "line 3: a quote"));
	pool_end(&p);
}

static void a_cell_by_its_head(void **state)
{
	struct pool *p = pool_new();
	struct csv t;
	static const char s[] = "Title,Approved By\nx\n";

	(void)state;
	assert_true(csv_read(p, s, strlen(s), &t, NULL));
	assert_string_equal(csv_cell(&t, &t.rows[0], "title"), "x");
	assert_string_equal(csv_cell(&t, &t.rows[0], "approved by"), "");
	assert_string_equal(csv_cell(&t, &t.rows[0], "none"), "");
	assert_int_equal(t.rows[0].line, 2);
	pool_end(&p);
}

int main(void)
{
	const struct CMUnitTest t[] = { cmocka_unit_test(as_spreadsheets_write), cmocka_unit_test(calculates_nothing), cmocka_unit_test(faults_name_their_line), cmocka_unit_test(a_cell_by_its_head) };

	return cmocka_run_group_tests_name("csv", t, NULL, NULL);
}
