#include "nouns/checkin.h"

#include <string.h>

#include "ground/text.h"

#define X(id, name, live, text) { name, live },
static const struct {
	const char *name;
	bool live;
} states[] = { CHECKIN_STATES(X) };
#undef X

#define X(id, name, text) { name, text },
static const struct {
	const char *name, *said;
} partstats[] = { PARTSTATS(X) };
#undef X

const char *checkin_state_name(enum checkin_state s)
{
	return states[s].name;
}

bool checkin_state_from(const char *name, enum checkin_state *out)
{
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (strcmp(states[i].name, name) == 0) {
			*out = (enum checkin_state)i;
			return true;
		}
	return false;
}

bool checkin_is_live(enum checkin_state s)
{
	return states[s].live;
}

bool checkin_invites_to(const struct checkin *c)
{
	return checkin_is_live(c->state) && (!*c->rrule || c->state == CHECKIN_PROPOSED);
}

const char *partstat_name(enum partstat s)
{
	return partstats[s].name;
}

const char *partstat_said(enum partstat s)
{
	return partstats[s].said;
}

bool partstat_from(const char *name, enum partstat *out)
{
	for (size_t i = 0; i < sizeof partstats / sizeof *partstats; i++)
		if (text_same(partstats[i].name, name)) {
			*out = (enum partstat)i;
			return true;
		}
	return false;
}

struct checkin_attendee *checkin_attendee(const struct checkin *c, const char *address, utc recurrence)
{
	for (size_t i = 0; i < c->attendee_count; i++)
		if (c->attendees[i].recurrence == recurrence && addr_same(c->attendees[i].address, address))
			return &c->attendees[i];
	return NULL;
}

const struct checkin_exception *checkin_exception(const struct checkin *c, utc recurrence)
{
	for (size_t i = 0; i < c->exception_count; i++)
		if (c->exceptions[i].recurrence == recurrence)
			return &c->exceptions[i];
	return NULL;
}

enum checkin_state checkin_answered(const struct checkin *c)
{
	size_t all = 0, declined = 0;

	if (c->state == CHECKIN_PROPOSED || c->state == CHECKIN_CANCELLED)
		return c->state;
	for (size_t i = 0; i < c->attendee_count; i++) {
		if (c->attendees[i].recurrence || c->attendees[i].partstat == PARTSTAT_DELEGATED)
			continue;
		if (c->attendees[i].partstat == PARTSTAT_ACCEPTED)
			return CHECKIN_CONFIRMED;
		declined += c->attendees[i].partstat == PARTSTAT_DECLINED;
		all++;
	}
	return all && declined == all ? CHECKIN_DECLINED : CHECKIN_INVITED;
}

struct addrs checkin_people(struct pool *p, const struct checkin *c)
{
	struct addrs people = { 0 };

	for (size_t i = 0; i < c->attendee_count; i++)
		if (!c->attendees[i].recurrence)
			addrs_add(p, &people, c->attendees[i].name, c->attendees[i].address);
	return people;
}

bool checkin_with(const struct checkin *c, struct addr *out)
{
	const struct checkin_attendee *who = NULL;

	for (size_t i = 0; i < c->attendee_count; i++) {
		const struct checkin_attendee *a = &c->attendees[i];
		bool comes = a->partstat != PARTSTAT_DECLINED && a->partstat != PARTSTAT_DELEGATED;

		if (a->recurrence || (who && !comes))
			continue;
		who = a;
		if (comes)
			break;
	}
	if (who)
		*out = (struct addr){ who->name, who->address };
	return who != NULL;
}

const char *checkin_title(struct pool *p, const struct checkin *c)
{
	return *c->purpose ? c->purpose : pool_copy(p, "Check-in");
}
