/* mail that waits as a draft */
#include "borders/outbox.h"
#include "borders/store.h"

/* The columns of DRAFT_COLUMNS. */
static void read_row(struct sql *q, enum sql_query id, struct pool *p, struct draft *d)
{
	*d = (struct draft){ .outgoing = sql_int(q, id, 0), .mailbox = sql_text(q, id, 1, p), .folder = sql_text(q, id, 2, p),
			     .uidvalidity = (uint32_t)sql_int(q, id, 3), .uid = (uint32_t)sql_int(q, id, 4), .digest = sql_text(q, id, 5, p),
			     .laid = sql_int(q, id, 6), .missed = sql_int(q, id, 7), .gone = sql_int(q, id, 8), .why = sql_text(q, id, 9, p) };
}

bool outbox_draft(struct sql *q, struct pool *p, int64_t outgoing, struct draft *out, bool *found, struct err *e)
{
	if (!sql_query(q, SQL_DRAFT_GET, e, SQL_VALUES(sql_i(outgoing))))
		return false;
	*found = sql_row(q, SQL_DRAFT_GET);
	if (*found)
		read_row(q, SQL_DRAFT_GET, p, out);
	return sql_end(q, SQL_DRAFT_GET, e);
}

bool outbox_draft_put(struct sql *q, const struct draft *d, struct err *e)
{
	return sql_do(q, SQL_DRAFT_PUT, e,
		      SQL_VALUES(sql_i(d->outgoing), sql_t(d->mailbox), sql_t(d->folder), sql_i(d->uidvalidity), sql_i(d->uid), sql_t(d->digest),
				 sql_n(d->laid), sql_n(d->missed), sql_n(d->gone), sql_t(d->why)));
}

bool outbox_drafts(struct sql *q, struct pool *p, const char *mailbox, struct draft **out, size_t *n, struct err *e)
{
	*out = NULL;
	*n = 0;
	if (!sql_query(q, SQL_DRAFT_LIES, e, SQL_VALUES(sql_t(mailbox))))
		return false;
	while (sql_row(q, SQL_DRAFT_LIES)) {
		struct draft *d = pool_more(p, out, (*n)++, sizeof **out);

		read_row(q, SQL_DRAFT_LIES, p, d);
		d->mail = (struct outgoing){ .id = d->outgoing, .state = outbox_state_from(sql_text(q, SQL_DRAFT_LIES, 10, p)),
					     .word = sql_text(q, SQL_DRAFT_LIES, 11, p), .sent = sql_int(q, SQL_DRAFT_LIES, 12) };
	}
	return sql_end(q, SQL_DRAFT_LIES, e);
}

bool outbox_unlaid(struct sql *q, struct pool *p, const char *owner, int64_t **ids, size_t *n, struct err *e)
{
	return store_ids(q, p, SQL_DRAFT_UNLAID, SQL_VALUES(sql_t(owner)), ids, n, e);
}

bool outbox_draft_mailboxes(struct sql *q, struct pool *p, struct strings *out, struct err *e)
{
	*out = (struct strings){ 0 };
	if (!sql_query(q, SQL_DRAFT_MAILBOXES, e, 0, NULL))
		return false;
	for (; sql_row(q, SQL_DRAFT_MAILBOXES); out->n++)
		*(const char **)pool_more(p, &out->list, out->n, sizeof *out->list) = sql_text(q, SQL_DRAFT_MAILBOXES, 0, p);
	return sql_end(q, SQL_DRAFT_MAILBOXES, e);
}
