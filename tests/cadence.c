/* cadence: check-ins are proposed, briefed and recapped, and the sweep is asked and answered, in a real ledger */
#include "house.h"

#include "judgement/plan_checkin.h"
#include "letters/ical.h"

static struct cadence stages[] = { { .key = "establishing", .ideal = "1mo", .latest = "6w" } };

/* Somebody noted, met so many days ago. */
static struct contact noted(struct house *h, const char *name, const char *address, int days)
{
	struct contact c;

	WELL(sql_begin(h->q, &e));
	WELL(store_contact_made(h->q, h->p, "ada", &(struct addr){ name, address }, &c, h->now, &e));
	c.stage = CONTACT_STAGE_ESTABLISHING;
	WELL(store_contact_save(h->q, &c, h->now, &e));
	if (days)
		WELL(store_exchange_add(h->q,
					&(struct exchange){ .contact = c.id, .at = h->now - (utc)days * 86400, .channel = "met",
							    .direction = CONTACT_DIRECTION_BOTH, .text = "" }, &e));
	WELL(sql_commit(h->q, &e));
	return c;
}

/* The daemon runs until then; what it writes to the owner. */
static const char *until(struct house *h, const char *iso)
{
	utc till = rows_at(h->c, iso), next = 0;

	while (h->now < till) {
		WELL(schedule(h->q, h->c, h->now, &next, &e));
		h->now = !next || next > till ? till : next > h->now ? next : h->now + 60;
	}
	WELL(schedule(h->q, h->c, h->now, &next, &e));
	return heard(h);
}

static int with_cadence(void **state)
{
	struct house *h;

	make(state);
	h = *state;
	h->c->cadences = stages, h->c->cadence_count = 1;
	heard(h);
	return 0;
}

/* … answers the newest mail of that kind. */
static const char *answers_to(struct house *h, enum mail_kind kind, const char *text)
{
	struct outgoing *list;
	size_t n;

	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 1000, &list, &n, &e));
	for (size_t i = 0; i < n; i++)
		if (list[i].kind == kind) {
			h->reply = conf_reply(h->p, h->c, &h->c->owners[0], list[i].token), h->id = list[i].message_id;
			return answers(h, text);
		}
	fail_msg("there is no %s", mail_kind_name(kind));
	return "";
}

/* ---- proposals ---- */

static void one_mail_a_morning(void **state)
{
	struct house *h = *state;
	const char *said;

	noted(h, "Carol Rossi", "carol@example.com", 40);
	noted(h, "Dan Osei", "dan@example.com", 41);
	noted(h, "Eve Bracci", "eve@example.com", 42);
	said = until(h, "2026-11-25T12:00");
	has(said, "2 check-ins to agree on");
	has(said, "Eve Bracci");
	has(said, "at%20%231%20");
	lacks(said, "Carol Rossi");
	assert_string_equal(until(h, "2026-11-26T08:59"), "");
	has(until(h, "2026-11-26T12:00"), "Carol Rossi");
	assert_string_equal(until(h, "2026-12-01T20:00"), ""); /* they wait for a word */
	has(until(h, "2026-12-02T12:00"), "Eve Bracci"); /* asked again after a week */
}

static void nothing_without_cadence(void **state)
{
	struct house *h = *state;

	h->c->cadence_count = 0;
	noted(h, "Carol Rossi", "carol@example.com", 90);
	assert_string_equal(until(h, "2026-12-15T12:00"), "");
}

static void their_own(void **state)
{
	struct house *h = *state;
	struct contact c = noted(h, "Carol Rossi", "carol@example.com", 90);

	h->c->cadence_count = 0;
	c.cadence_ideal = 30;
	WELL(sql_begin(h->q, &e));
	WELL(store_contact_save(h->q, &c, h->now, &e));
	WELL(sql_commit(h->q, &e));
	has(until(h, "2026-11-25T12:00"), "A check-in with Carol Rossi?");
}

static void refused(void **state)
{
	struct house *h = *state;
	struct contact c = noted(h, "Carol Rossi", "carol@example.com", 90);

	c.consent = CONTACT_CONSENT_NEVER;
	WELL(sql_begin(h->q, &e));
	WELL(store_contact_save(h->q, &c, h->now, &e));
	WELL(sql_commit(h->q, &e));
	assert_string_equal(until(h, "2026-12-15T12:00"), "");
}

