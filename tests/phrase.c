/* phrase: dates and counts as people write them in each language */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "letters/phrase.h"
#include "letters/phrase_answers.h"
#include "letters/phrase_calendars.h"
#include "letters/phrase_checkins.h"
#include "letters/phrase_helps.h"
#include "letters/phrase_people.h"
#include "letters/phrase_teams.h"

#define NOW 1796115600 /* Tue 1 Dec 2026, 10:00 in Berlin */
#define LEN(a) (sizeof(a) / sizeof *(a))

static const struct row {
	const char *rule, *language;
	utc at;
	const char *time, *brief, *day;
} rows[] = {
	{ "English", "en", NOW, "Tuesday 1 December 2026, 10:00 CET", "Tue 1 Dec, 10:00", "Tuesday 1 December" },
	{ "American English puts the month first", "en-US", NOW, "Tuesday, December 1, 2026, 10:00 CET", "Tue, Dec 1, 10:00", "Tuesday, December 1" },
	{ "German, with its own letters for its time", "de", NOW, "Dienstag, 1. Dezember 2026, 10:00 Uhr MEZ", "Di., 1. Dez., 10:00", "Dienstag, 1. Dezember" },
	{ "Austrian German is German", "de-AT", NOW, "Dienstag, 1. Dezember 2026, 10:00 Uhr MEZ", "Di., 1. Dez., 10:00", "Dienstag, 1. Dezember" },
	{ "French: the first of a month", "fr", NOW, "mardi 1er décembre 2026, 10 h 00 CET", "mar. 1er déc., 10 h 00", "mardi 1er décembre" },
	{ "French: another day, another year", "fr", NOW + 45 * 86400, "vendredi 15 janvier 2027, 10 h 00 CET", "ven. 15 janv. 2027, 10 h 00", "vendredi 15 janvier 2027" },
	{ "Spanish", "es", NOW, "martes 1 de diciembre de 2026, 10:00 CET", "mar 1 dic, 10:00", "martes 1 de diciembre" },
	{ "Spanish: another year", "es", NOW + 45 * 86400, "viernes 15 de enero de 2027, 10:00 CET", "vie 15 ene 2027, 10:00", "viernes 15 de enero de 2027" },
	{ "German: another year", "de", NOW + 45 * 86400, "Freitag, 15. Januar 2027, 10:00 Uhr MEZ", "Fr., 15. Jan. 2027, 10:00", "Freitag, 15. Januar 2027" },
	{ "a language that is not in the list speaks English", "it", NOW, "Tuesday 1 December 2026, 10:00 CET", "Tue 1 Dec, 10:00", "Tuesday 1 December" },
	{ "no language", NULL, NOW, "Tuesday 1 December 2026, 10:00 CET", "Tue 1 Dec, 10:00", "Tuesday 1 December" },
};

static void dates(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	const struct zone *z;

	assert_true(zone_load(p, "Europe/Berlin", &z, NULL));
	assert_string_equal(phrase_time(p, r->language, z, r->at), r->time);
	assert_string_equal(phrase_time_short(p, r->language, z, r->at, NOW), r->brief);
	assert_string_equal(phrase_day(p, r->language, z, r->at, NOW), r->day);
	pool_end(&p);
}

static void counts(void **state)
{
	struct pool *p = pool_new();

	(void)state;
	assert_string_equal(phrase_count(p, "en", 1, PHRASE_DAY), "1 day");
	assert_string_equal(phrase_count(p, "de", 2, PHRASE_DAY), "2 Tage");
	assert_string_equal(phrase_span(p, "fr", 30), "1 minute");
	assert_string_equal(phrase_span(p, "es", 3 * 3600), "3 horas");
	assert_string_equal(phrase_span(p, "de", 50 * 3600), "2 Tage");
	assert_string_equal(phrase_with(p, "fr", PHRASE_SAY_WHEN, "vendredi 4 décembre"), "Ce sera fait d’ici au vendredi 4 décembre.");
	assert_true(phrase_speaks("de-CH"));
	assert_false(phrase_speaks("deu"));
	assert_false(phrase_speaks(""));
	pool_end(&p);
}

