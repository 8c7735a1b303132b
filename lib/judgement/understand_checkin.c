/* whose answer to which meeting it is, and whether it may be believed */
#include <string.h>

#include "judgement/understand_inner.h"

static const char *invited_as(const struct known_checkin *c)
{
	return c->invited ? c->invited : c->attendee;
}

static const struct known_checkin *by_address(const struct thinking *t, const char *address)
{
	const struct known *k = t->known;

	for (size_t i = 0; i < k->checkin_count; i++)
		if (*address && strcmp(k->checkins[i].uid, t->l->calendar.uid) == 0 &&
		    addr_same(k->checkins[i].attendee, address))
			return &k->checkins[i];
	return NULL;
}

/* The address of one who was invited, or a colleague of theirs, who may answer for them. */
static bool speaks_for(const struct thinking *t, const char *from, const struct known_checkin *c)
{
	const struct known_checkin *own = by_address(t, from);
	const char *domain = addr_domain(from);

	if (own)
		return addr_same(invited_as(own), invited_as(c));
	return !domain_is_public(domain) && addr_same(domain, addr_domain(invited_as(c)));
}

void checkin_find(struct thinking *t)
{
	const struct calendar_facts *f = &t->l->calendar;
	const char *from = t->l->from.n ? t->l->from.list[0].address : "",
		   *named = f->attendee_count ? f->attendees[0].address : "";
	struct answered *a = &t->m->checkin;

	for (size_t i = 0; i < t->known->checkin_count && !a->ours; i++)
		a->ours = strcmp(t->known->checkins[i].uid, f->uid) == 0;
	if (!a->ours) {
		why(t, "… of a meeting that kept did not invite to");
		return;
	}
	a->of = by_address(t, named);
	if (!a->of) /* some write another address of theirs, or none */
		a->of = by_address(t, from);
	if (strcmp(f->method, "CANCEL") == 0 || strcmp(f->method, "DECLINECOUNTER") == 0)
		a->refused = "it is not theirs to call off";
	else if (!a->of)
		a->refused = "its sender was not invited";
	else if (!speaks_for(t, from, a->of))
		a->refused = "it came from another than the one in whose name it answers";
	else if (proof_sender(t->p, t->l, t->at) == SENDER_FALSE)
		a->refused = "the receiving server says that its sender is false";
	if (a->refused)
		why(t, "… not obeyed: %s", a->refused);
	else
		why(t, "… of %s, who was invited", invited_as(a->of));
}
