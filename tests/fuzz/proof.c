/* fuzz target: any header value to results, bounded, each a word and a result */
#include <stdlib.h>
#include <string.h>

#include "judgement/proof.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct pool *p = pool_new();
	struct auth_results r;

	proof_parse(p, pool_slice(p, (const char *)bytes, n), &r);
	if (!r.is || !r.authserv_id || r.n > 100)
		abort();
	for (size_t i = 0; i < r.n; i++)
		if (!*r.methods[i].method || !*r.methods[i].result || strpbrk(r.methods[i].method, "=; "))
			abort();
	pool_end(&p);
	return 0;
}
