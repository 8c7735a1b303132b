/* plan_checkin: with whom a check-in is due, when and what for, one row a rule; and a year for 200 contacts that is
 * balanced */
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "judgement/plan.h"
#include "judgement/plan_checkin.h"

#define NOW "2026-11-25T08:00" /* a Wednesday */
#define DAY ((utc)86400)

static const struct row {
	const char *rule;
	const char *ideal, *latest, *exchanged, *agreed, *proposed, *meant, *skipped, *declined, *absent, *zone, *country,
		*busy_from, *busy_to;
	enum contact_consent consent;
	enum contact_segment segment;
	bool bounced;
	enum due_state state;
	const char *why; /* a part of it; NULL: "" */
	const char *at;  /* of what is proposed for the next 60 days; NULL: nothing */
	bool late;
} rows[] = {
	{ .rule = "without a cadence nothing is due",
	  .exchanged = "2025-01-01T09:00",
	  .state = DUE_NOT,
	  .why = "no cadence" },
	{ .rule = "a month after the last exchange",
	  .ideal = "1mo",
	  .latest = "6w",
	  .exchanged = "2026-11-10T15:00",
	  .state = DUE_NOT,
	  .at = "2026-12-10T10:00" },
	{ .rule = "a day off: the day before or after it",
	  .ideal = "1mo",
	  .latest = "6w",
	  .exchanged = "2026-11-12T15:00",
	  .state = DUE_NOT,
	  .at = "2026-12-11T10:00" },
	{ .rule = "near its ideal day",
	  .ideal = "1mo",
	  .latest = "6w",
	  .exchanged = "2026-11-01T15:00",
	  .state = DUE_NEAR,
	  .at = "2026-12-01T10:00" },
	{ .rule = "past its ideal day: soon, and the invitation must reach them",
	  .ideal = "1mo",
	  .latest = "6w",
	  .exchanged = "2026-10-20T15:00",
	  .state = DUE_PAST_IDEAL,
	  .at = "2026-11-27T10:00" },
	{ .rule = "past its latest day: it is late, and the next day is taken",
	  .ideal = "1mo",
	  .latest = "6w",
	  .exchanged = "2026-09-20T15:00",
	  .state = DUE_PAST_LATEST,
	  .at = "2026-11-27T10:00",
	  .late = true },
	{ .rule = "no latest one is set: half as much again",
	  .ideal = "4w",
	  .exchanged = "2026-10-13T15:00",
	  .state = DUE_PAST_LATEST,
	  .at = "2026-11-27T10:00",
	  .late = true },
	{ .rule = "who does not want to be written to is barred",
	  .ideal = "1mo",
	  .exchanged = "2026-09-20T15:00",
	  .consent = CONTACT_CONSENT_NEVER,
	  .state = DUE_BARRED,
	  .why = "do not want" },
	{ .rule = "who is not to be contacted is barred",
	  .ideal = "1mo",
	  .exchanged = "2026-09-20T15:00",
	  .segment = CONTACT_SEGMENT_NONE,
	  .state = DUE_BARRED,
	  .why = "not to be contacted" },
	{ .rule = "whose address bounced is barred",
	  .ideal = "1mo",
	  .exchanged = "2026-09-20T15:00",
	  .bounced = true,
	  .state = DUE_BARRED,
	  .why = "comes back" },
	{ .rule = "one that is agreed on is enough",
	  .ideal = "1mo",
	  .exchanged = "2026-09-20T15:00",
	  .agreed = "2026-12-01T10:00",
	  .state = DUE_NOT,
	  .why = "agreed on" },
	{ .rule = "who is away is met after their return",
	  .ideal = "1mo",
	  .latest = "6w",
	  .exchanged = "2026-10-20T15:00",
	  .absent = "2026-12-07T00:00",
	  .state = DUE_PAST_IDEAL,
	  .why = "away",
	  .at = "2026-12-09T10:00",
	  .late = true },
	{ .rule = "the owner skipped it: not before a quarter of the cadence",
	  .ideal = "1mo",
	  .latest = "3mo",
	  .exchanged = "2026-10-20T15:00",
	  .skipped = "2026-11-24T09:00",
	  .state = DUE_PAST_IDEAL,
	  .at = "2026-12-03T10:00" },
	{ .rule = "they declined: another day is proposed soon",
	  .ideal = "1mo",
	  .latest = "3mo",
	  .exchanged = "2026-10-20T15:00",
	  .declined = "2026-11-27T09:00",
	  .state = DUE_PAST_IDEAL,
	  .at = "2026-11-30T10:00" },
	{ .rule = "a proposal that waits is not made again before its day is over",
	  .ideal = "1mo",
	  .latest = "3mo",
	  .exchanged = "2026-10-20T15:00",
	  .proposed = "2026-11-24T09:00",
	  .meant = "2026-12-02T10:00",
	  .state = DUE_PAST_IDEAL,
	  .at = "2026-12-03T10:00" },
	{ .rule = "… nor within a week",
	  .ideal = "1mo",
	  .latest = "3mo",
	  .exchanged = "2026-10-20T15:00",
	  .proposed = "2026-11-24T09:00",
	  .meant = "2026-11-26T10:00",
	  .state = DUE_PAST_IDEAL,
	  .at = "2026-12-03T10:00" },
	{ .rule = "they wrote since it was proposed: it counts from there",
	  .ideal = "1mo",
	  .latest = "3mo",
	  .exchanged = "2026-11-24T15:00",
	  .proposed = "2026-11-23T09:00",
	  .meant = "2026-11-27T10:00",
	  .state = DUE_NOT,
	  .at = "2026-12-24T10:00" },
	{ .rule = "working hours of both zones",
	  .ideal = "1mo",
	  .latest = "6w",
	  .exchanged = "2026-11-01T15:00",
	  .zone = "America/New_York",
	  .state = DUE_NEAR,
	  .at = "2026-12-01T16:00" },
	{ .rule = "… where they have none in common, outside the quiet hours of both",
	  .ideal = "1mo",
	  .latest = "6w",
	  .exchanged = "2026-11-01T15:00",
	  .zone = "Asia/Tokyo",
	  .state = DUE_NEAR,
	  .at = "2026-12-01T09:00" },
	{ .rule = "on Christmas Day, where no country has it off",
	  .ideal = "1mo",
	  .latest = "3mo",
	  .exchanged = "2026-11-25T07:00",
	  .state = DUE_NOT,
	  .at = "2026-12-25T10:00" },
	{ .rule = "… not on a day off of their country",
	  .ideal = "1mo",
	  .latest = "3mo",
	  .exchanged = "2026-11-25T07:00",
	  .country = "us",
	  .state = DUE_NOT,
	  .at = "2026-12-24T10:00" },
	{ .rule = "… which that of their zone is, where no other is said",
	  .ideal = "1mo",
	  .latest = "3mo",
	  .exchanged = "2026-11-25T07:00",
	  .zone = "Europe/Paris",
	  .state = DUE_NOT,
	  .at = "2026-12-24T10:00" },
	{ .rule = "not into what the calendar holds",
	  .ideal = "1mo",
	  .latest = "6w",
	  .exchanged = "2026-11-01T15:00",
	  .busy_from = "2026-12-01T09:30",
	  .busy_to = "2026-12-01T11:10",
	  .state = DUE_NEAR,
	  .at = "2026-12-01T11:30" },
	{ .rule = "… a day that is full: the next one",
	  .ideal = "1mo",
	  .latest = "6w",
	  .exchanged = "2026-11-01T15:00",
	  .busy_from = "2026-12-01T00:00",
	  .busy_to = "2026-12-02T00:00",
	  .state = DUE_NEAR,
	  .at = "2026-12-02T10:00" },
};

