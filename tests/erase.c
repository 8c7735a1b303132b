/* erase: a person goes out of the ledger, and not a byte of them stays in its files */
#include "house.h"

#include "borders/record.h"
#include "letters/vcard.h"
#include "work/erase.h"
#include "work/people.h"

#define LEN(a) (sizeof(a) / sizeof *(a))

static const char *const traces[] = { "carol",          "rossi", "renal",  "dumpling",
				      "clinic.example", "pump",  "halved", "poster" };

/* All that the ledger's files hold, folded. */
static const char *files(struct house *h)
{
	static const char *const names[] = { "kept.db", "kept.db-journal", "kept.db-wal" };
	struct text *t = text_new(h->p, 64 << 20);

	for (size_t i = 0; i < LEN(names); i++) {
		FILE *f = fopen(pool_print(h->p, "%s/%s", h->folder, names[i]), "rb");
		int c;

		while (f && (c = getc(f)) != EOF)
			text_char(t, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c ? (char)c : ' ');
		if (f)
			fclose(f);
	}
	return t->s;
}

static void noted(struct house *h, const struct contact *c, enum card_list list, const char *text)
{
	struct card_entry x = { .list = list, .word = list == CARD_LIST_EXCHANGE ? "phone" : "", .text = text };
	bool full;

	WELL(people_add(h->q, h->p, c, &x, h->now, &full, &e));
}

static struct contact contact(struct house *h, const char *address, bool *found)
{
	struct contact c;

	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "", address }, &c, found, &e));
	return c;
}

/* A promise to her, one to her and Dan, one to Dan that names her; all that can be noted of her; a check-in, a debt, a
 * held message. */
static void filled(struct house *h)
{
	struct contact c, dan;
	struct checkin k = { .owner = "ada",
			     .uid = "k1@kept",
			     .state = CHECKIN_CONFIRMED,
			     .start = h->now - 86400,
			     .minutes = 30,
			     .zone = "Europe/Berlin",
			     .rrule = "",
			     .purpose = "renal data with Carol",
			     .agenda = "the pump",
			     .link = "",
			     .place = "clinic.example",
			     .made = h->now,
			     .entry = -1 };
	struct checkin_attendee with = { .name = "Carol Rossi",
					 .address = "carol@example.com",
					 .partstat = PARTSTAT_ACCEPTED,
					 .comment = "the pump",
					 .delegated_to = "" };
	struct theirs owed = { .owner = "ada",
			       .address = "carol@example.com",
			       .name = "Carol Rossi",
			       .what = "the poster",
			       .at = h->now };
	struct held_row held = { .owner = "ada",
				 .letter = 1,
				 .reason = "not proven",
				 .sender = "x@example.net",
				 .subject = "",
				 .mailbox = "capture",
				 .folder = "INBOX",
				 .at = h->now,
				 .facts = "x\0Carol Rossi\0the poster",
				 .n = 24 };
	int64_t id;
	bool found;

	writes(h, "kept+friday@example.org", "To: Carol Rossi <carol@example.com>\r\nSubject: Renal subgroup\r\n",
	       "I will send the renal data. She likes dumplings.");
	writes(h, "kept+friday@example.org",
	       "To: Carol Rossi <carol@example.com>, Dan <dan@example.com>\r\nSubject: Both\r\n",
	       "I will send the slides to you both.");
	writes(h, "kept+friday@example.org", "To: Dan <dan@example.com>\r\nSubject: Intro\r\n",
	       "I will introduce you to \xe2\x80\x9c" "Carol Rossi\xe2\x80\x9d.");
	WELL(sql_begin(h->q, &e));
	c = contact(h, "carol@example.com", &found);
	assert_true(found);
	c.phone = "+49 30 clinic.example", c.decides = "dumpling";
	WELL(store_contact_save(h->q, &c, h->now, &e) && store_contact_address(h->q, &c, "rossi@clinic.example", &e));
	for (int l = 0; l < CARD_LIST_COUNT; l++)
		noted(h, &c, (enum card_list)l, "the pump: doses are halved");
	dan = contact(h, "dan@example.com", &found);
	noted(h, &dan, CARD_LIST_NOTE, "knows Rossi, Carol, and rossi@clinic.example");
	noted(h, &dan, CARD_LIST_NOTE, "carolina is another");
	k.attendees = &with, k.attendee_count = 1;
	WELL(store_checkin_save(h->q, &k, &e));
	WELL(sql_query(h->q, SQL_ERASE_PROMISED, &e, SQL_VALUES(sql_t("carol@example.com"), sql_t("ada"))));
	assert_true(sql_row(h->q, SQL_ERASE_PROMISED));
	owed.commitment = sql_int(h->q, SQL_ERASE_PROMISED, 0), owed.letter = 1;
	WELL(sql_end(h->q, SQL_ERASE_PROMISED, &e));
	WELL(store_theirs_add(h->q, &owed, &e) && store_held_add(h->q, &held, &id, &e) &&
	     store_tail_set(h->q, "carol@example.com", &(struct tail){ .letters = 1 }, &e));
	WELL(sql_commit(h->q, &e));
}

