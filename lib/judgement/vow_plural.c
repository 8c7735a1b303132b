/* several promises in one sentence: by their dates, or by a verb and a subject each; else one, and the earliest date */
#include <ctype.h>
#include <string.h>

#include "judgement/vow_inner.h"
#include "judgement/words.h"

/* ---- several dates in one sentence ---- */

enum { DATES_MOST = 6, CLAUSES_MOST = 12 };

struct dated {
	size_t from, to; /* bytes of the sentence */
	struct when w;
};

/* Every date of the sentence, in order: the longest span, then what stands before and behind it. */
static size_t dates_find(struct pool *p, const char *sentence, const struct frame *f, struct dated out[DATES_MOST])
{
	struct vow_span left[2 * DATES_MOST + 1] = { { 0, strlen(sentence) } };
	size_t n = 0, open = 1;

	while (open && n < DATES_MOST) {
		struct vow_span x = left[--open];
		struct dated d;
		size_t at = n;

		if (!when_find(p, pool_slice(p, sentence + x.from, x.to - x.from), f, &d.from, &d.to, &d.w))
			continue;
		d.from += x.from;
		d.to += x.from;
		for (; at && out[at - 1].from > d.from; at--)
			out[at] = out[at - 1];
		out[at] = d;
		n++;
		left[open++] = (struct vow_span){ x.from, d.from };
		left[open++] = (struct vow_span){ d.to, x.to };
	}
	return n;
}

static bool same_date(const struct frame *f, utc a, utc b)
{
	return zone_day(f->time->zone, a) == zone_day(f->time->zone, b);
}

/* A sentence that promised, looked at again for more than one date. */
struct plural {
	struct pool *p;
	const struct vow_rules *rules;
	const struct frame *f;
	const char *sentence, *own;  /* of one length */
	struct vow_sentence *s, *other;
	const struct vow_verdict *v;
	struct vow_verdict part;     /* of what read_part() read last, whose words are `other` */
	struct dated dates[DATES_MOST];
	size_t date_count;
	struct vow_span clauses[CLAUSES_MOST]; /* words, parted by "and" and commas; never within a date */
	size_t clause_count;
};

static bool in_set(struct plural *x, size_t word, const char *name)
{
	int set = vow_set_named(x->v->language, name);

	return set >= 0 && word < x->s->n && !x->s->words[word].sign && vow_in(x->v->language, x->s, word, set);
}

static bool in_date(const struct plural *x, size_t word)
{
	for (size_t i = 0; i < x->date_count; i++)
		if (x->s->words[word].from >= x->dates[i].from && x->s->words[word].from < x->dates[i].to)
			return true;
	return false;
}

static bool is_comma(const struct plural *x, size_t word)
{
	return x->s->words[word].sign && strchr(",;", x->s->words[word].folded[0]) != NULL;
}

static void clauses_find(struct plural *x)
{
	size_t from = 0;

	x->clause_count = 0;
	for (size_t i = 0; i <= x->s->n; i++) {
		if (i < x->s->n && (in_date(x, i) || !(is_comma(x, i) || in_set(x, i, "AND"))))
			continue;
		if (i > from && x->clause_count < CLAUSES_MOST)
			x->clauses[x->clause_count++] = (struct vow_span){ from, i };
		from = i + 1;
	}
}

/* The words `from` to `to` as they are written. */
static const char *words_of(struct plural *x, const char *text, size_t from, size_t to)
{
	size_t a = x->s->words[from].from, b = to < x->s->n ? x->s->words[to].from : strlen(text);

	while (b > a && strchr(" ,;.!", text[b - 1]) && !(to >= x->s->n && text[b - 1] == '.' && b > a + 1 && strchr("0123456789", text[b - 2])))
		b--;
	return pool_slice(x->p, text + a, b - a);
}

static bool read_part(struct plural *x, const char *sentence, const char *own, struct vow *out)
{
	vow_read_clause(x->p, x->rules, sentence, own, x->f, x->other, &x->part, out);
	return out->score >= 0.5;
}

static bool dates_differ(const struct plural *x, const struct vow *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!list[i].says_when || list[i].score < 0.5)
			return false;
	for (size_t i = 1; i < n; i++)
		if (!same_date(x->f, list[0].at, list[i].at))
			return true;
	return false;
}

