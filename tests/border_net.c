/* mail to a submission server: each outcome, against a scripted one (tests/scripted/smtp.py), and against a real MTA where
 * KEPT_SERVER names it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <time.h>

#include "borders/net.h"
#include "borders/tls.h"
#include "tests/scripted/real.h"
#include "tests/scripted/scripted.h"

static struct scripted scripted;
static bool is_there;

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * (int64_t)1000 + t.tv_nsec / 1000000;
}

static struct submission submission_of(const char *name, enum tls_mode tls, const char *secret)
{
	static char where[256];

	snprintf(where, sizeof where, "file:%s", scripted_path(&scripted, secret));
	return (struct submission){ .key = "main", .from = "kept@example.org",
	                            .server = { "127.0.0.1", scripted_port(&scripted, name), tls, scripted_path(&scripted, "certs/ca.crt"),
	                                        "kept@example.org", where, { "kept.conf", 9 } } };
}

#define SMALL "Subject: hello\r\nFrom: kept@example.org\r\n\r\nhello\r\n"
enum size { LITTLE, LARGE }; /* 50 bytes, 8 MB */

static char *mail(enum size size, size_t *n)
{
	size_t more = size == LARGE ? (size_t)8 << 20 : 0, k = strlen(SMALL);
	char *s = malloc(k + more + 1);

	strcpy(s, SMALL);
	for (size_t i = 0; i + 72 <= more; i += 72, k += 72)
		memcpy(s + k, "0123456789012345678901234567890123456789012345678901234567890123456789\r\n", 72);
	*n = k;
	return s;
}

