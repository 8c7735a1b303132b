/* compose: an owner's morning and week, byte for byte (tests/golden/NAME.eml), each with everything that can stand in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "composed.h"
#include "letters/markup.h"

enum { DAY = 86400 };

static struct agenda morning;

/* One of each that stands in it. */
static void agenda(struct world *w)
{
	static int32_t missed[1];
	static const struct review_line lines[AGENDA_LIST_COUNT] = {
		[AGENDA_LIST_WORD] = { .text = "Your question", .who = "h.osei@klinikum.example", .at = NOW - DAY, .number = 12, .words = "send 12" },
		[AGENDA_LIST_ANSWERED] = { .text = "the subgroup data [now](http://evil.example)", .who = "Henrike Osei", .number = 12, .words = "done 12" },
		[AGENDA_LIST_MEETINGS] = { .text = "14:00 the subgroup data", .who = "Henrike Osei" },
		[AGENDA_LIST_HELD] = { .text = "Hello", .who = "eve@evil.example", .at = NOW - DAY, .words = "accept h3" },
	};

	morning = (struct agenda){ .from = NOW - DAY, .at = NOW, .missed = missed, .missed_count = 1, .head = "7:abcdef" };
	missed[0] = zone_day(w->owner.time.zone, NOW - DAY);
	w->d[0].commitment.due = NOW, w->d[0].commitment.note = "by phone";
	for (size_t i = 0; i < 3; i++)
		agenda_promise(w->p, &morning, &w->d[i].commitment, true);
	for (int i = 0; i < AGENDA_LIST_COUNT; i++)
		agenda_line(w->p, &morning, (enum agenda_list)i, lines[i]);
	w->in.kind = MAIL_AGENDA;
	w->in.agenda = &morning;
}

static struct review week;

/* A promise in each part, as review_part() has it; two in the first ones. */
static void promised(struct world *w)
{
	static struct team team = { .key = "medinfo", .name = "Medical Information", .address = "medinfo@example.org" };
	const struct commitment all[] = {
		{ .state = COMMITMENT_KEPT, .what = "the reprint of Bracci et al.", .due = NOW - 2 * DAY, .closed = NOW - DAY },
		{ .state = COMMITMENT_KEPT, .what = "a call with biostatistics", .due = NOW - DAY, .closed = NOW - DAY },
		{ .state = COMMITMENT_OPEN, .what = "the subgroup data [now](http://evil.example)", .due = NOW - 2 * DAY, .note = "by *phone*" },
		{ .state = COMMITMENT_OPEN, .what = "the slides of Tuesday's talk", .due = NOW - 5 * DAY },
		{ .state = COMMITMENT_OPEN, .what = "the protocol synopsis", .due = NOW + 2 * DAY },
		{ .state = COMMITMENT_WAITING, .what = "an answer on argusimab and heparin in one line", .due = NOW + 3 * DAY, .team = "medinfo",
		  .team_since = NOW - DAY },
		{ .state = COMMITMENT_WAITING, .what = "the forms for the ethics committee", .due = NOW + 9 * DAY, .note = "she is away until Monday" },
		{ .state = COMMITMENT_DELIVERED, .what = "the tables by age", .due = NOW - 3 * DAY, .delivered = NOW - 4 * DAY },
		{ .state = COMMITMENT_OPEN, .what = "a summary for patients", .due = NOW + 40 * DAY },
		{ .state = COMMITMENT_CANDIDATE, .what = "send you the poster on Wednesday", .due = NOW + DAY, .made = NOW - DAY },
	};
	struct commitment *list = pool_take(w->p, sizeof all);

	w->conf.teams = &team, w->conf.team_count = 1;
	for (size_t i = 0; i < LEN(all); i++) {
		list[i] = w->d[0].commitment;
		list[i].id = 20 + (int64_t)i;
		list[i].state = all[i].state, list[i].what = all[i].what, list[i].words = "", list[i].note = all[i].note ? all[i].note : "";
		list[i].due = all[i].due, list[i].closed = all[i].closed, list[i].delivered = all[i].delivered, list[i].made = all[i].made;
		list[i].team = all[i].team ? all[i].team : "", list[i].team_since = all[i].team_since;
	}
	review_sort(w->p, &week, list, LEN(all));
}

