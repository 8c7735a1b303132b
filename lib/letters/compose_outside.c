/* What goes to others: the owner's own mail to the person something was promised to, and kept's to the team that is asked. */
#include <string.h>
#include <strings.h>

#include "letters/compose_inner.h"
#include "letters/markup.h"
#include "letters/phrase.h"

enum { PLEDGE_MOST = 400, TEXT_MOST = 16 << 10, ABOUT_MOST = 200 };

/* ---- fields that both have ---- */

static void points(const struct composing *k, const struct commitment *c)
{
	struct strings found = compose_points(k->p, c->request, k->in->owner->name);

	for (size_t i = 0; i < found.n; i++)
		view_text(view_item(k->v, "points"), "point", found.list[i]);
	view_flag(k->v, "points_any", found.n);
	view_flag(k->v, "points_several", found.n > 1);
}

/* The day; with its time where that is one of its own, not just the start of work. */
static const char *day(const struct composing *k, utc t)
{
	const struct worktime *w = &k->in->owner->time;
	struct civil at = zone_civil(w->zone, t);
	const char *day = phrase_day(k->p, k->language, k->zone, t, k->in->now);

	if (!t)
		return "";
	return at.hour * 60 + at.minute == w->hour || at.hour * 60 + at.minute == w->eod ? day :
		pool_print(k->p, "%s, %s", day, phrase_clock(k->p, k->language, k->zone, t));
}

/* A day that is over; "" for today, of which nobody would say the date. */
static const char *past_day(const struct composing *k, utc t)
{
	return t && zone_day(k->zone, t) < zone_day(k->zone, k->in->now) ? phrase_day(k->p, k->language, k->zone, t, k->in->now) : "";
}

/* The sentence it was promised in, else what was promised: within quotation marks it ends as a sentence does. */
static const char *pledge(const struct composing *k, const struct commitment *c)
{
	const char *thing = commitment_thing(k->p, c), *words = c->words && strlen(c->words) < PLEDGE_MOST ? c->words : "";
	const char *own = commitment_sentence(words, thing); /* without the greeting of that mail */
	const char *s = line_from(k->p, own ? own : words, PLEDGE_MOST).s;

	if (!*s)
		s = thing;
	return !*s || strchr(".!?", s[strlen(s) - 1]) ? s : pool_print(k->p, "%s.", s);
}

/* No sentence promised: it is called after what its letter was about, which nobody promised in so many words. */
static bool is_guessed(const struct commitment *c, const char *what)
{
	size_t n = strlen(what), k = strlen(c->subject);

	return !*c->words && *c->message_id && k <= n && strcmp(what + n - k, c->subject) == 0 &&
	       (n == k || !k || (n - k > 2 && strncmp(what + n - k - 3, " - ", 3) == 0));
}

/* Is it a sentence of the owner's, "I'll send you …", and no name of a thing? */
bool compose_is_sentence(struct pool *p, const char *what, const char *words)
{
	static const char *const begin[] = { "i ", "i'", "we ", "we'", "you ", "you'", "let ", "ich ", "wir ", "sie ", "je ", "j'",
		"nous ", "vous ", "yo ", "to ", NULL };
	const char *folded = text_fold(p, what);

	if (commitment_sentence(words, what))
		return true;
	for (size_t i = 0; begin[i]; i++)
		if (text_starts(folded, begin[i]))
			return true;
	return false;
}

void compose_promise(const struct composing *k, const struct commitment *c)
{
	const char *what = commitment_thing(k->p, c), *next = what;
	bool late = k->in->now > worktime_late(&k->in->owner->time, c->due);
	bool guessed = mail_kind_whom(k->in->kind) == WHOM_OUTSIDE && is_guessed(c, c->what);
	struct text *topic = text_new(k->p, WHAT_MOST);

	if (*next >= 'a' && *next <= 'z')
		text_char(topic, (char)(*next++ - 'a' + 'A'));
	text_add(topic, next);
	view_text(k->v, "what", commitment_said(k->p, c));
	view_text(k->v, "promised", what);
	/* a receipt does not say again what they have in the owner's own letter */
	view_text(k->v, "pledge", guessed || (k->in->kind == MAIL_RECEIPT && c->written) ? "" : pledge(k, c));
	view_text(k->v, "topic", guessed ? c->subject : compose_is_sentence(k->p, what, c->words ? c->words : "") ? "" : topic->s);
	view_text(k->v, "subject", c->subject);
	view_text(k->v, "to", phrase_names(k->p, k->language, &c->to));
	view_text(k->v, "made_day", past_day(k, c->made));
	view_text(k->v, "day", late ? "" : day(k, c->due));
	view_text(k->v, "late_day", late ? day(k, c->due) : "");
	points(k, c);
}

