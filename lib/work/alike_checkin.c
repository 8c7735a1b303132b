/* A check-in in the collection: a series whole, with those of it that are moved or called off, under one name; and what
 * follows from what its owner's client made of it. What lies there, what lay there last and what should are each a struct
 * checkin: they are compared by the times they mean, for clients write the same rule in many ways. */
#include "work/alike_inner.h"

#include <stdlib.h>
#include <string.h>

#include "letters/markup.h"
#include "letters/phrase.h"

enum { TIMES_COMPARED = 750, BESIDES_MOST = 128 << 10 };

/* ---- what lies there, as words: "MINUTES\nPLACE\nRRULE\n", and "RECURRENCE START\n" for each exception ---- */

static int by_recurrence(const void *x, const void *y)
{
	const struct checkin_exception *a = x, *b = y;

	return (a->recurrence > b->recurrence) - (a->recurrence < b->recurrence);
}

static const char *besides(struct pool *p, const struct checkin *k)
{
	struct text *t = text_new(p, BESIDES_MOST);
	struct checkin_exception *list = pool_list(p, k->exception_count + 1, sizeof *list);

	text_print(t, "%d\n%s\n%s\n", k->minutes, k->place, k->rrule);
	if (k->exception_count) {
		memcpy(list, k->exceptions, k->exception_count * sizeof *list);
		qsort(list, k->exception_count, sizeof *list, by_recurrence);
	}
	for (size_t i = 0; i < k->exception_count; i++)
		text_print(t, "%lld %lld\n", (long long)list[i].recurrence, (long long)list[i].start);
	return t->s;
}

static const char *line(struct pool *p, const char **at)
{
	size_t n = strcspn(*at, "\n");
	const char *s = pool_slice(p, *at, n);

	*at += n + ((*at)[n] == '\n');
	return s;
}

/* As it is known to lie there. */
static struct checkin known(struct alike *a, const struct calendar_object *o)
{
	struct checkin k = { .zone = zone_name(a->conf->owner->time.zone), .start = o->due };
	const char *at = o->besides;

	k.minutes = atoi(line(a->p, &at));
	k.place = line(a->p, &at);
	k.rrule = line(a->p, &at);
	while (*at) {
		char *end;
		const char *one = line(a->p, &at);
		utc recurrence = strtoll(one, &end, 10);

		*(struct checkin_exception *)pool_more(a->p, &k.exceptions, k.exception_count++, sizeof *k.exceptions) =
			(struct checkin_exception){ recurrence, strtoll(end, NULL, 10) };
	}
	return k;
}

/* As it lies there now. */
static struct checkin there(struct alike *a, const struct checkin *meeting, const struct task *t)
{
	const struct worktime *w = &a->conf->owner->time;
	struct checkin k = *meeting;

	k.start = task_due(t, w);
	k.minutes = t->minutes;
	k.place = t->place;
	k.rrule = t->rrule;
	k.exceptions = pool_list(a->p, t->one_count + 1, sizeof *k.exceptions);
	k.exception_count = 0;
	for (size_t i = 0; i < t->one_count; i++) {
		const struct task_one *one = &t->ones[i];
		utc at = task_at(&one->recurrence, w);

		if (one->recurrence.date) /* a day means the one that is on it */
			ical_next(meeting->rrule, checkin_zone(a->p, &k), meeting->start,
				  zone_at(w->zone, zone_day(w->zone, at), 0), &at);
		k.exceptions[k.exception_count++] =
			(struct checkin_exception){ at, one->off ? 0 : task_at(&one->start, w) };
	}
	return k;
}

/* ---- what should lie there ---- */

/* A rule that ends before `at`. */
static const char *rule_ended(struct alike *a, const char *rrule, utc at)
{
	struct text *t = text_new(a->p, strlen(rrule) + sizeof ";UNTIL=20301231T235959Z");
	struct civil u = zone_civil(zone_fixed(a->p, 0), at - 1);

	for (const char *s = rrule; *s;) {
		size_t n = strcspn(s, ";");

		if (!text_starts(s, "COUNT=") && !text_starts(s, "UNTIL="))
			text_print(t, "%s%.*s", t->n ? ";" : "", (int)n, s);
		s += n + (s[n] == ';');
	}
	text_print(t, ";UNTIL=%04d%02d%02dT%02d%02d%02dZ", u.year, u.month, u.day, u.hour, u.minute, u.second);
	return t->s;
}

