/* a login: by another device (RFC 8628), or by a browser that comes back to loopback (RFC 7636, RFC 8252) */
#include "borders/oauth_inner.h"

#include <errno.h>
#include <string.h>

#include "borders/http.h"
#include "borders/secret.h"

enum { INTERVAL = 5, DEVICE_SECONDS = 900, DEVICE_MOST = 3600 };

/* What came of a grant is kept under the lock. */
static bool keep(struct pool *p, const struct oauth_conf *o, const char *user, const struct oauth_answer *a,
		 struct err *e)
{
	struct grant g = { .access = "", .refresh = "", .ended = "" };
	int lock = -1;
	bool ok = grant_lock(p, o, user, &lock, e) && oauth_keep(p, o, user, a, &g, e);

	grant_unlock(lock);
	return ok;
}

/* ---- by another device ---- */

/* The big two, where others' clients may ask for a code. */
static bool is_big(struct pool *p, const char *url)
{
	static const char *const houses[] = { "google.com", "googleapis.com", "microsoft.com",
					      "microsoftonline.com", "live.com", "aka.ms" };
	const char *host = http_host(p, url);
	size_t n = strcspn(host, ":");

	n -= n && host[n - 1] == '.'; /* the root: the same host */
	for (size_t i = 0; i < sizeof houses / sizeof *houses; i++)
		if (domain_under(pool_slice(p, host, n), houses[i]))
			return true;
	return false;
}

bool oauth_device_begin(const struct oauth_conf *o, struct pool *p, struct oauth_device *out, struct err *e)
{
	struct text *form = text_new(p, OAUTH_FORM_MOST);
	const char *anothers;
	struct oauth_answer a;
	bool ok;

	form_add(form, "scope", oauth_scope(p, o));
	ok = form_client(form, o, e) && oauth_ask(p, o, o->device_authorization_endpoint, form->s, &a, e);
	explicit_bzero(form->s, form->n);
	if (!ok)
		return false;
	if (*a.error)
		return oauth_refused(p, o, "a device", o->device_authorization_endpoint, &a, e);
	if (!*a.device_code || !*a.user_code || !*a.verification_uri)
		return err_temp(e, "oauth %s: %s gave no code for a device", o->key,
				http_host(p, o->device_authorization_endpoint));
	anothers = is_big(p, a.verification_uri) ? a.verification_uri
		   : is_big(p, a.verification_uri_complete) ? a.verification_uri_complete
							    : NULL;
	if (anothers && !is_big(p, o->token_endpoint)) /* a code that it asked for there itself, and would use (RFC 8628 5.4) */
		return err_perm(e, "oauth %s: %s has people enter a code of its own at %s: it is not believed", o->key,
				http_host(p, o->device_authorization_endpoint), http_host(p, anothers));
	*out = (struct oauth_device){ a.device_code,
				      a.user_code,
				      a.verification_uri,
				      a.verification_uri_complete,
				      a.interval ? (int)a.interval : INTERVAL,
				      !a.expires_in ? DEVICE_SECONDS : a.expires_in < DEVICE_MOST ? (int)a.expires_in : DEVICE_MOST };
	return true;
}

bool oauth_device_ask(const struct oauth_conf *o, const char *user, struct oauth_device *d, bool *done, struct err *e)
{
	struct pool *p = pool_new();
	struct text *form = text_new(p, OAUTH_FORM_MOST);
	struct oauth_answer a;
	bool ok;

	*done = false;
	form_add(form, "grant_type", "urn:ietf:params:oauth:grant-type:device_code");
	form_add(form, "device_code", d->device_code);
	ok = form_client(form, o, e) && oauth_ask(p, o, o->token_endpoint, form->s, &a, e);
	explicit_bzero(form->s, form->n);
	if (ok && strcmp(a.error, "slow_down") == 0)
		d->interval += INTERVAL; /* RFC 8628 3.5 */
	else if (ok && strcmp(a.error, "access_denied") == 0)
		ok = err_perm(e, "the login of %s was refused there", user);
	else if (ok && strcmp(a.error, "expired_token") == 0)
		ok = err_perm(e, "the code was not entered in time");
	else if (ok && *a.error && strcmp(a.error, "authorization_pending") != 0)
		ok = oauth_refused(p, o, user, o->token_endpoint, &a, e);
	else if (ok && !*a.error)
		*done = ok = keep(p, o, user, &a, e);
	pool_end(&p);
	return ok;
}

/* ---- by a browser ---- */

