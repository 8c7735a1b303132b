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

struct check {
	struct pool *pool;
	const struct conf *conf;
	bool json, no_mail;
	int wait;                /* seconds for a mail to come back */
	bool *dead;              /* of each mailbox: it could not be opened */
	struct check_step *steps;
	size_t n;
	double began;            /* of the step under way */
};

void check_begin(struct check *);
/* Ends the step under way: keeps it and prints it at once. */
void check_end(struct check *, enum step_end, const char *kind, const char *name, const char *detail, const char *todo);
double check_clock(void);    /* seconds, monotonic */

/* kept_check_mail.c: a mail by every route, and what came back. */
void check_mail(struct check *);

#endif
