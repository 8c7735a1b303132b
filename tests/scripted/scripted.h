/* scripted - starts a scripted server for a test, finds its ports and what was said to it
 *
 * The server ends when our end of its standard input closes: also when the test crashes.
 */
#ifndef KEPT_TESTS_SCRIPTED_H
#define KEPT_TESTS_SCRIPTED_H

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct scripted {
	char folder[64]; /* certs/, log, secret */
	pid_t pid;
	int in;
	struct {
		char name[40];
		int port;
	} ports[160];
	size_t n;
};

static inline char *scripted_path(const struct scripted *s, const char *name)
{
	static char path[6][200];
	static int turn;

	turn = (turn + 1) % 6;
	snprintf(path[turn], sizeof path[turn], "%s/%s", s->folder, name);
	return path[turn];
}

/* false: python3 or openssl is missing. `script`: "imap.py". */
static inline bool scripted_start(struct scripted *s, const char *script)
{
	const char *here = access("tests/scripted", F_OK) == 0 ? "tests/scripted" : getenv("KEPT_SCRIPTED");
	char command[400], line[200], path[200];
	int in[2], out[2];
	FILE *f;

	memset(s, 0, sizeof *s);
	strcpy(s->folder, "/tmp/kept-scripted-XXXXXX");
	if (!here || !mkdtemp(s->folder))
		return false;
	snprintf(command, sizeof command, "%s/../server/certificates %s/certs && : > %s/certs/empty.pem && umask 077 && echo s3cret-pass > %s/secret",
	         here, s->folder, s->folder, s->folder);
	if (system(command) != 0 || pipe(in) < 0 || pipe(out) < 0)
		return false;
	snprintf(path, sizeof path, "%s/%s", here, script);
	s->pid = fork();
	if (s->pid == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		close(in[1]);
		close(out[0]);
		execlp("python3", "python3", path, scripted_path(s, "certs"), scripted_path(s, "log"), (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	s->in = in[1];
	f = fdopen(out[0], "r");
	while (f && fgets(line, sizeof line, f) && s->n < sizeof s->ports / sizeof *s->ports)
		if (sscanf(line, "%39s %d", s->ports[s->n].name, &s->ports[s->n].port) == 2) {
			if (strcmp(s->ports[s->n].name, "ready") == 0) {
				fclose(f);
				return true;
			}
			s->n++;
		}
	return false;
}

static inline int scripted_port(const struct scripted *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->ports[i].name, name) == 0)
			return s->ports[i].port;
	return 1; /* nobody listens there */
}

/* Was a line of this scenario's clients with these words logged? The server writes as it reads. */
static inline bool scripted_heard(const struct scripted *s, const char *name, const char *words)
{
	FILE *f = fopen(scripted_path(s, "log"), "r");
	char line[4096], head[60];
	bool heard = false;

	snprintf(head, sizeof head, "%s C ", name);
	while (f && !heard && fgets(line, sizeof line, f))
		heard = strncmp(line, head, strlen(head)) == 0 && strstr(line + strlen(head), words);
	if (f)
		fclose(f);
	return heard;
}

/* How many lines of the log begin with these words? */
static inline size_t scripted_count(const struct scripted *s, const char *words)
{
	FILE *f = fopen(scripted_path(s, "log"), "r");
	char line[4096];
	size_t n = 0;

	while (f && fgets(line, sizeof line, f))
		n += strncmp(line, words, strlen(words)) == 0;
	if (f)
		fclose(f);
	return n;
}

static inline void scripted_stop(struct scripted *s)
{
	char command[100];

	if (s->pid > 0) {
		close(s->in);
		kill(s->pid, SIGTERM);
		waitpid(s->pid, NULL, 0);
	}
	if (s->folder[0]) {
		snprintf(command, sizeof command, "rm -rf %s", s->folder);
		if (system(command) != 0)
			fprintf(stderr, "%s stays\n", s->folder);
	}
}

#endif
