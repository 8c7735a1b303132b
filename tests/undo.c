/* undo: of meetings, of what was said of a person; where others have heard of it already, what can be done instead is offered */
#include "meetings.h"

static const char *to_mail(struct house *h, const char *reply, const char *id, const char *words)
{
	h->reply = reply, h->id = id;
	return answers(h, words);
}

/* There the command to type is said, not the word of an answer. */
static const char *on_the_terminal(struct house *h)
{
	struct checkins k = by_hand(h, true);
	struct undoable u;
	struct checkin c;
	struct err why = { 0 };
	bool found;

	WELL(store_undoable(h->q, h->p, "ada", 0, 0, &u, &found, &e));
	assert_true(found && u.checkin);
	assert_false(checkins_undo(&k, &u, &c, &why));
	return pool_print(h->p, "%s", why.text);
}

static size_t waiting(struct house *h, int64_t id)
{
	int64_t *ids;
	size_t n;

	WELL(store_checkin_mails(h->q, h->p, id, true, &ids, &n, &e));
	return n;
}

static void made(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com dan@example.com", "thursday 2pm", "", false);
	const char *mail;

	heard(h);
	assert_int_equal(waiting(h, c.id), 2);
	mail = answers(h, "undo");
	has(mail, "Taken back: The subgroup data");
	has(mail, "is taken back: nobody was invited");
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_CANCELLED);
	assert_int_equal(waiting(h, c.id), 0);
	assert_string_equal(leave(h), "");
	has(answers(h, "undo"), "there is nothing to undo");
}

static void made_and_sent(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "", true);

	leave(h), heard(h);
	has(answers(h, "undo"), "the invitation has gone out already; `cancel` calls it off");
	has(on_the_terminal(h), pool_print(h->p, "`kept checkin cancel %lld` calls it off", (long long)c.id));
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_INVITED);
	has(answers(h, "cancel"), "is called off");
}

/* Carol has said yes to the time of before: so it stays, and she hears nothing. */
static void moved(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "", true), now;
	const char *reply, *id, *mail;

	leave(h), heard(h);
	reply = h->reply, id = h->id;
	answer(h, &c, "carol@example.com", "ACCEPTED", "");
	to_mail(h, reply, id, "at friday 3pm");
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_INVITED);
	assert_int_equal(waiting(h, c.id), 1);
	mail = to_mail(h, reply, id, "undo");
	has(mail, "It is as before");
	has(mail, "Thursday 26 November 2026, 14:00");
	now = as_it_is(h, &c);
	assert_int_equal(now.start, c.start);
	assert_int_equal(now.state, CHECKIN_CONFIRMED);
	assert_int_equal(now.attendees[0].partstat, PARTSTAT_ACCEPTED);
	assert_int_equal(now.sequence, 2); /* as it is in her own calendar */
	assert_int_equal(now.entry, 2);
	assert_int_equal(waiting(h, c.id), 0);
	assert_string_equal(leave(h), "");
	/* what they answer to the invitation that they have still counts */
	answer(h, &c, "carol@example.com", "DECLINED", "DTSTAMP:20261125T120000Z\r\nDTSTART:20261126T130000Z\r\n");
	assert_int_equal(as_it_is(h, &c).state, CHECKIN_DECLINED);
}

static void moved_and_sent(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "", true);
	const char *reply, *id;

	leave(h), heard(h);
	reply = h->reply, id = h->id;
	to_mail(h, reply, id, "at friday 3pm");
	answers(h, "send");
	leave(h), heard(h);
	has(to_mail(h, reply, id, "undo"),
	    "`at` and the time of before, Thursday 26 November 2026, 14:00 CET, moves it back");
	has(on_the_terminal(h),
	    pool_print(h->p, "`kept checkin move %lld --at` and the time of before, ", (long long)c.id));
	assert_int_not_equal(as_it_is(h, &c).start, c.start);
}

