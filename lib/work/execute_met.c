/* what the owner says of those whom they met: the lines of a sweep, the summary that becomes a recap */
#include <string.h>

#include "borders/outbox.h"
#include "borders/store.h"
#include "judgement/vow.h"
#include "letters/ical.h"
#include "work/execute_inner.h"
#include "work/schedule_inner.h"

/* ---- a promise that stands in the owner's words ---- */

static utc usual_due(struct run *r)
{
	struct frame f = { .anchor = r->x->written, .time = &r->x->owner->time, .zone = zone_named, .zone_arg = r->p };
	struct when w;

	if (when_parse(r->p, conf_policy(r->c, r->x->owner->policy)->due, &f, &w, NULL))
		return w.at;
	return worktime_next(f.time, r->now + 3 * 86400);
}

static bool promise(struct run *r, const struct addr *to, struct commitment *m, const char *how, struct err *e)
{
	m->owner = r->x->owner;
	m->state = COMMITMENT_OPEN;
	m->what = line_from(r->p, m->what, WHAT_MOST).s;
	m->words = line_from(r->p, m->words, NOTE_MOST).s;
	m->subject = m->message_id = m->team = m->every = m->due_error = m->note = m->request = "";
	m->letter = r->x->letter;
	m->policy = r->x->owner->policy;
	if (!m->due)
		m->due = usual_due(r);
	addrs_add(r->p, &m->to, to->name, addr_lower(r->p, to->address));
	if (!execute_add(r->q, r->p, r->c, m, how, r->now, e))
		return false;
	touch(r, m->id);
	return true;
}

/* ---- the sweep ---- */

/* Does every word of `said` begin a word of the name, or of what stands before the @? */
static bool is_called(struct pool *p, const char *said, const struct addr *a)
{
	char *words = text_fold(p, said), *save;
	const char *of =
		text_fold(p, pool_print(p, " %s %s", a->name, pool_slice(p, a->address, strcspn(a->address, "@"))));
	bool is = *words != '\0';

	for (char *w = strtok_r(words, " \t.", &save); w && is; w = strtok_r(NULL, " \t.", &save)) {
		const char *at = of;

		for (is = false; !is && (at = strstr(at, w)); at++)
			is = at > of && strchr(" .-_", at[-1]);
	}
	return is;
}

/* The one of those named whom it means; else that is said. An address is anybody's. */
static bool whom(struct run *r, const struct named *named, size_t n, const char *said, struct addr *out)
{
	const char *address = strchr(said, '@') ? addr_clean(r->p, said) : NULL, *all = "";
	size_t found = 0;

	for (size_t i = 0; i < n; i++) {
		bool is = address ? addr_same(address, named[i].who.address) : is_called(r->p, said, &named[i].who);

		if (is && !found++)
			*out = named[i].who;
		all = pool_print(r->p, "%s%s%s", all, i ? ", " : "",
				 addr_called(named[i].who.name, named[i].who.address));
	}
	if (!found && address && addr_valid(address) && !conf_tracks(r->p, r->c, address, NULL) &&
	    conf_owner_of(r->c, address) != r->x->owner) {
		*out = (struct addr){ "", address };
		return true;
	}
	if (found == 1)
		return true;
	say_failed(
		r, NULL,
		pool_print(r->p,
			   run_in(r, found ? "“%s”: more than one of those is called so; nothing was noted. That mail "
					     "named %s. "
					     "A mail address does too."
					   : "“%s”: none of those is called so; nothing was noted. That mail named %s. "
					     "A mail address does too."),
			   run_plain(r, said), *all ? run_plain(r, all) : "–"));
	return false;
}

static bool swept(struct run *r, const struct command *c, const struct named *named, size_t n, struct err *e)
{
	struct commitment m = { .what = c->text ? c->text : "", .words = "", .due_words = c->when ? c->when : "" };
	struct err why = { 0 };
	struct addr to;
	struct when w;

	if (!whom(r, named, n, c->who, &to))
		return true;
	if (c->verb == COMMAND_NONE) {
		head(r, NULL, "Nothing was promised to %s", addr_called(to.name, to.address));
		say(r, NULL, "nothing was promised to %s.", run_plain(r, addr_called(to.name, to.address)));
		return true;
	}
	if (c->when && !run_when(r, c->when, &w, &why)) {
		say_failed(r, NULL,
			   pool_print(r->p, run_in(r, "“%s”: %s; nothing was noted."), run_plain(r, c->who), why.text));
		return true;
	}
	m.due = c->when ? w.at : 0;
	return promise(r, &to, &m, "in the answer to a sweep", e); /* that it was noted, its acknowledgement says */
}

