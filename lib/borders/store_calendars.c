/* calendars of owners: when they are busy, and what of kept's lies in a collection */
#include "borders/store.h"

bool store_calendar(struct sql *q, struct pool *p, const char *key, struct calendar_row *out, struct err *e)
{
	enum sql_query id = SQL_CALENDAR_GET;

	*out = (struct calendar_row){
		.key = key, .address = "", .etag = "", .findings = "", .collection = "", .token = "", .why = ""
	};
	if (!sql_query(q, id, e, SQL_VALUES(sql_t(key))))
		return false;
	if (sql_row(q, id))
		*out = (struct calendar_row){ .key = key,
					      .address = sql_text(q, id, 1, p),
					      .etag = sql_text(q, id, 2, p),
					      .read_at = sql_int(q, id, 3),
					      .until = sql_int(q, id, 4),
					      .findings = sql_text(q, id, 5, p),
					      .collection = sql_text(q, id, 6, p),
					      .token = sql_text(q, id, 7, p),
					      .failed = sql_int(q, id, 8),
					      .told = sql_int(q, id, 9),
					      .why = sql_text(q, id, 10, p) };
	return sql_end(q, id, e);
}

bool store_calendar_set(struct sql *q, const struct calendar_row *c, struct err *e)
{
	return sql_do(q, SQL_CALENDAR_PUT, e,
		      SQL_VALUES(sql_t(c->key), sql_t(c->address), sql_t(c->etag), sql_n(c->read_at), sql_n(c->until),
				 sql_t(c->findings), sql_t(c->collection), sql_t(c->token), sql_n(c->failed),
				 sql_n(c->told), sql_t(c->why)));
}

bool store_busy_set(struct sql *q, const char *key, const struct busy *b, struct err *e)
{
	bool well = sql_do(q, SQL_BUSY_CLEAR, e, SQL_VALUES(sql_t(key)));

	for (size_t i = 0; well && i < b->n; i++)
		well = sql_do(q, SQL_BUSY_ADD, e,
			      SQL_VALUES(sql_t(key), sql_i(b->times[i].start), sql_i(b->times[i].end)));
	return well;
}

bool store_busy_add(struct sql *q, struct pool *p, const char *key, utc from, utc till, struct busy *to, struct err *e)
{
	enum sql_query id = SQL_BUSY_GET;

	if (!sql_query(q, id, e, SQL_VALUES(sql_t(key), sql_i(from), sql_i(till))))
		return false;
	while (sql_row(q, id))
		*(struct busy_time *)pool_more(p, &to->times, to->n++, sizeof *to->times) =
			(struct busy_time){ .start = sql_int(q, id, 0), .end = sql_int(q, id, 1) };
	return sql_end(q, id, e);
}

bool store_meetings_set(struct sql *q, const char *key, const struct busy_meeting *list, size_t n, struct err *e)
{
	bool well = sql_do(q, SQL_MEETING_CLEAR, e, SQL_VALUES(sql_t(key)));

	for (size_t i = 0; well && i < n; i++)
		for (size_t k = 0; well && k < list[i].with.n; k++)
			well = sql_do(q, SQL_MEETING_ADD, e,
				      SQL_VALUES(sql_t(key), sql_i(list[i].time.start), sql_i(list[i].time.end),
						 sql_t(list[i].uid), sql_t(list[i].with.list[k].address),
						 sql_t(list[i].with.list[k].name), sql_t(list[i].title)));
	return well;
}

bool store_meetings_met(struct sql *q, struct pool *p, const char *key, utc from, utc till, bool begun, struct addrs *to,
			const char ***titles, struct err *e)
{
	enum sql_query id = SQL_MEETING_MET;

	if (!sql_query(q, id, e, SQL_VALUES(sql_t(key), sql_i(from), sql_i(till), sql_i(begun))))
		return false;
	while (sql_row(q, id)) {
		size_t n = to->n;

		addrs_add(p, to, sql_text(q, id, 1, p), sql_text(q, id, 0, p));
		if (to->n > n)
			*(const char **)pool_more(p, titles, n, sizeof **titles) = sql_text(q, id, 2, p);
	}
	return sql_end(q, id, e);
}

bool store_calendar_objects(struct sql *q, struct pool *p, const char *key, struct calendar_object **out, size_t *n,
			    struct err *e)
{
	enum sql_query id = SQL_CALENDAR_OBJECTS;

	*out = NULL;
	*n = 0;
	if (!sql_query(q, id, e, SQL_VALUES(sql_t(key))))
		return false;
	while (sql_row(q, id)) {
		struct calendar_object *o = pool_more(p, out, (*n)++, sizeof *o);

		*o = (struct calendar_object){ .name = sql_text(q, id, 0, p),
					       .commitment = sql_int(q, id, 1),
					       .checkin = sql_int(q, id, 2),
					       .etag = sql_text(q, id, 3, p),
					       .due = sql_int(q, id, 4),
					       .done = sql_int(q, id, 5) != 0,
					       .what = sql_text(q, id, 6, p),
					       .besides = sql_text(q, id, 7, p) };
	}
	return sql_end(q, id, e);
}

bool store_calendar_object_set(struct sql *q, const char *key, const struct calendar_object *o, struct err *e)
{
	return sql_do(q, SQL_CALENDAR_OBJECT_PUT, e,
		      SQL_VALUES(sql_t(key), sql_t(o->name), sql_n(o->commitment), sql_n(o->checkin), sql_t(o->etag),
				 sql_i(o->due), sql_i(o->done), sql_t(o->what), sql_t(o->besides)));
}

bool store_calendar_object_drop(struct sql *q, const char *key, const char *name, struct err *e)
{
	return sql_do(q, SQL_CALENDAR_OBJECT_DROP, e, SQL_VALUES(sql_t(key), sql_t(name)));
}

bool store_calendar_objects_drop(struct sql *q, const char *key, struct err *e)
{
	return sql_do(q, SQL_CALENDAR_OBJECTS_CLEAR, e, SQL_VALUES(sql_t(key)));
}