static void cadences(void **state)
{
	static const struct {
		const char *rule, *rrule, *language, *words;
	} said[] = {
		{ "weekdays are named", "FREQ=WEEKLY;BYDAY=MO,TH", "en", "every week on Monday, Thursday" },
		{ "a last day too", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20261218T080000Z", "de", "alle 2 Wochen am Montag bis Freitag, 18. Dezember" },
		{ "the first day alone says which of a month", "FREQ=MONTHLY;INTERVAL=3;BYDAY=2TH", "fr", "tous les 3 mois" },
		{ "so many times", "FREQ=DAILY;COUNT=5", "es", "cada día, 5 veces" },
		{ "what is no rule of ours says nothing", "FREQ=HOURLY;BYDAY=X", "en", "" },
		{ "a broken list of days is passed over", "FREQ=WEEKLY;BYDAY=M", "en", "every week" },
	};
	struct pool *p = pool_new();
	const struct zone *z;

	(void)state;
	assert_true(zone_load(p, "Europe/Berlin", &z, NULL));
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		if (strcmp(phrase_cadence(p, said[i].language, z, said[i].rrule, true, NOW), said[i].words) != 0)
			fail_msg("%s: %s", said[i].rule, phrase_cadence(p, said[i].language, z, said[i].rrule, true, NOW));
	pool_end(&p);
}

/* The same places in every language, and none is empty. */
static void heard(void **state)
{
	static const struct { const char *text, *code; } said[] = {
		{ "Sehr geehrte Frau Lovelace, könnten Sie mir bitte die Daten zur Niere schicken? Danke!", "de" },
		{ "Could you send me the data for patients with renal impairment? Thank you.", "en" },
		{ "Bonjour, pouvez-vous m’envoyer les données ? Merci de votre aide, je vous rappelle.", "fr" },
		{ "¿Me puede enviar los datos para las pacientes? Muchas gracias por todo.", "es" },
		{ "Grazie mille per i dati.", NULL }, { "ARGUS-2", NULL }, { "Danke", NULL }, { "", NULL },
	};
	struct pool *p = pool_new();
	const char *name;

	(void)state;
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		const char *code = phrase_heard(p, said[i].text, PHRASE_PLAIN, &name);

		if (!code != !said[i].code || (code && strcmp(code, said[i].code) != 0))
			fail_msg("\"%s\" is %s", said[i].text, code ? code : "not plain");
	}
	pool_end(&p);
}

