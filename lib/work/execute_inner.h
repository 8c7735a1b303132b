/* execute_inner - what the parts of execute share */
#ifndef KEPT_WORK_EXECUTE_INNER_H
#define KEPT_WORK_EXECUTE_INNER_H

#include "borders/store.h"
#include "judgement/when.h"
#include "work/execute.h"

/* One run through the commands. */
struct run {
	struct sql *q;
	struct pool *p;
	const struct conf *c;
	struct execution *x;
	utc now;
	size_t heads, failures;
	enum command_verb verb; /* of the command that is carried out */
	const char *language;   /* of the answer: on the terminal all is English */
};

char *run_day(struct run *, utc); /* in full; short */
char *run_day_short(struct run *, utc);
bool run_when(struct run *, const char *words, struct when *out, struct err *); /* a time to come */
char *run_plain(struct run *, const char *s); /* a stranger's words for Markdown */

/* In the language of the answer, where it is known there (letters/phrase_answers.h); say(), say_failed() and head() ask by themselves. */
const char *run_in(const struct run *, const char *english);

/* A line of the answer; with a promise, it begins with its number. */
void say(struct run *, const struct commitment *, const char *format, ...) __attribute__((format(printf, 3, 4)));
void say_failed(struct run *, const struct commitment *, const char *why);
/* The answer's subject says what was done: of the first thing, and how many there are beside it. */
void head(struct run *, const struct commitment *, const char *format, ...) __attribute__((format(printf, 3, 4)));
void touch(struct run *, int64_t commitment);
void changed(struct run *, int64_t commitment); /* and `undo` takes it back */
/* Writes a changed commitment and its event; it is looked at anew. */
bool save(struct run *, struct commitment *, utc answered, const char *word, const char *detail, const char *before, int64_t undoes, struct err *);

/* The promises that a command means: its numbers, "all" of the mail answered, or the mail's one. None: that was asked. */
bool run_meant(struct run *, const struct command *, const int64_t **ids, size_t *n, struct err *);

/* The promise of that number, where it is this owner's; else that is said, and `own` is false. */
bool run_own(struct run *, int64_t id, struct commitment *, utc *answered, bool *own, struct err *);

/* A command on each promise that it means and that is this owner's; the others it says. */
typedef bool promise_function(struct run *, const struct command *, struct commitment *, utc answered, struct err *);
bool run_each(struct run *, const struct command *, promise_function *, struct err *);

/* What a command on one promise does: changes `m`, says it. `done` false: nothing was changed, and why was said. */
struct deed {
	const struct command *command;
	struct commitment *m;
	utc answered;
	bool done;
	const char *detail; /* for the record; NULL: its note */
};
typedef bool deed_function(struct run *, struct deed *, struct err *);
/* One command on one promise. */
bool run_deed(struct run *, const struct command *, struct commitment *, utc answered, struct err *);

/* ---- teams (execute_team.c) ---- */

/* It is that team's now: the caller saves it. */
void execute_give(struct commitment *, const struct team *, utc now);

/* `send`, `skip`, `edit`: the owner's word on mail that waits for it. */
bool run_outside(struct run *, const struct command *, struct err *);
/* `safety`: lifts what a possible adverse event froze; `resume` in answer to a mail that told of an absence or a refusal: takes
 * that back, else it `is` none of those (execute_stop.c). */
bool run_safety(struct run *, const struct command *, struct err *);
bool run_resume(struct run *, bool *is, struct err *);

/* A word on the meeting that the answered mail is about (`done`: it was one); `at`: a meeting of a promise (execute_checkin.c). */
bool run_checkin(struct run *, const struct command *, bool *done, struct err *);
bool run_at(struct run *, const struct command *, struct err *);
bool run_undo_checkin(struct run *, const struct undoable *, struct err *);

/* `undo` (execute_undo.c). */
bool run_undo(struct run *, const struct command *, struct err *);

/* `interest`: what the one a promise was made to wants to hear of (execute_interest.c). */
bool run_interest(struct run *, const struct command *, struct err *);

/* `met`, `touch`, `insight`, `stage`: of the one a promise was made to; and the note of a promise is theirs too (execute_people.c). */
bool run_person(struct run *, const struct command *, struct err *);
bool run_note_of_person(struct run *, const struct commitment *, const char *text, struct err *);

/* A line of the answer to a sweep (execute_met.c). */
/* Something learnt from them is noted, or said not to be: then `noted` is "". */
bool run_insight(struct run *, const struct contact *, const char *text, int64_t commitment, const char **noted, struct err *);
bool run_swept(struct run *, const struct command *, struct err *);
/* The answer to the question what was heard in a check-in (`edit` with the summary, or `skip`), to a mail that proposes check-ins, or to the trust challenge's;
 * else it `is` none of those. */
bool run_cadence(struct run *, const struct command *, bool *is, struct err *);
/* … when, what for, or not (execute_proposal.c). */
bool run_proposal(struct run *, const struct command *, bool *is, struct err *);

/* `challenge`: begins or ends one; in answer to its mails, `stop`, and what the owner thinks of it (execute_challenge.c). */
bool run_challenge(struct run *, const struct command *, struct err *);
bool run_challenge_answer(struct run *, const struct command *, bool *is, struct err *);

/* `yes`, `no`: to what was asked of the promises that the answered mail speaks of, if it was not answered since. */
bool run_asked(struct run *, const struct command *, struct err *);

#endif
