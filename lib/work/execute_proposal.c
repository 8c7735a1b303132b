/* the answer to a mail that proposes check-ins: when, what for, or not this time */
#include <string.h>

#include "borders/outbox.h"
#include "borders/record.h"
#include "borders/store.h"
#include "letters/phrase.h"
#include "work/checkins.h"
#include "work/execute_inner.h"

static const char *with(struct run *r, const struct checkin *k)
{
	struct addrs all = checkin_people(r->p, k);

	return run_plain(r, phrase_names(r->p, r->language, &all));
}

static bool record(struct run *r, const struct checkin *k, const char *word, const char *before, struct err *e)
{
	struct event v = { .owner = k->owner,
			   .word = word,
			   .letter = r->x->letter,
			   .detail = pool_print(r->p, "c%lld", (long long)k->id),
			   .before = before };

	return record_add(r->q, &v, r->now, e);
}

/* They are invited: that they named a time is their word on it. */
static bool invite(struct run *r, struct checkin *k, const char *when, struct err *e)
{
	struct checkins x = { .q = r->q,
			      .p = r->p,
			      .c = r->c,
			      .owner = r->x->owner,
			      .written = r->x->written,
			      .now = r->now,
			      .letter = r->x->letter,
			      .send = true,
			      .said = text_new(r->p, ANSWER_MOST) };
	struct checkin_change change = { .at = when };
	struct err why = { 0 };

	if (!when)
		change.start = k->start;
	if (checkins_move(&x, k, &change, &why)) {
		head(r, NULL, "Invited: %s", with(r, k));
		text_add(r->x->answer, x.said->s);
		return true;
	}
	if (why.kind != ERR_PERM) {
		*e = why;
		return false;
	}
	say_failed(r, NULL, pool_print(r->p, run_in(r, "nobody was invited: %s"), run_plain(r, why.text)));
	return true;
}

/* A time without a purpose waits for that. */
static bool at(struct run *r, const struct command *c, struct checkin *k, struct err *e)
{
	struct err why = { 0 };
	struct when w;

	if (*k->purpose)
		return invite(r, k, c->when, e);
	if (!run_when(r, c->when, &w, &why)) {
		say_failed(r, NULL, why.text);
		return true;
	}
	k->start = w.at;
	k->stamp = r->now > k->made ? r->now : k->made + 1; /* so that it is known that its owner chose the time */
	say_failed(r, NULL,
		   pool_print(r->p,
			      run_in(r, "%s, with %s: what is it for? They read it in the invitation. Answer `what: "
					"…`, and they are "
					"invited for then."),
			      run_day(r, w.at), with(r, k)));
	return store_checkin_save(r->q, k, e);
}

static bool what(struct run *r, const struct command *c, struct checkin *k, struct err *e)
{
	bool chosen = k->stamp > k->made && k->start > r->now;

	k->purpose = line_from(r->p, c->text ? c->text : "", WHAT_MOST).s;
	if (!store_checkin_save(r->q, k, e) || !record(r, k, "purpose", NULL, e))
		return false;
	if (chosen)
		return invite(r, k, NULL, e);
	head(r, NULL, "What it is for is noted");
	say(r, NULL, "the check-in with %s is about “%s”. When is it? Answer `at` and a time.", with(r, k),
	    run_plain(r, k->purpose));
	return true;
}

static bool skip(struct run *r, struct checkin *k, struct err *e)
{
	const char *before = store_image_checkin(r->p, k, false, 0);

	k->state = CHECKIN_CANCELLED;
	k->stamp = r->now;
	head(r, NULL, "Not this time: %s", with(r, k));
	say(r, NULL, "no check-in with %s this time; it is proposed again later.", with(r, k));
	return store_checkin_save(r->q, k, e) && record(r, k, "skip", before, e);
}

static bool one(struct run *r, const struct command *c, int64_t id, enum command_verb verb, struct err *e)
{
	struct checkin k;
	bool found;

	if (!store_checkin(r->q, r->p, id, &k, &found, e))
		return false;
	if (!found || strcmp(k.owner, r->x->owner->key) != 0 || k.state != CHECKIN_PROPOSED || k.sequence) {
		say_failed(
			r, NULL,
			pool_print(r->p,
				   run_in(r, "\\#%lld was settled already; `kept checkin list` shows how it stands."),
				   (long long)id));
		return true;
	}
	switch ((int)verb) {
	case COMMAND_AT: return at(r, c, &k, e);
	case COMMAND_WHAT:
	case COMMAND_NOTE: return what(r, c, &k, e);
	default: return skip(r, &k, e);
	}
}

/* Is that check-in one of those which the mail proposed? */
static bool is_of(const struct named *list, size_t n, int64_t id)
{
	bool is = false;

	for (size_t i = 0; i < n; i++)
		is |= list[i].checkin == id;
	return is;
}

bool run_proposal(struct run *r, const struct command *c, bool *is, struct err *e)
{
	enum command_verb verb = c->verb == COMMAND_SNOOZE && c->bare ? COMMAND_AT
				 : c->verb == COMMAND_CANCEL          ? COMMAND_SKIP
								      : c->verb;
	struct named *list;
	size_t n;

	*is = verb == COMMAND_AT || verb == COMMAND_WHAT || verb == COMMAND_NOTE || verb == COMMAND_SKIP;
	if (!*is)
		return true;
	if (!store_named(r->q, r->p, r->x->answers, &list, &n, e))
		return false;
	if (!c->id_count && n > 1 && !(c->all && verb == COMMAND_SKIP)) {
		say_failed(r, NULL,
			   pool_print(r->p,
				      run_in(r, "`%s`: which one? That mail proposes %zu check-ins. Answer with the "
						"number, as `%s #%lld`."),
				      command_word(verb), n, command_word(verb), (long long)list[0].checkin));
		return true;
	}
	for (size_t i = 0; i < (c->id_count ? c->id_count : n); i++) {
		int64_t id = c->id_count ? c->ids[i] : list[i].checkin;

		if (!is_of(list, n, id))
			say_failed(r, NULL,
				   pool_print(r->p, run_in(r, "\\#%lld: that mail proposed no such check-in."),
					      (long long)id));
		else if (!one(r, c, id, verb, e))
			return false;
	}
	return true;
}
