/* drafts by IMAP: laid, found, removed by themselves; on servers that refuse or vanish (tests/scripted/imap.py), and on the
 * real Dovecot where KEPT_SERVER names it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "borders/mailbox.h"
#include "tests/scripted/real.h"
#include "tests/scripted/scripted.h"

static struct scripted scripted;
static bool is_there;

static const char draft[] = "Bcc: kept+r-abc@example.org\r\nMessage-ID: <d@kept>\r\nSubject: s\r\n\r\nx\r\n";

static struct mailbox_conf conf_of(const char *name)
{
	static char where[256];

	snprintf(where, sizeof where, "file:%s", scripted_path(&scripted, "secret"));
	return (struct mailbox_conf){ .key = "ada", .kind = MAILBOX_PERSONAL, .poll = 1, .drafts = "\\Drafts",
	                              .server = { "127.0.0.1", scripted_port(&scripted, name), TLS_NONE, scripted_path(&scripted, "certs/ca.crt"),
	                                          "ada@example.org", where, { "kept.conf", 7 } } };
}

enum step { SELECT, FIND, FETCH, LAY, REMOVE, ALL };

static const struct row {
	const char *rule, *server;
	enum step fails;     /* ALL: none does */
	enum err_kind kind;
	const char *says;
	bool alive;          /* the session goes on: it was the server's No */
	const char *heard, *unheard; /* what was sent, and what must not be; NULL */
} rows[] = {
	{ "a draft is found, read, laid and removed by itself", "drafts", ALL, 0, "", true, "UID EXPUNGE 11", NULL },
	{ "a folder that may only be read is refused", "drafts-readonly", SELECT, ERR_PERM, "may only be read", true, "SELECT", NULL },
	{ "so is one that is not there, and the folders that are get named", "drafts-missing", SELECT, ERR_PERM, "it has: INBOX", true, NULL, "SELECT" },
	{ "and one that is another's", "drafts-noperm", SELECT, ERR_PERM, "not yours", true, NULL, NULL },
	{ "a full mailbox is the server's No", "drafts-quota", LAY, ERR_TEMP, "full", true, NULL, NULL },
	{ "so is a refusal for good", "drafts-refused", LAY, ERR_PERM, "no drafts here", true, NULL, NULL },
	{ "an answer lost after it was laid is unsure", "drafts-lost", LAY, ERR_UNSURE, "lost", false, NULL, NULL },
	{ "a goodbye before is a lost connection", "drafts-bye", FIND, ERR_TEMP, "restarting", false, NULL, "APPEND" },
	{ "a search that is refused finds nothing, and says so", "drafts-search-no", FIND, ERR_TEMP, "no index", true, NULL, "APPEND" },
	{ "a goodbye while it is removed: nothing is expunged", "drafts-bye-store", REMOVE, ERR_TEMP, "restarting", false, NULL, "EXPUNGE" },
	{ "what may not be marked is not expunged", "drafts-store-no", REMOVE, ERR_PERM, "may not delete", true, NULL, "EXPUNGE" },
	{ "one marked as deleted is not there", "drafts-deleted", FETCH, 0, "", true, NULL, NULL },
	{ "nor one that the server gives for another", "drafts-other", FETCH, 0, "", true, NULL, NULL },
	{ "without UIDPLUS it is moved to the Trash", "drafts-move", ALL, 0, "", true, "UID MOVE 11 \"Bin\"", "EXPUNGE" },
	{ "a server that can do neither is left alone", "drafts-no-uidplus", REMOVE, ERR_PERM, "by itself", true, NULL, "UID STORE" },
};

static bool failed_at(struct mailbox *m, struct pool *p, enum step *at, struct err *e)
{
	struct mailbox_folder f;
	struct delivery d;
	const char *folder;
	uint32_t *uids, validity, uid;
	size_t n;
	bool found = false;

	for (*at = SELECT; *at < ALL; (*at)++) {
		bool well = *at == SELECT ? mailbox_select_drafts(m, p, &folder, &f, e) :
			    *at == FIND ? mailbox_find_draft(m, p, "kept+r-abc@example.org", "<d@kept>", &uids, &n, e) && n == 1 && uids[0] == 11 :
			    *at == FETCH ? mailbox_draft(m, p, 11, &d, &found, e) && found && d.body_length > 50 :
			    *at == LAY ? mailbox_append(m, folder, "\\Draft \\Seen", draft, sizeof draft - 1, &validity, &uid, e) && validity == 7 && uid == 12 :
					 mailbox_remove_draft(m, 11, e);

		if (!well)
			return true;
		if (*at == SELECT)
			assert_string_equal(folder, "Entwuerfe");
	}
	return false;
}

static void row_holds(void **state)
{
	const struct row *r = *state;
	struct mailbox_conf c = conf_of(r->server);
	struct mailbox *m = NULL;
	struct pool *p = pool_new();
	struct err e = { 0 };
	enum step at;

	if (!is_there)
		skip();
	assert_true(mailbox_open(&c, &m, &e));
	mailbox_patience(m, 1500);
	failed_at(m, p, &at, &e);
	if (at != r->fails || e.kind != r->kind || !strstr(e.text, r->says))
		print_message("step %d: %s\n", at, e.text);
	assert_int_equal(at, r->fails);
	assert_int_equal(e.kind, r->kind);
	if (*r->says)
		assert_non_null(strstr(e.text, r->says));
	assert_int_equal(mailbox_alive(m), r->alive);
	mailbox_close(&m);
	if (r->heard)
		assert_true(scripted_heard(&scripted, r->server, r->heard));
	if (r->unheard)
		assert_false(scripted_heard(&scripted, r->server, r->unheard));
	pool_end(&p);
}

