/* busy: a foreign calendar to the times at which its owner is busy. With KEPT_BUSY=FILE (FROM TILL in its environment) it prints
 * those of one file instead, for tests/rules.py */
#include "letters/ical_busy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#define CALENDAR(lines) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" lines "END:VCALENDAR\r\n"
#define EVENT(lines) CALENDAR("BEGIN:VEVENT\r\nUID:u\r\nSUMMARY:Ward round\r\n" lines "END:VEVENT\r\n")
#define AND(lines) "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:u\r\n" lines
#define BERLIN "DTSTART;TZID=Europe/Berlin:20261023T090000\r\nDTEND;TZID=Europe/Berlin:20261023T100000\r\n"

/* the window is 20 to 31 October 2026; the clocks go back on the 25th */
static const struct row {
	const char *rule, *text, *expect; /* in UTC, joined: "day hour:minute-hour:minute …"; with "!why" where something was left out */
} rows[] = {
	{ "one event", EVENT(BERLIN), "23T07:00/23T08:00" },
	{ "one in UTC", EVENT("DTSTART:20261023T090000Z\r\nDTEND:20261023T100000Z\r\n"), "23T09:00/23T10:00" },
	{ "one without a zone is in the owner's", EVENT("DTSTART:20261023T090000\r\nDURATION:PT30M\r\n"), "23T07:00/23T07:30" },
	{ "a whole day is the owner's day", EVENT("DTSTART;VALUE=DATE:20261023\r\n"), "22T22:00/23T22:00" },
	{ "several days, over the change of clocks", EVENT("DTSTART;VALUE=DATE:20261024\r\nDTEND;VALUE=DATE:20261026\r\n"), "23T22:00/25T23:00" },
	{ "no end is no time", EVENT("DTSTART:20261023T090000Z\r\n"), "" },
	{ "transparent is free", EVENT(BERLIN "TRANSP:TRANSPARENT\r\n"), "" },
	{ "cancelled is free", EVENT(BERLIN "STATUS:CANCELLED\r\n"), "" },
	{ "tentative is busy", EVENT(BERLIN "STATUS:TENTATIVE\r\n"), "23T07:00/23T08:00" },
	{ "what Outlook calls free", EVENT(BERLIN "X-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n"), "" },
	{ "what the owner declined is free", EVENT(BERLIN "ATTENDEE;PARTSTAT=DECLINED:MAILTO:Ada@example.org\r\n"), "" },
	{ "what another declined is busy", EVENT(BERLIN "ATTENDEE;PARTSTAT=DECLINED:mailto:bob@example.org\r\n"), "23T07:00/23T08:00" },
	{ "weekly keeps the wall clock over the change", EVENT(BERLIN "RRULE:FREQ=WEEKLY;BYDAY=FR,MO\r\n"), "23T07:00/23T08:00 26T08:00/26T09:00 30T08:00/30T09:00" },
	{ "of the past, without a count", EVENT("DTSTART;TZID=Europe/Berlin:19970103T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;INTERVAL=2\r\n"), "30T08:00/30T09:00" },
	{ "COUNT counts from the first", EVENT("DTSTART:20261001T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=21\r\n"), "20T09:00/20T10:00 21T09:00/21T10:00" },
	{ "UNTIL in UTC is the last", EVENT(BERLIN "RRULE:FREQ=DAILY;UNTIL=20261024T070000Z\r\n"), "23T07:00/23T08:00 24T07:00/24T08:00" },
	{ "UNTIL as a day has that day", EVENT(BERLIN "RRULE:FREQ=DAILY;UNTIL=20261024\r\n"), "23T07:00/23T08:00 24T07:00/24T08:00" },
	{ "the last working day of a month", EVENT("DTSTART:20260130T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1\r\n"),
	  "30T09:00/30T10:00" },
	{ "the fourth Thursday", EVENT("DTSTART:20260122T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=MONTHLY;BYDAY=4TH\r\n"), "22T09:00/22T10:00" },
	{ "the last day but one of October", EVENT("DTSTART:20201030T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=-2\r\n"), "30T09:00/30T10:00" },
	{ "a birthday", EVENT("DTSTART;VALUE=DATE:19561021\r\nRRULE:FREQ=YEARLY\r\n"), "20T22:00/21T22:00" },
	{ "the 29th of February is in leap years alone", EVENT("DTSTART:20240229T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=YEARLY\r\n"), "" },
	{ "an exception", EVENT(BERLIN "RRULE:FREQ=DAILY;COUNT=3\r\nEXDATE;TZID=Europe/Berlin:20261024T090000\r\n"), "23T07:00/23T08:00 25T08:00/25T09:00" },
	{ "an exception as a day", EVENT(BERLIN "RRULE:FREQ=DAILY;COUNT=3\r\nEXDATE;VALUE=DATE:20261024\r\n"), "23T07:00/23T08:00 25T08:00/25T09:00" },
	{ "an exception in UTC", EVENT(BERLIN "RRULE:FREQ=DAILY;COUNT=2\r\nEXDATE:20261023T070000Z\r\n"), "24T07:00/24T08:00" },
	{ "dates besides", EVENT(BERLIN "RDATE;TZID=Europe/Berlin:20261027T090000,20261028T110000\r\n"), "23T07:00/23T08:00 27T08:00/27T09:00 28T10:00/28T11:00" },
	{ "one of a series was moved", EVENT(BERLIN "RRULE:FREQ=DAILY;COUNT=2\r\n"
		AND("RECURRENCE-ID;TZID=Europe/Berlin:20261024T090000\r\nDTSTART;TZID=Europe/Berlin:20261026T150000\r\nDURATION:PT1H\r\n")),
	  "23T07:00/23T08:00 26T14:00/26T15:00" },
	{ "one of a series was cancelled", EVENT(BERLIN "RRULE:FREQ=DAILY;COUNT=2\r\n"
		AND("RECURRENCE-ID:20261024T070000Z\r\nDTSTART:20261024T070000Z\r\nDURATION:PT1H\r\nSTATUS:CANCELLED\r\n")), "23T07:00/23T08:00" },
	{ "a zone of its own, after the event", CALENDAR("BEGIN:VEVENT\r\nUID:u\r\nDTSTART;TZID=Here:20261026T090000\r\nDURATION:PT1H\r\nEND:VEVENT\r\n"
		"BEGIN:VTIMEZONE\r\nTZID:Here\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"),
	  "26T06:00/26T07:00" },
	{ "what overlaps is one", EVENT(BERLIN AND("DTSTART:20261023T073000Z\r\nDURATION:PT1H\r\n")), "23T07:00/23T08:30" },
	{ "published times", CALENDAR("BEGIN:VFREEBUSY\r\nFREEBUSY;FBTYPE=BUSY:20261023T090000Z/20261023T100000Z,20261024T090000Z/PT1H\r\n"
		"FREEBUSY;FBTYPE=FREE:20261025T090000Z/PT1H\r\nEND:VFREEBUSY\r\n"), "23T09:00/23T10:00 24T09:00/24T10:00" },
	{ "an unknown zone is not guessed", EVENT("DTSTART;TZID=Mars/Olympus:20261023T090000\r\nDURATION:PT1H\r\n"), "!its time zone is not known: Mars/Olympus" },
	{ "a rule by the hour is left out, and said", EVENT(BERLIN "RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30\r\n"), "!it recurs by the hour, minute or second" },
	{ "a rule by weeks of the year is left out", EVENT(BERLIN "RRULE:FREQ=YEARLY;BYWEEKNO=43\r\n"), "!its rule goes by numbers of weeks" },
	{ "an hour that is the first one's is read", EVENT(BERLIN "RRULE:FREQ=DAILY;COUNT=2;BYHOUR=9;BYMINUTE=0\r\n"), "23T07:00/23T08:00 24T07:00/24T08:00" },
	{ "an interval of 0 is none", EVENT(BERLIN "RRULE:FREQ=DAILY;INTERVAL=0\r\n"), "!its rule is not understood" },
	{ "a day that never comes ends", EVENT("DTSTART:20200101T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5\r\n"), "" },
	{ "what ends before it begins", EVENT("DTSTART:20261023T090000Z\r\nDTEND:20261022T090000Z\r\n"), "!it ends before it begins" },
	{ "cut off", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261023T090000Z\r\n", "?it ends early" },
	{ "no calendar", "<html><body>Log in</body></html>", "?it holds no VCALENDAR" },
};

/* with them in them: who is met, and at what */
static const struct row meetings[] = {
	{ "one with somebody outside", EVENT(BERLIN "ORGANIZER;CN=Ada:mailto:ada@example.org\r\nATTENDEE;CN=\"Carla Rossi\";PARTSTAT=ACCEPTED:mailto:Carla@Example.com\r\n"),
	  "23T07:00 Ward round/u: Carla Rossi <carla@example.com>" },
	{ "who invited them is met", EVENT(BERLIN "ORGANIZER;CN=Carla Rossi:mailto:carla@example.com\r\nATTENDEE:mailto:ada@example.org\r\n"),
	  "23T07:00 Ward round/u: Carla Rossi <carla@example.com>" },
	{ "once each, under no name that is an address", EVENT(BERLIN "ORGANIZER;CN=carla@example.com:mailto:carla@example.com\r\nATTENDEE;CN=Carla:MAILTO:carla@example.com\r\n"),
	  "23T07:00 Ward round/u:  <carla@example.com>" },
	{ "the owner and colleagues are left out", EVENT(BERLIN "ATTENDEE:mailto:ada@home.example\r\nATTENDEE:mailto:bob@example.org\r\nATTENDEE:mailto:eve@lab.example.org\r\n"), "" },
	{ "a name that ends like a domain of theirs is outside", EVENT(BERLIN "ATTENDEE:mailto:bob@notexample.org\r\n"), "23T07:00 Ward round/u:  <bob@notexample.org>" },
	{ "rooms, lists and who declined were not there", EVENT(BERLIN "ATTENDEE;CUTYPE=ROOM:mailto:room@example.com\r\n"
		"ATTENDEE;CUTYPE=GROUP:mailto:all@example.com\r\nATTENDEE;PARTSTAT=DECLINED:mailto:dan@example.com\r\n"), "" },
	{ "what the owner declined", EVENT(BERLIN "ATTENDEE:mailto:carla@example.com\r\nATTENDEE;PARTSTAT=DECLINED:mailto:ada@example.org\r\n"), "" },
	{ "what was cancelled", EVENT(BERLIN "ATTENDEE:mailto:carla@example.com\r\nSTATUS:CANCELLED\r\n"), "" },
	{ "each of a series, and one of it with others", EVENT(BERLIN "ATTENDEE:mailto:carla@example.com\r\nRRULE:FREQ=DAILY;COUNT=2\r\n"
		AND("SUMMARY:Moved\\, late\r\nRECURRENCE-ID:20261024T070000Z\r\nDTSTART:20261024T120000Z\r\nDURATION:PT1H\r\nATTENDEE:mailto:dan@example.com\r\n")),
	  "23T07:00 Ward round/u:  <carla@example.com> 24T12:00 Moved, late/u:  <dan@example.com>" },
	{ "a whole day", EVENT("DTSTART;VALUE=DATE:20261023\r\nATTENDEE:mailto:carla@example.com\r\n"), "22T22:00 Ward round/u:  <carla@example.com>" },
	{ "what is no address is nobody", EVENT(BERLIN "ATTENDEE:urn:uuid:1\r\nATTENDEE:mailto:a b@example.com\r\nATTENDEE:mailto:<x>@\r\nORGANIZER:\r\n"), "" },
	{ "no name holds a line's end", EVENT(BERLIN "ATTENDEE;CN=\"Eve\x01\x7f^nBcc: all\":mailto:eve@example.com\r\n"), "23T07:00 Ward round/u: Eve ^nBcc: all <eve@example.com>" },
	{ "what is left out is no meeting", EVENT(BERLIN "ATTENDEE:mailto:carla@example.com\r\nRRULE:FREQ=DAILY;INTERVAL=0\r\n"), "" },
};

static struct busy read_busy(struct pool *p, const char *text, size_t n, utc from, utc till, const struct zone *z)
{
	struct busy b, again;
	struct text *t = text_new(p, 8 << 20);

	ical_busy(p, text, n, from, till, "ada@example.org\nada@home.example\n@example.org\n", &b);
	busy_pack(t, &b);
	assert_true(busy_unpack(p, t->s, t->n, &again, NULL));
	busy_settle(&again, z);
	return again;
}

static utc at(const char *s)
{
	utc t = 0;

	assert_true(utc_parse(s, NULL, &t));
	return t;
}

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct text *said = text_new(p, 2000);
	const struct zone *z;
	struct busy b;

	assert_true(zone_load(p, "Europe/Berlin", &z, NULL));
	b = read_busy(p, r->text, strlen(r->text), at("2026-10-20T00:00:00Z"), at("2026-10-31T00:00:00Z"), z);
	for (size_t i = 0; i < b.n; i++) {
		struct civil s = zone_civil(zone_fixed(p, 0), b.times[i].start), e = zone_civil(zone_fixed(p, 0), b.times[i].end);

		text_print(said, "%s%02dT%02d:%02d/%02dT%02d:%02d", i ? " " : "", s.day, s.hour, s.minute, e.day, e.hour, e.minute);
	}
	if (*b.broken)
		text_print(said, "?%s", b.broken);
	if (b.finding_count)
		text_print(said, "!%s", b.findings[0].why);
	assert_string_equal(said->s, r->expect);
	pool_end(&p);
}

