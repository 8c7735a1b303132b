/* checkin_ical: each object of a check-in, held against its golden file and read by a second reader; which of a series is next */
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>

#include "letters/ical.h"
#include "letters/ical_task.h"

static struct err e;

static utc at(const char *iso)
{
	utc t = 0;

	assert_true(utc_parse(iso, NULL, &t));
	return t;
}

static void person(struct pool *p, struct checkin *c, const char *name, const char *address, enum partstat partstat,
		   utc recurrence)
{
	*(struct checkin_attendee *)pool_more(p, &c->attendees, c->attendee_count++, sizeof *c->attendees) =
		(struct checkin_attendee){ .name = name,
					   .address = address,
					   .partstat = partstat,
					   .recurrence = recurrence,
					   .comment = "",
					   .delegated_to = "" };
}

static void except(struct pool *p, struct checkin *c, const char *recurrence, const char *start)
{
	*(struct checkin_exception *)pool_more(p, &c->exceptions, c->exception_count++, sizeof *c->exceptions) =
		(struct checkin_exception){ at(recurrence), start ? at(start) : 0 };
}

/* A quarter's check-in with Henrike, at two in the afternoon in Berlin. */
static struct checkin meeting(struct pool *p)
{
	struct checkin c = { .id = 7,
			     .owner = "ada",
			     .uid = "checkin-7f21c0@kept",
			     .stamp = at("2026-12-01T09:00:00Z"),
			     .start = at("2026-12-10T13:00:00Z"),
			     .minutes = 30,
			     .zone = "Europe/Berlin",
			     .rrule = "",
			     .purpose = "The subgroup data; and what, next: Zürich",
			     .agenda = "- the data\n- your study",
			     .link = "https://meet.example/r/7?p=1",
			     .place = "",
			     .state = CHECKIN_INVITED };

	person(p, &c, "Prof. Dr. Henrike \"H\" Osei", "h.osei@klinikum-nordtal.example", PARTSTAT_NEEDS_ACTION, 0);
	return c;
}

static struct checkin quarterly(struct pool *p)
{
	struct checkin c = meeting(p);

	c.rrule = "FREQ=MONTHLY;INTERVAL=3";
	return c;
}

/* What is made of it: the method, of which one, for whom. */
struct made {
	const char *method, *recurrence;
	bool owners;
};

static void once(struct pool *p, struct checkin *c, struct made *m)
{
	(void)p, (void)c, (void)m;
}
static void update(struct pool *p, struct checkin *c, struct made *m)
{
	(void)p, (void)m;
	c->sequence = 1, c->start = at("2026-12-11T08:30:00Z");
}
static void cancel(struct pool *p, struct checkin *c, struct made *m)
{
	(void)p;
	c->sequence = 2, c->state = CHECKIN_CANCELLED, m->method = "CANCEL";
}
static void series(struct pool *p, struct checkin *c, struct made *m)
{
	(void)m;
	*c = quarterly(p);
}
static void entry(struct pool *p, struct checkin *c, struct made *m)
{
	*c = quarterly(p), m->owners = true;
}
static void entry_cancel(struct pool *p, struct checkin *c, struct made *m)
{
	*c = quarterly(p), c->sequence = 1, m->owners = true, m->method = "CANCEL";
}
static void refused(struct pool *p, struct checkin *c, struct made *m)
{
	(void)p, (void)c;
	m->method = "DECLINECOUNTER";
}
static void cancel_series(struct pool *p, struct checkin *c, struct made *m)
{
	*c = quarterly(p), c->sequence = 4, m->method = "CANCEL";
}

static void exceptions(struct pool *p, struct checkin *c, struct made *m)
{
	(void)m;
	*c = quarterly(p);
	c->sequence = 3;
	except(p, c, "2027-03-10T13:00:00Z", NULL);
	except(p, c, "2027-06-10T12:00:00Z", "2027-06-14T07:00:00Z");
}

static void one_moved(struct pool *p, struct checkin *c, struct made *m)
{
	exceptions(p, c, m);
	m->recurrence = "2027-06-10T12:00:00Z";
}

static void one_off(struct pool *p, struct checkin *c, struct made *m)
{
	exceptions(p, c, m);
	m->recurrence = "2027-03-10T13:00:00Z", m->method = "CANCEL";
}

static void group(struct pool *p, struct checkin *c, struct made *m)
{
	(void)m;
	c->attendees[0].partstat = PARTSTAT_ACCEPTED;
	person(p, c, "Chidi Nkemelu", "c.nkemelu@lagoon-trials.example", PARTSTAT_DECLINED, 0);
	person(p, c, "", "r.abara@lagoon-trials.example", PARTSTAT_TENTATIVE, 0);
	person(p, c, "", "r.abara@lagoon-trials.example", PARTSTAT_DECLINED, at("2027-03-10T13:00:00Z"));
}

