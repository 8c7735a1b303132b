/* checkins: a meeting from its making to its end, with what those invited answer */
#include "meetings.h"

/* ---- rules ---- */

static void asked_first(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "", false);
	const char *mail = heard(h);

	has(said, "waits for your word");
	has(mail, "Send to carol@example.com? Invitation: The subgroup data");
	has(mail, "Thursday 26 November 2026, 14:00 CET");
	assert_string_equal(leave(h), "");
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_PROPOSED);
	has(answers(h, "send"), "is on its way");
	assert_string_equal(leave(h), "carol@example.com REQUEST 0\n");
	c = as_it_is(h, &c);
	assert_int_equal(c.state, CHECKIN_INVITED);
	assert_int_equal(c.entry, 0);
	has(heard(h), "The entry for your own calendar comes along");
}

/* One word sends all of it: so all of it is shown. */
static void each_text_is_shown(void **state)
{
	struct house *h = *state;
	const char *mail;

	add_for(h, "carol@example.com dan@example.com erin@example.com", "thursday 2pm", "", false);
	mail = heard(h);
	has(mail, "Send to carol@example.com, dan@example.com, erin@example.com? Invitation: The subgroup data");
	has(mail, "To: carol@example.com\n");
	has(mail, "With:** dan@example.com and erin@example.com");
	has(mail, "To: dan@example.com\n");
	has(mail, "With:** carol@example.com and erin@example.com");
	has(mail, "To: erin@example.com\n");
	has(mail, "With:** carol@example.com and dan@example.com");
	has(mail, "Your words go to all of them");
	mail = answers(h, "edit\nIt would be good to talk.");
	has(mail, "To: carol@example.com, dan@example.com, erin@example.com");
	lacks(mail, "To: dan@example.com\n");
	lacks(mail, "Your words go to all of them");
	answers(h, "send");
	assert_string_equal(leave(h), "carol@example.com REQUEST 0\ndan@example.com REQUEST 0\nerin@example.com REQUEST 0\n");
}

/* Where kept does not see what they answer, that is said once; where it does, never. */
static void answers_unseen(void **state)
{
	struct house *h = *state;

	add_for(h, "carol@example.com", "thursday 2pm", "", false);
	lacks(said, "I do not read");
	h->c->mailbox_count = 1;
	add_for(h, "carol@example.com", "thursday 3pm", "", false);
	lacks(said, "I do not read"); /* they had it before */
}

static void answers_unseen_said_once(void **state)
{
	struct house *h = *state;
	struct checkins k = by_hand(h, false);
	struct checkin c;

	h->c->mailbox_count = 1;
	c = add_for(h, "carol@example.com", "thursday 2pm", "", false);
	has(said, "I do not read");
	WELL(sql_begin(h->q, &e));
	WELL(checkins_move(&k, &c, &(struct checkin_change){ .at = "friday 2pm" }, &e));
	WELL(checkins_cancel(&k, &c, "", &e));
	WELL(sql_commit(h->q, &e));
	lacks(k.said->s, "I do not read");
	add_for(h, "dan@example.com", "thursday 3pm", "", true);
	lacks(said, "I do not read");
}

static void skipped(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "", false);

	heard(h);
	has(answers(h, "skip"), "nobody was invited");
	assert_string_equal(leave(h), "");
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_PROPOSED);
}

static void accepted(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "", true);
	struct contact who;
	bool noted;
	utc met;

	has(said, "is on its way");
	assert_string_equal(leave(h), "carol@example.com REQUEST 0\n");
	heard(h);
	assert_string_equal(answer(h, &c, "carol@example.com", "ACCEPTED", ""), "");
	c = as_it_is(h, &c);
	assert_int_equal(c.state, CHECKIN_CONFIRMED);
	assert_int_equal(c.attendees[0].partstat, PARTSTAT_ACCEPTED);
	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "", "carol@example.com" }, &who, &noted, &e));
	WELL(store_exchange_last(h->q, who.id, c.start + 60, &met, &e));
	assert_true(met != c.start); /* not while it lasts */
	WELL(store_exchange_last(h->q, who.id, c.start + 86400, &met, &e));
	assert_int_equal(met, c.start);
}

static void declined(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "", true);
	const char *mail;

	leave(h), heard(h);
	mail = answer(h, &c, "carol@example.com", "DECLINED", "COMMENT:I am *away*\r\n");
	has(mail, "Declined: carol@example.com, The subgroup data");
	has(mail, "I am *away*");
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_DECLINED);
	has(answers(h, "at friday 3pm"), "Friday 27 November 2026, 15:00");
	c = as_it_is(h, &c);
	assert_int_equal(c.sequence, 1);
	assert_int_equal(c.state, CHECKIN_INVITED);
	assert_string_equal(leave(h), "");
	has(answers(h, "send"), "is on its way");
	assert_string_equal(leave(h), "carol@example.com REQUEST 1\n");
}

