/* kept secret - a password into the file that the configuration names */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/kept.h"
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

static bool typed(char *out, size_t room)
{
	int fd;
	bool well;

	if (!isatty(STDIN_FILENO)) {
		if (!fgets(out, (int)room, stdin))
			return false;
		out[strcspn(out, "\r\n")] = '\0';
		return *out;
	}
	if (!terminal_open(&fd))
		return false;
	well = terminal_secret(fd, "Password:", out, room);
	close(fd);
	return well;
}

int kept_secret(struct call *c)
{
	char secret[SECRET_LINE_MOST] = "";
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
	if (!typed(secret, sizeof secret))
		return kept_say(FAILED, "no password was given; nothing was changed");
	if (strlen(secret) + 1 == sizeof secret)
		return kept_say(FAILED, "a line of more than %d bytes is no password; nothing was changed", SECRET_LINE_MOST - 2);
	n = strlen(secret);
	secret[n] = '\n'; /* there is room: it was shorter */
	well = file_beside(c->pool, path, secret, n + 1, &beside, &e) &&
	       file_placed(beside, path, true, &e);
	explicit_bzero(secret, sizeof secret);
	if (!well)
		return kept_say(FAILED, "%s", e.text);
	printf("%s is written, for you alone; in the configuration: password = \"file:%s.secret\";\n", path, c->argv[2]);
	return DONE_WELL;
}
