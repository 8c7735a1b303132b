/* held messages: their owner is told of them, once a day */
#include <string.h>

#include "borders/record.h"
#include "borders/store.h"
#include "work/schedule_inner.h"

enum { DAY = 86400 };

/* What they were told of a month ago and let lie. */
static bool forget_held(struct sql *q, struct pool *p, const struct owner *o, size_t n, utc now, struct err *e)
{
	bool room;

	return store_held_forget(q, o->key, INT64_MAX, now, &room, e) &&
	       record_add(
		       q,
		       &(struct event){ .owner = o->key,
					.word = "forgotten",
					.detail = pool_print(p, "%zu held messages, a month after they were told", n) },
		       now, e);
}

/* A notice that waits still is withdrawn when a message that it tells of was accepted or dropped meanwhile; what else
 * it tells of was not told then. */
bool schedule_held_stands(struct sql *q, struct pool *p, const struct outgoing *o, utc now, bool *stands, struct err *e)
{
	struct outgoing notice = *o;
	struct owner_row row;
	int64_t settled;

	if (!store_count(q, SQL_HELD_SETTLED, SQL_VALUES(sql_t(o->owner), sql_i(o->made)), &settled, e))
		return false;
	*stands = !settled;
	if (*stands)
		return true;
	if (!store_owner(q, o->owner, &row, e))
		return false;
	row.held_told = 0;
	return schedule_withdraw(q, p, &notice, 0, "a message that it tells of was accepted or dropped", now, e) &&
	       sql_do(q, SQL_HELD_UNTOLD, e, SQL_VALUES(sql_t(o->owner), sql_i(o->made))) &&
	       store_owner_set(q, o->owner, &row, e);
}

static bool withdraw_stale(struct sql *q, struct pool *p, const struct owner *o, struct owner_row *row, utc now,
			   struct err *e)
{
	int64_t *ids;
	size_t n;

	if (!store_ids(q, p, SQL_HELD_NOTICES, SQL_VALUES(sql_t(o->key)), &ids, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct outgoing notice;
		bool found, stands;

		if (!outbox_head(q, p, ids[i], &notice, &found, e) ||
		    (found && !schedule_held_stands(q, p, &notice, now, &stands, e)))
			return false;
	}
	return !n || store_owner(q, o->key, row, e);
}

bool schedule_held(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, struct owner_row *row,
		   utc now, utc *next, struct err *e)
{
	struct compose_in in = { .conf = c, .owner = o, .kind = MAIL_NOTICE };
	struct held_row *held;
	size_t n, untold = 0, old = 0;
	utc at;

	if (!withdraw_stale(q, p, o, row, now, e) || !store_held(q, p, o->key, &held, &n, e))
		return false;
	at = quiet_end(&o->time, row->held_told && now < row->held_told + DAY ? row->held_told + DAY : now);
	for (size_t i = 0; i < n; i++) {
		untold += held[i].told == 0;
		old += held[i].told && held[i].told <= now - HELD_SECONDS;
	}
	if (old && !forget_held(q, p, o, old, now, e))
		return false;
	if (!untold)
		return true;
	if (at > now) {
		if (!*next || at < *next)
			*next = at;
		return true;
	}
	in.held = pool_list(p, n, sizeof *in.held);
	for (size_t i = 0; i < n && in.held_count < 50; i++)
		if (!held[i].told)
			in.held[in.held_count++] = (struct held_line){
				held[i].id,
				held[i].sender,
				held[i].subject,
				held[i].reason,
				held[i].at,
				text_starts(held[i].reason, "unproven") && !conf_owner_of(c, held[i].sender)
			};
	row->held_told = now;
	return store_owner_set(q, o->key, row, e) && store_held_told(q, o->key, in.held[in.held_count - 1].id, now, e) &&
	       schedule_queue(q, p, &in, &(struct queue_as){ .why = "messages are held", .word = WORD_HELD }, NULL, now, e);
}