/* Weekly over both changes of the clocks in New York; the owner writes it in her own zone. */
static void new_york(struct pool *p, struct checkin *c, struct made *m)
{
	(void)p, (void)m;
	c->zone = "America/New_York", c->rrule = "FREQ=WEEKLY", c->start = at("2027-03-01T14:00:00Z");
}

static void no_rule(struct pool *p, struct checkin *c, struct made *m)
{
	(void)p, (void)m;
	c->zone = "Africa/Casablanca", c->start = at("2027-02-01T09:00:00Z"),
	c->rrule = "FREQ=WEEKLY;INTERVAL=2;COUNT=6";
}

static void in_utc(struct pool *p, struct checkin *c, struct made *m)
{
	(void)p, (void)m;
	c->zone = "UTC", c->rrule = "FREQ=MONTHLY;BYDAY=-1FR", c->start = at("2026-12-25T13:00:00Z"), c->link = "",
	c->agenda = "", c->place = "Room 1, \\ ; Basel";
}

/* Of two equal hours the second: no wall clock tells them apart. */
static void fold(struct pool *p, struct checkin *c, struct made *m)
{
	(void)p, (void)m;
	c->start = at("2026-10-25T01:30:00Z");
}

static const struct object {
	const char *name, *second; /* what the second reader sees */
	void (*make)(struct pool *, struct checkin *, struct made *);
} objects[] = {
	{ "checkin-request", "REQUEST 2026-12-10T13:00Z", once },
	{ "checkin-update", "REQUEST 2026-12-11T08:30Z", update },
	{ "checkin-cancel", "CANCEL 2026-12-10T13:00Z", cancel },
	{ "checkin-series", "REQUEST 2026-12-10T13:00Z 2027-03-10T13:00Z 2027-06-10T12:00Z 2027-09-10T12:00Z", series },
	{ "checkin-series-exceptions",
	  "REQUEST 2026-12-10T13:00Z 2027-06-14T07:00Z 2027-09-10T12:00Z 2027-12-10T13:00Z", exceptions },
	{ "checkin-series-cancel", "CANCEL 2026-12-10T13:00Z", cancel_series },
	{ "checkin-one-moved", "REQUEST 2027-06-14T07:00Z", one_moved },
	{ "checkin-one-cancelled", "CANCEL 2027-03-10T13:00Z", one_off },
	{ "checkin-declinecounter", "DECLINECOUNTER", refused },
	{ "checkin-group", "REQUEST 2026-12-10T13:00Z", group },
	{ "checkin-entry", "REQUEST 2026-12-10T13:00Z 2027-03-10T13:00Z 2027-06-10T12:00Z 2027-09-10T12:00Z", entry },
	{ "checkin-entry-cancel", "CANCEL 2026-12-10T13:00Z", entry_cancel },
	{ "checkin-new-york", "REQUEST 2027-03-01T14:00Z 2027-03-08T14:00Z 2027-03-15T13:00Z 2027-03-22T13:00Z",
	  new_york },
	{ "checkin-casablanca", "REQUEST 2027-02-01T09:00Z 2027-02-15T10:00Z 2027-03-01T10:00Z 2027-03-15T09:00Z",
	  no_rule },
	{ "checkin-utc", "REQUEST 2026-12-25T13:00Z 2027-01-29T13:00Z 2027-02-26T13:00Z 2027-03-26T13:00Z", in_utc },
	{ "checkin-fold", "REQUEST 2026-10-25T01:30Z", fold },
};

static const char *written(struct pool *p, const struct object *o)
{
	struct checkin c = meeting(p);
	struct made m = { .method = "REQUEST" };
	struct ical_meeting in = { .c = &c,
				   .organizer = { "Ada Lovelace", "ada@example.org" },
				   .owner = { "Ada Lovelace", "ada@example.org" } };
	const char *out;

	o->make(p, &c, &m);
	in.method = m.method, in.owners = m.owners, in.recurrence = m.recurrence ? at(m.recurrence) : 0;
	if (m.owners)
		in.organizer = (struct addr){ "kept", "kept@example.org" };
	if (!ical_checkin(p, &in, &out, &e))
		fail_msg("%s: %s", o->name, e.text);
	return out;
}

/* After a change that is meant, KEPT_GOLDEN=write writes the files anew: look at the difference. */
static void golden(void **state)
{
	const struct object *o = *state;
	struct pool *p = pool_new();
	const char *path = pool_print(p, "tests/golden/%s.ics", o->name), *out = written(p, o),
		   *write = getenv("KEPT_GOLDEN");
	char *expected = pool_take(p, 20000);
	size_t got;
	FILE *f;

	if (write) {
		assert_non_null(f = fopen(path, "w"));
		fputs(out, f);
		fclose(f);
	}
	assert_non_null(f = fopen(path, "r"));
	got = fread(expected, 1, 20000 - 1, f);
	fclose(f);
	assert_int_equal(got, strlen(out));
	assert_memory_equal(out, expected, got);
	pool_end(&p);
}

