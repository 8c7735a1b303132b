/* kept add list show done snooze due cancel note undo: the promises themselves */
#include "daemon/kept_ledger.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "borders/record.h"
#include "borders/store.h"
#include "daemon/kept_table.h"
#include "ground/wake.h"
#include "judgement/plan.h"
#include "judgement/when.h"
#include "work/execute.h"
#include "work/schedule.h"

/* ---- what all share ---- */

static bool among(const char *const *list, const char *s)
{
	for (; list && *list; list++)
		if (strcmp(*list, s) == 0)
			return true;
	return false;
}

int ledger_read(struct call *c, struct ledger *l, const char *help, const char *const *valued, const char *const *flags, bool *shown)
{
	bool rest = false;

	*l = (struct ledger){ .p = c->pool };
	*shown = kept_help(c, help);
	if (*shown)
		return DONE_WELL;
	for (int i = 1; i < c->argc; i++) {
		const char *a = c->argv[i];

		if (!rest && strcmp(a, "--") == 0) {
			rest = true;
		} else if (!rest && strcmp(a, "--json") == 0) {
			l->json = true;
		} else if (!rest && (strcmp(a, "--owner") == 0 || among(valued, a))) {
			if (i + 1 >= c->argc)
				return kept_say(WRONG_USE, "%s needs a value; `kept %s --help`", a, c->argv[0]);
			if (l->options + 2 > 64)
				return kept_say(WRONG_USE, "too many options");
			l->option[l->options++] = a;
			l->option[l->options++] = c->argv[++i];
		} else if (!rest && among(flags, a)) {
			if (l->options + 2 > 64)
				return kept_say(WRONG_USE, "too many options");
			l->option[l->options++] = a;
			l->option[l->options++] = "";
		} else if (!rest && a[0] == '-' && (a[1] == '-' || (a[1] >= 'a' && a[1] <= 'z'))) {
			return kept_say(WRONG_USE, "unknown option '%s'; `kept %s --help` (words that begin with - stand behind --)", a, c->argv[0]);
		} else if (l->count < 64) {
			l->words[l->count++] = a;
		} else {
			return kept_say(WRONG_USE, "too many words");
		}
	}
	return DONE_WELL;
}

const char *ledger_option(const struct ledger *l, const char *name)
{
	for (int i = 0; i + 1 < l->options; i += 2)
		if (strcmp(l->option[i], name) == 0)
			return l->option[i + 1];
	return NULL;
}

bool ledger_flag(const struct ledger *l, const char *name)
{
	return ledger_option(l, name) != NULL;
}

int ledger_words(const struct ledger *l, const struct call *c, int most)
{
	return l->count <= most ? DONE_WELL : kept_say(WRONG_USE, "'%s' is one word too many; `kept %s --help`", l->words[most], c->argv[0]);
}

/* The keys of all owners, for a person to choose from. */
static char *owner_keys(const struct ledger *l)
{
	struct text *t = text_new(l->p, 500);

	for (size_t i = 0; i < l->conf->owner_count; i++)
		text_print(t, "%s%s", i ? ", " : "", l->conf->owners[i].key);
	return t->s;
}

static int choose_owner(struct ledger *l)
{
	const char *key = ledger_option(l, "--owner");
	const char *user = getenv("USER");
	struct commitment m;
	struct err e = { 0 };
	bool found = false;
	utc answered;

	if (key) {
		l->owner = conf_owner(l->conf, key);
		return l->owner ? DONE_WELL : kept_say(WRONG_USE, "no owner '%s' in %s; there: %s", key, l->conf->file, owner_keys(l));
	}
	l->owner = l->conf->owner_count == 1 ? &l->conf->owners[0] : user ? conf_owner(l->conf, user) : NULL;
	/* a number says whose it is */
	if (!l->owner && l->of && store_commitment(l->q, l->p, l->conf, l->of, &m, &answered, &found, &e) && found)
		l->owner = m.owner;
	if (!l->owner)
		return kept_say(WRONG_USE, "whose? name one owner of %s, as --owner %s; there: %s", l->conf->file,
				l->conf->owner_count ? l->conf->owners[0].key : "ada", owner_keys(l));
	return DONE_WELL;
}

/* What root would make beside the ledger (its key, a journal) the daemon's user could not open. */
static int not_as_root(const struct ledger *l)
{
	char *folder = pool_copy(l->p, l->conf->database), *slash = strrchr(folder, '/');
	const struct passwd *user;
	struct stat st;

	if (!slash || geteuid() != 0)
		return DONE_WELL;
	*slash = '\0';
	if (stat(*folder ? folder : "/", &st) != 0 || st.st_uid == 0)
		return DONE_WELL;
	user = getpwuid(st.st_uid);
	return kept_say(FAILED, "%s is the ledger of the user %s: say it as that user, `sudo -u %s kept …`", l->conf->database,
			user ? user->pw_name : "it belongs to", user ? user->pw_name : pool_print(l->p, "\\#%u", (unsigned)st.st_uid));
}

