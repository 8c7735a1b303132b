/* reader_inner - what is read in the child besides letters: a request is a head of ours and the foreign bytes, the answer is facts that
 * were packed */
#ifndef KEPT_BORDERS_READER_INNER_H
#define KEPT_BORDERS_READER_INNER_H

#include "borders/reader.h"

enum { THING_HEAD_MOST = 8192 };

struct reader_thing {
	const char *head; /* at most THING_HEAD_MOST */
	size_t head_n;
	const char *answer; /* NULL: it could not be read, and `broken` says why */
	size_t answer_n;
	const char *broken;
};

/* In the child: the facts of one. false: that is no request. */
bool thing_read(const char *head, size_t head_n, const char *bytes, size_t n, struct text *out);
/* In the parent: never a wrong answer; false only when no child can be started. */
bool thing_ask(struct reader *, struct pool *, const void *bytes, size_t n, struct reader_thing *, struct err *);

#endif
