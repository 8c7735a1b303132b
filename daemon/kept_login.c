/* kept login, logout: the owner lets a provider give tokens for an account, by a browser or another device */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "borders/net.h"
#include "daemon/kept_ledger.h"
#include "daemon/kept_login.h"
#include "ground/wake.h"

enum { BROWSER_SECONDS = 900, ADDRESS_LINE_MOST = 8192 };

static const char login_help[] =
	"kept login - let a provider give tokens for an account, in place of a password (OAuth 2)\n\n"
	"  kept login [NAME] [--device | --browser]\n\n"
	"NAME is the user of the account, or the name of a mailbox, submission or calendar with oauth = \"…\" (kept.conf(5));\n"
	"without it, the only account there is, else they are listed. Once is enough: keptd renews the tokens\n"
	"until they are revoked.\n\n"
	"  kept login                       shows an address; log in there with a browser on this machine\n"
	"  kept login ada@example.org       over ssh too: paste here what the browser's address line ends with\n"
	"  kept login capture --device      shows a code; enter it on any device\n\n"
	"  --device   by a code, where the provider has that; the default where there is no screen\n"
	"  --browser  by a browser\n\n"
	"To be run as the user whose keptd it is: the tokens lie beside the database, for that user alone to read.\n";

static const char logout_help[] =
	"kept logout - forget the tokens of an account, and have them revoked where the provider can do that\n\n"
	"  kept logout [NAME]\n\n"
	"  kept logout ada@example.org\n\n"
	"What is to be read and sent by that account waits until the next kept login; nothing is lost.\n";

struct account {
	const struct oauth_conf *by;
	const char *user, *places; /* "mailbox ada, submission ada" */
};

static bool is_same(const struct account *a, const struct server *s)
{
	return a->by == s->oauth && strcmp(a->user, s->user) == 0;
}

static void note(struct pool *p, struct account **list, size_t *n, const struct server *s, const char *kind,
		 const char *key)
{
	struct account *a = NULL;

	if (!s->oauth)
		return;
	for (size_t i = 0; i < *n && !a; i++)
		a = is_same(&(*list)[i], s) ? &(*list)[i] : NULL;
	if (!a) {
		a = pool_more(p, list, (*n)++, sizeof *a);
		*a = (struct account){ s->oauth, s->user, "" };
	}
	a->places = pool_print(p, "%s%s%s %s", a->places, *a->places ? ", " : "", kind, key);
}

/* Those of the configuration, or those that `name` means. */
static size_t accounts(struct pool *p, const struct conf *c, const char *name, struct account **list)
{
	size_t n = 0;

	for (size_t i = 0; i < c->mailbox_count; i++)
		if (!name || strcmp(name, c->mailboxes[i].key) == 0 || text_same(name, c->mailboxes[i].server.user))
			note(p, list, &n, &c->mailboxes[i].server, "mailbox", c->mailboxes[i].key);
	for (size_t i = 0; i < c->submission_count; i++)
		if (!name || strcmp(name, c->submissions[i].key) == 0 || text_same(name, c->submissions[i].server.user))
			note(p, list, &n, &c->submissions[i].server, "submission", c->submissions[i].key);
	for (size_t i = 0; i < c->calendar_count; i++)
		if (!name || strcmp(name, c->calendars[i].key) == 0 || text_same(name, c->calendars[i].user))
			note(p, list, &n, &(struct server){ .oauth = c->calendars[i].oauth, .user = c->calendars[i].user }, "calendar",
			     c->calendars[i].key);
	return n;
}

static int list_them(struct pool *p, const struct account *list, size_t n, const char *verb)
{
	for (size_t i = 0; i < n; i++) {
		const char *why = "";
		struct err e = { 0 };
		bool known = oauth_standing(p, list[i].by, list[i].user, &why, &e);

		printf("%s  %s: %s\n", list[i].user, list[i].places, !known ? e.text : *why ? why : "logged in");
	}
	fflush(stdout);
	return kept_say(WRONG_USE, "which of them? kept %s NAME", verb);
}

