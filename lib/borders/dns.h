/* dns - who serves a domain: SRV (RFC 2782) and MX records
 *
 * Law:     answers are anybody's words: each name in them is held to letters, digits, dots and hyphens, or the record is
 *          left out; sizes and counts are bounded; whether a host is to be trusted with a password is not decided here.
 *          Some seconds a question, over the resolver of this system, or one that is named.
 * Owns:    nothing; answers live in the pool. A resolver state of its own for each question: threads may ask at once.
 * Fails:   TEMP: nobody answered, or the answer cannot be read. That a name or a record is not there is an answer.
 * Borders: <resolv.h>, <arpa/nameser.h>
 * Tests:   tests/dns.c, tests/fuzz/dns.c, tests/e2e/init.py
 */
#ifndef KEPT_BORDERS_DNS_H
#define KEPT_BORDERS_DNS_H

#include <stddef.h>

#include "ground/err.h"
#include "ground/pool.h"

enum { DNS_TARGETS_MOST = 20 };

enum dns_kind { DNS_SRV, DNS_MX };

struct dns_target {
	int priority, weight, port; /* of MX: weight and port 0 */
	const char *host;           /* lower case, no dot at the end */
};

struct dns_answer {
	bool exists;                /* there is such a name */
	bool refused;               /* it says that this service is not offered (a target of ".") */
	struct dns_target list[DNS_TARGETS_MOST];
	size_t n;                   /* the one to try first stands first */
};

/* `nameserver`: "192.0.2.1" or "192.0.2.1:5300"; NULL: the system's. PERM: that is no such address. */
bool dns_ask(const char *nameserver, struct pool *, enum dns_kind, const char *name, struct dns_answer *out, struct err *);
/* A message as it came. */
bool dns_read(struct pool *, const void *bytes, size_t n, enum dns_kind, struct dns_answer *out, struct err *);

#endif
