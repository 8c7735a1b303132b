#include "nouns/holiday.h"

#include <string.h>

#include "ground/text.h"

/* its code, and its names as address books have them, folded, each between bars */
#define COUNTRIES(X) \
	X(at, "|austria|osterreich|autriche|oostenrijk|") \
	X(au, "|australia|australien|australie|") \
	X(be, "|belgium|belgie|belgique|belgien|belgica|belgio|") \
	X(ca, "|canada|kanada|") \
	X(ch, "|switzerland|schweiz|suisse|svizzera|suiza|zwitserland|") \
	X(de, "|germany|deutschland|allemagne|alemania|germania|duitsland|") \
	X(es, "|spain|espana|spanien|espagne|spagna|spanje|") \
	X(fr, "|france|frankreich|francia|frankrijk|") \
	X(gb, "|united kingdom|uk|u.k.|great britain|england|wales|vereinigtes konigreich|royaume-uni|reino unido|regno unito|") \
	X(ie, "|ireland|eire|irland|irlande|irlanda|ierland|republic of ireland|") \
	X(it, "|italy|italia|italien|italie|") \
	X(nl, "|netherlands|the netherlands|nederland|niederlande|pays-bas|paises bajos|paesi bassi|holland|") \
	X(us, "|united states|united states of america|usa|u.s.a.|u.s.|vereinigte staaten|etats-unis|estados unidos|stati uniti|")

#define X(code, names) \
	extern const char holidays_##code[]; \
	__asm__(".section .rodata\n" \
		"holidays_" #code ":\n.incbin \"conf/holidays/" #code ".conf\"\n.byte 0\n" \
		".previous\n");
COUNTRIES(X)
#undef X

static const struct {
	const char *code, *names, *file;
} countries[] = {
#define X(code, names) { #code, names, holidays_##code },
	COUNTRIES(X)
#undef X
};
enum { COUNTRY_COUNT = sizeof countries / sizeof *countries };

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

const char *holiday_country(struct pool *p, const char *words)
{
	const char *s = text_squeeze(p, text_fold(p, words)), *named = pool_print(p, "|%s|", s);

	for (int i = 0; i < COUNTRY_COUNT && *s; i++)
		if (strstr(countries[i].names, named))
			return countries[i].code;
	return strlen(s) == 2 && is_letter(s[0]) && is_letter(s[1]) ? s : "";
}

const char *holiday_countries(void)
{
#define X(code, names) " " #code
	static const char all[] = COUNTRIES(X);
#undef X

	return all + 1;
}

const int32_t *holiday_days(struct pool *p, const char *country, size_t *n)
{
	int32_t *days = NULL, from, to;
	const char *s = "";

	*n = 0;
	for (int i = 0; i < COUNTRY_COUNT; i++)
		if (strcmp(countries[i].code, country) == 0)
			s = strchr(countries[i].file, '['); /* what stands before is said to people */
	while (s && (s = strchr(s, '"')) && strlen(s) > 11) {
		if (days_parse(pool_slice(p, s + 1, 10), &from, &to))
			*(int32_t *)pool_more(p, &days, (*n)++, sizeof *days) = from;
		s += 12;
	}
	return days;
}
