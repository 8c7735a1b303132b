#include "letters/content.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { VALUE_MOST = 2000 /* bytes of a parameter */ };

/* ---- in ---- */

/* Unfolds (3.1) and cuts into lines: each ends in NUL. Returns how many. */
size_t content_unfold(struct pool *p, const char *text, size_t n, char ***out)
{
	int *at;

	return content_unfold_at(p, text, n, out, &at);
}

size_t content_unfold_at(struct pool *p, const char *text, size_t n, char ***out, int **at)
{
	char *s = pool_slice(p, text, n), *to = s, **lines = NULL;
	size_t count = 0;
	int here = 1, *begins = NULL, of = 1;

	for (size_t i = 0; i < n; i++)
		if (!s[i])
			s[i] = ' ';
	if (strncmp(s, "\xEF\xBB\xBF", 3) == 0)
		s += 3, to = s;
	for (char *line = to; *s;) {
		char *line_end = s + strcspn(s, "\r\n");

		memmove(to, s, (size_t)(line_end - s));
		to += line_end - s;
		s = line_end;
		if (*s == '\r')
			s += strspn(s, "\r");
		if (*s == '\n')
			s++;
		here++;
		if (*s == ' ' || *s == '\t') {
			s++;
			continue;
		}
		/* `to` never passes `s`, and there was a line end between: room for the NUL; at the very end it is there */
		*to = '\0';
		if (*line) {
			*(int *)pool_more(p, &begins, count, sizeof *begins) = of;
			/* mended only now: a fold may part the bytes of one character (3.1) */
			*(char **)pool_more(p, &lines, count++, sizeof *lines) =
				utf8_valid(line, strlen(line)) ? line : utf8_mend(p, line, strlen(line));
		}
		line = ++to;
		of = here;
		if (to > s)
			break;
	}
	*out = lines;
	*at = begins;
	return count;
}

/* Cuts a line into name, parameters, value; a colon or semicolon within quotes is none. */
bool content_cut(char *line, struct content *c)
{
	bool quoted = false;
	size_t n = strcspn(line, ";:"), i;

	if (!line[n] || !n)
		return false;
	for (i = n; line[i]; i++) {
		if (line[i] == '"')
			quoted = !quoted;
		else if (line[i] == ':' && !quoted)
			break;
	}
	if (!line[i]) { /* an unpaired quote: the first colon counts */
		i = strcspn(line, ":");
		if (!line[i])
			return false;
	}
	line[i] = '\0';
	c->value = line + i + 1;
	c->params = i > n ? line + n + 1 : line + i;
	line[n] = '\0';
	for (char *s = line; *s; s++)
		*s = (char)toupper((unsigned char)*s);
	while (n && (line[n - 1] == ' ' || line[n - 1] == '\t'))
		line[--n] = '\0';
	c->name = strrchr(line, '.') ? strrchr(line, '.') + 1 : line; /* "item1.ATTENDEE" */
	return true;
}

/* The value of a parameter, quotes off; "" where there is none. */
const char *content_param(struct pool *p, const char *params, const char *name)
{
	size_t n = strlen(name), len;
	bool quoted;

	for (const char *s = params; *s; s += len + (s[len] == ';')) {
		quoted = false;
		for (len = 0; s[len] && (s[len] != ';' || quoted); len++)
			if (s[len] == '"')
				quoted = !quoted;
		if (len > n && strncasecmp(s, name, n) == 0 && s[n] == '=') {
			const char *v = s + n + 1;
			size_t m = len - n - 1;

			if (m && *v == '"')
				v++, m--;
			if (m && v[m - 1] == '"')
				m--;
			return pool_slice(p, v, m < VALUE_MOST ? m : utf8_cut(v, VALUE_MOST));
		}
	}
	return "";
}

/* TEXT (3.3.11): "\n" a line end, "\x" is x. */
const char *content_text(struct pool *p, const char *s)
{
	struct text *t = text_new(p, NOTE_MOST);

	for (; *s; s++) {
		if (*s == '\\') { /* alone at the very end it means nothing */
			if (!*++s)
				break;
			text_char(t, *s == 'n' || *s == 'N' ? '\n' : *s);
		} else {
			size_t n = strcspn(s, "\\");

			text_put(t, s, n);
			s += n - 1;
		}
	}
	while (t->n && isspace((unsigned char)t->s[t->n - 1]))
		t->s[--t->n] = '\0';
	return t->s;
}

const char *content_word(struct pool *p, const char *s)
{
	char *u;

	while (isspace((unsigned char)*s))
		s++;
	u = pool_slice(p, s, strcspn(s, " \t;") < 40 ? strcspn(s, " \t;") : 40);
	for (char *c = u; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return u;
}

/* ---- out ---- */

/* One content line, folded at 75 octets between characters (RFC 5545 3.1, RFC 6350 3.2). */
static void folded(struct text *t, const char *s)
{
	size_t room = 75;

	for (;;) {
		size_t n = strlen(s) <= room ? strlen(s) : utf8_cut(s, room);

		text_put(t, s, n);
		text_add(t, "\r\n");
		s += n;
		if (!*s)
			return;
		text_char(t, ' ');
		room = 74;
	}
}

void content_line(struct pool *p, struct text *t, const char *format, ...)
{
	va_list a;

	va_start(a, format);
	folded(t, pool_vprint(p, format, a));
	va_end(a);
}

/* TEXT (3.3.11). */
const char *content_escaped(struct pool *p, const char *s)
{
	struct text *t = text_new(p, 2 * NOTE_MOST);

	for (; *s; s++) {
		if (*s == '\n') {
			text_add(t, "\\n");
			continue;
		}
		if (strchr("\\;,", *s))
			text_char(t, '\\');
		text_char(t, *s);
	}
	return t->s;
}
