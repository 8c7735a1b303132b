/* kept init - from a mail address to a configuration */
#include "daemon/kept_init.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "borders/net.h"
#include "daemon/kept_file.h"
#include "daemon/kept_terminal.h"

static const char help[] =
	"kept init - from a mail address to a configuration\n"
	"\n"
	"  kept init [OPTIONS] [ADDRESS]\n"
	"  kept init --show [--json] ADDRESS     only its servers, who gives tokens for them, and whence that is known\n"
	"\n"
	"ADDRESS is yours. The servers are found: by a table of large providers, SRV records, the domain's autoconfig file, its\n"
	"MX, or a custom. Then it logs in, once; sends one mail to itself, by which it learns what these servers do; writes\n"
	"the configuration, and starts keptd. What no option says is asked; without a terminal, or with --yes, each question\n"
	"has its default. Until all was tried nothing is written, and a configuration that is there is never changed.\n"
	"\n"
	"  --mailbox ADDRESS     a mailbox of kept's own, which is best; else it shares yours, by ADDRESS with +kept\n"
	"  --password WHERE      file:PATH, command:COMMAND or credential:NAME; else what `kept secret set kept` wrote, or asked\n"
	"  --login               tokens in place of a password (OAuth 2), after a login with a browser or by a code (--browser,\n"
	"                        --device); without a word where a provider takes no password\n"
	"  --client-id ID, --client-secret WHERE, --tenant NAME, --scope WORDS    of the client that you registered there: init\n"
	"                        says how; --client-credentials: it logs in itself, into a company's mailbox\n"
	"  --issuer URL          who gives the tokens, where it is not known; it says the rest of itself, or else:\n"
	"  --token-endpoint URL, --authorization-endpoint URL, --device-endpoint URL, --revocation-endpoint URL\n"
	"  --name NAME           yours; --zone ZONE, as Europe/Berlin; --language en, de, fr, es: else as this machine has them\n"
	"  --sent, --flags, --drafts    sharing your mailbox: what you send is seen to keep a promise, what you flag is one,\n"
	"                        mail to others waits in Drafts for you to send it; else it does none of that\n"
	"  --user NAME           to log in as; else the address of the mailbox\n"
	"  --imap HOST[:PORT], --smtp HOST[:PORT]    the servers; PORT/starttls where TLS begins later\n"
	"  --tracking ADDRESS    to which promises are sent; \"*@kept.example.org\": a domain of its own\n"
	"  --ca FILE             the authority (PEM) that signed the servers' certificates, where it is your own\n"
	"  --nameserver ADDRESS  to ask in place of the system's, as 192.0.2.1:5300; --autoconfig URL: where that file lies\n"
	"  --no-mail             send none; --wait SECONDS: for it to come back (60); --no-start: start nothing\n"
	"  --again               write a configuration though there is one, which is kept beside it\n"
	"  --yes                 ask nothing\n"
	"\n"
	"  kept init\n"
	"  kept init --mailbox kept@example.org ada@example.org\n"
	"  kept init --client-id 1b6f... ada@example.org\n"
	"  kept init --yes --mailbox kept@example.org --password 'command:pass show kept' ada@example.org\n"
	"\n"
	"Exit: 0 done, 1 failed, 2 wrong use.\n";

bool init_no(const char *format, ...)
{
	va_list a;

	fputs("kept: ", stderr);
	va_start(a, format);
	vfprintf(stderr, format, a);
	va_end(a);
	fputc('\n', stderr);
	return false;
}

bool init_lacks(struct init *i, const char *format, ...)
{
	va_list a;

	va_start(a, format);
	init_no("%s", pool_vprint(i->pool, format, a));
	va_end(a);
	i->rc = WRONG_USE;
	return false;
}

const char *init_server(struct pool *p, const struct server *s)
{
	static const char *const modes[] = { "TLS", "STARTTLS", "no TLS" };

	return pool_print(p, "%s port %d, %s", s->host, s->port, modes[s->tls]);
}

/* ---- the servers ---- */

/* "HOST", "HOST:PORT", "HOST:PORT/starttls" */
static bool named_server(struct init *i, const char *option, const char *said, struct discovered *to, bool imap)
{
	const char *slash = strchr(said, '/'), *colon = strchr(said, ':');
	size_t n = strcspn(said, ":/");
	char *end = NULL;
	long port = 0;

	if (colon)
		port = strtol(colon + 1, &end, 10);
	if (!n || (colon && (port < 1 || port > 65535 || (*end && *end != '/'))) ||
	    (slash && strcmp(slash, "/starttls") != 0))
		return init_no("%s %s: HOST, HOST:PORT or HOST:PORT/starttls", option, said);
	to->server = (struct server){ .host = pool_slice(i->pool, said, n),
		                      .tls = slash || port == 143 || port == 587 ? TLS_STARTTLS : TLS_IMPLICIT,
		                      .user = i->mailbox };
	to->server.port = port ? (int)port : to->server.tls == TLS_IMPLICIT ? (imap ? 993 : 465) : (imap ? 143 : 587);
	to->whence = "as you said";
	to->sure = true;
	return true;
}

