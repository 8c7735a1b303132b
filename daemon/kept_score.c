/* kept score, review - how promises are kept, in one figure and the counts behind it; how the week stands */
#include <stdio.h>
#include <string.h>

#include "borders/store.h"
#include "daemon/kept_figures.h"
#include "daemon/kept_progress.h"
#include "daemon/kept_table.h"
#include "letters/compose.h"
#include "letters/markup.h"
#include "work/schedule.h"

static const char score_help[] =
	"kept score - how your promises are kept: T = R + F²\n\n"
	"  kept score [--by contact|stage|policy|team|week] [--from DATE] [--to DATE] [--owner NAME] [--json]\n\n"
	"  kept score                           all of them\n"
	"  kept score --by contact              for each person\n"
	"  kept score --by week --from 2026-10-01   week after week\n\n"
	"R is the share of promises that were delivered by their day, F the share that was followed up and closed with the\n"
	"person: they were asked after it, or answered it. T is from 0 to 2. The day is the one they were told: a snooze moves\n"
	"nothing, another day told before the old one passed moves it (\"announced\"). What was delivered less than a week\n"
	"ago is not yet counted in F. Where there are few promises the figure may be anywhere in the interval beside it\n"
	"(95 %). It is yours alone: nothing that leaves for others shows it.\n"
	"--from, --to: promises whose day lies between them.\n"
	"--json: {\"trust\", \"low\", \"high\", \"on_time\": {\"n\", \"of\", \"low\", \"high\"}, \"followed\": {…}, \"announced\", \"late\",\n"
	"\"open\", \"called_off\", \"groups\": [{\"group\", …}...]}\n";

/* BY_COUNT: of all; false: there is no such thing. */
static bool by_of(const char *word, enum figures_by *by)
{
#define X(id, name, heading) name,
	static const char *const names[] = { FIGURES_BY(X) };
#undef X
	int i = 0;

	while (word && i < BY_COUNT && strcmp(word, names[i]) != 0)
		i++;
	*by = word ? (enum figures_by)i : BY_COUNT;
	return !word || i < BY_COUNT;
}

static bool day_of_option(struct ledger *l, const char *name, int32_t *day, struct err *e)
{
	const char *word = ledger_option(l, name);
	utc t;

	if (word && !utc_parse(word, l->owner->time.zone, &t))
		return err_perm(e, "%s '%s' is no date; as 2026-10-01", name, word);
	if (word)
		*day = zone_day(l->owner->time.zone, t);
	return true;
}

bool score_days(struct ledger *l, int32_t *from, int32_t *to, struct err *e)
{
	if (!day_of_option(l, "--from", from, e) || !day_of_option(l, "--to", to, e))
		return false;
	if (*from > *to)
		return err_perm(e, "--from is after --to: nothing lies between them");
	return true;
}

static json_t *share_json(const struct share *s)
{
	return json_pack("{sI sI sf sf}", "n", (json_int_t)s->n, "of", (json_int_t)s->of, "low", s->low, "high", s->high);
}

json_t *score_json(const struct score *s)
{
	json_t *o = json_pack("{so so so so so sI sI sI sI}", "trust", s->known ? json_real(s->trust) : json_null(), "low",
			      s->known ? json_real(s->low) : json_null(), "high", s->known ? json_real(s->high) : json_null(),
			      "on_time", share_json(&s->on_time), "followed", share_json(&s->followed),
			      "announced", (json_int_t)s->moved, "late", (json_int_t)s->late, "open", (json_int_t)s->open,
			      "called_off", (json_int_t)s->off);

	if (s->group)
		json_object_set_new(o, "group", json_string(s->group));
	return o;
}

const char *score_trust(struct pool *p, const struct score *s)
{
	return s->known ? pool_print(p, "%.2f (%.2f to %.2f)", s->trust, s->low, s->high)
			: pool_print(p, "too few to say: %zu promise%s so far", s->on_time.of, s->on_time.of == 1 ? "" : "s");
}

void score_print(struct ledger *l, const struct score *s)
{
	printf("T = R + F²%s %s%s\n\n", s->known ? " =" : ":", score_trust(l->p, s), s->known ? ", of 2" : "");
	printf("delivered by their day   %zu of %zu%s\n", s->on_time.n, s->on_time.of,
	       s->moved ? pool_print(l->p, " (for %zu another day was told in time)", s->moved) : "");
	printf("followed up and closed   %zu of %zu\n", s->followed.n, s->followed.of);
	printf("late, or past their day  %zu delivered late, %zu open\n", s->late, s->open);
	if (s->off)
		printf("called off in time       %zu\n", s->off);
}

static void print_groups(struct ledger *l, const struct score *groups, size_t n)
{
	struct table t = { .p = l->p, .columns = 5, .soft = 0 };

	for (size_t i = 0; i < n; i++) {
		const struct score *s = &groups[i];

		table_row(&t, s->open > 0, *s->group ? s->group : "nobody named", pool_print(l->p, "T %s", score_trust(l->p, s)),
			  pool_print(l->p, "%zu of %zu in time", s->on_time.n, s->on_time.of),
			  pool_print(l->p, "%zu of %zu followed up", s->followed.n, s->followed.of),
			  pool_print(l->p, "%zu open", s->open));
	}
	table_print(&t);
}