static void is_met(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct text *said = text_new(p, 2000);
	const struct zone *z;
	struct busy b;

	assert_true(zone_load(p, "Europe/Berlin", &z, NULL));
	b = read_busy(p, r->text, strlen(r->text), at("2026-10-20T00:00:00Z"), at("2026-10-31T00:00:00Z"), z);
	for (size_t i = 0; i < b.meeting_count; i++) {
		const struct busy_meeting *m = &b.meetings[i];
		struct civil s = zone_civil(zone_fixed(p, 0), m->time.start);

		text_print(said, "%s%02dT%02d:%02d %s/%s:", i ? " " : "", s.day, s.hour, s.minute, m->title, m->uid);
		for (size_t k = 0; k < m->with.n; k++)
			text_print(said, " %s <%s>", m->with.list[k].name, m->with.list[k].address);
	}
	assert_string_equal(said->s, r->expect);
	pool_end(&p);
}

/* 300 daily meetings of 250 people each: what is said of them is bounded. */
static void crowds_are_bounded(void **state)
{
	struct pool *p = pool_new();
	struct text *t = text_new(p, 16 << 20);
	const struct zone *z;
	struct busy b;
	size_t people = 0;

	(void)state;
	assert_true(zone_load(p, "UTC", &z, NULL));
	text_print(t, "BEGIN:VCALENDAR\n");
	for (int i = 0; i < 300; i++) {
		text_print(t, "BEGIN:VEVENT\nUID:%d\nDTSTART:20200101T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\n", i);
		for (int k = 0; k < 250; k++)
			text_print(t, "ATTENDEE;CN=Somebody %d:mailto:p%d.%d@example.com\n", k, i, k);
		text_print(t, "END:VEVENT\n");
	}
	text_print(t, "END:VCALENDAR\n");
	b = read_busy(p, t->s, t->n, at("2026-10-01T00:00:00Z"), at("2026-12-10T00:00:00Z"), z);
	assert_string_equal(b.broken, "it has more than 20,000 busy times");
	for (size_t i = 0; i < b.meeting_count; i++) {
		assert_true(b.meetings[i].with.n <= MEETING_PEOPLE_MOST);
		people += b.meetings[i].with.n;
	}
	assert_true(people > 0 && people < 10000 + MEETING_PEOPLE_MOST && b.meeting_count <= MEETINGS_MOST);
	pool_end(&p);
}

