/* trust challenges */
#include "borders/store.h"

/* The columns of CHALLENGE_COLUMNS. */
static bool read_rows(struct sql *q, struct pool *p, enum sql_query id, const struct owner *o, struct challenge **out,
		      size_t *n, struct err *e)
{
	*out = NULL;
	*n = 0;
	while (sql_row(q, id))
		*(struct challenge *)pool_more(p, out, (*n)++, sizeof **out) =
			(struct challenge){ .id = sql_int(q, id, 0),
					    .owner = o,
					    .start = sql_int(q, id, 1),
					    .ended = sql_int(q, id, 2),
					    .stopped = sql_int(q, id, 3),
					    .told = (int32_t)sql_int(q, id, 4),
					    .report = sql_int(q, id, 5),
					    .reflection = sql_text(q, id, 6, p) };
	return sql_end(q, id, e);
}

static bool read_one(struct sql *q, struct pool *p, enum sql_query id, const struct owner *o, struct challenge *out,
		     bool *found, struct err *e)
{
	struct challenge *list;
	size_t n;

	if (!read_rows(q, p, id, o, &list, &n, e))
		return false;
	*found = n > 0;
	if (n)
		*out = list[0];
	return true;
}

bool store_challenge(struct sql *q, struct pool *p, const struct owner *o, struct challenge *out, bool *found,
		     struct err *e)
{
	return sql_query(q, SQL_CHALLENGE_RUNS, e, SQL_VALUES(sql_t(o->key))) &&
	       read_one(q, p, SQL_CHALLENGE_RUNS, o, out, found, e);
}

bool store_challenge_reported(struct sql *q, struct pool *p, const struct owner *o, int64_t outgoing,
			      struct challenge *out, bool *found, struct err *e)
{
	return sql_query(q, SQL_CHALLENGE_OF_REPORT, e, SQL_VALUES(sql_t(o->key), sql_i(outgoing))) &&
	       read_one(q, p, SQL_CHALLENGE_OF_REPORT, o, out, found, e);
}

bool store_challenges(struct sql *q, struct pool *p, const struct owner *o, struct challenge **out, size_t *n,
		      struct err *e)
{
	return sql_query(q, SQL_CHALLENGE_ALL, e, SQL_VALUES(sql_t(o->key))) &&
	       read_rows(q, p, SQL_CHALLENGE_ALL, o, out, n, e);
}

bool store_challenge_add(struct sql *q, struct challenge *x, struct err *e)
{
	return store_count(q, SQL_CHALLENGE_ADD, SQL_VALUES(sql_t(x->owner->key), sql_i(x->start), sql_i(x->told)),
			   &x->id, e);
}

bool store_challenge_save(struct sql *q, const struct challenge *x, struct err *e)
{
	return sql_do_one(q, SQL_CHALLENGE_SAVE, e,
			  SQL_VALUES(sql_i(x->id), sql_n(x->ended), sql_i(x->stopped), sql_i(x->told), sql_n(x->report),
				     sql_t(x->reflection)));
}
