/* To whom among several a promise is made: one mail to Alan and Grace may promise each something else. Only those of this
 * letter can be meant, by their address, by a verb that gives them something ("I'll send Grace the data"), or because the
 * sentence, its paragraph or the letter begins with their name. Where a name fits two, or it is not clear, it is to all. */
#include "judgement/understand_inner.h"

#include <ctype.h>
#include <string.h>

enum {
	PEOPLE_MOST = 16,   /* of a letter to more, no name is looked for */
	NAMES_MOST = 6,     /* of one person */
	TOKENS_MOST = 48,   /* of a sentence: a name that calls stands at its start or end */
	TOKEN_MOST = 40
};

struct called {
	enum { CALLS_NOBODY, CALLS_THESE, CALLS_UNCLEAR } whom;
	unsigned who;    /* a bit for each of the people of this letter */
	const char *why;
	bool alone;      /* the sentence holds nothing else: a heading or a greeting */
	bool greeted;    /* "Dear …" */
};

struct token {
	const char *folded;  /* "" where it is a sign */
	char sign;           /* , : - ! . or 0 */
	bool capital, owned; /* owned: Grace's */
};

struct tokens {
	struct token list[TOKENS_MOST];
	size_t n;
	bool cut;
};

struct naming {
	struct pool *p;
	const struct addrs *all;
	char *names[PEOPLE_MOST][NAMES_MOST];
	size_t name_count[PEOPLE_MOST];
};

/* ---- words around names, folded, in seven languages ---- */

#define LIST(...) ((const char *const[]){ __VA_ARGS__, NULL })

