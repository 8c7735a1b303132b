/* bench, row 3: from the server's EXISTS to the row in the ledger, durable
 *
 *   build/tests/bench/latency CONF [ROUNDS]      CONF's mailbox `plain`
 *
 * Both talk through a relay of ours, which notes when EXISTS passes: so a server that holds its notifications back (Dovecot 2.3:
 * half a second) is not in the figure. Floor: by hand, DONE, UID FETCH, the body in hand; and one commit of bare SQLite in
 * kept's own journal mode. Ours: collect's commit of the letter; then the same with a promise, acknowledged into the outbox. */
#include <poll.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

#include "tests/bench/house.h"
#include "tests/bench/raw.h"

struct relay {
	int listener, port, to;
	_Atomic double exists; /* when it last passed */
};

static void pass(struct relay *r, int client)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)r->to), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
	char s[1 << 16];

	if (connect(server, (struct sockaddr *)&a, sizeof a) != 0)
		bench_end("relay", "cannot connect");
	setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	for (;;) {
		struct pollfd f[2] = { { client, POLLIN, 0 }, { server, POLLIN, 0 } };
		ssize_t n;

		poll(f, 2, -1);
		for (int i = 0; i < 2; i++)
			if (f[i].revents) {
				n = recv(f[i].fd, s, sizeof s, 0);
				if (n <= 0)
					goto over;
				if (i == 1 && memmem(s, (size_t)n, " EXISTS\r\n", 9))
					atomic_store(&r->exists, seconds());
				if (send(f[1 - i].fd, s, (size_t)n, MSG_NOSIGNAL) != n)
					goto over;
			}
	}
over:
	close(client);
	close(server);
}

static void *relay(void *arg)
{
	struct relay *r = arg;

	for (;;) {
		int client = accept4(r->listener, NULL, NULL, SOCK_CLOEXEC);

		if (client < 0)
			return NULL;
		pass(r, client);
	}
}

static void relay_start(struct relay *r)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof a;
	pthread_t t;

	r->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(r->listener, (struct sockaddr *)&a, sizeof a) != 0 || listen(r->listener, 8) != 0 ||
	    getsockname(r->listener, (struct sockaddr *)&a, &n) != 0 || pthread_create(&t, NULL, relay, r) != 0)
		bench_end("relay", "cannot listen");
	pthread_detach(t);
	r->port = ntohs(a.sin_port);
}

/* A letter comes while the other side waits. */
struct post {
	const struct mailbox_conf *to;
	bool promise;
	int i;
};

static void *post(void *arg)
{
	struct post *x = arg;
	struct raw *r = raw_open(x->to->server.port, false, x->to->server.user, "bob-secret");
	char s[2000];

	usleep(300000);
	if (x->promise)
		snprintf(s, sizeof s,
			 "Delivered-To: bob+friday@plain.example.org\r\nAuthentication-Results: mx.example.org; dmarc=pass header.from=example.org\r\n"
			 "From: Ada Lovelace <ada@example.org>\r\nTo: Carol Rossi <carol@example.com>\r\nSubject: your question\r\n"
			 "Message-ID: <p%d.%ld@bench.example.org>\r\n\r\nDear Carol,\r\n\r\nI will send you the subgroup data by Friday.\r\n\r\nAda\r\n",
			 x->i, (long)(seconds() * 1e6));
	else
		snprintf(s, sizeof s,
			 "From: Carol Rossi <carol@example.com>\r\nTo: bob@example.org\r\nSubject: a question\r\n"
			 "Message-ID: <l%d.%ld@bench.example.com>\r\n\r\nDear Bob,\r\n\r\ndid you find the figures?\r\n\r\nCarol\r\n",
			 x->i, (long)(seconds() * 1e6));
	raw_append(r, "INBOX", s);
	raw_close(r);
	return NULL;
}

/* One commit of one row with an index, as kept's ledger is opened. */
static double commit(sqlite3 *db, int i)
{
	double t = seconds();
	char s[200];

	snprintf(s, sizeof s, "BEGIN IMMEDIATE; INSERT INTO letter (message_id, class) VALUES ('<%d.%f@x>', 'skip'); COMMIT", i, t);
	if (sqlite3_exec(db, s, NULL, NULL, NULL) != SQLITE_OK)
		bench_end("sqlite", sqlite3_errmsg(db));
	return seconds() - t;
}

