/* kept contacts, theirs, safety: the people that things are promised to */
#include <stdio.h>
#include <string.h>

#include "borders/record.h"
#include "daemon/kept_people.h"
#include "work/people.h"

/* ---- contacts ---- */

static const char contacts_help[] =
	"kept contacts - people that something is noted of\n\n"
	"  kept contacts [--due] [--owner NAME] [--json]\n"
	"  kept contacts import FILE [--dry-run] [--owner NAME] [--json]\n"
	"  kept contacts export [--format vcf|vcf3|csv] [--owner NAME]\n\n"
	"  kept contacts          address, name, stage, segment, consent, and whether they are away or mail to them came back\n"
	"  kept contacts --json   an array of the objects of `kept contact --json`\n"
	"  kept contacts --due    whose cadence is near its day or past it, and when a check-in is proposed to you\n"
	"  kept contacts import people.vcf --dry-run    what a vCard (4.0, 3.0) or table would change, and nothing is\n"
	"  kept contacts export --format csv > people.csv\n\n"
	"Whoever something is promised to is noted. Below the list stand those whom the record speaks for the next stage of, and\n"
	"those who may be one person; you decide. A table has a column `address`, and those of `kept contacts export --format csv`;\n"
	"more of a list are parted by |. A file adds and changes; it clears nothing, lifts no `never`, and makes no two one.\n"
	"--due --json: all with a cadence: [{\"address\", \"name\", \"stage\", \"state\", \"last\", \"ideal\", \"latest\", \"why\", \"proposed_for\",\n"
	"\"asked\"}...]; state is \"overdue\", \"due\", \"near\", \"not due\" or \"barred\"\n"
	"What of a file cannot be taken is said as FILE:LINE: why, the rest is taken, and the exit code is 1.\n"
	"import --json: {\"dry_run\", \"added\", \"changed\", \"same\", \"without_address\", \"changes\", \"faults\": [{\"line\", \"why\"}...]}\n";

static const char *state_of(struct ledger *l, const struct contact *c)
{
	if (c->bounced)
		return "mail came back";
	return c->absent > l->now ? pool_print(l->p, "away until %s", ledger_time(l->p, l->owner->time.zone, c->absent, l->now)) : "";
}

static const char *address_of(const struct contact *list, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].id == id)
			return list[i].address;
	return "somebody who is one with another";
}

/* What the owner may decide: below the list. */
static bool proposals(struct ledger *l, const struct contact *list, size_t count, const struct text *stages, struct err *e)
{
	struct people_pair *pairs;
	struct need *needs;
	size_t n, look;

	if (!people_alike(l->q, l->p, l->owner->key, &pairs, &n, e) || !store_needs_to_look(l->q, l->p, l->owner->key, l->now, &needs, &look, e))
		return false;
	if (stages->n || n || look)
		puts("");
	fputs(stages->s, stdout);
	for (size_t i = 0; i < look; i++)
		printf("To be looked at again: n%lld, a need of %s: %s\n", (long long)needs[i].id, address_of(list, count, needs[i].contact),
		       line_from(l->p, needs[i].text, WHAT_MOST).s);
	for (size_t i = 0; i < n; i++) {
		const char *a = addr_typed(pairs[i].a.address), *b = addr_typed(pairs[i].b.address);

		printf("One person? %s and %s have %s. `kept contact %s merge %s`, or `kept contact %s apart %s`.\n", a, b, pairs[i].why, a, b, a, b);
	}
	return true;
}

static bool list_people(struct ledger *l, struct err *e)
{
	struct table t = { .p = l->p, .columns = 6, .soft = 1 };
	struct text *stages = text_new(l->p, ANSWER_MOST);
	json_t *out = l->json ? json_array() : NULL;
	struct contact *list;
	size_t n;
	bool found, well = store_contacts(l->q, l->p, l->owner->key, &list, &n, e);

	table_row(&t, false, "address", "name", "stage", "segment", "consent", "");
	for (size_t i = 0; well && i < n; i++) {
		struct people_page page;
		struct contact who;

		well = store_contact(l->q, l->p, l->owner->key, &(struct addr){ list[i].name, list[i].address }, &who, &found, e);
		if (well && l->json && (well = people_page(l, &who, CARD_ENTRIES_MOST, &page, e)))
			json_array_append_new(out, people_json(l, &page));
		if (!well || l->json)
			continue;
		well = people_stage(l->q, l->p, &who, "en", &page.next, &page.why, e);
		table_row(&t, who.consent == CONTACT_CONSENT_NEVER || who.bounced, who.address, who.name, contact_stage_name(who.stage),
			  contact_segment_name(who.segment), contact_consent_name(who.consent), state_of(l, &who));
		if (well && page.next)
			text_print(stages, "%s %s? %s. `kept contact %s --stage %s`\n", addr_typed(who.address), contact_stage_name(page.next), page.why,
				   addr_typed(who.address), contact_stage_name(page.next));
	}
	if (!well) {
		json_decref(out);
		return false;
	}
	if (l->json) {
		ledger_print(out);
		return true;
	}
	if (!n)
		puts("Nothing is noted of anybody.");
	else
		table_print(&t);
	return proposals(l, list, n, stages, e);
}

int kept_contacts(struct call *c)
{
	static const char *const valued[] = { "--format", NULL }, *const flags[] = { "--dry-run", "--due", NULL };
	struct ledger l;
	struct err e = { 0 };
	const char *word;
	bool help;
	int rc = ledger_read(c, &l, contacts_help, valued, flags, &help);

	if (help || rc != DONE_WELL)
		return rc;
	word = l.count ? l.words[0] : "";
	if (strcmp(word, "import") == 0)
		return people_import(c, &l);
	if (strcmp(word, "export") == 0)
		return l.count == 1 ? people_export(c, &l) : kept_say(WRONG_USE, "export takes no file: it writes to standard output");
	if (*word)
		return kept_say(WRONG_USE, "contacts '%s'? There is `kept contacts`, import and export; one person is `kept contact ADDRESS`", word);
	if ((rc = ledger_open(c, &l, true)) != DONE_WELL)
		return rc;
	if (ledger_flag(&l, "--due") ? !people_due(&l, &e) : !list_people(&l, &e))
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
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

static json_t *owed_json(struct ledger *l, const struct theirs *x)
{
	const struct zone *z = l->owner->time.zone;

	return json_pack("{sI ss ss ss ss* sI ss}", "id", (json_int_t)x->id, "from", x->address, "name", x->name, "what", x->what, "until",
			 x->until ? utc_print(l->p, z, x->until) : NULL, "commitment", (json_int_t)x->commitment, "noted", utc_print(l->p, z, x->at));
}

bool people_theirs(struct ledger *l, const struct strings *from, json_t *out, struct err *e)
{
	struct theirs *list;
	size_t n;

	if (!store_theirs(l->q, l->p, l->owner->key, &list, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < from->n; k++)
			if (addr_same(list[i].address, from->list[k]))
				json_array_append_new(out, owed_json(l, &list[i]));
	return true;
}

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
			json_array_append_new(out, owed_json(l, x));
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
