/* new approved material that bears on what somebody wants to hear of is proposed to the owner they told so */
#include <string.h>

#include "borders/material.h"
#include "borders/record.h"
#include "borders/store.h"
#include "ground/log.h"
#include "judgement/fit.h"
#include "judgement/plan.h"
#include "letters/markup.h"
#include "letters/phrase.h"
#include "work/schedule_inner.h"

enum { DAY = 86400, A_DAY = 3 /* proposals to one owner */ };

/* One piece of material, held against all interests. */
struct weighing {
	struct sql *q;
	struct pool *p;
	const struct conf *c;
	const struct resource *r;
	utc now, later; /* later: some had to wait until then; 0: none */
};

static void wait_until(struct weighing *w, utc at)
{
	if (!w->later || at < w->later)
		w->later = at;
}

/* `at`: when one more may be proposed to this owner; now: at once. */
static bool room(struct weighing *w, const struct owner *o, utc *at, struct err *e)
{
	int64_t *times;
	size_t n;

	if (!store_ids(w->q, w->p, SQL_PROPOSED_LATELY, SQL_VALUES(sql_t(o->key), sql_i(w->now - DAY)), &times, &n, e))
		return false;
	*at = n < A_DAY ? w->now : times[n - A_DAY] + DAY;
	return true;
}

/* The promise whose conversation they asked in (`own`); else one of theirs, of which the mail says nothing. */
static bool base_of(struct weighing *w, const struct interest *i, struct dossier *d, bool *own, bool *found,
		    struct err *e)
{
	const struct commitment *m = &d->commitment;
	int64_t id = i->commitment;

	*own = false;
	*found = false;
	if (id && !store_dossier(w->q, w->p, w->c, id, d, found, e))
		return false;
	*own = *found && m->state != COMMITMENT_CANCELLED && m->state != COMMITMENT_CANDIDATE && m->to.n &&
	       addr_same(m->to.list[0].address, i->who.address);
	if (*own)
		return true;
	*found = false;
	return store_count(w->q, SQL_PROMISED_LAST, SQL_VALUES(sql_t(i->who.address), sql_t(i->owner)), &id, e) &&
	       (!id || store_dossier(w->q, w->p, w->c, id, d, found, e));
}

static const char *named(const struct interest *i)
{
	return addr_called(i->who.name, i->who.address);
}

/* Nothing was ever promised to them: there is no conversation to go on with, and the owner writes it. */
static bool tell(struct weighing *w, const struct owner *o, const struct interest *i, struct err *e)
{
	const char *who = markdown_quote(w->p, named(i), NAME_MOST), *topic = markdown_quote(w->p, i->topic, WHAT_MOST);
	struct text *t = text_new(w->p, ANSWER_MOST);

	text_print(t,
		   phrase_of(o->language, "“%s” (r%lld) was approved, and bears on what %s wants to hear of: “%s”. Nothing was promised to "
					  "%s that I know of, so I prepared no mail. If you write, put my address in BCC where you promise "
					  "something.\n"),
		   markdown_quote(w->p, w->r->title, WHAT_MOST), (long long)w->r->id, who, topic, who);
	return schedule_notice(w->q, w->p, w->c, o, pool_print(w->p, phrase_of(o->language, "New material for %s: %s"), named(i), w->r->title),
			       t->s, w->now, e);
}

static bool offer(struct weighing *w, const struct interest *i, struct dossier *d, bool own, struct err *e)
{
	struct commitment *m = &d->commitment;
	const char *why = pool_print(w->p, phrase_of(m->owner->language, "new approved material bears on what they want to hear of: %s"), i->topic);
	struct schedule_offer o = { .kind = MAIL_SHARE, .resources = &w->r->id, .resource_count = 1, .interest = i->topic, .interest_id = i->id,
				    .ask = true, .rule = "interest", .why = why };
	struct outgoing made;

	if (!own) { /* not in that conversation, and not with what was asked in it */
		m->subject = m->message_id = m->request = "";
		m->references = (struct strings){ 0 };
	}
	return schedule_offer(w->q, w->p, w->c, d, &o, &made, w->now, e);
}

/* May it go to them at all? */
static bool is_barred(const struct weighing *w, const struct owner *o, const struct contact *who)
{
	const char *language = *who->language ? who->language : o->language;
	bool reads = !w->r->languages.n;

	for (size_t i = 0; i < w->r->languages.n; i++)
		reads |= text_same(w->r->languages.list[i], language);
	return !reads || who->consent == CONTACT_CONSENT_NEVER || who->segment == CONTACT_SEGMENT_NONE || who->bounced;
}

