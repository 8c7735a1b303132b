/* vcard_any_read() takes anything: whoever it finds has a valid address, and no text has a line end or a control character. */
#include "letters/vcard.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct pool *p = pool_new();
	struct cards c;

	if (vcard_any_read(p, (const char *)data, n, &c, NULL))
		for (size_t i = 0; i < c.n; i++) {
			if (!addr_valid(c.list[i].who.address))
				__builtin_trap();
			for (size_t k = 0; k < c.list[i].n; k++)
				if (strpbrk(c.list[i].entries[k].text, "\r\n\t") || !utf8_valid(c.list[i].entries[k].text, strlen(c.list[i].entries[k].text)))
					__builtin_trap();
			for (int f = 0; f < CARD_FIELD_COUNT; f++)
				if (strpbrk(card_get(p, &c.list[i].who, (enum card_field)f), "\r\n\t"))
					__builtin_trap();
		}
	pool_end(&p);
	return 0;
}
