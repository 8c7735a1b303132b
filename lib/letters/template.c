#include "letters/template.h"

#include <ctype.h>
#include <string.h>

#include "letters/template_inner.h"

enum { DEPTH_MOST = 8, TAG_MOST = 60 };

/* ---- the view ---- */

struct entry {
	const char *name;
	enum { ENTRY_TEXT, ENTRY_MARKDOWN, ENTRY_FLAG, ENTRY_LIST } kind;
	const char *value;
	bool flag;
	struct view **items;
	size_t count;
};

struct view {
	struct pool *p;
	struct entry *list;
	size_t n;
};

struct view *view_new(struct pool *p)
{
	struct view *v = pool_take(p, sizeof *v);

	v->p = p;
	return v;
}

static struct entry *entry_of(const struct view *v, const char *name)
{
	for (size_t i = 0; i < v->n; i++)
		if (strcmp(v->list[i].name, name) == 0)
			return &v->list[i];
	return NULL;
}

static struct entry *entry_set(struct view *v, const char *name)
{
	struct entry *found = entry_of(v, name);

	if (!found) {
		found = pool_more(v->p, &v->list, v->n++, sizeof *found);
		found->name = name;
	}
	return found;
}

void view_text(struct view *v, const char *name, const char *value)
{
	struct entry *n = entry_set(v, name);

	n->kind = ENTRY_TEXT;
	n->value = value ? value : "";
}

void view_markdown(struct view *v, const char *name, const char *value)
{
	view_text(v, name, value);
	entry_of(v, name)->kind = ENTRY_MARKDOWN;
}

void view_flag(struct view *v, const char *name, bool flag)
{
	struct entry *n = entry_set(v, name);

	n->kind = ENTRY_FLAG;
	n->flag = flag;
}

struct view *view_item(struct view *v, const char *name)
{
	struct entry *n = entry_set(v, name);

	n->kind = ENTRY_LIST;
	return *(struct view **)pool_more(v->p, &n->items, n->count++, sizeof *n->items) = view_new(v->p);
}

static bool there(const struct entry *n)
{
	return n && (n->kind == ENTRY_FLAG ? n->flag : n->kind == ENTRY_LIST ? n->count : n->value[0] != '\0');
}

/* ---- reading tags ---- */

struct tag {
	char mark;             /* '#', '^', '/', '!', '{' (as it is), or 'v' a value */
	char name[TAG_MOST + 1];
	const char *begin, *end; /* the whole tag */
};

/* The next tag at or after s. false: none. A mark that is not closed ends at the text's end, with mark '?'. */
static bool tag_next(const char *s, const char *end, struct tag *t)
{
	const char *open = memmem(s, (size_t)(end - s), "{{", 2), *inner, *close;
	size_t n;

	if (!open)
		return false;
	*t = (struct tag){ .mark = 'v', .begin = open };
	inner = open + 2;
	if (inner < end && strchr("#^/!&{", *inner) && *inner)
		t->mark = *inner++;
	close = memmem(inner, (size_t)(end - inner), t->mark == '{' ? "}}}" : "}}", t->mark == '{' ? 3 : 2);
	if (!close) {
		t->mark = '?';
		t->end = end;
		return true;
	}
	t->end = close + (t->mark == '{' ? 3 : 2);
	while (inner < close && isspace((unsigned char)*inner))
		inner++;
	while (close > inner && isspace((unsigned char)close[-1]))
		close--;
	n = (size_t)(close - inner);
	memcpy(t->name, inner, n < TAG_MOST ? n : TAG_MOST);
	if (t->mark == '&')
		t->mark = '{';
	return true;
}

static bool is_section(const struct tag *t)
{
	return t->mark == '#' || t->mark == '^';
}

/* Where the section ends that `open` begins: its inner end, and what follows it. NULL: it is never closed. */
static const char *section_end(const struct tag *open, const char *end, const char **after)
{
	int depth = 1;
	struct tag t;

	for (const char *s = open->end; tag_next(s, end, &t); s = t.end) {
		if (is_section(&t) && strcmp(t.name, open->name) == 0)
			depth++;
		if (t.mark == '/' && strcmp(t.name, open->name) == 0 && --depth == 0) {
			*after = t.end;
			return t.begin;
		}
	}
	return NULL;
}

