/* ical_rule - recurrence rules of foreign calendars (RFC 5545 3.3.10), expanded by ourselves
 *
 * Law:     DAILY, WEEKLY, MONTHLY, YEARLY with INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYYEARDAY, BYSETPOS,
 *          WKST; any other rule is refused by name. Only days are computed: the time of day is the first event's. Steps
 *          are bounded by a budget that is shared by a whole calendar.
 * Units:   wall-clock seconds as if UTC.
 * Tests:   tests/busy.c; tests/rules.py against an independent reader
 */
#ifndef KEPT_LETTERS_ICAL_RULE_H
#define KEPT_LETTERS_ICAL_RULE_H

#include "letters/ical_inner.h"

enum rule_freq { RULE_DAILY, RULE_WEEKLY, RULE_MONTHLY, RULE_YEARLY };

struct rule {
	enum rule_freq freq;
	int interval, count; /* count 0: none */
	struct wall until;   /* !is: none */
	enum weekday week_start;
	unsigned months; /* bit m; 0: any */
	struct {
		int nth, weekday;
	} by_day[64];
	int by_monthday[64], by_yearday[64], by_setpos[64];
	size_t day_count, monthday_count, yearday_count, setpos_count;
};

/* false: `why` says what this rule has that is not read. `start`: the wall clock of the first event. */
bool rule_parse(const char *value, int64_t start, struct rule *, const char **why);
/* Calls `take` with each time in order, from the first that does not end before `from` (a rule with COUNT: from its
 * start), to `till`; it stops where that says false. An UNTIL in UTC is left to it. false: the budget is used up. */
bool rule_expand(const struct rule *, int64_t start, int64_t from, int64_t till, long *budget,
		 bool (*take)(void *, int64_t wall), void *);

#endif
