/* davxml, ical_task: what a calendar server says, and the objects on it */
#include "letters/davxml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "letters/ical_task.h"

#define LIST(inner) "<?xml version=\"1.0\"?><d:multistatus xmlns:d=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\">" inner "</d:multistatus>"
#define OK(prop) "<d:propstat><d:prop>" prop "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>"

/* each item: href status etag [principal] [home] [C] [task's kind, due, done]; then token, marks */
static const struct row {
	const char *rule, *xml, *expect;
} rows[] = {
	{ "an ETag", LIST("<d:response><d:href>/k/1.ics</d:href>" OK("<d:getetag>\"a\"</d:getetag>") "</d:response>"), "/k/1.ics 200 \"a\";" },
	{ "what is gone, and a token", LIST("<d:response><d:href>/k/1.ics</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response><d:sync-token>t1</d:sync-token>"),
	  "/k/1.ics 404 ; token t1" },
	{ "a property that the server lacks is none", LIST("<d:response><d:href>/</d:href><d:propstat><d:prop><d:getetag>x</d:getetag></d:prop><d:status>HTTP/1.1 404 Not Found"
	  "</d:status></d:propstat></d:response>"), "/ 200 ;" },
	{ "a principal and a home", LIST("<d:response><d:href>/</d:href>" OK("<d:current-user-principal><d:href>/p/</d:href></d:current-user-principal>"
	  "<c:calendar-home-set><d:href>/h/</d:href></c:calendar-home-set>") "</d:response>"), "/ 200  /p/ /h/;" },
	{ "is it a calendar?", LIST("<d:response><d:href>/k/</d:href>" OK("<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>") "</d:response>"), "/k/ 200  C;" },
	{ "a name in another namespace is another", LIST("<d:response xmlns:x=\"x:\"><d:href>/k/</d:href>" OK("<x:getetag>no</x:getetag>") "</d:response>"), "/k/ 200 ;" },
	{ "only a part (507)", LIST("<d:response><d:href>/k/</d:href><d:status>HTTP/1.1 507 Insufficient</d:status></d:response><d:sync-token>t</d:sync-token>"), " token t more" },
	{ "a void token", "<error xmlns=\"DAV:\"><valid-sync-token/></error>", " void" },
	{ "an object is read", LIST("<d:response><d:href>/k/1.ics</d:href>" OK("<c:calendar-data><![CDATA[BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:u\nDUE:20301205T140000Z\n"
	  "STATUS:COMPLETED\nEND:VTODO\nEND:VCALENDAR\n]]></c:calendar-data>") "</d:response>"), "/k/1.ics 200  todo 2030-12-05T14:00:00+00:00 done;" },
	{ "no XML", "hello", "!it is no XML" },
	{ "cut off", "<?xml version=\"1.0\"?><d:multistatus xmlns:d=\"DAV:\"><d:response>", "!it is no XML" },
	{ "another XML", "<html><body/></html>", "!it is no answer of a calendar server" },
	{ "a document type is refused", "<!DOCTYPE x><multistatus xmlns=\"DAV:\"/>", "!it has a document type" },
	{ "entities that grow are refused", "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><multistatus xmlns=\"DAV:\"><sync-token>&b;</sync-token></multistatus>",
	  "!it has a document type" },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct text *t = text_new(p, 4000), *packed = text_new(p, 1 << 20);
	struct dav_answer a, again;

	davxml_read(p, r->xml, strlen(r->xml), &a);
	dav_pack(packed, &a);
	assert_true(dav_unpack(p, packed->s, packed->n, &again, NULL));
	for (size_t n = 0; n < packed->n; n++)
		assert_false(dav_unpack(p, packed->s, n, &a, NULL));
	for (size_t i = 0; i < again.n; i++) {
		const struct dav_item *d = &again.items[i];

		text_print(t, "%s %d %s%s%s%s%s%s", d->href, d->status, d->etag, *d->principal ? " " : "", d->principal, *d->home ? " " : "", d->home, d->calendar ? " C" : "");
		if (d->task.kind)
			text_print(t, " %s %s%s", d->task.kind == TASK_TODO ? "todo" : "event", utc_print(p, zone_fixed(p, 0), d->task.due), d->task.done ? " done" : "");
		text_char(t, ';');
	}
	text_print(t, "%s%s%s%s", *again.token ? " token " : "", again.token, again.more ? " more" : "", again.token_refused ? " void" : "");
	if (*again.broken)
		text_print(t, "!%s", again.broken);
	assert_string_equal(t->s, r->expect);
	pool_end(&p);
}

