#include "nouns/resource.h"

enum resource_state resource_state(const struct resource *r, utc now)
{
	return r->retired ? RESOURCE_RETIRED : !*r->approved_by ? RESOURCE_WAITING : r->until && r->until < now ? RESOURCE_EXPIRED : RESOURCE_APPROVED;
}

const char *resource_state_name(enum resource_state s)
{
#define X(id, name) name,
	static const char *const names[] = { RESOURCE_STATES(X) };
#undef X

	return names[s];
}
