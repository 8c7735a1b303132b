/* kept plan, kept simulate: what will happen, and why */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "borders/store.h"
#include "daemon/kept_ledger.h"
#include "daemon/kept_table.h"
#include "judgement/plan.h"
#include "judgement/when.h"
#include "work/digest.h"
#include "work/schedule.h"

enum { STEPS_MOST = 400, REVIEWS_MOST = 520, DAY = 86400 };

static const char plan_help[] =
	"kept plan - what will happen to each promise, and why\n\n"
	"  kept plan [N]... [--until WHEN] [--json]\n\n"
	"  kept plan                     the next step of each open promise\n"
	"  kept plan 12                  every step of promise 12 within a year, with the rule that makes it\n"
	"  kept plan 12 --until '1 dec'  as far as that\n\n"
	"As if nobody answered anything. Nothing is changed. --owner: whose, where the configuration has several owners.\n"
	"--json: [{\"id\", \"what\", \"steps\": [{\"at\", \"kind\", \"why\", \"rule\"}...]}...]\n";

/* "--until": words for a date, or an ISO date; the end of that day. */
static int until(struct ledger *l, const struct worktime *w, utc *out)
{
	const char *words = ledger_option(l, "--until");
	struct frame f = { .anchor = l->now, .time = w, .zone = zone_named, .zone_arg = l->p };
	struct when when;
	struct err e = { 0 };

	if (!words) {
		*out = l->now + 365 * DAY;
		return DONE_WELL;
	}
	if (utc_parse(words, w->zone, out)) {
		if (!strchr(words, 'T') && !strchr(words, ' '))
			*out += DAY - 1;
	} else if (when_parse(l->p, words, &f, &when, &e)) {
		*out = when.at;
	} else {
		return kept_say(WRONG_USE, "--until: %s", e.text);
	}
	return *out > l->now ? DONE_WELL : kept_say(WRONG_USE, "--until %s: that has passed; name a day to come", words);
}

static json_t *step_json(struct ledger *l, const struct dossier *d, const struct step *s)
{
	const struct owner *o = d->commitment.owner;

	return json_pack("{ss ss ss ss}", "at", utc_print(l->p, o->time.zone, s->at), "kind", mail_kind_name(s->kind), "why", s->why, "rule", plan_rule(l->p, d, s));
}

/* A reminder that an agenda takes along comes with that. */
static bool in_agenda(const struct owner *o, struct step *s)
{
	utc at;

	if (s->kind == MAIL_REMINDER && !s->final && agenda_takes(o, s->at, &at))
		s->kind = MAIL_AGENDA, s->at = at;
	return s->kind == MAIL_AGENDA;
}

int kept_plan(struct call *c)
{
	static const char *const valued[] = { "--until", NULL };
	struct ledger l;
	struct commitment *list;
	size_t n;
	bool help;
	utc till;
	struct err e = { 0 };
	json_t *out = NULL;
	int64_t id, wanted[64];
	size_t wanted_count = 0;
	int rc = ledger_read(c, &l, plan_help, valued, NULL, &help);

	if (help || rc != DONE_WELL)
		return rc;
	for (int i = 0; i < l.count; i++) {
		if (!ledger_number(l.words[i], &id))
			return kept_say(WRONG_USE, "'%s' is no number of a promise; `kept plan --help`", l.words[i]);
		wanted[wanted_count++] = id;
	}
	l.of = wanted_count ? wanted[0] : 0;
	if ((rc = ledger_open(c, &l, true)) != DONE_WELL)
		return rc;
	if ((rc = until(&l, &l.owner->time, &till)) != DONE_WELL)
		return ledger_close(&l, rc);
	if (!store_commitments(l.q, l.p, l.conf, l.owner, false, &list, &n, &e))
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	for (size_t w = 0; w < wanted_count; w++) {
		bool there = false;

		for (size_t i = 0; i < n; i++)
			there = there || list[i].id == wanted[w];
		if (!there)
			rc = kept_say(FAILED, "#%lld: no such promise of %s stands open; `kept list` shows those that do", (long long)wanted[w],
				      l.owner->key);
	}
	if (rc != DONE_WELL)
		return ledger_close(&l, rc);
	if (l.json)
		out = json_array();
	for (size_t i = 0; i < n; i++) {
		struct table t = { .p = l.p, .columns = 3, .soft = -1, .indent = 6, .wrap = true };
		struct dossier d;
		struct step steps[STEPS_MOST];
		size_t count;
		bool found, is = wanted_count == 0;
		json_t *list_json;

		for (size_t w = 0; w < wanted_count; w++)
			is = is || wanted[w] == list[i].id;
		if (!is)
			continue;
		if (!store_dossier(l.q, l.p, l.conf, list[i].id, &d, &found, &e)) {
			json_decref(out);
			return ledger_close(&l, kept_say(FAILED, "%s", e.text));
		}
		if (!found)
			continue;
		list_json = json_array();
		count = plan_ahead(&d, l.conf, l.now, till, steps, l.count ? STEPS_MOST : 1);
		for (size_t s = 0; s < count; s++) {
			in_agenda(l.owner, &steps[s]);
			json_array_append_new(list_json, step_json(&l, &d, &steps[s]));
		}
		if (l.json) {
			json_array_append_new(out, json_pack("{sI ss sO}", "id", (json_int_t)list[i].id, "what", list[i].what, "steps", list_json));
		} else {
			struct table head = { .p = l.p, .columns = 2, .soft = -1, .wrap = true };

			table_row(&head, false, pool_print(l.p, "#%lld", (long long)list[i].id), list[i].what);
			table_print(&head);
			for (size_t s = 0; s < count; s++)
				table_row(&t, false, ledger_time(l.p, l.owner->time.zone, steps[s].at, l.now), mail_kind_name(steps[s].kind),
					  pool_print(l.p, "%s%s%s%s", steps[s].why, *steps[s].rule ? " (" : "", plan_rule(l.p, &d, &steps[s]), *steps[s].rule ? ")" : ""));
			table_print(&t);
			if (!count)
				printf("      nothing: %s\n", plan(&d, l.conf, l.now).why);
		}
		json_decref(list_json);
	}
	if (l.json)
		ledger_print(out);
	else if (!n)
		puts("Nothing stands open.");
	return ledger_close(&l, DONE_WELL);
}

