/* recap: check-ins are briefed and recapped, and the sweep is asked and answered, in a real ledger */
#include "cadenced.h"

#include "borders/record.h"

/* ---- briefing and recap ---- */

static void briefed(void **state)
{
	struct house *h = *state;
	struct contact c = noted(h, "Carol Rossi", "carol@example.com", 5);
	struct insight i = { .contact = c.id, .text = "the pump alarms at night", .at = h->now - 86400 };
	const char *said;

	WELL(sql_begin(h->q, &e));
	WELL(store_insight_add(h->q, &i, &e));
	WELL(sql_commit(h->q, &e));
	writes(h, "kept+18dec@example.org", "To: Carol Rossi <carol@example.com>\r\nSubject: Data\r\n", "I will send you the subgroup data.");
	agreed(h, "Carol Rossi", "carol@example.com", "2026-11-30T11:00"); /* a Monday */
	assert_string_equal(until(h, "2026-11-27T08:59"), "");
	said = until(h, "2026-11-27T09:10");
	has(said, "Before your check-in: Carol Rossi, Mon 30 Nov, 11:00");
	has(said, "the subgroup data");
	has(said, "the pump alarms at night");
	has(said, "kept informed"); /* the questions of their stage */
	assert_string_equal(until(h, "2026-11-30T11:40"), ""); /* once */
}

/* With a group, what is known of each stands under their own name, and nowhere else. */
static void briefed_of_all(void **state)
{
	struct house *h = *state;
	struct contact c = noted(h, "Carol Rossi", "carol@example.com", 5);
	struct insight i = { .contact = c.id, .text = "the pump alarms at night", .at = h->now - 86400 };
	struct checkin_attendee both[2] = { [1] = { .address = "dan@example.com", .name = "Dan Osei", .comment = "", .delegated_to = "" } };
	struct checkin k;
	const char *said, *dan;

	noted(h, "Dan Osei", "dan@example.com", 5);
	k = agreed(h, "Carol Rossi", "carol@example.com", "2026-11-30T11:00");
	both[0] = k.attendees[0];
	k.attendees = both;
	k.attendee_count = 2;
	WELL(sql_begin(h->q, &e));
	WELL(store_insight_add(h->q, &i, &e));
	WELL(store_checkin_save(h->q, &k, &e));
	WELL(sql_commit(h->q, &e));
	said = until(h, "2026-11-27T09:10");
	has(said, "Before your check-in: Carol Rossi, Dan Osei, Mon 30 Nov, 11:00");
	dan = strstr(said, "## Dan Osei");
	assert_non_null(dan);
	assert_true(strstr(said, "the pump alarms at night") < dan);
	assert_null(strstr(dan, "the pump alarms at night"));
}

static void called_off(void **state)
{
	struct house *h = *state;
	struct checkin k = agreed(h, "Carol Rossi", "carol@example.com", "2026-11-30T11:00");

	k.state = CHECKIN_CANCELLED;
	WELL(sql_begin(h->q, &e));
	WELL(store_checkin_save(h->q, &k, &e));
	WELL(sql_commit(h->q, &e));
	assert_string_equal(until(h, "2026-12-02T12:00"), "");
}

static const struct outgoing *waits(struct house *h, enum mail_kind kind, const char **text)
{
	struct outgoing *list, *o = pool_take(h->p, sizeof *o);
	struct letter l;
	size_t n;
	bool found;

	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_OPEN, 1000, &list, &n, &e));
	for (size_t i = 0; i < n; i++)
		if (list[i].kind == kind && list[i].state == OUTBOX_HELD) {
			WELL(outbox_get(h->q, h->p, list[i].id, o, &found, &e));
			mime_read(h->p, o->bytes, o->n, &l);
			*text = l.full;
			return o;
		}
	fail_msg("no %s waits", mail_kind_name(kind));
	return NULL;
}

static size_t live(struct house *h, struct commitment **list)
{
	size_t n;

	WELL(store_commitments(h->q, h->p, h->c, &h->c->owners[0], false, list, &n, &e));
	return n;
}

