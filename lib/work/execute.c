#include "judgement/plan.h"
#include "work/execute_inner.h"

#include <stdlib.h>
#include <string.h>

#include "borders/record.h"
#include "borders/secret.h"
#include "borders/store.h"
#include "letters/markup.h"
#include "letters/phrase.h"
#include "work/schedule.h"

enum {
	NAMED_MOST = 20,  /* numbers of a command that was not understood */
	MEANT_MOST = 10,  /* promises that may be meant, in one answer */
	UNDO_MOST = 20,   /* ways back, offered in one answer */
	LISTED_MOST = 200 /* promises in the answer to `list` */
};

static const char *language_of(const struct execution *x)
{
	return x->letter ? x->owner->language : "en";
}

char *run_day(struct run *r, utc t)
{
	return phrase_time(r->p, r->language, r->x->owner->time.zone, t);
}

char *run_day_short(struct run *r, utc t)
{
	return phrase_time_short(r->p, r->language, r->x->owner->time.zone, t, r->now);
}

const char *run_in(const struct run *r, const char *english)
{
	return phrase_of(r->language, english);
}

static bool speaks_english(const struct run *r)
{
	return !phrase_speaks(r->language) || strncmp(r->language, "en", 2) == 0;
}

static const char *not_read(struct run *r, const char *words, const char *code, const char *english)
{
	return phrase_not_read(r->p, r->language, words, code, english);
}

bool run_when(struct run *r, const char *words, struct when *out, struct err *e)
{
	struct frame f = { .anchor = r->x->written, .time = &r->x->owner->time, .zone = zone_named, .zone_arg = r->p };
	const char *passed;

	if (when_parse(r->p, words, &f, out, e)) {
		if (out->at > r->now)
			return true;
		passed = pool_print(r->p, run_in(r, "'%s' was %s: that has passed"), words, run_day(r, out->at));
	} else if (strcmp(e->code, "past") == 0) {
		passed = speaks_english(r) ? pool_slice(r->p, e->text, strcspn(e->text, ";")) : not_read(r, words, e->code, e->text);
	} else {
		return err_code(e, pool_copy(r->p, e->code), "%s", not_read(r, words, e->code, pool_copy(r->p, e->text)));
	}
	return err_code(e, "past", run_in(r, "%s; name a later time, as `%s tomorrow`"), passed, command_word(r->verb));
}

char *run_plain(struct run *r, const char *s)
{
	return markdown_quote(r->p, s, WHAT_MOST);
}

void say(struct run *r, const struct commitment *m, const char *format, ...)
{
	va_list a;

	text_add(r->x->answer, "- ");
	if (m && m->id)
		text_print(r->x->answer, "**\\#%lld** %s: ", (long long)m->id, run_plain(r, commitment_said(r->p, m)));
	va_start(a, format);
	text_add(r->x->answer, pool_vprint(r->p, run_in(r, format), a));
	va_end(a);
	text_char(r->x->answer, '\n');
}

void head(struct run *r, const struct commitment *m, const char *format, ...)
{
	va_list a;
	char *what;

	if (r->heads++)
		return;
	va_start(a, format);
	what = pool_vprint(r->p, run_in(r, format), a);
	va_end(a);
	r->x->headline = m && m->id ? pool_print(r->p, "%s: %s", what, commitment_said(r->p, m)) : what;
}

void say_failed(struct run *r, const struct commitment *m, const char *why)
{
	r->x->failed = true;
	r->failures++;
	say(r, m, "%s", run_in(r, why));
}

void touch(struct run *r, int64_t id)
{
	ids_add(r->p, &r->x->touched, &r->x->touched_count, id);
}

void changed(struct run *r, int64_t id)
{
	ids_add(r->p, &r->x->changed, &r->x->changed_count, id);
}

bool save(struct run *r, struct commitment *m, utc answered, const char *word, const char *detail, const char *before, int64_t undoes, struct err *e)
{
	struct event v = { .owner = m->owner->key, .word = word, .commitment = m->id, .detail = detail, .before = before, .undoes = undoes };

	m->look_at = commitment_is_live(m->state) ? r->now : 0;
	touch(r, m->id);
	return store_commitment_save(r->q, m, answered, e) && record_add(r->q, &v, r->now, e);
}

