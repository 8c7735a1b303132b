/* sql: opening, migrations, damage, locks, query plans, transactions */
#include "rows.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "borders/outbox.h"
#include "borders/record.h"
#include "borders/store.h"

static char folder[64];

static int make(void **state)
{
	strcpy(folder, "/tmp/kept-sql-XXXXXX");
	umask(077);
	*state = pool_new();
	return mkdtemp(folder) ? 0 : -1;
}

static int drop(void **state)
{
	struct pool *p = *state;
	int rc = system(pool_print(p, "rm -rf %s", folder));

	pool_end(&p);
	return rc;
}

static struct sql *opened(struct pool *p, enum sql_use use)
{
	struct sql *q = NULL;
	struct err e = { 0 };

	if (!sql_open(pool_print(p, "%s/kept.db", folder), use, &q, &e))
		fail_msg("%s", e.text);
	return q;
}

static void shell(struct pool *p, const char *format, ...)
{
	va_list a;

	va_start(a, format);
	assert_int_equal(system(pool_vprint(p, format, a)), 0);
	va_end(a);
}

static void a_second_daemon_is_refused(void **state)
{
	struct pool *p = *state;
	struct sql *q = opened(p, SQL_DAEMON), *r = NULL, *command;
	struct err e = { 0 };

	assert_false(sql_open(pool_print(p, "%s/kept.db", folder), SQL_DAEMON, &r, &e));
	assert_non_null(strstr(e.text, "another keptd"));
	command = opened(p, SQL_COMMAND); /* `kept` may, meanwhile */
	sql_close(&command);
	sql_close(&q);
	q = opened(p, SQL_DAEMON); /* and when the first is gone, so may the next */
	sql_close(&q);
}

/* ---- migrations: the built-in schema with steps of our own behind it, as a later kept would have them ---- */

static const char second[] = "-- what each owner was told\nCREATE TABLE told (owner TEXT PRIMARY KEY, times INTEGER NOT NULL) STRICT;\n"
			     "INSERT INTO told SELECT key, welcomed FROM owner;\n";
static const char third[] = "ALTER TABLE told ADD COLUMN last INTEGER;\nUPDATE told SET last = times + 1;\n";
static const char wrong[] = "UPDATE told SET times = 0;\nDROP TABLE owner_of_old;\n";
static const char endless[] = "INSERT INTO told WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT 'o' || i, i FROM n;\n";

/* Of the newest migration that is built in. */
static int built_in(void)
{
	int n = 0;

	for (const char *s = sql_schema(); (s = strstr(s, "\n-- migration ")); s++)
		n = atoi(s + strlen("\n-- migration "));
	return n;
}

/* The version, how many owners there are, and the sum of told.last, "-" where there is no such table: asked from outside. */
static const char *state_of(struct pool *p)
{
	char line[200] = "";
	FILE *f = popen(pool_print(p, "python3 -c \"\nimport sqlite3\nc = sqlite3.connect('%s/kept.db')\n"
				   "one = lambda s: str(c.execute(s).fetchone()[0])\ntry: told = one('SELECT sum(last) FROM told')\n"
				   "except sqlite3.Error: told = '-'\n"
				   "print(one('PRAGMA user_version'), one('SELECT count(*) FROM owner'), told)\"", folder), "r");

	assert_non_null(f);
	if (fgets(line, sizeof line, f))
		line[strcspn(line, "\n")] = '\0';
	pclose(f);
	return pool_copy(p, line);
}

/* A ledger of today with rows in it. */
static void fill(struct pool *p)
{
	struct sql *q = opened(p, SQL_DAEMON);
	struct err e = { 0 };
	struct owner_row o = { .welcomed = 5 };

	assert_true(sql_begin(q, &e));
	for (int i = 0; i < 20; i++)
		assert_true(store_owner_set(q, pool_print(p, "owner-%02d", i), &o, &e));
	assert_true(sql_commit(q, &e));
	sql_close(&q);
}

