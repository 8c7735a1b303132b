#include "letters/ical_busy.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "letters/ical_rule.h"

enum {
	CALENDAR_MOST = 16 << 20,
	EVENTS_MOST = 50000,
	TIMES_MOST = 20000,
	DEPTH_MOST = 8,
	DATES_MOST = 5000,
	TITLE_MOST = 80,
	INVITED_MOST = 200,
	PEOPLE_MOST = 10000, /* of all meetings together */
	FLOATING_MARGIN = 15 * 3600
};
static const long STEPS_MOST = 10000000; /* of all rules together: about a third of a second */

struct dates {
	struct wall *list;
	size_t n;
};

struct event {
	const char *uid, *title, *rule, *fault;
	struct wall start, end, of; /* of: RECURRENCE-ID */
	int64_t duration;
	bool has_duration, free, one_way; /* one_way: this and all later ones */
	struct dates except, more;
	const char *more_ends; /* of RDATE;VALUE=PERIOD: not read */
	struct content *invited; /* ATTENDEE, ORGANIZER as written */
	size_t invited_count;
};

struct calendar {
	struct pool *p;
	struct zones zones;
	struct event *events;
	size_t n;
	struct event **changed; /* those with RECURRENCE-ID, by uid */
	size_t changed_count;
	const char *own;
	utc from, till;
	long budget;
	struct busy *out;
	size_t people;
	struct wall *periods; /* of VFREEBUSY: start and end by turns */
	size_t period_count;
};

static void finding(struct calendar *c, const struct event *v, const char *why)
{
	struct busy *b = c->out;

	if (b->left_out++ >= BUSY_FINDINGS_MOST)
		return;
	pool_more(c->p, &b->findings, b->finding_count, sizeof *b->findings);
	b->findings[b->finding_count].what = line_from(c->p, v->title, TITLE_MOST).s;
	b->findings[b->finding_count++].why = why;
}

/* ---- reading ---- */

static void wall_with_zone(struct calendar *c, const struct content *l, const char *value, struct wall *w)
{
	*w = (struct wall){ .tzid = content_param(c->p, l->params, "TZID") };
	wall_read(value, w);
}

static void dates_read(struct calendar *c, const struct content *l, struct dates *d, const char **ends)
{
	for (const char *s = l->value; *s && d->n < DATES_MOST; s += strcspn(s, ","), s += *s == ',') {
		size_t n = strcspn(s, ",");

		wall_with_zone(c, l, s, pool_more(c->p, &d->list, d->n, sizeof *d->list));
		d->n += d->list[d->n].is;
		if (ends && memchr(s, '/', n))
			*ends = s;
	}
}

static bool is(const char *value, const char *word)
{
	return strcasecmp(value, word) == 0;
}

static bool is_own(const struct calendar *c, const char *who)
{
	for (const char *s = c->own; *s; s += strcspn(s, "\n"), s += *s == '\n') {
		size_t n = strcspn(s, "\n");

		if (n == strlen(who) && strncasecmp(s, who, n) == 0)
			return true;
	}
	return false;
}

static bool declined(struct calendar *c, const struct content *l)
{
	return is(content_param(c->p, l->params, "PARTSTAT"), "DECLINED");
}

static void invited(struct calendar *c, const struct content *l, struct event *v)
{
	if (is(l->name, "ATTENDEE") && declined(c, l))
		v->free |= is_own(c, strncasecmp(l->value, "mailto:", 7) == 0 ? l->value + 7 : l->value);
	else if (v->invited_count < INVITED_MOST)
		*(struct content *)pool_more(c->p, &v->invited, v->invited_count++, sizeof *l) = *l;
}