static utc at(const struct conf *c, const char *words)
{
	return words ? rows_at(c, words) : 0;
}

static struct interval length(const char *words)
{
	struct interval i = { 0, 0 };

	if (words)
		assert_true(interval_parse(words, &i));
	return i;
}

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	const struct worktime *w = &c->owners[0].time;
	struct contact who = {
		.consent = r->consent, .segment = r->segment, .bounced = r->bounced, .absent = at(c, r->absent),
		.zone = r->zone ? r->zone : "", .country = r->country
	};
	struct worktime hours = contact_worktime(p, w, &who);
	struct rhythm x = { .who = &who,
			    .ideal = length(r->ideal),
			    .latest = length(r->latest),
			    .exchanged = at(c, r->exchanged),
			    .agreed = at(c, r->agreed),
			    .proposed = at(c, r->proposed),
			    .meant = at(c, r->meant),
			    .skipped = at(c, r->skipped),
			    .declined = at(c, r->declined),
			    .hours = r->zone || r->country ? &hours : NULL };
	struct busy_time time = { at(c, r->busy_from), at(c, r->busy_to), false };
	struct busy busy = { .times = &time, .n = time.end != 0 };
	struct checkin_room room = { .day = 2, .week = 5, .busy = &busy };
	utc now = rows_at(c, NOW);
	struct due d = plan_due(&x, w, now);
	struct proposal out[1];
	size_t n = plan_checkins(p, &x, 1, w, &room, now, now + 60 * DAY, out);

	assert_string_equal(due_state_name(d.state), due_state_name(r->state));
	if (r->why ? !strstr(d.why, r->why) : *d.why)
		fail_msg("%s: %s", r->rule, d.why);
	assert_string_equal(n ? utc_print(p, w->zone, out[0].at) : "",
			    r->at ? utc_print(p, w->zone, rows_at(c, r->at)) : "");
	if (n)
		assert_int_equal(out[0].late, r->late);
	if (n && out[0].mail < rows_at(c, "2026-11-25T00:00"))
		fail_msg("%s: it was asked for before now", r->rule);
	pool_end(&p);
}

