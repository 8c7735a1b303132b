/* one verified connection: certificates, deadline, budget, loopback */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <time.h>

#include "borders/tls.h"
#include "tests/scripted/scripted.h"

static struct scripted scripted;
static bool is_there;

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * (int64_t)1000 + t.tv_nsec / 1000000;
}

static const struct row {
	const char *rule, *host, *name, *ca; /* ca NULL: the system's */
	bool ok;
	enum err_kind kind;
	const char *says;
} rows[] = {
	{ "a good certificate by the address in it", "127.0.0.1", "implicit-good", "certs/ca.crt", true, 0, "" },
	{ "a good certificate by the name in it", "localhost", "implicit-good", "certs/ca.crt", true, 0, "" },
	{ "another host's", "localhost", "implicit-wronghost", "certs/ca.crt", false, ERR_PERM, "name in the certificate" },
	{ "expired", "localhost", "implicit-expired", "certs/ca.crt", false, ERR_PERM, "expired" },
	{ "not yet valid", "localhost", "implicit-future", "certs/ca.crt", false, ERR_PERM, "not yet" },
	{ "another authority's", "localhost", "implicit-untrusted", "certs/ca.crt", false, ERR_PERM, "unknown" },
	{ "self-signed", "localhost", "implicit-selfsigned", "certs/ca.crt", false, ERR_PERM, "unknown" },
	{ "self-signed, and named as its own authority", "localhost", "implicit-selfsigned", "certs/selfsigned.crt", true, 0, "" },
	{ "the system's authorities do not know a private one", "localhost", "implicit-good", NULL, false, ERR_PERM, "" },
	{ "an empty file of authorities trusts nobody", "localhost", "implicit-good", "certs/empty.pem", false, ERR_PERM, "empty.pem" },
	{ "a missing file of authorities trusts nobody", "localhost", "implicit-good", "certs/none.pem", false, ERR_PERM, "none.pem" },
	{ "a port that speaks no TLS", "localhost", "http", "certs/ca.crt", false, ERR_PERM, "does not speak TLS" },
	{ "a port that says nothing", "localhost", "mute", "certs/ca.crt", false, ERR_TEMP, "no answer" },
	{ "nobody there", "localhost", "nobody", "certs/ca.crt", false, ERR_TEMP, "refused" },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct server s = { .host = r->host, .tls = TLS_IMPLICIT, .user = "", .password = "" };
	struct tls *t = NULL;
	struct err e = { 0 };
	int64_t began = now_ms();
	char word[64];
	bool ok;

	if (!is_there)
		skip();
	s.port = scripted_port(&scripted, r->name);
	s.ca = r->ca ? scripted_path(&scripted, r->ca) : NULL;
	ok = tls_open(&s, 1500, &t, &e) && tls_start(t, &s, &e);
	if (ok != r->ok || (!ok && (e.kind != r->kind || !strstr(e.text, r->says))))
		print_message("%s\n", e.text);
	assert_int_equal(ok, r->ok);
	assert_true(now_ms() - began < 3000);
	if (ok) {
		tls_deadline(t, 1000, 1000);
		assert_true(tls_is_on(t) && tls_read(t, word, sizeof word) > 0);
		assert_memory_equal(word, "* OK", 4);
	} else {
		assert_int_equal(e.kind, r->kind);
		assert_non_null(strstr(e.text, r->says));
		if (t) {
			assert_true(tls_dead(t)); /* nothing can be sent after a refusal */
			assert_int_equal(tls_write(t, "x", 1), -1);
			assert_int_equal(tls_read(t, word, sizeof word), -1);
		}
	}
	tls_close(&t);
}

static struct tls *in_clear(const char *name)
{
	struct server s = { .host = "127.0.0.1", .port = scripted_port(&scripted, name), .tls = TLS_NONE, .user = "", .password = "" };
	struct tls *t = NULL;
	struct err e = { 0 };

	assert_true(tls_open(&s, 1500, &t, &e));
	tls_deadline(t, 600, 10000);
	return t;
}

