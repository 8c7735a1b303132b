#include "judgement/plan_checkin.h"
#include "judgement/plan_inner.h"

#include <stdlib.h>
#include <string.h>

enum {
	LEAD = 5,     /* working days from the proposal to its day */
	LEAST = 2,    /* … where it is late: the invitation must reach them */
	NEAR = 7,     /* days before the ideal one */
	REST = 7,     /* days after a proposal that was not answered, a skip */
	DECLINED = 3, /* after they declined one: it is not that they want none */
	CROWDED = 2,  /* a check-in on a day weighs as two days away from the ideal one */
	DEEP = 3,     /* how many are moved to make room for one */
	MINUTES = 30,
	DAY = 86400
};

const char *due_state_name(enum due_state s)
{
	static const char *const names[] = { [DUE_NOT] = "not due",
					     [DUE_NEAR] = "near",
					     [DUE_PAST_IDEAL] = "due",
					     [DUE_PAST_LATEST] = "overdue",
					     [DUE_BARRED] = "barred" };

	return names[s];
}

/* ---- lengths of time ---- */

bool interval_parse(const char *words, struct interval *out)
{
	static const struct {
		const char *unit;
		struct interval one;
		int most;
	} units[] = {
		{ "d", { 0, 1 }, 3660 }, { "w", { 0, 7 }, 520 }, { "mo", { 1, 0 }, 120 }, { "y", { 12, 0 }, 10 }
	};
	char *unit;
	long n;

	if (*words < '0' || *words > '9')
		return false;
	n = strtol(words, &unit, 10);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strcmp(unit, units[i].unit) == 0 && n >= 1 && n <= units[i].most) {
			*out = (struct interval){ (int)n * units[i].one.months, (int)n * units[i].one.days };
			return true;
		}
	return false;
}

int32_t interval_after(int32_t day, struct interval i)
{
	struct civil c = day_civil(day);
	int month = c.month - 1 + i.months, year = c.year + month / 12, most;

	month = month % 12 + 1;
	most = month_days(year, month);
	return day_of(year, month, c.day < most ? c.day : most) + i.days;
}

static void wrong(struct pool *p, struct conf_errors *errors, const struct cadence *x, const char *text)
{
	const char **one = pool_more(p, &errors->list, errors->n++, sizeof *errors->list);

	*one = pool_print(p, "%s:%d: cadence.%s%s", x->at.file, x->at.line, x->key, text);
}

void plan_checkin_check(struct pool *p, const struct conf *c, struct conf_errors *errors)
{
	for (size_t i = 0; i < c->cadence_count; i++) {
		const struct cadence *x = &c->cadences[i];
		struct interval ideal = { 0, 0 }, latest = { 0, 0 };
		enum contact_stage stage;

		if (!contact_stage_from(x->key, &stage) || stage == CONTACT_STAGE_UNKNOWN)
			wrong(p, errors, x, ": no such stage; establishing, developing, maintaining");
		if (!interval_parse(x->ideal, &ideal))
			wrong(p, errors, x,
			      pool_print(p, ".ideal = \"%s\": needed is a length of time, as 90d, 6w, 1mo", x->ideal));
		else if (*x->latest && !interval_parse(x->latest, &latest))
			wrong(p, errors, x,
			      pool_print(p, ".latest = \"%s\": needed is a length of time, as 90d, 8w, 2mo",
					 x->latest));
		else if (*x->latest && interval_after(0, latest) < interval_after(0, ideal))
			wrong(p, errors, x,
			      pool_print(p, ".latest = \"%s\": it is before the ideal one, %s", x->latest, x->ideal));
	}
}

static bool is_none(struct interval i)
{
	return !i.months && !i.days;
}

/* ---- where one stands ---- */

