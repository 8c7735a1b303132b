/* kept init - from a mail address to a configuration */
#include "daemon/kept_init.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "borders/net.h"

static const char help[] =
	"kept init - from a mail address to a configuration\n"
	"\n"
	"  kept init --show [--json] [--nameserver ADDRESS] [--autoconfig URL] [--ca FILE] ADDRESS\n"
	"\n"
	"--show says which servers an address has, and whence that is known: the table of large providers, SRV records,\n"
	"the domain's own autoconfig file, its MX, or a custom. Nothing is written, no password is asked for.\n"
	"\n"
	"  --json                one object: imap, smtp, provider, told\n"
	"  --nameserver ADDRESS  the name server to ask, as 192.0.2.1 or 192.0.2.1:5300; else the system's\n"
	"  --autoconfig URL      where the autoconfig file lies; else the places where it lies by custom\n"
	"  --ca FILE             the authority (PEM) by which the servers' certificates are signed, where it is your own\n"
	"\n"
	"  kept init --show ada@example.org\n"
	"\n"
	"Exit: 0 done, 1 failed, 2 wrong use.\n";

const char *init_server(struct pool *p, const struct server *s)
{
	static const char *const modes[] = { "TLS", "STARTTLS", "no TLS" };

	return pool_print(p, "%s port %d, %s", s->host, s->port, modes[s->tls]);
}

/* ---- --show ---- */

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

static void show_json(const struct discovery *d)
{
	json_t *o = json_object(), *told = json_array();
	bool browser = d->no_password || (d->provider && d->provider->login == PROVIDER_OAUTH);

	json_object_set_new(o, "imap", server_json(&d->imap));
	json_object_set_new(o, "smtp", server_json(&d->smtp));
	json_object_set_new(o, "provider", d->provider ? json_string(d->provider->name) : json_null());
	json_object_set_new(o, "password", json_boolean(!browser));
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
		printf("  %-10s  %s, as %s\n              by %s%s\n", what, init_server(p, &d->server), d->server.user, d->whence,
		       d->sure ? "" : "; it is of another house: make sure before you send a password there");
	else
		printf("  %-10s  not found\n", what);
}

static int show(struct init *i)
{
	const struct discovery *d = &i->found;

	if (i->json) {
		show_json(d);
	} else {
		printf("%s\n", i->address);
		show_server(i->pool, "IMAP", &d->imap);
		show_server(i->pool, "submission", &d->smtp);
		if (d->provider)
			printf("  password    %s\n", provider_password(i->pool, d->provider));
		else if (d->no_password)
			puts("  password    none: it takes a login in the browser alone");
		for (size_t k = 0; k < d->told.n; k++)
			printf("%s%s\n", k ? "              " : "  asked       ", d->told.list[k]);
	}
	return *d->imap.server.host && *d->smtp.server.host ? DONE_WELL : FAILED;
}

/* ---- the whole ---- */

static bool arguments(struct call *c, struct init *i, int *rc)
{
	const struct {
		const char *name, **to;
	} valued[] = { { "--ca", &i->ca }, { "--nameserver", &i->nameserver }, { "--autoconfig", &i->autoconfig } };
	const struct {
		const char *name;
		bool *to;
	} plain[] = { { "--show", &i->show }, { "--json", &i->json } };

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
					return kept_say(WRONG_USE, "%s needs a value; `kept init --help`", a), false;
				*valued[v].to = c->argv[++k];
			}
		if (!taken && a[0] == '-')
			return kept_say(WRONG_USE, "unknown option '%s'; `kept init --help`", a), false;
		if (!taken && i->address)
			return kept_say(WRONG_USE, "one address; `kept init --help`"), false;
		if (!taken)
			i->address = a;
	}
	return true;
}

int kept_init(struct call *c)
{
	struct init i = { .pool = c->pool };
	struct err e = { 0 };
	int rc;

	if (kept_help(c, help))
		return DONE_WELL;
	if (!arguments(c, &i, &rc))
		return rc;
	if (!i.show || !i.address)
		return kept_say(WRONG_USE, "usage: kept init --show ADDRESS; `kept init --help`");
	net_start();
	if (!discover(i.pool, i.address, &(struct discover_how){ i.nameserver, i.autoconfig, i.ca }, &i.found, &e))
		return kept_say(FAILED, "%s", e.text);
	return show(&i);
}
