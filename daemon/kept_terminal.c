/* the terminal, for those who are asked something: questions with a default, and secrets without echo */
#include "daemon/kept_terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "ground/text.h"

enum { ANSWER_LINE_MOST = 1000, INTERRUPT = 3 /* Ctrl-C, where it is no signal */ };

/* Standard input may be anything; who asks a person asks the terminal. */
bool terminal_open(int *fd)
{
	*fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	return *fd >= 0;
}

/* To the next line end; false: the end came first (Ctrl-D). */
static bool line_in(int fd, char *out, size_t room)
{
	size_t n = 0;
	bool ended = false;
	ssize_t r;
	char c = 0;

	while ((r = read(fd, &c, 1)) != 0) {
		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			break;
		if (c == INTERRUPT) {
			n = 0;
			break;
		}
		if (c == '\n') {
			ended = true;
			break;
		}
		if (n + 1 < room)
			out[n++] = c;
	}
	out[n] = '\0';
	if (c == INTERRUPT)
		raise(SIGINT); /* pending until signals are let in again */
	return ended;
}

bool terminal_ask(struct pool *p, int fd, const char *question, const char *standard, const char **out)
{
	char line[ANSWER_LINE_MOST];
	const char *answer;

	dprintf(fd, "%s%s%s%s ", question, *standard ? " [" : "", standard, *standard ? "]" : "");
	if (!line_in(fd, line, sizeof line))
		return false;
	answer = line_from(p, line, sizeof line).s;
	*out = *answer ? answer : standard;
	return true;
}

static bool is_among(const char *answer, const char *const *words)
{
	while (*words && !text_same(answer, *words))
		words++;
	return *words;
}

bool terminal_agrees(struct pool *p, int fd, const char *question, bool standard, bool *out)
{
	static const char *const yes[] = { "yes", "y", "ja", "j", "oui", "o", "sí", "si", "s", NULL };
	static const char *const no[] = { "no", "n", "nein", "non", NULL };
	const char *answer;

	while (terminal_ask(p, fd, question, standard ? "yes" : "no", &answer)) {
		*out = is_among(answer, yes);
		if (*out || is_among(answer, no))
			return true;
		dprintf(fd, "Yes or no? ");
	}
	return false;
}

/* A signal must not leave the terminal without its echo: those that would end us wait until it is back. */
bool terminal_secret(int fd, const char *question, char *out, size_t room)
{
	struct termios old, quiet;
	sigset_t held, before;
	bool well;

	if (tcgetattr(fd, &old) < 0)
		return false;
	quiet = old;
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
	quiet.c_cc[VEOL] = INTERRUPT; /* it ends a line, as Enter does: else nobody hears it before */
	sigemptyset(&held);
	sigaddset(&held, SIGINT);
	sigaddset(&held, SIGTERM);
	sigaddset(&held, SIGHUP);
	sigprocmask(SIG_BLOCK, &held, &before);
	tcsetattr(fd, TCSAFLUSH, &quiet); /* before it is asked: the flush must not take the answer */
	dprintf(fd, "%s ", question);
	well = line_in(fd, out, room);
	tcsetattr(fd, TCSADRAIN, &old);
	dprintf(fd, "\n");
	sigprocmask(SIG_SETMASK, &before, NULL);
	return well && *out;
}
