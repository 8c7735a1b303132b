/* The weekly review, the agenda of a morning, the trust challenge: what an owner works from, and answers by numbers. */
#include "letters/compose_inner.h"
#include "letters/phrase.h"

enum {
	NAMED_MOST = 20, /* numbers, in one line */
	HELD_MOST = 20   /* messages of whom nobody knows: they crowd nothing out */
};

static const char *day(const struct composing *k, utc t)
{
	return t ? phrase_day(k->p, k->language, k->zone, t, k->in->now) : "";
}

/* Words that need no reading: "due 12 2026-12-04". */
static const char *dated(const struct composing *k, const char *verb, const struct commitment *m)
{
	struct civil c = zone_civil(k->zone, m->due > k->in->now ? m->due : k->in->now + 86400);

	return pool_print(k->p, "%s %lld %04d-%02d-%02d", verb, (long long)m->id, c.year, c.month, c.day);
}

/* How many of a list are shown; what is left out is counted. */
static size_t shown(struct composing *k, size_t n, size_t most)
{
	size_t some = most < k->most ? most : k->most;

	some = n < some ? n : some;
	k->left += n - some;
	view_text(k->v, "left_out", k->left ? pool_print(k->p, "%zu", k->left) : "");
	return some;
}

static void promise(const struct composing *k, const char *part, const struct commitment *m)
{
	struct view *v = view_item(k->v, part);
	utc late = worktime_late(&k->in->owner->time, m->due);
	const struct team *team = *m->team ? conf_team(k->in->conf, m->team) : NULL;
	const char *id = pool_print(k->p, "%lld", (long long)m->id);

	view_text(v, "id", id);
	view_text(v, "promised", commitment_thing(k->p, m));
	view_text(v, "to", phrase_names(k->p, k->language, &m->to));
	view_text(v, "day", day(k, m->due));
	view_text(v, "delivered_day", day(k, m->delivered));
	view_text(v, "team", team ? team->name : "");
	view_text(v, "note", m->note);
	view_text(v, "days_late", k->in->now > late ? compose_late_by(k, m->due) : "");
	if (m->state == COMMITMENT_CANDIDATE) {
		compose_answer(k, v, "track", dated(k, "due", m));
		compose_answer(k, v, "cancel", pool_print(k->p, "cancel %s", id));
	} else if (commitment_is_live(m->state)) {
		compose_answer(k, v, "done", pool_print(k->p, "done %s", id));
		compose_answer(k, v, "tomorrow", pool_print(k->p, "snooze %s tomorrow", id));
		compose_answer(k, v, "week", pool_print(k->p, "snooze %s 1w", id));
		compose_answer(k, v, "due_link", pool_print(k->p, "due %s ", id));
	}
}

static void promises(struct composing *k, const char *part, const struct commitment *const *list, size_t n)
{
	view_flag(k->v, pool_print(k->p, "%s_any", part), n);
	for (size_t i = 0, all = shown(k, n, SIZE_MAX); i < all; i++)
		promise(k, part, list[i]);
}

static void line(const struct composing *k, const char *list, const struct review_line *x)
{
	struct view *v = view_item(k->v, list);

	view_text(v, "id", x->number ? pool_print(k->p, "%lld", (long long)x->number) : "");
	view_text(v, "item", x->text);
	view_text(v, "fits", x->fits);
	view_text(v, "fits_why", x->why);
	view_text(v, "late_of", x->of ? pool_print(k->p, "%zu", x->of) : "");
	view_text(v, "who", x->who);
	view_text(v, "item_day", day(k, x->at));
	compose_answer(k, v, "link", x->words);
}

static void lines(struct composing *k, const char *list, const struct review_line *x, size_t n, size_t most)
{
	view_flag(k->v, pool_print(k->p, "%s_any", list), n);
	for (size_t i = 0, all = shown(k, n, most); i < all; i++)
		line(k, list, &x[i]);
}

static void shared(const struct composing *k, const char *field, size_t n, size_t of)
{
	view_text(k->v, field, of ? pool_print(k->p, "%zu/%zu", n, of) : "");
}

static void trust(const struct composing *k, bool known, double t)
{
	char *figure = pool_print(k->p, "%.2f", t);

	if (!text_same(k->language, "en"))
		figure[1] = ',';
	view_text(k->v, "trust", known ? figure : "");
}

static void days(const struct composing *k, const char *field, const int32_t *list, size_t n)
{
	struct text *t = text_new(k->p, 1000);

	for (size_t i = 0; i < n; i++)
		text_print(t, "%s%s", i ? ", " : "", day(k, zone_at(k->zone, list[i], 12 * 60)));
	view_text(k->v, field, t->s);
}

