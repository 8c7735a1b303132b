/* what the owner hears: letters go in by intake(), and the mails that kept writes for them are read as a client does */
#include "house.h"

static void words_not_understood_are_answered_three_times_a_day_and_the_last_says_so(void **state)
{
	struct house *h = *state;
	const char *reply, *id;

	has(writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the slides."), "slides");
	reply = h->reply, id = h->id;
	for (int i = 1; i <= 5; i++) {
		const char *said = answers(h, pool_print(h->p, "bananas %d", i));

		if (i > 3) {
			assert_string_equal(said, "");
			continue;
		}
		has(said, pool_print(h->p, "bananas %d", i));
		(i == 3 ? has : lacks)(said, "last time today");
	}
	/* another promise has its own count, what is understood is always answered, and the next day is a new one */
	has(writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the table."), "table");
	has(answers(h, "bananas"), "bananas");
	h->reply = reply, h->id = id;
	has(answers(h, "snooze monday"), "Monday 30 November");
	h->reply = reply, h->id = id;
	h->now += 86400;
	has(answers(h, "bananas"), "bananas");
}

static void a_promise_is_quoted_as_the_owners_words_and_its_date_said_once(void **state)
{
	struct house *h = *state;
	const char *said = writes(h, "kept@example.org", TO_CAROL("Trial"), "Dear Carol,\r\n\r\nI will send you the slides by Friday.\r\n");

	assert_memory_equal(said, "Noted for Fri 27 Nov, 17:00: \"I will send you the slides\"\n", 58);
	has(said, "\"I will send you the slides\"\n");
	lacks(said, "by Friday.");
	lacks(said, "by Friday\n");
	/* another date than the sentence's: both are shown */
	said = writes(h, "kept+monday@example.org", TO_CAROL("Trial"), "I will send you the table by Friday.");
	has(said, "Noted for Mon 30 Nov, 09:00: \"I will send you the table by Friday\"\n");
	said = writes(h, "kept+freitag@example.org", TO_CAROL("Trial"), "Ich schicke Ihnen die Tabelle bis Freitag.");
	has(said, "\"Ich schicke Ihnen die Tabelle\"\n");
}

static void an_answer_speaks_its_owners_language(void **state)
{
	static const struct {
		const char *language, *words, *subject, *has;
	} rows[] = {
		{ "de", "+2d", "N\303\244chste Erinnerung Fr., 27. Nov., 09:00: ", "ich erinnere Sie wieder: Freitag, 27. November 2026, 09:00 Uhr MEZ, wenn es f\303\244llig ist." },
		{ "fr", "due monday", "Report\303\251 : lun. 30 nov.", "maintenant lundi 30 novembre 2026" },
		{ "es", "cancel", "Cancelado: ", "Para deshacerlo, responda" },
		{ "de", "done", "Nichts wurde ge\303\244ndert", "es ist schon abgesagt" },
		{ "es", "undo", "Deshecho: ", "se deshizo `cancel`: est\303\241 abierta" },
		{ "it", "done", "Done: ", "done, and closed" },
	};
	struct house *h = *state;
	const char *reply, *id, *said, *before = h->c->owners[0].language;

	writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the slides.");
	reply = h->reply, id = h->id;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		h->reply = reply, h->id = id;
		((struct owner *)h->c->owners)->language = rows[i].language;
		said = answers(h, rows[i].words);
		if (strncmp(said, rows[i].subject, strlen(rows[i].subject)) != 0)
			fail_msg("%s, %s: not \"%s\":\n%s", rows[i].language, rows[i].words, rows[i].subject, said);
		has(said, rows[i].has);
	}
	((struct owner *)h->c->owners)->language = before;
}

/* Where it lists, helps, asks back, or did not read a date. */
static void what_helps_speaks_its_owners_language_too(void **state)
{
	static const struct {
		const char *language, *words, *subject, *has;
	} rows[] = {
		{ "de", "list", "2 Versprechen sind offen", "für Carol, fällig Freitag, 27. November 2026" },
		{ "fr", "list overdue", "Aucune", "rien n’est en retard" },
		{ "es", "help due", "Cómo responderme", "la promesa vence en otro momento" },
		{ "de", "due frdiay", "Nichts wurde geändert", "„frdiay“ lese ich nicht als Datum" },
		{ "fr", "due yesterday", "Rien n’a été changé", "est passé" },
		{ "es", "snooze soon", "", "no dice ningún día" },
		{ "de", "send", "Nichts wurde geändert", "dazu wartet keine Mail auf Ihr Wort" },
		{ "it", "due frdiay", "Nothing was changed", "did you mean friday" },
	};
	struct house *h = *state;
	const char *reply, *id, *said, *before = h->c->owners[0].language;

	writes(h, "kept+friday@example.org", TO_CAROL("Other"), "I will send you the table.");
	writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the slides.");
	reply = h->reply, id = h->id;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		h->reply = reply, h->id = id;
		((struct owner *)h->c->owners)->language = rows[i].language;
		said = answers(h, rows[i].words);
		if (strncmp(said, rows[i].subject, strlen(rows[i].subject)) != 0)
			fail_msg("%s, %s: not \"%s\":\n%s", rows[i].language, rows[i].words, rows[i].subject, said);
		has(said, rows[i].has);
	}
	((struct owner *)h->c->owners)->language = before;
}

