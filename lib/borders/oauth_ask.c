/* a question to a provider and its answer (RFC 6749 4.1.3, 5) */
#include "borders/oauth_inner.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "borders/http.h"
#include "borders/secret.h"

enum { SAYS_MOST = 240, YEAR = 366 * 86400 };

void form_add(struct text *t, const char *name, const char *value)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

	text_print(t, "%s%s=", t->n ? "&" : "", name);
	for (; *value; value++)
		if (strchr(plain, *value))
			text_char(t, *value);
		else
			text_print(t, "%%%02X", (unsigned)(unsigned char)*value);
}

const char *oauth_value(struct pool *p, const char *url, const char *name)
{
	const char *s = strchr(url, '?');
	size_t n = strlen(name);
	struct text *t = text_new(p, OAUTH_TOKEN_MOST);

	while (s && !(strncmp(s + 1, name, n) == 0 && s[1 + n] == '='))
		s = strchr(s + 1, '&');
	if (!s)
		return NULL;
	for (s += n + 2; *s && *s != '&' && *s != '#' && !t->cut; s++) {
		static const char digits[] = "0123456789abcdef0123456789ABCDEF";
		const char *a = *s == '%' && s[1] ? strchr(digits, s[1]) : NULL,
			   *b = a && s[2] ? strchr(digits, s[2]) : NULL;
		char c = *s == '+' ? ' ' : *s;

		if (*s == '%' && !b)
			return NULL;
		if (b) {
			c = (char)((a - digits) % 16 << 4 | (b - digits) % 16);
			s += 2;
		}
		if (c < ' ' || c > '~')
			return NULL;
		text_char(t, c);
	}
	return t->cut ? NULL : t->s;
}

/* Some repeat in their errors what they were sent, and errors are shown and logged. */
static bool tells_secret(struct pool *p, const char *form, const char *said)
{
	static const char *const secrets[] = { "client_secret", "refresh_token", "code", "code_verifier",
					       "device_code",   "token" };
	const char *query = pool_print(p, "?%s", form);
	bool is = false;

	for (size_t i = 0; i < sizeof secrets / sizeof *secrets && said; i++) {
		const char *secret = oauth_value(p, query, secrets[i]);

		if (!secret || !*secret)
			continue;
		is |= secret_told(said, secret);
		explicit_bzero((char *)secret, strlen(secret));
	}
	explicit_bzero((char *)query, strlen(query));
	return is;
}

bool form_client(struct text *form, const struct oauth_conf *o, struct err *e)
{
	char *secret = NULL;

	form_add(form, "client_id", o->client_id);
	if (!*o->client_secret)
		return true;
	if (!secret_read(o->client_secret, &o->at, &secret, e))
		return false;
	form_add(form, "client_secret", secret);
	secret_free(&secret);
	return true;
}

const char *oauth_scope(struct pool *p, const struct oauth_conf *o)
{
	return strings_join(p, &o->scope, ' ', OAUTH_FORM_MOST);
}

const char *oauth_word(struct pool *p, const json_t *o, const char *name, size_t most)
{
	const char *s = json_string_value(json_object_get(o, name));
	size_t n = s ? strlen(s) : 0;

	for (size_t i = 0; i < n; i++)
		if (s[i] < ' ' || s[i] > '~')
			return "";
	return n && n <= most ? pool_copy(p, s) : "";
}

/* Seconds; some write them as a text. */
static int64_t seconds(const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);
	double s = json_is_string(v) ? strtod(json_string_value(v), NULL) : json_number_value(v);

	return s > 0 && s < YEAR ? (int64_t)s : s >= YEAR ? YEAR : 0;
}

/* An address that a person is to open: a browser must read the host in it that people do. */
static const char *link_to(struct pool *p, const json_t *o, const char *name)
{
	const char *s = oauth_word(p, o, name, 2000);

	return oauth_url(p, pool_slice(p, s, strcspn(s, "#"))) ? s : "";
}

