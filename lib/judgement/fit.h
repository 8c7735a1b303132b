/* fit - does this piece of material bear on these words?
 *
 * Law:     pure. A tag that stands in the words in whole fits; else two different words of its title or its description
 *          that mean something must stand there. Words are the same where one begins the other and no more than three
 *          letters follow ("dose", "dosing" are not; "table", "tables" are): so no language needs a grammar here.
 * Fails:   never; what does not fit scores 0.
 * Tests:   tests/fit.c
 */
#ifndef KEPT_JUDGEMENT_FIT_H
#define KEPT_JUDGEMENT_FIT_H

#include "ground/text.h"
#include "nouns/resource.h"

struct fit {
	int score;       /* 0: it does not; else the more, the better */
	const char *why; /* the words that it has in common, parted by ", " */
};

struct fit fit_resource(struct pool *, const char *words, const struct resource *);

/* Does it bear on what somebody wants to hear of? As fit_resource(), or where every word of the topic that means something stands in its
 * title, its tags or its description: a topic is no sentence. */
bool fit_topic(struct pool *, const char *topic, const struct resource *);

/* The words of a text that say what it is about, folded, once each, at most 40: what a search may look for. */
struct strings fit_words(struct pool *, const char *text);
/* How many of these words stand in a text or the name of a file ("SubgroupData_v2.pdf"), also within a compound; `which` (may be
 * NULL): these, parted by ", ". */
size_t fit_common(struct pool *, const struct strings *words, const char *text, const char **which);

#endif
