/* tokens: asked for, kept, renewed, ended, forgotten, against a scripted provider (tests/scripted/provider.py) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>

#include "borders/net.h"
#include "borders/oauth.h"
#include "borders/secret.h"
#include "borders/tls.h"
#include "tests/scripted/scripted.h"

static struct scripted scripted;
static bool is_there;
static struct pool *pool;

/* A client whose token endpoint is at that port and path. */
static struct oauth_conf client_of(const char *scheme, const char *port, const char *path)
{
	static const char *scope[] = { "mail", "offline_access" };
	const char *base = pool_print(pool, "http://127.0.0.1:%d", scripted_port(&scripted, "http"));

	return (struct oauth_conf){ .key = "work", .provider = OAUTH_OTHER, .client_id = "kept-client",
				    .client_secret = pool_print(pool, "file:%s", scripted_path(&scripted, "secret")), .scope = { scope, 2 },
				    .tenant = "common", .seconds = 3, .store = pool_copy(pool, scripted_path(&scripted, "kept.db.oauth")),
				    .ca = pool_copy(pool, scripted_path(&scripted, "certs/ca.crt")), .at = { "kept.conf", 7 },
				    .authorization_endpoint = pool_print(pool, "%s/authorize", base),
				    .device_authorization_endpoint = pool_print(pool, "%s/device", base),
				    .revocation_endpoint = pool_print(pool, "%s/revoke", base),
				    .token_endpoint = pool_print(pool, "%s://127.0.0.1:%d%s", scheme, scripted_port(&scripted, port), path) };
}

static bool logged_in_at(const char *user, const char *path, struct err *e)
{
	struct oauth_conf o = client_of("http", "http", path);
	struct oauth_device d;
	bool done = false;

	if (!oauth_device_begin(&o, pool, &d, e))
		return false;
	for (int i = 0; i < 3 && !done; i++)
		if (!oauth_device_ask(&o, user, &d, &done, e))
			return false;
	return done;
}

static char *token_of(const struct oauth_conf *o, const char *user, const char *refused, struct err *e)
{
	const struct server s = { .host = "h", .user = user, .oauth = o };
	char *token = NULL;

	return oauth_token(&s, refused, &token, NULL, e) ? token : NULL;
}

