/* progress: how far a long work has come, by a clock of the test's own */
#include "rows.h"

#include "ground/progress.h"

/* What was done at which millisecond, the last of them shown. */
static const struct row {
	const char *name;
	uint64_t total;
	size_t columns;
	struct {
		int64_t at;
		uint64_t done;
	} steps[24];
	const char *line; /* NULL: none is due */
} rows[] = {
	{ "how much, how fast, how long still",
	  50000,
	  80,
	  { { 500, 1000 }, { 4000, 12400 } },
	  "12,400 of 50,000 letters, 3,100 a second, 13 s left" },
	{ "a total that is not known: count and rate alone",
	  0,
	  80,
	  { { 4000, 12400 } },
	  "12,400 letters, 3,100 a second" },
	{ "nothing done yet", 50000, 80, { { 4000, 0 } }, "0 of 50,000 letters" },
	{ "the rate is that of the last seconds",
	  100000,
	  80,
	  { { 500, 50000 },
	    { 1000, 50000 },
	    { 1500, 50000 },
	    { 2000, 50000 },
	    { 2500, 50000 },
	    { 3000, 50000 },
	    { 3500, 50000 },
	    { 4000, 50000 },
	    { 4500, 50000 },
	    { 5000, 50000 },
	    { 5500, 50100 },
	    { 6000, 50200 } },
	  "50,200 of 100,000 letters, 40 a second, 20 min left" },
	{ "what stands still has no rate",
	  100000,
	  80,
	  { { 500, 500 },
	    { 1000, 500 },
	    { 1500, 500 },
	    { 2000, 500 },
	    { 2500, 500 },
	    { 3000, 500 },
	    { 3500, 500 },
	    { 4000, 500 },
	    { 4500, 500 },
	    { 5000, 500 },
	    { 5500, 500 } },
	  "500 of 100,000 letters" },
	{ "less than one a second is told by the minute",
	  20,
	  80,
	  { { 4000, 2 } },
	  "2 of 20 letters, 30 a minute, 37 s left" },
	{ "more than the total: it was none", 100, 80, { { 1000, 101 } }, "101 letters, 101 a second" },
	{ "all of it", 100, 80, { { 1000, 100 } }, "100 of 100 letters, 100 a second" },
	{ "no line in the first half second", 100, 80, { { 499, 100 } }, NULL },
	{ "an instant finish", 100, 80, { { 0, 100 } }, NULL },
	{ "no two lines within a fifth of a second", 100, 80, { { 600, 10 }, { 799, 20 } }, NULL },
	{ "… but after it", 100, 80, { { 600, 10 }, { 800, 20 } }, "20 of 100 letters, 25 a second, 4 s left" },
	{ "a clock that jumps back: its time before counts, the work goes on",
	  50000,
	  80,
	  { { 4000, 12400 }, { 10, 12400 }, { 510, 14000 } },
	  "14,000 of 50,000 letters, 3,111 a second, 12 s left" },
	{ "where it is too wide the rate goes first",
	  50000,
	  40,
	  { { 4000, 12400 } },
	  "12,400 of 50,000 letters, 13 s left" },
	{ "… then the time", 50000, 26, { { 4000, 12400 } }, "12,400 of 50,000 letters" },
	{ "… then all", 50000, 20, { { 4000, 12400 } }, "" },
	{ "longer than anybody waits: no time is named",
	  UINT64_MAX,
	  80,
	  { { 4000, 4 } },
	  "4 of 18,446,744,073,709,551,615 letters, 1 a second" },
};

static void as_it_comes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *r = &rows[i];
		struct progress p;
		char out[PROGRESS_ROOM];
		bool due = false;
		const char *line;

		progress_begin(&p, "letters", r->total, 1000000);
		for (size_t k = 0; k < sizeof r->steps / sizeof *r->steps && (!k || r->steps[k].at); k++)
			due = progress_at(&p, r->steps[k].done, 1000000 + r->steps[k].at);
		line = due ? progress_line(&p, r->columns, out) : NULL;
		if (due != (r->line != NULL) || (line && strcmp(line, r->line) != 0))
			fail_msg("%s: \"%s\"", r->name, line ? line : "(none is due)");
	}
}

static void a_total_that_grows(void **state)
{
	struct progress p;
	char out[PROGRESS_ROOM];

	(void)state;
	progress_begin(&p, "letters", 100, 0);
	assert_true(progress_at(&p, 100, 1000));
	p.total = 1100;
	assert_true(progress_at(&p, 200, 2000));
	assert_string_equal(progress_line(&p, 80, out), "200 of 1,100 letters, 100 a second, 10 s left");
}

static void times(void **state)
{
	static const struct {
		int64_t s;
		const char *words;
	} list[] = {
		{ -1, "0 s" },        { 0, "0 s" },          { 59, "59 s" },        { 60, "1 min" },
		{ 69, "1 min" },      { 130, "2 min 10 s" }, { 139, "2 min 10 s" }, { 599, "9 min 50 s" },
		{ 605, "10 min" },    { 3599, "59 min" },    { 3600, "1 h" },       { 12000, "3 h 20 min" },
		{ 172800, "2 days" },
	};
	char out[PROGRESS_ROOM];

	(void)state;
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		assert_string_equal(progress_time(list[i].s, out), list[i].words);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(as_it_comes), cmocka_unit_test(a_total_that_grows),
					    cmocka_unit_test(times) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
