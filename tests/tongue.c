/* tongue: what an owner hears of check-ins and of persons is in their own language, whatever they ask for and whatever others answer */
#include "meetings.h"

static const char *const languages[] = { "de", "fr", "es" };

static const char *tongue(struct house *h, const char *what, const char *mail)
{
	if (!*mail)
		fail_msg("%s, %s: nothing was said", h->c->owners[0].language, what);
	if (has_english(h->p, mail))
		fail_msg("%s, %s: this is English:\n%s", h->c->owners[0].language, what, mail);
	return mail;
}

/* The owner's answer to the mail heard before `to` was set; it is answered again, as often as is asked. */
struct thread {
	const char *reply, *id;
};

static struct thread thread(const struct house *h)
{
	return (struct thread){ h->reply, h->id };
}

static const char *to(struct house *h, struct thread t, const char *words)
{
	h->reply = t.reply, h->id = t.id;
	return tongue(h, words, answers(h, words));
}

static void speak(struct house *h, const char *language)
{
	((struct owner *)h->c->owners)->language = language;
}

static struct checkin the_meeting(struct house *h)
{
	struct checkin *list;
	size_t n;

	WELL(store_checkins(h->q, h->p, "ada", 0, &list, &n, &e));
	assert_true(n > 0);
	for (size_t i = 1; i < n; i++)
		if (list[i].id > list[0].id)
			list[0] = list[i];
	return list[0];
}

static struct thread promised(struct house *h, const char *subject)
{
	writes(h, "kept+friday@example.org", pool_print(h->p, "To: Carol <carol@example.com>\r\nSubject: %s\r\n", subject), "");
	return thread(h);
}

/* Another time, in UTC. */
static void proposes(struct house *h, const struct checkin *c, const char *stamp, const char *at)
{
	const char *when = pool_print(h->p, "SEQUENCE:%d\r\nDTSTAMP:%sZ\r\nDTSTART:%sZ\r\nDURATION:PT30M\r\n", c->sequence,
				      stamp, at);

	tongue(h, at, calendar(h, "carol@example.com", c, "COUNTER", attendee(h, "carol@example.com", "TENTATIVE"), when));
}

static void meets(struct house *h)
{
	struct thread t = promised(h, "Subgruppen"), asked;
	struct checkin c;

	to(h, t, "at sunday 3am");
	to(h, t, "at yesterday");
	to(h, t, "at frdiay");
	to(h, t, "at thursday");
	asked = thread(h);
	c = the_meeting(h);
	to(h, asked, "undo");
	to(h, asked, "undo");
	to(h, t, "at thursday 10am");
	asked = thread(h);
	c = the_meeting(h);
	to(h, asked, "edit: Subgruppen, bitte");
	to(h, thread(h), "send");
	leave(h);
	tongue(h, "it has left", heard(h));
	t = thread(h);
	to(h, t, "undo");
	to(h, t, "send");
	to(h, t, "done");
	to(h, t, "accept");
	to(h, t, "every frdiay");
	to(h, t, "every 2 weeks");
	to(h, thread(h), "skip");
	to(h, t, "at friday 8pm");
	to(h, t, "at friday 3pm");
	to(h, thread(h), "send tomorrow 10am");
	to(h, t, "at friday 3:30pm");
	to(h, t, "undo");
	to(h, t, "at friday 3:30pm");
	to(h, thread(h), "send");
	leave(h), heard(h);
	c = as_it_is(h, &c);
	tongue(h, "declined", answer(h, &c, "carol@example.com", "DECLINED", pool_print(h->p, "SEQUENCE:%d\r\nCOMMENT:Urlaub\r\n", c.sequence)));
	proposes(h, &c, "20261125T110000", "20261205T200000");
	to(h, thread(h), "decline");
	proposes(h, &c, "20261125T120000", "20261202T130000");
	to(h, thread(h), "accept");
	to(h, thread(h), "send");
	leave(h), heard(h);
	to(h, t, "undo");
	c = as_it_is(h, &c);
	tongue(h, "a stranger", answer(h, &c, "mallory@example.net", "ACCEPTED", pool_print(h->p, "SEQUENCE:%d\r\n", c.sequence)));
	tongue(h, "delegated", calendar(h, "carol@example.com", &c, "REPLY",
				    "ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:dan@example.com\":mailto:carol@example.com\r\n",
				    pool_print(h->p, "SEQUENCE:%d\r\nDTSTAMP:20261125T130000Z\r\n", c.sequence)));
	to(h, thread(h), "cancel");
	to(h, t, "cancel");
	to(h, t, "undo");
	to(h, t, "cancel");
}

/* The invitation did not arrive, and one to another meeting waits. */
static void comes_back(struct house *h)
{
	struct checkin c = add_for(h, "carol@example.com", "thursday 2pm", "", true);
	struct outgoing sent;
	const char *told;
	int64_t *ids;
	size_t n;
	bool found;

	leave(h);
	WELL(store_checkin_mails(h->q, h->p, c.id, false, &ids, &n, &e));
	WELL(outbox_head(h->q, h->p, ids[0], &sent, &found, &e));
	add_for(h, "carol@example.com", "friday 2pm", "", false);
	heard(h);
	told = comes(h, PLACE_INBOX, report(h, sent.message_id, "carol@example.com"));
	has(told, "**c1** The subgroup data"); /* whose title is the only English in it */
	has(told, "**c2** The subgroup data");
	lacks(told, "came back");
	lacks(told, "It was about");
	lacks(told, "waits");
}

static void of_persons(struct house *h)
{
	static const char *const words[] = { "met: Hallo", "undo", "met", "touch phone: Hallo", "touch phone", "insight: Nachts", "stage developing",
					     "stage no", "interest: Register", "undo", "interest: Niere until june", "interest: Leber until frdiay",
					     "interest: Herz until every week", "note Telefon", "skip", "decline", "accept", "due +1w" };
	struct thread t = promised(h, "Tabellen");

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		to(h, t, words[i]);
	writes(h, "kept+friday@example.org", "To: kept+friday@example.org\r\nSubject: Folien\r\n", "");
	t = thread(h);
	to(h, t, "met: Hallo");
	to(h, t, "interest: Register");
}

/* In a house of its own for each language. */
static void each(void (*what)(struct house *))
{
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		void *house;
		struct house *h;

		assert_int_equal(begin(&house), 0);
		h = house;
		h->c->cap_recipient_day = 100;
		speak(h, languages[i]);
		what(h);
		speak(h, "en"); /* and English is known as such */
		assert_true(has_english(h->p, answers(h, "help")));
		assert_int_equal(drop(&house), 0);
	}
}

static void meetings_speak_their_owners_language(void **state)
{
	(void)state;
	each(meets);
}

static void what_came_back_is_told_in_it(void **state)
{
	(void)state;
	each(comes_back);
}

static void persons_are_spoken_of_in_it(void **state)
{
	(void)state;
	each(of_persons);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(meetings_speak_their_owners_language),
		cmocka_unit_test(what_came_back_is_told_in_it),
		cmocka_unit_test(persons_are_spoken_of_in_it),
	};

	return _cmocka_run_group_tests("tongue", tests, sizeof tests / sizeof *tests, NULL, NULL);
}