static int32_t later(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

/* Literals: the owner reads them. */
static const char *barred(const struct rhythm *r)
{
	const struct contact *who = r->who;

	return who->consent == CONTACT_CONSENT_NEVER  ? "they do not want to be written to"
	       : who->segment == CONTACT_SEGMENT_NONE ? "they are not to be contacted"
	       : who->bounced                         ? "mail to them comes back"
						      : NULL;
}

struct due plan_due(const struct rhythm *r, const struct worktime *w, utc now)
{
	int32_t base = zone_day(w->zone, r->exchanged ? r->exchanged : r->since), today = zone_day(w->zone, now);
	struct due d = { .why = "" };

	if (is_none(r->ideal)) {
		d.why = "no cadence is set";
		return d;
	}
	d.ideal = interval_after(base, r->ideal);
	d.latest =
		is_none(r->latest) ? d.ideal + (d.ideal - base) / 2 : later(d.ideal, interval_after(base, r->latest));
	if (barred(r)) {
		d.state = DUE_BARRED;
		d.why = barred(r);
		return d;
	}
	if (r->agreed) {
		d.why = r->agreed > now ? "a check-in is agreed on, offered or proposed" : "a check-in was just held";
		return d;
	}
	d.state = today > d.latest          ? DUE_PAST_LATEST
		  : today >= d.ideal        ? DUE_PAST_IDEAL
		  : today >= d.ideal - NEAR ? DUE_NEAR
					    : DUE_NOT;
	if (r->who->absent > now)
		d.why = "they are away";
	return d;
}

/* The first day that may be meant for them. */
static int32_t release(const struct rhythm *r, const struct due *d, const struct worktime *w, utc now)
{
	int32_t base = zone_day(w->zone, r->exchanged ? r->exchanged : r->since), today = zone_day(w->zone, now);
	int32_t first = later(base + (d->ideal - base) / 2, d->ideal - (d->latest - d->ideal)), span = d->ideal - base;

	first = later(first, workday_add(w, workday_from(w, today), LEAST));
	if (r->who->absent > now)
		first = later(first, zone_day(w->zone, r->who->absent) + LEAST);
	if (r->skipped)
		first = later(first, zone_day(w->zone, r->skipped) + later(REST, span / 4) + LEAST);
	if (r->declined)
		first = later(first, zone_day(w->zone, r->declined) + DECLINED);
	if (r->proposed > (r->exchanged ? r->exchanged : r->since) && r->proposed > r->declined)
		first = later(first,
			      later(zone_day(w->zone, r->meant) + 1, zone_day(w->zone, r->proposed) + REST + LEAST));
	return first;
}

/* Before that they are not asked about again, whatever it is for. */
static int32_t rested(const struct rhythm *r, const struct worktime *w)
{
	utc asked = r->proposed > r->exchanged && r->proposed > r->declined ? r->proposed : 0;

	asked = r->skipped > asked ? r->skipped : asked;
	return asked ? zone_day(w->zone, asked) + REST : 0;
}

/* ---- times ---- */

static bool is_free(const struct checkin_room *room, utc from, utc to)
{
	if (room->busy && busy_within(room->busy, from, to))
		return false;
	for (size_t i = 0; i < room->taken_count; i++)
		if (room->taken[i] < to && room->taken[i] + MINUTES * 60 > from)
			return false;
	return true;
}

/* Hours that suit one. */
enum hours { BEST /* not the first hour, nor noon */, WORKING, AWAKE /* outside quiet ones */ };

static bool suits(const struct worktime *w, utc from, int minutes, enum hours how)
{
	struct civil c = zone_civil(w->zone, from);
	int at = c.hour * 60 + c.minute;
	utc to = from + minutes * 60;

	if (!is_workday(w, zone_day(w->zone, from)))
		return false;
	if (how == AWAKE)
		return !is_quiet(w, from) && !is_quiet(w, to - 1);
	if (at < w->hour || at + minutes > w->eod)
		return false;
	return how == WORKING || (at >= w->hour + 60 && !(at < w->noon + 60 && at + minutes > w->noon));
}

/* One on that day, not before `from`; 0: none. */
static utc time_on(const struct worktime *w, const struct worktime *theirs, const struct checkin_room *room,
		   int32_t day, utc from, int minutes)
{
	static const enum hours of[][2] = {
		{ BEST, BEST }, { WORKING, WORKING }, { WORKING, AWAKE }, { AWAKE, AWAKE }
	};

	for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
		int first = of[i][0] == AWAKE ? 0 : w->hour, last = of[i][0] == AWAKE ? 24 * 60 : w->eod;

		for (int m = first; m + minutes <= last; m += 30) {
			utc at = zone_at(w->zone, day, m);

			if (at >= from && suits(w, at, minutes, of[i][0]) &&
			    (w == theirs || suits(theirs, at, minutes, of[i][1])) &&
			    is_free(room, at, at + minutes * 60))
				return at;
		}
	}
	return 0;
}

