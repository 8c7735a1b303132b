/* The object of `kept explain --json`. */
#include "judgement/understand_inner.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* "" is null; so is what is no UTF-8, which a letter's strings never are */
static json_t *string(const char *s)
{
	json_t *v = s && *s ? json_string(s) : NULL;

	return v ? v : json_null();
}

/* A string even where it is empty. */
static json_t *text(const char *s)
{
	json_t *v = json_string(s);

	return v ? v : json_string("");
}

static json_t *list(const struct strings *l)
{
	json_t *a = json_array();

	for (size_t i = 0; i < l->n; i++)
		json_array_append_new(a, string(l->list[i]));
	return a;
}

static json_t *instant(struct pool *p, const struct zone *z, utc t)
{
	return t ? string(utc_print(p, z, t)) : json_null();
}

static json_t *tag(const struct tag *g)
{
	json_t *o, *options;

	if (g->way == TAG_NONE)
		return json_null();
	o = json_object();
	options = json_object();
	json_object_set_new(o, "way", string(tag_way_name(g->way)));
	if (*g->address)
		json_object_set_new(o, "address", string(g->address));
	if (*g->due && g->due_way != TAG_BODY)
		json_object_set_new(options, "due", string(g->due));
	if (*g->every)
		json_object_set_new(options, "every", string(g->every));
	if (*g->team)
		json_object_set_new(options, "team", string(g->team));
	if (g->noreply)
		json_object_set_new(options, "noreply", json_true());
	if (g->done)
		json_object_set_new(options, "done", json_true());
	if (g->only)
		json_object_set_new(options, "only", json_true());
	if (g->share)
		json_object_set_new(options, "share", json_true());
	if (g->work)
		json_object_set_new(options, "work", json_true());
	json_object_set_new(o, "options", options);
	return o;
}

static const char *from_name(enum due_from f)
{
	switch (f) {
	case DUE_FROM_ADDRESS: return "address";
	case DUE_FROM_SUBJECT: return "subject";
	case DUE_FROM_BODY: return "body";
	case DUE_FROM_SENTENCE: return "sentence";
	case DUE_FROM_POLICY: return "policy";
	}
	return "policy";
}

static json_t *trust(const struct promise *x)
{
	json_t *o = json_object();

	json_object_set_new(o, "what", json_boolean(x->trust.what));
	json_object_set_new(o, "who", json_boolean(x->trust.who));
	json_object_set_new(o, "when", json_boolean(x->trust.when));
	return o;
}

static json_t *people(const struct addrs *l)
{
	json_t *a = json_array();

	for (size_t i = 0; i < l->n; i++)
		json_array_append_new(a, string(l->list[i].address));
	return a;
}

static json_t *promise(struct pool *p, const struct zone *z, const struct promise *x)
{
	json_t *o = json_object();

	json_object_set_new(o, "what", string(x->what));
	json_object_set_new(o, "words", string(x->words));
	json_object_set_new(o, "due", instant(p, z, x->due));
	json_object_set_new(o, "due_from", string(from_name(x->from)));
	json_object_set_new(o, "due_words", string(x->due_words));
	if (*x->due_error) {
		json_object_set_new(o, "due_error", string(x->due_error));
		json_object_set_new(o, "due_code", string(x->due_code));
	}
	if (*x->due_note)
		json_object_set_new(o, "due_note", string(x->due_note));
	if (*x->due_said)
		json_object_set_new(o, "due_said", string(x->due_said));
	if (*x->every)
		json_object_set_new(o, "every", string(x->every));
	if (*x->rrule)
		json_object_set_new(o, "rrule", string(x->rrule));
	json_object_set_new(o, "to", people(&x->to));
	if (*x->to_why)
		json_object_set_new(o, "to_why", string(x->to_why));
	json_object_set_new(o, "score", json_real(x->score));
	json_object_set_new(o, "trust_test", trust(x));
	return o;
}

