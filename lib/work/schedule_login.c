/* an account whose login has ended: who is told, and by which way that is still open */
#include <string.h>

#include "borders/oauth.h"
#include "borders/store.h"
#include "letters/markup.h"
#include "letters/phrase.h"
#include "work/schedule.h"

static bool is_same(const struct server *a, const struct server *b)
{
	return a->oauth && a->oauth == b->oauth && strcmp(a->user, b->user) == 0;
}

/* Is their mail read or sent by it, or their calendar read? */
static bool is_theirs(const struct conf *c, const struct server *s, const struct owner *o)
{
	for (size_t i = 0; i < c->mailbox_count; i++)
		if (is_same(&c->mailboxes[i].server, s) && (c->mailboxes[i].owner == o || conf_capture(c, o) == &c->mailboxes[i]))
			return true;
	for (size_t i = 0; i < c->submission_count; i++)
		if (is_same(&c->submissions[i].server, s) &&
		    (c->submissions[i].owner == o || conf_submission(c, o) == &c->submissions[i] ||
		     conf_own_submission(c, o) == &c->submissions[i]))
			return true;
	for (size_t i = 0; i < c->calendar_count; i++)
		if (is_same(&(struct server){ .oauth = c->calendars[i].oauth, .user = c->calendars[i].user }, s) && c->calendars[i].owner == o)
			return true;
	return false;
}

static bool tell(struct sql *q, struct pool *p, const struct conf *c, const struct server *s, const struct owner *o,
		 const char *why, utc now, struct err *e)
{
	const struct submission *way = conf_submission(c, o);
	struct conf by = *c; /* as if that account were the only one: its sender is the mail's, by which the courier knows it */
	const char *todo = strstr(why, "; do: "), *said = todo ? pool_slice(p, why, (size_t)(todo - why)) : why;

	if (way && is_same(&way->server, s))
		way = conf_own_submission(c, o);
	if (!is_theirs(c, s, o) || !way || is_same(&way->server, s))
		return true;
	by.submissions = pool_take(p, sizeof *by.submissions);
	by.submissions[0] = *way;
	by.submission_count = 1;
	return schedule_notice(q, p, &by, o, pool_print(p, phrase_of(o->language, "The login of %s has ended"), s->user),
			       pool_print(p,
					  phrase_of(o->language, "I may no longer use the account %s.\n\nWhy: %s\n\nTo let me in again: `kept login %s`. Until then what goes by it waits; nothing is lost.\n"),
					  markdown_quote(p, s->user, ADDRESS_MOST), markdown_quote(p, said, 300), s->user),
			       now, e);
}

/* As it was told last: the row of a beat that no loop has. */
static bool told(struct sql *q, struct pool *p, const char *name, const char **state, struct err *e)
{
	struct beat_row *rows;
	size_t n;

	*state = "ok";
	if (!store_beats(q, p, &rows, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i].name, name) == 0)
			*state = rows[i].state;
	return true;
}

bool schedule_login(struct sql *q, const struct conf *c, const struct server *s, const char *why, utc now, struct err *e)
{
	struct pool *p = pool_new();
	const char *name = pool_print(p, "login %s %s", s->oauth->key, s->user), *state = *why ? why : "ok", *before = "ok";
	bool ok = told(q, p, name, &before, e), is_new = strcmp(before, state) != 0;

	if (ok && is_new) {
		ok = sql_begin(q, e);
		for (size_t i = 0; ok && *why && i < c->owner_count; i++)
			ok = tell(q, p, c, s, &c->owners[i], why, now, e);
		ok = ok && store_beat(q, name, now, state, e) && sql_commit(q, e);
		if (!ok)
			sql_rollback(q);
	}
	pool_end(&p);
	return ok;
}
