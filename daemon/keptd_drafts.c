/* the loop of the drafts: connects to an owner's own mailbox when something is to be laid or withdrawn, and hangs up a minute after */
#include <malloc.h>
#include <stdlib.h>

#include "daemon/keptd.h"
#include "ground/log.h"
#include "work/drafts.h"

enum { HANG_UP = 60, REST_MOST = 900 };

struct table {
	struct desk_of_mailbox desk;
	utc again;    /* after a failure: not before */
	int failures;
	struct err fault; /* its text "": none */
	utc used;
};

bool drafts_are_set(const struct conf *c)
{
	for (size_t i = 0; i < c->owner_count; i++)
		if (conf_drafts(c, &c->owners[i]))
			return true;
	return false;
}

static void sooner(utc *next, utc at)
{
	if (at && (!*next || at < *next))
		*next = at;
}

static void serve(struct loop *l, struct sql *q, struct table *t, utc *next)
{
	struct pool *p;
	utc now = clock_now(l->house), at = 0;
	bool well;

	if (t->again > now && t->again <= now + REST_MOST) {
		sooner(next, t->again);
		return;
	}
	p = pool_new();
	t->fault = (struct err){ 0 };
	well = drafts(q, p, l->house->conf, t->desk.conf, &t->desk.desk, now, &at, &t->fault);
	pool_end(&p);
	atomic_store(&l->turned, clock_monotonic());
	t->again = 0;
	if (!well) { /* a minute, two, four … */
		utc rest = at > now ? at - now : HANG_UP;

		for (int i = 0; i < t->failures && rest < REST_MOST; i++)
			rest *= 2;
		t->failures += t->failures < 10;
		at = t->again = now + (rest < REST_MOST ? rest : REST_MOST);
	} else {
		t->failures = 0;
	}
	sooner(next, at);
}

/* A connection of which nothing was asked for a minute is closed: there may be as many as owners. */
static void hang_up(struct loop *l, struct table *t, bool busy, utc *next)
{
	utc now = clock_now(l->house);

	if (!t->desk.box)
		return;
	if (busy || !t->used || t->used > now)
		t->used = now;
	if (now < t->used + HANG_UP) {
		sooner(next, t->used + HANG_UP);
		return;
	}
	desk_close(&t->desk);
	t->used = 0;
	malloc_trim(0);
}

void *loop_drafts(void *arg)
{
	struct loop *l = arg;
	struct sql *q = loop_ledger(l);
	const struct conf *c = l->house->conf;
	struct table *tables = must_take((c->owner_count + 1) * sizeof *tables);
	size_t n = 0;
	char last[256] = "";

	for (size_t i = 0; i < c->owner_count; i++)
		if (conf_drafts(c, &c->owners[i]))
			desk_make(&tables[n++].desk, conf_drafts(c, &c->owners[i]));
	while (q && !atomic_load(&l->house->stopping)) {
		const char *state = "ok";
		utc next = 0;

		for (size_t i = 0; i < n && !atomic_load(&l->house->stopping); i++) {
			uint64_t turns = tables[i].desk.box ? mailbox_turns(tables[i].desk.box) : 0;

			serve(l, q, &tables[i], &next);
			if (*tables[i].fault.text)
				state = tables[i].fault.text;
			hang_up(l, &tables[i], tables[i].desk.box && mailbox_turns(tables[i].desk.box) != turns, &next);
		}
		loop_beat(l, q, state, last);
		wake_ring(l->house->courier->wake); /* what the owner is to be told */
		loop_sleep(l, next);
	}
	for (size_t i = 0; i < n; i++)
		desk_close(&tables[i].desk);
	free(tables);
	sql_close(&q);
	return NULL;
}
