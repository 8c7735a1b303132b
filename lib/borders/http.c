#include "borders/http.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "borders/secret.h"
#include "borders/tls.h"
#include "ground/text.h"

enum { HTTP_CONNECT_SECONDS = 20, HTTP_SECONDS = 60, REDIRECTS_MOST = 3, HEADER_MOST = 2000, HEADERS_MOST = 1 << 20 };
/* all requests of one connection: a server that answers slowly, or ever more, takes no more than this of the daemon */
enum { ALL_SECONDS = 300, ALL_MOST = 4 * HTTP_ANSWER_MOST };

struct http {
	const struct calendar_conf *conf;
	CURL *curl;
	struct pool *pool; /* of the answer under way */
	struct text *body;
	size_t most; /* bytes of it */
	struct http_answer *answer;
	bool clear; /* no TLS: loopback alone */
	int64_t till; /* seconds of CLOCK_MONOTONIC */
	size_t all;   /* bytes of all answers */
	size_t headers; /* bytes of those of the answer under way, and of what may stand behind it (RFC 9112 7.1.2) */
	http_token *get; /* NULL: a password, or no login */
	char *token;     /* of now; NULL */
	char failed[CURL_ERROR_SIZE];
};

const char *http_host(struct pool *p, const char *url)
{
	const char *s = strstr(url, "://"), *at;
	size_t n;

	s = s ? s + 3 : url;
	n = strcspn(s, "/?#");
	at = memrchr(s, '@', n);
	if (at)
		n -= (size_t)(at + 1 - s), s = at + 1;
	return line_from(p, pool_slice(p, s, n), 255).s;
}

static bool is_same_host(struct pool *p, const char *a, const char *b)
{
	return strcasecmp(http_host(p, a), http_host(p, b)) == 0;
}

static const char *joined(struct pool *p, const char *base, const char *href)
{
	CURLU *u = curl_url();
	const char *out = NULL;
	char *whole = NULL;

	if (u && curl_url_set(u, CURLUPART_URL, base, 0) == CURLUE_OK &&
	    curl_url_set(u, CURLUPART_URL, href, 0) == CURLUE_OK &&
	    curl_url_set(u, CURLUPART_FRAGMENT, NULL, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_URL, &whole, 0) == CURLUE_OK)
		out = pool_copy(p, whole);
	curl_free(whole);
	curl_url_cleanup(u);
	return out;
}

const char *http_resolve(struct pool *p, const char *base, const char *href)
{
	const char *to = joined(p, base, href);

	return to && is_same_host(p, to, base) && strncmp(to, base, strcspn(base, ":") + 1) == 0 ? to : NULL;
}

const char *http_resolve_near(struct pool *p, const char *base, const char *href, const char **host)
{
	const char *to = joined(p, base, href), *near = http_resolve(p, base, href), *a = http_host(p, base), *b;
	size_t n = strcspn(a, ":");

	*host = b = to ? http_host(p, to) : "";
	if (near || !to || strncmp(to, "https://", 8) != 0 || strncmp(base, "https://", 8) != 0 || *b == '[' ||
	    strcmp(a + n, b + strcspn(b, ":")) != 0) /* the port too */
		return near;
	a = pool_slice(p, a, n);
	b = pool_slice(p, b, strcspn(b, ":"));
	return strcasecmp(domain_house(a), domain_house(b)) == 0 ? to : NULL;
}

static size_t take_body(char *s, size_t size, size_t many, void *arg)
{
	struct http *h = arg;

	if (h->body->n + size * many > h->most || h->all + size * many > ALL_MOST)
		return 0;
	h->all += size * many;
	text_put(h->body, s, size * many);
	return size * many;
}

static size_t take_header(char *s, size_t size, size_t many, void *arg)
{
	static const char *const names[] = { "etag:", "location:", "content-type:" };
	struct http *h = arg;
	const char **to[] = { &h->answer->etag, &h->answer->location, &h->answer->type };
	size_t n = size * many;

	if ((h->headers += n) > HEADERS_MOST)
		return 0;
	for (size_t i = 0; i < 3; i++)
		if (n > strlen(names[i]) && n < HEADER_MOST && strncasecmp(s, names[i], strlen(names[i])) == 0)
			*to[i] = line_from(h->pool, pool_slice(h->pool, s + strlen(names[i]), n - strlen(names[i])),
					   HEADER_MOST)
					 .s;
	return n;
}

