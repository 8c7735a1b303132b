/* kept template: which file stands for which mail, whether it is right, and how a mail would read */
#include <stdio.h>
#include <string.h>

#include "borders/store.h"
#include "daemon/kept_ledger.h"
#include "daemon/kept_table.h"
#include "letters/compose.h"
#include "letters/markup.h"
#include "letters/template.h"
#include "work/checkins.h"

enum { DAY = 86400 };

static const char help_text[] =
	"kept template - the words of kept's mails, and your own\n\n"
	"  kept template [list] [--json]\n"
	"  kept template show KIND [--language xx]\n"
	"  kept template check [FILE]...\n"
	"  kept template approve KIND.LANGUAGE --by NAME\n"
	"  kept template preview KIND --commitment N [--language xx]\n\n"
	"  kept template                              the kinds of mail, and which file stands for each language\n"
	"  kept template show delay --language de     the template itself; save it in your folder to change it\n"
	"  kept template check                        your own: fields, sections, and how each reads filled in\n"
	"  kept template check delay.de.md            one, before it lies in the folder\n"
	"  kept template preview delay --commitment 12    how that mail would read about promise 12; nothing is sent\n"
	"  kept template approve delay.de --by 'Dr. Roth'    your own for mail to others is used once it is approved, as it is now\n\n"
	"The folder is the setting `templates`; kept-template(5) lists the fields. One that is wrong is not used: the one that\n"
	"comes with kept stands in. --json: [{kind, to, language, file, own, fault}...].\n";

static const char *whom_words(enum mail_whom w)
{
	return w == WHOM_OUTSIDE ? "the other person" : w == WHOM_TEAM ? "the team" : "you";
}

static enum mail_kind kind_of(const char *name)
{
	enum mail_kind k = MAIL_NONE;

	mail_kind_from(name, &k);
	return k;
}

/* ---- list and show ---- */

/* The languages that come with kept, where no own one stands before: "en de fr es". */
static const char *shipped_languages(struct pool *p, const struct template_source *s, size_t n, const char *name)
{
	struct text *t = text_new(p, 200);

	for (size_t i = 0; i < n; i++) {
		bool before = false;

		if (s[i].own || strcmp(s[i].name, name) != 0)
			continue;
		for (size_t k = 0; k < n; k++)
			before |= s[k].own && !*s[k].fault && strcmp(s[k].name, name) == 0 && strcmp(s[k].language, s[i].language) == 0;
		if (!before)
			text_print(t, "%s%s", t->n ? " " : "", s[i].language);
	}
	return t->s;
}

static int list(struct ledger *l)
{
	struct template_source *s;
	size_t n = template_list(l->p, l->conf, &s);
	struct table t = { .p = l->p, .columns = 4, .soft = 3, .indent = 0, .wrap = true };
	json_t *out = json_array();
	const char *last = "";

	for (size_t i = 0; i < n; i++) {
		const char *to = whom_words(mail_kind_whom(kind_of(s[i].name))), *shipped = shipped_languages(l->p, s, n, s[i].name);
		bool first = strcmp(last, s[i].name) != 0;

		json_array_append_new(out, json_pack("{ss ss ss ss sb ss}", "kind", s[i].name, "to", to, "language", s[i].language, "file",
			s[i].own ? s[i].file : "", "own", s[i].own, "fault", s[i].fault));
		if (first)
			table_row(&t, false, s[i].name, to, shipped, "comes with kept");
		if (s[i].own)
			table_row(&t, *s[i].fault != '\0', "", "", s[i].language,
				*s[i].fault ? pool_print(l->p, "not used: %s", s[i].fault) : s[i].file);
		last = s[i].name;
	}
	if (l->json) {
		ledger_print(out);
		return DONE_WELL;
	}
	json_decref(out);
	table_print(&t);
	if (!l->conf->templates)
		puts("\nFor words of your own set `templates` to a folder: kept-template(5).");
	return DONE_WELL;
}

