/* stops: what takes mail to others back, or moves it, and what the owner hears of it */
#include "house.h"

#include "borders/net.h"
#include "work/courier.h"
#include "work/schedule_inner.h"

#define CAROL_SAYS(id, fields, text) \
	"Authentication-Results: mx.example.org; dmarc=pass header.from=example.com\r\nFrom: Carol <carol@example.com>\r\nTo: Ada Lovelace <ada@example.org>\r\n" \
	"Date: Wed, 25 Nov 2026 10:30:00 +0100\r\nMessage-ID: <" id "@example.com>\r\n" fields "\r\n" text "\r\n"
#define IN_THREAD "In-Reply-To: <m1@example.org>\r\nSubject: Re: Trial\r\n"

/* Ada's house, where a receipt is prepared for Carol, and waits. */
static void promise(struct house *h)
{
	static const char *prepare[] = { "receipt", "progress", "delay" };
	struct policy *y = (struct policy *)&h->c->policies[0];
	int64_t *waiting;
	size_t n;
	utc next;

	y->prepare = (struct strings){ prepare, 3 };
	/* told to kept alone: she has it not in writing */
	has(writes(h, "kept+friday@example.org", "To: kept@example.org\r\nSubject: Trial\r\n", "I will send carol@example.com the slides."), "slides");
	h->now += 60;
	WELL(schedule(h->q, h->c, h->now, &next, &e));
	has(heard(h), "carol@example.com");
	WELL(outbox_waiting(h->q, h->p, 1, &waiting, &n, &e));
	assert_int_equal(n, 1);
}

static size_t waiting(struct house *h)
{
	int64_t *ids;
	size_t n;

	WELL(outbox_waiting(h->q, h->p, 1, &ids, &n, &e));
	return n;
}

static struct contact carol(struct house *h)
{
	struct contact c;
	bool found;

	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "Carol", "carol@example.com" }, &c, &found, &e));
	return c;
}

static struct commitment first(struct house *h)
{
	struct commitment m;
	utc answered;
	bool found;

	WELL(store_commitment(h->q, h->p, h->c, 1, &m, &answered, &found, &e));
	return m;
}

static utc day(struct house *h, const char *words)
{
	return rows_at(h->c, words);
}

/* `who` with a letter wrong: it says so, and so does what waits for approval. Who was meant is known, and looks like none. */
static void a_slip_of_a_known_address_is_seen_before_anything_leaves(void **state)
{
	struct house *h = *state;
	const char *said;

	promise(h);
	comes(h, PLACE_INBOX, CAROL_SAYS("k1", IN_THREAD, "Thank you."));
	said = answers(h, "who 1 carol@examp1e.com");
	has(said, "For carol@examp1e.com");
	has(said, "carol@examp1e.com is not known, and looks like a slip: it is carol@example.com with a letter or two wrong. Is that right?");
	has(said, "Look at this first:\n\n- carol@examp1e.com is not known, and looks like a slip");
	lacks(answers(h, "who 1 carol@example.com"), "slip");
}

#define AWAY(id, text) CAROL_SAYS(id, "Auto-Submitted: auto-replied\r\nSubject: Automatic reply: Trial\r\n", text)

static void an_absence_moves_mail_to_the_working_day_of_return(void **state)
{
	struct house *h = *state;
	const char *said;

	promise(h);
	said = comes(h, PLACE_INBOX, AWAY("a1", "I am out of the office until 5 December 2026."));
	has(said, "Away until");
	has(said, "the slides");
	assert_int_equal(carol(h).absent, day(h, "2026-12-07T09:00"));
	assert_int_equal(waiting(h), 0);
	/* the same again says nothing; an earlier day shortens nothing */
	assert_string_equal(comes(h, PLACE_INBOX, AWAY("a2", "I am out of the office until 5 December 2026.")), "");
	assert_string_equal(comes(h, PLACE_INBOX, AWAY("a3", "I am out of the office until 2 December 2026.")), "");
	assert_int_equal(carol(h).absent, day(h, "2026-12-07T09:00"));
	/* a later one extends it; said once a day */
	assert_string_equal(comes(h, PLACE_INBOX, AWAY("a5", "I am out of the office until 8 December 2026.")), "");
	assert_int_equal(carol(h).absent, day(h, "2026-12-08T09:00"));
	h->now += 86400;
	has(comes(h, PLACE_INBOX, AWAY("a4", "I am out of the office until 14 December 2026.")), "Away until");
	assert_int_equal(carol(h).absent, day(h, "2026-12-14T09:00"));
}

static void through_a_day_is_back_on_the_next_working_day(void **state)
{
	struct house *h = *state;

	promise(h);
	has(comes(h, PLACE_INBOX, AWAY("a1", "I am out of the office through 11 December 2026.")), "Away until Mon 14 Dec");
	assert_int_equal(carol(h).absent, day(h, "2026-12-14T09:00"));
}

static void an_absence_without_a_day_is_a_week(void **state)
{
	struct house *h = *state;

	promise(h);
	has(comes(h, PLACE_INBOX, AWAY("a1", "I am out of the office at the moment.")), "names no day");
	assert_int_equal(carol(h).absent, day(h, "2026-12-02T09:00"));
	h->now += 86400;
	assert_string_equal(comes(h, PLACE_INBOX, AWAY("a2", "I am out of the office at the moment.")), "");
	assert_int_equal(carol(h).absent, day(h, "2026-12-02T09:00"));
}

static void a_forged_absence_delays_by_two_months_at_most(void **state)
{
	struct house *h = *state;

	promise(h);
	has(comes(h, PLACE_INBOX, AWAY("a1", "I am out of the office until 1 June 2027.")), "Away until");
	assert_true(carol(h).absent <= h->now + 63 * 86400);
}

#define FALSE_CAROL(id, fields, text) \
	"Authentication-Results: mx.example.org; dmarc=fail header.from=example.com\r\nFrom: Carol <carol@example.com>\r\nTo: ada@example.org\r\n" \
	"Message-ID: <" id "@example.com>\r\n" fields "\r\n" text "\r\n"

static void a_false_absence_is_nobodys_matter(void **state)
{
	struct house *h = *state;

	promise(h);
	assert_string_equal(comes(h, PLACE_INBOX, FALSE_CAROL("a1", "Auto-Submitted: auto-replied\r\nSubject: Automatic reply: x\r\n", "I am out of the office until 5 December 2026.")), "");
	assert_int_equal(carol(h).absent, 0);
	assert_int_equal(waiting(h), 1);
}

#define TO_KEPT(id, from, to, text) \
	"From: " from "\r\nTo: " to "\r\nMessage-ID: <" id "@example.com>\r\nIn-Reply-To: <m1@example.org>\r\nSubject: Re: Slides\r\n\r\n" text "\r\n"

