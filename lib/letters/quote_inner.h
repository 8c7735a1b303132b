/* What quote.c and its parts share: the words that clients write around a message, and what a line is. */
#ifndef KEPT_LETTERS_QUOTE_INNER_H
#define KEPT_LETTERS_QUOTE_INNER_H

#include "letters/markup_inner.h"
#include "letters/quote.h"

void plain_rows(struct pool *, const char *plain, bool flowed, bool delsp, struct rows *out);

/* The fields of a header block in front of a message. */
enum label { LABEL_NONE, LABEL_FROM, LABEL_TO, LABEL_CC, LABEL_DATE, LABEL_SUBJECT, LABEL_OTHER };

enum { LINE_MOST = 1000 }; /* a longer line is no attribution and no header */

/* The label a line begins with; `value` (may be NULL): what follows it. LABEL_NONE, but `value` set: shaped like a label. */
enum label label_of(struct pool *, const char *line, const char **value);
/* "On … wrote:" on one line (several joined). `quoted`: quoted lines follow at once, which proves more. */
bool is_attribution(struct pool *, const char *line, bool quoted);
bool may_attribute(const char *line); /* a digit or a colon stands in it: no other is one, unless quoted lines follow */
bool has_wrote(struct pool *, const char *line); /* a verb of attributions */
/* "----- Original Message -----", "Begin forwarded message:": 0 no, 1 of a reply or either, 2 of a forward, -1 has the shape
 * but unknown words. `rest`: what stands behind it on the line. */
int title_of(struct pool *, const char *line, const char **rest);
bool is_drawn(const char *line); /* a line of - _ = * only, at least four */
enum prefix { PREFIX_NONE, PREFIX_REPLY, PREFIX_FORWARD, PREFIX_UNKNOWN };
enum prefix prefix_of(struct pool *, const char *subject);
bool has_address(const char *line);
bool has_date(const char *line);
utc date_of(struct pool *, const char *words); /* 0: none could be read */

/* Which two letters stand side by side in a text, blanks and marks of emphasis passed over. A text without the letters of a
 * phrase so need not be searched for it, and that is nearly every one. */
struct beside {
	uint32_t of[33]; /* by five bits of a letter, which are the same in capitals; 32: in front of the first */
	size_t n;        /* bytes that were not passed over */
};
void beside_read(struct beside *, const char *);
bool beside_holds_all(const struct beside *, const char *phrase);

/* false: for sure not. The first two letters settle it for nearly every phrase. */
static inline bool beside_may_hold(const struct beside *b, const char *phrase)
{
	bool letters = phrase[0] > '`' && phrase[1] > '`' && phrase[1] < '{';

	return (!letters || b->of[phrase[0] & 31] >> (phrase[1] & 31) & 1) && beside_holds_all(b, phrase);
}

extern const char *const quote_months[12];        /* beginnings of names, folded, each followed by | */
char *quote_fold(struct pool *, const char *);    /* text_fold() and the letters of more languages */
size_t quote_digits(const char *);                /* how many stand there */

/* The first address in a value, with its name. */
bool author_of(struct pool *, const char *value, struct addr *out);

/* Signatures and what follows them, in the lines that are the writer's own: own[] is cleared. */
void signature_drop(struct pool *, const struct rows *, bool *own);

#endif