/* Why there is none of that name, with the nearest that there is. */
static int unknown(struct ledger *l, const char *name)
{
	struct template_source *s;
	size_t n = template_list(l->p, l->conf, &s);
	const char **names = pool_list(l->p, n + 1, sizeof *names), *near;

	for (size_t i = 0; i < n; i++)
		names[i] = s[i].name;
	near = text_nearest(name, names);
	return near ? kept_say(WRONG_USE, "there is no template '%s'; did you mean '%s'?", name, near) :
		kept_say(WRONG_USE, "there is no template '%s'; `kept template` lists them", name);
}

static const char *language(const struct ledger *l)
{
	const char *set = ledger_option(l, "--language");

	return set ? set : l->owner ? l->owner->language : l->conf->owner_count == 1 ? l->conf->owners[0].language : "en";
}

static int show(struct ledger *l)
{
	struct template_source t;

	if (l->count < 2)
		return kept_say(WRONG_USE, "which one? `kept template` lists them");
	if (!template_find(l->conf, l->words[1], language(l), &t))
		return unknown(l, l->words[1]);
	fputs(t.text, stdout);
	return DONE_WELL;
}

/* ---- approve ---- */

static int approve(struct ledger *l)
{
	const char *by = ledger_option(l, "--by");
	struct err e = { 0 };

	if (l->count < 2 || !by || !*line_from(l->p, by, 200).s)
		return kept_say(WRONG_USE, "which one, and by whom? kept template approve delay.de --by 'Dr. Roth'");
	for (size_t i = 0; i < l->conf->own_count; i++) {
		struct own_template *t = &l->conf->own[i];
		struct conf_errors faults = { 0 };

		if (!text_same(l->words[1], pool_print(l->p, "%s.%s", t->name, t->language)) &&
		    !text_same(l->words[1], pool_print(l->p, "%s.%s.md", t->name, t->language)))
			continue;
		if (!template_check_text(l->p, t->file, t->text, &faults))
			return kept_say(FAILED, "%s", faults.list[0]);
		if (mail_kind_whom(kind_of(t->name)) != WHOM_OUTSIDE || kind_of(t->name) == MAIL_NONE)
			return kept_say(WRONG_USE, "%s: only what goes to others is approved", t->file);
		if (!store_template_approve(l->q, t, by, l->now, &e))
			return kept_say(FAILED, "%s", e.text);
		printf("%s is approved by %s, as it is now; keptd takes it when it reads its configuration again (SIGHUP)\n", t->file,
			line_from(l->p, by, 200).s);
		return DONE_WELL;
	}
	return kept_say(FAILED, "there is none of your own named %s; `kept template` lists them", l->words[1]);
}

/* ---- a mail, made up or about a promise ---- */

/* All that compose() may ask for, for one kind. */
struct trial {
	struct compose_in in;
	struct dossier d;
	struct outside outside;
	struct routed routed;
	struct team team;
	struct digest digest;
	struct digest_item item;
	struct digest_shared shared;
	struct approval approval;
	struct brief brief;
	struct checkin checkin;
	struct checkin_attendee attendee;
	struct meeting meeting;
	utc times[2];
	struct recap recap;
	struct trust trust;
	struct mail waiting;
	struct outside_resource material;
	struct resource resource;
	struct review review;
	struct agenda agenda;
	struct challenge challenge;
	struct score_track track;
};

static bool compose_waiting(struct pool *p, struct trial *t, struct err *e)
{
	struct compose_in in = t->in;

	in.kind = MAIL_DELAY;
	in.outside = &t->outside;
	if (!compose(p, &in, &t->waiting, e))
		return false;
	t->approval = (struct approval){ .kind = MAIL_DELAY, .mail = &t->waiting, .text = markdown_plain(p, t->waiting.markdown),
		.why = "it will be late", .rule = "policy.default.prepare", .account = true,
		.to = t->waiting.to.name && *t->waiting.to.name ? t->waiting.to.name : t->waiting.to.address };
	t->in.approval = &t->approval;
	return true;
}

