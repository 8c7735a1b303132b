/* reader - what a child may not do, and what its death, silence or lies cost: one letter */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <seccomp.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "borders/reader.h"
#include "ground/log.h"
#include "letters/mime.h"

static const char mail[] = "From: Ada <ada@example.org>\r\nSubject: hello\r\n\r\nI'll send it on Friday.\r\n";

static bool whole_in(void *to, size_t n)
{
	ssize_t k = 1;

	for (size_t done = 0; done < n && k > 0; done += (size_t)k)
		k = read(0, (char *)to + done, n - done);
	return k > 0;
}

/* Reads letters as the true child does, but for those whose bytes say what it is to do. */
static int temper(void)
{
	uint64_t whole, n;

	while (whole_in(&whole, sizeof whole)) {
		struct pool *p = pool_new();
		struct text *t = text_new(p, 1 << 20);
		char *at = pool_take(p, whole + 1), *end = at + whole;

		if (!whole_in(at, whole))
			return 1;
		text_put(t, (char *)&whole, sizeof whole);
		for (; at < end; at += n) {
			struct letter l;
			size_t from = t->n;

			memcpy(&n, at, sizeof n);
			at += sizeof n;
			if (memmem(at, n, "X-Do: die", 9))
				abort();
			while (memmem(at, n, "X-Do: hang", 10))
				pause();
			mime_read(p, at, n, &l);
			text_put(t, (char *)&n, sizeof n);
			letter_pack(t, &l);
			whole = t->n - from - sizeof whole;
			memcpy(t->s + from, &whole, sizeof whole);
			if (memmem(at, n, "X-Do: lie", 9))
				memset(t->s + from + sizeof n, 0x7F, 40);
		}
		whole = t->n - sizeof whole;
		memcpy(t->s, &whole, sizeof whole);
		if (write(0, t->s, t->n) != (ssize_t)t->n)
			return 1;
		pool_end(&p);
	}
	return 0;
}

/* Children of this program under other names: they say they are ready, and then … */
static int pretend(const char *name)
{
	uint64_t n = 0;
	char block[4096];

	if (write(0, &n, sizeof n) != sizeof n)
		return 1;
	if (strcmp(name, "test-temper") == 0)
		return temper();
	if (strcmp(name, "test-hang") == 0)
		for (;;)
			pause();
	while (read(0, block, sizeof block) > 0) {
		if (strcmp(name, "test-die") == 0)
			abort();
		if (strcmp(name, "test-huge") == 0)
			n = UINT64_MAX;
		else
			n = sizeof block;
		memset(block, 0x7F, sizeof block);
		if (write(0, &n, sizeof n) < 0 || write(0, block, sizeof block) < 0)
			return 1;
	}
	return 0;
}

__attribute__((constructor)) static void other_child(int argc, char **argv)
{
	if (argc == 1 && strncmp(argv[0], "test-", 5) == 0)
		_exit(pretend(argv[0]));
}

static void reads_a_letter(struct reader *r)
{
	struct pool *p = pool_new();
	struct letter l;
	struct err e = { 0 };

	assert_true(reader_read(r, p, mail, sizeof mail - 1, &l, &e));
	assert_string_equal(l.broken, "");
	assert_string_equal(l.subject, "hello");
	assert_string_equal(l.from.list[0].address, "ada@example.org");
	assert_int_equal(l.size, sizeof mail - 1);
	pool_end(&p);
}

static struct reader *opened(const char *name, int seconds)
{
	struct reader *r = NULL;
	struct err e = { 0 };

	if (!reader_open_as(name, seconds, &r, &e))
		fail_msg("%s", e.text);
	return r;
}

static void the_files_of_a_letter_come_when_they_are_asked_for(void **state)
{
	static const char with_file[] =
		"From: ada@example.org\r\nSubject: hello\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHere.\r\n"
		"--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
		"JVBERgD/\r\n--b--\r\n";
	struct reader *r = opened(READER_NAME, READER_SECONDS);
	struct pool *p = pool_new();
	struct letter l;
	struct err e = { 0 };

	(void)state;
	assert_true(reader_read(r, p, with_file, sizeof with_file - 1, &l, &e));
	assert_int_equal(l.attachment_count, 1);
	assert_null(l.attachments[0].bytes);
	assert_true(reader_files(r, p, with_file, sizeof with_file - 1, &l, &e));
	assert_int_equal(l.attachments[0].size, 6);
	assert_memory_equal(l.attachments[0].bytes, "%PDF\0\377", 6);
	/* of another letter: none */
	l.attachments[0].bytes = NULL;
	assert_true(reader_files(r, p, mail, sizeof mail - 1, &l, &e));
	assert_null(l.attachments[0].bytes);
	reader_close(&r);
	pool_end(&p);
}