/* A series that was called off when it had begun: those of it that took place. */
static const struct checkin *what_was(struct alike *a, const struct checkin *k)
{
	struct checkin *past = pool_take(a->p, sizeof *past);
	utc start;

	*past = *k;
	if (ical_next(k->rrule, checkin_zone(a->p, k), k->start, k->stamp, &start))
		past->rrule = rule_ended(a, k->rrule, k->stamp);
	past->exceptions = pool_list(a->p, k->exception_count + 1, sizeof *past->exceptions);
	past->exception_count = 0;
	for (size_t i = 0; i < k->exception_count; i++) {
		struct checkin_exception x = k->exceptions[i];

		if (x.start >= k->stamp)
			x.start = 0; /* moved to a day that is called off */
		if (x.recurrence < k->stamp)
			past->exceptions[past->exception_count++] = x;
	}
	return past;
}

static bool stands(struct alike *a, const struct checkin *k)
{
	utc start;

	return (k->state == CHECKIN_INVITED || k->state == CHECKIN_CONFIRMED) &&
	       checkin_next(a->p, k, a->now - ALIKE_CHECKIN_PAST, &start, NULL);
}

bool alike_want_checkin(struct alike *a, const struct checkin *k, struct wanted *w)
{
	struct addrs with = checkin_people(a->p, k);
	bool past = k->state == CHECKIN_CANCELLED && *k->rrule && k->start < k->stamp;

	if (!stands(a, k) && !past)
		return false;
	k = past ? what_was(a, k) : k;
	w->checkin = k->id;
	w->meeting = k;
	w->name = alike_name(a->p, "checkin-0", k->id, k->uid);
	w->kept = (struct side){ k->start, false,
				 line_print(a->p, WHAT_MOST, "%s%s%s", checkin_title(a->p, k), with.n ? " - " : "",
					    addrs_names(a->p, &with))
					 .s };
	w->said = (struct task_said){ .kind = TASK_EVENT,
				      .uid = pool_print(a->p, "event-0-%s", k->uid),
				      .summary = w->kept.what,
				      .description = pool_print(a->p, "%s%s%s%sCheck-in %lld in kept.", k->agenda,
								*k->agenda ? "\n" : "", k->link, *k->link ? "\n" : "",
								(long long)k->id),
				      .object = "",
				      .now = a->now };
	w->besides = besides(a->p, k);
	return true;
}

bool alike_checkin_over(struct alike *a, const struct calendar_object *o)
{
	struct checkin k = known(a, o);
	utc start;

	return !checkin_next(a->p, &k, a->now, &start, NULL);
}

/* An event of its own that only has an alarm more, or other words, stays one. */
static void keep_ones(struct alike *a, const struct checkin *k, const struct task *t, struct ical_event *v)
{
	struct checkin now = there(a, k, t);
	struct checkin_exception *all = pool_list(a->p, k->exception_count + now.exception_count + 1, sizeof *all);
	size_t n = k->exception_count;
	utc start;

	if (n)
		memcpy(all, k->exceptions, n * sizeof *all);
	for (size_t i = 0; i < now.exception_count; i++) {
		utc which = now.exceptions[i].recurrence;

		if (now.exceptions[i].start && !checkin_exception(k, which) && checkin_is_one(a->p, k, which, &start))
			all[n++] = (struct checkin_exception){ which, which };
	}
	v->exceptions = all;
	v->exception_count = n;
}

