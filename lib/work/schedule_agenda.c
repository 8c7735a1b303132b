/* the agenda: all that is for today, in one mail on a working morning; its coming is the sign that kept is alive */
#include <stdlib.h>
#include <string.h>

#include "borders/record.h"
#include "judgement/plan.h"
#include "letters/ical.h"
#include "work/schedule_inner.h"

enum { DAY = 86400, LONGEST = 31 * DAY /* that one looks back on */ };

/* The promises whose reminder it is. */
struct reminded {
	int64_t *ids;
	struct dossier *dossiers;
	size_t n;
};

/* Is it reminded of by this agenda, also before the owner's hour? The last reminder says so in a mail of its own. */
static bool is_reminded(struct sql *q, struct pool *p, const struct conf *c, const struct commitment *m, utc now,
			struct reminded *out, bool *is, struct err *e)
{
	const struct worktime *w = &m->owner->time;
	utc hour = zone_at(w->zone, zone_day(w->zone, now), w->hour), at;
	struct dossier d;
	struct step s;

	*is = false;
	if (!m->look_at || (m->look_at > now && m->look_at > hour))
		return true;
	if (!store_dossier(q, p, c, m->id, &d, is, e))
		return false;
	if (!*is)
		return true;
	s = plan_reminder(&d, now);
	if (s.kind == MAIL_NONE && s.at == hour && agenda_takes(m->owner, hour, &at))
		s = plan_reminder(&d, hour);
	*is = s.kind == MAIL_REMINDER && !s.final;
	if (*is) {
		*(int64_t *)pool_more(p, &out->ids, out->n, sizeof *out->ids) = m->id;
		*(struct dossier *)pool_more(p, &out->dossiers, out->n, sizeof *out->dossiers) = d;
		out->n++;
	}
	return true;
}

static bool promises(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, struct agenda *a,
		     struct reminded *out, struct err *e)
{
	struct commitment *list, m;
	size_t n;
	utc answered;

