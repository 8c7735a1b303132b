/* kept contact, contacts, theirs, safety: the people that things are promised to */
#include <stdio.h>
#include <string.h>

#include "borders/record.h"
#include "borders/store.h"
#include "daemon/kept_ledger.h"
#include "daemon/kept_table.h"
#include "judgement/when.h"
#include "nouns/mail.h"
#include "work/schedule.h"

/* ---- contact ---- */

static const char contact_help[] =
	"kept contact - what is known of a person that things are promised to\n\n"
	"  kept contact ADDRESS [--name NAME] [--language XX] [--zone ZONE] [--stage STAGE] [--segment SEGMENT]\n"
	"                       [--consent CONSENT] [--auto KIND,KIND|none] [--absent WHEN|no] [--bounced no]\n"
	"                       [--interest TOPIC [--until DATE|no]] [--owner NAME] [--json]\n\n"
	"  kept contact carol@example.com                        all of it\n"
	"  kept contact carol@example.com --interest \"renal dosing\" --until \"30 june\"   she wants to hear of it\n"
	"  kept contact carol@example.com --consent never        nothing is prepared for her\n"
	"  kept contact carol@example.com --absent \"7 dec\"       … before that day; `no`: she is back\n"
	"  kept contact carol@example.com --auto receipt         a receipt goes to her without a word of yours\n\n"
	"--stage: establishing, developing, maintaining; --segment: direct, indirect, none (nothing is prepared for them);\n"
	"--consent: open (nobody asked), asked (they asked for it), never. --bounced no: their address works again.\n"
	"--interest: new approved material that bears on the topic is proposed to you; for a year, where no --until names the last\n"
	"day; --until no: they want to hear of it no more.\n"
	"--json: {\"address\", \"name\", \"language\", \"zone\", \"stage\", \"segment\", \"consent\", \"why\", \"auto\", \"absent\",\n"
	"\"bounced\", \"interests\": [{\"topic\", \"until\"}...]}\n";

/* What they want to hear of now. false: none. */
static bool interests_of(struct ledger *l, const struct contact *c, struct interest **out, size_t *n, struct err *e)
{
	size_t live = 0;

	*n = 0;
	if (!c->id)
		return true;
	if (!store_interests(l->q, l->p, c->id, out, n, e))
		return false;
	for (size_t i = 0; i < *n; i++)
		if ((*out)[i].until > l->now)
			(*out)[live++] = (*out)[i];
	*n = live;
	return true;
}

static json_t *json_of(struct ledger *l, const struct contact *c)
{
	json_t *kinds = json_array(), *topics = json_array();
	struct interest *list;
	struct err e = { 0 };
	size_t n;

	if (!interests_of(l, c, &list, &n, &e))
		kept_say(FAILED, "%s", e.text);
	for (size_t i = 0; i < n; i++)
		json_array_append_new(topics, json_pack("{ss ss}", "topic", list[i].topic, "until", utc_print(l->p, l->owner->time.zone, list[i].until)));

	for (size_t i = 0; i < c->automatic.n; i++)
		json_array_append_new(kinds, json_string(c->automatic.list[i]));
	return json_pack("{ss ss ss* ss* ss* ss ss ss* so ss* sb so}", "address", c->address, "name", c->name,
			 "language", *c->language ? c->language : NULL, "zone", *c->zone ? c->zone : NULL,
			 "stage", c->stage ? contact_stage_name(c->stage) : NULL, "segment", contact_segment_name(c->segment),
			 "consent", contact_consent_name(c->consent), "why", *c->why ? c->why : NULL, "auto", kinds,
			 "absent", c->absent > l->now ? utc_print(l->p, l->owner->time.zone, c->absent) : NULL, "bounced", c->bounced,
			 "interests", topics);
}

/* The kinds of "receipt,delay", each one that goes outside. */
static bool kinds_of(struct ledger *l, const char *words, struct strings *out, struct err *e)
{
	*out = (struct strings){ 0 };
	if (strcmp(words, "none") == 0)
		return true;
	for (const char *s = words; *s; s += strcspn(s, ", "), s += strspn(s, ", ")) {
		const char *one = pool_slice(l->p, s, strcspn(s, ", "));
		enum mail_kind kind;

		if (!mail_kind_from(one, &kind) || mail_kind_whom(kind) != WHOM_OUTSIDE)
			return err_perm(e, "--auto '%s' is no mail to others; as receipt, progress, delay, delivery, aftercare; or none", one);
		*(const char **)pool_more(l->p, &out->list, out->n++, sizeof *out->list) = one;
	}
	return true;
}

