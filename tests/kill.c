/* kill: an answer of twenty commands is one transaction. Whoever reads it is killed before each of its writes, the next who
 * reads it goes on: nothing of it was done, then all of it, and it is answered once. */
#include "house.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>

#include "ground/log.h"
#include "work/execute.h"

enum { COMMANDS_MANY = 20, DAY = 86400 };

static int writes_left; /* of the process that is to be killed */

static int at_statement(unsigned kind, void *arg, void *statement, void *text)
{
	(void)kind, (void)arg;
	if (sqlite3_stmt_readonly(statement) && strncmp(text, "COMMIT", 6) != 0)
		return 0;
	if (writes_left-- == 0)
		raise(SIGKILL);
	return 0;
}

static int watched(sqlite3 *db, char **why, const struct sqlite3_api_routines *api)
{
	(void)why, (void)api;
	return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, at_statement, NULL);
}

static void reads(struct house *h, const char *bytes)
{
	struct place at = { .kind = PLACE_CAPTURE, .mailbox = &h->c->mailboxes[0], .folder = "INBOX", .uidvalidity = 1, .uid = 7, .arrived = h->now };
	struct pool *p = pool_new();
	struct letter l;

	mime_read(p, bytes, strlen(bytes), &l);
	WELL(sql_begin(h->q, &e));
	WELL(intake(h->q, p, h->c, &l, &at, h->now, NULL, &e));
	WELL(sql_commit(h->q, &e));
	pool_end(&p);
}

static void opened(struct house *h)
{
	WELL(sql_open(pool_print(h->p, "%s/kept.db", h->folder), SQL_DAEMON, &h->q, &e));
}

/* All that the answer may change, and how many mails, letters and lines of the record there are. */
static const char *ledger(struct house *h)
{
	static const char *const all = "SELECT group_concat(id || state || due || coalesce(snoozed, 0) || note || what || coalesce(closed, 0), ' ') || "
		"' mails ' || (SELECT count(*) FROM outgoing) || ' letters ' || (SELECT count(*) FROM letter) || ' events ' || (SELECT count(*) FROM event) || "
		"' exchanges ' || (SELECT count(*) FROM exchange) FROM commitment";
	sqlite3_stmt *s;
	const char *is;
	sqlite3 *db;

	assert_int_equal(sqlite3_open_v2(pool_print(h->p, "%s/kept.db", h->folder), &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, all, -1, &s, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	is = pool_copy(h->p, (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	sqlite3_close(db);
	return is;
}

/* A review of twenty promises, and the owner's answer to it. */
static const char *answer(struct house *h)
{
	static const char *const each[] = { "done %d", "snooze %d friday", "due %d 15 dec", "cancel %d: no longer needed", "note %d she prefers the phone",
					    "what %d: the tables", "touch %d phone: she asks for less", "wait %d 1w" };
	struct text *t = text_new(h->p, 4000);

	WELL(sql_begin(h->q, &e));
	for (int i = 0; i < COMMANDS_MANY; i++) {
		struct commitment m = { .owner = &h->c->owners[0], .state = COMMITMENT_OPEN, .what = pool_print(h->p, "thing %d", i), .words = "", .subject = "",
					.message_id = "", .policy = "default", .team = "", .every = "", .due_words = "", .due_error = "", .note = "",
					.request = "", .acknowledged = h->now, .due = h->now + (utc)(2 + i) * DAY };

		addrs_add(h->p, &m.to, "Carol", "carol@example.com");
		WELL(execute_add(h->q, h->p, h->c, &m, "test", h->now, &e));
		text_print(t, each[i % (int)(sizeof each / sizeof *each)], (int)m.id);
		text_add(t, "\r\n");
	}
	WELL(sql_commit(h->q, &e));
	writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "review");
	return pool_print(h->p, "Delivered-To: %s\r\n" AUTH "From: Ada Lovelace <ada@example.org>\r\nTo: %s\r\nIn-Reply-To: %s\r\nSubject: Re: kept\r\n"
			  "Date: %s\r\nMessage-ID: <twenty@example.org>\r\n\r\n%s", h->reply, h->reply, h->id,
			  utc_header(h->p, h->c->owners[0].time.zone, h->now), t->s);
}

/* … in a process that dies before its write number `n`, counted from 0; false: there are fewer. */
static bool killed_at(struct house *h, const char *bytes, int n)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		opened(h);
		sqlite3_auto_extension((void (*)(void))watched); /* of the next connection: what opens it writes nothing that counts */
		sql_close(&h->q);
		writes_left = 1 << 30;
		opened(h);
		writes_left = n;
		reads(h, bytes);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) ? WTERMSIG(status) == SIGKILL : WEXITSTATUS(status) == 0);
	return WIFSIGNALED(status);
}

static void twenty_commands_are_one_transaction(void **state)
{
	struct house *h = *state;
	const char *bytes, *before, *after, *said;
	int64_t newest;
	bool killed;
	int n = 0;

	log_most(LOG_LINE_ERROR);
	bytes = answer(h);
	newest = h->heard;
	sql_close(&h->q);
	before = ledger(h);
	assert_int_equal(system(pool_print(h->p, "cp -r %s %s.kept", h->folder, h->folder)), 0);
	opened(h);
	reads(h, bytes);
	said = heard(h);
	has(said, "#2");
	lacks(said, "not understand");
	lacks(said, "nothing was changed");
	sql_close(&h->q);
	after = ledger(h);
	assert_string_not_equal(before, after);
	do {
		assert_int_equal(system(pool_print(h->p, "rm -rf %s && cp -r %s.kept %s", h->folder, h->folder, h->folder)), 0);
		killed = killed_at(h, bytes, n);
		if (strcmp(ledger(h), killed ? before : after) != 0)
			fail_msg("killed before write %d of it, it is neither as before nor done:\n%s\n%s\n%s", n, before, ledger(h), after);
		opened(h);
		reads(h, bytes); /* as it lies in the mailbox still */
		h->heard = newest;
		said = heard(h);
		sql_close(&h->q);
		assert_string_equal(ledger(h), after);
		n++;
	} while (killed);
	assert_in_range(n, 3 * COMMANDS_MANY, 2000);
	printf("killed before each of %d writes\n", n - 1);
	assert_int_equal(system(pool_print(h->p, "rm -rf %s.kept", h->folder)), 0);
	opened(h);
}

int main(void)
{
	const struct CMUnitTest t[] = { cmocka_unit_test_setup_teardown(twenty_commands_are_one_transaction, make, drop) };

	return cmocka_run_group_tests_name("kill", t, NULL, NULL);
}
