#include "work/intake_inner.h"

#include <string.h>

#include "borders/record.h"
#include "borders/secret.h"
#include "borders/store.h"
#include "ground/log.h"
#include "letters/markup.h"
#include "work/drafts.h"
#include "work/execute.h"
#include "work/schedule.h"

enum {
	UNKNOWN_MOST = 3, /* answers to words that were not understood, for each promise and day */
	PARENTS_MOST = 20 /* of what it answers, whose subjects are asked for */
};

const char *intake_plain(const struct entry *n, const char *s)
{
	return markdown_quote(n->p, s, WHAT_MOST);
}

const char *intake_sender(const struct entry *n)
{
	return n->l->from.n ? n->l->from.list[0].address : "";
}

void intake_name(struct pool *p, struct letter *l, const void *bytes, size_t n)
{
	unsigned char d[DIGEST_LENGTH];

	if (*l->message_id)
		return;
	secret_digest(bytes, n, d);
	l->message_id = pool_print(p, "<%s@without-message-id.invalid>", secret_hex(p, d, 20));
}

/* Who holds a copy of the owner's mail knows its Message-ID, and could send another under it: a copy's proof counts for
 * a second one only where all that says what it means is the same: people, thread, subject, date and text. */
const char *intake_digest(struct pool *p, const struct letter *l)
{
	const struct addrs *people[] = { &l->from, &l->to, &l->cc };
	unsigned char d[DIGEST_LENGTH];
	struct text *s = text_new(p, 4 * BODY_MOST);

	for (size_t k = 0; k < 3; k++) {
		for (size_t i = 0; i < people[k]->n; i++)
			text_print(s, "%s,", addr_lower(p, people[k]->list[i].address));
		text_char(s, '\n');
	}
	text_print(s, "%s\n", l->in_reply_to);
	for (size_t i = 0; i < l->references.n; i++)
		text_print(s, "%s ", l->references.list[i]);
	text_print(s, "\n%lld\n", (long long)l->date);
	text_add(s, text_squeeze(p, l->subject));
	text_char(s, '\n');
	text_add(s, text_squeeze(p, l->text));
	secret_digest(s->s, s->n, d);
	return secret_hex(p, d, 16);
}

/* What the ledger knows of it; and did what it answers have its subject's tag already? */
bool intake_know(struct entry *n, struct err *e)
{
	const struct strings *refs = &n->l->references;
	const char *tag = tag_in_subject(n->p, n->l->subject);

	if (!store_known(n->q, n->p, n->c, n->l, &n->known, e))
		return false;
	for (size_t i = 0; *tag && i < refs->n && i < PARENTS_MOST && !n->known.tag_carried; i++)
		if (!store_letter_tagged(n->q, refs->list[refs->n - 1 - i], tag, &n->known.tag_carried, e))
			return false;
	return true;
}

/* What somebody else ends all letters with is not what they answer. */
static bool cut_tail(struct entry *n, struct letter *l, struct err *e)
{
	struct tail t;
	size_t cut;

	if (!n->known.thread_count || !l->from.n || conf_owner_of(n->c, l->from.list[0].address))
		return true;
	if (!store_tail(n->q, n->p, l->from.list[0].address, &t, e))
		return false;
	n->marks = tail_marks(n->p, l->text);
	l->text = tail_cut(n->p, l->text, &t, &cut);
	if (cut)
		log_line(LOG_LINE_DEBUG, "letter", "the last %zu lines are how this sender ends their letters", cut);
	return true;
}

static bool learn_tail(struct entry *n, struct err *e)
{
	const char *sender = n->l->from.n ? n->l->from.list[0].address : NULL;
	struct tail t;

	if (!n->marks.n || !sender)
		return true;
	if (!store_tail(n->q, n->p, sender, &t, e))
		return false;
	t = tail_learn(&t, &n->marks);
	return store_tail_set(n->q, sender, &t, e);
}

const char *intake_mailbox_key(const struct place *at)
{
	return at->mailbox ? at->mailbox->key : "";
}

