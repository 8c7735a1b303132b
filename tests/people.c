/* people: what is noted of a person, and how they are told apart */
#include "house.h"

#include "judgement/score.h"
#include "letters/vcard.h"
#include "work/people.h"

static struct contact person(struct house *h, const char *name, const char *address)
{
	struct contact c;

	WELL(store_contact_made(h->q, h->p, "ada", &(struct addr){ name, address }, &c, h->now, &e));
	return c;
}

static struct contact noted(struct house *h, const char *address, bool *found)
{
	struct contact c;

	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "", address }, &c, found, &e));
	return c;
}

static utc last(struct house *h, const struct contact *c)
{
	utc at;

	WELL(store_exchange_last(h->q, c->id, h->now, &at, &e));
	return at;
}

/* ---- the rows ---- */

static void all_of_a_person_is_kept(void **state)
{
	static const char *automatic[] = { "receipt", "delay" };
	struct house *h = *state;
	struct contact c = person(h, "Carol", "Carol@Example.com"), back;
	bool found;

	c.language = "de", c.zone = "Europe/Berlin", c.country = "at", c.stage = CONTACT_STAGE_DEVELOPING, c.segment = CONTACT_SEGMENT_INDIRECT;
	c.consent = CONTACT_CONSENT_NOT_NEEDED, c.why = "by contract", c.automatic = (struct strings){ automatic, 2 };
	c.channel = "phone", c.phone = "+49 30 1234", c.between = "dan@example.com", c.cadence_ideal = 30, c.cadence_latest = 45;
	c.decides = "by data", c.expects = "short mails", c.conflict = "I own shares.", c.proposed = CONTACT_STAGE_MAINTAINING;
	WELL(store_contact_save(h->q, &c, h->now, &e));
	back = noted(h, "carol@example.com", &found);
	assert_true(found);
	assert_int_equal(back.id, c.id);
	assert_string_equal(back.name, "Carol");
	assert_string_equal(back.language, "de");
	assert_string_equal(back.zone, "Europe/Berlin");
	assert_string_equal(back.country, "at");
	assert_int_equal(back.stage, CONTACT_STAGE_DEVELOPING);
	assert_int_equal(back.segment, CONTACT_SEGMENT_INDIRECT);
	assert_int_equal(back.consent, CONTACT_CONSENT_NOT_NEEDED);
	assert_string_equal(back.why, "by contract");
	assert_int_equal(back.automatic.n, 2);
	assert_string_equal(back.channel, "phone");
	assert_string_equal(back.phone, "+49 30 1234");
	assert_string_equal(back.between, "dan@example.com");
	assert_int_equal(back.cadence_ideal, 30);
	assert_int_equal(back.cadence_latest, 45);
	assert_string_equal(back.decides, "by data");
	assert_string_equal(back.expects, "short mails");
	assert_string_equal(back.conflict, "I own shares.");
	assert_int_equal(back.proposed, CONTACT_STAGE_MAINTAINING);
	assert_int_equal(back.made, h->now);
}

static void what_is_noted_by_day_comes_back(void **state)
{
	struct house *h = *state;
	struct contact c = person(h, "Carol", "carol@example.com");
	struct need n = { .contact = c.id, .term = CONTACT_TERM_MID, .text = "renal dosing", .look = h->now + 86400, .at = h->now }, *needs;
	struct contact_note note = { .contact = c.id, .at = h->now, .text = "likes tea" }, *notes;
	struct insight told = { .contact = c.id, .text = "told one", .at = h->now }, open = { .contact = c.id, .text = "open one", .at = h->now - 9 }, *insights;
	struct work w = { .contact = c.id, .title = "A trial", .link = "https://example.org/t", .at = h->now }, *works;
	size_t count;

	WELL(store_need_add(h->q, &n, &e));
	WELL(store_note_add(h->q, &note, &e));
	WELL(store_insight_add(h->q, &told, &e) && store_insight_add(h->q, &open, &e) && store_insight_told(h->q, told.id, h->now, &e));
	WELL(store_work_add(h->q, &w, &e));

	WELL(store_needs_to_look(h->q, h->p, "ada", h->now, &needs, &count, &e));
	assert_int_equal(count, 0);
	WELL(store_needs_to_look(h->q, h->p, "ada", h->now + 86400, &needs, &count, &e));
	assert_int_equal(count, 1);
	assert_string_equal(needs[0].text, "renal dosing");
	assert_int_equal(needs[0].term, CONTACT_TERM_MID);
	n.closed = h->now;
	WELL(store_need_set(h->q, &n, &e) && store_needs(h->q, h->p, c.id, &needs, &count, &e));
	assert_int_equal(count, 0);
	WELL(store_notes(h->q, h->p, c.id, &notes, &count, &e));
	assert_int_equal(count, 1);
	assert_string_equal(notes[0].text, "likes tea");
	WELL(store_insights(h->q, h->p, c.id, &insights, &count, &e));
	assert_int_equal(count, 2);
	assert_string_equal(insights[0].text, "open one"); /* open ones first, though older */
	assert_int_equal(insights[1].told, h->now);
	WELL(store_works(h->q, h->p, c.id, &works, &count, &e));
	assert_int_equal(count, 1);
	assert_string_equal(works[0].link, "https://example.org/t");
}

