/* drafts: held mail in a folder of drafts of our own, that refuses, loses and is changed; a real ledger, no network */
#include "ledger.h"

#include <stdio.h>

#include "borders/outbox.h"
#include "borders/record.h"
#include "borders/store.h"
#include "letters/mime.h"
#include "work/drafts.h"
#include "work/execute.h"
#include "work/intake.h"
#include "work/schedule.h"

#define WEDNESDAY "2026-11-25T10:00"
enum { HOUR = 3600 };

/* What the server answers. */
enum how { WELL_DONE, NO, DEAD, UNSURE_BUT_THERE, UNSURE_AND_GONE };

struct house {
	char folder[64];
	struct pool *p;
	struct conf *c;
	struct sql *q;
	utc now;
	struct desk desk;
	struct { const char *bytes; size_t n; uint32_t uid; } lies[10];
	size_t count;
	uint32_t uid;
	enum how select, append, remove, find;
	bool alive, rewrites; /* rewrites: the server keeps a message in its own way */
	int selects, appends;
	const char *named; /* the folder; NULL: Drafts */
};

static struct err e;

/* ---- the folder ---- */

static bool answers(struct house *h, enum how how, struct err *out)
{
	h->alive = how == WELL_DONE || how == NO;
	return how == WELL_DONE || (how == NO ? err_perm(out, "it is full") : how == DEAD ? err_temp(out, "nobody answers") : err_unsure(out, "the answer was lost"));
}

static bool desk_select(void *arg, struct pool *p, const char **folder, struct mailbox_folder *f, struct err *out)
{
	struct house *h = arg;

	h->selects++;
	*folder = pool_copy(p, h->named ? h->named : "Drafts");
	*f = (struct mailbox_folder){ .uidvalidity = 7 };
	return answers(h, h->select, out);
}

static bool desk_find(void *arg, struct pool *p, const char *bcc, const char *message_id, uint32_t **uids, size_t *n, struct err *out)
{
	struct house *h = arg;

	*uids = pool_list(p, 10, sizeof **uids);
	*n = 0;
	for (size_t i = 0; i < h->count; i++)
		if (strstr(h->lies[i].bytes, bcc) || strstr(h->lies[i].bytes, message_id))
			(*uids)[(*n)++] = h->lies[i].uid;
	return answers(h, h->find, out);
}

static bool desk_draft(void *arg, struct pool *p, uint32_t uid, struct delivery *out, bool *found, struct err *ignored)
{
	struct house *h = arg;

	(void)p, (void)ignored;
	*found = false;
	for (size_t i = 0; i < h->count; i++)
		if (h->lies[i].uid == uid) {
			*out = (struct delivery){ .uid = uid, .body = h->lies[i].bytes, .body_length = h->lies[i].n };
			*found = true;
		}
	return true;
}

static void put_there(struct house *h, const char *bytes)
{
	h->lies[h->count].bytes = pool_copy(h->p, bytes);
	h->lies[h->count].n = strlen(bytes);
	h->lies[h->count++].uid = ++h->uid;
}

static bool desk_append(void *arg, const char *folder, const char *bytes, size_t n, uint32_t *uidvalidity, uint32_t *uid, struct err *out)
{
	struct house *h = arg;

	assert_string_equal(folder, "Drafts");
	assert_int_equal(n, strlen(bytes));
	h->appends++;
	if (h->append == WELL_DONE || h->append == UNSURE_BUT_THERE)
		put_there(h, h->rewrites ? pool_print(h->p, "X-Server: mine\r\n%s", bytes) : bytes);
	*uidvalidity = 7, *uid = h->uid;
	return answers(h, h->append, out);
}

static void take_away(struct house *h, uint32_t uid)
{
	size_t kept = 0;

	for (size_t i = 0; i < h->count; i++)
		if (h->lies[i].uid != uid)
			h->lies[kept++] = h->lies[i];
	h->count = kept;
}

static bool desk_remove(void *arg, uint32_t uid, struct err *out)
{
	struct house *h = arg;

	if (h->remove == WELL_DONE)
		take_away(h, uid);
	return answers(h, h->remove, out);
}

static bool desk_alive(void *arg)
{
	return ((struct house *)arg)->alive;
}

/* ---- the house ---- */

