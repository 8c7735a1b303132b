/* compose: each kind of mail, byte for byte (tests/golden/NAME.eml), with the chance and the time handed in. After a
 * change that is meant, KEPT_GOLDEN=write writes the files anew: look at the difference. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "letters/markup.h"
#include "composed.h"

/* ---- the kinds ---- */

static void ack(struct world *w)
{
	w->in.kind = MAIL_ACKNOWLEDGEMENT;
	w->in.dossier_count = 1;
	w->in.trust = w->trust;
	w->trust[0] = (struct trust){ .what = true, .who = true, .when = true, .remind = NOW + 2 * 86400 - 3600 };
	w->d[0].commitment.sequence = 0;
	w->in.calendar = true;
}

/* The owner's Sent folder is read. */
static void ack_seen(struct world *w)
{
	static struct mailbox_conf boxes[2];

	ack(w);
	boxes[0] = w->box;
	boxes[1] = (struct mailbox_conf){ .key = "own", .kind = MAILBOX_PERSONAL, .owner = &w->owner, .watch = words(w->p, "\\Sent") };
	w->conf.mailboxes = boxes, w->conf.mailbox_count = 2;
	w->d[0].commitment.written = true;
	w->in.calendar = false;
}

static void ack_untrusted(struct world *w)
{
	ack(w);
	w->in.calendar = false;
	w->trust[0] = (struct trust){ .due_error = "3m is 3mo (months) or 3min (minutes): write 3mo or 3min",
		.due_note = "I read 04/12 as 4 December.", .remind = NOW + 2 * 86400 - 3600 };
}

/* Only tagged, and to kept alone: a question. */
static void ack_guessed(struct world *w)
{
	ack(w);
	w->in.calendar = false;
	w->d[0].commitment.what = "Can I move a date?";
	w->d[0].commitment.words = "";
	w->d[0].commitment.to.n = 0;
	w->trust[0] = (struct trust){ .guessed = true, .alone = true, .asked = true, .unserved = "share", .remind = NOW + 2 * 86400 - 3600,
		.due_error = "'fridya' is no word for a date that I know; did you mean friday?", .due_used = "on 4 December" };
}

/* The day is full, and promises of the kind take longer. */
static void ack_realistic(struct world *w)
{
	ack(w);
	w->in.calendar = false;
	w->trust[0].day_holds = 5;
	w->trust[0].usual_days = 6, w->trust[0].usual_of = 11;
	w->trust[0].better = NOW + 7 * 86400;
}

static void ack_several(struct world *w)
{
	ack(w);
	w->in.dossier_count = 3;
	for (int i = 0; i < 3; i++) {
		w->trust[i] = (struct trust){ .what = true, .who = true, .when = i > 0, .remind = i < 2 ? NOW + 86400 * (i + 1) : 0 };
		w->d[i].commitment.sequence = i;
		w->d[i].commitment.message_id = "<q1@example.org>";
	}
}

static void answer(struct world *w)
{
	w->in.kind = MAIL_ACKNOWLEDGEMENT;
	w->in.dossier_count = 1;
	w->in.answer = "- **\\#12** the subgroup data: done, and closed. To take it back, answer `undo`.\n";
	w->in.headline = "Done: \"the subgroup data from the second trial\"";
	w->in.in_reply_to = line_from(w->p, "<reply@example.org>", 100);
	w->d[0].commitment.state = COMMITMENT_KEPT;
	w->d[0].commitment.sequence = 2;
	w->in.calendar = true;
}

static void unread(struct world *w)
{
	w->in.kind = MAIL_ACKNOWLEDGEMENT;
	w->in.dossier_count = 1;
	w->in.unread = "frdiay <img src=x> [click](http://evil.example)";
	w->in.in_reply_to = line_from(w->p, "<reply@example.org>", 100);
}

static void reminder(struct world *w)
{
	w->in.kind = MAIL_REMINDER;
	w->in.dossier_count = 1;
	w->in.now = w->d[0].commitment.due;
	w->d[0].commitment.note = "ask biostatistics first";
}

static void reminder_several(struct world *w)
{
	w->in.kind = MAIL_REMINDER;
	w->in.dossier_count = 3;
}

static void reminder_final(struct world *w)
{
	reminder(w);
	w->in.now += 20 * 86400;
	w->in.final = true;
}

