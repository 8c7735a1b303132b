/* schedule - what is due is composed and laid into the outbox
 *
 * Law:     for each commitment whose look_at has come: dossier, plan, compose, gate, outbox, record and the next look, in one
 *          transaction. Reminders of one owner that fall together are one mail, so are the acknowledgements of one letter.
 *          Safe to kill anywhere: what was not committed is planned again, and a look not yet done is due still.
 * Units:   utc.
 * Owns:    nothing. Tests: tests/work.c, tests/e2e/kill.py
 */
#ifndef KEPT_WORK_SCHEDULE_H
#define KEPT_WORK_SCHEDULE_H

#include "borders/outbox.h"
#include "judgement/look.h"
#include "judgement/plan_checkin.h"
#include "judgement/realistic.h"
#include "letters/compose.h"

/* All that is due at `now`; `next`: when to call again, 0: when something happens. */
bool schedule(struct sql *, const struct conf *, utc now, utc *next, struct err *);

/* Plans these commitments inside the caller's transaction (a letter's new ones, those a command touched). A reminder that waits
 * to leave and whose reason is gone is withdrawn; what else it spoke of is planned anew along with them. */
bool schedule_these(struct sql *, struct pool *, const struct conf *, const int64_t *ids, size_t n, const struct trust *, utc now, struct err *);

/* The last look at a mail that is to leave: if its reason is gone it is withdrawn, and what else it spoke of planned anew. Inside
 * the caller's transaction. */
bool schedule_stands(struct sql *, struct pool *, const struct conf *, const struct outgoing *, utc now, bool *stands, struct err *);

/* Can its day be kept, by what its owner promised, and kept, before? Of the same team; where it has none, of the same policy. */
bool schedule_realistic(struct sql *, struct pool *, const struct conf *, const struct commitment *, utc now, struct realistic *out, struct err *);

/* ---- mail to the other person (schedule_outside.c) ---- */

/* One mail to those to whom it was promised and who may be written to (plan_recipients; of an interest: to the first): composed, frozen, held, and the question to the owner; or, where the policy or
 * the contact says so, on its way. Without anything of substance to say, the owner is asked for that instead: `out` is that
 * question. Inside the caller's transaction. */
struct schedule_offer {
	enum mail_kind kind;
	const char *substance, *own_text; /* the owner's words; NULL: none */
	const char *with;                 /* INTRODUCTION: to whom; NULL */
	const char *interest;             /* SHARE: what they want to hear of; NULL */
	int64_t interest_id;              /* … which covers it; 0 */
	bool ask;                         /* whatever goes without a word elsewhere */
	const int64_t *resources;         /* chosen: a file is attached */
	size_t resource_count;
	bool instead;                     /* of such a mail that waits about this promise: that is dropped */
	const char *why, *rule;
	struct schedule_answer *answer;   /* what the owner just said and is answered: the question about it answers that too; NULL */
};
bool schedule_offer(struct sql *, struct pool *, const struct conf *, const struct dossier *, const struct schedule_offer *, struct outgoing *out, utc now,
		    struct err *);

/* A mail to several that was withdrawn, since one of them is not reached: such a mail is prepared for the others, where none waits about
 * its promise by now. What was heard in a check-in is not: its words are not kept. Inside the caller's transaction. */
bool schedule_again(struct sql *, struct pool *, const struct conf *, const struct outgoing *, utc now, struct err *);

/* ---- check-ins (schedule_checkin.c) ---- */

/* What those invited should get of it as it is now: each a mail, held and asked about, or on its way where the owner's own hand or the policy
 * says so. What waited about it is withdrawn. Inside the caller's transaction. */
struct schedule_meeting {
	const char *method;   /* REQUEST, CANCEL, DECLINECOUNTER */
	utc recurrence;       /* of that one of a series alone; 0: the whole */
	utc was;              /* it was to begin then; 0 */
	const char *only;     /* that one of them alone; NULL: all */
	const char *own_text; /* the owner's words in place of the template's; NULL */
	bool send;            /* the owner's own hand says so */
	const char *why;
};
struct schedule_invited {
	struct addrs held, leave, barred; /* who waits for a word, to whom it goes, to whom nothing does */
	const char *why;                  /* nothing goes to those */
	const char *finding;              /* of the last look: why one is held that should have gone; "" */
	const char *told;                 /* the same in the owner's language */
	utc at;                           /* when the last of them leaves */
};
bool schedule_meeting(struct sql *, struct pool *, const struct conf *, const struct owner *, const struct checkin *, const struct schedule_meeting *,
		      struct schedule_invited *out, utc now, struct err *);