static int make(void **state)
{
	struct house *h = calloc(1, sizeof *h);
	struct mailbox_conf *m;

	h->p = pool_new();
	h->c = rows_conf(h->p);
	m = pool_list(h->p, 2, sizeof *m);
	m[0] = h->c->mailboxes[0];
	m[1] = (struct mailbox_conf){ .key = "own", .kind = MAILBOX_PERSONAL, .owner = &h->c->owners[0], .drafts = "\\Drafts" };
	h->c->mailboxes = m, h->c->mailbox_count = 2;
	h->now = rows_at(h->c, WEDNESDAY);
	h->q = ledger_make(h->p, h->folder);
	h->desk = (struct desk){ desk_select, desk_find, desk_draft, desk_append, desk_remove, desk_alive, h, 0, false };
	*state = h;
	return 0;
}

static int drop(void **state)
{
	struct house *h = *state;
	int rc = ledger_drop(h->p, h->folder, &h->q);

	pool_end(&h->p);
	free(h);
	return rc;
}

static int64_t promise(struct house *h)
{
	struct commitment m = { .owner = &h->c->owners[0], .state = COMMITMENT_OPEN, .what = "the subgroup data", .words = "", .subject = "Subgroups",
				.message_id = "<a1@example.org>", .policy = "default", .team = "", .every = "", .due = h->now + 5 * 86400, .due_words = "",
				.due_error = "", .note = "" };

	addrs_add(h->p, &m.to, "Carol", "carol@example.com");
	WELL(sql_begin(h->q, &e));
	WELL(execute_add(h->q, h->p, h->c, &m, "by a test", h->now, &e));
	WELL(store_thread_add(h->q, m.id, "<a1@example.org>", &e));
	WELL(sql_commit(h->q, &e));
	return m.id;
}

/* A mail to Carol that waits for Ada's word. */
static int64_t wait_about(struct house *h, int64_t promise_id)
{
	static int n;
	struct mail m = { .kind = MAIL_RECEIPT, .owner = &h->c->owners[0], .to = { "Carol", "carol@example.com" }, .outside = true,
			  .from_name = line_from(h->p, "Ada Lovelace", NAME_MOST), .from = line_from(h->p, "ada@example.org", ADDRESS_MOST),
			  .subject = line_from(h->p, "Re: Subgroups", SUBJECT_MOST), .token = pool_print(h->p, "abcdefghijklmnopqrstuvwx%02d", ++n),
			  .message_id = line_print(h->p, 600, "<%d@kept>", n), .in_reply_to = line_from(h->p, "<a1@example.org>", 600), .date = h->now,
			  .markdown = "Dear Carol,\n\nI have asked for the subgroup data; you will hear by Friday.\n\nAda\n" };
	struct outgoing o = { .owner = "ada", .kind = m.kind, .recipient = "carol@example.com", .outside = true, .state = OUTBOX_HELD, .subject = m.subject.s,
			      .sender = m.from.s, .message_id = m.message_id.s, .token = m.token, .made = h->now, .why = "", .about = &promise_id,
			      .about_count = promise_id ? 1 : 0 };

	WELL(mime_write(h->p, &m, &o.bytes, &o.n, &e));
	WELL(sql_begin(h->q, &e));
	WELL(outbox_put(h->q, &o, &e));
	WELL(sql_commit(h->q, &e));
	return o.id;
}

static struct outgoing mail(struct house *h, int64_t id)
{
	struct outgoing o;
	bool found;

	WELL(outbox_get(h->q, h->p, id, &o, &found, &e));
	assert_true(found);
	return o;
}

static void to(struct house *h, int64_t id, enum outbox_state state)
{
	struct outgoing o = mail(h, id);

	o.try_at = h->now;
	WELL(sql_begin(h->q, &e));
	WELL(outbox_settle(h->q, &o, state, h->now, "promise 1 is kept", &e));
	WELL(sql_commit(h->q, &e));
}

static struct draft row(struct house *h, int64_t id)
{
	struct draft d = { 0 };
	bool found;

	WELL(outbox_draft(h->q, h->p, id, &d, &found, &e));
	return d;
}

/* One round; false: it must be called again. */
static bool round_of(struct house *h, utc *next)
{
	struct err why = { 0 };
	utc at;
	bool well = drafts(h->q, h->p, h->c, &h->c->mailboxes[1], &h->desk, h->now, next ? next : &at, &why);

	if (!well)
		assert_true(*why.text && (next ? *next : at) > h->now);
	return well;
}

