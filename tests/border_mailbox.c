/* IMAP against servers that err or attack (tests/scripted/imap.py), and against a real one where KEPT_SERVER names it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <time.h>

#include "borders/mailbox.h"
#include "tests/scripted/real.h"
#include "tests/scripted/scripted.h"

static struct scripted scripted;
static bool is_there;

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * (int64_t)1000 + t.tv_nsec / 1000000;
}

static struct mailbox_conf conf_of(const char *name, enum tls_mode tls, enum mailbox_kind kind)
{
	static char where[256];

	snprintf(where, sizeof where, "file:%s", scripted_path(&scripted, "secret"));
	return (struct mailbox_conf){ .key = "test", .kind = kind, .poll = 1,
	                              .server = { "127.0.0.1", scripted_port(&scripted, name), tls,
	                                          scripted_path(&scripted, "certs/ca.crt"), "ada@example.org", where,
	                                          { "kept.conf", 7 } } };
}

/* ---- before the login: what may not be trusted gets no credential ---- */

static const struct opening {
	const char *rule, *name;
	enum tls_mode tls;
	bool opens;
	enum err_kind kind;
	const char *says;
} openings[] = {
	{ "the right certificate is taken, TLS at once", "implicit-good", TLS_IMPLICIT, true, 0, "" },
	{ "the right certificate is taken, STARTTLS", "starttls-good", TLS_STARTTLS, true, 0, "" },
	{ "another host's certificate is refused, TLS at once", "implicit-wronghost", TLS_IMPLICIT, false, ERR_PERM, "set host to the name" },
	{ "another host's certificate is refused, STARTTLS", "starttls-wronghost", TLS_STARTTLS, false, ERR_PERM, "set host to the name" },
	{ "an expired certificate is refused, TLS at once", "implicit-expired", TLS_IMPLICIT, false, ERR_PERM, "expired" },
	{ "an expired certificate is refused, STARTTLS", "starttls-expired", TLS_STARTTLS, false, ERR_PERM, "expired" },
	{ "a certificate of the future is refused, TLS at once", "implicit-future", TLS_IMPLICIT, false, ERR_PERM, "clock" },
	{ "a certificate of the future is refused, STARTTLS", "starttls-future", TLS_STARTTLS, false, ERR_PERM, "clock" },
	{ "another authority's certificate is refused, TLS at once", "implicit-untrusted", TLS_IMPLICIT, false, ERR_PERM, "ca = \"FILE\"" },
	{ "another authority's certificate is refused, STARTTLS", "starttls-untrusted", TLS_STARTTLS, false, ERR_PERM, "ca = \"FILE\"" },
	{ "a self-signed certificate is refused, TLS at once", "implicit-selfsigned", TLS_IMPLICIT, false, ERR_PERM, "ca = \"FILE\"" },
	{ "a self-signed certificate is refused, STARTTLS", "starttls-selfsigned", TLS_STARTTLS, false, ERR_PERM, "ca = \"FILE\"" },
	{ "words in clear in the packet of STARTTLS's OK end it", "inject", TLS_STARTTLS, false, ERR_PERM, "in clear" },
	{ "words in clear a moment later end it", "inject-late", TLS_STARTTLS, false, ERR_PERM, "TLS" },
	{ "a server that refuses STARTTLS gets no login", "starttls-no", TLS_STARTTLS, false, ERR_PERM, "nothing was sent" },
	{ "a server without STARTTLS gets no login, and the hint says what to set", "no-starttls", TLS_STARTTLS, false, ERR_PERM, "tls = \"implicit\"" },
	{ "a server that knows no STARTTLS when it is asked gets no login", "strip-silent", TLS_STARTTLS, false, ERR_TEMP, "nothing was sent" },
	{ "PREAUTH instead of STARTTLS is refused", "preauth", TLS_STARTTLS, false, ERR_PERM, "PREAUTH" },
	{ "PREAUTH within TLS is refused", "preauth-tls", TLS_IMPLICIT, false, ERR_PERM, "PREAUTH" },
	{ "what was said in clear is forgotten", "starttls-forgets", TLS_STARTTLS, true, 0, "" },
	{ "TLS at once to a port that begins in clear says so", "login-plain", TLS_IMPLICIT, false, ERR_PERM, "tls = \"starttls\"" },
	{ "a goodbye as greeting is a failure that passes", "bye", TLS_NONE, false, ERR_TEMP, "goodbye: too many" },
	{ "a greeting with a list does not crash us", "list-greeting", TLS_NONE, false, ERR_TEMP, "response code" },
	{ "a server that is none is told", "http", TLS_NONE, false, ERR_TEMP, "does not greet" },
	{ "nobody listens: the ports are named", "nowhere", TLS_IMPLICIT, false, ERR_TEMP, "993" },
	{ "LOGINDISABLED is obeyed: libetpan would send the password", "logindisabled", TLS_NONE, false, ERR_PERM, "LOGINDISABLED" },
	{ "a server that answers OK without CAPABILITY does not crash us", "nocap", TLS_NONE, true, 0, "" },
	{ "a plain LOGIN where nothing else is offered", "login-plain", TLS_NONE, true, 0, "" },
	{ "AUTHENTICATE with a second step where LOGIN is disabled", "auth-continue", TLS_NONE, true, 0, "" },
	{ "a refused login is for good, with the server's words", "login-no", TLS_NONE, false, ERR_PERM, "Invalid credentials" },
	{ "a server that repeats the password is not quoted", "login-echo", TLS_NONE, false, ERR_PERM, "repeat the password" },
	{ "nor one that repeats it in base64", "login-echo-64", TLS_NONE, false, ERR_PERM, "repeat the password" },
	{ "nor one that does not know the command", "login-bad", TLS_NONE, false, ERR_TEMP, "repeat the password" },
	{ "nor one that says goodbye by it", "login-bye", TLS_NONE, false, ERR_TEMP, "repeat the password" },
	{ "a login that is not possible now is tried again", "login-later", TLS_NONE, false, ERR_TEMP, "backend down" },
};

