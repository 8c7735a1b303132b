/* kept check - is all well? configuration, database, logins, and a mail by every route; and what to do about what is not */
#include "daemon/kept_audit.h"
#include "daemon/kept_check.h"
#include "daemon/kept_ledger.h"
#include "daemon/kept_progress.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "borders/net.h"
#include "borders/reader.h"
#include "borders/record.h"
#include "judgement/plan.h"
#include "letters/template.h"
#include "work/calendars.h"

static const char help[] =
	"kept check - try everything kept needs, and say what to do about what fails\n"
	"\n"
	"  kept check [--no-mail] [--wait SECONDS] [--json]\n"
	"\n"
	"  1. the configuration is read, with every date and offset in its policies, and your own templates\n"
	"  2. the database, where there is one, is read through for damage, and the record of events for changes\n"
	"  3. each mailbox: certificate, login, the folders that are watched; each calendar: can it be read?\n"
	"  4. each submission sends one mail to each tracking address (as kept+check-TOKEN@…), and it is\n"
	"     waited for: how long it took, by which traces a BCC can be known, and whether an\n"
	"     Authentication-Results of a trusted server stands on top\n"
	"\n"
	"  --no-mail        leave out step 4: nothing is sent\n"
	"  --wait SECONDS   for a mail to come back; 60\n"
	"  --json           one object: ok, and the steps with kind, name, end (ok, warn, fail), seconds, detail, do\n"
	"\n"
	"Examples\n"
	"  kept check                        after every change of the configuration\n"
	"  kept check --no-mail              logins alone, within seconds\n"
	"  kept -c test.conf check --wait 5  another configuration, an impatient one\n"
	"\n"
	"Exit: 0 nothing failed (warnings may stand), 1 something failed, 2 wrong use.\n";

double check_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void check_begin(struct check *c)
{
	c->began = check_clock();
}

static const char *const ends[] = { "ok", "warn", "fail" };

static void print_step(const struct check_step *s)
{
	static const char *const colours[] = { "\033[32m", "\033[33m", "\033[31m" };
	bool colour = kept_colour();
	const char *remedy = s->todo ? strstr(s->detail, "; do: ") : NULL; /* told in the line below */
	int n = (int)(remedy ? (size_t)(remedy - s->detail) : strlen(s->detail));

	printf("%s%-4s%s  %s%s%s: %.*s (%.2f s)\n", colour ? colours[s->end] : "", ends[s->end], colour ? "\033[0m" : "", s->kind,
	       *s->name ? " " : "", s->name, n, s->detail, s->seconds);
	if (s->todo)
		printf("      do: %s\n", s->todo);
	fflush(stdout);
}

void check_end(struct check *c, enum step_end end, const char *kind, const char *name, const char *detail, const char *todo)
{
	struct check_step *s = pool_more(c->pool, &c->steps, c->n, sizeof *s);
	const char *twice = pool_print(c->pool, "%s %s: ", kind, name); /* an error says it too */
	double now = check_clock();

	work_end();
	if (strncmp(detail, twice, strlen(twice)) == 0)
		detail += strlen(twice);
	*s = (struct check_step){ kind, pool_copy(c->pool, name), end, now - c->began, pool_copy(c->pool, detail),
	                          pool_copy(c->pool, todo) };
	c->n++;
	c->began = now;
	if (!c->json && (!c->untold || strcmp(c->untold, kind) != 0))
		print_step(s);
}

/* ---- 1: the configuration ---- */

/* The expressions of the policies, by the very test that the daemon makes at its start. */
static void check_policies(struct check *c)
{
	struct conf_errors errors = { 0 };

	if (plan_check(c->pool, c->conf, &errors))
		check_end(c, STEP_OK, "policies", "", pool_print(c->pool, "%zu, each date and offset can be read", c->conf->policy_count), NULL);
	for (size_t i = 0; i < errors.n; i++)
		check_end(c, STEP_FAIL, "policies", "", errors.list[i], "mend it; `kept when` tries an expression, kept(7) has them all");
}

/* The owner's own templates, by the same test. */
static void check_templates(struct check *c)
{
	struct conf_errors errors = { 0 };

	if (template_check(c->pool, c->conf, &errors) && c->conf->own_count)
		check_end(c, STEP_OK, "templates", c->conf->templates, pool_print(c->pool, "%zu of your own, each can be filled in", c->conf->own_count), NULL);
	for (size_t i = 0; i < errors.n; i++)
		check_end(c, STEP_FAIL, "templates", "", errors.list[i], "mend it; kept-template(5) has all fields; until then the one that comes with kept is used");
}

