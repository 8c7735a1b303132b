#include "borders/sql.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "borders/secret.h"
#include "borders/sql_inner.h"
#include "ground/log.h"

/* The schema is built in, so that a program and its migrations cannot part. */
__asm__(".section .rodata\n"
	"schema_text:\n.incbin \"lib/borders/schema.sql\"\n.byte 0\n"
	".previous\n");
extern const char schema_text[] __attribute__((visibility("hidden")));

#define X(id, text) { #id, text },
static const struct {
	const char *name, *text;
} queries[] = {
#include "borders/queries.def"
};
#undef X

enum { PARAMETERS_MOST = 60, BUSY_MS = 10000, APPLICATION = 0x6b657074 /* "kept" */, TICK = 20000 /* of SQLite's own steps */ };

struct prepared {
	sqlite3_stmt *s;
	unsigned char index[PARAMETERS_MOST + 1]; /* of $n: in SQLite $1 is a name, numbered by where it first stands */
	int result;                               /* of the last step, for sql_end */
};

struct sql {
	sqlite3 *db;
	char *path;
	int lock;
	bool begun;
	struct prepared prepared[SQL_COUNT];
};

static void (*watcher)(void);

void sql_watch(void (*tick)(void))
{
	watcher = tick;
}

static int ticked(void *arg)
{
	(void)arg;
	watcher();
	return 0;
}

struct sqlite3 *sql_db(const struct sql *q)
{
	return q->db;
}

const char *sql_path(const struct sql *q)
{
	return q->path;
}

const char *sql_query_name(enum sql_query id)
{
	return queries[id].name;
}

/* What a person can do about it stands with each. */
static bool failed(struct sql *q, int rc, const char *what, struct err *e)
{
	const char *text = q->db ? sqlite3_errmsg(q->db) : sqlite3_errstr(rc);

	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_temp(e, "%s: %s: another program holds the database; try again", q->path, what);
	case SQLITE_FULL:
		return err_temp(e, "%s: %s: the disk is full; nothing was changed, make room", q->path, what);
	case SQLITE_IOERR:
		return err_temp(e, "%s: %s: the disk cannot be read or written (%s)", q->path, what, text);
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_CANTOPEN:
		return err_perm(e, "%s: %s: %s; look at the rights of the file and its folder", q->path, what, text);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return err_perm(e, "%s: the database is damaged (%s); it was not touched: restore a copy (`kept backup` makes them), as "
				   "keptd(8) says under RESTORE", q->path, text);
	default:
		return err_perm(e, "%s: %s: %s", q->path, what, text);
	}
}

