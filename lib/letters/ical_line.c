/* Content lines of foreign calendar objects and the values in them (RFC 5545 3.1, 3.3): what is odd in one line costs that line
 * alone. */
#include "letters/ical_inner.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { VALUE_MOST = 2000 };

/* Unfolds (3.1) and cuts into lines: each ends in NUL. Returns how many. */
size_t ical_unfold(struct pool *p, const char *text, size_t n, char ***out)
{
	char *s = pool_slice(p, text, n), *to = s, **lines = NULL;
	size_t count = 0;

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
		if (*s == ' ' || *s == '\t') {
			s++;
			continue;
		}
		/* `to` never passes `s`, and there was a line end between: room for the NUL; at the very end it is there */
		*to = '\0';
		if (*line) {
			/* mended only now: a fold may part the bytes of one character (3.1) */
			*(char **)pool_more(p, &lines, count++, sizeof *lines) =
				utf8_valid(line, strlen(line)) ? line : utf8_mend(p, line, strlen(line));
		}
		line = ++to;
		if (to > s)
			break;
	}
	*out = lines;
	return count;
}

/* Cuts a line into name, parameters, value; a colon or semicolon within quotes is none. */
bool ical_content(char *line, struct content *c)
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
const char *ical_param(struct pool *p, const char *params, const char *name)
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
const char *ical_text(struct pool *p, const char *s)
{
	struct text *t = text_new(p, VALUE_MOST);

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

const char *ical_upper(struct pool *p, const char *s)
{
	char *u;

	while (isspace((unsigned char)*s))
		s++;
	u = pool_slice(p, s, strcspn(s, " \t;") < 40 ? strcspn(s, " \t;") : 40);
	for (char *c = u; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return u;
}

static bool digits(const char **s, int n, int *out)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		if (!isdigit((unsigned char)(*s)[i]))
			return false;
		v = v * 10 + ((*s)[i] - '0');
	}
	*s += n;
	*out = v;
	return true;
}

/* DATE-TIME or DATE (3.3.5, 3.3.4); "-" and ":" of ISO 8601's extended form are allowed. */
bool wall_read(const char *s, struct wall *w)
{
	int y, m, d, h = 0, min = 0, sec = 0;

	while (*s == ' ')
		s++;
	if (!digits(&s, 4, &y) || (s += *s == '-', !digits(&s, 2, &m)) || (s += *s == '-', !digits(&s, 2, &d)))
		return false;
	w->date = *s != 'T' && *s != 't';
	if (!w->date) {
		s++;
		if (!digits(&s, 2, &h) || (s += *s == ':', !digits(&s, 2, &min)))
			return false;
		s += *s == ':';
		if (isdigit((unsigned char)*s) && !digits(&s, 2, &sec))
			return false;
	}
	if (y < 1 || m < 1 || m > 12 || d < 1 || d > month_days(y, m) || h > 24 || min > 59 || sec > 60)
		return false;
	w->is = true;
	w->utc = *s == 'Z' || *s == 'z';
	w->seconds = wall_of(y, m, d, h * 3600 + min * 60 + sec);
	return true;
}

/* "-0730", "+01:00", "+013000" (3.3.14). */
bool offset_read(const char *s, int *out)
{
	int sign = *s == '-' ? -1 : 1, h, m = 0, sec = 0;

	if (*s == '+' || *s == '-')
		s++;
	if (!digits(&s, 2, &h) || (s += *s == ':', !digits(&s, 2, &m)) || h > 26 || m > 59)
		return false;
	s += *s == ':';
	if (isdigit((unsigned char)*s) && (!digits(&s, 2, &sec) || sec > 59))
		return false;
	*out = sign * (h * 3600 + m * 60 + sec);
	return true;
}

/* DURATION (3.3.6), seconds; at most ten years. */
bool duration_read(const char *s, int64_t *out)
{
	int64_t total = 0, v;
	int sign = 1;
	bool any = false;

	if (*s == '+' || *s == '-')
		sign = *s++ == '-' ? -1 : 1;
	if (*s != 'P' && *s != 'p')
		return false;
	for (s++; *s; s++) {
		if (*s == 'T' || *s == 't')
			continue;
		if (!isdigit((unsigned char)*s))
			return false;
		for (v = 0; isdigit((unsigned char)*s); s++)
			if ((v = v * 10 + (*s - '0')) > 400000000)
				return false;
		switch (toupper((unsigned char)*s)) {
		case 'W': v *= 604800; break;
		case 'D': v *= 86400; break;
		case 'H': v *= 3600; break;
		case 'M': v *= 60; break;
		case 'S': break;
		default: return false;
		}
		if ((total += v) > INT64_C(315360000))
			return false;
		any = true;
	}
	*out = sign * total;
	return any;
}
