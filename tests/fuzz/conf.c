/* conf_load() takes any file: it is loaded, or there are errors, each of them a text. */
#include "nouns/conf.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* libconfig's scanner leaves a string behind where a file ends within one: a few bytes for each wrong file */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libconfig";
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct pool *p = pool_new();
	struct conf_errors errors = { 0 };
	struct conf *c = NULL;
	int fd = memfd_create("kept.conf", MFD_CLOEXEC);
	char name[64];

	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	/* an include would read what is no input of ours */
	if (fd >= 0 && write(fd, data, n) == (ssize_t)n && !memmem(data, n, "include", 7)) {
		if (conf_load(p, name, &c, &errors) == (errors.n > 0))
			__builtin_trap();
		conf_close(&c);
	}
	close(fd);
	pool_end(&p);
	return 0;
}
