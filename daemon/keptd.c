/* keptd - the daemon: reads the configuration, opens the ledger, starts the loops, heeds signals; keptd(8) */
#include "borders/record.h"
#include "daemon/keptd.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "borders/net.h"
#include "borders/reader.h"
#include "borders/store.h"
#include "daemon/begin.h"
#include "ground/log.h"
#include "judgement/plan.h"
#include "judgement/understand.h"
#include "letters/template.h"
#include "work/courier.h"
#include "work/drafts.h"
#include "work/schedule.h"

enum { FIRST_SECONDS = 5, STOP_SECONDS = 2, HUNG_SECONDS = 1200 };

static int say(const char *format, ...) __attribute__((format(printf, 1, 2)));
static int say(const char *format, ...)
{
	va_list a;

	fputs("keptd: ", stderr);
	va_start(a, format);
	vfprintf(stderr, format, a);
	va_end(a);
	fputc('\n', stderr);
	return 1;
}

/* sd_notify(3), spoken by hand: one datagram */
static void notify(const char *words)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	size_t n = path ? strlen(path) : 0;
	int fd;

	if (!n || n >= sizeof a.sun_path || (path[0] != '/' && path[0] != '@'))
		return;
	memcpy(a.sun_path, path, n);
	if (path[0] == '@')
		a.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	sendto(fd, words, strlen(words), MSG_NOSIGNAL, (struct sockaddr *)&a, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n));
	close(fd);
}

static struct conf *read_conf(const char *file, const struct rules *rules)
{
	struct pool *p = pool_new();
	struct conf_errors errors = { 0 };
	struct conf *c = NULL;

	if (conf_load(p, file, &c, &errors) && !plan_check(p, c, &errors))
		conf_close(&c);
	for (size_t i = 0; i < errors.n; i++)
		fprintf(stderr, "keptd: %s\n", errors.list[i]);
	errors.n = 0;
	if (c && !template_check(p, c, &errors))
		for (size_t i = 0; i < errors.n; i++)
			log_line(LOG_LINE_WARN, "template", "%s; the one that comes with kept is used", errors.list[i]);
	for (size_t i = 0; c && i < c->owner_count; i++)
		if (template_lacks(p, c, &c->owners[i]))
			log_line(LOG_LINE_WARN, "language", "owner %s: %s", c->owners[i].key, template_lacks(p, c, &c->owners[i]));
	if (c)
		c->rules = *rules;
	else if (!file)
		begin_hint(p, "keptd");
	pool_end(&p);
	return c;
}

/* Templates for mail to others are used once they are approved. */
static bool approvals(struct sql *q, struct conf *c, struct err *e)
{
	if (!store_templates(q, c, e))
		return false;
	for (size_t i = 0; i < c->own_count; i++)
		if (template_waits(&c->own[i]))
			log_line(LOG_LINE_WARN, "template", "%s: nobody has approved it as it is (kept template approve); the one that comes with kept is used",
				 c->own[i].file);
	return true;
}

/* ---- the loops ---- */

static bool ready(struct house *h, struct loop *l, const char *name)
{
	struct err e;

	l->house = h;
	l->name = name;
	atomic_store(&l->turned, clock_monotonic());
	if (!wake_open(NULL, &l->wake, &e))
		return say("%s", e.text) == 0;
	return true;
}

