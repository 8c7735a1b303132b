/* while the house is built: each subcommand that is not written yet. Delete a row when you write it; the file goes last. */
#include "daemon/kept.h"
#define MISSING(name) __attribute__((weak)) int kept_##name(struct call *c) { (void)c; return kept_say(FAILED, #name ": not built yet"); }
#define X(name, help) MISSING(name)
SUBCOMMANDS(X)
