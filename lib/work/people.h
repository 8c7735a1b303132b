/* people - what is said, read and found of the persons that an owner deals with
 *
 * Law:     each inside the caller's transaction, with its line in the record; that names a person by their number alone, for
 *          they may be erased. That two are one person, or that one is further, is proposed here, and decided by the owner.
 * Units:   utc.
 * Owns:    the pool.
 * Fails:   as the store does.
 * Manual:  kept(1) contact, contacts, touch, met, insight
 * Tests:   tests/people.c
 */
#ifndef KEPT_WORK_PEOPLE_H
#define KEPT_WORK_PEOPLE_H

#include "borders/sql.h"
#include "nouns/card.h"

/* What was no mail. */
bool people_spoke(struct sql *, const struct contact *, const struct exchange *, int64_t commitment /* in whose conversation it was said; 0 */, utc now, struct err *);
/* Anything of a list, as an insight or a note; an interest or need that they have already is not doubled. `full`: they have too many of these. */
bool people_add(struct sql *, struct pool *, const struct contact *, struct card_entry *, utc now, bool *full, struct err *);
/* What was learnt from them, and the stage that they are in: said in the conversation of that promise, and `undo` takes it back. */
bool people_learnt(struct sql *, struct pool *, const struct contact *, const char *text, int64_t commitment, utc now, bool *full, struct err *);
bool people_staged(struct sql *, struct pool *, struct contact *, enum contact_stage, int64_t commitment, utc now, struct err *);

/* ---- a file of them ---- */

struct people_read {
	size_t added, changed, same;
	struct text *lines; /* what it changes, a line for each person; remarks */
	struct card_fault *erased; /* who was erased is not noted again by a file */
	size_t erased_count;
};
/* Who is noted gets what the file says otherwise; it never clears anything, lifts no `never`, and makes no two one. */
bool people_take(struct sql *, struct pool *, const struct owner *, const struct card *list, size_t n, struct people_read *, utc now, struct err *);

/* ---- one person twice ---- */

struct people_pair {
	struct contact a, b;
	const char *why;
};
/* Who may be one person: the same name, or the same local part elsewhere; but those of whom the owner said that they are not. */
bool people_alike(struct sql *, struct pool *, const char *owner, struct people_pair **out, size_t *n, struct err *);
/* `from` is `into` from now on: what that lacks it takes from this, and the stricter consent. */
bool people_merge(struct sql *, struct pool *, struct contact *into, const struct contact *from, utc now, struct err *);

/* ---- stages ---- */

/* The stage that the record speaks for: developing from the first exchange both ways, maintaining from the third kept promise;
 * UNKNOWN: they are there. `why`: a sentence. */
bool people_stage(struct sql *, struct pool *, const struct contact *, const char *language, enum contact_stage *out, const char **why, struct err *);

#endif