static void recapped(void **state)
{
	struct house *h = *state;
	struct contact c = noted(h, "Carol Rossi", "carol@example.com", 5);
	struct commitment *list;
	struct insight *insights;
	const char *said, *text;
	size_t n;

	agreed(h, "Carol Rossi", "carol@example.com", "2026-11-26T11:00");
	until(h, "2026-11-26T11:44");
	said = until(h, "2026-11-26T11:50");
	has(said, "How was it with Carol Rossi?");
	assert_string_equal(until(h, "2026-11-26T14:00"), "");
	said = answers(h, "Your board meets in January and needs the renal data.\nI will send you the tables by Friday 4 December.\n"
			  "insight: the pump alarms at night\nThe registry is open to others.\n");
	has(said, "insight noted: “the pump alarms at night”");
	has(said, "recap for Carol Rossi is written, with one promise");
	has(said, "Send to Carol Rossi");
	waits(h, MAIL_RECAP, &text);
	has(text, "This is what I heard:\n\nYour board meets in January");
	has(text, "The registry is open");
	has(text, "From me: ");
	has(text, "4 December");
	lacks(text, "pump alarms");
	assert_int_equal(live(h, &list), 1);
	assert_int_equal(zone_day(h->c->owners[0].time.zone, list[0].due), day_of(2026, 12, 4));
	assert_string_equal(list[0].to.list[0].address, "carol@example.com");
	WELL(store_insights(h->q, h->p, c.id, &insights, &n, &e));
	assert_int_equal(n, 1);
	assert_int_equal(insights[0].told, 0);
	assert_string_equal(until(h, "2026-11-26T18:00"), ""); /* asked once */
}

/* What is noted of a person by such a line is bounded and on record, as by every other way; a line that says nothing is none. */
static void insights_are_bounded_and_on_record(void **state)
{
	struct house *h = *state;
	struct contact c = noted(h, "Carol Rossi", "carol@example.com", 5);
	struct text *t = text_new(h->p, BODY_MOST);
	struct record_state s;
	struct insight *all;
	const char *said;
	int64_t before;
	size_t n;

	agreed(h, "Carol Rossi", "carol@example.com", "2026-11-26T11:00");
	until(h, "2026-11-26T11:50");
	WELL(record_verify(h->q, h->p, NULL, NULL, &s, &e));
	before = s.rows;
	text_add(t, "The registry is open.\ninsight: \n");
	for (int i = 0; i <= CONTACT_LIST_MOST; i++)
		text_print(t, "insight: the pump alarms %d\n", i);
	said = answers(h, t->s);
	has(said, "an insight without words: nothing was noted");
	lacks(said, "insight noted: “”");
	has(said, "200 insights of theirs are noted already");
	WELL(store_insights(h->q, h->p, c.id, &all, &n, &e));
	assert_int_equal(n, CONTACT_LIST_MOST);
	WELL(record_verify(h->q, h->p, NULL, NULL, &s, &e));
	assert_true(s.rows >= before + CONTACT_LIST_MOST);
}

/* Of several, the one who came: who declined, or sent somebody else, heard nothing. */
static void who_came(void **state)
{
	struct house *h = *state;
	struct checkin k = agreed(h, "Carol Rossi", "carol@example.com", "2026-11-26T11:00");
	struct checkin_attendee *a = pool_list(h->p, 2, sizeof *a);
	struct commitment *list;
	const char *text;

	a[0] = a[1] = k.attendees[0];
	a[0].partstat = PARTSTAT_DECLINED;
	a[1].name = "Dan Berg", a[1].address = "dan@example.com";
	k.attendees = a, k.attendee_count = 2;
	WELL(sql_begin(h->q, &e));
	WELL(store_checkin_save(h->q, &k, &e));
	WELL(sql_commit(h->q, &e));
	has(until(h, "2026-11-26T11:50"), "How was it with Dan Berg?");
	has(answers(h, "I will send you the tables by Friday 4 December.\n"), "recap for Dan Berg is written, with one promise");
	assert_int_equal(live(h, &list), 1);
	assert_string_equal(list[0].to.list[0].address, "dan@example.com");
	waits(h, MAIL_RECAP, &text);
	lacks(text, "This is what I heard"); /* what was promised is all there is to say */
	has(text, "From me: ");
}

