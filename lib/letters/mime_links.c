/* The links of a letter whose words were read from its HTML part: there they stand in the tags, not in the words. */
#include <ctype.h>
#include <string.h>

#include "letters/mime_inner.h"

enum { LINKS_MOST = 50, LINK_MOST = 2000, LABEL_MOST = 300, TAG_MOST = 4000, ASKED_MOST = 500 };

/* &amp; &quot; and &nbsp; alone: what else stands in a link stands as it is. */
static size_t entity(const char *s, char *out)
{
	static const struct { const char *name; char c; } all[] = { { "&amp;", '&' }, { "&quot;", '"' },
		{ "&nbsp;", ' ' }, { "&#39;", '\'' } };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strncmp(s, all[i].name, strlen(all[i].name)) == 0) {
			*out = all[i].c;
			return strlen(all[i].name);
		}
	return 0;
}

/* Without tags, entities undone. */
static char *bare(struct pool *p, const char *s, size_t n)
{
	char *out = pool_slice(p, s, n), *to = out;
	const char *end = s + n;
	size_t k;

	for (bool tag = false; s < end; s += k) {
		k = *s == '&' && !tag ? entity(s, to) : 0;
		if (!k && *s != '<' && *s != '>')
			*to = *s;
		if (*s == '<' || *s == '>')
			tag = *s == '<';
		else
			to += !tag;
		k += !k;
	}
	*to = '\0';
	return out;
}

/* The value of href in a tag; "" none, or none to the web. */
static const char *target(struct pool *p, const char *tag, size_t n)
{
	const char *at = memmem(tag, n, "href=", 5), *end = tag + n;
	char quote;
	size_t k = 0;

	if (!at)
		at = memmem(tag, n, "HREF=", 5);
	if (!at || at + 6 >= end)
		return "";
	quote = at[5];
	at += 5 + (quote == '"' || quote == '\'');
	while (at + k < end && (quote == '"' || quote == '\'' ? at[k] != quote : !isspace((unsigned char)at[k]) &&
		    at[k] != '>'))
		k++;
	if (k > LINK_MOST || !(text_starts(at, "https://") || text_starts(at, "http://")))
		return "";
	return line_from(p, bare(p, at, k), LINK_MOST).s;
}

struct strings links_of(struct pool *p, const char *html, const char *text)
{
	const char *words = text_squeeze(p, text);
	struct strings out = { 0 };
	size_t asked = 0;

	for (const char *s = html; (s = strchr(s, '<')) && out.n < LINKS_MOST && asked < ASKED_MOST; s++) {
		const char *end, *label, *close, *link;

		if ((s[1] != 'a' && s[1] != 'A') || !isspace((unsigned char)s[2]) ||
			    !(end = memchr(s, '>', strnlen(s, TAG_MOST))))
			continue;
		asked++;
		label = pool_slice(p, end + 1, strnlen(end + 1, LABEL_MOST));
		close = text_find(label, "</a");
		link = target(p, s, (size_t)(end - s));
		if (!close || !*link)
			continue;
		label = text_squeeze(p, bare(p, label, (size_t)(close - label)));
		if (*label && strstr(words, label))
			*(const char **)pool_more(p, &out.list, out.n++, sizeof *out.list) = link;
	}
	return out;
}
