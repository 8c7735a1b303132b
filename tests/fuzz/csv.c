/* csv_read() takes anything: every cell is valid UTF-8 without a line end, and a row that has more cells that say something than the head is odd. */
#include "letters/csv.h"

#include <string.h>

#include "ground/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct pool *p = pool_new();
	struct csv t;

	if (csv_read(p, (const char *)data, n, &t, NULL))
		for (size_t i = 0; i < t.n; i++)
			for (size_t k = 0; k < t.rows[i].cells.n; k++) {
				const char *s = t.rows[i].cells.list[k];

				if (!utf8_valid(s, strlen(s)) || strchr(s, '\n') || (k >= t.head.n && *s && !*t.rows[i].odd))
					__builtin_trap();
			}
	pool_end(&p);
	return 0;
}
