/* template: Mustache into Markdown; what strangers wrote stays words */
#include "letters/template_inner.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "letters/markup.h"

#define LEN(a) (sizeof(a) / sizeof *(a))

/* The view of every row: what and to are texts, note is missing, answer is ours, items are two, late is set, closed is not. */
static struct view *view(struct pool *p, const char *what)
{
	struct view *v = view_new(p), *item;

	view_text(v, "what", what);
	view_text(v, "to", "Ada");
	view_text(v, "note", "");
	view_markdown(v, "answer", "**ours**");
	view_flag(v, "late", true);
	view_flag(v, "closed", false);
	for (int i = 1; i <= 2; i++) {
		item = view_item(v, "items");
		view_text(item, "id", pool_print(p, "%d", i));
		if (i == 2)
			view_text(item, "to", "Bob");
	}
	return v;
}

static const struct row {
	const char *rule, *text, *what, *expected;
} rows[] = {
	{ "a value stands where its name stood", "{{what}} for {{ to }}.", "the data", "the data for Ada.\n" },
	{ "a section shows once for a flag and a text", "{{#late}}late{{/late}}{{#to}} {{to}}{{/to}}", "x", "late Ada\n" },
	{ "a section is left out for a missing field", "a{{#note}} {{note}}{{/note}}{{#closed}} closed{{/closed}}b", "x", "ab\n" },
	{ "an inverted section is its opposite", "{{^note}}no note{{/note}}{{^late}}never{{/late}}", "x", "no note\n" },
	{ "a section of a list shows for each, fields within first", "{{#items}}\n- {{id}} {{to}}\n{{/items}}\n", "x", "- 1 Ada\n- 2 Bob\n" },
	{ "tags alone on their line leave no line", "a\n{{#late}}\nb\n{{/late}}\nc\n", "x", "a\nb\nc\n" },
	{ "no double blank line stays", "a\n\n{{#note}}\nb\n{{/note}}\n\n{{^late}}\nc\n{{/late}}\n\nd\n", "x", "a\n\nd\n" },
	{ "no blank stays at a line's end", "a {{note}}\nb\n", "x", "a\nb\n" },
	{ "no two blanks stay, but a line's own indent", "a {{note}} b\n  - c\n", "x", "a b\n  - c\n" },
	{ "no heading of nothing stays", "### {{note}}A\n\n{{#note}}\nb\n{{/note}}\n\n### C\nd\n# E\n", "x", "### C\nd\n" },
	{ "a heading over one under it stays", "# A\n## B\nc\n", "x", "# A\n## B\nc\n" },
	{ "a comment is not shown", "a{{! what a comment }}b", "x", "ab\n" },
	{ "our own Markdown stays as it is", "{{{answer}}} {{answer}}", "x", "**ours** **ours**\n" },
	{ "sections of one name in one another", "{{#late}}a{{#late}}b{{/late}}c{{/late}}", "x", "abc\n" },
	{ "a link of a stranger's is words", "{{what}}", "[x](http://evil.example)", "\\[x\\](http\\://evil.example)\n" },
	{ "emphasis, code and HTML likewise", "{{what}}", "*a* `b` <b>c</b> _d_ &amp; ~e~ a|b", "\\*a\\* \\`b\\` \\<b\\>c\\</b\\> \\_d\\_ \\&amp; \\~e\\~ a\\|b\n" },
	{ "a heading, a list, a rule at a line's start", "{{what}}", "# a", "\\# a\n" },
	{ "a list", "{{what}}", "- a", "\\- a\n" },
	{ "a numbered list", "{{what}}", "12. a", "12\\. a\n" },
	{ "a word is left as it is", "{{what}}", "file_name_2.pdf, 3.5 - 4!", "file_name_2.pdf, 3.5 - 4!\n" },
	{ "a line end of a stranger's is a blank", "{{what}}", "a\r\n\r\n# b\n{{to}}", "a # b {{to}}\n" },
	{ "{{{ }}} does not free a stranger's words", "{{{what}}}", "[x](y)", "\\[x\\](y)\n" },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct err e = { 0 };
	struct line subject;
	const char *markdown;

	if (!template_fill_text(p, "row", pool_print(p, "Subject: s\n%s", r->text), view(p, r->what), &subject, &markdown, &e))
		fail_msg("%s", e.text);
	assert_string_equal(markdown, r->expected);
	pool_end(&p);
}

