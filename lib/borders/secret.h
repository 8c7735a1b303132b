/* secret - passwords, tokens, chance, and keyed hashes
 *
 * Law:     a secret is read only when a server is to be spoken to, lives in memory of its own, is wiped when let go, and is
 *          never logged nor put in an error, nor is a command that prints one. A file that group or others can read is refused, with the chmod that mends it.
 * Borders: <gnutls/crypto.h>
 * Tests:   tests/secret.c
 */
#ifndef KEPT_BORDERS_SECRET_H
#define KEPT_BORDERS_SECRET_H

#include <stddef.h>

#include "ground/err.h"
#include "ground/pool.h"
#include "nouns/conf.h"

enum { TOKEN_LENGTH = 26, DIGEST_LENGTH = 32 };

/* "file:/abs/path", "command:…" (run by sh -c, 30 seconds, first line of its output), "credential:NAME" (in
 * $CREDENTIALS_DIRECTORY). `*out` is malloc'd; let it go by secret_free(). `at` stands in the error. */
bool secret_read(const char *where, const struct source *at, char **out, struct err *);
void secret_free(char **);
/* The first line of those bytes, judged as all of the above; `from` stands in the error. */
bool secret_line(const char *bytes, size_t n, const char *from, char **out, struct err *);
/* Do another's words repeat it, or a part of it: as it is, or in base64 (as a login sends it)? Then they are shown to nobody. */
bool secret_told(const char *words, const char *secret);
/* All of it, and onto the disk; false: errno says why. */
bool secret_put(int fd, const void *bytes, size_t n);
/* Others cannot put files where ours are looked for. */
bool secret_folder_own(const char *path, struct err *);
void secret_folder_sync(const char *path); /* of the folder that holds it: what was named there stays */

/* 128 bits as 26 letters a-z2-7; the one place where chance comes from. */
void secret_token(char out[TOKEN_LENGTH + 1]);
double secret_chance(void); /* 0 <= x < 1, for jitter */
void secret_hmac(const void *key, size_t key_length, const void *bytes, size_t n, unsigned char out[DIGEST_LENGTH]); /* HMAC-SHA-256 */
char *secret_hex(struct pool *, const unsigned char *, size_t n); /* lower case */
void secret_digest(const void *bytes, size_t n, unsigned char out[DIGEST_LENGTH]);                                     /* SHA-256 */
/* The key of the record of events, in PATH (mode 0600); made where it is missing and `make`. */
bool secret_key(const char *path, bool make, unsigned char out[DIGEST_LENGTH], struct err *);

#endif