static void two_that_are_one_are_read_as_one_and_parted_again(void **state)
{
	struct house *h = *state;
	struct contact a = person(h, "Carol", "carol@example.com"), b = person(h, "Carol", "carol@clinic.example"), back;
	struct contact_note note = { .contact = b.id, .at = h->now, .text = "of the clinic" }, *notes;
	struct interest i = { .contact = b.id, .topic = "nephrology", .until = h->now + 86400, .at = h->now }, *live;
	struct strings addresses;
	struct contact *all;
	size_t n;
	bool found, known;

	WELL(store_note_add(h->q, &note, &e) && store_interest_add(h->q, h->p, &i, &known, &e));
	WELL(store_contact_merge(h->q, a.id, b.id, &e));
	back = noted(h, "carol@clinic.example", &found);
	assert_int_equal(back.id, a.id);
	assert_string_equal(back.address, "carol@clinic.example");
	WELL(store_contact_addresses(h->q, h->p, &back, &addresses, &e));
	assert_int_equal(addresses.n, 2);
	assert_string_equal(addresses.list[0], "carol@example.com");
	WELL(store_notes(h->q, h->p, a.id, &notes, &n, &e));
	assert_int_equal(n, 1);
	WELL(store_interests_live(h->q, h->p, h->now, &live, &n, &e));
	assert_int_equal(live[0].contact, a.id);
	assert_string_equal(live[0].who.address, "carol@example.com");
	WELL(store_contacts(h->q, h->p, "ada", &all, &n, &e));
	assert_int_equal(n, 1);

	WELL(store_contact_part(h->q, "ada", "carol@clinic.example", &e));
	assert_int_equal(noted(h, "carol@clinic.example", &found).id, b.id);
	WELL(store_notes(h->q, h->p, a.id, &notes, &n, &e));
	assert_int_equal(n, 0);
	assert_false(store_contact_part(h->q, "ada", "carol@clinic.example", &e)); /* they are apart */
	e = (struct err){ 0 };
}

/* ---- the last exchange ---- */

static void whoever_something_is_promised_to_is_noted(void **state)
{
	struct house *h = *state;
	struct contact c;
	bool found;

	writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the slides.");
	c = noted(h, "carol@example.com", &found);
	assert_true(found);
	assert_string_equal(c.name, "Carol");
	assert_int_equal(last(h, &c), h->now - 60); /* … and that mail is an exchange */
}

#define CAROL_SAYS(fields, text) \
	"Authentication-Results: mx.example.org; dmarc=pass header.from=example.com\r\nFrom: Carol <carol@example.com>\r\nTo: Ada Lovelace <ada@example.org>\r\n" \
	"Date: Wed, 25 Nov 2026 10:30:00 +0100\r\nMessage-ID: <c1@example.com>\r\n" fields "\r\n" text "\r\n"