/* A Reply-To that names kept takes the answers from her: she hears of those that did not reach her, and nothing in them
 * is a command or a promise of hers. */
static void what_came_to_kept_alone_its_owner_hears(void **state)
{
	struct house *h = *state;
	const char *said;

	has(writes(h, "kept+friday@example.org", "To: Carol <carol@example.com>\r\nCc: kept+friday@example.org\r\n"
		   "Reply-To: kept@example.org\r\nSubject: Slides\r\n", "I will send you the slides."), "slides");
	said = comes(h, PLACE_CAPTURE, TO_KEPT("k1", "Carol <carol@example.com>", "kept@example.org", "Could I have them on Thursday?"));
	has(said, "To me alone: Re: Slides");
	has(said, "Could I have them on Thursday?");
	/* whoever else is in the conversation */
	has(comes(h, PLACE_CAPTURE, TO_KEPT("k2", "Dave <dave@example.net>", "kept+friday@example.org", "done")), "> done");
	assert_int_equal(first(h).state, COMMITMENT_OPEN);
	/* to all: she has it herself */
	assert_string_equal(comes(h, PLACE_CAPTURE, TO_KEPT("k3", "Carol <carol@example.com>", "ada@example.org\r\nCc: kept@example.org", "I will send you my table.")), "");
	/* a stranger who names no conversation is nobody's matter; a flood is not passed on */
	assert_string_equal(comes(h, PLACE_CAPTURE, "From: eve@example.net\r\nTo: kept@example.org\r\nMessage-ID: <k4@example.net>\r\nSubject: Hello\r\n\r\nHello.\r\n"), "");
	for (int i = 0; i < 5; i++)
		said = comes(h, PLACE_CAPTURE, pool_print(h->p, TO_KEPT("f%d", "Carol <carol@example.com>", "kept@example.org", "Again %d."), i, i));
	assert_string_equal(said, "");
}

/* "ada@example.org" <carol@example.com>: a name that could be taken for another address is none. */
static void a_name_that_is_another_address_is_not_shown(void **state)
{
	struct house *h = *state;
	const char *said;

	promise(h);
	said = comes(h, PLACE_INBOX, "Authentication-Results: mx.example.org; dmarc=pass header.from=example.com\r\n"
				     "From: \"bob@\xE2\x80\x8B" "example.net\" <carol@example.com>\r\nTo: ada@example.org\r\nAuto-Submitted: auto-replied\r\n"
				     "Subject: Automatic reply: Trial\r\nMessage-ID: <a1@example.com>\r\n\r\nI am out of the office until 5 December 2026.\r\n");
	has(said, "Away until");
	has(said, "carol@example.com");
	assert_null(strstr(said, "example.net"));
}

/* What stands before the @ is a stranger's: a link in kept's own mail. */
static void an_address_is_no_link(void **state)
{
	struct house *h = *state;
	const char *said;

	writes(h, "kept+friday@example.org", "To: \"x`[y](https://eve.example/)`z\"@eve.example\r\nSubject: Trial\r\n", "I will send you the slides.");
	said = comes(h, PLACE_INBOX, "From: \"x`[y](https://eve.example/)`z\"@eve.example\r\nTo: ada@example.org\r\nAuto-Submitted: auto-replied\r\nSubject: Automatic reply: x\r\n"
				     "Message-ID: <e1@eve.example>\r\n\r\nI am out of the office until 5 December 2026.\r\n");
	has(said, "Away until");
	lacks(said, "href=3D\"https://eve");
}

/* By mail, as on the terminal: the answer to what told of it takes it back, and no more than that. */
static void resume_lifts_what_the_mail_answered_told_of(void **state)
{
	struct house *h = *state;
	struct owner_row row;

	promise(h);
	comes(h, PLACE_INBOX, AWAY("a1", "I am out of the office until 5 December 2026."));
	assert_int_equal(waiting(h), 0);
	has(answers(h, "resume"), "what I prepare for Carol goes on.");
	assert_int_equal(carol(h).absent, 0);
	assert_int_equal(waiting(h), 1);
	/* the answer to what told of an absence lifts no refusal */
	comes(h, PLACE_INBOX, CAROL_SAYS("r1", IN_THREAD, "Please do not contact me again."));
	assert_int_equal(waiting(h), 0);
	has(answers(h, "resume"), "goes on.");
	assert_int_equal(carol(h).consent, CONTACT_CONSENT_OPEN);
	assert_string_equal(carol(h).why, "");
	comes(h, PLACE_INBOX, AWAY("a2", "I am out of the office until 5 December 2026."));
	heard(h);
	{
		const char *reply = h->reply, *id = h->id;

		comes(h, PLACE_INBOX, CAROL_SAYS("r2", IN_THREAD, "I said it: please do not contact me again."));
		h->reply = reply, h->id = id;
	}
	answers(h, "resume");
	assert_int_equal(carol(h).absent, 0);
	assert_int_equal(carol(h).consent, CONTACT_CONSENT_NEVER);
	/* elsewhere it ends one's own pause */
	writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "pause");
	has(writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "resume"), "reminders go on");
	WELL(store_owner(h->q, "ada", &row, &e));
	assert_int_equal(row.paused, 0);
	assert_int_equal(carol(h).consent, CONTACT_CONSENT_NEVER);
}

/* An answer, and the day of one, that is said not to be theirs moves nothing: its owner is asked. */
static void a_false_answer_asks(void **state)
{
	struct house *h = *state;

	promise(h);
	writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "wait 1 4 december");
	has(comes(h, PLACE_INBOX, FALSE_CAROL("f1", IN_THREAD, "We took the other way: the committee has met, and it is settled for our side.")), "Is that what you wait for?");
	/* once a week, whatever they write */
	assert_string_equal(comes(h, PLACE_INBOX, FALSE_CAROL("f2", IN_THREAD, "I'll check and come back to you on 1 June 2027.")), "");
	assert_int_equal(first(h).state, COMMITMENT_WAITING);
	assert_true(first(h).snoozed <= day(h, "2026-12-04T17:00"));
	/* what may be hers is asked about all the same */
	has(comes(h, PLACE_INBOX, CAROL_SAYS("f3", IN_THREAD, "Thank you so much, it was lovely to see all of you again in Vienna and to talk about everything there.")), "Is that what you wait for?");
}

