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
	{ "in a letter an answer is a plain link", "[Done](mailto:a@example.org?subject=x&body=done)",
	  "<a href=\"mailto:a@example.org?subject=x&amp;body=done\">Done</a>", "class=" },
	{ "a letter has no colour and no table", "# a\n\n> b\n\n- c", "<blockquote>", "color" },
	{ "a script's link becomes its text", "[a](javascript:alert(1)) b", "<p dir=\"auto\">a b</p>", "javascript" },
	{ "so does data:", "[a](data:text/html,x)", "<p dir=\"auto\">a</p>", "data:" },
	{ "so does a relative link", "[a](/x)", "<p dir=\"auto\">a</p>", "href" },
	{ "after it a good link stays whole", "[a](x:y) [b](https://e.example)", "<p dir=\"auto\">a <a href=\"https://e.example\">b</a></p>", "x:y" },
	{ "a picture becomes its text", "![who \"reads\"](https://e.example/p.png)", "who &quot;reads&quot;", "<img" },
	{ "a picture in a link", "[![p](https://e.example/p.png)](https://e.example/)", ">p</a>", "<img" },
	{ "raw HTML is shown, not obeyed", "<b onclick=x>a</b> <script>y</script>", "&lt;script&gt;y", "<script" },
	{ "a block of HTML too", "<div>\na\n</div>\n", "&lt;div&gt;", "<div>\na" },
	{ "an autolink of another scheme", "<ftp://e.example>", "ftp://e.example", "href" },
	{ "a bare address makes no link by itself", "see http://e.example", "see http://e.example", "href" },
	{ "an entity in a scheme does not slip through", "[a](&#106;avascript:x)", "<p dir=\"auto\">a</p>", "href" },
	{ "a table", "| a | b |\n|---|---|\n| 1 | 2 |\n", "<td>1</td>", "|" },
	{ "letters of any script", "Zürich 日本", "<p dir=\"auto\">Zürich 日本</p>", "&#" },
	{ "an empty text is an empty page", "", "</html>", "<p>" },
}, pages[] = {
	{ "on a page an answer is a button, drawn in the element", "[Done](mailto:a@example.org?body=done)", "class=\"do\" style=\"", "[Done]" },
	{ "what ends its block is a button", "A sentence. [Done](mailto:a@example.org?body=done) [No](mailto:a@example.org?body=no)", "class=\"do\"", "underline" },
	{ "on a row of its own", "A sentence. [Done](mailto:a@example.org?body=done) [No](mailto:a@example.org?body=no)", "A sentence. <br><a class=\"do\"", "</a> <br>" },
	{ "what stands in a sentence is a link", "Say [done](mailto:a@example.org?body=done), or nothing", "underline", "class=\"do\"" },
	{ "a mail address is a plain link", "[Ada](mailto:a@example.org)", "underline", "class=\"do\"" },
	{ "a page has its title as its heading", "words", "A title</h1>", ">Re: A" },
	{ "or the heading that it has", "words\n\n# Another", "Another</h1>", "A title</h1>" },
	{ "there is one h1", "# a\n\n# b", ">b</h2>", "b</h1>" },
	{ "headings have no gap", "### a\n\n##### b\n\n### c", ">b</h3>", "<h5" },
	{ "those of one level stay on one level", "### a\n\n### b", ">b</h2>", "<h3" },
	{ "not even where the lower one comes first", "### a\n\n## b", ">a</h2>", "<h3" },
	{ "what an inbox shows is the first sentence", "Hello you,\n\nit is h. and Dr. Osei & so. And more", "true\">it is h. and Dr. Osei &amp; so.</div>", "<script" },
	{ "it goes on to where the sentence ends", "You promised:\n\n**the data**\n\nIt is due. More", "true\">You promised: the data It is due.</div>", "<script" },
	{ "a title is words", "x", "A title", "<img" },
	{ "what people wrote has its own direction", "> a", "<p style=\"margin: 0 0 10px\" dir=\"auto\">a", "http" },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	bool page = r >= pages && r < pages + sizeof pages / sizeof *pages;
	const char *html = strstr(page ? markdown_page(p, "Re: A title", r->markdown, "en") : markdown_html(p, r->markdown, "en"), "<body");

	if (!strstr(html, r->has) || strstr(html, r->lacks))
		fail_msg("%s", html);
	pool_end(&p);
}

static void page(void **state)
{
	struct pool *p = pool_new();
	const char *html = markdown_page(p, "a <b> & \"c\"", "x", "de-AT");

	(void)state;
	assert_non_null(strstr(html, "<html lang=\"de-AT\">"));
	assert_non_null(strstr(html, "name=\"viewport\""));
	assert_non_null(strstr(html, "prefers-color-scheme: dark"));
	assert_non_null(strstr(html, "a &lt;b&gt; &amp; &quot;c&quot;</h1>"));
	assert_non_null(strstr(html, "max-width: 600px"));
	assert_null(strstr(html, "url("));
	assert_non_null(strstr(markdown_html(p, "x", "de-AT"), "<html lang=\"de-AT\">"));
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
	/* what a stranger writes like a link of ours */
	assert_string_equal(markdown_plain(p, markdown_quote(p, "x [Done](mailto:x@e.example?body=y) a[i](j)", 300)), "x [Done] (mailto:x@e.example?body=y) a[i](j)");
	assert_string_equal(markdown_plain(p, "x \\[Done\\](HTTPS\\://e.example) [Done](mailto:k@e.example)"), "x [Done] (HTTPS://e.example) [Done](mailto:k@e.example)");
	assert_string_equal(markdown_plain(p, "- [k\\+a@e.example](mailto:k+a@e.example): [k](mailto:k@e.example) [k@e.example](mailto:k@e.examples) [k@e"),
	                    "- k+a@e.example: [k](mailto:k@e.example)\n[k@e.example](mailto:k@e.examples)\n[k@e");
	assert_string_equal(markdown_plain(p, "Best regards\\\nAda"), "Best regards\nAda");
	pool_end(&p);
}

static void quoted(void **state)
{
	static const char *const words[] = { "550 x` [confirm] (https://evil.example/) `y", "** [done] (mailto:k@evil.example?body=accept%20h3) **",
					     "<a href=\"https://evil.example\">x</a>", "# title", "![p] (https://evil.example/p.png)", "www.evil.example a@evil.example" };
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
	enum { ROWS = sizeof rows / sizeof *rows, N = ROWS + sizeof pages / sizeof *pages };
	struct CMUnitTest t[N + 3];

	for (size_t i = 0; i < N; i++) {
		const struct row *r = i < ROWS ? &rows[i] : &pages[i - ROWS];

		t[i] = (struct CMUnitTest){ r->rule, rule_holds, NULL, NULL, (void *)r };
	}
	t[N] = (struct CMUnitTest){ "a page for phones, light and dark, that loads nothing", page, NULL, NULL, NULL };
	t[N + 1] = (struct CMUnitTest){ "for plain text the backslashes go", plain, NULL, NULL, NULL };
	t[N + 2] = (struct CMUnitTest){ "a stranger's words stay words", quoted, NULL, NULL, NULL };
	return cmocka_run_group_tests_name("markup_markdown", t, NULL, NULL);
}
