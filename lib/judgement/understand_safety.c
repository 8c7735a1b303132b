/* Possible adverse events: a sentence that tells of something bad that happened to a person under a medicine, of a
 * medicine that was given wrongly or outside its label, or that did not act. It takes words of several kinds, near
 * each other; tables, rates, plans, questions and negations are none. It rather warns once too often than once too
 * little, but not at each mention of safety: a thread that is flagged freezes mail. The words, and which kinds make a
 * case, stand in conf/safety.words. */
#include "judgement/understand_inner.h"

#include <ctype.h>
#include <string.h>

enum {
	SENTENCES_MOST = 20000,
	SENTENCE_MOST = 1200,
	TALES_MOST = 20,
	FULL_MOST = 200000, /* bytes of a letter */
	BLOCK_MOST = 20000,
	MARK_MOST = 48,
	REACH = 60 /* bytes from "since" to its medicine */
};

__asm__(".section .rodata\n"
	"safety_words_built_in:\n.incbin \"conf/safety.words\"\n.byte 0\n"
	".previous\n");
extern const char safety_words_built_in[] __attribute__((visibility("hidden")));

/* The sections of conf/safety.words. Every rule asks for a word of the first three, or for one of the owner's own: where
 * none stands in a text, its sentences need not be read. */
#define SECTIONS(X) X(PATIENTS, "patients") X(MEDICINES, "medicines") X(FORMS, "forms") \
	X(EVENTS, "events") X(SPECIAL, "special") X(FAILURES, "failures") X(MISTAKES, "mistakes") X(LOSS, "loss") \
	X(OUTCOMES, "outcomes") X(PERSONS, "persons") X(PRONOUNS, "pronouns") X(HAPPENED, "happened") \
	X(ONSET, "onset") X(BODY, "body") X(REASONS, "reasons") X(HARMLESS, "harmless") \
	X(STOPPED, "stopped") X(AFTER, "after") X(SINCE, "since") X(CAUSES, "causes") X(TAKEN, "taken") X(HISTORY, "history") \
	X(BETTER, "better") X(AGGREGATES, "aggregates") X(NEGATIONS, "negations") X(UNAWARE, "unaware")
#define X(id, name) id,
enum section { SECTIONS(X) SECTION_COUNT };
#undef X

enum { OWN = SECTION_COUNT, LISTS, FIRST_ONES = EVENTS }; /* OWN: of the setting safety_words */

const struct phrase_book *safety_book(struct pool *p)
{
#define X(id, name) name,
	static const char *const names[] = { SECTIONS(X) };
#undef X

	return phrase_book_open(p, safety_words_built_in, names, SECTION_COUNT);
}

/* False: no case can stand in the text. */
static bool lists_read(struct pool *p, const struct phrase_book *b, const char *folded, const struct strings *own,
	struct phrases *out)
{
	bool any = own->n > 0;

	phrases_find(p, b ? b : safety_book(p), folded, out);
	for (size_t i = 0; i < FIRST_ONES && !any; i++)
		any = words_any(folded, out[i].list);
	if (!any)
		return false;
	out[OWN] = (struct phrases){ pool_list(p, 1, sizeof(char *)), 0 };
	for (size_t i = 0; i < own->n; i++)
		phrases_add(p, &out[OWN], words_folded(p, own->list[i], true));
	return true;
}

/* A negation close before the event, in its clause. */
static bool negated(const struct phrases *w, const char *sentence, const char *event)
{
	char before[48];
	size_t n = (size_t)(event - sentence), k = n < sizeof before - 1 ? n : sizeof before - 1, words = 0;
	const char *at = event, *from;

	while (at > sentence && words < 4) {
		at--;
		words += *at == ' ';
	}
	from = event - at < (long)k ? at : event - k;
	memcpy(before, from, (size_t)(event - from));
	before[event - from] = '\0';
	for (char *c = before; *c; c++)
		if (*c == ',' || *c == ';')
			memset(before, ' ', (size_t)(c - before + 1));
	if (words_any(before, w[UNAWARE].list))
		return false;
	return words_any(before, w[NEGATIONS].list) || strstr(before, "n't ");
}

