/* mailbox, inside - what its parts share: one session, commands, the guard on what the server sends
 *
 * libetpan parses; what is sent we write ourselves, for its own senders check no argument and cannot pipeline.
 */
#ifndef KEPT_BORDERS_MAILBOX_INNER_H
#define KEPT_BORDERS_MAILBOX_INNER_H

#include <libetpan/mailimap.h>

#include "borders/mailbox.h"
#include "borders/tls.h"
#include "ground/text.h"

enum {
	PATIENCE_MS = 60000,       /* for the answer to one command */
	SMALL_ANSWER = 1 << 20,    /* bytes of an answer that holds no mail */
	LIST_ANSWER = 16 << 20,    /* of a SEARCH or LIST */
	FIELD_MOST = 900,          /* bytes of one quoted argument */
	LINE_MOST = 8000,          /* of a command (RFC 7162 4) */
};

/* Follows the bytes line by line as libetpan will read them, and says what may not come (mailbox_wire.c). */
struct guard {
	enum { GUARD_START, GUARD_TEXT, GUARD_DATA, GUARD_QUOTED, GUARD_ESCAPED, GUARD_BRACE, GUARD_LITERAL } state;
	unsigned depth, flags_depth, labels_depth; /* parentheses; the depth within FLAGS (…), X-GM-LABELS (…), or 0 */
	uint64_t literal;            /* its bytes that are still to come */
	bool digits, closed;         /* of {123} */
	bool greeted;                /* the first line is over */
	char head[160], goodbye[160]; /* the line's beginning; the reason of a BYE */
	size_t head_n;
	char tail[16];               /* its last bytes */
	char last;                   /* its last byte that is no blank */
	/* in a line of text: its response code */
	unsigned blanks;             /* runs of blanks so far, to the one before the text */
	enum { CODE_NONE, CODE_MAYBE, CODE_NAME, CODE_REST } code;
	enum code_form { CODE_FREE, CODE_FLAGS, CODE_ATOMS, CODE_NUMBERS, CODE_NEVER } form;
	enum { FLAG_OPEN, FLAG_FIRST, FLAG_NEXT, FLAG_SLASH, FLAG_WORD, FLAG_STAR, FLAG_END } flag;
	char code_name[40];
	size_t code_n;
};

struct mailbox {
	const struct mailbox_conf *conf;
	struct tls *tls;
	mailimap *imap;
	mailstream *stream;
	struct guard guard;
	struct pool *pool;          /* of the list of folders */
	struct listed *folders;     /* as LIST gave them, once */
	size_t folder_count;
	bool listed;
	bool idle, condstore, gmail, move, uidplus;
	utc renew;                  /* its token, by then; 0: a password */
	int patience;               /* milliseconds for an answer */
	int tags;                   /* of the commands sent so far */
	bool selected, news;
	const char *secret;         /* of the login under way; NULL */
	bool continued;             /* the last answer of mailbox_continue() was the "+" */
	bool fresh;                 /* nothing was heard since the folder was selected: `highest` is still so */
	bool changes;               /* the selected folder may be changed */
	bool told;                  /* news was told to the caller, and nothing was selected since */
	char *folder;               /* that is selected */
	uint32_t exists;            /* as last told to the caller */
	uint32_t uidvalidity, uidnext, arrived; /* as it was selected; how many may have come from uidnext on */
	uint64_t highest;
};

struct listed {
	const char *wire, *name;    /* as the server writes it; in UTF-8 */
	const char *use;            /* "Sent": its special use, or NULL */
	char delimiter;
	bool none;                  /* \Noselect */
};

/* mailbox_wire.c */
mailstream *mailbox_stream(struct mailbox *);
void guard_begin(struct guard *);
const char *guard_see(struct guard *, char *bytes, size_t n, size_t budget); /* NULL: all is well */

bool mailbox_connect(const struct mailbox_conf *, struct mailbox **out, struct err *); /* without a login */
/* mailbox.c: a command is sent, its answer read. After false with tls_dead() the session is over. */
bool mailbox_send(struct mailbox *, int *tag, struct err *, const char *format, ...) __attribute__((format(printf, 4, 5)));
enum answer { ANSWER_OK, ANSWER_NO, ANSWER_DEAD };
enum answer mailbox_answer(struct mailbox *, int tag, struct err *);
bool mailbox_command(struct mailbox *, size_t bytes, struct err *, const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Reads on until the server says "+" (ANSWER_OK), or answers the command. */
enum answer mailbox_continue(struct mailbox *, int tag, struct err *);
bool mailbox_choose(struct mailbox *, const char *folder, bool change, struct mailbox_folder *, struct err *); /* EXAMINE or SELECT */
bool mailbox_lost(struct mailbox *, struct err *);   /* sets the error of a dead session; returns false */
bool mailbox_refused(struct mailbox *, struct err *); /* sets the error of an ANSWER_NO; returns false */
bool mailbox_writable(struct mailbox *, const char *what, struct err *);
void mailbox_forget_answer(struct mailbox *);
bool mailbox_put(struct mailbox *, const char *bytes, size_t n);
const char *mailbox_said(struct mailbox *, struct pool *); /* the words of the last answer, for people */
/* What the server can do. What was said before (in clear, or before the login) is to be forgotten. */
bool mailbox_has(const struct mailbox *, const char *name);
void mailbox_forget_capabilities(struct mailbox *);
bool mailbox_ask_capabilities(struct mailbox *, struct err *);
const char *mailbox_code(const struct mailbox *);    /* the response code of the last answer: "NONEXISTENT", or "" */

/* mailbox_login.c: by password, or by the token that was had before the connection */
bool mailbox_log_in(struct mailbox *, char **token, struct err *);

/* mailbox_name.c */
const char *name_to_wire(struct pool *, const char *utf8);  /* modified UTF-7 (RFC 3501 5.1.3); NULL: not fit */
const char *name_from_wire(struct pool *, const char *wire);
const char *quoted(struct pool *, const char *s);           /* a quoted string; NULL: not fit for one */
const char *name_argument(struct mailbox *, struct pool *, const char *folder); /* a folder's name, quoted; NULL: not fit */

/* mailbox_fetch.c */
struct fetched { /* one FETCH answer's parts; strings borrowed from libetpan, `flags` in the pool */
	struct delivery d;
	const char *section;        /* what came of BODY[…], or NULL */
	size_t section_length;
	bool has_section, has_size;
	uint64_t modseq;            /* 0: not told */
};
void fetched_read(struct mailbox *, struct pool *, struct mailimap_msg_att *, struct fetched *out);
char *uid_set(struct pool *, const uint32_t *uids, size_t n, size_t *taken); /* "1:3,7", at most LINE_MOST bytes */

/* mailbox_search.c */
void uids_take(struct mailbox *, struct pool *, uint32_t **uids, size_t *n, uint32_t from, uint32_t to); /* of the last SEARCH */
bool uids_search(struct mailbox *, struct pool *, uint32_t **uids, size_t *n, uint32_t from, uint32_t to, struct err *);

#endif
