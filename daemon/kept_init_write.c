/* kept init, the configuration: with its comments, put into its place whole */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "borders/oauth.h"
#include "daemon/kept_file.h"
#include "daemon/kept_init.h"

enum { FILE_MOST = 32768, PASSWORD_MOST = 4096 };

/* ---- the words ---- */

const char *init_quoted(struct pool *p, const char *s)
{
	struct text *t = text_new(p, 4000);

	text_char(t, '"');
	for (s = line_from(p, s, 1000).s; *s; s++)
		text_print(t, "%s%c", *s == '"' || *s == '\\' ? "\\" : "", *s);
	text_char(t, '"');
	return t->s;
}

void init_setting(struct init *i, struct text *t, const char *name, const char *value, const char *comment)
{
	const char *line = pool_print(i->pool, "    %-9s = %s;", name, value);

	if (*comment)
		text_print(t, "%-49s // %s\n", line, comment);
	else
		text_print(t, "%s\n", line);
}

static const char *list_of(struct pool *p, const char *s)
{
	return pool_print(p, "[ %s ]", init_quoted(p, s));
}

static void server(struct init *i, struct text *t, const struct server *s, int usual)
{
	struct pool *p = i->pool;

	init_setting(i, t, "host", init_quoted(p, s->host), "");
	if (s->port != usual || s->tls != TLS_IMPLICIT)
		init_setting(i, t, "port", pool_print(p, "%d", s->port), "");
	if (s->tls != TLS_IMPLICIT)
		init_setting(i, t, "tls", "\"starttls\"", "");
	if (i->ca)
		init_setting(i, t, "ca", init_quoted(p, i->ca), "");
	init_setting(i, t, "user", init_quoted(p, s->user), "");
	if (i->oauth.key)
		init_setting(i, t, "oauth", init_quoted(p, i->oauth.key), "");
	else
		init_setting(i, t, "password",
		        i->secret ? init_quoted(p, pool_print(p, "file:%s", i->secret + strlen(i->folder))) : init_quoted(p, i->password),
		        i->secret ? "a file beside this one, which only you can read" : "");
}

const char *init_bcc(struct init *i, const char *due)
{
	return addr_with(i->pool, i->tracking, *i->key ? pool_print(i->pool, "k-%s+%s", i->key, due) : due);
}

static void owner(struct init *i, struct text *t)
{
	struct pool *p = i->pool;

	text_print(t, "owner: {\n  %s: {\n", i->owner_key);
	init_setting(i, t, "name", init_quoted(p, i->name), "");
	init_setting(i, t, "addresses", list_of(p, i->address), "all you write from; reminders go to the first");
	if (!domain_is_public(addr_domain(i->address)))
		init_setting(i, t, "domains", list_of(p, addr_domain(i->address)),
		        "your house's own: promises are made to others");
	init_setting(i, t, "zone", init_quoted(p, i->zone), "");
	if (strcmp(i->language, "en") != 0)
		init_setting(i, t, "language", init_quoted(p, i->language), "of the mails to you");
	if (*i->key)
		init_setting(i, t, "key", init_quoted(p, i->key), "in a BCC it proves that a mail is yours; keep it to yourself");
	text_add(t, "  };\n};\n\n");
}

/* What else kept can do with the owner's own mailbox: as comments, where they do not want it. */
static void offers(struct init *i, struct text *t)
{
	const struct {
		bool on;
		const char *line, *comment;
	} rows[] = {
		{ i->sent, "watch    = [ \"INBOX\", \"\\\\Sent\" ];", "what you send is seen to keep a promise" },
		{ i->flags, "keywords = [ \"\\\\Flagged\" ];", "what you flag is a promise too" },
		{ i->drafts, "drafts   = \"\\\\Drafts\";", "mail to others waits there for you to send it" },
	};

	if (!i->shared)
		text_print(t,
		           "  // Your own mailbox, should you want it: take the // away, and name its server. `kept check` tries it.\n"
		           "//%s: {\n//  kind     = \"personal\";\n//  owner    = \"%s\";\n//  host     = \"\";\n"
		           "//  user     = %s;\n//  password = \"file:%s.secret\";                // kept secret set %s\n",
		           i->owner_key, i->owner_key, init_quoted(i->pool, i->address), i->owner_key, i->owner_key);
	for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
		text_print(t, "%s  %-44s // %s\n", rows[k].on ? "  " : "//", rows[k].line, rows[k].comment);
	if (!i->shared)
		text_add(t, "//};\n");
}

static void mailbox(struct init *i, struct text *t)
{
	struct pool *p = i->pool;

	text_print(t, "mailbox: {\n  %s: {\n", i->shared ? i->owner_key : "capture");
	init_setting(i, t, "kind", i->shared ? "\"personal\"" : "\"capture\"",
	        i->shared ? "it is read, never changed" : "kept's own; what was read is marked as seen");
	if (i->shared)
		init_setting(i, t, "owner", init_quoted(p, i->owner_key), "");
	server(i, t, &i->found.imap.server, 993);
	init_setting(i, t, "tracking", list_of(p, i->tracking), pool_print(p, "put %s into BCC", init_bcc(i, "friday")));
	if (i->authserv)
		init_setting(i, t, "authserv", list_of(p, i->authserv),
		        "this server's word on who wrote a mail; found by `kept init`");
	if (i->shared)
		offers(i, t);
	text_add(t, "  };\n");
	if (!i->shared)
		offers(i, t);
	text_add(t, "};\n\n");
}