static const char *const logins[] = { "LOGIN ", "AUTHENTICATE", "s3cret", "AGFkYUBleGFtcGxlLm9yZw" };

static void opening_holds(void **state)
{
	const struct opening *r = *state;
	struct mailbox_conf c = conf_of(r->name, r->tls, MAILBOX_PERSONAL);
	struct mailbox *m = NULL;
	struct err e = { 0 };
	bool ok;

	if (!is_there)
		skip();
	ok = mailbox_open(&c, &m, &e);
	if (!ok && e.kind != r->kind)
		print_message("%s\n", e.text);
	assert_int_equal(ok, r->opens);
	if (ok) {
		mailbox_close(&m);
		return;
	}
	assert_null(m);
	assert_int_equal(e.kind, r->kind);
	if (!strstr(e.text, r->says))
		print_message("%s\n", e.text);
	assert_non_null(strstr(e.text, r->says));
	assert_null(strstr(e.text, "s3cret"));
	for (size_t i = 0; i < sizeof logins / sizeof *logins && strncmp(r->name, "login-", 6) != 0; i++)
		assert_false(scripted_heard(&scripted, r->name, logins[i]));
}

/* ---- after the login ---- */

enum action { NOOP, WALK, FOLDERS, IDLE, SELECT, APPEND };

struct seen {
	uint32_t uids[10];
	size_t n, header_length;
	utc arrived;
	size_t flags;
	char last_flag[40];
};

static enum mailbox_wish see(void *arg, const struct delivery *d)
{
	struct seen *s = arg;

	assert_true(s->n < 10);
	s->uids[s->n++] = d->uid;
	s->header_length = d->header_length;
	s->arrived = d->arrived;
	s->flags = d->flags.n;
	snprintf(s->last_flag, sizeof s->last_flag, "%s", d->flags.n ? d->flags.list[d->flags.n - 1] : "");
	assert_non_null(d->header);
	assert_null(d->body);
	return MAILBOX_NEXT;
}

static const struct talk {
	const char *rule, *name;
	enum action act;
	bool works;
	enum err_kind kind;
	const char *says;
	size_t messages; /* walk */
	int news;        /* idle, noop */
} talks[] = {
	{ "an ordinary server is an ordinary server", "ordinary", NOOP, true, 0, "", 0, false },
	{ "a server that drips is left at the deadline", "drip", NOOP, false, ERR_TEMP, "time", 0, 0 },
	{ "a line without end ends at the budget", "endless", NOOP, false, ERR_TEMP, "more than was asked", 0, 0 },
	{ "answers without end end at the budget", "many", NOOP, false, ERR_TEMP, "lost", 0, 0 },
	{ "a goodbye in between is a lost connection", "bye-later", NOOP, false, ERR_TEMP, "restarting", 0, 0 },
	{ "an answer to another command is a lost connection", "other-tag", NOOP, false, ERR_TEMP, "lost", 0, 0 },
	{ "BAD is a lost connection, with the server's words", "bad", NOOP, false, ERR_TEMP, "no such command", 0, 0 },
	{ "what is no IMAP is a lost connection", "noise", NOOP, false, ERR_TEMP, "no answer", 0, 0 },
	{ "an alert without a text does not crash us", "alert-empty", NOOP, false, ERR_TEMP, "alert", 0, 0 },
	{ "nor one of blanks", "alert-empty-2", NOOP, false, ERR_TEMP, "alert", 0, 0 },
	{ "a list of flags without an end does not crash us", "list-broken", NOOP, false, ERR_TEMP, "response code", 0, 0 },
	{ "nor one of no flags", "list-broken-2", NOOP, false, ERR_TEMP, "response code", 0, 0 },
	{ "nor a list of charsets", "charsets", NOOP, false, ERR_TEMP, "", 0, 0 },
	{ "an alert with a text is nothing special", "alert", NOOP, true, 0, "", 0, false },
	{ "a huge literal ends it before it is believed", "literal-huge", WALK, false, ERR_TEMP, "literal", 0, 0 },
	{ "a literal oddly written ends it", "literal-odd", WALK, false, ERR_TEMP, "literal", 0, 0 },
	{ "a literal in free text cannot hide a tower", "literal-text", WALK, false, ERR_TEMP, "literal", 0, 0 },
	{ "a literal among flags ends it", "literal-flag", WALK, false, ERR_TEMP, "literal", 0, 0 },
	{ "the end inside a literal is an end, not a loop", "drop-in-literal", WALK, false, ERR_TEMP, "closed", 0, 0 },
	{ "a tower of parentheses ends it", "tower", WALK, false, ERR_TEMP, "", 0, 0 },
	{ "a tower with words between ends it", "tower-spaced", WALK, false, ERR_TEMP, "tower", 0, 0 },
	{ "a tower in a list of folders ends it", "tower-list", FOLDERS, false, ERR_TEMP, "tower", 0, 0 },
	{ "a structure nobody asked for ends it", "structure", WALK, false, ERR_TEMP, "not asked for", 0, 0 },
	{ "a quoted string over a line end ends it", "quote-open", WALK, false, ERR_TEMP, "quoted", 0, 0 },
	{ "parentheses in a stranger's mail end nothing", "mail-parens", WALK, true, 0, "", 1, 0 },
	{ "quotes and literals in a stranger's mail end nothing", "mail-tail", WALK, true, 0, "", 1, 0 },
	{ "a header that is NIL is an empty one", "header-nil", WALK, true, 0, "", 1, 0 },
	{ "a header may come as a quoted string", "header-quoted", WALK, true, 0, "", 1, 0 },
	{ "n:* gives the last message: an older UID is left out", "low-uid", WALK, true, 0, "", 0, 0 },
	{ "messages come in order, each once", "twice", WALK, true, 0, "", 2, 0 },
	{ "a date that is none is 0, and the flags are there", "bad-date", WALK, true, 0, "", 1, 0 },
	{ "NO after some messages: they count", "fetch-no", WALK, true, 0, "", 1, 0 },
	{ "the end in IDLE is a lost connection", "idle-eof", IDLE, false, ERR_TEMP, "lost", 0, 0 },
	{ "a server that refuses IDLE is looked at now and then", "idle-no", IDLE, true, 0, "", 0, false },
	{ "a message told before the + is not lost", "idle-early", IDLE, true, 0, "", 0, true },
	{ "nor one in the same packet as the +", "idle-joined", IDLE, true, 0, "", 0, true },
	{ "nor one whose line comes in two packets", "idle-split", IDLE, true, 0, "", 0, true },
	{ "chatter wakes nobody, a message does", "idle-chatter", IDLE, true, 0, "", 0, true },
	{ "a flag that changed is news", "idle-flags", IDLE, true, 0, "", 0, true },
	{ "a folder that is not there is for good", "select-no", SELECT, false, ERR_PERM, "no such", 0, 0 },
	{ "an answer lost after a mail was laid in is unsure", "append-lost", APPEND, false, ERR_UNSURE, "Drafts", 0, 0 },
	{ "a full folder is a failure that passes", "append-no", APPEND, false, ERR_TEMP, "full", 0, 0 },
};

