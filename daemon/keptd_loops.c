/* the loop that schedules, and the loop that sends */
#include <malloc.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "borders/net.h"
#include "borders/oauth.h"
#include "borders/store.h"
#include "daemon/keptd.h"
#include "ground/log.h"
#include "work/courier.h"
#include "work/digest.h"
#include "work/schedule.h"

utc clock_shift(const struct house *h)
{
	FILE *f = h->clock_file ? fopen(h->clock_file, "re") : NULL;
	long long shift = 0;

	if (!f)
		return 0;
	if (fscanf(f, "%lld", &shift) != 1)
		shift = 0;
	fclose(f);
	return shift;
}

utc clock_now(void *house)
{
	return time(NULL) + clock_shift(house);
}

int64_t clock_monotonic(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

/* A timer on the wall clock: after a suspend, or when the clock is set, it is due at once if its time has passed. */
void loop_sleep(struct loop *l, utc at)
{
	utc shift = clock_shift(l->house), now = time(NULL), till = at ? at - shift : now + BEAT_SECONDS;
	struct itimerspec when = { .it_value.tv_sec = (time_t)(till > now ? till : now + 1) };
	int fd = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
	struct pollfd f[2] = { { wake_fd(l->wake), POLLIN, 0 }, { fd, POLLIN, 0 } };

	if (till > now + BEAT_SECONDS)
		when.it_value.tv_sec = (time_t)(now + BEAT_SECONDS);
	if (fd >= 0)
		timerfd_settime(fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &when, NULL);
	if (!atomic_load(&l->house->stopping))
		poll(f, fd >= 0 ? 2 : 1, fd >= 0 ? -1 : 1000);
	wake_heard(l->wake);
	if (fd >= 0)
		close(fd);
	atomic_store(&l->turned, clock_monotonic());
}

/* What a border says may begin with the name that the line begins with. */
const char *loop_words(const struct loop *l, const char *text)
{
	size_t n = strlen(l->name);

	return strncmp(text, l->name, n) == 0 && text[n] == ':' && text[n + 1] == ' ' ? text + n + 2 : text;
}

void loop_beat(struct loop *l, struct sql *q, const char *state, char last[256])
{
	utc now = clock_now(l->house);
	struct err e = { 0 };

	atomic_store(&l->turned, clock_monotonic());
	atomic_store(&l->looked, true);
	state = loop_words(l, state);
	if (strncmp(last, state, 255) == 0 && now < l->beaten + BEAT_SECONDS && now >= l->beaten)
		return;
	if (strncmp(last, state, 255) != 0 && strcmp(state, "ok") != 0)
		log_line(LOG_LINE_ERROR, l->name, "%s", state);
	else if (*last && strcmp(last, "ok") != 0 && strcmp(state, "ok") == 0)
		log_line(LOG_LINE_INFO, l->name, "works again");
	snprintf(last, 256, "%s", state);
	l->beaten = now;
	if (!sql_begin(q, &e) || !store_beat(q, l->name, now, state, &e) || !sql_commit(q, &e)) {
		sql_rollback(q);
		log_line(LOG_LINE_ERROR, l->name, "%s", e.text);
	}
}

void loops_ring(const struct house *h)
{
	wake_ring(h->courier->wake);
	if (h->drafts)
		wake_ring(h->drafts->wake);
	if (h->calendars)
		wake_ring(h->calendars->wake);
}

struct sql *loop_ledger(struct loop *l)
{
	struct sql *q = NULL;
	struct err e = { 0 };

	while (!atomic_load(&l->house->stopping) && !sql_open(l->house->conf->database, SQL_THREAD, &q, &e)) {
		log_line(LOG_LINE_ERROR, l->name, "%s", e.text);
		loop_sleep(l, clock_now(l->house) + 5);
	}
	return q;
}

/* While the machine sleeps, or this process is stopped, no loop turns: the owners hear of it as after downtime, before anything
 * late is planned. By the machine's own clock, which a rehearsal does not move. */
static bool tell_sleep(struct loop *l, struct sql *q, utc *turned, struct err *e)
{
	utc wall = time(NULL), gap = *turned ? wall - *turned : 0, now = clock_now(l->house);

	if (gap >= GAP_SECONDS) {
		log_line(LOG_LINE_WARN, "gap", "kept stood still for %lld minutes, as the machine does when it sleeps", (long long)gap / 60);
		if (!schedule_gap(q, l->house->conf, now - gap, now, e))
			return false;
	}
	*turned = wall;
	return true;
}

void *loop_schedule(void *arg)
{
	struct loop *l = arg;
	struct sql *q = loop_ledger(l);
	char last[256] = "";
	utc turned = 0;

	while (q && !atomic_load(&l->house->stopping)) {
		struct err e = { 0 };
		utc next = 0;
		bool well = tell_sleep(l, q, &turned, &e) && schedule(q, l->house->conf, clock_now(l->house), &next, &e) &&
			    digest_teams(q, l->house->conf, clock_now(l->house), &next, &e);

		loop_beat(l, q, well ? "ok" : e.text, last);
		loops_ring(l->house);
		loop_sleep(l, well ? next : clock_now(l->house) + 30);
	}
	sql_close(&q);
	return NULL;
}

enum { REFUSED_SECONDS = 290 };

/* One connection kept for each account. What refused us, as a wrong password does, is let alone for a while, however often the
 * bell rings: a server may lock out who tries again and again. SIGHUP starts anew. */
struct accounts {
	const struct conf *c;
	struct net *last; /* that handed over */
	struct account {
		struct net *open;
		int64_t refused; /* clock_monotonic; 0: not */
		int64_t login;   /* the one that was refused; another is tried at once */
		bool tried;      /* since the last look: how its login stands may have changed */
		char why[256];
	} *list; /* by the submission's place in conf */
	bool sent; /* since the last look: who is invited is known now */
};

static const struct submission *way_of(const struct conf *c, const struct outgoing *o)
{
	const struct owner *owner = conf_owner(c, o->owner);
	const struct submission *s = o->outside ? conf_own_submission(c, owner) : conf_submission(c, owner), *own;

	if (!s || o->outside || strcmp(s->from, o->sender) == 0)
		return s;
	own = conf_own_submission(c, owner); /* what tells its owner that the other way is closed */
	return own && strcmp(own->from, o->sender) == 0 ? own : s;
}

static int64_t login_of(const struct submission *s)
{
	return s->server.oauth ? oauth_stamp(s->server.oauth, s->server.user) : 0;
}

static bool closed(void *arg, struct pool *p, const struct outgoing *o, const char **why)
{
	struct accounts *a = arg;
	const struct submission *s = way_of(a->c, o);
	const struct account *to;

	if (!s) {
		*why = "no submission account is configured that could send this";
		return true;
	}
	to = &a->list[s - a->c->submissions];
	if (!to->refused || login_of(s) != to->login || clock_monotonic() >= to->refused + REFUSED_SECONDS)
		return false;
	*why = pool_copy(p, to->why);
	return true;
}

static int submit(void *arg, struct pool *p, const struct outgoing *o, const char **why)
{
	struct accounts *a = arg;
	const struct submission *s = way_of(a->c, o); /* its way is not closed: there is one */
	struct account *to = &a->list[s - a->c->submissions];
	struct err e = { 0 };
	enum net_outcome outcome;

	if (!to->open && !net_open(s, &to->open, &e)) {
		*why = pool_copy(p, e.text);
		outcome = NET_CONFIG;
	} else {
		a->last = to->open;
		outcome = net_submit(to->open, p, o->sender, o->recipient, o->bytes, o->n, why);
	}
	a->sent |= outcome == NET_SENT;
	to->refused = outcome == NET_CONFIG ? clock_monotonic() : 0;
	to->login = login_of(s);
	to->tried = true;
	snprintf(to->why, sizeof to->why, "%s", *why);
	return (int)outcome;
}

static const char *refused(void *arg)
{
	return net_refused(((struct accounts *)arg)->last);
}

static void hang_up(void *arg)
{
	struct accounts *a = arg;

	for (size_t i = 0; i < a->c->submission_count; i++)
		if (a->list[i].open)
			net_idle(a->list[i].open);
	malloc_trim(0); /* a connection's list of trusted authorities is megabytes */
}

void loop_login(struct loop *l, struct sql *q, const struct server *s, const char *why)
{
	struct err e = { 0 };

	if (!schedule_login(q, l->house->conf, s, why, clock_now(l->house), &e))
		log_line(LOG_LINE_ERROR, l->name, "%s", e.text);
	if (*why)
		wake_ring(l->house->courier->wake);
}

/* Of the accounts that were tried. */
static void logins_of(struct loop *l, struct sql *q, struct pool *p, struct accounts *a)
{
	for (size_t i = 0; i < a->c->submission_count; i++) {
		const struct server *s = &a->c->submissions[i].server;
		const char *why = "";
		struct err e = { 0 };

		if (s->oauth && a->list[i].tried && oauth_standing(p, s->oauth, s->user, &why, &e))
			loop_login(l, q, s, why);
		a->list[i].tried = false;
	}
}

void *loop_courier(void *arg)
{
	struct loop *l = arg;
	struct sql *q = loop_ledger(l);
	const struct conf *c = l->house->conf;
	struct accounts a = { .c = c, .list = must_take((c->submission_count + 1) * sizeof *a.list) };
	struct carrier carrier = { .submit = submit, .closed = closed, .refused = refused, .idle = hang_up, .arg = &a };
	char last[256] = "";

	while (q && !atomic_load(&l->house->stopping)) {
		struct pool *p = pool_new();
		struct err e = { 0 };
		const char *fault = NULL;
		utc now = clock_now(l->house), next = 0;
		bool well = courier(q, p, c, &carrier, now, &next, &fault, &e);

		loop_beat(l, q, !well ? e.text : fault ? fault : "ok", last);
		logins_of(l, q, p, &a);
		pool_end(&p);
		if (a.sent && l->house->calendars)
			wake_ring(l->house->calendars->wake);
		a.sent = false;
		if (well && next == now) /* more waits */
			atomic_store(&l->turned, clock_monotonic());
		else
			loop_sleep(l, well ? next : clock_now(l->house) + 30);
	}
	for (size_t i = 0; i < c->submission_count; i++)
		net_close(&a.list[i].open);
	free(a.list);
	sql_close(&q);
	return NULL;
}
