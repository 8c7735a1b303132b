/* task - what lies on a calendar server: objects, and what the server says of them
 *
 * Law:     plain facts of strangers, bounded where they are read. A date without a time, and a time without a zone, are
 *          the owner's (task_due).
 * Owns:    lives in the pool it was read into.
 * Fails:   unpacking: PERM, what a reader sent is damaged.
 * Tests:   tests/davxml.c
 */
#ifndef KEPT_NOUNS_TASK_H
#define KEPT_NOUNS_TASK_H

#include "ground/text.h"
#include "ground/worktime.h"

enum task_kind { TASK_NONE, TASK_TODO, TASK_EVENT };

/* A date or a date-time; a floating one is a wall clock. */
struct task_time {
	bool date, floating;
	utc at;
};

/* One of a series that is not as planned: EXDATE, or an event with its RECURRENCE-ID. */
struct task_one {
	struct task_time recurrence, start;
	bool off;          /* it does not take place */
	const char *summary; /* its own; "" */
};

struct task {
	enum task_kind kind;
	const char *uid, *summary;
	const char *place, *rrule; /* of an event; "" */
	int minutes;       /* of an event; 0: not said */
	bool has_due;      /* DUE; of an event DTSTART */
	bool date, floating;
	utc due;           /* date or floating: a wall clock */
	bool done;         /* ticked off */
	bool cancelled;
	int sequence;
	struct task_one *ones;
	size_t one_count;
	bool more;         /* dates and rules besides those: RDATE, EXRULE, this and all later ones */
	const char *broken; /* "" or why it could not be read */
};

/* One response of a multistatus (RFC 4918 14.24). */
struct dav_item {
	const char *href;
	int status;         /* 404: it is gone; 200 */
	const char *etag;   /* "" none */
	bool calendar;      /* a collection of calendar objects */
	const char *principal, *home; /* hrefs; "" not said */
	const char *data;   /* the object; "" not asked for */
	struct task task;   /* what stands in it */
};

struct dav_answer {
	struct dav_item *items;
	size_t n;
	const char *token;  /* DAV:sync-token; "" none */
	bool more;          /* 507 of the collection: only a part was said (RFC 6578 3.6) */
	bool token_refused; /* the error DAV:valid-sync-token */
	const char *broken; /* "" or why it is no multistatus */
};

void dav_pack(struct text *, const struct dav_answer *);
bool dav_unpack(struct pool *, const void *bytes, size_t n, struct dav_answer *out, struct err *);
/* When it is due: a day alone at the hour at which the owner's work begins; 0: it says no time. */
utc task_due(const struct task *, const struct worktime *);
utc task_at(const struct task_time *, const struct worktime *);

#endif