/* ", and Grace, you will have …": the name that calls belongs to what follows. */
static bool is_call(struct plural *x, size_t clause)
{
	const struct vow_span *c = &x->clauses[clause];

	if (c->to - c->from > 2 || c->to >= x->s->n || !is_comma(x, c->to))
		return false;
	for (size_t i = c->from; i < c->to; i++) {
		unsigned char first = (unsigned char)x->sentence[x->s->words[i].from];

		if (!(isupper(first) || first >= 0xc0) || in_set(x, i, "KNOWN"))
			return false;
	}
	return true;
}

/* The clauses that promise by themselves, each with all that follows up to the next one: "I'll call you tomorrow and I will
 * send you the poster by Friday". One without a date shares that of the next. "… and send you the poster": the first one's
 * subject goes on. */
static bool by_verbs(struct plural *x, struct vow *out)
{
	struct vow *list = pool_list(x->p, CLAUSES_MOST, sizeof *list), v;
	size_t n = 0, from = 0;
	const char *head = "", *own_head = "";

	for (size_t i = 1; i <= x->clause_count; i++) {
		const char *next_head = "", *next_own = "", *sentence, *own;
		size_t first = i > 1 && i < x->clause_count && is_call(x, i - 1) ? i - 1 : i;
		size_t at = i < x->clause_count ? x->clauses[first].from : x->s->n, end = i < x->clause_count ? x->clauses[first - 1].to : x->s->n;

		if (i < x->clause_count) {
			if (x->v->to > x->v->from + 1 && x->v->to <= at && in_set(x, x->v->to - 1, "ACT") && in_set(x, at, "ACT")) {
				next_head = pool_print(x->p, "%s ", words_of(x, x->sentence, x->v->from, x->v->to - 1));
				next_own = pool_print(x->p, "%s ", words_of(x, x->own, x->v->from, x->v->to - 1));
			}
			sentence = pool_print(x->p, "%s%s", next_head, words_of(x, x->sentence, at, x->clauses[i].to));
			own = pool_print(x->p, "%s%s", next_own, words_of(x, x->own, at, x->clauses[i].to));
			if (!read_part(x, sentence, own, &v))
				continue;
		}
		sentence = pool_print(x->p, "%s%s", head, words_of(x, x->sentence, from, end));
		own = pool_print(x->p, "%s%s", own_head, words_of(x, x->own, from, end));
		if (i < x->clause_count && (!read_part(x, sentence, own, &v) || !v.says_when))
			continue;
		read_part(x, sentence, own, &list[n++]);
		from = at, head = next_head, own_head = next_own;
	}
	if (n < 2 || !dates_differ(x, list, n))
		return false;
	out->parts = list;
	out->part_count = n;
	return true;
}

/* Has the part that was read last somebody of its own who will do it? "and I'll call", but not "and will call": in languages that
 * leave the subject out the verb says it, and what is done by nobody named ("the data will follow") is its own subject. */
static bool has_subject(struct plural *x)
{
	static const char *const names[] = { "I", "ICH", "JE", "IK", "YOU" };
	bool any = false;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		int set = vow_set_named(x->part.language, names[i]);

		any |= set >= 0;
		for (size_t k = 0; set >= 0 && k < x->part.to && k < x->other->n; k++)
			if (vow_in(x->part.language, x->other, k, set))
				return true;
	}
	return !any || !x->part.active;
}

/* Do its words give somebody something? */
static bool gives_something(struct plural *x)
{
	int give = vow_set_named(x->part.language, "GIVE");

	for (size_t i = 0; give >= 0 && i < x->other->n; i++)
		if (vow_in(x->part.language, x->other, i, give))
			return true;
	return false;
}

/* "… and I'll mail it": the thing of the part before. */
static bool same_thing(struct plural *x)
{
	int same = vow_set_named(x->part.language, "SAME");

	for (size_t i = x->part.from; same >= 0 && i < x->other->n && i <= x->part.to; i++)
		if (vow_in(x->part.language, x->other, i, same))
			return true;
	return false;
}

/* Clauses with a verb and a subject each: "I'll send Dan the protocol, and I'll get back to you both". What tells how the first one
 * ends is no second promise: "I'll check the label and I'll come back to you". */