static void check_conf(struct check *c)
{
	const struct conf *f = c->conf;

	check_end(c, f->owner_count && f->mailbox_count ? STEP_OK : STEP_WARN, "configuration", f->file,
	          pool_print(c->pool, "%zu owner%s, %zu mailbox%s, %zu submission%s", f->owner_count, f->owner_count == 1 ? "" : "s",
	                     f->mailbox_count, f->mailbox_count == 1 ? "" : "es", f->submission_count, f->submission_count == 1 ? "" : "s"),
	          f->owner_count && f->mailbox_count ? NULL : "an owner and a mailbox are the least kept needs; kept.conf(5), EXAMPLES, shows them");
	check_policies(c);
	check_templates(c);
	for (size_t i = 0; i < f->owner_count; i++)
		if (template_lacks(c->pool, f, &f->owners[i]))
			check_end(c, STEP_WARN, "owner", f->owners[i].key, template_lacks(c->pool, f, &f->owners[i]),
			          "set language = \"en\", or put templates of your own into the folder `templates`: kept-template(5)");
	for (size_t i = 0; i < f->owner_count; i++)
		if (!conf_capture(f, &f->owners[i]))
			check_end(c, STEP_WARN, "owner", f->owners[i].key, "no tracking address serves this owner: nothing can be tagged by BCC",
			          "set tracking = [ \"kept@…\" ] in a capture mailbox, or in this owner's personal one");
}

/* ---- 2: the database ---- */

static bool followed(void *arg, const struct recorded *r, struct err *e)
{
	(void)arg, (void)e;
	work_at((uint64_t)r->row);
	return true;
}

/* The chain of events, under the key beside the database. */
static void check_record(struct check *c, struct sql *q)
{
	const char *key = pool_print(c->pool, "%s.key", c->conf->database);
	struct record_state record = { .broken = 0 };
	struct err e = { 0 };
	bool any;

	check_begin(c);
	if (!sql_exists(key)) {
		any = sql_query(q, SQL_EVENT_LAST_MAC, &e, 0, NULL) && sql_row(q, SQL_EVENT_LAST_MAC);
		sql_end(q, SQL_EVENT_LAST_MAC, &e);
		if (any)
			check_end(c, STEP_FAIL, "record", key, "the key of the record is gone: what happened can be read, but no longer proven",
			          "put your copy of the key back there, mode 0600: keptd does nothing without it; if there is none: keptd(8), RESTORE");
		return;
	}
	audit_begin(q);
	if (!record_verify(q, c->pool, followed, NULL, &record, &e))
		check_end(c, STEP_FAIL, "record", key, e.text, "put your copy of the key back there, mode 0600");
	else if (record.broken)
		check_end(c, STEP_FAIL, "record", key,
		          pool_print(c->pool, "event %lld is not as it was written, or was written under another key", (long long)record.broken),
		          "if the database was restored, put the key that belongs to it back; if not, somebody changed it: compare with a copy");
	else
		check_end(c, STEP_OK, "record", key, pool_print(c->pool, "%lld event%s, each as it was written", (long long)record.rows, record.rows == 1 ? "" : "s"), NULL);
}

static void check_database(struct check *c)
{
	static const char restore[] = "stop keptd, keep the damaged file, and put the last copy in its place: keptd(8), RESTORE, step by step";
	struct sql *q = NULL;
	const char *report = "";
	struct err e = { 0 };
	bool ok;

	check_begin(c);
	if (!c->conf->database || !sql_exists(c->conf->database)) {
		check_end(c, STEP_OK, "database", c->conf->database ? c->conf->database : "", "there is none yet; the daemon makes it", NULL);
		return;
	}
	work_doing("reading the database through");
	ok = sql_open(c->conf->database, SQL_COMMAND, &q, &e) && sql_integrity(q, c->pool, &report, &e);
	if (!ok)
		check_end(c, STEP_FAIL, "database", c->conf->database, e.text,
		          strstr(e.text, "damaged") ? restore : e.kind == ERR_TEMP ? "try again" : "is it this user's? is it this kept's?");
	else if (*report)
		check_end(c, STEP_FAIL, "database", c->conf->database, report, restore);
	else
		check_end(c, STEP_OK, "database", c->conf->database, "read through, nothing is damaged", NULL);
	if (ok && !*report)
		check_record(c, q);
	if (q)
		sql_close(&q);
}

/* The child in which the daemon has messages read. */
static void check_reader(struct check *c)
{
	struct reader *r = NULL;
	struct err e = { 0 };

	if (!reader_open(&r, &e))
		check_end(c, STEP_FAIL, "reader", "", e.text, "the confined process that reads mail cannot be started here");
	else if (!reader_has_landlock())
		check_end(c, STEP_WARN, "reader", "", READER_NO_LANDLOCK,
		          "nothing, or boot a kernel with Landlock (Linux 5.13): keptd(8), SECURITY CONSIDERATIONS");
	else
		check_end(c, STEP_OK, "reader", "", "starts, and is confined by seccomp, Landlock and limits", NULL);
	reader_close(&r);
}