/* The one account that is meant; DONE_WELL to go on. */
static int choose(struct call *c, const struct conf *conf, const char *name, const char *verb, struct account *out)
{
	struct account *list = NULL;
	size_t n = accounts(c->pool, conf, name, &list);

	if (n == 0 && name)
		return kept_say(FAILED, "no account with oauth is called '%s'", name);
	if (n == 0)
		return kept_say(FAILED, "no mailbox, submission or calendar has oauth = \"…\": kept.conf(5)");
	if (n > 1)
		return list_them(c->pool, list, n, verb);
	*out = list[0];
	return DONE_WELL;
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- by a code ---- */

static bool by_device(struct pool *p, const struct oauth_conf *o, const char *user, struct err *e)
{
	struct oauth_device d;
	double until;
	bool done = false;

	if (!oauth_device_begin(o, p, &d, e))
		return false;
	printf("Open this address on any device, and enter the code there, as %s:\n\n  %s\n\n  code: %s\n\n", user,
	       line_from(p, d.verification_uri, 2000).s, line_from(p, d.user_code, 100).s);
	if (*d.verification_uri_complete)
		printf("or this one, which holds the code: %s\n\n", d.verification_uri_complete);
	fflush(stdout);
	until = seconds() + d.expires_in;
	while (!done) {
		struct err once = { 0 };

		if (seconds() > until)
			return err_perm(e, "the code was not entered in time");
		sleep((unsigned)(d.interval < 60 ? d.interval : 60));
		if (!oauth_device_ask(o, user, &d, &done, &once) && once.kind != ERR_TEMP) {
			*e = once;
			return false;
		}
	}
	return true;
}

/* ---- by a browser ---- */

/* A line that was pasted: the address where the browser ended. false: the input is over. */
static bool pasted(struct pool *p, int in, const char **redirected)
{
	char line[ADDRESS_LINE_MOST];
	size_t n = 0;
	char c;
	ssize_t r;

	while ((r = read(in, &c, 1)) == 1 && c != '\n')
		if (n < sizeof line)
			line[n++] = c;
	*redirected = n && n < sizeof line ? text_squeeze(p, pool_slice(p, line, n)) : "";
	explicit_bzero(line, sizeof line);
	return r == 1 || n > 0;
}

/* Until the browser knocks, or its address was pasted. */
static bool await(struct pool *p, struct oauth_code *code, int in, const char **redirected, struct err *e)
{
	double until = seconds() + BROWSER_SECONDS;
	bool came = false, listens = true;

	while (!came) {
		struct pollfd f[2] = { { code->fd, POLLIN, 0 }, { listens ? in : -1, POLLIN, 0 } };
		double left = until - seconds();

		if (left <= 0)
			return err_perm(e, "nobody came back from the login within %d minutes", BROWSER_SECONDS / 60);
		if (poll(f, 2, (int)(left * 1000) + 1) <= 0)
			continue;
		if (f[0].revents && !oauth_code_came(p, code, &came, redirected, e))
			return false;
		if (!came && f[1].revents) {
			listens = pasted(p, in, redirected);
			came = strstr(*redirected, code->state) != NULL;
			if (!came && **redirected)
				puts("That is not where this login ends: an address with code= and state= in it. Once "
				     "more:");
			fflush(stdout);
		}
	}
	return true;
}

static bool by_browser(struct pool *p, const struct oauth_conf *o, const char *user, int in, struct err *e)
{
	struct oauth_code code;
	const char *redirected = "";
	bool ok;

	if (!oauth_code_begin(o, user, p, &code, e))
		return false;
	printf("Open this address in a browser, and log in as %s:\n\n%s\n\n"
	       "If the browser runs on another machine, it ends at a page that it cannot show: paste that page's "
	       "address here.\n\n",
	       user, code.url);
	fflush(stdout);
	ok = await(p, &code, in, &redirected, e) && oauth_code_finish(o, user, &code, redirected, e);
	oauth_code_end(&code);
	return ok;
}

static bool has_screen(void)
{
	const char *x = getenv("DISPLAY"), *wayland = getenv("WAYLAND_DISPLAY");

	return (x && *x) || (wayland && *wayland);
}

bool login_run(struct pool *p, const struct oauth_conf *o, const char *user, enum login_way way, int in, struct err *e)
{
	bool device = o->device_authorization_endpoint, browser = o->authorization_endpoint;

	if (way == LOGIN_DEVICE && !device)
		return err_perm(e, "oauth.%s has no device_authorization_endpoint; --browser works over ssh too", o->key);
	if (way == LOGIN_BROWSER && !browser)
		return err_perm(e, "oauth.%s has no authorization_endpoint; --device", o->key);
	if (way == LOGIN_AS_FITS)
		way = device && (!browser || !has_screen()) ? LOGIN_DEVICE : LOGIN_BROWSER;
	return way == LOGIN_DEVICE ? by_device(p, o, user, e) : by_browser(p, o, user, in, e);
}

/* ---- the subcommands ---- */

static int log_in(struct pool *p, const struct conf *conf, const struct account *a, enum login_way way)
{
	struct err e = { 0 };

	if (a->by->grant == OAUTH_CLIENT_CREDENTIALS)
		return kept_say(FAILED, "%s needs no login: oauth.%s has client_credentials", a->user, a->by->key);
	net_start();
	sql_folder(conf->database);
	if (!login_run(p, a->by, a->user, way, STDIN_FILENO, &e))
		return kept_say(FAILED, "%s", e.text);
	wake_ring_process(pool_print(p, "%s.bell", conf->database));
	printf("%s is logged in (%s). `kept check --no-mail` tries it.\n", a->user, a->places);
	return DONE_WELL;
}

int kept_login(struct call *c)
{
	struct account a;
	struct conf *conf;
	const char *name = NULL;
	bool device = false, browser = false;
	int rc;

	if (kept_help(c, login_help))
		return DONE_WELL;
	for (int i = 1; i < c->argc; i++) {
		if (strcmp(c->argv[i], "--device") == 0)
			device = true;
		else if (strcmp(c->argv[i], "--browser") == 0)
			browser = true;
		else if (c->argv[i][0] == '-' || name)
			return kept_say(WRONG_USE, "'%s' is too much; `kept login --help`", c->argv[i]);
		else
			name = c->argv[i];
	}
	if (device && browser)
		return kept_say(WRONG_USE, "--device or --browser, not both");
	conf = kept_conf(c);
	if (!conf)
		return FAILED;
	rc = ledger_not_as_root(c->pool, conf);
	rc = rc == DONE_WELL ? choose(c, conf, name, "login", &a) : rc;
	rc = rc == DONE_WELL ? log_in(c->pool, conf, &a, device ? LOGIN_DEVICE : browser ? LOGIN_BROWSER : LOGIN_AS_FITS) : rc;
	conf_close(&conf);
	return rc;
}

int kept_logout(struct call *c)
{
	struct account a;
	struct conf *conf;
	struct err e = { 0 };
	const char *why = "";
	bool revoked = false;
	int rc;

	if (kept_help(c, logout_help))
		return DONE_WELL;
	if (c->argc > 2 || (c->argc == 2 && c->argv[1][0] == '-'))
		return kept_say(WRONG_USE, "'%s' is too much; `kept logout --help`", c->argv[c->argc - 1]);
	conf = kept_conf(c);
	if (!conf)
		return FAILED;
	net_start();
	rc = ledger_not_as_root(c->pool, conf);
	rc = rc == DONE_WELL ? choose(c, conf, c->argc == 2 ? c->argv[1] : NULL, "logout", &a) : rc;
	if (rc == DONE_WELL && (!oauth_standing(c->pool, a.by, a.user, &why, &e) || !oauth_forget(a.by, a.user, &revoked, &e)))
		rc = kept_say(FAILED, "%s", e.text);
	else if (rc == DONE_WELL && *why)
		printf("%s was not logged in here.\n", a.user);
	else if (rc == DONE_WELL)
		printf("%s is logged out here%s.\n", a.user,
		       revoked ? ", and its tokens are revoked"
			       : "; its provider was not told: take kept's access away in the account's settings "
				 "there");
	conf_close(&conf);
	return rc;
}