static const struct row {
	const char *rule, *server;
	enum tls_mode tls;
	const char *to;
	enum size size;
	enum net_outcome outcome;
	const char *why;
} rows[] = {
	{ "accepted", "ordinary", TLS_NONE, "bob@example.com", LITTLE, NET_SENT, "queued as ABC" },
	{ "accepted over TLS", "implicit-good", TLS_IMPLICIT, "bob@example.com", LITTLE, NET_SENT, "queued" },
	{ "accepted over STARTTLS", "starttls-good", TLS_STARTTLS, "bob@example.com", LITTLE, NET_SENT, "queued" },
	{ "a large mail is accepted", "ordinary", TLS_NONE, "bob@example.com", LARGE, NET_SENT, "queued" },
	{ "RCPT 550 is this recipient's failure", "ordinary", TLS_NONE, "r550@example.com", LITTLE, NET_REFUSED, "550 5.1.1 no such user" },
	{ "RCPT 451 is tried again", "ordinary", TLS_NONE, "r451@example.com", LITTLE, NET_RETRY, "451" },
	{ "DATA 554 is a failure", "ordinary", TLS_NONE, "data554@example.com", LITTLE, NET_FAILED, "554" },
	{ "550 after the dot is a failure, its last line tells", "ordinary", TLS_NONE, "dot550@example.com", LITTLE, NET_FAILED, "we do not want it" },
	{ "451 after the dot is tried again", "ordinary", TLS_NONE, "dot451@example.com", LITTLE, NET_RETRY, "451 4.3.0" },
	{ "greeting 554 is not about this mail", "greeting554", TLS_NONE, "bob@example.com", LITTLE, NET_CONFIG, "554" },
	{ "greeting 421 is tried again", "greeting421", TLS_NONE, "bob@example.com", LITTLE, NET_RETRY, "421" },
	{ "EHLO 550 is not about this mail", "ehlo550", TLS_NONE, "bob@example.com", LITTLE, NET_CONFIG, "550" },
	{ "MAIL 550 is the account's limit, not this mail", "mail550", TLS_NONE, "bob@example.com", LITTLE, NET_CONFIG, "daily limit" },
	{ "MAIL 552 with a size is about this mail", "mail552", TLS_NONE, "bob@example.com", LITTLE, NET_FAILED, "too big" },
	{ "MAIL 552 of a full account is not", "mail552full", TLS_NONE, "bob@example.com", LITTLE, NET_CONFIG, "full" },
	{ "MAIL 450 is tried again", "mail450", TLS_NONE, "bob@example.com", LITTLE, NET_RETRY, "450" },
	{ "closed at RCPT is tried again: DATA was not begun", "ordinary", TLS_NONE, "rclose@example.com", LITTLE, NET_RETRY, "" },
	{ "reset in the middle of a large body is tried again", "ordinary", TLS_NONE, "resetmid@example.com", LARGE, NET_RETRY, "" },
	{ "reset when a small body was out is unsure", "ordinary", TLS_NONE, "resetmid@example.com", LITTLE, NET_UNSURE, "no answer came" },
	{ "closed after the dot is unsure", "ordinary", TLS_NONE, "dropdot@example.com", LITTLE, NET_UNSURE, "no answer came" },
	{ "silence after the dot is unsure", "ordinary", TLS_NONE, "mute@example.com", LITTLE, NET_UNSURE, "no answer came" },
	{ "a server without STARTTLS gets nothing", "no-starttls", TLS_STARTTLS, "bob@example.com", LITTLE, NET_CONFIG, "tls = \"implicit\"" },
	{ "a refused login is configuration, though 535 looks like a failure", "auth535", TLS_NONE, "bob@example.com", LITTLE, NET_CONFIG, "login as kept@example.org was refused" },
	{ "a server that repeats the password is not quoted", "authecho", TLS_NONE, "bob@example.com", LITTLE, NET_CONFIG, "repeat the password" },
	{ "a login that is not possible now is tried again", "auth454", TLS_NONE, "bob@example.com", LITTLE, NET_RETRY, "454" },
	{ "another host's certificate, TLS at once", "implicit-wronghost", TLS_IMPLICIT, "bob@example.com", LITTLE, NET_CONFIG, "127.0.0.1" },
	{ "another host's certificate, STARTTLS", "starttls-wronghost", TLS_STARTTLS, "bob@example.com", LITTLE, NET_CONFIG, "127.0.0.1" },
	{ "an expired certificate, TLS at once", "implicit-expired", TLS_IMPLICIT, "bob@example.com", LITTLE, NET_CONFIG, "" },
	{ "an expired certificate, STARTTLS", "starttls-expired", TLS_STARTTLS, "bob@example.com", LITTLE, NET_CONFIG, "" },
	{ "a certificate of the future, TLS at once", "implicit-future", TLS_IMPLICIT, "bob@example.com", LITTLE, NET_CONFIG, "" },
	{ "a certificate of the future, STARTTLS", "starttls-future", TLS_STARTTLS, "bob@example.com", LITTLE, NET_CONFIG, "" },
	{ "another authority's certificate, TLS at once", "implicit-untrusted", TLS_IMPLICIT, "bob@example.com", LITTLE, NET_CONFIG, "" },
	{ "another authority's certificate, STARTTLS", "starttls-untrusted", TLS_STARTTLS, "bob@example.com", LITTLE, NET_CONFIG, "" },
	{ "a self-signed certificate, TLS at once", "implicit-selfsigned", TLS_IMPLICIT, "bob@example.com", LITTLE, NET_CONFIG, "" },
	{ "a self-signed certificate, STARTTLS", "starttls-selfsigned", TLS_STARTTLS, "bob@example.com", LITTLE, NET_CONFIG, "" },
	{ "nobody listens: tried again", "nobody", TLS_NONE, "bob@example.com", LITTLE, NET_RETRY, "" },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct submission s;
	struct pool *p = pool_new();
	struct net *net = NULL;
	struct err e = { 0 };
	const char *why = "";
	enum net_outcome o;
	size_t n;
	char *bytes = mail(r->size, &n);

	if (!is_there)
		skip();
	s = submission_of(r->server, r->tls, "secret");
	assert_true(net_open(&s, &net, &e));
	net_patience(net, 1, 20);
	o = net_submit(net, p, "kept@example.org", r->to, bytes, n, &why);
	if (o != r->outcome || !strstr(why, r->why))
		print_message("%s: %s\n", net_outcome_word(o), why);
	assert_int_equal(o, r->outcome);
	assert_non_null(strstr(why, r->why));
	assert_null(strstr(why, "s3cret"));
	assert_int_equal(net_is_open(net), o == NET_SENT); /* after anything but success the connection is not used again */
	if (r->tls != TLS_NONE && o == NET_CONFIG) {
		assert_false(scripted_heard(&scripted, r->server, "AUTH"));
		assert_false(scripted_heard(&scripted, r->server, "MAIL"));
	}
	net_close(&net);
	pool_end(&p);
	free(bytes);
}

