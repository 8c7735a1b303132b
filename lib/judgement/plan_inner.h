/* plan_inner - what the parts of plan share */
#ifndef KEPT_JUDGEMENT_PLAN_INNER_H
#define KEPT_JUDGEMENT_PLAN_INNER_H

#include "judgement/plan.h"

/* What the other person should hear, and when. MAIL_NONE with `close`: it counts as kept. */
struct step plan_outside(const struct dossier *, utc now);

/* Does the reason of a mail to outside stand, which was made at `made`? */
bool plan_outside_stands(const struct dossier *, enum mail_kind, utc made, utc now);

/* What the team should hear, and when; NOTICE: the owner, that it is silent. */
struct step plan_team(const struct dossier *, const struct conf *, utc now);

/* Are the lengths of the cadences ones, of stages that there are? */
void plan_checkin_check(struct pool *, const struct conf *, struct conf_errors *);

static inline struct step plan_nothing(utc at, const char *why)
{
	return (struct step){ .kind = MAIL_NONE, .at = at, .why = why, .rule = "" };
}

#endif
