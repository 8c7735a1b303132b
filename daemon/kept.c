/* kept - the command: finds the subcommand and calls it; kept(1) */
#include "daemon/kept.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "daemon/begin.h"
#include "daemon/kept_progress.h"
#include "ground/log.h"

#define X(name, help) { #name, help, kept_##name },
const struct subcommand kept_subcommands[] = { SUBCOMMANDS(X) { NULL, NULL, NULL } };
#undef X
#define COUNT (sizeof kept_subcommands / sizeof *kept_subcommands - 1)

int kept_say(int code, const char *format, ...)
{
	va_list a;

	work_aside();
	fputs("kept: ", stderr);
	va_start(a, format);
	vfprintf(stderr, format, a);
	va_end(a);
	fputc('\n', stderr);
	return code;
}

struct conf *kept_conf(struct call *c)
{
	struct conf_errors errors = { 0 };
	struct conf *conf = NULL;

	if (conf_load(c->pool, c->conf_file, &conf, &errors))
		return conf;
	for (size_t i = 0; i < errors.n; i++)
		fprintf(stderr, "kept: %s\n", errors.list[i]);
	if (!c->conf_file)
		begin_hint(c->pool, "kept");
	return NULL;
}

bool kept_help(const struct call *c, const char *text)
{
	for (int i = 1; i < c->argc && strcmp(c->argv[i], "--") != 0; i++)
		if (strcmp(c->argv[i], "--help") == 0 || strcmp(c->argv[i], "-h") == 0) {
			fputs(text, stdout);
			return true;
		}
	return false;
}

bool kept_colour(void)
{
	const char *none = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE"), *term = getenv("TERM");

	if (none && *none)
		return false;
	return (force && *force && strcmp(force, "0") != 0) || (isatty(STDOUT_FILENO) && term && strcmp(term, "dumb") != 0);
}

utc kept_now(void)
{
	const char *set = getenv("KEPT_NOW");
	utc t;

	if (set && utc_parse(set, NULL, &t))
		return t;
	return time(NULL);
}

bool kept_file(struct pool *p, const char *path, char **bytes, size_t *n, struct err *e)
{
	int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	struct text *t;
	char block[65536];
	ssize_t r;

	if (fd < 0)
		return err_perm(e, "%s: %s", path, strerror(errno));
	if (isatty(fd))
		fputs("(reads what you type; Ctrl-D ends it)\n", stderr);
	t = text_new(p, LETTER_MOST);
	while ((r = read(fd, block, sizeof block)) > 0 && !t->cut)
		text_put(t, block, (size_t)r);
	if (r < 0)
		err_perm(e, "%s: %s", path, strerror(errno));
	if (fd != STDIN_FILENO)
		close(fd);
	if (r < 0)
		return false;
	*bytes = t->s;
	*n = t->n;
	return true;
}

static void usage(FILE *f)
{
	fputs("kept - nobody waits for an answer you promised\n\n"
	      "  kept [-c FILE] COMMAND [ARGUMENTS]\n\n", f);
	for (size_t i = 0; i < COUNT; i++)
		fprintf(f, "  %-10s %s\n", kept_subcommands[i].name, kept_subcommands[i].help);
	fputs("\n`kept COMMAND --help` teaches one command; kept(1) has all, kept(7) the words: tags, dates, answers.\n"
	      "kept alone tells what is for today, and whether the daemon is well.\n"
	      "-c FILE: the configuration (else $KEPT_CONF, ~/.config/kept/kept.conf, /etc/kept/kept.conf)\n"
	      "--color auto|always|never (NO_COLOR)\n"
	      "Exit: 0 done, 1 failed, 2 wrong use.\n", f);
}

const struct subcommand *kept_subcommand(const char *name)
{
	for (size_t i = 0; i < COUNT; i++)
		if (strcmp(name, kept_subcommands[i].name) == 0)
			return &kept_subcommands[i];
	return NULL;
}

static int unknown(const char *name)
{
	const char *names[COUNT + 1] = { 0 }, *near;

	for (size_t i = 0; i < COUNT; i++)
		names[i] = kept_subcommands[i].name;
	near = text_nearest(name, names);
	if (near)
		return kept_say(WRONG_USE, "no command '%s'; did you mean '%s'?", name, near);
	return kept_say(WRONG_USE, "no command '%s'; `kept --help` lists them", name);
}