static const struct heard_row {
	const char *rule, *letter;
	bool counts;
} heard_rows[] = {
	{ "their answer is an exchange", CAROL_SAYS("In-Reply-To: <m1@example.org>\r\nSubject: Re: Trial\r\n", "That is what I needed."), true },
	{ "so are their thanks", CAROL_SAYS("In-Reply-To: <m1@example.org>\r\nSubject: Re: Trial\r\n", "Thank you!"), true },
	{ "an automatic reply is none", CAROL_SAYS("In-Reply-To: <m1@example.org>\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied\r\n", "I am away."), false },
	{ "what a list sends is none", CAROL_SAYS("List-Id: <news.example.com>\r\nSubject: News\r\n", "Our news."), false },
	{ "what another server sent in their name is none",
	  "Authentication-Results: mx.example.org; dmarc=fail header.from=example.com\r\nFrom: Carol <carol@example.com>\r\nTo: ada@example.org\r\n"
	  "Message-ID: <c1@example.com>\r\nSubject: Hello\r\n\r\nHow are you?\r\n", false },
	{ "what comes outside every conversation is one",
	  "Authentication-Results: mx.example.org; dmarc=pass header.from=example.com\r\nFrom: Carol <carol@example.com>\r\nTo: ada@example.org\r\n"
	  "Message-ID: <c1@example.com>\r\nSubject: Hello\r\n\r\nHow are you?\r\n", true },
	{ "a stranger's is none of hers", "From: Eve <eve@example.net>\r\nTo: ada@example.org\r\nMessage-ID: <c1@example.net>\r\nSubject: Hi\r\n\r\nHi.\r\n", false },
};

static void counts(struct house *h, const struct heard_row *r)
{
	struct contact c;
	bool found;

	h->c->mailboxes[0].kind = MAILBOX_PERSONAL;
	h->c->mailboxes[0].owner = &h->c->owners[0];
	writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the slides.");
	h->now += 3600;
	c = noted(h, "carol@example.com", &found);
	comes(h, PLACE_INBOX, r->letter);
	assert_int_equal(last(h, &c) == h->now - 60, r->counts);
}

static void exchanges_are_told_from_what_is_none(void **state)
{
	for (size_t i = 0; i < sizeof heard_rows / sizeof *heard_rows; i++) {
		void *h;

		print_message("         %s\n", heard_rows[i].rule);
		make(&h);
		counts(h, &heard_rows[i]);
		drop(&h);
	}
	(void)state;
}

static void what_was_no_mail_counts_by_its_hour(void **state)
{
	struct house *h = *state;
	struct contact c = person(h, "Carol", "carol@example.com");
	struct exchange x = { .contact = c.id, .at = h->now - 3600, .channel = "phone", .direction = CONTACT_DIRECTION_BOTH, .text = "the dosing" }, *list;
	size_t n;

	assert_int_equal(last(h, &c), 0);
	WELL(store_exchange_add(h->q, &x, &e));
	x.at = h->now + 3600; /* a meeting to come is none yet */
	WELL(store_exchange_add(h->q, &x, &e));
	assert_int_equal(last(h, &c), h->now - 3600);
	WELL(store_exchanges(h->q, h->p, c.id, 10, &list, &n, &e));
	assert_int_equal(n, 2);
	assert_int_equal(list[1].direction, CONTACT_DIRECTION_BOTH);
	assert_string_equal(list[1].text, "the dosing");
}

static void mail_that_left_is_an_exchange_with_each_who_got_it(void **state)
{
	struct house *h = *state;
	struct contact c = person(h, "Carol", "carol@example.com"), d = person(h, "Dan", "dan@example.com");
	struct outgoing o = { .owner = "ada", .recipient = "carol@example.com, dan@example.com", .outside = true, .kind = MAIL_SHARE, .sent = h->now - 60 };

	WELL(sql_begin(h->q, &e) && schedule_left(h->q, h->p, h->c, &o, h->now, &e) && sql_commit(h->q, &e));
	assert_int_equal(last(h, &c), h->now - 60);
	assert_int_equal(last(h, &d), h->now - 60);
}

/* ---- what the owner says in an answer ---- */

static struct card page(struct house *h, const char *address)
{
	struct card card;
	struct contact c;
	bool found;

	c = noted(h, address, &found);
	assert_true(found);
	WELL(store_card(h->q, h->p, &c, CARD_ENTRIES_MOST, &card, &e));
	return card;
}

