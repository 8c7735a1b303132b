/* the rules of `vow`, read from conf/vow.rules, which is built in */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "judgement/vow_inner.h"

__asm__(".section .rodata\n"
	"vow_rules_built_in:\n.incbin \"conf/vow.rules\"\n.byte 0\n"
	".previous\n");
extern const char vow_rules_built_in[] __attribute__((visibility("hidden")));

const char *vow_rules_text(void)
{
	return vow_rules_built_in;
}

static const char *const forces[] = { "yes", "passive", "before", "beside", "around", "anywhere" };

static int set_named(struct vow_language *l, const char *name)
{
	for (size_t i = 0; i < l->set_count; i++)
		if (l->sets[i].name && strcmp(l->sets[i].name, name) == 0)
			return (int)i;
	return -1;
}

static int set_add(struct pool *p, struct vow_language *l, const char *name)
{
	if (l->set_count >= VOW_SETS_MOST)
		return -1;
	((struct vow_set *)pool_more(p, &l->sets, l->set_count, sizeof *l->sets))->name = name;
	return (int)l->set_count++;
}

static bool ascii(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s > 0x7f)
			return false;
	return true;
}

/* One word of a set: word, head-, -tail, <SET>. */
static bool entry_add(struct pool *p, struct vow_language *l, int set, char *word, int line, struct err *e)
{
	struct vow_entry entry = { .text = word, .n = (uint16_t)strlen(word), .set = -1 };
	struct vow_set *s;

	if (entry.n > 2 && word[0] == '<' && word[entry.n - 1] == '>') {
		entry.kind = ENTRY_SET;
		entry.set = (int16_t)set_named(l, pool_slice(p, word + 1, entry.n - 2U));
		if (entry.set < 0)
			return err_perm(e, "vow.rules:%d: there is no set %s", line, word);
	} else if (entry.n > 1 && word[entry.n - 1] == '-') {
		entry.kind = ENTRY_HEAD;
		entry.text = pool_slice(p, word, --entry.n);
	} else if (entry.n > 2 && word[0] == '-') {
		entry.kind = ENTRY_TAIL;
		entry.text++;
		entry.n--;
	}
	entry.accented = !ascii(entry.text);
	s = &l->sets[set];
	*(struct vow_entry *)pool_more(p, &s->entries, s->n, sizeof *s->entries) = entry;
	s->n++;
	return true;
}

/* One element of a pattern; kpt[0] says which. */
static bool element_add(struct pool *p, struct vow_language *l, struct vow_rule *r, char *word, struct err *e)
{
	struct vow_element x = { .set = -1 };
	size_t n = strlen(word);
	char *save;

	if (strcmp(word, "^") == 0) {
		x.kind = ELEMENT_CLAUSE;
	} else if (strcmp(word, "^^") == 0) {
		x.kind = ELEMENT_FIRST;
	} else if (strcmp(word, "$") == 0) {
		x.kind = ELEMENT_END;
	} else if (strcmp(word, "..") == 0 || strcmp(word, "...") == 0) {
		x.kind = ELEMENT_GAP;
		x.most = n == 2 ? 4 : 14;
	} else {
		if (n > 1 && word[n - 1] == '?') {
			x.optional = true;
			word[n - 1] = '\0';
		}
		if (word[0] == '!' && word[1]) {
			x.kind = ELEMENT_NOT;
			word++;
		}
		if (word[0] == '<' && !strchr(word, '|')) {
			x.set = set_named(l, pool_slice(p, word + 1, strlen(word) >= 2 ? strlen(word) - 2 : 0));
			if (x.set < 0)
				return err_perm(e, "vow.rules:%d: there is no set %s", r->line, word);
		} else {
			x.set = set_add(p, l, NULL);
			if (x.set < 0)
				return err_perm(e, "vow.rules:%d: too many sets", r->line);
			for (char *s = strtok_r(word, "|", &save); s; s = strtok_r(NULL, "|", &save))
				if (strcmp(s, "$") == 0)
					x.end = true;
				else if (!entry_add(p, l, x.set, s, r->line, e))
					return false;
		}
	}
	*(struct vow_element *)pool_more(p, &r->elements, r->n, sizeof *r->elements) = x;
	r->n++;
	return true;
}