static const struct row {
	const char *rule, *scheme, *port, *path;
	enum err_kind kind;
	const char *code, *says;
} rows[] = {
	{ "a token is renewed", "http", "http", "/token", ERR_NONE, "", "" },
	{ "a token is renewed over TLS", "https", "https", "/token", ERR_NONE, "", "" },
	{ "an end that is written as a text is read", "http", "http", "/short/token", ERR_NONE, "", "" },
	{ "an end that is not said is none", "http", "http", "/noend/token", ERR_NONE, "", "" },
	{ "who gives no new refresh token leaves the old one", "http", "http", "/norefresh/token", ERR_NONE, "", "" },
	{ "the longest tokens, of what a file has to double, can be read again", "http", "http", "/quotes/token", ERR_NONE, "", "" },
	{ "no part of a secret that is repeated in a description is shown", "http", "http", "/echo/refresh_token/token", ERR_PERM, "", "invalid_request; do" },
	{ "the client's neither", "http", "http", "/echo/client_secret/token", ERR_PERM, "", "invalid_request; do" },
	{ "nor one that is the error's own name", "http", "http", "/echoed/refresh_token/token", ERR_PERM, "", "repeats a secret" },
	{ "a grant that has ended is the owner's to renew, with the command", "http", "http", "/error/invalid_grant/token", ERR_PERM, OAUTH_ENDED,
	  "has ended (invalid_grant" },
	{ "so is one that wants a person there", "http", "http", "/error/interaction_required/token", ERR_PERM, OAUTH_ENDED, "do: kept login grace@" },
	{ "a client that is not known is the configuration's fault", "http", "http", "/error/invalid_client/token", ERR_PERM, "",
	  "does not take this client (invalid_client" },
	{ "a scope that is not allowed too", "http", "http", "/error/invalid_scope/token", ERR_PERM, "", "mend scope, tenant or grant (kept.conf:7)" },
	{ "an error of tomorrow is shown", "http", "http", "/error/something_new/token", ERR_PERM, "", "something_new" },
	{ "a provider that is busy is asked again", "http", "http", "/busy/token", ERR_TEMP, "", "says 503" },
	{ "one that says so in words too", "http", "http", "/error/temporarily_unavailable/token", ERR_TEMP, "", "temporarily_unavailable" },
	{ "a page of a hotel's network is no token", "http", "http", "/html/token", ERR_TEMP, "", "gave no token" },
	{ "an empty answer is no token", "http", "http", "/empty/token", ERR_TEMP, "", "gave no token" },
	{ "a token of another type is none", "http", "http", "/mac/token", ERR_TEMP, "", "gave no token" },
	{ "a token with a line end in it is none", "http", "http", "/control/token", ERR_TEMP, "", "gave no token" },
	{ "an answer without an end is cut", "http", "http", "/big/token", ERR_PERM, "", "larger than 64 KiB" },
	{ "an answer that breaks off is asked for again", "http", "http", "/cut/token", ERR_TEMP, "", "127.0.0.1" },
	{ "a secret follows no redirect", "http", "http", "/redirect/token", ERR_PERM, "", "redirects" },
	{ "an endpoint that is none", "http", "http", "/nothing", ERR_PERM, "", "says 404" },
	{ "an answer that does not come is waited for no longer than so", "http", "http", "/slow/token", ERR_TEMP, "", "timed out" },
	{ "nobody is there", "http", "none", "/token", ERR_TEMP, "", "connect" },
	{ "a certificate of another", "https", "wronghost", "/token", ERR_PERM, "", "certificate" },
	{ "a certificate that has ended", "https", "expired", "/token", ERR_PERM, "", "certificate" },
	{ "a certificate of nobody known", "https", "untrusted", "/token", ERR_PERM, "", "certificate" },
};

/* Each begins with a grant; its token was refused just now, so that another is asked for. */
static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct oauth_conf good = client_of("http", "http", "/token"), o = client_of(r->scheme, r->port, r->path);
	const char *user = "grace@example.org", *why = "";
	struct err e = { 0 }, again = { 0 };
	char *first, *second;

	if (!is_there)
		skip();
	assert_true(logged_in_at(user, "/token", &e));
	first = token_of(&o, user, NULL, &e);
	assert_non_null(first);
	second = token_of(&o, user, first, &e);
	if (e.kind != r->kind)
		print_message("%d %s\n", e.kind, e.text);
	assert_int_equal(e.kind, r->kind);
	if (r->kind == ERR_NONE) {
		assert_string_not_equal(first, second);
	} else {
		assert_null(second);
		assert_string_equal(e.code, r->code);
		if (!strstr(e.text, r->says))
			fail_msg("%s", e.text);
		assert_null(strstr(e.text, "rt-"));
		assert_null(strstr(e.text, "s3cret"));
		assert_null(strstr(e.text, first));
	}
	secret_free(&second);
	/* what it was good for before, it is still, and one that has ended stays ended without a question */
	second = token_of(&good, user, NULL, &again);
	assert_true(oauth_standing(pool, &good, user, &why, &again));
	if (strcmp(r->code, OAUTH_ENDED) == 0) {
		assert_null(second);
		assert_string_equal(again.code, OAUTH_ENDED);
		assert_string_equal(again.text, e.text);
		assert_string_equal(why, e.text);
	} else {
		assert_non_null(second);
		assert_string_equal(why, "");
	}
	secret_free(&first);
	secret_free(&second);
}

