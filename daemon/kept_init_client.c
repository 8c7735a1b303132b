/* kept init, tokens in place of a password (OAuth 2): who gives them, to which client, and the section that says so */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "borders/http.h"
#include "borders/oauth.h"
#include "borders/secret.h"
#include "daemon/kept_file.h"
#include "daemon/kept_init.h"
#include "daemon/kept_terminal.h"

enum { SECTION_MOST = 16 << 10, SECRET_MOST = 4096 };

struct client_form {
	const char *steps; /* by which a person makes one: kept.conf(5), oauth, has the same */
	bool secret;       /* it has a secret, and that is wanted */
};

static struct client_form form_at(enum oauth_provider who)
{
	switch (who) {
	case OAUTH_GOOGLE:
		return (struct client_form){
			"  1. https://console.cloud.google.com/projectcreate: a project, of any name\n"
			"  2. https://console.cloud.google.com/auth/overview: Get started; audience Internal where that is offered, else\n"
			"     External, and then Audience, Publish app: else each login ends after seven days\n"
			"  3. https://console.cloud.google.com/auth/clients: Create client, Desktop app; it shows a client id and a secret\n",
			true
		};
	case OAUTH_MICROSOFT:
		return (struct client_form){
			"  1. https://entra.microsoft.com: Entra ID, App registrations, New registration; any name; who may use it: any\n"
			"     directory and personal accounts, or yours alone (then --tenant DOMAIN); redirect URI: Public client/native,\n"
			"     http://localhost\n"
			"  2. there: Authentication, Allow public client flows: Yes\n"
			"  3. API permissions, Add, Microsoft Graph, Delegated: IMAP.AccessAsUser.All, SMTP.Send, offline_access\n"
			"  4. Overview shows the client id: Application (client) ID\n",
			false
		};
	case OAUTH_OTHER: break;
	}
	return (struct client_form){
		"  Ask who runs it for a client for programs (native, public), whose redirect address is http://127.0.0.1/ with any\n"
		"  port; it has a client id.\n",
		false
	};
}

/* Who wants the login, as people call it. */
static const char *house_of(const struct init *i)
{
#define X(id, word, name) name,
	const char *const names[] = { OAUTH_PROVIDERS(X) addr_domain(i->mailbox) };
#undef X

	return names[i->oauth.provider];
}

/* ---- which client ---- */

bool init_wants_login(const struct init *i)
{
	const struct provider *v = i->found.provider;
	bool said = i->login || i->device || i->browser || i->credentials || i->oauth.client_id || i->oauth.token_endpoint ||
	            i->issuer;

	return said || i->found.no_password || (v && v->login == PROVIDER_OAUTH);
}

static void unless(const char **to, const char *found)
{
	*to = *to ? *to : found;
}

/* What the domain names, but nobody vouches for. */
static bool is_sure(struct init *i)
{
	const char *host = http_host(i->pool, i->found.oauth.token_endpoint);

	if (!i->found.oauth_sure && i->oauth.provider != OAUTH_OTHER)
		return init_no("a token of %s opens the whole account there, and is not for %s; give kept a mailbox elsewhere (--mailbox)",
		               host, i->found.imap.server.host);
	if (i->found.oauth_sure ||
	    init_agrees(i,
	                pool_print(i->pool, "%s gives tokens for %s, by %s, which is not sure. Is it right?", host,
	                           i->found.imap.server.host, i->found.oauth_whence),
	                false))
		return true;
	return init_no("no login is opened at %s, which is named by %s and not sure; if it is right, say so: --issuer URL",
	               host, i->found.oauth_whence);
}

