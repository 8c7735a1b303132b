/* kept by delivery: the owner's own messages close what they deliver, ask where that is not sure, and are looked at
 * once more */
#include "house.h"

#define HEAD "From: Ada Lovelace <ada@example.org>\r\nMIME-Version: 1.0\r\n"
#define FILE_OF(text, name) "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" text "\r\n--b\r\n" \
	"Content-Type: application/pdf; name=\"" name "\"\r\nContent-Disposition: attachment; filename=\"" name "\"\r\n" \
	"Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK\r\n--b--\r\n"
#define TEXT_OF(text) "Content-Type: text/plain; charset=utf-8\r\n\r\n" text "\r\n"
#define TO_HER "To: Carol <carol@example.com>\r\nSubject: Re: Trial\r\n"

/* A promise to Carol, in <m1@example.org>. */
static void promises(struct house *h, const char *words)
{
	has(writes(h, "kept+friday@example.org", TO_CAROL("Trial"), words), "Noted");
}

/* The owner's message in that conversation, in their own Sent folder or, `tag`, by BCC. */
static const char *delivers(struct house *h, const char *id, const char *tag, const char *fields, const char *body)
{
	const char *bytes = pool_print(h->p, "%s%s" HEAD "%sIn-Reply-To: <m1@example.org>\r\nReferences: <m1@example.org>\r\nDate: %s\r\nMessage-ID: <%s@example.org>\r\n%s",
				       tag ? pool_print(h->p, "Delivered-To: %s\r\n", tag) : "", tag ? AUTH : "",
				       	fields,
				       utc_header(h->p, h->c->owners[0].time.zone,
				       	rows_at(h->c, "2026-11-25T11:00")), id, body);

	return comes(h, tag ? PLACE_CAPTURE : PLACE_SENT, bytes);
}

static const char *state_of(struct house *h, int64_t id)
{
	struct commitment m;
	utc answered;
	bool found;

	WELL(store_commitment(h->q, h->p, h->c, id, &m, &answered, &found, &e));
	return found ? commitment_state_name(m.state) : "none";
}

/* The record holds such an event of promise 1, with these words. */
static void on_record(struct house *h, const char *word, const char *detail)
{
	bool found = false;

	WELL(sql_query(h->q, SQL_EVENT_ALL, &e, SQL_VALUES(sql_i(0), sql_i(1000))));
	while (sql_row(h->q, SQL_EVENT_ALL))
		found |= strcmp(sql_text(h->q, SQL_EVENT_ALL, 3, h->p), word) == 0 &&
			strstr(sql_text(h->q, SQL_EVENT_ALL, 7, h->p), detail);
	WELL(sql_end(h->q, SQL_EVENT_ALL, &e));
	if (!found)
		fail_msg("no event %s with \"%s\"", word, detail);
}

#define DELIVERED FILE_OF("Dear Carol,\r\n\r\nas promised, please find attached the subgroup data.", "subgroups.pdf")
#define MAYBE FILE_OF("Dear Carol,\r\n\r\nattached.\r\n\r\nAda", "scan0001.pdf")
#define EMPTY TEXT_OF("Dear Carol,\r\n\r\nplease find attached the subgroup data.\r\n\r\nAda")

static void what_delivers_closes_and_says_what_was_seen(void **state)
{
	struct house *h = *state;
	const char *said;

	promises(h, "I will send you the subgroup data.");
	said = delivers(h, "d1", NULL, TO_HER, DELIVERED);
	has(said, "Done: \"I will send you the subgroup data\"\n");
	has(said, "done, and closed: your mail \xe2\x80\x9cTrial\xe2\x80\x9d delivers it: it holds subgroups.pdf");
	has(said, "as promised");
	has(said, "[undo 1](mailto:");
	assert_string_equal(state_of(h, 1), "kept");
	on_record(h, "delivers", "it holds subgroups.pdf");
	on_record(h, "done", "it holds subgroups.pdf");
	has(answers(h, "undo"), "Taken back");
	assert_string_equal(state_of(h, 1), "open");
}