static void review(struct world *w)
{
	static const struct review_line lines[REVIEW_LIST_COUNT] = {
		[REVIEW_LIST_WORD] = { .text = "Re: Compatibility with heparin", .who = "sosei@hospital.example", .at = NOW - DAY, .number = 25, .words = "send 25" },
		[REVIEW_LIST_ASKED] = { .text = "Could you also send the label of the second arm?", .who = "Samuel Osei", .at = NOW - 4 * DAY, .words = "touch 25 mail",
				      .fits = "The label of argusimab", .why = "label, arm" },
		[REVIEW_LIST_INVITED] = { .text = "the renal sub-study", .who = "Kenji Watanabe", .at = NOW + 8 * DAY },
		[REVIEW_LIST_THEIRS] = { .text = "I'll ask the pharmacy and let you know", .who = "Samuel Osei", .at = NOW + 2 * DAY },
		[REVIEW_LIST_SUGGESTED] = { .text = "the protocol synopsis", .who = "Aylin Demir", .at = NOW + 6 * DAY, .number = 24, .of = 4, .words = "due 24 2026-12-07" },
		[REVIEW_LIST_UNTOLD] = { .text = "i4: the nurses want a night mode", .who = "Luca Bracci", .at = NOW - 20 * DAY },
		[REVIEW_LIST_NEEDS] = { .text = "a registry to compare with", .who = "Aylin Demir", .at = NOW - DAY },
		[REVIEW_LIST_HELD] = { .text = "Your account **now**", .who = "eve@evil.example", .at = NOW - DAY, .words = "accept h3" },
		[REVIEW_LIST_PAST] = { .text = "Karl Weber", .at = NOW - 120 * DAY },
		[REVIEW_LIST_RETURNED] = { .text = "k.watanabe@univ.example", .at = NOW - 3 * DAY },
		[REVIEW_LIST_ENDING] = { .text = "Argusimab in dialysis: data on file", .at = NOW + 12 * DAY },
	};

	week = (struct review){ .from = NOW - 7 * DAY, .to = NOW, .on_time = { 17, 21 }, .followed = { 9, 15 }, .trust = 1.17, .trust_known = true,
				.head = "7:abcdef" };
	promised(w);
	for (int i = 0; i < REVIEW_LIST_COUNT; i++)
		review_line(w->p, &week, (enum review_list)i, lines[i]);
	w->in.kind = MAIL_REVIEW;
	w->in.review = &week;
}

static void agenda_de(struct world *w)
{
	agenda(w);
	w->owner.language = "de";
}

static void review_fr(struct world *w)
{
	review(w);
	w->owner.language = "fr";
}

static struct challenge seven;

/* A promise in each part. */
static void challenge(struct world *w)
{
	static const struct commitment *promises[CHALLENGE_PART_COUNT];
	static struct review_line answers[] = {
		{ .text = "the subgroup data [now](http://evil.example)", .who = "Henrike Osei", .at = NOW - DAY, .number = 12, .words = "" },
	};

	seven = (struct challenge){ .owner = &w->owner, .start = NOW - 2 * DAY, .now = NOW, .count = 5, .on_time = { 2, 3 },
				    .followed = { 1, 2 }, .trust = 0.92, .trust_known = true, .answers = answers, .answer_count = 1 };
	seven.told = challenge_first(&seven);
	for (int i = 0; i < CHALLENGE_PART_COUNT; i++) {
		promises[i] = &w->d[i % 3].commitment;
		seven.parts[i].list = &promises[i], seven.parts[i].n = 1;
	}
	w->in.kind = MAIL_CHALLENGE;
	w->in.challenge = &seven;
}

static void challenge_report_of(struct world *w)
{
	challenge(w);
	seven.start = NOW - 6 * DAY, seven.ended = NOW;
}

static void challenge_report_fr(struct world *w)
{
	challenge_report_of(w);
	w->owner.language = "fr";
}

static void agenda_challenge(struct world *w)
{
	agenda(w);
	challenge(w);
	w->in.kind = MAIL_AGENDA;
	morning.challenge = &seven;
}

static const struct kind kinds[] = { { "agenda", agenda },
				     { "agenda-de", agenda_de },
				     { "agenda-challenge", agenda_challenge },
				     { "challenge", challenge },
				     { "challenge-report", challenge_report_of },
				     { "challenge-report-fr", challenge_report_fr },
				     { "review", review },
				     { "review-fr", review_fr } };

/* Each list has a line above, and its section in the template. */
static void shows(const struct kind *kind, const char *language, int list, const char *plain, const struct review_line *x)
{
	size_t n = strcspn(x->text, "["); /* a link in it is not shown as it stands */

	if (!n || !memmem(plain, strlen(plain), x->text, n))
		fail_msg("%s in %s lacks its list %d: %s", kind->name, language, list, plain);
}

