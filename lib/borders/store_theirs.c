/* what others owe the owner */
#include "borders/store.h"

/* The columns of THEIRS_COLUMNS. */
static void read_row(struct sql *q, enum sql_query id, struct pool *p, struct theirs *t)
{
	*t = (struct theirs){ .id = sql_int(q, id, 0), .owner = sql_text(q, id, 1, p), .commitment = sql_int(q, id, 2),
			      .address = sql_text(q, id, 3, p), .name = sql_text(q, id, 4, p), .what = sql_text(q, id, 5, p),
			      .until = sql_int(q, id, 6), .letter = sql_int(q, id, 7), .at = sql_int(q, id, 8), .closed = sql_int(q, id, 9) };
}

bool store_theirs_add(struct sql *q, struct theirs *t, struct err *e)
{
	return store_count(q, SQL_THEIRS_ADD,
			   SQL_VALUES(sql_t(t->owner), sql_n(t->commitment), sql_t(t->address), sql_t(t->name), sql_t(t->what), sql_n(t->until),
				      sql_i(t->letter), sql_i(t->at)),
			   &t->id, e);
}

bool store_theirs(struct sql *q, struct pool *p, const char *owner, struct theirs **out, size_t *n, struct err *e)
{
	*out = NULL;
	*n = 0;
	if (!sql_query(q, SQL_THEIRS_OPEN, e, SQL_VALUES(sql_t(owner))))
		return false;
	while (sql_row(q, SQL_THEIRS_OPEN))
		read_row(q, SQL_THEIRS_OPEN, p, pool_more(p, out, (*n)++, sizeof **out));
	return sql_end(q, SQL_THEIRS_OPEN, e);
}

bool store_theirs_get(struct sql *q, struct pool *p, int64_t id, struct theirs *out, bool *found, struct err *e)
{
	if (!sql_query(q, SQL_THEIRS_GET, e, SQL_VALUES(sql_i(id))))
		return false;
	*found = sql_row(q, SQL_THEIRS_GET);
	if (*found)
		read_row(q, SQL_THEIRS_GET, p, out);
	return sql_end(q, SQL_THEIRS_GET, e);
}

bool store_theirs_close(struct sql *q, const char *owner, int64_t id, utc now, struct err *e)
{
	return sql_do_one(q, SQL_THEIRS_CLOSE, e, SQL_VALUES(sql_i(id), sql_t(owner), sql_i(now)));
}
