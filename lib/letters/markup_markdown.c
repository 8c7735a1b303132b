/* Our Markdown to the blocks of an HTML document (markup_page.c dresses them), and to plain text. The words of strangers stand
 * in it, so what md4c made of links and pictures is looked at once more. */
#include "letters/markup.h"

#include <md4c-html.h>
#include <string.h>
#include <strings.h>

#include "letters/markup_inner.h"

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

const char *html_tag_end(const char *s)
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
		end = html_tag_end(html);
		if (strncmp(html, "<a href=\"", 9) == 0) {
			value = html + 9;
			if (good_link(value))
				text_put(out, html, (size_t)(end - html));
			else
				dropped++;
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

const char *markdown_blocks(struct pool *p, const char *markdown)
{
	struct text *raw = text_new(p, 4 * BODY_MOST), *out = text_new(p, 4 * BODY_MOST);
	size_t n = strlen(markdown) < BODY_MOST ? strlen(markdown) : utf8_cut(markdown, BODY_MOST);

	if (md_html(markdown, (MD_SIZE)n, collect, raw, MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_TABLES, 0) == 0)
		checked(out, raw->s);
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

/* "](" of a link that stands in a stranger's words, its marks protected: how long that is; 0: there is none. */
static size_t feigned_link(const char *s)
{
	size_t n = strncmp(s, "\\](", 3) == 0 ? 3 : strncmp(s, "\\]\\(", 4) == 0 ? 4 : 0;

	return n && (strncasecmp(s + n, "mailto", 6) == 0 || strncasecmp(s + n, "http", 4) == 0) ? n : 0;
}

/* "[ada@example.org](mailto:ada@example.org)": a link to the address that it shows. Its address, and how long all of it is; 0: it is none. */
static size_t bare_address(const char *s, const char **address, size_t *length)
{
	static const char between[] = "](mailto:";
	const char *end = *s == '[' ? strstr(s, between) : NULL, *link = end ? end + strlen(between) : NULL;
	size_t n = link ? strcspn(link, ")\n") : 0, shown = 0;

	if (!n || link[n] != ')')
		return 0;
	for (const char *c = s + 1; c < end; c++) {
		c += *c == '\\' && c + 1 < end;
		if (shown >= n || *c != link[shown++])
			return 0;
	}
	*address = link, *length = n;
	return shown == n ? (size_t)(link - s) + n + 1 : 0;
}

char *markdown_plain(struct pool *p, const char *markdown)
{
	struct text *t = text_new(p, BODY_MOST);
	const char *link = NULL, *address;
	size_t feigned, whole, length;

	for (; *markdown; markdown++) {
		if ((whole = bare_address(markdown, &address, &length))) {
			text_print(t, "%.*s", (int)length, address);
			markdown += whole - 1;
			continue;
		}
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
		if ((feigned = feigned_link(markdown))) { /* that it is none of ours is seen here too */
			text_add(t, "] (");
			markdown += feigned - 1;
			continue;
		}
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
