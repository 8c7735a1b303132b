/* busy - when an owner has no time, as their calendar says, and whom they meet
 *
 * Law:     plain facts: from when to when, never with what; of meetings with others also their title and who they are.
 *          Times without a zone, and whole days, are `floating`: the wall clock of their owner, whose zone
 *          busy_settle() is given. What could not be read is a finding, and its time counts as free: the owner is told
 *          which.
 * Units:   utc seconds; a floating time is a wall clock as if it were UTC.
 * Owns:    lives in the pool it was read into.
 * Fails:   busy_unpack(): PERM, what a reader sent is damaged.
 * Tests:   tests/busy.c
 */
#ifndef KEPT_NOUNS_BUSY_H
#define KEPT_NOUNS_BUSY_H

#include "ground/text.h"
#include "ground/worktime.h"
#include "nouns/addr.h"

enum { BUSY_FINDINGS_MOST = 20, MEETINGS_MOST = 2000, MEETING_PEOPLE_MOST = 30 };

struct busy_time {
	utc start, end;
	bool floating;
};

/* One of those times with people outside: its first MEETING_PEOPLE_MOST. */
struct busy_meeting {
	struct busy_time time;
	const char *uid, *title;
	struct addrs with;
};

struct busy_finding {
	const char *what, *why; /* its title; what could not be read of it */
};

struct busy {
	struct busy_time *times;
	size_t n;
	struct busy_meeting *meetings;      /* the first MEETINGS_MOST */
	size_t meeting_count;
	struct busy_finding *findings; /* the first BUSY_FINDINGS_MOST */
	size_t finding_count, left_out; /* left_out: of all */
	size_t events;
	const char *broken;            /* "" or why it is no calendar; nothing else counts then */
};

void busy_pack(struct text *, const struct busy *);
bool busy_unpack(struct pool *, const void *bytes, size_t n, struct busy *out, struct err *);
/* Floating times become those of that zone; sorted, and what overlaps or touches is one. Meetings stay as
 * they are. */
void busy_settle(struct busy *, const struct zone *);
/* Is any of it within [from, till)? Of what is settled. */
bool busy_within(const struct busy *, utc from, utc till);

#endif
