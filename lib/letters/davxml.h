/* davxml - what a calendar server says in XML (RFC 4918, 4791, 6578), and what it is asked
 *
 * Law:     no DTD, no entity but XML's own five, nothing fetched; 16 MiB, 20,000 responses, libxml2's bounds on depth.
 *          Run in the confined child. What is not understood is passed over. Addresses in a question are escaped.
 * Fails:   never: what is no multistatus has `broken` set.
 * Borders: <libxml/…>
 * Tests:   tests/davxml.c
 */
#ifndef KEPT_LETTERS_DAVXML_H
#define KEPT_LETTERS_DAVXML_H

#include "nouns/task.h"

/* A multistatus, or the error that came in its place. */
void davxml_read(struct pool *, const char *xml, size_t n, struct dav_answer *out);

/* Bodies of questions. */
extern const char davxml_find[];  /* PROPFIND: principal, home, is it a calendar? */
extern const char davxml_list[];  /* PROPFIND: the ETag of each */
extern const char davxml_all[];   /* REPORT: each event, with its data */
extern const char davxml_make[];  /* MKCALENDAR: for tasks and events */
const char *davxml_sync(struct pool *, const char *token);                          /* REPORT sync-collection */
const char *davxml_multiget(struct pool *, const char *const *hrefs, size_t n);     /* REPORT calendar-multiget */

#endif
