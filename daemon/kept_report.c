/* kept report - how promises were kept in a time: for the terminal, a browser, paper, a spreadsheet, a program */
#include <stdio.h>
#include <string.h>

#include "borders/store.h"
#include "daemon/kept_figures.h"
#include "daemon/kept_progress.h"
#include "daemon/kept_table.h"
#include "letters/report.h"

static const char help[] =
	"kept report - how your promises were kept: by week, contact, stage, team and kind\n\n"
	"  kept report [--from DATE] [--to DATE] [--format text|html|csv|json] [--owner NAME]\n\n"
	"  kept report                                    the last twelve weeks, for the terminal\n"
	"  kept report --format html > report.html        one page whole in itself, for a browser, a phone, or paper\n"
	"  kept report --format csv > report.csv          for a spreadsheet\n"
	"  kept report --from 2026-10-01 --to 2026-12-31  a quarter\n\n"
	"The figures are those of `kept score`, T = R + F², with the counts behind each. The trust test is asked of promises\n"
	"that their people have in writing, by the week in which they were made: does the sentence say what, who and when?\n"
	"It is yours alone: nothing that leaves for others shows it.\n"
	"Trust challenges that ended in that time stand at its end (not in csv), with what you thought of each.\n"
	"--format json (or --json): {\"from\", \"to\", \"all\", \"trust_test\": {\"of\", \"all\", \"what\", \"who\", \"when\"},\n"
	"\"weeks\": [{…}], \"contact\": [{\"group\", \"name\", …}], \"stage\", \"team\", \"policy\"}; each as `kept score --json` has it.\n";

enum { WEEKS = 12, BAR = 10, COLUMNS = 9 };

/* ---- JSON ---- */

static json_t *test_json(const struct tested *x)
{
	return json_pack("{sI sI sI sI sI}", "of", (json_int_t)x->of, "all", (json_int_t)x->all, "what", (json_int_t)x->what, "who",
			 (json_int_t)x->who, "when", (json_int_t)x->when);
}

static json_t *challenges_json(struct pool *p, const struct figures *f)
{
	const struct zone *z = f->owner->time.zone;
	json_t *a = json_array();

	for (size_t i = 0; i < f->challenge_count; i++) {
		const struct challenge *x = &f->challenges[i];

		json_array_append_new(a, json_pack("{ss# ss# sb sI s{sI sI} so ss}", "from", utc_print(p, z, x->start), 10, "to",
						   utc_print(p, z, zone_at(z, challenge_ended(x), 12 * 60)), 10, "stopped",
						   x->stopped, "promises", (json_int_t)x->count, "followed", "n",
						   (json_int_t)x->followed.n, "of", (json_int_t)x->followed.of, "trust",
						   x->trust_known ? json_real(x->trust) : json_null(), "reflection",
						   x->reflection));
	}
	return a;
}

static json_t *report_json(struct pool *p, const struct figures *f)
{
#define X(id, name, heading) name,
	static const char *const names[] = { FIGURES_BY(X) };
#undef X
	const struct zone *z = f->owner->time.zone;
	json_t *weeks = json_array(), *o;

	for (size_t i = 0; i < f->week_count; i++) {
		json_t *w = score_json(&f->weeks[i].score);

		json_object_set_new(w, "group", json_string(f->weeks[i].name));
		json_object_set_new(w, "trust_test", test_json(&f->weeks[i].test));
		json_array_append_new(weeks, w);
	}
	o = json_pack("{ss# ss# so so so}", "from", utc_print(p, z, zone_at(z, f->from, 0)), 10, "to", utc_print(p, z, zone_at(z, f->to, 0)), 10,
		      "all", score_json(&f->all), "trust_test", test_json(&f->test), "weeks", weeks);
	for (int by = 0; by < BY_WEEK; by++) {
		json_t *a = json_array();

		for (size_t i = 0; i < f->group_count[by]; i++) {
			json_t *g = score_json(&f->groups[by][i].score);

			if (by == BY_CONTACT)
				json_object_set_new(g, "name", json_string(f->groups[by][i].name));
			json_array_append_new(a, g);
		}
		json_object_set_new(o, names[by], a);
	}
	json_object_set_new(o, "challenges", challenges_json(p, f));
	return o;
}

/* ---- text ---- */

/* In time, and the rest of those that came due; as long as it is of the largest. */
static const char *bar(struct pool *p, const struct share *s, size_t largest)
{
	size_t whole = largest ? (s->of * BAR + largest - 1) / largest : 0, full = s->of ? s->n * whole / s->of : 0;
	struct text *t = text_new(p, BAR * 4);

	for (size_t i = 0; i < whole; i++)
		text_add(t, i < full ? "█" : "░");
	return t->s;
}

static const char *of(struct pool *p, size_t n, size_t all)
{
	return all ? pool_print(p, "%zu of %zu", n, all) : "";
}

static const char *some(struct pool *p, size_t n)
{
	return n ? pool_print(p, "%zu", n) : "";
}

static void row(struct table *t, const char *label, const struct score *s, const struct tested *x, size_t largest)
{
	struct pool *p = t->p;

	table_row(t, s->open > 0, label, of(p, s->on_time.n, s->on_time.of), of(p, s->followed.n, s->followed.of),
		  s->known ? pool_print(p, "%.2f", s->trust) : "", some(p, s->moved), some(p, s->late), some(p, s->open),
		  x ? of(p, x->all, x->of) : "", bar(p, &s->on_time, largest));
}

