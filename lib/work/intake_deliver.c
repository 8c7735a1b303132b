/* A promise is kept by delivery: the owner's own message closes what it delivers, asks where that is not sure, and
 * gets a last look although it has left already. */
#include "work/intake_inner.h"

#include <string.h>

#include "borders/record.h"
#include "borders/store.h"
#include "judgement/fit.h"
#include "judgement/look.h"
#include "work/execute.h"
#include "work/schedule.h"

enum {
	CLOCKS = 600, /* by how much those of two machines of one owner may differ */
	LATE = 3600   /* seconds on its way: it may have been sent on by whoever got it */
};

/* ---- before it is judged ---- */

static bool is_owners_own(const struct entry *n)
{
	for (size_t i = 0; i < n->l->from.n; i++)
		if (conf_owner_of(n->c, n->l->from.list[i].address))
			return true;
	return false;
}

bool intake_known(struct entry *n, struct err *e)
{
	int64_t judged = 0;

	if (!is_owners_own(n) || n->known.seen)
		return true;
	if (n->row && !store_count(n->q, SQL_EVENT_JUDGED, SQL_VALUES(sql_t(n->l->message_id), sql_i(n->row)),
		    &judged, e))
		return false;
	n->known.delivered = judged > 0;
	for (size_t i = 0; i < n->known.thread_count; i++) {
		struct known_thread *h = &n->known.threads[i];
		struct strings words = fit_words(n->p, h->what);
		struct resource *list;

		if (!store_resources_search(n->q, n->p, &words, &list, &h->resource_count, e))
			return false;
		h->resources = list;
	}
	return true;
}

/* ---- what is said of it: one mail, whatever was found ---- */

struct outcome {
	struct text *lines;      /* Markdown */
	struct command *closing; /* `done`, one a promise */
	size_t closing_count;
	int64_t *about;          /* the promises that the mail speaks of */
	size_t about_count;
	const char *headline;    /* of what is asked or found */
	const struct intake_moved *moved;
	int64_t *renewed;        /* promised once more, for another day */
	size_t renewed_count;
	bool several;            /* more than one may be delivered: `yes` would not say which */
};

static const char *named(struct entry *n)
{
	const char *subject = line_from(n->p, tag_subject(n->p, n->l->subject), 100).s;

	return *subject ? pool_print(n->p, "your mail “%s”", subject) : "your mail";
}

/* The first sentence may begin with it. */
static const char *capital(struct pool *p, const char *s)
{
	char *out = pool_copy(p, s);

	if (*out >= 'a' && *out <= 'z')
		*out = (char)(*out - 'a' + 'A');
	return out;
}

static bool keep_event(struct entry *n, const struct commitment *m, const char *word, const char *why, struct err *e)
{
	return record_add(n->q, &(struct event){ .owner = m->owner->key, .word = word, .commitment = m->id,
		    .letter = n->row, .detail = why }, n->now, e) &&
	       store_thread_add(n->q, m->id, n->l->message_id, e);
}

/* ---- the last look ---- */

static bool look_at(struct entry *n, const struct delivered *d, const struct commitment *m, struct findings *out,
	struct err *e)
{
	struct looked in = { .delivers = d->is.strength > DELIVERY_NO, .promised = m, .promised_count = 1 };
	struct resource *held = pool_list(n->p, d->thread->resource_count, sizeof *held);

	handed_letter(n->p, n->l, n->c, &in.mail);
	in.question = look_question(n->p, n->l, m->what);
	if (!store_contact_known(n->q, n->p, m->owner->key, &in.known, e))
		return false;
	for (size_t i = 0; i < n->known.thread_count; i++)
		for (size_t k = 0; k < n->known.threads[i].counterpart.n; k++)
			addrs_add(n->p, &in.known, "", n->known.threads[i].counterpart.list[k].address);
	for (size_t i = 0; i < d->thread->resource_count; i++)
		if (deliver_thing(n->p, &in.mail, m->what, &d->thread->resources[i], 1).resource)
			held[in.resource_count++] = d->thread->resources[i];
	in.resources = held;
	look(n->p, &in, n->c, n->now, out);
	return true;
}