static void busy_but_good(void **state)
{
	struct oauth_conf o = client_of("http", "http", "/busy/token");
	struct err e = { 0 };
	char *t;

	(void)state;
	if (!is_there)
		skip();
	assert_true(logged_in_at("joan@example.org", "/short/token", &e)); /* ends in four seconds, and is renewed from the second on */
	sleep(2);
	t = token_of(&o, "joan@example.org", NULL, &e);
	assert_non_null(t);
	secret_free(&t);
	sleep(2);
	assert_null(token_of(&o, "joan@example.org", NULL, &e));
	assert_int_equal(e.kind, ERR_TEMP);
}

static void nobody_yet(void **state)
{
	struct oauth_conf o = client_of("http", "http", "/token");
	struct err e = { 0 };

	(void)state;
	assert_null(token_of(&o, "nobody@example.org", NULL, &e));
	assert_string_equal(e.code, OAUTH_ENDED);
	assert_non_null(strstr(e.text, "do: kept login nobody@example.org"));
	assert_int_equal(oauth_stamp(&o, "nobody@example.org"), 0);
}

/* Eight at once want the same token renewed: one asks, and no refresh token is used twice, which would end the grant. */
static void rotation(void **state)
{
	struct oauth_conf o = client_of("http", "http", "/token");
	const char *user = "ada@example.org";
	struct err e = { 0 };
	char *first, *t;
	size_t before;

	(void)state;
	if (!is_there)
		skip();
	assert_true(logged_in_at(user, "/token", &e));
	first = token_of(&o, user, NULL, &e);
	before = scripted_count(&scripted, "token refresh_token");
	for (int i = 0; i < 8; i++)
		if (fork() == 0)
			_exit((t = token_of(&o, user, first, &e)) && strcmp(t, first) != 0 ? 0 : 1);
	for (int i = 0, status; i < 8; i++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	assert_int_equal(scripted_count(&scripted, "token refresh_token"), before + 1);
	t = token_of(&o, user, NULL, &e);
	assert_non_null(t);
	secret_free(&first);
	first = token_of(&o, user, t, &e); /* the last refresh token is the one that is kept */
	assert_non_null(first);
	secret_free(&first);
	secret_free(&t);
}

static void of_the_owner_alone(void **state)
{
	struct oauth_conf o = client_of("http", "http", "/token");
	struct err e = { 0 };
	glob_t found = { 0 };
	struct stat st;
	size_t there;
	bool revoked;

	(void)state;
	if (!is_there)
		skip();
	assert_true(logged_in_at("mary@example.org", "/token", &e));
	assert_int_equal(glob(pool_print(pool, "%s-*", o.store), 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		assert_int_equal(stat(found.gl_pathv[i], &st), 0);
		assert_int_equal(st.st_mode & 07777, 0600);
		assert_null(strstr(found.gl_pathv[i], ".new"));
		chmod(found.gl_pathv[i], 0640);
	}
	assert_null(token_of(&o, "mary@example.org", NULL, &e));
	assert_non_null(strstr(e.text, "do: chmod 600"));
	for (size_t i = 0; i < found.gl_pathc; i++)
		chmod(found.gl_pathv[i], 0600);
	there = found.gl_pathc;
	globfree(&found);
	chmod(scripted_path(&scripted, ""), 0777); /* others would lay theirs there */
	assert_null(token_of(&o, "mary@example.org", NULL, &e));
	assert_non_null(strstr(e.text, "any user of this machine"));
	chmod(scripted_path(&scripted, ""), 0755);
	assert_true(oauth_forget(&o, "mary@example.org", &revoked, &e));
	assert_true(revoked);
	glob(pool_print(pool, "%s-*", o.store), 0, NULL, &found);
	assert_int_equal(found.gl_pathc, there - 2); /* nor its lock */
	globfree(&found);
	assert_null(token_of(&o, "mary@example.org", NULL, &e));
	assert_string_equal(e.code, OAUTH_ENDED);
	assert_true(oauth_forget(&o, "mary@example.org", &revoked, &e)); /* twice is once */
	assert_false(revoked);
}

/* A login is tried under a store of its own; then it stands in the place of the one before, and nothing of the trial lies there. */
static void tried_first(void **state)
{
	struct oauth_conf o = client_of("http", "http", "/token"), trial = o;
	const char *user = "tina@example.org";
	struct err e = { 0 };
	struct oauth_device d;
	glob_t found = { 0 };
	bool done = false;
	char *before, *tried, *t;

	(void)state;
	if (!is_there)
		skip();
	trial.store = pool_print(pool, "%s.trial", o.store);
	assert_false(oauth_move(&trial, &o, user, &e)); /* there is none yet */
	assert_true(logged_in_at(user, "/token", &e));
	before = token_of(&o, user, NULL, &e);
	assert_true(oauth_device_begin(&trial, pool, &d, &e));
	while (!done)
		assert_true(oauth_device_ask(&trial, user, &d, &done, &e));
	tried = token_of(&trial, user, NULL, &e);
	t = token_of(&o, user, NULL, &e);
	assert_string_equal(t, before);
	secret_free(&t);
	assert_true(oauth_move(&trial, &o, user, &e));
	t = token_of(&o, user, NULL, &e);
	assert_string_equal(t, tried);
	assert_int_equal(glob(pool_print(pool, "%s*", trial.store), 0, NULL, &found), GLOB_NOMATCH);
	globfree(&found);
	secret_free(&before);
	secret_free(&tried);
	secret_free(&t);
}

/* What root moves there is the user's whose folder it is, and no file of root's becomes theirs by a link. */
static void by_root(void **state)
{
	const char *folder = pool_copy(pool, scripted_path(&scripted, "theirs")), *user = "rosa@example.org", *path, *hers;
	struct oauth_conf o = client_of("http", "http", "/token"), trial = o;
	struct err e = { 0 };
	struct stat st;
	glob_t found = { 0 };

	(void)state;
	if (!is_there || geteuid() != 0)
		skip();
	assert_int_equal(mkdir(folder, 0700), 0);
	if (chown(folder, 12345, 12345) != 0) /* root of a container without such a user */
		skip();
	assert_true(logged_in_at(user, "/token", &e));
	trial.store = pool_print(pool, "%s/trial", folder);
	o.store = pool_print(pool, "%s/kept.db.oauth", folder);
	for (int linked = 1; linked >= 0; linked--) {
		struct oauth_conf had = client_of("http", "http", "/token");

		assert_true(logged_in_at(user, "/token", &e));
		assert_true(oauth_move(&had, &trial, user, &e));
		assert_int_equal(glob(pool_print(pool, "%s/trial*", folder), 0, NULL, &found), 0);
		path = pool_copy(pool, found.gl_pathv[0]);
		globfree(&found);
		assert_int_equal(chown(path, 0, 0), 0);
		hers = pool_print(pool, "%s/another", folder);
		if (linked)
			assert_int_equal(link(path, hers), 0);
		assert_int_equal(oauth_move(&trial, &o, user, &e), !linked);
		unlink(hers);
	}
	assert_int_equal(glob(pool_print(pool, "%s/*", folder), 0, NULL, &found), 0);
	assert_int_equal(found.gl_pathc, 1);
	assert_int_equal(stat(found.gl_pathv[0], &st), 0);
	assert_int_equal(st.st_uid, 12345);
	assert_int_equal(st.st_mode & 07777, 0600);
	globfree(&found);
}

/* What lies there is broken, or not a file at all: told, and another login mends it. */
static void broken_file(void **state)
{
	static const char *const contents[] = { "", "{", "[]", "{\"access_token\": 7}", "null" };
	struct oauth_conf o = client_of("http", "http", "/token");
	struct err e = { 0 };
	glob_t found = { 0 };
	char *t;

	(void)state;
	if (!is_there)
		skip();
	o.key = "broken";
	for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
		struct oauth_device d;
		bool done = false;
		FILE *f;

		assert_true(oauth_device_begin(&o, pool, &d, &e));
		while (!done)
			assert_true(oauth_device_ask(&o, "ada", &d, &done, &e));
		t = token_of(&o, "ada", NULL, &e);
		assert_non_null(t);
		secret_free(&t);
		assert_int_equal(glob(pool_print(pool, "%s-broken-????????????????", o.store), 0, NULL, &found), 0);
		f = fopen(found.gl_pathv[0], "w");
		fputs(contents[i], f);
		fclose(f);
		globfree(&found);
		assert_null(token_of(&o, "ada", NULL, &e));
		assert_string_equal(e.code, OAUTH_ENDED);
	}
}

static void as_the_client(void **state)
{
	struct oauth_conf o = client_of("https", "https", "/token");
	struct err e = { 0 };
	char *t;

	(void)state;
	if (!is_there)
		skip();
	o.grant = OAUTH_CLIENT_CREDENTIALS;
	t = token_of(&o, "box@example.org", NULL, &e);
	assert_non_null(t);
	secret_free(&t);
	o.client_id = "somebody-else";
	o.key = "other";
	assert_null(token_of(&o, "box@example.org", NULL, &e));
	assert_non_null(strstr(e.text, "invalid_client"));
	assert_string_equal(e.code, "");
}

/* ---- by a browser ---- */

static int knock(const char *redirect)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)atoi(strrchr(redirect, ':') + 1)) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_int_equal(connect(fd, (struct sockaddr *)&a, sizeof a), 0);
	return fd;
}

