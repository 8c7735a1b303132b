/* letters, folders, and what is known of a letter */
#include "borders/store.h"

#include <string.h>
#include <strings.h>

#include "ground/text.h"
#include "letters/mime.h"

bool store_count(struct sql *q, enum sql_query id, size_t n, const struct sql_value *v, int64_t *out, struct err *e)
{
	int64_t count = 0;

	if (!sql_query(q, id, e, n, v))
		return false;
	if (sql_row(q, id))
		count = sql_int(q, id, 0);
	if (!sql_end(q, id, e))
		return false;
	*out = count;
	return true;
}

bool store_ids(struct sql *q, struct pool *p, enum sql_query id, size_t count, const struct sql_value *v, int64_t **ids, size_t *n, struct err *e)
{
	*ids = NULL;
	*n = 0;
	if (!sql_query(q, id, e, count, v))
		return false;
	while (sql_row(q, id)) {
		*(int64_t *)pool_more(p, ids, *n, sizeof **ids) = sql_int(q, id, 0);
		++*n;
	}
	return sql_end(q, id, e);
}

bool store_folder(struct sql *q, const char *mailbox, const char *folder, struct folder_mark *out, bool *found, struct err *e)
{
	struct folder_mark m = { 0 };
	bool row;

	if (!sql_query(q, SQL_FOLDER_GET, e, SQL_VALUES(sql_t(mailbox), sql_t(folder))))
		return false;
	row = sql_row(q, SQL_FOLDER_GET);
	if (row)
		m = (struct folder_mark){ (uint32_t)sql_int(q, SQL_FOLDER_GET, 0), (uint32_t)sql_int(q, SQL_FOLDER_GET, 1),
					  (uint64_t)sql_int(q, SQL_FOLDER_GET, 2), sql_int(q, SQL_FOLDER_GET, 3) };
	if (!sql_end(q, SQL_FOLDER_GET, e))
		return false;
	*out = m;
	*found = row;
	return true;
}

bool store_folder_set(struct sql *q, const char *mailbox, const char *folder, const struct folder_mark *m, utc now, struct err *e)
{
	return sql_do(q, SQL_FOLDER_PUT, e,
		      SQL_VALUES(sql_t(mailbox), sql_t(folder), sql_i(m->uidvalidity), sql_i(m->next_uid), sql_i((int64_t)m->modseq), sql_i(now)));
}

bool store_letters(struct sql *q, struct pool *p, const char *message_id, const char *digest, struct letter_row **out, size_t *n, struct err *e)
{
	struct letter_row *list = NULL;
	size_t count = 0;

	if (!sql_query(q, SQL_LETTER_GET, e, SQL_VALUES(sql_t(message_id), sql_t(digest))))
		return false;
	while (sql_row(q, SQL_LETTER_GET)) {
		*(struct letter_row *)pool_more(p, &list, count, sizeof *list) =
			(struct letter_row){ sql_int(q, SQL_LETTER_GET, 0), sql_text(q, SQL_LETTER_GET, 1, p), sql_text(q, SQL_LETTER_GET, 2, p),
					     sql_text(q, SQL_LETTER_GET, 3, p), sql_int(q, SQL_LETTER_GET, 4) };
		count++;
	}
	if (!sql_end(q, SQL_LETTER_GET, e))
		return false;
	*out = list;
	*n = count;
	return true;
}

bool store_letter_add(struct sql *q, const char *owner, const char *message_id, const char *class, const char *digest, bool in_sent, utc now, int64_t *id, struct err *e)
{
	return store_count(q, SQL_LETTER_ADD, SQL_VALUES(sql_t(owner), sql_t(message_id), sql_t(class), sql_t(digest), sql_i(in_sent), sql_i(now)), id, e);
}

bool store_letter_set(struct sql *q, int64_t id, const char *owner, const char *class, bool in_sent, struct err *e)
{
	return sql_do_one(q, SQL_LETTER_SET, e, SQL_VALUES(sql_i(id), sql_t(owner), sql_t(class), sql_i(in_sent)));
}

bool store_letter_digest(struct sql *q, int64_t id, const char *digest, struct err *e)
{
	return sql_do_one(q, SQL_LETTER_DIGEST, e, SQL_VALUES(sql_i(id), sql_t(digest)));
}