/* A mail that delivers nothing has left, and is no business of ours but where it says that it does. Whether the
 * promised thing is in one that may deliver it is asked anyway. */
static void keep_telling(const struct delivered *d, struct findings *f)
{
	size_t kept = 0;

	for (size_t i = 0; i < f->n; i++) {
		enum look_kind k = f->list[i].kind;

		if (d->is.strength == DELIVERY_SURE || (d->is.strength == DELIVERY_LIKELY && k != LOOK_PROMISED) ||
		    (d->is.strength == DELIVERY_NO && d->is.claims &&
		    	(k == LOOK_SLIP || (k == LOOK_ATTACHMENT && d->is.empty))))
			f->list[kept++] = f->list[i];
	}
	f->n = kept;
	f->block = false;
	for (size_t i = 0; i < kept; i++)
		f->block |= f->list[i].blocks;
}

static void findings_said(struct entry *n, struct text *t, const struct findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		text_print(t, " %s", intake_plain(n, f->list[i].says));
}

/* ---- the three ways ---- */

static void begin(struct entry *n, struct outcome *o, const struct commitment *m)
{
	text_print(o->lines, "- **\\#%lld** %s: ", (long long)m->id, intake_plain(n, commitment_said(n->p, m)));
	ids_add(n->p, &o->about, &o->about_count, m->id);
}

static bool warn(struct entry *n, struct outcome *o, const struct delivered *d, const struct commitment *m,
	const struct findings *f, struct err *e)
{
	begin(n, o, m);
	text_print(o->lines, "look again at %s:", intake_plain(n, named(n)));
	findings_said(n, o->lines, f);
	text_print(o->lines, " %s If it is kept all the same, answer `done %lld`.\n",
		   d->is.strength > DELIVERY_NO || n->m.delivers ? "**It is not closed.**" : "It stays open.",
		   	(long long)m->id);
	if (!o->headline)
		o->headline = pool_print(n->p, "%s: %s", f->list[0].kind == LOOK_ATTACHMENT ? "Nothing is attached"
			: "Look again",
					 line_from(n->p, tag_subject(n->p, n->l->subject), SUBJECT_MOST).s);
	return keep_event(n, m, "looked", f->list[0].says, e);
}

static bool ask(struct entry *n, struct outcome *o, const struct delivered *d, const struct commitment *m,
	const struct findings *f, struct err *e)
{
	const char *asked, *why = pool_print(n->p, "%s may deliver it: %s", named(n), d->is.why);

	if (!store_asked(n->q, n->p, m->id, &asked, e))
		return false;
	if (asked && !f->n) /* one question at a time */
		return true;
	begin(n, o, m);
	text_print(o->lines, "is it kept? %s.", intake_plain(n, capital(n->p, why)));
	findings_said(n, o->lines, f);
	if (o->several)
		text_print(o->lines, " `done %lld` closes it.\n", (long long)m->id);
	else
		text_add(o->lines, " `yes` closes it, `no` leaves it open.\n");
	if (!o->headline)
		o->headline = pool_print(n->p, "Is it kept? %s", commitment_said(n->p, m));
	return keep_event(n, m, "asked", why, e);
}

static bool close_one(struct entry *n, struct outcome *o, const struct delivered *d, const struct commitment *m,
	const struct findings *f, struct err *e)
{
	struct command *c = pool_more(n->p, &o->closing, o->closing_count++, sizeof *c);
	int64_t *id = pool_list(n->p, 1, sizeof *id);

	*id = m->id;
	*c = (struct command){ .verb = COMMAND_DONE, .ids = id, .id_count = 1,
		.seen = pool_print(n->p, "%s delivers it: %s", named(n), d->is.why) };
	for (size_t i = 0; i < f->n; i++)
		c->seen = pool_print(n->p, "%s. %s", c->seen, f->list[i].says);
	return keep_event(n, m, "delivers", d->is.why, e);
}

