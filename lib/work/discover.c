#include "work/discover.h"

#include <string.h>
#include <strings.h>
#include <time.h>

#include "borders/dns.h"
#include "borders/http.h"
#include "borders/mailbox.h"
#include "borders/oauth.h"
#include "borders/reader.h"
#include "borders/tls.h"
#include "ground/text.h"

enum { SECONDS = 60 /* of it all, and what was begun by then */, CONNECT_MS = 4000, HTTP_SECONDS = 10 };
enum { FILE_MOST = 512 << 10, TOLD_MOST = 1200 };

struct search {
	struct pool *pool;
	const char *address, *domain;
	const struct discover_how *how;
	struct discovery *out;
	struct dns_answer mx;
	time_t till;
	struct autoconfig_oauth named; /* who gives tokens, by the file that named the IMAP server, or by that server */
	const char *namer, *namer_host; /* "the autoconfig file of example.org"; NULL: none did */
};

static void __attribute__((format(printf, 2, 3))) tell(struct search *s, const char *format, ...)
{
	struct strings *t = &s->out->told;
	const char **list = t->list;
	va_list a;

	va_start(a, format);
	*(const char **)pool_more(s->pool, &list, t->n, sizeof *list) =
		line_from(s->pool, pool_vprint(s->pool, format, a), TOLD_MOST).s;
	va_end(a);
	t->list = list;
	t->n++;
}

static time_t clock_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

static bool late(const struct search *s)
{
	return clock_now() >= s->till;
}

/* The first that is found stays. Of what DNS alone says only a host under the domain itself is sure: its certificate is
 * one that nobody else gets. Where the next house begins no rule of labels knows: anybody may have a name beside
 * ville.gouv.fr. */
static void take(struct search *s, struct discovered *to, const struct server *server, bool vouched, const char *whence)
{
	if (*to->server.host)
		return;
	to->server = *server;
	to->server.ca = s->how->ca;
	if (!to->server.user || !*to->server.user)
		to->server.user = s->address;
	to->whence = whence;
	to->sure = vouched || conf_loopback(server->host) || provider_of_host(server->host) ||
		   domain_under(server->host, s->domain);
}

/* Both are found, or nothing is there to find. */
static bool complete(const struct search *s)
{
	return (*s->out->imap.server.host && *s->out->smtp.server.host) ||
	       (s->out->provider && s->out->provider->login == PROVIDER_NONE);
}

static struct server with_user(const struct search *s, const struct provider *v, const struct server *server)
{
	struct server out = *server;

	out.user = v->user == PROVIDER_LOCAL ? addr_local(s->pool, s->address) : s->address;
	return out;
}

static void by_table(struct search *s, const struct provider *v, const char *whence)
{
	struct server imap, smtp;

	if (!v)
		return;
	if (!*s->out->imap.server.host) /* whose word on who wrote a mail is trusted is where it is read */
		s->out->provider = v;
	imap = with_user(s, v, &v->imap);
	smtp = with_user(s, v, &v->smtp);
	take(s, &s->out->imap, &imap, true, whence);
	take(s, &s->out->smtp, &smtp, true, whence);
	tell(s, "%s: it is %s", whence, v->name);
}

/* A token of a large provider opens a whole account: it is for servers of its own alone. */
static bool serves(enum oauth_provider who, const struct discovered *d)
{
	const struct provider *of = provider_of_host(d->server.host);

	return of && of->oauth == who;
}

static struct oauth_conf nobody(enum oauth_provider who)
{
	return (struct oauth_conf){ .key = "main", .provider = who, .client_id = "", .client_secret = "", .tenant = "common" };
}

static void preset(struct pool *p, struct oauth_conf o, const char *whence, struct discovery *out)
{
	conf_oauth_preset(p, &o);
	out->oauth = o;
	out->oauth_whence = whence;
	out->oauth_sure = serves(o.provider, &out->imap) && serves(o.provider, &out->smtp);
}

void discover_known_oauth(struct pool *p, struct discovery *out)
{
	const struct provider *v = out->provider;

	if (v && v->oauth != OAUTH_OTHER && !out->oauth.token_endpoint)
		preset(p, nobody(v->oauth), pool_print(p, "the table: it is %s", v->name), out);
}

/* ---- who gives tokens, by what the autoconfig file names ---- */

