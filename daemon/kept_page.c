#include "daemon/kept_page.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "daemon/kept_table.h"
#include "ground/text.h"
#include "letters/markup.h"

enum { LINE_MOST = 1000 /* bytes of a quoted line in one row of the terminal */ };

void page_put(struct page *g, struct page_item i)
{
	*(struct page_item *)pool_more(g->p, &g->items, g->n++, sizeof *g->items) = i;
}

/* ---- as text ---- */

static void facts(const struct page *g, size_t from, size_t to)
{
	struct table t = { .p = g->p, .columns = 2, .soft = -1, .indent = 2, .wrap = true };

	for (size_t i = from; i < to; i++)
		table_row(&t, g->items[i].bad, g->items[i].a, g->items[i].b);
	table_print(&t);
}

static void rows(const struct page *g, size_t from, size_t to)
{
	struct table t = { .p = g->p, .columns = 4, .soft = -1, .indent = 2, .wrap = true };

	for (size_t i = from; i < to; i++)
		table_row(&t, g->items[i].bad, g->items[i].a, g->items[i].b, g->items[i].c, g->items[i].d);
	table_print(&t);
}

/* Line by line; a long one in pieces, for a cell of the table is cut. */
static void quote(const struct page *g, const char *s)
{
	struct table t = { .p = g->p, .columns = 2, .soft = -1, .indent = 2, .wrap = true };

	while (*s) {
		size_t n = strcspn(s, "\n"), most = n > LINE_MOST ? utf8_cut(s, LINE_MOST) : n;

		table_row(&t, false, "|", pool_slice(g->p, s, most));
		s += most;
		if (*s == '\n')
			s++;
	}
	table_print(&t);
}

static void line(const struct page *g, const char *before, const char *s)
{
	struct table t = { .p = g->p, .columns = 1, .soft = -1, .wrap = true };

	table_row(&t, false, pool_print(g->p, "%s%s", before, s));
	table_print(&t);
}

/* How far the same kind goes on: facts and rows are one table. */
static size_t run(const struct page *g, size_t from)
{
	size_t to = from + 1;

	while (to < g->n && g->items[to].kind == g->items[from].kind)
		to++;
	return to;
}

void page_print(const struct page *g)
{
	for (size_t i = 0; i < g->n; i++) {
		const struct page_item *x = &g->items[i];

		switch (x->kind) {
		case PAGE_TITLE: line(g, "", x->a); break;
		case PAGE_HEADING: putchar('\n'); line(g, "== ", x->a); break;
		case PAGE_PART: putchar('\n'); line(g, "-- ", x->a); break;
		case PAGE_TEXT: line(g, "", x->a); break;
		case PAGE_GOOD: line(g, "ok  ", x->a); break;
		case PAGE_BAD: line(g, "NOT ", x->a); break;
		case PAGE_LETTER:
			if (!x->brief)
				quote(g, x->a);
			break;
		case PAGE_QUOTE: quote(g, x->a); break;
		case PAGE_FACT: facts(g, i, run(g, i)); i = run(g, i) - 1; break;
		case PAGE_ROW: rows(g, i, run(g, i)); i = run(g, i) - 1; break;
		}
	}
}

/* ---- as HTML ---- */

static const char style[] =
	"<style>\n"
	":root { color-scheme: light dark; --ink: #1c2127; --soft: #59636e; --paper: #fff; --tint: #f4f6f8;\n"
	"  --line: #d5dbe1; --good: #14653a; --good-tint: #e7f5ec; --bad: #a3161b; --bad-tint: #fdeceb; }\n"
	"@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ec; --soft: #9fabb7; --paper: #14181c; --tint: #1d2329;\n"
	"  --line: #39434d; --good: #7fd6a3; --good-tint: #12281b; --bad: #ff9d97; --bad-tint: #35171a; } }\n"
	"* { box-sizing: border-box; }\n"
	"body { margin: 0; background: var(--paper); color: var(--ink);\n"
	"  font: 16px/1.5 system-ui, -apple-system, \"Segoe UI\", Roboto, sans-serif; }\n"
	"main { max-width: 54rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }\n"
	"h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; }\n"
	"h2 { font-size: 1.2rem; margin: 2.25rem 0 .75rem; padding-bottom: .3rem;\n"
	"  border-bottom: 1px solid var(--line); }\n"
	"h3 { font-size: 1rem; margin: 1.75rem 0 .5rem; }\n"
	"h1, h2, h3, p, dd, td:last-child, pre, blockquote { overflow-wrap: anywhere; }\n"
	"p { margin: .5rem 0; }\n"
	"p.good, p.bad { padding: .6rem .8rem; border-left: 4px solid; }\n"
	"p.good { color: var(--good); background: var(--good-tint); }\n"
	"p.bad { color: var(--bad); background: var(--bad-tint); }\n"
	"dl { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .2rem 1.25rem;\n"
	"  margin: .75rem 0; }\n"
	"dt { color: var(--soft); } dd { margin: 0; }\n"
	"blockquote, pre { margin: .75rem 0; padding: .75rem 1rem; background: var(--tint); border: 1px solid var(--line);\n"
	"  border-radius: 4px; white-space: pre-wrap; unicode-bidi: plaintext; }\n"
	"blockquote { border-left: 4px solid var(--soft); }\n"
	"pre { font: .875rem/1.5 ui-monospace, \"SF Mono\", Menlo, Consolas, monospace; }\n"
	"table { border-collapse: collapse; width: 100%; font-size: .9rem; }\n"
	"td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }\n"
	"td:first-child { color: var(--soft); font-variant-numeric: tabular-nums; }\n"
	"td:not(:last-child) { white-space: nowrap; }\n"
	"td:nth-child(3) { font-weight: 600; }\n"
	"tr.bad td, dt.bad, dd.bad { color: var(--bad); } tr.bad { background: var(--bad-tint); }\n"
	".hidden { color: var(--bad); border: 1px solid; border-radius: 3px; padding: 0 .2em; font-size: .75em; }\n"
	"@media (max-width: 36rem) {\n"
	"  dl { display: block; } dd { margin: 0 0 .5rem; } dt { font-size: .85rem; }\n"
	"  table, tbody, tr, td { display: block; } tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }\n"
	"  td { border: 0; padding: 0; } td:first-child { float: right; } td:empty { display: none; }\n"
	"}\n"
	"@media print {\n"
	"  :root { --ink: #000; --soft: #444; --paper: #fff; --tint: #fff; --line: #999;\n"
	"    --good: #14653a; --good-tint: #fff; --bad: #a3161b; --bad-tint: #fff; }\n"
	"  @page { margin: 18mm 16mm; } body { font-size: 10.5pt; } main { max-width: none; padding: 0; }\n"
	"  h2, h3 { break-after: avoid; } tr, dl, p, blockquote { break-inside: avoid; }\n"
	"}\n"
	"</style>\n";

