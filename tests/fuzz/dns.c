/* dns_read() takes anything: the first byte says of which kind. */
#include <stdint.h>
#include <string.h>

#include "borders/dns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct pool *p = pool_new();
	struct dns_answer a;

	if (n && dns_read(p, data + 1, n - 1, data[0] & 1 ? DNS_SRV : DNS_MX, &a, NULL))
		for (size_t i = 0; i < a.n; i++)
			if (!*a.list[i].host || strpbrk(a.list[i].host, " \r\n/@"))
				__builtin_trap();
	pool_end(&p);
	return 0;
}