/* However long the summary is, what it promises at its end is kept. */
static void long_summary(void **state)
{
	struct house *h = *state;
	struct text *t = text_new(h->p, 40000);
	struct commitment *list;

	agreed(h, "Carol Rossi", "carol@example.com", "2026-11-26T11:00");
	until(h, "2026-11-26T11:50");
	for (int i = 0; i < 150; i++)
		text_print(t, "The registry has %d patients, and the board was content with all that.\n", i);
	for (int i = 0; i < 25; i++)
		text_print(t, "I will send you the table %d by Friday 4 December.\n", i + 1);
	answers(h, t->s);
	assert_int_equal(live(h, &list), 25);
}

static void recap_without_promise(void **state)
{
	struct house *h = *state;
	const char *said, *text;
	struct commitment *list;

	h->c->submissions[0].owner = NULL;
	agreed(h, "Carol Rossi", "carol@example.com", "2026-11-26T11:00");
	until(h, "2026-11-26T11:50");
	said = answers(h, "Nothing is open between us. The registry goes on.");
	has(said, "recap for Carol Rossi is written;");
	waits(h, MAIL_RECAP, &text);
	assert_int_equal(live(h, &list), 0);
	said = answers_to(h, MAIL_APPROVAL, "skip");
	has(said, "the recap to carol@example.com is dropped.");
	lacks(said, "#0");
}

static void adverse_event(void **state)
{
	static struct team safety = { .key = "safety", .name = "Drug Safety", .address = "safety@example.org" };
	struct house *h = *state;
	struct outgoing *list;
	struct commitment *promises;
	const char *said;
	size_t n;

	h->c->teams = &safety, h->c->team_count = 1, h->c->safety = &safety;
	agreed(h, "Carol Rossi", "carol@example.com", "2026-11-26T11:00");
	until(h, "2026-11-26T11:50");
	said = answers(h, "She told me that two patients had a severe rash after the infusion. I will send you the tables by Friday.");
	has(said, "no recap was written");
	has(said, "Is this an adverse event?");
	has(said, "Possible adverse event, told by mail");
	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_OPEN, 100, &list, &n, &e));
	for (size_t i = 0; i < n; i++)
		assert_true(list[i].kind != MAIL_RECAP);
	assert_int_equal(live(h, &promises), 0);
	has(answers_to(h, MAIL_APPROVAL, "The registry goes on."), "recap for Carol Rossi is written"); /* the question stands */
}

static void in_their_language(void **state)
{
	struct house *h = *state;
	const char *said, *reply, *id;

	h->c->owners[0].language = "de";
	agreed(h, "Carol Rossi", "carol@example.com", "2026-11-26T11:00");
	said = until(h, "2026-11-25T10:30");
	has(said, "Vor dem Gespräch: Carol Rossi");
	until(h, "2026-11-26T11:40");
	has(until(h, "2026-11-26T11:50"), "Wie war es mit Carol Rossi?");
	reply = h->reply, id = h->id;
	said = answers(h, "Das Register geht weiter. Ich schicke Ihnen die Tabellen bis Freitag.\ninsight: Nachts\ninsight:\ni7: etwas");
	has(no_english(h, said), "die Zusammenfassung für Carol Rossi ist geschrieben, mit einem Versprechen");
	h->reply = reply, h->id = id;
	no_english(h, answers(h, "Das Register ruht."));
	h->reply = reply, h->id = id;
	no_english(h, answers(h, "skip"));
}

static void no_recap(void **state)
{
	struct house *h = *state;
	struct commitment *list;

	agreed(h, "Carol Rossi", "carol@example.com", "2026-11-26T11:00");
	until(h, "2026-11-26T11:50");
	has(answers(h, "skip"), "no recap is written");
	assert_string_equal(until(h, "2026-11-28T12:00"), "");
	assert_int_equal(live(h, &list), 0);
}

