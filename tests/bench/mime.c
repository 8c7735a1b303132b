/* bench: DIR of messages, read by libetpan's bare parse (the floor), by mime_read, and through the confined child
 *
 *   build/tests/bench/mime DIR [ROUNDS]      goal: in the process <= 3 times the floor, through the child <= 5 times */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libetpan/mailmime.h>

#include "borders/reader.h"
#include "letters/mime.h"

struct message {
	char *bytes;
	size_t n;
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t load(const char *folder, struct message **out)
{
	DIR *d = opendir(folder);
	size_t n = 0;

	for (struct dirent *f; d && (f = readdir(d));) {
		char path[4096];
		FILE *file;
		struct message m = { malloc(LETTER_MOST), 0 };

		snprintf(path, sizeof path, "%s/%s", folder, f->d_name);
		file = f->d_name[0] == '.' ? NULL : fopen(path, "rb");
		if (file) {
			m.n = fread(m.bytes, 1, LETTER_MOST, file);
			fclose(file);
			m.bytes = realloc(m.bytes, m.n + 1);
			*out = realloc(*out, (n + 1) * sizeof **out);
			(*out)[n++] = m;
		} else {
			free(m.bytes);
		}
	}
	if (d)
		closedir(d);
	return n;
}

int main(int argc, char **argv)
{
	struct reader *reader = NULL;
	struct message *mails = NULL;
	size_t n = argc > 1 ? load(argv[1], &mails) : 0;
	int rounds = argc > 2 ? atoi(argv[2]) : 3;
	double best[3] = { 1e9, 1e9, 1e9 };
	struct err e = { 0 };

	if (!n) {
		fprintf(stderr, "usage: mime DIR [ROUNDS]: no messages\n");
		return 2;
	}
	mime_prepare();
	if (!reader_open(&reader, &e)) {
		fprintf(stderr, "%s\n", e.text);
		return 1;
	}
	for (int round = 0; round < rounds; round++)
		for (int way = 0; way < 3; way++) {
			double t = now();

			for (size_t i = 0; i < n; i++) {
				struct pool *p = pool_new();
				struct mailmime *m = NULL;
				struct letter l;
				size_t at = 0;

				if (way == 0 && mailmime_parse(mails[i].bytes, mails[i].n, &at, &m) == 0)
					mailmime_free(m);
				else if (way == 1)
					mime_read(p, mails[i].bytes, mails[i].n, &l);
				else if (way == 2 && !reader_read(reader, p, mails[i].bytes, mails[i].n, &l, &e))
					return 1;
				pool_end(&p);
			}
			t = now() - t;
			if (t < best[way])
				best[way] = t;
		}
	printf("%zu messages; best of %d rounds\n", n, rounds);
	for (int way = 0; way < 3; way++)
		printf("%-24s %8.0f messages/s  %5.2f x the floor\n",
		       (const char *[]){ "libetpan, parse alone", "mime_read", "through the child" }[way], (double)n / best[way],
		       best[way] / best[0]);
	reader_close(&reader);
	return 0;
}
