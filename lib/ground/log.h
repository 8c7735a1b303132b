/* log - one event, one journal line
 *
 * Law:     word, id, detail. Never a body, a subject, a secret; an address only at debug level. Written to stderr with
 *          the journal's priority prefix (sd-daemon(3)) where stderr is the journal, with the time elsewhere.
 *          A line end in a detail becomes a space. Safe in any thread: one write(2) a line.
 */
#ifndef KEPT_GROUND_LOG_H
#define KEPT_GROUND_LOG_H

enum log_level { LOG_LINE_ERROR = 3, LOG_LINE_WARN = 4, LOG_LINE_INFO = 6, LOG_LINE_DEBUG = 7 };

/* Lines above this level are dropped. Called once, before threads. */
void log_most(enum log_level);
void log_line(enum log_level, const char *word, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