static void a_question_of_theirs_that_stands_is_named_and_closes_all_the_same(void **state)
{
	struct house *h = *state;
	const char *said;

	promises(h, "I will send you the subgroup data.");
	said = delivers(h, "d1", NULL, TO_HER, FILE_OF("Dear Carol,\r\n\r\nas promised, please find attached the subgroup data.\r\n\r\n"
			"On Tue, 24 Nov 2026, Carol <carol@example.com> wrote:\r\n> Could you send me the subgroup data? And what is known in dialysis patients?",
			"subgroups.pdf"));
	has(said, "Done");
	has(said, "Their question may still stand unanswered: \xe2\x80\x9c" "And what is known in dialysis patients?");
	assert_string_equal(state_of(h, 1), "kept");
}

static void what_was_written_before_the_promise_delivers_nothing(void **state)
{
	struct house *h = *state;

	promises(h, "I will send you the subgroup data.");
	assert_string_equal(comes(h, PLACE_SENT, pool_print(h->p, HEAD TO_HER "In-Reply-To: <m1@example.org>\r\nDate: Tue, 24 Nov 2026 11:00:00 +0100\r\n"
								 "Message-ID: <old@example.org>\r\n" DELIVERED)), "");
	assert_string_equal(state_of(h, 1), "open");
	has(delivers(h, "d1", NULL, TO_HER, DELIVERED), "closed");
}

/* Both come in late: it counts when they were written. */
static void read_late_in_one_go_it_delivers_all_the_same(void **state)
{
	struct house *h = *state;

	h->now += 3600;
	has(comes(h, PLACE_CAPTURE, "Delivered-To: kept+friday@example.org\r\n" AUTH HEAD "To: Carol <carol@example.com>\r\nSubject: Trial\r\n"
				    "Date: Wed, 25 Nov 2026 10:30:00 +0100\r\nMessage-ID: <m1@example.org>\r\n" TEXT_OF("I will send you the subgroup data.")), "Noted");
	h->now += 3600;
	has(delivers(h, "d1", NULL, TO_HER, DELIVERED), "closed");
}

static void by_bcc_too_and_no_new_promise_is_made(void **state)
{
	struct house *h = *state;

	promises(h, "I will send you the subgroup data.");
	has(delivers(h, "d1", "kept@example.org", TO_HER, DELIVERED), "Done: \"I will send you the subgroup data\"\n");
	assert_string_equal(state_of(h, 1), "kept");
	assert_string_equal(state_of(h, 2), "none");
	assert_string_equal(delivers(h, "d1", NULL, TO_HER, DELIVERED), ""); /* its copy in Sent */
}

#define ANEW TEXT_OF("Dear Carol,\r\n\r\nI am still waiting for one table. I will send you the subgroup data on Tuesday, sorry.\r\n\r\nAda")

static utc due_of(struct house *h, int64_t id, utc *told)
{
	struct commitment m;
	utc answered;
	bool found;

	WELL(store_commitment(h->q, h->p, h->c, id, &m, &answered, &found, &e));
	*told = m.told;
	return m.due;
}

static void said_once_more_for_another_day_moves_it_and_they_were_told(void **state)
{
	struct house *h = *state;
	const char *said;
	utc told, tuesday = rows_at(h->c, "2026-12-01T09:00"), friday = rows_at(h->c, "2026-11-27T09:00");

	promises(h, "I will send you the subgroup data by Friday.");
	said = delivers(h, "d1", NULL, TO_HER, ANEW);
	has(said, "Moved to Tue 1 Dec");
	has(said, "promises it for another day: it is due Tuesday 1 December");
	assert_int_equal(due_of(h, 1, &told), tuesday);
	assert_int_equal(told, tuesday);
	assert_string_equal(state_of(h, 2), "none");
	on_record(h, "due", "told in a mail of its conversation");
	has(answers(h, "undo 1"), "Taken back");
	assert_int_equal(due_of(h, 1, &told), friday);
}

/* The owner's message in that conversation, written at that time and read now. */
static const char *says_at(struct house *h, const char *id, const char *at, const char *text)
{
	return comes(h, PLACE_SENT, pool_print(h->p, HEAD TO_HER "In-Reply-To: <m1@example.org>\r\nReferences: <m1@example.org>\r\n"
		"Date: %s\r\nMessage-ID: <%s@example.org>\r\n" TEXT_OF("Dear Carol,\r\n\r\n%s\r\n\r\nAda"),
		utc_header(h->p, h->c->owners[0].time.zone, rows_at(h->c, at)), id, text));
}