static bool start(struct house *h, struct pool *p)
{
	size_t n = h->conf->mailbox_count;
	bool lays = drafts_are_set(h->conf), reads = h->conf->calendar_count > 0;

	atomic_store(&h->stopping, false);
	h->count = n + 2 + lays + reads;
	h->loops = pool_list(p, h->count, sizeof *h->loops);
	h->schedule = &h->loops[n];
	h->courier = &h->loops[n + 1];
	h->drafts = lays ? &h->loops[n + 2] : NULL;
	h->calendars = reads ? &h->loops[n + 2 + lays] : NULL;
	/* every bell first: the loops ring each other's */
	for (size_t i = 0; i < n; i++) {
		h->loops[i].mailbox = &h->conf->mailboxes[i];
		if (!ready(h, &h->loops[i], pool_print(p, "mailbox %s", h->conf->mailboxes[i].key)))
			return false;
	}
	if (!ready(h, h->schedule, "schedule") || !ready(h, h->courier, "courier") || (lays && !ready(h, h->drafts, "drafts")) ||
	    (reads && !ready(h, h->calendars, "calendars")))
		return false;
	for (size_t i = 0; i < h->count; i++) {
		void *(*run)(void *) = i < n ? loop_mailbox : &h->loops[i] == h->schedule ? loop_schedule :
				     &h->loops[i] == h->courier ? loop_courier : &h->loops[i] == h->drafts ? loop_drafts : loop_calendars;
		int rc = pthread_create(&h->loops[i].thread, NULL, run, &h->loops[i]);

		if (rc != 0)
			return say("cannot start a thread: %s", strerror(rc)) == 0;
		h->loops[i].started = true;
	}
	return true;
}

/* Until every loop was round once, or some seconds passed: who is told that kept is ready may send it mail at once. */
static void first_round(const struct house *h)
{
	const struct timespec moment = { 0, 20 * 1000 * 1000 };
	int64_t till = clock_monotonic() + FIRST_SECONDS;

	for (size_t i = 0; i < h->count; i++)
		while (!atomic_load(&h->loops[i].looked) && clock_monotonic() < till)
			nanosleep(&moment, NULL);
}

/* Every loop is told, and has two seconds; what hangs in the network is left to the end of the process: the ledger is the
 * only state. false: some loop still runs. */
static bool stop(struct house *h)
{
	struct timespec till;
	bool all = true;

	atomic_store(&h->stopping, true);
	for (size_t i = 0; i < h->count; i++)
		wake_ring(h->loops[i].wake);
	clock_gettime(CLOCK_REALTIME, &till);
	till.tv_sec += STOP_SECONDS - 1; /* the rest is for the process to end */
	for (size_t i = 0; i < h->count; i++)
		if (h->loops[i].started && pthread_timedjoin_np(h->loops[i].thread, NULL, &till) != 0)
			all = false;
	for (size_t i = 0; all && i < h->count; i++)
		wake_close(&h->loops[i].wake);
	return all;
}

static bool all_turn(const struct house *h)
{
	int64_t now = clock_monotonic();

	for (size_t i = 0; i < h->count; i++)
		if (now - atomic_load(&h->loops[i].turned) > HUNG_SECONDS)
			return false;
	return true;
}

/* ---- being alive ---- */

/* A loop of this configuration: one that was set before leaves its row. */
static bool is_loop(const struct house *h, const char *name)
{
	for (size_t i = 0; i < h->count; i++)
		if (strcmp(h->loops[i].name, name) == 0)
			return true;
	return false;
}