/* A day and hour to come. */
static bool absent_of(struct ledger *l, const char *words, utc *out, struct err *e)
{
	struct frame f = { .anchor = l->now, .time = &l->owner->time, .zone = zone_named, .zone_arg = l->p };
	struct when w;

	*out = 0;
	if (strcmp(words, "no") == 0)
		return true;
	if (!when_parse(l->p, words, &f, &w, e))
		return false;
	if (w.rrule || w.at <= l->now)
		return err_perm(e, "--absent '%s' is no day to come", words);
	*out = w.at;
	return true;
}

static bool language_ok(const char *s)
{
	return !*s || (strlen(s) == 2 && s[0] >= 'a' && s[0] <= 'z' && s[1] >= 'a' && s[1] <= 'z');
}

/* What the options say, put into `c`; `changed`: their names, for the record. */
static bool changes(struct ledger *l, struct contact *c, bool *works, struct text *changed, struct err *e)
{
	for (int i = 0; i + 1 < l->options; i += 2) {
		const char *name = l->option[i] + 2, *value = l->option[i + 1];
		bool well = true;

		if (strcmp(name, "owner") == 0 || strcmp(name, "until") == 0)
			continue;
		if (strcmp(name, "name") == 0)
			c->name = line_from(l->p, value, NAME_MOST).s;
		else if (strcmp(name, "language") == 0)
			well = language_ok(value), c->language = value;
		else if (strcmp(name, "zone") == 0)
			well = !*value || zone_named(l->p, value), c->zone = value;
		else if (strcmp(name, "stage") == 0)
			well = contact_stage_from(value, &c->stage);
		else if (strcmp(name, "segment") == 0)
			well = contact_segment_from(value, &c->segment);
		else if (strcmp(name, "consent") == 0)
			well = contact_consent_from(value, &c->consent), c->why = "";
		else if (strcmp(name, "interest") == 0)
			well = *line_from(l->p, value, WHAT_MOST).s;
		else if (strcmp(name, "bounced") == 0)
			well = *works = strcmp(value, "no") == 0;
		else if (strcmp(name, "auto") == 0 ? !kinds_of(l, value, &c->automatic, e) : !absent_of(l, value, &c->absent, e))
			return false;
		if (!well)
			return err_perm(e, "--%s '%s' is none; `kept contact --help` names what it may be", name, value);
		if (strcmp(name, "absent") == 0)
			c->absent_since = c->absent ? l->now : 0;
		text_print(changed, "%s%s", changed->n ? ", " : "", name);
	}
	return true;
}

/* --interest, --until: the last day, that day included. */
static bool interest(struct ledger *l, const struct contact *c, struct err *e)
{
	const char *topic = ledger_option(l, "--interest"), *until = ledger_option(l, "--until");
	struct frame f = { .anchor = l->now, .time = &l->owner->time, .zone = zone_named, .zone_arg = l->p };
	struct interest i = { .contact = c->id, .at = l->now, .until = l->now + (utc)INTEREST_DAYS * 86400 };
	bool known, ends = until && strcmp(until, "no") == 0;
	struct when w;

	if (!topic)
		return true;
	i.topic = line_from(l->p, topic, WHAT_MOST).s;
	if (until && !ends) {
		if (!when_parse(l->p, until, &f, &w, e))
			return false;
		if (w.rrule || w.at <= l->now)
			return err_perm(e, "--until '%s' is no day to come", until);
		i.until = zone_at(f.time->zone, zone_day(f.time->zone, w.at) + 1, 0) - 1;
	}
	if (!store_interest_add(l->q, l->p, &i, &known, e))
		return false;
	if (ends && !known)
		return err_perm(e, "--interest '%s' is none of theirs; `kept contact %s` shows them", topic, c->address);
	return !ends || store_interest_close(l->q, i.id, l->now, e);
}

/* The record names the person by their number alone, for they may be erased. */
static bool keep(struct ledger *l, struct contact *c, bool works, const char *changed, struct err *e)
{
	struct event v = { .owner = l->owner->key, .word = "contact" };
	int64_t *ids;
	size_t n;

	if (!sql_begin(l->q, e) || !store_contact_save(l->q, c, l->now, e) || !interest(l, c, e) ||
	    (works && !store_bounced_drop(l->q, c->address, e)))
		return false;
	v.detail = pool_print(l->p, "c%lld: %s", (long long)c->id, changed);
	return record_add(l->q, &v, l->now, e) &&
	       store_ids(l->q, l->p, SQL_PROMISED_OWN, SQL_VALUES(sql_t(c->address), sql_t(l->owner->key)), &ids, &n, e) &&
	       schedule_these(l->q, l->p, l->conf, ids, n, NULL, l->now, e) && sql_commit(l->q, e);
}

