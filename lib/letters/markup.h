/* markup - HTML to text, Markdown to HTML
 *
 * Law:     HTML is hostile: no network, no entity of its own, depth and size bounded, script, style, head and hidden
 *          text left out. Markdown is ours, but filled with strangers' words: raw HTML is escaped, and only http, https,
 *          mailto links survive.
 * Owns:    the pool. Fails: never; what cannot be read gives "".
 * Borders: <libxml/…> and <md4c-html.h>
 * Tests:   tests/markup_markdown.c, tests/markup_text.c; tests/pages.py reads each golden mail; `make look` shows them
 */
#ifndef KEPT_LETTERS_MARKUP_H
#define KEPT_LETTERS_MARKUP_H

#include "ground/text.h"

/* All visible text, blocks as lines, quotes as they stand. UTF-8 in, UTF-8 out. */
char *html_text(struct pool *, const char *html, size_t n);
/* A whole HTML document as people write one: no column, no button, no colour. For mail in an owner's name. */
char *markdown_html(struct pool *, const char *markdown, const char *language);
/* One that is kept's own: a column of 600 px that shrinks on a phone, light and dark, in Word's engine too. Its h1 is the first
 * heading of level 1, else `title` without its "Re:", and the levels below have no gap. Links that answer and end their block
 * are buttons; what an inbox shows beside the subject is the first sentence. */
char *markdown_page(struct pool *, const char *title, const char *markdown, const char *language);

/* How a file for a browser begins, until its title: it loads nothing and is in no index. */
extern const char markup_head[];
/* The same Markdown for a reader of plain text: the backslashes that protect strangers' words taken off, each link that answers
 * on its line, links to the web as "title <https://…>", one to the address that it shows as that address. A link in strangers' words, "[Done](mailto:…", looks like none of ours:
 * "[Done] (mailto:…". */
char *markdown_plain(struct pool *, const char *markdown);
/* A stranger's words within our Markdown, on one line, at most `most` bytes before: nothing in them makes a link, a heading or a
 * picture. Not for code spans, where a backslash means itself. */
char *markdown_quote(struct pool *, const char *s, size_t most);

#endif
