/* material - the file behind a resource
 *
 * Law:     a regular file, read whole, no link followed at its end; what is sent is what was approved, by SHA-256.
 * Owns:    the pool.
 * Fails:   PERM: gone, changed since its approval, not a file, empty, larger than RESOURCE_FILE_MOST; TEMP: could not be read.
 * Tests:   tests/e2e/resources.py
 */
#ifndef KEPT_BORDERS_MATERIAL_H
#define KEPT_BORDERS_MATERIAL_H

#include "ground/err.h"
#include "ground/pool.h"
#include "nouns/resource.h"

bool material_read(struct pool *, const char *path, char **bytes, size_t *n, const char **digest, struct err *);
/* Is the file still the one that was approved? A link always is: what lies behind it is not fetched. */
bool material_sound(struct pool *, const struct resource *, struct err *);

const char *material_digest(struct pool *, const char *bytes, size_t n);
/* Keeps these bytes below `folder`, which is made where there is none: as a file of that name, this user's alone, in a
 * folder named by their digest. `path`: where; absolute where `folder` is. TEMP: it cannot be written now. */
bool material_keep(struct pool *, const char *folder, const char *name, const char *bytes, size_t n, const char **path,
		   struct err *);

#endif
