#include "work/drafts.h"

#include <string.h>

#include "borders/record.h"
#include "borders/secret.h"
#include "borders/store.h"
#include "ground/log.h"
#include "letters/markup.h"
#include "letters/mime.h"
#include "work/schedule_inner.h"

enum {
	PATIENCE = 3600, /* a server that is out of reach for so long: the owner is asked by mail */
	AGAIN = 60,      /* after a connection that failed */
	TIDYING = 60,    /* a client that sent a draft removes it by itself */
	LOOK = 3600,     /* what lies there is looked at so often, to see whether it was deleted */
	MISSED = 3600,   /* and so long after it is not found any more it is taken as deleted: what was sent is heard of sooner */
	COPIES_MOST = 20 /* of one draft */
};

/* One round through one folder. */
struct round {
	struct sql *q;
	struct pool *p;
	const struct conf *c;
	const struct mailbox_conf *m;
	struct desk *desk;
	const char *folder;
	uint32_t uidvalidity;
	utc now, *next;
};

static void come_at(struct round *r, utc at)
{
	if (!*r->next || at < *r->next)
		*r->next = at;
}

static const char *digest_of(struct pool *p, const char *bytes, size_t n)
{
	unsigned char d[DIGEST_LENGTH];

	secret_digest(bytes, n, d);
	return secret_hex(p, d, 16);
}

static bool event(struct round *r, const struct outgoing *o, const char *word, const char *detail, struct err *e)
{
	return record_add(r->q, &(struct event){ .owner = o->owner, .word = word, .outgoing = o->id, .detail = line_from(r->p, detail, SUBJECT_MOST).s }, r->now, e);
}

/* Begins, and reads it once more: what was decided meanwhile counts. */
static bool begun(struct round *r, struct outgoing *o, bool *waits, struct err *e)
{
	bool found;

	if (!sql_begin(r->q, e) || !outbox_head(r->q, r->p, o->id, o, &found, e))
		return false;
	*waits = found && o->state == OUTBOX_HELD;
	return true;
}

static bool ended(struct round *r, bool well, struct err *e)
{
	if (well && sql_commit(r->q, e))
		return true;
	sql_rollback(r->q);
	return false;
}

/* `folder`: where it lies; NULL: nowhere. */
static bool tell(struct round *r, const struct outgoing *o, const char *subject, const char *folder, const char *what, struct err *e)
{
	const struct owner *owner = conf_owner(r->c, o->owner);
	const char *where = folder ? pool_print(r->p, " in your folder %s", markdown_quote(r->p, folder, NAME_MOST)) : "";

	return !owner || schedule_notice(r->q, r->p, r->c, owner, subject,
					 pool_print(r->p, "The draft **%s** to %s%s: %s\n", markdown_quote(r->p, o->subject, SUBJECT_MOST),
						    markdown_quote(r->p, o->recipient, ADDRESS_MOST), where, what), r->now, e);
}

static bool sent_by_hand(const struct outgoing *o)
{
	return o->state == OUTBOX_SENT && strcmp(o->word, WORD_DRAFT) == 0;
}

/* ---- laying ---- */

/* Material that is not what was approved any more stops the mail that holds it, and the owner hears of it. */
static bool stop_unsound(struct round *r, struct outgoing *o, bool lies, bool *sound, struct err *e)
{
	const char *why;
	bool waits;

	if (!schedule_sound(r->q, r->p, r->c, o, r->now, sound, &why, e))
		return false;
	if (*sound)
		return true;
	if (!begun(r, o, &waits, e))
		return ended(r, false, e);
	return ended(r, !waits || (outbox_settle(r->q, o, OUTBOX_VOID, r->now, why, e) && event(r, o, "void", why, e) &&
				   tell(r, o, "A mail of mine was stopped", lies ? r->folder : NULL, markdown_quote(r->p, why, SUBJECT_MOST), e)), e);
}

