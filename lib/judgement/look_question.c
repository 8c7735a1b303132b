/* A question of theirs in what the owner's message quotes below its words */
#include <string.h>

#include "judgement/fit.h"
#include "judgement/look.h"
#include "letters/quote.h"

enum { QUESTION_LEAST = 12, QUESTION_MOST = 300 };

/* Own words among or below what is quoted: then each question was answered, or not, in its place. */
static bool in_places(struct pool *p, const struct letter *l)
{
	bool began = false;

	for (const char *s = l->full, *end; *s; s = *end ? end + 1 : end) {
		const char *line = s + strspn(s, " \t");

		end = s + strcspn(s, "\n");
		began = began || *line == '>';
		if (began && *line != '>' && end - line > 3 && text_find(l->text, pool_slice(p, line, (size_t)(end - line))))
			return true;
	}
	return false;
}

const char *look_question(struct pool *p, const struct letter *l, const char *promise)
{
	const char *quoted = l->forwarded.is || in_places(p, l) ? "" : quote_answered(p, l);
	struct strings promised = fit_words(p, promise);
	struct vow_span *spans;
	size_t n;

	spans = vow_sentences(p, quoted, &n);
	for (size_t i = 0; i < n; i++) {
		size_t length = spans[i].to - spans[i].from;
		const char *one = text_squeeze(p, pool_slice(p, quoted + spans[i].from, length));
		struct strings words;

		if (length < QUESTION_LEAST || length > QUESTION_MOST || one[strlen(one) - 1] != '?')
			continue;
		words = fit_words(p, one);
		/* what was promised is what they asked for there */
		if (words.n < 2 || fit_common(p, &promised, one, NULL) || look_is_answered(p, &words, l->text))
			continue;
		return one;
	}
	return NULL;
}
