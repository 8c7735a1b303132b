#include "judgement/plan_inner.h"

#include <stdlib.h>
#include <string.h>

#include "judgement/when.h"

static utc later(utc a, utc b)
{
	return a > b ? a : b;
}

bool plan_offset(const char *words, const struct worktime *w, utc from, utc *out)
{
	const char *s = words;
	char *unit;
	long n;
	int sign = 1;
	int32_t day = zone_day(w->zone, from);
	struct civil c = zone_civil(w->zone, from);
	int minute = c.hour * 60 + c.minute;

	if (*s == '-' || *s == '+')
		sign = *s++ == '-' ? -1 : 1;
	if (*s < '0' || *s > '9')
		return false;
	n = strtol(s, &unit, 10);
	if (n > 1000)
		return false;
	n *= sign;
	if (!*unit && n == 0) {
		*out = from;
	} else if (strcmp(unit, "bd") == 0 || strcmp(unit, "wd") == 0) {
		*out = zone_at(w->zone, workday_add(w, day, (int)n), minute);
	} else if (strcmp(unit, "d") == 0 || strcmp(unit, "w") == 0) {
		*out = zone_at(w->zone, day + (int32_t)n * (*unit == 'w' ? 7 : 1), minute);
	} else if (strcmp(unit, "h") == 0) {
		*out = from + n * 3600;
	} else if (strcmp(unit, "min") == 0) {
		*out = from + n * 60;
	} else {
		return false;
	}
	return true;
}

/* The moment of "0": the due time itself, for it is the owner's word; but what is due at the end of a day is reminded of at
 * its start, when there is still a day to do it in. */
static utc at_due(const struct commitment *m, const struct worktime *w)
{
	struct civil c = zone_civil(w->zone, m->due);
	utc morning = zone_at(w->zone, zone_day(w->zone, m->due), w->hour);

	return c.hour * 60 + c.minute >= w->eod && morning > m->due_set ? morning : m->due;
}

/* The first of the policy's reminders strictly after `after`; then one each `every`. */
static utc next_reminder(const struct dossier *d, utc after, const char **rule)
{
	const struct worktime *w = &d->commitment.owner->time;
	utc base = at_due(&d->commitment, w), best = 0, last = base, t;

	*rule = "";
	for (size_t i = 0; i < d->policy->remind.n; i++) {
		const char *words = d->policy->remind.list[i];

		if (!plan_offset(words, w, base, &t))
			continue;
		if (t != base)
			t = worktime_next(w, t);
		last = later(last, t);
		if (t > after && (!best || t < best)) {
			best = t;
			*rule = t < base ? "policy remind, before due" : t == base ? "policy remind, at due" : "policy remind, after due";
		}
	}
	if (best)
		return best;
	*rule = "policy every";
	if (!plan_offset(d->policy->every, w, later(after, last), &t) || t <= after)
		t = later(after, last) + 7 * 86400;
	return worktime_next(w, t);
}

/* An agenda before the owner's hour takes along what is to come at that hour. */
static utc agenda_reminded(const struct dossier *d, utc at)
{
	const struct worktime *w = &d->commitment.owner->time;

	return later(at, zone_at(w->zone, zone_day(w->zone, at), w->hour));
}

struct step plan_reminder(const struct dossier *d, utc now)
{
	const struct commitment *m = &d->commitment;
	utc last = 0, next;
	int reminders = 0;
	const char *rule = "", *why = "";

	if ((m->state != COMMITMENT_OPEN && m->state != COMMITMENT_WAITING) || !m->acknowledged)
		return plan_nothing(0, "reminded of is what is open, once it was acknowledged");
	if (m->noreply && d->answered)
		return plan_nothing(0, "only to be reminded of if they do not answer, and they have answered");
	for (size_t i = 0; i < d->past_count; i++)
		if ((d->past[i].kind == MAIL_REMINDER || d->past[i].kind == MAIL_AGENDA) && d->past[i].at >= m->due_set) {
			reminders++;
			last = later(last, d->past[i].kind == MAIL_AGENDA ? agenda_reminded(d, d->past[i].at) : d->past[i].at);
		}
	if (reminders >= d->policy->limit)
		return plan_nothing(0, "reminded as often as the policy allows; it stays in the list and in the weekly review");
	if (m->snoozed > last) {
		next = m->snoozed;
		rule = "snoozed until then";
	} else {
		next = next_reminder(d, later(later(last, m->due_set), m->snoozed), &rule);
	}
	if (d->paused > next) {
		next = worktime_next(&m->owner->time, d->paused);
		rule = "paused until then";
	}
	if (next <= now) {
		utc leave = worktime_leave(&m->owner->time, next, now);

		if (leave > now) { /* late: kept was down, or could not */
			next = leave;
			rule = "late, and not in quiet hours or on a day off";
		}
	}
	if (next > now) {
		struct step s = plan_nothing(next, next < m->due ? "a reminder before it is due" : "a reminder when it is due and not done");

		s.rule = rule;
		return s;
	}
	why = now < m->due ? "it will be due soon" :
	      now <= worktime_late(&m->owner->time, m->due) ? "it is due and not done" : "it is overdue";
	return (struct step){ .kind = MAIL_REMINDER, .at = next, .final = reminders + 1 >= d->policy->limit, .why = why, .rule = rule };
}

