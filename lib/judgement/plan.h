/* plan - what comes next for one commitment, and when
 *
 * Law:     pure. Same dossier, conf and now: same step. Every step says why, in words the owner can read (`kept plan`
 *          prints them). One step only; when that is done it is asked again.
 * Units:   utc seconds; days are working days in the owner's zone.
 * Owns:    nothing; the dossier is borrowed, a step holds no pointer but literals and a team's address.
 * Fails:   never. MAIL_NONE with `at` set: look again then. MAIL_NONE with at 0: nothing until something happens.
 * Manual:  kept.conf(5) policy, kept(1) plan
 * Tests:   tests/plan.c, plan_outside.c, plan_team.c one row a rule; tests/year.c a year in a second
 */
#ifndef KEPT_JUDGEMENT_PLAN_H
#define KEPT_JUDGEMENT_PLAN_H

#include "nouns/dossier.h"

struct step plan(const struct dossier *, const struct conf *, utc now);

/* Does the reason of a mail about it stand, which was made at `made` and waits to leave still? What the owner or the other one
 * did since takes a reminder's away; the other kinds say what was so. */
bool plan_stands(const struct dossier *, enum mail_kind, utc made, utc now);
/* A mail to the other person that was made while the day that it names was to come, and waited until it had passed. */
bool plan_day_passed(const struct dossier *, enum mail_kind, utc made, utc now);

/* Its owner's reminder, whatever else comes before it, as a mail to the other person: MAIL_REMINDER, or MAIL_NONE until `at`. */
struct step plan_reminder(const struct dossier *, utc now);
/* When that comes next; 0: of itself never. */
utc plan_reminded(const struct dossier *, utc now);

/* The rule of a step as a setting is written: "policy.default.aftercare". */
const char *plan_rule(struct pool *, const struct dossier *, const struct step *);

/* Does mail of this kind leave without a word of the owner: by the policy, or for each of these people? */
bool plan_is_automatic(const struct dossier *, enum mail_kind);

/* The same of a mail to a team, at that address. */
bool plan_team_stands(const struct dossier *, const struct conf *, enum mail_kind, const char *to, utc made, utc now);

/* When that team was asked, since it has the promise; 0: it was not. And by when it is to have answered: before the owner's own day,
 * and after it was asked. */
utc plan_team_asked(const struct dossier *, const struct team *);
utc plan_team_due(const struct dossier *, utc asked);

/* Why nothing at all goes to any of those it was promised to, in words the owner can read; a literal. NULL: it may. */
const char *plan_barred(const struct dossier *);

/* Would a mail of that kind, which waits, say less than the one that comes: a receipt behind a progress note, a
   delay behind the thing itself? */
bool plan_is_overtaken(enum mail_kind waits, enum mail_kind comes);
/* Who gets a mail that is prepared now: of those it was promised to each that may be written to and is not away; where all of these
 * are away, they. In `contact`, of the first of them. `left_out`: a sentence for each of the others, or NULL. */
struct addrs plan_recipients(struct pool *, const struct dossier *, utc now, struct contact *contact, struct strings *left_out);

/* May a mail made at `made` still go to that one? NULL, or why not: a literal. */
const char *plan_person_barred(const struct dossier *, const char *address, utc made);

/* Does the policy ask the other person some days after a delivery? Then what is done is delivered first, and kept after that. */
bool plan_asks_after(const struct policy *);

/* The steps until `till`, as if each were done in its hour. Returns how many, at most `room`. */
size_t plan_ahead(const struct dossier *, const struct conf *, utc now, utc till, struct step *out, size_t room);

/* An offset of a policy, "-1bd", "+3d", "0", "1w": is it one? Applied to `from` it gives a moment in working hours. */
bool plan_offset(const char *words, const struct worktime *, utc from, utc *out);

/* The policy of a promise that names none: the first, in the order of the configuration, whose owners, stages, teams and words
 * fit; else its owner's. */
const char *plan_policy(struct pool *, const struct conf *, const struct commitment *, const struct contact *);

/* Are the expressions of all policies ones that can be read? Adds to `errors`; false: some are not. */
bool plan_check(struct pool *, const struct conf *, struct conf_errors *errors);

#endif
