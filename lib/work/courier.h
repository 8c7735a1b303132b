/* courier - the one way out
 *
 * Law:     takes what is ready, asks the gate again and whether its reason still stands, commits `begun` before the first
 *          byte is offered, submits, settles. No transaction is open while the network is spoken to. What is found begun
 *          at start (a crash), or was answered unsure: to the owner it goes again under its Message-ID (a double costs
 *          nothing); to anyone else it waits, and the owner is asked. Retry is by back-off for five days. A configuration
 *          fault holds what goes by that account, and is told once. To others it hands over only the bytes whose digest is on record.
 * Units:   utc. Owns: struct couriers owns its connections; one thread.
 * Tests:   tests/work.c, tests/e2e/kill.py, tests/e2e/proof.py
 */
#ifndef KEPT_WORK_COURIER_H
#define KEPT_WORK_COURIER_H

#include "borders/outbox.h"
#include "borders/sql.h"
#include "nouns/conf.h"

/* A mail that was handed over, and is BEGUN still in the database. Where its end cannot be written down (a full disk, a busy
 * database), the next courier() does that first: what is known is not forgotten while the process lives. */
struct submitted {
	int64_t id;       /* 0: none */
	const struct outgoing *mail; /* within one courier(); else NULL, and it is read from the ledger */
	int outcome;      /* enum net_outcome */
	char why[SUBJECT_MOST + 1], whom[ADDRESS_MOST + 1]; /* whom: NET_REFUSED, of several; "" it has one */
};

/* How one mail is handed over; tests put their own here. As net_submit(). One for as long as the process sends. */
struct carrier {
	int (*submit)(void *, struct pool *, const struct outgoing *, const char **why); /* enum net_outcome */
	/* Is its way out closed for now? Then it waits untouched, and others go. NULL: the first fault of that kind holds all. */
	bool (*closed)(void *, struct pool *, const struct outgoing *, const char **why);
	const char *(*refused)(void *); /* NET_REFUSED: which of several, as net_refused(); NULL: mail goes to one */
	void (*idle)(void *); /* nothing more to send for now */
	void *arg;
	struct submitted handed;
};

/* At start, before the first courier(): settles what a crash left begun. */
bool courier_recover(struct sql *, const struct conf *, utc now, struct err *);
/* Sends what may go, some at a time. `next`: when to call again, 0: when something happens. `fault` (in p): what keeps mail
 * back, or NULL. A mail that cannot begin is put off, and the others go; then the answer is false, with its error. */
bool courier(struct sql *, struct pool *, const struct conf *, struct carrier *, utc now, utc *next, const char **fault, struct err *);
/* When to try again after so many tries: a minute, doubling, at most four hours. Pure. */
utc courier_retry(int tries, utc now, double chance);

#endif