static bool propose_now(struct weighing *w, const struct owner *o, const struct interest *i,
			struct dossier *d /* NULL */, bool own, struct err *e)
{
	struct event v = { .owner = o->key, .word = "proposed", .commitment = d ? d->commitment.id : 0,
			   .detail = pool_print(w->p, "r%lld to c%lld, by their interest i%lld", (long long)w->r->id, (long long)i->contact,
						(long long)i->id) };
	struct err unsound = { 0 };

	if (!material_sound(w->p, w->r, &unsound)) /* until it is approved anew */
		return true;
	return sql_do(w->q, SQL_PROPOSED_ADD, e,
		      SQL_VALUES(sql_i(w->r->id), sql_i(i->contact), sql_t(o->key), sql_i(w->now))) &&
	       record_add(w->q, &v, w->now, e) && (d ? offer(w, i, d, own, e) : tell(w, o, i, e));
}

static bool propose(struct weighing *w, const struct owner *o, const struct interest *i, struct err *e)
{
	struct contact who;
	struct dossier d;
	bool own, found, noted;
	int64_t before;
	utc at;

	if (!store_contact(w->q, w->p, o->key, &i->who, &who, &noted, e) ||
	    !store_count(w->q, SQL_PROPOSED_HAS, SQL_VALUES(sql_i(i->contact), sql_i(w->r->id)), &before, e))
		return false;
	if (before || is_barred(w, o, &who))
		return true;
	if (!base_of(w, i, &d, &own, &found, e) || !room(w, o, &at, e))
		return false;
	if (found && plan_barred(&d))
		return true;
	if (who.absent > at)
		at = who.absent;
	if (found && d.paused > at)
		at = d.paused;
	if (at <= w->now)
		return propose_now(w, o, i, found ? &d : NULL, own, e);
	wait_until(w, at);
	return true;
}

static bool weigh(struct weighing *w, struct err *e)
{
	struct interest *all;
	size_t n = 0;

	if (resource_state(w->r, w->now) == RESOURCE_APPROVED && !store_interests_live(w->q, w->p, w->now, &all, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct owner *o = conf_owner(w->c, all[i].owner);

		/* what was approved before they said so is not new */
		if (o && all[i].at <= w->r->approved && fit_topic(w->p, all[i].topic, w->r) && !propose(w, o, &all[i], e))
			return false;
	}
	return w->later || sql_do(w->q, SQL_RESOURCE_WEIGHED, e, SQL_VALUES(sql_i(w->r->id), sql_i(w->now)));
}

static bool one(struct sql *q, const struct conf *c, int64_t id, utc now, utc *next, struct err *e)
{
	struct pool *p = pool_new();
	struct resource r;
	struct weighing w = { .q = q, .p = p, .c = c, .r = &r, .now = now };
	bool found, well = sql_begin(q, e) && store_resource(q, p, id, &r, &found, e) && (!found || weigh(&w, e)) &&
			   sql_commit(q, e);

	if (!well)
		sql_rollback(q);
	if (well && w.later && (!*next || w.later < *next))
		*next = w.later;
	pool_end(&p);
	return well;
}

bool schedule_shares(struct sql *q, const struct conf *c, utc now, utc *next, struct err *e)
{
	struct pool *p = pool_new();
	struct err why = { 0 };
	int64_t *ids;
	size_t n = 0;
	bool well = store_ids(q, p, SQL_RESOURCE_UNWEIGHED, 0, NULL, &ids, &n, e);

	for (size_t i = 0; i < n && well; i++) {
		if (one(q, c, ids[i], now, next, &why))
			continue;
		if (why.kind != ERR_PERM) {
			*e = why;
			well = false;
			break;
		}
		/* it stops no other, and no promise */
		log_line(LOG_LINE_ERROR, "schedule", "resource %lld is proposed to nobody: %s", (long long)ids[i],
			 why.text);
		well = sql_begin(q, e) &&
		       sql_do(q, SQL_RESOURCE_WEIGHED, e, SQL_VALUES(sql_i(ids[i]), sql_i(now))) && sql_commit(q, e);
		if (!well)
			sql_rollback(q);
	}
	pool_end(&p);
	return well;
}
