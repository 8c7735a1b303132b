/* alike_inner - what the parts of alike share */
#ifndef KEPT_WORK_ALIKE_INNER_H
#define KEPT_WORK_ALIKE_INNER_H

#include "judgement/agree.h"
#include "letters/ical.h"
#include "work/alike.h"

enum {
	ALIKE_CHECKIN_PAST = 86400, /* a check-in is written there until a day after its (last) start */
	ALIKE_CLOSED = 30 * 86400   /* a closed promise is followed so long: then its task is let alone */
};

/* One thing of kept's, as it should lie there. */
struct wanted {
	const char *name;
	int64_t commitment, checkin;
	bool absent; /* it should not lie there */
	struct side kept;
	struct task_said said;
	const char *besides; /* what it says of a check-in besides (alike_checkin.c); "" */
	const struct checkin *meeting; /* NULL: a promise, or a check-in that should not lie there */
	struct calendar_object *was; /* NULL: it was never there */
};

struct alike {
	struct sql *q;
	struct pool *p;
	const struct conf *c;
	const struct calendar_conf *conf;
	utc now;
	struct calendar_object *objects;
	size_t object_count;
	struct wanted *wanted;
	size_t n;
};

/* All that is kept's: promises (open, or with an object) and check-ins to come. */
bool alike_want(struct alike *, struct err *);
struct wanted *alike_named(struct alike *, const char *name); /* NULL: none of ours */
/* Does it lie there otherwise than it should, as far as is known? */
bool alike_differs(const struct wanted *);
/* What lies there now is taken in: in a transaction of its own. Wanted is then as the ledger has it afterwards. */
bool alike_take(struct alike *, struct wanted *, const struct caldav_object *, struct err *);
/* These lie there no more: one mail says so. */
bool alike_gone(struct alike *, struct wanted *const *, size_t n, struct err *);
/* ---- (alike_take.c) ---- */
const char *alike_name(struct pool *, const char *kind, int64_t id, const char *uid);
/* `side`, `besides`: what is known to lie there. */
bool alike_put(struct alike *, struct wanted *, const char *etag, const struct side *, const char *besides, struct err *);
const char *alike_in(const struct alike *, const char *english); /* in the owner's language (letters/phrase_calendars.h) */
const char *alike_time(struct alike *, utc);                     /* … a time in words */
/* `subject`: in English, as it stands in that list. */
bool alike_tell(struct alike *, const struct wanted *, const char *subject, const char *markdown, struct err *);
const char *alike_moment(struct alike *, utc); /* as `due` and --at take it */

/* ---- check-ins (alike_checkin.c) ---- */

/* false: it is over, or is none that stands. Of a series that was called off, what took place is wanted. */
bool alike_want_checkin(struct alike *, const struct checkin *, struct wanted *);
/* Is all of it over that lies there? */
bool alike_checkin_over(struct alike *, const struct calendar_object *);
/* What its owner's client made of it, put to them; what is known of it there is then as it is. */
bool alike_checkin_take(struct alike *, struct wanted *, const struct caldav_object *, struct err *);
/* Sets `said.object`. `there`: what lies there; NULL: nothing. false: it cannot be written. */
bool alike_checkin_object(struct alike *, struct wanted *, const struct task *there, struct err *);

/* It lies there as it should, with this ETag. */
bool alike_written(struct alike *, struct wanted *, const char *etag, struct err *);

#endif
