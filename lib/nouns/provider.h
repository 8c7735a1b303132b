/* provider - the large mail providers: their servers, and what is peculiar about them
 *
 * Law:     a domain belongs to the provider that names it (or a subdomain of it), or to the one whose name its MX bears.
 *          What changes from mail to mail (a name in Authentication-Results that is another each time) stands here as
 *          not known: `kept init` finds out by a mail.
 * Owns:    nothing; all of it is static.
 * Fails:   never: NULL, where none is known.
 * Tests:   tests/provider.c
 */
#ifndef KEPT_NOUNS_PROVIDER_H
#define KEPT_NOUNS_PROVIDER_H

#include "nouns/conf.h"

enum provider_login {
	PROVIDER_PASSWORD, /* that of the account */
	PROVIDER_APP,      /* one made for programs alone, at `where` */
	PROVIDER_OAUTH,    /* none: a login in the browser, at `oauth` */
	PROVIDER_BRIDGE,   /* that of a program on this machine, at `where` */
	PROVIDER_NONE,     /* no mail program is let in: no servers stand here */
};

/* Who logs in: the whole address, or what stands before its @. */
enum provider_user { PROVIDER_ADDRESS, PROVIDER_LOCAL };

enum provider_plus { PLUS_UNKNOWN, PLUS_WORKS, PLUS_FAILS };

struct provider {
	const char *name;           /* "Gmail" */
	const char *domains;        /* parted by blanks; NAME.*: NAME under com, a country, or its com or co */
	const char *mx;             /* ends of the names of its mail exchangers, parted by blanks */
	struct server imap, smtp;   /* host, port and tls */
	enum provider_user user;
	enum provider_login login;
	enum oauth_provider oauth;  /* who gives tokens for it, instead of a password or beside one; OAUTH_OTHER: nobody known */
	const char *where;          /* where an app password is made */
	enum provider_plus plus;    /* does ada+word@ come to ada@? */
	const char *authserv;       /* the name in its Authentication-Results; NULL: not known, "": Microsoft's form, which has none */
	bool keeps_sent;            /* what is handed in by SMTP lies in Sent by itself */
	const char *note;           /* what to know besides; "" */
};

const struct provider *provider_of_domain(const char *domain);
const struct provider *provider_of_mx(const char *host);
const struct provider *provider_of_host(const char *host); /* whose server is it? */
/* What a person does to get the password, or does instead, and the note: a sentence without its full stop. */
const char *provider_password(struct pool *, const struct provider *);

#endif
