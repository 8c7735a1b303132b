/* a promise is given to a team */
#include <string.h>

#include "judgement/plan.h"
#include "letters/phrase.h"
#include "work/execute_inner.h"

const char *execute_no_team(struct pool *p, const struct conf *c, const char *language, const char *named)
{
	const char **keys = pool_list(p, c->team_count + 1, sizeof *keys), *near, *all = "";

	named = line_from(p, named, NAME_MOST).s;
	if (!c->team_count)
		return pool_print(p, phrase_of(language, "'%s': no team is set up (kept.conf, team)."), named);
	for (size_t i = 0; i < c->team_count; i++)
		keys[i] = c->teams[i].key, all = pool_print(p, "%s%s%s", all, i ? ", " : "", keys[i]);
	near = text_nearest(named, keys);
	return near ? pool_print(p, phrase_of(language, "There is no team '%s'; did you mean `team %s`? These are set up: %s."), named, near, all)
		    : pool_print(p, phrase_of(language, "There is no team '%s'. These are set up: %s."), named, all);
}

const char *execute_team_said(struct pool *p, const struct conf *c, const char *language, const struct commitment *m, utc now)
{
	const struct dossier d = { .commitment = *m, .policy = conf_policy(c, m->policy) };
	const struct team *t = conf_team(c, m->team);

	return pool_print(p, phrase_of(language, "%s is asked for it, needed by %s, and reminded. I tell you when they answer."),
			  t ? t->name : m->team, phrase_time(p, language, m->owner->time.zone, plan_team_due(&d, now)));
}

void execute_give(struct commitment *m, const struct team *t, utc now)
{
	m->team = t->key;
	m->team_since = now;
	m->team_answered = m->team_until = 0;
}

void execute_team_of_new(const struct conf *c, struct commitment *m, utc now)
{
	const struct team *t = *m->team ? conf_team(c, m->team) : NULL;

	if (t && commitment_move(m->state, COMMITMENT_ON_ROUTED, &m->state))
		execute_give(m, t, now);
	else if (!m->team_since)
		m->team = "";
}