/* Mails to Ada of that kind of which a text has these words. */
static int told(struct house *h, const char *words)
{
	struct outgoing *list;
	size_t n;
	int count = 0;

	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 1000, &list, &n, &e));
	for (size_t i = 0; i < n; i++) {
		struct outgoing o = mail(h, list[i].id);
		struct letter l;

		mime_read(h->p, o.bytes, o.n, &l);
		count += !o.outside && strstr(l.full, words) != NULL;
	}
	return count;
}

/* ---- laying ---- */

static void a_held_mail_is_laid_once(void **state)
{
	struct house *h = *state;
	int64_t id = wait_about(h, promise(h));
	struct letter l;

	assert_true(round_of(h, NULL) && round_of(h, NULL));
	assert_int_equal(h->appends, 1);
	assert_int_equal(h->selects, 1); /* nothing to do: nothing is asked */
	assert_true(row(h, id).laid == h->now && row(h, id).uid == 1 && row(h, id).uidvalidity == 7 && !row(h, id).gone);
	assert_int_equal(mail(h, id).state, OUTBOX_HELD);
	mime_read(h->p, h->lies[0].bytes, h->lies[0].n, &l);
	assert_string_equal(l.from.list[0].address, "ada@example.org");
	assert_string_equal(l.to.list[0].address, "carol@example.com");
	assert_string_equal(l.bcc.list[0].address, pool_print(h->p, "kept+r-%s@example.org", mail(h, id).token));
	assert_string_equal(l.in_reply_to, "<a1@example.org>");
	assert_null(strstr(h->lies[0].bytes, "X-Kept-")); /* who gets it must not see the token */
	assert_non_null(strstr(l.text, "you will hear by Friday"));
}

static void what_was_laid_before_a_stop_is_found_again(void **state)
{
	static const enum how lost[] = { UNSURE_BUT_THERE, UNSURE_AND_GONE };
	struct house *h = *state;

	for (int i = 0; i < 2; i++) {
		int64_t id = wait_about(h, promise(h));
		size_t before = h->count;

		h->append = lost[i];
		assert_false(round_of(h, NULL)); /* the answer was lost: nothing is written down */
		assert_int_equal(row(h, id).laid, 0);
		h->append = WELL_DONE;
		assert_true(round_of(h, NULL));
		assert_int_equal(h->count, before + 1);
		assert_int_equal(row(h, id).laid, h->now);
	}
	assert_int_equal(h->appends, 3);
}

static void what_cannot_be_laid_is_asked_by_mail_once(void **state)
{
	struct house *h = *state;
	int64_t id = wait_about(h, promise(h)), other;

	h->append = NO;
	assert_true(round_of(h, NULL) && round_of(h, NULL));
	assert_int_equal(told(h, "it is full"), 1);
	assert_int_equal(h->appends, 1);
	assert_true(!row(h, id).laid && row(h, id).gone);
	assert_int_equal(mail(h, id).state, OUTBOX_HELD); /* it waits still */
	h->append = WELL_DONE;
	h->select = NO; /* no such folder, or it may only be read */
	other = wait_about(h, promise(h));
	assert_true(round_of(h, NULL) && round_of(h, NULL));
	assert_int_equal(told(h, "it is full"), 2);
	assert_true(!row(h, other).laid && row(h, other).gone);
	assert_int_equal(h->selects, 2);
}

static void a_folder_that_is_gone_is_not_asked_for_at_each_bell(void **state)
{
	struct house *h = *state;
	int64_t id = wait_about(h, promise(h));
	utc next;

	assert_true(round_of(h, NULL));
	to(h, id, OUTBOX_VOID);
	h->select = NO;
	assert_true(round_of(h, &next) && next == h->now + HOUR);
	assert_true(round_of(h, NULL) && round_of(h, NULL));
	assert_int_equal(h->selects, 2);
	h->now = next;
	h->select = WELL_DONE;
	assert_true(round_of(h, NULL));
	assert_int_equal(h->count, 0); /* made again, it is tidied */
}