/* Nor moves it one that was written before the owner moved it; one written since does, though it was read in the same go. */
static void an_older_mail_that_is_read_later_moves_nothing(void **state)
{
	struct house *h = *state;
	utc told;

	promises(h, "I will send you the subgroup data by Friday.");
	h->now = rows_at(h->c, "2026-11-26T18:00");
	has(says_at(h, "d1", "2026-11-26T14:00", "I will send you the subgroup data by 14 December."), "Moved to Mon 14 Dec");
	assert_string_equal(says_at(h, "d2", "2026-11-26T11:00", "I will send you the subgroup data by 30 November."), "");
	assert_int_equal(due_of(h, 1, &told), rows_at(h->c, "2026-12-14T17:00"));
	assert_string_equal(state_of(h, 2), "none");
	has(says_at(h, "d3", "2026-11-26T15:00", "I will send you the subgroup data by 15 December."), "Moved to Tue 15 Dec");
	has(answers(h, "due 1 16 dec"), "Moved to Wed 16 Dec");
	assert_string_equal(says_at(h, "d4", "2026-11-26T16:00", "I will send you the subgroup data by 30 November."), "");
	has(answers(h, "undo 1"), "Taken back");
	assert_int_equal(due_of(h, 1, &told), rows_at(h->c, "2026-12-15T17:00"));
	h->now += 600;
	has(says_at(h, "d5", "2026-11-26T18:10", "I will send you the subgroup data by 17 December."), "Moved to Thu 17 Dec");
}

/* What `kept score` counts of it. */
static struct score score_now(struct house *h)
{
	struct score_track *list;
	struct score_item items[10];
	size_t n;

	WELL(store_score(h->q, h->p, h->c, &h->c->owners[0], &list, &n, &e));
	assert_true(n <= 10);
	for (size_t i = 0; i < n; i++)
		items[i] = score_item(&list[i]);
	return score_of(items, n, h->now);
}

static void another_day_told_in_time_moves_the_day_that_counts(void **state)
{
	struct house *h = *state;
	struct score s;

	promises(h, "I will send you the subgroup data by Friday.");
	delivers(h, "d1", NULL, TO_HER, ANEW);
	h->now = rows_at(h->c, "2026-11-30T10:00"); /* after Friday, before Tuesday */
	delivers(h, "d2", NULL, TO_HER, DELIVERED);
	s = score_now(h);
	assert_int_equal(s.on_time.n, 1);
	assert_int_equal(s.moved, 1);
	assert_int_equal(s.followed.of, 0); /* it has a week */
	h->now += 8 * 86400;
	s = score_now(h);
	assert_int_equal(s.followed.of, 1);
	assert_int_equal(s.followed.n, 0);
}

static void told_after_the_old_day_passed_it_is_late(void **state)
{
	struct house *h = *state;
	struct score s;

	promises(h, "I will send you the subgroup data by Friday.");
	h->now = rows_at(h->c, "2026-11-30T10:00");
	has(comes(h, PLACE_SENT, pool_print(h->p, HEAD TO_HER "In-Reply-To: <m1@example.org>\r\nDate: Mon, 30 Nov 2026 09:50:00 +0100\r\n"
					    "Message-ID: <late@example.org>\r\n" ANEW)), "Moved to Tue 1 Dec");
	s = score_now(h);
	assert_int_equal(s.on_time.of, 1);
	assert_int_equal(s.open, 1);
	delivers(h, "d2", NULL, TO_HER, DELIVERED);
	s = score_now(h);
	assert_int_equal(s.on_time.n, 0);
	assert_int_equal(s.late, 1);
}

static void a_snooze_moves_nothing_that_counts(void **state)
{
	struct house *h = *state;

	promises(h, "I will send you the subgroup data by Friday.");
	answers(h, "snooze tuesday");
	h->now = rows_at(h->c, "2026-11-28T10:00");
	assert_int_equal(score_now(h).open, 1);
}

