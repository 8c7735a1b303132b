/* look - one last look at a mail before it leaves, and at the owner's own that delivers
 *
 * Law:     pure. Says what a careful colleague would say across the desk; decides nothing: each finding warns or
 *          blocks by the settings look.*, and the caller holds the mail, asks, or closes nothing by it. A kind that
 *          is off is not looked for. No finding twice. Material that may not be sent (resource_state) always blocks.
 * Owns:    nothing; lives in the pool. `says` holds words of others: to be quoted (markdown_quote).
 * Fails:   never.
 * Manual:  kept.conf(5) look
 * Tests:   tests/look.c
 */
#ifndef KEPT_JUDGEMENT_LOOK_H
#define KEPT_JUDGEMENT_LOOK_H

#include "judgement/deliver.h"
#include "nouns/commitment.h"

enum { LOOK_MOST = 12 };

struct looked {
	struct handed mail;              /* deliver.h: subject, text (Markdown will do), files, links, to */
	bool delivers;                   /* it is meant to keep `promised`: then the thing must be in it */
	const struct commitment *promised;
	size_t promised_count;
	const char *language;            /* of its owner, for `told`; NULL English */
	struct addrs known;              /* who is known besides those it was promised to: contacts, colleagues */
	struct addrs fresh;              /* of those it was promised to: who came up with it alone, and was never in touch */
	const char *question;            /* of theirs, not answered yet; NULL */
	const struct resource *resources; /* material that it holds */
	size_t resource_count;
};

struct finding {
	enum look_kind kind;
	bool blocks;
	const char *says;                /* a sentence: "It says “attached”, and nothing is attached." */
	const char *told;                /* the same in the owner's language */
};

struct findings {
	struct finding list[LOOK_MOST];
	size_t n;
	bool block;                      /* one of them blocks */
};

void look(struct pool *, const struct looked *, const struct conf *, utc now, struct findings *out);
/* The first question in what the owner's message quotes below its words that these do not speak of, and that is not
 * what was promised; NULL: none. */
const char *look_question(struct pool *, const struct letter *, const char *promise);
/* The first question in their own words; NULL: none. */
const char *look_asks(struct pool *, const struct letter *);
/* A question whose words (fit_words) stand in the text was seen, whatever the answer is. */
bool look_is_answered(struct pool *, const struct strings *words, const char *text);
const char *look_kind_name(enum look_kind); /* the setting's name; "material", "often" */

#endif
