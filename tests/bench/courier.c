/* bench, row 5: mail that leaves, out of a durable outbox
 *
 *   build/tests/bench/courier CONF [MAILS] [ROUNDS]
 *
 * Floor: net_submit() in a loop, which is libcurl alone on one open connection. Ours: courier() with the real outbox, to the
 * same sink: a thread of ours that speaks plain SMTP on loopback and keeps nothing. First all mail is to the owner; then to
 * outside. A commit is told by the change counter in the database's header (bytes 24 to 27). */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <sys/socket.h>

#include "borders/net.h"
#include "borders/outbox.h"
#include "tests/bench/house.h"
#include "work/courier.h"

struct sink {
	int listener, port;
	_Atomic unsigned mails, connections;
};

static void say(int fd, const char *s)
{
	if (send(fd, s, strlen(s), MSG_NOSIGNAL) < 0)
		return;
}

/* Line by line; within DATA until a line that is a dot. */
static void serve(struct sink *k, int fd)
{
	char s[1 << 16];
	size_t n = 0;
	bool data = false;
	int on = 1;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	atomic_fetch_add(&k->connections, 1);
	say(fd, "220 sink.example.org ESMTP\r\n");
	for (;;) {
		ssize_t r = recv(fd, s + n, sizeof s - n, 0);
		char *line = s, *end;

		if (r <= 0)
			return;
		n += (size_t)r;
		while ((end = memchr(line, '\n', n - (size_t)(line - s)))) {
			if (data) {
				if (end - line == 2 && *line == '.') {
					data = false;
					atomic_fetch_add(&k->mails, 1);
					say(fd, "250 2.0.0 taken\r\n");
				}
			} else if (strncasecmp(line, "EHLO", 4) == 0) {
				say(fd, "250-sink.example.org\r\n250-8BITMIME\r\n250-PIPELINING\r\n250 SIZE 100000000\r\n");
			} else if (strncasecmp(line, "DATA", 4) == 0) {
				data = true;
				say(fd, "354 go on\r\n");
			} else if (strncasecmp(line, "QUIT", 4) == 0) {
				say(fd, "221 bye\r\n");
				return;
			} else {
				say(fd, "250 2.0.0 ok\r\n");
			}
			line = end + 1;
		}
		n -= (size_t)(line - s);
		memmove(s, line, n);
		if (n == sizeof s)
			return;
	}
}

static void *sink(void *arg)
{
	struct sink *k = arg;

	for (;;) {
		int fd = accept4(k->listener, NULL, NULL, SOCK_CLOEXEC);

		if (fd < 0)
			return NULL;
		serve(k, fd);
		close(fd);
	}
}

static void sink_start(struct sink *k)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof a;
	pthread_t t;

	k->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(k->listener, (struct sockaddr *)&a, sizeof a) != 0 || listen(k->listener, 8) != 0 ||
	    getsockname(k->listener, (struct sockaddr *)&a, &n) != 0 || pthread_create(&t, NULL, sink, k) != 0)
		bench_end("sink", "cannot listen");
	pthread_detach(t);
	k->port = ntohs(a.sin_port);
}

static const char *body(size_t *n)
{
	static char s[2000];

	*n = (size_t)snprintf(s, sizeof s, "From: kept <kept@example.org>\r\nTo: ada@example.org\r\nSubject: a reminder\r\nMIME-Version: 1.0\r\n"
					   "Content-Type: text/plain; charset=utf-8\r\n\r\n");
	while (*n < 1450)
		*n += (size_t)snprintf(s + *n, sizeof s - *n, "You promised Carol Rossi the subgroup data by Friday.\r\n");
	return s;
}

static struct net *open_net(const struct submission *s)
{
	struct net *n = NULL;
	struct err e = { 0 };

	if (!net_open(s, &n, &e))
		bench_end("net", e.text);
	return n;
}

static double alone(const struct submission *s, int mails, double *turns)
{
	double t = seconds();
	struct net *net = open_net(s);
	size_t n;
	const char *bytes = body(&n);

	for (int i = 0; i < mails; i++) {
		struct pool *p = pool_new();
		const char *why = "";

		if (net_submit(net, p, "kept@example.org", "ada@example.org", bytes, n, &why) != NET_SENT)
			bench_end("net_submit", why);
		pool_end(&p);
	}
	*turns = (double)net_turns(net) / mails;
	net_close(&net);
	return seconds() - t;
}

