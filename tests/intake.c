/* intake: one message is understood exactly once, in whatever order, place and number its copies come
 *
 * The law is tried with chance (a seed that is printed): copies of an owner's mail, in the capture mailbox, in Sent, again
 * under another UID or UIDVALIDITY, among a stranger's that uses the same Message-ID; commits and rollbacks between them. */
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "borders/outbox.h"
#include "borders/store.h"
#include "letters/mime.h"
#include "work/intake.h"
#include "work/schedule.h"

enum copy { CAPTURED, SENT, INBOX, ANSWERED, FORGED, UNPROVEN, PLAIN_SENT, COPIES };

static const char *const letters[COPIES] = {
	[CAPTURED] = "Return-Path: <ada@example.org>\r\n"
		     "Delivered-To: kept+friday@example.org\r\n"
		     "Authentication-Results: mx.example.org; dkim=pass header.d=example.org; dmarc=pass header.from=example.org\r\n"
		     "From: Ada Lovelace <ada@example.org>\r\n"
		     "To: Carol <carol@example.com>\r\n"
		     "Subject: The dosing table\r\n"
		     "Date: Wed, 25 Nov 2026 09:00:00 +0100\r\n"
		     "Message-ID: <one@example.org>\r\n\r\n"
		     "Dear Carol,\r\n\r\nI will send you the dosing table.\r\n\r\nAda\r\n",
	[SENT] = "From: Ada Lovelace <ada@example.org>\r\n"
		 "To: Carol <carol@example.com>\r\n"
		 "Bcc: kept+friday@example.org\r\n"
		 "Subject: The dosing table\r\n"
		 "Date: Wed, 25 Nov 2026 09:00:00 +0100\r\n"
		 "Message-ID: <one@example.org>\r\n\r\n"
		 "Dear Carol,\r\n\r\nI will send you the dosing table.\r\n\r\nAda\r\n",
	[INBOX] = "Return-Path: <ada@example.org>\r\n"
		  "Delivered-To: ada@example.org\r\n"
		  "From: Ada Lovelace <ada@example.org>\r\n"
		  "To: Carol <carol@example.com>\r\n"
		  "Subject: The dosing table\r\n"
		  "Date: Wed, 25 Nov 2026 09:00:00 +0100\r\n"
		  "Message-ID: <one@example.org>\r\n\r\n"
		  "Dear Carol,\r\n\r\nI will send you the dosing table.\r\n\r\nAda\r\n",
	[ANSWERED] = "Return-Path: <carol@example.com>\r\n"
		     "Delivered-To: ada@example.org\r\n"
		     "From: Carol <carol@example.com>\r\n"
		     "To: Ada Lovelace <ada@example.org>\r\n"
		     "Subject: Re: The dosing table\r\n"
		     "Date: Wed, 25 Nov 2026 09:30:00 +0100\r\n"
		     "In-Reply-To: <one@example.org>\r\n"
		     "Message-ID: <two@example.com>\r\n\r\n"
		     "Which one do you mean, the one for children? The other I have here already.\r\n",
	[UNPROVEN] = "Return-Path: <ada@example.org>\r\n" /* the owner's own, but the server has checked nothing */
		     "Delivered-To: kept+friday@example.org\r\n"
		     "From: Ada Lovelace <ada@example.org>\r\n"
		     "To: Carol <carol@example.com>\r\n"
		     "Subject: The dosing table\r\n"
		     "Date: Wed, 25 Nov 2026 09:00:00 +0100\r\n"
		     "Message-ID: <one@example.org>\r\n\r\n"
		     "Dear Carol,\r\n\r\nI will send you the dosing table.\r\n\r\nAda\r\n",
	[PLAIN_SENT] = "From: Ada Lovelace <ada@example.org>\r\n" /* by a client that keeps no Bcc */
		       "To: Carol <carol@example.com>\r\n"
		       "Subject: The dosing table\r\n"
		       "Date: Wed, 25 Nov 2026 09:00:00 +0100\r\n"
		       "Message-ID: <one@example.org>\r\n\r\n"
		       "Dear Carol,\r\n\r\nI will send you the dosing table.\r\n\r\nAda\r\n",
	[FORGED] = "Return-Path: <mallory@example.net>\r\n"
		   "Delivered-To: kept+1h@example.org\r\n"
		   "Authentication-Results: mx.example.org; dkim=none; spf=fail smtp.mailfrom=mallory@example.net; dmarc=fail header.from=example.org\r\n"
		   "From: Ada Lovelace <ada@example.org>\r\n"
		   "To: Mallory <mallory@example.net>\r\n"
		   "Subject: The dosing table\r\n"
		   "Date: Wed, 25 Nov 2026 09:00:00 +0100\r\n"
		   "Message-ID: <one@example.org>\r\n\r\n"
		   "Dear Mallory,\r\n\r\nI will send you the passwords.\r\n\r\nAda\r\n",
};

