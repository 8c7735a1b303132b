#include "work/courier.h"

#include <stdio.h>
#include <string.h>

#include "borders/net.h"
#include "borders/record.h"
#include "borders/secret.h"
#include "borders/store.h"
#include "ground/log.h"
#include "judgement/gate.h"
#include "letters/markup.h"
#include "letters/phrase.h"
#include "work/schedule_inner.h"

enum { AT_ONCE = 50, FIVE_DAYS = 5 * 86400, CONFIG_WAIT = 300 };

utc courier_retry(int tries, utc now, double chance)
{
	utc wait = 60;

	for (int i = 1; i < tries && wait < 4 * 3600; i++)
		wait *= 2;
	if (wait > 4 * 3600)
		wait = 4 * 3600;
	return now + wait + (utc)((double)wait * 0.2 * chance);
}

static bool settle(struct sql *q, struct pool *p, struct outgoing *o, enum outbox_state to, const char *why, utc now, struct err *e)
{
	enum outbox_state from = o->state;

	if (!outbox_settle(q, o, to, now, why, e))
		return false;
	log_line(to == OUTBOX_FAILED || to == OUTBOX_UNSURE ? LOG_LINE_WARN : LOG_LINE_INFO, "mail", "%lld %s %s -> %s", (long long)o->id,
		 mail_kind_name(o->kind), outbox_state_name(from), outbox_state_name(to));
	if (to == OUTBOX_BEGUN || (to == OUTBOX_READY && from == OUTBOX_READY))
		return true;
	why = line_from(p, why, SUBJECT_MOST).s;
	if (to == OUTBOX_SENT && o->bytes) /* what a server took, beside what was decided */
		why = record_sealed(p, why, record_digest(p, o->bytes, o->n));
	return record_add(q, &(struct event){ .owner = o->owner, .word = outbox_state_name(to), .outgoing = o->id, .detail = why }, now, e);
}

/* The owner hears that a mail did not arrive; not by mail, where it is mail to that owner that fails. */
static bool tell(struct sql *q, struct pool *p, const struct conf *c, const struct outgoing *o, const char *what, const char *why, utc now, struct err *e)
{
	const struct owner *owner = conf_owner(c, o->owner);

	if (!owner || !o->outside)
		return true;
	what = phrase_of(owner->language, what);
	return schedule_notice(q, p, c, owner, what,
			       pool_print(p, phrase_of(owner->language, "The mail **%s** to %s %s.\n\nWhy: %s\n"), markdown_quote(p, o->subject, SUBJECT_MOST),
					  markdown_quote(p, o->recipient, ADDRESS_MOST), what, markdown_quote(p, why, 300)),
			       now, e);
}

/* May have arrived: to the owner it goes again, to others never by itself. */
static bool unsure(struct sql *q, struct pool *p, const struct conf *c, struct outgoing *o, const char *why, utc now, struct err *e)
{
	if (o->outside)
		return settle(q, p, o, OUTBOX_UNSURE, why, now, e) && tell(q, p, c, o, "may or may not have arrived; it is not sent again by itself", why, now, e);
	o->tries++;
	if (now > o->made + FIVE_DAYS)
		return settle(q, p, o, OUTBOX_FAILED, why, now, e);
	o->try_at = courier_retry(o->tries, now, secret_chance());
	return settle(q, p, o, OUTBOX_READY, why, now, e);
}

bool courier_recover(struct sql *q, const struct conf *c, utc now, struct err *e)
{
	struct pool *p = pool_new();
	struct outgoing *list;
	size_t n;
	bool well = sql_begin(q, e) && outbox_list(q, p, SQL_OUTGOING_BEGUN, 0, &list, &n, e);

	for (size_t i = 0; well && i < n; i++)
		if (list[i].state == OUTBOX_BEGUN)
			well = unsure(q, p, c, &list[i], "kept was stopped while this mail was being handed over", now, e);
	well = well && sql_commit(q, e);
	if (!well)
		sql_rollback(q);
	pool_end(&p);
	return well;
}

