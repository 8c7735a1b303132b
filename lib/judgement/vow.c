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
			end = memmem(s + open, strnlen(s + open, QUOTE_MOST), marks[i].close, strlen(marks[i].close));
			if (end && (!nearest || end < nearest) && !memmem(s, (size_t)(end - s), "\n\n", 2)) {
				nearest = end;
				n = (size_t)(end - s) + strlen(marks[i].close);
			}
		}
		if (nearest) {
			for (size_t i = 0; i < n; i++)
				if (!strchr(" \t\r\n", s[i]))
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

int vow_set_named(const struct vow_language *l, const char *name)
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
	int but = vow_set_named(l, "BUT"), subject = vow_set_named(l, "I"), when = vow_set_named(l, "IF");
	size_t a = from, b = to, low = from, high = to, end;

	while (a > 0 && !s->words[a - 1].sign && !(but >= 0 && vow_in(l, s, a - 1, but)))
		a--;
	while (b < s->n && !s->words[b].sign && !(but >= 0 && vow_in(l, s, b, but)))
		b++;
	if (from >= a + 3 && subject >= 0 && when >= 0 && vow_in(l, s, from, subject) && vow_in(l, s, a, when))
		a = from; /* "if it isn't here by noon I'll ring": what the event is not, is not the promise's */
	while (low > 0 && !(but >= 0 && vow_in(l, s, low - 1, but)))
		low--;
	while (high < s->n && !(but >= 0 && vow_in(l, s, high, but)))
		high++;
	for (size_t i = 0; i < l->rule_count; i++) {
		const struct vow_rule *r = &l->rules[i];
		int at = -1;

		if (r->force <= VOW_PASSIVE || !concerns(r->label, yes->label))
			continue;
		if (r->force == VOW_ANYWHERE)
			at = vow_match(l, s, r, 0, s->n, &end);
		else if (r->force == VOW_AROUND)
			at = vow_match(l, s, r, low, high, &end);
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
static bool judge(struct pool *p, const struct vow_language *l, struct vow_sentence *s, struct vow_verdict *best)
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
			*best = (struct vow_verdict){ .score = r->score, .active = r->force == VOW_YES, .from = (size_t)at, .to = to, .language = l };
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

static bool says_thing(const struct vow_language *l, struct vow_sentence *s, const struct vow_verdict *v, size_t date_from, size_t date_to)
{
	int nothing = vow_set_named(l, "EMPTY");

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

/* ---- to whom does it give? ---- */

/* Is there a sign between two words, or an "and" with a verb or a small word beside it? "the data and slides to Grace" is one
 * thing, "the data and go to Grace" is two. */
static bool parts_between(const struct vow_language *l, struct vow_sentence *s, size_t from, size_t to)
{
	int and = vow_set_named(l, "AND"), verbs[] = { vow_set_named(l, "ACT"), vow_set_named(l, "V"), vow_set_named(l, "PRON") };

	for (size_t i = from; i < to; i++) {
		if (s->words[i].sign)
			return true;
		for (size_t k = 0; and >= 0 && vow_in(l, s, i, and) && k < sizeof verbs / sizeof *verbs; k++)
			if (verbs[k] >= 0 && ((i + 1 < s->n && vow_in(l, s, i + 1, verbs[k])) || (i > from && vow_in(l, s, i - 1, verbs[k]))))
				return true;
	}
	return false;
}

/* Is there a verb of giving in the same clause, from `from` to `to`? */
static bool gives(const struct vow_language *l, struct vow_sentence *s, int give, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (vow_in(l, s, i, give) && !parts_between(l, s, from, i) && !parts_between(l, s, i + 1, to))
			return true;
	return false;
}

/* Where a receiver may be named: behind a verb of giving ("send Grace"), behind what stands before a receiver, after that verb
 * ("to Grace"), or behind what the verb at the end leaves in front ("ich werde Grace … schicken"). */
static void receivers_find(struct pool *p, const char *sentence, const struct vow_language *l, struct vow_sentence *s, struct vow *out)
{
	enum { RECEIVERS_MOST = 8, RECEIVER_MOST = 100, CLAUSE_MOST = 24 };
	int give = vow_set_named(l, "GIVE"), toward = vow_set_named(l, "TOWARD"), front = vow_set_named(l, "FRONT"), last = -1;

	for (size_t i = 0; give >= 0 && i < s->n && out->receiver_count < RECEIVERS_MOST; i++) {
		size_t at = i + 1, low = i > CLAUSE_MOST ? i - CLAUSE_MOST : 0, high = i + CLAUSE_MOST < s->n ? i + CLAUSE_MOST : s->n;
		bool is = vow_in(l, s, i, give);

		is |= toward >= 0 && vow_in(l, s, i, toward) && gives(l, s, give, low, i);
		is |= front >= 0 && vow_in(l, s, i, front) && gives(l, s, give, at, high);
		while (is && at < s->n && ((toward >= 0 && vow_in(l, s, at, toward)) || (front >= 0 && vow_in(l, s, at, front))))
			at++;
		if (!is || at >= s->n || s->words[at].sign || (int)at == last)
			continue;
		last = (int)at;
		const char *from = sentence + s->words[at].from;

		*(const char **)pool_more(p, &out->receivers, out->receiver_count++, sizeof *out->receivers) = pool_slice(p, from, utf8_cut(from, RECEIVER_MOST));
	}
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

/* The date of the promise: not one of a clause before it, parted by a colon, a semicolon, a dash or a "but", where its own has one,
 * be it one that names no day ("I need the weekend for the figures: you will have them on Tuesday", "It was a busy Monday, but I'll
 * send it soon"); nor one that stands before how long it takes ("the slides of Monday in a few days"). */
static bool date_of(struct pool *p, const char *sentence, const struct frame *f, struct vow_sentence *s, const struct vow_verdict *v,
		    size_t *from, size_t *to, struct when *out)
{
	size_t start = v->from < s->n ? s->words[v->from].from : 0, own_from, own_to;
	int but = vow_set_named(v->language, "BUT");
	struct when own;
	struct vague vague;
	bool parted = false;

	if (!when_find(p, sentence, f, from, to, out))
		return false;
	for (size_t i = 0; i < v->from && i < s->n; i++)
		if (s->words[i].from >= *to)
			parted |= s->words[i].sign ? strchr(":;-", s->words[i].folded[0]) != NULL : but >= 0 && vow_in(v->language, s, i, but);
	if (parted && when_find(p, sentence + start, f, &own_from, &own_to, &own)) {
		*from = start + own_from;
		*to = start + own_to;
		*out = own;
	} else if (when_vague(p, sentence + (parted ? start : *to), &vague) && (parted || vague.kind != VAGUE_SOON)) {
		return false;
	}
	return true;
}

/* "And you, Alan, will have it": the name that calls parts no subject from its verb. */
static void without_call(struct vow_sentence *s, const char *sentence)
{
	static const char *const readers[] = { "you", "u", "ihnen", "sie", "euch", "dir", "vous", "te", "usted", "lei", "voi", "voce", "je", "jij", "jullie" };

	for (size_t i = 0; i + 3 < s->n; i++) {
		size_t to = i + 2;
		bool reader = false;

		for (size_t k = 0; k < sizeof readers / sizeof *readers; k++)
			reader |= strcmp(s->words[i].folded, readers[k]) == 0;
		if (!reader || s->words[i + 1].folded[0] != ',')
			continue;
		while (to < s->n && to < i + 5 && !s->words[to].sign && (unsigned char)(sentence[s->words[to].from] - 'a') >= 26)
			to++;
		if (to == i + 2 || to >= s->n || s->words[to].folded[0] != ',')
			continue;
		memmove(s->words + i + 1, s->words + to + 1, (s->n - to - 1) * sizeof *s->words);
		s->n -= to - i;
	}
}

void vow_read_clause(struct pool *p, const struct vow_rules *rules, const char *sentence, const char *own, const struct frame *f,
			struct vow_sentence *s, struct vow_verdict *verdict, struct vow *out)
{
	struct vow_verdict best = { 0 }, other;
	size_t count[VOW_LANGUAGES_MOST], most = 0, from = 0, to = 0;
	bool doubted = false; /* in a language that it may be written in as well, something hinders the promise */
	struct when w;

	*out = (struct vow){ .sentence = sentence, .what = for_list(p, sentence), .when = "", .why = "", .note = "" };
	*verdict = best;
	s->n = 0;
	if (sentence[0] == '>' || sentence[0] == '|' || is_question(p, sentence))
		return;
	vow_words(p, own, s);
	without_call(s, own);
	if (!s->n)
		return;
	s->member = pool_take(p, s->n * VOW_SETS_MOST);
	for (size_t i = 0; i < rules->n; i++) {
		vow_turn(&rules->languages[i], s);
		count[i] = shows(&rules->languages[i], s);
		most = count[i] > most ? count[i] : most;
	}
	/* the language it is written in; where few words show it, those that come near */
	for (size_t i = 0; i < rules->n; i++) {
		if (count[i] + (most > 0 && most <= 3) < most || (most && !count[i]))
			continue;
		vow_turn(&rules->languages[i], s);
		other = (struct vow_verdict){ 0 };
		if (judge(p, &rules->languages[i], s, &other) ? other.score > best.score && !doubted : true) {
			best = other;
			doubted = other.score <= 0;
		}
	}
	out->score = best.score;
	out->why = best.why ? best.why : "";
	*verdict = best;
	if (best.score < 0.3)
		return;
	vow_turn(best.language, s);
	if (f && date_of(p, sentence, f, s, &best, &from, &to, &w)) {
		out->when = pool_slice(p, sentence + from, to - from);
		out->at = w.at;
		out->note = w.note ? w.note : "";
		out->says_when = true;
	}
	out->says_who = best.active;
	out->says_what = says_thing(best.language, s, &best, from, to);
	if (best.score >= 0.5)
		receivers_find(p, sentence, best.language, s, out);
	out->what = for_list(p, sentence + vow_greeting(p, sentence, best.from < s->n ? s->words[best.from].from : 0));
}

static void vow_copy(struct pool *p, struct vow *v)
{
	v->sentence = pool_copy(p, v->sentence);
	v->what = pool_copy(p, v->what);
	v->when = pool_copy(p, v->when);
	v->why = pool_copy(p, v->why);
	v->note = pool_copy(p, v->note);
	if (v->receiver_count) {
		const char **list = pool_list(p, v->receiver_count, sizeof *list);

		for (size_t i = 0; i < v->receiver_count; i++)
			list[i] = pool_copy(p, v->receivers[i]);
		v->receivers = list;
	}
}

const struct vow_rules *vow_rules_open(struct pool *p)
{
	struct vow_rules *rules = pool_take(p, sizeof *rules);

	return vow_rules_read(p, vow_rules_text(), rules, NULL) ? rules : NULL; /* built in, and tested */
}

void vow_find(struct pool *p, const struct vow_rules *rules, const char *text, const struct frame *f, struct vows *out)
{
	struct vow_span *spans;
	const char *own;
	size_t n;

	*out = (struct vows){ 0 };
	if (!rules && !(rules = vow_rules_open(p)))
		return;
	text = utf8_mend(p, text, strlen(text));
	own = without_quotes(p, text);
	spans = vow_sentences(p, text, &n);
	out->cut = n == VOW_SENTENCES_MOST && text[spans[n - 1].to + strspn(text + spans[n - 1].to, " \t\r\n")];
	out->list = pool_list(p, n ? n : 1, sizeof *out->list);
	for (size_t i = 0, promises = 0; i < n; i++) {
		size_t length = spans[i].to - spans[i].from;
		struct pool *mine = pool_new();
		struct vow v;

		vow_read_sentence(mine, rules, text_squeeze(mine, pool_slice(mine, text + spans[i].from, length)), text_squeeze(mine, pool_slice(mine, own + spans[i].from, length)), f, &v);
		v.from = spans[i].from, v.to = spans[i].to;
		vow_copy(p, &v);
		if (v.part_count) {
			struct vow *parts = pool_list(p, v.part_count, sizeof *parts);

			for (size_t k = 0; k < v.part_count; k++) {
				parts[k] = v.parts[k];
				parts[k].from = v.from, parts[k].to = v.to;
				vow_copy(p, &parts[k]);
			}
			v.parts = parts;
		}
		out->list[out->n++] = v;
		pool_end(&mine);
		if (v.score >= 0.5 && ++promises == VOWS_MOST && i + 1 < n) {
			out->cut = true;
			break;
		}
	}
}

size_t vow_receivers(struct pool *p, const struct vow_rules *rules, const char *sentence, const char ***out)
{
	struct vow_sentence *s = pool_take(p, sizeof *s);
	struct vow v = { 0 };

	*out = NULL;
	if (!rules && !(rules = vow_rules_open(p)))
		return 0;
	sentence = text_squeeze(p, utf8_mend(p, sentence, strlen(sentence)));
	vow_words(p, sentence, s);
	s->member = pool_take(p, (s->n + 1) * VOW_SETS_MOST);
	for (size_t i = 0; i < rules->n; i++) {
		vow_turn(&rules->languages[i], s);
		receivers_find(p, sentence, &rules->languages[i], s, &v);
	}
	*out = v.receivers;
	return v.receiver_count;
}

/* ---- a thing and its limit ---- */

static bool begins_limit(struct pool *p, const char *date)
{
	static const char *const limits[] = { "by ", "until ", "till ", "before ", "bis ", "vor ", "avant ", "d'ici ", "entro ", "prima ", "antes ", "hasta ",
					      "ate ", "voor ", "uiterlijk " };
	const char *folded = text_fold(p, date);

	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
		if (text_starts(folded, limits[i]))
			return true;
	return false;
}

/* May this word be part of a thing: no verb, and no small word but those that join things? */
static bool is_of_thing(const struct vow_language *l, struct vow_sentence *s, size_t i)
{
	static const char *const verbs[] = { "ACT", "V", "GIVE", "EMPTY", "MEET" }, *const joins[] = { "DET", "AND", "JOIN" };

	for (size_t k = 0; k < sizeof joins / sizeof *joins; k++)
		if (vow_set_named(l, joins[k]) >= 0 && vow_in(l, s, i, vow_set_named(l, joins[k])))
			return true;
	for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
		if (vow_set_named(l, verbs[k]) >= 0 && vow_in(l, s, i, vow_set_named(l, verbs[k])))
			return false;
	return !vow_in(l, s, i, l->known);
}

bool vow_bare(struct pool *p, const struct vow_rules *rules, const char *sentence, const struct frame *f, struct vow *out)
{
	enum { THING_MOST = 8 };
	struct vow_sentence *s = pool_take(p, sizeof *s);
	const struct vow_language *l;
	size_t from, to, start = 0, n = 0;
	bool thing = true, named = false;
	struct when w;

	if ((!rules && !(rules = vow_rules_open(p))) || !when_find(p, sentence, f, &from, &to, &w) || w.rrule ||
	    sentence[to + strspn(sentence + to, ". !")] || !begins_limit(p, sentence + from))
		return false;
	vow_words(p, sentence, s);
	if (s->n > 2 && s->words[1].folded[0] == ',' && (unsigned char)(sentence[0] - 'a') >= 26) /* "Grace, slides by Friday" */
		start = 2;
	while (start + n < s->n && s->words[start + n].from < from)
		n++;
	if (!n || n > THING_MOST)
		return false;
	s->member = pool_take(p, s->n * VOW_SETS_MOST);
	l = vow_language_of(rules, s);
	for (size_t k = start; thing && k < start + n; k++) {
		thing = !s->words[k].sign && is_of_thing(l, s, k);
		named |= strlen(s->words[k].folded) >= 3 && !vow_in(l, s, k, l->known);
	}
	if (!thing || !named)
		return false;
	*out = (struct vow){ .sentence = sentence, .score = 0.5, .what = for_list(p, sentence), .when = pool_slice(p, sentence + from, to - from), .at = w.at,
			     .says_what = true, .says_when = true, .why = "a thing and its limit, in a tagged mail", .note = w.note ? w.note : "" };
	return true;
}
