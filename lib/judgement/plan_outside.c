/* what the other person should hear: receipt, progress, delay, delivery, aftercare */
#include "judgement/plan_inner.h"

#include <string.h>

enum { RECIPIENTS_MOST = 20 /* of one mail */, DAY = 86400, FRESH = 2 * DAY /* a receipt tells of what was just promised */, STALE = 14 * DAY /* nobody wants it that late */ };

static bool names(const struct strings *kinds, enum mail_kind kind)
{
	for (size_t i = 0; i < kinds->n; i++)
		if (strcmp(kinds->list[i], mail_kind_name(kind)) == 0)
			return true;
	return false;
}

static bool prepares(const struct policy *y, enum mail_kind kind)
{
	return names(&y->prepare, kind);
}

bool plan_is_automatic(const struct dossier *d, enum mail_kind kind)
{
	bool all = true;

	for (size_t i = 0; i <= d->also_count; i++)
		all &= names(i ? &d->also[i - 1].automatic : &d->contact.automatic, kind);
	return d->policy->outside == OUTSIDE_AUTO || names(&d->policy->automatic, kind) || all;
}

bool plan_asks_after(const struct policy *y)
{
	return y->outside != OUTSIDE_NEVER && prepares(y, MAIL_AFTERCARE);
}

/* The newest mail of that kind; 0: none was made. */
static utc newest(const struct dossier *d, enum mail_kind kind)
{
	utc at = 0;

	for (size_t i = 0; i < d->past_count; i++)
		if (d->past[i].kind == kind && d->past[i].at > at)
			at = d->past[i].at;
	return at;
}

static bool is_skipped(const struct dossier *d, enum mail_kind kind)
{
	bool is = false;

	for (size_t i = 0; i < d->past_count; i++)
		if (d->past[i].kind == kind)
			is = d->past[i].how == PAST_SKIPPED;
	return is;
}

/* ---- those it was promised to ---- */

/* What is noted of one of them. */
static const struct contact *person(const struct dossier *d, size_t i)
{
	static const struct contact nobody = { .zone = "" };

	return i == 0 ? &d->contact : i <= d->also_count ? &d->also[i - 1] : &nobody;
}

static const char *barred(const struct contact *who)
{
	return who->segment == CONTACT_SEGMENT_NONE	  ? "their segment is none: nothing is prepared for them" :
	       who->consent == CONTACT_CONSENT_NEVER ? "they do not want to be written to" :
	       who->bounced			  ? "mail to their address came back" : NULL;
}

/* Why the one of that place gets nothing; NULL: they may be written to. */
static const char *barred_at(const struct dossier *d, size_t i)
{
	const char *why = barred(person(d, i));

	return why || addr_ascii(d->commitment.to.list[i].address) ? why : "I cannot write to an address that has letters outside ASCII";
}

const char *plan_barred(const struct dossier *d)
{
	size_t free = 0;

	if (!d->commitment.to.n)
		return "nobody to write to is known";
	if (d->policy->outside == OUTSIDE_NEVER)
		return "the policy prepares nothing for others";
	for (size_t i = 0; i < d->commitment.to.n; i++)
		free += !barred_at(d, i);
	if (!free)
		return barred_at(d, 0);
	if (d->commitment.frozen)
		return "a possible adverse event was mentioned: nothing goes outside until you answer `safety reported` or `safety no`";
	return NULL;
}

/* Until when all that may be written to are away: the first who is back; 0: somebody is there. */
static utc all_away(const struct dossier *d, utc now)
{
	utc back = 0;

	for (size_t i = 0; i < d->commitment.to.n; i++) {
		const struct contact *who = person(d, i);

		if (barred_at(d, i))
			continue;
		if (who->absent <= now)
			return 0;
		back = !back || who->absent < back ? who->absent : back;
	}
	return back;
}

struct addrs plan_recipients(struct pool *p, const struct dossier *d, utc now, struct contact *contact, struct strings *left_out)
{
	const struct addrs *to = &d->commitment.to;
	bool away = all_away(d, now) > now;
	struct addrs out = { 0 };

