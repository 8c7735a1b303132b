/* real - the project's own Dovecot and MTA, where KEPT_SERVER (its folder) and KEPT_BASEPORT name a running one */
#ifndef KEPT_TESTS_REAL_H
#define KEPT_TESTS_REAL_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REAL_SMTP = 25, REAL_IMAP = 143, REAL_SUBMISSIONS = 465, REAL_SUBMISSION = 587, REAL_IMAPS = 993 };

static inline int real_port(int which)
{
	const char *base = getenv("KEPT_BASEPORT");

	return getenv("KEPT_SERVER") && base ? atoi(base) + which : 0;
}

static inline const char *real_ca(void)
{
	static char path[300];

	snprintf(path, sizeof path, "%s/ca/ca.crt", getenv("KEPT_SERVER") ? getenv("KEPT_SERVER") : "");
	return path;
}

/* "file:…" with NAME-secret in it; removed by real_forget(). */
static inline const char *real_secret(const char *name)
{
	static char where[4][100];
	static int turn;
	char *w = where[turn = (turn + 1) % 4], text[80];
	int fd;

	snprintf(w, sizeof where[0], "file:/tmp/kept-real-%d-%s", (int)getpid(), name);
	fd = open(w + 5, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0)
		return w;
	snprintf(text, sizeof text, "%s-secret\n", name);
	if (write(fd, text, strlen(text)) < 0)
		perror(w);
	close(fd);
	return w;
}

static inline void real_forget(void)
{
	char command[80];

	snprintf(command, sizeof command, "rm -f /tmp/kept-real-%d-*", (int)getpid());
	if (system(command) != 0)
		fprintf(stderr, "%s failed\n", command);
}

#endif