/* 5,000 events, most of them in the past, a tenth recurring, with descriptions, as an export of ten years holds them. */
static char *large(size_t *n)
{
	char *s = malloc(16 << 20), *at_end = s;

	at_end += sprintf(at_end, "BEGIN:VCALENDAR\r\n");
	for (int i = 0; i < 5000; i++) {
		at_end += sprintf(at_end, "BEGIN:VEVENT\r\nUID:%d@example.org\r\nDTSTART;TZID=Europe/Berlin:%04d%02d%02dT%02d0000\r\nDURATION:PT45M\r\n"
				  "SUMMARY:Meeting %d\r\nDESCRIPTION:", i, 2017 + i % 10, i % 12 + 1, i % 28 + 1, 8 + i % 9, i);
		for (int k = 0; k < 10; k++)
			at_end += sprintf(at_end, "some words about the agenda of this meeting\\, with commas\r\n ");
		at_end += sprintf(at_end, "\r\nATTENDEE;CN=Bob;PARTSTAT=ACCEPTED:mailto:bob@example.org\r\n");
		if (i % 10 == 0)
			at_end += sprintf(at_end, "RRULE:FREQ=%s;COUNT=500\r\n", i % 20 ? "WEEKLY" : "DAILY");
		at_end += sprintf(at_end, "END:VEVENT\r\n");
	}
	at_end += sprintf(at_end, "END:VCALENDAR\r\n");
	*n = (size_t)(at_end - s);
	return s;
}

