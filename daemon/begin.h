/* begin - who has no configuration yet is shown how to come to one; for both programs */
#ifndef KEPT_DAEMON_BEGIN_H
#define KEPT_DAEMON_BEGIN_H

#include <stdbool.h>

#include "ground/pool.h"

/* False, and nothing said, where there is a configuration. */
bool begin_hint(struct pool *, const char *program);

/* What is in memory now stays there: no core file, no look from outside. */
void begin_closed(void);

#endif
