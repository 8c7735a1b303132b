/* bench, row 2: is anything new? From connecting on, and on an open connection; and one new message, fetched
 *
 *   build/tests/bench/poll CONF [ROUNDS]      CONF's mailbox `plain` and `tls`
 *
 * Floor: by hand, LOGIN, SELECT, UID FETCH n:4294967295, three turns; NOOP on an open connection. */
#include "tests/bench/house.h"
#include "tests/bench/raw.h"

static const char letter[] =
	"From: Carol Rossi <carol@example.com>\r\nTo: bob@example.org\r\nSubject: a question\r\nDate: Mon, 23 Nov 2026 10:00:00 +0100\r\n"
	"Message-ID: <%d.%ld@bench.example.com>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDear Bob,\r\n\r\ndid you find the figures?\r\n\r\nCarol\r\n";

static struct raw *hand(const struct mailbox_conf *m)
{
	return raw_open(m->server.port, m->server.tls == TLS_IMPLICIT, m->server.user, "bob-secret");
}

static double by_hand(const struct mailbox_conf *m, const char *items, uint64_t *turns, uint64_t *bytes)
{
	double t = seconds();
	struct raw *r = hand(m);
	static unsigned next;

	raw_do(r, "SELECT INBOX");
	if (!next || *items == 'F')
		next = raw_number(r, "[UIDNEXT ");
	raw_do(r, "UID FETCH %u:4294967295 (%s)", *items == 'F' ? next : next - 1, items);
	*turns = r->turns;
	*bytes = r->bytes;
	raw_close(r);
	return seconds() - t;
}

static double ours(struct collect *k, uint64_t *turns, uint64_t *bytes)
{
	double t = seconds();
	struct err e = { 0 };

	*k = house_open(k->c, k->mailbox, k->q, k->reader);
	if (!collect_folder(k, "INBOX", false, &e))
		bench_end("poll", e.text);
	*turns = mailbox_turns(k->box);
	*bytes = mailbox_bytes(k->box);
	mailbox_close(&k->box);
	return seconds() - t;
}

static void append(const struct mailbox_conf *m, int i)
{
	char s[2000];
	struct raw *r = hand(m);

	snprintf(s, sizeof s, letter, i, (long)(seconds() * 1e6));
	raw_append(r, "INBOX", s);
	raw_close(r);
}

static void cold(struct collect k, const char *what, int rounds)
{
	struct series a = { .n = 0 }, b = { .n = 0 };
	uint64_t ta, ba, tb, bb;

	ours(&k, &tb, &bb); /* the mark is set */
	for (int i = 0; i < rounds; i++) {
		series_add(&a, by_hand(k.mailbox, "FLAGS", &ta, &ba) * 1e3);
		series_add(&b, ours(&k, &tb, &bb) * 1e3);
	}
	bench_line(what, 2, "ms", &b, &a, "<= 1.5 x");
	bench_note("2 .. turns, bytes both ways (floor)", "<= 3, <= 1.5 kB", "%llu, %llu (%llu, %llu)", (unsigned long long)tb, (unsigned long long)bb,
		   (unsigned long long)ta, (unsigned long long)ba);
}

int main(int argc, char **argv)
{
	int rounds = argc > 2 ? atoi(argv[2]) : 9;
	struct series a = { .n = 0 }, b = { .n = 0 };
	struct reader *reader = NULL;
	uint64_t turns, bytes, before;
	struct err e = { 0 };
	struct conf *c;
	struct sql *q;
	struct collect k;
	struct raw *r;
	bool news;

	if (argc < 2)
		bench_end("usage", "poll CONF [ROUNDS]");
	c = house_conf(argv[1]);
	q = house_ledger(c, "poll");
	if (!reader_open(&reader, &e))
		bench_end("reader", e.text);
	k = (struct collect){ .q = q, .c = c, .mailbox = house_mailbox(c, "plain"), .reader = reader, .clock = house_clock };
	cold(k, "2 poll, nothing new, cold, plain", rounds);
	k.mailbox = house_mailbox(c, "tls");
	cold(k, "2 poll, nothing new, cold, TLS", rounds);

	/* an open connection */
	k.mailbox = house_mailbox(c, "plain");
	r = hand(k.mailbox);
	raw_do(r, "SELECT INBOX");
	k = house_open(c, k.mailbox, q, reader);
	if (!collect_folder(&k, "INBOX", false, &e))
		bench_end("poll", e.text);
	before = mailbox_turns(k.box);
	for (int i = 0; i < 200; i++) {
		double t = seconds();

		raw_do(r, "NOOP");
		series_add(&a, (seconds() - t) * 1e6);
		t = seconds();
		if (!mailbox_poll(k.box, &news, &e))
			bench_end("poll", e.text);
		series_add(&b, (seconds() - t) * 1e6);
	}
	turns = mailbox_turns(k.box) - before;
	raw_close(r);
	bench_line("2 poll, nothing new, open connection", 0, "us", &b, &a, "");
	bench_note("2 .. turns", "1", "%.2f", (double)turns / 200);

	/* one new: on the open connection, then cold */
	append(k.mailbox, 0);
	if (!mailbox_poll(k.box, &news, &e))
		bench_end("poll", e.text);
	before = mailbox_turns(k.box);
	if (!collect_folder(&k, "INBOX", false, &e))
		bench_end("poll", e.text);
	turns = mailbox_turns(k.box) - before;
	mailbox_close(&k.box);
	bench_note("2 poll, one new, open connection: more turns", "<= 2", "%llu", (unsigned long long)turns);
	a.n = b.n = 0;
	k.mailbox = house_mailbox(c, "plain");
	for (int i = 0; i < rounds; i++) {
		uint64_t t;

		append(k.mailbox, i + 1);
		series_add(&b, ours(&k, &turns, &bytes) * 1e3);
		append(k.mailbox, rounds + i + 1);
		series_add(&a, by_hand(k.mailbox, "BODY.PEEK[]", &t, &bytes) * 1e3);
		ours(&k, &t, &bytes); /* takes in what was meant for the floor */
	}
	bench_line("2 poll, one new, cold, plain, in the ledger", 2, "ms", &b, &a, "");
	bench_note("2 .. turns", "<= 4", "%llu", (unsigned long long)turns);
	reader_close(&reader);
	sql_close(&q);
	conf_close(&c);
	return 0;
}