/* ---- said once more ---- */

static struct promise *renewal_of(struct entry *n, const struct known_thread *h)
{
	for (size_t i = 0; i < n->m.promise_count; i++)
		if (n->m.promises[i].renews == h)
			return &n->m.promises[i];
	return NULL;
}

utc intake_written(const struct entry *n)
{
	utc most = n->at->arrived && n->at->arrived < n->now ? n->at->arrived : n->now;

	return n->l->date && n->l->date < most ? n->l->date : most;
}

/* It is the same promise: what the mail says of its day holds now, and who it was promised to has read that. What was
 * written before its day was last changed says nothing new, though it is read now. */
static bool renew(struct entry *n, struct outcome *o, struct commitment *m, struct promise *again, utc answered,
	struct err *e)
{
	const struct promise at_hand = *again, *x = &at_hand;
	const char *before = store_image(n->p, m);
	bool moves = *x->due_words && !*x->due_error && x->due != m->due;
	const struct zone *z = m->owner->time.zone;
	utc said;

	if (!store_due_said(n->q, n->p, m->id, &said, e))
		return false;
	moves = moves && intake_written(n) >= said;
	memmove(again, again + 1, (size_t)(n->m.promises + --n->m.promise_count - again) * sizeof *again); /* not a new one */
	if (!moves && n->m.tag.way == TAG_NONE)
		return store_thread_add(n->q, m->id, n->l->message_id, e);
	begin(n, o, m);
	if (!moves) {
		text_print(o->lines, "%s says it once more. It is due %s, as before.%s\n", named(n), utc_words(n->p, z, m->due),
			   *x->due_error ? " The date in that mail was not understood." : "");
		if (!o->headline)
			o->headline = pool_print(n->p, "Noted already: %s", commitment_said(n->p, m));
		return store_thread_add(n->q, m->id, n->l->message_id, e);
	}
	m->what = commitment_thing(n->p, m); /* its old day is not its end any more */
	m->due = x->due, m->due_words = x->due_words, m->due_error = "";
	m->due_set = m->look_at = n->now;
	m->snoozed = 0;
	if (x->told && intake_went_to(n->l, &m->to))
		commitment_tell(m, x->told, intake_written(n));
	text_print(o->lines, "%s promises it for another day: it is due %s now. If it is not the same promise, answer `undo %lld`.\n",
		   named(n), utc_words(n->p, z, m->due), (long long)m->id);
	if (!o->headline)
		o->headline = pool_print(n->p, "Moved to %s: %s", utc_words_short(n->p, z, m->due, n->now), commitment_said(n->p, m));
	ids_add(n->p, &o->renewed, &o->renewed_count, m->id);
	return store_commitment_save(n->q, m, answered, e) &&
	       record_add(n->q, &(struct event){ .owner = m->owner->key, .word = "due", .commitment = m->id, .letter = n->row,
		    .detail = pool_print(n->p, "told in a mail of its conversation" DUE_SAID "%s", utc_print(n->p, z, intake_written(n))),
		    .before = before }, n->now, e) &&
	       store_thread_add(n->q, m->id, n->l->message_id, e);
}

/* Of one message to one person nothing is said about what was promised to another, and a file that is not there is missed once: of
 * what it names, else of the first. */
static bool is_anothers(const struct entry *n, const struct delivered *d)
{
	for (size_t i = 0; i < n->m.delivery_count; i++) {
		const struct delivered *x = &n->m.deliveries[i];

		if (x == d || !x->thread->commitment)
			continue;
		if (!d->is.reached && x->is.reached && x->is.strength >= d->is.strength)
			return true;
		if (d->is.strength == DELIVERY_NO && d->is.empty && x->is.empty && (x->is.named == d->is.named ? x < d : x->is.named))
			return true;
	}
	return false;
}

