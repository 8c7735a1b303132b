/* letter - a message that came in, as facts
 *
 * Law:     plain facts, no judgement. Every string is valid UTF-8 without NUL, decoded (RFC 2047, 2231), unfolded, and
 *          hostile: from a stranger. Sizes and counts are bounded where it is made (mime.h). Never NULL: "" or n = 0.
 * Owns:    lives in the pool it was read into.
 * Tests:   tests/letter.c (packed and unpacked: the same)
 */
#ifndef KEPT_NOUNS_LETTER_H
#define KEPT_NOUNS_LETTER_H

#include "ground/text.h"
#include "ground/worktime.h"
#include "nouns/addr.h"
#include "nouns/conf.h"

struct field { /* a header field */
	const char *name;  /* as written */
	const char *value; /* unfolded, RFC 2047 decoded */
};

struct fields {
	struct field *list;
	size_t n;
};

struct attachment {
	const char *name, *type; /* "data.pdf", "application/pdf" */
	size_t size;             /* decoded bytes */
	bool inlined;            /* Content-Disposition: inline, or a related picture */
	const char *bytes;       /* the decoded ones, where the letter was read with its files (reader.h) and they fit; else NULL. Not packed along */
};

/* What stands in a text/calendar part or .ics attachment (the first VEVENT of the first VCALENDAR; RFC 5545, 5546). */
struct calendar_facts {
	bool is;              /* is there one at all */
	const char *method;   /* upper case; "" none */
	const char *uid, *recurrence_id, *summary, *organizer, *comment;
	int sequence;
	struct {
		const char *address, *partstat /* upper case */, *delegated_to;
	} *attendees;
	size_t attendee_count;
	bool has_start, has_end;
	utc start, end;       /* floating times are read in UTC */
	utc stamp;            /* DTSTAMP; 0: none */
	utc recurrence;       /* RECURRENCE-ID as a time; 0: none */
	const char *broken;   /* "" or why it could not be read */
};

/* A message/delivery-status part (RFC 3464), one per recipient. */
struct dsn_recipient {
	const char *final, *original; /* addresses, type prefix off */
	const char *action;           /* lower case */
	const char *status;           /* "5.1.1" */
	const char *diagnostic;
};

/* A message that was forwarded: inline (header block) or attached (message/rfc822). */
struct forwarded {
	bool is;
	struct addr from;
	utc date;             /* 0: none could be read */
	const char *subject, *text, *message_id;
};

/* The original that a report carries along (message/rfc822, text/rfc822-headers, or found in the text). */
struct returned {
	bool is;
	const char *message_id, *subject;
	struct addr from, to;
	struct fields fields; /* its header, bounded */
};

struct letter {
	struct fields fields;         /* every field of the header, in order, topmost first */
	const char *message_id;       /* with < >; "" where missing */
	const char *in_reply_to;      /* the first id */
	struct strings references;    /* all ids of References and In-Reply-To, oldest first, once each */
	struct addrs from, sender, reply_to, to, cc, bcc;
	struct strings traces;        /* addresses of letter_traces and of the newest Received's for clause, topmost first */
	const char *return_path;      /* address; "<>" when empty; "" when missing */
	const char *subject;
	utc date;                     /* 0: missing or invalid */
	int date_offset;              /* seconds east, as written */
	const char *text;             /* what the writer wrote now (quote.h) */
	const char *full;             /* the whole readable text: plain part, or HTML as text */
	bool from_html;               /* text was made from the HTML part */
	struct strings links;         /* … then the links behind its words: http, https; else they stand in the text */
	struct attachment *attachments;
	size_t attachment_count;
	struct calendar_facts calendar;
	const char *report_type;      /* multipart/report's report-type, lower case: "delivery-status", "disposition-notification" */
	struct dsn_recipient *dsn;
	size_t dsn_count;
	struct returned returned;
	struct forwarded forwarded;
	const char *broken;           /* "" or why it could not be read as mail: then it is held */
	struct strings remarks;       /* facts for explain: unknown charset, cut at 25 MiB, … */
	size_t size;                  /* bytes of the message */
};

/* Where it lay when it was read. */
enum place_kind { PLACE_CAPTURE, PLACE_INBOX, PLACE_SENT, PLACE_FOLDER };

struct place {
	enum place_kind kind;
	const struct mailbox_conf *mailbox; /* NULL: explain without one */
	const struct owner *owner;          /* of a personal mailbox */
	const char *folder;
	bool tagged_folder;                 /* the folder itself tags (setting folders) */
	struct strings flags;               /* flags, keywords and labels of the message */
	uint32_t uidvalidity, uid;
	utc arrived;                        /* INTERNALDATE; 0: unknown */
};

/* The first field of that name ("" where none); the nth (from 0; NULL where none). Names without case. */
const char *letter_field(const struct letter *, const char *name);
/* The fields in which servers write for whom a message came, a BCC too; ended by NULL. */
extern const char *const letter_traces[];
const char *letter_field_at(const struct letter *, const char *name, size_t nth);

/* Does this address stand in To, Cc, Bcc, or in the traces of a BCC? */
bool letter_written_to(const struct letter *, const char *address);
/* Does it bring a file that is more than a picture within its text? */
bool letter_has_files(const struct letter *);

/* One run of bytes, for the pipe from the confined child and for held letters in the ledger. Unpacking trusts nothing:
 * false for anything that letter_pack() would not have made. */
void letter_pack(struct text *out, const struct letter *);
bool letter_unpack(struct pool *, const void *bytes, size_t n, struct letter *out, struct err *);
/* The bytes of its attachments by themselves; unpacked into a letter that has as many. */
void letter_pack_files(struct text *out, const struct letter *);
bool letter_unpack_files(struct pool *, const void *bytes, size_t n, struct letter *, struct err *);

#endif
