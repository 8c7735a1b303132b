#include "letters/ical_task.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "letters/ical_inner.h"

enum { TASK_MOST = 256 << 10, DEPTH_MOST = 8, ONES_MOST = 2000 };

static bool is(const char *a, const char *b)
{
	return strcasecmp(a, b) == 0;
}

static enum task_kind kind_of(const char *name)
{
	return is(name, "VTODO") ? TASK_TODO : is(name, "VEVENT") ? TASK_EVENT : TASK_NONE;
}

/* ---- reading ---- */

/* One VTODO or VEVENT. */
struct part {
	struct wall start, end, of; /* start: DUE, of an event DTSTART; of: RECURRENCE-ID */
	int64_t duration;
	const char *uid, *summary, *place, *rrule, *status;
	bool completed, has_duration, more;
	int sequence;
};

struct reading {
	struct pool *p;
	struct zones zones;
	struct task *out;
	struct part main;
	bool has_main;
	struct part *others;  /* with a RECURRENCE-ID */
	size_t other_count;
	struct wall *except;
	size_t except_count;
};

static void at_read(struct reading *r, const struct content *l, struct wall *w)
{
	*w = (struct wall){ .tzid = content_param(r->p, l->params, "TZID") };
	wall_read(l->value, w);
}

static void except_read(struct reading *r, const struct content *l)
{
	for (const char *s = l->value; *s && r->except_count < ONES_MOST; s += strcspn(s, ","), s += *s == ',') {
		struct wall *w = pool_more(r->p, &r->except, r->except_count, sizeof *w);

		*w = (struct wall){ .tzid = content_param(r->p, l->params, "TZID") };
		wall_read(s, w);
		r->except_count += w->is;
	}
}

static void event_line(struct reading *r, struct part *t, const struct content *l)
{
	if (is(l->name, "DTEND"))
		at_read(r, l, &t->end);
	else if (is(l->name, "DURATION"))
		t->has_duration = duration_read(l->value, &t->duration);
	else if (is(l->name, "LOCATION"))
		t->place = line_from(r->p, content_text(r->p, l->value), WHAT_MOST).s;
	else if (is(l->name, "EXDATE"))
		except_read(r, l);
	else if (is(l->name, "RRULE")) {
		t->more |= *t->rrule != '\0';
		t->rrule = line_from(r->p, l->value, WHAT_MOST).s;
	} else if (is(l->name, "RDATE") || is(l->name, "EXRULE"))
		t->more = true;
	else if (is(l->name, "RECURRENCE-ID")) {
		at_read(r, l, &t->of);
		t->more |= is(content_param(r->p, l->params, "RANGE"), "THISANDFUTURE");
	}
}

static void line_read(struct reading *r, struct part *t, const struct content *l)
{
	const char *due = r->out->kind == TASK_TODO ? "DUE" : "DTSTART";

	if (is(l->name, "UID"))
		t->uid = line_from(r->p, content_text(r->p, l->value), SUBJECT_MOST).s;
	else if (is(l->name, "SUMMARY"))
		t->summary = line_from(r->p, content_text(r->p, l->value), WHAT_MOST).s;
	else if (is(l->name, "STATUS"))
		t->status = content_word(r->p, l->value);
	else if (is(l->name, "COMPLETED"))
		t->completed = true;
	else if (is(l->name, "SEQUENCE"))
		t->sequence = (int)strtol(l->value, NULL, 10) & 0xFFFFFF;
	else if (is(l->name, due))
		at_read(r, l, &t->start);
	else if (r->out->kind == TASK_EVENT)
		event_line(r, t, l);
}

static void part_end(struct reading *r, const struct part *t)
{
	if (!t->of.is && !r->has_main)
		r->main = *t, r->has_main = true;
	else if (t->of.is && r->other_count < ONES_MOST)
		*(struct part *)pool_more(r->p, &r->others, r->other_count++, sizeof *t) = *t;
	else
		r->main.more = true;
}

static bool time_of(struct reading *r, const struct wall *w, struct task_time *out)
{
	*out = (struct task_time){ .date = w->date, .floating = !w->utc && (w->date || !w->tzid[0]) };
	return zones_utc(&r->zones, w, &out->at);
}