static struct erasure goes(struct house *h, bool commit)
{
	struct erasure x;

	WELL(sql_begin(h->q, &e) && erase(h->q, h->p, h->c, &h->c->owners[0], "rossi@clinic.example", true, &x, h->now, &e));
	if (!commit) {
		sql_rollback(h->q);
		return x;
	}
	WELL(sql_commit(h->q, &e) && sql_compact(h->q, &e));
	return x;
}

static void not_a_byte_stays(void **state)
{
	struct house *h = *state;
	struct record_state was, is;
	struct erasure x;
	const char *all;
	bool found;

	filled(h);
	all = files(h);
	for (size_t i = 0; i < LEN(traces); i++)
		has(all, traces[i]);
	WELL(record_verify(h->q, h->p, NULL, NULL, &was, &e));
	x = goes(h, false);
	assert_true(x.open.n >= 2);
	assert_int_equal(x.promises, 1);
	assert_int_equal(x.shared, 1);
	assert_int_equal(x.checkins, 1);
	assert_int_equal(x.theirs, 1);
	assert_int_equal(x.held, 1);
	assert_true(x.texts >= 2 && x.mails >= 3 && x.events >= 3 && !x.lone);
	for (int l = 0; l < CARD_LIST_COUNT; l++)
		assert_true(x.lists[l] >= 1);
	assert_string_equal(contact(h, "carol@example.com", &found).decides, "dumpling"); /* a preview */
	x = goes(h, true);
	all = files(h);
	has(all, "carolina is another");
	all = pool_print(h->p, "%s%s", pool_slice(h->p, all, (size_t)(strstr(all, "carolina") - all)),
			 strstr(all, "carolina") + 8);
	for (size_t i = 0; i < LEN(traces); i++)
		lacks(all, traces[i]);
	WELL(record_verify(h->q, h->p, NULL, NULL, &is, &e));
	assert_int_equal(is.faults, 0);
	assert_true(is.rows > was.rows);
}

static void the_figures_and_the_others_stay(void **state)
{
	struct house *h = *state;
	struct commitment *list;
	size_t n, one = 0, two = 0;

	filled(h);
	goes(h, true);
	WELL(store_commitments(h->q, h->p, h->c, &h->c->owners[0], true, &list, &n, &e));
	assert_int_equal(n, 3);
	for (size_t i = 0; i < n; i++) {
		if (list[i].state == COMMITMENT_CANCELLED) {
			one++;
			assert_string_equal(list[i].to.list[0].name, "an erased contact");
			has(list[i].to.list[0].address, "@kept.invalid");
		} else {
			two++;
			assert_int_equal(list[i].to.n, 1);
			assert_string_equal(list[i].to.list[0].address, "dan@example.com");
		}
	}
	assert_int_equal(one, 1);
	assert_int_equal(two, 2);
}

static void nobody_notes_them_again_but_by_hand(void **state)
{
	struct house *h = *state;
	struct cards cards;
	struct people_read r;
	struct contact c;
	static const char file[] = "address,name\ncarol@example.com,Carol Rossi\nnew@example.com,New\n";
	bool found;

	filled(h);
	goes(h, true);
	WELL(vcard_any_read(h->p, file, strlen(file), &cards, &e));
	WELL(sql_begin(h->q, &e) && people_take(h->q, h->p, &h->c->owners[0], cards.list, cards.n, &r, h->now, &e) &&
	     sql_commit(h->q, &e));
	assert_int_equal(r.added, 1);
	assert_int_equal(r.erased_count, 1);
	assert_int_equal(r.erased[0].line, 2);
	has(r.erased[0].why, "was erased");
	writes(h, "kept+friday@example.org", TO_CAROL("Again"), "I will send the slides.");
	c = contact(h, "carol@example.com", &found);
	assert_false(found);
	assert_true(c.erased);
	assert_int_equal(c.consent, CONTACT_CONSENT_NEVER);
	c.consent = CONTACT_CONSENT_ASKED;
	WELL(store_contact_save(h->q, &c, h->now, &e));
	c = contact(h, "carol@example.com", &found);
	assert_true(found && !c.erased);
	assert_int_equal(c.consent, CONTACT_CONSENT_ASKED);
}