static json_t *bounce(const struct meaning *m)
{
	json_t *o;

	if (!m->bounce.action)
		return json_null();
	o = json_object();
	json_object_set_new(o, "recipients", list(&m->bounce.recipients));
	json_object_set_new(o, "action", string(m->bounce.action));
	json_object_set_new(o, "status", m->bounce.statuses.n == 1 ? string(m->bounce.statuses.list[0]) : list(&m->bounce.statuses));
	json_object_set_new(o, "of", string(m->bounce.of));
	return o;
}

static json_t *automatic(struct pool *p, const struct meaning *m)
{
	json_t *o;
	struct civil day;

	if (!m->automatic.kind)
		return json_null();
	o = json_object();
	day = day_civil(m->automatic.until);
	json_object_set_new(o, "kind", string(m->automatic.kind));
	json_object_set_new(o, "until", m->automatic.has_until ? string(pool_print(p, "%04d-%02d-%02d", day.year, day.month, day.day)) : json_null());
	return o;
}

static json_t *answer(struct pool *p, const struct zone *z, const struct meaning *m)
{
	static const char *const weights[] = {
		"real", "holding", "courtesy"
	};
	json_t *o;

	if (m->class != CLASS_ANSWER)
		return json_null();
	o = json_object();
	json_object_set_new(o, "weight", string(weights[m->answer.weight]));
	json_object_set_new(o, "until", m->answer.has_until ? instant(p, z, m->answer.until) : json_null());
	json_object_set_new(o, "unsure", json_boolean(m->answer.unsure));
	return o;
}

static json_t *calendar(struct pool *p, const struct zone *z, const struct letter *l)
{
	const struct calendar_facts *c = &l->calendar;
	const char *from = l->from.n ? l->from.list[0].address : "";
	size_t who = 0;
	json_t *o;

	if (!c->is)
		return json_null();
	for (size_t i = 0; i < c->attendee_count && c->attendee_count > 1; i++) /* several: the one who writes */
		if (addr_same(c->attendees[i].address, from))
			who = i;
	o = json_object();
	json_object_set_new(o, "method", string(c->method));
	json_object_set_new(o, "uid", string(c->uid));
	json_object_set_new(o, "attendee", c->attendee_count ? string(c->attendees[who].address) : json_null());
	json_object_set_new(o, "partstat", c->attendee_count ? string(c->attendees[who].partstat) : json_null());
	json_object_set_new(o, "sequence", json_integer(c->sequence));
	json_object_set_new(o, "start", c->has_start ? instant(p, z, c->start) : json_null());
	json_object_set_new(o, "end", c->has_end ? instant(p, z, c->end) : json_null());
	if (*c->summary)
		json_object_set_new(o, "summary", string(c->summary));
	if (*c->broken)
		json_object_set_new(o, "broken", string(c->broken));
	return o;
}

/* The topmost field, whatever is believed of it. */
static json_t *authentication(struct pool *p, const struct letter *l)
{
	static const char *const methods[] = { "dkim", "spf", "dmarc" };
	const char *v = letter_field_at(l, "Authentication-Results", 0);
	struct auth_results r;
	json_t *o;

	if (!v)
		return json_null();
	proof_parse(p, v, &r);
	o = json_object();
	json_object_set_new(o, "authserv_id", text(r.authserv_id));
	for (size_t k = 0; k < 3; k++) {
		json_t *a = json_array();

		for (size_t i = 0; i < r.n; i++)
			if (strcmp(r.methods[i].method, methods[k]) == 0)
				json_array_append_new(a, string(r.methods[i].result));
		json_object_set_new(o, methods[k], json_array_size(a) == 0 ? json_null() : k && json_array_size(a) == 1 ? json_incref(json_array_get(a, 0)) : json_incref(a));
		json_decref(a);
	}
	return o;
}

static json_t *commands(struct pool *p, const struct meaning *m)
{
	struct text *t;
	json_t *a;

	if (m->class != CLASS_COMMAND)
		return json_null();
	t = text_new(p, BODY_MOST);
	command_json(t, &m->commands);
	a = json_loads(t->s, 0, NULL);
	return a ? a : json_null();
}

