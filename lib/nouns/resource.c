#include "nouns/resource.h"

#include <string.h>

#include "ground/text.h"

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

bool resource_link_ok(const char *s)
{
	enum { LINK_MOST = 2000 };

	if ((!text_starts(s, "https://") && !text_starts(s, "http://")) || strlen(s) > LINK_MOST)
		return false;
	for (; *s; s++)
		if ((unsigned char)*s <= ' ' || (unsigned char)*s >= 0x7f || strchr("<>\"\\^`{|}", *s))
			return false;
	return true;
}
