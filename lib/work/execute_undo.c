/* `undo`: the last change is taken back, of a promise, of a meeting, or of what was noted of a person */
#include <stdlib.h>
#include <string.h>

#include "borders/record.h"
#include "borders/store.h"
#include "work/execute_inner.h"

/* Nothing was changed since it was logged: that is taken back. */
static bool undo_made(struct run *r, struct commitment *m, utc answered, int64_t event, struct err *e)
{
	const char *before = store_image(r->p, m);

	if (!commitment_move(m->state, COMMITMENT_ON_CANCEL, &m->state)) {
		say_failed(r, m, "there is nothing to undo.");
		return true;
	}
	m->closed = r->now;
	head(r, m, "Not logged");
	say(r, m, "that it was logged is taken back: it is called off.");
	changed(r, m->id);
	return save(r, m, answered, "cancel", "that it was logged was taken back", before, event, e);
}

/* What they were said to want to hear of. */
static bool undo_interest(struct run *r, const struct commitment *m, int64_t event, const char *interest, struct err *e)
{
	struct event v = { .owner = m->owner->key, .word = "undo", .commitment = m->id, .detail = "interest", .undoes = event };

	head(r, m, "Taken back");
	say(r, m, "what they want to hear of was taken back.");
	touch(r, m->id);
	return store_interest_close(r->q, strtoll(interest, NULL, 10), r->now, e) && record_add(r->q, &v, r->now, e);
}

/* ---- what was said of a person, in the conversation of that promise (NULL: on the terminal) ---- */

static bool is_of_person(const struct undoable *u)
{
	return u->exchange || u->insight || u->contact;
}

/* That they spoke, as `met` and `touch` have it. */
static bool undo_exchange(struct run *r, const struct commitment *m, const struct undoable *u, struct err *e)
{
	head(r, m, "Taken back");
	say(r, m, "that you spoke is taken back. How often you hear from each other is counted as before.");
	return store_exchange_drop(r->q, u->exchange, e);
}

/* `done` false: they were told what came of it, which stays. */
static bool undo_insight(struct run *r, const struct commitment *m, const struct undoable *u, bool *done, struct err *e)
{
	bool told;

	if (!store_insight_drop(r->q, u->insight, &told, e))
		return false;
	*done = !told;
	if (told) {
		say_failed(r, m, "they were told already what came of it; nothing was changed.");
		return true;
	}
	head(r, m, "Taken back");
	say(r, m, "what you learnt from them is taken back.");
	return true;
}

static bool undo_stage(struct run *r, const struct commitment *m, const struct undoable *u, bool *done, struct err *e)
{
	struct contact who;

	if (!store_contact_of(r->q, r->p, r->x->owner->key, u->contact, &who, done, e))
		return false;
	if (!*done) {
		say_failed(r, m, "there is nothing to undo.");
		return true;
	}
	head(r, m, "Taken back");
	say(r, m, "the stage of %s is as before.", run_plain(r, addr_called(who.name, who.address)));
	return store_image_stage_back(r->p, u->image, &who, e) && store_contact_save(r->q, &who, r->now, e);
}

static bool undo_of_person(struct run *r, const struct commitment *m, const struct undoable *u, struct err *e)
{
	struct event v = { .owner = r->x->owner->key, .word = "undo", .commitment = u->commitment, .undoes = u->event,
			   .detail = u->exchange  ? pool_print(r->p, "exchange: %lld", (long long)u->exchange)
				     : u->insight ? pool_print(r->p, "insight: %lld", (long long)u->insight)
						  : pool_print(r->p, "c%lld: stage", (long long)u->contact) };
	bool done = true;

	if (m)
		touch(r, m->id);
	return (u->exchange  ? undo_exchange(r, m, u, e)
		: u->insight ? undo_insight(r, m, u, &done, e)
			     : undo_stage(r, m, u, &done, e)) &&
	       (!done || record_add(r->q, &v, r->now, e));
}

/* A note of the promise was noted of its person too. */
static bool undo_note(struct run *r, const struct commitment *m, struct err *e)
{
	struct contact who;
	bool noted;

	if (!m->to.n || !*m->note)
		return true;
	return store_contact(r->q, r->p, m->owner->key, &m->to.list[0], &who, &noted, e) &&
	       (!noted || store_note_drop(r->q, who.id, m->note, e));
}

static bool undo_change(struct run *r, struct commitment *m, utc answered, const struct undoable *u, struct err *e)
{
	if ((strcmp(u->word, command_word(COMMAND_NOTE)) == 0 && !undo_note(r, m, e)) || !store_image_back(r->p, u->image, m, e))
		return false;
	head(r, m, "Taken back");
	say(r, m, "`%s` was taken back: it is %s, due %s.", u->word, run_in(r, commitment_state_name(m->state)), run_day(r, m->due));
	return store_commitment_to(r->q, m->id, &m->to, e) && save(r, m, answered, "undo", u->word, NULL, u->event, e);
}

static bool undo_one(struct run *r, int64_t commitment, int64_t checkin, struct err *e)
{
	struct undoable u;
	struct commitment m;
	utc answered;
	bool found, row = true;

	if (commitment) { /* only one's own */
		if (!store_commitment(r->q, r->p, r->c, commitment, &m, &answered, &row, e))
			return false;
		if (!row || m.owner != r->x->owner) {
			say_failed(r, NULL, pool_print(r->p, run_in(r, "\\#%lld: there is no such promise of yours."), (long long)commitment));
			return true;
		}
	}
	if (!store_undoable(r->q, r->p, r->x->owner->key, commitment, checkin, &u, &found, e))
		return false;
	if (!found) {
		say_failed(r, NULL, "there is nothing to undo.");
		return true;
	}
	if (u.checkin)
		return run_undo_checkin(r, &u, e);
	if (u.commitment && !store_commitment(r->q, r->p, r->c, u.commitment, &m, &answered, &row, e))
		return false;
	if (!row || (!u.commitment && !is_of_person(&u)))
		return err_perm(e, "the promise %lld of event %lld is gone", (long long)u.commitment, (long long)u.event);
	return is_of_person(&u)                   ? undo_of_person(r, u.commitment ? &m : NULL, &u, e)
	       : strcmp(u.word, "made") == 0     ? undo_made(r, &m, answered, u.event, e)
	       : strcmp(u.word, "interest") == 0 ? undo_interest(r, &m, u.event, u.image, e)
						 : undo_change(r, &m, answered, &u, e);
}

bool run_undo(struct run *r, const struct command *c, struct err *e)
{
	/* without a number: what the mail answered speaks of, where that is one promise or a meeting; else the owner's last change */
	if (!c->id_count)
		return undo_one(r, r->x->about_count == 1 ? r->x->about[0] : 0, r->x->about_count ? 0 : r->x->checkin, e);
	for (size_t i = 0; i < c->id_count; i++)
		if (!undo_one(r, c->ids[i], 0, e))
			return false;
	return true;
}
