/* score_report: the figures of a time, by week and by what promises have in common */
#include "judgement/score.h"

#include <stdlib.h>
#include <string.h>

static int32_t monday(int32_t day)
{
	return day - (int)day_weekday(day);
}

static const char *week_name(struct pool *p, int32_t day)
{
	int32_t thursday = monday(day) + THURSDAY;
	int year = day_civil(thursday).year;

	return pool_print(p, "%d-W%02d", year, 1 + (thursday - day_of(year, 1, 1)) / 7);
}

const char *score_group(struct pool *p, const struct score_track *t, enum figures_by by)
{
	const struct commitment *m = &t->commitment;

	switch (by) {
	case BY_CONTACT: return t->person && *t->person ? t->person : m->to.n ? m->to.list[0].address : "";
	case BY_STAGE: return t->stage && *t->stage ? t->stage : "none";
	case BY_TEAM: return *m->team ? m->team : "none";
	case BY_POLICY: return m->policy;
	case BY_WEEK: return week_name(p, zone_day(m->owner->time.zone, score_item(t).day));
	case BY_COUNT: break;
	}
	return "";
}

/* A sentence that makes several promises says what each of them does. */
static void test(struct pool *p, const struct vow_rules *rules, const struct commitment *m, struct tested *out)
{
	struct frame f = { .anchor = m->made, .time = &m->owner->time };
	struct vow bare;
	struct vows vows = { 0 };
	const struct vow *best = NULL;

	out->of++;
	if (*m->words)
		vow_find(p, rules, m->words, &f, &vows);
	for (size_t i = 0; i < vows.n; i++)
		if (vows.list[i].score >= 0.5 && (!best || vows.list[i].score > best->score))
			best = &vows.list[i];
	if (!best && *m->words && vow_bare(p, rules, m->words, &f, &bare))
		best = &bare;
	if (!best)
		return;
	out->what += best->says_what;
	out->who += best->says_who;
	out->when += best->says_when;
	out->all += best->says_what && best->says_who && best->says_when;
}

static bool is_within(const struct figures *f, utc t, int32_t *day)
{
	*day = zone_day(f->owner->time.zone, t);
	return *day >= f->from && *day <= f->to;
}

static void tested_add(struct tested *sum, const struct tested *x)
{
	sum->of += x->of, sum->all += x->all;
	sum->what += x->what, sum->who += x->who, sum->when += x->when;
}

static void tests(struct pool *p, const struct vow_rules *rules, const struct score_track *tracks, size_t n, struct figures *f)
{
	int32_t day;

	for (size_t i = 0; i < n; i++) {
		const struct commitment *m = &tracks[i].commitment;
		struct tested one = { 0 };

		if (!m->written || !m->letter || !is_within(f, m->made, &day))
			continue;
		test(p, rules, m, &one);
		tested_add(&f->test, &one);
		tested_add(&f->weeks[(monday(day) - monday(f->from)) / 7].test, &one);
	}
}

static int most_first(const void *a, const void *b)
{
	const struct score *x = &((const struct figures_group *)a)->score, *y = &((const struct figures_group *)b)->score;
	size_t n = x->on_time.of + x->off, m = y->on_time.of + y->off;

	return n != m ? (n < m) - (n > m) : strcmp(x->group, y->group);
}

/* As the newest promise to them has it. */
static const char *name_of(struct pool *p, const struct score_track *const *tracks, size_t n, const char *address)
{
	while (n--) {
		const struct addrs *to = &tracks[n]->commitment.to;

		if (to->n && strcmp(score_group(p, tracks[n], BY_CONTACT), address) == 0 && to->list[0].name && *to->list[0].name)
			return to->list[0].name;
	}
	return "";
}

static void group(struct pool *p, const struct score_track *const *tracks, struct score_item *items, size_t n, enum figures_by by,
		  struct figures *f)
{
	size_t count, *left = &f->group_count[by];
	struct score *list;

	for (size_t i = 0; i < n; i++)
		items[i].group = score_group(p, tracks[i], by);
	list = score_groups(p, items, n, f->now, &count);
	for (size_t i = 0; i < count; i++)
		if (list[i].on_time.of || list[i].off)
			*(struct figures_group *)pool_more(p, &f->groups[by], (*left)++, sizeof **f->groups) =
				(struct figures_group){ .name = by == BY_CONTACT ? name_of(p, tracks, n, list[i].group) : "", .score = list[i] };
	if (*left)
		qsort(f->groups[by], *left, sizeof **f->groups, most_first);
}

/* The items of one week stand together. */
static void week(const struct figures *f, struct figures_week *w, int32_t first, const struct score_item *items, size_t n,
		 struct score_item *room)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (monday(zone_day(f->owner->time.zone, items[i].day)) == first)
			room[count++] = items[i];
	w->score = score_of(room, count, f->now);
}

void score_report(struct pool *p, const struct vow_rules *rules, const struct score_track *tracks, size_t n, struct figures *f)
{
	const struct score_track **within = pool_list(p, n, sizeof *within);
	struct score_item *items = pool_list(p, n, sizeof *items), *room = pool_list(p, n, sizeof *room);
	size_t count = 0;
	int32_t day;

	for (size_t i = 0; i < n; i++) {
		struct score_item x = score_item(&tracks[i]);

		if (is_within(f, x.day, &day))
			items[count] = x, within[count++] = &tracks[i];
	}
	f->week_count = (size_t)((monday(f->to) - monday(f->from)) / 7 + 1);
	f->weeks = pool_list(p, f->week_count, sizeof *f->weeks);
	f->all = score_of(items, count, f->now);
	for (size_t i = 0; i < f->week_count; i++) {
		int32_t first = monday(f->from) + (int32_t)i * 7;

		f->weeks[i].name = week_name(p, first), f->weeks[i].monday = first;
		week(f, &f->weeks[i], first, items, count, room);
	}
	for (int by = 0; by < BY_WEEK; by++)
		group(p, within, items, count, (enum figures_by)by, f);
	tests(p, rules, tracks, n, f);
}
