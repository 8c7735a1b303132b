/* kept commands - what a reply's words mean */
#include <stdio.h>
#include <string.h>

#include "daemon/kept.h"
#include "judgement/command.h"

static const char help[] =
	"kept commands - what a reply's words mean\n\n"
	"  kept commands [--for sweep] [--json] [FILE]\n\n"
	"  echo 'done 12, 14: sent both' | kept commands\n"
	"  kept commands --json reply.txt\n"
	"  echo 'rossi: subgroup data fri' | kept commands --for sweep\n\n"
	"Reads the new text of a reply (standard input without FILE, or for -) and says how it is understood: nothing is done.\n"
	"--for sweep: as the answer to \"whom did you promise what?\". --json: one array of objects.\n"
	"The words are in kept(7), ANSWERS.\n";

static void field(const char *name, const char *value)
{
	if (value)
		printf("  %s: %s", name, value);
}

static void person(const struct command *c)
{
	if (c->verb == COMMAND_UNKNOWN) {
		printf("not understood: %s", c->text);
		for (size_t i = 0; c->near && c->near[i]; i++)
			printf("%s%s", i ? ", " : "; did you mean ", c->near[i]);
		putchar('\n');
		return;
	}
	if (c->verb == COMMAND_ERROR)
		printf("error%s%s", c->of == COMMAND_UNKNOWN ? "" : " in ", c->of == COMMAND_UNKNOWN ? "" : command_word(c->of));
	else
		fputs(command_word(c->verb), stdout);
	if (c->all)
		fputs(" all", stdout);
	for (size_t i = 0; i < c->id_count; i++)
		printf("%s%lld", i ? ", " : " ", (long long)c->ids[i]);
	for (size_t i = 0; i < c->held_count; i++)
		printf("%sh%lld", i ? ", " : " ", (long long)c->held[i]);
	field("to", c->who);
	field("team", c->team);
	field("which", c->arg);
	field("when", c->when);
	field("text", c->text);
	field("why", c->message);
	putchar('\n');
}

int kept_commands(struct call *c)
{
	const char *path = NULL;
	bool json = false, sweep = false;
	struct commands list;
	struct text *out;
	struct err e = { 0 };
	char *bytes;
	size_t n;

	if (kept_help(c, help))
		return DONE_WELL;
	for (int i = 1; i < c->argc; i++) {
		const char *a = c->argv[i];

		if (strcmp(a, "--json") == 0)
			json = true;
		else if (strcmp(a, "--for") == 0 && i + 1 < c->argc && strcmp(c->argv[i + 1], "sweep") == 0)
			sweep = ++i;
		else if (strcmp(a, "--for") == 0)
			return kept_say(WRONG_USE, "--for takes `sweep`; `kept commands --help`");
		else if (a[0] == '-' && a[1])
			return kept_say(WRONG_USE, "unknown option '%s'; `kept commands --help`", a);
		else if (path)
			return kept_say(WRONG_USE, "one file at a time; `kept commands --help`");
		else
			path = a;
	}
	if (!kept_file(c->pool, path ? path : "-", &bytes, &n, &e))
		return kept_say(FAILED, "%s", e.text);
	command_parse(c->pool, utf8_mend(c->pool, bytes, n), sweep, &list);
	if (json) {
		out = text_new(c->pool, BODY_MOST * 4);
		command_json(out, &list);
		puts(out->s);
		return DONE_WELL;
	}
	for (size_t i = 0; i < list.n; i++)
		person(&list.list[i]);
	if (!list.n)
		puts("nothing to do");
	if (*list.rest)
		printf("not read: %s\n", list.rest);
	return DONE_WELL;
}
