#include "borders/reader_inner.h"

#include <string.h>

#include "ground/pack.h"
#include "letters/ical_busy.h"

enum thing { THING_BUSY = 1 };

/* One walk for both ends. */
struct head {
	uint64_t thing;
	utc from, till;
	const char *own;
};

static void walk_head(struct packer *k, struct head *h)
{
	walk_number(k, &h->thing);
	walk_time(k, &h->from);
	walk_time(k, &h->till);
	walk_string(k, &h->own);
}

bool thing_read(const char *head, size_t head_n, const char *bytes, size_t n, struct text *out)
{
	struct pool *p = pool_new();
	struct packer k = { .pool = p, .at = head, .end = head + head_n };
	struct head h = { 0 };
	struct busy busy;
	bool well = true;

	walk_head(&k, &h);
	if (k.bad)
		well = false;
	else if (h.thing == THING_BUSY) {
		ical_busy(p, bytes, n, h.from, h.till, h.own, &busy);
		busy_pack(out, &busy);
	} else {
		well = false;
	}
	pool_end(&p);
	return well;
}

static bool ask_as(struct reader *r, struct pool *p, const struct head *h, const void *bytes, size_t n, struct reader_thing *t, struct err *e)
{
	struct text *head = text_new(p, THING_HEAD_MOST);
	struct packer k = { .out = head };
	struct head copy = *h;

	walk_head(&k, &copy);
	if (head->cut)
		return err_perm(e, "too many addresses");
	*t = (struct reader_thing){ .head = head->s, .head_n = head->n };
	return thing_ask(r, p, bytes, n, t, e);
}

bool reader_busy(struct reader *r, struct pool *p, const void *bytes, size_t n, utc from, utc till, const char *own, struct busy *out, struct err *e)
{
	struct reader_thing t;
	struct err why = { 0 };

	if (!ask_as(r, p, &(struct head){ THING_BUSY, from, till, own }, bytes, n, &t, e))
		return false;
	if (!t.answer || !busy_unpack(p, t.answer, t.answer_n, out, &why))
		*out = (struct busy){ .broken = t.answer ? "what was read of it is damaged" : t.broken };
	return true;
}
