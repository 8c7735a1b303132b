/* What strangers wrote, for mail that goes outside: a name, points, and text as our Markdown make no link and no tag of theirs. */
#include <stdlib.h>
#include <string.h>

#include "letters/compose_inner.h"
#include "letters/markup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pool *p = pool_new();
	const char *words = utf8_mend(p, (const char *)data, size), *html;
	struct strings s = compose_points(p, words, "Ada Lovelace");

	if (s.n > 3)
		abort();
	for (size_t i = 0; i < s.n; i++)
		if (strlen(s.list[i]) > 200 || strpbrk(s.list[i], "\r\n"))
			abort();
	if (strpbrk(compose_called(p, words, "a@b.example", "en"), "@<>[]\r\n") || strpbrk(compose_called(p, words, "a@b.example", "de"), "@<>[]\r\n"))
		abort();
	html = markdown_html(p, compose_own_words(p, words), "en");
	for (const char *a = html; (a = strstr(a, "<a ")); a++)
		if (!strstr(a, "href=\"http"))
			abort();
	if (strstr(html, "<img") || strstr(html, "<script") || strstr(html, "<h1"))
		abort();
	pool_end(&p);
	return 0;
}