static void not_while_paused(void **state)
{
	struct house *h = *state;
	struct owner_row row;

	noted(h, "Carol Rossi", "carol@example.com", 90);
	WELL(sql_begin(h->q, &e));
	WELL(store_owner(h->q, "ada", &row, &e));
	row.paused = rows_at(h->c, "2026-12-02T00:00");
	WELL(store_owner_set(h->q, "ada", &row, &e));
	WELL(sql_commit(h->q, &e));
	assert_string_equal(until(h, "2026-12-01T20:00"), "");
	has(until(h, "2026-12-02T12:00"), "Carol Rossi");
}

static void not_into_the_calendar(void **state)
{
	static struct calendar_conf own = { .key = "work", .kind = CALENDAR_BUSY };
	struct house *h = *state;
	struct busy_time all[] = { { rows_at(h->c, "2026-11-27T00:00"), rows_at(h->c, "2026-11-27T14:00"), false },
				   { rows_at(h->c, "2026-11-30T00:00"), rows_at(h->c, "2026-12-02T00:00"), false } };
	struct busy b = { .times = all, .n = 2, .broken = "" };
	const char *said;

	own.owner = &h->c->owners[0];
	h->c->calendars = &own, h->c->calendar_count = 1;
	WELL(sql_begin(h->q, &e));
	WELL(store_busy_set(h->q, "work", &b, &e));
	WELL(sql_commit(h->q, &e));
	noted(h, "Carol Rossi", "carol@example.com", 90);
	said = until(h, "2026-11-25T12:00");
	has(said, "Fri 27 Nov, 14:00");
	lacks(said, "Mon 30 Nov");
	lacks(said, "Tue 1 Dec");
	has(said, "Wed 2 Dec");
}

static void purpose_is_known_or_asked(void **state)
{
	struct house *h = *state;
	struct contact c = noted(h, "Carol Rossi", "carol@example.com", 90);
	struct need n = { .contact = c.id, .text = "a word with her board", .look = h->now - 86400, .at = h->now - 86400 * 50 };
	const char *said;

	noted(h, "Dan Osei", "dan@example.com", 80);
	WELL(sql_begin(h->q, &e));
	WELL(store_need_add(h->q, &n, &e));
	WELL(sql_commit(h->q, &e));
	writes(h, "kept+18dec@example.org", "To: Dan Osei <dan@example.com>\r\nSubject: Data\r\n", "I will send you the subgroup data.");
	said = until(h, "2026-11-25T12:00");
	has(said, "they need: a word with her board"); /* not for her eyes */
	has(said, "What is this one for" + 1);
	lacks(said, "Dan Osei"); /* a mail is an exchange */
}

/* ---- the answer to a proposal ---- */

/* Ada has an account of her own; Carol and Dan are proposed, in that order. */
static void proposed(struct house *h, bool both)
{
	static struct submission own[2];

	own[0] = h->c->submissions[0];
	own[1] = (struct submission){ .key = "ada", .from = "ada@example.org", .owner = &h->c->owners[0] };
	h->c->submissions = own, h->c->submission_count = 2;
	noted(h, "Carol Rossi", "carol@example.com", 80);
	if (both)
		noted(h, "Dan Osei", "dan@example.com", 70);
	has(until(h, "2026-11-25T12:00"), both ? "2 check-ins" : "Carol Rossi");
}

static struct checkin checkin(struct house *h, int64_t id)
{
	struct checkin k;
	bool found;

	WELL(store_checkin(h->q, h->p, id, &k, &found, &e));
	assert_true(found);
	return k;
}

/* The invitation to that address, on its way; NULL: there is none. */
static const char *invitation(struct house *h, const char *address)
{
	struct outgoing *list, o;
	size_t n;
	bool found;

	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 1000, &list, &n, &e));
	for (size_t i = 0; i < n; i++)
		if (list[i].kind == MAIL_INVITATION && strcmp(list[i].recipient, address) == 0 && list[i].state == OUTBOX_READY) {
			WELL(outbox_get(h->q, h->p, list[i].id, &o, &found, &e));
			return o.bytes;
		}
	return NULL;
}

static void time_and_purpose(void **state)
{
	struct house *h = *state;
	const char *said;

	proposed(h, false);
	said = answers(h, "at 3 dec 10am\nwhat: the renal registry\n");
	has(said, "what is it for?");
	has(said, "the mail to Carol Rossi is on its way");
	assert_string_equal(checkin(h, 1).purpose, "the renal registry");
	assert_int_equal(checkin(h, 1).start, rows_at(h->c, "2026-12-03T10:00"));
	has(invitation(h, "carol@example.com"), "method=REQUEST");
	lacks(until(h, "2026-12-03T08:00"), "A check-in with Carol"); /* it is agreed on, or offered */
}

