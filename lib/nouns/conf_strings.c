#include <string.h>

#include "ground/text.h"
#include "nouns/conf.h"

char *strings_join(struct pool *p, const struct strings *s, char between, size_t most)
{
	struct text *t = text_new(p, most);

	for (size_t i = 0; i < s->n; i++) {
		if (i)
			text_char(t, between);
		text_add(t, s->list[i]);
	}
	return t->s;
}

struct strings strings_part(struct pool *p, char *s, char between)
{
	const char at[] = { between, '\0' };
	struct strings out = { 0 };

	for (char *save, *w = strtok_r(s, at, &save); w; w = strtok_r(NULL, at, &save)) {
		*(const char **)pool_more(p, &out.list, out.n, sizeof *out.list) = w;
		out.n++;
	}
	return out;
}