static bool is_of(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

/* What stands before a name and belongs to it; no name itself. */
static bool is_title(const char *w)
{
	return is_of(w, LIST(
		"dr", "prof", "professor", "mr", "mrs", "ms", "miss", "sir", "herr", "herrn", "frau", "hr",
		"fr", "dipl", "ing", "dott", "dottssa", "dottoressa", "dottore", "avv", "sig", "sigra",
		"signor", "signora", "mme", "mlle", "m", "madame", "monsieur", "maitre", "sr", "sra", "srta",
		"senor", "senora", "don", "dona", "senhor", "senhora", "doutor", "doutora", "doctor", "mevrouw",
		"mevr", "dhr", "meneer", "heer", "drs", "ir", "von", "van", "de", "der", "den", "di", "da",
		"dos", "do", "la", "le", "ten", "ter", "zu", "the", "o", "a", "il", "lo", "el", "l", "dem",
		"die"));
}

/* Words of a display name that name no person. */
static bool is_office(const char *w)
{
	return is_of(w, LIST(
		"team", "info", "office", "support", "sales", "admin", "service", "data", "mail", "gmbh", "inc",
		"ltd", "llc", "ag", "bv", "srl", "sa", "via", "and", "und", "et", "phd", "md", "jr"));
}

static bool is_greeting(const char *w)
{
	return is_of(w, LIST(
		"hi", "hello", "hey", "dear", "good", "morning", "afternoon", "evening", "day", "greetings",
		"lieber", "liebe", "liebes", "hallo", "guten", "tag", "morgen", "abend", "sehr", "geehrter",
		"geehrte", "moin", "servus", "bonjour", "bonsoir", "salut", "cher", "chere", "hola", "buenos",
		"buenas", "dias", "tardes", "estimado", "estimada", "querido", "querida", "ciao", "caro",
		"cara", "gentile", "egregio", "egregia", "buongiorno", "buonasera", "salve", "ola", "oi", "bom",
		"boa", "dia", "tarde", "prezado", "prezada", "exmo", "exma", "beste", "geachte", "dag",
		"goedemorgen", "goedemiddag", "hoi", "lieve"));
}

/* What else may stand before a name that is called. */
static bool is_lead(const char *w)
{
	return is_of(w, LIST(
		"for", "to", "fur", "fuer", "an", "pour", "per", "para", "voor", "aan", "and", "und", "et", "y",
		"e", "ed", "en", "then", "thanks", "thank", "ok", "okay", "yes", "sure", "as", "you", "also",
		"danke", "merci", "gracias", "grazie", "obrigado", "obrigada", "bedankt", "dank", "ja", "oui",
		"si", "sim", "mein", "meine", "mon", "ma", "my", "re"));
}

static bool is_and(const char *w)
{
	return is_of(w, LIST("and", "und", "et", "y", "e", "ed", "en", "sowie"));
}

/* The one who reads, where a receiver stands: "you and Grace". */
static bool is_reader(const char *w)
{
	return is_of(w, LIST(
		"you", "u", "ya", "ihnen", "dir", "euch", "vous", "toi", "ti", "usted", "ustedes", "te", "lei",
		"voi", "voce", "voces", "je", "jou", "jullie", "both", "beiden", "beide"));
}

/* What follows a name that is called without a comma: "Grace I'll send …". */
static bool is_subject(const char *w)
{
	return is_of(w, LIST(
		"i", "ill", "il", "we", "well", "you", "youll", "ich", "wir", "sie", "je", "j", "nous", "yo",
		"io", "eu", "ik", "wij"));
}

/* ---- a text as tokens ---- */

static bool is_letter(unsigned char c)
{
	return isalnum(c) || c >= 0x80 || c == '@' || c == '_';
}

static const char *dash_or_dots(const char *s, char *sign)
{
	static const char *const signs[] = { "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x80\xa6", "\xe2\x80\xa2" };

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (strncmp(s, signs[i], 3) == 0) {
			*sign = '-';
			return s + 3;
		}
	return NULL;
}

static void tokens_read(struct pool *p, const char *s, struct tokens *out)
{
	out->n = 0;
	out->cut = false;
	while (*s) {
		const char *from = s, *end;
		struct token t = { .folded = "" };

		if ((end = dash_or_dots(s, &t.sign))) {
			s = end;
		} else if (is_letter((unsigned char)*s)) {
			for (; is_letter((unsigned char)*s) || (*s == '-' && is_letter((unsigned char)s[1])); s++)
				if (dash_or_dots(s, &t.sign))
					break;
			t.sign = 0;
			from += *from == '@';
			/* a typographic apostrophe stands within the run: the name ends before it */
			end = memmem(from, (size_t)(s - from), "\xe2\x80\x99", 3);
			t.owned = (s[0] == '\'' && s[1] == 's') || (end && end[3] == 's' && end + 4 == s);
			t.capital = isupper((unsigned char)*from) || (unsigned char)*from >= 0xc0;
			t.folded = text_fold(p, pool_slice(p, from, (size_t)((end ? end : s) - from)));
			if (*s == '.' && is_title(t.folded))
				s++;
			if (strlen(t.folded) > TOKEN_MOST)
				t.folded = "?";
		} else {
			t.sign = strchr(",;:-!?.()", *s) ? *s : 0;
			s++;
			if (!t.sign)
				continue;
		}
		if (out->n == TOKENS_MOST) {
			out->cut = true;
			return;
		}
		out->list[out->n++] = t;
	}
}

/* ---- who is who ---- */

static void names_add(struct naming *x, size_t who, const char *name)
{
	struct tokens t;

	tokens_read(x->p, name, &t);
	for (size_t i = 0; i < t.n && x->name_count[who] < NAMES_MOST; i++) {
		const char *w = t.list[i].folded;

		if (t.list[i].sign == '(')
			return;
		if (strlen(w) >= 2 && !is_title(w) && !is_office(w) && !isdigit((unsigned char)*w) && !strchr(w, '@'))
			x->names[who][x->name_count[who]++] = pool_copy(x->p, w);
	}
}

/* By display name; where there is none, by what stands before the @: grace.hopper. */
static void names_read(struct naming *x)
{
	for (size_t i = 0; i < x->all->n; i++) {
		const struct addr *a = &x->all->list[i];

		if (!strchr(a->name, '@'))
			names_add(x, i, a->name);
		if (!x->name_count[i]) {
			char *local = addr_local(x->p, a->address);

			for (char *c = local; *c; c++)
				if (strchr("._+-0123456789", *c))
					*c = ' ';
			names_add(x, i, local);
		}
	}
}

static unsigned named_by(const struct naming *x, const char *word)
{
	unsigned who = 0;

	for (size_t i = 0; i < x->all->n; i++)
		for (size_t k = 0; k < x->name_count[i]; k++)
			if (strcmp(x->names[i][k], word) == 0)
				who |= 1U << i;
	return who;
}

static bool is_one(unsigned who)
{
	return who && !(who & (who - 1));
}

/* A name, with titles before it, at `*at`, which moves behind it. "Alan Turing" tells one Alan from another. */
static unsigned name_at(const struct naming *x, const struct tokens *t, size_t *at)
{
	size_t i = *at;
	unsigned who, next;

	while (i < t->n && !t->list[i].sign && !named_by(x, t->list[i].folded) && is_title(t->list[i].folded))
		i++;
	if (i >= t->n || t->list[i].owned || !(who = named_by(x, t->list[i].folded)))
		return 0;
	for (i++; i < t->n && !t->list[i].owned && (next = named_by(x, t->list[i].folded) & who); i++)
		who = next;
	if (i < t->n && t->list[i].owned && named_by(x, t->list[i].folded))
		return 0;
	*at = i;
	return who;
}

static void called_add(struct called *c, unsigned who)
{
	if (c->whom != CALLS_UNCLEAR)
		c->whom = is_one(who) ? CALLS_THESE : CALLS_UNCLEAR;
	c->who |= who;
}

static void called_join(struct called *c, const struct called *other)
{
	c->whom = c->whom == CALLS_UNCLEAR || other->whom == CALLS_UNCLEAR ? CALLS_UNCLEAR : CALLS_THESE;
	c->who |= other->who;
}

/* ---- called by name ---- */

/* The tokens `from` to `to`, which no sign parts, hold a name and what may stand before it, and nothing else. */
static bool segment_calls(const struct naming *x, const struct tokens *t, size_t from, size_t to, struct called *c)
{
	struct called found = { 0 };

	for (size_t i = from; i < to;) {
		unsigned who = name_at(x, t, &i);

		if (who) {
			called_add(&found, who);
			continue;
		}
		if (!is_greeting(t->list[i].folded) && !is_lead(t->list[i].folded) && !is_title(t->list[i].folded))
			return false;
		found.greeted |= is_greeting(t->list[i].folded);
		i++;
	}
	c->greeted |= found.greeted;
	if (!found.who)
		return false;
	called_join(c, &found);
	return true;
}

/* "Grace I'll send …" */
static void without_comma(const struct naming *x, const struct tokens *t, size_t from, size_t to, struct called *c)
{
	size_t i = from;
	unsigned who;

	while (i < to && (is_greeting(t->list[i].folded) || is_lead(t->list[i].folded)))
		i++;
	who = name_at(x, t, &i);
	if (who && i < to && is_subject(t->list[i].folded))
		called_add(c, who);
}

/* Whom the sentence calls: at its start ("Grace, …", "Thanks, Grace, …"), or at its end ("…, Grace."), or
 * behind the "you" that they are. Where more are called later on, it is theirs too. */
static struct called called_by(const struct naming *x, const char *sentence)
{
	struct called c = { 0 };
	struct tokens t;
	size_t from = 0, segments = 0, calls = 0, start = 0;

	tokens_read(x->p, sentence, &t);
	while (t.n && t.list[t.n - 1].sign)
		t.n--;
	for (size_t i = 0; i <= t.n; i++) {
		bool last = i == t.n && !t.cut;

		if (i < t.n && !t.list[i].sign)
			continue;
		if (i > from) {
			/* "I will send you, Alan, the slides" */
			bool within = from > 1 && i < t.n && t.list[from - 1].sign == ',' && t.list[i].sign == ',' && is_reader(t.list[from - 2].folded);
			bool may = segments == 0 || (segments == 1 && (start <= 2 || c.whom)) || c.whom || last || within;

			if (may && segment_calls(x, &t, from, i, &c))
				calls++;
			else if (!segments)
				without_comma(x, &t, from, i, &c);
			start = segments++ ? start : i - from;
		}
		from = i + 1;
	}
	c.alone = segments && calls == segments && !t.cut;
	return c;
}

/* ---- given something ---- */

/* What stands where a receiver is named begins with a name: "Grace the data by Friday", "Alan and Grace", but not "you and
 * Grace", of whom one is whoever reads. */
static void given_by(const struct naming *x, const char *receiver, bool small, struct called *c)
{
	struct tokens t;
	struct called found = { 0 };
	bool reader = false;
	size_t i = 0;

	tokens_read(x->p, receiver, &t);
	for (;;) {
		size_t at = i;
		unsigned who = name_at(x, &t, &i);

		if (who && !(t.list[i - 1].capital || small))
			return;
		if (!who && (i >= t.n || !is_reader(t.list[i].folded)))
			break;
		if (who)
			called_add(&found, who);
		else
			reader = true, i = at + 1;
		if (i < t.n && (t.list[i].sign == ',' || is_and(t.list[i].folded)))
			i++;
		else
			break;
	}
	if (is_one(found.who) && reader && i > 2 && i < t.n && t.list[1].sign == ',' && t.list[i - 1].sign == ',' && !is_and(t.list[i].folded))
		reader = false; /* "you, Ivy, the data": she is the one who reads */
	if (!found.who || (i < t.n && strcmp(t.list[i].folded, "to") == 0)) /* "get Grace to sign it" */
		return;
	if (reader)
		found.whom = CALLS_UNCLEAR;
	called_join(c, &found);
}

static struct called given(const struct naming *x, const char *sentence, const char *const *receivers, size_t n)
{
	struct called c = { 0 };
	bool small = true;

	for (const char *s = sentence; *s && small; s++)
		small = !isupper((unsigned char)*s);
	for (size_t i = 0; i < n; i++)
		given_by(x, receivers[i], small, &c);
	return c;
}

/* ---- named by address ---- */

static struct called addressed(const struct naming *x, const char *sentence)
{
	struct called c = { 0 };

	for (size_t i = 0; strchr(sentence, '@') && i < x->all->n; i++) {
		const char *address = x->all->list[i].address, *at = sentence;

		for (; (at = text_find(at, address)); at++) {
			unsigned char before = at > sentence ? (unsigned char)at[-1] : ' ', after = (unsigned char)at[strlen(address)];

			if (!strchr("._+-", before) && !is_letter(before) && !is_letter(after) && after != '-') {
				c.whom = CALLS_THESE;
				c.who |= 1U << i;
				break;
			}
		}
	}
	return c;
}

/* ---- all of them ---- */

/* "you both", "euch beiden", "a ambos": whoever reads, whatever name stands beside it. */
static bool means_all(struct pool *p, const char *sentence)
{
	static const char *const phrases[] = {
		"you both", "both of you", "you all", "all of you", "each of you", "you two", "the two of you", "euch beiden", "euch beide", "ihnen beiden",
		"ihr beide", "ihr beiden", "euch allen", "euch alle", "ihnen allen", "vous deux", "vous tous", "vous toutes",
		"tous les deux", "toutes les deux", "a ambos", "a ambas", "a los dos", "a las dos", "vosotros dos", "ustedes dos", "a todos", "a todas",
		"entrambi", "entrambe", "voi due", "tutti e due", "a tutti", "voi tutti", "aos dois", "voces dois", "voces duas", "voces todos",
		"jullie beiden", "jullie beide", "u beiden", "jullie allebei", "jullie allemaal", "jullie allen", "jullie twee",
	};
	struct text *words = text_new(p, 2000);
	struct tokens t;

	tokens_read(p, sentence, &t);
	text_print(words, " ");
	for (size_t i = 0; i < t.n; i++)
		text_print(words, "%s ", t.list[i].sign ? "," : t.list[i].folded);
	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
		const char *at = strstr(words->s, phrases[i]);

		if (at && at[-1] == ' ' && at[strlen(phrases[i])] == ' ' && !text_starts(at + strlen(phrases[i]), " of ")) /* "you both of the papers" */
			return true;
	}
	return false;
}

