/* `met`, `touch`, `insight`, `stage`: what the owner says of the person that something was promised to */
#include <string.h>

#include "borders/store.h"
#include "letters/markup.h"
#include "letters/phrase.h"
#include "work/execute_inner.h"
#include "work/people.h"

bool execute_people(struct sql *q, struct pool *p, const struct commitment *m, utc now, struct err *e)
{
	struct contact who;
	bool noted;

	for (size_t i = 0; i < m->to.n; i++)
		if (!store_contact(q, p, m->owner->key, &m->to.list[i], &who, &noted, e) ||
		    (!noted && !who.erased && !store_contact_made(q, p, m->owner->key, &m->to.list[i], &who, now, e)))
			return false;
	return true;
}

/* A person may be noted by their address alone. */
static const char *called(struct run *r, const struct contact *c)
{
	return run_plain(r, addr_called(c->name, c->address));
}

static bool spoke(struct run *r, const struct command *c, const struct commitment *m, const struct contact *who, struct err *e)
{
	struct exchange x = { .at = r->x->written < r->now ? r->x->written : r->now, .channel = "met", .direction = CONTACT_DIRECTION_BOTH,
			      .text = c->text ? line_from(r->p, c->text, NOTE_MOST).s : "" };
	const char *said;

	if (c->verb == COMMAND_TOUCH)
		x.channel = text_fold(r->p, c->arg ? c->arg : "");
	if (!contact_channel_ok(x.channel)) {
		say_failed(r, NULL, "`touch` by what? One word, as `touch phone: what was said`.");
		return true;
	}
	head(r, NULL, "Noted: you spoke with %s", addr_called(who->name, who->address));
	said = *x.text ? pool_print(r->p, run_in(r, ": “%s”"), run_plain(r, x.text)) : "";
	if (c->verb == COMMAND_TOUCH)
		say(r, NULL, "you spoke with %s (%s)%s. How often you hear from each other is counted from now.", called(r, who),
		    run_plain(r, x.channel), said);
	else
		say(r, NULL, "you spoke in person with %s%s. How often you hear from each other is counted from now.", called(r, who), said);
	changed(r, m->id);
	return people_spoke(r->q, who, &x, m->id, r->now, e);
}

bool run_insight(struct run *r, const struct contact *who, const char *text, int64_t commitment, const char **noted, struct err *e)
{
	const char *line = text_squeeze(r->p, line_from(r->p, text, NOTE_MOST).s);
	bool full;

	*noted = "";
	if (!*line) {
		say_failed(r, NULL, "an insight without words: nothing was noted.");
		return true;
	}
	if (!people_learnt(r->q, r->p, who, line, commitment, r->now, &full, e))
		return false;
	if (full)
		say_failed(r, NULL, pool_print(r->p, run_in(r, "%d insights of theirs are noted already; `kept contact %s` shows them."),
					       CONTACT_LIST_MOST, addr_typed(who->address)));
	else
		*noted = line;
	return true;
}

static bool learnt(struct run *r, const struct command *c, const struct commitment *m, const struct contact *who, struct err *e)
{
	const char *noted;

	if (!run_insight(r, who, c->text ? c->text : "", m->id, &noted, e))
		return false;
	if (!*noted)
		return true;
	changed(r, m->id);
	head(r, NULL, "Noted: an insight from %s", addr_called(who->name, who->address));
	say(r, NULL, "learnt from %s: “%s”. It stays open until they hear what came of it; `kept contact %s` shows it.", called(r, who),
	    run_plain(r, noted), addr_typed(who->address));
	return true;
}

static bool stage(struct run *r, const struct command *c, const struct commitment *m, struct contact *who, struct err *e)
{
	enum contact_stage s;

	if (c->arg && contact_stage_from(c->arg, &s) && s) {
		changed(r, m->id);
		head(r, NULL, "%s: %s", addr_called(who->name, who->address), run_in(r, contact_stage_name(s)));
		say(r, NULL, "%s is noted as %s.", called(r, who), run_in(r, contact_stage_name(s)));
		return people_staged(r->q, r->p, who, s, m->id, r->now, e);
	}
	head(r, NULL, "%s: as before", addr_called(who->name, who->address));
	say(r, NULL, "the stage of %s stays as it is.", called(r, who));
	return true;
}

static bool of_person(struct run *r, const struct command *c, struct commitment *m, utc answered, struct err *e)
{
	struct contact who;

	(void)answered;
	if (!m->to.n) {
		say_failed(r, m, "it is not noted to whom it was promised; `who ADDRESS` says so.");
		return true;
	}
	touch(r, m->id); /* so that more can be answered */
	return store_contact_made(r->q, r->p, m->owner->key, &m->to.list[0], &who, r->now, e) &&
	       (c->verb == COMMAND_INSIGHT ? learnt(r, c, m, &who, e) : c->verb == COMMAND_STAGE ? stage(r, c, m, &who, e) : spoke(r, c, m, &who, e));
}

bool run_person(struct run *r, const struct command *c, struct err *e)
{
	return run_each(r, c, of_person, e);
}

bool run_note_of_person(struct run *r, const struct commitment *m, const char *text, struct err *e)
{
	struct card_entry x = { .list = CARD_LIST_NOTE, .word = "", .text = text };
	struct contact who;
	bool full;

	if (!m->to.n || !*text)
		return true;
	return store_contact_made(r->q, r->p, m->owner->key, &m->to.list[0], &who, r->now, e) && people_add(r->q, r->p, &who, &x, r->now, &full, e);
}

/* ---- what the record speaks for ---- */

static bool stage_said(struct sql *q, struct pool *p, const char *language, struct contact *who, struct text *answer, utc now,
		       struct err *e)
{
	const char *name = markdown_quote(p, addr_called(who->name, who->address), NAME_MOST);
	enum contact_stage next;
	const char *why, *is;

	if (!people_stage(q, p, who, language, &next, &why, e))
		return false;
	if (!next || next <= who->proposed)
		return true;
	who->proposed = next;
	is = phrase_of(language, contact_stage_name(next));
	text_print(answer,
		   phrase_of(language, "\n%s: %s. If that makes your work with %s %s, answer `stage %s`; if not, `stage no`. I say so "
				       "once.\n"),
		   name, why, name, is, contact_stage_name(next));
	return store_contact_save(q, who, now, e);
}

bool execute_stages_said(struct sql *q, struct pool *p, const struct conf *c, const int64_t *ids, size_t n, struct text *answer, utc now, struct err *e)
{
	for (size_t i = 0; i < n && i < 20; i++) {
		struct commitment m;
		struct contact who;
		utc answered;
		bool found, noted;

		if (!store_commitment(q, p, c, ids[i], &m, &answered, &found, e))
			return false;
		if (!found || !m.to.n)
			continue;
		if (!store_contact(q, p, m.owner->key, &m.to.list[0], &who, &noted, e) || (noted && !stage_said(q, p, m.owner->language, &who, answer, now, e)))
			return false;
	}
	return true;
}