static bool event_in(const struct phrases *w, const char *s, const char *const *list)
{
	for (size_t i = 0; list[i]; i++)
		for (const char *at = s; *list[i] && (at = words_find(at, list[i])); at++)
			if (!negated(w, s, at))
				return true;
	return false;
}

/* "since i take your tablets", "from the new pills": a word of that list, and a medicine close behind it. */
static bool leads_to_medicine(struct pool *p, const struct phrases *w, const char *s, size_t list)
{
	for (size_t i = 0; w[list].list[i]; i++)
		for (const char *at = s; (at = words_find(at, w[list].list[i])); at++)
			if (words_any(pool_slice(p, at, strnlen(at, REACH)), w[MEDICINES].list))
				return true;
	return false;
}

struct sentence {
	const char *s, *before, *behind; /* and the sentences beside it, "" */
	bool asked;                      /* it ends with a question mark */
};

/* What stands in a sentence, and beside it. */
struct signs {
	bool own, event, special, failure, mistake, loss, outcome; /* what a case begins with */
	bool patient, named, person, someone; /* named: no pronoun alone; someone: in the sentence beside it, a patient */
	bool medicine, medicine_near, form, taken;
	bool happened, onset, body, stopped, reasoned, harmless, after;
	bool under, since, caused; /* a medicine stands close behind "after", "since", what it comes from */
	bool history, better, aggregate;
};

/* False: nothing that a case begins with. */
static bool signs_read(struct pool *p, const struct phrases *w, const struct sentence *one, struct signs *g)
{
	const char *s = one->s;

	*g = (struct signs){ 0 };
#define HAS(list_) words_any(s, w[list_].list)
#define NEAR(list_) (words_any(one->before, w[list_].list) || words_any(one->behind, w[list_].list))
	g->own = event_in(w, s, w[OWN].list);
	g->event = g->own || event_in(w, s, w[EVENTS].list);
	g->outcome = event_in(w, s, w[OUTCOMES].list);
	g->special = HAS(SPECIAL);
	g->failure = HAS(FAILURES);
	g->mistake = HAS(MISTAKES);
	g->loss = HAS(LOSS);
	g->medicine = HAS(MEDICINES);
	g->taken = HAS(TAKEN);
	g->since = g->taken && g->medicine && leads_to_medicine(p, w, s, SINCE);
	g->onset = HAS(ONSET);
	g->body = HAS(BODY);
	g->stopped = HAS(STOPPED);
	g->reasoned = g->stopped && HAS(REASONS);
	g->harmless = HAS(HARMLESS);
	if (!g->event && !g->outcome && !g->special && !g->failure && !g->mistake && !g->loss && !g->onset && !g->body &&
	    !g->reasoned && !g->since)
		return false;
	g->patient = HAS(PATIENTS);
	g->named = g->patient || HAS(PERSONS);
	g->person = g->named || HAS(PRONOUNS);
	g->someone = g->person || NEAR(PATIENTS);
	g->medicine_near = g->medicine || NEAR(MEDICINES);
	g->form = HAS(FORMS);
	g->happened = HAS(HAPPENED);
	g->after = HAS(AFTER);
	g->under = g->after && leads_to_medicine(p, w, s, AFTER);
	g->caused = g->medicine && leads_to_medicine(p, w, s, CAUSES);
	g->history = HAS(HISTORY);
	g->better = HAS(BETTER);
	g->aggregate = HAS(AGGREGATES);
#undef HAS
#undef NEAR
	return true;
}

