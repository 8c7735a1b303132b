#include "work/schedule_inner.h"

#include <stdlib.h>
#include <string.h>

#include "borders/record.h"
#include "borders/secret.h"
#include "borders/store.h"
#include "ground/log.h"
#include "judgement/gate.h"
#include "judgement/plan.h"
#include "letters/ical.h"
#include "letters/markup.h"
#include "letters/mime.h"

enum { AT_ONCE = 200, DAY = 86400, LATE_MOST = 200 /* named in one notice */ };

/* ---- one mail into the outbox ---- */

/* Whose hours and days off count for a mail: the owner's, in the place of the one who receives it. */
static bool receiver_of(struct sql *q, struct pool *p, const struct owner *o, const char *address, bool outside,
		       struct owner *out, struct err *e)
{
	struct contact who = { .zone = "" };
	const struct zone *z;
	bool found;

	if (outside && !store_contact(q, p, o->key, &(struct addr){ "", address }, &who, &found, e))
		return false;
	*out = *o;
	z = *who.zone ? zone_named(p, who.zone) : NULL;
	if (z)
		out->time.zone = z;
	return true;
}

bool schedule_gate(struct sql *q, struct pool *p, const struct conf *c, const struct owner *owner, const struct outgoing *o, bool consented,
		   utc meant, utc at, struct verdict *out, utc now, struct err *e)
{
	struct addrs to = addrs_split(p, o->recipient);
	struct checkin x;
	bool found = false;
	utc meets = 0;

	if (o->checkin && !store_checkin(q, p, o->checkin, &x, &found, e))
		return false;
	if (found)
		checkin_next(p, &x, now, &meets, NULL);
	*out = (struct verdict){ .kind = GATE_NOW };
	for (size_t i = 0; i < to.n; i++) {
		struct owner receiver;
		struct traffic t;
		struct verdict v;

		if (!outbox_traffic(q, to.list[i].address, o->kind, o->word, now, &t, e) ||
		    !receiver_of(q, p, owner, to.list[i].address, o->outside, &receiver, e))
			return false;
		t.meets = meets;
		/* what answers what the owner just did does not wait for the morning */
		v = gate(o->answers && !o->outside && mail_kind_whom(o->kind) == WHOM_OWNER ? MAIL_ACKNOWLEDGEMENT : o->kind, &receiver, o->outside,
			  consented, meant, &t, c, at);
		if (!i || v.kind > out->kind || (v.kind == out->kind && v.at > out->at))
			*out = v;
	}
	return true;
}

bool schedule_queue(struct sql *q, struct pool *p, struct compose_in *in, const struct queue_as *as,
		    struct outgoing *out, utc now, struct err *e)
{
	char token[TOKEN_LENGTH + 1];
	struct mail m = { 0 };
	struct outgoing o = { 0 };
	struct addrs to = { 0 };
	struct verdict v;
	const char *seal;
	size_t i = 0;

