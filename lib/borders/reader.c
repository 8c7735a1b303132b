/* Both ends: the parent hands over a letter and waits with a deadline; the child reads letters until nobody asks.
 * A message is 8 bytes of length, in this machine's order (both ends are one program), and so many bytes. */
#include "borders/reader.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ground/log.h"
#include "letters/mime.h"

enum {
	ANSWER_ROOM = 64 << 20, /* no letter's facts are bigger (mime's bounds) */
	LETTERS_MOST = 5000,    /* a child is replaced after so many: what leaked in a library is gone, RLIMIT_CPU never near */
};

struct reader {
	const char *name;
	int seconds;
	pid_t child; /* 0: none */
	int fd;
	size_t letters; /* read by this child */
};

/* ---- the child ---- */

static bool all_in(void *to, size_t n)
{
	for (char *at = to; n;) {
		ssize_t r = read(0, at, n);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			return false;
		at += r;
		n -= (size_t)r;
	}
	return true;
}

static bool all_out(const void *from, size_t n)
{
	for (const char *at = from; n;) {
		ssize_t r = write(0, at, n);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			return false;
		at += r;
		n -= (size_t)r;
	}
	return true;
}

/* Libraries set themselves up at their first use: that is now, while files can still be opened. */
static void warm_up(void)
{
	static const char sample[] =
		"From: a@example.org\r\nSubject: =?iso-2022-jp?B?GyRCJDMbKEI=?=\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
		"--b\r\nContent-Type: text/html; charset=koi8-r\r\n\r\n<p>\xC1</p>\r\n"
		"--b\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REPLY\r\n"
		"BEGIN:VEVENT\r\nUID:x\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Berlin:20260101T090000\r\n"
		"ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n--b--\r\n";
	struct pool *p = pool_new();
	struct letter l;

	mime_read(p, sample, sizeof sample - 1, &l);
	pool_end(&p);
}

static int child(void)
{
	struct err e = { 0 };
	uint64_t n = 0;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	mime_prepare();
	warm_up();
	if (!reader_confine(&e)) {
		fprintf(stderr, "kept: the reader of letters cannot be confined: %s\n", e.text);
		return 1;
	}
	if (!all_out(&n, sizeof n)) /* ready */
		return 1;
	while (all_in(&n, sizeof n)) {
		struct pool *p = pool_new();
		struct text *t = text_new(p, ANSWER_ROOM);
		struct letter l;
		char *bytes;

		if (n > LETTER_MOST + 1)
			return 1;
		bytes = malloc(n + 1);
		if (!bytes || !all_in(bytes, n))
			return 1;
		mime_read(p, bytes, n, &l);
		free(bytes);
		letter_pack(t, &l);
		n = t->n;
		if (!all_out(&n, sizeof n) || !all_out(t->s, t->n))
			return 1;
		pool_end(&p);
	}
	return 0;
}

__attribute__((constructor)) static void child_before_main(int argc, char **argv)
{
	if (argc == 1 && argv[0] && strcmp(argv[0], READER_NAME) == 0)
		_exit(child());
}

/* ---- the parent ---- */

static int64_t milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Only what is safe after fork() in a program of many threads. */
static _Noreturn void become(const char *name, int fd)
{
	char *argv[] = { (char *)name, NULL }, *envp[] = { NULL };

	/* stdout is stderr: nothing of the child's can get among what the parent prints */
	if (dup2(fd, 0) != 0 || dup2(2, 1) != 1)
		_exit(126);
	syscall(SYS_close_range, 3u, ~0u, 0u);
	execve("/proc/self/exe", argv, envp);
	_exit(127);
}

