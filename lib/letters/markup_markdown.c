/* markdown_html: our Markdown to an HTML document for mail. The words of strangers stand in it, so what md4c made of links
 * and pictures is looked at once more. */
#include "letters/markup.h"

#include <md4c-html.h>
#include <string.h>
#include <strings.h>

/* Colours and sizes stand in the elements too: many mail readers drop a style sheet, none of them drops these. */
static const char head[] =
	"<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	"<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"supported-color-schemes\" content=\"light dark\">\n"
	"<style>\n"
	":root { color-scheme: light dark; }\n"
	"body { margin: 0; padding: 0; background: #ffffff; color: #1d2126; }\n"
	".page { max-width: 36em; margin: 0 auto; padding: 20px 18px 28px; "
	"font: 16px/1.5 -apple-system, \"Segoe UI\", Roboto, \"Helvetica Neue\", Arial, sans-serif; "
	"overflow-wrap: break-word; -webkit-text-size-adjust: 100%; }\n"
	"p { margin: 0 0 14px; } ul, ol { margin: 0 0 14px; padding-left: 22px; } li { margin: 0 0 5px; }\n"
	"h1, h2, h3 { font-size: 17px; line-height: 1.35; margin: 22px 0 6px; }\n"
	"blockquote { margin: 0 0 14px; padding: 2px 0 2px 14px; border-left: 3px solid #b9c4d0; color: #4b5560; }\n"
	"blockquote p { margin: 0 0 10px; } blockquote > :last-child { margin-bottom: 0; } hr { border: 0; border-top: 1px solid #dde3e9; margin: 20px 0 14px; }\n"
	"code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 14px; background: #eef1f4; "
	"border-radius: 4px; padding: 1px 5px; }\n"
	"table { border-collapse: collapse; } td, th { text-align: left; padding: 4px 14px 4px 0; vertical-align: top; }\n"
	"a { color: #14618f; }\n"
	"@media (prefers-color-scheme: dark) {\n"
	"body { background: #15181b; color: #e6e9ec; }\n"
	"a { color: #7cc0ea; } code { background: #2a2f35; }\n"
	"blockquote { border-color: #46515c; color: #a9b3bd; } hr { border-color: #323940; }\n"
	"a.do { background: #1d3446 !important; color: #b9e0f8 !important; border-color: #33566f !important; }\n"
	"}\n</style>\n</head>\n";

/* A link that answers: a pill wide enough for a thumb. */
static const char pill[] =
	"class=\"do\" style=\"display: inline-block; margin: 3px 5px 5px 0; padding: 8px 14px; border: 1px solid #bcd6e6; "
	"border-radius: 18px; background: #e8f2f9; color: #14506f; text-decoration: none; font-weight: 600; line-height: 1.2\" ";

static void collect(const MD_CHAR *s, MD_SIZE n, void *into)
{
	text_put(into, s, n);
}

static bool good_link(const char *url)
{
	return strncasecmp(url, "http://", 7) == 0 || strncasecmp(url, "https://", 8) == 0 || strncasecmp(url, "mailto:", 7) == 0;
}

/* The value of an attribute ends at the next quote: md4c writes a quote within as &quot;. */
static const char *attribute(const char *tag, const char *end, const char *name, size_t *n)
{
	size_t len = strlen(name);

	for (const char *s = tag; s + len < end; s++)
		if (strncmp(s, name, len) == 0) {
			*n = strcspn(s + len, "\"");
			return s + len;
		}
	*n = 0;
	return "";
}

/* Where the tag that begins at s ends: after its >, which a quoted value may hold too. */
static const char *tag_end(const char *s)
{
	bool quoted = false;

	for (; *s; s++) {
		if (*s == '"')
			quoted = !quoted;
		else if (*s == '>' && !quoted)
			return s + 1;
	}
	return s;
}

