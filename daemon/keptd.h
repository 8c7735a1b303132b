/* keptd - the daemon: what its loops share
 *
 * Law:     each loop is a thread with its own database connection: one a mailbox (keptd_mailbox.c), one that schedules, one
 *          that sends (keptd_loops.c), and where they are set one for drafts (keptd_drafts.c) and one for calendars
 *          (keptd_calendars.c). They share nothing but the database and their bells. The clock is
 *          read here alone. Decides nothing.
 */
#ifndef KEPT_DAEMON_KEPTD_H
#define KEPT_DAEMON_KEPTD_H

#include <pthread.h>
#include <stdatomic.h>

#include "borders/sql.h"
#include "ground/wake.h"
#include "nouns/conf.h"

enum { BEAT_SECONDS = 300, GAP_SECONDS = 900 };

struct house;

struct loop {
	struct house *house;
	const char *name;                  /* "mailbox ada", "schedule", "courier": of its beat */
	const struct mailbox_conf *mailbox;
	struct wake *wake;
	pthread_t thread;
	bool started;
	_Atomic int64_t turned;            /* CLOCK_MONOTONIC seconds of its last turn, for the watchdog */
	utc beaten;                        /* its last row in the ledger */
	_Atomic bool locked_out;           /* has no session, and could after `kept login`, which rings the bell */
	_Atomic bool looked;               /* it was round once: what comes from now on is seen */
};

struct house {
	struct conf *conf;
	const char *clock_file;            /* NULL: the machine's clock */
	_Atomic bool stopping;
	struct loop *loops;
	size_t count;
	struct loop *schedule, *courier;
	struct loop *drafts, *calendars;   /* NULL where none are set */
};

utc clock_now(void *house);                /* the machine's clock, and the clock file's seconds */
utc clock_shift(const struct house *);
int64_t clock_monotonic(void);
/* Sleeps until the bell rings or the clock shows `at` (0: one beat). Wakes after a suspend too. */
void loop_sleep(struct loop *, utc at);
struct sql *loop_ledger(struct loop *);    /* waits until it can be opened; NULL: the house stops */
/* How the login of an account by tokens stands: "" well, else why not. Its owners are told, once. */
void loop_login(struct loop *, struct sql *, const struct server *, const char *why);
void loops_ring(const struct house *);     /* what was decided is for those that send, and lay drafts */
bool drafts_are_set(const struct conf *);
/* The loop went round: the row in the ledger, at most one each BEAT_SECONDS unless the state changed. */
const char *loop_words(const struct loop *, const char *text); /* without the loop's name before it */
void loop_beat(struct loop *, struct sql *, const char *state, char last[256]);

void *loop_schedule(void *);
void *loop_courier(void *);
void *loop_drafts(void *);
void *loop_calendars(void *);
void *loop_mailbox(void *);

#endif
