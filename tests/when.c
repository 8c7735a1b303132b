/* when - due expressions: a row a rule of kept(7) DATES; what is refused, and how; dates in sentences; hostile words */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "judgement/when.h"
#include "judgement/when_inner.h"

/* Wednesday 25 November 2026, 10:00 in Berlin, unless a row says another */
#define WEDNESDAY_TEN "2026-11-25T10:00:00+01:00"

static const struct row {
	const char *rule, *words, *expect; /* expect: as printed; !code: refused so */
	const char *now, *settings;        /* NULL: Wednesday; none */
} rows[] = {
	/* days */
	{ "a weekday is the next such day", "tuesday", "2026-12-01T09:00:00+01:00", NULL, NULL },
	{ "a weekday on that day is next week's", "wednesday", "2026-12-02T09:00:00+01:00", NULL, NULL },
	{ "next counts calendar weeks", "next thursday", "2026-12-03T09:00:00+01:00", NULL, NULL },
	{ "this is of the current week", "this thursday", "2026-11-26T09:00:00+01:00", NULL, NULL },
	{ "this, once past", "this tuesday", "!past", NULL, NULL },
	{ "last looks back", "last tuesday", "!ambiguous", NULL, NULL },
	{ "last of a month", "last tuesday of the month", "2026-12-29T09:00:00+01:00", "2026-12-01T10:00:00+01:00", NULL },
	{ "a week with a weekday", "w50 tuesday", "2026-12-08T09:00:00+01:00", NULL, NULL },
	{ "today, once its hour has passed", "today", "2026-11-25T17:00:00+01:00", NULL, NULL },
	{ "a day part", "tomorrow evening", "2026-11-26T18:00:00+01:00", NULL, NULL },
	{ "a day part with a clock time", "tomorrow evening at 7", "2026-11-26T19:00:00+01:00", NULL, NULL },
	{ "a weekday with its date", "tuesday 1 december", "2026-12-01T09:00:00+01:00", NULL, NULL },
	{ "a weekday with another's date", "monday 1 december", "!conflict", NULL, NULL },
	{ "12 in the evening is noon or midnight", "tonight at 12", "!ambiguous", NULL, NULL },
	{ "12 in the afternoon is not guessed", "friday afternoon at 12", "!ambiguous", NULL, NULL },
	{ "ordinals in words", "december twenty-first", "2026-12-21T09:00:00+01:00", NULL, NULL },
	{ "ordinals in words, of a month", "the fifteenth of december at 10:00", "2026-12-15T10:00:00+01:00", NULL, NULL },
	{ "German adverbs of the day", "freitag abends um 8 uhr", "2026-11-27T20:00:00+01:00", NULL, NULL },
	{ "German adverbs of the day, noon on", "freitag nachmittags 15 uhr", "2026-11-27T15:00:00+01:00", NULL, NULL },
	{ "two in the night is no afternoon", "tonight 2:00", "!conflict", NULL, NULL },
	{ "a date past is the next year's", "3 march", "2027-03-03T09:00:00+01:00", NULL, NULL },
	{ "a date past, with its year", "3 march 2026", "!past", NULL, NULL },
	{ "day first", "3/12", "2026-12-03T09:00:00+01:00", NULL, NULL },
	{ "month first, if set", "3/12", "2027-03-12T09:00:00+01:00", NULL, "date_order=mdy" },
	{ "either, if set", "3/12", "!ambiguous", NULL, "date_order=ask" },
	{ "a year may stand first", "2027-mar-03", "2027-03-03T09:00:00+01:00", NULL, NULL },
	{ "a day that no month has", "31 april", "!nodate", NULL, NULL },
	{ "the 20th of next month", "20 of next month", "2026-12-20T09:00:00+01:00", NULL, NULL },
	/* offsets */
	{ "soft days move to a working day", "4 days", "2026-11-30T09:00:00+01:00", NULL, NULL },
	{ "but not if so set", "4 days", "2026-11-29T09:00:00+01:00", NULL, "move=no" },
	{ "working days", "4bd", "2026-12-01T09:00:00+01:00", NULL, NULL },
	{ "holidays are no working days", "2bd", "2026-11-30T09:00:00+01:00", NULL, "holidays=2026-11-27" },
	{ "hours are elapsed", "36h", "2026-11-26T22:00:00+01:00", NULL, NULL },
	{ "3m is two things", "3m", "!ambiguous", NULL, NULL },
	{ "a month from the 31st", "1mo", "2027-02-28T09:00:00+01:00", "2027-01-31T10:00:00+01:00", "move=no" },
	{ "halves of days", "2.5d", "!fraction", NULL, NULL },
	{ "centuries", "100y", "!toofar", NULL, NULL },
	/* deadlines */
	{ "by: the end of work", "by tuesday", "2026-12-01T17:00:00+01:00", NULL, NULL },
	{ "a soft deadline moves back", "within 4 days", "2026-11-27T17:00:00+01:00", NULL, NULL },
	{ "before: the last working day", "before monday", "2026-11-27T17:00:00+01:00", NULL, NULL },
	{ "after: the first working day", "after friday", "2026-11-30T09:00:00+01:00", NULL, NULL },
	{ "a range is kept by its end", "2-4 weeks", "2026-12-23T17:00:00+01:00", NULL, NULL },
	{ "a range of times", "9:30-11:00", "2026-11-25T11:00:00+01:00", NULL, NULL },
	{ "a range of weekdays", "tue to thu", "2026-12-03T17:00:00+01:00", NULL, NULL },
	/* periods */
	{ "end of a period", "end of december", "2026-12-31T17:00:00+01:00", NULL, NULL },
	{ "end of a week by its number", "end of week 50", "2026-12-11T17:00:00+01:00", NULL, NULL },
	{ "a period that holds today is its end", "november", "2026-11-30T17:00:00+01:00", NULL, NULL },
	{ "a start that has passed", "start of this month", "!past", NULL, NULL },
	{ "no such quarter", "q7", "!nodate", NULL, NULL },
	/* times */
	{ "a time past today", "8:30", "2026-11-26T08:30:00+01:00", NULL, NULL },
	{ "at 4", "at 4", "!ambiguous", NULL, NULL },
	{ "4 o'clock", "4 o'clock", "!ambiguous", NULL, NULL },
	{ "no such time", "26:00", "!notime", NULL, NULL },
	{ "a zone's clock", "4pm ET", "2026-11-25T22:00:00+01:00", NULL, NULL },
	{ "an offset", "4pm +05:30", "2026-11-25T11:30:00+01:00", NULL, NULL },
	{ "in the gap of a zone", "28 mar 2:30", "2027-03-28T03:30:00+02:00", "2027-03-20T10:00:00+01:00", NULL },
	{ "a number alone", "12", "!unit", NULL, NULL },
	{ "a year alone", "2031", "!ambiguous", NULL, NULL },
	{ "a date and a number that is a year or a time", "3.12. 2031", "!ambiguous", NULL, NULL },
	/* recurrences */
	{ "every weekday of a name", "every tuesday", "FREQ=WEEKLY;BYDAY=TU 2026-12-01T09:00:00+01:00", NULL, NULL },
	{ "the time first", "9am every tuesday", "FREQ=WEEKLY;BYDAY=TU 2026-12-01T09:00:00+01:00", NULL, NULL },
	{ "an interval begins with today", "every 3 weeks", "FREQ=WEEKLY;INTERVAL=3 2026-12-16T09:00:00+01:00", NULL, NULL },
	{ "a day of the year", "yearly on 5 june", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=5 2027-06-05T09:00:00+02:00", NULL, NULL },
	{ "a working day of the month", "2nd working day of every month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2 2026-12-02T09:00:00+01:00",
	  NULL, NULL },
	{ "the end of months", "every end of month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 2026-11-30T17:00:00+01:00", NULL, NULL },
	{ "clamped, not skipped", "every 30th", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1 2026-11-30T09:00:00+01:00", NULL, NULL },
	{ "how many times", "every monday 4 times", "FREQ=WEEKLY;COUNT=4;BYDAY=MO 2026-11-30T09:00:00+01:00", NULL, NULL },
	{ "biweekly is two things", "biweekly", "!ambiguous", NULL, NULL },
	{ "more often than daily", "every 2 hours", "!toooften", NULL, NULL },
	{ "every so many working days", "every 3 working days", "!ambiguous", NULL, NULL },
	/* languages */
	{ "de", "n\xc3\xa4" "chsten Dienstag um 14 Uhr", "2026-12-01T14:00:00+01:00", NULL, NULL },
	{ "de: every", "alle 3 Tage", "FREQ=DAILY;INTERVAL=3 2026-11-28T09:00:00+01:00", NULL, NULL },
	{ "fr", "mardi prochain \xc3\xa0 14h", "2026-12-01T14:00:00+01:00", NULL, NULL },
	{ "fr: the clock before the day", "9h demain", "2026-11-26T09:00:00+01:00", NULL, NULL },
	{ "es", "antes del martes", "2026-11-30T17:00:00+01:00", NULL, NULL },
	{ "it", "entro marted\xc3\xac", "2026-12-01T17:00:00+01:00", NULL, NULL },
	{ "pt", "ter\xc3\xa7" "a-feira", "2026-12-01T09:00:00+01:00", NULL, NULL },
	{ "nl", "volgende dinsdag", "2026-12-01T09:00:00+01:00", NULL, NULL },
	/* addresses */
	{ "glued", "nexttuesday2pm", "2026-12-01T14:00:00+01:00", NULL, NULL },
	{ "separators", "3-dec-9am", "2026-12-03T09:00:00+01:00", NULL, NULL },
	/* errors */
	{ "an unknown word", "tuseday", "!unknown", NULL, NULL },
	{ "no word at all", " .. ", "!empty", NULL, NULL },
	{ "vague", "sometime", "!vague", NULL, NULL },
	{ "a unit that nobody counted", "in the next few days", "!vague", NULL, NULL },
	{ "a plural after next counts nothing", "in the coming weeks", "!vague", NULL, NULL },
	{ "a plural alone behind a word", "within days", "!vague", NULL, NULL },
	{ "the new year has no day", "in the new year", "!vague", NULL, NULL },
	{ "a couple is two", "in a couple of weeks", "2026-12-09T09:00:00+01:00", NULL, NULL },
	{ "de: a few", "in ein paar Tagen", "!vague", NULL, NULL },
	{ "de: the next months", "in den n\xc3\xa4" "chsten Monaten", "!vague", NULL, NULL },
	{ "fr: a few", "dans quelques mois", "!vague", NULL, NULL },
	{ "es: the next days", "en los pr\xc3\xb3ximos d\xc3\xad" "as", "!vague", NULL, NULL },
	{ "it: a few, though the unit is one", "fra qualche giorno", "!vague", NULL, NULL },
	{ "pt: a few", "em algumas semanas", "!vague", NULL, NULL },
	{ "nl: the new year", "in het nieuwe jaar", "!vague", NULL, NULL },
	{ "a unit alone is no vague time", "days", "!unit", NULL, NULL },
	{ "the number may stand before an adjective", "3 calendar days", "!unknown", NULL, NULL },
	{ "the reader's own mark", "3d =", "!unknown", NULL, NULL },
	{ "a control character", "3d \x01", "!unknown", NULL, NULL },
};

static struct frame frame_of(struct pool *p, struct worktime *w, const char *now, const char *settings)
{
	struct frame f = { .time = w, .zone = zone_named, .zone_arg = p };
	const struct zone *z;
	char *copy = settings ? pool_copy(p, settings) : NULL, *save, *eq;

	assert_true(zone_load(p, "Europe/Berlin", &z, NULL));
	*w = worktime_default(z);
	for (char *s = copy ? strtok_r(copy, " ", &save) : NULL; s; s = strtok_r(NULL, " ", &save)) {
		eq = strchr(s, '=');
		assert_non_null(eq);
		*eq = '\0';
		assert_true(worktime_set(p, w, s, eq + 1, NULL));
	}
	assert_true(utc_parse(now ? now : WEDNESDAY_TEN, z, &f.anchor));
	return f;
}

static const char *said(struct pool *p, const struct frame *f, const char *words)
{
	struct when w;
	struct err e = { 0 };

	if (!when_parse(p, words, f, &w, &e)) {
		assert_true(*e.code && *e.text);
		return pool_print(p, "!%s", e.code);
	}
	return pool_print(p, "%s%s%s", w.rrule ? w.rrule : "", w.rrule ? " " : "", utc_print(p, f->time->zone, w.at));
}

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct worktime w;
	struct frame f = frame_of(p, &w, r->now, r->settings);

	assert_string_equal(said(p, &f, r->words), r->expect);
	pool_end(&p);
}

/* ---- the rows of the specification, where they are ---- */

static void specification_holds(void **state)
{
	FILE *file = fopen("../shared/data/when.tsv", "r");
	char line[1000];

	(void)state;
	if (!file)
		return;
	while (fgets(line, sizeof line, file)) {
		char *save, *now = strtok_r(line, "\t", &save), *zone = strtok_r(NULL, "\t", &save), *settings = strtok_r(NULL, "\t", &save);
		char *words = strtok_r(NULL, "\t", &save), *expect = strtok_r(NULL, "\n", &save);
		struct pool *p = pool_new();
		struct worktime w;
		struct frame f;
		const struct zone *z;

		if (expect && *now != '#' && zone_load(p, zone, &z, NULL)) {
			f = frame_of(p, &w, now, strcmp(settings, "-") == 0 ? NULL : settings);
			w.zone = z;
			assert_true(utc_parse(now, z, &f.anchor));
			if (strncmp(expect, "error:", 6) == 0)
				expect = pool_print(p, "!%s", expect + 6);
			if (strcmp(said(p, &f, words), expect) != 0)
				fail_msg("%s, %s: %s; wanted %s", now, words, said(p, &f, words), expect);
		}
		pool_end(&p);
	}
	fclose(file);
}

/* ---- in sentences ---- */

static void sentences_are_searched(void **state)
{
	static const struct {
		const char *sentence, *span; /* NULL: none */
	} tests[] = {
		{ "I'll send it by Friday.", "by Friday" },
		{ "I'll send it by next Tuesday at 3pm, as agreed.", "by next Tuesday at 3pm" },
		{ "You will have it tomorrow!", "tomorrow" },
		{ "Ich schicke es Ihnen bis zum 15. Dezember zu.", "bis zum 15. Dezember" },
		{ "Je vous l'envoie avant vendredi.", "avant vendredi" },
		{ "Am Montag schicke ich Poster und am Freitag die Publikation.", "am Freitag" },
		{ "I'll call you tomorrow at 16:32 GMT+01:00 as agreed.", "tomorrow at 16:32 GMT+01:00" },
		{ "I'll call you at 9 o'clock tomorrow morning, Ivy.", "at 9 o'clock tomorrow morning" },
		{ "Ich melde mich am Donnerstag um 14 Uhr bei Ihnen.", "am Donnerstag um 14 Uhr" },
		{ "D'ici vendredi, je vous envoie tout.", "D'ici vendredi" },
		{ "Call on Monday at 3pm and on Friday at 9 in the morning.", "on Friday at 9 in the morning" },
		{ "I'll send Tom the data.", NULL },
		{ "I'll send it tom.", "tom" },
		{ "I'll send it to Jan and June.", NULL },
		{ "I'll send it to June in April.", "in April" },
		{ "You may have seen it.", NULL },
		{ "So we have 12 of them.", NULL },
		{ "That is the second time.", NULL },
		{ "I will send you poster 1.", NULL },
		{ "Ich melde mich am 4.", "am 4." },
		{ "I'll send the poster by 31 February.", NULL }, /* no part of a day that does not come is a date */
		{ "I will send it by the 30th of February.", NULL },
		{ "Ich schicke es bis zum 31. Februar.", NULL },
		{ "Je vous l'envoie avant le 31 février.", NULL },
		{ "It will be Feb 30, or by 4 March.", "by 4 March" },
		{ "I'll send the 31 slides in February.", "in February" },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
		struct pool *p = pool_new();
		struct worktime w;
		struct frame f = frame_of(p, &w, NULL, NULL);
		struct when out;
		size_t from, to;
		bool found = when_find(p, tests[i].sentence, &f, &from, &to, &out);

		if (found != (tests[i].span != NULL))
			fail_msg("%s: %s", tests[i].sentence, found ? pool_slice(p, tests[i].sentence + from, to - from) : "none");
		if (found)
			assert_string_equal(pool_slice(p, tests[i].sentence + from, to - from), tests[i].span);
		pool_end(&p);
	}
}

/* Each error of a vague time names it and offers words that are read. */
static void a_vague_time_offers_what_would_do(void **state)
{
	static const char *const words[] = { "in a few days", "in the new year", "in a few weeks", "dans quelques mois", "within years", "soon",
					     "in due course", "later" };

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct pool *p = pool_new();
		struct worktime w;
		struct frame f = frame_of(p, &w, NULL, NULL);
		struct when out;
		struct err e = { 0 };
		char *offers, *save;

		assert_false(when_parse(p, words[i], &f, &out, &e));
		assert_string_equal(e.code, "vague");
		assert_non_null(strstr(e.text, words[i]));
		offers = strstr(e.text, "write one, as ");
		assert_non_null(offers);
		for (char *one = strtok_r(pool_copy(p, offers + strlen("write one, as ")), ",", &save); one; one = strtok_r(NULL, ",", &save))
			assert_true(when_parse(p, one, &f, &out, NULL));
		pool_end(&p);
	}
}

