/* the words of the other person that a letter answers */
#include <ctype.h>
#include <string.h>

#include "ground/text.h"
#include "letters/quote.h"

static const char *next_line(const char *s)
{
	s += strcspn(s, "\n");
	return *s ? s + 1 : s;
}

static bool is_blank(const char *s)
{
	return s[strspn(s, " \t\r")] == '\n' || !s[strspn(s, " \t\r")];
}

/* What stands behind the writer's own words: after the line in `full` that is their last one. */
static const char *behind(struct pool *p, const char *full, const char *text)
{
	const char *last = "", *found = full;
	size_t n;

	for (const char *s = text; *s; s = next_line(s))
		if (!is_blank(s))
			last = pool_slice(p, s, strcspn(s, "\n"));
	last = text_squeeze(p, last);
	n = strlen(last);
	if (!n)
		return full;
	for (const char *s = full; *s; s = next_line(s))
		if (strcmp(text_squeeze(p, pool_slice(p, s, strcspn(s, "\n"))), last) == 0)
			return next_line(s);
	return found;
}

/* "From: …", "Gesendet: …": a line of a header block. */
static bool is_field(const char *s)
{
	size_t n = strcspn(s, ":\n"), words = 0;

	for (size_t i = 0; i < n; i++)
		words += s[i] == ' ';
	return s[n] == ':' && n && n < 20 && words < 2 && !isspace((unsigned char)*s);
}

/* The quotation without its marks; what is quoted within it is older. */
static void unmarked(struct text *t, const char *s)
{
	for (; *s; s = next_line(s)) {
		const char *line = s + strspn(s, " \t");

		if (*line != '>') {
			if (t->n && !is_blank(line))
				return;
			continue;
		}
		line += 1 + (line[1] == ' ');
		if (*line == '>')
			continue;
		text_put(t, line, (size_t)(next_line(line) - line));
	}
}

/* Without marks, it begins behind the header block, or behind the line that says who wrote. */
static const char *behind_block(const char *s)
{
	const char *at = NULL;

	for (const char *line = s; *line && !at; line = next_line(line)) {
		const char *end = line + strcspn(line, "\r\n");

		if (is_field(line) && is_field(next_line(line)))
			for (at = line; *at && !is_blank(at);)
				at = next_line(at);
		else if (end > line && end[-1] == ':' && (memchr(line, '@', (size_t)(end - line)) || is_blank(next_line(line))))
			at = next_line(line);
	}
	return at;
}

const char *quote_answered(struct pool *p, const struct letter *l)
{
	struct text *t = text_new(p, BODY_MOST);
	struct quoted inner;
	const char *rest;

	if (l->forwarded.is)
		return l->forwarded.text ? l->forwarded.text : "";
	rest = behind(p, l->full, l->text);
	unmarked(t, rest);
	if (!t->n) {
		rest = behind_block(rest);
		if (!rest)
			return "";
		text_add(t, rest);
	}
	quote_split(p, t->s, false, false, NULL, "", &inner);
	/* some mark the line that says who wrote as well */
	if (!*inner.text && (rest = behind_block(t->s)))
		quote_split(p, rest, false, false, NULL, "", &inner);
	return inner.text;
}