static void by_bcc_too_it_is_the_same_promise(void **state)
{
	struct house *h = *state;
	utc told;

	promises(h, "I will send you the subgroup data by Friday.");
	has(delivers(h, "d1", "kept@example.org", TO_HER, ANEW), "Moved to Tue 1 Dec");
	assert_int_equal(due_of(h, 1, &told), rows_at(h->c, "2026-12-01T09:00"));
	assert_string_equal(state_of(h, 2), "none");
	assert_string_equal(delivers(h, "d1", NULL, TO_HER, ANEW), ""); /* its copy in Sent */
	assert_string_equal(state_of(h, 2), "none");
}

static void said_once_more_without_another_day_changes_nothing(void **state)
{
	struct house *h = *state;
	utc told;

	promises(h, "I will send you the subgroup data by Friday.");
	assert_string_equal(delivers(h, "d1", NULL, TO_HER, TEXT_OF("Dear Carol,\r\n\r\nI will send you the subgroup data.\r\n")), "");
	has(delivers(h, "d2", "kept@example.org", TO_HER, TEXT_OF("Dear Carol,\r\n\r\nI will send you the subgroup data.\r\n")),
	    "says it once more. It is due Friday 27 November");
	assert_int_equal(due_of(h, 1, &told), rows_at(h->c, "2026-11-27T09:00"));
	assert_string_equal(state_of(h, 2), "none");
}

static void another_thing_in_the_conversation_is_another_promise(void **state)
{
	struct house *h = *state;
	utc told;

	promises(h, "I will send you the subgroup data by Friday.");
	has(delivers(h, "d1", "kept@example.org", TO_HER, TEXT_OF("Dear Carol,\r\n\r\nI will also send you the reprint of the phase 3 trial on Tuesday.\r\n")), "Noted");
	assert_int_equal(due_of(h, 1, &told), rows_at(h->c, "2026-11-27T09:00"));
	assert_string_equal(state_of(h, 2), "open");
}

static void said_to_another_person_is_another_promise(void **state)
{
	struct house *h = *state;

	promises(h, "I will send you the subgroup data by Friday.");
	has(delivers(h, "d1", "kept@example.org", "To: Dan <dan@example.net>\r\nSubject: Fwd: Trial\r\n",
		     TEXT_OF("Dear Dan,\r\n\r\nI will send you the subgroup data on Tuesday.\r\n")), "Noted");
	assert_string_equal(state_of(h, 2), "open");
}

static void it_alone_means_the_only_promise(void **state)
{
	struct house *h = *state;

	promises(h, "I will send you the subgroup data by Friday.");
	has(delivers(h, "d1", "kept@example.org", TO_HER, TEXT_OF("Dear Carol,\r\n\r\nI will send it to you on Tuesday.\r\n")), "Moved to Tue 1 Dec");
	assert_string_equal(state_of(h, 2), "none");
}

static void a_tag_in_the_subject_says_no_more(void **state)
{
	struct house *h = *state;

	promises(h, "I will send you the subgroup data.");
	has(delivers(h, "d1", "kept@example.org", "To: Carol <carol@example.com>\r\nSubject: Re: Trial [kept]\r\n", DELIVERED), "Done");
	assert_string_equal(state_of(h, 2), "none");
}

static void the_copy_in_sent_first_then_that_by_bcc_is_one(void **state)
{
	struct house *h = *state;

	promises(h, "I will send you the subgroup data.");
	has(delivers(h, "d1", NULL, TO_HER, DELIVERED), "Done");
	assert_string_equal(delivers(h, "d1", "kept@example.org", TO_HER, DELIVERED), "");
	assert_string_equal(state_of(h, 2), "none");
}

static void the_tagged_copy_of_a_delivery_still_promises_what_it_promises(void **state)
{
	struct house *h = *state;

#define BOTH FILE_OF("Dear Carol,\r\n\r\nattached is the subgroup data, as promised. I will send you the poster on Monday.", "subgroups.pdf")
	promises(h, "I will send you the subgroup data.");
	has(delivers(h, "d1", NULL, TO_HER, BOTH), "Done");
	assert_string_equal(state_of(h, 2), "candidate");
	has(delivers(h, "d1", "kept@example.org", TO_HER, BOTH), "Noted");
	assert_string_equal(state_of(h, 2), "open");
	assert_string_equal(state_of(h, 3), "none");
}