/* The server says that they are not Carol's: they withdraw nothing, promise nothing in her name, and follow nothing up. */
static void a_false_answer_counts_in_no_figure(void **state)
{
	static const char *after[] = { "aftercare" };
	struct house *h = *state;
	struct score_track *list;
	struct theirs *theirs;
	size_t n;

	promise(h);
	comes(h, PLACE_INBOX, FALSE_CAROL("f1", IN_THREAD, "The committee has met, and we want the tables too. I will send you the protocol tomorrow."));
	assert_int_equal(waiting(h), 1);
	WELL(store_theirs(h->q, h->p, "ada", &theirs, &n, &e));
	assert_int_equal(n, 0);
	((struct policy *)&h->c->policies[0])->prepare = (struct strings){ after, 1 };
	writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "done 1");
	assert_int_equal(first(h).state, COMMITMENT_DELIVERED);
	h->now += 60;
	comes(h, PLACE_INBOX, FALSE_CAROL("f2", IN_THREAD, "The slides answer what the committee asked, and we take the other way."));
	WELL(store_score(h->q, h->p, h->c, &h->c->owners[0], &list, &n, &e));
	assert_int_equal(list[0].answered, 0);
	assert_false(list[0].followed);
	assert_int_equal(list[0].commitment.state, COMMITMENT_DELIVERED);
	comes(h, PLACE_INBOX, CAROL_SAYS("f3", IN_THREAD, "The slides answer what the committee asked, and we take the other way."));
	WELL(store_score(h->q, h->p, h->c, &h->c->owners[0], &list, &n, &e));
	assert_true(list[0].followed);
	assert_int_equal(list[0].commitment.state, COMMITMENT_KEPT);
}

static void an_absence_of_a_stranger_is_nobodys_matter(void **state)
{
	struct house *h = *state;

	promise(h);
	assert_string_equal(comes(h, PLACE_INBOX, "From: Dan <dan@example.com>\r\nAuto-Submitted: auto-replied\r\nSubject: Automatic reply: x\r\nMessage-ID: <d1@example.com>\r\n"
				  "\r\nI am out of the office until 5 December 2026.\r\n"), "");
	assert_int_equal(waiting(h), 1);
}

static void who_asks_for_no_more_mail_gets_none(void **state)
{
	struct house *h = *state;
	const char *said;

	promise(h);
	said = comes(h, PLACE_INBOX, CAROL_SAYS("r1", IN_THREAD, "Thank you, but please stop writing to me."));
	has(said, "please stop writing to me");
	has(said, "answer resume");
	assert_int_equal(carol(h).consent, CONTACT_CONSENT_NEVER);
	has(carol(h).why, "please stop writing to me");
	assert_int_equal(waiting(h), 0);
	assert_int_equal(first(h).state, COMMITMENT_OPEN);
	assert_string_equal(comes(h, PLACE_INBOX, CAROL_SAYS("r2", IN_THREAD, "I said it: do not contact me again.")), "");
}

static void outside_the_conversation_it_must_be_proven(void **state)
{
	struct house *h = *state;

	promise(h);
	assert_string_equal(comes(h, PLACE_INBOX, "From: Carol <carol@example.com>\r\nTo: ada@example.org\r\nSubject: Mail\r\nMessage-ID: <r1@example.com>\r\n\r\nUnsubscribe me, please.\r\n"), "");
	assert_int_equal(carol(h).consent, CONTACT_CONSENT_OPEN);
	assert_int_equal(waiting(h), 1);
	has(comes(h, PLACE_INBOX, CAROL_SAYS("r2", "Subject: Mail\r\n", "Unsubscribe me, please.")), "asks not to be written to");
	assert_int_equal(carol(h).consent, CONTACT_CONSENT_NEVER);
}

/* … nor do the names that anybody can make up at their domain. */
static void who_is_promised_nothing_must_be_proven_to_refuse(void **state)
{
	struct house *h = *state;
	struct contact c;
	bool found;

	promise(h);
	assert_string_equal(comes(h, PLACE_INBOX, "From: Eve <eve@example.com>\r\nTo: ada@example.org\r\n" IN_THREAD "Message-ID: <e1@example.com>\r\n\r\nPlease do not contact me again.\r\n"), "");
	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "Eve", "eve@example.com" }, &c, &found, &e));
	assert_false(found);
}

static void what_is_false_refuses_nothing(void **state)
{
	struct house *h = *state;

	promise(h);
	comes(h, PLACE_INBOX, "Authentication-Results: mx.example.org; dmarc=fail header.from=example.com\r\nFrom: Carol <carol@example.com>\r\nTo: ada@example.org\r\n" IN_THREAD
	      "Message-ID: <r1@example.com>\r\n\r\nPlease do not contact me again.\r\n");
	assert_int_equal(carol(h).consent, CONTACT_CONSENT_OPEN);
}

#define EVENT "One of my patients had a severe rash after the second dose of your drug and was admitted to hospital."

static void a_possible_adverse_event_freezes_the_conversation(void **state)
{
	struct house *h = *state;
	struct team safety = { .key = "safety", .name = "Safety", .address = "safety@example.org" };
	const char *said;

	h->c->safety = &safety;
	promise(h);
	said = comes(h, PLACE_INBOX, CAROL_SAYS("s1", IN_THREAD, "Thank you. " EVENT " My telephone number is 555.\r\n"));
	has(said, "Is this an adverse event?");
	has(said, "Possible adverse event, told by mail");
	has(said, EVENT);
	has(said, "What is frozen");
	has(said, "this conversation: one promise.");
	has(said, "How it is lifted");
	has(said, "In the mail “");
	lacks(said, "555");
	has(said, "carol@example.com");
	assert_true(first(h).frozen);
	assert_int_equal(waiting(h), 0);
	/* told again: asked already */
	assert_string_equal(comes(h, PLACE_INBOX, CAROL_SAYS("s2", IN_THREAD, EVENT)), "");
	/* undoing something older does not lift it */
	writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "undo 1");
	assert_true(first(h).frozen);
}

/* Who declines may say why, in the mail or in the object. */
static void a_calendar_answer_that_tells_of_an_adverse_event_is_asked_about(void **state)
{
	static const char *const words[] = { EVENT, "I must decline." }, *const comments[] = { "x", EVENT };
	struct house *h = *state;

	promise(h);
	for (int i = 0; i < 2; i++) {
		const char *said = comes(h, PLACE_INBOX, pool_print(h->p, CAROL_SAYS("s%d", IN_THREAD "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n",
			"--b\r\nContent-Type: text/plain\r\n\r\n%s\r\n--b\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
			"METHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:u1\r\nDTSTAMP:20261125T100000Z\r\nDTSTART:20261201T100000Z\r\nCOMMENT:%s\r\n"
			"ATTENDEE;PARTSTAT=DECLINED:mailto:carol@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n--b--"), i, words[i], comments[i]));

		has(said, "Is this an adverse event?");
		has(said, EVENT);
		assert_true(first(h).frozen);
		has(answers(h, "safety no"), "on record");
	}
}

