#include "letters/ical_inner.h"

#include <libical/ical.h>
#include <string.h>

enum { OBJECT_MOST = 64 << 10, ENTRY_MOST = 256 << 10 /* in a collection */, CHANGES_MOST = 16, DAY = 86400 };

static bool text_fit(const char *what, const char *s, struct err *e)
{
	if (!utf8_valid(s, strlen(s)))
		return err_perm(e, "the calendar entry's %s is not UTF-8", what);
	for (const unsigned char *c = (const unsigned char *)s; *c; c++)
		if ((*c < 0x20 && *c != '\n' && *c != '\t') || *c == 0x7F)
			return err_perm(e, "the calendar entry's %s holds the control character 0x%02X", what, *c);
	return true;
}

/* A URI is written raw, and no quoting helps: printable ASCII without blank or quotes alone. */
static bool uri_fit(const char *what, const char *s, struct err *e)
{
	for (const char *c = s; *c; c++)
		if (*c <= ' ' || *c > '~' || strchr("\"<>\\", *c))
			return err_perm(e, "the calendar entry's %s holds the byte 0x%02X, which has no place in a URI", what,
					(unsigned char)*c);
	return true;
}

static bool user_fit(const char *what, const struct addr *a, struct err *e)
{
	if (!addr_valid(a->address))
		return err_perm(e, "the calendar entry's %s has no mail address", what);
	return uri_fit(what, a->address, e);
}

/* CN="…": a quoted parameter holds no quote and no control, and there is no way to write one that all clients read. */
static const char *common_name(struct pool *p, const char *name)
{
	struct text *t = text_new(p, NAME_MOST);

	for (name = line_from(p, name ? name : "", NAME_MOST).s; *name; name++)
		if (*name != '"')
			text_char(t, *name);
	return t->n ? pool_print(p, ";CN=\"%s\"", t->s) : "";
}

static const char *date_time(struct pool *p, struct civil c)
{
	return pool_print(p, "%04d%02d%02dT%02d%02d%02d", c.year, c.month, c.day, c.hour, c.minute, c.second);
}

static const char *in_utc(struct pool *p, utc t)
{
	return pool_print(p, "%sZ", date_time(p, zone_civil(zone_fixed(p, 0), t)));
}

/* ---- VTIMEZONE ---- */

struct change {
	utc at;
	int before, after;
	struct civil wall; /* of the onset, by the offset before it (3.6.5) */
};

static const char *offset_words(struct pool *p, int seconds)
{
	int s = seconds < 0 ? -seconds : seconds;

	return s % 60 ? pool_print(p, "%c%02d%02d%02d", seconds < 0 ? '-' : '+', s / 3600, s / 60 % 60, s % 60) :
			pool_print(p, "%c%02d%02d", seconds < 0 ? '-' : '+', s / 3600, s / 60 % 60);
}

static void observance(struct pool *p, struct text *t, const char *kind, const char *name, const struct change *c, const char *rule)
{
	content_line(p, t, "BEGIN:%s", kind);
	content_line(p, t, "DTSTART:%s", date_time(p, c->wall));
	content_line(p, t, "TZOFFSETFROM:%s", offset_words(p, c->before));
	content_line(p, t, "TZOFFSETTO:%s", offset_words(p, c->after));
	content_line(p, t, "TZNAME:%s", content_escaped(p, name));
	if (*rule)
		content_line(p, t, "RRULE:%s", rule);
	content_line(p, t, "END:%s", kind);
}

/* The yearly rule that all changes of one direction follow; "" where there is none. */
static const char *rule_of(struct pool *p, const struct change *c, size_t n, bool forward)
{
	static const char *const names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
	const struct change *first = NULL;
	bool nth = true, last = true;
	int year = 0;

	for (size_t i = 0; i < n; i++) {
		const struct civil *w = &c[i].wall, *f;

		if ((c[i].after > c[i].before) != forward)
			continue;
		if (!first)
			first = &c[i];
		else if (w->year != year + 1)
			return "";
		year = w->year;
		f = &first->wall;
		if (c[i].before != first->before || c[i].after != first->after || w->month != f->month || w->hour != f->hour ||
		    w->minute != f->minute || day_weekday(day_of(w->year, w->month, w->day)) !=
		    day_weekday(day_of(f->year, f->month, f->day)))
			return "";
		nth = nth && (w->day - 1) / 7 == (f->day - 1) / 7;
		last = last && w->day > month_days(w->year, w->month) - 7;
	}
	if (!first || (!nth && !last) || year == first->wall.year)
		return "";
	return pool_print(p, "FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", first->wall.month, last ? -1 : (first->wall.day - 1) / 7 + 1,
			  names[day_weekday(day_of(first->wall.year, first->wall.month, first->wall.day))]);
}

