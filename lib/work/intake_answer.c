/* The other side writes in a conversation that has a promise: a real answer stops what waits for one, a holding one
 * moves the wait, thanks change nothing; and what they promise is noted, to be shown and never chased. */
#include "work/intake_inner.h"

#include <string.h>

#include "borders/record.h"
#include "borders/store.h"
#include "letters/markup.h"
#include "letters/phrase.h"
#include "work/schedule.h"

enum { THEIRS_MOST = 5 /* of one letter */, AHEAD = 400 * 86400, ASKED_SECONDS = 7 * 86400, ALONE_MOST = 5 /* a day and promise */ };

/* ---- what they owe ---- */

/* What they answer with, or bring, is taken for what they had promised before. */
static bool close_theirs(struct entry *n, const struct commitment *m, struct err *e)
{
	int64_t *ids;
	size_t count;

	if (n->m.answer.weight != ANSWER_REAL && !letter_has_files(n->l))
		return true;
	if (!store_ids(n->q, n->p, SQL_THEIRS_OF,
		       SQL_VALUES(sql_t(m->owner->key), sql_i(m->id), sql_t(addr_lower(n->p, intake_sender(n)))), &ids,
		       &count, e))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!store_theirs_close(n->q, m->owner->key, ids[i], n->now, e))
			return false;
	return true;
}

static bool note_theirs(struct entry *n, const struct commitment *m, struct err *e)
{
	struct frame f = { .time = &m->owner->time, .zone = zone_named, .zone_arg = n->p,
			   .anchor = n->l->date && n->l->date < n->now + 86400 ? n->l->date : n->now };
	struct vows vows = { 0 };
	size_t noted = 0;

	if (*n->l->text)
		vow_find(n->p, n->c->rules.vows, n->l->text, &f, &vows);
	for (size_t i = 0; i < vows.n && noted < THEIRS_MOST; i++) {
		const struct vow *v = &vows.list[i];
		struct theirs t = { .owner = m->owner->key, .commitment = m->id, .address = addr_lower(n->p, intake_sender(n)),
				    .name = addr_called(line_from(n->p, n->l->from.list[0].name, NAME_MOST).s, ""), .what = line_from(n->p, v->what, WHAT_MOST).s,
				    .until = v->at > n->now && v->at < n->now + AHEAD ? v->at : 0, .letter = n->row, .at = n->now };

		if (v->score < 0.5)
			continue;
		noted++;
		if (!store_theirs_add(n->q, &t, e) ||
		    !record_add(n->q,
				&(struct event){
					.owner = m->owner->key,
					.word = "theirs",
					.commitment = m->id,
					.letter = n->row,
					.detail = pool_print(n->p, "they promised something: t%lld", (long long)t.id) },
				n->now, e))
			return false;
	}
	return true;
}

/* ---- the wait ---- */

/* Is it their turn, and not a team's? */
static bool is_theirs(const struct commitment *m)
{
	return m->state == COMMITMENT_WAITING && (!*m->team || m->team_answered);
}

/* What the server calls false uses up no question about what may be theirs. */
static const char *asked_as(const struct entry *n)
{
	return n->m.sender == SENDER_FALSE ? "doubtful" : "unsure";
}

/* Once a week, though they write each day. */
static bool was_asked(struct entry *n, const struct commitment *m, bool *was, struct err *e)
{
	int64_t count;

	if (!store_count(n->q, SQL_EVENT_UNSURE, SQL_VALUES(sql_i(m->id), sql_i(n->now - ASKED_SECONDS), sql_t(asked_as(n))), &count, e))
		return false;
	*was = count > 0;
	return true;
}

static bool ask(struct entry *n, const struct commitment *m, struct err *e)
{
	const char *who = addr_called(n->l->from.list[0].name, n->l->from.list[0].address);
	struct schedule_telling t = { .owner = m->owner, .ids = &m->id, .n = 1 };
	bool was;

	if (!was_asked(n, m, &was, e))
		return false;
	if (was)
		return true;
	t.subject = pool_print(n->p, "Is that what you wait for? %s", line_from(n->p, commitment_said(n->p, m), 160).s);
	t.markdown = pool_print(
		n->p, "%s has written about **\\#%lld** %s, and %s\n\nIf it is done with that: `done %lld`. If it is your turn now, give it a day, as `due tomorrow`.\n",
		markdown_quote(n->p, who, NAME_MOST), (long long)m->id, markdown_quote(n->p, commitment_said(n->p, m), WHAT_MOST),
		n->m.sender == SENDER_FALSE ? "the server that received it says that it is not from there. Nothing was changed for it." :
		"I am not sure whether it answers you. What I had prepared for them was withdrawn; the promise waits as before.", (long long)m->id);
	return record_add(n->q,
			  &(struct event){ .owner = m->owner->key,
					   .word = asked_as(n),
					   .commitment = m->id,
					   .letter = n->row,
					   .detail = "was that the answer? The owner is asked" },
			  n->now, e) &&
	       schedule_tell(n->q, n->p, n->c, &t, n->now, e);
}

