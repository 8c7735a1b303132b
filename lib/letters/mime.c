/* Bytes to a letter: the parts are found (mime_tree.c), then read by what they are. */
#include "letters/mime.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>
#include <strings.h>

#include "letters/ical.h"
#include "letters/markup.h"
#include "letters/mime_inner.h"
#include "letters/quote.h"

void remark(struct reading *r, const char *format, ...)
{
	va_list a;
	const char *s;

	if (r->remarks.n >= REMARKS_MOST)
		return;
	va_start(a, format);
	s = line_from(r->pool, pool_vprint(r->pool, format, a), 200).s;
	va_end(a);
	for (size_t i = 0; i < r->remarks.n; i++)
		if (strcmp(r->remarks.list[i], s) == 0)
			return;
	*(const char **)pool_more(r->pool, &r->remarks.list, r->remarks.n++, sizeof s) = s;
}

/* ---- the text ---- */

struct body { /* what a reader sees first, and what follows it */
	struct text *plain, *html;
	bool flowed, delsp;
};

static bool is_blank_text(struct span t)
{
	for (size_t i = 0; i < t.n; i++)
		if (!isspace((unsigned char)t.s[i]))
			return false;
	return true;
}

static void html_escaped(struct text *out, struct span t)
{
	for (size_t i = 0; i < t.n; i++)
		switch (t.s[i]) {
		case '<':
			text_add(out, "&lt;");
			break;
		case '&':
			text_add(out, "&amp;");
			break;
		case '\n':
			text_add(out, "<br>\n");
			break;
		default:
			text_char(out, t.s[i]);
		}
}

/* One more piece of text. The first gives the form; a later one (what stands behind a picture, a list's footer) is put
 * behind it in each form that is there. */
static void body_add(struct reading *r, struct body *b, struct part *plain, struct part *html)
{
	struct span p = { 0 }, h = { 0 };

	if (plain) {
		p = part_text(r, plain);
		plain->used = true;
	}
	if (html) {
		h = part_text(r, html);
		html->used = true;
	}
	if (is_blank_text(p))
		p = (struct span){ 0 };
	if (is_blank_text(h))
		h = (struct span){ 0 };
	if (!p.n && !h.n)
		return;
	if (!b->plain && !b->html) {
		b->flowed = p.n && plain->flowed;
		b->delsp = p.n && plain->delsp;
		if (p.n) {
			b->plain = text_new(r->pool, BODY_MOST);
			text_put(b->plain, p.s, p.n);
		}
		if (h.n) {
			b->html = text_new(r->pool, SOURCE_MOST);
			text_put(b->html, h.s, h.n);
		}
		return;
	}
	if (b->plain) {
		if (b->plain->n && b->plain->s[b->plain->n - 1] != '\n')
			text_char(b->plain, '\n');
		if (p.n)
			text_put(b->plain, p.s, p.n);
		else
			text_add(b->plain, html_text(r->pool, h.s, h.n));
	}
	if (b->html) {
		text_add(b->html, "<div>");
		if (h.n)
			text_put(b->html, h.s, h.n);
		else
			html_escaped(b->html, p);
		text_add(b->html, "</div>");
	}
}

static bool is_plain(const struct part *q)
{
	return strcmp(q->type, "text/plain") == 0 || strcmp(q->type, "text") == 0 || (q->multi && !q->children);
}

static bool is_html(const struct part *q)
{
	return strcmp(q->type, "text/html") == 0 || strcmp(q->type, "application/xhtml+xml") == 0;
}

static bool is_file(const struct part *q)
{
	return q->attached || (*q->name && !q->inlined);
}

/* The first part of that kind below `q`, other messages left aside. */
static struct part *first_below(struct part *q, bool (*is)(const struct part *))
{
	for (struct part *c = q; c; c = tree_next(q, c, !c->message))
		if (!c->message && is(c) && !c->attached)
			return c;
	return NULL;
}

