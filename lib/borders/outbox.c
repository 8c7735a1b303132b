#include "borders/outbox.h"

#include <string.h>

#include "borders/store.h"

#define X(id, name) name,
static const char *const names[] = { OUTBOX_STATES(X) };
#undef X

const char *outbox_state_name(enum outbox_state s)
{
	return names[s];
}

enum outbox_state outbox_state_from(const char *name)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], name) == 0)
			return (enum outbox_state)i;
	return OUTBOX_VOID;
}

bool outbox_put(struct sql *q, struct outgoing *o, struct err *e)
{
	if (!sql_query(q, SQL_OUTGOING_ADD, e,
		       SQL_VALUES(sql_t(o->owner), sql_t(mail_kind_name(o->kind)), sql_t(o->recipient), sql_i(o->outside), sql_i(o->answers),
				  sql_t(outbox_state_name(o->state)), sql_t(o->subject), sql_t(o->sender), sql_t(o->message_id), sql_t(o->token),
				  sql_b(o->bytes, o->n), sql_i(o->made), o->state == OUTBOX_READY ? sql_i(o->try_at) : sql_n(0), sql_t(o->why),
				  sql_n(o->approves), sql_t(o->word ? o->word : ""), sql_n(o->checkin))))
		return false;
	if (sql_row(q, SQL_OUTGOING_ADD))
		o->id = sql_int(q, SQL_OUTGOING_ADD, 0);
	if (!sql_end(q, SQL_OUTGOING_ADD, e))
		return false;
	for (size_t i = 0; i < o->about_count; i++)
		if (!sql_do(q, SQL_ABOUT_ADD, e, SQL_VALUES(sql_i(o->id), sql_i(o->about[i]))))
			return false;
	return true;
}

/* The columns of OUTGOING_COLUMNS, and the bytes behind them. */
static void read_row(struct sql *q, enum sql_query id, struct pool *p, bool bytes, struct outgoing *o)
{
	*o = (struct outgoing){ .id = sql_int(q, id, 0), .owner = sql_text(q, id, 1, p), .recipient = sql_text(q, id, 3, p),
				.outside = sql_int(q, id, 4), .answers = sql_int(q, id, 5), .subject = sql_text(q, id, 7, p),
				.sender = sql_text(q, id, 8, p), .message_id = sql_text(q, id, 9, p), .token = sql_text(q, id, 10, p),
				.made = sql_int(q, id, 11), .try_at = sql_int(q, id, 12), .tries = (int)sql_int(q, id, 13),
				.begun = sql_int(q, id, 14), .sent = sql_int(q, id, 15), .why = sql_text(q, id, 16, p),
				.approves = sql_int(q, id, 17), .word = sql_text(q, id, 18, p), .checkin = sql_int(q, id, 19) };
	mail_kind_from(sql_text(q, id, 2, p), &o->kind);
	o->state = outbox_state_from(sql_text(q, id, 6, p));
	if (bytes)
		o->bytes = sql_blob(q, id, 20, p, &o->n);
}

static bool read_all(struct sql *q, enum sql_query id, struct pool *p, bool bytes, struct outgoing **out, size_t *n, struct err *e)
{
	struct outgoing *list = NULL;
	size_t count = 0;

	while (sql_row(q, id)) {
		read_row(q, id, p, bytes, pool_more(p, &list, count, sizeof *list));
		count++;
	}
	if (!sql_end(q, id, e))
		return false;
	*out = list;
	*n = count;
	return true;
}

bool outbox_take(struct sql *q, struct pool *p, utc now, size_t skip, size_t most, struct outgoing **out, size_t *n, struct err *e)
{
	return sql_query(q, SQL_OUTGOING_READY, e, SQL_VALUES(sql_i(now), sql_i((int64_t)most), sql_i((int64_t)skip))) &&
	       read_all(q, SQL_OUTGOING_READY, p, true, out, n, e);
}

bool outbox_next(struct sql *q, utc *at, struct err *e)
{
	return store_count(q, SQL_OUTGOING_NEXT, 0, NULL, at, e);
}

