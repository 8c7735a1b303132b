/* challenge - the 7-day trust challenge: a week in which every promise is followed up
 *
 * Law:     its days are civil days in the owner's zone; the one on which it was started is the first. Its promises are those
 *          that were made in them, and those whose day lies in them (score.h says which day that is).
 * Units:   a day is a civil day number.
 * Owns:    nothing; lives in the pool it was read into.
 * Fails:   never.
 * Manual:  kept(7) THE TRUST CHALLENGE
 * Tests:   tests/challenge.c
 */
#ifndef KEPT_NOUNS_CHALLENGE_H
#define KEPT_NOUNS_CHALLENGE_H

#include "nouns/agenda.h"

enum { CHALLENGE_DAYS = 7 };

/* What became of a promise, as score.h counts it. */
#define CHALLENGE_PARTS(X) \
	/* id        in templates, JSON  in words */ \
	X(FOLLOWED,  "followed_ones",    "followed up and closed") \
	X(SENT,      "sent_ones",        "delivered, and not yet followed up and closed") \
	X(LATE,      "overdue",          "not delivered, and its day is past") \
	X(LATER,     "later_ones",       "its day is yet to come") \
	X(OFF,       "off_ones",         "called off before its day")
#define X(id, name, words) CHALLENGE_##id,
enum challenge_part { CHALLENGE_PARTS(X) CHALLENGE_PART_COUNT };
#undef X

struct challenge {
	int64_t id;
	const struct owner *owner;
	utc start, ended;       /* ended: 0 while it runs */
	bool stopped;           /* by the owner's word, before its time */
	bool so_far;            /* it is shown as if it had ended, and runs on */
	int32_t told;           /* the day until which lines were told */
	int64_t report;         /* the mail that has it; 0 */
	const char *reflection; /* what the owner answered to that; "" or NULL */
	/* as counted at `now` (score_challenge) */
	utc now;
	size_t count;           /* of its promises */
	struct {
		const struct commitment **list;
		size_t n;
	} parts[CHALLENGE_PART_COUNT];
	struct review_line *answers; /* of the people, to its promises, since it began */
	size_t answer_count;
	struct { size_t n, of; } on_time, followed;
	double trust;
	bool trust_known;
};

int32_t challenge_first(const struct challenge *);
int32_t challenge_ended(const struct challenge *); /* its last day, or the earlier one on which it was ended */
/* 1 to 7: which of its days that is; 0: none. */
int challenge_day(const struct challenge *, utc);
/* When the next such mail may leave: the day's hour, or later on that day; 0: none will. */
utc challenge_next(const struct challenge *, utc now);
/* The evening of its last day; where that is a day off, the next working day's start. */
utc challenge_report(const struct challenge *);
/* Its days before the one of `now` whose line did not come. */
size_t challenge_missed(const struct challenge *, utc now, int32_t out[static CHALLENGE_DAYS]);

#endif