bool alike_checkin_object(struct alike *a, struct wanted *w, const struct task *t, struct err *e)
{
	const struct checkin *k = w->meeting;
	struct ical_event v = { .method = "",
				.uid = w->said.uid,
				.start = k->start,
				.end = k->start + k->minutes * 60,
				.stamp = a->now,
				.zone = *k->rrule ? checkin_zone(a->p, k) : zone_fixed(a->p, 0),
				.summary = w->said.summary,
				.description = w->said.description,
				.location = k->place,
				.url = "",
				.busy = true,
				.alarm = -1,
				.rrule = k->rrule,
				.exceptions = k->exceptions,
				.exception_count = k->exception_count };

	if (t && *k->rrule)
		keep_ones(a, k, t, &v);
	return ical_write(a->p, &v, &w->said.object, e);
}

/* ---- what its owner's client made of it ---- */

struct compared {
	struct alike *a;
	const struct checkin *kept, *was, *there; /* as it should be, as it was known to lie there, as it lies there */
	struct text *lines;
};

/* The same times, but for its exceptions? */
static bool same_times(struct alike *a, const struct checkin *x, const struct checkin *y)
{
	utc from = a->now - ALIKE_CHECKIN_PAST;
	utc *left = pool_list(a->p, TIMES_COMPARED, sizeof *left), *right = pool_list(a->p, TIMES_COMPARED, sizeof *right);
	size_t n = ical_times(x->rrule, checkin_zone(a->p, x), x->start, from, left, TIMES_COMPARED);
	size_t m = ical_times(y->rrule, checkin_zone(a->p, y), y->start, from, right, TIMES_COMPARED);

	return n == m && (!n || memcmp(left, right, n * sizeof *left) == 0);
}

static utc start_of(const struct checkin *k, utc which)
{
	const struct checkin_exception *x = checkin_exception(k, which);

	return x ? x->start : which;
}

static void whole_differs(struct compared *c)
{
	struct alike *a = c->a;
	const struct zone *z = a->conf->owner->time.zone;
	long long id = (long long)c->kept->id;
	utc next = c->there->start;

	if (!*c->kept->rrule && !*c->there->rrule) {
		text_print(c->lines, alike_in(a, "- it is on %s there, in place of %s: `kept checkin move %lld --at \"%s\"`\n"),
			   alike_time(a, next), alike_time(a, c->kept->start), id, alike_moment(a, next));
		return;
	}
	if (!ical_next(c->there->rrule, checkin_zone(a->p, c->there), next, a->now, &next)) {
		text_print(c->lines, alike_in(a, "- it has no time to come there: `kept checkin cancel %lld`\n"), id);
		return;
	}
	text_print(c->lines, alike_in(a, "- it comes at other times there (%s), next on %s: `kept checkin move %lld --at \"%s\"`, and "
					       "`--every` with how often\n"),
		   *c->there->rrule ? phrase_cadence(a->p, a->conf->owner->language, z, c->there->rrule, true, a->now) : alike_in(a, "once"),
		   alike_time(a, next), id, alike_moment(a, next));
}

/* One of the series. `which`: the start it would have. */
static void one_differs(struct compared *c, utc which)
{
	struct alike *a = c->a;
	utc now = start_of(c->there, which), stands = start_of(c->kept, which), start;
	long long id = (long long)c->kept->id;
	const char *day;

	if (which < a->now - ALIKE_CHECKIN_PAST || now == start_of(c->was, which) || now == stands)
		return;
	if (!checkin_is_one(a->p, c->kept, which, &start)) {
		if (now)
			text_print(c->lines, alike_in(a, "- there is one on %s there, which is none of it here\n"), alike_time(a, now));
		return;
	}
	day = pool_slice(a->p, alike_moment(a, stands), strlen("2030-12-16"));
	if (now)
		text_print(c->lines, alike_in(a, "- the one of %s is on %s there: `kept checkin move %lld --on %s --at \"%s\"`\n"),
			   alike_time(a, stands), alike_time(a, now), id, day, alike_moment(a, now));
	else
		text_print(c->lines, alike_in(a, "- the one of %s is not there any more: `kept checkin cancel %lld --on %s`\n"),
			   alike_time(a, stands), id, day);
}

