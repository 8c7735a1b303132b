/* mail about meetings: the invitation to each, what changes it, and the entry in the owner's own calendar */
#include <string.h>

#include "borders/record.h"
#include "judgement/gate.h"
#include "judgement/plan.h"
#include "letters/ical.h"
#include "letters/markup.h"
#include "letters/mime.h"
#include "letters/phrase.h"
#include "work/schedule_inner.h"

/* What bears on mail to one of them. */
static bool dossier_of(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o,
		       const struct checkin *x, const struct addr *a, struct dossier *out, struct err *e)
{
	struct commitment came;
	bool noted, found = false;

	*out = (struct dossier){ .commitment = { .owner = o,
						 .state = COMMITMENT_OPEN,
						 .what = checkin_title(p, x),
						 .words = "",
						 .subject = "",
						 .message_id = "",
						 .team = "",
						 .every = "",
						 .due_words = "",
						 .due_error = "",
						 .note = "",
						 .uid = "",
						 .request = "",
						 .policy = o->policy,
						 .due = x->start } };
	addrs_add(p, &out->commitment.to, a->name, a->address);
	if (!store_contact(q, p, o->key, a, &out->contact, &noted, e) ||
	    (x->commitment && !store_commitment(q, p, c, x->commitment, &came, NULL, &found, e)))
		return false;
	if (found)
		out->commitment.frozen = came.frozen;
	out->policy = conf_policy(c, plan_policy(p, c, &out->commitment, &out->contact));
	return true;
}

/* Those who have got something about it already. */
static bool told(struct sql *q, struct pool *p, int64_t checkin, struct addrs *out, struct err *e)
{
	int64_t *ids;
	size_t n;

	if (!store_checkin_mails(q, p, checkin, false, &ids, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct outgoing o;
		bool found;

		if (!outbox_head(q, p, ids[i], &o, &found, e))
			return false;
		if (found)
			addrs_add(p, out, "", o.recipient);
	}
	return true;
}

/* What waits about it, to `only` or to anybody (NULL), says what is no more so. `whom`: to whom it would have gone. */
static bool withdraw(struct sql *q, struct pool *p, int64_t checkin, const char *only, const char *why,
		     struct addrs *whom, utc now, struct err *e)
{
	int64_t *ids;
	size_t n;

	if (!store_checkin_mails(q, p, checkin, true, &ids, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct outgoing o;
		bool found;

		if (!outbox_head(q, p, ids[i], &o, &found, e))
			return false;
		if (!found || (only && !addr_same(o.recipient, only)))
			continue;
		if (whom)
			addrs_add(p, whom, "", o.recipient);
		if (!schedule_withdraw(q, p, &o, 0, why, now, e))
			return false;
	}
	return true;
}

/* What one of them gets, who was told of it before, or for whom something waited. false in `any`: nothing. */
static struct meeting object_for(const struct checkin *x, const struct schedule_meeting *m, bool was_told, bool waited,
				 bool *any)
{
	struct meeting t = { .c = x, .method = m->method, .recurrence = m->recurrence, .was = m->was };
	bool cancel = strcmp(m->method, "CANCEL") == 0;

	*any = was_told || !cancel || (m->recurrence && waited);
	if (m->recurrence && (waited || !was_told) &&
	    strcmp(m->method, "DECLINECOUNTER") != 0) { /* what they do not have yet: the whole as it is now */
		t.recurrence = 0;
		t.method = "REQUEST";
	}
	if (!was_told)
		t.was = 0;
	return t;
}

/* The one that says just that and waits likewise. */
static struct schedule_waiting *alike(struct schedule_waiting *all, size_t n, const struct letter *l, utc leaves)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].leaves == leaves && strcmp(all[i].subject, l->subject) == 0 && strcmp(all[i].text, l->full) == 0)
			return &all[i];
	return NULL;
}

bool schedule_meeting_waits(struct sql *q, struct pool *p, const struct checkin *x, struct schedule_waiting **out, size_t *n, struct err *e)
{
	int64_t *ids;
	size_t count;

	*out = NULL;
	*n = 0;
	if (!store_checkin_mails(q, p, x->id, true, &ids, &count, e))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct checkin_attendee *who;
		struct schedule_waiting *w;
		struct outgoing o;
		struct letter l;
		utc leaves;
		bool found;

		if (!outbox_get(q, p, ids[i], &o, &found, e))
			return false;
		if (!found)
			continue;
		leaves = o.state == OUTBOX_HELD ? 0 : o.try_at;
		mime_read(p, o.bytes, o.n, &l);
		if (!(w = alike(*out, *n, &l, leaves))) {
			w = pool_more(p, out, (*n)++, sizeof **out);
			*w = (struct schedule_waiting){ .subject = l.subject, .text = l.full, .leaves = leaves };
		}
		*(int64_t *)pool_more(p, &w->ids, w->to.n, sizeof *w->ids) = o.id;
		who = checkin_attendee(x, o.recipient, 0);
		addrs_add(p, &w->to, who ? who->name : "", o.recipient);
	}
	return true;
}