/* Which of them? Each is shown with its number. */
static bool which_one(struct run *r, const struct command *c, struct err *e)
{
	const char *word = command_word(c->verb);

	say_failed(r, NULL, pool_print(r->p, run_in(r, "`%s`: which one? That mail speaks of %zu promises; nothing was changed. Answer with the number, as `%s %lld`, or `%s all`."),
				       word, r->x->about_count, word, (long long)r->x->about[0], word));
	for (size_t i = 0; i < r->x->about_count && i < MEANT_MOST; i++) {
		struct commitment m;
		utc answered;
		bool found;

		if (!store_commitment(r->q, r->p, r->c, r->x->about[i], &m, &answered, &found, e))
			return false;
		if (found && m.owner == r->x->owner)
			say(r, &m, "due %s", run_day(r, m.due));
	}
	if (r->x->about_count > MEANT_MOST)
		say(r, NULL, "and %zu more.", r->x->about_count - MEANT_MOST);
	return true;
}

bool run_meant(struct run *r, const struct command *c, const int64_t **ids, size_t *n, struct err *e)
{
	*ids = c->id_count ? c->ids : r->x->about;
	*n = c->id_count ? c->id_count : r->x->about_count;
	if (!c->id_count && !c->all && r->x->about_count > 1) {
		*n = 0;
		return which_one(r, c, e);
	}
	if (!*n)
		say_failed(r, NULL, pool_print(r->p, run_in(r, "`%s`: which promise? Answer with its number, as `%s 12`; `list` shows them all."),
					       command_word(c->verb), command_word(c->verb)));
	return true;
}

bool run_own(struct run *r, int64_t id, struct commitment *m, utc *answered, bool *own, struct err *e)
{
	if (!store_commitment(r->q, r->p, r->c, id, m, answered, own, e))
		return false;
	*own = *own && m->owner == r->x->owner;
	if (!*own)
		say_failed(r, NULL, pool_print(r->p, run_in(r, "\\#%lld: there is no such promise of yours; nothing was changed."), (long long)id));
	return true;
}