static void an_order_that_was_chosen_is_told(void **state)
{
	static const struct {
		const char *words, *settings, *note; /* NULL: none */
	} tests[] = {
		{ "by 12/05", NULL, "12/05 is read as 12 May, day first, not as 5 December" },
		{ "by 12/05", "date_order=mdy", "12/05 is read as 5 December, month first, not as 12 May" },
		{ "7-8-2027", NULL, "7-8-2027 is read as 7 August, day first, not as 8 July" },
		{ "3/11", NULL, "3/11 is read as 3 November, day first, not as 11 March; that is more than 300 days ahead: this year's has passed" },
		{ "12/12", NULL, NULL },
		{ "12/15", NULL, NULL },
		{ "4.12.", NULL, NULL },
		{ "12 May", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
		struct pool *p = pool_new();
		struct worktime w;
		struct frame f = frame_of(p, &w, NULL, tests[i].settings);
		struct when out, found;
		size_t from, to;

		assert_true(when_parse(p, tests[i].words, &f, &out, NULL));
		assert_string_equal(out.note ? out.note : "", tests[i].note ? tests[i].note : "");
		assert_true(when_find(p, pool_print(p, "I'll send it %s, and so on.", tests[i].words), &f, &from, &to, &found));
		assert_string_equal(found.note ? found.note : "", tests[i].note ? tests[i].note : "");
		pool_end(&p);
	}
}

/* ---- laws ---- */

static void nothing_lies_in_the_past(void **state)
{
	struct pool *p = pool_new();
	struct worktime w;
	struct frame f = frame_of(p, &w, NULL, NULL);

	(void)state;
	for (int hour = 0; hour < 24 * 400; hour += 7)
		for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
			struct pool *mine = pool_new();
			struct frame g = f;
			struct when out;

			g.anchor += (utc)hour * 3600;
			if (when_parse(mine, rows[i].words, &g, &out, NULL) && out.at <= g.anchor)
				fail_msg("%s at %s", rows[i].words, utc_print(mine, w.zone, g.anchor));
			pool_end(&mine);
			if (hour % (7 * 24) && i > 40)
				break; /* the whole table once a week */
		}
	pool_end(&p);
}