static void letters_are_read_one_after_another(void **state)
{
	struct reader *r = opened(READER_NAME, READER_SECONDS);
	int child = reader_process(r);

	(void)state;
	for (int i = 0; i < 20; i++)
		reads_a_letter(r);
	assert_int_equal(reader_process(r), child);
	reader_close(&r);
	assert_null(r);
	assert_int_equal(kill(child, 0), -1);
}

static void a_killed_child_costs_nothing_when_the_letter_was_innocent(void **state)
{
	struct reader *r = opened(READER_NAME, READER_SECONDS);

	(void)state;
	reads_a_letter(r);
	kill(reader_process(r), SIGKILL);
	reads_a_letter(r);
	reader_close(&r);
}

static void a_rest_ends_the_child_and_the_next_letter_starts_another(void **state)
{
	struct reader *r = opened(READER_NAME, READER_SECONDS);
	int child = reader_process(r);

	(void)state;
	reader_rest(r);
	assert_int_equal(kill(child, 0), -1);
	assert_int_equal(reader_process(r), 0);
	reader_rest(r);
	reads_a_letter(r);
	assert_int_not_equal(reader_process(r), 0);
	reader_close(&r);
}

static void broken_is(const char *name, const char *why)
{
	struct reader *r = opened(name, 1);
	struct pool *p = pool_new();
	struct letter l;
	struct err e = { 0 };

	for (int i = 0; i < 2; i++) { /* and the next letter has a new child */
		assert_true(reader_read(r, p, mail, sizeof mail - 1, &l, &e));
		assert_non_null(strstr(l.broken, why));
		assert_string_equal(l.subject, "");
		assert_int_equal(l.size, sizeof mail - 1);
	}
	pool_end(&p);
	reader_close(&r);
}

static void a_letter_that_kills_is_broken(void **state)
{
	(void)state;
	broken_is("test-die", "ended the reader: signal 6");
}

static void a_letter_that_hangs_is_broken(void **state)
{
	(void)state;
	broken_is("test-hang", "more than 1 second");
}

static void a_lying_child_is_not_believed(void **state)
{
	(void)state;
	broken_is("test-lie", "damaged");
	broken_is("test-huge", "damaged");
}

static void a_huge_letter_is_read_to_its_bound(void **state)
{
	struct reader *r = opened(READER_NAME, 6 * READER_SECONDS); /* with sanitizers, on a busy machine */
	struct pool *p = pool_new();
	size_t n = LETTER_MOST + 1000;
	char *big = malloc(n);
	struct letter l;
	struct err e = { 0 };

	(void)state;
	memset(big, 'x', n);
	for (size_t i = 70; i < n; i += 70)
		big[i] = '\n';
	memcpy(big, mail, sizeof mail - 1);
	assert_true(reader_read(r, p, big, n, &l, &e));
	assert_string_equal(l.broken, "");
	assert_string_equal(l.subject, "hello");
	assert_int_equal(l.size, n);
	assert_true(l.remarks.n >= 1);
	free(big);
	pool_end(&p);
	reader_close(&r);
}

/* `count` letters with their number as subject, the one at `odd` with another field too. */
static struct unread *numbered(struct pool *p, size_t count, size_t odd, const char *field)
{
	struct unread *list = pool_list(p, count, sizeof *list);
	struct letter *out = pool_list(p, count, sizeof *out);

	for (size_t i = 0; i < count; i++) {
		list[i].bytes = pool_print(p, "From: ada@example.org\r\nSubject: %zu\r\n%s\r\nIt is done.\r\n", i, i == odd ? field : "");
		list[i].n = strlen(list[i].bytes);
		list[i].out = &out[i];
	}
	return list;
}

static void each_is_read_but(const struct unread *list, size_t count, size_t odd, const char *why)
{
	for (size_t i = 0; i < count; i++) {
		char subject[20] = "";

		if (i != odd)
			snprintf(subject, sizeof subject, "%zu", i);
		assert_string_equal(list[i].out->subject, subject);
		assert_int_equal(list[i].out->size, list[i].n);
		if (i == odd)
			assert_non_null(strstr(list[i].out->broken, why));
		else
			assert_string_equal(list[i].out->broken, "");
	}
}