/* One that is not under the domain, and that DNS alone names: it may be right, and it may be somebody who forges DNS. */
static bool is_sure(struct init *i, const char *what, const char *option, const struct discovered *d)
{
	if (!*d->server.host)
		return init_no("%s: no %s server was found%s%s; name it: %s HOST[:PORT]", i->mailbox, what,
		               i->found.clear ? " that offers TLS, without which kept sends no password; asked: " : "",
		               i->found.clear ? i->found.clear : "", option);
	printf("ok    %s is at %s (%s)\n", what, init_server(i->pool, &d->server), d->whence);
	fflush(stdout);
	if (d->sure ||
	    init_agrees(i,
	                pool_print(i->pool, "%s is not under %s, and DNS alone names it. Is it right?",
	                           d->server.host, addr_domain(i->mailbox)),
	                false))
		return true;
	return init_no("no password is sent to %s, which DNS alone names; if it is right: %s %s:%d%s", d->server.host,
	               option, d->server.host, d->server.port, d->server.tls == TLS_STARTTLS ? "/starttls" : "");
}

/* Nobody says where it is, but whoever is asked may know. Empty: they do not. */
static bool asked_server(struct init *i, const char *what, const char *option, struct discovered *d, bool imap)
{
	const char *said = "";

	if (*d->server.host || i->found.clear || i->terminal < 0)
		return true;
	if (!terminal_ask(i->pool, i->terminal,
	                  pool_print(i->pool, "No %s server was found for %s; its provider's help names it. HOST or HOST:PORT?", what,
	                             i->mailbox),
	                  "", &said)) {
		i->ended = true;
		return !init_ended(i);
	}
	return !*said || named_server(i, option, said, d, imap);
}

static bool find_servers(struct init *i)
{
	struct err e = { 0 };

	i->found = (struct discovery){ .imap.server.host = "", .smtp.server.host = "" };
	if (!(i->imap && i->smtp) &&
	    !discover(i->pool, i->mailbox, &(struct discover_how){ i->nameserver, i->autoconfig, i->ca }, &i->found,
	              &e))
		return init_no("%s%s nothing was changed", e.text, e.text[strlen(e.text) - 1] == '?' ? "" : ";");
	if ((i->imap && !named_server(i, "--imap", i->imap, &i->found.imap, true)) ||
	    (i->smtp && !named_server(i, "--smtp", i->smtp, &i->found.smtp, false)))
		return false;
	if (i->imap)
		i->found.provider = provider_of_host(i->found.imap.server.host);
	if (i->found.provider && i->found.provider->login == PROVIDER_NONE)
		return init_no("%s (--mailbox); nothing was changed", provider_password(i->pool, i->found.provider));
	if ((i->imap || i->smtp) && i->found.oauth.provider != OAUTH_OTHER)
		i->found.oauth = (struct oauth_conf){ 0 };
	discover_known_oauth(i->pool, &i->found);
	if (!asked_server(i, "IMAP", "--imap", &i->found.imap, true) || !asked_server(i, "submission", "--smtp", &i->found.smtp, false))
		return false;
	if (!is_sure(i, "IMAP", "--imap", &i->found.imap) || !is_sure(i, "submission", "--smtp", &i->found.smtp))
		return false;
	if (i->user)
		i->found.imap.server.user = i->found.smtp.server.user = i->user;
	return true;
}

/* ---- the whole ---- */