static void second_reader(void **state)
{
	struct pool *p = pool_new();
	FILE *f = popen("exec tests/second_reader.py tests/golden/*.ics tests/golden/*.eml 2>&1", "r");
	char line[600];
	size_t seen = 0;

	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof line, f)) {
		const struct object *o = NULL;

		line[strcspn(line, "\n")] = '\0';
		for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
			if (text_starts(line, pool_print(p, "%s.ics ", objects[i].name)))
				o = &objects[i];
		if (strstr(line, ".eml REQUEST ") || strstr(line, ".eml CANCEL ") ||
		    strstr(line, ".eml DECLINECOUNTER"))
			continue;
		if (!o)
			fail_msg("%s", line);
		assert_string_equal(line, pool_print(p, "%s.ics %s", o->name, o->second));
		seen++;
	}
	assert_int_equal(pclose(f), 0);
	assert_int_equal(seen, sizeof objects / sizeof *objects);
	pool_end(&p);
}

/* What was written reads back by our own reader: nothing is lost. */
static void round_trip(void **state)
{
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
		struct checkin c = meeting(p);
		struct made m = { .method = "REQUEST" };
		struct calendar_facts f;
		const char *s = written(p, &objects[i]);

		objects[i].make(p, &c, &m);
		ical_read(p, s, strlen(s), &f);
		assert_string_equal(f.method, m.method);
		assert_string_equal(f.uid, m.owners ? pool_print(p, "own-%s", c.uid) : c.uid);
		assert_int_equal(f.sequence, c.sequence);
		assert_int_equal(f.stamp, c.stamp);
		assert_int_equal(f.recurrence, m.recurrence ? at(m.recurrence) : 0);
		if (strcmp(m.method, "DECLINECOUNTER") == 0)
			continue;
		assert_int_equal(f.end - f.start, 30 * 60);
		if (!m.owners)
			assert_string_equal(f.summary, c.purpose);
		assert_string_equal(f.organizer, m.owners ? "kept@example.org" : "ada@example.org");
	}
	pool_end(&p);
}

/* A series in a collection: whole, and without people. */
static void in_a_collection(void **state)
{
	struct pool *p = pool_new();
	struct checkin c = quarterly(p);
	struct ical_event v = { .method = "", .uid = "event-0-1", .start = c.start, .end = c.start + 1800, .stamp = c.stamp,
				.zone = checkin_zone(p, &c), .summary = c.purpose, .description = "", .location = "Room 2",
				.url = "", .busy = true, .alarm = -1, .rrule = c.rrule };
	const char *s;
	struct task t;

	(void)state;
	except(p, &c, "2027-03-11T13:00:00Z", NULL);
	except(p, &c, "2027-06-10T12:00:00Z", "2027-06-11T12:00:00Z");
	v.exceptions = c.exceptions, v.exception_count = c.exception_count;
	e = (struct err){ 0 };
	if (!ical_write(p, &v, &s, &e))
		fail_msg("%s", e.text);
	assert_null(strstr(s, "METHOD"));
	assert_null(strstr(s, "ATTENDEE"));
	assert_null(strstr(s, "ORGANIZER"));
	assert_non_null(strstr(s, "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n"));
	ical_task(p, s, strlen(s), &t);
	assert_string_equal(t.broken, "");
	assert_string_equal(t.rrule, c.rrule);
	assert_string_equal(t.place, "Room 2");
	assert_int_equal(t.due, c.start);
	assert_int_equal(t.minutes, 30);
	assert_int_equal(t.one_count, c.exception_count);
	for (size_t i = 0; i < t.one_count; i++) {
		const struct checkin_exception *x = checkin_exception(&c, t.ones[i].recurrence.at);

		assert_non_null(x);
		assert_true(t.ones[i].off ? !x->start : t.ones[i].start.at == x->start);
	}
	v.description = "a\x01";
	assert_false(ical_write(p, &v, &s, &e));
	pool_end(&p);
}