static enum net_outcome send_to(struct net *net, struct pool *p, const char *to, const char **why)
{
	return net_submit(net, p, "kept@example.org", to, SMALL, strlen(SMALL), why);
}

static void system_authorities(void **state)
{
	struct pool *p = pool_new();
	struct net *net = NULL;
	struct submission s;
	struct err e = { 0 };
	const char *why = "";

	(void)state;
	if (!is_there || !tls_authorities(NULL))
		skip();
	s = submission_of("implicit-good", TLS_IMPLICIT, "secret");
	s.server.ca = NULL;
	assert_true(net_open(&s, &net, &e));
	net_patience(net, 1, 20);
	assert_int_equal(send_to(net, p, "bob@example.com", &why), NET_CONFIG); /* ours is none of them */
	assert_non_null(strstr(why, tls_authorities(NULL)));
	net_close(&net);
	pool_end(&p);
}

static void late_answer(void **state)
{
	struct pool *p = pool_new();
	struct net *net = NULL;
	struct submission s;
	struct err e = { 0 };
	const char *why = "";
	int64_t began;

	(void)state;
	if (!is_there)
		skip();
	s = submission_of("late", TLS_NONE, "secret");
	assert_true(net_open(&s, &net, &e));
	net_patience(net, 1, 20);
	assert_int_equal(send_to(net, p, "late@example.com", &why), NET_UNSURE);
	began = now_ms();
	/* on the old connection the late "250" would now be taken for the answer to this mail's MAIL, every answer one off */
	assert_int_equal(send_to(net, p, "r550@example.com", &why), NET_REFUSED);
	assert_non_null(strstr(why, "no such user"));
	assert_true(now_ms() - began < 900);
	assert_true(scripted_heard(&scripted, "late", "EHLO"));
	assert_int_equal(scripted_count(&scripted, "late #"), 2);
	net_close(&net);
	pool_end(&p);
}

static void reuse(void **state)
{
	struct pool *p = pool_new();
	struct net *net = NULL;
	struct submission s;
	struct err e = { 0 };
	const char *why = "";

	(void)state;
	if (!is_there)
		skip();
	s = submission_of("reuse", TLS_NONE, "secret");
	assert_true(net_open(&s, &net, &e));
	for (int i = 0; i < 5; i++)
		assert_int_equal(send_to(net, p, "bob@example.com", &why), NET_SENT);
	assert_int_equal(scripted_count(&scripted, "reuse #"), 1);
	assert_int_equal(scripted_count(&scripted, "reuse C EHLO example.org"), 1); /* not this machine's own name */
	assert_int_equal(send_to(net, p, "r550@example.com", &why), NET_REFUSED);
	assert_int_equal(send_to(net, p, "bob@example.com", &why), NET_SENT);
	assert_int_equal(scripted_count(&scripted, "reuse #"), 2);
	net_idle(net);
	assert_false(net_is_open(net));
	assert_int_equal(send_to(net, p, "bob@example.com", &why), NET_SENT);
	assert_int_equal(scripted_count(&scripted, "reuse #"), 3);
	net_close(&net);
	pool_end(&p);
}

/* Of a mail to several: nobody gets it, and who was refused is known. */
static void several(void **state)
{
	struct pool *p = pool_new();
	struct net *net = NULL;
	struct submission s;
	struct err e = { 0 };
	const char *why = "";

	(void)state;
	if (!is_there)
		skip();
	s = submission_of("ordinary", TLS_NONE, "secret");
	assert_true(net_open(&s, &net, &e));
	assert_int_equal(send_to(net, p, "bob@example.com, dan@example.com", &why), NET_SENT);
	assert_string_equal(net_refused(net), "");
	assert_int_equal(send_to(net, p, "bob@example.com, r550@example.com, dan@example.com", &why), NET_REFUSED);
	assert_string_equal(net_refused(net), "r550@example.com");
	assert_int_equal(send_to(net, p, "r550@example.com, bob@example.com", &why), NET_REFUSED);
	assert_string_equal(net_refused(net), "r550@example.com");
	assert_int_equal(send_to(net, p, "bob@example.com, r451@example.com", &why), NET_RETRY);
	assert_string_equal(net_refused(net), "");
	net_close(&net);
	pool_end(&p);
}

