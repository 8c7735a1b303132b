#include "judgement/proof.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { METHODS_MOST = 100, VALUE_MOST = 320 };

/* ---- Authentication-Results (RFC 8601 2.2) ---- */

struct reading {
	struct pool *p;
	const char *at;
};

/* Where a quoted string ends, at its last quote; NULL: it does not. */
static const char *quoted_end(const char *s)
{
	for (s++; *s && *s != '"'; s++)
		s += *s == '\\' && s[1];
	return *s ? s : NULL;
}

/* CFWS (RFC 5322 3.2.2): white space and comments, which nest and hold quoted pairs. An open comment reaches to the end.
 * A quote means nothing in a comment; but some servers copy an address into one as it came, and a parenthesis that a
 * stranger quoted in theirs must not end it. */
static void skip_cfws(struct reading *r)
{
	const char *end;
	int depth = 0;

	for (; *r->at; r->at++) {
		if (depth && *r->at == '\\' && r->at[1])
			r->at++;
		else if (depth && *r->at == '"' && (end = quoted_end(r->at)))
			r->at = end;
		else if (*r->at == '(')
			depth++;
		else if (depth && *r->at == ')')
			depth--;
		else if (!depth && !isspace((unsigned char)*r->at))
			return;
	}
}

/* A value: a token, a quoted string, or an address whose local part may be quoted; ends at a blank, a comment or `;`.
 * `name`: of a method or property: ends at `=` too. */
static const char *word(struct reading *r, bool name)
{
	char s[VALUE_MOST + 1];
	size_t n = 0;

	skip_cfws(r);
	while (*r->at && *r->at != ';' && *r->at != '(' && !isspace((unsigned char)*r->at) && !(name && *r->at == '=')) {
		if (*r->at != '"') {
			if (n < VALUE_MOST)
				s[n++] = *r->at;
			r->at++;
			continue;
		}
		for (r->at++; *r->at && *r->at != '"'; r->at++) {
			if (*r->at == '\\' && r->at[1])
				r->at++;
			if (n < VALUE_MOST)
				s[n++] = *r->at;
		}
		r->at += *r->at == '"';
	}
	return pool_slice(r->p, s, n);
}

static const char *lower(struct pool *p, const char *s)
{
	return addr_lower(p, s);
}

/* "dkim/1": a method with its version; "smtp . mailfrom" has blanks where the grammar allows them. */
static const char *name(struct reading *r)
{
	const char *s = word(r, true), *part;

	for (skip_cfws(r); *s && (*r->at == '.' || *r->at == '/' || s[strlen(s) - 1] == '.') && *r->at != '='; skip_cfws(r)) {
		part = word(r, true);
		if (!*part)
			break;
		s = pool_print(r->p, "%s%s", s, part);
	}
	return lower(r->p, s);
}

static void skip_result(struct reading *r)
{
	while (*r->at && *r->at != ';') {
		const char *before = r->at;

		word(r, false);
		skip_cfws(r);
		if (r->at == before)
			r->at++;
	}
}

static void property_set(struct auth_method *m, const char *key, const char *value)
{
	struct { const char *key; const char **to; } known[] = {
		{ "header.from", &m->header_from }, { "header.d", &m->header_d }, { "header.i", &m->header_i },
		{ "smtp.mailfrom", &m->smtp_mailfrom }, { "smtp.mail", &m->smtp_mailfrom }, { "smtp.from", &m->smtp_mailfrom },
		{ "smtp.auth", &m->smtp_auth },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(key, known[i].key) == 0 && !**known[i].to) /* the first one counts */
			*known[i].to = value;
}

static void result_read(struct reading *r, struct auth_results *out)
{
	struct auth_method m = { .header_from = "", .header_d = "", .header_i = "", .smtp_mailfrom = "", .smtp_auth = "" };
	char *slash;

	m.method = name(r);
	skip_cfws(r);
	if (!*m.method || *r->at != '=') { /* "none", or what is no result at all */
		skip_result(r);
		return;
	}
	r->at++;
	slash = strchr(m.method, '/');
	if (slash)
		m.method = pool_slice(r->p, m.method, (size_t)(slash - m.method));
	m.result = lower(r->p, word(r, false));
	for (;;) {
		const char *key, *before;

		skip_cfws(r);
		if (!*r->at || *r->at == ';')
			break;
		before = r->at;
		key = name(r);
		skip_cfws(r);
		if (*r->at == '=') {
			r->at++;
			property_set(&m, key, word(r, false));
		} else if (r->at == before) {
			r->at++;
		}
	}
	if (out->n < METHODS_MOST && *m.result)
		*(struct auth_method *)pool_more(r->p, &out->methods, out->n++, sizeof m) = m;
}