bool store_letter_tag(struct sql *q, int64_t id, const char *tag, struct err *e)
{
	return sql_do_one(q, SQL_LETTER_TAG, e, SQL_VALUES(sql_i(id), sql_t(tag)));
}

bool store_letter_tagged(struct sql *q, const char *message_id, const char *tag, bool *is, struct err *e)
{
	int64_t count;

	if (!store_count(q, SQL_LETTER_TAGGED, SQL_VALUES(sql_t(message_id), sql_t(tag)), &count, e))
		return false;
	*is = count > 0;
	return true;
}

bool store_place(struct sql *q, const char *mailbox, const struct place *at, int64_t *letter, bool *found, struct err *e)
{
	int64_t id = 0;

	if (!store_count(q, SQL_PLACE_GET, SQL_VALUES(sql_t(mailbox), sql_t(at->folder), sql_i(at->uidvalidity), sql_i(at->uid)), &id, e))
		return false;
	*letter = id;
	*found = id != 0;
	return true;
}

bool store_place_add(struct sql *q, const char *mailbox, const struct place *at, int64_t letter, bool settled, struct err *e)
{
	return sql_do(q, SQL_PLACE_ADD, e,
		      SQL_VALUES(sql_t(mailbox), sql_t(at->folder), sql_i(at->uidvalidity), sql_i(at->uid), sql_i(letter), sql_i(settled)));
}

bool store_unsettled(struct sql *q, struct pool *p, const char *mailbox, const char *folder, uint32_t uidvalidity, uint32_t **uids, size_t *n, struct err *e)
{
	uint32_t *list = NULL;
	size_t count = 0;

	if (!sql_query(q, SQL_PLACE_UNSETTLED, e, SQL_VALUES(sql_t(mailbox), sql_t(folder), sql_i(uidvalidity))))
		return false;
	while (sql_row(q, SQL_PLACE_UNSETTLED))
		*(uint32_t *)pool_more(p, &list, count++, sizeof *list) = (uint32_t)sql_int(q, SQL_PLACE_UNSETTLED, 0);
	if (!sql_end(q, SQL_PLACE_UNSETTLED, e))
		return false;
	*uids = list;
	*n = count;
	return true;
}

bool store_place_settle(struct sql *q, const char *mailbox, const char *folder, uint32_t uidvalidity, uint32_t uid, struct err *e)
{
	return sql_do(q, SQL_PLACE_SETTLE, e, SQL_VALUES(sql_t(mailbox), sql_t(folder), sql_i(uidvalidity), sql_i(uid)));
}

/* ---- what is known ---- */

static bool known_thread(struct sql *q, struct pool *p, const struct conf *c, const char *message_id, struct known *k, struct err *e)
{
	size_t from = k->thread_count;

	if (!*message_id)
		return true;
	if (!sql_query(q, SQL_THREAD_GET, e, SQL_VALUES(sql_t(message_id))))
		return false;
	while (sql_row(q, SQL_THREAD_GET) && k->thread_count < 50) {
		int64_t id = sql_int(q, SQL_THREAD_GET, 0);
		struct known_thread *t;
		bool twice = false;

		for (size_t i = 0; i < k->thread_count; i++)
			twice |= k->threads[i].commitment == id;
		if (twice)
			continue;
		t = pool_more(p, &k->threads, k->thread_count++, sizeof *k->threads);
		*t = (struct known_thread){ .commitment = id, .owner = conf_owner(c, sql_text(q, SQL_THREAD_GET, 1, p)),
					    .what = commitment_thing(p, &(struct commitment){ .what = sql_text(q, SQL_THREAD_GET, 2, p),
											      .due_words = sql_text(q, SQL_THREAD_GET, 4, p) }),
					    .team = conf_team(c, sql_text(q, SQL_THREAD_GET, 3, p)) };
	}
	if (!sql_end(q, SQL_THREAD_GET, e))
		return false;
	for (size_t i = from; i < k->thread_count; i++) {
		struct known_thread *t = &k->threads[i];

		if (!sql_query(q, SQL_TO_GET, e, SQL_VALUES(sql_i(t->commitment))))
			return false;
		while (sql_row(q, SQL_TO_GET))
			addrs_add(p, &t->counterpart, sql_text(q, SQL_TO_GET, 0, p), sql_text(q, SQL_TO_GET, 1, p));
		if (!sql_end(q, SQL_TO_GET, e) || !sql_query(q, SQL_THREAD_IDS, e, SQL_VALUES(sql_i(t->commitment))))
			return false;
		while (sql_row(q, SQL_THREAD_IDS)) {
			*(const char **)pool_more(p, &t->message_ids.list, t->message_ids.n, sizeof(char *)) = sql_text(q, SQL_THREAD_IDS, 0, p);
			t->message_ids.n++;
		}
		if (!sql_end(q, SQL_THREAD_IDS, e))
			return false;
	}
	return true;
}

