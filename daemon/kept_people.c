/* kept touch met insight: what was no mail; kept contacts import, export: people as files; kept export: one person, whole */
#include "daemon/kept_people.h"

#include <stdio.h>
#include <string.h>

#include "borders/outbox.h"
#include "borders/record.h"
#include "letters/vcard.h"
#include "work/people.h"

/* ---- touch, met, insight, note ---- */

/* The words from `from` on, as one text. */
static const char *rest_of(struct ledger *l, int from)
{
	struct text *t = text_new(l->p, NOTE_MOST);

	for (int i = from; i < l->count; i++)
		text_print(t, "%s%s", t->n ? " " : "", l->words[i]);
	return line_from(l->p, t->s, NOTE_MOST).s;
}

/* A time that has passed: "2026-11-20T10:00", or the day alone. */
static bool past_of(struct ledger *l, const char *words, utc *out, struct err *e)
{
	const struct zone *z = l->owner->time.zone;

	if (!utc_parse(strchr(words, 'T') ? words : pool_print(l->p, "%sT12:00", words), z, out))
		return err_perm(e, "--at '%s' is no time; as 2026-11-20T10:00, or 2026-11-20", words);
	return *out <= l->now || err_perm(e, "--at '%s' has not come yet", words);
}

static bool said(struct ledger *l, enum command_verb verb, const struct contact *who, const char *channel, const char *text, struct err *e)
{
	struct exchange x = { .at = l->now, .channel = channel, .direction = CONTACT_DIRECTION_BOTH, .text = text };
	const char *at = ledger_option(l, "--at"), *by = ledger_option(l, "--by");

	if (verb == COMMAND_INSIGHT || verb == COMMAND_NOTE) {
		struct card_entry one = { .list = verb == COMMAND_NOTE ? CARD_LIST_NOTE : CARD_LIST_INSIGHT, .word = "", .text = text };
		bool full;

		return people_add(l->q, l->p, who, &one, l->now, &full, e) && (!full || people_full(who, one.list, e));
	}
	if ((at && !past_of(l, at, &x.at, e)) || (by && !contact_direction_from(by, &x.direction)))
		return at && *e->text ? false : err_perm(e, "--by '%s' is none; it may be theirs, ours or both", by);
	return people_spoke(l->q, who, &x, 0, l->now, e);
}

int people_say(struct call *c, enum command_verb verb, const char *help)
{
	static const char *const spoke[] = { "--at", "--by", NULL }, *const plain[] = { NULL };
	bool touch = verb == COMMAND_TOUCH, met = verb == COMMAND_MET, shown;
	const char *address, *text, *channel;
	struct ledger l;
	struct contact who;
	struct err e = { 0 };
	int rc = ledger_read(c, &l, help, touch || met ? spoke : plain, NULL, &shown);

	if (shown || rc != DONE_WELL)
		return rc;
	address = l.count ? addr_clean(l.p, l.words[0]) : NULL;
	if (!address || !addr_valid(address))
		return kept_say(WRONG_USE, "with whom? One address, as `kept %s carol@example.com`", c->argv[0]);
	channel = touch && l.count > 1 ? text_fold(l.p, l.words[1]) : met ? "met" : "";
	if (touch && !contact_channel_ok(channel))
		return kept_say(WRONG_USE, "by what? One word, as `kept touch %s phone`", address);
	text = rest_of(&l, touch ? 2 : 1);
	if (!touch && !met && !*text)
		return kept_say(WRONG_USE, "%s what? `kept %s --help`", c->argv[0], c->argv[0]);
	if ((rc = ledger_open(c, &l, true)) != DONE_WELL)
		return rc;
	if (!sql_begin(l.q, &e) || !store_contact_made(l.q, l.p, l.owner->key, &(struct addr){ "", address }, &who, l.now, &e) ||
	    !said(&l, verb, &who, channel, text, &e) || !sql_commit(l.q, &e)) {
		sql_rollback(l.q);
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	}
	l.changed = true;
	if (l.json)
		ledger_print(json_pack("{ss ss ss ss*}", "address", who.address, "done", c->argv[0], "text", text, "channel", *channel ? channel : NULL));
	else
		printf("%s: noted. `kept contact %s` shows it.\n", *who.name ? who.name : who.address, addr_typed(who.address));
	return ledger_close(&l, DONE_WELL);
}

int kept_touch(struct call *c)
{
	return people_say(c, COMMAND_TOUCH,
			  "kept touch - you spoke by another channel than mail\n\n"
			  "  kept touch ADDRESS CHANNEL [TEXT] [--at TIME] [--by theirs|ours|both] [--owner NAME] [--json]\n\n"
			  "  kept touch carol@example.com phone \"she has no patients above 80\"\n"
			  "  kept touch carol@example.com phone --at 2026-11-20T10:00 --by ours   you reached nobody, and left a word\n\n"
			  "It counts as an exchange: how often you hear from each other is counted from the last one. CHANNEL is one word.\n"
			  "--json: {\"address\", \"done\", \"channel\", \"text\"}\n");
}

