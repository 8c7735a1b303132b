/* quote_split() takes anything: the first byte chooses form, the rest is plain text, HTML or both. */
#include "letters/quote.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct pool *p = pool_new();
	unsigned char how = n ? data[0] : 0;
	struct quoted q;
	char *s = utf8_mend(p, (const char *)data + (n ? 1 : 0), n ? n - 1 : 0);

	quote_split(p, how & 3 ? s : NULL, how & 4, how & 8, (how & 3) != 1 ? s : NULL, how & 16 ? "Fwd: x" : how & 32 ? "Re: x" : "", &q);
	if (!utf8_valid(q.text, strlen(q.text)) || !utf8_valid(q.full, strlen(q.full)) || !q.forwarded.text || !q.forwarded.subject ||
	    !q.forwarded.message_id || !q.forwarded.from.address || !q.forwarded.from.name ||
	    !utf8_valid(q.forwarded.from.name, strlen(q.forwarded.from.name)) || !utf8_valid(q.forwarded.text, strlen(q.forwarded.text)) ||
	    (*q.forwarded.from.address && !addr_valid(q.forwarded.from.address)))
		__builtin_trap();
	pool_end(&p);
	return 0;
}