static void is_knows_no_clock(void **state)
{
	struct err e = { 0 };
	struct pool *p = pool_new();

	(void)state;
	assert_true(when_is(p, "friday", false, &e));
	assert_true(when_is(p, "1 jan 2020", false, &e));
	assert_true(when_is(p, "every friday", true, &e));
	assert_false(when_is(p, "friday", true, &e));
	assert_false(when_is(p, "frdiay", false, &e));
	assert_string_equal(e.code, "unknown");
	assert_non_null(strstr(e.text, "friday"));
	pool_end(&p);
}

static void hostile_words_are_refused(void **state)
{
	static const char *const pieces[] = { "=", "\x01", "3d", "-", "99999999999", "9:", "w", "next ", "\xff\xfe", "every ", "a/b ", "'", "p1y", "+" };
	enum { LONG = 5000 };

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
		for (size_t length = 1; length < LONG; length = length * 2 + 1) {
			struct pool *p = pool_new();
			struct text *t = text_new(p, LONG + 20);
			struct worktime w;
			struct frame f = frame_of(p, &w, NULL, NULL);
			struct when out;
			size_t from, to;

			while (t->n < length)
				text_add(t, pieces[i]);
			when_parse(p, t->s, &f, &out, NULL);
			f.zone = NULL;
			when_parse(p, t->s, &f, &out, NULL);
			when_find(p, t->s, &f, &from, &to, &out);
			pool_end(&p);
		}
}