static bool plain(struct sql *q, const char *sql, struct err *e)
{
	int rc = sqlite3_exec(q->db, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK || failed(q, rc, sql, e);
}

static bool number(struct sql *q, const char *sql, int64_t *out, struct err *e)
{
	sqlite3_stmt *s;
	int rc = sqlite3_prepare_v2(q->db, sql, -1, &s, NULL);

	if (rc == SQLITE_OK) {
		rc = sqlite3_step(s);
		if (rc == SQLITE_ROW)
			*out = sqlite3_column_int64(s, 0);
		sqlite3_finalize(s);
	}
	return rc == SQLITE_ROW || failed(q, rc, sql, e);
}

bool sql_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

/* ---- opening ---- */

/* Where the ledger is to lie for the first time: its folder, this user's alone. What cannot be made shows when the file is opened. */
void sql_folder(const char *path)
{
	char name[4096];

	if (sql_exists(path) || snprintf(name, sizeof name, "%s", path) >= (int)sizeof name)
		return;
	for (char *s = strchr(name + 1, '/'); s; s = strchr(s + 1, '/')) {
		*s = '\0';
		if (mkdir(name, 0700) != 0 && errno != EEXIST)
			return;
		*s = '/';
	}
}

static bool lock_out(struct sql *q, struct err *e)
{
	char name[4096];

	snprintf(name, sizeof name, "%s.lock", q->path);
	q->lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (q->lock < 0)
		return err_perm(e, "%s: %s; look at the rights of the folder", name, strerror(errno));
	if (flock(q->lock, LOCK_EX | LOCK_NB) == 0)
		return true;
	return err_perm(e, "%s: another keptd works on this database already; stop it first (`kept status` tells more)", q->path);
}

static bool settings(struct sql *q, struct err *e)
{
	static const struct {
		int option, on;
	} options[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },   { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 }, { SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },     { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
	};

	for (size_t i = 0; i < sizeof options / sizeof *options; i++)
		sqlite3_db_config(q->db, options[i].option, options[i].on, NULL);
	return plain(q, "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = EXTRA; PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY", e);
}

static int newest_migration(const char *schema)
{
	int n = 0;

	for (const char *s = schema; (s = strstr(s, "\n-- migration ")); s++)
		n = atoi(s + strlen("\n-- migration "));
	return n;
}

/* The migrations that are numbered above `version`, in their order; the caller's transaction holds them all. */
static bool apply(struct sql *q, const char *schema, int64_t version, struct err *e)
{
	const char *at = schema, *next;
	char *step, what[100];
	int n, rc;

	while ((at = strstr(at, "\n-- migration "))) {
		at += strlen("\n-- migration ");
		n = atoi(at);
		next = strstr(at, "\n-- migration ");
		at = strchr(at, '\n');
		if (!at || n <= version)
			continue;
		step = next ? strndup(at, (size_t)(next - at)) : strdup(at);
		rc = step ? sqlite3_exec(q->db, step, NULL, NULL, NULL) : SQLITE_NOMEM;
		free(step);
		if (rc != SQLITE_OK) {
			snprintf(what, sizeof what, "migration %d failed and nothing was changed, it stays at version %lld", n, (long long)version);
			return failed(q, rc, what, e);
		}
	}
	snprintf(what, sizeof what, "PRAGMA user_version = %d; PRAGMA application_id = %d", newest_migration(schema), APPLICATION);
	return plain(q, what, e);
}

static bool not_newer(struct sql *q, int64_t version, int newest, struct err *e)
{
	return version <= newest || err_perm(e, "%s: the database is of version %lld, written by a newer kept; this one knows versions up to %d: "
						"install the newer kept, or restore a copy from before", q->path, (long long)version, newest);
}

/* All steps are one transaction: a ledger is never between two versions, and where one fails the older kept goes on with it. */
static bool migrate(struct sql *q, enum sql_use use, const char *schema, struct err *e)
{
	int64_t version = 0, application = 0, tables = 0;
	int newest = newest_migration(schema);
	bool well, locked = false;

	if (!number(q, "PRAGMA user_version", &version, e) || !number(q, "PRAGMA application_id", &application, e) ||
	    !number(q, "SELECT count(*) FROM sqlite_schema", &tables, e))
		return false;
	if (tables && application != APPLICATION)
		return err_perm(e, "%s: this is a database of another program; set `database` to another file", q->path);
	if (!not_newer(q, version, newest, e))
		return false;
	if (version == newest)
		return true;
	/* a daemon from before the upgrade must not find its tables changed under it */
	if (version && use == SQL_COMMAND) {
		if (!lock_out(q, e))
			return q->lock >= 0 && err_temp(e, "%s: the database is of version %lld, this kept needs %d, and the keptd that runs is older: restart it, it brings "
					   "the database up to date", q->path, (long long)version, newest);
		locked = true;
	}
	if (version)
		log_line(LOG_LINE_INFO, "migration", "%s: from version %lld to %d", q->path, (long long)version, newest);
	/* asked again inside: another process may have been first */
	well = sql_begin(q, e) && number(q, "PRAGMA user_version", &version, e) && not_newer(q, version, newest, e) &&
	       (version == newest || apply(q, schema, version, e)) && sql_commit(q, e);
	if (!well)
		sql_rollback(q);
	else if (version)
		log_line(LOG_LINE_INFO, "migration", "%s: is of version %d now", q->path, newest);
	if (locked) {
		close(q->lock);
		q->lock = -1;
	}
	return well;
}

static bool prepare(struct sql *q, enum sql_query id, struct err *e)
{
	struct prepared *x = &q->prepared[id];
	int rc = sqlite3_prepare_v3(q->db, queries[id].text, -1, SQLITE_PREPARE_PERSISTENT, &x->s, NULL);

	if (rc != SQLITE_OK)
		return failed(q, rc, queries[id].name, e);
	for (int n = 1; n <= PARAMETERS_MOST; n++) {
		char name[8];

		snprintf(name, sizeof name, "$%d", n);
		x->index[n] = (unsigned char)sqlite3_bind_parameter_index(x->s, name);
	}
	if (!x->index[1]) /* its parameters have names: by their order */
		for (int n = 1; n <= sqlite3_bind_parameter_count(x->s) && n <= PARAMETERS_MOST; n++)
			x->index[n] = (unsigned char)n;
	return true;
}

static bool prepare_all(struct sql *q, struct err *e)
{
	for (int i = 0; i < SQL_COUNT; i++)
		if (!prepare(q, (enum sql_query)i, e))
			return false;
	return true;
}

static bool healthy(struct sql *q, struct err *e)
{
	sqlite3_stmt *s;
	char found[300] = "";
	int rc = sqlite3_prepare_v2(q->db, "PRAGMA quick_check(1)", -1, &s, NULL);

	if (rc == SQLITE_OK) {
		rc = sqlite3_step(s);
		if (rc == SQLITE_ROW)
			snprintf(found, sizeof found, "%s", (const char *)sqlite3_column_text(s, 0));
		sqlite3_finalize(s);
	}
	if (rc != SQLITE_ROW)
		return failed(q, rc, "quick_check", e);
	if (strcmp(found, "ok") != 0)
		return err_perm(e, "%s: the database is damaged (%s); it was not touched: restore a copy (`kept backup` makes them), as "
				   "keptd(8) says under RESTORE", q->path, found);
	return true;
}

const char *sql_schema(void)
{
	return schema_text;
}

bool sql_open(const char *path, enum sql_use use, struct sql **out, struct err *e)
{
	return sql_open_with(path, use, schema_text, out, e);
}

bool sql_open_with(const char *path, enum sql_use use, const char *schema, struct sql **out, struct err *e)
{
	struct sql *q = must_take(sizeof *q);
	int rc;

	q->lock = -1;
	q->path = must_copy(path);
	sql_folder(path);
	if (!secret_folder_own(path, e))
		goto bad;
	if (use == SQL_DAEMON && !lock_out(q, e))
		goto bad;
	/* the journal inherits the mode: 0600 by the umask that the mains set */
	rc = sqlite3_open_v2(path, &q->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
	if (rc != SQLITE_OK) {
		failed(q, rc, "open", e);
		goto bad;
	}
	sqlite3_extended_result_codes(q->db, 1);
	sqlite3_busy_timeout(q->db, BUSY_MS);
	if (watcher)
		sqlite3_progress_handler(q->db, TICK, ticked, NULL);
	/* looked at before a pragma could write to it */
	if (use == SQL_DAEMON && sql_exists(path) && !healthy(q, e))
		goto bad;
	/* a further connection takes what the first one has proven, when it is asked for: half a megabyte each else */
	if (!settings(q, e) || !migrate(q, use, schema, e) || (use != SQL_THREAD && !prepare_all(q, e)))
		goto bad;
	*out = q;
	return true;
bad:
	sql_close(&q);
	return false;
}

void sql_rest(struct sql *q)
{
	for (int i = 0; i < SQL_COUNT; i++) {
		sqlite3_finalize(q->prepared[i].s);
		q->prepared[i].s = NULL;
	}
	if (q->db)
		sqlite3_db_release_memory(q->db);
}

void sql_close(struct sql **q)
{
	if (!*q)
		return;
	sql_rest(*q);
	sqlite3_close((*q)->db);
	if ((*q)->lock >= 0)
		close((*q)->lock);
	free((*q)->path);
	free(*q);
	*q = NULL;
}

/* ---- transactions ---- */

static bool begin(struct sql *q, const char *how, struct err *e)
{
	if (q->begun)
		return err_perm(e, "%s: a transaction is open already", q->path);
	if (!plain(q, how, e))
		return false;
	q->begun = true;
	return true;
}

bool sql_begin(struct sql *q, struct err *e)
{
	return begin(q, "BEGIN IMMEDIATE", e);
}

bool sql_begin_reading(struct sql *q, struct err *e)
{
	return begin(q, "BEGIN DEFERRED", e);
}

bool sql_commit(struct sql *q, struct err *e)
{
	int rc = SQLITE_BUSY;

	/* a reader of another connection makes COMMIT busy without waiting; asked again until it is gone */
	for (int i = 0; i < BUSY_MS / 20 && (rc & 0xff) == SQLITE_BUSY; i++) {
		rc = sqlite3_exec(q->db, "COMMIT", NULL, NULL, NULL);
		if ((rc & 0xff) == SQLITE_BUSY)
			usleep(20000);
	}
	if (rc == SQLITE_OK) {
		q->begun = false;
		return true;
	}
	failed(q, rc, "COMMIT", e);
	sql_rollback(q);
	return false;
}

void sql_rollback(struct sql *q)
{
	for (int i = 0; i < SQL_COUNT; i++)
		if (q->prepared[i].s)
			sqlite3_reset(q->prepared[i].s);
	if (!sqlite3_get_autocommit(q->db))
		sqlite3_exec(q->db, "ROLLBACK", NULL, NULL, NULL);
	q->begun = false;
}

bool sql_mark(struct sql *q, struct err *e)
{
	return plain(q, "SAVEPOINT mark", e);
}

bool sql_keep(struct sql *q, struct err *e)
{
	return plain(q, "RELEASE mark", e);
}

void sql_back(struct sql *q)
{
	sqlite3_exec(q->db, "ROLLBACK TO mark; RELEASE mark", NULL, NULL, NULL);
}

/* ---- statements ---- */

static bool bind(struct sql *q, enum sql_query id, struct err *e, size_t n, const struct sql_value *v)
{
	struct prepared *x = &q->prepared[id];
	int rc = SQLITE_OK, at;

	if (!x->s && !prepare(q, id, e))
		return false;
	sqlite3_reset(x->s);
	sqlite3_clear_bindings(x->s);
	for (size_t i = 0; i < n && rc == SQLITE_OK; i++) {
		at = i < PARAMETERS_MOST ? x->index[i + 1] : 0;
		if (!at)
			return err_perm(e, "%s: query %s has no $%zu", q->path, queries[id].name, i + 1);
		switch (v[i].type) {
		case SQL_NULL: rc = sqlite3_bind_null(x->s, at); break;
		case SQL_INT: rc = sqlite3_bind_int64(x->s, at, v[i].i); break;
		case SQL_TEXT: rc = sqlite3_bind_text(x->s, at, v[i].s, -1, SQLITE_TRANSIENT); break;
		case SQL_BLOB: rc = sqlite3_bind_blob64(x->s, at, v[i].s ? v[i].s : "", v[i].n, SQLITE_TRANSIENT); break;
		}
	}
	return rc == SQLITE_OK || failed(q, rc, queries[id].name, e);
}

bool sql_do(struct sql *q, enum sql_query id, struct err *e, size_t n, const struct sql_value *v)
{
	int rc;

	if (!bind(q, id, e, n, v))
		return false;
	rc = sqlite3_step(q->prepared[id].s);
	sqlite3_reset(q->prepared[id].s);
	return rc == SQLITE_DONE || failed(q, rc, queries[id].name, e);
}

bool sql_do_one(struct sql *q, enum sql_query id, struct err *e, size_t n, const struct sql_value *v)
{
	if (!sql_do(q, id, e, n, v))
		return false;
	return sql_changed(q) == 1 || err_perm(e, "%s: %s changed %lld rows instead of one; somebody else was faster", q->path,
					       queries[id].name, (long long)sql_changed(q));
}

int64_t sql_changed(const struct sql *q)
{
	return sqlite3_changes(q->db);
}

bool sql_query(struct sql *q, enum sql_query id, struct err *e, size_t n, const struct sql_value *v)
{
	q->prepared[id].result = SQLITE_OK;
	return bind(q, id, e, n, v);
}

bool sql_row(struct sql *q, enum sql_query id)
{
	return (q->prepared[id].result = sqlite3_step(q->prepared[id].s)) == SQLITE_ROW;
}

bool sql_end(struct sql *q, enum sql_query id, struct err *e)
{
	int rc = q->prepared[id].result;

	if (rc != SQLITE_DONE && rc != SQLITE_ROW && rc != SQLITE_OK)
		failed(q, rc, queries[id].name, e);
	sqlite3_reset(q->prepared[id].s);
	return rc == SQLITE_DONE || rc == SQLITE_ROW || rc == SQLITE_OK;
}

int64_t sql_int(struct sql *q, enum sql_query id, int column)
{
	return sqlite3_column_int64(q->prepared[id].s, column);
}

char *sql_text(struct sql *q, enum sql_query id, int column, struct pool *p)
{
	const char *s = (const char *)sqlite3_column_text(q->prepared[id].s, column);

	return pool_copy(p, s ? s : "");
}

const void *sql_blob(struct sql *q, enum sql_query id, int column, struct pool *p, size_t *n)
{
	const void *s = sqlite3_column_blob(q->prepared[id].s, column);

	*n = (size_t)sqlite3_column_bytes(q->prepared[id].s, column);
	return pool_slice(p, s ? s : "", *n);
}

/* ---- the whole ---- */

static bool lines(struct sql *q, const char *sql, int column, struct pool *p, const char **out, struct err *e)
{
	sqlite3_stmt *s;
	char *all = pool_copy(p, "");
	int rc = sqlite3_prepare_v2(q->db, sql, -1, &s, NULL);

	if (rc != SQLITE_OK)
		return failed(q, rc, sql, e);
	while ((rc = sqlite3_step(s)) == SQLITE_ROW)
		all = pool_print(p, "%s%s%s", all, *all ? "\n" : "", (const char *)sqlite3_column_text(s, column));
	sqlite3_finalize(s);
	if (rc != SQLITE_DONE)
		return failed(q, rc, sql, e);
	*out = all;
	return true;
}

bool sql_compact(struct sql *q, struct err *e)
{
	return plain(q, "VACUUM", e);
}

bool sql_integrity(struct sql *q, struct pool *p, const char **report, struct err *e)
{
	const char *all;

	if (!lines(q, "PRAGMA integrity_check(20)", 0, p, &all, e))
		return false;
	*report = strcmp(all, "ok") == 0 ? "" : all;
	return true;
}

bool sql_plan(struct sql *q, enum sql_query id, struct pool *p, const char **out, struct err *e)
{
	return lines(q, pool_print(p, "EXPLAIN QUERY PLAN %s", queries[id].text), 3, p, out, e);
}