/* Depth of the recursion is the tree's, at most DEPTH_MOST. */
static void body_read(struct reading *r, struct body *b, struct part *q)
{
	struct part *first;

	if (q->message && q->parent)
		return;
	if (strcmp(q->type, "multipart/alternative") == 0 && q->children) {
		struct part *plain = first_below(q, is_plain), *html = first_below(q, is_html);

		if (plain || html) {
			body_add(r, b, plain, html);
			return;
		}
	}
	if (strcmp(q->type, "multipart/related") == 0 && q->children) {
		first = first_below(q, is_html);
		if (q->children->multi)
			body_read(r, b, q->children);
		else if (first || (first = first_below(q, is_plain)))
			body_add(r, b, is_html(first) ? NULL : first, is_html(first) ? first : NULL);
		return;
	}
	if (strcmp(q->type, "multipart/report") == 0 && q->children) {
		body_read(r, b, q->children);
		return;
	}
	if (q->multi && q->children) {
		for (struct part *c = q->children; c; c = c->next)
			body_read(r, b, c);
		return;
	}
	if (is_plain(q) && (!is_file(q) || (!b->plain && !b->html && !q->attached)))
		body_add(r, b, q, NULL);
	else if (is_html(q) && (!is_file(q) || (!b->plain && !b->html && !q->attached)))
		body_add(r, b, NULL, q);
}

static bool is_any_text(const struct part *q)
{
	return text_starts(q->type, "text/") && strcmp(q->type, "text/calendar") != 0 &&
	       strcmp(q->type, "text/rfc822-headers") != 0;
}

/* Words of the message whose root is `q`. */
static void words_read(struct reading *r, struct part *q, const char *subject, struct quoted *out, struct strings *links /* NULL: not asked */)
{
	struct body b = { 0 };
	struct part *any;

	body_read(r, &b, q);
	/* nothing that calls itself the text: the first that is one */
	for (any = q; !b.plain && !b.html && any; any = tree_next(q, any, any == q || !any->message))
		if (!any->children && is_any_text(any) && !(any->message && any != q))
			body_add(r, &b, is_html(any) ? NULL : any, is_html(any) ? any : NULL);
	*out = (struct quoted){ .text = "", .full = "" };
	quote_split(r->pool, b.plain ? b.plain->s : NULL, b.flowed, b.delsp, b.html ? b.html->s : NULL, subject, out);
	if (links && out->from_html)
		*links = links_of(r->pool, b.html->s, out->text);
}

/* ---- the header ---- */

static void trace_add(struct reading *r, struct strings *out, const char *address)
{
	if (!*address || out->n >= 50)
		return;
	for (size_t i = 0; i < out->n; i++)
		if (text_same(out->list[i], address))
			return;
	*(const char **)pool_more(r->pool, &out->list, out->n++, sizeof address) = address;
}

/* "from a by b for <kept+3d@example.org>; Fri, …" (RFC 5321 4.4) */
static const char *received_for(struct reading *r, struct span raw)
{
	const char *s = header_text(r, raw), *at;
	size_t n;

	for (at = text_find(s, " for "); at; at = text_find(at, " for ")) {
		at += strlen(" for ");
		at += strspn(at, " ");
		n = *at == '<' ? strcspn(at, ">") : strcspn(at, " ;");
		if (memchr(at, '@', n)) {
			char *a = pool_slice(r->pool, at, n);

			return address_first(r, (struct span){ a, strlen(a) });
		}
	}
	return "";
}

static bool name_is(const struct raw_field *f, const char *name)
{
	return f->name.n && (*f->name.s | 32) == (*name | 32) && f->name.n == strlen(name) && strncasecmp(f->name.s, name, f->name.n) == 0;
}

static void header_facts(struct reading *r, const struct raw_header *h, struct letter *l)
{
	struct { const char *name; struct addrs *to; } people[] = {
		{ "From", &l->from }, { "Sender", &l->sender }, { "Reply-To", &l->reply_to }, { "To", &l->to }, { "Cc", &l->cc },
		{ "Bcc", &l->bcc },
	};
	bool received = false;

	fields_read(r, h, &l->fields);
	for (size_t i = 0; i < h->n; i++) {
		const struct raw_field *f = &h->list[i];

		for (size_t k = 0; k < sizeof people / sizeof *people; k++)
			if (name_is(f, people[k].name))
				addresses_read(r, f->value, people[k].to); /* several fields of one name: all count */
		for (size_t k = 0; letter_traces[k]; k++)
			if (name_is(f, letter_traces[k]))
				trace_add(r, &l->traces, address_first(r, f->value));
		if (!received && name_is(f, "Received")) {
			const char *a = received_for(r, f->value);

			trace_add(r, &l->traces, a);
			received = *a; /* the newest that says for whom */
		}
		if (name_is(f, "References"))
			ids_read(r, f->value, &l->references);
		if (!*l->subject && name_is(f, "Subject"))
			l->subject = l->fields.list[i].value;
	}
	l->message_id = id_first(r, field_raw(h, "Message-ID"));
	l->in_reply_to = id_first(r, field_raw(h, "In-Reply-To"));
	ids_read(r, field_raw(h, "In-Reply-To"), &l->references);
	if (field_raw(h, "Return-Path").s) {
		const char *v = header_text(r, field_raw(h, "Return-Path"));

		l->return_path = strncmp(v, "<>", 2) == 0 ? "<>" : address_first(r, (struct span){ v, strlen(v) });
	}
	if (field_raw(h, "Date").s && !date_read(header_text(r, field_raw(h, "Date")), &l->date, &l->date_offset))
		remark(r, "a Date that is none");
}

