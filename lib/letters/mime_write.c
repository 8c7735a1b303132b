/* mime_write: a mail to bytes. What goes into a header is checked here once more, and the finished bytes are read back:
 * the same fields, no more, in the same words. */
#include "letters/mime.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "letters/markup.h"

enum { FOLD = 76, WORD = 63 /* of an encoded word, without "=?UTF-8?Q?" and "?=" (RFC 2047 2) */, REFERENCES_MOST = 20 };

struct writing {
	struct pool *p;
	struct text *t;
	size_t fields; /* of the mail's own header */
};

static const char *or_empty(struct line l)
{
	return l.s ? l.s : "";
}

static bool ascii_print(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || (unsigned char)*s > 0x7E)
			return false;
	return true;
}

/* ---- header fields ---- */

static bool q_plain(unsigned char c) /* RFC 2047 5 (3): fit for a phrase too */
{
	return isalnum(c) || (c && strchr("!*+-/", c));
}

static size_t q_cost(unsigned char c)
{
	return c == ' ' || q_plain(c) ? 1 : 3;
}

static void base64_put(struct text *t, const void *bytes, size_t n, size_t per_line)
{
	static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *b = bytes;
	char four[4];

	for (size_t i = 0, column = 0; i < n; i += 3) {
		unsigned long v = (unsigned long)b[i] << 16 | (i + 1 < n ? (unsigned long)b[i + 1] << 8 : 0) |
				  (i + 2 < n ? b[i + 2] : 0);

		four[0] = set[v >> 18], four[1] = set[v >> 12 & 63];
		four[2] = i + 1 < n ? set[v >> 6 & 63] : '=', four[3] = i + 2 < n ? set[v & 63] : '=';
		text_put(t, four, 4);
		column += 4;
		if (per_line && (column >= per_line || i + 3 >= n)) {
			text_add(t, "\r\n");
			column = 0;
		}
	}
}

/* Encoded words, each of whole characters, folded; `column`: where the line stands. */
static void encoded_words(struct text *t, const char *s, size_t column)
{
	size_t n = strlen(s), cost = 0, words = 0;
	bool quoted;

	for (size_t i = 0; i < n; i++)
		cost += q_cost((unsigned char)s[i]);
	quoted = cost <= (n + 2) / 3 * 4;
	while (*s) {
		const char *end = s, *next, *all = s + strlen(s);
		size_t room = FOLD > column + 14 ? FOLD - column - 12 : 0, used = 0, want;

		if (room > WORD)
			room = WORD;
		if (room < 16 && column > 1) { /* RFC 5322 2.2.3 */
			text_add(t, "\r\n ");
			column = 1;
			continue;
		}
		while (end < all) {
			next = end;
			utf8_next(&next, all);
			if (quoted) {
				want = used;
				for (const char *c = end; c < next; c++)
					want += q_cost((unsigned char)*c);
			} else {
				want = ((size_t)(next - s) + 2) / 3 * 4;
			}
			if (want > room)
				break;
			used = want;
			end = next;
		}
		if (words++)
			text_add(t, column > 1 ? "\r\n " : "");
		text_add(t, quoted ? "=?UTF-8?Q?" : "=?UTF-8?B?");
		if (quoted) {
			for (; s < end; s++) {
				if (*s == ' ')
					text_char(t, '_');
				else if (q_plain((unsigned char)*s))
					text_char(t, *s);
				else
					text_print(t, "=%02X", (unsigned char)*s);
			}
		} else {
			base64_put(t, s, (size_t)(end - s), 0);
			s = end;
		}
		text_add(t, "?=");
		column = 1 + WORD + 12;
	}
}

/* Blank-separated words, folded between them; words longer than a line stay whole (ids, addresses; bounded at 998). */
static void folded(struct text *t, const char *s, size_t column)
{
	for (size_t n; *s; s += n) {
		bool blank = *s == ' ';

		n = blank + strcspn(s + blank, " ");
		if (blank && column + n > FOLD) {
			text_add(t, "\r\n");
			column = 0;
		}
		text_put(t, s, n);
		column += n;
	}
}

static bool needs_words(const char *s)
{
	size_t longest = 0, n;

	for (const char *w = s; *w; w += n + (w[n] == ' ')) {
		n = strcspn(w, " ");
		if (n > longest)
			longest = n;
	}
	return !ascii_print(s) || strstr(s, "=?") || longest > 200 || s[0] == ' ';
}

