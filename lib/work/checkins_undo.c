/* check-ins: what the owner last did with one is taken back, where nobody has heard of it yet */
#include <string.h>

#include "borders/record.h"
#include "work/checkins_inner.h"
#include "work/schedule_inner.h"

/* Has mail about it left that was made since, after `mail`? */
static bool has_left(struct checkins *k, const struct checkin *c, int64_t mail, bool *left, struct err *e)
{
	int64_t *ids;
	size_t n;

	*left = false;
	if (!store_checkin_mails(k->q, k->p, c->id, false, &ids, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		*left |= ids[i] > mail;
	return true;
}

/* The words that do it instead: those of an answer, on the terminal what is typed there. */
static const char *words_of(struct checkins *k, const struct checkin *c, bool move)
{
	if (k->letter)
		return move ? "at" : "cancel";
	return pool_print(k->p, move ? "kept checkin move %lld --at" : "kept checkin cancel %lld", (long long)c->id);
}

/* Nothing is called back from where it went: what can be done instead is offered. */
static bool too_late(struct checkins *k, const struct checkin *c, const struct checkin *was, const char *word, struct err *e)
{
	if (strcmp(word, "decline") == 0)
		return checkins_refuse(k, e, "c%lld: that it stays has gone out already; `%s` and a time moves it",
				       (long long)c->id, words_of(k, c, true));
	if (!checkin_is_live(was->state))
		return checkins_refuse(k, e, "c%lld: the invitation has gone out already; `%s` calls it off",
				       (long long)c->id, words_of(k, c, false));
	if (!checkin_is_live(c->state))
		return checkins_refuse(k, e, "c%lld: that it is called off has gone out already; a new one is made by `kept checkin add`",
				       (long long)c->id);
	return checkins_refuse(k, e,
			       "c%lld: the change has gone out already; `%s` and the time of before, %s, moves it back",
			       (long long)c->id, words_of(k, c, true), checkins_day(k, was->start));
}

static bool withdraw(struct checkins *k, const struct checkin *c, struct err *e)
{
	int64_t *ids;
	size_t n;

	if (!store_checkin_mails(k->q, k->p, c->id, true, &ids, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct outgoing o;
		bool found;

		if (!outbox_head(k->q, k->p, ids[i], &o, &found, e) ||
		    (found && !schedule_withdraw(k->q, k->p, &o, 0, "what it tells of was taken back", k->now, e)))
			return false;
	}
	return true;
}

/* The invitation of before is made anew, for those who have none; what waited is gone. */
static bool invite_anew(struct checkins *k, const struct checkin *c, struct err *e)
{
	struct schedule_meeting m = { .method = "REQUEST", .why = "a change to it was taken back" };
	struct addrs all = checkin_people(k->p, c), had = { 0 };
	int64_t *ids;
	size_t n;

	if (!store_checkin_mails(k->q, k->p, c->id, false, &ids, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct outgoing o;
		bool found;

		if (!outbox_head(k->q, k->p, ids[i], &o, &found, e))
			return false;
		if (found)
			addrs_add(k->p, &had, "", o.recipient);
	}
	for (size_t i = 0; i < all.n && had.n; i++) {
		m.only = all.list[i].address;
		if (!addrs_has(&had, m.only) && !checkins_tell(k, c, m, e))
			return false;
	}
	return had.n || checkins_tell(k, c, m, e);
}

static bool back(struct checkins *k, const struct undoable *u, struct checkin *c, struct err *e)
{
	struct checkin was = *c;
	bool left, waits, hidden;
	int64_t mail;

	if (!store_image_checkin_back(k->p, u->image, &was, &waits, &mail, e) || !has_left(k, c, mail, &left, e))
		return false;
	if (left)
		return too_late(k, c, &was, u->word, e);
	if (checkin_is_live(was.state) && !*was.rrule && was.start <= k->now && was.start != c->start)
		return checkins_refuse(k, e, "c%lld: the time of before, %s, has passed; `%s` and a time moves it",
				       (long long)c->id, checkins_day(k, was.start), words_of(k, c, true));
	hidden = c->entry < 0 && was.entry < 0; /* nobody has an object of it, whose number may not come again */
	if (!hidden || !checkin_is_live(was.state))
		was.sequence = c->sequence + 1, was.stamp = k->now > c->stamp ? k->now : c->stamp + 1;
	was.entry = c->entry >= 0 ? c->entry : hidden ? -1 : was.entry;
	if (was.state != CHECKIN_PROPOSED && checkin_is_live(was.state))
		was.state = checkin_answered(&was);
	*c = was;
	if (checkin_is_live(c->state)) {
		checkins_say(k, "what was changed last is taken back. It is as before:");
		checkins_became(k, c, 0, 0);
	} else {
		checkins_say(k, "**c%lld** “%s” is taken back: nobody was invited.", (long long)c->id,
			     checkins_plain(k, checkin_title(k->p, c)));
	}
	/* a time that was declined had moved nothing */
	return withdraw(k, c, e) && (strcmp(u->word, "decline") == 0 ? store_checkin_save(k->q, c, e) : checkins_entry(k, c, 0, 0, e)) &&
	       record_add(k->q,
			  &(struct event){ .owner = k->owner->key,
					   .word = "undo",
					   .letter = k->letter,
					   .commitment = c->commitment,
					   .detail = pool_print(k->p, "c%lld: %s", (long long)c->id, u->word),
					   .undoes = u->event },
			  k->now, e) &&
	       (!waits || !checkin_is_live(c->state) || invite_anew(k, c, e));
}

bool checkins_undo(struct checkins *k, const struct undoable *u, struct checkin *out, struct err *e)
{
	struct checkin c;

	return checkins_get(k, u->checkin, out, e) && checkins_begin(k, out, &c, e) &&
	       checkins_end(k, out, &c, back(k, u, &c, e), e);
}