/* Mail to those invited that waits, as they get it: what says the same to several once. */
struct schedule_waiting {
	int64_t *ids;
	struct addrs to;       /* of each */
	const char *subject, *text;
	utc leaves;            /* 0: it waits for a word */
};
bool schedule_meeting_waits(struct sql *, struct pool *, const struct checkin *, struct schedule_waiting **out, size_t *n, struct err *);
/* A notice that brings the entry in the owner's own calendar as it is now, or its end; saves the check-in. */
bool schedule_entry(struct sql *, struct pool *, const struct conf *, const struct owner *, struct checkin *, const char *subject, const char *markdown, utc now,
		    struct err *);
/* Mail to that person about meetings which must not leave, since they were heard of: withdrawn; put off while they are away; held where it
 * came back. */
bool schedule_checkins_stop(struct sql *, struct pool *, const struct conf *, const char *owner, const char *address, utc now, struct err *);

/* The question to the owner about a mail that is held: it shows what is frozen. `rule`: the setting that makes it; `finding`: what they
 * should look at first; both "" none. Inside the caller's transaction. */
bool schedule_ask(struct sql *, struct pool *, const struct conf *, const struct outgoing *, const char *why, const char *rule, const char *finding, utc now,
		  struct err *);

/* What follows from a mail that has left, by kept or from the owner's own hand: they were told, it was delivered. */
bool schedule_left(struct sql *, struct pool *, const struct conf *, const struct outgoing *, utc now, struct err *);

/* What a last look at it finds: look.h, and files that are not what was approved any more. */
bool schedule_look(struct sql *, struct pool *, const struct conf *, const struct outgoing *, utc now, struct findings *out, struct err *);

/* Its owner's word is asked once more, where those who get it had as many mails in the day before `at`, or will have, as the cap allows: that is
 * added. What leaves without a word waits for it (gate.h). */
bool schedule_often(struct sql *, struct pool *, const struct conf *, const struct outgoing *, utc at, struct findings *, struct err *);

/* Is the material in it still what was approved? false in `sound`: `why` says what is not. */
bool schedule_sound(struct sql *, struct pool *, const struct conf *, const struct outgoing *, utc now, bool *sound, const char **why, struct err *);

/* The answer to commands, with calendar entries that moved, threaded under `in_reply_to`. Without `answer` and `unread`:
 * only the entries, and nothing where none moved. Inside the caller's transaction. */
struct schedule_answer {
	const struct owner *owner;
	const char *answer, *headline, *unread; /* headline: the subject of an answer; NULL: a general one */
	bool last; /* no more of what is not understood is answered today */
	int64_t checkin; /* the meeting that it is about too; 0 */
	int64_t brings;  /* the check-in whose entry for its owner's calendar it brings; 0 */
	const int64_t *ids;
	size_t n;
	struct line in_reply_to;
	struct strings references;
	const struct schedule_telling *telling; /* of schedule_answered(): not an answer, but this, whose words and files the question takes */
	/* out, of schedule_answered() */
	bool said;     /* the question about a mail that it brought on says it too */
	bool calendar; /* … with the entry that moved, */
	const struct commitment *entry; /* of this */
};
bool schedule_answer(struct sql *, struct pool *, const struct conf *, const struct schedule_answer *, utc now, struct err *);

/* The answer to what touched these promises, and what is to be done about them now: where that is a question about a mail of its one
 * promise, one mail says both. Inside the caller's transaction. */
bool schedule_answered(struct sql *, struct pool *, const struct conf *, struct schedule_answer *, const int64_t *touched, size_t n, utc now,
		       struct err *);

/* The check-ins to be proposed to an owner until `till`, as things stand. */
struct checkin_plan {
	struct rhythm *rhythms; /* of all with a cadence */
	size_t rhythm_count;
	struct checkin_room room;
	struct busy *busy;      /* the room's, with what is proposed here */
	struct proposal *list;  /* each names the place of a rhythm */
	size_t n;
};
/* Those that will be proposed until `till`, morning by morning, if nobody answers anything: who lets one lie is asked again. By when. */
struct proposed {
	const struct contact *who;
	utc mail, at;           /* their owner is asked then, for that time */
};
bool schedule_proposals_ahead(struct sql *, struct pool *, const struct conf *, const struct owner *, utc now, utc till, struct proposed **out,
			      size_t *n, struct err *);
/* When the owner has no time for another check-in: what their calendars hold, their check-ins, and congress days; settled. */
bool schedule_busy(struct sql *, struct pool *, const struct conf *, const struct owner *, utc from, utc till, struct busy *out, struct err *);
bool schedule_plan_checkins(struct sql *, struct pool *, const struct conf *, const struct owner *, utc now, utc till, struct checkin_plan *out,
			    struct err *);