/* The gate once more, at the door. The mails that left in this hour count. */
static bool ask_gate(struct sql *q, struct pool *p, const struct conf *c, const struct outgoing *o, utc now, struct verdict *v, struct err *e)
{
	const struct owner *owner = conf_owner(c, o->owner);

	if (!owner) {
		*v = (struct verdict){ GATE_NEVER, 0, "its owner is no longer in the configuration", false };
		return true;
	}
	/* ready mail to outside has its consent: without it it would be held */
	return schedule_gate(q, p, c, owner, o, true, o->made, now, v, now, e);
}

/* What its owner consented to is these bytes: has a mail to outside still those that the record has? */
static bool as_frozen(struct sql *q, struct pool *p, const struct outgoing *o, bool *is, struct err *e)
{
	const char *digest = "";

	if (!sql_query(q, SQL_EVENT_QUEUED, e, SQL_VALUES(sql_i(o->id))))
		return false;
	if (sql_row(q, SQL_EVENT_QUEUED))
		record_unsealed(p, sql_text(q, SQL_EVENT_QUEUED, 0, p), &digest);
	*is = !*digest || strcmp(digest, record_digest(p, o->bytes, o->n)) == 0;
	return sql_end(q, SQL_EVENT_QUEUED, e);
}

/* One last look: what must not leave waits again for its owner's word, and they hear why. */
static bool sound(struct sql *q, struct pool *p, const struct conf *c, struct outgoing *o, utc now, bool *is, struct err *e)
{
	static const char changed[] = "its bytes are not those that were frozen: somebody changed them in the database";
	struct findings seen;
	const struct finding *why = NULL;
	bool frozen;

	if (!o->outside)
		return true;
	if (!as_frozen(q, p, o, &frozen, e))
		return false;
	*is = frozen;
	if (!frozen)
		return settle(q, p, o, OUTBOX_FAILED, changed, now, e) && tell(q, p, c, o, "was stopped", changed, now, e);
	if (!schedule_look(q, p, c, o, now, &seen, e))
		return false;
	for (size_t i = 0; i < seen.n && !why; i++)
		if (seen.list[i].blocks && (seen.list[i].kind == LOOK_MATERIAL || strcmp(o->word, WORD_OVERRIDE) != 0))
			why = &seen.list[i];
	*is = !why;
	if (!why)
		return true;
	o->word = WORD_REFUSED;
	return settle(q, p, o, OUTBOX_HELD, why->says, now, e) && tell(q, p, c, o, "was stopped", why->told, now, e);
}

/* Asks the last questions of a mail, and has it BEGUN. false in `offered`: it was withdrawn meanwhile, or the gate kept it back, and
 * the row says so; `fault` where that concerns all. Inside a transaction, as is end(). */
static bool begin(struct sql *q, struct pool *p, const struct conf *c, struct outgoing *o, utc now, bool *offered, const char **fault, struct err *e)
{
	struct verdict v;
	bool ready = false;

	*offered = false;
	if (!outbox_is_ready(q, o->id, &ready, e) || (ready && !ask_gate(q, p, c, o, now, &v, e)))
		return false;
	if (!ready)
		return true;
	switch (v.kind) {
	case GATE_NOW:
		return schedule_stands(q, p, c, o, now, offered, e) && (!*offered || sound(q, p, c, o, now, offered, e)) &&
		       (!*offered || settle(q, p, o, OUTBOX_BEGUN, "", now, e));
	case GATE_LATER:
		o->try_at = v.at;
		if (v.cap && !o->outside) /* it stops all, and `kept status` says so */
			*fault = v.why;
		log_line(v.cap ? LOG_LINE_WARN : LOG_LINE_INFO, "gate", "%lld waits: %s", (long long)o->id, v.why);
		return settle(q, p, o, OUTBOX_READY, v.why, now, e);
	case GATE_HELD: return settle(q, p, o, OUTBOX_HELD, v.why, now, e);
	case GATE_NEVER: return settle(q, p, o, OUTBOX_VOID, v.why, now, e);
	}
	return true;
}