static void large_is_fast(void **state)
{
	struct pool *p = pool_new();
	const struct zone *z;
	size_t n;
	char *s = large(&n);
	struct timespec a, b;
	struct busy busy;
	double took;

	(void)state;
	assert_true(zone_load(p, "Europe/Berlin", &z, NULL));
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
	busy = read_busy(p, s, n, at("2026-10-01T00:00:00Z"), at("2026-12-10T00:00:00Z"), z);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
	took = (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) / 1e9;
	print_message("%zu bytes, %zu events, %zu busy times: %.3f s\n", n, busy.events, busy.n, took);
	assert_int_equal(busy.events, 5000);
	assert_true(busy.n > 50);
#if !defined(__SANITIZE_ADDRESS__)
	assert_true(took < 0.5);
#endif
	free(s);
	pool_end(&p);
}

/* What takes long by intent ends all the same: 20,000 rules that never come true. */
static void hostile_ends(void **state)
{
	struct pool *p = pool_new();
	const struct zone *z;
	char *s = malloc(8 << 20), *to = s;
	struct busy b;

	(void)state;
	assert_true(zone_load(p, "UTC", &z, NULL));
	to += sprintf(to, "BEGIN:VCALENDAR\n");
	for (int i = 0; i < 20000; i++)
		to += sprintf(to, "BEGIN:VEVENT\nUID:%d\nDTSTART:00010101T000000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYDAY=MO,TU,WE;BYSETPOS=366;COUNT=1000000\nEND:VEVENT\n", i);
	to += sprintf(to, "END:VCALENDAR\n");
	b = read_busy(p, s, (size_t)(to - s), at("2026-10-01T00:00:00Z"), at("2026-12-10T00:00:00Z"), z);
	assert_int_equal(b.n, 0);
	assert_true(b.left_out > 19000 && b.finding_count == BUSY_FINDINGS_MOST);
	free(s);
	pool_end(&p);
}