static void called_off(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "", true), now;
	const char *reply, *id;

	leave(h), heard(h);
	reply = h->reply, id = h->id;
	to_mail(h, reply, id, "cancel");
	has(to_mail(h, reply, id, "undo"), "It is as before");
	now = as_it_is(h, &c);
	assert_int_equal(now.state, CHECKIN_INVITED);
	assert_int_equal(now.entry, now.sequence); /* it is in her calendar again */
	assert_string_equal(leave(h), "");
	to_mail(h, reply, id, "cancel");
	answers(h, "send");
	leave(h), heard(h);
	has(to_mail(h, reply, id, "undo"), "that it is called off has gone out already");
}

/* Nobody has the invitation of before: it waits for a word again, at the time of before. */
static void before_it_left(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "", false);

	heard(h);
	answers(h, "at friday 3pm");
	has(answers(h, "undo"), "waits for your word");
	assert_int_equal(as_it_is(h, &c).start, c.start);
	assert_int_equal(waiting(h, c.id), 1);
	answers(h, "send");
	assert_string_equal(leave(h), "carol@example.com REQUEST 0\n");
}

static void one_of_a_series(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "weekly", true), now;
	struct checkins k = by_hand(h, false);

	leave(h), heard(h);
	c = as_it_is(h, &c);
	WELL(sql_begin(h->q, &e));
	WELL(checkins_cancel(&k, &c, "thursday", &e));
	WELL(sql_commit(h->q, &e));
	assert_int_equal(as_it_is(h, &c).exception_count, 1);
	heard(h);
	has(answers(h, "undo"), "It is as before");
	now = as_it_is(h, &c);
	assert_int_equal(now.exception_count, 0);
	has(now.rrule, "FREQ=WEEKLY");
}

static void offer_declined(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "", true);
	const char *reply, *id, *back;

	leave(h), heard(h);
	calendar(h, "carol@example.com", &c, "COUNTER", attendee(h, "carol@example.com", "TENTATIVE"),
		 "DTSTART:20261127T090000Z\r\nDTEND:20261127T093000Z\r\n");
	reply = h->reply, id = h->id;
	to_mail(h, reply, id, "decline");
	assert_int_equal(waiting(h, c.id), 1);
	back = to_mail(h, reply, id, "undo");
	has(back, "It is as before");
	assert_null(strstr(back, "Moved")); /* the entry in the owner's calendar is as it was */
	assert_int_equal(waiting(h, c.id), 0);
	has(to_mail(h, reply, id, "accept"), "Friday 27 November 2026, 10:00");
}

static void not_anothers(void **state)
{
	struct house *h = *state;
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "", false), out;
	struct checkins k = by_hand(h, false);
	struct undoable u;
	struct owner other = h->c->owners[0];
	struct err why = { 0 };
	bool found;

	other.key = "bob";
	WELL(store_undoable(h->q, h->p, "ada", 0, c.id, &u, &found, &e));
	assert_true(found);
	assert_int_equal(u.checkin, c.id);
	k.owner = &other;
	assert_false(checkins_undo(&k, &u, &out, &why));
	WELL(store_undoable(h->q, h->p, "bob", 0, c.id, &u, &found, &e));
	assert_false(found);
}

static size_t exchanges(struct house *h)
{
	struct exchange *list;
	struct contact who;
	bool noted;
	size_t n;

	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "", "carol@example.com" }, &who, &noted, &e));
	WELL(store_exchanges(h->q, h->p, who.id, 10, &list, &n, &e));
	for (size_t i = 0, all = n; i < all; i++)
		n -= strcmp(list[i].channel, "mail") == 0;
	return n;
}

