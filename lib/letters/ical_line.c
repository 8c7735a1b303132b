/* the values in content lines of foreign calendar objects (RFC 5545 3.3) */
#include "letters/ical_inner.h"

#include <ctype.h>

static bool digits(const char **s, int n, int *out)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		if (!isdigit((unsigned char)(*s)[i]))
			return false;
		v = v * 10 + ((*s)[i] - '0');
	}
	*s += n;
	*out = v;
	return true;
}

/* DATE-TIME or DATE (3.3.5, 3.3.4); "-" and ":" of ISO 8601's extended form are allowed. */
bool wall_read(const char *s, struct wall *w)
{
	int y, m, d, h = 0, min = 0, sec = 0;

	while (*s == ' ')
		s++;
	if (!digits(&s, 4, &y) || (s += *s == '-', !digits(&s, 2, &m)) || (s += *s == '-', !digits(&s, 2, &d)))
		return false;
	w->date = *s != 'T' && *s != 't';
	if (!w->date) {
		s++;
		if (!digits(&s, 2, &h) || (s += *s == ':', !digits(&s, 2, &min)))
			return false;
		s += *s == ':';
		if (isdigit((unsigned char)*s) && !digits(&s, 2, &sec))
			return false;
	}
	if (y < 1 || m < 1 || m > 12 || d < 1 || d > month_days(y, m) || h > 24 || min > 59 || sec > 60)
		return false;
	w->is = true;
	w->utc = *s == 'Z' || *s == 'z';
	w->seconds = wall_of(y, m, d, h * 3600 + min * 60 + sec);
	return true;
}

/* "-0730", "+01:00", "+013000" (3.3.14). */
bool offset_read(const char *s, int *out)
{
	int sign = *s == '-' ? -1 : 1, h, m = 0, sec = 0;

	if (*s == '+' || *s == '-')
		s++;
	if (!digits(&s, 2, &h) || (s += *s == ':', !digits(&s, 2, &m)) || h > 26 || m > 59)
		return false;
	s += *s == ':';
	if (isdigit((unsigned char)*s) && (!digits(&s, 2, &sec) || sec > 59))
		return false;
	*out = sign * (h * 3600 + m * 60 + sec);
	return true;
}

/* DURATION (3.3.6), seconds; at most ten years. */
bool duration_read(const char *s, int64_t *out)
{
	int64_t total = 0, v;
	int sign = 1;
	bool any = false;

	if (*s == '+' || *s == '-')
		sign = *s++ == '-' ? -1 : 1;
	if (*s != 'P' && *s != 'p')
		return false;
	for (s++; *s; s++) {
		if (*s == 'T' || *s == 't')
			continue;
		if (!isdigit((unsigned char)*s))
			return false;
		for (v = 0; isdigit((unsigned char)*s); s++)
			if ((v = v * 10 + (*s - '0')) > 400000000)
				return false;
		switch (toupper((unsigned char)*s)) {
		case 'W': v *= 604800; break;
		case 'D': v *= 86400; break;
		case 'H': v *= 3600; break;
		case 'M': v *= 60; break;
		case 'S': break;
		default: return false;
		}
		if ((total += v) > INT64_C(315360000))
			return false;
		any = true;
	}
	*out = sign * total;
	return any;
}
