/* What was promised, by when and to whom: by the tag's own text, by the sentences that promise, else by the subject. */
#include "judgement/understand_inner.h"

#include <string.h>

/* ---- by when ---- */

/* `words` to a due time; where they cannot be read, the policy's, with the reason. */
static void due_set(struct thinking *t, const struct owner *o, const char *words, enum due_from from, struct promise *out)
{
	struct worktime usual;
	struct frame f = frame_of(t, o, &usual);
	struct when w;
	struct err e = { 0 };
	const char *policy = conf_policy(t->c, o ? o->policy : "default")->due;

	out->due_words = words;
	if (*words && when_parse(t->p, words, &f, &w, &e)) {
		out->due = w.at;
		out->from = from;
		out->due_note = w.note ? w.note : "";
		out->rrule = w.rrule ? w.rrule : "";
		return;
	}
	if (*words) {
		out->due_error = pool_copy(t->p, e.text);
		out->due_code = pool_copy(t->p, e.code);
		why(t, "the due words \"%s\" were not understood (%s): %s", words, e.code, e.text);
	}
	out->from = DUE_FROM_POLICY;
	if (when_parse(t->p, policy, &f, &w, &e))
		out->due = w.at;
	else
		out->due = worktime_next(f.time, t->anchor + 3 * 86400);
}

static struct promise *promise_new(struct thinking *t, const char *what)
{
	struct promise *x = pool_more(t->p, &t->m->promises, t->m->promise_count++, sizeof *x);

	*x = (struct promise){ .what = line_from(t->p, what, WHAT_MOST).s, .words = "", .due_words = "", .due_error = "", .due_code = "", .due_note = "", .due_said = "", .note = "",
			       .to = t->m->counterpart, .to_why = "", .every = t->m->tag.every, .rrule = "" };
	return x;
}

static enum due_from due_from_way(enum tag_way way)
{
	return way == TAG_SUBJECT ? DUE_FROM_SUBJECT : way == TAG_BODY ? DUE_FROM_BODY : DUE_FROM_ADDRESS;
}

/* The date of a sentence, where no tag names one. */
static bool due_in(struct thinking *t, const struct owner *o, const char *sentence, enum due_from from, struct promise *out, size_t *start, size_t *end)
{
	struct worktime usual;
	struct frame f = frame_of(t, o, &usual);
	struct when w;

	if (!when_find(t->p, sentence, &f, start, end, &w))
		return false;
	out->due = w.at;
	out->from = from;
	out->due_words = pool_slice(t->p, sentence + *start, *end - *start);
	out->due_note = w.note ? w.note : "";
	out->rrule = w.rrule ? w.rrule : "";
	return true;
}

/* ---- what was promised ---- */

/* The first line of the text that says something: for notes and forwards, where the owner writes to kept. */
static const char *first_sentence(struct pool *p, const char *text)
{
	const char *s = text + strspn(text, " \t\r\n-*>"), *end = s;

	while (*end && *end != '\n' && !((*end == '!' || *end == '?' || *end == '.') && (end[1] == ' ' || end[1] == '\n' || end[1] == '\r' || !end[1]) &&
					 end - s > 15))
		end++;
	return line_from(p, pool_slice(p, s, (size_t)(end - s)), WHAT_MOST).s;
}

/* The tag's own due words; false: it has none that can be read. Then what else names a date counts before the policy, and
 * due_error says what was not understood. */
static bool due_of_tag(struct thinking *t, const struct owner *o, struct promise *x)
{
	const struct tag *g = &t->m->tag;

	if (*g->every) {
		due_set(t, o, pool_print(t->p, "every %s", g->every), DUE_FROM_ADDRESS, x);
		if (*x->due_error) {
			x->due_error = x->due_code = "";
			due_set(t, o, g->every, DUE_FROM_ADDRESS, x);
		}
		if (!*g->due)
			return true;
	}
	if (*g->due)
		due_set(t, o, g->due, due_from_way(g->due_way), x);
	return *g->due && !*x->due_error;
}

/* A vow that a tag's due words stand beside: the address counts before the sentence. */
static void promise_due(struct thinking *t, const struct owner *o, struct promise *x, const struct vow *v)
{
	const struct zone *z = o ? o->time.zone : NULL;
	struct worktime usual;
	struct frame f = frame_of(t, o, &usual);
	struct err e = { 0 };
	const char *bad;

	if (due_of_tag(t, o, x)) {
		if (v && v->at && z && zone_day(z, v->at) != zone_day(z, x->due))
			x->due_said = v->when;
		return;
	}
	if (v && v->at) {
		x->due = v->at;
		x->from = DUE_FROM_SENTENCE;
		x->due_words = v->when;
		x->due_note = v->note;
	} else if (!*x->due_error) {
		due_set(t, o, "", DUE_FROM_POLICY, x);
		if (v && (bad = when_wrong(t->p, v->sentence, &f, &e))) {
			x->due_words = bad;
			x->due_error = pool_copy(t->p, e.text);
			x->due_code = pool_copy(t->p, e.code);
			why(t, "no due time from \"%s\" (%s): %s", bad, e.code, e.text);
		}
	}
}

