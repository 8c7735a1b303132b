/* http - libcurl: what calendar servers, and those who give tokens, are asked
 *
 * Law:     TLS verified before a credential is sent; without TLS it speaks to this machine alone. Sizes and times are
 *          bounded, each and together (five minutes, 64 MiB), nothing is unpacked. A redirect is followed three times
 *          at most, never away from TLS, and with a login never to another host: that is an error which says so. Where
 *          the server itself says that calendars lie on another host of its house, the login goes there too. An address
 *          may hold a secret: no error names more of it than the host.
 * Owns:    http_open() owns the connection, kept for many requests; one thread at a time. Answers live in the pool.
 * Fails:   TEMP: the network, a server that is busy or broken. PERM: the certificate, the address, a size. Any status
 *          that came is no failure but the answer.
 * Borders: <curl/…>
 * Tests:   tests/e2e/free.py, tests/e2e/caldav.py, tests/border_oauth.c
 */
#ifndef KEPT_BORDERS_HTTP_H
#define KEPT_BORDERS_HTTP_H

#include "nouns/conf.h"

enum { HTTP_ANSWER_MOST = 16 << 20 };

struct http;

struct http_request {
	const char *method, *url;
	const char *body, *type;     /* NULL: none */
	size_t n;                    /* of the body */
	const char *depth;           /* NULL, "0", "1" */
	const char *if_match, *if_none_match; /* NULL; quotes as the server gave them, or "*" */
	bool stay;                   /* a redirect is an answer: it is not followed */
	int seconds;                 /* for the answer; 0: 60 */
	size_t most;                 /* bytes of it; 0: HTTP_ANSWER_MOST */
};

struct http_answer {
	int status;
	const char *bytes;
	size_t n;
	const char *etag, *location, *type; /* "" none */
	const char *url;             /* that answered, after redirects */
};

bool http_open(const struct calendar_conf *, struct http **out, struct err *); /* no connection yet */
void http_close(struct http **);
/* A token instead of a password, from now on (RFC 6750): `get` gives one; after a 401 it is asked once for another than
 * the one `refused`. */
typedef bool http_token(const struct calendar_conf *, const char *refused, char **out, struct err *);
void http_bearer(struct http *, http_token *get);
void http_patience(struct http *, int seconds); /* for all that is asked from now on */
bool http_ask(struct http *, struct pool *, const struct http_request *, struct http_answer *, struct err *);
/* The host of an address, for people. */
const char *http_host(struct pool *, const char *url);
/* `href` as the answer at `base` means it; NULL: it is on another host, or no address. */
const char *http_resolve(struct pool *, const char *base, const char *href);
/* The same, or on another host of the same house (domain_house), with TLS and at the same port. `host`: where it is in
 * any case. */
const char *http_resolve_near(struct pool *, const char *base, const char *href, const char **host);

#endif
