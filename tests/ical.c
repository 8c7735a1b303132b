/* ical: answers read from every client, invitations written and read back */
#include "letters/ical.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define EVENT(lines) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:u1\r\n" lines "END:VEVENT\r\nEND:VCALENDAR\r\n"
#define ZONE \
	"BEGIN:VCALENDAR\r\nMETHOD:COUNTER\r\nBEGIN:VTIMEZONE\r\nTZID:Somewhere\r\nBEGIN:STANDARD\r\n" \
	"DTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n" \
	"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\n" \
	"DTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n" \
	"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:u1\r\n"
#define END "END:VEVENT\r\nEND:VCALENDAR\r\n"

static const struct row {
	const char *rule, *text, *method, *uid, *attendee, *partstat, *start, *broken;
} rows[] = {
	{ "an answer: method, uid, who, how", EVENT("ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.org\r\n"),
	  "REPLY", "u1", "a@example.org", "ACCEPTED", "", "" },
	{ "letters of either case", "begin:vcalendar\nMethod:Reply\nbegin:vevent\nuid:U\nattendee;partstat=Declined:MAILTO:A@example.org\n"
	  "end:vevent\nend:vcalendar\n", "REPLY", "U", "A@example.org", "DECLINED", "", "" },
	{ "folded within a name and within UTF-8", EVENT("ATTENDEE;CN=J\xC3\r\n \xA4ger;PART\r\n\tSTAT=TENTATIVE:mailto:a@exa\r\n mple.org\r\n"),
	  "REPLY", "u1", "a@example.org", "TENTATIVE", "", "" },
	{ "a colon and a semicolon within quotes", EVENT("ATTENDEE;CN=\"O: x; y\";PARTSTAT=\"ACCEPTED\":mailto:a@example.org\r\n"),
	  "REPLY", "u1", "a@example.org", "ACCEPTED", "", "" },
	{ "an unpaired quote costs its line alone", EVENT("SUMMARY;X=\"a:b\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.org\r\n"),
	  "REPLY", "u1", "a@example.org", "ACCEPTED", "", "" },
	{ "of several attendees the one who answers stands first",
	  EVENT("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:b@example.org\r\nATTENDEE;PARTSTAT=DECLINED:mailto:a@example.org\r\n"),
	  "REPLY", "u1", "a@example.org", "DECLINED", "", "" },
	{ "a time in UTC", EVENT("DTSTART:20260716T120000Z\r\n"), "REPLY", "u1", "", "", "2026-07-16T12:00:00Z", "" },
	{ "a floating time is read in UTC", EVENT("DTSTART:20260716T120000\r\n"), "REPLY", "u1", "", "", "2026-07-16T12:00:00Z", "" },
	{ "a day without a time", EVENT("DTSTART;VALUE=DATE:20260716\r\n"), "REPLY", "u1", "", "", "2026-07-16T00:00:00Z", "" },
	{ "a zone by its own VTIMEZONE, summer", ZONE "DTSTART;TZID=Somewhere:20260716T140000\r\n" END,
	  "COUNTER", "u1", "", "", "2026-07-16T12:00:00Z", "" },
	{ "a zone by its own VTIMEZONE, winter", ZONE "DTSTART;TZID=\"Somewhere\":20260116T140000\r\n" END,
	  "COUNTER", "u1", "", "", "2026-01-16T13:00:00Z", "" },
	{ "a time in the gap moves on", ZONE "DTSTART;TZID=Somewhere:20260329T023000\r\n" END,
	  "COUNTER", "u1", "", "", "2026-03-29T01:30:00Z", "" },
	{ "of two equal times the first", ZONE "DTSTART;TZID=Somewhere:20261025T023000\r\n" END,
	  "COUNTER", "u1", "", "", "2026-10-25T00:30:00Z", "" },
	{ "after the last onset of the year", ZONE "DTSTART;TZID=Somewhere:20261225T023000\r\n" END,
	  "COUNTER", "u1", "", "", "2026-12-25T01:30:00Z", "" },
	{ "a Windows zone without a VTIMEZONE", EVENT("DTSTART;TZID=W. Europe Standard Time:20260716T140000\r\n"),
	  "REPLY", "u1", "", "", "2026-07-16T12:00:00Z", "" },
	{ "an Outlook display name", EVENT("DTSTART;TZID=\"(UTC+01:00) Brussels, Copenhagen, Madrid, Paris\":20260116T140000\r\n"),
	  "REPLY", "u1", "", "", "2026-01-16T13:00:00Z", "" },
	{ "New York, before the clocks change", EVENT("DTSTART;TZID=America/New_York:20260307T090000\r\n"),
	  "REPLY", "u1", "", "", "2026-03-07T14:00:00Z", "" },
	{ "New York, after it", EVENT("DTSTART;TZID=America/New_York:20260309T090000\r\n"),
	  "REPLY", "u1", "", "", "2026-03-09T13:00:00Z", "" },
	{ "Sydney in January", EVENT("DTSTART;TZID=Australia/Sydney:20260115T090000\r\n"),
	  "REPLY", "u1", "", "", "2026-01-14T22:00:00Z", "" },
	{ "a zone under a maker's prefix", EVENT("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20260716T140000\r\n"),
	  "REPLY", "u1", "", "", "2026-07-16T12:00:00Z", "" },
	{ "an unknown zone is not guessed", EVENT("DTSTART;TZID=Mars/Olympus:20260716T140000\r\n"), "REPLY", "u1", "", "", "", "" },
	{ "a date that does not exist is no time", EVENT("DTSTART:20260231T256100Z\r\n"), "REPLY", "u1", "", "", "", "" },
	{ "the year 0 is no time", EVENT("DTSTART:00000101T000000Z\r\nDTSTAMP:00000101T000000Z\r\n"), "REPLY", "u1", "", "", "", "" },
	{ "a rule that never ends is not walked", EVENT("DTSTART:20260716T120000Z\r\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\r\n"),
	  "REPLY", "u1", "", "", "2026-07-16T12:00:00Z", "" },
	{ "nor that of a zone", "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VTIMEZONE\r\nTZID:Z\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
	  "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n"
	  "UID:u1\r\nDTSTART;TZID=Z:20260716T120000\r\n" END, "REPLY", "u1", "", "", "2026-07-16T10:00:00Z", "" },
	{ "a carriage return within a value ends its line", EVENT("SUMMARY:a\rATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.org\r\n"),
	  "REPLY", "u1", "a@example.org", "ACCEPTED", "", "" },
	{ "an alarm's lines are not the event's", EVENT("BEGIN:VALARM\r\nATTENDEE:mailto:x@example.org\r\nUID:no\r\nEND:VALARM\r\n"),
	  "REPLY", "u1", "", "", "", "" },
	{ "only the first VCALENDAR", EVENT("") EVENT("ATTENDEE:mailto:x@example.org\r\n"), "REPLY", "u1", "", "", "", "" },
	{ "a VTODO where there is no VEVENT", "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VTODO\nUID:t\nEND:VTODO\nEND:VCALENDAR\n",
	  "REQUEST", "t", "", "", "", "" },
	{ "a backslash at the very end", EVENT("SUMMARY:a\\\r\nCOMMENT:\\\r\n"), "REPLY", "u1", "", "", "", "" },
	{ "garbage", "hello: world\nBEGIN", "", "", "", "", "", "there is no VCALENDAR" },
	{ "nothing", "", "", "", "", "", "", "there is no VCALENDAR" },
	{ "cut off", "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:x\nATTEN", "REPLY", "x", "", "", "", "the calendar object ends early" },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct calendar_facts f;

	ical_read(p, r->text, strlen(r->text), &f);
	assert_true(f.is);
	assert_string_equal(f.method, r->method);
	assert_string_equal(f.uid, r->uid);
	assert_string_equal(f.attendee_count ? f.attendees[0].address : "", r->attendee);
	assert_string_equal(f.attendee_count ? f.attendees[0].partstat : "", r->partstat);
	assert_int_equal(f.has_start, r->start[0] != '\0');
	if (f.has_start) {
		utc t = 0;

		assert_true(utc_parse(r->start, NULL, &t));
		assert_int_equal(f.start, t);
	}
	assert_string_equal(f.broken, r->broken);
	pool_end(&p);
}