/* By when the other person is told, which is what the sentence says, and not when the owner's tag has it. */
static utc told_by(struct thinking *t, const struct owner *o, const struct vow *v)
{
	struct worktime usual;
	struct frame f = frame_of(t, o, &usual);
	size_t start, end;
	struct when w;

	if (!v->says_when || !(v->at && *v->when ? when_parse(t->p, v->when, &f, &w, NULL) : when_find(t->p, v->sentence, &f, &start, &end, &w)))
		return 0;
	return w.till ? w.till : w.at;
}

/* To whom, where not to all that the letter is for. */
static void promise_whom(struct thinking *t, struct promise *x, const struct whom *w)
{
	x->to_why = w->why;
	if (!w->to.n)
		return;
	x->to = w->to;
	why(t, "to whom: %s, since %s", addrs_names(t->p, &w->to), w->why);
}

/* "by 31.2.", "bis Freitga": what a `kept:` line ends with as its limit, which is no date as a whole; NULL: it ends with none. Words
 * without a number count only where they are nearly those of a date, for things go "by mail" too. */
#define MEAN "did you mean "
static const char *bad_limit(struct thinking *t, const struct owner *o, const char *text)
{
	static const char *const limits[] = { " by ", " until ", " till ", " bis " };
	struct worktime usual;
	struct frame f = frame_of(t, o, &usual);
	const char *rest = NULL, *near;
	size_t words = 1;
	struct when w;
	struct err e = { 0 };

	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
		for (const char *at = text; (at = strstr(at, limits[i])); at++)
			rest = !rest || at + strlen(limits[i]) > rest ? at + strlen(limits[i]) : rest;
	for (const char *c = rest; c && *c; c++)
		words += *c == ' ';
	if (!rest || words > 3 || when_parse(t->p, rest, &f, &w, &e))
		return NULL;
	near = strstr(e.text, MEAN);
	return (*rest >= '0' && *rest <= '9') || (near && words == 1 && strlen(rest) > 4 && near[strlen(MEAN)] == (*rest | 0x20)) ? rest : NULL;
}

/* What a `kept:` line promises; `v`: where it names several dates and cannot be parted, the one that counts. */
static void from_tag_part(struct thinking *t, const struct owner *o, const char *text, const struct vow *v)
{
	struct promise *x = promise_new(t, text);
	const char *bad;
	size_t start, end;
	struct whom whom = whom_of_words(t, text);

	why(t, "what: the tag's own text");
	promise_whom(t, x, &whom);
	x->score = 1;
	x->trust.what = false; /* a tag is taken for kept's eyes: the other person may not see it */
	if (*t->m->tag.due && due_of_tag(t, o, x))
		return;
	bad = v ? NULL : bad_limit(t, o, text);
	if (v) {
		x->due = v->at, x->from = DUE_FROM_BODY;
		x->due_words = v->when, x->due_note = v->note;
	} else if (bad) {
		due_set(t, o, bad, DUE_FROM_BODY, x);
	} else if (due_in(t, o, text, DUE_FROM_BODY, x, &start, &end)) {
		x->what = commitment_undated(t->p, x->what, start, end);
	} else if (!*x->due_error) {
		due_set(t, o, "", DUE_FROM_POLICY, x);
	}
}

/* One `kept:` line. As in a sentence, each thing with its own date is a promise; the date of the address is that of all. */
static void from_tag_text(struct thinking *t, const struct owner *o, const char *text)
{
	struct worktime usual;
	struct frame f = frame_of(t, o, &usual);
	struct vow *list;
	size_t n = *t->m->tag.due ? 0 : vow_line(t->p, t->c->rules.vows, text, &f, &list);

	for (size_t i = 0; i < n && n > 1 && t->m->promise_count < PROMISES_MOST; i++)
		from_tag_part(t, o, list[i].sentence, NULL);
	if (n < 2)
		from_tag_part(t, o, text, n ? list : NULL);
}

