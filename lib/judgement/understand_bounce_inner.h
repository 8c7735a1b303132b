/* understand_bounce, within: what stands in the text of a report. */
#ifndef KEPT_JUDGEMENT_UNDERSTAND_BOUNCE_INNER_H
#define KEPT_JUDGEMENT_UNDERSTAND_BOUNCE_INNER_H

#include "judgement/understand_inner.h"

enum { CANDIDATES_MOST = 100 };

/* How surely an address in the text is one that failed. */
enum certainty { NAMED, LEADING /* it begins its line */, LABELLED /* the words before it say so */ };

struct candidate {
	const char *address;
	enum certainty certainty;
};

/* The addresses in the first n bytes, at most CANDIDATES_MOST; not those that the words before them give to others. */
size_t candidates_find(struct thinking *, const char *s, size_t n, struct candidate *out);
/* Where the mail system's own words end: the copy of the original begins. */
size_t report_end(const char *s);
bool address_is_role(const char *);      /* a mail system's, a help desk's */
bool address_is_list_role(const char *); /* where a list's manager takes words, not letters */

const char *status_in(struct pool *, const char *s, size_t n); /* the first RFC 3463 code, or NULL */
const char *class_in(const char *s, size_t n);                 /* "4" or "5", of the first reply code, or NULL */
bool status_is_vague(const char *);                            /* it names no reason */

#endif
