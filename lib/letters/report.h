/* report - figures as files: a table for spreadsheets
 *
 * Law:     names and addresses come from mail: whatever they say, nothing in a table is calculated.
 * Owns:    the pool.
 * Fails:   never.
 * Manual:  kept(1) report
 * Tests:   tests/report.c, with the files that are meant in tests/golden
 */
#ifndef KEPT_LETTERS_REPORT_H
#define KEPT_LETTERS_REPORT_H

#include "ground/text.h"
#include "nouns/figures.h"

/* One line for all, one for each week, then one for each group. */
char *report_csv(struct pool *, const struct figures *);
/* What stands for a group in a list: a name, or an address, or that there is none. */
const char *report_group(struct pool *, const struct figures_group *, enum figures_by);
/* The Monday of week number `i`: "23 Nov", with the year where the report has several. */
const char *report_week(struct pool *, const struct figures *, size_t i);
/* "7 Sep to 29 Nov 2026" */
const char *report_days(struct pool *, const struct figures *);

#endif