static void event_line(struct calendar *c, const struct content *l, struct event *v)
{
	if (is(l->name, "UID"))
		v->uid = l->value;
	else if (is(l->name, "SUMMARY"))
		v->title = l->value;
	else if (is(l->name, "DTSTART"))
		wall_with_zone(c, l, l->value, &v->start);
	else if (is(l->name, "DTEND"))
		wall_with_zone(c, l, l->value, &v->end);
	else if (is(l->name, "DURATION"))
		v->has_duration = duration_read(l->value, &v->duration);
	else if (is(l->name, "RECURRENCE-ID")) {
		wall_with_zone(c, l, l->value, &v->of);
		v->one_way = is(content_param(c->p, l->params, "RANGE"), "THISANDFUTURE");
	} else if (is(l->name, "TRANSP"))
		v->free |= is(content_word(c->p, l->value), "TRANSPARENT");
	else if (is(l->name, "STATUS"))
		v->free |= is(content_word(c->p, l->value), "CANCELLED");
	else if (is(l->name, "X-MICROSOFT-CDO-BUSYSTATUS"))
		v->free |= is(content_word(c->p, l->value), "FREE");
	else if (is(l->name, "RRULE"))
		v->fault = v->rule && !v->fault ? "it has more than one rule" : v->fault, v->rule = l->value;
	else if (is(l->name, "EXRULE"))
		v->fault = "it has a rule of exceptions";
	else if (is(l->name, "EXDATE"))
		dates_read(c, l, &v->except, NULL);
	else if (is(l->name, "RDATE"))
		dates_read(c, l, &v->more, &v->more_ends);
	else if (is(l->name, "ATTENDEE") || is(l->name, "ORGANIZER"))
		invited(c, l, v);
}

/* FREEBUSY: "start/end" or "start/duration", in UTC (3.8.2.6). */
static void freebusy_line(struct calendar *c, const struct content *l)
{
	if (!is(l->name, "FREEBUSY") || is(content_param(c->p, l->params, "FBTYPE"), "FREE"))
		return;
	for (const char *s = l->value; *s && c->period_count < 2 * TIMES_MOST; s += strcspn(s, ","), s += *s == ',') {
		size_t n = strcspn(s, ",");
		const char *slash = memchr(s, '/', n);
		struct wall from = { .tzid = "" }, till = { .tzid = "" };
		int64_t duration;

		if (!slash || !wall_read(s, &from))
			continue;
		if (!wall_read(slash + 1, &till)) {
			if (!duration_read(pool_slice(c->p, slash + 1, n - (size_t)(slash + 1 - s)), &duration))
				continue;
			till = from;
			till.seconds += duration;
		}
		*(struct wall *)pool_more(c->p, &c->periods, c->period_count++, sizeof from) = from;
		*(struct wall *)pool_more(c->p, &c->periods, c->period_count++, sizeof from) = till;
	}
}

/* All lines of it; "" or why it is none. */
static const char *calendar_read(struct calendar *c, char **lines, size_t count)
{
	const char *stack[DEPTH_MOST] = { "" };
	size_t depth = 0;
	bool whole = false;

	for (size_t i = 0; i < count; i++) {
		const char *inner = depth ? stack[depth - 1] : "", *outer = depth > 1 ? stack[depth - 2] : "";
		struct content l;

		if (!content_cut(lines[i], &l))
			continue;
		if (is(l.name, "BEGIN")) {
			if (depth == DEPTH_MOST)
				return "its parts are nested too deeply";
			stack[depth++] = content_word(c->p, l.value);
			zones_begin(&c->zones, stack[depth - 1], inner);
			if (is(stack[depth - 1], "VEVENT")) {
				struct event *v;

				if (c->n == EVENTS_MOST)
					return "it has more than 50,000 events";
				v = pool_more(c->p, &c->events, c->n++, sizeof *v);
				v->uid = v->title = "";
			}
		} else if (is(l.name, "END")) {
			zones_end(&c->zones, outer);
			depth -= depth > 0;
			whole |= is(inner, "VCALENDAR");
		} else if (is(inner, "VEVENT")) {
			event_line(c, &l, &c->events[c->n - 1]);
		} else if (is(inner, "VFREEBUSY")) {
			freebusy_line(c, &l);
		} else {
			zones_line(&c->zones, &l, inner, outer);
		}
	}
	return depth ? "it ends early" : !whole ? "it holds no VCALENDAR" : "";
}

/* ---- from events to times ---- */

static bool floats(const struct wall *w)
{
	return !w->utc && (w->date || !w->tzid[0]);
}

/* Is it of use? */
static bool add(struct calendar *c, utc start, utc end, bool floating)
{
	utc margin = floating ? FLOATING_MARGIN : 0;

	if (end <= start || end <= c->from - margin || start >= c->till + margin || c->out->n >= TIMES_MOST)
		return false;
	*(struct busy_time *)pool_more(c->p, &c->out->times, c->out->n++, sizeof *c->out->times) =
		(struct busy_time){ start, end, floating };
	return true;
}