static bool beats_ok(const struct house *h, struct sql *q, struct pool *p, utc now)
{
	struct beat_row *rows;
	size_t n;
	struct err e;

	if (!store_beats(q, p, &rows, &n, &e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (is_loop(h, rows[i].name) && (strcmp(rows[i].state, "ok") != 0 || rows[i].at < now - GAP_SECONDS))
			return false;
	return true;
}

/* The row by which a gap is seen, and the heart outside, which beats only when every mailbox was read and the outbox tried. */
static void beat(struct house *h, struct sql *q)
{
	struct pool *p = pool_new();
	utc now = clock_now(h);
	struct err e = { 0 };
	FILE *f;

	if (!sql_begin(q, &e) || !store_beat(q, "alive", now, "ok", &e) || !sql_commit(q, &e)) {
		sql_rollback(q);
		log_line(LOG_LINE_ERROR, "alive", "%s", e.text);
	} else if (beats_ok(h, q, p, now)) {
		if (h->conf->heartbeat_file) {
			f = fopen(h->conf->heartbeat_file, "we");
			if (!f || fprintf(f, "%lld\n", (long long)now) < 0 || fclose(f) != 0)
				log_line(LOG_LINE_WARN, "heartbeat", "%s: %s", h->conf->heartbeat_file, strerror(errno));
		}
		if (h->conf->heartbeat_url && !net_touch(h->conf->heartbeat_url, &e))
			log_line(LOG_LINE_WARN, "heartbeat", "%s", e.text);
	}
	pool_end(&p);
}

/* Told before anything is planned: nothing late is sent in a heap. */
static bool tell_gap(struct house *h, struct sql *q, struct err *e)
{
	struct pool *p = pool_new();
	struct beat_row *rows;
	size_t n;
	utc now = clock_now(h), last = 0;
	bool well = store_beats(q, p, &rows, &n, e);

	for (size_t i = 0; well && i < n; i++)
		if (strcmp(rows[i].name, "alive") == 0)
			last = rows[i].at;
	pool_end(&p);
	if (!well || !last || now - last < GAP_SECONDS)
		return well;
	log_line(LOG_LINE_WARN, "gap", "kept was not running for %lld minutes", (long long)(now - last) / 60);
	return schedule_gap(q, h->conf, last, now, e);
}

static bool prepare(struct house *h, struct sql *q, struct err *e)
{
	return record_ready(q, e) && courier_recover(q, h->conf, clock_now(h), e) && tell_gap(h, q, e) &&
	       drafts_unset(q, h->conf, clock_now(h), e);
}

/* ---- the main loop ---- */

/* 0: stop; 1: read the configuration again; 2: the ledger is elsewhere now */
static int heed(struct house *h, struct sql *q, struct wake *bell, int signals)
{
	const char *watch = getenv("WATCHDOG_USEC");
	int64_t every = watch ? atoll(watch) / 2000000 : 0, watched = 0, now;
	utc beaten = 0;
	struct signalfd_siginfo s;

	for (;;) {
		struct pollfd f[2] = { { signals, POLLIN, 0 }, { wake_outer_fd(bell), POLLIN, 0 } };
		int64_t wait = BEAT_SECONDS;

		if (every > 0 && every < wait)
			wait = every;
		poll(f, 2, beaten ? (int)(wait * 1000) : 0);
		now = clock_monotonic();
		if (f[1].revents && wake_heard(bell))
			for (size_t i = 0; i < h->count; i++)
				if (!h->loops[i].mailbox || h->clock_file || atomic_load(&h->loops[i].locked_out))
					wake_ring(h->loops[i].wake);
		/* by the clock on the wall: after a suspend, or when it is set, the last beat is old */
		if (clock_now(h) - beaten >= BEAT_SECONDS || clock_now(h) < beaten) {
			beat(h, q);
			beaten = clock_now(h);
		}
		if (every > 0 && now - watched >= every && all_turn(h)) {
			notify("WATCHDOG=1");
			watched = now;
		}
		if (f[0].revents && read(signals, &s, sizeof s) == (ssize_t)sizeof s) {
			if (s.ssi_signo == SIGHUP)
				return 1;
			return 0;
		}
	}
}

static const char usage[] =
	"keptd - watches mailboxes for promises, and sees each one through\n\n"
	"  keptd [-c FILE] [--debug] [--clock FILE]\n\n"
	"Runs in the foreground; systemd starts it (keptd.service). SIGHUP reads the configuration again, SIGTERM stops it.\n"
	"  -c FILE       the configuration (else $KEPT_CONF, ~/.config/kept/kept.conf, /etc/kept/kept.conf)\n"
	"  --debug       log addresses too\n"
	"  --clock FILE  for rehearsals: FILE holds the seconds to add to the machine's clock, read at each look\n";

int main(int argc, char **argv)
{
	struct house h = { 0 };
	const char *file = NULL;
	struct sql *q = NULL;
	struct wake *bell = NULL;
	struct err e = { 0 };
	struct pool *p, *lasting;
	struct rules rules;
	sigset_t set;
	int signals, what = 1;
	bool stopped = true;

	umask(077);
	begin_closed();
	mallopt(M_ARENA_MAX, 1); /* the loops mostly wait: a heap for each would hold what each once needed */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is like a full disk: it is told, and tried again */
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-c") == 0 && i + 1 < argc) {
			file = argv[++i];
		} else if (strcmp(argv[i], "--clock") == 0 && i + 1 < argc) {
			h.clock_file = argv[++i];
		} else if (strcmp(argv[i], "--debug") == 0) {
			log_most(LOG_LINE_DEBUG);
		} else if (strcmp(argv[i], "--version") == 0) {
			puts("keptd 0.1");
			return 0;
		} else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
			fputs(usage, stdout);
			return 0;
		} else {
			say(strcmp(argv[i], "-c") == 0 || strcmp(argv[i], "--clock") == 0 ? "%s needs a file; `keptd --help`" : "unknown option '%s'; `keptd --help`",
			    argv[i]);
			return 2;
		}
	}
	lasting = pool_new();
	understand_rules(lasting, &rules);
	h.conf = read_conf(file, &rules);
	if (!h.conf)
		return 1;
	if (!h.conf->mailbox_count)
		return say("%s: no mailbox is configured: there is nothing to watch", h.conf->file);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signals = signalfd(-1, &set, SFD_CLOEXEC);
	net_start();
	p = pool_new();
	if (!sql_open(h.conf->database, SQL_DAEMON, &q, &e) || !wake_open(pool_print(p, "%s.bell", h.conf->database), &bell, &e) ||
	    !prepare(&h, q, &e)) {
		say("%s", e.text);
		wake_close(&bell);
		sql_close(&q);
		return 1;
	}
	if (!reader_has_landlock())
		log_line(LOG_LINE_WARN, "reader", READER_NO_LANDLOCK);
	if (!approvals(q, h.conf, &e))
		return say("%s", e.text);
	while (what == 1) {
		struct conf *fresh;
		struct pool *run = pool_new();
		char *watching;

		if (!start(&h, run))
			return 1;
		first_round(&h);
		watching = pool_print(run, "watching %zu mailbox%s for %zu owner%s", h.conf->mailbox_count, h.conf->mailbox_count == 1 ? "" : "es",
				      h.conf->owner_count, h.conf->owner_count == 1 ? "" : "s");
		notify(pool_print(run, "READY=1\nSTATUS=%s", watching));
		log_line(LOG_LINE_INFO, "start", "%s", watching);
		for (fresh = NULL; what == 1 && !fresh;) {
			what = heed(&h, q, bell, signals);
			if (what != 1)
				break;
			notify("RELOADING=1");
			fresh = read_conf(file, &rules);
			if (fresh && strcmp(fresh->database, h.conf->database) != 0) {
				log_line(LOG_LINE_ERROR, "reload", "the database moved: that needs a restart; nothing was changed");
				conf_close(&fresh);
			}
			if (fresh && !approvals(q, fresh, &e)) {
				log_line(LOG_LINE_ERROR, "reload", "%s", e.text);
				conf_close(&fresh);
			}
			if (!fresh)
				log_line(LOG_LINE_ERROR, "reload", "the configuration is not right: nothing was changed");
			notify("READY=1");
		}
		if (what == 0)
			notify("STOPPING=1");
		beat(&h, q); /* a gap is counted from here */
		stopped = stop(&h);
		if (!stopped)
			break;
		pool_end(&run);
		if (fresh) {
			conf_close(&h.conf);
			h.conf = fresh;
			log_line(LOG_LINE_INFO, "reload", "the new configuration is in use");
			if (!drafts_unset(q, h.conf, clock_now(&h), &e))
				log_line(LOG_LINE_ERROR, "drafts", "%s", e.text);
		}
	}
	log_line(LOG_LINE_INFO, "stop", "stopped");
	wake_close(&bell);
	if (!stopped && what == 1) { /* a loop hangs in the network: a new process is the surest way to the new configuration */
		execv("/proc/self/exe", argv);
	}
	if (!stopped)
		_exit(0);
	sql_close(&q);
	conf_close(&h.conf);
	pool_end(&p);
	pool_end(&lasting);
	return 0;
}
