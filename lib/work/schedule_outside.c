/* mail to the other person: offered to its owner, and what follows when it has left */
#include <string.h>

#include "borders/material.h"
#include "borders/record.h"
#include "borders/secret.h"
#include "borders/store.h"
#include "judgement/fit.h"
#include "judgement/plan.h"
#include "letters/markup.h"
#include "letters/mime.h"
#include "letters/phrase.h"
#include "letters/template.h"
#include "work/schedule_inner.h"

enum { LINKS_MOST = 3 };

static bool has(const struct strings *list, const char *word)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->list[i], word) == 0)
			return true;
	return false;
}

/* As a person says it. */
static const char *team_of(const struct conf *c, const char *key)
{
	for (size_t i = 0; i < c->team_count; i++)
		if (strcmp(c->teams[i].key, key) == 0)
			return c->teams[i].name;
	return key;
}

/* ---- material ---- */

static struct outside_resource *add(struct pool *p, struct outside *x, const struct resource *r)
{
	struct outside_resource *one = pool_more(p, &x->resources, x->resource_count++, sizeof *x->resources);

	*one = (struct outside_resource){ .resource = r };
	return one;
}

/* What the owner chose: approved, and its file as it was then. */
static bool chosen(struct sql *q, struct pool *p, const struct schedule_offer *o, struct outside *x, utc now,
		   struct err *e)
{
	for (size_t i = 0; i < o->resource_count; i++) {
		struct resource *r = pool_take(p, sizeof *r);
		struct outside_resource *one;
		const char *digest, *slash;
		char *bytes;
		bool found;

		if (!store_resource(q, p, o->resources[i], r, &found, e))
			return false;
		if (!found)
			return err_perm(e, "there is no resource %lld; `kept resources list` shows them", (long long)o->resources[i]);
		if (resource_state(r, now) != RESOURCE_APPROVED)
			return err_perm(e, "resource %lld, '%s', is %s: only approved material is sent", (long long)r->id, r->title,
					resource_state_name(resource_state(r, now)));
		one = add(p, x, r);
		if (!*r->file)
			continue;
		if (!material_sound(p, r, e) || !material_read(p, r->file, &bytes, &one->n, &digest, e))
			return false;
		slash = strrchr(r->file, '/');
		one->bytes = bytes, one->file_name = slash ? slash + 1 : r->file, one->type = "application/octet-stream";
	}
	return true;
}

/* Approved links that bear on the promise, in a language of theirs. Files are attached only where the owner chose them.
 */
static bool fitting(struct sql *q, struct pool *p, const struct dossier *d, struct outside *x, utc now, struct err *e)
{
	const struct commitment *m = &d->commitment;
	const char *words = pool_print(p, "%s\n%s", m->what, m->words),
		   *language = *d->contact.language ? d->contact.language : m->owner->language;
	struct strings wanted = fit_words(p, words);
	struct resource *r;
	size_t n;

	if (!store_resources_search(q, p, &wanted, &r, &n, e))
		return false;
	for (size_t i = 0; i < n && x->resource_count < LINKS_MOST; i++)
		if (*r[i].link && resource_state(&r[i], now) == RESOURCE_APPROVED &&
		    (!r[i].languages.n || has(&r[i].languages, language)) && fit_resource(p, words, &r[i]).score)
			add(p, x, &r[i]);
	return true;
}

/* Where these are of substance: what tells how a thing stands, or delivers it. */
static bool takes_links(enum mail_kind kind)
{
	return kind == MAIL_PROGRESS || kind == MAIL_DELIVERY || kind == MAIL_SHARE;
}

/* ---- the question ---- */

/* The frozen mail as it will be seen. */
static bool as_mail(struct pool *p, const struct outgoing *o, struct mail *out, const char **text)
{
	struct letter l;

	mime_read(p, o->bytes, o->n, &l);
	*out = (struct mail){ .kind = o->kind, .also = { l.to.list + 1, l.to.n > 1 ? l.to.n - 1 : 0 },
			      .outside = true,
			      .token = o->token,
			      .subject = line_from(p, l.subject, SUBJECT_MOST),
			      .markdown = "" };
	*text = l.full;
	if (l.to.n)
		out->to = l.to.list[0], out->to_name = line_from(p, l.to.list[0].name, NAME_MOST);
	for (size_t i = 0; i < l.attachment_count; i++) {
		struct attached *a = pool_more(p, &out->attached, out->attached_count++, sizeof *a);

		*a = (struct attached){ .name = line_from(p, l.attachments[i].name, NAME_MOST), .type = "" };
	}
	return l.to.n != 0;
}