/* ---- attachments, calendar, reports ---- */

static const char *file_name(struct reading *r, const char *name)
{
	const char *s = name;

	for (const char *c = name; *c; c++)
		if ((*c == '/' || *c == '\\') && c[1])
			s = c + 1;
	return line_from(r->pool, s, FILE_NAME_MOST).s;
}

static bool ends_in(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcasecmp(s + n - m, end) == 0;
}

static bool is_calendar(const struct part *q)
{
	return strcmp(q->type, "text/calendar") == 0;
}

static bool is_calendar_file(const struct part *q)
{
	return strcmp(q->type, "application/ics") == 0 || ends_in(q->name, ".ics") || strcmp(q->type, "text/x-vcalendar") == 0;
}

static void calendar_facts(struct reading *r, struct part *root, struct letter *l)
{
	struct part *q = NULL;
	struct span t;

	for (struct part *c = root; c && !q; c = tree_next(root, c, c == root || !c->message))
		if (!c->children && is_calendar(c))
			q = c;
	for (struct part *c = root; c && !q; c = tree_next(root, c, c == root || !c->message))
		if (!c->children && is_calendar_file(c))
			q = c;
	if (!q)
		return;
	t = part_text(r, q);
	q->used = !*q->name && !q->attached;
	ical_read(r->pool, t.s, t.n, &l->calendar);
	if (l->calendar.is && !*l->calendar.method && *q->method) { /* RFC 6047 2.4: the MIME header has it too */
		char *m = pool_copy(r->pool, q->method);

		for (char *c = m; *c; c++)
			*c = (char)toupper((unsigned char)*c);
		l->calendar.method = m;
	}
}

static bool is_status(const struct part *q)
{
	return strcmp(q->type, "message/delivery-status") == 0 || strcmp(q->type, "message/global-delivery-status") == 0;
}

static bool is_headers(const struct part *q)
{
	return strcmp(q->type, "text/rfc822-headers") == 0 || strcmp(q->type, "text/rfc822-header") == 0 ||
	       strcmp(q->type, "message/rfc822-headers") == 0 || strcmp(q->type, "message/global-headers") == 0;
}

/* Does it come from a mail system rather than from a person? Then what it carries came back. */
static bool is_report(const struct letter *l)
{
	static const char *const systems[] = { "mailer-daemon@", "postmaster@", "mailerdaemon@", NULL };

	if (l->dsn_count || *l->report_type || strcmp(l->return_path, "<>") == 0 || *letter_field(l, "X-Failed-Recipients"))
		return true;
	for (size_t i = 0; l->from.n && systems[i]; i++)
		if (text_starts(l->from.list[0].address, systems[i]))
			return true;
	return l->from.n && text_same(l->from.list[0].address, "mailer-daemon");
}

/* A message in a transfer encoding (RFC 2046 5.2.1 forbids it, clients do it): decoded and read as a tree of its own. */
static struct part *message_of(struct reading *r, struct part *q)
{
	struct part *m;

	if (q->children)
		return q->children;
	if (q->transfer == TRANSFER_NONE || q->depth >= DEPTH_MOST || r->parts >= PARTS_MOST)
		return NULL;
	m = tree_read(r, part_bytes(r, q, LETTER_MOST), q->depth + 1);
	return m->header.n ? m : NULL;
}

static bool forwarded_facts(struct reading *r, struct part *m, struct forwarded *out)
{
	struct addrs from = { 0 };
	struct quoted words;
	int offset;

	addresses_read(r, field_raw(&m->header, "From"), &from);
	if (!from.n && !field_raw(&m->header, "Subject").s)
		return false;
	*out = (struct forwarded){ .is = true, .from = { "", "" } };
	out->message_id = id_first(r, field_raw(&m->header, "Message-ID"));
	if (from.n)
		out->from = from.list[0];
	out->subject = field_raw(&m->header, "Subject").s ? header_text(r, field_raw(&m->header, "Subject")) : "";
	if (field_raw(&m->header, "Date").s)
		date_read(header_text(r, field_raw(&m->header, "Date")), &out->date, &offset);
	words_read(r, m, out->subject, &words, NULL);
	out->text = *words.text ? words.text : words.full;
	return true;
}

