/* ical_read: the facts of a foreign calendar object. Content lines are read by ourselves, not by libical: no rule of a
 * stranger is ever iterated, no component nested, and what is odd in one line costs that line alone. */
#include "letters/ical_inner.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { TEXT_MOST = 256 << 10, DEPTH_MOST = 8, COMPONENTS_MOST = 100, ATTENDEES_MOST = 500, VALUE_MOST = 2000 };

struct reading {
	struct pool *p;
	struct calendar_facts *out;
	struct zones zones;
	struct wall start, end, stamp, recurrence;
	int64_t duration;
	bool has_duration;
};

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

static bool event_line(struct reading *r, const struct content *c)
{
	struct calendar_facts *f = r->out;
	struct pool *p = r->p;

	if (strcmp(c->name, "UID") == 0) {
		if (!f->uid[0])
			f->uid = content_text(p, c->value);
	} else if (strcmp(c->name, "RECURRENCE-ID") == 0) {
		f->recurrence_id = content_text(p, c->value);
		r->recurrence.tzid = content_param(p, c->params, "TZID");
		wall_read(c->value, &r->recurrence);
	} else if (strcmp(c->name, "DTSTAMP") == 0) {
		wall_read(c->value, &r->stamp);
	} else if (strcmp(c->name, "SUMMARY") == 0) {
		f->summary = text_squeeze(p, content_text(p, c->value));
	} else if (strcmp(c->name, "COMMENT") == 0) {
		if (!f->comment[0])
			f->comment = content_text(p, c->value);
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
		f->attendees[f->attendee_count].partstat = content_word(p, content_param(p, c->params, "PARTSTAT"));
		f->attendees[f->attendee_count++].delegated_to = user_of(p, content_param(p, c->params, "DELEGATED-TO"));
	} else if (strcmp(c->name, "DTSTART") == 0 && !r->start.is) {
		r->start.tzid = content_param(p, c->params, "TZID");
		wall_read(c->value, &r->start);
	} else if ((strcmp(c->name, "DTEND") == 0 || strcmp(c->name, "DUE") == 0) && !r->end.is) {
		r->end.tzid = content_param(p, c->params, "TZID");
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
	struct reading r = { .p = p, .out = out, .zones.p = p, .start.tzid = "", .end.tzid = "", .stamp.tzid = "", .recurrence.tzid = "" };
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
	count = content_unfold(p, text, n, &lines);
	main_line = main_component(lines, count);
	for (size_t i = 0; i < count; i++) {
		struct content c;

		if (!content_cut(lines[i], &c))
			continue;
		if (strcmp(c.name, "BEGIN") == 0) {
			const char *kind = content_word(p, c.value);
			bool within = zones_begin(&r.zones, kind, depth ? stack[depth - 1] : "");

			if (depth >= DEPTH_MOST || (!within && ++components > COMPONENTS_MOST)) {
				out->broken = "the calendar object has too many components";
				return;
			}
			stack[depth++] = kind;
			in_calendar |= strcmp(kind, "VCALENDAR") == 0;
			if (i + 1 == main_line)
				main_depth = depth;
		} else if (strcmp(c.name, "END") == 0) {
			if (!depth)
				continue;
			if (depth == main_depth)
				main_depth = 0, whole = true;
			zones_end(&r.zones, depth > 1 ? stack[depth - 2] : "");
			depth--;
			if (!depth && main_line && whole) /* a second VCALENDAR is not read */
				break;
		} else if (depth == main_depth && depth) {
			if (!event_line(&r, &c))
				return;
		} else if (depth && strcmp(stack[depth - 1], "VCALENDAR") == 0) {
			if (strcmp(c.name, "METHOD") == 0 && !out->method[0])
				out->method = content_word(p, c.value);
		} else if (depth) {
			zones_line(&r.zones, &c, stack[depth - 1], depth > 1 ? stack[depth - 2] : "");
		}
	}
	if (!in_calendar)
		out->broken = "there is no VCALENDAR";
	else if (main_line && !whole)
		out->broken = "the calendar object ends early";
	if (strcmp(out->method, "REPLY") == 0 || strcmp(out->method, "COUNTER") == 0)
		answerer_first(out);
	out->has_start = zones_utc(&r.zones, &r.start, &out->start);
	out->has_end = zones_utc(&r.zones, &r.end, &out->end);
	if (!zones_utc(&r.zones, &r.stamp, &out->stamp))
		out->stamp = 0;
	if (!zones_utc(&r.zones, &r.recurrence, &out->recurrence))
		out->recurrence = 0;
	if (!out->has_end && out->has_start && r.has_duration) {
		out->has_end = true;
		out->end = out->start + r.duration;
	}
}
