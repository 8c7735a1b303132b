/* kept outbox, held, backup, status: the keeping of it */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "borders/outbox.h"
#include "borders/reader.h"
#include "borders/record.h"
#include "borders/store.h"
#include "daemon/kept_ledger.h"
#include "daemon/kept_progress.h"
#include "daemon/kept_table.h"
#include "judgement/when.h"
#include "letters/template.h"
#include "work/intake.h"

enum { LATE_BEAT = 900, DEAD_BEAT = 3600 };

/* ---- outbox ---- */

static const char outbox_help[] =
	"kept outbox - mail that waits, left, or failed\n\n"
	"  kept outbox [--all] [--json]\n"
	"  kept outbox show N\n\n"
	"  kept outbox                  what waits to leave, of all owners\n"
	"  kept outbox --all            the last 100 that left or failed too\n"
	"  kept outbox show 7 | less    the bytes of mail 7, as they leave\n\n"
	"States: held (waits for its owner's word), ready, begun (is being sent), sent, failed, unsure (the connection was lost:\n"
	"it may have arrived; it is looked for), void (withdrawn).\n"
	"--json: [{\"id\", \"state\", \"kind\", \"to\", \"subject\", \"outside\", \"made\", \"message_id\", \"tries\", \"why\"}...]\n";

/* Where a mail that waits lies as a draft, or could not; else what was last said of it. */
static bool why_of(struct ledger *l, const struct outgoing *o, const char **why, struct err *e)
{
	struct draft d;
	bool found = false;

	*why = o->why;
	if (o->state != OUTBOX_HELD || !o->outside)
		return true;
	if (!outbox_draft(l->q, l->p, o->id, &d, &found, e))
		return false;
	if (found && d.laid && !d.gone)
		*why = pool_print(l->p, "it lies in %s, %s, to be sent from there", d.mailbox, d.folder);
	else if (found && !d.laid)
		*why = pool_print(l->p, "%s; it could not be laid as a draft: %s", o->why, d.why);
	return true;
}

int kept_outbox(struct call *c)
{
	static const char *const flags[] = { "--all", NULL };
	struct ledger l;
	struct outgoing *list, one;
	size_t n;
	int64_t id;
	bool help, found;
	struct err e = { 0 };
	json_t *out = NULL;
	struct table t = { .p = c->pool, .columns = 6, .soft = 4, .wrap = true };
	int rc = ledger_read(c, &l, outbox_help, NULL, flags, &help);

	if (help || rc != DONE_WELL)
		return rc;
	if (l.count && strcmp(l.words[0], "show") != 0)
		return kept_say(WRONG_USE, "outbox '%s'? There is `kept outbox`, and `kept outbox show 7`", l.words[0]);
	if (l.count && (l.count != 2 || !ledger_number(l.words[1], &id)))
		return kept_say(WRONG_USE, "show which mail? One number, as `kept outbox show 7`; `kept outbox --all` shows them");
	if ((rc = ledger_open(c, &l, false)) != DONE_WELL)
		return rc;
	if (l.count) {
		if (!outbox_get(l.q, l.p, id, &one, &found, &e))
			return ledger_close(&l, kept_say(FAILED, "%s", e.text));
		if (!found)
			return ledger_close(&l, kept_say(FAILED, "there is no mail %lld; `kept outbox --all` shows the latest", (long long)id));
		fwrite(one.bytes, 1, one.n, stdout);
		return ledger_close(&l, DONE_WELL);
	}
	if (!outbox_list(l.q, l.p, ledger_flag(&l, "--all") ? SQL_OUTGOING_LATEST : SQL_OUTGOING_OPEN, 100, &list, &n, &e))
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	if (l.json)
		out = json_array();
	for (size_t i = 0; i < n; i++) {
		const struct outgoing *o = &list[i];
		const struct owner *owner = conf_owner(l.conf, o->owner);
		const struct zone *z = owner ? owner->time.zone : zone_fixed(l.p, 0);
		const char *why;

		if (!why_of(&l, o, &why, &e)) {
			json_decref(out);
			return ledger_close(&l, kept_say(FAILED, "%s", e.text));
		}
		if (l.json)
			json_array_append_new(out, json_pack("{sI ss ss ss ss sb ss ss si ss}", "id", (json_int_t)o->id, "state",
							     outbox_state_name(o->state), "kind", mail_kind_name(o->kind), "to", o->recipient,
							     "subject", o->subject, "outside", o->outside, "made", utc_print(l.p, z, o->made),
							     "message_id", o->message_id, "tries", o->tries, "why", why));
		else
			table_row(&t, o->state == OUTBOX_FAILED || o->state == OUTBOX_UNSURE, pool_print(l.p, "%5lld", (long long)o->id),
				  outbox_state_name(o->state), mail_kind_name(o->kind), ledger_time(l.p, z, o->sent ? o->sent : o->made, l.now),
				  o->recipient, pool_print(l.p, "%s%s%s%s", o->subject, *why ? " (" : "", why, *why ? ")" : ""));
	}
	if (l.json)
		ledger_print(out);
	else if (!n)
		puts(ledger_flag(&l, "--all") ? "No mail was written yet." : "Nothing waits to leave.");
	else
		table_print(&t);
	return ledger_close(&l, DONE_WELL);
}

