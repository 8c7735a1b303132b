/* check-ins that are due are proposed to their owner: one mail on a working morning */
#include <string.h>

#include "borders/record.h"
#include "borders/secret.h"
#include "judgement/freetime.h"
#include "judgement/plan_checkin.h"
#include "letters/ical.h"
#include "work/schedule_inner.h"

enum {
	DAY = 86400,
	AHEAD = 45 * DAY /* for how long check-ins are planned together */,
	RECENT = 30 * DAY,
	CHOICE = 14 * DAY /* within which other times are offered */,
	MORNINGS = 2600 /* for so many, ten years, proposals are foreseen */
};

/* ---- where each contact stands ---- */

/* Their own cadence, else that of their stage. */
static void cadence_of(const struct conf *c, struct rhythm *r)
{
	const struct cadence *stage = conf_cadence(c, contact_stage_name(r->who->stage));

	if (r->who->cadence_ideal) {
		r->ideal.days = r->who->cadence_ideal;
		r->latest.days = r->who->cadence_latest;
	} else if (stage) {
		interval_parse(stage->ideal, &r->ideal);
		interval_parse(stage->latest, &r->latest);
	}
}

static utc newer(utc a, utc b)
{
	return a > b ? a : b;
}

/* What one check-in means for the next with the one of this address: of several, each has their own answer. */
static void count_in(struct pool *p, const struct checkin *k, const char *address, utc now, struct rhythm *r)
{
	utc start = 0, last = checkin_last(p, k, now);
	const struct checkin_attendee *own = checkin_attendee(k, address, 0);
	bool comes = own && own->partstat == PARTSTAT_ACCEPTED,
	     stays = own && (own->partstat == PARTSTAT_DECLINED || own->partstat == PARTSTAT_DELEGATED);

	switch (k->state) {
	case CHECKIN_PROPOSED:
		if (k->made > r->proposed) {
			r->proposed = k->made;
			r->meant = k->start;
		}
		if (k->start > now) /* it waits for the owner, or for a word on its invitation */
			r->agreed = r->agreed && r->agreed < k->start ? r->agreed : k->start;
		return;
	case CHECKIN_CONFIRMED:
	case CHECKIN_INVITED:
		if (stays) {
			r->declined = newer(r->declined, own->answered);
			return;
		}
		if (comes)
			r->exchanged = newer(r->exchanged, last);
		else /* they were silent: not at once again */
			r->skipped = newer(r->skipped, last);
		if (checkin_next(p, k, now - k->minutes * 60, &start, NULL))
			r->agreed = r->agreed && r->agreed < start ? r->agreed : start;
		return;
	case CHECKIN_DECLINED: r->declined = newer(r->declined, k->stamp); return;
	case CHECKIN_CANCELLED: r->skipped = newer(r->skipped, k->stamp); return;
	}
}

/* One, with what tells where they stand at any time from now on. */
struct standing {
	struct rhythm before; /* without check-ins */
	struct met {
		const struct checkin *k;
		const char *address; /* of theirs, with which they are invited */
	} *list;
	size_t n;
	struct checkin *lies;     /* the newest proposal that is foreseen; NULL */
};

static struct rhythm at_time(struct pool *p, const struct standing *s, utc t)
{
	struct rhythm r = s->before;

	for (size_t i = 0; i < s->n; i++)
		count_in(p, s->list[i].k, s->list[i].address, t, &r);
	return r;
}

static void met_in(struct pool *p, struct standing *s, const struct checkin *k, const char *address)
{
	*(struct met *)pool_more(p, &s->list, s->n++, sizeof *s->list) = (struct met){ k, address };
}

/* Theirs, where they are not the owner's own. */
static const struct worktime *hours_of(struct pool *p, const struct owner *o, const struct contact *who)
{
	struct worktime *w;

	if (!*who->zone && !*who->country)
		return NULL;
	w = pool_take(p, sizeof *w);
	*w = contact_worktime(p, &o->time, who);
	return w->zone == o->time.zone && w->holidays == o->time.holidays ? NULL : w;
}

static bool stand(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, const struct contact *who, utc now,
		  struct standing *out, struct err *e)
{
	struct checkin *list;
	struct strings addresses;
	size_t n;