static void bounds_hold(void **state)
{
	struct pool *p = pool_new();
	struct text *t = text_new(p, 1 << 20);
	struct calendar_facts f;

	(void)state;
	for (int i = 0; i < 20000; i++)
		text_add(t, "BEGIN:VEVENT\n");
	ical_read(p, t->s, t->n, &f);
	assert_string_not_equal(f.broken, "");
	t = text_new(p, 1 << 20);
	text_add(t, "BEGIN:VCALENDAR\nBEGIN:VEVENT\n");
	for (int i = 0; i < 5000; i++)
		text_add(t, "ATTENDEE:mailto:a@example.org\n");
	ical_read(p, t->s, t->n, &f);
	assert_string_equal(f.broken, "the calendar object has too many attendees");
	t = text_new(p, 4 << 20); /* a megabyte in one line; a line of what is just not too much costs its own value */
	text_add(t, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:");
	for (int i = 0; i < 1 << 20; i++)
		text_char(t, 'a');
	text_add(t, "\nEND:VEVENT\nEND:VCALENDAR\n");
	ical_read(p, t->s, t->n, &f);
	assert_string_equal(f.broken, "the calendar object is too large");
	t->s[255 << 10] = '\0';
	ical_read(p, t->s, 255 << 10, &f);
	assert_true(strlen(f.summary) <= NOTE_MOST);
	t = text_new(p, 1 << 20); /* as Evolution does: each change since 1893 */
	text_add(t, "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Long\n");
	for (int i = 0; i < 300; i++)
		text_print(t, "BEGIN:%s\nDTSTART:%d%s\nTZOFFSETFROM:%s\nTZOFFSETTO:%s\nEND:%s\n", i % 2 ? "STANDARD" : "DAYLIGHT", 1900 + i / 2,
			   i % 2 ? "1025T030000" : "0329T020000", i % 2 ? "+0200" : "+0100", i % 2 ? "+0100" : "+0200",
			   i % 2 ? "STANDARD" : "DAYLIGHT");
	text_add(t, "END:VTIMEZONE\nBEGIN:VEVENT\nDTSTART;TZID=Long:20260716T140000\nEND:VEVENT\nEND:VCALENDAR\n");
	ical_read(p, t->s, t->n, &f);
	assert_string_equal(f.broken, "");
	assert_int_equal(f.start, 1784203200);
	pool_end(&p);
}

/* ---- writing ---- */

static struct ical_event event(struct pool *p, const char *zone_of, utc start)
{
	struct ical_event v = { .method = "REQUEST", .uid = "abcdefghijklmnopqrstuvwxyz@kept", .sequence = 3, .start = start, .end = start,
		.stamp = 1796115600, .summary = "Send the subgroup data; \\ and, more: Zürich 日本語の件名はとても長い for Henrike Osei",
		.description = "Promised on Tuesday.\nAnswer: done", .location = "", .url = "", .organizer = { "kept", "kept@example.org" },
		.alarm = 15, .rrule = "" };

	addrs_add(p, &v.attendees, "Ada \"Countess\" Lovelace", "ada@example.org");
	assert_true(zone_load(p, zone_of, &v.zone, NULL));
	return v;
}

/* RFC 5545 3.1 to the letter: CRLF, 75 octets, no control but in folds, each line a name, a colon, balanced BEGIN and END. */
static void strict(const char *s)
{
	int depth = 0;
	size_t n;

	assert_true(utf8_valid(s, strlen(s)));
	for (; *s; s += n + 2) {
		n = strcspn(s, "\r\n");
		assert_true(n > 0 && n <= 75);
		assert_memory_equal(s + n, "\r\n", 2);
		assert_true(((unsigned char)*s & 0xC0) != 0x80);
		for (size_t i = 0; i < n; i++)
			assert_true((unsigned char)s[i] >= ' ' && s[i] != 0x7F);
		if (*s != ' ')
			assert_true(strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") >= 3);
		depth += strncmp(s, "BEGIN:", 6) == 0;
		depth -= strncmp(s, "END:", 4) == 0;
		assert_true(depth >= 0);
	}
	assert_int_equal(depth, 0);
}

/* Our reader gets the instant back from every zone, in each week of a year and around the changes. */
static void every_zone(void **state)
{
	static const char *const names[] = { "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Sydney", "Africa/Casablanca",
		"America/Sao_Paulo", "Asia/Kathmandu", "Europe/Dublin", "Australia/Lord_Howe", "America/Santiago", "Etc/UTC",
		"Africa/Cairo", "Asia/Jerusalem", "Pacific/Apia", "America/Havana", "Europe/Istanbul" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		for (utc t = 1796115600; t < 1796115600 + INT64_C(370) * 86400; t += INT64_C(41) * 3600) {
			struct pool *p = pool_new();
			struct ical_event v = event(p, names[i], t);
			struct calendar_facts f;
			struct err e = { 0 };
			const char *out;

			if (!ical_write(p, &v, &out, &e))
				fail_msg("%s %lld: %s", names[i], (long long)t, e.text);
			strict(out);
			assert_true(strlen(out) < 2500);
			ical_read(p, out, strlen(out), &f);
			assert_int_equal(f.start, t);
			assert_int_equal(f.end, t + 900);
			assert_string_equal(f.summary, v.summary);
			assert_int_equal(f.sequence, 3);
			pool_end(&p);
		}
	}
}

static void in_the_fold(void **state)
{
	utc fold = 1792888200; /* 2026-10-25T00:30Z: 02:30 in Berlin, for the first time */
	struct pool *p = pool_new();

	(void)state;
	for (int i = 0; i < 2; i++, fold += 3600) {
		struct ical_event v = event(p, "Europe/Berlin", fold);
		struct err e = { 0 };
		const char *out = "";

		if (!ical_write(p, &v, &out, &e))
			fail_msg("%s", e.text);
		assert_true(!strstr(out, "VTIMEZONE") == (i == 1));
	}
	pool_end(&p);
}

static void compact(void **state)
{
	struct pool *p = pool_new();
	struct ical_event v = event(p, "Europe/Berlin", 1796371200);
	const char *out = "";

	(void)state;
	assert_true(ical_write(p, &v, &out, NULL));
	assert_true(strlen(out) < 1500);
	assert_non_null(strstr(out, "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"));
	assert_non_null(strstr(out, "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"));
	assert_non_null(strstr(out, "ATTENDEE;CN=\"Ada Countess Lovelace\";ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED"));
	assert_null(strstr(out, "RSVP"));
	v.method = "CANCEL";
	assert_true(ical_write(p, &v, &out, NULL));
	assert_non_null(strstr(out, "STATUS:CANCELLED\r\n"));
	assert_null(strstr(out, "VALARM"));
	v.method = "REQUEST";
	v.rsvp = true;
	assert_true(ical_write(p, &v, &out, NULL));
	assert_non_null(strstr(out, "RSVP=TRUE"));
	pool_end(&p);
}

static void refused(void **state)
{
	struct pool *p = pool_new();
	const struct ical_event good = event(p, "Europe/Berlin", 1796371200);
	struct ical_event bad[9];

	(void)state;
	for (size_t i = 0; i < 9; i++)
		bad[i] = good;
	bad[0].summary = "a\r\nATTACH:http://evil.example";
	bad[1].uid = "a\x01";
	bad[2].organizer.address = "a@b.example\r\nATTACH:http://evil.example";
	bad[3].url = "http://a.example/\r\nX:y";
	bad[4].rrule = "FREQ=DAILY\r\nX:y";
	bad[5].method = "PUBLISH";
	bad[6].uid = "";
	bad[7].attendees.n = 0;
	bad[8].description = "broken \xFF";
	for (size_t i = 0; i < 9; i++) {
		const char *out = NULL;
		struct err e = { 0 };

		assert_false(ical_write(p, &bad[i], &out, &e));
		assert_int_equal(e.kind, ERR_PERM);
		assert_null(out);
	}
	pool_end(&p);
}

int main(void)
{
	enum { N = sizeof rows / sizeof *rows };
	struct CMUnitTest t[N + 5];

	for (size_t i = 0; i < N; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	t[N + 1] = (struct CMUnitTest){ "what was written reads back in every zone", every_zone, NULL, NULL, NULL };
	t[N + 2] = (struct CMUnitTest){ "the second of two equal times is written in UTC", in_the_fold, NULL, NULL, NULL };
	t[N + 3] = (struct CMUnitTest){ "an entry is compact, and asks nothing of its owner", compact, NULL, NULL, NULL };
	t[N + 4] = (struct CMUnitTest){ "a value that could end its line is refused", refused, NULL, NULL, NULL };
	t[N] = (struct CMUnitTest){ "a monster is refused, not read", bounds_hold, NULL, NULL, NULL };
	return cmocka_run_group_tests_name("ical", t, NULL, NULL);
}