	secret_token(token);
	in->token = pool_copy(p, token);
	secret_token(token);
	in->id = pool_copy(p, token);
	in->now = now;
	if (!compose(p, in, &m, e) || !mime_write(p, &m, &o.bytes, &o.n, e))
		return false;
	addrs_add(p, &to, "", m.to.address);
	for (; i < m.also.n; i++)
		addrs_add(p, &to, "", m.also.list[i].address);
	o.owner = in->owner->key, o.kind = in->kind, o.recipient = addrs_join(p, &to), o.sender = m.from.s,
	o.outside = m.outside;
	o.answers = as->answers, o.subject = m.subject.s, o.message_id = m.message_id.s, o.token = in->token,
	o.made = now, o.why = as->why;
	o.approves = as->approves, o.word = as->word, o.checkin = as->checkin;
	if (!schedule_gate(q, p, in->conf, in->owner, &o, as->consented, now, now, &v, now, e))
		return false;
	switch (v.kind) {
	case GATE_NOW: o.state = OUTBOX_READY, o.try_at = as->at > now ? as->at : now; break;
	case GATE_LATER: o.state = OUTBOX_READY, o.try_at = as->at > v.at ? as->at : v.at, o.why = v.why; break;
	case GATE_HELD: o.state = OUTBOX_HELD, o.why = v.why; break;
	case GATE_NEVER: o.state = OUTBOX_VOID, o.why = v.why; break;
	}
	o.about = pool_list(p, in->dossier_count + as->remind_count, sizeof *o.about);
	for (i = 0; i < as->remind_count; i++)
		o.about[o.about_count++] = as->reminds[i];
	for (i = 0; i < in->dossier_count; i++)
		if (in->dossiers[i].commitment.id) /* else it is about a meeting alone */
			o.about[o.about_count++] = in->dossiers[i].commitment.id;
	if (!outbox_put(q, &o, e))
		return false;
	seal = record_digest(p, o.bytes, o.n);
	i = 0;
	do {
		struct event v1 = { .owner = o.owner,
				    .word = "queued",
				    .outgoing = o.id,
				    .commitment = o.about_count ? o.about[i] : 0,
				    .detail = record_sealed(p, pool_print(p, "%s: %s", mail_kind_name(o.kind), as->why),
							    seal) };

		if (!record_add(q, &v1, now, e))
			return false;
	} while (++i < o.about_count);
	if (out)
		*out = o;
	return true;
}

static bool queue(struct sql *q, struct pool *p, struct compose_in *in, bool answers, const char *why, utc now,
		  struct err *e)
{
	return schedule_queue(q, p, in, &(struct queue_as){ .why = why, .answers = answers }, NULL, now, e);
}

/* ---- calendar entries ---- */

/* Does the owner's calendar show something else than what is so now? What is delivered is not to be done any more. */
static bool entry_moved(const struct commitment *m)
{
	if (m->state == COMMITMENT_CANDIDATE)
		return false;
	if (!commitment_is_live(m->state) || m->state == COMMITMENT_DELIVERED)
		return m->sequence >= 0 && m->entry_at != 0;
	return m->sequence < 0 || m->entry_at != m->due;
}

static void entry_move(struct commitment *m)
{
	m->sequence++;
	m->entry_at = commitment_is_live(m->state) && m->state != COMMITMENT_DELIVERED ? m->due : 0;
}

/* ---- planning ---- */

struct task {
	struct dossier dossier;
	struct step step;
	struct trust trust;
	bool done;
};

/* Tasks of one mail: same owner, same kind; acknowledgements of the same letter; a final notice stands alone. */
static bool together(const struct task *a, const struct task *b)
{
	const struct commitment *x = &a->dossier.commitment, *y = &b->dossier.commitment;

	if (a == b)
		return true;
	if (a->step.kind != b->step.kind || x->owner != y->owner || a->step.final != b->step.final)
		return false;
	if (a->step.kind == MAIL_ACKNOWLEDGEMENT)
		return x->letter && x->letter == y->letter;
	return a->step.kind == MAIL_REMINDER && !a->step.final;
}

utc schedule_after(struct pool *p, struct dossier d, const struct step *made, const struct conf *c, utc now)
{
	struct past *past = pool_list(p, d.past_count + 1, sizeof *past);
	struct step s;

	if (d.past_count)
		memcpy(past, d.past, d.past_count * sizeof *past);
	past[d.past_count++] = (struct past){ now, made->kind, PAST_LEFT, made->to };
	d.past = past;
	s = plan(&d, c, now);
	return s.kind == MAIL_NONE ? s.at : now + 1;
}

/* A mail to the other person, for the owner's word. */
static bool offer(struct sql *q, struct pool *p, const struct conf *c, struct task *t, struct schedule_answer *answer, utc now,
		  struct err *e)
{
	struct commitment *m = &t->dossier.commitment, as = *m;
	struct schedule_offer o = { .kind = t->step.kind, .why = t->step.why, .rule = plan_rule(p, &t->dossier, &t->step), .answer = answer };
	struct outgoing made;