static curl_socket_t own_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *a)
{
	const struct http *h = arg;

	(void)purpose;
	if (h->clear && !tls_loopback(&a->addr))
		return CURL_SOCKET_BAD;
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

static int64_t monotonic(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

static bool password_of(const struct calendar_conf *c)
{
	return *c->user && !c->oauth;
}

bool http_open(const struct calendar_conf *c, struct http **out, struct err *e)
{
	const char *ca = tls_authorities(c->ca);
	struct http *h;
	char *password = NULL;
	bool ok = true;
	CURL *u;

	if (password_of(c) && !secret_read(c->password, &c->at, &password, e))
		return false;
	u = curl_easy_init();
	if (!u) {
		secret_free(&password);
		return err_temp(e, "cannot make a connection: out of memory");
	}
	h = must_take(sizeof *h);
	h->conf = c;
	h->curl = u;
	h->till = monotonic() + ALL_SECONDS;
#define SET(option, value) ok = ok && curl_easy_setopt(u, option, value) == CURLE_OK
	SET(CURLOPT_PROTOCOLS_STR, "http,https");
	SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	SET(CURLOPT_SSL_VERIFYPEER, 1L);
	SET(CURLOPT_SSL_VERIFYHOST, 2L);
	if (ca) {
		SET(CURLOPT_CAINFO, ca);
		SET(CURLOPT_CAPATH, NULL);
	}
	if (password_of(c)) {
		SET(CURLOPT_USERNAME, c->user);
		SET(CURLOPT_PASSWORD, password);
		SET(CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
	}
	SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_NOPROGRESS, 1L);
	SET(CURLOPT_FOLLOWLOCATION, 0L);
	SET(CURLOPT_USERAGENT, "kept");
	SET(CURLOPT_CONNECTTIMEOUT, (long)HTTP_CONNECT_SECONDS);
	SET(CURLOPT_WRITEFUNCTION, take_body);
	SET(CURLOPT_WRITEDATA, h);
	SET(CURLOPT_HEADERFUNCTION, take_header);
	SET(CURLOPT_HEADERDATA, h);
	SET(CURLOPT_OPENSOCKETFUNCTION, own_socket);
	SET(CURLOPT_OPENSOCKETDATA, h);
	SET(CURLOPT_ERRORBUFFER, h->failed);
#undef SET
	secret_free(&password);
	if (!ok) {
		http_close(&h);
		return err_perm(e, "this libcurl lacks what calendars need (7.85 or later, with TLS)");
	}
	*out = h;
	return true;
}

void http_close(struct http **h)
{
	if (!*h)
		return;
	curl_easy_cleanup((*h)->curl);
	secret_free(&(*h)->token);
	free(*h);
	*h = NULL;
}

/* "Name: value"; a value with a line end in it would be another header. */
static bool header(struct pool *p, struct curl_slist **list, const char *name, const char *value)
{
	struct curl_slist *longer;

	if (!value)
		return true;
	longer = curl_slist_append(*list, pool_print(p, "%s: %s", name, line_from(p, value, HEADER_MOST).s));
	if (!longer)
		return false;
	*list = longer;
	return true;
}

static bool once(struct http *h, struct pool *p, const struct http_request *q, const char *url, struct http_answer *out,
		 struct err *e)
{
	struct curl_slist *headers = NULL;
	CURL *u = h->curl;
	const char *body = q->body ? q->body : "";
	int64_t left = h->till - monotonic(), most = q->seconds ? q->seconds : HTTP_SECONDS;
	long code = 0;
	CURLcode r;
	bool ok;

	*out = (struct http_answer){ .etag = "", .location = "", .type = "", .url = url };
	h->pool = p;
	h->most = q->most ? q->most : HTTP_ANSWER_MOST;
	h->body = text_new(p, h->most + 1);
	h->headers = 0;
	h->answer = out;
	h->clear = strncmp(url, "https://", 8) != 0;
	h->failed[0] = '\0';
	if (left <= 0)
		return err_temp(e, "%s: the server takes longer than five minutes", http_host(p, url));
	ok = header(p, &headers, "Content-Type", q->type) && header(p, &headers, "Depth", q->depth) &&
	     header(p, &headers, "If-Match", q->if_match) && header(p, &headers, "If-None-Match", q->if_none_match) &&
	     header(p, &headers, "Expect", "");
#define SET(option, value) ok = ok && curl_easy_setopt(u, option, value) == CURLE_OK
	SET(CURLOPT_URL, url);
	SET(CURLOPT_TIMEOUT, (long)(left < most ? left : most));
	SET(CURLOPT_HTTPHEADER, headers);
	SET(CURLOPT_HTTPGET, 1L);
	if (q->body) { /* any method that has one, sent as a POST is */
		SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)q->n);
		SET(CURLOPT_POSTFIELDS, body);
	}
	SET(CURLOPT_CUSTOMREQUEST, q->method);
	if (h->token) {
		SET(CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER);
		SET(CURLOPT_XOAUTH2_BEARER, h->token);
	}
#undef SET
	r = ok ? curl_easy_perform(u) : CURLE_OUT_OF_MEMORY;
	curl_easy_getinfo(u, CURLINFO_RESPONSE_CODE, &code);
	curl_slist_free_all(headers);
	out->status = (int)code;
	out->bytes = h->body->s;
	out->n = h->body->n;
	if (r == CURLE_OK)
		return true;
	if (r == CURLE_WRITE_ERROR)
		return h->all + CURL_MAX_WRITE_SIZE > ALL_MOST ? err_perm(e, "%s: the answers are larger than 64 MiB", http_host(p, url)) :
			err_perm(e, "%s: the answer is larger than %zu KiB", http_host(p, url), h->most >> 10);
	if (r == CURLE_COULDNT_CONNECT && h->clear)
		return err_temp(e, "%s: cannot connect (without TLS kept speaks to this machine alone)",
				http_host(p, url));
	if (r == CURLE_PEER_FAILED_VERIFICATION || r == CURLE_SSL_CACERT_BADFILE || r == CURLE_URL_MALFORMAT ||
	    r == CURLE_UNSUPPORTED_PROTOCOL)
		return err_perm(e, "%s: %s", http_host(p, url), *h->failed ? h->failed : curl_easy_strerror(r));
	return err_temp(e, "%s: %s", http_host(p, url), *h->failed ? h->failed : curl_easy_strerror(r));
}