static const struct fault {
	const char *rule, *text, *error;
} faults[] = {
	{ "an unknown field names the nearest", "Subject: s\n\n{{whta}}\n",
	  "own.md:3: there is no field \"whta\"; the nearest is \"what\"" },
	{ "an unknown field without a near one", "Subject: s\n{{zzzzzzzz}}", "own.md:2: there is no field \"zzzzzzzz\"; kept-template(5) lists them" },
	{ "a section that is never closed", "Subject: s\n{{#what}}\n", "own.md:2: this section is never closed: what" },
	{ "an end without a section", "Subject: s\n{{/what}}", "own.md:2: nothing is open that this closes: what" },
	{ "sections that cross", "Subject: s\n{{#what}}\n{{#to}}\n{{/what}}{{/to}}", "own.md:4: this closes what, but the section open since line 3 is to" },
	{ "a tag without an end", "Subject: s\n{{what", "own.md:2: a tag is not closed: {{ without }}" },
	{ "no subject", "Hello\n", "own.md:1: the first line has to be \"Subject: …\"" },
	{ "too deep", "Subject: s\n{{#to}}{{#to}}{{#to}}{{#to}}{{#to}}{{#to}}{{#to}}{{#to}}{{#to}}",
	  "own.md:2: sections stand in one another more than eight deep" },
};

static void fault_found(void **state)
{
	const struct fault *f = *state;
	struct pool *p = pool_new();
	struct conf_errors errors = { 0 };
	struct line subject;
	const char *markdown = NULL;
	struct err e = { 0 };

	assert_false(template_check_text(p, "own.md", f->text, &errors));
	assert_string_equal(errors.list[0], f->error);
	assert_false(template_fill_text(p, "own.md", f->text, view(p, "x"), &subject, &markdown, &e));
	assert_string_equal(e.text, f->error);
	assert_null(markdown);
	pool_end(&p);
}

static void shipped_ones(void **state)
{
	struct pool *p = pool_new();
	struct conf_errors errors = { 0 };

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_true(template_speaks(NULL, (const char *const[]){ "en", "de", "fr", "es-MX" }[i]));
	assert_false(template_speaks(NULL, "it"));
	if (!template_check(p, NULL, &errors))
		fail_msg("%s", errors.list[0]);
	pool_end(&p);
}

/* The names in a template's tags, each once, in the order of the fields. */
static const char *named(struct pool *p, const char *text)
{
#define X(name, what) name,
	static const char *const all[] = { TEMPLATE_FIELDS(X) };
#undef X
	struct text *t = text_new(p, 8000);

	for (size_t i = 0; i < LEN(all); i++) {
		bool there = false;

		for (const char *s = text; (s = strstr(s, all[i])) && !there; s++)
			there = s > text && strchr("{#^/", s[-1]) && s[strlen(all[i])] == '}';
		if (there)
			text_print(t, "%s ", all[i]);
	}
	return t->s;
}

/* What a template shows in English it shows in each language; an owner may be called by their first or their whole name. */
static void nothing_lost(void **state)
{
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < shipped_count; i++)
		for (size_t k = 0; k < shipped_count; k++) {
			const char *a, *b;

			if (strcmp(shipped[i].name, shipped[k].name) != 0)
				continue;
			a = named(p, pool_print(p, "%s {{owner}} {{first_name}}", shipped[i].text));
			b = named(p, pool_print(p, "%s {{owner}} {{first_name}}", shipped[k].text));
			if (strcmp(a, b) != 0)
				fail_msg("%s names %s, but %s names %s", shipped[i].file, a, shipped[k].file, b);
		}
	pool_end(&p);
}

static void own_first(void **state)
{
	struct own_template own[] = { { "notice", "de", "/own/notice.de.md", "Subject: Hinweis {{first_name}}\nAuf Deutsch.\n", false },
				      { "nonsense", "en", "/own/nonsense.en.md", "Subject: x\n", false } };
	struct conf c = { .own = own, .own_count = 1 };
	struct pool *p = pool_new();
	struct view *v = view_new(p);
	struct conf_errors errors = { 0 };
	struct line subject;
	const char *markdown;

	(void)state;
	view_text(v, "first_name", "Ada*");
	view_text(v, "notice_subject", "shipped");
	view_markdown(v, "notice", "text");
	assert_true(template_fill(p, &c, MAIL_NOTICE, "de-AT", v, &subject, &markdown, NULL));
	assert_string_equal(subject.s, "Hinweis Ada*");
	assert_true(template_fill(p, &c, MAIL_NOTICE, "fr", v, &subject, &markdown, NULL));
	assert_string_equal(subject.s, "shipped");
	c.own_count = 2;
	assert_false(template_check(p, &c, &errors));
	assert_string_equal(errors.list[0], "/own/nonsense.en.md:1: there is no kind of mail \"nonsense\"");
	own[1].name = "remindre";
	errors = (struct conf_errors){ 0 };
	assert_false(template_check(p, &c, &errors));
	assert_string_equal(errors.list[0], "/own/nonsense.en.md:1: there is no kind of mail \"remindre\"; the nearest is \"reminder\"");
	pool_end(&p);
}