/* "#3, #5": which they are. */
static const char *numbers(const struct composing *k, const struct challenge *x, enum challenge_part part)
{
	struct text *t = text_new(k->p, 1000);

	for (size_t i = 0; i < x->parts[part].n; i++)
		text_print(t, i < NAMED_MOST ? "%s#%lld" : i == NAMED_MOST ? ", …" : "", i ? ", " : "", (long long)x->parts[part].list[i]->id);
	return t->s;
}

/* Its line of the day, in the agenda or alone. */
static void challenge_said(const struct composing *k, const struct challenge *x)
{
	int32_t missed[CHALLENGE_DAYS];
	int today = x->ended ? 0 : challenge_day(x, x->now);

	view_text(k->v, "challenge_day", today ? pool_print(k->p, "%d", today) : "");
	view_text(k->v, "week_count", pool_print(k->p, "%zu", x->count));
	shared(k, "followed", x->followed.n, x->followed.of);
	view_text(k->v, "challenge_sent", numbers(k, x, CHALLENGE_SENT));
	view_text(k->v, "challenge_late", numbers(k, x, CHALLENGE_LATE));
	days(k, "challenge_missed", missed, challenge_missed(x, x->now, missed));
	compose_answer(k, k->v, "stop", "challenge stop");
}

void compose_challenge(struct composing *k)
{
#define X(id, name, words) name,
	static const char *const parts[] = { CHALLENGE_PARTS(X) };
#undef X
	const struct challenge *x = k->in->challenge;

	challenge_said(k, x);
	view_flag(k->v, "is_report", x->ended);
	view_flag(k->v, "asks", x->ended && !x->stopped && (!x->reflection || !*x->reflection));
	view_flag(k->v, "so_far", x->so_far);
	view_text(k->v, "from_day", day(k, x->start));
	view_text(k->v, "to_day", day(k, zone_at(k->zone, challenge_ended(x), 12 * 60)));
	shared(k, "on_time", x->on_time.n, x->on_time.of);
	trust(k, x->trust_known, x->trust);
	for (int i = 0; i < CHALLENGE_PART_COUNT; i++)
		promises(k, parts[i], x->parts[i].list, x->parts[i].n);
	lines(k, "answered_ones", x->answers, x->answer_count, SIZE_MAX);
	compose_answer(k, k->v, "start_again", "challenge start");
}

void compose_review(struct composing *k)
{
#define X(id, name) name,
	static const char *const parts[] = { REVIEW_PARTS(X) }, *const lists[] = { REVIEW_LISTS(X) };
#undef X
	const struct review *r = k->in->review;
	struct { const char *name; size_t n; } counts[] = { { "count_kept", r->parts[REVIEW_KEPT].n },
							    { "count_late", r->parts[REVIEW_OVERDUE].n },
							    { "count_due", r->parts[REVIEW_WEEK].n } };

	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		view_text(k->v, counts[i].name, counts[i].n ? pool_print(k->p, "%zu", counts[i].n) : "");
	for (int i = 0; i < REVIEW_PART_COUNT; i++)
		promises(k, parts[i], r->parts[i].list, r->parts[i].n);
	for (int i = 0; i < REVIEW_LIST_COUNT; i++)
		lines(k, lists[i], r->lists[i].lines, r->lists[i].n, i == REVIEW_LIST_HELD ? HELD_MOST : SIZE_MAX);
	view_text(k->v, "from_day", day(k, r->from));
	shared(k, "on_time", r->on_time.n, r->on_time.of);
	shared(k, "followed", r->followed.n, r->followed.of);
	trust(k, r->trust_known, r->trust);
	view_text(k->v, "record_head", r->head ? r->head : "");
}

void compose_agenda(struct composing *k)
{
#define X(id, name) name,
	static const char *const parts[] = { AGENDA_PARTS(X) }, *const lists[] = { AGENDA_LISTS(X) };
#undef X
	const struct agenda *a = k->in->agenda;

	view_text(k->v, "count_late", a->parts[AGENDA_OVERDUE].n ? pool_print(k->p, "%zu", a->parts[AGENDA_OVERDUE].n) : "");
	view_text(k->v, "count_due", a->parts[AGENDA_TODAY].n ? pool_print(k->p, "%zu", a->parts[AGENDA_TODAY].n) : "");
	for (int i = 0; i < AGENDA_PART_COUNT; i++)
		promises(k, parts[i], a->parts[i].list, a->parts[i].n);
	for (int i = 0; i < AGENDA_LIST_COUNT; i++)
		lines(k, lists[i], a->lists[i].lines, a->lists[i].n, i == AGENDA_LIST_HELD ? HELD_MOST : SIZE_MAX);
	days(k, "missed_days", a->missed, a->missed_count);
	if (a->challenge)
		challenge_said(k, a->challenge);
	view_text(k->v, "today", day(k, a->at));
	view_text(k->v, "record_head", a->head ? a->head : "");
}