static bool act(struct mailbox *m, const struct talk *r, struct seen *seen, bool *news, struct err *e)
{
	struct mailbox_walk w = { .from_uid = 11, .each = see, .arg = seen };
	struct mailbox_folder f;
	struct strings s;
	struct pool *p;
	uint32_t a, b;
	bool ok;

	if (r->act == SELECT)
		return mailbox_select(m, "Archive", &f, e);
	assert_true(mailbox_select(m, "INBOX", &f, e));
	switch (r->act) {
	case NOOP:
		return mailbox_poll(m, news, e);
	case WALK:
		return mailbox_walk(m, &w, e);
	case FOLDERS:
		p = pool_new();
		ok = mailbox_folders(m, p, &s, e);
		pool_end(&p);
		return ok;
	case IDLE:
		return mailbox_watch(m, NULL, 2, news, e);
	case APPEND:
		return mailbox_append(m, "Drafts", "\\Draft", "Subject: x\r\n\r\ny\r\n", 17, &a, &b, e);
	case SELECT:
		break;
	}
	return false;
}

static void talk_holds(void **state)
{
	const struct talk *r = *state;
	struct mailbox_conf c = conf_of(r->name, TLS_NONE, MAILBOX_PERSONAL);
	struct mailbox *m = NULL;
	struct seen seen = { 0 };
	struct err e = { 0 };
	bool news = false, ok;
	int64_t began = now_ms();

	if (!is_there)
		skip();
	assert_true(mailbox_open(&c, &m, &e));
	mailbox_patience(m, 1500);
	ok = act(m, r, &seen, &news, &e);
	if (ok != r->works || (!ok && (e.kind != r->kind || !strstr(e.text, r->says))))
		print_message("%d %s\n", ok, e.text);
	assert_int_equal(ok, r->works);
	assert_true(now_ms() - began < 4000);
	if (!ok) {
		assert_int_equal(e.kind, r->kind);
		assert_non_null(strstr(e.text, r->says));
	} else if (r->act == WALK) {
		assert_int_equal(seen.n, r->messages);
		for (size_t i = 0; i < seen.n; i++)
			assert_int_equal(seen.uids[i], 11 + i);
		if (strcmp(r->name, "bad-date") == 0) {
			assert_true(seen.arrived == 0);
			assert_int_equal(seen.flags, 3);
			assert_string_equal(seen.last_flag, "\\X");
		}
		if (strcmp(r->name, "mail-parens") == 0)
			assert_true(seen.arrived == 1795510800 && seen.header_length > 5000);
	} else if (r->act != FOLDERS) {
		assert_int_equal(news, r->news);
	}
	if (!ok && e.kind == ERR_TEMP && r->act != APPEND) {
		struct err again = { 0 };

		assert_false(mailbox_poll(m, &news, &again)); /* dead: every further call says so, and sends nothing */
	}
	mailbox_close(&m);
}

/* ---- what may not be asked ---- */

static void only_examined(void **state)
{
	struct mailbox_conf c = conf_of("quiet", TLS_NONE, MAILBOX_PERSONAL);
	struct mailbox *m = NULL;
	struct mailbox_folder f;
	struct err e = { 0 };
	uint32_t uid = 11;

	(void)state;
	if (!is_there)
		skip();
	assert_true(mailbox_open(&c, &m, &e) && mailbox_select(m, "INBOX", &f, &e));
	assert_false(mailbox_mark_seen(m, &uid, 1, &e));
	assert_int_equal(e.kind, ERR_PERM);
	assert_false(mailbox_move(m, &uid, 1, "Trash", &e));
	assert_true(scripted_heard(&scripted, "quiet", "EXAMINE"));
	assert_false(scripted_heard(&scripted, "quiet", "SELECT"));
	assert_false(scripted_heard(&scripted, "quiet", "UID STORE"));
	assert_false(scripted_heard(&scripted, "quiet", "MOVE"));
	mailbox_close(&m);
}

