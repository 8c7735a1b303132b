/* Dates (RFC 5322 3.3): converted and checked here, since libraries take 31 February and hour 25. */
#include "letters/mime_inner.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static const char *number(const char *s, int *out, int *digits)
{
	*out = 0;
	for (*digits = 0; isdigit((unsigned char)*s) && *digits < 4; ++*digits)
		*out = *out * 10 + (*s++ - '0');
	return s;
}

static int month_of(const char *s)
{
	static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";

	for (int i = 0; i < 12; i++)
		if (strncasecmp(s, months + 3 * i, 3) == 0)
			return i + 1;
	return 0;
}

static const char *skip_word(const char *s)
{
	while (isalpha((unsigned char)*s) || *s == '.' || *s == ',')
		s++;
	return header_skip(s);
}

/* RFC 5322 3.3 with 4.3's old zones and two-digit years, and the form of asctime(3). */
bool date_read(const char *s, utc *date, int *offset)
{
	static const struct { const char *name; int hours; } zones[] = {
		{ "UT", 0 }, { "UTC", 0 }, { "GMT", 0 }, { "Z", 0 }, { "EST", -5 }, { "EDT", -4 }, { "CST", -6 }, { "CDT", -5 },
		{ "MST", -7 }, { "MDT", -6 }, { "PST", -8 }, { "PDT", -7 }, { "CET", 1 }, { "MET", 1 }, { "CEST", 2 }, { "MEST", 2 },
		{ "BST", 1 }, { "JST", 9 },
	};
	int day = 0, month = 0, year = 0, hour = 0, minute = 0, second = 0, zone = 0, digits, z;
	bool has_year = false;

	s = header_skip(s);
	if (isalpha((unsigned char)*s) && !(month_of(s) && !isalpha((unsigned char)s[3]) && isdigit((unsigned char)*skip_word(s)))) {
		s = skip_word(s); /* the day's name says nothing new */
		while (*s == ',')
			s = header_skip(s + 1);
	}
	if (isalpha((unsigned char)*s)) { /* Mar 7 12:34:56 2026 */
		month = month_of(s);
		s = number(skip_word(s), &day, &digits);
		s = header_skip(s);
		if (*s == ',')
			s = header_skip(s + 1);
	} else {
		s = number(s, &day, &digits);
		if (digits == 4 && *s == '-') { /* 2026-03-07 */
			year = day;
			s = number(s + 1, &month, &digits);
			if (*s != '-')
				return false;
			s = number(s + 1, &day, &digits);
			has_year = true;
			if (*s == 'T')
				s++;
		} else {
			while (*s == ' ' || *s == '-' || *s == '.' || *s == '/')
				s++;
			month = month_of(s);
			while (isalpha((unsigned char)*s) || *s == '.')
				s++;
			while (*s == ' ' || *s == '-' || *s == ',' || *s == '/')
				s++;
		}
	}
	s = header_skip(s);
	if (!has_year) {
		const char *after = number(s, &year, &digits);

		if (digits >= 2 && *after != ':') {
			has_year = true;
			year += digits == 4 ? 0 : year < 50 ? 2000 : 1900; /* RFC 5322 4.3 */
			s = header_skip(after);
		}
	}
	if (*s == ',')
		s = header_skip(s + 1);
	s = number(s, &hour, &digits);
	if (!digits || (*s != ':' && *s != '.'))
		return false;
	s = number(s + 1, &minute, &digits);
	if (!digits)
		return false;
	if (*s == ':' || *s == '.')
		s = number(s + 1, &second, &digits);
	if (*s == '.') /* parts of a second */
		for (s++; isdigit((unsigned char)*s); s++)
			;
	s = header_skip(s);
	if ((*s == 'A' || *s == 'P' || *s == 'a' || *s == 'p') && (s[1] == 'M' || s[1] == 'm')) {
		hour = hour % 12 + (*s == 'P' || *s == 'p' ? 12 : 0);
		s = header_skip(s + 2);
	}
	if (!has_year && isdigit((unsigned char)*s)) {
		s = header_skip(number(s, &year, &digits));
		has_year = digits == 4;
	}
	if (*s == '+' || *s == '-') {
		bool west = *s == '-';

		s = number(s + 1, &z, &digits);
		if (digits == 2 && *s == ':') {
			zone = z * 60;
			number(s + 1, &z, &digits);
			zone += z;
		} else {
			zone = digits <= 2 ? z * 60 : z / 100 * 60 + z % 100;
		}
		zone = west ? -zone : zone;
		if (zone > 14 * 60 + 59 || zone < -14 * 60 - 59)
			zone = 0;
	} else {
		for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
			if (text_starts(s, zones[i].name) && !isalpha((unsigned char)s[strlen(zones[i].name)]))
				zone = zones[i].hours * 60;
	}
	if (!has_year || year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1 || day > month_days(year, month) ||
	    hour > 23 || minute > 59 || second > 60)
		return false;
	*date = (utc)day_of(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - zone * 60;
	*offset = zone * 60;
	return true;
}
