#include "nouns/task.h"

#include "ground/pack.h"

static void walk_at(struct packer *k, struct task_time *t)
{
	walk_bool(k, &t->date);
	walk_bool(k, &t->floating);
	walk_time(k, &t->at);
}

static void walk_task(struct packer *k, struct task *t)
{
	int kind = (int)t->kind;

	walk_int(k, &kind);
	t->kind = kind == TASK_TODO ? TASK_TODO : kind == TASK_EVENT ? TASK_EVENT : TASK_NONE;
	walk_string(k, &t->uid);
	walk_string(k, &t->summary);
	walk_string(k, &t->place);
	walk_string(k, &t->rrule);
	walk_int(k, &t->minutes);
	walk_bool(k, &t->has_due);
	walk_bool(k, &t->date);
	walk_bool(k, &t->floating);
	walk_time(k, &t->due);
	walk_bool(k, &t->done);
	walk_bool(k, &t->cancelled);
	walk_int(k, &t->sequence);
	walk_list(k, &t->ones, &t->one_count, sizeof *t->ones, 7 * NUMBER_LEAST + STRING_LEAST);
	for (size_t i = 0; i < t->one_count; i++) {
		walk_at(k, &t->ones[i].recurrence);
		walk_at(k, &t->ones[i].start);
		walk_bool(k, &t->ones[i].off);
		walk_string(k, &t->ones[i].summary);
	}
	walk_bool(k, &t->more);
	walk_string(k, &t->broken);
}

static void walk_answer(struct packer *k, struct dav_answer *a)
{
	walk_list(k, &a->items, &a->n, sizeof *a->items, 8 * STRING_LEAST);
	for (size_t i = 0; i < a->n; i++) {
		struct dav_item *d = &a->items[i];

		walk_string(k, &d->href);
		walk_int(k, &d->status);
		walk_string(k, &d->etag);
		walk_bool(k, &d->calendar);
		walk_string(k, &d->principal);
		walk_string(k, &d->home);
		walk_string(k, &d->data);
		walk_task(k, &d->task);
	}
	walk_string(k, &a->token);
	walk_bool(k, &a->more);
	walk_bool(k, &a->token_refused);
	walk_string(k, &a->broken);
}

void dav_pack(struct text *out, const struct dav_answer *a)
{
	struct packer k = { .out = out };
	struct dav_answer copy = *a; /* the walk takes both ways */

	walk_answer(&k, &copy);
}

bool dav_unpack(struct pool *p, const void *bytes, size_t n, struct dav_answer *out, struct err *e)
{
	struct packer k = pack_from(p, bytes, n);
	struct dav_answer a = { 0 };

	walk_answer(&k, &a);
	if (!pack_whole(&k, "what was read of the calendar server's answer is", n, e))
		return false;
	*out = a;
	return true;
}

utc task_at(const struct task_time *t, const struct worktime *w)
{
	int32_t day = (int32_t)((t->at - ((t->at % 86400) + 86400) % 86400) / 86400);
	struct civil c = day_civil(day);

	if (t->date)
		return zone_at(w->zone, day, w->hour);
	if (!t->floating)
		return t->at;
	c.second = (int)(((t->at % 86400) + 86400) % 86400);
	return zone_utc(w->zone, c);
}

utc task_due(const struct task *t, const struct worktime *w)
{
	return t->has_due ? task_at(&(struct task_time){ t->date, t->floating, t->due }, w) : 0;
}
