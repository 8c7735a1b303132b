#include "judgement/deliver.h"

#include <ctype.h>
#include <string.h>

#include "judgement/fit.h"
#include "judgement/words.h"

enum {
	FILES_MOST = 50,
	LOGO_MOST = 12 << 10, /* bytes: a smaller picture within the text is a signature's */
	HARDLY_A_WORD = 12,   /* words: a mail that is the file alone */
	ANSWER_LEAST = 12,    /* words that an answer has at least */
	ANSWER_LONG = 25,
	AHEAD = 12 * 3600     /* a date so far from now is another time, not this mail */
};

#define X(id, name) [DELIVERY_##id] = name,
static const char *const names[] = { DELIVERIES(X) };
#undef X

const char *delivery_name(enum delivery_strength s)
{
	return names[s];
}

/* ---- what is in a letter ---- */

bool handed_is(const struct attachment *a)
{
	static const char *const types[] = {
		"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
		"application/pgp-keys", "text/calendar", "text/vcard", "text/x-vcard", "text/directory", NULL
	};
	static const char *const endings[] = { ".p7s", ".asc", ".sig", ".vcf", ".ics", NULL };
	size_t n = strlen(a->name);

	for (size_t i = 0; types[i]; i++)
		if (text_starts(a->type, types[i]))
			return false;
	for (size_t i = 0; endings[i]; i++)
		if (n > strlen(endings[i]) && text_same(a->name + n - strlen(endings[i]), endings[i]))
			return false;
	if (!*a->name && text_starts(a->type, "text/"))
		return false;
	/* Apple Mail has files inline too: a picture alone may be a logo */
	return !(a->inlined && text_starts(a->type, "image/") &&
		    (a->size < LOGO_MOST || text_starts(a->name, "image0") || text_find(a->name, "logo")));
}

static void name_add(struct pool *p, struct strings *to, const char *s)
{
	*(const char **)pool_more(p, &to->list, to->n++, sizeof s) = s;
}

void handed_letter(struct pool *p, const struct letter *l, const struct conf *c, struct handed *out)
{
	const struct addrs *lists[] = { &l->to, &l->cc };

	*out = (struct handed){ .subject = l->subject, .text = l->text, .links = claim_links(p, l->text) };
	for (size_t i = 0; i < l->links.n; i++)
		name_add(p, &out->links, l->links.list[i]);
	for (size_t i = 0; i < l->attachment_count && out->files.n < FILES_MOST; i++)
		if (handed_is(&l->attachments[i]))
			name_add(p, &out->files, l->attachments[i].name);
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < lists[k]->n; i++)
			if (!conf_tracks(p, c, lists[k]->list[i].address, NULL))
				addrs_add(p, &out->to, lists[k]->list[i].name, lists[k]->list[i].address);
}

/* ---- the thing ---- */

/* "send you the data" has no word that says what it is about: then any longer one will do. */
static struct strings words_of(struct pool *p, const char *what)
{
	struct strings out = fit_words(p, what);
	char *s = words_folded(p, what, true), *save = NULL;

	if (out.n)
		return out;
	for (char *w = strtok_r(s, " .,;:!?()\"'", &save); w && out.n < 10; w = strtok_r(NULL, " .,;:!?()\"'", &save))
		if (strlen(w) > 3 && !text_same(w, "will"))
			*(const char **)pool_more(p, &out.list, out.n++, sizeof *out.list) = w;
	return out;
}