static void what_may_deliver_is_asked_once_and_yes_closes_it(void **state)
{
	struct house *h = *state;
	const char *said, *reply, *id;

	promises(h, "I will send you the subgroup data.");
	said = delivers(h, "d1", NULL, TO_HER, MAYBE);
	has(said, "Is it kept? \"I will send you the subgroup data\"\n");
	has(said, "Your mail \xe2\x80\x9cTrial\xe2\x80\x9d may deliver it: it holds scan0001.pdf");
	has(said, "[yes](mailto:");
	has(said, "[no](mailto:");
	assert_string_equal(state_of(h, 1), "open");
	on_record(h, "asked", "scan0001.pdf");
	reply = h->reply, id = h->id;
	assert_string_equal(delivers(h, "d2", NULL, TO_HER, FILE_OF("Attached again.", "scan0002.pdf")),
		""); /* asked already */
	h->reply = reply, h->id = id;
	has(answers(h, "yes"), "Done: \"I will send you the subgroup data\"\n");
	assert_string_equal(state_of(h, 1), "kept");
	on_record(h, "done", "scan0001.pdf");
	h->reply = reply, h->id = id;
	has(answers(h, "yes"), "nothing is asked of you there");
}

static void no_leaves_it_open(void **state)
{
	struct house *h = *state;

	promises(h, "I will send you the subgroup data.");
	delivers(h, "d1", NULL, TO_HER, MAYBE);
	has(answers(h, "no"), "Still open: \"I will send you the subgroup data\"\n");
	assert_string_equal(state_of(h, 1), "open");
	/* another mail, another question */
	has(delivers(h, "d2", NULL, TO_HER, FILE_OF("Attached again.", "scan0002.pdf")), "Is it kept?");
}

static void a_tag_alone_on_what_may_deliver_asks_and_logs_nothing(void **state)
{
	struct house *h = *state;

	promises(h, "I will send you the subgroup data.");
	has(delivers(h, "d1", "kept@example.org", TO_HER, MAYBE), "Is it kept?");
	assert_string_equal(state_of(h, 2), "none");
}

static void a_date_in_the_tag_moves_it_and_one_mail_asks(void **state)
{
	struct house *h = *state;
	const char *said;

	promises(h, "I will send you the subgroup data.");
	said = delivers(h, "d1", "kept+1w@example.org", TO_HER, DELIVERED);
	has(said, "Moved to Wed 2 Dec, 09:00: \"I will send you the subgroup data\"; Is it kept?");
	has(said, "it is due Wednesday 2 December 2026");
	has(said, "may deliver it");
	assert_string_equal(state_of(h, 1), "open");
	has(answers(h, "yes"), "Done");
	assert_string_equal(state_of(h, 2), "none");
}

static void attached_and_nothing_is_said_at_once_and_closes_nothing(void **state)
{
	struct house *h = *state;
	const char *said;

	promises(h, "I will send you the subgroup data.");
	said = delivers(h, "d1", NULL, TO_HER, EMPTY);
	has(said, "Nothing is attached: Trial\n");
	has(said, "and nothing is attached.");
	has(said, "[done 1](mailto:");
	assert_string_equal(state_of(h, 1), "open");
	on_record(h, "looked", "nothing is attached");
	has(delivers(h, "d2", NULL, TO_HER, DELIVERED), "Done"); /* then with it */
}

static void of_two_promises_the_missing_file_is_missed_once(void **state)
{
	struct house *h = *state;
	const char *said;

	promises(h, "I will send you the subgroup data.\r\n\r\nI will send you the poster of Tuesday.");
	said = delivers(h, "d1", NULL, TO_HER, EMPTY);
	has(said, "and nothing is attached.");
	lacks(strstr(said, "and nothing is attached.") + 10, "and nothing is attached.");
	lacks(said, "the poster");
	assert_string_equal(state_of(h, 2), "open");
}

