/* intake - one letter: understood, and what it means done, in one transaction
 *
 * Law:     each message is understood exactly once. Two copies of one message are one letter with two places; the stronger
 *          proof counts, but neither a second one nor one that somebody sent on to another address acts (understand.c,
 *          sent_on). Of held messages some hundreds are kept an owner, for a month after they were told. Called inside the
 *          caller's transaction, so that many letters of one fetch share a commit; when one letter fails PERM the caller
 *          rolls back and takes it alone with intake_spoilt(). Nothing is sent from here.
 * Units:   utc. Owns: nothing.
 *          The owner's own message that delivers a promise closes it, or asks (intake_deliver.c).
 * Tests:   tests/kept_by_delivery.c, tests/intake.c (orders of arrival by chance), tests/said.c (what the owner hears of each), tests/e2e
 */
#ifndef KEPT_WORK_INTAKE_H
#define KEPT_WORK_INTAKE_H

#include "borders/reader.h"
#include "borders/sql.h"
#include "judgement/understand.h"

/* Was this place read before? Asked before a body travels. */
bool intake_has(struct sql *, const struct place *, bool *has, struct err *);
/* It was read, and nothing came of it: a flag set later may still tag it. */
bool intake_idle(struct sql *, const struct place *, bool *idle, struct err *);

/* Judging by its header alone: may the body matter? A capture mailbox and Sent: always. */
bool intake_wants(struct sql *, struct pool *, const struct conf *, const struct letter *header, const struct place *, bool *wants, struct err *);

/* `class` may be NULL. A letter without Message-ID must have been given one (intake_name). */
bool intake(struct sql *, struct pool *, const struct conf *, struct letter *, const struct place *, utc now, enum letter_class *, struct err *);

/* The letter could not be taken in: held with that reason, and nothing else done. */
bool intake_spoilt(struct sql *, struct pool *, const struct conf *, struct letter *, const struct place *, const char *reason, utc now, struct err *);

/* Message-ID made of the message's digest, where it has none. */
void intake_name(struct pool *, struct letter *, const void *bytes, size_t n);

/* A held message is the owner's: it is read again as if it were proven. Inside the caller's transaction. `*refused`: NULL, or why
 * nothing was done. */
bool intake_accept(struct sql *, struct pool *, const struct conf *, int64_t held, utc now, const char **refused, struct err *);

/* Is it an owner's that says +share? Then the bytes of its files are wanted, and of those in the messages that are attached to it: they
 * stand in these messages' place. */
bool intake_shares(struct pool *, const struct conf *, const struct letter *, const struct place *);
bool intake_share_files(struct reader *, struct pool *, const void *bytes, size_t n, struct letter *, struct err *);
/* Are the bytes of its attachments wanted too? A team's answer is handed on with its files. */
bool intake_wants_files(struct sql *, struct pool *, const struct conf *, const struct letter *, bool *wants, struct err *);

#endif
