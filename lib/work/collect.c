#include "work/collect.h"

#include <stdlib.h>
#include <string.h>

#include "borders/store.h"
#include "ground/log.h"
#include "work/intake.h"

enum { LOOK_BACK = 2 * 86400 };

/* One walk through one folder. */
struct walk {
	struct collect *k;
	struct pool *p; /* of the batch */
	struct place at;
	const char *folder;
	struct folder_mark mark;
	bool moves_mark;  /* the mark moves with the commit; not where single messages are fetched again */
	struct item {
		struct letter letter;
		struct place place;
	} *items;
	size_t n, known; /* known: of them, read here before */
	struct shown {
		struct place place;
		struct letter letter;
		bool has, read;
	} *shown;        /* what each() is called with next */
	struct err err;
	bool failed;
};

static utc clock_of(const struct collect *k)
{
	return k->clock(k->clock_arg);
}

static struct place place_of(struct walk *w, const struct delivery *d)
{
	struct place at = w->at;

	at.uid = d->uid;
	at.arrived = d->arrived ? d->arrived + w->k->shift : 0;
	at.flags.n = d->flags.n;
	at.flags.list = pool_list(w->p, d->flags.n, sizeof *at.flags.list);
	for (size_t i = 0; i < d->flags.n; i++)
		at.flags.list[i] = pool_copy(w->p, d->flags.list[i]);
	return at;
}

static const char *bytes_of(const struct delivery *d, size_t *n)
{
	*n = d->body ? d->body_length : d->header_length;
	return d->body ? d->body : d->header;
}

/* The end of what was asked: whether it went well. */
static bool asked(struct walk *w, bool well)
{
	if (well)
		return sql_commit(w->k->q, &w->err);
	sql_rollback(w->k->q);
	return false;
}

/* Reads all of them together, but for what was read here before. */
static void ahead(void *arg, const struct delivery *const *list, size_t count)
{
	struct walk *w = arg;
	struct unread *all = pool_list(w->p, count, sizeof *all);
	size_t n = 0;

	w->shown = pool_list(w->p, count, sizeof *w->shown);
	w->failed = w->failed || !sql_begin_reading(w->k->q, &w->err);
	for (size_t i = 0; i < count && !w->failed; i++) {
		struct shown *s = &w->shown[i];
		size_t length;
		const char *bytes = bytes_of(list[i], &length);

		if (!bytes)
			continue;
		s->place = place_of(w, list[i]);
		w->failed = !intake_has(w->k->q, &s->place, &s->has, &w->err);
		s->read = !(s->has && w->moves_mark);
		if (s->read) {
			all[n] = (struct unread){ .bytes = bytes, .n = length, .out = &s->letter };
			n++;
		}
	}
	w->failed = !asked(w, !w->failed) || !reader_read_all(w->k->reader, w->p, all, n, &w->err);
}

/* The bytes of what is attached, where it is handed on or kept. */
static bool files_of(struct walk *w, struct shown *s, const char *bytes, size_t n)
{
	bool wants = false;

	if (intake_shares(w->p, w->k->c, &s->letter, &s->place))
		return intake_share_files(w->k->reader, w->p, bytes, n, &s->letter, &w->err);
	return sql_begin_reading(w->k->q, &w->err) &&
	       asked(w, intake_wants_files(w->k->q, w->p, w->k->c, &s->letter, &wants, &w->err)) &&
	       (!wants || reader_files(w->k->reader, w->p, bytes, n, &s->letter, &w->err));
}

static enum mailbox_wish each(void *arg, const struct delivery *d)
{
	struct walk *w = arg;
	struct shown *s = w->shown++;
	size_t n;
	const char *bytes = bytes_of(d, &n);
	bool wants = false;