static void several_are_read_as_each_by_itself(void **state)
{
	struct reader *r = opened(READER_NAME, 6 * READER_SECONDS);
	struct pool *p = pool_new();
	struct err e = { 0 };
	enum { MANY = 300, BIG = 300 << 10 };
	struct unread *list = numbered(p, MANY, MANY, "");
	char *big = pool_take(p, BIG);

	(void)state;
	memset(big, 'x', BIG);
	for (size_t i = 70; i < BIG; i += 70)
		big[i] = '\n';
	memcpy(big, mail, sizeof mail - 1);
	list[3].bytes = list[MANY - 1].bytes = big; /* each alone fills more than a message to the child */
	list[3].n = list[MANY - 1].n = BIG;
	list[7].bytes = NULL;
	list[7].n = 0;
	assert_true(reader_read_all(r, p, list, 0, &e));
	assert_true(reader_read_all(r, p, list, MANY, &e));
	for (size_t i = 0; i < MANY; i++) {
		struct text *together = text_new(p, BODY_MOST), *alone = text_new(p, BODY_MOST);
		struct letter l;

		letter_pack(together, list[i].out);
		assert_true(reader_read(r, p, list[i].bytes, list[i].n, &l, &e));
		letter_pack(alone, &l);
		assert_int_equal(together->n, alone->n);
		assert_memory_equal(together->s, alone->s, alone->n);
	}
	pool_end(&p);
	reader_close(&r);
}

/* Among others: it alone is broken. */
static void one_of_several(const char *field, const char *why)
{
	struct reader *r = opened("test-temper", 1);
	struct err e = { 0 };

	for (size_t odd = 0; odd < 9; odd += 4) { /* the first, one in the middle, the last */
		struct pool *p = pool_new();
		struct unread *list = numbered(p, 9, odd, field);

		assert_true(reader_read_all(r, p, list, 9, &e));
		each_is_read_but(list, 9, odd, why);
		pool_end(&p);
	}
	reader_close(&r);
}

static void one_that_kills_among_several_is_broken_alone(void **state)
{
	(void)state;
	one_of_several("X-Do: die\r\n", "ended the reader: signal 6");
}

static void one_that_hangs_among_several_is_broken_alone(void **state)
{
	(void)state;
	one_of_several("X-Do: hang\r\n", "more than 1 second");
}

static void one_that_is_lied_about_among_several_is_broken_alone(void **state)
{
	(void)state;
	one_of_several("X-Do: lie\r\n", "damaged");
}

static void a_killed_child_costs_none_of_several(void **state)
{
	struct reader *r = opened(READER_NAME, 6 * READER_SECONDS);
	struct pool *p = pool_new();
	struct unread *list = numbered(p, 9, 9, "");
	struct err e = { 0 };

	(void)state;
	reads_a_letter(r);
	kill(reader_process(r), SIGKILL);
	assert_true(reader_read_all(r, p, list, 9, &e));
	each_is_read_but(list, 9, 9, "");
	pool_end(&p);
	reader_close(&r);
}

static void a_calendar_is_read_in_the_child(void **state)
{
	static const char text[] = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTART:20261023T090000Z\r\nDURATION:PT1H\r\n"
		"ATTENDEE;PARTSTAT=DECLINED:mailto:bob@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
	struct pool *p = pool_new();
	struct reader *r;
	struct busy b;
	struct letter l;
	struct err e;

	(void)state;
	assert_true(reader_open(&r, &e));
	assert_true(reader_busy(r, p, text, sizeof text - 1, 1792000000, 1793500000, "ada@example.org", &b, &e));
	assert_string_equal(b.broken, "");
	assert_int_equal(b.n, 1);
	assert_true(b.times[0].end - b.times[0].start == 3600);
	assert_true(reader_read(r, p, mail, sizeof mail - 1, &l, &e)); /* letters go on */
	assert_string_equal(l.subject, "hello");
	assert_true(reader_busy(r, p, text, sizeof text - 1, 1792000000, 1793500000, "bob@example.org", &b, &e));
	assert_int_equal(b.n, 0);
	assert_true(reader_busy(r, p, "x", 1, 1, 2, "", &b, &e));
	assert_string_equal(b.broken, "it holds no VCALENDAR");
	reader_close(&r);
	pool_end(&p);
}

