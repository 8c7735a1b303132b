/* report: the figures of a time, by week and by what promises have in common; then their forms, byte for byte, with hostile names
 * (tests/golden/report.*; KEPT_GOLDEN=write writes them anew: look at the difference) */
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>

#include "judgement/score.h"
#include "letters/csv.h"
#include "letters/report.h"

enum { DAY = 86400, TRACKS = 8 };

static const struct said {
	const char *words;
	bool what, who, when;
} said[] = {
	{ "I'll send you the subgroup data by Friday.", true, true, true },
	{ "I'll get back to you by Friday.", false, true, true },
	{ "I'll get back to you on that.", false, true, false },
	{ "I'll send you the subgroup data.", true, true, false },
	{ "", false, false, false }, /* a tag, and no sentence */
};

/* Rows of one world: who, from which mail, for which day, delivered or not. */
static const struct {
	const char *name, *address, *words, *made, *due, *delivered, *team, *stage;
	bool followed, moved, letter, written;
} promises[TRACKS] = {
	{ "Dr. Rossi", "rossi@uni.example", "I'll send you the subgroup data by Friday.",
	  "2026-11-16", "2026-11-20", "2026-11-19", "", "developing", true, true, true, true },
	{ "Rossi, Anna", "rossi@uni.example", "I'll get back to you.",
	  "2026-11-23", "2026-11-25", "2026-11-26", "medinfo", "developing", false, false, true, true },
	{ "=HYPERLINK(\"http://evil.example\")", "+cmd@evil.example", "I'll get back to you by Friday.",
	  "2026-11-17", "2026-11-20", "", "=1+1", "", false, false, true, true },
	{ "\"><script>alert(1)</script>", "<svg/onload=x>@evil.example", "",
	  "2026-11-16", "2026-11-18", "2026-11-18", "", "", true, false, true, true },
	{ "Osei & S\xc3\xb6hne \xe2\x80\xae'", "osei@x.example", "", "2026-11-16", "2026-11-24", "2026-11-20", "", "", true, false, true, false },
	{ "", "old@x.example", "", "2026-09-01", "2026-09-02", "", "", "", false, false, true, true },
	{ "", "later@x.example", "", "2026-11-17", "2026-12-20", "", "", "", false, false, false, true },
	{ "", "", "", "2026-11-18", "2026-11-27", "", "", "", false, false, false, true },
};

static struct figures world(struct pool *p, struct conf **conf)
{
	struct conf *c = rows_conf(p);
	struct score_track *t = pool_list(p, TRACKS, sizeof *t);
	struct figures f = { .owner = &c->owners[0], .from = day_of(2026, 11, 4), .to = day_of(2026, 11, 29),
			     .now = rows_at(c, "2026-11-29T10:00") };
	struct challenge weeks[] = { /* the newest first: one runs, one was stopped on its third day, one ended before, and one long ago */
		{ .owner = f.owner, .start = rows_at(c, "2026-11-27T10:00"), .reflection = "" },
		{ .owner = f.owner, .start = rows_at(c, "2026-11-24T10:00"), .ended = rows_at(c, "2026-11-26T10:00"), .stopped = true, .reflection = "" },
		{ .owner = f.owner, .start = rows_at(c, "2026-11-16T10:00"), .ended = rows_at(c, "2026-11-23T09:00"),
		  .reflection = "Rossi's was <b>hard</b>.\n\n</p><script>alert(1)</script>\nI ask first." },
		{ .owner = f.owner, .start = rows_at(c, "2026-10-01T10:00"), .ended = rows_at(c, "2026-10-07T18:00"), .reflection = "long ago" },
	};

