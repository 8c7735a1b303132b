/* Who wrote what was forwarded, and when: read from what clients write in front of it. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "letters/quote_inner.h"

/* ---- dates as clients write them ---- */

static utc utc_of(int year, int month, int day, int hour, int minute)
{
	int64_t y = month <= 2 ? year - 1 : year, era = y / 400, yoe = y - era * 400;
	int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1, doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return (era * 146097 + doe - 719468) * 86400 + hour * 3600 + minute * 60;
}

/* "+0200" and the like, in seconds; 0 where there is none. */
static int zone_of(const char *s)
{
	for (; *s; s++)
		if ((*s == '+' || *s == '-') && quote_digits(s + 1) == 4 && s[5] != '-') {
			int z = (s[1] - '0') * 10 + s[2] - '0', m = (s[3] - '0') * 10 + s[4] - '0';

			if (z <= 14 && m < 60)
				return (*s == '-' ? -1 : 1) * (z * 3600 + m * 60);
		}
	return 0;
}

/* A clock of twice twelve hours: then 5/4 is the fourth of May. */
static bool has_halves(const char *s)
{
	for (; *s; s++)
		if (isdigit((unsigned char)*s)) {
			const char *c = s + 1 + (s[1] == ' ');

			if ((*c == 'a' || *c == 'p') && c[1] == 'm' && !isalpha((unsigned char)c[2]))
				return true;
		}
	return false;
}

utc date_of(struct pool *p, const char *words)
{
	const char *f = quote_fold(p, pool_slice(p, words, strnlen(words, 120)));
	int year = 0, month = 0, day = 0, hour = 0, minute = 0, v[3];
	bool timed = false;

	for (const char *s = f; *s; s++) {
		size_t n = quote_digits(s);

		if (n && n <= 4) {
			int x = 0, y = 0, m = 0;

			for (size_t i = 0; i < n; i++)
				x = x * 10 + s[i] - '0';
			if (n <= 2 && !timed && x < 24 && (s[n] == ':' || ((s[n] == '.' || s[n] == 'h') && day && year)) &&
			    quote_digits(s + n + 1) == 2) {
				hour = x;
				minute = (s[n + 1] - '0') * 10 + s[n + 2] - '0';
				timed = minute < 60;
				s += n + 2;
				if (s[1] == ':' && quote_digits(s + 2) == 2)
					s += 3;
				while (s[1] == ' ')
					s++;
				if ((s[1] == 'p' || s[1] == 'a') && (s[2] == 'm' || s[2] == '.') && hour <= 12)
					hour = hour % 12 + (s[1] == 'p' ? 12 : 0);
				continue;
			}
			if (sscanf(s, "%4d%*1[-/.]%2d%*1[-/.]%4d", &v[0], &v[1], &v[2]) == 3 && !year) {
				if (n == 4) {
					year = v[0];
					m = v[1];
					day = v[2];
				} else {
					bool american = s[n] == '/' && (v[1] > 12 || has_halves(f));

					day = american ? v[1] : v[0];
					m = american ? v[0] : v[1];
					year = v[2] < 100 ? v[2] + 2000 : v[2];
				}
				month = m;
				y = 0;
				for (s += n; y < 2; y++)
					s += 1 + quote_digits(s + 1);
				s--;
				continue;
			}
			if (n == 4 && !year && x >= 1970 && x < 2200)
				year = x;
			else if (n <= 2 && !day && x >= 1 && x <= 31)
				day = x;
			s += n - 1;
			if (strncmp(s + 1, "\xE6\x9C\x88", 3) == 0) { /* 月: that was the month */
				month = x;
				day = 0;
			}
			continue;
		}
		if (n)
			s += n - 1;
		if (!month && !n && (s == f || s[-1] == ' ' || s[-1] == '-' || s[-1] == '.' || s[-1] == ','))
			for (int m = 0; m < 12 && !month; m++)
				for (const char *w = quote_months[m]; *w && !month; w = strchr(w, '|') + 1)
					if (strcspn(w, "|") >= 2 && strncmp(s, w, strcspn(w, "|")) == 0)
						month = m + 1;
	}
	if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31)
		return 0;
	return utc_of(year, month, day, hour, minute) - zone_of(f);
}

/* ---- an author ---- */

/* What names the author in "On 4 May 2026 at 10:11, Nils Berg": what follows the last digit, but for the words of the
 * hour. */
static const char *attribution_name(const char *s)
{
	const char *after = NULL;

	for (const char *c = s; *c; c++)
		if (isdigit((unsigned char)*c))
			after = c + 1;
	if (!after || !has_date(s))
		return s;
	after += strcspn(after, " ,");
	for (;;) {
		size_t n;

		after += strspn(after, " ,:\"'");
		n = strcspn(after, " ");
		if (!after[n] || !(islower((unsigned char)*after) || text_starts(after, "am ") || text_starts(after, "pm ") ||
		                   text_starts(after, "uhr ")))
			return after;
		after += n;
	}
}

bool author_of(struct pool *p, const char *value, struct addr *out)
{
	const char *at = NULL, *from, *to, *name = "";
	char *address;
	size_t n;

	for (const char *s = strchr(value, '@'); s && !at; s = strchr(s + 1, '@'))
		if (s > value && !strchr(" \t<(\"'", s[-1]) && (isalnum((unsigned char)s[1]) || (unsigned char)s[1] >= 0x80))
			at = s;
	if (!at)
		return false;
	for (from = at; from > value && !strchr(" \t<>()[]\",;:|\xC2", from[-1]); from--)
		;
	for (to = at; *to && !strchr(" \t<>()[]\",;:|", *to); to++)
		;
	while (to > at && strchr(".'*", to[-1]))
		to--;
	while (from < at && (*from == '\'' || *from == '*'))
		from++;
	address = addr_clean(p, pool_slice(p, from, (size_t)(to - from)));
	if (!address)
		return false;
	n = strcspn(value, "<[(");
	if (value + n > from)
		n = 0;
	name = attribution_name(pool_slice(p, value, n));
	name = line_from(p, name, NAME_MOST).s;
	while (*name && strchr("\"' *", *name))
		name++;
	n = strlen(name);
	while (n && strchr("\"' *,", name[n - 1]))
		n--;
	out->name = pool_slice(p, name, n);
	out->address = address;
	return true;
}