static bool by_subjects(struct plural *x, struct vow *out)
{
	struct vow *list = pool_list(x->p, CLAUSES_MOST, sizeof *list), v;
	size_t n = 0, from = 0;

	for (size_t i = 1; i < x->clause_count; i++) {
		size_t first = i > 1 && is_call(x, i - 1) ? i - 1 : i, at = x->clauses[first].from, end = x->clauses[first - 1].to;
		bool says, gives;

		/* the short one first: mostly it promises nothing; what does may stand further on */
		if (!read_part(x, words_of(x, x->sentence, x->clauses[i].from, x->clauses[i].to), words_of(x, x->own, x->clauses[i].from, x->clauses[i].to), &v))
			continue;
		if (!read_part(x, words_of(x, x->sentence, at, x->s->n), words_of(x, x->own, at, x->s->n), &v) || !has_subject(x))
			continue;
		says = v.says_what && !same_thing(x);
		if (!read_part(x, words_of(x, x->sentence, from, end), words_of(x, x->own, from, end), &v))
			continue;
		gives = gives_something(x) || !x->part.active;
		if (!v.says_what || !(gives || says))
			continue;
		list[n++] = v;
		from = at;
	}
	if (!n)
		return false;
	read_part(x, words_of(x, x->sentence, from, x->s->n), words_of(x, x->own, from, x->s->n), &list[n++]);
	out->parts = list;
	out->part_count = n;
	return true;
}

/* One verb, and things with a date each: "I will send the slides on Monday and the poster on Thursday". The verb may stand at
 * the end, as in German. */
static bool by_things(struct plural *x, struct vow *out)
{
	struct vow *list = pool_list(x->p, CLAUSES_MOST, sizeof *list);
	size_t thing = 0, last = x->date_count - 1, tail = x->s->n;

	if (x->clause_count < 2 || x->clause_count != x->date_count)
		return false;
	for (size_t i = x->v->from + 1; i < x->clauses[0].to; i++)
		if (in_set(x, i, "DET") && !in_date(x, i)) {
			if (thing)
				return false; /* which of them has the date? */
			thing = i;
		}
	if (!thing)
		return false;
	while (tail > 0 && x->s->words[tail - 1].from >= x->dates[last].to)
		tail--;
	if (x->s->n - tail > 1)
		return false;
	for (size_t i = 0; i < x->clause_count; i++) {
		size_t from = i ? x->clauses[i].from : thing, to = i + 1 < x->clause_count ? x->clauses[i].to : tail;
		const char *parts[2];

		/* a thing, then its date, and nothing behind it */
		if (!in_set(x, from, "DET") || x->dates[i].from <= x->s->words[from].to || to <= from ||
		    x->s->words[to - 1].from < x->dates[i].from || x->s->words[to - 1].from >= x->dates[i].to)
			return false;
		for (int k = 0; k < 2; k++) {
			const char *text = k ? x->own : x->sentence;

			parts[k] = pool_print(x->p, "%s %s%s%s", words_of(x, text, 0, thing), words_of(x, text, from, to), tail < x->s->n ? " " : "",
					      tail < x->s->n ? words_of(x, text, tail, x->s->n) : "");
		}
		read_part(x, parts[0], parts[1], &list[i]);
	}
	if (!dates_differ(x, list, x->clause_count))
		return false;
	out->parts = list;
	out->part_count = x->clause_count;
	return true;
}

/* Is this date joined to the next one, by a word of `a` to `b`? */
static bool joined(struct plural *x, size_t date, size_t a, size_t b)
{
	for (size_t k = a; k < b; k++)
		if (x->s->words[k].from >= x->dates[date].to && x->s->words[k].from < x->dates[date + 1].from &&
		    (is_comma(x, k) || in_set(x, k, "AND") || in_set(x, k, "OR")))
			return true;
	return false;
}

