/* the sweep: on the evening of a congress, or of a day on which they met somebody, an owner is asked what they
 * promised */
#include <string.h>

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

/* Those they noted, and those of their calendars; `titles`: of each one's meeting, "" for one that was noted. */
static bool whom(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, utc from, utc till,
		 struct addrs *met, const char ***titles, struct err *e)
{
	bool well = store_met(q, p, o->key, from, till, met, e);

	*titles = NULL;
	for (size_t i = 0; well && i < met->n; i++)
		*(const char **)pool_more(p, titles, i, sizeof **titles) = "";
	for (size_t i = 0; well && o->sweep && i < c->calendar_count; i++)
		if (c->calendars[i].owner == o && c->calendars[i].kind == CALENDAR_BUSY)
			well = store_meetings_met(q, p, c->calendars[i].key, from, till, met, titles, e);
	for (size_t i = 0; well && i < met->n; i++) { /* by the name that the ledger has */
		struct contact known;
		bool found;

		well = store_contact(q, p, o->key, &met->list[i], &known, &found, e);
		if (well && found && *known.name)
			met->list[i].name = known.name;
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
	struct addrs met;
	const char **titles;

	if (!o->congress.n && !o->sweep)
		return true;
	if (at > now || row->swept >= at || row->paused > now) {
		at = at > now ? at : tomorrow;
		*next = !*next || at < *next ? at : *next;
		return true;
	}
	*next = !*next || tomorrow < *next ? tomorrow : *next;
	row->swept = now;
	if (!store_owner_set(q, o->key, row, e))
		return false;
	if ((!congress && !o->sweep) ||
	    is_quiet(w, now)) /* kept was down in the evening: tomorrow it would be another day's */
		return true;
	return whom(q, p, c, o, zone_at(w->zone, today, 0), now + 1, &met, &titles, e) &&
	       ((!met.n && !congress) || ask(q, p, c, o, &met, titles, now, e));
}
