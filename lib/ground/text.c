#include "ground/text.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

bool utf8_unseen(uint32_t c)
{
	return c == 0xAD || c == 0x34F || c == 0x61C || c == 0x115F || c == 0x1160 || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
	       (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
	       (c >= 0xE0000 && c <= 0xE007F);
}

static size_t whole_characters(const char *s, size_t most);

struct text *text_new(struct pool *p, size_t most)
{
	struct text *t = pool_take(p, sizeof *t);

	t->pool = p;
	t->most = most;
	t->room = most < 256 ? most + 1 : 256;
	t->s = pool_take(p, t->room);
	return t;
}

void text_put(struct text *t, const char *s, size_t n)
{
	char *bigger;
	size_t room = t->room;

	if (t->cut || !n)
		return;
	if (n > t->most - t->n) {
		n = whole_characters(s, t->most - t->n); /* s is longer than that */
		t->cut = true;
	}
	while (t->n + n + 1 > room)
		room *= 2;
	if (room > t->room) {
		bigger = pool_take(t->pool, room);
		memcpy(bigger, t->s, t->n);
		t->s = bigger;
		t->room = room;
	}
	memcpy(t->s + t->n, s, n);
	t->n += n;
	t->s[t->n] = '\0';
}

void text_add(struct text *t, const char *s)
{
	if (s)
		text_put(t, s, strlen(s));
}

void text_char(struct text *t, char c)
{
	if (t->n + 1 < t->room && t->n < t->most && !t->cut) {
		t->s[t->n++] = c;
		t->s[t->n] = '\0';
		return;
	}
	text_put(t, &c, 1);
}

void text_escaped(struct text *t, const char *s)
{
	for (; *s; s++)
		switch (*s) {
		case '&': text_add(t, "&amp;"); break;
		case '<': text_add(t, "&lt;"); break;
		case '>': text_add(t, "&gt;"); break;
		case '"': text_add(t, "&quot;"); break;
		default: text_char(t, *s);
		}
}

void text_print(struct text *t, const char *format, ...)
{
	va_list a;

	va_start(a, format);
	text_add(t, pool_vprint(t->pool, format, a));
	va_end(a);
}

/* ---- UTF-8 ---- */

uint32_t utf8_next(const char **s, const char *end)
{
	const unsigned char *p = (const unsigned char *)*s;
	size_t left = (size_t)(end - *s), n;
	uint32_t c, least;

	if (!left)
		return 0;
	if (p[0] < 0x80) {
		*s += 1;
		return p[0];
	}
	if (p[0] >= 0xC2 && p[0] <= 0xDF) {
		n = 2, c = p[0] & 0x1Fu, least = 0x80;
	} else if ((p[0] & 0xF0) == 0xE0) {
		n = 3, c = p[0] & 0x0Fu, least = 0x800;
	} else if (p[0] >= 0xF0 && p[0] <= 0xF4) {
		n = 4, c = p[0] & 0x07u, least = 0x10000;
	} else {
		*s += 1;
		return 0xFFFD;
	}
	for (size_t i = 1; i < n; i++) {
		if (i >= left || (p[i] & 0xC0) != 0x80) {
			*s += i; /* the bytes so far are one broken character */
			return 0xFFFD;
		}
		c = c << 6 | (p[i] & 0x3Fu);
	}
	*s += n;
	if (c < least || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return 0xFFFD;
	return c;
}

size_t utf8_put(char out[4], uint32_t c)
{
	if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		c = 0xFFFD;
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

bool utf8_valid(const char *s, size_t n)
{
	const char *end = s + n, *at;

	while (s < end) {
		/* nearly all text is ASCII: eight bytes at a time */
		for (uint64_t eight; end - s >= 8; s += 8) {
			memcpy(&eight, s, sizeof eight);
			if (eight & 0x8080808080808080u)
				break;
		}
		if (s == end)
			break;
		at = s;
		/* U+FFFD itself, well written, is valid */
		if (utf8_next(&s, end) == 0xFFFD && !(s - at == 3 && memcmp(at, "\xEF\xBF\xBD", 3) == 0))
			return false;
	}
	return true;
}

char *utf8_mend(struct pool *p, const char *s, size_t n)
{
	const char *end = s + n;
	struct text *t;
	char c[4];
	uint32_t u;

	if (utf8_valid(s, n) && !memchr(s, '\0', n))
		return pool_slice(p, s, n);
	t = text_new(p, 3 * n + 3);
	while (s < end) {
		u = utf8_next(&s, end);
		text_put(t, c, utf8_put(c, u ? u : 0xFFFD));
	}
	return t->s;
}

static size_t whole_characters(const char *s, size_t most)
{
	while (most > 0 && ((unsigned char)s[most] & 0xC0) == 0x80)
		most--;
	return most;
}

size_t utf8_cut(const char *s, size_t most)
{
	size_t n = strnlen(s, most + 1);

	return n <= most ? n : whole_characters(s, most);
}

/* ---- lines and words ---- */

static bool is_blank(uint32_t c)
{
	return c <= ' ' || c == 0x7F || c == 0xA0 || (c >= 0x80 && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
	       (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000 ||
	       c == 0x1680 || c == 0x2800 || c == 0x3164 || c == 0xFFA0; /* seen as nothing: many of them feign a line's end */
}

struct line line_from(struct pool *p, const char *s, size_t most)
{
	const char *end;
	struct text *t = text_new(p, most);
	char c[4];
	bool gap = false;
	uint32_t u, before = 0;

	if (!s)
		return (struct line){ t->s };
	for (end = s + strlen(s); s < end;) {
		u = utf8_next(&s, end);
		if (is_blank(u)) {
			gap = t->n > 0;
			continue;
		}
		/* they could show a header other than it is; Arabic, Indic and pictures need their joiners */
		if (utf8_unseen(u) && !((u == 0x200C || u == 0x200D) && before >= 0x600))
			continue;
		if (gap)
			text_char(t, ' ');
		gap = false;
		before = u;
		text_put(t, c, utf8_put(c, u));
	}
	while (t->n && t->s[t->n - 1] == ' ')
		t->s[--t->n] = '\0';
	return (struct line){ t->s };
}

struct line line_print(struct pool *p, size_t most, const char *format, ...)
{
	va_list a;
	char *s;

	va_start(a, format);
	s = pool_vprint(p, format, a);
	va_end(a);
	return line_from(p, s, most);
}

char *text_squeeze(struct pool *p, const char *s)
{
	const char *end = s + strlen(s);
	/* a broken byte becomes three; all else is no longer than it was */
	char *out = pool_take(p, (size_t)(end - s) * (utf8_valid(s, (size_t)(end - s)) ? 1 : 3) + 1), *to = out, c[4];
	bool gap = false;

	while (s < end) {
		bool plain = (signed char)*s > ' ' && *s != 0x7F; /* most of it is ASCII */
		uint32_t u = plain ? 0 : utf8_next(&s, end);

		if (!plain && is_blank(u)) {
			gap = to > out;
			continue;
		}
		if (gap)
			*to++ = ' ';
		gap = false;
		if (plain) {
			do
				*to++ = *s++;
			while ((signed char)*s > ' ' && *s != 0x7F); /* the NUL ends it */
		} else {
			size_t n = utf8_put(c, u);

			memcpy(to, c, n);
			to += n;
		}
	}
	return out;
}

/* Latin letters with marks, U+00C0 to U+017F, without them. */
static const char *const plain_c0[] = {
	"a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", /* C0 */
	"d", "n", "o", "o", "o", "o", "o", "*", "o", "u", "u", "u", "u", "y", "th", "ss", /* D0 */
	"a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", /* E0 */
	"d", "n", "o", "o", "o", "o", "o", "/", "o", "u", "u", "u", "u", "y", "th", "y", /* F0 */
	"a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d", /* 100 */
	"d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g", /* 110 */
	"g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i", /* 120 */
	"i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l", /* 130 */
	"l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o", "o", /* 140 */
	"o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s", /* 150 */
	"s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u", /* 160 */
	"u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s", /* 170 */
};

static char *small_letters(char *s)
{
	for (char *a = s; *a; a++)
		*a = (char)(*a + ((unsigned)(*a - 'A') < 26u) * 32);
	return s;
}

char *text_fold(struct pool *p, const char *s)
{
	const char *end = s + strlen(s), *run = s;
	struct text *t;
	char c[4];
	uint32_t u;

	while (run < end && (unsigned char)*run < 0x80)
		run++;
	if (run == end) /* nearly always: ASCII alone */
		return small_letters(pool_slice(p, s, (size_t)(end - s)));
	t = text_new(p, (size_t)(end - s) * 3 + 1);
	while (s < end) {
		for (run = s; s < end && (unsigned char)*s < 0x80; s++)
			;
		if (s > run) {
			text_put(t, run, (size_t)(s - run));
			small_letters(t->s + t->n - (s - run));
			continue;
		}
		u = utf8_next(&s, end);
		if (u >= 0xC0 && u <= 0x17F)
			text_add(t, plain_c0[u - 0xC0]);
		else if (u == 0xA0 || u == 0x202F || (u >= 0x2000 && u <= 0x200A) || u == 0x3000)
			text_char(t, ' ');
		else if (u == 0x2018 || u == 0x2019 || u == 0x201A || u == 0x2032 || u == 0x2BC || u == 0xB4)
			text_char(t, '\'');
		else if (u == 0x201C || u == 0x201D || u == 0x201E || u == 0xAB || u == 0xBB)
			text_char(t, '"');
		else if ((u >= 0x2010 && u <= 0x2015) || u == 0x2212)
			text_char(t, '-');
		else if (u == 0x2026)
			text_add(t, "...");
		else if ((u >= 0x300 && u <= 0x36F) || utf8_unseen(u))
			continue;
		else if (u >= 0x391 && u <= 0x3A9)
			text_put(t, c, utf8_put(c, u + 32));
		else if (u >= 0x410 && u <= 0x42F)
			text_put(t, c, utf8_put(c, u + 32));
		else
			text_put(t, c, utf8_put(c, u));
	}
	return t->s;
}

bool text_starts(const char *s, const char *with)
{
	return strncasecmp(s, with, strlen(with)) == 0;
}

bool text_same(const char *a, const char *b)
{
	return strcasecmp(a ? a : "", b ? b : "") == 0;
}

const char *text_find(const char *hay, const char *needle)
{
	return strcasestr(hay, needle);
}

unsigned text_distance(const char *a, const char *b, unsigned most)
{
	enum { LONG = 40 };
	unsigned row[3][LONG + 1];
	size_t n = strlen(a), m = strlen(b);

	if (n > LONG || m > LONG || (n > m ? n - m : m - n) > most)
		return most + 1;
	for (size_t j = 0; j <= m; j++)
		row[0][j] = (unsigned)j;
	for (size_t i = 1; i <= n; i++) {
		unsigned *now = row[i % 3], *last = row[(i - 1) % 3], *before = row[(i + 1) % 3];

		now[0] = (unsigned)i;
		for (size_t j = 1; j <= m; j++) {
			unsigned d = last[j - 1] + (a[i - 1] != b[j - 1]);

			if (last[j] + 1 < d)
				d = last[j] + 1;
			if (now[j - 1] + 1 < d)
				d = now[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < d)
				d = before[j - 2] + 1;
			now[j] = d;
		}
	}
	return row[n % 3][m] > most ? most + 1 : row[n % 3][m];
}

const char *text_nearest(const char *word, const char *const *list)
{
	const char *best = NULL;
	unsigned most = strlen(word) <= 3 ? 1 : 2, least = most + 1, d;

	for (; *list; list++) {
		d = text_distance(word, *list, most);
		if (d < least)
			least = d, best = *list;
	}
	return best;
}
