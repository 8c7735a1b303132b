/* report_html: figures as one page. Each chart is a list whose rows have their bar in SVG beside the counts, which stay text: so it is
 * as wide as there is room, is read aloud, and needs no legend to be right. */
#include "letters/report.h"

#include <string.h>

#include "letters/markup.h"

static const char style[] =
	"<style>\n"
	":root { color-scheme: light dark; --ink: #1c2127; --soft: #59636e; --paper: #fff; --tint: #f4f6f8; --line: #d5dbe1;\n"
	"  --good: #2f7d55; --late: #c98a1b; --open: #b3352f; --clear: #3b6ea8; --rest: #dfe4e9; }\n"
	"@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ec; --soft: #9fabb7; --paper: #14181c; --tint: #1d2329;\n"
	"  --line: #39434d; --good: #56b384; --late: #e0ac4c; --open: #e8756d; --clear: #7aaae0; --rest: #323b44; } }\n"
	"* { box-sizing: border-box; }\n"
	"body { margin: 0; background: var(--paper); color: var(--ink);\n"
	"  font: 16px/1.5 system-ui, -apple-system, \"Segoe UI\", Roboto, sans-serif; font-variant-numeric: tabular-nums; }\n"
	"main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }\n"
	"h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; } .when { color: var(--soft); margin: .25rem 0 1.5rem; }\n"
	"h2 { font-size: 1.15rem; margin: 2.5rem 0 .25rem; } p { margin: .25rem 0 .75rem; } p, dd, .name { overflow-wrap: anywhere; }\n"
	".trust { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: center; padding: 1rem 1.25rem; background: var(--tint);\n"
	"  border: 1px solid var(--line); border-radius: 6px; }\n"
	".trust strong { font-size: 2.6rem; line-height: 1.1; } .trust div { flex: none; } .trust p { flex: 1 1 18rem; margin: 0; }\n"
	".soft { color: var(--soft); font-size: .875rem; }\n"
	"dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(11.5rem, 1fr)); gap: .75rem 1rem; margin: 1.25rem 0; }\n"
	"dt { color: var(--soft); font-size: .875rem; } dd { margin: 0; font-size: 1.15rem; font-weight: 600; }\n"
	"ul { list-style: none; margin: 0; padding: 0; }\n"
	"li { display: grid; grid-template-columns: 12rem 1fr 21rem; gap: .1rem 1rem; align-items: center; padding: .4rem 0;\n"
	"  border-top: 1px solid var(--line); break-inside: avoid; }\n"
	".weeks li { grid-template-columns: 6.5rem 1fr 21rem; } .test li { grid-template-columns: 6.5rem 1fr 6rem; }\n"
	"li svg { display: block; width: 100%; height: .9rem; }\n"
	".figures { display: grid; grid-template-columns: 7.75rem 8.5rem 1fr; gap: 0 .25rem; font-size: .875rem; white-space: nowrap; }\n"
	".figures span:nth-child(4) { grid-column: 1 / -1; color: var(--soft); white-space: normal; } .test .figures { display: block; }\n"
	".name { font-size: .925rem; line-height: 1.3; } .name small { display: block; color: var(--soft); font-size: .8rem; }\n"
	".good { fill: var(--good); } .late { fill: var(--late); } .open { fill: var(--open); } .clear { fill: var(--clear); }\n"
	".rest { fill: var(--rest); } .key { display: inline-block; width: .8em; height: .8em; margin: 0 .3em 0 .8em; vertical-align: -.05em; }\n"
	".thoughts { white-space: pre-line; border-left: 3px solid var(--line); padding-left: .75rem; break-inside: avoid; }\n"
	"@media (max-width: 44rem) {\n"
	"  li, .weeks li { grid-template-columns: 1fr; padding: .6rem 0; } .test li { grid-template-columns: 5rem 1fr 5rem; }\n"
	"  dl { grid-template-columns: 1fr 1fr; } .trust strong { font-size: 2.1rem; } li svg { height: .75rem; }\n"
	"}\n"
	"@media print {\n"
	"  :root { --ink: #000; --soft: #444; --paper: #fff; --tint: #fff; --line: #999; --good: #2f7d55; --late: #c98a1b; --open: #b3352f;\n"
	"    --clear: #3b6ea8; --rest: #ddd; }\n"
	"  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }\n"
	"  @page { margin: 16mm 14mm; } body { font-size: 10pt; } main { max-width: none; padding: 0; }\n"
	"  li { grid-template-columns: 9rem 1fr 20rem; } .weeks li { grid-template-columns: 5rem 1fr 20rem; }\n"
	"  .test li { grid-template-columns: 5rem 1fr 5rem; } .figures { grid-template-columns: 7rem 7.5rem 1fr; font-size: .8rem; }\n"
	"  dl { grid-template-columns: repeat(4, 1fr); }\n"
	"  h2, h2 + p { break-after: avoid; } .trust, dl { break-inside: avoid; } li, .weeks li, .test li { padding: .25rem 0; }\n"
	"}\n"
	"</style>\n";