/* ---- a letter ---- */

static struct called because(struct called c, const char *why)
{
	c.why = why;
	return c;
}

/* Of one sentence: `own`: whom it calls; `inherited`: whom its paragraph or the letter calls. */
static struct called sentence_whom(const struct naming *x, const struct vow *v, struct called own, struct called inherited)
{
	struct called c = addressed(x, v->sentence);

	if (c.whom)
		return because(c, "their address stands in the sentence");
	if (means_all(x->p, v->sentence))
		return (struct called){ 0 };
	c = given(x, v->sentence, v->receivers, v->receiver_count);
	if (c.whom)
		return because(c, "the sentence gives it to them by name");
	return own.whom ? because(own, "the sentence calls them by name") : inherited;
}

static struct whom promise_to(const struct naming *x, struct called c)
{
	struct whom out = { .why = "" };

	if (c.whom == CALLS_UNCLEAR)
		out.why = "to all: which of them its words mean is not clear";
	if (c.whom != CALLS_THESE)
		return out;
	for (size_t i = 0; i < x->all->n; i++)
		if (c.who & 1U << i)
			addrs_add(x->p, &out.to, x->all->list[i].name, x->all->list[i].address);
	out.why = c.why;
	return out;
}

static bool naming_begin(struct thinking *t, struct naming *x)
{
	if (t->m->counterpart.n < 2 || t->m->counterpart.n > PEOPLE_MOST)
		return false;
	x->p = t->p;
	x->all = &t->m->counterpart;
	names_read(x);
	return true;
}

