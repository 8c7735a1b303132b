/* kept init, the end: the unit that runs keptd, what to do next, and how to undo it all */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/kept_file.h"
#include "daemon/kept_init.h"

extern char **environ;

/* Its exit code; < 0: it could not be started. */
static int run(const char *const *argv)
{
	posix_spawn_file_actions_t files;
	int status = -1, rc;
	pid_t pid;

	posix_spawn_file_actions_init(&files);
	for (int fd = 0; fd < 3; fd++)
		posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
	rc = posix_spawnp(&pid, argv[0], &files, NULL, (char *const *)argv, environ);
	posix_spawn_file_actions_destroy(&files);
	if (rc)
		return -1;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#define SYSTEMCTL(...) run((const char *const[]){ "systemctl", "--user", __VA_ARGS__, NULL })

/* A file beside the folder of this very program: "/keptd", "/../lib/…" */
static const char *beside_self(struct init *i, const char *path)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);

	if (n <= 0)
		return path + 1;
	self[n] = '\0';
	*strrchr(self, '/') = '\0';
	return pool_print(i->pool, "%s%s", self, path);
}

static const char *keptd(struct init *i)
{
	return beside_self(i, "/keptd");
}

/* It names what is run: in a folder of everybody another user may have laid one beside this very program. */
static bool unit_file(struct init *i, const char *path, char **text, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat unit, self;
	bool ours = fd >= 0 && fstat(fd, &unit) == 0 && stat("/proc/self/exe", &self) == 0 && !(unit.st_mode & S_IWOTH) &&
	            (unit.st_uid == 0 || unit.st_uid == geteuid() || unit.st_uid == self.st_uid);
	size_t n;
	bool well = ours ? kept_file(i->pool, pool_print(i->pool, "/proc/self/fd/%d", fd), text, &n, e)
	                 : err_perm(e, "%s: %s", path, fd < 0 ? strerror(errno) : "it is another user's");

	if (fd >= 0)
		close(fd);
	return well;
}

/* The unit that came with this kept: installed, or in the sources. Its ExecStart is the keptd beside this kept. */
static const char *unit_text(struct init *i, struct err *e)
{
	static const char setting_name[] = "\nExecStart=";
	const char *at;
	char *text;

	if (!unit_file(i, beside_self(i, "/../lib/systemd/user/keptd.service"), &text, NULL) &&
	    !unit_file(i, beside_self(i, "/../systemd/keptd-user.service"), &text, e))
		return NULL;
	at = strstr(text, setting_name);
	if (!at)
		return err_perm(e, "the unit that came with kept has no ExecStart"), NULL;
	at += sizeof setting_name - 1;
	return pool_print(i->pool, "%.*s%s%s", (int)(at - text), text, keptd(i), at + strcspn(at, "\n"));
}

/* Where systemd finds none: one for this user. */
static const char *put_unit(struct init *i, struct err *e)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME"), *text = unit_text(i, e), *beside;
	const char *folder = config && *config == '/' ? config : pool_print(i->pool, "%s/.config", home ? home : "");
	const char *path = pool_print(i->pool, "%s/systemd/user/keptd.service", folder);

	if (!text || !file_beside(i->pool, path, text, strlen(text), &beside, e) || !file_placed(beside, path, true, e))
		return NULL;
	return path;
}

static const char *login_name(void)
{
	const struct passwd *w = getpwuid(getuid());

	return w ? w->pw_name : "NAME";
}

/* Who came by sudo, cron or a bare su has no session, but may have a systemd all the same. */
static void find_systemd(struct init *i)
{
	const char *folder = pool_print(i->pool, "/run/user/%u", getuid());

	if (!getenv("XDG_RUNTIME_DIR") && access(pool_print(i->pool, "%s/systemd/private", folder), F_OK) == 0)
		setenv("XDG_RUNTIME_DIR", folder, 1);
}

static void no_systemd(struct init *i)
{
	puts("      no systemd of your own answers here, so keptd does not run yet");
	if (access("/run/systemd/system", F_OK) == 0)
		printf("      log in as %s at a terminal or by ssh, and start it there: systemctl --user enable --now keptd\n"
		       "      Debian has one for whoever logs in by libpam-systemd: apt install libpam-systemd dbus-user-session, and a restart\n",
		       login_name());
	printf("      start it by hand, or as your system starts things: %s\n", keptd(i));
}

static bool started(struct init *i, const char **unit)
{
	struct err e = { 0 };

	*unit = NULL;
	find_systemd(i);
	if (SYSTEMCTL("daemon-reload") != 0) {
		no_systemd(i);
		return false;
	}
	if (SYSTEMCTL("cat", "keptd.service") != 0 && (!(*unit = put_unit(i, &e)) || SYSTEMCTL("daemon-reload") != 0)) {
		printf("warn  the unit: %s\n", *e.text ? e.text : "systemd does not take it");
		return false;
	}
	/* one that runs has the configuration that was there before */
	if (SYSTEMCTL("enable", "keptd.service") != 0 || SYSTEMCTL("restart", "keptd.service") != 0) {
		puts("warn  keptd did not start; do: systemctl --user status keptd, journalctl --user -u keptd");
		return false;
	}
	if (access(pool_print(i->pool, "/var/lib/systemd/linger/%s", login_name()), F_OK) == 0)
		puts("ok    keptd runs, and starts with this machine");
	else
		printf("ok    keptd runs, and starts when you log in; for it to run while you are not logged in: sudo loginctl enable-linger %s\n",
		       login_name());
	return true;
}

void init_start(struct init *i)
{
	const char *unit = NULL, *by_hand = pool_print(i->pool, "%s -c %s", keptd(i), i->file);
	bool runs = false;

	if (strcmp(i->file, "/etc/kept/kept.conf") == 0)
		printf("      for the whole house keptd runs as the user kept, who must be able to read it: chgrp kept %s; chmod 640 %s%s%s\n"
		       "      start it: systemctl enable --now keptd\n",
		       i->file, i->file, i->secret ? "; chown kept " : "", i->secret ? i->secret : "");
	else if (strcmp(i->file, i->usual) != 0)
		printf("      start it: %s\n", by_hand);
	else if (i->no_start || !init_agrees(i, "Start keptd now, and whenever you log in?", true))
		printf("      start it: systemctl --user enable --now keptd; without systemd: %s\n", keptd(i));
	else
		runs = started(i, &unit);
	printf("\n%s a mail tells you how to begin. Write to somebody, promise something, and put into BCC:\n\n    %s\n\n",
	       runs ? "In a moment" : "Once it runs", init_bcc(i, "friday"));
	if (*i->key)
		puts("What is in it behind k- proves that a mail is yours: in BCC nobody sees it.\n");
	/* where a login took another's place, and its tokens, that one is over */
	if (i->aside && !i->by) {
		printf("To undo it: mv %s %s%s\n", i->aside, i->file, runs ? "; systemctl --user restart keptd" : "");
		return;
	}
	printf("To undo it:%s%s rm %s%s%s%s%s; what it will have noted stays in %s\n", runs ? " systemctl --user disable --now keptd;" : "",
	       !i->by ? "" : strcmp(i->file, i->usual) == 0 ? " kept logout;" : pool_print(i->pool, " kept -c %s logout;", i->file), i->file,
	       i->secret ? " " : "", i->secret ? i->secret : "", unit ? " " : "", unit ? unit : "", i->database);
}
