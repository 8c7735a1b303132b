/* several: what was promised to more than one is one mail to each who may be written to */
#include "house.h"

#include "letters/compose_inner.h"

#define BOTH "To: Carol Rossi <carol@example.com>, Dan Osei <dan@example.com>\r\nSubject: Trial\r\n"
#define DAN_SAYS(id, text) \
	"Authentication-Results: mx.example.org; dmarc=pass header.from=example.com\r\nFrom: Dan Osei <dan@example.com>\r\nTo: Ada Lovelace <ada@example.org>\r\n" \
	"Date: Wed, 25 Nov 2026 10:30:00 +0100\r\nMessage-ID: <" id "@example.com>\r\nIn-Reply-To: <m1@example.org>\r\nSubject: Re: Trial\r\n\r\n" text "\r\n"

/* Ada promised both the slides, and will be late. */
static const char *late(struct house *h)
{
	static const char *prepare[] = { "delay" };

	((struct policy *)&h->c->policies[0])->prepare = (struct strings){ prepare, 1 };
	has(writes(h, "kept@example.org", BOTH, "I will send you the slides by Friday."), "Noted");
	return answers(h, "due monday");
}

/* The one that waits. */
static struct outgoing waits(struct house *h)
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

static void one_mail_goes_to_both(void **state)
{
	struct house *h = *state;
	const char *said = late(h);
	struct outgoing o = waits(h);
	struct letter l;

	/* the answer to `due`, and the question: one mail */
	assert_memory_equal(said, "Moved to Mon 30 Nov, 09:00: \"I will send you the slides\"; send to Carol Rossi <carol@example.com>, Dan Osei <dan@example.com>?\n", 123);
	has(said, "it is due Monday 30 November 2026");
	has(said, "undo 1");
	lacks(strstr(said, "- #1"), "Moved to"); /* said once, and above as the heading */
	assert_string_equal(compose_link(h->p, o.recipient, "x", "", "", 200), "mailto:carol@example.com,dan@example.com?subject=x");
	lacks(said, "left out");
	assert_string_equal(o.recipient, "carol@example.com, dan@example.com");
	mime_read(h->p, o.bytes, o.n, &l);
	assert_int_equal(l.to.n, 2);
	assert_string_equal(l.to.list[1].address, "dan@example.com");
	assert_string_equal(l.to.list[1].name, "Dan Osei");
	has(l.full, "Dear Carol Rossi and Dan Osei,");
}

static void an_edit_is_answered_by_the_question_alone(void **state)
{
	struct house *h = *state;
	const char *said;

	late(h);
	said = answers(h, "edit\r\nDear both,\r\n\r\nMonday it is.\r\n\r\nAda");
	assert_memory_equal(said, "Send to Carol", 13);
	has(said, "Monday it is.");
	lacks(said, "In your words");
}

/* An answer comes at once, though a question alone waits for the morning. */
static void a_question_that_answers_does_not_wait(void **state)
{
	struct house *h = *state;
	struct outgoing *list;
	size_t n;

	h->now += 13 * 3600;
	late(h);
	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 1, &list, &n, &e));
	assert_int_equal(list[0].kind, MAIL_APPROVAL);
	assert_true(list[0].try_at < h->now);
}

static void who_refuses_is_left_out_and_the_question_says_so(void **state)
{
	struct house *h = *state;
	const char *said;

	late(h);
	said = comes(h, PLACE_INBOX, DAN_SAYS("r1", "Please stop writing to me."));
	has(said, "It was promised to Dan Osei too, who is left out: they do not want to be written to.");
	has(said, "Send to Carol Rossi <carol@example.com>?");
	assert_string_equal(waits(h).recipient, "carol@example.com");
	has(waits(h).bytes, "Dear Carol Rossi,");
}

/* It is no answer of the other, for whom the mail is prepared anew. */
static void a_refusal_of_one_is_no_answer(void **state)
{
	static const char *prepare[] = { "receipt" };
	struct house *h = *state;
	utc next;

	((struct policy *)&h->c->policies[0])->prepare = (struct strings){ prepare, 1 };
	has(writes(h, "kept+friday@example.org", "To: kept@example.org\r\nSubject: Trial\r\n",
		   "I will send carol@example.com and dan@example.com the slides."), "slides");
	WELL(schedule(h->q, h->c, h->now, &next, &e));
	assert_string_equal(waits(h).recipient, "carol@example.com, dan@example.com");
	comes(h, PLACE_INBOX, DAN_SAYS("r1", "Please stop writing to me."));
	assert_string_equal(waits(h).recipient, "carol@example.com");
}

static void who_is_away_is_left_out_while_the_other_is_there(void **state)
{
	struct house *h = *state;

	has(writes(h, "kept@example.org", BOTH, "I will send you the slides by Friday."), "Noted");
	comes(h, PLACE_INBOX, "Auto-Submitted: auto-replied\r\n" DAN_SAYS("a1", "I am out of the office until 14 December 2026."));
	{
		static const char *prepare[] = { "delay" };

		((struct policy *)&h->c->policies[0])->prepare = (struct strings){ prepare, 1 };
	}
	has(writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "due 1 monday"), "who is left out: they are away");
	assert_string_equal(waits(h).recipient, "carol@example.com");
}

