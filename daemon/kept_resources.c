/* kept resources: the library of approved material */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "borders/material.h"
#include "borders/record.h"
#include "borders/store.h"
#include "daemon/kept_ledger.h"
#include "daemon/kept_progress.h"
#include "daemon/kept_table.h"
#include "judgement/fit.h"
#include "judgement/when.h"
#include "letters/csv.h"

static const char help_text[] =
	"kept resources - the library of approved material that promises are kept with\n\n"
	"  kept resources [list] [--all] [--json]\n"
	"  kept resources add --title TITLE (--link URL | --file PATH) [--about TEXT] [--tags A,B] [--languages en,de]\n"
	"                     [--approved-by NAME [--until DATE]] [--json]\n"
	"  kept resources approve N --approved-by NAME [--until DATE] [--title TITLE] [--about TEXT] [--tags A,B] [--languages en]\n"
	"  kept resources match (N | WORDS...) [--json]\n"
	"  kept resources retire N...\n"
	"  kept resources import FOLDER\n\n"
	"  kept resources add --title \"Dosing in children\" --file dosing.pdf --tags dosing,paediatrics \\\n"
	"                     --approved-by \"Dr Hart\" --until 2027-06-30\n"
	"  kept resources match 12              what fits promise #12, the best first, and by which words\n"
	"  kept resources match dosing table    what fits these words\n"
	"  kept resources import material       a folder with a table manifest.csv: a head line with the columns title, file or\n"
	"                                       link, and where wanted about, tags, languages, approved by, until\n\n"
	"Nothing unapproved, past its last day (--until, that day included) or retired is matched, and no file that was changed\n"
	"after its approval. Imported again, what is new or changed in the table is taken; a changed file must be approved anew.\n"
	"--json: [{\"id\", \"title\", \"link\" or \"file\", \"state\", \"tags\", \"languages\", \"about\", \"approved_by\", \"until\"}...]\n";

static const struct zone *zone_of(const struct ledger *l)
{
	return l->owner ? l->owner->time.zone : l->conf->owner_count ? l->conf->owners[0].time.zone : zone_fixed(l->p, 0);
}

/* "a, b;c" to a list; what says nothing is left out. */
static struct strings list_of(struct pool *p, const char *s)
{
	struct strings out = { 0 };

	while (s && *s) {
		size_t n = strcspn(s, ",;");
		const char *one = line_from(p, pool_slice(p, s, n), NAME_MOST).s;

		if (*one && out.n < 50)
			*(const char **)pool_more(p, &out.list, out.n++, sizeof *out.list) = one;
		s += n + (s[n] != '\0');
	}
	return out;
}

static bool same_list(const struct strings *a, const struct strings *b)
{
	for (size_t i = 0; i < a->n && i < b->n; i++)
		if (strcmp(a->list[i], b->list[i]) != 0)
			return false;
	return a->n == b->n;
}

static const char *joined(struct pool *p, const struct strings *s)
{
	struct text *t = text_new(p, NOTE_MOST);

	for (size_t i = 0; i < s->n; i++)
		text_print(t, "%s%s", i ? ", " : "", s->list[i]);
	return t->s;
}

static bool link_ok(const char *link)
{
	const char *host = text_starts(link, "https://") ? link + 8 : text_starts(link, "http://") ? link + 7 : NULL;

	if (!host || !*host || *host == '/' || strlen(link) > 2000)
		return false;
	for (const char *s = link; *s; s++)
		if ((unsigned char)*s <= ' ' || (unsigned char)*s >= 0x7f || strchr("<>\"\\^`{|}", *s))
			return false;
	return true;
}

/* The last second of the day that these words name, in the zone of the house. */
static bool until_of(struct ledger *l, const char *words, utc *out, struct err *e)
{
	struct worktime plain = worktime_default(zone_of(l));
	struct frame f = { .anchor = l->now, .time = l->conf->owner_count ? &l->conf->owners[0].time : &plain };
	struct when w;

	if (!when_parse(l->p, words, &f, &w, e))
		return false;
	if (w.rrule)
		return err_perm(e, "'%s' is no day", words);
	*out = zone_at(zone_of(l), zone_day(zone_of(l), w.at) + 1, 0) - 1;
	return true;
}

