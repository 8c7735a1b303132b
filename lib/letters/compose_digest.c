/* What a team hears each week: what was promised with it, and what was shared. */
#include <string.h>

#include "letters/compose_inner.h"
#include "letters/phrase.h"

static const char *day(const struct composing *k, utc t)
{
	return t ? phrase_day(k->p, k->language, k->zone, t, k->in->now) : "";
}

static void one(const struct composing *k, const struct digest_item *x)
{
	const struct commitment *c = x->m;
	struct view *v = view_item(k->v, "promises");

	view_text(v, "owner", c->owner->name);
	view_text(v, "promised", commitment_thing(k->p, c));
	view_text(v, "to", phrase_names(k->p, k->language, &c->to));
	view_text(v, "day", day(k, c->due));
	view_text(v, "answered_day", day(k, c->team_answered));
	view_flag(v, "is_open", c->state == COMMITMENT_OPEN || c->state == COMMITMENT_WAITING);
	view_flag(v, "is_delivered", c->state == COMMITMENT_DELIVERED || c->state == COMMITMENT_KEPT);
	view_flag(v, "is_cancelled", c->state == COMMITMENT_CANCELLED);
	view_flag(v, "shared_any", x->shared_count);
	for (size_t i = 0; i < x->shared_count; i++) {
		struct view *w = view_item(v, "shared");

		view_text(w, "shared_day", day(k, x->shared[i].at));
		view_text(w, "shared_kind", compose_kind(k, x->shared[i].kind));
		view_text(w, "material", x->shared[i].material);
	}
}

bool compose_digest(struct composing *k, struct mail *m, struct err *e)
{
	const struct digest *g = k->in->digest;

	if (!g || !g->team || !g->count)
		return err_perm(e, "a digest is to one team, and tells something");
	m->reply_to =
		line_from(k->p, m->to.address, ADDRESS_MOST); /* what they have to say is for the owner, not for kept */
	m->reply_name = m->to_name;
	m->to = (struct addr){ g->team->name, g->team->address };
	m->to_name = line_from(k->p, g->team->name, NAME_MOST);
	view_text(k->v, "team", g->team->name);
	view_text(k->v, "from_day", day(k, g->from));
	view_text(k->v, "to_day", day(k, g->to - 1));
	for (size_t i = 0; i < g->count; i++)
		one(k, &g->items[i]);
	view_text(k->v, "left_out", g->left_out ? pool_print(k->p, "%zu", g->left_out) : "");
	return true;
}
