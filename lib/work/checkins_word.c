/* check-ins: the owner's word on mail that waits, and on a time that somebody proposes */
#include <string.h>

#include "letters/ical.h"
#include "work/checkins_inner.h"
#include "work/schedule_inner.h"

/* ---- the owner's word on what waits ---- */

/* What waits for a word, or (`all`) for its time too. */
static bool waiting(struct checkins *k, const struct checkin *c, bool all, struct outgoing **out, size_t *n,
		    struct err *e)
{
	int64_t *ids;
	size_t count;

	*out = NULL;
	*n = 0;
	if (!store_checkin_mails(k->q, k->p, c->id, true, &ids, &count, e))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct outgoing o;
		bool found;

		if (!outbox_head(k->q, k->p, ids[i], &o, &found, e))
			return false;
		if (found && (all || o.state == OUTBOX_HELD))
			*(struct outgoing *)pool_more(k->p, out, (*n)++, sizeof **out) = o;
	}
	return *n || checkins_refuse(k, e, "no mail about c%lld waits for your word; nothing was done", (long long)c->id);
}

/* One of them, unless a last look finds what must not leave; a second word sends it all the same. */
static bool send_one(struct checkins *k, struct outgoing *o, utc at, struct err *e)
{
	bool again = strcmp(o->word, WORD_REFUSED) == 0;
	struct findings seen;
	struct verdict v;

	if (!schedule_look(k->q, k->p, k->c, o, k->now, &seen, e) ||
	    !schedule_often(k->q, k->p, k->c, o, at > k->now ? at : k->now, &seen, e))
		return false;
	if (seen.block && !again) {
		checkins_say(
			k,
			"the mail to %s was not sent. Look at this first; to send it as it is, say `send` once more:",
			checkins_plain(k, o->recipient));
		for (size_t i = 0; i < seen.n; i++)
			checkins_say(k, "%s", checkins_plain(k, k->letter ? seen.list[i].told : seen.list[i].says));
		o->word = WORD_REFUSED;
		return outbox_settle(k->q, o, OUTBOX_HELD, k->now, seen.list[0].says, e);
	}
	if (!schedule_release(k->q, k->p, k->c, o, seen.block ? WORD_OVERRIDE : "send", at, k->now, &v, e))
		return false;
	if (v.kind == GATE_NEVER)
		checkins_say(k, "the mail to %s was not sent: %s.", checkins_plain(k, o->recipient), checkins_in(k, v.why));
	else if (o->try_at > k->now && v.kind == GATE_LATER)
		checkins_say(k, "the mail to %s leaves %s, since %s.", checkins_plain(k, o->recipient), checkins_day(k, o->try_at),
			     checkins_in(k, v.why));
	else if (o->try_at > k->now)
		checkins_say(k, "the mail to %s leaves %s.", checkins_plain(k, o->recipient), checkins_day(k, o->try_at));
	else
		checkins_say(k, "the mail to %s is on its way.", checkins_plain(k, o->recipient));
	return true;
}