/* The last that was heard. */
static void newest(struct house *h, struct letter *l)
{
	struct outgoing o;
	bool found;

	WELL(outbox_get(h->q, h->p, h->heard, &o, &found, &e));
	assert_true(found);
	mime_read(h->p, o.bytes, o.n, l);
}

static void countered(void **state)
{
	struct house *h = *state;
	struct letter l;
	int64_t mails;
	struct checkin c = add_for(h, "carol@example.com dan@example.com", "thursday 2pm", "", true);
	const char *mail;

	leave(h), heard(h);
	mail = calendar(h, "carol@example.com", &c, "COUNTER", attendee(h, "carol@example.com", "TENTATIVE"),
			"DTSTART:20261127T090000Z\r\nDTEND:20261127T094500Z\r\n");
	has(mail, "Another time? carol@example.com proposes Fri 27 Nov, 10:00");
	assert_int_equal(as_it_is(h, &c).start, c.start); /* put to her, not obeyed */
	mails = h->heard;
	mail = answers(h, "accept");
	has(mail, "Friday 27 November 2026, 10:00 CET, 45 minutes");
	has(mail, "dan@example.com is on its way"); /* the time is her word */
	has(mail, "the entry in your own calendar comes along");
	assert_int_equal(h->heard, mails + 3); /* one mail to her, one to each of them */
	newest(h, &l);
	assert_string_equal(l.calendar.method, "REQUEST");
	assert_int_equal(l.calendar.sequence, 1);
	c = as_it_is(h, &c);
	assert_int_equal(c.sequence, 1);
	assert_int_equal(c.state, CHECKIN_CONFIRMED); /* it is her own time */
	assert_int_equal(checkin_attendee(&c, "dan@example.com", 0)->partstat, PARTSTAT_NEEDS_ACTION);
	assert_string_equal(leave(h), "carol@example.com REQUEST 1\ndan@example.com REQUEST 1\n");
	assert_string_equal(heard(h), "");
	has(answers(h, "accept"), "nobody proposes another time");
}

static void counter_declined(void **state)
{
	struct house *h = *state;
	const char *mail;
	int64_t mails;
	struct checkin c = add_for(h, "carol@example.com dan@example.com", "thursday 2pm", "", true);

	leave(h), heard(h);
	calendar(h, "carol@example.com", &c, "COUNTER", attendee(h, "carol@example.com", "TENTATIVE"),
		 "DTSTART:20261127T090000Z\r\nDTEND:20261127T093000Z\r\n");
	mails = h->heard;
	mail = answers(h, "decline");
	has(mail, "stays as it is");
	has(mail, "is on its way");
	assert_int_equal(h->heard, mails + 2); /* one to her, one to who proposed it */
	assert_int_equal(as_it_is(h, &c).start, c.start);
	assert_string_equal(leave(h), "carol@example.com DECLINECOUNTER 0\n");
	assert_string_equal(heard(h), "");
}

static void delegated(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "", true);

	leave(h), heard(h);
	has(calendar(
		    h, "carol@example.com", &c, "REPLY",
		    "ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:Ruth@example.net\":mailto:carol@example.com\r\n",
		    ""),
	    "sends Ruth@example.net instead");
	assert_string_equal(answer(h, &c, "ruth@example.net", "ACCEPTED", ""), "");
	c = as_it_is(h, &c);
	assert_int_equal(c.state, CHECKIN_CONFIRMED);
	assert_string_equal(checkin_attendee(&c, "carol@example.com", 0)->delegated_to, "ruth@example.net");
}

static void not_obeyed(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "10 dec 2pm", "", true);

	leave(h), heard(h);
	has(answer(h, &c, "mallory@example.net", "ACCEPTED", ""), "its sender was not invited");
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_INVITED);
	assert_string_equal(answer(h, &c, "mallory@example.net", "ACCEPTED", ""), ""); /* told once a day */
	h->now += 86401;
	has(calendar(h, "mallory@example.net", &c, "REPLY", attendee(h, "carol@example.com", "DECLINED"), ""),
	    "another than the one in whose name it answers");
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_INVITED);
	h->now += 86401;
	has(calendar(h, "carol@example.com", &c, "CANCEL", attendee(h, "carol@example.com", "ACCEPTED"), ""),
	    "not theirs to call off");
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_INVITED);
	/* from her other address, which the owner has noted, or by a colleague: they are */
	assert_string_equal(
		calendar(h, "office@example.com", &c, "REPLY", attendee(h, "carol@example.com", "ACCEPTED"), ""), "");
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_CONFIRMED);
}