/* As it was said, or found; what the big two have is known by their name. */
static bool settle_provider(struct init *i)
{
	struct oauth_conf *o = &i->oauth;
	const struct oauth_conf *found = &i->found.oauth;
	struct err e = { 0 };

	o->grant = i->credentials ? OAUTH_CLIENT_CREDENTIALS : OAUTH_LOGIN;
	o->provider = OAUTH_OTHER;
	o->ca = i->ca;
	if (i->scope)
		o->scope = strings_part(i->pool, pool_copy(i->pool, i->scope), ' ');
	if (i->issuer && !oauth_metadata(i->pool, i->issuer, o, &i->registers, &e))
		return init_no("%s; nothing was changed", e.text);
	if (o->token_endpoint || !found->token_endpoint)
		return true;
	o->provider = found->provider;
	if (o->provider == OAUTH_OTHER) {
		i->registers = i->found.registration_endpoint;
		o->token_endpoint = found->token_endpoint;
		o->issuer = found->issuer;
		unless(&o->authorization_endpoint, found->authorization_endpoint);
		unless(&o->device_authorization_endpoint, found->device_authorization_endpoint);
		unless(&o->revocation_endpoint, found->revocation_endpoint);
		o->scope = o->scope.n ? o->scope : found->scope;
	} else {
		o->ca = NULL;
	}
	return is_sure(i);
}

/* A client of kept's own, where one can be had without a person. One that was had and not used is nothing but a name. */
static void register_client(struct init *i)
{
	struct oauth_conf *o = &i->oauth;
	const char *host = http_host(i->pool, i->registers);
	struct oauth_client c;
	struct err e = { 0 };

	if (!oauth_register(i->pool, o, i->registers, &c, &e)) {
		printf("      %s\n", e.text);
		return;
	}
	printf("ok    %s has registered kept as a client\n", host);
	o->client_id = c.id;
	o->client_secret = "";
	if (c.secret && init_hold(i, c.secret, &o->client_secret)) /* its file is not another client's */
		i->secret = pool_print(i->pool, "%sclient-%lld.secret", i->folder, (long long)time(NULL));
	secret_free(&c.secret);
}

/* A typed one goes to a file of its own, when all is well. */
static bool client_secret(struct init *i, bool asked)
{
	bool wanted = i->credentials || form_at(i->oauth.provider).secret, well;
	const char **to = &i->oauth.client_secret;
	char secret[SECRET_MOST] = "";

	if (i->typed >= 0) /* it was registered with it */
		return true;
	i->secret = pool_print(i->pool, "%sclient.secret", i->folder);
	if (*to && strncmp(*to, "file:", 5) == 0)
		*to = pool_print(i->pool, "file:%s", file_absolute(i->pool, *to + 5));
	else if (!*to && wanted && access(i->secret, F_OK) == 0)
		*to = pool_print(i->pool, "file:%s", i->secret); /* `kept secret set client` was there before */
	if (*to || !(wanted || asked) || (!wanted && i->terminal < 0)) {
		*to = *to ? *to : "";
		i->secret = NULL;
		return true;
	}
	if (i->terminal < 0)
		return init_lacks(i, "the client's secret: say where it lies by --client-secret file:PATH, command:COMMAND or "
		                     "credential:NAME; or `kept secret set client` asks for it");
	if (!terminal_secret(i->terminal,
	                     pool_print(i->pool, "Client secret (it is not shown%s):", wanted ? "" : "; none: Enter"), secret,
	                     sizeof secret)) {
		*to = "";
		i->secret = NULL;
		return !wanted || init_no("no client secret was given; nothing was changed");
	}
	well = init_hold(i, secret, to);
	explicit_bzero(secret, sizeof secret);
	return well;
}

/* ---- the section of the configuration ---- */

static const char *list_of(struct pool *p, const struct strings *words)
{
	struct text *t = text_new(p, SECTION_MOST);

	for (size_t k = 0; k < words->n; k++)
		text_print(t, "%s %s", k ? "," : "[", init_quoted(p, words->list[k]));
	text_add(t, " ]");
	return t->s;
}

