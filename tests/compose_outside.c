/* compose: what goes to others, and the mail that asks for a word on it. tests/golden/NAME.eml holds each kind, and ten promises
 * of the field as they would be sent: read them as one would send them oneself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "composed.h"
#include "letters/compose_inner.h"
#include "letters/markup.h"

#define ARGUS "Dear Ada,\n\nthank you for the talk on Tuesday. Could you send me the subgroup data for patients over 75? I would also like " \
	"to know whether the dose was adjusted in renal impairment.\n\nBest regards\nHenrike Osei\n"

static struct outside out;
static struct outside_resource material[3];
static struct resource held[3];
static struct approval approval;
static struct routed routed;
static const struct team medinfo = { .key = "medinfo", .name = "Medical Information", .address = "medinfo@example.org" };

/* ---- the kinds ---- */

static void outside(struct world *w, enum mail_kind kind)
{
	memset(&out, 0, sizeof out);
	w->owner.title = "Medical Science Liaison, Example Therapeutics";
	w->owner.disclosure = "I work for Example Therapeutics, which makes argusimab.";
	w->in.kind = kind;
	w->in.dossier_count = 1;
	w->in.outside = &out;
	w->d[0].contact = (struct contact){ .address = "h.osei@klinikum.example", .name = "Dr. Henrike Osei", .language = "", .zone = "" };
	w->d[0].commitment.request = ARGUS;
	w->d[0].commitment.subject = "Question about ARGUS-2";
	out.team = out.with = out.substance = "";
}

static void with_link(void)
{
	held[0] = (struct resource){ .title = "ARGUS-2: outcomes by age", .link = "https://doi.example/10.1000/argus2.age", .file = "", .about = "the table on page 4 has those over 75" };
	material[0] = (struct outside_resource){ .resource = &held[0] };
	out.resources = material;
	out.resource_count = 1;
}

static void with_file(void)
{
	held[out.resource_count] = (struct resource){ .title = "Renal impairment: data on file", .link = "", .file = "/lib/renal.pdf", .about = "" };
	material[out.resource_count] = (struct outside_resource){ &held[out.resource_count], "renal.pdf", "application/pdf", "%PDF-1.4 renal\n", 15 };
	out.resources = material;
	out.resource_count++;
}

static void receipt(struct world *w)
{
	outside(w, MAIL_RECEIPT);
	out.team = "Medical Information team";
}

static void progress(struct world *w)
{
	outside(w, MAIL_PROGRESS);
	w->in.now += 86400;
	out.substance = "The statisticians have run the age groups; the renal data come from a second database, and I expect them tomorrow.";
}

static void progress_late(struct world *w)
{
	progress(w);
	w->in.now += 5 * 86400;
}

static void delay(struct world *w)
{
	outside(w, MAIL_DELAY);
	w->in.now += 2 * 86400;
	out.told = w->d[0].commitment.due;
	w->d[0].commitment.due += 7 * 86400;
	out.substance = "The renal data have to be released by our data protection officer, who is back on Monday.";
	out.team = "Medical Information";
}

static void delivery(struct world *w)
{
	outside(w, MAIL_DELIVERY);
	w->in.now += 3 * 86400;
	with_link();
	with_file();
	out.substance = "The short answer: the effect held in those over 75, and no dose was adjusted down to an eGFR of 30.";
}

static void aftercare(struct world *w)
{
	outside(w, MAIL_AFTERCARE);
	w->d[0].commitment.delivered = NOW + 3 * 86400;
	w->in.now += 10 * 86400;
}

static void share(struct world *w)
{
	outside(w, MAIL_SHARE);
	w->in.now += 40 * 86400;
	with_link();
	held[0].title = "ARGUS-3: argusimab in dialysis";
	held[0].about = "first results, presented on Sunday";
}

static void share_interest(struct world *w)
{
	share(w);
	w->d[0].commitment.request = "";
	out.interest = "argusimab in dialysis";
}