static void notice_gap(struct world *w)
{
	static const char *late[] = { "#12 the subgroup data", "#13 *bold* words" };

	w->in.kind = MAIL_NOTICE;
	w->in.gap.from = NOW - 3 * 3600;
	w->in.gap.to = NOW;
	w->in.gap.late = late;
	w->in.gap.late_count = 2;
}

static void notice_held(struct world *w)
{
	static struct held_line held[] = {
		{ 3, "ada@example.org", "Re: your account\r\nBcc: x@example.com", "unproven: no trusted header says that it is hers", NOW - 60, false },
		{ 4, "", "", "unreadable: too large", NOW - 30, false },
	};

	w->in.kind = MAIL_NOTICE;
	w->in.held = held;
	w->in.held_count = 2;
}

static void notice_team(struct world *w)
{
	static struct held_line held[] = {
		{ 3, "medinfo@example.org", "Re: Needed by Friday", "unproven: it claims to be a team's answer, and nothing says that it is from there", NOW - 60, true },
	};

	notice_held(w);
	w->in.held = held;
	w->in.held_count = 1;
}

static void notice(struct world *w)
{
	w->in.kind = MAIL_NOTICE;
	w->in.notice_subject = "Mail to Henrike Osei came back";
	w->in.notice = "The server of **klinikum.example** does not know `h.osei@klinikum.example`.\n";
}

static void welcome(struct world *w)
{
	w->in.kind = MAIL_WELCOME;
}

static void ack_german(struct world *w)
{
	ack_untrusted(w);
	w->owner.language = "de";
	w->trust[0].due_error = NULL;
}

static void ack_french(struct world *w)
{
	ack(w);
	w->owner.language = "fr";
}

static void reminder_spanish(struct world *w)
{
	reminder_several(w);
	w->owner.language = "es";
}

static void held_german(struct world *w)
{
	notice_held(w);
	w->owner.language = "de";
}

static void gap_french(struct world *w)
{
	notice_gap(w);
	w->owner.language = "fr";
}

static void welcome_spanish(struct world *w)
{
	welcome(w);
	w->owner.language = "es";
}

static const struct kind kinds[] = {
	{ "acknowledgement", ack }, { "acknowledgement-seen", ack_seen }, { "acknowledgement-open", ack_untrusted }, { "acknowledgement-guessed", ack_guessed }, { "acknowledgement-realistic", ack_realistic },
	{ "acknowledgement-several", ack_several },
	{ "answer", answer }, { "unread", unread }, { "reminder", reminder }, { "reminder-several", reminder_several },
	{ "reminder-final", reminder_final }, { "notice-gap", notice_gap }, { "notice-held", notice_held }, { "notice-team", notice_team }, { "notice", notice },
	{ "welcome", welcome }, { "acknowledgement-de", ack_german }, { "acknowledgement-fr", ack_french }, { "reminder-several-es", reminder_spanish },
	{ "notice-held-de", held_german }, { "notice-gap-fr", gap_french }, { "welcome-es", welcome_spanish },
};

/* No kind has a hole in any language. */
static void every_language(void **state)
{
	static const char *const languages[] = { "en", "de", "fr", "es" };

	(void)state;
	for (size_t i = 0; i < LEN(kinds); i++)
		for (size_t k = 0; k < LEN(languages); k++) {
			struct world *w = world();
			const char *plain, *fault;
			struct err e = { 0 };
			struct mail m;

			kinds[i].make(w);
			w->owner.language = languages[k];
			if (!compose(w->p, &w->in, &m, &e))
				fail_msg("%s in %s: %s", kinds[i].name, languages[k], e.text);
			assert_null(oddity(m.subject.s, ""));
			plain = markdown_plain(w->p, m.markdown);
			fault = oddity(plain, languages[k]);
			if (fault)
				fail_msg("%s in %s has \"%s\": %s", kinds[i].name, languages[k], fault, plain);
			world_end(w);
		}
}

