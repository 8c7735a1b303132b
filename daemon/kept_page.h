/* kept_page - one page for a reader: as text for the terminal, as HTML for a browser, a phone, or paper
 *
 * Law:     one content, two printers. What is shown may be a stranger's: it is escaped, and characters that are not to
 *          be seen (controls, marks that turn the direction of text) are shown by their number. The HTML is whole in
 *          itself: no script, nothing from elsewhere, and its policy (CSP) forbids both.
 * Owns:    the pool; texts are borrowed until the page is printed.
 * Tests:   tests/e2e/proof.py
 */
#ifndef KEPT_DAEMON_KEPT_PAGE_H
#define KEPT_DAEMON_KEPT_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "ground/pool.h"

enum page_kind {
	PAGE_TITLE,   /* a: the title, once */
	PAGE_HEADING, /* a */
	PAGE_PART,    /* a: a heading below that */
	PAGE_TEXT,    /* a: a paragraph of ours */
	PAGE_GOOD,    /* a: what is well */
	PAGE_BAD,     /* a: what is not */
	PAGE_QUOTE,   /* a: the words of somebody, as they are */
	PAGE_LETTER,  /* a: a whole mail's; left out where it is printed as text and `brief` */
	PAGE_FACT,    /* a: b */
	PAGE_ROW,     /* a, b, c, d: a line of a table */
};

struct page {
	struct pool *p;
	struct page_item {
		enum page_kind kind;
		bool bad, brief;
		const char *a, *b, *c, *d;
	} *items;
	size_t n;
};

void page_put(struct page *, struct page_item);
void page_print(const struct page *);      /* to standard output */
void page_print_html(const struct page *);

#endif