static void spoken(void **state)
{
	struct house *h = *state;
	const char *reply, *id;
	struct contact_note *notes;
	struct contact who;
	bool noted;
	size_t n;

	writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the slides.");
	reply = h->reply, id = h->id;
	has(to_mail(h, reply, id, "met: at the congress"), "undo 1");
	to_mail(h, reply, id, "touch phone: the dose");
	assert_int_equal(exchanges(h), 2);
	has(to_mail(h, reply, id, "undo"), "that you spoke is taken back");
	assert_int_equal(exchanges(h), 1);
	to_mail(h, reply, id, "due monday");
	has(to_mail(h, reply, id, "undo"), "`due` was taken back");
	has(to_mail(h, reply, id, "undo 1"), "that you spoke is taken back");
	assert_int_equal(exchanges(h), 0);
	to_mail(h, reply, id, "note she prefers the phone");
	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "", "carol@example.com" }, &who, &noted, &e));
	WELL(store_notes(h->q, h->p, who.id, &notes, &n, &e));
	assert_int_equal(n, 1);
	has(to_mail(h, reply, id, "undo"), "`note` was taken back");
	WELL(store_notes(h->q, h->p, who.id, &notes, &n, &e));
	assert_int_equal(n, 0);
}

static void learnt(void **state)
{
	struct house *h = *state;
	const char *reply, *id;
	struct insight *list;
	struct contact who;
	bool noted;
	size_t n;

	writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the slides.");
	reply = h->reply, id = h->id;
	to_mail(h, reply, id, "stage developing");
	has(to_mail(h, reply, id, "insight: the board wants real-world data"), "undo 1");
	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "", "carol@example.com" }, &who, &noted, &e));
	assert_int_equal(who.stage, CONTACT_STAGE_DEVELOPING);
	has(to_mail(h, reply, id, "undo"), "what you learnt from them is taken back");
	WELL(store_insights(h->q, h->p, who.id, &list, &n, &e));
	assert_int_equal(n, 0);
	to_mail(h, reply, id, "stage maintaining");
	has(to_mail(h, reply, id, "undo"), "is as before");
	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "", "carol@example.com" }, &who, &noted, &e));
	assert_int_equal(who.stage, CONTACT_STAGE_DEVELOPING);
	to_mail(h, reply, id, "undo");
	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "", "carol@example.com" }, &who, &noted, &e));
	assert_int_equal(who.stage, CONTACT_STAGE_UNKNOWN); /* it had none */
}

/* It went into a mail, and they know what came of it: nothing of that is unsaid. */
static void told_already(void **state)
{
	struct house *h = *state;
	const char *reply, *id;
	struct insight *list;
	struct contact who;
	bool noted;
	size_t n;

	writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the slides.");
	reply = h->reply, id = h->id;
	to_mail(h, reply, id, "insight: the board wants real-world data");
	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "", "carol@example.com" }, &who, &noted, &e));
	WELL(store_insights(h->q, h->p, who.id, &list, &n, &e));
	WELL(sql_begin(h->q, &e));
	WELL(store_insight_told(h->q, list[0].id, h->now, &e));
	WELL(sql_commit(h->q, &e));
	has(to_mail(h, reply, id, "undo"), "told already what came of it");
	WELL(store_insights(h->q, h->p, who.id, &list, &n, &e));
	assert_int_equal(n, 1);
}

int main(void)
{
#define T(rule, f) { rule, f, begin, drop, NULL }
	static const struct CMUnitTest tests[] = {
		T("a meeting that was made is called off, and nobody is invited", made),
		T("… where the invitation has gone out, the cancel is offered", made_and_sent),
		T("a move is taken back with what they had answered", moved),
		T("… where they have the new time, the way back is offered", moved_and_sent),
		T("what was called off takes place again, until they have heard", called_off),
		T("an invitation that had not left waits again", before_it_left),
		T("one of a series takes place again", one_of_a_series),
		T("a proposal that was declined can be accepted again", offer_declined),
		T("nobody takes back what is another's", not_anothers),
		T("met, touch and note are taken back, one after the other", spoken),
		T("insight and stage are taken back, one after the other", learnt),
		T("… but not an insight of which they know what came", told_already),
	};

	return _cmocka_run_group_tests("undo", tests, sizeof tests / sizeof *tests, NULL, NULL);
}