/* What holds of every mail: lines, ASCII, our own links alone, no hole. */
static void laws(void **state)
{
	const struct kind *k = *state;
	struct world *w = world();
	const char *bytes;
	struct mail m;
	struct letter l;
	size_t n, line = 0;

	written(k, w, &m, &bytes, &n);
	for (size_t i = 0; i < n; i++) {
		if (bytes[i] == '\n') {
			assert_true(i && bytes[i - 1] == '\r');
			assert_true(line <= 99);
			line = 0;
			continue;
		}
		assert_true(bytes[i] == '\r' ? bytes[i + 1] == '\n' : (unsigned char)bytes[i] < 0x7F);
		line++;
	}
	assert_null(strstr(m.markdown, "\n\n\n"));
	assert_null(strstr(m.markdown, "{{"));
	assert_null(strstr(m.markdown, "()"));
	assert_null(strstr(m.markdown, " ."));
	assert_null(strstr(markdown_html(w->p, m.markdown, "en"), "href=\"http"));
	mime_read(w->p, bytes, n, &l);
	assert_string_equal(l.reply_to.list[0].address, "kept+r-" TOKEN "@example.org");
	assert_string_equal(l.message_id, "<" ID "@example.org>");
	assert_string_equal(letter_field(&l, "X-Kept-Kind"), mail_kind_name(w->in.kind));
	assert_string_equal(letter_field(&l, "X-Kept-Token"), TOKEN);
	assert_string_equal(letter_field(&l, "X-Auto-Response-Suppress"), "All");
	assert_string_equal(letter_field(&l, "Bcc"), "");
	world_end(w);
}

static void threads(void **state)
{
	struct world *w = world();
	const char *bytes;
	struct mail m;
	size_t n;

	(void)state;
	written(&(struct kind){ "reminder", reminder }, w, &m, &bytes, &n);
	assert_string_equal(m.in_reply_to.s, "<q1@example.org>");
	assert_string_equal(m.subject.s, "Re: Question about <b>ARGUS-2</b>");
	assert_int_equal(m.reference_count, 2);
	assert_string_equal(m.references[0].s, "<q0@klinikum.example>");
	world_end(w);
}

static void entries(void **state)
{
	struct world *w = world();
	const char *bytes;
	struct mail m;
	size_t n;

	(void)state;
	written(&(struct kind){ "several", ack_several }, w, &m, &bytes, &n);
	assert_string_equal(m.method, "REQUEST");
	assert_int_equal(m.attached_count, 2);
	assert_non_null(strstr(m.attached[1].bytes, "SEQUENCE:2\r\n"));
	assert_non_null(strstr(m.calendar, "DTSTART;TZID=Europe/Berlin:20261204T090000\r\n"));
	world_end(w);
	w = world();
	written(&(struct kind){ "answer", answer }, w, &m, &bytes, &n);
	assert_string_equal(m.method, "CANCEL");
	assert_non_null(strstr(m.calendar, "STATUS:CANCELLED\r\n"));
	world_end(w);
}

