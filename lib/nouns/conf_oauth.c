/* the section oauth: who gives tokens, and what is known of the big providers */
#include "nouns/conf_inner.h"

#include <libconfig.h>
#include <string.h>
#include <strings.h>

#include "ground/text.h"

/* @ stands for the tenant. Microsoft revokes no token by RFC 7009; Google gives none for mail to devices. */
static const struct preset {
	const char *authorization_endpoint, *token_endpoint, *device_authorization_endpoint, *revocation_endpoint;
	const char *scope[4], *client_scope, *calendar_scope;
} presets[] = {
	[OAUTH_GOOGLE] = { "https://accounts.google.com/o/oauth2/v2/auth",
			   "https://oauth2.googleapis.com/token",
			   NULL,
			   "https://oauth2.googleapis.com/revoke",
			   { "https://mail.google.com/" },
			   NULL,
			   "https://www.googleapis.com/auth/calendar" },
	[OAUTH_MICROSOFT] = { "https://login.microsoftonline.com/@/oauth2/v2.0/authorize",
			      "https://login.microsoftonline.com/@/oauth2/v2.0/token",
			      "https://login.microsoftonline.com/@/oauth2/v2.0/devicecode",
			      NULL,
			      { "https://outlook.office.com/IMAP.AccessAsUser.All",
				"https://outlook.office.com/SMTP.Send", "offline_access" },
			      "https://outlook.office365.com/.default",
			      NULL },
	[OAUTH_OTHER] = { 0 },
};

const char *conf_oauth_word(enum oauth_provider who)
{
#define X(id, word, name) word,
	static const char *const words[] = { OAUTH_PROVIDERS(X) "other" };
#undef X

	return words[who];
}

enum oauth_provider conf_oauth_of(const char *host)
{
	size_t n = strlen(host);

	for (size_t i = 0; i < sizeof presets / sizeof *presets; i++) {
		const char *const known[] = { presets[i].authorization_endpoint, presets[i].token_endpoint };

		for (size_t k = 0; k < 2; k++) {
			const char *at = known[k] ? known[k] + strlen("https://") : "";

			if (strncasecmp(at, host, n) == 0 && at[n] == '/')
				return (enum oauth_provider)i;
		}
	}
	return OAUTH_OTHER;
}

static void endpoint(struct pool *p, const struct oauth_conf *o, const char *known, const char **to)
{
	const char *at = known ? strchr(known, '@') : NULL;

	if (!*to && known)
		*to = at ? pool_print(p, "%.*s%s%s", (int)(at - known), known, o->tenant, at + 1) : known;
}

static void endpoints(struct pool *p, struct oauth_conf *o)
{
	const struct preset *known = &presets[o->provider];

	endpoint(p, o, known->authorization_endpoint, &o->authorization_endpoint);
	endpoint(p, o, known->token_endpoint, &o->token_endpoint);
	endpoint(p, o, known->device_authorization_endpoint, &o->device_authorization_endpoint);
	endpoint(p, o, known->revocation_endpoint, &o->revocation_endpoint);
}

static void add(struct pool *p, struct oauth_conf *o, const char *scope)
{
	if (scope)
		*(const char **)pool_more(p, &o->scope.list, o->scope.n++, sizeof(char *)) = scope;
}

/* For what it serves, and no more. */
static void scope(struct pool *p, struct oauth_conf *o, bool mail, bool calendar)
{
	const struct preset *known = &presets[o->provider];
	bool client = o->grant == OAUTH_CLIENT_CREDENTIALS && known->client_scope;

	if (o->scope.n)
		return;
	if (client)
		add(p, o, known->client_scope);
	for (size_t i = 0; !client && mail && i < 4; i++)
		add(p, o, known->scope[i]);
	if (!client && calendar)
		add(p, o, known->calendar_scope);
}

void conf_oauth_preset(struct pool *p, struct oauth_conf *o)
{
	endpoints(p, o);
	scope(p, o, true, false);
}

void conf_oauth_scopes(struct conf_reading *r)
{
	const struct conf *c = r->conf;

	for (size_t k = 0; k < c->oauth_count; k++) {
		struct oauth_conf *o = &c->oauths[k];
		bool mail = false, calendar = false;

		for (size_t i = 0; i < c->mailbox_count; i++)
			mail |= c->mailboxes[i].server.oauth == o;
		for (size_t i = 0; i < c->submission_count; i++)
			mail |= c->submissions[i].server.oauth == o;
		for (size_t i = 0; i < c->calendar_count; i++)
			calendar |= c->calendars[i].oauth == o;
		/* one that serves nothing yet is taken for one of mail */
		scope(r->pool, o, mail || !calendar || !presets[o->provider].calendar_scope, calendar);
	}
}

static void check(struct conf_reading *r, const config_setting_t *g, const char *path, const struct oauth_conf *o)
{
	const struct {
		const char *name, *url;
	} endpoints[] = {
		{ "authorization_endpoint", o->authorization_endpoint },
		{ "token_endpoint", o->token_endpoint },
		{ "device_authorization_endpoint", o->device_authorization_endpoint },
		{ "revocation_endpoint", o->revocation_endpoint },
	};

	for (size_t i = 0; i < sizeof endpoints / sizeof *endpoints; i++)
		if (endpoints[i].url && !conf_safe_url(r->pool, endpoints[i].url))
			conf_fault_at(r, g,
				      "%s.%s: without TLS anyone on the way can read the token; https://… (http is for "
				      "127.x, ::1 and localhost)",
				      path, endpoints[i].name);
	if (!o->token_endpoint && !conf_misspelt(r, g, "oauth", "token_endpoint"))
		conf_fault_at(r, g,
			      "%s.token_endpoint is missing; https://…, or provider = \"google\" or \"microsoft\"",
			      path);
	if (o->grant == OAUTH_LOGIN && !o->authorization_endpoint && !o->device_authorization_endpoint)
		conf_fault_at(r, g, "%s: no way to log in; authorization_endpoint or device_authorization_endpoint",
			      path);
	if (o->grant == OAUTH_CLIENT_CREDENTIALS && o->provider == OAUTH_GOOGLE)
		conf_fault_at(r, g, "%s.grant: Google has no client_credentials for mail; login", path);
	else if (o->grant == OAUTH_CLIENT_CREDENTIALS && !*o->client_secret &&
		 !config_setting_get_member((config_setting_t *)g, "client_secret"))
		conf_fault_at(r, g, "%s.client_secret is missing; client_credentials are it; %s", path,
			      conf_key_find("oauth", "client_secret")->allowed);
}

void conf_oauths(struct conf_reading *r, const config_t *file)
{
	struct conf *c = r->conf;
	size_t n;
	const config_setting_t *in = conf_section(file, "oauth", &n), *g;
	const char *key, *path;

	c->oauths = pool_list(r->pool, n, sizeof *c->oauths);
	for (size_t i = 0; i < n; i++) {
		struct oauth_conf *o = &c->oauths[c->oauth_count];

		g = conf_group(r, in, i, &key, &path);
		if (!g)
			continue;
		*o = (struct oauth_conf){ .key = key, .at = conf_source_of(r, g) };
		conf_fill(r, g, "oauth", path, o, false);
		endpoints(r->pool, o);
		check(r, g, path, o);
		c->oauth_count++;
	}
}