static void no_injection(void **state)
{
	static const char *const evil[] = { "IN\r\n9 NOOP\r\n", "a\nb", "", "\x7f", "broken \xff utf8" };
	struct mailbox_conf c = conf_of("quiet", TLS_NONE, MAILBOX_CAPTURE);
	struct mailbox *m = NULL;
	struct mailbox_folder f;
	struct pool *p = pool_new();
	struct err e = { 0 };
	uint32_t *uids, a, b;
	size_t n;

	(void)state;
	if (!is_there)
		skip();
	assert_true(mailbox_open(&c, &m, &e) && mailbox_select(m, "INBOX", &f, &e));
	for (size_t i = 0; i < sizeof evil / sizeof *evil; i++) {
		assert_false(mailbox_select(m, evil[i], &f, &e));
		assert_int_equal(e.kind, ERR_PERM);
		assert_false(mailbox_append(m, evil[i], "", "x", 1, &a, &b, &e));
	}
	assert_true(mailbox_select(m, "INBOX", &f, &e));
	assert_false(mailbox_append(m, "Drafts", "\\Seen)\r\n9 NOOP", "x", 1, &a, &b, &e));
	assert_false(mailbox_by_message_id(m, p, "<a@b>\r\n9 NOOP", &uids, &n, &e));
	assert_false(mailbox_by_header(m, p, "X Y", "v", &uids, &n, &e));
	assert_false(scripted_heard(&scripted, "quiet", "NOOP"));
	mailbox_close(&m);
	pool_end(&p);
}

static void folder_names(void **state)
{
	struct mailbox_conf c = conf_of("quiet", TLS_NONE, MAILBOX_CAPTURE);
	struct mailbox *m = NULL;
	struct mailbox_folder f;
	struct err e = { 0 };

	(void)state;
	if (!is_there)
		skip();
	assert_true(mailbox_open(&c, &m, &e));
	assert_true(mailbox_select(m, "Entwürfe", &f, &e));
	assert_true(scripted_heard(&scripted, "quiet", "\"Entw&APw-rfe\""));
	assert_true(mailbox_select(m, "~peter/mail/台北/日本語", &f, &e)); /* RFC 3501 5.1.3 */
	assert_true(scripted_heard(&scripted, "quiet", "\"~peter/mail/&U,BTFw-/&ZeVnLIqe-\""));
	assert_true(mailbox_select(m, "a&b \"q\" \\", &f, &e));
	assert_true(scripted_heard(&scripted, "quiet", "\"a&-b \\\"q\\\" \\\\\""));
	assert_true(mailbox_select(m, "😀", &f, &e));
	assert_true(scripted_heard(&scripted, "quiet", "\"&2D3eAA-\""));
	mailbox_close(&m);
}

static const struct finding {
	const char *server, *configured, *found; /* NULL: there is no such folder */
} findings[] = {
	{ "folders", "INBOX", "INBOX" }, { "folders", "inbox", "INBOX" }, { "folders", "\\Inbox", "INBOX" },
	{ "folders", "Follow up", "INBOX.Follow up" }, { "folders", "follow UP", "INBOX.Follow up" },
	{ "folders", "INBOX/Follow up", "INBOX.Follow up" }, { "folders", "\\Sent", "INBOX.Gesendete Elemente" },
	{ "folders", "\\Drafts", "INBOX.Entwürfe" }, { "folders", "Entwürfe", "INBOX.Entwürfe" },
	{ "folders", "台北/日本語", "INBOX.台北.日本語" }, { "folders", "a\"b&c.", "INBOX.a\"b&c." },
	{ "folders", "&broken", "INBOX.&broken" }, { "folders", "flat", "flat" }, { "folders", "Drafts", NULL },
	{ "folders", "\\Trash", NULL }, { "folders", "gone", NULL }, { "folders", "Folow up", NULL },
	{ "special", "\\Sent", "[Gmail]/Gesendet" }, { "special", "\\sent", "[Gmail]/Gesendet" }, { "special", "\\Drafts", "Skizzen" },
	{ "special", "Sent", "Sent" }, { "special", "\\Archive", NULL },
};

static void folders_found(void **state)
{
	(void)state;
	if (!is_there)
		skip();
	for (size_t i = 0; i < sizeof findings / sizeof *findings; i++) {
		const struct finding *r = &findings[i];
		struct mailbox_conf c = conf_of(r->server, TLS_NONE, MAILBOX_PERSONAL);
		struct pool *p = pool_new();
		struct mailbox *m = NULL;
		struct err e = { 0 };
		const char *folder = NULL;
		bool ok;

		assert_true(mailbox_open(&c, &m, &e));
		ok = mailbox_find(m, p, r->configured, &folder, &e);
		if (ok != (r->found != NULL) || (ok && strcmp(folder, r->found) != 0))
			print_message("%s: %s\n", r->configured, ok ? folder : e.text);
		assert_int_equal(ok, r->found != NULL);
		if (ok)
			assert_string_equal(folder, r->found);
		else
			assert_int_equal(e.kind, ERR_PERM);
		mailbox_close(&m);
		pool_end(&p);
	}
}

struct tally {
	uint32_t last;
	size_t n, ends, whole;
};

static enum mailbox_wish tally(void *arg, const struct delivery *d)
{
	struct tally *t = arg;

