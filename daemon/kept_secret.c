/* kept secret - a password into the file that the configuration names */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "borders/secret.h"
#include "daemon/kept.h"
#include "daemon/kept_file.h"
#include "daemon/kept_terminal.h"

enum { SECRET_LINE_MOST = 4096 };

static const char help[] =
	"kept secret - a password into the file that the configuration names\n"
	"\n"
	"  kept secret set NAME\n"
	"\n"
	"  kept secret set kept              asks for it, without showing it; password = \"file:kept.secret\"\n"
	"  pass show kept | kept secret set kept\n"
	"\n"
	"The file NAME.secret lies beside the configuration, and only you can read it. One that is there is replaced; keptd\n"
	"uses it from its next login on. Without a terminal, or in a pipe, the first line of standard input is the password.\n";

static bool name_fits(const char *s)
{
	return *s && *s != '.' && strlen(s) <= 60 &&
	       !s[strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.@+")];
}

static const char *environment(const char *name)
{
	return getenv(name);
}

/* As it comes, to its first line end: what is no password is not cut to one, but refused. */
static size_t piped(char *out, size_t room)
{
	size_t n = 0;
	ssize_t r;

	while (n < room && !memchr(out, '\n', n) && (r = read(STDIN_FILENO, out + n, room - n)) != 0) {
		if (r < 0 && errno != EINTR)
			return 0;
		n += r > 0 ? (size_t)r : 0;
	}
	return n;
}

static size_t typed(char *out, size_t room)
{
	int fd;
	bool well;

	if (!isatty(STDIN_FILENO))
		return piped(out, room);
	if (!terminal_open(&fd))
		return 0;
	well = terminal_secret(fd, "Password (it is not shown):", out, room);
	close(fd);
	return well ? strlen(out) : 0;
}

int kept_secret(struct call *c)
{
	char secret[SECRET_LINE_MOST + 1] = "", *line = NULL;
	const char *conf, *path, *beside, *slash;
	struct err e = { 0 };
	size_t n;
	bool well;

	if (kept_help(c, help))
		return DONE_WELL;
	if (c->argc != 3 || strcmp(c->argv[1], "set") != 0)
		return kept_say(WRONG_USE, "usage: kept secret set NAME; `kept secret --help`");
	if (!name_fits(c->argv[2]))
		return kept_say(WRONG_USE, "%s: a name is letters, digits, and - _ . @ +", c->argv[2]);
	conf = c->conf_file ? c->conf_file : conf_file(c->pool, environment);
	slash = strrchr(conf, '/');
	path = pool_print(c->pool, "%.*s%s.secret", slash ? (int)(slash - conf + 1) : 0, conf, c->argv[2]);
	n = typed(secret, sizeof secret);
	well = n ? secret_line(secret, n, isatty(STDIN_FILENO) ? "what was typed" : "standard input", &line, &e)
		 : err_perm(&e, "no password was given");
	explicit_bzero(secret, sizeof secret);
	if (!well)
		return kept_say(FAILED, "%s; nothing was changed", e.text);
	n = strlen(line);
	line[n] = '\n'; /* in place of its end */
	well = file_beside(c->pool, path, line, n + 1, &beside, &e) && file_placed(beside, path, true, &e);
	line[n] = '\0';
	secret_free(&line);
	if (!well)
		return kept_say(FAILED, "%s", e.text);
	printf("%s is written, for you alone; in the configuration: password = \"file:%s.secret\";\n", path, c->argv[2]);
	return DONE_WELL;
}
