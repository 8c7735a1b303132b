/* `send`, `skip`, `edit`: the owner's word on mail to others that waits for it */
#include <string.h>

#include "borders/outbox.h"
#include "borders/record.h"
#include "borders/store.h"
#include "judgement/gate.h"
#include "work/execute_inner.h"
#include "work/schedule_inner.h"

/* What the words are about: a mail that waits, or (id 0) a promise whose mail lacks something to say. */
struct target {
	struct outgoing mail;
	struct dossier dossier;
	enum mail_kind asked; /* … of this kind; MAIL_NONE: nothing waits */
};

static bool load(struct run *r, int64_t mail, struct target *t, bool *found, struct err *e)
{
	return outbox_get(r->q, r->p, mail, &t->mail, found, e) &&
	       (*found = *found && t->mail.outside && strcmp(t->mail.owner, r->x->owner->key) == 0, true);
}

/* The mail that the answered question asks about; what it asks for, where it shows none. */
static bool by_question(struct run *r, struct target *t, bool *found, struct err *e)
{
	struct outgoing question;
	bool is;

	*found = false;
	if (!r->x->answers)
		return true;
	if (!outbox_get(r->q, r->p, r->x->answers, &question, &is, e))
		return false;
	if (!is || question.kind != MAIL_APPROVAL)
		return true;
	if (question.approves)
		return load(r, question.approves, t, found, e);
	if (mail_kind_from(question.word, &t->asked))
		*found = r->x->about_count == 1;
	return true;
}

static const char *shown(struct run *r, const struct outgoing *o)
{
	return pool_print(r->p, run_in(r, "the %s to %s"), run_in(r, mail_kind_name(o->kind)), run_plain(r, o->recipient));
}

/* The one that waits about this promise. */
static bool by_promise(struct run *r, int64_t id, struct target *t, bool *found, struct err *e)
{
	const char *word = command_word(r->verb), *all = "";
	struct outgoing one;
	int64_t *ids, meant = 0;
	size_t n;

	*found = false;
	if (!outbox_waiting(r->q, r->p, id, &ids, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!outbox_head(r->q, r->p, ids[i], &one, found, e))
			return false;
		if (n == 1 || one.kind == r->x->kind)
			meant = ids[i];
		all = pool_print(r->p, "%s%s%s", all, i ? ", " : "", shown(r, &one));
	}
	*found = false;
	if (meant)
		return load(r, meant, t, found, e);
	say_failed(r, &t->dossier.commitment, !n ? "no mail waits for your word about it; nothing was done." :
		   pool_print(r->p, run_in(r, "%zu mails wait for your word about it: %s. Answer the mail that shows the one you mean with `%s`, "
			      "or `kept %s %lld --kind KIND`."), n, all, word, word, (long long)id));
	return true;
}

static bool record(struct run *r, const struct target *t, const char *word, const char *detail, struct err *e)
{
	return record_add(r->q, &(struct event){ .owner = r->x->owner->key, .word = word, .commitment = t->dossier.commitment.id, .outgoing = t->mail.id,
						 .detail = detail }, r->now, e);
}

static const char *why_gone(const struct outgoing *o)
{
	return o->state == OUTBOX_SENT || o->state == OUTBOX_BEGUN ? "it has left already" : o->state == OUTBOX_VOID ? o->why : "it is on its way already";
}

/* The word, with the number of its promise, where there is one. */
static const char *worded(struct run *r, const char *word, const struct commitment *m)
{
	return m->id ? pool_print(r->p, "%s %lld", word, (long long)m->id) : word;
}

/* What a last look found that must not leave: once more `send` sends it all the same, and that is on record. */
static bool refuse(struct run *r, struct target *t, const struct findings *seen, struct err *e)
{
	const struct commitment *m = &t->dossier.commitment;
	const char *why = "";

	say_failed(r, m, pool_print(r->p, run_in(r, "%s was not sent. Look at this first; to send it as it is, answer `%s` once more."), shown(r, &t->mail),
				       worded(r, "send", m)));
	for (size_t i = 0; i < seen->n; i++) {
		say(r, NULL, "%s", run_plain(r, r->x->letter ? seen->list[i].told : seen->list[i].says));
		if (seen->list[i].blocks && !*why)
			why = seen->list[i].says;
	}
	t->mail.word = WORD_REFUSED;
	return outbox_settle(r->q, &t->mail, OUTBOX_HELD, r->now, why, e) && record(r, t, "refused", why, e);
}

