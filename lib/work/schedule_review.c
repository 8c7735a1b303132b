/* the weekly review: all that an owner has to see once a week, in one mail */
#include <string.h>

#include "borders/record.h"
#include "borders/store.h"
#include "judgement/fit.h"
#include "judgement/suggest.h"
#include "work/schedule_inner.h"

enum { DAY = 86400, WEEK = 7 * DAY, SCORED = 12 * WEEK, ENDS = 30 * DAY, LONGEST = 31 * DAY /* that one looks back on */ };

static void suggestions(struct pool *p, const struct score_track *tracks, size_t n, struct review *r)
{
	struct suggestion list[SUGGEST_MOST];
	size_t count = suggest(p, tracks, n, r->to, list);

	for (size_t i = 0; i < count; i++) {
		const struct commitment *m = list[i].m;
		struct civil c = zone_civil(m->owner->time.zone, list[i].rather);

		review_line(p, r, REVIEW_LIST_SUGGESTED,
			    (struct review_line){ .text = commitment_thing(p, m), .who = addrs_names(p, &m->to), .at = list[i].rather, .number = m->id,
						  .of = list[i].of,
						  .words = pool_print(p, "due %lld %04d-%02d-%02d", (long long)m->id, c.year, c.month, c.day) });
	}
}

static bool promises(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, struct review *r, struct err *e)
{
	struct commitment *list;
	struct score_track *tracks;
	struct score_item *items = NULL;
	struct score s;
	size_t n, count = 0;

	if (!store_review(q, p, c, o, r->from, &list, &n, e))
		return false;
	review_sort(p, r, list, n);
	if (!store_score(q, p, c, o, &tracks, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct score_item x = score_item(&tracks[i]);

		if (x.day > r->to - SCORED)
			*(struct score_item *)pool_more(p, &items, count++, sizeof x) = x;
	}
	suggestions(p, tracks, n, r);
	s = score_of(items, count, r->to);
	r->on_time.n = s.on_time.n, r->on_time.of = s.on_time.of;
	r->followed.n = s.followed.n, r->followed.of = s.followed.of;
	r->trust = s.trust, r->trust_known = s.known;
	return true;
}

/* Material that may answer what they asked. */
static bool answers(struct sql *q, struct pool *p, struct review *r, struct err *e)
{
	for (size_t i = 0; i < r->lists[REVIEW_LIST_ASKED].n; i++) {
		struct review_line *x = &r->lists[REVIEW_LIST_ASKED].lines[i];
		struct strings wanted = fit_words(p, x->text);
		struct resource *list;
		int best = 0;
		size_t n;

		if (!store_resources_search(q, p, &wanted, &list, &n, e))
			return false;
		for (size_t k = 0; k < n; k++) {
			struct fit f = fit_resource(p, x->text, &list[k]);

			if (resource_state(&list[k], r->to) == RESOURCE_APPROVED && f.score > best)
				best = f.score, x->fits = list[k].title, x->why = f.why;
		}
	}
	return true;
}

bool schedule_held_lines(struct sql *q, struct pool *p, const struct owner *o, struct review_line **out, size_t *n,
			 struct err *e)
{
	struct held_row *held;

	if (!store_held(q, p, o->key, &held, n, e))
		return false;
	*out = pool_list(p, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = (struct review_line){ .text = line_from(p, held[i].subject, SUBJECT_MOST).s,
						  .who = line_from(p, held[i].sender, ADDRESS_MOST).s,
						  .at = held[i].at,
						  .words = pool_print(p, "accept h%lld", (long long)held[i].id) };
	return true;
}

static bool others(struct sql *q, struct pool *p, const struct owner *o, struct review *r, struct err *e)
{
	struct theirs *theirs;
	struct review_line *held;
	size_t n;

	if (!store_theirs(q, p, o->key, &theirs, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		review_line(p, r, REVIEW_LIST_THEIRS,
			    (struct review_line){ .text = theirs[i].what,
						  .who = *theirs[i].name ? theirs[i].name : theirs[i].address,
						  .at = theirs[i].until });
	if (!schedule_held_lines(q, p, o, &held, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		review_line(p, r, REVIEW_LIST_HELD, held[i]);
	return store_review_lines(q, p, o->key, r, r->to + ENDS, e) && answers(q, p, r, e);
}

/* Whom the owner meant to have heard from by now. */
static bool past_cadence(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, struct review *r, struct err *e)
{
	struct checkin_plan plan;

	if (!schedule_plan_checkins(q, p, c, o, r->to, r->to + 1, &plan, e))
		return false;
	for (size_t i = 0; i < plan.rhythm_count; i++) {
		const struct rhythm *x = &plan.rhythms[i];

		if (plan_due(x, &o->time, r->to).state == DUE_PAST_LATEST)
			review_line(p, r, REVIEW_LIST_PAST,
				    (struct review_line){ .text = *x->who->name ? x->who->name : x->who->address, .at = x->exchanged });
	}
	return true;
}

bool schedule_review_of(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, utc from, utc to, struct review *out,
			struct err *e)
{
	*out = (struct review){ .from = from, .to = to };
	return promises(q, p, c, o, out, e) && others(q, p, o, out, e) && past_cadence(q, p, c, o, out, e) &&
	       record_head(q, p, &out->head, e);
}

/* The mail and the mark until when it tells are one transaction: nothing is told twice or left out. */
static bool tell(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, struct owner_row *row, utc at, utc now,
		 struct err *e)
{
	struct compose_in in = { .conf = c, .owner = o, .kind = MAIL_REVIEW };
	struct review r;
	utc from = row->reviewed && row->reviewed > now - LONGEST ? row->reviewed : now - WEEK;

	row->reviewed = at;
	in.review = &r;
	return store_owner_set(q, o->key, row, e) && schedule_review_of(q, p, c, o, from, now, &r, e) &&
	       (!review_count(&r) || schedule_queue(q, p, &in, &(struct queue_as){ .why = "the week" }, NULL, now, e));
}

bool schedule_review_now(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, utc now, struct err *e)
{
	struct compose_in in = { .conf = c, .owner = o, .kind = MAIL_REVIEW };
	struct review r;

	in.review = &r;
	return schedule_review_of(q, p, c, o, now - WEEK, now, &r, e) &&
	       schedule_queue(q, p, &in, &(struct queue_as){ .why = "you asked for it", .answers = true }, NULL, now, e);
}

bool schedule_review(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, struct owner_row *row, utc now,
		     utc *next, struct err *e)
{
	utc last, coming;

	if (!o->review)
		return true;
	worktime_weekly(&o->time, (enum weekday)(o->review - 1), now, &last, &coming);
	if (last > row->reviewed && row->paused > now && row->paused < coming) /* a pause moves it, and skips it where it is longer */
		coming = row->paused;
	else if (!row->reviewed) { /* their first week begins now */
		row->reviewed = now;
		if (!store_owner_set(q, o->key, row, e))
			return false;
	} else if (last > row->reviewed && row->paused <= now && !tell(q, p, c, o, row, now, now, e))
		return false;
	if (!*next || coming < *next)
		*next = coming;
	return true;
}