static bool blank_line(const char *s, size_t from, size_t to)
{
	size_t breaks = 0;

	for (size_t i = from; i < to && breaks < 2; i++)
		breaks = s[i] == '\n' ? breaks + 1 : strchr(" \t\r", s[i]) ? breaks : 0;
	return breaks >= 2;
}

/* Whom the sentences before this one called, as far as it goes on: a greeting or a name alone on its line to the next such one,
 * a name at a paragraph's start to its end, as long as nobody else is called in it. */
struct course {
	struct called heading, opening;
};

static void course_goes_on(struct course *x, struct called own, bool starts)
{
	static const struct called nobody = { 0 };

	if (starts)
		x->opening = nobody;
	if (own.alone || (starts && own.greeted)) {
		x->heading = is_one(own.who) ? because(own, own.greeted ? "the letter greets them" : "their name stands above it") : nobody;
		x->opening = nobody;
	}
	if (!own.whom || own.alone)
		return;
	if (starts || (x->opening.whom == CALLS_THESE && x->opening.who == own.who))
		x->opening = because(own, "its paragraph begins with their name");
	else
		x->opening = (struct called){ .whom = CALLS_UNCLEAR };
}

struct whom *whom_find(struct thinking *t, const struct vows *vows)
{
	struct naming *x = pool_take(t->p, sizeof *x);
	struct course c = { 0 };
	struct whom *out;