	for (size_t i = 0; i < to->n; i++) {
		const struct contact *who = person(d, i);
		const char *name = who->name && *who->name ? who->name : to->list[i].name ? to->list[i].name : "", *why = barred_at(d, i);

		if (!why && !away && who->absent > now)
			why = "they are away";
		if (!why && out.n == RECIPIENTS_MOST)
			why = "it goes to so many already";
		if (!why && !out.n)
			*contact = *who;
		if (!why)
			addrs_add(p, &out, addr_called(name, ""), to->list[i].address);
		else if (left_out)
			*(const char **)pool_more(p, &left_out->list, left_out->n++, sizeof why) =
				pool_print(p, "It was promised to %s too, who is left out: %s.", addr_called(name, to->list[i].address), why);
	}
	return out;
}

const char *plan_person_barred(const struct dossier *d, const char *address, utc made)
{
	for (size_t i = 0; i < d->commitment.to.n; i++) {
		const struct contact *who = person(d, i);

		if (!addr_same(d->commitment.to.list[i].address, address))
			continue;
		return barred_at(d, i) ? barred_at(d, i) : who->absent > made && who->absent_since >= made ? "they are away" : NULL;
	}
	return "it is not promised to them";
}

bool plan_is_overtaken(enum mail_kind waits, enum mail_kind comes)
{
	return (comes == MAIL_DELIVERY && (waits == MAIL_RECEIPT || waits == MAIL_PROGRESS || waits == MAIL_DELAY)) ||
	       (comes == MAIL_PROGRESS && waits == MAIL_RECEIPT);
}

/* A share is no step on the way to what was promised, and keeps none back. */
static bool has_waiting(const struct dossier *d, enum mail_kind comes)
{
	for (size_t i = 0; i < d->past_count; i++)
		if (mail_kind_whom(d->past[i].kind) == WHOM_OUTSIDE && d->past[i].kind != MAIL_SHARE && d->past[i].how == PAST_WAITING &&
		    !plan_is_overtaken(d->past[i].kind, comes))
			return true;
	return false;
}

bool plan_day_passed(const struct dossier *d, enum mail_kind kind, utc made, utc now)
{
	utc late = worktime_late(&d->commitment.owner->time, d->commitment.due);

	return (kind == MAIL_RECEIPT || kind == MAIL_PROGRESS || kind == MAIL_DELAY) && made < late && now >= late;
}

/* What waits for a word is looked at again when the day that it names has passed. */
static struct step waits(const struct dossier *d, utc now)
{
	utc late = worktime_late(&d->commitment.owner->time, d->commitment.due);
	bool names = false;

	for (size_t i = 0; i < d->past_count; i++)
		names |= d->past[i].how == PAST_WAITING && plan_day_passed(d, d->past[i].kind, d->past[i].at, late);
	return plan_nothing(names && late > now ? late : 0, "a mail to them waits for your word");
}

static struct step mail(enum mail_kind kind, utc at, const char *why, const char *rule)
{
	return (struct step){ .kind = kind, .at = at, .why = why, .rule = rule };
}

/* A moment at that distance, in working hours. */
static utc after(const struct dossier *d, const char *offset, utc from)
{
	const struct worktime *w = &d->commitment.owner->time;
	utc t;

	return worktime_next(w, plan_offset(offset, w, from, &t) && t > from ? t : from);
}

/* Delivered: one question whether it helped, then it counts as kept. */
static struct step plan_delivered(const struct dossier *d, const char *bar)
{
	const struct commitment *m = &d->commitment;
	utc asked = newest(d, MAIL_AFTERCARE);
	struct step s = { .kind = MAIL_NONE, .close = true, .rule = "policy close" };

	if (asked <= m->delivered && !bar && prepares(d->policy, MAIL_AFTERCARE) && d->answered <= m->delivered)
		return mail(MAIL_AFTERCARE, after(d, d->policy->aftercare, m->delivered), "it was delivered: did it help?", "policy aftercare");
	if (d->answered > m->delivered || asked <= m->delivered || is_skipped(d, MAIL_AFTERCARE)) {
		s.at = m->delivered;
		s.why = d->answered > m->delivered ? "delivered, and they answered: it is kept" : "delivered: it is kept";
		return s;
	}
	/* while they are away, the wait for an answer stands still */
	s.at = after(d, d->policy->close, d->contact.absent > asked && d->contact.absent_since < after(d, d->policy->close, asked) ? d->contact.absent : asked);
	s.why = "delivered and asked after: it counts as kept then";
	return s;
}