/* All that is to be done there is done, until it was the browser. */
static bool served(struct oauth_code *c, const char **redirected)
{
	struct pollfd f = { c->fd, POLLIN, 0 };
	struct err e = { 0 };
	bool came = false;

	while (!came && poll(&f, 1, 100) == 1)
		assert_true(oauth_code_came(pool, c, &came, redirected, &e));
	return came;
}

static bool visit(struct oauth_code *c, const char *line, const char *status, const char **redirected)
{
	char answer[400] = "";
	int fd = knock(c->redirect_uri);
	const char *all = pool_print(pool, "%s HTTP/1.1\r\nHost: x\r\n\r\n", line);
	bool came;

	assert_int_equal(write(fd, all, strlen(all)), strlen(all));
	came = served(c, redirected);
	assert_true(recv(fd, answer, sizeof answer - 1, MSG_DONTWAIT) > 0);
	if (!strstr(answer, status))
		fail_msg("%s: %s", line, answer);
	close(fd);
	return came;
}

/* Any other user of this machine may connect: neither the silent, nor who sends letter by letter, keeps the browser out. */
static void among_many(void **state)
{
	enum { MANY = 40 };
	struct oauth_conf o = client_of("http", "http", "/token");
	struct timespec from, to;
	const char *redirected = "";
	struct oauth_code c;
	struct err e = { 0 };
	int fd[MANY];
	char answer[8];

	(void)state;
	if (!is_there)
		skip();
	assert_true(oauth_code_begin(&o, "lise@example.org", pool, &c, &e));
	clock_gettime(CLOCK_MONOTONIC, &from);
	for (int i = 0; i < MANY; i++) {
		fd[i] = knock(c.redirect_uri);
		if (i % 2)
			assert_int_equal(send(fd[i], "GET /?s", 7, MSG_NOSIGNAL), 7);
		if (i % 8 == 7)
			assert_false(served(&c, &redirected));
	}
	assert_true(visit(&c, pool_print(pool, "GET /?code=x&state=%s", c.state), "200", &redirected));
	clock_gettime(CLOCK_MONOTONIC, &to);
	assert_true(to.tv_sec - from.tv_sec < 3);
	assert_string_equal(redirected, pool_print(pool, "/?code=x&state=%s", c.state));
	assert_true(recv(fd[0], answer, sizeof answer, MSG_DONTWAIT) <= 0 && errno != EAGAIN); /* the one there longest went */
	assert_true(recv(fd[MANY - 1], answer, sizeof answer, MSG_DONTWAIT) < 0 && errno == EAGAIN);
	for (int i = 0; i < MANY; i++)
		close(fd[i]);
	oauth_code_end(&c);
}

