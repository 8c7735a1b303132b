/* kept init - what its parts share: the answers, wherever they come from
 *
 * Each answer is an option; what no option gives has a default, or is asked for on the terminal.
 */
#ifndef KEPT_DAEMON_KEPT_INIT_H
#define KEPT_DAEMON_KEPT_INIT_H

#include "daemon/kept.h"
#include "work/discover.h"

struct init {
	struct pool *pool;
	const char *address;     /* the owner's */
	const char *ca, *nameserver, *autoconfig;
	bool show, json;
	struct discovery found;
};

/* "port 993, TLS" */
const char *init_server(struct pool *, const struct server *);

#endif