static bool open_with(struct pool *p, enum sql_use use, const char *one, const char *two, struct sql **q, struct err *e)
{
	const char *schema = pool_print(p, "%s\n-- migration %d\n%s", sql_schema(), built_in() + 1, one);

	if (*two)
		schema = pool_print(p, "%s\n-- migration %d\n%s", schema, built_in() + 2, two);
	return sql_open_with(pool_print(p, "%s/kept.db", folder), use, schema, q, e);
}

static void is_at(struct pool *p, int steps, const char *rows)
{
	assert_string_equal(state_of(p), pool_print(p, "%d %s", built_in() + steps, rows));
}

static void migrations_run_in_their_order_and_keep_the_rows(void **state)
{
	struct pool *p = *state;
	struct sql *q = NULL;
	struct err e = { 0 };
	struct owner_row o;

	fill(p);
	is_at(p, 0, "20 -");
	assert_true(open_with(p, SQL_DAEMON, second, third, &q, &e)); /* the third needs the second */
	assert_true(store_owner(q, "owner-07", &o, &e));
	assert_int_equal(o.welcomed, 5);
	sql_close(&q);
	is_at(p, 2, "20 120");
	assert_true(open_with(p, SQL_DAEMON, second, third, &q, &e)); /* and once only */
	sql_close(&q);
	is_at(p, 2, "20 120");
	/* one by one is the same */
	shell(p, "rm %s/kept.db", folder);
	fill(p);
	assert_true(open_with(p, SQL_COMMAND, second, "", &q, &e));
	sql_close(&q);
	is_at(p, 1, "20 -");
	assert_true(open_with(p, SQL_COMMAND, second, third, &q, &e));
	sql_close(&q);
	is_at(p, 2, "20 120");
	/* today's program leaves it alone */
	shell(p, "cp %s/kept.db %s/before", folder, folder);
	q = NULL;
	assert_false(sql_open(pool_print(p, "%s/kept.db", folder), SQL_DAEMON, &q, &e));
	assert_null(q);
	assert_non_null(strstr(e.text, pool_print(p, "version %d, written by a newer kept; this one knows versions up to %d", built_in() + 2, built_in())));
	shell(p, "cmp %s/kept.db %s/before", folder, folder);
}

/* The real ones: a ledger of each version there was, with a row, becomes one of today. */
static void each_older_version_becomes_todays(void **state)
{
	struct pool *p = *state;

	for (int version = 1; version < built_in(); version++) {
		const char *end = strstr(sql_schema(), pool_print(p, "\n-- migration %d", version + 1));
		struct sql *q;
		struct owner_row o;
		struct err e = { 0 };
		FILE *f;

		if (!end) /* that number was never used */
			continue;
		f = fopen(pool_print(p, "%s/old.sql", folder), "w");
		assert_non_null(f);
		fprintf(f, "BEGIN;%.*s;INSERT INTO owner (key, welcomed) VALUES ('ada', 7); PRAGMA user_version = %d; PRAGMA application_id = %d; COMMIT;",
			(int)(end - sql_schema()), sql_schema(), version, 0x6b657074);
		fclose(f);
		shell(p, "rm -f %s/kept.db; python3 -c \"import sqlite3; sqlite3.connect('%s/kept.db').executescript(open('%s/old.sql').read())\"", folder, folder, folder);
		assert_string_equal(state_of(p), pool_print(p, "%d 1 -", version));
		q = opened(p, SQL_DAEMON);
		assert_true(store_owner(q, "ada", &o, &e));
		assert_int_equal(o.welcomed, 7);
		sql_close(&q);
		assert_string_equal(state_of(p), pool_print(p, "%d 1 -", built_in()));
	}
}

static void a_migration_that_fails_changes_nothing(void **state)
{
	struct pool *p = *state;
	struct sql *q = NULL;
	struct err e = { 0 };

	fill(p);
	shell(p, "cp %s/kept.db %s/before", folder, folder);
	assert_false(open_with(p, SQL_DAEMON, second, wrong, &q, &e));
	assert_null(q);
	assert_non_null(strstr(e.text, pool_print(p, "kept.db: migration %d failed and nothing was changed, it stays at version %d: no such table: owner_of_old",
							  built_in() + 2, built_in())));
	shell(p, "cmp %s/kept.db %s/before && ! test -s %s/kept.db-journal", folder, folder, folder);
	q = opened(p, SQL_DAEMON); /* today's program goes on with it */
	sql_close(&q);
	assert_true(open_with(p, SQL_DAEMON, second, third, &q, &e)); /* and a mended one brings it up to date */
	sql_close(&q);
	is_at(p, 2, "20 120");
}

