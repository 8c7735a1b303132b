/* kept init, the end: the configuration with its comments, put into its place whole; and the unit that runs it */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "daemon/kept_init.h"
#include "daemon/kept_terminal.h"

enum { FILE_MOST = 32768, PASSWORD_MOST = 4096 };

extern char **environ;

/* ---- the words ---- */

/* As a value in double quotes. */
static const char *quoted(struct pool *p, const char *s)
{
	struct text *t = text_new(p, 4000);

	text_char(t, '"');
	for (s = line_from(p, s, 1000).s; *s; s++)
		text_print(t, "%s%c", *s == '"' || *s == '\\' ? "\\" : "", *s);
	text_char(t, '"');
	return t->s;
}

/* One line; a comment stands behind it, or none. */
static void setting(struct init *i, struct text *t, const char *name, const char *value, const char *comment)
{
	const char *line = pool_print(i->pool, "    %-9s = %s;", name, value);

	if (*comment)
		text_print(t, "%-49s // %s\n", line, comment);
	else
		text_print(t, "%s\n", line);
}

static const char *list_of(struct pool *p, const char *s)
{
	return pool_print(p, "[ %s ]", quoted(p, s));
}

static void server(struct init *i, struct text *t, const struct server *s, int usual)
{
	struct pool *p = i->pool;

	setting(i, t, "host", quoted(p, s->host), "");
	if (s->port != usual || s->tls != TLS_IMPLICIT)
		setting(i, t, "port", pool_print(p, "%d", s->port), "");
	if (s->tls != TLS_IMPLICIT)
		setting(i, t, "tls", "\"starttls\"", "");
	if (i->ca)
		setting(i, t, "ca", quoted(p, i->ca), "");
	setting(i, t, "user", quoted(p, s->user), "");
	setting(i, t, "password",
	        i->secret ? quoted(p, pool_print(p, "file:%s", i->secret + strlen(i->folder))) : quoted(p, i->password),
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
	setting(i, t, "name", quoted(p, i->name), "");
	setting(i, t, "addresses", list_of(p, i->address), "all you write from; reminders go to the first");
	if (!domain_is_public(addr_domain(i->address)))
		setting(i, t, "domains", list_of(p, addr_domain(i->address)),
		        "your house's own: promises are made to others");
	setting(i, t, "zone", quoted(p, i->zone), "");
	if (strcmp(i->language, "en") != 0)
		setting(i, t, "language", quoted(p, i->language), "of the mails to you");
	if (*i->key)
		setting(i, t, "key", quoted(p, i->key), "in a BCC it proves that a mail is yours; keep it to yourself");
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
		           i->owner_key, i->owner_key, quoted(i->pool, i->address), i->owner_key, i->owner_key);
	for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
		text_print(t, "%s  %-44s // %s\n", rows[k].on ? "  " : "//", rows[k].line, rows[k].comment);
	if (!i->shared)
		text_add(t, "//};\n");
}

static void mailbox(struct init *i, struct text *t)
{
	struct pool *p = i->pool;

	text_print(t, "mailbox: {\n  %s: {\n", i->shared ? i->owner_key : "capture");
	setting(i, t, "kind", i->shared ? "\"personal\"" : "\"capture\"",
	        i->shared ? "it is read, never changed" : "kept's own; what was read is marked as seen");
	if (i->shared)
		setting(i, t, "owner", quoted(p, i->owner_key), "");
	server(i, t, &i->found.imap.server, 993);
	setting(i, t, "tracking", list_of(p, i->tracking), pool_print(p, "put %s into BCC", init_bcc(i, "friday")));
	if (i->authserv)
		setting(i, t, "authserv", list_of(p, i->authserv),
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
		setting(i, t, "owner", quoted(i->pool, i->owner_key),
		        "your account: mail to others leaves by it too, after your word");
	server(i, t, &i->found.smtp.server, 465);
	setting(i, t, "from", quoted(i->pool, i->mailbox), i->shared ? "" : "kept's mail to you comes from there");
	text_add(t, "  };\n};\n");
}

static const char *words(struct init *i)
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
	       file_placed(beside, i->secret, e);
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
	i->database = pool_copy(i->pool, conf->database);
	conf_close(&conf);
	return true;
}

/* What was there before stays beside it, under its day. */
static bool put_aside(struct init *i, struct err *e)
{
	const char *old = pool_print(i->pool, "%s.%lld", i->file, (long long)time(NULL));

	if (access(i->file, F_OK) < 0)
		return true;
	if (link(i->file, old) < 0)
		return err_perm(e, "%s: cannot be kept as %s: %s", i->file, old, strerror(errno));
	printf("ok    the configuration that was there is now %s\n", old);
	return true;
}

bool init_write(struct init *i)
{
	const char *text = words(i), *beside;
	struct err e = { 0 };

	if (!file_beside(i->pool, i->file, text, strlen(text), &beside, &e))
		return init_no("%s", e.text);
	if (!is_read(i, beside)) {
		unlink(beside);
		return init_no("this is a fault of kept init: what it wrote cannot be read; nothing was changed");
	}
	if ((i->secret && !put_secret(i, &e)) || !put_aside(i, &e)) {
		unlink(beside);
		return init_no("%s", e.text);
	}
	if (!file_placed(beside, i->file, &e))
		return init_no("%s", e.text);
	printf("ok    %s is written%s%s\n", i->file, i->secret ? ", and the password into " : "",
	       i->secret ? i->secret : "");
	return true;
}

