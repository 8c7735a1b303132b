/* ical_busy() takes anything, and what it says can be packed and read. */
#include "letters/ical_busy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct pool *p = pool_new();
	struct text *t = text_new(p, 8 << 20);
	struct busy b, again;

	ical_busy(p, (const char *)data, n, 1790000000, 1796000000, "ada@example.org", &b);
	busy_pack(t, &b);
	if (!busy_unpack(p, t->s, t->n, &again, NULL))
		__builtin_trap();
	busy_settle(&again, zone_fixed(p, 3600));
	pool_end(&p);
	return 0;
}