static void field(struct writing *w, const char *name, const char *value)
{
	text_print(w->t, "%s: ", name);
	folded(w->t, value, strlen(name) + 2);
	text_add(w->t, "\r\n");
	w->fields++;
}

static void field_text(struct writing *w, const char *name, const char *value)
{
	if (!needs_words(value)) {
		field(w, name, value);
		return;
	}
	text_print(w->t, "%s: ", name);
	encoded_words(w->t, value, strlen(name) + 2);
	text_add(w->t, "\r\n");
	w->fields++;
}

/* A display name and an address (RFC 5322 3.4). */
static void mailbox_of(struct text *t, size_t column, const char *display, const char *address)
{
	size_t before = t->n - column;

	if (!*display) {
		text_add(t, address);
		return;
	}
	if (needs_words(display)) {
		encoded_words(t, display, column);
	} else if (strspn(display, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -_'") == strlen(display)) {
		folded(t, display, column);
	} else {
		text_char(t, '"');
		for (const char *s = display; *s; s++) {
			if (*s == '"' || *s == '\\')
				text_char(t, '\\');
			text_char(t, *s);
		}
		text_char(t, '"');
	}
	text_print(t, "%s<%s>", t->n - before + strlen(address) + 3 > FOLD ? "\r\n " : " ", address);
}

/* `also`: others of whom it names the name too, a line each. */
static void field_address(struct writing *w, const char *name, const char *display, const char *address, const struct addrs *also)
{
	text_print(w->t, "%s: ", name);
	w->fields++;
	mailbox_of(w->t, strlen(name) + 2, display, address);
	for (size_t i = 0; also && i < also->n; i++) {
		text_add(w->t, ",\r\n ");
		mailbox_of(w->t, 1, line_from(w->p, also->list[i].name, NAME_MOST).s, also->list[i].address);
	}
	text_add(w->t, "\r\n");
}

/* A Message-ID that may stand in our header: <…>, ASCII, no blank, no further bracket, bounded. */
static bool id_fit(const char *id)
{
	size_t n = strlen(id);

	return n > 4 && n <= 600 && id[0] == '<' && id[n - 1] == '>' && ascii_print(id) && !strchr(id, ' ') &&
	       strcspn(id + 1, "<>") == n - 2;
}

/* ---- bodies ---- */

/* Quoted-printable (RFC 2045 6.7) with CRLF lines. */
static void quoted_printable(struct text *t, const char *s)
{
	size_t column = 0;

	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		bool end = !s[1] || s[1] == '\n' || (s[1] == '\r' && s[2] == '\n'), plain;

		if (c == '\r' && s[1] == '\n')
			continue;
		if (c == '\n') {
			text_add(t, "\r\n");
			column = 0;
			continue;
		}
		plain = c == '\t' || (c >= ' ' && c <= '~' && c != '=');
		if ((c == ' ' || c == '\t') && end)
			plain = false;
		if (c == '.' && !column) /* a lone dot at the start of a line meets careless servers */
			plain = false;
		if (c == 'F' && !column && strncmp(s, "From ", 5) == 0)
			plain = false;
		if (column + (plain ? 1 : 3) > FOLD - 1) {
			text_add(t, "=\r\n");
			column = 0;
		}
		if (plain)
			text_char(t, (char)c);
		else
			text_print(t, "=%02X", c);
		column += plain ? 1 : 3;
	}
	if (column)
		text_add(t, "\r\n");
}

static void part(struct text *t, const char *boundary, const char *type, const char *encoding)
{
	text_print(t, "--%s\r\nContent-Type: %s\r\nContent-Transfer-Encoding: %s\r\n", boundary, type, encoding);
}

/* filename= and, where it is not plain ASCII, filename*= (RFC 2231, 6266). */
static void attachment(struct text *t, const char *boundary, const char *type, const char *name, const void *bytes, size_t n)
{
	part(t, boundary, type, "base64");
	if (ascii_print(name) && !strpbrk(name, "\"\\") && strlen(name) < 60) {
		text_print(t, "Content-Disposition: attachment; filename=\"%s\"\r\n\r\n", name);
	} else {
		text_add(t, "Content-Disposition: attachment;\r\n filename*=UTF-8''");
		for (size_t i = 0; name[i] && i < 200; i++) {
			if (isalnum((unsigned char)name[i]) || strchr(".-_", name[i]))
				text_char(t, name[i]);
			else
				text_print(t, "%%%02X", (unsigned char)name[i]);
		}
		text_add(t, "\r\n\r\n");
	}
	base64_put(t, bytes, n, FOLD);
}

