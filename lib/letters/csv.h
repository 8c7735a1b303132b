/* csv - tables as spreadsheets write them (RFC 4180)
 *
 * Law:     comma, semicolon or tab parts the cells, whichever stands first in the head line outside quotes; a cell in quotes
 *          may hold all of them, doubled quotes and line ends. A byte order mark is passed over. Cells are trimmed, valid UTF-8.
 * Owns:    the pool.
 * Fails:   PERM: what is not UTF-8; with the line's number: a quote that never ends, too large.
 * Tests:   tests/csv.c
 */
#ifndef KEPT_LETTERS_CSV_H
#define KEPT_LETTERS_CSV_H

#include "ground/err.h"
#include "ground/text.h"
#include "nouns/conf.h"

enum { CSV_COLUMNS_MOST = 64, CSV_ROWS_MOST = 100000 };

struct csv_row {
	int line;               /* where it begins, from 1 */
	struct strings cells;
	const char *odd;        /* why it is not to be taken: more cells than the head has; "" it is well */
};

struct csv {
	struct strings head;
	struct csv_row *rows;   /* empty lines are left out */
	size_t n;
};

bool csv_read(struct pool *, const char *bytes, size_t n, struct csv *out, struct err *);
/* One cell of a line that is written, in quotes, behind a comma where it is not the `first`. What a spreadsheet would calculate
 * (it begins with = + - @, or a blank that it passes over) has an apostrophe before it, and so has an apostrophe. */
void csv_put(struct text *, const char *, bool first);
/* The cell under that head, case ignored; "" where the row or the table has none. */
const char *csv_cell(const struct csv *, const struct csv_row *, const char *head);

#endif
