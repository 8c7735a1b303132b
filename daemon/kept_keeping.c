/* kept outbox, held, backup, status, import: the keeping of it */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "borders/outbox.h"
#include "borders/record.h"
#include "borders/store.h"
#include "daemon/kept_ledger.h"
#include "judgement/when.h"
#include "work/collect.h"
#include "work/intake.h"

enum { LATE_BEAT = 900, DEAD_BEAT = 3600 };

/* ---- outbox ---- */

static const char outbox_help[] =
	"kept outbox - mail that waits, left, or failed\n\n"
	"  kept outbox [--all] [--json]      what waits to leave; with --all the last 100 that did too\n"
	"  kept outbox show N                the bytes of one mail, as they leave\n";

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
	int rc = ledger_read(c, &l, outbox_help, NULL, flags, &help);

	if (help || rc != DONE_WELL)
		return rc;
	if ((rc = ledger_open(c, &l, false)) != DONE_WELL)
		return rc;
	if (l.count == 2 && strcmp(l.words[0], "show") == 0 && ledger_number(l.words[1], &id)) {
		if (!outbox_get(l.q, l.p, id, &one, &found, &e))
			return ledger_close(&l, kept_say(FAILED, "%s", e.text));
		if (!found)
			return ledger_close(&l, kept_say(FAILED, "there is no mail %lld", (long long)id));
		fwrite(one.bytes, 1, one.n, stdout);
		return ledger_close(&l, DONE_WELL);
	}
	if (l.count)
		return ledger_close(&l, kept_say(WRONG_USE, "'%s'? `kept outbox --help`", l.words[0]));
	if (!outbox_list(l.q, l.p, ledger_flag(&l, "--all") ? SQL_OUTGOING_LATEST : SQL_OUTGOING_OPEN, 100, &list, &n, &e))
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	if (l.json)
		out = json_array();
	for (size_t i = 0; i < n; i++) {
		const struct outgoing *o = &list[i];
		const struct owner *owner = conf_owner(l.conf, o->owner);
		const struct zone *z = owner ? owner->time.zone : zone_fixed(l.p, 0);

		if (l.json)
			json_array_append_new(out, json_pack("{sI ss ss ss ss sb ss ss si ss}", "id", (json_int_t)o->id, "state",
							     outbox_state_name(o->state), "kind", mail_kind_name(o->kind), "to", o->recipient,
							     "subject", o->subject, "outside", o->outside, "made", utc_print(l.p, z, o->made),
							     "message_id", o->message_id, "tries", o->tries, "why", o->why));
		else
			printf("%5lld  %-6s  %-15s  %s  %s  %s%s%s\n", (long long)o->id, outbox_state_name(o->state), mail_kind_name(o->kind),
			       utc_print(l.p, z, o->sent ? o->sent : o->made), o->recipient, o->subject, *o->why ? "  - " : "", o->why);
	}
	if (l.json)
		ledger_print(out);
	else if (!n)
		puts("Nothing waits to leave.");
	return ledger_close(&l, DONE_WELL);
}

/* ---- held ---- */

static const char held_help[] =
	"kept held - messages that claim to be yours and could not be proven, or could not be read\n\n"
	"  kept held [--json]\n"
	"  kept held accept N...     they are mine: read them as if they were proven\n"
	"  kept held drop N...       they are not: forget them\n";

