/* A question of theirs in what the owner's message quotes below its words */
#include <string.h>

#include "judgement/fit.h"
#include "judgement/look.h"

enum { QUOTED_MOST = 16 << 10, QUESTION_LEAST = 12, QUESTION_MOST = 300 };

/* The quoted lines of the first level, their marks off; "" where own words stand among or below them: then each was
 * answered, or not, in its place. */
static const char *quoted_of(struct pool *p, const struct letter *l)
{
	struct text *out = text_new(p, QUOTED_MOST);
	bool began = false;

	for (const char *s = l->full, *end; *s && !out->cut; s = *end ? end + 1 : end) {
		const char *line = s + strspn(s, " \t");

		end = s + strcspn(s, "\n");
		if (*line == '>') {
			began = true;
			line += 1 + strspn(line + 1, " \t");
			if (*line != '>' && line <= end)
				text_print(out, "%.*s\n", (int)(end - line), line);
		} else if (began && line < end) {
			const char *own = pool_slice(p, line, (size_t)(end - line));

			if (strlen(own) > 3 && text_find(l->text, own))
				return "";
		}
	}
	return out->s;
}

const char *look_question(struct pool *p, const struct letter *l, const char *promise)
{
	const char *quoted = quoted_of(p, l);
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
