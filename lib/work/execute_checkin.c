/* `at`, and the owner's words in answer to mail about a meeting */
#include <string.h>

#include "borders/outbox.h"
#include "borders/store.h"
#include "letters/ical.h"
#include "work/checkins_inner.h"
#include "work/execute_inner.h"

static struct checkins begun(struct run *r)
{
	return (struct checkins){ .q = r->q,
				  .p = r->p,
				  .c = r->c,
				  .owner = r->x->owner,
				  .written = r->x->written,
				  .now = r->now,
				  .letter = r->x->letter,
				  .answered = r->x->letter != 0,
				  .entry = r->x->entry,
				  .said = text_new(r->p, ANSWER_MOST) };
}

/* What was done is said; what cannot be, why. Anything else that failed fails all. */
static bool ended(struct run *r, struct checkins *k, const struct checkin *c, bool well, const char *headline,
		  const struct err *why, struct err *e)
{
	if (well) {
		r->x->checkin = c->id;
		r->x->entry = k->entry;
		head(r, NULL, "%s: %s", run_in(r, headline), checkin_title(r->p, c));
		text_add(r->x->answer, k->said->s);
		return true;
	}
	if (why->kind != ERR_PERM) {
		*e = *why;
		return false;
	}
	say_failed(r, NULL, pool_print(r->p, run_in(r, "nothing was changed: %s"), run_plain(r, why->text)));
	return true;
}

/* Whose proposal the answered mail is about; "" of the only one. */
static bool counterpart(struct run *r, const char **who, struct err *e)
{
	struct outgoing asked;
	bool found = false;

	*who = "";
	if (r->x->answers && !outbox_head(r->q, r->p, r->x->answers, &asked, &found, e))
		return false;
	if (found && text_starts(asked.word, WORD_COUNTER))
		*who = asked.word + strlen(WORD_COUNTER);
	return true;
}

static bool one_word(struct run *r, const struct command *c, struct checkins *k, struct checkin *m,
		     const char **headline, struct err *e)
{
	const char *who;
	struct checkin_change change = { .at = "" };

	if (!counterpart(r, &who, e))
		return false;
	switch ((int)r->verb) {
	case COMMAND_AT:
		*headline = "Moved";
		change.at = c->when;
		return checkins_move(k, m, &change, e);
	case COMMAND_EVERY:
		*headline = "Comes again";
		change.every = c->when;
		return checkins_move(k, m, &change, e);
	case COMMAND_CANCEL: *headline = "Called off"; return checkins_cancel(k, m, NULL, e);
	case COMMAND_SEND: *headline = "Sent"; return checkins_send(k, m, c->when, e);
	case COMMAND_SKIP: *headline = "Not sent"; return checkins_skip(k, m, e);
	case COMMAND_EDIT: *headline = "In your words"; return checkins_edit(k, m, c->text, e);
	case COMMAND_ACCEPT: *headline = "Moved"; return checkins_counter(k, m, who, true, e);
	case COMMAND_DECLINE: *headline = "It stays"; return checkins_counter(k, m, who, false, e);
	default:
		return checkins_refuse(k, e,
				       "that mail is about a check-in: `at` and a time moves it, `every` and how often makes it "
				       "a series, `cancel` calls it off");
	}
}

/* What is a word about any mail, and what names a promise, is not meant here. */
static bool is_meant(const struct run *r, const struct command *c)
{
	if (!r->x->checkin || c->id_count || c->held_count || c->all)
		return false;
	switch ((int)r->verb) {
	case COMMAND_AT:
	case COMMAND_EVERY:
	case COMMAND_CANCEL:
	case COMMAND_SEND:
	case COMMAND_SKIP:
	case COMMAND_EDIT:
	case COMMAND_ACCEPT:
	case COMMAND_DECLINE: return true;
	case COMMAND_DONE:
	case COMMAND_SNOOZE:
	case COMMAND_DUE:
	case COMMAND_WAIT: return !r->x->about_count;
	default: return false;
	}
}

/* A question about another mail than an invitation, which has its own answers. */
static bool is_other_question(struct run *r, bool *is, struct err *e)
{
	struct outgoing asked, mail;
	bool found = false;

	*is = false;
	if (!r->x->answers)
		return true;
	if (!outbox_head(r->q, r->p, r->x->answers, &asked, &found, e))
		return false;
	if (!found || asked.kind != MAIL_APPROVAL)
		return true;
	if (asked.approves && !outbox_head(r->q, r->p, asked.approves, &mail, &found, e))
		return false;
	*is = !asked.approves || !found || mail.kind != MAIL_INVITATION;
	return true;
}

bool run_checkin(struct run *r, const struct command *c, bool *done, struct err *e)
{
	struct checkins k = begun(r);
	struct checkin m;
	const char *headline = "";
	struct err why = { 0 };
	bool well, other;

	*done = is_meant(r, c);
	if (!*done)
		return true;
	if (!is_other_question(r, &other, e))
		return false;
	*done = !other;
	if (other)
		return true;
	well = checkins_get(&k, r->x->checkin, &m, &why) && one_word(r, c, &k, &m, &headline, &why);
	return ended(r, &k, &m, well, headline, &why, e);
}

bool run_undo_checkin(struct run *r, const struct undoable *u, struct err *e)
{
	struct checkins k = begun(r);
	struct checkin m;
	struct err why = { 0 };
	bool well = checkins_undo(&k, u, &m, &why);

	return ended(r, &k, &m, well, "Taken back", &why, e);
}

/* Of a promise: the meeting that came of it is moved, or one is made with those it was made to. */
static bool at_promise(struct run *r, const struct command *c, struct commitment *m, utc answered, struct err *e)
{
	struct checkins k = begun(r);
	struct checkin x;
	struct err why = { 0 };
	bool found, well;
	utc next;

	(void)answered;
	if (!store_checkin_of(r->q, r->p, m->id, &x, &found, e))
		return false;
	touch(r, m->id);
	if (found && checkin_next(r->p, &x, r->now, &next, NULL)) {
		struct checkin_change change = { .at = c->when };

		well = checkins_move(&k, &x, &change, &why);
		return ended(r, &k, &x, well, "Moved", &why, e);
	}
	well = checkins_add(&k,
			    &(struct checkin_wish){ .with = m->to,
						    .at = c->when ? c->when : "",
						    .every = m->every,
						    .lasts = "",
						    .purpose = checkins_purpose(m),
						    .agenda = "",
						    .link = "",
						    .place = "",
						    .commitment = m->id },
			    &x, &why);
	return ended(r, &k, &x, well, "A check-in", &why, e);
}

bool run_at(struct run *r, const struct command *c, struct err *e)
{
	return run_each(r, c, at_promise, e);
}
