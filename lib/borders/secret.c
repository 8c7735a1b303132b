#include "borders/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <gnutls/crypto.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	SECRET_MOST = 4096,    /* bytes of a password or token */
	COMMAND_SECONDS = 30,
};

extern char **environ;

/* ---- where a secret lies ---- */

/* "FILE:LINE: " of the setting, or nothing. */
static const char *place(const struct source *at, char *room, size_t n)
{
	if (!at || !at->file)
		return "";
	snprintf(room, n, "%s:%d: ", at->file, at->line);
	return room;
}

/* The first line of what was read is the secret. */
bool secret_line(const char *bytes, size_t n, const char *from, char **out, struct err *e)
{
	const char *end = memchr(bytes, '\n', n);
	size_t length = end ? (size_t)(end - bytes) : n;
	char *s;

	if (length && bytes[length - 1] == '\r')
		length--;
	if (!length)
		return err_perm(e, "%s: the first line is empty; it must hold the password", from);
	if (length >= SECRET_MOST)
		return err_perm(e, "%s: the first line is longer than %d bytes, that is no password", from, SECRET_MOST - 1);
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)bytes[i] < ' ' || bytes[i] == 0x7f)
			return err_perm(e, "%s: the password holds a control character", from);
	s = must_take(length + 1);
	memcpy(s, bytes, length);
	*out = s;
	return true;
}

static bool read_some(int fd, char bytes[SECRET_MOST], size_t *n)
{
	ssize_t r;

	*n = 0;
	while (*n < SECRET_MOST && (r = read(fd, bytes + *n, SECRET_MOST - *n)) != 0) {
		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return false;
		*n += (size_t)r;
	}
	return true;
}

/* `closed`: only its owner may read it. A systemd credential is excused: its group bits are the mask of an ACL. */
static bool from_file(const char *path, bool closed, char **out, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a FIFO must not hold us */
	char bytes[SECRET_MOST];
	struct stat st;
	size_t n;
	bool ok;

	if (fd < 0)
		return err_perm(e, "%s: %s", path, strerror(errno));
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return err_perm(e, "%s: is no plain file", path);
	}
	if (closed && (st.st_mode & 077)) {
		close(fd);
		return err_perm(e, "%s: others than its owner may open it (mode %04o); do: chmod 600 %s", path,
		                (unsigned)st.st_mode & 07777, path);
	}
	ok = read_some(fd, bytes, &n) || err_perm(e, "%s: %s", path, strerror(errno));
	close(fd);
	ok = ok && secret_line(bytes, n, path, out, e);
	explicit_bzero(bytes, sizeof bytes);
	return ok;
}

static int64_t monotonic_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * (int64_t)1000 + t.tv_nsec / 1000000;
}

/* sh -c in a process group of its own, standard input empty, standard error ours; only its standard output is read. */
static int start(const char *command, pid_t *pid, int *fd)
{
	char *argv[] = { "sh", "-c", (char *)command, NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none, plain;
	int ends[2], rc;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return errno;
	sigemptyset(&none);
	sigemptyset(&plain);
	sigaddset(&plain, SIGPIPE);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&files, ends[1], 1);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &plain);
	rc = posix_spawn(pid, "/bin/sh", &files, &attr, argv, environ);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attr);
	close(ends[1]);
	if (rc)
		close(ends[0]);
	else
		*fd = ends[0];
	return rc;
}

/* Reads until the command ends its output, or the time is up. */
static bool listen_to(int fd, char bytes[SECRET_MOST], size_t *n, int64_t until)
{
	char rest[512];

	*n = 0;
	for (;;) {
		int64_t left = until - monotonic_ms();
		struct pollfd p = { fd, POLLIN, 0 };
		ssize_t r;

		if (left <= 0)
			return false;
		if (poll(&p, 1, (int)left) <= 0)
			continue;
		r = *n < SECRET_MOST ? read(fd, bytes + *n, SECRET_MOST - *n) : read(fd, rest, sizeof rest);
		explicit_bzero(rest, sizeof rest);
		if (r == 0)
			return true;
		if (r < 0 && errno != EINTR)
			return false;
		if (r > 0 && *n < SECRET_MOST)
			*n += (size_t)r;
	}
}

/* Its end, waited for until the time is up; then the group is killed. */
static int end_of(pid_t pid, bool in_time, int64_t until)
{
	struct timespec nap = { 0, 5000000 };
	int status = -1;

	while (in_time && waitpid(pid, &status, WNOHANG) == 0) {
		if (monotonic_ms() >= until)
			in_time = false;
		else
			nanosleep(&nap, NULL);
	}
	if (!in_time) {
		kill(-pid, SIGKILL);
		waitpid(pid, &status, 0);
		return -1;
	}
	return status;
}

