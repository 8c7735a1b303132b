/* kept check - what its two parts share: the steps and how they are told */
#ifndef KEPT_DAEMON_KEPT_CHECK_H
#define KEPT_DAEMON_KEPT_CHECK_H

#include "borders/mailbox.h"
#include "daemon/kept.h"

enum step_end { STEP_OK, STEP_WARN, STEP_FAIL };

struct check_step {
	const char *kind, *name; /* "mailbox", "ada" */
	enum step_end end;
	double seconds;
	const char *detail, *todo; /* todo: what a person should do; NULL: nothing */
};

/* What the last mail that came back told. */
struct check_facts {
	bool came;
	bool refused;            /* the submission server does not take mail to that address */
	bool whole, cut;         /* the tracking address stands in a trace of its way: as written, or without what was behind the + */
	const char *authserv;    /* whose Authentication-Results is on top; NULL: none is */
	bool passed;             /* … and something passed */
	bool handed;             /* … of the login alone, by which the mail was handed in: mail from outside may come by another server */
};

struct check {
	struct pool *pool;
	const struct conf *conf;
	bool json, no_mail;
	int wait;                /* seconds for a mail to come back */
	bool *dead;              /* of each mailbox: it could not be opened */
	struct check_step *steps;
	size_t n;
	double began;            /* of the step under way */
	bool plain;              /* to the tracking address as it is, without a + */
	const char *untold;      /* a kind of step that is not printed; NULL */
	struct check_facts facts;
};

void check_begin(struct check *);
/* Ends the step under way: keeps it and prints it at once. */
void check_end(struct check *, enum step_end, const char *kind, const char *name, const char *detail, const char *todo);
double check_clock(void);    /* seconds, monotonic */

/* Logs in, and opens the folders that are watched. */
bool check_mailbox(struct check *, const struct mailbox_conf *);
const char *check_password_todo(struct pool *, const struct server *); /* of one that was refused */
/* kept_check_mail.c: a mail by every route, and what came back. */
void check_mail(struct check *);

#endif