utc plan_reminded(const struct dossier *d, utc now)
{
	struct step s = plan_reminder(d, now);

	return s.kind == MAIL_NONE ? s.at : later(s.at, now + 1);
}

/* Of two that are to come, the earlier. */
static struct step earlier(struct step a, struct step b)
{
	return b.at && (!a.at || b.at < a.at) ? b : a;
}

struct step plan(const struct dossier *d, const struct conf *c, utc now)
{
	const struct commitment *m = &d->commitment;
	struct step outside, own, team;

	if (m->state == COMMITMENT_CANDIDATE)
		return plan_nothing(0, "a candidate: shown in the weekly review, nothing is sent by itself");
	if (m->state != COMMITMENT_OPEN && m->state != COMMITMENT_WAITING) {
		team = plan_team(d, c, now);
		if (team.kind != MAIL_NONE)
			return team;
	}
	if (m->state == COMMITMENT_KEPT)
		return plan_nothing(0, "kept: nothing more to do");
	if (m->state == COMMITMENT_CANCELLED)
		return plan_nothing(0, "called off: nothing more to do");
	if (!m->acknowledged)
		return (struct step){ .kind = MAIL_ACKNOWLEDGEMENT, .at = now, .why = "it was just logged", .rule = "" };
	team = plan_team(d, c, now);
	if (team.kind != MAIL_NONE)
		return team;
	outside = plan_outside(d, now);
	if (outside.kind != MAIL_NONE || m->state == COMMITMENT_DELIVERED)
		return outside;
	own = plan_reminder(d, now);
	return own.kind != MAIL_NONE ? own : earlier(earlier(own, outside), team);
}

const char *plan_rule(struct pool *p, const struct dossier *d, const struct step *s)
{
	return text_starts(s->rule, "policy ") ? pool_print(p, "policy.%s.%s", d->policy->key, s->rule + strlen("policy ")) : s->rule;
}

bool plan_stands(const struct dossier *d, enum mail_kind kind, utc made, utc now)
{
	const struct commitment *m = &d->commitment;

	if (mail_kind_whom(kind) == WHOM_OUTSIDE)
		return plan_outside_stands(d, kind, made, now);
	if (kind != MAIL_REMINDER)
		return true;
	return commitment_is_live(m->state) && m->due_set < made && m->snoozed <= made && d->paused <= now && !(m->noreply && d->answered);
}

size_t plan_ahead(const struct dossier *d, const struct conf *c, utc now, utc till, struct step *out, size_t room)
{
	enum { ROUNDS = 2000 };
	struct pool *p = pool_new();
	struct dossier ahead = *d;
	size_t n = 0;

	ahead.past = pool_list(p, d->past_count + 1, sizeof *ahead.past);
	for (size_t i = 0; i < d->past_count; i++)
		ahead.past[i] = d->past[i];
	for (int i = 0; i < ROUNDS && n < room; i++) {
		struct step s = plan(&ahead, c, now);
		struct past *list;

		if (s.kind == MAIL_NONE) {
			if (s.at <= now || s.at > till || s.close)
				break;
			now = s.at;
			continue;
		}
		s.at = now;
		out[n++] = s;
		if (s.kind == MAIL_ACKNOWLEDGEMENT)
			ahead.commitment.acknowledged = now;
		list = pool_list(p, ahead.past_count + 1, sizeof *list);
		if (ahead.past_count)
			memcpy(list, ahead.past, ahead.past_count * sizeof *list);
		list[ahead.past_count++] = (struct past){ now, s.kind, PAST_LEFT, s.to };
		ahead.past = list;
	}
	pool_end(&p);
	return n;
}

