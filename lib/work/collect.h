/* collect - what is new in a mailbox's folders: fetched, read, taken in
 *
 * Law:     a folder that is seen for the first time starts from now on. A batch of letters shares a commit, in which the mark
 *          of how far it was read moves too: so a stop anywhere costs nothing but reading again. A letter that fails for
 *          good is held by itself, the others go on; so do the other folders where one is missing. After a change of UIDVALIDITY the last days are looked at again, and
 *          told apart by Message-ID. Capture mailboxes are marked or moved after the commit; personal ones never changed.
 * Owns:    nothing; all that struct collect names is borrowed. One thread.
 * Fails:   TEMP or PERM of the mailbox; the session is dead then.
 * Tests:   tests/e2e
 */
#ifndef KEPT_WORK_COLLECT_H
#define KEPT_WORK_COLLECT_H

#include "borders/mailbox.h"
#include "borders/reader.h"
#include "borders/sql.h"

struct collect {
	struct sql *q;
	const struct conf *c;
	const struct mailbox_conf *mailbox;
	struct mailbox *box;
	struct reader *reader;
	utc (*clock)(void *);
	void *clock_arg;
	utc shift;                            /* added to the server's times, in rehearsals with another clock */
	void (*committed)(void *, size_t fresh, size_t all); /* after each commit, how many were new, and how many it had: ring the bell, show progress; NULL */
	void *arg;
	uint32_t since_valid, since_uid;      /* of collect_since(): up to where it came; 0 for another folder */
	struct err fault;                     /* of collect_all(): why a folder could not be read; its text "": each was */
};

/* Every watched folder once. One that is not there, or may not be read, stops no other: it stands in `fault`, and the next call
 * tries it again. */
bool collect_all(struct collect *, struct err *);
/* One folder by its configured name; `select` leaves it selected for mailbox_watch(). */
bool collect_folder(struct collect *, const char *configured, bool tagged, struct err *);
/* Older mail since a day, for `kept import`: how many there are, and taking them in. Called again after TEMP, with another session,
 * it goes on behind the last batch that was committed. */
bool collect_count(struct collect *, const char *configured, utc day, size_t *count, struct err *);
bool collect_since(struct collect *, const char *configured, bool tagged, utc day, struct err *);

#endif
