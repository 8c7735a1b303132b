/* refusal - does somebody ask not to be written to any more?
 *
 * Law:     pure. The words stand in conf/refusals.words, in seven languages; whoever configures kept adds some (setting
 *          refusal_words). It takes a sentence that says so of the writer themselves, for good: not one with a condition or an end,
 *          none about somebody else, no question but a polite one. In doubt there is none: a refusal silences kept.
 * Owns:    the pool.
 * Fails:   never.
 * Tests:   tests/refusal.c
 */
#ifndef KEPT_JUDGEMENT_REFUSAL_H
#define KEPT_JUDGEMENT_REFUSAL_H

#include "nouns/conf.h"

/* The sentence, as it was written; NULL: nobody asks that. `text`: what they wrote now. */
const char *refusal_find(struct pool *, const struct rules *, const char *subject, const char *text,
	const struct strings *own);
/* Its phrases, read once (conf.h, struct rules); where `rules` or its book is NULL, they are read anew. */
const struct phrase_book *refusal_book(struct pool *);

#endif
