/* what is known of a person before a check-in; the briefing before it, and the question what was heard after it */
#include <string.h>

#include "borders/record.h"
#include "judgement/fit.h"
#include "letters/ical.h"
#include "work/schedule_inner.h"

enum { DAY = 86400, ITEMS = 5 /* of each sort */, PEOPLE = 8 /* of one briefing */, ASKED_AFTER = 15 * 60, ASKED_WITHIN = 3 * DAY, SOON = 30 * 60 };

static struct brief_item *item(struct pool *p, struct brief_item **list, size_t *n, const char *text, utc at)
{
	struct brief_item *x;

	if (*n >= ITEMS)
		return NULL;
	x = pool_more(p, list, (*n)++, sizeof *x);
	*x = (struct brief_item){ .text = text, .link = "", .channel = "", .at = at };
	return x;
}

/* What stands open with one of their addresses. */
static bool promises(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, const char *address,
		     struct brief *b, struct err *e)
{
	struct commitment *ours = (struct commitment *)b->ours;
	int64_t *ids;
	size_t n;

	if (!store_ids(q, p, SQL_PROMISED_OWN, SQL_VALUES(sql_t(address), sql_t(o->key)), &ids, &n, e))
		return false;
	for (size_t i = 0; i < n && b->our_count < ITEMS; i++) {
		struct commitment m;
		bool found;

		if (!store_commitment(q, p, c, ids[i], &m, NULL, &found, e))
			return false;
		if (found && (m.state == COMMITMENT_OPEN || m.state == COMMITMENT_WAITING))
			*(struct commitment *)pool_more(p, &ours, b->our_count++, sizeof *ours) = m;
	}
	b->ours = ours;
	return true;
}