static uint32_t commits(const struct sql *q)
{
	unsigned char b[4] = { 0 };
	FILE *f = fopen(sql_path(q), "rbe");

	if (!f || fseek(f, 24, SEEK_SET) != 0 || fread(b, 1, 4, f) != 4)
		bench_end("ledger", "cannot be read");
	fclose(f);
	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static void fill(struct sql *q, int mails, bool outside, int round)
{
	struct err e = { 0 };
	size_t n;
	const char *bytes = body(&n);
	bool well = sql_begin(q, &e);

	for (int i = 0; well && i < mails; i++) {
		char to[60], id[60], token[60];
		struct outgoing o = { .owner = "ada", .kind = outside ? MAIL_DELIVERY : MAIL_REMINDER, .sender = "kept@example.org", .outside = outside,
				      .state = OUTBOX_READY, .subject = "a reminder", .bytes = bytes, .n = n, .made = time(NULL), .try_at = time(NULL) - 1,
				      .why = "" };

		snprintf(to, sizeof to, outside ? "r%d.%d@example.com" : "ada@example.org", i, round);
		snprintf(id, sizeof id, "<%d.%d.%d@example.org>", outside, round, i);
		snprintf(token, sizeof token, "t%d.%d.%d", outside, round, i);
		o.recipient = to, o.message_id = id, o.token = token;
		well = outbox_put(q, &o, &e);
	}
	if (!well || !sql_commit(q, &e))
		bench_end("outbox", e.text);
}

static int submit(void *arg, struct pool *p, const struct outgoing *o, const char **why)
{
	return (int)net_submit(arg, p, o->sender, o->recipient, o->bytes, o->n, why);
}

static void idle(void *arg)
{
	net_idle(arg);
}

static double ours(struct sql *q, const struct conf *c, const struct submission *s, double *commits_made)
{
	double t = seconds();
	uint32_t before = commits(q);
	struct carrier carrier = { .submit = submit, .idle = idle, .arg = open_net(s) };
	struct net *net = carrier.arg;
	struct pool *p = pool_new();
	const char *fault = NULL;
	struct err e = { 0 };
	utc next = 0;

	for (utc now = 0; next == now; ) {
		now = next = time(NULL);
		if (!courier(q, p, c, &carrier, now, &next, &fault, &e))
			bench_end("courier", e.text);
	}
	if (fault)
		bench_end("courier", fault);
	pool_end(&p);
	net_close(&net);
	t = seconds() - t;
	*commits_made = commits(q) - before;
	return t;
}

/* One small row a transaction, as kept's ledger is opened: how fast is this disk? */
static double bare(sqlite3 *db, int n)
{
	double t = seconds();

	for (int i = 0; i < n; i++)
		if (sqlite3_exec(db, "BEGIN IMMEDIATE; INSERT INTO x (a) VALUES ('begun'); COMMIT", NULL, NULL, NULL) != SQLITE_OK)
			bench_end("sqlite", sqlite3_errmsg(db));
	return (seconds() - t) / n;
}

int main(int argc, char **argv)
{
	int mails = argc > 2 ? atoi(argv[2]) : 200, rounds = argc > 3 ? atoi(argv[3]) : 5;
	struct series floor = { .n = 0 }, times[2] = { { .n = 0 }, { .n = 0 } }, made[2] = { { .n = 0 }, { .n = 0 } }, disk = { .n = 0 };
	struct submission to = { .key = "sink", .server = { .host = "127.0.0.1", .tls = TLS_NONE, .user = "" }, .from = "kept@example.org" };
	struct sink k = { 0 };
	double turns = 0, n = 0, begun = seconds();
	unsigned opened;
	struct conf *c;
	struct sql *q;
	sqlite3 *db;
	char path[4096];

	if (argc < 2)
		bench_end("usage", "courier CONF [MAILS] [ROUNDS]");
	c = house_conf(argv[1]);
	net_start();
	sink_start(&k);
	to.server.port = k.port;
	q = house_ledger(c, "courier");
	snprintf(path, sizeof path, "%s.bare", c->database);
	unlink(path);
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = EXTRA; CREATE TABLE x (a TEXT)", NULL, NULL, NULL) != SQLITE_OK)
		bench_end("sqlite", path);
	/* a slow disk: three rounds are enough */
	for (int round = 0; round < rounds && (round < 3 || seconds() - begun < 15); round++) {
		series_add(&floor, mails / alone(&to, mails, &turns));
		for (int way = 0; way < 2; way++) {
			int many = way == 0 ? mails : mails / 4; /* to outside each mail has its own commits */
			unsigned before = atomic_load(&k.mails);

			fill(q, many, way == 1, round);
			series_add(&times[way], many / ours(q, c, &to, &n));
			series_add(&made[way], n / many);
			if (atomic_load(&k.mails) - before != (unsigned)many)
				bench_end("courier", "the sink did not get each mail once");
		}
		series_add(&disk, 1 / bare(db, 100));
	}
	opened = atomic_load(&k.connections);
	bench_line("5 outbox to the owner, many ready, a second", 0, "", &times[0], &floor, ">= 0.5 x libcurl alone");
	bench_note("5 .. commits a mail (2 a batch of 50: 0.04)", "2 a batch", "%.3f", series_at(&made[0], 0.5));
	bench_line("5 outbox to outside, a second", 0, "", &times[1], &floor, "");
	bench_note("5 .. commits a mail", "<= 2", "%.3f; bare SQLite, one row each: %.0f commits/s", series_at(&made[1], 0.5), series_at(&disk, 0.5));
	bench_note("5 libcurl alone, turns a mail", "<= 4.1", "%.2f", turns);
	bench_note("5 connections a run", "1", "%.2f", (double)opened / (3.0 * (double)floor.n));
	sqlite3_close(db);
	sql_close(&q);
	conf_close(&c);
	return 0;
}
