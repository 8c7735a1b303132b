/* HTML as text: what is seen, line by line, and nothing that is hidden. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "letters/markup.h"

static const struct row {
	const char *rule, *html, *text;
} rows[] = {
	{ "blocks are lines", "<div>one</div><div>two</div>", "one\ntwo\n" },
	{ "paragraphs have a blank line between", "<p>one</p><p>two</p>", "one\n\ntwo\n" },
	{ "a break is a line, two are a blank one", "one<br>two<br><br>three", "one\ntwo\n\nthree\n" },
	{ "white space is one blank", "one \r\n\t two", "one two\n" },
	{ "white space in pre is kept", "<pre>a\n  b</pre>", "a\n  b\n" },
	{ "NBSP is a blank", "a&nbsp;b", "a b\n" },
	{ "entities are read", "&lt;b&gt; &amp; &eacute; &#8364; &#x20AC;", "<b> & é € €\n" },
	{ "an unknown entity stays as written", "&nobody;", "&nobody;\n" },
	{ "cells of a row stand on one line", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc\n" },
	{ "list items have a dash", "<ul><li>a</li><li>b</li></ul>", "- a\n- b\n" },
	{ "quotations are marked", "<p>a</p><blockquote>b<br>c</blockquote>", "a\n\n> b\n> c\n" },
	{ "nested quotations are marked twice", "<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n>> b\n" },
	{ "script, style, head and title are left out", "<head><title>t</title><style>s</style></head><body>a<script>x</script><style>y</style></body>", "a\n" },
	{ "a comment is no text, nor is what Outlook keeps in one", "a<!-- b --><!--[if mso]>c<![endif]-->d", "ad\n" },
	{ "display:none is hidden", "a<div style=\"display: none\">b<p>c</p></div>", "a\n" },
	{ "visibility:hidden is hidden", "a<span style='visibility:hidden'>b</span>", "a\n" },
	{ "font-size 0 is hidden", "a<span style='font-size:0px'>b</span>", "a\n" },
	{ "a size again inside font-size 0 is seen", "<div style='font-size:0'>x<span style='font-size:12pt'>b</span></div>", "b\n" },
	{ "a font size that begins with 0 is no 0", "<span style='font-size:0.9em'>b</span>", "b\n" },
	{ "the attribute hidden hides", "a<div hidden>b</div>", "a\n" },
	{ "mso-hide:all hides", "a<span style='mso-hide:all'>b</span>", "a\n" },
	{ "a preheader is hidden", "<div style=\"max-height:0;overflow:hidden\">pre</div>a", "a\n" },
	{ "zero-width characters go", "a&#8203;&zwnj;b\xEF\xBB\xBF", "ab\n" },
	{ "tags that nobody closes are closed", "<div>a<b>b<p>c", "ab\n\nc\n" },
	{ "tags that nobody opened are ignored", "</div></p></table>a</b>", "a\n" },
	{ "Word's tags are no text", "<p class=MsoNormal>a<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p>b</p>", "a\n\nb\n" },
	{ "a declared charset does not matter, the bytes are UTF-8", "<meta charset=iso-8859-1><p>é</p>", "é\n" },
	{ "nothing gives nothing", "", "" },
	{ "what is no HTML is text", "just < words", "just < words\n" },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();

	assert_string_equal(html_text(p, r->html, strlen(r->html)), r->text);
	pool_end(&p);
}

static void depth_is_bounded(void **state)
{
	struct pool *p = pool_new();
	struct text *t = text_new(p, 8 << 20);
	const char *out;

	(void)state;
	text_add(t, "<p>first</p>");
	for (int i = 0; i < 200000; i++)
		text_add(t, "<div>");
	text_add(t, "last");
	for (int i = 0; i < 200000; i++)
		text_add(t, "</i>");
	out = html_text(p, t->s, t->n);
	assert_true(strncmp(out, "first", 5) == 0);
	pool_end(&p);
}

static void size_is_bounded(void **state)
{
	struct pool *p = pool_new();
	struct text *t = text_new(p, 4 << 20);

	(void)state;
	while (!t->cut)
		text_add(t, "<p>x");
	assert_true(strlen(html_text(p, t->s, t->n)) <= BODY_MOST);
	pool_end(&p);
}

int main(void)
{
	enum { N = sizeof rows / sizeof *rows };
	struct CMUnitTest t[N + 2];

	for (size_t i = 0; i < N; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	t[N] = (struct CMUnitTest){ "200,000 open tags do no harm", depth_is_bounded, NULL, NULL, NULL };
	t[N + 1] = (struct CMUnitTest){ "a body is cut at its largest size", size_is_bounded, NULL, NULL, NULL };
	return cmocka_run_group_tests_name("markup_text", t, NULL, NULL);
}