/* What a person wrote, as a resource. `folder`: relative files lie there. */
struct wish {
	const char *title, *link, *file, *about, *tags, *languages, *approved_by, *until;
};

static bool resource_of(struct ledger *l, const struct wish *w, const char *folder, struct resource *r, struct err *e)
{
	char absolute[PATH_MAX], *bytes;
	size_t n;

	*r = (struct resource){ .title = line_from(l->p, w->title, WHAT_MOST).s, .link = w->link, .file = "", .digest = "", .made = l->now,
				.about = line_from(l->p, w->about, NOTE_MOST).s, .tags = list_of(l->p, w->tags), .languages = list_of(l->p, w->languages),
				.approved_by = line_from(l->p, w->approved_by, NAME_MOST).s };
	if (!*r->title)
		return err_perm(e, "it has no title");
	if (!*w->link == !*w->file)
		return err_perm(e, "'%s' needs either a link or a file", r->title);
	if (*w->link && !link_ok(w->link))
		return err_perm(e, "'%s' is no link; as https://example.org/paper", w->link);
	if (*w->until && !*r->approved_by)
		return err_perm(e, "'%s' has a last day, and nobody who approved it", r->title);
	if (*w->until && !until_of(l, w->until, &r->until, e))
		return false;
	if (*r->approved_by)
		r->approved = l->now;
	if (!*w->file)
		return true;
	if (!realpath(*w->file == '/' ? w->file : pool_print(l->p, "%s/%s", folder, w->file), absolute))
		return err_perm(e, "%s: there is no such file%s%s", w->file, *w->file == '/' ? "" : " in ", *w->file == '/' ? "" : folder);
	r->file = pool_copy(l->p, absolute);
	return material_read(l->p, r->file, &bytes, &n, &r->digest, e);
}

static bool on_record(struct ledger *l, const struct resource *r, const char *word, struct err *e)
{
	const char *detail = pool_print(l->p, "r%lld %s%s%s%s%s", (long long)r->id, r->title, *r->approved_by ? ", approved by " : "", r->approved_by,
					r->until ? ", until " : "", r->until ? pool_slice(l->p, utc_print(l->p, zone_of(l), r->until), 10) : "");

	return record_add(l->q, &(struct event){ .owner = "", .word = word, .detail = record_sealed(l->p, detail, r->digest) }, l->now, e);
}

static json_t *json_of(struct ledger *l, const struct resource *r)
{
	json_t *tags = json_array(), *languages = json_array();

	for (size_t i = 0; i < r->tags.n; i++)
		json_array_append_new(tags, json_string(r->tags.list[i]));
	for (size_t i = 0; i < r->languages.n; i++)
		json_array_append_new(languages, json_string(r->languages.list[i]));
	return json_pack("{sI ss ss* ss* ss so so ss* ss* ss*}", "id", (json_int_t)r->id, "title", r->title, "link", *r->link ? r->link : NULL, "file",
			 *r->file ? r->file : NULL, "state", resource_state_name(resource_state(r, l->now)), "tags", tags, "languages", languages, "about",
			 *r->about ? r->about : NULL, "approved_by", *r->approved_by ? r->approved_by : NULL, "until",
			 r->until ? utc_print(l->p, zone_of(l), r->until) : NULL);
}

static void say_one(struct ledger *l, const struct resource *r)
{
	if (l->json)
		ledger_print(json_of(l, r));
	else
		printf("r%lld  %s: %s%s%s%s\n", (long long)r->id, r->title, resource_state_name(resource_state(r, l->now)),
		       r->until ? " until " : "", r->until ? pool_slice(l->p, utc_print(l->p, zone_of(l), r->until), 10) : "",
		       *r->approved_by ? "" : "; `kept resources approve` names who did, before it is matched");
}

static int failed(struct ledger *l, const struct err *e)
{
	sql_rollback(l->q);
	return ledger_close(l, kept_say(FAILED, "%s", e->text));
}