/* ---- 3: the mailboxes ---- */

static bool check_folders(struct check *c, struct mailbox *m, const struct mailbox_conf *b, const struct strings *names, struct text *found)
{
	bool well = true;

	for (size_t i = 0; i < names->n; i++) {
		struct mailbox_folder f;
		const char *folder;
		struct err e = { 0 };

		if (mailbox_find(m, c->pool, names->list[i], &folder, &e) && mailbox_select(m, folder, &f, &e)) {
			text_print(found, "; %s%s%s%s: %u messages", names->list[i], *names->list[i] == '\\' ? " (" : "",
			           *names->list[i] == '\\' ? folder : "", *names->list[i] == '\\' ? ")" : "", f.exists);
			continue;
		}
		check_end(c, STEP_FAIL, "mailbox", b->key, e.text,
		          e.kind == ERR_TEMP ? "try again" : "make the folder, or set watch and folders to those that are there");
		well = false;
		if (e.kind == ERR_TEMP)
			break;
	}
	return well;
}

/* Mail waits as drafts where that can be; where not, nothing is lost: the owner is asked by mail. */
static void check_drafts(struct check *c, struct mailbox *m, const struct mailbox_conf *b, struct text *found)
{
	struct mailbox_folder f;
	const char *folder;
	struct err e = { 0 };

	if (!*b->drafts)
		return;
	if (!conf_drafts(c->conf, b->owner))
		check_end(c, STEP_WARN, "drafts", b->key, "no tracking address serves its owner, to say that a draft was sent: they are asked by mail",
		          "set tracking = [ \"kept@…\" ] in a capture mailbox, or in this one");
	else if (mailbox_select_drafts(m, c->pool, &folder, &f, &e))
		text_print(found, "; drafts in %s", folder);
	else
		check_end(c, STEP_WARN, "drafts", b->key, pool_print(c->pool, "%s; the owner is asked by mail instead", e.text),
		          e.kind == ERR_TEMP ? "try again" : "make the folder, or set drafts to one that is there; \"\" if mail it shall be");
}

/* Where the password lies in a file of `kept secret set`, that command takes another. */
const char *check_password_todo(struct pool *p, const struct server *s)
{
	static const char ending[] = ".secret";
	const char *name = s->password ? strrchr(s->password, '/') : NULL;
	size_t n = name ? strlen(++name) : 0, length = strlen(ending);
	const char *todo = "mend user or password";

	if (n > length && text_starts(s->password, "file:") && strcmp(name + n - length, ending) == 0)
		todo = pool_print(p, "mend user or password (kept secret set %s)", pool_slice(p, name, n - length));
	return s->at.file ? pool_print(p, "%s:%d: %s", s->at.file, s->at.line, todo) : todo;
}

static const char *login_todo(const struct check *c, const struct server *s, const struct err *e)
{
	const char *remedy = strstr(e->text, "; do: ");

	if (remedy)
		return pool_copy(c->pool, remedy + strlen("; do: "));
	if (strstr(e->text, "refused the login"))
		return check_password_todo(c->pool, s);
	if (strstr(e->text, "certificate"))
		return "mend the name, the authority (ca) or the clock, as said; never turn verification off";
	if (e->kind == ERR_TEMP)
		return pool_print(c->pool, "is %s reachable from here? try again; else mend host, port and tls", s->host);
	return "mend the setting, as said";
}

bool check_mailbox(struct check *c, const struct mailbox_conf *b)
{
	struct mailbox *m = NULL;
	struct text *found = text_new(c->pool, 2000);
	struct err e = { 0 };
	bool well;

	check_begin(c);
	if (!mailbox_open(b, &m, &e)) {
		c->dead[b - c->conf->mailboxes] = true;
		check_end(c, STEP_FAIL, "mailbox", b->key, e.text, login_todo(c, &b->server, &e));
		return false;
	}
	text_print(found, "%s logged in at %s port %d, %s", b->server.user, b->server.host, b->server.port,
	           mailbox_can_idle(m) ? "with IDLE" : pool_print(c->pool, "no IDLE: looked at every %d seconds", b->poll));
	if (mailbox_is_gmail(m))
		text_add(found, ", Gmail");
	well = check_folders(c, m, b, &b->watch, found);
	well = check_folders(c, m, b, &b->folders, found) && well;
	if (mailbox_alive(m))
		check_drafts(c, m, b, found);
	if (well)
		check_end(c, STEP_OK, "mailbox", b->key, found->s, NULL);
	mailbox_close(&m);
	return well;
}