/* It cannot be laid: its owner is asked by mail, once. */
static bool ask_by_mail(struct round *r, struct outgoing *o, const char *why, struct err *e)
{
	struct draft d = { .outgoing = o->id, .mailbox = r->m->key, .folder = r->folder ? r->folder : r->m->drafts, .digest = "", .gone = r->now,
			   .why = line_from(r->p, why, SUBJECT_MOST).s };
	bool waits;

	log_line(LOG_LINE_WARN, "draft", "%lld cannot be laid, its owner is asked by mail: %s", (long long)o->id, d.why);
	return ended(r, begun(r, o, &waits, e) && outbox_draft_put(r->q, &d, e) && event(r, o, "undrafted", d.why, e) &&
			  (!waits || schedule_ask(r->q, r->p, r->c, o, "it waits for your word", "",
						  pool_print(r->p, "It could not be laid into your folder of drafts: %s", d.why), r->now, e)), e);
}

/* What lies there now of it, the newest last. */
static bool copies(struct round *r, const struct outgoing *o, uint32_t **uids, size_t *n, struct err *e)
{
	const char *bcc = conf_reply(r->p, r->c, conf_owner(r->c, o->owner), o->token);

	if (!r->desk->find(r->desk->arg, r->p, bcc, o->message_id, uids, n, e))
		return false;
	if (*n > COPIES_MOST) {
		*uids += *n - COPIES_MOST;
		*n = COPIES_MOST;
	}
	return true;
}

/* As the server gives it: some write a message anew. Where that cannot be asked now, as it was laid. */
static void note_digest(struct round *r, struct draft *d)
{
	struct delivery as;
	bool found = false;

	if (d->uid && r->desk->draft(r->desk->arg, r->p, d->uid, &as, &found, NULL) && found)
		d->digest = digest_of(r->p, as.body, as.body_length);
}

static bool lay(struct round *r, int64_t id, struct err *e)
{
	struct outgoing o;
	struct draft d = { .outgoing = id, .mailbox = r->m->key, .folder = r->folder, .uidvalidity = r->uidvalidity, .laid = r->now, .why = "" };
	const char *bytes, *bcc;
	uint32_t *uids = NULL;
	size_t n, count = 0;
	struct err why = { 0 };
	bool found, sound;

	if (!outbox_get(r->q, r->p, id, &o, &found, e))
		return false;
	if (!found || o.state != OUTBOX_HELD)
		return true;
	if (!stop_unsound(r, &o, false, &sound, e))
		return false;
	if (!sound)
		return true;
	bcc = conf_reply(r->p, r->c, conf_owner(r->c, o.owner), o.token);
	if (!mime_draft(r->p, o.bytes, o.n, bcc, &bytes, &n, &why))
		return ask_by_mail(r, &o, why.text, e);
	d.digest = digest_of(r->p, bytes, n);
	if (!copies(r, &o, &uids, &count, &why))
		goto refused;
	if (count) { /* laid by one who was stopped before it wrote that down; perhaps its owner was at it since */
		d.uid = uids[count - 1];
		log_line(LOG_LINE_INFO, "draft", "%lld lies there already", (long long)id);
	} else {
		if (!r->desk->append(r->desk->arg, r->folder, bytes, n, &d.uidvalidity, &d.uid, &why))
			goto refused;
		if (!d.uid && copies(r, &o, &uids, &count, NULL) && count)
			d.uid = uids[count - 1];
		if (!d.uidvalidity)
			d.uidvalidity = r->uidvalidity;
		note_digest(r, &d);
	}
	log_line(LOG_LINE_INFO, "draft", "%lld is laid into %s:%s", (long long)id, r->m->key, r->folder);
	return ended(r, sql_begin(r->q, e) && outbox_draft_put(r->q, &d, e) &&
			  event(r, &o, "drafted", pool_print(r->p, "it lies in %s, %s", r->m->key, r->folder), e), e);
refused:
	if (why.kind != ERR_UNSURE && r->desk->alive(r->desk->arg))
		return ask_by_mail(r, &o, why.text, e);
	*e = why;
	return false;
}

/* ---- withdrawing ---- */

