/* compose: what comes before and after a check-in (tests/golden/NAME.eml), and that none of it has a hole in any language */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "composed.h"
#include "letters/markup.h"

#define DAY 86400

static struct brief briefs[2];
static struct contact people[2];
static struct checkin checkins[2];
static struct outside out;
static struct recap recap;
static struct addrs met;
static struct approval approval;
static const utc times[] = { NOW + 7 * DAY, NOW + 8 * DAY + 3600, NOW + 10 * DAY };

static struct contact person(const char *name, const char *address, enum contact_stage stage)
{
	return (struct contact){ .name = name,
				 .address = address,
				 .language = "",
				 .zone = "",
				 .stage = stage,
				 .decides = "",
				 .expects = "" };
}

static void begin(struct world *w, enum mail_kind kind, size_t n)
{
	memset(briefs, 0, sizeof briefs);
	people[0] = person("Dr. Henrike Osei", "h.osei@klinikum.example", CONTACT_STAGE_DEVELOPING);
	people[1] = person("", "l.bracci@ospedale.example", CONTACT_STAGE_ESTABLISHING);
	for (size_t i = 0; i < 2; i++) {
		checkins[i] = (struct checkin){ .id = 7 + (int64_t)i, .place = "", .link = "", .agenda = "" };
		briefs[i] = (struct brief){ .who = &people[i],
					    .checkin = &checkins[i],
					    .start = NOW + 7 * DAY,
					    .times = times,
					    .time_count = LEN(times),
					    .purpose = "" };
	}
	w->in.kind = kind;
	w->in.briefs = briefs;
	w->in.brief_count = n;
}

/* What is on record of the first of them. */
static void on_record(struct world *w)
{
	static struct brief_item theirs[] = { { "the list of dialysis centres", "", "", NOW - 4 * DAY, 0 } };
	static struct brief_item needs[] = { { "an answer on renal dosing for the board", "", "", NOW + 20 * DAY, 0 } };
	static struct brief_item insights[] = { { "the pump alarms at night", "", "", NOW - 40 * DAY, 3 } };
	static struct brief_item fitting[] = { { "ARGUS-3: argusimab in dialysis", "https://doi.example/argus3", "", 0, 0 },
					       { "Renal impairment: data on file", "", "", 0, 0 } };

	briefs[0].exchanged = NOW - 45 * DAY;
	briefs[0].late = true;
	briefs[0].purpose = "the subgroup data from the second trial";
	briefs[0].ours = pool_take(w->p, sizeof *briefs[0].ours);
	*(struct commitment *)briefs[0].ours = w->d[0].commitment;
	briefs[0].our_count = 1;
	briefs[0].theirs = theirs, briefs[0].their_count = 1;
	briefs[0].needs = needs, briefs[0].need_count = 1;
	briefs[0].insights = insights, briefs[0].insight_count = 1;
	briefs[0].resources = fitting, briefs[0].resource_count = 2;
}

static void proposal(struct world *w)
{
	begin(w, MAIL_PROPOSAL, 1);
	on_record(w);
}

/* No cadence is spoken of, nor that it is asked again. */
static void proposal_asked(struct world *w)
{
	proposal(w);
	briefs[0].asked_for = true;
}

static void proposal_several(struct world *w)
{
	begin(w, MAIL_PROPOSAL, 2);
	on_record(w);
}

static void briefing(struct world *w)
{
	static struct brief_item exchanges[] = { { "", "", "mail", NOW - 45 * DAY, 0 },
						 { "asked for the renal arm at the congress", "", "met", NOW - 80 * DAY, 0 } };
	static struct brief_item interests[] = { { "dialysis", "", "", NOW + 100 * DAY, 0 } };
	static struct brief_item works[] = { { "A registry of patients over 75", "https://registry.example/over75", "", 0, 0 } };

	begin(w, MAIL_BRIEFING, 1);
	on_record(w);
	briefs[0].start = NOW + DAY;
	briefs[0].purpose = "renal dosing in those over 75";
	briefs[0].exchanges = exchanges, briefs[0].exchange_count = 2;
	briefs[0].interests = interests, briefs[0].interest_count = 1;
	briefs[0].works = works, briefs[0].work_count = 1;
	checkins[0].link = "https://meet.example/abc";
	checkins[0].place = "by phone";
	people[0].decides = "with her board, in January";
	people[0].expects = "short answers, with the source";
}