/* The newest of that list; NULL: none. */
static const struct card_entry *newest(const struct card *c, enum card_list list)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->entries[i].list == list)
			return &c->entries[i];
	return NULL;
}

static const struct said_row {
	const char *rule, *answer, *says;
	enum card_list list;
	const char *word, *text; /* NULL: nothing of that list is noted */
} said_rows[] = {
	{ "met alone", "met", "you spoke in person with Carol.", CARD_LIST_EXCHANGE, "met", "" },
	{ "met, and what was said", "met: at the congress", "you spoke in person with Carol: “at the congress”.", CARD_LIST_EXCHANGE, "met", "at the congress" },
	{ "another channel", "touch phone: she asks for less", "you spoke with Carol (phone): “she asks for less”.", CARD_LIST_EXCHANGE, "phone", "she asks for less" },
	{ "an insight", "insight: doses are halved too early", "learnt from Carol: “doses are halved too early”.", CARD_LIST_INSIGHT, "", "doses are halved too early" },
	{ "a note is theirs too", "note she prefers the phone", "noted. Note: “she prefers the phone”", CARD_LIST_NOTE, "", "she prefers the phone" },
	{ "a sentence is none", "Met her yesterday, will write", "", CARD_LIST_EXCHANGE, "mail", "" },
	{ "a channel of figures is none", "touch line2: called", "One word", CARD_LIST_EXCHANGE, "mail", "" },
};

static void an_answer_about_a_promise_is_of_its_person(void **state)
{
	for (size_t i = 0; i < sizeof said_rows / sizeof *said_rows; i++) {
		const struct said_row *r = &said_rows[i];
		const struct card_entry *x;
		struct card card;
		void *made;
		struct house *h;

		print_message("         %s\n", r->rule);
		make(&made);
		h = made;
		writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the slides.");
		h->now += 3600;
		has(answers(h, r->answer), r->says);
		card = page(h, "carol@example.com");
		x = newest(&card, r->list);
		assert_non_null(x);
		assert_string_equal(x->word, r->word);
		assert_string_equal(x->text, r->text);
		drop(&made);
	}
	(void)state;
}

static void the_next_stage_is_said_once_and_decided_by_a_word(void **state)
{
	struct house *h = *state;
	bool found;

	writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the slides.");
	lacks(answers(h, "snooze 2d"), "stage");
	h->now += 3600;
	comes(h, PLACE_INBOX, CAROL_SAYS("In-Reply-To: <m1@example.org>\r\nSubject: Re: Trial\r\n", "That would help."));
	has(answers(h, "snooze 3d"), "Carol: you have heard from each other. If that makes your work with Carol developing, answer `stage developing`");
	assert_int_equal(noted(h, "carol@example.com", &found).stage, CONTACT_STAGE_UNKNOWN);
	lacks(answers(h, "snooze 4d"), "stage developing");
	has(answers(h, "stage developing"), "Carol is noted as developing.");
	assert_int_equal(noted(h, "carol@example.com", &found).stage, CONTACT_STAGE_DEVELOPING);
	for (int i = 0; i < 3; i++) {
		writes(h, "kept+friday@example.org", TO_CAROL("Other"), pool_print(h->p, "I will send you the paper %d.", i));
		(i < 2 ? lacks : has)(answers(h, "done"), "stage maintaining");
	}
	has(answers(h, "stage no"), "stays as it is");
	assert_int_equal(noted(h, "carol@example.com", &found).stage, CONTACT_STAGE_DEVELOPING);
}

/* ---- mail to them ---- */

/* A receipt is prepared for Carol; what the owner hears. */
static const char *receipt(struct house *h)
{
	static const char *prepare[] = { "receipt" };
	struct policy *y = (struct policy *)&h->c->policies[0];
	utc next;

	y->prepare = (struct strings){ prepare, 1 };
	writes(h, "kept+friday@example.org", "To: kept@example.org\r\nSubject: Trial\r\n", "I will send carol@example.com the slides.");
	h->now += 60;
	WELL(schedule(h->q, h->c, h->now, &next, &e));
	return heard(h);
}

