/* kept_audit - does what is there still agree with the record?
 *
 * Law:     reads only. What a mail is and when it left is said by its events: the one that it was made by holds the
 *          SHA-256 of its bytes. The daemon may write meanwhile: what disagrees is looked at again while the record grows.
 * Manual:  kept(1) audit, proof
 * Tests:   tests/e2e/proof.py
 */
#ifndef KEPT_DAEMON_KEPT_AUDIT_H
#define KEPT_DAEMON_KEPT_AUDIT_H

#include "borders/outbox.h"
#include "borders/record.h"
#include "daemon/kept_ledger.h"

/* What the record says of one mail. */
struct audit_mail {
	int64_t outgoing, row;  /* the event that made it */
	const char *digest;     /* of its bytes; "" it was made before digests stood in the record */
	const char *left;       /* of the bytes that a server took; "" none, or its owner sent it by hand */
	utc queued, sent;       /* sent 0: it has not left */
	int64_t erased;         /* that event was, with whom the mail was about; 0 */
};

/* Takes note of an event, if it is one about a mail. The list is in the order of their numbers. */
void audit_note(struct pool *, struct audit_mail **list, size_t *n, const struct recorded *);
struct audit_mail *audit_find(struct audit_mail *list, size_t n, int64_t outgoing); /* NULL: there is none */

/* What is wrong with a mail, a sentence; NULL: nothing. `is` NULL: the record does not know it; `o` NULL: it is gone. */
const char *audit_fault(struct pool *, const struct audit_mail *is, const struct outgoing *o);
/* … with the request and the words of a promise, by the detail of the event that made it. */
const char *audit_promise(struct pool *, const char *detail, const struct commitment *);
/* … with a row. */
const char *audit_row(struct pool *, const struct recorded *);

/* "812:9f3c…", to be written down; "" where nothing is on record. */
void audit_begin(struct sql *); /* work_begin() over the record: its rows by their numbers */
const char *audit_head(struct pool *, const struct record_state *);
/* Has the record grown since that state was read? */
bool audit_grown(struct ledger *, const struct record_state *, bool *grown, struct err *);

#endif