static const struct task_said said = { .kind = TASK_TODO, .uid = "u", .summary = "the slides, now; please", .description = "To Carol.\nPromise 1", .object = "", .due = 1922364000,
				       .now = 1900000000, .done_at = 1910000000 };

static void written_is_read(void **state)
{
	struct pool *p = pool_new();
	struct task_said s = said;
	struct task t;
	const char *text = ical_task_write(p, &s, NULL, 0);

	(void)state;
	ical_task(p, text, strlen(text), &t);
	assert_string_equal(t.broken, "");
	assert_string_equal(t.summary, s.summary);
	assert_true(t.kind == TASK_TODO && t.due == s.due && !t.done && !t.date);
	assert_non_null(strstr(text, "DESCRIPTION:To Carol.\\nPromise 1\r\n"));
	s.done = s.date = true;
	s.day = day_of(2030, 12, 1);
	text = ical_task_write(p, &s, NULL, 0);
	ical_task(p, text, strlen(text), &t);
	assert_true(t.done && t.date && t.floating && t.due == (utc)s.day * 86400);
	pool_end(&p);
}

static void what_a_client_added_stays(void **state)
{
	static const char old[] = "BEGIN:VCALENDAR\r\nPRODID:x\r\nBEGIN:VTIMEZONE\r\nTZID:Here\r\nEND:VTIMEZONE\r\nBEGIN:VTODO\r\nUID:u\r\nSUMMARY:old\r\nSEQUENCE:4\r\n"
		"DUE;TZID=Europe/Berlin:20301130T090000\r\nDTSTART;TZID=Europe/Berlin:20301130T090000\r\nDESCRIPTION:my own\r\nX-APPLE-SORT-ORDER:7\r\nSTATUS:NEEDS-ACTION\r\n"
		"BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nDESCRIPTION:SUMMARY\r\nEND:VALARM\r\nEND:VTODO\r\nEND:VCALENDAR\r\n";
	struct pool *p = pool_new();
	struct task_said s = said;
	struct task t;
	const char *text;

	(void)state;
	text = ical_task_write(p, &s, old, sizeof old - 1);
	ical_task(p, text, strlen(text), &t);
	assert_true(t.due == zone_utc(zone_fixed(p, 3600), (struct civil){ 2030, 11, 30, 9, 0, 0 }));
	assert_non_null(strstr(text, "X-APPLE-SORT-ORDER:7\r\n"));
	assert_non_null(strstr(text, "TRIGGER:-PT5M\r\n"));
	assert_non_null(strstr(text, "DESCRIPTION:my own\r\n"));
	assert_non_null(strstr(text, "TZID:Here\r\n"));
	assert_null(strstr(text, "SUMMARY:old"));
	assert_true(t.sequence == 5);
	s.moved = true; /* then their start goes with their due time */
	text = ical_task_write(p, &s, old, sizeof old - 1);
	assert_null(strstr(text, "20301130"));
	assert_null(strstr(text, "DTSTART"));
	ical_task(p, text, strlen(text), &t);
	assert_true(t.due == s.due);
	s.done = true;
	text = ical_task_write(p, &s, text, strlen(text));
	ical_task(p, text, strlen(text), &t);
	assert_true(t.done);
	s.done = false;
	text = ical_task_write(p, &s, text, strlen(text));
	ical_task(p, text, strlen(text), &t);
	assert_false(t.done);
	assert_null(strstr(text, "COMPLETED"));
	pool_end(&p);
}

/* `lines` of the event, and what comes after it, as a client writes it. */
static const char *client_series(struct pool *p, const char *lines, const char *more)
{
	return pool_print(p, "BEGIN:VCALENDAR\r\nPRODID:x\r\n%sBEGIN:VEVENT\r\nUID:u\r\nSUMMARY:s\r\nSEQUENCE:3\r\nDTSTART;TZID=Europe/Berlin:"
		"20301216T100000\r\nRRULE:FREQ=WEEKLY\r\n%sEND:VEVENT\r\nEND:VCALENDAR\r\n", more, lines);
}

#define ONE(which, start, rest) "BEGIN:VEVENT\r\nUID:u\r\nRECURRENCE-ID" which "\r\nDTSTART" start "\r\n" rest "END:VEVENT\r\n"
#define BERLIN(time) ";TZID=Europe/Berlin:" time