static void whole(void **state)
{
	static const char *const languages[] = { "en", "de", "fr", "es" };

	(void)state;
#define X(id, en, de, fr, es) \
	for (size_t i = 0; i < LEN(languages); i++) { \
		const char *s = phrase(languages[i], PHRASE_##id); \
		if (!*s || !strstr(s, "{1}") != !strstr(en, "{1}")) \
			fail_msg("%s in %s: \"%s\"", #id, languages[i], s); \
	}
	PHRASES(X)
#undef X
}

/* The files' text, what is escaped in their literals as it is meant, and each in one piece. */
static const char *sources(const char *const *files, size_t count)
{
	static char all[1 << 20];
	size_t n = 0, to = 0;

	for (size_t i = 0; i < count; i++) {
		FILE *f = fopen(files[i], "r");

		assert_non_null(f);
		n += fread(all + n, 1, sizeof all - 1 - n, f);
		fclose(f);
	}
	all[n] = '\0';
	for (size_t i = 0; i < n; i++)
		if (all[i] == '"' && all[i + 1 + strspn(all + i + 1, " \t\n")] == '"' && all[i + 1] != '"')
			i += 1 + strspn(all + i + 1, " \t\n"); /* one literal in two pieces */
		else if (all[i] == '\\' && i + 1 < n && strchr("\\\"n", all[i + 1]))
			all[to++] = all[++i] == 'n' ? '\n' : all[i];
		else
			all[to++] = all[i];
	all[to] = '\0';
	return all;
}

/* An answer is a format: what stands behind each % is the same in every language, in the same order. */
static const char *places(const char *s)
{
	static char out[4][200];
	static int turn;
	char *at = out[turn = (turn + 1) % 4];
	size_t n = 0;

	for (; (s = strchr(s, '%')) && n < 190; s++) {
		size_t k = strcspn(s, "sdu");

		if (s[1] == '%') {
			s++;
			continue;
		}
		memcpy(at + n, s, k + 1);
		n += k + 1;
	}
	at[n] = '\0';
	return at;
}

static void answers_have_the_same_places(void **state)
{
	static const char *const files[] = { "lib/work/alike_checkin.c", "lib/work/alike_take.c", "lib/work/calendars.c", "lib/nouns/commitment.h", "lib/nouns/challenge.h", "lib/nouns/mail.h", "lib/judgement/command.h", "lib/judgement/look.c", "lib/work/courier.c",
		"lib/letters/phrase.c", "lib/judgement/gate.c", "lib/judgement/plan_outside.c", "lib/judgement/understand_checkin.c", "lib/judgement/when.c",
		"lib/nouns/checkin.h", "lib/nouns/contact.h", "lib/work/checkins.c", "lib/work/checkins_answer.c",
		"lib/work/checkins_time.c", "lib/work/checkins_word.c", "lib/work/execute_challenge.c", "lib/work/schedule_login.c",
		"lib/work/execute_checkin.c", "lib/work/execute_interest.c", "lib/work/execute_people.c", "lib/work/people.c",
		"lib/work/checkins_undo.c",
		"lib/work/schedule_brief.c", "lib/work/schedule_cadence.c", "lib/work/schedule_checkin.c", "lib/work/schedule_interest.c",
		"lib/work/schedule_share.c", "lib/work/intake_answer.c", "lib/work/schedule_look.c", "lib/work/execute.c", "lib/work/execute_undo.c", "lib/work/execute_team.c", "lib/work/schedule_team.c", "lib/work/intake_team.c", "lib/work/intake_promise.c", "lib/work/execute_asked.c", "lib/work/execute_met.c",
		"lib/work/execute_outside.c", "lib/work/execute_proposal.c",
		"lib/work/execute_promise.c", "lib/work/execute_stop.c", "lib/work/intake_stop.c", "lib/work/schedule_outside.c", "lib/work/schedule_returned.c" };
	const char *all = sources(files, LEN(files));

	(void)state;
#define X(en, de, fr, es) \
	if (!*(de) || !*(fr) || !*(es) || strcmp(places(en), places(de)) != 0 || strcmp(places(en), places(fr)) != 0 || \
	    strcmp(places(en), places(es)) != 0) \
		fail_msg("%s", en); \
	if (!strstr(all, "\"" en "\"")) \
		fail_msg("nobody says \"%s\"", en);
	ANSWERS(X)
	HELPS(X)
	CALENDARS(X)
	CHECKINS(X)
	PEOPLE(X)
	TEAMS(X)
#undef X
	assert_string_equal(phrase_of("de-AT", "Called off"), "Abgesagt");
	assert_string_equal(phrase_of("it", "Called off"), "Called off");
	assert_string_equal(phrase_of("de", "never said"), "never said");
}

/* Why a mail waits is said in English elsewhere; what is translated must be what is said. */
static void whys(void **state)
{
	static const char *const files[] = { "lib/judgement/plan_outside.c", "lib/work/drafts.c", "lib/work/execute_outside.c",
		"daemon/kept_outside.c" };
	const char *all = sources(files, LEN(files));

	(void)state;
	for (int i = PHRASE_WHY_DELIVERED; i <= PHRASE_WHY_OWN; i++) {
		const char *english = phrase("en", (enum phrase)i);

		if (!strstr(all, english))
			fail_msg("nobody says \"%s\"", english);
		assert_string_equal(phrase_of("de", english), phrase("de", (enum phrase)i));
	}
	assert_string_equal(phrase_of("de", "something else"), "something else");
}

int main(void)
{
	struct CMUnitTest t[LEN(rows) + 6];
	size_t n = 0;

	for (; n < LEN(rows); n++)
		t[n] = (struct CMUnitTest){ rows[n].rule, dates, NULL, NULL, (void *)&rows[n] };
	t[n++] = (struct CMUnitTest){ "how often a meeting comes is said in words", cadences, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "counts have their plural", counts, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "the language of a text is known by its small words", heard, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "each phrase is there in each language", whole, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "an answer is said as it is translated, with the same places", answers_have_the_same_places, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "why a mail waits is said as it is translated", whys, NULL, NULL, NULL };
	return _cmocka_run_group_tests("phrase", t, n, NULL, NULL);
}