void init_oauth_section(struct init *i, struct text *t, const char *secret)
{
	const struct oauth_conf *o = &i->oauth;
	const struct {
		const char *name, *value;
	} rows[] = {
		{ "client_id", o->client_id },
		{ "client_secret", secret },
		{ "tenant", o->tenant },
		{ "authorization_endpoint", o->authorization_endpoint },
		{ "token_endpoint", o->token_endpoint },
		{ "device_authorization_endpoint", o->device_authorization_endpoint },
		{ "revocation_endpoint", o->revocation_endpoint },
		{ "issuer", o->issuer },
		{ "ca", o->ca },
	};

	text_print(t, "oauth: {\n  %s: {\n", o->key);
	if (o->provider != OAUTH_OTHER)
		init_setting(i, t, "provider", init_quoted(i->pool, conf_oauth_word(o->provider)), "");
	if (o->grant == OAUTH_CLIENT_CREDENTIALS)
		init_setting(i, t, "grant", "\"client_credentials\"", "");
	for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
		if (rows[k].value && *rows[k].value)
			init_setting(i, t, rows[k].name, init_quoted(i->pool, rows[k].value), "");
	if (o->scope.n)
		init_setting(i, t, "scope", list_of(i->pool, &o->scope), "");
	text_add(t, "  };\n};\n\n");
}

/* As the daemon will read it, so that what is tried is what is written. */
static bool read_client(struct init *i)
{
	bool house = strcmp(i->file, "/etc/kept/kept.conf") == 0; /* only under that name its database is known */
	const char *text = pool_print(i->pool, "%s%s", init_words(i, i->oauth.client_secret),
	                              house ? "database = \"/var/lib/kept/kept.db\";\n" : "");
	struct conf_errors errors = { 0 };
	char token[TOKEN_LENGTH + 1];
	int fd = memfd_create("kept", MFD_CLOEXEC);
	const char *path = pool_print(i->pool, "/proc/self/fd/%d", fd), *why;
	struct err e = { 0 };
	bool well;

	well = fd >= 0 && fchmod(fd, 0600) == 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) &&
	       conf_load(i->pool, path, &i->by, &errors);
	close(fd);
	for (size_t k = 0; k < errors.n; k++) {
		const char *says = strstr(errors.list[k], ": ");

		init_no("%s", says ? says + 2 : errors.list[k]);
	}
	if (!well)
		return init_no("nothing was written");
	i->trial = *i->by->oauths;
	secret_token(token);
	i->trial.store = pool_print(i->pool, "%s-init-%s", i->trial.store, token);
	i->trial.at = (struct source){ 0 };
	/* one that is revoked may be all that this user gave to the client, and so the login that keptd has */
	if (oauth_standing(i->pool, i->by->oauths, i->found.imap.server.user, &why, &e) && !*why)
		i->trial.revocation_endpoint = NULL;
	return true;
}

bool init_ask_client(struct init *i)
{
	struct oauth_conf *o = &i->oauth;
	bool asked;

	if (!settle_provider(i))
		return false;
	o->key = o->provider == OAUTH_OTHER ? "login" : conf_oauth_word(o->provider);
	if (o->provider == OAUTH_OTHER && !o->token_endpoint)
		return init_lacks(i,
		                  "who gives tokens for %s is not known: say it by --issuer, or --token-endpoint and "
		                  "--authorization-endpoint or --device-endpoint; or give kept a mailbox elsewhere (--mailbox)",
		                  i->found.imap.server.host);
	if (i->password)
		return init_lacks(i,
		                  "%s wants a login, not a password: leave --password away, or give kept a mailbox elsewhere "
		                  "(--mailbox)",
		                  house_of(i));
	if (!o->client_id && i->registers && !i->credentials)
		register_client(i);
	asked = !o->client_id && i->terminal >= 0;
	if (asked)
		dprintf(i->terminal, "Tokens stand in place of a password, for a client that is registered there once:\n%s",
		        form_at(o->provider).steps);
	return init_ask(i, &o->client_id, "--client-id; how one is made: kept.conf(5), oauth", "The client id?", "") &&
	       client_secret(i, asked) && read_client(i);
}
