/* Possible adverse events: a sentence that tells of something bad that happened to a person under a medicine. It takes two
 * kinds of words at least, near each other: what happened, and to whom or after what; tables, rates, plans and negations
 * are none. It rather warns once too often than once too little, but not at each mention of safety. The words stand in
 * conf/safety.words, which is built in. */
#include "judgement/understand_inner.h"

#include <string.h>

enum { SENTENCES_MOST = 400, SENTENCE_MOST = 1200 };

__asm__(".section .rodata\n"
	"safety_words_built_in:\n.incbin \"conf/safety.words\"\n.byte 0\n"
	".previous\n");
extern const char safety_words_built_in[] __attribute__((visibility("hidden")));

/* The sections of conf/safety.words. */
#define SECTIONS(X) X(EVENTS, "events") X(OUTCOMES, "outcomes") X(PERSONS, "persons") X(HAPPENED, "happened") \
	X(AGGREGATES, "aggregates") X(NEGATIONS, "negations")
#define X(id, name) id,
enum section { SECTIONS(X) SECTION_COUNT };
#undef X

enum { OWN = SECTION_COUNT, LISTS }; /* OWN: of the setting safety_words */

static void lists_read(struct pool *p, const char *folded, const struct strings *own, struct phrases *out)
{
#define X(id, name) name,
	static const char *const names[] = { SECTIONS(X) };
#undef X

	phrases_read(p, safety_words_built_in, names, SECTION_COUNT, folded, out);
	out[OWN] = (struct phrases){ pool_list(p, 1, sizeof(char *)), 0 };
	for (size_t i = 0; i < own->n; i++)
		phrases_add(p, &out[OWN], words_folded(p, own->list[i], true));
}

/* A negation close before the event. */
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
	for (char *c = before; *c; c++) /* the negation must not belong to another clause */
		if (*c == ',' || *c == ';')
			memset(before, ' ', (size_t)(c - before + 1));
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

static bool tells(const struct phrases *w, const char *s, const char *before)
{
	bool own = event_in(w, s, w[OWN].list), event = own || event_in(w, s, w[EVENTS].list), outcome = event_in(w, s, w[OUTCOMES].list);
	bool person, did, near;

	if (!event && !outcome)
		return false;
	person = words_any(s, w[PERSONS].list);
	did = words_any(s, w[HAPPENED].list);
	near = words_any(before, w[PERSONS].list);
	if (words_any(s, w[AGGREGATES].list)) /* even there one person's story may stand: all signs together */
		return event && person && did && outcome;
	return own || (event && did && (person || near || outcome)) || (outcome && (person || near) && (did || event)) || (event && person && outcome);
}

bool safety_told(struct pool *p, const struct conf *c, const char *text, const char **sentence)
{
	char *folded = words_folded(p, text, true), *s = folded;
	const char *before = "";
	struct phrases w[LISTS];

	*sentence = "";
	lists_read(p, folded, &c->safety_list, w);
	if (!w[EVENTS].n && !w[OUTCOMES].n && !w[OWN].n)
		return false;
	for (size_t i = 0; i < SENTENCES_MOST && *s; i++) {
		char *end = s, *one;

		while (*end && end - s < SENTENCE_MOST && !((*end == '.' || *end == '!' || *end == '?') && (end[1] == ' ' || !end[1]) && end - s > 3))
			end++;
		one = pool_slice(p, s, (size_t)(end - s));
		if (*end != '?' && tells(w, one, before)) {
			*sentence = one;
			return true;
		}
		before = one;
		s = end + (*end != '\0');
		s += strspn(s, " ");
	}
	return false;
}
