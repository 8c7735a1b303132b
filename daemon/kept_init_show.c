/* kept init --show: the servers of an address, and whence that is known */
#include <jansson.h>
#include <stdio.h>

#include "borders/http.h"
#include "daemon/kept_init.h"

/* What is peculiar about a provider, besides its password. */
static const char *quirks(struct pool *p, const struct provider *v)
{
	static const char *const plus[] = { "whether it delivers addresses with a + is not known", "addresses with a + work",
		                            "addresses with a + do not work" };
	struct text *t = text_new(p, 1000);

	text_add(t, plus[v->plus]);
	if (v->authserv)
		text_print(t, "; its Authentication-Results %s%s", *v->authserv ? "is that of " : "bears no name", v->authserv);
	if (v->keeps_sent)
		text_add(t, "; what is handed in lies in Sent by itself");
	return t->s;
}

static json_t *server_json(const struct discovered *d)
{
	static const char *const tls[] = { "implicit", "starttls", "none" };
	json_t *o;

	if (!*d->server.host)
		return json_null();
	o = json_object();
	json_object_set_new(o, "host", json_string(d->server.host));
	json_object_set_new(o, "port", json_integer(d->server.port));
	json_object_set_new(o, "tls", json_string(tls[d->server.tls]));
	json_object_set_new(o, "user", json_string(d->server.user));
	json_object_set_new(o, "whence", json_string(d->whence));
	json_object_set_new(o, "sure", json_boolean(d->sure));
	return o;
}

static json_t *word_json(const char *s)
{
	return s ? json_string(s) : json_null();
}

static json_t *oauth_json(const struct discovery *d)
{
	const struct oauth_conf *c = &d->oauth;
	json_t *o, *scope = json_array();

	if (!c->token_endpoint) {
		json_decref(scope);
		return json_null();
	}
	o = json_object();
	for (size_t i = 0; i < c->scope.n; i++)
		json_array_append_new(scope, json_string(c->scope.list[i]));
	json_object_set_new(o, "provider", json_string(conf_oauth_word(c->provider)));
	json_object_set_new(o, "authorization_endpoint", word_json(c->authorization_endpoint));
	json_object_set_new(o, "token_endpoint", word_json(c->token_endpoint));
	json_object_set_new(o, "device_authorization_endpoint", word_json(c->device_authorization_endpoint));
	json_object_set_new(o, "revocation_endpoint", word_json(c->revocation_endpoint));
	json_object_set_new(o, "registration_endpoint", word_json(d->registration_endpoint));
	json_object_set_new(o, "scope", scope);
	json_object_set_new(o, "whence", word_json(d->oauth_whence));
	json_object_set_new(o, "sure", json_boolean(d->oauth_sure));
	return o;
}

static bool takes_password(const struct discovery *d)
{
	return !d->no_password &&
	       !(d->provider && (d->provider->login == PROVIDER_OAUTH || d->provider->login == PROVIDER_NONE));
}

static void show_json(struct pool *p, const struct discovery *d)
{
	json_t *o = json_object(), *told = json_array();

	json_object_set_new(o, "imap", server_json(&d->imap));
	json_object_set_new(o, "smtp", server_json(&d->smtp));
	json_object_set_new(o, "provider", d->provider ? json_string(d->provider->name) : json_null());
	json_object_set_new(o, "password", json_boolean(takes_password(d)));
	json_object_set_new(o, "oauth", oauth_json(d));
	json_object_set_new(o, "quirks", d->provider ? json_string(quirks(p, d->provider)) : json_null());
	for (size_t i = 0; i < d->told.n; i++)
		json_array_append_new(told, json_string(d->told.list[i]));
	json_object_set_new(o, "told", told);
	json_dumpf(o, stdout, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
	putchar('\n');
	json_decref(o);
}

static void show_server(struct pool *p, const char *what, const struct discovered *d)
{
	if (*d->server.host)
		printf("  %-10s  %s, as %s\n              by %s%s\n", what, init_server(p, &d->server), d->server.user,
		       d->whence,
		       d->sure ? "" : "; it is not under that domain: make sure before you send a password there");
	else
		printf("  %-10s  not found\n", what);
}

static void show_oauth(struct pool *p, const struct discovery *d)
{
	const struct oauth_conf *o = &d->oauth;

	if (!o->token_endpoint)
		return;
	printf("  tokens      of %s%s; a login %s%s%s%s\n              by %s%s\n", http_host(p, o->token_endpoint),
	       takes_password(d) ? ", beside a password" : "",
	       o->authorization_endpoint ? pool_print(p, "in the browser at %s", http_host(p, o->authorization_endpoint)) : "",
	       o->authorization_endpoint && o->device_authorization_endpoint ? ", or " : "",
	       o->device_authorization_endpoint ? "by another device" : "",
	       d->registration_endpoint ? "; it registers clients by itself" : "", d->oauth_whence,
	       d->oauth_sure ? "" : "; it is not of that domain: make sure before you log in there");
}

int init_show(struct init *i)
{
	const struct discovery *d = &i->found;

	if (i->json) {
		show_json(i->pool, d);
	} else {
		printf("%s\n", i->address);
		show_server(i->pool, "IMAP", &d->imap);
		show_server(i->pool, "submission", &d->smtp);
		if (d->provider)
			printf("  password    %s\n  besides     %s\n", provider_password(i->pool, d->provider), quirks(i->pool, d->provider));
		else if (d->no_password)
			puts("  password    none: it takes a login in the browser alone");
		show_oauth(i->pool, d);
		for (size_t k = 0; k < d->told.n; k++)
			printf("%s%s\n", k ? "              " : "  asked       ", d->told.list[k]);
	}
	return *d->imap.server.host && *d->smtp.server.host ? DONE_WELL : FAILED;
}