static void a_server_out_of_reach_for_an_hour_is_asked_by_mail(void **state)
{
	struct house *h = *state;
	int64_t id = wait_about(h, promise(h));
	utc next;

	h->select = DEAD;
	assert_false(round_of(h, &next));
	assert_int_equal(next, h->now + 60);
	assert_int_equal(told(h, "nobody answers"), 0);
	h->now += HOUR;
	assert_false(round_of(h, NULL));
	assert_int_equal(told(h, "nobody answers"), 1);
	h->select = WELL_DONE; /* and then it is not laid as well */
	assert_true(round_of(h, NULL));
	assert_int_equal(h->appends, 0);
	assert_true(row(h, id).gone != 0);
}

static void only_where_it_is_set_and_only_what_waits(void **state)
{
	struct house *h = *state;
	int64_t id = wait_about(h, promise(h));

	to(h, id, OUTBOX_VOID);
	assert_true(round_of(h, NULL));
	wait_about(h, promise(h));
	h->c->mailboxes[1].drafts = "";
	assert_true(round_of(h, NULL));
	assert_int_equal(h->selects, 0);
}

static void what_lies_where_none_are_set_any_more_is_asked_about_by_mail(void **state)
{
	struct house *h = *state;
	int64_t id = wait_about(h, promise(h));

	assert_true(round_of(h, NULL));
	WELL(drafts_unset(h->q, h->c, h->now, &e));
	assert_int_equal(told(h, "where kept no longer looks"), 0);
	h->c->mailboxes[1].drafts = "";
	WELL(drafts_unset(h->q, h->c, h->now, &e));
	WELL(drafts_unset(h->q, h->c, h->now, &e));
	assert_int_equal(told(h, "where kept no longer looks"), 1);
	assert_true(row(h, id).gone != 0 && mail(h, id).state == OUTBOX_HELD);
	h->c->mailboxes[1].drafts = "\\Drafts"; /* set again: what was asked about by mail is not laid as well */
	assert_true(round_of(h, NULL));
	assert_int_equal(h->appends, 1);
}

static void what_was_asked_about_by_mail_before_is_not_laid(void **state)
{
	struct house *h = *state;
	struct outgoing o = mail(h, wait_about(h, promise(h)));

	WELL(sql_begin(h->q, &e));
	WELL(schedule_ask(h->q, h->p, h->c, &o, "it waits for your word", "", "", h->now, &e));
	WELL(sql_commit(h->q, &e));
	assert_true(round_of(h, NULL));
	assert_int_equal(h->selects, 0);
}

/* ---- withdrawing ---- */

static void what_nobody_changed_is_removed(void **state)
{
	static const enum outbox_state ends[] = { OUTBOX_VOID, OUTBOX_READY };
	struct house *h = *state;

	for (int i = 0; i < 4; i++) {
		int64_t id = wait_about(h, promise(h));

		h->rewrites = i >= 2;
		put_there(h, "Subject: theirs\r\n\r\nx\r\n");
		assert_true(round_of(h, NULL));
		to(h, id, ends[i % 2]);
		assert_true(round_of(h, NULL) && round_of(h, NULL));
		assert_int_equal(h->count, 1); /* another's draft is left alone */
		take_away(h, h->lies[0].uid);
		assert_true(row(h, id).gone == h->now);
		assert_string_equal(row(h, id).why, "it was withdrawn");
	}
	assert_int_equal(told(h, "draft"), 0);
}

static void what_its_owner_changed_stays_and_they_are_told(void **state)
{
	struct house *h = *state;
	int64_t id = wait_about(h, promise(h));

	assert_true(round_of(h, NULL));
	put_there(h, pool_print(h->p, "Bcc: kept+r-%s@example.org\r\nMessage-ID: <client@new>\r\n\r\nMine.\r\n", mail(h, id).token));
	take_away(h, 1); /* as a client does it: the new one, then the old one away */
	to(h, id, OUTBOX_VOID);
	assert_true(round_of(h, NULL) && round_of(h, NULL));
	assert_int_equal(h->count, 1);
	assert_int_equal(told(h, "You changed the draft"), 1);
	assert_string_equal(row(h, id).why, "its owner changed it: it is theirs");
}

static void what_cannot_be_removed_is_told(void **state)
{
	struct house *h = *state;
	int64_t id = wait_about(h, promise(h));

	assert_true(round_of(h, NULL));
	to(h, id, OUTBOX_VOID);
	h->remove = DEAD;
	assert_false(round_of(h, NULL)); /* tried again */
	h->remove = NO;
	assert_true(round_of(h, NULL) && round_of(h, NULL));
	assert_int_equal(told(h, "please delete it"), 1);
	assert_int_equal(h->count, 1);
}