/* Sharing the owner's mailbox it is the owner's account too: no mail of theirs must be taken for one of kept's. */
static void submission(struct init *i, struct text *t)
{
	text_print(t, "submission: {\n  %s: {\n", i->shared ? i->owner_key : "main");
	if (i->shared)
		init_setting(i, t, "owner", init_quoted(i->pool, i->owner_key),
		        "your account: mail to others leaves by it too, after your word");
	server(i, t, &i->found.smtp.server, 465);
	init_setting(i, t, "from", init_quoted(i->pool, i->mailbox), i->shared ? "" : "kept's mail to you comes from there");
	text_add(t, "  };\n};\n");
}

const char *init_words(struct init *i, const char *client_secret)
{
	struct text *t = text_new(i->pool, FILE_MOST);
	char day[16];
	time_t now = time(NULL);
	struct tm tm;

	gmtime_r(&now, &tm);
	strftime(day, sizeof day, "%Y-%m-%d", &tm);
	text_print(
		t,
		"// kept.conf: written by `kept init` on %s. It holds what is needed and no more; kept.conf(5) has each setting.\n"
		"// After a change: kept check, then systemctl --user reload keptd\n\n",
		day);
	owner(i, t);
	if (i->oauth.key)
		init_oauth_section(i, t, client_secret);
	mailbox(i, t);
	submission(i, t);
	return t->s;
}

/* ---- the files ---- */

static bool put_secret(struct init *i, struct err *e)
{
	char password[PASSWORD_MOST];
	ssize_t n = pread(i->typed, password, sizeof password - 1, 0);
	const char *beside;
	bool well;

	if (n <= 0)
		return err_perm(e, "the password was lost: %s", strerror(errno));
	password[n] = '\n';
	well = file_beside(i->pool, i->secret, password, (size_t)n + 1, &beside, e) &&
	       file_placed(beside, i->secret, false, e);
	explicit_bzero(password, sizeof password);
	return well;
}

/* What was written can be read, as the daemon will read it. */
static bool is_read(struct init *i, const char *file)
{
	struct conf_errors errors = { 0 };
	struct conf *conf = NULL;

	if (!conf_load(i->pool, file, &conf, &errors)) {
		for (size_t k = 0; k < errors.n; k++)
			kept_say(FAILED, "%s", errors.list[k]);
		return false;
	}
	i->database = pool_copy(i->pool, i->by ? i->by->database : conf->database);
	conf_close(&conf);
	return true;
}

/* What was there before stays beside it, under its day. */
static bool put_aside(struct init *i, struct err *e)
{
	long long now = time(NULL);
	const char *old = pool_print(i->pool, "%s.%lld", i->file, now);
	int rc;

	if (!i->again || access(i->file, F_OK) < 0)
		return true;
	while ((rc = link(i->file, old)) < 0 && errno == EEXIST) /* another of this very second */
		old = pool_print(i->pool, "%s.%lld", i->file, ++now);
	if (rc < 0)
		return err_perm(e, "%s: cannot be kept as %s: %s", i->file, old, strerror(errno));
	i->aside = old;
	return true;
}

/* All of it in its place, or nothing. */
static bool put_all(struct init *i, const char *text, struct err *e)
{
	const char *beside;
	bool secret, conf, well;

	if (!file_beside(i->pool, i->file, text, strlen(text), &beside, e))
		return false;
	if (!is_read(i, beside)) {
		unlink(beside);
		return err_perm(e, "this is a fault of kept init: what it would write cannot be read");
	}
	secret = !i->secret || put_secret(i, e);
	conf = secret && put_aside(i, e) && file_placed(beside, i->file, i->again, e);
	well = conf && (!i->by || oauth_move(&i->trial, i->by->oauths, i->found.imap.server.user, e));
	if (well)
		return true;
	unlink(beside);
	if (i->secret && secret)
		unlink(i->secret);
	if (i->aside && conf)
		rename(i->aside, i->file);
	else if (i->aside || conf)
		unlink(i->aside ? i->aside : i->file);
	return false;
}

bool init_write(struct init *i)
{
	const char *secret = i->secret ? pool_print(i->pool, "file:%s", i->secret + strlen(i->folder)) : NULL;
	const char *text = init_words(i, secret ? secret : i->oauth.client_secret);
	struct err e = { 0 };
	sigset_t all, before;
	bool well;

	sigfillset(&all); /* one that comes now waits until all of it is there */
	sigprocmask(SIG_BLOCK, &all, &before);
	well = put_all(i, text, &e);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (!well)
		return init_no("%s; nothing was written", e.text);
	if (i->aside)
		printf("ok    the configuration that was there is now %s\n", i->aside);
	printf("ok    %s is written", i->file);
	if (i->secret)
		printf(", and the %s into %s", i->by ? "client's secret" : "password", i->secret);
	puts("");
	return true;
}
