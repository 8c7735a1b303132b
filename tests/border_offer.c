/* what a server takes, asked without a login, against scripted servers (tests/scripted/imap.py) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "borders/mailbox.h"
#include "borders/net.h"
#include "ground/text.h"
#include "tests/scripted/scripted.h"

static struct scripted scripted;
static bool is_there;

static const struct row {
	const char *rule, *server, *expect;
} rows[] = {
	{ "passwords alone", "offer-password", "password " },
	{ "tokens beside a password: nobody is asked who gives them", "offer-both", "password tokens " },
	{ "tokens alone, and who gives them", "offer-issuer", "tokens https://auth.example.org/x" },
	{ "… in two steps, where the server has no SASL-IR", "offer-later", "tokens https://auth.example.org/x" },
	{ "… where the path stands behind the well-known part", "offer-behind", "tokens https://auth.example.org/x" },
	{ "a server that has no form to say it in", "offer-xoauth2", "tokens " },
	{ "one that refuses without a word", "offer-no", "tokens " },
	{ "what is no text", "offer-number", "tokens " },
	{ "what is no well-known place", "offer-elsewhere", "tokens " },
	{ "what is no base64", "offer-noise", "tokens " },
	{ "a NUL in it", "offer-nul", "tokens " },
	{ "an address that turns a terminal", "offer-escape", "tokens " },
	{ "one whose host stands behind another's name", "offer-user", "tokens " },
	{ "an address without an end", "offer-long", "tokens " },
	{ "no login is asked about before TLS", "no-starttls", "!no STARTTLS" },
	{ "a certificate of another", "implicit-wronghost", "!certificate" },
	{ "what is no IMAP server", "http", "!IMAP" },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct text *t = text_new(p, 2000);
	const struct server s = { .host = "127.0.0.1", .port = scripted_port(&scripted, r->server), .user = "ada@example.org",
				  .ca = pool_copy(p, scripted_path(&scripted, "certs/ca.crt")),
				  .tls = strcmp(r->server, "no-starttls") == 0 || strcmp(r->server, "http") == 0 ? TLS_STARTTLS : TLS_IMPLICIT };
	struct mailbox_offer o;
	struct err e = { 0 };

	if (!is_there)
		skip();
	if (!mailbox_offer(&s, p, &o, &e)) {
		if (*r->expect != '!' || !strstr(e.text, r->expect + 1))
			fail_msg("%s", e.text);
	} else {
		text_print(t, "%s%s%s", o.password ? "password " : "", o.tokens ? "tokens " : "", o.issuer);
		assert_string_equal(t->s, r->expect);
	}
	pool_end(&p);
}

static int start(void **state)
{
	(void)state;
	signal(SIGPIPE, SIG_IGN);
	net_start();
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
	struct CMUnitTest t[ROWS];

	for (size_t i = 0; i < ROWS; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	return cmocka_run_group_tests_name("border_offer", t, start, stop);
}