/* Slides are a .pptx, a table is an .xlsx, whatever they are called: the promise's word for such a file; "" none. */
static const char *kind_word(struct pool *p, const char *folded, const char *file)
{
	static const struct { const char *words[20], *endings[8]; } kinds[] = {
		{ { "slide*", "deck", "presentation*", "folien*", "*folien", "prasentation*", "diapo*", "presentacion*",
		    "presentazion*", "apresentac*", "presentatie*", "dia's", NULL },
		  { ".ppt", ".pptx", ".ppsx", ".key", ".odp", NULL } },
		{ { "table*", "*tabelle*", "spreadsheet*", "excel*", "tableau*", "tabla*", "tabel*", NULL },
		  { ".xls", ".xlsx", ".csv", ".ods", NULL } },
		{ { "photo*", "picture*", "foto*", "bild*", "imagen*", "immagin*", NULL },
		  { ".jpg", ".jpeg", ".png", ".heic", NULL } },
		{ { "video*", "recording*", "aufzeichnung*", "enregistrement*", "grabacion*", "registrazion*", "gravac*",
		    "opname*", NULL },
		  { ".mp4", ".mov", ".m4a", ".mp3", NULL } },
	};
	const char *dot = strrchr(file, '.'), *word, *at;

	for (size_t i = 0; dot && i < sizeof kinds / sizeof *kinds; i++) {
		word = words_any(folded, kinds[i].words);
		at = word ? words_find(folded, word) : NULL;
		for (size_t k = 0; at && kinds[i].endings[k]; k++)
			if (strcasecmp(dot, kinds[i].endings[k]) == 0)
				return pool_slice(p, at, strcspn(at, " ,;:.!?"));
	}
	return "";
}

static const char *base_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool is_among(const struct strings *list, const char *s)
{
	for (size_t i = 0; i < list->n; i++)
		if (*s && strcasecmp(list->list[i], s) == 0)
			return true;
	return false;
}

struct thing deliver_thing(struct pool *p, const struct handed *m, const char *what, const struct resource *list,
	size_t n)
{
	struct strings words = words_of(p, what);
	struct text *all = text_new(p, 64 << 10);
	struct thing t = { .any = m->files.n > 0, .words = words.n, .which = "", .where = "" };
	const char *folded = words_folded(p, what, true);

	for (size_t i = 0; i < m->files.n + m->links.n; i++) {
		bool file = i < m->files.n;
		const char *one = file ? m->files.list[i] : m->links.list[i - m->files.n];
		size_t in = fit_common(p, &words, one, NULL);

		if (file || in || claim_is_file(p, one)) {
			t.any = true;
			text_print(all, "%s %s ", one, kind_word(p, folded, one));
			if (in && !*t.where)
				t.where = one;
		}
	}
	if (!*t.where && t.any)
		t.where = m->files.n ? m->files.list[0] : m->links.list[0];
	t.named = fit_common(p, &words, all->s, &t.which);
	for (size_t i = 0; i < n && !t.resource; i++)
		if ((is_among(&m->links, list[i].link) || is_among(&m->files, base_of(list[i].file))) &&
			    fit_resource(p, what, &list[i]).score)
			t.resource = &list[i], t.any = true;
	return t;
}

/* ---- what is said ---- */

/* As it is shown: "find attached" of the pattern "find* attached". */
static const char *as_said(struct pool *p, const char *phrase)
{
	char *s = pool_copy(p, phrase), *to = s;

	for (const char *c = phrase; *c; c++)
		if (*c != '*')
			*to++ = *c;
	*to = '\0';
	return s;
}

const char *deliver_empty(struct pool *p, const struct claims *claims, const struct thing *t)
{
	for (size_t i = 0; i < claims->n && !t->any; i++) {
		const struct claim *c = &claims->list[i];

		if ((c->bits & CLAIM_ATTACHED) && !claim_links(p, c->sentence).n &&
			    !words_find(words_folded(p, c->sentence, true), "link"))
			return as_said(p, c->phrase[CLAIM_AT_ATTACHED]);
	}
	return NULL;
}

struct weighing {
	struct pool *p;
	const struct deliver_in *in;
	struct deliver *out;
	const struct claims *claims;
	struct thing thing;
	struct strings words; /* of the promise */
	unsigned wish;
	size_t text_words;
	size_t said, other;   /* words of the promise, and others, in the sentences that hand over */
	size_t told;          /* words of the promise in the whole text */
	bool anew, not_yet, partly;
	bool asks;            /* only a question speaks of what is there: "is the attached one what you mean?" */
	const char *phrase;   /* by which it hands over */
};

static const unsigned handing = CLAIM_ATTACHED | CLAIM_HERE | CLAIM_PROMISED;

