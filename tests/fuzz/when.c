/* fuzz target: any words as a due expression, and as a sentence; what is accepted lies ahead
 *
 * clang -fsanitize=fuzzer,address with the objects of libkept.a; `make fuzz` */
#include <stdlib.h>
#include <string.h>

#include "ground/text.h"
#include "judgement/vow.h"
#include "judgement/when.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* No file is read while fuzzing: an hour ahead stands for any zone. */
static const struct zone *some_zone(void *pool, const char *name)
{
	return *name == 'X' ? NULL : zone_fixed(pool, 3600);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct pool *p = pool_new();
	struct worktime w = worktime_default(zone_fixed(p, 7200));
	struct frame f = { .anchor = 1795600000, .time = &w, .zone = some_zone, .zone_arg = p };
	struct err e = { 0 };
	struct when out;
	struct vows vows;
	size_t from, to;
	char *s;

	if (n && bytes[0] == '!') { /* other settings, and no zones */
		w.date_order = DATE_ASK;
		w.m = M_MONTHS;
		w.week_start = SUNDAY;
		w.workdays = 0x40;
		w.move = MOVE_PREVIOUS;
		f.zone = NULL;
	}
	s = pool_slice(p, (const char *)bytes, n);
	if (when_parse(p, s, &f, &out, &e) ? out.at < f.anchor : !*e.code)
		abort();
	when_is(p, s, n & 1, NULL);
	if (n < 400) {
		char *whole = utf8_mend(p, s, strlen(s));

		if (when_find(p, whole, &f, &from, &to, &out) && (from >= to || to > strlen(whole)))
			abort();
		vow_find(p, NULL, whole, &f, &vows);
	}
	pool_end(&p);
	return 0;
}