/* A request comes in as many pieces as it likes, and is no larger than 16 KiB. */
static void in_pieces(void **state)
{
	struct oauth_conf o = client_of("http", "http", "/token");
	const char *redirected = "", *all;
	struct oauth_code c;
	struct err e = { 0 };
	char big[20000], answer[8];
	int fd;

	(void)state;
	if (!is_there)
		skip();
	assert_true(oauth_code_begin(&o, "lise@example.org", pool, &c, &e));
	memset(big, 'x', sizeof big);
	fd = knock(c.redirect_uri);
	assert_int_equal(send(fd, big, sizeof big, MSG_NOSIGNAL), sizeof big);
	assert_false(served(&c, &redirected));
	assert_true(recv(fd, answer, sizeof answer, MSG_DONTWAIT) <= 0 && errno != EAGAIN);
	close(fd);
	fd = knock(c.redirect_uri);
	all = pool_print(pool, "GET /?code=x&state=%s HTTP/1.1\r\n\r\n", c.state);
	for (; all[1]; all++) {
		assert_int_equal(send(fd, all, 1, MSG_NOSIGNAL), 1);
		if (all[1] == '&' || all[1] == '\n')
			assert_false(served(&c, &redirected));
	}
	assert_int_equal(send(fd, all, 1, MSG_NOSIGNAL), 1);
	assert_true(served(&c, &redirected));
	close(fd);
	oauth_code_end(&c);
}