/* Each of a group, with what is known of them. */
static void briefing_group(struct world *w)
{
	briefing(w);
	w->in.brief_count = 2;
	briefs[1].checkin = &checkins[0];
	briefs[1].start = briefs[0].start;
	briefs[1].who = &people[1];
	briefs[1].purpose = briefs[0].purpose;
}

/* Of whom nothing is on record. */
static void briefing_new(struct world *w)
{
	begin(w, MAIL_BRIEFING, 1);
	briefs[0].who = &people[1];
	briefs[0].start = NOW + DAY;
	briefs[0].purpose = "who looks after the centres";
}

static void recap_of(struct world *w)
{
	static struct commitment promised[1];
	static struct recap_outcome came = { "The pump alarms at night.", "the new ones have a night mode; yours is on its way." };

	w->owner.title = "Medical Science Liaison, Example Therapeutics";
	w->owner.disclosure = "I work for Example Therapeutics, which makes argusimab.";
	w->in.kind = MAIL_RECAP;
	w->in.dossier_count = 1;
	w->in.outside = &out;
	w->in.recap = &recap;
	w->d[0].commitment.id = 0;
	w->d[0].commitment.what = w->d[0].commitment.words = w->d[0].commitment.subject = w->d[0].commitment.message_id = "";
	w->d[0].commitment.references = (struct strings){ 0 };
	w->d[0].contact = person("Dr. Henrike Osei", "h.osei@klinikum.example", CONTACT_STAGE_DEVELOPING);
	out = (struct outside){ .substance = "Your board meets in January, and needs an answer on renal dosing.\n\n"
					     "The registry of those over 75 is open to other centres.",
				.team = "", .with = "" };
	promised[0] = w->d[1].commitment;
	promised[0].what = "the tables of the renal arm";
	promised[0].due = NOW + 3 * DAY;
	recap = (struct recap){ .met = NOW, .promised = promised, .promised_count = 1, .outcomes = &came, .outcome_count = 1 };
}

static void recap_later(struct world *w)
{
	recap_of(w);
	recap.met = NOW - DAY;
	recap.promised_count = recap.outcome_count = 0;
	out.substance = "Nothing is open between us.";
}

static void recap_asked(struct world *w)
{
	recap_of(w);
	w->in.kind = MAIL_APPROVAL;
	w->in.outside = NULL;
	w->in.recap = NULL;
	w->in.met_at = NOW;
	begin(w, MAIL_APPROVAL, 1);
	on_record(w);
	approval = (struct approval){ .kind = MAIL_RECAP, .to = "Dr. Henrike Osei", .why = "", .rule = "" };
	w->in.approval = &approval;
}

static void sweep(struct world *w)
{
	static const char *const titles[] = { "", "Site visit *Klinikum*: <b>renal</b>", "" };

	met = (struct addrs){ 0 };
	addrs_add(w->p, &met, "Carla Rossi", "rossi@example.com");
	addrs_add(w->p, &met, "Dr. Henrike Osei", "h.osei@klinikum.example");
	addrs_add(w->p, &met, "", "desk@congress.example");
	w->in.kind = MAIL_SWEEP;
	w->in.met = &met;
	w->in.met_titles = titles;
}

static void sweep_nobody(struct world *w)
{
	w->in.kind = MAIL_SWEEP;
	met = (struct addrs){ 0 };
	w->in.met = &met;
}

static const struct kind kinds[] = { { "proposal", proposal },
				     { "proposal-asked", proposal_asked },
				     { "proposal-several", proposal_several },
				     { "briefing", briefing },
				     { "briefing-group", briefing_group },
				     { "briefing-new", briefing_new },
				     { "recap", recap_of },
				     { "recap-later", recap_later },
				     { "recap-asked", recap_asked },
				     { "sweep", sweep },
				     { "sweep-nobody", sweep_nobody } };

