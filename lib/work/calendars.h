/* calendars - the calendars that an owner lets kept read: when they are busy, and when they are free
 *
 * Law:     a calendar is read from its file or address when an hour has passed, in the confined child; the ledger keeps
 *          from when to when its owner is busy, nothing else of it; where its owner wants a sweep, also whom outside they
 *          meet, and at what. What cannot be read of it is told to the owner
 *          once; so is a calendar that cannot be reached, after an hour. No transaction is open while the network is
 *          spoken to.
 * Units:   utc.
 * Owns:    nothing.
 * Fails:   as sql does. A calendar that fails is no failure: what was known of it stands, and its row says why.
 * Manual:  kept.conf(5) calendar, kept(1) free
 * Tests:   tests/e2e/free.py; what is told: tests/calendar_told.c
 */
#ifndef KEPT_WORK_CALENDARS_H
#define KEPT_WORK_CALENDARS_H

#include "borders/reader.h"
#include "borders/sql.h"
#include "borders/store.h"
#include "judgement/freetime.h"

enum { CALENDAR_SECONDS = 3600 };

/* Reads it if it is time. `next`: when that will be. Outside of any transaction. */
bool calendars_read(struct sql *, struct pool *, const struct conf *, const struct calendar_conf *, struct reader *,
		    utc now, utc *next, struct err *);

/* Can it be read, or found? Nothing is kept of it. `said`: what is there. */
bool calendars_try(struct pool *, const struct calendar_conf *, struct reader *, utc now, const char **said,
		   struct err *);

/* Times at which the owner and this person could meet, until `till`. The working time of theirs is what is known:
 * their zone. */
bool calendars_free(struct sql *, struct pool *, const struct conf *, const struct owner *, const struct contact *,
		    int minutes, utc now, utc till, utc out[FREETIMES], size_t *n, struct err *);

/* A failure of it: since when, and whether its owner is to be told now. Inside the caller's transaction. */
bool calendars_failed(struct sql *, struct pool *, const struct conf *, const struct calendar_conf *,
		      struct calendar_row *, const struct err *why, utc now, struct err *);

#endif