/* What was erased is not written again; a row that another takes the texts of shows. */
static void the_record_takes_no_other_change(void **state)
{
	struct house *h = *state;
	struct record_state s;
	int64_t refused = 0;
	struct erasure x;

	filled(h);
	x = goes(h, true);
	WELL(record_verify(h->q, h->p, NULL, NULL, &s, &e));
	for (int64_t row = 1; row <= s.newest; row++)
		refused +=
			!sql_do(h->q, SQL_EVENT_ERASE, &e,
				SQL_VALUES(sql_i(row), sql_i(s.newest), sql_b("12345678901234567890123456789012", 32)));
	assert_int_equal(refused, x.events);
	WELL(record_verify(h->q, h->p, NULL, NULL, &s, &e));
	assert_int_equal(s.faults, s.rows - x.events);
}

/* Who is to be erased chose their own name. */
static void a_name_that_is_a_phrase_is_shown_and_need_not_be_searched_for(void **state)
{
	struct house *h = *state;
	struct commitment *list;
	struct erasure x, y;
	size_t n, slides = 0;

	writes(h, "kept+friday@example.org", "To: \"Will Send\" <x@evil.example>\r\nSubject: Hi\r\n", "I will send the poster.");
	writes(h, "kept+friday@example.org", "To: Dan <dan@example.com>\r\nSubject: Both\r\n", "I will send the slides.");
	WELL(sql_begin(h->q, &e) && erase(h->q, h->p, h->c, &h->c->owners[0], "x@evil.example", true, &x, h->now, &e));
	sql_rollback(h->q);
	assert_int_equal(x.names.n, 1);
	assert_string_equal(x.names.list[0], "Will Send");
	WELL(sql_begin(h->q, &e) && erase(h->q, h->p, h->c, &h->c->owners[0], "x@evil.example", false, &y, h->now, &e) &&
	     sql_commit(h->q, &e));
	assert_int_equal(y.names.n, 0);
	assert_true(y.texts < x.texts && y.promises == 1);
	WELL(store_commitments(h->q, h->p, h->c, &h->c->owners[0], true, &list, &n, &e));
	for (size_t i = 0; i < n; i++)
		slides += strstr(list[i].words, "will send the slides") != NULL;
	assert_int_equal(slides, 1);
	lacks(files(h), "evil.example");
}

/* Each mail to her, and each that leaves in her name, holds hers. */
static void the_owners_own_name_is_not_searched_for(void **state)
{
	struct house *h = *state;
	struct erasure x;

	writes(h, "kept+friday@example.org", pool_print(h->p, "To: %s <x@evil.example>\r\nSubject: Hi\r\n", h->c->owners[0].name),
	       "I will send the poster.");
	WELL(sql_begin(h->q, &e) && erase(h->q, h->p, h->c, &h->c->owners[0], "x@evil.example", true, &x, h->now, &e));
	sql_rollback(h->q);
	assert_non_null(strchr(h->c->owners[0].name, ' '));
	assert_int_equal(x.names.n, 0);
}

/* In an address % and _ are letters as any other. */
static void an_address_with_a_sign_in_it_is_no_pattern(void **state)
{
	struct house *h = *state;
	struct erasure x;
	int64_t at = 0;

	writes(h, "kept+friday@example.org", "To: <%@example.com>\r\nSubject: Hi\r\n", "I will send the poster.");
	WELL(sql_do(h->q, SQL_BOUNCED_PUT, &e, SQL_VALUES(sql_t("<m@kept> dan@example.com"), sql_i(h->now), sql_t("5.1.1"))) &&
	     sql_do(h->q, SQL_BOUNCED_PUT, &e, SQL_VALUES(sql_t("<m@kept> %@example.com"), sql_i(h->now), sql_t("5.1.1"))));
	WELL(sql_begin(h->q, &e) && erase(h->q, h->p, h->c, &h->c->owners[0], "%@example.com", true, &x, h->now, &e) && sql_commit(h->q, &e));
	WELL(store_count(h->q, SQL_BOUNCED_GET, SQL_VALUES(sql_t("<m@kept> dan@example.com")), &at, &e));
	assert_int_equal(at, h->now);
	WELL(store_count(h->q, SQL_BOUNCED_GET, SQL_VALUES(sql_t("<m@kept> %@example.com")), &at, &e));
	assert_int_equal(at, 0);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, make, drop)
	const struct CMUnitTest t[] = { T(not_a_byte_stays), T(the_figures_and_the_others_stay),
					T(nobody_notes_them_again_but_by_hand),
					T(a_name_that_is_a_phrase_is_shown_and_need_not_be_searched_for),
					T(the_owners_own_name_is_not_searched_for), T(an_address_with_a_sign_in_it_is_no_pattern), T(the_record_takes_no_other_change) };

	return cmocka_run_group_tests_name("erase", t, NULL, NULL);
}
