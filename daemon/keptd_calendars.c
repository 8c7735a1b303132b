/* the loop of the calendars: reads those that owners let it read, and keeps kept's own alike */
#include <malloc.h>

#include "daemon/keptd.h"
#include "work/alike.h"
#include "work/calendars.h"

/* One of them; `fault`: what hinders it, "" nothing. */
static bool serve(struct loop *l, struct sql *q, struct pool *p, struct reader *r, const struct calendar_conf *c,
		  utc *next, const char **fault, struct err *e)
{
	const struct conf *conf = l->house->conf;
	struct calendar_row row;
	utc now = clock_now(l->house), at = 0;
	bool well = (c->kind == CALENDAR_BUSY ? calendars_read(q, p, conf, c, r, now, &at, e)
					      : alike(q, p, conf, c, r, now, &at, e)) &&
		    store_calendar(q, p, c->key, &row, e);

	atomic_store(&l->turned, clock_monotonic());
	if (!well)
		at = now + 60;
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
	struct reader *r = NULL;
	char last[256] = "";

	while (q && !atomic_load(&l->house->stopping)) {
		struct pool *p = pool_new();
		struct err e = { 0 };
		const char *fault = "ok";
		utc next = 0;
		bool well = r || reader_open(&r, &e);

		for (size_t i = 0; well && i < c->calendar_count && !atomic_load(&l->house->stopping); i++)
			well = serve(l, q, p, r, &c->calendars[i], &next, &fault, &e);
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
	reader_close(&r);
	sql_close(&q);
	return NULL;
}