static bool is_outside(const struct calendar *c, const char *address)
{
	for (const char *s = c->own; *s; s += strcspn(s, "\n"), s += *s == '\n') {
		const char *domain = s[0] == '@' ? pool_slice(c->p, s + 1, strcspn(s + 1, "\n")) : NULL;

		if (domain && domain_under(addr_domain(address), domain))
			return false;
	}
	return !is_own(c, address);
}

/* Their name; many calendars give the address for one. */
static const char *called(struct calendar *c, const struct content *l)
{
	const char *name = line_from(c->p, content_param(c->p, l->params, "CN"), NAME_MOST).s;

	return strchr(name, '@') ? "" : name;
}

/* Those of an event who are outside. */
static struct addrs outside_of(struct calendar *c, const struct event *v)
{
	struct addrs out = { 0 };

	for (size_t i = 0; i < v->invited_count && out.n < MEETING_PEOPLE_MOST; i++) {
		const struct content *l = &v->invited[i];
		const char *kind = content_param(c->p, l->params, "CUTYPE"), *address;

		if (*kind && !is(kind, "INDIVIDUAL") && !is(kind, "UNKNOWN"))
			continue;
		address = addr_clean(c->p, l->value);
		if (address && addr_valid(address) && is_outside(c, address))
			addrs_add(c->p, &out, called(c, l), addr_lower(c->p, address));
	}
	return out;
}

/* The time that was added last is one of this event. */
static void meet(struct calendar *c, const struct event *v)
{
	struct busy *b = c->out;
	struct busy_meeting m = { .time = b->times[b->n - 1] };

	if (!v->invited_count || b->meeting_count >= MEETINGS_MOST || c->people >= PEOPLE_MOST)
		return;
	m.with = outside_of(c, v);
	if (!m.with.n)
		return;
	m.uid = line_from(c->p, content_text(c->p, v->uid), SUBJECT_MOST).s;
	m.title = line_from(c->p, content_text(c->p, v->title), TITLE_MOST).s;
	c->people += m.with.n;
	*(struct busy_meeting *)pool_more(c->p, &b->meetings, b->meeting_count++, sizeof m) = m;
}

static int by_uid(const void *a, const void *b)
{
	return strcmp((*(struct event *const *)a)->uid, (*(struct event *const *)b)->uid);
}

/* Is it that time? A day alone means all that is on it. */
static bool meant(struct calendar *c, const struct wall *named, const struct wall *w)
{
	utc a, b;

	if (named->date)
		return wall_day(named->seconds) == wall_day(w->seconds);
	return zones_utc(&c->zones, named, &a) && zones_utc(&c->zones, w, &b) && a == b;
}

/* Does another event of that uid stand for it, or is it an exception? */
static bool replaced(struct calendar *c, const struct event *v, const struct wall *w)
{
	size_t low = 0, high = c->changed_count;

	for (size_t i = 0; i < v->except.n; i++, c->budget--)
		if (meant(c, &v->except.list[i], w))
			return true;
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (strcmp(c->changed[mid]->uid, v->uid) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < c->changed_count && strcmp(c->changed[low]->uid, v->uid) == 0; low++, c->budget--)
		if (meant(c, &c->changed[low]->of, w))
			return true;
	return false;
}

/* One time of an event: as long as the first one is. What is given in whole days lasts till the same hour. */
struct walk {
	struct calendar *c;
	const struct event *v;
	int64_t length;
	bool nominal, alone; /* alone: no other event stands for it */
};

static bool place(void *arg, int64_t seconds)
{
	struct walk *k = arg;
	struct wall w = k->v->start, end;
	utc from, till;

	w.seconds = seconds;
	if (!zones_utc(&k->c->zones, &w, &from))
		return false;
	if (!k->alone && replaced(k->c, k->v, &w))
		return k->c->budget > 0;
	end = w;
	end.seconds += k->length;
	till = from + k->length;
	if (k->nominal)
		zones_utc(&k->c->zones, &end, &till);
	if (add(k->c, from, till, floats(&w)))
		meet(k->c, k->v);
	return true;
}

struct ruled {
	struct walk walk;
	const struct rule *rule;
};

static bool place_ruled(void *arg, int64_t seconds)
{
	struct ruled *r = arg;
	struct wall w = r->walk.v->start;
	utc at;

	w.seconds = seconds;
	if (r->rule->until.is && r->rule->until.utc && zones_utc(&r->walk.c->zones, &w, &at) &&
	    at > r->rule->until.seconds)
		return false;
	return r->walk.c->budget > 0 && (seconds == r->walk.v->start.seconds || place(&r->walk, seconds));
}