	if (answer && answer->n == 1 && answer->ids[0] == m->id && entry_moved(m) && m->sequence >= 0) {
		entry_move(m);
		answer->entry = m, answer->calendar = true;
	}
	if (!schedule_offer(q, p, c, &t->dossier, &o, &made, now, e))
		return false;
	if (answer && !answer->said)
		m->sequence = as.sequence, m->entry_at = as.entry_at;
	m->look_at = schedule_after(p, t->dossier, &t->step, c, now);
	return store_commitment_save(q, m, t->dossier.answered, e);
}

static bool is_of_team(const struct step *s)
{
	return mail_kind_whom(s->kind) == WHOM_TEAM || s->kind == MAIL_NOTICE;
}

/* To a team, which is asked of one promise by itself. */
static bool to_team(struct sql *q, struct pool *p, const struct conf *c, struct task *t, utc now, struct err *e)
{
	struct commitment *m = &t->dossier.commitment;

	if (!schedule_team(q, p, c, &t->dossier, &t->step, NULL, now, e))
		return false;
	m->look_at = schedule_after(p, t->dossier, &t->step, c, now);
	return store_commitment_save(q, m, t->dossier.answered, e);
}

/* A reminder of several begins with what is due first. */
static int by_due(const void *a, const void *b)
{
	const struct commitment *x = &((const struct dossier *)a)->commitment, *y = &((const struct dossier *)b)->commitment;

	return x->due != y->due ? (x->due < y->due ? -1 : 1) : (x->id > y->id) - (x->id < y->id);
}

/* What the ledger adds to the trust test: the next reminder, and whether the day can be kept, where that is the owner's own. */
static bool judged(struct sql *q, struct pool *p, const struct conf *c, const struct dossier *d, struct trust *t, utc now, struct err *e)
{
	struct realistic r = { 0 };

	t->remind = plan_reminded(d, now);
	if ((!t->due_error || !*t->due_error) && !schedule_realistic(q, p, c, &d->commitment, now, &r, e))
		return false;
	t->day_holds = r.holds, t->usual_days = r.usual, t->usual_of = r.of, t->better = r.better;
	return true;
}

static bool do_group(struct sql *q, struct pool *p, const struct conf *c, struct task *tasks, size_t n, size_t first,
		     utc now, struct err *e)
{
	struct compose_in in = { .conf = c, .owner = tasks[first].dossier.commitment.owner, .kind = tasks[first].step.kind,
				 .final = tasks[first].step.final };
	struct trust *trust = pool_list(p, n, sizeof *trust);

	in.dossiers = pool_list(p, n, sizeof *in.dossiers);
	for (size_t i = first; i < n; i++) {
		struct dossier *d = &tasks[i].dossier;

		if (tasks[i].done || tasks[i].step.kind == MAIL_NONE || !together(&tasks[first], &tasks[i]))
			continue;
		tasks[i].done = true;
		if (in.kind == MAIL_ACKNOWLEDGEMENT) {
			d->commitment.acknowledged = now;
			if (entry_moved(&d->commitment)) {
				entry_move(&d->commitment);
				in.calendar = true;
			}
		}
		trust[in.dossier_count] = tasks[i].trust;
		if (in.kind == MAIL_ACKNOWLEDGEMENT && !judged(q, p, c, d, &trust[in.dossier_count], now, e))
			return false;
		in.dossiers[in.dossier_count++] = *d;
	}
	in.trust = in.kind == MAIL_ACKNOWLEDGEMENT ? trust : NULL;
	if (in.kind == MAIL_REMINDER)
		qsort(in.dossiers, in.dossier_count, sizeof *in.dossiers, by_due);
	if (!queue(q, p, &in, in.kind == MAIL_ACKNOWLEDGEMENT, tasks[first].step.why, now, e))
		return false;
	for (size_t i = 0; i < in.dossier_count; i++) {
		struct commitment *m = &in.dossiers[i].commitment;

		m->look_at = schedule_after(p, in.dossiers[i], &tasks[first].step, c, now);
		if (!store_commitment_save(q, m, in.dossiers[i].answered, e))
			return false;
	}
	return true;
}

