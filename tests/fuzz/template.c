/* A template of any text is filled or refused; a stranger's words never make a link, whatever they are. */
#include "letters/markup.h"
#include "letters/template_inner.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct pool *p = pool_new();
	struct view *v = view_new(p);
	const char *words = pool_slice(p, (const char *)data, n), *markdown, *html;
	struct line subject;

	view_text(v, "what", words);
	view_text(view_item(v, "items"), "to", words);
	view_flag(v, "late", true);
	template_fill_text(p, "fuzz", words, v, &subject, &markdown, NULL);
	if (template_fill_text(p, "fuzz", "Subject: x{{what}}\n{{what}}\n\n- a {{what}} b\n\n> {{#items}}{{to}}{{/items}}\n", v, &subject, &markdown, NULL)) {
		html = strstr(markdown_html(p, markdown, "en"), "<body");
		if (strstr(html, "<a ") || strstr(html, "<img") || strstr(html, "<h1") || strstr(html, "<code"))
			__builtin_trap();
	}
	pool_end(&p);
	return 0;
}