static void stale(void **state)
{
	struct pool *p = pool_new();
	struct net *net = NULL;
	struct submission s;
	struct err e = { 0 };
	const char *why = "";

	(void)state;
	if (!is_there)
		skip();
	s = submission_of("stale", TLS_NONE, "secret");
	assert_true(net_open(&s, &net, &e));
	assert_int_equal(send_to(net, p, "closeafter@example.com", &why), NET_SENT);
	assert_int_equal(send_to(net, p, "bob@example.com", &why), NET_SENT);
	net_close(&net);
	pool_end(&p);
}

static const struct unfit {
	const char *rule, *from, *to, *bytes;
} unfits[] = {
	{ "a recipient that holds a command", "kept@example.org", "a@x.org>\r\nRCPT TO:<evil@y.org", SMALL },
	{ "a sender that holds a command", "a@x.org>\r\nRCPT TO:<evil@y.org", "bob@example.com", SMALL },
	{ "two recipients", "kept@example.org", "a@x.org,b@x.org", SMALL },
	{ "two recipients of whom one is none", "kept@example.org", "a@x.org, b", SMALL },
	{ "a recipient with a blank", "kept@example.org", "a b@x.org", SMALL },
	{ "a recipient without a domain", "kept@example.org", "bob", SMALL },
	{ "a recipient of broken UTF-8", "kept@example.org", "b\xff@x.org", SMALL },
	{ "a bare line feed", "kept@example.org", "bob@example.com", "Subject: x\n\n.\nMAIL FROM:<a@b.c>\r\n" },
	{ "a bare carriage return", "kept@example.org", "bob@example.com", "Subject: x\r\r\n" },
	{ "an empty mail", "kept@example.org", "bob@example.com", "" },
};

static void unfit_holds(void **state)
{
	const struct unfit *r = *state;
	struct pool *p = pool_new();
	struct net *net = NULL;
	struct submission s;
	struct err e = { 0 };
	const char *why = "";

	s = submission_of("nothing", TLS_NONE, "secret");
	assert_true(net_open(&s, &net, &e));
	assert_int_equal(net_submit(net, p, r->from, r->to, r->bytes, strlen(r->bytes), &why), NET_FAILED);
	assert_true(strlen(why) > 10);
	assert_int_equal(scripted_count(&scripted, "nothing #"), 0);
	net_close(&net);
	pool_end(&p);
}

static void fit(void **state)
{
	struct pool *p = pool_new();
	struct net *net = NULL, *plain = NULL;
	struct submission s, t;
	struct err e = { 0 };
	const char *why = "";

	(void)state;
	if (!is_there)
		skip();
	s = submission_of("fit", TLS_NONE, "secret");
	assert_true(net_open(&s, &net, &e));
	assert_int_equal(net_submit(net, p, "", "bob@example.com", SMALL, strlen(SMALL), &why), NET_SENT);
	assert_true(scripted_heard(&scripted, "fit", "MAIL FROM:<>"));
	assert_int_equal(send_to(net, p, "bob@bücher.example", &why), NET_SENT);
	assert_true(scripted_heard(&scripted, "fit", "RCPT TO:<bob@xn--bcher-kva.example>"));
	/* no SMTPUTF8 there: nothing but MAIL is said */
	assert_int_equal(send_to(net, p, "jürgen@example.com", &why), NET_FAILED);
	assert_non_null(strstr(why, "SMTPUTF8"));
	assert_false(scripted_heard(&scripted, "fit", "RCPT TO:<jürgen"));
	net_close(&net);
	t = submission_of("plain", TLS_NONE, "secret");
	assert_true(net_open(&t, &plain, &e));
	assert_int_equal(send_to(plain, p, "jürgen@example.com", &why), NET_SENT);
	assert_true(scripted_heard(&scripted, "plain", "RCPT TO:<jürgen@example.com>"));
	net_close(&plain);
	pool_end(&p);
}

