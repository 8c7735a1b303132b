/* Blocks of HTML to a document for mail. Layout and colours stand in the elements: Word's engine reads no style sheet for them,
 * Gmail drops what it does not like; the sheet here is for the dark and for phones alone. Colours come in pairs, a text's and its
 * ground's, so that a client that inverts them inverts both. */
#include "letters/markup.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "letters/markup_inner.h"

enum { PREHEADER_LEAST = 24, PREHEADER_MOST = 160 };

const char markup_head[] =
	"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
	"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	"<meta name=\"color-scheme\" content=\"light dark\">\n"
	"<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex\">\n";

#define FONT "font-family: 'Segoe UI', Helvetica, Arial, sans-serif; "

static const char sheet[] =
	"<style>\n"
	":root { color-scheme: light dark; supported-color-schemes: light dark; }\n"
	"@media (max-width: 480px) { .margin { padding: 0 !important; } .column { padding: 18px 16px 12px !important; } }\n"
	"@media (prefers-color-scheme: dark) {\n"
	".back { background-color: #101214 !important; }\n"
	".column { background-color: #1b1e21 !important; color: #e4e7ea !important; }\n"
	".column blockquote { border-color: #55616c !important; color: #bcc5cd !important; }\n"
	".column a { color: #8ac8ee !important; }\n"
	".column .do { background-color: #1f3a4d !important; color: #cfe9fa !important; border-color: #3d647e !important; }\n"
	".column code { background-color: #2d3339 !important; color: #e4e7ea !important; }\n"
	"}\n</style>\n";

/* What each element of ours looks like, without its tag's end. */
static const struct looks {
	const char *tag, *more;
} looks[] = {
	{ "p", "style=\"margin: 0 0 14px\"" },
	{ "ul", "style=\"margin: 0 0 14px; padding: 0 0 0 24px\"" },
	{ "ol", "style=\"margin: 0 0 14px; padding: 0 0 0 28px\"" },
	{ "li", "style=\"margin: 0 0 6px\" dir=\"auto\"" },
	{ "blockquote", "style=\"margin: 0 0 14px; padding: 2px 0 2px 14px; border-left: 3px solid #a9b6c2; color: #424c57\"" },
	{ "code", "style=\"font-family: Menlo, Consolas, monospace; font-size: 14px; background-color: #e9edf1; color: #1d2126; padding: 1px 4px\"" },
	{ "pre", "style=\"margin: 0 0 14px; white-space: pre-wrap\"" },
	{ "table", "style=\"border-collapse: collapse; margin: 0 0 14px\"" },
	{ "th", "scope=\"col\" style=\"text-align: left; vertical-align: top; padding: 4px 14px 4px 0\"" },
	{ "td", "style=\"text-align: left; vertical-align: top; padding: 4px 14px 4px 0\" dir=\"auto\"" },
	{ "a", "style=\"color: #0b5a86; text-decoration: underline\"" },
};

static const char *const headings[] = {
	"style=\"font-size: 22px; line-height: 28px; font-weight: bold; margin: 0 0 14px\"",
	"style=\"font-size: 18px; line-height: 24px; font-weight: bold; margin: 24px 0 8px\"",
	"style=\"font-size: 16px; line-height: 22px; font-weight: bold; margin: 18px 0 6px\"",
};

/* A link that answers: 44 px high, for a thumb. Word gives a link no room of its own; raised blanks stand in for it there. */
static const char button[] =
	"class=\"do\" style=\"display: inline-block; margin: 4px 8px 4px 0; padding: 10px 16px; border: 1px solid #8fb3ca; border-radius: 6px; "
	"background-color: #e3eef5; color: #0b4767; text-decoration: none; font-weight: bold; line-height: 22px; mso-padding-alt: 0\"";
static const char word_begin[] = "<!--[if mso]><i style=\"mso-font-width: 150%; mso-text-raise: 20pt\">&emsp;</i>"
				 "<span style=\"mso-text-raise: 10pt\"><![endif]-->";
static const char word_end[] = "<!--[if mso]></span><i style=\"mso-font-width: 150%\">&emsp;&#8203;</i><![endif]-->";

struct page {
	struct text *t;
	bool plain;      /* no looks: as people write */
	bool used[7];    /* heading levels that occur; the first of level 1 aside */
	bool titled;     /* the h1 has been */
	int level;       /* of the heading before */
	size_t quotes;   /* blockquotes that are open */
	bool said;       /* words stand in this block, and no button yet */
};

static bool is_tag(const char *s, const char *name)
{
	size_t n = strlen(name);

	return *s == '<' && strncmp(s + 1, name, n) == 0 && strchr("> ", s[1 + n]) && s[1 + n];
}

