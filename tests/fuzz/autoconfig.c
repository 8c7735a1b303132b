/* autoconfig_read() takes anything. */
#include <string.h>

#include "letters/autoconfig.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct pool *p = pool_new();
	struct autoconfig a;

	autoconfig_read(p, (const char *)data, n, "ada@example.org", &a);
	if (*a.imap.host && (a.imap.port < 1 || a.imap.port > 65535))
		__builtin_trap();
	pool_end(&p);
	return 0;
}
