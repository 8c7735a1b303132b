/* kept, the progress of a long work: terminal, clock and signals; what the line says is ground/progress.h's affair */
#include "daemon/kept_progress.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "borders/sql.h"
#include "ground/progress.h"

enum { COLUMNS_MOST = PROGRESS_ROOM };

static struct {
	struct progress p;
	bool quiet, counted, begun;
	size_t drawn; /* columns that bear something */
} work;

static int64_t milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* 0: nothing is drawn. A work in the background leaves the terminal to what is in front. */
static size_t columns(void)
{
	struct winsize w;
	pid_t front;

	if (work.quiet || !isatty(STDERR_FILENO))
		return 0;
	front = tcgetpgrp(STDERR_FILENO);
	if (front > 0 && front != getpgrp())
		return 0;
	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &w) != 0 || w.ws_col < 2)
		return 79;
	return w.ws_col > COLUMNS_MOST ? COLUMNS_MOST - 1 : w.ws_col - 1U; /* the last one would begin a new line */
}

static void draw(const char *line)
{
	size_t n = strlen(line);

	work.drawn = n > work.drawn ? n : work.drawn; /* should a signal come */
	fprintf(stderr, "\r%-*s\r", (int)work.drawn, line);
	fflush(stderr);
	work.drawn = n;
}

/* "words, 12 s" */
static void draw_time(const char *words, int64_t seconds, const char *left)
{
	char time[PROGRESS_ROOM], line[2 * PROGRESS_ROOM];
	size_t room = columns();

	if ((size_t)snprintf(line, sizeof line, "%.*s, %.60s%s", PROGRESS_ROOM, words, progress_time(seconds, time),
			     left) <= room)
		draw(line);
}

/* Within a statement of SQLite's. */
static void tick(void)
{
	if (work.begun && !work.counted && progress_at(&work.p, 0, milliseconds()) && work.p.now - work.p.begun >= 1000)
		draw_time(work.p.what, (work.p.now - work.p.begun) / 1000, "");
}

/* ---- interrupted ---- */

static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
static struct {
	char says[500], file[4096];
} last;

static void put(const char *s)
{
	if (write(STDERR_FILENO, s, strlen(s)) < 0)
		return; /* a terminal that is gone */
}

/* Nothing but what a handler may call; then the signal does what it would have done. */
static void interrupted(int which)
{
	if (work.drawn) {
		put("\r");
		for (size_t i = 0; i < work.drawn; i++)
			put(" ");
		put("\r");
	} else if (*last.says && isatty(STDERR_FILENO)) {
		put("\n"); /* behind the ^C that the terminal shows */
	}
	if (*last.file)
		unlink(last.file);
	put(last.says);
	signal(which, SIG_DFL);
	raise(which);
}

static void listen_to_signals(void)
{
	struct sigaction is = { .sa_handler = interrupted }, was;

	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		sigaddset(&is.sa_mask, signals[i]);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		if (sigaction(signals[i], NULL, &was) == 0 &&
		    was.sa_handler == SIG_DFL) /* nohup, the shell's background */
			sigaction(signals[i], &is, NULL);
}

void work_interrupted(const char *says, const char *file)
{
	sigset_t all, before;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	snprintf(last.says, sizeof last.says, "%s%s%s", says ? "kept: " : "", says ? says : "", says ? "\n" : "");
	snprintf(last.file, sizeof last.file, "%s", file ? file : "");
	sigprocmask(SIG_SETMASK, &before, NULL);
	listen_to_signals();
}

/* ---- the work ---- */

static void begin(const char *what, uint64_t total, bool counted)
{
	static bool watched;

	work_end();
	if (!watched) {
		sql_watch(tick);
		listen_to_signals();
	}
	watched = work.begun = true;
	work.counted = counted;
	progress_begin(&work.p, what, total, milliseconds());
}

void work_quiet(void)
{
	work.quiet = true;
}

void work_begin(const char *what, uint64_t total)
{
	begin(what, total, true);
}

void work_doing(const char *words)
{
	begin(words, 0, false);
}

void work_at(uint64_t done)
{
	char line[PROGRESS_ROOM];
	size_t room;

	if (work.begun && progress_at(&work.p, done, milliseconds()) && (room = columns()))
		draw(progress_line(&work.p, room, line));
}

void work_of(uint64_t done, uint64_t total)
{
	work.p.total = total;
	work_at(done);
}

void work_wait(const char *words, double seconds)
{
	if (columns())
		draw_time(words, (int64_t)seconds, " left");
}

void work_aside(void)
{
	if (work.drawn)
		draw("");
}

void work_end(void)
{
	work.begun = false;
	work_aside();
}