/* ---- the whole ---- */

/* What fails names no address and no words: it goes into the log. */
static bool address_fit(const char *what, const char *address, struct err *e)
{
	if (!addr_valid(address))
		return err_perm(e, "%s is not a mail address", what);
	if (!ascii_print(address))
		return err_perm(e, "%s has letters outside ASCII; write its domain in the xn-- form "
				   "(a local part with such letters cannot be written to)", what);
	if (strlen(address) > ADDRESS_MOST)
		return err_perm(e, "%s is too long", what);
	return true;
}

/* What a reader makes of the finished bytes is what was meant. */
static bool read_back(struct writing *w, const struct mail *m, bool calendar, struct err *e)
{
	struct letter l;

	mime_read(w->p, w->t->s, w->t->n, &l);
	if (l.broken[0])
		return err_perm(e, "the finished mail cannot be read back: %s", l.broken);
	if (l.fields.n != w->fields)
		return err_perm(e, "the finished mail has %zu header fields, not %zu", l.fields.n, w->fields);
	if (l.from.n != 1 || !addr_same(l.from.list[0].address, or_empty(m->from)))
		return err_perm(e, "the finished mail's From is not the sender");
	if (l.to.n != 1 + m->also.n || !addr_same(l.to.list[0].address, m->to.address))
		return err_perm(e, "the finished mail's To is not the recipient");
	for (size_t i = 0; i < m->also.n; i++)
		if (!addr_same(l.to.list[1 + i].address, m->also.list[i].address))
			return err_perm(e, "the finished mail's To does not name each recipient");
	if (strcmp(l.subject, or_empty(m->subject)) != 0)
		return err_perm(e, "the finished mail's subject reads back otherwise");
	if (strcmp(l.message_id, or_empty(m->message_id)) != 0)
		return err_perm(e, "the finished mail's Message-ID reads back otherwise");
	if (calendar && (!l.calendar.is || l.calendar.broken[0] || !text_same(l.calendar.method, m->method)))
		return err_perm(e, "the finished mail's calendar entry cannot be read back");
	return true;
}