bool run_swept(struct run *r, const struct command *c, struct err *e)
{
	struct outgoing question;
	struct named *named = NULL;
	size_t n = 0;
	bool found = false;

	if (r->x->answers && (!outbox_head(r->q, r->p, r->x->answers, &question, &found, e) ||
			      !store_named(r->q, r->p, r->x->answers, &named, &n, e)))
		return false;
	if (found && question.kind == MAIL_SWEEP)
		return swept(r, c, named, n, e);
	say_failed(r, NULL, "that is the answer to a mail that asks whom you met; nothing was noted.");
	return true;
}

/* ---- the recap ---- */

static bool is_blank(const char *s, size_t n)
{
	return strspn(s, " \t\r\n.,;-") >= n;
}

/* The summary, as it is taken apart. */
struct summary {
	const struct contact *who;
	const char *heard;
	struct commitment *promised;
	size_t promised_count;
	struct recap_outcome *outcomes;
	int64_t *told;
	size_t outcome_count;
};

/* "i3: TEXT": the number, and what stands behind the colon; 0: it is none. */
static int64_t outcome_of(const char *line, const char **text)
{
	int64_t id = 0;
	size_t n;

	if (*line != 'i' && *line != 'I')
		return 0;
	n = strspn(line + 1, "0123456789");
	if (!n || n > 9 || line[1 + n] != ':')
		return 0;
	for (size_t i = 1; i <= n; i++)
		id = id * 10 + (line[i] - '0');
	*text = line + n + 2;
	*text += strspn(*text, " ");
	return **text ? id : 0;
}

