/* kept, the terminal - questions to a person
 *
 * Law:     it is /dev/tty that is asked, whatever standard input is. A secret is read without echo, and the echo comes back
 *          whatever happens.
 * Tests:   tests/e2e/init.py
 */
#ifndef KEPT_DAEMON_KEPT_TERMINAL_H
#define KEPT_DAEMON_KEPT_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

#include "ground/pool.h"

bool terminal_open(int *fd); /* false: there is none */
/* An empty answer is `standard`, which stands in the question. false: the answers are at their end. */
bool terminal_ask(struct pool *, int fd, const char *question, const char *standard, const char **out);
/* Yes or no, in the languages of kept's mails; asked again until it is one of them. */
bool terminal_agrees(struct pool *, int fd, const char *question, bool standard, bool *out);
bool terminal_secret(int fd, const char *question, char *out, size_t room); /* false: none was given */

#endif