/* ---- several ---- */

/* That many, all due on one day. */
static size_t all_due(struct pool *p, const struct conf *c, size_t n, const struct checkin_room *room,
		      const char *exchanged, utc days, struct proposal *out)
{
	static struct contact who;
	struct rhythm *r = pool_list(p, n, sizeof *r);
	utc now = rows_at(c, NOW);

	for (size_t i = 0; i < n; i++)
		r[i] = (struct rhythm){
			.who = &who, .ideal = length("1mo"), .latest = length("6w"), .exchanged = rows_at(c, exchanged)
		};
	return plan_checkins(p, r, n, &c->owners[0].time, room, now, now + days * DAY, out);
}

static void spread(void **state)
{
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	const struct zone *z = c->owners[0].time.zone;
	struct checkin_room room = { .day = 3, .week = 15 };
	struct proposal out[9];
	int most = 0;

	(void)state;
	assert_int_equal(all_due(p, c, 9, &room, "2026-11-10T15:00", 60, out), 9);
	for (size_t i = 0; i < 9; i++) {
		int on = 0;

		for (size_t k = 0; k < 9; k++)
			on += zone_day(z, out[i].at) == zone_day(z, out[k].at);
		most = on > most ? on : most;
		assert_false(out[i].late);
	}
	assert_true(most <= 2);
	pool_end(&p);
}

static void no_more_at_once(void **state)
{
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	const struct zone *z = c->owners[0].time.zone;
	struct checkin_room room = { .day = 2, .week = 4 };
	struct proposal out[40];
	size_t n = all_due(p, c, 40, &room, "2026-06-01T15:00", 120, out);

	(void)state;
	assert_int_equal(n, 40);
	for (size_t i = 0; i < n; i++) {
		int day = 0, week = 0, mails = 0;

		for (size_t k = 0; k < n; k++) {
			day += zone_day(z, out[i].at) == zone_day(z, out[k].at);
			week += (zone_day(z, out[i].at) + 3) / 7 == (zone_day(z, out[k].at) + 3) / 7;
			mails += zone_day(z, out[i].mail) == zone_day(z, out[k].mail);
			assert_true(i == k || out[i].at != out[k].at);
		}
		assert_true(day <= 2 && week <= 4 && mails <= 2);
		assert_true(out[i].mail < out[i].at);
	}
	pool_end(&p);
}

