/* dossier - all that bears on a commitment, and all that the ledger knows of a letter
 *
 * Law:     what judgement is handed, so that it need not ask: store_dossier() and store_known() fill these from the
 *          database; tests and `kept explain --context` fill them by hand.
 * Owns:    nothing; lives in the pool it was read into.
 */
#ifndef KEPT_NOUNS_DOSSIER_H
#define KEPT_NOUNS_DOSSIER_H

#include "nouns/commitment.h"
#include "nouns/contact.h"
#include "nouns/mail.h"

/* A mail of kept's about this commitment that was queued or sent, or that the owner did not want; or one that lacked something
 * to say, for which the owner was asked. */
struct past {
	utc at;
	enum mail_kind kind;
	enum { PAST_WAITING, PAST_LEFT, PAST_SKIPPED, PAST_ASKED } how;
	const char *to;    /* its recipient's address; NULL: not told apart */
};

struct dossier {
	struct commitment commitment;
	const struct policy *policy;
	struct past *past; /* oldest first */
	size_t past_count;
	utc answered;      /* the counterpart's newest real answer in the thread; 0: none */
	utc paused;        /* the owner wants no mail before; 0: none */
	struct contact contact;  /* the first to whom it was promised */
	struct contact *also;    /* the others, in the order of commitment.to; their number is to.n - 1, or none are known */
	size_t also_count;
};

/* ---- what the ledger knows of a letter, asked before understand() ---- */
struct known_thread {
	int64_t commitment;      /* 0 in explain's context */
	const struct owner *owner;
	struct strings message_ids;
	struct addrs counterpart;
	const struct team *team; /* that it waits for; NULL */
	const char *what;        /* without its day */
	const struct resource *resources; /* of the library, that bear on it: asked for the owner's own letters alone */
	size_t resource_count;
};

struct known_sent { /* a mail of kept's that this letter may answer or report on */
	int64_t outgoing;        /* 0 in explain's context */
	const char *message_id, *to, *reply_to; /* reply_to: its token address */
	enum mail_kind kind;
	const char *team;
	bool in_words;           /* it asks what was heard in a check-in, or (CHALLENGE) for thoughts on a week: the answer is a text */
	const char *draft;       /* its text, where it waits, or was laid into the owner's folder of drafts; else NULL */
	size_t draft_files;      /* attached to it */
	const struct owner *owner;
	int64_t *commitments;
	size_t commitment_count;
	int64_t checkin;         /* the meeting that it is about; 0 */
};

struct known_checkin {
	const char *uid, *attendee; /* attendee: an address of one who may answer */
	int sequence;
	const char *invited;     /* … who was invited by this one; NULL: the same */
	int64_t id;              /* 0 in explain's context */
	const char *owner;       /* key; NULL: not known */
};

struct known {
	bool seen;               /* this Message-ID was read before, and acted on */
	bool in_sent;            /* it lies in the owner's own Sent folder: that proves who wrote it, whatever copy this is */
	bool heard;              /* another copy of it was read before, and nothing came of it */
	bool delivered;          /* … or as a delivery */
	bool tag_carried;        /* what it answers has the same tag in its subject */
	bool accepted;           /* the owner said by hand that a held message is theirs */
	struct known_thread *threads;
	size_t thread_count;
	struct known_sent *sent;
	size_t sent_count;
	struct known_checkin *checkins;
	size_t checkin_count;
};

#endif