static void stale(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "", true);
	struct checkins k;

	leave(h);
	answer(h, &c, "carol@example.com", "TENTATIVE", "DTSTAMP:20261125T110000Z\r\n");
	answer(h, &c, "carol@example.com", "ACCEPTED", "DTSTAMP:20261125T120000Z\r\n");
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_CONFIRMED);
	answer(h, &c, "carol@example.com", "DECLINED", "DTSTAMP:20261125T113000Z\r\n"); /* written before, came after */
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_CONFIRMED);
	k = by_hand(h, true);
	c = as_it_is(h, &c);
	WELL(sql_begin(h->q, &e));
	WELL(checkins_move(&k, &c, &(struct checkin_change){ .at = "friday 3pm" }, &e));
	WELL(sql_commit(h->q, &e));
	assert_string_equal(leave(h), "carol@example.com REQUEST 1\n");
	answer(h, &c, "carol@example.com", "ACCEPTED",
	       "DTSTAMP:20261125T130000Z\r\nSEQUENCE:0\r\nDTSTART:20261126T130000Z\r\n"); /* to the old time */
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_INVITED);
	answer(h, &c, "carol@example.com", "ACCEPTED",
	       "DTSTAMP:20261125T130000Z\r\nDTSTART:20261127T140000Z\r\n"); /* no SEQUENCE, but the new time */
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_CONFIRMED);
}

static void refreshed(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com dan@example.com", "thursday 2pm", "", true);

	leave(h), heard(h);
	calendar(h, "dan@example.com", &c, "REFRESH", "ATTENDEE:mailto:dan@example.com\r\n", "");
	assert_string_equal(leave(h), "dan@example.com REQUEST 0\n");
	calendar(h, "mallory@example.net", &c, "REFRESH", "ATTENDEE:mailto:mallory@example.net\r\n", "");
	assert_string_equal(leave(h), "");
}

static void series(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "every 2 weeks", true);
	struct checkins k = by_hand(h, true);
	utc second = c.start + 14 * 86400, start;

	assert_string_equal(c.rrule, "FREQ=WEEKLY;INTERVAL=2");
	leave(h), heard(h);
	c = as_it_is(h, &c);
	WELL(sql_begin(h->q, &e));
	WELL(checkins_move(&k, &c, &(struct checkin_change){ .at = "11 dec 3pm", .on = "10 dec" }, &e));
	WELL(sql_commit(h->q, &e));
	assert_string_equal(leave(h), "carol@example.com REQUEST 1\n");
	has(heard(h), "Moved: The subgroup data");
	c = as_it_is(h, &c);
	assert_true(checkin_is_one(h->p, &c, second, &start));
	assert_int_equal(start, second + 86400 + 3600);
	answer(h, &c, "carol@example.com", "DECLINED", "SEQUENCE:1\r\nRECURRENCE-ID:20261210T130000Z\r\n");
	c = as_it_is(h, &c);
	assert_int_equal(checkin_attendee(&c, "carol@example.com", second)->partstat, PARTSTAT_DECLINED);
	assert_int_equal(checkin_attendee(&c, "carol@example.com", 0)->partstat, PARTSTAT_NEEDS_ACTION);
	k = by_hand(h, true);
	WELL(sql_begin(h->q, &e));
	WELL(checkins_cancel(&k, &c, "24 dec", &e));
	assert_false(checkins_cancel(&k, &c, "25 dec", &e));
	e = (struct err){ 0 };
	WELL(sql_commit(h->q, &e));
	assert_string_equal(leave(h), "carol@example.com CANCEL 2\n");
	heard(h);
	c = as_it_is(h, &c);
	WELL(sql_begin(h->q, &e));
	WELL(checkins_cancel(&k, &c, NULL, &e));
	WELL(sql_commit(h->q, &e));
	assert_string_equal(leave(h), "carol@example.com CANCEL 3\n");
	has(heard(h), "Called off: The subgroup data");
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_CANCELLED);
	answer(h, &c, "carol@example.com", "ACCEPTED", "SEQUENCE:3\r\n");
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_CANCELLED);
}

/* What never left is not called off, and needs no update: the newest object is the first that they see. */
static void not_told_yet(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "every 2 weeks", false);
	struct checkins k = by_hand(h, true);

	WELL(sql_begin(h->q, &e));
	WELL(checkins_cancel(&k, &c, "10 dec", &e));
	WELL(sql_commit(h->q, &e));
	assert_string_equal(leave(h), "carol@example.com REQUEST 1\n"); /* the whole, without that one */
	c = add_for(h, "carol@example.com", "friday 2pm", "", false);
	WELL(sql_begin(h->q, &e));
	WELL(checkins_cancel(&k, &c, NULL, &e));
	WELL(sql_commit(h->q, &e));
	assert_string_equal(leave(h), "");
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_CANCELLED);
}

