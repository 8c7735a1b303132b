/* What is kept's as it should lie there, and what follows from what lies there instead. */
#include "work/alike_inner.h"

#include <string.h>

#include "borders/record.h"
#include "letters/ical.h"
#include "letters/markup.h"
#include "work/execute.h"
#include "work/schedule.h"

static const char *names_of(struct pool *p, const struct addrs *a)
{
	struct text *t = text_new(p, 500);

	for (size_t i = 0; i < a->n; i++)
		text_print(t, "%s%s", i ? ", " : "", *a->list[i].name ? a->list[i].name : a->list[i].address);
	return t->s;
}

/* ---- what should lie there ---- */

static const char *name_of(struct pool *p, const char *kind, int64_t id, const char *uid)
{
	return pool_print(p, "%s-%lld-%.8s.ics", kind, (long long)id, record_digest(p, uid, strlen(uid)));
}

static void want_promise(struct alike *a, const struct commitment *m, struct wanted *w)
{
	const struct worktime *time = &m->owner->time;
	const struct civil c = zone_civil(time->zone, m->due);
	const char *to = names_of(a->p, &m->to);

	w->commitment = m->id;
	w->digest = "";
	w->absent = m->state == COMMITMENT_CANCELLED || m->state == COMMITMENT_CANDIDATE;
	w->kept = (struct side){ m->due, m->state == COMMITMENT_DELIVERED || m->state == COMMITMENT_KEPT,
				 line_from(a->p, commitment_thing(a->p, m), WHAT_MOST).s };
	w->said = (struct task_said){ .kind = TASK_TODO,
				      .uid = pool_print(a->p, "task-%s", m->uid),
				      .summary = w->kept.what,
				      .description = pool_print(a->p, "%s%s%sPromise %lld in kept.", *to ? "To " : "",
								to, *to ? ".\n" : "", (long long)m->id),
				      .place = "",
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

static bool want_checkin(struct alike *a, const struct checkin *k, struct wanted *w)
{
	utc start, recurrence;
	struct addrs with = { 0 };

	if (!checkin_next(a->p, k, a->now - ALIKE_CHECKIN_PAST, &start, &recurrence))
		return false;
	for (size_t i = 0; i < k->attendee_count; i++)
		if (!k->attendees[i].recurrence)
			*(struct addr *)pool_more(a->p, &with.list, with.n++, sizeof *with.list) =
				(struct addr){ .name = k->attendees[i].name, .address = k->attendees[i].address };
	w->checkin = k->id;
	w->name = name_of(a->p, pool_print(a->p, "checkin-%lld", (long long)recurrence), k->id, k->uid);
	w->kept = (struct side){ start, false,
				 line_print(a->p, WHAT_MOST, "%s%s%s", *k->purpose ? k->purpose : "Check-in",
					    with.n ? " - " : "", names_of(a->p, &with))
					 .s };
	w->said = (struct task_said){ .kind = TASK_EVENT,
				      .uid = pool_print(a->p, "event-%lld-%s", (long long)recurrence, k->uid),
				      .summary = w->kept.what,
				      .description = pool_print(a->p, "%s%s%s%sCheck-in %lld in kept.", k->agenda,
								*k->agenda ? "\n" : "", k->link, *k->link ? "\n" : "",
								(long long)k->id),
				      .place = k->place,
				      .due = start,
				      .end = start + k->minutes * 60,
				      .now = a->now };
	w->digest = pool_print(a->p, "%d %s", k->minutes, k->place);
	w->digest = record_digest(a->p, w->digest, strlen(w->digest));
	return true;
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
		.name = o->name, .checkin = o->checkin, .absent = true, .kept = { o->due, o->done, o->what }, .digest = ""
	};
	bool found;
	utc answered;

	*over = false;
	if (o->checkin) { /* moved, called off, or past */
		*over = o->due < a->now;
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
		struct wanted w = { .name = name_of(a->p, "kept", m[i].id, m[i].uid) };

		want_promise(a, &m[i], &w);
		if (!w.kept.done || object_named(a, w.name)) /* what was done before is no task */
			add(a, &w);
	}
	if (!store_checkins(a->q, a->p, a->conf->owner->key, a->now - ALIKE_CHECKIN_PAST, &k, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct wanted w = { 0 };

		if ((k[i].state == CHECKIN_INVITED || k[i].state == CHECKIN_CONFIRMED) && want_checkin(a, &k[i], &w))
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
	       strcmp(o->what, w->kept.what) != 0 || strcmp(o->digest, w->digest) != 0;
}

/* ---- what lies there ---- */

/* `digest`: of what kept wrote there last. */
static bool put(struct alike *a, struct wanted *w, const char *etag, const struct side *s, const char *digest, struct err *e)
{
	struct calendar_object o = { .name = w->name,
				     .etag = etag,
				     .what = s->what,
				     .digest = digest,
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

static bool tell(struct alike *a, const struct wanted *w, const char *subject, const char *markdown, struct err *e)
{
	struct schedule_telling t = {
		.owner = a->conf->owner, .subject = subject, .markdown = markdown, .ids = &w->commitment, .n = 1
	};

	if (!w->commitment)
		return schedule_notice(a->q, a->p, a->c, a->conf->owner, subject, markdown, a->now, e);
	return schedule_tell(a->q, a->p, a->c, &t, a->now, e);
}

static const char *moment(struct alike *a, utc t)
{
	struct civil c = zone_civil(a->conf->owner->time.zone, t);

	return pool_print(a->p, "%04d-%02d-%02d %02d:%02d", c.year, c.month, c.day, c.hour, c.minute);
}

/* A command as its owner would give it; where it cannot be carried out, they are told why. */
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
		return tell(a, w, "Your calendar, and a promise that stays as it was",
			    pool_print(a->p, "In your calendar you %s. That cannot be:\n\n%s", tried, x.answer->s), e);
	s.ids = x.touched, s.n = x.touched_count;
	return record_add(a->q,
			  &(struct event){ .owner = a->conf->owner->key,
					   .word = "calendar",
					   .commitment = w->commitment,
					   .detail = pool_print(a->p, "%s, in the calendar %s", tried, a->conf->key) },
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
	return tell(a, w, "A tick taken back in your calendar",
		    pool_print(a->p,
			       "You took the tick of this promise back in your calendar, and more happened to it "
			       "since. It is closed still; `undo %lld` takes the last change back.\n",
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
	if (g->due && !command(a, w, &(struct command){ .verb = COMMAND_DUE, .when = moment(a, there->due) },
			       pool_print(a->p, "moved it to %s", moment(a, there->due)), e))
		return false;
	if (g->what &&
	    !command(a, w, &(struct command){ .verb = COMMAND_WHAT, .text = there->what }, "gave it other words", e))
		return false;
	if (g->due_lost && !there->due &&
	    !tell(a, w, "A promise without a date in your calendar",
		  "You took the date of this promise away in your calendar. A promise has one, so it is there again: "
		  "`due` with another date moves it, `cancel` calls it off.\n",
		  e))
		return false;
	if (g->due_lost && there->due &&
	    !tell(a, w, "Moved here and in your calendar",
		  pool_print(a->p,
			     "Your calendar moved this promise to %s, while it was moved here to %s. The date here "
			     "stands, and is in your calendar again. "
			     "To have the other, answer `due %s`.\n",
			     utc_words(a->p, a->conf->owner->time.zone, there->due),
			     utc_words(a->p, a->conf->owner->time.zone, w->kept.due), moment(a, there->due)),
		  e))
		return false;
	return !g->what_lost || tell(a, w, "Other words here and in your calendar",
				     pool_print(a->p,
						"In your calendar this promise got other words, and here too. The ones "
						"here stand. In your calendar stood:\n\n> %s\n",
						markdown_quote(a->p, there->what, WHAT_MOST)),
				     e);
}

static bool checkin_follows(struct alike *a, struct wanted *w, const struct side *there, const struct side *base,
			    struct err *e)
{
	if (there->due == base->due || there->due == w->kept.due || !there->due)
		return true;
	return tell(a, w, "A check-in moved in your calendar",
		    pool_print(a->p,
			       "You moved check-in %lld in your calendar, from %s to %s. Others are invited to it, so "
			       "it is where it was until you say so:\n\n"
			       "    kept checkin move %lld --at \"%s\"\n",
			       (long long)w->checkin, utc_words(a->p, a->conf->owner->time.zone, w->kept.due),
			       utc_words(a->p, a->conf->owner->time.zone, there->due), (long long)w->checkin,
			       moment(a, there->due)),
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
	bool found;
	utc answered;

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
	const char *digest;
	struct agreement g;

	if (!afresh(a, w, e))
		return false;
	/* one that is there, and of which nothing is known, was written by a round that did not end */
	base = w->was ? (struct side){ w->was->due, w->was->done, w->was->what } : w->kept;
	digest = w->was ? w->was->digest : w->digest;
	if (*o->task.broken) /* its owner's client wrote what cannot be read: it is let alone until kept has something to say */
		return put(a, w, o->etag, &base, digest, e);
	if (w->absent)
		return put(a, w, o->etag, &there, digest, e);
	g = agree(&base, &w->kept, &there);
	return (w->commitment ? promise_follows(a, w, &there, &g, e) : checkin_follows(a, w, &there, &base, e)) &&
	       put(a, w, o->etag, &there, digest, e) && afresh(a, w, e);
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
	if (w->absent || w->kept.done || (w->checkin && w->kept.due < a->now)) {
		w->absent = true;
		w->was = NULL;
		return store_calendar_object_drop(a->q, a->conf->key, w->name, e);
	}
	text_print(lines,
		   w->commitment ? "- promise %lld, %s: `cancel %lld`\n"
				 : "- check-in %lld, %s: `kept checkin cancel %lld`\n",
		   (long long)(w->commitment ? w->commitment : w->checkin),
		   markdown_quote(a->p, w->kept.what, WHAT_MOST),
		   (long long)(w->commitment ? w->commitment : w->checkin));
	return put(a, w, "", &base, w->was->digest, e);
}

static bool all_gone(struct alike *a, struct wanted *const *w, size_t n, struct err *e)
{
	struct text *lines = text_new(a->p, ANSWER_MOST);
	struct schedule_telling t = { .owner = a->conf->owner,
				      .subject = "Deleted in your calendar, and still promised" };

	for (size_t i = 0; i < n; i++) {
		if (!gone(a, w[i], lines, e))
			return false;
		if (w[i]->was && w[i]->commitment)
			ids_add(a->p, (int64_t **)&t.ids, &t.n, w[i]->commitment);
	}
	t.markdown = pool_print(a->p,
				"You deleted in your calendar what stands open. That calls nothing off, so it is there "
				"again; this does:\n\n%s",
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
						      : put(a, w, etag, &w->kept, w->digest, e),
					    e);
}
