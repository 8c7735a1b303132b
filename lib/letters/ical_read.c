/* ical_read: the facts of a foreign calendar object. Content lines are read by ourselves, not by libical: no rule of a
 * stranger is ever iterated, no component nested, and what is odd in one line costs that line alone. */
#include "letters/ical_inner.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { TEXT_MOST = 256 << 10, DEPTH_MOST = 8, COMPONENTS_MOST = 100, ATTENDEES_MOST = 500, ZONES_MOST = 20,
       OBSERVANCES_MOST = 1000 /* Evolution writes each change since 1893 */, VALUE_MOST = 2000 };

struct content { /* one content line, RFC 5545 3.1 */
	const char *name;  /* upper case */
	char *params;      /* ";TZID=…;CN=…" or "" */
	const char *value; /* as written */
};

struct wall { /* a date-time as written */
	bool is, utc;
	int64_t seconds; /* wall clock, as if UTC */
	const char *tzid;
};

struct zone_read {
	const char *tzid;
	struct observance *o;
	size_t n;
};

struct reading {
	struct pool *p;
	struct calendar_facts *out;
	struct zone_read *zones;
	size_t zone_count;
	struct wall start, end;
	int64_t duration;
	bool has_duration;
};

/* Unfolds (3.1) and cuts into lines: each ends in NUL. Returns how many. */
static size_t unfold(struct pool *p, const char *text, size_t n, char ***out)
{
	char *s = pool_slice(p, text, n), *to = s, **lines = NULL;
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (!s[i])
			s[i] = ' ';
	if (strncmp(s, "\xEF\xBB\xBF", 3) == 0)
		s += 3, to = s;
	for (char *line = to; *s;) {
		char *line_end = s + strcspn(s, "\r\n");

		memmove(to, s, (size_t)(line_end - s));
		to += line_end - s;
		s = line_end;
		if (*s == '\r')
			s += strspn(s, "\r");
		if (*s == '\n')
			s++;
		if (*s == ' ' || *s == '\t') {
			s++;
			continue;
		}
		/* `to` never passes `s`, and there was a line end between: room for the NUL; at the very end it is there */
		*to = '\0';
		if (*line) {
			/* mended only now: a fold may part the bytes of one character (3.1) */
			*(char **)pool_more(p, &lines, count++, sizeof *lines) =
				utf8_valid(line, strlen(line)) ? line : utf8_mend(p, line, strlen(line));
		}
		line = ++to;
		if (to > s)
			break;
	}
	*out = lines;
	return count;
}

/* Cuts a line into name, parameters, value; a colon or semicolon within quotes is none. */
static bool content_of(char *line, struct content *c)
{
	bool quoted = false;
	size_t n = strcspn(line, ";:"), i;

	if (!line[n] || !n)
		return false;
	for (i = n; line[i]; i++) {
		if (line[i] == '"')
			quoted = !quoted;
		else if (line[i] == ':' && !quoted)
			break;
	}
	if (!line[i]) { /* an unpaired quote: the first colon counts */
		i = strcspn(line, ":");
		if (!line[i])
			return false;
	}
	line[i] = '\0';
	c->value = line + i + 1;
	c->params = i > n ? line + n + 1 : line + i;
	line[n] = '\0';
	for (char *s = line; *s; s++)
		*s = (char)toupper((unsigned char)*s);
	while (n && (line[n - 1] == ' ' || line[n - 1] == '\t'))
		line[--n] = '\0';
	c->name = strrchr(line, '.') ? strrchr(line, '.') + 1 : line; /* "item1.ATTENDEE" */
	return true;
}

/* The value of a parameter, quotes off; "" where there is none. */
static const char *param(struct pool *p, const char *params, const char *name)
{
	size_t n = strlen(name), len;
	bool quoted;

	for (const char *s = params; *s; s += len + (s[len] == ';')) {
		quoted = false;
		for (len = 0; s[len] && (s[len] != ';' || quoted); len++)
			if (s[len] == '"')
				quoted = !quoted;
		if (len > n && strncasecmp(s, name, n) == 0 && s[n] == '=') {
			const char *v = s + n + 1;
			size_t m = len - n - 1;

			if (m && *v == '"')
				v++, m--;
			if (m && v[m - 1] == '"')
				m--;
			return pool_slice(p, v, m < VALUE_MOST ? m : utf8_cut(v, VALUE_MOST));
		}
	}
	return "";
}