/* The dates offered are the last words of the reason. */
static void offered(void **state)
{
	static const struct {
		const char *reason, *has, *lacks;
	} rows[] = {
		{ "'frdiay' is no word for a date that I know; did you mean friday?", "body=due%20friday)", "did" },
		{ "3m is 3mo (months) or 3min (minutes): write 3mo or 3min", "body=due%203min)", "months" },
		{ "'x' is no date that I can read; as friday, 3d, 1 dec", "body=due%201%20dec)", "body=due%20tomorrow)" },
		{ "'04/05' is 4-05 or 5-04: write the month as a word, as 4 may", "body=due%204%20may)", "a%20word" },
		{ "IST is India, Ireland or Israel: write the zone in full, as Asia/Kolkata", "body=due%20tomorrow)", "Kolkata)" },
		{ "that month has 30 days", "body=due%20friday)", "30%20days" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct world *w = world();
		struct mail m;
		struct err e = { 0 };

		ack_untrusted(w);
		w->trust[0].due_error = rows[i].reason;
		if (!compose(w->p, &w->in, &m, &e))
			fail_msg("%s", e.text);
		if (!strstr(m.markdown, rows[i].has) || strstr(strstr(m.markdown, "it stands as above"), rows[i].lacks))
			fail_msg("%s", m.markdown);
		world_end(w);
	}
}

/* The ready sentence can be sent, whatever the owner's words are. */
static void what_is_said_can_be_sent(void **state)
{
	static const struct {
		const char *language, *what, *words, *subject, *say;
	} rows[] = {
		{ "en", "the subgroup data", "", "Talk", "On my list for you: the subgroup data." },
		{ "en", "send you both the minutes!", "", "Talk", "On my list for you: send you both the minutes." },
		{ "en", "to call Grace", "", "Talk", "On my list for you: call Grace." },
		{ "en", "i'll send you both the minutes", "", "Talk", "I'll send you both the minutes." },
		{ "en", "Let me get back to you on that", "Let me get back to you on that.", "Talk", "To be exact, this is about: Talk." },
		{ "en", "I'll get back to you both - Talk", "I'll get back to you both", "Talk", "To be exact, this is about: Talk." },
		{ "en", "I'll look into it", "I'll look into it.", "", "I will tell you exactly what to expect." },
		{ "en", "...", "", "Talk", "To be exact, this is about: Talk." },
		{ "de", "Folien an Frau Hopper schicken", "", "Studie", "Auf meiner Liste für Sie steht: Folien an Frau Hopper schicken." },
		{ "de", "Ich schicke Ihnen die Folien.", "", "Studie", "Ich schicke Ihnen die Folien." },
		{ "de", "Ich kümmere mich darum", "Ich kümmere mich darum.", "Studie", "Genau gesagt geht es um: Studie." },
		{ "fr", "envoyer les diapositives", "", "Étude", "Sur ma liste pour vous – envoyer les diapositives." },
		{ "fr", "Je m'en occupe", "Je m'en occupe.", "Étude", "Pour être précis, il s’agit de ceci – Étude." },
		{ "es", "los datos del subgrupo", "", "Estudio", "En mi lista para usted: los datos del subgrupo." },
		{ "es", "Lo miro", "Lo miro.", "Estudio", "Para ser exactos, se trata de: Estudio." },
		{ "es", "Lo miro", "Lo miro.", "", "Le diré exactamente qué puede esperar." },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct world *w = world();
		struct mail m;
		struct err e = { 0 };

		ack_untrusted(w);
		w->owner.language = rows[i].language;
		w->d[0].commitment.what = rows[i].what;
		w->d[0].commitment.words = rows[i].words;
		w->d[0].commitment.subject = rows[i].subject;
		if (!compose(w->p, &w->in, &m, &e))
			fail_msg("%s", e.text);
		if (!strstr(m.markdown, rows[i].say))
			fail_msg("%s: %s", rows[i].say, m.markdown);
		world_end(w);
	}
}

/* Where the tag's day is not the sentence's, both are told. */
static void both_days_are_told(void **state)
{
	static const char *const rows[][2] = {
		{ "en", "your sentence says “by Friday”, your tag " }, { "de", "in Ihrem Satz steht „by Friday“, in der Markierung " },
		{ "fr", "votre phrase dit « by Friday », votre marque " }, { "es", "su frase dice «by Friday», su marca " } };

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct world *w = world();
		struct mail m;
		struct err e = { 0 };

		ack(w);
		w->owner.language = rows[i][0];
		w->trust[0].due_said = "by Friday";
		if (!compose(w->p, &w->in, &m, &e))
			fail_msg("%s", e.text);
		if (!strstr(m.markdown, rows[i][1]))
			fail_msg("%s: %s", rows[i][1], m.markdown);
		world_end(w);
	}
}

/* What an address says of the cadence, and reasons that are no sentences, are put into whole ones. */
static void sentences(void **state)
{
	static const char *const rows[][2] = { { "friday", "and then every friday." }, { "2-weeks", "and then every 2 weeks." },
		{ "every 2 weeks", "and then every 2 weeks." }, { "monthly", "and then monthly." } };

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct world *w = world();
		struct mail m;
		struct err e = { 0 };

		ack_untrusted(w);
		w->d[0].commitment.every = rows[i][0];
		w->d[0].commitment.noreply = i == 0;
		w->trust[0].due_note = "moved off a day on which nobody works";
		if (!compose(w->p, &w->in, &m, &e))
			fail_msg("%s", e.text);
		assert_non_null(strstr(m.markdown, rows[i][1]));
		assert_non_null(strstr(m.markdown, "write 3mo or 3min. Until you say,"));
		assert_non_null(strstr(m.markdown, "**The date:** moved off a day on which nobody works."));
		assert_int_equal(strstr(m.markdown, "only if they have not answered") != NULL, i == 0);
		world_end(w);
	}
}