	*out = (struct standing){ .before = { .who = who, .since = who->made ? who->made : now } };
	cadence_of(c, &out->before);
	out->before.hours = hours_of(p, o, who);
	if (!out->before.ideal.days && !out->before.ideal.months)
		return true;
	if (!store_exchange_last(q, who->id, now, &out->before.exchanged, e) ||
	    !store_contact_addresses(q, p, who, &addresses, e))
		return false;
	for (size_t k = 0; k < addresses.n; k++) {
		if (!store_checkins_with(q, p, o->key, addresses.list[k], &list, &n, e))
			return false;
		for (size_t i = 0; i < n; i++)
			met_in(p, out, &list[i], addresses.list[k]);
	}
	return true;
}

/* All of an owner's that have a cadence. */
static bool standings(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, utc now,
		      struct standing **out, size_t *n, struct err *e)
{
	struct contact *all;
	size_t count;

	*n = 0;
	if (!store_contacts(q, p, o->key, &all, &count, e))
		return false;
	*out = pool_list(p, count, sizeof **out);
	for (size_t i = 0; i < count; i++) {
		struct standing *s = &(*out)[*n];
		struct contact *who = pool_take(p, sizeof *who);
		bool noted;

		if (!all[i].cadence_ideal && !conf_cadence(c, contact_stage_name(all[i].stage)))
			continue;
		if (!store_contact(q, p, o->key, &(struct addr){ all[i].name, all[i].address }, who, &noted, e) ||
		    !stand(q, p, c, o, who, now, s, e))
			return false;
		*n += s->before.ideal.days || s->before.ideal.months;
	}
	return true;
}

/* The owner's check-ins that stand on days to come. */
static bool taken(struct sql *q, struct pool *p, const struct owner *o, utc now, utc till, struct checkin_room *room,
		  struct err *e)
{
	struct checkin *list;
	utc *times = NULL;
	size_t n;

	if (!store_checkins(q, p, o->key, now, &list, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		utc at = now, start;

		if (!checkin_is_live(list[i].state) || list[i].state == CHECKIN_DECLINED)
			continue;
		for (int times_of = 0;
		     times_of < 400 && checkin_next(p, &list[i], at, &start, NULL) && start < till;
		     times_of++, at = start + 1)
			*(utc *)pool_more(p, &times, room->taken_count++, sizeof *times) = start;
	}
	room->taken = times;
	return true;
}

/* The check-ins that kept knows of: they may not have reached the calendar yet. */
static bool checkins_busy(struct sql *q, struct pool *p, const struct owner *o, utc from, utc till, struct busy *out,
			  struct err *e)
{
	struct checkin *list;
	size_t n;