struct asking {
	bool any;              /* one is held */
	struct meeting object; /* … the first, and of what */
};

static bool one(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, const struct meeting *t,
		const struct addr *a, const struct schedule_meeting *m, struct asking *ask,
		struct schedule_invited *out, utc now, struct err *e)
{
	struct outside words = { .substance = "", .own_text = m->own_text, .team = "", .with = "" };
	struct dossier d;
	struct compose_in in = { .conf = c,
				 .owner = o,
				 .kind = MAIL_INVITATION,
				 .dossiers = &d,
				 .dossier_count = 1,
				 .outside = &words,
				 .meeting = t };
	struct outgoing made;
	struct verdict v = { .kind = GATE_NOW };
	struct findings seen = { 0 };
	const char *bar;
	bool automatic, looks;
	utc at;

	if (!dossier_of(q, p, c, o, t->c, a, &d, e))
		return false;
	if ((bar = plan_barred(&d))) {
		addrs_add(p, &out->barred, a->name, a->address);
		out->why = bar;
		return true;
	}
	/* who is away reads it when they are back, but not after it was */
	at = d.contact.absent > now && d.contact.absent < t->c->start ? worktime_next(&o->time, d.contact.absent) : 0;
	automatic = m->send || (!m->own_text && plan_is_automatic(&d, MAIL_INVITATION));
	if (!schedule_queue(q, p, &in, &(struct queue_as){ .why = m->why, .checkin = t->c->id }, &made, now, e) ||
	    (automatic && !schedule_look(q, p, c, &made, now, &seen, e)))
		return false;
	looks = !seen.block;
	if (m->send && !schedule_often(q, p, c, &made, at ? at : now, &seen, e))
		return false;
	for (size_t i = 0; automatic && i < seen.n && !*out->finding; i++)
		if (seen.list[i].blocks)
			out->finding = seen.list[i].says, out->told = seen.list[i].told;
	if (looks && seen.block && made.state == OUTBOX_HELD) { /* it is said: the next word sends it */
		made.word = WORD_REFUSED;
		if (!outbox_settle(q, &made, OUTBOX_HELD, now, out->finding, e))
			return false;
	}
	if (automatic && !seen.block && made.state == OUTBOX_HELD &&
	    !schedule_release(q, p, c, &made, m->send ? "send" : "auto", at, now, &v, e))
		return false;
	if (made.state == OUTBOX_HELD) {
		if (!ask->any)
			ask->any = true, ask->object = *t;
		addrs_add(p, &out->held, a->name, a->address);
	} else {
		addrs_add(p, &out->leave, a->name, a->address);
		out->at = made.try_at > out->at ? made.try_at : out->at;
	}
	return true;
}

bool schedule_meeting(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o,
		      const struct checkin *x, const struct schedule_meeting *m, struct schedule_invited *out, utc now,
		      struct err *e)
{
	struct addrs people = checkin_people(p, x), had = { 0 }, waited = { 0 };
	struct asking ask = { .any = false };
	const char *why = m->why;

	*out = (struct schedule_invited){ .why = "", .finding = "", .told = "" };
	if (!told(q, p, x->id, &had, e) ||
	    !withdraw(q, p, x->id, m->only, "the meeting was changed since", &waited, now, e))
		return false;
	for (size_t i = 0; i < people.n; i++) {
		const struct addr *a = &people.list[i];
		struct meeting t;
		bool any;

		if (m->only && !addr_same(a->address, m->only))
			continue;
		t = object_for(x, m, addrs_has(&had, a->address), addrs_has(&waited, a->address), &any);
		if (any && !one(q, p, c, o, &t, a, m, &ask, out, now, e))
			return false;
	}
	if (ask.any && strcmp(ask.object.method, m->method) != 0)
		why = "it was changed"; /* of one called off, who did not have the series gets it without that one */
	return !ask.any || schedule_ask_meeting(q, p, c, o, &ask.object, why, now, e);
}

bool schedule_entry(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, struct checkin *x,
		    const char *subject, const char *text, utc now, struct err *e)
{
	struct meeting t = { .c = x, .method = checkin_is_live(x->state) ? "REQUEST" : "CANCEL" };
	struct compose_in in = { .conf = c,
				 .owner = o,
				 .kind = MAIL_NOTICE,
				 .calendar = true,
				 .meeting = &t,
				 .notice_subject = subject,
				 .notice = text };

	x->entry = checkin_is_live(x->state) ? x->sequence : -1;
	return store_checkin_save(q, x, e) &&
	       schedule_queue(q, p, &in, &(struct queue_as){ .why = subject, .checkin = x->id }, NULL, now, e);
}

