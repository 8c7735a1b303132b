/* check-ins: when, how long, how often, and whether that is a fit time for all */
#include <string.h>

#include "judgement/when.h"
#include "letters/ical.h"
#include "letters/phrase.h"
#include "work/checkins_inner.h"

/* ---- when ---- */

static bool reads(struct checkins *k, const char *words, const struct frame *f, struct when *out, struct err *e)
{
	struct err why = { 0 };

	return when_parse(k->p, words, f, out, &why) ||
	       err_code(e, why.code, "%s", phrase_not_read(k->p, checkins_language(k), words, why.code, why.text));
}

static bool is_to_come(struct checkins *k, const char *words, utc at, struct err *e)
{
	return at > k->now || checkins_refuse(k, e, "'%s' was %s: that has passed", words, checkins_day(k, at));
}

static bool moment(struct checkins *k, const char *words, struct when *out, struct err *e)
{
	struct frame f = { .anchor = k->written, .time = &k->owner->time, .zone = zone_named, .zone_arg = k->p };

	return reads(k, words, &f, out, e);
}

bool checkins_moment(struct checkins *k, const char *words, struct when *out, struct err *e)
{
	return moment(k, words, out, e) && is_to_come(k, words, out->at, e);
}

/* The day of one, and the time of day of the other. */
static utc on_day_of(const struct zone *z, utc day, utc clock)
{
	struct civil c = zone_civil(z, clock), d = zone_civil(z, day);

	c.year = d.year, c.month = d.month, c.day = d.day;
	return zone_utc(z, c);
}

bool checkins_another(struct checkins *k, const char *words, utc was, struct when *out, struct err *e)
{
	const struct zone *z = k->owner->time.zone;

	if (!moment(k, words, out, e))
		return false;
	if (was && !out->has_hour)
		out->at = on_day_of(z, out->at, was);
	else if (out->no_day && on_day_of(z, was, out->at) > k->now)
		out->at = on_day_of(z, was, out->at);
	return is_to_come(k, words, out->at, e);
}

/* "30min", "1h". */
bool checkins_lasting(struct checkins *k, const char *words, int *minutes, struct err *e)
{
	struct frame f = { .anchor = k->now, .time = &k->owner->time };
	struct when w;

	if (!reads(k, words, &f, &w, e))
		return false;
	if (w.rrule || w.at <= k->now || w.at > k->now + CHECKIN_MINUTES_MOST * 60)
		return checkins_refuse(k, e, "'%s' is no length of a meeting; as 30min, 1h (a day at most)", words);
	*minutes = (int)((w.at - k->now + 59) / 60);
	return true;
}

