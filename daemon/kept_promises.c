/* kept promises - which sentences of a text are promises */
#include <stdio.h>
#include <string.h>

#include "daemon/kept.h"
#include "judgement/vow.h"

static const char help[] =
	"kept promises - which sentences of a text are promises\n\n"
	"  kept promises [--why] [--now TIME] [--tz ZONE] FILE|-\n\n"
	"  echo \"I'll send the tables by Friday.\" | kept promises -\n"
	"  0.90  I'll send the tables by Friday.  [by Friday: 2026-11-27T17:00:00+01:00]\n\n"
	"Each sentence on a line, its score first: 0.5 and more is a promise of the writer. Then the date in it, if there is one.\n"
	"--why: the rule that decided (conf/vow.rules). --now, --tz: as `kept when` has them.\n";

static const struct zone *named(void *pool, const char *name)
{
	const struct zone *z;

	return zone_load(pool, name, &z, NULL) ? z : NULL;
}

/* The first configured owner's time; without a configuration that of UTC: a text alone can be read anywhere. */
static bool time_of(struct call *c, const char *tz, struct worktime *out, struct conf **conf, struct err *e)
{
	struct conf_errors errors = { 0 };
	const struct zone *z;

	if (tz) {
		if (!zone_load(c->pool, tz, &z, e))
			return false;
		*out = worktime_default(z);
	} else if (conf_load(c->pool, c->conf_file, conf, &errors) && (*conf)->owner_count) {
		*out = (*conf)->owners[0].time;
	} else {
		*out = worktime_default(zone_fixed(c->pool, 0));
	}
	return true;
}

int kept_promises(struct call *c)
{
	struct worktime time;
	struct frame f = { .zone = named, .zone_arg = c->pool };
	const char *now = NULL, *tz = NULL, *file = NULL;
	struct conf *conf = NULL;
	struct vows vows;
	struct err e = { 0 };
	bool why = false;
	char *text;
	size_t n;

	if (kept_help(c, help))
		return DONE_WELL;
	for (int i = 1; i < c->argc; i++) {
		const char *a = c->argv[i];

		if (strcmp(a, "--why") == 0)
			why = true;
		else if ((strcmp(a, "--now") == 0 || strcmp(a, "--tz") == 0) && i + 1 < c->argc)
			*(a[2] == 'n' ? &now : &tz) = c->argv[++i];
		else if (a[0] == '-' && a[1])
			return kept_say(WRONG_USE, "unknown option '%s', or its value is missing; `kept promises --help`", a);
		else if (file)
			return kept_say(WRONG_USE, "one file at a time; `kept promises --help`");
		else
			file = a;
	}
	if (!file)
		return kept_say(WRONG_USE, "which text? `kept promises FILE`, or `kept promises -` for standard input");
	if (!time_of(c, tz, &time, &conf, &e))
		return kept_say(WRONG_USE, "%s", e.text);
	f.time = &time;
	f.anchor = kept_now();
	if (now && !utc_parse(now, time.zone, &f.anchor)) {
		conf_close(&conf);
		return kept_say(WRONG_USE, "--now '%s' is no time; as 2026-11-25T10:00:00+01:00", now);
	}
	if (!kept_file(c->pool, file, &text, &n, &e)) {
		conf_close(&conf);
		return kept_say(FAILED, "%s", e.text);
	}
	vow_find(c->pool, text, &f, &vows);
	for (size_t i = 0; i < vows.n; i++) {
		const struct vow *v = &vows.list[i];

		printf("%.2f  %s", v->score, v->sentence);
		if (v->says_when)
			printf("  [%s: %s]", v->when, utc_print(c->pool, time.zone, v->at));
		if (why && *v->why)
			printf("  {%s}", v->why);
		putchar('\n');
	}
	conf_close(&conf);
	return DONE_WELL;
}
