/* kept init, the login for tokens in place of a password, and nothing of it when something fails */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "borders/http.h"
#include "borders/sql.h"
#include "daemon/kept_init.h"
#include "daemon/kept_login.h"

static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
static volatile sig_atomic_t child;

static void pass_on(int sig)
{
	kill((pid_t)child, sig);
}

static void forget(struct init *i)
{
	const char *user = i->found.imap.server.user;
	bool was = oauth_stamp(&i->trial, user) != 0, revoked = false;
	struct err e = { 0 };

	if (!oauth_forget(&i->trial, user, &revoked, &e) && was)
		init_no("%s", e.text);
	else if (was && i->trial.grant == OAUTH_LOGIN)
		printf("      the login of %s was taken back%s\n", user,
		       revoked ? ", and its tokens are revoked" : " here; what the provider knows of it ends by its own settings");
}

/* However the other process ends: it has put the tokens where keptd looks for them, or they are no more. */
bool init_goes_on(struct init *i, int *rc)
{
	struct sigaction to_child = { .sa_handler = pass_on };
	sigset_t held, before;
	int status = 0;
	pid_t pid;

	sigemptyset(&held);
	for (size_t k = 0; k < sizeof signals / sizeof *signals; k++)
		sigaddset(&held, signals[k]);
	sigprocmask(SIG_BLOCK, &held, &before);
	fflush(NULL);
	pid = fork();
	if (pid <= 0) {
		sigprocmask(SIG_SETMASK, &before, NULL);
		return pid == 0 || init_no("no process for the login: %s", strerror(errno));
	}
	child = (sig_atomic_t)pid;
	for (size_t k = 0; k < sizeof signals / sizeof *signals; k++)
		sigaction(signals[k], &to_child, NULL);
	sigprocmask(SIG_SETMASK, &before, NULL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	forget(i);
	*rc = WIFEXITED(status) ? WEXITSTATUS(status) : FAILED;
	for (size_t k = 0; WIFSIGNALED(status) && k < sizeof signals / sizeof *signals; k++)
		if (signals[k] == WTERMSIG(status)) {
			fflush(NULL);
			signal(signals[k], SIG_DFL);
			raise(signals[k]);
		}
	return false;
}

bool init_log_in(struct init *i)
{
	const char *user = i->found.imap.server.user;
	struct err e = { 0 };
	bool none;

	if (!i->by)
		return true;
	sql_folder(i->by->database);
	oauth_forget_trials(i->by->oauths);
	if (!oauth_forget(&i->trial, user, &none, &e)) /* could they be kept there? that is known before a person is troubled */
		return init_no("%s; nothing was written", e.text);
	if (i->trial.grant == OAUTH_LOGIN) {
		if (!login_run(i->pool, &i->trial, user, i->device ? LOGIN_DEVICE : i->browser ? LOGIN_BROWSER : LOGIN_AS_FITS,
		               i->terminal >= 0 ? i->terminal : STDIN_FILENO, &e))
			return init_no("%s; nothing was written", e.text);
		printf("ok    %s gives tokens\n", http_host(i->pool, i->trial.token_endpoint));
		fflush(stdout);
	}
	return true;
}