static void purpose_first(void **state)
{
	struct house *h = *state;

	proposed(h, false);
	has(answers(h, "what: the renal registry"), "Answer `at` and a time");
	assert_null(invitation(h, "carol@example.com"));
	has(answers_to(h, MAIL_PROPOSAL, "friday 11am"), "is on its way"); /* a date alone is the time */
	assert_non_null(invitation(h, "carol@example.com"));
	has(answers_to(h, MAIL_PROPOSAL, "at friday 2pm"), "settled already");
}

static void of_several(void **state)
{
	struct house *h = *state;
	const char *said;

	proposed(h, true);
	has(answers(h, "skip"), "which one?");
	said = answers_to(h, MAIL_PROPOSAL, "skip #2\nwhat #1: the registry\nat #1 3 dec 10am\nat #9 friday\n");
	has(said, "no check-in with Dan Osei this time");
	has(said, "#9: that mail proposed no such check-in");
	assert_int_equal(checkin(h, 2).state, CHECKIN_CANCELLED);
	assert_non_null(invitation(h, "carol@example.com"));
	assert_null(invitation(h, "dan@example.com"));
	lacks(until(h, "2026-12-02T08:00"), "Dan Osei");
	has(until(h, "2026-12-12T08:00"), "Dan Osei"); /* a week later at the earliest */
}

static void night_is_refused(void **state)
{
	struct house *h = *state;

	proposed(h, false);
	has(answers(h, "what: the registry\nat 3 dec 11pm"), "nobody was invited");
	assert_null(invitation(h, "carol@example.com"));
}

/* ---- briefing and recap ---- */

static struct checkin agreed(struct house *h, const char *name, const char *address, const char *iso)
{
	struct checkin_attendee *a = pool_take(h->p, sizeof *a);
	struct checkin k = { .owner = "ada", .uid = pool_print(h->p, "%s@kept", address), .stamp = h->now, .state = CHECKIN_CONFIRMED,
			     .start = rows_at(h->c, iso), .minutes = 30, .zone = "Europe/Berlin", .rrule = "", .purpose = "the subgroup data",
			     .agenda = "", .link = "", .place = "", .made = h->now, .entry = -1, .attendees = a, .attendee_count = 1 };

	*a = (struct checkin_attendee){ .name = name, .address = address, .comment = "", .delegated_to = "",
					.partstat = PARTSTAT_ACCEPTED, .answered = h->now };
	WELL(sql_begin(h->q, &e));
	WELL(store_checkin_save(h->q, &k, &e));
	WELL(sql_commit(h->q, &e));
	return k;
}

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

/* What became of a check-in counts for the next proposal. */
static void counts(void **state)
{
	static const struct {
		enum checkin_state state;
		const char *none_until, *then; /* "" : no proposal in that time */
	} all[] = {
		{ CHECKIN_CONFIRMED, "2026-12-07T08:00", "" },                 /* they met: a month from then */
		{ CHECKIN_INVITED, "2026-12-01T08:00", "2026-12-04T12:00" },   /* silent: not at once */
		{ CHECKIN_DECLINED, "2026-11-25T08:00", "2026-11-25T12:00" },
	};

	drop(state);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct house *h;
		struct checkin k;

		with_cadence(state);
		h = *state;
		h->now = rows_at(h->c, "2026-11-24T18:00");
		noted(h, "Carol Rossi", "carol@example.com", 80);
		k = agreed(h, "Carol Rossi", "carol@example.com", "2026-11-24T11:00");
		k.state = all[i].state, k.stamp = rows_at(h->c, "2026-11-22T11:00");
		k.attendees[0].partstat = k.state == CHECKIN_CONFIRMED ? PARTSTAT_ACCEPTED :
					  k.state == CHECKIN_DECLINED  ? PARTSTAT_DECLINED : PARTSTAT_NEEDS_ACTION;
		WELL(sql_begin(h->q, &e));
		WELL(store_checkin_save(h->q, &k, &e));
		WELL(sql_commit(h->q, &e));
		lacks(until(h, all[i].none_until), "A check-in with Carol");
		if (*all[i].then)
			has(until(h, all[i].then), "A check-in with Carol");
		if (i + 1 < sizeof all / sizeof *all)
			drop(state);
	}
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
	const char *said;

	h->c->owners[0].language = "de";
	agreed(h, "Carol Rossi", "carol@example.com", "2026-11-26T11:00");
	said = until(h, "2026-11-25T10:30");
	has(said, "Vor dem Gespräch: Carol Rossi");
	until(h, "2026-11-26T11:40");
	has(until(h, "2026-11-26T11:50"), "Wie war es mit Carol Rossi?");
	has(answers(h, "Das Register geht weiter. Ich schicke Ihnen die Tabellen bis Freitag."), "die Zusammenfassung für Carol Rossi ist geschrieben, mit einem Versprechen");
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

