/* ical_task - one promise as a VTODO, one check-in as a VEVENT, in a collection of a calendar server (RFC 4791 4.1)
 *
 * Law:     no METHOD, nobody invited: a server would write to them. What a client added to an object of ours stays in
 *          it: only what kept says is written anew, of a series in each of its events. Times of a promise are in UTC, a day
 *          that has no hour is a date.
 * Fails:   reading never: `broken` says why. Writing: never; what does not fit is cut.
 * Tests:   tests/davxml.c
 */
#ifndef KEPT_LETTERS_ICAL_TASK_H
#define KEPT_LETTERS_ICAL_TASK_H

#include "nouns/task.h"

/* What kept says of one. */
struct task_said {
	enum task_kind kind;
	const char *uid, *summary;
	const char *description; /* in a new one alone: its owner may write there */
	const char *object;      /* of an event: as ical_write() makes it, without a method; then the rest need not be said. "" */
	bool date;               /* due: the day alone */
	int32_t day;
	utc due;
	bool done, waits;
	utc done_at, now;
	bool moved;              /* `old` has another time */
};

void ical_task(struct pool *, const char *text, size_t n, struct task *out);
/* `old`: as it lies there; NULL: a new one. */
const char *ical_task_write(struct pool *, const struct task_said *, const char *old, size_t n);

#endif