static int show(struct ledger *l, enum figures_by by, struct err *e)
{
	struct score_track *list;
	struct score_item *items = NULL;
	struct score all, *groups = NULL;
	size_t n, count = 0, group_count = 0;
	int32_t from = INT32_MIN, to = INT32_MAX;
	json_t *out;
	bool well;

	if (!score_days(l, &from, &to, e))
		return ledger_close(l, kept_say(WRONG_USE, "%s", e->text));
	work_doing("reading the promises");
	well = store_score(l->q, l->p, l->conf, l->owner, &list, &n, e);
	work_end();
	if (!well)
		return ledger_close(l, kept_say(FAILED, "%s", e->text));
	for (size_t i = 0; i < n; i++) {
		struct score_item x = score_item(&list[i]);
		int32_t day = zone_day(l->owner->time.zone, x.day);

		if (day < from || day > to)
			continue;
		x.group = score_group(l->p, &list[i], by);
		*(struct score_item *)pool_more(l->p, &items, count++, sizeof x) = x;
	}
	all = score_of(items, count, l->now);
	if (by != BY_COUNT)
		groups = score_groups(l->p, items, count, l->now, &group_count);
	if (!l->json) {
		by != BY_COUNT ? print_groups(l, groups, group_count) : score_print(l, &all);
		return ledger_close(l, DONE_WELL);
	}
	out = score_json(&all);
	if (by != BY_COUNT) {
		json_t *a = json_array();

		for (size_t i = 0; i < group_count; i++)
			json_array_append_new(a, score_json(&groups[i]));
		json_object_set_new(out, "groups", a);
	}
	ledger_print(out);
	return ledger_close(l, DONE_WELL);
}

int kept_score(struct call *c)
{
	static const char *const valued[] = { "--by", "--from", "--to", NULL }, *const flags[] = { NULL };
	struct ledger l = { .p = c->pool };
	struct err e = { 0 };
	bool help;
	int code = ledger_read(c, &l, score_help, valued, flags, &help);
	enum figures_by by;

	if (code != DONE_WELL || help)
		return code;
	if ((code = ledger_words(&l, c, 0)) != DONE_WELL)
		return code;
	if (!by_of(ledger_option(&l, "--by"), &by))
		return kept_say(WRONG_USE, "--by '%s' is none of contact, stage, policy, team, week", ledger_option(&l, "--by"));
	if ((code = ledger_open(c, &l, true)) != DONE_WELL)
		return code;
	return show(&l, by, &e);
}

/* ---- review ---- */

#define X(id, name) " \"" name "\""
static const char review_help[] =
	"kept review - the weekly review, as of now\n\n"
	"  kept review [--owner NAME] [--json]\n\n"
	"  kept review            what Monday's mail would tell now\n\n"
	"What was kept in the last seven days, what is overdue, due, waiting, delivered; what others promised you; mail that\n"
	"waits for your word, messages that are held. It is what the mail of your day in the week tells (kept.conf(5), review).\n"
	"--json: \"head\"; lists of promises:\n " REVIEW_PARTS(X) "\nand of {\"text\", \"who\", \"at\"}:\n " REVIEW_LISTS(X) "\n";
#undef X

static json_t *review_json(struct ledger *l, const struct review *r)
{
#define X(id, name) name,
	static const char *const parts[] = { REVIEW_PARTS(X) }, *const lists[] = { REVIEW_LISTS(X) };
#undef X
	json_t *o = json_object();

	for (int i = 0; i < REVIEW_PART_COUNT; i++)
		json_object_set_new(o, parts[i], ledger_part_json(l, r->parts[i].list, r->parts[i].n));
	for (int i = 0; i < REVIEW_LIST_COUNT; i++) {
		json_t *a = json_array();

		for (size_t k = 0; k < r->lists[i].n; k++)
			json_array_append_new(a, ledger_line_json(l, &r->lists[i].lines[k]));
		json_object_set_new(o, lists[i], a);
	}
	json_object_set_new(o, "head", json_string(r->head));
	return o;
}

int kept_review(struct call *c)
{
	struct ledger l = { .p = c->pool };
	struct compose_in in = { .kind = MAIL_REVIEW, .token = "review", .id = "review" };
	struct conf bare; /* without a mailbox there are no links, which are for a mail */
	struct review r;
	struct mail m;
	struct err e = { 0 };
	bool help, well;
	int code = ledger_read(c, &l, review_help, NULL, NULL, &help);

	if (code != DONE_WELL || help)
		return code;
	if ((code = ledger_words(&l, c, 0)) != DONE_WELL || (code = ledger_open(c, &l, true)) != DONE_WELL)
		return code;
	work_doing("reading the promises");
	well = schedule_review_of(l.q, l.p, l.conf, l.owner, l.now - 7 * 86400, l.now, &r, &e);
	work_end();
	if (!well)
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	if (l.json) {
		ledger_print(review_json(&l, &r));
		return ledger_close(&l, DONE_WELL);
	}
	if (!review_count(&r)) {
		puts("Nothing stands open, and nothing waits.");
		return ledger_close(&l, DONE_WELL);
	}
	bare = *l.conf, bare.mailbox_count = 0;
	in.conf = &bare, in.owner = l.owner, in.now = l.now, in.review = &r;
	if (!compose(l.p, &in, &m, &e))
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	printf("%s\n\n%s", m.subject.s, markdown_plain(l.p, m.markdown));
	return ledger_close(&l, DONE_WELL);
}
