/* oauth, inside - what its parts share: a grant and its file, a question and its answer; for oauth*.c alone */
#ifndef KEPT_BORDERS_OAUTH_INNER_H
#define KEPT_BORDERS_OAUTH_INNER_H

#include "borders/oauth.h"
#include "ground/text.h"

enum { OAUTH_TOKEN_MOST = 8192, OAUTH_ANSWER_MOST = 64 << 10, OAUTH_FORM_MOST = 32 << 10, OAUTH_SECONDS = 30 };

/* What a provider answered; "" and 0: it did not say. */
struct oauth_answer {
	int status;
	const char *access_token, *refresh_token, *token_type, *error, *says;
	const char *device_code, *user_code, *verification_uri, *verification_uri_complete;
	int64_t expires_in, interval;
};

/* What is kept of a grant. */
struct grant {
	const char *access, *refresh; /* "" none */
	utc renew, ends;              /* of the access token; seconds of the machine's clock */
	const char *ended;            /* why the provider ended it; "" */
};

/* oauth_store.c: the file. It is read and written under the lock. */
const char *grant_path(struct pool *, const struct oauth_conf *, const char *user);
bool grant_lock(struct pool *, const struct oauth_conf *, const char *user, int *lock, struct err *);
void grant_unlock(int lock);
/* none: an empty one */
bool grant_read(struct pool *, const struct oauth_conf *, const char *user, struct grant *out, struct err *);
bool grant_parse(struct pool *, const char *bytes, size_t, struct grant *out); /* false: it is no such file */
bool grant_write(struct pool *, const struct oauth_conf *, const char *user, const struct grant *, struct err *);
bool grant_remove(struct pool *, const struct oauth_conf *, const char *user, struct err *);

struct json_t;
struct http_request;
struct http_answer;

/* oauth_ask.c: application/x-www-form-urlencoded there, JSON back. */
void form_add(struct text *, const char *name, const char *value);
bool form_client(struct text *form, const struct oauth_conf *, struct err *); /* client_id and client_secret */
/* A value of a query, its % taken out; NULL: it is not there, or no text. */
const char *oauth_value(struct pool *, const char *url, const char *name);
bool oauth_ask(struct pool *, const struct oauth_conf *, const char *url, const char *form, struct oauth_answer *out,
	       struct err *);
/* What came back; false: no object of JSON. `form`: what was asked, whose secrets are repeated to nobody. */
bool oauth_read(struct pool *, const char *bytes, size_t, const char *form, struct oauth_answer *out);
/* One question by HTTP: no redirect is followed, and an answer has its largest size. */
bool oauth_http(struct pool *, const struct oauth_conf *, const struct http_request *, struct http_answer *out,
		struct err *);
/* A word of the protocol: printable ASCII (RFC 6749 A). Anything else is as good as none: "". */
const char *oauth_word(struct pool *, const struct json_t *, const char *name, size_t most);
/* The error of an answer that is one, for a person. */
bool oauth_refused(struct pool *, const struct oauth_conf *, const char *user, const char *url,
		   const struct oauth_answer *, struct err *);
/* The scopes, as one word of a form. */
const char *oauth_scope(struct pool *, const struct oauth_conf *);

/* oauth_loopback.c: listens there. */
bool oauth_listen(struct oauth_code *, int *port);
/* What one at that socket has said by now, a text: the answer, NULL while it is not whole. `redirected`: it is the
 * browser, which was sent here; NULL: it is not. */
const char *oauth_heard(struct pool *, const char *said, const char *state, const char **redirected);

/* oauth_metadata.c: what stands there. `object`: it is JSON that says something at all. */
bool oauth_metadata_read(struct pool *, const char *issuer, const char *bytes, size_t n, struct oauth_conf *,
			 const char **registration, bool *object, struct err *);

/* oauth.c: the answer's tokens are kept from now on. */
bool oauth_keep(struct pool *, const struct oauth_conf *, const char *user, const struct oauth_answer *,
		struct grant *, struct err *);

#endif
