/* markup - HTML to text, Markdown to HTML
 *
 * Law:     HTML is hostile: no network, no entity of its own, depth and size bounded, script, style, head and hidden
 *          text left out. Markdown is ours, but filled with strangers' words: raw HTML is escaped, and only http, https,
 *          mailto links survive.
 * Owns:    the pool. Fails: never; what cannot be read gives "".
 * Borders: <libxml/…> and <md4c-html.h>
 * Tests:   tests/markup_markdown.c, tests/markup_text.c
 */
#ifndef KEPT_LETTERS_MARKUP_H
#define KEPT_LETTERS_MARKUP_H

#include "ground/text.h"

/* All visible text, blocks as lines, quotes as they stand. UTF-8 in, UTF-8 out. */
char *html_text(struct pool *, const char *html, size_t n);
/* A whole HTML document, readable on a phone, in light and dark. */
char *markdown_html(struct pool *, const char *markdown, const char *language);
/* The same Markdown for a reader of plain text: the backslashes that protect strangers' words taken off, each link that answers
 * on its line, links to the web as "title <https://…>". */
char *markdown_plain(struct pool *, const char *markdown);
/* A stranger's words within our Markdown, on one line, at most `most` bytes before: nothing in them makes a link, a heading or a
 * picture. Not for code spans, where a backslash means itself. */
char *markdown_quote(struct pool *, const char *s, size_t most);

#endif
