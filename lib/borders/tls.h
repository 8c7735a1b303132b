/* tls - is this the server we meant?
 *
 * Law:     one connection: socket, maybe TLS, absolute deadline, byte budget. Chain, host name and dates are verified in the
 *          handshake, before a credential can be sent. A read or write past the deadline or budget kills the connection.
 * Units:   deadlines in milliseconds of CLOCK_MONOTONIC from the call.
 * Owns:    tls_open() owns the socket; tls_close() ends it. One thread at a time.
 * Borders: <gnutls/…>
 * Tests:   tests/tls.c: each bad certificate, implicit and STARTTLS
 */
#ifndef KEPT_BORDERS_TLS_H
#define KEPT_BORDERS_TLS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "ground/err.h"
#include "nouns/conf.h"

struct tls;

bool tls_open(const struct server *, int timeout_ms, struct tls **out, struct err *); /* connects; no TLS yet */
bool tls_start(struct tls *, const struct server *, struct err *);                    /* handshake and verification */
void tls_close(struct tls **);
void tls_deadline(struct tls *, int ms, size_t bytes); /* for the next command: at most so long, at most so many bytes read */
ssize_t tls_read(struct tls *, void *, size_t);        /* > 0, 0 at the end, -1: dead, tls_why() says why */
ssize_t tls_write(struct tls *, const void *, size_t);
int tls_fd(const struct tls *);
bool tls_pending(const struct tls *);                  /* decrypted bytes wait where poll() cannot see them */
bool tls_is_on(const struct tls *);
bool tls_dead(const struct tls *);
const char *tls_why(const struct tls *);
uint64_t tls_turns(const struct tls *);                /* round trips so far: reads that followed a write */
uint64_t tls_bytes(const struct tls *);                /* both ways */

#endif
