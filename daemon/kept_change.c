/* kept done, cancel, snooze, due, note, team, undo, add: changes, by the same execute() as for a reply by mail */
#include "daemon/kept_people.h"

#include <stdio.h>
#include <string.h>

#include "work/execute.h"
#include "work/schedule.h"

static char *answer_here(struct ledger *l, const struct execution *x)
{
	struct text *t = text_new(l->p, ANSWER_MOST);

	text_add(t, ledger_plain(l->p, x->answer->s));
	for (size_t i = 0; i < x->changed_count; i++)
		text_print(t, "%s %lld", i ? "" : "To take it back: kept undo", (long long)x->changed[i]);
	if (x->changed_count)
		text_char(t, '\n');
	return t->s;
}

int ledger_do(struct call *c, struct ledger *l, const struct command *command)
{
	struct commands list = { .list = (struct command *)command, .n = 1, .rest = "" };
	struct execution x = { 0 };
	struct schedule_answer a = { 0 };
	struct err e = { 0 };
	const char *answer;
	int rc;
	bool well;

	l->of = command->id_count ? command->ids[0] : 0;
	rc = ledger_open(c, l, true);
	if (rc != DONE_WELL)
		return rc;
	x.owner = a.owner = l->owner;
	x.written = l->now;
	x.kind = l->kind;
	well = sql_begin(l->q, &e) && execute(l->q, l->p, l->conf, &list, &x, l->now, &e);
	a.ids = x.touched, a.n = x.touched_count;
	/* the owner's calendar follows by mail; what was done is said here */
	well = well && schedule_answer(l->q, l->p, l->conf, &a, l->now, &e) &&
	       schedule_these(l->q, l->p, l->conf, x.touched, x.touched_count, NULL, l->now, &e) && sql_commit(l->q, &e);
	if (!well) {
		sql_rollback(l->q);
		return ledger_close(l, kept_say(FAILED, "%s", e.text));
	}
	l->changed = x.touched_count > 0 || !x.failed;
	answer = answer_here(l, &x);
	if (l->json) {
		json_t *ids = json_array();

		for (size_t i = 0; i < x.touched_count; i++)
			json_array_append_new(ids, json_integer(x.touched[i]));
		ledger_print(json_pack("{sb so ss}", "done", !x.failed, "changed", ids, "answer", answer));
	} else {
		fputs(answer, x.failed ? stderr : stdout);
	}
	return ledger_close(l, x.failed ? FAILED : DONE_WELL);
}

/* "12 14 rest of the words": numbers in front; the rest joined. */
static char *split(struct ledger *l, struct command *k, int most)
{
	struct text *t = text_new(l->p, NOTE_MOST);
	int i = 0;
	int64_t id;

	while (i < l->count && (int)k->id_count < most && ledger_number(l->words[i], &id)) {
		*(int64_t *)pool_more(l->p, &k->ids, k->id_count, sizeof *k->ids) = id;
		k->id_count++;
		i++;
	}
	for (; i < l->count; i++)
		text_print(t, "%s%s", t->n ? " " : "", l->words[i]);
	return t->s;
}

int ledger_command(struct call *c, enum command_verb verb, enum takes takes, bool needed, const char *help, int most)
{
	struct ledger l;
	static const char *const kind_option[] = { "--kind", NULL };
	struct command k = { .verb = verb };
	bool shown, kinds = verb == COMMAND_SEND || verb == COMMAND_SKIP || verb == COMMAND_EDIT;
	char *rest;
	int rc = ledger_read(c, &l, help, kinds ? kind_option : NULL, NULL, &shown);

	if (shown || rc != DONE_WELL)
		return rc;
	if (ledger_option(&l, "--kind") && !mail_kind_from(ledger_option(&l, "--kind"), &l.kind))
		return kept_say(WRONG_USE, "--kind '%s' is no kind of mail; `kept outbox` shows those that wait", ledger_option(&l, "--kind"));
	rest = split(&l, &k, most);
	if (!k.id_count && verb != COMMAND_UNDO)
		return kept_say(WRONG_USE, "%s which? As `kept %s 12`; `kept list` shows them", c->argv[0], c->argv[0]);
	if (needed && !*rest)
		return kept_say(WRONG_USE, "%s %s? `kept %s --help`", c->argv[0], takes == TAKES_WHEN ? "when" : takes == TAKES_TEAM ? "to which team" : "what", c->argv[0]);
	if (*rest && takes == TAKES_NOTHING)
		return kept_say(WRONG_USE, "'%s' is no number of a promise", rest);
	if (*rest && takes == TAKES_TEXT)
		k.text = rest;
	if (*rest && takes == TAKES_WHEN)
		k.when = rest;
	if (*rest && takes == TAKES_TEAM)
		k.team = rest;
	if (takes == TAKES_CHOICE) {
		if (strcmp(rest, "reported") != 0 && strcmp(rest, "no") != 0)
			return kept_say(WRONG_USE, "%s '%s'? It is reported or no; `kept %s --help`", c->argv[0], rest, c->argv[0]);
		k.arg = rest;
	}
	return ledger_do(c, &l, &k);
}