static void next_of_a_series(void **state)
{
	struct pool *p = pool_new();
	struct checkin c = meeting(p);
	struct made m;
	utc start = 0, recurrence = 0;

	(void)state;
	assert_true(checkin_next(p, &c, c.start, &start, &recurrence));
	assert_int_equal(start, c.start);
	assert_int_equal(recurrence, 0);
	assert_false(checkin_next(p, &c, c.start + 1, &start, NULL));
	assert_int_equal(checkin_last(p, &c, c.start + 1), c.start);
	assert_int_equal(checkin_last(p, &c, c.start), 0);
	exceptions(p, &c, &m);
	assert_true(checkin_next(p, &c, c.start + 1, &start, &recurrence)); /* March is off, June is moved */
	assert_int_equal(start, at("2027-06-14T07:00:00Z"));
	assert_int_equal(recurrence, at("2027-06-10T12:00:00Z"));
	assert_int_equal(checkin_last(p, &c, at("2027-06-12T00:00:00Z")), c.start);
	assert_int_equal(checkin_last(p, &c, at("2027-12-01T00:00:00Z")), at("2027-09-10T12:00:00Z"));
	assert_true(checkin_is_one(p, &c, recurrence, &start));
	assert_int_equal(start, at("2027-06-14T07:00:00Z"));
	assert_false(checkin_is_one(p, &c, at("2027-03-10T13:00:00Z"), &start));
	assert_false(checkin_is_one(p, &c, at("2027-06-14T07:00:00Z"), &start));
	pool_end(&p);
}

/* FACTS: libical goes an hour back in a gap; a time that is not there is an hour later, and the next week has its own again. */
static void gap_moves_on(void **state)
{
	struct pool *p = pool_new();
	const struct zone *z = zone_named(p, "Europe/Berlin");
	utc t = 0, start = at("2027-03-21T01:30:00Z"); /* 02:30 */

	(void)state;
	assert_true(ical_next("FREQ=WEEKLY", z, start, start + 1, &t));
	assert_int_equal(t, at("2027-03-28T01:30:00Z")); /* 03:30 summer time */
	assert_true(ical_next("FREQ=WEEKLY", z, start, t + 1, &t));
	assert_int_equal(t, at("2027-04-04T00:30:00Z"));
	start = at("2026-10-18T00:30:00Z");
	assert_true(ical_next("FREQ=WEEKLY", z, start, start + 1, &t));
	assert_int_equal(t, at("2026-10-25T00:30:00Z")); /* of two equal times the first */
	pool_end(&p);
}

static void rules_are_bounded(void **state)
{
	static const char *const none[] = { "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
					    "FREQ=HOURLY",
					    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
					    "FREQ=DAILY;INTERVAL=0",
					    "BYDAY=MO",
					    "nonsense" };
	const struct zone *z;
	struct pool *p = pool_new();
	utc t;

	(void)state;
	z = zone_named(p, "Europe/Berlin");
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_false(ical_next(none[i], z, at("2026-12-10T13:00:00Z"), at("2026-12-11T13:00:00Z"), &t));
	assert_true(ical_next("FREQ=DAILY", z, 0, at("2026-12-11T13:00:00Z"), &t)); /* after more than 20,000 */
	assert_int_equal(t, at("2026-12-12T00:00:00Z"));
	assert_true(ical_next("FREQ=DAILY;COUNT=2000", z, at("2026-12-10T13:00:00Z"), at("2032-05-31T12:00:00Z"), &t));
	assert_int_equal(t, at("2032-05-31T12:00:00Z"));
	assert_false(ical_next("FREQ=DAILY;COUNT=2000", z, at("2026-12-10T13:00:00Z"), t + 1, &t));
	assert_true(ical_next("FREQ=WEEKLY;UNTIL=20261217T130000Z", z, at("2026-12-10T13:00:00Z"),
			      at("2026-12-11T13:00:00Z"), &t));
	assert_false(ical_next("FREQ=WEEKLY;UNTIL=20261217T125959Z", z, at("2026-12-10T13:00:00Z"),
			       at("2026-12-11T13:00:00Z"), &t));
	pool_end(&p);
}

int main(void)
{
	enum { N = sizeof objects / sizeof *objects };
	struct CMUnitTest t[N + 6];

	for (size_t i = 0; i < N; i++)
		t[i] = (struct CMUnitTest){ objects[i].name, golden, NULL, NULL, (void *)&objects[i] };
	t[N] = (struct CMUnitTest){ "a second reader finds each valid, and sees the same times", second_reader, NULL,
				    NULL, NULL };
	t[N + 1] = (struct CMUnitTest){ "what was written reads back", round_trip, NULL, NULL, NULL };
	t[N + 2] = (struct CMUnitTest){ "the next and the last of a series, with what is moved or off",
					next_of_a_series, NULL, NULL, NULL };
	t[N + 3] = (struct CMUnitTest){ "in a gap it moves on, of two equal times it is the first", gap_moves_on, NULL,
					NULL, NULL };
	t[N + 4] = (struct CMUnitTest){ "a rule without end is none", rules_are_bounded, NULL, NULL, NULL };
	t[N + 5] = (struct CMUnitTest){ "in a collection a series is whole, and nobody is invited by it", in_a_collection, NULL,
					NULL, NULL };
	return cmocka_run_group_tests_name("checkin_ical", t, NULL, NULL);
}