/* ---- withdrawing ---- */

/* Why it cannot go to one whom it names; NULL: it can to each. */
static const char *person_gone(struct pool *p, const struct dossier *d, const struct outgoing *o)
{
	struct addrs to = addrs_split(p, o->recipient);
	const char *why = NULL;

	for (size_t i = 0; i < to.n && !why; i++)
		why = plan_person_barred(d, to.list[i].address, o->made);
	return why;
}

static const char *gone(struct pool *p, const struct dossier *d, const struct outgoing *o, utc now)
{
	const struct commitment *m = &d->commitment;
	const char *why = !commitment_is_live(m->state)		 ? (m->state == COMMITMENT_KEPT ? "is kept" : "is called off") :
			  m->state == COMMITMENT_DELIVERED	 ? "is delivered" :
			  m->frozen > o->made			 ? "is frozen: a possible adverse event was mentioned" :
			  o->outside && d->answered > o->made	 ? "was answered" :
			  plan_day_passed(d, o->kind, o->made, now) ? "stands, but the day that the mail names has passed" :
			  o->outside && person_gone(p, d, o)	 ? pool_print(p, "stands, but %s", person_gone(p, d, o)) :
								   "was changed or put off";

	return pool_print(p, "promise %lld %s: it was withdrawn", (long long)m->id, why);
}

static bool withdraw_one(struct sql *q, struct outgoing *o, int64_t commitment, const char *why, utc now, struct err *e)
{
	struct event v = { .owner = o->owner,
			   .word = outbox_state_name(OUTBOX_VOID),
			   .outgoing = o->id,
			   .commitment = commitment,
			   .detail = why };

	log_line(LOG_LINE_INFO, "mail", "%lld %s %s -> void", (long long)o->id, mail_kind_name(o->kind),
		 outbox_state_name(o->state));
	return outbox_settle(q, o, OUTBOX_VOID, now, why, e) && record_add(q, &v, now, e);
}

bool schedule_withdraw(struct sql *q, struct pool *p, struct outgoing *o, int64_t commitment, const char *why, utc now,
		       struct err *e)
{
	int64_t *questions;
	size_t n;

