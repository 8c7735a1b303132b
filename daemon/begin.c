/* The example is installed beside the programs: its path follows theirs, wherever they were installed. */
#include "daemon/begin.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "nouns/conf.h"

static const char *environment(const char *name)
{
	return getenv(name);
}

void begin_closed(void)
{
	const struct rlimit none = { 0, 0 };
	int fd;

	/* 0, 1 and 2 where they are closed: else the database or a secret opens there, and what is printed goes into it. Not to be
	 * written to, as what is closed is not. */
	while ((fd = open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0 && fd <= STDERR_FILENO)
		fcntl(fd, F_SETFD, 0);
	close(fd);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	setrlimit(RLIMIT_CORE, &none); /* of the commands that print passwords, too */
}

bool begin_hint(struct pool *p, const char *program)
{
	char self[PATH_MAX], real[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	const char *example = "kept.conf";

	if (access(conf_file(p, environment), F_OK) == 0)
		return false;
	if (n > 0) {
		self[n] = '\0';
		*strrchr(self, '/') = '\0';
		example = pool_print(p, "%s/../share/kept/kept.conf", self);
		if (access(example, R_OK) != 0)
			example = pool_print(p, "%s/../conf/kept.conf", self); /* not installed: in the sources */
		if (realpath(example, real))
			example = real;
	}
	fprintf(stderr, "%s: to begin: kept init; or by hand: mkdir -p ~/.config/kept && cp %s ~/.config/kept/, change the lines marked <--, and try it: kept check\n",
		program, example);
	return true;
}