/* ---- filling ---- */

struct filling {
	struct text *out;
	const struct view *stack[DEPTH_MOST + 1];
	size_t depth;
	const char *whole; /* the template's begin */
	bool plain;        /* for a subject: nothing is escaped */
};

static const struct entry *look_up(const struct filling *f, const char *name)
{
	for (size_t i = f->depth; i-- > 0;) {
		const struct entry *n = entry_of(f->stack[i], name);

		if (n)
			return n;
	}
	return NULL;
}

/* A stranger's words as one line of text, whatever stands in them: no link, heading, list, code or entity of their own. */
static void escaped(struct filling *f, const char *value)
{
	const char *s = line_from(f->out->pool, value, NOTE_MOST).s, *first = s;

	if (f->plain) {
		text_add(f->out, s);
		return;
	}
	for (; *s; s++) {
		bool word_before = s > first && isalnum((unsigned char)s[-1]), word_after = isalnum((unsigned char)s[1]);
		bool mark = strchr("\\`*[]<>|~&", *s) || (*s == '_' && !(word_before && word_after)) ||
			    (*s == '!' && s[1] == '[');
		size_t number = s == first ? strspn(s, "0123456789") : 0;

		if (s == first && strchr("#-+=", *s)) /* a heading, list or rule at a line's start */
			mark = true;
		if (*s == ':' && s[1] == '/' && s[2] == '/') /* no reader of Markdown makes a link of it */
			mark = true;
		if (number && number < 10 && (s[number] == '.' || s[number] == ')')) {
			text_put(f->out, s, number);
			s += number;
			mark = true;
		}
		if (mark)
			text_char(f->out, '\\');
		text_char(f->out, *s);
	}
}

/* A section's tag alone on its line takes its line with it. */
static const char *line_after(const struct filling *f, const struct tag *t, const char *end, bool *alone)
{
	const char *s = t->begin, *after = t->end;

	while (s > f->whole && (s[-1] == ' ' || s[-1] == '\t'))
		s--;
	while (after < end && (*after == ' ' || *after == '\t' || *after == '\r'))
		after++;
	*alone = (s == f->whole || s[-1] == '\n') && (after == end || *after == '\n');
	return *alone && after < end ? after + 1 : t->end;
}

static void fill(struct filling *f, const char *s, const char *end)
{
	struct tag t;

	while (tag_next(s, end, &t)) {
		const struct entry *n;
		const char *inner, *inner_end, *after;
		struct tag close;
		bool alone;

		text_put(f->out, s, (size_t)(t.begin - s));
		s = t.end;
		if (t.mark == '!' || t.mark == '/' || t.mark == '?') {
			s = line_after(f, &t, end, &alone);
			continue;
		}
		n = look_up(f, t.name);
		if (!is_section(&t)) {
			if (there(n) && n->kind == ENTRY_MARKDOWN)
				text_add(f->out, n->value);
			else if (there(n) && n->kind == ENTRY_TEXT)
				escaped(f, n->value);
			continue;
		}
		inner_end = section_end(&t, end, &after);
		if (!inner_end || f->depth >= DEPTH_MOST)
			return;
		inner = line_after(f, &t, end, &alone);
		if (inner > inner_end)
			inner = inner_end;
		close = (struct tag){ .begin = inner_end, .end = after };
		s = line_after(f, &close, end, &alone);
		if (t.mark == '^') {
			if (!there(n))
				fill(f, inner, inner_end);
		} else if (there(n)) {
			for (size_t i = 0; i < (n->kind == ENTRY_LIST ? n->count : 1); i++) {
				if (n->kind == ENTRY_LIST)
					f->stack[f->depth++] = n->items[i];
				fill(f, inner, inner_end);
				if (n->kind == ENTRY_LIST)
					f->depth--;
			}
		}
	}
	text_put(f->out, s, (size_t)(end - s));
}