static void an_answers_subject_says_what_was_done(void **state)
{
	static const struct {
		const char *words, *subject, *has, *lacks;
	} rows[] = {
		{ "+2d", "Next reminder Fri 27 Nov, 09:00: \"I will send you the slides\"\n", "27 November 2026, 09:00 CET, when it is due.", "still due" },
		{ "snooze friday 8am", "Next reminder Fri 27 Nov, 08:00: \"I", "08:00 CET; it is still due that day at 09:00.", "due Friday 27" },
		{ "snooze monday", "Next reminder Mon 30 Nov, 09:00: \"I", "it is still due Friday 27 November 2026", "when it is due" },
		{ "due monday", "Moved to Mon 30 Nov, 09:00: \"I will send you the slides\"\n", "it is due Monday 30 November", "Your answer" },
		{ "note she prefers the phone", "Your note: \"I will", "noted", "Your answer" },
		{ "what: the slides\r\ndue friday", "Other words: \"the slides\", and 1 more\n", "so it reads now", "Your answer" },
		{ "due 1 jan 2020", "Nothing was changed\n", "due tomorrow", "Your answer" },
		{ "undo", "Taken back: \"", "was taken back", "Your answer" },
		{ "list", "1 promise is open\n", "for Carol, due", "Your answer" },
		{ "help", "How to answer me\n", "a date is", "Your answer" },
		{ "pause monday", "No reminders until Mon 30 Nov, 09:00\n", "no reminders", "Your answer" },
		{ "resume", "Reminders go on\n", "go on", "Your answer" },
		{ "done", "Done: \"the slides\"\n", "done, and closed", "Your answer" },
		{ "done", "Nothing was changed\n", "kept already", "Your answer" },
	};
	struct house *h = *state;
	const char *reply, *id, *said;

	writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the slides.");
	reply = h->reply, id = h->id;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		h->reply = reply, h->id = id;
		said = answers(h, rows[i].words);
		if (strncmp(said, rows[i].subject, strlen(rows[i].subject)) != 0)
			fail_msg("%s: not \"%s\" but:\n%s", rows[i].words, rows[i].subject, said);
		has(said, rows[i].has);
		lacks(said, rows[i].lacks);
	}
}

static void a_new_day_takes_the_old_one_out_and_the_same_one_changes_nothing(void **state)
{
	struct house *h = *state;

	writes(h, "kept@example.org", TO_CAROL("Trial"), "I will send you the slides by Friday.");
	assert_memory_equal(answers(h, "due monday"), "Moved to Mon 30 Nov, 09:00: \"I will send you the slides\"\n", 56);
	assert_memory_equal(answers(h, "due monday"), "Due Mon 30 Nov, 09:00, as before: \"I will", 41);
}

static void a_word_that_may_mean_several_is_answered_with_each(void **state)
{
	struct house *h = *state;
	const char *said;

	has(writes(h, "kept@example.org", TO_CAROL("Trial"), "I will send you the slides by Friday. I will send you the table by Monday."), "2 promises");
	said = answers(h, "done");
	has(said, "which one?");
	has(said, "**#1** \"I will send you the slides\": due Friday 27 November 2026");
	has(said, "**#2** \"I will send you the table\": due Monday 30 November 2026");
}

static void what_was_not_done_is_still_spoken_of(void **state)
{
	struct house *h = *state;

	writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the slides.");
	has(answers(h, "due 1 jan 2020"), "due tomorrow");
	has(answers(h, "due tomorrow"), "Moved to Thu 26 Nov"); /* answers the mail that said so */
}

static void a_misspelt_address_does_not_hide_the_sentences_date(void **state)
{
	struct house *h = *state;
	const char *said = writes(h, "kept+fridya@example.org", TO_CAROL("Trial"), "I will send you the slides by Monday.");

	has(said, "Noted for Mon 30 Nov, 17:00: ");
	has(said, "The date I could not read");
	has(said, "fridya");
	has(said, "I used the one in your words, \u201cby Monday\u201d");
	has(said, "body=due%20friday)");
	lacks(said, "Until you say");
	said = writes(h, "kept@example.org", TO_CAROL("Trial [kept fridya]"), "I will send you the table by Monday.");
	has(said, "The date I could not read");
	has(said, "17:00");
	said = writes(h, "kept@example.org", TO_CAROL("Trial"), "I will send you the tables of the study by 31 February.");
	has(said, "by Monday 30 November"); /* the policy's */
	has(said, "The date I could not read:** there is no day 31 in that month");
	/* where nothing else names a date, the policy's counts and kept asks */
	said = writes(h, "kept+fridya@example.org", TO_CAROL("Trial"), "I will send you the list.");
	has(said, "Mon 30 Nov, 09:00");
	has(said, "Until you say, it stands as above");
}