static const char *recur(struct calendar *c, const struct event *v, struct walk *k)
{
	/* a wall clock is at most 15 hours from UTC */
	int64_t from = c->from - FLOATING_MARGIN - (k->length > 0 ? k->length : 0), till = c->till + FLOATING_MARGIN;
	struct rule rule;
	struct ruled r = { *k, &rule };
	const char *why;

	if (!rule_parse(v->rule, v->start.seconds, &rule, &why))
		return why;
	if (!rule_expand(&rule, v->start.seconds, from, till, &c->budget, place_ruled, &r) || c->budget <= 0)
		return "its rule has too many times";
	return NULL;
}

/* How long the first one is; NULL, or why that cannot be told. */
static const char *length_of(struct calendar *c, const struct event *v, struct walk *k)
{
	utc start, end;

	if (!zones_utc(&c->zones, &v->start, &start))
		return pool_print(c->p, "its time zone is not known: %s", line_from(c->p, v->start.tzid, TITLE_MOST).s);
	if (v->has_duration) {
		k->length = v->duration;
		k->nominal = v->duration % 86400 == 0;
	} else if (v->end.is) {
		if (!zones_utc(&c->zones, &v->end, &end))
			return pool_print(c->p, "its time zone is not known: %s",
					  line_from(c->p, v->end.tzid, TITLE_MOST).s);
		k->length = end - start;
	} else {
		k->length = v->start.date ? 86400 : 0;
	}
	return k->length < 0 ? "it ends before it begins" : NULL;
}

static void event_place(struct calendar *c, const struct event *v)
{
	struct walk k = { .c = c, .v = v };
	const char *why;
	size_t before = c->out->n, met = c->out->meeting_count;

	if (v->free)
		return;
	if (!v->start.is) {
		finding(c, v, "it has no time that can be read");
		return;
	}
	why = length_of(c, v, &k);
	if (!why && v->fault)
		why = v->fault;
	if (!why && v->more_ends)
		why = "it has dates with an end of their own";
	if (!why && v->one_way)
		why = "it changes all later ones of its series";
	if (!why && v->rule)
		why = c->budget > 0 ? recur(c, v, &k) : "the calendar has too many rules";
	if (why) {
		c->out->n = before;
		c->out->meeting_count = met;
		finding(c, v, why);
		return;
	}
	if (v->of.is || !(v->rule || v->more.n || v->except.n)) {
		k.alone = true;
		place(&k, v->start.seconds);
		return;
	}
	place(&k, v->start.seconds); /* the first is one of them whatever the rule says (3.8.5.3) */
	for (size_t i = 0; i < v->more.n; i++) {
		struct event one = *v;

		one.start = v->more.list[i];
		k.v = &one;
		if (zones_utc(&c->zones, &one.start, &(utc){ 0 }))
			place(&k, one.start.seconds);
	}
}

void ical_busy(struct pool *p, const char *text, size_t n, utc from, utc till, const char *own, struct busy *out)
{
	struct calendar c = {
		.p = p, .zones.p = p, .own = own, .from = from, .till = till, .budget = STEPS_MOST, .out = out
	};
	char **lines;
	size_t count;

	*out = (struct busy){ .broken = "" };
	if (n > CALENDAR_MOST) {
		out->broken = "it is larger than 16 MiB";
		return;
	}
	count = content_unfold(p, text, n, &lines);
	out->broken = calendar_read(&c, lines, count);
	if (*out->broken)
		return;
	for (size_t i = 0; i < c.n; i++)
		if (c.events[i].of.is)
			*(struct event **)pool_more(p, &c.changed, c.changed_count++, sizeof *c.changed) = &c.events[i];
	if (c.changed_count)
		qsort(c.changed, c.changed_count, sizeof *c.changed, by_uid);
	for (size_t i = 0; i < c.n; i++)
		event_place(&c, &c.events[i]);
	for (size_t i = 0; i + 1 < c.period_count; i += 2)
		add(&c, c.periods[i].seconds, c.periods[i + 1].seconds, false);
	out->events = c.n;
	if (out->n >= TIMES_MOST)
		out->broken = "it has more than 20,000 busy times";
}
