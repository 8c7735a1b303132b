/* ical - iCalendar: invitations out, answers in
 *
 * Law:     RFC 5545, 5546. Our own objects are compact (a VTIMEZONE of two rules from our zone reader), every value
 *          is checked for control characters, and the finished object is parsed back before it leaves. Foreign objects are
 *          bounded before parsing (256 KiB, 8 nested BEGIN, 100 components, 500 attendees); no foreign rule is iterated.
 * Borders: <libical/…>
 * Tests:   tests/ical.c
 */
#ifndef KEPT_LETTERS_ICAL_H
#define KEPT_LETTERS_ICAL_H

#include "ground/worktime.h"
#include "nouns/letter.h"

struct ical_event {
	const char *method;      /* "REQUEST" or "CANCEL" */
	const char *uid;
	int sequence;
	utc start, end, stamp;   /* start == end: a point in time (15 minutes are shown) */
	const struct zone *zone;
	const char *summary, *description, *location, *url; /* "" none */
	struct addr organizer;
	struct addrs attendees;
	bool rsvp;               /* false: an entry for the owner's own calendar, nothing to answer */
	int alarm;               /* minutes before; -1 none */
	const char *rrule;       /* "" none */
};

bool ical_write(struct pool *, const struct ical_event *, const char **out, struct err *);
/* Never fails: what cannot be read sets out->broken. */
void ical_read(struct pool *, const char *text, size_t n, struct calendar_facts *out);

#endif
