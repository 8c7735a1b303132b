/* pack - facts as bytes, and back
 *
 * Law:     one walk serves both ways, so that what is written and what is read cannot drift apart. Numbers are 8 bytes, little
 *          end first; a string is its length, its bytes and a NUL, so that an unpacked one points into what was handed in.
 *          What is unpacked is believed in nothing: a wrong length, broken UTF-8, a count beyond what was sent sets `bad`.
 * Owns:    unpacked strings live where the bytes do, lists in the pool.
 * Tests:   tests/letter.c, tests/busy.c
 */
#ifndef KEPT_GROUND_PACK_H
#define KEPT_GROUND_PACK_H

#include "ground/text.h"
#include "ground/worktime.h"

struct packer {
	struct text *out;     /* NULL: unpacking */
	struct pool *pool;    /* unpacking */
	const char *at, *end; /* unpacking: what is left */
	bool bad;
};

enum { NUMBER_LEAST = 8, STRING_LEAST = 9 }; /* the fewest bytes that one takes */

/* Unpacking of a copy that lives in the pool. */
struct packer pack_from(struct pool *, const void *bytes, size_t n);
/* All of the `n` bytes was read and was right; else PERM: "WHAT damaged (n bytes)". */
bool pack_whole(const struct packer *, const char *what, size_t n, struct err *);

void walk_number(struct packer *, uint64_t *);
void walk_size(struct packer *, size_t *);
void walk_time(struct packer *, utc *);
void walk_int(struct packer *, int *);
void walk_bool(struct packer *, bool *);
void walk_string(struct packer *, const char **);
/* A list's count; unpacking makes room for it. `least`: the fewest bytes one of it takes, so that no count can ask for
 * more memory than a fixed multiple of what was sent. */
void walk_list(struct packer *, void *list, size_t *n, size_t of, size_t least);

#endif
