/* intake, within: what its parts share */
#ifndef KEPT_WORK_INTAKE_INNER_H
#define KEPT_WORK_INTAKE_INNER_H

#include "work/intake.h"

/* One letter on its way in. */
struct entry {
	struct sql *q;
	struct pool *p;
	const struct conf *c;
	const struct letter *l;
	const struct place *at;
	struct known known;
	struct meaning m;
	struct strings marks; /* of another's letter (tail.h) */
	int64_t row;
	utc now;
};

/* Others' words, for Markdown. */
const char *intake_plain(const struct entry *, const char *);
/* The sender's address as written; "" where there is none. */
const char *intake_sender(const struct entry *);
/* When it was written: never in the future, nor after it arrived. */
utc intake_written(const struct entry *);
/* Have they read it? What was told to kept alone, or put by a flag, they have not. */
bool intake_went_to(const struct letter *, const struct addrs *whom);

/* ---- the way in (intake.c) ---- */

/* What the ledger knows of it; what it says, so that a second copy is told; the key of a place's mailbox, "". */
bool intake_know(struct entry *, struct err *);
const char *intake_digest(struct pool *, const struct letter *);
const char *intake_mailbox_key(const struct place *);
/* Does what it means. */
bool intake_act(struct entry *, struct err *);

/* ---- calendar answers (intake_checkin.c) ---- */

bool intake_checkin(struct entry *, struct err *);
/* `every-quarter` in the address of a promise: a check-in as often, with those it was made to, prepared for the owner's word. */
bool intake_series(struct entry *, const struct commitment *, struct err *);
/* May that header be one of an answer to a meeting of this owner's? */
bool intake_checkin_wants(struct sql *, struct pool *, const struct letter *, const struct place *, bool *wants, struct err *);

/* ---- promises (intake_promise.c) ---- */

bool intake_add_promises(struct entry *, enum commitment_state, struct err *);
/* A tagged mail in a thread that has a promise, which names a new date and promises nothing of its own, moves that
 * promise. */
bool intake_is_new_date(const struct meaning *);
bool intake_move_thread(struct entry *, struct err *);
/* Once the tagged copy has said what was promised, nobody need ask what else the other one sounded like. */
bool intake_forget_candidates(struct entry *, struct err *);

/* ---- held messages (intake_held.c) ---- */

bool intake_hold(struct entry *, const char *reason, struct err *);
/* What was held lies in the owner's own Sent: that proves who wrote it. Others may be held under its Message-ID. */
bool intake_accept_sent(struct entry *, const char *digest, struct err *);

/* ---- deliveries (intake_deliver.c) ---- */

/* What an owner's letter is judged with: the library's material, and whether it was judged before. Before
 * understand(); `row` is set, 0: it was never read. */
bool intake_known(struct entry *, struct err *);
/* +done: closes the promise of its conversation, unless the last look stops that; where there is none, says so. */
bool intake_done(struct entry *, struct err *);
/* What it delivers is closed, what it may is asked, what the last look finds is said: one mail. `moved`: its tag set
 * a new date, which that mail says too; then it closes nothing by itself. NULL: none. */
struct intake_moved {
	int64_t id;
	const char *line, *headline; /* Markdown; a subject */
};
bool intake_deliveries(struct entry *, const struct intake_moved *, struct err *);

/* ---- answers (intake_answer.c) ---- */

/* The other side's, weighed, for each promise of its conversation; and what they promise in it. */
bool intake_answer(struct entry *, struct err *);
/* Somebody else's letter in such a conversation that reached kept and not its owner: they are told what it says. */
bool intake_alone(struct entry *, struct err *);

/* ---- teams (intake_team.c) ---- */

bool intake_team(struct entry *, struct err *);

/* ---- what stops mail to others (intake_stop.c) ---- */

/* An absence moves what is prepared for whoever is away. */
bool intake_automatic(struct entry *, struct err *);
/* A mail that came back. What it is about may be read after it: it is kept, and intake_returned() looks for it once the
 * owner's letter has done what it does. */
bool intake_bounce(struct entry *, struct err *);
bool intake_returned(struct entry *, struct err *);
/* A possible adverse event in a conversation that is followed; somebody who wants no more mail. After what its class does. */
bool intake_stops(struct entry *, struct err *);
/* A letter of either side is an exchange with whoever is noted (intake_people.c). After what its class does. */
bool intake_exchanges(struct entry *, struct err *);
/* +work: what was forwarded is what one of them works on. */
bool intake_work(struct entry *, struct err *);

/* ---- +share (intake_share.c) ---- */

/* What it holds is taken into the library, and its owner told. */
bool intake_share(struct entry *, struct err *);

#endif