static void show(struct ledger *l, const struct contact *c)
{
	struct table t = { .p = l->p, .columns = 2, .soft = -1, .indent = 2, .wrap = true };
	struct pool *p = l->p;
	struct interest *list;
	struct err e = { 0 };
	size_t n;

	printf("%s%s%s%s\n\n", c->name, *c->name ? " <" : "", c->address, *c->name ? ">" : "");
	table_row(&t, false, "language", *c->language ? c->language : pool_print(p, "%s (yours)", l->owner->language));
	table_row(&t, false, "zone", *c->zone ? c->zone : "(yours)");
	if (c->stage)
		table_row(&t, false, "stage", contact_stage_name(c->stage));
	table_row(&t, c->segment == CONTACT_SEGMENT_NONE, "segment", contact_segment_name(c->segment));
	table_row(&t, c->consent == CONTACT_CONSENT_NEVER, "consent",
		  *c->why ? pool_print(p, "%s: \"%s\"", contact_consent_name(c->consent), c->why) : contact_consent_name(c->consent));
	table_row(&t, false, "auto", c->automatic.n ? strings_join(p, &c->automatic, ' ', NOTE_MOST) : "none");
	if (c->absent > l->now)
		table_row(&t, true, "absent", pool_print(p, "until %s", utc_words(p, l->owner->time.zone, c->absent)));
	if (c->bounced)
		table_row(&t, true, "bounced", "mail to this address came back");
	if (!interests_of(l, c, &list, &n, &e))
		kept_say(FAILED, "%s", e.text);
	for (size_t i = 0; i < n; i++)
		table_row(&t, false, i ? "" : "interests", pool_print(p, "%s, until %s", list[i].topic, utc_words(p, l->owner->time.zone, list[i].until)));
	table_print(&t);
}

int kept_contact(struct call *c)
{
	static const char *const valued[] = { "--name", "--language", "--zone", "--stage", "--segment", "--consent", "--auto",
					      "--absent", "--bounced", "--interest", "--until", NULL };
	struct ledger l;
	struct contact who;
	struct text *changed = text_new(c->pool, 200);
	const char *address;
	struct err e = { 0 };
	bool help, found, works = false;
	int rc = ledger_read(c, &l, contact_help, valued, NULL, &help);

	if (help || rc != DONE_WELL)
		return rc;
	address = l.count == 1 ? addr_clean(l.p, l.words[0]) : NULL;
	if (!address || !addr_valid(address))
		return kept_say(WRONG_USE, "whom? One address, as `kept contact carol@example.com`; `kept contacts` shows them");
	if ((rc = ledger_open(c, &l, true)) != DONE_WELL)
		return rc;
	if (ledger_option(&l, "--until") && !ledger_option(&l, "--interest"))
		return ledger_close(&l, kept_say(WRONG_USE, "--until goes with --interest"));
	if (!store_contact(l.q, l.p, l.owner->key, &(struct addr){ "", address }, &who, &found, &e))
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	if (!changes(&l, &who, &works, changed, &e))
		return ledger_close(&l, kept_say(WRONG_USE, "%s", e.text));
	if (changed->n && !keep(&l, &who, works, changed->s, &e)) {
		sql_rollback(l.q);
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	}
	l.changed = changed->n > 0;
	if (works)
		who.bounced = false;
	if (l.json)
		ledger_print(json_of(&l, &who));
	else
		show(&l, &who);
	return ledger_close(&l, DONE_WELL);
}

/* ---- contacts ---- */

static const char contacts_help[] =
	"kept contacts - people that something is noted of\n\n"
	"  kept contacts [--owner NAME] [--json]\n\n"
	"  kept contacts          address, segment, consent, and whether they are away or mail to them came back\n"
	"  kept contacts --json   an array of the objects of `kept contact --json`\n";

static const char *state_of(struct ledger *l, const struct contact *c)
{
	if (c->bounced)
		return "mail came back";
	return c->absent > l->now ? pool_print(l->p, "away until %s", ledger_time(l->p, l->owner->time.zone, c->absent, l->now)) : "";
}

int kept_contacts(struct call *c)
{
	struct ledger l;
	struct contact *list;
	size_t n;
	struct err e = { 0 };
	struct table t = { .p = c->pool, .columns = 5, .soft = 1 };
	json_t *out = NULL;
	bool help, found;
	int rc = ledger_read(c, &l, contacts_help, NULL, NULL, &help);

	if (help || rc != DONE_WELL || (rc = ledger_words(&l, c, 0)) != DONE_WELL || (rc = ledger_open(c, &l, true)) != DONE_WELL)
		return rc;
	if (!store_contacts(l.q, l.p, l.owner->key, &list, &n, &e))
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	if (l.json)
		out = json_array();
	for (size_t i = 0; i < n; i++) {
		struct contact who;

		if (!store_contact(l.q, l.p, l.owner->key, &(struct addr){ list[i].name, list[i].address }, &who, &found, &e)) {
			json_decref(out);
			return ledger_close(&l, kept_say(FAILED, "%s", e.text));
		}
		if (l.json)
			json_array_append_new(out, json_of(&l, &who));
		else
			table_row(&t, who.consent == CONTACT_CONSENT_NEVER || who.bounced, who.address, who.name, contact_segment_name(who.segment),
				  contact_consent_name(who.consent), state_of(&l, &who));
	}
	if (l.json)
		ledger_print(out);
	else if (!n)
		puts("Nothing is noted of anybody.");
	else
		table_print(&t);
	return ledger_close(&l, DONE_WELL);
}

