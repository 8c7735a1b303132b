/* `interest`: what the person that something was promised to wants to hear of */
#include "borders/record.h"
#include "borders/store.h"
#include "work/execute_inner.h"

enum { INTERESTS_MOST = 50 /* of one person */ };

static bool until(struct run *r, const struct command *c, utc *out, struct err *e)
{
	struct when w;

	*out = r->now + (utc)INTEREST_DAYS * 86400;
	if (!c->when)
		return true;
	if (!run_when(r, c->when, &w, e))
		return false;
	*out = w.at;
	return !w.rrule || err_perm(e, run_in(r, "'%s' comes again and again; name the day until when"), c->when);
}

static bool note(struct run *r, const struct command *c, const struct commitment *m, utc end, struct err *e)
{
	struct interest i = { .topic = line_from(r->p, c->text, WHAT_MOST).s, .until = end, .at = r->now,
			      .commitment = m->id, .letter = r->x->letter };
	struct event v = { .owner = m->owner->key, .word = "interest", .commitment = m->id, .letter = r->x->letter };
	struct interest *all;
	struct contact who;
	size_t n;
	bool noted, known;

	if (!store_contact(r->q, r->p, m->owner->key, &m->to.list[0], &who, &noted, e) ||
	    (!who.id && !store_contact_save(r->q, &who, r->now, e)))
		return false;
	i.contact = who.id;
	if (!store_interests(r->q, r->p, who.id, &all, &n, e))
		return false;
	if (n >= INTERESTS_MOST) {
		say_failed(r, m, pool_print(r->p, run_in(r, "%d interests of theirs are noted already; `kept contact %s` shows them."),
					    INTERESTS_MOST, addr_typed(who.address)));
		return true;
	}
	if (!store_interest_add(r->q, r->p, &i, &known, e))
		return false;
	touch(r, m->id); /* so that more can be answered */
	head(r, NULL, "%s wants to hear of %s", addr_called(who.name, who.address), i.topic);
	say(r, NULL,
	    c->when ? "%s wants to hear of “%s”, until %s. New approved material that fits is proposed to you, and sent by your "
		      "word alone."
		    : "%s wants to hear of “%s”, until %s, since you named no day. New approved material that fits is proposed to "
		      "you, and sent by your word alone.",
	    run_plain(r, addr_called(who.name, who.address)), run_plain(r, i.topic), run_day(r, end));
	v.detail = pool_print(r->p, "c%lld", (long long)who.id);
	if (!known) {
		v.before = pool_print(r->p, "%lld", (long long)i.id); /* which `undo` takes back */
		changed(r, m->id);
	}
	return record_add(r->q, &v, r->now, e);
}

bool run_interest(struct run *r, const struct command *c, struct err *e)
{
	const int64_t *ids;
	struct err why = { 0 };
	utc end;
	size_t n;

	if (!run_meant(r, c, &ids, &n, e))
		return false;
	if (n && !until(r, c, &end, &why)) {
		say_failed(r, NULL, why.text);
		return true;
	}
	for (size_t i = 0; i < n; i++) {
		struct commitment m;
		utc answered;
		bool own;

		if (!run_own(r, ids[i], &m, &answered, &own, e))
			return false;
		if (!own)
			continue;
		if (!m.to.n)
			say_failed(r, &m, "it is not noted to whom it was promised; `who ADDRESS` says so.");
		else if (!note(r, c, &m, end, e))
			return false;
	}
	return true;
}
