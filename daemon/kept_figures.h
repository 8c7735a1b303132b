/* kept_figures - what kept score and kept report share: the days that are asked for, and figures as JSON and lines */
#ifndef KEPT_DAEMON_KEPT_FIGURES_H
#define KEPT_DAEMON_KEPT_FIGURES_H

#include "daemon/kept_ledger.h"
#include "judgement/score.h"

/* --from and --to, where they are given; false: one is no date, or they are the wrong way round. */
bool score_days(struct ledger *, int32_t *from, int32_t *to, struct err *);
const char *score_trust(struct pool *, const struct score *); /* "1.10 (0.72 to 1.51)" */
void score_print(struct ledger *, const struct score *);
json_t *score_json(const struct score *);

#endif
