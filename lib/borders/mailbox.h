/* mailbox - IMAP: one mailbox of the configuration, its folders watched and fetched
 *
 * Law:     verified TLS before a login; absolute deadlines and a byte budget on every command; arguments are checked for
 *          control characters; folder names go as modified UTF-7. Two batches in flight, 100 messages each; the header
 *          first, bodies only where it is asked for. A personal mailbox is only ever EXAMINEd: it cannot be changed, but for
 *          the drafts that kept itself laid into its Drafts folder.
 *          After a TEMP error the session is dead: close and open again. (PERM: this was refused, the session goes on.)
 * Units:   seconds, bytes.
 * Owns:    mailbox_open() owns the connection; fetched letters live in the pool handed in. One thread at a time.
 * Fails:   TEMP: network, server. PERM: login refused, certificate, no such folder; the text says what to do. UNSURE: a mail
 *          was laid in, and the answer lost.
 * Borders: <libetpan/mailimap…>, libetpan's mailstream_low
 * Tests:   tests/border_offer.c, border_mailbox.c on a real Dovecot and on a scripted server
 */
#ifndef KEPT_BORDERS_MAILBOX_H
#define KEPT_BORDERS_MAILBOX_H

#include "ground/wake.h"
#include "nouns/letter.h"

struct mailbox;

struct mailbox_folder {       /* what the server says of a folder when it is selected */
	uint32_t uidvalidity, uidnext, exists;
	uint64_t highestmodseq; /* 0: the server has no CONDSTORE */
	bool keywords;          /* new keywords may be stored */
};

/* One message as it lies there. */
struct delivery {
	uint32_t uid, size;
	utc arrived;            /* INTERNALDATE */
	struct strings flags;   /* flags and keywords; Gmail's labels where the server has them */
	const char *header;     /* the header fields asked for, or the whole header; NULL when not fetched */
	size_t header_length;
	const char *body;       /* the whole message; NULL when it was not wanted */
	size_t body_length;
};

bool mailbox_open(const struct mailbox_conf *, struct mailbox **out, struct err *); /* connects, logs in */
/* What a server takes. Nobody logs in; one that takes tokens alone is asked who gives them (RFC 7628 3.2.2). */
struct mailbox_offer {
	bool password, tokens;
	const char *issuer; /* as it names it, unproved; "" */
};
bool mailbox_offer(const struct server *, struct pool *, struct mailbox_offer *out, struct err *);
void mailbox_close(struct mailbox **);
void mailbox_patience(struct mailbox *, int milliseconds); /* for the answer to one command; 60000 */
utc mailbox_renew(const struct mailbox *); /* open it anew by then (the machine's clock): its token ends soon after; 0: no such end */
bool mailbox_can_idle(const struct mailbox *);
bool mailbox_is_gmail(const struct mailbox *);
/* The server's own name of a folder: "\\Sent" by special use, "INBOX" and others as configured (UTF-8). PERM: no such. */
bool mailbox_find(struct mailbox *, struct pool *, const char *configured, const char **folder, struct err *);
bool mailbox_folders(struct mailbox *, struct pool *, struct strings *out, struct err *);
bool mailbox_select(struct mailbox *, const char *folder, struct mailbox_folder *out, struct err *);
/* Right after mailbox_watch() or mailbox_poll() told of news in that folder, which is selected still: as selecting it again,
 * but without a turn; `uidnext` and `highestmodseq` are 0. Else false: select it. */
bool mailbox_still(struct mailbox *, const char *folder, uint32_t uidvalidity, struct mailbox_folder *out);

/* Messages with UID >= from, oldest first, at most `most` (0: all), in pipelined batches. `each` is called as they come:
 * first with header alone (`body` NULL); where it returns MAILBOX_WANT_BODY the body is fetched in a following batch and
 * `each` is called again with it. MAILBOX_STOP ends the walk after the batch. Where `bodies` is set all bodies are fetched at
 * once, with no header pass. Bodies over LETTER_MOST are fetched to that size. `batch_end` (may be NULL) is called when
 * all of a batch was handed over: so many letters can share a commit. `ahead` (may be NULL) is shown beforehand those that
 * `each` is called with next, in the same order: so several can be read together. */