/* `part`: of a sentence that makes several. What says no thing itself ("and I'll get back to you both") is about what the mail is. */
static void from_vow(struct thinking *t, const struct owner *o, const struct vow *v, const struct whom *whom, bool part)
{
	const char *what = *v->what ? v->what : v->sentence, *subject = part && !v->says_what ? tag_subject(t->p, t->l->subject) : "";
	struct promise *x = promise_new(t, *subject ? pool_print(t->p, "%s - %s", what, subject) : what);

	x->words = v->sentence;
	x->score = v->score;
	x->trust.what = v->says_what;
	x->trust.who = v->says_who;
	x->trust.when = v->says_when;
	why(t, "what: \"%s\" promises (%s)", line_from(t->p, v->sentence, 120).s, v->why ? v->why : "");
	if (whom)
		promise_whom(t, x, whom);
	promise_due(t, o, x, v);
	x->told = told_by(t, o, v);
}

static void from_vows(struct thinking *t, const struct owner *o, const struct vows *vows)
{
	const struct whom *whom = whom_find(t, vows);

	for (size_t i = 0; i < vows->n; i++) {
		const struct vow *v = &vows->list[i];

		if (v->score < 0.5)
			continue;
		for (size_t k = 0; k < (v->part_count ? v->part_count : 1) && t->m->promise_count < PROMISES_MOST; k++)
			from_vow(t, o, v->part_count ? &v->parts[k] : v, !whom ? NULL : v->part_count ? &whom[i].parts[k] : &whom[i], v->part_count > 0);
	}
}

/* "Slides by Friday.": what nobody's verb promises, the tag does, with its date. */
static void from_bare(struct thinking *t, const struct owner *o, const struct vows *vows)
{
	struct worktime usual;
	struct frame f = frame_of(t, o, &usual);
	struct vows bare = { .list = pool_list(t->p, vows->n ? vows->n : 1, sizeof *bare.list), .n = vows->n };
	bool any = false;

	for (size_t i = 0; i < vows->n; i++) {
		struct vow v;

		bare.list[i] = vows->list[i];
		if (!vow_bare(t->p, t->c->rules.vows, vows->list[i].sentence, &f, &v))
			continue;
		v.from = vows->list[i].from, v.to = vows->list[i].to;
		bare.list[i] = v;
		any = true;
	}
	if (any)
		from_vows(t, o, &bare);
}

/* Nothing in it promises: the tag alone makes it a promise. */
static void from_subject(struct thinking *t, const struct owner *o, bool owners_mail)
{
	const struct tag *g = &t->m->tag;
	const char *subject = tag_subject(t->p, t->l->subject), *line = first_sentence(t->p, t->l->text);
	bool note = owners_mail && (g->alone || g->way == TAG_FORWARD);
	struct promise *x = promise_new(t, note && *line && (!*subject || g->way == TAG_FORWARD) ? pool_print(t->p, "%s%s%s", line, *subject ? " - " : "", subject) :
					   *subject ? subject : line);
	size_t start, end;

	why(t, "what: %s, since no sentence promises", *subject ? "the subject" : "the first line");
	if (note && *subject && g->way != TAG_FORWARD && !when_is(t->p, text_squeeze(t->p, t->l->text), false, NULL))
		x->note = line_from(t->p, text_squeeze(t->p, t->l->text), NOTE_MOST).s;
	if (due_of_tag(t, o, x))
		return;
	if (note && *line && due_in(t, o, line, DUE_FROM_SENTENCE, x, &start, &end))
		return;
	if (note && *subject && due_in(t, o, subject, DUE_FROM_SUBJECT, x, &start, &end))
		return;
	if (!*x->due_error)
		due_set(t, o, "", DUE_FROM_POLICY, x);
}

void promises_find(struct thinking *t, const struct owner *o, bool owners_mail, const struct vows *vows)
{
	const struct tag *g = &t->m->tag;

	if (g->way != TAG_NONE && *g->text && owners_mail) {
		for (size_t i = 0; i < g->texts.n && t->m->promise_count < PROMISES_MOST; i++)
			from_tag_text(t, o, g->texts.list[i]);
		return;
	}
	if (owners_mail)
		from_vows(t, o, vows);
	/* a tag alone in an address or the subject, where something is delivered, says that: look */
	if (!t->m->promise_count && !*g->due && !*g->every && g->way >= TAG_BCC && g->way <= TAG_SUBJECT &&
	    (t->known->delivered || deliveries_any(t->m)))
		return;
	if (g->share) {
		why(t, "share: what it holds is for the library; a sentence of it may promise, its tag does not");
		return;
	}
	if (g->work) {
		why(t, "work: what it holds is somebody's work; a sentence of it may promise, its tag does not");
		return;
	}
	if (!t->m->promise_count && g->way != TAG_NONE && owners_mail)
		from_bare(t, o, vows);
	if (!t->m->promise_count && g->way != TAG_NONE)
		from_subject(t, o, owners_mail);
}
