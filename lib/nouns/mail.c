#include "nouns/mail.h"

#include <string.h>

#define X(id, name, whom, automatic) { name, WHOM_##whom, automatic },
static const struct {
	const char *name;
	enum mail_whom whom;
	bool automatic;
} kinds[] = { { "none", WHOM_OWNER, true }, MAIL_KINDS(X) };
#undef X

const char *mail_kind_name(enum mail_kind k)
{
	return kinds[k].name;
}

bool mail_kind_from(const char *name, enum mail_kind *out)
{
	for (size_t i = 1; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i].name, name) == 0) {
			*out = (enum mail_kind)i;
			return true;
		}
	return false;
}

enum mail_whom mail_kind_whom(enum mail_kind k)
{
	return kinds[k].whom;
}

bool mail_kind_automatic(enum mail_kind k)
{
	return kinds[k].automatic;
}