/* Neither seen nor a line end: shown by its number, so that nothing in the words can hide or turn others. */
static bool is_hidden(uint32_t u)
{
	static const uint32_t ranges[][2] = { { 0x00, 0x08 },	  { 0x0b, 0x1f },     { 0x7f, 0x9f },	  { 0x61c, 0x61c },
					      { 0x200b, 0x200b }, { 0x200e, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x2069 },
					      { 0xfeff, 0xfeff }, { 0xe0000, 0xe007f } };

	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (u >= ranges[i][0] && u <= ranges[i][1])
			return true;
	return false;
}

/* `plain`: in a title, which holds no tags. */
static void escaped(const char *s, bool plain)
{
	const char *end = s + strlen(s);

	while (s < end) {
		const char *from = s;
		uint32_t u = utf8_next(&s, end);

		if (u == '&')
			fputs("&amp;", stdout);
		else if (u == '<')
			fputs("&lt;", stdout);
		else if (u == '>')
			fputs("&gt;", stdout);
		else if (u == '"')
			fputs("&quot;", stdout);
		else if (u == 0xfffd) /* a broken byte too */
			fputs("\xef\xbf\xbd", stdout);
		else if (is_hidden(u))
			plain ? (void)putchar(' ') : (void)printf("<span class=\"hidden\">U+%04X</span>", (unsigned)u);
		else
			fwrite(from, 1, (size_t)(s - from), stdout);
	}
}

static void tag(const char *open, const char *s, const char *close)
{
	fputs(open, stdout);
	escaped(s, text_starts(open, "<title"));
	fputs(close, stdout);
}

static void html_facts(const struct page *g, size_t from, size_t to)
{
	puts("<dl>");
	for (size_t i = from; i < to; i++) {
		tag(g->items[i].bad ? "<dt class=\"bad\">" : "<dt>", g->items[i].a, "</dt>");
		tag(g->items[i].bad ? "<dd class=\"bad\" dir=\"auto\">" : "<dd dir=\"auto\">", g->items[i].b, "</dd>\n");
	}
	puts("</dl>");
}

static void html_rows(const struct page *g, size_t from, size_t to)
{
	puts("<table>");
	for (size_t i = from; i < to; i++) {
		const struct page_item *x = &g->items[i];

		fputs(x->bad ? "<tr class=\"bad\">" : "<tr>", stdout);
		tag("<td>", x->a, "</td>");
		tag("<td>", x->b, "</td>");
		tag("<td>", x->c, "</td>");
		tag("<td dir=\"auto\">", x->d, "</td></tr>\n");
	}
	puts("</table>");
}

void page_print_html(const struct page *g)
{
	fputs(markup_head, stdout);
	for (size_t i = 0; i < g->n; i++)
		if (g->items[i].kind == PAGE_TITLE)
			tag("<title>", g->items[i].a, "</title>\n");
	fputs(style, stdout);
	puts("</head>\n<body>\n<main>");
	for (size_t i = 0; i < g->n; i++) {
		const struct page_item *x = &g->items[i];

		switch (x->kind) {
		case PAGE_TITLE: tag("<h1 dir=\"auto\">", x->a, "</h1>\n"); break;
		case PAGE_HEADING: tag("<h2>", x->a, "</h2>\n"); break;
		case PAGE_PART: tag("<h3 dir=\"auto\">", x->a, "</h3>\n"); break;
		case PAGE_TEXT: tag("<p>", x->a, "</p>\n"); break;
		case PAGE_GOOD: tag("<p class=\"good\">", x->a, "</p>\n"); break;
		case PAGE_BAD: tag("<p class=\"bad\">", x->a, "</p>\n"); break;
		case PAGE_QUOTE: tag("<blockquote dir=\"auto\">", x->a, "</blockquote>\n"); break;
		/* a parser drops the line end behind <pre> */
		case PAGE_LETTER: tag("<pre dir=\"auto\">\n", x->a, "</pre>\n"); break;
		case PAGE_FACT: html_facts(g, i, run(g, i)); i = run(g, i) - 1; break;
		case PAGE_ROW: html_rows(g, i, run(g, i)); i = run(g, i) - 1; break;
		}
	}
	puts("</main>\n</body>\n</html>");
}