/* A browser takes localhost for 127.0.0.1 or ::1: whoever listened at the other would be sent the code. */
static void nobody_else_at(int family, int port)
{
	struct sockaddr_in four = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)port) };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT, .sin6_port = htons((uint16_t)port) };
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd < 0 || bind(fd, family == AF_INET ? (struct sockaddr *)&four : (struct sockaddr *)&six,
				   family == AF_INET ? sizeof four : sizeof six) != 0);
	if (fd >= 0)
		close(fd);
}

static void by_a_browser(void **state)
{
	struct oauth_conf o = client_of("http", "http", "/token");
	const char *user = "lise@example.org", *redirected = "", *to, *command;
	struct oauth_code c;
	struct err e = { 0 };
	char line[2000] = "", *t;
	FILE *f;

	(void)state;
	if (!is_there)
		skip();
	assert_true(oauth_code_begin(&o, user, pool, &c, &e));
	assert_non_null(strstr(c.url, "code_challenge_method=S256"));
	assert_non_null(strstr(c.url, "scope=mail%20offline_access"));
	assert_null(strstr(c.url, c.code_verifier));
	assert_true(strlen(c.code_verifier) >= 43);
	assert_false(visit(&c, "GET /favicon.ico", "404", &redirected));
	assert_false(visit(&c, "GET /?code=x&state=guessed", "404", &redirected));
	assert_false(visit(&c, "GET /?code=x", "404", &redirected));
	assert_false(visit(&c, pool_print(pool, "GET /other?code=x&state=%s", c.state), "404", &redirected));
	assert_false(visit(&c, pool_print(pool, "HEAD /?code=x&state=%s", c.state), "405", &redirected));
	assert_false(visit(&c, pool_print(pool, "POST /?code=x&state=%s", c.state), "405", &redirected));
	assert_false(visit(&c, "GET /?state=%zz", "404", &redirected));
	assert_false(visit(&c, "\x16\x03\x01", "405", &redirected));
	nobody_else_at(AF_INET, atoi(strrchr(c.redirect_uri, ':') + 1));
	nobody_else_at(AF_INET6, atoi(strrchr(c.redirect_uri, ':') + 1));
	/* the browser: asks, and goes where it is sent */
	command = pool_print(pool, "curl -s -o /dev/null -w '%%{redirect_url}' '%s'", c.url);
	f = popen(command, "r");
	assert_non_null(fgets(line, sizeof line, f));
	pclose(f);
	to = strstr(line, "/?");
	assert_non_null(to);
	assert_true(visit(&c, pool_print(pool, "GET %s", to), "200", &redirected));
	assert_true(oauth_code_finish(&o, user, &c, redirected, &e));
	t = token_of(&o, user, NULL, &e);
	assert_non_null(t);
	secret_free(&t);
	assert_false(oauth_code_finish(&o, user, &c, line, &e)); /* a code serves once */
	assert_non_null(strstr(e.text, "has ended (invalid_grant"));
	assert_false(oauth_code_finish(&o, user, &c, "http://127.0.0.1/?code=x&state=y", &e));
	assert_non_null(strstr(e.text, "not the address"));
	assert_false(oauth_code_finish(&o, user, &c, pool_print(pool, "/?error=access_denied&state=%s", c.state), &e));
	assert_non_null(strstr(e.text, "refused there"));
	/* RFC 9207: who says that it is another's code is believed */
	o.issuer = "https://id.example.org";
	assert_false(oauth_code_finish(&o, user, &c, pool_print(pool, "/?code=x&state=%s&iss=https%%3A%%2F%%2Faccounts.google.com", c.state), &e));
	assert_non_null(strstr(e.text, "the login was at accounts.google.com, not at id.example.org"));
	assert_false(oauth_code_finish(&o, user, &c, pool_print(pool, "/?code=x&state=%s&iss=https%%3A%%2F%%2Fid.example.org", c.state), &e));
	assert_non_null(strstr(e.text, "invalid_grant"));
	/* where the configuration names no issuer, one of another house than the login's page is none of its own */
	o.issuer = NULL;
	assert_false(oauth_code_finish(&o, user, &c, pool_print(pool, "/?code=x&state=%s&iss=https%%3A%%2F%%2Faccounts.google.com", c.state), &e));
	assert_non_null(strstr(e.text, "the login was at accounts.google.com, not at 127.0.0.1"));
	assert_false(oauth_code_finish(&o, user, &c, pool_print(pool, "/?code=x&state=%s&iss=http%%3A%%2F%%2F127.0.0.1", c.state), &e));
	assert_non_null(strstr(e.text, "invalid_grant"));
	oauth_code_end(&c);
}

