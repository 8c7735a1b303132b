/* what a command does to one promise */
#include <string.h>

#include "borders/store.h"
#include "judgement/look.h"
#include "judgement/plan.h"
#include "letters/markup.h"
#include "work/execute_inner.h"

static bool move(struct run *r, struct deed *d, enum commitment_event event)
{
	if (commitment_move(d->m->state, event, &d->m->state))
		return true;
	say_failed(r, d->m, pool_print(r->p, run_in(r, "it is %s already; nothing was changed."), run_in(r, commitment_state_name(d->m->state))));
	return false;
}

/* The next due time of a recurring promise, now that this one is done; false: it does not recur. */
static bool again(struct run *r, struct commitment *m)
{
	struct frame f = { .anchor = r->now > m->due ? r->now : m->due, .time = &m->owner->time, .zone = zone_named, .zone_arg = r->p };
	struct when w;

	if (!*m->every || !when_parse(r->p, m->every, &f, &w, NULL) || w.at <= r->now)
		return false;
	m->due = w.at;
	m->due_set = r->now;
	m->snoozed = 0;
	m->due_words = m->every;
	return true;
}

static const char *note_of(struct run *r, const struct command *c)
{
	return c->text ? line_from(r->p, c->text, NOTE_MOST).s : "";
}

/* What was taken for a note is shown: it may have been meant otherwise. */
static const char *note_said(struct run *r, const struct command *c)
{
	const char *note = note_of(r, c);

	return *note ? pool_print(r->p, run_in(r, " Note: “%s”"), run_plain(r, note)) : "";
}

/* A reminder leaves the due day as it is: said once, where it is the same day. */
static const char *still_due(struct run *r, const struct commitment *m, utc at)
{
	const struct zone *z = m->owner->time.zone;
	struct civil c = zone_civil(z, m->due);

	if (at == m->due)
		return run_in(r, ", when it is due");
	if (zone_day(z, at) == zone_day(z, m->due))
		return pool_print(r->p, run_in(r, "; it is still due that day at %02d:%02d"), c.hour, c.minute);
	return pool_print(r->p, run_in(r, "; it is still due %s"), run_day(r, m->due));
}

/* A time that the command names; says why where it cannot be one. */
static bool named(struct run *r, struct deed *d, const char *otherwise, struct when *w)
{
	struct err why = { 0 };

	if (run_when(r, d->command->when ? d->command->when : otherwise, w, &why))
		return true;
	say_failed(r, d->m, why.text);
	return false;
}

/* What the owner did not say themselves, they are told the reason of. */
static const char *seen_said(struct run *r, const struct command *c)
{
	return c->seen ? pool_print(r->p, ": %s", markdown_quote(r->p, c->seen, NOTE_MOST)) : "";
}

static bool done(struct run *r, struct deed *d, struct err *e)
{
	struct commitment *m = d->m;
	const char *note = note_of(r, d->command), *seen = seen_said(r, d->command);

	(void)e;
	if (*note)
		m->note = note;
	d->detail = d->command->seen;
	if (again(r, m)) {
		head(r, m, "Done, the next one %s", run_day_short(r, m->due));
		say(r, m, "done%s. It comes again: the next one is due %s.%s", seen, run_day(r, m->due), note_said(r, d->command));
		return d->done = true;
	}
	if (m->state != COMMITMENT_DELIVERED && m->to.n && plan_asks_after(conf_policy(r->c, m->policy))) {
		if (!move(r, d, COMMITMENT_ON_DELIVER))
			return true;
		m->delivered = r->now;
		head(r, m, "Delivered");
		say(r, m, "delivered%s. I prepare a question whether it helped, for your word, and close it then. To close it now, answer `done %lld`%s.%s",
		    seen, (long long)m->id, *seen ? "" : run_in(r, " again"), note_said(r, d->command));
		return d->done = true;
	}
	if (!move(r, d, COMMITMENT_ON_DONE))
		return true;
	m->closed = r->now;
	head(r, m, "Done");
	say(r, m, "done, and closed%s.%s", seen, note_said(r, d->command));
	return d->done = true;
}

static bool cancel(struct run *r, struct deed *d, struct err *e)
{
	const char *note = note_of(r, d->command);

	(void)e;
	if (!move(r, d, COMMITMENT_ON_CANCEL))
		return true;
	d->m->closed = r->now;
	if (*note)
		d->m->note = note;
	head(r, d->m, "Called off");
	say(r, d->m, "called off.%s", note_said(r, d->command));
	return d->done = true;
}