enum mailbox_wish { MAILBOX_NEXT, MAILBOX_WANT_BODY, MAILBOX_STOP };
struct mailbox_walk {
	uint32_t from_uid, to_uid; /* to_uid 0: to the end */
	bool bodies;
	int batch;                 /* 0: 100 */
	enum mailbox_wish (*each)(void *, const struct delivery *);
	void (*ahead)(void *, const struct delivery *const *, size_t n);
	bool (*batch_end)(void *, uint32_t last_uid, struct err *);
	void *arg;
};
bool mailbox_walk(struct mailbox *, const struct mailbox_walk *, struct err *);

/* UIDs of the selected folder: since a day (SEARCH SINCE), or by Message-ID, or carrying a flag or keyword. Ascending. */
bool mailbox_since(struct mailbox *, struct pool *, utc day, uint32_t **uids, size_t *n, struct err *);
bool mailbox_by_message_id(struct mailbox *, struct pool *, const char *message_id, uint32_t **uids, size_t *n, struct err *);
bool mailbox_by_header(struct mailbox *, struct pool *, const char *field, const char *holds, uint32_t **uids, size_t *n, struct err *);
/* Flags changed since a modification sequence (CONDSTORE), as (uid, flags) pairs; without CONDSTORE: all that carry one
 * of the keywords given. */
bool mailbox_flagged(struct mailbox *, struct pool *, uint64_t since, const struct strings *keywords, struct delivery **out, size_t *n, struct err *);
uint64_t mailbox_modseq(const struct mailbox *); /* after select or mailbox_flagged: the next `since`; 0: no CONDSTORE */

/* Capture mailboxes alone; refused for a personal one. */
bool mailbox_mark_seen(struct mailbox *, const uint32_t *uids, size_t n, struct err *);
bool mailbox_move(struct mailbox *, const uint32_t *uids, size_t n, const char *folder, struct err *);
/* For drafts. TEMP or PERM with the session alive: the server refuses it (full, missing, read-only). */
bool mailbox_append(struct mailbox *, const char *folder, const char *flags, const char *bytes, size_t n, uint32_t *uidvalidity, uint32_t *uid, struct err *);

/* Drafts, in the folder that a personal mailbox names for them (setting drafts): it alone is opened for change. PERM: no such
 * setting, no such folder, or it may only be read. */
bool mailbox_select_drafts(struct mailbox *, struct pool *, const char **folder, struct mailbox_folder *out, struct err *);
/* UIDs in it of what has this address in Bcc, or this Message-ID: clients that change a draft write a new Message-ID. */
bool mailbox_find_draft(struct mailbox *, struct pool *, const char *bcc, const char *message_id, uint32_t **uids, size_t *n, struct err *);
/* One message, whole; `found` false: it is not there, or marked as deleted. */
bool mailbox_draft(struct mailbox *, struct pool *, uint32_t uid, struct delivery *out, bool *found, struct err *);
/* Removes this one and no other: UID EXPUNGE (UIDPLUS); without it moved to the Trash; PERM where the server can do neither,
 * and nothing was changed. */
bool mailbox_remove_draft(struct mailbox *, uint32_t uid, struct err *);
bool mailbox_alive(const struct mailbox *); /* after false: the session goes on, it was the server's No */

/* Waits in IDLE (or sleeps, without it) until the folder has news, the bell rings, or so many seconds passed. `news`: the
 * server said something. Renews by itself every 28 minutes. */
bool mailbox_watch(struct mailbox *, struct wake *, int seconds, bool *news, struct err *);
/* NOOP: is anything new? One round trip. */
bool mailbox_poll(struct mailbox *, bool *news, struct err *);
uint64_t mailbox_turns(const struct mailbox *);
uint64_t mailbox_bytes(const struct mailbox *);

#endif