static void what_lies_in_a_folder_no_longer_set_is_told_when_it_is_not_needed(void **state)
{
	struct house *h = *state;
	int64_t id = wait_about(h, promise(h)), other = wait_about(h, promise(h));

	assert_true(round_of(h, NULL));
	h->named = "Entwürfe";
	to(h, id, OUTBOX_VOID);
	assert_true(round_of(h, NULL) && round_of(h, NULL));
	assert_int_equal(told(h, "in your folder Drafts: It is no longer needed"), 1);
	assert_int_equal(told(h, "please delete the draft"), 1);
	assert_true(row(h, id).gone && !row(h, other).gone);
	/* so it is where no folder is set any more */
	to(h, other, OUTBOX_VOID);
	h->c->mailboxes[1].drafts = "";
	WELL(drafts_unset(h->q, h->c, h->now, &e));
	assert_int_equal(told(h, "please delete the draft"), 2);
}

static void deleted_and_not_sent_is_refused(void **state)
{
	struct house *h = *state;
	int64_t id = wait_about(h, promise(h));
	utc next;

	assert_true(round_of(h, &next));
	assert_int_equal(next, h->now + HOUR);
	take_away(h, 1);
	h->now = next;
	assert_true(round_of(h, &next));
	assert_int_equal(mail(h, id).state, OUTBOX_HELD); /* it may be on its way */
	h->now += HOUR;
	assert_true(round_of(h, NULL));
	assert_int_equal(mail(h, id).state, OUTBOX_VOID);
	assert_string_equal(mail(h, id).word, "skip");
	assert_int_equal(h->appends, 1);
}

static void one_that_is_seen_again_is_not_refused(void **state)
{
	struct house *h = *state;
	int64_t id = wait_about(h, promise(h));
	const char *bytes;

	assert_true(round_of(h, NULL));
	bytes = h->lies[0].bytes;
	take_away(h, 1);
	h->now += HOUR;
	assert_true(round_of(h, NULL));
	put_there(h, bytes); /* a client that was saving it */
	h->now += HOUR;
	assert_true(round_of(h, NULL));
	take_away(h, 2);
	h->now += HOUR;
	assert_true(round_of(h, NULL));
	assert_int_equal(mail(h, id).state, OUTBOX_HELD);
}

static void material_past_its_approval_is_not_left_to_be_sent(void **state)
{
	struct house *h = *state;
	struct resource m = { .title = "Renal tables", .link = "https://example.org/renal", .file = "", .digest = "", .about = "", .approved_by = "bob",
			      .approved = h->now, .until = h->now + HOUR, .made = h->now };
	int64_t ids[2];

	WELL(sql_begin(h->q, &e));
	WELL(store_resource_add(h->q, &m, &e));
	WELL(sql_commit(h->q, &e));
	for (int i = 0; i < 2; i++) {
		ids[i] = wait_about(h, promise(h));
		WELL(sql_begin(h->q, &e));
		WELL(sql_do(h->q, SQL_OUTGOING_RESOURCE_ADD, &e, SQL_VALUES(sql_i(ids[i]), sql_i(m.id), sql_t(""))));
		WELL(sql_commit(h->q, &e));
		assert_true(round_of(h, NULL));
		h->now += HOUR + 1; /* the second one is not laid at all */
	}
	assert_int_equal(h->appends, 1);
	assert_true(round_of(h, NULL));
	assert_int_equal(h->count, 0);
	assert_int_equal(mail(h, ids[0]).state, OUTBOX_VOID);
	assert_int_equal(mail(h, ids[1]).state, OUTBOX_VOID);
	assert_int_equal(told(h, "is past its approval"), 2);
}

/* ---- sent by hand ---- */

static enum letter_class arrive(struct house *h, enum place_kind kind, const char *bytes)
{
	static uint32_t uid = 100;
	struct place at = { .kind = kind, .mailbox = &h->c->mailboxes[kind == PLACE_CAPTURE ? 0 : 1], .owner = kind == PLACE_CAPTURE ? NULL : &h->c->owners[0],
			    .folder = kind == PLACE_SENT ? "Sent" : "INBOX", .uidvalidity = 1, .uid = ++uid, .arrived = h->now };
	enum letter_class class = CLASS_SKIP;
	struct letter l;

