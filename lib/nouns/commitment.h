/* commitment - what was promised: its states and moves
 *
 * Law:     states and the events that move them stand in two tables; from them come enum, names, and checks. A move that
 *          the table does not hold does not exist. Overdue is a fact about time, not a state.
 * Owns:    nothing; lives in the pool it was read into.
 * Fails:   never.
 * Manual:  kept(7) STATES
 * Tests:   tests/commitment.c
 */
#ifndef KEPT_NOUNS_COMMITMENT_H
#define KEPT_NOUNS_COMMITMENT_H

#include "ground/worktime.h"
#include "nouns/addr.h"
#include "nouns/conf.h"

#define COMMITMENT_STATES(X) \
	/* id         in SQL, mail     live?   for a person */ \
	X(CANDIDATE, "candidate",     false,  "seen, not confirmed") \
	X(OPEN,      "open",          true,   "yours to do") \
	X(WAITING,   "waiting",       true,   "waiting for a team or for the other person") \
	X(DELIVERED, "delivered",     true,   "delivered; aftercare may follow") \
	X(KEPT,      "kept",          false,  "delivered and closed") \
	X(CANCELLED, "cancelled",     false,  "called off")
#define X(id, name, live, text) COMMITMENT_##id,
enum commitment_state { COMMITMENT_STATES(X) };
#undef X

#define COMMITMENT_EVENTS(X) \
	X(MADE, "made") X(CONFIRMED, "confirmed") X(DONE, "done") X(CANCEL, "cancel") X(ROUTED, "routed") \
	X(WAIT, "wait") X(ANSWERED, "answered") X(DELIVER, "deliver") X(REOPEN, "reopen")
#define X(id, name) COMMITMENT_ON_##id,
enum commitment_event { COMMITMENT_EVENTS(X) };
#undef X

struct commitment {
	int64_t id;
	const struct owner *owner;
	enum commitment_state state;
	const char *what;
	const char *words;          /* the sentence it was promised in; "" for the command line */
	struct addrs to;            /* to whom; n = 0: nobody known yet */
	const char *subject;        /* of the letter, without prefixes */
	const char *message_id;     /* of the letter that holds the promise; "" for the command line */
	struct strings references;  /* of that letter */
	int64_t letter;             /* its row; 0: none */
	const char *policy, *team;  /* keys; team "" */
	bool noreply;               /* only if they have not answered */
	const char *every;          /* cadence as words; "" */
	utc made, due;
	const char *due_words;      /* as written; "" where the policy's default */
	const char *due_error;      /* "" or the sentence that says why the words were not understood */
	utc due_set;                /* when the due time was last set: reminders count from here */
	utc snoozed;                /* no reminder before; 0: none */
	utc closed;                 /* kept or cancelled since; 0 */
	const char *note;           /* the newest note; "" */
	const char *uid;            /* of its calendar entry; stable */
	int sequence;               /* of the newest calendar object made; -1: none was made */
	utc entry_at;               /* the start that object shows; 0: it was a CANCEL */
	const char *request;        /* what they wrote, which the owner's promise answered; "": it came unasked */
	bool written;               /* they have it in writing: the letter that promises it went to them */
	utc told;                   /* the due time that the other person was told last; 0: none */
	utc missed;                 /* one that they were told passed before they were told another; 0 */
	utc moved;                  /* when they were told a later one in time; 0: never */
	utc delivered;              /* since when it is delivered; 0: it is not */
	utc team_since;             /* given to the team then; 0: to none */
	utc team_answered;          /* the team's newest answer since; 0: none */
	utc team_until;             /* the team asked for time until then; 0 */
	utc frozen;                 /* a possible adverse event was mentioned: nothing goes outside; 0: none */
	utc acknowledged;           /* the owner was told of its making; 0: not yet */
	utc look_at;                /* the next look; 0: nothing until something happens */
	int64_t version;            /* counts changes */
};

const char *commitment_state_name(enum commitment_state);
bool commitment_state_from(const char *name, enum commitment_state *out);
bool commitment_is_live(enum commitment_state);
const char *commitment_event_name(enum commitment_event);
/* What was promised, without the due words at its end, since a mail says the time beside it. */
const char *commitment_thing(struct pool *, const struct commitment *);
/* The same in quotation marks, for it is the owner who speaks in it. */
char *commitment_said(struct pool *, const struct commitment *);
/* Where `what` begins in the words that promised: with them, or behind their greeting; NULL: it is no part of the sentence, or a
 * thing that it names. */
const char *commitment_sentence(const char *words, const char *what);
/* `text` without its due words, which stand from `from` to `to`, and what joins them to it; as it is where they are not its end. */
const char *commitment_undated(struct pool *, const char *text, size_t from, size_t to);
/* false: there is no such move. */
bool commitment_move(enum commitment_state from, enum commitment_event, enum commitment_state *to);

/* The other person is told that it comes by `due`. */
void commitment_tell(struct commitment *, utc due, utc now);

/* Into a list of numbers, once. */
void ids_add(struct pool *, int64_t **ids, size_t *n, int64_t id);

#endif