static bool owed(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o,
		 const struct strings *addresses, struct brief *b, struct err *e)
{
	struct theirs *list;
	size_t n;

	(void)c;
	if (!store_theirs(q, p, o->key, &list, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < addresses->n; k++)
			if (addr_same(list[i].address, addresses->list[k]))
				item(p, &b->theirs, &b->their_count, list[i].what, list[i].until);
	return true;
}

static bool has(const struct strings *list, const char *word)
{
	for (size_t i = 0; i < list->n; i++)
		if (text_same(list->list[i], word))
			return true;
	return false;
}

/* Approved material in their language that bears on what they want to hear of, or need. */
static bool fitting(struct sql *q, struct pool *p, const struct owner *o, const struct contact *who, const char *topic,
		    utc since, utc now, struct brief *b, struct err *e)
{
	const char *language = *who->language ? who->language : o->language;
	struct strings wanted = fit_words(p, topic);
	struct resource *r;
	size_t n;

	if (!store_resources_search(q, p, &wanted, &r, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct brief_item *x;
		bool had = false;

		for (size_t k = 0; k < b->resource_count; k++)
			had |= strcmp(b->resources[k].text, r[i].title) == 0;
		if (had || r[i].approved < since || resource_state(&r[i], now) != RESOURCE_APPROVED ||
		    (r[i].languages.n && !has(&r[i].languages, language)) || !fit_topic(p, topic, &r[i]))
			continue;
		x = item(p, &b->resources, &b->resource_count, r[i].title, 0);
		if (x)
			x->link = r[i].link;
	}
	return true;
}

/* What they want to hear of, and need. `since`: for a proposal, whose reasons are new. */
static bool wants(struct sql *q, struct pool *p, const struct owner *o, utc since, utc now, struct brief *b,
		  struct err *e)
{
	struct interest *interests;
	struct need *needs;
	size_t n, count;

	if (!store_interests(q, p, b->who->id, &interests, &n, e) || !store_needs(q, p, b->who->id, &needs, &count, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (interests[i].until <= now)
			continue;
		item(p, &b->interests, &b->interest_count, interests[i].topic, interests[i].until);
		if (!fitting(q, p, o, b->who, interests[i].topic, since, now, b, e))
			return false;
	}
	for (size_t i = 0; i < count; i++) {
		if (since && (!needs[i].look || needs[i].look > now))
			continue;
		item(p, &b->needs, &b->need_count, needs[i].text, needs[i].look);
		if (!fitting(q, p, o, b->who, needs[i].text, since, now, b, e))
			return false;
	}
	return true;
}

static bool noted(struct sql *q, struct pool *p, struct brief *b, struct err *e)
{
	struct exchange *exchanges;
	struct insight *insights;
	struct work *works;
	size_t n, told, count;

	if (!store_exchanges(q, p, b->who->id, ITEMS, &exchanges, &n, e) ||
	    !store_insights(q, p, b->who->id, &insights, &told, e) || !store_works(q, p, b->who->id, &works, &count, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct brief_item *x = item(p, &b->exchanges, &b->exchange_count, exchanges[i].text, exchanges[i].at);

		if (x)
			x->channel = exchanges[i].channel;
	}
	for (size_t i = 0; i < told; i++)
		if (!insights[i].told) {
			struct brief_item *x =
				item(p, &b->insights, &b->insight_count, insights[i].text, insights[i].at);

			if (x)
				x->id = insights[i].id;
		}
	for (size_t i = 0; i < count; i++) {
		struct brief_item *x = item(p, &b->works, &b->work_count, works[i].title, 0);

		if (x)
			x->link = works[i].link;
	}
	return true;
}

bool schedule_brief(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o,
		    const struct contact *who, utc since, utc now, struct brief *out, struct err *e)
{
	struct strings addresses = { 0 };

	*out = (struct brief){ .who = who, .purpose = "" };
	if (who->id && !store_contact_addresses(q, p, who, &addresses, e))
		return false;
	if (!addresses.n)
		*(const char **)pool_more(p, &addresses.list, addresses.n++, sizeof *addresses.list) = who->address;
	for (size_t i = 0; i < addresses.n; i++)
		if (!promises(q, p, c, o, addresses.list[i], out, e))
			return false;
	return owed(q, p, c, o, &addresses, out, e) &&
	       (!who->id || (wants(q, p, o, since, now, out, e) && noted(q, p, out, e)));
}

/* ---- before ---- */

static bool first(struct sql *q, struct pool *p, const struct owner *o, const struct checkin *k, struct contact **out,
		  struct err *e)
{
	struct addr with;
	bool found;

	*out = NULL;
	if (!checkin_with(k, &with))
		return true;
	*out = pool_take(p, sizeof **out);
	return store_contact(q, p, o->key, &with, *out, &found, e);
}

/* Of each of those invited, to a number. */
static bool brief(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, const struct checkin *k,
		  utc start, utc now, struct err *e)
{
	struct brief *all = NULL;
	struct compose_in in = { .conf = c, .owner = o, .kind = MAIL_BRIEFING };
	struct addrs people = checkin_people(p, k);

	for (size_t i = 0; i < people.n && i < PEOPLE; i++) {
		struct contact *who = pool_take(p, sizeof *who);
		struct brief *b = pool_more(p, &all, in.brief_count++, sizeof *all);
		bool found;

		if (!store_contact(q, p, o->key, &people.list[i], who, &found, e) ||
		    !schedule_brief(q, p, c, o, who, 0, now, b, e))
			return false;
		b->checkin = k;
		b->start = start;
		b->purpose = k->purpose;
	}
	in.briefs = all;
	return !in.brief_count || schedule_queue(q, p, &in, &(struct queue_as){ .why = "a check-in is near", .checkin = k->id },
						 NULL, now, e);
}

static void sooner(utc at, utc *next)
{
	if (!*next || at < *next)
		*next = at;
}

/* On the working day before it, at the start of work. */
static bool before(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, const struct checkin *k,
		   utc now, utc *next, struct err *e)
{
	const struct worktime *w = &o->time;
	utc start, at;
	bool was;

	if (!checkin_next(p, k, now + SOON, &start, NULL))
		return true;
	at = zone_at(w->zone, workday_before(w, zone_day(w->zone, start)), w->hour);
	if (at > now) {
		sooner(at, next);
		return true;
	}
	return store_checkin_mailed(q, k->id, mail_kind_name(MAIL_BRIEFING), at - DAY / 2, &was, e) &&
	       (was || brief(q, p, c, o, k, start, now, e));
}

/* ---- after ---- */

static bool ask(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, const struct checkin *k,
		utc start, utc now, struct err *e)
{
	struct approval a = { .kind = MAIL_RECAP, .why = "", .rule = "" };
	struct brief b;
	struct compose_in in = { .conf = c,
				 .owner = o,
				 .kind = MAIL_APPROVAL,
				 .approval = &a,
				 .met_at = start,
				 .briefs = &b,
				 .brief_count = 1 };
	struct contact *who;

	if (!first(q, p, o, k, &who, e) || !who)
		return who == NULL;
	a.to = addr_called(who->name, who->address);
	return schedule_brief(q, p, c, o, who, 0, now, &b, e) &&
	       schedule_queue(q, p, &in,
			      &(struct queue_as){ .why = "a check-in was held",
						  .word = mail_kind_name(MAIL_RECAP),
						  .checkin = k->id },
			      NULL, now, e);
}

/* A quarter of an hour after its end; not after some days. */
static bool after(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, const struct checkin *k,
		  utc now, utc *next, struct err *e)
{
	utc over = k->minutes * 60 + ASKED_AFTER, start = checkin_last(p, k, now - over + 1), coming;
	bool was;

	if (k->state != CHECKIN_CONFIRMED)
		return true;
	if (checkin_next(p, k, now - over, &coming, NULL) && coming + over > now)
		sooner(coming + over, next);
	if (!start || start + over < now - ASKED_WITHIN)
		return true;
	return store_checkin_mailed(q, k->id, mail_kind_name(MAIL_RECAP), start, &was, e) &&
	       (was || ask(q, p, c, o, k, start, now, e));
}

/* ---- the recap ---- */

static void nothing_promised(const struct conf *c, const struct owner *o, struct dossier *d)
{
	*d = (struct dossier){ .policy = conf_policy(c, o->policy) };
	d->commitment = (struct commitment){ .owner = o,
					     .state = COMMITMENT_OPEN,
					     .what = "",
					     .words = "",
					     .subject = "",
					     .message_id = "",
					     .policy = o->policy,
					     .team = "",
					     .every = "",
					     .due_words = "",
					     .due_error = "",
					     .note = "",
					     .uid = "",
					     .sequence = -1,
					     .request = "" };
}

bool schedule_dossier(struct sql *q, struct pool *p, const struct conf *c, const struct outgoing *o,
		      struct dossier *out, bool *found, struct err *e)
{
	const struct owner *owner = conf_owner(c, o->owner);
	struct addrs to = addrs_split(p, o->recipient);
	int64_t *ids;
	size_t n;
	bool noted;

	*found = false;
	if (!store_ids(q, p, SQL_ABOUT_GET, SQL_VALUES(sql_i(o->id)), &ids, &n, e))
		return false;
	if (n)
		return store_dossier(q, p, c, ids[0], out, found, e);
	if (!owner || !to.n)
		return true;
	*found = true;
	nothing_promised(c, owner, out);
	if (!store_contact(q, p, owner->key, &to.list[0], &out->contact, &noted, e))
		return false;
	addrs_add(p, &out->commitment.to, out->contact.name, to.list[0].address);
	return true;
}

bool schedule_recap(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o,
		    const struct recap_wish *w, struct outgoing *out, utc now, struct err *e)
{
	struct outside x = { .substance = w->heard, .team = "", .with = "" };
	struct recap r = { .met = w->met ? w->met : now,
			   .promised = w->promised,
			   .promised_count = w->n,
			   .outcomes = w->outcomes,
			   .outcome_count = w->outcome_count };
	struct compose_in in = { .conf = c, .owner = o, .kind = MAIL_RECAP, .outside = &x, .recap = &r };
	bool found;

	in.dossiers = pool_list(p, w->n + 1, sizeof *in.dossiers);
	for (size_t i = 0; i < w->n; i++)
		if (!store_dossier(q, p, c, w->promised[i].id, &in.dossiers[in.dossier_count], &found, e))
			return false;
		else
			in.dossier_count += found;
	if (!in.dossier_count) {
		struct dossier *d = &in.dossiers[in.dossier_count++];

		nothing_promised(c, o, d);
		if (!store_contact(q, p, o->key, w->to, &d->contact, &found, e))
			return false;
		addrs_add(p, &d->commitment.to, w->to->name, w->to->address);
	}
	if (!schedule_queue(q, p, &in, &(struct queue_as){ .why = "what was heard in a check-in" }, out, now, e))
		return false;
	for (size_t i = 0; i < w->outcome_count; i++)
		if (!sql_do(q, SQL_TELLS_ADD, e, SQL_VALUES(sql_i(out->id), sql_i(w->told[i]))))
			return false;
	return out->state != OUTBOX_HELD || conf_drafts(c, o) ||
	       schedule_ask(q, p, c, out, "you gave the summary of the check-in", "", "", now, e);
}

bool schedule_briefings(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, utc now, utc *next,
			struct err *e)
{
	int64_t *ids;
	size_t n;

	if (!store_checkins_near(q, p, o->key, now - 5 * DAY, now + 8 * DAY, &ids, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct checkin k;
		bool found;

		if (!store_checkin(q, p, ids[i], &k, &found, e))
			return false;
		if (!found || (k.state != CHECKIN_INVITED && k.state != CHECKIN_CONFIRMED))
			continue;
		if (!before(q, p, c, o, &k, now, next, e) || !after(q, p, c, o, &k, now, next, e))
			return false;
	}
	return true;
}