	if (!withdraw_one(q, o, commitment, why, now, e) ||
	    !store_ids(q, p, SQL_OUTGOING_QUESTIONS, SQL_VALUES(sql_i(o->id)), &questions, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct outgoing question;
		bool found;

		if (!outbox_get(q, p, questions[i], &question, &found, e) ||
		    (found && !withdraw_one(q, &question, commitment, why, now, e)))
			return false;
	}
	return true;
}

/* Does the reason of a mail that waits stand, as far as this promise goes? */
static bool stands_for(struct pool *p, const struct conf *c, const struct dossier *d, const struct outgoing *o, utc now)
{
	if (mail_kind_whom(o->kind) == WHOM_TEAM)
		return plan_team_stands(d, c, o->kind, o->recipient, o->made, now);
	return plan_stands(d, o->kind, o->made, now) && (!o->outside || !person_gone(p, d, o));
}

/* Mail that waits and whose reason is gone is withdrawn; what else it spoke of joins `ids`, to be planned anew. */
static bool withdraw_all(struct sql *q, struct pool *p, const struct conf *c, int64_t **ids, size_t *n, utc now,
			 struct err *e)
{
	for (size_t i = 0; i < *n; i++) {
		struct outgoing *list;
		struct dossier d;
		size_t count, more;
		int64_t *others;
		bool found;

		if (!outbox_about(q, p, (*ids)[i], &list, &count, e))
			return false;
		if (!count)
			continue;
		if (!store_dossier(q, p, c, (*ids)[i], &d, &found, e))
			return false;
		for (size_t k = 0; found && k < count; k++) {
			if (stands_for(p, c, &d, &list[k], now))
				continue;
			if (!schedule_withdraw(q, p, &list[k], d.commitment.id, gone(p, &d, &list[k], now), now, e) ||
			    !store_ids(q, p, SQL_ABOUT_GET, SQL_VALUES(sql_i(list[k].id)), &others, &more, e))
				return false;
			for (size_t m = 0; m < more; m++)
				ids_add(p, ids, n, others[m]);
		}
	}
	return true;
}

bool schedule_stands(struct sql *q, struct pool *p, const struct conf *c, const struct outgoing *o, utc now,
		     bool *stands, struct err *e)
{
	int64_t *ids;
	size_t n;

	*stands = true;
	if (o->word && strcmp(o->word, WORD_HELD) == 0)
		return schedule_held_stands(q, p, o, now, stands, e);
	if (o->kind != MAIL_REMINDER && o->kind != MAIL_REQUEST && o->kind != MAIL_NAG && !o->outside)
		return true;
	if (o->checkin)
		return schedule_checkin_stands(q, p, c, o, now, stands, e);
	if (!store_ids(q, p, SQL_ABOUT_GET, SQL_VALUES(sql_i(o->id)), &ids, &n, e))
		return false;
	for (size_t i = 0; i < n && *stands; i++) {
		struct dossier d;
		bool found;

		if (!store_dossier(q, p, c, ids[i], &d, &found, e))
			return false;
		*stands = !found || stands_for(p, c, &d, o, now);
	}
	return *stands || schedule_these(q, p, c, ids, n, NULL, now, e);
}

/* What was delivered counts as kept now. */
static bool close_delivered(struct sql *q, struct dossier *d, const struct step *s, utc now, struct err *e)
{
	struct commitment *m = &d->commitment;

	if (!commitment_move(m->state, COMMITMENT_ON_DONE, &m->state))
		return err_perm(e, "promise %lld cannot be closed: it is %s", (long long)m->id, commitment_state_name(m->state));
	m->closed = now;
	m->look_at = 0;
	return store_commitment_save(q, m, d->answered, e) &&
	       record_add(
		       q,
		       &(struct event){ .owner = m->owner->key, .word = "kept", .commitment = m->id, .detail = s->why },
		       now, e);
}

static bool these(struct sql *q, struct pool *p, const struct conf *c, const int64_t *wanted, size_t n, const struct trust *trust,
		  struct schedule_answer *answer, utc now, struct err *e)
{
	size_t count = 0, first = n;
	int64_t *ids = NULL;
	struct task *tasks;
	bool found;

