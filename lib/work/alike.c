#include "work/alike_inner.h"

#include <stdlib.h>
#include <string.h>

#include "borders/material.h"
#include "borders/oauth.h"
#include "ground/log.h"
#include "work/calendars.h"

enum { ASK_SECONDS = 300, FIRST_REST = 60, REST_MOST = 900, WRITE_MOST = 50 /* in one round */ };

/* ---- reading what changed there ---- */

static bool read_changed(struct alike *a, struct caldav *d, const struct caldav_changes *c, struct err *why,
			 struct err *e)
{
	const char **names = pool_list(a->p, c->n + 1, sizeof *names);
	struct caldav_object *got;
	size_t n = 0, found;

	for (size_t i = 0; i < c->n; i++) {
		struct wanted *w = alike_named(a, c->list[i].name);

		if (w && *c->list[i].etag && (!w->was || strcmp(w->was->etag, c->list[i].etag) != 0))
			names[n++] = w->name;
	}
	if (!caldav_read(d, a->p, names, n, &got, &found, why))
		return false;
	for (size_t i = 0; i < found; i++) {
		struct wanted *w = alike_named(a, got[i].name);

		if (w && strcmp(got[i].task.uid, w->said.uid) != 0 && !*got[i].task.broken)
			log_line(LOG_LINE_WARN, "calendar", "%s: %s is another's object, and let alone", a->conf->key,
				 w->name);
		else if (w && !alike_take(a, w, &got[i], e))
			return false;
	}
	return true;
}

static bool is_there(const struct caldav_changes *c, const char *name)
{
	for (size_t i = 0; i < c->n; i++)
		if (*c->list[i].etag && strcmp(c->list[i].name, name) == 0)
			return true;
	return false;
}

static bool is_gone(const struct caldav_changes *c, const char *name)
{
	for (size_t i = 0; i < c->n; i++)
		if (!*c->list[i].etag && strcmp(c->list[i].name, name) == 0)
			return true;
	return c->all && !is_there(c, name);
}

static bool mark(struct alike *a, const struct calendar_row *row, struct err *e)
{
	if (!sql_begin(a->q, e))
		return false;
	if (!store_calendar_set(a->q, row, e)) {
		sql_rollback(a->q);
		return false;
	}
	return sql_commit(a->q, e);
}

/* The token is kept when all that it stands for was taken in: a stop before that reads the same once more. */
static bool pull(struct alike *a, struct caldav *d, struct calendar_row *row, struct err *why, struct err *e)
{
	struct caldav_changes c;
	struct wanted **lost;
	size_t n = 0;

	if (!caldav_changes(d, a->p, row->token, &c, why) || !read_changed(a, d, &c, why, e))
		return false;
	lost = pool_list(a->p, a->n + 1, sizeof *lost);
	for (size_t i = 0; i < a->n; i++)
		if (a->wanted[i].was && *a->wanted[i].was->etag && is_gone(&c, a->wanted[i].name))
			lost[n++] = &a->wanted[i];
	if (n && !alike_gone(a, lost, n, e))
		return false;
	row->token = c.token;
	row->read_at = a->now;
	return mark(a, row, e);
}

/* ---- writing what changed here ---- */

static bool remove_one(struct alike *a, struct caldav *d, struct wanted *w, struct err *why, struct err *e)
{
	bool lost;

	if (!*w->was->etag)
		return alike_written(a, w, "", e);
	return caldav_delete(d, a->p, w->name, w->was->etag, &lost, why) && (lost || alike_written(a, w, "", e));
}

/* `there`: as it lies there now; NULL: it does not. `lost`: another wrote it meanwhile, or took it away. */
static bool write_one(struct alike *a, struct caldav *d, struct wanted *w, const struct caldav_object *there,
		      bool *lost, struct err *why, struct err *e)
{
	const char *text, *etag;
	struct err not_so = { 0 };

	*lost = false;
	w->said.moved = !there || task_due(&there->task, &a->conf->owner->time) != w->kept.due;
	if (w->meeting && !alike_checkin_object(a, w, there ? &there->task : NULL, &not_so)) {
		log_line(LOG_LINE_WARN, "calendar", "%s: %s", a->conf->key, not_so.text);
		return true;
	}
	if (!reader_task(d->reader, a->p, &w->said, there ? there->data : NULL, there ? strlen(there->data) : 0, &text,
			 e))
		return false;
	if (!caldav_put(d, a->p, w->name, text, there ? there->etag : NULL, &etag, lost, why))
		return false;
	return *lost || alike_written(a, w, etag, e);
}

/* What another wrote in between is read first, once; who writes again and again is left to the next round. */
static bool bring(struct alike *a, struct caldav *d, struct wanted *w, const struct caldav_object *there, bool *lost,
		  struct err *why, struct err *e)
{
	struct caldav_object *now;
	size_t found;

	if (!write_one(a, d, w, there, lost, why, e))
		return false;
	if (!*lost)
		return true;
	if (!caldav_read(d, a->p, &w->name, 1, &now, &found, why))
		return false;
	if (!found || !alike_take(a, w, now, e))
		return !found;
	if (!w->absent && alike_differs(w))
		return write_one(a, d, w, now, lost, why, e);
	*lost = w->absent;
	return true;
}