struct lying {
	uint32_t *untouched;
	size_t untouched_count, changed;
};

static bool find_copies(struct round *r, const struct draft *d, const struct outgoing *o, struct lying *out, struct err *e)
{
	uint32_t *uids;
	size_t n;

	*out = (struct lying){ 0 };
	if (!copies(r, o, &uids, &n, e))
		return false;
	out->untouched = pool_list(r->p, n, sizeof *out->untouched);
	for (size_t i = 0; i < n; i++) {
		struct delivery as;
		bool found;

		if (!r->desk->draft(r->desk->arg, r->p, uids[i], &as, &found, e))
			return false;
		if (!found)
			continue;
		if (strcmp(digest_of(r->p, as.body, as.body_length), d->digest) == 0)
			out->untouched[out->untouched_count++] = uids[i];
		else
			out->changed++;
	}
	return true;
}

/* The mail waits no more: what nobody changed is removed; the rest is its owner's, who is told. */
static bool withdraw(struct round *r, struct draft *d, const struct outgoing *o, struct err *e)
{
	bool by_hand = sent_by_hand(o), left = o->state != OUTBOX_VOID && o->state != OUTBOX_FAILED;
	bool elsewhere = strcmp(d->folder, r->folder) != 0; /* the setting names another folder since */
	struct lying lies = { 0 };
	struct err why = { 0 };
	bool stays = false;
	const char *told = NULL;

	if (by_hand && r->now < o->sent + TIDYING) {
		come_at(r, o->sent + TIDYING);
		return true;
	}
	if (!elsewhere && !find_copies(r, d, o, &lies, e))
		return false;
	for (size_t i = 0; i < lies.untouched_count && !stays; i++)
		if (!r->desk->remove(r->desk->arg, lies.untouched[i], &why)) {
			if (!r->desk->alive(r->desk->arg)) {
				*e = why;
				return false;
			}
			stays = true;
		}
	d->gone = r->now;
	d->why = elsewhere    ? "it lies in a folder that is no longer set" :
		 stays	      ? "it could not be removed" :
		 lies.changed ? "its owner changed it: it is theirs" :
		 by_hand      ? "its owner sent it" :
		 lies.untouched_count ? "it was withdrawn" : "it was not there any more";
	if ((lies.changed || stays || elsewhere) && !by_hand)
		told = pool_print(r->p, "%s %s", left ? "That mail goes out from here, as it was prepared." : pool_print(r->p, "It is no longer needed: %s.", o->why),
				  elsewhere ? "kept no longer looks into that folder: please delete the draft." :
				  stays ? pool_print(r->p, "I could not remove the draft (%s): please delete it.", markdown_quote(r->p, why.text, 300)) :
					  "You changed the draft, so it stays where it is: send it if it is still wanted, or delete it.");
	log_line(LOG_LINE_INFO, "draft", "%lld in %s:%s: %s", (long long)o->id, r->m->key, r->folder, d->why);
	return ended(r, sql_begin(r->q, e) && outbox_draft_put(r->q, d, e) && event(r, o, "undrafted", d->why, e) &&
			  (!told || tell(r, o, "A draft of mine that is no longer needed", d->folder, told, e)), e);
}

/* Deleted, and not sent in the hour since: its owner does not want it. */
static bool refuse(struct round *r, struct draft *d, struct outgoing *o, struct err *e)
{
	int64_t *ids;
	size_t n;
	bool waits;

	if (!begun(r, o, &waits, e))
		return ended(r, false, e);
	if (!waits)
		return ended(r, true, e); /* the next round sees to it */
	d->gone = r->now;
	d->why = "its owner deleted it";
	o->word = "skip";
	log_line(LOG_LINE_INFO, "draft", "%lld in %s:%s: %s", (long long)o->id, r->m->key, r->folder, d->why);
	return ended(r, outbox_draft_put(r->q, d, e) && store_ids(r->q, r->p, SQL_ABOUT_GET, SQL_VALUES(sql_i(o->id)), &ids, &n, e) &&
			  schedule_withdraw(r->q, r->p, o, n ? ids[0] : 0, "you deleted its draft", r->now, e) && event(r, o, "skip", d->why, e) &&
			  schedule_these(r->q, r->p, r->c, ids, n, NULL, r->now, e), e);
}

