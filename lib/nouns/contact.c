#include "nouns/contact.h"

#include <string.h>

#define X(id, name) name,
static const char *const stages[] = { CONTACT_STAGES(X) };
static const char *const segments[] = { CONTACT_SEGMENTS(X) };
static const char *const consents[] = { CONTACT_CONSENTS(X) };
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

const char *contact_stage_name(enum contact_stage s)
{
	return stages[s];
}

const char *contact_segment_name(enum contact_segment s)
{
	return segments[s];
}

const char *contact_consent_name(enum contact_consent s)
{
	return consents[s];
}

bool contact_stage_from(const char *name, enum contact_stage *out)
{
	size_t i;

	if (!find(stages, sizeof stages / sizeof *stages, name, &i))
		return false;
	*out = (enum contact_stage)i;
	return true;
}

bool contact_segment_from(const char *name, enum contact_segment *out)
{
	size_t i;

	if (!find(segments, sizeof segments / sizeof *segments, name, &i))
		return false;
	*out = (enum contact_segment)i;
	return true;
}

bool contact_consent_from(const char *name, enum contact_consent *out)
{
	size_t i;

	if (!find(consents, sizeof consents / sizeof *consents, name, &i))
		return false;
	*out = (enum contact_consent)i;
	return true;
}
