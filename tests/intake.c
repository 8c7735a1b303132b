/* intake: one message is understood exactly once, in whatever order, place and number its copies come
 *
 * The law is tried with chance (a seed that is printed): copies of an owner's mail, in the capture mailbox, in Sent, again
 * under another UID or UIDVALIDITY, among a stranger's that uses the same Message-ID; commits and rollbacks between them. */
#include "ledger.h"

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

static struct house *house_make(void)
{
	static const char *authserv[] = { "mx.example.org" };
	struct house *h = calloc(1, sizeof *h);
	struct mailbox_conf *boxes;

	h->p = pool_new();
	h->c = rows_conf(h->p);
	h->now = rows_at(h->c, "2026-11-25T09:05");
	boxes = pool_list(h->p, 2, sizeof *boxes);
	boxes[0] = h->c->mailboxes[0];
	boxes[0].authserv = (struct strings){ authserv, 1 };
	boxes[1] = (struct mailbox_conf){ .key = "ada", .kind = MAILBOX_PERSONAL, .owner = &h->c->owners[0], .authserv = boxes[0].authserv };
	h->c->mailboxes = boxes, h->c->mailbox_count = 2;
	h->own = &boxes[1];
	h->q = ledger_make(h->p, h->folder);
	return h;
}

static void house_drop(struct house *h)
{
	assert_int_equal(ledger_drop(h->p, h->folder, &h->q), 0);
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

/* What the other person was told is what the sentence says, whatever day the owner's own tag has. */
static void they_were_told_what_the_sentence_says(void **state)
{
	static const struct row {
		const char *tag, *says, *due, *told;
	} list[] = {
		{ "kept+thursday", "I will send you the dosing table by Friday.", "2026-11-26T09:00", "2026-11-27T17:00" },
		{ "kept", "I will send you the dosing table by Friday.", "2026-11-27T17:00", "2026-11-27T17:00" },
		{ "kept", "I will send you the dosing table next week.", "2026-11-30T09:00", "2026-12-04T17:00" },
		{ "kept", "Ich schicke Ihnen die Tabelle im Januar.", "2027-01-01T09:00", "2027-01-29T17:00" },
		{ "kept+1dec", "I will send you the dosing table by Friday.", "2026-12-01T09:00", "2026-12-01T09:00" },
		{ "kept+friday", "I will send you the dosing table.", "2026-11-27T09:00", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		struct house *h = house_make();
		const char *bytes = pool_print(h->p, "Delivered-To: %s@example.org\r\n"
						     "Authentication-Results: mx.example.org; dkim=pass header.d=example.org; dmarc=pass header.from=example.org\r\n"
						     "From: Ada Lovelace <ada@example.org>\r\nTo: Carol <carol@example.com>\r\nSubject: The table\r\n"
						     "Date: Wed, 25 Nov 2026 09:00:00 +0100\r\nMessage-ID: <one@example.org>\r\n\r\nDear Carol,\r\n\r\n%s\r\n\r\nAda\r\n",
					       list[i].tag, list[i].says);
		struct place at = { .mailbox = &h->c->mailboxes[0], .kind = PLACE_CAPTURE, .uidvalidity = 1, .uid = 1, .folder = "INBOX", .arrived = h->now };
		enum letter_class class;
		struct commitment m;
		struct letter l;

		mime_read(h->p, bytes, strlen(bytes), &l);
		intake_name(h->p, &l, bytes, strlen(bytes));
		WELL(sql_begin(h->q, &e));
		WELL(intake(h->q, h->p, h->c, &l, &at, h->now, &class, &e));
		WELL(sql_commit(h->q, &e));
		assert_int_equal(promises(h, COMMITMENT_OPEN, &m), 1);
		assert_int_equal(m.due, rows_at(h->c, list[i].due));
		assert_int_equal(m.told, list[i].told ? rows_at(h->c, list[i].told) : 0);
		house_drop(h);
	}
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

static void one_held_copy_of_several_is_accepted_once(void **state)
{
	struct house *h = house_make();
	struct held_row *held;
	const char *refused;
	size_t n;

	(void)state;
	take(h, FORGED);
	take(h, UNPROVEN);
	take(h, UNPROVEN);
	take(h, PLAIN_SENT); /* behind another that is held under its Message-ID, and twice */
	assert_int_equal(promises(h, COMMITMENT_OPEN, NULL), 1);
	WELL(store_held(h->q, h->p, "ada", &held, &n, &e));
	assert_int_equal(n, 1); /* the forged one */
	house_drop(h);
	h = house_make();
	take(h, FORGED);
	take(h, UNPROVEN);
	take(h, UNPROVEN);
	WELL(store_held(h->q, h->p, "ada", &held, &n, &e));
	assert_true(n >= 2);
	WELL(sql_begin(h->q, &e));
	WELL(intake_accept(h->q, h->p, h->c, held[1].id, h->now, &refused, &e));
	WELL(sql_commit(h->q, &e));
	assert_null(refused);
	assert_int_equal(promises(h, COMMITMENT_OPEN, NULL), 1);
	WELL(store_held(h->q, h->p, "ada", &held, &n, &e));
	assert_int_equal(n, 1);
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

/* What one wrote to kept alone: the subject is what, a date in either is when, what else the body says is the note. */
static void a_note_to_kept_alone_keeps_its_body_and_its_date(void **state)
{
	static const struct { const char *subject, *body, *due, *note; } rows[] = {
		{ "renew passport", "next friday", "2026-12-04T09:00", "" },
		{ "renew passport", "by friday", "2026-11-27T17:00", "" },
		{ "Buy printer paper tomorrow", "", "2026-11-26T09:00", "" },
		{ "Buy printer paper tomorrow", "A4, the heavy one\r\nfrom the usual shop", "2026-11-26T09:00", "A4, the heavy one from the usual shop" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct house *h = house_make();
		struct place at = { .kind = PLACE_CAPTURE, .mailbox = &h->c->mailboxes[0], .folder = "INBOX", .uidvalidity = 1, .uid = 1, .arrived = h->now };
		enum letter_class class;
		struct commitment *list;
		struct letter l;
		size_t n;
		const char *bytes = pool_print(h->p,
			"Return-Path: <ada@example.org>\r\nDelivered-To: kept@example.org\r\n"
			"Authentication-Results: mx.example.org; dkim=pass header.d=example.org; dmarc=pass header.from=example.org\r\n"
			"From: Ada Lovelace <ada@example.org>\r\nTo: kept@example.org\r\nSubject: %s\r\nDate: Wed, 25 Nov 2026 09:00:00 +0100\r\n"
			"Message-ID: <note@example.org>\r\n\r\n%s\r\n", rows[i].subject, rows[i].body);

		mime_read(h->p, bytes, strlen(bytes), &l);
		WELL(sql_begin(h->q, &e));
		WELL(intake(h->q, h->p, h->c, &l, &at, h->now, &class, &e));
		WELL(sql_commit(h->q, &e));
		assert_int_equal(class, CLASS_PROMISE);
		WELL(store_commitments(h->q, h->p, h->c, &h->c->owners[0], false, &list, &n, &e));
		assert_int_equal(n, 1);
		assert_string_equal(list[0].what, rows[i].subject);
		assert_int_equal(list[0].due, rows_at(h->c, rows[i].due));
		assert_string_equal(list[0].note, rows[i].note);
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
	const char *refused;
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
	WELL(intake_accept(h->q, h->p, h->c, held[0].id, h->now, &refused, &e));
	assert_null(refused);
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

/* ---- attacks ---- */

/* Bytes at a place of their own; committed. */
static enum letter_class bring(struct house *h, enum place_kind kind, const char *bytes)
{
	struct place at = { .kind = kind, .uidvalidity = 1, .uid = ++h->uid, .folder = kind == PLACE_SENT ? "Sent" : "INBOX", .arrived = h->now };
	enum letter_class class = CLASS_SKIP;
	struct letter l;

	at.mailbox = kind == PLACE_CAPTURE ? &h->c->mailboxes[0] : h->own;
	at.owner = kind == PLACE_CAPTURE ? NULL : &h->c->owners[0];
	mime_read(h->p, bytes, strlen(bytes), &l);
	intake_name(h->p, &l, bytes, strlen(bytes));
	WELL(sql_begin(h->q, &e));
	WELL(intake(h->q, h->p, h->c, &l, &at, h->now, &class, &e));
	WELL(sql_commit(h->q, &e));
	return class;
}

/* A mail of Ada's to Carol within the promise's thread, which promises nothing; as it lies in Sent, or with what servers wrote above. */
static char *plain_mail(struct house *h, const char *above, const char *id)
{
	return pool_print(h->p, "%sFrom: Ada Lovelace <ada@example.org>\r\nTo: Carol <carol@example.com>\r\nSubject: Re: The dosing table\r\n"
				"Date: Wed, 25 Nov 2026 09:04:00 +0100\r\nIn-Reply-To: <one@example.org>\r\nMessage-ID: <%s@example.org>\r\n\r\n"
				"It was good to see you.\r\n", above, id);
}

static void each_promise_of_a_mail_is_to_whom_it_names(void **state)
{
	struct house *h = house_make();
	struct commitment *list;
	size_t n;

	(void)state;
	bring(h, PLACE_CAPTURE, "Delivered-To: kept@example.org\r\nAuthentication-Results: mx.example.org; dmarc=pass header.from=example.org\r\n"
				"From: Ada <ada@example.org>\r\nTo: Alan <alan@a.example>, Ivy <ivy@b.example>\r\nSubject: Data\r\n"
				"Date: Wed, 25 Nov 2026 09:04:00 +0100\r\nMessage-ID: <each@example.org>\r\n\r\n"
				"Dear both,\r\n\r\nAlan, I'll send you the data by Friday. Ivy, you will have the slides on Monday.\r\n");
	WELL(store_commitments(h->q, h->p, h->c, &h->c->owners[0], true, &list, &n, &e));
	assert_int_equal(n, 2);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(list[i].to.n, 1);
		assert_string_equal(list[i].to.list[0].address, strstr(list[i].words, "data") ? "alan@a.example" : "ivy@b.example");
	}
	assert_string_not_equal(list[0].words, list[1].words);
	house_drop(h);
}

static void how_somebody_ends_all_letters_is_not_what_they_answer(void **state)
{
	static const char *const says[] = { "Is it the one of 2024?", "When will you know more?", "Thank you!" };
	struct house *h = house_make();
	struct commitment one;
	utc answered[3] = { 0 };
	bool found;

	(void)state;
	take(h, CAPTURED);
	for (int i = 0; i < 3; i++) {
		h->now += 3600;
		bring(h, PLACE_INBOX, pool_print(h->p, "From: Carol <carol@example.com>\r\nTo: ada@example.org\r\nSubject: Re: The dosing table\r\n"
						       "Date: Wed, 25 Nov 2026 1%d:30:00 +0100\r\nIn-Reply-To: <one@example.org>\r\n"
						       "Message-ID: <end%d@example.com>\r\n\r\n%s\r\n\r\nCarol Rossi, Ward 3\r\n"
						       "Have you seen what our clinic does? Which of our courses would you like to visit?\r\n", i, i, says[i]));
		assert_int_equal(promises(h, COMMITMENT_OPEN, &one), 1);
		WELL(store_commitment(h->q, h->p, h->c, one.id, &one, &answered[i], &found, &e));
	}
	assert_true(answered[0] > 0 && answered[1] > answered[0]);
	assert_int_equal(answered[2], answered[1]); /* thanks alone are a courtesy, whatever stands below them */
	house_drop(h);
}

static void what_is_sent_on_to_an_address_that_tags_does_not_act(void **state)
{
#define SIGNED "dkim=pass header.d=example.org; "
	static const struct row {
		const char *name, *results; /* results NULL: the server wrote none */
		const char *id;
		int minutes;
		enum { NEVER, FIRST, AFTER } sent; /* when the copy in Sent is read */
		bool acts;
	} rows[] = {
		{ "the server says that it is forged", "dmarc=fail header.from=example.org", "two", 1, FIRST, false },
		{ "the server says so, before Sent is read", "dmarc=fail header.from=example.org", "two", 1, AFTER, false },
		{ "signed, from another's server", SIGNED "spf=pass smtp.mailfrom=carol@example.com", "two", 1, FIRST, false },
		{ "signed, in the owner's name from another's server", SIGNED "spf=fail smtp.mailfrom=ada@example.org", "two", 1, FIRST, false },
		{ "signed, under another Message-ID", SIGNED "spf=pass smtp.mailfrom=carol@example.com", "new", 1, FIRST, false },
		{ "signed, hours later", SIGNED "dmarc=pass header.from=example.org", "two", 180, FIRST, false },
		{ "nothing is said, hours later", NULL, "two", 180, FIRST, false },
		{ "nothing is said, hours later, before Sent is read", NULL, "two", 180, AFTER, false },
		{ "signed, never seen, days later from another's server", SIGNED "spf=none smtp.mailfrom=carol@example.com", "two", 3000, NEVER, false },
		{ "the owner's own, signed and from their server", SIGNED "spf=pass smtp.mailfrom=ada@example.org", "two", 1, FIRST, true },
		{ "the owner's own, from their server hours later", SIGNED "spf=pass smtp.mailfrom=ada@example.org", "two", 180, FIRST, true },
		{ "the owner's own, handed in", "auth=pass smtp.auth=ada@example.org", "two", 1, FIRST, true },
		{ "the owner's own, signed", SIGNED "dmarc=pass header.from=example.org", "two", 1, FIRST, true },
		{ "the owner's own, and nothing is said", NULL, "two", 1, FIRST, true },
		{ "the owner's own, and nothing is said, before Sent is read", NULL, "two", 1, AFTER, true },
		{ "the owner's own, through a forwarder, never seen", SIGNED "spf=none smtp.mailfrom=list@example.net", "two", 1, NEVER, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *r = &rows[i];
		struct house *h = house_make();
		char *results = r->results ? pool_print(h->p, "Authentication-Results: mx.example.org; %s\r\n", r->results) : pool_copy(h->p, "");
		char *again = plain_mail(h, pool_print(h->p, "Delivered-To: kept+done@example.org\r\n%s", results), r->id);

		take(h, CAPTURED);
		if (r->sent == FIRST)
			bring(h, PLACE_SENT, plain_mail(h, "", "two"));
		h->now += r->minutes * 60;
		bring(h, PLACE_CAPTURE, again);
		if (r->sent == AFTER)
			bring(h, PLACE_SENT, plain_mail(h, "", "two"));
		if (promises(h, COMMITMENT_KEPT, NULL) + promises(h, COMMITMENT_DELIVERED, NULL) != r->acts)
			fail_msg("%s: %s", r->name, r->acts ? "it did not act" : "it acted");
		/* once it has, it never does again, whatever the address */
		if (r->acts) {
			size_t before = mails(h, MAIL_ACKNOWLEDGEMENT);

			again = plain_mail(h, pool_print(h->p, "Delivered-To: kept+1h@example.org\r\n%s", results), "other");
			assert_int_equal(bring(h, PLACE_CAPTURE, again), CLASS_SEEN);
			assert_int_equal(mails(h, MAIL_ACKNOWLEDGEMENT), before);
		}
		house_drop(h);
	}
}

static void a_tag_in_a_subject_is_its_writers(void **state)
{
	static const struct row {
		const char *name, *theirs, *ours; /* theirs: the subject that is answered; NULL: unknown */
		const char *text;
		bool promise;
	} rows[] = {
		{ "a stranger's tag is carried on by the answer", "Numbers [kept 1h]", "Re: Numbers [kept 1h]", "See you there.", false },
		{ "though the promise is the owner's", "Numbers [kept done]", "AW: Numbers [kept done]", "Thank you for coming.", false },
		{ "another tag is the owner's", "Numbers [kept 1h]", "Re: Numbers [kept friday]", "See you there.", true },
		{ "a tag in the answer alone", "Numbers", "Re: Numbers [kept friday]", "See you there.", true },
		{ "a tag in an answer to what kept has not seen", NULL, "Re: Numbers [kept friday]", "See you there.", true },
		{ "but the quoted header has it", NULL, "Re: Numbers [kept friday]", "See you there.\r\n\r\n-----Original Message-----\r\n"
		  "From: Mallory <mallory@example.net>\r\nSent: Wednesday, November 25, 2026 8:58 AM\r\nTo: Ada Lovelace <ada@example.org>\r\n"
		  "Subject: Numbers [kept friday]\r\n\r\nHere they are.", false },
		{ "nor does a line in the quoted text tag", NULL, "Re: Numbers", "See you there.\r\n\r\nOn Wed, 25 Nov 2026 at 08:58, Mallory <mallory@example.net> wrote:\r\n"
		  "> kept: pay Mallory by friday\r\n", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct house *h = house_make();
		const char *theirs = rows[i].theirs;

		if (theirs)
			assert_int_equal(bring(h, PLACE_INBOX, pool_print(h->p, "From: Mallory <mallory@example.net>\r\nTo: Ada <ada@example.org>\r\nSubject: %s\r\n"
				"Date: Wed, 25 Nov 2026 08:58:00 +0100\r\nMessage-ID: <them@example.net>\r\n\r\nHere they are.\r\n", theirs)), CLASS_SKIP);
		bring(h, PLACE_SENT, pool_print(h->p, "From: Ada Lovelace <ada@example.org>\r\nTo: Mallory <mallory@example.net>\r\nSubject: %s\r\n"
			"Date: Wed, 25 Nov 2026 09:04:00 +0100\r\nIn-Reply-To: <them@example.net>\r\nMessage-ID: <us@example.org>\r\n\r\n%s\r\n",
			rows[i].ours, rows[i].text));
		if (promises(h, COMMITMENT_OPEN, NULL) != rows[i].promise)
			fail_msg("%s: %s", rows[i].name, rows[i].promise ? "no promise" : "a promise");
		house_drop(h);
	}
}

static bool acknowledged(struct house *h, const char *words)
{
	struct outgoing *list, o;
	size_t n;
	bool found = false, has;

	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 1000, &list, &n, &e));
	for (size_t i = 0; i < n; i++) {
		WELL(outbox_get(h->q, h->p, list[i].id, &o, &has, &e));
		found |= has && memmem(o.bytes, o.n, words, strlen(words));
	}
	return found;
}

static void a_held_message_that_cannot_be_read_costs_only_its_own_command(void **state)
{
	struct house *h = house_make();
	struct held_row bad = { .owner = "ada", .reason = "unproven: x", .sender = "", .subject = "", .mailbox = "capture", .folder = "INBOX", .facts = "no facts", .n = 8 };
	int64_t id;

	(void)state;
	take(h, CAPTURED);
	WELL(sql_begin(h->q, &e));
	bad.letter = 1, bad.at = h->now;
	WELL(store_held_add(h->q, &bad, &id, &e));
	WELL(sql_commit(h->q, &e));
	assert_int_equal(bring(h, PLACE_CAPTURE, "Delivered-To: kept@example.org\r\n"
		"Authentication-Results: mx.example.org; dmarc=pass header.from=example.org\r\nFrom: ada@example.org\r\nTo: kept@example.org\r\n"
		"Subject: x\r\nDate: Wed, 25 Nov 2026 09:04:00 +0100\r\nMessage-ID: <c@example.org>\r\n\r\naccept h1\r\ndone 1\r\n"), CLASS_COMMAND);
	assert_int_equal(promises(h, COMMITMENT_KEPT, NULL) + promises(h, COMMITMENT_DELIVERED, NULL), 1);
	assert_true(acknowledged(h, "h1 was not accepted"));
	assert_false(acknowledged(h, "h1 is accepted"));
	house_drop(h);
}

static void held_messages_are_bounded_by_number_and_age(void **state)
{
	struct house *h = house_make();
	struct held_row *held;
	size_t n;

	(void)state;
	for (int i = 0; i < 503; i++)
		bring(h, PLACE_CAPTURE, pool_print(h->p, "Delivered-To: kept@example.org\r\nFrom: ada@example.org\r\nTo: kept@example.org\r\nSubject: %d\r\n"
			"Message-ID: <%d@example.net>\r\n\r\nI will pay.\r\n", i, i));
	WELL(store_held(h->q, h->p, "ada", &held, &n, &e));
	assert_int_equal(n, 500);
	assert_int_equal(mails(h, MAIL_NOTICE), 1); /* one, however many come */
	/* what was told gives way to what is new */
	WELL(sql_begin(h->q, &e));
	WELL(store_held_told(h->q, "ada", held[9].id, h->now, &e));
	WELL(sql_commit(h->q, &e));
	bring(h, PLACE_CAPTURE, "Delivered-To: kept@example.org\r\nFrom: ada@example.org\r\nTo: kept@example.org\r\nSubject: new\r\nMessage-ID: <n@example.net>\r\n\r\nI will pay.\r\n");
	WELL(store_held(h->q, h->p, "ada", &held, &n, &e));
	assert_int_equal(n, 500);
	/* a month after they were told they are forgotten; what was not told stays */
	h->now += 31 * 86400;
	bring(h, PLACE_CAPTURE, "Delivered-To: kept@example.org\r\nFrom: ada@example.org\r\nTo: kept@example.org\r\nSubject: late\r\nMessage-ID: <l@example.net>\r\n\r\nI will pay.\r\n");
	WELL(store_held(h->q, h->p, "ada", &held, &n, &e));
	assert_int_equal(n, 500 - 9 + 1);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(held[i].told, 0);
	house_drop(h);
}

/* The signed header below a thousand fields of a stranger's, who writes what is read above them. */
static void a_header_that_is_not_read_whole_is_held(void **state)
{
	struct house *h = house_make();
	struct text *t = text_new(h->p, 1 << 20);

	(void)state;
	text_add(t, "Delivered-To: kept+1h@example.org\r\nAuthentication-Results: mx.example.org; dkim=pass header.d=example.org\r\n"
		    "From: ada@example.org\r\nSubject: Pay Mallory\r\nTo: mallory@example.net\r\nMessage-ID: <m@example.net>\r\n");
	for (int i = 0; i < 1000; i++)
		text_add(t, "X: y\r\n");
	text_add(t, "From: ada@example.org\r\nSubject: The weather\r\nTo: carol@example.com\r\nDate: Wed, 25 Nov 2026 09:04:00 +0100\r\n\r\nI will do it.\r\n");
	assert_int_equal(bring(h, PLACE_CAPTURE, t->s), CLASS_HELD);
	assert_int_equal(promises(h, COMMITMENT_OPEN, NULL), 0);
	house_drop(h);
}

/* A mail costs what a mail costs, whatever it is made of. */
static void a_mail_made_to_exhaust_costs_little(void **state)
{
	static const char above[] = "Delivered-To: kept+friday@example.org\r\nAuthentication-Results: mx.example.org; dmarc=pass header.from=example.org\r\n"
				    "From: ada@example.org\r\nDate: Wed, 25 Nov 2026 09:04:00 +0100\r\n";
	static const char *const names[] = { "tags", "references", "addresses", "delivery traces", "parts", "messages within messages", "promises", "brackets" };

	(void)state;
	for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
		struct house *h = house_make();
		struct text *t = text_new(h->p, 8 << 20);
		struct timespec from, to;
		double seconds;

		if (k == 3)
			for (int i = 0; i < 500; i++)
				text_print(t, "Delivered-To: kept+%dd@example.org\r\n", i);
		text_print(t, "%sMessage-ID: <x%zu@example.org>\r\n", above, k);
		if (k == 1) {
			text_add(t, "References:");
			for (int i = 0; i < 5000; i++)
				text_print(t, " <%d@example.net>\r\n", i);
		}
		if (k == 2) {
			text_add(t, "To: carol@example.com");
			for (int i = 0; i < 5000; i++)
				text_print(t, ",\r\n a%d@example.com", i);
			text_add(t, "\r\n");
		}
		text_add(t, "Subject: ");
		for (int i = 0; k == 7 && i < 20000; i++)
			text_add(t, "[kept ");
		text_add(t, "x\r\n");
		if (k == 4) {
			text_add(t, "Content-Type: multipart/mixed; boundary=b\r\n\r\n");
			for (int i = 0; i < 10000; i++)
				text_add(t, "--b\r\nContent-Type: text/plain\r\n\r\nI will send it.\r\n");
		}
		for (int i = 0; k == 5 && i < 2000; i++)
			text_add(t, "Content-Type: message/rfc822\r\n\r\nFrom: x@example.net\r\nSubject: x\r\n");
		text_add(t, "\r\n");
		for (int i = 0; k == 0 && i < 20000; i++)
			text_add(t, "kept: send it by friday\r\n");
		for (int i = 0; k == 6 && i < 5000; i++)
			text_print(t, "I will send you paper %d by Friday. ", i);
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from); /* of this process: a busy machine fails no test */
		bring(h, PLACE_CAPTURE, t->s);
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
		seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
		print_message("%s: %.2f s, %zu promises\n", names[k], seconds, promises(h, COMMITMENT_OPEN, NULL));
		if (seconds > 20 || promises(h, COMMITMENT_OPEN, NULL) > 40 || mails(h, MAIL_ACKNOWLEDGEMENT) > 1)
			fail_msg("%s: %.1f s, %zu promises, %zu acknowledgements", names[k], seconds, promises(h, COMMITMENT_OPEN, NULL), mails(h, MAIL_ACKNOWLEDGEMENT));
		house_drop(h);
	}
}

int main(void)
{
	const struct CMUnitTest t[] = {
		cmocka_unit_test(a_header_that_is_not_read_whole_is_held),
		cmocka_unit_test(a_mail_made_to_exhaust_costs_little),
		cmocka_unit_test(what_is_sent_on_to_an_address_that_tags_does_not_act),
		cmocka_unit_test(a_tag_in_a_subject_is_its_writers),
		cmocka_unit_test(a_held_message_that_cannot_be_read_costs_only_its_own_command),
		cmocka_unit_test(held_messages_are_bounded_by_number_and_age),
		cmocka_unit_test(they_were_told_what_the_sentence_says),
		cmocka_unit_test(one_message_is_one_promise_in_whatever_order_its_copies_come),
		cmocka_unit_test(a_place_that_was_read_is_not_read_again),
		cmocka_unit_test(a_forged_copy_is_held_before_and_after_the_owners),
		cmocka_unit_test(each_promise_of_a_mail_is_to_whom_it_names),
		cmocka_unit_test(how_somebody_ends_all_letters_is_not_what_they_answer),
		cmocka_unit_test(one_held_copy_of_several_is_accepted_once),
		cmocka_unit_test(an_answer_belongs_to_the_promise_whichever_comes_first),
		cmocka_unit_test(what_has_no_message_id_is_one_message_by_its_bytes), cmocka_unit_test(a_note_to_kept_alone_keeps_its_body_and_its_date),
		cmocka_unit_test(what_cannot_be_taken_in_is_held_and_its_place_is_done),
		cmocka_unit_test(a_body_travels_only_where_it_may_matter),
	};

	return cmocka_run_group_tests_name("intake", t, NULL, NULL);
}