	mime_read(h->p, bytes, strlen(bytes), &l);
	WELL(sql_begin(h->q, &e));
	WELL(intake(h->q, h->p, h->c, &l, &at, h->now, &class, &e));
	WELL(sql_commit(h->q, &e));
	return class;
}

/* As the MX delivers a BCC; `id`: the Message-ID that the client wrote. */
static const char *by_bcc(struct house *h, int64_t id, const char *message_id, const char *text)
{
	return pool_print(h->p, "Delivered-To: kept+r-%s@example.org\r\nFrom: Ada <ada@example.org>\r\nTo: Carol <carol@example.com>\r\nSubject: Re: Subgroups\r\n"
				"In-Reply-To: <a1@example.org>\r\nReferences: <a1@example.org>\r\nDate: Wed, 25 Nov 2026 10:05:00 +0100\r\nMessage-ID: %s\r\n\r\n%s",
			  mail(h, id).token, message_id, text);
}

static const char draft_text[] = "Dear Carol,\r\n\r\nI have asked for the subgroup data; you will hear by Friday.\r\n\r\nAda\r\n";

static size_t events(struct house *h, int64_t commitment, const char *word)
{
	size_t n = 0;

	WELL(sql_query(h->q, SQL_EVENT_OF, &e, SQL_VALUES(sql_i(commitment))));
	while (sql_row(h->q, SQL_EVENT_OF))
		n += strcmp(sql_text(h->q, SQL_EVENT_OF, 2, h->p), word) == 0;
	WELL(sql_end(h->q, SQL_EVENT_OF, &e));
	return n;
}

static void sent_by_hand_settles_it_once(void **state)
{
	struct house *h = *state;
	int64_t about = promise(h), id = wait_about(h, about);
	struct commitment *list;
	size_t n;
	struct dossier d;
	bool found;

	assert_true(round_of(h, NULL));
	h->now += 300;
	assert_int_equal(arrive(h, PLACE_CAPTURE, by_bcc(h, id, "<client@new>", draft_text)), CLASS_LOOP);
	assert_int_equal(mail(h, id).state, OUTBOX_SENT);
	assert_int_equal(mail(h, id).sent, h->now);
	assert_string_equal(mail(h, id).word, WORD_DRAFT);
	/* the copy in Sent, which the server gave another id, and has no Bcc: known as the same letter; and so with a signature put to it */
	assert_int_equal(arrive(h, PLACE_SENT, strstr(by_bcc(h, id, "<server@other>", draft_text), "From:")), CLASS_SEEN);
	assert_int_equal(arrive(h, PLACE_SENT, strstr(by_bcc(h, id, "<server@third>", pool_print(h->p, "%sMedical Affairs\r\n", draft_text)), "From:")), CLASS_LOOP);
	assert_int_equal(events(h, about, "sent"), 1);
	WELL(store_commitments(h->q, h->p, h->c, &h->c->owners[0], true, &list, &n, &e));
	assert_int_equal(n, 1); /* no promise of its own */
	WELL(store_dossier(h->q, h->p, h->c, about, &d, &found, &e));
	assert_true(d.past_count && d.past[0].kind == MAIL_RECEIPT && d.past[0].how == PAST_LEFT);
	/* its client tidies up itself; what it left is removed after a minute */
	assert_true(round_of(h, NULL));
	assert_int_equal(h->count, 1);
	h->now += 60;
	assert_true(round_of(h, NULL));
	assert_int_equal(h->count, 0);
	assert_string_equal(row(h, id).why, "its owner sent it");
	/* answers to the sent one are tied: both ids are of the conversation */
	assert_int_equal(arrive(h, PLACE_CAPTURE, "Delivered-To: kept@example.org\r\nFrom: Carol <carol@example.com>\r\nTo: ada@example.org\r\nSubject: Re: Subgroups\r\n"
				"In-Reply-To: <client@new>\r\nDate: Wed, 25 Nov 2026 10:30:00 +0100\r\nMessage-ID: <c2@example.com>\r\n\r\nThe data of the elderly would do.\r\n"),
			 CLASS_ANSWER);
}

static void one_that_was_laid_before_a_stop_is_settled_too(void **state)
{
	struct house *h = *state;
	int64_t id = wait_about(h, promise(h));

	assert_int_equal(arrive(h, PLACE_CAPTURE, by_bcc(h, id, "<client@new>", draft_text)), CLASS_LOOP);
	assert_int_equal(mail(h, id).state, OUTBOX_SENT);
	assert_true(round_of(h, NULL));
	assert_int_equal(h->appends, 0);
}

