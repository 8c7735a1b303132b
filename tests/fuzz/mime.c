/* fuzz target: any bytes to a letter, and the letter's facts packed and unpacked to the same
 *
 * clang -fsanitize=fuzzer,address with the objects of libkept.a; `make fuzz` */
#include <stdlib.h>
#include <string.h>

#include "letters/mime.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct pool *p = pool_new();
	struct text *one = text_new(p, MAIL_MOST), *two = text_new(p, MAIL_MOST);
	struct letter l, back;

	mime_read(p, bytes, n, &l);
	letter_pack(one, &l);
	if (!letter_unpack(p, one->s, one->n, &back, NULL))
		abort(); /* a string that is not UTF-8 */
	letter_pack(two, &back);
	if (one->n != two->n || memcmp(one->s, two->s, one->n) != 0)
		abort();
	pool_end(&p);
	return 0;
}