int kept_held(struct call *c)
{
	struct ledger l;
	struct held_row *list;
	size_t n;
	bool help, accept, well = true;
	struct err e = { 0 };
	json_t *out = NULL;
	int rc = ledger_read(c, &l, held_help, NULL, NULL, &help);

	if (help || rc != DONE_WELL)
		return rc;
	if ((rc = ledger_open(c, &l, true)) != DONE_WELL)
		return rc;
	if (l.count) {
		accept = strcmp(l.words[0], "accept") == 0;
		if ((!accept && strcmp(l.words[0], "drop") != 0) || l.count < 2)
			return ledger_close(&l, kept_say(WRONG_USE, "'%s'? `kept held --help`", l.words[0]));
		for (int i = 1; i < l.count && well; i++) {
			const char *word = l.words[i] + (*l.words[i] == 'h');
			struct held_row h;
			int64_t id;
			bool found;

			if (!ledger_number(word, &id))
				return ledger_close(&l, kept_say(WRONG_USE, "'%s' is no number of a held message", l.words[i]));
			well = sql_begin(l.q, &e) && store_held_get(l.q, l.p, SQL_HELD_GET, id, &h, &found, &e);
			if (well && (!found || strcmp(h.owner, l.owner->key) != 0))
				well = err_perm(&e, "h%lld: there is no such held message of %s", (long long)id, l.owner->key);
			well = well && (accept ? intake_accept(l.q, l.p, l.conf, id, l.now, &e) :
						 store_held_set(l.q, id, "dropped", &e) &&
							 record_add(l.q, &(struct event){ .owner = h.owner, .word = "dropped", .letter = h.letter }, l.now, &e));
			well = well && sql_commit(l.q, &e);
			if (!well) {
				sql_rollback(l.q);
				return ledger_close(&l, kept_say(FAILED, "%s", e.text));
			}
			l.changed = true;
			printf("h%lld: %s\n", (long long)id, accept ? "accepted as yours" : "dropped");
		}
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
			printf("h%-4lld  %s  %s  %s\n       %s\n", (long long)list[i].id, at, list[i].sender, list[i].subject, list[i].reason);
	}
	if (l.json)
		ledger_print(out);
	else if (!n)
		puts("Nothing is held.");
	return ledger_close(&l, DONE_WELL);
}

/* ---- backup ---- */

int kept_backup(struct call *c)
{
	struct ledger l;
	bool help;
	struct err e = { 0 };
	int rc = ledger_read(c, &l,
			     "kept backup - copy the database, while the daemon runs\n\n  kept backup FILE\n\n"
			     "FILE must not exist yet. The key of the record lies beside the database (kept.db.key): keep a copy of it apart.\n",
			     NULL, NULL, &help);

	if (help || rc != DONE_WELL)
		return rc;
	if (l.count != 1)
		return kept_say(WRONG_USE, "to which file? As `kept backup /backup/kept-monday.db`");
	if ((rc = ledger_open(c, &l, false)) != DONE_WELL)
		return rc;
	if (!sql_backup(l.q, l.words[0], &e))
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
	"--check: one line, and exit 0 ok, 1 warning, 2 critical, 3 unknown, for monitoring programs.\n";

/* The daemon holds the lock. */
static bool runs(struct ledger *l)
{
	int fd = open(pool_print(l->p, "%s.lock", l->conf->database), O_RDWR | O_CLOEXEC);
	bool held;

	if (fd < 0)
		return false;
	held = flock(fd, LOCK_EX | LOCK_NB) != 0;
	close(fd);
	return held;
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
	json_t *list;

	if (help)
		return rc;
	if (rc != DONE_WELL)
		return rc;
	rc = ledger_open(c, &l, false);
	if (rc != DONE_WELL) {
		if (ledger_flag(&l, "--check"))
			puts("kept unknown: the configuration or the database cannot be read");
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
				overdue += worktime_late(&l.conf->owners[i].time, m[j].due) < l.now;
			}
	}
	running = runs(&l);
	list = json_array();
	for (size_t i = 0; i < n; i++) {
		bool configured = strncmp(beats[i].name, "mailbox ", 8) != 0;

		for (size_t m = 0; m < l.conf->mailbox_count && !configured; m++)
			configured = strcmp(beats[i].name + 8, l.conf->mailboxes[m].key) == 0;
		if (!configured)
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
	for (size_t i = 0; i < waiting; i++)
		unsure += open[i].state == OUTBOX_UNSURE;
	if (unsure && level < 1) {
		level = 1;
		why = "a mail may or may not have arrived: `kept outbox`";
	}
	if (!running) {
		level = 2;
		why = "keptd is not running: start it (systemctl --user start keptd)";
	}
	if (ledger_flag(&l, "--check")) {
		printf("kept %s: %s\n", levels[level], why);
		json_decref(list);
		return ledger_close(&l, level);
	}
	if (l.json) {
		ledger_print(json_pack("{ss ss sb so si si si si}", "level", levels[level], "why", why, "running", running, "loops", list, "promises",
				       (int)promises, "overdue", (int)overdue, "outbox", (int)waiting, "held", (int)held));
		return ledger_close(&l, DONE_WELL);
	}
	printf("%s: %s\n\n  promises  %zu open, %zu overdue\n  outbox    %zu wait\n  held      %zu\n\n", levels[level], why, promises, overdue, waiting, held);
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *b = json_array_get(list, i);

		printf("  %-20s %6lld s ago  %s\n", json_string_value(json_object_get(b, "name")), (long long)json_integer_value(json_object_get(b, "seconds")),
		       json_string_value(json_object_get(b, "state")));
	}
	json_decref(list);
	return ledger_close(&l, DONE_WELL);
}