/* One promise with several dates: of those joined by "and", "or" or a comma the earliest counts, and the note names the others. */
static void by_the_earliest(struct plural *x, struct vow *out)
{
	const struct vow_sentence *s = x->s;
	size_t a = x->v->from, b = x->v->to, main = DATES_MOST, best;
	struct text *others = text_new(x->p, 200);

	while (a > 0 && !s->words[a - 1].sign && !in_set(x, a - 1, "BUT") && !in_set(x, a - 1, "AND") && !in_set(x, a, "AND"))
		a--;
	while (b < s->n && (!in_set(x, b, "BUT") || in_set(x, b, "AND")) && (!s->words[b].sign || is_comma(x, b) || in_date(x, b)))
		b++;
	for (size_t i = 0; i < x->date_count; i++)
		if (x->dates[i].from >= s->words[a].from && (b >= s->n || x->dates[i].from < s->words[b].from) &&
		    strncmp(x->sentence + x->dates[i].from, out->when, strlen(out->when)) == 0 && x->dates[i].w.at == out->at)
			main = i;
	/* the longest span lies in a clause of its reason */
	for (size_t i = x->date_count; main == DATES_MOST && b < s->n && in_set(x, b, "BUT") && i-- > 0;)
		if (x->dates[i].from >= s->words[a].from && x->dates[i].from < s->words[b].from)
			main = i;
	if (main == DATES_MOST)
		return;
	best = main;
	for (int step = -1; step <= 1; step += 2)
		for (size_t i = main; step < 0 ? i > 0 : i + 1 < x->date_count; i += (size_t)step) {
			size_t next = i + (size_t)step, low = step < 0 ? next : i;

			if (!joined(x, low, a, b) || x->dates[next].from < s->words[a].from || (b < s->n && x->dates[next].from >= s->words[b].from))
				break;
			if (x->dates[next].w.at < x->dates[best].w.at)
				best = next;
		}
	for (size_t i = 0; i < x->date_count; i++)
		if (x->dates[i].from >= s->words[a].from && (b >= s->n || x->dates[i].from < s->words[b].from) &&
		    !same_date(x->f, x->dates[i].w.at, x->dates[best].w.at))
			text_print(others, "%s\"%s\"", others->n ? ", " : "", pool_slice(x->p, x->sentence + x->dates[i].from, x->dates[i].to - x->dates[i].from));
	out->at = x->dates[best].w.at;
	out->when = pool_slice(x->p, x->sentence + x->dates[best].from, x->dates[best].to - x->dates[best].from);
	out->note = x->dates[best].w.note ? x->dates[best].w.note : "";
	if (others->n)
		out->note = pool_print(x->p, "%s%syour sentence also names %s: I took \"%s\"", out->note, *out->note ? "; " : "", others->s, out->when);
}

/* "Leider dauert es etwas länger, ": what is no part of the promise behind it. How many bytes; 0: none. */
static size_t excuse(struct pool *p, const char *sentence)
{
	static const char *const words[] = { "sorry*", "apolog*", "my apologies", "unfortunately", "regrettably", "i am afraid", "i'm afraid",
		"leider", "bedauerlicherweise", "entschuldig*", "verzeih*", "tut mir leid", "es tut mir leid", "malheureusement", "desole*", "je suis desole*", "pardon",
		"lo siento", "lamentablemente", "perdon*", "purtroppo", "mi dispiace", "scusa*", "infelizmente", "desculp*", "helaas", "excuses", NULL };
	const char *comma = strstr(sentence, ", "), *folded;
	bool is = false;

	if (!comma)
		return 0;
	folded = words_folded(p, sentence, true);
	for (size_t i = 0; words[i]; i++)
		is |= words_start(folded, words[i]);
	return is ? (size_t)(comma + 2 - sentence) : 0;
}

void vow_read_sentence(struct pool *p, const struct vow_rules *rules, const char *sentence, const char *own, const struct frame *f,
		       struct vow *out)
{
	struct vow_sentence *s = pool_take(p, 2 * sizeof *s);
	struct vow_verdict v;
	struct plural x = { .p = p, .rules = rules, .f = f, .sentence = sentence, .own = own, .s = s, .other = s + 1, .v = &v };
	bool several = false;
	size_t n = strlen(sentence) == strlen(own) ? excuse(p, sentence) : 0;

	if (n) {
		vow_read_clause(p, rules, sentence + n, own + n, f, s, &v, out);
		n = out->score < 0.5 ? 0 : n;
		x.sentence = sentence += n;
		x.own = own += n;
	}
	vow_read_clause(p, rules, sentence, own, f, s, &v, out);
	if (out->score < 0.5 || strlen(sentence) != strlen(own))
		return;
	if (out->says_when)
		x.date_count = dates_find(p, sentence, f, x.dates);
	for (size_t i = 1; i < x.date_count; i++)
		several |= !same_date(f, x.dates[0].w.at, x.dates[i].w.at);
	clauses_find(&x);
	if (!(several && (by_verbs(&x, out) || by_things(&x, out))) && !by_subjects(&x, out) && several)
		by_the_earliest(&x, out);
}

/* ---- a tag's line ---- */

const struct vow_language *vow_language_of(const struct vow_rules *rules, struct vow_sentence *s)
{
	const struct vow_language *best = rules->languages;
	size_t most = 0;

	for (size_t i = 0; i < rules->n; i++) {
		const struct vow_language *l = &rules->languages[i];
		size_t n = 0;

		vow_turn(l, s);
		for (size_t k = 0; k < s->n; k++)
			n += !s->words[k].sign && vow_in(l, s, k, l->known);
		if (n > most)
			most = n, best = l;
	}
	vow_turn(best, s);
	return best;
}