static bool later(struct run *r, struct deed *d, struct err *e)
{
	struct commitment *m = d->m;
	bool wait = d->command->verb == COMMAND_WAIT;
	struct when w;

	(void)e;
	if (!named(r, d, "1bd", &w) || (wait && !move(r, d, COMMITMENT_ON_WAIT)))
		return true;
	m->snoozed = w.at;
	d->detail = utc_print(r->p, m->owner->time.zone, w.at);
	head(r, m, wait ? "Waiting until %s" : "Next reminder %s", run_day_short(r, w.at));
	say(r, m, wait ? "it is their turn; I will ask again %s%s." : "I will remind you again %s%s.", run_day(r, w.at), still_due(r, m, w.at));
	if (w.note)
		say(r, NULL, "%s", run_in(r, w.note));
	return d->done = true;
}

static bool due(struct run *r, struct deed *d, struct err *e)
{
	struct commitment *m = d->m;
	struct when w;

	(void)e;
	if (!named(r, d, "", &w))
		return true;
	m->what = commitment_thing(r->p, m); /* its old day is not its end any more */
	m->due_words = pool_copy(r->p, d->command->when);
	m->due_error = "";
	m->snoozed = 0;
	d->detail = pool_print(r->p, "%s" DUE_SAID "%s", utc_print(r->p, m->owner->time.zone, w.at),
			       utc_print(r->p, m->owner->time.zone, r->x->written < r->now ? r->x->written : r->now));
	head(r, m, w.at == m->due ? "Due %s, as before" : "Moved to %s", run_day_short(r, w.at));
	say(r, m, w.at == m->due ? "it is due %s, as before." : "it is due %s now.", run_day(r, w.at));
	if (w.at != m->due)
		m->due_set = r->now; /* said again it is no other day, of which they would have to hear */
	m->due = w.at;
	if (w.note)
		say(r, NULL, "%s", run_in(r, w.note));
	return d->done = true;
}

static bool every(struct run *r, struct deed *d, struct err *e)
{
	const char *words = d->command->when ? d->command->when : "";
	struct err why = { 0 };
	struct when w;

	(void)e;
	if (!run_when(r, words, &w, &why) || (!w.rrule && !err_code(&why, "unknown", run_in(r, "'%s' does not say how often; as `every 2 weeks`"), words))) {
		say_failed(r, d->m, why.text);
		return true;
	}
	d->m->every = pool_copy(r->p, words);
	head(r, d->m, "Comes again");
	say(r, d->m, "it comes again, %s.", run_plain(r, words));
	if (d->m->to.n && conf_own_submission(r->c, d->m->owner))
		say(r, NULL, "to meet them for it as often, answer `at` and the first time, as `at friday 3pm`.");
	return d->done = true;
}

static bool note(struct run *r, struct deed *d, struct err *e)
{
	d->m->note = note_of(r, d->command);
	head(r, d->m, "Your note");
	say(r, d->m, "noted.%s", note_said(r, d->command));
	d->done = true;
	return run_note_of_person(r, d->m, d->m->note, e);
}

static bool what(struct run *r, struct deed *d, struct err *e)
{
	(void)e;
	d->m->what = line_from(r->p, d->command->text ? d->command->text : "", WHAT_MOST).s;
	head(r, d->m, "Other words");
	say(r, d->m, "so it reads now.");
	return d->done = true;
}

/* Does the address look like a slip of one that is known? */
static bool slips(struct run *r, struct commitment *m, const char *address, struct findings *out, struct err *e)
{
	struct addr to = { "", address };
	struct looked in = { .mail = { .subject = "", .text = "", .to = { &to, 1 } }, .promised = m, .promised_count = 1 };
	size_t kept = 0;

	if (!store_contact_known(r->q, r->p, m->owner->key, &in.known, e))
		return false;
	look(r->p, &in, r->c, r->now, out);
	for (size_t i = 0; i < out->n; i++)
		if (out->list[i].kind == LOOK_SLIP)
			out->list[kept++] = out->list[i];
	out->n = kept;
	return true;
}

static bool who(struct run *r, struct deed *d, struct err *e)
{
	const char *written = d->command->who ? d->command->who : "", *address = addr_clean(r->p, written);
	struct findings f;

	if (!address) {
		say_failed(r, d->m, pool_print(r->p, run_in(r, "'%s' is no mail address; nothing was changed."), run_plain(r, written)));
		return true;
	}
	if (addrs_has(&d->m->to, address) && !store_bounced_drop(r->q, address, e)) /* it is right, they say: it may be tried again */
		return false;
	if (!slips(r, d->m, address, &f, e))
		return false;
	d->m->to = (struct addrs){ 0 };
	addrs_add(r->p, &d->m->to, "", address);
	if (!store_commitment_to(r->q, d->m->id, &d->m->to, e) || !execute_people(r->q, r->p, d->m, r->now, e))
		return false;
	head(r, d->m, f.n ? "Is that right? For %s" : "For %s", address);
	say(r, d->m, "it was promised to %s.", run_plain(r, address));
	if (f.n)
		say(r, NULL, "%s Is that right? If not, `who` and the right one.", run_plain(r, f.list[0].says));
	return d->done = true;
}

