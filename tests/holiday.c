/* holiday: the days that a country has off, and whose they are */
#include "rows.h"

#include "nouns/contact.h"
#include "nouns/holiday.h"

static const struct row {
	const char *rule, *words, *country;
} rows[] = {
	{ "its code", "de", "de" },
	{ "… in capitals", " DE ", "de" },
	{ "its name", "Germany", "de" },
	{ "… in its own language", "Deutschland", "de" },
	{ "… with accents", "\xc3\x89tats-Unis", "us" },
	{ "as it is called for short", "UK", "gb" },
	{ "with an umlaut", "\xc3\x96sterreich", "at" },
	{ "with an article", "The Netherlands", "nl" },
	{ "a country whose days are not known has its code alone", "PT", "pt" },
	{ "a name of none", "Utopia", "" },
	{ "a part of a name", "united", "" },
	{ "a bar in it finds nothing", "|", "" },
	{ "nothing", "", "" },
};

static void are_countries(void **state)
{
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		print_message("         %s\n", rows[i].rule);
		assert_string_equal(holiday_country(p, rows[i].words), rows[i].country);
	}
	pool_end(&p);
}

/* Each file is read whole: rising days, as many each year, from the first to the last that it names. */
static void files_are_built_in(void **state)
{
	static const char *const codes[] = { "at", "au", "be", "ca", "ch", "de", "es", "fr", "gb", "ie", "it", "nl", "us" };
	struct pool *p = pool_new();
	size_t n;

	(void)state;
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		const int32_t *days = holiday_days(p, codes[i], &n);

		assert_true(days && n >= 6 * 4);
		assert_int_equal(days[0], day_of(2026, 1, 1));
		for (size_t k = 1; k < n; k++)
			assert_true(days[k] > days[k - 1]);
		assert_true(day_civil(days[n - 1]).year >= 2031);
	}
	assert_null(holiday_days(p, "pt", &n));
	assert_int_equal(n, 0);
	assert_null(holiday_days(p, "", &n));
	pool_end(&p);
}

/* Those that move: by Easter, by a weekday, by a Sunday that they would fall on. */
static void days_that_move(void **state)
{
	static const struct {
		const char *rule, *country;
		int year, month, day;
		bool off;
	} of[] = {
		{ "Corpus Christi", "at", 2027, 5, 27, true },
		{ "Ascension", "ch", 2026, 5, 14, true },
		{ "… and no canton's own", "ch", 2026, 4, 3, false },
		{ "King's Day", "nl", 2030, 4, 27, true },
		{ "… a day before a Sunday", "nl", 2031, 4, 26, true },
		{ "Saint Brigid's, on a Monday", "ie", 2027, 2, 1, true },
		{ "… or on the first of a month that is a Friday", "ie", 2030, 2, 1, true },
		{ "Saint Francis", "it", 2027, 10, 4, true },
		{ "Labour Day", "ca", 2026, 9, 7, true },
		{ "Australia Day, on the Monday after a Saturday", "au", 2030, 1, 28, true },
		{ "… and after no weekday", "au", 2027, 2, 1, false },
		{ "Good Friday", "es", 2028, 4, 14, true },
		{ "Whit Monday", "be", 2029, 5, 21, true },
	};
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
		size_t n;
		const int32_t *days = holiday_days(p, of[i].country, &n);
		bool off = false;

		print_message("         %s\n", of[i].rule);
		for (size_t k = 0; k < n; k++)
			off |= days[k] == day_of(of[i].year, of[i].month, of[i].day);
		assert_int_equal(off, of[i].off);
	}
	pool_end(&p);
}

static void the_days_off_are_theirs(void **state)
{
	static const struct {
		const char *rule, *zone, *country;
		bool thanksgiving, unity; /* is it a day off? */
	} of[] = {
		{ "nothing is known: the owner's", "", "", false, true },
		{ "their zone's country", "America/New_York", "", true, false },
		{ "a zone whose days are not known: the owner's", "Europe/Lisbon", "", false, true },
		{ "what is said of them goes before their zone", "Europe/Berlin", "us", true, false },
		{ "a zone of no country", "Etc/UTC", "", false, true },
	};
	struct pool *p = pool_new();
	const struct zone *berlin;
	struct worktime own;

	(void)state;
	assert_true(zone_load(p, "Europe/Berlin", &berlin, NULL));
	own = worktime_default(berlin);
	assert_true(worktime_set(p, &own, "holidays", "2029-10-03", NULL));
	for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
		struct contact who = { .zone = of[i].zone, .country = of[i].country };
		struct worktime w = contact_worktime(p, &own, &who);

		print_message("         %s\n", of[i].rule);
		assert_int_equal(!is_workday(&w, day_of(2026, 11, 26)), of[i].thanksgiving);
		assert_int_equal(!is_workday(&w, day_of(2029, 10, 3)), of[i].unity);
	}
	assert_string_equal(zone_country(p, "Europe/Berlin"), "de");
	assert_string_equal(zone_country(p, "../../etc/passwd"), "");
	assert_string_equal(zone_country(p, ""), "");
	pool_end(&p);
}

int main(void)
{
	const struct CMUnitTest t[] = { cmocka_unit_test(are_countries), cmocka_unit_test(files_are_built_in), cmocka_unit_test(days_that_move),
					cmocka_unit_test(the_days_off_are_theirs) };

	return cmocka_run_group_tests_name("holiday", t, NULL, NULL);
}