/* The others to whom a mail goes; of an address of the owners' own nothing is noted, so that it would be refused again. */
static const char *others(struct pool *p, const struct conf *c, const struct outgoing *o, const char *refused)
{
	struct addrs to = addrs_split(p, o->recipient), left = { 0 };

	for (size_t i = 0; o->outside && !conf_owner_of(c, refused) && i < to.n; i++)
		if (!addr_same(to.list[i].address, refused))
			addrs_add(p, &left, "", to.list[i].address);
	return left.n && left.n < to.n ? addrs_join(p, &left) : NULL;
}

/* Refused for a recipient: what a report says of mail that came back. Of several the others have got nothing either: it is withdrawn, and
 * prepared anew for them. */
static bool refused(struct sql *q, struct pool *p, const struct conf *c, struct outgoing *o, const char *whom, const char *why, utc now, struct err *e)
{
	struct schedule_returned x = { .address = *whom ? whom : o->recipient, .status = why, .sender = conf_owner(c, o->owner), .outgoing = o->id,
				       .to_team = mail_kind_whom(o->kind) == WHOM_TEAM };
	int64_t *about;
	bool told;

	x.others = others(p, c, o, x.address);
	if (!settle(q, p, o, x.others ? OUTBOX_VOID : OUTBOX_FAILED, why, now, e) ||
	    !store_ids(q, p, SQL_ABOUT_GET, SQL_VALUES(sql_i(o->id)), &about, &x.about_count, e))
		return false;
	x.about = about;
	return schedule_returned(q, p, c, &x, &told, now, e) && (told || tell(q, p, c, o, "was refused", why, now, e)) &&
	       (!x.others || schedule_again(q, p, c, o, now, e));
}

static bool end(struct sql *q, struct pool *p, const struct conf *c, const struct submitted *h, utc now, struct err *e)
{
	struct outgoing o; /* a copy: a transaction that fails leaves the mail as it was */
	bool found = true;

	if (h->mail)
		o = *h->mail;
	else if (!outbox_get(q, p, h->id, &o, &found, e))
		return false;
	if (!found || o.state != OUTBOX_BEGUN)
		return true;
	switch ((enum net_outcome)h->outcome) {
	case NET_SENT: return settle(q, p, &o, OUTBOX_SENT, h->why, now, e) && schedule_left(q, p, c, &o, now, e);
	case NET_FAILED: return settle(q, p, &o, OUTBOX_FAILED, h->why, now, e) && tell(q, p, c, &o, "was refused", h->why, now, e);
	case NET_REFUSED: return refused(q, p, c, &o, h->whom, h->why, now, e);
	case NET_UNSURE: return unsure(q, p, c, &o, h->why, now, e);
	case NET_CONFIG: /* nothing was offered: its tries are not used up, and once it is mended it need not wait */
		o.try_at = now;
		return settle(q, p, &o, OUTBOX_READY, h->why, now, e);
	case NET_RETRY:
		o.tries++;
		if (now > o.made + FIVE_DAYS)
			return settle(q, p, &o, OUTBOX_FAILED, h->why, now, e) && tell(q, p, c, &o, "could not be delivered for five days", h->why, now, e);
		o.try_at = courier_retry(o.tries, now, secret_chance());
		return settle(q, p, &o, OUTBOX_READY, h->why, now, e);
	}
	return true;
}