/* RFC 7636 4.2, S256: base64url without padding. */
static const char *challenge(struct pool *p, const char *verifier)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	struct text *t = text_new(p, 64);
	unsigned char d[DIGEST_LENGTH + 1] = { 0 };

	secret_digest(verifier, strlen(verifier), d);
	for (int bit = 0; bit < DIGEST_LENGTH * 8; bit += 6)
		text_char(t, letters[((unsigned)d[bit / 8] << 8 | d[bit / 8 + 1]) >> (10 - bit % 8) & 63]);
	return t->s;
}

static const char *token(struct pool *p)
{
	char t[TOKEN_LENGTH + 1];

	secret_token(t);
	return pool_copy(p, t);
}

bool oauth_code_begin(const struct oauth_conf *o, const char *user, struct pool *p, struct oauth_code *out,
		      struct err *e)
{
	struct oauth_code c = { .fd = -1 };
	struct text *query = text_new(p, OAUTH_FORM_MOST);
	int port = 0;

	if (!oauth_listen(&c, &port)) {
		err_temp(e, "cannot listen on 127.0.0.1: %s", strerror(errno));
		oauth_code_end(&c);
		return false;
	}
	/* Microsoft lets the port be any for this name alone */
	c.redirect_uri =
		pool_print(p, o->provider == OAUTH_MICROSOFT ? "http://localhost:%d" : "http://127.0.0.1:%d/", port);
	c.code_verifier = pool_print(p, "%s%s", token(p), token(p)); /* 43 characters at least */
	c.state = token(p);
	form_add(query, "response_type", "code");
	form_add(query, "client_id", o->client_id);
	form_add(query, "redirect_uri", c.redirect_uri);
	form_add(query, "scope", oauth_scope(p, o));
	form_add(query, "state", c.state);
	form_add(query, "code_challenge", challenge(p, c.code_verifier));
	form_add(query, "code_challenge_method", "S256");
	form_add(query, "login_hint", user);
	if (o->provider == OAUTH_GOOGLE) { /* else it gives no refresh token, or only the first time */
		form_add(query, "access_type", "offline");
		form_add(query, "prompt", "consent");
	}
	c.url = pool_print(p, "%s%c%s", o->authorization_endpoint, strchr(o->authorization_endpoint, '?') ? '&' : '?',
			   query->s);
	*out = c;
	return true;
}

/* Whoever says that the code is theirs: the issuer, or, where its name is not known, one of the login page's house. */
static bool is_from(struct pool *p, const struct oauth_conf *o, const char *issuer)
{
	if (o->issuer)
		return strcmp(issuer, o->issuer) == 0;
	return !o->authorization_endpoint || oauth_one_house(p, issuer, o->authorization_endpoint);
}

bool oauth_code_finish(const struct oauth_conf *o, const char *user, struct oauth_code *c, const char *redirected,
		       struct err *e)
{
	struct pool *p = pool_new();
	const char *state = oauth_value(p, redirected, "state"), *code = oauth_value(p, redirected, "code"),
		   *error = oauth_value(p, redirected, "error"), *issuer = oauth_value(p, redirected, "iss");
	struct text *form = text_new(p, OAUTH_FORM_MOST);
	struct oauth_answer a = { .error = error ? line_from(p, error, 80).s : "", .says = "" };
	bool ok;

	if (!state || strcmp(state, c->state) != 0)
		ok = err_perm(e, "this is not the address that the login of now ends at");
	else if (issuer && !is_from(p, o, issuer)) /* its code is not for this token endpoint (RFC 9207) */
		ok = err_perm(e, "the login was at %s, not at %s: nothing is told to %s", http_host(p, issuer),
			      http_host(p, o->issuer ? o->issuer : o->authorization_endpoint), http_host(p, o->token_endpoint));
	else if (error && strcmp(error, "access_denied") == 0)
		ok = err_perm(e, "the login of %s was refused there", user);
	else if (error)
		ok = oauth_refused(p, o, user, o->authorization_endpoint, &a, e);
	else if (!code || !*code)
		ok = err_perm(e, "the address holds no code");
	else {
		form_add(form, "grant_type", "authorization_code");
		form_add(form, "code", code);
		form_add(form, "redirect_uri", c->redirect_uri);
		form_add(form, "code_verifier", c->code_verifier);
		ok = form_client(form, o, e) && oauth_ask(p, o, o->token_endpoint, form->s, &a, e);
		ok = ok && (!*a.error ? keep(p, o, user, &a, e) : oauth_refused(p, o, user, o->token_endpoint, &a, e));
		explicit_bzero(form->s, form->n);
	}
	pool_end(&p);
	return ok;
}
