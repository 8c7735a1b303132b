/* What is kept's as it should lie there, and what follows from what lies there instead. */
#include "work/alike_inner.h"

#include <string.h>

#include "borders/record.h"
#include "letters/markup.h"
#include "letters/phrase.h"
#include "work/execute.h"
#include "work/schedule.h"

/* ---- what should lie there ---- */

const char *alike_name(struct pool *p, const char *kind, int64_t id, const char *uid)
{
	return pool_print(p, "%s-%lld-%.8s.ics", kind, (long long)id, record_digest(p, uid, strlen(uid)));
}

static void want_promise(struct alike *a, const struct commitment *m, struct wanted *w)
{
	const struct worktime *time = &m->owner->time;
	const struct civil c = zone_civil(time->zone, m->due);
	const char *to = addrs_names(a->p, &m->to);

	w->commitment = m->id;
	w->besides = "";
	w->absent = m->state == COMMITMENT_CANCELLED || m->state == COMMITMENT_CANDIDATE;
	w->kept = (struct side){ m->due, m->state == COMMITMENT_DELIVERED || m->state == COMMITMENT_KEPT,
				 line_from(a->p, commitment_thing(a->p, m), WHAT_MOST).s };
	w->said = (struct task_said){ .kind = TASK_TODO,
				      .uid = pool_print(a->p, "task-%s", m->uid),
				      .summary = w->kept.what,
				      .description = pool_print(a->p, "%s%s%sPromise %lld in kept.", *to ? "To " : "",
								to, *to ? ".\n" : "", (long long)m->id),
				      .object = "",
				      .date = c.hour * 60 + c.minute == time->hour && !c.second,
				      .day = zone_day(time->zone, m->due),
				      .due = m->due,
				      .done = w->kept.done,
				      .waits = m->state == COMMITMENT_WAITING,
				      .done_at = m->closed      ? m->closed
						 : m->delivered ? m->delivered
								: a->now,
				      .now = a->now };
}

static struct calendar_object *object_named(struct alike *a, const char *name)
{
	for (size_t i = 0; i < a->object_count; i++)
		if (strcmp(a->objects[i].name, name) == 0)
			return &a->objects[i];
	return NULL;
}

struct wanted *alike_named(struct alike *a, const char *name)
{
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->wanted[i].name, name) == 0)
			return &a->wanted[i];
	return NULL;
}

static struct wanted *add(struct alike *a, const struct wanted *w)
{
	struct wanted *to = pool_more(a->p, &a->wanted, a->n++, sizeof *to);

	*to = *w;
	to->was = object_named(a, w->name);
	return to;
}

/* One that lies there, and is of no open promise or coming check-in. `over`: it is let alone from now on. */
static bool want_closed(struct alike *a, const struct calendar_object *o, bool *over, struct err *e)
{
	struct commitment m;
	struct wanted w = {
		.name = o->name, .checkin = o->checkin, .absent = true, .kept = { o->due, o->done, o->what }, .besides = ""
	};
	struct checkin *k = pool_take(a->p, sizeof *k);
	bool found;
	utc answered;

	*over = false;
	if (o->checkin) { /* moved, called off, or past */
		*over = alike_checkin_over(a, o);
		if (!*over && !store_checkin(a->q, a->p, o->checkin, k, &found, e))
			return false;
		w.absent = *over || !found || !alike_want_checkin(a, k, &w);
	} else {
		if (!store_commitment(a->q, a->p, a->c, o->commitment, &m, &answered, &found, e))
			return false;
		if (found && m.owner == a->conf->owner)
			want_promise(a, &m, &w);
		w.commitment = found ? o->commitment : 0;
		*over = !w.absent && m.closed && m.closed < a->now - ALIKE_CLOSED;
	}
	if (!*over)
		add(a, &w);
	return true;
}

