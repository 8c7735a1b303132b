/* which mails about check-ins an owner would get, if nobody answered anything */
#include <stdlib.h>
#include <string.h>

#include "letters/ical.h"
#include "work/schedule_inner.h"

enum {
	OVER = 15 * 60 /* after its end they are asked */,
	OCCURRENCES = 400 /* of one series */
};

struct ahead {
	struct sql *q;
	struct pool *p;
	const struct owner *o;
	utc now, till;
	struct meeting_mail **out;
	size_t *n;
};

static void add(struct ahead *a, enum mail_kind kind, utc at, const char *why)
{
	if (at > a->now && at <= a->till)
		*(struct meeting_mail *)pool_more(a->p, a->out, (*a->n)++, sizeof **a->out) =
			(struct meeting_mail){ kind, at, why };
}

static void proposals(struct ahead *a, const struct proposed *list, size_t n)
{
	for (size_t i = 0, first = 0; i < n; first = i) {
		struct addrs who = { 0 };
		utc at = list[first].mail;

		for (; i < n && list[i].mail == at; i++)
			addrs_add(a->p, &who, list[i].who->name, list[i].who->address);
		add(a, MAIL_PROPOSAL, at > a->now ? at : a->now + 1,
		    pool_print(a->p, "a check-in is due with %s", addrs_names(a->p, &who)));
	}
}

static void around(struct ahead *a, const struct checkin *k)
{
	const struct worktime *w = &a->o->time;
	struct addrs people = checkin_people(a->p, k);
	const char *names = addrs_names(a->p, &people);
	utc start, from = a->now;

	for (int i = 0; i < OCCURRENCES && checkin_next(a->p, k, from, &start, NULL) && start <= a->till;
	     i++, from = start + 1) {
		utc day = zone_at(w->zone, workday_before(w, zone_day(w->zone, start)), w->hour);

		add(a, MAIL_BRIEFING, day, pool_print(a->p, "a check-in is near, with %s", names));
		if (k->state == CHECKIN_CONFIRMED)
			add(a, MAIL_APPROVAL, quiet_end(w, start + k->minutes * 60 + OVER),
			    pool_print(a->p, "recap to %s: a check-in was held", names));
	}
}

static void sweeps(struct ahead *a)
{
	const struct worktime *w = &a->o->time;

	for (size_t i = 0; i < a->o->congress.n; i++) {
		int32_t from, to;

		if (days_parse(a->o->congress.list[i], &from, &to))
			for (; from <= to; from++)
				add(a, MAIL_SWEEP, zone_at(w->zone, from, w->evening), "whom you met today");
	}
}

static int by_time(const void *x, const void *y)
{
	const struct meeting_mail *a = x, *b = y;

	return a->at != b->at ? (a->at > b->at) - (a->at < b->at) : (a->kind > b->kind) - (a->kind < b->kind);
}

bool schedule_meetings_ahead(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, utc now,
			     utc till, struct meeting_mail **out, size_t *n, struct err *e)
{
	struct ahead a = { .q = q, .p = p, .o = o, .now = now, .till = till, .out = out, .n = n };
	struct proposed *due;
	struct checkin *list;
	size_t count, asked;

	*out = NULL;
	*n = 0;
	if (!schedule_proposals_ahead(q, p, c, o, now, till, &due, &asked, e) ||
	    !store_checkins(q, p, o->key, now, &list, &count, e))
		return false;
	proposals(&a, due, asked);
	for (size_t i = 0; i < count; i++)
		if (list[i].state == CHECKIN_INVITED || list[i].state == CHECKIN_CONFIRMED)
			around(&a, &list[i]);
	sweeps(&a);
	if (*n)
		qsort(*out, *n, sizeof **out, by_time);
	return true;
}
