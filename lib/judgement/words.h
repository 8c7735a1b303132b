/* words - whole words and phrases in folded text
 *
 * Law:     pure. A word ends where its letters end, in any language that parts them by blanks; in writing without
 *          blanks (Chinese, Japanese) every place may be the edge of one. A phrase is folded; a `*` at its end takes
 *          any ending, one in front any beginning; " .. " stands for words between.
 * Owns:    nothing; lives in the pool.
 * Fails:   never.
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

/* A file of phrases that is built in: "[section]", then a phrase a line; # begins a remark. Whoever judges often reads it
 * once: it stands while the pool does, for any number of threads. Sections that are not named are left out. */
struct phrase_book;
const struct phrase_book *phrase_book_open(struct pool *, const char *file, const char *const *sections, size_t count);
/* Of the thousands in it those that stand in the folded text, found in one pass: each section's, in the file's order,
 * into its place of `out`. */
void phrases_find(struct pool *, const struct phrase_book *, const char *folded, struct phrases *out);

#endif