static struct table begun(struct pool *p, const char *heading, const char *last)
{
	struct table t = { .p = p, .columns = COLUMNS, .soft = 0 };

	table_row(&t, false, heading, "in time", "followed", "T", "told", "late", "open", last, "");
	return t;
}

static void print_weeks(struct pool *p, const struct figures *f)
{
	struct table t = begun(p, "Week of", "clear");
	size_t largest = 0;

	for (size_t i = 0; i < f->week_count; i++)
		largest = f->weeks[i].score.on_time.of > largest ? f->weeks[i].score.on_time.of : largest;
	for (size_t i = 0; i < f->week_count; i++)
		row(&t, report_week(p, f, i), &f->weeks[i].score, &f->weeks[i].test, largest);
	table_print(&t);
}

static void print_groups(struct pool *p, const struct figures *f, enum figures_by by, const char *heading)
{
	struct table t = begun(p, heading, "");
	size_t n = f->group_count[by], shown = n < REPORT_GROUPS_SHOWN ? n : REPORT_GROUPS_SHOWN;

	putchar('\n');
	for (size_t i = 0; i < shown; i++)
		row(&t, report_group(p, &f->groups[by][i], by), &f->groups[by][i].score, NULL, f->groups[by][0].score.on_time.of);
	table_print(&t);
	if (shown < n)
		printf("… and %zu more, which --format csv has\n", n - shown);
}

static void print_text(struct ledger *l, const struct figures *f)
{
#define X(id, name, heading) heading,
	static const char *const headings[] = { FIGURES_BY(X) };
#undef X
	const struct tested *x = &f->test;

	printf("%s\n\n", report_days(l->p, f));
	score_print(l, &f->all);
	printf("clear: what, who, when   %zu of %zu (what %zu, who %zu, when %zu)\n\n", x->all, x->of, x->what, x->who, x->when);
	print_weeks(l->p, f);
	for (int by = 0; by < BY_WEEK; by++)
		if (f->group_count[by])
			print_groups(l->p, f, (enum figures_by)by, headings[by]);
	if (f->challenge_count)
		puts("\nTrust challenges");
	for (size_t i = 0; i < f->challenge_count; i++) {
		puts(report_challenge(l->p, &f->challenges[i]));
		ledger_lines(l, f->challenges[i].reflection);
	}
	puts("\nR is the share delivered by their day, F the share followed up and closed.\n"
	     "told: another day was told in time. late, open: delivered after it, or not.\n"
	     "clear: of the promises of that week that are in writing, those that say what,\nwho and when.");
}

/* ---- the command ---- */

static int show(struct ledger *l, const char *format)
{
	struct figures f = { .owner = l->owner, .now = l->now };
	struct score_track *list;
	struct challenge *weeks;
	struct err e = { 0 };
	size_t n, week_count;
	bool well;

	f.to = zone_day(l->owner->time.zone, l->now);
	f.to += 6 - (int)day_weekday(f.to); /* what was delivered before its day in this week is among it, as for kept score */
	if (ledger_option(l, "--to") && !ledger_option(l, "--from"))
		f.from = INT32_MIN;
	else
		f.from = f.to - (int)day_weekday(f.to) - 7 * (WEEKS - 1);
	if (!score_days(l, &f.from, &f.to, &e))
		return ledger_close(l, kept_say(WRONG_USE, "%s", e.text));
	if (f.from == INT32_MIN)
		f.from = f.to - (int)day_weekday(f.to) - 7 * (WEEKS - 1);
	if ((f.to - f.from) / 7 > REPORT_WEEKS_MOST - 2)
		return ledger_close(l, kept_say(WRONG_USE, "a report tells of ten years at most"));
	work_doing("reading the promises");
	well = store_score(l->q, l->p, l->conf, l->owner, &list, &n, &e) &&
	       store_challenges(l->q, l->p, l->owner, &weeks, &week_count, &e);
	work_end();
	if (!well)
		return ledger_close(l, kept_say(FAILED, "%s", e.text));
	score_report(l->p, vow_rules_open(l->p), list, n, &f);
	score_challenges(l->p, list, n, weeks, week_count, &f);
	if (strcmp(format, "json") == 0)
		ledger_print(report_json(l->p, &f));
	else if (strcmp(format, "html") == 0)
		fputs(report_html(l->p, &f), stdout);
	else if (strcmp(format, "csv") == 0)
		fputs(report_csv(l->p, &f), stdout);
	else
		print_text(l, &f);
	return ledger_close(l, DONE_WELL);
}

int kept_report(struct call *c)
{
	static const char *const valued[] = { "--format", "--from", "--to", NULL }, *const formats[] = { "text", "html", "csv", "json" };
	struct ledger l = { .p = c->pool };
	bool shown, known = false;
	int code = ledger_read(c, &l, help, valued, NULL, &shown);
	const char *format;

	if (code != DONE_WELL || shown)
		return code;
	if ((code = ledger_words(&l, c, 0)) != DONE_WELL)
		return code;
	format = ledger_option(&l, "--format") ? ledger_option(&l, "--format") : l.json ? "json" : "text";
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		known = known || strcmp(format, formats[i]) == 0;
	if (!known)
		return kept_say(WRONG_USE, "--format '%s' is none of text, html, csv, json", format);
	if ((code = ledger_open(c, &l, true)) != DONE_WELL)
		return code;
	return show(&l, format);
}
