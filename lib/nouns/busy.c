#include "nouns/busy.h"

#include <stdlib.h>

#include "ground/pack.h"

static void walk_busy(struct packer *k, struct busy *b)
{
	walk_list(k, &b->times, &b->n, sizeof *b->times, 3 * NUMBER_LEAST);
	for (size_t i = 0; i < b->n; i++) {
		walk_time(k, &b->times[i].start);
		walk_time(k, &b->times[i].end);
		walk_bool(k, &b->times[i].floating);
	}
	walk_list(k, &b->findings, &b->finding_count, sizeof *b->findings, 2 * STRING_LEAST);
	for (size_t i = 0; i < b->finding_count; i++) {
		walk_string(k, &b->findings[i].what);
		walk_string(k, &b->findings[i].why);
	}
	walk_size(k, &b->left_out);
	walk_size(k, &b->events);
	walk_string(k, &b->broken);
}

void busy_pack(struct text *out, const struct busy *b)
{
	struct packer k = { .out = out };
	struct busy copy = *b; /* the walk takes both ways; packing writes nothing into it */

	walk_busy(&k, &copy);
}

bool busy_unpack(struct pool *p, const void *bytes, size_t n, struct busy *out, struct err *e)
{
	char *copy = pool_slice(p, bytes, n);
	struct packer k = { .pool = p, .at = copy, .end = copy + n };
	struct busy b = { 0 };

	walk_busy(&k, &b);
	for (size_t i = 0; i < b.n; i++)
		k.bad |= b.times[i].end <= b.times[i].start;
	if (k.bad || k.at != k.end)
		return err_perm(e, "the busy times of a calendar are damaged (%zu bytes)", n);
	*out = b;
	return true;
}

static int by_start(const void *a, const void *b)
{
	const struct busy_time *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

static utc settled(const struct zone *z, utc wall)
{
	struct civil c = day_civil((int32_t)((wall - ((wall % 86400) + 86400) % 86400) / 86400));

	c.second = (int)(((wall % 86400) + 86400) % 86400);
	return zone_utc(z, c);
}

void busy_settle(struct busy *b, const struct zone *z)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++)
		if (b->times[i].floating) {
			b->times[i].start = settled(z, b->times[i].start);
			b->times[i].end = settled(z, b->times[i].end);
			b->times[i].floating = false;
		}
	if (b->n)
		qsort(b->times, b->n, sizeof *b->times, by_start);
	for (size_t i = 0; i < b->n; i++)
		if (n && b->times[i].start <= b->times[n - 1].end) {
			if (b->times[i].end > b->times[n - 1].end)
				b->times[n - 1].end = b->times[i].end;
		} else {
			b->times[n++] = b->times[i];
		}
	b->n = n;
}

bool busy_within(const struct busy *b, utc from, utc till)
{
	size_t low = 0, high = b->n;

	while (low < high) { /* the first that ends after `from` */
		size_t mid = low + (high - low) / 2;

		if (b->times[mid].end <= from)
			low = mid + 1;
		else
			high = mid;
	}
	return low < b->n && b->times[low].start < till;
}