static const char *const congress[] = { "2026-11-25 - 2026-11-26" };

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

/* What simulate says is what comes. */
static void ahead(void **state)
{
	struct house *h = *state;
	struct meeting_mail *list;
	size_t n;

	h->c->owners[0].congress = (struct strings){ (const char **)congress, 1 };
	noted(h, "Carol Rossi", "carol@example.com", 20);
	agreed(h, "Dan Osei", "dan@example.com", "2026-11-30T11:00");
	WELL(schedule_meetings_ahead(h->q, h->p, h->c, &h->c->owners[0], h->now, rows_at(h->c, "2026-12-20T00:00"), &list, &n, &e));
	assert_int_equal(n, 5);
	for (size_t i = 0; i < n; i++) {
		static const enum mail_kind kinds[] = { MAIL_SWEEP, MAIL_SWEEP, MAIL_PROPOSAL, MAIL_BRIEFING, MAIL_APPROVAL };
		static const char *const at[] = { "2026-11-25T18:00", "2026-11-26T18:00", "2026-11-27T09:00", "2026-11-27T09:00", "2026-11-30T11:45" };

		if (list[i].kind != kinds[i] || list[i].at != rows_at(h->c, at[i]))
			fail_msg("%zu: %s at %s", i, mail_kind_name(list[i].kind), utc_print(h->p, h->c->owners[0].time.zone, list[i].at));
	}
	until(h, "2026-11-27T08:50");
	has(until(h, "2026-11-27T09:30"), "A check-in with Carol Rossi?");
}

#define STORY(text, f) { text, f, with_cadence, drop, NULL }
int main(void)
{
	const struct CMUnitTest t[] = {
		STORY("one mail a morning for what is proposed, no more than a day holds", one_mail_a_morning),
		STORY("without a cadence nobody is proposed", nothing_without_cadence),
		STORY("a person's own cadence counts before that of their stage", their_own),
		STORY("who does not want to be written to is not proposed", refused),
		STORY("nothing is proposed while its owner wants no mail", not_while_paused),
		STORY("no time is offered in which their calendar holds something", not_into_the_calendar),
		STORY("what it is for is taken from what they may read, else asked", purpose_is_known_or_asked),
		STORY("a time and a purpose invite", time_and_purpose),
		STORY("a purpose waits for its time, and a settled one is settled", purpose_first),
		STORY("of several, each by its number; one that is skipped comes again later", of_several),
		STORY("not at night", night_is_refused),
		STORY("a briefing on the working day before, once", briefed),
		STORY("a check-in held is an exchange, a silent one rests, one declined is proposed anew", counts),
		STORY("what was called off is neither briefed nor asked about", called_off),
		STORY("the summary becomes a recap, its promises commitments, its insights kept", recapped),
		STORY("what came of what they told is said in it, and told when it has left", said_and_done),
		STORY("a recap in which nothing was promised waits and is dropped like any mail to outside", recap_without_promise),
		STORY("an owner is asked and answered in their language", in_their_language),
		STORY("what may tell of an adverse event is asked about, and makes no recap", adverse_event),
		STORY("no recap, if its owner wants none", no_recap),
		STORY("what lies days back is not asked about", long_ago),
		STORY("a congress evening asks once, and each line is a promise to whom it names", swept),
		STORY("… with its receipt", with_receipt),
		STORY("kept was down in the evening: not asked at night, nor the day after", down_in_the_evening),
		STORY("a fault in it costs no promise, and it is tried again", fault_costs_no_promise),
		STORY("a name that two have is asked back", ambiguous),
		STORY("no sweep where none is set", unset),
		STORY("what is said to come comes", ahead),
	};

	return cmocka_run_group_tests_name("cadence", t, NULL, NULL);
}