static void wrong(struct pool *p, struct conf_errors *errors, const struct policy *y, const char *what)
{
	*(const char **)pool_more(p, &errors->list, errors->n, sizeof(char *)) =
		pool_print(p, "%s:%d: policy %s: %s", y->at.file, y->at.line, y->key, what);
	errors->n++;
}

/* `prepare` takes all but the last; `auto` that too, which somebody else's hand prepares. */
static const char *const automatic[] = { "receipt", "progress", "delay", "delivery", "aftercare", "invitation", NULL };

static void check_kinds(struct pool *p, const struct policy *y, const char *key, const struct strings *kinds, struct conf_errors *errors)
{
	bool all = strcmp(key, "auto") == 0;

	for (size_t i = 0; i < kinds->n; i++) {
		const char *near = text_nearest(kinds->list[i], (const char **)automatic);
		bool is = false;

		for (size_t k = 0; automatic[k + !all]; k++)
			is |= strcmp(automatic[k], kinds->list[i]) == 0;
		if (!is)
			wrong(p, errors, y, pool_print(p, "%s: \"%s\" is no mail that is prepared%s%s; allowed are receipt, progress, delay, delivery, aftercare%s",
						       key, kinds->list[i], near ? "; did you mean " : "", near ? near : "", all ? ", invitation" : ""));
	}
}

static void check_outside(struct pool *p, const struct policy *y, const struct worktime *w, struct conf_errors *errors)
{
	const struct { const char *key, *words; bool before; } offsets[] = {
		{ "progress", y->progress, false }, { "aftercare", y->aftercare, false }, { "close", y->close, false }, { "team_due", y->team_due, true },
	};
	utc t;

	check_kinds(p, y, "prepare", &y->prepare, errors);
	check_kinds(p, y, "auto", &y->automatic, errors);
	for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++)
		if (!plan_offset(offsets[i].words, w, 0, &t) || (offsets[i].before ? t > 0 : t < 0))
			wrong(p, errors, y, pool_print(p, "%s = \"%s\": needed is a distance, as %s", offsets[i].key, offsets[i].words,
						       offsets[i].before ? "-2bd, -1d" : "+1bd, +1w"));
}

bool plan_check(struct pool *p, const struct conf *c, struct conf_errors *errors)
{
	struct worktime w = worktime_default(zone_fixed(p, 0));
	size_t before = errors->n;
	struct err e;
	utc t;

	for (size_t i = 0; i < c->policy_count; i++) {
		const struct policy *y = &c->policies[i];

		if (!when_is(p, y->due, false, &e))
			wrong(p, errors, y, pool_print(p, "due = \"%s\": %s", y->due, e.text));
		for (size_t r = 0; r < y->remind.n; r++)
			if (!plan_offset(y->remind.list[r], &w, 0, &t))
				wrong(p, errors, y, pool_print(p, "remind: \"%s\" is no distance from the due time; allowed are 0, -1bd, +3bd, +2d, +1w, +4h", y->remind.list[r]));
		if (!plan_offset(y->every, &w, 0, &t) || t <= 0)
			wrong(p, errors, y, pool_print(p, "every = \"%s\": needed is a distance, as 1w, 3bd", y->every));
	}
	for (size_t i = 0; i < c->policy_count; i++)
		check_outside(p, &c->policies[i], &w, errors);
	plan_checkin_check(p, c, errors);
	return errors->n == before;
}

/* Does one of them stand in the text, letters large or small? None: any text will do. */
static bool has_one(struct pool *p, const struct strings *words, const char *text)
{
	const char *folded = text_fold(p, text);
	bool has = !words->n;

	for (size_t i = 0; i < words->n && !has; i++)
		has = strstr(folded, text_fold(p, words->list[i])) != NULL;
	return has;
}

static bool is_one(const struct strings *list, const char *word)
{
	bool is = !list->n;

	for (size_t i = 0; i < list->n && !is; i++)
		is = strcmp(list->list[i], word) == 0;
	return is;
}

const char *plan_policy(struct pool *p, const struct conf *c, const struct commitment *m, const struct contact *who)
{
	for (size_t i = 0; i < c->policy_count; i++) {
		const struct policy *y = &c->policies[i];

		if (!y->of_owners.n && !y->of_stages.n && !y->of_teams.n && !y->of_words.n)
			continue;
		if (is_one(&y->of_owners, m->owner->key) && is_one(&y->of_stages, contact_stage_name(who->stage)) && is_one(&y->of_teams, m->team) &&
		    has_one(p, &y->of_words, pool_print(p, "%s\n%s", m->what, m->words)))
			return y->key;
	}
	return m->owner->policy;
}
