/* caldav - a collection on a calendar server (RFC 4791), asked and written
 *
 * Law:     finds the collection from any address of the server (RFC 6764, 5397), makes it where it is missing, asks
 *          what changed (RFC 6578, or the ETag of each where the server lacks that), reads many objects in one
 *          question, and writes one only as it was read (If-Match). Whatever the server says is read in the confined
 *          child. Names are last parts of addresses in the collection.
 * Owns:    http's connection is borrowed.
 * Fails:   TEMP: the network, a busy or broken server. PERM: a login refused, no such place, an answer that is none.
 * Tests:   tests/e2e/caldav.py (a real Radicale, and a scripted server)
 */
#ifndef KEPT_BORDERS_CALDAV_H
#define KEPT_BORDERS_CALDAV_H

#include "borders/http.h"
#include "borders/reader.h"

#define CALDAV_GONE "gone" /* the code of an error: what was asked for is not there */

struct caldav {
	struct http *http;
	struct reader *reader;
	const struct calendar_conf *conf;
	const char *collection; /* its address; NULL: not found yet */
};

struct caldav_object {
	const char *name, *etag; /* etag "": gone */
	const char *data;        /* read: the object */
	struct task task;
};

struct caldav_changes {
	struct caldav_object *list;
	size_t n;
	bool all;          /* what is not among them is not there */
	const char *token; /* for the next time */
};

/* In place of a token: the server cannot say what changed, and is not asked for it again while the collection is this one. */
#define CALDAV_NO_SYNC "none"

/* The connection, with the login that its section names: a password, or a token. */
bool caldav_open(const struct calendar_conf *, struct http **out, struct err *);
bool caldav_find(struct caldav *, struct pool *, struct err *); /* sets collection */
/* `token` "": from the start. */
bool caldav_changes(struct caldav *, struct pool *, const char *token, struct caldav_changes *out, struct err *);
/* Those of these names that are there. */
bool caldav_read(struct caldav *, struct pool *, const char *const *names, size_t n, struct caldav_object **out,
		 size_t *found, struct err *);
/* Writes it where what lies there has this ETag (NULL: where none is). `etag` out: its new one, "" not said. `lost`:
 * it has another, or is there already, or gone: nothing was written. */
bool caldav_put(struct caldav *, struct pool *, const char *name, const char *text, const char *if_match,
		const char **etag, bool *lost, struct err *);
bool caldav_delete(struct caldav *, struct pool *, const char *name, const char *if_match, bool *lost, struct err *);
/* All events of the collection at conf's own address, one after another: for when its owner is busy. */
bool caldav_events(struct caldav *, struct pool *, const char **text, size_t *n, struct err *);

#endif