	if (!store_checkins(q, p, o->key, from - CHECKIN_MINUTES_MOST * 60, &list, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		utc at = from - CHECKIN_MINUTES_MOST * 60, start;

		if (!checkin_is_live(list[i].state) || list[i].state == CHECKIN_DECLINED)
			continue;
		for (int k = 0; k < 500 && checkin_next(p, &list[i], at, &start, NULL) && start < till; k++) {
			*(struct busy_time *)pool_more(p, &out->times, out->n++, sizeof *out->times) =
				(struct busy_time){ .start = start, .end = start + list[i].minutes * 60 };
			at = start + 1;
		}
	}
	return true;
}

/* At a congress they meet people there. */
static void congress_busy(struct pool *p, const struct owner *o, struct busy *out)
{
	const struct zone *z = o->time.zone;
	int32_t first, last;

	for (size_t i = 0; i < o->congress.n; i++)
		if (days_parse(o->congress.list[i], &first, &last))
			*(struct busy_time *)pool_more(p, &out->times, out->n++, sizeof *out->times) =
				(struct busy_time){ .start = zone_at(z, first, 0), .end = zone_at(z, last + 1, 0) };
}

bool schedule_busy(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, utc from, utc till,
		   struct busy *out, struct err *e)
{
	*out = (struct busy){ .broken = "" };
	for (size_t i = 0; i < c->calendar_count; i++)
		if (c->calendars[i].owner == o && c->calendars[i].kind == CALENDAR_BUSY &&
		    !store_busy_add(q, p, c->calendars[i].key, from, till, out, e))
			return false;
	if (!checkins_busy(q, p, o, from, till, out, e))
		return false;
	congress_busy(p, o, out);
	busy_settle(out, o->time.zone);
	return true;
}

/* No time that is offered later falls on one of these. */
static void offered(struct pool *p, const struct owner *o, struct checkin_plan *plan, const utc *at, size_t n)
{
	struct busy *b = plan->busy;

	for (size_t i = 0; i < n; i++)
		*(struct busy_time *)pool_more(p, &b->times, b->n++, sizeof *b->times) =
			(struct busy_time){ .start = at[i], .end = at[i] + CHECKIN_MINUTES * 60 };
	if (n)
		busy_settle(b, o->time.zone);
}

/* The planned time, and others: on other days, free for both, and offered to nobody else. */
static const utc *times(struct pool *p, const struct owner *o, struct checkin_plan *plan, const struct rhythm *r,
			utc at, size_t *n)
{
	utc *out = pool_list(p, 1 + FREETIMES, sizeof *out);
	struct freetime f = { .own = &o->time, .theirs = r->hours ? r->hours : &o->time, .busy = plan->room.busy, .minutes = CHECKIN_MINUTES };

	f.now = zone_at(o->time.zone, zone_day(o->time.zone, at) + 1, 0);
	f.till = f.now + CHOICE;
	out[0] = at;
	*n = freetime_find(&f, out + 1);
	*n = *n >= FREETIMES ? FREETIMES : *n + 1;
	offered(p, o, plan, out + 1, *n - 1);
	return out;
}

bool schedule_plan_checkins(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, utc now,
			    utc till, struct checkin_plan *out, struct err *e)
{
	struct busy *busy = pool_take(p, sizeof *busy);
	struct standing *all;

	*out = (struct checkin_plan){
		.room = { .day = c->cap_checkins_day, .week = c->cap_checkins_week, .busy = busy }, .busy = busy
	};
	if (!standings(q, p, c, o, now, &all, &out->rhythm_count, e) ||
	    (out->rhythm_count && (!taken(q, p, o, now, now + AHEAD, &out->room, e) ||
				   !schedule_busy(q, p, c, o, now, till + CHOICE + DAY, busy, e))))
		return false;
	out->rhythms = pool_list(p, out->rhythm_count, sizeof *out->rhythms);
	for (size_t i = 0; i < out->rhythm_count; i++)
		out->rhythms[i] = at_time(p, &all[i], now);
	out->list = pool_list(p, out->rhythm_count, sizeof *out->list);
	out->n = plan_checkins(p, out->rhythms, out->rhythm_count, &o->time, &out->room, now, till, out->list);
	for (size_t i = 0; i < out->n; i++)
		offered(p, o, out, &out->list[i].at, 1);
	return true;
}

/* ---- proposing ---- */

/* What it may be called to those invited. What is noted of them alone is not for their eyes: then the owner is asked. */
static const char *purpose_of(struct pool *p, const struct brief *b)
{
	return b->our_count        ? line_from(p, commitment_thing(p, &b->ours[0]), WHAT_MOST).s
	       : b->resource_count ? line_from(p, b->resources[0].text, WHAT_MOST).s
				   : "";
}

/* A check-in to which nobody was invited yet; one that its owner asked for they can take back. */
static bool note(struct sql *q, struct pool *p, const struct owner *o, const struct rhythm *r, utc at,
		 const char *purpose, bool asked, utc now, struct checkin *k, struct err *e)
{
	char token[TOKEN_LENGTH + 1];
	struct checkin_attendee *a = pool_take(p, sizeof *a);
	struct event v = { .owner = o->key, .word = "proposed" };
	struct checkin none;

	secret_token(token);
	*a = (struct checkin_attendee){
		.name = r->who->name, .address = r->who->address, .comment = "", .delegated_to = ""
	};
	*k = (struct checkin){ .owner = o->key,
			       .uid = pool_print(p, "%s@kept", token),
			       .stamp = now,
			       .state = CHECKIN_PROPOSED,
			       .start = at,
			       .minutes = CHECKIN_MINUTES,
			       .zone = zone_name(o->time.zone),
			       .rrule = "",
			       .purpose = purpose,
			       .agenda = "",
			       .link = "",
			       .place = "",
			       .made = now,
			       .entry = -1,
			       .attendees = a,
			       .attendee_count = 1 };
	if (!store_checkin_save(q, k, e))
		return false;
	v.detail = pool_print(p, "check-in %lld with c%lld, for %s", (long long)k->id, (long long)r->who->id,
			      utc_words(p, o->time.zone, at));
	none = *k;
	none.state = CHECKIN_CANCELLED;
	v.before = asked ? store_image_checkin(p, &none, false, 0) : NULL;
	return record_add(q, &v, now, e);
}

static bool one(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, struct checkin_plan *plan,
		const struct proposal *x, utc now, struct brief *b, struct err *e)
{
	const struct rhythm *r = &plan->rhythms[x->whom];
	struct checkin *k = pool_take(p, sizeof *k);

	if (!schedule_brief(q, p, c, o, r->who, now - RECENT, now, b, e) ||
	    !note(q, p, o, r, x->at, purpose_of(p, b), false, now, k, e))
		return false;
	b->purpose = k->purpose;
	b->checkin = k;
	b->start = x->at;
	b->times = times(p, o, plan, r, x->at, &b->time_count);
	b->exchanged = r->exchanged;
	b->late = x->late || plan_due(r, &o->time, now).state == DUE_PAST_LATEST;
	return true;
}

/* Those of the next mail; later ones have their own morning. */
static bool propose(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, utc now, struct err *e)
{
	struct compose_in in = { .conf = c, .owner = o, .kind = MAIL_PROPOSAL };
	struct checkin_plan plan;
	struct outgoing out;

	if (!schedule_plan_checkins(q, p, c, o, now, now + AHEAD, &plan, e))
		return false;
	in.briefs = pool_list(p, plan.n, sizeof *in.briefs);
	for (size_t i = 0; i < plan.n; i++)
		if (plan.list[i].mail <= now &&
		    !one(q, p, c, o, &plan, &plan.list[i], now, &in.briefs[in.brief_count++], e))
			return false;
	if (!in.brief_count)
		return true;
	if (!schedule_queue(q, p, &in, &(struct queue_as){ .why = "a check-in is due" }, &out, now, e))
		return false;
	for (size_t i = 0; i < in.brief_count; i++) {
		const struct contact *who = in.briefs[i].who;

		if (!store_named_add(q, out.id, &(struct addr){ who->name, who->address }, in.briefs[i].checkin->id, e))
			return false;
	}
	return true;
}

bool schedule_propose(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o,
		      const struct contact *who, const char *purpose, int minutes, const utc *at, size_t n, utc now,
		      struct err *e)
{
	struct compose_in in = { .conf = c, .owner = o, .kind = MAIL_PROPOSAL, .brief_count = 1 };
	const struct rhythm r = { .who = who };
	struct checkin *k = pool_take(p, sizeof *k);
	struct brief *b = in.briefs = pool_take(p, sizeof *b);
	struct outgoing out;

