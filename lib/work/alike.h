/* alike - an owner's promises and check-ins, and the collection of kept's own on their calendar server, are kept alike
 *
 * Law:     each open promise is a task there, each coming check-in an event, a series whole in one object. Ticked off
 *          there is done here, moved there is due then here, by the commands that a reply has too, on record; what both
 *          sides changed is told, kept's stands (agree.h). A task that was deleted there is put back while its promise is
 *          open, and its owner told: a promise is called off by a word. A series that is called off ends there with what took place. A check-in changed there, or one of a series, is
 *          put to the owner, for others are invited to it. What is not kept's is let alone. No transaction is open while
 *          the server is spoken to; names come from numbers and ETags guard each writing, so that a stop anywhere doubles
 *          and loses nothing: the next round finds what was written.
 * Units:   utc.
 * Fails:   as sql does; a server that fails is no failure: the calendar's row says why, its owner is told once, and it
 *          is asked again after one minute, later up to fifteen.
 * Manual:  kept.conf(5) calendar, kept(7) CALENDAR
 * Tests:   tests/agree.c, tests/e2e/caldav.py
 */
#ifndef KEPT_WORK_ALIKE_H
#define KEPT_WORK_ALIKE_H

#include "borders/caldav.h"
#include "borders/store.h"

/* One round, if there is something to write or it is time to ask. `next`: when to call again. Outside of any
 * transaction. */
bool alike(struct sql *, struct pool *, const struct conf *, const struct calendar_conf *, struct reader *, utc now,
	   utc *next, struct err *);

#endif
