/* sql, the copy - of the whole database, page by page, while others use it */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "borders/secret.h"
#include "borders/sql_inner.h"

enum {
	PAGES = 500 /* at a time */,
	FREE = 2 /* times that a writer may make it begin anew */,
	WAIT_MS = 20,
	WAITS = 500
};

struct copying {
	struct sql *q;
	struct sql_copy is;
	void (*told)(void *, const struct sql_copy *);
	void *arg;
	bool held; /* others wait */
};

static int64_t page_size(sqlite3 *db)
{
	sqlite3_stmt *s;
	int64_t n = 0;

	if (sqlite3_prepare_v2(db, "PRAGMA page_size", -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
		n = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return n;
}

/* A transaction that has read something: nobody can commit till it ends. */
static bool hold(struct copying *c)
{
	struct err e = { 0 };

	c->held = sql_begin_reading(c->q, &e);
	return c->held &&
	       sqlite3_exec(sql_db(c->q), "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL) == SQLITE_OK;
}

/* Between the steps others may write, by which it begins anew; but not for ever. */
static int pages(struct copying *c, sqlite3_backup *b)
{
	int64_t size = page_size(sql_db(c->q));
	int rc, left = 0, anew = 0, waited = 0;

	do {
		if (anew == FREE && !c->held && !hold(c))
			return SQLITE_BUSY;
		rc = sqlite3_backup_step(b, PAGES);
		if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED) {
			usleep(WAIT_MS * 1000);
			waited++;
			continue;
		}
		anew += left && sqlite3_backup_remaining(b) >= left;
		left = sqlite3_backup_remaining(b);
		waited = 0;
		c->is.total = (uint64_t)(sqlite3_backup_pagecount(b) * size);
		c->is.done = c->is.total - (uint64_t)(left * size);
		if (c->told)
			c->told(c->arg, &c->is);
	} while (rc == SQLITE_OK || ((rc == SQLITE_BUSY || rc == SQLITE_LOCKED) && waited < WAITS));
	return rc;
}

static bool fill(struct copying *c, struct err *e)
{
	sqlite3 *to = NULL;
	sqlite3_backup *b;
	int rc = sqlite3_open_v2(c->is.beside, &to, SQLITE_OPEN_READWRITE, NULL), fd;

	if (rc == SQLITE_OK) /* what is not whole is thrown away, so that it needs no journal */
		rc = sqlite3_exec(to, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL, NULL, NULL);
	if (rc == SQLITE_OK) {
		b = sqlite3_backup_init(to, "main", sql_db(c->q), "main");
		rc = b ? pages(c, b) : sqlite3_errcode(to);
		if (b)
			sqlite3_backup_finish(b);
	}
	if (c->held)
		sql_rollback(c->q);
	if (rc != SQLITE_DONE)
		err_temp(e, "the copy failed: %s", sqlite3_errstr(rc));
	sqlite3_close(to);
	if (rc != SQLITE_DONE)
		return false;
	fd = open(c->is.beside, O_RDONLY | O_CLOEXEC);
	rc = fd < 0 || fsync(fd) != 0 ? errno : 0;
	if (fd >= 0)
		close(fd);
	return !rc || err_temp(e, "the copy may not be on the disk: %s", strerror(rc));
}

static bool is_there(const char *path, struct err *e)
{
	struct stat st;

	if (lstat(path, &st) != 0)
		return false;
	err_perm(e, "%s: %s", path,
		 S_ISDIR(st.st_mode) ? "it is a folder; name a file in it"
				     : "it is there already; a copy never overwrites: name another file");
	return true;
}

/* In one step, and over nothing that is there. Some file systems (FAT, network ones) cannot do both at once. */
static bool place(const char *beside, const char *path, struct err *e)
{
	int rc = renameat2(AT_FDCWD, beside, AT_FDCWD, path, RENAME_NOREPLACE);

	if (rc != 0 && errno != EEXIST && !is_there(path, e))
		rc = rename(beside, path);
	if (rc != 0)
		return is_there(path, e) ? false : err_perm(e, "%s: %s", path, strerror(errno));
	secret_folder_sync(path);
	return true;
}

bool sql_backup(struct sql *q, const char *path, void (*told)(void *, const struct sql_copy *), void *arg,
		struct err *e)
{
	char beside[4096], token[TOKEN_LENGTH + 1];
	struct copying c = { .q = q, .is = { .beside = beside }, .told = told, .arg = arg };
	int fd;

	if (is_there(path, e))
		return false;
	secret_token(token);
	if (snprintf(beside, sizeof beside, "%s.%s", path, token) >= (int)sizeof beside)
		return err_perm(e, "%s: this name is too long", path);
	if (told)
		told(arg, &c.is);
	fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_perm(e, "%s: %s", path,
				errno == ENOENT || errno == ENOTDIR
					? "there is no such folder; make it first, or name another"
					: strerror(errno));
	close(fd);
	if (!fill(&c, e)) {
		unlink(beside);
		return err_at(e, "%s", path);
	}
	if (place(beside, path, e))
		return true;
	unlink(beside);
	return false;
}