	if (w->failed)
		return MAILBOX_STOP;
	if (!s->read)
		return MAILBOX_NEXT;
	if (!d->body && (!sql_begin_reading(w->k->q, &w->err) ||
			    !asked(w, intake_wants(w->k->q, w->p, w->k->c, &s->letter, &s->place, &wants, &w->err)))) {
		w->failed = true;
		return MAILBOX_STOP;
	}
	if (wants)
		return MAILBOX_WANT_BODY;
	if (d->body && !files_of(w, s, bytes, n)) {
		w->failed = true;
		return MAILBOX_STOP;
	}
	intake_name(w->p, &s->letter, bytes, n);
	*(struct item *)pool_more(w->p, &w->items, w->n, sizeof *w->items) = (struct item){ s->letter, s->place };
	w->n++;
	w->known += s->has;
	return MAILBOX_NEXT;
}

static bool take(struct walk *w, size_t from, size_t to, bool mark, utc now, struct err *e)
{
	bool well = sql_begin(w->k->q, e);

	for (size_t i = from; i < to && well; i++) {
		struct pool *p = pool_new();

		well = intake(w->k->q, p, w->k->c, &w->items[i].letter, &w->items[i].place, now, NULL, e);
		pool_end(&p);
	}
	well = well && (!mark || store_folder_set(w->k->q, w->k->mailbox->key, w->folder, &w->mark, now, e)) && sql_commit(w->k->q, e);
	if (!well)
		sql_rollback(w->k->q);
	return well;
}

static bool spoilt(struct walk *w, size_t i, const char *why, utc now, struct err *e)
{
	struct pool *p = pool_new();
	bool well = sql_begin(w->k->q, e) &&
		    intake_spoilt(w->k->q, p, w->k->c, &w->items[i].letter, &w->items[i].place, pool_print(p, "unreadable: %s", why), now, e) &&
		    sql_commit(w->k->q, e);

	if (!well)
		sql_rollback(w->k->q);
	pool_end(&p);
	return well;
}

/* The batch in one commit; where that fails for good, each by itself, so that it costs one letter. */
static bool commit(struct walk *w, bool mark, struct err *e)
{
	utc now = clock_of(w->k);
	struct err why = { 0 };

	if (take(w, 0, w->n, mark, now, &why))
		return true;
	if (why.kind != ERR_PERM) {
		*e = why;
		return false;
	}
	for (size_t i = 0; i < w->n; i++) {
		if (take(w, i, i + 1, false, now, &why))
			continue;
		if (why.kind != ERR_PERM || !spoilt(w, i, why.text, now, &why)) {
			*e = why;
			return false;
		}
		log_line(LOG_LINE_WARN, "letter", "%s/%u is held: %s", w->k->mailbox->key, w->items[i].place.uid, why.text);
	}
	return take(w, 0, 0, mark, now, e);
}

static bool settle(struct walk *w, struct err *e)
{
	const struct mailbox_conf *m = w->k->mailbox;
	uint32_t *uids;
	size_t n;
	bool well;

	if (m->kind != MAILBOX_CAPTURE || m->after == AFTER_KEEP)
		return true;
	if (!store_unsettled(w->k->q, w->p, m->key, w->folder, w->mark.uidvalidity, &uids, &n, e))
		return false;
	if (!n)
		return true;
	well = m->after == AFTER_MOVE ? mailbox_move(w->k->box, uids, n, m->move_to, e) : mailbox_mark_seen(w->k->box, uids, n, e);
	if (!well || !sql_begin(w->k->q, e))
		return false;
	for (size_t i = 0; i < n && well; i++)
		well = store_place_settle(w->k->q, m->key, w->folder, w->mark.uidvalidity, uids[i], e);
	well = well && sql_commit(w->k->q, e);
	if (!well)
		sql_rollback(w->k->q);
	return well;
}

static bool batch_end(void *arg, uint32_t last_uid, struct err *e)
{
	struct walk *w = arg;
	size_t n = w->n, known = w->known;

	if (w->failed) {
		*e = w->err;
		return false;
	}
	if (w->moves_mark && last_uid >= w->mark.next_uid)
		w->mark.next_uid = last_uid + 1;
	if (!commit(w, w->moves_mark, e))
		return false;
	if (last_uid)
		w->k->since_uid = last_uid + 1;
	pool_end(&w->p);
	w->p = pool_new();
	w->items = NULL;
	w->n = w->known = 0;
	if (n && w->k->committed)
		w->k->committed(w->k->arg, n - known, n);
	return true;
}