static size_t held(struct house *h)
{
	struct outgoing *list;
	size_t n, outside = 0;

	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 1000, &list, &n, &e));
	for (size_t i = 0; i < n; i++)
		outside += list[i].outside;
	return outside;
}

static void who_prefers_the_phone_is_called_not_written_to(void **state)
{
	struct house *h = *state;
	struct contact c = person(h, "Carol Ng", "carol@example.com");
	const char *said;
	utc next;

	c.channel = "phone", c.phone = "+49 30 1234";
	WELL(store_contact_save(h->q, &c, h->now, &e));
	said = receipt(h);
	has(said, "Speak with Carol Ng <carol@example.com>: Word that it is noted");
	has(said, "prefers phone: +49 30 1234");
	has(said, "> So that we both have it in writing");
	assert_int_equal(held(h), 0);
	h->now += 3600;
	has(answers(h, "touch phone: she is glad"), "you spoke with Carol Ng (phone): “she is glad”");
	WELL(schedule(h->q, h->c, h->now, &next, &e));
	lacks(heard(h), "Speak with"); /* once */
}

static void who_prefers_mail_is_written_to(void **state)
{
	struct house *h = *state;
	struct contact c = person(h, "Carol Ng", "carol@example.com");

	c.channel = "mail", c.conflict = "I hold shares of the maker of *this*.";
	WELL(store_contact_save(h->q, &c, h->now, &e));
	has(receipt(h), "\n> I hold shares of the maker of *this*."); /* … with the conflict line of their own */
	assert_int_equal(held(h), 1);
	h->now += 3600;
	has(answers(h, "edit\r\nMy own words."), "My own words.\n>\n> I hold shares"); /* whatever the owner writes, once */
}

/* ---- interests ---- */

static void its_end_is_asked_about_once_and_it_may_go_on(void **state)
{
	struct house *h = *state;
	struct interest *live;
	const char *said;
	size_t n;
	utc next;

	writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the slides.");
	has(answers(h, "interest: nephrology until 30 june 2027"), "nephrology");
	has(answers(h, "done"), "done");
	h->now = rows_at(h->c, "2027-06-15T10:00");
	WELL(schedule(h->q, h->c, h->now, &next, &e));
	lacks(heard(h), "still want to hear");
	assert_true(next > h->now && next < rows_at(h->c, "2027-06-17T10:00"));
	h->now = rows_at(h->c, "2027-06-18T10:00");
	WELL(schedule(h->q, h->c, h->now, &next, &e));
	said = heard(h);
	has(said, "Does Carol still want to hear of nephrology?");
	has(said, "“nephrology” ends Wednesday 30 June 2027");
	h->now += 3600;
	has(answers(h, "interest: nephrology"), "until");
	WELL(store_interests_live(h->q, h->p, rows_at(h->c, "2027-08-01T10:00"), &live, &n, &e));
	assert_int_equal(n, 1);
	h->now += 86400;
	WELL(schedule(h->q, h->c, h->now, &next, &e));
	lacks(heard(h), "still want to hear"); /* once */
}

/* ---- what they work on ---- */

#define FORWARD(author, subject, text) "\r\n\r\n---------- Forwarded message ---------\r\nFrom: " author "\r\nDate: Tue, 24 Nov 2026 09:00\r\n" \
	"Subject: " subject "\r\nTo: Ada Lovelace <ada@example.org>\r\n\r\n" text "\r\n"