int kept_met(struct call *c)
{
	return people_say(c, COMMAND_MET,
			  "kept met - you spoke in person\n\n"
			  "  kept met ADDRESS [TEXT] [--at TIME] [--by theirs|ours|both] [--owner NAME] [--json]\n\n"
			  "  kept met carol@example.com \"at the congress\"\n"
			  "  kept met carol@example.com --at 2026-11-20\n\n"
			  "The same as `kept touch ADDRESS met`.\n");
}

int kept_insight(struct call *c)
{
	return people_say(c, COMMAND_INSIGHT,
			  "kept insight - something learnt from a person\n\n"
			  "  kept insight ADDRESS TEXT [--owner NAME] [--json]\n\n"
			  "  kept insight carol@example.com \"doses are halved too early\"\n\n"
			  "It stays open until they hear what came of it: `kept contact carol@example.com --done i4` says so.\n");
}

/* ---- people as files ---- */

/* What of the file could not be taken: on standard error, as a compiler says it; and into the object. */
static void faults(const char *file, const struct card_fault *list, size_t count, json_t *out)
{
	for (size_t i = 0; i < count && i < CARD_FAULTS_MOST; i++) {
		kept_say(FAILED, "%s:%d: %s", file, list[i].line, list[i].why);
		json_array_append_new(out, json_pack("{si ss}", "line", list[i].line, "why", list[i].why));
	}
	if (count > CARD_FAULTS_MOST)
		kept_say(FAILED, "%s: and %zu more", file, count - CARD_FAULTS_MOST);
}

int people_import(struct call *c, struct ledger *l)
{
	const char *file = l->count == 2 ? l->words[1] : NULL;
	struct people_read r;
	struct cards cards;
	struct err e = { 0 };
	bool dry = ledger_flag(l, "--dry-run"), well;
	json_t *wrong;
	char *bytes;
	size_t n;
	int rc;

	if (!file)
		return kept_say(WRONG_USE, "import what? A vCard or a table, as `kept contacts import people.vcf`; - reads standard input");
	if (!kept_file(l->p, file, &bytes, &n, &e))
		return kept_say(FAILED, "%s", e.text);
	if (!vcard_any_read(l->p, bytes, n, &cards, &e))
		return kept_say(FAILED, "%s: %s", file, e.text);
	if ((rc = ledger_open(c, l, true)) != DONE_WELL)
		return rc;
	well = sql_begin(l->q, &e) && people_take(l->q, l->p, l->owner, cards.list, cards.n, &r, l->now, &e);
	if (!well || dry || !sql_commit(l->q, &e)) {
		sql_rollback(l->q);
		if (!well || *e.text)
			return ledger_close(l, kept_say(FAILED, "%s", e.text));
	}
	l->changed = !dry;
	wrong = json_array();
	file = strcmp(file, "-") == 0 ? "standard input" : file;
	faults(file, cards.faults, cards.fault_count, wrong);
	faults(file, r.erased, r.erased_count, wrong);
	cards.fault_count += r.erased_count;
	if (l->json) {
		ledger_print(json_pack("{sb sI sI sI sI ss sO}", "dry_run", dry, "added", (json_int_t)r.added, "changed", (json_int_t)r.changed, "same",
				       (json_int_t)r.same, "without_address", (json_int_t)cards.nameless, "changes", r.lines->s, "faults", wrong));
	} else {
		struct table t = { .p = l->p, .columns = 1, .soft = -1, .wrap = true };

		for (const char *s = r.lines->s; *s; s += strcspn(s, "\n") + (s[strcspn(s, "\n")] != '\0'))
			table_row(&t, false, pool_slice(l->p, s, strcspn(s, "\n")));
		table_print(&t);
		printf("%s%zu new, %zu changed, %zu as noted%s%s.\n", dry ? "Nothing was changed; it would be: " : "", r.added, r.changed, r.same,
		       cards.nameless ? pool_print(l->p, ", %zu without an address passed over", cards.nameless) : "",
		       cards.fault_count ? pool_print(l->p, "; not taken, as said above: %zu", cards.fault_count) : "");
	}
	json_decref(wrong);
	return ledger_close(l, cards.fault_count ? FAILED : DONE_WELL);
}

