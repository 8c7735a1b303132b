/* cadence: check-ins are proposed, and the answers to that, in a real ledger */
#include "cadenced.h"

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

/* Whichever times they take, no two of them meet the owner at once. */
static void no_time_is_offered_twice(void **state)
{
	struct house *h = *state;
	const char *said;
	size_t times = 0;

	h->c->cap_checkins_day = 4;
	noted(h, "Carol Rossi", "carol@example.com", 40);
	noted(h, "Dan Osei", "dan@example.com", 41);
	noted(h, "Eve Bracci", "eve@example.com", 42);
	said = until(h, "2026-11-25T12:00");
	for (const char *s = said; (s = strchr(s, '[')); s++) {
		const char *shown = pool_slice(h->p, s, strcspn(s, "("));

		if (!strpbrk(shown, ":"))
			continue;
		lacks(s + 1, shown);
		times++;
	}
	assert_int_equal(times, 9);
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

/* Neither the time that is meant nor one that is offered instead: Christmas Day, New Year's Day. */
static void no_day_off_of_their_country(void **state)
{
	struct house *h = *state;
	struct contact c = noted(h, "Carol Rossi", "carol@example.com", 0), d = noted(h, "Dan Osei", "dan@example.com", 0);
	const char *said;

	c.country = "us";
	d.country = "pt"; /* whose days are not known */
	c.cadence_ideal = d.cadence_ideal = 30, c.cadence_latest = d.cadence_latest = 60;
	WELL(sql_begin(h->q, &e));
	WELL(store_contact_save(h->q, &c, h->now, &e) && store_contact_save(h->q, &d, h->now, &e));
	WELL(sql_commit(h->q, &e));
	said = until(h, "2026-12-23T12:00");
	has(said, "Carol Rossi");
	has(said, "Fri 25 Dec,"); /* Dan's */
	said = strstr(said, "### Carol Rossi") ? strstr(said, "### Carol Rossi") : "";
	if (strstr(said, "Dan Osei"))
		said = pool_slice(h->p, said, (size_t)(strstr(said, "Dan Osei") - said));
	has(said, " Dec,");
	lacks(said, "25 Dec,");
	lacks(said, " 1 Jan,");
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

static void not_at_a_congress(void **state)
{
	static const char *days[] = { "2026-11-27 - 2026-11-30" };
	struct house *h = *state;
	const char *said;

	h->c->owners[0].congress = (struct strings){ days, 1 };
	noted(h, "Carol Rossi", "carol@example.com", 90);
	said = until(h, "2026-11-25T12:00");
	has(said, "A check-in with Carol Rossi?");
	lacks(said, "Fri 27 Nov");
	lacks(said, "Mon 30 Nov");
}

static void not_upon_another(void **state)
{
	struct house *h = *state;
	const char *said;

	noted(h, "Carol Rossi", "carol@example.com", 90);
	agreed(h, "Dan Osei", "dan@example.com", "2026-11-30T10:00");
	agreed(h, "Eve Bracci", "eve@example.com", "2026-12-04T14:00");
	said = until(h, "2026-11-25T12:00");
	lacks(said, "Mon 30 Nov, 10:00");
	lacks(said, "Fri 4 Dec, 14:00");
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
	has(answers_to(h, MAIL_PROPOSAL, "undo"), "is taken back"); /* the last thing first */
	has(answers_to(h, MAIL_PROPOSAL, "undo"), "It is as before");
	assert_int_equal(checkin(h, 2).state, CHECKIN_PROPOSED);
	answers_to(h, MAIL_PROPOSAL, "skip #2\nat #1 3 dec 10am");
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

static void in_their_language(void **state)
{
	struct house *h = *state;

	proposed(h, true);
	h->c->owners[0].language = "de";
	no_english(h, answers(h, "skip"));
	no_english(h, answers_to(h, MAIL_PROPOSAL, "skip #2\nwhat #1: das Register\nat #1 3 dec 11pm\nat #1 3 dec 10am\nat #9 friday\nat #1 gestern\n"));
	no_english(h, answers_to(h, MAIL_PROPOSAL, "at #1 friday 2pm"));
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

/* Of several who were invited, what each answered counts for them alone. */
/* Where they stand in the owner's cadence then. */
static struct rhythm rhythm(struct house *h, const struct contact *who, const char *when)
{
	utc now = rows_at(h->c, when);
	struct checkin_plan plan;

	WELL(schedule_plan_checkins(h->q, h->p, h->c, &h->c->owners[0], now, now + 1, &plan, &e));
	for (size_t i = 0; i < plan.rhythm_count; i++)
		if (plan.rhythms[i].who->id == who->id)
			return plan.rhythms[i];
	fail_msg("%s has no cadence", who->address);
	return plan.rhythms[0];
}

static void each_their_own(void **state)
{
	struct house *h = *state;
	struct contact carol = noted(h, "Carol Rossi", "carol@example.com", 80);
	struct checkin k = agreed(h, "Dan Osei", "dan@example.com", "2026-11-26T11:00");
	struct checkin_attendee both[2] = { k.attendees[0], k.attendees[0] };

	both[0].partstat = PARTSTAT_ACCEPTED;
	both[1].address = "carol@example.com", both[1].partstat = PARTSTAT_DECLINED, both[1].answered = h->now - 3600;
	k.attendees = both, k.attendee_count = 2, k.state = CHECKIN_CONFIRMED;
	WELL(sql_begin(h->q, &e));
	WELL(store_checkin_save(h->q, &k, &e));
	WELL(sql_commit(h->q, &e));
	assert_int_equal(rhythm(h, &carol, "2026-11-25T10:00").agreed, 0);
	assert_int_equal(rhythm(h, &carol, "2026-11-25T10:00").declined, h->now - 3600);
	assert_true(rhythm(h, &carol, "2026-11-26T18:00").exchanged < k.start);
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
	WELL(schedule_meetings_ahead(h->q, h->p, h->c, &h->c->owners[0], h->now, rows_at(h->c, "2026-12-05T00:00"), &list, &n, &e));
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

/* Morning by morning, when nobody answers: what simulate lists, and what `contacts --due` says, is what comes. */
static void proposed_as_foreseen(void **state)
{
	struct house *h = *state;
	utc till = rows_at(h->c, "2027-02-20T00:00"), from;
	struct outgoing *list;
	struct meeting_mail *mails;
	struct proposed *due;
	size_t n, count, many, is = 0, first = 0;

	noted(h, "Carol Rossi", "carol@example.com", 40);
	noted(h, "Dan Osei", "dan@example.com", 41);
	noted(h, "Eve Bracci", "eve@example.com", 10);
	agreed(h, "Frank Ohm", "frank@example.com", "2026-12-03T10:00");
	agreed(h, "Gwen Lee", "gwen@example.com", "2026-12-17T11:00");
	h->now = from = rows_at(h->c, "2026-11-28T15:00");
	WELL(schedule_meetings_ahead(h->q, h->p, h->c, &h->c->owners[0], h->now, till, &mails, &count, &e));
	WELL(schedule_proposals_ahead(h->q, h->p, h->c, &h->c->owners[0], h->now, h->now + 45 * 86400, &due, &many, &e));
	until(h, "2027-02-20T00:00");
	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 1000, &list, &n, &e));
	for (size_t i = 0; i < count; i++) {
		if (mails[i].kind != MAIL_PROPOSAL)
			continue;
		while (n && list[n - 1].kind != MAIL_PROPOSAL)
			n--;
		if (!n || list[n - 1].made != mails[i].at)
			fail_msg("foreseen %s: %s", utc_print(h->p, h->c->owners[0].time.zone, mails[i].at), n ? list[n - 1].subject : "nothing");
		n--, is++;
		while (first < many && due[first].mail == mails[i].at)
			has(mails[i].why, due[first++].who->name);
	}
	while (n)
		assert_int_not_equal(list[--n].kind, MAIL_PROPOSAL);
	assert_int_equal(first, many);
	assert_in_range(is, 20, 200);
}

int main(void)
{
	const struct CMUnitTest t[] = {
		STORY("one mail a morning for what is proposed, no more than a day holds", one_mail_a_morning),
		STORY("no time is offered for two of them", no_time_is_offered_twice),
		STORY("without a cadence nobody is proposed", nothing_without_cadence),
		STORY("no time is proposed or offered on a day off of their country", no_day_off_of_their_country),
		STORY("a person's own cadence counts before that of their stage", their_own),
		STORY("who does not want to be written to is not proposed", refused),
		STORY("nothing is proposed while its owner wants no mail", not_while_paused),
		STORY("no time is offered in which their calendar holds something", not_into_the_calendar),
		STORY("not for a day of a congress", not_at_a_congress),
		STORY("no choice lies upon another check-in", not_upon_another),
		STORY("what it is for is taken from what they may read, else asked", purpose_is_known_or_asked),
		STORY("a time and a purpose invite", time_and_purpose),
		STORY("a purpose waits for its time, and a settled one is settled", purpose_first),
		STORY("of several, each by its number; one that is skipped comes again later", of_several),
		STORY("not at night", night_is_refused),
		STORY("all that is answered to it is in the owner's language", in_their_language),
		STORY("a check-in held is an exchange, a silent one rests, one declined is proposed anew", counts),
		STORY("of several who were invited, each has their own answer", each_their_own),
		STORY("what is said to come comes", ahead),
		STORY("who lets a proposal lie is asked again, as foreseen", proposed_as_foreseen),
	};

	return cmocka_run_group_tests_name("cadence", t, NULL, NULL);
}