static bool walk_to(struct walk *w, uint32_t from, uint32_t to, struct err *e)
{
	struct mailbox_walk m = { .from_uid = from, .to_uid = to, .bodies = w->at.kind != PLACE_INBOX,
	                          .ahead = ahead, .each = each, .batch_end = batch_end, .arg = w };

	if (!mailbox_walk(w->k->box, &m, e)) {
		if (w->failed)
			*e = w->err;
		return false;
	}
	if (w->failed) {
		*e = w->err;
		return false;
	}
	return w->n == 0 || batch_end(w, 0, e);
}

/* Which kind of place a folder is; w->folder, w->at. `found` (may be NULL): there is a mark, w->mark. */
static bool enter(struct walk *w, struct collect *k, const char *configured, bool tagged, bool *found, struct mailbox_folder *now, struct err *e)
{
	*w = (struct walk){ .k = k, .p = pool_new(), .moves_mark = true };
	w->at = (struct place){ .mailbox = k->mailbox, .owner = k->mailbox->owner, .tagged_folder = tagged };
	if (!mailbox_find(k->box, w->p, configured, &w->folder, e) ||
	    (found && !store_folder(k->q, k->mailbox->key, w->folder, &w->mark, found, e)))
		return false;
	if (!(found && *found && mailbox_still(k->box, w->folder, w->mark.uidvalidity, now)) && !mailbox_select(k->box, w->folder, now, e))
		return false;
	w->folder = must_copy(w->folder);
	w->at.folder = w->folder;
	w->at.uidvalidity = now->uidvalidity;
	w->at.kind = k->mailbox->kind == MAILBOX_CAPTURE ? PLACE_CAPTURE :
		     strcmp(configured, "\\Sent") == 0	 ? PLACE_SENT :
		     text_same(configured, "INBOX")	 ? PLACE_INBOX :
							   PLACE_FOLDER;
	return true;
}

static void leave(struct walk *w)
{
	if (w->at.folder)
		free((char *)w->at.folder);
	pool_end(&w->p);
}

/* Where to read on, when the server numbers its messages anew: from the first of the last days. */
static bool after_new_uidvalidity(struct walk *w, const struct mailbox_folder *now, struct err *e)
{
	uint32_t *uids;
	size_t n;

	log_line(LOG_LINE_WARN, "uidvalidity", "%s:%s changed from %u to %u; the last days are looked at again", w->k->mailbox->key, w->folder,
		 w->mark.uidvalidity, now->uidvalidity);
	if (!mailbox_since(w->k->box, w->p, w->mark.read_at - w->k->shift - LOOK_BACK, &uids, &n, e))
		return false;
	w->mark = (struct folder_mark){ .uidvalidity = now->uidvalidity, .next_uid = n ? uids[0] : now->uidnext, .modseq = now->highestmodseq };
	return true;
}

/* Messages that were passed over, and carry a flag or keyword that tags by now. */
static bool newly_flagged(struct walk *w, struct err *e)
{
	struct strings words = { 0 };
	struct delivery *found;
	size_t n;
	const struct mailbox_conf *m = w->k->mailbox;
	struct pool *p; /* of its own: the walk's ends with each batch */
	bool well;

	if (m->kind != MAILBOX_PERSONAL || m->keywords.n + m->labels.n == 0)
		return true;
	p = pool_new();
	for (size_t i = 0; i < m->keywords.n; i++, words.n++)
		*(const char **)pool_more(p, &words.list, words.n, sizeof(char *)) = m->keywords.list[i];
	for (size_t i = 0; i < m->labels.n; i++, words.n++)
		*(const char **)pool_more(p, &words.list, words.n, sizeof(char *)) = m->labels.list[i];
	well = mailbox_flagged(w->k->box, p, w->mark.modseq, &words, &found, &n, e);
	w->moves_mark = false;
	for (size_t i = 0; well && i < n; i++) {
		bool tags = false;
		uint32_t uid = found[i].uid;

		for (size_t f = 0; f < found[i].flags.n; f++)
			for (size_t j = 0; j < words.n; j++)
				tags |= text_same(found[i].flags.list[f], words.list[j]);
		if (tags && uid < w->mark.next_uid) {
			struct place at = w->at;
			bool idle = false;

			at.uid = uid;
			well = intake_idle(w->k->q, &at, &idle, e) && (!idle || walk_to(w, uid, uid, e));
		}
	}
	pool_end(&p);
	w->moves_mark = true;
	if (!well)
		return false;
	w->mark.modseq = mailbox_modseq(w->k->box);
	return commit(w, true, e);
}

