/* vow - the sentences that promise
 *
 * Law:     pure. Finds the sentences by which the writer binds themselves, in seven languages, with a score from 0 to 1
 *          (0.5 and more: a promise). Not the quoted, negated, conditional, past, merely polite, or the other side's.
 * Owns:    nothing; lives in the pool.
 * Fails:   never.
 * Tests:   tests/vow.c
 */
#ifndef KEPT_JUDGEMENT_VOW_H
#define KEPT_JUDGEMENT_VOW_H

#include "judgement/when.h"

enum { VOWS_MOST = 200, VOW_SENTENCES_MOST = 2000 }; /* that promise, and in all: of one text */

struct vow {
	const char *sentence;
	double score;
	const char *what;        /* the sentence without its greeting, trimmed for a list */
	const char *when;        /* the date's words in it; "" */
	utc at;                  /* 0: none */
	bool says_what, says_who, says_when; /* the trust test */
	const char *why;         /* the rule that decided */
	const char *note;        /* "" or a remark on the date */
	size_t from, to;         /* bytes of the text; of a part, those of its sentence */
	const char **receivers;  /* what stands where a receiver is named ("Grace the data by Friday"), of one that promises */
	size_t receiver_count;
	struct vow *parts;       /* where it makes several promises, each with its own date or its own subject and verb: these */
	size_t part_count;
};

struct vows {
	struct vow *list;        /* every sentence, in order, also those that score 0 */
	size_t n;
	bool cut;                /* the text goes on, and was not read: more sentences, or promises, than anybody writes */
};

/* The rules, conf/vow.rules; whoever finds often reads them once. They stand while the pool does, for any number of threads. */
struct vow_rules;
const struct vow_rules *vow_rules_open(struct pool *);

/* Rules NULL: read for this text alone. */
void vow_find(struct pool *, const struct vow_rules *, const char *text, const struct frame *, struct vows *out);
/* A tag's line, which promises whatever it says. Where it names several dates: the promises that it makes, of which `sentence`
 * alone counts; or one, whose date is the earliest of them. 0: it names one date, or none. */
size_t vow_line(struct pool *, const struct vow_rules *, const char *line, const struct frame *, struct vow **out);
/* Of any one sentence, in whatever language: what stands where a receiver is named. Returns how many. */
size_t vow_receivers(struct pool *, const struct vow_rules *, const char *sentence, const char ***out);

/* "Slides by Friday.": a thing and its limit, without a verb. Of its owner's mail that is tagged it is a promise, of anybody else's a
 * request; so vow_find() does not count it. */
bool vow_bare(struct pool *, const struct vow_rules *, const char *sentence, const struct frame *, struct vow *out);

/* The sentences of a text, as vow_find() parts them. */
struct vow_span {
	size_t from, to;
};
struct vow_span *vow_sentences(struct pool *, const char *text, size_t *n);

#endif
