/* vcard - people as files: vCard 4.0 (RFC 6350) and 3.0 (RFC 2426), and tables (CSV), both ways
 *
 * Law:     what card.h knows of a person is written whole, and read back the same: what vCard has no property for is in
 *          X-KEPT-… ones. In a table each field is a column, and each list one, its entries parted by " | "; a cell that a
 *          spreadsheet would take for a formula begins with an apostrophe. What is read may be anybody's: it is bounded, a
 *          line or cell that makes no sense is one of the `faults` and costs itself alone.
 * Units:   utc; times are written in UTC with their offset.
 * Owns:    the pool.
 * Fails:   PERM: too large, no card in it, a table without a column of addresses.
 * Manual:  kept(1) contacts
 * Tests:   tests/vcard.c; tests/fuzz/vcard.c
 */
#ifndef KEPT_LETTERS_VCARD_H
#define KEPT_LETTERS_VCARD_H

#include "nouns/card.h"

enum { CARDS_MOST = 10000, CARD_ADDRESSES_MOST = 20, CARD_FAULTS_MOST = 1000 };

struct cards {
	struct card *list;   /* those with an address */
	size_t n;
	size_t nameless;     /* vCards without one, as address books have them: nothing can be promised to those by mail */
	struct card_fault *faults; /* what could not be taken: a value of somebody, or (their only address, the whole row) they too */
	size_t fault_count;        /* may be more than CARD_FAULTS_MOST, which is how many are listed */
};

bool vcard_read(struct pool *, const char *bytes, size_t n, struct cards *out, struct err *);
void vcard_write(struct pool *, struct text *, const struct card *, int version /* 3, 4 */);

/* A table (vcard_table.c). */
bool vcard_table_read(struct pool *, const char *bytes, size_t n, struct cards *out, struct err *);
void vcard_table_head(struct text *);
void vcard_table_write(struct pool *, struct text *, const struct card *);

/* A vCard where there is a BEGIN:VCARD at its beginning, else a table. */
bool vcard_any_read(struct pool *, const char *bytes, size_t n, struct cards *out, struct err *);

#endif
