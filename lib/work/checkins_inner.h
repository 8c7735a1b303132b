/* checkins_inner - what the parts of checkins share */
#ifndef KEPT_WORK_CHECKINS_INNER_H
#define KEPT_WORK_CHECKINS_INNER_H

#include "judgement/when.h"
#include "work/checkins.h"
#include "work/schedule.h"

static inline bool given(const char *s)
{
	return s && *s;
}

#define WORD_UNBELIEVED "unbelieved" /* of a notice of answers that were not obeyed: one a day for each meeting */
#define WORD_COUNTER "counter " /* before the address of the one whose proposal a notice is about */

/* All that is said is in the owner's language (letters/phrase_checkins.h), on the terminal in English. */
const char *checkins_language(const struct checkins *);
const char *checkins_in(const struct checkins *, const char *english);
const char *checkins_day(struct checkins *, utc); /* in full; short */
const char *checkins_day_short(struct checkins *, utc);
void checkins_say(struct checkins *, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool checkins_refuse(struct checkins *, struct err *, const char *format, ...) __attribute__((format(printf, 3, 4))); /* PERM */
const char *checkins_plain(struct checkins *, const char *); /* a stranger's words for Markdown */
bool checkins_record(struct checkins *, const struct checkin *, const char *word, const char *detail, struct err *);
/* Says what it is now, or (`one`) the one of a series that was then, which begins at `start`, or (0) not at all; and the entry in the
 * owner's own calendar, which follows at once where they have one: it is theirs. */
void checkins_became(struct checkins *, const struct checkin *, utc one, utc start);
bool checkins_entry(struct checkins *, struct checkin *, utc one, utc start, struct err *);
void checkins_person(struct checkins *, struct checkin *, const char *name, const char *address);
/* What those invited should get; what becomes of it is said. */
bool checkins_tell(struct checkins *, const struct checkin *, struct schedule_meeting, struct err *);
bool checkins_live(struct checkins *, const struct checkin *, struct err *); /* else PERM, as all here */
/* All of it or nothing, of what is done between sql_mark() and this. */
bool checkins_whole(struct checkins *, bool well, struct err *);
/* The same of what changes one: on a copy, which `c` is then. */
bool checkins_begin(struct checkins *, const struct checkin *c, struct checkin *copy, struct err *);
bool checkins_end(struct checkins *, struct checkin *c, const struct checkin *copy, bool well, struct err *);
bool checkins_can_send(struct checkins *, struct err *);       /* by an account of the owner's */

/* ---- when (checkins_time.c) ---- */

bool checkins_moment(struct checkins *, const char *words, struct when *out, struct err *); /* a time to come */
/* The same, for what was at another: a day without an hour keeps the hour that it had, an hour without a day its day. */
bool checkins_another(struct checkins *, const char *words, utc was, struct when *out, struct err *);
bool checkins_lasting(struct checkins *, const char *words, int *minutes, struct err *);    /* "30min" */
/* A month's rule that names no day keeps the weekday of the first: else it would fall on Sundays. */
const char *checkins_on_weekday(struct checkins *, const char *rrule, const struct zone *, utc start);
bool checkins_moved_rule(struct checkins *, utc start, const char **rrule, struct err *);
/* The rule of those words ("once": none), and the first time that it has at `start` or later. */
bool checkins_repeating(struct checkins *, const char *words, const char **rrule, utc *start, struct err *);
bool checkins_fit_all(struct checkins *, const struct addrs *with, utc start, int minutes, struct err *);
bool checkins_clash(struct checkins *, const struct checkin *, utc start, struct err *); /* said, not refused */
/* Is that time fit for that one, in whose zone it is seen? In quiet hours PERM; outside working hours it is said. */
bool checkins_fit(struct checkins *, const char *who, const struct worktime *, utc start, int minutes, struct err *);

#endif
