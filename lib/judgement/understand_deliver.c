/* The owner's message in a conversation that has promises: does it deliver one of them? */
#include "judgement/understand_inner.h"

#include <string.h>

/* One's own words to others, in Sent or by a tag, which proves them (decide): not a note to kept, nor what is sent on
 * to it. */
static bool may_deliver(const struct thinking *t, bool owners_mail)
{
	const struct meaning *m = t->m;
	bool sent = t->at->kind == PLACE_SENT && (m->class == CLASS_SKIP || m->class == CLASS_CANDIDATE);
	/* a receipt, say, into which they put the thing itself; a delivery of kept's is one by being sent */
	bool draft = m->class == CLASS_LOOP && m->settles && m->changed && m->settles->kind != MAIL_DELIVERY;

	return owners_mail && m->owner && m->thread && t->l->from.n && !t->known->delivered && !m->tag.alone &&
		    m->tag.way != TAG_FORWARD &&
	       (m->class == CLASS_PROMISE || sent || draft);
}

static bool is_this(const struct thinking *t, const struct known_thread *h)
{
	for (size_t i = 0; i < h->message_ids.n; i++)
		if (in_thread(t->l, h->message_ids.list[i]))
			return !h->owner || h->owner == t->m->owner;
	return false;
}

void deliveries_find(struct thinking *t, bool owners_mail, const struct vows *vows)
{
	struct meaning *m = t->m;
	struct handed mail;
	struct claims claims;
	size_t count = 0;
	bool sure = false;

	if (!may_deliver(t, owners_mail))
		return;
	handed_letter(t->p, t->l, t->c, &mail);
	claim_find(t->p, &t->c->rules, mail.text, &claims);
	for (size_t i = 0; i < t->known->thread_count; i++)
		count += is_this(t, &t->known->threads[i]);
	for (size_t i = 0; i < t->known->thread_count && m->delivery_count < DELIVERIES_MOST; i++) {
		const struct known_thread *h = &t->known->threads[i];
		const struct deliver_in in = { .mail = &mail, .what = h->what, .to = &h->counterpart, .alone = count == 1,
					       .resources = h->resources, .resource_count = h->resource_count,
					       .claims = &claims, .vows = vows, .rules = &t->c->rules,
					       .at = t->anchor };
		struct delivered *d;

		if (!is_this(t, h))
			continue;
		d = pool_more(t->p, &m->deliveries, m->delivery_count++, sizeof *d);
		d->thread = h;
		deliver_judge(t->p, &in, &d->is);
		sure |= d->is.strength == DELIVERY_SURE;
	}
	for (size_t i = 0; i < m->delivery_count; i++) {
		struct delivered *d = &m->deliveries[i];
		bool likely = d->is.strength == DELIVERY_LIKELY;

		if (likely && m->settles) /* most of its words are kept's, who would ask about them */
			d->is.why = pool_print(t->p, "it is a draft of kept's, and %s", d->is.why);
		else if (likely && sure && !d->is.named)
			d->is.why = "it delivers another promise";
		else
			likely = false;
		if (likely)
			d->is.strength = DELIVERY_NO;
		why(t, "delivers \"%s\": %s, %s", line_from(t->p, d->thread->what, 80).s, delivery_name(d->is.strength),
		    line_from(t->p, d->is.why, 160).s);
	}
}

static bool for_one_of(const struct addrs *a, const struct addrs *b)
{
	for (size_t i = 0; i < a->n; i++)
		if (addrs_has(b, a->list[i].address))
			return true;
	return false;
}

void renewals_find(struct thinking *t)
{
	struct meaning *m = t->m;

	for (size_t i = 0; i < m->delivery_count; i++) {
		const struct delivered *d = &m->deliveries[i];

		for (size_t k = 0; k < m->promise_count && d->is.anew && d->is.strength == DELIVERY_NO; k++) {
			struct promise *x = &m->promises[k];

			if (x->renews || strcmp(x->words, d->is.anew) != 0 || !for_one_of(&x->to, &d->thread->counterpart))
				continue;
			x->renews = d->thread;
			why(t, "\"%s\" is promised already, and said once more", line_from(t->p, d->thread->what, 80).s);
			break;
		}
	}
}

bool deliveries_any(const struct meaning *m)
{
	for (size_t i = 0; i < m->delivery_count; i++)
		if (m->deliveries[i].is.strength > DELIVERY_NO || m->deliveries[i].is.empty)
			return true;
	return false;
}
