/* the sweep: on the evening of a congress, or of a day on which they met somebody, an owner is asked what they
 * promised */
#include <string.h>

#include "letters/phrase.h"
#include "work/schedule_inner.h"

static bool is_congress(const struct owner *o, int32_t day)
{
	bool is = false;

	for (size_t i = 0; i < o->congress.n && !is; i++) {
		int32_t from, to;

		is = days_parse(o->congress.list[i], &from, &to) && day >= from && day <= to;
	}
	return is;
}

/* Whom the owner met, and at which meeting each, or when; "" for one who was noted today. */
struct whom {
	struct addrs met;
	const char **titles;
};

/* Adds those they noted, and those of their calendars, of [from, till); `day`: which that was, "" today. A meeting of today may have begun
 * before. */
static bool add(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, utc from, utc till, const char *day, struct whom *w,
		struct err *e)
{
	size_t before = w->met.n;
	struct addrs noted;
	bool well = store_met(q, p, o->key, from, till, &noted, e);

	for (size_t i = 0; well && i < noted.n; i++) {
		size_t n = w->met.n;

		addrs_add(p, &w->met, noted.list[i].name, noted.list[i].address);
		if (w->met.n > n)
			*(const char **)pool_more(p, &w->titles, n, sizeof *w->titles) = "";
	}
	for (size_t i = 0; well && o->sweep && i < c->calendar_count; i++)
		if (c->calendars[i].owner == o && c->calendars[i].kind == CALENDAR_BUSY)
			well = store_meetings_met(q, p, c->calendars[i].key, from, till, !*day, &w->met, &w->titles, e);
	for (size_t i = before; well && *day && i < w->met.n; i++)
		w->titles[i] = *w->titles[i] ? pool_print(p, "%s, %s", w->titles[i], day) : day;
	return well;
}

/* Of today, and of the evening before, since they were asked then. */
static bool whom(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, utc since, utc now, struct whom *out, struct err *e)
{
	const struct zone *z = o->time.zone;
	utc midnight = zone_at(z, zone_day(z, now), 0);
	bool well = add(q, p, c, o, midnight, now + 1, "", out, e) &&
		    (since >= midnight || add(q, p, c, o, since, midnight, phrase_day(p, o->language, z, since, now), out, e));

	for (size_t i = 0; well && i < out->met.n; i++) { /* by the name that the ledger has */
		struct contact known;
		bool found;

		well = store_contact(q, p, o->key, &out->met.list[i], &known, &found, e);
		if (well && found && *known.name)
			out->met.list[i].name = known.name;
	}
	return well;
}

static bool ask(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, const struct addrs *met,
		const char *const *titles, utc now, struct err *e)
{
	struct compose_in in = { .conf = c, .owner = o, .kind = MAIL_SWEEP, .met = met, .met_titles = titles };
	struct outgoing out;

	if (!schedule_queue(q, p, &in, &(struct queue_as){ .why = "whom you met today" }, &out, now, e))
		return false;
	for (size_t i = 0; i < met->n; i++)
		if (!store_named_add(q, out.id, &met->list[i], 0, e))
			return false;
	return true;
}

bool schedule_sweep(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, struct owner_row *row,
		    utc now, utc *next, struct err *e)
{
	const struct worktime *w = &o->time;
	int32_t today = zone_day(w->zone, now);
	utc at = zone_at(w->zone, today, w->evening), tomorrow = zone_at(w->zone, today + 1, w->evening);
	bool congress = is_congress(o, today);
	struct whom met = { .titles = NULL };
	utc since = zone_at(w->zone, today - 1, w->evening);

	if (!o->congress.n && !o->sweep)
		return true;
	if (at > now || row->swept >= at || row->paused > now) {
		at = at > now ? at : tomorrow;
		*next = !*next || at < *next ? at : *next;
		return true;
	}
	*next = !*next || tomorrow < *next ? tomorrow : *next;
	if (row->swept >= since && !is_quiet(w, row->swept))
		since = row->swept + 1;
	row->swept = now;
	if (!store_owner_set(q, o->key, row, e))
		return false;
	if ((!congress && !o->sweep) ||
	    is_quiet(w, now)) /* kept was down in the evening: tomorrow it would be another day's */
		return true;
	return whom(q, p, c, o, since, now, &met, e) &&
	       ((!met.met.n && !congress) || ask(q, p, c, o, &met.met, met.titles, now, e));
}