	if (!schedule_brief(q, p, c, o, who, now - RECENT, now, b, e))
		return false;
	if (!*purpose)
		purpose = purpose_of(p, b);
	if (!note(q, p, o, &r, at[0], purpose, true, now, k, e))
		return false;
	k->minutes = minutes;
	b->purpose = k->purpose;
	b->checkin = k;
	b->start = at[0];
	b->times = at;
	b->time_count = n;
	b->asked_for = true;
	return store_checkin_save(q, k, e) &&
	       schedule_queue(q, p, &in, &(struct queue_as){ .why = "you asked for times" }, &out, now, e) &&
	       store_named_add(q, out.id, &(struct addr){ who->name, who->address }, k->id, e);
}

static bool has_cadence(struct sql *q, const struct conf *c, const struct owner *o, bool *has, struct err *e)
{
	int64_t n = 0;

	*has = c->cadence_count != 0;
	if (*has)
		return true;
	if (!store_count(q, SQL_CONTACT_CADENCE, SQL_VALUES(sql_t(o->key)), &n, e))
		return false;
	*has = n != 0;
	return true;
}

/* The working morning that comes, or is now. */
static utc morning(const struct worktime *w, utc now)
{
	int32_t today = zone_day(w->zone, now);

	if (is_workday(w, today) && now < zone_at(w->zone, today, w->eod))
		return zone_at(w->zone, today, w->hour);
	return zone_at(w->zone, workday_add(w, today, 1), w->hour);
}

/* When they are proposed next; `now` or before: now. */
static utc proposes_at(const struct worktime *w, const struct owner_row *row, utc now)
{
	utc at = morning(w, row->paused > now ? row->paused : now);

	return at <= now && row->proposed >= at /* done today */ ? zone_at(w->zone, workday_add(w, zone_day(w->zone, now), 1), w->hour) : at;
}

/* A proposal that nobody answers: its time is kept free until then, and it is asked again. */
static void let_lie(struct pool *p, const struct owner *o, struct standing *s, utc at, utc now)
{
	if (!s->lies) {
		s->lies = pool_take(p, sizeof *s->lies);
		met_in(p, s, s->lies, s->before.who->address);
	}
	*s->lies = (struct checkin){ .state = CHECKIN_PROPOSED, .start = at, .minutes = CHECKIN_MINUTES, .zone = zone_name(o->time.zone), .rrule = "",
				     .made = now };
}

/* Of the times those that are to come. */
static size_t to_come(utc *times, size_t n, utc t)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (times[i] >= t)
			times[kept++] = times[i];
	return kept;
}

bool schedule_proposals_ahead(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, utc now, utc till,
			      struct proposed **out, size_t *n, struct err *e)
{
	const struct worktime *w = &o->time;
	struct busy *busy = pool_take(p, sizeof *busy);
	struct checkin_room room = { .day = c->cap_checkins_day, .week = c->cap_checkins_week, .busy = busy };
	struct standing *all;
	struct rhythm *rhythms;
	struct proposal *list;
	struct owner_row row;
	utc *times = NULL;
	size_t count;