static size_t count_words(const char *s)
{
	size_t n = 0;

	for (bool in = false; *s; s++) {
		bool is = isalnum((unsigned char)*s) || (unsigned char)*s >= 0x80;

		n += is && !in;
		in = is;
	}
	return n;
}

/* Content words of a sentence without its links and dates: none are left of "I'll send it tomorrow". */
static size_t content(const struct weighing *w, const char *sentence, const char *without)
{
	struct text *t = text_new(w->p, 4000);
	const char *at = *without ? strstr(sentence, without) : NULL;
	char *save = NULL;

	if (at)
		sentence = pool_print(w->p, "%.*s %s", (int)(at - sentence), sentence, at + strlen(without));
	for (char *one = strtok_r(pool_copy(w->p, sentence), " ", &save); one; one = strtok_r(NULL, " ", &save))
		if (!strstr(one, "://") && strncasecmp(one, "www.", 4) != 0)
			text_print(t, "%s ", one);
	return fit_words(w->p, t->s).n;
}

static void read_claims(struct weighing *w)
{
	struct text *handed = text_new(w->p, 16 << 10);
	const char *what = words_folded(w->p, w->in->what, true);

	for (size_t i = 0; i < w->claims->n; i++) {
		const struct claim *c = &w->claims->list[i];
		size_t mine = fit_common(w->p, &w->words, c->sentence, NULL);

		if ((c->bits & CLAIM_NOT_YET) && (mine || !content(w, c->sentence, "") || !w->thing.any))
			w->not_yet = true;
		if (!(c->bits & handing))
			continue;
		w->asks = (w->asks || !handed->n) && c->sentence[strlen(c->sentence) - 1] == '?';
		text_print(handed, "%s\n", c->sentence);
		if (!w->phrase || (c->bits & CLAIM_PROMISED))
			w->phrase = as_said(w->p, c->phrase[c->bits & CLAIM_PROMISED ? CLAIM_AT_PROMISED :
						      c->bits & CLAIM_ATTACHED ? CLAIM_AT_ATTACHED : CLAIM_AT_HERE]);
		if ((c->bits & CLAIM_PARTLY) && !words_find(what, c->phrase[CLAIM_AT_PARTLY]))
			w->partly = true;
	}
	w->said = fit_common(w->p, &w->words, handed->s, NULL);
	w->other = content(w, handed->s, "");
	w->told = fit_common(w->p, &w->words, w->in->mail->text, NULL);
}

/* Does it say the promise's first part again, and nothing else: "the data" of "the data, and ask our pharmacists"? */
static bool is_first_part(const struct weighing *w, const char *sentence, size_t all)
{
	static const char *const ands[] = { " and ", " und ", " et ", " y ", " e ", " en ", NULL };
	const char *what = w->in->what, *end = what + strlen(what), *at;
	struct strings words;
	size_t n;

	for (size_t i = 0; ands[i]; i++)
		if ((at = strstr(what, ands[i])) && at < end)
			end = at;
	words = fit_words(w->p, pool_slice(w->p, what, (size_t)(end - what)));
	n = *end ? fit_common(w->p, &words, sentence, NULL) : 0;
	return n > 1 && n == all && 2 * n >= words.n;
}

/* A vow in it about the same thing is a new promise, not a delivery. */
static void read_vows(struct weighing *w)
{
	for (size_t i = 0; i < w->in->vows->n; i++) {
		const struct vow *v = &w->in->vows->list[i];
		unsigned bits = 0, wish;
		bool ahead = v->at > w->in->at + AHEAD;
		size_t common, all;

		if (v->score < 0.5)
			continue;
		for (size_t k = 0; k < w->claims->n; k++)
			if (strcmp(w->claims->list[k].sentence, v->sentence) == 0)
				bits |= w->claims->list[k].bits;
		/* "I'm sending you the slides" does what it says, where they are there */
		if (w->thing.any && (bits & handing) && !ahead)
			continue;
		wish = claim_wish(w->p, w->in->rules, v->sentence);
		common = fit_common(w->p, &w->words, v->sentence, NULL);
		all = content(w, v->sentence, v->when);
		if ((!common && all) || (wish == WISH_DEED && !(w->wish & WISH_DEED) && w->thing.any))
			continue;
		w->anew = true;
		/* most of its words and few others, or no other where nothing else can be meant: "it", "the data" */
		if (!w->out->anew && v->part_count < 2 &&
		    ((w->in->alone && common == all) || (2 * common > w->words.n && 2 * common > all) || is_first_part(w, v->sentence, all)))
			w->out->anew = v->sentence;
	}
}

