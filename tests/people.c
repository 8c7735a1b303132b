/* people: what is noted of a person, and how they are told apart */
#include "house.h"

#include "nouns/contact.h"

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

	WELL(store_exchange_last(h->q, c->id, "ada", h->now, &at, &e));
	return at;
}

/* ---- the rows ---- */

static void all_of_a_person_is_kept(void **state)
{
	static const char *automatic[] = { "receipt", "delay" };
	struct house *h = *state;
	struct contact c = person(h, "Carol", "Carol@Example.com"), back;
	bool found;

	c.language = "de", c.zone = "Europe/Berlin", c.stage = CONTACT_STAGE_DEVELOPING, c.segment = CONTACT_SEGMENT_INDIRECT;
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

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, make, drop)
	const struct CMUnitTest t[] = {
		T(all_of_a_person_is_kept), T(what_is_noted_by_day_comes_back), T(two_that_are_one_are_read_as_one_and_parted_again),
		T(whoever_something_is_promised_to_is_noted), cmocka_unit_test(exchanges_are_told_from_what_is_none), T(what_was_no_mail_counts_by_its_hour),
	};

	return cmocka_run_group_tests_name("people", t, NULL, NULL);
}