void http_bearer(struct http *h, http_token *get)
{
	h->get = get;
}

/* With a token that serves: the first, or one that takes the place of one that was refused. */
static bool let_in(struct http *h, struct pool *p, const struct http_request *q, const char *url, struct http_answer *out,
		   struct err *e)
{
	bool again = false;

	do {
		char *fresh = NULL;

		if (h->get && (!h->token || again)) {
			if (!h->get(h->conf, h->token, &fresh, e))
				return false;
			secret_free(&h->token);
			h->token = fresh;
		}
		if (!once(h, p, q, url, out, e))
			return false;
		again = h->get && !again && out->status == 401;
	} while (again);
	return true;
}

void http_patience(struct http *h, int seconds)
{
	h->till = monotonic() + seconds;
}

static bool is_redirect(int status)
{
	return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* Where a redirect leads; NULL: not there. */
static const char *onward(struct http *h, struct pool *p, const struct http_answer *a, struct err *e)
{
	const char *to = *a->location ? joined(p, a->url, a->location) : NULL;

	if (!to)
		err_perm(e, "%s: redirects to no address", http_host(p, a->url));
	else if (strncmp(a->url, "https://", 8) == 0 && strncmp(to, "https://", 8) != 0)
		to = NULL, err_perm(e, "%s: redirects to an address without TLS", http_host(p, a->url));
	else if (*h->conf->user && !is_same_host(p, to, a->url)) {
		err_perm(e, "%s: redirects to %s, which the password was not given for; if it is meant, set url to it",
			 http_host(p, a->url), http_host(p, to));
		to = NULL;
	}
	return to;
}

bool http_ask(struct http *h, struct pool *p, const struct http_request *q, struct http_answer *out, struct err *e)
{
	const char *url = q->url;

	for (int i = 0;; i++) {
		if (!let_in(h, p, q, url, out, e))
			return false;
		if (q->stay || !is_redirect(out->status))
			return true;
		if (i == REDIRECTS_MOST)
			return err_perm(e, "%s: redirects again and again", http_host(p, url));
		url = onward(h, p, out, e);
		if (!url)
			return false;
	}
}