	assert_int_equal(d->uid, t->last + 1);
	t->last = d->uid;
	t->n++;
	t->whole += d->body && d->body_length == d->size && (unsigned)atoi(d->body + 9) == d->uid;
	return MAILBOX_NEXT;
}

static bool tally_end(void *arg, uint32_t last, struct err *e)
{
	struct tally *t = arg;

	(void)e;
	assert_int_equal(last, t->last);
	t->ends++;
	return true;
}

static void answers_ahead(void **state)
{
	struct mailbox_conf c = conf_of("ahead", TLS_NONE, MAILBOX_PERSONAL);
	struct tally t = { 0 };
	struct mailbox_walk w = { .from_uid = 1, .bodies = true, .each = tally, .batch_end = tally_end, .arg = &t };
	struct mailbox *m = NULL;
	struct mailbox_folder f;
	struct err e = { 0 };

	(void)state;
	if (!is_there)
		skip();
	assert_true(mailbox_open(&c, &m, &e) && mailbox_select(m, "INBOX", &f, &e));
	for (int batch = 100; batch >= 7; batch = batch * 2 / 3) {
		memset(&t, 0, sizeof t);
		w.batch = batch;
		assert_true(mailbox_walk(m, &w, &e));
		assert_int_equal(t.n, 250);
		assert_int_equal(t.whole, 250);
		assert_int_equal(t.ends, (250 + batch - 1) / batch);
	}
	mailbox_close(&m);
}

/* By Google's description of X-GM-EXT-1. */
static void gmail_labels_are_read(void **state)
{
	static const char *const labels[] = { "Later", "Muy Importante", "日本語", "say \"so\"" };
	static const struct {
		const char *server, *flags;
		size_t n;
	} answers[] = {
		{ "gmail", "\\Important|\\Sent|Later|Muy Importante|kept-new|日本語|\\Seen|$NotPhishing", 2 },
		{ "gmail-bare", "/Inbox|/Sent|Later|Muy Importante", 1 },
		{ "ordinary", "", 0 },
	};

	(void)state;
	if (!is_there)
		skip();
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		struct mailbox_conf c = conf_of(answers[i].server, TLS_NONE, MAILBOX_PERSONAL);
		struct pool *p = pool_new();
		struct text *t = text_new(p, 1000);
		struct mailbox *m = NULL;
		struct mailbox_folder f;
		struct delivery *found;
		struct err e = { 0 };
		size_t n;

		c.labels = (struct strings){ (const char **)(uintptr_t)labels, 4 };
		assert_true(mailbox_open(&c, &m, &e) && mailbox_select(m, "INBOX", &f, &e));
		if (!mailbox_flagged(m, p, 0, &c.labels, &found, &n, &e))
			fail_msg("%s: %s", answers[i].server, e.text);
		assert_int_equal(n, answers[i].n);
		for (size_t k = 0; n && k < found[0].flags.n; k++)
			text_print(t, "%s%s", k ? "|" : "", found[0].flags.list[k]);
		assert_string_equal(t->s, answers[i].flags);
		mailbox_close(&m);
		pool_end(&p);
	}
	assert_true(scripted_heard(&scripted, "gmail", "UID FETCH 11:12 (UID FLAGS X-GM-LABELS)"));
	assert_true(scripted_heard(&scripted, "gmail", "X-GM-LABELS \"&ZeVnLIqe-\""));
	assert_false(scripted_heard(&scripted, "ordinary", "X-GM-LABELS"));
}

static void *ring_later(void *bell)
{
	struct timespec t = { 0, 200000000 };

	nanosleep(&t, NULL);
	wake_ring(bell);
	return NULL;
}

static void bell_wakes(void **state)
{
	static const char *const names[] = { "ordinary", "idle-no" };
	struct wake *bell = NULL;
	struct err e = { 0 };

	(void)state;
	if (!is_there)
		skip();
	assert_true(wake_open(NULL, &bell, &e));
	for (size_t i = 0; i < 2; i++) {
		struct mailbox_conf c = conf_of(names[i], TLS_NONE, MAILBOX_PERSONAL);
		struct mailbox *m = NULL;
		struct mailbox_folder f;
		int64_t began = now_ms();
		pthread_t thread;
		bool news = true;

		assert_true(mailbox_open(&c, &m, &e) && mailbox_select(m, "INBOX", &f, &e));
		pthread_create(&thread, NULL, ring_later, bell);
		assert_true(mailbox_watch(m, bell, 30, &news, &e));
		assert_false(news);
		assert_true(now_ms() - began < 2500);
		pthread_join(thread, NULL);
		mailbox_close(&m);
	}
	wake_close(&bell);
}

/* ---- a real Dovecot ---- */

static struct mailbox_conf real_conf(const char *user, enum mailbox_kind kind, enum tls_mode tls)
{
	static char address[80];

	snprintf(address, sizeof address, "%s@example.org", user);
	return (struct mailbox_conf){ .key = user, .kind = kind, .poll = 1,
	                              .server = { "127.0.0.1", real_port(tls == TLS_IMPLICIT ? REAL_IMAPS : REAL_IMAP), tls, real_ca(),
	                                          address, real_secret(user), { "kept.conf", 7 } } };
}

static struct mailbox *real_open(const char *user, enum mailbox_kind kind, struct mailbox_folder *f)
{
	struct mailbox_conf *c = must_take(sizeof *c);
	struct mailbox *m = NULL;
	struct err e = { 0 };
	bool ok;

