/* What HTML says of its lines, for quote.c: the text of markup.h with the marks that mail clients leave; and what the Markdown
 * files share. */
#ifndef KEPT_LETTERS_MARKUP_INNER_H
#define KEPT_LETTERS_MARKUP_INNER_H

#include "ground/text.h"

enum { ROWS_MOST = 100000 }; /* lines of one letter; the last takes the rest */

struct row {
	const char *s;      /* one line, without its end */
	unsigned depth;     /* of quotation: > or blockquote */
	bool soft;          /* a blockquote without a sign that it quotes */
	bool indented;      /* Gmail's indention: a blockquote of its class, but outside of its quotation */
	bool quoted;        /* within what a client marks as its quotation */
	bool box;           /* quoted only because it stands in Gmail's container, where answers between the lines do too */
	bool cut;           /* what a client puts before the message it answers or forwards: all from here is that message */
	bool rule;          /* a line is drawn above (hr, border-top) */
	bool signature;     /* within what a client marks as a signature */
	bool pre;           /* line breaks are the writer's */
};

struct rows {
	struct row *list;
	size_t n;
};

void html_rows(struct pool *, const char *html, size_t n, struct rows *out);

/* The blocks of Markdown as HTML without attributes but those of links, lists and cells. */
const char *markdown_blocks(struct pool *, const char *markdown);
/* Where the tag that begins at s ends: after its >, which a quoted value may hold too. */
const char *html_tag_end(const char *s);

#endif
