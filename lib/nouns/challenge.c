#include "nouns/challenge.h"

int32_t challenge_first(const struct challenge *x)
{
	return zone_day(x->owner->time.zone, x->start);
}

static int32_t last_day(const struct challenge *x)
{
	return challenge_first(x) + CHALLENGE_DAYS - 1;
}

int32_t challenge_ended(const struct challenge *x)
{
	int32_t last = last_day(x), day = x->ended ? zone_day(x->owner->time.zone, x->ended) : last;

	return day < last ? day : last;
}

int challenge_day(const struct challenge *x, utc t)
{
	int32_t day = zone_day(x->owner->time.zone, t), first = challenge_first(x);

	return day >= first && day < first + CHALLENGE_DAYS ? (int)(day - first + 1) : 0;
}

/* When the line of that day comes in a mail of its own; 0: it stands in that day's agenda. */
static utc line_of(const struct challenge *x, int32_t day)
{
	const struct worktime *w = &x->owner->time;

	return agenda_minute(x->owner) >= 0 && is_workday(w, day) ? 0 : zone_at(w->zone, day, w->hour);
}

utc challenge_next(const struct challenge *x, utc now)
{
	const struct worktime *w = &x->owner->time;
	int32_t today = zone_day(w->zone, now);

	for (int32_t day = today > x->told ? today : x->told + 1; day <= last_day(x); day++) {
		utc at = line_of(x, day), leave = at && at < now ? worktime_leave(w, at, now) : at;

		if (at && zone_day(w->zone, leave) == day)
			return leave;
	}
	return 0;
}

utc challenge_report(const struct challenge *x)
{
	const struct worktime *w = &x->owner->time;
	int32_t last = last_day(x);
	int evening = w->evening > w->eod ? w->evening : w->eod + 1; /* what is due on it is late by then */

	return is_workday(w, last) ? zone_at(w->zone, last, evening) : worktime_next(w, zone_at(w->zone, last + 1, 0));
}

size_t challenge_missed(const struct challenge *x, utc now, int32_t out[static CHALLENGE_DAYS])
{
	int32_t today = zone_day(x->owner->time.zone, now);
	size_t n = 0;

	for (int32_t day = x->told + 1; day < today && day <= last_day(x) && n < CHALLENGE_DAYS; day++)
		out[n++] = day;
	return n;
}