static void of_a_promise(void **state)
{
	struct house *h = *state;
	struct checkin c;
	bool found;

	writes(h, "kept+friday@example.org", TO_CAROL("Data"), "I will send you the tables.");
	has(answers(h, "at thursday 2pm"), "“Data” with Carol: Thursday 26 November 2026, 14:00");
	WELL(store_checkin_of(h->q, h->p, 1, &c, &found, &e));
	assert_true(found);
	writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: x\r\n", "at 1 friday 4pm");
	c = as_it_is(h, &c);
	assert_int_equal(c.sequence, 1);
	writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: x\r\n", "cancel 1");
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_PROPOSED); /* the promise is off, the meeting is not */
}

static void every_quarter(void **state)
{
	struct house *h = *state;
	struct checkin c;
	bool found;
	const char *mail = writes(h, "kept+every-quarter@example.org", TO_CAROL("Our talks"),
				  "Let us speak about the registry each quarter.");

	has(mail, "Invitation");
	WELL(store_checkin_of(h->q, h->p, 1, &c, &found, &e));
	assert_true(found);
	assert_true(text_starts(c.rrule, "FREQ=MONTHLY;INTERVAL=3;BYDAY="));
	assert_string_equal(leave(h), "");
}

/* A series on a named weekday goes to the new one; of several, which day goes nobody said. */
static void weekday_moves(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "every thursday", false);
	struct checkins k = by_hand(h, false);

	assert_string_equal(c.rrule, "FREQ=WEEKLY;BYDAY=TH");
	WELL(sql_begin(h->q, &e));
	WELL(checkins_move(&k, &c, &(struct checkin_change){ .at = "11 dec 3pm" }, &e));
	assert_string_equal(c.rrule, "FREQ=WEEKLY");
	c.rrule = "FREQ=WEEKLY;BYDAY=MO,TH";
	assert_false(checkins_move(&k, &c, &(struct checkin_change){ .at = "16 dec 3pm" }, &e));
	has(e.text, "on none of them");
	e = (struct err){ 0 };
	sql_rollback(h->q);
}

/* `at` for a promise whose series has begun moves that series, and makes no second one. */
static void series_of_a_promise(void **state)
{
	struct house *h = *state;
	struct checkin c, again;
	bool found;

	writes(h, "kept+every-quarter@example.org", TO_CAROL("Our talks"), "Let us speak about the registry each quarter.");
	WELL(store_checkin_of(h->q, h->p, 1, &c, &found, &e));
	assert_true(found);
	h->now = c.start + 86400;
	writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", pool_print(h->p, "at 1 in 3 weeks 3pm"));
	WELL(store_checkin_of(h->q, h->p, 1, &again, &found, &e));
	assert_int_equal(again.id, c.id);
	assert_true(again.start > h->now);
}

/* Above the cap of a person and day its owner's own word counts, once they have heard of it; that all is off is told at once. */
static void above_the_cap(void **state)
{
	struct house *h = *state;
	struct checkin c;
	struct checkins k;

	for (int i = 0; i < 3; i++)
		add_for(h, "carol@example.com", pool_print(h->p, "thursday %dpm", i + 2), "", true);
	c = add_for(h, "carol@example.com", "friday 2pm", "", true);
	has(said, "it was not sent at once. Look at this first: carol");
	has(said, "more mail from you than caps");
	assert_string_equal(leave(h), "carol@example.com REQUEST 0\ncarol@example.com REQUEST 0\ncarol@example.com REQUEST 0\n");
	has(heard(h), "gets more mail from you than caps.recipient_day allows in a day (3)");
	k = by_hand(h, false);
	WELL(sql_begin(h->q, &e));
	WELL(checkins_send(&k, &c, "", &e));
	WELL(sql_commit(h->q, &e));
	has(k.said->s, "is on its way");
	assert_string_equal(leave(h), "carol@example.com REQUEST 0\n");
	/* shown first, and sent by a word: the word is asked for once more */
	c = add_for(h, "carol@example.com", "friday 4pm", "", false);
	heard(h);
	has(answers(h, "send"), "say `send` once more");
	has(answers(h, "send"), "is on its way");
	assert_string_equal(leave(h), "carol@example.com REQUEST 0\n");
	k = by_hand(h, true);
	WELL(sql_begin(h->q, &e));
	WELL(checkins_get(&k, c.id, &c, &e));
	WELL(checkins_cancel(&k, &c, "", &e));
	WELL(sql_commit(h->q, &e));
	assert_string_equal(leave(h), "carol@example.com CANCEL 1\n");
}

