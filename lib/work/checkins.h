/* checkins - meetings: made, moved, called off, and what those invited answer
 *
 * Law:     one function for each, for a reply by mail and for the terminal. What changes what others see raises the SEQUENCE, and
 *          goes to them by schedule_meeting(), held for a word where nothing else says so. A time in somebody's quiet hours
 *          is refused without `force`; one outside somebody's working hours is said. Inside the caller's transaction.
 * Units:   utc; expressions are read relative to `written`, in the owner's zone.
 * Owns:    nothing; `said` is Markdown, a line or more for each thing done.
 * Fails:   PERM: what was wished cannot be, in words for the one who wished it; nothing was changed then, whatever came before
 *          the failure.
 * Manual:  kept(1) checkin, kept(7) CHECK-INS
 * Tests:   tests/checkins.c, tests/undo.c, tests/e2e/checkins.py
 */
#ifndef KEPT_WORK_CHECKINS_H
#define KEPT_WORK_CHECKINS_H

#include "borders/store.h"
#include "judgement/understand.h"

struct checkins {
	struct sql *q;
	struct pool *p;
	const struct conf *c;
	const struct owner *owner;
	utc written, now;
	bool force, send;      /* the owner's own hand: also in quiet hours; without a question */
	int64_t letter;        /* in which it stands; 0 */
	const char *before;    /* what the next that is recorded changes, as it was; NULL */
	bool answered;         /* the entry for its owner's calendar comes with the answer, not in a mail of its own */
	int64_t entry;         /* out: it has to bring that of this check-in; 0 */
	struct text *said;
};

struct checkin_wish {
	struct addrs with;
	const char *at, *every; /* as written; "" */
	utc start;              /* in place of `at`; 0 */
	const char *lasts;      /* "30min"; "" */
	const char *purpose, *agenda, *link, *place; /* "" */
	int64_t commitment;     /* that it comes of; 0 */
};
bool checkins_add(struct checkins *, const struct checkin_wish *, struct checkin *out, struct err *);
/* What a meeting that comes of a promise is about: the thing; where that is a whole sentence of the owner's, the conversation. */
const char *checkins_purpose(const struct commitment *);

/* Another time (`at`), length, words, or cadence (`every`: "once" ends the series); "" or NULL leaves each as it is. `on`: of that day of a
 * series alone. `start` and `minutes` instead of `at`: as they were proposed; 0. */
struct checkin_change {
	const char *at, *lasts, *every, *on, *purpose, *agenda, *link, *place;
	utc start, recurrence;
	int minutes;
};
bool checkins_move(struct checkins *, struct checkin *, const struct checkin_change *, struct err *);
/* `on`: that one of a series alone; "" or NULL: all. */
bool checkins_cancel(struct checkins *, struct checkin *, const char *on, struct err *);
/* The owner's word on a time that `who` proposes ("" or NULL: the only one who does). */
bool checkins_counter(struct checkins *, struct checkin *, const char *who, bool accept, struct err *);
/* The owner's word on the mail to others that waits about it: it may go (`when`: not before; ""), or is dropped. */
bool checkins_send(struct checkins *, const struct checkin *, const char *when, struct err *);
bool checkins_skip(struct checkins *, const struct checkin *, struct err *);
/* Another text for the mail that waits about it. */
bool checkins_edit(struct checkins *, struct checkin *, const char *text, struct err *);
/* The one of that number, where it is this owner's; else PERM. */
bool checkins_get(struct checkins *, int64_t id, struct checkin *out, struct err *);
/* The object as those invited get it now. */
bool checkins_object(struct checkins *, const struct checkin *, const char **out, struct err *);

/* What the owner last changed of it, `u`, is as it was before, where nothing of it has left. */
bool checkins_undo(struct checkins *, const struct undoable *u, struct checkin *out, struct err *);

/* What one of those invited answers, or somebody else does. */
bool checkins_answer(struct checkins *, const struct meaning *, const struct letter *, struct err *);

#endif