/* The heading's level; 0: the line is none. */
static size_t heading(const char *s, size_t n)
{
	size_t level = strspn(s, "#");

	return level && level < 7 && level < n && s[level] == ' ' ? level : 0;
}

/* Does nothing stand under this heading: the end, or one that is not under it? */
static bool stands_alone(const char *line, size_t level)
{
	const char *s = line + strcspn(line, "\n");

	while (*s) {
		size_t n, next;

		s += *s == '\n';
		n = strcspn(s, "\n");
		next = heading(s, n);
		if (next)
			return next <= level;
		if (strspn(s, " \t\r") < n)
			return false;
		s += n;
	}
	return true;
}

/* A line without its end's blanks, and without the second of two blanks. */
static void tidy_line(struct text *t, const char *s, size_t n)
{
	size_t indent = strspn(s, " ");

	for (size_t i = 0; i < n; i++)
		if (i < indent || s[i] != ' ' || s[i - 1] != ' ')
			text_char(t, s[i]);
}

/* No hole is left: no blank at a line's end, no two blanks, no two blank lines, none at begin and end, no heading of nothing. */
static const char *tidy(struct pool *p, const char *s)
{
	struct text *t = text_new(p, BODY_MOST);
	size_t blank = 0;

	for (size_t n, len; *s; s += n + (s[n] == '\n')) {
		n = len = strcspn(s, "\n");
		while (len && (s[len - 1] == ' ' || s[len - 1] == '\t' || s[len - 1] == '\r'))
			len--;
		if (!len || (heading(s, len) && stands_alone(s, heading(s, len)))) {
			blank++;
			continue;
		}
		if (t->n)
			text_add(t, blank ? "\n\n" : "\n");
		blank = 0;
		tidy_line(t, s, len);
	}
	text_char(t, '\n');
	return t->s;
}

/* ---- which template ---- */

static bool language_fits(const char *of, const char *wanted)
{
	size_t n = strcspn(wanted, "-");

	return text_same(of, wanted) || (strlen(of) == n && strncasecmp(of, wanted, n) == 0);
}

static const struct shipped *shipped_of(const char *name, const char *language)
{
	for (size_t i = 0; i < shipped_count; i++)
		if (strcmp(shipped[i].name, name) == 0 && language_fits(shipped[i].language, language))
			return &shipped[i];
	return NULL;
}

bool template_waits(const struct own_template *t)
{
	enum mail_kind kind;

	return !t->approved && mail_kind_from(t->name, &kind) && mail_kind_whom(kind) == WHOM_OUTSIDE;
}

/* One that is wrong is as if it were not there: the shipped one stands in. */
static bool is_sound(const struct own_template *t)
{
	struct pool *p = pool_new();
	struct conf_errors errors = { 0 };
	bool sound = !template_waits(t) && template_check_text(p, t->file, t->text, &errors);

	pool_end(&p);
	return sound;
}

static const struct own_template *own_of(const struct conf *c, const char *name, const char *language)
{
	for (size_t i = 0; c && i < c->own_count; i++)
		if (strcmp(c->own[i].name, name) == 0 && language_fits(c->own[i].language, language) && is_sound(&c->own[i]))
			return &c->own[i];
	return NULL;
}

bool template_find(const struct conf *c, const char *name, const char *language, struct template_source *out)
{
	const char *const languages[] = { language && *language ? language : "en", "en" };

	for (size_t i = 0; i < 2; i++) {
		const struct own_template *own = own_of(c, name, languages[i]);
		const struct shipped *s = shipped_of(name, languages[i]);

		if (own)
			*out = (struct template_source){ own->name, own->language, own->file, own->text, true, "" };
		else if (s)
			*out = (struct template_source){ s->name, s->language, s->file, s->text, false, "" };
		if (own || s)
			return true;
	}
	return false;
}

/* ---- checking ---- */

#define X(name, text) name,
static const char *const fields[] = { TEMPLATE_FIELDS(X) NULL };
#undef X

static int line_of(const char *text, const char *at)
{
	int n = 1;

	for (; text < at; text++)
		n += *text == '\n';
	return n;
}