/* Each exception as "recurrence>start", and what else is read of it. */
static void series_are_read(void **state)
{
	static const struct { const char *rule, *lines, *more, *read; } forms[] = {
		{ "nothing but the series", "DURATION:PT45M\r\nLOCATION:Room\\, 2\r\n", "", "45 Room, 2" },
		{ "dates that are off, several in a line", "EXDATE;TZID=Europe/Berlin:20301223T100000,20301230T100000\r\nEXDATE:20310106T090000Z\r\n", "",
		  "0 20301223T0900>off 20301230T0900>off 20310106T0900>off" },
		{ "a day that is off", "EXDATE;VALUE=DATE:20301223\r\n", "", "0 date 20301223T0000>off" },
		{ "one that is moved, before the series or after", "DTEND;TZID=Europe/Berlin:20301216T110000\r\n",
		  ONE(BERLIN("20301223T100000"), BERLIN("20301224T120000"), "SUMMARY:other\r\n"), "60 20301223T0900>20301224T1100" },
		{ "one that is called off", "", ONE(":20301223T090000Z", ":20301223T090000Z", "STATUS:CANCELLED\r\n"), "0 20301223T0900>off" },
		{ "this and all later ones", "", ONE(";RANGE=THISANDFUTURE:20301223T090000Z", ":20301224T090000Z", ""), "0 20301223T0900>20301224T0900 more" },
		{ "dates besides the rule", "RDATE:20301217T090000Z\r\n", "", "0 more" },
		{ "a second rule", "RRULE:FREQ=DAILY\r\n", "", "0 more" },
		{ "one in a zone that nobody knows", "", ONE(";TZID=Nowhere:20301223T100000", ":20301224T090000Z", ""), "0 more" },
		{ "no time of an alarm is one of it", "BEGIN:VALARM\r\nDURATION:PT5M\r\nEXDATE:20301223T090000Z\r\nEND:VALARM\r\n", "", "0" },
	};
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		const char *text = client_series(p, forms[i].lines, forms[i].more);
		struct text *read = text_new(p, 1000);
		struct task t;

		ical_task(p, text, strlen(text), &t);
		text_print(read, "%d%s%s", t.minutes, *t.place ? " " : "", t.place);
		for (size_t k = 0; k < t.one_count; k++) {
			struct civil w = zone_civil(zone_fixed(p, 0), t.ones[k].recurrence.at), s = zone_civil(zone_fixed(p, 0), t.ones[k].start.at);

			text_print(read, "%s %04d%02d%02dT%02d%02d>", t.ones[k].recurrence.date ? " date" : "", w.year, w.month, w.day, w.hour, w.minute);
			if (t.ones[k].off)
				text_add(read, "off");
			else
				text_print(read, "%04d%02d%02dT%02d%02d", s.year, s.month, s.day, s.hour, s.minute);
		}
		text_add(read, t.more ? " more" : "");
		if (strcmp(read->s, forms[i].read) != 0 || *t.broken || strcmp(t.uid, "u") != 0 || strcmp(t.summary, "s") != 0 || t.due != 1923642000)
			fail_msg("%s: \"%s\", not \"%s\" (%s)", forms[i].rule, read->s, forms[i].read, t.broken);
	}
	pool_end(&p);
}

