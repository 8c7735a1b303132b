/* bench, row 4: DIR of letters (NAME.eml), each understood as if it lay in Sent, was captured, and came to the owner's INBOX
 *
 *   build/tests/bench/understand CONF DIR [ROUNDS]
 *
 * In time of the processor, so that a machine with other work tells the same. Its floor is the reading of the same bytes. */
#include <glob.h>
#include <malloc.h>

#include "judgement/understand.h"
#include "letters/mime.h"
#include "tests/bench/bench.h"

struct message {
	char *bytes;
	size_t n;
};

static double worked(void)
{
	struct timespec t = { 0 };

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t load(const char *folder, struct message **out)
{
	char pattern[4096];
	glob_t g;
	size_t n = 0;

	snprintf(pattern, sizeof pattern, "%s/*.eml", folder);
	if (glob(pattern, 0, NULL, &g) != 0)
		return 0;
	*out = calloc(g.gl_pathc, sizeof **out);
	for (size_t i = 0; i < g.gl_pathc; i++) {
		FILE *f = fopen(g.gl_pathv[i], "rb");
		char *bytes = malloc(LETTER_MOST);

		if (f) {
			size_t size = fread(bytes, 1, LETTER_MOST, f);

			(*out)[n++] = (struct message){ realloc(bytes, size + 1), size };
			fclose(f);
		}
	}
	globfree(&g);
	return n;
}

int main(int argc, char **argv)
{
	static const enum place_kind places[] = { PLACE_SENT, PLACE_CAPTURE, PLACE_INBOX };
	static struct series reading, understanding;
	struct pool *conf_pool = pool_new();
	struct conf_errors errors = { 0 };
	struct conf *c = NULL;
	struct message *mails = NULL;
	size_t n = argc > 2 ? load(argv[2], &mails) : 0;
	int rounds = argc > 3 ? atoi(argv[3]) : 7;

	if (!n || !conf_load(conf_pool, argv[1], &c, &errors) || !c->owner_count) {
		fprintf(stderr, "usage: understand CONF DIR [ROUNDS]: no letters, or no owner\n");
		return 2;
	}
	mallopt(M_TRIM_THRESHOLD, 2 << 20);
	mallopt(M_MMAP_THRESHOLD, 1 << 20);
	mime_prepare();
	understand_rules(conf_pool, &c->rules);
	for (int round = 0; round < rounds; round++) {
		double read = 0, understood = 0;

		for (size_t i = 0; i < 3 * n; i++) {
			struct place at = { .kind = places[i / n], .folder = "INBOX", .arrived = 1795600000 };
			struct known known = { 0 };
			struct pool *p = pool_new();
			struct letter l;
			struct meaning m;
			double t = worked();

			at.owner = at.kind == PLACE_CAPTURE ? NULL : &c->owners[0];
			mime_read(p, mails[i % n].bytes, mails[i % n].n, &l);
			read += worked() - t;
			t = worked();
			understand(p, &l, &at, &known, c, 1795600000, &m);
			understood += worked() - t;
			pool_end(&p);
		}
		series_add(&reading, read / (double)(3 * n) * 1e6);
		series_add(&understanding, understood / (double)(3 * n) * 1e6);
	}
	bench_line("4 understood, a letter", 1, "us", &understanding, &reading, "<= 200 us: 5,000 letters a second");
	conf_close(&c);
	pool_end(&conf_pool);
	return 0;
}