bool intake_has(struct sql *q, const struct place *at, bool *has, struct err *e)
{
	int64_t letter;

	return store_place(q, intake_mailbox_key(at), at, &letter, has, e);
}

/* Classes that no tag made: a second copy, better proven or tagged, may still count. */
static bool is_idle(const char *class)
{
	return strcmp(class, "skip") == 0 || strcmp(class, "candidate") == 0 || strcmp(class, "delivery") == 0 ||
	       strcmp(class, "held") == 0;
}

bool intake_idle(struct sql *q, const struct place *at, bool *idle, struct err *e)
{
	struct pool *p = pool_new();
	bool well = sql_query(
		q, SQL_PLACE_CLASS, e,
		SQL_VALUES(sql_t(intake_mailbox_key(at)), sql_t(at->folder), sql_i(at->uidvalidity), sql_i(at->uid)));

	if (well) {
		*idle = !sql_row(q, SQL_PLACE_CLASS) || is_idle(sql_text(q, SQL_PLACE_CLASS, 1, p));
		well = sql_end(q, SQL_PLACE_CLASS, e);
	}
	pool_end(&p);
	return well;
}

/* Is it somebody whom this owner deals with? That they wrote is an exchange. */
static bool is_noted(struct sql *q, const struct owner *o, const char *address, bool *is, struct err *e)
{
	int64_t contact = 0;

	if (o && !store_count(q, SQL_CONTACT_HAS, SQL_VALUES(sql_t(o->key), sql_t(address)), &contact, e))
		return false;
	*is = contact != 0;
	return true;
}

bool intake_wants(struct sql *q, struct pool *p, const struct conf *c, const struct letter *h, const struct place *at,
		  bool *wants, struct err *e)
{
	struct known k;
	struct tag t;
	int64_t promised = 0;
	bool noted = false, meets = false;

	*wants = true;
	if (at->kind == PLACE_CAPTURE || at->kind == PLACE_SENT || at->tagged_folder)
		return true;
	if (!store_known(q, p, c, h, &k, e))
		return false;
	/* whoever something is promised to may be away, or want no more mail, in whatever conversation they say so */
	if (h->from.n &&
	    (!store_count(q, SQL_PROMISED_TO, SQL_VALUES(sql_t(addr_lower(p, h->from.list[0].address))), &promised, e) ||
	     !is_noted(q, at->owner, addr_lower(p, h->from.list[0].address), &noted, e)))
		return false;
	if (!intake_checkin_wants(q, p, h, at, &meets, e))
		return false;
	tag_find(p, h, at, c, &t);
	/* reports, automatic replies and calendar answers come outside the thread too: told by their type, sender or header */
	*wants = promised || noted || meets || k.thread_count || k.sent_count || t.way != TAG_NONE ||
		 text_find(letter_field(h, "Content-Type"), "multipart/report") ||
		 text_find(letter_field(h, "Content-Type"), "calendar") || strcmp(h->return_path, "<>") == 0 ||
		 *letter_field(h, "Auto-Submitted") || *letter_field(h, "X-Autoreply") ||
		 *letter_field(h, "X-Failed-Recipients") ||
		 (h->from.n && text_starts(h->from.list[0].address, "mailer-daemon"));
	return true;
}

/* ---- what each class does ---- */

/* Words that were not understood are answered a few times a promise and day: silence would sound as if it were done,
 * but two robots must not talk for ever. The record counts them; the last answer says that it is the last. */
static bool may_say_unknown(struct entry *n, int64_t about, bool *may, bool *last, struct err *e)
{
	int64_t count;

	if (!store_count(n->q, SQL_UNKNOWN_COUNT,
			 SQL_VALUES(sql_t(n->m.owner->key), sql_i(n->now - 86400), sql_i(about)), &count, e))
		return false;
	*may = count < UNKNOWN_MOST;
	*last = count == UNKNOWN_MOST - 1;
	return record_add(
		n->q,
		&(struct event){ .owner = n->m.owner->key, .word = "unknown", .commitment = about, .letter = n->row },
		n->now, e);
}

