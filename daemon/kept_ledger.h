/* kept_ledger - what the subcommands that open the ledger share: configuration, owner, database, arguments
 *
 * Law:     ledger_open() prints what is wrong and returns the exit code; ledger_close() ends all and rings the daemon's bell
 *          where something changed.
 */
#ifndef KEPT_DAEMON_KEPT_LEDGER_H
#define KEPT_DAEMON_KEPT_LEDGER_H

#include <jansson.h>

#include "borders/sql.h"
#include "daemon/kept.h"
#include "judgement/command.h"
#include "nouns/commitment.h"
#include "nouns/mail.h"
#include "nouns/review.h"

struct ledger {
	struct pool *p;
	struct conf *conf;
	struct sql *q;
	const struct owner *owner; /* --owner, or the only one */
	utc now;
	bool changed;
	enum mail_kind kind;       /* --kind */
	int64_t of;                /* a promise whose number was named: its owner is meant where no other is */
	/* options that all of them know */
	bool json, all;
	const char *words[64];     /* what is no option */
	int count;
	const char *option[64];    /* "--to", "x", "--due", "y" … */
	int options;
};

/* `valued`: options with a value, `flags`: without, each ended by NULL, beside --json, --owner, --help. Returns DONE_WELL to go on. */
int ledger_read(struct call *, struct ledger *, const char *help, const char *const *valued, const char *const *flags, bool *help_shown);
/* No more words than that were given; else the first one too many is named. */
int ledger_words(const struct ledger *, const struct call *, int most);
int ledger_open(struct call *, struct ledger *, bool owner);
int ledger_not_as_root(struct pool *, const struct conf *);
bool ledger_daemon_runs(struct pool *, const char *database);
int ledger_close(struct ledger *, int code);
const char *ledger_option(const struct ledger *, const char *name);
bool ledger_flag(const struct ledger *, const char *name);
bool ledger_number(const char *word, int64_t *out); /* "12", "#12" */
/* "Fri  4 Dec 09:00 +01" with the year where it is another. */
char *ledger_time(struct pool *, const struct zone *, utc t, utc now);
json_t *ledger_json(struct pool *, const struct commitment *, utc now);
json_t *ledger_part_json(const struct ledger *, const struct commitment *const *, size_t n); /* a part of the agenda, the review, the challenge */
json_t *ledger_line_json(const struct ledger *, const struct review_line *);                 /* … and what is no promise: text, who, at */
void ledger_print(json_t *); /* and lets it go */
int free_times(struct ledger *);  /* --with, --for, --within: times for a meeting; closes the ledger */
int theirs_list(struct ledger *); /* what others owe; closes the ledger */
/* Text of somebody's, a line each, set in; no control character reaches the terminal. */
void ledger_lines(const struct ledger *, const char *text);
/* Markdown of ours as plain lines. */
char *ledger_plain(struct pool *, const char *markdown);
void ledger_mail(struct pool *, const char *subject, const char *text); /* printed, as somebody will read it */

/* Opens the ledger, carries that command out, says what it did, and closes it. */
int ledger_do(struct call *, struct ledger *, const struct command *);
/* A subcommand that is one command on promises: `N… rest`, at most `most` numbers; `rest` is what the command takes. */
enum takes { TAKES_NOTHING, TAKES_TEXT, TAKES_WHEN, TAKES_CHOICE /* reported, no */, TAKES_TEAM };
int ledger_command(struct call *, enum command_verb, enum takes, bool needed, const char *help, int most);

#endif