static bool judge_one(struct entry *n, struct outcome *o, const struct delivered *d, struct err *e)
{
	struct promise *again = renewal_of(n, d->thread);
	struct findings f = { 0 };
	struct commitment m;
	utc answered;
	bool found;

	if (!again && (is_anothers(n, d) || (d->is.strength == DELIVERY_NO && (!d->is.claims || n->known.heard))))
		return true;
	if (!store_commitment(n->q, n->p, n->c, d->thread->commitment, &m, &answered, &found, e))
		return false;
	if (!found || m.owner != n->m.owner || !commitment_is_live(m.state) || m.state == COMMITMENT_DELIVERED)
		return true;
	if (n->l->date && n->l->date + CLOCKS < m.made) /* it was written before */
		return true;
	if (again)
		return renew(n, o, &m, again, answered, e);
	if (!look_at(n, d, &m, &f, e))
		return false;
	keep_telling(d, &f);
	if (f.block || (f.n && d->is.strength == DELIVERY_NO))
		return warn(n, o, d, &m, &f, e);
	if (d->is.strength == DELIVERY_SURE && !o->moved)
		return close_one(n, o, d, &m, &f, e);
	return d->is.strength == DELIVERY_NO || ask(n, o, d, &m, &f, e);
}

static struct schedule_answer answer_to(struct entry *n)
{
	return (struct schedule_answer){ .owner = n->m.owner,
		    .in_reply_to = line_from(n->p, n->l->message_id, SUBJECT_MOST), .references = n->l->references };
}

/* Closes what is to be closed, and sends the one mail. */
static bool conclude(struct entry *n, struct outcome *o, struct err *e)
{
	struct commands list = { .list = o->closing, .n = o->closing_count, .rest = "" };
	struct execution x = { .owner = n->m.owner, .written = n->now, .letter = n->row };
	struct schedule_answer a = answer_to(n);

	if (!execute(n->q, n->p, n->c, &list, &x, n->now, e))
		return false;
	if (o->moved) {
		ids_add(n->p, &o->about, &o->about_count, o->moved->id);
		text_add(x.answer, o->moved->line);
	}
	for (size_t i = 0; i < o->renewed_count; i++)
		ids_add(n->p, &x.touched, &x.touched_count, o->renewed[i]);
	for (size_t i = 0; i < x.touched_count; i++)
		ids_add(n->p, &o->about, &o->about_count, x.touched[i]);
	if (!o->about_count)
		return true;
	text_add(x.answer, o->lines->s);
	execute_undo_said(&x);
	if (!execute_stages_said(n->q, n->p, n->c, x.touched, x.touched_count, x.answer, n->now, e))
		return false;
	a.answer = x.answer->s, a.ids = o->about, a.n = o->about_count;
	if (o->moved)
		x.headline = o->moved->headline;
	a.headline = !x.headline ? o->headline : !o->headline ? x.headline
		: pool_print(n->p, "%s; %s", x.headline, o->headline);
	return schedule_answer(n->q, n->p, n->c, &a, n->now, e) &&
		    schedule_these(n->q, n->p, n->c, x.touched, x.touched_count, NULL, n->now, e);
}

bool intake_deliveries(struct entry *n, const struct intake_moved *moved, struct err *e)
{
	struct outcome o = { .moved = moved, .lines = text_new(n->p, ANSWER_MOST) };
	size_t likely = 0;

	for (size_t i = 0; i < n->m.delivery_count; i++)
		likely += n->m.deliveries[i].is.strength == DELIVERY_LIKELY;
	o.several = likely > 1;
	for (size_t i = 0; i < n->m.delivery_count; i++)
		if (n->m.deliveries[i].thread->commitment && !judge_one(n, &o, &n->m.deliveries[i], e))
			return false;
	return conclude(n, &o, e);
}

/* ---- +done: the owner says that it delivers ---- */

