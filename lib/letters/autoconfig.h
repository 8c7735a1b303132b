/* autoconfig - the file by which a domain tells mail programs its servers (clientConfig, as Thunderbird reads it)
 *
 * Law:     no DTD, nothing fetched, 256 KiB. Run in the confined child. The first IMAP and the first SMTP server with
 *          TLS is taken, one with TLS from the start before one with STARTTLS; a server without TLS is not one. What is
 *          not understood is passed over.
 * Fails:   never: what is no such file has `broken` set.
 * Borders: <libxml/…>
 * Tests:   tests/autoconfig.c, tests/fuzz/autoconfig.c
 */
#ifndef KEPT_LETTERS_AUTOCONFIG_H
#define KEPT_LETTERS_AUTOCONFIG_H

#include "nouns/conf.h"

/* Who gives tokens, by its element oAuth2: words of a stranger, which are bounded here and judged by whoever uses them.
 * "" none. */
struct autoconfig_oauth {
	const char *issuer; /* a host or an address */
	const char *scope;  /* words, parted by a blank */
	const char *authorization_endpoint, *token_endpoint;
};

struct autoconfig {
	struct server imap, smtp; /* host "" where none is named */
	bool clear;               /* it names one, but none with TLS */
	bool no_password;         /* a login in the browser is all that its IMAP server takes */
	bool tokens;              /* its IMAP server takes such a login; beside a password, or alone */
	struct autoconfig_oauth oauth;
	const char *broken;       /* "" */
};

struct autoconfig autoconfig_nothing(void);
/* `address`: whose servers they are; it stands in user names. */
void autoconfig_read(struct pool *, const char *xml, size_t n, const char *address, struct autoconfig *out);

#endif