	*c = real_conf(user, kind, TLS_IMPLICIT);
	ok = mailbox_open(c, &m, &e) && mailbox_select(m, "INBOX", f, &e);
	if (!ok)
		print_message("%s\n", e.text);
	assert_true(ok);
	return m;
}

static const struct mailbox_conf *conf_in(struct mailbox *m)
{
	return *(const struct mailbox_conf **)m; /* its first member: the tests free what they made */
}

static void real_close(struct mailbox **m)
{
	struct mailbox_conf *c = (struct mailbox_conf *)(uintptr_t)conf_in(*m);

	mailbox_close(m);
	free(c);
}

static void lay(struct mailbox *m, const char *folder, const char *flags, int number, size_t size, uint32_t *uid)
{
	char *bytes = malloc(size + 300);
	int k = sprintf(bytes, "From: bob@example.com\r\nSubject: %d\r\nMessage-ID: <%d.%d@test>\r\n\r\n", number, number, (int)getpid());
	struct err e = { 0 };
	uint32_t validity;

	for (size_t i = 0; i < size; i++)
		bytes[(size_t)k + i] = (char)(i % 72 == 70 ? '\r' : i % 72 == 71 ? '\n' : 'a' + (number + (int)(i / 72)) % 26);
	assert_true(mailbox_append(m, folder, flags, bytes, (size_t)k + size, &validity, uid, &e));
	free(bytes);
}

struct walked {
	size_t heads, bodies, ends, body_bytes, stop_at;
	uint32_t last, end_uid;
	bool in_order, each_right;
	int want_each; /* a body of every such message */
	const struct delivery *const *ahead; /* what was shown and is to come */
	size_t ahead_left, ahead_times;
};

static void show(void *arg, const struct delivery *const *list, size_t n)
{
	struct walked *w = arg;

	w->each_right = w->each_right && !w->ahead_left && n;
	w->ahead = list;
	w->ahead_left = n;
	w->ahead_times++;
}

static enum mailbox_wish count(void *arg, const struct delivery *d)
{
	struct walked *w = arg;
	char head[60];
	size_t i;
	int number = -1;
	const char *text = d->body ? d->body : d->header, *subject = strstr(text, "Subject: ");

	if (w->ahead) {
		w->each_right = w->each_right && w->ahead_left && *w->ahead == d;
		w->ahead += w->ahead_left > 0;
		w->ahead_left -= w->ahead_left > 0;
	}
	w->each_right = w->each_right && subject && sscanf(subject, "Subject: %d", &number) == 1 && d->arrived > 1700000000 && d->size > 50;
	if (!d->body) {
		w->heads++;
		w->last = d->uid;
		return w->want_each && number % w->want_each == 0 ? MAILBOX_WANT_BODY : MAILBOX_NEXT;
	}
	w->in_order = w->in_order && d->uid > w->last;
	w->last = d->uid;
	w->bodies++;
	w->body_bytes += d->body_length;
	w->each_right = w->each_right && d->body_length == d->size;
	snprintf(head, sizeof head, "\r\n\r\n");
	subject = strstr(d->body, head);
	for (i = 0; subject && subject + 4 + i < d->body + d->body_length; i++)
		if (subject[4 + i] != (char)(i % 72 == 70 ? '\r' : i % 72 == 71 ? '\n' : 'a' + (number + (int)(i / 72)) % 26))
			w->each_right = false;
	return w->stop_at && w->bodies == w->stop_at ? MAILBOX_STOP : MAILBOX_NEXT;
}

static bool count_end(void *arg, uint32_t last, struct err *e)
{
	struct walked *w = arg;

	(void)e;
	w->ends++;
	w->end_uid = last;
	w->last = w->want_each ? 0 : w->last;
	return true;
}

static void real_walk(void **state)
{
	struct walked a = { .in_order = true, .each_right = true }, b = { .in_order = true, .each_right = true, .want_each = 7 },
	              c = { .in_order = true, .each_right = true, .stop_at = 5 };
	struct mailbox_walk w = { .ahead = show, .each = count, .batch_end = count_end };
	struct mailbox_folder f;
	struct mailbox *m;
	struct err e = { 0 };
	uint32_t uid, first = 0;
	uint64_t turns;

	(void)state;
	if (!real_port(0))
		skip();
	m = real_open("bob", MAILBOX_CAPTURE, &f);
	for (int i = 0; i < 250; i++) {
		lay(m, "INBOX", "", i, i == 120 ? 700000 : i % 50 == 3 ? 200000 : 300, &uid);
		first = first ? first : uid;
	}
	assert_true(mailbox_select(m, "INBOX", &f, &e));
	w.from_uid = first;
	w.bodies = true;
	w.arg = &a;
	turns = mailbox_turns(m);
	assert_true(mailbox_walk(m, &w, &e));
	assert_int_equal(a.bodies, 250);
	assert_int_equal(a.ends, 3);
	assert_true(a.ahead && !a.ahead_left && a.ahead_times < 20); /* many at once, and each of them came */
	assert_int_equal(a.end_uid, first + 249);
	assert_true(a.in_order && a.each_right && a.body_bytes > 250 * 300 + 700000 + 5 * 200000);
	assert_true(mailbox_turns(m) - turns <= 9); /* SEARCH, three batches, and the long ones by themselves */
	w.bodies = false;
	w.arg = &b;
	assert_true(mailbox_walk(m, &w, &e));
	assert_int_equal(b.heads, 250);
	assert_int_equal(b.bodies, 36);
	assert_true(b.each_right && !b.ahead_left && b.ahead_times < 20);
	w.bodies = true;
	w.batch = 10;
	w.arg = &c;
	assert_true(mailbox_walk(m, &w, &e));
	assert_int_equal(c.bodies, 10); /* the batch is ended, no other begun */
	assert_int_equal(c.ends, 1);
	memset(&a, 0, sizeof a);
	a.in_order = a.each_right = true;
	w.arg = &a;
	w.from_uid = first + 100;
	w.to_uid = first + 104;
	assert_true(mailbox_walk(m, &w, &e));
	assert_int_equal(a.bodies, 5);
	w.from_uid = first + 250;
	w.to_uid = 0;
	assert_true(mailbox_walk(m, &w, &e));
	assert_int_equal(a.bodies, 5); /* nothing new: not the last one again */
	real_close(&m);
}