/* +done in a conversation without a promise: silence would sound like yes. */
static bool close_nothing(struct entry *n, struct err *e)
{
	struct execution x = { .owner = n->m.owner, .written = n->now, .letter = n->row };
	struct schedule_answer a = answer_to(n);

	if (!execute_unmet(n->q, n->p, n->c, tag_subject(n->p, n->l->subject), &n->m.counterpart, &x, n->now, e))
		return false;
	a.answer = x.answer->s, a.headline = x.headline, a.ids = x.touched, a.n = x.touched_count;
	return schedule_answer(n->q, n->p, n->c, &a, n->now, e);
}

static bool close_thread(struct entry *n, struct err *e)
{
	struct command done = { .verb = COMMAND_DONE };
	struct commands list = { .list = &done, .n = 1, .rest = "" };
	struct execution x = { .owner = n->m.owner, .letter = n->row, .about = &n->m.thread->commitment, .about_count = 1,
		.written = n->now };
	struct schedule_answer a = answer_to(n);

	if (!execute(n->q, n->p, n->c, &list, &x, n->now, e))
		return false;
	execute_undo_said(&x);
	if (!execute_stages_said(n->q, n->p, n->c, x.touched, x.touched_count, x.answer, n->now, e))
		return false;
	a.answer = x.answer->s, a.headline = x.headline, a.ids = x.touched, a.n = x.touched_count;
	return schedule_answer(n->q, n->p, n->c, &a, n->now, e) &&
		    store_thread_add(n->q, n->m.thread->commitment, n->l->message_id, e) &&
	       schedule_these(n->q, n->p, n->c, x.touched, x.touched_count, NULL, n->now, e);
}

/* To whom, and with what, is theirs to say; that it is attached and went to a known address, they will want to have
 * seen. */
static void keep_slips(struct findings *f)
{
	size_t kept = 0;

	for (size_t i = 0; i < f->n; i++)
		if (f->list[i].blocks && (f->list[i].kind == LOOK_ATTACHMENT || f->list[i].kind == LOOK_SLIP))
			f->list[kept++] = f->list[i];
	f->n = kept;
}

/* Why a +done may be another's word; NULL: it is the owner's. An answer takes its addresses from the Reply-To of the other side; and
 * who holds an old mail can send it on to any. Where nothing in it delivers, the owner is asked. */
static const char *doubt(const struct entry *n)
{
	utc arrived = n->at->arrived ? n->at->arrived : n->now;
	bool late = n->m.tag.hidden && n->m.proof.handed != HANDED_BY_OWNER && n->l->date && arrived > n->l->date + LATE;

	if (!late && (n->m.tag.hidden || !*n->l->in_reply_to))
		return NULL;
	for (size_t i = 0; i < n->m.delivery_count; i++)
		if (n->m.deliveries[i].thread == n->m.thread && n->m.deliveries[i].is.strength > DELIVERY_NO)
			return NULL;
	return late ? "it came to kept's address for what is done long after it was written, and nothing else in it delivers"
		    : "kept's address for what is done stands in its To or Cc, and nothing else in it delivers";
}

bool intake_done(struct entry *n, struct err *e)
{
	struct outcome o = { .lines = text_new(n->p, ANSWER_MOST) };
	struct findings f = { 0 };
	struct commitment m;
	utc answered;
	bool found;

	if (!n->m.thread || !n->m.thread->commitment)
		return close_nothing(n, e);
	if (!store_commitment(n->q, n->p, n->c, n->m.thread->commitment, &m, &answered, &found, e))
		return false;
	for (size_t i = 0; found && i < n->m.delivery_count && !f.n; i++)
		if (n->m.deliveries[i].thread == n->m.thread) {
			if (!look_at(n, &n->m.deliveries[i], &m, &f, e))
				return false;
			keep_slips(&f);
			if (f.n)
				return warn(n, &o, &n->m.deliveries[i], &m, &f, e) && conclude(n, &o, e);
		}
	if (found && doubt(n)) {
		struct delivered d = { .thread = n->m.thread, .is = { .why = doubt(n) } };

		return ask(n, &o, &d, &m, &f, e) && conclude(n, &o, e);
	}
	return close_thread(n, e);
}
