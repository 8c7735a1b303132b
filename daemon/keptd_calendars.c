/* the loop of the calendars: reads those that owners let it read, and keeps kept's own alike */
#include <malloc.h>
#include <stdlib.h>

#include "borders/oauth.h"
#include "daemon/keptd.h"
#include "work/alike.h"
#include "work/calendars.h"

enum { REST_MOST = 3600, LOGIN_SECONDS = 60 };

static bool turn(struct loop *l, struct sql *q, struct pool *p, struct reader *r, const struct calendar_conf *c,
		 utc now, utc *at, struct err *e)
{
	if (c->kind == CALENDAR_BUSY)
		return calendars_read(q, p, l->house->conf, c, r, now, at, e);
	return alike(q, p, l->house->conf, c, r, now, at, e);
}

/* Why its account is open no more, which its owner is told; "" it is. */
static const char *closed(struct loop *l, struct sql *q, struct pool *p, const struct calendar_conf *c)
{
	const char *why = "";

	if (c->oauth && oauth_standing(p, c->oauth, c->user, &why, NULL))
		loop_login(l, q, &(struct server){ .oauth = c->oauth, .user = c->user }, why);
	return why;
}

/* One of them; `fault`: what hinders it, "" nothing. After a failure it is let alone until `again`, however often the bell
 * rings. */
static bool serve(struct loop *l, struct sql *q, struct pool *p, struct reader *r, const struct calendar_conf *c,
		  utc *again, utc *next, const char **fault, struct err *e)
{
	struct calendar_row row;
	utc now = clock_now(l->house), at = *again;
	bool rests = at > now && at <= now + REST_MOST, shut = *closed(l, q, p, c) != '\0';
	bool well = (rests || shut || turn(l, q, p, r, c, now, &at, e)) && store_calendar(q, p, c->key, &row, e);
	const char *why = closed(l, q, p, c);

	atomic_store(&l->turned, clock_monotonic());
	*again = well && row.failed && !*why ? at : 0;
	if (*why) { /* it is open again with the bell of `kept login` */
		at = now + LOGIN_SECONDS;
		*fault = pool_print(p, "%s: %s", c->key, why);
	} else if (!well)
		at = now + LOGIN_SECONDS;
	else if (row.failed)
		*fault = pool_print(p, "%s: %s", c->key, row.why);
	if (at && (!*next || at < *next))
		*next = at;
	return well;
}

void *loop_calendars(void *arg)
{
	struct loop *l = arg;
	struct sql *q = loop_ledger(l);
	const struct conf *c = l->house->conf;
	utc *again = must_take((c->calendar_count + 1) * sizeof *again);
	struct reader *r = NULL;
	char last[256] = "";

	while (q && !atomic_load(&l->house->stopping)) {
		struct pool *p = pool_new();
		struct err e = { 0 };
		const char *fault = "ok";
		utc next = 0;
		bool well = r || reader_open(&r, &e);

		/* what fails with one is no other's matter */
		for (size_t i = 0; well && i < c->calendar_count && !atomic_load(&l->house->stopping); i++) {
			struct err why = { 0 };

			if (!serve(l, q, p, r, &c->calendars[i], &again[i], &next, &fault, &why))
				fault = pool_print(p, "%s: %s", c->calendars[i].key, why.text);
		}
		loop_beat(l, q, well ? fault : e.text, last);
		if (r)
			reader_rest(r);
		pool_end(&p);
		malloc_trim(0);
		wake_ring(l->house->courier->wake); /* what the owner is to be told */
		if (next && next <= clock_now(l->house))
			continue;
		loop_sleep(l, well ? next : clock_now(l->house) + 60);
	}
	free(again);
	reader_close(&r);
	sql_close(&q);
	return NULL;
}