static bool send_all(struct checkins *k, const struct checkin *c, const char *words, struct err *e)
{
	struct when w = { .at = 0 };
	struct outgoing *list;
	size_t n;

	if (checkin_invites_to(c) && c->start <= k->now)
		return checkins_refuse(k, e,
				       *c->rrule ? "c%lld was %s: nobody needs to be invited any more; `kept checkin move` lets the "
						   "series begin later"
						 : "c%lld was %s: nobody needs to be invited any more",
				       (long long)c->id, checkins_day(k, c->start));
	if (!checkins_can_send(k, e) || (given(words) && !checkins_moment(k, words, &w, e)) || !waiting(k, c, false, &list, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!send_one(k, &list[i], w.at, e))
			return false;
	return checkins_record(k, c, "send", checkin_state_name(c->state), e);
}

bool checkins_send(struct checkins *k, const struct checkin *c, const char *words, struct err *e)
{
	return sql_mark(k->q, e) && checkins_whole(k, send_all(k, c, words, e), e);
}

static bool skip(struct checkins *k, const struct checkin *c, struct err *e)
{
	struct outgoing *list;
	size_t n;

	if (!waiting(k, c, true, &list, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		list[i].word = "skip";
		if (!schedule_withdraw(k->q, k->p, &list[i], 0, "your word: skip", k->now, e))
			return false;
		checkins_say(k, "the mail to %s is dropped.", checkins_plain(k, list[i].recipient));
	}
	checkins_say(k,
		     c->state == CHECKIN_PROPOSED
			     ? "nobody was invited. `kept checkin cancel %lld` ends it."
			     : "the check-in is as you changed it; they do not know. `kept checkin show %lld` has it.",
		     (long long)c->id);
	return checkins_record(k, c, "skip", checkin_state_name(c->state), e);
}

bool checkins_skip(struct checkins *k, const struct checkin *c, struct err *e)
{
	return sql_mark(k->q, e) && checkins_whole(k, skip(k, c, e), e);
}

/* ---- the owner's word on what they answered ---- */

/* The proposal of that one, or the only one. */
static struct checkin_attendee *proposal(struct checkins *k, const struct checkin *c, const char *who, struct err *e)
{
	struct checkin_attendee *found = NULL;

	for (size_t i = 0; i < c->attendee_count; i++) {
		if (!c->attendees[i].counter || (given(who) && !addr_same(c->attendees[i].address, who)))
			continue;
		if (found && !given(who) && !addr_same(found->address, c->attendees[i].address))
			return checkins_refuse(k, e,
					       "several propose another time for c%lld: say whose, as `kept checkin accept %lld "
					       "--with ADDRESS`",
					       (long long)c->id, (long long)c->id),
			       NULL;
		if (!found || c->attendees[i].answered > found->answered)
			found = &c->attendees[i];
	}
	if (!found)
		checkins_refuse(k, e, "nobody proposes another time for c%lld", (long long)c->id);
	return found;
}

static bool counter(struct checkins *k, struct checkin *c, const char *who, bool accept, struct err *e)
{
	struct checkin_attendee *a, *own;
	const char *address;
	utc recurrence;

	if (!checkins_live(k, c, e) || !(a = proposal(k, c, who, e)))
		return false;
	address = a->address, recurrence = a->recurrence;
	if (accept) {
		struct checkin_change w = { .start = a->counter,
					    .minutes = a->counter_minutes == c->minutes || recurrence
							       ? 0
							       : a->counter_minutes,
					    .recurrence = recurrence };

		if (w.start <= k->now)
			return checkins_refuse(k, e, "the time that they proposed has passed");
		a->counter = 0;
		if (!checkins_move(k, c, &w, e))
			return false;
		if (recurrence || !(own = checkin_attendee(c, address, 0)))
			return true;
		own->partstat = PARTSTAT_ACCEPTED; /* it is their own proposal */
		c->state = checkin_answered(c);
		return store_checkin_save(k->q, c, e);
	}
	a->counter = 0;
	checkins_say(k, "**c%lld** “%s” stays as it is.", (long long)c->id, checkins_plain(k, checkin_title(k->p, c)));
	return store_checkin_save(k->q, c, e) &&
	       checkins_record(k, c, "decline", "the time that was proposed", e) &&
	       checkins_tell(k, c,
			     (struct schedule_meeting){ .method = "DECLINECOUNTER",
							.recurrence = recurrence,
							.only = address,
							.why = "the time that they proposed cannot be" },
			     e);
}

bool checkins_counter(struct checkins *k, struct checkin *c, const char *who, bool accept, struct err *e)
{
	struct checkin new;

	bool send = k->send, well;

	k->send = true; /* it is their word on that very time */
	well = checkins_begin(k, c, &new, e) && checkins_end(k, c, &new, counter(k, &new, who, accept, e), e);
	k->send = send;
	return well;
}

bool checkins_edit(struct checkins *k, struct checkin *c, const char *text, struct err *e)
{
	struct schedule_meeting own = { .method = "REQUEST", .own_text = text, .why = "it is in your words now" };

	return checkins_live(k, c, e) && sql_mark(k->q, e) && checkins_whole(k, checkins_tell(k, c, own, e), e);
}

bool checkins_get(struct checkins *k, int64_t id, struct checkin *out, struct err *e)
{
	bool found;

	if (!store_checkin(k->q, k->p, id, out, &found, e))
		return false;
	return (found && strcmp(out->owner, k->owner->key) == 0) ||
	       checkins_refuse(k, e, "c%lld: there is no such check-in of yours; `kept checkin list` shows them", (long long)id);
}

bool checkins_object(struct checkins *k, const struct checkin *c, const char **out, struct err *e)
{
	struct addr own = { k->owner->name, k->owner->addresses.list[0] };

	return ical_checkin(k->p,
			    &(struct ical_meeting){ .c = c,
						    .method = checkin_is_live(c->state) ? "REQUEST" : "CANCEL",
						    .organizer = own,
						    .owner = own },
			    out, e);
}
