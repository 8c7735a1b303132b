/* the file of a grant: locked, read, written whole */
#include "borders/oauth_inner.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "borders/secret.h"

/* a file holds two tokens, each character with a \ */
enum { NAME_DIGITS = 8, LOCK_SECONDS = 60, TRIAL_SECONDS = 86400, FILE_MOST = 5 * OAUTH_TOKEN_MOST };

/* A user may be called anything, a file may not. */
const char *grant_path(struct pool *p, const struct oauth_conf *o, const char *user)
{
	unsigned char digest[DIGEST_LENGTH];

	secret_digest(user, strlen(user), digest);
	return pool_print(p, "%s-%s-%s", o->store, o->key, secret_hex(p, digest, NAME_DIGITS));
}

static bool unfit(const char *path, struct err *e)
{
	return err_perm(e, "%s: %s%s", path, strerror(errno),
			errno == EACCES ? "; is it another user's? kept login is for the user whose keptd it is" : "");
}

static bool is_at(int fd, const char *path)
{
	struct stat held, there;

	return fstat(fd, &held) == 0 && stat(path, &there) == 0 && held.st_ino == there.st_ino && held.st_dev == there.st_dev;
}

/* Whoever removes a grant removes its lock, too: one that was waited for may be another's by then. */
bool grant_lock(struct pool *p, const struct oauth_conf *o, const char *user, int *lock, struct err *e)
{
	const char *path = pool_print(p, "%s.lock", grant_path(p, o, user));

	if (!secret_folder_own(path, e))
		return false;
	for (int turns = 0; turns < LOCK_SECONDS * 50; turns++) {
		const struct timespec moment = { 0, 20 * 1000 * 1000 };
		int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

		if (fd < 0)
			return unfit(path, e);
		if (flock(fd, LOCK_EX | LOCK_NB) == 0 && is_at(fd, path)) {
			*lock = fd;
			return true;
		}
		close(fd);
		nanosleep(&moment, NULL);
	}
	return err_temp(e, "%s: another renews the token for long", path);
}

void grant_unlock(int lock)
{
	if (lock >= 0)
		close(lock);
}

/* A token goes into a header: what is not printable is none. */
static const char *member(struct pool *p, const json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));

	for (const char *c = s; c && *c; c++)
		if (*c < ' ' || *c > '~')
			return "";
	return s && strlen(s) <= OAUTH_TOKEN_MOST ? pool_copy(p, s) : "";
}

bool grant_parse(struct pool *p, const char *bytes, size_t n, struct grant *out)
{
	json_t *o = json_loadb(bytes, n, 0, NULL);
	const char *ended = json_string_value(json_object_get(o, "ended"));
	bool is = json_is_object(o);

	out->access = member(p, o, "access_token");
	out->refresh = member(p, o, "refresh_token");
	out->ended = line_from(p, ended ? ended : "", sizeof(struct err)).s; /* a sentence, in any language */
	out->renew = json_integer_value(json_object_get(o, "renew"));
	out->ends = json_integer_value(json_object_get(o, "ends"));
	json_decref(o);
	return is;
}

bool grant_read(struct pool *p, const struct oauth_conf *o, const char *user, struct grant *out, struct err *e)
{
	const char *path = grant_path(p, o, user);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
	char *bytes;
	struct stat st;
	ssize_t n;
	bool ok;

	*out = (struct grant){ .access = "", .refresh = "", .ended = "" };
	if (fd < 0 && errno == ENOENT)
		return true;
	if (fd < 0)
		return unfit(path, e);
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || (st.st_mode & 077) || st.st_size > FILE_MOST) {
		close(fd);
		return err_perm(e, "%s: is no plain file that its owner alone may open; do: chmod 600 %s", path, path);
	}
	bytes = must_take(FILE_MOST);
	n = read(fd, bytes, FILE_MOST);
	close(fd);
	ok = (n >= 0 || err_temp(e, "%s: %s", path, strerror(errno))) &&
	     (grant_parse(p, bytes, (size_t)n, out) || err_code(e, OAUTH_ENDED, "%s: cannot be read; do: kept login", path));
	explicit_bzero(bytes, FILE_MOST);
	free(bytes);
	return ok;
}

