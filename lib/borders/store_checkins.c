/* meetings with people outside */
#include "borders/store.h"
#include "letters/ical.h"

/* The columns of CHECKIN_COLUMNS. */
static void read_row(struct sql *q, enum sql_query id, struct pool *p, struct checkin *c)
{
	*c = (struct checkin){ .id = sql_int(q, id, 0),
			       .owner = sql_text(q, id, 1, p),
			       .uid = sql_text(q, id, 2, p),
			       .sequence = (int)sql_int(q, id, 3),
			       .stamp = sql_int(q, id, 4),
			       .start = sql_int(q, id, 6),
			       .minutes = (int)sql_int(q, id, 7),
			       .zone = sql_text(q, id, 8, p),
			       .rrule = sql_text(q, id, 9, p),
			       .purpose = sql_text(q, id, 10, p),
			       .agenda = sql_text(q, id, 11, p),
			       .link = sql_text(q, id, 12, p),
			       .place = sql_text(q, id, 13, p),
			       .commitment = sql_int(q, id, 14),
			       .made = sql_int(q, id, 15),
			       .entry = (int)sql_int(q, id, 16) };
	checkin_state_from(sql_text(q, id, 5, p), &c->state);
}

static bool attendees(struct sql *q, struct pool *p, struct checkin *c, struct err *e)
{
	enum sql_query id = SQL_CHECKIN_ATTENDEES;

	if (!sql_query(q, id, e, SQL_VALUES(sql_i(c->id))))
		return false;
	while (sql_row(q, id)) {
		struct checkin_attendee *a = pool_more(p, &c->attendees, c->attendee_count++, sizeof *a);

		*a = (struct checkin_attendee){ .address = sql_text(q, id, 0, p),
						.name = sql_text(q, id, 1, p),
						.recurrence = sql_int(q, id, 2),
						.comment = sql_text(q, id, 4, p),
						.answered_sequence = (int)sql_int(q, id, 5),
						.answered = sql_int(q, id, 6),
						.delegated_to = sql_text(q, id, 7, p),
						.counter = sql_int(q, id, 8),
						.counter_minutes = (int)sql_int(q, id, 9) };
		partstat_from(sql_text(q, id, 3, p), &a->partstat);
	}
	return sql_end(q, id, e);
}

static bool exceptions(struct sql *q, struct pool *p, struct checkin *c, struct err *e)
{
	enum sql_query id = SQL_CHECKIN_EXCEPTIONS;

	if (!sql_query(q, id, e, SQL_VALUES(sql_i(c->id))))
		return false;
	while (sql_row(q, id))
		*(struct checkin_exception *)pool_more(p, &c->exceptions, c->exception_count++, sizeof *c->exceptions) =
			(struct checkin_exception){ sql_int(q, id, 0), sql_int(q, id, 1) };
	return sql_end(q, id, e);
}

/* All rows of a query over CHECKIN_COLUMNS, with whom and what belongs to them. */
static bool rows(struct sql *q, enum sql_query id, struct pool *p, struct checkin **out, size_t *n, struct err *e)
{
	*out = NULL;
	*n = 0;
	while (sql_row(q, id))
		read_row(q, id, p, pool_more(p, out, (*n)++, sizeof **out));
	if (!sql_end(q, id, e))
		return false;
	for (size_t i = 0; i < *n; i++)
		if (!attendees(q, p, &(*out)[i], e) || !exceptions(q, p, &(*out)[i], e))
			return false;
	return true;
}

static bool one(struct sql *q, enum sql_query id, struct pool *p, struct checkin *out, bool *found, struct err *e)
{
	struct checkin *list;
	size_t n;

	if (!rows(q, id, p, &list, &n, e))
		return false;
	*found = n > 0;
	if (n)
		*out = list[0];
	return true;
}

bool store_checkin(struct sql *q, struct pool *p, int64_t id, struct checkin *out, bool *found, struct err *e)
{
	return sql_query(q, SQL_CHECKIN_GET, e, SQL_VALUES(sql_i(id))) && one(q, SQL_CHECKIN_GET, p, out, found, e);
}

bool store_checkin_uid(struct sql *q, struct pool *p, const char *uid, struct checkin *out, bool *found, struct err *e)
{
	return sql_query(q, SQL_CHECKIN_UID, e, SQL_VALUES(sql_t(uid))) && one(q, SQL_CHECKIN_UID, p, out, found, e);
}

bool store_checkin_of(struct sql *q, struct pool *p, int64_t commitment, struct checkin *out, bool *found,
		      struct err *e)
{
	return sql_query(q, SQL_CHECKIN_OF, e, SQL_VALUES(sql_i(commitment))) &&
	       one(q, SQL_CHECKIN_OF, p, out, found, e);
}