static void introduction(struct world *w)
{
	outside(w, MAIL_INTRODUCTION);
	w->d[0].commitment.what = "to introduce you to an investigator of ARGUS-3";
	w->d[0].commitment.words = "";
	w->d[0].commitment.request = "";
	out.with = "Prof. Luca Bracci, Milan";
	out.substance = "He leads the renal arm and is looking for centres with a dialysis unit.";
}

static void german(struct world *w)
{
	delay(w);
	w->d[0].contact.language = "de";
	w->d[0].commitment.what = "die Subgruppendaten aus der zweiten Studie";
	w->d[0].commitment.words = "Ich schicke Ihnen die Subgruppendaten aus der zweiten Studie bis Freitag.";
	out.substance = "Unser Datenschutz muss die Nierenwerte noch freigeben; die Kollegin ist ab Montag wieder da.";
	w->owner.disclosure = "Ich arbeite für Example Therapeutics, den Hersteller von Argusimab.";
}

/* As their program shows them: on the other side of the world it is another day. */
static void tokyo(struct world *w)
{
	receipt(w);
	w->d[0].contact.zone = "Asia/Tokyo";
	w->d[0].commitment.due += 8 * 3600 + 1800;
	w->d[0].contact.name = "";
	w->d[0].commitment.to.list[0].name = "Info";
}

static void own_text(struct world *w)
{
	delivery(w);
	out.own_text = "Dear Henrike,\n\nhere they are: https://example.org/a_b?x=1.\n- one *point*\n- another [x](http://evil.example)\nSo far\n====\n\nYours\nAda\n";
}

/* ---- the owner's word ---- */

static void ask(struct world *w, void (*make)(struct world *))
{
	struct mail *m = pool_take(w->p, sizeof *m);
	struct err e = { 0 };

	make(w);
	if (!compose(w->p, &w->in, m, &e))
		fail_msg("%s", e.text);
	m->token = "thetokenofthewaitingmail";
	approval = (struct approval){ .kind = w->in.kind, .mail = m, .text = markdown_plain(w->p, m->markdown), .why = "they were told an earlier day", .rule = "policy prepare, delay",
		.to = "Dr. Henrike Osei <h.osei@klinikum.example>", .account = true };
	w->in.kind = MAIL_APPROVAL;
	w->in.outside = NULL;
	w->in.approval = &approval;
}

static void approval_asked(struct world *w)
{
	static const char *findings[] = { "It says “attached”, and nothing is attached.", "Their question “whether the dose was adjusted” stands unanswered." };

	ask(w, delay);
	approval.findings = (struct strings){ findings, 2 };
}

static void approval_files(struct world *w)
{
	ask(w, delivery);
	approval.account = false;
}

static void approval_line(struct world *w)
{
	ask(w, progress);
	approval.mail = NULL;
}

/* ---- teams ---- */

static void team(struct world *w, enum mail_kind kind)
{
	outside(w, kind);
	routed = (struct routed){ &medinfo, w->d[0].commitment.due - 86400, 0, "", false };
	w->in.outside = NULL;
	w->in.routed = &routed;
}

static void request(struct world *w)
{
	team(w, MAIL_REQUEST);
	routed.note = "The age groups are in the appendix of the report; it is the renal data I lack.";
}

static void nag(struct world *w)
{
	team(w, MAIL_NAG);
	routed.asked = NOW;
	w->in.now += 86400;
}

static void nag_late(struct world *w)
{
	nag(w);
	w->in.now += 2 * 86400;
}

static void thanks(struct world *w)
{
	team(w, MAIL_THANKS);
}

static void digest(struct world *w)
{
	static struct digest_shared shared[] = { { MAIL_PROGRESS, NOW - 3 * 86400, "" }, { MAIL_DELIVERY, NOW - 86400, "Use at advanced age, A short guide" } };
	static struct digest_item items[2];
	static struct commitment other;
	static struct digest week;

	team(w, MAIL_DIGEST);
	w->d[0].commitment.state = COMMITMENT_KEPT;
	w->d[0].commitment.team_answered = NOW - 2 * 86400;
	other = w->d[0].commitment;
	other.state = COMMITMENT_OPEN, other.team_answered = 0, other.what = "the reprint", other.words = "";
	items[0] = (struct digest_item){ &w->d[0].commitment, shared, 2 };
	items[1] = (struct digest_item){ .m = &other };
	week = (struct digest){ .team = &medinfo, .from = NOW - 7 * 86400, .to = NOW, .items = items, .count = 2 };
	w->in.digest = &week;
}