static void dots(void **state)
{
	static const char body[] = "Subject: x\r\n\r\n.\r\n.x\r\nno line end";
	struct pool *p = pool_new();
	struct net *net = NULL;
	struct submission s;
	struct err e = { 0 };
	const char *why = "";

	(void)state;
	if (!is_there)
		skip();
	s = submission_of("dots", TLS_NONE, "secret");
	assert_true(net_open(&s, &net, &e));
	assert_int_equal(net_submit(net, p, "kept@example.org", "bob@example.com", body, sizeof body - 1, &why), NET_SENT);
	assert_int_equal(scripted_count(&scripted, "dots C ..\n"), 1);
	assert_int_equal(scripted_count(&scripted, "dots C ..x\n"), 1);
	assert_int_equal(scripted_count(&scripted, "dots C no line end\n"), 1);
	assert_int_equal(scripted_count(&scripted, "dots C .\n"), 1);
	net_close(&net);
	pool_end(&p);
}

static void configured(void **state)
{
	struct pool *p = pool_new();
	struct net *net = NULL;
	struct submission s;
	struct err e = { 0 };
	const char *why = "";

	(void)state;
	if (!is_there)
		skip();
	s = submission_of("nothing", TLS_NONE, "no-such-file");
	assert_true(net_open(&s, &net, &e));
	assert_int_equal(send_to(net, p, "bob@example.com", &why), NET_CONFIG);
	assert_non_null(strstr(why, "kept.conf:9"));
	net_close(&net);
	s = submission_of("nothing", TLS_NONE, "secret");
	s.server.host = "192.0.2.1"; /* TEST-NET: no login in clear but to loopback */
	assert_true(net_open(&s, &net, &e));
	assert_true(send_to(net, p, "bob@example.com", &why) != NET_SENT);
	assert_non_null(strstr(why, "this machine alone"));
	net_close(&net);
	s.server.host = "no-such-host.invalid";
	assert_true(net_open(&s, &net, &e));
	assert_true(send_to(net, p, "bob@example.com", &why) != NET_SENT);
	net_close(&net);
	assert_int_equal(scripted_count(&scripted, "nothing #"), 0);
	pool_end(&p);
}

static void heartbeat(void **state)
{
	struct err e = { 0 };
	char url[200];

	(void)state;
	if (!is_there)
		skip();
	snprintf(url, sizeof url, "http://127.0.0.1:%d/beat", scripted_port(&scripted, "http200"));
	assert_true(net_touch(url, &e));
	assert_true(scripted_heard(&scripted, "http200", "GET /beat"));
	snprintf(url, sizeof url, "http://127.0.0.1:%d/token-of-ours", scripted_port(&scripted, "http503"));
	assert_false(net_touch(url, &e));
	assert_int_equal(e.kind, ERR_TEMP);
	assert_non_null(strstr(e.text, "503"));
	assert_null(strstr(e.text, "token-of-ours")); /* the path is a secret with most of these services */
	assert_false(net_touch("file:///etc/passwd", &e));
}

/* ---- a real MTA; the recipient's local part chooses the fault ---- */

