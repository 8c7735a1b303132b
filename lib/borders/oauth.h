/* oauth - tokens for mailboxes, submissions and calendars (OAuth 2)
 *
 * Law:     what a provider gave lies in a file for each account beside the database, which only its owner may open; it
 *          is written whole, synced, and put in place by a rename. It is read and renewed under a lock, so that keptd's
 *          loops and kept never use one refresh token twice. An access token is renewed before it ends; one that a
 *          server refused is renewed once. A grant that the provider ended is noted, and its provider is not asked
 *          again until `kept login`. No token, code or secret enters a log, an error, an argument or the environment.
 * Owns:    `*out` is malloc'd; let it go by secret_free(). The rest lives in the pool.
 * Fails:   TEMP: the network, a provider that is busy. PERM: what the owner has to mend; the code says OAUTH_ENDED
 *          where that is `kept login`.
 * Borders: jansson; a listening socket on loopback (RFC 8252)
 * Manual:  kept.conf(5) oauth, kept(1) login, logout
 * Tests:   tests/border_oauth.c, border_metadata.c against a scripted provider, tests/fuzz/oauth.c, tests/e2e/oauth.py,
 *          oauth_calendar.py
 */
#ifndef KEPT_BORDERS_OAUTH_H
#define KEPT_BORDERS_OAUTH_H

#include <stdint.h>

#include "ground/err.h"
#include "ground/pool.h"
#include "nouns/conf.h"

#define OAUTH_ENDED "grant-ended"

/* An access token for the user of this server. `refused`: the one that it has just refused; NULL. `renew` (may be
 * NULL): when another is to be had; a server may end the session at the end of its token. */
bool oauth_token(const struct server *, const char *refused, char **out, utc *renew, struct err *);
/* Another number when another login was done; 0: none was. */
int64_t oauth_stamp(const struct oauth_conf *, const char *user);

/* "" a grant is there; else why not, a sentence. */
bool oauth_standing(struct pool *, const struct oauth_conf *, const char *user, const char **why, struct err *);
/* Forgets the tokens here, and tells the provider so where it can be told (RFC 7009): `revoked`. */
bool oauth_forget(const struct oauth_conf *, const char *user, bool *revoked, struct err *);
/* What was kept under another `store` stands here from now on, in place of what stood here: a login is tried before it
 * counts. */
bool oauth_move(const struct oauth_conf *from, const struct oauth_conf *to, const char *user, struct err *);
/* What trials of yesterday (a store's name, "-init-", a token) left there that were killed. */
void oauth_forget_trials(const struct oauth_conf *);

/* By another device (RFC 8628): the owner enters the code at the address, meanwhile it is asked every `interval`
 * seconds. */
struct oauth_device {
	const char *device_code, *user_code, *verification_uri;
	const char *verification_uri_complete; /* with the code in it; "" */
	int interval, expires_in;              /* seconds */
};
bool oauth_device_begin(const struct oauth_conf *, struct pool *, struct oauth_device *out, struct err *);
bool oauth_device_ask(const struct oauth_conf *, const char *user, struct oauth_device *, bool *done, struct err *);

/* By a browser: authorization code with PKCE (RFC 7636), which comes back to a socket on loopback (RFC 8252 7.3). */
struct oauth_code {
	const char *url;                            /* that the owner opens */
	const char *redirect_uri, *code_verifier, *state;
	int fd;                                     /* for poll(): somebody is there; -1 */
	struct oauth_loopback *loopback;            /* those who knocked */
};
bool oauth_code_begin(const struct oauth_conf *, const char *user, struct pool *, struct oauth_code *out, struct err *);
/* There is something at `fd`. `came`: it was the browser, and `*redirected` is what it was sent to; it is told to go
 * back. Anybody on this machine may knock, as browsers do for icons: whoever does not know `state` is answered and
 * passed over, and who says nothing keeps nobody out. */
bool oauth_code_came(struct pool *, struct oauth_code *, bool *came, const char **redirected, struct err *);
/* `redirected`: that address, or what the owner copied from the browser. */
bool oauth_code_finish(const struct oauth_conf *, const char *user, struct oauth_code *, const char *redirected,
		       struct err *);
void oauth_code_end(struct oauth_code *);

/* May tokens go to this address? https, or http on this machine. */
bool oauth_url(struct pool *, const char *url);
/* Are two addresses of one house? Else who shows people one to log in at has their token brought to the other. */
bool oauth_one_house(struct pool *, const char *url, const char *other);
/* What an issuer says of itself (RFC 8414, else OpenID's): the endpoints of logins that kept can do, which take the
 * place of those in `o`, and what it calls a token for mail where `o` has no scope. It must call itself by the very
 * name that it was asked by, and bring the token from where people log in. `registration`: where it registers clients;
 * NULL: it does not. Nothing is changed when it fails. */
bool oauth_metadata(struct pool *, const char *issuer, struct oauth_conf *o, const char **registration, struct err *);

/* A client of kept's own, registered by itself (RFC 7591) for the logins that have an endpoint. */
struct oauth_client {
	const char *id;
	char *secret; /* NULL: it has none; else to be put where secrets lie, and let go by secret_free() */
};
bool oauth_register(struct pool *, const struct oauth_conf *, const char *registration_endpoint,
		    struct oauth_client *out, struct err *);

#endif