/* What is held, and what was to leave already: neither goes where mail comes back, and both go on once it works again. */
static void address_gone(void **state)
{
	struct house *h = *state;
	struct checkin held, ready;
	struct checkins k = by_hand(h, true);
	struct outgoing sent;
	const char *told;
	int64_t *ids;
	size_t n;
	bool found;

	held = add_for(h, "carol@example.com", "thursday 2pm", "", true);
	leave(h);
	WELL(store_checkin_mails(h->q, h->p, held.id, false, &ids, &n, &e));
	WELL(outbox_head(h->q, h->p, ids[0], &sent, &found, &e));
	held = add_for(h, "carol@example.com dan@example.com", "friday 2pm", "", false);
	ready = add_for(h, "carol@example.com", "friday 4pm", "", true);
	heard(h);
	told = comes(h, PLACE_INBOX, report(h, sent.message_id, "carol@example.com"));
	has(told, "Came back: mail to carol@example.com");
	has(told, pool_print(h->p, "**c%lld**", (long long)held.id));
	has(told, pool_print(h->p, "**c%lld**", (long long)ready.id));
	has(told, "has not reached them:\n\n- **c1**");
	assert_string_equal(leave(h), "");
	k = by_hand(h, true);
	WELL(sql_begin(h->q, &e));
	WELL(checkins_send(&k, &held, "", &e));
	WELL(sql_commit(h->q, &e));
	has(k.said->s, "was not sent: mail to this address came back");
	assert_string_equal(leave(h), "dan@example.com REQUEST 0\n");
	WELL(sql_begin(h->q, &e));
	WELL(store_bounced_drop(h->q, "carol@example.com", &e));
	WELL(checkins_send(&k, &held, "", &e));
	WELL(checkins_send(&k, &ready, "", &e));
	WELL(sql_commit(h->q, &e));
	assert_string_equal(leave(h), "carol@example.com REQUEST 0\ncarol@example.com REQUEST 0\n");
}

static void refused(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com dan@example.com", "thursday 2pm", "", false);
	struct checkins k = by_hand(h, true);
	struct checkin_wish w = { .at = "friday 2pm", .purpose = "Data" };
	struct contact who;
	bool noted;

	heard(h);
	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "", "carol@example.com" }, &who, &noted, &e));
	who.consent = CONTACT_CONSENT_NEVER;
	WELL(sql_begin(h->q, &e));
	WELL(store_contact_save(h->q, &who, h->now, &e));
	WELL(schedule_checkins_stop(h->q, h->p, h->c, "ada", "carol@example.com", h->now, &e));
	WELL(checkins_send(&k, &c, "", &e));
	WELL(sql_commit(h->q, &e));
	assert_string_equal(leave(h), "dan@example.com REQUEST 0\n");
	addrs_add(h->p, &w.with, "", "carol@example.com");
	assert_false(checkins_add(&k, &w, &c, &e));
	has(e.text, "carol@example.com: they do not want to be written to");
	w.with.list[0].address = "ada@example.org";
	assert_false(checkins_add(&k, &w, &c, &e));
	has(e.text, "your own address");
}

static void hours(void **state)
{
	struct house *h = *state;
	struct contact who;
	struct checkins k = by_hand(h, false);
	struct checkin c;
	struct checkin_wish w = { .at = "thursday 10pm", .purpose = "Data" };
	bool noted;

	addrs_add(h->p, &w.with, "", "carol@example.com");
	WELL(store_contact(h->q, h->p, "ada", &w.with.list[0], &who, &noted, &e));
	who.zone = "Asia/Tokyo";
	WELL(sql_begin(h->q, &e));
	WELL(store_contact_save(h->q, &who, h->now, &e));
	assert_false(checkins_add(&k, &w, &c, &e));
	has(e.text, "that is in your quiet hours");
	e = (struct err){ 0 };
	w.at = "thursday 2pm"; /* 22:00 in Tokyo */
	assert_false(checkins_add(&k, &w, &c, &e));
	has(e.text, "quiet hours of carol@example.com");
	e = (struct err){ 0 };
	w.at = "thursday 10am"; /* 18:00 there */
	WELL(checkins_add(&k, &w, &c, &e));
	lacks(k.said->s, "no hour was named");
	has(k.said->s, "for carol\\@example\\.com it is Thursday 26 November 2026, 18:00 JST, outside working hours");
	k = by_hand(h, false), k.force = true;
	w.at = "thursday 10pm";
	WELL(checkins_add(&k, &w, &c, &e));
	w.at = "monday", w.every = "week"; /* a day without an hour, and how often it comes, are said */
	WELL(checkins_add(&k, &w, &c, &e));
	has(k.said->s, "at 9:00, since no hour was named");
	has(k.said->s, "30 minutes, every week");
	w.at = "monday 2pm", w.purpose = "", k.force = false;
	assert_false(checkins_add(&k, &w, &c, &e));
	has(e.text, "--purpose");
	e = (struct err){ 0 };
	WELL(sql_commit(h->q, &e));
}

/* Who declines may say why: that is looked at as all that others write. */
static void adverse(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "", true);

	leave(h), heard(h);
	has(answer(h, &c, "carol@example.com", "DECLINED",
		   "COMMENT:My patient had a seizure after the second dose.\r\n"),
	    "Is this an adverse event?");
}

/* What was not sent in time is not sent any more. */
static void too_late(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "", false);

	heard(h);
	h->now = c.start + 60;
	has(answers(h, "send"), "nobody needs to be invited any more");
	assert_string_equal(leave(h), "");
}

