#include "nouns/review.h"

#include <stdlib.h>

enum { WEEK = 7 * 86400, TWICE = 2 /* reviews in which a candidate is asked about */ };

enum review_part review_part(const struct commitment *m, utc from, utc now)
{
	switch (m->state) {
	case COMMITMENT_CANDIDATE:
		return m->made > now - TWICE * WEEK ? REVIEW_CANDIDATES : REVIEW_NOWHERE;
	case COMMITMENT_KEPT:
		return m->closed > from ? REVIEW_KEPT : REVIEW_NOWHERE;
	case COMMITMENT_CANCELLED:
		return REVIEW_NOWHERE;
	case COMMITMENT_DELIVERED:
		return REVIEW_SENT;
	case COMMITMENT_OPEN:
	case COMMITMENT_WAITING:
		break;
	}
	if (worktime_late(&m->owner->time, m->due) < now)
		return REVIEW_OVERDUE;
	if (m->state == COMMITMENT_WAITING)
		return m->team_since && !m->team_answered ? REVIEW_TEAMS : REVIEW_OTHERS;
	return m->due < now + WEEK ? REVIEW_WEEK : REVIEW_LATER;
}

static int by_day(const void *a, const void *b)
{
	const struct commitment *x = *(const struct commitment *const *)a, *y = *(const struct commitment *const *)b;

	return x->due != y->due ? (x->due > y->due) - (x->due < y->due) : (x->id > y->id) - (x->id < y->id);
}

void review_sort(struct pool *p, struct review *r, const struct commitment *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		enum review_part part = review_part(&list[i], r->from, r->to);

		if (part != REVIEW_NOWHERE)
			*(const struct commitment **)pool_more(p, &r->parts[part].list, r->parts[part].n++,
							       sizeof *r->parts[part].list) = &list[i];
	}
	for (int i = 0; i < REVIEW_PART_COUNT; i++)
		if (r->parts[i].n)
			qsort(r->parts[i].list, r->parts[i].n, sizeof *r->parts[i].list, by_day);
}

void review_line(struct pool *p, struct review *r, enum review_list list, struct review_line line)
{
	line.text = line.text ? line.text : "", line.who = line.who ? line.who : "", line.words = line.words ? line.words : "";
	*(struct review_line *)pool_more(p, &r->lists[list].lines, r->lists[list].n++, sizeof line) = line;
}

size_t review_count(const struct review *r)
{
	size_t n = 0;

	for (int i = 0; i < REVIEW_PART_COUNT; i++)
		n += r->parts[i].n;
	for (int i = 0; i < REVIEW_LIST_COUNT; i++)
		n += r->lists[i].n;
	return n;
}
