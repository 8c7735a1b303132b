/* what an issuer says of itself (RFC 8414; OpenID Connect Discovery, which is older) */
#include "borders/oauth_inner.h"

#include <jansson.h>
#include <string.h>
#include <strings.h>

#include "borders/http.h"

enum { URL_MOST = 1000 };

/* Text that a configuration, a query and a terminal may hold: printable ASCII, no blank, quote or backslash. */
static bool is_plain(const char *s)
{
	size_t n = 0;

	for (; s[n]; n++)
		if (s[n] <= ' ' || s[n] > '~' || s[n] == '"' || s[n] == '\\')
			return false;
	return n && n <= URL_MOST;
}

/* A name or password before the host would be shown to people as if it were the host; what is written with % a browser
 * decodes. */
bool oauth_url(struct pool *p, const char *s)
{
	const char *host = is_plain(s) && (strncmp(s, "https://", 8) == 0 || strncmp(s, "http://", 7) == 0) ? strstr(s, "://") + 3 : "";
	size_t n = strcspn(host, "/?");

	return n && conf_safe_url(p, s) && !strchr(s, '#') && !memchr(host, '@', n) && !memchr(host, '%', n);
}

static const char *house_of(struct pool *p, const char *url)
{
	const char *host = http_host(p, url);

	return *host == '[' ? host : domain_house(pool_slice(p, host, strcspn(host, ":")));
}

bool oauth_one_house(struct pool *p, const char *url, const char *other)
{
	return strcasecmp(house_of(p, url), house_of(p, other)) == 0;
}

/* An array of texts holds it; where there is no array, `without`. */
static bool lists(const json_t *o, const char *name, const char *value, bool without)
{
	const json_t *list = json_object_get(o, name), *one;
	size_t i;

	if (!json_is_array(list))
		return without;
	json_array_foreach(list, i, one)
		if (json_is_string(one) && strcmp(json_string_value(one), value) == 0)
			return true;
	return false;
}

/* Of this machine only an issuer on it may tell: else a page far away could have kept speak to what listens here. */
static bool endpoint(struct pool *p, const json_t *o, const char *issuer, const char *name, const char **out, struct err *e)
{
	const char *s = json_string_value(json_object_get(o, name));

	*out = NULL;
	if (!s)
		return true;
	if (!oauth_url(p, s) || (strncmp(s, "http:", 5) == 0 && strncmp(issuer, "http:", 5) != 0))
		return err_perm(e, "%s names a %s that is no https://…", http_host(p, issuer), name);
	*out = pool_copy(p, s);
	return true;
}

static void scope_add(struct pool *p, struct oauth_conf *o, const char *word)
{
	for (size_t i = 0; i < o->scope.n; i++)
		if (strcmp(o->scope.list[i], word) == 0)
			return;
	*(const char **)pool_more(p, &o->scope.list, o->scope.n++, sizeof(char *)) = word;
}

/* Where nobody said what a token for mail is asked for by, what servers call it by custom; and that it can be
 * renewed. */
static void scopes(struct pool *p, const json_t *root, struct oauth_conf *o)
{
	static const char *const customs[] = { "urn:ietf:params:oauth:scope:mail", "mail", "imap", "smtp", "openid", "email" };
	const struct strings known = o->scope;

	o->scope = (struct strings){ 0 }; /* a list of its own */
	for (size_t i = 0; i < known.n; i++)
		scope_add(p, o, known.list[i]);
	for (size_t i = 0; !known.n && i < sizeof customs / sizeof *customs; i++)
		if (lists(root, "scopes_supported", customs[i], false))
			scope_add(p, o, customs[i]);
	if (lists(root, "scopes_supported", "offline_access", false))
		scope_add(p, o, "offline_access");
}

static bool judged(struct pool *p, const char *issuer, const json_t *root, struct oauth_conf *o, const char **registration,
		   struct err *e)
{
	const char *says = json_string_value(json_object_get(root, "issuer")), *host = http_host(p, issuer);