	for (size_t i = 0; i < TRACKS; i++) {
		struct commitment *m = &t[i].commitment;

		*m = (struct commitment){ .id = (int64_t)i + 1, .owner = f.owner, .state = COMMITMENT_OPEN,
					  .words = promises[i].words, .policy = "default", .team = promises[i].team,
					  .made = rows_at(c, promises[i].made), .due = rows_at(c, promises[i].due), .letter = promises[i].letter,
					  .written = promises[i].written, .moved = promises[i].moved };
		if (*promises[i].address) {
			m->to.list = pool_take(p, sizeof *m->to.list);
			m->to.list[0] = (struct addr){ .name = promises[i].name, .address = promises[i].address };
			m->to.n = 1;
		}
		if (*promises[i].delivered)
			m->delivered = rows_at(c, promises[i].delivered),
			m->state = promises[i].followed ? COMMITMENT_KEPT : COMMITMENT_DELIVERED;
		t[i].followed = promises[i].followed;
		t[i].stage = promises[i].stage;
	}
	score_report(p, NULL, t, TRACKS, &f);
	score_challenges(p, t, TRACKS, weeks, sizeof weeks / sizeof *weeks, &f);
	*conf = c;
	return f;
}

/* All that are in the time are in one week and one group of each kind. */
static void weeks_and_groups_add_up(void **state)
{
	struct pool *p = pool_new();
	struct conf *c;
	struct figures f = world(p, &c);
	size_t of = 0, n = 0, said_of = 0;

	(void)state;
	assert_int_equal(f.week_count, 4); /* also those in which nothing came due */
	assert_string_equal(f.weeks[0].name, "2026-W45");
	assert_string_equal(f.weeks[3].name, "2026-W48");
	assert_int_equal(f.weeks[1].score.on_time.of, 0);
	for (size_t i = 0; i < f.week_count; i++)
		of += f.weeks[i].score.on_time.of, said_of += f.weeks[i].test.of;
	assert_int_equal(f.all.on_time.of, 6); /* neither the old one nor what is due later */
	assert_int_equal(f.all.on_time.n, 3);
	assert_int_equal(f.all.moved, 1);
	assert_int_equal(of, f.all.on_time.of);
	for (int by = 0; by < BY_WEEK; by++, n = 0) {
		for (size_t i = 0; i < f.group_count[by]; i++) {
			assert_true(!i || f.groups[by][i - 1].score.on_time.of >= f.groups[by][i].score.on_time.of);
			n += f.groups[by][i].score.on_time.of;
		}
		assert_int_equal(n, f.all.on_time.of);
	}
	assert_string_equal(f.groups[BY_CONTACT][0].score.group, "rossi@uni.example");
	assert_string_equal(f.groups[BY_CONTACT][0].name, "Rossi, Anna"); /* as the newest has it */
	/* four are from letters that went to them; a note to kept alone and the command line promise nothing in writing */
	assert_int_equal(f.test.of, 4);
	assert_int_equal(said_of, 4);
	assert_int_equal(f.test.all, 1);
	pool_end(&p);
}

static void challenges_that_ended_in_the_time_are_counted_as_the_others(void **state)
{
	struct pool *p = pool_new();
	struct conf *c;
	struct figures f = world(p, &c);

	(void)state;
	assert_int_equal(f.challenge_count, 2);
	assert_string_equal(report_challenge(p, &f.challenges[0]), "16 Nov to 22 Nov 2026: promises 6, followed up 3 of 5, T 0.96");
	assert_string_equal(report_challenge(p, &f.challenges[1]), "24 Nov to 26 Nov 2026: promises 2, followed up 1 of 1, T 1.50, stopped");
	pool_end(&p);
}

static void sentence_is_tested(void **state)
{
	const struct said *r = *state;
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	struct figures f = { .owner = &c->owners[0], .from = day_of(2026, 11, 23), .to = day_of(2026, 11, 29),
			     .now = rows_at(c, "2026-11-29T10:00") };
	struct score_track t = { .commitment = { .owner = f.owner, .words = r->words, .policy = "default", .team = "", .letter = 1, .written = true,
						 .made = rows_at(c, "2026-11-25T10:00"), .due = rows_at(c, "2026-11-27") } };

	score_report(p, NULL, &t, 1, &f);
	assert_int_equal(f.test.of, 1);
	assert_int_equal(f.test.what, r->what);
	assert_int_equal(f.test.who, r->who);
	assert_int_equal(f.test.when, r->when);
	assert_int_equal(f.test.all, r->what && r->who && r->when);
	pool_end(&p);
}