int kept_done(struct call *c)
{
	return ledger_command(c, COMMAND_DONE, TAKES_TEXT, false,
		      "kept done - a promise is kept\n\n"
		      "  kept done N... [NOTE] [--json]\n\n"
		      "  kept done 12\n"
		      "  kept done 12 14 sent both by mail\n\n"
		      "One that comes again (every …) gets its next due time instead of being closed. `kept undo` takes it back.\n",
		      50);
}

int kept_cancel(struct call *c)
{
	return ledger_command(c, COMMAND_CANCEL, TAKES_TEXT, false,
		      "kept cancel - call a promise off\n\n"
		      "  kept cancel N... [WHY] [--json]\n\n"
		      "  kept cancel 12 they found it themselves\n\n"
		      "It stays in the ledger (`kept list --all`); one that comes again ends. `kept undo` takes it back.\n",
		      50);
}

int kept_snooze(struct call *c)
{
	return ledger_command(c, COMMAND_SNOOZE, TAKES_WHEN, false,
		      "kept snooze - remind me later; the due day stays\n\n"
		      "  kept snooze N [WHEN] [--json]\n\n"
		      "  kept snooze 12 friday 3pm\n"
		      "  kept snooze 12             the next working day\n\n"
		      "The first number is the promise's. The words for dates are in kept(7).\n",
		      1);
}

int kept_due(struct call *c)
{
	return ledger_command(c, COMMAND_DUE, TAKES_WHEN, true,
		      "kept due - set another due time\n\n"
		      "  kept due N WHEN [--json]\n\n"
		      "  kept due 12 by friday      Friday at the end of work\n"
		      "  kept due 12 1 dec 9am\n\n"
		      "The first number is the promise's. The words for dates are in kept(7).\n",
		      1);
}

static const char note_help[] =
	"kept note - put a note to a promise, or to a person\n\n"
	"  kept note N TEXT [--json]\n"
	"  kept note ADDRESS TEXT [--owner NAME] [--json]\n\n"
	"  kept note 12 she prefers the phone\n"
	"  kept note carol@example.com \"in clinic on Tuesdays\"\n\n"
	"The newest note of a promise is shown; `kept show 12` has them all. Those of a person: `kept contact carol@example.com`.\n";

int kept_note(struct call *c)
{
	if (c->argc > 1 && *c->argv[1] != '-' && strchr(c->argv[1], '@'))
		return people_say(c, COMMAND_NOTE, note_help);
	return ledger_command(c, COMMAND_NOTE, TAKES_TEXT, true, note_help, 1);
}

int kept_team(struct call *c)
{
	return ledger_command(c, COMMAND_TEAM, TAKES_TEAM, true,
		      "kept team - give a promise to a team\n\n"
		      "  kept team N NAME [--json]\n\n"
		      "  kept team 12 medinfo\n\n"
		      "The team is asked at once, with the words of the promise and the day it is needed by, and reminded; you hear when it\n"
		      "answers. One that had it before hears that it is not needed from them any more. The teams are those of kept.conf(5).\n",
		      1);
}

int kept_undo(struct call *c)
{
	return ledger_command(c, COMMAND_UNDO, TAKES_NOTHING, false,
		      "kept undo - take the last change back\n\n"
		      "  kept undo [N]... [--json]\n\n"
		      "  kept undo       the last change of all\n"
		      "  kept undo 12    the last change of promise 12; once more: the one before\n\n"
		      "Where the last change was that a promise was logged, it is called off. What was done with a check-in, and that\n"
		      "you spoke with somebody, is taken back too, as long as nothing of it has gone out.\n",
		      50);
}

static const char add_help[] =
	"kept add - log a promise\n\n"
	"  kept add [--to ADDRESS]... [--due WHEN] [--every CADENCE] [--policy NAME] [--team NAME] [--owner NAME]\n"
	"           [--json] WHAT\n\n"
	"  kept add --to carol@example.com --due friday \"subgroup data\"\n"
	"  kept add --due 3bd \"call the study nurse\"\n"
	"  kept add --every \"2 weeks\" \"the figures for the team\"\n\n"
	"Without --due it is due as a date in WHAT says (\"call the printer by friday\"), else as the policy says.\n"
	"--team: it is given to that team, which is asked.\n"
	"The words for dates are in kept(7). --owner: whose promise, where the\n"
	"configuration has several owners (else the one named like $USER). --json: the object that `kept list --json` has.\n";