struct house {
	char folder[64];
	struct pool *p;
	struct conf *c;
	struct sql *q;
	utc now;
	uint32_t uid;
	const struct mailbox_conf *own;
};

static struct err e;

#define WELL(x) do { if (!(x)) fail_msg("%s: %s", #x, e.text); } while (0)

static struct house *house_make(void)
{
	static const char *authserv[] = { "mx.example.org" };
	struct house *h = calloc(1, sizeof *h);
	struct mailbox_conf *boxes;

	strcpy(h->folder, "/tmp/kept-intake-XXXXXX");
	umask(077);
	assert_non_null(mkdtemp(h->folder));
	h->p = pool_new();
	h->c = rows_conf(h->p);
	h->now = rows_at(h->c, "2026-11-25T10:00");
	boxes = pool_list(h->p, 2, sizeof *boxes);
	boxes[0] = h->c->mailboxes[0];
	boxes[0].authserv = (struct strings){ authserv, 1 };
	boxes[1] = (struct mailbox_conf){ .key = "ada", .kind = MAILBOX_PERSONAL, .owner = &h->c->owners[0], .authserv = boxes[0].authserv };
	h->c->mailboxes = boxes, h->c->mailbox_count = 2;
	h->own = &boxes[1];
	WELL(sql_open(pool_print(h->p, "%s/kept.db", h->folder), SQL_DAEMON, &h->q, &e));
	return h;
}

static void house_drop(struct house *h)
{
	assert_int_equal(system(pool_print(h->p, "rm -rf %s", h->folder)), 0);
	sql_close(&h->q);
	pool_end(&h->p);
	free(h);
}

/* One copy, at a place of its own where `uid` is 0. As the collector does it; no commit. */
static enum letter_class arrive(struct house *h, enum copy k, uint32_t uid)
{
	const char *bytes = letters[k];
	struct place at = {
			    .kind = k == SENT || k == PLAIN_SENT ? PLACE_SENT : k == CAPTURED || k == FORGED || k == UNPROVEN ? PLACE_CAPTURE : PLACE_INBOX, .uidvalidity = 1,
			    .uid = uid ? uid : ++h->uid, .folder = k == SENT || k == PLAIN_SENT ? "Sent" : "INBOX", .arrived = h->now };
	enum letter_class class = CLASS_SKIP;
	struct letter l;
	bool has;

	at.mailbox = at.kind == PLACE_CAPTURE ? &h->c->mailboxes[0] : h->own;
	at.owner = at.kind == PLACE_CAPTURE ? NULL : &h->c->owners[0];
	WELL(intake_has(h->q, &at, &has, &e));
	if (has)
		return CLASS_SEEN;
	mime_read(h->p, bytes, strlen(bytes), &l);
	intake_name(h->p, &l, bytes, strlen(bytes));
	WELL(intake(h->q, h->p, h->c, &l, &at, h->now, &class, &e));
	return class;
}

static enum letter_class take(struct house *h, enum copy k)
{
	enum letter_class class;

	WELL(sql_begin(h->q, &e));
	class = arrive(h, k, 0);
	WELL(sql_commit(h->q, &e));
	return class;
}

static size_t promises(struct house *h, enum commitment_state state, struct commitment *one)
{
	struct commitment *list;
	size_t n, found = 0;

	WELL(store_commitments(h->q, h->p, h->c, &h->c->owners[0], true, &list, &n, &e));
	for (size_t i = 0; i < n; i++)
		if (list[i].state == state && found++ == 0 && one)
			*one = list[i];
	return found;
}

static size_t mails(struct house *h, enum mail_kind kind)
{
	struct outgoing *list;
	size_t n, found = 0;

	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 1000, &list, &n, &e));
	for (size_t i = 0; i < n; i++)
		found += list[i].kind == kind;
	return found;
}