/* What cannot be read costs its own command, not the others of the same mail. */
static bool accept_these(struct entry *n, struct execution *x, struct err *e)
{
	for (size_t i = 0; i < x->accepted_count; i++) {
		long long id = x->accepted[i];
		const char *refused, *head;

		if (!intake_accept(n->q, n->p, n->c, id, n->now, &refused, e))
			return false;
		if (refused)
			text_print(x->answer, "- h%lld was not accepted, nothing was changed: %s.\n", id, refused);
		else
			text_print(x->answer, "- h%lld is accepted as yours.\n", id);
		head = pool_print(n->p, refused ? "Not accepted: h%lld" : "Accepted as yours: h%lld", id);
		x->headline = x->headline ? pool_print(n->p, "%s; %s", x->headline, head) : head;
		x->failed |= refused != NULL;
	}
	return true;
}

static bool command(struct entry *n, struct err *e)
{
	/* who answers a mail to another owner speaks of nothing in it */
	const struct known_sent *s = n->m.sent && n->m.sent->owner == n->m.owner ? n->m.sent : NULL;
	struct execution x = { .owner = n->m.owner,
			       .about = s ? s->commitments : NULL,
			       .about_count = s ? s->commitment_count : 0,
			       .answers = s ? s->outgoing : 0,
			       .checkin = s ? s->checkin : 0,
			       .safety = n->m.safety,
			       .letter = n->row,
			       .written = n->l->date && n->l->date <= n->now + 3600 && n->l->date > n->now - 86400
						  ? n->l->date
						  : n->now };
	struct schedule_answer a = { .owner = n->m.owner,
				     .in_reply_to = line_from(n->p, n->l->message_id, SUBJECT_MOST),
				     .references = n->l->references };
	bool unknown = n->m.commands.n == 1 && n->m.commands.list[0].verb == COMMAND_UNKNOWN, may = true;

	if (!n->m.commands.n)
		return true; /* courtesy alone, or nothing new */
	if (!execute(n->q, n->p, n->c, &n->m.commands, &x, n->now, e))
		return false;
	if (!accept_these(n, &x, e))
		return false;
	execute_undo_said(&x);
	if (!execute_stages_said(n->q, n->p, n->c, x.touched, x.touched_count, x.answer, n->now, e))
		return false;
	if (unknown && !may_say_unknown(n, x.about_count ? x.about[0] : 0, &may, &a.last, e))
		return false;
	if (!may)
		return true;
	a.answer = x.answer->n ? x.answer->s : NULL;
	a.unread = unknown ? n->m.commands.list[0].text : NULL;
	a.headline = x.headline;
	a.checkin = x.checkin;
	a.brings = x.entry;
	/* what was not understood, or not done, changes nothing: the answer is about what that mail was about */
	a.ids = x.failed && !x.touched_count ? x.about : x.touched;
	a.n = x.failed && !x.touched_count ? x.about_count : x.touched_count;
	if (x.asked && n->m.commands.n == 1) /* the question says what was done */
		return schedule_these(n->q, n->p, n->c, x.touched, x.touched_count, NULL, n->now, e);
	return schedule_answered(n->q, n->p, n->c, &a, x.touched, x.touched_count, n->now, e);
}

/* A draft of kept's that its owner sent by hand. */
static bool settle_draft(struct entry *n, struct err *e)
{
	struct draft_sent s = { .outgoing = n->m.settles->outgoing,
				.letter = n->row,
				.message_id = n->l->message_id,
				.changed = n->m.changed,
				.at = n->at->arrived && n->at->arrived < n->now ? n->at->arrived : n->now };

	return drafts_sent(n->q, n->p, n->c, &s, n->now, e);
}