/* Chance is an input: the boundary comes from the token. "=_" stands in no quoted-printable and in no base64. */
static const char *boundary_of(struct pool *p, const struct mail *m, const char *which)
{
	uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a of the Message-ID, where there is no token */

	if (m->token && m->token[0] && !m->outside) /* the token is the owner's secret */
		return pool_print(p, "=_%s_%s", m->token, which);
	for (const char *s = or_empty(m->message_id); *s; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
	return pool_print(p, "=_%016llx_%s", (unsigned long long)h, which);
}

bool mime_write(struct pool *p, const struct mail *m, const char **bytes, size_t *n, struct err *e)
{
	struct writing w = { p, text_new(p, MAIL_MOST), 0 };
	const struct zone *zone = m->owner && m->owner->time.zone ? m->owner->time.zone : zone_fixed(p, 0);
	const char *reply_to = or_empty(m->reply_to), *token = m->token ? m->token : "", *inner, *outer, *method = m->method ? m->method : "";
	const char *language = m->language ? m->language : m->owner && m->owner->language ? m->owner->language : "en";
	bool calendar = m->calendar && m->calendar[0], mixed = calendar || m->attached_count;
	struct text *references = text_new(p, 16 << 10);
	size_t skip = m->reference_count > REFERENCES_MOST ? m->reference_count - REFERENCES_MOST : 0;

	if (!address_fit("the sender", or_empty(m->from), e) ||
	    !address_fit("the recipient", m->to.address ? m->to.address : "", e) ||
	    (*reply_to && !address_fit("the reply address", reply_to, e)))
		return false;
	for (size_t i = 0; i < m->also.n; i++)
		if (!address_fit("a recipient", m->also.list[i].address, e))
			return false;
	if (!id_fit(or_empty(m->message_id)))
		return err_perm(e, "its Message-ID is none");
	if (strspn(token, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != strlen(token) || strlen(token) > 40)
		return err_perm(e, "the token is not letters and digits");
	if (calendar && strcmp(method, "REQUEST") != 0 && strcmp(method, "CANCEL") != 0 && strcmp(method, "DECLINECOUNTER") != 0)
		return err_perm(e, "a calendar entry of method \"%.20s\"", method);
	field(&w, "Date", utc_header(p, zone, m->date));
	field_address(&w, "From", or_empty(m->from_name), or_empty(m->from), NULL);
	field_address(&w, "To", or_empty(m->to_name), m->to.address, &m->also);
	if (*reply_to)
		field_address(&w, "Reply-To", m->reply_name.s ? m->reply_name.s : or_empty(m->from_name), reply_to, NULL);
	field_text(&w, "Subject", or_empty(m->subject));
	field(&w, "Message-ID", or_empty(m->message_id));
	if (id_fit(or_empty(m->in_reply_to)))
		field(&w, "In-Reply-To", or_empty(m->in_reply_to));
	for (size_t i = 0; i < m->reference_count; i++) /* the first and the newest (RFC 5322 3.6.4 lets them be trimmed) */
		if ((!i || i >= skip) && id_fit(or_empty(m->references[i])))
			text_print(references, "%s%s", references->n ? " " : "", m->references[i].s);
	if (references->n)
		field(&w, "References", references->s);
	field(&w, "MIME-Version", "1.0");
	if (mail_kind_automatic(m->kind)) { /* RFC 3834 5 */
		field(&w, "Auto-Submitted", m->kind == MAIL_ACKNOWLEDGEMENT ? "auto-replied" : "auto-generated");
		field(&w, "X-Auto-Response-Suppress", "All");
	}
	if (!m->outside) { /* what goes outside is the owner's own mail, and their token is nobody else's */
		field(&w, "X-Kept-Kind", mail_kind_name(m->kind));
		if (*token)
			field(&w, "X-Kept-Token", token);
	}
	outer = boundary_of(p, m, "m");
	inner = boundary_of(p, m, "a");
	if (mixed) {
		text_print(w.t, "Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n--%s\r\n", outer, outer);
		w.fields++;
	}
	text_print(w.t, "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n", inner);
	w.fields += !mixed;
	part(w.t, inner, "text/plain; charset=utf-8", "quoted-printable");
	text_add(w.t, "\r\n");
	quoted_printable(w.t, markdown_plain(p, m->markdown ? m->markdown : ""));
	part(w.t, inner, "text/html; charset=utf-8", "quoted-printable");
	text_add(w.t, "\r\n");
	quoted_printable(w.t, m->outside ? markdown_html(p, m->markdown ? m->markdown : "", language) :
					   markdown_page(p, or_empty(m->subject), m->markdown ? m->markdown : "", language));
	if (calendar) {
		part(w.t, inner, pool_print(p, "text/calendar; charset=utf-8; method=%s", method), "base64");
		text_add(w.t, "\r\n");
		base64_put(w.t, m->calendar, strlen(m->calendar), FOLD);
	}
	text_print(w.t, "--%s--\r\n", inner);
	if (calendar)
		attachment(w.t, outer, "application/ics; name=\"invite.ics\"", "invite.ics", m->calendar, strlen(m->calendar));
	for (size_t i = 0; i < m->attached_count; i++) {
		const struct attached *a = &m->attached[i];

		if (!ascii_print(a->type) || strlen(a->type) > 200)
			return err_perm(e, "not a media type: \"%.100s\"", a->type);
		attachment(w.t, outer, a->type, or_empty(a->name), a->bytes, a->n);
	}
	if (mixed)
		text_print(w.t, "--%s--\r\n", outer);
	if (w.t->cut)
		return err_perm(e, "the mail is larger than %d bytes", MAIL_MOST);
	if (!read_back(&w, m, calendar, e))
		return false;
	*bytes = w.t->s;
	*n = w.t->n;
	return true;
}

bool mime_draft(struct pool *p, const char *mail, size_t length, const char *bcc, const char **bytes, size_t *n, struct err *e)
{
	struct text *t = text_new(p, MAIL_MOST);
	const char *end = mail + length, *next;
	bool leave = false;

	if (!address_fit("the tracking address", bcc, e))
		return false;
	text_print(t, "Bcc: %s\r\n", bcc);
	for (; mail < end && *mail != '\r'; mail = next) {
		next = memchr(mail, '\n', (size_t)(end - mail));
		next = next ? next + 1 : end;
		if (*mail != ' ' && *mail != '\t') /* else it belongs to the field above */
			leave = (size_t)(next - mail) > 7 && strncasecmp(mail, "X-Kept-", 7) == 0;
		if (!leave)
			text_put(t, mail, (size_t)(next - mail));
	}
	text_put(t, mail, (size_t)(end - mail));
	if (t->cut)
		return err_perm(e, "the draft is larger than %d bytes", MAIL_MOST);
	*bytes = t->s;
	*n = t->n;
	return true;
}