/* ---- simulate ---- */

static const char simulate_help[] =
	"kept simulate - every mail that would go out until a date, if nobody answered anything\n\n"
	"  kept simulate [--until WHEN] [--json]\n\n"
	"  kept simulate                       a year\n"
	"  kept simulate --until 2027-01-31    to the end of that day\n\n"
	"For all owners; each time in its owner's zone. Needs no server and changes nothing.\n"
	"--json: [{\"at\", \"kind\", \"to\", \"outside\", \"commitments\": [n...], \"why\"}...]\n";

struct planned {
	const struct owner *owner;
	int64_t id;
	utc due;
	struct step step;
	const char *to; /* outside; NULL: the owner */
};

/* What to outside waits for a word is a question to its owner first. */
static struct planned planned_of(struct pool *p, const struct dossier *d, const struct conf *c, const struct step *s)
{
	const struct commitment *m = &d->commitment;
	struct planned x = { .owner = m->owner, .id = m->id, .due = m->due, .step = *s };
	struct contact first;
	struct addrs all = plan_recipients(p, d, s->at, &first, NULL);
	const char *to = addrs_join(p, &all);

	if (mail_kind_whom(s->kind) != WHOM_OUTSIDE || !m->to.n)
		return x;
	if (plan_is_automatic(d, s->kind) && conf_own_submission(c, m->owner)) {
		x.to = to;
	} else {
		x.step.why = pool_print(p, "%s to %s: %s", mail_kind_name(s->kind), to, s->why);
		x.step.kind = MAIL_APPROVAL;
	}
	return x;
}

static const char *recipient_of(const struct planned *x)
{
	return x->to ? x->to : x->step.to ? x->step.to : x->owner->addresses.list[0];
}

