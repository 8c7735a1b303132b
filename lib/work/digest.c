#include "work/digest.h"

#include <string.h>

#include "borders/store.h"
#include "work/schedule_inner.h"

enum { DAY = 86400, LONGEST = 31 * DAY /* that one mail tells of */, ITEMS_MOST = 200, SHARED_MOST = 50 };

static bool within(const struct digest *g, utc at)
{
	return at >= g->from && at < g->to;
}

/* What left to others about it; a line for each material in a mail. */
static bool shared(struct sql *q, struct pool *p, const struct digest *g, struct digest_item *x, struct err *e)
{
	int64_t last = 0;

	if (!sql_query(q, SQL_SHARED_OF, e, SQL_VALUES(sql_i(x->m->id), sql_i(g->from), sql_i(g->to))))
		return false;
	while (sql_row(q, SQL_SHARED_OF)) {
		int64_t id = sql_int(q, SQL_SHARED_OF, 0);
		const char *title = sql_text(q, SQL_SHARED_OF, 3, p);

		if (id == last) {
			struct digest_shared *s = &x->shared[x->shared_count - 1];

			s->material = line_from(p, pool_print(p, "%s, %s", s->material, title), NOTE_MOST).s;
			continue;
		}
		if (x->shared_count == SHARED_MOST)
			continue;
		last = id;
		*(struct digest_shared *)pool_more(p, &x->shared, x->shared_count, sizeof *x->shared) =
			(struct digest_shared){ .at = sql_int(q, SQL_SHARED_OF, 2), .material = title };
		mail_kind_from(sql_text(q, SQL_SHARED_OF, 1, p), &x->shared[x->shared_count++].kind);
	}
	return sql_end(q, SQL_SHARED_OF, e);
}

/* The promises of one owner that the team has or had its part in, if something happened to them. */
static bool gather(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, struct digest *g,
		   struct err *e)
{
	struct commitment *list;
	size_t n;

	if (!store_commitments(q, p, c, o, true, &list, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct commitment *m = &list[i];
		struct digest_item x = { .m = m };

		if (!m->team_since || m->team_since >= g->to || conf_team(c, m->team) != g->team)
			continue;
		if (!shared(q, p, g, &x, e))
			return false;
		if (!x.shared_count && !within(g, m->team_since) && !within(g, m->team_answered) &&
		    !within(g, m->delivered) && !within(g, m->closed))
			continue;
		if (g->count == ITEMS_MOST)
			g->left_out++;
		else
			*(struct digest_item *)pool_more(p, &g->items, g->count++, sizeof x) = x;
	}
	return true;
}

/* In one transaction. */
static bool tell(struct sql *q, struct pool *p, const struct conf *c, const struct team *t, utc from, utc to, utc now,
		 struct err *e)
{
	struct digest g = { .team = t, .from = from, .to = to };
	struct compose_in in = { .conf = c, .kind = MAIL_DIGEST, .digest = &g };

	for (size_t i = 0; i < c->owner_count && from; i++)
		if (!gather(q, p, c, &c->owners[i], &g, e))
			return false;
	in.owner = g.count ? g.items[0].m->owner : NULL;
	return (!g.count || schedule_queue(q, p, &in, &(struct queue_as){ .why = "the week's digest for the team" },
					   NULL, now, e)) &&
	       sql_do(q, SQL_TEAM_PUT, e, SQL_VALUES(sql_t(t->key), sql_i(to)));
}

/* Where it was never told, its first week begins now. */
static bool one(struct sql *q, const struct conf *c, const struct team *t, utc now, utc *next, struct err *e)
{
	struct pool *p;
	utc last, coming, from;
	int64_t told;
	bool well;

	worktime_weekly(&c->owners[0].time, (enum weekday)(t->digest - 1), now, &last, &coming);
	if (coming && (!*next || coming < *next))
		*next = coming;
	if (!store_count(q, SQL_TEAM_GET, SQL_VALUES(sql_t(t->key)), &told, e))
		return false;
	if (!last || told >= last)
		return true;
	p = pool_new();
	from = !told ? 0 : told < last - LONGEST ? last - LONGEST : told;
	well = sql_begin(q, e) && tell(q, p, c, t, from, last, now, e) && sql_commit(q, e);
	if (!well)
		sql_rollback(q);
	pool_end(&p);
	return well;
}

bool digest_teams(struct sql *q, const struct conf *c, utc now, utc *next, struct err *e)
{
	for (size_t i = 0; i < c->team_count && c->owner_count; i++)
		if (c->teams[i].digest && !c->teams[i].commercial && !one(q, c, &c->teams[i], now, next, e))
			return false;
	return true;
}

/* ---- ahead ---- */

static void tells_of(struct pool *p, struct digest_ahead *x, const struct commitment *m)
{
	for (size_t i = 0; i < x->n; i++)
		if (x->ids[i] == m->id)
			return;
	if (!x->n)
		x->owner = m->owner;
	*(int64_t *)pool_more(p, &x->ids, x->n++, sizeof *x->ids) = m->id;
}

/* What happened until now is told the next time. */
static bool known(struct sql *q, struct pool *p, const struct conf *c, struct digest *g, struct digest_ahead *x, struct err *e)
{
	for (size_t i = 0; i < c->owner_count; i++)
		if (!gather(q, p, c, &c->owners[i], g, e))
			return false;
	for (size_t i = 0; i < g->count; i++)
		tells_of(p, x, g->items[i].m);
	return true;
}

static bool one_ahead(struct sql *q, struct pool *p, const struct conf *c, const struct team *t, const struct digest_left *left, size_t n, utc now,
		      utc till, struct digest_ahead **out, size_t *count, struct err *e)
{
	utc last, at;
	int64_t from;

	worktime_weekly(&c->owners[0].time, (enum weekday)(t->digest - 1), now, &last, &at);
	if (!store_count(q, SQL_TEAM_GET, SQL_VALUES(sql_t(t->key)), &from, e))
		return false;
	from = from ? from : last;
	for (bool first = true; at && at <= till; first = false) {
		struct digest g = { .team = t, .from = from, .to = at };
		struct digest_ahead x = { .at = at, .team = t };

		if (first && !known(q, p, c, &g, &x, e))
			return false;
		for (size_t i = 0; i < n; i++) {
			struct commitment m;
			bool found;

			if (!within(&g, left[i].at))
				continue;
			if (!store_commitment(q, p, c, left[i].commitment, &m, NULL, &found, e))
				return false;
			if (found && m.team_since && conf_team(c, m.team) == t)
				tells_of(p, &x, &m);
		}
		if (x.n)
			*(struct digest_ahead *)pool_more(p, out, (*count)++, sizeof **out) = x;
		from = at;
		worktime_weekly(&c->owners[0].time, (enum weekday)(t->digest - 1), from, &last, &at);
	}
	return true;
}

bool digest_ahead(struct sql *q, struct pool *p, const struct conf *c, const struct digest_left *left, size_t n, utc now, utc till,
		  struct digest_ahead **out, size_t *count, struct err *e)
{
	*out = NULL, *count = 0;
	for (size_t i = 0; i < c->team_count && c->owner_count; i++)
		if (c->teams[i].digest && !c->teams[i].commercial && !one_ahead(q, p, c, &c->teams[i], left, n, now, till, out, count, e))
			return false;
	return true;
}