static void killed_while_it_migrates(void **state)
{
	struct pool *p = *state;
	struct sql *q = NULL;
	struct err e = { 0 };
	pid_t child;
	int status;

	fill(p);
	child = fork();
	if (child == 0) { /* more rows than the cache holds: they are in the file already when the end comes */
		open_with(p, SQL_DAEMON, second, endless, &q, &e);
		_exit(0);
	}
	for (int i = 0; i < 1000 && system(pool_print(p, "test $(stat -c %%s %s/kept.db) -gt 4000000", folder)) != 0; i++)
		usleep(20000);
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	q = opened(p, SQL_DAEMON);
	sql_close(&q);
	is_at(p, 0, "20 -");
	assert_true(open_with(p, SQL_DAEMON, second, third, &q, &e));
	sql_close(&q);
	is_at(p, 2, "20 120");
}

/* `kept` of a new installation beside the old keptd, which was not restarted yet. */
static void the_tables_do_not_change_under_a_running_daemon(void **state)
{
	struct pool *p = *state;
	struct sql *old = opened(p, SQL_DAEMON), *q = NULL;
	struct err e = { 0 };

	assert_false(open_with(p, SQL_COMMAND, second, "", &q, &e));
	assert_null(q);
	assert_int_equal(e.kind, ERR_TEMP);
	assert_non_null(strstr(e.text, pool_print(p, "is of version %d, this kept needs %d, and the keptd that runs is older: restart it", built_in(), built_in() + 1)));
	sql_close(&old);
	is_at(p, 0, "0 -");
	assert_true(open_with(p, SQL_COMMAND, second, "", &q, &e)); /* none runs: the command does it, and locks nobody out after */
	assert_true(open_with(p, SQL_DAEMON, second, "", &old, &e));
	sql_close(&old);
	sql_close(&q);
}

/* A `kept` that writes while the daemon starts, or rolls back what a killed one left, makes it wait, not end. */
static void the_daemon_waits_for_who_writes(void **state)
{
	struct pool *p = *state;
	struct sql *q = opened(p, SQL_COMMAND);

	sql_close(&q);
	shell(p, "python3 -c \"\nimport sqlite3, time\nc=sqlite3.connect('%s/kept.db', isolation_level=None)\nc.execute('begin exclusive')\n"
		 "open('%s/held', 'w')\ntime.sleep(1)\n\" & while [ ! -e %s/held ]; do sleep 0.05; done", folder, folder, folder);
	q = opened(p, SQL_DAEMON);
	sql_close(&q);
}

static void a_newer_database_is_refused(void **state)
{
	struct pool *p = *state;
	struct sql *q = opened(p, SQL_COMMAND), *r = NULL;
	struct err e = { 0 };

	sql_close(&q);
	shell(p, "printf '\\000\\000\\003\\347' | dd of=%s/kept.db bs=1 seek=60 conv=notrunc 2>/dev/null", folder); /* user_version 999 */
	assert_false(sql_open(pool_print(p, "%s/kept.db", folder), SQL_DAEMON, &r, &e));
	assert_int_equal(e.kind, ERR_PERM);
	assert_non_null(strstr(e.text, "version 999"));
}

static void anothers_database_is_refused(void **state)
{
	struct pool *p = *state;
	struct sql *r = NULL;
	struct err e = { 0 };

	shell(p, "python3 -c \"import sqlite3; c=sqlite3.connect('%s/kept.db'); c.execute('create table t (x)'); c.commit()\"", folder);
	assert_false(sql_open(pool_print(p, "%s/kept.db", folder), SQL_DAEMON, &r, &e));
	assert_non_null(strstr(e.text, "another program"));
}