/* One that could be on many days has the only day of another. */
static void makes_room(void **state)
{
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	struct contact who = { 0 };
	struct checkin_room room = { .day = 1, .week = 1 };
	utc now = rows_at(c, NOW);
	struct rhythm r[2] = { { .who = &who,
				 .ideal = length("4w"),
				 .latest = length("7w"),
				 .exchanged = rows_at(c, "2026-11-02T15:00") },
			       { .who = &who,
				 .ideal = length("4w"),
				 .latest = length("5w"),
				 .exchanged = rows_at(c, "2026-11-02T15:00") } };
	struct proposal out[2];

	(void)state;
	assert_int_equal(plan_checkins(p, r, 2, &c->owners[0].time, &room, now, now + 60 * DAY, out), 2);
	assert_false(out[0].late || out[1].late);
	pool_end(&p);
}

static void lengths(void **state)
{
	static const struct {
		const char *words;
		bool is;
		int months, days;
	} all[] = {
		{ "6w", true, 0, 42 },           { "1mo", true, 1, 0 },   { "90d", true, 0, 90 },
		{ "1y", true, 12, 0 },           { "0d", false, 0, 0 },   { "", false, 0, 0 },
		{ "monthly", false, 0, 0 },      { "3m", false, 0, 0 },   { "-6w", false, 0, 0 },
		{ "99999999999d", false, 0, 0 }, { "900y", false, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct interval x = { 0, 0 };

		assert_int_equal(interval_parse(all[i].words, &x), all[i].is);
		assert_int_equal(x.months, all[i].months);
		assert_int_equal(x.days, all[i].days);
	}
	assert_int_equal(interval_after(day_of(2026, 1, 31), (struct interval){ 1, 0 }), day_of(2026, 2, 28));
	assert_int_equal(interval_after(day_of(2026, 11, 30), (struct interval){ 3, 0 }), day_of(2027, 2, 28));
}

/* The configuration's lengths are read with it. */
static void cadences(void **state)
{
	static const struct {
		struct cadence is;
		const char *fault;
	} all[] = {
		{ { .key = "establishing", .ideal = "1mo", .latest = "6w" }, NULL },
		{ { .key = "developing", .ideal = "6w", .latest = "" }, NULL },
		{ { .key = "friends", .ideal = "6w", .latest = "" }, "friends: no such stage" },
		{ { .key = "", .ideal = "6w", .latest = "" }, "no such stage" },
		{ { .key = "developing", .ideal = "monthly", .latest = "" }, "developing.ideal = \"monthly\"" },
		{ { .key = "developing", .ideal = "1mo", .latest = "x" }, "developing.latest = \"x\"" },
		{ { .key = "developing", .ideal = "6w", .latest = "1mo" }, "before the ideal one, 6w" },
	};
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct cadence one = all[i].is;
		struct conf_errors errors = { 0 };

		one.at.file = "rows.conf";
		c->cadences = &one, c->cadence_count = 1;
		assert_int_equal(plan_check(p, c, &errors), !all[i].fault);
		if (all[i].fault && !strstr(errors.list[0], all[i].fault))
			fail_msg("%s", errors.list[0]);
	}
	pool_end(&p);
}

/* ---- a year ---- */

enum { PEOPLE = 200, PER_DAY = 7, PER_WEEK = 32, YEAR = 365 };

struct person {
	struct contact who;
	utc answered; /* agreed on: when it is held; 0 */
	bool holds;   /* they come */
	utc excused;  /* its day could not be held until then: away, skipped by the owner, declined */
};

struct world {
	struct pool *p;
	struct conf *c;
	const struct worktime *w;
	struct person people[PEOPLE];
	struct rhythm r[PEOPLE];
	int held[YEAR + 120], mails, proposals, exchanges, met;
	int32_t first;
	uint64_t chance;
	int worst; /* by how many hundredths the worst was late */
};

