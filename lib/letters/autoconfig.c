#include "letters/autoconfig.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ground/text.h"

enum { XML_MOST = 256 << 10, WORD_MOST = 255, ADDRESS_LONGEST = 1000, SERVERS_MOST = 40 };

static bool named(const xmlNode *x, const char *name)
{
	return x->type == XML_ELEMENT_NODE && strcmp((const char *)x->name, name) == 0;
}

static struct text *text_of(struct pool *p, const xmlNode *x, size_t most)
{
	struct text *t = text_new(p, most);

	for (const xmlNode *c = x->children; c; c = c->next)
		if ((c->type == XML_TEXT_NODE || c->type == XML_CDATA_SECTION_NODE) && c->content)
			text_add(t, (const char *)c->content);
	return t;
}

static const char *word_of(struct pool *p, const xmlNode *x)
{
	return line_from(p, text_of(p, x, WORD_MOST)->s, WORD_MOST).s;
}

/* Printable ASCII that needs no quoting; half an address is another one, and so is none. */
static const char *plain_of(struct pool *p, const xmlNode *x)
{
	const struct text *t = text_of(p, x, ADDRESS_LONGEST);
	const char *s = line_from(p, t->s, ADDRESS_LONGEST).s;

	for (const char *c = s; *c; c++)
		if (*c < ' ' || *c > '~' || *c == '"' || *c == '\\')
			return "";
	return t->cut ? "" : s;
}

/* The first that says something. */
static void oauth_of(struct pool *p, const xmlNode *x, struct autoconfig_oauth *o)
{
	for (const xmlNode *c = x->children; c && !*o->issuer && !*o->token_endpoint; c = c->next) {
		if (!named(c, "oAuth2"))
			continue;
		for (const xmlNode *v = c->children; v; v = v->next) {
			if (named(v, "issuer"))
				o->issuer = plain_of(p, v);
			else if (named(v, "scope"))
				o->scope = plain_of(p, v);
			else if (named(v, "authURL"))
				o->authorization_endpoint = plain_of(p, v);
			else if (named(v, "tokenURL"))
				o->token_endpoint = plain_of(p, v);
		}
	}
}

/* Letters, digits, dots, hyphens: what else may stand there is no host to connect to. */
static bool is_host(const char *s)
{
	return *s && *s != '.' && *s != '-' &&
	       !s[strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")];
}

/* %EMAILADDRESS%, %EMAILLOCALPART%, %EMAILDOMAIN% */
static const char *filled(struct pool *p, const char *s, const char *address)
{
	const struct { const char *name, *value; } fields[] = {
		{ "%EMAILADDRESS%", address },
		{ "%EMAILLOCALPART%", addr_local(p, address) },
		{ "%EMAILDOMAIN%", addr_domain(address) },
	};
	struct text *t = text_new(p, WORD_MOST * 2);

	while (*s) {
		size_t i = 0;

		for (; i < 3; i++)
			if (strncmp(s, fields[i].name, strlen(fields[i].name)) == 0)
				break;
		if (i < 3) {
			text_add(t, fields[i].value);
			s += strlen(fields[i].name);
		} else {
			text_char(t, *s++);
		}
	}
	return line_from(p, t->s, WORD_MOST).s;
}

struct described {
	struct server server;
	bool clear, password, tokens, other; /* how one can log in: with a password, by a login in the browser, or otherwise */
};

static void server_of(struct pool *p, const xmlNode *x, const char *address, struct described *d)
{
	const char *tls = "";

	*d = (struct described){ .server = { .host = "", .user = address } };
	for (const xmlNode *c = x->children; c; c = c->next) {
		if (named(c, "hostname")) {
			d->server.host = filled(p, word_of(p, c), address);
		} else if (named(c, "port")) {
			d->server.port = atoi(word_of(p, c));
		} else if (named(c, "socketType")) {
			tls = word_of(p, c);
		} else if (named(c, "username")) {
			d->server.user = filled(p, word_of(p, c), address);
		} else if (named(c, "authentication")) {
			const char *how = word_of(p, c);

			if (text_starts(how, "password-") || strcmp(how, "plain") == 0)
				d->password = true;
			else
				d->other = true;
			d->tokens |= strcasecmp(how, "OAuth2") == 0;
		}
	}
	d->server.tls = strcasecmp(tls, "SSL") == 0 || strcasecmp(tls, "TLS") == 0 ? TLS_IMPLICIT : TLS_STARTTLS;
	d->clear = d->server.tls == TLS_STARTTLS && strcasecmp(tls, "STARTTLS") != 0;
	if (!is_host(d->server.host) || d->server.port < 1 || d->server.port > 65535)
		d->server.host = "";
	if (!*d->server.user)
		d->server.user = address;
}

static void provider(struct pool *p, const xmlNode *x, const char *address, struct autoconfig *out)
{
	size_t n = 0;

	for (const xmlNode *c = x->children; c && n < SERVERS_MOST; c = c->next) {
		bool in = named(c, "incomingServer"), smtp = named(c, "outgoingServer");
		struct server *to = in ? &out->imap : &out->smtp;
		xmlChar *type = in || smtp ? xmlGetProp(c, (const xmlChar *)"type") : NULL;
		struct described d;

		if (type && strcasecmp((const char *)type, in ? "imap" : "smtp") == 0) {
			n++;
			server_of(p, c, address, &d);
			if (*d.server.host && d.clear)
				out->clear = true;
			else if (*d.server.host && (!*to->host || (to->tls == TLS_STARTTLS && d.server.tls == TLS_IMPLICIT))) {
				*to = d.server;
				if (in) {
					out->no_password = d.other && !d.password;
					out->tokens = d.tokens;
				}
			}
		}
		xmlFree(type);
	}
	out->clear = out->clear && (!*out->imap.host || !*out->smtp.host);
	oauth_of(p, x, &out->oauth);
}

struct autoconfig autoconfig_nothing(void)
{
	return (struct autoconfig){ .imap = { .host = "", .user = "" }, .smtp = { .host = "", .user = "" }, .broken = "",
				    .oauth = { "", "", "", "" } };
}

void autoconfig_read(struct pool *p, const char *xml, size_t n, const char *address, struct autoconfig *out)
{
	const xmlNode *root;
	xmlDoc *d;

	*out = autoconfig_nothing();
	if (n > XML_MOST) {
		out->broken = "it is larger than 256 KiB";
		return;
	}
	d = xmlReadMemory(xml, (int)n, "", NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	root = d ? xmlDocGetRootElement(d) : NULL;
	if (!root)
		out->broken = "it is no XML";
	else if (d->intSubset || d->extSubset)
		out->broken = "it has a document type";
	else if (!named(root, "clientConfig"))
		out->broken = "it is no clientConfig";
	else {
		for (const xmlNode *c = root->children; c; c = c->next)
			if (named(c, "emailProvider") && !*out->imap.host)
				provider(p, c, address, out);
		oauth_of(p, root, &out->oauth);
	}
	xmlFreeDoc(d);
}