/* Those of a series that are not as planned. */
static void ones_of(struct reading *r)
{
	struct task *t = r->out;
	struct task_one one;

	t->ones = pool_list(r->p, r->except_count + r->other_count + 1, sizeof one);
	for (size_t i = 0; i < r->except_count; i++) {
		one = (struct task_one){ .off = true, .summary = "" };
		if (time_of(r, &r->except[i], &one.recurrence))
			t->ones[t->one_count++] = one;
		else
			t->more = true;
	}
	for (size_t i = 0; i < r->other_count; i++) {
		const struct part *o = &r->others[i];

		t->more |= o->more;
		one = (struct task_one){ .off = is(o->status, "CANCELLED"), .summary = o->summary };
		if (time_of(r, &o->of, &one.recurrence) && time_of(r, &o->start, &one.start))
			t->ones[t->one_count++] = one;
		else
			t->more = true;
	}
}

static void facts_of(struct reading *r)
{
	struct task *t = r->out;
	struct part *m = &r->main;
	struct task_time due, end;

	if (!r->has_main && r->other_count) { /* only some of a series */
		*m = r->others[0];
		m->more = true;
	}
	t->uid = m->uid, t->summary = m->summary, t->place = m->place, t->rrule = m->rrule, t->sequence = m->sequence;
	t->more = m->more;
	t->has_due = m->start.is && time_of(r, &m->start, &due);
	if (t->has_due)
		t->due = due.at, t->date = due.date, t->floating = due.floating;
	if (t->has_due && m->end.is && time_of(r, &m->end, &end) && end.at > due.at)
		m->has_duration = true, m->duration = end.at - due.at;
	if (m->has_duration && m->duration > 0)
		t->minutes = (int)(m->duration / 60);
	t->cancelled = is(m->status, "CANCELLED");
	t->done = is(m->status, "COMPLETED") ||
		  (m->completed && !is(m->status, "NEEDS-ACTION") && !is(m->status, "IN-PROCESS") && !t->cancelled);
	ones_of(r);
}

void ical_task(struct pool *p, const char *text, size_t n, struct task *out)
{
	static const struct part empty = { .uid = "", .summary = "", .place = "", .rrule = "", .status = "",
					   .start.tzid = "", .end.tzid = "", .of.tzid = "" };
	struct reading r = { .p = p, .zones.p = p, .out = out, .main = empty };
	struct part part = empty;
	const char *stack[DEPTH_MOST] = { "" };
	size_t depth = 0, count, inside = 0;
	bool whole = false;
	char **lines;

	*out = (struct task){ .uid = "", .summary = "", .place = "", .rrule = "", .broken = "" };
	if (n > TASK_MOST) {
		out->broken = "it is larger than 256 KiB";
		return;
	}
	count = content_unfold(p, text, n, &lines);
	for (size_t i = 0; i < count && !whole; i++) {
		const char *inner = depth ? stack[depth - 1] : "", *outer = depth > 1 ? stack[depth - 2] : "";
		struct content l;

		if (!content_cut(lines[i], &l))
			continue;
		if (is(l.name, "BEGIN") && depth == DEPTH_MOST)
			break;
		if (is(l.name, "BEGIN")) {
			stack[depth++] = content_word(p, l.value);
			zones_begin(&r.zones, stack[depth - 1], inner);
			if (!out->kind)
				out->kind = kind_of(stack[depth - 1]);
			if (!inside && out->kind && kind_of(stack[depth - 1]) == out->kind)
				part = empty, inside = depth;
		} else if (is(l.name, "END")) {
			zones_end(&r.zones, outer);
			if (inside && depth == inside)
				part_end(&r, &part), inside = 0;
			depth -= depth > 0;
			whole = !depth && is(inner, "VCALENDAR");
		} else if (inside && depth == inside) {
			line_read(&r, &part, &l);
		} else {
			zones_line(&r.zones, &l, inner, outer);
		}
	}
	facts_of(&r);
	if (!whole)
		out->broken = "it ends early";
	else if (!out->kind)
		out->broken = "it is neither a task nor an event";
	else if (r.main.start.is && !out->has_due)
		out->broken = "its time zone is not known";
}

/* ---- writing ---- */

