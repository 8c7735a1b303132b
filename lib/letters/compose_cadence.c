/* What comes before and after a check-in: it is proposed, the owner is briefed, tells what they heard, and is asked
 * whom they met. */
#include <string.h>

#include "letters/compose_inner.h"
#include "letters/phrase.h"

enum { PLACE_MOST = 400 };

static const char *day(const struct composing *k, utc t)
{
	return t ? phrase_day(k->p, k->language, k->zone, t, k->in->now) : "";
}

static void items(const struct composing *k, struct view *v, const char *name, const struct brief_item *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct view *one = view_item(v, name);

		view_text(one, "item", list[i].text);
		view_text(one, "item_day", day(k, list[i].at));
		view_markdown(one, "item_link", list[i].link ? compose_web(k->p, list[i].link) : "");
		view_text(one, "channel", list[i].channel);
		view_text(one, "item_id", list[i].id ? pool_print(k->p, "i%lld", (long long)list[i].id) : "");
	}
}

/* What is on record of them. */
static void record(const struct composing *k, struct view *v, const struct brief *b)
{
	for (size_t i = 0; i < b->our_count; i++) {
		struct view *one = view_item(v, "promises");

		view_text(one, "promised", commitment_thing(k->p, &b->ours[i]));
		view_text(one, "day", day(k, b->ours[i].due));
		view_flag(one, "late", k->in->now > worktime_late(&k->in->owner->time, b->ours[i].due));
	}
	items(k, v, "theirs", b->theirs, b->their_count);
	items(k, v, "exchanges", b->exchanges, b->exchange_count);
	items(k, v, "interests", b->interests, b->interest_count);
	items(k, v, "needs", b->needs, b->need_count);
	items(k, v, "fitting", b->resources, b->resource_count);
	items(k, v, "works", b->works, b->work_count);
	items(k, v, "insights", b->insights, b->insight_count);
	view_flag(v, "reasons_any",
		  b->our_count || b->their_count || b->need_count || b->resource_count || b->insight_count);
}

/* Links with a time that needs no reading: "at #7 2026-12-04 10:00". */
static void times(const struct composing *k, struct view *v, const struct brief *b, const char *number)
{
	for (size_t i = 0; i < b->time_count; i++) {
		struct view *one = view_item(v, "offers");
		struct civil c = zone_civil(k->zone, b->times[i]);

		view_text(one, "label", phrase_time_short(k->p, k->language, k->zone, b->times[i], k->in->now));
		compose_answer(k, one, "link",
			       pool_print(k->p, "at%s %04d-%02d-%02d %02d:%02d", number, c.year, c.month, c.day, c.hour,
					  c.minute));
	}
	compose_answer(k, v, "at_link", pool_print(k->p, "at%s ", number));
	compose_answer(k, v, "purpose_link", pool_print(k->p, "what%s: ", number));
	compose_answer(k, v, "skip", pool_print(k->p, "skip%s", number));
}

static const char *called(const struct contact *who)
{
	return who->name && *who->name ? who->name : who->address;
}

/* Those of a group: "Carol, Dan". */
static const char *all_called(const struct composing *k)
{
	const char *s = called(k->in->briefs[0].who);

	for (size_t i = 1; i < k->in->brief_count; i++)
		s = pool_print(k->p, "%s, %s", s, called(k->in->briefs[i].who));
	return s;
}

/* When, where, what for. */
static void head(const struct composing *k, struct view *v, const struct brief *b)
{
	view_text(v, "start", phrase_time_short(k->p, k->language, k->zone, b->start, k->in->now));
	view_text(v, "purpose", b->purpose);
	view_text(v, "place", b->checkin->place && strlen(b->checkin->place) < PLACE_MOST ? b->checkin->place : "");
	view_markdown(v, "call", b->checkin->link ? compose_web(k->p, b->checkin->link) : "");
	view_text(v, "agenda", b->checkin->agenda);
}

static void brief(const struct composing *k, struct view *v, const struct brief *b, const char *number)
{
	const struct contact *who = b->who;

	head(k, v, b);
	view_text(v, "to", called(who));
	view_text(v, "proposed_id", *number ? pool_print(k->p, "%lld", (long long)b->checkin->id) : "");
	view_text(v, "exchanged_day", day(k, b->exchanged));
	view_flag(v, "late", b->late);
	view_flag(v, "asked_for", b->asked_for);
	view_flag(v, "establishing", who->stage == CONTACT_STAGE_ESTABLISHING || who->stage == CONTACT_STAGE_UNKNOWN);
	view_flag(v, "developing", who->stage == CONTACT_STAGE_DEVELOPING);
	view_flag(v, "maintaining", who->stage == CONTACT_STAGE_MAINTAINING);
	view_text(v, "decides", who->decides);
	view_text(v, "expects", who->expects);
	record(k, v, b);
	if (k->in->kind == MAIL_PROPOSAL)
		times(k, v, b, number);
}

void compose_insights(struct composing *k, const struct brief *b)
{
	items(k, k->v, "insights", b->insights, b->insight_count);
	view_flag(k->v, "insights_any", b->insight_count);
}

void compose_briefs(struct composing *k)
{
	const struct compose_in *in = k->in;
	bool several = in->brief_count > 1;

	view_flag(k->v, "single", in->brief_count == 1);
	view_flag(k->v, "several", several);
	view_text(k->v, "count", pool_print(k->p, "%zu", in->brief_count));
	if (in->kind == MAIL_BRIEFING) { /* what is known of one stands with them alone: a list that another has not would show it */
		head(k, k->v, &in->briefs[0]);
		view_text(k->v, "to", all_called(k));
	} else if (in->brief_count == 1) {
		brief(k, k->v, &in->briefs[0], "");
	}
	for (size_t i = 0; i < in->brief_count && (in->kind == MAIL_PROPOSAL || in->kind == MAIL_BRIEFING); i++)
		brief(k, view_item(k->v, "briefs"), &in->briefs[i],
		      several && in->kind == MAIL_PROPOSAL ? pool_print(k->p, " #%lld", (long long)in->briefs[i].checkin->id) : "");
}

void compose_recap(struct composing *k)
{
	const struct recap *r = k->in->recap;
	bool today = zone_day(k->zone, r->met) == zone_day(k->zone, k->in->now);

	view_flag(k->v, "met_today", today);
	view_text(k->v, "met_day", today ? "" : day(k, r->met));
	for (size_t i = 0; i < r->promised_count; i++) {
		struct view *one = view_item(k->v, "promises");

		view_text(one, "promised", commitment_thing(k->p, &r->promised[i]));
		view_text(one, "day", day(k, r->promised[i].due));
	}
	for (size_t i = 0; i < r->outcome_count; i++) {
		struct view *one = view_item(k->v, "outcomes");

		view_text(one, "item", r->outcomes[i].said);
		view_text(one, "outcome", r->outcomes[i].outcome);
	}
}

void compose_sweep(struct composing *k)
{
	const struct addrs *met = k->in->met;

	for (size_t i = 0; met && i < met->n; i++) {
		struct view *one = view_item(k->v, "met");

		view_text(one, "name", *met->list[i].name ? met->list[i].name : met->list[i].address);
		view_text(one, "address", *met->list[i].name ? met->list[i].address : "");
		view_text(one, "meeting", k->in->met_titles ? k->in->met_titles[i] : "");
	}
	view_flag(k->v, "met_any", met && met->n);
}