static const struct work_row {
	const char *rule, *text, *says;
	const char *whose, *title, *link; /* NULL: nothing is noted */
} work_rows[] = {
	{ "of whom the owner names", "Carol Ng's new trial" FORWARD("Alerts <alerts@journal.example>", "New in nephrology", "See https://journal.example/1 there."),
	  "is noted as what Carol Ng works on, with its link", "carol@example.com", "New in nephrology", "https://journal.example/1" },
	{ "by address", "carol@example.com" FORWARD("Alerts <alerts@journal.example>", "New in nephrology", "None."), "Carol Ng", "carol@example.com", "New in nephrology", "" },
	{ "a last name of two letters is too short", "Ng's trial" FORWARD("Alerts <alerts@journal.example>", "A trial", "None."), "Whose work is it?", NULL, NULL, NULL },
	{ "by the last name of three letters", "Osei's trial" FORWARD("Alerts <alerts@journal.example>", "A trial", "None."), "Dan Osei", "dan@example.com", "A trial", "" },
	{ "else of who wrote it", "FYI" FORWARD("Dan Osei <dan@example.com>", "Our study", "We began."), "Dan Osei works on", "dan@example.com", "Our study", "" },
	{ "else of whose whole name is in it", "FYI" FORWARD("Alerts <alerts@journal.example>", "New in nephrology", "By Carol Ng and others."),
	  "Carol Ng works on", "carol@example.com", "New in nephrology", "" },
	{ "of two it is asked", "Carol Ng and Dan Osei" FORWARD("Alerts <alerts@journal.example>", "A trial", "None."), "it may be of Carol Ng, Dan Osei", NULL, NULL, NULL },
	{ "of nobody it is asked", "FYI" FORWARD("Alerts <alerts@journal.example>", "A trial", "None."), "it names nobody whom I know", NULL, NULL, NULL },
	{ "of a longer address it is not", "ann.carol@example.com.au writes" FORWARD("Alerts <alerts@journal.example>", "A trial", "None."), "it names nobody", NULL, NULL, NULL },
	{ "who is not noted is, by an address", "eve@example.net" FORWARD("Alerts <alerts@journal.example>", "A trial", "None."), "eve@example.net works on", "eve@example.net", "A trial", "" },
};

static void a_study_is_put_with_its_person(void **state)
{
	for (size_t i = 0; i < sizeof work_rows / sizeof *work_rows; i++) {
		const struct work_row *r = &work_rows[i];
		struct commitment *promises;
		const struct card_entry *x;
		struct card card;
		void *made;
		struct house *h;
		size_t n;

		print_message("         %s\n", r->rule);
		make(&made);
		h = made;
		person(h, "Carol Ng", "carol@example.com");
		person(h, "Dan Osei", "dan@example.com");
		has(writes(h, "kept+work@example.org", "To: kept+work@example.org\r\nSubject: Fwd: something\r\n", r->text), r->says);
		WELL(store_commitments(h->q, h->p, h->c, &h->c->owners[0], true, &promises, &n, &e));
		assert_int_equal(n, 0); /* it is no promise */
		if (r->whose) {
			card = page(h, r->whose);
			x = newest(&card, CARD_LIST_WORK);
			assert_non_null(x);
			assert_string_equal(x->text, r->title);
			assert_string_equal(x->word, r->link);
		}
		drop(&made);
	}
	(void)state;
}

/* ---- one person twice ---- */

static const struct alike_row {
	const char *rule, *a_name, *a, *b_name, *b;
	bool alike;
} alike_rows[] = {
	{ "the same name elsewhere", "Carol Ng", "carol@example.com", "carol  NG", "cng@clinic.example", true },
	{ "a first name alone is many people's", "Carol", "carol@example.com", "Carol", "cng@clinic.example", false },
	{ "the same before the @", "", "h.osei@example.com", "Henrike Osei", "h.osei@clinic.example", true },
	{ "… but another name", "Hans Osei", "h.osei@example.com", "Henrike Osei", "h.osei@clinic.example", false },
	{ "a post box", "", "info@example.com", "", "info@clinic.example", false },
	{ "a first name before the @", "", "carol@example.com", "", "carol@clinic.example", false },
};

static void who_may_be_one_person_is_proposed(void **state)
{
	for (size_t i = 0; i < sizeof alike_rows / sizeof *alike_rows; i++) {
		const struct alike_row *r = &alike_rows[i];
		struct people_pair *pairs;
		struct contact a, b;
		void *made;
		struct house *h;
		size_t n;

		print_message("         %s\n", r->rule);
		make(&made);
		h = made;
		a = person(h, r->a_name, r->a), b = person(h, r->b_name, r->b);
		WELL(people_alike(h->q, h->p, "ada", &pairs, &n, &e));
		assert_int_equal(n, r->alike);
		WELL(store_contact_apart(h->q, b.id, a.id, &e)); /* the owner says that they are two */
		WELL(people_alike(h->q, h->p, "ada", &pairs, &n, &e));
		assert_int_equal(n, 0);
		drop(&made);
	}
	(void)state;
}

