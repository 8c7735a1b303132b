/* drafts - mail that waits for its owner's word lies in their own folder of drafts
 *
 * Law:     a held mail to outside is laid where its owner's mailbox has a folder for it (conf_drafts), in the owner's name, in
 *          its conversation, with a BCC to its token address, by which its sending is noticed. It is looked for before it
 *          is laid, so that a stop between the two lays none twice. Where the server refuses it, or is out of reach for an
 *          hour, the owner is asked by mail, once, and told why. When the mail waits no more, a draft that nobody
 *          changed is removed; one that its owner changed stays, and they are told. One that they deleted, and did not
 *          send, is refused. One that holds material that is no longer approved is stopped, and
 *          they are told. No transaction is open while the network is spoken to.
 * Units:   utc.
 * Owns:    a desk holds its connection until desk_close().
 * Fails:   TEMP, UNSURE: call again at `next`; what was done is done.
 * Manual:  kept(7) DRAFTS, kept.conf(5) drafts
 * Tests:   tests/drafts.c, tests/border_drafts.c, tests/e2e/drafts.py
 */
#ifndef KEPT_WORK_DRAFTS_H
#define KEPT_WORK_DRAFTS_H

#include "borders/mailbox.h"
#include "borders/outbox.h"

/* One folder of drafts, as drafts() sees it; tests put their own here. Each as the function of mailbox.h that has its name. */
struct desk {
	bool (*select)(void *, struct pool *, const char **folder, struct mailbox_folder *, struct err *); /* connects where it must */
	bool (*find)(void *, struct pool *, const char *bcc, const char *message_id, uint32_t **uids, size_t *n, struct err *);
	bool (*draft)(void *, struct pool *, uint32_t uid, struct delivery *, bool *found, struct err *);
	bool (*append)(void *, const char *folder, const char *bytes, size_t n, uint32_t *uidvalidity, uint32_t *uid, struct err *);
	bool (*remove)(void *, uint32_t uid, struct err *);
	bool (*alive)(void *); /* what failed was the server's No */
	void *arg;
	utc looked;            /* when what lies there was last looked at */
	bool refused;          /* the folder could not be opened then */
};

/* All that is to do in this mailbox's folder now; connects only where something is. `next`: when to call again; 0: when something
 * happens. Outside of any transaction. */
bool drafts(struct sql *, struct pool *, const struct conf *, const struct mailbox_conf *, struct desk *, utc now, utc *next, struct err *);

/* What lies where no drafts are set any more is its owner's, and those that wait are asked about by mail. At start and after a new
 * configuration; begins its own transaction. */
bool drafts_unset(struct sql *, const struct conf *, utc now, struct err *);

/* Its owner sent this one by hand: it left, and what comes next is planned. `changed`: with another text, or more files. Inside
 * the caller's transaction. */
struct draft_sent {
	int64_t outgoing, letter;
	const char *message_id; /* that it was sent with */
	bool changed;
	utc at;
};
bool drafts_sent(struct sql *, struct pool *, const struct conf *, const struct draft_sent *, utc now, struct err *);

/* The desk of a real mailbox (drafts_desk.c). */
struct desk_of_mailbox {
	const struct mailbox_conf *conf;
	struct mailbox *box; /* NULL: not connected */
	struct desk desk;
};
void desk_make(struct desk_of_mailbox *, const struct mailbox_conf *);
void desk_close(struct desk_of_mailbox *);

#endif