/* Only in the folder of drafts, and only where one is set. */
static void nowhere_else(void **state)
{
	struct mailbox_conf c = conf_of("drafts"), none = conf_of("drafts");
	struct mailbox *m = NULL;
	struct mailbox_folder f;
	struct pool *p = pool_new();
	struct err e = { 0 };
	const char *folder;
	uint32_t *uids;
	size_t n;

	(void)state;
	if (!is_there)
		skip();
	assert_true(mailbox_open(&c, &m, &e) && mailbox_select(m, "INBOX", &f, &e));
	assert_false(mailbox_remove_draft(m, 11, &e));
	assert_int_equal(e.kind, ERR_PERM);
	assert_true(mailbox_select_drafts(m, p, &folder, &f, &e));
	assert_false(mailbox_find_draft(m, p, "a@b\r\n9 NOOP", "<d@kept>", &uids, &n, &e));
	assert_false(mailbox_find_draft(m, p, "", "<d@kept>", &uids, &n, &e)); /* every mail has that in its Bcc */
	assert_true(mailbox_select(m, "INBOX", &f, &e));
	assert_false(mailbox_remove_draft(m, 11, &e));
	mailbox_close(&m);
	none.drafts = "";
	assert_true(mailbox_open(&none, &m, &e));
	assert_false(mailbox_select_drafts(m, p, &folder, &f, &e));
	assert_int_equal(e.kind, ERR_PERM);
	mailbox_close(&m);
	pool_end(&p);
}

/* ---- Dovecot ---- */

static struct mailbox *real(const char *drafts)
{
	static struct mailbox_conf c;
	struct mailbox *m = NULL;
	struct err e = { 0 };

	c = (struct mailbox_conf){ .key = "bob", .kind = MAILBOX_PERSONAL, .poll = 1, .drafts = drafts,
	                           .server = { "127.0.0.1", real_port(REAL_IMAPS), TLS_IMPLICIT, real_ca(), "bob@example.org", real_secret("bob"),
	                                       { "kept.conf", 7 } } };
	assert_true(mailbox_open(&c, &m, &e));
	return m;
}

static void on_dovecot(void **state)
{
	struct mailbox *m;
	struct mailbox_folder f;
	struct pool *p = pool_new();
	struct err e = { 0 };
	struct delivery d;
	const char *folder, *bytes = pool_print(p, "Bcc: kept+r-t%d@example.org\r\nMessage-ID: <%d@kept>\r\n\r\nAll of it.\r\n", getpid(), getpid()),
		   *other = "Subject: theirs\r\n\r\nx\r\n", *bcc = pool_print(p, "kept+r-t%d@example.org", getpid()), *id = pool_print(p, "<%d@kept>", getpid());
	uint32_t validity, ours, theirs, *uids;
	size_t n;
	bool found;

	(void)state;
	if (!real_port(0))
		skip();
	m = real("\\Drafts");
	assert_true(mailbox_select_drafts(m, p, &folder, &f, &e));
	assert_string_equal(folder, "Drafts");
	assert_true(mailbox_append(m, folder, "\\Draft \\Seen", bytes, strlen(bytes), &validity, &ours, &e));
	assert_int_equal(validity, f.uidvalidity);
	assert_true(mailbox_append(m, folder, "\\Deleted", other, strlen(other), &validity, &theirs, &e)); /* marked by another client */
	assert_true(mailbox_find_draft(m, p, bcc, "<no@such>", &uids, &n, &e) && n == 1 && uids[0] == ours);
	assert_true(mailbox_find_draft(m, p, "kept+r-none@example.org", id, &uids, &n, &e) && n == 1 && uids[0] == ours);
	assert_true(mailbox_find_draft(m, p, "kept+r-none@example.org", "<no@such>", &uids, &n, &e) && n == 0);
	assert_true(mailbox_draft(m, p, ours, &d, &found, &e) && found);
	assert_string_equal(d.body, bytes); /* byte for byte */
	assert_true(mailbox_draft(m, p, theirs, &d, &found, &e) && !found);
	assert_true(mailbox_remove_draft(m, ours, &e));
	assert_true(mailbox_draft(m, p, ours, &d, &found, &e) && !found);
	assert_true(mailbox_select(m, folder, &f, &e));
	assert_true(mailbox_by_header(m, p, "Subject", "theirs", &uids, &n, &e) && n >= 1 && uids[n - 1] == theirs); /* no other's went along */
	mailbox_close(&m);
	m = real("Gone");
	assert_false(mailbox_select_drafts(m, p, &folder, &f, &e));
	assert_int_equal(e.kind, ERR_PERM);
	assert_true(mailbox_alive(m));
	mailbox_close(&m);
	pool_end(&p);
}

static int start(void **state)
{
	(void)state;
	signal(SIGPIPE, SIG_IGN);
	is_there = scripted_start(&scripted, "imap.py");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	scripted_stop(&scripted);
	real_forget();
	return 0;
}

int main(void)
{
	enum { ROWS = sizeof rows / sizeof *rows };
	struct CMUnitTest t[ROWS + 2] = {
		[ROWS] = { "a personal mailbox is changed in its folder of drafts alone", nowhere_else, NULL, NULL, NULL },
		[ROWS + 1] = { "Dovecot: laid byte for byte, found by Bcc or Message-ID, removed alone", on_dovecot, NULL, NULL, NULL },
	};

	for (size_t i = 0; i < ROWS; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, row_holds, NULL, NULL, (void *)&rows[i] };
	return cmocka_run_group_tests_name("border_drafts", t, start, stop);
}