/* TEXT (3.3.11): "\n" a line end, "\x" is x. */
static const char *unescaped(struct pool *p, const char *s)
{
	struct text *t = text_new(p, VALUE_MOST);

	for (; *s; s++) {
		if (*s == '\\') { /* alone at the very end it means nothing */
			if (!*++s)
				break;
			text_char(t, *s == 'n' || *s == 'N' ? '\n' : *s);
		} else {
			size_t n = strcspn(s, "\\");

			text_put(t, s, n);
			s += n - 1;
		}
	}
	while (t->n && isspace((unsigned char)t->s[t->n - 1]))
		t->s[--t->n] = '\0';
	return t->s;
}

static const char *upper(struct pool *p, const char *s)
{
	char *u;

	while (isspace((unsigned char)*s))
		s++;
	u = pool_slice(p, s, strcspn(s, " \t;") < 40 ? strcspn(s, " \t;") : 40);
	for (char *c = u; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return u;
}

/* A calendar user address (3.3.3): "mailto:" off, an address in brackets taken out. */
static const char *user_of(struct pool *p, const char *v)
{
	const char *close;
	char *s;
	size_t n;

	while (*v == ' ' || *v == '\t' || *v == '"')
		v++;
	if ((close = strchr(v, '>')) && strchr(v, '<') && strchr(v, '<') < close)
		v = pool_slice(p, strchr(v, '<') + 1, (size_t)(close - strchr(v, '<') - 1));
	while (strncasecmp(v, "mailto:", 7) == 0)
		v += 7;
	while (*v == ' ')
		v++;
	s = pool_slice(p, v, strlen(v) < VALUE_MOST ? strlen(v) : utf8_cut(v, VALUE_MOST));
	n = strlen(s);
	while (n && (isspace((unsigned char)s[n - 1]) || s[n - 1] == '"'))
		s[--n] = '\0';
	return s;
}

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
static bool wall_read(const char *s, struct wall *w)
{
	int y, m, d, h = 0, min = 0, sec = 0;

	while (*s == ' ')
		s++;
	if (!digits(&s, 4, &y) || (s += *s == '-', !digits(&s, 2, &m)) || (s += *s == '-', !digits(&s, 2, &d)))
		return false;
	if (*s == 'T' || *s == 't') {
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
static bool offset_read(const char *s, int *out)
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
static bool duration_read(const char *s, int64_t *out)
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

/* RRULE of an observance: yearly on a weekday or a day of one month. It is computed for two years, never iterated. */
static void rule_read(const char *s, struct observance *o)
{
	static const char days[] = "MOTUWETHFRSASU";

	for (size_t n; *s; s += n + (s[n] == ';')) {
		n = strcspn(s, ";");
		if (strncasecmp(s, "FREQ=YEARLY", 11) == 0) {
			o->yearly = true;
		} else if (strncasecmp(s, "BYMONTH=", 8) == 0) {
			o->month = atoi(s + 8);
		} else if (strncasecmp(s, "BYMONTHDAY=", 11) == 0) {
			o->day = atoi(s + 11); /* "8,9,10,11,12,13,14" with a weekday: the first on or after the 8th */
		} else if (strncasecmp(s, "BYDAY=", 6) == 0) {
			char *end;
			long nth = strtol(s + 6, &end, 10);

			for (int d = 0; d < 7; d++)
				if (strncasecmp(end, days + 2 * d, 2) == 0)
					o->weekday = d, o->has_weekday = true;
			o->nth = nth >= -5 && nth <= 5 ? (int)nth : 0;
		} else if (strncasecmp(s, "UNTIL=", 6) == 0) {
			struct wall w = { 0 };

			if (wall_read(s + 6, &w))
				o->until = w.seconds + (w.utc ? o->from : 0);
		}
	}
}

static int32_t wall_day(int64_t wall)
{
	return (int32_t)((wall - (((wall % 86400) + 86400) % 86400)) / 86400);
}

/* A finished observance: only what can be computed stays yearly. */
static void observance_end(struct observance *o)
{
	if (!o->month)
		o->month = day_civil(wall_day(o->start)).month;
	if (o->month < 1 || o->month > 12 || o->day < 0 || o->day > 31)
		o->yearly = false;
	if (!o->day)
		o->day = o->has_weekday ? 1 : day_civil(wall_day(o->start)).day;
}

/* What a wall-clock time is in UTC. An unknown zone is not guessed: false. */
static bool wall_utc(const struct reading *r, const struct wall *w, utc *out)
{
	struct observance named[2];
	size_t n;
	int offset = 0;

	if (!w->is)
		return false;
	if (!w->utc && w->tzid[0]) {
		size_t i = 0;

		while (i < r->zone_count && strcasecmp(r->zones[i].tzid, w->tzid) != 0)
			i++;
		if (i < r->zone_count && r->zones[i].n)
			observance_offset(r->zones[i].o, r->zones[i].n, w->seconds, &offset);
		else if ((n = observance_named(w->tzid, named)))
			observance_offset(named, n, w->seconds, &offset);
		else
			return false;
	}
	*out = w->seconds - offset;
	return true;
}

static void zone_line(struct reading *r, const struct content *c, const char *part)
{
	struct zone_read *z = &r->zones[r->zone_count - 1];
	struct observance *o;
	struct wall w = { 0 };

	if (strcmp(part, "VTIMEZONE") == 0) {
		if (strcmp(c->name, "TZID") == 0)
			z->tzid = unescaped(r->p, c->value);
		return;
	}
	if (!z->n)
		return;
	o = &z->o[z->n - 1];
	if (strcmp(c->name, "TZOFFSETFROM") == 0)
		offset_read(c->value, &o->from);
	else if (strcmp(c->name, "TZOFFSETTO") == 0)
		offset_read(c->value, &o->to);
	else if (strcmp(c->name, "DTSTART") == 0 && wall_read(c->value, &w))
		o->start = w.seconds;
	else if (strcmp(c->name, "RRULE") == 0)
		rule_read(c->value, o);
	else if (strcmp(c->name, "RDATE") == 0 && o->more_count < 200 && wall_read(c->value, &w)) {
		*(int64_t *)pool_more(r->p, &o->more, o->more_count++, sizeof *o->more) = w.seconds;
	}
}

static bool event_line(struct reading *r, const struct content *c)
{
	struct calendar_facts *f = r->out;
	struct pool *p = r->p;

	if (strcmp(c->name, "UID") == 0) {
		if (!f->uid[0])
			f->uid = unescaped(p, c->value);
	} else if (strcmp(c->name, "RECURRENCE-ID") == 0) {
		f->recurrence_id = unescaped(p, c->value);
	} else if (strcmp(c->name, "SUMMARY") == 0) {
		f->summary = text_squeeze(p, unescaped(p, c->value));
	} else if (strcmp(c->name, "COMMENT") == 0) {
		if (!f->comment[0])
			f->comment = unescaped(p, c->value);
	} else if (strcmp(c->name, "ORGANIZER") == 0) {
		f->organizer = user_of(p, c->value);
	} else if (strcmp(c->name, "SEQUENCE") == 0) {
		long n = strtol(c->value, NULL, 10);

		f->sequence = n > 0 && n < 1000000000 ? (int)n : 0;
	} else if (strcmp(c->name, "ATTENDEE") == 0) {
		if (f->attendee_count >= ATTENDEES_MOST) {
			f->broken = "the calendar object has too many attendees";
			return false;
		}
		pool_more(p, &f->attendees, f->attendee_count, sizeof *f->attendees);
		f->attendees[f->attendee_count].address = user_of(p, c->value);
		f->attendees[f->attendee_count].partstat = upper(p, param(p, c->params, "PARTSTAT"));
		f->attendees[f->attendee_count++].delegated_to = user_of(p, param(p, c->params, "DELEGATED-TO"));
	} else if (strcmp(c->name, "DTSTART") == 0 && !r->start.is) {
		r->start.tzid = param(p, c->params, "TZID");
		wall_read(c->value, &r->start);
	} else if ((strcmp(c->name, "DTEND") == 0 || strcmp(c->name, "DUE") == 0) && !r->end.is) {
		r->end.tzid = param(p, c->params, "TZID");
		wall_read(c->value, &r->end);
	} else if (strcmp(c->name, "DURATION") == 0) {
		r->has_duration = duration_read(c->value, &r->duration);
	}
	return true;
}

/* The one who answers stands first (RFC 5546 3.2.3: an answer has one attendee; some clients send all). */
static void answerer_first(struct calendar_facts *f)
{
	size_t best = 0;
	int rank, least = 3;

	for (size_t i = 0; i < f->attendee_count; i++) {
		const char *s = f->attendees[i].partstat;

		rank = !*s || strcmp(s, "NEEDS-ACTION") == 0 ? 2 : strcmp(s, "DELEGATED") == 0;
		if (rank < least)
			least = rank, best = i;
	}
	if (best) {
		__typeof__(*f->attendees) first = f->attendees[best];

		memmove(f->attendees + 1, f->attendees, best * sizeof *f->attendees);
		f->attendees[0] = first;
	}
}

/* Which component holds the facts: the first VEVENT, else the first of the others. 0: none. */
static size_t main_component(char **lines, size_t n)
{
	static const char *const kinds[] = { "VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY" };

	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
		for (size_t i = 0; i < n; i++)
			if (strncasecmp(lines[i], "BEGIN:", 6) == 0) {
				const char *s = lines[i] + 6 + strspn(lines[i] + 6, " ");
				size_t m = strlen(kinds[k]);

				if (strncasecmp(s, kinds[k], m) == 0 && !s[m + strspn(s + m, " \t")])
					return i + 1;
			}
	return 0;
}

void ical_read(struct pool *p, const char *text, size_t n, struct calendar_facts *out)
{
	struct reading r = { .p = p, .out = out, .start.tzid = "", .end.tzid = "" };
	const char *stack[DEPTH_MOST + 1];
	size_t depth = 0, components = 0, count, main_line, main_depth = 0;
	bool in_calendar = false, whole = false;
	char **lines;

	*out = (struct calendar_facts){ .is = true, .method = "", .uid = "", .recurrence_id = "", .summary = "",
		.organizer = "", .comment = "", .broken = "" };
	if (n > TEXT_MOST) {
		out->broken = "the calendar object is too large";
		return;
	}
	count = unfold(p, text, n, &lines);
	main_line = main_component(lines, count);
	for (size_t i = 0; i < count; i++) {
		struct content c;

		if (!content_of(lines[i], &c))
			continue;
		if (strcmp(c.name, "BEGIN") == 0) {
			bool within = depth && r.zone_count && strcmp(stack[depth - 1], "VTIMEZONE") == 0;

			if (depth >= DEPTH_MOST || (!within && ++components > COMPONENTS_MOST)) {
				out->broken = "the calendar object has too many components";
				return;
			}
			stack[depth++] = upper(p, c.value);
			in_calendar |= strcmp(stack[depth - 1], "VCALENDAR") == 0;
			if (i + 1 == main_line)
				main_depth = depth;
			if (strcmp(stack[depth - 1], "VTIMEZONE") == 0 && r.zone_count < ZONES_MOST) {
				pool_more(p, &r.zones, r.zone_count, sizeof *r.zones);
				r.zones[r.zone_count++].tzid = "";
			} else if (within && r.zones[r.zone_count - 1].n < OBSERVANCES_MOST) {
				struct zone_read *z = &r.zones[r.zone_count - 1];

				pool_more(p, &z->o, z->n++, sizeof *z->o);
			}
		} else if (strcmp(c.name, "END") == 0) {
			if (!depth)
				continue;
			if (depth == main_depth)
				main_depth = 0, whole = true;
			if (r.zone_count && r.zones[r.zone_count - 1].n && depth > 1 && strcmp(stack[depth - 2], "VTIMEZONE") == 0)
				observance_end(&r.zones[r.zone_count - 1].o[r.zones[r.zone_count - 1].n - 1]);
			depth--;
			if (!depth && main_line && whole) /* a second VCALENDAR is not read */
				break;
		} else if (depth == main_depth && depth) {
			if (!event_line(&r, &c))
				return;
		} else if (depth && strcmp(stack[depth - 1], "VCALENDAR") == 0) {
			if (strcmp(c.name, "METHOD") == 0 && !out->method[0])
				out->method = upper(p, c.value);
		} else if (depth && r.zone_count && (strcmp(stack[depth - 1], "VTIMEZONE") == 0 ||
						     (depth > 1 && strcmp(stack[depth - 2], "VTIMEZONE") == 0))) {
			zone_line(&r, &c, stack[depth - 1]);
		}
	}
	if (!in_calendar)
		out->broken = "there is no VCALENDAR";
	else if (main_line && !whole)
		out->broken = "the calendar object ends early";
	if (strcmp(out->method, "REPLY") == 0 || strcmp(out->method, "COUNTER") == 0)
		answerer_first(out);
	out->has_start = wall_utc(&r, &r.start, &out->start);
	out->has_end = wall_utc(&r, &r.end, &out->end);
	if (!out->has_end && out->has_start && r.has_duration) {
		out->has_end = true;
		out->end = out->start + r.duration;
	}
}
