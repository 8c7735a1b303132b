/* agenda - an owner's morning: what an agenda tells, and on which mornings one comes
 *
 * Law:     a promise stands in one part at most; what was put off until later stands in none.
 * Owns:    nothing; lives in the pool it was read into.
 * Fails:   never.
 * Manual:  kept(7) THE AGENDA
 * Tests:   tests/agenda.c
 */
#ifndef KEPT_NOUNS_AGENDA_H
#define KEPT_NOUNS_AGENDA_H

#include "nouns/review.h"

#define AGENDA_PARTS(X) \
	/* id          in templates */ \
	X(OVERDUE,     "overdue") \
	X(TODAY,       "due_today") \
	X(NEAR,        "near_ones")  /* due by the next working day, or reminded of this morning */
#define X(id, name) AGENDA_##id,
enum agenda_part { AGENDA_PARTS(X) AGENDA_PART_COUNT, AGENDA_NOWHERE = AGENDA_PART_COUNT };
#undef X

#define AGENDA_LISTS(X) \
	X(WORD,        "word")       /* mail to others that waits for the owner's word */ \
	X(ANSWERED,    "answered_ones") /* who answered since the last one, about which promise */ \
	X(MEETINGS,    "meetings")   /* check-ins of the day */ \
	X(HELD,        "unproven")   /* messages that are held */
#define X(id, name) AGENDA_LIST_##id,
enum agenda_list { AGENDA_LISTS(X) AGENDA_LIST_COUNT };
#undef X

struct challenge;

struct agenda {
	utc from, at;           /* since when it tells of answers; its own time */
	struct {
		const struct commitment **list;
		size_t n;
	} parts[AGENDA_PART_COUNT];
	struct {
		struct review_line *lines;
		size_t n;
	} lists[AGENDA_LIST_COUNT];
	const struct challenge *challenge; /* that runs: its line of the day; NULL */
	int32_t *missed;        /* working days on which none came */
	size_t missed_count;
	const char *head;       /* of the record: "row:mac"; "" none */
};

/* Where it stands in an agenda at `at`; `reminded`: its reminder comes with this one. */
enum agenda_part agenda_part(const struct commitment *, bool reminded, utc at);
void agenda_promise(struct pool *, struct agenda *, const struct commitment *, bool reminded);
void agenda_line(struct pool *, struct agenda *, enum agenda_list, struct review_line);
size_t agenda_count(const struct agenda *); /* of all that it tells, but for mornings without one */

/* The minute of the day at which their agenda comes; -1: none does. */
int agenda_minute(const struct owner *);
/* The newest such time that has come, and the next; false: none comes. */
bool agenda_mornings(const struct owner *, utc now, utc *last, utc *next);
/* Does an agenda take that reminder along, and when does it come? One of the same time; or of the owner's hour, where the agenda of
 * that day comes earlier. */
bool agenda_takes(const struct owner *, utc reminder, utc *at);
/* The working days whose agenda did not come, after `seen`, when a morning was seen to, and before `till`: of the last
 * fourteen days. */
size_t agenda_missed(struct pool *, const struct owner *, utc seen, utc till, int32_t **out);

#endif