/* ---- held ---- */

static const char held_help[] =
	"kept held - messages that claim to be yours and could not be proven, or could not be read\n\n"
	"  kept held [--owner NAME] [--json]\n"
	"  kept held accept N... | drop N...\n\n"
	"  kept held               what is held, from whom, and why\n"
	"  kept held accept h3     it is mine: read it as if it were proven\n"
	"  kept held drop h3 h4    they are not: forget them\n\n"
	"Their sender never gets an answer. If your own mail lands here, see kept.conf(5), authserv and key.\n"
	"--json: [{\"id\", \"at\", \"from\", \"subject\", \"reason\"}...]\n";

int kept_held(struct call *c)
{
	struct ledger l;
	struct held_row *list;
	size_t n;
	bool help, accept, well = true;
	struct err e = { 0 };
	json_t *out = NULL, *ids;
	struct table t = { .p = c->pool, .columns = 4, .soft = 2, .wrap = true };
	int64_t number;
	int rc = ledger_read(c, &l, held_help, NULL, NULL, &help);

	if (help || rc != DONE_WELL)
		return rc;
	accept = l.count && strcmp(l.words[0], "accept") == 0;
	if (l.count && !accept && strcmp(l.words[0], "drop") != 0)
		return kept_say(WRONG_USE, "held '%s'? There is `kept held`, `kept held accept h3`, `kept held drop h3`", l.words[0]);
	if (l.count == 1)
		return kept_say(WRONG_USE, "%s which? As `kept held %s h3`; `kept held` shows them", l.words[0], l.words[0]);
	for (int i = 1; i < l.count; i++)
		if (!ledger_number(l.words[i] + (*l.words[i] == 'h'), &number))
			return kept_say(WRONG_USE, "'%s' is no number of a held message; as h3", l.words[i]);
	if ((rc = ledger_open(c, &l, true)) != DONE_WELL)
		return rc;
	if (l.count) {
		ids = json_array();
		for (int i = 1; i < l.count && well; i++) {
			const char *word = l.words[i] + (*l.words[i] == 'h');
			struct held_row h;
			const char *refused = NULL;
			int64_t id;
			bool found;

			ledger_number(word, &id);
			well = sql_begin(l.q, &e) && store_held_get(l.q, l.p, id, &h, &found, &e);
			if (well && (!found || strcmp(h.owner, l.owner->key) != 0))
				well = err_perm(&e, "h%lld: there is no such held message of %s; `kept held` shows them", (long long)id, l.owner->key);
			well = well && (accept ? intake_accept(l.q, l.p, l.conf, id, l.now, &refused, &e) &&
							 (!refused || err_perm(&e, "h%lld was not accepted: %s", (long long)id, refused)) :
						 store_held_set(l.q, id, "dropped", &e) &&
							 record_add(l.q, &(struct event){ .owner = h.owner, .word = "dropped", .letter = h.letter }, l.now, &e));
			well = well && sql_commit(l.q, &e);
			if (!well) {
				sql_rollback(l.q);
				json_decref(ids);
				return ledger_close(&l, kept_say(FAILED, "%s", e.text));
			}
			l.changed = true;
			json_array_append_new(ids, json_integer(id));
			if (!l.json)
				printf("h%lld: %s\n", (long long)id, accept ? "accepted as yours" : "dropped");
		}
		if (l.json)
			ledger_print(json_pack("{so}", accept ? "accepted" : "dropped", ids));
		else
			json_decref(ids);
		return ledger_close(&l, DONE_WELL);
	}
	if (!store_held(l.q, l.p, l.owner->key, &list, &n, &e))
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	if (l.json)
		out = json_array();
	for (size_t i = 0; i < n; i++) {
		char *at = utc_print(l.p, l.owner->time.zone, list[i].at);

		if (l.json)
			json_array_append_new(out, json_pack("{sI ss ss ss ss}", "id", (json_int_t)list[i].id, "at", at, "from", list[i].sender,
							     "subject", list[i].subject, "reason", list[i].reason));
		else
			table_row(&t, false, pool_print(l.p, "h%lld", (long long)list[i].id), ledger_time(l.p, l.owner->time.zone, list[i].at, l.now),
				  list[i].sender, pool_print(l.p, "%s (%s)", list[i].subject, list[i].reason));
	}
	if (l.json)
		ledger_print(out);
	else if (!n)
		puts("Nothing is held.");
	else
		table_print(&t);
	return ledger_close(&l, DONE_WELL);
}