/* What came of something that they told. */
static bool outcome(struct run *r, struct summary *s, int64_t id, const char *text, struct err *e)
{
	struct insight *all;
	size_t n;

	if (!store_insights(r->q, r->p, s->who->id, &all, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (all[i].id != id || all[i].told)
			continue;
		*(int64_t *)pool_more(r->p, &s->told, s->outcome_count, sizeof *s->told) = id;
		*(struct recap_outcome *)pool_more(r->p, &s->outcomes, s->outcome_count++, sizeof *s->outcomes) =
			(struct recap_outcome){ all[i].text, line_from(r->p, text, NOTE_MOST).s };
		say(r, NULL, "the recap tells what came of “%s”.", run_plain(r, all[i].text));
		return true;
	}
	say_failed(
		r, NULL,
		pool_print(r->p,
			   run_in(r, "i%lld: nothing that they told is open under that number; the line was left out."),
			   (long long)id));
	return true;
}

static bool learnt(struct run *r, const struct summary *s, const char *text, struct err *e)
{
	const char *noted;

	if (!run_insight(r, s->who, text, 0, &noted, e))
		return false;
	if (*noted)
		say(r, NULL, "insight noted: “%s”. It stays open until they hear what came of it.", run_plain(r, noted));
	return true;
}

/* A line "insight: TEXT" is kept with the contact, "i3: TEXT" says what came of one; the others are the summary. */
static bool insights(struct run *r, struct summary *s, const char *text, struct err *e)
{
	struct text *t = text_new(r->p, strlen(text) + 2);

	for (size_t n; *text; text += n + (text[n] == '\n')) {
		const char *line, *came;
		int64_t id;

		n = strcspn(text, "\n");
		line = text_squeeze(r->p, pool_slice(r->p, text, n));
		id = outcome_of(line, &came);
		if (id ? !outcome(r, s, id, came, e)
		       : text_starts(line, "insight:") && !learnt(r, s, line + strlen("insight:"), e))
			return false;
		if (!id && !text_starts(line, "insight:"))
			text_print(t, "%s\n", pool_slice(r->p, text, n));
	}
	s->heard = t->s;
	return true;
}

/* Sentences that promise are commitments; what stays is what was heard. */
static bool promises(struct run *r, const struct addr *to, struct summary *s, struct err *e)
{
	const char *text = s->heard;
	struct frame f = { .anchor = r->x->written, .time = &r->x->owner->time, .zone = zone_named, .zone_arg = r->p };
	struct text *t = text_new(r->p, strlen(text) + 2);
	struct vows vows;
	size_t at = 0;

	vow_find(r->p, r->c->rules.vows, text, &f, &vows);
	for (size_t i = 0; i < vows.n && s->promised_count < VOWS_MOST; i++) {
		const struct vow *v = &vows.list[i], *parts = v->part_count ? v->parts : v;

		if (v->score < 0.5 || v->from < at)
			continue;
		text_print(t, "%s", pool_slice(r->p, text + at, v->from - at));
		at = v->to;
		for (size_t k = 0; k < (v->part_count ? v->part_count : 1) && s->promised_count < VOWS_MOST; k++) {
			struct commitment *m = pool_more(r->p, &s->promised, s->promised_count, sizeof *s->promised);

			*m = (struct commitment){ .what = *parts[k].what ? parts[k].what : v->sentence,
						  .words = v->sentence,
						  .due = parts[k].at,
						  .due_words = parts[k].when,
						  .written = true };
			m->due = m->due > r->now ? m->due : usual_due(r);
			m->told = m->due; /* the recap says it */
			if (!promise(r, to, m, "in the summary of a check-in", e))
				return false;
			s->promised_count++;
		}
	}
	text_add(t, text + at);
	s->heard = t->s;
	return true;
}

static bool recap(struct run *r, const char *text, const struct outgoing *question, const struct checkin *k,
		  struct err *e)
{
	struct addr with;
	struct contact who;
	struct summary s = { .who = &who };
	struct outgoing out;
	const char *name;

	if (!checkin_with(k, &with)) {
		say_failed(r, NULL, "nobody is noted who was there; nothing was written.");
		return true;
	}
	if (!store_contact_made(r->q, r->p, r->x->owner->key, &with, &who, r->now, e) ||
	    (!r->x->safety && (!insights(r, &s, text, e) || !promises(r, &with, &s, e))))
		return false;
	if (r->x->safety) { /* nothing is noted of it: it is answered again */
		say_failed(r, NULL,
			   "no recap was written: what you heard may tell of an adverse event. When that is settled, "
			   "answer the question again.");
		return true;
	}
	name = addr_called(who.name, who.address);
	if (is_blank(s.heard, strlen(s.heard)))
		s.heard = "";
	if (!*s.heard && !s.promised_count && !s.outcome_count) {
		head(r, NULL, "No recap");
		say(r, NULL, "there is nothing for a recap in it: none was written.");
	} else {
		struct recap_wish w = { .to = &with,
					.met = checkin_last(r->p, k, r->now),
					.heard = s.heard,
					.promised = s.promised,
					.n = s.promised_count,
					.outcomes = s.outcomes,
					.told = s.told,
					.outcome_count = s.outcome_count };

		if (!schedule_recap(r->q, r->p, r->c, r->x->owner, &w, &out, r->now, e))
			return false;
		head(r, NULL, "The recap for %s waits for your word", name);
		say(r, NULL, "the recap for %s is written%s; I show it to you before it leaves.", run_plain(r, name),
		    !s.promised_count       ? ""
		    : s.promised_count == 1 ? run_in(r, ", with one promise")
					    : pool_print(r->p, run_in(r, ", with %zu promises"), s.promised_count));
	}
	return sql_do(r->q, SQL_OUTGOING_WORD, e, SQL_VALUES(sql_i(question->id), sql_t(WORD_RECAP_DONE)));
}

bool run_cadence(struct run *r, const struct command *c, bool *is, struct err *e)
{
	struct outgoing question;
	struct checkin k;
	bool found = false;

	*is = false;
	if (!r->x->answers)
		return true;
	if (!outbox_head(r->q, r->p, r->x->answers, &question, &found, e))
		return false;
	if (!found || strcmp(question.owner, r->x->owner->key) != 0)
		return true;
	if (question.kind == MAIL_PROPOSAL)
		return run_proposal(r, c, is, e);
	if (question.kind == MAIL_CHALLENGE)
		return run_challenge_answer(r, c, is, e);
	if ((c->verb != COMMAND_EDIT && c->verb != COMMAND_SKIP) || question.kind != MAIL_APPROVAL ||
	    !question.checkin ||
	    (strcmp(question.word, mail_kind_name(MAIL_RECAP)) != 0 && strcmp(question.word, WORD_RECAP_DONE) != 0))
		return true;
	*is = true;
	if (strcmp(question.word, WORD_RECAP_DONE) == 0) {
		say_failed(r, NULL,
			   "that was answered already. What the recap should say otherwise, answer to the mail that "
			   "shows it.");
		return true;
	}
	if (!store_checkin(r->q, r->p, question.checkin, &k, &found, e))
		return false;
	if (c->verb == COMMAND_EDIT && found)
		return recap(r, c->text ? c->text : "", &question, &k, e);
	head(r, NULL, "No recap");
	say(r, NULL, "no recap is written.");
	return sql_do(r->q, SQL_OUTGOING_WORD, e, SQL_VALUES(sql_i(question.id), sql_t(WORD_RECAP_DONE)));
}