#define QUOTED_THEN(text) "Please see my answers below.\r\n\r\nCarol\r\n\r\nOn Wed, 25 Nov 2026, Ada Lovelace <ada@example.org> wrote:\r\n" \
	"> Dear Carol,\r\n>\r\n> how is it going with the study at your house?\r\n>\r\n" text "\r\n>\r\n> Best regards\r\n> Ada\r\n"

/* Wherever it stands below their words, once: an answer that quotes it again is not asked about. */
static void an_adverse_event_below_their_own_words_is_asked_about_once(void **state)
{
	static const struct {
		const char *where, *text, *again;
	} rows[] = {
		{ "inside what they quote", QUOTED_THEN(EVENT), "> > " EVENT },
		{ "in what they quote", QUOTED_THEN("> " EVENT), "> > One of my patients had a severe rash after the second\r\n> > dose of your drug and was admitted to hospital." },
		{ "below the signature's mark", "Thank you.\r\n\r\n-- \r\nCarol\r\n\r\n" EVENT, "> " EVENT },
		{ "below a disclaimer", "Thank you.\r\n\r\nThis e-mail is confidential and for the intended recipient only.\r\n\r\n" EVENT, "> " EVENT },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct house *h;
		void *fresh;

		make(&fresh);
		h = fresh;
		promise(h);
		if (!strstr(comes(h, PLACE_INBOX, pool_print(h->p, CAROL_SAYS("s1", IN_THREAD, "%s"), rows[i].text)), "Is this an adverse event?"))
			fail_msg("%s: it is not asked about", rows[i].where);
		assert_true(first(h).frozen);
		has(answers(h, "safety no"), "on record");
		comes(h, PLACE_INBOX, pool_print(h->p, CAROL_SAYS("s2", IN_THREAD, "And the slides?\r\n\r\nOn Wed, 25 Nov 2026, Carol wrote:\r\n\r\n%s"), rows[i].again));
		if (first(h).frozen)
			fail_msg("%s: it is asked about again", rows[i].where);
		drop(&fresh);
	}
	(void)state;
}

/* How to report one, below a company's mail, is none. */
static void instructions_how_to_report_are_no_adverse_event(void **state)
{
	struct house *h = *state;

	promise(h);
	comes(h, PLACE_INBOX, CAROL_SAYS("s1", IN_THREAD, "Thank you.\r\n\r\n-- \r\nCarol Rossi\r\n\r\nIf you or your patient had a side effect after taking "
		"one of our medicines, contact us at once to report it: https://example.com/safety.\r\n\r\nThis e-mail is confidential."));
	assert_false(first(h).frozen);
}

/* What was asked about as their own words is not asked about again where it is quoted, wrapped anew. */
static void what_was_asked_about_is_not_asked_about_where_it_is_quoted(void **state)
{
	struct house *h = *state;

	promise(h);
	has(comes(h, PLACE_INBOX, CAROL_SAYS("s1", IN_THREAD, "Dear Ada,\r\n" EVENT " Could you call me?")), "Is this an adverse event?");
	has(answers(h, "safety reported"), "on record");
	comes(h, PLACE_INBOX, CAROL_SAYS("s2", IN_THREAD, "I am in my office.\r\n\r\nOn Wed, 25 Nov 2026, Carol <carol@example.com> wrote:\r\n> Dear Ada,\r\n"
		"> One of my patients had a severe rash after the\r\n> second dose of your drug and was admitted to\r\n> hospital. Could you call me?"));
	assert_false(first(h).frozen);
}

/* Its own subject; the one that an answer carries on was asked about. */
static void a_subject_that_tells_of_an_adverse_event_is_asked_about(void **state)
{
	struct house *h = *state;

	promise(h);
	assert_string_equal(comes(h, PLACE_INBOX, CAROL_SAYS("s1", "In-Reply-To: <m1@example.org>\r\nSubject: Re: " EVENT "\r\n", "Thank you.")), "");
	has(comes(h, PLACE_INBOX, CAROL_SAYS("s2", "In-Reply-To: <m1@example.org>\r\nSubject: " EVENT "\r\n", "Please call me.")), "Is this an adverse event?");
	assert_true(first(h).frozen);
}

static void safety_no_lifts_it_on_record(void **state)
{
	struct house *h = *state;
	const char *said;

	promise(h);
	said = comes(h, PLACE_INBOX, CAROL_SAYS("s1", IN_THREAD, EVENT));
	has(said, "safety no");
	has(answers(h, "safety no"), "on record");
	assert_false(first(h).frozen);
	has(answers(h, "safety reported"), "nothing of it is kept back");
}

static void the_owners_own_letter_freezes_too(void **state)
{
	struct house *h = *state;

	promise(h);
	has(writes(h, "kept+monday@example.org", "To: Carol <carol@example.com>\r\nSubject: Re: Trial\r\nIn-Reply-To: <m1@example.org>\r\n",
		   "I will send you the table. " EVENT), "Is this an adverse event?");
	assert_true(first(h).frozen);
	assert_int_equal(waiting(h), 0);
}

/* An answer to what was delivered closes the promise: that it is closed then must not hide what it tells. */
static void the_answer_that_closes_what_was_delivered_is_asked_about_too(void **state)
{
	struct house *h = *state;
	struct commitment m;
	utc answered;
	bool found;

	promise(h);
	WELL(store_commitment(h->q, h->p, h->c, 1, &m, &answered, &found, &e));
	m.state = COMMITMENT_DELIVERED, m.delivered = h->now;
	WELL(sql_begin(h->q, &e));
	WELL(store_commitment_save(h->q, &m, answered, &e));
	WELL(sql_commit(h->q, &e));
	has(comes(h, PLACE_INBOX, CAROL_SAYS("s1", IN_THREAD, EVENT)), "Is this an adverse event?");
	assert_int_equal(first(h).state, COMMITMENT_KEPT);
	assert_true(first(h).frozen);
	has(answers(h, "safety reported"), "on record");
	assert_false(first(h).frozen);
}

static void after_the_promise_is_closed_an_adverse_event_is_asked_about_all_the_same(void **state)
{
	struct house *h = *state;
	const char *said;

	promise(h);
	has(answers(h, "done 1"), "Done");
	said = comes(h, PLACE_INBOX, CAROL_SAYS("s1", IN_THREAD, EVENT));
	has(said, "Is this an adverse event?");
	has(answers(h, "safety reported"), "on record");
	assert_int_equal(first(h).state, COMMITMENT_KEPT);
}