/* ---- backup ---- */

static const char backup_help[] =
	"kept backup - copy the database, while the daemon runs\n\n"
	"  kept backup FILE [--json]\n\n"
	"  kept backup /backup/kept-$(date +%F).db\n\n"
	"FILE must not exist yet; it is whole, or it is not there. The key of the record lies beside the database, as\n"
	"kept.db.key: copy it once, and keep that copy apart from the others. How to put a copy back: keptd(8), RESTORE.\n";

static void copied(void *arg, const struct sql_copy *c)
{
	(void)arg;
	if (!c->total) {
		work_interrupted("stopped: no copy was made", c->beside);
		work_begin("MB", 0);
	} else {
		work_of(c->done / 1000000, c->total / 1000000);
	}
}

int kept_backup(struct call *c)
{
	struct ledger l;
	struct conf *conf;
	bool help, there, well;
	struct err e = { 0 };
	int rc = ledger_read(c, &l, backup_help, NULL, NULL, &help);

	if (help || rc != DONE_WELL || (rc = ledger_words(&l, c, 1)) != DONE_WELL)
		return rc;
	if (!l.count)
		return kept_say(WRONG_USE, "to which file? As `kept backup /backup/kept-monday.db`");
	/* a copy of nothing would look like one */
	conf = kept_conf(c);
	if (!conf)
		return FAILED;
	there = sql_exists(conf->database);
	if (!there)
		rc = kept_say(FAILED, "%s: there is no database yet: nothing to copy; is this the right configuration (%s)?", conf->database, conf->file);
	conf_close(&conf);
	if (!there)
		return rc;
	if ((rc = ledger_open(c, &l, false)) != DONE_WELL)
		return rc;
	well = sql_backup(l.q, l.words[0], copied, NULL, &e);
	work_end();
	work_interrupted(NULL, NULL);
	if (!well)
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	if (l.json)
		ledger_print(json_pack("{ss}", "backup", l.words[0]));
	else
		printf("%s: a whole copy\n", l.words[0]);
	return ledger_close(&l, DONE_WELL);
}

/* ---- status ---- */

static const char status_help[] =
	"kept status - is kept alive?\n\n"
	"  kept status [--check] [--json]\n\n"
	"  kept status            each loop of the daemon: when it last went round, and what hinders it; what is open\n"
	"  kept status --check    one line, and exit 0 ok, 1 warning, 2 critical, 3 unknown, for monitoring programs\n\n"
	"critical: keptd does not run, or a loop was not heard of for an hour. warning: a loop has a fault, or was not heard of\n"
	"for 15 minutes, a mail may or may not have arrived, a template of your own is wrong, or a working morning passed without\n"
	"an owner's agenda. unknown: the configuration or the database cannot be read.\n"
	"--json: one object: level, why, running, loops [{name, seconds, state}], promises, overdue, outbox, held, landlock,\n"
	"agendas [{owner, sent, missed [day...]}...], of owners who have one.\n";

