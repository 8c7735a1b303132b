/* command_parse() takes anything, within bounds, and what it says is JSON in UTF-8. */
#include "judgement/command.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct pool *p = pool_new();
	struct text *t = text_new(p, BODY_MOST * 4);
	struct commands l;
	const char *s = utf8_mend(p, (const char *)data + (n > 0), n - (n > 0));

	command_parse(p, s, n && data[0] & 1, &l);
	command_json(t, &l);
	if (l.n > 20 || !utf8_valid(t->s, t->n) || strchr(t->s, '\n') || !l.rest)
		__builtin_trap();
	for (size_t i = 0; i < l.n; i++)
		if (l.list[i].verb == COMMAND_UNKNOWN && l.n > 1)
			__builtin_trap();
	pool_end(&p);
	return 0;
}
