/* when_lex_inner - what reads the signs of an expression: its words (when_words.c), what begins with a digit
 * (when_number.c), and both one after the other (when_lex.c). Private to these three */
#ifndef KEPT_JUDGEMENT_WHEN_LEX_INNER_H
#define KEPT_JUDGEMENT_WHEN_LEX_INNER_H

#include <string.h>

#include "judgement/when_inner.h"

enum { WORD_LONGEST = 60 };

/* A word of the vocabulary. */
struct word {
	const char *s;
	enum meaning_of_word is;
	int value;
	bool glues; /* may stand in one run of letters with others: "endofmonth" */
};

const struct word *when_word(const char *folded);    /* NULL: none of the vocabulary */
const char *when_word_near(const char *folded);      /* the one that was meant, perhaps; NULL: none */
const char *when_zone_name(const char *folded);      /* the IANA name of "cet"; NULL: no zone */
char *when_join_phrases(struct pool *, char *folded); /* phrases to one word each, at word boundaries */

/* An expression as far as it is read. */
struct lex {
	struct pool *p;
	const struct frame *f;
	const char *s;
	struct token *out;
	size_t n;
	bool sticks, glue;
	struct err *e;
	const char *iana; /* the zone named in full, taken out before folding */
};

bool when_lex_add(struct lex *, struct token);
bool when_number(struct lex *); /* everything that begins with a digit */
bool when_offset_at(struct lex *, const char **s); /* the +01:00 of a zone, from its sign on */

static inline size_t digits(const char *s)
{
	return strspn(s, "0123456789");
}

static inline int digits_value(const char *s, size_t n)
{
	int v = 0;

	for (size_t i = 0; i < n && v < 100000000; i++)
		v = v * 10 + s[i] - '0';
	return v;
}

#endif
