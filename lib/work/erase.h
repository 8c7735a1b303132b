/* erase - a person goes out of the ledger (GDPR, Art. 17)
 *
 * Law:     all that is noted of them, the texts of promises made to them alone, of mail and check-ins with them, held
 *          messages of theirs, what they owe, and in every text elsewhere their addresses and names go. What stays are
 *          numbers and times: a promise is kept or missed by "an erased contact" still, under an address that is none.
 *          The record keeps the fact of the erasure, not the person (record.h). Their addresses stay as keyed hashes:
 *          nothing is written to them (consent `never`), and no file notes them again. A name of one word is searched
 *          for in nothing but what is theirs: it is that of others too; so is an owner's own.
 * Owns:    the pool.
 * Fails:   PERM: nothing is known of them. TEMP: a mail is leaving at this moment. Inside the caller's transaction:
 *          rolled back, it was a preview.
 * Manual:  kept(1) contact erase; keptd(8) ERASURE
 * Tests:   tests/erase.c
 */
#ifndef KEPT_WORK_ERASE_H
#define KEPT_WORK_ERASE_H

#include "borders/sql.h"
#include "nouns/card.h"

/* What went, or would. */
struct erasure {
	int64_t contact;                    /* the number that they had; 0: they were not noted */
	struct strings addresses;
	size_t lists[CARD_LIST_COUNT];      /* entries of each */
	size_t promises, shared;            /* made to them alone; to others too */
	size_t mails, checkins, theirs, held; /* prepared or sent mail, meetings, what they owe, held messages */
	size_t texts;                       /* elsewhere, that named them */
	int64_t events;                     /* of the record, whose texts went */
	struct strings open;                /* what is not done with, a line each: it is called off with them */
	struct strings names;               /* by which they were searched for elsewhere */
	bool lone;                          /* their name is one word: only their addresses were searched for elsewhere */
};

/* `by_name`: elsewhere not by addresses alone. They chose their name themselves, "Best Regards" too: show the names first. */
bool erase(struct sql *, struct pool *, const struct conf *, const struct owner *, const char *address, bool by_name,
	   struct erasure *out, utc now, struct err *);

#endif
