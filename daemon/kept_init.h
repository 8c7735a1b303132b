/* kept init - what its parts share: the answers, wherever they come from
 *
 * Law:     each answer is an option; what no option gives is asked on the terminal, or has its default where there is none
 *          (or with --yes). A password is tried once. A typed one lies in memory alone until all was tried; only then is
 *          anything written, and what is written is there whole or not at all.
 * Tests:   tests/e2e/init.py
 */
#ifndef KEPT_DAEMON_KEPT_INIT_H
#define KEPT_DAEMON_KEPT_INIT_H

#include "daemon/kept.h"
#include "daemon/kept_check.h"
#include "work/discover.h"

struct init {
	struct pool *pool;
	int terminal;            /* < 0: nobody is asked */
	/* the answers; NULL: not given */
	const char *address;     /* the owner's */
	const char *mailbox;     /* kept's own; the owner's, where it is the same */
	const char *name, *zone, *language;
	const char *user, *password, *imap, *smtp, *tracking;
	const char *ca, *nameserver, *autoconfig, *wait;
	bool show, json, yes, again, no_mail, no_start;
	bool sent, flags, drafts; /* what it does with the owner's own mailbox besides */
	/* what came of them */
	const char *file, *folder; /* of the configuration; the folder with its slash */
	const char *database;    /* that it will keep its ledger in */
	const char *usual;       /* where the unit looks for it */
	const char *secret;      /* the file the typed password goes to; NULL: it lies somewhere already */
	int typed;               /* holds the typed password, in memory; < 0: none */
	bool shared;             /* kept reads the owner's own mailbox */
	const char *owner_key;   /* "ada" */
	const char *key;         /* proves the owner; "": Authentication-Results does */
	const char *authserv;    /* NULL: none to trust */
	struct discovery found;
	struct check_facts facts;
};

/* Says why not; returns false. */
bool init_no(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* "port 993, TLS" */
const char *init_server(struct pool *, const struct server *);

/* kept_init_ask.c: false: it was said why not. */
bool init_ask_who(struct init *);
bool init_ask_password(struct init *);
bool init_agrees(struct init *, const char *question, bool standard);
/* kept_init_try.c: logs in once, sends one mail by the one route, and says what is known by that. */
bool init_try(struct init *);
/* kept_init_write.c */
bool init_write(struct init *);
void init_start(struct init *);
const char *init_bcc(struct init *, const char *due); /* the address for a BCC: kept+friday@example.org */

#endif
