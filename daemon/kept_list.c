/* kept list, show: what stands in the ledger */
#include "daemon/kept_ledger.h"

#include <stdio.h>
#include <string.h>

#include "borders/record.h"
#include "borders/store.h"
#include "daemon/kept_table.h"

static const char list_help[] =
	"kept list - what stands open, the nearest first\n\n"
	"  kept list [--all] [--to ADDRESS] [--overdue] [--theirs] [--owner NAME] [--json]\n\n"
	"  kept list                          number, due time, state, to whom, what\n"
	"  kept list --overdue                what should have been done by now\n"
	"  kept list --to carol@example.com   what was promised to her\n"
	"  kept list --all                    closed ones too\n"
	"  kept list --theirs                 what others promised you, as `kept theirs`\n\n"
	"--owner: whose, where the configuration has several owners (else the one named like $USER).\n"
	"--json: an array of objects with id, owner, state, what, to, due, made, words, overdue, and where set note, team, every,\n"
	"snoozed, frozen.\n";

int kept_list(struct call *c)
{
	static const char *const valued[] = { "--to", NULL }, *const flags[] = { "--all", "--overdue", "--theirs", NULL };
	struct ledger l;
	struct commitment *list;
	json_t *out = NULL;
	size_t n, shown = 0;
	struct table t = { .p = c->pool, .columns = 5, .soft = 3 };
	struct err e = { 0 };
	const char *to;
	bool help;
	int rc = ledger_read(c, &l, list_help, valued, flags, &help);

	if (help || rc != DONE_WELL || (rc = ledger_words(&l, c, 0)) != DONE_WELL)
		return rc;
	to = ledger_option(&l, "--to");
	if (to && !addr_clean(l.p, to))
		return kept_say(WRONG_USE, "--to '%s' is no mail address", to);
	to = to ? addr_clean(l.p, to) : NULL;
	if ((rc = ledger_open(c, &l, true)) != DONE_WELL)
		return rc;
	if (ledger_flag(&l, "--theirs"))
		return theirs_list(&l);
	if (!store_commitments(l.q, l.p, l.conf, l.owner, ledger_flag(&l, "--all"), &list, &n, &e))
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	if (l.json)
		out = json_array();
	for (size_t i = 0; i < n; i++) {
		const struct commitment *m = &list[i];
		bool late = commitment_is_live(m->state) && m->state != COMMITMENT_DELIVERED && worktime_late(&m->owner->time, m->due) < l.now;

		if ((to && !addrs_has(&m->to, to)) || (ledger_flag(&l, "--overdue") && !late))
			continue;
		shown++;
		if (l.json) {
			json_array_append_new(out, ledger_json(l.p, m, l.now));
			continue;
		}
		table_row(&t, late, pool_print(l.p, "%5lld", (long long)m->id), ledger_time(l.p, m->owner->time.zone, m->due, l.now),
			  late ? "overdue" : commitment_state_name(m->state), addrs_join(l.p, &m->to), m->what);
	}
	if (l.json)
		ledger_print(out);
	else if (!shown)
		puts(to || ledger_flag(&l, "--overdue") ? "None." : "Nothing stands open.");
	else
		table_print(&t);
	return ledger_close(&l, DONE_WELL);
}

static const char show_help[] =
	"kept show - one promise, and all that happened to it\n\n"
	"  kept show N [--json]\n\n"
	"  kept show 12           what, to whom, when, the words it was promised in, and each event\n"
	"  kept show 12 --json    the object of `kept list --json`, and events: [{\"at\", \"word\", \"detail\"}...]\n";

/* Since when it has the promise, and what it said. */
static const char *team_said(struct ledger *l, const struct commitment *m)
{
	const struct zone *z = m->owner->time.zone;
	const char *since = m->team_since ? pool_print(l->p, ", since %s", utc_print(l->p, z, m->team_since)) : "";

	if (m->team_answered)
		return pool_print(l->p, "%s; it answered %s", since, utc_print(l->p, z, m->team_answered));
	return m->team_until > l->now ? pool_print(l->p, "%s; it asked for time until %s", since, utc_print(l->p, z, m->team_until)) : since;
}

