/* addr - one mail address
 *
 * Law:     an address is local@domain (RFC 5321 4.1.2, dot-atoms or a quoted string; RFC 6531 UTF-8 allowed), no blank,
 *          no control character, no angle bracket, at most ADDRESS_MOST bytes. Compared without case. The domain is
 *          kept in lower case, the local part as written.
 * Owns:    nothing; strings are borrowed or in the pool handed in.
 * Fails:   never: what is no address gives "" or NULL, as each says.
 * Tests:   tests/addr.c
 */
#ifndef KEPT_NOUNS_ADDR_H
#define KEPT_NOUNS_ADDR_H

#include <stdbool.h>
#include <stddef.h>

#include "ground/pool.h"

struct addr {
	const char *name;    /* display name, decoded, may be "" ; hostile text: never into a header unchecked */
	const char *address; /* "ada@example.org" */
};

struct addrs {
	struct addr *list;
	size_t n;
};

/* Printable ASCII alone: kept can write to no other (RFC 6531 is not spoken). */
bool addr_ascii(const char *address);
bool addr_valid(const char *address);
bool addr_same(const char *a, const char *b);
const char *addr_domain(const char *address);             /* after the last @; "" where there is none */
char *addr_local(struct pool *, const char *address);     /* before the last @ */
char *addr_lower(struct pool *, const char *address);     /* ASCII letters to lower case, nothing else: for keys */
char *addr_clean(struct pool *, const char *s);           /* strips blanks, <>, mailto:; lower-case domain; NULL: no address */
bool addrs_has(const struct addrs *, const char *address);
void addrs_add(struct pool *, struct addrs *, const char *name, const char *address); /* once each */
const char *addr_called(const char *name, const char *address); /* the name; the address where there is none, or one that could be taken for another address */
const char *addr_typed(const char *address); /* in a command that is shown to be typed; "ADDRESS", where a shell or Markdown would read more in it */
/* Several in one string, parted by a comma and a blank, as the outbox has them; a quoted local part may hold both. */
struct addrs addrs_split(struct pool *, const char *list);
char *addrs_join(struct pool *, const struct addrs *);
bool addr_among(const char *list, const char *address);
char *addrs_names(struct pool *, const struct addrs *);    /* "Carol, Dan and 3 more"; the address where there is no name */
bool domain_is_public(const char *domain);                /* anybody may have an address there: a neighbour is no colleague */
bool domain_under(const char *domain, const char *of);    /* the same, or a subdomain of it */
/* The end of a host's name that is one house's: two labels, or three where the last but one is as short as those under which
 * anybody has theirs ("co.uk"); all of it where there are no more, or it is an address in numbers. */
const char *domain_house(const char *host);
bool addr_in_domains(const char *address, const char *const *domains, size_t n); /* exact domain or a subdomain */

/* Does `address` belong to the tracking pattern? "kept@example.org" takes kept@ and kept+DETAIL@, "*@kept.example.org"
 * any local part. `detail` (may be NULL): what stands after the first +, or the whole local part of a catch-all, as
 * written, URL/quoted-string decoding undone; "" where there is none. */
bool addr_tracks(struct pool *, const char *pattern, const char *address, const char **detail);
/* "kept+DETAIL@example.org" from "kept@example.org"; "DETAIL@kept.example.org" from a catch-all. */
char *addr_with(struct pool *, const char *pattern, const char *detail);

#endif
