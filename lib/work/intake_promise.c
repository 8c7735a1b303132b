/* What the owner promised: a new commitment, a new date for one, or what the untagged copy only sounded like. */
#include "work/intake_inner.h"

#include <string.h>

#include "borders/record.h"
#include "borders/store.h"
#include "judgement/words.h"
#include "letters/markup.h"
#include "letters/phrase.h"
#include "letters/quote.h"
#include "work/execute.h"
#include "work/schedule.h"

enum { REQUEST_MOST = 2000 /* bytes of what they asked */ };

/* Does it ask something: does its subject, or a line of its text, end in a question mark? */
static bool asks(const struct letter *l)
{
	size_t n = strlen(l->subject);

	for (const char *s = l->text; (s = strchr(s, '?')); s++)
		if (!s[1 + strspn(s + 1, " \t\r")] || s[1 + strspn(s + 1, " \t\r")] == '\n')
			return true;
	return n && l->subject[n - 1] == '?';
}

/* An option that is read, and has no effect yet: nobody must believe that it had one. */
static const char *unserved(const struct tag *g)
{
	return g->only ? "only" : "";
}

static const char *note_of_trust(const struct entry *n, const struct promise *x, struct trust *t)
{
	const struct tag *g = &n->m.tag;

	*t = (struct trust){ .what = x->trust.what,
			     .who = x->trust.who,
			     .when = x->trust.when,
			     .due_error = x->due_error,
			     .due_note = x->due_note,
			     .due_said = x->due_said,
			     .due_used = *x->due_error && x->from != DUE_FROM_POLICY ? x->due_words : "",
			     .unserved = unserved(g),
			     .guessed = !*x->words && !*g->text };
	t->alone = t->guessed && g->alone && g->way != TAG_FORWARD;
	t->asked = t->alone && asks(n->l);
	return *x->due_error ? "logged; its date was not understood" : "logged";
}

bool intake_is_new_date(const struct meaning *m)
{
	return m->thread && m->thread->commitment && m->promise_count == 1 && !*m->promises[0].words &&
	       *m->promises[0].due_words && !*m->promises[0].due_error && m->promises[0].from != DUE_FROM_SENTENCE &&
	       m->tag.way != TAG_NONE && !*m->tag.text;
}

/* Its tag names a team too: what is said of that; "" nothing. */
static const char *team_of_tag(struct entry *n, struct commitment *c)
{
	const char *named = n->m.tag.team, *said;
	const struct team *t = *named ? conf_team(n->c, named) : NULL;

	if (!*named)
		return "";
	if (!t)
		said = execute_no_team(n->p, n->c, c->owner->language, named);
	else if (c->team_since && !c->team_answered && conf_team(n->c, c->team) == t)
		said = phrase_of(c->owner->language, "It is with that team already.");
	else
		c->team = named, execute_team_of_new(n->c, c, n->now), said = execute_team_said(n->p, n->c, c->owner->language, c, n->now);
	return pool_print(n->p, " %s", markdown_quote(n->p, said, NOTE_MOST));
}

bool intake_move_thread(struct entry *n, struct err *e)
{
	struct commitment c;
	struct intake_moved moved = { .id = n->m.thread->commitment };
	const char *team;
	char *before;
	utc answered;
	bool found;

	if (!store_commitment(n->q, n->p, n->c, n->m.thread->commitment, &c, &answered, &found, e))
		return false;
	if (!found)
		return true;
	before = store_image(n->p, &c);
	c.due = n->m.promises[0].due;
	c.due_words = n->m.promises[0].due_words;
	c.due_error = "";
	c.due_set = n->now;
	c.snoozed = 0;
	c.look_at = n->now;
	moved.headline = pool_print(n->p, "Moved to %s: %s", utc_words_short(n->p, c.owner->time.zone, c.due, n->now),
				    commitment_said(n->p, &c));
	team = team_of_tag(n, &c);
	moved.line = pool_print(n->p,
				"- **\\#%lld**: your new mail in this conversation names another date: it is due %s "
				"now.%s To take it back, "
				"answer `undo %lld`.\n",
				(long long)c.id, utc_words(n->p, c.owner->time.zone, c.due), team, (long long)c.id);
	return store_commitment_save(n->q, &c, answered, e) &&
	       record_add(n->q,
			  &(struct event){ .owner = c.owner->key,
					   .word = "due",
					   .commitment = c.id,
					   .letter = n->row,
					   .detail = pool_print(n->p, "told in its tag" DUE_SAID "%s",
								utc_print(n->p, c.owner->time.zone, intake_written(n))),
					   .before = before },
			  n->now, e) &&
	       store_thread_add(n->q, c.id, n->l->message_id, e) && intake_deliveries(n, &moved, e) &&
	       schedule_these(n->q, n->p, n->c, &c.id, 1, NULL, n->now, e);
}

/* What the untagged copy in Sent only sounded like, the tagged one makes a promise: it is the same one. */
static bool confirm(struct entry *n, struct commitment *c, const char *how, bool *was, struct err *e)
{
	struct commitment old;
	int64_t *ids;
	size_t count;
	utc answered;
	bool found;

	*was = false;
	if (!store_of_letter(n->q, n->p, n->row, &ids, &count, e))
		return false;
	for (size_t i = 0; i < count && !*was; i++) {
		if (!store_commitment(n->q, n->p, n->c, ids[i], &old, &answered, &found, e))
			return false;
		*was = found && strcmp(old.words, c->words) == 0 && commitment_move(old.state, COMMITMENT_ON_CONFIRMED, &old.state);
	}
	if (!*was)
		return true;
	c->id = old.id, c->state = old.state, c->uid = old.uid, c->made = old.made, c->sequence = old.sequence,
	c->version = old.version;
	c->due_set = c->look_at = n->now;
	execute_team_of_new(n->c, c, n->now);
	return store_commitment_save(n->q, c, answered, e) && store_commitment_to(n->q, c->id, &c->to, e) &&
	       execute_people(n->q, n->p, c, n->now, e) &&
	       record_add(n->q, &(struct event){ .owner = c->owner->key, .word = "made", .letter = n->row, .commitment = c->id,
							       .detail = store_sealed(n->p, &old, how) }, n->now, e);
}

