/* reader - the confined child in which letters are read
 *
 * Law:     MIME, HTML and iCalendar are parsed in a child process with no network and no files, with limits on memory
 *          and time (seccomp, rlimits; Landlock where the kernel has it). Its death costs one letter: that one is `broken`,
 *          a new child is started. Facts come back by a pipe and are checked as they are unpacked.
 * Owns:    reader_open() owns the child; one thread at a time (each mailbox loop has its own).
 * Tests:   tests/reader.c: killed, hanging, lying child; no file, no socket can be opened in it
 */
#ifndef KEPT_BORDERS_READER_H
#define KEPT_BORDERS_READER_H

#include "nouns/letter.h"

struct reader;

bool reader_open(struct reader **out, struct err *);
void reader_close(struct reader **);
/* Never a wrong answer: false only when no child can be started. A letter that killed or hung it (10 s) has `broken` set. */
bool reader_read(struct reader *, struct pool *, const void *bytes, size_t n, struct letter *out, struct err *);
/* In this process, without confinement: for a build without seccomp and for benchmarks. */

#endif
