/* what the team that a promise was given to is asked, and when */
#include "judgement/plan_inner.h"

#include <string.h>

enum { APART = 86400 / 2 /* between two mails to it */, NAGS_MOST = 3 };

/* Around the day that it is needed by; then the owner is told. */
static const char *const nags[] = { "-1bd", "+1bd", "+2bd" }, *const tell = "+3bd";

static bool is_open(const struct commitment *m)
{
	return m->state == COMMITMENT_OPEN || m->state == COMMITMENT_WAITING;
}

static bool is_to(const struct past *x, enum mail_kind kind, const char *address)
{
	return x->kind == kind && x->to && addr_same(x->to, address);
}

/* The newest mail of that kind to that team since it was given the promise; 0: none. */
static utc newest(const struct dossier *d, enum mail_kind kind, const char *address)
{
	utc at = 0;

	for (size_t i = 0; i < d->past_count; i++)
		if (is_to(&d->past[i], kind, address) && d->past[i].at >= d->commitment.team_since &&
		    d->past[i].at > at)
			at = d->past[i].at;
	return at;
}

utc plan_team_asked(const struct dossier *d, const struct team *team)
{
	return newest(d, MAIL_REQUEST, team->address);
}

utc plan_team_due(const struct dossier *d, utc asked)
{
	const struct commitment *m = &d->commitment;
	const struct worktime *w = &m->owner->time;
	utc least = zone_at(w->zone, workday_add(w, zone_day(w->zone, asked), 1), w->eod), t;

	if (!plan_offset(d->policy->team_due, w, m->due, &t) || t < least)
		t = least;
	return t >= m->due && m->due > asked ? asked + (m->due - asked) / 2 : t;
}

/* One that was asked, does not have it any more, and was not told so; NULL: there is none. */
static const char *needless(const struct dossier *d, const struct team *team)
{
	for (size_t i = 0; i < d->past_count; i++) {
		const struct past *x = &d->past[i];
		bool told = false;

		if (x->kind != MAIL_REQUEST || !x->to ||
		    (team && is_open(&d->commitment) && addr_same(team->address, x->to)))
			continue;
		for (size_t k = i + 1; k < d->past_count; k++)
			told |= is_to(&d->past[k], MAIL_THANKS, x->to);
		if (!told)
			return x->to;
	}
	return NULL;
}

static struct step step_at(struct step s, utc at, utc now)
{
	s.at = at;
	if (at > now) {
		s.next = s.kind;
		s.kind = MAIL_NONE;
	}
	return s;
}

/* The owner hears once that the team is silent. */
static struct step plan_tell(const struct dossier *d, utc needed, utc last, utc now)
{
	const struct commitment *m = &d->commitment;
	const struct worktime *w = &m->owner->time;
	struct step s = { .kind = MAIL_NOTICE,
			  .why = "the team was asked and reminded, and has not answered",
			  .rule = "policy team_due" };
	utc at, t = last;

	if (!plan_offset(tell, w, needed, &at) || (plan_offset("+1bd", w, last, &t) && at < t))
		at = t;
	if (at < m->team_until)
		at = m->team_until;
	at = worktime_next(w, at);
	for (size_t i = 0; i < d->past_count; i++)
		if (d->past[i].kind == MAIL_NOTICE && d->past[i].at >= at)
			return plan_nothing(
				0, "the team was asked and reminded, and you were told that it does not answer");
	return step_at(s, at, now);
}

static struct step plan_nag(const struct dossier *d, const struct team *team, utc asked, utc now)
{
	const struct commitment *m = &d->commitment;
	const struct worktime *w = &m->owner->time;
	utc needed = plan_team_due(d, asked), last = newest(d, MAIL_NAG, team->address), at = 0, t;
	struct step s = { .kind = MAIL_NAG, .to = team->address, .rule = "policy team_due" };
	int count = 0;

	for (size_t i = 0; i < d->past_count; i++)
		count += is_to(&d->past[i], MAIL_NAG, team->address) && d->past[i].at >= m->team_since;
	if (last < asked)
		last = asked;
	for (size_t i = 0; i < sizeof nags / sizeof *nags && !at; i++)
		if (plan_offset(nags[i], w, needed, &t) && t > last + APART)
			at = t;
	if (m->team_until > last && (!at || at < m->team_until)) /* they said by when */
		at = m->team_until;
	if (!at || count >= NAGS_MOST)
		return plan_tell(d, needed, last, now);
	at = worktime_next(w, at);
	s.why = at <= worktime_late(w, needed) ? "the team's answer is needed soon" : "the team has not answered";
	return step_at(s, at, now);
}

struct step plan_team(const struct dossier *d, const struct conf *c, utc now)
{
	const struct commitment *m = &d->commitment;
	const struct team *team = *m->team && m->team_since ? conf_team(c, m->team) : NULL;
	const char *old = needless(d, team);
	utc asked;

	if (old)
		return (struct step){ .kind = MAIL_THANKS,
				      .at = now,
				      .to = old,
				      .why = "it is not needed from them any more",
				      .rule = "" };
	if (!team || !is_open(m) || m->team_answered)
		return plan_nothing(0, "");
	asked = plan_team_asked(d, team);
	if (!asked)
		return (struct step){ .kind = MAIL_REQUEST,
				      .at = now,
				      .to = team->address,
				      .why = "it was given to this team",
				      .rule = "" };
	return plan_nag(d, team, asked, now);
}

bool plan_team_stands(const struct dossier *d, const struct conf *c, enum mail_kind kind, const char *to, utc made,
		      utc now)
{
	const struct commitment *m = &d->commitment;
	const struct team *team = *m->team ? conf_team(c, m->team) : NULL;

	if (kind != MAIL_REQUEST && kind != MAIL_NAG)
		return true;
	return team && is_open(m) && addr_same(team->address, to) && made >= m->team_since && !m->team_answered &&
	       !(kind == MAIL_NAG && m->team_until > now);
}
