/* kept - the command: finds the subcommand and calls it; kept(1) */
#include "daemon/kept.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "daemon/begin.h"
#include "ground/log.h"

#define X(name, help) { #name, help, kept_##name },
static const struct subcommand {
	const char *name, *help;
	int (*run)(struct call *);
} subcommands[] = { SUBCOMMANDS(X) };
#undef X
#define COUNT (sizeof subcommands / sizeof *subcommands)

int kept_say(int code, const char *format, ...)
{
	va_list a;

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
	const char *none = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && (!none || !*none) && term && strcmp(term, "dumb") != 0;
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
		fprintf(f, "  %-10s %s\n", subcommands[i].name, subcommands[i].help);
	fputs("\n`kept COMMAND --help` teaches one command; kept(1) has all, kept(7) the words: tags, dates, answers.\n"
	      "-c FILE: the configuration (else $KEPT_CONF, ~/.config/kept/kept.conf, /etc/kept/kept.conf)\n"
	      "Exit: 0 done, 1 failed, 2 wrong use.\n", f);
}

static const struct subcommand *find(const char *name)
{
	for (size_t i = 0; i < COUNT; i++)
		if (strcmp(name, subcommands[i].name) == 0)
			return &subcommands[i];
	return NULL;
}

static int unknown(const char *name)
{
	const char *names[COUNT + 1] = { 0 }, *near;

	for (size_t i = 0; i < COUNT; i++)
		names[i] = subcommands[i].name;
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

int main(int argc, char **argv)
{
	static char help[] = "--help";
	struct call c = { 0 };
	const struct subcommand *s = NULL;
	int i = 1, rc;

	signal(SIGPIPE, SIG_IGN);
	umask(077);
	begin_closed();
	log_most(LOG_LINE_WARN); /* what was done it says itself: the lines for the journal are keptd's */
	for (; i < argc && argv[i][0] == '-'; i++) {
		if (strcmp(argv[i], "-c") == 0) {
			if (i + 1 >= argc)
				return kept_say(WRONG_USE, "-c needs a file; `kept --help`");
			c.conf_file = argv[++i];
		} else if (strcmp(argv[i], "--version") == 0) {
			puts("kept 0.1");
			return DONE_WELL;
		} else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
			usage(stdout);
			return DONE_WELL;
		} else {
			return kept_say(WRONG_USE, "unknown option '%s'; `kept --help`", argv[i]);
		}
	}
	if (i >= argc) {
		usage(stderr);
		return WRONG_USE;
	}
	if (strcmp(argv[i], "help") == 0) {
		if (i + 1 >= argc) {
			usage(stdout);
			return DONE_WELL;
		}
		argv[i] = argv[i + 1]; /* kept help X is kept X --help */
		argv[i + 1] = help;
	}
	s = find(argv[i]);
	if (!s)
		return unknown(argv[i]);
	if (!clock_is_right())
		return kept_say(WRONG_USE, "KEPT_NOW='%s' is no time with an offset; as 2026-11-25T10:00:00+01:00", getenv("KEPT_NOW"));
	c.argc = argc - i;
	c.argv = argv + i;
	/* -c may stand behind the subcommand too: taken out here, once for all */
	for (int j = 1; j < c.argc && strcmp(c.argv[j], "--") != 0; j++)
		if (strcmp(c.argv[j], "-c") == 0) {
			if (j + 1 >= c.argc)
				return kept_say(WRONG_USE, "-c needs a file; `kept --help`");
			c.conf_file = c.argv[j + 1];
			memmove(&c.argv[j], &c.argv[j + 2], (size_t)(c.argc - j - 1) * sizeof *c.argv);
			c.argc -= 2;
			break;
		}
	c.pool = pool_new();
	rc = s->run(&c);
	pool_end(&c.pool);
	if (fflush(stdout) != 0 || ferror(stdout))
		rc = rc ? rc : kept_say(FAILED, "cannot write the answer: %s", strerror(errno));
	return rc;
}
