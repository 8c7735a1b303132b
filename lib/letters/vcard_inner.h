/* vcard_inner - what the parts of vcard share. Private to vcard*.c */
#ifndef KEPT_LETTERS_VCARD_INNER_H
#define KEPT_LETTERS_VCARD_INNER_H

#include "letters/content.h"
#include "letters/vcard.h"

/* ";AT=…;UNTIL=…" of an entry; and those of one into it, where it says them. */
const char *vcard_params(struct pool *, const struct card_entry *);
void vcard_params_read(struct pool *, const char *params, struct card_entry *);

/* What stands there of a field; what it may not be is noted as odd. */
void vcard_take(struct pool *, struct card *, enum card_field, const char *words);
void vcard_odd(struct pool *, struct card *, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* One more address; what is none is odd. */
void vcard_address(struct pool *, struct card *, const char *words);
/* The card is read: is it one to keep? */
bool vcard_keep(struct pool *, struct cards *, const struct card *, struct err *);
/* Room for one more entry, with its text; NULL: there is none, or no text. */
struct card_entry *vcard_entry(struct pool *, struct card *, enum card_list, const char *text);

#endif