/* Nor does a mail leave that names an hour which will have passed by then. */
static void leaves_too_late(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "weekly", false);

	heard(h);
	has(answers(h, "send friday"), "was not sent: it would leave");
	h->now = c.start + 60;
	has(answers(h, "send"), "lets the series begin later");
	assert_string_equal(leave(h), "");
}

static void of_no_promise(void **state)
{
	struct house *h = *state;
	struct checkins k = by_hand(h, false);
	struct checkin c;
	struct checkin_wish w = { .at = "thursday 2pm", .purpose = "Data", .commitment = 99 };

	addrs_add(h->p, &w.with, "", "carol@example.com");
	WELL(sql_begin(h->q, &e));
	assert_false(checkins_add(&k, &w, &c, &e));
	has(e.text, "no promise 99 of yours");
	e = (struct err){ 0 };
	sql_rollback(h->q);
}

static void busy_then(void **state)
{
	struct house *h = *state;
	utc at = rows_at(h->c, "2026-11-26T13:00");
	struct busy_time taken = { at, at + 2 * 3600, false };
	struct calendar_conf *work = pool_list(h->p, 1, sizeof *work);

	*work = (struct calendar_conf){ .key = "work", .kind = CALENDAR_BUSY, .owner = &h->c->owners[0] };
	h->c->calendars = work;
	h->c->calendar_count = 1;
	WELL(sql_begin(h->q, &e));
	WELL(store_busy_set(h->q, "work", &(struct busy){ .times = &taken, .n = 1, .broken = "" }, &e));
	WELL(sql_commit(h->q, &e));
	add_for(h, "carol@example.com", "thursday 2pm", "", false);
	has(said, "your calendar has something then");
	add_for(h, "carol@example.com", "thursday 3pm", "", false);
	lacks(said, "your calendar has something then");
}

/* One of a series is called off before anybody was invited: it is still an invitation that is asked about. */
static void off_before_told(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "weekly", false);
	struct checkins k = by_hand(h, false);
	const char *mail;

	heard(h);
	WELL(sql_begin(h->q, &e));
	WELL(checkins_cancel(&k, &c, "3 dec", &e));
	WELL(sql_commit(h->q, &e));
	mail = heard(h);
	has(mail, "it was changed");
	lacks(mail, "it is called off");
}

/* Where the policy, or what is noted of a person, says so, nothing is asked. */
static void automatic(void **state)
{
	static const char *kinds[] = { "invitation" };
	struct house *h = *state;

	h->c->policies[0].automatic = (struct strings){ kinds, 1 };
	add_for(h, "carol@example.com", "thursday 2pm", "", false);
	has(said, "is on its way");
	assert_string_equal(leave(h), "carol@example.com REQUEST 0\n");
	lacks(heard(h), "Send to");
}

/* A cadence that names no day of its own begins at the first meeting, whatever day it is said on; by the month it keeps its weekday. */
static void cadences(void **state)
{
	static const struct {
		const char *every, *rrule, *first;
	} rows[] = {
		{ "quarter", "FREQ=MONTHLY;INTERVAL=3;BYDAY=4TH", "2026-11-26T14:00" },
		{ "monthly", "FREQ=MONTHLY;BYDAY=4TH", "2026-11-26T14:00" },
		{ "every 2 weeks", "FREQ=WEEKLY;INTERVAL=2", "2026-11-26T14:00" },
		{ "monthly on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15", "2026-12-15T14:00" },
		{ "last friday of every month", "FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27T14:00" },
	};
	struct house *h = *state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", rows[i].every, false);

		assert_string_equal(c.rrule, rows[i].rrule);
		assert_int_equal(c.start, rows_at(h->c, rows[i].first));
	}
}

/* In spring the clocks go on at two: half past two is not there, and a series keeps its hour. */
static void over_the_change(void **state)
{
	struct house *h = *state;
	struct checkin c;
	utc start;

	h->now = rows_at(h->c, "2027-03-22T10:00");
	c = add_for(h, "carol@example.com", "25 mar 3pm", "weekly", true);
	assert_true(checkin_next(h->p, &c, c.start + 1, &start, NULL));
	assert_int_equal(start, c.start + 7 * 86400 - 3600);
}

/* Whom they named, who has nothing of it by the owner's word, gets nothing by asking; and who asks ever again is no loser of mail. */
static void refresh_is_no_way_out(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "", true);
	int left = 0;

	leave(h), heard(h);
	calendar(h, "carol@example.com", &c, "REPLY",
		 "ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:victim@example.net\":mailto:carol@example.com\r\n", "");
	calendar(h, "victim@example.net", &c, "REFRESH", "ATTENDEE:mailto:victim@example.net\r\n", "");
	assert_string_equal(leave(h), "");
	for (int i = 0; i < 20; i++) {
		calendar(h, "carol@example.com", &c, "REFRESH", "ATTENDEE:mailto:carol@example.com\r\n", "");
		left += *leave(h) != '\0';
	}
	assert_in_range(left, 1, 3);
}

