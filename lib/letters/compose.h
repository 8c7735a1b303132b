/* compose - step and dossiers to a mail
 *
 * Law:     pure; chance (token, Message-ID) is handed in. What it shows of strangers is escaped; what goes into a header is
 *          a struct line. One mail may speak of several commitments (what is due at one time, several promises of one letter).
 *          A mail to outside is the owner's: their name and address, their conversation, the other person's language and zone, no
 *          token and no mark of kept's in it, their disclosure line at its end whatever the template or the owner's own text says.
 * Owns:    the pool.
 * Manual:  kept-template(5)
 * Tests:   tests/compose.c, compose_outside.c, compose_field.c with tests/golden/
 */
#ifndef KEPT_LETTERS_COMPOSE_H
#define KEPT_LETTERS_COMPOSE_H

#include "nouns/checkin.h"
#include "nouns/dossier.h"
#include "nouns/resource.h"
#include "nouns/agenda.h"
#include "nouns/challenge.h"
#include "nouns/review.h"

struct compose_in {
	const struct conf *conf;
	const struct owner *owner;
	enum mail_kind kind;
	utc now;
	const char *token;           /* 26 letters and digits, from store */
	const char *id;              /* such too: the Message-ID, which goes on to others in References; the token is a secret */
	struct dossier *dossiers;    /* what it speaks of; ids are shown where there are several */
	size_t dossier_count;
	bool final;                  /* the last reminder */
	const char *answer;          /* what commands did, line by line (from execute); NULL */
	const char *headline;        /* what they did, for the subject; NULL */
	const char *unread;          /* ACKNOWLEDGEMENT: what was read and not understood; NULL */
	bool last;                   /* … and what is not understood after it is not answered today */
	bool calendar;               /* put the calendar entries in: sequence and due as in the dossiers */
	/* trust test of what was just logged, in the order of the dossiers; NULL for others */
	struct trust {
		bool what, who, when;
		const char *due_error, *due_note; /* NULL or "" none */
		const char *due_used;             /* the words that were read in place of those of due_error; NULL or "" none */
		const char *due_said;             /* what the sentence says, where the tag names another day and that stands; NULL or "" */
		const char *team_note;            /* NULL or what becomes of the team that its address names */
		const char *unserved;             /* options that have no effect yet; NULL or "" none */
		bool guessed;                     /* no sentence promises: it was tagged, and that is all */
		size_t day_holds;                 /* the day is full: it holds so many already; 0 */
		int usual_days;                   /* promises of its kind take so many working days, and the day leaves less; 0 */
		size_t usual_of;                  /* … in the median of so many */
		utc better;                       /* a day that could rather be kept; 0 */
		utc remind;                       /* when it is reminded of next, where nothing happens before; 0: never */
		bool alone, asked;                /* … and written to kept alone; … and asks something */
	} *trust;
	struct line in_reply_to;     /* thread it there; s NULL: decided from the dossier */
	struct strings references;
	/* NOTICE: exactly one of these */
	struct { utc from, to; const char **late; size_t late_count; } gap; /* kept was down from .. to */
	struct held_line { int64_t id; const char *from, *subject, *reason; utc at; bool team /* it claims to be a team's answer */; } *held; /* held messages */
	size_t held_count;
	const char *notice_subject, *notice; /* anything else the owner must know: Markdown of ours */
	const struct team *team;     /* … or this team, which answers the owner; NULL */
	struct attached *attached;   /* to the owner: files that come along */
	size_t attached_count;
	/* from the owner to those outside whom it was promised to, about dossiers[0], whose contact is the first of them (mail_kind_whom: OUTSIDE); NULL for all others */
	struct outside {
		struct addrs to;             /* who gets it, of those it was promised to; none: the first of them */
		const char *substance;       /* the owner's own line: what there is to say; "" */
		const char *own_text;        /* `edit`: the owner's words in place of the template's; NULL */
		const char *team;            /* RECEIPT: whom the owner asked; "" */
		utc told;                    /* DELAY: the day they were told before; 0 */
		const char *with;            /* INTRODUCTION: to whom; "" */
		const char *interest;        /* SHARE: what they said that they want to hear of; "" or NULL */
		struct outside_resource {
			const struct resource *resource;
			const char *file_name, *type, *bytes; /* attached; bytes NULL: a link, or only named */
			size_t n;
		} *resources;
		size_t resource_count;
	} *outside;
	/* INVITATION, an APPROVAL of one, and a NOTICE that brings the owner's own entry (`calendar`): of which object it is */
	const struct meeting {
		const struct checkin *c;
		const char *method;          /* REQUEST, CANCEL, DECLINECOUNTER */
		utc recurrence;              /* of that one of a series alone; 0: the whole */
		utc was;                     /* it was to begin then; 0: they are invited for the first time */
	} *meeting;
	/* APPROVAL: asks for the owner's word on a mail to outside, or (mail NULL) for a line of substance, or for a call */
	struct approval {
		enum mail_kind kind;         /* of the mail that waits */
		const struct mail *mail;     /* as it will leave; NULL: there is nothing of substance to say yet */
		const char *text;            /* what is read in it, plain: strangers' words may stand in it */
		struct approval_more {       /* of several mails that wait together: those that say something else */
			const char *to, *subject, *text;
		} *more;
		size_t more_count;
		const char *why, *rule;      /* in words: what makes it; the setting */
		const char *to;              /* name or address of the one who would get it */
		struct strings findings;     /* what the last look saw: a sentence each */
		bool account;                /* it can be sent by the owner's own account */
		const char *channel, *phone; /* … or a slip: they prefer this channel, `text` is what there is to say; NULL: it is none */
	} *approval;
	/* to the team that dossiers[0] was routed to, from kept (mail_kind_whom: TEAM); NULL for all others */
	struct routed {
		const struct team *team;
		utc team_due;                /* the owner needs it by then, before their own day */
		utc asked;                   /* NAG, THANKS: when the team was asked; 0: not known */
		const char *note;            /* the owner's own line to them; "" */
		bool needless;               /* THANKS: not for an answer, it is not needed any more */
	} *routed;
	/* DIGEST: what was promised with that team from `from` to `to`, by any owner, and what was shared */
	struct digest {
		const struct team *team;
		utc from, to;
		struct digest_item {
			const struct commitment *m;
			struct digest_shared {
				enum mail_kind kind;
				utc at;
				const char *material; /* titles; "" */
			} *shared;
			size_t shared_count;
		} *items;
		size_t count, left_out; /* there was no room for */
	} *digest;
	/* what a check-in is for, and what is known before it (compose_cadence.c): PROPOSAL one for each that is proposed, BRIEFING one */
	struct brief {
		const struct contact *who;
		const struct checkin *checkin; /* PROPOSAL: nobody was invited to it yet */
		utc start;                     /* of a series: of this one */
		const utc *times;              /* PROPOSAL: when it could be */
		size_t time_count;
		utc exchanged;                 /* when they heard from each other last; 0: never */
		bool late;                     /* longer ago than the owner's cadence allows */
		bool asked_for;                /* PROPOSAL: by the owner, not by a cadence */
		const char *purpose;           /* the owner's own words; "" */
		const struct commitment *ours; /* what stands open */
		size_t our_count;
		struct brief_item {
			const char *text, *link, *channel; /* link, channel: "" none */
			utc at;                    /* 0: no day */
			int64_t id;                /* of an insight; 0 */
		} *theirs, *exchanges, *interests, *needs, *resources, *works, *insights;
		size_t their_count, exchange_count, interest_count, need_count, resource_count, work_count, insight_count;
	} *briefs;
	size_t brief_count;
	/* RECAP, beside `outside`, whose substance is what was heard */
	struct recap {
		utc met;                       /* when they spoke */
		const struct commitment *promised; /* in it */
		size_t promised_count;
		struct recap_outcome {
			const char *said, *outcome;
		} *outcomes;                   /* of what they told before */
		size_t outcome_count;
	} *recap;
	const struct review *review;     /* REVIEW */
	const struct agenda *agenda;     /* AGENDA */
	const struct challenge *challenge; /* CHALLENGE: a line while it runs, the report of one that ended */
	const struct addrs *met;         /* SWEEP: whom the owner met, and at which meeting each; "" none */
	const char *const *met_titles;
	utc met_at;                      /* APPROVAL for a recap: when; its brief has what they told and have not heard the outcome of */
};

/* Has such a mail to outside something to say: a line of the owner's, material, points of theirs, a new date, a person? Where it
 * has not, compose() refuses it, and the owner is asked for a line (APPROVAL with mail NULL). */
bool compose_has_substance(const struct compose_in *);

/* In which language a mail to outside is: theirs, where the owner said which; else that of the words it was promised in, or of
 * the letter that asked, where they are plainly in one that it has a template in; else the owner's. `heard`: what those words are
 * in, in English ("German"), and its code; NULL: not plain, or theirs is known. */
const char *compose_language(struct pool *, const struct conf *, enum mail_kind, const struct dossier *, const char **heard,
			     const char **code);

/* Text as a quotation within our Markdown: its lines and links stay, all else is words. */
const char *compose_quoted(struct pool *, const char *text, size_t most);

bool compose(struct pool *, const struct compose_in *, struct mail *out, struct err *);

#endif