	for (size_t i = 0; i < n; i++)
		*(int64_t *)pool_more(p, &ids, i, sizeof *ids) = wanted[i];
	if (!withdraw_all(q, p, c, &ids, &n, now, e))
		return false;
	tasks = pool_list(p, n, sizeof *tasks);
	for (size_t i = 0; i < n; i++) {
		struct task *t = &tasks[count];

		if (!store_dossier(q, p, c, ids[i], &t->dossier, &found, e))
			return false;
		if (!found) { /* its owner is not in the configuration now: it sleeps until they are */
			if (!store_look(q, ids[i], 0, e))
				return false;
			continue;
		}
		t->step = plan(&t->dossier, c, now);
		if (t->step.close && t->step.at <= now) {
			if (!close_delivered(q, &t->dossier, &t->step, now, e))
				return false;
			t->step = plan(&t->dossier, c, now);
		}
		t->trust = trust && i < first ? trust[i] : (struct trust){ .what = true, .who = true, .when = true };
		if (t->step.kind == MAIL_NONE && !store_look(q, ids[i], t->step.at, e))
			return false;
		count++;
	}
	for (size_t i = 0; i < count; i++) {
		if (tasks[i].done || tasks[i].step.kind == MAIL_NONE)
			continue;
		if (mail_kind_whom(tasks[i].step.kind) == WHOM_OUTSIDE ? !offer(q, p, c, &tasks[i], answer, now, e) :
		    is_of_team(&tasks[i].step)			       ? !to_team(q, p, c, &tasks[i], now, e) :
									 !do_group(q, p, c, tasks, count, i, now, e))
			return false;
	}
	return true;
}

bool schedule_these(struct sql *q, struct pool *p, const struct conf *c, const int64_t *ids, size_t n, const struct trust *trust,
		    utc now, struct err *e)
{
	return these(q, p, c, ids, n, trust, NULL, now, e);
}

bool schedule_answered(struct sql *q, struct pool *p, const struct conf *c, struct schedule_answer *a, const int64_t *touched, size_t n,
		       utc now, struct err *e)
{
	return these(q, p, c, touched, n, NULL, a->answer && !a->unread && !a->brings ? a : NULL, now, e) &&
	       (a->said || (a->telling ? schedule_tell(q, p, c, a->telling, now, e) : schedule_answer(q, p, c, a, now, e)));
}

/* ---- all of it ---- */

static bool due_ones(struct sql *q, const struct conf *c, const int64_t *ids, size_t n, utc now, struct err *e)
{
	struct pool *p = pool_new();
	bool well = sql_begin(q, e) && schedule_these(q, p, c, ids, n, NULL, now, e) && sql_commit(q, e);

	if (!well)
		sql_rollback(q);
	pool_end(&p);
	return well;
}

/* A promise that cannot be put into a mail is looked at again in an hour, and said in the log; it stops no other. */
static bool put_off(struct sql *q, int64_t id, utc now, struct err *e)
{
	if (sql_begin(q, e) && store_look(q, id, now + 3600, e) && sql_commit(q, e))
		return true;
	sql_rollback(q);
	return false;
}

static bool each_by_itself(struct sql *q, const struct conf *c, const int64_t *ids, size_t n, utc now, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		if (due_ones(q, c, &ids[i], 1, now, e))
			continue;
		if (e->kind != ERR_PERM)
			return false;
		log_line(LOG_LINE_ERROR, "schedule", "promise %lld: %s", (long long)ids[i], e->text);
		if (!put_off(q, ids[i], now, e))
			return false;
	}
	return true;
}

bool schedule(struct sql *q, const struct conf *c, utc now, utc *next, struct err *e)
{
	size_t n = AT_ONCE;
	utc due = 0, own = 0;
	struct err why = { 0 };
	bool all;

	if (!schedule_agendas(q, c, now, &own, e))
		return false;
	while (n == AT_ONCE) {
		struct pool *p = pool_new();
		int64_t *ids;
		bool well = store_due(q, p, now, AT_ONCE, &ids, &n, &why);

		if (well && n && !due_ones(q, c, ids, n, now, &why))
			well = why.kind == ERR_PERM && each_by_itself(q, c, ids, n, now, &why);
		pool_end(&p);
		if (!well) {
			*e = why;
			return false;
		}
	}
	all = schedule_shares(q, c, now, &own, e) && schedule_owners(q, c, now, &own, e);
	if (!store_due_next(q, &due, all ? e : &why))
		return false;
	if (all)
		*next = own && (!due || own < due) ? own : due;
	return all;
}

/* ---- answers and notices ---- */

/* One answer brings one object: that of a meeting, or those of promises. */
static bool meeting_entry(struct sql *q, struct pool *p, struct compose_in *in, int64_t checkin, struct err *e)
{
	struct checkin *k = pool_take(p, sizeof *k);
	struct meeting *t = pool_take(p, sizeof *t);
	bool found;

	if (!store_checkin(q, p, checkin, k, &found, e))
		return false;
	*t = (struct meeting){ .c = k, .method = checkin_is_live(k->state) ? "REQUEST" : "CANCEL" };
	in->meeting = found ? t : NULL;
	in->calendar = found;
	return true;
}

bool schedule_answer(struct sql *q, struct pool *p, const struct conf *c, const struct schedule_answer *a, utc now,
		     struct err *e)
{
	struct compose_in in = { .conf = c,
				 .owner = a->owner,
				 .kind = MAIL_ACKNOWLEDGEMENT,
				 .answer = a->answer,
				 .headline = a->headline,
				 .unread = a->unread,
				 .last = a->last,
				 .in_reply_to = a->in_reply_to,
				 .references = a->references };
	struct schedule_answer others = { .owner = a->owner, .ids = a->ids, .n = a->n };
	struct queue_as as = { .answers = true, .checkin = a->checkin };
	bool found;