static const char *or_empty(const struct ledger *l, const char *option)
{
	const char *s = ledger_option(l, option);

	return s ? s : "";
}

/* "r3", "3" */
static bool number_of(const char *word, int64_t *id)
{
	return ledger_number(word + (*word == 'r'), id);
}

/* ---- what the words after `resources` do ---- */

static int list(struct ledger *l)
{
	struct table t = { .p = l->p, .columns = 4, .soft = 2, .wrap = true };
	struct resource *r;
	size_t n;
	struct err e = { 0 };
	json_t *out = l->json ? json_array() : NULL;

	if (!store_resources(l->q, l->p, ledger_flag(l, "--all"), &r, &n, &e)) {
		json_decref(out);
		return failed(l, &e);
	}
	for (size_t i = 0; i < n; i++) {
		struct err fault = { 0 };
		bool sound = r[i].retired || material_sound(l->p, &r[i], &fault);
		enum resource_state state = resource_state(&r[i], l->now);
		json_t *one = out ? json_of(l, &r[i]) : NULL;

		if (one && !sound)
			json_object_set_new(one, "fault", json_string(fault.text));
		if (one)
			json_array_append_new(out, one);
		else
			table_row(&t, !sound || state == RESOURCE_EXPIRED, pool_print(l->p, "%5s", pool_print(l->p, "r%lld", (long long)r[i].id)),
				  pool_print(l->p, "%s%s%s", resource_state_name(state), r[i].until ? " until " : "",
					     r[i].until ? pool_slice(l->p, utc_print(l->p, zone_of(l), r[i].until), 10) : ""),
				  joined(l->p, &r[i].tags), pool_print(l->p, "%s (%s)", r[i].title, !sound ? fault.text : *r[i].file ? r[i].file : r[i].link));
	}
	if (l->json)
		ledger_print(out);
	else if (!n)
		puts("The library is empty; `kept resources --help` shows how to add to it.");
	else
		table_print(&t);
	return ledger_close(l, DONE_WELL);
}

static int add(struct ledger *l)
{
	struct wish w = { or_empty(l, "--title"), or_empty(l, "--link"), or_empty(l, "--file"), or_empty(l, "--about"), or_empty(l, "--tags"),
			  or_empty(l, "--languages"), or_empty(l, "--approved-by"), or_empty(l, "--until") };
	struct resource r, old;
	struct err e = { 0 };
	bool there;

	if (!resource_of(l, &w, ".", &r, &e))
		return ledger_close(l, kept_say(WRONG_USE, "%s; `kept resources --help`", e.text));
	if (!sql_begin(l->q, &e) || !store_resource_at(l->q, l->p, r.file, r.link, &old, &there, &e))
		return failed(l, &e);
	if (there) {
		err_perm(&e, "%s is in the library already, as r%lld; retire that one first", *r.file ? r.file : r.link, (long long)old.id);
		return failed(l, &e);
	}
	if (!store_resource_add(l->q, &r, &e) || !on_record(l, &r, "resource", &e) || !sql_commit(l->q, &e))
		return failed(l, &e);
	l->changed = true;
	say_one(l, &r);
	return ledger_close(l, DONE_WELL);
}

/* What was forwarded has a subject for a title, and no tags. */
static void described(struct ledger *l, struct resource *r)
{
	if (*line_from(l->p, or_empty(l, "--title"), WHAT_MOST).s)
		r->title = line_from(l->p, or_empty(l, "--title"), WHAT_MOST).s;
	if (ledger_option(l, "--about"))
		r->about = line_from(l->p, or_empty(l, "--about"), NOTE_MOST).s;
	if (ledger_option(l, "--tags"))
		r->tags = list_of(l->p, or_empty(l, "--tags"));
	if (ledger_option(l, "--languages"))
		r->languages = list_of(l->p, or_empty(l, "--languages"));
}

