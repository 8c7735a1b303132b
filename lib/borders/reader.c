/* Both ends: the parent hands over letters and waits with a deadline; the child reads letters until nobody asks.
 * A message is 8 bytes of length, in this machine's order (both ends are one program), and so many bytes. In it stand
 * letters, and in the answer what is known of each, in the same order and each with its length before it. */
#include "borders/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "borders/reader_inner.h"
#include "ground/log.h"
#include "letters/mime.h"

enum {
	ANSWER_ROOM = 64 << 20, /* no letter's facts are bigger (mime's bounds) */
	TOGETHER = 96 << 10,    /* bytes of letters in one message, but for a longer letter, which goes alone */
	TOGETHER_MOST = 64,     /* letters in one message */
	TOGETHER_SECONDS = 1,   /* for the answer to several: they take milliseconds, and what is late is read again, one by one */
	REQUEST_MOST = LETTER_MOST + 1 + TOGETHER + THING_HEAD_MOST,
	BUFFER = 128 << 10,     /* most messages and most answers come whole in one of this size: no bound */
	SPARE = 2 << 20,        /* memory the child keeps between letters: giving it back after each cost more than reading */
	LETTERS_MOST = 5000,    /* a child is replaced after so many: what leaked in a library is gone, RLIMIT_CPU never near */
};

static const uint64_t WITH_FILES = (uint64_t)1 << 63; /* set in a letter's length; its answer has two lengths then */
static const uint64_t THING = (uint64_t)1 << 62;      /* no letter: behind the length stands that of our head, and the head */

struct reader {
	const char *name;
	int seconds;
	pid_t child; /* 0: none */
	int fd;
	size_t letters; /* read by this child */
	int patience;   /* seconds: the socket's own deadline for one call */
	char *answer;   /* BUFFER bytes, while there is a child */
};

/* ---- the child ---- */

/* Reads `least` to `most` bytes, or false. */
static bool some_in(char *to, size_t least, size_t most, size_t *got)
{
	for (*got = 0; *got < least;) {
		ssize_t r = read(0, to + *got, most - *got);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			return false;
		*got += (size_t)r;
	}
	return true;
}

