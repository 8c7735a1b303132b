/* record - the append-only chain of events
 *
 * Law:     one row for everything that was decided or done, in the transaction that did it. Each row's mac is
 *          HMAC-SHA-256, under the key beside the database, over the mac before it and the row's own fields, so that any
 *          later change shows. The key is made with the first row, never in place of one that is gone. No content of mail: words, numbers, our own sentences, what was promised.
 * Owns:    nothing.
 * Tests:   tests/work.c
 */
#ifndef KEPT_BORDERS_RECORD_H
#define KEPT_BORDERS_RECORD_H

#include "borders/sql.h"
#include "ground/worktime.h"

struct event {
	const char *owner, *word; /* "made", "due", "sent", … */
	int64_t commitment, outgoing, letter; /* 0: none */
	const char *detail;       /* a sentence of ours; NULL is "" */
	const char *before;       /* the commitment as it was (store_image), where `undo` can take this back; NULL */
	int64_t undoes;           /* the event this one takes back; 0 */
};

/* Is the key there, if any row needs it? Asked at the daemon's start, so that a lost key stops it and is not found out later. */
bool record_ready(struct sql *, struct err *);
/* Inside a transaction. */
bool record_add(struct sql *, const struct event *, utc now, struct err *);
/* Follows the whole chain; `broken`: the first row that does not fit, 0: all hold. `n`: rows looked at. */
bool record_verify(struct sql *, struct pool *, int64_t *broken, int64_t *n, struct err *);

#endif