static bool act_by_class(struct entry *n, struct err *e)
{
	bool well;

	if (n->m.settles && !settle_draft(n, e))
		return false;

	switch (n->m.class) {
	case CLASS_SEEN: case CLASS_LOOP: return true;
	case CLASS_CALENDAR: return intake_checkin(n, e);
	case CLASS_TEAM: return intake_team(n, e);
	case CLASS_AUTO: return intake_automatic(n, e);
	case CLASS_BOUNCE: return intake_bounce(n, e);
	case CLASS_HELD: return intake_hold(n, n->m.held ? n->m.held : "unproven", e);
	case CLASS_COMMAND: return command(n, e);
	case CLASS_ANSWER: return learn_tail(n, e) && intake_answer(n, e);
	case CLASS_SKIP: case CLASS_CANDIDATE: case CLASS_DELIVERY:
		return !n->m.owner || (intake_deliveries(n, NULL, e) && intake_add_promises(n, COMMITMENT_CANDIDATE, e));
	case CLASS_PROMISE:
		if (!n->m.owner || !n->m.owner->addresses.n)
			return true;
		well = n->m.delivers	  ? intake_done(n, e) :
		       intake_is_new_date(&n->m) ? intake_move_thread(n, e) :
					    intake_deliveries(n, NULL, e) && intake_add_promises(n, COMMITMENT_OPEN, e);
		return well && (!n->m.tag.share || intake_share(n, e)) && (!n->m.tag.work || intake_work(n, e)) && intake_forget_candidates(n, e);
	}
	return true;
}

bool intake_act(struct entry *n, struct err *e)
{
	return act_by_class(n, e) && intake_returned(n, e) && intake_exchanges(n, e) && intake_alone(n, e) &&
	       intake_stops(n, e);
}

/* ---- the way in ---- */

static bool place_and_log(struct entry *n, bool settled, struct err *e)
{
	log_line(LOG_LINE_INFO, "letter", "%lld %s:%s/%u %s", (long long)n->row, intake_mailbox_key(n->at),
		 n->at->folder ? n->at->folder : "", n->at->uid, letter_class_name(n->m.class));
	return !n->at->uid || store_place_add(n->q, intake_mailbox_key(n->at), n->at, n->row, settled, e);
}

static bool settled_at(const struct place *at)
{
	return at->kind != PLACE_CAPTURE || !at->mailbox || at->mailbox->after == AFTER_KEEP;
}

/* Whose letter it says it is: the ledger has one of each Message-ID for each owner. NULL: a stranger's. */
static const struct owner *owner_of(const struct conf *c, const struct letter *l, const struct place *at)
{
	const struct owner *o = at->owner;

	for (size_t i = 0; i < l->from.n && !o; i++)
		o = conf_owner_of(c, l->from.list[i].address);
	return o;
}

static bool is_owners(const struct conf *c, const struct letter *l)
{
	for (size_t i = 0; i < l->from.n; i++)
		if (conf_owner_of(c, l->from.list[i].address))
			return true;
	return false;
}

/* A stranger who knows a Message-ID may use it too: only what an owner's own letter did, or the same letter, has been.
 */
static bool is_done(const struct letter_row *r, const char *digest)
{
	return !is_idle(r->class) &&
	       (strcmp(r->class, "promise") == 0 || strcmp(r->class, "command") == 0 || strcmp(r->digest, digest) == 0);
}

/* Its subject's tag, for what will answer it. */
static bool carries(struct entry *n, struct err *e)
{
	const char *tag = tag_in_subject(n->p, n->l->subject);

	return !*tag || store_letter_tag(n->q, n->row, tag, e);
}

/* A copy that does nothing now. One that cannot be proven, after one that nobody tagged, is held: in the first one's
 * name where it is the same message, so that the copy in Sent may still prove it, else beside it. */
static bool idle_copy(struct entry *n, const struct letter_row *row, const char *owner, const char *digest,
		      struct err *e)
{
	bool same = strcmp(row->digest, digest) == 0, sent = n->at->kind == PLACE_SENT;
	bool holds = n->m.class == CLASS_HELD && (!same || strcmp(row->class, "held") != 0);
	const char *class = holds || !(same || n->m.class == CLASS_SEEN) ? letter_class_name(n->m.class) : row->class;

	/* another text must not be proven by this copy, nor make the owner's letter what it is */
	if ((sent ? !same || !row->in_sent : same && holds) &&
	    !store_letter_set(n->q, row->id, owner, class, sent || row->in_sent, e))
		return false;
	if (holds)
		return intake_hold(n, n->m.held ? n->m.held : "unproven", e);
	return !n->known.in_sent || strcmp(row->class, "held") != 0 || intake_accept_sent(n, digest, e);
}

