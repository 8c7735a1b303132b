/* checkins_inner - what the parts of checkins share */
#ifndef KEPT_WORK_CHECKINS_INNER_H
#define KEPT_WORK_CHECKINS_INNER_H

#include "work/checkins.h"
#include "work/schedule.h"

#define WORD_COUNTER "counter " /* before the address of the one whose proposal a notice is about */

void checkins_say(struct checkins *, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *checkins_plain(struct checkins *, const char *); /* a stranger's words for Markdown */
bool checkins_record(struct checkins *, const struct checkin *, const char *word, const char *detail, struct err *);
void checkins_person(struct checkins *, struct checkin *, const char *name, const char *address);
/* What those invited should get; what becomes of it is said. */
bool checkins_tell(struct checkins *, const struct checkin *, struct schedule_meeting, struct err *);
/* Is that time fit for that one, in whose zone it is seen? In quiet hours PERM; outside working hours it is said. */
bool checkins_fit(struct checkins *, const char *who, const struct worktime *, utc start, int minutes, struct err *);

#endif