static void it_counts_for_each(void **state)
{
	struct house *h = *state;
	struct outgoing o;
	struct traffic t;

	late(h);
	o = waits(h);
	o.try_at = h->now, o.word = "auto";
	WELL(sql_begin(h->q, &e));
	WELL(outbox_settle(h->q, &o, OUTBOX_READY, h->now, "", &e));
	WELL(outbox_settle(h->q, &o, OUTBOX_BEGUN, h->now, "", &e));
	WELL(outbox_settle(h->q, &o, OUTBOX_SENT, h->now, "", &e));
	WELL(sql_commit(h->q, &e));
	for (int i = 0; i < 2; i++) {
		WELL(outbox_traffic(h->q, i ? "dan@example.com" : "carol@example.com", MAIL_DELAY, "auto", h->now + 60, &t, &e));
		assert_int_equal(t.same_kind, h->now);
		assert_int_equal(t.to_recipient_day, 1);
		assert_int_equal(t.to_contact_week, 1);
	}
	WELL(outbox_traffic(h->q, "an@example.com", MAIL_DELAY, "auto", h->now + 60, &t, &e));
	assert_int_equal(t.to_recipient_day, 0);
}

static void a_list_of_addresses_is_parted_outside_quotes(void **state)
{
	struct house *h = *state;
	struct addrs all = addrs_split(h->p, "\"a, b@x.org, \\\"\"@example.com, dan@example.com");

	assert_int_equal(all.n, 2);
	assert_string_equal(all.list[1].address, "dan@example.com");
	assert_string_equal(addrs_join(h->p, &all), "\"a, b@x.org, \\\"\"@example.com, dan@example.com");
	assert_true(addr_among("carol@example.com, Dan@Example.com", "dan@example.com"));
	assert_false(addr_among("\"a, b@x.org, \"@example.com", "b@x.org"));
	assert_false(addr_among("carol@example.com, dan@example.com", "an@example.com"));
	assert_int_equal(addrs_split(h->p, "").n, 0);
}

static void another_language_of_theirs_is_said(void **state)
{
	static const char *prepare[] = { "delay" };
	struct house *h = *state;

	((struct policy *)&h->c->policies[0])->prepare = (struct strings){ prepare, 1 };
	has(writes(h, "kept@example.org", BOTH, "I will send you the slides by Friday.\r\n\r\nAm Di., 24. Nov. 2026 um 10:00 schrieb Carol Rossi <carol@example.com>:\r\n"
		   "> K\xC3\xB6nnten Sie mir bitte die Folien vom Dienstag schicken? Ich finde sie nicht. Danke!\r\n"), "Noted");
	has(answers(h, "due monday"), "They write German, and this mail is not in it: `kept contact carol@example.com --language de");
}

static void a_promise_made_in_german_is_kept_in_german(void **state)
{
	static const char *prepare[] = { "delay" };
	struct house *h = *state;

	((struct policy *)&h->c->policies[0])->prepare = (struct strings){ prepare, 1 };
	has(writes(h, "kept@example.org", BOTH, "Ich schicke Ihnen bis Freitag die Folien von Dienstag und die Tabelle.\r\n"), "Noted");
	has(answers(h, "due monday"), "This mail is in German, as what was written about it is. In another language: `kept contact carol@example.com --language");
	has(waits(h).bytes, "Guten Tag");
}

static void a_note_that_names_somebody_known_is_about_them(void **state)
{
	static const char *const known[] = { "carol@example.com", "carol@rossi.example" };
	struct house *h = *state;

	for (int i = 0; i < 2; i++) {
		struct addr a = { "", known[i] };
		struct contact c;
		bool found;

		WELL(store_contact(h->q, h->p, "ada", &a, &c, &found, &e));
		c.name = "Carol Rossi";
		WELL(store_contact_save(h->q, &c, h->now, &e));
		has(writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: note\r\n", "Call Carol Rossi about the ISS budget by Friday.\r\n"),
		    i ? "To whom?" : "Carol Rossi, by"); /* of two it might be either */
	}
	has(writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: note\r\n", "Call Carol about the ISS budget by Friday.\r\n"), "To whom?");
}

static void an_interest_is_taken_back(void **state)
{
	struct house *h = *state;
	struct interest *all;
	size_t n;

	has(writes(h, "kept@example.org", BOTH, "I will send you the slides by Friday."), "Noted");
	has(answers(h, "interest: renal data"), "undo 1");
	WELL(store_interests_live(h->q, h->p, h->now, &all, &n, &e));
	assert_int_equal(n, 1);
	has(answers(h, "undo 1"), "what they want to hear of was taken back");
	WELL(store_interests_live(h->q, h->p, h->now, &all, &n, &e));
	assert_int_equal(n, 0);
}

#define TEST(f) { #f, f, make, drop, NULL }
int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(one_mail_goes_to_both), TEST(an_edit_is_answered_by_the_question_alone), TEST(a_question_that_answers_does_not_wait),
		 TEST(who_refuses_is_left_out_and_the_question_says_so), TEST(a_refusal_of_one_is_no_answer), TEST(who_is_away_is_left_out_while_the_other_is_there),
		TEST(another_language_of_theirs_is_said), TEST(a_promise_made_in_german_is_kept_in_german), TEST(a_note_that_names_somebody_known_is_about_them), TEST(an_interest_is_taken_back),
		TEST(it_counts_for_each), TEST(a_list_of_addresses_is_parted_outside_quotes),
	};

	return cmocka_run_group_tests_name("several", tests, NULL, NULL);
}