static bool push(struct alike *a, struct caldav *d, bool *more, bool *lost, struct err *why, struct err *e)
{
	const char *names[WRITE_MOST];
	struct wanted *todo[WRITE_MOST];
	struct caldav_object *got;
	size_t n = 0, found, read = 0;
	bool missed = false;

	*more = *lost = false;
	for (size_t i = 0; i < a->n && !*more; i++)
		if (alike_differs(&a->wanted[i])) {
			*more = n == WRITE_MOST;
			if (!*more)
				todo[n++] = &a->wanted[i];
		}
	for (size_t i = 0; i < n; i++)
		if (!todo[i]->absent)
			names[read++] = todo[i]->name;
	/* new ones too: what an interrupted round wrote is found here */
	if (!caldav_read(d, a->p, names, read, &got, &found, why))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct wanted *w = todo[i];
		struct caldav_object *there = NULL;

		for (size_t k = 0; k < found && !there; k++)
			if (strcmp(got[k].name, w->name) == 0)
				there = &got[k];
		if (there && strcmp(there->task.uid, w->said.uid) != 0 && !*there->task.broken)
			continue; /* another's */
		if (there && (!w->was || strcmp(w->was->etag, there->etag) != 0) && !alike_take(a, w, there, e))
			return false;
		if (w->absent ? w->was && !remove_one(a, d, w, why, e)
			      : alike_differs(w) && !bring(a, d, w, there, &missed, why, e))
			return false;
		*lost |= missed;
	}
	return true;
}

/* ---- a round ---- */

static bool talk(struct alike *a, struct caldav *d, struct calendar_row *row, bool asked, bool *more, bool *lost,
		 struct err *why, struct err *e)
{
	if (!*row->collection) {
		if (!caldav_find(d, a->p, why))
			return false;
		row->collection = d->collection;
		if (!mark(a, row, e))
			return false;
	}
	d->collection = row->collection;
	return (!asked || pull(a, d, row, why, e)) && push(a, d, more, lost, why, e);
}

/* After a failure: half as long as it has lasted, from one minute to fifteen. */
static utc rest(const struct calendar_row *row, const struct err *why, utc now)
{
	utc t = row->failed ? (now - row->failed) / 2 : 0;

	if ((why->kind == ERR_PERM && strcmp(why->code, CALDAV_GONE) != 0) || t > REST_MOST)
		return REST_MOST;
	return t < FIRST_REST ? FIRST_REST : t;
}

static bool failed(struct alike *a, struct calendar_row *row, const struct err *why, utc *next, struct err *e)
{
	bool lost = strcmp(why->code, CALDAV_GONE) == 0;

	if (strcmp(why->code, OAUTH_ENDED) == 0) { /* schedule_login tells it */
		*next = a->now + REST_MOST;
		return true;
	}
	if (!row->failed)
		log_line(LOG_LINE_WARN, "calendar", "%s: %s", a->conf->key, why->text);
	*next = row->until = a->now + rest(row, why, a->now);
	if (lost) /* it is looked for, and made, again */
		row->collection = row->token = "";
	if (!sql_begin(a->q, e))
		return false;
	if ((lost && !store_calendar_objects_drop(a->q, a->conf->key, e)) ||
	    !calendars_failed(a->q, a->p, a->c, a->conf, row, why, a->now, e)) {
		sql_rollback(a->q);
		return false;
	}
	return sql_commit(a->q, e);
}

static bool begin(struct alike *a, struct calendar_row *row, struct err *e)
{
	const char *address =
		material_digest(a->p, pool_print(a->p, "%s %s %s", a->conf->url, a->conf->user, a->conf->collection),
				strlen(a->conf->url) + strlen(a->conf->user) + strlen(a->conf->collection) + 2);

	if (!store_calendar(a->q, a->p, a->conf->key, row, e))
		return false;
	if (strcmp(row->address, address) != 0) { /* another collection: nothing of kept's lies there yet */
		*row = (struct calendar_row){ .key = row->key,
					      .address = address,
					      .etag = "",
					      .findings = "",
					      .collection = "",
					      .token = "",
					      .why = "" };
		if (!sql_begin(a->q, e))
			return false;
		if (!store_calendar_objects_drop(a->q, a->conf->key, e) || !store_calendar_set(a->q, row, e)) {
			sql_rollback(a->q);
			return false;
		}
		if (!sql_commit(a->q, e))
			return false;
	}
	return alike_want(a, e);
}

bool alike(struct sql *q, struct pool *p, const struct conf *c, const struct calendar_conf *l, struct reader *r,
	   utc now, utc *next, struct err *e)
{
	struct alike a = { .q = q, .p = p, .c = c, .conf = l, .now = now };
	struct caldav d = { .reader = r, .conf = l };
	struct calendar_row row;
	struct err why = { 0 };
	bool differs = false, asked, more = false, lost = false, well;

	if (!begin(&a, &row, e))
		return false;
	for (size_t i = 0; i < a.n; i++)
		differs |= alike_differs(&a.wanted[i]);
	asked = row.failed || row.read_at > now || now >= row.read_at + ASK_SECONDS;
	*next = row.read_at + ASK_SECONDS;
	if (row.failed && row.until > now && row.until <= now + REST_MOST) {
		*next = row.until;
		return true;
	}
	if (!differs && !asked)
		return true;
	well = caldav_open(l, &d.http, &why) && talk(&a, &d, &row, asked || !*row.token, &more, &lost, &why, e);
	http_close(&d.http);
	if (!well && why.kind)
		return failed(&a, &row, &why, next, e);
	if (!well)
		return false;
	*next = more ? now : lost ? now + FIRST_REST : now + (asked ? ASK_SECONDS : row.read_at + ASK_SECONDS - now);
	if (row.failed) {
		log_line(LOG_LINE_INFO, "calendar", "%s works again", l->key);
		row.failed = row.told = 0;
		row.why = "";
		return mark(&a, &row, e);
	}
	return true;
}