static uint64_t roll(struct world *w, uint64_t below)
{
	w->chance ^= w->chance << 13, w->chance ^= w->chance >> 7, w->chance ^= w->chance << 17;
	return w->chance % below;
}

/* How late they are heard of now, in hundredths of the longest time; what they or the owner kept from being held does
 * not count. */
static void weigh(struct world *w, size_t i, utc now)
{
	struct rhythm *r = &w->r[i];
	int32_t base = zone_day(w->w->zone, r->exchanged ? r->exchanged : r->since), day = zone_day(w->w->zone, now);
	int32_t latest = interval_after(base, r->latest);
	int over = (day - latest) * 100 / (latest - base);

	if (over > w->worst && day > zone_day(w->w->zone, w->people[i].excused) && !w->people[i].who.absent)
		w->worst = over;
}

static void exchange(struct world *w, size_t i, utc now)
{
	weigh(w, i, now);
	w->r[i].exchanged = now;
	w->people[i].excused = 0;
}

/* What happens by itself on a day. */
static void chance(struct world *w, size_t i, utc now)
{
	struct person *x = &w->people[i];

	if (x->who.absent && x->who.absent <= now)
		x->who.absent = 0;
	if (x->answered && x->answered <= now) {
		if (x->holds) {
			exchange(w, i, x->answered);
			w->met++;
		} else {
			w->r[i].declined = now;
			x->excused = now + 30 * DAY;
		}
		x->answered = w->r[i].agreed = 0;
	}
	if (!roll(w, 150)) { /* they wrote */
		exchange(w, i, now);
		w->exchanges++;
	}
	if (!roll(w, 400)) {
		x->who.absent = now + (utc)(2 + roll(w, 20)) * DAY;
		x->excused = x->who.absent + 21 * DAY;
	}
}

/* The owner's word on one that is proposed. */
static void answer(struct world *w, const struct proposal *o, utc now)
{
	struct person *x = &w->people[o->whom];
	struct rhythm *r = &w->r[o->whom];

	w->proposals++;
	r->proposed = now, r->meant = o->at;
	switch (roll(w, 20)) {
	case 0: r->skipped = now, x->excused = now + 60 * DAY; return;
	case 1: x->excused = now + 30 * DAY; return; /* not answered */
	default: x->answered = r->agreed = o->at; x->holds = roll(w, 12) != 0;
	}
	w->held[zone_day(w->w->zone, o->at) - w->first]++;
}

static void begin(struct world *w, uint64_t seed)
{
	static const char *const lengths_of[][2] = { { "1mo", "6w" }, { "6w", "8w" }, { "3mo", "4mo" } };
	static int32_t off[] = { 0, 0, 0 };

	*w = (struct world){ .p = pool_new(), .chance = seed * 2654435761u + 88172645463325252u };
	w->c = rows_conf(w->p);
	w->w = &w->c->owners[0].time;
	off[0] = day_of(2027, 3, 26), off[1] = day_of(2027, 5, 6), off[2] = day_of(2027, 12, 24);
	w->c->owners[0].time.holidays = off, w->c->owners[0].time.holiday_count = 3;
	w->first = zone_day(w->w->zone, rows_at(w->c, "2027-01-04T07:00"));
	for (size_t i = 0; i < PEOPLE; i++) {
		const char *const *l = lengths_of[roll(w, 10) < 2 ? 0 : roll(w, 2) ? 1 : 2];
		struct interval ideal = length(l[0]);
		int span = interval_after(0, ideal);

		w->people[i].who =
			(struct contact){ .consent = i % 50 == 49 ? CONTACT_CONSENT_NEVER : CONTACT_CONSENT_OPEN };
		w->r[i] = (struct rhythm){ .who = &w->people[i].who,
					   .ideal = ideal,
					   .latest = length(l[1]),
					   .exchanged = rows_at(w->c, "2027-01-03T12:00") -
							(utc)roll(w, (uint64_t)span) * DAY };
	}
}

