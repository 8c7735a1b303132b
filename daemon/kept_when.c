/* kept when - what a date in words means */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/kept.h"
#include "judgement/when.h"

static const char help[] =
	"kept when - what a date in words means\n\n"
	"  kept when [--now TIME] [--tz ZONE] [--set NAME=VALUE]... [--json] [--] WORDS\n\n"
	"  kept when friday              the next Friday, at the start of work\n"
	"  kept when by next friday      that day, at the end of work\n"
	"  kept when 3bd                 in three working days\n"
	"  kept when every 2 weeks       a rule, and its first time\n\n"
	"Prints the instant, or for a recurrence its RRULE and first instant. What can be read in two ways is an error that\n"
	"offers each. --now: as if it were then (ISO 8601); --tz: the zone (else the first owner's); --set: a setting, as\n"
	"eod=18:00 or date_order=mdy. The words are in kept(7).\n";

int kept_when(struct call *c)
{
	struct worktime w;
	struct frame f = { .zone = zone_named, .zone_arg = c->pool };
	struct conf *conf = NULL;
	const char *now = NULL, *tz = NULL, *sets[50];
	const struct zone *z;
	struct text *words = text_new(c->pool, 2000);
	struct when out;
	struct err e = { 0 };
	size_t set_count = 0;
	bool json = false, rest = false;
	int rc = DONE_WELL;

	if (kept_help(c, help))
		return DONE_WELL;
	for (int i = 1; i < c->argc; i++) {
		const char *a = c->argv[i];

		if (!rest && strcmp(a, "--") == 0) {
			rest = true;
		} else if (!rest && strcmp(a, "--json") == 0) {
			json = true;
		} else if (!rest && (strcmp(a, "--now") == 0 || strcmp(a, "--tz") == 0 || strcmp(a, "--set") == 0)) {
			if (i + 1 >= c->argc)
				return kept_say(WRONG_USE, "%s needs a value; `kept when --help`", a);
			if (a[2] == 'n')
				now = c->argv[++i];
			else if (a[2] == 't')
				tz = c->argv[++i];
			else if (set_count < sizeof sets / sizeof *sets)
				sets[set_count++] = c->argv[++i];
		} else if (!rest && a[0] == '-' && (a[1] == '-' || (a[1] >= 'a' && a[1] <= 'z'))) {
			return kept_say(WRONG_USE, "unknown option '%s'; `kept when --help`", a);
		} else {
			text_print(words, "%s%s", words->n ? " " : "", a);
		}
	}
	if (tz) {
		if (!zone_load(c->pool, tz, &z, &e))
			return kept_say(WRONG_USE, "%s", e.text);
		w = worktime_default(z);
	} else {
		conf = kept_conf(c);
		if (!conf)
			return FAILED;
		if (!conf->owner_count) {
			conf_close(&conf);
			return kept_say(FAILED, "no owner is configured: name a zone, as --tz Europe/Berlin");
		}
		w = conf->owners[0].time;
	}
	f.time = &w;
	f.anchor = kept_now();
	for (size_t i = 0; i < set_count && rc == DONE_WELL; i++) {
		const char *eq = strchr(sets[i], '=');

		if (!eq || !worktime_set(c->pool, &w, pool_slice(c->pool, sets[i], (size_t)(eq - sets[i])), eq + 1, &e))
			rc = kept_say(WRONG_USE, "--set %s: %s", sets[i], eq ? e.text : "needed is NAME=VALUE");
	}
	if (rc == DONE_WELL && now && !utc_parse(now, w.zone, &f.anchor))
		rc = kept_say(WRONG_USE, "--now '%s' is no time; as 2026-11-25T10:00:00+01:00", now);
	if (rc == DONE_WELL && !when_parse(c->pool, words->s, &f, &out, &e))
		rc = kept_say(WRONG_USE, "%s: %s", e.code, e.text);
	if (rc == DONE_WELL) {
		char *at = utc_print(c->pool, w.zone, out.at);

		if (json) {
			json_t *j = json_pack("{ss ss* ss*}", "at", at, "rrule", out.rrule, "note", out.note);
			char *s = j ? json_dumps(j, JSON_INDENT(2)) : NULL;

			puts(s ? s : "{}");
			free(s);
			json_decref(j);
		} else {
			printf("%s%s%s\n", out.rrule ? out.rrule : "", out.rrule ? " " : "", at);
		}
		if (out.note)
			fprintf(stderr, "kept: note: %s\n", out.note);
	}
	conf_close(&conf);
	return rc;
}