static int approve(struct ledger *l)
{
	struct resource r;
	struct err e = { 0 };
	bool found;
	char *bytes;
	size_t n;
	int64_t id;

	if (l->count != 2 || !number_of(l->words[1], &id) || !*or_empty(l, "--approved-by"))
		return ledger_close(l, kept_say(WRONG_USE, "approve which, and who did? As `kept resources approve 3 --approved-by \"Dr Hart\" --until 2027-06-30`"));
	if (!sql_begin(l->q, &e) || !store_resource(l->q, l->p, id, &r, &found, &e))
		return failed(l, &e);
	if (!found || r.retired) {
		err_perm(&e, "r%lld: there is no such material in use; `kept resources` shows them", (long long)id);
		return failed(l, &e);
	}
	described(l, &r);
	r.approved_by = line_from(l->p, or_empty(l, "--approved-by"), NAME_MOST).s;
	r.approved = l->now;
	r.until = 0;
	/* what is approved is the file as it is now */
	if ((*or_empty(l, "--until") && !until_of(l, or_empty(l, "--until"), &r.until, &e)) ||
	    (*r.file && !material_read(l->p, r.file, &bytes, &n, &r.digest, &e)) || !store_resource_save(l->q, &r, &e) ||
	    !on_record(l, &r, "approved", &e) || !sql_commit(l->q, &e))
		return failed(l, &e);
	l->changed = true;
	say_one(l, &r);
	return ledger_close(l, DONE_WELL);
}

static int retire(struct ledger *l)
{
	struct err e = { 0 };
	int64_t id;

	for (int i = 1; i < l->count; i++)
		if (!number_of(l->words[i], &id))
			return ledger_close(l, kept_say(WRONG_USE, "'%s' is no number of material; as r3", l->words[i]));
	if (l->count < 2)
		return ledger_close(l, kept_say(WRONG_USE, "retire which? As `kept resources retire 3`; `kept resources` shows them"));
	if (!sql_begin(l->q, &e))
		return failed(l, &e);
	for (int i = 1; i < l->count; i++) {
		struct resource r;
		bool found;

		number_of(l->words[i], &id);
		if (!store_resource(l->q, l->p, id, &r, &found, &e))
			return failed(l, &e);
		if (!found || r.retired) {
			err_perm(&e, "r%lld: there is no such material in use; nothing was retired", (long long)id);
			return failed(l, &e);
		}
		r.retired = l->now;
		if (!store_resource_save(l->q, &r, &e) || !on_record(l, &r, "retired", &e))
			return failed(l, &e);
	}
	if (!sql_commit(l->q, &e))
		return failed(l, &e);
	l->changed = true;
	if (l->json)
		ledger_print(json_pack("{sb}", "done", true));
	else
		printf("%d retired; `kept resources --all` shows it still.\n", l->count - 1);
	return ledger_close(l, DONE_WELL);
}

struct match {
	const struct resource *r;
	struct fit fit;
};

static int better(const void *a, const void *b)
{
	const struct match *x = a, *y = b;

	return x->fit.score != y->fit.score ? (x->fit.score < y->fit.score ? 1 : -1) : x->r->id < y->r->id ? 1 : -1; /* the newer first */
}

