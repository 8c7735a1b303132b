#include "letters/csv.h"

#include <string.h>
#include <strings.h>

#include "ground/text.h"

struct scan {
	struct pool *p;
	const char *s, *end;
	char comma;
	int line;
};

static char comma_of(const char *s, const char *end)
{
	bool quoted = false;

	for (; s < end && (quoted || (*s != '\n' && *s != '\r')); s++) {
		if (*s == '"')
			quoted = !quoted;
		else if (!quoted && (*s == ',' || *s == ';' || *s == '\t'))
			return *s;
	}
	return ',';
}

/* One line of the table; false: a quote never ends. */
static bool row_read(struct scan *c, struct csv_row *row, struct err *e)
{
	*row = (struct csv_row){ .line = c->line, .odd = "" };
	for (;;) {
		struct text *cell = text_new(c->p, BODY_MOST);
		bool quoted = false;
		const char *blank = c->s;

		while (blank < c->end && *blank == ' ')
			blank++;
		if (blank < c->end && *blank == '"') {
			quoted = true;
			c->s = blank + 1;
		}
		for (; c->s < c->end; c->s++) {
			if (*c->s == '\n')
				c->line++;
			if (quoted && *c->s == '"' && c->s + 1 < c->end && c->s[1] == '"')
				text_char(cell, *++c->s);
			else if (quoted && *c->s == '"')
				quoted = false;
			else if (!quoted && (*c->s == c->comma || *c->s == '\n'))
				break;
			else
				text_char(cell, *c->s);
		}
		if (quoted)
			return err_perm(e, "line %d: a quote (\") begins a cell and never ends", row->line);
		if (row->cells.n == CSV_COLUMNS_MOST)
			return err_perm(e, "line %d: more than %d columns", row->line, CSV_COLUMNS_MOST);
		*(const char **)pool_more(c->p, &row->cells.list, row->cells.n, sizeof *row->cells.list) = text_squeeze(c->p, utf8_mend(c->p, cell->s, cell->n));
		row->cells.n++;
		if (c->s >= c->end || *c->s++ == '\n')
			return true;
	}
}

bool csv_read(struct pool *p, const char *bytes, size_t n, struct csv *out, struct err *e)
{
	struct scan c = { .p = p, .s = bytes, .end = bytes + n, .line = 1 };
	struct csv_row head;

	*out = (struct csv){ 0 };
	if (!utf8_valid(bytes, n)) /* a name would be taken with its letters lost */
		return err_perm(e, "the table is not UTF-8; save it as \"CSV UTF-8\"");
	if (n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
		c.s += 3;
	c.comma = comma_of(c.s, c.end);
	if (!row_read(&c, &head, e))
		return false;
	out->head = head.cells;
	while (c.s < c.end) {
		struct csv_row row;
		bool empty = true;

		if (!row_read(&c, &row, e))
			return false;
		for (size_t i = 0; i < row.cells.n; i++) {
			empty &= !*row.cells.list[i];
			if (i >= head.cells.n && *row.cells.list[i])
				row.odd = pool_print(p, "%zu cells, and the head line has %zu; a cell that holds a '%c' stands in quotes",
						     row.cells.n, head.cells.n, c.comma);
		}
		if (empty)
			continue;
		if (out->n == CSV_ROWS_MOST)
			return err_perm(e, "line %d: more than %d rows", row.line, CSV_ROWS_MOST);
		*(struct csv_row *)pool_more(p, &out->rows, out->n, sizeof *out->rows) = row;
		out->n++;
	}
	return true;
}

const char *csv_cell(const struct csv *t, const struct csv_row *row, const char *head)
{
	for (size_t i = 0; i < t->head.n && i < row->cells.n; i++)
		if (strcasecmp(t->head.list[i], head) == 0)
			return row->cells.list[i];
	return "";
}

void csv_put(struct text *t, const char *s, bool first)
{
	text_add(t, first ? "\"" : ",\"");
	if (*s && strchr("=+-@'\t\r\n", *s))
		text_char(t, '\'');
	for (; *s; s++) {
		if (*s == '"')
			text_char(t, '"');
		text_char(t, *s);
	}
	text_char(t, '"');
}