bool schedule_checkin_left(struct sql *q, struct pool *p, const struct conf *c, const struct outgoing *sent, utc now,
			   struct err *e)
{
	const struct owner *o = conf_owner(c, sent->owner);
	struct checkin x;
	struct addrs people;
	const char *names;
	bool found;

	if (!o || !store_checkin(q, p, sent->checkin, &x, &found, e))
		return !o;
	if (!found || !checkin_is_live(x.state))
		return true;
	if (x.state == CHECKIN_PROPOSED)
		x.state = CHECKIN_INVITED;
	if (x.entry >= x.sequence)
		return store_checkin_save(q, &x, e);
	people = checkin_people(p, &x);
	names = phrase_names(p, o->language, &people);
	return schedule_entry(
		q, p, c, o, &x,
		pool_print(p, phrase_of(o->language, x.entry < 0 ? "Invited: %s, %s" : "Told of the change: %s, %s"), names,
			   phrase_time_short(p, o->language, o->time.zone, x.start, now)),
		pool_print(p,
			   phrase_of(o->language, x.entry < 0
				? "The invitation to %s went out for “%s”, %s. The entry for your own calendar comes along.\n\nTo "
				  "change it, answer `at` and another time, or `cancel`. `kept checkin show %lld` shows what they "
				  "answer.\n"
				: "The change to %s went out for “%s”, %s. The entry for your own calendar comes along.\n\nTo change "
				  "it, answer `at` and another time, or `cancel`. `kept checkin show %lld` shows what they answer.\n"),
			   markdown_quote(p, names, WHAT_MOST), markdown_quote(p, checkin_title(p, &x), WHAT_MOST),
			   phrase_time(p, o->language, o->time.zone, x.start), (long long)x.id),
		now, e);
}

/* Why a mail to one of those invited must not leave now. */
struct bar {
	const char *why; /* NULL: it may */
	utc back;        /* they are away until then; 0 */
	bool returned;   /* their address is the reason alone: once that works, the mail is as good as it was */
};

static bool barred(struct sql *q, struct pool *p, const struct conf *c, const struct outgoing *o, struct bar *out,
		   utc now, struct err *e)
{
	const struct owner *owner = conf_owner(c, o->owner);
	struct checkin x;
	struct dossier d;
	bool found, bounced;

	*out = (struct bar){ .why = NULL };
	if (!owner || !store_checkin(q, p, o->checkin, &x, &found, e))
		return !owner;
	if (!found)
		return true;
	if (!dossier_of(q, p, c, owner, &x, &(struct addr){ "", o->recipient }, &d, e))
		return false;
	bounced = d.contact.bounced;
	d.contact.bounced = false;
	out->why = checkin_is_live(x.state) && !*x.rrule && x.start <= now ? "the meeting is over" : plan_barred(&d);
	if (bounced && !out->why) {
		out->returned = true;
		out->why = "mail to their address came back";
	}
	if (d.contact.absent > now && d.contact.absent_since >= o->made && d.contact.absent < x.start)
		out->back = worktime_next(&owner->time, d.contact.absent);
	return true;
}

bool schedule_checkin_stands(struct sql *q, struct pool *p, const struct conf *c, const struct outgoing *o, utc now,
			     bool *stands, struct err *e)
{
	struct outgoing mail = *o;
	struct bar bar;

	if (!barred(q, p, c, o, &bar, now, e))
		return false;
	*stands = !bar.why && !bar.back;
	if (bar.returned)
		return outbox_settle(q, &mail, OUTBOX_HELD, now, bar.why, e);
	if (bar.why)
		return schedule_withdraw(q, p, &mail, 0, bar.why, now, e);
	if (!bar.back)
		return true;
	mail.try_at = bar.back;
	return outbox_settle(q, &mail, mail.state, now, "they are away until then", e);
}

bool schedule_checkins_stop(struct sql *q, struct pool *p, const struct conf *c, const char *owner, const char *address,
			    utc now, struct err *e)
{
	struct checkin *list;
	size_t n;

	if (!store_checkins_with(q, p, owner, address, &list, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		int64_t *ids;
		size_t count;

		if (!store_checkin_mails(q, p, list[i].id, true, &ids, &count, e))
			return false;
		for (size_t k = 0; k < count; k++) {
			struct outgoing o;
			bool found, stands;

			if (!outbox_head(q, p, ids[k], &o, &found, e) ||
			    (found && addr_same(o.recipient, address) &&
			     !schedule_checkin_stands(q, p, c, &o, now, &stands, e)))
				return false;
		}
	}
	return true;
}
