/* err - what failed, and whether trying again can help
 *
 * Law:     what can fail returns bool and takes `struct err *e` last. On false every output is untouched and `e`
 *          says what failed, on what, why, and what to do; on true `e` is untouched.
 *          TEMP: try later. PERM: never so. UNSURE: it may have happened; look before you act again.
 * Owns:    nothing; the text lives in the struct and is cut (on a UTF-8 boundary) where it is too long.
 */
#ifndef KEPT_GROUND_ERR_H
#define KEPT_GROUND_ERR_H

#include <stdbool.h>

enum err_kind { ERR_NONE, ERR_TEMP, ERR_PERM, ERR_UNSURE };

struct err {
	enum err_kind kind;
	char code[16];   /* a word for machines where there is one ("unknown", "ambiguous"), else "" */
	char text[1024]; /* a sentence for a person, no line end */
};

/* Each sets `e` and returns false, so that `return err_perm(e, "…")` is one line. A `e` of NULL is allowed. */
bool err_temp(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool err_perm(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool err_unsure(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* PERM with a code word. */
bool err_code(struct err *e, const char *code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Puts "what: " before the text that is there, keeps kind and code. Returns false. */
bool err_at(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