bool intake_forget_candidates(struct entry *n, struct err *e)
{
	struct commitment old;
	int64_t *ids;
	size_t count;
	utc answered;
	bool found;

	if (!store_of_letter(n->q, n->p, n->row, &ids, &count, e))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!store_commitment(n->q, n->p, n->c, ids[i], &old, &answered, &found, e))
			return false;
		if (!found || old.state != COMMITMENT_CANDIDATE || !commitment_move(old.state, COMMITMENT_ON_CANCEL, &old.state))
			continue;
		old.closed = n->now;
		if (!store_commitment_save(n->q, &old, answered, e) ||
		    !record_add(n->q,
				&(struct event){ .owner = old.owner->key,
						 .word = "cancel",
						 .letter = n->row,
						 .commitment = old.id,
						 .detail = "the tagged copy of its mail promises something else" },
				n->now, e))
			return false;
	}
	return true;
}

bool intake_went_to(const struct letter *l, const struct addrs *whom)
{
	for (size_t i = 0; i < whom->n; i++)
		if (addrs_has(&l->to, whom->list[i].address) || addrs_has(&l->cc, whom->list[i].address))
			return true;
	return false;
}

/* When it was written: where its Date is missing or more than a day off, when it arrived. */
static utc written_at(const struct entry *n)
{
	utc arrived = n->at->arrived ? n->at->arrived : n->now, date = n->l->date;

	return date > arrived - 86400 && date < arrived + 86400 ? date : arrived;
}

/* A note to kept alone names no address: whoever is known by that whole name is meant, where one alone is. */
static bool named_in_note(struct entry *n, struct promise *x, struct err *e)
{
	const char *text = n->m.promise_count == 1 ? n->l->text : "";
	const char *words = words_folded(n->p, pool_print(n->p, "%s\n%s\n%.*s", x->what, x->words, (int)utf8_cut(text, NOTE_MOST), text), true);
	const struct contact *is = NULL;
	struct contact *all;
	size_t count, found = 0;

	if (!n->m.tag.alone || x->to.n)
		return true;
	if (!store_contacts(n->q, n->p, n->m.owner->key, &all, &count, e))
		return false;
	for (size_t i = 0; i < count; i++) {
		const char *name = words_folded(n->p, all[i].name, true);

		if (!strchr(name, ' ') || strchr(name, '*') || !words_find(words, name))
			continue;
		is = &all[i];
		found++;
	}
	if (found == 1)
		addrs_add(n->p, &x->to, is->name, is->address);
	return true;
}

bool intake_add_promises(struct entry *n, enum commitment_state state, struct err *e)
{
	int64_t *ids = pool_list(n->p, n->m.promise_count, sizeof *ids);
	const char *answered = quote_answered(n->p, n->l),
		   *request = pool_slice(n->p, answered, utf8_cut(answered, REQUEST_MOST));
	struct trust *trust = pool_list(n->p, n->m.promise_count, sizeof *trust);

	for (size_t i = 0; i < n->m.promise_count; i++)
		if (!named_in_note(n, &n->m.promises[i], e))
			return false;
	for (size_t i = 0; i < n->m.promise_count; i++) {
		const struct promise *x = &n->m.promises[i];
		struct commitment c = {
			.owner = n->m.owner, .state = state, .what = line_from(n->p, x->what, WHAT_MOST).s,
			.words = line_from(n->p, x->words, NOTE_MOST).s, .to = x->to,
			.subject = line_from(n->p, tag_subject(n->p, n->l->subject), SUBJECT_MOST).s, .message_id = n->l->message_id,
			.references = n->l->references, .letter = n->row, .policy = n->m.owner->policy, .team = n->m.tag.team,
			.noreply = n->m.tag.noreply, .every = x->every, .due = x->due, .due_words = x->due_words, .due_error = x->due_error,
			.note = x->note, .request = request, .written = intake_went_to(n->l, &x->to),
			.made = written_at(n),
		};

		const char *how = note_of_trust(n, x, &trust[i]);
		bool was = false;

		c.told = !c.written || !x->trust.when || *x->due_error ? 0 : x->told > x->due ? x->told : x->due;

		if (state != COMMITMENT_CANDIDATE && !confirm(n, &c, how, &was, e))
			return false;
		if (!was && !execute_add(n->q, n->p, n->c, &c, how, n->now, e))
			return false;
		ids[i] = c.id;
		if (state != COMMITMENT_CANDIDATE && *n->m.tag.every && !intake_series(n, &c, e))
			return false;
		if (c.team_since)
			trust[i].team_note = execute_team_said(n->p, n->c, c.owner->language, &c, n->now);
		else if (*n->m.tag.team)
			trust[i].team_note = execute_no_team(n->p, n->c, c.owner->language, n->m.tag.team);
	}
	return state == COMMITMENT_CANDIDATE || schedule_these(n->q, n->p, n->c, ids, n->m.promise_count, trust, n->now, e);
}