static void to_team(struct ledger *l, struct trial *t, const struct owner *o)
{
	const struct commitment *c = &t->d.commitment;

	t->team = (struct team){ .key = "team", .name = "Medical Information", .address = "team@example.org" };
	for (size_t i = 0; i < l->conf->team_count; i++)
		if (text_same(l->conf->teams[i].key, c->team))
			t->team = l->conf->teams[i];
	t->routed = (struct routed){ &t->team, worktime_next(&o->time, c->due - 2 * DAY), c->made, "", false };
	t->in.routed = &t->routed;
	t->shared = (struct digest_shared){ .kind = MAIL_PROGRESS, .at = l->now - DAY, .material = "" };
	t->item = (struct digest_item){ .m = c, .shared = &t->shared, .shared_count = 1 };
	t->digest = (struct digest){ .team = &t->team, .from = l->now - 7 * DAY, .to = l->now, .items = &t->item, .count = 1 };
	t->in.digest = &t->digest;
}

static void of_checkin(struct ledger *l, struct trial *t, const struct owner *o)
{
	struct commitment *c = &t->d.commitment;

	t->times[0] = worktime_next(&o->time, l->now + 7 * DAY), t->times[1] = worktime_next(&o->time, l->now + 8 * DAY);
	t->attendee = (struct checkin_attendee){ .name = t->d.contact.name, .address = t->d.contact.address,
						 .comment = "", .delegated_to = "" };
	t->checkin = (struct checkin){ .id = 7, .uid = "preview", .start = t->times[0], .minutes = 30,
				       .zone = zone_name(o->time.zone), .rrule = "", .purpose = checkins_purpose(c),
				       .place = "", .link = "", .agenda = "", .attendees = &t->attendee, .attendee_count = 1 };
	t->meeting = (struct meeting){ .c = &t->checkin, .method = "REQUEST" };
	t->brief = (struct brief){ .who = &t->d.contact, .checkin = &t->checkin, .start = t->times[0], .times = t->times, .time_count = 2,
				   .exchanged = l->now - 40 * DAY, .purpose = "", .ours = c, .our_count = 1 };
	t->recap = (struct recap){ .met = l->now, .promised = c, .promised_count = 1 };
	t->in.meeting = t->in.kind == MAIL_INVITATION ? &t->meeting : NULL;
	t->in.briefs = &t->brief;
	t->in.brief_count = 1;
	t->in.recap = &t->recap;
	t->in.met = &c->to;
}

/* What the trial says of the promise, made into a mail of that kind. */
static bool try_it(struct ledger *l, struct trial *t, const struct owner *o, enum mail_kind kind, struct mail *out, struct err *e)
{
	static const char line[] = "(Here stands your line of substance.)";
	const struct commitment *c = &t->d.commitment;

	t->in = (struct compose_in){ .conf = l->conf, .owner = o, .kind = kind, .now = l->now, .token = "preview", .id = "preview",
		.dossiers = &t->d, .dossier_count = 1 };
	t->outside.with = kind == MAIL_INTRODUCTION ? "Luca Bracci" : "";
	t->outside.told = c->told && c->told != c->due ? c->told : c->due - 7 * DAY;
	t->trust = (struct trust){ .what = true, .who = true, .remind = c->due };
	of_checkin(l, t, o);
	switch (mail_kind_whom(kind)) {
	case WHOM_OUTSIDE:
		t->in.outside = &t->outside;
		if (!compose_has_substance(&t->in))
			t->outside.substance = line;
		break;
	case WHOM_TEAM:
		to_team(l, t, o);
		break;
	case WHOM_OWNER:
		t->in.trust = kind == MAIL_ACKNOWLEDGEMENT ? &t->trust : NULL;
		t->in.notice_subject = "A notice";
		t->in.notice = "Here stands what there is to tell.\n";
		t->review = (struct review){ .from = l->now - 7 * DAY, .to = l->now };
		review_sort(l->p, &t->review, c, 1);
		t->in.review = &t->review;
		t->agenda = (struct agenda){ .from = l->now - DAY, .at = c->due };
		agenda_promise(l->p, &t->agenda, c, true);
		t->in.agenda = &t->agenda;
		t->challenge = (struct challenge){ .owner = o, .start = l->now - 6 * DAY, .ended = l->now, .now = l->now };
		t->track = (struct score_track){ .commitment = *c }; /* which the challenge points to */
		score_challenge(l->p, &t->track, 1, &t->challenge);
		t->in.challenge = &t->challenge;
		if (kind == MAIL_APPROVAL && !compose_waiting(l->p, t, e))
			return false;
		break;
	}
	return compose(l->p, &t->in, out, e);
}