static void thanks_needless(struct world *w)
{
	thanks(w);
	routed.needless = true;
}

static void approval_german(struct world *w)
{
	w->owner.language = "de";
	ask(w, german);
}

static void request_french(struct world *w)
{
	request(w);
	w->owner.language = "fr";
}

static void aftercare_spanish(struct world *w)
{
	aftercare(w);
	w->d[0].contact.language = "es";
}

static const struct kind kinds[] = {
	{ "receipt", receipt }, { "receipt-tokyo", tokyo }, { "progress", progress }, { "progress-late", progress_late }, { "delay", delay }, { "delivery", delivery },
	{ "delivery-own", own_text }, { "aftercare", aftercare }, { "share", share }, { "share-interest", share_interest }, { "introduction", introduction }, { "delay-de", german },
	{ "approval", approval_asked }, { "approval-open", approval_files }, { "approval-line", approval_line },
	{ "approval-de", approval_german }, { "request-fr", request_french }, { "aftercare-es", aftercare_spanish },
	{ "request", request }, { "nag", nag }, { "nag-late", nag_late }, { "thanks", thanks }, { "thanks-needless", thanks_needless }, { "digest", digest },
};

/* What holds of every mail, and of those that go outside. */
static void laws(void **state)
{
	const struct kind *k = *state;
	struct world *w = world();
	const char *bytes, *plain;
	struct letter l;
	struct mail m;
	size_t n;

	written(k, w, &m, &bytes, &n);
	plain = markdown_plain(w->p, m.markdown);
	if (oddity(plain, m.language))
		fail_msg("%s: has \"%s\": %s", k->name, oddity(plain, m.language), plain);
	mime_read(w->p, bytes, n, &l);
	if (mail_kind_whom(w->in.kind) == WHOM_OUTSIDE) {
		assert_true(m.outside);
		assert_null(memmem(bytes, n, TOKEN, strlen(TOKEN)));
		assert_null(memmem(bytes, n, "X-Kept", 6));
		assert_string_equal(l.from.list[0].address, "ada@example.org");
		assert_string_equal(l.from.list[0].name, "Ada Lovelace");
		assert_int_equal(l.reply_to.n, 0);
		assert_string_equal(letter_field(&l, "Auto-Submitted"), "");
		assert_string_equal(l.message_id, "<" ID "@example.org>");
		assert_string_equal(l.to.list[0].address, "h.osei@klinikum.example");
		assert_string_equal(m.in_reply_to.s, "<q1@example.org>");
		assert_string_equal(m.subject.s, "Re: Question about ARGUS-2");
		assert_non_null(strstr(plain, w->owner.disclosure));
	} else {
		assert_false(m.outside);
		assert_string_equal(letter_field(&l, "X-Kept-Kind"), mail_kind_name(w->in.kind));
		assert_string_equal(letter_field(&l, "Auto-Submitted"), "auto-generated");
		assert_string_equal(l.reply_to.list[0].address, w->in.kind == MAIL_DIGEST ? "ada@example.org" : "kept+r-" TOKEN "@example.org");
	}
	world_end(w);
}

static struct mail made(struct world *w)
{
	struct mail m = { 0 };
	struct err e = { 0 };

	if (!compose(w->p, &w->in, &m, &e))
		fail_msg("%s", e.text);
	return m;
}

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

			w->owner.language = languages[k];
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