static bool rule_add(struct pool *p, struct vow_language *l, enum vow_force force, char **save, int line, struct err *e)
{
	struct vow_rule r = { .force = force, .line = line };
	char *word = strtok_r(NULL, " \t", save);

	if (!word)
		return err_perm(e, "vow.rules:%d: a kind is missing", line);
	r.label = word;
	if (force <= VOW_PASSIVE) {
		word = strtok_r(NULL, " \t", save);
		r.score = word ? strtod(word, NULL) : 0;
		if (r.score <= 0 || r.score > 1)
			return err_perm(e, "vow.rules:%d: a score above 0, at most 1 is missing", line);
	}
	word = strtok_r(NULL, " \t", save);
	if (!word || strcmp(word, ":") != 0)
		return err_perm(e, "vow.rules:%d: a pattern after ` : ` is missing", line);
	while ((word = strtok_r(NULL, " \t", save)))
		if (!element_add(p, l, &r, word, e))
			return false;
	if (!r.n)
		return err_perm(e, "vow.rules:%d: an empty pattern", line);
	*(struct vow_rule *)pool_more(p, &l->rules, l->rule_count, sizeof *l->rules) = r;
	l->rule_count++;
	return true;
}

/* The sets of all languages first, then the rules, which may use sets that stand below them. */
static bool line_read(struct pool *p, char *s, int line, bool sets, struct vow_rules *out, struct vow_language **l, struct err *e)
{
	char *save, *word = strtok_r(s, " \t", &save);
	int set;

	if (!word || *word == '#')
		return true;
	if (strcmp(word, "language") == 0) {
		word = strtok_r(NULL, " \t", &save);
		if (!sets) {
			*l = *l ? *l + 1 : out->languages;
			return true;
		}
		if (!word || out->n >= VOW_LANGUAGES_MOST)
			return err_perm(e, "vow.rules:%d: a language's name is missing, or there are too many", line);
		*l = &out->languages[out->n++];
		**l = (struct vow_language){ .name = word, .known = -1, .lead = -1 };
		(*l)->known = set_add(p, *l, "KNOWN");
		(*l)->lead = set_add(p, *l, "LEAD");
		return true;
	}
	if (!*l)
		return err_perm(e, "vow.rules:%d: before the first language", line);
	if (strcmp(word, "set") == 0) {
		if (!sets)
			return true;
		word = strtok_r(NULL, " \t", &save);
		if (!word)
			return err_perm(e, "vow.rules:%d: a set's name is missing", line);
		set = set_named(*l, word);
		if (set < 0 && (set = set_add(p, *l, word)) < 0)
			return err_perm(e, "vow.rules:%d: too many sets", line);
		while ((word = strtok_r(NULL, " \t", &save)))
			if (!entry_add(p, *l, set, word, line, e))
				return false;
		return true;
	}
	for (size_t i = 0; i < sizeof forces / sizeof *forces; i++)
		if (strcmp(word, forces[i]) == 0)
			return sets || rule_add(p, *l, (enum vow_force)i, &save, line, e);
	return err_perm(e, "vow.rules:%d: '%s' is none of language, set, yes, passive, before, beside, around, anywhere", line, word);
}

static int plain_first(const void *a, const void *b)
{
	const struct vow_entry *x = a, *y = b;
	bool first = x->kind == ENTRY_WORD && !x->accented, second = y->kind == ENTRY_WORD && !y->accented;

	return first != second ? second - first : first ? strcmp(x->text, y->text) : 0;
}

static void sets_sort(struct vow_language *l)
{
	for (size_t i = 0; i < l->set_count; i++) {
		struct vow_set *s = &l->sets[i];

		if (s->n)
			qsort(s->entries, s->n, sizeof *s->entries, plain_first);
		while (s->plain < s->n && s->entries[s->plain].kind == ENTRY_WORD && !s->entries[s->plain].accented)
			s->plain++;
	}
}

bool vow_rules_read(struct pool *p, const char *text, struct vow_rules *out, struct err *e)
{
	*out = (struct vow_rules){ 0 };
	for (int pass = 0; pass < 2; pass++) {
		struct vow_language *l = NULL;
		const char *s = text;

		for (int line = 1; *s; line++) {
			const char *word = s + strspn(s, " \t");
			size_t n = (size_t)(strchrnul(s, '\n') - s);
			bool set = strncmp(word, "set", 3) == 0, both = strncmp(word, "language", 8) == 0;

			if ((both || set == (pass == 0)) && !line_read(p, pool_slice(p, s, n), line, pass == 0, out, &l, e))
				return false;
			s += n + (s[n] == '\n');
		}
	}
	for (size_t i = 0; i < out->n; i++)
		sets_sort(&out->languages[i]);
	return true;
}