static void what_stopped_mail_is_told_in_the_owners_language(void **state)
{
	struct house *h = *state;
	struct owner *o = (struct owner *)h->c->owners;

	promise(h);
	o->language = "de";
	has(comes(h, PLACE_INBOX, AWAY("a1", "I am out of the office until 5 December 2026.")), "Abwesend bis Mo., 7. Dez., 09:00: Carol");
	has(answers(h, "resume"), "was ich f\303\274r Carol vorbereite, geht weiter.");
	o->language = "fr";
	has(comes(h, PLACE_INBOX, CAROL_SAYS("s1", IN_THREAD, EVENT)), "indésirable");
	o->language = "es";
	has(comes(h, PLACE_INBOX, report(h, "<m1@example.org>", "carol@example.com")), "Devuelto: correo a carol@example.com");
}

static void the_owners_own_mail_that_came_back_stops_what_is_prepared(void **state)
{
	struct house *h = *state;
	const char *said;

	promise(h);
	said = comes(h, PLACE_INBOX, report(h, "<m1@example.org>", "carol@example.com"));
	has(said, "Came back: mail to carol@example.com");
	has(said, "who ADDRESS");
	assert_true(carol(h).bounced);
	assert_int_equal(waiting(h), 0);
	assert_string_equal(comes(h, PLACE_INBOX, report(h, "<m1@example.org>", "carol@example.com")), "");
	h->heard = 0;
	heard(h);
	/* the right address: it goes on */
	has(writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "who 1 carol@example.com"), "it was promised");
	assert_false(carol(h).bounced);
}

/* It says nothing for kept, and is of the conversation all the same. */
static void a_later_mail_of_the_conversation_that_came_back_counts_too(void **state)
{
	struct house *h = *state;

	promise(h);
	assert_string_equal(comes(h, PLACE_SENT, "From: Ada Lovelace <ada@example.org>\r\nTo: Carol <carol@example.com>\r\nDate: Wed, 25 Nov 2026 10:30:00 +0100\r\n"
					       "Message-ID: <s9@example.org>\r\n" IN_THREAD "\r\nThank you for the talk.\r\n"), "");
	has(comes(h, PLACE_INBOX, report(h, "<s9@example.org>", "carol@example.com")), "Came back: mail to carol@example.com");
	assert_true(carol(h).bounced);
}

static void a_forged_report_silences_nobody(void **state)
{
	struct house *h = *state;

	promise(h);
	assert_string_equal(comes(h, PLACE_INBOX, report(h, "<x@example.org>", "carol@example.com")), "");
	assert_string_equal(comes(h, PLACE_INBOX, report(h, "<m1@example.org>", "dan@example.com")), "");
	assert_false(carol(h).bounced);
	assert_int_equal(waiting(h), 1);
}

/* Servers are quick: the report may lie in the mailbox before the copy that tags, or the one in Sent, is read. */
static void a_report_read_before_the_promise_that_it_is_about_counts(void **state)
{
	struct house *h = *state;
	const char *said;

	assert_string_equal(comes(h, PLACE_INBOX, report(h, "<m2@example.org>", "carol@example.com")), "");
	assert_false(carol(h).bounced);
	assert_int_equal(h->letters, 1);
	said = writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the slides.");
	has(said, "Came back: mail to carol@example.com");
	has(said, "came back (5.1.1)");
	has(said, "the slides");
	assert_true(carol(h).bounced);
	/* once: the right word of the owner's stands */
	has(writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "who 1 carol@example.com"), "it was promised");
	comes(h, PLACE_SENT, pool_print(h->p, "From: Ada Lovelace <ada@example.org>\r\nTo: Carol <carol@example.com>\r\nSubject: Trial\r\n"
					"Date: %s\r\nMessage-ID: <m2@example.org>\r\n\r\nI will send you the slides.\r\n",
					utc_header(h->p, h->c->owners[0].time.zone, h->now)));
	assert_false(carol(h).bounced);
}

static void a_report_waits_for_the_tagged_copy_though_the_untagged_one_is_read_first(void **state)
{
	struct house *h = *state;
	const char *date = utc_header(h->p, h->c->owners[0].time.zone, h->now);
	const char *mail = pool_print(h->p, "From: Ada Lovelace <ada@example.org>\r\nTo: Carol <carol@example.com>\r\nSubject: Trial\r\n"
				      "Date: %s\r\nMessage-ID: <x9@example.org>\r\n\r\nI will send you the slides.\r\n", date);

	assert_string_equal(comes(h, PLACE_INBOX, report(h, "<x9@example.org>", "carol@example.com")), "");
	assert_string_equal(comes(h, PLACE_SENT, mail), "");
	assert_false(carol(h).bounced);
	has(comes(h, PLACE_CAPTURE, pool_print(h->p, "Delivered-To: kept+friday@example.org\r\n" AUTH "%s", mail)), "Came back");
	assert_true(carol(h).bounced);
}

/* Who guesses a Message-ID silences no other address, and a report is not kept for ever. */
static void an_early_report_about_another_address_or_long_ago_says_nothing(void **state)
{
	struct house *h = *state;

	comes(h, PLACE_INBOX, report(h, "<m3@example.org>", "dan@example.com"));
	comes(h, PLACE_INBOX, report(h, "<m4@example.org>", "carol@example.com"));
	lacks(writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the slides."), "Came back");
	h->now += 31 * 86400;
	comes(h, PLACE_INBOX, report(h, "<x@example.org>", "erin@example.com"));
	h->letters = 3;
	lacks(writes(h, "kept+friday@example.org", TO_CAROL("Trial 2"), "I will send you the table."), "Came back");
	assert_false(carol(h).bounced);
}

/* The owner asks for a progress note; NULL: it is refused, and `e` says why. */
static struct outgoing *asked_for(struct house *h)
{
	struct schedule_offer o = { .kind = MAIL_PROGRESS, .substance = "One table is missing.", .why = "you asked for it", .rule = "" };
	struct outgoing *made = pool_list(h->p, 1, sizeof *made);
	struct dossier d;
	bool found, well;

	WELL(store_dossier(h->q, h->p, h->c, 1, &d, &found, &e));
	WELL(sql_begin(h->q, &e));
	well = schedule_offer(h->q, h->p, h->c, &d, &o, made, h->now, &e);
	WELL(sql_commit(h->q, &e));
	heard(h);
	return well ? made : NULL;
}

static void what_the_owner_wants_written_to_one_who_is_away_stands(void **state)
{
	struct house *h = *state;
	int64_t one = 1;

	promise(h);
	comes(h, PLACE_INBOX, AWAY("a1", "I am out of the office until 5 December 2026."));
	assert_non_null(asked_for(h));
	WELL(schedule_these(h->q, h->p, h->c, &one, 1, NULL, h->now, &e));
	assert_int_equal(waiting(h), 1);
}

static void the_wait_for_one_who_is_away_goes_on_until_they_are_back(void **state)
{
	struct house *h = *state;

	promise(h);
	writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "wait 1 2d");
	comes(h, PLACE_INBOX, AWAY("a1", "I am out of the office until 5 December 2026."));
	assert_int_equal(first(h).snoozed, day(h, "2026-12-07T09:00"));
	comes(h, PLACE_INBOX, AWAY("a2", "I am out of the office until 2 December 2026."));
	assert_int_equal(first(h).snoozed, day(h, "2026-12-07T09:00"));
}

