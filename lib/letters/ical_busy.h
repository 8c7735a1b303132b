/* ical_busy - a whole foreign calendar to the times at which its owner is busy, and whom they meet then
 *
 * Law:     pure, and bounded: 16 MiB, 50,000 events, 20,000 busy times, a budget of steps for all rules together.
 *          Nothing is guessed: what cannot be read is a finding, and left out. Busy is what TRANSP, STATUS,
 *          X-MICROSOFT-CDO-BUSYSTATUS and the owner's own PARTSTAT do not call free; a VFREEBUSY's times too. A meeting
 *          is what takes time and has a person outside among its attendees, or as its organizer: no room, no list, none who
 *          declined.
 * Units:   utc; the window is [from, till). Whole days and times without a zone are floating (nouns/busy.h).
 * Fails:   never: what is no calendar, or ends early, has `broken` set.
 * Tests:   tests/busy.c; tests/rules.py
 */
#ifndef KEPT_LETTERS_ICAL_BUSY_H
#define KEPT_LETTERS_ICAL_BUSY_H

#include "nouns/busy.h"
#include "nouns/conf.h"

/* `own`: the owner's addresses, a line each: an invitation that they declined takes no time. A line "@DOMAIN": who has an
 * address there is not outside. */
void ical_busy(struct pool *, const char *text, size_t n, utc from, utc till, const char *own, struct busy *out);

#endif
