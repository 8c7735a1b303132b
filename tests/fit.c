/* fit: which material bears on which words */
#include "rows.h"

#include "judgement/fit.h"

static const char *dosing_tags[] = { "dosing", "paediatrics" }, *trial_tags[] = { "ATLAS-3" }, *row_tags[] = { "renal impairment" };
static const struct resource dosing = { .title = "Dosing in children", .about = "Weight bands and renal function", .tags = { dosing_tags, 2 } },
			     atlas = { .title = "Subgroup analysis of ATLAS-3", .about = "By age and region", .tags = { trial_tags, 1 } },
			     kidney = { .title = "Kidneys", .about = "", .tags = { row_tags, 1 } },
			     bare = { .title = "", .about = "" };

static const struct row {
	const char *name, *words;
	const struct resource *r;
	bool fits;
	const char *why;
} rows[] = {
	{ "a tag that stands there", "the dosing table", &dosing, true, "dosing" },
	{ "a tag with a hyphen is its words in a row", "ich schicke Ihnen die Daten aus Atlas-3", &atlas, true, "ATLAS-3" },
	{ "and not apart", "atlas of 3 countries", &atlas, false, "" },
	{ "a tag of two words, with another ending", "in renal impairments", &kidney, true, "renal impairment" },
	{ "one of its words alone is none", "renal function", &kidney, false, "" },
	{ "two words of the title", "the subgroup analyses by age", &atlas, true, "subgroup, age" },
	{ "one word alone is chance", "an analysis of sales", &atlas, false, "" },
	{ "words that say nothing do not count", "I will send you this and that by the end of the week", &dosing, false, "" },
	{ "accents and case do not matter", "DOSÏNG", &dosing, true, "dosing" },
	{ "plural and case endings", "weights, children", &dosing, true, "weights, children" },
	{ "a short word begins many others", "renaissance, function", &dosing, false, "" },
	{ "nothing fits nothing", "", &dosing, false, "" },
	{ "nor what has no words", "dosing in children", &bare, false, "" },
};

static void what_fits_and_why(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct pool *p = pool_new();
		struct fit f = fit_resource(p, rows[i].words, rows[i].r);

		if ((f.score > 0) != rows[i].fits || strcmp(f.why, rows[i].why) != 0)
			fail_msg("%s: score %d, why \"%s\"", rows[i].name, f.score, f.why);
		pool_end(&p);
	}
}

static void more_in_common_is_better(void **state)
{
	struct pool *p = pool_new();

	(void)state;
	assert_true(fit_resource(p, "dosing in children by weight", &dosing).score > fit_resource(p, "dosing", &dosing).score);
	assert_true(fit_resource(p, "children, weight", &dosing).score > fit_resource(p, "bands, weight", &dosing).score); /* the title says more */
	pool_end(&p);
}

static void words_in_common(void **state)
{
	static const struct { const char *words, *text, *which; } common[] = {
		{ "the subgroup data of ATLAS-3", "SubgroupData_ATLAS3_v2.pdf", "subgroup, atlas" },
		{ "die Tabelle zur Dosierung", "Dosierungstabelle.xlsx", "tabelle, dosierung" },
		{ "the slides", "https://example.org/files/slides%20final.pptx", "slides" },
		{ "the slides", "IMG_2034.jpg", "" },
		{ "", "slides", "" },
		{ "the age", "https://example.org/pages", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof common / sizeof *common; i++) {
		struct pool *p = pool_new();
		struct strings w = fit_words(p, common[i].words);
		const char *which;
		size_t n = fit_common(p, &w, common[i].text, &which);

		if (strcmp(which, common[i].which) != 0 || (n > 0) != (*which != '\0'))
			fail_msg("\"%s\" in \"%s\": %zu, \"%s\"", common[i].words, common[i].text, n, which);
		pool_end(&p);
	}
}

static void a_flood_of_words_is_bounded(void **state)
{
	struct pool *p = pool_new();
	struct text *t = text_new(p, BODY_MOST);

	(void)state;
	for (int i = 0; i < 50000; i++)
		text_print(t, "word%d ", i);
	assert_int_equal(fit_words(p, t->s).n, 40);
	assert_int_equal(fit_resource(p, t->s, &dosing).score, 0);
	pool_end(&p);
}

static void what_may_be_used(void **state)
{
	struct resource r = { .approved_by = "" };

	(void)state;
	assert_int_equal(resource_state(&r, 100), RESOURCE_WAITING);
	r.approved_by = "Dr Hart";
	assert_int_equal(resource_state(&r, 100), RESOURCE_APPROVED);
	r.until = 99;
	assert_int_equal(resource_state(&r, 99), RESOURCE_APPROVED);
	assert_int_equal(resource_state(&r, 100), RESOURCE_EXPIRED);
	r.retired = 50;
	assert_int_equal(resource_state(&r, 100), RESOURCE_RETIRED);
}

static void a_topic_is_no_sentence(void **state)
{
	static const char *tags[] = { "nephrology" };
	struct pool *p = pool_new();
	struct resource renal = { .title = "Renal function under treatment", .about = "", .tags = { tags, 1 } };

	(void)state;
	assert_true(fit_topic(p, "nephrology", &renal));
	assert_true(fit_topic(p, "renal", &renal)); /* its one word stands in the title */
	assert_true(fit_topic(p, "renal function", &renal));
	assert_false(fit_topic(p, "renal dosing", &renal));
	assert_false(fit_topic(p, "cardiology", &renal));
	assert_false(fit_topic(p, "", &renal));
	assert_false(fit_topic(p, "the of", &renal));
	pool_end(&p);
}

int main(void)
{
	const struct CMUnitTest t[] = {
		cmocka_unit_test(what_fits_and_why), cmocka_unit_test(more_in_common_is_better), cmocka_unit_test(words_in_common), cmocka_unit_test(a_topic_is_no_sentence), cmocka_unit_test(a_flood_of_words_is_bounded),
		cmocka_unit_test(what_may_be_used),
	};

	return cmocka_run_group_tests_name("fit", t, NULL, NULL);
}
