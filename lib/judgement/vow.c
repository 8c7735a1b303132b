/* the sentences that promise: each sentence against the rules of the language it is written in */
#include "judgement/vow.h"

#include <string.h>

#include "judgement/vow_inner.h"

/* ---- what is not the writer's own word ---- */

/* A quoted span becomes blanks: what stands in it was said by another. A title in quotation marks loses nothing that promises. */
static char *without_quotes(struct pool *p, const char *text)
{
	static const struct {
		const char *open, *close;
	} marks[] = { { "\"", "\"" },
		      { "\xe2\x80\x9c", "\xe2\x80\x9d" }, /* “ ” */
		      { "\xe2\x80\x9e", "\xe2\x80\x9c" }, /* „ “ */
		      { "\xe2\x80\x9e", "\xe2\x80\x9d" }, /* „ ” */
		      { "\xc2\xab", "\xc2\xbb" },         /* « » */
		      { "\xc2\xbb", "\xc2\xab" } };       /* » « */
	enum { QUOTE_MOST = 2000 };
	char *out = pool_copy(p, text), *s = out;

	while (*s) {
		char *nearest = NULL;
		size_t n = 0;

		for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
			size_t open = strlen(marks[i].open);
			char *end;

			if (strncmp(s, marks[i].open, open) != 0)
				continue;
			end = strstr(s + open, marks[i].close);
			if (end && end - s < QUOTE_MOST && (!nearest || end < nearest) && !memmem(s, (size_t)(end - s), "\n\n", 2)) {
				nearest = end;
				n = (size_t)(end - s) + strlen(marks[i].close);
			}
		}
		if (nearest) {
			for (size_t i = 0; i < n; i++)
				if (s[i] != '\n')
					s[i] = '_'; /* no letter, and no sign that parts */
			s += n;
		} else {
			s++;
		}
	}
	return out;
}

/* "…, ok?" asks for no more than a nod */
static bool is_question(struct pool *p, const char *s)
{
	static const char *const nods[] = { "ok", "okay", "right", "yes", "alright", "ja", "gut", "oder", "in ordnung", "d'accord", "va bene", "vale",
					    "oke", "certo", "esta bien", "ta" };
	size_t n = strlen(s);
	const char *comma;

	while (n && strchr("\"' )*!", s[n - 1]))
		n--;
	if (!n || s[n - 1] != '?')
		return false;
	comma = memrchr(s, ',', n);
	if (!comma)
		return true;
	comma += 1 + strspn(comma + 1, " ");
	char *last = text_fold(p, pool_slice(p, comma, (size_t)(s + n - comma)));
	while (*last && strchr(" ?", last[strlen(last) - 1]))
		last[strlen(last) - 1] = '\0';
	for (size_t i = 0; i < sizeof nods / sizeof *nods; i++)
		if (strcmp(last, nods[i]) == 0)
			return false;
	return true;
}

/* ---- the rules over a sentence ---- */

struct verdict_of {
	double score;
	const char *why;
	bool active; /* somebody says who will do it */
	size_t from, to;
	const struct vow_language *language;
};

static int named(const struct vow_language *l, const char *name)
{
	for (size_t i = 0; i < l->set_count; i++)
		if (l->sets[i].name && strcmp(l->sets[i].name, name) == 0)
			return (int)i;
	return -1;
}

/* Does the list "a,b" of a hindrance name the kind? */
static bool concerns(const char *list, const char *kind)
{
	size_t n = strlen(kind);

	if (strcmp(list, "all") == 0)
		return true;
	while (*list) {
		size_t k = strcspn(list, ",");

		if (k == n && strncmp(list, kind, n) == 0)
			return true;
		list += k + (list[k] == ',');
	}
	return false;
}