/* `refused`: there is no such folder, or the server does not open it; the session goes on. */
static bool collect_one(struct collect *k, const char *configured, bool tagged, bool *refused, struct err *e)
{
	struct walk w;
	struct mailbox_folder now;
	bool found = false, well = enter(&w, k, configured, tagged, &found, &now, e);

	*refused = !well && e->kind == ERR_PERM;
	if (well && !found) { /* from now on; what lies in a folder that tags was put there to be tagged */
		w.mark = (struct folder_mark){ .uidvalidity = now.uidvalidity, .next_uid = tagged ? 1 : now.uidnext, .modseq = now.highestmodseq };
		well = commit(&w, true, e);
	} else if (well && w.mark.uidvalidity != now.uidvalidity) {
		well = after_new_uidvalidity(&w, &now, e);
	}
	/* uidnext 0: the server did not say */
	if (well && (!now.uidnext || now.uidnext > w.mark.next_uid))
		well = walk_to(&w, w.mark.next_uid, 0, e);
	well = well && settle(&w, e) && (!found || (now.highestmodseq && now.highestmodseq == w.mark.modseq) || newly_flagged(&w, e));
	leave(&w);
	return well;
}

bool collect_folder(struct collect *k, const char *configured, bool tagged, struct err *e)
{
	bool refused;

	return collect_one(k, configured, tagged, &refused, e);
}

bool collect_count(struct collect *k, const char *configured, utc day, size_t *count, struct err *e)
{
	struct walk w;
	struct mailbox_folder now;
	uint32_t *uids;
	bool well = enter(&w, k, configured, false, NULL, &now, e) && mailbox_since(k->box, w.p, day, &uids, count, e);

	leave(&w);
	return well;
}

bool collect_since(struct collect *k, const char *configured, bool tagged, utc day, struct err *e)
{
	struct walk w;
	struct mailbox_folder now;
	uint32_t *uids;
	size_t n = 0;
	bool well = enter(&w, k, configured, tagged, NULL, &now, e);

	w.moves_mark = false;
	w.mark.uidvalidity = now.uidvalidity;
	if (well && k->since_valid != now.uidvalidity) {
		k->since_valid = now.uidvalidity;
		k->since_uid = 0;
	}
	well = well && mailbox_since(k->box, w.p, day, &uids, &n, e);
	if (well && n)
		well = walk_to(&w, k->since_uid > uids[0] ? k->since_uid : uids[0], 0, e);
	leave(&w);
	return well;
}

/* false: nothing more can be read in this session. */
static bool go_on(struct collect *k, const char *configured, bool tagged, size_t *read, struct err *e)
{
	bool refused = false;
	struct err why = { 0 };

	if (collect_one(k, configured, tagged, &refused, &why)) {
		++*read;
		return true;
	}
	if (!refused) {
		*e = why;
		return err_at(e, "folder '%s'", configured);
	}
	if (!*k->fault.text)
		k->fault = why;
	return true;
}

bool collect_all(struct collect *k, struct err *e)
{
	const struct mailbox_conf *m = k->mailbox;
	size_t read = 0;

	k->fault = (struct err){ 0 };
	for (size_t i = 0; i < m->folders.n; i++)
		if (!go_on(k, m->folders.list[i], true, &read, e))
			return false;
	/* the first watched folder last: it stays selected, and is the one to idle on */
	for (size_t i = m->watch.n; i-- > 0;)
		if (!go_on(k, m->watch.list[i], false, &read, e))
			return false;
	if (!read)
		*e = k->fault;
	return read != 0;
}
