/* mime_inner - what the parts of mime share
 *
 * Law:     bytes come in as spans of the message and are never written to. Everything that leaves a function as a C string
 *          is valid UTF-8 without NUL.
 */
#ifndef KEPT_LETTERS_MIME_INNER_H
#define KEPT_LETTERS_MIME_INNER_H

#include "nouns/letter.h"

enum { /* the bounds */
	HEADER_MOST = 256 << 10, /* bytes of one header block that are read */
	FIELDS_MOST = 1000,      /* fields of one header block */
	PARTS_MOST = 1000,       /* parts of a message, over all depths */
	DEPTH_MOST = 50,         /* multiparts and messages within each other */
	ADDRESSES_MOST = 500,    /* in one list */
	IDS_MOST = 500,          /* References */
	DSN_MOST = 500,          /* recipients of a delivery report */
	REMARKS_MOST = 20,
	ID_MOST = 998,           /* a Message-ID: RFC 5322 2.1.1, a line */
	FILE_NAME_MOST = 255,
	SOURCE_MOST = 4 << 20,   /* bytes of a text part before decoding */
};

struct span {
	const char *s;
	size_t n;
};

struct raw_field {
	struct span name, value; /* as written, value still folded */
};

struct raw_header {
	struct raw_field *list;
	size_t n;
	bool cut; /* beyond the bounds */
};

enum transfer { TRANSFER_NONE, TRANSFER_QUOTED, TRANSFER_BASE64 };

struct part {
	struct part *parent, *next, *children, *last;
	struct raw_header header;
	struct span body;
	const char *type;                                /* lower case, "text/plain" */
	const char *charset, *name, *method, *report_type; /* "" none */
	const char *boundary;                            /* NULL none */
	size_t boundary_length;
	enum transfer transfer;
	bool attached, inlined;                          /* Content-Disposition */
	bool flowed, delsp;                              /* RFC 3676 */
	bool multi, message;                             /* multipart/…, message/rfc822 and its kin */
	bool closed;                                     /* its last boundary was seen */
	bool used;                                       /* read as text, calendar or report: no attachment */
	int depth;
};

/* One message being read: the pool, and what is worth a remark. */
struct reading {
	struct pool *pool;
	size_t parts; /* made so far */
	struct strings remarks;
	size_t files; /* bytes of attachments that may be kept, in all */
};

void remark(struct reading *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* mime_tree.c: the parts of a message, in one pass over the lines. Never NULL. */
struct part *tree_read(struct reading *, struct span message, int depth);
/* The next part in the order of the message, or NULL; `down` false: not into this one. */
struct part *tree_next(const struct part *root, struct part *, bool down);
/* A header block; returns where the body begins. `open`: a boundary of it or around it ends the header too; NULL: none. */
const char *header_read(struct reading *, const char *at, const char *end, const struct part *open, struct raw_header *out);
bool line_is_field(const char *line, size_t n, size_t *colon);

/* mime_decode.c: Content-Transfer-Encoding (RFC 2045 6). `out` has room for s.n bytes; NULL: only counted. */
size_t transfer_decode(enum transfer, struct span, char *out);
size_t base64_decode(struct span, char *out);
size_t quoted_decode(struct span, bool word /* RFC 2047 Q: _ is a blank */, char *out);
struct span part_bytes(struct reading *, const struct part *, size_t most);
/* The text of a part: decoded, UTF-8, LF alone ends a line, at most BODY_MOST. */
struct span part_text(struct reading *, const struct part *);

/* mime_charset.c: anything to UTF-8 without NUL. `label` "" : none was given. Never fails. */
struct span charset_text(struct reading *, const char *label, struct span);
/* The same for what had no label: UTF-8 if it is, else the old Japanese one by its escapes, else windows-1252. */
struct span charset_guess(struct reading *, struct span);

/* mime_header.c */
struct span field_raw(const struct raw_header *, const char *name); /* the first; .s NULL: none */
char *header_unfold(struct reading *, struct span raw); /* one line of UTF-8, each control character a blank, ends trimmed */
struct encoded_word { /* an encoded word: =?charset*language?B?text?= */
	struct span charset, text;
	bool base64;
	size_t n; /* of the whole */
};
bool encoded_word_at(const char *, struct encoded_word *);
char *header_words(struct reading *, const char *); /* RFC 2047 decoded */
char *header_text(struct reading *, struct span raw); /* both */
const char *header_skip(const char *);              /* over blanks and comments */
void fields_read(struct reading *, const struct raw_header *, struct fields *out);
/* Content-Type, Content-Disposition: the value before the first ; in lower case; parameters by name (RFC 2231). */
struct parameters {
	const char *value;
	struct parameter { const char *name, *value; } *list;
	size_t n;
};
struct parameters parameters_read(struct reading *, struct span raw);
const char *parameter(const struct parameters *, const char *name); /* "" none */
void ids_read(struct reading *, struct span raw, struct strings *out);     /* adds, once each */
const char *id_first(struct reading *, struct span raw);                   /* "" none */

/* mime_address.c, mime_date.c */
void addresses_read(struct reading *, struct span raw, struct addrs *out); /* adds; a name without @ only where it is all */
const char *address_first(struct reading *, struct span raw);              /* "" none */
bool date_read(const char *, utc *date, int *offset);

/* mime_links.c: the links behind the words that are the writer's own */
struct strings links_of(struct pool *, const char *html, const char *text);

/* mime_report.c: RFC 3464 and what comes with it */
void dsn_read(struct reading *, struct span text, struct letter *);
void returned_header(struct reading *, const struct raw_header *, struct returned *);
void returned_in_text(struct reading *, const char *text, struct returned *);

#endif
