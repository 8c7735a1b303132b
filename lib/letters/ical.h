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

#include "nouns/checkin.h"
#include "nouns/letter.h"

struct ical_event {
	const char *method;      /* "REQUEST", "CANCEL" or "DECLINECOUNTER"; "": for a collection (RFC 4791 4.1), without people */
	const char *uid;
	int sequence;
	utc start, end, stamp;   /* start == end: a point in time (15 minutes are shown) */
	const struct zone *zone;
	const char *summary, *description, *location, *url; /* "" none */
	struct addr organizer;
	struct addrs attendees;
	const enum partstat *partstats; /* of these; NULL: none has answered */
	bool rsvp;               /* false: an entry for the owner's own calendar, nothing to answer */
	bool busy;               /* it takes its hours of the day */
	int alarm;               /* minutes before; -1 none */
	const char *rrule;       /* "" none */
	const struct checkin_exception *exceptions; /* of the series */
	size_t exception_count;
	utc recurrence;          /* of one of a series alone: the start it would have had; 0: of the whole */
};

/* The finished object is read by libical, with its restrictions checked, and by ical_read(): what they see is what was meant. */
bool ical_write(struct pool *, const struct ical_event *, const char **out, struct err *);
/* Never fails: what cannot be read sets out->broken. */
void ical_read(struct pool *, const char *text, size_t n, struct calendar_facts *out);

/* ---- check-ins (ical_checkin.c) ---- */

/* Of a series of our own ("": once) that begins at `start`, the times at `from` or later: how many, at most `most`. None: it has none
 * in a hundred years, or its rule is not one of ical_rule.h. */
size_t ical_times(const char *rrule, const struct zone *, utc start, utc from, utc *out, size_t most);
bool ical_next(const char *rrule, const struct zone *, utc start, utc from, utc *at); /* the first of them */

/* The object that those invited get, and (`owners`) the entry in the owner's own calendar. `recurrence`: of that one alone; 0: the
 * whole, with its exceptions. */
struct ical_meeting {
	const struct checkin *c;
	const char *method;
	struct addr organizer, owner;
	bool owners;
	utc recurrence;
};
bool ical_checkin(struct pool *, const struct ical_meeting *, const char **out, struct err *);
/* The first that takes place at `from` or later: when it begins, and (may be NULL) which one of the series; false: none. */
bool checkin_next(struct pool *, const struct checkin *, utc from, utc *start, utc *recurrence);
/* The last that began before `before`; 0: none. */
utc checkin_last(struct pool *, const struct checkin *, utc before);
const struct zone *checkin_zone(struct pool *, const struct checkin *);
/* The start at which this one of a series takes place; false: it is none of them, or does not. */
bool checkin_is_one(struct pool *, const struct checkin *, utc recurrence, utc *start);

#endif
