#include "nouns/busy.h"

#include <stdlib.h>

#include "ground/pack.h"

static void walk_span(struct packer *k, struct busy_time *t)
{
	walk_time(k, &t->start);
	walk_time(k, &t->end);
	walk_bool(k, &t->floating);
	k->bad |= t->end <= t->start;
}

static void walk_meeting(struct packer *k, struct busy_meeting *m)
{
	walk_span(k, &m->time);
	walk_string(k, &m->uid);
	walk_string(k, &m->title);
	walk_list(k, &m->with.list, &m->with.n, sizeof *m->with.list, 2 * STRING_LEAST);
	for (size_t i = 0; i < m->with.n; i++) {
		walk_string(k, &m->with.list[i].name);
		walk_string(k, &m->with.list[i].address);
		k->bad |= !k->bad && !addr_valid(m->with.list[i].address);
	}
}

static void walk_busy(struct packer *k, struct busy *b)
{
	walk_list(k, &b->times, &b->n, sizeof *b->times, 3 * NUMBER_LEAST);
	for (size_t i = 0; i < b->n; i++)
		walk_span(k, &b->times[i]);
	walk_list(k, &b->meetings, &b->meeting_count, sizeof *b->meetings, 4 * NUMBER_LEAST + 2 * STRING_LEAST);
	for (size_t i = 0; i < b->meeting_count; i++)
		walk_meeting(k, &b->meetings[i]);
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
	struct packer k = pack_from(p, bytes, n);
	struct busy b = { 0 };

	walk_busy(&k, &b);
	if (!pack_whole(&k, "the busy times of a calendar are", n, e))
		return false;
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

static void land(struct busy_time *t, const struct zone *z)
{
	if (t->floating)
		*t = (struct busy_time){ settled(z, t->start), settled(z, t->end), false };
}

void busy_settle(struct busy *b, const struct zone *z)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++)
		land(&b->times[i], z);
	for (size_t i = 0; i < b->meeting_count; i++)
		land(&b->meetings[i].time, z);
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
