/* the library: what an owner forwards to +share is in it, unapproved, and the owner is told */
#include "house.h"

#include "borders/material.h"

#define FILE_PART(name, type, base64) \
	"--b\r\nContent-Type: " type "; name=\"" name "\"\r\nContent-Disposition: attachment; filename=\"" name "\"\r\n" \
	"Content-Transfer-Encoding: base64\r\n\r\n" base64 "\r\n"
#define MIXED "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n"
#define WORDS "--b\r\nContent-Type: text/plain\r\n\r\nFor the library.\r\n"
#define END "--b--\r\n"
#define TO_KEPT(subject) "To: kept+share@example.org\r\nSubject: " subject "\r\n"
#define STUDY "JVBERi0xLjQgc3R1ZHk="  /* "%PDF-1.4 study" */
#define POSTER "JVBERi0xLjQgcG9zdGVy" /* "%PDF-1.4 poster" */

static int make_library(void **state)
{
	int rc = make(state);
	struct house *h = *state;

	h->c->database = pool_print(h->p, "%s/kept.db", h->folder);
	return rc;
}

static const char *shares(struct house *h, const char *fields, const char *text)
{
	return writes(h, "kept+share@example.org", fields, text);
}

static struct resource *library(struct house *h, size_t expected)
{
	struct resource *r;
	size_t n;

	WELL(store_resources(h->q, h->p, true, &r, &n, &e));
	assert_int_equal(n, expected);
	return r;
}

static size_t promises(struct house *h)
{
	struct commitment *list;
	size_t n;

	WELL(store_commitments(h->q, h->p, h->c, &h->c->owners[0], true, &list, &n, &e));
	return n;
}

