/* house - what of kept is opened to be measured: configuration, a new ledger, the reader, a mailbox of the configuration */
#ifndef KEPT_TESTS_BENCH_HOUSE_H
#define KEPT_TESTS_BENCH_HOUSE_H

#include <unistd.h>

#include "borders/mailbox.h"
#include "borders/reader.h"
#include "borders/sql.h"
#include "judgement/understand.h"
#include "tests/bench/bench.h"
#include "work/collect.h"

static inline struct conf *house_conf(const char *file)
{
	struct pool *p = pool_new();
	struct conf_errors errors = { 0 };
	struct conf *c = NULL;

	if (!conf_load(p, file, &c, &errors))
		bench_end("configuration", errors.n ? errors.list[0] : file);
	understand_rules(pool_new(), &c->rules); /* read once, as the daemon does; it stands to the end */
	pool_end(&p);
	return c;
}

static inline const struct mailbox_conf *house_mailbox(const struct conf *c, const char *key)
{
	for (size_t i = 0; i < c->mailbox_count; i++)
		if (strcmp(c->mailboxes[i].key, key) == 0)
			return &c->mailboxes[i];
	bench_end("no such mailbox", key);
}

/* A ledger of that name beside the configuration's, empty. */
static inline struct sql *house_ledger(const struct conf *c, const char *name)
{
	char path[4096];
	static const char *const ends[] = { "-journal", ".key", ".lock", "" };
	struct sql *q = NULL;
	struct err e = { 0 };

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		snprintf(path, sizeof path, "%s.%s%s", c->database, name, ends[i]);
		unlink(path);
	}
	if (!sql_open(path, SQL_THREAD, &q, &e))
		bench_end("ledger", e.text);
	return q;
}

static inline utc house_clock(void *arg)
{
	(void)arg;
	return time(NULL);
}

static inline struct collect house_open(const struct conf *c, const struct mailbox_conf *m, struct sql *q, struct reader *r)
{
	struct collect k = { .q = q, .c = c, .mailbox = m, .reader = r, .clock = house_clock };
	struct err e = { 0 };

	if (!mailbox_open(m, &k.box, &e))
		bench_end("mailbox", e.text);
	return k;
}

#endif