static void damage_is_found_and_left_alone(void **state)
{
	struct pool *p = *state;
	struct sql *q = opened(p, SQL_DAEMON), *r = NULL;
	struct err e = { 0 };
	struct owner_row o = { .welcomed = 5 };

	for (int i = 0; i < 200; i++)
		assert_true(sql_begin(q, &e) && store_owner_set(q, pool_print(p, "owner-%d", i), &o, &e) && sql_commit(q, &e));
	sql_close(&q);
	shell(p, "dd if=/dev/urandom of=%s/kept.db bs=4096 seek=3 count=8 conv=notrunc 2>/dev/null; cp %s/kept.db %s/before", folder, folder, folder);
	assert_false(sql_open(pool_print(p, "%s/kept.db", folder), SQL_DAEMON, &r, &e));
	assert_int_equal(e.kind, ERR_PERM);
	assert_non_null(strstr(e.text, "damaged"));
	shell(p, "cmp %s/kept.db %s/before", folder, folder);
	/* and what is no database at all */
	shell(p, "head -c 20000 /dev/urandom > %s/kept.db", folder);
	assert_false(sql_open(pool_print(p, "%s/kept.db", folder), SQL_DAEMON, &r, &e));
	assert_non_null(strstr(e.text, "damaged"));
}

static void only_its_owner_can_read_it(void **state)
{
	struct pool *p = *state;
	struct sql *q = opened(p, SQL_DAEMON);
	struct stat st;

	assert_int_equal(stat(pool_print(p, "%s/kept.db", folder), &st), 0);
	assert_int_equal(st.st_mode & 077, 0);
	sql_close(&q);
}

/* No query walks a table that grows. */
/* They would lay a database there, and read what is put into it. */
static void a_folder_of_everybody_is_refused(void **state)
{
	struct pool *p = *state;
	struct sql *q = NULL;
	struct err e = { 0 };

	for (int mode = 0777; mode < 02000; mode += 01000) { /* with the sticky bit too */
		assert_int_equal(chmod(folder, (mode_t)mode), 0);
		assert_false(sql_open(pool_print(p, "%s/kept.db", folder), SQL_DAEMON, &q, &e));
		assert_non_null(strstr(e.text, "any user of this machine"));
	}
	assert_int_equal(chmod(folder, 0775), 0);
	q = opened(p, SQL_DAEMON);
	sql_close(&q);
}

static void no_scan(void **state)
{
	struct pool *p = *state;
	struct sql *q = opened(p, SQL_COMMAND);
	struct err e = { 0 };
	static const char *const grow[] = { "letter", "place", "commitment", "commitment_to", "thread", "outgoing", "outgoing_about", "held", "event", "resource", "tail", "draft", "interest", "proposed", "checkin",
		"checkin_attendee", "checkin_exception", "need", "exchange", "note", "insight", "work", "busy", "meeting", "outgoing_named", "outgoing_insight", "calendar_object", "challenge", NULL };
	/* read on purpose, in the order of their key */
	static const char *const walks[] = { "OUTGOING_LATEST", "EVENT_LAST_MAC", "RESOURCE_ALL", NULL };

	for (int i = 0; i < SQL_COUNT; i++) {
		const char *text = "";
		bool walk = false;

		for (int w = 0; walks[w]; w++)
			walk |= strcmp(walks[w], sql_query_name((enum sql_query)i)) == 0;
		assert_true(sql_plan(q, (enum sql_query)i, p, &text, &e));
		for (int g = 0; grow[g] && !walk; g++)
			for (const char *s = text; (s = strstr(s, "SCAN ")); s++) {
				const char *name = s + 5;
				size_t n = strcspn(name, " \n");

				if (n == strlen(grow[g]) && strncmp(name, grow[g], n) == 0 && strncmp(name + n, " USING", 6) != 0)
					fail_msg("%s scans %s: %s", sql_query_name((enum sql_query)i), grow[g], text);
			}
	}
	sql_close(&q);
}

