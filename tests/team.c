/* team: a promise is given to a team, and what comes of it: letters in by intake(), mail out by schedule(), in a real
 * ledger */
#include "house.h"

#define MEDINFO "medinfo@example.org"
#define FROM_TEAM AUTH "From: Medical Information <" MEDINFO ">\r\n"
#define FORGED                                                                                                         \
	"Authentication-Results: mx.example.org; dmarc=fail header.from=example.org\r\nFrom: Medical Information "     \
	"<" MEDINFO ">\r\n"
#define SAID "The table by age is in section 4 of the report: no difference above 65."

static struct house *house(void **state)
{
	static struct team teams[] = { { .key = "medinfo", .name = "Medical Information", .address = MEDINFO },
				       { .key = "legal", .name = "Legal", .address = "legal@example.org" } };
	struct house *h = *state;

	h->c->teams = teams;
	h->c->team_count = 2;
	return h;
}

/* What is due is planned. */
static void goes_on(struct house *h)
{
	utc next;

	h->now += 60;
	WELL(schedule(h->q, h->c, h->now, &next, &e));
}

/* The newest mail of that kind, whatever its state; false: there is none. */
static bool newest(struct house *h, enum mail_kind kind, struct outgoing *o, struct letter *l)
{
	struct outgoing *list;
	size_t n;
	bool found;

	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 1000, &list, &n, &e));
	for (size_t i = 0; i < n; i++)
		if (list[i].kind == kind) {
			WELL(outbox_get(h->q, h->p, list[i].id, o, &found, &e));
			mime_read(h->p, o->bytes, o->n, l);
			return true;
		}
	return false;
}

static int count(struct house *h, enum mail_kind kind)
{
	struct outgoing *list;
	size_t n;
	int found = 0;

	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 1000, &list, &n, &e));
	for (size_t i = 0; i < n; i++)
		found += list[i].kind == kind && list[i].state != OUTBOX_VOID;
	return found;
}

static struct commitment promise(struct house *h, int64_t id)
{
	struct commitment m;
	bool found;

	WELL(store_commitment(h->q, h->p, h->c, id, &m, NULL, &found, &e));
	assert_true(found);
	return m;
}

static const char *text_of(struct house *h, enum mail_kind kind)
{
	struct outgoing o;
	struct letter l;

	if (!newest(h, kind, &o, &l))
		fail_msg("there is no mail %s", mail_kind_name(kind));
	return pool_print(h->p, "to %s\n%s\n%s", o.recipient, l.subject, l.full);
}

/* Given to the team, which is asked. */
static struct house *asked(void **state)
{
	struct house *h = house(state);

	has(writes(h, "kept+team-medinfo+2w@example.org", TO_CAROL("Trial"),
		   "Dear Carol,\r\n\r\nI will send you the table by age.\r\n\r\nAda\r\n"),
	    "**The team:** Medical Information is asked");
	goes_on(h);
	assert_int_equal(count(h, MAIL_REQUEST), 1);
	return h;
}

/* The team's answer to the request; what the owner hears then. */
static const char *team_says(struct house *h, const char *from, bool to_token, const char *text)
{
	struct outgoing o;
	struct letter l;
	const char *to;

	assert_true(newest(h, MAIL_REQUEST, &o, &l));
	to = to_token ? l.reply_to.list[0].address : "kept@example.org";
	heard(h);
	return comes(h, PLACE_CAPTURE,
		     pool_print(h->p,
				"Delivered-To: %s\r\n%sTo: %s\r\nSubject: Re: %s\r\nIn-Reply-To: %s\r\nDate: "
				"%s\r\nMessage-ID: <t%d@example.org>\r\n%s",
				to, from, to, l.subject, l.message_id,
				utc_header(h->p, h->c->owners[0].time.zone, h->now), ++h->letters, text));
}

#define PLAIN(text) "\r\n" text "\r\n"
#define WITH_FILE(text)                                                                                                \
	"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: "                  \
	"text/plain\r\n\r\n" text "\r\n"                                                                               \
	"--b\r\nContent-Type: application/pdf; name=\"by-age.pdf\"\r\nContent-Disposition: attachment; "               \
	"filename=\"by-age.pdf\"\r\n"                                                                                  \
	"Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK\r\n--b--\r\n"