/* How many dates begin in the words `from` to `to`, and is there a thing beside them? */
static size_t dates_within(struct plural *x, size_t from, size_t to, bool *thing)
{
	size_t n = 0, end = to < x->s->n ? x->s->words[to].from : strlen(x->sentence);

	*thing = false;
	for (size_t i = from; i < to; i++)
		*thing |= !x->s->words[i].sign && !in_date(x, i) && strlen(x->s->words[i].folded) >= 3 && !in_set(x, i, "DET");
	for (size_t i = 0; i < x->date_count; i++)
		n += x->dates[i].from >= x->s->words[from].from && x->dates[i].from < end;
	return n;
}

static bool is_verb(struct plural *x, size_t word)
{
	return in_set(x, word, "ACT") || in_set(x, word, "V") || in_set(x, word, "GIVE");
}

static bool any_joined(struct plural *x)
{
	for (size_t i = 0; i + 1 < x->date_count; i++)
		if (joined(x, i, 0, x->s->n))
			return true;
	return false;
}

/* The clauses, taken together until each group has its date: "data, slides by Friday and poster by Monday", "Friday: data;
 * Monday: slides". False: it cannot be parted so. The verb with which one begins goes on
 * to those that have none. */
static bool by_dates(struct plural *x, struct vow *list, size_t *count)
{
	bool thing, first = x->clause_count && in_date(x, x->clauses[0].from);
	const char *head = "";
	size_t n = 0, from = 0;

	for (size_t i = 0; i < x->clause_count; i++) {
		const char *verb = "";
		size_t to = x->clauses[i].to;

		/* with the date in front a clause without one belongs to what stands before it; so does one behind the last date */
		while (i + 1 < x->clause_count && (first || !dates_within(x, from, to, &thing) || x->clauses[i + 1].to == x->s->n) &&
		       !dates_within(x, x->clauses[i + 1].from, x->clauses[i + 1].to, &thing))
			to = x->clauses[++i].to;
		if (!first && i + 1 < x->clause_count && !dates_within(x, from, to, &thing))
			continue;
		if (dates_within(x, from, to, &thing) != 1 || !thing)
			return false;
		if (is_verb(x, from))
			head = words_of(x, x->sentence, from, from + 1);
		else if (*head)
			verb = pool_print(x->p, "%s ", head);
		list[n++].sentence = pool_print(x->p, "%s%s", verb, words_of(x, x->sentence, from, to));
		from = i + 1 < x->clause_count ? x->clauses[i + 1].from : x->s->n;
	}
	*count = n;
	return n > 1;
}

size_t vow_line(struct pool *p, const struct vow_rules *rules, const char *line, const struct frame *f, struct vow **out)
{
	struct vow_sentence *s = pool_take(p, 2 * sizeof *s);
	struct vow_verdict v = { 0 };
	struct plural x = { .p = p, .f = f, .s = s, .other = s + 1, .v = &v };
	struct vow *list = pool_list(p, CLAUSES_MOST, sizeof *list);
	size_t n = 0, from, to;
	bool several = false;
	struct when w;

	if (!rules && !(rules = vow_rules_open(p)))
		return 0;
	line = text_squeeze(p, utf8_mend(p, line, strlen(line)));
	x.rules = rules, x.sentence = x.own = line;
	vow_read_sentence(p, rules, line, line, f, list);
	*out = list->parts;
	if (list->part_count)
		return list->part_count;
	x.date_count = dates_find(p, line, f, x.dates);
	for (size_t i = 0; i < x.date_count; i++) {
		if (x.dates[i].w.rrule)
			return 0;
		several |= !same_date(f, x.dates[0].w.at, x.dates[i].w.at);
	}
	vow_words(p, line, s);
	s->member = pool_take(p, (s->n + 1) * VOW_SETS_MOST);
	v.language = vow_language_of(rules, s);
	*out = list;
	if (!several)
		return 0;
	clauses_find(&x);
	if (by_dates(&x, list, &n))
		return n;
	if (!any_joined(&x) || !when_find(p, line, f, &from, &to, &w))
		return 0; /* "the minutes of 3 December by 10 December" */
	*list = (struct vow){ .sentence = line, .when = pool_slice(p, line + from, to - from), .at = w.at, .note = w.note ? w.note : "" };
	v.to = s->n;
	by_the_earliest(&x, list);
	return 1;
}