static bool team(struct run *r, struct deed *d, struct err *e)
{
	struct commitment *m = d->m;
	const char *named = d->command->team ? d->command->team : "";
	const struct team *t = conf_team(r->c, named), *old = m->team_since ? conf_team(r->c, m->team) : NULL;
	struct contact who = { .zone = "" };
	bool noted;

	if (!t) {
		say_failed(r, m, pool_print(r->p, run_in(r, "%s Nothing was changed."), markdown_quote(r->p, execute_no_team(r->p, r->c, r->language, named), NOTE_MOST)));
		return true;
	}
	if (t == old && !m->team_answered && m->state == COMMITMENT_WAITING) {
		say_failed(r, m, pool_print(r->p, run_in(r, "it is with %s already; nothing was changed."), run_plain(r, t->name)));
		return true;
	}
	if (!move(r, d, COMMITMENT_ON_ROUTED))
		return true;
	if (!store_bounced_drop(r->q, t->address, e)) /* it is right, they say: it may be tried again */
		return false;
	execute_give(m, t, r->now);
	if (m->to.n && !store_contact(r->q, r->p, m->owner->key, &m->to.list[0], &who, &noted, e))
		return false;
	if (strcmp(m->policy, m->owner->policy) == 0)
		m->policy = plan_policy(r->p, r->c, m, &who);
	d->detail = t->key;
	head(r, m, "Given to %s", t->name);
	say(r, m, "%s%s", markdown_quote(r->p, execute_team_said(r->p, r->c, r->language, m, r->now), NOTE_MOST),
	    old && old != t ? pool_print(r->p, run_in(r, " %s hears that it is not needed from them any more."), run_plain(r, old->name)) : "");
	return d->done = true;
}

/* `closed`: it may be said of a promise that is closed too: no reminder is promised, and no time set; else undo alone opens it. */
static const struct {
	deed_function *does;
	bool closed;
} deeds[] = {
	[COMMAND_DONE] = { done, false }, [COMMAND_CANCEL] = { cancel, true }, [COMMAND_SNOOZE] = { later, false }, [COMMAND_WAIT] = { later, false },
	[COMMAND_DUE] = { due, false },	  [COMMAND_EVERY] = { every, false },  [COMMAND_NOTE] = { note, true },	    [COMMAND_WHAT] = { what, true },
	[COMMAND_WHO] = { who, true }, [COMMAND_TEAM] = { team, false },
};

/* What only sounded like a promise is one, by a day for it. */
static bool confirm(struct run *r, const struct command *c, struct commitment *m, utc answered, struct err *e)
{
	struct deed d = { .command = c, .m = m, .answered = answered };
	const char *before = store_image(r->p, m);
	struct when w;

	if (!named(r, &d, "", &w))
		return true;
	commitment_move(m->state, COMMITMENT_ON_CONFIRMED, &m->state);
	m->what = commitment_thing(r->p, m);
	m->due_words = pool_copy(r->p, c->when), m->due_error = "";
	m->due = w.at, m->due_set = r->now;
	head(r, m, "Noted for %s", run_day_short(r, w.at));
	say(r, m, "it is a promise, due %s.", run_day(r, w.at));
	changed(r, m->id);
	return save(r, m, answered, "made", "the owner says that it is a promise", before, 0, e) && execute_people(r->q, r->p, m, r->now, e);
}

bool run_deed(struct run *r, const struct command *c, struct commitment *m, utc answered, struct err *e)
{
	struct deed d = { .command = c, .m = m, .answered = answered };
	const char *before = store_image(r->p, m);

	if (m->state == COMMITMENT_CANDIDATE && c->verb == COMMAND_DUE)
		return confirm(r, c, m, answered, e);
	if (!deeds[c->verb].closed && !commitment_is_live(m->state)) {
		say_failed(r, m, pool_print(r->p, run_in(r, "it is %s already; nothing was changed."), run_in(r, commitment_state_name(m->state))));
		return true;
	}
	if (!deeds[c->verb].does(r, &d, e))
		return false;
	if (!d.done)
		return true;
	changed(r, m->id);
	return save(r, m, answered, command_word(c->verb), d.detail ? d.detail : note_of(r, c), before, 0, e);
}