static void real_poll(void **state)
{
	struct walked a = { .in_order = true, .each_right = true };
	struct mailbox_walk w = { .each = count, .batch_end = count_end, .arg = &a, .bodies = true };
	struct mailbox_folder f;
	struct mailbox *m, *other;
	struct err e = { 0 };
	uint64_t turns, bytes;
	uint32_t uid;
	int64_t began;
	bool news = true;

	(void)state;
	if (!real_port(0))
		skip();
	m = real_open("bob", MAILBOX_PERSONAL, &f); /* cold: from nothing to "nothing new" (uidnext is the same) */
	assert_true(mailbox_turns(m) <= 3 && mailbox_bytes(m) <= 1500);
	print_message("cold: %d turns, %d bytes\n", (int)mailbox_turns(m), (int)mailbox_bytes(m));
	turns = mailbox_turns(m);
	bytes = mailbox_bytes(m);
	assert_true(mailbox_poll(m, &news, &e) && !news);
	assert_int_equal(mailbox_turns(m) - turns, 1);
	print_message("open: 1 turn, %d bytes\n", (int)(mailbox_bytes(m) - bytes));
	other = real_open("bob", MAILBOX_CAPTURE, &f);
	lay(other, "INBOX", "", 7, 100, &uid);
	assert_true(mailbox_poll(m, &news, &e) && news);
	w.from_uid = uid;
	assert_true(mailbox_walk(m, &w, &e));
	assert_int_equal(a.bodies, 1);
	assert_true(mailbox_can_idle(m));
	assert_true(mailbox_watch(m, NULL, 1, &news, &e) && !news);
	lay(other, "INBOX", "", 8, 100, &uid);
	began = now_ms();
	assert_true(mailbox_watch(m, NULL, 20, &news, &e) && news);
	assert_true(now_ms() - began < 5000);
	/* right after news one turn brings the letter; also where more came by and by than fit in a batch */
	w.batch = 3;
	for (int i = 0; i < 10; i++) {
		turns = mailbox_turns(m);
		a = (struct walked){ .in_order = true, .each_right = true };
		w.from_uid = uid;
		assert_false(mailbox_still(m, "INBOX", f.uidvalidity + 1, &f) || mailbox_still(m, "Sent", f.uidvalidity, &f));
		assert_true(mailbox_still(m, "INBOX", f.uidvalidity, &f) && !f.uidnext && !f.highestmodseq);
		assert_false(mailbox_still(m, "INBOX", f.uidvalidity, &f)); /* but once */
		assert_true(mailbox_walk(m, &w, &e));
		assert_int_equal(a.bodies, 1);
		assert_true(a.in_order && a.each_right);
		assert_int_equal(mailbox_turns(m) - turns, 1);
		lay(other, "INBOX", "", 9 + i, 100, &uid);
		assert_true(mailbox_poll(m, &news, &e) && news);
	}
	/* no news was told since it was selected */
	assert_true(mailbox_select(m, "INBOX", &f, &e));
	assert_false(mailbox_still(m, "INBOX", f.uidvalidity, &f));
	real_close(&other);
	real_close(&m);
}

static void real_flags(void **state)
{
	static const char *const words[] = { "$Kept", "\\Flagged" };
	struct strings keywords = { (const char **)words, 2 };
	struct mailbox_folder f, g;
	struct mailbox *m, *reader;
	struct delivery *list;
	struct pool *p;
	struct err e = { 0 };
	uint32_t *uids, a, b, c;
	size_t n;
	char id[80];
	bool news;

	(void)state;
	if (!real_port(0))
		skip();
	p = pool_new();
	m = real_open("bob", MAILBOX_CAPTURE, &f);
	reader = real_open("bob", MAILBOX_PERSONAL, &g);
	assert_true(f.keywords && f.highestmodseq);
	assert_false(g.keywords);
	lay(m, "INBOX", "$Kept", 1, 100, &a);
	lay(m, "INBOX", "\\Flagged \\Seen", 2, 100, &b);
	lay(m, "INBOX", "", 3, 100, &c);
	assert_true(mailbox_poll(reader, &news, &e) && news);
	assert_true(mailbox_flagged(reader, p, 0, &keywords, &list, &n, &e));
	assert_true(n >= 2 && list[n - 2].uid == a && list[n - 1].uid == b);
	assert_true(mailbox_select(reader, "INBOX", &g, &e));
	assert_true(mailbox_flagged(reader, p, g.highestmodseq, &keywords, &list, &n, &e) && n == 0);
	assert_true(mailbox_mark_seen(m, &c, 1, &e));
	assert_true(mailbox_select(reader, "INBOX", &f, &e));
	assert_true(mailbox_flagged(reader, p, g.highestmodseq, &keywords, &list, &n, &e));
	assert_int_equal(n, 1);
	assert_int_equal(list[0].uid, c);
	assert_int_equal(list[0].flags.n, 1);
	assert_string_equal(list[0].flags.list[0], "\\Seen");
	assert_true(mailbox_modseq(reader) > g.highestmodseq);
	snprintf(id, sizeof id, "<3.%d@test>", (int)getpid());
	assert_true(mailbox_by_message_id(reader, p, id, &uids, &n, &e) && n >= 1 && uids[n - 1] == c);
	assert_true(mailbox_since(reader, p, time(NULL), &uids, &n, &e) && n >= 3 && uids[n - 1] == c);
	assert_true(mailbox_since(reader, p, time(NULL) + 5 * 86400, &uids, &n, &e) && n == 0);
	real_close(&reader);
	real_close(&m);
	pool_end(&p);
}