/* The rules that conf/safety.words names at its top. */
static bool tells(struct pool *p, const struct phrases *w, const struct sentence *one)
{
	struct signs g;
	bool at_a_time, all, denied, body;

	if (!signs_read(p, w, one, &g))
		return false;
	denied = words_any(one->s, w[NEGATIONS].list);
	at_a_time = g.happened || g.after || g.stopped;
	all = g.event && g.person && g.happened &&
	      (g.outcome || (g.medicine && (g.patient || g.after || g.stopped || g.taken)));
	if (g.special && g.patient && g.taken && !one->asked) /* whatever the label, a paper or a trial says */
		return true;
	if (one->asked && !g.aggregate && !g.history && g.event && g.named && (g.under || g.caused))
		return true; /* "could the tingling in my feet come from the new pills?" */
	if (one->asked || g.aggregate) /* even there one person's story may stand: nearly all signs together */
		return all;
	if (g.own && (g.someone || at_a_time))
		return true;
	if (g.failure && g.medicine_near && (g.someone || g.after))
		return true;
	if (g.history && !(g.medicine && (g.happened || g.stopped)))
		return false;
	if (g.special && (g.patient || (g.taken && g.medicine)))
		return true;
	if (g.mistake && g.taken && g.form)
		return true;
	if (g.better && !g.happened && !g.stopped)
		return false;
	if (g.outcome && (g.patient || (g.someone && g.medicine_near)))
		return true;
	body = g.body && !denied && (g.under || (g.patient && g.caused));
	if (g.person && !g.better && !g.harmless && (g.since || body || (g.under && g.loss)))
		return true;
	if (g.patient && !g.harmless &&
		(g.reasoned || (g.stopped && g.body) || (g.onset && (g.under || (g.medicine && (g.after || g.taken))))))
		return true; /* what it was need not be known */
	if (!g.event)
		return false;
	return (g.patient && (at_a_time || g.medicine)) || (g.named && g.medicine_near && (at_a_time || g.taken)) ||
	       (g.person && g.medicine_near && at_a_time) || (g.named && g.caused) || (g.someone && !g.person && at_a_time) ||
	       g.under || (g.medicine && g.stopped);
}

/* The end of the sentence that begins at s: not the point of "Mrs K." or "Dr." */
static const char *sentence_end(const char *s)
{
	static const char *const shorts[] = {
		"mr", "mrs", "ms", "dr", "prof", "st", "approx", "ca", "bzw", "frl", "vs", "e.g", "i.e", "z.b", "sra",
		"sr", "dra", "sig", "mw", "dhr", "mme", "resp", "incl", NULL
	};
	const char *end = s;

	for (; *end && end - s < SENTENCE_MOST; end++) {
		const char *word = end;
		bool is_short = false;

		if ((*end != '.' && *end != '!' && *end != '?') || (end[1] != ' ' && end[1]) || end - s <= 3)
			continue;
		while (word > s && word[-1] != ' ')
			word--;
		for (size_t i = 0; shorts[i] && !is_short; i++)
			is_short = strncmp(word, shorts[i], (size_t)(end - word)) == 0 && !shorts[i][end - word];
		if (*end != '.' || !(is_short || (end - word == 1 && isalpha((unsigned char)*word))))
			break;
	}
	return end;
}

/* The sentence of the text whose folded form that is, as its writer wrote it. */
const char *safety_words(struct pool *p, const char *text, const char *folded)
{
	size_t n;
	struct vow_span *spans = vow_sentences(p, text, &n);

	for (size_t i = 0; i < n && i < SENTENCES_MOST; i++) {
		char *one = text_squeeze(p, pool_slice(p, text + spans[i].from, spans[i].to - spans[i].from));

		if (*one && strstr(words_folded(p, one, true), folded))
			return one;
	}
	return folded;
}

/* The next one; "" at the end. */
static struct sentence next_of(struct pool *p, const char **s)
{
	const char *end = sentence_end(*s);
	struct sentence one = { .s = pool_slice(p, *s, (size_t)(end - *s)), .before = "", .behind = "", .asked = *end == '?' };