/* A list or a gateway put its own part beside a receipt (RFC 8098): then the letter is no multipart/report, but this part says so. */
static bool has_receipt(struct reading *r, struct part *root)
{
	for (struct part *q = root; q; q = tree_next(root, q, q == root || !q->message)) {
		struct raw_header h = { 0 };
		struct span t;

		if (strcmp(q->type, "message/disposition-notification") != 0)
			continue;
		t = part_bytes(r, q, HEADER_MOST);
		header_read(r, t.s, t.s + t.n, NULL, &h);
		if (field_raw(&h, "Disposition").s)
			return true;
	}
	return false;
}

static void statuses_read(struct reading *r, struct part *root, struct letter *l)
{
	for (struct part *q = root; q; q = tree_next(root, q, q == root || !q->message))
		if (is_status(q) && !q->children) {
			dsn_read(r, charset_guess(r, part_bytes(r, q, SOURCE_MOST)), l);
			q->used = true;
		}
}

/* A gateway wrapped a report: the first message in it is one. */
static struct part *wrapped_report(struct reading *r, struct part *root)
{
	for (struct part *q = root; q; q = tree_next(root, q, q == root || !q->message)) {
		struct part *m = q->message ? message_of(r, q) : NULL;

		if (m)
			return strcmp(m->type, "multipart/report") == 0 ? m : NULL;
	}
	return NULL;
}

static void carried_facts(struct reading *r, struct part *root, struct letter *l)
{
	struct part *m, *inner;
	bool report, attached = false; /* an attached message stands before one in the text */

	statuses_read(r, root, l);
	report = is_report(l);
	if (report && !l->dsn_count && (inner = wrapped_report(r, root))) {
		statuses_read(r, inner, l);
		if (l->dsn_count)
			root = inner;
	}
	for (struct part *q = root; q; q = tree_next(root, q, q == root || !q->message)) {
		if (is_headers(q) && !l->returned.is) {
			struct raw_header h = { 0 };
			struct span t = part_bytes(r, q, HEADER_MOST);

			header_read(r, t.s, t.s + t.n, NULL, &h);
			returned_header(r, &h, &l->returned);
			q->used = true;
		}
		if (!q->message || (report ? l->returned.is : attached) || !(m = message_of(r, q)))
			continue;
		if (report)
			returned_header(r, &m->header, &l->returned);
		if (l->dsn_count && !l->calendar.is) /* the invitation that came back */
			calendar_facts(r, m, l);
		if (!report)
			attached = forwarded_facts(r, m, &l->forwarded);
	}
	if (report && !l->returned.is)
		returned_in_text(r, l->full, &l->returned);
}

static void attachments_list(struct reading *r, struct part *root, struct letter *l)
{
	for (struct part *q = root; q; q = tree_next(root, q, q == root || !q->message)) {
		struct attachment *a;

		if (q->used || (q->multi && q->children) || (q == root && !is_file(q) && is_plain(q)))
			continue;
		a = pool_more(r->pool, &l->attachments, l->attachment_count++, sizeof *l->attachments);
		a->name = file_name(r, q->name);
		a->type = line_from(r->pool, q->type, FILE_NAME_MOST).s;
		a->size = transfer_decode(q->transfer, q->body, NULL);
		if (a->size && a->size <= r->files) {
			char *to = pool_list(r->pool, q->body.n + 1, 1);

			transfer_decode(q->transfer, q->body, to);
			a->bytes = to;
			r->files -= a->size;
		}
		a->inlined = q->inlined || (q->parent && strcmp(q->parent->type, "multipart/related") == 0 && !q->attached);
		if (!*a->name && q->message && q->children && field_raw(&q->children->header, "Subject").s)
			a->name = line_from(r->pool, header_text(r, field_raw(&q->children->header, "Subject")), FILE_NAME_MOST).s;
	}
}

/* ---- the whole ---- */

/* CR alone ends the lines (an old Macintosh, a broken export): no LF in the first header. */
static struct span with_line_feeds(struct reading *r, struct span m)
{
	char *s;