static void the_team_is_asked_with_the_words_and_the_day(void **state)
{
	struct house *h = asked(state);
	const char *text = text_of(h, MAIL_REQUEST);

	has(text, "to " MEDINFO);
	has(text, "I will send you the table by age.");
	has(text, "Carol");
	has(text, "Monday 7 December"); /* two working days before the 9th */
	assert_int_equal(promise(h, 1).state, COMMITMENT_WAITING);
	goes_on(h);
	assert_int_equal(count(h, MAIL_REQUEST), 1);
}

static void a_team_that_is_not_there_is_named_with_those_that_are(void **state)
{
	struct house *h = house(state);

	has(writes(h, "kept+team-medifno@example.org", TO_CAROL("Trial"), "I will send you the table."),
	    "There is no team 'medifno'; did you mean `team medinfo`? These are set up: medinfo, legal.");
	assert_int_equal(promise(h, 1).state, COMMITMENT_OPEN);
	assert_string_equal(promise(h, 1).team, "");
	has(answers(h, "team nobody"), "Nothing was changed.");
	goes_on(h);
	assert_int_equal(count(h, MAIL_REQUEST), 0);
}

static void an_answer_gives_it_to_a_team_and_undo_takes_it_back(void **state)
{
	struct house *h = house(state);

	has(writes(h, "kept+2w@example.org", TO_CAROL("Trial"), "I will send you the table."), "table");
	has(answers(h, "team MedInfo"), "Given to Medical Information: \"I will send you the table\"\n");
	goes_on(h);
	assert_int_equal(count(h, MAIL_REQUEST), 1);
	has(answers(h, "team medinfo"), "it is with Medical Information already; nothing was changed.");
	has(answers(h, "undo 1"), "it is open");
	goes_on(h);
	/* it waited still: it is withdrawn, and nobody need hear of it */
	assert_int_equal(count(h, MAIL_REQUEST), 0);
	assert_int_equal(count(h, MAIL_THANKS), 0);
}

static void a_later_mail_of_the_conversation_gives_it_to_the_team_with_its_new_date(void **state)
{
	struct house *h = house(state);

	writes(h, "kept+2w@example.org", TO_CAROL("Trial"), "I will send you the table.");
	has(writes(h, "kept+team-medinfo+3w@example.org", TO_CAROL("Re: Trial") "In-Reply-To: <m1@example.org>\r\n",
		   "It needs a closer look."),
	    "Medical Information is asked for it");
	goes_on(h);
	has(text_of(h, MAIL_REQUEST), "to " MEDINFO);
	assert_int_equal(promise(h, 1).state, COMMITMENT_WAITING);
}

/* The mails that wait are sent. */
static void all_leave(struct house *h)
{
	struct outgoing *list;
	size_t n;

	WELL(sql_begin(h->q, &e));
	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 1000, &list, &n, &e));
	for (size_t i = 0; i < n; i++)
		if (list[i].state == OUTBOX_READY) {
			list[i].sent = h->now;
			WELL(outbox_settle(h->q, &list[i], OUTBOX_SENT, h->now, "", &e));
		}
	WELL(sql_commit(h->q, &e));
}

static void another_team_is_asked_and_the_first_let_go(void **state)
{
	struct house *h = asked(state);

	all_leave(h);
	has(writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: x\r\n", "team 1 legal"),
	    "Medical Information hears that it is not needed");
	goes_on(h);
	goes_on(h);
	has(text_of(h, MAIL_THANKS), "to " MEDINFO "\nNot needed any more");
	has(text_of(h, MAIL_REQUEST), "to legal@example.org");
	/* what the first answers all the same is told, and changes nothing */
	all_leave(h);
	assert_int_equal(promise(h, 1).state, COMMITMENT_WAITING);
}

static void called_off_the_team_hears_so(void **state)
{
	struct house *h = asked(state);

	all_leave(h);
	writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: x\r\n", "cancel 1");
	goes_on(h);
	has(text_of(h, MAIL_THANKS), "to " MEDINFO "\nNot needed any more");
	goes_on(h);
	assert_int_equal(count(h, MAIL_THANKS), 1);
}

