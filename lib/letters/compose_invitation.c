/* Mail about a meeting: to those invited, and the entry for the owner's own calendar. */
#include <string.h>

#include "letters/compose_inner.h"
#include "letters/ical.h"
#include "letters/markup.h"
#include "letters/phrase.h"

/* Those invited, but the one who reads it. */
static const char *others(const struct composing *k, const char *reader)
{
	struct addrs all = checkin_people(k->p, k->in->meeting->c), rest = { 0 };

	for (size_t i = 0; i < all.n; i++)
		if (!addr_same(all.list[i].address, reader))
			addrs_add(k->p, &rest, all.list[i].name, all.list[i].address);
	return phrase_names(k->p, k->language, &rest);
}

static utc begins(const struct meeting *m)
{
	const struct checkin_exception *x = m->recurrence ? checkin_exception(m->c, m->recurrence) : NULL;

	return !m->recurrence ? m->c->start : x && x->start ? x->start : m->recurrence;
}

void compose_invitation(const struct composing *k, const struct mail *m)
{
	const struct meeting *t = k->in->meeting;
	const struct checkin *c = t->c;
	const struct zone *own = k->in->owner->time.zone;
	bool off = strcmp(t->method, "CANCEL") == 0, stays = strcmp(t->method, "DECLINECOUNTER") == 0;
	utc at = begins(t);

	view_text(k->v, "purpose", line_from(k->p, checkin_title(k->p, c), WHAT_MOST).s);
	view_text(k->v, "begins", phrase_time(k->p, k->language, k->zone, at));
	view_text(k->v, "begins_short", phrase_time_short(k->p, k->language, k->zone, at, k->in->now));
	view_text(k->v, "begins_owner",
		  zone_offset(k->zone, at) == zone_offset(own, at) ? "" : phrase_clock(k->p, k->language, own, at));
	view_text(k->v, "lasts", phrase_span(k->p, k->language, c->minutes * 60));
	view_text(k->v, "again", t->recurrence ? "" : phrase_cadence(k->p, k->language, k->zone, c->rrule, false, k->in->now));
	view_text(k->v, "place", c->place);
	view_markdown(k->v, "meeting_link", compose_web(k->p, c->link));
	view_markdown(k->v, "agenda", compose_own_words(k->p, c->agenda));
	view_text(k->v, "people", others(k, m->to.address));
	view_text(k->v, "was", t->was ? phrase_time(k->p, k->language, k->zone, t->was) : "");
	view_flag(k->v, "is_invited", !off && !stays && !t->was);
	view_flag(k->v, "is_moved", !off && !stays && t->was);
	view_flag(k->v, "is_off", off);
	view_flag(k->v, "is_kept", stays);
	view_flag(k->v, "is_planned", !off && !stays);
	view_flag(k->v, "one_of", t->recurrence);
}

bool compose_meeting(const struct composing *k, struct mail *m, bool owners, struct err *e)
{
	const struct compose_in *in = k->in;
	const struct owner *o = in->owner;
	struct ical_meeting object = { .c = in->meeting->c,
				       .method = in->meeting->method,
				       .owners = owners,
				       .recurrence = owners ? 0 : in->meeting->recurrence,
				       .owner = { o->name, o->addresses.list[0] },
				       .organizer = { o->name, o->addresses.list[0] } };

	if (owners)
		object.organizer =
			(struct addr){ "kept", k->tracking && k->tracking[0] != '*' ? k->tracking : m->from.s };
	m->method = object.method;
	return ical_checkin(k->p, &object, &m->calendar, e);
}