/* The owner asked for times to meet this person: a mail that proposes them, answered by `at` one of them. `purpose` "": what the briefing
 * finds. Inside the caller's transaction. */
bool schedule_propose(struct sql *, struct pool *, const struct conf *, const struct owner *, const struct contact *, const char *purpose, int minutes,
		      const utc *at, size_t n, utc now, struct err *);

/* Which mails about check-ins they get until `till`, if nobody answers anything: proposals, briefings, questions for a recap, sweeps of a
 * congress; by time. */
struct meeting_mail {
	enum mail_kind kind;
	utc at;
	const char *why;
};
bool schedule_meetings_ahead(struct sql *, struct pool *, const struct conf *, const struct owner *, utc now, utc till, struct meeting_mail **out,
			     size_t *n, struct err *);

/* One notice to one owner, Markdown of ours. Inside the caller's transaction. */
bool schedule_notice(struct sql *, struct pool *, const struct conf *, const struct owner *, const char *subject, const char *markdown, utc now, struct err *);

/* What must be told about these promises, so that an answer to it is about them: to the owner, or to a team, which answers the owner.
 * Inside the caller's transaction. */
struct schedule_telling {
	const struct owner *owner;
	const struct team *team; /* NULL: the owner */
	const char *subject, *markdown;
	const char *word;        /* outgoing.word; NULL none */
	const int64_t *ids;
	size_t n;
	struct attached *files;  /* that come along */
	size_t file_count;
	const struct checkin *checkin; /* … or about this meeting; NULL */
};
bool schedule_tell(struct sql *, struct pool *, const struct conf *, const struct schedule_telling *, utc now, struct err *);

/* The team at that address answered what it was asked, with the letter of that Message-ID: thanks. Inside the caller's transaction. */
bool schedule_thanks(struct sql *, struct pool *, const struct conf *, struct dossier *, const char *team, const char *message_id, utc now, struct err *);

/* Mail to a team about this promise came back: if it is to have answered, the promise is its owner's again, and they hear so. Inside the
 * caller's transaction. */
bool schedule_unreachable(struct sql *, struct pool *, const struct conf *, int64_t commitment, const char *team, utc now, struct err *);

/* A mail to that address came back, or its server refused it: nothing that is prepared goes there, and each owner who promised
 * something to whoever has it hears so once. `about`: the promises that the mail spoke of. Inside the caller's transaction. */
struct schedule_returned {
	const char *address, *status; /* status: what the server said; "" */
	const char *others;           /* the mail was to go to them too, and did not; NULL */
	const struct owner *sender;   /* whose mail it was; NULL: not known */
	bool to_team;
	int64_t outgoing, letter;     /* the mail, the report; 0 */
	const int64_t *about;
	size_t about_count;
};
bool schedule_returned(struct sql *, struct pool *, const struct conf *, const struct schedule_returned *, bool *sender_told, utc now, struct err *);

/* A line for each of one owner's promises, for Markdown. */
const char *schedule_lines(struct pool *, const struct commitment *, size_t n);

/* kept was down from `from` to `now`: each owner hears how long, and what was late. Begins its own transaction. */
bool schedule_gap(struct sql *, const struct conf *, utc from, utc now, struct err *);
/* The login of an account by tokens stands so: "" well, else a sentence. Its owners are told by mail where it has ended, once, by
 * another account: that of kept's mail, or their own (schedule_login.c). Begins its own transaction where there is something new. */
bool schedule_login(struct sql *, const struct conf *, const struct server *, const char *why, utc now, struct err *);

/* ---- the weekly review (schedule_review.c) ---- */

/* What one tells that looks back from `to` until `from`. */
bool schedule_review_of(struct sql *, struct pool *, const struct conf *, const struct owner *, utc from, utc to, struct review *out, struct err *);
/* The owner asked for it: it leaves now, and changes nothing about when the next one comes. In a transaction. */
bool schedule_review_now(struct sql *, struct pool *, const struct conf *, const struct owner *, utc now, struct err *);

/* ---- the trust challenge (schedule_challenge.c) ---- */

/* Fills one that was read: its promises, and what became of them by `now`. */
bool schedule_challenge_of(struct sql *, struct pool *, const struct conf *, struct challenge *, utc now, struct err *);

/* ---- the agenda (schedule_agenda.c) ---- */

/* What one tells at `at`, with the answers since `from`. */
bool schedule_agenda_of(struct sql *, struct pool *, const struct conf *, const struct owner *, utc from, utc at, struct agenda *out, struct err *);

#endif