static void the_device(void **state)
{
	static const struct {
		const char *path, *says;
	} links[] = {
		{ "complete", "enter a code of its own at microsoft.com: it is not believed" },
		{ "dot", "it is not believed" },
		{ "backslash", "no code for a device" },
		{ "slashes", "no code for a device" },
		{ "percent", "no code for a device" },
		{ "user", "no code for a device" },
		{ "clear", "no code for a device" },
	};
	struct oauth_conf o = client_of("http", "http", "/error/access_denied/token");
	struct oauth_device d;
	struct err e = { 0 };
	bool done = false;

	(void)state;
	if (!is_there)
		skip();
	assert_true(oauth_device_begin(&o, pool, &d, &e));
	assert_string_equal(d.user_code, "BDFH-JLNP");
	assert_int_equal(d.interval, 1);
	assert_false(oauth_device_ask(&o, "ada", &d, &done, &e));
	assert_non_null(strstr(e.text, "was refused there"));
	o = client_of("http", "http", "/error/slow_down/token");
	assert_true(oauth_device_ask(&o, "ada", &d, &done, &e));
	assert_int_equal(d.interval, 6);
	o = client_of("http", "http", "/error/expired_token/token");
	assert_false(oauth_device_ask(&o, "ada", &d, &done, &e));
	assert_non_null(strstr(e.text, "not entered in time"));
	o.device_authorization_endpoint = pool_print(pool, "http://127.0.0.1:%d/anothers/device", scripted_port(&scripted, "http"));
	assert_false(oauth_device_begin(&o, pool, &d, &e));
	assert_non_null(strstr(e.text, "enter a code of its own at www.google.com: it is not believed"));
	/* nor in the address that holds the code, nor where a browser reads another host than people do */
	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		o.device_authorization_endpoint = pool_print(pool, "http://127.0.0.1:%d/%s/device", scripted_port(&scripted, "http"), links[i].path);
		assert_false(oauth_device_begin(&o, pool, &d, &e));
		if (!strstr(e.text, links[i].says))
			fail_msg("%s: %s", links[i].path, e.text);
	}
	o.device_authorization_endpoint = pool_print(pool, "http://127.0.0.1:%d/ages/device", scripted_port(&scripted, "http"));
	assert_true(oauth_device_begin(&o, pool, &d, &e));
	assert_int_equal(d.expires_in, 3600);
	o.device_authorization_endpoint = pool_print(pool, "http://127.0.0.1:%d/html/device", scripted_port(&scripted, "http"));
	assert_false(oauth_device_begin(&o, pool, &d, &e));
	assert_non_null(strstr(e.text, "no code for a device"));
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