static void long_ago(void **state)
{
	struct house *h = *state;

	h->now = rows_at(h->c, "2026-11-25T10:00");
	agreed(h, "Carol Rossi", "carol@example.com", "2026-11-20T11:00");
	assert_string_equal(until(h, "2026-11-25T12:00"), "");
}

/* "You said, we did": open until the mail that tells it has left. */
static void said_and_done(void **state)
{
	struct house *h = *state;
	struct contact c = noted(h, "Carol Rossi", "carol@example.com", 5);
	struct insight i = { .contact = c.id, .text = "the pump alarms at night", .at = h->now - 86400 }, *all;
	const struct outgoing *o;
	const char *said, *text;
	struct outgoing left;
	size_t n;

	WELL(sql_begin(h->q, &e));
	WELL(store_insight_add(h->q, &i, &e));
	WELL(sql_commit(h->q, &e));
	agreed(h, "Carol Rossi", "carol@example.com", "2026-11-26T11:00");
	until(h, "2026-11-26T11:40");
	said = until(h, "2026-11-26T11:50");
	has(said, "- i1: “the pump alarms at night”");
	said = answers(h, "The registry goes on.\ni1: the new ones have a night mode\ni7: something\n");
	has(said, "tells what came of “the pump alarms at night”");
	has(said, "i7: nothing that they told is open under that number");
	o = waits(h, MAIL_RECAP, &text);
	has(text, "You told me: “the pump alarms at night” This is what came of it: the new ones");
	lacks(text, "i7");
	said = answers_to(h, MAIL_APPROVAL, "edit\nIn my own words.");
	o = waits(h, MAIL_RECAP, &text);
	WELL(store_insights(h->q, h->p, c.id, &all, &n, &e));
	assert_int_equal(all[0].told, 0);
	left = *o;
	left.sent = h->now;
	WELL(sql_begin(h->q, &e));
	WELL(schedule_left(h->q, h->p, h->c, &left, h->now, &e));
	WELL(sql_commit(h->q, &e));
	WELL(store_insights(h->q, h->p, c.id, &all, &n, &e));
	assert_int_equal(n, 1);
	assert_true(all[0].told != 0);
}

/* ---- the sweep ---- */

static void met(struct house *h, const char *name, const char *address)
{
	struct contact c;

	WELL(sql_begin(h->q, &e));
	WELL(store_contact_made(h->q, h->p, "ada", &(struct addr){ name, address }, &c, h->now, &e));
	WELL(store_exchange_add(h->q, &(struct exchange){ .contact = c.id, .at = h->now, .channel = "met", .direction = CONTACT_DIRECTION_BOTH,
							  .text = "" }, &e));
	WELL(sql_commit(h->q, &e));
}


static void swept_in_their_language(void **state)
{
	struct house *h = *state;

	h->c->cadence_count = 0;
	h->c->owners[0].language = "de";
	h->c->owners[0].sweep = true;
	met(h, "Carla Rossi", "carla.rossi@example.com");
	met(h, "Carla Bracci", "bracci@example.com");
	has(no_english(h, until(h, "2026-11-25T18:10")), "Carla Rossi");
	no_english(h, answers(h, "rossi: die Tabellen bis freitag\nbracci: nothing\ncarla: Folien\nberg: Folien\nrossi: Folien bis gestern\n"));
	writes(h, "kept+friday@example.org", TO_CAROL("Folien"), "");
	no_english(h, answers(h, "add rossi: Folien"));
}

