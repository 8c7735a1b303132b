/* ical_read() takes anything. */
#include "letters/ical.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct pool *p = pool_new();
	struct calendar_facts f;

	ical_read(p, (const char *)data, n, &f);
	if (!utf8_valid(f.uid, strlen(f.uid)) || !utf8_valid(f.recurrence_id, strlen(f.recurrence_id)) || !utf8_valid(f.comment, strlen(f.comment)) ||
	    f.attendee_count > 500)
		__builtin_trap();
	pool_end(&p);
	return 0;
}