static void a_merged_one_takes_what_it_lacks_and_the_stricter_consent(void **state)
{
	static const char *automatic[] = { "receipt" };
	struct house *h = *state;
	struct contact a = person(h, "Carol", "carol@example.com"), b = person(h, "C. Ng", "carol@clinic.example");
	bool found;

	a.zone = "Europe/Berlin", a.consent = CONTACT_CONSENT_ASKED, a.why = "yes, please";
	b.zone = "Asia/Tokyo", b.language = "de", b.phone = "12", b.consent = CONTACT_CONSENT_NEVER, b.why = "stop", b.automatic = (struct strings){ automatic, 1 };
	WELL(store_contact_save(h->q, &a, h->now, &e) && store_contact_save(h->q, &b, h->now, &e));
	WELL(sql_begin(h->q, &e) && people_merge(h->q, h->p, &a, &b, h->now, &e) && sql_commit(h->q, &e));
	a = noted(h, "carol@clinic.example", &found);
	assert_string_equal(a.name, "Carol");
	assert_string_equal(a.zone, "Europe/Berlin");
	assert_string_equal(a.language, "de");
	assert_string_equal(a.phone, "12");
	assert_int_equal(a.consent, CONTACT_CONSENT_NEVER);
	assert_string_equal(a.why, "stop");
	assert_int_equal(a.automatic.n, 0);
}

static void promises_to_each_address_of_a_merged_one_are_counted_as_one_persons(void **state)
{
	struct house *h = *state;
	struct contact a, b;
	struct score_track *tracks;
	size_t n;
	bool found;

	writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the slides.");
	writes(h, "kept+friday@example.org", "To: C. Ng <carol@clinic.example>\r\nSubject: Other\r\n", "I will send you the paper.");
	a = noted(h, "carol@example.com", &found), b = noted(h, "carol@clinic.example", &found);
	a.stage = CONTACT_STAGE_MAINTAINING;
	WELL(store_contact_save(h->q, &a, h->now, &e));
	for (int merged = 0; merged < 2; merged++) {
		WELL(store_score(h->q, h->p, h->c, &h->c->owners[0], &tracks, &n, &e));
		assert_int_equal(n, 2);
		assert_string_equal(score_group(h->p, &tracks[0], BY_CONTACT), "carol@example.com");
		assert_string_equal(score_group(h->p, &tracks[1], BY_CONTACT), merged ? "carol@example.com" : "carol@clinic.example");
		assert_string_equal(score_group(h->p, &tracks[1], BY_STAGE), merged ? "maintaining" : score_group(h->p, &tracks[1], BY_STAGE));
		if (!merged)
			WELL(sql_begin(h->q, &e) && people_merge(h->q, h->p, &a, &b, h->now, &e) && sql_commit(h->q, &e));
	}
}

/* ---- a file of them ---- */

static struct people_read takes(struct house *h, const char *file)
{
	struct people_read r;
	struct cards cards;

	WELL(vcard_any_read(h->p, file, strlen(file), &cards, &e));
	WELL(sql_begin(h->q, &e) && people_take(h->q, h->p, &h->c->owners[0], cards.list, cards.n, &r, h->now, &e) && sql_commit(h->q, &e));
	return r;
}

static void a_file_adds_and_changes_and_says_what(void **state)
{
	static const char file[] = "address,name,stage,needs,interests\ncarol@example.com,Carol Ng,developing,renal dosing | trial,nephrology\ndan@example.com,Dan,,,\n";
	struct house *h = *state;
	struct people_read r;
	struct card card;

	person(h, "Carol", "carol@example.com");
	r = takes(h, file);
	assert_int_equal(r.added, 1);
	assert_int_equal(r.changed, 1);
	has(r.lines->s, "carol@example.com: name Carol Ng (was Carol); stage developing; 1 new interests; 2 new needs\n");
	has(r.lines->s, "dan@example.com: new; name Dan\n");
	r = takes(h, file); /* once more changes nothing */
	assert_int_equal(r.same, 2);
	assert_string_equal(r.lines->s, "");
	card = page(h, "carol@example.com");
	assert_int_equal(card.n, 3);
}