/* What is asked of each person in a list of thousands. */
static void of_one_person_alone(void **state)
{
	struct pool *p = *state;
	struct sql *q = opened(p, SQL_COMMAND);
	struct err e = { 0 };
	const char *plan = "";

	assert_true(sql_plan(q, SQL_CONTACT_KEPT, p, &plan, &e));
	assert_non_null(strstr(plan, "commitment_to_address"));
	assert_null(strstr(plan, "commitment_owner"));
	sql_close(&q);
}

static void a_full_disk_changes_nothing(void **state)
{
	struct pool *p = *state;
	struct err e = { 0 };
	int status;
	pid_t child;
	struct sql *q = opened(p, SQL_COMMAND);

	sql_close(&q);
	child = fork();
	if (child == 0) { /* no byte more than now may be written */
		struct owner_row o = { .welcomed = 1 };
		bool failed = false;

		q = opened(p, SQL_COMMAND);
		if (system(pool_print(p, "prlimit --pid %d --fsize=100000:100000", (int)getpid())) != 0)
			_exit(2);
		signal(SIGXFSZ, SIG_IGN);
		for (int i = 0; i < 3000 && !failed; i++) {
			failed = !(sql_begin(q, &e) && store_owner_set(q, pool_print(p, "%0200d", i), &o, &e) && sql_commit(q, &e));
			if (failed)
				sql_rollback(q);
		}
		_exit(failed && e.kind == ERR_TEMP && *e.text ? 0 : 1);
	}
	assert_true(waitpid(child, &status, 0) == child);
	assert_int_equal(status, 0);
	q = opened(p, SQL_DAEMON); /* whole, as it was after the last commit */
	sql_close(&q);
}

static void a_copy_while_it_is_used(void **state)
{
	struct pool *p = *state;
	struct sql *q = opened(p, SQL_DAEMON), *copy = NULL;
	struct owner_row o = { .welcomed = 77 }, back;
	struct err e = { 0 };
	const char *report;

	assert_true(sql_begin(q, &e) && store_owner_set(q, "ada", &o, &e) && sql_commit(q, &e));
	assert_true(sql_backup(q, pool_print(p, "%s/copy.db", folder), NULL, NULL, &e));
	assert_false(sql_backup(q, pool_print(p, "%s/copy.db", folder), NULL, NULL, &e)); /* never over another file */
	assert_non_null(strstr(e.text, "never overwrites"));
	assert_true(sql_open(pool_print(p, "%s/copy.db", folder), SQL_DAEMON, &copy, &e));
	assert_true(store_owner(copy, "ada", &back, &e));
	assert_int_equal(back.welcomed, 77);
	assert_true(sql_integrity(copy, p, &report, &e));
	assert_string_equal(report, "");
	sql_close(&copy);
	sql_close(&q);
}

struct watched {
	struct sqlite3 *other; /* writes meanwhile, and waits for nobody */
	int calls, anew, writes, kept_out;
	uint64_t done, total;
	char beside[4096];
};

static void write_meanwhile(void *arg, const struct sql_copy *c)
{
	struct watched *w = arg;
	char says[100];

	snprintf(w->beside, sizeof w->beside, "%s", c->beside);
	w->anew += w->done && c->done <= w->done;
	w->done = c->done;
	w->total = c->total;
	if (!w->calls++)
		assert_true(access(c->beside, F_OK) != 0); /* told before there is anything of it */
	else if (sqlite3_exec(w->other, "BEGIN EXCLUSIVE", NULL, NULL, NULL) != SQLITE_OK)
		w->kept_out++;
	else {
		snprintf(says, sizeof says, "UPDATE owner SET welcomed = %d; COMMIT", ++w->writes);
		assert_int_equal(sqlite3_exec(w->other, says, NULL, NULL, NULL), SQLITE_OK);
	}
}