static bool from_command(const char *command, char **out, struct err *e)
{
	int64_t until = monotonic_ms() + COMMAND_SECONDS * 1000;
	char bytes[SECRET_MOST];
	const char *from = "the command"; /* not which: what stands in it may be a secret too */
	size_t n;
	pid_t pid;
	int fd = -1, rc = start(command, &pid, &fd), status;
	bool ok;

	if (rc)
		return err_temp(e, "%s: cannot start it: %s", from, strerror(rc));
	ok = listen_to(fd, bytes, &n, until);
	close(fd);
	status = end_of(pid, ok, until);
	if (status == -1)
		ok = err_temp(e, "%s: did not end within %d seconds, and was stopped", from, COMMAND_SECONDS);
	else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		ok = err_temp(e, "%s: failed (%s %d); run it by hand to see why", from,
		              WIFEXITED(status) ? "exit code" : "signal", WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
	else
		ok = secret_line(bytes, n, from, out, e);
	explicit_bzero(bytes, sizeof bytes);
	return ok;
}

static bool from_credential(const char *name, char **out, struct err *e)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	char path[4096];

	if (!*name || strchr(name, '/') || name[0] == '.')
		return err_perm(e, "credential:%s: a credential's name is one plain word", name);
	if (!folder)
		return err_perm(e, "credential:%s: no CREDENTIALS_DIRECTORY; put LoadCredential=%s:/FILE into the unit"
		                " (systemd.exec(5)), or use \"file:/FILE\"", name, name);
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return from_file(path, false, out, e);
}

bool secret_read(const char *where, const struct source *at, char **out, struct err *e)
{
	char room[512];
	bool ok;

	if (strncmp(where, "file:", 5) == 0)
		ok = from_file(where + 5, true, out, e) ||
		     (access(where + 5, F_OK) < 0 && errno == ENOENT &&
		      err_perm(e, "%s: No such file or directory; do: put the password into it: (umask 077; cat > %s)", where + 5, where + 5));
	else if (strncmp(where, "command:", 8) == 0)
		ok = from_command(where + 8, out, e);
	else if (strncmp(where, "credential:", 11) == 0)
		ok = from_credential(where + 11, out, e);
	else /* the words are not repeated: they may be the password itself */
		ok = err_perm(e, "password must be \"file:/PATH\", \"command:…\" or \"credential:NAME\", never the password itself");
	if (!ok && e && *place(at, room, sizeof room)) {
		char text[sizeof e->text];

		memcpy(text, e->text, sizeof text);
		snprintf(e->text, sizeof e->text, "%.300s%.720s", room, text);
	}
	return ok;
}

void secret_free(char **s)
{
	if (!*s)
		return;
	explicit_bzero(*s, strlen(*s));
	free(*s);
	*s = NULL;
}

/* Any so many bytes of it in a row, or all where it is shorter. */
static bool holds(const char *words, const char *s, size_t n, size_t many)
{
	size_t length = strlen(words);

	if (many > n)
		many = n;
	for (size_t i = 0; i + many <= n; i++)
		if (memmem(words, length, s + i, many))
			return true;
	return false;
}

bool secret_told(const char *words, const char *secret)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *s = (const unsigned char *)secret;
	size_t n = strlen(secret), bits = 8 * n;
	bool told = n && holds(words, secret, n, 8);
	char *coded = must_take(2 * n + 1);

	for (size_t first = 0; !told && first < 6; first += 2) { /* whatever stood before it: a letter begins at one of three bits */
		size_t k = 0;

		for (size_t bit = first; bit + 6 <= bits; bit += 6)
			coded[k++] = letters[((unsigned)s[bit / 8] << 8 | s[bit / 8 + 1]) >> (10 - bit % 8) & 63];
		told = k >= 6 && holds(words, coded, k, 8);
	}
	explicit_bzero(coded, 2 * n);
	free(coded);
	return told;
}

/* ---- chance ---- */

static void chance(void *out, size_t n)
{
	if (gnutls_rnd(GNUTLS_RND_RANDOM, out, n) < 0)
		abort(); /* a token that can be guessed is worse than none */
}

void secret_token(char out[TOKEN_LENGTH + 1])
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567"; /* RFC 4648 6, in lower case */
	unsigned char bytes[16], byte = 0;
	unsigned held = 0, bits = 0;

	chance(bytes, sizeof bytes);
	for (int i = 0; i < TOKEN_LENGTH; i++) {
		if (bits < 5) {
			held = held << 8 | (byte < sizeof bytes ? bytes[byte++] : 0);
			bits += 8;
		}
		bits -= 5;
		out[i] = letters[held >> bits & 31];
		held &= (1u << bits) - 1;
	}
	out[TOKEN_LENGTH] = '\0';
	explicit_bzero(bytes, sizeof bytes);
}