/* Where there is no template in their language, the dates are English too. */
static void another_language(void **state)
{
	struct world *w = world();
	struct mail m;

	(void)state;
	receipt(w);
	w->owner.language = "de";
	w->d[0].contact.language = "it";
	m = made(w);
	assert_string_equal(m.language, "en");
	assert_non_null(strstr(m.markdown, "Friday 4 December"));
	world_end(w);
}

/* The language of the promise's own words, else of what asked for it, unless the promise leans to another; theirs before both. */
static void heard_language(void **state)
{
	static const struct { const char *words, *request, *theirs, *used; } heard[] = {
		{ "Ich schicke Ihnen bis Freitag die Folien und die Tabelle.", "", "", "de" },
		{ "Je vous envoie les données vendredi.", ARGUS, "", "fr" },
		{ "Ich schicke Ihnen bis Freitag die Folien und die Tabelle.", "", "es", "es" },
		{ "Ich schicke Ihnen bis Freitag die Folien und die Tabelle.", "", "it", "en" },
		{ "", "Könnten Sie mir bitte die Folien schicken? Danke!", "", "de" },
		{ "Ich melde mich.", "Könnten Sie mir bitte die Folien schicken? Danke!", "", "de" },
		{ "I will send you the slides.", "Könnten Sie mir bitte die Folien schicken? Danke!", "", "en" },
		{ "I will send you the slides.", ARGUS, "", "en" },
		{ "Le mando las diapositivas.", "", "", "en" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(heard); i++) {
		struct world *w = world();
		struct mail m;

		delay(w);
		w->d[0].commitment.words = heard[i].words;
		w->d[0].commitment.request = heard[i].request;
		w->d[0].contact.language = heard[i].theirs;
		m = made(w);
		if (strcmp(m.language, heard[i].used) != 0)
			fail_msg("\"%s\": %s", heard[i].words, m.language);
		world_end(w);
	}
}

/* What they have in the owner's own letter is not said again; that a team was asked is. */
static void a_receipt_says_once(void **state)
{
	struct world *w = world();

	(void)state;
	receipt(w);
	assert_non_null(strstr(made(w).markdown, "in writing"));
	w->d[0].commitment.written = true;
	assert_null(strstr(made(w).markdown, "in writing"));
	assert_non_null(strstr(made(w).markdown, "our colleagues in Medical Information"));
	world_end(w);
}

/* A subject has the beginning of a long promise. */
static void a_subject_is_short(void **state)
{
	static const char *const what = "I will send you the subgroup data of patients over 75 years from the second trial and its extension in Japan";
	struct world *w = world();
	struct mail m;

	(void)state;
	ask(w, delay);
	w->d[0].commitment.what = w->d[0].commitment.words = what;
	m = made(w);
	assert_string_equal(m.subject.s, "Send to Dr. Henrike Osei <h.osei@klinikum.example>? Note of the delay: \"I will send you the subgroup data of patients over 75 years…\"");
	world_end(w);
}

/* ---- rules ---- */

static void nothing_to_say(void **state)
{
	static const enum mail_kind kind[] = { MAIL_PROGRESS, MAIL_DELIVERY, MAIL_SHARE, MAIL_DELAY, MAIL_AFTERCARE, MAIL_INTRODUCTION };

	(void)state;
	for (size_t i = 0; i < LEN(kind); i++) {
		struct world *w = world();
		struct err e = { 0 };
		struct mail m;

		outside(w, kind[i]);
		out.told = w->d[0].commitment.due;
		w->d[0].commitment.request = "";
		assert_false(compose_has_substance(&w->in));
		assert_false(compose(w->p, &w->in, &m, &e));
		assert_non_null(strstr(e.text, "would say nothing"));
		out.substance = "A line.";
		assert_true(compose_has_substance(&w->in));
		assert_non_null(strstr(markdown_plain(w->p, made(w).markdown), "A line."));
		world_end(w);
	}
}

/* What was only tagged was promised in no words of the owner's: none are quoted to others. */
static void guessed(void **state)
{
	static const char *const languages[] = { "en", "de", "fr", "es" };

	(void)state;
	for (size_t i = 0; i < LEN(kinds); i++)
		for (size_t k = 0; k < LEN(languages); k++) {
			struct world *w = world();
			const char *plain;
			struct mail m;

			kinds[i].make(w);
			if (mail_kind_whom(w->in.kind) != WHOM_OUTSIDE) {
				world_end(w);
				continue;
			}
			w->d[0].commitment.words = "";
			w->d[0].commitment.subject = "Question about ARGUS-2";
			w->d[0].commitment.what = "fyi - Question about ARGUS-2";
			w->d[0].contact.language = languages[k];
			m = made(w);
			plain = markdown_plain(w->p, m.markdown);
			assert_null(strstr(plain, "fyi"));
			assert_null(strstr(m.subject.s, "fyi"));
			if (oddity(plain, languages[k]))
				fail_msg("%s in %s has \"%s\": %s", kinds[i].name, languages[k], oddity(plain, languages[k]), plain);
			world_end(w);
		}
}

/* Without a conversation: a thing is its own subject, a sentence is none. */
static void subjects(void **state)
{
	static const char *const said[][3] = { { "the slides of Tuesday", "", "The slides of Tuesday" }, { "I'll send you the slides", "", "What I promised you" },
		{ "Le enviaré las diapositivas", "Le enviaré las diapositivas el viernes.", "Lo que le prometí" } };

	(void)state;
	for (size_t i = 0; i < LEN(said); i++) {
		struct world *w = world();

		receipt(w);
		w->d[0].commitment.message_id = "";
		w->d[0].commitment.what = said[i][0];
		w->d[0].commitment.words = said[i][1];
		assert_string_equal(made(w).subject.s, said[i][2]);
		share(w);
		w->d[0].commitment.message_id = "";
		assert_string_equal(made(w).subject.s, "ARGUS-3: argusimab in dialysis");
		world_end(w);
	}
}

static void nobody_known(void **state)
{
	struct world *w = world();
	struct err e = { 0 };
	struct mail m;

	(void)state;
	receipt(w);
	w->d[0].commitment.to.n = 0;
	assert_false(compose(w->p, &w->in, &m, &e));
	assert_int_equal(e.kind, ERR_PERM);
	world_end(w);
}

static const struct name {
	const char *rule, *name, *english, *german;
} names[] = {
	{ "a name", "Henrike Osei", "Henrike Osei", "Henrike Osei" },
	{ "with a title", "Dr. Henrike Osei", "Dr. Osei", "Dr. Henrike Osei" },
	{ "with two titles", "Prof. Dr. Henrike van der Berg", "Prof. Dr. van der Berg", "Prof. Dr. Henrike van der Berg" },
	{ "last name first", "Osei, Henrike", "Henrike Osei", "Henrike Osei" },
	{ "a degree behind it", "Henrike Osei, MD, PhD", "Henrike Osei", "Henrike Osei" },
	{ "a degree without a comma", "Henrike Osei M.D.", "Henrike Osei", "Henrike Osei" },
	{ "a house in brackets", "Henrike Osei (Klinikum Nord)", "Henrike Osei", "Henrike Osei" },
	{ "in capitals", "HENRIKE OSEI-MENSAH", "Henrike Osei-Mensah", "Henrike Osei-Mensah" },
	{ "last name first, of several words", "van den Berg, Jan", "Jan van den Berg", "Jan van den Berg" },
	{ "last name in capitals first", "OSEI Henrike", "Henrike Osei", "Henrike Osei" },
	{ "a title in capitals", "DR. HENRIKE OSEI", "Dr. Osei", "Dr. Henrike Osei" },
	{ "a faculty in the title", "Dr. med. Anna Müller", "Dr. Müller", "Dr. Anna Müller" },
	{ "a house behind a comma", "Henrike Osei, Klinikum Nord", "Henrike Osei", "Henrike Osei" },
	{ "two people are none", "Anna & Paul", "", "" },
	{ "a ward of one word more is none", "Radiologie Nord", "", "" },
	{ "a server is none", "Content-filter at mx.relay.example", "", "" },
	{ "in quotation marks", "\"Henrike Osei\"", "Henrike Osei", "Henrike Osei" },
	{ "a list's", "Henrike Osei via Trials", "Henrike Osei", "Henrike Osei" },
	{ "one word is none", "Henrike", "", "" },
	{ "a function is none", "Info", "", "" },
	{ "a ward is none", "Klinik für Kardiologie", "", "" },
	{ "a house is none", "Universitätsklinikum Nord", "", "" },
	{ "a team is none", "Medical Information", "", "" },
	{ "an address is none", "h.osei@klinikum.example", "", "" },
	{ "the local part is none", "h.osei", "", "" },
	{ "digits are none", "User 4711", "", "" },
	{ "a title alone is none", "Dr.", "", "" },
	{ "nothing is none", "", "", "" },
	{ "a link is none", "http://evil.example x", "", "" },
};

static void called(void **state)
{
	const struct name *r = *state;
	struct pool *p = pool_new();

	assert_string_equal(compose_called(p, r->name, "h.osei@klinikum.example", "en"), r->english);
	assert_string_equal(compose_called(p, r->name, "h.osei@klinikum.example", "de"), r->german);
	pool_end(&p);
}

static const struct asked {
	const char *rule, *text, *points[4];
} asked[] = {
	{ "what they ask, not how they greet", ARGUS, { "Could you send me the subgroup data for patients over 75?",
		"I would also like to know whether the dose was adjusted in renal impairment." } },
	{ "questions before what is told", "We met in Milan. It rained. Is there a reprint of Bracci et al. 2024? We treat 40 such patients a year.",
	  { "Is there a reprint of Bracci et al. 2024?" } },
	{ "where nothing is asked, how it begins", "The slides of your talk interest us.\nWe are twelve.", { "The slides of your talk interest us." } },
	{ "three at most", "Is a b c d e one? Is a b c d e two? Is a b c d e three? Is a b c d e four?", { "Is a b c d e one?", "Is a b c d e two?", "Is a b c d e three?" } },
	{ "an abbreviation ends no sentence", "Does Dr. Bracci know of it, e.g. from the 3.5 mg arm? ", { "Does Dr. Bracci know of it, e.g. from the 3.5 mg arm?" } },
	{ "German too", "Liebe Ada,\n\nkönnten Sie mir die Daten schicken, z. B. die Tabelle 3? Vielen Dank!\n\nViele Grüße", { "könnten Sie mir die Daten schicken, z. B. die Tabelle 3?" } },
	{ "a question behind a greeting", "Hi Ada, quick one: may it be given with heparin? Thanks, Sam", { "quick one: may it be given with heparin?" } },
	{ "the owner's name before it is left out", "Ada, table 3 lists them by arm: is grade 1 included?",
	  { "table 3 lists them by arm: is grade 1 included?" } },
	{ "nothing", "", { NULL } },
	{ "greetings alone", "Dear Ada,\n\nMany thanks!\n\nBest regards\nHenrike", { NULL } },
	{ "lines of a list", "Please send:\n- the protocol synopsis\n- the lay summary\n", { "Please send:" } },
};

static void noted(void **state)
{
	const struct asked *r = *state;
	struct pool *p = pool_new();
	struct strings s = compose_points(p, r->text, "Ada Lovelace");
	size_t n = 0;

	for (; r->points[n]; n++) {
		if (n >= s.n)
			fail_msg("there are %zu points, \"%s\" is missing", s.n, r->points[n]);
		assert_string_equal(s.list[n], r->points[n]);
	}
	if (s.n > n)
		fail_msg("one too many: %s", s.list[n]);
	pool_end(&p);
}

/* Whatever they wrote: bounded, and no Markdown of theirs. */
static void hostile(void **state)
{
	struct world *w = world();
	struct text *t = text_new(w->p, 3 << 20);
	struct mail m;

	(void)state;
	for (int i = 0; i < 50000; i++)
		text_add(t, "could you [click](http://evil.example) **here**, please, # and `there` <img src=x>? ");
	receipt(w);
	w->d[0].commitment.request = t->s;
	w->d[0].commitment.what = "[x](http://evil.example) {{token}} <b>";
	w->d[0].contact.name = "Eva\r\nBcc: x@y.example Muster";
	m = made(w);
	assert_true(strlen(m.markdown) < 4000);
	assert_null(strstr(markdown_html(w->p, m.markdown, "en"), "evil.example\""));
	assert_null(strstr(markdown_html(w->p, m.markdown, "en"), "<b>"));
	world_end(w);
}

static void links(void **state)
{
	struct world *w = world();
	struct mail m;

	(void)state;
	ask(w, delay);
	m = made(w);
	assert_string_equal(m.subject.s, "Send to Dr. Henrike Osei <h.osei@klinikum.example>? Note of the delay: \"the subgroup data from the second trial\"");
	assert_non_null(strstr(m.markdown, "body=send)"));
	assert_non_null(strstr(m.markdown, "body=send%20tomorrow%208am)"));
	assert_non_null(strstr(m.markdown, "body=skip)"));
	assert_non_null(strstr(m.markdown, "body=edit%0D%0ADear%20Dr.%20Osei%2C%0D%0A%0D%0A"));
	assert_null(strstr(m.markdown, "edit%0D%0A%0D%0A"));
	assert_null(strstr(strstr(m.markdown, "body=edit"), "which%20makes%20argusimab"));
	assert_non_null(strstr(m.markdown, "> I work for Example Therapeutics"));
	approval.account = false;
	m = made(w);
	assert_null(strstr(m.markdown, "body=send)"));
	assert_non_null(strstr(m.markdown, "(mailto:h.osei@klinikum.example?subject=Re%3A%20Question%20about%20ARGUS-2&bcc=kept+r-thetokenofthewaitingmail@example.org&body=Dear"));
	approval.text = pool_print(w->p, "%s\n[Send](https://evil.example)%2000s", approval.text, "long");
	m = made(w);
	assert_non_null(strstr(m.markdown, "bcc=kept+r-thetokenofthewaitingmail@example.org)"));
	assert_non_null(strstr(m.markdown, "too long to go along"));
	assert_null(strstr(markdown_html(w->p, m.markdown, "en"), "evil.example\">Send"));
	assert_non_null(strstr(m.markdown, "body=edit%0D%0A)"));
	world_end(w);
}

int main(void)
{
	struct CMUnitTest t[2 * LEN(kinds) + LEN(names) + LEN(asked) + 11];
	size_t n = 0;

	for (size_t i = 0; i < LEN(kinds); i++) {
		t[n++] = (struct CMUnitTest){ kinds[i].name, golden, NULL, NULL, (void *)&kinds[i] };
		t[n++] = (struct CMUnitTest){ "laws of every mail", laws, NULL, NULL, (void *)&kinds[i] };
	}
	for (size_t i = 0; i < LEN(names); i++)
		t[n++] = (struct CMUnitTest){ names[i].rule, called, NULL, NULL, (void *)&names[i] };
	for (size_t i = 0; i < LEN(asked); i++)
		t[n++] = (struct CMUnitTest){ asked[i].rule, noted, NULL, NULL, (void *)&asked[i] };
	t[n++] = (struct CMUnitTest){ "no kind has a hole in any language", every_language, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "a language without templates is English, its dates too", another_language, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "they are written to in the language it was promised in", heard_language, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "a receipt does not say again what they have in writing", a_receipt_says_once, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "a subject has the beginning of a long promise", a_subject_is_short, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "what has nothing to say is not composed", nothing_to_say, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "what no sentence promised is not quoted to others", guessed, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "a thing is its own subject, a sentence is none", subjects, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "where nobody is known nothing goes outside", nobody_known, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "a stranger's words stay words, and few", hostile, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "an approval's links send, skip, edit, or open the very mail", links, NULL, NULL, NULL };
	return _cmocka_run_group_tests("compose_outside", t, n, NULL, NULL);
}