bool intake(struct sql *q, struct pool *p, const struct conf *c, struct letter *l, const struct place *at, utc now,
	    enum letter_class *class, struct err *e)
{
	struct entry n = { .q = q, .p = p, .c = c, .l = l, .at = at, .now = now };
	const struct owner *o = owner_of(c, l, at);
	struct letter_row *rows, row = { 0 };
	size_t count;
	const char *owner, *digest = intake_digest(p, l);
	bool found = false, same, sent = at->kind == PLACE_SENT;

	/* an owner's letter is known by what it says too: not every signature covers the Message-ID, and some servers
	 * write their own */
	if (!store_letters(q, p, l->message_id, is_owners(c, l) && l->date ? digest : "", &rows, &count, e) || !intake_know(&n, e))
		return false;
	n.known.in_sent = sent;
	for (size_t i = 0; i < count; i++) {
		if (o && *rows[i].owner && strcmp(rows[i].owner, o->key) != 0)
			continue; /* another owner's */
		same = strcmp(rows[i].digest, digest) == 0;
		n.known.in_sent |= rows[i].in_sent && same;
		n.known.heard |= same;
		if (!found || (is_done(&rows[i], digest) && !is_done(&row, digest)))
			row = rows[i];
		found = true;
	}
	n.known.seen = found && is_done(&row, digest);
	same = found && strcmp(row.digest, digest) == 0;
	n.row = row.id;
	if ((!n.known.seen && !cut_tail(&n, l, e)) || !intake_known(&n, e))
		return false;
	understand(p, l, at, &n.known, c, now, &n.m);
	if (class)
		*class = n.m.class;
	if (!found) {
		if (!store_letter_add(q, n.m.owner ? n.m.owner->key : "", l->message_id, letter_class_name(n.m.class),
				      digest, sent, now, &n.row, e))
			return false;
		return carries(&n, e) && intake_act(&n, e) && place_and_log(&n, settled_at(at), e);
	}
	if (!carries(&n, e))
		return false;
	owner = *row.owner || !n.m.owner ? row.owner : n.m.owner->key;
	for (size_t i = 0; i < count; i++)
		if (rows[i].id != row.id && strcmp(rows[i].owner, owner) == 0)
			owner = row.owner; /* that one is the owner's */
	/* what lies in Sent is the owner's letter, whatever came under its Message-ID before */
	if (sent && !same && !store_letter_digest(q, row.id, digest, e))
		return false;
	/* an idle copy that says nothing new keeps what the first one said */
	if (n.m.class == CLASS_SEEN || is_idle(letter_class_name(n.m.class)))
		return idle_copy(&n, &row, owner, digest, e) && place_and_log(&n, settled_at(at), e);
	/* a stranger's does not make the owner's one that was read */
	if ((same || n.m.class == CLASS_PROMISE || n.m.class == CLASS_COMMAND) &&
	    !store_letter_set(q, row.id, owner, letter_class_name(n.m.class), sent || row.in_sent, e))
		return false;
	return intake_act(&n, e) && place_and_log(&n, settled_at(at), e);
}

bool intake_spoilt(struct sql *q, struct pool *p, const struct conf *c, struct letter *l, const struct place *at,
		   const char *reason, utc now, struct err *e)
{
	struct entry n = { .q = q, .p = p, .c = c, .l = l, .at = at, .now = now, .m = { .class = CLASS_HELD } };
	struct letter_row *rows;
	size_t count;

	n.m.owner = at->owner ? at->owner : l->from.n ? conf_owner_of(c, l->from.list[0].address) : NULL;
	if (!store_letters(q, p, l->message_id, "", &rows, &count, e))
		return false;
	if (count)
		n.row = rows[0].id;
	else if (!store_letter_add(q, n.m.owner ? n.m.owner->key : "", l->message_id, "held", intake_digest(p, l), false,
				   now, &n.row, e))
		return false;
	return intake_hold(&n, reason, e) && place_and_log(&n, settled_at(at), e);
}