bool store_checkins(struct sql *q, struct pool *p, const char *owner, utc from, struct checkin **out, size_t *n,
		    struct err *e)
{
	return sql_query(q, SQL_CHECKIN_ALL, e, SQL_VALUES(sql_t(owner), sql_i(from))) &&
	       rows(q, SQL_CHECKIN_ALL, p, out, n, e);
}

bool store_checkins_with(struct sql *q, struct pool *p, const char *owner, const char *address, struct checkin **out,
			 size_t *n, struct err *e)
{
	return sql_query(q, SQL_CHECKIN_WITH, e, SQL_VALUES(sql_t(owner), sql_t(addr_lower(p, address)))) &&
	       rows(q, SQL_CHECKIN_WITH, p, out, n, e);
}

static bool put_attendee(struct sql *q, struct pool *p, int64_t id, const struct checkin_attendee *a, struct err *e)
{
	return sql_do(q, SQL_CHECKIN_ATTENDEE_PUT, e,
		      SQL_VALUES(sql_i(id), sql_i(a->recurrence), sql_t(addr_lower(p, a->address)), sql_t(a->name),
				 sql_t(partstat_name(a->partstat)), sql_t(a->comment), sql_i(a->answered_sequence),
				 sql_n(a->answered), sql_t(a->delegated_to), sql_n(a->counter),
				 sql_i(a->counter_minutes)));
}

bool store_checkin_save(struct sql *q, struct checkin *c, struct err *e)
{
	struct pool *p = pool_new();
	bool well;

	if (c->id)
		well = sql_do_one(q, SQL_CHECKIN_SAVE, e,
				  SQL_VALUES(sql_i(c->id), sql_i(c->sequence), sql_i(c->stamp),
					     sql_t(checkin_state_name(c->state)), sql_i(c->start), sql_i(c->minutes),
					     sql_t(c->zone), sql_t(c->rrule), sql_t(c->purpose), sql_t(c->agenda),
					     sql_t(c->link), sql_t(c->place), sql_i(c->entry))) &&
		       sql_do(q, SQL_CHECKIN_ATTENDEE_CLEAR, e, SQL_VALUES(sql_i(c->id))) &&
		       sql_do(q, SQL_CHECKIN_EXCEPTION_CLEAR, e, SQL_VALUES(sql_i(c->id)));
	else
		well = store_count(q, SQL_CHECKIN_ADD,
				   SQL_VALUES(sql_t(c->owner), sql_t(c->uid), sql_i(c->sequence), sql_i(c->stamp),
					      sql_t(checkin_state_name(c->state)), sql_i(c->start), sql_i(c->minutes),
					      sql_t(c->zone), sql_t(c->rrule), sql_t(c->purpose), sql_t(c->agenda),
					      sql_t(c->link), sql_t(c->place), sql_n(c->commitment), sql_i(c->made),
					      sql_i(c->entry)),
				   &c->id, e);
	for (size_t i = 0; i < c->attendee_count && well; i++)
		well = put_attendee(q, p, c->id, &c->attendees[i], e);
	for (size_t i = 0; i < c->exception_count && well; i++)
		well = sql_do(
			q, SQL_CHECKIN_EXCEPTION_ADD, e,
			SQL_VALUES(sql_i(c->id), sql_i(c->exceptions[i].recurrence), sql_n(c->exceptions[i].start)));
	pool_end(&p);
	return well;
}

bool store_checkin_mails(struct sql *q, struct pool *p, int64_t id, bool waiting, int64_t **ids, size_t *n,
			 struct err *e)
{
	return store_ids(q, p, waiting ? SQL_CHECKIN_WAITING : SQL_CHECKIN_LEFT, SQL_VALUES(sql_i(id)), ids, n, e);
}

/* Over, not only begun. */
static utc met(struct pool *p, const struct checkin *c, utc now)
{
	utc at = checkin_last(p, c, now);

	return at && at + c->minutes * 60 <= now ? at : at ? checkin_last(p, c, at) : 0;
}

bool store_checkin_met(struct sql *q, int64_t contact, utc now, utc *at, struct err *e)
{
	struct pool *p = pool_new();
	int64_t *ids;
	size_t n;
	bool well = store_ids(q, p, SQL_CHECKIN_ACCEPTED, SQL_VALUES(sql_i(contact), sql_i(now)), &ids, &n, e);
	utc last = 0;

	for (size_t i = 0; i < n && well; i++) {
		struct checkin c;
		bool found;

		well = store_checkin(q, p, ids[i], &c, &found, e);
		if (well && found && met(p, &c, now) > last)
			last = met(p, &c, now);
	}
	pool_end(&p);
	if (well)
		*at = last;
	return well;
}