static void fault(struct pool *p, struct conf_errors *errors, const char *file, int line, const char *what, const char *name)
{
	const char *shown = line_from(p, name, TAG_MOST).s;

	*(const char **)pool_more(p, &errors->list, errors->n++, sizeof *errors->list) =
		pool_print(p, "%s:%d: %s%s%s", file, line, what, *shown ? " " : "", shown);
}

bool template_check_text(struct pool *p, const char *file, const char *text, struct conf_errors *errors)
{
	struct tag open[DEPTH_MOST], t;
	size_t depth = 0, before = errors->n;
	const char *end = text + strlen(text);

	if (strncmp(text, "Subject: ", 9) != 0)
		fault(p, errors, file, 1, "the first line has to be \"Subject: …\"", "");
	for (const char *s = text; tag_next(s, end, &t) && errors->n - before < 50; s = t.end) {
		int line = line_of(text, t.begin);
		bool known = false;

		if (t.mark == '?') {
			fault(p, errors, file, line, "a tag is not closed: {{ without }}", "");
			break;
		}
		if (t.mark == '!')
			continue;
		for (size_t i = 0; fields[i]; i++)
			known |= strcmp(fields[i], t.name) == 0;
		if (!known) {
			const char *near = text_nearest(t.name, fields);

			fault(p, errors, file, line, pool_print(p, "there is no field \"%s\"%s%s%s", line_from(p, t.name, TAG_MOST).s,
				near ? "; the nearest is \"" : "; kept-template(5) lists them", near ? near : "", near ? "\"" : ""), "");
		}
		if (is_section(&t)) {
			if (depth == DEPTH_MOST) {
				fault(p, errors, file, line, "sections stand in one another more than eight deep", "");
				break;
			}
			open[depth++] = t;
		} else if (t.mark == '/') {
			if (!depth) {
				fault(p, errors, file, line, "nothing is open that this closes:", t.name);
				break;
			}
			if (strcmp(open[depth - 1].name, t.name) != 0) {
				fault(p, errors, file, line, pool_print(p, "this closes %s, but the section open since line %d is",
					line_from(p, t.name, TAG_MOST).s, line_of(text, open[depth - 1].begin)), open[depth - 1].name);
				break;
			}
			depth--;
		}
	}
	if (errors->n == before && depth)
		fault(p, errors, file, line_of(text, open[depth - 1].begin), "this section is never closed:", open[depth - 1].name);
	return errors->n == before;
}

const char *template_language(const struct conf *c, enum mail_kind kind, const char *wanted)
{
	const char *name = mail_kind_name(kind);

	return wanted && *wanted && (own_of(c, name, wanted) || shipped_of(name, wanted)) ? wanted : "en";
}

bool template_speaks(const struct conf *c, const char *language)
{
	for (size_t i = 0; i < shipped_count; i++)
		if (!shipped_of(shipped[i].name, language) && !own_of(c, shipped[i].name, language))
			return false;
	return true;
}

const char *template_lacks(struct pool *p, const struct conf *c, const struct owner *o)
{
	return template_speaks(c, o->language) ? NULL :
		pool_print(p, "not every mail has a template in \"%s\": those without come in English", o->language);
}

/* Why it cannot be used; "" it can. */
static const char *fault_of(struct pool *p, const struct own_template *t)
{
	static const char *const kinds[] = {
#define X(id, name, whom, automatic) name,
		MAIL_KINDS(X)
#undef X
		NULL
	};
	struct conf_errors errors = { 0 };
	enum mail_kind kind;

	if (!mail_kind_from(t->name, &kind)) {
		const char *near = text_nearest(t->name, kinds);

		fault(p, &errors, t->file, 1, pool_print(p, "there is no kind of mail \"%s\"%s%s%s", line_from(p, t->name, TAG_MOST).s,
			near ? "; the nearest is \"" : "", near ? near : "", near ? "\"" : ""), "");
	} else if (template_check_text(p, t->file, t->text, &errors)) {
		return template_waits(t) ? "nobody has approved it as it is" : "";
	}
	return errors.list[0];
}

