/* content - content lines, of calendar objects and vCards (RFC 5545 3.1, RFC 6350 3.3): folding, parameters, escapes
 *
 * Law:     what is odd in one line costs that line alone: no line ends the reading. What is written is folded at 75 octets
 *          between characters. The caller bounds the whole; a value is cut at NOTE_MOST, a parameter at 2000 bytes.
 * Owns:    the pool.
 * Fails:   never: what is no content line is said to be none.
 * Tests:   tests/ical.c, tests/vcard.c
 */
#ifndef KEPT_LETTERS_CONTENT_H
#define KEPT_LETTERS_CONTENT_H

#include "ground/text.h"

struct content {
	const char *name;  /* upper case, without its group */
	char *params;      /* ";TZID=…;CN=…" or "" */
	const char *value; /* as written */
};

/* Unfolds and cuts into lines: each ends in NUL. Returns how many. */
size_t content_unfold(struct pool *, const char *text, size_t n, char ***out);
/* The same; `at`: in which line of the text each begins, from 1. */
size_t content_unfold_at(struct pool *, const char *text, size_t n, char ***out, int **at);
/* Cuts a line into name, parameters, value. false: it is none. */
bool content_cut(char *line, struct content *);
const char *content_param(struct pool *, const char *params, const char *name); /* quotes off; "" where there is none */
const char *content_text(struct pool *, const char *value);  /* TEXT (RFC 5545 3.3.11): escapes off */
const char *content_word(struct pool *, const char *value);  /* its first word, in upper case */

/* Adds a line, folded. What is put into it as TEXT is escaped. */
void content_line(struct pool *, struct text *, const char *format, ...) __attribute__((format(printf, 3, 4)));
const char *content_escaped(struct pool *, const char *);

#endif
