#include "borders/reader_inner.h"

#include <string.h>

#include "ground/pack.h"
#include "letters/autoconfig.h"
#include "letters/davxml.h"
#include "letters/ical_busy.h"

enum thing { THING_BUSY = 1, THING_DAV, THING_TASK, THING_AUTOCONFIG };

/* One walk for both ends. */
struct head {
	uint64_t thing;
	utc from, till;
	const char *own; /* of AUTOCONFIG: the address */
	struct task_said said;
	size_t object; /* so many bytes of what is read are the object that is said */
};

static void walk_said(struct packer *k, struct task_said *s)
{
	int kind = (int)s->kind, day = s->day;

	walk_int(k, &kind);
	walk_int(k, &day);
	s->kind = kind == TASK_EVENT ? TASK_EVENT : TASK_TODO;
	s->day = day;
	walk_string(k, &s->uid);
	walk_string(k, &s->summary);
	walk_string(k, &s->description);
	walk_bool(k, &s->date);
	walk_time(k, &s->due);
	walk_bool(k, &s->done);
	walk_bool(k, &s->waits);
	walk_time(k, &s->done_at);
	walk_time(k, &s->now);
	walk_bool(k, &s->moved);
}

static void walk_head(struct packer *k, struct head *h)
{
	walk_number(k, &h->thing);
	walk_time(k, &h->from);
	walk_time(k, &h->till);
	walk_string(k, &h->own);
	walk_said(k, &h->said);
	walk_size(k, &h->object);
}

static void walk_server(struct packer *k, struct server *s)
{
	int tls = (int)s->tls;

	walk_string(k, &s->host);
	walk_int(k, &s->port);
	walk_int(k, &tls);
	walk_string(k, &s->user);
	s->tls = tls == TLS_IMPLICIT ? TLS_IMPLICIT : TLS_STARTTLS;
}

static void walk_autoconfig(struct packer *k, struct autoconfig *a)
{
	walk_server(k, &a->imap);
	walk_server(k, &a->smtp);
	walk_bool(k, &a->clear);
	walk_bool(k, &a->no_password);
	walk_bool(k, &a->tokens);
	walk_string(k, &a->oauth.issuer);
	walk_string(k, &a->oauth.scope);
	walk_string(k, &a->oauth.authorization_endpoint);
	walk_string(k, &a->oauth.token_endpoint);
	walk_string(k, &a->broken);
}

bool thing_read(const char *head, size_t head_n, const char *bytes, size_t n, struct text *out)
{
	struct pool *p = pool_new();
	struct packer k = { .pool = p, .at = head, .end = head + head_n };
	struct head h = { 0 };
	struct dav_answer dav;
	struct busy busy;
	bool well = true;

	walk_head(&k, &h);
	if (k.bad || h.object > n)
		well = false;
	else if (h.thing == THING_BUSY) {
		ical_busy(p, bytes, n, h.from, h.till, h.own, &busy);
		busy_pack(out, &busy);
	} else if (h.thing == THING_DAV) {
		davxml_read(p, bytes, n, &dav);
		dav_pack(out, &dav);
	} else if (h.thing == THING_TASK) {
		const char *old = bytes + h.object, *text;

		h.said.object = pool_slice(p, bytes, h.object);
		text = ical_task_write(p, &h.said, n > h.object ? old : NULL, n - h.object);
		struct packer to = { .out = out };

		walk_string(&to, &text);
	} else if (h.thing == THING_AUTOCONFIG) {
		struct autoconfig a;
		struct packer to = { .out = out };

		autoconfig_read(p, bytes, n, h.own, &a);
		walk_autoconfig(&to, &a);
	} else {
		well = false;
	}
	pool_end(&p);
	return well;
}

static bool ask_as(struct reader *r, struct pool *p, const struct head *h, const void *bytes, size_t n,
		   struct reader_thing *t, struct err *e)
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

bool reader_busy(struct reader *r, struct pool *p, const void *bytes, size_t n, utc from, utc till, const char *own,
		 struct busy *out, struct err *e)
{
	struct reader_thing t = { 0 };
	struct err why = { 0 };

	if (!ask_as(r, p, &(struct head){ .thing = THING_BUSY, .from = from, .till = till, .own = own }, bytes, n, &t,
		    e))
		return false;
	if (!t.answer || !busy_unpack(p, t.answer, t.answer_n, out, &why))
		*out = (struct busy){ .broken = t.answer ? "what was read of it is damaged" : t.broken };
	return true;
}

bool reader_dav(struct reader *r, struct pool *p, const void *bytes, size_t n, struct dav_answer *out, struct err *e)
{
	struct reader_thing t = { 0 };
	struct err why = { 0 };

	if (!ask_as(r, p, &(struct head){ .thing = THING_DAV }, bytes, n, &t, e))
		return false;
	if (!t.answer || !dav_unpack(p, t.answer, t.answer_n, out, &why))
		*out = (struct dav_answer){ .token = "",
					    .broken = t.answer ? "what was read of it is damaged" : t.broken };
	return true;
}

bool reader_task(struct reader *r, struct pool *p, const struct task_said *s, const void *old, size_t n,
		 const char **out, struct err *e)
{
	struct reader_thing t = { 0 };
	struct packer k = { .pool = p };
	size_t object = strlen(s->object);
	char *both = pool_take(p, object + n + 1);

	memcpy(both, s->object, object);
	if (old)
		memcpy(both + object, old, n);
	if (!ask_as(r, p, &(struct head){ .thing = THING_TASK, .said = *s, .object = object }, both, object + (old ? n : 0),
		    &t, e))
		return false;
	if (!t.answer)
		return err_perm(e, "the task %s: %s", s->uid, t.broken);
	k.at = pool_slice(p, t.answer, t.answer_n);
	k.end = k.at + t.answer_n;
	walk_string(&k, out);
	return !k.bad || err_perm(e, "the task %s: what was written is damaged", s->uid);
}

bool reader_autoconfig(struct reader *r, struct pool *p, const void *bytes, size_t n, const char *address,
		       struct autoconfig *out, struct err *e)
{
	struct reader_thing t = { 0 };
	struct packer k = { .pool = p };
	struct autoconfig a = { 0 };

	if (!ask_as(r, p, &(struct head){ .thing = THING_AUTOCONFIG, .own = address }, bytes, n, &t, e))
		return false;
	if (t.answer) {
		k.at = pool_slice(p, t.answer, t.answer_n);
		k.end = k.at + t.answer_n;
		walk_autoconfig(&k, &a);
	}
	if (!t.answer || k.bad || k.at != k.end) {
		a = autoconfig_nothing();
		a.broken = t.answer ? "what was read of it is damaged" : t.broken;
	}
	*out = a;
	return true;
}