/* The text of a mail that was laid as a draft. */
static bool draft_text(struct sql *q, struct pool *p, struct known_sent *s, struct err *e)
{
	struct letter l;
	size_t n = 0;
	const char *bytes = "";

	if (!sql_query(q, SQL_OUTGOING_BYTES, e, SQL_VALUES(sql_i(s->outgoing))))
		return false;
	if (sql_row(q, SQL_OUTGOING_BYTES))
		bytes = sql_blob(q, SQL_OUTGOING_BYTES, 0, p, &n);
	if (!sql_end(q, SQL_OUTGOING_BYTES, e))
		return false;
	mime_read(p, bytes, n, &l);
	s->draft = l.text;
	s->draft_files = l.attachment_count;
	return true;
}

static bool known_sent(struct sql *q, struct pool *p, const struct conf *c, enum sql_query id, struct sql_value key, struct known *k, struct err *e)
{
	size_t from = k->sent_count;

	if (!sql_query(q, id, e, 1, &key))
		return false;
	while (sql_row(q, id) && k->sent_count < 50) {
		int64_t outgoing = sql_int(q, id, 0);
		struct known_sent *s;
		bool twice = false;

		for (size_t i = 0; i < k->sent_count; i++)
			twice |= k->sent[i].outgoing == outgoing;
		if (twice)
			continue;
		s = pool_more(p, &k->sent, k->sent_count++, sizeof *k->sent);
		*s = (struct known_sent){ .outgoing = outgoing, .owner = conf_owner(c, sql_text(q, id, 1, p)), .to = sql_text(q, id, 3, p),
					  .message_id = sql_text(q, id, 4, p), .reply_to = "", .team = "" };
		mail_kind_from(sql_text(q, id, 2, p), &s->kind);
		s->in_words = sql_int(q, id, 8);
		s->draft = sql_int(q, id, 6) ? "" : NULL;
		s->checkin = sql_int(q, id, 7);
		s->reply_to = conf_reply(p, c, s->owner, sql_text(q, id, 5, p));
	}
	if (!sql_end(q, id, e))
		return false;
	for (size_t i = from; i < k->sent_count; i++) {
		struct known_sent *s = &k->sent[i];

		if (s->kind == MAIL_AGENDA) /* it tells of more than it reminds of: an answer names its numbers */
			continue;
		if (!sql_query(q, SQL_ABOUT_GET, e, SQL_VALUES(sql_i(s->outgoing))))
			return false;
		while (sql_row(q, SQL_ABOUT_GET))
			*(int64_t *)pool_more(p, &s->commitments, s->commitment_count++, sizeof(int64_t)) = sql_int(q, SQL_ABOUT_GET, 0);
		if (!sql_end(q, SQL_ABOUT_GET, e) || (s->draft && !draft_text(q, p, s, e)))
			return false;
	}
	return true;
}

static bool known_by(struct sql *q, struct pool *p, const struct conf *c, enum sql_query id, const char *key, struct known *k, struct err *e)
{
	return !*key || known_sent(q, p, c, id, sql_t(key), k, e);
}

/* What waits as a draft in the conversations of an owner's own letter. */
static bool known_drafts(struct sql *q, struct pool *p, const struct conf *c, const struct letter *l, struct known *k, struct err *e)
{
	if (!l->from.n || !conf_owner_of(c, l->from.list[0].address))
		return true;
	for (size_t i = 0; i < k->thread_count; i++)
		if (!known_sent(q, p, c, SQL_SENT_AS_DRAFT, sql_i(k->threads[i].commitment), k, e))
			return false;
	return true;
}

