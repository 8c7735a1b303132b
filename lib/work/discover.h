/* discover - where is the mail of an address? its servers, found as mail programs find them
 *
 * Law:     in this order, until both servers are known, and not by DNS alone: the table of large providers, by the
 *          domain; SRV records (RFC 6186, 8314); the domain's own autoconfig file, over TLS; the table, by the domain's
 *          MX; and what many houses call theirs (imap.DOMAIN …), where something answers there with a certificate of
 *          that name. Who gives tokens for them: the table, else what that file names (oAuth2), else the IMAP server,
 *          where it takes tokens alone (RFC 7628); and what the issuer says of itself. Nobody but the domain's own
 *          servers and that issuer is asked. No password is known here, and none is sent. A minute, and what was begun
 *          by then. DNS can be forged: `sure` says whether a password may be sent there without a person's word;
 *          `oauth_sure`, whether a login may be opened: the issuer is under the domain itself, or a large provider for
 *          servers of its own, for its tokens open a whole account.
 * Owns:    all of it lives in the pool.
 * Fails:   PERM: no such domain, or it says that it has no mail. TEMP: no network. That nothing was found is no
 *          failure: the host is "".
 * Tests:   tests/e2e/init.py; what is read: tests/dns.c, autoconfig.c, provider.c, border_metadata.c,
 *          border_offer.c
 */
#ifndef KEPT_WORK_DISCOVER_H
#define KEPT_WORK_DISCOVER_H

#include "nouns/provider.h"

struct discover_how {
	const char *nameserver; /* "192.0.2.1:5300"; NULL: the system's */
	const char *autoconfig; /* the address of the file; NULL: the places where it lies by custom */
	const char *ca;         /* NULL: the system's authorities */
};

struct discovered {
	struct server server;   /* host "": none was found */
	const char *whence;     /* "SRV _imaps._tcp.example.org" */
	bool sure;              /* under the domain itself, of a known provider, on this machine, or as the domain's file says */
};

struct discovery {
	struct discovered imap, smtp;
	struct strings mx;               /* to which mail from outside comes; none where DNS was not asked */
	const struct provider *provider; /* whose the IMAP server is; NULL: none of the table */
	/* who gives tokens for its servers; token_endpoint NULL: not known. client_id "" until one is registered */
	struct oauth_conf oauth;
	const char *registration_endpoint; /* where a client is registered by itself (RFC 7591); NULL */
	const char *oauth_whence;        /* how it is known who gives them */
	bool oauth_sure;                 /* … and a login may be opened there without a person's word */
	bool no_password;                /* the domain's file, or the server, says that a login in the browser is all it takes */
	const char *clear;               /* a server that offers no TLS, and so is none for kept; NULL */
	struct strings told;             /* what was asked, and what came, a sentence each */
};

/* Who gives tokens, where the table knows it of `provider`: for servers that a person named. discover() does it
 * itself. */
void discover_known_oauth(struct pool *, struct discovery *);
bool discover(struct pool *, const char *address, const struct discover_how *, struct discovery *out, struct err *);

#endif