/* Material that may not be sent is no matter of the owner's word. */
static bool is_final(const struct findings *seen)
{
	bool is = false;

	for (size_t i = 0; i < seen->n; i++)
		is |= seen->list[i].blocks && seen->list[i].kind == LOOK_MATERIAL;
	return is;
}

/* The gate is asked at once, so that the answer can say when it leaves. */
static bool send(struct run *r, const struct command *c, struct target *t, struct err *e)
{
	const struct commitment *m = &t->dossier.commitment;
	struct outgoing *o = &t->mail;
	bool again = strcmp(o->word, WORD_REFUSED) == 0;
	struct findings seen;
	struct verdict v;
	struct when w = { .at = 0 };
	struct err why = { 0 };

	if (o->state != OUTBOX_HELD) {
		say_failed(r, m, pool_print(r->p, run_in(r, "%s was not sent by this word: %s."), shown(r, o), run_in(r, why_gone(o))));
		return true;
	}
	if (!conf_own_submission(r->c, r->x->owner)) {
		say_failed(r, m, "it was not sent: kept has no account of yours to send by. Send it from your own mail program with the link in that mail; or set "
				 "up a submission whose `owner` you are (kept.conf(5)).");
		return true;
	}
	if (c->when && !run_when(r, c->when, &w, &why)) {
		say_failed(r, m, why.text);
		return true;
	}
	if (!schedule_look(r->q, r->p, r->c, o, r->now, &seen, e) ||
	    !schedule_often(r->q, r->p, r->c, o, w.at > r->now ? w.at : r->now, &seen, e))
		return false;
	if (seen.block && (!again || is_final(&seen)))
		return refuse(r, t, &seen, e);
	if (!schedule_release(r->q, r->p, r->c, o, seen.block ? WORD_OVERRIDE : "send", w.at, r->now, &v, e))
		return false;
	if (v.kind == GATE_NEVER) {
		say_failed(r, m, pool_print(r->p, run_in(r, "%s was not sent: %s."), shown(r, o), run_in(r, v.why)));
		return true;
	}
	if (!record(r, t, "send", pool_print(r->p, "%s%s", mail_kind_name(o->kind), seen.block ? ", in spite of the last look" : ""), e))
		return false;
	if (m->id)
		touch(r, m->id);
	if (o->try_at > r->now) {
		head(r, m, "Leaves %s", run_day_short(r, o->try_at));
		if (v.kind == GATE_LATER)
			say(r, m, "%s leaves %s, since %s. To stop it before that, answer `%s`.", shown(r, o), run_day(r, o->try_at), run_in(r, v.why),
			    worded(r, "skip", m));
		else
			say(r, m, "%s leaves %s. To stop it before that, answer `%s`.", shown(r, o), run_day(r, o->try_at), worded(r, "skip", m));
	} else {
		head(r, m, "Sent");
		say(r, m, "%s is on its way.", shown(r, o));
	}
	return true;
}

static bool skip(struct run *r, struct target *t, struct err *e)
{
	const struct commitment *m = &t->dossier.commitment;

	if (!t->mail.id) {
		if (m->id)
		touch(r, m->id);
		head(r, m, "Not written");
		say(r, m, "nothing is written to them. The promise stands as it was.");
		return sql_do(r->q, SQL_OUTGOING_WORD, e,
			      SQL_VALUES(sql_i(r->x->answers), sql_t(pool_print(r->p, WORD_SKIP_ASKED "%s", mail_kind_name(t->asked))))) &&
		       record(r, t, "skip", mail_kind_name(t->asked), e);
	}
	if (t->mail.state != OUTBOX_HELD && t->mail.state != OUTBOX_READY) {
		say_failed(r, m, pool_print(r->p, run_in(r, "%s was not stopped: %s."), shown(r, &t->mail), run_in(r, why_gone(&t->mail))));
		return true;
	}
	t->mail.word = "skip";
	if (m->id)
		touch(r, m->id);
	head(r, m, "Not sent");
	say(r, m, m->id ? "%s is dropped. The promise stands as it was." : "%s is dropped.", shown(r, &t->mail));
	return schedule_withdraw(r->q, r->p, &t->mail, m->id, "your word: skip", r->now, e) && record(r, t, "skip", mail_kind_name(t->mail.kind), e);
}

