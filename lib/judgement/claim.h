/* claim - what the sentences of a mail say of a thing that was promised
 *
 * Law:     pure. Seven languages, their phrases in conf/claims.words. What is negated, said of another mail or only
 *          planned is no claim, nor what stands in quoted lines. A sentence may claim several things, and a claim may
 *          be false: whether the file is there is for others to look (look.h, deliver.h).
 * Owns:    nothing; lives in the pool.
 * Fails:   never; beyond some hundreds of sentences the rest is not read.
 * Tests:   tests/claim.c
 */
#ifndef KEPT_JUDGEMENT_CLAIM_H
#define KEPT_JUDGEMENT_CLAIM_H

#include "ground/text.h"
#include "nouns/conf.h"

#define CLAIMS(X) \
	/* id       section of conf/claims.words */ \
	X(ATTACHED, "attached")  /* a file is in this very mail */ \
	X(HERE,     "here")      /* the thing is handed over: "here is", "you will find below" */ \
	X(PROMISED, "promised")  /* "as promised" */ \
	X(ANSWERED, "answered")  /* the writer found out: "I checked", "they confirmed" */ \
	X(SENT,     "sent")      /* it went another way, or before */ \
	X(NOT_YET,  "not-yet")   /* it is still to come, or never will */ \
	X(PARTLY,   "partly")    /* beside one of the first three: it is not the whole */
#define X(id, section) CLAIM_AT_##id,
enum claim_at { CLAIMS(X) CLAIM_COUNT };
#undef X
#define X(id, section) CLAIM_##id = 1u << CLAIM_AT_##id,
enum claim_bits { CLAIMS(X) };
#undef X

struct claim {
	const char *sentence;   /* in one line */
	unsigned bits;          /* CLAIM_ATTACHED | … */
	const char *phrase[CLAIM_COUNT]; /* the words that say so, folded; NULL */
};

struct claims {
	struct claim *list;     /* every sentence of the text, in order */
	size_t n;
	unsigned bits;          /* of all */
};

/* Its phrases, read once (conf.h, struct rules); where `rules` or its book is NULL, they are read anew. */
const struct phrase_book *claim_book(struct pool *);

/* `text`: what the writer wrote now. Lines that begin with > are no sentences of theirs. */
void claim_find(struct pool *, const struct rules *, const char *text, struct claims *out);

/* What kind of thing a promise promises: bits, 0 where no word says. */
enum wish { WISH_THING = 1, WISH_WORD = 2, WISH_DEED = 4 };
unsigned claim_wish(struct pool *, const struct rules *, const char *promise);

/* The links in a text: each http://…, https://… and www.…, as written, once each, at most 50. */
struct strings claim_links(struct pool *, const char *text);
/* Does the link lead to a file: by its ending, or because files alone lie there (Drive, SharePoint, WeTransfer …)? */
bool claim_is_file(struct pool *, const char *link);

#endif