static void child_end(struct reader *r, char *how, size_t room)
{
	int status = 0;

	if (!r->child)
		return;
	close(r->fd);
	kill(r->child, SIGKILL);
	while (waitpid(r->child, &status, 0) < 0 && errno == EINTR)
		;
	if (how && WIFSIGNALED(status))
		snprintf(how, room, "signal %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
	else if (how)
		snprintf(how, room, "exit code %d", WEXITSTATUS(status));
	r->child = 0;
	r->fd = -1;
}

enum outcome { CAME, GONE, LATE };

/* Sends (`to` NULL) or receives exactly n bytes before `until`. */
static enum outcome transfer(struct reader *r, const char *from, char *to, size_t n, int64_t until)
{
	while (n) {
		struct pollfd f = { .fd = r->fd, .events = to ? POLLIN : POLLOUT };
		ssize_t k = to ? recv(r->fd, to, n, MSG_DONTWAIT) : send(r->fd, from, n, MSG_DONTWAIT | MSG_NOSIGNAL);
		int64_t left;

		if (k > 0) {
			n -= (size_t)k;
			to = to ? to + k : NULL;
			from = from ? from + k : NULL;
			continue;
		}
		if (k == 0 || (errno != EAGAIN && errno != EINTR))
			return GONE;
		left = until - milliseconds();
		if (left <= 0)
			return LATE;
		if (errno == EAGAIN && poll(&f, 1, (int)left) < 0 && errno != EINTR)
			return GONE;
	}
	return CAME;
}

static bool child_start(struct reader *r, struct err *e)
{
	char how[100] = "";
	uint64_t ready = 1;
	enum outcome o;
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		return err_temp(e, "reader of letters: socketpair: %s", strerror(errno));
	r->child = fork();
	if (r->child == 0)
		become(r->name, pair[1]);
	close(pair[1]);
	r->fd = pair[0];
	if (r->child < 0) {
		r->child = 0;
		close(pair[0]);
		return err_temp(e, "reader of letters: fork: %s", strerror(errno));
	}
	r->letters = 0;
	o = transfer(r, NULL, (char *)&ready, sizeof ready, milliseconds() + 1000 * READER_SECONDS);
	if (o == CAME && ready == 0)
		return true;
	if (o == GONE) /* let it say how it ended, before it is killed */
		waitid(P_PID, (id_t)r->child, &(siginfo_t){ 0 }, WEXITED | WNOWAIT);
	child_end(r, how, sizeof how);
	return err_temp(e, "reader of letters: the child process does not start: %s", o == LATE ? "no word in time" : how);
}

bool reader_open_as(const char *name, int seconds, struct reader **out, struct err *e)
{
	struct reader *r = must_take(sizeof *r);

	r->name = name;
	r->seconds = seconds;
	r->fd = -1;
	if (!child_start(r, e)) {
		free(r);
		return false;
	}
	*out = r;
	return true;
}

bool reader_open(struct reader **out, struct err *e)
{
	return reader_open_as(READER_NAME, READER_SECONDS, out, e);
}

void reader_close(struct reader **r)
{
	if (!*r)
		return;
	child_end(*r, NULL, 0);
	free(*r);
	*r = NULL;
}

int reader_process(const struct reader *r)
{
	return r->child;
}

static enum outcome ask(struct reader *r, const char *bytes, uint64_t n, char **answer, uint64_t *size)
{
	int64_t until = milliseconds() + 1000 * (int64_t)r->seconds;
	enum outcome o;

	*answer = NULL;
	o = transfer(r, (const char *)&n, NULL, sizeof n, until);
	if (o == CAME)
		o = transfer(r, bytes, NULL, n, until);
	if (o == CAME)
		o = transfer(r, NULL, (char *)size, sizeof *size, until);
	if (o != CAME)
		return o;
	if (*size > ANSWER_ROOM)
		*size = 0; /* a lie: refused as it is unpacked */
	*answer = must_take(*size);
	return transfer(r, NULL, *answer, *size, until);
}

/* What is known of a letter that could not be read. */
static void broken(struct pool *p, size_t n, const char *why, struct letter *out)
{
	struct letter empty = { .size = n, .broken = why };
	struct text *t = text_new(p, 1 << 16);

	letter_pack(t, &empty);
	letter_unpack(p, t->s, t->n, out, NULL); /* every string is "" */
}

bool reader_read(struct reader *r, struct pool *p, const void *bytes, size_t n, struct letter *out, struct err *e)
{
	size_t send = n > LETTER_MOST ? LETTER_MOST + 1 : n; /* one more: that it was cut is seen and said */

	if (r->letters >= LETTERS_MOST)
		child_end(r, NULL, 0);
	for (int again = 0;; again++) {
		char how[100] = "", *answer;
		uint64_t size = 0;
		struct err why = { 0 };
		bool fresh, good;
		enum outcome o;

		if (!r->child && !child_start(r, e))
			return false;
		fresh = r->letters++ == 0;
		o = ask(r, bytes, send, &answer, &size);
		good = o == CAME && letter_unpack(p, answer, size, out, &why);
		free(answer);
		if (good) {
			out->size = n;
			return true;
		}
		if (o == GONE)
			waitid(P_PID, (id_t)r->child, &(siginfo_t){ 0 }, WEXITED | WNOWAIT);
		child_end(r, how, sizeof how);
		/* a child that had read others may have died of them: the letter is tried once more in a fresh one */
		if (o == GONE && !fresh && again == 0)
			continue;
		log_line(LOG_LINE_WARN, "reader", "a letter of %zu bytes could not be read: %s", n,
			 o == CAME ? why.text : o == LATE ? "out of time" : how);
		broken(p, n, o == CAME ? "what was read of it is damaged" :
		       o == LATE ? pool_print(p, "reading it took more than %d seconds", r->seconds) :
		       pool_print(p, "reading it ended the reader: %s", how), out);
		return true;
	}
}
