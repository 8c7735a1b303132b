/* What concerns an owner as a whole: their agenda, their week, their check-ins; each in a transaction of its own. */
#include "borders/store.h"
#include "ground/log.h"
#include "work/schedule_inner.h"

static bool welcome(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, struct owner_row *row,
		    utc now, struct err *e)
{
	struct compose_in in = { .conf = c, .owner = o, .kind = MAIL_WELCOME };

	row->welcomed = now;
	return store_owner_set(q, o->key, row, e) && schedule_queue(q, p, &in, &(struct queue_as){ .why = "kept is set up" }, NULL, now, e);
}

/* What is done for one owner, in a transaction of its own. */
struct pass {
	const char *what; /* in the log */
	bool (*does)(struct sql *, struct pool *, const struct conf *, const struct owner *, struct owner_row *, utc now, utc *next, struct err *);
};

static bool pass(struct sql *q, const struct conf *c, const struct owner *o, const struct pass *x, utc now, utc *next, struct err *e)
{
	struct pool *p = pool_new();
	struct owner_row row;
	bool well = sql_begin(q, e) && store_owner(q, o->key, &row, e) && x->does(q, p, c, o, &row, now, next, e) && sql_commit(q, e);

	if (!well)
		sql_rollback(q);
	pool_end(&p);
	return well;
}

/* … whose fault costs no promise: it is tried again in an hour. */
static bool pass_apart(struct sql *q, const struct conf *c, const struct owner *o, const struct pass *x, utc now, utc *next, struct err *e)
{
	struct err why = { 0 };

	if (pass(q, c, o, x, now, next, &why))
		return true;
	if (why.kind != ERR_PERM) {
		*e = why;
		return false;
	}
	log_line(LOG_LINE_ERROR, "schedule", "%s of %s: %s", x->what, o->key, why.text);
	if (!*next || now + 3600 < *next)
		*next = now + 3600;
	return true;
}

static bool week(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, struct owner_row *row, utc now, utc *next, struct err *e)
{
	return (row->welcomed || welcome(q, p, c, o, row, now, e)) && schedule_held(q, p, c, o, row, now, next, e) &&
	       schedule_interests(q, p, c, o, now, next, e) && schedule_review(q, p, c, o, row, now, next, e) &&
	       schedule_challenge(q, p, c, o, row, now, next, e);
}

/* What comes before and after check-ins. */
static bool meetings(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, struct owner_row *row, utc now, utc *next,
		     struct err *e)
{
	return schedule_cadence(q, p, c, o, row, now, next, e) && schedule_briefings(q, p, c, o, now, next, e) &&
	       schedule_sweep(q, p, c, o, row, now, next, e);
}

static const struct pass the_agenda = { "the agenda", schedule_agenda }, /* its reminders come by themselves */
	the_owner = { "the week", week }, the_checkins = { "check-ins", meetings };

bool schedule_agendas(struct sql *q, const struct conf *c, utc now, utc *next, struct err *e)
{
	for (size_t i = 0; i < c->owner_count; i++)
		if (!pass_apart(q, c, &c->owners[i], &the_agenda, now, next, e))
			return false;
	return true;
}

bool schedule_owners(struct sql *q, const struct conf *c, utc now, utc *next, struct err *e)
{
	bool all = true;

	for (size_t i = 0; i < c->owner_count; i++) {
		const struct owner *o = &c->owners[i];
		bool well = pass(q, c, o, &the_owner, now, next, e);

		all &= well;
		if ((!well && e->kind != ERR_PERM) || (well && !pass_apart(q, c, o, &the_checkins, now, next, e)))
			return false;
	}
	return all;
}