/* It waits still: is it there, and is the material that it holds approved still? */
static bool keep(struct round *r, struct draft *d, struct outgoing *o, struct err *e)
{
	uint32_t *uids;
	size_t n;
	bool sound;

	if (!stop_unsound(r, o, true, &sound, e))
		return false;
	if (!sound)
		return o->state == OUTBOX_HELD || withdraw(r, d, o, e);
	if (!copies(r, o, &uids, &n, e))
		return false;
	come_at(r, r->now + LOOK);
	if (strcmp(d->folder, r->folder) != 0)
		return true; /* the setting names another folder since: nothing is known of that one */
	if (!n && d->missed && r->now >= d->missed + MISSED)
		return refuse(r, d, o, e);
	if (!n == !!d->missed)
		return true;
	d->missed = n ? 0 : r->now;
	return ended(r, sql_begin(r->q, e) && outbox_draft_put(r->q, d, e), e);
}

/* ---- a round ---- */

/* Is there something to do with what lies there? */
static bool calls(struct round *r, const struct draft *list, size_t n)
{
	utc look_at = r->now < r->desk->looked ? r->now : r->desk->looked + LOOK;

	for (size_t i = 0; i < n; i++) {
		const struct outgoing *o = &list[i].mail;
		utc at = o->state == OUTBOX_HELD || r->desk->refused ? look_at : sent_by_hand(o) ? o->sent + TIDYING : r->now;

		if (at <= r->now)
			return true;
		come_at(r, at);
	}
	return false;
}