static void vtimezone(struct pool *p, struct text *t, const struct zone *z, utc start)
{
	struct change c[CHANGES_MOST];
	const char *forward, *back;
	size_t n = 0;
	utc from = start - 400 * DAY, at = from;

	while (n < CHANGES_MOST && zone_change(z, at, &c[n].at, &c[n].before, &c[n].after) && c[n].at < start + 1500 * DAY) {
		at = c[n].at;
		c[n].wall = zone_civil(zone_fixed(p, c[n].before), at);
		n += c[n].before != c[n].after; /* else a change of name alone */
	}
	forward = rule_of(p, c, n, true);
	back = rule_of(p, c, n, false);
	content_line(p, t, "BEGIN:VTIMEZONE");
	content_line(p, t, "TZID:%s", zone_name(z));
	if (*forward && *back) {
		for (size_t i = 0, done = 0; i < n && done < 2; i++)
			if (i < 2) {
				bool summer = c[i].after > c[i].before;

				observance(p, t, summer ? "DAYLIGHT" : "STANDARD", zone_abbreviation(z, c[i].at), &c[i], summer ? forward : back);
				done++;
			}
	} else {
		/* no rule: what holds at first, and each change for itself */
		int offset = zone_offset(z, from);
		struct change first = { from, offset, offset, zone_civil(z, from) };

		observance(p, t, "STANDARD", zone_abbreviation(z, from), &first, "");
		for (size_t i = 0; i < n; i++)
			observance(p, t, c[i].after > c[i].before ? "DAYLIGHT" : "STANDARD", zone_abbreviation(z, c[i].at), &c[i], "");
	}
	content_line(p, t, "END:VTIMEZONE");
}

/* ---- the event ---- */

static bool is_method(const struct ical_event *v, const char *method)
{
	return strcmp(v->method, method) == 0;
}

static utc end_of(const struct ical_event *v)
{
	return v->end > v->start ? v->end : v->start + 15 * 60;
}

/* Those of a series that take place at another time, each in a VEVENT of its own. */
static size_t moved(const struct ical_event *v)
{
	size_t n = 0;

	for (size_t i = 0; i < v->exception_count; i++)
		n += v->exceptions[i].start != 0;
	return n;
}

static bool rule_reads_back(icalcomponent *event, const char *rrule)
{
	icalproperty *r = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);

	return !r == !*rrule && (!r || icalproperty_get_rrule(r).freq != ICAL_NO_RECURRENCE);
}

/* What RFC 5546 lets each method hold, as libical has it; which knows no SEQUENCE in a DECLINECOUNTER (3.2.8 asks for it). */
static bool allowed(icalcomponent *c, const struct ical_event *v)
{
	icalcomponent *event = icalcomponent_get_first_component(c, ICAL_VEVENT_COMPONENT);
	icalproperty *sequence = icalcomponent_get_first_property(event, ICAL_SEQUENCE_PROPERTY);

	if (is_method(v, "DECLINECOUNTER") && sequence) {
		icalcomponent_remove_property(event, sequence);
		icalproperty_free(sequence);
	}
	return icalrestriction_check(c) && icalcomponent_count_errors(c) == 0;
}

/* One that lies in a collection, or names what it declines, has nobody in it. */
static bool has_people(const struct ical_event *v)
{
	return !is_method(v, "") && !is_method(v, "DECLINECOUNTER");
}

static bool method_reads_back(icalcomponent *c, const char *meant)
{
	icalproperty *method = icalcomponent_get_first_property(c, ICAL_METHOD_PROPERTY);

	return !method == !*meant &&
	       (!method || strcmp(icalproperty_method_to_string(icalproperty_get_method(method)), meant) == 0);
}