int kept_add(struct call *c)
{
	static const char *const valued[] = { "--to", "--due", "--every", "--policy", "--team", NULL };
	struct ledger l;
	struct commitment m = { .state = COMMITMENT_OPEN, .words = "", .subject = "", .message_id = "", .team = "", .every = "", .due_words = "",
				.due_error = "", .note = "" };
	struct text *what = text_new(c->pool, WHAT_MOST);
	struct frame f = { .zone = zone_named, .zone_arg = c->pool };
	const char *due, *every, *said = "";
	size_t from, to;
	struct realistic day;
	struct when w;
	struct err e = { 0 };
	bool shown;
	int rc = ledger_read(c, &l, add_help, valued, NULL, &shown);

	if (shown || rc != DONE_WELL)
		return rc;
	for (int i = 0; i < l.count; i++)
		text_print(what, "%s%s", what->n ? " " : "", l.words[i]);
	m.what = line_from(l.p, what->s, WHAT_MOST).s;
	if (!*m.what)
		return kept_say(WRONG_USE, "what was promised? As `kept add --to carol@example.com --due friday \"subgroup data\"`");
	for (int i = 0; i + 1 < l.options; i += 2)
		if (strcmp(l.option[i], "--to") == 0) {
			const char *s = l.option[i + 1], *angle = strrchr(s, '<');
			char *address = addr_clean(l.p, angle ? angle : s); /* as --to "Carol Rossi <carol@example.com>" */

			if (!address)
				return kept_say(WRONG_USE, "--to '%s' is no mail address; as carol@example.com", s);
			addrs_add(l.p, &m.to, angle ? line_from(l.p, pool_slice(l.p, s, (size_t)(angle - s)), NAME_MOST).s : "", address);
		}
	if ((rc = ledger_open(c, &l, true)) != DONE_WELL)
		return rc;
	m.owner = l.owner;
	m.policy = ledger_option(&l, "--policy") ? ledger_option(&l, "--policy") : l.owner->policy;
	if (strcmp(conf_policy(l.conf, m.policy)->key, m.policy) != 0)
		return ledger_close(&l, kept_say(WRONG_USE, "no policy '%s' in %s", m.policy, l.conf->file));
	if (ledger_option(&l, "--team") && !conf_team(l.conf, m.team = ledger_option(&l, "--team")))
		return ledger_close(&l, kept_say(WRONG_USE, "--team: %s", execute_no_team(l.p, l.conf, "en", m.team)));
	due = ledger_option(&l, "--due");
	every = ledger_option(&l, "--every");
	f.anchor = l.now;
	f.time = &l.owner->time;
	if (every) {
		if (!text_starts(every, "every")) /* --every "2 weeks" says it already */
			every = !when_parse(l.p, every, &f, &w, NULL) || !w.rrule ? pool_print(l.p, "every %s", every) : every;
		if (!when_parse(l.p, every, &f, &w, &e) ||
		    (!w.rrule && !err_code(&e, "unknown", "'%s' does not say how often; as \"2 weeks\"", every)))
			return ledger_close(&l, kept_say(WRONG_USE, "--every: %s", e.text));
		m.every = every;
	}
	if (!every && !due && when_find(l.p, m.what, &f, &from, &to, &w) && w.at > l.now) {
		said = m.due_words = pool_slice(l.p, m.what + from, to - from);
		m.what = commitment_undated(l.p, m.what, from, to);
	} else if (!every || due) {
		if (!when_parse(l.p, due ? due : conf_policy(l.conf, m.policy)->due, &f, &w, &e))
			return ledger_close(&l, kept_say(WRONG_USE, "--due: %s", e.text));
		m.due_words = due ? due : "";
	}
	m.due = w.at;
	m.told = due ? m.due : 0;
	if (!sql_begin(l.q, &e) || !execute_add(l.q, l.p, l.conf, &m, "by the command", l.now, &e) ||
	    !schedule_realistic(l.q, l.p, l.conf, &m, l.now, &day, &e) ||
	    !schedule_these(l.q, l.p, l.conf, &m.id, 1, NULL, l.now, &e) || !sql_commit(l.q, &e)) {
		sql_rollback(l.q);
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	}
	l.changed = true;
	if (m.team_since)
		fprintf(stderr, "kept: %s\n", execute_team_said(l.p, l.conf, "en", &m, l.now));
	if (w.note)
		fprintf(stderr, "kept: note: %s\n", w.note);
	if (day.holds)
		fprintf(stderr, "kept: note: that day is full: it already holds %zu of your promises\n", day.holds);
	if (day.usual)
		fprintf(stderr, "kept: note: promises of this kind take you a median of %d working days (of %zu kept), and that day leaves less\n", day.usual,
			day.of);
	if (day.better)
		fprintf(stderr, "kept: note: rather: kept due %lld %.10s\n", (long long)m.id, utc_print(l.p, l.owner->time.zone, day.better));
	if (l.json)
		ledger_print(ledger_json(l.p, &m, l.now));
	else
		printf("#%lld  %s: due %s%s%s%s%s%s\n", (long long)m.id, m.what, utc_print(l.p, l.owner->time.zone, m.due), every ? ", and then " : "",
		       every ? every : "", *said ? ", as \"" : "", said, *said ? "\" says (--due sets another time)" : "");
	return ledger_close(&l, DONE_WELL);
}