static void every_language(void **state)
{
	static const char *const languages[] = { "en", "de", "fr", "es" };

	(void)state;
	for (size_t i = 0; i < LEN(kinds); i++)
		for (size_t k = 0; k < LEN(languages); k++) {
			struct world *w = world();
			const char *plain;
			struct err e = { 0 };
			struct mail m;

			kinds[i].make(w);
			w->owner.language = w->d[0].contact.language = languages[k];
			if (!compose(w->p, &w->in, &m, &e))
				fail_msg("%s in %s: %s", kinds[i].name, languages[k], e.text);
			assert_string_equal(m.language, languages[k]);
			assert_null(oddity(m.subject.s, ""));
			plain = markdown_plain(w->p, m.markdown);
			if (oddity(plain, languages[k]))
				fail_msg("%s in %s has \"%s\": %s", kinds[i].name, languages[k], oddity(plain, languages[k]), plain);
			world_end(w);
		}
}

static struct mail made(struct world *w)
{
	struct mail m = { 0 };
	struct err e = { 0 };

	if (!compose(w->p, &w->in, &m, &e))
		fail_msg("%s", e.text);
	return m;
}

static void links(void **state)
{
	struct world *w = world();
	struct mail m;

	(void)state;
	proposal(w);
	m = made(w);
	assert_non_null(strstr(m.markdown, "body=at%202026-12-08%2010%3A00"));
	assert_non_null(strstr(m.markdown, "body=skip"));
	assert_null(strstr(m.markdown, "body=what"));
	proposal_several(w);
	m = made(w);
	assert_non_null(strstr(m.markdown, "body=at%20%237%202026-12-08%2010%3A00"));
	assert_non_null(strstr(m.markdown, "body=skip%20%238"));
	assert_non_null(strstr(m.markdown, "body=what%20%238%3A"));
	assert_null(strstr(m.markdown, "body=what%20%237"));
	world_end(w);
}

static void questions(void **state)
{
	struct world *w = world();

	(void)state;
	briefing(w);
	assert_non_null(strstr(made(w).markdown, "since we last spoke"));
	people[0].stage = CONTACT_STAGE_MAINTAINING;
	assert_non_null(strstr(made(w).markdown, "differently"));
	people[0].stage = CONTACT_STAGE_UNKNOWN;
	assert_non_null(strstr(made(w).markdown, "kept informed"));
	world_end(w);
}

/* It goes to the other person: as the owner's own, with nothing of kept's in it. */
static void goes_outside(void **state)
{
	struct world *w = world();
	const struct kind k = { "recap", recap_of };
	const char *bytes;
	struct mail m;
	size_t n;

	(void)state;
	written(&k, w, &m, &bytes, &n);
	assert_true(m.outside);
	assert_null(memmem(bytes, n, TOKEN, strlen(TOKEN)));
	assert_null(memmem(bytes, n, "X-Kept", 6));
	assert_string_equal(m.to.address, "h.osei@klinikum.example");
	assert_string_equal(m.from.s, "ada@example.org");
	assert_non_null(strstr(m.markdown, "I work for Example Therapeutics"));
	out.substance = "";
	assert_true(compose(w->p, &w->in, &m, &(struct err){ 0 })); /* what was promised is said */
	w->in.recap = &(struct recap){ .met = w->in.recap->met };
	assert_false(compose(w->p, &w->in, &m, &(struct err){ 0 }));
	world_end(w);
}

static void hostile(void **state)
{
	struct world *w = world();
	struct mail m;

	(void)state;
	briefing(w);
	people[0].name = "Eve](http://evil.example) **x**";
	people[0].decides = "# alone\n\n[now](http://evil.example)";
	briefs[0].works = &(struct brief_item){ "[x](http://evil.example)", "javascript:alert(1)", "", 0, 0 };
	m = made(w);
	assert_null(strstr(markdown_html(w->p, m.markdown, "en"), "href=\"http://evil.example"));
	assert_null(strstr(markdown_html(w->p, m.markdown, "en"), "javascript:"));
	world_end(w);
}

int main(void)
{
	struct CMUnitTest t[LEN(kinds) + 5];
	size_t n = 0;

	for (; n < LEN(kinds); n++)
		t[n] = (struct CMUnitTest){ kinds[n].name, golden, NULL, NULL, (void *)&kinds[n] };
	t[n++] = (struct CMUnitTest){ "no kind has a hole in any language", every_language, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "a proposal's links say when, what for, or not", links, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "questions that fit the stage", questions, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "a recap is the owner's, and says something", goes_outside, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "a stranger's words stay words", hostile, NULL, NULL, NULL };
	return _cmocka_run_group_tests("compose_cadence", t, n, NULL, NULL);
}
