/* who gives tokens says so itself, and registers a client, against a scripted provider (tests/scripted/provider.py) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "borders/net.h"
#include "borders/oauth.h"
#include "borders/secret.h"
#include "ground/text.h"
#include "tests/scripted/scripted.h"

static struct scripted scripted;
static bool is_there;
static struct pool *pool;

static const char *base_of(const char *scheme, const char *port)
{
	return pool_print(pool, "%s://127.0.0.1:%d", scheme, scripted_port(&scripted, port));
}

static struct oauth_conf nobody_known(void)
{
	return (struct oauth_conf){ .key = "work", .provider = OAUTH_OTHER, .client_id = "", .client_secret = "", .tenant = "common",
				    .seconds = 3, .ca = pool_copy(pool, scripted_path(&scripted, "certs/ca.crt")) };
}

#define ALL "/authorize /token /device /revoke /register mail openid offline_access"
#define DEVICE_ALONE "- /token /device /revoke /register mail openid offline_access"

/* expect: the endpoints there, "-" for none, and the scopes; or, of an error, what it says */
static const struct row {
	const char *rule, *scheme, *port, *path;
	enum err_kind kind;
	const char *expect;
} rows[] = {
	{ "its endpoints, and its scopes for mail", "http", "http", "", ERR_NONE, ALL },
	{ "over TLS", "https", "https", "", ERR_NONE, ALL },
	{ "a path stands after the well-known part", "http", "http", "/tenant/a", ERR_NONE, ALL },
	{ "else OpenID's place is asked, after the path", "http", "http", "/openid", ERR_NONE, ALL },
	{ "one that is named with a / at its end must name itself so", "http", "http", "/x/", ERR_PERM, "not believed" },
	{ "… and one without it must not", "http", "http", "/slash", ERR_PERM, "not believed" },
	{ "one that calls itself another is not believed", "http", "http", "/other", ERR_PERM,
	  "tells of https://accounts.example.com: it is not believed" },
	{ "one that has no name neither", "http", "http", "/nobody", ERR_PERM, "tells of nobody" },
	{ "no token goes to an address without TLS", "http", "http", "/clear", ERR_PERM, "names a token_endpoint that is no https://" },
	{ "nor to one whose host stands behind another's name", "http", "http", "/user", ERR_PERM, "token_endpoint that is no https://" },
	{ "an address with a blank in it is none", "http", "http", "/blank", ERR_PERM, "authorization_endpoint that is no https://" },
	{ "nor is one without end", "http", "http", "/long", ERR_PERM, "token_endpoint that is no https://" },
	{ "one that is elsewhere names nothing on this machine", "https", "https", "/here", ERR_PERM, "token_endpoint that is no https://" },
	{ "a login at one house, and tokens at another's", "http", "http", "/mixed", ERR_PERM, "log in at accounts.google.com, and their tokens brought by 127.0.0.1" },
	{ "who takes no S256 takes no login in a browser", "http", "http", "/plain", ERR_NONE, DEVICE_ALONE },
	{ "who gives devices nothing has no login by them", "http", "http", "/nodevice", ERR_NONE, "/authorize /token - /revoke -" },
	{ "who gives devices alone has no login by a browser", "http", "http", "/devicealone", ERR_NONE, DEVICE_ALONE },
	{ "a login that kept cannot do", "http", "http", "/nocode", ERR_PERM, "no login that kept can do" },
	{ "no place for tokens", "http", "http", "/notoken", ERR_PERM, "names no token_endpoint" },
	{ "nothing there", "http", "http", "/404", ERR_PERM, "says nothing of who gives tokens there (404" },
	{ "a page of a hotel's network", "http", "http", "/html", ERR_PERM, "is no JSON" },
	{ "JSON that is no object", "http", "http", "/array", ERR_PERM, "is no JSON" },
	{ "a redirect is not followed", "http", "http", "/redirect", ERR_PERM, "(307" },
	{ "a document without an end is cut", "http", "http", "/big", ERR_PERM, "larger than 64 KiB" },
	{ "one that breaks off can be asked for again", "http", "http", "/cut", ERR_TEMP, "127.0.0.1" },
	{ "one that is busy too", "http", "http", "/busy", ERR_TEMP, "says 503" },
	{ "one that does not come is waited for no longer than so", "http", "http", "/slow", ERR_TEMP, "timed out" },
	{ "a certificate of another", "https", "wronghost", "", ERR_PERM, "certificate" },
	{ "a certificate of nobody known", "https", "untrusted", "", ERR_PERM, "certificate" },
};

static void add(struct text *t, const char *base, const char *url)
{
	text_print(t, "%s%s", t->n ? " " : "", !url ? "-" : strncmp(url, base, strlen(base)) == 0 ? url + strlen(base) : url);
}

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct oauth_conf o = nobody_known();
	struct text *t = text_new(pool, 2000);
	const char *base, *registration = "";
	struct err e = { 0 };

	if (!is_there)
		skip();
	base = base_of(r->scheme, r->port);
	if (oauth_metadata(pool, pool_print(pool, "%s%s", base, r->path), &o, &registration, &e)) {
		add(t, base, o.authorization_endpoint);
		add(t, base, o.token_endpoint);
		add(t, base, o.device_authorization_endpoint);
		add(t, base, o.revocation_endpoint);
		add(t, base, registration);
		for (size_t i = 0; i < o.scope.n; i++)
			text_print(t, " %s", o.scope.list[i]);
		assert_string_equal(t->s, r->expect);
	} else if (!strstr(e.text, r->expect)) {
		fail_msg("%s", e.text);
	} else {
		assert_null(o.token_endpoint);
		assert_null(registration);
	}
	assert_int_equal(e.kind, r->kind);
}

