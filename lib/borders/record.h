/* record - the append-only chain of events
 *
 * Law:     one row for everything that was decided or done, in the transaction that did it. Each row's mac is
 *          HMAC-SHA-256, under the key beside the database, over the mac before it and the row's own fields, so that any
 *          later change shows. The key is made with the first row, never in place of one that is gone. No content of mail: words, numbers, our own sentences, what was promised.
 *          Where a person is erased, the texts of rows that name them go; such a row keeps its mac, which the next one holds, and has
 *          a second one over what is left of it and the number of the event that says so: the chain holds, and no other change does.
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
/* Its newest row, "12:…": kept elsewhere, `kept audit verify --head` finds later whether rows were taken off its end. "": it is empty. */
bool record_head(struct sql *, struct pool *, const char **out, struct err *);
/* Inside a transaction. */
bool record_add(struct sql *, const struct event *, utc now, struct err *);

/* A detail that ends in the SHA-256 of what the event is about, as " [sha256 ...]": what is changed later is found by it ("": the
 * detail alone). And back: the detail without it; `digest` "": there is none. */
const char *record_digest(struct pool *, const void *bytes, size_t n); /* SHA-256, hex */
const char *record_sealed(struct pool *, const char *detail, const char *digest);
const char *record_unsealed(struct pool *, const char *detail, const char **digest);

struct recorded {
	int64_t row;
	utc at;
	struct event event; /* texts live until the next row */
	const char *mac;    /* hex */
	bool fits;          /* it is as it was written, and stands where it was written */
	int64_t gone;       /* so many rows before it are missing */
	int64_t erased;     /* its texts were, by that event; 0 */
};
/* false ends the walk, and record_verify() too. */
typedef bool record_each(void *arg, const struct recorded *, struct err *);

struct record_state {
	int64_t rows;   /* looked at */
	int64_t faults; /* of those, how many do not fit */
	int64_t broken; /* the first of them; 0: all hold */
	int64_t newest;
	const char *head; /* the mac of the newest row, hex, "" none yet: kept elsewhere, it shows later that no row was taken off the end */
};
/* Follows the whole chain, beyond a row that does not fit too; `each` (NULL: nobody) sees every row. */
bool record_verify(struct sql *, struct pool *, record_each *each, void *arg, struct record_state *out, struct err *);

/* A keyed hash of that text, hex: the same text is found by it, and nobody reads it back without the key. */
bool record_mark(struct sql *, struct pool *, const char *text, const char **out, struct err *);
/* Takes the texts of all rows that `names` says yes to, and adds `says`, with their number, before. Inside a transaction. */
typedef bool record_names(void *arg, const struct recorded *);
bool record_erase(struct sql *, record_names *names, void *arg, const struct event *says, utc now, int64_t *count, struct err *);

#endif
