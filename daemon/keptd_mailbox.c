/* the loop of one mailbox: connect, take in what is new, wait for more */
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "borders/mailbox.h"
#include "borders/oauth.h"
#include "borders/reader.h"
#include "borders/secret.h"
#include "daemon/keptd.h"
#include "ground/log.h"
#include "work/collect.h"

enum { BACK_OFF_MOST = 300, IDLE_LOOK = 300, SESSION_LEAST = 10 };

static void committed(void *arg, size_t fresh, size_t all)
{
	struct loop *l = arg;

	(void)fresh, (void)all;
	atomic_store(&l->turned, clock_monotonic());
	wake_ring(l->house->schedule->wake);
	loops_ring(l->house);
}

/* How long to wait for news: no longer than the token may serve, but some seconds, should nobody renew it. */
static int until(utc renew, int seconds)
{
	utc left = renew - time(NULL);

	if (!renew || left >= seconds)
		return seconds;
	return left < SESSION_LEAST ? SESSION_LEAST : (int)left;
}

/* Until it fails, the house stops, or its token is to be renewed: some servers cut the session off at its end. A mailbox with several
 * folders looks at the others each `poll` seconds. */
static bool session(struct loop *l, struct collect *k, char last[256], int *failures, struct err *e)
{
	const struct mailbox_conf *m = l->mailbox;
	int seconds = m->watch.n + m->folders.n > 1 || !mailbox_can_idle(k->box) ? m->poll : IDLE_LOOK;
	utc renew = mailbox_renew(k->box), soon = time(NULL) + SESSION_LEAST;
	bool news = false;

	atomic_store(&l->locked_out, false);
	if (l->mailbox->server.oauth)
		loop_login(l, k->q, &l->mailbox->server, "");
	while (!atomic_load(&l->house->stopping)) {
		if (!collect_all(k, e))
			return false;
		loop_beat(l, k->q, *k->fault.text ? k->fault.text : "ok", last);
		*failures = 0;
		if (atomic_load(&l->house->stopping))
			break;
		if (!news) { /* none in the last wait, and it may be long until there is */
			reader_rest(k->reader);
			sql_rest(k->q);
			malloc_trim(0);
		}
		if (renew && time(NULL) >= renew && time(NULL) >= soon)
			break;
		if (!mailbox_watch(k->box, l->wake, until(renew, seconds), &news, e))
			return false;
		atomic_store(&l->turned, clock_monotonic());
		k->shift = clock_shift(l->house);
	}
	return true;
}

void *loop_mailbox(void *arg)
{
	struct loop *l = arg;
	struct collect k = { .c = l->house->conf, .mailbox = l->mailbox, .clock = clock_now, .clock_arg = l->house, .committed = committed, .arg = l };
	char last[256] = "";
	int failures = 0;

	while (!atomic_load(&l->house->stopping)) {
		struct err e = { 0 };
		utc wait;
		bool well = true;

		k.shift = clock_shift(l->house);
		if (!k.q)
			well = sql_open(l->house->conf->database, SQL_THREAD, &k.q, &e);
		if (well && !k.reader)
			well = reader_open(&k.reader, &e);
		atomic_store(&l->locked_out, l->mailbox->server.oauth != NULL); /* before, so that no bell is missed */
		well = well && mailbox_open(l->mailbox, &k.box, &e) && session(l, &k, last, &failures, &e);
		mailbox_close(&k.box);
		if (well || atomic_load(&l->house->stopping))
			continue; /* a new session, at once */
		if (k.q)
			loop_beat(l, k.q, e.text, last);
		else
			log_line(LOG_LINE_ERROR, l->name, "%s", loop_words(l, e.text));
		if (k.q && strcmp(e.code, OAUTH_ENDED) == 0)
			loop_login(l, k.q, &l->mailbox->server, loop_words(l, e.text));
		/* 5, 10, 20 … 300 seconds, and up to as much again by chance, so that many do not come back at once */
		wait = 5;
		for (int i = 0; i < failures && wait < BACK_OFF_MOST; i++)
			wait *= 2;
		failures++;
		wait = wait > BACK_OFF_MOST ? BACK_OFF_MOST : wait;
		loop_sleep(l, clock_now(l->house) + wait + (utc)((double)wait * secret_chance()));
	}
	reader_close(&k.reader);
	sql_close(&k.q);
	return NULL;
}