static bool weigh(struct entry *n, struct commitment *m, utc answered, struct err *e)
{
	bool real = n->m.answer.weight == ANSWER_REAL, unsure = n->m.answer.unsure && is_theirs(m);
	utc until = n->m.answer.has_until ? n->m.answer.until : 0;
	struct event v = { .owner = m->owner->key, .word = "answered", .commitment = m->id, .letter = n->row };
	const char *detail = unsure ? "an answer, perhaps" : real ? "a real answer" : "a holding answer";

	if (n->m.sender == SENDER_FALSE) /* who is not them answers nothing, in no figure either; but it may be theirs */
		return !is_theirs(m) || ask(n, m, e);
	m->look_at = n->now;
	if (real && !unsure && is_theirs(m) && commitment_move(m->state, COMMITMENT_ON_ANSWERED, &m->state)) {
		m->snoozed = 0; /* it is the owner's turn again */
	} else if (!real && is_theirs(m) && until > n->now && until < n->now + AHEAD) {
		m->snoozed = until > m->snoozed ? until : m->snoozed;
		detail = pool_print(n->p, "a holding answer: they come back %s", utc_print(n->p, m->owner->time.zone, until));
	}
	v.detail = detail;
	return store_commitment_save(n->q, m, real ? n->now : answered, e) && record_add(n->q, &v, n->now, e) &&
	       (!unsure || ask(n, m, e)) && schedule_these(n->q, n->p, n->c, &m->id, 1, NULL, n->now, e);
}

/* That one of several wants no more mail answers nothing for the others. */
static bool refuses_alone(const struct entry *n, const struct commitment *m)
{
	return n->m.refusal && n->m.sender != SENDER_FALSE && m->to.n > 1;
}

static bool one(struct entry *n, int64_t id, bool notes, struct err *e)
{
	struct commitment m;
	utc answered;
	bool found;

	if (!store_commitment(n->q, n->p, n->c, id, &m, &answered, &found, e))
		return false;
	if (!found)
		return true;
	return store_thread_add(n->q, m.id, n->l->message_id, e) &&
	       (n->m.sender == SENDER_FALSE || (close_theirs(n, &m, e) && (!notes || note_theirs(n, &m, e)))) &&
	       (n->m.answer.weight == ANSWER_COURTESY || refuses_alone(n, &m) || weigh(n, &m, answered, e));
}

/* ---- what came to kept alone ---- */

/* By a Reply-To that names kept, or by a choice of the wrong address: then its owner has it not. */
static bool is_alone(const struct entry *n)
{
	const struct addrs *fields[] = { &n->l->to, &n->l->cc };
	const char *detail;

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < fields[k]->n; i++)
			if (!conf_tracks(n->p, n->c, fields[k]->list[i].address, &detail))
				return false;
	return n->at->kind == PLACE_CAPTURE && n->l->to.n + n->l->cc.n > 0;
}

bool intake_alone(struct entry *n, struct err *e)
{
	const struct known_thread *h = n->m.thread;
	struct schedule_telling t = { .ids = h ? &h->commitment : NULL, .n = 1 };
	const char *address, *name;
	int64_t told;

	if ((n->m.class != CLASS_ANSWER && n->m.class != CLASS_SKIP) || !h || !h->commitment || !h->owner || !n->l->from.n ||
	    conf_owner_of(n->c, intake_sender(n)) || !is_alone(n) || proof_sender(n->p, n->l, n->at) == SENDER_FALSE)
		return true;
	if (!store_count(n->q, SQL_EVENT_UNSURE, SQL_VALUES(sql_i(h->commitment), sql_i(n->now - 86400), sql_t("alone")), &told, e))
		return false;
	if (told >= ALONE_MOST)
		return true;
	address = line_from(n->p, intake_sender(n), ADDRESS_MOST).s;
	name = addr_called(line_from(n->p, n->l->from.list[0].name, NAME_MOST).s, "");
	t.owner = h->owner;
	t.subject = pool_print(n->p, phrase_of(t.owner->language, "To me alone: %s"), line_from(n->p, n->l->subject, SUBJECT_MOST - 20).s);
	t.markdown = pool_print(n->p, phrase_of(t.owner->language,
		"%s%s%s%s wrote to my address and not to yours, in the conversation of **\\#%lld** %s:\n\n> %s\n\n"
		"I answer nobody but you; it is yours to write to them.\n"),
		intake_plain(n, *name ? name : address), *name ? " (" : "", *name ? intake_plain(n, address) : "",
		*name ? ")" : "", (long long)h->commitment, intake_plain(n, h->what),
		markdown_quote(n->p, line_from(n->p, n->l->text, NOTE_MOST).s, NOTE_MOST));
	return record_add(n->q, &(struct event){ .owner = h->owner->key, .word = "alone", .commitment = h->commitment,
						 .letter = n->row, .detail = "written to kept alone: the owner is told" }, n->now, e) &&
	       schedule_tell(n->q, n->p, n->c, &t, n->now, e);
}

/* Several promises may share the conversation: it answers each that was made to its writer. What they promise in it is
 * noted once. */
bool intake_answer(struct entry *n, struct err *e)
{
	const struct known_thread *h = n->m.thread;

	if (!h || !h->commitment || !n->l->from.n)
		return true;
	if (!one(n, h->commitment, true, e))
		return false;
	for (size_t i = 0; i < n->known.thread_count; i++) {
		const struct known_thread *k = &n->known.threads[i];

		if (k != h && k->commitment && k->owner == h->owner && addrs_has(&k->counterpart, intake_sender(n)) &&
		    !one(n, k->commitment, false, e))
			return false;
	}
	return true;
}