static void golden(struct pool *p, const char *path, const char *s)
{
	size_t n = strlen(s);
	char *expected = pool_take(p, n + 2);
	FILE *f;

	if (getenv("KEPT_GOLDEN")) {
		assert_non_null(f = fopen(path, "w"));
		assert_int_equal(fwrite(s, 1, n, f), n);
		fclose(f);
	}
	assert_non_null(f = fopen(path, "r"));
	assert_int_equal(fread(expected, 1, n + 1, f), n);
	fclose(f);
	assert_string_equal(s, expected);
}

/* Whatever a name or an address says, a spreadsheet calculates nothing; and the table is one: our reader reads it. */
static void table_calculates_nothing(void **state)
{
	struct pool *p = pool_new();
	struct conf *c;
	struct figures f = world(p, &c);
	char *s = report_csv(p, &f);
	struct err e = { 0 };
	struct csv t;

	(void)state;
	golden(p, "tests/golden/report.csv", s);
	assert_true(csv_read(p, s, strlen(s), &t, &e));
	assert_int_equal(t.head.n, 19);
	for (size_t i = 0; i < t.n; i++) {
		assert_int_equal(t.rows[i].cells.n, 19);
		for (size_t k = 0; k < 19; k++)
			assert_true(!*t.rows[i].cells.list[k] || !strchr("=+-@\t\r", *t.rows[i].cells.list[k]));
	}
	pool_end(&p);
}

/* What names and addresses say stays words: no element, attribute or entity is theirs. */
static void page_is_whole_in_itself(void **state)
{
	static const char *const never[] = { "<script", "<svg/", "onload=x>", "http://evil.example\"", "src=", "href=", "url(", "\xe2\x80\xae", NULL };
	struct pool *p = pool_new();
	struct conf *c;
	struct figures f = world(p, &c);
	const char *s = report_html(p, &f);

	(void)state;
	golden(p, "tests/golden/report.html", s);
	for (size_t i = 0; never[i]; i++)
		if (strstr(s, never[i]))
			fail_msg("the page has %s", never[i]);
	assert_non_null(strstr(s, "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"));
	assert_non_null(strstr(s, "Osei &amp; S\xc3\xb6hne &#39;"));
	assert_non_null(strstr(s, "default-src 'none'"));
	pool_end(&p);
}

/* Nothing came due: no share is of nothing, and no bar is drawn. */
static void nothing_is_a_page(void **state)
{
	struct pool *p = pool_new();
	struct conf *c;
	struct figures f = world(p, &c), none = { .owner = f.owner, .from = day_of(2020, 1, 1), .to = day_of(2020, 1, 1), .now = f.now };
	const char *s;

	(void)state;
	score_report(p, NULL, NULL, 0, &none);
	s = report_html(p, &none);
	assert_non_null(strstr(s, "too few to say"));
	assert_non_null(strstr(s, "none came due"));
	assert_null(strstr(s, "/></svg><span class=\"figures\">"));
	assert_null(strstr(s, "nan"));
	pool_end(&p);
}

static void time_is_in_words(void **state)
{
	struct pool *p = pool_new();
	struct figures f = { .from = day_of(2026, 9, 7), .to = day_of(2026, 11, 29) };

	(void)state;
	assert_string_equal(report_days(p, &f), "7 Sep to 29 Nov 2026");
	f.from = day_of(2025, 12, 29);
	assert_string_equal(report_days(p, &f), "29 Dec 2025 to 29 Nov 2026");
	pool_end(&p);
}

int main(void)
{
	enum { N = sizeof said / sizeof *said };
	struct CMUnitTest tests[N + 6] = { cmocka_unit_test(weeks_and_groups_add_up),
					   cmocka_unit_test(challenges_that_ended_in_the_time_are_counted_as_the_others),
					   cmocka_unit_test(table_calculates_nothing),
					   cmocka_unit_test(time_is_in_words), cmocka_unit_test(page_is_whole_in_itself), cmocka_unit_test(nothing_is_a_page) };

	for (size_t i = 0; i < N; i++)
		tests[i + 6] = (struct CMUnitTest){ *said[i].words ? said[i].words : "a tag alone says nothing",
						    sentence_is_tested, NULL, NULL, (void *)&said[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
