#include "nouns/agenda.h"

#include <stdlib.h>
#include <string.h>

enum { LOOK_BACK = 14, LOOK_ON = 80 /* days: more than anybody is off at once */ };

enum agenda_part agenda_part(const struct commitment *m, bool reminded, utc at)
{
	const struct worktime *w = &m->owner->time;
	int32_t today = zone_day(w->zone, at), due = zone_day(w->zone, m->due);

	if ((m->state != COMMITMENT_OPEN && m->state != COMMITMENT_WAITING) || (m->snoozed > at && !reminded))
		return AGENDA_NOWHERE;
	if (worktime_late(w, m->due) < at)
		return AGENDA_OVERDUE;
	if (due <= today)
		return AGENDA_TODAY;
	return reminded || due <= workday_add(w, today, 1) ? AGENDA_NEAR : AGENDA_NOWHERE;
}

void agenda_promise(struct pool *p, struct agenda *a, const struct commitment *m, bool reminded)
{
	enum agenda_part part = agenda_part(m, reminded, a->at);

	if (part != AGENDA_NOWHERE)
		*(const struct commitment **)pool_more(p, &a->parts[part].list, a->parts[part].n++,
						       sizeof *a->parts[part].list) = m;
}

void agenda_line(struct pool *p, struct agenda *a, enum agenda_list list, struct review_line line)
{
	line.text = line.text ? line.text : "", line.who = line.who ? line.who : "",
	line.words = line.words ? line.words : "";
	*(struct review_line *)pool_more(p, &a->lists[list].lines, a->lists[list].n++, sizeof line) = line;
}

size_t agenda_count(const struct agenda *a)
{
	size_t n = a->challenge != NULL;

	for (int i = 0; i < AGENDA_PART_COUNT; i++)
		n += a->parts[i].n;
	for (int i = 0; i < AGENDA_LIST_COUNT; i++)
		n += a->lists[i].n;
	return n;
}

int agenda_minute(const struct owner *o)
{
	int minute;

	if (!o->agenda)
		return -1;
	if (strcmp(o->agenda, "hour") == 0)
		return o->time.hour;
	return worktime_clock(o->agenda, &minute) ? minute : -1;
}

bool agenda_mornings(const struct owner *o, utc now, utc *last, utc *next)
{
	const struct worktime *w = &o->time;
	int minute = agenda_minute(o);
	int32_t today = zone_day(w->zone, now);

	*last = *next = 0;
	for (int32_t day = today - LOOK_ON; minute >= 0 && day <= today + LOOK_ON && !*next; day++) {
		utc at = zone_at(w->zone, day, minute);

		if (is_workday(w, day))
			*(at <= now ? last : next) = at;
	}
	return minute >= 0;
}

bool agenda_takes(const struct owner *o, utc reminder, utc *at)
{
	const struct zone *z = o->time.zone;
	int32_t day = zone_day(z, reminder);
	utc next;

	return agenda_mornings(o, reminder, at, &next) &&
	       (*at == reminder || (zone_day(z, *at) == day && reminder == zone_at(z, day, o->time.hour)));
}

size_t agenda_missed(struct pool *p, const struct owner *o, utc seen, utc till, int32_t **out)
{
	const struct worktime *w = &o->time;
	int minute = agenda_minute(o);
	int32_t last = zone_day(w->zone, till), first = zone_day(w->zone, seen);
	size_t n = 0;

	*out = NULL;
	for (int32_t day = first > last - LOOK_BACK ? first : last - LOOK_BACK; minute >= 0 && day <= last; day++) {
		utc at = zone_at(w->zone, day, minute);

		if (is_workday(w, day) && at > seen && at < till)
			*(int32_t *)pool_more(p, out, n++, sizeof **out) = day;
	}
	return n;
}
