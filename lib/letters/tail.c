#include "letters/tail.h"

#include <ctype.h>
#include <string.h>

#include "ground/text.h"

/* Where the line before `end` begins; `end` is behind its last character. */
static const char *line_start(const char *text, const char *end)
{
	while (end > text && end[-1] != '\n')
		end--;
	return end;
}

/* The end of the last line that is not empty at or before `end`; `text`: there is none. */
static const char *trimmed(const char *text, const char *end)
{
	while (end > text && isspace((unsigned char)end[-1]))
		end--;
	return end;
}

/* FNV-1a, 64 bits: a mark need not be secret, and a wrong one costs a line of a stranger's letter. */
static const char *mark_of(struct pool *p, const char *s, size_t n)
{
	uint64_t h = 14695981039346656037u;

	for (const char *f = text_squeeze(p, text_fold(p, pool_slice(p, s, n))); *f; f++)
		h = (h ^ (unsigned char)*f) * 1099511628211u;
	return pool_print(p, "%016llx", (unsigned long long)h);
}

struct strings tail_marks(struct pool *p, const char *text)
{
	struct strings out = { 0 };

	for (const char *end = trimmed(text, text + strlen(text)); end > text && out.n < TAIL_LINES_MOST;) {
		const char *start = line_start(text, end);

		*(const char **)pool_more(p, &out.list, out.n, sizeof *out.list) = mark_of(p, start, (size_t)(end - start));
		out.n++;
		end = trimmed(text, start);
	}
	return out;
}

size_t tail_common(const struct strings *marks, const struct tail *t)
{
	size_t n = 0;

	while (n < marks->n && n < t->marks.n && strcmp(marks->list[n], t->marks.list[n]) == 0)
		n++;
	return n;
}

const char *tail_cut(struct pool *p, const char *text, const struct tail *t, size_t *cut)
{
	struct strings marks = tail_marks(p, text);
	const char *end = trimmed(text, text + strlen(text));

	*cut = t->letters >= TAIL_LETTERS ? tail_common(&marks, t) : 0;
	if (*cut < TAIL_LINES_LEAST)
		*cut = 0;
	for (size_t i = 0; i < *cut; i++)
		end = trimmed(text, line_start(text, end));
	if (end > text)
		return *cut ? pool_slice(p, text, (size_t)(end - text)) : text;
	*cut = 0; /* nothing but the tail: then that is what was written */
	return text;
}

struct tail tail_learn(const struct tail *t, const struct strings *marks)
{
	size_t n = tail_common(marks, t);

	if (n && n == marks->n) /* nothing but what was known: it says nothing new of the end */
		return t->letters < TAIL_LETTERS ? (struct tail){ *marks, 1 } : *t;
	if (n < TAIL_LINES_LEAST)
		return (struct tail){ *marks, 1 };
	return (struct tail){ { marks->list, n }, t->letters < TAIL_LETTERS ? t->letters + 1 : TAIL_LETTERS };
}