static void its_text_may_be_changed_and_that_is_on_record(void **state)
{
	struct house *h = *state;
	int64_t id = wait_about(h, promise(h));

	assert_true(round_of(h, NULL));
	assert_int_equal(arrive(h, PLACE_CAPTURE, by_bcc(h, id, "<client@new>", "Done: you will hear by Monday.\r\n")), CLASS_LOOP);
	assert_int_equal(mail(h, id).state, OUTBOX_SENT);
	assert_string_equal(mail(h, id).why, "its owner changed it and sent it by hand");
}

static void what_was_withdrawn_or_released_meanwhile_is_sent_all_the_same(void **state)
{
	static const enum outbox_state before[] = { OUTBOX_VOID, OUTBOX_READY, OUTBOX_UNSURE };
	struct house *h = *state;

	for (int i = 0; i < 3; i++) {
		int64_t id = wait_about(h, promise(h));

		assert_true(round_of(h, NULL));
		to(h, id, before[i]);
		arrive(h, PLACE_CAPTURE, by_bcc(h, id, pool_print(h->p, "<client%d@new>", i), pool_print(h->p, "%s%d\r\n", draft_text, i)));
		assert_int_equal(mail(h, id).state, OUTBOX_SENT);
	}
}

static void a_strangers_word_settles_nothing(void **state)
{
	struct house *h = *state;
	int64_t id = wait_about(h, promise(h));
	const char *bytes;

	assert_true(round_of(h, NULL));
	bytes = by_bcc(h, id, "<evil@new>", draft_text);
	bytes = pool_print(h->p, "Delivered-To: kept@example.org\r\n%s", strstr(bytes, "From:")); /* in Ada's name, without the token */
	assert_int_equal(arrive(h, PLACE_CAPTURE, bytes), CLASS_HELD);
	assert_int_equal(mail(h, id).state, OUTBOX_HELD);
	arrive(h, PLACE_CAPTURE, pool_print(h->p, "Delivered-To: kept+r-%s@example.org\r\nFrom: eve@example.net\r\nTo: carol@example.com\r\nMessage-ID: <eve@x>\r\n\r\nx\r\n",
					    mail(h, id).token));
	assert_int_equal(mail(h, id).state, OUTBOX_HELD);
}

#define IN_A_HOUSE(test) cmocka_unit_test_setup_teardown(test, make, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_HOUSE(a_held_mail_is_laid_once),
		IN_A_HOUSE(what_was_laid_before_a_stop_is_found_again),
		IN_A_HOUSE(what_cannot_be_laid_is_asked_by_mail_once),
		IN_A_HOUSE(a_folder_that_is_gone_is_not_asked_for_at_each_bell),
		IN_A_HOUSE(a_server_out_of_reach_for_an_hour_is_asked_by_mail),
		IN_A_HOUSE(only_where_it_is_set_and_only_what_waits),
		IN_A_HOUSE(what_lies_where_none_are_set_any_more_is_asked_about_by_mail),
		IN_A_HOUSE(what_was_asked_about_by_mail_before_is_not_laid),
		IN_A_HOUSE(what_nobody_changed_is_removed),
		IN_A_HOUSE(what_its_owner_changed_stays_and_they_are_told),
		IN_A_HOUSE(what_cannot_be_removed_is_told), IN_A_HOUSE(what_lies_in_a_folder_no_longer_set_is_told_when_it_is_not_needed),
		IN_A_HOUSE(deleted_and_not_sent_is_refused),
		IN_A_HOUSE(one_that_is_seen_again_is_not_refused),
		IN_A_HOUSE(material_past_its_approval_is_not_left_to_be_sent),
		IN_A_HOUSE(sent_by_hand_settles_it_once),
		IN_A_HOUSE(one_that_was_laid_before_a_stop_is_settled_too),
		IN_A_HOUSE(its_text_may_be_changed_and_that_is_on_record),
		IN_A_HOUSE(what_was_withdrawn_or_released_meanwhile_is_sent_all_the_same),
		IN_A_HOUSE(a_strangers_word_settles_nothing),
	};

	return cmocka_run_group_tests_name("drafts", tests, NULL, NULL);
}
