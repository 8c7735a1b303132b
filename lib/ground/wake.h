/* wake - the bell between threads and processes
 *
 * Law:     ringing never blocks and never fails loudly; rings that were not heard yet are one ring. Between threads it is
 *          an eventfd, between processes a datagram socket PATH (mode 0600) that the daemon binds and `kept` sends to.
 * Owns:    wake_open() owns both descriptors; wake_close() removes the socket.
 */
#ifndef KEPT_GROUND_WAKE_H
#define KEPT_GROUND_WAKE_H

#include <stdbool.h>

#include "ground/err.h"

struct wake;

/* `path` NULL: between threads only. */
bool wake_open(const char *path, struct wake **out, struct err *);
void wake_close(struct wake **);
void wake_ring(struct wake *);
void wake_ring_process(const char *path); /* nobody listens: nothing happens */
int wake_fd(const struct wake *);         /* readable when it rang */
int wake_outer_fd(const struct wake *);   /* the socket, or -1 */
bool wake_heard(struct wake *);           /* takes the rings away; was there one? */

#endif
