/* pool - memory that dies together
 *
 * Law:     one pool per letter, step or digest; whoever makes it ends it. Out of memory ends the process: the
 *          database is the only state. In a build with AddressSanitizer each piece has its own malloc.
 * Owns:    all that was taken from it, until pool_end().
 */
#ifndef KEPT_GROUND_POOL_H
#define KEPT_GROUND_POOL_H

#include <stdarg.h>
#include <stddef.h>

struct pool;

struct pool *pool_new(void);
void pool_end(struct pool **); /* NULL inside is allowed; sets it to NULL */

void *pool_take(struct pool *, size_t n);            /* n zero bytes, aligned for anything */
void *pool_list(struct pool *, size_t n, size_t of); /* n * of zero bytes, checked for overflow */
/* A list that grows: `*list` of `n` things of size `of`, room doubles; returns the new last thing, zeroed, and the
 * caller counts n up. The old list stays valid until the pool ends. */
void *pool_more(struct pool *, void *list, size_t n, size_t of);
char *pool_copy(struct pool *, const char *s);            /* NULL gives NULL */
char *pool_slice(struct pool *, const char *s, size_t n); /* the first n bytes, and a NUL */
char *pool_print(struct pool *, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *pool_vprint(struct pool *, const char *format, va_list);

/* calloc and realloc that end the process instead of failing, for what lives long. */
void *must_take(size_t n);
char *must_copy(const char *s);

#endif
