/* tls - is this the server we meant?
 *
 * Law:     one connection: socket, maybe TLS (1.2 or later), absolute deadline, byte budget. Chain, host name and dates are
 *          verified in the handshake, before a credential can be sent. Without TLS it speaks to loopback alone. A read or
 *          write past the deadline or budget kills the connection.
 * Units:   deadlines in milliseconds of CLOCK_MONOTONIC from the call. Turns and bytes are those of the talk itself: the
 *          handshakes of TCP and TLS are not counted.
 * Owns:    tls_open() owns the socket; tls_close() ends it. One thread at a time.
 * Fails:   TEMP: no route, refused, no answer. PERM: certificate, no TLS there; the text says what to do.
 * Borders: <gnutls/…>
 * Tests:   tests/border_tls.c: each bad certificate, implicit and STARTTLS, deadline and budget
 */
#ifndef KEPT_BORDERS_TLS_H
#define KEPT_BORDERS_TLS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "ground/err.h"
#include "ground/pool.h"
#include "nouns/conf.h"

struct tls;

bool tls_open(const struct server *, int timeout_ms, struct tls **out, struct err *); /* connects; no TLS yet */
bool tls_start(struct tls *, const struct server *, struct err *);                    /* handshake and verification */
void tls_close(struct tls **);
const char *tls_authorities(const char *ca); /* for libcurl: this file, else the system's; NULL: the system has none where one is known to lie */
void tls_deadline(struct tls *, int ms, size_t bytes); /* for the next command: at most so long, at most so many bytes read */
ssize_t tls_read(struct tls *, void *, size_t);        /* > 0, 0 at the end, -1: dead, tls_why() says why */
ssize_t tls_write(struct tls *, const void *, size_t);
int tls_fd(const struct tls *);
bool tls_pending(const struct tls *);                  /* decrypted bytes wait where poll() cannot see them */
bool tls_is_on(const struct tls *);
bool tls_dead(const struct tls *);
void tls_kill(struct tls *, const char *why);          /* what was read is not to be believed: nothing more is read or sent */
const char *tls_why(const struct tls *);
size_t tls_budget(const struct tls *);                 /* bytes that may still come */
uint64_t tls_turns(const struct tls *);                /* round trips so far: reads that followed a write */
uint64_t tls_bytes(const struct tls *);                /* both ways */
bool tls_loopback(const void *sockaddr);               /* 127.0.0.0/8, ::1: there alone a login may go in clear */
/* The domain in the letters DNS knows (IDNA2008 A-labels); NULL where that is not possible. */
char *tls_domain(struct pool *, const char *domain);

#endif