static bool answers(const char *s)
{
	return strncasecmp(s, "<a href=\"mailto:", 16) == 0 && memmem(s, (size_t)(html_tag_end(s) - s), "body=", 5);
}

/* From this link on, nothing but links that answer stands in its block. */
static bool ends_block(const char *s)
{
	for (const char *end; *s;) {
		if (*s == ' ' || *s == '\n') {
			s++;
		} else if (answers(s)) {
			if (!(end = strstr(s, "</a>")))
				return false;
			s = end + 4;
		} else {
			return is_tag(s, "/p") || is_tag(s, "/li") || is_tag(s, "/td") || is_tag(s, "br") || is_tag(s, "ul") || is_tag(s, "ol");
		}
	}
	return true;
}

/* ---- headings ---- */

/* "<h3>" is 3, "</h3>" too; 0: it is no heading. */
static int heading(const char *s)
{
	s += s[0] == '<' ? 1 + (s[1] == '/') : 0;
	return s[0] == 'h' && s[1] >= '1' && s[1] <= '6' && s[2] == '>' ? s[1] - '0' : 0;
}

static void levels(struct page *g, const char *blocks)
{
	bool first = true;

	for (const char *s = blocks; (s = strstr(s, "<h")); s++) {
		int level = heading(s);

		if (level == 1 && first)
			first = false;
		else if (level)
			g->used[level] = true;
	}
}

static void heading_put(struct page *g, int level, bool closes)
{
	int n = 1;

	if (closes) {
		text_print(g->t, "</h%d>", g->level);
		return;
	}
	if (level > 1 || g->titled) {
		for (int i = 1; i <= level; i++)
			n += g->used[i];
		n = n > g->level + 1 ? g->level + 1 : n;
	}
	g->titled |= n == 1;
	g->level = n;
	text_print(g->t, "<h%d dir=\"auto\" %s>", n, headings[n < 3 ? n - 1 : 2]);
}

/* ---- elements ---- */

/* A tag as it stands, with what it looks like. */
static void dressed(struct page *g, const char *s, const char *end, const char *more)
{
	const char *stop = s + 1 + strcspn(s + 1, " >");

	text_put(g->t, s, (size_t)(stop - s));
	text_print(g->t, " %s", more);
	text_put(g->t, stop, (size_t)(end - stop));
}

/* Returns what was read: a button is read with its words. */
static const char *element(struct page *g, const char *s)
{
	const char *end = html_tag_end(s), *close;
	int level = heading(s);

	if (is_tag(s, "p") || is_tag(s, "li") || is_tag(s, "td") || is_tag(s, "br"))
		g->said = false;
	if (is_tag(s, "blockquote"))
		g->quotes++;
	else if (is_tag(s, "/blockquote") && g->quotes)
		g->quotes--;
	if (g->plain && (is_tag(s, "p") || is_tag(s, "li"))) {
		dressed(g, s, end, "dir=\"auto\"");
	} else if (g->plain) {
		text_put(g->t, s, (size_t)(end - s));
	} else if (level) {
		heading_put(g, level, s[1] == '/');
	} else if (answers(s) && ends_block(s) && (close = strstr(end, "</a>"))) {
		if (g->said) /* a row of their own */
			text_add(g->t, "<br>");
		g->said = false;
		dressed(g, s, end, button);
		text_add(g->t, word_begin);
		text_put(g->t, end, (size_t)(close - end));
		text_add(g->t, word_end);
		return close;
	} else if (is_tag(s, "p") && g->quotes) { /* what people wrote, in their direction */
		dressed(g, s, end, "style=\"margin: 0 0 10px\" dir=\"auto\"");
	} else {
		for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
			if (is_tag(s, looks[i].tag)) {
				dressed(g, s, end, looks[i].more);
				return end;
			}
		text_put(g->t, s, (size_t)(end - s));
	}
	return end;
}

static void blocks_put(struct page *g, const char *s)
{
	for (size_t n; *s;) {
		n = strcspn(s, "<");
		g->said |= n > strspn(s, " \n");
		text_put(g->t, s, n);
		s += n;
		if (*s)
			s = element(g, s);
	}
}

/* ---- the first sentence ---- */

/* A sentence ends here, that says something: not after "Thank you.", "Dr." or "h." */
static bool sentence_ends(const struct text *t)
{
	size_t n = t->n, word = 0;

	if (n < PREHEADER_LEAST || !strchr(".?!", t->s[n - 1]))
		return false;
	while (word + 1 < n && strchr(" .(\"", t->s[n - 2 - word]) == NULL)
		word++;
	if (t->s[n - 1] != '.' || word > 4)
		return true;
	return word > 1 && !(t->s[n - 1 - word] >= 'A' && t->s[n - 1 - word] <= 'Z' && t->s[n - word] >= 'a');
}