/* A clock that is ahead, or lies, does not shut out what they answer after. */
static void from_the_future(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "", true);

	leave(h), heard(h);
	answer(h, &c, "carol@example.com", "ACCEPTED", "DTSTAMP:20990101T000000Z\r\n");
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_CONFIRMED);
	h->now += 600;
	answer(h, &c, "carol@example.com", "DECLINED",
	       "DTSTAMP:20261125T093000Z\r\n");
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_DECLINED);
}

/* One attendee who answers ever again does not fill the owner's day with mail. */
static void flood(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "10 dec 2pm", "weekly", true);
	int told = 0;

	leave(h), heard(h);
	for (int i = 0; i < 60; i++)
		told += *calendar(h, "carol@example.com", &c, "COUNTER", attendee(h, "carol@example.com", "TENTATIVE"),
				  pool_print(h->p, "DTSTART:202612%02dT09%02d00Z\r\n", 11 + i / 30, i % 30)) != '\0';
	assert_in_range(told, 1, 25);
	for (utc at = c.start; checkin_next(h->p, &c, at + 1, &at, NULL) && at < c.start + 6 * 365 * 86400L;) {
		time_t t = at;
		char s[20];

		strftime(s, sizeof s, "%Y%m%dT%H%M%SZ", gmtime(&t));
		answer(h, &c, "carol@example.com", "TENTATIVE", pool_print(h->p, "RECURRENCE-ID:%s\r\n", s));
	}
	assert_in_range(as_it_is(h, &c).attendee_count, 1, 201);
}

static void another_time(void **state)
{
	static const struct {
		const char *at, *on, *start, *says;
	} rows[] = {
		{ "friday", "", "2026-11-27T14:00", "at 14:00 as before, since no hour was named" },
		{ "3pm", "", "2026-11-27T15:00", NULL },
		{ "monday 10:30", "", "2026-11-30T10:30", NULL },
		{ "tuesday", "monday", "2026-12-01T10:30", "at 10:30 as before, since no hour was named" },
		{ "4pm", "7 december", "2026-12-07T16:00", NULL },
	};
	struct house *h = *state;
	const struct zone *z = h->c->owners[0].time.zone;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "every week", true);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct checkins k = by_hand(h, true);
		struct checkin_change to = { .at = rows[i].at, .on = rows[i].on };
		utc start = 0;

		WELL(sql_begin(h->q, &e));
		WELL(checkins_move(&k, &c, &to, &e));
		WELL(sql_commit(h->q, &e));
		start = *rows[i].on ? c.exceptions[c.exception_count - 1].start : c.start;
		has(utc_print(h->p, z, start), rows[i].start);
		if (rows[i].says)
			has(k.said->s, rows[i].says);
		else
			lacks(k.said->s, "no hour was named");
	}
}

static void years_of_them(void **state)
{
	struct house *h = *state;
	struct checkin series = add_for(h, "carol@example.com", "thursday 2pm", "every day", true), next, old = series, *list;
	size_t n;

	next = add_for(h, "dan@example.com", "friday 3pm", "", true);
	series.start -= 20 * 366 * 86400L; /* daily, for twenty years */
	WELL(sql_begin(h->q, &e));
	WELL(store_checkin_save(h->q, &series, &e));
	old.attendee_count = 0, old.rrule = "";
	for (int i = 0; i < 10001; i++) {
		old.id = 0, old.start = h->now - 3600 * (i + 1L), old.uid = pool_print(h->p, "old-%d", i);
		WELL(store_checkin_save(h->q, &old, &e));
	}
	WELL(sql_commit(h->q, &e));
	WELL(store_checkins(h->q, h->p, "ada", 0, &list, &n, &e));
	assert_int_equal(n, 10001);
	assert_int_equal(list[0].id, series.id); /* by start; the oldest were left out, but not the series */
	assert_int_equal(list[1].start, old.start + 3600 * 2);
	assert_int_equal(list[n - 1].id, next.id);
	WELL(store_checkins(h->q, h->p, "ada", h->now, &list, &n, &e));
	assert_int_equal(n, 2);
	assert_int_equal(list[0].id, series.id);
	assert_true(checkin_next(h->p, &list[0], h->now, &old.start, NULL));
	assert_true(old.start < h->now + 86400);
}

