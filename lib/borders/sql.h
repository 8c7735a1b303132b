/* sql - SQLite, and the one place that knows it
 *
 * Law:     all SQL stands in schema.sql (numbered migrations) and queries.def ($1 parameters, the dialect that PostgreSQL
 *          speaks too); every statement is prepared at open, so a wrong one stops the start. Journal TRUNCATE, synchronous
 *          EXTRA: durable when committed. Writers begin IMMEDIATE. An older database is brought up to date in one transaction,
 *          by the daemon, or by `kept` while none runs; a newer one is refused, a damaged one found at start and never
 *          overwritten.
 * Owns:    sql_open() owns the connection and its statements. Each thread has its own.
 * Fails:   TEMP: busy, disk full, I/O. PERM: newer, damaged, not ours, another daemon.
 * Borders: <sqlite3.h>
 * Tests:   tests/sql.c: migrations, query plans (no scan of a table that grows), full disk, damage, a second daemon
 */
#ifndef KEPT_BORDERS_SQL_H
#define KEPT_BORDERS_SQL_H

#include <stddef.h>
#include <stdint.h>

#include "ground/err.h"
#include "ground/pool.h"

#define X(id, text) SQL_##id,
enum sql_query {
#include "borders/queries.def"
	SQL_COUNT
};
#undef X

struct sql;

enum sql_use {
	SQL_COMMAND, /* `kept`: the database must be there, or is made where `kept add` comes first */
	SQL_DAEMON,  /* locks out a second daemon, checks the file */
	SQL_THREAD,  /* one more connection of the daemon that holds the lock */
};

bool sql_open(const char *path, enum sql_use, struct sql **out, struct err *);
/* The same with a schema of one's own, for tests; and the one that is built in. */
bool sql_open_with(const char *path, enum sql_use, const char *schema, struct sql **out, struct err *);
const char *sql_schema(void);
void sql_close(struct sql **);
/* Nothing is asked for a while: its statements and pages are free, and come again with the next query. Not within a query. */
void sql_rest(struct sql *);
bool sql_exists(const char *path);
void sql_folder(const char *path); /* makes the folders it lies in, where they are missing */
const char *sql_path(const struct sql *);

/* One transaction at a time; sql_commit() waits for readers up to 10 seconds; on false it was rolled back. */
bool sql_begin(struct sql *, struct err *);
/* The same for what only asks, several things: the file is locked once, and others may write until the first is asked. */
bool sql_begin_reading(struct sql *, struct err *);
bool sql_commit(struct sql *, struct err *);
void sql_rollback(struct sql *);
/* Within a transaction: a mark, to which all that came after it is taken back (sql_back), or from which it stays (sql_keep).
 * Marks lie within each other. */
bool sql_mark(struct sql *, struct err *);
bool sql_keep(struct sql *, struct err *);
void sql_back(struct sql *);

struct sql_value {
	enum { SQL_NULL, SQL_INT, SQL_TEXT, SQL_BLOB } type;
	int64_t i;
	const void *s;
	size_t n;
};
static inline struct sql_value sql_i(int64_t i) { return (struct sql_value){ .type = SQL_INT, .i = i }; }
static inline struct sql_value sql_t(const char *s) { return (struct sql_value){ .type = SQL_TEXT, .s = s ? s : "" }; }
static inline struct sql_value sql_b(const void *s, size_t n) { return (struct sql_value){ .type = SQL_BLOB, .s = s, .n = n }; }
/* 0 is stored as NULL: "none", and out of the partial indexes. */
static inline struct sql_value sql_n(int64_t i) { return i ? sql_i(i) : (struct sql_value){ .type = SQL_NULL }; }

#define SQL_VALUES(...) sizeof((struct sql_value[]){ __VA_ARGS__ }) / sizeof(struct sql_value), (struct sql_value[]){ __VA_ARGS__ }
/* sql_do(q, SQL_X, e, SQL_VALUES(sql_i(1), sql_t("a"))): runs a statement that gives no rows. The nth value is $n, or the nth
 * name where parameters have names. */
bool sql_do(struct sql *, enum sql_query, struct err *, size_t n, const struct sql_value *);
/* The same, and exactly one row must have changed; else PERM. */
bool sql_do_one(struct sql *, enum sql_query, struct err *, size_t n, const struct sql_value *);
int64_t sql_changed(const struct sql *);

/* if (!sql_query(q, SQL_X, e, values)) return false; while (sql_row(q, SQL_X)) …; if (!sql_end(q, SQL_X, e)) return false; */
bool sql_query(struct sql *, enum sql_query, struct err *, size_t n, const struct sql_value *);
bool sql_row(struct sql *, enum sql_query);
bool sql_end(struct sql *, enum sql_query, struct err *);
int64_t sql_int(struct sql *, enum sql_query, int column);
char *sql_text(struct sql *, enum sql_query, int column, struct pool *); /* NULL reads as "" */
const void *sql_blob(struct sql *, enum sql_query, int column, struct pool *, size_t *n);

/* A whole copy while others write. PATH must not exist yet, and is there only when the copy is whole: it is written into a file
 * beside it, of which `told` (may be NULL) hears before there is anything in it, and then again and again. Where another writes, the
 * copy begins anew; the third time others wait for it. */
struct sql_copy {
	const char *beside; /* removed where the copy fails */
	uint64_t done, total; /* bytes */
};
bool sql_backup(struct sql *, const char *path, void (*told)(void *arg, const struct sql_copy *), void *arg, struct err *);
/* All connections that are opened from now on call this some times a second while a statement runs. Called once, before threads. */
void sql_watch(void (*tick)(void));
/* The file is written anew, with nothing in it that was deleted. Not within a transaction; waits for others up to 10 seconds. */
bool sql_compact(struct sql *, struct err *);
/* PRAGMA integrity_check: "" when all is well. */
bool sql_integrity(struct sql *, struct pool *, const char **report, struct err *);
/* EXPLAIN QUERY PLAN of one query, lines joined; for the test. */
bool sql_plan(struct sql *, enum sql_query, struct pool *, const char **out, struct err *);
const char *sql_query_name(enum sql_query);

#endif