static void deadline(void **state)
{
	struct tls *t;
	int64_t began = now_ms();
	char bytes[64];
	int reads = 0;

	(void)state;
	if (!is_there)
		skip();
	t = in_clear("drip");
	assert_true(tls_read(t, bytes, sizeof bytes) > 0);
	assert_int_equal(tls_write(t, "1 NOOP\r\n", 8), 8);
	while (tls_read(t, bytes, sizeof bytes) > 0)
		reads++;
	assert_true(reads >= 3 && tls_dead(t));
	assert_true(now_ms() - began >= 550 && now_ms() - began < 1500);
	assert_non_null(strstr(tls_why(t), "time"));
	tls_close(&t);
}

static void budget(void **state)
{
	struct tls *t;
	char bytes[4096];
	size_t sum = 0;
	ssize_t r;

	(void)state;
	if (!is_there)
		skip();
	t = in_clear("endless");
	assert_int_equal(tls_write(t, "1 NOOP\r\n", 8), 8);
	while ((r = tls_read(t, bytes, sizeof bytes)) > 0)
		sum += (size_t)r;
	assert_true(sum <= 10000 && tls_dead(t));
	assert_non_null(strstr(tls_why(t), "more than was asked for"));
	tls_close(&t);
}

static void turns(void **state)
{
	struct tls *t;
	char bytes[4096];

	(void)state;
	if (!is_there)
		skip();
	t = in_clear("ordinary");
	assert_true(tls_read(t, bytes, sizeof bytes) > 0);
	assert_int_equal(tls_turns(t), 0); /* the greeting comes by itself */
	for (int i = 1; i <= 3; i++) {
		assert_int_equal(tls_write(t, "1 NOOP\r\n", 8), 8);
		assert_true(tls_read(t, bytes, sizeof bytes) > 0);
		assert_int_equal(tls_turns(t), i);
	}
	assert_true(tls_bytes(t) > 24);
	tls_close(&t);
}

static void loopback(void **state)
{
	static const struct { const char *address; bool is; } four[] = {
		{ "127.0.0.1", true }, { "127.255.0.9", true }, { "128.0.0.1", false }, { "10.0.0.1", false }, { "0.0.0.0", false },
	}, six[] = { { "::1", true }, { "::", false }, { "::ffff:127.0.0.1", false }, { "fe80::1", false } };
	struct sockaddr_in a = { .sin_family = AF_INET };
	struct sockaddr_in6 b = { .sin6_family = AF_INET6 };
	struct server s = { .host = "192.0.2.1", .port = 143, .tls = TLS_NONE, .user = "", .password = "" };
	struct tls *t = NULL;
	struct err e = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof four / sizeof *four; i++) {
		inet_pton(AF_INET, four[i].address, &a.sin_addr);
		assert_int_equal(tls_loopback(&a), four[i].is);
	}
	for (size_t i = 0; i < sizeof six / sizeof *six; i++) {
		inet_pton(AF_INET6, six[i].address, &b.sin6_addr);
		assert_int_equal(tls_loopback(&b), six[i].is);
	}
	assert_false(tls_open(&s, 200, &t, &e));
	assert_int_equal(e.kind, ERR_PERM);
	assert_non_null(strstr(e.text, "this machine alone"));
}

static void domains(void **state)
{
	struct pool *p = pool_new();

	(void)state;
	assert_string_equal(tls_domain(p, "example.org"), "example.org");
	assert_string_equal(tls_domain(p, "bücher.example"), "xn--bcher-kva.example");
	assert_null(tls_domain(p, "a\xff.example"));
	pool_end(&p);
}

static int start(void **state)
{
	(void)state;
	signal(SIGPIPE, SIG_IGN);
	is_there = scripted_start(&scripted, "imap.py");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	scripted_stop(&scripted);
	return 0;
}

int main(void)
{
	enum { ROWS = sizeof rows / sizeof *rows };
	struct CMUnitTest t[ROWS + 5] = {
		[ROWS] = { "a server that drips is left at the deadline, however often it speaks", deadline, NULL, NULL, NULL },
		[ROWS + 1] = { "no more is read than was asked for", budget, NULL, NULL, NULL },
		[ROWS + 2] = { "a turn is a read that followed a write", turns, NULL, NULL, NULL },
		[ROWS + 3] = { "without TLS only loopback is spoken to", loopback, NULL, NULL, NULL },
		[ROWS + 4] = { "a domain goes out as A-labels", domains, NULL, NULL, NULL },
	};

	for (size_t i = 0; i < ROWS; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	return cmocka_run_group_tests_name("border_tls", t, start, stop);
}
