/* understand, within: what its parts share. */
#ifndef KEPT_JUDGEMENT_UNDERSTAND_INNER_H
#define KEPT_JUDGEMENT_UNDERSTAND_INNER_H

#include "judgement/understand.h"
#include "judgement/refusal.h"
#include "judgement/words.h"

enum { WHY_MOST = 40, PROMISES_MOST = 40 };

struct thinking {
	struct pool *p;
	const struct letter *l;
	const struct place *at;
	const struct known *known;
	const struct conf *c;
	const char *folded; /* the words of the letter, words_folded() */
	utc now, arrived, anchor; /* anchor: what dates are relative to */
	struct meaning *m;
};

void why(struct thinking *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- to whom (understand_whom.c) ---- */

struct whom {
	struct addrs to;    /* some of m->counterpart; none: all of them */
	const char *why;    /* "" or why */
	struct whom *parts; /* one a part of the vow */
};
/* One a vow; NULL where there is nobody to choose from. */
struct whom *whom_find(struct thinking *, const struct vows *);
struct whom whom_of_words(struct thinking *, const char *words); /* of a tag's text */

/* ---- parts ---- */
void promises_find(struct thinking *, const struct owner *, bool owners_mail, const struct vows *); /* fills m->promises */
bool in_thread(const struct letter *, const char *message_id); /* does it answer that one? */
void deliveries_find(struct thinking *, bool owners_mail, const struct vows *); /* fills m->deliveries */
void renewals_find(struct thinking *); /* which of m->promises are those of m->deliveries, said once more */
bool bounce_find(struct thinking *);           /* fills m->bounce: it is a report of failure or delay */
void checkin_find(struct thinking *);          /* fills m->checkin: it is a calendar answer */
bool automatic_find(struct thinking *);        /* fills m->automatic */
/* Fills m->settles: it is a draft of kept's that this owner sent by hand. `by_token`: it has its token, which lay in their Drafts alone. */
bool draft_find(struct thinking *, const struct owner *, bool *by_token);
/* Was it written to the token address of that mail? Only who had the mail knows it. */
bool has_token(const struct thinking *, const struct known_sent *);
bool team_find(struct thinking *, enum letter_class *out); /* a team answers, or somebody says that they are it (HELD) */
void answer_weigh(struct thinking *);
/* How many words it has beside thanks, greetings, names and what says nothing; `figures`: a number or a link is among them. */
size_t answer_beside(struct thinking *, bool *figures);          /* fills m->answer */
bool safety_told(struct pool *, const struct conf *, const char *folded, const char **sentence); /* a possible adverse event in a person */
void safety_tales(struct pool *, const struct conf *, const char *full, struct meaning *); /* fills tales; instructions how to report are none */
const struct phrase_book *safety_book(struct pool *);

const char *safety_words(struct pool *, const char *text, const char *sentence); /* that sentence as its writer wrote it */

/* A frame for dates of that owner (NULL: UTC, the usual working time). */
struct frame frame_of(struct thinking *, const struct owner *, struct worktime *);

#endif
