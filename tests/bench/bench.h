/* bench - what the measuring programs share: a clock, medians, and the line that one row is printed as
 *
 * Law:     ours and its floor are taken in turn, so that both see the same machine; what counts is the median of the pairwise
 *          ratios. Nothing here fails because it was slow.
 */
#ifndef KEPT_TESTS_BENCH_H
#define KEPT_TESTS_BENCH_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SERIES_MOST = 1000 };

struct series {
	double list[SERIES_MOST];
	size_t n;
};

static inline double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline void series_add(struct series *s, double x)
{
	if (s->n < SERIES_MOST)
		s->list[s->n++] = x;
}

static inline int series_order(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static inline double series_at(const struct series *s, double part) /* 0.5: the median */
{
	struct series t = *s;

	if (!t.n)
		return 0;
	qsort(t.list, t.n, sizeof *t.list, series_order);
	return part == 0.5 && t.n % 2 == 0 ? (t.list[t.n / 2 - 1] + t.list[t.n / 2]) / 2 : t.list[(size_t)(part * (double)(t.n - 1) + 0.5)];
}

static inline struct series series_ratio(const struct series *ours, const struct series *floor)
{
	struct series r = { .n = 0 };

	for (size_t i = 0; i < ours->n && i < floor->n; i++)
		series_add(&r, floor->list[i] > 0 ? ours->list[i] / floor->list[i] : 0);
	return r;
}

/* what | kept's median | the floor's | median of the ratios (the lowest to the highest) | goal; UNIT with its digits: "%.2f s" by (2, "s") */
static inline void bench_line(const char *what, int digits, const char *unit, const struct series *ours, const struct series *floor, const char *goal)
{
	struct series r = series_ratio(ours, floor);
	char a[40], b[40], c[60];

	snprintf(a, sizeof a, "%.*f %s", digits, series_at(ours, 0.5), unit);
	snprintf(b, sizeof b, "%.*f %s", digits, series_at(floor, 0.5), unit);
	snprintf(c, sizeof c, "%.2f (%.2f to %.2f)", series_at(&r, 0.5), series_at(&r, 0), series_at(&r, 1));
	printf("%-46s %13s %13s  %-22s %s\n", what, a, b, c, goal);
	fflush(stdout);
}

/* A row that is a count, or has no floor. */
static inline void bench_note(const char *what, const char *goal, const char *format, ...) __attribute__((format(printf, 3, 4)));
static inline void bench_note(const char *what, const char *goal, const char *format, ...)
{
	char s[200];
	va_list a;

	va_start(a, format);
	vsnprintf(s, sizeof s, format, a);
	va_end(a);
	printf("%-46s %-51s %s\n", what, s, goal);
	fflush(stdout);
}

static inline _Noreturn void bench_end(const char *what, const char *why)
{
	fprintf(stderr, "bench: %s: %s\n", what, why);
	exit(1);
}

#endif
