/* kept promises - which sentences of a text are promises */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/kept.h"
#include "judgement/vow.h"

static const char help[] =
	"kept promises - which sentences of a text are promises\n\n"
	"  kept promises [--why] [--now TIME] [--tz ZONE] [--json] FILE|-\n\n"
	"  echo \"I'll send the tables by Friday.\" | kept promises -\n"
	"  0.90  I'll send the tables by Friday.  [by Friday: 2026-11-27T17:00:00+01:00]\n\n"
	"Each sentence on a line, its score first: 0.5 and more is a promise of the writer. Then the date in it, if there is one.\n"
	"--why: the rule that decided (conf/vow.rules). --now, --tz: as `kept when` has them.\n"
	"--json: [{\"score\", \"sentence\", \"what\", \"when\", \"at\", \"why\"}...], when and at only where there is a date.\n";

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

/* A sentence that makes several promises is as many lines, each with its own date. */
static struct vows each_promise(struct pool *p, const struct vows *v)
{
	struct vows out = { .cut = v->cut };

	for (size_t i = 0; i < v->n; i++) {
		const struct vow *x = &v->list[i];

		for (size_t k = 0; k < (x->part_count ? x->part_count : 1); k++)
			*(struct vow *)pool_more(p, &out.list, out.n++, sizeof *out.list) = x->part_count ? x->parts[k] : *x;
	}
	return out;
}

static void print_json(struct pool *p, const struct vows *vows, const struct zone *z)
{
	json_t *all = json_array();
	char *s;

	for (size_t i = 0; i < vows->n; i++) {
		const struct vow *v = &vows->list[i];

		json_array_append_new(all, json_pack("{sf ss ss ss* ss* ss}", "score", v->score, "sentence", utf8_mend(p, v->sentence, strlen(v->sentence)),
						     "what", utf8_mend(p, v->what ? v->what : "", v->what ? strlen(v->what) : 0), "when",
						     v->says_when ? v->when : NULL, "at", v->says_when ? utc_print(p, z, v->at) : NULL, "why", v->why));
	}
	s = json_dumps(all, JSON_INDENT(2) | JSON_REAL_PRECISION(3));
	puts(s ? s : "[]");
	free(s);
	json_decref(all);
}

int kept_promises(struct call *c)
{
	struct worktime time;
	struct frame f = { .zone = zone_named, .zone_arg = c->pool };
	const char *now = NULL, *tz = NULL, *file = NULL;
	struct conf *conf = NULL;
	struct vows vows;
	struct err e = { 0 };
	bool why = false, json = false;
	char *text;
	size_t n, read;

	if (kept_help(c, help))
		return DONE_WELL;
	for (int i = 1; i < c->argc; i++) {
		const char *a = c->argv[i];

		if (strcmp(a, "--why") == 0)
			why = true;
		else if (strcmp(a, "--json") == 0)
			json = true;
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
	vow_find(c->pool, NULL, text, &f, &vows);
	read = vows.n;
	vows = each_promise(c->pool, &vows);
	if (json)
		print_json(c->pool, &vows, time.zone);
	for (size_t i = 0; !json && i < vows.n; i++) {
		const struct vow *v = &vows.list[i];

		printf("%.2f  %s", v->score, v->sentence);
		if (v->says_when)
			printf("  [%s: %s]", v->when, utc_print(c->pool, time.zone, v->at));
		if (why && *v->why)
			printf("  {%s}", v->why);
		putchar('\n');
	}
	if (vows.cut)
		fprintf(stderr, "kept: note: the text goes on; its first %zu sentences were read\n", read);
	conf_close(&conf);
	return DONE_WELL;
}