size_t template_list(struct pool *p, const struct conf *c, struct template_source **out)
{
	size_t n = 0;

	*out = pool_list(p, shipped_count + c->own_count, sizeof **out);
#define X(id, kind, whom, automatic) \
	for (size_t i = 0; i < c->own_count; i++) \
		if (strcmp(c->own[i].name, kind) == 0) \
			(*out)[n++] = (struct template_source){ kind, c->own[i].language, c->own[i].file, c->own[i].text, true, \
				fault_of(p, &c->own[i]) }; \
	for (size_t i = 0; i < shipped_count; i++) \
		if (strcmp(shipped[i].name, kind) == 0) \
			(*out)[n++] = (struct template_source){ kind, shipped[i].language, shipped[i].file, shipped[i].text, false, "" };
	MAIL_KINDS(X)
#undef X
	return n;
}

bool template_check(struct pool *p, const struct conf *c, struct conf_errors *errors)
{
	size_t before = errors->n;

	for (size_t i = 0; i < shipped_count; i++)
		template_check_text(p, shipped[i].file, shipped[i].text, errors);
	for (size_t i = 0; c && i < c->own_count; i++) {
		if (!mail_kind_from(c->own[i].name, &(enum mail_kind){ MAIL_NONE }))
			*(const char **)pool_more(p, &errors->list, errors->n++, sizeof *errors->list) = fault_of(p, &c->own[i]);
		template_check_text(p, c->own[i].file, c->own[i].text, errors);
	}
	return errors->n == before;
}

const char *template_oddity(struct pool *p, const char *plain)
{
	static const char *const odd[] = { " ,", " .", "  ", "()", "[]", "“”", "„“", "«»", "\"\"", "****", "{{", "}}", ",,", ",.",
		": .", NULL };
	const char *at = NULL, *end;

	for (size_t i = 0; odd[i] && !at; i++)
		at = strstr(plain, odd[i]);
	if (!at)
		return NULL;
	for (end = at; *end && *end != '\n' && end - at < 40; end++)
		;
	while (at > plain && at[-1] != '\n' && end - at < 70)
		at--;
	return line_from(p, pool_slice(p, at, (size_t)(end - at)), 200).s;
}

/* ---- the whole ---- */

/* Of a text that is right. */
static bool text_fill(struct pool *p, const char *file, const char *text, const struct view *v, struct line *subject,
	const char **markdown, struct err *e)
{
	struct filling f = { .out = text_new(p, BODY_MOST), .stack = { v }, .depth = 1, .whole = text, .plain = true };
	const char *end = text + strlen(text), *body = text + strcspn(text, "\n");
	struct line made;

	fill(&f, text + 9, body);
	made = line_from(p, f.out->s, SUBJECT_MOST);
	if (!*made.s)
		return err_perm(e, "%s:1: the subject comes out empty", file);
	f.out = text_new(p, BODY_MOST);
	f.plain = false;
	fill(&f, body + (*body == '\n'), end);
	if (f.out->cut)
		return err_perm(e, "%s: the text comes out larger than %d bytes", file, BODY_MOST);
	*subject = made;
	*markdown = tidy(p, f.out->s);
	return true;
}

bool template_fill_text(struct pool *p, const char *file, const char *text, const struct view *v, struct line *subject,
			const char **markdown, struct err *e)
{
	struct conf_errors errors = { 0 };

	if (!template_check_text(p, file, text, &errors))
		return err_perm(e, "%s", errors.list[0]);
	return text_fill(p, file, text, v, subject, markdown, e);
}

/* What template_find() finds is right: it asks of the owner's own, the tests of those that come with kept. */
bool template_fill(struct pool *p, const struct conf *c, enum mail_kind kind, const char *language, const struct view *v,
		   struct line *subject, const char **markdown, struct err *e)
{
	struct template_source t;

	if (!template_find(c, mail_kind_name(kind), language, &t))
		return err_perm(e, "there is no template %s.%s.md", mail_kind_name(kind), language);
	return text_fill(p, t.file, t.text, v, subject, markdown, e);
}
