/* command - the owner's words, in a reply or on the terminal
 *
 * Law:     pure: knows nothing of the mail answered, the clock or the database. The first content line must be a command,
 *          else the whole reply is `unknown` and nothing is done. One table of verbs.
 * Owns:    nothing; lives in the pool.
 * Fails:   never: what is not understood is a command of verb COMMAND_UNKNOWN or COMMAND_ERROR.
 * Manual:  kept(7) ANSWERS
 * Tests:   tests/command.c
 */
#ifndef KEPT_JUDGEMENT_COMMAND_H
#define KEPT_JUDGEMENT_COMMAND_H

#include <stdint.h>

#include "ground/text.h"

#define COMMANDS(X) \
	/* id         word        help */ \
	X(DONE,      "done",      "the promise is kept; `done: what you did` keeps a note") \
	X(SNOOZE,    "snooze",    "remind me again later; the due day stays: `snooze friday`") \
	X(DUE,       "due",       "the promise is due at another time: `due 12 dec`") \
	X(CANCEL,    "cancel",    "the promise is called off: `cancel: no longer needed`") \
	X(SEND,      "send",      "the prepared mail may go out") \
	X(SKIP,      "skip",      "the prepared mail is dropped") \
	X(EDIT,      "edit",      "the prepared mail goes out with this text instead") \
	X(NOTE,      "note",      "put a note to the promise: `note she prefers the phone`") \
	X(WAIT,      "wait",      "it is the other side's turn; I ask again then: `wait friday`") \
	X(WHO,       "who",       "it was promised to this address: `who rossi@example.com`") \
	X(WHAT,      "what",      "this is what was promised: `what: the subgroup data`") \
	X(TEAM,      "team",      "route it to this team") \
	X(EVERY,     "every",     "it comes again: `every 2 weeks`") \
	X(AT,        "at",        "the check-in is at this time") \
	X(LIST,      "list",      "what stands open") \
	X(REVIEW,    "review",    "send me the weekly review now") \
	X(RESUME,    "resume",    "end a pause; in answer to what stopped mail to somebody, it goes on") \
	X(HELP,      "help",      "how to answer") \
	X(CHALLENGE, "challenge", "start or stop the 7-day trust challenge") \
	X(PAUSE,     "pause",     "no reminders until then: `pause monday`") \
	X(UNDO,      "undo",      "take the last change back") \
	X(ACCEPT,    "accept",    "accept what was proposed, or a held message: `accept h3`") \
	X(DECLINE,   "decline",   "decline what was proposed") \
	X(INTEREST,  "interest",  "a topic this person wants to hear of") \
	X(INSIGHT,   "insight",   "something learnt in the field") \
	X(MET,       "met",       "you spoke in person") \
	X(TOUCH,     "touch",     "an exchange by another channel") \
	X(STAGE,     "stage",     "how far you are with this person: `stage developing`; `stage no`: as it is") \
	X(SAFETY,    "safety",    "a possible adverse event was reported, or is none") \
	X(YES,       "yes",       "yes to what the mail asked") \
	X(NO,        "no",        "no to what the mail asked") \
	X(STOP,      "stop",      "stop what the mail is about") \
	X(ADD,       "add",       "a promise, in the answer to a sweep") \
	X(NONE,      "none",      "nothing was promised, in the answer to a sweep") \
	X(ERROR,     "error",     "") \
	X(UNKNOWN,   "unknown",   "")
#define X(id, word, help) COMMAND_##id,
enum command_verb { COMMANDS(X) };
#undef X

struct command {
	enum command_verb verb;
	bool all;                 /* ids is "all" */
	bool bare;                /* a date alone, without its verb */
	int64_t *ids;
	size_t id_count;
	int64_t *held;            /* accept h3 */
	size_t held_count;
	const char *text, *when, *who, *team, *arg; /* NULL: not written */
	const char *seen;         /* DONE: by what kept saw it done, where the owner did not say so; NULL */
	enum command_verb of;     /* ERROR: of which verb */
	const char *code;         /* ERROR: code */
	const char *message;      /* ERROR: the sentence for the owner */
	const char **near;        /* UNKNOWN, ERROR: what would do; ended by NULL; may be NULL */
};

struct commands {
	struct command *list;
	size_t n;
	const char *rest;         /* what follows the commands, not read; "" */
	const char **unread;      /* its lines that look meant for kept, ended by NULL; NULL: none */
};

void command_parse(struct pool *, const char *top, bool sweep, struct commands *out);
const char *command_word(enum command_verb);
const char *command_help(enum command_verb);
/* The commands as a JSON array, one object each. */
void command_json(struct text *out, const struct commands *);

#endif