int people_export(struct call *c, struct ledger *l)
{
	const char *format = ledger_option(l, "--format");
	bool table = format && strcmp(format, "csv") == 0;
	int version = format && strcmp(format, "vcf3") == 0 ? 3 : 4, rc;
	struct contact *list;
	struct err e = { 0 };
	size_t n;

	if (format && !table && version == 4 && strcmp(format, "vcf") != 0)
		return kept_say(WRONG_USE, "--format '%s' is none; it may be vcf (vCard 4.0), vcf3 (3.0) or csv", format);
	if ((rc = ledger_open(c, l, true)) != DONE_WELL)
		return rc;
	if (!store_contacts(l->q, l->p, l->owner->key, &list, &n, &e))
		return ledger_close(l, kept_say(FAILED, "%s", e.text));
	for (size_t i = 0; i <= n; i++) {
		struct pool *p = pool_new();
		struct text *t = text_new(p, MAIL_MOST);
		struct card card;

		if (i < n && !store_card(l->q, p, &list[i], CARD_ENTRIES_MOST, &card, &e)) {
			pool_end(&p);
			return ledger_close(l, kept_say(FAILED, "%s", e.text));
		}
		if (!i && table)
			vcard_table_head(t);
		if (i < n && table)
			vcard_table_write(p, t, &card);
		else if (i < n)
			vcard_write(p, t, &card, version);
		fputs(t->s, stdout);
		pool_end(&p);
	}
	return ledger_close(l, DONE_WELL);
}

/* ---- one person, whole ---- */

static const char export_help[] =
	"kept export - all that is kept of one person\n\n"
	"  kept export --contact ADDRESS [--owner NAME]\n\n"
	"  kept export --contact carol@example.com > carol.json\n\n"
	"JSON: {\"contact\": the object of `kept contact --json`, with all exchanges, \"commitments\": those of `kept list --json`,\n"
	"\"theirs\": those of `kept theirs --json`, \"checkins\": those of `kept checkin --json`, \"mail\": [{\"at\", \"kind\",\n"
	"\"to\", \"subject\", \"state\", \"sent\", \"text\"}...]}: what kept prepared or sent to them, whole.\n"
	"`kept contacts export` writes address books.\n";

static bool promised(struct ledger *l, const struct strings *to, json_t *out, struct err *e)
{
	struct commitment *all;
	size_t n;

	if (!store_commitments(l->q, l->p, l->conf, l->owner, true, &all, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		bool is = false;

		for (size_t k = 0; k < to->n; k++)
			is |= addrs_has(&all[i].to, to->list[k]);
		if (is)
			json_array_append_new(out, ledger_json(l->p, &all[i], l->now));
	}
	return true;
}

static bool mailed(struct ledger *l, const struct strings *to, json_t *out, struct err *e)
{
	const struct zone *z = l->owner->time.zone;

	for (size_t k = 0; k < to->n; k++) {
		int64_t *ids;
		size_t n;

		if (!store_ids(l->q, l->p, SQL_OUTGOING_TO, SQL_VALUES(sql_t(to->list[k]), sql_t(l->owner->key)), &ids, &n, e))
			return false;
		for (size_t i = 0; i < n; i++) {
			struct outgoing o;
			bool found;

			if (!outbox_get(l->q, l->p, ids[i], &o, &found, e))
				return false;
			json_array_append_new(out, json_pack("{ss ss ss ss ss ss* ss}", "at", utc_print(l->p, z, o.made), "kind", mail_kind_name(o.kind), "to",
							     o.recipient, "subject", o.subject, "state", outbox_state_name(o.state), "sent",
							     o.sent ? utc_print(l->p, z, o.sent) : NULL, "text",
							     utf8_mend(l->p, (const char *)o.bytes, o.n)));
		}
	}
	return true;
}

int kept_export(struct call *c)
{
	static const char *const valued[] = { "--contact", NULL };
	json_t *promises = json_array(), *mail = json_array(), *owed = json_array(), *meetings = json_array();
	struct ledger l;
	struct contact who;
	struct people_page page;
	struct err e = { 0 };
	const char *address;
	bool help, noted;
	int rc = ledger_read(c, &l, export_help, valued, NULL, &help);

	if (help || rc != DONE_WELL || (rc = ledger_words(&l, c, 0)) != DONE_WELL)
		goto out;
	address = ledger_option(&l, "--contact") ? addr_clean(l.p, ledger_option(&l, "--contact")) : NULL;
	if (!address) {
		rc = kept_say(WRONG_USE, "export whom? `kept export --contact carol@example.com`");
		goto out;
	}
	if ((rc = ledger_open(c, &l, true)) != DONE_WELL)
		goto out;
	if (!store_contact(l.q, l.p, l.owner->key, &(struct addr){ "", address }, &who, &noted, &e) ||
	    !people_page(&l, &who, CARD_ENTRIES_MOST, &page, &e) || (!noted && !err_perm(&e, "nothing is noted of %s", address)) ||
	    !promised(&l, &page.card.addresses, promises, &e) || !mailed(&l, &page.card.addresses, mail, &e) ||
	    !people_theirs(&l, &page.card.addresses, owed, &e) || !people_checkins(&l, &page.card.addresses, meetings, &e)) {
		rc = ledger_close(&l, kept_say(FAILED, "%s", e.text));
		goto out;
	}
	ledger_print(json_pack("{so sO sO sO sO}", "contact", people_json(&l, &page), "commitments", promises, "theirs", owed, "checkins",
			       meetings, "mail", mail));
	rc = ledger_close(&l, DONE_WELL);
out:
	json_decref(promises);
	json_decref(mail);
	json_decref(owed);
	json_decref(meetings);
	return rc;
}