/* The question; where it comes of what the owner just said, the answer to that stands above it: one mail. */
static bool ask(struct sql *q, struct pool *p, const struct conf *c, const struct dossier *d, const struct approval *a,
		int64_t approves, struct schedule_answer *answer, struct outgoing *out, utc now, struct err *e)
{
	struct dossier about = *d;
	struct approval question = *a;
	struct compose_in in = { .conf = c,
				 .owner = d->commitment.owner,
				 .kind = MAIL_APPROVAL,
				 .dossiers = &about,
				 .dossier_count = 1,
				 .approval = &question };

	if (answer && !answer->said && answer->n == 1 && answer->ids[0] == d->commitment.id) {
		answer->said = true;
		in.answer = answer->answer, in.headline = answer->headline, in.calendar = answer->calendar;
		in.in_reply_to = answer->in_reply_to, in.references = answer->references;
		if (answer->telling)
			in.attached = answer->telling->files, in.attached_count = answer->telling->file_count;
	}
	return schedule_queue(q, p, &in,
			      &(struct queue_as){ .why = a->why,
						  .answers = answer && !answer->telling,
						  .approves = approves,
						  .word = a->mail ? NULL : mail_kind_name(a->kind) },
			      out, now, e);
}

/* Each with the address beside the name, which anybody may give themselves. */
static const char *whom(struct pool *p, const struct addrs *to)
{
	const char *all = "";

	for (size_t i = 0; i < to->n; i++) {
		const char *address = to->list[i].address, *name = addr_called(to->list[i].name, address);

		all = pool_print(p, "%s%s%s", all, i ? ", " : "", name == address ? address : pool_print(p, "%s <%s>", name, address));
	}
	return all;
}

/* Who gets it, and in `d` what is noted of the first of them. `first`: what one alone asked for. */
static struct addrs recipients(struct pool *p, struct dossier *d, bool first, utc now)
{
	return first ? (struct addrs){ d->commitment.to.list, 1 } : plan_recipients(p, d, now, &d->contact, NULL);
}

/* Nothing is guessed silently: the question says in which language the mail is, where that was heard, or is not what was heard. */
static const char *other_language(struct pool *p, const struct conf *c, const struct dossier *d, const struct outgoing *o)
{
	const char *heard, *code, *used = compose_language(p, c, o->kind, d, &heard, &code), *address = addr_typed(addrs_split(p, o->recipient).list[0].address);

	if (!code || (strncmp(code, used, 2) == 0 && strncmp(used, d->commitment.owner->language, 2) == 0))
		return NULL;
	if (strncmp(code, used, 2) == 0)
		return pool_print(p, "This mail is in %s, as what was written about it is. In another language: `kept contact %s --language en`, and `kept draft %lld %s`.",
				  heard, address, (long long)d->commitment.id, mail_kind_name(o->kind));
	return pool_print(p, "They write %s, and this mail is not in it: `kept contact %s --language %s`, and `kept draft %lld %s` prepares it anew.", heard,
			  address, code, (long long)d->commitment.id, mail_kind_name(o->kind));
}

static bool ask_about(struct sql *q, struct pool *p, const struct conf *c, const struct outgoing *o, const char *why, const char *rule,
		      const char *finding, struct schedule_answer *answer, utc now, struct err *e)
{
	const struct owner *owner = conf_owner(c, o->owner);
	struct approval a = { .kind = o->kind, .why = why, .rule = rule, .account = owner && conf_own_submission(c, owner) };
	struct findings seen;
	struct outgoing whole;
	struct dossier d;
	struct addrs to;
	struct mail shown;
	bool found;

	if (!outbox_get(q, p, o->id, &whole, &found, e) || (found && !schedule_dossier(q, p, c, &whole, &d, &found, e)))
		return false;
	if (!found || !owner)
		return true; /* nobody is there to be asked */
	if (!as_mail(p, &whole, &shown, &a.text))
		return err_perm(e, "mail %lld cannot be read back", (long long)o->id);
	a.mail = &shown;
	to = (struct addrs){ pool_list(p, 1 + shown.also.n, sizeof *to.list), 0 };
	to.list[to.n++] = shown.to;
	for (size_t i = 0; i < shown.also.n; i++)
		to.list[to.n++] = shown.also.list[i];
	a.to = whom(p, &to);
	if (!schedule_look(q, p, c, &whole, now, &seen, e))
		return false;
	if (*finding)
		*(const char **)pool_more(p, &a.findings.list, a.findings.n++, sizeof finding) = finding;
	plan_recipients(p, &d, now, &d.contact, &a.findings);
	if (other_language(p, c, &d, o))
		*(const char **)pool_more(p, &a.findings.list, a.findings.n++, sizeof finding) = other_language(p, c, &d, o);
	for (size_t i = 0; i < seen.n; i++)
		*(const char **)pool_more(p, &a.findings.list, a.findings.n++, sizeof finding) = seen.list[i].told;
	if (answer && answer->n == 1 && answer->ids[0] == d.commitment.id && answer->entry)
		d.commitment.sequence = answer->entry->sequence, d.commitment.entry_at = answer->entry->entry_at;
	return ask(q, p, c, &d, &a, o->id, answer, NULL, now, e);
}