double secret_chance(void)
{
	uint64_t x;

	chance(&x, sizeof x);
	return (double)(x >> 11) / 9007199254740992.0; /* 53 bits: what a double holds */
}

/* ---- hashes ---- */

void secret_hmac(const void *key, size_t key_length, const void *bytes, size_t n, unsigned char out[DIGEST_LENGTH])
{
	if (gnutls_hmac_fast(GNUTLS_MAC_SHA256, key, key_length, bytes, n, out) < 0)
		abort();
}

void secret_digest(const void *bytes, size_t n, unsigned char out[DIGEST_LENGTH])
{
	if (gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes, n, out) < 0)
		abort();
}

char *secret_hex(struct pool *p, const unsigned char *bytes, size_t n)
{
	char *s = pool_take(p, 2 * n + 1);

	for (size_t i = 0; i < n; i++)
		snprintf(s + 2 * i, 3, "%02x", bytes[i]);
	return s;
}

/* ---- the key of the record: 64 hexadecimal digits and a line end ---- */

static bool key_parse(const char *s, unsigned char out[DIGEST_LENGTH])
{
	static const char digits[] = "0123456789abcdef";

	if (strlen(s) != 2 * DIGEST_LENGTH)
		return false;
	for (int i = 0; i < 2 * DIGEST_LENGTH; i++)
		if (!strchr(digits, s[i]))
			return false;
	for (int i = 0; i < DIGEST_LENGTH; i++)
		out[i] = (unsigned char)((strchr(digits, s[2 * i]) - digits) << 4 | (strchr(digits, s[2 * i + 1]) - digits));
	return true;
}

bool secret_put(int fd, const void *bytes, size_t n)
{
	const char *at = bytes;

	while (n) {
		ssize_t w = write(fd, at, n);

		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0)
			return false;
		at += w;
		n -= (size_t)w;
	}
	return fsync(fd) == 0;
}

static void folder_of(const char *path, char folder[4096])
{
	char *slash;

	snprintf(folder, 4096, "%s", path);
	slash = strrchr(folder, '/');
	if (slash)
		slash[slash == folder] = '\0';
	else
		strcpy(folder, ".");
}

bool secret_folder_own(const char *path, struct err *e)
{
	char folder[4096];
	struct stat st;

	folder_of(path, folder);
	if (stat(folder, &st) != 0 || !(st.st_mode & S_IWOTH))
		return true;
	return err_perm(e, "%s: any user of this machine may put files beside it (mode %04o of %s); do: choose a folder of your own", path,
			(unsigned)st.st_mode & 07777, folder);
}

void secret_folder_sync(const char *path)
{
	char folder[4096];
	int fd;

	folder_of(path, folder);
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
}

/* Written whole beside its place and then linked there: of two that make it at once one wins, and both read that. */
static bool key_make(const char *path, struct err *e)
{
	unsigned char key[DIGEST_LENGTH];
	char text[2 * DIGEST_LENGTH + 2], token[TOKEN_LENGTH + 1], beside[4096];
	int fd;
	bool ok;

	chance(key, sizeof key);
	for (int i = 0; i < DIGEST_LENGTH; i++)
		snprintf(text + 2 * i, 3, "%02x", key[i]);
	text[2 * DIGEST_LENGTH] = '\n';
	secret_token(token);
	snprintf(beside, sizeof beside, "%s.%s", path, token);
	fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_perm(e, "%s: cannot make the key of the record: %s", path, strerror(errno));
	ok = secret_put(fd, text, sizeof text - 1);
	close(fd);
	ok = ok && (link(beside, path) == 0 || errno == EEXIST);
	if (!ok)
		err_temp(e, "%s: cannot write the key of the record: %s", path, strerror(errno));
	unlink(beside);
	if (ok)
		secret_folder_sync(path);
	explicit_bzero(key, sizeof key);
	explicit_bzero(text, sizeof text);
	return ok;
}

bool secret_key(const char *path, bool make, unsigned char out[DIGEST_LENGTH], struct err *e)
{
	char *text = NULL;
	bool ok;

	if (make && access(path, F_OK) < 0 && errno == ENOENT && !key_make(path, e))
		return false;
	if (!from_file(path, true, &text, e))
		return err_at(e, "the key of the record");
	ok = key_parse(text, out) || err_perm(e, "%s: is no key (64 hexadecimal digits); put it back from a backup", path);
	secret_free(&text);
	return ok;
}