/* The words from the first paragraph or list on, without a salutation, until a sentence ends or there is no more room. */
static const char *first_sentence(struct pool *p, const char *blocks)
{
	struct text *t = text_new(p, PREHEADER_MOST + 1);
	const char *s = strstr(blocks, "<p>"), *item = strstr(blocks, "<li>");

	if (item && (!s || item < s))
		s = item;
	while (s && *s && t->n < PREHEADER_MOST) {
		if (*s == '<' && answers(s)) {
			s = strstr(s, "</a>");
			continue;
		}
		if (*s == '<' && is_tag(s, "/p") && t->n && t->s[t->n - 1] == ',')
			t = text_new(p, PREHEADER_MOST + 1);
		if (*s == '<' || *s == '\n') {
			if ((is_tag(s, "/p") || *s == '\n') && sentence_ends(t))
				break;
			if (*s == '\n' && t->n && t->s[t->n - 1] != ' ')
				text_char(t, ' ');
			s = *s == '<' ? html_tag_end(s) : s + 1;
			continue;
		}
		if (*s == ' ' && sentence_ends(t))
			break;
		if (*s == '&') { /* an entity stays whole */
			size_t n = strcspn(s, "; ");

			if (t->n + n + 1 > PREHEADER_MOST)
				break;
			text_put(t, s, n);
			s += n;
			continue;
		}
		text_char(t, *s++);
	}
	return t->n > PREHEADER_MOST - 4 ? pool_slice(p, t->s, utf8_cut(t->s, PREHEADER_MOST - 4)) : t->s;
}

/* ---- documents ---- */

static const char *language_tag(struct pool *p, const char *language)
{
	size_t n = strspn(language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-");

	return n && n < 12 && !language[n] ? pool_copy(p, language) : "en";
}

char *markdown_html(struct pool *p, const char *markdown, const char *language)
{
	struct page g = { .t = text_new(p, 8 * BODY_MOST), .plain = true };
	const char *tag = language_tag(p, language);

	text_print(g.t, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
			"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
			"<meta name=\"color-scheme\" content=\"light dark\">\n</head>\n<body>\n"
			"<div lang=\"%s\" style=\"" FONT "font-size: 15px; line-height: 1.45\">\n", tag, tag);
	blocks_put(&g, markdown_blocks(p, markdown));
	text_add(g.t, "</div>\n</body>\n</html>\n");
	return g.t->s;
}

char *markdown_page(struct pool *p, const char *title, const char *markdown, const char *language)
{
	struct page g = { .t = text_new(p, 8 * BODY_MOST) };
	const char *tag = language_tag(p, language), *blocks = markdown_blocks(p, markdown);

	while (strncasecmp(title, "Re: ", 4) == 0)
		title += 4;
	levels(&g, blocks);
	text_print(g.t, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<title>", tag);
	text_escaped(g.t, title);
	text_add(g.t, "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		      "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"supported-color-schemes\" content=\"light dark\">\n");
	text_add(g.t, sheet);
	text_add(g.t, "</head>\n<body class=\"back\" style=\"margin: 0; padding: 0; background-color: #eef1f4\">\n"
		      "<div style=\"display: none; max-height: 0; overflow: hidden; mso-hide: all\" aria-hidden=\"true\">");
	text_add(g.t, first_sentence(p, blocks));
	text_print(g.t, "</div>\n<table role=\"presentation\" class=\"back\" lang=\"%s\" width=\"100%%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
			"bgcolor=\"#eef1f4\" style=\"background-color: #eef1f4\"><tr><td class=\"margin\" align=\"center\" style=\"padding: 16px 8px\">\n"
			"<!--[if mso]><table role=\"presentation\" width=\"600\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td><![endif]-->\n"
			"<table role=\"presentation\" width=\"100%%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"max-width: 600px\">"
			"<tr><td class=\"column\" align=\"left\" bgcolor=\"#fdfdfd\" style=\"padding: 24px 28px 16px; background-color: #fdfdfd; "
			"color: #1d2126; " FONT "font-size: 16px; line-height: 24px; overflow-wrap: anywhere; word-break: break-word\">\n", tag);
	if (!strstr(blocks, "<h1>") && *title) {
		heading_put(&g, 1, false);
		text_escaped(g.t, title);
		text_add(g.t, "</h1>\n");
	}
	blocks_put(&g, blocks);
	text_add(g.t, "</td></tr></table>\n<!--[if mso]></td></tr></table><![endif]-->\n</td></tr></table>\n</body>\n</html>\n");
	return g.t->s;
}