void proof_parse(struct pool *p, const char *value, struct auth_results *out)
{
	struct reading r = { p, value };
	const char *first, *start;

	*out = (struct auth_results){ .is = true, .authserv_id = "" };
	skip_cfws(&r);
	if ((*r.at == 'i' || *r.at == 'I') && r.at[1] == '=' && strcspn(r.at, ";") < 8) { /* "i=1; mx.example.org; …", as in ARC (RFC 8617 4.1.1) */
		skip_result(&r);
		r.at += *r.at == ';';
		skip_cfws(&r);
	}
	start = r.at;
	first = word(&r, true);
	skip_cfws(&r);
	if (*r.at == '=') {
		r.at = start; /* Microsoft's form, without an authserv-id */
	} else {
		out->authserv_id = lower(p, first);
		if (isdigit((unsigned char)*r.at) && strcmp(word(&r, false), "1") != 0)
			return; /* another version of the format: not understood, so nothing counts */
		skip_result(&r);
		r.at += *r.at == ';';
	}
	while (*r.at) {
		result_read(&r, out);
		r.at += *r.at == ';';
	}
}

/* ---- alignment (RFC 7489 3.1): relaxed, by organizational domain ---- */

/* Registries that sell below a second label, and hosts that give each customer a name: a small part of the public suffix
 * list, the rest errs on the side of a longer domain only where it stands here. */
static const char *const second_labels[] = { "ac", "asn", "co", "com", "edu", "ed", "gen", "go", "gob", "gov", "govt", "gv", "id", "ltd",
	"me", "mil", "ne", "net", "nhs", "nom", "or", "org", "plc", "sch", "school", NULL };
static const char *const shared_hosts[] = { "onmicrosoft.com", "github.io", "gitlab.io", "herokuapp.com", "appspot.com", "pages.dev",
	"workers.dev", "netlify.app", "vercel.app", "web.app", "firebaseapp.com", "blogspot.com", "azurewebsites.net", "cloudfront.net",
	"amazonaws.com", "uk.com", "us.com", "eu.com", "de.com", "br.com", "cn.com", "gb.net", "uk.net", "se.net", "in.net", NULL };

static bool in_list(const char *s, size_t n, const char *const *list)
{
	for (size_t i = 0; list[i]; i++)
		if (strlen(list[i]) == n && strncmp(s, list[i], n) == 0)
			return true;
	return false;
}

/* Where the organizational domain begins within a domain in lower case. */
static const char *organization(const char *domain)
{
	const char *last = NULL, *second = NULL, *third = NULL; /* where the last labels begin, counted from the right */
	bool longer;

	for (const char *c = domain + strlen(domain); c > domain; c--)
		if (c[-1] == '.' && !last)
			last = c;
		else if (c[-1] == '.' && !second)
			second = c;
		else if (c[-1] == '.' && !third)
			third = c;
	if (!last)
		return domain;
	second = second ? second : domain;
	longer = (strlen(last) == 2 && in_list(second, (size_t)(last - 1 - second), second_labels)) || in_list(second, strlen(second), shared_hosts);
	if (!longer || second == domain)
		return second;
	return third ? third : domain;
}

/* "user@sub.example.org", "@example.org" or "example.org" */
static const char *domain_of(struct pool *p, const char *value)
{
	const char *at = strrchr(value, '@');
	char *d = addr_lower(p, at ? at + 1 : value);
	size_t n = strlen(d);

	if (n && d[n - 1] == '.')
		d[n - 1] = '\0';
	return d;
}

static bool aligned(struct pool *p, const char *value, const char *from_domain)
{
	const char *d = domain_of(p, value);

	if (!*d || !*from_domain)
		return false;
	if (strcmp(d, from_domain) == 0)
		return true;
	return strchr(d, '.') && strchr(from_domain, '.') && strcmp(organization(d), organization(from_domain)) == 0;
}

/* ---- the trusted field ---- */

/* Where the sender's own part of the header begins: what stands below it was not put there by the server that received
 * the message, which writes on top. */
static bool is_senders(const char *name)
{
	static const char *const names[] = { "From", "Date", "Subject", "To", "Message-ID", NULL };

	for (size_t i = 0; names[i]; i++)
		if (strcasecmp(name, names[i]) == 0)
			return true;
	return false;
}

static bool is_trusted(const struct place *at, const char *id)
{
	for (size_t i = 0; at->mailbox && i < at->mailbox->authserv.n; i++)
		if (strcasecmp(at->mailbox->authserv.list[i], id) == 0)
			return true;
	return false;
}

static void topmost(struct pool *p, const struct letter *l, const struct place *at, struct auth_results *out)
{
	*out = (struct auth_results){ .authserv_id = "" };
	for (size_t i = 0; i < l->fields.n && !is_senders(l->fields.list[i].name); i++) {
		struct auth_results r;

		if (strcasecmp(l->fields.list[i].name, "Authentication-Results") != 0)
			continue;
		proof_parse(p, l->fields.list[i].value, &r);
		if (is_trusted(at, r.authserv_id)) {
			*out = r;
			return;
		}
	}
}