int kept_show(struct call *c)
{
	struct ledger l;
	struct commitment m;
	int64_t id;
	utc answered;
	struct err e = { 0 };
	bool help, found;
	struct table t = { .p = c->pool, .columns = 2, .soft = -1, .indent = 2, .wrap = true };
	json_t *out, *events = json_array();
	int rc = ledger_read(c, &l, show_help, NULL, NULL, &help);

	if (help || rc != DONE_WELL)
		goto done;
	if (l.count != 1 || !ledger_number(l.words[0], &id)) {
		rc = kept_say(WRONG_USE, "show which? One number, as `kept show 12`; `kept list` shows them");
		goto done;
	}
	if ((rc = ledger_open(c, &l, false)) != DONE_WELL)
		goto done;
	if (!store_commitment(l.q, l.p, l.conf, id, &m, &answered, &found, &e)) {
		rc = ledger_close(&l, kept_say(FAILED, "%s", e.text));
		goto done;
	}
	if (!found) {
		rc = ledger_close(&l, kept_say(FAILED, "there is no promise #%lld; `kept list --all` shows them", (long long)id));
		goto done;
	}
	out = ledger_json(l.p, &m, l.now);
	if (!l.json) {
		printf("#%lld  %s\n\n", (long long)m.id, commitment_state_name(m.state));
		if (l.conf->owner_count > 1)
			printf("  owner    %s\n", m.owner->key);
		printf("  what     %s\n", m.what);
		for (size_t i = 0; i < m.to.n; i++)
			printf("  %-7s  %s%s%s%s\n", i ? "" : "to", m.to.list[i].name, *m.to.list[i].name ? " <" : "", m.to.list[i].address,
			       *m.to.list[i].name ? ">" : "");
		printf("  due      %s  (%s)\n", utc_print(l.p, m.owner->time.zone, m.due), *m.due_words ? m.due_words : *m.every ? m.every : "the policy's default");
		if (m.frozen)
			printf("  frozen   since %s: a possible adverse event was mentioned; `kept safety %lld reported`, or `no`\n", utc_print(l.p, m.owner->time.zone, m.frozen),
			       (long long)m.id);
		if (m.snoozed)
			printf("  snoozed  %s\n", utc_print(l.p, m.owner->time.zone, m.snoozed));
		if (*m.every)
			printf("  again    %s\n", m.every);
		if (m.noreply)
			puts("  noreply  reminded of only where they do not answer");
		if (*m.team)
			printf("  team     %s%s\n", m.team, team_said(&l, &m));
		if (*m.policy && strcmp(m.policy, m.owner->policy) != 0)
			printf("  policy   %s\n", m.policy);
		if (m.told)
			printf("  told     %s\n", utc_print(l.p, m.owner->time.zone, m.told));
		if (m.delivered)
			printf("  sent     %s\n", utc_print(l.p, m.owner->time.zone, m.delivered));
		if (m.frozen)
			puts("  frozen   a possible adverse event was mentioned: nothing goes outside");
		if (*m.request)
			printf("  asked    %s\n", line_from(l.p, m.request, 300).s);
		if (*m.words)
			printf("  words    %s\n", m.words);
		if (*m.note)
			printf("  note     %s\n", m.note);
		if (*m.due_error)
			printf("  date     %s\n", m.due_error);
		puts("");
	}
	if (!sql_query(l.q, SQL_EVENT_OF, &e, SQL_VALUES(sql_i(id)))) {
		json_decref(out);
		rc = ledger_close(&l, kept_say(FAILED, "%s", e.text));
		goto done;
	}
	while (sql_row(l.q, SQL_EVENT_OF)) {
		char *at = utc_print(l.p, m.owner->time.zone, sql_int(l.q, SQL_EVENT_OF, 1)), *word = sql_text(l.q, SQL_EVENT_OF, 2, l.p);
		const char *digest, *detail = record_unsealed(l.p, sql_text(l.q, SQL_EVENT_OF, 3, l.p), &digest);

		if (l.json)
			json_array_append_new(events, json_pack("{ss ss ss}", "at", at, "word", word, "detail", detail));
		else
			table_row(&t, false, at, pool_print(l.p, "%s%s%s", word, *detail ? ": " : "", detail));
	}
	sql_end(l.q, SQL_EVENT_OF, &e);
	if (l.json) {
		json_object_set(out, "events", events);
		ledger_print(out);
	} else {
		json_decref(out);
		table_print(&t);
	}
	rc = ledger_close(&l, DONE_WELL);
done:
	json_decref(events);
	return rc;
}