static void that_it_is_silent_is_told_whatever_else_was(void **state)
{
	struct house *h = asked(state);
	int64_t id = 1;
	struct schedule_telling t = { .owner = &h->c->owners[0], .subject = "Away until Friday: Carol", .markdown = "Carol is away.\n", .ids = &id, .n = 1 };
	struct outgoing o;
	struct letter l;
	utc next;

	/* days go by; each day the owner hears of something else about this promise */
	for (int day = 0; day < 30 && !(newest(h, MAIL_NOTICE, &o, &l) && text_starts(l.subject, "No answer from")); day++) {
		h->now += 86400;
		all_leave(h);
		WELL(sql_begin(h->q, &e));
		WELL(schedule_tell(h->q, h->p, h->c, &t, h->now, &e));
		WELL(sql_commit(h->q, &e));
		h->now += 60;
		WELL(schedule(h->q, h->c, h->now, &next, &e));
	}
	assert_true(text_starts(l.subject, "No answer from"));
}

static void its_answer_and_what_is_asked_about_the_delivery_are_one_mail(void **state)
{
	static const char *prepare[] = { "delivery" };
	struct house *h = asked(state);
	struct outgoing o;
	struct letter l;
	const char *said;

	((struct policy *)&h->c->policies[0])->prepare = (struct strings){ prepare, 1 };
	all_leave(h);
	said = team_says(h, FROM_TEAM, true, WITH_FILE(SAID));
	has(said, "Medical Information has answered: \"I will send you the table by age\"; what shall I write to Carol <carol@example.com>?\n");
	has(said, "> " SAID);
	has(said, "one line of substance");
	assert_false(newest(h, MAIL_NOTICE, &o, &l));
	assert_true(newest(h, MAIL_APPROVAL, &o, &l));
	assert_int_equal(l.attachment_count, 1);
}

static void its_answer_is_told_with_its_words_and_files_and_thanked(void **state)
{
	struct house *h = asked(state);
	struct outgoing o;
	struct letter l, request;
	const char *said;

	all_leave(h);
	assert_true(newest(h, MAIL_REQUEST, &o, &request));
	said = team_says(h, FROM_TEAM, true, WITH_FILE(SAID));
	has(said, "Medical Information has answered: \"I will send you the table by age\"\n");
	has(said, "> " SAID);
	has(said, "by-age.pdf");
	has(said, "It is yours to deliver");
	assert_int_equal(promise(h, 1).state, COMMITMENT_OPEN);
	assert_true(promise(h, 1).team_answered > 0);
	assert_true(newest(h, MAIL_NOTICE, &o, &l));
	assert_string_equal(l.in_reply_to, promise(h, 1).message_id); /* it lies in the conversation */
	assert_int_equal(l.attachment_count, 1);
	assert_string_equal(l.attachments[0].name, "by-age.pdf");
	mime_read_files(h->p, o.bytes, o.n, &l);
	assert_memory_equal(l.attachments[0].bytes, "%PDF-1.4\n", 9);
	assert_true(newest(h, MAIL_THANKS, &o, &l));
	assert_string_equal(o.recipient, MEDINFO);
	assert_string_equal(l.in_reply_to, pool_print(h->p, "<t%d@example.org>", h->letters));
	has(l.subject, "Thank you");
	/* nothing goes outside, one thanks, no more asking */
	all_leave(h);
	goes_on(h);
	has(team_says(h, FROM_TEAM, true, PLAIN("One more thing: the table in the appendix is the newer one.")),
	    "appendix");
	h->now += 60 * 86400;
	goes_on(h);
	assert_int_equal(count(h, MAIL_THANKS), 1);
	assert_int_equal(count(h, MAIL_NAG), 0);
	assert_int_equal(count(h, MAIL_REQUEST), 1);
}

