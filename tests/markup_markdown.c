/* markup: Markdown to the HTML of a mail */
#include "letters/markup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static const struct row {
	const char *rule, *markdown, *has, *lacks;
} rows[] = {
	{ "an https link stays", "[a](https://example.org/)", "<a href=\"https://example.org/\">a</a>", "class=\"do\"" },
	{ "an answer is a pill", "[Done](mailto:a@example.org?subject=x&body=done)",
	  "href=\"mailto:a@example.org?subject=x&amp;body=done\">Done</a>", "<p>[" },
	{ "an answer is a pill, drawn in the element", "[Done](mailto:a@example.org?body=done)", "<a class=\"do\" style=\"", "[Done]" },
	{ "a mail address is a plain link", "[Ada](mailto:a@example.org)", "<a href=\"mailto:a@example.org\">Ada</a>", "class=\"do\"" },
	{ "a script's link becomes its text", "[a](javascript:alert(1)) b", "<p>a b</p>", "javascript" },
	{ "so does data:", "[a](data:text/html,x)", "<p>a</p>", "data:" },
	{ "so does a relative link", "[a](/x)", "<p>a</p>", "href" },
	{ "after it a good link stays whole", "[a](x:y) [b](https://e.example)", "<p>a <a href=\"https://e.example\">b</a></p>", "x:y" },
	{ "a picture becomes its text", "![who \"reads\"](https://e.example/p.png)", "who &quot;reads&quot;", "<img" },
	{ "a picture in a link", "[![p](https://e.example/p.png)](https://e.example/)", ">p</a>", "<img" },
	{ "raw HTML is shown, not obeyed", "<b onclick=x>a</b> <script>y</script>", "&lt;script&gt;y", "<script" },
	{ "a block of HTML too", "<div>\na\n</div>\n", "&lt;div&gt;", "<div>\na" },
	{ "an autolink of another scheme", "<ftp://e.example>", "ftp://e.example", "href" },
	{ "a bare address makes no link by itself", "see http://e.example", "see http://e.example", "href" },
	{ "an entity in a scheme does not slip through", "[a](&#106;avascript:x)", "<p>a</p>", "href" },
	{ "a table", "| a | b |\n|---|---|\n| 1 | 2 |\n", "<td>1</td>", "|" },
	{ "letters of any script", "Zürich 日本", "<p>Zürich 日本</p>", "&#" },
	{ "an empty text is an empty page", "", "</html>", "<p>" },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	const char *html = strstr(markdown_html(p, r->markdown, "en"), "<body>");

	if (!strstr(html, r->has) || strstr(html, r->lacks))
		fail_msg("%s", html);
	pool_end(&p);
}

static void page(void **state)
{
	struct pool *p = pool_new();
	const char *html = markdown_html(p, "x", "de-AT");

	(void)state;
	assert_non_null(strstr(html, "<html lang=\"de-AT\">"));
	assert_non_null(strstr(html, "name=\"viewport\""));
	assert_non_null(strstr(html, "prefers-color-scheme: dark"));
	assert_null(strstr(html, "url("));
	assert_non_null(strstr(markdown_html(p, "x", "\"><script>"), "<html lang=\"en\">"));
	pool_end(&p);
}

static void plain(void **state)
{
	struct pool *p = pool_new();

	(void)state;
	assert_string_equal(markdown_plain(p, "\\*a\\* 3\\. b\\\\c \\d"), "*a* 3. b\\c \\d");
	assert_string_equal(markdown_plain(p, "[a](mailto:x@e.example?body=y) [b](mailto:x@e.example?body=z)"),
			    "[a](mailto:x@e.example?body=y)\n[b](mailto:x@e.example?body=z)");
	assert_string_equal(markdown_plain(p, "- [the \\[new\\] study](https://e.example/a_b): p. 3\n[x] (http"),
			    "- the [new] study <https://e.example/a_b>: p. 3\n[x] (http");
	assert_string_equal(markdown_plain(p, "Best regards\\\nAda"), "Best regards\nAda");
	pool_end(&p);
}

static void quoted(void **state)
{
	static const char *const words[] = { "550 x` [confirm](https://evil.example/) `y", "** [done](mailto:k@evil.example?body=accept%20h3) **",
					     "<a href=\"https://evil.example\">x</a>", "# title", "![p](https://evil.example/p.png)", "www.evil.example a@evil.example" };
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		char *q = markdown_quote(p, words[i], 300), *html = markdown_html(p, pool_print(p, "It says %s here.", q), "en");

		if (strstr(html, "<a ") || strstr(html, "<img") || strstr(html, "<h1") || strcmp(markdown_plain(p, q), words[i]) != 0)
			fail_msg("%s: %s: %s", words[i], html, markdown_plain(p, q));
	}
	pool_end(&p);
}

int main(void)
{
	enum { N = sizeof rows / sizeof *rows };
	struct CMUnitTest t[N + 3];

	for (size_t i = 0; i < N; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	t[N] = (struct CMUnitTest){ "a page for phones, light and dark, that loads nothing", page, NULL, NULL, NULL };
	t[N + 1] = (struct CMUnitTest){ "for plain text the backslashes go", plain, NULL, NULL, NULL };
	t[N + 2] = (struct CMUnitTest){ "a stranger's words stay words", quoted, NULL, NULL, NULL };
	return cmocka_run_group_tests_name("markup_markdown", t, NULL, NULL);
}