/* What cannot be written as a calendar object is found after much was done. */
static void nothing_changed(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "every week", true), was, now;
	struct checkins k = by_hand(h, true);
	struct checkin_wish w = { .at = "friday 2pm", .purpose = "Data", .lasts = "30min" };
	struct checkin_change second = { .start = day_of(2027, 10, 31) * (utc)86400 + 5400 }; /* the second half past two of that night */
	struct checkin *list;
	struct contact who;
	bool noted;
	size_t n;

	leave(h);
	was = as_it_is(h, &c);
	k.force = true;
	addrs_add(h->p, &w.with, "", "\"jo e\"@example.com");
	addrs_add(h->p, &w.with, "", "dan@example.com");
	WELL(sql_begin(h->q, &e));
	assert_false(checkins_move(&k, &c, &second, &e));
	has(e.text, "second of two equal hours");
	assert_int_equal(c.start, was.start);
	assert_int_equal(c.sequence, was.sequence);
	e = (struct err){ 0 };
	assert_false(checkins_add(&k, &w, &now, &e));
	has(e.text, "no place in a URI");
	WELL(sql_commit(h->q, &e));
	now = as_it_is(h, &c);
	assert_int_equal(now.start, was.start);
	assert_int_equal(now.sequence, was.sequence);
	WELL(store_checkins(h->q, h->p, "ada", 0, &list, &n, &e));
	assert_int_equal(n, 1);
	WELL(store_contact(h->q, h->p, "ada", &w.with.list[0], &who, &noted, &e));
	assert_false(noted);
	assert_string_equal(leave(h), "");
}

static size_t unanswered(struct house *h)
{
	struct review r;

	WELL(schedule_review_of(h->q, h->p, h->c, &h->c->owners[0], h->now - 7 * 86400, h->now, &r, &e));
	return r.lists[REVIEW_LIST_INVITED].n;
}

static void who_has_not_answered_for_three_days_stands_in_the_review(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com dan@example.com", "10 dec 14:00", NULL, true);

	h->now += 4 * 86400;
	assert_int_equal(unanswered(h), 0); /* it waits still */
	leave(h);
	assert_int_equal(unanswered(h), 2);
	calendar(h, "carol@example.com", &c, "REPLY", attendee(h, "carol@example.com", "ACCEPTED"), "");
	assert_int_equal(unanswered(h), 1);
	h->now = rows_at(h->c, "2026-12-11T09:00"); /* over */
	assert_int_equal(unanswered(h), 0);
}

int main(void)
{
#define T(name, f)                                                                                                     \
	{                                                                                                              \
		name, f, begin, drop, NULL                                                                             \
	}
	const struct CMUnitTest tests[] = {
		T("an invitation waits for a word, and brings the entry when it left", asked_first),
		T("what is skipped invites nobody", skipped),
		T("of a mailbox that is read nothing is said", answers_unseen),
		T("that their answers are not seen is said with the first invitation, and no more", answers_unseen_said_once),

		T("who has not answered for three days stands in the review", who_has_not_answered_for_three_days_stands_in_the_review),
		T("one question shows what each of several gets, and the same text once", each_text_is_shown),
		T("who accepts comes, and it counts as an exchange once it is over", accepted),
		T("that somebody declines is told, and at moves it", declined),
		T("another time is put to the owner: accept moves it for all", countered),
		T("decline tells the one who proposed it", counter_declined),
		T("who is sent instead may answer", delegated),
		T("an answer from another is told, not obeyed", not_obeyed),
		T("an older answer, or one to an older time, changes nothing", stale),
		T("who lost it gets it once more", refreshed),
		T("who was named by another gets nothing by asking, and who asks ever again no more", refresh_is_no_way_out),
		T("an answer from the future shuts out none after it", from_the_future),
		T("who answers ever again does not fill the owner's day", flood),
		T("of a series one is moved, one called off, then all", series),
		T("what never left needs no update", not_told_yet),
		T("a promise has its meeting, which outlives it", of_a_promise),
		T("every-quarter prepares a series", every_quarter),
		T("a series that is moved takes its weekday along", weekday_moves),
		T("at for a promise moves a series that has begun", series_of_a_promise),
		T("who refuses mail gets none about meetings", refused),
		T("above the cap of a person their owner is asked once more", above_the_cap),
		T("where mail comes back no invitation goes, and its owner hears which waits", address_gone),
		T("hours of both zones", hours),
		T("a cadence counts from the first meeting", cadences),
		T("auto asks nothing", automatic),
		T("an adverse event told in an answer is told", adverse),
		T("after the meeting nobody is invited", too_late),
		T("an invitation leaves before the meeting, or not at all", leaves_too_late),
		T("one of a series called off before they were invited is a change", off_before_told),
		T("a meeting can be of no promise that is not there", of_no_promise),
		T("what the owner's calendar holds then is said", busy_then),
		T("a series keeps its hour over a change", over_the_change),
		T("what fails on the way changes nothing", nothing_changed),
		T("years of them hide none to come, and a daily one has no end", years_of_them),
		T("moved without an hour it keeps its hour, and that is said; without a day its day", another_time),
	};

	return cmocka_run_group_tests_name("checkins", tests, NULL, NULL);
}