bool run_each(struct run *r, const struct command *c, promise_function *on, struct err *e)
{
	const int64_t *ids;
	size_t n;

	if (!run_meant(r, c, &ids, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct commitment m;
		utc answered;
		bool own;

		if (!run_own(r, ids[i], &m, &answered, &own, e) || (own && !on(r, c, &m, answered, e)))
			return false;
	}
	return true;
}

static bool on_commitments(struct run *r, const struct command *c, struct err *e)
{
	return run_each(r, c, run_deed, e);
}

/* `list WHICH`: how what it shows is said of none, one and several. */
enum which { LIST_OPEN, LIST_ALL, LIST_OVERDUE, LIST_TODAY, LIST_WEEK, LIST_ADDRESS };
static const struct {
	const char *word, *none, *one, *several;
} lists[] = {
	[LIST_OPEN] = { "", "nothing stands open. Well kept.", "promise is open", "promises are open" },
	[LIST_ALL] = { "all", "nothing was promised yet.", "promise, open or closed", "promises, open and closed" },
	[LIST_OVERDUE] = { "overdue", "nothing is overdue. Well kept.", "promise is overdue", "promises are overdue" },
	[LIST_TODAY] = { "today", "nothing is due today.", "promise is due today", "promises are due today" },
	[LIST_WEEK] = { "week", "nothing is due in the next seven days.", "promise is due in the next seven days",
			"promises are due in the next seven days" },
	[LIST_ADDRESS] = { "@", "nothing that you promised to that address stands open.", "promise to that address is open",
			   "promises to that address are open" },
};

static bool is_overdue(const struct run *r, const struct commitment *m)
{
	return commitment_is_live(m->state) && worktime_late(&r->x->owner->time, m->due) < r->now;
}

static bool is_listed(const struct run *r, enum which which, const struct commitment *m, const char *address)
{
	const struct zone *z = r->x->owner->time.zone;
	int64_t days = (int64_t)zone_day(z, m->due) - (int64_t)zone_day(z, r->now);

	switch (which) {
	case LIST_OPEN: return true;
	case LIST_ALL: return m->state != COMMITMENT_CANDIDATE;
	case LIST_OVERDUE: return is_overdue(r, m);
	case LIST_TODAY: return days == 0;
	case LIST_WEEK: return days >= 0 && days < 7;
	case LIST_ADDRESS: return addrs_has(&m->to, address);
	}
	return true;
}

static bool list(struct run *r, const struct command *c, struct err *e)
{
	const char *arg = c->arg ? c->arg : "", *address = strchr(arg, '@') ? addr_clean(r->p, arg) : NULL;
	enum which which = address ? LIST_ADDRESS : LIST_OPEN;
	struct commitment *all;
	size_t n, found = 0, unseen = 0;

	for (enum which w = LIST_ALL; w < LIST_ADDRESS; w++)
		if (text_same(lists[w].word, arg))
			which = w;
	if (!store_commitments(r->q, r->p, r->c, r->x->owner, which == LIST_ALL, &all, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (is_listed(r, which, &all[i], address))
			all[found++] = all[i];
		else
			unseen += is_overdue(r, &all[i]);
	if (found)
		head(r, NULL, "%zu %s", found, run_in(r, found == 1 ? lists[which].one : lists[which].several));
	else
		head(r, NULL, which == LIST_OPEN ? "Nothing is open" : "None");
	if (!found)
		say(r, NULL, "%s", run_in(r, lists[which].none));
	for (size_t i = 0; i < found && i < LISTED_MOST; i++) {
		const char *to = phrase_names(r->p, r->language, &all[i].to);

		say(r, &all[i], *to ? "for %s%s, due %s%s" : "to whom is not noted%s%s, due %s%s", run_plain(r, to),
		    all[i].state == COMMITMENT_OPEN ? "" : pool_print(r->p, ", %s", run_in(r, commitment_state_name(all[i].state))), run_day(r, all[i].due),
		    is_overdue(r, &all[i]) ? run_in(r, " **(overdue)**") : "");
	}
	if (found > LISTED_MOST)
		say(r, NULL, "and %zu more, which `kept list` on the terminal shows.", found - LISTED_MOST);
	if (unseen && (which == LIST_TODAY || which == LIST_WEEK))
		say(r, NULL, "overdue from before: %zu, which `list overdue` shows.", unseen);
	return true;
}

/* The review itself is the answer. */
static bool review(struct run *r, const struct command *c, struct err *e)
{
	(void)c;
	return schedule_review_now(r->q, r->p, r->c, r->x->owner, r->now, e);
}

static bool pause_until(struct run *r, const struct command *c, struct err *e)
{
	const char *owner = r->x->owner->key;
	struct owner_row row;
	struct err why = { 0 };
	struct when w = { .at = 0 };
	int64_t *waiting;
	size_t n;

	if (c->verb == COMMAND_PAUSE) {
		w.at = r->now + (utc)30 * 365 * 86400;
		if (c->when && !run_when(r, c->when, &w, &why)) {
			say_failed(r, NULL, why.text);
			return true;
		}
		head(r, NULL, c->when ? "No reminders until %s" : "No reminders until you say so", run_day_short(r, w.at));
		say(r, NULL, c->when ? "no reminders until %s. `resume` ends it." : "no reminders until you answer `resume`%s.",
		    c->when ? run_day(r, w.at) : "");
	} else {
		head(r, NULL, "Reminders go on");
		say(r, NULL, "reminders go on.");
	}
	if (!store_owner(r->q, owner, &row, e))
		return false;
	row.paused = w.at;
	return store_owner_set(r->q, owner, &row, e) && store_look_all(r->q, owner, r->now, e) &&
	       record_add(r->q, &(struct event){ .owner = owner, .word = command_word(c->verb) }, r->now, e) &&
	       /* reminders that wait to leave are withdrawn at once */
	       store_ids(r->q, r->p, SQL_ABOUT_READY, SQL_VALUES(sql_t(owner)), &waiting, &n, e) && schedule_these(r->q, r->p, r->c, waiting, n, NULL, r->now, e);
}

static bool resume(struct run *r, const struct command *c, struct err *e)
{
	bool about_person;

	return run_resume(r, &about_person, e) && (about_person || pause_until(r, c, e));
}

static bool accept(struct run *r, const struct command *c, struct err *e)
{
	if (!c->held_count) {
		say_failed(r, NULL, "accept what? For a held message, answer with its number, as `accept h3`.");
		return true;
	}
	for (size_t i = 0; i < c->held_count; i++) {
		struct held_row h;
		bool found, twice = false;

		for (size_t k = 0; k < r->x->accepted_count; k++)
			twice |= r->x->accepted[k] == c->held[i];
		if (twice)
			continue;

		if (!store_held_get(r->q, r->p, c->held[i], &h, &found, e))
			return false;
		if (!found || strcmp(h.owner, r->x->owner->key) != 0) {
			say_failed(r, NULL, pool_print(r->p, run_in(r, "h%lld: there is no such held message of yours."), (long long)c->held[i]));
			continue;
		}
		*(int64_t *)pool_more(r->p, &r->x->accepted, r->x->accepted_count, sizeof(int64_t)) = c->held[i];
		r->x->accepted_count++; /* what becomes of it, who reads it again says */
	}
	return true;
}

/* In answer to a mail about a meeting it is run_checkin()'s. */
static bool decline(struct run *r, const struct command *c, struct err *e)
{
	(void)c, (void)e;
	say_failed(r, NULL, "decline what? It answers a mail in which somebody proposes another time for a check-in.");
	return true;
}

static bool help(struct run *r, const struct command *c, struct err *e);

/* With the numbers that it was written with: an answer may have many of one verb. */
static bool of_error(struct run *r, const struct command *c, struct err *e)
{
	const char *written = c->all ? pool_print(r->p, "%s all", command_word(c->of)) : command_word(c->of);

	(void)e;
	for (size_t i = 0; i < c->id_count && i < NAMED_MOST; i++)
		written = pool_print(r->p, "%s %lld", written, (long long)c->ids[i]);
	say_failed(r, NULL, pool_print(r->p, run_in(r, "`%s`: nothing was changed: %s"), written,
				       !c->message ? run_in(r, "it was not understood") :
				       c->when	   ? not_read(r, run_plain(r, c->when), c->code ? c->code : "", run_plain(r, c->message)) : run_plain(r, c->message)));
	return true;
}

static bool of_unknown(struct run *r, const struct command *c, struct err *e)
{
	(void)c, (void)e;
	r->x->failed = true;
	return true;
}

/* What is done for each verb; the others are not served yet, and say so. */
static bool (*const does[])(struct run *, const struct command *, struct err *) = {
	[COMMAND_DONE] = on_commitments, [COMMAND_SNOOZE] = on_commitments, [COMMAND_DUE] = on_commitments, [COMMAND_CANCEL] = on_commitments,
	[COMMAND_NOTE] = on_commitments, [COMMAND_WAIT] = on_commitments, [COMMAND_WHO] = on_commitments, [COMMAND_WHAT] = on_commitments,
	[COMMAND_EVERY] = on_commitments, [COMMAND_AT] = run_at, [COMMAND_DECLINE] = decline, [COMMAND_TEAM] = on_commitments, [COMMAND_UNDO] = run_undo, [COMMAND_LIST] = list, [COMMAND_REVIEW] = review, [COMMAND_PAUSE] = pause_until, [COMMAND_RESUME] = resume,
	[COMMAND_CHALLENGE] = run_challenge, [COMMAND_ACCEPT] = accept, [COMMAND_HELP] = help, [COMMAND_SEND] = run_outside, [COMMAND_SKIP] = run_outside, [COMMAND_EDIT] = run_outside, [COMMAND_SAFETY] = run_safety,
	[COMMAND_INTEREST] = run_interest, [COMMAND_MET] = run_person, [COMMAND_TOUCH] = run_person, [COMMAND_INSIGHT] = run_person, [COMMAND_STAGE] = run_person, [COMMAND_ADD] = run_swept, [COMMAND_NONE] = run_swept, [COMMAND_YES] = run_asked, [COMMAND_NO] = run_asked,
	[COMMAND_ERROR] = of_error, [COMMAND_UNKNOWN] = of_unknown,
};

static bool is_served(enum command_verb v)
{
	return (size_t)v < sizeof does / sizeof *does && does[v];
}

static bool help(struct run *r, const struct command *c, struct err *e)
{
	(void)e;
	head(r, NULL, "How to answer me");
	for (int v = 0; v < COMMAND_ERROR; v++)
		if (is_served((enum command_verb)v) && (!c->arg || text_same(c->arg, command_word((enum command_verb)v))))
			say(r, NULL, "`%s`: %s", command_word((enum command_verb)v), run_in(r, command_help((enum command_verb)v)));
	if (!c->arg)
		say(r, NULL, "a date is `tomorrow`, a weekday (`friday`, `next friday`), a number of days, working days, weeks or months (`3d`, `2bd`, `1w`, `2mo`), "
		    "a day (`12 dec`, `2026-12-04`) or an end (`eow`, `end of month`); each may have a time: `friday 2pm`. `by friday` is Friday at the end of work.");
	return true;
}

/* A line that is no command ends the reading: silence would sound as if it were done too. */
static bool say_unread(struct run *r, const struct commands *c)
{
	bool any = c->unread && c->n && c->list[0].verb != COMMAND_UNKNOWN;

	for (size_t i = 0; any && c->unread[i]; i++)
		say(r, NULL, "**not read:** “%s”", run_plain(r, c->unread[i]));
	if (any)
		say(r, NULL, "a line that is no command ends the reading: nothing on it or below it was done. `help` shows the words that I know.");
	return any;
}

bool execute(struct sql *q, struct pool *p, const struct conf *c, const struct commands *commands, struct execution *x, utc now, struct err *e)
{
	struct run r = { .q = q, .p = p, .c = c, .x = x, .now = now, .language = language_of(x) };
	bool unread;

	if (!x->answer)
		x->answer = text_new(p, ANSWER_MOST);
	for (size_t i = 0; i < commands->n; i++) {
		const struct command *k = &commands->list[i];
		bool well = true, is = false;

		r.verb = k->verb;
		if (!run_cadence(&r, k, &is, e) || (!is && !run_checkin(&r, k, &is, e)))
			return false;
		if (is)
			continue;
		if (is_served(k->verb))
			well = does[k->verb](&r, k, e);
		else
			say_failed(&r, NULL, pool_print(p, run_in(&r, "`%s` was understood, but there is nothing here that it could act on; nothing was changed."), command_word(k->verb)));
		if (!well)
			return false;
	}
	unread = say_unread(&r, commands);
	if (r.heads > 1)
		x->headline = pool_print(p, run_in(&r, "%s, and %zu more"), x->headline, r.heads - 1);
	if (r.failures)
		x->headline = r.heads ? pool_print(p, run_in(&r, "%s; %zu not done"), x->headline, r.failures) : run_in(&r, "Nothing was changed");
	if (unread && x->headline)
		x->headline = pool_print(p, run_in(&r, "%s; not all was read"), x->headline);
	return true;
}

void execute_undo_said(struct execution *x)
{
	for (size_t i = 0; i < x->changed_count && i < UNDO_MOST; i++)
		text_print(x->answer, "%s`undo %lld`",
			   i ? ", " : phrase_of(language_of(x), x->changed_count > 1 ? "\nTo take one back, answer " : "\nTo take it back, answer "),
			   (long long)x->changed[i]);
	if (x->changed_count)
		text_add(x->answer, x->changed_count > UNDO_MOST ? ", …\n" : ".\n");
}

bool execute_unmet(struct sql *q, struct pool *p, const struct conf *c, const char *subject, const struct addrs *to, struct execution *x,
		   utc now, struct err *e)
{
	struct run r = { .q = q, .p = p, .c = c, .x = x, .now = now, .language = language_of(x) };
	const char *names = phrase_names(p, r.language, to);
	struct commitment *all;
	size_t n, theirs = 0;

	x->answer = text_new(p, ANSWER_MOST);
	if (!store_commitments(q, p, c, x->owner, false, &all, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) /* what was promised to them comes first */
		for (size_t k = 0; k < to->n; k++)
			if (addrs_has(&all[i].to, to->list[k].address)) {
				struct commitment m = all[i];

				memmove(all + theirs + 1, all + theirs, (i - theirs) * sizeof *all);
				all[theirs++] = m;
				break;
			}
	subject = *subject ? run_plain(&r, subject) : run_in(&r, "your mail");
	if (*names)
		say(&r, NULL, "`+done`: nothing was closed, for I know of no promise in this conversation. I looked for the one that “%s” to %s "
		    "belongs to.", subject, run_plain(&r, names));
	else
		say(&r, NULL, "`+done`: nothing was closed, for I know of no promise in this conversation. I looked for the one that “%s” "
		    "belongs to.", subject);
	x->headline = run_in(&r, n ? "Which promise is done?" : "Nothing was closed");
	if (!n)
		say(&r, NULL, "nothing else of yours stands open.");
	for (size_t i = 0; i < (theirs ? theirs : n) && i < MEANT_MOST; i++) {
		const char *whom = phrase_names(p, r.language, &all[i].to);

		say(&r, &all[i], *whom ? "for %s, due %s. If it is this one: `done %lld`"
				       : "to whom is not noted%s, due %s. If it is this one: `done %lld`", run_plain(&r, whom),
		    run_day(&r, all[i].due), (long long)all[i].id);
		touch(&r, all[i].id);
	}
	return true;
}

bool execute_add(struct sql *q, struct pool *p, const struct conf *c, struct commitment *m, const char *how, utc now, struct err *e)
{
	char token[TOKEN_LENGTH + 1];
	struct event v = { .owner = m->owner->key, .word = "made", .letter = m->letter, .detail = store_sealed(p, m, how) };
	struct contact who = { .zone = "" };
	struct frame f = { .anchor = now, .time = &m->owner->time, .zone = zone_named, .zone_arg = p };
	struct when w;
	bool noted;

	if (m->to.n && !store_contact(q, p, m->owner->key, &m->to.list[0], &who, &noted, e))
		return false;
	execute_team_of_new(c, m, now);
	if (strcmp(m->policy, m->owner->policy) == 0)
		m->policy = plan_policy(p, c, m, &who);
	if (!*m->due_words && strcmp(m->policy, m->owner->policy) != 0 && when_parse(p, conf_policy(c, m->policy)->due, &f, &w, NULL))
		m->due = w.at;
	secret_token(token);
	m->uid = pool_print(p, "%s@kept", token);
	m->due_set = now;
	if (!m->made || m->made > now)
		m->made = now;
	m->sequence = -1;
	m->look_at = m->state == COMMITMENT_CANDIDATE ? 0 : now;
	if (!store_commitment_add(q, m, 0, e) || (m->state != COMMITMENT_CANDIDATE && !execute_people(q, p, m, now, e)))
		return false;
	v.commitment = m->id;
	if (!record_add(q, &v, now, e) || !store_thread_add(q, m->id, m->message_id, e) ||
	    (m->team_since && !record_add(q, &(struct event){ .owner = m->owner->key, .word = "team", .commitment = m->id, .detail = m->team }, now, e)))
		return false;
	for (size_t i = m->references.n > 50 ? m->references.n - 50 : 0; i < m->references.n; i++)
		if (!store_thread_add(q, m->id, m->references.list[i], e))
			return false;
	return true;
}
