/* kept, progress - on the terminal how far a long work has come, and what is said where it is interrupted
 *
 * Law:     one line on stderr, where that is a terminal that this process may write to, and no JSON is asked for;
 *          else nothing. It is drawn over and over, and taken away at the end; the cursor stands at its begin, so
 *          that what else is printed covers it. No colour, no control character but CR. One work at a time; who
 *          begins one ends it before anything is printed on stdout.
 * Tests:   tests/progress.c (the arithmetic), tests/e2e/progress.py
 */
#ifndef KEPT_DAEMON_KEPT_PROGRESS_H
#define KEPT_DAEMON_KEPT_PROGRESS_H

#include <stdint.h>

void work_quiet(void); /* --json */
void work_begin(const char *what, uint64_t total); /* counted: "letters"; total 0: not known */
void work_at(uint64_t done);
void work_of(uint64_t done, uint64_t total);
/* Not counted: "reading the database through, 12 s", moved on by SQLite's own steps (sql_watch). */
void work_doing(const char *words);
void work_wait(const char *words, double seconds); /* "waiting for 2 mails, 48 s left", at each call */
void work_end(void);
void work_aside(void); /* takes the line away until it is drawn next: kept_say() does */

/* What Ctrl-C (or SIGTERM, SIGHUP) says, and which file it takes away, before it ends this process; the line goes with any.
 * NULL: nothing. Both are copied. */
void work_interrupted(const char *says, const char *file);

#endif