/* On one line, without what no reader sees. */
static void said(struct text *t, const char *s)
{
	for (s = line_from(t->pool, s, NAME_MOST + ADDRESS_MOST).s; *s; s++)
		switch (*s) {
		case '&': text_add(t, "&amp;"); break;
		case '<': text_add(t, "&lt;"); break;
		case '>': text_add(t, "&gt;"); break;
		case '"': text_add(t, "&quot;"); break;
		case '\'': text_add(t, "&#39;"); break;
		default: text_char(t, *s);
		}
}

/* One part of a bar that is `whole` long; returns where the next one begins. */
static size_t part(struct text *t, size_t at, size_t n, const char *class)
{
	if (n)
		text_print(t, "<rect class=\"%s\" x=\"%zu\" width=\"%zu\" height=\"1\"/>", class, at, n);
	return at + n;
}

static void bar_begin(struct text *t, size_t whole)
{
	text_print(t, "<svg viewBox=\"0 0 %zu 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\">", whole ? whole : 1);
}

static void bar(struct text *t, const struct score *s, size_t whole)
{
	size_t at = 0;

	bar_begin(t, whole);
	at = part(t, at, s->on_time.n, "good");
	at = part(t, at, s->late, "late");
	part(t, at, s->open, "open");
	text_add(t, "</svg>");
}

/* Beside the bar: all that it shows, as counts. */
static void counts(struct text *t, const struct score *s)
{
	text_add(t, "<span class=\"figures\">");
	if (s->on_time.of) {
		text_print(t, "<span>%zu of %zu in time</span>", s->on_time.n, s->on_time.of);
		if (s->followed.of)
			text_print(t, "<span>%zu of %zu followed</span>", s->followed.n, s->followed.of);
		else
			text_add(t, "<span>none to follow</span>");
		if (s->known)
			text_print(t, "<span>T %.2f</span>", s->trust);
		else
			text_add(t, "<span>T not known</span>");
	} else {
		text_add(t, "<span>none came due</span><span></span><span></span>");
	}
	if (s->late || s->open || s->moved || s->off) {
		const char *parted = "";

		text_add(t, "<span>");
		if (s->late)
			text_print(t, "%zu late", s->late), parted = ", ";
		if (s->open)
			text_print(t, "%s%zu open", parted, s->open), parted = ", ";
		if (s->moved)
			text_print(t, "%s%zu announced", parted, s->moved), parted = ", ";
		if (s->off)
			text_print(t, "%s%zu called off", parted, s->off);
		text_add(t, "</span>");
	}
	text_add(t, "</span></li>\n");
}

static void key(struct text *t, const char *class, const char *words)
{
	text_print(t, "<svg class=\"key\" viewBox=\"0 0 1 1\" aria-hidden=\"true\">");
	part(t, 0, 1, class);
	text_print(t, "</svg>%s", words);
}

static void fact(struct text *t, const char *what, const char *figure)
{
	text_print(t, "<div><dt>%s</dt><dd>%s</dd></div>\n", what, figure);
}

static void summary(struct text *t, struct pool *p, const struct figures *f)
{
	const struct score *s = &f->all;

	text_add(t, "<div class=\"trust\"><div>");
	if (s->known)
		text_print(t, "<strong>%.2f</strong> of 2<br><span class=\"soft\">%.2f to %.2f at 95 %%</span>", s->trust, s->low, s->high);
	else
		text_add(t, "<strong>–</strong><br><span class=\"soft\">too few to say</span>");
	text_add(t, "</div><p><b>Trust T = R + F²</b>, from 0 to 2. R is the share of promises delivered by the day that the person "
		    "was told; another day told before the old one passed moves it (announced). F is the "
		    "share followed up and closed with them. Where there are few promises, T may be anywhere between the two figures.</p></div>\n<dl>\n");
	fact(t, "R: in time", pool_print(p, "%zu of %zu", s->on_time.n, s->on_time.of));
	fact(t, "F: followed up", pool_print(p, "%zu of %zu", s->followed.n, s->followed.of));
	fact(t, "announced in time", pool_print(p, "%zu", s->moved));
	fact(t, "delivered late", pool_print(p, "%zu", s->late));
	fact(t, "open past their day", pool_print(p, "%zu", s->open));
	fact(t, "called off in time", pool_print(p, "%zu", s->off));
	fact(t, "say what, who and when", pool_print(p, "%zu of %zu", f->test.all, f->test.of));
	text_add(t, "</dl>\n");
}