	if (!memchr(m.s, '\r', m.n < 4096 ? m.n : 4096) || memchr(m.s, '\n', m.n))
		return m;
	s = pool_slice(r->pool, m.s, m.n);
	for (size_t i = 0; i < m.n; i++)
		if (s[i] == '\r')
			s[i] = '\n';
	return (struct span){ s, m.n };
}

/* Empty lines before the first field, and a byte order mark, are passed over. */
static struct span without_lead(struct span m)
{
	size_t i = 0, colon, n;

	if (m.n >= 3 && memcmp(m.s, "\xEF\xBB\xBF", 3) == 0)
		i = 3;
	while (i < m.n && (m.s[i] == '\r' || m.s[i] == '\n'))
		i++;
	for (n = 0; i + n < m.n && n < 300 && m.s[i + n] != '\n'; n++)
		;
	if (!i || !line_is_field(m.s + i, n, &colon))
		return m;
	return (struct span){ m.s + i, m.n - i };
}

static void strings_filled(struct letter *l)
{
	const char **all[] = {
		&l->message_id, &l->in_reply_to, &l->return_path, &l->subject, &l->text, &l->full, &l->report_type, &l->broken,
		&l->calendar.method, &l->calendar.uid, &l->calendar.recurrence_id, &l->calendar.summary, &l->calendar.organizer,
		&l->calendar.comment, &l->calendar.broken, &l->returned.message_id, &l->returned.subject, &l->returned.from.name,
		&l->returned.from.address, &l->returned.to.name, &l->returned.to.address, &l->forwarded.from.name,
		&l->forwarded.from.address, &l->forwarded.subject, &l->forwarded.text, &l->forwarded.message_id,
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!*all[i])
			*all[i] = "";
}

/* Nobody but its reader can read it: RFC 3156, 8551, and PGP's own form in the text. */
static bool is_encrypted(const struct part *root, const struct letter *l)
{
	const char *s = l->full + strspn(l->full, " \n");

	if (strncmp(s, "-----BEGIN PGP MESSAGE-----", 27) == 0)
		return true;
	for (const struct part *q = root; q && !*s; q = tree_next(root, (struct part *)q, q == root || !q->message))
		if (strcmp(q->type, "multipart/encrypted") == 0 || strcmp(q->type, "application/pkcs7-mime") == 0 ||
		    strcmp(q->type, "application/x-pkcs7-mime") == 0)
			return true;
	return false;
}

static void letter_read(struct pool *p, const void *bytes, size_t n, size_t files, struct letter *out)
{
	struct reading r = { .pool = p, .files = files };
	struct letter l = { .size = n };
	struct span m = { bytes ? bytes : "", n };
	struct quoted words;
	struct part *root;

	strings_filled(&l);
	if (m.n > LETTER_MOST) {
		m.n = LETTER_MOST;
		remark(&r, "a message of %zu bytes was cut at %d MiB", n, LETTER_MOST >> 20);
	}
	root = tree_read(&r, without_lead(with_line_feeds(&r, m)), 0);
	header_facts(&r, &root->header, &l);
	if (strcmp(root->type, "multipart/report") == 0)
		l.report_type = *root->report_type ? line_from(p, root->report_type, 60).s : "";
	else if (has_receipt(&r, root))
		l.report_type = "disposition-notification";
	for (char *c = (char *)l.report_type; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + 32);
	words_read(&r, root, l.subject, &words, &l.links);
	l.text = words.text;
	l.full = words.full;
	l.from_html = words.from_html;
	l.forwarded = words.forwarded;
	strings_filled(&l);
	calendar_facts(&r, root, &l);
	carried_facts(&r, root, &l);
	attachments_list(&r, root, &l);
	if (!n)
		l.broken = "an empty message";
	else if (!l.fields.n)
		l.broken = "no header field in it";
	else if (root->header.cut) /* who wrote it and what was signed may stand in the rest */
		l.broken = "its header is too long to be read whole";
	else if (is_encrypted(root, &l))
		l.broken = "it is encrypted";
	strings_filled(&l);
	l.remarks = r.remarks;
	*out = l;
}

void mime_read(struct pool *p, const void *bytes, size_t n, struct letter *out)
{
	letter_read(p, bytes, n, 0, out);
}

void mime_read_files(struct pool *p, const void *bytes, size_t n, struct letter *out)
{
	letter_read(p, bytes, n, FILES_ROOM, out);
}
