/* execute - do what the owner said
 *
 * Law:     one function for a reply by mail and for the terminal. Each command changes its commitments, writes the record
 *          (with the image from before, for `undo`) and says what it did; an error in one does not stop the others. Inside
 *          the caller's transaction; only rows of this owner are touched.
 * Units:   utc; expressions are read relative to `written`.
 * Owns:    nothing. Tests: tests/work.c
 * Manual:  kept(7) ANSWERS
 */
#ifndef KEPT_WORK_EXECUTE_H
#define KEPT_WORK_EXECUTE_H

#include "borders/sql.h"
#include "judgement/command.h"
#include "nouns/dossier.h"

struct execution {
	const struct owner *owner;
	const int64_t *about;      /* commitments of the mail answered: meant where no number is written */
	size_t about_count;
	int64_t answers;           /* the mail of kept's that they answer; 0: none */
	enum mail_kind kind;       /* send, skip, edit: of the mails that wait, that one; MAIL_NONE: there is but one */
	int64_t checkin;           /* the meeting that this mail is about; 0 */
	bool safety;               /* what they say may tell of an adverse event: no recap is made of it */
	int64_t letter;            /* in which they stand; 0: on the terminal */
	bool listed;               /* that mail listed several: then a number is needed */
	utc written;
	/* out */
	struct text *answer;       /* Markdown, a line or more for each command */
	int64_t entry;             /* the answer has to bring the entry of this check-in for its owner's calendar; 0 */
	const char *headline;      /* what was done, for a subject: "Done: the slides"; NULL: nothing was said */
	int64_t *touched;          /* commitments that changed */
	size_t touched_count;
	int64_t *changed;          /* of these, what `undo` takes back */
	size_t changed_count;
	int64_t *accepted;         /* held messages accepted: intake reads them */
	size_t accepted_count;
	bool asked;                /* `edit`: the mail that asks about the new text is on its way, and says so */
	bool failed;               /* some command could not be carried out */
};

bool execute(struct sql *, struct pool *, const struct conf *, const struct commands *, struct execution *, utc now, struct err *);

/* Adds to the answer how to take back what was changed. */
void execute_undo_said(struct execution *);

/* A mail that should keep a promise, in a conversation that has none: says what was looked for, and which open ones may be
 * meant (in x->touched). Nothing is changed. */
bool execute_unmet(struct sql *, struct pool *, const struct conf *, const char *subject, const struct addrs *to, struct execution *, utc now, struct err *);

/* A new commitment, made at `made` or (0) now, with its record and its first look; whose policy is the owner's gets the one that fits it. Inside the caller's
 * transaction; sets id, uid, look_at. */
bool execute_add(struct sql *, struct pool *, const struct conf *, struct commitment *, const char *how, utc now, struct err *);

/* Those to whom these promises were made, of whom the record speaks for the next stage: that is added to the answer, once. */
bool execute_stages_said(struct sql *, struct pool *, const struct conf *, const int64_t *ids, size_t n, struct text *answer, utc now, struct err *);

/* Whoever it was promised to is noted, but who was erased. */
bool execute_people(struct sql *, struct pool *, const struct commitment *, utc now, struct err *);

/* Is there no team of that name? Then a sentence that says so and names those there are; of one that has a promise, what becomes of it. */
const char *execute_no_team(struct pool *, const struct conf *, const char *language, const char *named);
const char *execute_team_said(struct pool *, const struct conf *, const char *language, const struct commitment *, utc now);

/* A new promise that names a team is given to it; where there is no such team, to none. */
void execute_team_of_new(const struct conf *, struct commitment *, utc now);

#endif
