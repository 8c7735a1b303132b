/* schedule_inner - what the parts of schedule share */
#ifndef KEPT_WORK_SCHEDULE_INNER_H
#define KEPT_WORK_SCHEDULE_INNER_H

#include "borders/store.h"
#include "judgement/plan_checkin.h"
#include "work/schedule.h"

/* How a mail goes into the outbox. */
struct queue_as {
	const char *why;
	bool answers;      /* something the owner just did: it leaves at once */
	bool consented;    /* to outside without a word more */
	int64_t approves;  /* APPROVAL: the mail that it asks about */
	const char *word;  /* of the owner, or what an APPROVAL asks for; NULL none */
	utc at;            /* not before; 0 */
	int64_t checkin;   /* the meeting that it is about; 0 */
	const int64_t *reminds; /* AGENDA: the promises whose reminder it is; NULL */
	size_t remind_count;
};

/* Composed, frozen, and laid into the outbox as the gate says. `out`: NULL, or what was laid. */
bool schedule_queue(struct sql *, struct pool *, struct compose_in *, const struct queue_as *, struct outgoing *out, utc now, struct err *);

/* The gate's word on a mail, asked for each who receives it: the strictest counts. */
bool schedule_gate(struct sql *, struct pool *, const struct conf *, const struct owner *, const struct outgoing *, bool consented, utc meant, utc at,
		   struct verdict *out, utc now, struct err *);

/* A held mail may go, with that word on it ("send", "auto", "override"), at `at` or as soon as the gate says (`v`). GATE_NEVER: it stays
 * held. */
bool schedule_release(struct sql *, struct pool *, const struct conf *, struct outgoing *, const char *word, utc at, utc now, struct verdict *v, struct err *);

/* A step of plan_team(): mail to a team, or (NOTICE) to the owner, of its silence. `answers`: what it threads to; NULL: the request.
 * Where the team cannot be reached, the promise is taken from it: the caller saves it. */
bool schedule_team(struct sql *, struct pool *, const struct conf *, struct dossier *, const struct step *, const struct line *answers, utc now, struct err *);

/* Tells an owner of messages that are held: once a day at most, not in quiet hours, and only of what they have not heard of; `next`: when
 * that may be. In the morning it is written as things stand then, and a notice whose messages were settled meanwhile is withdrawn. */
bool schedule_held(struct sql *, struct pool *, const struct conf *, const struct owner *, struct owner_row *, utc now, utc *next,
		   struct err *);
/* Is all that such a notice tells of held still? Else it is withdrawn. */
bool schedule_held_stands(struct sql *, struct pool *, const struct outgoing *, utc now, bool *stands, struct err *);

/* Approved material that nobody was held against yet is proposed, as a share, to whose contacts want to hear of it: once for each, at most
 * three a day to one owner, by their word alone. `next`: when the rest may be. Transactions of its own. */
bool schedule_shares(struct sql *, const struct conf *, utc now, utc *next, struct err *);

/* What their contacts want to hear of, and will not for long: the owner is asked once, two weeks before, whether it goes on. */
bool schedule_interests(struct sql *, struct pool *, const struct conf *, const struct owner *, utc now, utc *next, struct err *);

/* The question about all mail to those invited that waits for a word. */
bool schedule_ask_meeting(struct sql *, struct pool *, const struct conf *, const struct owner *, const struct meeting *, const char *why, utc now,
			  struct err *);
/* An invitation has left: they are invited, and the owner gets the entry. May one leave still? Else it is withdrawn, or put off. */
bool schedule_checkin_left(struct sql *, struct pool *, const struct conf *, const struct outgoing *, utc now, struct err *);
bool schedule_checkin_stands(struct sql *, struct pool *, const struct conf *, const struct outgoing *, utc now, bool *stands, struct err *);

/* ---- check-ins: what comes before and after them (schedule_cadence.c, schedule_brief.c, schedule_sweep.c) ---- */

/* What is on record of one, for a briefing, or (`since` not 0) the reasons for a check-in, as far as they are newer. */
bool schedule_brief(struct sql *, struct pool *, const struct conf *, const struct owner *, const struct contact *, utc since, utc now,
		    struct brief *out, struct err *);
/* Check-ins that are due are proposed, in one mail on a working morning. */
bool schedule_cadence(struct sql *, struct pool *, const struct conf *, const struct owner *, struct owner_row *, utc now, utc *next, struct err *);
/* The briefing on the working day before each, and after it the question what was heard. */
bool schedule_briefings(struct sql *, struct pool *, const struct conf *, const struct owner *, utc now, utc *next, struct err *);
/* The recap of a check-in: held, and its owner asked. */
struct recap_wish {
	const struct addr *to;
	utc met;
	const char *heard;
	const struct commitment *promised; /* in it */
	size_t n;
	struct recap_outcome *outcomes;    /* of what they told before … */
	int64_t *told;                     /* … these insights, which they have heard of when it has left */
	size_t outcome_count;
};
bool schedule_recap(struct sql *, struct pool *, const struct conf *, const struct owner *, const struct recap_wish *, struct outgoing *out, utc now,
		    struct err *);
/* What a mail to outside is about: its first promise; where it is about none, a dossier without one (id 0), of the one who gets it. */
bool schedule_dossier(struct sql *, struct pool *, const struct conf *, const struct outgoing *, struct dossier *out, bool *found, struct err *);

/* The review of the week, on the owner's day. */
/* ---- what concerns an owner as a whole (schedule_owner.c) ---- */

/* Before what is due is planned: an agenda takes its reminders along. */
bool schedule_agendas(struct sql *, const struct conf *, utc now, utc *next, struct err *);
/* One owner's fault costs that owner alone: the others go on. */
bool schedule_owners(struct sql *, const struct conf *, utc now, utc *next, struct err *);
/* The messages that wait for the owner's word, as lines of the review and the agenda. */
bool schedule_held_lines(struct sql *, struct pool *, const struct owner *, struct review_line **, size_t *n,
			 struct err *);
bool schedule_review(struct sql *, struct pool *, const struct conf *, const struct owner *, struct owner_row *, utc now, utc *next, struct err *);
/* The agenda of a working morning, which takes along the reminders that are due with it: in front of all that is planned at `now`. */
bool schedule_agenda(struct sql *, struct pool *, const struct conf *, const struct owner *, struct owner_row *, utc now, utc *next, struct err *);
/* The line of the day, where no agenda has it, and the report of the trust challenge. */
bool schedule_challenge(struct sql *, struct pool *, const struct conf *, const struct owner *, const struct owner_row *, utc now, utc *next,
			struct err *);
/* When to look at it again, now that this mail is queued. */
utc schedule_after(struct pool *, struct dossier, const struct step *made, const struct conf *, utc now);
/* Whom they met today, and what they promised them. */
bool schedule_sweep(struct sql *, struct pool *, const struct conf *, const struct owner *, struct owner_row *, utc now, utc *next, struct err *);

/* Withdraws a mail that waits, and the question about it that waits with it. */
bool schedule_withdraw(struct sql *, struct pool *, struct outgoing *, int64_t commitment, const char *why, utc now, struct err *);

#endif