	*out = NULL;
	*n = 0;
	if (!standings(q, p, c, o, now, &all, &count, e) || !store_owner(q, o->key, &row, e))
		return false;
	if (!count)
		return true;
	if (!taken(q, p, o, now, till + AHEAD, &room, e) || !schedule_busy(q, p, c, o, now, till + AHEAD + DAY, busy, e))
		return false;
	for (size_t i = 0; i < room.taken_count; i++)
		*(utc *)pool_more(p, &times, i, sizeof *times) = room.taken[i];
	rhythms = pool_list(p, count, sizeof *rhythms);
	list = pool_list(p, count, sizeof *list);
	for (size_t i = 0; i < count; i++)
		rhythms[i] = at_time(p, &all[i], now);
	for (utc t = proposes_at(w, &row, now), days = 0; t <= till && days < MORNINGS;
	     t = zone_at(w->zone, workday_add(w, zone_day(w->zone, t), 1), w->hour), days++) {
		size_t found;

		t = t > now ? t : now;
		for (size_t i = 0; i < count; i++) /* what was to come has passed */
			if (rhythms[i].agreed && rhythms[i].agreed <= t)
				rhythms[i] = at_time(p, &all[i], t);
		room.taken = times, room.taken_count = to_come(times, room.taken_count, t);
		found = plan_checkins(p, rhythms, count, w, &room, t, t + AHEAD, list);
		for (size_t i = 0; i < found; i++) {
			const struct proposal *x = &list[i];

			if (x->mail > t)
				continue;
			*(struct proposed *)pool_more(p, out, (*n)++, sizeof **out) = (struct proposed){ rhythms[x->whom].who, t, x->at };
			let_lie(p, o, &all[x->whom], x->at, t);
			rhythms[x->whom] = at_time(p, &all[x->whom], t);
			*(utc *)pool_more(p, &times, room.taken_count++, sizeof *times) = x->at;
		}
	}
	return true;
}

bool schedule_cadence(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, struct owner_row *row,
		      utc now, utc *next, struct err *e)
{
	const struct worktime *w = &o->time;
	utc at = proposes_at(w, row, now);
	bool has;

	if (!has_cadence(q, c, o, &has, e))
		return false;
	if (!has)
		return true;
	if (at <= now) {
		row->proposed = now;
		if (!store_owner_set(q, o->key, row, e) || !propose(q, p, c, o, now, e))
			return false;
		at = zone_at(w->zone, workday_add(w, zone_day(w->zone, now), 1), w->hour);
	}
	if (!*next || at < *next)
		*next = at;
	return true;
}