/* The owner's words to others are used as they were approved, and wrong ones never. */
static void when_used(void **state)
{
	struct own_template own[] = { { .name = "delay", .language = "en", .file = "delay.en.md", .text = "Subject: x\nMine.\n" },
				      { .name = "reminder", .language = "en", .file = "reminder.en.md", .text = "Subject: x\nMine.\n" } };
	struct conf c = { .own = own, .own_count = 2 };
	struct pool *p = pool_new();
	struct template_source t, *all;

	(void)state;
	assert_true(template_find(&c, "delay", "en", &t));
	assert_false(t.own);
	assert_true(template_waits(&own[0]));
	assert_false(template_waits(&own[1]));
	assert_true(template_find(&c, "reminder", "en", &t));
	assert_true(t.own);
	own[0].approved = true;
	assert_true(template_find(&c, "delay", "en", &t));
	assert_true(t.own);
	own[0].text = "Subject: x\n{{mien}}\n";
	assert_true(template_find(&c, "delay", "en", &t));
	assert_false(t.own);
	assert_int_equal(template_list(p, &c, &all), shipped_count + 2);
	for (size_t i = 0; i < shipped_count + 2; i++)
		if (all[i].own && strcmp(all[i].name, "delay") == 0)
			assert_non_null(strstr(all[i].fault, "delay.en.md:2: there is no field \"mien\""));
	pool_end(&p);
}

/* What a finished mail should not show. */
static void odd(void **state)
{
	static const char *const said[][2] = { { "Dear ,\nhello", "Dear ," }, { "Two  blanks", "Two blanks" }, { "All is well (really).", NULL },
		{ "He said “” today", "He said “” today" }, { "a .b", "a .b" } };
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < LEN(said); i++) {
		const char *found = template_oddity(p, said[i][0]);

		if (!found != !said[i][1] || (found && strcmp(found, said[i][1]) != 0))
			fail_msg("\"%s\": \"%s\"", said[i][0], found ? found : "nothing");
	}
	pool_end(&p);
}

/* Whatever a stranger writes comes out of the HTML as words: no tag of theirs, no link. */
static void words_stay_words(void **state)
{
	static const char *const evil[] = { "[a](http://evil.example)", "<http://evil.example>", "![p](http://evil.example/x.png)",
		"<img src=http://evil.example>", "[a]: http://evil.example", "a\n\n[a]: http://evil.example\n\n[a]", "`x`\n```\n",
		"# heading", "> quote", "| a | b |", "&lt;script&gt;", "\\[a\\](http://evil.example)", "www.evil.example http://evil.example",
		"](http://evil.example) [", "**[x](mailto:a@evil.example?body=done)**" };
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < LEN(evil); i++) {
		struct line subject;
		const char *markdown, *html;

		assert_true(template_fill_text(p, "t", "Subject: s\n{{what}}\n\nand {{what}}, [ours](mailto:a@b.example?body={{to}})\n",
					       view(p, evil[i]), &subject, &markdown, NULL));
		html = strstr(markdown_html(p, markdown, "en"), "<body");
		assert_null(strstr(html, "href=\"http"));
		assert_null(strstr(html, "<img"));
		assert_null(strstr(html, "<h1"));
		assert_null(strstr(html, "<table"));
		assert_null(strstr(html, "<code"));
		assert_null(strstr(html, "<blockquote"));
		assert_null(strstr(html, "<strong"));
		assert_non_null(strstr(html, "href=\"mailto:a@b.example?body=Ada\""));
		assert_null(strstr(strstr(html, "href=") + 5, "href="));
	}
	pool_end(&p);
}

int main(void)
{
	struct CMUnitTest t[LEN(rows) + LEN(faults) + 6];
	size_t n = 0;

	for (size_t i = 0; i < LEN(rows); i++)
		t[n++] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	for (size_t i = 0; i < LEN(faults); i++)
		t[n++] = (struct CMUnitTest){ faults[i].rule, fault_found, NULL, NULL, (void *)&faults[i] };
	t[n++] = (struct CMUnitTest){ "the shipped templates are right", shipped_ones, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "no field is lost in a language", nothing_lost, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "what goes to others is used once it is approved, a wrong one never", when_used, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "what reads oddly is found", odd, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "own templates stand before the shipped ones", own_first, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "whatever a stranger writes stays words", words_stay_words, NULL, NULL, NULL };
	return cmocka_run_group_tests_name("template", t, NULL, NULL);
}