bool schedule_ask(struct sql *q, struct pool *p, const struct conf *c, const struct outgoing *o, const char *why,
		  const char *rule, const char *finding, utc now, struct err *e)
{
	return ask_about(q, p, c, o, why, rule, finding, NULL, now, e);
}

/* What a last look finds in any of those mails, once. */
static bool look_at_each(struct sql *q, struct pool *p, const struct conf *c, const struct schedule_waiting *w, struct strings *out, utc now, struct err *e)
{
	for (size_t i = 0; i < w->to.n; i++) {
		struct outgoing o;
		struct findings seen;
		bool found;

		if (!outbox_get(q, p, w->ids[i], &o, &found, e) || (found && (!schedule_look(q, p, c, &o, now, &seen, e) || !schedule_often(q, p, c, &o, now, &seen, e))))
			return false;
		for (size_t k = 0; found && k < seen.n; k++)
			if (!has(out, seen.list[k].told))
				*(const char **)pool_more(p, &out->list, out->n++, sizeof *out->list) = seen.list[k].told;
	}
	return true;
}

bool schedule_ask_meeting(struct sql *q, struct pool *p, const struct conf *c, const struct owner *owner, const struct meeting *t, const char *why, utc now,
			  struct err *e)
{
	struct approval a = { .kind = MAIL_INVITATION, .why = why, .rule = "", .account = conf_own_submission(c, owner) };
	struct compose_in in = { .conf = c, .owner = owner, .kind = MAIL_APPROVAL, .approval = &a, .meeting = t };
	struct schedule_waiting *all;
	struct addrs everyone = { 0 };
	struct outgoing whole;
	struct mail shown;
	size_t n;
	int64_t first = 0;
	bool found;