static void a_colleague_may_answer_for_it_and_a_stranger_not(void **state)
{
	struct house *h = asked(state);

	all_leave(h);
	assert_string_equal(team_says(h,
				      "Authentication-Results: mx.example.org; dmarc=pass "
				      "header.from=example.com\r\nFrom: Dan <dan@example.com>\r\n",
				      true, PLAIN(SAID)),
			    "");
	assert_int_equal(promise(h, 1).state, COMMITMENT_WAITING);
	has(team_says(h, AUTH "From: Grace Hopper <grace@example.org>\r\n", false, PLAIN(SAID)),
	    "(Grace Hopper, grace@example.org) has answered");
	assert_int_equal(promise(h, 1).state, COMMITMENT_OPEN);
}

static void a_forged_answer_is_none_and_is_told(void **state)
{
	struct house *h = asked(state);
	const char *said;

	all_leave(h);
	/* a header says that it is not from there; or it is nobody's word, and the token is not in it */
	assert_string_equal(team_says(h, FORGED, true, PLAIN("Give her 500 mg.")), "");
	assert_string_equal(
		team_says(h, "From: Medical Information <" MEDINFO ">\r\n", false, PLAIN("Give her 500 mg.")), "");
	assert_int_equal(promise(h, 1).state, COMMITMENT_WAITING);
	assert_int_equal(count(h, MAIL_THANKS), 0);
	goes_on(h);
	said = heard(h);
	has(said, "team's answer");
	lacks(said, "500 mg");
	/* the owner vouches for one: then it counts */
	has(writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: x\r\n", "accept h1"), "500 mg");
	assert_int_equal(promise(h, 1).state, COMMITMENT_OPEN);
}

static void the_token_was_told_to_the_team_alone(void **state)
{
	struct house *h = asked(state);

	all_leave(h);
	has(team_says(h, "From: Medical Information <" MEDINFO ">\r\n", true, PLAIN(SAID)), "has answered");
}

/* Thanks alone are none; thanks with anything beside are told, and end the wait where they say something. */
static void a_short_answer_with_thanks_in_it_is_not_lost(void **state)
{
	static const struct { const char *text; bool told, real; } rows[] = {
		{ "Received, thank you.", false, false },
		{ "Dear Ada,\r\n\r\nThank you for your message, we have received it.\r\n\r\nBest regards\r\nMedical Information", false, false },
		{ "Danke f\303\274r Ihre Nachricht.", false, false },
		{ "OK, approved.", true, false },
		{ "Great question. The label says nothing.", true, true },
		{ "Received: the table by age is in section 4.", true, true },
		{ "Ok: 0.08", true, true },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct house *h = asked(state);
		int64_t id = 1;
		const char *said;

		all_leave(h);
		said = team_says(h, FROM_TEAM, true, pool_print(h->p, "Content-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n", rows[i].text));
		if (rows[i].told != (*said != '\0') || rows[i].real != (promise(h, id).team_answered > 0))
			fail_msg("%s: told %d, real %d", rows[i].text, *said != '\0', promise(h, id).team_answered > 0);
		drop(state), make(state);
	}
}

/* The owner's own mail went to it too, and it answers there. */
static void it_may_answer_in_the_owners_own_conversation(void **state)
{
	static const char in_thread[] = "To: Ada Lovelace <ada@example.org>\r\nSubject: Re: Trial\r\nIn-Reply-To: <m1@example.org>\r\n";
	struct house *h = asked(state);
	const char *said;

	all_leave(h);
	heard(h);
	/* a colleague who is not the team says nothing for it, nor does who only claims to be */
	assert_string_equal(comes(h, PLACE_INBOX, pool_print(h->p, AUTH "From: Grace <grace@example.org>\r\n%sMessage-ID: <g1@example.org>\r\n"
							     "\r\n" SAID "\r\n", in_thread)), "");
	comes(h, PLACE_INBOX, pool_print(h->p, FORGED "%sMessage-ID: <g2@example.org>\r\n\r\n" SAID "\r\n", in_thread));
	assert_int_equal(promise(h, 1).state, COMMITMENT_WAITING);
	said = comes(h, PLACE_INBOX, pool_print(h->p, FROM_TEAM "%sMessage-ID: <g3@example.org>\r\n%s", in_thread, WITH_FILE(SAID)));
	has(said, "Medical Information has answered");
	has(said, "by-age.pdf");
	assert_int_equal(promise(h, 1).state, COMMITMENT_OPEN);
	/* what it writes there once it has answered is the owner's own mail */
	assert_string_equal(comes(h, PLACE_INBOX, pool_print(h->p, FROM_TEAM "%sMessage-ID: <g4@example.org>\r\n\r\nSee you on Monday.\r\n", in_thread)), "");
}

static void its_automatic_reply_is_no_answer(void **state)
{
	struct house *h = asked(state);

	all_leave(h);
	assert_string_equal(team_says(h, FROM_TEAM "Auto-Submitted: auto-replied\r\n", true,
				      PLAIN("We have received your request and will answer soon.")),
			    "");
	assert_int_equal(promise(h, 1).state, COMMITMENT_WAITING);
	assert_string_equal(team_says(h, FROM_TEAM, true, PLAIN("Thanks, noted.")), "");
	assert_int_equal(promise(h, 1).state, COMMITMENT_WAITING);
}

static void a_holding_answer_moves_the_next_look(void **state)
{
	struct house *h = asked(state);

	all_leave(h);
	assert_string_equal(
		team_says(h, FROM_TEAM, true, PLAIN("We are working on it and will get back to you on 8 December.")),
		"");
	assert_int_equal(promise(h, 1).team_until, rows_at(h->c, "2026-12-08T09:00"));
	h->now = rows_at(h->c, "2026-12-07T12:00");
	goes_on(h);
	assert_int_equal(count(h, MAIL_NAG), 0);
	h->now = rows_at(h->c, "2026-12-08T09:00");
	goes_on(h);
	assert_int_equal(count(h, MAIL_NAG), 1);
	/* later than the owner's own day: they must know */
	all_leave(h);
	has(team_says(h, FROM_TEAM, true, PLAIN("We need more time: you hear from us on 18 December.")),
	    "after your own day");
	assert_int_equal(promise(h, 1).state, COMMITMENT_WAITING);
}

static void a_question_back_is_told_and_is_no_answer(void **state)
{
	struct house *h = asked(state);

	all_leave(h);
	has(team_says(h, FROM_TEAM, true, PLAIN("Which of the two trials does she mean?")), "asks something back");
	assert_int_equal(promise(h, 1).state, COMMITMENT_WAITING);
	assert_int_equal(count(h, MAIL_THANKS), 0);
}

static void what_is_done_wants_no_reminder_of_the_team(void **state)
{
	struct house *h = asked(state);

	all_leave(h);
	h->now = rows_at(h->c, "2026-12-04T07:00"); /* before their day begins: it waits */
	goes_on(h);
	h->now = rows_at(h->c, "2026-12-04T09:05");
	goes_on(h);
	assert_int_equal(count(h, MAIL_NAG), 1);
	has(text_of(h, MAIL_NAG), "to " MEDINFO);
	writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: x\r\n", "done 1");
	goes_on(h);
	assert_int_equal(count(h, MAIL_NAG), 0);
	has(text_of(h, MAIL_THANKS), "Not needed any more");
}

static void a_team_whose_mail_comes_back_is_not_waited_for(void **state)
{
	struct house *h = house(state);

	WELL(sql_begin(h->q, &e));
	WELL(store_bounced_set(h->q, MEDINFO, h->now, "5.1.1", &e));
	WELL(sql_commit(h->q, &e));
	writes(h, "kept+team-medinfo+2w@example.org", TO_CAROL("Trial"), "I will send you the table.");
	goes_on(h);
	has(heard(h), "is with you again: mail to Medical Information (medinfo@example.org) came back");
	assert_int_equal(promise(h, 1).state, COMMITMENT_OPEN);
	goes_on(h);
	assert_string_equal(heard(h), "");
}

static void a_request_that_comes_back_gives_the_promise_back_at_once(void **state)
{
	struct house *h = asked(state);
	struct outgoing o;
	struct letter l;
	int before, after;

	all_leave(h);
	assert_true(newest(h, MAIL_REQUEST, &o, &l));
	heard(h);
	has(comes(h, PLACE_CAPTURE,
		  pool_print(h->p,
			     "Return-Path: <>\r\nDelivered-To: kept@example.org\r\nFrom: "
			     "MAILER-DAEMON@mx.example.org\r\nTo: kept@example.org\r\n"
			     "Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\nDate: "
			     "%s\r\nMessage-ID: <b1@mx.example.org>\r\nMIME-Version: 1.0\r\n"
			     "Content-Type: multipart/report; report-type=delivery-status; "
			     "boundary=b\r\n\r\n--b\r\n\r\nIt could not be delivered.\r\n"
			     "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; "
			     "mx.example.org\r\n\r\nFinal-Recipient: rfc822; " MEDINFO "\r\n"
			     "Action: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\nContent-Type: "
			     "text/rfc822-headers\r\n\r\nMessage-ID: %s\r\nSubject: x\r\n\r\n--b--\r\n",
			     utc_header(h->p, h->c->owners[0].time.zone, h->now), l.message_id)),
	    "is with you again: mail to Medical Information");
	assert_int_equal(promise(h, 1).state, COMMITMENT_OPEN);
	/* what cannot be said to it is not tried again and again, and keeps no reminder back */
	goes_on(h);
	before = (int)h->heard;
	h->now = rows_at(h->c, "2026-12-09T09:00");
	for (int i = 0; i < 5; i++)
		goes_on(h);
	assert_int_equal(count(h, MAIL_REMINDER), 1);
	heard(h);
	after = (int)h->heard;
	assert_true(after - before < 5);
	/* its owner says that it is right */
	has(writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: x\r\n", "team 1 medinfo"),
	    "Given to Medical Information");
	goes_on(h);
	has(text_of(h, MAIL_REQUEST), "to " MEDINFO);
	assert_int_equal(count(h, MAIL_REQUEST), 2);
}

/* … wherever a team is named, and whatever it answers. */
static void an_owner_hears_of_it_in_their_language(void **state)
{
	static const char *const languages[] = { "de", "fr", "es" };
	struct house *h = house(state);

	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		((struct owner *)h->c->owners)->language = languages[i];
		no_english(h, writes(h, "kept+team-medifno+2w@example.org", TO_CAROL("Tabellen"), ""));
		no_english(h, answers(h, "team nemo"));
		no_english(h, answers(h, "team legal"));
		no_english(h, answers(h, "team medinfo"));
		no_english(h, answers(h, "team medinfo"));
		goes_on(h);
		all_leave(h);
		no_english(h, team_says(h, FROM_TEAM, true, PLAIN("Welche der beiden Studien meint sie?")));
		no_english(h, team_says(h, FROM_TEAM, true, PLAIN("We need more time: 29 December.")));
		no_english(h, team_says(h, FROM_TEAM, true, WITH_FILE("Im Anhang die Tabelle nach Alter, mit den Zahlen der Studie.")));
	}
	((struct owner *)h->c->owners)->language = "en";
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, make, drop)
	const struct CMUnitTest t[] = {
		T(that_it_is_silent_is_told_whatever_else_was),
		T(the_team_is_asked_with_the_words_and_the_day),
		T(a_team_that_is_not_there_is_named_with_those_that_are),
		T(an_answer_gives_it_to_a_team_and_undo_takes_it_back),
		T(a_later_mail_of_the_conversation_gives_it_to_the_team_with_its_new_date),
		T(another_team_is_asked_and_the_first_let_go),
		T(called_off_the_team_hears_so),
		T(its_answer_and_what_is_asked_about_the_delivery_are_one_mail),
		T(its_answer_is_told_with_its_words_and_files_and_thanked),
		T(a_colleague_may_answer_for_it_and_a_stranger_not), T(a_short_answer_with_thanks_in_it_is_not_lost),
		T(it_may_answer_in_the_owners_own_conversation),
		T(a_forged_answer_is_none_and_is_told),
		T(the_token_was_told_to_the_team_alone),
		T(its_automatic_reply_is_no_answer),
		T(a_holding_answer_moves_the_next_look),
		T(a_question_back_is_told_and_is_no_answer),
		T(what_is_done_wants_no_reminder_of_the_team),
		T(a_team_whose_mail_comes_back_is_not_waited_for),
		T(a_request_that_comes_back_gives_the_promise_back_at_once),
		T(an_owner_hears_of_it_in_their_language),
	};

	return cmocka_run_group_tests_name("team", t, NULL, NULL);
}