static const struct auth_method *method(const struct auth_results *r, const char *of, const char *result)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->methods[i].method, of) == 0 && strcmp(r->methods[i].result, result) == 0)
			return &r->methods[i];
	return NULL;
}

/* What the trusted field proves of the one From address. */
static enum proof_way by_results(struct pool *p, const struct auth_results *r, const char *from, bool *failed)
{
	const char *domain = domain_of(p, from);

	*failed = false;
	if (method(r, "dmarc", "fail")) {
		*failed = true;
		return PROOF_NONE;
	}
	for (size_t i = 0; i < r->n; i++) {
		const struct auth_method *m = &r->methods[i];

		if (strcmp(m->result, "pass") != 0)
			continue;
		if (strcmp(m->method, "dmarc") == 0 && (!*m->header_from || aligned(p, m->header_from, domain)))
			return PROOF_DMARC;
		if (strcmp(m->method, "dkim") == 0 && aligned(p, *m->header_d ? m->header_d : m->header_i, domain))
			return PROOF_DKIM;
		if (strcmp(m->method, "spf") == 0 && aligned(p, m->smtp_mailfrom, domain))
			return PROOF_SPF;
		if (strcmp(m->method, "auth") == 0 && addr_same(m->smtp_auth, from))
			return PROOF_AUTH;
	}
	*failed = method(r, "spf", "fail") || method(r, "spf", "softfail") || method(r, "dkim", "fail");
	return PROOF_NONE;
}

static bool written_to(const struct letter *l, const char *address)
{
	if (!*address)
		return false;
	for (size_t i = 0; i < l->traces.n; i++)
		if (addr_same(l->traces.list[i], address))
			return true;
	return addrs_has(&l->to, address) || addrs_has(&l->cc, address) || addrs_has(&l->bcc, address);
}

/* Only a mail that went to the owner alone makes its token a secret of theirs. */
static bool token_answered(struct pool *p, const struct letter *l, const struct owner *o, const struct known_sent *sent, const struct conf *c)
{
	const char *detail;

	return sent && conf_tracks(p, c, sent->reply_to, &detail) && text_starts(detail, "r-") && conf_owner_of(c, sent->to) == o &&
	       written_to(l, sent->reply_to);
}

static bool tagged_by_hand(enum tag_way way)
{
	return way == TAG_FLAG || way == TAG_KEYWORD || way == TAG_LABEL || way == TAG_FOLDER;
}

void proof_of(struct pool *p, const struct letter *l, const struct place *at, const struct tag *t, const struct owner *claimed,
	      const struct known_sent *sent, const struct conf *c, struct proof *out)
{
	static const char *const reasons[] = {
		[PROOF_NONE] = "", [PROOF_PLACE] = "", [PROOF_TOKEN] = "a token address that only the owner was told was answered",
		[PROOF_DMARC] = "the receiving server says that DMARC passed for the From domain",
		[PROOF_DKIM] = "the receiving server says that a signature of the From domain is good",
		[PROOF_SPF] = "the receiving server says that it came from a server of the From domain",
		[PROOF_AUTH] = "the receiving server says that the owner logged in to hand it in",
		[PROOF_KEY] = "the address it was sent to holds the owner's key",
	};
	const char *from = l->from.n ? l->from.list[0].address : "";

	*out = (struct proof){ .topmost = { .authserv_id = "" } };
	if (at->kind == PLACE_SENT && at->owner) {
		*out = (struct proof){ .way = PROOF_PLACE, .topmost = out->topmost, .why = "it lies in the owner's own Sent folder" };
		return;
	}
	if (at->kind != PLACE_CAPTURE && at->owner && tagged_by_hand(t->way)) {
		*out = (struct proof){ .way = PROOF_PLACE, .topmost = out->topmost, .why = "the owner tagged it in their own mailbox" };
		return;
	}
	if (!claimed) {
		out->why = "it does not claim to be the owner's";
		return;
	}
	if (l->from.n != 1) {
		out->why = "more than one From address";
		return;
	}
	topmost(p, l, at, &out->topmost);
	if (out->topmost.is)
		out->way = by_results(p, &out->topmost, from, &out->failed);
	if (!out->way && !out->failed && token_answered(p, l, claimed, sent, c))
		out->way = PROOF_TOKEN;
	if (!out->way && !out->failed && *t->key && *claimed->capture_key && strcmp(t->key, claimed->capture_key) == 0)
		out->way = PROOF_KEY;
	if (out->way)
		out->why = reasons[out->way];
	else if (out->failed)
		out->why = pool_print(p, "%s says that it did not come from %s", *out->topmost.authserv_id ? out->topmost.authserv_id : "the receiving server",
				      domain_of(p, from));
	else if (out->topmost.is)
		out->why = pool_print(p, "nothing in the Authentication-Results of %s passed for %s", out->topmost.authserv_id, domain_of(p, from));
	else
		out->why = "no Authentication-Results of a server that is trusted (setting authserv)";
}
