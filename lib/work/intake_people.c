/* a letter of either side is an exchange of the owner with whoever is noted */
#include "borders/store.h"
#include "work/intake_inner.h"

enum { PEOPLE_MOST = 50 /* of one letter */ };

static bool note(struct entry *n, const struct addr *who, enum contact_direction direction, struct err *e)
{
	utc at = n->at->arrived && n->at->arrived < n->now ? n->at->arrived : n->now;
	struct contact c;
	bool noted;

	if (!store_contact(n->q, n->p, n->m.owner->key, who, &c, &noted, e))
		return false;
	return !noted || store_exchange_add(n->q, &(struct exchange){ .contact = c.id, .at = at, .channel = "mail", .direction = direction,
								      .text = "", .letter = n->row }, e);
}

/* Was it written by a person, to be read by one? */
static bool is_persons(const struct entry *n)
{
	switch (n->m.class) {
	case CLASS_ANSWER: case CLASS_PROMISE: case CLASS_DELIVERY: case CLASS_CANDIDATE: case CLASS_SKIP:
		return !*letter_field(n->l, "List-Id") && !*letter_field(n->l, "List-Unsubscribe");
	case CLASS_SEEN: case CLASS_LOOP: case CLASS_BOUNCE: case CLASS_AUTO: case CLASS_CALENDAR: case CLASS_HELD: case CLASS_COMMAND:
	case CLASS_TEAM: return false;
	}
	return false;
}

bool intake_exchanges(struct entry *n, struct err *e)
{
	const struct addrs *whom[] = { &n->l->to, &n->l->cc };
	size_t noted = 0;

	if (!n->m.owner || !n->l->from.n || !is_persons(n))
		return true;
	if (conf_owner_of(n->c, n->l->from.list[0].address) != n->m.owner)
		return proof_sender(n->p, n->l, n->at) == SENDER_FALSE || note(n, &n->l->from.list[0], CONTACT_DIRECTION_THEIRS, e);
	if (!n->m.proof.way && !n->known.in_sent && !n->known.accepted)
		return true;
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < whom[k]->n && noted < PEOPLE_MOST; i++, noted++)
			if (!note(n, &whom[k]->list[i], CONTACT_DIRECTION_OURS, e))
				return false;
	return true;
}