/* ---- to whom ---- */

enum { TO_NONE, TO_NEIGHBOUR, TO_SOME, TO_THEM };

static int reaches(const struct addrs *to, const struct addrs *wanted)
{
	bool near = false;
	size_t n = 0;

	for (size_t i = 0; i < wanted->n; i++) {
		const char *domain = addr_domain(wanted->list[i].address);

		n += addrs_has(to, wanted->list[i].address);
		for (size_t k = 0; k < to->n && !near; k++)
			near = *domain && !domain_is_public(domain) && addr_same(addr_domain(to->list[k].address), domain);
	}
	return n == wanted->n ? TO_THEM : n ? TO_SOME : near ? TO_NEIGHBOUR : TO_NONE;
}

/* ---- the judgement ---- */

static enum delivery_strength rule(struct weighing *w, enum delivery_strength s, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
static enum delivery_strength rule(struct weighing *w, enum delivery_strength s, const char *format, ...)
{
	va_list a;

	va_start(a, format);
	w->out->why = pool_vprint(w->p, format, a);
	va_end(a);
	return s;
}

/* Enough of the promise's words to be sure that it is meant: half of them, or three. */
static bool enough(const struct weighing *w, size_t n)
{
	return n && (2 * n >= w->words.n || n >= 3);
}

static const char *short_of(struct weighing *w, const char *s)
{
	return line_from(w->p, s, 100).s;
}

/* A file or a link to one is there. */
static enum delivery_strength with_thing(struct weighing *w)
{
	const struct thing *t = &w->thing;
	size_t named = t->named > w->said ? t->named : w->said;
	const char *where = short_of(w, t->where), *which = *t->which ? pool_print(w->p, " (%s)", t->which) : "";
	bool hands = w->claims->bits & handing, promised = w->claims->bits & CLAIM_PROMISED;

	if (t->resource)
		return rule(w, DELIVERY_SURE, "it holds \"%s\" of your library", short_of(w, t->resource->title));
	if (hands && enough(w, named))
		return rule(w, DELIVERY_SURE, "it holds %s%s and says \"%s\"%s", where, which, w->phrase,
			    w->said && !t->named ? " of what you promised" : "");
	if (t->named > 1 && enough(w, t->named))
		return rule(w, DELIVERY_SURE, "it holds %s, named like what you promised%s", where, which);
	if (promised && w->in->alone && (named || !w->other))
		return rule(w, DELIVERY_SURE, "it holds %s and says \"%s\"", where, w->phrase);
	if (hands)
		return rule(w, DELIVERY_LIKELY, "it holds %s%s and says \"%s\"", where, which, w->phrase);
	if (t->named)
		return rule(w, DELIVERY_LIKELY, "it holds %s%s", where, which);
	if (w->in->alone && !(w->wish & ~(unsigned)WISH_THING) && w->text_words <= HARDLY_A_WORD)
		return rule(w, DELIVERY_LIKELY, "it holds %s and hardly a word", where);
	return rule(w, DELIVERY_NO, "it holds %s, and nothing ties that to what you promised", where);
}

/* Words alone. */
static enum delivery_strength with_words(struct weighing *w)
{
	unsigned bits = w->claims->bits;
	bool word = w->wish & WISH_WORD, enough_words = w->text_words >= ANSWER_LEAST;

	if (word && (bits & CLAIM_PROMISED) && w->told && enough_words)
		return rule(w, DELIVERY_SURE, "it says \"%s\" and answers in %zu words", w->phrase, w->text_words);
	if (word && (bits & CLAIM_ANSWERED) && enough_words && enough(w, w->told))
		return rule(w, DELIVERY_SURE, "it says what you found out, in %zu words", w->text_words);
	if (word && (bits & CLAIM_ANSWERED))
		return rule(w, DELIVERY_LIKELY, "it says that you found something out");
	if (word && w->text_words >= ANSWER_LONG && w->told > 1)
		return rule(w, DELIVERY_LIKELY, "it speaks of what you promised, in %zu words", w->text_words);
	if ((bits & CLAIM_SENT) && w->told)
		return rule(w, DELIVERY_LIKELY, "it says that you sent it");
	if ((bits & CLAIM_PROMISED) && !((bits & CLAIM_HERE) && w->text_words < ANSWER_LEAST))
		return rule(w, DELIVERY_LIKELY, "it says \"%s\", and holds neither file nor link", w->phrase);
	if ((bits & handing) && w->said && w->in->mail->links.n && !w->asks)
		return rule(w, DELIVERY_LIKELY, "it says \"%s\" of what you promised, and holds the link %s", w->phrase,
			    short_of(w, w->in->mail->links.list[0]));
	if ((bits & CLAIM_HERE) && w->said && w->text_words >= ANSWER_LONG)
		return rule(w, DELIVERY_LIKELY, "it says \"%s\" and has %zu words, though neither file nor link",
			    w->phrase, w->text_words);
	return rule(w, DELIVERY_NO, "nothing in it delivers anything");
}

static enum delivery_strength weigh(struct weighing *w)
{
	enum delivery_strength s;
	const char *why;
	int reach = reaches(&w->in->mail->to, w->in->to);

	w->out->elsewhere = reach == TO_NONE;
	w->out->reached = reach >= TO_SOME;
	if (w->out->empty)
		return rule(w, DELIVERY_NO, "it says \"%s\", and nothing is attached",
			    deliver_empty(w->p, w->claims, &w->thing));
	if (reach == TO_NONE)
		return rule(w, DELIVERY_NO, "it does not go to %s", short_of(w, addrs_names(w->p, w->in->to)));
	if (!w->thing.any && (w->anew || w->not_yet))
		return rule(w, DELIVERY_NO, "%s", w->anew ? "it promises it anew" : "it says that it is not there");
	/* what is there is another thing: this one is still to come */
	if (w->anew && !w->thing.named && !w->said)
		return rule(w, DELIVERY_NO, "it promises it anew");
	s = w->thing.any ? with_thing(w) : with_words(w);
	why = w->out->why;
	if (s != DELIVERY_SURE)
		return s;
	if (w->anew || w->not_yet)
		return rule(w, DELIVERY_LIKELY, "%s; but it also says that something is not there", why);
	if (w->partly)
		return rule(w, DELIVERY_LIKELY, "%s; but it may not be the whole", why);
	if (w->asks)
		return rule(w, DELIVERY_LIKELY, "%s; but as a question", why);
	if (w->wish == WISH_DEED)
		return rule(w, DELIVERY_LIKELY, "%s; but you promised to do something", why);
	if (reach != TO_THEM)
		return rule(w, DELIVERY_LIKELY, "%s; but %s", why, reach == TO_SOME ? "not to all of them" : "it goes to a colleague of theirs");
	return s;
}

void deliver_judge(struct pool *p, const struct deliver_in *in, struct deliver *out)
{
	struct weighing w = { .p = p, .in = in, .out = out, .claims = in->claims };

	*out = (struct deliver){ .strength = DELIVERY_NO, .why = "" };
	w.words = words_of(p, in->what);
	w.wish = claim_wish(p, in->rules, in->what);
	w.thing = deliver_thing(p, in->mail, in->what, in->resources, in->resource_count);
	w.text_words = count_words(in->mail->text);
	read_claims(&w);
	read_vows(&w);
	out->empty = deliver_empty(p, w.claims, &w.thing) != NULL;
	out->named = w.thing.named || w.said || w.thing.resource || (!w.thing.any && w.told);
	out->strength = weigh(&w);
	out->claims = (w.claims->bits & handing) || out->strength > DELIVERY_NO;
}