/* ---- the unit ---- */

/* Its exit code; < 0: it could not be started. */
static int run(const char *const *argv)
{
	posix_spawn_file_actions_t files;
	int status = -1, rc;
	pid_t pid;

	posix_spawn_file_actions_init(&files);
	for (int fd = 0; fd < 3; fd++)
		posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
	rc = posix_spawnp(&pid, argv[0], &files, NULL, (char *const *)argv, environ);
	posix_spawn_file_actions_destroy(&files);
	if (rc)
		return -1;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#define SYSTEMCTL(...) run((const char *const[]){ "systemctl", "--user", __VA_ARGS__, NULL })

/* A file beside the folder of this very program: "/keptd", "/../lib/…" */
static const char *beside_self(struct init *i, const char *path)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);

	if (n <= 0)
		return path + 1;
	self[n] = '\0';
	*strrchr(self, '/') = '\0';
	return pool_print(i->pool, "%s%s", self, path);
}

static const char *keptd(struct init *i)
{
	return beside_self(i, "/keptd");
}

/* The unit that came with this kept: installed, or in the sources. Its ExecStart is the keptd beside this kept. */
static const char *unit_text(struct init *i, struct err *e)
{
	static const char setting_name[] = "\nExecStart=";
	const char *at;
	char *text;
	size_t n;

	if (!kept_file(i->pool, beside_self(i, "/../lib/systemd/user/keptd.service"), &text, &n, NULL) &&
	    !kept_file(i->pool, beside_self(i, "/../systemd/keptd-user.service"), &text, &n, e))
		return NULL;
	at = strstr(text, setting_name);
	if (!at)
		return err_perm(e, "the unit that came with kept has no ExecStart"), NULL;
	at += sizeof setting_name - 1;
	return pool_print(i->pool, "%.*s%s%s", (int)(at - text), text, keptd(i), at + strcspn(at, "\n"));
}

/* Where systemd finds none: one for this user. */
static const char *put_unit(struct init *i, struct err *e)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME"), *text = unit_text(i, e), *beside;
	const char *folder = config && *config == '/' ? config : pool_print(i->pool, "%s/.config", home ? home : "");
	const char *path = pool_print(i->pool, "%s/systemd/user/keptd.service", folder);

	if (!text || !file_beside(i->pool, path, text, strlen(text), &beside, e) || !file_placed(beside, path, e))
		return NULL;
	return path;
}

static bool started(struct init *i, const char **unit)
{
	struct err e = { 0 };

	*unit = NULL;
	if (SYSTEMCTL("daemon-reload") != 0) {
		printf("      no systemd of your own answers here; start it by hand, or as your system starts things: %s\n",
		       keptd(i));
		return false;
	}
	if (SYSTEMCTL("cat", "keptd.service") != 0 && (!(*unit = put_unit(i, &e)) || SYSTEMCTL("daemon-reload") != 0)) {
		printf("warn  the unit: %s\n", *e.text ? e.text : "systemd does not take it");
		return false;
	}
	if (SYSTEMCTL("enable", "--now", "keptd.service") != 0) {
		puts("warn  keptd did not start; do: systemctl --user status keptd, journalctl --user -u keptd");
		return false;
	}
	puts("ok    keptd runs, and starts when you log in; for it to run while you are not logged in: loginctl enable-linger");
	return true;
}

void init_start(struct init *i)
{
	const char *unit = NULL, *by_hand = pool_print(i->pool, "%s -c %s", keptd(i), i->file);
	bool runs = false;

	if (strcmp(i->file, "/etc/kept/kept.conf") == 0)
		printf("      for the whole house keptd runs as the user kept, who must be able to read it: chgrp kept %s; chmod 640 %s%s%s\n"
		       "      start it: systemctl enable --now keptd\n",
		       i->file, i->file, i->secret ? "; chown kept " : "", i->secret ? i->secret : "");
	else if (strcmp(i->file, i->usual) != 0)
		printf("      start it: %s\n", by_hand);
	else if (i->no_start || !init_agrees(i, "Start keptd now, and whenever you log in?", true))
		printf("      start it: systemctl --user enable --now keptd; without systemd: %s\n", keptd(i));
	else
		runs = started(i, &unit);
	printf("\n%s a mail tells you how to begin. Write to somebody, promise something, and put into BCC:\n\n    %s\n\n",
	       runs ? "In a moment" : "Once it runs", init_bcc(i, "friday"));
	printf("To undo it:%s rm %s%s%s%s%s; what it will have noted stays in %s\n", runs ? " systemctl --user disable --now keptd;" : "", i->file,
	       i->secret ? " " : "", i->secret ? i->secret : "", unit ? " " : "", unit ? unit : "", i->database);
}