/* ---- days ---- */

/* One for whom a day is looked for. */
struct place {
	size_t whom;
	int32_t want, from, to, latest; /* from .. to: where it may be; latest: past it, it is late */
	int32_t day;                    /* 0: none yet */
	const struct worktime *hours;   /* theirs; NULL: the owner's */
};

struct plan {
	const struct worktime *w;
	const struct checkin_room *room;
	int32_t first, last;
	int *day, *week; /* how many on each, from `first` */
	bool *works;
	struct place *places;
	size_t n;
};

static int week_of(const struct plan *p, int32_t day)
{
	return (day + 3) / 7 - (p->first + 3) / 7; /* day 0 was a Thursday */
}

static void count(struct plan *p, int32_t day, int by)
{
	if (day < p->first || day > p->last)
		return;
	p->day[day - p->first] += by;
	p->week[week_of(p, day)] += by;
}

static bool has_room(const struct plan *p, int32_t day)
{
	return p->day[day - p->first] < p->room->day && p->week[week_of(p, day)] < p->room->week;
}

/* The free day that is nearest to the wanted one, and not crowded. */
static int32_t free_day(const struct plan *p, const struct place *x)
{
	int32_t best = 0;
	int least = 0;

	for (int32_t d = x->from; d <= x->to && d <= p->last; d++) {
		int cost = abs(d - x->want) + CROWDED * p->day[d - p->first];

		if (p->works[d - p->first] && (!x->hours || is_workday(x->hours, d)) && has_room(p, d) && (!best || cost < least)) {
			best = d;
			least = cost;
		}
	}
	return best;
}

static void put(struct plan *p, struct place *x, int32_t day)
{
	if (x->day)
		count(p, x->day, -1);
	x->day = day;
	if (day)
		count(p, day, 1);
}

/* On a free day, else on that of one who can go elsewhere. */
static bool find(struct plan *p, struct place *x, int deep)
{
	int32_t day = free_day(p, x);

	if (day) {
		put(p, x, day);
		return true;
	}
	for (size_t i = 0; deep && i < p->n; i++) {
		struct place *y = &p->places[i];
		int32_t theirs = y->day;

		if (y == x || !theirs || theirs < x->from || theirs > x->to || (x->hours && !is_workday(x->hours, theirs)))
			continue;
		put(p, y, 0);
		if (has_room(p, theirs)) { /* in its week too */
			put(p, x, theirs);
			if (find(p, y, deep - 1))
				return true;
			put(p, x, 0);
		}
		put(p, y, theirs);
	}
	return false;
}

static int by_latest(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return x->to != y->to           ? (x->to < y->to ? -1 : 1)
	       : x->latest != y->latest ? (x->latest < y->latest ? -1 : 1)
					: (x->whom > y->whom) - (x->whom < y->whom);
}

static int by_time(const void *a, const void *b)
{
	const struct proposal *x = a, *y = b;

	return x->at != y->at ? (x->at < y->at ? -1 : 1) : (x->whom > y->whom) - (x->whom < y->whom);
}