/* Links of other schemes lose their link, pictures (which tell who reads) become their text. */
static void checked(struct text *out, const char *html)
{
	const char *end, *value;
	size_t n, dropped = 0;

	while (*html) {
		n = strcspn(html, "<");
		text_put(out, html, n);
		html += n;
		if (!*html)
			break;
		end = tag_end(html);
		if (strncmp(html, "<a href=\"", 9) == 0) {
			value = html + 9;
			if (!good_link(value)) {
				dropped++;
			} else {
				n = strcspn(value, "\"");
				text_add(out, "<a ");
				if (strncasecmp(value, "mailto:", 7) == 0 && memmem(value, n, "body=", 5))
					text_add(out, pill);
				text_put(out, html + 3, (size_t)(end - html) - 3);
			}
		} else if (strncmp(html, "</a>", 4) == 0) {
			if (dropped)
				dropped--; /* links do not nest (CommonMark 6.3) */
			else
				text_add(out, "</a>");
		} else if (strncmp(html, "<img ", 5) == 0) {
			value = attribute(html, end, " alt=\"", &n);
			text_put(out, value, n);
		} else {
			text_put(out, html, (size_t)(end - html));
		}
		html = end;
	}
}

char *markdown_html(struct pool *p, const char *markdown, const char *language)
{
	struct text *raw = text_new(p, 4 * BODY_MOST), *out = text_new(p, 8 * BODY_MOST);
	size_t n = strlen(markdown) < BODY_MOST ? strlen(markdown) : utf8_cut(markdown, BODY_MOST);
	char lang[12] = "en";
	size_t l = strspn(language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-");

	if (l && l < sizeof lang && !language[l]) {
		memcpy(lang, language, l);
		lang[l] = '\0';
	}
	text_print(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n", lang);
	text_add(out, head);
	text_add(out, "<body>\n<div class=\"page\" style=\"max-width: 36em; margin: 0 auto; padding: 20px 18px 28px; font-size: 16px; "
		      "line-height: 1.5; font-family: -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif\">\n");
	if (md_html(markdown, (MD_SIZE)n, collect, raw, MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_TABLES, 0) == 0)
		checked(out, raw->s);
	text_add(out, "</div>\n</body>\n</html>\n");
	return out->s;
}

/* The ] of the link to the web that begins at this [, on its line; NULL: it is none. */
static const char *web_link(const char *s)
{
	for (s++; *s && *s != '\n' && *s != '['; s++) {
		if (*s == '\\' && s[1])
			s++;
		else if (*s == ']')
			return strncmp(s, "](http", 6) == 0 && s[strcspn(s, ")\n")] == ')' ? s : NULL;
	}
	return NULL;
}

char *markdown_plain(struct pool *p, const char *markdown)
{
	struct text *t = text_new(p, BODY_MOST);
	const char *link = NULL;

	for (; *markdown; markdown++) {
		if (*markdown == '[' && (link = web_link(markdown)))
			continue;
		if (markdown == link) { /* "title <https://…>", as people write it */
			size_t n = strcspn(markdown, ")");

			text_print(t, " <%.*s>", (int)n - 2, markdown + 2);
			markdown += n;
			continue;
		}
		if (*markdown == '\\' && markdown[1] == '\n') /* a line that ends within its paragraph */
			continue;
		if (*markdown == '\\' && markdown[1] && strchr("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", markdown[1]))
			markdown++;
		else if (strncmp(markdown, ") [", 3) == 0 && t->n && memmem(t->s, t->n, "](mailto:", 9)) {
			text_add(t, ")\n"); /* one link a line: they are long */
			markdown++;
			continue;
		}
		text_char(t, *markdown);
	}
	return t->s;
}

char *markdown_quote(struct pool *p, const char *s, size_t most)
{
	struct text *t = text_new(p, 2 * most);

	for (s = line_from(p, s, most).s; *s; s++) {
		if (strchr("\\`*_{}[]()#+-.!<>|~&:/@", *s) && (unsigned char)*s < 0x80)
			text_char(t, '\\');
		text_char(t, *s);
	}
	return t->s;
}
