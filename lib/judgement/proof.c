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

/* No name is quoted (RFC 8601 2.2 has keywords there): such a one is "". */
static const char *keyword(struct reading *r)
{
	const char *from, *s;

	skip_cfws(r);
	from = r->at;
	s = word(r, true);
	return memchr(from, '"', (size_t)(r->at - from)) ? "" : s;
}

/* "dkim/1": a method with its version; "smtp . mailfrom" has blanks where the grammar allows them. */
static const char *name(struct reading *r)
{
	const char *s = keyword(r), *part;

	for (skip_cfws(r); *s && (*r->at == '.' || *r->at == '/' || s[strlen(s) - 1] == '.') && *r->at != '='; skip_cfws(r)) {
		part = keyword(r);
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
	if (out->n < METHODS_MOST && *m.method && *m.result)
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

/* ---- alignment (RFC 7489 3.1), without a list of public suffixes ---- */

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

/* `d` is that domain, or a name within it; a domain of one label holds nothing. */
static bool is_within(const char *d, const char *domain)
{
	size_t n = strlen(d), m = strlen(domain);

	return strcmp(d, domain) == 0 || (n > m + 1 && d[n - m - 1] == '.' && strchr(domain, '.') && strcmp(d + n - m, domain) == 0);
}

/* Is it the From domain, or below or above it? Two that only share a parent are strangers, for that may be a registry. Nor is
 * a parent known to be none, but where the owner's own configuration names it: their addresses and domains are theirs. */
static bool aligned(struct pool *p, const char *value, const char *from_domain, const struct owner *o)
{
	const char *d = domain_of(p, value);

	if (!*d || !*from_domain)
		return false;
	if (is_within(d, from_domain))
		return true;
	if (!is_within(from_domain, d))
		return false;
	for (size_t i = 0; i < o->addresses.n; i++)
		if (strcmp(domain_of(p, o->addresses.list[i]), d) == 0)
			return true;
	for (size_t i = 0; i < o->domains.n; i++)
		if (strcmp(domain_of(p, o->domains.list[i]), d) == 0)
			return true;
	return false;
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
static enum proof_way by_results(struct pool *p, const struct auth_results *r, const char *from, const struct owner *o, bool *failed)
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
		/* of which domain must stand there: it passes for a stranger's too */
		if (strcmp(m->method, "dmarc") == 0 && strcmp(domain_of(p, m->header_from), domain) == 0)
			return PROOF_DMARC;
		if (strcmp(m->method, "dkim") == 0 && aligned(p, *m->header_d ? m->header_d : m->header_i, domain, o))
			return PROOF_DKIM;
		if (strcmp(m->method, "spf") == 0 && aligned(p, m->smtp_mailfrom, domain, o))
			return PROOF_SPF;
		if (strcmp(m->method, "auth") == 0 && addr_same(m->smtp_auth, from))
			return PROOF_AUTH;
	}
	*failed = method(r, "spf", "fail") || method(r, "spf", "softfail") || method(r, "dkim", "fail");
	return PROOF_NONE;
}

/* A signature holds whoever sends the message on, to whatever address (RFC 6376 8.6). That the owner's own server handed it in
 * here, SPF or a login says. */
static enum proof_handed handed_of(struct pool *p, const struct auth_results *r, const char *from, const struct owner *o)
{
	enum proof_handed said = HANDED_UNKNOWN;

	for (size_t i = 0; i < r->n; i++) {
		const struct auth_method *m = &r->methods[i];
		bool pass = strcmp(m->result, "pass") == 0;

		if (pass && ((strcmp(m->method, "spf") == 0 && aligned(p, m->smtp_mailfrom, domain_of(p, from), o)) ||
			     (strcmp(m->method, "auth") == 0 && addr_same(m->smtp_auth, from))))
			return HANDED_BY_OWNER;
		if (strcmp(m->method, "spf") == 0)
			said = HANDED_BY_ANYBODY;
	}
	return said;
}

/* Fields that a message has once (RFC 5322 3.6). A second one above it was added later: a signature covers the lowest of its
 * name, and holds though another is read (RFC 6376 8.15). */
static const char *doubled(const struct letter *l)
{
	static const char *const once[] = { "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject", "Message-ID", "In-Reply-To", "References",
					    "MIME-Version", "Content-Type", "Content-Transfer-Encoding", NULL };

	for (size_t k = 0; once[k]; k++)
		if (letter_field_at(l, once[k], 1))
			return once[k];
	return NULL;
}

/* Only a mail that went to the owner alone makes its token a secret of theirs. */
static bool token_answered(struct pool *p, const struct letter *l, const struct owner *o, const struct known_sent *sent, const struct conf *c)
{
	const char *detail;

	return sent && conf_tracks(p, c, sent->reply_to, &detail) && text_starts(detail, "r-") && conf_owner_of(c, sent->to) == o &&
	       letter_written_to(l, sent->reply_to);
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
	const char *from = l->from.n ? l->from.list[0].address : "", *again;
	bool token, key;

	*out = (struct proof){ .topmost = { .authserv_id = "" } };
	if (at->kind == PLACE_SENT && at->owner) {
		out->way = PROOF_PLACE, out->handed = HANDED_BY_OWNER, out->why = "it lies in the owner's own Sent folder";
		return;
	}
	if (at->kind != PLACE_CAPTURE && at->owner && tagged_by_hand(t->way)) {
		out->way = PROOF_PLACE, out->handed = HANDED_BY_OWNER, out->why = "the owner tagged it in their own mailbox";
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
	token = token_answered(p, l, claimed, sent, c);
	key = *t->key && *claimed->capture_key && strcmp(t->key, claimed->capture_key) == 0;
	if (out->topmost.is)
		out->way = by_results(p, &out->topmost, from, claimed, &out->failed);
	if (!out->way && !out->failed)
		out->way = token ? PROOF_TOKEN : key ? PROOF_KEY : PROOF_NONE;
	out->handed = token || key ? HANDED_BY_OWNER : handed_of(p, &out->topmost, from, claimed);
	if (out->handed != HANDED_BY_OWNER && (again = doubled(l))) {
		out->way = PROOF_NONE, out->failed = true;
		out->why = pool_print(p, "it has two %s fields, and one may have been added later", again);
		return;
	}
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

enum sender proof_sender(struct pool *p, const struct letter *l, const struct place *at)
{
	const struct owner nobody = { .key = "" };
	struct auth_results r;
	bool failed = false;

	if (l->from.n != 1 || doubled(l))
		return SENDER_FALSE;
	topmost(p, l, at, &r);
	if (r.is && by_results(p, &r, l->from.list[0].address, &nobody, &failed))
		return SENDER_PROVEN;
	return failed ? SENDER_FALSE : SENDER_UNKNOWN;
}