static int match(struct ledger *l)
{
	struct table t = { .p = l->p, .columns = 4, .soft = 3, .wrap = true };
	struct text *words = text_new(l->p, ANSWER_MOST);
	struct strings wanted;
	struct resource *r;
	struct match *fits;
	struct commitment m;
	size_t n, count = 0;
	utc answered;
	int64_t id;
	bool found;
	struct err e = { 0 };
	json_t *out;

	if (l->count < 2)
		return ledger_close(l, kept_say(WRONG_USE, "match what? As `kept resources match 12` for promise #12, or some words"));
	for (int i = 1; i < l->count; i++)
		text_print(words, "%s%s", i > 1 ? " " : "", l->words[i]);
	if (l->count == 2 && ledger_number(l->words[1], &id)) {
		if (!store_commitment(l->q, l->p, l->conf, id, &m, &answered, &found, &e))
			return failed(l, &e);
		if (!found)
			return ledger_close(l, kept_say(FAILED, "there is no promise #%lld; `kept list` shows them", (long long)id));
		words = text_new(l->p, ANSWER_MOST);
		text_print(words, "%s\n%s\n%s\n%s", m.what, m.words, m.subject, m.note);
	}
	wanted = fit_words(l->p, words->s);
	if (!store_resources_search(l->q, l->p, &wanted, &r, &n, &e))
		return failed(l, &e);
	fits = pool_list(l->p, n + 1, sizeof *fits);
	for (size_t i = 0; i < n; i++) {
		struct fit f = fit_resource(l->p, words->s, &r[i]);

		if (f.score && resource_state(&r[i], l->now) == RESOURCE_APPROVED && material_sound(l->p, &r[i], &e))
			fits[count++] = (struct match){ &r[i], f };
	}
	qsort(fits, count, sizeof *fits, better);
	out = l->json ? json_array() : NULL;
	for (size_t i = 0; i < count; i++) {
		const struct resource *x = fits[i].r;
		json_t *one = out ? json_of(l, x) : NULL;

		if (one) {
			json_object_set_new(one, "score", json_integer(fits[i].fit.score));
			json_object_set_new(one, "why", json_string(fits[i].fit.why));
			json_array_append_new(out, one);
		} else {
			table_row(&t, false, pool_print(l->p, "%5s", pool_print(l->p, "r%lld", (long long)x->id)), x->title, fits[i].fit.why,
				  *x->file ? x->file : x->link);
		}
	}
	if (l->json)
		ledger_print(out);
	else if (!count)
		puts("Nothing in the library fits.");
	else
		table_print(&t);
	return ledger_close(l, DONE_WELL);
}

/* ---- import ---- */

enum taken { TAKEN_NEW, TAKEN_CHANGED, TAKEN_SAME };

/* Whoever writes into a folder that is shared names what lies in it, and no other file of the owner's. */
static bool lies_in(const char *folder, const char *file)
{
	char absolute[PATH_MAX];
	size_t n;

	if (!realpath(folder, absolute))
		return false;
	n = strlen(absolute);
	return strncmp(file, absolute, n) == 0 && (file[n] == '/' || absolute[n - 1] == '/');
}

static bool take_row(struct ledger *l, const struct csv *table, const struct csv_row *row, const char *folder, enum taken *how, struct err *e)
{
	struct wish w = { csv_cell(table, row, "title"), csv_cell(table, row, "link"), csv_cell(table, row, "file"), csv_cell(table, row, "about"),
			  csv_cell(table, row, "tags"), csv_cell(table, row, "languages"), csv_cell(table, row, "approved by"), csv_cell(table, row, "until") };
	struct resource r, old;
	bool there;

	*how = TAKEN_NEW;
	if (*row->odd)
		return err_perm(e, "%s", row->odd);
	if (!resource_of(l, &w, folder, &r, e))
		return false;
	if (*r.file && !lies_in(folder, r.file))
		return err_perm(e, "%s lies outside of %s (%s); `kept resources add --file` takes it", w.file, folder, r.file);
	if (!store_resource_at(l->q, l->p, r.file, r.link, &old, &there, e))
		return false;
	if (!there)
		return store_resource_add(l->q, &r, e) && on_record(l, &r, "resource", e);
	*how = TAKEN_SAME;
	/* another file under the approval of the one before: it stays what was approved, and so unfit, until somebody approves this one */
	if (*old.approved_by && strcmp(old.digest, r.digest) != 0 && strcmp(old.approved_by, r.approved_by) == 0 && old.until == r.until) {
		kept_say(1, "line %d: %s was changed after %s approved it, and is not used: `kept resources approve %lld` names who approved the new one",
			 row->line, r.file, old.approved_by, (long long)old.id);
		return true;
	}
	if (strcmp(old.title, r.title) == 0 && strcmp(old.digest, r.digest) == 0 && strcmp(old.about, r.about) == 0 &&
	    strcmp(old.approved_by, r.approved_by) == 0 && old.until == r.until && same_list(&old.tags, &r.tags) && same_list(&old.languages, &r.languages))
		return true;
	*how = TAKEN_CHANGED;
	r.id = old.id, r.made = old.made;
	return store_resource_save(l->q, &r, e) && on_record(l, &r, "resource", e);
}