/* Without a port. */
static const char *host_of(struct pool *p, const char *url)
{
	const char *host = http_host(p, url);

	return *host == '[' ? host : pool_slice(p, host, strcspn(host, ":"));
}

/* The domain's own, or on this machine as the file that names it is. */
static bool is_own(const struct search *s, const char *url)
{
	const char *host = host_of(s->pool, url);

	return domain_under(host, s->domain) || (conf_loopback(host) && conf_loopback(s->namer_host));
}

/* A file far away names nothing that listens on this machine. */
static bool fits(const struct search *s, const char *url)
{
	return oauth_url(s->pool, url) && (strncmp(url, "https://", 8) == 0 || conf_loopback(s->namer_host));
}

/* What it says of itself is more than the file does: where devices log in, where a client is registered. */
static bool by_issuer(struct search *s, const char *issuer, struct oauth_conf *o)
{
	struct discovery *out = s->out;
	struct err e = { 0 };

	if (!fits(s, issuer)) {
		tell(s, "issuer %s: this is no https://…", issuer);
		return false;
	}
	if (!oauth_metadata(s->pool, issuer, o, &out->registration_endpoint, &e)) {
		tell(s, "issuer %s", e.text);
		return false;
	}
	tell(s, "issuer %s: tokens of %s", issuer, http_host(s->pool, o->token_endpoint));
	out->oauth_whence = pool_print(s->pool, "its issuer %s, which %s names", issuer, s->namer);
	out->oauth_sure = is_own(s, issuer);
	return true;
}

static bool by_addresses(struct search *s, struct oauth_conf *o)
{
	const char *from = s->named.authorization_endpoint, *token = s->named.token_endpoint;

	if (!fits(s, from) || !fits(s, token) || !oauth_one_house(s->pool, from, token))
		return false;
	o->authorization_endpoint = from;
	o->token_endpoint = token;
	s->out->oauth_whence = s->namer;
	s->out->oauth_sure = is_own(s, from) && is_own(s, token);
	return true;
}

static void by_named(struct search *s)
{
	const struct autoconfig_oauth *n = &s->named;
	const char *issuer = strstr(n->issuer, "://") || !*n->issuer ? n->issuer : pool_print(s->pool, "https://%s", n->issuer);
	struct oauth_conf o = nobody(conf_oauth_of(host_of(s->pool, *issuer ? issuer : n->token_endpoint)));

	o.scope = strings_part(s->pool, pool_copy(s->pool, n->scope), ' ');
	if (o.provider != OAUTH_OTHER) {
		preset(s->pool, o, s->namer, s->out);
		return;
	}
	o.ca = s->how->ca;
	o.seconds = HTTP_SECONDS;
	if ((*issuer && !late(s) && by_issuer(s, issuer, &o)) || by_addresses(s, &o))
		s->out->oauth = o;
	s->out->oauth.seconds = 0;
}

/* ---- DNS ---- */

static const struct service {
	const char *name;
	bool imap;
	enum tls_mode tls;
} services[] = { /* RFC 8314 5.1: TLS from the start is preferred */
	{ "_imaps._tcp", true, TLS_IMPLICIT },
	{ "_imap._tcp", true, TLS_STARTTLS },
	{ "_submissions._tcp", false, TLS_IMPLICIT },
	{ "_submission._tcp", false, TLS_STARTTLS },
};

/* A resolver that knows nothing of SRV, or fails at it, is passed over: the network is there, else the MX had not been
 * answered. */
static void by_srv(struct search *s)
{
	for (size_t i = 0; i < sizeof services / sizeof *services; i++) {
		const struct service *v = &services[i];
		struct discovered *to = v->imap ? &s->out->imap : &s->out->smtp;
		const char *name = pool_print(s->pool, "%s.%s", v->name, s->domain);
		struct dns_answer a;
		struct err e = { 0 };

		if (*to->server.host || late(s))
			continue;
		if (!dns_ask(s->how->nameserver, s->pool, DNS_SRV, name, &a, &e)) {
			tell(s, "SRV %s", e.text);
			return;
		}
		if (a.refused && !a.n)
			tell(s, "SRV %s: this service is not offered", name);
		else if (!a.n)
			tell(s, "SRV %s: none", name);
		else
			tell(s, "SRV %s: %s port %d", name, a.list[0].host, a.list[0].port);
		if (a.n)
			take(s, to, &(struct server){ .host = a.list[0].host, .port = a.list[0].port, .tls = v->tls }, false,
			     pool_print(s->pool, "SRV %s", name));
	}
}