	if (!store_commitments(q, p, c, o, false, &list, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		bool reminded, found;

		if (!is_reminded(q, p, c, &list[i], a->at, out, &reminded, e))
			return false;
		if (agenda_part(&list[i], reminded, a->at) == AGENDA_NOWHERE)
			continue;
		if (list[i].noreply) { /* the owner waits for them, and they have answered: nothing is to be done */
			if (!store_commitment(q, p, c, list[i].id, &m, &answered, &found, e))
				return false;
			if (answered)
				continue;
		}
		agenda_promise(p, a, &list[i], reminded);
	}
	return true;
}

/* Each begins with its time of day. */
static int by_time(const void *a, const void *b)
{
	return strcmp(((const struct review_line *)a)->text, ((const struct review_line *)b)->text);
}

/* The check-ins of the day. */
static bool meetings(struct sql *q, struct pool *p, const struct owner *o, struct agenda *a, struct err *e)
{
	const struct zone *z = o->time.zone;
	int32_t today = zone_day(z, a->at);
	utc from = zone_at(z, today, 0), till = zone_at(z, today + 1, 0);
	int64_t *ids;
	size_t n;

	if (!store_checkins_near(q, p, o->key, from, till, &ids, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct checkin x;
		struct addrs who;
		struct civil t;
		utc start;
		bool found;

		if (!store_checkin(q, p, ids[i], &x, &found, e))
			return false;
		if (!found || (x.state != CHECKIN_INVITED && x.state != CHECKIN_CONFIRMED) ||
		    !checkin_next(p, &x, from, &start, NULL) || start >= till)
			continue;
		who = checkin_people(p, &x);
		t = zone_civil(z, start);
		agenda_line(p, a, AGENDA_LIST_MEETINGS,
			    (struct review_line){ .text = pool_print(p, "%02d:%02d %s", t.hour, t.minute, x.purpose),
						  .who = addrs_names(p, &who) });
	}
	if (a->lists[AGENDA_LIST_MEETINGS].n)
		qsort(a->lists[AGENDA_LIST_MEETINGS].lines, a->lists[AGENDA_LIST_MEETINGS].n, sizeof(struct review_line), by_time);
	return true;
}

static bool held(struct sql *q, struct pool *p, const struct owner *o, struct agenda *a, struct err *e)
{
	struct review_line *list;
	size_t n;

	if (!schedule_held_lines(q, p, o, &list, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		agenda_line(p, a, AGENDA_LIST_HELD, list[i]);
	return true;
}

/* The line of a trust challenge that runs. */
static bool challenge(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, struct agenda *a, struct err *e)
{
	struct challenge *x = pool_take(p, sizeof *x);
	bool runs;

	if (!store_challenge(q, p, o, x, &runs, e))
		return false;
	if (!runs || !challenge_day(x, a->at))
		return true;
	a->challenge = x;
	return schedule_challenge_of(q, p, c, x, a->at, e);
}

/* … was told. */
static bool told(struct sql *q, const struct agenda *a, struct err *e)
{
	struct challenge x;

	if (!a->challenge)
		return true;
	x = *a->challenge;
	x.told = zone_day(x.owner->time.zone, a->at);
	return store_challenge_save(q, &x, e);
}

static bool gather(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, utc from, utc at,
		   struct agenda *out, struct reminded *reminded, struct err *e)
{
	*out = (struct agenda){ .from = from, .at = at };
	return promises(q, p, c, o, out, reminded, e) && store_agenda_lines(q, p, o->key, out, e) &&
	       meetings(q, p, o, out, e) && held(q, p, o, out, e) && challenge(q, p, c, o, out, e) && record_head(q, p, &out->head, e);
}

bool schedule_agenda_of(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, utc from, utc at,
			struct agenda *out, struct err *e)
{
	struct reminded ignored = { 0 };

	return gather(q, p, c, o, from, at, out, &ignored, e);
}

/* The mail, the mark that the morning was seen to, and what it reminded of are one transaction. */
static bool tell(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, struct owner_row *row,
		 utc last, utc now, struct err *e)
{
	const struct step made = { .kind = MAIL_AGENDA, .at = now, .why = "the morning", .rule = "agenda" };
	struct compose_in in = { .conf = c, .owner = o, .kind = MAIL_AGENDA };
	struct reminded reminded = { 0 };
	struct agenda a;
	utc from = row->agenda > now - LONGEST ? row->agenda : now - LONGEST;

	if (!gather(q, p, c, o, from, now, &a, &reminded, e))
		return false;
	a.missed_count = agenda_missed(p, o, row->agenda, last, &a.missed);
	row->agenda = now;
	in.agenda = &a;
	if (!store_owner_set(q, o->key, row, e) || !told(q, &a, e))
		return false;
	if (!agenda_count(&a) && !a.missed_count)
		return true;
	if (!schedule_queue(
		    q, p, &in,
		    &(struct queue_as){ .why = made.why, .reminds = reminded.ids, .remind_count = reminded.n }, NULL,
		    now, e))
		return false;
	for (size_t i = 0; i < reminded.n; i++) {
		struct commitment *m = &reminded.dossiers[i].commitment;

		m->look_at = schedule_after(p, reminded.dossiers[i], &made, c, now);
		if (!store_commitment_save(q, m, reminded.dossiers[i].answered, e))
			return false;
	}
	return true;
}

bool schedule_agenda(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o,
		     struct owner_row *row, utc now, utc *next, struct err *e)
{
	const struct zone *z = o->time.zone;
	utc last, coming, leave;
	bool begins = !row->agenda;

	if (!agenda_mornings(o, now, &last, &coming)) {
		row->agenda = 0;
		return begins || store_owner_set(q, o->key, row, e);
	}
	*next = coming && (!*next || coming < *next) ? coming : *next;
	if (!begins &&
	    (last <= row->agenda ||
	     zone_day(z, last) != zone_day(z, now))) /* seen to, or of a day that is over: the next one says so */
		return true;
	if (begins || row->paused > now) { /* their first morning is yet to come; in a pause none comes */
		row->agenda = now;
		return store_owner_set(q, o->key, row, e);
	}
	leave = worktime_leave(&o->time, last, now);
	if (leave <= now)
		return tell(q, p, c, o, row, last, now, e);
	*next = leave < *next ? leave : *next; /* later on this day, or never */
	return true;
}