static bool go_through(struct round *r, struct err *e)
{
	struct draft *list;
	size_t n;

	if (!outbox_drafts(r->q, r->p, r->m->key, &list, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct outgoing o;
		bool found;

		if (!outbox_head(r->q, r->p, list[i].outgoing, &o, &found, e))
			return false;
		if (found && !(o.state == OUTBOX_HELD ? keep(r, &list[i], &o, e) : withdraw(r, &list[i], &o, e)))
			return false;
	}
	r->desk->looked = r->now;
	return true;
}

/* The folder cannot be opened. The server says so, or is out of reach for long: the owner is asked by mail. */
static bool no_folder(struct round *r, const int64_t *ids, size_t n, const struct err *why, struct err *e)
{
	bool refused = r->desk->alive(r->desk->arg);

	for (size_t i = 0; i < n; i++) {
		struct outgoing o;
		bool found;

		if (!outbox_head(r->q, r->p, ids[i], &o, &found, e))
			return false;
		if (found && o.state == OUTBOX_HELD && (refused || r->now >= o.made + PATIENCE) && !ask_by_mail(r, &o, why->text, e))
			return false;
	}
	come_at(r, r->now + (refused ? LOOK : AGAIN));
	r->desk->refused = refused;
	if (refused) {
		r->desk->looked = r->now;
		return true;
	}
	*e = *why;
	return false;
}

bool drafts(struct sql *q, struct pool *p, const struct conf *c, const struct mailbox_conf *m, struct desk *desk, utc now, utc *next, struct err *e)
{
	struct round r = { .q = q, .p = p, .c = c, .m = m, .desk = desk, .now = now, .next = next };
	struct mailbox_folder f;
	struct draft *list;
	struct err why = { 0 };
	int64_t *ids = NULL;
	size_t n = 0, count;

	*next = 0;
	if ((conf_drafts(c, m->owner) == m && !outbox_unlaid(q, p, m->owner->key, &ids, &n, e)) || !outbox_drafts(q, p, m->key, &list, &count, e))
		return false;
	if (!calls(&r, list, count) && !n)
		return true;
	*next = 0;
	if (!desk->select(desk->arg, p, &r.folder, &f, &why))
		return no_folder(&r, ids, n, &why, e);
	desk->refused = false;
	r.uidvalidity = f.uidvalidity;
	for (size_t i = 0; i < n; i++)
		if (!lay(&r, ids[i], e)) {
			come_at(&r, now + AGAIN);
			return false;
		}
	if (go_through(&r, e))
		return true;
	come_at(&r, now + AGAIN);
	return false;
}

/* ---- a setting that is gone ---- */

static bool is_set(const struct conf *c, const char *mailbox)
{
	for (size_t i = 0; i < c->owner_count; i++) {
		const struct mailbox_conf *m = conf_drafts(c, &c->owners[i]);

		if (m && strcmp(m->key, mailbox) == 0)
			return true;
	}
	return false;
}

static bool leave_to_owner(struct sql *q, struct pool *p, const struct conf *c, struct draft *d, utc now, struct err *e)
{
	d->gone = now;
	d->why = "drafts are no longer set there: it is its owner's";
	if (d->mail.state == OUTBOX_VOID || d->mail.state == OUTBOX_FAILED) {
		struct round r = { .q = q, .p = p, .c = c, .now = now };

		return outbox_draft_put(q, d, e) && tell(&r, &d->mail, "A draft of mine that is no longer needed", d->folder,
							 "kept no longer looks into that folder: please delete the draft.", e);
	}
	return outbox_draft_put(q, d, e) &&
	       (d->mail.state != OUTBOX_HELD || schedule_ask(q, p, c, &d->mail, "it waits for your word", "",
							     "It lies in your folder of drafts still, where kept no longer looks: send it from there, or answer here.", now, e));
}

bool drafts_unset(struct sql *q, const struct conf *c, utc now, struct err *e)
{
	struct pool *p = pool_new();
	struct strings boxes;
	bool well = sql_begin(q, e) && outbox_draft_mailboxes(q, p, &boxes, e);

	for (size_t i = 0; well && i < boxes.n; i++) {
		struct draft *list;
		size_t n = 0;
		bool found;

		if (is_set(c, boxes.list[i]))
			continue;
		well = outbox_drafts(q, p, boxes.list[i], &list, &n, e);
		for (size_t k = 0; well && k < n; k++)
			well = outbox_head(q, p, list[k].outgoing, &list[k].mail, &found, e) && leave_to_owner(q, p, c, &list[k], now, e);
	}
	well = well && sql_commit(q, e);
	if (!well)
		sql_rollback(q);
	pool_end(&p);
	return well;
}

/* ---- sent by hand ---- */

bool drafts_sent(struct sql *q, struct pool *p, const struct conf *c, const struct draft_sent *s, utc now, struct err *e)
{
	struct outgoing o;
	int64_t *ids;
	size_t n;
	bool found;
	const char *why = s->changed ? "its owner changed it and sent it by hand" : "its owner sent it by hand";

	if (!outbox_head(q, p, s->outgoing, &o, &found, e) || !store_ids(q, p, SQL_ABOUT_GET, SQL_VALUES(sql_i(s->outgoing)), &ids, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!store_thread_add(q, ids[i], s->message_id, e))
			return false;
	/* BEGUN: the courier is at it, and will settle it */
	if (!found || o.state == OUTBOX_SENT || o.state == OUTBOX_BEGUN)
		return true;
	log_line(LOG_LINE_INFO, "mail", "%lld %s %s -> sent, by hand", (long long)o.id, mail_kind_name(o.kind), outbox_state_name(o.state));
	o.word = WORD_DRAFT;
	if (!outbox_settle(q, &o, OUTBOX_SENT, s->at, why, e))
		return false;
	for (size_t i = 0; i < n || i == 0; i++)
		if (!record_add(q, &(struct event){ .owner = o.owner, .word = "sent", .outgoing = o.id, .commitment = n ? ids[i] : 0, .letter = s->letter, .detail = why },
				now, e))
			return false;
	return schedule_left(q, p, c, &o, now, e) && schedule_these(q, p, c, ids, n, NULL, now, e);
}