/* ---- the vocabulary ---- */

static void vocabulary_is_in_order(void **state)
{
#define W(word, meaning, value, glues) word,
	static const char *const words[] = {
#include "judgement/when_words.def"
	};
#undef W
	size_t n = sizeof words / sizeof *words;

	(void)state;
	assert_true(n > 600);
	for (size_t i = 1; i < n; i++)
		if (strcmp(words[i - 1], words[i]) >= 0)
			fail_msg("%s stands before %s", words[i - 1], words[i]);
	/* a sentence's words that cannot be a date's are passed over: none of these, nor of the phrases */
	for (size_t i = 0; i < n; i++)
		assert_true(when_word_may(words[i]));
	assert_true(when_word_may("latest") && when_word_may("o'clock") && when_word_may("a.m.") && when_word_may("europe/berlin") && when_word_may("4.12."));
	assert_false(when_word_may("slides") || when_word_may("grace") || when_word_may("l'ordonnance"));
}

int main(void)
{
	enum { ROWS = sizeof rows / sizeof *rows };
	struct CMUnitTest t[ROWS + 8];
	size_t n = 0;

	for (; n < ROWS; n++)
		t[n] = (struct CMUnitTest){ rows[n].rule, rule_holds, NULL, NULL, (void *)&rows[n] };
	t[n++] = (struct CMUnitTest){ "the specification's rows", specification_holds, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "a date in a sentence: the longest span", sentences_are_searched, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "a vague time offers what would do", a_vague_time_offers_what_would_do, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "12/05 is two dates: which one was taken is told", an_order_that_was_chosen_is_told, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "what is accepted lies ahead, whatever the hour", nothing_lies_in_the_past, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "is it one at all: without the clock", is_knows_no_clock, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "hostile words end soon", hostile_words_are_refused, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "the vocabulary is in byte order", vocabulary_is_in_order, NULL, NULL, NULL };
	return cmocka_run_group_tests_name("when", t, NULL, NULL);
}