static void weeks(struct text *t, struct pool *p, const struct figures *f)
{
	size_t most = 0, most_said = 0;

	for (size_t i = 0; i < f->week_count; i++) {
		most = f->weeks[i].score.on_time.of > most ? f->weeks[i].score.on_time.of : most;
		most_said = f->weeks[i].test.of > most_said ? f->weeks[i].test.of : most_said;
	}
	text_add(t, "<h2>By week</h2>\n<p class=\"soft\">The promises whose day was in the week of that Monday:");
	key(t, "good", "in time"), key(t, "late", "late"), key(t, "open", "open");
	text_add(t, "</p>\n<ul class=\"weeks\">\n");
	for (size_t i = 0; i < f->week_count; i++) {
		text_print(t, "<li><span class=\"name\">%s</span>", report_week(p, f, i));
		bar(t, &f->weeks[i].score, most);
		counts(t, &f->weeks[i].score);
	}
	text_print(t, "</ul>\n<h2>The trust test</h2>\n<p class=\"soft\">Does the other person know exactly what happens next? "
		      "The promises made in that week that they have in writing: %zu of %zu say what, %zu who, %zu by when.",
		   f->test.what, f->test.of, f->test.who, f->test.when);
	key(t, "clear", "all three"), key(t, "rest", "something is missing");
	text_add(t, "</p>\n<ul class=\"test\">\n");
	for (size_t i = 0; i < f->week_count; i++) {
		const struct tested *x = &f->weeks[i].test;

		text_print(t, "<li><span class=\"name\">%s</span>", report_week(p, f, i));
		bar_begin(t, most_said);
		part(t, part(t, 0, x->all, "clear"), x->of - x->all, "rest");
		text_add(t, "</svg><span class=\"figures\">");
		text_print(t, x->of ? "<span>%zu of %zu</span></span></li>\n" : "<span>none</span></span></li>\n", x->all, x->of);
	}
	text_add(t, "</ul>\n");
}

static void groups(struct text *t, const struct figures *f, enum figures_by by, const char *heading)
{
	size_t n = f->group_count[by], shown = n < REPORT_GROUPS_SHOWN ? n : REPORT_GROUPS_SHOWN;

	text_print(t, "<h2>%s</h2>\n<ul>\n", heading);
	for (size_t i = 0; i < shown; i++) {
		const struct figures_group *g = &f->groups[by][i];

		text_add(t, "<li><span class=\"name\" dir=\"auto\">");
		said(t, *g->name ? g->name : *g->score.group ? g->score.group : "nobody named");
		if (*g->name) {
			text_add(t, "<small>");
			said(t, g->score.group);
			text_add(t, "</small>");
		}
		text_add(t, "</span>");
		bar(t, &g->score, f->groups[by][0].score.on_time.of);
		counts(t, &g->score);
	}
	text_add(t, "</ul>\n");
	if (shown < n)
		text_print(t, "<p class=\"soft\">… and %zu more, which the table (csv) has.</p>\n", n - shown);
}

/* With what the owner thought of each, line by line. */
static void challenges(struct text *t, struct pool *p, const struct figures *f)
{
	text_add(t, "<h2>Trust challenges</h2>\n");
	for (size_t i = 0; i < f->challenge_count; i++) {
		const struct challenge *x = &f->challenges[i];

		text_print(t, "<p>%s</p>\n", report_challenge(p, x));
		if (!*x->reflection)
			continue;
		text_add(t, "<p class=\"thoughts\" dir=\"auto\">");
		for (const char *s = x->reflection; *s; s += strcspn(s, "\n"), s += *s == '\n') {
			text_escaped(t, line_from(p, pool_slice(p, s, strcspn(s, "\n")), BODY_MOST).s);
			text_char(t, '\n');
		}
		text_add(t, "</p>\n");
	}
}

char *report_html(struct pool *p, const struct figures *f)
{
#define X(id, name, heading) heading,
	static const char *const headings[] = { FIGURES_BY(X) };
#undef X
	struct text *t = text_new(p, MAIL_MOST);

	text_add(t, markup_head);
	text_print(t, "<title>Promises, %s</title>\n%s</head>\n<body>\n<main>\n", report_days(p, f), style);
	text_add(t, "<h1>How promises were kept</h1>\n<p class=\"when\">");
	said(t, f->owner->name);
	text_print(t, " · %s</p>\n", report_days(p, f));
	summary(t, p, f);
	weeks(t, p, f);
	for (int by = 0; by < BY_WEEK; by++)
		if (f->group_count[by])
			groups(t, f, (enum figures_by)by, headings[by]);
	if (f->challenge_count)
		challenges(t, p, f);
	text_add(t, "</main>\n</body>\n</html>\n");
	return t->s;
}