	if (!vows->n || !naming_begin(t, x))
		return NULL;
	out = pool_list(t->p, vows->n, sizeof *out);
	for (size_t i = 0; i < vows->n; i++) {
		const struct vow *v = &vows->list[i];
		bool starts = !i || blank_line(t->l->text, vows->list[i - 1].to, v->from) || strchr("-*+", *v->sentence);
		struct called own = called_by(x, v->sentence), before;

		course_goes_on(&c, own, starts);
		if (v->score < 0.5)
			continue;
		before = c.opening.whom ? c.opening : c.heading;
		out[i] = promise_to(x, sentence_whom(x, v, own, before));
		if (v->part_count)
			out[i].parts = pool_list(t->p, v->part_count, sizeof *out);
		for (size_t k = 0; k < v->part_count; k++) {
			struct called of_part = called_by(x, v->parts[k].sentence);

			out[i].parts[k] = promise_to(x, sentence_whom(x, &v->parts[k], of_part.whom ? of_part : own, before));
		}
	}
	return out;
}

struct whom whom_of_words(struct thinking *t, const char *words)
{
	struct naming *x = pool_take(t->p, sizeof *x);
	struct vow v = { .sentence = words };

	if (!naming_begin(t, x))
		return (struct whom){ .why = "" };
	v.receiver_count = vow_receivers(t->p, t->c->rules.vows, words, &v.receivers);
	return promise_to(x, sentence_whom(x, &v, called_by(x, words), (struct called){ 0 }));
}