static void swept(void **state)
{
	struct house *h = *state;
	struct commitment *list;
	const char *said;
	size_t n;

	h->c->cadence_count = 0;
	h->c->owners[0].congress = (struct strings){ (const char **)congress, 1 };
	met(h, "Carla Rossi", "carla.rossi@example.com");
	met(h, "Dan Osei", "dan@example.com");
	assert_string_equal(until(h, "2026-11-25T17:59"), "");
	said = until(h, "2026-11-25T18:10");
	has(said, "What did you promise today?");
	has(said, "Carla Rossi");
	has(said, "Dan Osei");
	said = answers(h, "rossi: the subgroup data 4 dec\nosei: nothing\nbracci: slides friday\nnew.one@example.com: a call monday\n");
	has(said, "nothing was promised to Dan Osei");
	has(said, "“bracci”: none of those is called so");
	n = live(h, &list);
	assert_int_equal(n, 2);
	assert_string_equal(list[0].to.list[0].address, "new.one@example.com");
	assert_string_equal(list[1].what, "the subgroup data");
	assert_string_equal(list[1].to.list[0].address, "carla.rossi@example.com");
	assert_int_equal(zone_day(h->c->owners[0].time.zone, list[1].due), day_of(2026, 12, 4));
	assert_string_equal(until(h, "2026-11-25T23:00"), ""); /* once */
	has(until(h, "2026-11-26T18:10"), "What did you promise today?"); /* nobody was met: asked all the same */
	lacks(until(h, "2026-11-27T18:10"), "What did you promise today?");
}

/* A meeting of the owner's calendar "work". */
static struct busy_meeting meeting(struct house *h, const char *uid, const char *from, const char *till, const char *title, struct addr *who)
{
	return (struct busy_meeting){ { rows_at(h->c, from), rows_at(h->c, till), false }, uid, title, { who, 1 } };
}

static void in_their_calendar(void **state)
{
	struct house *h = *state;
	struct calendar_conf calendar = { .key = "work", .owner = &h->c->owners[0], .kind = CALENDAR_BUSY };
	struct addr rossi = { "", "carla.rossi@example.com" }, osei = { "Dan Osei", "dan@example.com" }, eve = { "Eve", "eve@example.com" };
	struct checkin k = agreed(h, "Eve", "eve@example.com", "2026-11-25T16:00");
	struct busy_meeting list[] = { meeting(h, "1", "2026-11-25T09:00", "2026-11-25T10:00", "Site visit", &rossi),
				       meeting(h, "2", "2026-11-25T17:30", "2026-11-25T19:00", "Dinner", &osei),
				       meeting(h, k.uid, "2026-11-25T16:00", "2026-11-25T16:30", "Check-in", &eve),
				       meeting(h, "3", "2026-11-25T20:00", "2026-11-25T21:00", "Later", &eve),
				       meeting(h, "1", "2026-11-26T09:00", "2026-11-26T10:00", "Tomorrow", &osei) };
	struct commitment *made;
	const char *said;

	h->c->cadence_count = 0;
	h->c->owners[0].sweep = true;
	h->c->calendars = &calendar;
	h->c->calendar_count = 1;
	noted(h, "Carla Rossi", "carla.rossi@example.com", 5);
	met(h, "Dan Osei", "dan@example.com"); /* noted by the owner too */
	WELL(sql_begin(h->q, &e));
	WELL(store_meetings_set(h->q, "work", list, sizeof list / sizeof *list, &e));
	WELL(sql_commit(h->q, &e));
	said = until(h, "2026-11-25T18:10");
	has(said, "What did you promise today?");
	has(said, "Carla Rossi (carla.rossi@example.com): Site visit");
	has(said, "Dan Osei (dan@example.com)");
	lacks(said, "(eve@example.com): ");
	said = strstr(said, "dan@example.com");
	lacks(said + 1, "dan@example.com"); /* once */
	answers(h, "rossi: the subgroup data 4 dec\n");
	assert_int_equal(live(h, &made), 1);
	assert_string_equal(made[0].to.list[0].address, "carla.rossi@example.com");
	said = until(h, "2026-11-26T18:10");
	has(said, "Dan Osei (dan@example.com): Tomorrow");
	lacks(said, "Site visit");
	lacks(said, "Dinner");
	has(said, "(eve@example.com): Later, Wednesday 25 November"); /* after the evening on which they were asked */
	assert_string_equal(until(h, "2026-11-27T18:10"), "");
	h->c->calendars = NULL;
	h->c->calendar_count = 0;
}