/* The line of the rule that hinders; 0: none. */
static int hindered(const struct vow_language *l, struct vow_sentence *s, const struct vow_rule *yes, size_t from, size_t to)
{
	int but = named(l, "BUT");
	size_t a = from, b = to, end;

	while (a > 0 && !s->words[a - 1].sign && !(but >= 0 && vow_in(l, s, a - 1, but)))
		a--;
	while (b < s->n && !s->words[b].sign && !(but >= 0 && vow_in(l, s, b, but)))
		b++;
	for (size_t i = 0; i < l->rule_count; i++) {
		const struct vow_rule *r = &l->rules[i];
		int at = -1;

		if (r->force <= VOW_PASSIVE || !concerns(r->label, yes->label))
			continue;
		if (r->force == VOW_ANYWHERE)
			at = vow_match(l, s, r, 0, s->n, &end);
		else if (r->force == VOW_BESIDE)
			at = vow_match(l, s, r, a, b, &end);
		else
			at = vow_match(l, s, r, a, to, &end);
		if (at >= 0)
			return r->line;
	}
	return 0;
}

/* False: the sentence promises in this language, and something in it hinders that. */
static bool judge(struct pool *p, const struct vow_language *l, struct vow_sentence *s, struct verdict_of *best)
{
	bool held = false, found = false;

	for (size_t i = 0; i < l->rule_count; i++) {
		const struct vow_rule *r = &l->rules[i];
		size_t to = 0;

		if (r->force > VOW_PASSIVE || r->score <= best->score)
			continue;
		for (int at = -1; (at = vow_match(l, s, r, (size_t)(at + 1), s->n, &to)) >= 0;) {
			int hindrance = hindered(l, s, r, (size_t)at, to);

			if (hindrance) {
				held = true;
				if (!best->why)
					best->why = pool_print(p, "not %s, %s (vow.rules:%d, hindered by :%d)", r->label, l->name, r->line, hindrance);
				continue;
			}
			*best = (struct verdict_of){ .score = r->score, .active = r->force == VOW_YES, .from = (size_t)at, .to = to, .language = l };
			best->why = pool_print(p, "%s, %s (vow.rules:%d)", r->label, l->name, r->line);
			found = true;
			break;
		}
	}
	return found || !held;
}

/* How many of the sentence's words show this language. */
static size_t shows(const struct vow_language *l, struct vow_sentence *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += !s->words[i].sign && vow_in(l, s, i, l->known);
	return n;
}

/* ---- the trust test: does the sentence say what? ---- */

static bool says_thing(const struct vow_language *l, struct vow_sentence *s, const struct verdict_of *v, size_t date_from, size_t date_to)
{
	int nothing = named(l, "EMPTY");

	for (size_t i = 0; i < s->n; i++) {
		const struct vow_word *w = &s->words[i];

		if (w->sign || strlen(w->folded) < 3 || vow_in(l, s, i, l->known) || (nothing >= 0 && vow_in(l, s, i, nothing)))
			continue;
		if ((w->from >= date_from && w->to <= date_to) || (i >= v->from && i + 1 < v->to) || (i + 1 == v->to && v->active))
			continue;
		return true;
	}
	return false;
}

/* ---- all of it ---- */

static char *for_list(struct pool *p, const char *sentence)
{
	char *s = pool_copy(p, sentence);
	size_t n;

	s += strspn(s, "-*+ \t");
	if (strncmp(s, "\xe2\x80\xa2", 3) == 0)
		s += 3 + strspn(s + 3, " \t");
	n = strlen(s);
	n = n > WHAT_MOST ? utf8_cut(s, WHAT_MOST) : n;
	while (n && strchr(" .!,;:", s[n - 1]))
		n--;
	s[n] = '\0';
	return s;
}

/* The date of the promise: not one of a clause before it, parted by a colon, a semicolon or a dash, where its own has one
 * ("I need the weekend for the figures: you will have them on Tuesday"). */