static bool want_others(struct alike *a, struct err *e)
{
	size_t n = 0;
	const char **past = pool_list(a->p, a->object_count + 1, sizeof *past);

	for (size_t i = 0; i < a->object_count; i++) {
		bool over = false;

		if (!alike_named(a, a->objects[i].name) && !want_closed(a, &a->objects[i], &over, e))
			return false;
		if (over)
			past[n++] = a->objects[i].name;
	}
	if (!n)
		return true;
	if (!sql_begin(a->q, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!store_calendar_object_drop(a->q, a->conf->key, past[i], e)) {
			sql_rollback(a->q);
			return false;
		}
	return sql_commit(a->q, e);
}

bool alike_want(struct alike *a, struct err *e)
{
	struct commitment *m;
	struct checkin *k;
	size_t n;

	a->wanted = NULL;
	a->n = 0;
	if (!store_calendar_objects(a->q, a->p, a->conf->key, &a->objects, &a->object_count, e) ||
	    !store_commitments(a->q, a->p, a->c, a->conf->owner, false, &m, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct wanted w = { .name = alike_name(a->p, "kept", m[i].id, m[i].uid) };

		want_promise(a, &m[i], &w);
		if (!w.kept.done || object_named(a, w.name)) /* what was done before is no task */
			add(a, &w);
	}
	if (!store_checkins(a->q, a->p, a->conf->owner->key, a->now - ALIKE_CHECKIN_PAST, &k, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct wanted w = { 0 };

		if ((k[i].state == CHECKIN_INVITED || k[i].state == CHECKIN_CONFIRMED) && alike_want_checkin(a, &k[i], &w))
			add(a, &w);
	}
	return want_others(a, e);
}

bool alike_differs(const struct wanted *w)
{
	const struct calendar_object *o = w->was;

	if (!o)
		return !w->absent;
	return w->absent || !*o->etag || o->due != w->kept.due || o->done != w->kept.done ||
	       strcmp(o->what, w->kept.what) != 0 || strcmp(o->besides, w->besides) != 0;
}

/* ---- what lies there ---- */

bool alike_put(struct alike *a, struct wanted *w, const char *etag, const struct side *s, const char *besides,
	       struct err *e)
{
	struct calendar_object o = { .name = w->name,
				     .etag = etag,
				     .what = s->what,
				     .besides = besides,
				     .commitment = w->commitment,
				     .checkin = w->checkin,
				     .due = s->due,
				     .done = s->done };

	if (!store_calendar_object_set(a->q, a->conf->key, &o, e))
		return false;
	w->was = pool_take(a->p, sizeof o);
	*w->was = o;
	return true;
}

const char *alike_in(const struct alike *a, const char *english)
{
	return phrase_of(a->conf->owner->language, english);
}

const char *alike_time(struct alike *a, utc t)
{
	return phrase_time(a->p, a->conf->owner->language, a->conf->owner->time.zone, t);
}

bool alike_tell(struct alike *a, const struct wanted *w, const char *subject, const char *markdown, struct err *e)
{
	struct schedule_telling t = {
		.owner = a->conf->owner, .subject = alike_in(a, subject), .markdown = markdown, .ids = &w->commitment, .n = 1
	};

	if (!w->commitment)
		return schedule_notice(a->q, a->p, a->c, t.owner, t.subject, markdown, a->now, e);
	return schedule_tell(a->q, a->p, a->c, &t, a->now, e);
}

const char *alike_moment(struct alike *a, utc t)
{
	struct civil c = zone_civil(a->conf->owner->time.zone, t);

	return pool_print(a->p, "%04d-%02d-%02d %02d:%02d", c.year, c.month, c.day, c.hour, c.minute);
}

/* A command as its owner would give it; where it cannot be carried out, they are told why. `tried`: what they did there, and when
 * it is to be instead. */
static bool command(struct alike *a, struct wanted *w, struct command *k, const char *tried, struct err *e)
{
	struct commands list = { .list = k, .n = 1, .rest = "" };
	struct execution x = { .owner = a->conf->owner, .about = &w->commitment, .about_count = 1, .written = a->now };
	struct schedule_answer s = { .owner = a->conf->owner };

	k->ids = &w->commitment;
	k->id_count = 1;
	if (!execute(a->q, a->p, a->c, &list, &x, a->now, e))
		return false;
	if (x.failed)
		return alike_tell(a, w, "Your calendar, and a promise that stays as it was",
				  pool_print(a->p, alike_in(a, "In your calendar you %s. That cannot be:\n\n%s"),
					     pool_print(a->p, alike_in(a, tried), k->when), x.answer->s),
				  e);
	s.ids = x.touched, s.n = x.touched_count;
	return record_add(a->q,
			  &(struct event){ .owner = a->conf->owner->key,
					   .word = "calendar",
					   .commitment = w->commitment,
					   .detail = pool_print(a->p, "%s, in the calendar %s", pool_print(a->p, tried, k->when), a->conf->key) },
			  a->now, e) &&
	       schedule_answer(a->q, a->p, a->c, &s, a->now, e) &&
	       schedule_these(a->q, a->p, a->c, x.touched, x.touched_count, NULL, a->now, e);
}

/* A tick taken back undoes what the tick did, and nothing that came after it. */
static bool undone(struct alike *a, struct wanted *w, struct err *e)
{
	struct undoable last;
	bool found;

	if (!store_undoable(a->q, a->p, a->conf->owner->key, w->commitment, 0, &last, &found, e))
		return false;
	if (found && strcmp(last.word, "done") == 0)
		return command(a, w, &(struct command){ .verb = COMMAND_UNDO }, "took a tick back", e);
	return alike_tell(a, w, "A tick taken back in your calendar",
			  pool_print(a->p,
				     alike_in(a, "You took the tick of this promise back in your calendar, and more happened to it "
						 "since. It is closed still; `undo %lld` takes the last change back.\n"),
				     (long long)w->commitment),
			  e);
}

static bool promise_follows(struct alike *a, struct wanted *w, const struct side *there, const struct agreement *g,
			    struct err *e)
{
	if (g->done &&
	    !command(a, w, &(struct command){ .verb = COMMAND_DONE, .seen = "you ticked it off in your calendar" },
		     "ticked it off", e))
		return false;
	if (g->undone && !undone(a, w, e))
		return false;
	if (g->due && !command(a, w, &(struct command){ .verb = COMMAND_DUE, .when = alike_moment(a, there->due) },
			       "moved it to %s", e))
		return false;
	if (g->what &&
	    !command(a, w, &(struct command){ .verb = COMMAND_WHAT, .text = there->what }, "gave it other words", e))
		return false;
	if (g->due_lost && !there->due &&
	    !alike_tell(a, w, "A promise without a date in your calendar",
			alike_in(a, "You took the date of this promise away in your calendar. A promise has one, so it is there again: "
				    "`due` with another date moves it, `cancel` calls it off.\n"),
			e))
		return false;
	if (g->due_lost && there->due &&
	    !alike_tell(a, w, "Moved here and in your calendar",
			pool_print(a->p,
				   alike_in(a, "Your calendar moved this promise to %s, while it was moved here to %s. The date here "
					       "stands, and is in your calendar again. To have the other, answer `due %s`.\n"),
				   alike_time(a, there->due), alike_time(a, w->kept.due), alike_moment(a, there->due)),
			e))
		return false;
	return !g->what_lost ||
	       alike_tell(a, w, "Other words here and in your calendar",
			  pool_print(a->p,
				     alike_in(a, "In your calendar this promise got other words, and here too. The ones here stand. In your "
						 "calendar stood:\n\n> %s\n"),
				     markdown_quote(a->p, there->what, WHAT_MOST)),
			  e);
}

static bool within(struct alike *a, bool well, struct err *e)
{
	if (well)
		return sql_commit(a->q, e);
	sql_rollback(a->q);
	return false;
}

/* As the ledger has it now. */
static bool afresh(struct alike *a, struct wanted *w, struct err *e)
{
	struct commitment m;
	struct checkin *k = pool_take(a->p, sizeof *k);
	bool found;
	utc answered;

	if (w->meeting) {
		if (!store_checkin(a->q, a->p, w->checkin, k, &found, e))
			return false;
		w->absent = !found || !alike_want_checkin(a, k, w);
		return true;
	}
	if (!w->commitment)
		return true;
	if (!store_commitment(a->q, a->p, a->c, w->commitment, &m, &answered, &found, e))
		return false;
	if (found)
		want_promise(a, &m, w);
	return true;
}

static bool take(struct alike *a, struct wanted *w, const struct caldav_object *o, struct err *e)
{
	const struct worktime *time = &a->conf->owner->time;
	struct side base, there = { task_due(&o->task, time), o->task.done, o->task.summary };
	struct agreement g;

	if (!afresh(a, w, e))
		return false;
	/* one that is there, and of which nothing is known, was written by a round that did not end */
	base = w->was ? (struct side){ w->was->due, w->was->done, w->was->what } : w->kept;
	if (*o->task.broken) /* its owner's client wrote what cannot be read: it is let alone until kept has something to say */
		return alike_put(a, w, o->etag, &base, w->was ? w->was->besides : w->besides, e);
	if (w->meeting && !w->absent)
		return alike_checkin_take(a, w, o, e);
	if (w->absent)
		return alike_put(a, w, o->etag, &there, w->was ? w->was->besides : "", e);
	g = agree(&base, &w->kept, &there);
	return promise_follows(a, w, &there, &g, e) && alike_put(a, w, o->etag, &there, "", e) && afresh(a, w, e);
}

bool alike_take(struct alike *a, struct wanted *w, const struct caldav_object *o, struct err *e)
{
	return sql_begin(a->q, e) && within(a, take(a, w, o, e), e);
}

/* A line of what is put back; nothing, where it need not be. */
static bool gone(struct alike *a, struct wanted *w, struct text *lines, struct err *e)
{
	struct side base = { w->was->due, w->was->done, w->was->what };

	if (!afresh(a, w, e))
		return false;
	if (w->absent || w->kept.done ||
	    (w->meeting && (!checkin_is_live(w->meeting->state) || alike_checkin_over(a, w->was)))) {
		w->absent = true;
		w->was = NULL;
		return store_calendar_object_drop(a->q, a->conf->key, w->name, e);
	}
	text_print(lines,
		   alike_in(a, w->commitment ? "- promise %lld, %s: `cancel %lld`\n" : "- check-in %lld, %s: `kept checkin cancel %lld`\n"),
		   (long long)(w->commitment ? w->commitment : w->checkin),
		   markdown_quote(a->p, w->kept.what, WHAT_MOST),
		   (long long)(w->commitment ? w->commitment : w->checkin));
	return alike_put(a, w, "", &base, w->was->besides, e);
}

static bool all_gone(struct alike *a, struct wanted *const *w, size_t n, struct err *e)
{
	struct text *lines = text_new(a->p, ANSWER_MOST);
	struct schedule_telling t = { .owner = a->conf->owner,
				      .subject = alike_in(a, "Deleted in your calendar, and still promised") };

	for (size_t i = 0; i < n; i++) {
		if (!gone(a, w[i], lines, e))
			return false;
		if (w[i]->was && w[i]->commitment)
			ids_add(a->p, (int64_t **)&t.ids, &t.n, w[i]->commitment);
	}
	t.markdown = pool_print(a->p,
				alike_in(a, "You deleted in your calendar what stands open. That calls nothing off, so it is there "
					    "again; this does:\n\n%s"),
				lines->s);
	if (!lines->n)
		return true;
	return t.n ? schedule_tell(a->q, a->p, a->c, &t, a->now, e)
		   : schedule_notice(a->q, a->p, a->c, t.owner, t.subject, t.markdown, a->now, e);
}

bool alike_gone(struct alike *a, struct wanted *const *w, size_t n, struct err *e)
{
	return sql_begin(a->q, e) && within(a, all_gone(a, w, n, e), e);
}

bool alike_written(struct alike *a, struct wanted *w, const char *etag, struct err *e)
{
	return sql_begin(a->q, e) && within(a,
					    w->absent ? store_calendar_object_drop(a->q, a->conf->key, w->name, e)
						      : alike_put(a, w, etag, &w->kept, w->besides, e),
					    e);
}
