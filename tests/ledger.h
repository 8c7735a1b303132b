/* ledger - a real one of its own for a test, in a folder that goes with it. For tests alone. */
#ifndef KEPT_TESTS_LEDGER_H
#define KEPT_TESTS_LEDGER_H

#include "rows.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "borders/sql.h"

/* What must go well; `e` is the test's error. */
#define WELL(x) do { if (!(x)) fail_msg("%s: %s", #x, e.text); } while (0)

/* In memory where there is such a place: what is written through to a disk costs a test its time. */
static inline struct sql *ledger_make(struct pool *p, char folder[64])
{
	struct sql *q = NULL;
	struct err e = { 0 };

	strcpy(folder, access("/dev/shm", W_OK) == 0 ? "/dev/shm/kept-ledger-XXXXXX" : "/tmp/kept-ledger-XXXXXX");
	umask(077);
	assert_non_null(mkdtemp(folder));
	WELL(sql_open(pool_print(p, "%s/kept.db", folder), SQL_DAEMON, &q, &e));
	return q;
}

static inline int ledger_drop(struct pool *p, const char *folder, struct sql **q)
{
	sql_close(q);
	return system(pool_print(p, "rm -rf %s", folder));
}

#endif