/* A second reader's word: libical parses it and finds nothing that RFC 5546 does not allow, and our own reading of it says what was meant. */
static bool read_back(struct pool *p, const struct text *t, const struct ical_event *v, struct err *e)
{
	struct calendar_facts f;
	icalcomponent *c = icalparser_parse_string(t->s), *event;
	bool brief = is_method(v, "DECLINECOUNTER"), well = false;

	if (c && icalcomponent_isa(c) == ICAL_VCALENDAR_COMPONENT && icalcomponent_count_errors(c) == 0 &&
	    (size_t)icalcomponent_count_components(c, ICAL_VEVENT_COMPONENT) == 1 + moved(v)) {
		icalproperty *uid;

		event = icalcomponent_get_first_component(c, ICAL_VEVENT_COMPONENT);
		uid = icalcomponent_get_first_property(event, ICAL_UID_PROPERTY);
		well = uid && strcmp(icalproperty_get_uid(uid), v->uid) == 0 && method_reads_back(c, v->method) &&
		       (size_t)icalcomponent_count_properties(event, ICAL_ATTENDEE_PROPERTY) == (has_people(v) ? v->attendees.n : 0) &&
		       icalcomponent_count_properties(event, ICAL_ORGANIZER_PROPERTY) == !is_method(v, "") && rule_reads_back(event, v->rrule) &&
		       allowed(c, v);
	}
	if (c)
		icalcomponent_free(c);
	ical_read(p, t->s, t->n, &f);
	if (!well || f.broken[0] || f.sequence != v->sequence || f.has_start == brief || (!brief && f.start != v->start) || f.has_end == brief ||
	    f.recurrence != v->recurrence)
		return err_perm(e, "the finished calendar entry %.60s cannot be read back as it was meant", v->uid);
	return true;
}

