/* kept, the terminal - questions to a person, and files that are there whole or not at all
 *
 * Law:     it is /dev/tty that is asked, whatever standard input is. A secret is read without echo, and the echo comes back
 *          whatever happens. A file is written beside its place, mode 0600, and then put there by one step; one that
 *          came there meanwhile is left alone but where it is said.
 * Tests:   tests/e2e/init.py
 */
#ifndef KEPT_DAEMON_KEPT_TERMINAL_H
#define KEPT_DAEMON_KEPT_TERMINAL_H

#include "ground/err.h"
#include "ground/pool.h"

bool terminal_open(int *fd); /* false: there is none */
/* An empty answer is `standard`, which stands in the question. false: the answers are at their end. */
bool terminal_ask(struct pool *, int fd, const char *question, const char *standard, const char **out);
bool terminal_agrees(struct pool *, int fd, const char *question, bool standard);
bool terminal_secret(int fd, const char *question, char *out, size_t room); /* false: none was given */

const char *file_absolute(struct pool *, const char *path);
/* In two steps, so that what was written can be tried before it is in its place. Folders on the way are made, mode 0700. */
bool file_beside(struct pool *, const char *path, const char *bytes, size_t n, const char **beside, struct err *);
bool file_placed(const char *beside, const char *path, bool over /* what may be there */, struct err *);

#endif