static void a_file_lifts_no_refusal_clears_nothing_and_makes_no_two_one(void **state)
{
	struct house *h = *state;
	struct contact a = person(h, "Carol", "carol@example.com");
	struct people_read r;
	bool found;

	a.consent = CONTACT_CONSENT_NEVER, a.phone = "12";
	WELL(store_contact_save(h->q, &a, h->now, &e));
	person(h, "", "c.ng@clinic.example");
	r = takes(h, "address,consent,phone\ncarol@example.com | c.ng@clinic.example | new@example.com,asked,\n");
	a = noted(h, "carol@example.com", &found);
	assert_int_equal(a.consent, CONTACT_CONSENT_NEVER);
	assert_string_equal(a.phone, "12");
	assert_int_not_equal(noted(h, "c.ng@clinic.example", &found).id, a.id);
	assert_int_equal(noted(h, "new@example.com", &found).id, a.id);
	has(r.lines->s, "consent stays never");
	has(r.lines->s, "`kept contact carol@example.com merge c.ng@clinic.example` makes them one");
}

static void what_is_written_and_taken_elsewhere_is_the_same(void **state)
{
	struct house *h = *state;
	struct contact c = person(h, "Carol Ng", "carol@example.com");
	struct text *first, *second;
	struct card card;
	void *made;
	bool full;

	c.decides = "by data | slowly", c.cadence_ideal = 42, c.cadence_latest = 65, c.segment = CONTACT_SEGMENT_INDIRECT, c.between = "Dan";
	WELL(store_contact_save(h->q, &c, h->now, &e));
	for (int l = 0; l < CARD_LIST_COUNT; l++) {
		struct card_entry x = { .list = (enum card_list)l, .word = l == CARD_LIST_EXCHANGE ? "phone" : "", .text = "a | b, \"c\"",
					.day = *card_list_day((enum card_list)l) ? h->now + 86400 : 0 };

		WELL(sql_begin(h->q, &e) && people_add(h->q, h->p, &c, &x, h->now, &full, &e) && sql_commit(h->q, &e));
	}
	for (int table = 0; table < 2; table++) {
		struct house *other;

		first = text_new(h->p, BODY_MOST), second = text_new(h->p, BODY_MOST);
		card = page(h, "carol@example.com");
		if (table)
			vcard_table_head(first), vcard_table_write(h->p, first, &card);
		else
			vcard_write(h->p, first, &card, 4);
		make(&made);
		other = made;
		takes(other, first->s);
		card = page(other, "carol@example.com");
		if (table)
			vcard_table_head(second), vcard_table_write(h->p, second, &card);
		else
			vcard_write(h->p, second, &card, 4);
		assert_string_equal(first->s, second->s);
		drop(&made);
	}
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, make, drop)
	const struct CMUnitTest t[] = {
		T(all_of_a_person_is_kept), T(what_is_noted_by_day_comes_back), T(two_that_are_one_are_read_as_one_and_parted_again),
		T(whoever_something_is_promised_to_is_noted), cmocka_unit_test(exchanges_are_told_from_what_is_none), T(what_was_no_mail_counts_by_its_hour), T(mail_that_left_is_an_exchange_with_each_who_got_it),
		cmocka_unit_test(an_answer_about_a_promise_is_of_its_person), T(the_next_stage_is_said_once_and_decided_by_a_word),
		T(its_end_is_asked_about_once_and_it_may_go_on), T(who_prefers_the_phone_is_called_not_written_to), T(who_prefers_mail_is_written_to),
		cmocka_unit_test(a_study_is_put_with_its_person),
		cmocka_unit_test(who_may_be_one_person_is_proposed), T(a_merged_one_takes_what_it_lacks_and_the_stricter_consent), T(promises_to_each_address_of_a_merged_one_are_counted_as_one_persons),
		T(a_file_adds_and_changes_and_says_what), T(a_file_lifts_no_refusal_clears_nothing_and_makes_no_two_one),
		T(what_is_written_and_taken_elsewhere_is_the_same),
	};

	return cmocka_run_group_tests_name("people", t, NULL, NULL);
}
