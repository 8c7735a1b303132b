/* kept_table - columns that fit the terminal
 *
 * Law:     a column is as wide as its widest cell. Where a line would be too long, the column named `soft` gives way, and the
 *          last one is cut (ending in …), or with `wrap` goes on in further lines; where that would be too narrow to read it
 *          gets a line of its own. Without a terminal (and without COLUMNS) nothing is cut, so that a program that reads it
 *          finds all. What a cell holds may be a stranger's: control characters never reach the terminal.
 */
#ifndef KEPT_DAEMON_KEPT_TABLE_H
#define KEPT_DAEMON_KEPT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "ground/pool.h"

enum { TABLE_COLUMNS = 9 };

struct table {
	struct pool *p;
	int columns, soft, indent; /* soft: the number of a column, from 0; -1: none */
	bool wrap;
	const char **cells;        /* row after row */
	bool *red;
	size_t rows, red_rows;
};

/* As many texts as there are columns; `red`: where colour may be used. */
void table_row(struct table *, int red, ...);
void table_print(const struct table *);

#endif
