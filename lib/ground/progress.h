/* progress - how far a long work has come, as one line: how much is done, how fast now, how long still
 *
 * Law:     pure: the time is handed in, and drawing the line is another's affair. The rate is that of the last
 *          seconds. No line is due in the first half second, nor more than five a second. A total that is not known
 *          (0), or was passed, is not said, and no time left then. Where the clock jumps back the work goes on from
 *          there as if it had not.
 * Units:   milliseconds of a monotonic clock; columns.
 * Owns:    nothing; `what` is borrowed.
 * Tests:   tests/progress.c
 */
#ifndef KEPT_GROUND_PROGRESS_H
#define KEPT_GROUND_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PROGRESS_SEEN = 11, PROGRESS_ROOM = 200 };

struct progress {
	const char *what;      /* what is counted: "letters" */
	uint64_t total, done;  /* total may change on the way */
	struct {
		int64_t at;
		uint64_t done;
	} seen[PROGRESS_SEEN]; /* the last seconds, the oldest first */
	size_t n;
	int64_t begun, now, told, lost; /* lost: by jumps back of the clock */
};

void progress_begin(struct progress *, const char *what, uint64_t total, int64_t now);
/* So much is done by now. true: a line is due. */
bool progress_at(struct progress *, uint64_t done, int64_t now);
/* "12,400 of 50,000 letters, 3,100 a second, 13 s left"; where that is too wide first the rate is left out, then
 * the time, then all. Into `out`. */
const char *progress_line(const struct progress *, size_t columns, char out[PROGRESS_ROOM]);
/* "12 s", "2 min 10 s", "3 h 20 min", "2 days" */
const char *progress_time(int64_t seconds, char out[PROGRESS_ROOM]);

#endif
