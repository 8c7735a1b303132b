/* outbox - mail that waits to leave
 *
 * Law:     the decision and the frozen bytes are one transaction. States: held (waits for the owner's word), ready, begun
 *          (committed before the first byte is offered), sent, failed, unsure, void (withdrawn). A settle names the state it
 *          leaves, and changes exactly one row: so nothing is sent twice by a slip.
 * Units:   utc.
 * Owns:    the pool handed in.
 * Tests:   tests/work.c
 */
#ifndef KEPT_BORDERS_OUTBOX_H
#define KEPT_BORDERS_OUTBOX_H

#include "borders/sql.h"
#include "judgement/gate.h"
#include "nouns/mail.h"

#define OUTBOX_STATES(X) X(HELD, "held") X(READY, "ready") X(BEGUN, "begun") X(SENT, "sent") X(FAILED, "failed") X(UNSURE, "unsure") X(VOID, "void")
#define X(id, name) OUTBOX_##id,
enum outbox_state { OUTBOX_STATES(X) };
#undef X

#define WORD_REFUSED "refused"   /* `send` was refused by a last look; the next one sends it */
#define WORD_OVERRIDE "override" /* … and did */
#define WORD_HELD "held"   /* a notice of messages that are held */
#define WORD_DRAFT "draft" /* its owner sent the draft of it by hand */

struct outgoing {
	int64_t id;
	const char *owner;
	enum mail_kind kind;
	const char *recipient, *sender; /* recipient: one address, or several (addrs_split) of one mail to outside */
	bool outside, answers; /* answers: what the owner just did; no quiet hours */
	enum outbox_state state;
	const char *subject, *message_id, *token;
	const char *bytes;     /* NULL where only listed */
	size_t n;
	utc made, try_at, begun, sent;
	int tries;
	const char *why;
	int64_t approves;      /* APPROVAL: the mail that it asks about; 0 */
	const char *word;      /* of the owner on a mail to outside: "send", "skip", "edit", "auto", WORD_DRAFT; "" none yet. Or WORD_HELD */
	int64_t checkin;       /* the meeting that it is about; 0 */
	int64_t *about;        /* commitments; only for outbox_put */
	size_t about_count;
};

const char *outbox_state_name(enum outbox_state);
enum outbox_state outbox_state_from(const char *name); /* VOID for what is none */
bool outbox_put(struct sql *, struct outgoing *, struct err *); /* sets id */
/* Ready ones whose time has come, with bytes; the first `skip` are left out. */
bool outbox_take(struct sql *, struct pool *, utc now, size_t skip, size_t most, struct outgoing **out, size_t *n, struct err *);
bool outbox_next(struct sql *, utc *at, struct err *); /* when the next ready one may go; 0: none */
bool outbox_list(struct sql *, struct pool *, enum sql_query /* OUTGOING_OPEN, _BEGUN or _LATEST */, int64_t limit, struct outgoing **out, size_t *n, struct err *);
bool outbox_get(struct sql *, struct pool *, int64_t id, struct outgoing *out, bool *found, struct err *);
bool outbox_head(struct sql *, struct pool *, int64_t id, struct outgoing *out, bool *found, struct err *); /* the same, without its bytes */
/* What waits still, held or ready, and speaks of this commitment; listed. */
bool outbox_about(struct sql *, struct pool *, int64_t commitment, struct outgoing **out, size_t *n, struct err *);
/* Mail to outside that waits for a word about this promise, the oldest first. */
bool outbox_waiting(struct sql *, struct pool *, int64_t commitment, int64_t **ids, size_t *n, struct err *);
bool outbox_is_ready(struct sql *, int64_t id, bool *is, struct err *); /* still: it was taken in another transaction */
/* One row must change: from `o->state` to `to`, with o's other fields as they stand; sets o->state. */
bool outbox_settle(struct sql *, struct outgoing *o, enum outbox_state to, utc at, const char *why, struct err *);
/* ---- drafts: a held mail that lies in its owner's own folder of drafts (outbox_drafts.c) ---- */
struct draft {
	int64_t outgoing;
	const char *mailbox, *folder; /* the mailbox's key; the server's name */
	uint32_t uidvalidity, uid;    /* uid 0: the server did not say */
	const char *digest;           /* of the message as the server gives it */
	utc laid;                     /* 0: it could not be laid, and the owner was asked by mail */
	utc missed;                   /* since when it is not found there; 0: it is */
	utc gone;                     /* 0: it lies there */
	const char *why;              /* of that, or of not being laid; "" */
	struct outgoing mail;         /* outbox_drafts() alone: its state, word and time of sending */
};
bool outbox_draft(struct sql *, struct pool *, int64_t outgoing, struct draft *out, bool *found, struct err *);
bool outbox_draft_put(struct sql *, const struct draft *, struct err *); /* new, or as it is now */
bool outbox_drafts(struct sql *, struct pool *, const char *mailbox, struct draft **out, size_t *n, struct err *); /* those that lie there */
bool outbox_unlaid(struct sql *, struct pool *, const char *owner, int64_t **ids, size_t *n, struct err *); /* held mail to outside of which no draft was tried, and that no mail asks about */
bool outbox_draft_mailboxes(struct sql *, struct pool *, struct strings *out, struct err *); /* keys of those in which some lie */

/* What the gate asks: mail to this recipient in the last day, of this kind the last, all mail in the last hour, did it bounce; and of a
 * mail that leaves without a word ("auto"), how many such they got in seven days. */
bool outbox_traffic(struct sql *, const char *recipient, enum mail_kind, const char *word, utc now, struct traffic *out, struct err *);

#endif