static json_t *person(const struct addrs *l)
{
	json_t *o;

	if (!l->n)
		return json_null();
	o = json_object();
	json_object_set_new(o, "name", text(l->list[0].name));
	json_object_set_new(o, "address", text(l->list[0].address));
	return o;
}

static json_t *deliveries(const struct meaning *m)
{
	json_t *a = json_array();

	for (size_t i = 0; i < m->delivery_count; i++) {
		const struct delivered *d = &m->deliveries[i];
		json_t *o = json_object();

		json_object_set_new(o, "what", text(d->thread->what));
		json_object_set_new(o, "strength", string(delivery_name(d->is.strength)));
		json_object_set_new(o, "why", text(d->is.why));
		json_object_set_new(o, "empty", json_boolean(d->is.empty));
		json_object_set_new(o, "elsewhere", json_boolean(d->is.elsewhere));
		json_array_append_new(a, o);
	}
	return a;
}

void understand_json(struct text *out, const struct letter *l, const struct meaning *m)
{
	struct pool *p = out->pool;
	const struct zone *z = m->owner ? m->owner->time.zone : zone_fixed(p, 0);
	const struct promise *first = m->promise_count ? &m->promises[0] : NULL;
	json_t *o = json_object(), *a = json_array(), *reasons = json_array(), *files = json_array();
	char *s;

	json_object_set_new(o, "class", string(letter_class_name(m->class)));
	json_object_set_new(o, "held", string(m->held));
	json_object_set_new(o, "owner", m->owner ? string(m->owner->key) : json_null());
	json_object_set_new(o, "subject", text(l->subject));
	json_object_set_new(o, "from", person(&l->from));
	json_object_set_new(o, "counterpart", people(&m->counterpart));
	json_object_set_new(o, "tag", tag(&m->tag));
	json_object_set_new(o, "what", first ? string(first->what) : m->delivers && m->thread ? string(m->thread->what) : json_null());
	json_object_set_new(o, "due", first ? instant(p, z, first->due) : json_null());
	json_object_set_new(o, "due_from", first ? string(from_name(first->from)) : json_null());
	json_object_set_new(o, "trust_test", first ? trust(first) : json_null());
	for (size_t i = 0; i < m->promise_count; i++)
		json_array_append_new(a, promise(p, z, &m->promises[i]));
	json_object_set_new(o, "promises", a);
	json_object_set_new(o, "deliveries", deliveries(m));
	json_object_set_new(o, "text", text(l->text));
	json_object_set_new(o, "bounce", bounce(m));
	json_object_set_new(o, "auto", automatic(p, m));
	json_object_set_new(o, "answer", answer(p, z, m));
	json_object_set_new(o, "calendar", calendar(p, z, l));
	json_object_set_new(o, "commands", commands(p, m));
	json_object_set_new(o, "settles", m->settles ? string(mail_kind_name(m->settles->kind)) : json_null());
	json_object_set_new(o, "changed", json_boolean(m->changed));
	json_object_set_new(o, "safety", json_boolean(m->safety));
	json_object_set_new(o, "refusal", string(m->refusal));
	json_object_set_new(o, "authentication", authentication(p, l));
	for (size_t i = 0; i < l->attachment_count; i++) {
		json_t *f = json_object();

		json_object_set_new(f, "name", string(l->attachments[i].name));
		json_object_set_new(f, "type", string(l->attachments[i].type));
		json_object_set_new(f, "size", json_integer((json_int_t)l->attachments[i].size));
		json_array_append_new(files, f);
	}
	json_object_set_new(o, "attachments", files);
	json_object_set_new(o, "remarks", list(&l->remarks));
	for (size_t i = 0; i < m->why_count; i++)
		json_array_append_new(reasons, text(m->why[i]));
	json_object_set_new(o, "why", reasons);
	s = json_dumps(o, JSON_INDENT(2) | JSON_REAL_PRECISION(3));
	if (s)
		text_add(out, s);
	free(s);
	json_decref(o);
}
