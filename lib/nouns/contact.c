#include "nouns/contact.h"

#include <ctype.h>
#include <string.h>

#include "nouns/holiday.h"

#define X(id, name) name,
static const char *const stages[] = { CONTACT_STAGES(X) };
static const char *const segments[] = { CONTACT_SEGMENTS(X) };
static const char *const consents[] = { CONTACT_CONSENTS(X) };
static const char *const terms[] = { CONTACT_TERMS(X) };
static const char *const directions[] = { CONTACT_DIRECTIONS(X) };
#undef X

static bool find(const char *const *names, size_t n, const char *name, size_t *out)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0) {
			*out = i;
			return true;
		}
	return false;
}

/* For each list: its names, and back. */
#define NAMES(noun, list) \
	const char *contact_##noun##_name(enum contact_##noun x) \
	{ \
		return list[x]; \
	} \
	bool contact_##noun##_from(const char *name, enum contact_##noun *out) \
	{ \
		size_t i; \
\
		if (!find(list, sizeof list / sizeof *list, name, &i)) \
			return false; \
		*out = (enum contact_##noun)i; \
		return true; \
	}
NAMES(stage, stages)
NAMES(segment, segments)
NAMES(consent, consents)
NAMES(term, terms)
NAMES(direction, directions)

bool contact_channel_ok(const char *s)
{
	size_t n = strlen(s);

	if (!n || n > CHANNEL_MOST)
		return false;
	for (; *s; s++)
		if (!islower((unsigned char)*s) && *s != '-')
			return false;
	return true;
}

struct worktime contact_worktime(struct pool *p, const struct worktime *own, const struct contact *c)
{
	const struct zone *z = *c->zone ? zone_named(p, c->zone) : NULL;
	const char *country = c->country && *c->country ? c->country : zone_country(p, c->zone);
	struct worktime w = *own;
	const int32_t *days;
	size_t n;

	if (z)
		w.zone = z;
	days = holiday_days(p, country, &n);
	if (days)
		w.holidays = days, w.holiday_count = n;
	return w;
}