static bool all_out(const char *from, size_t n)
{
	while (n) {
		ssize_t r = write(0, from, n);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			return false;
		from += r;
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

/* Its length before it; that was put as 0 at `from`. */
static void length_set(struct text *t, size_t from)
{
	uint64_t length = t->n - from - sizeof length;

	if (!t->cut)
		memcpy(t->s + from, &length, sizeof length);
}

static void length_open(struct text *t)
{
	text_put(t, (const char[sizeof(uint64_t)]){ 0 }, sizeof(uint64_t));
}

static void one_read(const char *at, size_t n, bool files, struct text *t)
{
	struct pool *p = pool_new();
	struct letter l;
	size_t from = t->n;

	if (files)
		mime_read_files(p, at, n, &l);
	else
		mime_read(p, at, n, &l);
	length_open(t);
	letter_pack(t, &l);
	length_set(t, from);
	from = t->n;
	if (files) {
		length_open(t);
		letter_pack_files(t, &l);
		length_set(t, from);
	}
	pool_end(&p);
}

static bool other_read(const char *at, size_t n, struct text *t)
{
	size_t from = t->n;
	uint64_t head;
	bool well;

	if (n < sizeof head)
		return false;
	memcpy(&head, at, sizeof head);
	if (head > n - sizeof head)
		return false;
	length_open(t);
	well = thing_read(at + sizeof head, head, at + sizeof head + head, n - sizeof head - head, t);
	length_set(t, from);
	return well;
}

/* What is known of the letters in one message, behind 8 bytes for the length of it all. false: that is no message. */
static bool all_read(const char *at, size_t n, struct text *t)
{
	uint64_t length;
	for (uint64_t size; n; at += size, n -= size) {
		bool files, thing;

		if (n < sizeof size)
			return false;
		memcpy(&size, at, sizeof size);
		at += sizeof size;
		n -= sizeof size;
		files = size & WITH_FILES;
		thing = size & THING;
		size &= ~(WITH_FILES | THING);
		if (size > n || (thing && !other_read(at, size, t)))
			return false;
		if (!thing)
			one_read(at, size, files, t);
		if (t->cut)
			return false;
	}
	length = t->n - sizeof length;
	memcpy(t->s, &length, sizeof length);
	return true;
}

static int child(void)
{
	struct err e = { 0 };
	struct pool *p = NULL; /* of the answer, which keeps its room from one message to the next */
	struct text *t = NULL;
	char *buffer, *bytes;
	uint64_t n = 0;
	size_t got;
	bool well;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	mallopt(M_TRIM_THRESHOLD, SPARE);
	mallopt(M_MMAP_THRESHOLD, SPARE / 2);
	mime_prepare();
	warm_up();
	if (!reader_confine(&e)) {
		fprintf(stderr, "kept: the reader of letters cannot be confined: %s\n", e.text);
		return 1;
	}
	if (!all_out((const char *)&n, sizeof n)) /* ready */
		return 1;
	for (buffer = must_take(BUFFER); some_in(buffer, sizeof n, BUFFER, &got);) {
		memcpy(&n, buffer, sizeof n);
		got -= sizeof n;
		if (n > REQUEST_MOST || got > n)
			return 1;
		if (!t || t->room > SPARE) {
			pool_end(&p);
			p = pool_new();
			t = text_new(p, ANSWER_ROOM);
		}
		t->n = 0;
		t->cut = false;
		text_put(t, (const char[sizeof n]){ 0 }, sizeof n);
		bytes = n <= BUFFER - sizeof n ? buffer + sizeof n : memcpy(must_take(n), buffer + sizeof n, got);
		well = (got == n || some_in(bytes + got, n - got, n - got, &got)) && all_read(bytes, n, t) && all_out(t->s, t->n);
		if (bytes != buffer + sizeof n)
			free(bytes);
		if (!well)
			return 1;
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
	if (dup2(fd, 0) != 0 || fcntl(0, F_SETFD, 0) != 0 || dup2(2, 1) != 1)
		_exit(126);
	syscall(SYS_close_range, 3u, ~0u, 0u);
	execve("/proc/self/exe", argv, envp);
	_exit(127);
}

/* Ends the child. `how` (may be NULL): how it ended by itself, where it does within a second. */
static void child_end(struct reader *r, char *how, size_t room)
{
	int status = 0;
	pid_t ended = 0;

	free(r->answer);
	r->answer = NULL;
	if (!r->child)
		return;
	for (int i = 0; how && !ended && i < 200; i++) {
		ended = waitpid(r->child, &status, WNOHANG);
		if (!ended)
			nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
	}
	close(r->fd);
	if (!ended) {
		kill(r->child, SIGKILL);
		while (waitpid(r->child, &status, 0) < 0 && errno == EINTR)
			;
	}
	if (how && WIFSIGNALED(status))
		snprintf(how, room, "signal %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
	else if (how)
		snprintf(how, room, "exit code %d", WEXITSTATUS(status));
	r->child = 0;
	r->fd = -1;
}

enum outcome { CAME, GONE, LATE, LIED };

/* Waits until something can be sent, or it is `until`. */
static enum outcome wait_for(const struct reader *r, int64_t until)
{
	struct pollfd f = { .fd = r->fd, .events = POLLOUT };
	int64_t left = until - milliseconds();

	if (left <= 0)
		return LATE;
	return poll(&f, 1, (int)left) < 0 && errno != EINTR ? GONE : CAME;
}

/* All the pieces, in one call where they fit. */
static enum outcome put(const struct reader *r, struct iovec *v, size_t n, int64_t until)
{
	while (n) {
		struct msghdr m = { .msg_iov = v, .msg_iovlen = n };
		ssize_t k = sendmsg(r->fd, &m, MSG_DONTWAIT | MSG_NOSIGNAL);
		enum outcome o;

		if (k < 0 && errno != EAGAIN && errno != EINTR)
			return GONE;
		if (k < 0 && errno == EAGAIN && (o = wait_for(r, until)) != CAME)
			return o;
		for (; n && k >= 0 && (size_t)k >= v->iov_len; v++, n--)
			k -= (ssize_t)v->iov_len;
		if (n && k > 0) {
			v->iov_base = (char *)v->iov_base + k;
			v->iov_len -= (size_t)k;
		}
	}
	return CAME;
}

/* At least `least` bytes, at most `most`. The socket's own deadline is for one call: poll() each time cost more than the copy. */
static enum outcome get(const struct reader *r, char *to, size_t least, size_t most, size_t *got, int64_t until)
{
	for (*got = 0; *got < least;) {
		ssize_t k = recv(r->fd, to + *got, most - *got, 0);

		if (k > 0)
			*got += (size_t)k;
		else if (k == 0 || (errno != EAGAIN && errno != EINTR))
			return GONE;
		if (*got < least && milliseconds() >= until)
			return LATE;
	}
	return CAME;
}

static void have_patience(struct reader *r, int seconds)
{
	if (r->patience != seconds)
		setsockopt(r->fd, SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){ .tv_sec = seconds }, sizeof(struct timeval));
	r->patience = seconds;
}

static bool child_start(struct reader *r, struct err *e)
{
	char how[100] = "";
	uint64_t ready = 1;
	enum outcome o;
	size_t got;
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
	r->patience = 0;
	have_patience(r, r->seconds);
	o = get(r, (char *)&ready, sizeof ready, sizeof ready, &got, milliseconds() + 1000 * READER_SECONDS);
	if (o == CAME && ready == 0) {
		r->answer = must_take(BUFFER);
		return true;
	}
	child_end(r, o == GONE ? how : NULL, sizeof how);
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

void reader_rest(struct reader *r)
{
	child_end(r, NULL, 0);
}

int reader_process(const struct reader *r)
{
	return r->child;
}

/* One more: that it was cut is seen and said. */
static size_t sent_of(size_t n)
{
	return n > LETTER_MOST ? LETTER_MOST + 1 : n;
}

static enum outcome put_all(const struct reader *r, const struct unread *list, size_t count, int64_t until)
{
	struct iovec v[2 + 2 * TOGETHER_MOST];
	uint64_t sizes[1 + TOGETHER_MOST] = { 0 };

	v[0] = (struct iovec){ sizes, sizeof *sizes };
	if (list->thing) { /* alone */
		const struct reader_thing *t = list->thing;
		uint64_t lengths[] = { 2 * sizeof *sizes + t->head_n + sent_of(list->n), (sizeof *sizes + t->head_n + sent_of(list->n)) | THING,
				       t->head_n };

		v[0] = (struct iovec){ lengths, sizeof lengths };
		v[1] = (struct iovec){ (void *)t->head, t->head_n };
		v[2] = (struct iovec){ (void *)list->bytes, sent_of(list->n) };
		return put(r, v, 3, until);
	}
	for (size_t i = 0; i < count; i++) {
		size_t n = sent_of(list[i].n);

		sizes[1 + i] = n | (list[i].files ? WITH_FILES : 0);
		sizes[0] += sizeof *sizes + n;
		v[1 + 2 * i] = (struct iovec){ &sizes[1 + i], sizeof *sizes };
		v[2 + 2 * i] = (struct iovec){ (void *)list[i].bytes, n };
	}
	return put(r, v, 1 + 2 * count, until);
}

/* The length at `at`, which is passed; false: so much is not there. */
static bool length_get(const char **at, size_t *n, uint64_t *size)
{
	if (*n < sizeof *size)
		return false;
	memcpy(size, *at, sizeof *size);
	*at += sizeof *size;
	*n -= sizeof *size;
	return *size <= *n;
}

/* The answer is for so many letters and for no more. */
static enum outcome take_all(struct pool *p, const struct unread *list, size_t count, const char *at, size_t n, struct err *why)
{
	uint64_t size;

	for (size_t i = 0; i < count; i++, at += size, n -= size) {
		if (list[i].thing) {
			if (!length_get(&at, &n, &size))
				return LIED;
			list[i].thing->answer = pool_slice(p, at, size);
			list[i].thing->answer_n = size;
			continue;
		}
		if (!length_get(&at, &n, &size) || !letter_unpack(p, at, size, list[i].out, why))
			return LIED;
		list[i].out->size = list[i].n;
		if (!list[i].files)
			continue;
		at += size, n -= size;
		if (!length_get(&at, &n, &size) || !letter_unpack_files(p, at, size, list[i].out, why))
			return LIED;
	}
	return n ? LIED : CAME;
}

/* At most TOGETHER_MOST letters. CAME: each is read. */
static enum outcome ask(struct reader *r, struct pool *p, const struct unread *list, size_t count, int seconds, struct err *why)
{
	int64_t until = milliseconds() + 1000 * (int64_t)seconds;
	enum outcome o = put_all(r, list, count, until);
	char *answer = r->answer;
	uint64_t size;
	size_t got;

	err_perm(why, "an answer that is none");
	have_patience(r, seconds);
	if (o == CAME)
		o = get(r, answer, sizeof size, BUFFER, &got, until);
	if (o != CAME)
		return o;
	memcpy(&size, answer, sizeof size);
	got -= sizeof size;
	if (got > size || size > ANSWER_ROOM)
		return LIED;
	if (size > BUFFER - sizeof size)
		answer = memcpy(must_take(sizeof size + size), answer, sizeof size + got);
	if (got < size)
		o = get(r, answer + sizeof size + got, size - got, size - got, &got, until);
	if (o == CAME)
		o = take_all(p, list, count, answer + sizeof size, size, why);
	if (answer != r->answer)
		free(answer);
	return o;
}

/* What is known of a letter that could not be read. */
static void broken(struct pool *p, size_t n, const char *why, struct letter *out)
{
	struct letter empty = { .size = n, .broken = why };
	struct text *t = text_new(p, 1 << 16);

	letter_pack(t, &empty);
	letter_unpack(p, t->s, t->n, out, NULL); /* every string is "" */
}

static bool read_one(struct reader *r, struct pool *p, const struct unread *one, struct err *e)
{
	const char *said;

	if (r->letters >= LETTERS_MOST)
		child_end(r, NULL, 0);
	for (int again = 0;; again++) {
		char how[100] = "";
		struct err why = { 0 };
		enum outcome o;
		bool fresh;

		if (!r->child && !child_start(r, e))
			return false;
		fresh = r->letters++ == 0;
		o = ask(r, p, one, 1, r->seconds, &why);
		if (o == CAME)
			return true;
		child_end(r, o == GONE ? how : NULL, sizeof how);
		/* a child that had read others may have died of them: the letter is tried once more in a fresh one */
		if (o == GONE && !fresh && again == 0)
			continue;
		log_line(LOG_LINE_WARN, "reader", "%s of %zu bytes could not be read: %s", one->thing ? "a calendar" : "a letter", one->n,
			 o == LIED ? why.text : o == LATE ? "out of time" : how);
		said = o == LIED ? "what was read of it is damaged" :
		       o == LATE ? pool_print(p, "reading it took more than %d seconds", r->seconds) :
		       pool_print(p, "reading it ended the reader: %s", how);
		if (one->thing)
			one->thing->broken = said;
		else
			broken(p, one->n, said, one->out);
		return true;
	}
}

bool thing_ask(struct reader *r, struct pool *p, const void *bytes, size_t n, struct reader_thing *t, struct err *e)
{
	return read_one(r, p, &(struct unread){ .bytes = bytes, .n = n, .thing = t }, e);
}

bool reader_read(struct reader *r, struct pool *p, const void *bytes, size_t n, struct letter *out, struct err *e)
{
	return read_one(r, p, &(struct unread){ .bytes = bytes, .n = n, .out = out }, e);
}

bool reader_files(struct reader *r, struct pool *p, const void *bytes, size_t n, struct letter *l, struct err *e)
{
	struct letter again = { 0 };

	if (!read_one(r, p, &(struct unread){ .bytes = bytes, .n = n, .out = &again, .files = true }, e))
		return false;
	for (size_t i = 0; again.attachment_count == l->attachment_count && i < l->attachment_count; i++)
		if (again.attachments[i].size == l->attachments[i].size)
			l->attachments[i].bytes = again.attachments[i].bytes;
	return true;
}

/* How many from the first on go in one message. */
static size_t together(const struct unread *list, size_t count)
{
	size_t n = 0, bytes = 0;

	while (n < count && n < TOGETHER_MOST && list[n].n <= TOGETHER - bytes)
		bytes += list[n++].n;
	return n;
}

bool reader_read_all(struct reader *r, struct pool *p, const struct unread *list, size_t count, struct err *e)
{
	for (size_t i = 0, n; i < count; i += n) {
		struct err why = { 0 };

		n = together(list + i, count - i);
		if (n > 1) {
			if (r->letters >= LETTERS_MOST)
				child_end(r, NULL, 0);
			if (!r->child && !child_start(r, e))
				return false;
			r->letters += n;
			if (ask(r, p, list + i, n, TOGETHER_SECONDS, &why) == CAME)
				continue;
			child_end(r, NULL, 0); /* whose fault it was comes out now */
		}
		n = n ? n : 1;
		for (size_t k = i; k < i + n; k++)
			if (!reader_read(r, p, list[k].bytes, list[k].n, list[k].out, e))
				return false;
	}
	return true;
}
