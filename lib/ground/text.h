/* text - bounded text, and `struct line`, all that may enter a header
 *
 * Law:     every builder is born with its largest size; what does not fit is cut on a UTF-8 boundary, and `cut` says so.
 *          A header field takes a `struct line`, nothing else; line_from() alone makes one: valid UTF-8, no control
 *          character, so no CR or LF.
 * Units:   bytes of UTF-8.
 * Owns:    a text lives in the pool it was made in.
 * Tests:   tests/text.c
 */
#ifndef KEPT_GROUND_TEXT_H
#define KEPT_GROUND_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ground/err.h"
#include "ground/pool.h"

enum { /* the sizes, in bytes */
	WHAT_MOST = 300,         /* what was promised */
	SUBJECT_MOST = 500,      /* a subject */
	ADDRESS_MOST = 320,      /* RFC 5321 4.5.3.1: 64 + 1 + 255 */
	NAME_MOST = 200,         /* a display name */
	NOTE_MOST = 4000,        /* a note */
	ANSWER_MOST = 64 << 10,  /* what a command answers */
	BODY_MOST = 1 << 20,     /* a body of ours, or the text of a letter */
	MAIL_MOST = 24 << 20,    /* a whole mail of ours */
	FILES_ROOM = 10 << 20,   /* files that are handed on, in one mail */
	LETTER_MOST = 25 << 20,  /* a whole letter of theirs that is read in full */
};

struct text {
	struct pool *pool;
	char *s; /* always ends in NUL */
	size_t n, room, most;
	bool cut;
};

struct line {
	const char *s; /* never NULL once made */
};

struct text *text_new(struct pool *, size_t most);
void text_add(struct text *, const char *s); /* NULL adds nothing */
void text_put(struct text *, const char *s, size_t n);
void text_char(struct text *, char c);
void text_escaped(struct text *, const char *); /* as character data or a quoted value of HTML and XML */
void text_print(struct text *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Anything to a line: broken UTF-8 becomes U+FFFD, each run of controls and blanks one space, ends trimmed, what no
 * reader sees left out, cut at `most` bytes. Never fails. */
struct line line_from(struct pool *, const char *s, size_t most);
struct line line_print(struct pool *, size_t most, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* UTF-8 (RFC 3629). utf8_next reads one character at *s (before `end`), moves *s on; a broken byte reads as U+FFFD. */
uint32_t utf8_next(const char **s, const char *end);
bool utf8_unseen(uint32_t); /* zero width, or it turns the direction: no reader sees it */
size_t utf8_put(char out[4], uint32_t c); /* bytes written; what is no character is written as U+FFFD */
bool utf8_valid(const char *s, size_t n);
char *utf8_mend(struct pool *, const char *s, size_t n); /* broken bytes to U+FFFD, NUL to U+FFFD */
size_t utf8_cut(const char *s, size_t most);             /* the most bytes <= most that end on a character */

/* For comparing words: lower case, accents off (é e, ü u, ß ss, ø o, æ ae, ł l …), typographic apostrophes, quotes and
 * dashes to ASCII, NBSP to a space, zero-width and bidi characters dropped. Letters of other scripts stay. */
char *text_fold(struct pool *, const char *s);
/* Each run of white space (NBSP too) one space, ends trimmed. */
char *text_squeeze(struct pool *, const char *s);
bool text_starts(const char *s, const char *with);      /* ASCII case does not matter */
bool text_same(const char *a, const char *b);           /* the same; NULLs are "" */
const char *text_find(const char *hay, const char *needle); /* ASCII case does not matter; NULL: not there */
/* Edit distance (a swap of neighbours counts one), at most `most` + 1. */
unsigned text_distance(const char *a, const char *b, unsigned most);
/* The nearest of the list (ended by NULL) within two edits (one for words up to three letters); NULL: none. */
const char *text_nearest(const char *word, const char *const *list);

#endif
