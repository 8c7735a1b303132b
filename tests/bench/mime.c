/* bench, row 4: DIR of messages, read by libetpan's bare parse (the floor), by mime_read, and through the confined child: a batch
 * at a time, as a mailbox's letters are read (collect.c), and each by itself, as one is that comes alone
 *
 *   build/tests/bench/mime DIR [ROUNDS]
 *
 * In time of the processor, ours and the child's, so that a machine with other work tells the same. */
#include <dirent.h>
#include <malloc.h>

#include <libetpan/mailmime.h>

#include "borders/reader.h"
#include "letters/mime.h"
#include "tests/bench/bench.h"

struct message {
	char *bytes;
	size_t n;
};

static size_t load(const char *folder, struct message **out)
{
	DIR *d = opendir(folder);
	size_t n = 0;

	for (struct dirent *f; d && n < 4000 && (f = readdir(d));) {
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

/* Seconds that this process, and the reader's, were at work. */
static double worked(const struct reader *r)
{
	struct timespec a = { 0 }, b = { 0 };
	clockid_t of_child;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
	if (clock_getcpuclockid(reader_process(r), &of_child) == 0)
		clock_gettime(of_child, &b);
	return (double)(a.tv_sec + b.tv_sec) + (double)(a.tv_nsec + b.tv_nsec) / 1e9;
}

enum { BATCH = 100 /* as mailbox_fetch.c */ };

static bool read_batches(struct reader *r, const struct message *mails, size_t n, struct err *e)
{
	static struct letter out[BATCH];
	struct unread all[BATCH];
	bool well = true;

	for (size_t i = 0, m; i < n && well; i += m) {
		struct pool *p = pool_new();

		m = n - i < BATCH ? n - i : BATCH;
		for (size_t k = 0; k < m; k++)
			all[k] = (struct unread){ .bytes = mails[i + k].bytes, .n = mails[i + k].n, .out = &out[k] };
		well = reader_read_all(r, p, all, m, e);
		pool_end(&p);
	}
	return well;
}

int main(int argc, char **argv)
{
	enum { BARE, INSIDE, BATCHES, ALONE, WAYS };
	struct reader *reader = NULL;
	struct message *mails = NULL;
	size_t n = argc > 1 ? load(argv[1], &mails) : 0; /* at most what one child reads */
	int rounds = argc > 2 ? atoi(argv[2]) : 7;
	static struct series way_of[WAYS];
	struct err e = { 0 };

	if (!n) {
		fprintf(stderr, "usage: mime DIR [ROUNDS]: no messages\n");
		return 2;
	}
	mallopt(M_TRIM_THRESHOLD, 2 << 20); /* as the child does; else the kernel is measured, and not by the floor */
	mallopt(M_MMAP_THRESHOLD, 1 << 20);
	mime_prepare();
	for (int round = 0; round < rounds; round++)
		for (int way = 0; way < WAYS; way++) {
			double t;

			/* a fresh one each time: a child that was replaced in between would take its time with it */
			reader_close(&reader);
			if (!reader_open(&reader, &e)) {
				fprintf(stderr, "%s\n", e.text);
				return 1;
			}
			t = worked(reader);

			if (way == BATCHES && !read_batches(reader, mails, n, &e))
				return 1;
			for (size_t i = 0; i < n && way != BATCHES; i++) {
				struct pool *p = pool_new();
				struct mailmime *m = NULL;
				struct letter l;
				size_t at = 0;

				if (way == BARE && mailmime_parse(mails[i].bytes, mails[i].n, &at, &m) == 0)
					mailmime_free(m);
				else if (way == INSIDE)
					mime_read(p, mails[i].bytes, mails[i].n, &l);
				else if (way == ALONE && !reader_read(reader, p, mails[i].bytes, mails[i].n, &l, &e))
					return 1;
				pool_end(&p);
			}
			series_add(&way_of[way], (worked(reader) - t) / (double)n * 1e6);
		}
	bench_line("4 parse, decode, UTF-8, in the process, a letter", 1, "us", &way_of[INSIDE], &way_of[BARE], "<= 3 x libetpan's parse");
	bench_line("4 .. through the confined child", 1, "us", &way_of[BATCHES], &way_of[BARE], "<= 5 x");
	bench_line("4 .. .. one letter at a time", 1, "us", &way_of[ALONE], &way_of[BARE], "");
	reader_close(&reader);
	return 0;
}