/* A month's rule that names no day would fall on Sundays: it keeps the weekday of the first, "the second Thursday". */
const char *checkins_on_weekday(struct checkins *k, const char *rrule, const struct zone *z, utc start)
{
	static const char *const days[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
	struct civil c = zone_civil(z, start);
	int nth = (c.day - 1) / 7 + 1;

	if (!text_starts(rrule, "FREQ=MONTHLY") || strstr(rrule, ";BY"))
		return rrule;
	return pool_print(k->p, "%s;BYDAY=%d%s", rrule, nth > 4 ? -1 : nth, days[day_weekday(zone_day(z, start))]);
}

/* Moved to another day, the day that a rule names goes along: "the first Thursday", "Mondays". Which of several, nobody said. */
bool checkins_moved_rule(struct checkins *k, utc start, const char **rrule, struct err *e)
{
	const struct zone *z = k->owner->time.zone;
	const char *by = strstr(*rrule, ";BYDAY=");
	utc same;

	if (!by || strstr(*rrule, ";BYSETPOS") || (ical_next(*rrule, z, start, start, &same) && same == start))
		return true;
	if (strchr(by, ',') || strchr(by + 1, ';'))
		return checkins_refuse(k, e, "it comes again by a rule of several days, and the new time is on none of them; say how often too, "
					     "with `every`");
	*rrule = checkins_on_weekday(k, pool_slice(k->p, *rrule, (size_t)(by - *rrule)), z, start);
	return true;
}

/* The rule of those words, said at that time. */
static bool rule_at(struct checkins *k, const char *words, utc anchor, const char **rrule, struct err *e)
{
	struct frame f = { .anchor = anchor, .time = &k->owner->time, .zone = zone_named, .zone_arg = k->p };
	struct when w;

	if (!when_parse(k->p, words, &f, &w, NULL) && !reads(k, pool_print(k->p, "every %s", words), &f, &w, e))
		return false;
	*rrule = w.rrule;
	return w.rrule || checkins_refuse(k, e, "'%s' does not say how often; as `every 2 weeks`, `quarterly`", words);
}

/* … and the first time that it has at `start` or later. Where a rule's day is only the one on which it was said, the start counts. */
bool checkins_repeating(struct checkins *k, const char *words, const char **rrule, utc *start, struct err *e)
{
	const struct zone *z = k->owner->time.zone;
	const char *later = "";

	if (text_same(words, "once")) {
		*rrule = "";
		return true;
	}
	if (!rule_at(k, words, *start, rrule, e) || !rule_at(k, words, *start + 2 * 86400, &later, e))
		return false;
	if (strcmp(*rrule, later) != 0 && strstr(*rrule, ";BY"))
		*rrule = pool_slice(k->p, *rrule, (size_t)(strstr(*rrule, ";BY") - *rrule));
	*rrule = checkins_on_weekday(k, *rrule, z, *start);
	return ical_next(*rrule, z, *start, *start, start) ||
	       checkins_refuse(k, e, "'%s' has no day in the next years", words);
}

/* ---- is it a fit time? ---- */

static bool is_working(const struct worktime *w, utc t)
{
	struct civil c = zone_civil(w->zone, t);
	int minute = c.hour * 60 + c.minute;

	return is_workday(w, zone_day(w->zone, t)) && minute >= w->hour && minute <= w->eod;
}

/* For one person, in whose zone it is seen; NULL: the owner. */
bool checkins_fit(struct checkins *k, const char *who, const struct worktime *w, utc start, int minutes, struct err *e)
{
	const char *at = phrase_time(k->p, checkins_language(k), w->zone, start);
	utc end = start + minutes * 60;

	if (!k->force && (is_quiet(w, start) || is_quiet(w, end - 60)))
		return who ? checkins_refuse(k, e, "%s: that is in the quiet hours of %s; `--force` (on the terminal) takes it all the same",
					     at, who)
			   : checkins_refuse(k, e, "%s: that is in your quiet hours; `--force` (on the terminal) takes it all the same", at);
	if (!is_working(w, start) || !is_working(w, end))
		checkins_say(k, "**Look at the hour:** for %s it is %s, outside working hours.",
			     who ? checkins_plain(k, who) : checkins_in(k, "yourself"), at);
	return true;
}

bool checkins_fit_all(struct checkins *k, const struct addrs *with, utc start, int minutes, struct err *e)
{
	if (!checkins_fit(k, NULL, &k->owner->time, start, minutes, e))
		return false;
	for (size_t i = 0; i < with->n; i++) {
		struct worktime theirs;
		struct contact who;
		bool noted;

		if (!store_contact(k->q, k->p, k->owner->key, &with->list[i], &who, &noted, e))
			return false;
		theirs = contact_worktime(k->p, &k->owner->time, &who);
		if (theirs.zone == k->owner->time.zone && theirs.holidays == k->owner->time.holidays)
			continue;
		if (!checkins_fit(k, addr_called(who.name, who.address), &theirs, start, minutes, e))
			return false;
	}
	return true;
}

/* What the owner's calendars hold at that time. */
static bool busy_then(struct checkins *k, utc start, int minutes, struct err *e)
{
	struct busy b = { .broken = "" };
	utc till = start + minutes * 60;

	for (size_t i = 0; i < k->c->calendar_count; i++)
		if (k->c->calendars[i].owner == k->owner && k->c->calendars[i].kind == CALENDAR_BUSY &&
		    !store_busy_add(k->q, k->p, k->c->calendars[i].key, start, till, &b, e))
			return false;
	busy_settle(&b, k->owner->time.zone);
	if (busy_within(&b, start, till))
		checkins_say(k, "**Look at the day:** your calendar has something then.");
	return true;
}

/* Another meeting of the owner's at that time. */
bool checkins_clash(struct checkins *k, const struct checkin *c, utc start, struct err *e)
{
	struct checkin *list;
	size_t n;

	if (!store_checkins(k->q, k->p, k->owner->key, start - CHECKIN_MINUTES_MOST * 60, &list, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		utc at;

		if (list[i].id == c->id || !checkin_is_live(list[i].state) || list[i].state == CHECKIN_DECLINED)
			continue;
		if (checkin_next(k->p, &list[i], start - list[i].minutes * 60 + 1, &at, NULL) &&
		    at < start + c->minutes * 60)
			checkins_say(k, "**Look at the day:** you have “%s” (c%lld) then.",
				     checkins_plain(k, checkin_title(k->p, &list[i])), (long long)list[i].id);
	}
	return busy_then(k, start, c->minutes, e);
}