static struct step plan_open(const struct dossier *d, utc now)
{
	const struct commitment *m = &d->commitment;
	const struct policy *y = d->policy;
	utc late = worktime_late(&m->owner->time, m->told > m->due ? m->told : m->due), told;

	if (m->team_answered > m->made && prepares(y, MAIL_DELIVERY) && newest(d, MAIL_DELIVERY) < m->team_answered)
		return mail(MAIL_DELIVERY, now, "the team has answered", "policy prepare: delivery");
	if (m->told && m->due > m->told && m->due > now && prepares(y, MAIL_DELAY) && newest(d, MAIL_DELAY) < m->due_set)
		return mail(MAIL_DELAY, now, "they were told an earlier day", "policy prepare: delay");
	if ((*m->team || !m->written) && prepares(y, MAIL_RECEIPT) && !newest(d, MAIL_RECEIPT) && m->due > now && now < m->made + FRESH && !d->answered)
		return mail(MAIL_RECEIPT, now, *m->team ? "it was given to a team: they should know by when they hear" : "they have it not in writing yet",
			    "policy prepare: receipt");
	told = newest(d, MAIL_PROGRESS) > newest(d, MAIL_DELAY) ? newest(d, MAIL_PROGRESS) : newest(d, MAIL_DELAY);
	if (m->told && prepares(y, MAIL_PROGRESS) && told < m->due_set) {
		struct step s = mail(MAIL_PROGRESS, after(d, y->progress, late), "it is later than they were told, and they heard nothing", "policy progress");

		if (now < s.at + STALE)
			return s;
	}
	return waits(d, now);
}

struct step plan_outside(const struct dossier *d, utc now)
{
	const struct commitment *m = &d->commitment;
	const char *bar = plan_barred(d);
	struct step s;

	if (m->state == COMMITMENT_DELIVERED)
		s = plan_delivered(d, bar);
	else if (bar || m->noreply)
		return plan_nothing(0, bar ? bar : "");
	else
		s = plan_open(d, now);
	if (s.kind == MAIL_NONE)
		return s;
	if (has_waiting(d, s.kind))
		return waits(d, now);
	if (all_away(d, now) > now && s.at < all_away(d, now)) {
		s.at = worktime_next(&m->owner->time, all_away(d, now));
		s.rule = "they are away until then";
	}
	if (d->paused > s.at)
		s.at = worktime_next(&m->owner->time, d->paused);
	if (s.at > now) {
		s.next = s.kind;
		s.kind = MAIL_NONE;
	}
	return s;
}

bool plan_outside_stands(const struct dossier *d, enum mail_kind kind, utc made, utc now)
{
	const struct commitment *m = &d->commitment;
	bool answered = d->answered > made;

	if (plan_barred(d) || plan_day_passed(d, kind, made, now))
		return false;
	switch (kind) {
	case MAIL_RECEIPT: case MAIL_PROGRESS:
		return (m->state == COMMITMENT_OPEN || m->state == COMMITMENT_WAITING) && m->due_set <= made && !answered;
	case MAIL_DELAY: return (m->state == COMMITMENT_OPEN || m->state == COMMITMENT_WAITING) && m->due_set <= made;
	case MAIL_DELIVERY: return m->state == COMMITMENT_OPEN || m->state == COMMITMENT_WAITING;
	case MAIL_AFTERCARE: return m->state == COMMITMENT_DELIVERED && !answered;
	case MAIL_SHARE: case MAIL_INTRODUCTION: case MAIL_RECAP: case MAIL_INVITATION: return m->state != COMMITMENT_CANCELLED;
	case MAIL_NONE: case MAIL_WELCOME: case MAIL_ACKNOWLEDGEMENT: case MAIL_REMINDER: case MAIL_AGENDA: case MAIL_APPROVAL: case MAIL_BRIEFING:
	case MAIL_PROPOSAL: case MAIL_SWEEP: case MAIL_REQUEST: case MAIL_NAG: case MAIL_THANKS: case MAIL_REVIEW: case MAIL_CHALLENGE: case MAIL_DIGEST: case MAIL_NOTICE:
		break;
	}
	return true;
}