static void nothing_is_prepared_for_one_who_refused_even_where_the_owner_asks(void **state)
{
	struct house *h = *state;

	promise(h);
	comes(h, PLACE_INBOX, CAROL_SAYS("r1", IN_THREAD, "Please do not contact me again."));
	assert_null(asked_for(h));
	has(e.text, "do not want to be written to");
}

/* ---- what waits ---- */

static void of_several_mails_that_wait_one_of_a_kind_is_replaced_and_a_word_names_its_own(void **state)
{
	struct schedule_offer o = { .kind = MAIL_DELAY, .substance = "One table is missing.", .why = "you asked for it", .rule = "", .instead = true };
	struct house *h = *state;
	struct outgoing made[2];
	struct dossier d;
	bool found;

	promise(h);
	WELL(store_dossier(h->q, h->p, h->c, 1, &d, &found, &e));
	WELL(sql_begin(h->q, &e));
	for (int i = 0; i < 2; i++)
		WELL(schedule_offer(h->q, h->p, h->c, &d, &o, &made[i], h->now, &e));
	WELL(sql_commit(h->q, &e));
	assert_int_equal(waiting(h), 2); /* the receipt, and the second of the notes of a delay */
	heard(h);
	has(writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "skip 1"), "2 mails wait for your word about it: the receipt to carol@example.com, the delay to");
	assert_int_equal(waiting(h), 2);
}

/* ---- answers ---- */

static void a_real_answer_takes_back_what_waited_for_one_and_ends_the_wait(void **state)
{
	struct house *h = *state;

	promise(h);
	writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "wait 1 2w");
	assert_int_equal(first(h).state, COMMITMENT_WAITING);
	comes(h, PLACE_INBOX, CAROL_SAYS("x1", IN_THREAD, "We use a cut-off of 0.08 percent here, as the method sheet of March says."));
	assert_int_equal(waiting(h), 0);
	assert_int_equal(first(h).state, COMMITMENT_OPEN);
	assert_int_equal(first(h).snoozed, 0);
}

static void a_holding_answer_moves_the_next_look_to_their_day(void **state)
{
	struct house *h = *state;

	promise(h);
	writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "wait 1 2d");
	comes(h, PLACE_INBOX, CAROL_SAYS("x1", IN_THREAD, "Let me check this, I will get back to you next Wednesday."));
	assert_int_equal(first(h).state, COMMITMENT_WAITING);
	assert_true(first(h).snoozed >= day(h, "2026-12-02T00:00"));
}

static void thanks_change_nothing(void **state)
{
	struct house *h = *state;

	promise(h);
	assert_string_equal(comes(h, PLACE_INBOX, CAROL_SAYS("x1", IN_THREAD, "Thank you, great.")), "");
	assert_int_equal(waiting(h), 1);
}

static void what_may_be_an_answer_stops_mail_and_is_asked_about_once(void **state)
{
	struct house *h = *state;

	promise(h);
	writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "wait 1 2w");
	has(comes(h, PLACE_INBOX, CAROL_SAYS("x1", IN_THREAD, "Thank you so much, it was lovely to see all of you again in Vienna and to talk about everything there.")),
	    "Is that what you wait for?");
	assert_int_equal(waiting(h), 0);
	assert_int_equal(first(h).state, COMMITMENT_WAITING);
	assert_string_equal(comes(h, PLACE_INBOX, CAROL_SAYS("x2", IN_THREAD, "Thank you again so much, it really was lovely to see all of you there, and we do hope to have you here soon.")), "");
}

static void who_left_the_company_is_asked_about(void **state)
{
	struct house *h = *state;
	const char *said;

	promise(h);
	said = comes(h, PLACE_INBOX, AWAY("g1", "Carol no longer works for Example Hospital."));
	has(said, "No longer there");
	has(said, "who ADDRESS");
	assert_int_equal(waiting(h), 0);
}

/* Mails that left without a word, to one person. */
static void left(struct house *h, const char *to, const char *word, int n)
{
	for (int i = 0; i < n; i++) {
		struct outgoing o = { .owner = "ada", .kind = MAIL_SHARE, .recipient = to, .sender = "ada@example.org", .outside = true, .state = OUTBOX_READY,
				      .subject = "x", .message_id = pool_print(h->p, "<%s%d@x>", word, i), .token = pool_print(h->p, "%s%d", word, i), .bytes = "x", .n = 1,
				      .made = h->now, .try_at = h->now, .why = "", .word = word };

		WELL(sql_begin(h->q, &e));
		WELL(outbox_put(h->q, &o, &e));
		WELL(outbox_settle(h->q, &o, OUTBOX_BEGUN, h->now, "", &e));
		WELL(outbox_settle(h->q, &o, OUTBOX_SENT, h->now, "", &e));
		WELL(sql_commit(h->q, &e));
	}
}

static void mail_without_a_word_is_counted_a_person_and_week(void **state)
{
	struct house *h = *state;
	struct traffic t;

	left(h, "dan@example.com", "auto", 2);
	left(h, "dan@example.com", "send", 2);
	WELL(outbox_traffic(h->q, "dan@example.com", MAIL_SHARE, "auto", h->now + 2 * 86400, &t, &e));
	assert_int_equal(t.to_contact_week, 2);
	WELL(outbox_traffic(h->q, "dan@example.com", MAIL_SHARE, "send", h->now + 2 * 86400, &t, &e));
	assert_int_equal(t.to_contact_week, 0);
	WELL(outbox_traffic(h->q, "dan@example.com", MAIL_SHARE, "auto", h->now + 8 * 86400, &t, &e));
	assert_int_equal(t.to_contact_week, 0);
}

/* The caps are for what leaves without a word: a word is asked for once more, and counts then. */
static void above_the_cap_of_a_person_send_is_asked_for_once_more(void **state)
{
	struct house *h = *state;
	struct submission own = { .key = "own", .from = "ada@example.org", .owner = &h->c->owners[0] };
	struct outgoing o;
	int64_t *ids;
	size_t n;
	bool found;

	h->c->submissions = &own, h->c->submission_count = 1;
	promise(h);
	WELL(outbox_waiting(h->q, h->p, 1, &ids, &n, &e));
	left(h, "carol@example.com", "auto", 3);
	has(writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "send 1"), "carol@example.com gets more mail from you than caps");
	assert_int_equal(waiting(h), 1);
	has(writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "send 1"), "is on its way");
	WELL(outbox_head(h->q, h->p, ids[0], &o, &found, &e));
	assert_string_equal(o.word, WORD_OVERRIDE);
	assert_true(o.try_at <= h->now);
}