	*s = end + (*end != '\0');
	*s += strspn(*s, " ");
	return one;
}

/* The first ones of a text whose words were found; how many. */
static size_t told_in(struct pool *p, const struct phrases *w, const char *folded, const char **list, size_t most)
{
	const char *s = folded;
	struct sentence one = next_of(p, &s), next;
	size_t count = 0;

	for (size_t n = 0; *one.s && count < most && n < SENTENCES_MOST; n++, one = next) {
		next = next_of(p, &s);
		next.before = one.s, one.behind = next.s;
		if (tells(p, w, &one))
			list[count++] = one.s;
	}
	return count;
}

bool safety_told(struct pool *p, const struct conf *c, const char *folded, const char **sentence)
{
	struct phrases w[LISTS];

	*sentence = "";
	return lists_read(p, c->rules.safety, folded, &c->safety_list, w) && told_in(p, w, folded, sentence, 1);
}

/* ---- anywhere in a letter ---- */

/* Its last letters and figures: where it begins, marks of quotation and wraps may have changed. */
static const char *mark_of(struct pool *p, const char *sentence)
{
	uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */
	size_t n = 0;

	for (const char *s = sentence + strlen(sentence); s > sentence && n < MARK_MOST;)
		if (isalnum((unsigned char)*--s))
			h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211), n++;
	return pool_print(p, "%016llx", (unsigned long long)h);
}

/* How to report one, or who may read this: the end of many a company's mail, and nobody's case. */
static bool is_boilerplate(const char *folded)
{
	static const char *const words[] = {
		"confidential*", "privileged", "intended recipient*", "disclaimer", "vertraulich*", "confidenti*", "riservat*",
		"http*", "www*", "to report", "report any", "report adverse", "report side", "reporting", "pharmacovigilance",
		"yellow card", "medwatch", "call us", "contact us", "if you or", "zu melden", "melden sie", "signaler", "declarer",
		"segnalare", "notificar", NULL
	};

	return words_any(folded, words) != NULL;
}

/* A line without its marks of quotation; *depth: how many. */
static const char *unmarked(const char *s, size_t *depth)
{
	for (*depth = 0; *s == '>' || *s == ' ' || *s == '\t'; s++)
		*depth += *s == '>';
	return s;
}

void safety_tales(struct pool *p, const struct conf *c, const char *full, struct meaning *m)
{
	struct text *block = text_new(p, BLOCK_MOST);
	const char *found[TALES_MOST], **blocks = NULL;
	struct phrases w[LISTS];
	size_t count = 0, depth, before = 0;

	full = pool_slice(p, full, strnlen(full, FULL_MOST));
	if (!lists_read(p, c->rules.safety, words_folded(p, full, true), &c->safety_list, w))
		return;
	for (const char *s = full, *line; *s || block->n; s += strcspn(s, "\n"), s += *s == '\n') {
		size_t n;

		line = unmarked(s, &depth);
		n = strcspn(line, "\r\n");
		if (block->n && (!n || depth != before)) {
			*(const char **)pool_more(p, &blocks, count++, sizeof *blocks) = words_folded(p, block->s, true);
			block = text_new(p, BLOCK_MOST);
		}
		before = depth;
		text_put(block, line, n);
		text_add(block, n ? "\n" : "");
	}
	for (size_t i = 0; i < count && m->tale_count < TALES_MOST; i++) {
		size_t n = is_boilerplate(blocks[i]) ? 0 : told_in(p, w, blocks[i], found, TALES_MOST - m->tale_count);

		for (size_t k = 0; k < n; k++)
			*(struct tale *)pool_more(p, &m->tales, m->tale_count++, sizeof *m->tales) =
				(struct tale){ safety_words(p, full, found[k]), mark_of(p, found[k]) };
	}
}
