/* kept init - what its parts share: the answers, wherever they come from
 *
 * Law:     each answer is an option; what no option gives is asked on the terminal, or has its default where there is none
 *          (or with --yes). A password is tried once, a typed one is
 *          asked for again, twice at most, where it is refused. It lies in memory alone until all was tried; only then is
 *          anything written, and what is written is there whole or not at all. Tokens lie apart from those that keptd uses
 *          until then; when something fails, or a signal ends it, they are forgotten, and revoked where that can be.
 * Tests:   tests/e2e/init.py, init_login.py; tests/newcomer, from a bare Debian
 */
#ifndef KEPT_DAEMON_KEPT_INIT_H
#define KEPT_DAEMON_KEPT_INIT_H

#include "daemon/kept.h"
#include "daemon/kept_check.h"
#include "work/discover.h"

struct init {
	struct pool *pool;
	int terminal;            /* < 0: nobody is asked */
	bool ended;              /* … or nobody any more: the answers ended (Ctrl-D) */
	/* the answers; NULL: not given */
	const char *address;     /* the owner's */
	const char *mailbox;     /* kept's own; the owner's, where it is the same */
	const char *name, *zone, *language;
	const char *user, *password, *imap, *smtp, *tracking;
	const char *ca, *nameserver, *autoconfig, *wait;
	struct oauth_conf oauth; /* … of whom gives tokens in place of the password, and its client */
	const char *scope;       /* … of the tokens, parted by blanks */
	const char *issuer;      /* … who says of itself where they are had */
	bool login, credentials, device, browser;
	bool show, json, yes, again, no_mail, no_start;
	bool sent, flags, drafts; /* what it does with the owner's own mailbox besides */
	/* what came of them */
	int rc;                  /* of what failed */
	const char *registers;   /* where a client is registered by itself; NULL */
	struct conf *by;         /* holds the section oauth, as it will be written; NULL: it is by a password */
	struct oauth_conf trial; /* the same with a store of its own, until all was tried */
	const char *file, *folder; /* of the configuration; the folder with its slash */
	const char *database;    /* that it will keep its ledger in */
	const char *usual;       /* where the unit looks for it */
	const char *aside;       /* what the configuration is now that was there before; NULL: there was none */
	const char *secret;      /* the file the typed password (or client secret) goes to; NULL: it lies somewhere already */
	int typed;               /* holds it, in memory; < 0: none */
	bool shared;             /* kept reads the owner's own mailbox */
	const char *owner_key;   /* "ada" */
	const char *key;         /* proves the owner; "": Authentication-Results does */
	const char *authserv;    /* NULL: none to trust */
	struct discovery found;
	struct check_facts facts;
};

/* Says why not; returns false. */
bool init_no(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same of an answer that nobody gave: that is wrong use. */
bool init_lacks(struct init *, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "port 993, TLS" */
const char *init_server(struct pool *, const struct server *);

/* kept_init_ask.c: false: it was said why not. */
bool init_ask_who(struct init *);
bool init_ask_password(struct init *);
/* One that is not shown, into memory. */
bool init_type_password(struct init *, const char *question);
/* An answer that no option gave: typed, or the default. "": there is none to take. */
bool init_ask(struct init *, const char **to, const char *option, const char *question, const char *standard);
/* In memory of this process alone, under a name by which it is read as a file is. */
bool init_hold(struct init *, const char *secret, const char **name);
/* Where the answers have ended, they agree to nothing: `ended` tells. */
bool init_agrees(struct init *, const char *question, bool standard);
bool init_ended(const struct init *); /* and says so */
/* kept_init_client.c: tokens in place of a password. */
bool init_wants_login(const struct init *);
bool init_ask_client(struct init *);
void init_oauth_section(struct init *, struct text *, const char *secret);
/* kept_init_login.c; false: another process went on, and ended with `rc`; nothing of a login is left but what it kept. */
bool init_goes_on(struct init *, int *rc);
bool init_log_in(struct init *);
/* kept_init_try.c: logs in once, sends one mail by the one route, and says what is known by that. */
bool init_try(struct init *);
/* kept_init_write.c */
const char *init_words(struct init *, const char *client_secret); /* the whole configuration */
const char *init_quoted(struct pool *, const char *); /* as a value in double quotes */
/* One line; a comment stands behind it, or none. */
void init_setting(struct init *, struct text *, const char *name, const char *value, const char *comment);
bool init_write(struct init *);
/* kept_init_start.c, kept_init_show.c: the exit code */
void init_start(struct init *);
int init_show(struct init *);
const char *init_bcc(struct init *, const char *due); /* the address for a BCC: kept+friday@example.org */

#endif
