/* score_challenge: the promises of a trust challenge, and what became of each */
#include "judgement/score.h"

/* The same counts as for all of them, of this one alone. */
static enum challenge_part part_of(const struct score_item *x, utc now)
{
	struct score s = score_of(x, 1, now);

	return s.off           ? CHALLENGE_OFF
	       : !s.on_time.of ? CHALLENGE_LATER
	       : s.open        ? CHALLENGE_LATE
	       : s.followed.n  ? CHALLENGE_FOLLOWED
			       : CHALLENGE_SENT;
}

static bool is_of(const struct challenge *x, utc t)
{
	return challenge_day(x, t) > 0 && zone_day(x->owner->time.zone, t) <= challenge_ended(x);
}

void score_challenge(struct pool *p, const struct score_track *tracks, size_t n, struct challenge *out)
{
	struct score_item *items = pool_list(p, n, sizeof *items);
	struct score s;

	for (size_t i = 0; i < n; i++) {
		const struct commitment *m = &tracks[i].commitment;
		struct score_item item = score_item(&tracks[i]);
		enum challenge_part part = part_of(&item, out->now);

		if (!is_of(out, m->made) && !is_of(out, item.day))
			continue;
		items[out->count++] = item;
		*(const struct commitment **)pool_more(p, &out->parts[part].list, out->parts[part].n++,
						       sizeof *out->parts[part].list) = m;
		if (tracks[i].answered >= out->start)
			*(struct review_line *)pool_more(p, &out->answers, out->answer_count++, sizeof *out->answers) =
				(struct review_line){ .text = commitment_said(p, m),
						      .who = addrs_names(p, &m->to),
						      .at = tracks[i].answered,
						      .number = m->id,
						      .words = "" };
	}
	s = score_of(items, out->count, out->now);
	out->on_time.n = s.on_time.n, out->on_time.of = s.on_time.of;
	out->followed.n = s.followed.n, out->followed.of = s.followed.of;
	out->trust = s.trust, out->trust_known = s.known;
}

void score_challenges(struct pool *p, const struct score_track *tracks, size_t n, const struct challenge *all, size_t count,
		      struct figures *f)
{
	f->challenges = NULL;
	f->challenge_count = 0;
	while (count--) {
		struct challenge x = all[count];

		if (!x.ended || challenge_first(&x) > f->to || challenge_ended(&x) < f->from)
			continue;
		x.now = f->now;
		score_challenge(p, tracks, n, &x);
		*(struct challenge *)pool_more(p, &f->challenges, f->challenge_count++, sizeof x) = x;
	}
}