static void a_file_is_kept_and_waits_for_its_approver(void **state)
{
	struct house *h = *state;
	const char *said = shares(h, TO_KEPT("Fwd: Renal function study") MIXED, WORDS FILE_PART("renal_v2.pdf", "application/pdf", STUDY) END);
	const struct resource *r = library(h, 1);
	const char *digest;
	struct stat st;
	char *bytes;
	size_t n;

	assert_string_equal(r->title, "Renal function study");
	assert_int_equal(resource_state(r, h->now), RESOURCE_WAITING);
	WELL(material_read(h->p, r->file, &bytes, &n, &digest, &e));
	assert_memory_equal(bytes, "%PDF-1.4 study", n);
	assert_string_equal(digest, r->digest);
	assert_int_equal(stat(r->file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_string_equal(strrchr(r->file, '/'), "/renal_v2.pdf");
	has(said, "In the library, to be approved: Renal function study");
	has(said, "kept resources approve 1 --approved-by");
	assert_int_equal(promises(h), 0);
}

static void the_same_bytes_twice_are_one(void **state)
{
	struct house *h = *state;

	shares(h, TO_KEPT("Fwd: Study") MIXED, WORDS FILE_PART("a.pdf", "application/pdf", STUDY) END);
	has(shares(h, TO_KEPT("Fwd: Again") MIXED, WORDS FILE_PART("b.pdf", "application/pdf", STUDY) END), "already");
	shares(h, TO_KEPT("https") "", "See https://example.org/study for it.");
	has(shares(h, TO_KEPT("https") "", "https://example.org/study"), "already");
	library(h, 2);
}

static void several_files_have_their_own_names(void **state)
{
	struct house *h = *state;
	struct resource *r;

	has(shares(h, TO_KEPT("Two") MIXED, WORDS FILE_PART("Renal_study.pdf", "application/pdf", STUDY) FILE_PART("The poster.pdf", "application/pdf", POSTER) END),
	    "2 pieces");
	r = library(h, 2);
	assert_string_equal(r[0].title, "Renal study");
	assert_string_equal(r[1].title, "The poster");
}

static void a_name_cannot_leave_the_folder(void **state)
{
	static const char *const names[] = { "../../../x.pdf", "..", ".hidden", "a/b\\c.pdf", "-rf", "" };
	struct house *h = *state;
	const char *folder = pool_print(h->p, "%s/resources", h->folder), *path;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		WELL(material_keep(h->p, folder, names[i], "x", 1, &path, &e));
		assert_memory_equal(path, folder, strlen(folder));
		assert_null(strstr(path + strlen(folder), "/."));
		assert_int_equal(access(path, R_OK), 0);
		assert_int_equal(strrchr(path, '/') - path, strlen(folder) + 1 + 64);
	}
}

static void a_link_is_taken_where_it_is_clear_which(void **state)
{
	struct house *h = *state;
	struct text *many = text_new(h->p, 2000);

	has(shares(h, TO_KEPT("ATLAS-3 online"), "https://example.org/atlas3"), "ATLAS-3 online");
	assert_string_equal(library(h, 1)->link, "https://example.org/atlas3");
	for (int i = 0; i < 9; i++)
		text_print(many, "https://example.org/news/%d\r\n", i);
	has(shares(h, TO_KEPT("Newsletter"), many->s), "9 links");
	has(shares(h, TO_KEPT("Nothing"), "As discussed."), "no file in it");
	library(h, 1);
}

static void what_is_no_study_is_left(void **state)
{
	struct house *h = *state;

	shares(h, TO_KEPT("Card") MIXED, WORDS FILE_PART("ada.vcf", "text/vcard", POSTER) FILE_PART("study.pdf", "application/pdf", STUDY) END);
	assert_string_equal(library(h, 1)->title, "Card");
}

static void what_has_no_bytes_is_said(void **state)
{
	struct house *h = *state;

	has(shares(h, TO_KEPT("Empty") MIXED, WORDS FILE_PART("study.pdf", "application/pdf", "") END), "it is empty");
	library(h, 0);
}

static void a_promise_in_it_is_one(void **state)
{
	struct house *h = *state;

	shares(h, TO_CAROL("Study") MIXED, "--b\r\nContent-Type: text/plain\r\n\r\nDear Carol,\r\n\r\nI will send you the tables by Friday.\r\n"
	       FILE_PART("study.pdf", "application/pdf", STUDY) END);
	library(h, 1);
	assert_int_equal(promises(h), 1);
}

static void a_strangers_is_not_taken(void **state)
{
	struct house *h = *state;

	comes(h, PLACE_CAPTURE, "Delivered-To: kept+share@example.org\r\n"
	      "Authentication-Results: mx.example.org; dkim=none; spf=fail; dmarc=fail header.from=example.org\r\n"
	      "From: Ada Lovelace <ada@example.org>\r\n" TO_KEPT("Fwd: Study") MIXED "Message-ID: <f@x>\r\nDate: Wed, 25 Nov 2026 09:59:00 +0100\r\n\r\n"
	      WORDS FILE_PART("study.pdf", "application/pdf", STUDY) END);
	library(h, 0);
}

/* A held message is kept as what is known of it, without its files. */
static void of_a_held_one_that_is_accepted_the_file_is_asked_for(void **state)
{
	struct house *h = *state;
	const char *refused;

	a_strangers_is_not_taken(state);
	WELL(sql_begin(h->q, &e));
	WELL(intake_accept(h->q, h->p, h->c, 1, h->now, &refused, &e));
	WELL(sql_commit(h->q, &e));
	assert_null(refused);
	has(heard(h), "study.pdf was not taken: its bytes were not kept with the message; forward it once more");
	library(h, 0);
}

/* ---- what they want to hear of ---- */

static void approve(struct house *h, const char *title, const char *link)
{
	static const char *tags[] = { "nephrology" };
	struct resource r = { .title = title, .link = link, .file = "", .digest = "", .about = "", .tags = { tags, 1 }, .approved_by = "Dr Hart",
			      .approved = h->now, .made = h->now };

	WELL(sql_begin(h->q, &e));
	WELL(store_resource_add(h->q, &r, &e));
	WELL(sql_commit(h->q, &e));
}

/* What is heard once all that is due at `later` from now is done. */
static const char *after(struct house *h, utc later)
{
	utc next = 0;

	h->now += later;
	WELL(schedule(h->q, h->c, h->now, &next, &e));
	return heard(h);
}

static size_t count(const char *text, const char *words)
{
	size_t n = 0;

	for (; (text = strstr(text, words)); text++)
		n++;
	return n;
}

static void promise_and_interest(struct house *h, const char *words)
{
	writes(h, "kept+20d@example.org", TO_CAROL("Trial"), "I will send you the slides.");
	has(answers(h, words), "wants to hear of");
}

static void an_interest_is_noted_with_its_end(void **state)
{
	struct house *h = *state;
	struct interest *all;
	size_t n;

	promise_and_interest(h, "interest: nephrology until 30 june 2027");
	WELL(store_interests_live(h->q, h->p, h->now, &all, &n, &e));
	assert_int_equal(n, 1);
	assert_string_equal(all->topic, "nephrology");
	assert_string_equal(all->who.address, "carol@example.com");
	assert_int_equal(all->commitment, 1);
	has(answers(h, "interest: Nephrology"), "since you named no day");
	WELL(store_interests_live(h->q, h->p, h->now, &all, &n, &e));
	assert_int_equal(n, 1); /* the same topic has a new end */
	has(answers(h, "interest: dosing until 1 jan 2020"), "passed");
	WELL(store_interests_live(h->q, h->p, h->now + (utc)370 * 86400, &all, &n, &e));
	assert_int_equal(n, 0);
}

static void new_material_that_fits_is_proposed_once(void **state)
{
	struct house *h = *state;
	const char *said;

	promise_and_interest(h, "interest: nephrology");
	approve(h, "Renal function under treatment", "https://example.org/renal");
	said = after(h, 60);
	has(said, "https://example.org/renal");
	has(said, "You told me that you would like to hear of nephrology");
	has(said, "new approved material bears on what they want to hear of: nephrology");
	assert_string_equal(after(h, 60), "");
	lacks(after(h, 3 * 86400), "renal");
}

static void it_is_written_in_their_language(void **state)
{
	static const struct {
		const char *language, *says;
	} rows[] = {
		{ "de", "dass Sie von diesem Thema hören möchten: nephrology." },
		{ "fr", "vouloir être tenu au courant de ce sujet : nephrology." },
		{ "es", "al tanto de este tema: nephrology." },
	};
	struct house *h = *state;
	struct contact who;
	bool found;

	promise_and_interest(h, "interest: nephrology");
	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "", "carol@example.com" }, &who, &found, &e));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		who.language = rows[i].language;
		WELL(store_contact_save(h->q, &who, h->now, &e));
		approve(h, "Renal function", pool_print(h->p, "https://example.org/%s", rows[i].language));
		has(after(h, 60), rows[i].says);
	}
}