	if (!schedule_meeting_waits(q, p, t->c, &all, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct schedule_waiting *w = &all[i];

		if (w->leaves)
			continue;
		if (!look_at_each(q, p, c, w, &a.findings, now, e))
			return false;
		for (size_t k = 0; k < w->to.n; k++)
			addrs_add(p, &everyone, w->to.list[k].name, w->to.list[k].address);
		if (first) {
			*(struct approval_more *)pool_more(p, &a.more, a.more_count++, sizeof *a.more) =
				(struct approval_more){ addrs_join(p, &w->to), w->subject, w->text };
			continue;
		}
		first = w->ids[0];
		if (!outbox_get(q, p, first, &whole, &found, e))
			return false;
		if (!found || !as_mail(p, &whole, &shown, &a.text))
			return err_perm(e, "mail %lld cannot be read back", (long long)first);
		shown.also = (struct addrs){ w->to.list + 1, w->to.n - 1 };
	}
	if (!first)
		return true;
	a.mail = &shown;
	a.to = whom(p, &everyone);
	return schedule_queue(q, p, &in, &(struct queue_as){ .why = why, .approves = first, .checkin = t->c->id }, NULL, now, e);
}

/* One of a kind at a time waits about a promise, and none that another one overtakes. */
static bool drop_waiting(struct sql *q, struct pool *p, const struct dossier *d, const struct schedule_offer *by, utc now, struct err *e)
{
	struct outgoing *list;
	size_t n;

	if (!outbox_about(q, p, d->commitment.id, &list, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct outgoing *o = &list[i];
		bool same = by->instead && o->kind == by->kind && o->state == OUTBOX_HELD;

		if (!same && !plan_is_overtaken(o->kind, by->kind))
			continue;
		o->word = "skip";
		if (!schedule_withdraw(q, p, o, d->commitment.id,
				       same ? "another mail was prepared in its place" :
				       by->kind == MAIL_DELIVERY ? "what it tells of is about to be delivered" : "a progress note tells more", now, e))
			return false;
	}
	return true;
}

/* Who prefers another channel gets no mail of kept's: the owner hears what there is to say. One that they asked for themselves is made. */
static bool is_called(const struct dossier *d, const struct schedule_offer *o, const struct outside *x)
{
	const char *channel = d->contact.channel;

	return channel && *channel && strcmp(channel, "mail") != 0 && !o->own_text && !o->instead && x->to.n == 1;
}

static bool call(struct sql *q, struct pool *p, const struct conf *c, struct compose_in *in, const struct schedule_offer *o, struct outgoing *out, utc now,
		 struct err *e)
{
	const struct dossier *d = &in->dossiers[0];
	struct approval a = { .kind = o->kind, .why = o->why, .rule = o->rule, .to = whom(p, &in->outside->to), .channel = d->contact.channel,
			      .phone = d->contact.phone };
	char *token = pool_take(p, TOKEN_LENGTH + 1);
	struct mail m;

	secret_token(token); /* of a mail that is never one */
	in->token = in->id = token;
	in->now = now;
	if (!compose(p, in, &m, e))
		return false;
	a.text = markdown_plain(p, m.markdown);
	return ask(q, p, c, d, &a, 0, o->answer, out, now, e);
}

bool schedule_offer(struct sql *q, struct pool *p, const struct conf *c, const struct dossier *d,
		    const struct schedule_offer *o, struct outgoing *out, utc now, struct err *e)
{
	const struct owner *owner = d->commitment.owner;
	struct outside x = { .substance = o->substance ? o->substance : "",
			     .own_text = o->own_text,
			     .team = team_of(c, d->commitment.team),
			     .told = d->commitment.told,
			     .with = o->with ? o->with : "",
			     .interest = o->interest };
	struct dossier about = *d;
	struct compose_in in = {
		.conf = c, .owner = owner, .kind = o->kind, .dossiers = &about, .dossier_count = 1, .outside = &x
	};
	struct findings seen = { 0 };
	struct verdict v;
	bool automatic;

	if (d->commitment.to.n && plan_barred(d))
		return err_perm(e, "nothing is prepared about promise %lld: %s", (long long)d->commitment.id, plan_barred(d));
	if (!d->commitment.to.n)
		return err_perm(e, "promise %lld is for nobody that is noted; `who ADDRESS` says for whom",
				(long long)d->commitment.id);
	x.to = recipients(p, &about, o->interest != NULL, now);
	automatic = !o->own_text && !o->ask && plan_is_automatic(d, o->kind) && conf_own_submission(c, owner);
	if (!chosen(q, p, o, &x, now, e) ||
	    (!automatic && !x.resource_count && takes_links(o->kind) && !fitting(q, p, &about, &x, now, e)))
		return false;
	if (!compose_has_substance(&in)) { /* "just following up" is no reason to write */
		struct approval a = { .kind = o->kind,
				      .why = o->why,
				      .rule = o->rule,
				      .to = whom(p, &x.to),
				      .account = conf_own_submission(c, owner) != NULL };

		return ask(q, p, c, d, &a, 0, o->answer, out, now, e);
	}
	if (!drop_waiting(q, p, d, o, now, e))
		return false;
	if (is_called(&about, o, &x))
		return call(q, p, c, &in, o, out, now, e);
	if (!schedule_queue(q, p, &in, &(struct queue_as){ .why = o->why }, out, now, e))
		return false;
	for (size_t i = 0; i < x.resource_count; i++)
		if (!sql_do(q, SQL_OUTGOING_RESOURCE_ADD, e,
			    SQL_VALUES(sql_i(out->id), sql_i(x.resources[i].resource->id),
				       sql_t(x.resources[i].resource->digest), sql_n(o->interest_id))))
			return false;
	if (automatic && !schedule_look(q, p, c, out, now, &seen, e))
		return false;
	if (automatic && !seen.block && out->state == OUTBOX_HELD && !schedule_release(q, p, c, out, "auto", 0, now, &v, e))
		return false;
	/* where it lies in their drafts, that is the question */
	return out->state != OUTBOX_HELD || conf_drafts(c, owner) ||
	       ask_about(q, p, c, out, o->why, o->rule, "", o->answer, now, e);
}

/* Does one of that kind wait, or is its owner asked for something to say in one? */
static bool is_under_way(const struct dossier *d, enum mail_kind kind, utc now)
{
	bool is = false;

	for (size_t i = 0; i < d->past_count; i++)
		is |= d->past[i].kind == kind && (d->past[i].how == PAST_WAITING || d->past[i].at >= now);
	return is;
}

bool schedule_again(struct sql *q, struct pool *p, const struct conf *c, const struct outgoing *o, utc now, struct err *e)
{
	struct schedule_offer again = { .kind = o->kind, .why = "one of those it was for is not reached", .rule = "", .ask = strcmp(o->word, "auto") != 0 };
	struct resource *held;
	struct outgoing made;
	struct dossier d;
	int64_t *about, *ids;
	size_t n;
	bool found;

	if (!store_ids(q, p, SQL_ABOUT_GET, SQL_VALUES(sql_i(o->id)), &about, &n, e))
		return false;
	if (n != 1 || o->checkin || o->kind == MAIL_RECAP)
		return true;
	if (!store_dossier(q, p, c, about[0], &d, &found, e) || !store_resources_of(q, p, o->id, &held, &again.resource_count, e))
		return false;
	if (!found || plan_barred(&d) || is_under_way(&d, o->kind, now))
		return true;
	ids = pool_list(p, again.resource_count, sizeof *ids);
	for (size_t i = 0; i < again.resource_count; i++)
		ids[i] = held[i].id;
	again.resources = ids;
	return schedule_offer(q, p, c, &d, &again, &made, now, e);
}

/* ---- when it leaves ---- */

/* One promise of a mail that has left. */
static bool left(struct sql *q, struct pool *p, const struct conf *c, int64_t id, const struct outgoing *o, utc now,
		 struct err *e)
{
	struct commitment m;
	enum commitment_state state;
	utc answered;
	bool found;

	if (!store_commitment(q, p, c, id, &m, &answered, &found, e))
		return false;
	if (!found || !store_thread_add(q, id, o->message_id, e))
		return found ? false : true;
	if (o->kind == MAIL_RECEIPT || o->kind == MAIL_DELAY || o->kind == MAIL_RECAP)
		commitment_tell(&m, m.due, now);
	state = m.state;
	if (o->kind == MAIL_DELIVERY &&
	    commitment_move(state,
			    plan_asks_after(conf_policy(c, m.policy)) ? COMMITMENT_ON_DELIVER : COMMITMENT_ON_DONE,
			    &state)) {
		const char *before = store_image(p, &m);

		m.state = state;
		m.delivered = now;
		m.closed = state == COMMITMENT_KEPT ? now : 0;
		if (!record_add(q,
				&(struct event){ .owner = o->owner,
						 .word = "done",
						 .commitment = id,
						 .outgoing = o->id,
						 .before = before,
						 .detail = "delivered by the mail that kept prepared" },
				now, e))
			return false;
	}
	m.look_at = now; /* a team may have to hear that it is not needed any more */
	return store_commitment_save(q, &m, answered, e);
}

/* That they were written to is an exchange with each of them who is noted. */
static bool exchanged(struct sql *q, struct pool *p, const struct outgoing *o, utc now, struct err *e)
{
	struct addrs to = addrs_split(p, o->recipient);

	for (size_t i = 0; i < to.n; i++) {
		struct contact c;
		bool noted;

		if (!store_contact(q, p, o->owner, &to.list[i], &c, &noted, e) ||
		    (noted && !store_exchange_add(q, &(struct exchange){ .contact = c.id, .at = o->sent ? o->sent : now, .channel = "mail",
									 .direction = CONTACT_DIRECTION_OURS, .text = "" }, e)))
			return false;
	}
	return true;
}

bool schedule_left(struct sql *q, struct pool *p, const struct conf *c, const struct outgoing *o, utc now,
		   struct err *e)
{
	int64_t *ids;
	size_t n;

	if (!o->outside)
		return true;
	if (o->kind == MAIL_INVITATION && o->checkin)
		return schedule_checkin_left(q, p, c, o, now, e);
	if (!exchanged(q, p, o, now, e) || !sql_do(q, SQL_TELLS_LEFT, e, SQL_VALUES(sql_i(o->id), sql_i(now))) || !store_ids(q, p, SQL_ABOUT_GET, SQL_VALUES(sql_i(o->id)), &ids, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!left(q, p, c, ids[i], o, now, e))
			return false;
	return true;
}
