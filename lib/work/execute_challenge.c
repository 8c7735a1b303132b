/* `challenge start`, `challenge stop`: seven days in which every promise is followed up */
#include <string.h>

#include "borders/record.h"
#include "borders/store.h"
#include "ground/text.h"
#include "work/execute_inner.h"
#include "work/schedule.h"

enum {
	SAID_MOST = 100, /* promises in a short report */
	REFLECTION_MOST = 16 << 10
};

static bool noted(struct run *r, const char *what, struct err *e)
{
	return record_add(r->q, &(struct event){ .owner = r->x->owner->key, .word = "challenge", .detail = what },
			  r->now, e);
}

static bool start(struct run *r, struct err *e)
{
	struct challenge x = { .owner = r->x->owner, .start = r->now, .reflection = "" };

	x.told = challenge_first(&x); /* this answer is its line */
	head(r, NULL, "The trust challenge begins");
	say(r, NULL,
	    "the trust challenge begins: seven days, this one counted, in which every promise that is made or due is "
	    "followed up. "
	    "Each day a line tells how it stands; the report comes %s. `challenge stop` ends it.",
	    run_day(r, challenge_report(&x)));
	return store_challenge_add(r->q, &x, e) && noted(r, "start", e);
}

/* A short report: the counts, and what became of each. */
static bool stop(struct run *r, struct challenge *x, struct err *e)
{
#define X(id, name, words) words,
	static const char *const words[] = { CHALLENGE_PARTS(X) };
#undef X
	size_t said = 0;

	x->ended = r->now, x->stopped = true;
	if (!schedule_challenge_of(r->q, r->p, r->c, x, r->now, e))
		return false;
	head(r, NULL, "The trust challenge is ended");
	say(r, NULL,
	    "the trust challenge is ended. Promises of its days: %zu; followed up and closed: %zu of %zu; they "
	    "answered: %zu.",
	    x->count, x->followed.n, x->followed.of, x->answer_count);
	for (int part = 0; part < CHALLENGE_PART_COUNT; part++)
		for (size_t i = 0; i < x->parts[part].n && said < SAID_MOST; i++, said++)
			say(r, x->parts[part].list[i], "%s.", run_in(r, words[part]));
	if (said < x->count)
		say(r, NULL, "and %zu more.", x->count - said);
	return store_challenge_save(r->q, x, e) && noted(r, "stop", e);
}

bool run_challenge(struct run *r, const struct command *c, struct err *e)
{
	bool begins = text_same(c->arg, "start"), runs;
	struct challenge x;

	if (!store_challenge(r->q, r->p, r->x->owner, &x, &runs, e))
		return false;
	if (begins && !runs)
		return start(r, e);
	if (!begins && runs)
		return stop(r, &x, e);
	say_failed(r, NULL,
		   runs ? "a trust challenge runs already; `challenge stop` ends it."
			: "no trust challenge runs; `challenge start` begins one.");
	return true;
}

/* Their whole answer; a second one stands below the first. */
static bool reflect(struct run *r, struct challenge *x, const char *text, struct err *e)
{
	const char *all = pool_print(r->p, "%s%s%s", x->reflection, *x->reflection ? "\n\n" : "", text);

	if (strlen(all) > REFLECTION_MOST) {
		say_failed(r, NULL, "that is more than I can keep with the challenge; nothing of it was kept.");
		return true;
	}
	x->reflection = all;
	head(r, NULL, "Your thoughts are kept");
	say(r, NULL, "your whole answer is kept with the challenge, and nothing in it was read as a command; `kept challenge` shows it.");
	return store_challenge_save(r->q, x, e) && noted(r, "reflection", e);
}

bool run_challenge_answer(struct run *r, const struct command *c, bool *is, struct err *e)
{
	struct challenge x;

	if (c->verb == COMMAND_STOP) {
		*is = true;
		return run_challenge(r, &(struct command){ .verb = COMMAND_CHALLENGE, .arg = "stop" }, e);
	}
	*is = false;
	if (c->verb != COMMAND_EDIT)
		return true;
	if (!store_challenge_reported(r->q, r->p, r->x->owner, r->x->answers, &x, is, e))
		return false;
	return !*is || reflect(r, &x, c->text ? c->text : "", e);
}
