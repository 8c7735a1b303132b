/* tail - the lines that a sender ends every letter with: a signature without a mark, an address, a notice of the house
 *
 * Law:     pure. Two lines at least, the same in the same order at the end of two letters before (TAIL_LETTERS), are a tail.
 *          Something is always left. For letters of others alone: what an owner repeats may be a promise to many people.
 * Owns:    the pool.
 * Fails:   never.
 * Tests:   tests/tail.c, tests/intake.c
 */
#ifndef KEPT_LETTERS_TAIL_H
#define KEPT_LETTERS_TAIL_H

#include "ground/pool.h"
#include "nouns/conf.h"

enum { TAIL_LINES_MOST = 16, TAIL_LINES_LEAST = 2, TAIL_LETTERS = 2 };

struct tail {           /* what is remembered of a sender */
	struct strings marks; /* a mark a line, the last line first */
	int letters;        /* that ended so */
};

/* The marks of a text's last lines, empty ones left out; case, accents and spaces do not matter. */
struct strings tail_marks(struct pool *, const char *text);
/* How many lines of the end this letter has in common with what is remembered. */
size_t tail_common(const struct strings *marks, const struct tail *);
/* The text without its tail; the same where it has none. `cut`: how many lines went. */
const char *tail_cut(struct pool *, const char *text, const struct tail *, size_t *cut);
/* What is remembered from now on. */
struct tail tail_learn(const struct tail *, const struct strings *marks);

#endif