/* ---- theirs ---- */

static const char theirs_help[] =
	"kept theirs - what others promised you\n\n"
	"  kept theirs [--owner NAME] [--json]\n"
	"  kept theirs done N...\n\n"
	"  kept theirs            the nearest day first\n"
	"  kept theirs done t3    it came\n\n"
	"What they promise in a conversation that has a promise of yours is noted, and closed by their next real answer or file.\n"
	"It is shown, never chased. --json: [{\"id\", \"from\", \"name\", \"what\", \"until\", \"commitment\", \"noted\"}...]\n";

int theirs_list(struct ledger *l)
{
	struct table t = { .p = l->p, .columns = 5, .soft = 3 };
	const struct zone *z = l->owner->time.zone;
	struct theirs *list;
	size_t n;
	struct err e = { 0 };
	json_t *out = NULL;

	if (!store_theirs(l->q, l->p, l->owner->key, &list, &n, &e))
		return ledger_close(l, kept_say(FAILED, "%s", e.text));
	if (l->json)
		out = json_array();
	for (size_t i = 0; i < n; i++) {
		const struct theirs *x = &list[i];

		if (l->json)
			json_array_append_new(out, json_pack("{sI ss ss ss ss* sI ss}", "id", (json_int_t)x->id, "from", x->address,
							     "name", x->name, "what", x->what,
							     "until", x->until ? utc_print(l->p, z, x->until) : NULL,
							     "commitment", (json_int_t)x->commitment, "noted", utc_print(l->p, z, x->at)));
		else
			table_row(&t, x->until && x->until < l->now, pool_print(l->p, "t%lld", (long long)x->id),
				  x->until ? ledger_time(l->p, z, x->until, l->now) : "no day named",
				  pool_print(l->p, "for #%lld", (long long)x->commitment), *x->name ? x->name : x->address, x->what);
	}
	if (l->json)
		ledger_print(out);
	else if (!n)
		puts("Nobody owes you anything that I know of.");
	else
		table_print(&t);
	return ledger_close(l, DONE_WELL);
}

static bool theirs_done(struct ledger *l, int64_t id, struct err *e)
{
	struct event v = { .owner = l->owner->key, .word = "theirs", .detail = pool_print(l->p, "t%lld is done", (long long)id) };
	struct theirs t;
	bool found;

	if (!store_theirs_get(l->q, l->p, id, &t, &found, e))
		return false;
	if (!found || t.closed || strcmp(t.owner, l->owner->key) != 0)
		return err_perm(e, "t%lld: there is no such open one; `kept theirs` shows them", (long long)id);
	v.commitment = t.commitment;
	return store_theirs_close(l->q, l->owner->key, id, l->now, e) && record_add(l->q, &v, l->now, e);
}

int kept_theirs(struct call *c)
{
	struct ledger l;
	struct err e = { 0 };
	bool help, well = true;
	int64_t id;
	int rc = ledger_read(c, &l, theirs_help, NULL, NULL, &help);

	if (help || rc != DONE_WELL)
		return rc;
	if (l.count && (strcmp(l.words[0], "done") != 0 || l.count < 2))
		return kept_say(WRONG_USE, "theirs '%s'? There is `kept theirs`, and `kept theirs done t3`", l.words[0]);
	if ((rc = ledger_open(c, &l, true)) != DONE_WELL)
		return rc;
	if (!l.count)
		return theirs_list(&l);
	well = sql_begin(l.q, &e);
	for (int i = 1; i < l.count && well; i++)
		well = ledger_number(l.words[i] + (*l.words[i] == 't'), &id) ? theirs_done(&l, id, &e) :
									       err_perm(&e, "'%s' is no number of `kept theirs`", l.words[i]);
	if (!well || !sql_commit(l.q, &e)) {
		sql_rollback(l.q);
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	}
	printf("Done: %d.\n", l.count - 1);
	return ledger_close(&l, DONE_WELL);
}

/* ---- safety ---- */

int kept_safety(struct call *c)
{
	return ledger_command(c, COMMAND_SAFETY, TAKES_CHOICE, true,
			      "kept safety - your word on a possible adverse event\n\n"
			      "  kept safety N... reported|no [--json]\n\n"
			      "  kept safety 12 reported    it was reported as the company asks\n"
			      "  kept safety 12 14 no       it is none\n\n"
			      "Either goes on record, and what was kept back about these promises goes on.\n",
			      50);
}
