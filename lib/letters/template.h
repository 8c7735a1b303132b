/* template - Mustache into Markdown
 *
 * Law:     sections, inverted sections, values; no partials, no lambdas, no set delimiters. Values from outside are escaped
 *          for Markdown, so that they never make a link, a heading or a list of their own; {{{x}}} is for our own text alone.
 *          A missing field leaves no hole: an empty section's lines are left out, no double blank lines stay.
 *          An unknown field or an unclosed section is an error with file, line and the nearest field.
 * Manual:  kept-template(5)
 * Tests:   tests/template.c, tests/golden/
 */
#ifndef KEPT_LETTERS_TEMPLATE_H
#define KEPT_LETTERS_TEMPLATE_H

#include "ground/text.h"
#include "nouns/conf.h"
#include "nouns/mail.h"

struct view; /* the fields a template is filled with: name -> text, list of views, or flag */

struct view *view_new(struct pool *);
void view_text(struct view *, const char *name, const char *value); /* escaped where it is shown; "" and NULL count as missing */
void view_markdown(struct view *, const char *name, const char *value); /* our own words */
void view_flag(struct view *, const char *name, bool);
struct view *view_item(struct view *, const char *name); /* one more in the list of that name; fill it */

/* The first line of a template is "Subject: …". Own templates (conf) stand before the shipped ones, which are built in. */
bool template_fill(struct pool *, const struct conf *, enum mail_kind, const char *language, const struct view *,
                   struct line *subject, const char **markdown, struct err *);
/* The language that the template will be in: the wanted one, where there is a template in it, else English. */
const char *template_language(const struct conf *, enum mail_kind, const char *wanted);
/* A template: one that comes with kept, or one of the owner's. */
struct template_source {
	const char *name, *language, *file, *text;
	bool own;
	const char *fault; /* "" or why it is not used: "FILE:LINE: …" */
};

/* All of them by kind, the own ones first. Returns how many. */
size_t template_list(struct pool *, const struct conf *, struct template_source **out);
/* The one that would be filled for that kind and language. false: there is none. */
bool template_find(const struct conf *, const char *name, const char *language, struct template_source *out);
/* It is for mail that goes to others, and nobody has approved it as it is: not used until then. */
bool template_waits(const struct own_template *);
/* The rules of one template's text; `file` is for errors. */
bool template_check_text(struct pool *, const char *file, const char *text, struct conf_errors *);
/* What no finished mail should show ("Dear ,", an empty pair of brackets, two blanks): as it stands there; NULL: nothing. */
const char *template_oddity(struct pool *, const char *plain);
/* Is each mail there in that language, shipped or the owner's own? Else English stands in. */
bool template_speaks(const struct conf *, const char *language);
/* The sentence for an owner whose language some mail does not have; NULL: each has it. */
const char *template_lacks(struct pool *, const struct conf *, const struct owner *);
/* All templates checked; false: errors say where. An own one that is wrong is not used: the shipped one stands in. */
bool template_check(struct pool *, const struct conf *, struct conf_errors *);

#endif