bool oauth_read(struct pool *p, const char *bytes, size_t n, const char *form, struct oauth_answer *a)
{
	json_t *o = json_loadb(bytes, n, 0, NULL);
	const char *says = json_string_value(json_object_get(o, "error_description"));
	bool object = json_is_object(o);

	a->access_token = oauth_word(p, o, "access_token", OAUTH_TOKEN_MOST);
	a->refresh_token = oauth_word(p, o, "refresh_token", OAUTH_TOKEN_MOST);
	a->token_type = oauth_word(p, o, "token_type", 40);
	a->error = oauth_word(p, o, "error", 80);
	if (tells_secret(p, form, a->error))
		a->error = "an error that repeats a secret";
	a->says = line_from(p, says && !tells_secret(p, form, says) ? says : "", SAYS_MOST).s;
	a->expires_in = seconds(o, "expires_in");
	a->interval = seconds(o, "interval");
	a->device_code = oauth_word(p, o, "device_code", OAUTH_TOKEN_MOST);
	a->user_code = oauth_word(p, o, "user_code", 100);
	a->verification_uri = link_to(p, o, "verification_uri");
	if (!*a->verification_uri)
		a->verification_uri = link_to(p, o, "verification_url"); /* Google's, from before RFC 8628 */
	a->verification_uri_complete = link_to(p, o, "verification_uri_complete");
	json_decref(o);
	return object;
}

static bool judged(struct pool *p, const struct oauth_conf *o, const char *url, const struct oauth_answer *a,
		   bool object, struct err *e)
{
	const char *host = http_host(p, url);

	if (a->status == 429 || a->status >= 500)
		return err_temp(e, "oauth %s: %s says %d%s%s", o->key, host, a->status, *a->error ? ": " : "",
				a->error);
	if (a->status >= 300 && a->status < 400)
		return err_perm(e, "oauth %s: %s redirects, and a secret goes nowhere else; is the endpoint right?",
				o->key, host);
	if (a->status >= 400 && (!object || !*a->error))
		return err_perm(e, "oauth %s: %s says %d, and not why; is the endpoint right?", o->key, host,
				a->status);
	return true;
}

bool oauth_http(struct pool *p, const struct oauth_conf *o, const struct http_request *request, struct http_answer *out,
		struct err *e)
{
	const struct calendar_conf as = { .user = "", .password = "", .ca = o->ca, .at = o->at };
	struct http_request q = *request;
	struct http *h = NULL;
	bool ok;

	q.stay = true;
	q.seconds = o->seconds ? o->seconds : OAUTH_SECONDS;
	q.most = OAUTH_ANSWER_MOST;
	*out = (struct http_answer){ .bytes = "" };
	ok = http_open(&as, &h, e) && http_ask(h, p, &q, out, e);
	http_close(&h);
	return ok;
}

bool oauth_ask(struct pool *p, const struct oauth_conf *o, const char *url, const char *form, struct oauth_answer *out,
	       struct err *e)
{
	const struct http_request q = {
		.method = "POST", .url = url, .body = form, .n = strlen(form), .type = "application/x-www-form-urlencoded"
	};
	struct http_answer a;
	bool ok = oauth_http(p, o, &q, &a, e), object = oauth_read(p, a.bytes, ok ? a.n : 0, form, out);

	if (!ok)
		return err_at(e, "oauth %s", o->key);
	out->status = a.status;
	explicit_bzero((char *)a.bytes, a.n);
	return judged(p, o, url, out, object, e);
}

static bool is_one_of(const char *s, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(s, *list) == 0)
			return true;
	return false;
}

bool oauth_refused(struct pool *p, const struct oauth_conf *o, const char *user, const char *url,
		   const struct oauth_answer *a, struct err *e)
{
	static const char *const ended[] = { "invalid_grant", "interaction_required", "consent_required",
					     "login_required", NULL };
	static const char *const client[] = { "invalid_client", "unauthorized_client", NULL };
	static const char *const busy[] = { "temporarily_unavailable", "server_error", "slow_down", NULL };
	const char *host = http_host(p, url), *says = pool_print(p, "%s%s%s", a->error, *a->says ? ": " : "", a->says);
	const char *at = o->at.file ? pool_print(p, " (%s:%d)", o->at.file, o->at.line) : ""; /* it stands in no file yet */

	if (is_one_of(a->error, busy))
		return err_temp(e, "oauth %s: %s says %s", o->key, host, says);
	if (is_one_of(a->error, client))
		return err_perm(e, "oauth %s: %s does not take this client (%s); do: mend client_id or client_secret%s",
				o->key, host, says, at);
	if (is_one_of(a->error, ended) && o->grant == OAUTH_LOGIN)
		return err_code(e, OAUTH_ENDED, "the login of %s at %s has ended (%s); do: kept login %s", user, host,
				says, user);
	return err_perm(e, "oauth %s: %s refuses a token for %s: %s; do: mend scope, tenant or grant%s", o->key, host,
			user, says, at);
}