static bool arguments(struct call *c, struct init *i, int *rc)
{
	const struct {
		const char *name, **to;
	} valued[] = {
		{ "--mailbox", &i->mailbox },
		{ "--name", &i->name },
		{ "--zone", &i->zone },
		{ "--language", &i->language },
		{ "--password", &i->password },
		{ "--user", &i->user },
		{ "--imap", &i->imap },
		{ "--smtp", &i->smtp },
		{ "--tracking", &i->tracking },
		{ "--wait", &i->wait },
		{ "--ca", &i->ca },
		{ "--nameserver", &i->nameserver },
		{ "--autoconfig", &i->autoconfig },
		{ "--client-id", &i->oauth.client_id },
		{ "--client-secret", &i->oauth.client_secret },
		{ "--tenant", &i->oauth.tenant },
		{ "--scope", &i->scope },
		{ "--issuer", &i->issuer },
		{ "--authorization-endpoint", &i->oauth.authorization_endpoint },
		{ "--token-endpoint", &i->oauth.token_endpoint },
		{ "--device-endpoint", &i->oauth.device_authorization_endpoint },
		{ "--revocation-endpoint", &i->oauth.revocation_endpoint },
	};
	const struct {
		const char *name;
		bool *to;
	} plain[] = {
		{ "--show", &i->show },   { "--json", &i->json },       { "--yes", &i->yes },
		{ "--again", &i->again }, { "--no-mail", &i->no_mail }, { "--no-start", &i->no_start },
		{ "--sent", &i->sent },   { "--flags", &i->flags },     { "--drafts", &i->drafts },
		{ "--login", &i->login }, { "--device", &i->device },   { "--browser", &i->browser },
		{ "--client-credentials", &i->credentials },
	};

	*rc = WRONG_USE;
	for (int k = 1; k < c->argc; k++) {
		const char *a = c->argv[k];
		bool taken = false;

		for (size_t v = 0; v < sizeof plain / sizeof *plain && !taken; v++)
			if ((taken = strcmp(a, plain[v].name) == 0))
				*plain[v].to = true;
		for (size_t v = 0; v < sizeof valued / sizeof *valued && !taken; v++)
			if ((taken = strcmp(a, valued[v].name) == 0)) {
				if (k + 1 >= c->argc)
					return init_no("%s needs a value; `kept init --help`", a);
				*valued[v].to = c->argv[++k];
			}
		if (!taken && a[0] == '-')
			return init_no("unknown option '%s'; `kept init --help`", a);
		if (!taken && i->address)
			return init_no("one address; `kept init --help`");
		if (!taken)
			i->address = a;
	}
	if (i->device && i->browser)
		return init_no("--device or --browser, not both");
	return true;
}

static const char *environment(const char *name)
{
	return strcmp(name, "KEPT_CONF") == 0 ? NULL : getenv(name);
}

/* Where it shall lie: as it is looked for, but that the whole house's file is written only where it is named. */
static bool place(struct call *c, struct init *i)
{
	const char *home = getenv("HOME"), *set = getenv("KEPT_CONF"), *config = getenv("XDG_CONFIG_HOME"), *slash;

	i->usual = config && *config == '/' ? pool_print(c->pool, "%s/kept/kept.conf", config)
	           : home && *home == '/'   ? pool_print(c->pool, "%s/.config/kept/kept.conf", home)
	                                    : conf_file(c->pool, environment);
	i->file = file_absolute(c->pool, c->conf_file ? c->conf_file : set && *set ? set : i->usual);
	slash = strrchr(i->file, '/');
	i->folder = pool_slice(c->pool, i->file, (size_t)(slash - i->file) + 1);
	/* a link to a disk that is not there is one */
	if (faccessat(AT_FDCWD, i->file, F_OK, AT_SYMLINK_NOFOLLOW) != 0 || i->again)
		return true;
	printf("%s is there already, and was not changed. `kept check` tries it, `kept status` says whether keptd runs; `kept init --again` writes it anew, and keeps this one beside it.\n",
	       i->file);
	return false;
}

static int set_up(struct call *c, struct init *i)
{
	if (i->ca)
		i->ca = file_absolute(c->pool, i->ca);
	if (!place(c, i))
		return DONE_WELL;
	if (i->yes || !terminal_open(&i->terminal))
		i->terminal = -1;
	if (!init_ask_who(i) || !find_servers(i) || !(init_wants_login(i) ? init_ask_client(i) : init_ask_password(i)))
		return i->rc;
	if (i->by && !init_goes_on(i, &i->rc))
		return i->rc;
	if (!init_log_in(i) || !init_try(i) || !init_write(i))
		return i->rc;
	init_start(i);
	return DONE_WELL;
}

int kept_init(struct call *c)
{
	struct init i = { .pool = c->pool, .terminal = -1, .typed = -1, .key = "", .rc = FAILED };
	struct err e = { 0 };
	int rc;

	if (kept_help(c, help))
		return DONE_WELL;
	if (!arguments(c, &i, &rc))
		return rc;
	net_start();
	if (!i.show) {
		rc = set_up(c, &i);
		conf_close(&i.by);
		return rc;
	}
	if (!i.address)
		return kept_say(WRONG_USE, "usage: kept init --show ADDRESS; `kept init --help`");
	if (!discover(i.pool, i.address, &(struct discover_how){ i.nameserver, i.autoconfig, i.ca }, &i.found, &e))
		return kept_say(FAILED, "%s", e.text);
	return init_show(&i);
}