static void system_authorities(void **state)
{
	struct oauth_conf o = client_of("https", "https", "/token");
	struct oauth_device d;
	struct err e = { 0 };

	(void)state;
	if (!is_there || !tls_authorities(NULL))
		skip();
	o.ca = NULL;
	o.device_authorization_endpoint = pool_print(pool, "https://127.0.0.1:%d/device", scripted_port(&scripted, "https"));
	assert_false(oauth_device_begin(&o, pool, &d, &e)); /* ours is none of them */
	if (!strstr(e.text, tls_authorities(NULL)))
		fail_msg("%s", e.text);
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
	enum { ROWS = sizeof rows / sizeof *rows };
	struct CMUnitTest t[ROWS + 13] = {
		[ROWS] = { "while its provider is busy a token serves to its end", busy_but_good, NULL, NULL, NULL },
		[ROWS + 1] = { "without a login the owner is told how", nobody_yet, NULL, NULL, NULL },
		[ROWS + 2] = { "of many that renew at once one does: a refresh token is used once", rotation, NULL, NULL, NULL },
		[ROWS + 3] = { "its owner alone may open the file; a logout revokes and forgets", of_the_owner_alone, NULL, NULL, NULL },
		[ROWS + 9] = { "a login is tried under a store of its own, and then takes the other's place", tried_first, NULL, NULL, NULL },
		[ROWS + 12] = { "what root moves is the user's whose folder it is, and a link is none", by_root, NULL, NULL, NULL },
		[ROWS + 4] = { "a file that is broken asks for a login", broken_file, NULL, NULL, NULL },
		[ROWS + 5] = { "client_credentials need no login", as_the_client, NULL, NULL, NULL },
		[ROWS + 6] = { "a browser comes back to loopback, and nobody else does", by_a_browser, NULL, NULL, NULL },
		[ROWS + 8] = { "forty that are silent, or never end their request, keep no browser out", among_many, NULL, NULL, NULL },
		[ROWS + 10] = { "a request may come letter by letter, and not be endless", in_pieces, NULL, NULL, NULL },
		[ROWS + 11] = { "without an authority of one's own it is the system's that are asked", system_authorities, NULL, NULL, NULL },
		[ROWS + 7] = { "another device: asked slower, refused, too late", the_device, NULL, NULL, NULL },
	};

	for (size_t i = 0; i < ROWS; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	return cmocka_run_group_tests_name("border_oauth", t, start, stop);
}
