/* words - whole words and phrases in folded text
 *
 * Law:     pure. A word ends where its letters end, in any language that parts them by blanks; in writing without
 *          blanks (Chinese, Japanese) every place may be the edge of one. A phrase is folded; a `*` at its end takes
 *          any ending, one in front any beginning; " .. " stands for words between.
 * Owns:    nothing; lives in the pool.
 * Tests:   tests/understand.c, tests/claim.c
 */
#ifndef KEPT_JUDGEMENT_WORDS_H
#define KEPT_JUDGEMENT_WORDS_H

#include "ground/text.h"

/* Folded text, cut where nobody reads on, white space squeezed to single spaces where `flat`. */
char *words_folded(struct pool *, const char *s, bool flat);
/* Does the phrase stand in the folded text? Where, or NULL. */
const char *words_find(const char *folded, const char *phrase);
/* The first phrase of the list (ended by NULL) that stands there; NULL: none. */
const char *words_any(const char *folded, const char *const *list);
bool words_start(const char *folded, const char *phrase);

struct phrases {
	const char **list; /* ended by NULL */
	size_t n;
};
void phrases_add(struct pool *, struct phrases *, const char *phrase);
/* Of a file that is built in: "[section]", then a phrase a line; # begins a remark. Of the hundreds that there are,
 * those alone whose letters stand in the folded text, each section's into its place of `out`; behind the last one
 * asked for it stops. */
void phrases_read(struct pool *, const char *file, const char *const *sections, size_t count, const char *folded,
	struct phrases *out);

#endif
