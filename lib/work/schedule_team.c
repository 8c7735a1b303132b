/* mail to a team: asked, reminded, thanked, told that it is not needed; and what its owner hears of it */
#include <string.h>

#include "borders/record.h"
#include "borders/store.h"
#include "judgement/plan.h"
#include "letters/markup.h"
#include "letters/phrase.h"
#include "work/schedule_inner.h"

static const struct team *team_at(struct pool *p, const struct conf *c, const char *address)
{
	const struct team *t = conf_team_of(c, address);
	struct team *gone;

	if (t)
		return t;
	gone = pool_take(p, sizeof *gone); /* it is not in the configuration now */
	*gone = (struct team){ .key = address, .name = address, .address = address };
	return gone;
}

/* What follows it stands below the request. */
static bool below(struct sql *q, struct pool *p, const struct dossier *d, const struct step *s, struct compose_in *in,
		  struct err *e)
{
	if (s->kind == MAIL_REQUEST || in->in_reply_to.s)
		return true;
	if (!sql_query(q, SQL_REQUEST_ID, e, SQL_VALUES(sql_i(d->commitment.id), sql_t(addr_lower(p, s->to)))))
		return false;
	if (sql_row(q, SQL_REQUEST_ID))
		in->in_reply_to = line_from(p, sql_text(q, SQL_REQUEST_ID, 0, p), 600);
	return sql_end(q, SQL_REQUEST_ID, e);
}

static bool tell(struct sql *q, struct pool *p, const struct conf *c, const struct commitment *m, const char *subject,
		 const char *markdown, utc now, struct err *e)
{
	return schedule_tell(
		q, p, c,
		&(struct schedule_telling){
			.owner = m->owner, .subject = subject, .markdown = markdown, .ids = &m->id, .n = 1 },
		now, e);
}

/* Nothing automatic goes to an address that bounced: the promise is its owner's again, and they hear why. */
static bool unreachable(struct sql *q, struct pool *p, const struct conf *c, struct dossier *d, const struct team *team,
			utc now, struct err *e)
{
	struct commitment *m = &d->commitment;
	struct event v = { .owner = m->owner->key,
			   .word = "unrouted",
			   .commitment = m->id,
			   .detail = pool_print(p, "%s: mail to it came back", team->key) };
	const char *text =
		pool_print(p,
			   phrase_of(m->owner->language, "**\\#%lld** %s is with you again: mail to %s (%s) came back, so I could not "
							 "ask them. Answer `team` and the name of another one, or see to it yourself.\n"),
			   (long long)m->id, markdown_quote(p, commitment_said(p, m), WHAT_MOST),
			   markdown_quote(p, team->name, NAME_MOST), markdown_quote(p, team->address, ADDRESS_MOST));

	commitment_move(m->state, COMMITMENT_ON_ANSWERED, &m->state);
	m->team = "";
	m->team_since = m->team_until = 0;
	return record_add(q, &v, now, e) &&
	       tell(q, p, c, m, pool_print(p, phrase_of(m->owner->language, "%s cannot be reached"), team->name), text, now, e);
}

static bool silent(struct sql *q, struct pool *p, const struct conf *c, struct dossier *d, utc now, struct err *e)
{
	const struct commitment *m = &d->commitment;
	const struct team *team = conf_team(c, m->team);
	const char *name = markdown_quote(p, team ? team->name : m->team, NAME_MOST), *whom = phrase_names(p, m->owner->language, &m->to);
	const char *language = m->owner->language;
	const char *text = pool_print(p,
				      phrase_of(language, "%s was asked for **\\#%lld** %s%s, and reminded, and has not answered. I do "
							  "not write to them again by myself.\n\nIt is due %s. You may call them; answer "
							  "`team` and the name of another one; or answer `due` and another day.\n"),
				      name, (long long)m->id, markdown_quote(p, commitment_said(p, m), WHAT_MOST),
				      *whom ? pool_print(p, phrase_of(language, " for %s"), markdown_quote(p, whom, NAME_MOST)) : "",
				      phrase_time(p, language, m->owner->time.zone, m->due));

	return schedule_tell(q, p, c,
			     &(struct schedule_telling){
				     .owner = m->owner,
				     .subject = pool_print(p, phrase_of(language, "No answer from %s: %s"), team ? team->name : m->team,
							   commitment_said(p, m)),
				     .markdown = text,
				     .word = WORD_SILENT,
				     .ids = &m->id,
				     .n = 1 },
			     now, e);
}

bool schedule_team(struct sql *q, struct pool *p, const struct conf *c, struct dossier *d, const struct step *s,
		   const struct line *answers, utc now, struct err *e)
{
	struct commitment *m = &d->commitment;
	struct routed r = { .note = "" };
	struct compose_in in = {
		.conf = c, .owner = m->owner, .kind = s->kind, .dossiers = d, .dossier_count = 1, .routed = &r
	};
	struct outgoing out = { 0 };
	utc asked;

	if (s->kind == MAIL_NOTICE)
		return silent(q, p, c, d, now, e);
	r.team = team_at(p, c, s->to);
	asked = plan_team_asked(d, r.team);
	r.asked = asked;
	r.team_due = plan_team_due(d, asked ? asked : now);
	r.needless = s->kind == MAIL_THANKS && !(m->team_answered && conf_team(c, m->team) == r.team);
	if (answers)
		in.in_reply_to = *answers;
	if (!below(q, p, d, s, &in, e) || !schedule_queue(q, p, &in, &(struct queue_as){ .why = s->why }, &out, now, e))
		return false;
	return out.state != OUTBOX_VOID || s->kind == MAIL_THANKS || unreachable(q, p, c, d, r.team, now, e);
}

bool schedule_thanks(struct sql *q, struct pool *p, const struct conf *c, struct dossier *d, const char *team,
		     const char *message_id, utc now, struct err *e)
{
	struct step s = { .kind = MAIL_THANKS, .to = team, .why = "the team has answered", .rule = "" };
	struct line answers = line_from(p, message_id, 600);

	return schedule_team(q, p, c, d, &s, &answers, now, e);
}

bool schedule_unreachable(struct sql *q, struct pool *p, const struct conf *c, int64_t commitment, const char *address,
			  utc now, struct err *e)
{
	struct dossier d;
	const struct team *team;
	bool found;

	if (!store_dossier(q, p, c, commitment, &d, &found, e))
		return false;
	team = found ? conf_team(c, d.commitment.team) : NULL;
	if (!team || !addr_same(team->address, address) || d.commitment.team_answered ||
	    (d.commitment.state != COMMITMENT_OPEN && d.commitment.state != COMMITMENT_WAITING))
		return true;
	return unreachable(q, p, c, &d, team, now, e) && store_commitment_save(q, &d.commitment, d.answered, e) &&
	       schedule_these(q, p, c, &commitment, 1, NULL, now, e);
}