static const char *in_utc(struct pool *p, utc t)
{
	struct civil c = zone_civil(zone_fixed(p, 0), t);

	return pool_print(p, "%04d%02d%02dT%02d%02d%02dZ", c.year, c.month, c.day, c.hour, c.minute, c.second);
}

static void when(struct pool *p, struct text *t, const struct task_said *s)
{
	struct civil c = day_civil(s->day);

	if (s->date)
		content_line(p, t, "DUE;VALUE=DATE:%04d%02d%02d", c.year, c.month, c.day);
	else
		content_line(p, t, "DUE:%s", in_utc(p, s->due));
}

static void stamps(struct pool *p, struct text *t, const struct task_said *s, int sequence)
{
	content_line(p, t, "DTSTAMP:%s", in_utc(p, s->now));
	content_line(p, t, "LAST-MODIFIED:%s", in_utc(p, s->now));
	content_line(p, t, "SEQUENCE:%d", sequence);
}

/* All that is kept's to say of a promise, but for the time. */
static void own_lines(struct pool *p, struct text *t, const struct task_said *s, int sequence)
{
	stamps(p, t, s, sequence);
	content_line(p, t, "SUMMARY:%s", content_escaped(p, s->summary));
	content_line(p, t, "STATUS:%s", s->done ? "COMPLETED" : s->waits ? "IN-PROCESS" : "NEEDS-ACTION");
	if (s->done) {
		content_line(p, t, "COMPLETED:%s", in_utc(p, s->done_at));
		content_line(p, t, "PERCENT-COMPLETE:100");
	}
}

