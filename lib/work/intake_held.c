/* What claims to be an owner's and cannot prove it, or cannot be read: it is held, with all that is known of it, until the
 * owner, or a copy in their own Sent, says that it is theirs; then it is read again, as if it came now. */
#include "work/intake_inner.h"

#include <string.h>

#include "borders/record.h"
#include "borders/store.h"
#include "ground/log.h"
#include "work/schedule.h"

enum {
	FACTS_MOST = 64 << 10, /* of a held letter, with its whole text */
	HELD_MOST = 500        /* of one owner */
};

/* Somebody sends more in the owner's name than is kept: what comes now lies in its mailbox alone, and the owner hears
 * of that. */
static bool flooded(struct entry *n, struct err *e)
{
	const struct owner *o = n->m.owner;
	int64_t told;

	log_line(LOG_LINE_WARN, "held", "letter %lld is not kept: %d are held already", (long long)n->row, HELD_MOST);
	if (!o)
		return true;
	if (!store_count(n->q, SQL_FLOODED_COUNT, SQL_VALUES(sql_t(o->key), sql_i(n->now - 86400)), &told, e))
		return false;
	return told || (record_add(n->q, &(struct event){ .owner = o->key, .word = "flooded", .letter = n->row }, n->now, e) &&
			schedule_notice(n->q, n->p, n->c, o, "More messages claim to be yours than I keep",
					pool_print(n->p, "%d messages that claim to be yours and could not be proven wait for your word. Until some of "
							 "them are accepted or dropped (`kept held drop`), new ones are not kept here: "
							 "they lie in the mailbox that they came to, and nothing in them is done.\n", HELD_MOST),
					n->now, e));
}

bool intake_hold(struct entry *n, const char *reason, struct err *e)
{
	struct text *facts = text_new(n->p, LETTER_MOST);
	struct held_row h = { .owner = n->m.owner ? n->m.owner->key : "",
			      .letter = n->row,
			      .at = n->now,
			      .reason = reason,
			      .sender = n->l->from.n ? line_from(n->p, n->l->from.list[0].address, ADDRESS_MOST).s : "",
			      .subject = line_from(n->p, n->l->subject, SUBJECT_MOST).s,
			      .mailbox = intake_mailbox_key(n->at),
			      .folder = n->at->folder };
	int64_t id;
	bool room;

	letter_pack(facts, n->l);
	if (facts->cut ||
	    facts->n >
		    FACTS_MOST) { /* a stranger's flood must not fill the disk: the letter still lies in its mailbox */
		struct letter small = *n->l;

		small.full = "";
		facts = text_new(n->p, LETTER_MOST);
		letter_pack(facts, &small);
	}
	h.facts = facts->s, h.n = facts->n;
	if (!store_held_forget(n->q, h.owner, HELD_MOST, n->now, &room, e))
		return false;
	if (!room)
		return flooded(n, e);
	return store_held_add(n->q, &h, &id, e) &&
	       record_add(n->q, &(struct event){ .owner = h.owner, .word = "held", .letter = n->row, .detail = reason },
			  n->now, e);
}

/* Is this held message the one of that digest? */
static bool is_held_copy(struct entry *n, int64_t id, const char *digest, bool *is, struct err *e)
{
	struct held_row h;
	struct letter l;
	bool held;

	if (!store_held_get(n->q, n->p, id, &h, &held, e))
		return false;
	*is = held && letter_unpack(n->p, h.facts, h.n, &l, NULL) && strcmp(intake_digest(n->p, &l), digest) == 0;
	return true;
}

/* One copy was accepted: the others of it must not be too, each would be a promise more. */
static bool accept_copies(struct entry *n, const char *digest, struct err *e)
{
	int64_t *ids;
	size_t count;
	bool is;

	if (!store_ids(n->q, n->p, SQL_HELD_OF_LETTER, SQL_VALUES(sql_i(n->row)), &ids, &count, e))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!is_held_copy(n, ids[i], digest, &is, e) || (is && !store_held_set(n->q, ids[i], "accepted", e)))
			return false;
	return true;
}

/* `by_hand`: the owner says that it is theirs; else their Sent does. */
static bool reread(struct sql *q, struct pool *p, const struct conf *c, int64_t id, bool by_hand, utc now,
		   const char **refused, struct err *e)
{
	struct held_row h;
	struct letter l;
	struct entry n = { .q = q, .p = p, .c = c, .now = now };
	struct place at = { .kind = PLACE_CAPTURE };
	struct err why = { 0 };
	bool found;

	*refused = NULL;
	if (!store_held_get(q, p, id, &h, &found, e))
		return false;
	if (!found || !letter_unpack(p, h.facts, h.n, &l, &why)) {
		*refused = found ? pool_copy(p, why.text) : "there is no such held message";
		return true;
	}
	for (size_t i = 0; i < c->mailbox_count; i++)
		if (strcmp(c->mailboxes[i].key, h.mailbox) == 0)
			at.mailbox = &c->mailboxes[i];
	at.folder = h.folder, at.arrived = h.at;
	n.l = &l, n.at = &at, n.row = h.letter;
	if (!intake_know(&n, e) || !intake_known(&n, e))
		return false;
	n.known.accepted = by_hand, n.known.in_sent = !by_hand;
	understand(p, &l, &at, &n.known, c, now, &n.m);
	if (n.m.class == CLASS_HELD) { /* unreadable stays so, whoever sent it */
		*refused = n.m.held ? n.m.held : "it is held";
		return true;
	}
	return store_held_set(q, id, "accepted", e) && accept_copies(&n, intake_digest(p, &l), e) &&
	       store_letter_set(q, h.letter, h.owner, letter_class_name(n.m.class), !by_hand, e) &&
	       record_add(q,
			  &(struct event){ .owner = h.owner,
					   .word = "accepted",
					   .letter = h.letter,
					   .detail = pool_print(p, "h%lld", (long long)id) },
			  now, e) &&
	       intake_act(&n, e);
}

bool intake_accept(struct sql *q, struct pool *p, const struct conf *c, int64_t id, utc now, const char **refused,
		   struct err *e)
{
	return reread(q, p, c, id, true, now, refused, e);
}

bool intake_accept_sent(struct entry *n, const char *digest, struct err *e)
{
	const char *refused;
	int64_t *ids;
	size_t count;
	bool is = false;

	if (!store_ids(n->q, n->p, SQL_HELD_OF_LETTER, SQL_VALUES(sql_i(n->row)), &ids, &count, e))
		return false;
	for (size_t i = 0; i < count && !is; i++)
		if (!is_held_copy(n, ids[i], digest, &is, e) || (is && !reread(n->q, n->p, n->c, ids[i], false, n->now, &refused, e)))
			return false;
	return true;
}