/* First of all: is there such a domain, and network to ask for it? */
static bool is_there(struct search *s, struct err *e)
{
	if (!dns_ask(s->how->nameserver, s->pool, DNS_MX, s->domain, &s->mx, e))
		return false;
	if (!s->mx.exists)
		return err_perm(e, "%s: there is no such domain; is it spelt right?", s->domain);
	if (s->mx.refused && !s->mx.n)
		return err_perm(e, "%s: this domain says that it has no mail (RFC 7505)", s->domain);
	for (size_t i = 0; i < s->mx.n; i++)
		*(const char **)pool_more(s->pool, &s->out->mx.list, s->out->mx.n++, sizeof(char *)) = s->mx.list[i].host;
	return true;
}

static void by_mx(struct search *s)
{
	tell(s, "MX %s: %s", s->domain, s->mx.n ? s->mx.list[0].host : "none");
	for (size_t i = 0; i < s->mx.n && !s->out->provider; i++)
		by_table(s, provider_of_mx(s->mx.list[i].host), pool_print(s->pool, "MX %s", s->mx.list[i].host));
}

/* ---- autoconfig ---- */

static bool is_same(const struct server *a, const struct server *b)
{
	return *b->host && strcasecmp(a->host, b->host) == 0 && a->port == b->port && a->tls == b->tls;
}

/* What DNS alone named is sure where the domain says the same over TLS; it says as whom one logs in, too. */
static void by_word(struct search *s, struct discovered *to, const struct server *said, const char *whence)
{
	if (*to->server.host && is_same(&to->server, said)) {
		to->server.user = said->user;
		to->whence = pool_print(s->pool, "%s, and %s", to->whence, whence);
		to->sure = true;
	} else if (*said->host) {
		take(s, to, said, true, whence);
	}
}

/* false: no such file there, which was told. */
static bool by_file(struct search *s, const char *url)
{
	const struct calendar_conf conf = { .key = "autoconfig", .url = url, .user = "", .password = "", .ca = s->how->ca };
	const struct http_request q = { .method = "GET", .url = url, .most = FILE_MOST };
	const char *host = http_host(s->pool, url), *whence = pool_print(s->pool, "the autoconfig file of %s", host);
	struct http_answer a = { 0 };
	struct autoconfig f = { .broken = "" };
	struct reader *r = NULL;
	struct http *h = NULL;
	struct err e = { 0 };
	bool well = http_open(&conf, &h, &e);

	if (well)
		http_patience(h, HTTP_SECONDS);
	well = well && http_ask(h, s->pool, &q, &a, &e) && (a.status == 200 || err_perm(&e, "%s: answer %d", host, a.status)) &&
	       reader_open(&r, &e) && reader_autoconfig(r, s->pool, a.bytes, a.n, s->address, &f, &e) &&
	       (!*f.broken || err_perm(&e, "%s: %s", host, f.broken));
	reader_close(&r);
	http_close(&h);
	if (!well) {
		tell(s, "autoconfig %s", e.text);
		return false;
	}
	tell(s, "autoconfig %s: IMAP %s, submission %s%s", host, *f.imap.host ? f.imap.host : "none",
	     *f.smtp.host ? f.smtp.host : "none",
	     !f.tokens       ? ""
	     : f.no_password ? "; a login in the browser is all it takes"
			     : "; it takes a login in the browser also");
	if (f.clear)
		s->out->clear = whence;
	by_word(s, &s->out->imap, &f.imap, whence);
	by_word(s, &s->out->smtp, &f.smtp, whence);
	if (is_same(&s->out->imap.server, &f.imap)) {
		s->out->no_password = f.no_password;
		s->named = f.oauth;
		s->namer = f.tokens ? whence : NULL;
		s->namer_host = host_of(s->pool, url);
	}
	return true;
}

/* As a value in the query of an address (RFC 3986 2.1). */
static const char *escaped(struct pool *p, const char *s)
{
	struct text *t = text_new(p, 3 * ADDRESS_MOST);

	for (; *s; s++)
		if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~@", *s))
			text_char(t, *s);
		else
			text_print(t, "%%%02X", (unsigned char)*s);
	return t->s;
}

