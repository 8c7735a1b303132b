/* check-ins: which of a series is next, and the object that those invited get */
#include "letters/ical_rule.h"

#include <string.h>

enum { ALARM = 15 /* minutes before, for the owner */, DAY = 86400 };

static const long STEPS_MOST = 1000000;
static const utc AHEAD = 36525 * (utc)DAY;

/* ---- a series ---- */

struct times {
	const struct zone *z;
	const struct rule *rule;
	utc from, *out;
	size_t n, most;
};

/* The wall clock goes through the rule, and each time of it to UTC by our own zone. */
static bool take_time(void *arg, int64_t wall)
{
	struct times *t = arg;
	struct civil c = day_civil(wall_day(wall));
	utc at;

	c.second = (int)(wall - (int64_t)wall_day(wall) * DAY);
	at = zone_utc(t->z, c);
	if (t->rule->until.is && t->rule->until.utc && at > t->rule->until.seconds)
		return false;
	if (at >= t->from)
		t->out[t->n++] = at;
	return t->n < t->most;
}

static int64_t wall_in(const struct zone *z, utc t)
{
	return t + zone_offset(z, t);
}

size_t ical_times(const char *rrule, const struct zone *z, utc start, utc from, utc *out, size_t most)
{
	struct rule rule;
	struct times t = { z, &rule, from, out, 0, most };
	int64_t first = wall_in(z, start);
	utc after = from > start ? from : start;
	long budget = STEPS_MOST;
	const char *why;

	if (!*rrule && start >= from && most)
		out[t.n++] = start;
	if (*rrule && most && rule_parse(rrule, first, &rule, &why))
		rule_expand(&rule, first, wall_in(z, from) - DAY, wall_in(z, after) + AHEAD, &budget, take_time, &t);
	return t.n;
}

bool ical_next(const char *rrule, const struct zone *z, utc start, utc from, utc *at)
{
	utc first = 0;

	if (!ical_times(rrule, z, start, from, &first, 1))
		return false;
	*at = first;
	return true;
}

const struct zone *checkin_zone(struct pool *p, const struct checkin *c)
{
	const struct zone *z = zone_named(p, c->zone);

	return z ? z : zone_fixed(p, 0);
}

static bool next(const struct zone *z, const struct checkin *c, utc from, utc *recurrence)
{
	return ical_next(c->rrule, z, c->start, from, recurrence);
}

bool checkin_is_one(struct pool *p, const struct checkin *c, utc recurrence, utc *start)
{
	const struct checkin_exception *x = checkin_exception(c, recurrence);
	utc at;

	*start = x ? x->start : recurrence;
	return next(checkin_zone(p, c), c, recurrence, &at) && at == recurrence && *start;
}

bool checkin_next(struct pool *p, const struct checkin *c, utc from, utc *start, utc *recurrence)
{
	const struct zone *z = checkin_zone(p, c);
	utc at = from, best = 0, which = 0;

	if (!*c->rrule) {
		*start = c->start;
		if (recurrence)
			*recurrence = 0;
		return c->start >= from;
	}
	/* as planned … */
	while (next(z, c, at, &which) && checkin_exception(c, which))
		at = which + 1, which = 0;
	best = which;
	/* … or moved */
	for (size_t i = 0; i < c->exception_count; i++)
		if (c->exceptions[i].start >= from && (!best || c->exceptions[i].start < best))
			best = c->exceptions[i].start, which = c->exceptions[i].recurrence;
	if (!best)
		return false;
	*start = best;
	if (recurrence)
		*recurrence = which;
	return true;
}

utc checkin_last(struct pool *p, const struct checkin *c, utc before)
{
	utc last = 0, start;

	/* looked for in the last month, in the four before that, … */
	for (utc span = 31 * DAY; !last && before - span / 4 > c->start - 366 * DAY; span *= 4)
		for (utc from = before - span; checkin_next(p, c, from, &start, NULL) && start < before; from = start + 1)
			last = start;
	return last;
}

/* The owner's summary says with whom. */
static const char *summary(struct pool *p, const struct ical_meeting *m)
{
	struct addrs people = checkin_people(p, m->c);
	const char *title = checkin_title(p, m->c);

	return line_from(p, m->owners ? pool_print(p, "%s: %s", addrs_names(p, &people), title) : title, WHAT_MOST).s;
}

bool ical_checkin(struct pool *p, const struct ical_meeting *m, const char **out, struct err *e)
{
	const struct checkin *c = m->c;
	const struct checkin_exception *x = m->recurrence ? checkin_exception(c, m->recurrence) : NULL;
	utc start = !m->recurrence ? c->start : x && x->start ? x->start : m->recurrence;
	bool whole = !m->recurrence && strcmp(m->method, "REQUEST") == 0;
	struct text *about = text_new(p, NOTE_MOST);
	enum partstat *partstats = NULL;
	struct ical_event v = { .method = m->method,
				.uid = m->owners ? pool_print(p, "own-%s", c->uid) : c->uid,
				.sequence = c->sequence,
				.stamp = c->stamp,
				.start = start,
				.end = start + c->minutes * 60,
				.zone = checkin_zone(p, c),
				.summary = summary(p, m),
				.location = *c->place ? c->place : c->link,
				.url = c->link,
				.organizer = m->organizer,
				.rsvp = !m->owners,
				.busy = true,
				.alarm = m->owners ? ALARM : -1,
				.rrule = whole ? c->rrule : "",
				.exceptions = whole ? c->exceptions : NULL,
				.exception_count = whole ? c->exception_count : 0,
				.recurrence = m->recurrence };

	text_add(about, c->agenda);
	if (*c->link)
		text_print(about, "%s%s", about->n ? "\n" : "", c->link);
	v.description = about->s;
	if (m->owners) {
		addrs_add(p, &v.attendees, m->owner.name, m->owner.address);
		return ical_write(p, &v, out, e);
	}
	for (size_t i = 0; i < c->attendee_count; i++) {
		const struct checkin_attendee *a = &c->attendees[i], *own;

		if (a->recurrence)
			continue;
		own = m->recurrence ? checkin_attendee(c, a->address, m->recurrence) : NULL;
		*(enum partstat *)pool_more(p, &partstats, v.attendees.n, sizeof *partstats) =
			own ? own->partstat : a->partstat;
		addrs_add(p, &v.attendees, a->name, a->address);
	}
	v.partstats = partstats;
	return ical_write(p, &v, out, e);
}
