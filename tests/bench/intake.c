/* bench, row 1: a mailbox taken in - fetched, parsed, read as text, understood, in the ledger, durable
 *
 *   build/tests/bench/intake CONF [ROUNDS]
 *
 * Floor: one UID FETCH 1:* by hand over the same transport, thrown away. Both from connecting on. Ours runs in a process
 * of its own each time, so that its peak of memory can be told, with the confined child's. Three mailboxes of CONF: `plain` and
 * `tls` (capture: every body), `headers` (personal: the header first, bodies where they are wanted). */
#include <sys/resource.h>
#include <sys/wait.h>

#include "tests/bench/house.h"
#include "tests/bench/raw.h"

struct told {
	double seconds;
	double mb, child_mb; /* peak RSS */
	size_t letters;
	uint64_t turns;
};

static double by_hand(const struct mailbox_conf *m)
{
	double t = seconds();
	struct raw *r = raw_open(m->server.port, m->server.tls == TLS_IMPLICIT, m->server.user, "bob-secret");

	raw_do(r, "EXAMINE INBOX");
	raw_do(r, "UID FETCH 1:* (UID FLAGS INTERNALDATE BODY.PEEK[])");
	raw_close(r);
	return seconds() - t;
}

static void count(void *arg, size_t fresh, size_t all)
{
	(void)fresh;
	*(size_t *)arg += all;
}

static void ours(const struct conf *c, const struct mailbox_conf *m, struct told *out)
{
	struct sql *q = house_ledger(c, "intake");
	struct reader *r = NULL;
	struct rusage self, child;
	struct collect k;
	struct err e = { 0 };
	double t;

	if (!reader_open(&r, &e))
		bench_end("reader", e.text);
	t = seconds();
	k = house_open(c, m, q, r);
	k.committed = count;
	k.arg = &out->letters;
	if (!collect_since(&k, "INBOX", false, 86400, &e))
		bench_end("intake", e.text);
	out->turns = mailbox_turns(k.box);
	mailbox_close(&k.box);
	out->seconds = seconds() - t;
	reader_close(&r);
	sql_close(&q);
	getrusage(RUSAGE_SELF, &self);
	getrusage(RUSAGE_CHILDREN, &child);
	out->mb = (double)self.ru_maxrss / 1024;
	out->child_mb = (double)child.ru_maxrss / 1024;
}

static struct told apart(const struct conf *c, const struct mailbox_conf *m)
{
	struct told t = { 0 };
	int pipes[2], status;
	pid_t pid;

	if (pipe(pipes) != 0 || (pid = fork()) < 0)
		bench_end("intake", "fork");
	if (pid == 0) {
		ours(c, m, &t);
		_exit(write(pipes[1], &t, sizeof t) == sizeof t ? 0 : 1);
	}
	close(pipes[1]);
	if (read(pipes[0], &t, sizeof t) != sizeof t)
		bench_end("intake", "it failed");
	close(pipes[0]);
	waitpid(pid, &status, 0);
	return t;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *key, *what, *goal;
	} rows[] = {
		{ "plain", "1 intake, every body, plain", "<= 5 x" },
		{ "tls", "1 intake, every body, TLS", "<= 5 x" },
		{ "headers", "1 intake, INBOX: headers first, TLS", "<= 5 x" },
	};
	enum { ROWS = sizeof rows / sizeof *rows };
	struct series floors[ROWS] = { 0 }, times[ROWS] = { 0 };
	struct told t[ROWS];
	double most = 0, child = 0;
	int rounds = argc > 2 ? atoi(argv[2]) : 3;
	struct conf *c;

	if (argc < 2)
		bench_end("usage", "intake CONF [ROUNDS]");
	c = house_conf(argv[1]);
	by_hand(house_mailbox(c, "plain")); /* Dovecot makes its index once */
	for (int round = 0; round < rounds; round++)
		for (int i = 0; i < ROWS; i++) {
			const struct mailbox_conf *m = house_mailbox(c, rows[i].key);

			series_add(&floors[i], by_hand(m));
			t[i] = apart(c, m);
			series_add(&times[i], t[i].seconds);
			most = t[i].mb > most ? t[i].mb : most;
			child = t[i].child_mb > child ? t[i].child_mb : child;
		}
	for (int i = 0; i < ROWS; i++)
		bench_line(rows[i].what, 3, "s", &times[i], &floors[i], rows[i].goal);
	for (int i = 0; i < ROWS; i++)
		bench_note(i == 0 ? "1 .. round trips" : i == 1 ? "1 .. round trips, TLS" : "1 .. round trips, headers first", "none a message", "%llu for %zu messages",
			   (unsigned long long)t[i].turns, t[i].letters);
	bench_note("1 .. peak RSS, the confined child's beside it", "<= 24 MB", "%.1f MB, %.1f MB", most, child);
	conf_close(&c);
	return 0;
}
