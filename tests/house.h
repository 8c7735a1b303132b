/* house - a ledger with one owner's mail: letters go in by intake(), and the mails that kept writes for them are read
 * as a client does. For tests alone. */
#ifndef KEPT_TESTS_HOUSE_H
#define KEPT_TESTS_HOUSE_H

#include "ledger.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "borders/outbox.h"
#include "borders/store.h"
#include "letters/mime.h"
#include "work/intake.h"
#include "work/schedule.h"

#define AUTH "Authentication-Results: mx.example.org; dkim=pass header.d=example.org; dmarc=pass header.from=example.org\r\n"

struct house {
	char folder[64];
	struct pool *p;
	struct conf *c;
	struct sql *q;
	utc now;
	int letters, places;
	int64_t heard;          /* the newest mail of kept's that was read */
	const char *reply, *id; /* of it: where answers go, and its Message-ID */
};

static struct err e;

static inline int make(void **state)
{
	static const char *authserv[] = { "mx.example.org" };
	struct house *h = calloc(1, sizeof *h);
	utc next;

	h->p = pool_new();
	h->c = rows_conf(h->p);
	h->c->mailboxes[0].authserv = (struct strings){ authserv, 1 };
	h->now = rows_at(h->c, "2026-11-25T10:00"); /* a Wednesday */
	h->q = ledger_make(h->p, h->folder);
	WELL(schedule(h->q, h->c, h->now, &next, &e));
	h->heard = 1; /* the welcome */
	*state = h;
	return 0;
}

static inline int drop(void **state)
{
	struct house *h = *state;
	int rc = ledger_drop(h->p, h->folder, &h->q);

	pool_end(&h->p);
	free(h);
	return rc;
}

/* What kept wrote since it was asked last: subject, a line end, text; "" nothing. */
static inline const char *heard(struct house *h)
{
	struct text *t = text_new(h->p, 100000);
	struct outgoing *list, o;
	struct letter l;
	size_t n;
	bool found;

	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 1000, &list, &n, &e));
	for (int64_t newest = h->heard; n-- > 0;) {
		if (list[n].id <= newest || list[n].outside)
			continue;
		WELL(outbox_get(h->q, h->p, list[n].id, &o, &found, &e));
		mime_read(h->p, o.bytes, o.n, &l);
		text_print(t, "%s\n%s\n", l.subject, l.full);
		h->heard = list[n].id;
		h->reply = pool_copy(h->p, l.reply_to.list[0].address), h->id = pool_copy(h->p, l.message_id);
	}
	return t->s;
}

/* It is that time: what kept writes of itself. */
static inline const char *at(struct house *h, const char *iso)
{
	utc next;

	h->now = rows_at(h->c, iso);
	WELL(schedule(h->q, h->c, h->now, &next, &e));
	return heard(h);
}

/* That promise, as the ledger has it now. */
static inline struct commitment now_is(struct house *h, int64_t id)
{
	struct commitment m;
	utc answered;
	bool found;

	WELL(store_commitment(h->q, h->p, h->c, id, &m, &answered, &found, &e));
	assert_true(found);
	return m;
}

/* A message comes in at that place; what is answered to it. */
static inline const char *comes(struct house *h, enum place_kind kind, const char *bytes)
{
	struct place at = { .kind = kind, .mailbox = &h->c->mailboxes[0], .folder = kind == PLACE_SENT ? "Sent"
		: "INBOX", .uidvalidity = 1,
			    .uid = (uint32_t)++h->places, .arrived = h->now };
	struct letter l;

	if (kind == PLACE_SENT || (kind == PLACE_INBOX && h->c->mailboxes[0].owner))
		at.owner = &h->c->owners[0];
	mime_read_files(h->p, bytes, strlen(bytes), &l);
	WELL(sql_begin(h->q, &e));
	WELL(intake(h->q, h->p, h->c, &l, &at, h->now, NULL, &e));
	WELL(sql_commit(h->q, &e));
	h->now += 60;
	return heard(h);
}

/* The owner's mail comes to the capture mailbox, delivered to `tag`; what is answered to it. */
static inline const char *writes(struct house *h, const char *tag, const char *fields, const char *text)
{
	const char *bytes = pool_print(h->p, "Delivered-To: %s\r\n" AUTH "From: Ada Lovelace <ada@example.org>\r\n%s"
				       "Date: %s\r\nMessage-ID: <m%d@example.org>\r\n\r\n%s\r\n", tag, fields,
				       utc_header(h->p, h->c->owners[0].time.zone, h->now), ++h->letters, text);

	return comes(h, PLACE_CAPTURE, bytes);
}

#define TO_CAROL(subject) "To: Carol <carol@example.com>\r\nSubject: " subject "\r\n"

/* The server's word that the mail of that Message-ID did not reach them. */
static inline const char *report(struct house *h, const char *of, const char *to)
{
	return pool_print(h->p, "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.org\r\nTo: ada@example.org\r\nSubject: Undelivered Mail Returned to Sender\r\n"
			  "Message-ID: <b%d@mx.example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
			  "--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
			  "Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; %s\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
			  "--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: ada@example.org\r\nTo: %s\r\nSubject: Trial\r\nMessage-ID: %s\r\n\r\nx\r\n--b--\r\n",
			  ++h->letters, to, to, of);
}

/* … answers the mail heard last. */
static inline const char *answers(struct house *h, const char *text)
{
	return writes(h, h->reply, pool_print(h->p, "To: %s\r\nIn-Reply-To: %s\r\nSubject: Re: kept\r\n", h->reply,
		    h->id), text);
}

static inline void has(const char *text, const char *words)
{
	if (!strstr(text, words))
		fail_msg("it does not say \"%s\":\n%s", words, text);
}

static inline void lacks(const char *text, const char *words)
{
	if (strstr(text, words))
		fail_msg("it says \"%s\":\n%s", words, text);
}

/* How often those words stand there. */
static inline size_t times(const char *text, const char *words)
{
	size_t n = 0;

	for (const char *s = text; (s = strstr(s, words)); s++)
		n++;
	return n;
}

/* Words that stand in nearly each English sentence, and in no other of those languages. */
static inline bool has_english(struct pool *p, const char *text)
{
	static const char *const small[] = { "the", "and", "is", "it", "of", "to", "you", "your", "they", "with", "nothing", "not", "answer", "when", "this" };
	char *folded = text_fold(p, text);
	const char *word;
	size_t n;

	for (const char *s = folded; *s; s += n ? n : 1) {
		n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789"); /* what an address has is no word */
		for (size_t i = 0; n && i < sizeof small / sizeof *small; i++) {
			word = small[i];
			if (n == strlen(word) && strncmp(s, word, n) == 0)
				return true;
		}
	}
	return false;
}

static inline const char *no_english(struct house *h, const char *text)
{
	if (!*text || has_english(h->p, text))
		fail_msg("%s", *text ? text : "nothing was said");
	return text;
}

#endif