static void what_they_promise_is_noted_and_closed_when_they_bring_it(void **state)
{
	struct house *h = *state;
	struct theirs *list;
	size_t n;

	promise(h);
	comes(h, PLACE_INBOX, CAROL_SAYS("x1", IN_THREAD, "The cut-off is 0.08. I will send you the method sheet on Friday."));
	WELL(store_theirs(h->q, h->p, "ada", &list, &n, &e));
	assert_int_equal(n, 1);
	has(list[0].what, "method sheet");
	assert_string_equal(list[0].address, "carol@example.com");
	assert_int_equal(zone_day(h->c->owners[0].time.zone, list[0].until), zone_day(h->c->owners[0].time.zone, day(h, "2026-11-27T09:00")));
	comes(h, PLACE_INBOX, CAROL_SAYS("x2", IN_THREAD, "Thank you."));
	WELL(store_theirs(h->q, h->p, "ada", &list, &n, &e));
	assert_int_equal(n, 1);
	comes(h, PLACE_INBOX, CAROL_SAYS("x3", IN_THREAD "Content-Type: multipart/mixed; boundary=b\r\n",
					 "--b\r\nContent-Type: text/plain\r\n\r\nHere it is.\r\n--b\r\nContent-Type: application/pdf\r\n"
					 "Content-Disposition: attachment; filename=sheet.pdf\r\n\r\nx\r\n--b--"));
	WELL(store_theirs(h->q, h->p, "ada", &list, &n, &e));
	assert_int_equal(n, 0);
}

/* A receipt waits; it would come behind the thing itself. */
static void what_a_delivery_overtakes_is_dropped(void **state)
{
	struct schedule_offer o = { .kind = MAIL_DELIVERY, .why = "test", .rule = "" };
	struct house *h = *state;
	struct outgoing made;
	struct dossier d;
	int64_t *ids;
	size_t n;
	bool found;
	utc next;

	promise(h);
	WELL(store_dossier(h->q, h->p, h->c, 1, &d, &found, &e));
	/* asked for something to say in it: nothing is prepared yet */
	WELL(sql_begin(h->q, &e) && schedule_offer(h->q, h->p, h->c, &d, &o, &made, h->now, &e) && sql_commit(h->q, &e));
	assert_int_equal(made.kind, MAIL_APPROVAL);
	assert_int_equal(waiting(h), 1);
	o.substance = "Here they are.";
	WELL(sql_begin(h->q, &e) && schedule_offer(h->q, h->p, h->c, &d, &o, &made, h->now, &e) && sql_commit(h->q, &e));
	WELL(outbox_waiting(h->q, h->p, 1, &ids, &n, &e));
	assert_int_equal(n, 1);
	assert_int_equal(ids[0], made.id);
	/* and is not offered again */
	h->now += 3600;
	WELL(sql_begin(h->q, &e) && store_look(h->q, 1, h->now, &e) && sql_commit(h->q, &e));
	WELL(schedule(h->q, h->c, h->now, &next, &e));
	assert_int_equal(waiting(h), 1);
}

/* ---- a mail to two, of whom one is refused ---- */

static int refuses(void *arg, struct pool *p, const struct outgoing *o, const char **why)
{
	(void)p;
	*why = "550 5.1.1 no such user";
	snprintf(arg, 200, "%s", o->recipient);
	return strstr(o->recipient, "dan@") ? NET_REFUSED : NET_SENT;
}

static const char *refused_one(void *arg)
{
	(void)arg;
	return "dan@example.com";
}

static void idle(void *arg)
{
	(void)arg;
}

/* What the courier took to others. */
static const char *carried(struct house *h)
{
	static char to[200];
	struct carrier c = { .submit = refuses, .refused = refused_one, .idle = idle, .arg = to };
	const char *fault;
	utc next;

	to[0] = '\0';
	WELL(courier(h->q, h->p, h->c, &c, h->now, &next, &fault, &e));
	return to;
}

static struct outgoing newest(struct house *h)
{
	struct outgoing o;
	int64_t *ids;
	size_t n;
	bool found;

	WELL(outbox_waiting(h->q, h->p, 1, &ids, &n, &e));
	assert_int_equal(n, 1);
	WELL(outbox_get(h->q, h->p, ids[0], &o, &found, &e));
	return o;
}

static void go(struct house *h)
{
	struct outgoing o = newest(h);
	struct verdict v;

	WELL(sql_begin(h->q, &e) && schedule_release(h->q, h->p, h->c, &o, "send", 0, h->now, &v, &e) && sql_commit(h->q, &e));
	assert_int_equal(v.kind, GATE_NOW);
}

/* Carol and Dan are told together that it is noted. */
static void to_two(struct house *h)
{
	static const char *prepare[] = { "receipt" };
	struct policy *y = (struct policy *)&h->c->policies[0];
	utc next;

	y->prepare = (struct strings){ prepare, 1 };
	writes(h, "kept+friday@example.org", "To: kept@example.org\r\nSubject: Trial\r\n", "I will send carol@example.com the slides.");
	WELL(sql_begin(h->q, &e) && sql_do(h->q, SQL_TO_ADD, &e, SQL_VALUES(sql_i(1), sql_i(1), sql_t("Dan"), sql_t("dan@example.com"))) && sql_commit(h->q, &e));
	WELL(sql_begin(h->q, &e) && schedule_these(h->q, h->p, h->c, (int64_t[]){ 1 }, 1, NULL, h->now, &e) && sql_commit(h->q, &e));
	h->now += 60;
	WELL(schedule(h->q, h->c, h->now, &next, &e));
	heard(h);
}

