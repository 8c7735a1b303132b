/* kept_proof - all about one promise, gathered from its rows, its mails and the record; and its pages
 *
 * Law:     reads only. What does not agree with the record is a fault, a sentence that says what and at which event.
 * Owns:    the pool.
 * Manual:  kept(1) proof
 * Tests:   tests/e2e/proof.py
 */
#ifndef KEPT_DAEMON_KEPT_PROOF_H
#define KEPT_DAEMON_KEPT_PROOF_H

#include "daemon/kept_audit.h"
#include "daemon/kept_page.h"
#include "nouns/letter.h"
#include "nouns/resource.h"

/* An event about it, as it stands in the record. */
struct proof_event {
	int64_t row, outgoing, letter;
	utc at;
	const char *word, *detail, *fault; /* fault NULL: it is as it was written */
	const char *message_id;            /* of the letter it came with; "" */
};

/* What stands on record of a resource: its newest approval. */
struct approval {
	int64_t row;
	utc at;
	const char *detail, *digest;
};

struct proof_resource {
	struct resource is;
	struct approval on_record; /* row 0: nothing */
	int64_t outgoing;
	const char *fault;
};

struct proof_mail {
	struct outgoing o; /* without its bytes; id alone where it is gone */
	bool there;
	const struct audit_mail *recorded; /* NULL: none */
	const char *digest, *fault, *text;
	struct attachment *attachments;
	size_t attachment_count;
	const char *from, *to, *draft, *others; /* others: promises that it is about too, "#3 #4" */
};

struct proof {
	struct ledger *l;
	struct pool *p;
	struct commitment m;
	const struct zone *z;
	struct record_state record;
	const char *unverified; /* why the record could not be followed at all; NULL */
	const char *made_fault;
	struct audit_mail *mails_recorded;
	size_t recorded_count;
	int64_t *ids; /* mails that the outbox names */
	size_t id_count;
	struct proof_event *events;
	size_t event_count;
	int64_t elsewhere; /* faults of the record that are not of this promise */
	struct proof_resource *resources;
	size_t resource_count;
	struct proof_mail *mails;
	size_t mail_count;
	const char **faults;
	size_t fault_count;
};

const char *proof_time(const struct proof *, utc); /* in its owner's zone */
void proof_say(const struct proof *, struct page *);
void proof_print_json(const struct proof *);

#endif
