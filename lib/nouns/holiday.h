/* holiday - the days that a country has off
 *
 * Law:     those of conf/holidays/XX.conf, which are built in; of another country none are known. A country is its ISO 3166-1
 *          code in lower case.
 * Fails:   never.
 * Manual:  kept.conf(5) holidays, kept(1) contact
 * Tests:   tests/holiday.c
 */
#ifndef KEPT_NOUNS_HOLIDAY_H
#define KEPT_NOUNS_HOLIDAY_H

#include "ground/worktime.h"

/* The code of what is written there: two letters, or the name of a country whose days are known. "": it is none. */
const char *holiday_country(struct pool *, const char *words);
/* Those whose days are known, parted by blanks: "de fr". */
const char *holiday_countries(void);
/* Its days, rising; NULL, and 0 in `n`: none are known. */
const int32_t *holiday_days(struct pool *, const char *country, size_t *n);

#endif
