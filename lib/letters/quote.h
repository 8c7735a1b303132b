/* quote - the words the sender wrote now
 *
 * Law:     without quotation, signature, disclaimer, client's advertisement or forwarded block; from plain,
 *          format=flowed and HTML. The structure that each client leaves goes before words. A forward's original author,
 *          date, subject and text are kept apart.
 * Owns:    the pool. Fails: never; at worst the text is the whole.
 * Tests:   tests/quote.c; fuzz target tests/fuzz/quote.c
 */
#ifndef KEPT_LETTERS_QUOTE_H
#define KEPT_LETTERS_QUOTE_H

#include "nouns/letter.h"

struct quoted {
	const char *text;          /* new text */
	const char *full;          /* all readable text */
	bool from_html;
	struct forwarded forwarded; /* an inline forward; .is false: none */
};

/* `plain`, `html`: decoded parts, UTF-8, NULL where there is none. `subject` tells a forward. `flowed`, `delsp`: RFC 3676. */
void quote_split(struct pool *, const char *plain, bool flowed, bool delsp, const char *html, const char *subject, struct quoted *out);

/* The words of the other person that this letter answers, as it quotes or forwards them: theirs alone, without what they quoted.
 * "": it quotes nothing. */
const char *quote_answered(struct pool *, const struct letter *);

#endif