static void what_is_only_tagged_is_no_promise_with_canned_sentences(void **state)
{
	struct house *h = *state;
	const char *said = writes(h, "kept+friday@example.org", TO_CAROL("The minutes of Tuesday"), "Dear Carol,\r\n\r\nthank you for the minutes.\r\n");

	has(said, "\"The minutes of Tuesday\"");
	has(said, "no sentence of yours in it promises anything");
	has(said, "[Forget it](mailto:");
	lacks(said, "leaves open");
	lacks(said, "You promised");
	has(answers(h, "cancel"), "Called off");
	said = writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: Question\r\n", "Can I change a date that I gave you?");
	has(said, "sounds like a question");
	has(said, "[Forget it](mailto:");
	has(said, "body=help)");
	lacks(said, "To whom?");
	said = writes(h, "kept+friday@example.org", "To: kept+friday@example.org\r\nSubject: Ring the clinic\r\n", "About the samples.");
	has(said, "a note to yourself");
	lacks(said, "question");
	/* a sentence that promises is tested as ever */
	said = writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the slides.");
	has(said, "You promised it to Carol");
	lacks(said, "Forget it");
}

static void each_line_for_kept_is_a_promise_and_one_mail_answers(void **state)
{
	struct house *h = *state;
	const char *said = writes(h, "kept@example.org", TO_CAROL("Trial"),
				  "Dear Carol,\r\n\r\nit was good to see you.\r\n\r\nkept: send the slides by Friday\r\nkept: call about the samples on monday\r\n");

	assert_memory_equal(said, "Noted: 2 promises\n", 18);
	has(said, "\"send the slides\"");
	has(said, "\"call about the samples\"");
	has(said, "Friday 27 November");
	has(said, "Monday 30 November");
	lacks(said, "Forget it");
}

static void done_where_no_promise_is_known_is_answered_with_those_that_may_be_meant(void **state)
{
	struct house *h = *state;
	const char *said = writes(h, "kept+done@example.org", TO_CAROL("The slides"), "Here they are.");

	has(said, "Nothing was closed\n");
	has(said, "no promise in this conversation");
	has(said, "The slides");
	has(said, "nothing else of yours stands open");
	writes(h, "kept+friday@example.org", "To: Dan <dan@example.com>\r\nSubject: Trial\r\n", "I will send you the table.");
	writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the slides.");
	said = writes(h, "kept+done@example.org", TO_CAROL("The slides"), "Here they are.");
	has(said, "Which promise is done?\n");
	has(said, "**#2** \"I will send you the slides\": for Carol, due");
	has(said, "[done 2](mailto:");
	lacks(said, "the table");
	has(answers(h, "done"), "Done: \"I will send you the slides\"\n");
	said = writes(h, "kept+done@example.org", "To: Eve <eve@example.com>\r\nSubject: Hello\r\n", "Here it is.");
	has(said, "**#1** \"I will send you the table\": for Dan");
}

static void options_without_effect_are_said_to_have_none(void **state)
{
	struct house *h = *state;

	has(writes(h, "kept+only@example.org", TO_CAROL("Trial"), "I will send you the slides."), "no effect yet:** only.");
	has(writes(h, "kept+team-medinfo+2d@example.org", TO_CAROL("Trial"), "I will send you the table."), "no team is set up");
	lacks(writes(h, "kept+2d+noreply@example.org", TO_CAROL("Trial"), "I will send you the list."), "no effect");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, make, drop)
	const struct CMUnitTest t[] = {
		T(words_not_understood_are_answered_three_times_a_day_and_the_last_says_so),
		T(a_promise_is_quoted_as_the_owners_words_and_its_date_said_once), T(an_answers_subject_says_what_was_done), T(an_answer_speaks_its_owners_language), T(what_helps_speaks_its_owners_language_too), T(a_new_day_takes_the_old_one_out_and_the_same_one_changes_nothing), T(a_word_that_may_mean_several_is_answered_with_each),
		T(what_was_not_done_is_still_spoken_of),
		T(a_misspelt_address_does_not_hide_the_sentences_date), T(what_is_only_tagged_is_no_promise_with_canned_sentences),
		T(each_line_for_kept_is_a_promise_and_one_mail_answers), T(done_where_no_promise_is_known_is_answered_with_those_that_may_be_meant),
		T(options_without_effect_are_said_to_have_none),
	};

	return cmocka_run_group_tests_name("said", t, NULL, NULL);
}