/* Beside its place, whole and on the disk, and then there by a rename. */
static bool put(struct pool *p, const char *path, const char *bytes, size_t n, struct err *e)
{
	const char *beside = pool_print(p, "%s.new", path);
	int fd;
	bool ok;

	unlink(beside); /* of one that was killed */
	fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return unfit(beside, e);
	ok = secret_put(fd, bytes, n);
	ok = close(fd) == 0 && ok && rename(beside, path) == 0;
	if (!ok) {
		err_temp(e, "%s: cannot be written: %s", path, strerror(errno));
		unlink(beside);
		return false;
	}
	secret_folder_sync(path);
	return true;
}

bool grant_write(struct pool *p, const struct oauth_conf *o, const char *user, const struct grant *g, struct err *e)
{
	json_t *j = json_pack("{ss* ss* ss* ss* ss* sI sI}", "oauth", o->key, "user", user, "access_token", g->access,
			      "refresh_token", g->refresh, "ended", g->ended, "renew", (json_int_t)g->renew, "ends",
			      (json_int_t)g->ends);
	char *bytes = j ? json_dumps(j, JSON_COMPACT) : NULL;
	bool ok = bytes ? put(p, grant_path(p, o, user), bytes, strlen(bytes), e)
			: err_perm(e, "oauth %s: a token that is no text", o->key);

	if (bytes)
		explicit_bzero(bytes, strlen(bytes));
	free(bytes);
	json_decref(j);
	return ok;
}

bool grant_remove(struct pool *p, const struct oauth_conf *o, const char *user, struct err *e)
{
	const char *path = grant_path(p, o, user);

	unlink(pool_print(p, "%s.new", path));
	if (unlink(path) != 0 && errno != ENOENT)
		return err_temp(e, "%s: %s", path, strerror(errno));
	unlink(pool_print(p, "%s.lock", path));
	secret_folder_sync(path);
	return true;
}

/* Root logs in for the user whose folder it is; that user may have laid a link to another's file in its place. */
static bool given(struct pool *p, const char *path, const char *to)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat st, folder;
	bool ok = fd >= 0 && fstat(fd, &st) == 0 && stat(pool_slice(p, to, (size_t)(strrchr(to, '/') - to) + 1), &folder) == 0;

	if (ok && (!S_ISREG(st.st_mode) || st.st_nlink != 1 || st.st_uid != 0)) {
		errno = EPERM;
		ok = false;
	}
	ok = ok && fchown(fd, folder.st_uid, folder.st_gid) == 0;
	if (fd >= 0)
		close(fd);
	return ok;
}

static bool move(struct pool *p, const char *path, const char *to, struct err *e)
{
	if (geteuid() == 0 && !given(p, path, to))
		return unfit(path, e);
	if (rename(path, to) != 0)
		return unfit(to, e);
	secret_folder_sync(to);
	return true;
}

bool oauth_move(const struct oauth_conf *from, const struct oauth_conf *to, const char *user, struct err *e)
{
	struct pool *p = pool_new();
	const char *path = grant_path(p, from, user);
	int lock = -1;
	bool ok = grant_lock(p, to, user, &lock, e) && move(p, path, grant_path(p, to, user), e) &&
		  grant_remove(p, from, user, e);

	if (geteuid() == 0)
		unlink(pool_print(p, "%s.lock", grant_path(p, to, user))); /* it would be root's */
	grant_unlock(lock);
	pool_end(&p);
	return ok;
}

/* "…oauth-init-TOKEN-login-0123456789abcdef", and its lock */
static bool is_trial(const char *name, const char *stem)
{
	size_t n = strlen(stem);

	return strncmp(name, stem, n) == 0 && strspn(name + n, "abcdefghijklmnopqrstuvwxyz234567") == TOKEN_LENGTH && name[n + TOKEN_LENGTH] == '-';
}

void oauth_forget_trials(const struct oauth_conf *o)
{
	struct pool *p = pool_new();
	const char *slash = strrchr(o->store, '/'), *stem = pool_print(p, "%s-init-", slash ? slash + 1 : o->store);
	DIR *folder = opendir(slash ? pool_slice(p, o->store, (size_t)(slash - o->store) + 1) : ".");
	struct stat st;

	for (const struct dirent *d = folder ? readdir(folder) : NULL; d; d = readdir(folder))
		if (is_trial(d->d_name, stem) && fstatat(dirfd(folder), d->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    st.st_mtime < time(NULL) - TRIAL_SECONDS)
			unlinkat(dirfd(folder), d->d_name, 0);
	if (folder)
		closedir(folder);
	pool_end(&p);
}