static void made_up(struct ledger *l, struct trial *t, const struct owner *o, bool bare)
{
	struct commitment *c = &t->d.commitment;
	utc due = worktime_next(&o->time, l->now + 3 * DAY);

	*t = (struct trial){ 0 };
	*c = (struct commitment){ .id = 12, .owner = o, .state = COMMITMENT_OPEN, .what = "the data that you asked for", .words = "",
		.subject = "", .message_id = "", .policy = "default", .team = "", .every = "", .made = l->now, .due = due,
		.due_words = "", .due_error = "", .note = "", .uid = "", .sequence = -1, .request = "" };
	t->d.contact = (struct contact){ .address = "h.osei@klinikum.example", .name = "", .language = language(l), .zone = "" };
	t->outside.substance = t->outside.team = "";
	addrs_add(l->p, &c->to, bare ? "Info" : "Dr. Henrike Osei", "h.osei@klinikum.example");
	if (bare)
		return;
	c->made -= 2 * DAY;
	c->words = "You will have the data that you asked for by then.";
	c->subject = "Your question";
	c->message_id = "<question@klinikum.example>";
	c->request = "Could you send me the data? Is there anything on the older patients?";
	c->delivered = l->now - DAY;
	t->outside.team = "Medical Information";
	t->outside.substance = "The table on page 4 is the one you were after.";
	t->resource = (struct resource){ .title = "The data", .link = "https://example.org/data", .about = "a sentence about it" };
	t->material = (struct outside_resource){ .resource = &t->resource };
	t->outside.resources = &t->material;
	t->outside.resource_count = 1;
}

/* ---- check ---- */

/* How it reads when it is filled in. */
static size_t reads_odd(struct ledger *l, const struct own_template *own)
{
	static const char *const of[] = { "where all is known", "where neither a name nor anything else is known" };
	struct conf alone = *l->conf;
	const struct conf *was = l->conf;
	size_t odd = 0;

	if (!l->conf->owner_count || !mail_kind_name(kind_of(own->name)) || kind_of(own->name) == MAIL_NONE)
		return 0;
	alone.own = pool_take(l->p, sizeof *alone.own);
	*alone.own = *own;
	alone.own->approved = true; /* it is only read here */
	alone.own_count = 1;
	l->conf = &alone;
	for (int bare = 0; bare < 2; bare++) {
		struct owner o = was->owners[0];
		const char *oddity;
		struct trial t;
		struct mail m;
		struct err e = { 0 };

		made_up(l, &t, &o, bare);
		o.language = t.d.contact.language = own->language;
		if (!try_it(l, &t, &o, kind_of(own->name), &m, &e)) {
			printf("%s: %s: %s\n", own->file, of[bare], e.text);
			odd++;
		} else if ((oddity = template_oddity(l->p, pool_print(l->p, "%s\n%s", m.subject.s, markdown_plain(l->p, m.markdown))))) {
			printf("%s: %s it reads \"%s\"\n", own->file, of[bare], oddity);
			odd++;
		}
	}
	l->conf = (struct conf *)was;
	return odd;
}

static size_t check_one(struct ledger *l, const struct own_template *t)
{
	struct conf_errors errors = { 0 };

	if (kind_of(t->name) == MAIL_NONE) {
		printf("%s:1: there is no kind of mail \"%s\"; `kept template` lists them\n", t->file, t->name);
		return 1;
	}
	if (template_check_text(l->p, t->file, t->text, &errors))
		return reads_odd(l, t);
	for (size_t i = 0; i < errors.n; i++)
		puts(errors.list[i]);
	return errors.n;
}