static void what_does_not_fit_or_is_old_is_not(void **state)
{
	struct house *h = *state;

	approve(h, "Older paper", "https://example.org/older");
	assert_string_equal(after(h, 60), "");
	promise_and_interest(h, "interest: cardiology\r\ninterest: nephrology until tomorrow");
	assert_string_equal(after(h, 60), "");
	h->now += 3 * 86400;
	approve(h, "Renal function", "https://example.org/renal");
	lacks(after(h, 60), "https://example.org/renal"); /* the interest has ended */
}

static void at_most_three_a_day_and_the_rest_follows(void **state)
{
	struct house *h = *state;

	promise_and_interest(h, "interest: nephrology");
	for (int i = 0; i < 5; i++)
		approve(h, pool_print(h->p, "Paper %d", i), pool_print(h->p, "https://example.org/paper%d", i));
	assert_int_equal(count(after(h, 60), "You told me that"), 3);
	assert_int_equal(count(after(h, 3600), "You told me that"), 0);
	assert_int_equal(count(after(h, 86400), "You told me that"), 2);
	assert_int_equal(count(after(h, 86400), "You told me that"), 0);
}

static void nothing_leaves_without_the_owners_word(void **state)
{
	static const char *share[] = { "share" };
	struct house *h = *state;
	struct contact who;
	struct outgoing *list;
	size_t n, outside = 0;
	bool found;

	promise_and_interest(h, "interest: nephrology");
	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "", "carol@example.com" }, &who, &found, &e));
	who.automatic = (struct strings){ share, 1 };
	WELL(store_contact_save(h->q, &who, h->now, &e));
	approve(h, "Renal function", "https://example.org/renal");
	after(h, 60);
	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 1000, &list, &n, &e));
	for (size_t i = 0; i < n; i++)
		if (list[i].outside) {
			outside++;
			assert_int_equal(list[i].state, OUTBOX_HELD);
		}
	assert_int_equal(outside, 1);
}