static void a_copy_while_another_writes(void **state)
{
	struct pool *p = *state;
	struct sql *q = opened(p, SQL_DAEMON), *copy = NULL;
	struct watched w = { .calls = 0 };
	struct owner_row o = { .welcomed = 100 }, first, last;
	const char *path = pool_print(p, "%s/meanwhile.db", folder), *report;
	struct err e = { 0 };

	assert_true(sql_begin(q, &e));
	for (int i = 0; i < 10000; i++)
		assert_true(store_owner_set(q, pool_print(p, "%0300d", i), &o, &e));
	assert_true(sql_commit(q, &e));
	assert_int_equal(sqlite3_open(sql_path(q), &w.other), SQLITE_OK);
	assert_true(sql_backup(q, path, write_meanwhile, &w, &e));
	sqlite3_close(w.other);
	assert_int_equal(w.anew, 3); /* twice, and when it took hold */
	assert_true(w.kept_out > 1);  /* to its end */
	assert_int_equal(w.done, w.total);
	assert_true(access(w.beside, F_OK) != 0);
	assert_true(sql_open(path, SQL_DAEMON, &copy, &e));
	assert_true(sql_integrity(copy, p, &report, &e));
	assert_string_equal(report, "");
	/* of one moment: what was written together is in it together */
	assert_true(store_owner(copy, pool_print(p, "%0300d", 0), &first, &e) && store_owner(copy, pool_print(p, "%0300d", 9999), &last, &e));
	assert_true(first.welcomed > 0 && first.welcomed < 100);
	assert_int_equal(first.welcomed, last.welcomed);
	sql_close(&copy);
	sql_close(&q);
}

static void a_copy_that_fails_leaves_nothing(void **state)
{
	struct pool *p = *state;
	struct sql *q = opened(p, SQL_DAEMON);
	struct err e = { 0 };

	assert_false(sql_backup(q, pool_print(p, "%s/none/copy.db", folder), NULL, NULL, &e));
	assert_non_null(strstr(e.text, "no such folder"));
	assert_false(sql_backup(q, folder, NULL, NULL, &e));
	assert_non_null(strstr(e.text, "name a file in it"));
	assert_int_equal(system(pool_print(p, "ls %s | grep -q ^none", folder)), 256);
	sql_close(&q);
}

static void a_reader_does_not_lose_a_commit(void **state)
{
	struct pool *p = *state;
	struct sql *q = opened(p, SQL_DAEMON), *r = opened(p, SQL_COMMAND);
	struct owner_row o = { .welcomed = 1 };
	struct err e = { 0 };

	assert_true(sql_begin(q, &e));
	assert_true(store_owner_set(q, "ada", &o, &e));
	assert_true(store_owner(r, "ada", &o, &e));
	assert_int_equal(o.welcomed, 0);
	assert_true(sql_commit(q, &e));
	assert_true(store_owner(r, "ada", &o, &e));
	assert_int_equal(o.welcomed, 1);
	sql_close(&r);
	sql_close(&q);
}

static int64_t welcomed(struct sql *q, const char *who)
{
	struct owner_row o;
	struct err e = { 0 };

	assert_true(store_owner(q, who, &o, &e));
	return o.welcomed;
}

static void what_came_after_a_mark_is_taken_back(void **state)
{
	struct pool *p = *state;
	struct sql *q = opened(p, SQL_DAEMON);
	struct owner_row o = { .welcomed = 1 };
	struct err e = { 0 };

	assert_true(sql_begin(q, &e) && store_owner_set(q, "ada", &o, &e));
	assert_true(sql_mark(q, &e) && store_owner_set(q, "bob", &o, &e));
	assert_true(sql_mark(q, &e) && store_owner_set(q, "carol", &o, &e) && sql_keep(q, &e)); /* kept within what is not */
	sql_back(q);
	assert_true(sql_mark(q, &e) && store_owner_set(q, "dan", &o, &e) && sql_keep(q, &e));
	assert_true(sql_commit(q, &e));
	assert_int_equal(welcomed(q, "ada"), 1);
	assert_int_equal(welcomed(q, "bob"), 0);
	assert_int_equal(welcomed(q, "carol"), 0);
	assert_int_equal(welcomed(q, "dan"), 1);
	sql_close(&q);
}

