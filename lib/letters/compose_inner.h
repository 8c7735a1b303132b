/* compose_inner - what the parts of compose share: what is being composed, its words for times, and its links */
#ifndef KEPT_LETTERS_COMPOSE_INNER_H
#define KEPT_LETTERS_COMPOSE_INNER_H

#include "letters/compose.h"
#include "letters/template.h"

enum { LINK_MOST = 1800 /* bytes of a link that carries a text: longer ones are cut by some programs */ };

struct composing {
	struct pool *p;
	const struct compose_in *in;
	struct view *v;
	const char *tracking; /* the pattern that makes addresses; NULL: none */
	const char *reply;    /* the token address; "" none */
	const char *subject;  /* of the answers that links write */
	const char *language; /* of the template that is filled, as phrase() has it */
	const struct zone *zone; /* of the one who reads it */
	size_t most, left;    /* how many of each list are shown; how many were left out for that */
};

/* One for each that a mail goes to. false: it cannot be made. */
bool compose_outside(struct composing *, struct mail *, struct err *);  /* fields, sender, recipient, what is attached */
void compose_outside_end(const struct composing *, struct mail *);      /* the owner's own text, the disclosure line */
bool compose_team(struct composing *, struct mail *, struct err *);
bool compose_digest(struct composing *, struct mail *, struct err *);
bool compose_approval(struct composing *, struct err *);
void compose_briefs(struct composing *);                                /* of a proposal, a briefing */
void compose_recap(struct composing *);                                 /* beside compose_outside() */
void compose_sweep(struct composing *);
void compose_insights(struct composing *, const struct brief *);
void compose_review(struct composing *);
void compose_agenda(struct composing *);
void compose_challenge(struct composing *);
/* "2 days": how long ago it was due. */
const char *compose_late_by(const struct composing *, utc due);
/* An invitation, its update, and that it is called off; the object of a meeting, for its owner or for those invited. */
void compose_invitation(const struct composing *, const struct mail *);
bool compose_meeting(const struct composing *, struct mail *, bool owners, struct err *);
/* A mail to others as its kind is called: "Progress note". */
const char *compose_kind(const struct composing *, enum mail_kind);

/* What was promised, what they wrote, and the days, for mail about one promise that is not a reminder. */
void compose_promise(const struct composing *, const struct commitment *);

/* RFC 6068, to one address or several (addrs_split); a field that is "" is left out. "" where it does not fit into `most` bytes. */
const char *compose_link(struct pool *, const char *address, const char *subject, const char *bcc, const char *body, size_t most);
/* The link that answers `words`; "" where nobody would read the answer. */
void compose_answer(const struct composing *, struct view *, const char *field, const char *words);
bool compose_is_sentence(struct pool *, const char *what, const char *words);
/* The sentence of the promise, where it says more than what was promised. */
bool compose_says_more(struct pool *, const char *words, const char *what);

/* ---- compose_words.c: what strangers wrote, fit for a mail that goes outside ---- */

/* A link to the web, fit for Markdown; "" where it is none. */
const char *compose_web(struct pool *, const char *link);
/* How a person is called in a salutation: "Henrike Osei", "Dr. Osei"; "" where the name is not plausibly a person's. */
const char *compose_called(struct pool *, const char *name, const char *address, const char *language);
/* At most three short points of what they wrote to that owner: what they ask before what they tell. */
struct strings compose_points(struct pool *, const char *text, const char *owner);
/* The owner's own text as our Markdown: lines and paragraphs stay, links are links, all else is words. */
const char *compose_own_words(struct pool *, const char *text);

#endif