static void a_child_that_cannot_start_is_said(void **state)
{
	struct reader *r = NULL;
	struct err e = { 0 };

	(void)state;
	assert_false(reader_open_as("quits", 1, &r, &e)); /* main() below: no such child */
	assert_int_equal(e.kind, ERR_TEMP);
	assert_null(r);
}

/* ---- confinement: each in a process of its own, which must end as the row says ---- */

static int ends(void (*deed)(void))
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		if (!reader_confine(NULL))
			_exit(99);
		deed();
		_exit(0);
	}
	waitpid(child, &status, 0);
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

/* As a kernel before Linux 5.13 says. */
static void without_landlock(void)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);

	if (seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(landlock_create_ruleset), 0) != 0 || seccomp_load(f) != 0)
		_exit(98);
	seccomp_release(f);
}

static void a_kernel_without_landlock_is_known_and_the_rest_holds(void **state)
{
	pid_t child = fork();
	int status;

	(void)state;
	if (child == 0) {
		without_landlock();
		if (reader_has_landlock() || !reader_confine(NULL))
			_exit(99);
		_exit(open("/etc/passwd", O_RDONLY) < 0 && errno == EACCES ? 0 : 1);
	}
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
}

static void nothing(void)
{
}

static void open_a_file(void)
{
	if (open("/etc/passwd", O_RDONLY) >= 0 || open("/tmp/kept-reader-test", O_RDWR | O_CREAT, 0600) >= 0)
		_exit(1);
	if (errno != EACCES)
		_exit(2);
}

static void make_a_socket(void)
{
	if (socket(AF_INET, SOCK_STREAM, 0) >= 0)
		_exit(1);
}

static void start_a_process(void)
{
	if (fork() >= 0)
		_exit(1);
}

static void start_a_program(void)
{
	execl("/bin/true", "true", (char *)NULL);
}

static void make_code(void)
{
	if (mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
		_exit(1);
}

static void signal_another(void)
{
	kill(getppid(), SIGTERM);
}

static const struct row {
	const char *rule;
	void (*deed)(void);
	int end; /* exit code, or minus the signal */
} rows[] = {
	{ "confined, it still runs and ends", nothing, 0 },
	{ "no file can be opened or made", open_a_file, 0 },
	{ "a socket is its death", make_a_socket, -SIGSYS },
	{ "a process is its death", start_a_process, -SIGSYS },
	{ "a program is its death", start_a_program, -SIGSYS },
	{ "memory to execute is its death", make_code, -SIGSYS },
	{ "a signal to another is its death", signal_another, -SIGSYS },
};

static void rule_holds(void **state)
{
	const struct row *row = *state;

	assert_int_equal(ends(row->deed), row->end);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest more[] = {
		cmocka_unit_test(a_kernel_without_landlock_is_known_and_the_rest_holds),
		cmocka_unit_test(letters_are_read_one_after_another),
		cmocka_unit_test(the_files_of_a_letter_come_when_they_are_asked_for),
		cmocka_unit_test(a_killed_child_costs_nothing_when_the_letter_was_innocent),
		cmocka_unit_test(a_rest_ends_the_child_and_the_next_letter_starts_another),
		cmocka_unit_test(a_letter_that_kills_is_broken),
		cmocka_unit_test(a_letter_that_hangs_is_broken),
		cmocka_unit_test(a_lying_child_is_not_believed),
		cmocka_unit_test(a_huge_letter_is_read_to_its_bound),
		cmocka_unit_test(several_are_read_as_each_by_itself),
		cmocka_unit_test(one_that_kills_among_several_is_broken_alone),
		cmocka_unit_test(one_that_hangs_among_several_is_broken_alone),
		cmocka_unit_test(one_that_is_lied_about_among_several_is_broken_alone),
		cmocka_unit_test(a_killed_child_costs_none_of_several),
		cmocka_unit_test(a_calendar_is_read_in_the_child),
		cmocka_unit_test(a_child_that_cannot_start_is_said),
	};
	struct CMUnitTest t[sizeof rows / sizeof *rows + sizeof more / sizeof *more];
	size_t n = 0;

	if (argc == 1 && strcmp(argv[0], "quits") == 0)
		return 3;
	log_most(LOG_LINE_ERROR);
	for (; n < sizeof rows / sizeof *rows; n++)
		t[n] = (struct CMUnitTest){ rows[n].rule, rule_holds, NULL, NULL, (void *)&rows[n] };
	memcpy(t + n, more, sizeof more);
	return cmocka_run_group_tests_name("reader", t, NULL, NULL);
}
