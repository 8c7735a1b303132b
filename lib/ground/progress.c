#include "ground/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
	FIRST = 500,
	BETWEEN = 200,
	SAMPLE = 500 /* with PROGRESS_SEEN of them: the last five seconds */,
	LEFT_MOST = 100 * 86400
};

void progress_begin(struct progress *p, const char *what, uint64_t total, int64_t now)
{
	*p = (struct progress){ .what = what, .total = total, .begun = now, .now = now, .told = now, .n = 1 };
	p->seen[0].at = now;
}

bool progress_at(struct progress *p, uint64_t done, int64_t now)
{
	now += p->lost;
	if (now < p->now) {
		p->lost += p->now - now;
		now = p->now;
	}
	p->now = now;
	p->done = done;
	if (now - p->seen[p->n - 1].at >= SAMPLE) {
		if (p->n == PROGRESS_SEEN)
			memmove(p->seen, p->seen + 1, --p->n * sizeof *p->seen);
		p->seen[p->n].at = now;
		p->seen[p->n++].done = done;
	}
	if (now - p->begun < FIRST || now - p->told < BETWEEN)
		return false;
	p->told = now;
	return true;
}

/* 12,400 */
static const char *number(uint64_t n, char out[40])
{
	char digits[24];
	size_t length = (size_t)snprintf(digits, sizeof digits, "%" PRIu64, n), at = 0;

	for (size_t i = 0; i < length; i++) {
		if (i && (length - i) % 3 == 0)
			out[at++] = ',';
		out[at++] = digits[i];
	}
	out[at] = '\0';
	return out;
}

const char *progress_time(int64_t s, char out[PROGRESS_ROOM])
{
	long long n = s < 0 ? 0 : s;

	if (n < 60)
		snprintf(out, PROGRESS_ROOM, "%lld s", n);
	else if (n < 600) /* in steps of ten seconds: who waits so long counts no single ones */
		snprintf(out, PROGRESS_ROOM, n / 10 % 6 ? "%lld min %lld s" : "%lld min", n / 60, n / 10 % 6 * 10);
	else if (n < 3600)
		snprintf(out, PROGRESS_ROOM, "%lld min", n / 60);
	else if (n < 2 * 86400)
		snprintf(out, PROGRESS_ROOM, n / 60 % 60 ? "%lld h %lld min" : "%lld h", n / 3600, n / 60 % 60);
	else
		snprintf(out, PROGRESS_ROOM, "%lld days", n / 86400);
	return out;
}

/* In a thousandth of a second, by the last seconds; 0: not known, or nothing moves. */
static double rate(const struct progress *p)
{
	int64_t ms = p->now - p->seen[0].at;

	return ms < SAMPLE || p->done <= p->seen[0].done ? 0 : (double)(p->done - p->seen[0].done) / (double)ms;
}

static void put_rate(double a_ms, char out[PROGRESS_ROOM])
{
	char n[40];

	*out = '\0';
	if (a_ms * 1000 >= 1)
		snprintf(out, PROGRESS_ROOM, ", %s a second", number((uint64_t)(a_ms * 1000 + 0.5), n));
	else if (a_ms * 60000 >= 1)
		snprintf(out, PROGRESS_ROOM, ", %s a minute", number((uint64_t)(a_ms * 60000 + 0.5), n));
}

static void put_left(const struct progress *p, double a_ms, char out[PROGRESS_ROOM])
{
	double left = a_ms > 0 && p->done < p->total ? (double)(p->total - p->done) / a_ms / 1000 : 0;
	char time[PROGRESS_ROOM];

	*out = '\0';
	if (left > 0 && left < LEFT_MOST)
		snprintf(out, PROGRESS_ROOM, ", %.100s left",
			 progress_time((int64_t)(left + 1), time)); /* never "0 s left" */
}

const char *progress_line(const struct progress *p, size_t columns, char out[PROGRESS_ROOM])
{
	double a_ms = rate(p);
	char done[40], total[40], speed[PROGRESS_ROOM], left[PROGRESS_ROOM];
	const char *tails[3][2] = { { speed, left }, { "", left }, { "", "" } };

	put_rate(a_ms, speed);
	put_left(p, a_ms, left);
	for (int i = 0; i < 3; i++) {
		int n = p->total && p->done <= p->total
				? snprintf(out, PROGRESS_ROOM, "%s of %s %s%s%s", number(p->done, done),
					   number(p->total, total), p->what, tails[i][0], tails[i][1])
				: snprintf(out, PROGRESS_ROOM, "%s %s%s", number(p->done, done), p->what, tails[i][0]);

		if (n < PROGRESS_ROOM && (size_t)n <= columns)
			return out;
	}
	return "";
}