static void real_folders(void **state)
{
	struct mailbox_folder f;
	struct mailbox *m;
	struct pool *p;
	struct err e = { 0 };
	const char *name;
	uint32_t a, b;

	(void)state;
	if (!real_port(0))
		skip();
	p = pool_new();
	m = real_open("bob", MAILBOX_CAPTURE, &f);
	assert_true(mailbox_find(m, p, "\\Sent", &name, &e));
	assert_string_equal(name, "Sent");
	assert_true(mailbox_find(m, p, "\\Drafts", &name, &e));
	assert_string_equal(name, "Drafts");
	assert_true(mailbox_find(m, p, "inbox", &name, &e));
	assert_string_equal(name, "INBOX");
	assert_false(mailbox_find(m, p, "Sennt", &name, &e));
	assert_int_equal(e.kind, ERR_PERM);
	assert_non_null(strstr(e.text, "did you mean 'Sent'"));
	lay(m, "INBOX", "", 1, 100, &a);
	lay(m, "INBOX", "", 2, 100, &b);
	assert_true(mailbox_move(m, (uint32_t[]){ a, b }, 2, "Erledigt/Grün & so", &e)); /* made where it is missing */
	assert_true(mailbox_find(m, p, "erledigt/Grün & so", &name, &e));
	assert_string_equal(name, "Erledigt/Grün & so");
	assert_true(mailbox_select(m, name, &f, &e));
	assert_true(f.exists >= 2);
	assert_false(mailbox_select(m, "No such", &f, &e));
	assert_int_equal(e.kind, ERR_PERM);
	assert_true(mailbox_select(m, "INBOX", &f, &e)); /* and the session goes on */
	real_close(&m);
	pool_end(&p);
}

static void real_logins(void **state)
{
	struct mailbox_conf c = real_conf("bob", MAILBOX_PERSONAL, TLS_STARTTLS);
	struct mailbox *m = NULL;
	struct err e = { 0 };

	(void)state;
	if (!real_port(0))
		skip();
	assert_true(mailbox_open(&c, &m, &e));
	mailbox_close(&m);
	c.server.password = real_secret("wrong");
	assert_false(mailbox_open(&c, &m, &e));
	assert_int_equal(e.kind, ERR_PERM);
	assert_non_null(strstr(e.text, "refused the login as bob@example.org"));
	c = real_conf("bob", MAILBOX_PERSONAL, TLS_IMPLICIT);
	c.server.ca = NULL;
	assert_false(mailbox_open(&c, &m, &e));
	assert_non_null(strstr(e.text, "certificate is refused"));
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
	enum { OPENINGS = sizeof openings / sizeof *openings, TALKS = sizeof talks / sizeof *talks };
	struct CMUnitTest t[OPENINGS + TALKS + 12] = {
		[OPENINGS + TALKS] = { "a personal mailbox is examined, never changed", only_examined, NULL, NULL, NULL },
		[OPENINGS + TALKS + 1] = { "no argument can end a command", no_injection, NULL, NULL, NULL },
		[OPENINGS + TALKS + 2] = { "folder names go as modified UTF-7", folder_names, NULL, NULL, NULL },
		[OPENINGS + TALKS + 3] = { "the bell wakes at once, with IDLE and without", bell_wakes, NULL, NULL, NULL },
		[OPENINGS + TALKS + 4] = { "Dovecot: 250 messages in three batches, in order, each byte", real_walk, NULL, NULL, NULL },
		[OPENINGS + TALKS + 5] = { "Dovecot: nothing new costs three turns cold, one open; news wakes", real_poll, NULL, NULL, NULL },
		[OPENINGS + TALKS + 6] = { "Dovecot: flags, what changed since, searches", real_flags, NULL, NULL, NULL },
		[OPENINGS + TALKS + 7] = { "Dovecot: folders are found, made and named", real_folders, NULL, NULL, NULL },
		[OPENINGS + TALKS + 8] = { "Dovecot: STARTTLS, a wrong password, an unknown authority", real_logins, NULL, NULL, NULL },
		[OPENINGS + TALKS + 9] = { "a server may answer two commands at once, backwards", answers_ahead, NULL, NULL, NULL },
		[OPENINGS + TALKS + 10] = { "a folder is found as a person calls it", folders_found, NULL, NULL, NULL },
		[OPENINGS + TALKS + 11] = { "Gmail: labels are read as Google describes them", gmail_labels_are_read, NULL, NULL, NULL },
	};

	for (size_t i = 0; i < OPENINGS; i++)
		t[i] = (struct CMUnitTest){ openings[i].rule, opening_holds, NULL, NULL, (void *)&openings[i] };
	for (size_t i = 0; i < TALKS; i++)
		t[OPENINGS + i] = (struct CMUnitTest){ talks[i].rule, talk_holds, NULL, NULL, (void *)&talks[i] };
	return cmocka_run_group_tests_name("border_mailbox", t, start, stop);
}
