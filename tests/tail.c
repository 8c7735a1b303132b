/* tail: how a sender ends all letters is learned, and cut */
#include "rows.h"

#include "letters/tail.h"

#define SIGNED "\n\nBest wishes\nCarol Rossi\nClinic of Example, Ward 3\n"

/* The letters come one after the other; what is left of the last. */
static const struct row {
	const char *name, *letters[5], *left;
} rows[] = {
	{ "after two letters with it, a tail is known", { "Which one?" SIGNED, "Not yet." SIGNED, "Thanks!" SIGNED }, "Thanks!" },
	{ "after one it is not", { "Which one?" SIGNED, "Thanks!" SIGNED }, "Thanks!" SIGNED },
	{ "spaces, case and empty lines do not matter", { "a" SIGNED, "b" SIGNED, "Thanks!\nbest  wishes\n\nCAROL ROSSI \nClinic of Example, Ward 3" }, "Thanks!" },
	{ "one line in common is no tail", { "a\nCarol", "b\nCarol", "c\nCarol" }, "c\nCarol" },
	{ "a letter that is all tail is left", { "a" SIGNED, "b" SIGNED, "Best wishes\nCarol Rossi\nClinic of Example, Ward 3" },
	  "Best wishes\nCarol Rossi\nClinic of Example, Ward 3" },
	{ "what is new in the middle ends it", { "a" SIGNED, "b" SIGNED, "c\nKind wishes\nCarol Rossi\nClinic of Example, Ward 3" }, "c\nKind wishes" },
	{ "a new end is learned anew", { "a" SIGNED, "b" SIGNED, "c\nx\ny", "d\nx\ny", "e\nx\ny" }, "e" },
	{ "empty", { "", "", "" }, "" },
	{ "line ends alone", { "\n\n", "\n", " \n " }, " \n " },
};

static void a_tail_is_learned(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct pool *p = pool_new();
		struct tail t = { 0 };
		const char *left = "";
		size_t cut;

		for (size_t k = 0; k < 5 && rows[i].letters[k]; k++) {
			struct strings marks = tail_marks(p, rows[i].letters[k]);

			left = tail_cut(p, rows[i].letters[k], &t, &cut);
			t = tail_learn(&t, &marks);
		}
		if (strcmp(left, rows[i].left) != 0)
			fail_msg("%s: \"%s\"", rows[i].name, left);
		pool_end(&p);
	}
}

int main(void)
{
	const struct CMUnitTest t[] = { cmocka_unit_test(a_tail_is_learned) };

	return cmocka_run_group_tests_name("tail", t, NULL, NULL);
}