static void of_two_the_one_who_is_refused_is_left_out_and_the_other_asked_about_anew(void **state)
{
	struct house *h = *state;
	struct outgoing o;
	struct traffic t;
	const char *said;
	bool found;
	int64_t first;

	to_two(h);
	first = newest(h).id;
	assert_string_equal(newest(h).recipient, "carol@example.com, dan@example.com");
	go(h);
	has(carried(h), "dan@example.com");
	WELL(outbox_get(h->q, h->p, first, &o, &found, &e));
	assert_int_equal(o.state, OUTBOX_VOID);
	assert_int_equal(o.sent, 0);
	said = heard(h);
	has(said, "A mail to dan@example.com came back (550 5.1.1 no such user)");
	has(said, "It did not go to carol@example.com either: nothing of it left");
	has(said, "It was promised to Dan too, who is left out: mail to their address came back");
	o = newest(h);
	assert_string_equal(o.recipient, "carol@example.com");
	assert_int_equal(o.kind, MAIL_RECEIPT);
	/* nothing goes by itself; then once, and to her alone */
	assert_string_equal(carried(h), "ada@example.org");
	go(h);
	assert_string_equal(carried(h), "carol@example.com");
	h->now += 3600;
	assert_string_equal(carried(h), "");
	WELL(outbox_traffic(h->q, "carol@example.com", MAIL_RECEIPT, "", h->now, &t, &e));
	assert_int_equal(t.to_recipient_day, 1);
	WELL(outbox_traffic(h->q, "dan@example.com", MAIL_RECEIPT, "", h->now, &t, &e));
	assert_int_equal(t.to_recipient_day, 0);
	assert_true(t.bounced);
}

static void a_mail_to_two_is_mail_to_each(void **state)
{
	struct house *h = *state;
	struct traffic t;
	int64_t *ids, sent;
	size_t n;

	to_two(h);
	WELL(sql_begin(h->q, &e) && sql_query(h->q, SQL_OUTGOING_ADD, &e, SQL_VALUES(sql_t("ada"), sql_t("share"), sql_t("carol@example.com, dan@example.com"), sql_i(1),
	     sql_i(0), sql_t("held"), sql_t("s"), sql_t("ada@example.org"), sql_t("<two@x>"), sql_t("two"), sql_b("x", 1), sql_i(h->now), sql_n(0), sql_t(""),
	     sql_n(0), sql_t(""), sql_n(0))));
	assert_true(sql_row(h->q, SQL_OUTGOING_ADD));
	sent = sql_int(h->q, SQL_OUTGOING_ADD, 0);
	WELL(sql_end(h->q, SQL_OUTGOING_ADD, &e) && sql_do(h->q, SQL_ABOUT_ADD, &e, SQL_VALUES(sql_i(sent), sql_i(1))) &&
	     sql_do(h->q, SQL_OUTGOING_SETTLE, &e, SQL_VALUES(sql_i(sent), sql_t("sent"), sql_n(0), sql_i(0), sql_i(h->now), sql_i(h->now), sql_t(""), sql_t("held"), sql_t("auto"))) &&
	     sql_commit(h->q, &e));
	for (int i = 0; i < 2; i++) {
		const char *address = i ? "dan@example.com" : "carol@example.com";

		WELL(outbox_traffic(h->q, address, MAIL_SHARE, "auto", h->now + 60, &t, &e));
		assert_int_equal(t.to_recipient_day, 1);
		assert_int_equal(t.to_contact_week, 1);
		assert_int_equal(t.same_kind, h->now);
		WELL(store_ids(h->q, h->p, SQL_OUTGOING_TO, SQL_VALUES(sql_t(address), sql_t("ada")), &ids, &n, &e));
		assert_true(n && ids[n - 1] == sent);
	}
	WELL(outbox_traffic(h->q, "an@example.com", MAIL_SHARE, "auto", h->now + 60, &t, &e));
	assert_int_equal(t.to_recipient_day, 0);
}

#define TEST(f) { #f, f, make, drop, NULL }
int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_slip_of_a_known_address_is_seen_before_anything_leaves),
		TEST(an_absence_moves_mail_to_the_working_day_of_return), TEST(through_a_day_is_back_on_the_next_working_day), TEST(an_absence_without_a_day_is_a_week),
		TEST(a_forged_absence_delays_by_two_months_at_most), TEST(an_absence_of_a_stranger_is_nobodys_matter), TEST(a_false_absence_is_nobodys_matter), TEST(a_false_answer_asks), TEST(a_false_answer_counts_in_no_figure), TEST(an_address_is_no_link), TEST(resume_lifts_what_the_mail_answered_told_of), TEST(a_name_that_is_another_address_is_not_shown), TEST(what_came_to_kept_alone_its_owner_hears),
		TEST(who_asks_for_no_more_mail_gets_none), TEST(outside_the_conversation_it_must_be_proven), TEST(who_is_promised_nothing_must_be_proven_to_refuse), TEST(what_is_false_refuses_nothing),
		TEST(a_possible_adverse_event_freezes_the_conversation), TEST(safety_no_lifts_it_on_record), TEST(a_calendar_answer_that_tells_of_an_adverse_event_is_asked_about), TEST(a_subject_that_tells_of_an_adverse_event_is_asked_about),
		TEST(an_adverse_event_below_their_own_words_is_asked_about_once), TEST(instructions_how_to_report_are_no_adverse_event),
		TEST(what_was_asked_about_is_not_asked_about_where_it_is_quoted), TEST(the_owners_own_letter_freezes_too), TEST(the_answer_that_closes_what_was_delivered_is_asked_about_too), TEST(after_the_promise_is_closed_an_adverse_event_is_asked_about_all_the_same),
		TEST(the_owners_own_mail_that_came_back_stops_what_is_prepared), TEST(a_later_mail_of_the_conversation_that_came_back_counts_too), TEST(a_forged_report_silences_nobody), TEST(what_stopped_mail_is_told_in_the_owners_language),
		TEST(a_report_read_before_the_promise_that_it_is_about_counts), TEST(a_report_waits_for_the_tagged_copy_though_the_untagged_one_is_read_first),
		TEST(an_early_report_about_another_address_or_long_ago_says_nothing),
		TEST(what_the_owner_wants_written_to_one_who_is_away_stands), TEST(the_wait_for_one_who_is_away_goes_on_until_they_are_back),
		TEST(nothing_is_prepared_for_one_who_refused_even_where_the_owner_asks),
		TEST(of_several_mails_that_wait_one_of_a_kind_is_replaced_and_a_word_names_its_own),
		TEST(a_real_answer_takes_back_what_waited_for_one_and_ends_the_wait), TEST(a_holding_answer_moves_the_next_look_to_their_day),
		TEST(thanks_change_nothing), TEST(who_left_the_company_is_asked_about), TEST(mail_without_a_word_is_counted_a_person_and_week), TEST(above_the_cap_of_a_person_send_is_asked_for_once_more),
	        TEST(what_may_be_an_answer_stops_mail_and_is_asked_about_once),
		TEST(what_a_delivery_overtakes_is_dropped), TEST(of_two_the_one_who_is_refused_is_left_out_and_the_other_asked_about_anew), TEST(a_mail_to_two_is_mail_to_each),
		TEST(what_they_promise_is_noted_and_closed_when_they_bring_it),
	};

	return cmocka_run_group_tests_name("stops", tests, NULL, NULL);
}