static const struct real {
	const char *rule, *to, *secret;
	int port, patience;
	enum tls_mode tls;
	enum net_outcome outcome;
} reals[] = {
	{ "real: accepted, TLS at once", "ada@example.org", "kept", REAL_SUBMISSIONS, 10, TLS_IMPLICIT, NET_SENT },
	{ "real: accepted, STARTTLS", "ada@example.org", "kept", REAL_SUBMISSION, 10, TLS_STARTTLS, NET_SENT },
	{ "real: reject@ is refused", "reject@example.com", "kept", REAL_SUBMISSIONS, 10, TLS_IMPLICIT, NET_REFUSED },
	{ "real: one of two is refused, both get nothing", "ada@example.org, reject@example.com", "kept", REAL_SUBMISSIONS, 10, TLS_IMPLICIT, NET_REFUSED },
	{ "real: temp@ is tried again", "temp@example.com", "kept", REAL_SUBMISSIONS, 10, TLS_IMPLICIT, NET_RETRY },
	{ "real: data550@ fails", "data550@example.com", "kept", REAL_SUBMISSIONS, 10, TLS_IMPLICIT, NET_FAILED },
	{ "real: data451@ is tried again", "data451@example.com", "kept", REAL_SUBMISSIONS, 10, TLS_IMPLICIT, NET_RETRY },
	{ "real: hang@ is unsure", "hang@example.com", "kept", REAL_SUBMISSIONS, 2, TLS_IMPLICIT, NET_UNSURE },
	{ "real: a wrong password is configuration", "ada@example.org", "wrong", REAL_SUBMISSIONS, 10, TLS_IMPLICIT, NET_CONFIG },
};

static void real_holds(void **state)
{
	const struct real *r = *state;
	struct pool *p = pool_new();
	struct net *net = NULL;
	struct submission s;
	struct err e = { 0 };
	const char *why = "";
	enum net_outcome o;

	if (!real_port(0))
		skip();
	s = (struct submission){ .key = "main", .from = "kept@example.org",
	                         .server = { "127.0.0.1", real_port(r->port), r->tls, real_ca(), "kept@example.org", real_secret(r->secret),
	                                     { "kept.conf", 9 } } };
	assert_true(net_open(&s, &net, &e));
	net_patience(net, r->patience, 60);
	o = send_to(net, p, r->to, &why);
	if (o != r->outcome)
		print_message("%s: %s\n", net_outcome_word(o), why);
	assert_int_equal(o, r->outcome);
	assert_string_equal(net_refused(net), o == NET_REFUSED ? "reject@example.com" : "");
	net_close(&net);
	pool_end(&p);
}

static int start(void **state)
{
	(void)state;
	signal(SIGPIPE, SIG_IGN);
	net_start();
	is_there = scripted_start(&scripted, "smtp.py");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	scripted_stop(&scripted);
	real_forget();
	return 0;
}

int main(void)
{
	enum { ROWS = sizeof rows / sizeof *rows, UNFITS = sizeof unfits / sizeof *unfits, REALS = sizeof reals / sizeof *reals };
	struct CMUnitTest t[ROWS + UNFITS + 9 + REALS] = {
		[ROWS + UNFITS] = { "a late 250 is never the next mail's", late_answer, NULL, NULL, NULL },
		[ROWS + UNFITS + 1] = { "one connection for many mails, a new one after a refusal", reuse, NULL, NULL, NULL },
		[ROWS + UNFITS + 2] = { "a connection that died meanwhile costs nothing", stale, NULL, NULL, NULL },
		[ROWS + UNFITS + 3] = { "null sender, A-labels, SMTPUTF8", fit, NULL, NULL, NULL },
		[ROWS + UNFITS + 4] = { "dots are stuffed, the last line end is added", dots, NULL, NULL, NULL },
		[ROWS + UNFITS + 5] = { "no secret, no TLS off this machine, no such host: nothing is said", configured, NULL, NULL, NULL },
		[ROWS + UNFITS + 6] = { "the heartbeat is one GET, and its path is not told", heartbeat, NULL, NULL, NULL },
		[ROWS + UNFITS + 7] = { "of several one is refused: nobody gets it, and it is known who", several, NULL, NULL, NULL },
		[ROWS + UNFITS + 8] = { "without an authority of one's own it is the system's that are asked", system_authorities, NULL, NULL, NULL },
	};

	for (size_t i = 0; i < ROWS; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	for (size_t i = 0; i < UNFITS; i++)
		t[ROWS + i] = (struct CMUnitTest){ unfits[i].rule, unfit_holds, NULL, NULL, (void *)&unfits[i] };
	for (size_t i = 0; i < REALS; i++)
		t[ROWS + UNFITS + 9 + i] = (struct CMUnitTest){ reals[i].rule, real_holds, NULL, NULL, (void *)&reals[i] };
	return cmocka_run_group_tests_name("border_net", t, start, stop);
}