/* "Medical Information team" stands in "our team for …" by its name alone. */
static const char *team_name(struct pool *p, const char *name)
{
	size_t n = strlen(name);

	if (n > 5 && strcasecmp(name + n - 5, " team") == 0)
		return pool_slice(p, name, n - 5);
	return text_starts(name, "team ") ? name + 5 : name;
}

/* ---- outside ---- */

const char *compose_language(struct pool *p, const struct conf *c, enum mail_kind kind, const struct dossier *d, const char **heard,
			     const char **code)
{
	const struct commitment *m = &d->commitment;
	const char *own = template_language(c, kind, m->owner->language), *theirs = d->contact.language, *words = m->words ? m->words : "", *leans, *name;

	*heard = *code = NULL;
	if (theirs && *theirs)
		return template_language(c, kind, theirs);
	*code = leans = phrase_heard(p, words, PHRASE_PLAIN, heard);
	if (!*code) {
		*code = phrase_heard(p, m->request ? m->request : "", PHRASE_PLAIN, heard);
		leans = phrase_heard(p, words, PHRASE_LEANS, &name); /* who asks in one language may be answered in another */
	}
	if (!*code || (leans && strcmp(leans, *code) != 0) || strncmp(*code, own, 2) == 0)
		return own;
	return strcmp(template_language(c, kind, *code), *code) == 0 ? *code : own;
}

static bool says(const char *s)
{
	return s && s[strspn(s, " \t\r\n")];
}

bool compose_has_substance(const struct compose_in *in)
{
	const struct outside *o = in->outside;
	const struct commitment *c = in->dossier_count ? &in->dossiers[0].commitment : NULL;

	if (!o || !c)
		return false;
	if (says(o->own_text) || says(o->substance) || o->resource_count || in->meeting ||
	    (in->recap && (in->recap->promised_count || in->recap->outcome_count)))
		return true;
	/* the receipt tells by when they hear, the delay a new date; the question how it served speaks of theirs */
	return (in->kind == MAIL_RECEIPT && c->due) || (in->kind == MAIL_DELAY && c->due != o->told) ||
	       (in->kind == MAIL_AFTERCARE && says(c->request)) || (in->kind == MAIL_INTRODUCTION && says(o->with));
}

static void resources(const struct composing *k, struct mail *m)
{
	const struct outside *o = k->in->outside;

	for (size_t i = 0; i < o->resource_count; i++) {
		const struct outside_resource *r = &o->resources[i];
		struct view *one = view_item(k->v, "resources");
		struct attached *a;

		view_text(one, "resource", r->resource->title);
		view_text(one, "about", r->resource->about && strlen(r->resource->about) <= ABOUT_MOST ? r->resource->about : "");
		view_flag(one, "attached", r->bytes);
		view_markdown(one, "resource_link", r->bytes ? "" : compose_web(k->p, r->resource->link));
		if (!r->bytes)
			continue;
		a = pool_more(k->p, &m->attached, m->attached_count++, sizeof *a);
		*a = (struct attached){ line_from(k->p, says(r->file_name) ? r->file_name : r->resource->title, NAME_MOST),
			says(r->type) ? r->type : "application/octet-stream", r->bytes, r->n };
	}
	view_flag(k->v, "resources_any", o->resource_count);
	view_flag(k->v, "resources_several", o->resource_count > 1);
	view_flag(k->v, "attached_any", m->attached_count);
}

/* Two or three are greeted by name, if each has one. */
static const char *called(const struct composing *k, const struct mail *m)
{
	const char *all = compose_called(k->p, m->to.name, m->to.address, k->language);

	for (size_t i = 0; i < m->also.n && *all; i++) {
		const char *one = compose_called(k->p, m->also.list[i].name, m->also.list[i].address, k->language);

		all = !*one || m->also.n > 2 ? "" : i + 1 < m->also.n ? pool_print(k->p, "%s, %s", all, one) :
			pool_print(k->p, "%s %s %s", all, phrase(k->language, PHRASE_AND), one);
	}
	return all;
}

