/* the trust challenge: a line a day, and the report when its seven days are over */
#include "borders/record.h"
#include "work/schedule_inner.h"

bool schedule_challenge_of(struct sql *q, struct pool *p, const struct conf *c, struct challenge *x, utc now,
			   struct err *e)
{
	struct score_track *tracks;
	size_t n;

	if (!store_score(q, p, c, x->owner, &tracks, &n, e))
		return false;
	x->now = now;
	score_challenge(p, tracks, n, x);
	return true;
}

/* The mail, and that it was told, are one transaction. */
static bool tell(struct sql *q, struct pool *p, const struct conf *c, struct challenge *x, const char *why, utc now,
		 struct err *e)
{
	struct compose_in in = { .conf = c, .owner = x->owner, .kind = MAIL_CHALLENGE };
	struct challenge told;
	struct outgoing out;

	if (!schedule_challenge_of(q, p, c, x, now, e))
		return false;
	told = *x; /* it names the days without a line */
	in.challenge = &told;
	x->told = zone_day(x->owner->time.zone, now);
	if (!schedule_queue(q, p, &in, &(struct queue_as){ .why = why }, &out, now, e))
		return false;
	x->report = x->ended ? out.id : 0;
	return store_challenge_save(q, x, e);
}

static bool over(struct sql *q, struct pool *p, const struct conf *c, struct challenge *x, utc now, struct err *e)
{
	x->ended = now;
	return tell(q, p, c, x, "the trust challenge is over", now, e) &&
	       record_add(q, &(struct event){ .owner = x->owner->key, .word = "challenge", .detail = "over" }, now, e);
}

bool schedule_challenge(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o,
			const struct owner_row *row, utc now, utc *next, struct err *e)
{
	struct challenge x;
	bool runs;
	utc line, coming;

	if (!store_challenge(q, p, o, &x, &runs, e))
		return false;
	if (!runs)
		return true;
	if (row->paused > now) {
		coming = row->paused;
	} else if (challenge_report(&x) <= now) {
		return over(q, p, c, &x, now, e);
	} else {
		line = challenge_next(&x, now);
		if (line && line <= now) {
			if (!tell(q, p, c, &x, "the day's line of the trust challenge", now, e))
				return false;
			line = challenge_next(&x, now);
		}
		coming = challenge_report(&x);
		coming = line && line < coming ? line : coming;
	}
	if (!*next || coming < *next)
		*next = coming;
	return true;
}
