/* kept contacts --due: with whom a check-in is due, and when it is proposed */
#include <stdio.h>

#include "daemon/kept_people.h"
#include "judgement/plan_checkin.h"
#include "work/schedule.h"

enum { AHEAD = 45 * 86400 };

/* When they are proposed next; NULL: not soon. */
static const struct proposed *proposal_of(const struct proposed *list, size_t n, const struct contact *who)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].who->id == who->id)
			return &list[i];
	return NULL;
}

static const char *day(struct ledger *l, int32_t d)
{
	struct civil c = day_civil(d);

	return pool_print(l->p, "%04d-%02d-%02d", c.year, c.month, c.day);
}

static json_t *json(struct ledger *l, const struct rhythm *r, const struct due *d, const struct proposed *x)
{
	const struct zone *z = l->owner->time.zone;

	return json_pack("{ss ss ss ss ss* ss ss ss ss* ss*}", "address", r->who->address, "name", r->who->name,
			 "stage", contact_stage_name(r->who->stage), "state", due_state_name(d->state), "last",
			 r->exchanged ? utc_print(l->p, z, r->exchanged) : NULL, "ideal", day(l, d->ideal), "latest",
			 day(l, d->latest), "why", d->why, "proposed_for", x ? utc_print(l->p, z, x->at) : NULL,
			 "asked", x ? utc_print(l->p, z, x->mail) : NULL);
}

static void row(struct ledger *l, struct table *t, const struct rhythm *r, const struct due *d,
		const struct proposed *x)
{
	const struct zone *z = l->owner->time.zone;
	const char *next = x ? pool_print(l->p, "asked %s, for %s", ledger_time(l->p, z, x->mail, l->now),
					  ledger_time(l->p, z, x->at, l->now))
			     : d->why;

	table_row(t, d->state == DUE_PAST_LATEST, r->who->address, r->who->name, due_state_name(d->state),
		  r->exchanged ? pool_print(l->p, "last %s", day(l, zone_day(z, r->exchanged))) : "never",
		  pool_print(l->p, "by %s", day(l, d->latest)), next);
}

bool people_due(struct ledger *l, struct err *e)
{
	struct table t = { .p = l->p, .columns = 6, .soft = 5 };
	json_t *out = json_array();
	struct checkin_plan plan;
	struct proposed *list;
	size_t shown = 0, n;

	if (!schedule_plan_checkins(l->q, l->p, l->conf, l->owner, l->now, l->now + 1, &plan, e) ||
	    !schedule_proposals_ahead(l->q, l->p, l->conf, l->owner, l->now, l->now + AHEAD, &list, &n, e)) {
		json_decref(out);
		return false;
	}
	for (int state = DUE_PAST_LATEST; state >= DUE_NOT; state--)
		for (size_t i = 0; i < plan.rhythm_count; i++) {
			struct due d = plan_due(&plan.rhythms[i], &l->owner->time, l->now);
			const struct proposed *x = proposal_of(list, n, plan.rhythms[i].who);

			if ((int)d.state != state)
				continue;
			json_array_append_new(out, json(l, &plan.rhythms[i], &d, x));
			if (state == DUE_NOT)
				continue;
			row(l, &t, &plan.rhythms[i], &d, x);
			shown++;
		}
	if (l->json) {
		ledger_print(out);
		return true;
	}
	json_decref(out);
	table_print(&t);
	if (!plan.rhythm_count)
		puts("Nobody has a cadence: set one for a stage (cadence, kept.conf(5)), or for a person (kept contact "
		     "ADDRESS --cadence).");
	else if (!shown)
		printf("Of %zu with a cadence, nobody is due in the next week.\n", plan.rhythm_count);
	return true;
}
