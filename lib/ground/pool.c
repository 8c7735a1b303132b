#include "ground/pool.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct piece {
	struct piece *next;
	size_t used, size;
	alignas(max_align_t) char bytes[];
};

struct pool {
	struct piece *pieces; /* the newest first: it alone is filled further */
};

#if defined(__SANITIZE_ADDRESS__)
#define PIECE_LEAST 1
#else
#define PIECE_LEAST 8000
#endif
#define ALIGN alignof(max_align_t)

static _Noreturn void out_of_memory(size_t n)
{
	fprintf(stderr, "kept: out of memory (%zu bytes asked); nothing is lost, start me again\n", n);
	abort();
}

void *must_take(size_t n)
{
	void *m = calloc(1, n ? n : 1);

	if (!m)
		out_of_memory(n);
	return m;
}

char *must_copy(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(must_take(n), s, n);
}

struct pool *pool_new(void)
{
	return must_take(sizeof(struct pool));
}

void pool_end(struct pool **p)
{
	struct pool *whole = p ? *p : NULL;

	if (!whole)
		return;
	*p = NULL; /* first: `p` may lie in the pool itself */
	for (struct piece *c = whole->pieces, *next; c; c = next) {
		next = c->next;
		free(c);
	}
	free(whole);
}

void *pool_take(struct pool *p, size_t n)
{
	struct piece *c = p->pieces;
	size_t whole = n ? n : 1, size;

	if (whole > SIZE_MAX / 2)
		out_of_memory(n);
	if (PIECE_LEAST > 1)
		whole = (whole + ALIGN - 1) / ALIGN * ALIGN;
	if (!c || c->size - c->used < whole) {
		size = whole > PIECE_LEAST ? whole : PIECE_LEAST;
		c = must_take(sizeof *c + size);
		c->size = size;
		/* a big piece goes behind the one being filled, so that its rest is not lost */
		if (whole > PIECE_LEAST / 2 && p->pieces && PIECE_LEAST > 1) {
			c->next = p->pieces->next;
			p->pieces->next = c;
		} else {
			c->next = p->pieces;
			p->pieces = c;
		}
	}
	c->used += whole;
	return c->bytes + c->used - whole;
}

void *pool_list(struct pool *p, size_t n, size_t of)
{
	if (of && n > SIZE_MAX / 2 / of)
		out_of_memory(n);
	return pool_take(p, n * of);
}

/* Room is the next power of two from 4: so when n is 0, or 4 or more and a power of two, the list is full. */
void *pool_more(struct pool *p, void *list, size_t n, size_t of)
{
	void **l = list, *new;

	if (n == 0 || (n >= 4 && (n & (n - 1)) == 0)) {
		new = pool_list(p, n < 4 ? 4 : 2 * n, of);
		if (n)
			memcpy(new, *l, n * of);
		*l = new;
	}
	return (char *)*l + n * of;
}

char *pool_slice(struct pool *p, const char *s, size_t n)
{
	char *d = pool_take(p, n + 1);

	if (n)
		memcpy(d, s, n);
	return d;
}

char *pool_copy(struct pool *p, const char *s)
{
	return s ? pool_slice(p, s, strlen(s)) : NULL;
}

char *pool_vprint(struct pool *p, const char *format, va_list a)
{
	va_list b;
	int n;
	char *d;

	va_copy(b, a);
	n = vsnprintf(NULL, 0, format, b);
	va_end(b);
	if (n < 0)
		return pool_copy(p, "");
	d = pool_take(p, (size_t)n + 1);
	vsnprintf(d, (size_t)n + 1, format, a);
	return d;
}

char *pool_print(struct pool *p, const char *format, ...)
{
	va_list a;
	char *d;

	va_start(a, format);
	d = pool_vprint(p, format, a);
	va_end(a);
	return d;
}
