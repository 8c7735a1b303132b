/* net - libcurl: mail to a submission server
 *
 * Law:     a mail to several is taken for all of them or for none, so that the outcome is clear. One connection is kept for many mails; after anything but
 *          success the handle is thrown away (a late answer would be taken for the next mail's), and after 30 idle seconds
 *          too. TLS verified before a credential is sent; no login in clear but to loopback. What is handed in is checked:
 *          an address that holds a control character, a bare CR or LF in the bytes never reach the wire.
 * Owns:    net_open() owns the handle; one thread at a time. The password is read for each new connection.
 * Fails:   says how by its outcome, never by an error.
 * Borders: <curl/…>
 * Tests:   tests/border_net.c, against a scripted server and the real MTA: each row of the table of outcomes
 */
#ifndef KEPT_BORDERS_NET_H
#define KEPT_BORDERS_NET_H

#include "nouns/conf.h"

struct net;

#define NET_OUTCOMES(X) \
	X(SENT,   "sent")   /* the server took it */ \
	X(RETRY,  "retry")  /* nothing was accepted: try this mail later */ \
	X(FAILED, "failed") /* this mail is refused for good */ \
	X(REFUSED, "refused") /* … for its recipient: no other mail will reach that address either */ \
	X(UNSURE, "unsure") /* all bytes were handed out and no answer came */ \
	X(CONFIG, "config") /* nothing was offered: login, certificate, address of the server, a limit of the account */
#define X(id, word) NET_##id,
enum net_outcome { NET_OUTCOMES(X) };
#undef X

void net_start(void); /* once, before threads */
const char *net_outcome_word(enum net_outcome);
bool net_open(const struct submission *, struct net **out, struct err *); /* no connection yet */
void net_close(struct net **);
/* `why` (in the pool): the server's last reply or what failed, a sentence. The whole attempt's limit is 900 seconds. */
enum net_outcome net_submit(struct net *, struct pool *, const char *from, const char *to, const char *bytes, size_t size, const char **why);
/* After REFUSED: which of the recipients; until the next mail. */
const char *net_refused(const struct net *);
bool net_is_open(const struct net *);
void net_idle(struct net *); /* nothing to send for a while: hang up */
/* Seconds for each reply (120), and for the whole (900); from the next connection on. */
void net_patience(struct net *, int reply, int whole);
uint64_t net_turns(const struct net *); /* commands and bodies that were answered */
/* GET for the heartbeat URL; https or http, body thrown away. */
bool net_touch(const char *url, struct err *);

#endif
