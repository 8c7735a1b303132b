/* Delivery reports (RFC 3464, 6522, 6533) and the original that they carry. */
#include "letters/mime_inner.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* "rfc822; ada@example.org": the type before the ; goes, < > too. */
static const char *typed_address(struct reading *r, struct span raw)
{
	const char *semicolon = raw.n ? memchr(raw.s, ';', raw.n) : NULL, *s, *a;
	size_t n;

	if (semicolon)
		raw = (struct span){ semicolon + 1, raw.n - (size_t)(semicolon + 1 - raw.s) };
	s = header_unfold(r, raw);
	s += strspn(s, " \t<");
	n = strcspn(s, " \t>(\"");
	if (memchr(s, '?', n) && memchr(s, '@', n) && n < ADDRESS_MOST) /* =?…?=@example.org: no encoded word (RFC 2047 5), it was sent so */
		return line_from(r->pool, pool_slice(r->pool, s, n), ADDRESS_MOST).s;
	a = address_first(r, raw);
	return *a ? a : line_from(r->pool, header_text(r, raw), ADDRESS_MOST).s;
}

/* "5.1.1 (no such user)": the code alone */
static const char *status_code(struct reading *r, struct span raw)
{
	const char *s = header_text(r, raw);
	size_t n;

	while (*s && !isdigit((unsigned char)*s))
		s++;
	n = strspn(s, "0123456789.");
	return pool_slice(r->pool, s, n < 20 ? n : 20);
}

static const struct dsn_field {
	const char *name;
	size_t at; /* in struct dsn_recipient */
} dsn_fields[] = {
	{ "Final-Recipient", offsetof(struct dsn_recipient, final) },
	{ "Original-Recipient", offsetof(struct dsn_recipient, original) },
	{ "Action", offsetof(struct dsn_recipient, action) },
	{ "Status", offsetof(struct dsn_recipient, status) },
	{ "Diagnostic-Code", offsetof(struct dsn_recipient, diagnostic) },
};

static const struct dsn_field *dsn_field(const struct raw_field *f)
{
	for (size_t i = 0; i < sizeof dsn_fields / sizeof *dsn_fields; i++)
		if (f->name.n == strlen(dsn_fields[i].name) && strncasecmp(f->name.s, dsn_fields[i].name, f->name.n) == 0)
			return &dsn_fields[i];
	return NULL;
}

static const char *dsn_value(struct reading *r, size_t at, struct span raw)
{
	const char *s, *semicolon;
	char *word;

	if (at == offsetof(struct dsn_recipient, final) || at == offsetof(struct dsn_recipient, original))
		return typed_address(r, raw);
	if (at == offsetof(struct dsn_recipient, status))
		return status_code(r, raw);
	s = header_text(r, raw);
	if (at == offsetof(struct dsn_recipient, action)) { /* "Failed (no such user)" */
		word = pool_slice(r->pool, s, strcspn(s, " (;"));
		for (char *c = word; *c; c++)
			*c = (char)tolower((unsigned char)*c);
		return word;
	}
	semicolon = strchr(s, ';');
	return semicolon && semicolon - s < 20 ? semicolon + 1 + strspn(semicolon + 1, " ") : s; /* "smtp; 550 ..." */
}

/* Groups of fields, an empty line between them; the first is of the message, each other of one recipient. Where the empty
 * line was forgotten, a recipient's field that is there already begins the next one. */
void dsn_read(struct reading *r, struct span text, struct letter *l)
{
	const char *at = text.s, *end = at + text.n, *before;

	while (at < end) {
		struct raw_header h = { 0 };
		struct dsn_recipient *d = NULL;

		before = at;
		at = header_read(r, at, end, NULL, &h);
		if (at == before) { /* no field: pass over the line */
			at = memchr(at, '\n', (size_t)(end - at));
			at = at ? at + 1 : end;
		}
		for (size_t i = 0; i < h.n; i++) {
			const struct dsn_field *f = dsn_field(&h.list[i]);
			const char **to = f && d ? (const char **)(void *)((char *)d + f->at) : NULL;

			if (!f)
				continue;
			if (!d || (**to && f <= &dsn_fields[1])) {
				if (l->dsn_count >= DSN_MOST) {
					remark(r, "recipients of a report beyond %d were left out", DSN_MOST);
					return;
				}
				d = pool_more(r->pool, &l->dsn, l->dsn_count++, sizeof *l->dsn);
				*d = (struct dsn_recipient){ "", "", "", "", "" };
				to = (const char **)(void *)((char *)d + f->at);
			}
			*to = dsn_value(r, f->at, h.list[i].value);
		}
	}
}

void returned_header(struct reading *r, const struct raw_header *h, struct returned *out)
{
	struct addrs a = { 0 };

	if (!h->n)
		return;
	out->is = true;
	fields_read(r, h, &out->fields);
	out->message_id = id_first(r, field_raw(h, "Message-ID"));
	out->subject = field_raw(h, "Subject").s ? header_text(r, field_raw(h, "Subject")) : "";
	addresses_read(r, field_raw(h, "From"), &a);
	out->from = a.n ? a.list[0] : (struct addr){ "", "" };
	a = (struct addrs){ 0 };
	addresses_read(r, field_raw(h, "To"), &a);
	out->to = a.n ? a.list[0] : (struct addr){ "", "" };
}

/* The original in the text of a report without parts (qmail, Exim): a block of fields with a Message-ID and a From. */
void returned_in_text(struct reading *r, const char *text, struct returned *out)
{
	static const char *const firsts[] = { "Return-Path:", "Received:", "From:", "Message-ID:", "Date:", "Subject:", "To:",
					      "DKIM-Signature:", "MIME-Version:", "X-", "Delivered-To:", "Reply-To:", NULL };
	const char *end = text + strlen(text), *next;

	for (const char *at = text; at < end; at = next) {
		struct raw_header h = { 0 };
		const char *nl = memchr(at, '\n', (size_t)(end - at));
		bool first = false;

		next = nl ? nl + 1 : end;
		for (size_t i = 0; firsts[i] && !first; i++)
			first = text_starts(at, firsts[i]);
		if (!first)
			continue;
		next = header_read(r, at, end, NULL, &h);
		if (next == at)
			next = nl ? nl + 1 : end;
		if (h.n >= 3 && field_raw(&h, "Message-ID").s && field_raw(&h, "From").s) {
			returned_header(r, &h, out);
			return;
		}
	}
}
