/* A question of theirs: in what the owner's message quotes below its words, or in their own letter */
#include <string.h>

#include "judgement/fit.h"
#include "judgement/look.h"
#include "letters/quote.h"

enum { QUESTION_LEAST = 12, QUESTION_MOST = 300, GREETING_MOST = 40 };

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

/* Does that sentence ask about something? Of two words at least: "How are you?" does not. */
static const char *asked(struct pool *p, const char *text, const struct vow_span *span, struct strings *words)
{
	size_t length = span->to - span->from;
	const char *one = text_squeeze(p, pool_slice(p, text + span->from, length));

	if (length < QUESTION_LEAST || length > QUESTION_MOST || !*one || one[strlen(one) - 1] != '?')
		return NULL;
	*words = fit_words(p, one);
	return words->n < 2 ? NULL : one;
}

const char *look_question(struct pool *p, const struct letter *l, const char *promise)
{
	const char *quoted = l->forwarded.is || in_places(p, l) ? "" : quote_answered(p, l);
	struct strings promised = fit_words(p, promise);
	struct vow_span *spans;
	size_t n;

	spans = vow_sentences(p, quoted, &n);
	for (size_t i = 0; i < n; i++) {
		struct strings words;
		const char *one = asked(p, quoted, &spans[i], &words);

		/* what was promised is what they asked for there */
		if (!one || fit_common(p, &promised, one, NULL) || look_is_answered(p, &words, l->text))
			continue;
		return one;
	}
	return NULL;
}

const char *look_asks(struct pool *p, const struct letter *l)
{
	struct vow_span *spans;
	const char *one = NULL;
	struct strings words;
	size_t n;

	spans = vow_sentences(p, l->text, &n);
	for (size_t i = 0; i < n && !one; i++) {
		size_t line = strcspn(l->text + spans[i].from, "\n");

		if (line && line < GREETING_MOST && spans[i].from + line < spans[i].to && l->text[spans[i].from + line - 1] == ',') /* "Hello Ada," on a line of its own */
			spans[i].from += line;
		one = asked(p, l->text, &spans[i], &words);
	}
	return one;
}