/* Each event of kept's has what a client added to that one, and no more of theirs stands. */
static void what_a_client_added_to_one_of_a_series_stays(void **state)
{
	struct pool *p = pool_new();
	struct task_said s = { .kind = TASK_EVENT, .uid = "u", .summary = "", .description = "", .now = 1900000000, .object = client_series(p,
		"DTSTAMP:20301201T000000Z\r\nDESCRIPTION:of kept\r\nEXDATE:20310106T090000Z\r\n", "") };
	const char *own = ONE(":20301223T090000Z", ":20301223T120000Z", "DESCRIPTION:of kept\r\n"), *text;
	struct task t;

	(void)state;
	s.object = pool_print(p, "%.*s%sEND:VCALENDAR\r\n", (int)(strlen(s.object) - strlen("END:VCALENDAR\r\n")), s.object, own);
	assert_string_equal(ical_task_write(p, &s, NULL, 0), s.object);
	text = client_series(p, "X-A:whole\r\nDTEND:20301216T150000Z\r\nEXDATE:20301230T090000Z\r\nDESCRIPTION:my own\r\n"
			     "BEGIN:VALARM\r\nSUMMARY:in it\r\nEND:VALARM\r\n",
			     ONE(BERLIN("20301223T100000"), ":20301224T090000Z", "X-B:one\r\n") ONE(":20310113T090000Z", ":20310114T090000Z", "X-C:gone\r\n"));
	text = ical_task_write(p, &s, text, strlen(text));
	ical_task(p, text, strlen(text), &t);
	assert_string_equal(t.broken, "");
	assert_int_equal(t.sequence, 4);
	assert_int_equal(t.one_count, 2);
	assert_true(t.ones[0].off && t.ones[1].start.at == 1924257600);
	assert_non_null(strstr(text, "X-A:whole\r\n"));
	assert_non_null(strstr(text, "DESCRIPTION:my own\r\nBEGIN:VALARM\r\nSUMMARY:in it\r\nEND:VALARM\r\nEND:VEVENT\r\n"));
	assert_non_null(strstr(text, "X-B:one\r\n"));
	assert_null(strstr(text, "X-C"));
	assert_null(strstr(text, "of kept"));
	assert_null(strstr(text, "DTEND"));
	assert_null(strstr(text, "20301230"));
	pool_end(&p);
}

static void how_clients_tick_off(void **state)
{
	static const struct { const char *lines; bool done; } forms[] = {
		{ "STATUS:COMPLETED\nCOMPLETED:20301201T101500Z\nPERCENT-COMPLETE:100\n", true }, { "STATUS:completed\n", true }, { "COMPLETED:20301201T101500Z\n", true },
		{ "STATUS:NEEDS-ACTION\nCOMPLETED:20301201T101500Z\n", false }, { "PERCENT-COMPLETE:50\nSTATUS:IN-PROCESS\n", false }, { "", false },
	};
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		const char *text = pool_print(p, "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:u\n%sEND:VTODO\nEND:VCALENDAR\n", forms[i].lines);
		struct task t;

		ical_task(p, text, strlen(text), &t);
		assert_true(t.done == forms[i].done && !t.has_due);
	}
	pool_end(&p);
}

static void questions_are_escaped(void **state)
{
	struct pool *p = pool_new();

	(void)state;
	assert_non_null(strstr(davxml_sync(p, "a&<b>"), "<D:sync-token>a&amp;&lt;b&gt;</D:sync-token>"));
	assert_non_null(strstr(davxml_multiget(p, (const char *const[]){ "/a&b.ics" }, 1), "<D:href>/a&amp;b.ics</D:href>"));
	pool_end(&p);
}

/* A thousand elements deep, ten thousand responses: refused or read, and soon. */
static void deep_and_wide(void **state)
{
	struct pool *p = pool_new();
	char *s = malloc(4 << 20), *to = s;
	struct dav_answer a;

	(void)state;
	to += sprintf(to, "<d:multistatus xmlns:d=\"DAV:\">");
	for (int i = 0; i < 100000; i++)
		to += sprintf(to, "<d:a>");
	davxml_read(p, s, (size_t)(to - s), &a);
	assert_string_equal(a.broken, "it is no XML");
	to = s + sprintf(s, "<d:multistatus xmlns:d=\"DAV:\">");
	for (int i = 0; i < 30000; i++)
		to += sprintf(to, "<d:response><d:href>/k/%d</d:href></d:response>", i);
	to += sprintf(to, "</d:multistatus>");
	davxml_read(p, s, (size_t)(to - s), &a);
	assert_string_equal(a.broken, "it names more than 20,000 objects");
	free(s);
	pool_end(&p);
}

int main(void)
{
	const struct CMUnitTest more[] = {
		cmocka_unit_test(written_is_read), cmocka_unit_test(what_a_client_added_stays), cmocka_unit_test(how_clients_tick_off),
		cmocka_unit_test(series_are_read), cmocka_unit_test(what_a_client_added_to_one_of_a_series_stays),
		cmocka_unit_test(questions_are_escaped), cmocka_unit_test(deep_and_wide),
	};
	struct CMUnitTest t[sizeof rows / sizeof *rows + sizeof more / sizeof *more];
	size_t n = 0;

	for (; n < sizeof rows / sizeof *rows; n++)
		t[n] = (struct CMUnitTest){ rows[n].rule, rule_holds, NULL, NULL, (void *)&rows[n] };
	memcpy(t + n, more, sizeof more);
	return cmocka_run_group_tests_name("davxml", t, NULL, NULL);
}