static void refusals(void **state)
{
	static const struct {
		const char *from, *to, *reply;
	} rows[] = {
		{ "kept@example.org\r\nBcc: x@y.example", "ada@example.org", "" },
		{ "kept@example.org", "ada", "" },
		{ "kept@example.org", "äda@example.org", "" },
		{ "kept@example.org", "ada@exämple.org", "" },
		{ "kept@example.org", "ada@example.org", "kept r@example.org" },
		{ "", "ada@example.org", "" },
	};
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct mail m = { .kind = MAIL_NOTICE, .to.address = rows[i].to, .from.s = rows[i].from, .reply_to.s = rows[i].reply,
			.subject.s = "x", .message_id.s = "<a@b.example>", .markdown = "x", .token = "" };
		struct err e = { 0 };
		const char *bytes = NULL;
		size_t n = 0;

		assert_false(mime_write(p, &m, &bytes, &n, &e));
		assert_int_equal(e.kind, ERR_PERM);
		assert_null(bytes);
		for (size_t k = 0; k < 3; k++) { /* it goes into the log */
			const char *address = k == 0 ? rows[i].from : k == 1 ? rows[i].to : rows[i].reply;

			assert_true(!*address || !strstr(e.text, address));
		}
	}
	pool_end(&p);
}

/* Subjects and names of every make come back as they were. */
static void headers(void **state)
{
	static const char *const subjects[] = {
		"plain", "Zürich", "a =?UTF-8?Q?trick?=", "日本語の件名はとても長いので何行にも折り返されなければなりません。それでも元のままで戻ってくるはずです。",
		"An English subject that is long enough to be folded over more than one line, and then over another one, and comes back whole",
		"emoji 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀 end", "ends in a quote\" (and, brackets) <x@y.example>; a: b", "=", "_ _",
		"Grüße, and a long English tail that makes the encoded words go on over a second line at least once more",
	};
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < LEN(subjects); i++) {
		struct mail m = { .kind = MAIL_NOTICE, .to = { "", "ada@example.org" }, .from.s = "kept@example.org", .reply_to.s = "",
			.from_name.s = subjects[i], .to_name.s = subjects[i], .subject.s = subjects[i], .message_id.s = "<a@b.example>",
			.markdown = ".\nFrom here\n..\n trailing \n", .token = "" };
		struct err e = { 0 };
		const char *bytes;
		struct letter l;
		size_t n;

		if (!mime_write(p, &m, &bytes, &n, &e))
			fail_msg("%s: %s", subjects[i], e.text);
		mime_read(p, bytes, n, &l);
		assert_string_equal(l.subject, subjects[i]);
		assert_string_equal(l.from.list[0].name, subjects[i]);
		assert_string_equal(l.to.list[0].name, subjects[i]);
	}
	pool_end(&p);
}

/* Settings of the owner that the shipped templates do not use: an own one may. */
static void the_owners_title(void **state)
{
	struct world *w = world();
	struct own_template own = { "notice", "en", "/own/notice.en.md", "Subject: x\n{{owner}}{{#title}}, {{title}}{{/title}}. {{disclosure}}\n", true };
	struct mail m;
	struct err e = { 0 };

	(void)state;
	w->conf.own = &own, w->conf.own_count = 1;
	w->in.kind = MAIL_NOTICE;
	w->in.notice_subject = "x", w->in.notice = "y";
	w->owner.disclosure = "I work for Example Therapeutics";
	assert_true(compose(w->p, &w->in, &m, &e));
	assert_non_null(strstr(m.markdown, "Ada Lovelace. I work for Example Therapeutics"));
	w->owner.title = "Medical Science Liaison";
	assert_true(compose(w->p, &w->in, &m, &e));
	assert_non_null(strstr(m.markdown, "Ada Lovelace, Medical Science Liaison. I work"));
	world_end(w);
}

int main(void)
{
	struct CMUnitTest t[2 * LEN(kinds) + 8 + 2];
	size_t n = 0;

	for (size_t i = 0; i < LEN(kinds); i++) {
		t[n++] = (struct CMUnitTest){ kinds[i].name, golden, NULL, NULL, (void *)&kinds[i] };
		t[n++] = (struct CMUnitTest){ "laws of every mail", laws, NULL, NULL, (void *)&kinds[i] };
	}
	t[n++] = (struct CMUnitTest){ "a lone reminder threads into its conversation", threads, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "no kind has a hole in any language", every_language, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "entries move, and are cancelled, with the promise", entries, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "a date not understood comes with the ones that may be meant", offered, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "the ready sentence can be sent, whatever was promised", what_is_said_can_be_sent, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "where tag and sentence name two days, both are told", both_days_are_told, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "an acknowledgement speaks in whole sentences", sentences, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "what is no address does not leave", refusals, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "headers come back as they were", headers, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "a template may show the owner's title", the_owners_title, NULL, NULL, NULL };
	return _cmocka_run_group_tests("compose", t, n, NULL, NULL);
}