static void after_a_rest_all_is_asked_as_before(void **state)
{
	struct pool *p = *state;
	struct sql *q = opened(p, SQL_DAEMON), *r = opened(p, SQL_THREAD);
	struct owner_row o = { .welcomed = 7 }, back;
	struct err e = { 0 };

	assert_true(sql_begin(r, &e) && store_owner_set(r, "ada", &o, &e) && sql_commit(r, &e));
	sql_rest(r);
	sql_rest(r);
	assert_true(store_owner(r, "ada", &back, &e));
	assert_int_equal(back.welcomed, 7);
	o.welcomed = 8;
	assert_true(sql_begin(r, &e) && store_owner_set(r, "ada", &o, &e) && sql_commit(r, &e));
	sql_rest(r);
	assert_true(store_owner(q, "ada", &back, &e));
	assert_int_equal(back.welcomed, 8);
	sql_close(&r);
	sql_close(&q);
}

static void the_record_shows_a_change(void **state)
{
	struct pool *p = *state;
	struct sql *q = opened(p, SQL_DAEMON);
	struct err e = { 0 };
	struct record_state r = { .broken = -1 };

	assert_true(sql_begin(q, &e));
	for (int i = 0; i < 1200; i++)
		assert_true(record_add(q, &(struct event){ .owner = "ada", .word = "made", .detail = pool_print(p, "%d", i) }, 1000 + i, &e));
	assert_true(sql_commit(q, &e));
	assert_true(record_verify(q, p, NULL, NULL, &r, &e));
	assert_int_equal(r.broken, 0);
	assert_int_equal(r.rows, 1200);
	sql_close(&q);
	/* the triggers refuse it; whoever takes them off is seen by the chain */
	shell(p, "python3 -c \"import sqlite3; c=sqlite3.connect('%s/kept.db'); c.execute('drop trigger event_stays'); "
		 "c.execute(\\\"update event set detail='x' where id=700\\\"); c.commit()\"", folder);
	q = opened(p, SQL_DAEMON);
	assert_true(record_verify(q, p, NULL, NULL, &r, &e));
	assert_int_equal(r.broken, 700);
	sql_close(&q);
}

static bool note_it(void *arg, const struct recorded *r, struct err *err)
{
	struct text *seen = arg;

	(void)err;
	if (!r->fits)
		text_print(seen, "%lld %s", (long long)r->row, r->gone ? pool_print(seen->pool, "after %lld; ", (long long)r->gone) : "changed; ");
	return true;
}