static bool date_of(struct pool *p, const char *sentence, const struct frame *f, const struct vow_sentence *s, const struct verdict_of *v,
		    size_t *from, size_t *to, struct when *out)
{
	size_t start = v->from < s->n ? s->words[v->from].from : 0, own_from, own_to;
	struct when own;
	bool parted = false;

	if (!when_find(p, sentence, f, from, to, out))
		return false;
	for (size_t i = 0; i < v->from && i < s->n; i++)
		parted |= s->words[i].sign && s->words[i].from >= *to && strchr(":;-", s->words[i].folded[0]) != NULL;
	if (parted && when_find(p, sentence + start, f, &own_from, &own_to, &own)) {
		*from = start + own_from;
		*to = start + own_to;
		*out = own;
	}
	return true;
}

static void read_sentence(struct pool *p, const struct vow_rules *rules, const char *sentence, const char *own, const struct frame *f, struct vow *out)
{
	struct vow_sentence *s = pool_take(p, sizeof *s);
	struct verdict_of best = { 0 }, other;
	size_t count[VOW_LANGUAGES_MOST], most = 0, from = 0, to = 0;
	bool doubted = false; /* in a language that it may be written in as well, something hinders the promise */
	struct when w;

	*out = (struct vow){ .sentence = sentence, .what = for_list(p, sentence), .when = "", .why = "" };
	if (sentence[0] == '>' || sentence[0] == '|' || is_question(p, sentence))
		return;
	vow_words(p, own, s);
	if (!s->n)
		return;
	s->member = pool_take(p, s->n * VOW_SETS_MOST);
	for (size_t i = 0; i < rules->n; i++) {
		memset(s->member, 0, s->n * VOW_SETS_MOST);
		count[i] = shows(&rules->languages[i], s);
		most = count[i] > most ? count[i] : most;
	}
	/* the language it is written in; where few words show it, those that come near */
	for (size_t i = 0; i < rules->n; i++) {
		if (count[i] + (most > 0 && most <= 3) < most || (most && !count[i]))
			continue;
		memset(s->member, 0, s->n * VOW_SETS_MOST);
		other = (struct verdict_of){ 0 };
		if (judge(p, &rules->languages[i], s, &other) ? other.score > best.score && !doubted : true) {
			best = other;
			doubted = other.score <= 0;
		}
	}
	out->score = best.score;
	out->why = best.why ? best.why : "";
	if (best.score < 0.3)
		return;
	if (f && date_of(p, sentence, f, s, &best, &from, &to, &w)) {
		out->when = pool_slice(p, sentence + from, to - from);
		out->at = w.at;
		out->says_when = true;
	}
	memset(s->member, 0, s->n * VOW_SETS_MOST);
	out->says_who = best.active;
	out->says_what = says_thing(best.language, s, &best, from, to);
}

void vow_find(struct pool *p, const char *text, const struct frame *f, struct vows *out)
{
	struct vow_rules *rules = pool_take(p, sizeof *rules);
	struct vow_span *spans;
	const char *own;
	size_t n;

	*out = (struct vows){ 0 };
	if (!vow_rules_read(p, vow_rules_text(), rules, NULL)) /* built in, and tested */
		return;
	text = utf8_mend(p, text, strlen(text));
	own = without_quotes(p, text);
	spans = vow_sentences(p, text, &n);
	out->list = pool_list(p, n ? n : 1, sizeof *out->list);
	for (size_t i = 0; i < n; i++) {
		size_t length = spans[i].to - spans[i].from;
		struct pool *mine = pool_new();
		struct vow v;

		read_sentence(mine, rules, text_squeeze(mine, pool_slice(mine, text + spans[i].from, length)), text_squeeze(mine, pool_slice(mine, own + spans[i].from, length)), f, &v);
		v.sentence = pool_copy(p, v.sentence);
		v.what = pool_copy(p, v.what);
		v.when = pool_copy(p, v.when);
		v.why = pool_copy(p, v.why);
		out->list[out->n++] = v;
		pool_end(&mine);
	}
}