static void damaged_is_refused(void **state)
{
	struct pool *p = pool_new();
	struct addr who = { "Carla", "carla@example.com" };
	struct busy_meeting m = { { 100, 200, false }, "u", "Ward round", { &who, 1 } };
	struct busy b = { .times = &m.time, .n = 1, .meetings = &m, .meeting_count = 1, .broken = "" };
	struct text *t = text_new(p, 1000);
	struct err e;

	(void)state;
	busy_pack(t, &b);
	for (size_t n = 0; n < t->n; n++)
		assert_false(busy_unpack(p, t->s, n, &b, &e));
	t->s[0] = 77;
	assert_false(busy_unpack(p, t->s, t->n, &b, &e));
	who.address = "no address";
	t = text_new(p, 1000);
	busy_pack(t, &(struct busy){ .meetings = &m, .meeting_count = 1, .broken = "" });
	assert_false(busy_unpack(p, t->s, t->n, &b, &e));
	pool_end(&p);
}

/* KEPT_BUSY=FILE FROM=… TILL=…: prints "start end" in UTC a line, unjoined, and "! WHY" */
static int print(const char *file)
{
	struct pool *p = pool_new();
	FILE *f = fopen(file, "r");
	char *s = malloc(16 << 20);
	size_t n = f ? fread(s, 1, 16 << 20, f) : 0;
	struct busy b;

	ical_busy(p, s, n, atoll(getenv("FROM")), atoll(getenv("TILL")), "", &b);
	for (size_t i = 0; i < b.n; i++)
		printf("%lld %lld\n", (long long)b.times[i].start, (long long)b.times[i].end);
	for (size_t i = 0; i < b.finding_count; i++)
		printf("! %s %s\n", b.findings[i].what, b.findings[i].why);
	printf("%s", b.broken);
	if (f)
		fclose(f);
	free(s);
	pool_end(&p);
	return 0;
}

int main(void)
{
	struct CMUnitTest t[sizeof rows / sizeof *rows + sizeof meetings / sizeof *meetings + 4];
	size_t n = sizeof rows / sizeof *rows;

	if (getenv("KEPT_BUSY"))
		return print(getenv("KEPT_BUSY"));
	for (size_t i = 0; i < n; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	for (size_t i = 0; i < sizeof meetings / sizeof *meetings; i++)
		t[n++] = (struct CMUnitTest){ meetings[i].rule, is_met, NULL, NULL, (void *)&meetings[i] };
	t[n++] = (struct CMUnitTest){ "crowds are bounded", crowds_are_bounded, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "5,000 events are read in less than half a second", large_is_fast, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "rules without an end end", hostile_ends, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "damaged facts are refused", damaged_is_refused, NULL, NULL, NULL };
	return cmocka_run_group_tests_name("busy", t, NULL, NULL);
}