static void one_year(struct world *w, uint64_t seed)
{
	struct proposal out[PEOPLE];
	utc taken[PEOPLE];

	begin(w, seed);
	for (int d = 0; d < YEAR; d++) {
		utc now = zone_at(w->w->zone, w->first + d, w->w->hour);
		struct checkin_room room = { .day = PER_DAY, .week = PER_WEEK, .taken = taken };
		struct pool *p = pool_new();
		int asked = 0;

		for (size_t i = 0; i < PEOPLE; i++) {
			if (w->people[i].who.consent != CONTACT_CONSENT_NEVER)
				chance(w, i, now), weigh(w, i, now);
			if (w->r[i].agreed)
				taken[room.taken_count++] = w->r[i].agreed;
			else if (w->r[i].meant > now)
				taken[room.taken_count++] = w->r[i].meant;
		}
		if (is_workday(w->w, w->first + d)) {
			size_t n = plan_checkins(p, w->r, PEOPLE, w->w, &room, now, now + 45 * DAY, out);

			for (size_t i = 0; i < n; i++) {
				const struct rhythm *r = &w->r[out[i].whom];

				if (out[i].mail > now)
					continue;
				assert_true(r->who->consent != CONTACT_CONSENT_NEVER && !r->agreed);
				assert_true(is_workday(w->w, zone_day(w->w->zone, out[i].at)) &&
					    !is_quiet(w->w, out[i].at));
				answer(w, &out[i], now);
				asked++;
			}
			w->mails += asked > 0;
		}
		assert_true(asked <= PER_DAY);
		pool_end(&p);
	}
}

static void a_year_is_balanced(void **state)
{
	struct timespec from, to;

	(void)state;
	clock_gettime(CLOCK_MONOTONIC, &from);
	for (uint64_t seed = 1; seed <= 3; seed++) {
		struct world w;
		int most = 0, busiest = 0;

		one_year(&w, seed);
		for (int d = 0; d + 7 <= YEAR; d++) {
			int week = 0;

			most = w.held[d] > most ? w.held[d] : most;
			for (int k = 0; k < 7 && d % 7 == 0; k++)
				week += w.held[d + k];
			busiest = week > busiest ? week : busiest;
		}
		printf("year %d: %d check-ins held, %d other exchanges, %d proposals in %d mails; at most %d a day, %d "
		       "a week; the worst cadence %d %% over\n",
		       (int)seed, w.met, w.exchanges, w.proposals, w.mails, most, busiest, w.worst);
		assert_true(most <= PER_DAY);
		assert_true(busiest <= PER_WEEK);
		assert_true(w.worst <= 10);
		assert_true(w.met > 500);
		pool_end(&w.p);
	}
	clock_gettime(CLOCK_MONOTONIC, &to);
	printf("%d ms a year\n", (int)((to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000) / 3);
}

int main(void)
{
	enum { ROWS = sizeof rows / sizeof *rows };
	struct CMUnitTest t[ROWS + 6];

	for (size_t i = 0; i < ROWS; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	t[ROWS] = (struct CMUnitTest){ "those due on one day are spread", spread, NULL, NULL, NULL };
	t[ROWS + 1] = (struct CMUnitTest){ "however many are late: no more a day, a week and a mail than set",
					   no_more_at_once, NULL, NULL, NULL };
	t[ROWS + 2] = (struct CMUnitTest){ "who can wait makes room for who cannot", makes_room, NULL, NULL, NULL };
	t[ROWS + 3] = (struct CMUnitTest){ "lengths of time", lengths, NULL, NULL, NULL };
	t[ROWS + 4] = (struct CMUnitTest){ "a year for 200 contacts is balanced, whatever happens", a_year_is_balanced,
					   NULL, NULL, NULL };
	t[ROWS + 5] = (struct CMUnitTest){ "the cadences of a configuration", cadences, NULL, NULL, NULL };
	return cmocka_run_group_tests_name("plan_checkin", t, NULL, NULL);
}
