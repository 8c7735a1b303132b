/* mime - bytes to letter, mail to bytes
 *
 * Law:     reading takes anything and bounds it (message 25 MiB, header 256 KiB, 1,000 parts, depth 50, 500 addresses); its
 *          time is bytes times depth. The parts are found by our own reader in one pass, the innermost boundary first.
 *          Charsets by iconv; one that is unknown reads as UTF-8 or windows-1252, what is broken as U+FFFD, with a remark,
 *          never an error. An address is as it was written: a stranger's "root" without @ is shown, not believed.
 *          Writing gives CRLF everywhere, lines <= 998, ASCII headers (RFC 2047), and the finished bytes are read back
 *          before they are returned.
 * Owns:    the pool.
 * Borders: iconv; <libetpan/mailmime.h> in mime_boundary.c alone, which mends the library for the programs
 * Tests:   tests/mime.c, the evil boundary of libetpan under ASan; tests/fuzz/mime.c; tests/bench/mime.c
 */
#ifndef KEPT_LETTERS_MIME_H
#define KEPT_LETTERS_MIME_H

#include "nouns/letter.h"
#include "nouns/mail.h"

/* Opens each charset that is accepted once; before the child is confined. */
void mime_prepare(void);
/* Never fails: what is no mail at all, or encrypted, has `broken` set. */
void mime_read(struct pool *, const void *bytes, size_t n, struct letter *out);
/* The same with the bytes of its attachments, as many of them as FILES_ROOM has room for. */
void mime_read_files(struct pool *, const void *bytes, size_t n, struct letter *out);
/* PERM where a field is not fit to leave (an address that is none, a line with a control character). */
bool mime_write(struct pool *, const struct mail *, const char **bytes, size_t *n, struct err *);
/* A written mail as a draft of the one who is to send it: with that address in Bcc, without kept's own fields. */
bool mime_draft(struct pool *, const char *mail, size_t length, const char *bcc, const char **bytes, size_t *n, struct err *);

#endif