/* What was set before, and is no more, leaves its row. */
static bool has_loop(const struct conf *c, const char *name)
{
	if (strcmp(name, "drafts") == 0) {
		for (size_t i = 0; i < c->owner_count; i++)
			if (conf_drafts(c, &c->owners[i]))
				return true;
		return false;
	}
	if (strcmp(name, "calendars") == 0)
		return c->calendar_count > 0;
	if (strncmp(name, "mailbox ", 8) != 0)
		return true;
	for (size_t i = 0; i < c->mailbox_count; i++)
		if (strcmp(name + 8, c->mailboxes[i].key) == 0)
			return true;
	return false;
}

/* Whose agenda left when, and on which working mornings since none came. "" in `why`: on none. */
static json_t *agendas(struct ledger *l, const char **why, struct err *e)
{
	json_t *list = json_array();

	for (size_t i = 0; i < l->conf->owner_count; i++) {
		const struct owner *o = &l->conf->owners[i];
		json_t *days = json_array();
		struct owner_row row;
		struct traffic t;
		int32_t *missed;
		size_t n = 0;

		if (!store_owner(l->q, o->key, &row, e) ||
		    !outbox_traffic(l->q, o->addresses.list[0], MAIL_AGENDA, NULL, l->now, &t, e)) {
			json_decref(days);
			break;
		}
		if (row.agenda)
			n = agenda_missed(l->p, o, row.agenda, l->now - LATE_BEAT, &missed);
		for (size_t k = 0; k < n; k++) {
			struct civil c = day_civil(missed[k]);

			json_array_append_new(days, json_sprintf("%04d-%02d-%02d", c.year, c.month, c.day));
			*why = pool_print(l->p, "no agenda of %s came on %04d-%02d-%02d", o->key, c.year, c.month, c.day);
		}
		if (agenda_minute(o) < 0)
			json_decref(days);
		else
			json_array_append_new(list, json_pack("{ss ss* so}", "owner", o->key, "sent",
							      t.same_kind ? utc_print(l->p, o->time.zone, t.same_kind) : NULL, "missed", days));
	}
	return list;
}

