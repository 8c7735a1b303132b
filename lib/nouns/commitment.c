#include "nouns/commitment.h"

#include <string.h>

#define X(id, name, live, text) { name, live },
static const struct {
	const char *name;
	bool live;
} states[] = { COMMITMENT_STATES(X) };
#undef X

#define X(id, name) name,
static const char *const events[] = { COMMITMENT_EVENTS(X) };
#undef X

/* Every move there is. What stands open can be done, called off, routed or waited for at any time; what is closed can be
 * opened again by `undo` alone. */
static const struct {
	enum commitment_state from;
	enum commitment_event event;
	enum commitment_state to;
} moves[] = {
	{ COMMITMENT_CANDIDATE, COMMITMENT_ON_CONFIRMED, COMMITMENT_OPEN },
	{ COMMITMENT_CANDIDATE, COMMITMENT_ON_CANCEL, COMMITMENT_CANCELLED },
	{ COMMITMENT_OPEN, COMMITMENT_ON_DONE, COMMITMENT_KEPT },
	{ COMMITMENT_OPEN, COMMITMENT_ON_CANCEL, COMMITMENT_CANCELLED },
	{ COMMITMENT_OPEN, COMMITMENT_ON_ROUTED, COMMITMENT_WAITING },
	{ COMMITMENT_OPEN, COMMITMENT_ON_WAIT, COMMITMENT_WAITING },
	{ COMMITMENT_OPEN, COMMITMENT_ON_DELIVER, COMMITMENT_DELIVERED },
	{ COMMITMENT_WAITING, COMMITMENT_ON_DONE, COMMITMENT_KEPT },
	{ COMMITMENT_WAITING, COMMITMENT_ON_CANCEL, COMMITMENT_CANCELLED },
	{ COMMITMENT_WAITING, COMMITMENT_ON_ROUTED, COMMITMENT_WAITING },
	{ COMMITMENT_WAITING, COMMITMENT_ON_WAIT, COMMITMENT_WAITING },
	{ COMMITMENT_WAITING, COMMITMENT_ON_ANSWERED, COMMITMENT_OPEN },
	{ COMMITMENT_WAITING, COMMITMENT_ON_DELIVER, COMMITMENT_DELIVERED },
	{ COMMITMENT_DELIVERED, COMMITMENT_ON_DONE, COMMITMENT_KEPT },
	{ COMMITMENT_DELIVERED, COMMITMENT_ON_CANCEL, COMMITMENT_CANCELLED },
	{ COMMITMENT_DELIVERED, COMMITMENT_ON_REOPEN, COMMITMENT_OPEN },
	{ COMMITMENT_KEPT, COMMITMENT_ON_REOPEN, COMMITMENT_OPEN },
	{ COMMITMENT_CANCELLED, COMMITMENT_ON_REOPEN, COMMITMENT_OPEN },
};

const char *commitment_state_name(enum commitment_state s)
{
	return states[s].name;
}

bool commitment_state_from(const char *name, enum commitment_state *out)
{
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (strcmp(states[i].name, name) == 0) {
			*out = (enum commitment_state)i;
			return true;
		}
	return false;
}

bool commitment_is_live(enum commitment_state s)
{
	return states[s].live;
}

const char *commitment_event_name(enum commitment_event e)
{
	return events[e];
}

bool commitment_move(enum commitment_state from, enum commitment_event event, enum commitment_state *to)
{
	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
		if (moves[i].from == from && moves[i].event == event) {
			*to = moves[i].to;
			return true;
		}
	return false;
}