static void every_change_to_the_record_is_named(void **state)
{
	struct pool *p = *state;
	struct sql *q = opened(p, SQL_DAEMON);
	struct err e = { 0 };
	struct record_state r;
	struct text *seen = text_new(p, 1000);
	const char *digest, *sealed = record_sealed(p, "delay: due later", record_digest(p, "abc", 3));

	assert_true(sql_begin(q, &e));
	for (int i = 0; i < 900; i++)
		assert_true(record_add(q, &(struct event){ .owner = "ada", .word = "made", .detail = sealed }, 1000 + i, &e));
	assert_true(sql_commit(q, &e));
	sql_close(&q);
	/* a word, a mac alone, two rows gone; 500 is where the next lot is read */
	shell(p, "python3 -c \"import sqlite3; c=sqlite3.connect('%s/kept.db'); c.execute('drop trigger event_stays'); c.execute('drop trigger event_remains'); "
		 "c.execute(\\\"update event set word='x' where id=500\\\"); c.execute('update event set mac=zeroblob(32) where id=700'); "
		 "c.execute('delete from event where id in (800, 801)'); c.commit()\"", folder);
	q = opened(p, SQL_DAEMON);
	assert_true(record_verify(q, p, note_it, seen, &r, &e));
	assert_string_equal(seen->s, "500 changed; 700 changed; 802 after 2; ");
	assert_int_equal(r.broken, 500);
	assert_int_equal(r.faults, 3);
	assert_int_equal(r.newest, 900);
	assert_int_equal(strlen(r.head), 64);
	sql_close(&q);
	assert_string_equal(record_unsealed(p, sealed, &digest), "delay: due later");
	assert_string_equal(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_string_equal(record_unsealed(p, "said [sha256 of nothing]", &digest), "said [sha256 of nothing]");
	assert_string_equal(digest, "");
}

static void a_lost_key_is_not_made_again(void **state)
{
	struct pool *p = *state;
	struct sql *q = opened(p, SQL_DAEMON);
	const char *key = pool_print(p, "%s/kept.db.key", folder), *away = pool_print(p, "%s/away", folder);
	struct event v = { .owner = "ada", .word = "made" };
	struct err e = { 0 };
	struct record_state r = { .broken = -1 };

	assert_true(record_ready(q, &e)); /* no row needs one yet */
	assert_true(sql_begin(q, &e) && record_add(q, &v, 1000, &e) && sql_commit(q, &e));
	assert_true(record_ready(q, &e));
	assert_int_equal(rename(key, away), 0);
	assert_false(record_ready(q, &e));
	assert_int_equal(e.kind, ERR_TEMP);
	assert_non_null(strstr(e.text, "kept.db.key: the key of the record is gone"));
	assert_true(sql_begin(q, &e));
	assert_false(record_add(q, &v, 1001, &e));
	sql_rollback(q);
	assert_false(sql_exists(key));
	assert_int_equal(rename(away, key), 0);
	assert_true(sql_begin(q, &e) && record_add(q, &v, 1002, &e) && sql_commit(q, &e));
	assert_true(record_verify(q, p, NULL, NULL, &r, &e));
	assert_int_equal(r.broken, 0);
	assert_int_equal(r.rows, 2);
	sql_close(&q);
}

static void a_settle_changes_one_row(void **state)
{
	struct pool *p = *state;
	struct sql *q = opened(p, SQL_DAEMON);
	struct err e = { 0 };
	struct outgoing o = { .owner = "ada", .kind = MAIL_REMINDER, .recipient = "ada@example.org", .state = OUTBOX_READY, .subject = "s", .sender = "k@x.org",
			      .message_id = "<1@x>", .token = "t", .bytes = "x", .n = 1, .made = 5, .try_at = 5, .why = "" };
	struct outgoing stale, *list;
	size_t n;

	assert_true(sql_begin(q, &e) && outbox_put(q, &o, &e) && sql_commit(q, &e));
	stale = o;
	assert_true(outbox_take(q, p, 4, 0, 10, &list, &n, &e));
	assert_int_equal(n, 0);
	assert_true(outbox_take(q, p, 5, 0, 10, &list, &n, &e));
	assert_int_equal(n, 1);
	assert_true(sql_begin(q, &e) && outbox_settle(q, &o, OUTBOX_BEGUN, 6, "", &e) && sql_commit(q, &e));
	/* a second courier with an old view cannot begin it again */
	assert_true(sql_begin(q, &e));
	assert_false(outbox_settle(q, &stale, OUTBOX_BEGUN, 6, "", &e));
	sql_rollback(q);
	assert_true(sql_begin(q, &e) && outbox_settle(q, &o, OUTBOX_SENT, 7, "250", &e) && sql_commit(q, &e));
	assert_true(outbox_take(q, p, 1000, 0, 10, &list, &n, &e));
	assert_int_equal(n, 0);
	sql_close(&q);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, make, drop)
	const struct CMUnitTest t[] = { T(a_second_daemon_is_refused), T(the_daemon_waits_for_who_writes),
					T(migrations_run_in_their_order_and_keep_the_rows), T(each_older_version_becomes_todays), T(a_migration_that_fails_changes_nothing),
					T(killed_while_it_migrates), T(the_tables_do_not_change_under_a_running_daemon),
					 T(a_newer_database_is_refused),
					T(anothers_database_is_refused),
					T(damage_is_found_and_left_alone), T(only_its_owner_can_read_it), T(a_folder_of_everybody_is_refused), T(no_scan), T(of_one_person_alone), T(a_full_disk_changes_nothing),
					T(a_copy_while_it_is_used), T(a_copy_while_another_writes), T(a_copy_that_fails_leaves_nothing),
					T(a_reader_does_not_lose_a_commit), T(what_came_after_a_mark_is_taken_back), T(after_a_rest_all_is_asked_as_before), T(the_record_shows_a_change), T(every_change_to_the_record_is_named), T(a_lost_key_is_not_made_again),
					T(a_settle_changes_one_row) };

	return cmocka_run_group_tests_name("sql", t, NULL, NULL);
}