/* The token of "…+r-TOKEN@…" or "r-TOKEN@catchall", in lower case; "" none. */
static const char *token_in(struct pool *p, const struct conf *c, const char *address)
{
	const char *detail, *at;

	if (!conf_tracks(p, c, address, &detail))
		return "";
	for (at = detail; at && *at; at = strchr(at, '+'), at = at ? at + 1 : NULL)
		if (strncasecmp(at, "r-", 2) == 0)
			return addr_lower(p, pool_slice(p, at + 2, strcspn(at + 2, "+@")));
	return "";
}

/* Those who may answer to the meeting that it is about. */
static bool known_checkins(struct sql *q, struct pool *p, const char *uid, struct known *k, struct err *e)
{
	enum sql_query id = SQL_CHECKIN_KNOWN;

	if (!*uid)
		return true;
	if (!sql_query(q, id, e, SQL_VALUES(sql_t(uid))))
		return false;
	while (sql_row(q, id)) {
		struct known_checkin *c = pool_more(p, &k->checkins, k->checkin_count++, sizeof *c);

		*c = (struct known_checkin){ .id = sql_int(q, id, 0), .owner = sql_text(q, id, 1, p), .uid = sql_text(q, id, 2, p),
					     .sequence = (int)sql_int(q, id, 3), .attendee = sql_text(q, id, 4, p), .invited = sql_text(q, id, 5, p) };
	}
	return sql_end(q, id, e);
}

bool store_known(struct sql *q, struct pool *p, const struct conf *c, const struct letter *l, struct known *out, struct err *e)
{
	struct known k = { 0 };
	const struct addrs *lists[] = { &l->to, &l->cc, &l->bcc };

	for (size_t i = 0; i < l->references.n && i < 100; i++) {
		/* the newest hundred: the oldest of a very long thread are not needed to find it */
		const char *id = l->references.list[l->references.n - 1 - i];

		if (!known_thread(q, p, c, id, &k, e) || !known_by(q, p, c, SQL_SENT_BY_ID, id, &k, e))
			return false;
	}
	if (!known_thread(q, p, c, l->message_id, &k, e) || !known_by(q, p, c, SQL_SENT_BY_ID, l->message_id, &k, e))
		return false;
	for (size_t i = 0; i < l->traces.n; i++)
		if (!known_by(q, p, c, SQL_SENT_BY_TOKEN, token_in(p, c, l->traces.list[i]), &k, e))
			return false;
	for (size_t a = 0; a < 3; a++)
		for (size_t i = 0; i < lists[a]->n; i++)
			if (!known_by(q, p, c, SQL_SENT_BY_TOKEN, token_in(p, c, lists[a]->list[i].address), &k, e))
				return false;
	if (l->returned.is && !known_thread(q, p, c, l->returned.message_id, &k, e))
		return false;
	if (l->returned.is && !known_by(q, p, c, SQL_SENT_BY_ID, l->returned.message_id, &k, e))
		return false;
	if (!known_drafts(q, p, c, l, &k, e) || (l->calendar.is && !known_checkins(q, p, l->calendar.uid, &k, e)))
		return false;
	*out = k;
	return true;
}

bool store_tail(struct sql *q, struct pool *p, const char *sender, struct tail *out, struct err *e)
{
	*out = (struct tail){ 0 };
	if (!sql_query(q, SQL_TAIL_GET, e, SQL_VALUES(sql_t(addr_lower(p, sender)))))
		return false;
	if (sql_row(q, SQL_TAIL_GET))
		*out = (struct tail){ strings_part(p, sql_text(q, SQL_TAIL_GET, 0, p), ' '), (int)sql_int(q, SQL_TAIL_GET, 1) };
	return sql_end(q, SQL_TAIL_GET, e);
}

bool store_tail_set(struct sql *q, const char *sender, const struct tail *t, struct err *e)
{
	struct pool *p = pool_new();
	bool well = sql_do(q, SQL_TAIL_PUT, e,
			   SQL_VALUES(sql_t(addr_lower(p, sender)), sql_t(strings_join(p, &t->marks, ' ', NOTE_MOST)), sql_i(t->letters)));

	pool_end(&p);
	return well;
}
