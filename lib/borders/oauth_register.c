/* a client that is registered by itself (RFC 7591) */
#include "borders/oauth_inner.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "borders/http.h"
#include "borders/secret.h"

enum { ID_MOST = 500, SAYS_MOST = 240 };

/* As whom kept wants to be known: a program on a machine of its owner's, to which a browser comes back on loopback, at any port
 * (RFC 8252 7.3). */
static char *wish(struct pool *p, const struct oauth_conf *o, const char *method)
{
	json_t *grants = json_array(), *j;
	char *out;

	if (o->authorization_endpoint)
		json_array_append_new(grants, json_string("authorization_code"));
	if (o->device_authorization_endpoint)
		json_array_append_new(grants, json_string("urn:ietf:params:oauth:grant-type:device_code"));
	json_array_append_new(grants, json_string("refresh_token"));
	j = json_pack("{ss ss ss so ss s[s] s[s]}", "client_name", "kept", "application_type", "native",
		      "token_endpoint_auth_method", method, "grant_types", grants, "software_id", "kept", "redirect_uris",
		      "http://127.0.0.1/", "response_types", "code");
	if (o->scope.n)
		json_object_set_new(j, "scope", json_string(oauth_scope(p, o)));
	out = json_dumps(j, JSON_COMPACT);
	json_decref(j);
	return out;
}

static bool judged(struct pool *p, const char *host, int status, const json_t *root, struct err *e)
{
	const char *error = oauth_word(p, root, "error", 80);
	const char *says = json_string_value(json_object_get(root, "error_description"));

	if (status == 429 || status >= 500)
		return err_temp(e, "%s says %d when a client is registered", host, status);
	if (status >= 300 && status < 400)
		return err_perm(e, "%s redirects when a client is registered; is the endpoint right?", host);
	if (*error)
		return err_perm(e, "%s does not register kept as a client: %s%s%s", host, error, says ? ": " : "",
				says ? line_from(p, says, SAYS_MOST).s : "");
	if (status == 401 || status == 403)
		return err_perm(e, "%s lets nobody register a client without its leave (%d); have one registered there", host,
				status);
	if (status != 200 && status != 201)
		return err_perm(e, "%s registers no client (%d); have one registered there", host, status);
	return true;
}

static bool once(struct pool *p, const struct oauth_conf *o, const char *url, const char *method, const char **error,
		 struct oauth_client *out, struct err *e)
{
	char *body = wish(p, o, method);
	const struct http_request q = {
		.method = "POST", .url = url, .body = body, .n = strlen(body), .type = "application/json"
	};
	const char *host = http_host(p, url), *id, *secret, *as;
	char *line = NULL;
	struct http_answer a;
	bool ok = oauth_http(p, o, &q, &a, e);
	json_t *root;

	free(body);
	if (!ok)
		return false;
	root = json_loadb(a.bytes, a.n, 0, NULL);
	explicit_bzero((char *)a.bytes, a.n);
	*error = oauth_word(p, root, "error", 80);
	id = oauth_word(p, root, "client_id", ID_MOST);
	as = oauth_word(p, root, "token_endpoint_auth_method", 40);
	secret = json_string_value(json_object_get(root, "client_secret"));
	ok = judged(p, host, a.status, root, e);
	if (ok && !*id)
		ok = err_perm(e, "%s answered, but registered no client; is the endpoint right?", host);
	if (ok && secret && (strpbrk(secret, "\r\n") || !secret_line(secret, strlen(secret), host, &line, NULL)))
		ok = err_perm(e, "%s gave the client a secret that is no line", host);
	if (strcmp(*as ? as : method, "none") == 0)
		secret_free(&line);
	if (ok)
		*out = (struct oauth_client){ id, line };
	json_decref(root);
	return ok;
}

/* A client on its owner's machine keeps no secret (RFC 8252 8.4); who will have one gets another try. */
bool oauth_register(struct pool *p, const struct oauth_conf *o, const char *url, struct oauth_client *out, struct err *e)
{
	const char *error = "";
	struct err why = { 0 };

	*out = (struct oauth_client){ "", NULL };
	if (once(p, o, url, "none", &error, out, &why) ||
	    (strcmp(error, "invalid_client_metadata") == 0 && once(p, o, url, "client_secret_post", &error, out, &why)))
		return true;
	if (e)
		*e = why;
	return false;
}