static void no_issuer(void **state)
{
	static const char *const names[] = { "", "accounts.example.org", "ftp://example.org", "http://example.org", "https://", "https:///x",
					     "https://example.org?x", "https://example.org#x", "https://a@example.org", "https://exa mple.org",
					     "https://example.org/\n", "https://example.org/\"" };
	struct oauth_conf o = nobody_known();
	const char *registration;

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct err e = { 0 };

		assert_false(oauth_metadata(pool, names[i], &o, &registration, &e));
		if (!strstr(e.text, "an issuer is an https://"))
			fail_msg("%s: %s", names[i], e.text);
	}
}

static void scope_that_is_known(void **state)
{
	static const char *scope[] = { "imap" };
	struct oauth_conf o = nobody_known();
	const char *registration;
	struct err e = { 0 };

	(void)state;
	if (!is_there)
		skip();
	o.scope = (struct strings){ scope, 1 };
	assert_true(oauth_metadata(pool, base_of("http", "http"), &o, &registration, &e));
	assert_int_equal(o.scope.n, 2);
	assert_string_equal(o.scope.list[0], "imap");
	assert_string_equal(o.scope.list[1], "offline_access");
}

static const struct registering {
	const char *rule, *path;
	enum err_kind kind;
	const char *secret, *says;
} registerings[] = {
	{ "a client that has no secret", "/register", ERR_NONE, NULL, "" },
	{ "who insists on a secret is asked for one", "/insists/register", ERR_NONE, "s3cret-pass", "" },
	{ "a secret of a client that shall have none is not kept", "/unasked/register", ERR_NONE, NULL, "" },
	{ "so is one that could not be read from a file", "/lines/control/register", ERR_PERM, NULL, "secret that is no line" },
	{ "a secret with a line end in it is none", "/lines/register", ERR_PERM, NULL, "secret that is no line" },
	{ "who registers nobody without its leave", "/closed/register", ERR_PERM, NULL, "without its leave (403)" },
	{ "who does not take what is wished", "/error/invalid_redirect_uri/register", ERR_PERM, NULL,
	  "does not register kept as a client: invalid_redirect_uri: as" },
	{ "… asks once more, and no more", "/error/invalid_client_metadata/register", ERR_PERM, NULL, "invalid_client_metadata" },
	{ "an answer without a client", "/nothing/register", ERR_PERM, NULL, "registered no client" },
	{ "a page of a hotel's network", "/html/register", ERR_PERM, NULL, "registered no client" },
	{ "a place that is none", "/elsewhere", ERR_PERM, NULL, "registers no client (404)" },
	{ "a redirect is not followed", "/redirect/register", ERR_PERM, NULL, "redirects" },
	{ "one that is busy can be asked again", "/busy/register", ERR_TEMP, NULL, "says 503" },
	{ "an answer without an end is cut", "/big/register", ERR_PERM, NULL, "larger than 64 KiB" },
};

static void registered(void **state)
{
	const struct registering *r = *state;
	struct oauth_conf o = nobody_known();
	struct oauth_client c = { "", NULL };
	const char *registration;
	struct err e = { 0 };
	size_t before;

	if (!is_there)
		skip();
	assert_true(oauth_metadata(pool, base_of("http", "http"), &o, &registration, &e));
	before = scripted_count(&scripted, "register");
	if (oauth_register(pool, &o, pool_print(pool, "%s%s", base_of("http", "http"), r->path), &c, &e)) {
		assert_string_equal(c.id, "kept-client");
		assert_int_equal(c.secret != NULL, r->secret != NULL);
		if (r->secret)
			assert_string_equal(c.secret, r->secret);
	} else {
		if (!strstr(e.text, r->says))
			fail_msg("%s", e.text);
		assert_null(c.secret);
	}
	assert_int_equal(e.kind, r->kind);
	assert_true(scripted_count(&scripted, "register") - before <= 2);
	secret_free(&c.secret);
}

static int start(void **state)
{
	(void)state;
	signal(SIGPIPE, SIG_IGN);
	net_start();
	pool = pool_new();
	is_there = scripted_start(&scripted, "provider.py");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	scripted_stop(&scripted);
	pool_end(&pool);
	return 0;
}

int main(void)
{
	enum { ROWS = sizeof rows / sizeof *rows, REGISTERINGS = sizeof registerings / sizeof *registerings };
	struct CMUnitTest t[ROWS + REGISTERINGS + 2] = {
		[ROWS + REGISTERINGS] = { "what is no issuer is asked nothing", no_issuer, NULL, NULL, NULL },
		[ROWS + REGISTERINGS + 1] = { "a scope that is known stays, and can be renewed", scope_that_is_known, NULL, NULL, NULL },
	};

	for (size_t i = 0; i < ROWS; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	for (size_t i = 0; i < REGISTERINGS; i++)
		t[ROWS + i] = (struct CMUnitTest){ registerings[i].rule, registered, NULL, NULL, (void *)&registerings[i] };
	return cmocka_run_group_tests_name("border_metadata", t, start, stop);
}
