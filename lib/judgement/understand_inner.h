/* understand, within: what its parts share. */
#ifndef KEPT_JUDGEMENT_UNDERSTAND_INNER_H
#define KEPT_JUDGEMENT_UNDERSTAND_INNER_H

#include "judgement/understand.h"

enum { WHY_MOST = 40, PROMISES_MOST = 40, SCAN_MOST = 64 << 10 /* of a text that is searched for words */ };

struct thinking {
	struct pool *p;
	const struct letter *l;
	const struct place *at;
	const struct known *known;
	const struct conf *c;
	utc now, arrived, anchor; /* anchor: what dates are relative to */
	struct meaning *m;
};

void why(struct thinking *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- words (understand_words.c) ---- */

/* Folded text, cut at SCAN_MOST, white space squeezed to single spaces where `flat`. */
char *words_folded(struct pool *, const char *s, bool flat);
/* Does the phrase (folded; a `*` at its end: any ending) stand in the folded text as whole words? Where, or NULL. */
const char *words_find(const char *folded, const char *phrase);
/* The first phrase of the list (ended by NULL) that stands there; NULL: none. */
const char *words_any(const char *folded, const char *const *list);
/* Which two bytes stand beside each other in a text: a phrase that holds another pair is not there. */
struct pairs {
	unsigned char bits[1 << 13];
};
void pairs_read(struct pairs *, const char *s);
bool pairs_hold(const struct pairs *, const char *phrase, size_t n); /* false: words_find() finds it in no part of that text */
bool words_start(const char *folded, const char *phrase);

/* ---- parts ---- */
bool bounce_find(struct thinking *);           /* fills m->bounce: it is a report of failure or delay */
bool automatic_find(struct thinking *);        /* fills m->automatic */
void answer_weigh(struct thinking *);          /* fills m->answer */
bool safety_told(struct pool *, const struct conf *, const char *text, const char **sentence); /* a possible adverse event in a person */

/* A frame for dates of that owner (NULL: UTC, the usual working time). */
struct frame frame_of(struct thinking *, const struct owner *, struct worktime *);

#endif
