/* the last look at mail to the other person, and its way out */
#include <string.h>

#include "borders/material.h"
#include "borders/store.h"
#include "judgement/gate.h"
#include "letters/mime.h"
#include "letters/phrase.h"
#include "work/schedule_inner.h"

static bool promised(struct sql *q, struct pool *p, const struct conf *c, const struct outgoing *o, struct looked *in,
		     struct err *e)
{
	struct commitment *list;
	int64_t *ids;
	size_t n;

	if (!store_ids(q, p, SQL_ABOUT_GET, SQL_VALUES(sql_i(o->id)), &ids, &n, e))
		return false;
	list = pool_list(p, n, sizeof *list);
	for (size_t i = 0; i < n; i++) {
		bool found;

		if (!store_commitment(q, p, c, ids[i], &list[in->promised_count], NULL, &found, e))
			return false;
		in->promised_count += found;
	}
	in->promised = list;
	return true;
}

/* Whom it was promised to, and nobody knew before it or was in touch with since: the address may be mistyped. */
static bool fresh(struct sql *q, struct pool *p, struct looked *in, struct err *e)
{
	for (size_t i = 0; i < in->promised_count; i++) {
		const struct commitment *m = &in->promised[i];

		for (size_t k = 0; k < m->to.n; k++) {
			const char *address = m->to.list[k].address;
			int64_t count;

			if (!store_count(q, SQL_CONTACT_FRESH, SQL_VALUES(sql_t(m->owner->key), sql_t(addr_lower(p, address)), sql_i(m->made)),
					 &count, e))
				return false;
			if (count)
				addrs_add(p, &in->fresh, "", address);
		}
	}
	return true;
}

/* The file behind approved material must be the one that was approved. */
static void files(struct pool *p, const struct looked *in, utc now, struct findings *out)
{
	for (size_t i = 0; i < in->resource_count && out->n < LOOK_MOST; i++) {
		const struct resource *r = &in->resources[i];
		struct err fault = { 0 };

		if (resource_state(r, now) != RESOURCE_APPROVED || material_sound(p, r, &fault))
			continue;
		out->list[out->n++] = (struct finding){
			LOOK_MATERIAL, true,
			pool_print(p, "It holds “%s”, whose file is not what was approved: %s.", r->title, fault.text),
			pool_print(p, phrase_of(in->language, "It holds “%s”, whose file is not what was approved: %s."), r->title, fault.text)
		};
		out->block = true;
	}
}

bool schedule_look(struct sql *q, struct pool *p, const struct conf *c, const struct outgoing *o, utc now,
		   struct findings *out, struct err *e)
{
	const struct owner *owner = conf_owner(c, o->owner);
	struct looked in = { .delivers = o->kind == MAIL_DELIVERY };
	struct outgoing whole = *o;
	struct resource *resources;
	struct letter l;
	bool found = true;

	*out = (struct findings){ 0 };
	if (!owner || (!o->bytes && !outbox_get(q, p, o->id, &whole, &found, e)))
		return !owner;
	if (!found)
		return true;
	mime_read(p, whole.bytes, whole.n, &l);
	handed_letter(p, &l, c, &in.mail);
	in.mail.text = l.full;
	if (!store_contact_known(q, p, owner->key, &in.known, e) || !promised(q, p, c, o, &in, e) || !fresh(q, p, &in, e) ||
	    !store_resources_of(q, p, o->id, &resources, &in.resource_count, e))
		return false;
	in.resources = resources;
	in.language = owner->language;
	look(p, &in, c, now, out);
	files(p, &in, now, out);
	return true;
}

bool schedule_often(struct sql *q, struct pool *p, const struct conf *c, const struct outgoing *o, utc at, struct findings *out, struct err *e)
{
	const struct owner *owner = conf_owner(c, o->owner);
	struct addrs to = addrs_split(p, o->recipient);
	struct checkin x;
	bool found = false;

	if (o->checkin && !store_checkin(q, p, o->checkin, &x, &found, e))
		return false;
	if (found && !checkin_is_live(x.state)) /* else they would come */
		return true;
	for (size_t i = 0; owner && i < to.n && out->n < LOOK_MOST; i++) {
		const char *says = "%s gets more mail from you than caps.recipient_day allows in a day (%d).", *address = to.list[i].address;
		int64_t had, coming;

		if (!store_count(q, SQL_TRAFFIC_RECIPIENT, SQL_VALUES(sql_t(address), sql_i(at - 86400)), &had, e) ||
		    !store_count(q, SQL_TRAFFIC_COMING, SQL_VALUES(sql_t(address), sql_i(at)), &coming, e))
			return false;
		if (had + coming < c->cap_recipient_day)
			continue;
		out->list[out->n++] = (struct finding){ LOOK_OFTEN, true, pool_print(p, says, address, c->cap_recipient_day),
							pool_print(p, phrase_of(owner->language, says), address, c->cap_recipient_day) };
		out->block = true;
	}
	return true;
}

bool schedule_sound(struct sql *q, struct pool *p, const struct conf *c, const struct outgoing *o, utc now, bool *sound,
		    const char **why, struct err *e)
{
	struct findings seen;

	*sound = true;
	if (!schedule_look(q, p, c, o, now, &seen, e))
		return false;
	for (size_t i = 0; i < seen.n && *sound; i++)
		if (seen.list[i].blocks && seen.list[i].kind == LOOK_MATERIAL) {
			*sound = false;
			*why = seen.list[i].says;
		}
	return true;
}

bool schedule_release(struct sql *q, struct pool *p, const struct conf *c, struct outgoing *o, const char *word, utc at,
		      utc now, struct verdict *v, struct err *e)
{
	const struct owner *owner = conf_owner(c, o->owner);
	struct outgoing as = *o;
	struct checkin meeting;
	bool found = false;
	utc leaves;

	as.word = word;
	if (!owner)
		return err_perm(e, "the owner %s of mail %lld is not in the configuration", o->owner, (long long)o->id);
	if (!schedule_gate(q, p, c, owner, &as, true, at > now ? at : now, at > now ? at : now, v, now, e))
		return false;
	if (v->kind == GATE_NEVER)
		return true;
	leaves = v->kind == GATE_LATER ? v->at : at > now ? at : now;
	if (o->kind == MAIL_INVITATION && !store_checkin(q, p, o->checkin, &meeting, &found, e))
		return false;
	if (found && checkin_invites_to(&meeting) && leaves >= meeting.start) {
		*v = (struct verdict){ .kind = GATE_NEVER, .why = "it would leave when the meeting has begun" };
		return true;
	}
	o->word = word;
	o->try_at = leaves;
	return outbox_settle(q, o, OUTBOX_READY, now,
			     v->kind == GATE_LATER ? v->why : pool_print(p, "your word: %s", word), e);
}