/* A new mail in the place of the old one, which asks again: what is approved is the exact bytes. */
static bool edit(struct run *r, const struct command *c, struct target *t, struct err *e)
{
	const struct commitment *m = &t->dossier.commitment;
	enum mail_kind kind = t->mail.id ? t->mail.kind : t->asked;
	struct schedule_answer none = { .n = 0 }; /* asked at once, whatever the hour */
	struct schedule_offer o = { .kind = kind, .own_text = t->mail.id ? c->text : NULL, .substance = t->mail.id ? NULL : c->text,
				    .why = "it is in your words now", .rule = "", .answer = &none };
	struct resource *held = NULL;
	struct outgoing made;
	int64_t *ids = NULL;
	struct err why = { 0 };

	if (!c->text || !*c->text) {
		say_failed(r, m, "`edit` needs the new text behind it; nothing was changed.");
		return true;
	}
	if (t->mail.id && t->mail.state != OUTBOX_HELD) {
		say_failed(r, m, pool_print(r->p, run_in(r, "%s was not changed: %s."), shown(r, &t->mail), run_in(r, why_gone(&t->mail))));
		return true;
	}
	if (t->mail.id) {
		if (!store_resources_of(r->q, r->p, t->mail.id, &held, &o.resource_count, e))
			return false;
		ids = pool_list(r->p, o.resource_count, sizeof *ids);
		for (size_t i = 0; i < o.resource_count; i++)
			ids[i] = held[i].id;
		o.resources = ids;
		t->mail.word = "edit";
		if (!schedule_withdraw(r->q, r->p, &t->mail, m->id, "your word: edit; another one is in its place", r->now, e))
			return false;
	}
	if (!schedule_offer(r->q, r->p, r->c, &t->dossier, &o, &made, r->now, &why)) {
		if (why.kind != ERR_PERM) {
			*e = why;
			return false;
		}
		say_failed(r, m, pool_print(r->p, run_in(r, "it was not written: %s"), run_plain(r, why.text)));
		return true;
	}
	/* what it tells, the new one tells too */
	if (t->mail.id && !sql_do(r->q, SQL_TELLS_INSTEAD, e, SQL_VALUES(sql_i(t->mail.id), sql_i(made.id))))
		return false;
	r->x->asked = made.kind == MAIL_APPROVAL || (made.state == OUTBOX_HELD && !conf_drafts(r->c, r->x->owner));
	if (m->id)
		touch(r, m->id);
	head(r, m, "In your words");
	say(r, m, "the %s is written anew with your text; I ask you once more before it leaves.", run_in(r, mail_kind_name(kind)));
	return record(r, t, "edit", mail_kind_name(kind), e);
}

static bool on(struct run *r, const struct command *c, struct target *t, struct err *e)
{
	if (r->verb == COMMAND_SKIP)
		return skip(r, t, e);
	if (r->verb == COMMAND_EDIT)
		return edit(r, c, t, e);
	if (t->mail.id)
		return send(r, c, t, e);
	say_failed(r, &t->dossier.commitment, "there is no mail yet: answer with `edit` and a line that says how it stands.");
	return true;
}

/* A mail about no promise, as a recap in which none was made. */
static bool on_mail(struct run *r, const struct command *c, struct target *t, struct err *e)
{
	bool found;

	return schedule_dossier(r->q, r->p, r->c, &t->mail, &t->dossier, &found, e) && (!found || on(r, c, t, e));
}

static bool on_promise(struct run *r, const struct command *c, int64_t id, struct target *t, bool known, struct err *e)
{
	bool found;

	if (!store_dossier(r->q, r->p, r->c, id, &t->dossier, &found, e))
		return false;
	if (!found || t->dossier.commitment.owner != r->x->owner) {
		say_failed(r, NULL, pool_print(r->p, run_in(r, "\\#%lld: there is no such promise of yours; nothing was done."), (long long)id));
		return true;
	}
	return (known || by_promise(r, id, t, &known, e)) && (!known || on(r, c, t, e));
}

bool run_outside(struct run *r, const struct command *c, struct err *e)
{
	struct target t = { .asked = MAIL_NONE };
	const int64_t *ids;
	size_t n;
	bool found = false;

	if (!c->id_count && !by_question(r, &t, &found, e))
		return false;
	if (found)
		return r->x->about_count ? on_promise(r, c, r->x->about[0], &t, true, e) : on_mail(r, c, &t, e);
	if (!run_meant(r, c, &ids, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		t = (struct target){ .asked = MAIL_NONE };
		if (!on_promise(r, c, ids[i], &t, false, e))
			return false;
	}
	return true;
}
