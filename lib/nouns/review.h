/* review - an owner's week: what a weekly review tells
 *
 * Law:     every live promise stands in exactly one part; the parts come in the order in which they are read.
 * Owns:    nothing; lives in the pool it was read into.
 * Fails:   never.
 * Manual:  kept(7) THE WEEKLY REVIEW
 * Tests:   tests/review.c; tests/review_year.c holds a year of them to the ledger
 */
#ifndef KEPT_NOUNS_REVIEW_H
#define KEPT_NOUNS_REVIEW_H

#include "nouns/commitment.h"

#define REVIEW_PARTS(X) \
	/* id          in templates */ \
	X(KEPT,        "kept_ones")  /* closed since the last one */ \
	X(OVERDUE,     "overdue") \
	X(WEEK,        "this_week")  /* due within seven days */ \
	X(TEAMS,       "with_teams") /* given to a team that has not answered */ \
	X(OTHERS,      "with_others") \
	X(SENT,        "sent_ones")  /* delivered, and not closed with them */ \
	X(LATER,       "later_ones") \
	X(CANDIDATES,  "candidates") /* an untagged mail that sounded like a promise */
#define X(id, name) REVIEW_##id,
enum review_part { REVIEW_PARTS(X) REVIEW_PART_COUNT, REVIEW_NOWHERE = REVIEW_PART_COUNT };
#undef X

/* What is no promise of the owner's. */
#define REVIEW_LISTS(X) \
	X(WORD,        "word")       /* mail to others that waits for the owner's word */ \
	X(ASKED,       "unanswered")  /* what they asked in their last mail, where nothing followed */ \
	X(INVITED,     "invited_ones") /* who was invited and has not answered */ \
	X(THEIRS,      "theirs")     /* what others promised, and until when */ \
	X(SUGGESTED,   "suggested") /* another day for a promise to one who gets all late */ \
	X(UNTOLD,      "untold")     /* insights whose outcome the person has not heard */ \
	X(NEEDS,       "needs")      /* what they need, whose day to look at it again has come */ \
	X(HELD,        "unproven")   /* messages that are held */ \
	X(PAST,        "past_cadence") /* people whom the owner meant to have heard from by now */ \
	X(RETURNED,    "returned")   /* addresses that mail came back from */ \
	X(ENDING,      "ending")     /* material and interests that end within a month */
#define X(id, name) REVIEW_LIST_##id,
enum review_list { REVIEW_LISTS(X) REVIEW_LIST_COUNT };
#undef X

struct review_line {
	const char *text, *who; /* "" none */
	utc at;                 /* 0 none */
	int64_t number;         /* of the promise that it is about; 0 */
	size_t of;              /* of so many; 0 */
	const char *fits, *why; /* of a question: approved material that bears on it, and the words in common; "" or NULL none */
	const char *words;      /* what an answer about it is: "accept h3"; "" none */
};

struct review {
	utc from, to;           /* the time it looks back on */
	struct {
		const struct commitment **list;
		size_t n;
	} parts[REVIEW_PART_COUNT];
	struct {
		struct review_line *lines;
		size_t n;
	} lists[REVIEW_LIST_COUNT];
	struct { size_t n, of; } on_time, followed; /* of the twelve weeks before (score.h) */
	double trust;
	bool trust_known;
	const char *head;       /* of the record: "row:mac"; "" none */
};

/* Where it stands in a review at `now` that looks back until `from`; REVIEW_NOWHERE: not in it. */
enum review_part review_part(const struct commitment *, utc from, utc now);
/* Puts each of them where it belongs, the nearest day first. */
void review_sort(struct pool *, struct review *, const struct commitment *list, size_t n);
void review_line(struct pool *, struct review *, enum review_list, struct review_line);
size_t review_count(const struct review *); /* of all that it tells */

#endif