static void one_message_is_one_promise_in_whatever_order_its_copies_come(void **state)
{
	const char *given = getenv("KEPT_TEST_SEED"), *seconds = getenv("KEPT_TEST_SECONDS");
	unsigned seed = given ? (unsigned)strtoul(given, NULL, 10) : (unsigned)time(NULL);
	time_t end = time(NULL) + (seconds ? atoi(seconds) : 10);
	int rounds = 0;

	(void)state;
	print_message("seed %u\n", seed);
	for (; rounds < 20 || (time(NULL) < end && rounds < 2000); rounds++) {
		struct house *h = house_make();
		struct commitment one = { .words = "" };
		bool owners, came[COPIES] = { 0 };
		char story[100] = "";
		enum copy cast[3];
		utc next;

		for (int k = 0; k < 3; k++) /* few at a time, so that each pair is alone often */
			cast[k] = rand_r(&seed) % COPIES;
		for (int i = 0, n = 2 + (int)(rand_r(&seed) % 8); i < n; i++) {
			bool rolled = rand_r(&seed) % 4 == 0;
			size_t many = 1 + rand_r(&seed) % 3, from = h->uid;
			char what[8];

			WELL(sql_begin(h->q, &e));
			for (size_t k = 0; k < many; k++) {
				enum copy c = cast[rand_r(&seed) % 3];

				arrive(h, c, 0);
				came[c] |= !rolled;
				snprintf(what, sizeof what, "%c%s", "cSiaFuP"[c], k + 1 < many ? "" : rolled ? "! " : " ");
				strncat(story, what, sizeof story - strlen(story) - 1);
			}
			if (rolled) {
				sql_rollback(h->q);
				h->uid = (uint32_t)from;
			} else {
				WELL(sql_commit(h->q, &e));
			}
			h->now += 60;
		}
		WELL(schedule(h->q, h->c, h->now, &next, &e));
		owners = came[CAPTURED] || came[SENT] || (came[UNPROVEN] && came[PLAIN_SENT]);
		if (promises(h, COMMITMENT_OPEN, &one) != owners || mails(h, MAIL_ACKNOWLEDGEMENT) != owners || promises(h, COMMITMENT_CANDIDATE, NULL) > !owners ||
		    strstr(one.words, "passwords"))
			fail_msg("after %s(c captured, S P in Sent, i in the INBOX, a answer, F forged, u unproven, !: rolled back): %zu promises, %zu acknowledgements, %zu candidates, words \"%s\"", story,
				 promises(h, COMMITMENT_OPEN, NULL), mails(h, MAIL_ACKNOWLEDGEMENT), promises(h, COMMITMENT_CANDIDATE, NULL), one.words);
		house_drop(h);
	}
	print_message("%d stories\n", rounds);
}

static void a_place_that_was_read_is_not_read_again(void **state)
{
	struct house *h = house_make();

	(void)state;
	WELL(sql_begin(h->q, &e));
	assert_int_equal(arrive(h, CAPTURED, 7), CLASS_PROMISE);
	WELL(sql_commit(h->q, &e));
	WELL(sql_begin(h->q, &e));
	assert_int_equal(arrive(h, FORGED, 7), CLASS_SEEN);
	WELL(sql_commit(h->q, &e));
	house_drop(h);
}

static void a_forged_copy_is_held_before_and_after_the_owners(void **state)
{
	struct house *h = house_make();
	struct commitment one;
	struct held_row *held;
	size_t n;

	(void)state;
	assert_int_equal(take(h, FORGED), CLASS_HELD);
	assert_int_equal(promises(h, COMMITMENT_OPEN, NULL), 0);
	assert_int_equal(take(h, CAPTURED), CLASS_PROMISE);
	take(h, FORGED);
	take(h, SENT);
	assert_int_equal(promises(h, COMMITMENT_OPEN, &one), 1);
	assert_non_null(strstr(one.words, "dosing table"));
	WELL(store_held(h->q, h->p, "ada", &held, &n, &e));
	assert_true(n >= 1);
	house_drop(h);
}

static void an_answer_belongs_to_the_promise_whichever_comes_first(void **state)
{
	for (int first = 0; first < 2; first++) {
		struct house *h = house_make();
		struct commitment one;
		utc answered = 0;
		bool found;

		(void)state;
		take(h, first ? ANSWERED : CAPTURED);
		take(h, first ? CAPTURED : ANSWERED);
		take(h, ANSWERED); /* the same under another UID: nothing more */
		assert_int_equal(promises(h, COMMITMENT_OPEN, &one), 1);
		WELL(store_commitment(h->q, h->p, h->c, one.id, &one, &answered, &found, &e));
		if (!first)
			assert_true(answered > 0);
		house_drop(h);
	}
}

static void what_has_no_message_id_is_one_message_by_its_bytes(void **state)
{
	struct pool *p = pool_new();
	struct letter a = { .message_id = "" }, b = { .message_id = "" }, c = { .message_id = "" }, named = { .message_id = "<x@y>" };

	(void)state;
	intake_name(p, &a, "one", 3);
	intake_name(p, &b, "one", 3);
	intake_name(p, &c, "two", 3);
	intake_name(p, &named, "one", 3);
	assert_string_equal(a.message_id, b.message_id);
	assert_string_not_equal(a.message_id, c.message_id);
	assert_string_equal(named.message_id, "<x@y>");
	pool_end(&p);
}

