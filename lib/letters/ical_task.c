#include "letters/ical_task.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "letters/ical_inner.h"

enum { TASK_MOST = 256 << 10, DEPTH_MOST = 8 };

static bool is(const char *a, const char *b)
{
	return strcasecmp(a, b) == 0;
}

static enum task_kind kind_of(const char *name)
{
	return is(name, "VTODO") ? TASK_TODO : is(name, "VEVENT") ? TASK_EVENT : TASK_NONE;
}

/* ---- reading ---- */

struct reading {
	struct pool *p;
	struct zones zones;
	struct task *out;
	struct wall due;
	const char *status;
	bool completed;
};

static void line_read(struct reading *r, const struct content *l)
{
	struct task *t = r->out;
	const char *due = t->kind == TASK_TODO ? "DUE" : "DTSTART";

	if (is(l->name, "UID"))
		t->uid = line_from(r->p, content_text(r->p, l->value), SUBJECT_MOST).s;
	else if (is(l->name, "SUMMARY"))
		t->summary = line_from(r->p, content_text(r->p, l->value), WHAT_MOST).s;
	else if (is(l->name, "STATUS"))
		r->status = content_word(r->p, l->value);
	else if (is(l->name, "COMPLETED"))
		r->completed = true;
	else if (is(l->name, "SEQUENCE"))
		t->sequence = (int)strtol(l->value, NULL, 10) & 0xFFFFFF;
	else if (is(l->name, due)) {
		r->due = (struct wall){ .tzid = content_param(r->p, l->params, "TZID") };
		wall_read(l->value, &r->due);
	}
}

void ical_task(struct pool *p, const char *text, size_t n, struct task *out)
{
	struct reading r = { .p = p, .zones.p = p, .out = out, .due.tzid = "", .status = "" };
	const char *stack[DEPTH_MOST] = { "" };
	size_t depth = 0, count, inside = 0;
	bool whole = false;
	char **lines;

	*out = (struct task){ .uid = "", .summary = "", .broken = "" };
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
			if (!out->kind &&
			    kind_of(stack[depth - 1])) /* the first: exceptions of a series come after it */
				out->kind = kind_of(stack[depth - 1]), inside = depth;
		} else if (is(l.name, "END")) {
			zones_end(&r.zones, outer);
			if (depth == inside)
				inside = 0;
			depth -= depth > 0;
			whole = is(inner, "VCALENDAR");
		} else if (inside && depth == inside) {
			line_read(&r, &l);
		} else {
			zones_line(&r.zones, &l, inner, outer);
		}
	}
	out->has_due = r.due.is && zones_utc(&r.zones, &r.due, &out->due);
	out->date = r.due.date;
	out->floating = !r.due.utc && (r.due.date || !r.due.tzid[0]);
	out->cancelled = is(r.status, "CANCELLED");
	out->done = is(r.status, "COMPLETED") ||
		    (r.completed && !is(r.status, "NEEDS-ACTION") && !is(r.status, "IN-PROCESS") && !out->cancelled);
	if (!whole)
		out->broken = "it ends early";
	else if (!out->kind)
		out->broken = "it is neither a task nor an event";
	else if (r.due.is && !out->has_due)
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

	if (s->kind == TASK_EVENT) {
		content_line(p, t, "DTSTART:%s", in_utc(p, s->due));
		content_line(p, t, "DTEND:%s", in_utc(p, s->end));
	} else if (s->date) {
		content_line(p, t, "DUE;VALUE=DATE:%04d%02d%02d", c.year, c.month, c.day);
	} else {
		content_line(p, t, "DUE:%s", in_utc(p, s->due));
	}
}

/* All that is kept's to say, but for the time. */
static void own_lines(struct pool *p, struct text *t, const struct task_said *s, int sequence)
{
	content_line(p, t, "DTSTAMP:%s", in_utc(p, s->now));
	content_line(p, t, "LAST-MODIFIED:%s", in_utc(p, s->now));
	content_line(p, t, "SEQUENCE:%d", sequence);
	content_line(p, t, "SUMMARY:%s", content_escaped(p, s->summary));
	if (s->kind == TASK_EVENT) {
		content_line(p, t, "STATUS:CONFIRMED");
		if (*s->place)
			content_line(p, t, "LOCATION:%s", content_escaped(p, s->place));
		return;
	}
	content_line(p, t, "STATUS:%s", s->done ? "COMPLETED" : s->waits ? "IN-PROCESS" : "NEEDS-ACTION");
	if (s->done) {
		content_line(p, t, "COMPLETED:%s", in_utc(p, s->done_at));
		content_line(p, t, "PERCENT-COMPLETE:100");
	}
}

static const char *fresh(struct pool *p, const struct task_said *s)
{
	const char *kind = s->kind == TASK_EVENT ? "VEVENT" : "VTODO";
	struct text *t = text_new(p, TASK_MOST);

	text_add(t, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//kept//kept//EN\r\n");
	content_line(p, t, "BEGIN:%s", kind);
	content_line(p, t, "UID:%s", content_escaped(p, s->uid));
	content_line(p, t, "CREATED:%s", in_utc(p, s->now));
	own_lines(p, t, s, 0);
	when(p, t, s);
	if (*s->description)
		content_line(p, t, "DESCRIPTION:%s", content_escaped(p, s->description));
	content_line(p, t, "END:%s", kind);
	text_add(t, "END:VCALENDAR\r\n");
	return t->s;
}

/* Is this a line that kept writes anew? */
static bool ours(const struct task_said *s, const char *name)
{
	static const char *const always[] = { "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "STATUS", NULL };
	static const char *const todo[] = { "COMPLETED", "PERCENT-COMPLETE", NULL }, *const event[] = { "LOCATION",
													NULL };
	static const char *const times[] = { "DUE", "DTSTART", "DTEND", "DURATION", NULL };
	const char *const *const lists[] = { always, s->kind == TASK_EVENT ? event : todo, s->moved ? times : NULL };

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		for (const char *const *n = lists[i]; n && *n; n++)
			if (is(name, *n))
				return true;
	return false;
}

const char *ical_task_write(struct pool *p, const struct task_said *s, const char *old, size_t n)
{
	struct text *t = text_new(p, TASK_MOST);
	size_t depth = 0, inside = 0, count = 0;
	bool done = false;
	struct task was;
	char **lines;

	if (old)
		ical_task(p, old, n, &was);
	if (!old || *was.broken || was.kind != s->kind)
		return fresh(p, s);
	count = content_unfold(p, old, n, &lines);
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
				own_lines(p, t, s, was.sequence + 1);
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