static void by_files(struct search *s)
{
	if (s->how->autoconfig) {
		by_file(s, s->how->autoconfig);
		return;
	}
	if (!by_file(s, pool_print(s->pool, "https://autoconfig.%s/mail/config-v1.1.xml?emailaddress=%s", s->domain,
	                           escaped(s->pool, s->address))))
		by_file(s, pool_print(s->pool, "https://%s/.well-known/autoconfig/mail/config-v1.1.xml", s->domain));
}

/* ---- what many call theirs ---- */

static const struct custom {
	const char *label;
	bool imap;
	int port;
	enum tls_mode tls;
} customs[] = {
	{ "imap", true, 993, TLS_IMPLICIT },
	{ "mail", true, 993, TLS_IMPLICIT },
	{ "smtp", false, 465, TLS_IMPLICIT },
	{ "mail", false, 465, TLS_IMPLICIT },
};

/* It listens there, and its certificate bears that name. */
static void by_custom(struct search *s)
{
	for (size_t i = 0; i < sizeof customs / sizeof *customs; i++) {
		const struct custom *v = &customs[i];
		struct discovered *to = v->imap ? &s->out->imap : &s->out->smtp;
		struct server server = { .host = pool_print(s->pool, "%s.%s", v->label, s->domain), .port = v->port, .tls = v->tls,
					 .ca = s->how->ca };
		struct tls *t = NULL;
		struct err e = { 0 };

		if (*to->server.host || late(s))
			continue;
		if (tls_open(&server, CONNECT_MS, &t, &e) && tls_start(t, &server, &e))
			take(s, to, &server, true, "its name, which its certificate bears");
		tell(s, "%s%s", *to->server.host ? server.host : e.text, *to->server.host ? ": is there" : "");
		if (t)
			tls_close(&t);
	}
}

/* ---- what the server itself says ---- */

/* Where nobody knows it: a server that takes tokens alone says so, and may say who gives them. */
static void by_server(struct search *s)
{
	struct discovered *d = &s->out->imap;
	struct mailbox_offer o;
	struct err e = { 0 };

	if (!*d->server.host || s->out->provider || s->namer || late(s))
		return;
	if (!mailbox_offer(&d->server, s->pool, &o, &e)) {
		tell(s, "%s", e.text);
		return;
	}
	if (o.password || !o.tokens)
		return;
	s->out->no_password = true;
	tell(s, "%s: it takes tokens alone%s%s", d->server.host, *o.issuer ? ", of " : "", o.issuer);
	if (*o.issuer) {
		s->named = (struct autoconfig_oauth){ o.issuer, "", "", "" };
		s->namer = d->server.host;
		s->namer_host = d->server.host;
	}
}

static bool find(struct search *s, struct err *e)
{
	by_table(s, provider_of_domain(s->domain), pool_print(s->pool, "the domain %s", s->domain));
	if (complete(s))
		return true;
	if (!is_there(s, e))
		return false;
	by_srv(s);
	if (!(complete(s) && s->out->imap.sure && s->out->smtp.sure) && !late(s))
		by_files(s);
	if (!complete(s))
		by_mx(s);
	if (!complete(s))
		by_custom(s);
	if (!complete(s) && late(s))
		tell(s, "after %d seconds no more is asked", SECONDS);
	if (!s->out->provider && *s->out->imap.server.host)
		s->out->provider = provider_of_host(s->out->imap.server.host);
	return true;
}

bool discover(struct pool *p, const char *address, const struct discover_how *how, struct discovery *out, struct err *e)
{
	const char *ascii = tls_domain(p, addr_domain(address));
	struct search s = {
		.pool = p, .address = address, .domain = ascii, .how = how, .out = out,
		.mx = { .exists = true }, .till = clock_now() + SECONDS
	};

	*out = (struct discovery){ .imap.server.host = "", .smtp.server.host = "" };
	if (!addr_valid(address) || !addr_ascii(addr_local(p, address)) || !ascii || !strchr(ascii, '.'))
		return err_perm(e, "%s: this is no mail address that kept can write to", address);
	if (!find(&s, e))
		return false;
	discover_known_oauth(p, out);
	by_server(&s);
	if (!out->oauth.token_endpoint && s.namer)
		by_named(&s);
	return true;
}
