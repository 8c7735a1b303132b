/* net - libcurl: mail to a submission server
 *
 * Law:     one recipient a mail, so that the outcome is clear. One connection is kept for many mails; after anything but
 *          success the handle is thrown away (a late answer would be taken for the next mail's: FACTS.md §4). TLS verified
 *          before a credential is sent; no login in clear but to loopback.
 * Owns:    net_open() owns the handle and the password; one thread at a time.
 * Borders: <curl/…>
 * Tests:   tests/net.c, against the real MTA and a scripted one: each row of the table in FACTS.md §4
 */
#ifndef KEPT_BORDERS_NET_H
#define KEPT_BORDERS_NET_H

#include "nouns/conf.h"

struct net;

enum net_outcome {
	NET_SENT,   /* the server took it */
	NET_RETRY,  /* nothing was accepted: try this mail later */
	NET_FAILED, /* refused for good: this mail, this recipient */
	NET_UNSURE, /* all bytes were handed out and no answer came */
	NET_CONFIG, /* nothing was offered: login, certificate, address of the server, a limit of the account */
};

void net_start(void); /* once, before threads */
bool net_open(const struct submission *, struct net **out, struct err *); /* no connection yet */
void net_close(struct net **);
/* `why` (in the pool): the server's last reply or what failed, a sentence. Seconds: the whole attempt's limit is 900. */
enum net_outcome net_submit(struct net *, struct pool *, const char *from, const char *to, const char *bytes, size_t n, const char **why);
bool net_is_open(const struct net *);
void net_idle(struct net *); /* nothing to send for a while: hang up */
/* GET for the heartbeat URL; https or http, body thrown away. */
bool net_touch(const char *url, struct err *);

#endif