static void who_wants_no_mail_is_not_proposed(void **state)
{
	struct house *h = *state;
	struct contact who;
	bool found;

	promise_and_interest(h, "interest: nephrology");
	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "", "carol@example.com" }, &who, &found, &e));
	who.consent = CONTACT_CONSENT_NEVER;
	WELL(store_contact_save(h->q, &who, h->now, &e));
	approve(h, "Renal function", "https://example.org/renal");
	assert_string_equal(after(h, 60), "");
}

static void who_is_away_is_proposed_it_at_their_return(void **state)
{
	struct house *h = *state;
	struct contact who;
	bool found;

	promise_and_interest(h, "interest: nephrology");
	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "", "carol@example.com" }, &who, &found, &e));
	who.absent = h->now + 5 * 86400;
	WELL(store_contact_save(h->q, &who, h->now, &e));
	approve(h, "Renal function", "https://example.org/renal");
	assert_string_equal(after(h, 60), "");
	lacks(after(h, 4 * 86400), "https://example.org/renal");
	has(after(h, 2 * 86400), "https://example.org/renal");
}

static void what_they_cannot_read_is_not_proposed(void **state)
{
	static const char *german[] = { "de" };
	struct house *h = *state;
	struct resource *r;
	size_t n;

	promise_and_interest(h, "interest: nephrology");
	approve(h, "Nierenfunktion", "https://example.org/niere");
	WELL(store_resources(h->q, h->p, true, &r, &n, &e));
	r->languages = (struct strings){ german, 1 };
	WELL(store_resource_save(h->q, r, &e));
	assert_string_equal(after(h, 60), "");
}

static void without_a_promise_the_owner_is_told(void **state)
{
	struct house *h = *state;
	struct contact who;
	struct interest i = { .topic = "nephrology", .until = h->now + 86400 * 30, .at = h->now };
	bool found, known;

	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "Dan", "dan@example.com" }, &who, &found, &e));
	WELL(store_contact_save(h->q, &who, h->now, &e));
	i.contact = who.id;
	WELL(store_interest_add(h->q, h->p, &i, &known, &e));
	approve(h, "Renal function", "https://example.org/renal");
	has(after(h, 60), "New material for Dan: Renal function");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, make_library, drop)
	const struct CMUnitTest t[] = {
		T(a_file_is_kept_and_waits_for_its_approver), T(the_same_bytes_twice_are_one), T(several_files_have_their_own_names),
		T(a_name_cannot_leave_the_folder), T(a_link_is_taken_where_it_is_clear_which), T(what_is_no_study_is_left), T(what_has_no_bytes_is_said),
		T(a_promise_in_it_is_one), T(a_strangers_is_not_taken), T(of_a_held_one_that_is_accepted_the_file_is_asked_for),
		T(an_interest_is_noted_with_its_end),
		T(new_material_that_fits_is_proposed_once), T(it_is_written_in_their_language), T(what_does_not_fit_or_is_old_is_not), T(at_most_three_a_day_and_the_rest_follows),
		T(nothing_leaves_without_the_owners_word), T(who_wants_no_mail_is_not_proposed),
		T(who_is_away_is_proposed_it_at_their_return), T(what_they_cannot_read_is_not_proposed), T(without_a_promise_the_owner_is_told),
	};

	return cmocka_run_group_tests_name("library", t, NULL, NULL);
}