static void what_cannot_be_taken_in_is_held_and_its_place_is_done(void **state)
{
	struct house *h = house_make();
	struct place at = { .kind = PLACE_CAPTURE, .mailbox = &h->c->mailboxes[0], .folder = "INBOX", .uidvalidity = 1, .uid = 9 };
	struct held_row *held;
	struct letter l;
	bool has;
	size_t n;

	(void)state;
	mime_read(h->p, letters[CAPTURED], strlen(letters[CAPTURED]), &l);
	WELL(sql_begin(h->q, &e));
	WELL(intake_spoilt(h->q, h->p, h->c, &l, &at, "unreadable: by a test", h->now, &e));
	WELL(sql_commit(h->q, &e));
	WELL(intake_has(h->q, &at, &has, &e));
	assert_true(has);
	assert_int_equal(promises(h, COMMITMENT_OPEN, NULL), 0);
	WELL(store_held(h->q, h->p, "ada", &held, &n, &e));
	assert_int_equal(n, 1);
	assert_string_equal(held[0].reason, "unreadable: by a test");
	/* by hand it counts, as the owner's */
	WELL(sql_begin(h->q, &e));
	WELL(intake_accept(h->q, h->p, h->c, held[0].id, h->now, &e));
	WELL(sql_commit(h->q, &e));
	assert_int_equal(promises(h, COMMITMENT_OPEN, NULL), 1);
	house_drop(h);
}

static void a_body_travels_only_where_it_may_matter(void **state)
{
	static const struct row {
		const char *name, *header;
		enum place_kind kind;
		bool wants;
	} rows[] = {
		{ "all of a capture mailbox", "From: x@example.net\r\nSubject: s\r\n\r\n", PLACE_CAPTURE, true },
		{ "all of Sent", "From: ada@example.org\r\nSubject: s\r\n\r\n", PLACE_SENT, true },
		{ "a stranger's mail in the INBOX: no", "From: x@example.net\r\nTo: ada@example.org\r\nSubject: s\r\n\r\n", PLACE_INBOX, false },
		{ "what answers a promise's thread", "From: x@example.net\r\nIn-Reply-To: <one@example.org>\r\nSubject: s\r\n\r\n", PLACE_INBOX, true },
		{ "a report of any shape", "From: MAILER-DAEMON@example.net\r\nSubject: s\r\n\r\n", PLACE_INBOX, true },
		{ "an automatic reply outside the thread", "From: x@example.net\r\nAuto-Submitted: auto-replied\r\n\r\n", PLACE_INBOX, true },
		{ "a calendar answer", "From: x@example.net\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n", PLACE_INBOX, true },
		{ "a tag in the owner's own subject", "From: ada@example.org\r\nTo: x@example.net\r\nSubject: s [kept friday]\r\n\r\n", PLACE_INBOX, true },
	};
	struct house *h = house_make();

	(void)state;
	take(h, CAPTURED);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct place at = { .kind = rows[i].kind, .mailbox = rows[i].kind == PLACE_CAPTURE ? &h->c->mailboxes[0] : h->own,
				    .owner = rows[i].kind == PLACE_CAPTURE ? NULL : &h->c->owners[0], .folder = "INBOX" };
		struct letter l;
		bool wants;

		mime_read(h->p, rows[i].header, strlen(rows[i].header), &l);
		WELL(intake_wants(h->q, h->p, h->c, &l, &at, &wants, &e));
		if (wants != rows[i].wants)
			fail_msg("%s: %s", rows[i].name, wants ? "its body would travel" : "its body would not travel");
	}
	house_drop(h);
}

int main(void)
{
	const struct CMUnitTest t[] = {
		cmocka_unit_test(one_message_is_one_promise_in_whatever_order_its_copies_come),
		cmocka_unit_test(a_place_that_was_read_is_not_read_again),
		cmocka_unit_test(a_forged_copy_is_held_before_and_after_the_owners),
		cmocka_unit_test(an_answer_belongs_to_the_promise_whichever_comes_first),
		cmocka_unit_test(what_has_no_message_id_is_one_message_by_its_bytes),
		cmocka_unit_test(what_cannot_be_taken_in_is_held_and_its_place_is_done),
		cmocka_unit_test(a_body_travels_only_where_it_may_matter),
	};

	return cmocka_run_group_tests_name("intake", t, NULL, NULL);
}