static double by_hand(struct relay *l, const struct mailbox_conf *m, int i)
{
	struct post x = { m, false, i };
	struct raw *r = raw_open(l->port, false, m->server.user, "bob-secret");
	unsigned next;
	pthread_t t;
	double took;
	char tag[16];

	raw_do(r, "SELECT INBOX");
	next = raw_number(r, "[UIDNEXT ");
	pthread_create(&t, NULL, post, &x);
	raw_write(r, "i IDLE\r\n", 8);
	raw_hear(r, "+ ");
	raw_hear(r, " EXISTS");
	raw_write(r, "DONE\r\n", 6);
	snprintf(tag, sizeof tag, "i OK");
	raw_hear(r, tag);
	raw_do(r, "UID FETCH %u:* (UID FLAGS INTERNALDATE BODY.PEEK[])", next);
	took = seconds() - atomic_load(&l->exists);
	pthread_join(t, NULL);
	raw_close(r);
	return took;
}

static double taken;

static void committed(void *arg, size_t fresh, size_t all)
{
	(void)arg, (void)fresh, (void)all;
	taken = seconds();
}

static double ours(struct collect *k, struct relay *l, const struct mailbox_conf *m, bool promise, int i, uint64_t *turns)
{
	struct post x = { m, promise, i };
	struct err e = { 0 };
	bool news = false;
	pthread_t t;

	k->committed = committed;
	taken = 0;
	if (!collect_all(k, &e))
		bench_end("latency", e.text);
	taken = 0;
	pthread_create(&t, NULL, post, &x);
	while (!taken) {
		if (!mailbox_watch(k->box, NULL, 10, &news, &e))
			bench_end("latency", e.text);
		*turns = mailbox_turns(k->box);
		if (!collect_all(k, &e))
			bench_end("latency", e.text);
		*turns = mailbox_turns(k->box) - *turns;
	}
	pthread_join(t, NULL);
	return taken - atomic_load(&l->exists);
}

int main(int argc, char **argv)
{
	int rounds = argc > 2 ? atoi(argv[2]) : 5;
	struct series hand = { .n = 0 }, disk = { .n = 0 }, floor = { .n = 0 }, letter = { .n = 0 }, promise = { .n = 0 }, over = { .n = 0 };
	struct relay l = { 0 };
	struct reader *reader = NULL;
	struct err e = { 0 };
	struct mailbox_conf through;
	const struct mailbox_conf *m;
	uint64_t turns = 0;
	struct collect k;
	struct conf *c;
	struct sql *q;
	sqlite3 *db;
	char path[4096];

	if (argc < 2)
		bench_end("usage", "latency CONF [ROUNDS]");
	c = house_conf(argv[1]);
	m = house_mailbox(c, "plain");
	l.to = m->server.port;
	relay_start(&l);
	through = *m;
	through.server.port = l.port;
	q = house_ledger(c, "latency");
	snprintf(path, sizeof path, "%s.bare", c->database);
	unlink(path);
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = EXTRA; "
			     "CREATE TABLE letter (id INTEGER PRIMARY KEY, message_id TEXT UNIQUE, class TEXT)", NULL, NULL, NULL) != SQLITE_OK)
		bench_end("sqlite", path);
	if (!reader_open(&reader, &e))
		bench_end("reader", e.text);
	for (int i = 0; i < rounds; i++) {
		series_add(&hand, by_hand(&l, m, i) * 1e3);
		series_add(&disk, commit(db, i) * 1e3);
		series_add(&floor, hand.list[i] + disk.list[i]);
		k = house_open(c, &through, q, reader);
		series_add(&letter, ours(&k, &l, m, false, i, &turns) * 1e3);
		series_add(&promise, ours(&k, &l, m, true, i, &turns) * 1e3);
		mailbox_close(&k.box);
		series_add(&over, letter.list[i] - floor.list[i]);
	}
	bench_line("3 EXISTS to row committed", 2, "ms", &letter, &floor, "");
	bench_note("3 .. beyond the floor", "<= 5 ms", "%+.2f ms (floor: body in hand %.2f, one commit %.2f ms)", series_at(&over, 0.5), series_at(&hand, 0.5), series_at(&disk, 0.5));
	bench_note("3 .. turns after DONE", "1", "%llu", (unsigned long long)turns);
	bench_line("3 .. a promise, its acknowledgement in the outbox", 2, "ms", &promise, &floor, "");
	reader_close(&reader);
	sqlite3_close(db);
	sql_close(&q);
	conf_close(&c);
	return 0;
}