static void down_in_the_evening(void **state)
{
	struct house *h = *state;
	utc next;

	h->c->cadence_count = 0;
	h->c->owners[0].sweep = true;
	met(h, "Carla Rossi", "carla.rossi@example.com");
	h->now = rows_at(h->c, "2026-11-25T23:10");
	WELL(schedule(h->q, h->c, h->now, &next, &e));
	assert_string_equal(until(h, "2026-11-26T12:00"), "");
}

/* No account, so that no mail can be made. */
static void fault_costs_no_promise(void **state)
{
	struct house *h = *state;

	noted(h, "Carol Rossi", "carol@example.com", 90);
	h->c->submission_count = 0;
	assert_string_equal(until(h, "2026-11-25T11:00"), "");
	h->c->submission_count = 1;
	has(until(h, "2026-11-25T13:00"), "A check-in with Carol Rossi?");
}

static void with_receipt(void **state)
{
	struct house *h = *state;
	static const char *kinds[] = { "receipt" };
	const char *text;

	h->c->cadence_count = 0;
	h->c->owners[0].sweep = true;
	h->c->policies[0].prepare = (struct strings){ kinds, 1 };
	met(h, "Carla Rossi", "carla.rossi@example.com");
	has(until(h, "2026-11-25T18:10"), "What did you promise today?");
	answers(h, "rossi: the subgroup data 4 dec");
	until(h, "2026-11-25T18:30");
	waits(h, MAIL_RECEIPT, &text);
	has(text, "the subgroup data");
	assert_string_equal(until(h, "2026-11-26T18:10"), ""); /* nobody was met */
}

static void ambiguous(void **state)
{
	struct house *h = *state;
	struct commitment *list;

	h->c->cadence_count = 0;
	h->c->owners[0].sweep = true;
	met(h, "Carla Rossi", "carla.rossi@example.com");
	met(h, "Luca Rossi", "luca@example.com");
	until(h, "2026-11-25T18:10");
	has(answers(h, "rossi: the subgroup data friday"), "more than one of those is called so");
	assert_int_equal(live(h, &list), 0);
}

static void unset(void **state)
{
	struct house *h = *state;

	h->c->cadence_count = 0;
	met(h, "Carla Rossi", "carla.rossi@example.com");
	assert_string_equal(until(h, "2026-11-25T20:00"), "");
}

int main(void)
{
	const struct CMUnitTest t[] = {
		STORY("a briefing on the working day before, once", briefed),
		STORY("of a group, each under their own name", briefed_of_all),
		STORY("what was called off is neither briefed nor asked about", called_off),
		STORY("the summary becomes a recap, its promises commitments, its insights kept", recapped),
		STORY("insights in a summary: so many of one person, each on record, none without words", insights_are_bounded_and_on_record),
		STORY("what came of what they told is said in it, and told when it has left", said_and_done),
		STORY("of several who were invited it is asked about one who came", who_came),
		STORY("a long summary loses no promise", long_summary),
		STORY("a recap in which nothing was promised waits and is dropped like any mail to outside", recap_without_promise),
		STORY("an owner is asked and answered in their language", in_their_language),
		STORY("… of the sweep too", swept_in_their_language),
		STORY("what may tell of an adverse event is asked about, and makes no recap", adverse_event),
		STORY("no recap, if its owner wants none", no_recap),
		STORY("what lies days back is not asked about", long_ago),
		STORY("a congress evening asks once, and each line is a promise to whom it names", swept),
		STORY("… with its receipt", with_receipt),
		STORY("kept was down in the evening: not asked at night, nor the day after", down_in_the_evening),
		STORY("a fault in it costs no promise, and it is tried again", fault_costs_no_promise),
		STORY("who was met at a meeting of their calendar is named, once; a check-in of kept's is asked after by itself", in_their_calendar),
		STORY("a name that two have is asked back", ambiguous),
		STORY("no sweep where none is set", unset),
	};

	return cmocka_run_group_tests_name("recap", t, NULL, NULL);
}