static int import(struct ledger *l)
{
	static const char *const known[] = { "title", "link", "file", "about", "tags", "languages", "approved by", "until", NULL };
	struct csv table;
	struct err e = { 0 };
	size_t counts[3] = { 0 };
	const char *name;
	char *bytes;
	size_t n, wrong = 0;
	bool title = false;

	if (l->count != 2)
		return ledger_close(l, kept_say(WRONG_USE, "import which folder? As `kept resources import material`, with a manifest.csv in it"));
	name = pool_print(l->p, "%s/manifest.csv", l->words[1]);
	if (!kept_file(l->p, name, &bytes, &n, &e))
		return ledger_close(l, kept_say(FAILED, "%s", e.text));
	if (!csv_read(l->p, bytes, n, &table, &e))
		return ledger_close(l, kept_say(FAILED, "%s: %s", name, e.text));
	for (size_t i = 0; i < table.head.n; i++) {
		bool is = false;

		for (size_t k = 0; known[k]; k++)
			is |= strcasecmp(table.head.list[i], known[k]) == 0;
		title |= strcasecmp(table.head.list[i], "title") == 0;
		if (!is && *table.head.list[i])
			wrong += kept_say(1, "%s: line 1: no column '%s'; there are title, file, link, about, tags, languages, approved by, until", name,
					  table.head.list[i]);
	}
	if (!title)
		wrong += kept_say(1, "%s: line 1: the head line must name the columns, title among them", name);
	if (wrong)
		return ledger_close(l, FAILED);
	if (!sql_begin(l->q, &e))
		return failed(l, &e);
	/* all rows or none, and every fault is said */
	work_begin("lines", table.n);
	for (size_t i = 0; i < table.n; i++, work_at(i)) {
		enum taken how;

		if (take_row(l, &table, &table.rows[i], l->words[1], &how, &e))
			counts[how]++;
		else
			wrong += kept_say(1, "%s: line %d: %s", name, table.rows[i].line, e.text);
	}
	work_end();
	if (wrong) {
		err_perm(&e, "nothing was imported: %zu of %zu lines are wrong", wrong, table.n);
		return failed(l, &e);
	}
	if (!sql_commit(l->q, &e))
		return failed(l, &e);
	l->changed = counts[TAKEN_NEW] || counts[TAKEN_CHANGED];
	if (l->json)
		ledger_print(json_pack("{sI sI sI}", "new", (json_int_t)counts[TAKEN_NEW], "changed", (json_int_t)counts[TAKEN_CHANGED], "same",
				       (json_int_t)counts[TAKEN_SAME]));
	else
		printf("%zu new, %zu changed, %zu as they were.\n", counts[TAKEN_NEW], counts[TAKEN_CHANGED], counts[TAKEN_SAME]);
	return ledger_close(l, DONE_WELL);
}

int kept_resources(struct call *c)
{
	static const char *const valued[] = { "--title", "--link", "--file", "--about", "--tags", "--languages", "--approved-by", "--until", NULL };
	static const char *const flags[] = { "--all", NULL };
	static const struct {
		const char *word;
		int (*run)(struct ledger *);
		int most; /* words, its own among them */
	} does[] = { { "list", list, 1 }, { "add", add, 1 }, { "approve", approve, 2 }, { "match", match, 64 }, { "retire", retire, 64 }, { "import", import, 2 } };
	struct ledger l;
	bool help;
	int rc = ledger_read(c, &l, help_text, valued, flags, &help);
	const char *word = l.count ? l.words[0] : "list";

	if (help || rc != DONE_WELL)
		return rc;
	for (size_t i = 0; i < sizeof does / sizeof *does; i++)
		if (strcmp(does[i].word, word) == 0) {
			if ((rc = ledger_words(&l, c, does[i].most)) != DONE_WELL || (rc = ledger_open(c, &l, false)) != DONE_WELL)
				return rc;
			return does[i].run(&l);
		}
	return kept_say(WRONG_USE, "resources '%s'? There is list, add, approve, match, retire and import; `kept resources --help`", word);
}
