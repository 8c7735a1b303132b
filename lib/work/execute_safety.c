/* `safety reported`, `safety no`: the owner's word on a possible adverse event lifts the freeze */
#include "borders/store.h"
#include "ground/text.h"
#include "work/execute_inner.h"

static bool lift(struct run *r, const char *word, int64_t id, struct err *e)
{
	bool reported = text_same(word, "reported"), found;
	struct commitment m;
	utc answered;

	if (!store_commitment(r->q, r->p, r->c, id, &m, &answered, &found, e))
		return false;
	if (!found || m.owner != r->x->owner) {
		say_failed(r, NULL, pool_print(r->p, "\\#%lld: there is no such promise of yours; nothing was changed.", (long long)id));
		return true;
	}
	if (!m.frozen) {
		say_failed(r, &m, "nothing of it is kept back; nothing was changed.");
		return true;
	}
	m.frozen = 0;
	head(r, &m, reported ? "Reported" : "No adverse event");
	say(r, &m, reported ? "on record: you reported it. What I prepare for them goes on." : "on record: you say that it is no adverse event. What I prepare for them goes on.");
	return save(r, &m, answered, "safety", word, NULL, 0, e);
}

/* Without a number: all that the mail asked about, for they are one conversation. */
bool run_safety(struct run *r, const struct command *c, struct err *e)
{
	const int64_t *ids = c->id_count ? c->ids : r->x->about;
	size_t n = c->id_count ? c->id_count : r->x->about_count;

	if (!n)
		return run_meant(r, c, &ids, &n, e);
	for (size_t i = 0; i < n; i++)
		if (!lift(r, c->arg ? c->arg : "no", ids[i], e))
			return false;
	return true;
}