static void what_goes_to_one_says_nothing_of_the_others_promise(void **state)
{
	struct house *h = *state;
	const char *said;

	promises(h, "I will send you the subgroup data.");
	has(writes(h, "kept+friday@example.org", "To: Dan <dan@example.com>\r\nIn-Reply-To: <m1@example.org>\r\nReferences: <m1@example.org>\r\nSubject: Re: Trial\r\n",
		   "I will send you the subgroup poster."), "Noted");
	said = delivers(h, "d1", NULL, TO_HER, DELIVERED);
	has(said, "Done");
	lacks(said, "Dan");
	lacks(said, "poster");
	assert_string_equal(state_of(h, 2), "open");
}

static void so_it_is_with_plus_done(void **state)
{
	struct house *h = *state;

	promises(h, "I will send you the subgroup data.");
	has(delivers(h, "d1", "kept+done@example.org", TO_HER, EMPTY), "**It is not closed.**");
	assert_string_equal(state_of(h, 1), "open");
	has(delivers(h, "d2", "kept+done@example.org", TO_HER, TEXT_OF("I told you by telephone.")), "Done");
	assert_string_equal(state_of(h, 1), "kept");
}

/* The other side may have put it into the Reply-To that the owner's program answered to. */
static void a_plus_done_that_all_can_see_in_an_answer_asks(void **state)
{
	struct house *h = *state;

	promises(h, "I will send you the subgroup data.");
	has(delivers(h, "d1", "kept+done@example.org", "To: Carol <carol@example.com>, kept+done@example.org\r\nSubject: Re: Trial\r\n",
		     TEXT_OF("Sure, what is it?")), "Is it kept?");
	assert_string_equal(state_of(h, 1), "open");
}

/* Whoever got an old mail of hers can send it on to +done: its signature holds. */
static void an_old_mail_that_is_sent_on_to_plus_done_asks(void **state)
{
	struct house *h = *state;
	const char *date = utc_header(h->p, h->c->owners[0].time.zone, h->now + 60);

	promises(h, "I will send you the subgroup data.");
	h->now += 2 * 3600;
	has(comes(h, PLACE_CAPTURE, pool_print(h->p, "Delivered-To: kept+done@example.org\r\n" AUTH "From: Ada Lovelace <ada@example.org>\r\nTo: Carol <carol@example.com>\r\n"
		"Subject: Re: Trial\r\nIn-Reply-To: <m1@example.org>\r\nDate: %s\r\nMessage-ID: <old@example.org>\r\n\r\nSee you in Vienna.\r\n", date)), "Is it kept?");
	assert_string_equal(state_of(h, 1), "open");
}

static void a_slip_of_the_address_closes_nothing(void **state)
{
	struct house *h = *state;
	const char *said;

	promises(h, "I will send you the subgroup data.");
	said = delivers(h, "d1", NULL, "To: carol@exmaple.com\r\nSubject: Re: Trial\r\n", DELIVERED);
	has(said, "Look again: Trial\n");
	has(said, "looks like a slip");
	assert_string_equal(state_of(h, 1), "open");
}

static void what_delivers_nothing_is_passed_over(void **state)
{
	struct house *h = *state;

	promises(h, "I will send you the subgroup data.");
	assert_string_equal(delivers(h, "d1", NULL, TO_HER, TEXT_OF("Thank you for your patience!")), "");
	assert_string_equal(delivers(h, "d2", NULL, "To: Dan <dan@example.org>\r\nSubject: Re: Trial\r\n",
				     /* within the house */
				     FILE_OF("Dan, attached is what I plan to send her.", "plan.pdf")), "");
	has(delivers(h, "d3", NULL, TO_HER, TEXT_OF("I'll send you the subgroup data tomorrow, sorry!")), "Moved to Thu 26 Nov");
	assert_string_equal(state_of(h, 1), "open");
}

static void a_stranger_who_copies_the_thread_closes_nothing(void **state)
{
	struct house *h = *state;

	promises(h, "I will send you the subgroup data.");
	comes(h, PLACE_CAPTURE, "Delivered-To: kept@example.org\r\nFrom: Ada Lovelace <ada@example.org>\r\n" TO_HER
	      "In-Reply-To: <m1@example.org>\r\nMessage-ID: <evil@example.net>\r\nMIME-Version: 1.0\r\n" DELIVERED);
	assert_string_equal(state_of(h, 1), "open");
}

