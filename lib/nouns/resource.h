/* resource - an approved piece of material that a promise can be kept with
 *
 * Law:     what may be sent is asked of resource_state() alone: approved, not past its last day, not retired. The file behind
 *          it is the one that was approved: its SHA-256 is kept (material_sound).
 * Units:   utc; `until` is the last second of the last day.
 * Owns:    lives in the pool it was read into.
 */
#ifndef KEPT_NOUNS_RESOURCE_H
#define KEPT_NOUNS_RESOURCE_H

#include "ground/worktime.h"
#include "nouns/conf.h"

enum { RESOURCE_FILE_MOST = 16 << 20 }; /* bytes: in base64 it must still fit into a mail */

struct resource {
	int64_t id;
	const char *title;
	const char *link, *file;       /* one of them is "": https://…, or an absolute path */
	const char *digest;            /* of the file as it was approved, or added where it is not yet; hex */
	const char *about;             /* a sentence or two; "" */
	struct strings tags, languages;
	const char *approved_by;       /* "" nobody yet */
	utc approved, until;           /* until 0: no end */
	utc made, retired;             /* retired 0: in use */
};

#define RESOURCE_STATES(X) X(WAITING, "waiting") X(APPROVED, "approved") X(EXPIRED, "expired") X(RETIRED, "retired")
#define X(id, name) RESOURCE_##id,
enum resource_state { RESOURCE_STATES(X) };
#undef X

enum resource_state resource_state(const struct resource *, utc now);
const char *resource_state_name(enum resource_state);

/* A web link that can be opened and put into a mail as it stands. */
bool resource_link_ok(const char *);

#endif
