/* kept, files - that are there whole or not at all
 *
 * Law:     a file is written beside its place, mode 0600, and then put there by one step; one that came there meanwhile is
 *          left alone but where it is said.
 * Tests:   tests/e2e/init.py
 */
#ifndef KEPT_DAEMON_KEPT_FILE_H
#define KEPT_DAEMON_KEPT_FILE_H

#include "ground/err.h"
#include "ground/pool.h"

const char *file_absolute(struct pool *, const char *path);
/* In two steps, so that what was written can be tried before it is in its place. Folders on the way are made, mode 0700. */
bool file_beside(struct pool *, const char *path, const char *bytes, size_t n, const char **beside, struct err *);
bool file_placed(const char *beside, const char *path, bool over /* what may be there */, struct err *);

#endif