static int check(struct ledger *l)
{
	size_t faults = 0, n = 0;

	for (size_t i = 0; l->count < 2 && i < l->conf->own_count; i++, n++)
		faults += check_one(l, &l->conf->own[i]);
	for (int i = 1; i < l->count; i++, n++) {
		const char *base = strrchr(l->words[i], '/'), *dot;
		struct own_template t = { .file = l->words[i] };
		struct err e = { 0 };
		char *bytes;
		size_t size;

		base = base ? base + 1 : l->words[i];
		dot = strchr(base, '.');
		if (!dot || !strchr(dot + 1, '.'))
			return kept_say(WRONG_USE, "%s: a template is named KIND.LANGUAGE.md, such as delay.de.md", l->words[i]);
		if (!kept_file(l->p, l->words[i], &bytes, &size, &e))
			return kept_say(FAILED, "%s", e.text);
		t.name = pool_slice(l->p, base, (size_t)(dot - base));
		t.language = pool_slice(l->p, dot + 1, strcspn(dot + 1, "."));
		t.text = utf8_mend(l->p, bytes, size);
		faults += check_one(l, &t);
	}
	if (faults)
		return FAILED;
	if (n)
		printf("%zu, each can be filled in, and none reads oddly\n", n);
	else
		puts("there are none of your own; the ones that come with kept are right");
	return DONE_WELL;
}

/* ---- preview ---- */

static void print_mail(const struct ledger *l, const struct mail *m)
{
	const char *name = m->to.name ? m->to.name : "";

	printf("From: %s <%s>\n", m->from_name.s, m->from.s);
	printf("To: %s%s%s%s\nSubject: %s\n", name, *name ? " <" : "", m->to.address, *name ? ">" : "", m->subject.s);
	for (size_t i = 0; i < m->attached_count; i++)
		printf("Attached: %s\n", m->attached[i].name.s);
	printf("\n%s", markdown_plain(l->p, m->markdown));
}

static int preview(struct ledger *l)
{
	const char *number = ledger_option(l, "--commitment"), *wanted = ledger_option(l, "--language");
	struct template_source source;
	struct trial t = { 0 };
	struct owner o;
	struct err e = { 0 };
	struct mail m;
	int64_t id;
	bool found;

	if (l->count < 2 || !template_find(l->conf, l->words[1], "en", &source))
		return l->count < 2 ? kept_say(WRONG_USE, "which one? `kept template` lists them") : unknown(l, l->words[1]);
	if (!number || !ledger_number(number, &id))
		return kept_say(WRONG_USE, "about which promise? --commitment N; `kept list` has the numbers");
	if (!store_dossier(l->q, l->p, l->conf, id, &t.d, &found, &e))
		return kept_say(FAILED, "%s", e.text);
	if (!found)
		return kept_say(FAILED, "there is no promise %lld; `kept list` has the numbers", (long long)id);
	o = *t.d.commitment.owner;
	t.outside.substance = t.outside.team = "";
	for (size_t i = 0; i < l->conf->team_count; i++)
		if (text_same(l->conf->teams[i].key, t.d.commitment.team))
			t.outside.team = l->conf->teams[i].name;
	if (wanted)
		o.language = t.d.contact.language = wanted;
	if (!try_it(l, &t, &o, kind_of(l->words[1]), &m, &e))
		return kept_say(FAILED, "%s", e.text);
	print_mail(l, &m);
	return DONE_WELL;
}

int kept_template(struct call *c)
{
	static const char *const valued[] = { "--language", "--commitment", "--by", NULL };
	static const struct {
		const char *word;
		int (*run)(struct ledger *);
		int most;
		bool ledger; /* it asks the database */
	} does[] = { { "list", list, 1, true }, { "show", show, 2, false }, { "check", check, 64, false }, { "preview", preview, 2, true },
		{ "approve", approve, 2, true } };
	struct ledger l;
	bool help;
	int rc = ledger_read(c, &l, help_text, valued, NULL, &help);
	const char *word = l.count ? l.words[0] : "list";

	if (help || rc != DONE_WELL)
		return rc;
	for (size_t i = 0; i < sizeof does / sizeof *does; i++) {
		if (strcmp(does[i].word, word) != 0)
			continue;
		if ((rc = ledger_words(&l, c, does[i].most)) != DONE_WELL)
			return rc;
		if (does[i].ledger)
			return (rc = ledger_open(c, &l, false)) != DONE_WELL ? rc : ledger_close(&l, does[i].run(&l));
		l.now = kept_now();
		l.conf = kept_conf(c);
		if (!l.conf)
			return FAILED;
		rc = does[i].run(&l);
		conf_close(&l.conf);
		return rc;
	}
	return kept_say(WRONG_USE, "template '%s'? There is list, show, check, approve and preview; `kept template --help`", word);
}
