/* report - figures as files: a page, a table for spreadsheets
 *
 * Law:     names and addresses come from mail: whatever they say, nothing in a table is calculated, and a page has no markup of
 *          theirs. The page is whole in itself: no script, nothing from elsewhere, and its policy (CSP) forbids both. It is read on
 *          a phone, in the dark, and on paper.
 * Owns:    the pool.
 * Fails:   never.
 * Manual:  kept(1) report
 * Tests:   tests/report.c, with the files that are meant in tests/golden
 */
#ifndef KEPT_LETTERS_REPORT_H
#define KEPT_LETTERS_REPORT_H

#include "ground/text.h"
#include "nouns/figures.h"

enum { REPORT_GROUPS_SHOWN = 40 }; /* of each kind, to a person */

char *report_html(struct pool *, const struct figures *);
/* One line for all, one for each week, then one for each group. */
char *report_csv(struct pool *, const struct figures *);
/* What stands for a group in a list: a name, or an address, or that there is none. */
const char *report_group(struct pool *, const struct figures_group *, enum figures_by);
/* The Monday of week number `i`: "23 Nov", with the year where the report has several. */
const char *report_week(struct pool *, const struct figures *, size_t i);
/* "25 Nov to 1 Dec 2026: promises 3, followed up 1 of 2, T 0.92" */
const char *report_challenge(struct pool *, const struct challenge *);
/* "7 Sep to 29 Nov 2026" */
const char *report_days(struct pool *, const struct figures *);

#endif
