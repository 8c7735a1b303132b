#include "daemon/kept_table.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "daemon/kept.h"

enum {
	GAP = 2,
	SOFT_LEAST = 12, SOFT_STACKED = 6, /* what the soft column keeps */
	LAST_WISH = 24,                    /* for this much of the last column the soft one gives way */
	LAST_WRAPPED = 20, LAST_CUT = 10,  /* with less than this the last column has a line of its own */
	STACK_INDENT = 7,
	CELL_MOST = 4000
};

/* What is no character to be seen (controls, line ends, marks that turn the direction of text) becomes a blank. */
static const char *seen(struct pool *p, const char *s)
{
	struct text *t = text_new(p, CELL_MOST);
	const char *end = s + strlen(s);

	while (s < end) {
		const char *from = s;
		uint32_t u = utf8_next(&s, end);
		bool hidden = u < 0x20 || (u >= 0x7f && u <= 0x9f) || u == 0x2028 || u == 0x2029 || (u >= 0x202a && u <= 0x202e) ||
			      (u >= 0x2066 && u <= 0x2069) || u == 0xfffd;

		text_put(t, hidden ? " " : from, hidden ? 1 : (size_t)(s - from));
	}
	return t->s;
}

void table_row(struct table *t, int red, ...)
{
	va_list a;

	va_start(a, red);
	for (int i = 0; i < t->columns; i++)
		*(const char **)pool_more(t->p, &t->cells, t->rows * (size_t)t->columns + (size_t)i, sizeof *t->cells) =
			seen(t->p, va_arg(a, const char *));
	va_end(a);
	*(bool *)pool_more(t->p, &t->red, t->red_rows++, sizeof *t->red) = red != 0;
	t->rows++;
}

/* 0: no limit */
static int terminal(void)
{
	struct winsize w;
	const char *columns = getenv("COLUMNS");

	if (columns && atoi(columns) > 0)
		return atoi(columns);
	return isatty(STDOUT_FILENO) ? (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col ? w.ws_col : 80) : 0;
}

/* Columns that a character takes: none where it stands on the one before, two in East Asian scripts and for emoji (UAX #11). */
static int wide(uint32_t c)
{
	int n = wcwidth((wchar_t)c);

	return n < 0 ? 1 : n;
}

/* Written from right to left: Hebrew to Arabic Extended, their presentation forms, and the old scripts of the same (UAX #9). */
static bool is_right_to_left(uint32_t c)
{
	return (c >= 0x0590 && c <= 0x08ff) || (c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfefe) ||
	       (c >= 0x10800 && c <= 0x10fff) || (c >= 0x1e800 && c <= 0x1efff);
}

/* A cell is isolated (UAX #9, FSI and PDI) where it turns the direction: else a terminal that knows of directions would
 * turn the columns beside it along. */
static void put_cell(const char *s, size_t n, bool more)
{
	const char *at = s, *end = s + n;
	bool turns = false;

	while (at < end && !turns)
		turns = is_right_to_left(utf8_next(&at, end));
	turns = turns && isatty(STDOUT_FILENO);
	printf("%s%.*s%s%s", turns ? "\u2068" : "", (int)n, s, more ? "…" : "", turns ? "\u2069" : "");
}

/* Bytes of `s` that take at most `most` columns; `*taken`: how many they take. */
static size_t span(const char *s, int most, int *taken)
{
	const char *at = s, *end = s + strlen(s), *last = s;
	int n = 0;

	while (at < end) {
		int w = wide(utf8_next(&at, end));

		if (n + w > most)
			break;
		n += w;
		last = at;
	}
	*taken = n;
	return (size_t)(last - s);
}

static int width_of(const char *s)
{
	int n;

	span(s, CELL_MOST, &n);
	return n;
}

static void cut_cell(const char *s, int most)
{
	int n;
	size_t bytes = span(s, most, &n);

	if (s[bytes]) {
		bytes = span(s, most - 1, &n);
		put_cell(s, bytes, true);
	} else {
		put_cell(s, bytes, false);
	}
}

/* Broken at blanks; what has none is broken where the line ends. */
static void wrapped(const char *s, int most, int indent)
{
	for (;;) {
		int n;
		size_t bytes = span(s, most, &n), back = bytes;

		if (!s[bytes])
			break;
		while (back && s[back] != ' ')
			back--;
		bytes = back ? back : bytes ? bytes : 1;
		put_cell(s, bytes, false);
		printf("\n%*s", indent, "");
		s += bytes;
		s += strspn(s, " ");
	}
	put_cell(s, strlen(s), false);
}

struct layout {
	int width[TABLE_COLUMNS]; /* of the last: what it has where it stands */
	int before;               /* columns that the others take */
	bool stacked;             /* the last column has a line of its own */
};

static void give_way(const struct table *t, struct layout *l, int too_much, int least)
{
	if (too_much > l->width[t->soft] - least)
		too_much = l->width[t->soft] - least;
	if (too_much <= 0)
		return;
	l->width[t->soft] -= too_much;
	l->before -= too_much;
}

static struct layout lay_out(const struct table *t, int room)
{
	int last = t->columns - 1, natural, wish, least = t->wrap ? LAST_WRAPPED : LAST_CUT;
	struct layout l = { .before = t->indent }, wide_one;

	for (size_t r = 0; r < t->rows; r++)
		for (int c = 0; c < t->columns; c++) {
			int n = width_of(t->cells[r * (size_t)t->columns + (size_t)c]);

			l.width[c] = n > l.width[c] ? n : l.width[c];
		}
	for (int c = 0; c < last; c++)
		l.before += l.width[c] ? l.width[c] + GAP : 0; /* a column that is empty in every row is left out */
	natural = l.width[last];
	if (!room)
		return l;
	wide_one = l;
	wish = natural < LAST_WISH ? natural : LAST_WISH;
	if (t->soft >= 0)
		give_way(t, &l, l.before + wish - room, SOFT_LEAST);
	l.stacked = room - l.before < natural && room - l.before < least;
	if (l.stacked) {
		l = wide_one;
		l.stacked = true;
		if (t->soft >= 0)
			give_way(t, &l, l.before - GAP - room, SOFT_STACKED);
	}
	l.width[last] = room - (l.stacked ? t->indent + STACK_INDENT : l.before);
	return l;
}

void table_print(const struct table *t)
{
	int last = t->columns - 1;
	struct layout l = lay_out(t, terminal());
	bool colour = kept_colour();

	for (size_t r = 0; r < t->rows; r++) {
		const char *const *row = &t->cells[r * (size_t)t->columns];
		int blanks = t->indent, under = l.stacked ? t->indent + STACK_INDENT : l.before;

		if (t->red[r] && colour)
			fputs("\033[31m", stdout);
		for (int c = 0; c < last; c++) {
			int n = width_of(row[c]);

			if (*row[c]) {
				printf("%*s", blanks, "");
				cut_cell(row[c], l.width[c]);
				blanks = l.width[c] - (n < l.width[c] ? n : l.width[c]) + GAP;
			} else {
				blanks += l.width[c] ? l.width[c] + GAP : 0;
			}
		}
		if (*row[last]) {
			printf(l.stacked ? "\n%*s" : "%*s", l.stacked ? under : blanks, "");
			if (t->wrap)
				wrapped(row[last], l.width[last], under);
			else
				cut_cell(row[last], l.width[last]);
		}
		puts(t->red[r] && colour ? "\033[0m" : "");
	}
}