/* A clock that cannot be read must not quietly be today's. */
static bool clock_is_right(void)
{
	const char *set = getenv("KEPT_NOW");
	utc t;

	return !set || !*set || utc_parse(set, NULL, &t);
}

int kept_common(struct call *c)
{
	int kept = 0;

	for (int i = 0; i < c->argc; i++) {
		const char *w = c->argv[i], *value = NULL;

		if (strcmp(w, "--") == 0) {
			while (i < c->argc)
				c->argv[kept++] = c->argv[i++];
			break;
		}
		if (strncmp(w, "--color=", 8) == 0) {
			value = w + 8;
		} else if (strcmp(w, "-c") == 0 || strcmp(w, "--color") == 0) {
			if (i + 1 >= c->argc)
				return kept_say(WRONG_USE, strcmp(w, "-c") == 0 ? "-c needs a file; `kept --help`" : "--color needs auto, always or never");
			value = c->argv[++i];
		} else {
			c->argv[kept++] = c->argv[i];
			continue;
		}
		if (strcmp(w, "-c") == 0) {
			c->conf_file = value;
		} else if (strcmp(value, "never") == 0) {
			setenv("NO_COLOR", "1", true);
		} else if (strcmp(value, "always") == 0) {
			unsetenv("NO_COLOR");
			setenv("CLICOLOR_FORCE", "1", true);
		} else if (strcmp(value, "auto") != 0) {
			return kept_say(WRONG_USE, "--color '%s': auto, always or never", value);
		}
	}
	c->argc = kept;
	return 0;
}

/* What matters now: the day, and whether somebody watches over it. Before there is a configuration: how to come to one. */
static int alone(struct call *c)
{
	static char agenda[] = "agenda", status[] = "status", check[] = "--check";
	char *words[] = { agenda, NULL, NULL };
	int code, level;

	if (!c->conf_file && begin_hint(c->pool, "kept")) {
		fputs("\n`kept --help` lists the commands.\n", stderr);
		return FAILED;
	}
	c->argc = 1, c->argv = words;
	code = kept_agenda(c);
	if (code != DONE_WELL)
		return code;
	words[0] = status, words[1] = check, c->argc = 2;
	puts("");
	level = kept_status(c);
	return level ? FAILED : DONE_WELL;
}

static int finish(struct call *c, int code)
{
	pool_end(&c->pool);
	if (fflush(stdout) != 0 || ferror(stdout))
		return code ? code : kept_say(FAILED, "cannot write the answer: %s", strerror(errno));
	return code;
}

int main(int argc, char **argv)
{
	static char help[] = "--help";
	struct call c = { .argc = argc - 1, .argv = argv + 1 };
	const struct subcommand *s;
	int code;

	signal(SIGPIPE, SIG_IGN);
	umask(077);
	begin_closed();
	setlocale(LC_CTYPE, "C.UTF-8"); /* for the width of characters: what is printed is UTF-8 always */
	log_most(LOG_LINE_WARN); /* what was done it says itself: the lines for the journal are keptd's */
	if ((code = kept_common(&c)))
		return code;
	if (c.argc && c.argv[0][0] == '-') {
		if (strcmp(c.argv[0], "--version") == 0)
			puts("kept 0.1");
		else if (strcmp(c.argv[0], "--help") == 0 || strcmp(c.argv[0], "-h") == 0)
			usage(stdout);
		else
			return kept_say(WRONG_USE, "unknown option '%s'; `kept --help`", c.argv[0]);
		return finish(&c, DONE_WELL);
	}
	if (!clock_is_right())
		return kept_say(WRONG_USE, "KEPT_NOW='%s' is no time with an offset; as 2026-11-25T10:00:00+01:00", getenv("KEPT_NOW"));
	if (!c.argc) {
		c.pool = pool_new();
		return finish(&c, alone(&c));
	}
	if (strcmp(c.argv[0], "help") == 0) {
		if (c.argc == 1) {
			usage(stdout);
			return finish(&c, DONE_WELL);
		}
		c.argv[0] = c.argv[1]; /* kept help X is kept X --help */
		c.argv[1] = help;
	}
	s = kept_subcommand(c.argv[0]);
	if (!s)
		return unknown(c.argv[0]);
	c.pool = pool_new();
	return finish(&c, s->run(&c));
}
