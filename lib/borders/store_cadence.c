/* what the cadence, the briefing and the sweep ask */
#include "borders/store.h"

bool store_checkins_near(struct sql *q, struct pool *p, const char *owner, utc from, utc till, int64_t **ids, size_t *n,
			 struct err *e)
{
	return store_ids(q, p, SQL_CHECKIN_NEAR, SQL_VALUES(sql_t(owner), sql_i(from), sql_i(till)), ids, n, e);
}

bool store_checkin_mailed(struct sql *q, int64_t checkin, const char *kind, utc since, bool *is, struct err *e)
{
	int64_t n;

	if (!store_count(q, SQL_CHECKIN_MAILED, SQL_VALUES(sql_i(checkin), sql_t(kind), sql_i(since)), &n, e))
		return false;
	*is = n != 0;
	return true;
}

bool store_named_add(struct sql *q, int64_t outgoing, const struct addr *a, int64_t checkin, struct err *e)
{
	return sql_do(q, SQL_NAMED_ADD, e,
		      SQL_VALUES(sql_i(outgoing), sql_t(a->address), sql_t(a->name), sql_n(checkin)));
}

bool store_named(struct sql *q, struct pool *p, int64_t outgoing, struct named **out, size_t *n, struct err *e)
{
	*out = NULL;
	*n = 0;
	if (!sql_query(q, SQL_NAMED_OF, e, SQL_VALUES(sql_i(outgoing))))
		return false;
	while (sql_row(q, SQL_NAMED_OF))
		*(struct named *)pool_more(p, out, (*n)++, sizeof **out) =
			(struct named){ { sql_text(q, SQL_NAMED_OF, 1, p), sql_text(q, SQL_NAMED_OF, 0, p) },
					sql_int(q, SQL_NAMED_OF, 2) };
	return sql_end(q, SQL_NAMED_OF, e);
}

bool store_met(struct sql *q, struct pool *p, const char *owner, utc from, utc till, struct addrs *out, struct err *e)
{
	*out = (struct addrs){ 0 };
	if (!sql_query(q, SQL_EXCHANGE_MET, e, SQL_VALUES(sql_t(owner), sql_i(from), sql_i(till))))
		return false;
	while (sql_row(q, SQL_EXCHANGE_MET))
		addrs_add(p, out, sql_text(q, SQL_EXCHANGE_MET, 1, p), sql_text(q, SQL_EXCHANGE_MET, 0, p));
	return sql_end(q, SQL_EXCHANGE_MET, e);
}
