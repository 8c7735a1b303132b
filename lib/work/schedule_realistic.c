/* can the day of a new promise be kept, by what its owner has promised, and kept, before? */
#include "borders/store.h"
#include "work/schedule.h"

static bool open_ones(struct sql *q, struct pool *p, const struct commitment *m, struct realistic_in *in, struct err *e)
{
	utc *open = NULL;

	if (!sql_query(q, SQL_REALISTIC_OPEN, e, SQL_VALUES(sql_t(m->owner->key), sql_i(m->id), sql_i(in->now))))
		return false;
	while (sql_row(q, SQL_REALISTIC_OPEN))
		*(utc *)pool_more(p, &open, in->open_count++, sizeof *open) = sql_int(q, SQL_REALISTIC_OPEN, 0);
	in->open = open;
	return sql_end(q, SQL_REALISTIC_OPEN, e);
}

bool schedule_realistic(struct sql *q, struct pool *p, const struct conf *c, const struct commitment *m, utc now, struct realistic *out,
			struct err *e)
{
	struct realistic_in in = { .time = &m->owner->time, .now = now, .due = m->due, .day_full = conf_policy(c, m->policy)->day_full };
	struct took *took = NULL;

	if (!open_ones(q, p, m, &in, e) ||
	    !sql_query(q, SQL_REALISTIC_TOOK, e, SQL_VALUES(sql_t(m->owner->key), sql_t(m->team), sql_t(m->policy))))
		return false;
	while (sql_row(q, SQL_REALISTIC_TOOK))
		*(struct took *)pool_more(p, &took, in.took_count++, sizeof *took) =
			(struct took){ sql_int(q, SQL_REALISTIC_TOOK, 0), sql_int(q, SQL_REALISTIC_TOOK, 1) };
	in.took = took;
	if (!sql_end(q, SQL_REALISTIC_TOOK, e))
		return false;
	*out = realistic(p, &in);
	return true;
}