	if (!says || strcmp(says, issuer) != 0) /* RFC 8414 3.3 */
		return err_perm(e, "%s was asked about %s, and tells of %s: it is not believed", host, issuer,
				says ? line_from(p, says, URL_MOST).s : "nobody");
	if (!endpoint(p, root, issuer, "authorization_endpoint", &o->authorization_endpoint, e) ||
	    !endpoint(p, root, issuer, "token_endpoint", &o->token_endpoint, e) ||
	    !endpoint(p, root, issuer, "device_authorization_endpoint", &o->device_authorization_endpoint, e) ||
	    !endpoint(p, root, issuer, "revocation_endpoint", &o->revocation_endpoint, e) ||
	    !endpoint(p, root, issuer, "registration_endpoint", registration, e))
		return false;
	/* who says nothing of PKCE takes it or passes over it; who says plain alone would refuse it */
	if (!lists(root, "grant_types_supported", "authorization_code", true) ||
	    !lists(root, "response_types_supported", "code", true) ||
	    !lists(root, "code_challenge_methods_supported", "S256", true))
		o->authorization_endpoint = NULL;
	if (!lists(root, "grant_types_supported", "urn:ietf:params:oauth:grant-type:device_code", true))
		o->device_authorization_endpoint = NULL;
	if (!o->token_endpoint)
		return err_perm(e, "%s names no token_endpoint", host);
	/* else people log in at an honest provider, for a client of whoever is at the token endpoint */
	if (o->authorization_endpoint && !oauth_one_house(p, o->authorization_endpoint, o->token_endpoint))
		return err_perm(e, "%s has people log in at %s, and their tokens brought by %s: it is not believed", host,
				http_host(p, o->authorization_endpoint), http_host(p, o->token_endpoint));
	if (!o->authorization_endpoint && !o->device_authorization_endpoint)
		return err_perm(e, "%s offers no login that kept can do: by a browser with PKCE (S256), or by another device",
				host);
	o->issuer = issuer;
	scopes(p, root, o);
	return true;
}

bool oauth_metadata_read(struct pool *p, const char *issuer, const char *bytes, size_t n, struct oauth_conf *o,
			 const char **registration, bool *object, struct err *e)
{
	json_t *root = json_loadb(bytes, n, 0, NULL);
	bool ok;

	*object = json_is_object(root);
	ok = *object && judged(p, issuer, root, o, registration, e);
	json_decref(root);
	return ok;
}

/* One of the two places. `*there`: there was a document, which decides; else `e` says what was there. */
static bool from(struct pool *p, const char *issuer, const char *url, struct oauth_conf *o, const char **registration,
		 bool *there, struct err *e)
{
	const struct http_request q = { .method = "GET", .url = url };
	const char *host = http_host(p, url);
	struct http_answer a;
	bool ok = false;

	*there = true;
	if (!oauth_http(p, o, &q, &a, e))
		return false;
	if (a.status == 429 || a.status >= 500)
		return err_temp(e, "%s says %d", host, a.status);
	if (a.status != 200)
		*there = err_perm(e, "%s says nothing of who gives tokens there (%d for %s)", host, a.status, url);
	else
		ok = oauth_metadata_read(p, issuer, a.bytes, a.n, o, registration, there, e);
	if (!*there && a.status == 200)
		err_perm(e, "%s says nothing of who gives tokens there (%s is no JSON)", host, url);
	return ok;
}

bool oauth_metadata(struct pool *p, const char *issuer, struct oauth_conf *o, const char **registration, struct err *e)
{
	size_t host = oauth_url(p, issuer) ? (size_t)(strstr(issuer, "://") + 3 - issuer) : 0, path = strlen(issuer);
	struct oauth_conf found = *o;
	struct err first = { 0 }, second = { 0 };
	bool there, ok;

	*registration = NULL;
	if (!host || strchr(issuer, '?')) /* RFC 8414 2 */
		return err_perm(e, "%s: an issuer is an https://…, without a query", line_from(p, issuer, 200).s);
	host += strcspn(issuer + host, "/");
	while (path > host && issuer[path - 1] == '/')
		path--;
	ok = from(p, issuer, pool_print(p, "%.*s/.well-known/oauth-authorization-server%.*s", (int)host, issuer,
					(int)(path - host), issuer + host), &found, registration, &there, &first);
	if (!there) {
		ok = from(p, issuer, pool_print(p, "%.*s/.well-known/openid-configuration", (int)path, issuer), &found,
			  registration, &there, &second);
		first = there ? second : first;
	}
	if (ok) {
		*o = found;
		return true;
	}
	*registration = NULL;
	if (e)
		*e = first;
	return false;
}
