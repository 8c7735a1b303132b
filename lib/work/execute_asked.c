/* `yes` and `no`: the answer to what was asked of a promise */
#include "borders/outbox.h"
#include "borders/record.h"
#include "borders/store.h"
#include "work/execute_inner.h"

/* A word as easily said as "ok" lets no mail to others go: that takes `send`. */
static bool is_approval(struct run *r, bool *is, struct err *e)
{
	struct outgoing question;
	bool found = false;

	if (r->x->answers && !outbox_get(r->q, r->p, r->x->answers, &question, &found, e))
		return false;
	*is = found && question.kind == MAIL_APPROVAL;
	return true;
}

static bool leave_open(struct run *r, struct commitment *m, struct err *e)
{
	head(r, m, "Still open");
	say(r, m, "it stays open, due %s.", run_day(r, m->due));
	touch(r, m->id);
	return record_add(r->q, &(struct event){ .owner = m->owner->key, .word = "no", .commitment = m->id }, r->now,
		    e);
}

bool run_asked(struct run *r, const struct command *c, struct err *e)
{
	size_t n = 0;
	bool approval;

	if (!is_approval(r, &approval, e))
		return false;
	for (size_t i = 0; i < r->x->about_count && !approval; i++) {
		struct command done = { .verb = COMMAND_DONE };
		struct commitment m;
		const char *asked;
		utc answered;
		bool found;

		if (!store_asked(r->q, r->p, r->x->about[i], &asked, e) ||
		    !store_commitment(r->q, r->p, r->c, r->x->about[i], &m, &answered, &found, e))
			return false;
		if (!asked || !found || m.owner != r->x->owner)
			continue;
		n++;
		done.seen = pool_print(r->p, run_in(r, "you say so; %s"), run_in(r, asked));
		if (c->verb == COMMAND_YES ? !run_deed(r, &done, &m, answered, e) : !leave_open(r, &m, e))
			return false;
	}
	if (approval)
		say_failed(r, NULL, pool_print(r->p, run_in(r, "`%s`: nothing was done. For mail to others the words are `send`, `skip`, or "
							   "`edit` and your text."),
					       command_word(c->verb)));
	else if (!n)
		say_failed(r, NULL, pool_print(r->p, run_in(r, "`%s` was understood, but nothing is asked of you there; nothing was "
							   "changed."),
					       command_word(c->verb)));
	return true;
}