	in.dossiers = pool_list(p, a->n, sizeof *in.dossiers);
	for (size_t i = 0; i < a->n; i++) {
		struct dossier *d = &in.dossiers[in.dossier_count];

		if (!store_dossier(q, p, c, a->ids[i], d, &found, e))
			return false;
		if (!found)
			continue;
		in.dossier_count++;
		if (!a->brings && entry_moved(&d->commitment) && d->commitment.sequence >= 0) {
			entry_move(&d->commitment);
			in.calendar = true;
			if (!store_commitment_save(q, &d->commitment, d->answered, e))
				return false;
		}
	}
	if (a->brings && !meeting_entry(q, p, &in, a->brings, e))
		return false;
	if (!a->answer && !a->unread && !in.calendar)
		return true;
	as.why = a->answer || a->unread ? "the answer to your words" : "your calendar follows";
	return schedule_queue(q, p, &in, &as, NULL, now, e) && (!a->brings || schedule_answer(q, p, c, &others, now, e));
}

bool schedule_notice(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, const char *subject,
		     const char *markdown, utc now, struct err *e)
{
	return schedule_tell(
		q, p, c, &(struct schedule_telling){ .owner = o, .subject = subject, .markdown = markdown }, now, e);
}

bool schedule_tell(struct sql *q, struct pool *p, const struct conf *c, const struct schedule_telling *t, utc now,
		   struct err *e)
{
	struct compose_in in = { .conf = c,
				 .owner = t->owner,
				 .kind = MAIL_NOTICE,
				 .notice_subject = t->subject,
				 .notice = t->markdown,
				 .team = t->team,
				 .attached = t->files,
				 .attached_count = t->file_count };
	struct meeting about = { .c = t->checkin, .method = "REQUEST" };
	bool found;

	in.dossiers = pool_list(p, t->n, sizeof *in.dossiers);
	for (size_t i = 0; i < t->n; i++) {
		if (!store_dossier(q, p, c, t->ids[i], &in.dossiers[in.dossier_count], &found, e))
			return false;
		in.dossier_count += found;
	}
	if (t->checkin)
		in.meeting = &about;
	return schedule_queue(q, p, &in, &(struct queue_as){ .why = t->subject, .word = t->word, .checkin = t->checkin ? t->checkin->id : 0 }, NULL, now, e);
}

bool schedule_gap(struct sql *q, const struct conf *c, utc from, utc now, struct err *e)
{
	struct pool *p = pool_new();
	bool well = sql_begin(q, e);

	for (size_t i = 0; i < c->owner_count && well; i++) {
		const struct owner *o = &c->owners[i];
		struct compose_in in = { .conf = c, .owner = o, .kind = MAIL_NOTICE, .gap = { .from = from, .to = now } };
		struct commitment *list;
		struct owner_row row;
		size_t n;

		well = store_owner(q, o->key, &row, e) && store_commitments(q, p, c, o, false, &list, &n, e);
		if (!well || !row.welcomed)
			continue;
		in.gap.late = pool_list(p, LATE_MOST + 1, sizeof *in.gap.late);
		for (size_t j = 0, late = 0; j < n; j++) {
			/* not what was overdue before, nor what is reminded of today and due later; look_at 0: nobody waits for it */
			if (!list[j].look_at || list[j].due <= from || list[j].due > now)
				continue;
			if (late++ < LATE_MOST)
				in.gap.late[in.gap.late_count++] = pool_print(p, "#%lld %s", (long long)list[j].id, commitment_said(p, &list[j]));
			else if (late == LATE_MOST + 1)
				in.gap.late[in.gap.late_count++] = "and more: `kept list` has them all";
		}
		well = queue(q, p, &in, false, "kept was not running", now, e);
	}
	well = well && sql_commit(q, e);
	if (!well)
		sql_rollback(q);
	pool_end(&p);
	return well;
}