/* ---- import ---- */

static const char import_help[] =
	"kept import - take older mail of the watched mailboxes\n\n"
	"  kept import --since DATE [--mailbox NAME] [--json]\n\n"
	"  kept import --since 2026-11-01\n"
	"kept starts from now on a mailbox that is already full; this takes what came before. What was read before is not read\n"
	"twice, so it may be run again.\n";

struct progress {
	size_t read;
	bool shown;
};

static void show_progress(void *arg, size_t letters)
{
	struct progress *p = arg;

	p->read += letters;
	if (isatty(STDERR_FILENO)) {
		fprintf(stderr, "\r%zu read ", p->read);
		p->shown = true;
	}
}

static utc clock_of(void *arg)
{
	(void)arg;
	return kept_now();
}

static bool import_one(struct ledger *l, const struct mailbox_conf *m, utc since, struct progress *p, struct err *e)
{
	struct collect k = { .q = l->q, .c = l->conf, .mailbox = m, .clock = clock_of, .committed = show_progress, .arg = p };
	size_t n;
	bool well = reader_open(&k.reader, e) && mailbox_open(m, &k.box, e);

	for (size_t i = 0; i < m->watch.n && well; i++)
		well = collect_since(&k, m->watch.list[i], false, since, &n, e) || err_at(e, "folder '%s'", m->watch.list[i]);
	for (size_t i = 0; i < m->folders.n && well; i++)
		well = collect_since(&k, m->folders.list[i], true, since, &n, e) || err_at(e, "folder '%s'", m->folders.list[i]);
	mailbox_close(&k.box);
	reader_close(&k.reader);
	return well;
}

int kept_import(struct call *c)
{
	static const char *const valued[] = { "--since", "--mailbox", NULL };
	struct ledger l;
	struct progress progress = { 0 };
	bool help, any = false;
	const char *since, *name;
	struct err e = { 0 };
	utc from;
	int rc = ledger_read(c, &l, import_help, valued, NULL, &help);

	if (help || rc != DONE_WELL)
		return rc;
	since = ledger_option(&l, "--since");
	if (!since)
		return kept_say(WRONG_USE, "since when? As `kept import --since 2026-11-01`");
	if (!utc_parse(since, zone_fixed(l.p, 0), &from))
		return kept_say(WRONG_USE, "--since '%s' is no date; as 2026-11-01", since);
	if ((rc = ledger_open(c, &l, false)) != DONE_WELL)
		return rc;
	name = ledger_option(&l, "--mailbox");
	for (size_t i = 0; i < l.conf->mailbox_count; i++) {
		const struct mailbox_conf *m = &l.conf->mailboxes[i];

		if (name && strcmp(name, m->key) != 0)
			continue;
		any = true;
		if (!import_one(&l, m, from, &progress, &e)) {
			rc = kept_say(FAILED, "mailbox %s: %s", m->key, e.text);
			break;
		}
	}
	if (progress.shown)
		fputc('\n', stderr);
	if (!any)
		return ledger_close(&l, kept_say(WRONG_USE, "no mailbox '%s' in %s", name ? name : "", l.conf->file));
	l.changed = true;
	if (rc == DONE_WELL && l.json)
		ledger_print(json_pack("{si}", "read", (int)progress.read));
	else if (rc == DONE_WELL)
		printf("%zu messages read since %s\n", progress.read, since);
	return ledger_close(&l, rc);
}