bool outbox_list(struct sql *q, struct pool *p, enum sql_query id, int64_t limit, struct outgoing **out, size_t *n, struct err *e)
{
	struct sql_value v = sql_i(limit);

	return sql_query(q, id, e, id == SQL_OUTGOING_LATEST ? 1 : 0, &v) && read_all(q, id, p, false, out, n, e);
}

static bool read_one(struct sql *q, enum sql_query query, struct pool *p, bool bytes, int64_t id, struct outgoing *out, bool *found, struct err *e)
{
	struct outgoing *list;
	size_t n;

	if (!sql_query(q, query, e, SQL_VALUES(sql_i(id))) || !read_all(q, query, p, bytes, &list, &n, e))
		return false;
	*found = n == 1;
	if (n == 1)
		*out = list[0];
	return true;
}

bool outbox_get(struct sql *q, struct pool *p, int64_t id, struct outgoing *out, bool *found, struct err *e)
{
	return read_one(q, SQL_OUTGOING_GET, p, true, id, out, found, e);
}

bool outbox_head(struct sql *q, struct pool *p, int64_t id, struct outgoing *out, bool *found, struct err *e)
{
	return read_one(q, SQL_OUTGOING_HEAD, p, false, id, out, found, e);
}

bool outbox_about(struct sql *q, struct pool *p, int64_t commitment, struct outgoing **out, size_t *n, struct err *e)
{
	return sql_query(q, SQL_OUTGOING_ABOUT, e, SQL_VALUES(sql_i(commitment))) && read_all(q, SQL_OUTGOING_ABOUT, p, false, out, n, e);
}

bool outbox_waiting(struct sql *q, struct pool *p, int64_t commitment, int64_t **ids, size_t *n, struct err *e)
{
	return store_ids(q, p, SQL_OUTGOING_WAITING, SQL_VALUES(sql_i(commitment)), ids, n, e);
}

bool outbox_is_ready(struct sql *q, int64_t id, bool *is, struct err *e)
{
	int64_t n;

	if (!store_count(q, SQL_OUTGOING_IS_READY, SQL_VALUES(sql_i(id)), &n, e))
		return false;
	*is = n == 1;
	return true;
}

bool outbox_settle(struct sql *q, struct outgoing *o, enum outbox_state to, utc at, const char *why, struct err *e)
{
	if (!sql_do_one(q, SQL_OUTGOING_SETTLE, e,
			SQL_VALUES(sql_i(o->id), sql_t(outbox_state_name(to)), to == OUTBOX_READY ? sql_i(o->try_at) : sql_n(0), sql_i(o->tries),
				   sql_n(to == OUTBOX_BEGUN ? at : o->begun), sql_n(to == OUTBOX_SENT ? at : 0), sql_t(why),
				   sql_t(outbox_state_name(o->state)), sql_t(o->word ? o->word : ""))))
		return false;
	if (to == OUTBOX_BEGUN)
		o->begun = at;
	o->state = to;
	return true;
}

bool outbox_traffic(struct sql *q, const char *recipient, enum mail_kind kind, const char *word, utc now, struct traffic *out, struct err *e)
{
	int64_t day, hour, bounced, same, week = 0;

	if (!store_count(q, SQL_TRAFFIC_RECIPIENT, SQL_VALUES(sql_t(recipient), sql_i(now - 86400)), &day, e) ||
	    !store_count(q, SQL_TRAFFIC_KIND, SQL_VALUES(sql_t(recipient), sql_t(mail_kind_name(kind))), &same, e) ||
	    !store_count(q, SQL_TRAFFIC_HOUR, SQL_VALUES(sql_i(now - 3600)), &hour, e) ||
	    !store_count(q, SQL_BOUNCED_GET, SQL_VALUES(sql_t(recipient)), &bounced, e) ||
	    (word && strcmp(word, "auto") == 0 && !store_count(q, SQL_TRAFFIC_WEEK, SQL_VALUES(sql_t(recipient), sql_i(now - 7 * 86400)), &week, e)))
		return false;
	*out = (struct traffic){ .to_recipient_day = (int)day, .hour = (int)hour, .same_kind = same, .bounced = bounced != 0, .to_contact_week = (int)week,
				.by_hand = word && (strcmp(word, "send") == 0 || strcmp(word, WORD_OVERRIDE) == 0) };
	return true;
}