bool compose_outside(struct composing *k, struct mail *m, struct err *e)
{
	const struct compose_in *in = k->in;
	const struct outside *o = in->outside;
	const struct dossier *d = in->dossiers;
	const struct commitment *c = in->dossier_count ? &d->commitment : NULL;
	const struct contact *who = c ? &d->contact : NULL;
	const struct addr *first;
	const char *name, *spoken, *heard, *code;

	if (!o || !c)
		return err_perm(e, "a mail of the kind %s is about one promise, and to one person", mail_kind_name(in->kind));
	first = o->to.n ? o->to.list : c->to.list;
	if (!c->to.n || !addr_valid(first->address))
		return err_perm(e, "promise %lld names nobody to whom the mail %s could go", (long long)c->id, mail_kind_name(in->kind));
	if (!compose_has_substance(in))
		return err_perm(e, "the mail %s about promise %lld would say nothing: it needs a line of its owner's",
			mail_kind_name(in->kind), (long long)c->id);
	if (who->zone && *who->zone && zone_named(k->p, who->zone))
		k->zone = zone_named(k->p, who->zone);
	spoken = compose_language(k->p, in->conf, in->kind, d, &heard, &code);
	if (strcmp(spoken, template_language(in->conf, in->kind, in->owner->language)) != 0)
		k->language = spoken;
	name = who->name && *who->name ? who->name : first->name;
	m->outside = true;
	m->to = (struct addr){ addr_called(name, ""), first->address };
	m->also = (struct addrs){ o->to.list + 1, o->to.n > 1 ? o->to.n - 1 : 0 };
	m->to_name = line_from(k->p, m->to.name, NAME_MOST);
	m->from_name = line_from(k->p, in->owner->name, NAME_MOST);
	m->from = line_from(k->p, in->owner->addresses.list[0], ADDRESS_MOST);
	m->reply_to = line_from(k->p, "", 1);
	view_text(k->v, "called", called(k, m));
	if (c->what && *c->what)
		compose_promise(k, c);
	view_text(k->v, "told_day", o->told ? phrase_day(k->p, k->language, k->zone, o->told, in->now) : "");
	view_text(k->v, "delivered_day", past_day(k, c->delivered));
	view_text(k->v, "team", team_name(k->p, o->team ? o->team : ""));
	view_text(k->v, "with", o->with);
	view_text(k->v, "interest", o->interest);
	view_markdown(k->v, "substance", compose_own_words(k->p, o->substance));
	resources(k, m);
	if (!in->meeting)
		return true;
	compose_invitation(k, m);
	return compose_meeting(k, m, false, e);
}

static const char *line_at_end(struct pool *p, const char *s)
{
	return says(s) ? pool_print(p, "\n%s\n", markdown_quote(p, s, NOTE_MOST)) : "";
}

/* What stands at the end of every mail to them: the owner's disclosure, and the conflict of interest that there is with these. */
static const char *disclosure(const struct composing *k)
{
	const char *conflict = k->in->dossier_count ? k->in->dossiers[0].contact.conflict : "";

	return pool_print(k->p, "%s%s", line_at_end(k->p, k->in->owner->disclosure), line_at_end(k->p, conflict));
}

void compose_outside_end(const struct composing *k, struct mail *m)
{
	const char *own = k->in->outside->own_text;

	if (says(own)) {
		own = pool_slice(k->p, own, strlen(own) < TEXT_MOST ? strlen(own) : utf8_cut(own, TEXT_MOST));
		m->markdown = pool_print(k->p, "%s\n", compose_own_words(k->p, own));
	}
	m->markdown = pool_print(k->p, "%s%s", m->markdown, disclosure(k));
}

/* ---- the team ---- */

bool compose_team(struct composing *k, struct mail *m, struct err *e)
{
	const struct compose_in *in = k->in;
	const struct routed *r = in->routed;

	if (!r || !r->team || !in->dossier_count)
		return err_perm(e, "a mail of the kind %s is about one promise, and to one team", mail_kind_name(in->kind));
	if (!addr_valid(r->team->address))
		return err_perm(e, "the team %s has no mail address", r->team->key);
	m->to = (struct addr){ r->team->name, r->team->address };
	m->to_name = line_from(k->p, r->team->name, NAME_MOST);
	compose_promise(k, &in->dossiers[0].commitment);
	view_text(k->v, "team", team_name(k->p, r->team->name));
	view_text(k->v, "needed", day(k, r->team_due));
	view_flag(k->v, "late", in->now > worktime_late(&in->owner->time, r->team_due));
	view_text(k->v, "asked_day", past_day(k, r->asked));
	view_flag(k->v, "needless", r->needless);
	view_markdown(k->v, "substance", compose_own_words(k->p, r->note));
	return true;
}