/* A day that has a time for both; the search goes on to later ones, where their hours have nothing in common on it. */
static utc time_for(struct plan *p, struct place *x, const struct rhythm *r, struct checkin_room *room, utc now)
{
	const struct worktime *theirs = r->hours ? r->hours : p->w;

	for (int tries = 0; x->day && tries < 20; tries++) {
		utc at = time_on(p->w, theirs, room, x->day, now, MINUTES);
		int32_t day = x->day;

		if (at)
			return at;
		x->from = day + 1;
		put(p, x, 0);
		if (x->to < x->from)
			x->to = p->last;
		x->day = 0;
		if (!find(p, x, 0))
			break;
	}
	return 0;
}

/* When each is asked: some working days before, no more at once than a day holds. */
static void mails(const struct plan *p, const struct rhythm *r, struct proposal *out, size_t n, utc now)
{
	int32_t today = zone_day(p->w->zone, now), day = 0;
	int on = 0;

	for (size_t i = 0; i < n; i++) {
		int32_t mail = workday_add(p->w, zone_day(p->w->zone, out[i].at), -LEAD);

		mail = workday_from(p->w, later(later(mail, today), rested(&r[out[i].whom], p->w)));
		if (mail <= day && on >= p->room->day)
			mail = workday_add(p->w, day, 1);
		else if (mail < day)
			mail = day;
		on = mail == day ? on + 1 : 1;
		day = mail;
		out[i].mail = zone_at(p->w->zone, mail, p->w->hour);
	}
}

static void places(struct plan *p, const struct rhythm *r, size_t n, utc now)
{
	for (size_t i = 0; i < n; i++) {
		struct due d = plan_due(&r[i], p->w, now);
		struct place x = { .whom = i, .want = d.ideal, .latest = d.latest, .hours = r[i].hours };

		if (!d.ideal || d.state == DUE_BARRED || r[i].agreed)
			continue;
		x.from = release(&r[i], &d, p->w, now);
		x.to = later(x.from, d.latest);
		x.want = later(x.want, x.from);
		if (x.from <= p->last)
			p->places[p->n++] = x;
	}
	if (p->n)
		qsort(p->places, p->n, sizeof *p->places, by_latest);
}

size_t plan_checkins(struct pool *pool, const struct rhythm *r, size_t n, const struct worktime *w,
		     const struct checkin_room *room, utc now, utc till, struct proposal *out)
{
	struct plan p = { .w = w, .room = room, .first = zone_day(w->zone, now), .last = zone_day(w->zone, till) };
	struct checkin_room full = *room;
	size_t days, found = 0;
	utc *taken;

	if (p.last < p.first || !n)
		return 0;
	days = (size_t)(p.last - p.first) + 1;
	p.day = pool_list(pool, days, sizeof *p.day);
	p.week = pool_list(pool, days / 7 + 2, sizeof *p.week);
	p.works = pool_list(pool, days, sizeof *p.works);
	p.places = pool_list(pool, n, sizeof *p.places);
	for (size_t i = 0; i < days; i++)
		p.works[i] = is_workday(w, p.first + (int32_t)i);
	for (size_t i = 0; i < room->taken_count; i++)
		count(&p, zone_day(w->zone, room->taken[i]), 1);
	places(&p, r, n, now);
	for (size_t i = 0; i < p.n; i++)
		if (!find(&p, &p.places[i], DEEP) &&
		    p.places[i].to < p.last) { /* it cannot be held: as soon as it can */
			p.places[i].from = p.places[i].to + 1;
			p.places[i].to = p.last;
			p.places[i].want = p.places[i].from;
			find(&p, &p.places[i], 0);
		}
	full.taken = taken = pool_list(pool, room->taken_count + p.n, sizeof *taken);
	if (room->taken_count)
		memcpy(taken, room->taken, room->taken_count * sizeof *taken);
	for (size_t i = 0; i < p.n; i++) {
		struct place *x = &p.places[i];
		utc at = time_for(&p, x, &r[x->whom], &full, now);

		if (!at)
			continue;
		taken[full.taken_count++] = at;
		out[found++] =
			(struct proposal){ .whom = x->whom, .at = at, .late = zone_day(w->zone, at) > x->latest };
	}
	if (found)
		qsort(out, found, sizeof *out, by_time);
	mails(&p, r, out, found, now);
	return found;
}