/* Nothing that can stand in one is left out, and none has a hole in any language. */
static void every_language(void **state)
{
	static const char *const languages[] = { "en", "de", "fr", "es" };

	(void)state;
	for (size_t i = 0; i < LEN(kinds); i++)
		for (size_t k = 0; k < LEN(languages); k++) {
			struct world *w = world();
			struct err e = { 0 };
			const char *plain;
			struct mail m;

			kinds[i].make(w);
			w->owner.language = languages[k];
			if (!compose(w->p, &w->in, &m, &e))
				fail_msg("%s in %s: %s", kinds[i].name, languages[k], e.text);
			assert_string_equal(m.language, languages[k]);
			assert_null(oddity(m.subject.s, ""));
			plain = markdown_plain(w->p, m.markdown);
			if (oddity(plain, languages[k]))
				fail_msg("%s in %s has \"%s\": %s", kinds[i].name, languages[k], oddity(plain, languages[k]), plain);
			for (int l = 0; w->in.review && l < REVIEW_LIST_COUNT; l++)
				shows(&kinds[i], languages[k], l, plain, &week.lists[l].lines[0]);
			for (int l = 0; w->in.agenda && l < AGENDA_LIST_COUNT; l++)
				shows(&kinds[i], languages[k], l, plain, &morning.lists[l].lines[0]);
			for (int l = 0; w->in.review && l < REVIEW_PART_COUNT; l++)
				if (!week.parts[l].n || !strstr(plain, pool_print(w->p, "%d. ", (int)week.parts[l].list[0]->id)))
					fail_msg("%s in %s lacks its part %d: %s", kinds[i].name, languages[k], l, plain);
			assert_null(strstr(markdown_html(w->p, m.markdown, "en"), "href=\"http"));
			world_end(w);
		}
}

/* As many as there may be, with what strangers add to them: the mail comes, and says how many it leaves out. */
static void what_is_too_much_is_counted(void **state)
{
	enum { N = 10000 };
	static const enum mail_kind all[] = { MAIL_REVIEW, MAIL_AGENDA, MAIL_CHALLENGE };

	(void)state;
	for (size_t k = 0; k < LEN(all); k++) {
		struct world *w = world();
		struct commitment *list = pool_list(w->p, N, sizeof *list);
		struct err e = { 0 };
		struct mail m;
		size_t left;

		review(w), agenda(w), challenge_report_of(w);
		w->in.kind = all[k];
		week.parts[REVIEW_OVERDUE].n = morning.parts[AGENDA_OVERDUE].n = seven.parts[CHALLENGE_LATE].n = 0;
		for (int i = 0; i < N; i++) {
			list[i] = w->d[0].commitment;
			list[i].id = 1000 + i, list[i].due = NOW - 5 * DAY;
			agenda_promise(w->p, &morning, &list[i], true);
		}
		review_sort(w->p, &week, list, N);
		seven.parts[CHALLENGE_LATE].list = week.parts[REVIEW_OVERDUE].list, seven.parts[CHALLENGE_LATE].n = N;
		if (!compose(w->p, &w->in, &m, &e))
			fail_msg("%d: %s", all[k], e.text);
		assert_non_null(strstr(m.markdown, "1000\\. ") ? strstr(m.markdown, "1000\\. ") : strstr(m.markdown, "### 1000. "));
		assert_non_null(strstr(m.markdown, "want of room: "));
		left = strtoul(strstr(m.markdown, "want of room: ") + 14, NULL, 10);
		assert_true(left >= N - 500 && left < N);
		assert_non_null(strstr(m.markdown, all[k] == MAIL_CHALLENGE ? "## To think about" : "7:abcdef"));
		assert_non_null(strstr(markdown_page(w->p, m.subject.s, m.markdown, "en"), all[k] == MAIL_CHALLENGE ? "To think about" : "7:abcdef"));
		world_end(w);
	}
}

/* Who writes five hundred mails as if they were the owner's makes no mail of five hundred lines. */
static void messages_that_are_held_crowd_nothing_out(void **state)
{
	(void)state;
	for (int k = 0; k < 2; k++) {
		struct world *w = world();
		struct err e = { 0 };
		struct mail m;
		size_t n = 0;

		review(w), agenda(w);
		w->in.kind = k ? MAIL_REVIEW : MAIL_AGENDA;
		for (int i = 0; i < 499; i++) {
			const struct review_line x = { .text = "Invoice", .who = "eve@evil.example", .at = NOW, .words = "accept h4" };

			review_line(w->p, &week, REVIEW_LIST_HELD, x);
			agenda_line(w->p, &morning, AGENDA_LIST_HELD, x);
		}
		assert_true(compose(w->p, &w->in, &m, &e));
		for (const char *s = m.markdown; (s = strstr(s, "accept%20h")); s++)
			n++;
		assert_int_equal(n, 20);
		assert_non_null(strstr(m.markdown, "want of room: 480 more"));
		world_end(w);
	}
}

int main(void)
{
	struct CMUnitTest t[LEN(kinds) + 3];
	size_t n = 0;

	for (; n < LEN(kinds); n++)
		t[n] = (struct CMUnitTest){ kinds[n].name, golden, NULL, NULL, (void *)&kinds[n] };
	t[n++] = (struct CMUnitTest)cmocka_unit_test(every_language);
	t[n++] = (struct CMUnitTest)cmocka_unit_test(what_is_too_much_is_counted);
	t[n++] = (struct CMUnitTest)cmocka_unit_test(messages_that_are_held_crowd_nothing_out);
	return _cmocka_run_group_tests("compose_review", t, n, NULL, NULL);
}