static int by_time(const void *a, const void *b)
{
	const struct planned *x = a, *y = b;

	if (x->step.at != y->step.at)
		return x->step.at < y->step.at ? -1 : 1;
	if (x->owner != y->owner)
		return strcmp(x->owner->key, y->owner->key);
	if (x->step.kind != y->step.kind)
		return x->step.kind < y->step.kind ? -1 : 1;
	if (x->step.kind == MAIL_DIGEST && !text_same(x->step.to, y->step.to))
		return strcmp(x->step.to, y->step.to);
	if (x->due != y->due)
		return x->due < y->due ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static const char *numbers(struct pool *p, const struct planned *all, size_t n, const char *why)
{
	struct text *t = text_new(p, 2000);

	for (size_t i = 0; i < n; i++)
		if (all[i].id && (!why || text_same(all[i].step.why, why)))
			text_print(t, "%s#%lld", t->n ? " " : "", (long long)all[i].id);
	return t->s;
}

/* Why one mail goes out: where its promises have several reasons, each with theirs. */
static const char *reasons(struct pool *p, const struct planned *all, size_t n, bool numbered)
{
	struct text *t = text_new(p, 8000);
	bool several = false;

	for (size_t i = 1; i < n; i++)
		several |= !text_same(all[i].step.why, all[0].step.why);
	for (size_t i = 0; i < n; i++) {
		const char *why = all[i].step.why, *of;
		bool before = false;

		for (size_t j = 0; j < i && !before; j++)
			before = text_same(all[j].step.why, why);
		if (before)
			continue;
		of = several || numbered ? numbers(p, all, n, why) : "";
		text_print(t, "%s%s%s%s", t->n ? "; " : "", of, *of ? ": " : "", why);
	}
	return t->s;
}

/* What is about check-ins, and of no promise. */
static int meetings(struct ledger *l, const struct owner *o, utc till, struct planned **all, size_t *n)
{
	struct meeting_mail *list;
	struct err e = { 0 };
	size_t count;

	if (!schedule_meetings_ahead(l->q, l->p, l->conf, o, l->now, till, &list, &count, &e))
		return kept_say(FAILED, "%s", e.text);
	for (size_t i = 0; i < count; i++)
		*(struct planned *)pool_more(l->p, all, (*n)++, sizeof **all) =
			(struct planned){ .owner = o, .step = { .kind = list[i].kind, .at = list[i].at, .why = list[i].why, .rule = "" } };
	return DONE_WELL;
}

/* The lines of a trust challenge that runs, where no agenda has them, and its report. */
static int challenge(struct ledger *l, const struct owner *o, utc till, struct planned **all, size_t *n)
{
	struct challenge x;
	struct err e = { 0 };
	bool runs;
	utc at = l->now;

	if (!store_challenge(l->q, l->p, o, &x, &runs, &e))
		return kept_say(FAILED, "%s", e.text);
	while (runs) {
		utc line = challenge_next(&x, at), report = challenge_report(&x);

		runs = line && line < report;
		at = runs ? line : report > at ? report : at;
		if (at > till)
			break;
		*(struct planned *)pool_more(l->p, all, (*n)++, sizeof **all) =
			(struct planned){ .owner = o, .step = { .kind = MAIL_CHALLENGE, .at = at, .rule = "",
								.why = runs ? "the day's line of the trust challenge" : "the report of the trust challenge" } };
		x.told = zone_day(o->time.zone, at);
	}
	return DONE_WELL;
}

/* The reviews of the weeks to come. */
static void reviews(struct ledger *l, const struct owner *o, utc till, struct planned **all, size_t *n)
{
	utc last, next = l->now;

	for (int i = 0; o->review && i < REVIEWS_MOST; i++) {
		worktime_weekly(&o->time, (enum weekday)(o->review - 1), next, &last, &next);
		if (!next || next > till)
			return;
		*(struct planned *)pool_more(l->p, all, (*n)++, sizeof **all) =
			(struct planned){ .owner = o, .step = { .kind = MAIL_REVIEW, .at = next, .why = "the week", .rule = "review" } };
	}
}

/* The agendas of the mornings to come, with the reminders that they take along. */
static int agendas(struct ledger *l, const struct owner *o, const struct commitment *list, size_t count, utc till, struct planned **all, size_t *n)
{
	struct agenda now;
	struct challenge runs = { .ended = 1 };
	struct err e = { 0 };
	utc last, next = l->now;
	bool waits;

	if (agenda_minute(o) < 0)
		return DONE_WELL;
	if (!schedule_agenda_of(l->q, l->p, l->conf, o, l->now, l->now, &now, &e))
		return kept_say(FAILED, "%s", e.text);
	waits = now.lists[AGENDA_LIST_WORD].n || now.lists[AGENDA_LIST_HELD].n;
	if (now.challenge)
		runs = *now.challenge;
	for (int i = 0; i < REVIEWS_MOST && agenda_mornings(o, next, &last, &next) && next && next <= till; i++) {
		bool some = waits || (!runs.ended && challenge_day(&runs, next));

		for (size_t k = 0; k < count && !some; k++)
			some = agenda_part(&list[k], false, next) != AGENDA_NOWHERE;
		for (size_t k = 0; k < *n; k++) {
			struct planned *x = &(*all)[k];

			if (x->owner == o && in_agenda(o, &x->step) && x->step.at == next)
				some = false; /* it stands for the mail */
		}
		if (some)
			*(struct planned *)pool_more(l->p, all, (*n)++, sizeof **all) =
				(struct planned){ .owner = o, .step = { .kind = MAIL_AGENDA, .at = next, .why = "the morning", .rule = "agenda" } };
	}
	return DONE_WELL;
}

/* What teams hear of all owners' promises. */
static int digests(struct ledger *l, utc till, struct planned **all, size_t *n)
{
	struct digest_left *left = pool_list(l->p, *n, sizeof *left);
	struct digest_ahead *list;
	size_t count, k = 0;
	struct err e = { 0 };

	for (size_t i = 0; i < *n; i++)
		if ((*all)[i].to)
			left[k++] = (struct digest_left){ (*all)[i].id, (*all)[i].step.at };
	if (!digest_ahead(l->q, l->p, l->conf, left, k, l->now, till, &list, &count, &e))
		return kept_say(FAILED, "%s", e.text);
	for (size_t i = 0; i < count; i++)
		for (size_t m = 0; m < list[i].n; m++)
			*(struct planned *)pool_more(l->p, all, (*n)++, sizeof **all) =
				(struct planned){ .owner = list[i].owner, .id = list[i].ids[m],
						  .step = { .kind = MAIL_DIGEST, .at = list[i].at, .to = list[i].team->address,
							    .why = "the week's digest for the team", .rule = "" } };
	return DONE_WELL;
}

/* What falls together for one owner is one mail, as schedule does it; a digest is one for each team. */
static bool together(const struct planned *x, const struct planned *y)
{
	if (x->owner != y->owner || x->step.kind != y->step.kind || x->step.at != y->step.at)
		return false;
	return x->step.kind == MAIL_DIGEST ? text_same(x->step.to, y->step.to) :
					     (x->step.kind == MAIL_REMINDER || x->step.kind == MAIL_AGENDA) && !x->step.final && !y->step.final;
}

int kept_simulate(struct call *c)
{
	static const char *const valued[] = { "--until", NULL };
	struct ledger l;
	struct planned *all = NULL;
	size_t n = 0;
	bool help;
	struct err e = { 0 };
	json_t *out = json_array();
	utc till = 0;
	struct step *steps;
	struct table t = { .p = c->pool, .columns = 4, .soft = 2, .wrap = true };
	int rc = ledger_read(c, &l, simulate_help, valued, NULL, &help);

	if (help || rc != DONE_WELL || (rc = ledger_words(&l, c, 0)) != DONE_WELL || (rc = ledger_open(c, &l, false)) != DONE_WELL) {
		json_decref(out);
		return rc;
	}
	steps = pool_list(l.p, STEPS_MOST, sizeof *steps);
	for (size_t o = 0; o < l.conf->owner_count && rc == DONE_WELL; o++) {
		const struct owner *owner = &l.conf->owners[o];
		struct commitment *list;
		struct owner_row row;
		size_t count;

		if ((rc = until(&l, &owner->time, &till)) != DONE_WELL)
			break;
		if (!store_owner(l.q, owner->key, &row, &e) || !store_commitments(l.q, l.p, l.conf, owner, false, &list, &count, &e)) {
			rc = kept_say(FAILED, "%s", e.text);
			break;
		}
		if (!row.welcomed)
			*(struct planned *)pool_more(l.p, &all, n++, sizeof *all) =
				(struct planned){ owner, 0, 0, { .kind = MAIL_WELCOME, .at = l.now, .why = "kept is set up", .rule = "" }, NULL };
		for (size_t i = 0; i < count; i++) {
			struct dossier d;
			bool found;
			size_t k;

			if (!store_dossier(l.q, l.p, l.conf, list[i].id, &d, &found, &e) || !found)
				continue;
			k = plan_ahead(&d, l.conf, l.now, till, steps, STEPS_MOST);
			for (size_t s = 0; s < k; s++)
				*(struct planned *)pool_more(l.p, &all, n++, sizeof *all) = planned_of(l.p, &d, l.conf, &steps[s]);
		}
		if ((rc = agendas(&l, owner, list, count, till, &all, &n)) != DONE_WELL)
			break;
		if (count)
			reviews(&l, owner, till, &all, &n);
		if ((rc = challenge(&l, owner, till, &all, &n)) != DONE_WELL)
			break;
		rc = meetings(&l, owner, till, &all, &n);
	}
	if (rc == DONE_WELL)
		rc = digests(&l, till, &all, &n);
	if (n)
		qsort(all, n, sizeof *all, by_time);
	for (size_t i = 0; i < n && rc == DONE_WELL;) {
		const struct planned *x = &all[i];
		json_t *ids = json_array();
		size_t first = i;

		do {
			if (all[i].id)
				json_array_append_new(ids, json_integer(all[i].id));
			i++;
		} while (i < n && together(x, &all[i]));
		if (!l.json)
			table_row(&t, false, utc_print(l.p, x->owner->time.zone, x->step.at), mail_kind_name(x->step.kind),
				  recipient_of(x), reasons(l.p, x, i - first, true));
		json_array_append_new(out, json_pack("{ss ss ss sb so ss}", "at", utc_print(l.p, x->owner->time.zone, x->step.at), "kind",
						     mail_kind_name(x->step.kind), "to", recipient_of(x), "outside", x->to != NULL,
						     "commitments", ids,
						     "why", reasons(l.p, x, i - first, false)));
	}
	if (rc == DONE_WELL && l.json) {
		ledger_print(out);
	} else {
		if (rc == DONE_WELL && !n)
			puts("No mail would go out.");
		table_print(&t);
		json_decref(out);
	}
	return ledger_close(&l, rc);
}