static void ones_differ(struct compared *c)
{
	for (size_t i = 0; i < c->there->exception_count; i++)
		one_differs(c, c->there->exceptions[i].recurrence);
	for (size_t i = 0; i < c->was->exception_count; i++) /* what is as planned again there */
		if (!checkin_exception(c->there, c->was->exceptions[i].recurrence))
			one_differs(c, c->was->exceptions[i].recurrence);
}

/* Other words of one that is to come. */
static const char *renamed(struct alike *a, const struct wanted *w, const struct task *t)
{
	for (size_t i = 0; i < t->one_count; i++) {
		const struct task_one *one = &t->ones[i];

		if (*one->summary && !one->off && task_at(&one->start, &a->conf->owner->time) > a->now &&
		    !text_same(one->summary, t->summary) && !text_same(one->summary, w->kept.what))
			return one->summary;
	}
	return "";
}

static bool text_differs(const char *now, const char *was, const char *kept)
{
	return !text_same(now, was) && !text_same(now, kept);
}

/* What the calendar changed, and kept has otherwise: a line each. `was`, `what`: as both were, and its title. */
static const char *differences(struct alike *a, const struct wanted *w, const struct checkin *was, const char *what,
			       const struct checkin *now, const struct task *t)
{
	struct compared c = { a, w->meeting, was, now, text_new(a->p, ANSWER_MOST / 2) };
	long long id = (long long)w->checkin;

	if (t->cancelled)
		text_print(c.lines, alike_in(a, "- it is called off there: `kept checkin cancel %lld`\n"), id);
	else if (!same_times(a, was, now) && !same_times(a, w->meeting, now))
		whole_differs(&c);
	else
		ones_differ(&c);
	if (t->more)
		text_add(c.lines, alike_in(a, "- it has dates or rules there that kept does not read\n"));
	if (now->minutes && now->minutes != was->minutes && now->minutes != w->meeting->minutes)
		text_print(c.lines, alike_in(a, "- it lasts %d minutes there: `kept checkin move %lld --for %dmin`\n"), now->minutes, id,
			   now->minutes);
	if (text_differs(now->place, was->place, w->meeting->place))
		text_print(c.lines, alike_in(a, "- its place is “%s” there: `kept checkin move %lld --place` and the place\n"),
			   markdown_quote(a->p, now->place, WHAT_MOST), id);
	if (text_differs(t->summary, what, w->kept.what))
		text_print(c.lines, alike_in(a, "- it is called “%s” there: `kept checkin move %lld --purpose` and the words\n"),
			   markdown_quote(a->p, t->summary, WHAT_MOST), id);
	if (*renamed(a, w, t))
		text_print(c.lines, alike_in(a, "- one of it is called “%s” there\n"), markdown_quote(a->p, renamed(a, w, t), WHAT_MOST));
	return c.lines->s;
}

bool alike_checkin_take(struct alike *a, struct wanted *w, const struct caldav_object *o, struct err *e)
{
	struct checkin was = w->was ? known(a, w->was) : *w->meeting, now = there(a, w->meeting, &o->task);
	struct side side = { now.start, false, o->task.summary };
	const char *lines;

	was.zone = w->meeting->zone;
	lines = differences(a, w, &was, w->was ? w->was->what : w->kept.what, &now, &o->task);
	if (*lines &&
	    !alike_tell(a, w, "A check-in changed in your calendar",
			pool_print(a->p,
				   alike_in(a, "You changed check-in %lld, “%s”, in your calendar. Others are invited to it, so there it "
					       "is as it was again, until you say so:\n\n%s"),
				   (long long)w->checkin, markdown_quote(a->p, checkin_title(a->p, w->meeting), WHAT_MOST),
				   lines),
			e))
		return false;
	if (!*differences(a, w, w->meeting, w->kept.what, &now, &o->task)) /* alike, however it is written there */
		return alike_put(a, w, o->etag, &w->kept, w->besides, e);
	if (o->task.cancelled || o->task.more || *renamed(a, w, &o->task)) /* it says what no words of ours have: written anew */
		return alike_put(a, w, o->etag, &side, "", e);
	return alike_put(a, w, o->etag, &side, besides(a->p, &now), e);
}
