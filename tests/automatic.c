/* automatic replies: which letters are a machine's, and the day of return that they name. */
#include "rows.h"

#include "judgement/understand.h"
#include "letters/mime.h"

#define MACHINE "Auto-Submitted: auto-replied\r\nReturn-Path: <>\r\n"
#define THREAD "In-Reply-To: <one@example.org>\r\n"
#define BULK "Precedence: bulk\r\n"

/* Read on Tuesday, 24 November 2026. */
static const struct row {
	const char *rule, *headers, *subject, *text, *kind, *until; /* kind: NULL: a person's letter; until: NULL: none is told; "too": they are away on it */
} rows[] = {
	{ "a range of dates", MACHINE, "Automatic reply: x", "I am on leave from 23 November to 4 December.", "absence",
	  "2026-12-04 too" },
	{ "back on Monday", MACHINE, "Out of Office: x", "Hi, I am away this week, back on Monday.", "absence",
	  "2026-11-30" },
	{ "the day before the word", MACHINE, "Automatisch antwoord: x", "Ik ben maandag 7 december weer op kantoor.",
	  "absence", "2026-12-07" },
	{ "until further notice is no day", MACHINE, "Automatische Antwort: x", "Ich bin bis auf Weiteres erkrankt.",
	  "absence", NULL },
	{ "parental leave until a month", MACHINE, "Réponse automatique : x",
	  "Je suis en congé maternité jusqu'en avril 2027.", "absence",
	  "2027-04-01" },
	{ "out today names no return", MACHINE, "Automatic reply: x", "I am out sick today.", "absence", NULL },
	{ "service that resumes", MACHINE, "Vacation reply", "I'm travelling. Normal service resumes Dec 14.",
	  "absence", "2026-12-14" },
	{ "two numbers before another word", MACHINE, "Risposta automatica: x", "Chiuso dal 21/12 al 3/1 compresi.",
	  "absence", "2027-01-03 too" },
	{ "days of one month", MACHINE, "Automatic reply: x", "OOO 24-27 Nov.", "absence", "2026-11-27 too" },
	{ "somebody who is gone", MACHINE, "Automatische Antwort: x", "Frau Lang hat unser Haus verlassen.", "gone",
	  NULL },
	{ "a receipt with a number", MACHINE, "[Ticket#2026112410000123] x", "Your request has been received.",
	  "ticket", NULL },
	{ "in the thread, without a subject of its own", MACHINE THREAD, "Re: x",
	  "I am on annual leave until 4 December.", "absence", "2026-12-04" },
	{ "a mass mailer that answers", BULK THREAD, "Re: x", "I am away from my email until December 7.", "absence",
	  "2026-12-07" },
	{ "no header, but the subject of a machine", "", "Automatic reply: x",
	  "I am out of the office until 7 December.", "absence", "2026-12-07" },
	{ "no header, a subject that both write, and a text that agrees", "", "Absence : x",
	  "Je serai de retour lundi 30 novembre.",
	  "absence", "2026-11-30" },
	{ "a question to somebody who may be away", "", "Out of office next week?",
	  "Ada, are you out of the office next week?", NULL, NULL },
	{ "colleagues who are absent", "", "Absent colleagues", "Ada, who of your colleagues is absent next week?",
	  NULL, NULL },
	{ "somebody else's absence", "", "Afwezigheid volgende week", "Ik ben volgende week afwezig, zullen we bellen?",
	  NULL, NULL },
	{ "a request for leave", "", "Absence: request for approval",
	  "Jane asks for leave from 23 November. Do you approve?", NULL, NULL },
	{ "a car", "", "Auto: quote", "The car dealer sent a quote.", NULL, NULL },
	{ "a person who says so in an answer", THREAD, "Re: x",
	  "I am out of the office until Thursday, but I read your figures.", NULL, NULL },
	{ "a text of an automatic reply, to be looked over", "", "Auto-reply text",
	  "Ada, please check the auto-reply text I drafted: I am out of the office until 4 December.", NULL, NULL },
	{ "no header, but a text that says what it is", "", "x",
	  "This is an automated reply. I am on holiday until 4 December.", "absence",
	  "2026-12-04" },
	{ "days in a row", MACHINE, "Réponse automatique : x", "Je serai absente les 25, 26 et 27 novembre.", "absence",
	  "2026-11-27 too" },
	{ "including the day", MACHINE, "Automatische Antwort: x", "Ich bin bis einschließlich 18. Dezember nicht im Büro.", "absence",
	  "2026-12-18 too" },
	{ "the day included, behind it", MACHINE, "Automatische Antwort: x", "Ich bin bis zum 18. Dezember (einschließlich) nicht da.", "absence",
	  "2026-12-18 too" },
	{ "through a day", MACHINE, "Automatic reply: x", "I am out of the office through 18 December.", "absence", "2026-12-18 too" },
	{ "until and including", MACHINE, "Automatic reply: x", "I am away until and including 18 December.", "absence", "2026-12-18 too" },
	{ "inclusive in French", MACHINE, "Réponse automatique : x", "Je suis absente jusqu'au 18 décembre inclus.", "absence",
	  "2026-12-18 too" },
	{ "from one day of the month to another", MACHINE, "Automatische Antwort: x", "Ich bin vom 1. bis 18.12. im Urlaub.", "absence",
	  "2026-12-18 too" },
	{ "the same in Italian", MACHINE, "Risposta automatica: x", "Sono in ferie dal 1 al 18 dicembre.", "absence", "2026-12-18 too" },
	{ "the same in French", MACHINE, "Réponse automatique : x", "Je suis en congé du 1er au 18 décembre.", "absence",
	  "2026-12-18 too" },
	{ "a range, and the day of return", MACHINE, "Automatische Antwort: x", "Ich bin vom 1. bis 18.12. im Urlaub und ab dem 21.12. wieder da.",
	  "absence", "2026-12-21" },
	{ "until a day alone is the return", MACHINE, "Automatic reply: x", "I am out of the office until 18 December.", "absence", "2026-12-18" },
	{ "back on a day", MACHINE, "Automatic reply: x", "I am away and back on 18 December.", "absence", "2026-12-18" },
	{ "talk of an automatic reply", THREAD, "Re: Automatic reply: x",
	  "I got your automatic reply and wait until Monday.", NULL, NULL },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	const char *bytes = pool_print(p, "From: Carl <carl@clinic.example>\r\nTo: ada@example.org\r\nMIME-Version: 1.0\r\n%sSubject: %s\r\n"
				       "Content-Type: text/plain; charset=utf-8\r\nDate: Tue, 24 Nov 2026 10:00:00 +0100\r\n\r\n%s\r\n",
				       r->headers, r->subject, r->text);
	struct place at = { .kind = PLACE_INBOX, .folder = "", .owner = &c->owners[0], .arrived = 1795510920 };
	struct known known = { 0 };
	struct letter l;
	struct meaning m;
	const char *until = "";

	mime_read(p, bytes, strlen(bytes), &l);
	understand(p, &l, &at, &known, c, 1795510920, &m);
	if (m.automatic.has_until) {
		struct civil day = day_civil(m.automatic.until);

		until = pool_print(p, "%04d-%02d-%02d%s", day.year, day.month, day.day, m.automatic.last ? " too" : "");
	}
	assert_int_equal(m.class == CLASS_AUTO, r->kind != NULL);
	if (r->kind)
		assert_string_equal(m.automatic.kind, r->kind);
	assert_string_equal(until, r->until ? r->until : "");
	pool_end(&p);
}

int main(void)
{
	struct CMUnitTest t[sizeof rows / sizeof *rows];

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	return cmocka_run_group_tests_name("automatic replies", t, NULL, NULL);
}
