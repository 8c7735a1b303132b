/* reader - the confined child in which letters are read
 *
 * Law:     MIME, HTML, iCalendar and what a calendar server says are parsed in a child process with no network and no files, with limits on memory
 *          and time (seccomp, rlimits; Landlock where the kernel has it). Its death costs one letter, also where it reads
 *          several together: that one is `broken`, a new child is started. Facts come back by a socket pair and are checked
 *          as they are unpacked.
 *          The child is this program started anew (/proc/self/exe, named READER_NAME): so it holds none of the parent's
 *          memory (passwords, other letters) and none of its locks, whatever its threads were doing. A constructor in
 *          reader.c takes it before main() is reached: no program that links reader can forget it.
 * Owns:    reader_open() owns the child; one thread at a time (each mailbox loop has its own). The child ends with the
 *          thread that started it (PR_SET_PDEATHSIG) and with its socket.
 * Fails:   TEMP, when no child can be started.
 * Borders: seccomp, Landlock, prctl
 * Tests:   tests/reader.c: killed, hanging, lying child, alone and among several; no file, no socket can be opened in it
 */
#ifndef KEPT_BORDERS_READER_H
#define KEPT_BORDERS_READER_H

#include "letters/autoconfig.h"
#include "letters/ical_task.h"
#include "nouns/busy.h"
#include "nouns/letter.h"

#define READER_NAME "kept-reader"

enum { READER_SECONDS = 10 }; /* for one letter */

struct reader;

bool reader_open(struct reader **out, struct err *);
void reader_close(struct reader **);
/* Nothing is to be read for a while: the child ends, and its memory is free. The next letter starts another. */
void reader_rest(struct reader *);
/* Never a wrong answer: false only when no child can be started. A letter that killed or hung it (10 s) has `broken` set. */
bool reader_read(struct reader *, struct pool *, const void *bytes, size_t n, struct letter *out, struct err *);
/* The same for each of several, which costs less: they go to the child together, some dozens at a time. Where it dies of
 * one, lies, or says nothing for a second, those dozens are read again one by one, so that it is known which one it was.
 * false: none counts. */
struct unread {
	const void *bytes;
	size_t n;
	struct letter *out;
	bool files; /* with the bytes of its attachments */
	struct reader_thing *thing; /* it is no letter; NULL */
};
bool reader_read_all(struct reader *, struct pool *, const struct unread *, size_t count, struct err *);

/* false: the kernel has no Landlock (it came with Linux 5.13 and may be off), and the child does without. */
bool reader_has_landlock(void);
#define READER_NO_LANDLOCK "this kernel has no Landlock: messages are read under seccomp and limits alone"

/* The bytes of this letter's attachments, which was read before: into it, as far as there is room for them (FILES_ROOM). What cannot be
 * had is left out. */
bool reader_files(struct reader *, struct pool *, const void *bytes, size_t n, struct letter *, struct err *);

/* ---- what is no letter (reader_thing.c) ---- */

/* When its owner is busy, as a foreign calendar says, within [from, till); not yet settled. `own`: their addresses, a line each. */
bool reader_busy(struct reader *, struct pool *, const void *bytes, size_t n, utc from, utc till, const char *own, struct busy *out, struct err *);

/* What a calendar server answered. */
bool reader_dav(struct reader *, struct pool *, const void *bytes, size_t n, struct dav_answer *out, struct err *);
/* An object for a calendar server: what kept says, put into what lies there (NULL: a new one). */
bool reader_task(struct reader *, struct pool *, const struct task_said *, const void *old, size_t n, const char **out, struct err *);
/* The servers of an address, as its domain tells mail programs. */
bool reader_autoconfig(struct reader *, struct pool *, const void *bytes, size_t n, const char *address, struct autoconfig *out, struct err *);

/* For tests: a child of another name, another deadline; its process; the confinement alone, of the calling process. */
bool reader_open_as(const char *name, int seconds, struct reader **out, struct err *);
int reader_process(const struct reader *);
bool reader_confine(struct err *);

#endif