static void of_two_promises_the_one_that_is_delivered_is_closed(void **state)
{
	struct house *h = *state;

	promises(h, "I will send you the subgroup data. I will send you the poster.");
	has(delivers(h, "d1", NULL, TO_HER, FILE_OF("Dear Carol,\r\n\r\nattached is the poster.", "poster.pdf")),
		"Done: \"I will send you the poster\"\n");
	assert_string_equal(state_of(h, 1), "open");
	assert_string_equal(state_of(h, 2), "kept");
}

static void where_several_may_be_delivered_each_has_its_number(void **state)
{
	struct house *h = *state;
	const char *said;

	promises(h, "I will send you the subgroup data. I will send you the poster.");
	said = delivers(h, "d1", NULL, TO_HER, MAYBE);
	has(said, "[done 1](mailto:");
	has(said, "[done 2](mailto:");
	lacks(said, "[yes]");
	has(answers(h, "no"), "Still open: \"I will send you the subgroup data\", and 1 more\n");
}

static void a_reminder_that_waits_is_withdrawn(void **state)
{
	struct house *h = *state;
	struct outgoing *list;
	utc next;
	size_t n;

	promises(h, "I will send you the subgroup data.");
	h->now = rows_at(h->c, "2026-11-27T09:01");
	WELL(schedule(h->q, h->c, h->now, &next, &e));
	has(heard(h), "subgroup data");
	delivers(h, "d1", NULL, TO_HER, DELIVERED);
	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_OPEN, 100, &list, &n, &e));
	for (size_t i = 0; i < n; i++)
		assert_int_not_equal(list[i].kind, MAIL_REMINDER);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, make, drop)
	const struct CMUnitTest t[] = {
		T(what_delivers_closes_and_says_what_was_seen),
			T(a_question_of_theirs_that_stands_is_named_and_closes_all_the_same),
		T(by_bcc_too_and_no_new_promise_is_made), T(what_was_written_before_the_promise_delivers_nothing),
		T(read_late_in_one_go_it_delivers_all_the_same), T(a_tag_in_the_subject_says_no_more), T(the_copy_in_sent_first_then_that_by_bcc_is_one),
		T(another_day_told_in_time_moves_the_day_that_counts), T(told_after_the_old_day_passed_it_is_late), T(a_snooze_moves_nothing_that_counts),
		T(said_once_more_for_another_day_moves_it_and_they_were_told), T(an_older_mail_that_is_read_later_moves_nothing), T(by_bcc_too_it_is_the_same_promise), T(it_alone_means_the_only_promise),
		T(said_once_more_without_another_day_changes_nothing), T(another_thing_in_the_conversation_is_another_promise),
		T(said_to_another_person_is_another_promise),
		T(the_tagged_copy_of_a_delivery_still_promises_what_it_promises),
			T(what_may_deliver_is_asked_once_and_yes_closes_it), T(no_leaves_it_open),
		T(a_tag_alone_on_what_may_deliver_asks_and_logs_nothing),
			T(a_date_in_the_tag_moves_it_and_one_mail_asks),
			T(attached_and_nothing_is_said_at_once_and_closes_nothing),
		T(of_two_promises_the_missing_file_is_missed_once), T(what_goes_to_one_says_nothing_of_the_others_promise),
		T(so_it_is_with_plus_done), T(a_plus_done_that_all_can_see_in_an_answer_asks), T(an_old_mail_that_is_sent_on_to_plus_done_asks), T(a_slip_of_the_address_closes_nothing),
			T(what_delivers_nothing_is_passed_over),
		T(a_stranger_who_copies_the_thread_closes_nothing),
			T(of_two_promises_the_one_that_is_delivered_is_closed), T(a_reminder_that_waits_is_withdrawn),
		T(where_several_may_be_delivered_each_has_its_number),
	};

	return cmocka_run_group_tests_name("kept by delivery", t, NULL, NULL);
}