int kept_status(struct call *c)
{
	static const char *const flags[] = { "--check", NULL }, *const levels[] = { "ok", "warning", "critical", "unknown" };
	struct ledger l;
	struct beat_row *beats;
	struct outgoing *open;
	size_t n, waiting, unsure = 0, held = 0, promises = 0, overdue = 0;
	bool help, running;
	struct err e = { 0 };
	int rc = ledger_read(c, &l, status_help, NULL, flags, &help), level = 0;
	const char *why = "everything works";
	struct table t = { .p = c->pool, .columns = 3, .soft = -1, .indent = 2, .wrap = true };
	struct conf_errors faults = { 0 };
	const char *missed = "";
	json_t *list, *mornings;

	if (help)
		return rc;
	if (rc != DONE_WELL || (rc = ledger_words(&l, c, 0)) != DONE_WELL) {
		for (int i = 1; i < c->argc; i++)
			if (strcmp(c->argv[i], "--check") == 0)
				return 3;
		return rc;
	}
	rc = ledger_open(c, &l, false);
	if (rc != DONE_WELL) {
		if (ledger_flag(&l, "--check"))
			puts("kept unknown: the configuration or the database cannot be read (`kept status` says why)");
		return ledger_flag(&l, "--check") ? 3 : rc;
	}
	if (!store_beats(l.q, l.p, &beats, &n, &e) || !outbox_list(l.q, l.p, SQL_OUTGOING_OPEN, 0, &open, &waiting, &e)) {
		kept_say(FAILED, "%s", e.text);
		return ledger_close(&l, ledger_flag(&l, "--check") ? 3 : FAILED);
	}
	for (size_t i = 0; i < l.conf->owner_count; i++) {
		struct held_row *h;
		struct commitment *m;
		size_t k;

		if (store_held(l.q, l.p, l.conf->owners[i].key, &h, &k, &e))
			held += k;
		if (store_commitments(l.q, l.p, l.conf, &l.conf->owners[i], false, &m, &k, &e))
			for (size_t j = 0; j < k; j++) {
				promises++;
				overdue += m[j].state != COMMITMENT_DELIVERED && worktime_late(&l.conf->owners[i].time, m[j].due) < l.now;
			}
	}
	running = ledger_daemon_runs(l.p, l.conf->database);
	list = json_array();
	for (size_t i = 0; i < n; i++) {
		if (!has_loop(l.conf, beats[i].name))
			continue;
		json_array_append_new(list, json_pack("{ss sI ss}", "name", beats[i].name, "seconds", (json_int_t)(l.now - beats[i].at), "state", beats[i].state));
		if (strcmp(beats[i].state, "ok") != 0 && level < 1) {
			level = 1;
			why = pool_print(l.p, "%s: %s", beats[i].name, beats[i].state);
		}
		if (running && l.now - beats[i].at > LATE_BEAT) {
			int is = l.now - beats[i].at > DEAD_BEAT ? 2 : 1;

			if (is > level) {
				level = is;
				why = pool_print(l.p, "%s has not been heard of for %lld minutes", beats[i].name, (long long)(l.now - beats[i].at) / 60);
			}
		}
	}
	for (size_t m = 0; m < l.conf->mailbox_count && running && level < 1; m++) {
		bool read = false;

		for (size_t i = 0; i < n; i++)
			read = read || (strncmp(beats[i].name, "mailbox ", 8) == 0 && strcmp(beats[i].name + 8, l.conf->mailboxes[m].key) == 0);
		if (!read) {
			level = 1;
			why = pool_print(l.p, "mailbox %s was not read yet; if it is new in the configuration, reload keptd (SIGHUP)", l.conf->mailboxes[m].key);
		}
	}
	for (size_t i = 0; i < waiting; i++)
		unsure += open[i].state == OUTBOX_UNSURE;
	if (unsure && level < 1) {
		level = 1;
		why = "a mail may or may not have arrived: `kept outbox`";
	}
	for (size_t i = 0; i < l.conf->own_count && level < 1; i++)
		if (template_waits(&l.conf->own[i])) {
			level = 1;
			why = pool_print(l.p, "a template of your own waits for approval: %s (kept template approve)", l.conf->own[i].file);
		}
	mornings = agendas(&l, &missed, &e);
	if (*missed && level < 1) {
		level = 1;
		why = missed;
	}
	if (!template_check(l.p, l.conf, &faults) && level < 1) {
		level = 1;
		why = pool_print(l.p, "a template of your own is not used: %s", faults.list[0]);
	}
	if (!running) {
		level = 2;
		why = pool_print(l.p, "keptd is not running: start it (systemctl %sstart keptd; without systemd: keptd)", strncmp(l.conf->file, "/etc/", 5) == 0 ? "" : "--user ");
	}
	if (ledger_flag(&l, "--check")) {
		printf("kept %s: %s\n", levels[level], why);
		json_decref(list), json_decref(mornings);
		return ledger_close(&l, level);
	}
	if (l.json) {
		ledger_print(json_pack("{ss ss sb so si si si si sb so}", "level", levels[level], "why", why, "running", running, "loops", list, "promises",
				       (int)promises, "overdue", (int)overdue, "outbox", (int)waiting, "held", (int)held, "landlock", reader_has_landlock(), "agendas", mornings));
		return ledger_close(&l, DONE_WELL);
	}
	printf("%s: %s\n\n  promises  %zu open, %zu overdue\n  outbox    %zu wait\n  held      %zu\n\n", levels[level], why, promises, overdue, waiting, held);
	if (!reader_has_landlock())
		printf("  " READER_NO_LANDLOCK "\n\n");
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *b = json_array_get(list, i);
		const char *state = json_string_value(json_object_get(b, "state"));

		table_row(&t, strcmp(state, "ok") != 0, json_string_value(json_object_get(b, "name")),
			  pool_print(l.p, "%lld s ago", (long long)json_integer_value(json_object_get(b, "seconds"))), state);
	}
	table_print(&t);
	for (size_t i = 0; i < json_array_size(mornings); i++) {
		json_t *b = json_array_get(mornings, i);
		const char *sent = json_string_value(json_object_get(b, "sent"));

		printf("%s  agenda of %s: %s\n", i ? "" : "\n", json_string_value(json_object_get(b, "owner")),
		       sent ? pool_print(l.p, "the last left %s", sent) : "none left yet");
	}
	json_decref(list), json_decref(mornings);
	return ledger_close(&l, DONE_WELL);
}