/* The end of the mail before, and the beginning of the next (NULL: none), in one commit: one is BEGUN at a time, whatever happens. */
static bool turn(struct sql *q, struct pool *p, const struct conf *c, struct submitted *before, struct outgoing *next, utc now, bool *offered,
		 const char **fault, struct err *e)
{
	*offered = false;
	if (sql_begin(q, e) && (!before->id || end(q, p, c, before, now, e)) && (!next || begin(q, p, c, next, now, offered, fault, e)) &&
	    sql_commit(q, e)) {
		before->id = 0;
		return true;
	}
	*offered = false;
	sql_rollback(q);
	return false;
}

/* A mail that cannot begin, by a fault of its own, keeps no other back: it is tried again later. */
static bool put_off(struct sql *q, struct pool *p, const struct conf *c, struct submitted *before, struct outgoing *o, utc now, const struct err *why, struct err *e)
{
	bool offered;
	const char *fault = NULL;

	if (!turn(q, p, c, before, NULL, now, &offered, &fault, e) || !sql_begin(q, e))
		return false;
	o->state = OUTBOX_READY;
	o->tries++;
	o->try_at = courier_retry(o->tries + 3, now, secret_chance());
	if (settle(q, p, o, OUTBOX_READY, why->text, now, e) && sql_commit(q, e))
		return true;
	sql_rollback(q);
	return false;
}

/* One mail is handed over, if it may go and its way is open. `cap`: what stops all. */
static bool one(struct sql *q, struct pool *p, const struct conf *c, struct carrier *carrier, struct outgoing *o, utc now, bool *handed, const char **cap,
		const char **fault, struct err *e)
{
	struct submitted *last = &carrier->handed;
	const char *why = "";
	bool offered;

	if (carrier->closed && carrier->closed(carrier->arg, p, o, &why)) {
		*fault = *fault ? *fault : why;
		return true;
	}
	*handed = true;
	if (!turn(q, p, c, last, o, now, &offered, cap, e))
		return false;
	if (!offered)
		return true;
	last->outcome = carrier->submit(carrier->arg, p, o, &why);
	last->id = o->id;
	last->mail = o;
	snprintf(last->why, sizeof last->why, "%s", line_from(p, why, SUBJECT_MOST).s);
	snprintf(last->whom, sizeof last->whom, "%s", last->outcome == NET_REFUSED && carrier->refused ? carrier->refused(carrier->arg) : "");
	if (last->outcome != NET_CONFIG)
		return true;
	*fault = *fault ? *fault : pool_copy(p, last->why);
	if (!carrier->closed)
		*cap = *fault;
	return true;
}

bool courier(struct sql *q, struct pool *p, const struct conf *c, struct carrier *carrier, utc now, utc *next, const char **fault, struct err *e)
{
	struct submitted *last = &carrier->handed;
	struct outgoing *list;
	const char *cap = NULL;
	size_t n, skip = 0;
	bool offered, well = true, handed = false;

	*fault = NULL;
	last->mail = NULL;
	/* first what the last run could not write down */
	if (last->id && !turn(q, p, c, last, NULL, now, &offered, &cap, e))
		return false;
	do { /* past those whose way is closed */
		if (!outbox_take(q, p, now, skip, AT_ONCE, &list, &n, e))
			return false;
		for (size_t i = 0; i < n && !cap; i++) {
			struct err own = { 0 }, other = { 0 };

			if (one(q, p, c, carrier, &list[i], now, &handed, &cap, fault, &own))
				continue;
			if (well)
				*e = own;
			well = false;
			if (!put_off(q, p, c, last, &list[i], now, &own, &other))
				return false;
		}
		skip += n;
	} while (n == AT_ONCE && !handed && !cap);
	if (cap)
		*fault = cap;
	if (last->id && !turn(q, p, c, last, NULL, now, &offered, &cap, well ? e : NULL))
		return false;
	if (n == AT_ONCE && !cap) { /* more wait: by another reading of the clock */
		*next = now;
		return well;
	}
	carrier->idle(carrier->arg);
	if (*fault)
		*next = now + CONFIG_WAIT;
	else if (well && !outbox_next(q, next, e))
		return false;
	return well;
}