/* ---- the end ---- */

static void print_json(const struct check *c, bool ok)
{
	json_t *all = json_object(), *steps = json_array();

	for (size_t i = 0; i < c->n; i++) {
		const struct check_step *s = &c->steps[i];
		json_t *one = json_object();

		json_object_set_new(one, "kind", json_string(s->kind));
		json_object_set_new(one, "name", json_string(s->name));
		json_object_set_new(one, "end", json_string(ends[s->end]));
		json_object_set_new(one, "seconds", json_real((double)(long)(s->seconds * 1000) / 1000));
		json_object_set_new(one, "detail", json_string(s->detail));
		json_object_set_new(one, "do", s->todo ? json_string(s->todo) : json_null());
		json_array_append_new(steps, one);
	}
	json_object_set_new(all, "ok", json_boolean(ok));
	json_object_set_new(all, "steps", steps);
	json_dumpf(all, stdout, JSON_INDENT(2) | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(6));
	putchar('\n');
	json_decref(all);
}

/* ---- 3: calendars ---- */

static const char *calendar_todo(struct pool *p, const struct calendar_conf *l, const char *why)
{
	const char *remedy = strstr(why, "; do: ");

	if (l->path)
		return "name a file in iCalendar (.ics)";
	if (remedy)
		return pool_copy(p, remedy + strlen("; do: "));
	if (l->oauth)
		return pool_print(p, "look at url and user of this calendar; a login from before it was in the configuration knows nothing of "
				     "calendars: kept login %s", l->user);
	return "look at url, user, password and ca of this calendar; kept.conf(5), calendar";
}

static void check_calendars(struct check *c)
{
	struct reader *r = NULL;

	for (size_t i = 0; i < c->conf->calendar_count; i++) {
		const struct calendar_conf *l = &c->conf->calendars[i];
		struct err e = { 0 };
		const char *said = "";
		bool well = (r || reader_open(&r, &e)) && calendars_try(c->pool, l, r, kept_now(), &said, &e);

		if (well)
			check_end(c, STEP_OK, "calendar", l->key, said, NULL);
		else
			check_end(c, e.kind == ERR_TEMP ? STEP_WARN : STEP_FAIL, "calendar", l->key, e.text,
				  calendar_todo(c->pool, l, e.text));
	}
	reader_close(&r);
}

static int report(const struct check *c)
{
	size_t failed = 0, warned = 0;

	for (size_t i = 0; i < c->n; i++) {
		failed += c->steps[i].end == STEP_FAIL;
		warned += c->steps[i].end == STEP_WARN;
	}
	if (c->json) {
		print_json(c, !failed);
		return failed ? FAILED : DONE_WELL;
	}
	if (!failed && !warned)
		puts(c->conf->database && ledger_daemon_runs(c->pool, c->conf->database)
			     ? "\nAll is well."
			     : "\nAll is well; but keptd does not run: kept status says how it is started.");
	else
		printf("\n%zu failed, %zu to look at, of %zu steps.\n", failed, warned, c->n);
	return failed ? FAILED : DONE_WELL;
}

static bool arguments(struct call *call, struct check *c)
{
	for (int i = 1; i < call->argc; i++) {
		char *end = NULL;

		if (strcmp(call->argv[i], "--json") == 0)
			c->json = true;
		else if (strcmp(call->argv[i], "--no-mail") == 0)
			c->no_mail = true;
		else if (strcmp(call->argv[i], "--wait") == 0 && i + 1 < call->argc &&
		         (c->wait = (int)strtol(call->argv[i + 1], &end, 10)) > 0 && c->wait <= 3600 && !*end)
			i++;
		else
			return false;
	}
	return true;
}

int kept_check(struct call *call)
{
	struct check c = { .pool = call->pool, .wait = 60 };
	struct conf *conf;
	int code;

	if (kept_help(call, help))
		return DONE_WELL;
	if (!arguments(call, &c))
		return kept_say(WRONG_USE, "usage: kept check [--no-mail] [--wait SECONDS] [--json]; `kept check --help` tells more");
	if (c.json)
		work_quiet();
	check_begin(&c);
	conf = kept_conf(call);
	if (!conf)
		return FAILED;
	c.conf = conf;
	c.dead = pool_list(c.pool, conf->mailbox_count + 1, sizeof *c.dead);
	check_conf(&c);
	check_database(&c);
	check_reader(&c);
	net_start();
	for (size_t i = 0; i < conf->mailbox_count; i++)
		check_mailbox(&c, &conf->mailboxes[i]);
	check_calendars(&c);
	if (!c.no_mail)
		check_mail(&c);
	code = report(&c);
	conf_close(&conf);
	return code;
}