static const char *fresh(struct pool *p, const struct task_said *s)
{
	struct text *t = text_new(p, TASK_MOST);

	if (s->kind == TASK_EVENT)
		return s->object;
	text_add(t, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//kept//kept//EN\r\n");
	content_line(p, t, "BEGIN:VTODO");
	content_line(p, t, "UID:%s", content_escaped(p, s->uid));
	content_line(p, t, "CREATED:%s", in_utc(p, s->now));
	own_lines(p, t, s, 0);
	when(p, t, s);
	if (*s->description)
		content_line(p, t, "DESCRIPTION:%s", content_escaped(p, s->description));
	content_line(p, t, "END:VTODO");
	text_add(t, "END:VCALENDAR\r\n");
	return t->s;
}

/* Is this a line that kept writes anew? */
static bool ours(const struct task_said *s, const char *name)
{
	static const char *const always[] = { "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "STATUS", NULL };
	static const char *const todo[] = { "COMPLETED", "PERCENT-COMPLETE", NULL };
	static const char *const event[] = { "UID", "LOCATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID",
					     NULL };
	static const char *const times[] = { "DUE", "DTSTART", "DTEND", "DURATION", NULL };
	bool is_event = s->kind == TASK_EVENT;
	const char *const *const lists[] = { always, is_event ? event : todo, is_event || s->moved ? times : NULL };

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		for (const char *const *n = lists[i]; n && *n; n++)
			if (is(name, *n))
				return true;
	return false;
}

/* ---- an event, and those of its series: each of kept's with what a client added to it ---- */

struct block {
	size_t from, till;      /* its lines, without its BEGIN and END */
	struct wall of;
	utc recurrence;         /* 0: the whole */
};

/* Where the events of an object are. */
static size_t blocks_of(struct pool *p, char **lines, size_t count, struct block **out)
{
	struct zones zones = { .p = p };
	const char *stack[DEPTH_MOST] = { "" };
	size_t depth = 0, inside = 0, n = 0;

	*out = NULL;
	for (size_t i = 0; i < count; i++) {
		const char *inner = depth ? stack[depth - 1] : "", *outer = depth > 1 ? stack[depth - 2] : "";
		struct content l;

		if (!content_cut(pool_copy(p, lines[i]), &l))
			continue;
		if (is(l.name, "BEGIN") && depth == DEPTH_MOST)
			return 0;
		if (is(l.name, "BEGIN")) {
			stack[depth++] = content_word(p, l.value);
			zones_begin(&zones, stack[depth - 1], inner);
			if (!inside && is(stack[depth - 1], "VEVENT") && n < ONES_MOST) {
				inside = depth;
				*(struct block *)pool_more(p, out, n, sizeof **out) =
					(struct block){ .from = i + 1, .of.tzid = "" };
			}
		} else if (is(l.name, "END")) {
			zones_end(&zones, outer);
			if (inside && depth == inside)
				(*out)[n++].till = i, inside = 0;
			depth -= depth > 0;
		} else if (inside && depth == inside) {
			if (is(l.name, "RECURRENCE-ID")) {
				(*out)[n].of.tzid = content_param(p, l.params, "TZID");
				wall_read(l.value, &(*out)[n].of);
			}
		} else {
			zones_line(&zones, &l, inner, outer);
		}
	}
	for (size_t i = 0; i < n; i++)
		if ((*out)[i].of.is && !zones_utc(&zones, &(*out)[i].of, &(*out)[i].recurrence))
			(*out)[i].recurrence = -1;
	return n;
}

/* What of a client's event is not kept's to say. */
static void added(struct pool *p, struct text *t, const struct task_said *s, char **lines, const struct block *b)
{
	size_t depth = 0;

	for (size_t i = b->from; i < b->till; i++) {
		struct content l;

		if (!content_cut(pool_copy(p, lines[i]), &l))
			continue;
		depth -= is(l.name, "END") && depth;
		if (depth || is(l.name, "BEGIN") || is(l.name, "END") || !ours(s, l.name))
			content_line(p, t, "%s", lines[i]);
		depth += is(l.name, "BEGIN");
	}
}

static const char *merged(struct pool *p, const struct task_said *s, char **old, size_t old_count, int sequence)
{
	struct text *t = text_new(p, TASK_MOST);
	struct block *new_blocks, *old_blocks;
	char **lines;
	size_t count = content_unfold(p, s->object, strlen(s->object), &lines), from = 0;
	size_t n = blocks_of(p, lines, count, &new_blocks), m = blocks_of(p, old, old_count, &old_blocks);

	for (size_t i = 0; i < n; i++) {
		const struct block *b = &new_blocks[i], *was = NULL;

		for (size_t k = 0; k < m && !was; k++)
			if (old_blocks[k].recurrence == b->recurrence)
				was = &old_blocks[k];
		for (; from < b->from; from++)
			content_line(p, t, "%s", lines[from]);
		stamps(p, t, s, sequence);
		for (; from < b->till; from++)
			if (!text_starts(lines[from], "DTSTAMP") && !text_starts(lines[from], "SEQUENCE") &&
			    !(was && text_starts(lines[from], "DESCRIPTION")))
				content_line(p, t, "%s", lines[from]);
		if (was)
			added(p, t, s, old, was);
	}
	for (; from < count; from++)
		content_line(p, t, "%s", lines[from]);
	return t->cut ? s->object : t->s;
}

/* ---- a promise, in what lies there ---- */

static const char *in_place(struct pool *p, const struct task_said *s, char **lines, size_t count, int sequence)
{
	struct text *t = text_new(p, TASK_MOST);
	size_t depth = 0, inside = 0;
	bool done = false;

	for (size_t i = 0; i < count; i++) {
		char *copy = pool_copy(p, lines[i]);
		struct content l;

		if (!content_cut(copy, &l))
			continue;
		if (is(l.name, "BEGIN")) {
			depth++;
			if (!done && !inside && kind_of(content_word(p, l.value)) == s->kind) {
				inside = depth;
				content_line(p, t, "%s", lines[i]);
				own_lines(p, t, s, sequence);
				if (s->moved)
					when(p, t, s);
				continue;
			}
		} else if (is(l.name, "END")) {
			if (depth == inside && inside)
				inside = 0, done = true;
			depth -= depth > 0;
		} else if (inside && depth == inside && ours(s, l.name)) {
			continue;
		}
		content_line(p, t, "%s", lines[i]);
	}
	return t->cut ? fresh(p, s) : t->s;
}

const char *ical_task_write(struct pool *p, const struct task_said *s, const char *old, size_t n)
{
	size_t count;
	struct task was;
	char **lines;

	if (old)
		ical_task(p, old, n, &was);
	if (!old || *was.broken || was.kind != s->kind)
		return fresh(p, s);
	count = content_unfold(p, old, n, &lines);
	return s->kind == TASK_EVENT ? merged(p, s, lines, count, was.sequence + 1)
				     : in_place(p, s, lines, count, was.sequence + 1);
}
