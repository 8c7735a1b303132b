/* kept - the command: what its parts share
 *
 * Law:     each subcommand is one function, `int kept_NAME(struct call *)`, in the daemon/kept_*.c that its kind belongs to,
 *          and one row in SUBCOMMANDS. Exit codes: 0 done, 1 failed, 2 wrong use. Errors go to stderr as `kept: …`.
 */
#ifndef KEPT_DAEMON_KEPT_H
#define KEPT_DAEMON_KEPT_H

#include "ground/text.h"
#include "ground/worktime.h"
#include "nouns/conf.h"

#define SUBCOMMANDS(X) \
	/* name, one line of help; the long help stands with the function, printed for --help */ \
	X(add,      "log a promise") \
	X(list,     "what stands open") \
	X(show,     "one promise, all that is known of it") \
	X(done,     "a promise is kept") \
	X(snooze,   "remind me later") \
	X(due,      "set another due time") \
	X(cancel,   "call a promise off") \
	X(note,     "put a note to a promise") \
	X(team,     "give a promise to a team") \
	X(undo,     "take the last change back") \
	X(draft,    "prepare a mail to the other person, for your word") \
	X(send,     "a prepared mail may go out") \
	X(skip,     "a prepared mail is dropped") \
	X(edit,     "a prepared mail has your text instead") \
	X(plan,     "what will happen to each promise, and why") \
	X(simulate, "every mail that would go out until a date") \
	X(explain,  "what would be understood of a message") \
	X(when,     "what a date in words means") \
	X(commands, "what a reply's words mean") \
	X(promises, "which sentences of a text are promises") \
	X(import,   "take older mail of the watched mailboxes") \
	X(init,     "from a mail address to a configuration") \
	X(secret,   "a password into the file that the configuration names") \
	X(check,    "configuration, logins, and a mail by every route") \
	X(outbox,   "mail that waits, left, or failed") \
	X(held,     "messages that could not be proven or read") \
	X(resources, "the library of approved material") \
	X(template, "the words of kept's mails, and your own") \
	X(contact,  "what is known of a person") \
	X(contacts, "people that something is noted of") \
	X(free,     "when you and somebody else have time") \
	X(touch,    "you spoke by another channel than mail") \
	X(met,      "you spoke in person") \
	X(insight,  "something learnt from a person") \
	X(export,   "all that is kept of one person") \
	X(checkin,  "meetings: invitations and what is answered") \
	X(theirs,   "what others promised you") \
	X(agenda,   "what is for the day, as of now") \
	X(review,   "the weekly review, as of now") \
	X(challenge, "the 7-day trust challenge: begin, end, see it") \
	X(score,    "how your promises are kept, in figures") \
	X(report,   "how they were kept, by week, contact and kind") \
	X(safety,   "your word on a possible adverse event") \
	X(proof,    "one promise, for an inspector") \
	X(audit,    "is all as the record says?") \
	X(login,    "let a provider give tokens for an account (OAuth 2)") \
	X(logout,   "forget those tokens, and have them revoked") \
	X(backup,   "copy the database, while the daemon runs") \
	X(complete, "what may come next on a command line, for shells") \
	X(status,   "is kept alive?")

struct call {
	struct pool *pool;
	const char *conf_file; /* -c, or NULL */
	int argc;              /* of the subcommand: argv[0] is its name */
	char **argv;
};

struct subcommand {
	const char *name, *help;
	int (*run)(struct call *);
};
extern const struct subcommand kept_subcommands[]; /* to the one without a name */
const struct subcommand *kept_subcommand(const char *name); /* NULL: there is none */

#define X(name, help) int kept_##name(struct call *);
SUBCOMMANDS(X)
#undef X

enum { DONE_WELL = 0, FAILED = 1, WRONG_USE = 2 };

/* What goes with every command (-c, --color) may stand before or behind it; each found is taken out. 0: well, else the exit code. */
int kept_common(struct call *);
/* Prints "kept: …" to stderr; returns the code. */
int kept_say(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Loads the configuration, or prints every error in it and returns NULL. The caller closes it. */
struct conf *kept_conf(struct call *);
/* Is this call for help? Then the text was printed to stdout. */
bool kept_help(const struct call *, const char *text);
/* May colour be used on stdout: a terminal, NO_COLOR not set, TERM not dumb? */
bool kept_colour(void);
/* The clock, read here and in the daemon's loops only. KEPT_NOW (an ISO time with offset) stands in its place for rehearsals. */
utc kept_now(void);
/* A whole file, or standard input for "-", at most LETTER_MOST; the rest is left. */
bool kept_file(struct pool *, const char *path, char **bytes, size_t *n, struct err *);

#endif
