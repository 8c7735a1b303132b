/* discover - where is the mail of an address? its servers, found as mail programs find them
 *
 * Law:     in this order, until both servers are known: the table of large providers, by the domain; SRV records
 *          (RFC 6186, 8314); the domain's own autoconfig file, over TLS; the table, by the domain's MX; and what many
 *          houses call theirs (imap.DOMAIN …), where something answers there with a certificate of that name. Nobody but
 *          the domain's own servers is asked. No password is known here, and none is sent.
 *          DNS can be forged: `sure` says whether a password may be sent there without a person's word.
 * Owns:    all of it lives in the pool.
 * Fails:   PERM: no such domain, or it says that it has no mail. TEMP: no network. That nothing was found is no failure:
 *          the host is "".
 * Tests:   tests/e2e/init.py; what is read: tests/dns.c, autoconfig.c, provider.c
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
	bool sure;              /* under the domain itself, of a known provider, on this machine, or of a file that the domain vouched for */
};

struct discovery {
	struct discovered imap, smtp;
	const struct provider *provider; /* whose the IMAP server is; NULL: none of the table */
	bool no_password;                /* the domain says that a login in the browser is all it takes */
	const char *clear;               /* a server that offers no TLS, and so is none for kept; NULL */
	struct strings told;             /* what was asked, and what came, a sentence each */
};

bool discover(struct pool *, const char *address, const struct discover_how *, struct discovery *out, struct err *);

#endif