static bool fit(const struct ical_event *v, struct err *e)
{
	bool people = !is_method(v, "");

	if (people && !is_method(v, "REQUEST") && !is_method(v, "CANCEL") && !is_method(v, "DECLINECOUNTER"))
		return err_perm(e, "a calendar entry's method is REQUEST, CANCEL or DECLINECOUNTER, not \"%.20s\"", v->method);
	if (!text_fit("uid", v->uid, e) || !text_fit("summary", v->summary, e) || !text_fit("description", v->description, e) ||
	    !text_fit("place", v->location, e) || !uri_fit("link", v->url, e) ||
	    (people && !user_fit("organizer", &v->organizer, e)))
		return false;
	if (!*v->uid || strlen(v->uid) > 250 || v->sequence < 0 || (people && !v->attendees.n))
		return err_perm(e, "a calendar entry needs a uid, a sequence and someone who attends");
	if (strspn(v->rrule, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789=;,+-") != strlen(v->rrule))
		return err_perm(e, "not a recurrence rule: \"%.60s\"", v->rrule);
	for (size_t i = 0; i < v->attendees.n; i++)
		if (!user_fit("attendee", &v->attendees.list[i], e))
			return false;
	return true;
}

/* A wall-clock time means the first of two equal ones (3.3.5): the second is written in UTC. */
static bool is_local(const struct ical_event *v, utc t)
{
	return strchr(zone_name(v->zone), '/') && zone_utc(v->zone, zone_civil(v->zone, t)) == t;
}

static void time_line(struct pool *p, struct text *t, const struct ical_event *v, const char *name, utc at)
{
	if (is_local(v, at))
		content_line(p, t, "%s;TZID=%s:%s", name, zone_name(v->zone), date_time(p, zone_civil(v->zone, at)));
	else
		content_line(p, t, "%s:%s", name, in_utc(p, at));
}

static void attendee(struct pool *p, struct text *t, const struct ical_event *v, size_t i)
{
	const struct addr *a = &v->attendees.list[i];
	const char *partstat = v->partstats ? partstat_name(v->partstats[i]) : v->rsvp ? "NEEDS-ACTION" : "ACCEPTED";

	content_line(p, t, "ATTENDEE%s;ROLE=REQ-PARTICIPANT;PARTSTAT=%s%s:mailto:%s", common_name(p, a->name), partstat, v->rsvp ? ";RSVP=TRUE" : "", a->address);
}

/* When, where, who, how often. */
static void body(struct pool *p, struct text *t, const struct ical_event *v, utc start, bool whole)
{
	time_line(p, t, v, "DTSTART", start);
	time_line(p, t, v, "DTEND", start + (end_of(v) - v->start));
	content_line(p, t, "SUMMARY:%s", content_escaped(p, v->summary));
	if (*v->description)
		content_line(p, t, "DESCRIPTION:%s", content_escaped(p, v->description));
	if (*v->location)
		content_line(p, t, "LOCATION:%s", content_escaped(p, v->location));
	if (*v->url)
		content_line(p, t, "URL:%s", v->url);
	if (has_people(v))
		content_line(p, t, "ORGANIZER%s:mailto:%s", common_name(p, v->organizer.name), v->organizer.address);
	for (size_t i = 0; has_people(v) && i < v->attendees.n; i++)
		attendee(p, t, v, i);
	if (whole && *v->rrule)
		content_line(p, t, "RRULE:%s", v->rrule);
	for (size_t i = 0; whole && i < v->exception_count; i++)
		if (!v->exceptions[i].start)
			time_line(p, t, v, "EXDATE", v->exceptions[i].recurrence);
	content_line(p, t, "STATUS:%s", is_method(v, "CANCEL") ? "CANCELLED" : "CONFIRMED");
	if (!v->rsvp && !v->busy) /* a due time takes none of the day's hours */
		content_line(p, t, "TRANSP:TRANSPARENT");
	if (is_method(v, "REQUEST") && v->alarm >= 0) {
		content_line(p, t, "BEGIN:VALARM");
		content_line(p, t, "ACTION:DISPLAY");
		content_line(p, t, "DESCRIPTION:%s", content_escaped(p, v->summary));
		content_line(p, t, "TRIGGER:-PT%dM", v->alarm);
		content_line(p, t, "END:VALARM");
	}
}

/* The whole, or (recurrence not 0) one of the series. */
static void vevent(struct pool *p, struct text *t, const struct ical_event *v, utc start, utc recurrence)
{
	content_line(p, t, "BEGIN:VEVENT");
	content_line(p, t, "UID:%s", content_escaped(p, v->uid));
	content_line(p, t, "SEQUENCE:%d", v->sequence);
	content_line(p, t, "DTSTAMP:%s", in_utc(p, v->stamp));
	if (recurrence)
		time_line(p, t, v, "RECURRENCE-ID", recurrence);
	if (is_method(v, "DECLINECOUNTER")) /* it names what it declines, and no more */
		content_line(p, t, "ORGANIZER%s:mailto:%s", common_name(p, v->organizer.name), v->organizer.address);
	else
		body(p, t, v, start, !recurrence);
	content_line(p, t, "END:VEVENT");
}

bool ical_write(struct pool *p, const struct ical_event *v, const char **out, struct err *e)
{
	struct text *t = text_new(p, is_method(v, "") ? ENTRY_MOST : OBJECT_MOST);

	if (!fit(v, e))
		return false;
	if (*v->rrule && strchr(zone_name(v->zone), '/') && !is_local(v, v->start))
		return err_perm(e, "a series cannot begin in the second of two equal hours");
	content_line(p, t, "BEGIN:VCALENDAR");
	content_line(p, t, "PRODID:-//kept//kept//EN");
	content_line(p, t, "VERSION:2.0");
	content_line(p, t, "CALSCALE:GREGORIAN");
	if (*v->method)
		content_line(p, t, "METHOD:%s", v->method);
	if ((!is_method(v, "DECLINECOUNTER") && (is_local(v, v->start) || is_local(v, end_of(v)))) || (v->recurrence && is_local(v, v->recurrence)))
		vtimezone(p, t, v->zone, v->recurrence && v->recurrence < v->start ? v->recurrence : v->start);
	vevent(p, t, v, v->start, v->recurrence);
	for (size_t i = 0; i < v->exception_count; i++)
		if (v->exceptions[i].start)
			vevent(p, t, v, v->exceptions[i].start, v->exceptions[i].recurrence);
	content_line(p, t, "END:VCALENDAR");
	if (t->cut)
		return err_perm(e, "the calendar entry %.60s is too large", v->uid);
	if (!read_back(p, t, v, e))
		return false;
	*out = t->s;
	return true;
}
