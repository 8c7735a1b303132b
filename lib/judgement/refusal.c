#include "judgement/refusal.h"

#include <string.h>

#include "judgement/vow.h"
#include "judgement/words.h"

enum {
	SENTENCES_MOST = 200, SENTENCE_MOST = 400, /* who refuses says it shortly */
	STOP_REACH = 1, LIST_REACH = 6             /* words between the two parts of a rule */
};

__asm__(".section .rodata\n"
	"refusals_built_in:\n.incbin \"conf/refusals.words\"\n.byte 0\n"
	".previous\n");
extern const char refusals_built_in[] __attribute__((visibility("hidden")));

/* The sections of the file, in its order. */
#define SECTIONS(X) X(STOP, "stop") X(MAIL, "mail") X(REMOVE, "remove") X(LIST, "list") X(REFUSALS, "refusals") \
	X(ENDS, "ends") X(ALONE, "alone") X(UNLESS, "unless") X(ASKING, "asking") X(COURTESY, "courtesy")
#define X(id, name) id,
enum section { SECTIONS(X) SECTION_COUNT };
#undef X

const struct phrase_book *refusal_book(struct pool *p)
{
#define X(id, name) name,
	static const char *const names[] = { SECTIONS(X) };
#undef X

	return phrase_book_open(p, refusals_built_in, names, SECTION_COUNT);
}

static bool is_blank(char c)
{
	return c && strchr(" \t\r\n.,;:!?-*_\"'()", c);
}

/* Folded, without the courtesy at either end: "please unsubscribe, thank you". */
static char *bare(struct pool *p, const char *folded, const struct phrases *courtesy)
{
	char *s = pool_copy(p, folded);
	bool again = true;

	while (again) {
		size_t n = strlen(s);

		again = false;
		while (is_blank(*s))
			s++, n--;
		while (n && is_blank(s[n - 1]))
			s[--n] = '\0';
		for (size_t i = 0; i < courtesy->n && !again; i++) {
			size_t k = strlen(courtesy->list[i]);

			if (n < k)
				continue;
			if (words_start(s, courtesy->list[i])) {
				s += k;
				again = true;
			} else if (strcmp(s + n - k, courtesy->list[i]) == 0 && (n == k || is_blank(s[n - k - 1]))) {
				s[n - k] = '\0';
				again = true;
			}
		}
	}
	return s;
}

static bool is_one(const struct phrases *list, const char *s)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->list[i], s) == 0)
			return true;
	return false;
}

/* "please stop writing." but not "please stop writing the old dose". */
static bool ends_with_one(const struct phrases *list, const char *s)
{
	size_t n = strlen(s);

	for (size_t i = 0; i < list->n; i++) {
		size_t k = strlen(list->list[i]);

		if (n >= k && strcmp(s + n - k, list->list[i]) == 0 && (n == k || is_blank(s[n - k - 1])))
			return true;
	}
	return false;
}

/* One of the second list stands behind one of the first, at most that many words between, and no more than one clause. */
static bool follows(const char *s, const struct phrases *first, const struct phrases *second, int reach)
{
	for (size_t i = 0; i < first->n; i++)
		for (const char *at = s; (at = words_find(at, first->list[i])); at++) {
			const char *from = at + strlen(first->list[i]);

			for (int words = 0; words <= reach && *from; words++) {
				from += strspn(from, " ,");
				for (size_t k = 0; k < second->n; k++)
					if (words_start(from, second->list[k]))
						return true;
				from += strcspn(from, " ;:");
				if (*from && *from != ' ')
					break;
			}
		}
	return false;
}

static bool refuses(struct pool *p, const struct phrases *lists, const struct phrases *own, const char *sentence, bool first)
{
	char *folded = words_folded(p, sentence, true), *s = bare(p, folded, &lists[COURTESY]);
	size_t n = strlen(folded);

	if (strlen(s) > SENTENCE_MOST || words_any(folded, lists[UNLESS].list))
		return false;
	if (n && folded[n - 1] == '?' && !words_any(folded, lists[ASKING].list))
		return false;
	if (follows(s, &lists[STOP], &lists[MAIL], STOP_REACH) || follows(s, &lists[REMOVE], &lists[LIST], LIST_REACH))
		return true;
	return (first && is_one(&lists[ALONE], s)) || ends_with_one(&lists[ENDS], s) || words_any(folded, lists[REFUSALS].list) ||
	       words_any(folded, own->list);
}

const char *refusal_find(struct pool *p, const struct rules *r, const char *subject, const char *text,
	const struct strings *own)
{
	struct phrases lists[SECTION_COUNT], more = { pool_list(p, 1, sizeof(char *)), 0 };
	const char *whole = utf8_mend(p, text, strnlen(text, BODY_MOST));
	struct vow_span *spans;
	size_t n;

	phrases_find(p, r && r->refusals ? r->refusals : refusal_book(p),
		words_folded(p, pool_print(p, "%s\n%s", subject, whole), true), lists);
	for (size_t i = 0; i < own->n; i++)
		phrases_add(p, &more, words_folded(p, own->list[i], true));
	if (!lists[STOP].n && !lists[REMOVE].n && !lists[REFUSALS].n && !lists[ENDS].n && !lists[ALONE].n && !more.n)
		return NULL;
	spans = vow_sentences(p, whole, &n);
	for (size_t i = 0; i < n && i < SENTENCES_MOST; i++) {
		char *sentence = text_squeeze(p, pool_slice(p, whole + spans[i].from, spans[i].to - spans[i].from));

		if (refuses(p, lists, &more, sentence, i == 0))
			return sentence;
	}
	subject = text_squeeze(p, subject);
	return is_one(&lists[ALONE], bare(p, words_folded(p, subject, true), &lists[COURTESY])) ? subject : NULL;
}