int ledger_open(struct call *c, struct ledger *l, bool owner)
{
	struct err e = { 0 };
	int rc;

	l->conf = kept_conf(c);
	if (!l->conf)
		return FAILED;
	l->now = kept_now();
	rc = not_as_root(l);
	if (rc == DONE_WELL && !sql_open(l->conf->database, SQL_COMMAND, &l->q, &e))
		rc = kept_say(FAILED, "%s", e.text);
	if (rc == DONE_WELL && !store_templates(l->q, l->conf, &e))
		rc = kept_say(FAILED, "%s", e.text);
	if (rc == DONE_WELL && owner)
		rc = choose_owner(l);
	if (rc != DONE_WELL)
		return ledger_close(l, rc);
	return DONE_WELL;
}

int ledger_close(struct ledger *l, int code)
{
	if (l->changed)
		wake_ring_process(pool_print(l->p, "%s.bell", l->conf->database));
	sql_close(&l->q);
	conf_close(&l->conf);
	return code;
}

bool ledger_number(const char *word, int64_t *out)
{
	char *end;
	long long v;

	if (*word == '#')
		word++;
	v = strtoll(word, &end, 10);
	if (end == word || *end || v < 1)
		return false;
	*out = v;
	return true;
}

char *ledger_time(struct pool *p, const struct zone *z, utc t, utc now)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct civil c = zone_civil(z, t), n = zone_civil(z, now);
	char *year = c.year == n.year ? pool_copy(p, "") : pool_print(p, " %d", c.year);

	int east = zone_offset(z, t) / 60, off = east < 0 ? -east : east;
	char *minutes = off % 60 ? pool_print(p, ":%02d", off % 60) : pool_copy(p, "");

	return pool_print(p, "%s %2d %s%s %02d:%02d %c%02d%s", days[day_weekday(zone_day(z, t))], c.day, months[c.month - 1], year, c.hour,
			  c.minute, east < 0 ? '-' : '+', off / 60, minutes);
}

json_t *ledger_json(struct pool *p, const struct commitment *m, utc now)
{
	json_t *to = json_array();
	const struct zone *z = m->owner->time.zone;

	for (size_t i = 0; i < m->to.n; i++)
		json_array_append_new(to, json_string(m->to.list[i].address));
	return json_pack("{sI ss ss ss so ss ss ss sb ss* ss* ss* ss* ss*}", "id", (json_int_t)m->id, "owner", m->owner->key, "state",
			 commitment_state_name(m->state), "what", m->what, "to", to, "due", utc_print(p, z, m->due), "made", utc_print(p, z, m->made),
			 "words", m->words, "overdue", commitment_is_live(m->state) && m->state != COMMITMENT_DELIVERED && worktime_late(&m->owner->time, m->due) < now, "note",
			 *m->note ? m->note : NULL, "team", *m->team ? m->team : NULL, "every", *m->every ? m->every : NULL, "snoozed",
			 m->snoozed ? utc_print(p, z, m->snoozed) : NULL, "frozen", m->frozen ? utc_print(p, z, m->frozen) : NULL);
}

void ledger_print(json_t *j)
{
	char *s = j ? json_dumps(j, JSON_INDENT(2)) : NULL;

	puts(s ? s : "[]");
	free(s);
	json_decref(j);
}

char *ledger_plain(struct pool *p, const char *markdown)
{
	struct text *t = text_new(p, ANSWER_MOST);

	for (const char *s = markdown; *s; s++) {
		if (*s == '\\' && s[1])
			text_char(t, *++s);
		else if (s[0] == '*' && s[1] == '*')
			s++;
		else if ((s == markdown || s[-1] == '\n') && s[0] == '-' && s[1] == ' ')
			s++;
		else
			text_char(t, *s);
	}
	return t->s;
}

/* ---- list and show ---- */

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
			  late ? "overdue" : commitment_state_name(m->state), m->to.n ? m->to.list[0].address : "", m->what);
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

/* ---- changes: the same execute() as for a reply by mail ---- */

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

static int carry_out(struct call *c, struct ledger *l, const struct command *command)
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
	l->changed = x.touched_count > 0;
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
	return carry_out(c, &l, &k);
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

int kept_note(struct call *c)
{
	return ledger_command(c, COMMAND_NOTE, TAKES_TEXT, true,
		      "kept note - put a note to a promise\n\n"
		      "  kept note N TEXT [--json]\n\n"
		      "  kept note 12 she prefers the phone\n\n"
		      "The newest note is shown; `kept show 12` has them all.\n",
		      1);
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
		      "Where the last change was that a promise was logged, it is called off.\n",
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
		return ledger_close(&l, kept_say(WRONG_USE, "--team: %s", execute_no_team(l.p, l.conf, m.team)));
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
	    !schedule_these(l.q, l.p, l.conf, &m.id, 1, NULL, l.now, &e) || !sql_commit(l.q, &e)) {
		sql_rollback(l.q);
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	}
	l.changed = true;
	if (m.team_since)
		fprintf(stderr, "kept: %s\n", execute_team_said(l.p, l.conf, &m, l.now));
	if (w.note)
		fprintf(stderr, "kept: note: %s\n", w.note);
	if (l.json)
		ledger_print(ledger_json(l.p, &m, l.now));
	else
		printf("#%lld  %s: due %s%s%s%s%s%s\n", (long long)m.id, m.what, utc_print(l.p, l.owner->time.zone, m.due), every ? ", and then " : "",
		       every ? every : "", *said ? ", as \"" : "", said, *said ? "\" says (--due sets another time)" : "");
	return ledger_close(&l, DONE_WELL);
}
