/* Plain text to lines: depth by >, format=flowed (RFC 3676) undone. */
#include <ctype.h>
#include <string.h>

#include "letters/quote_inner.h"

/* How deep a line is quoted, and where its words begin. */
static unsigned depth_of(const char *s, size_t n, bool flowed, size_t *skip)
{
	size_t i = 0, last = 0;
	unsigned depth = 0;

	while (i < n && depth < 100) {
		if (s[i] == '>') {
			depth++;
			last = ++i;
		} else if (s[i] == ' ' && !flowed && (depth || i < 3))
			i++;
		else
			break;
	}
	*skip = depth ? last : 0;
	if (*skip < n && s[*skip] == ' ' && (depth || flowed)) /* RFC 3676 4.4: space-stuffing */
		++*skip;
	return depth;
}

/* Supercite and its kin put the other's initials in front: "AL> ". Such a line, and the next one too. */
static size_t initials_of(const char *s, size_t n)
{
	size_t i = 0;

	while (i < 4 && i < n && isupper((unsigned char)s[i]))
		i++;
	return i && i < n && s[i] == '>' ? i : 0;
}

/* Angle brackets that a paragraph of the writer's leaves open: the > of the next line is then their end and no
 * quotation. "a < b" opens nothing. */
struct angles {
	int open;
	bool address;
};

static void angles_read(struct angles *a, const char *s, size_t n)
{
	static const bool telling[256] = { ['<'] = true, ['>'] = true, ['@'] = true, [':'] = true };
	size_t blanks = 0;

	for (size_t i = 0; i < n; i++) {
		if (!telling[(unsigned char)s[i]])
			continue;
		if (s[i] == '<')
			a->open++;
		else if (s[i] == '>' && a->open > 0)
			a->open--;
		else if (s[i] == '@' || (s[i] == ':' && n - i > 2 && s[i + 1] == '/'))
			a->address = true;
	}
	while (blanks < n && isspace((unsigned char)s[blanks]))
		blanks++;
	if (blanks == n)
		*a = (struct angles){ 0 };
}

void plain_rows(struct pool *p, const char *s, bool flowed, bool delsp, struct rows *out)
{
	const char *end = s + strlen(s);
	struct text *line = text_new(p, BODY_MOST);
	bool soft = false, any = false;
	unsigned depth = 0, before = 0;
	size_t initials;
	struct angles angles = { 0 };
	bool angled = strchr(s, '<') != NULL; /* in nearly no letter: without one, none can be open */

	*out = (struct rows){ 0 };
	while (s < end && out->n < ROWS_MOST) {
		const char *stop = memchr(s, '\n', (size_t)(end - s)), *next = stop ? stop + 1 : end;
		size_t n = (size_t)((stop ? stop : end) - s), skip;
		unsigned d;

		if (out->n == ROWS_MOST - 1) {
			n = (size_t)(end - s);
			next = end;
		}
		while (n && s[n - 1] == '\r')
			n--;
		d = depth_of(s, n, flowed, &skip);
		if (d == 1 && any && !depth && angles.open > 0 && angles.address)
			d = 0, skip = 0;
		if (d && n > 2 && (strncmp(s + n - 2, "<<", 2) == 0 || (d == 3 && strncmp(s + n - 3, ">>>", 3) == 0)))
			d = 0, skip = 0; /* >>> look here <<<; GroupWise's >>> Nils Berg 04.05.2026 10:11 >>> */
		if (d)
			angles = (struct angles){ 0 };
		else if (angled)
			angles_read(&angles, s, n);
		if (!d && !flowed && (initials = initials_of(s, n)) &&
		    ((depth && depth == before) || (next + initials < end && strncmp(s, next, initials + 1) == 0))) {
			d = 1;
			skip = initials + 1;
			before = 1;
		} else
			before = 0;
		if (any && !(soft && d == depth)) {
			*(struct row *)pool_more(p, &out->list, out->n, sizeof(struct row)) =
				(struct row){ .s = pool_slice(p, line->s, line->n), .depth = depth };
			out->n++;
			line->n = 0;
			line->s[0] = '\0';
		}
		depth = d;
		any = true;
		s += skip;
		n -= skip;
		soft = flowed && n && s[n - 1] == ' ' && !(n == 3 && strncmp(s, "-- ", 3) == 0);
		text_put(line, s, soft && delsp ? n - 1 : n);
		s = next;
	}
	if (any) {
		*(struct row *)pool_more(p, &out->list, out->n, sizeof(struct row)) =
			(struct row){ .s = pool_slice(p, line->s, line->n), .depth = depth };
		out->n++;
	}
}
