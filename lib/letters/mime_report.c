/* Delivery reports (RFC 3464, 6522, 6533) and the original that they carry. */
#include "letters/mime_inner.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* "rfc822; ada@example.org": the type before the ; goes, < > too. */
static const char *typed_address(struct reading *r, struct span raw)
{
	const char *s = header_text(r, raw), *semicolon = strchr(s, ';'), *a;

	if (semicolon)
		s = semicolon + 1;
	a = address_first(r, (struct span){ s, strlen(s) });
	return *a ? a : line_from(r->pool, s, ADDRESS_MOST).s;
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

/* Groups of fields, an empty line between them; the first is of the message, each other of one recipient. Where the empty
 * line was forgotten, a field that is there already begins the next recipient. */
void dsn_read(struct reading *r, struct span text, struct letter *l)
{
	const char *at = text.s, *end = at + text.n, *before;
	struct dsn_recipient *d;
	struct raw_header h;

	while (at < end) {
		h = (struct raw_header){ 0 };
		before = at;
		at = header_read(r, at, end, NULL, &h);
		if (at == before) { /* no field: pass over the line */
			at = memchr(at, '\n', (size_t)(end - at));
			at = at ? at + 1 : end;
		}
		d = NULL;
		for (size_t i = 0; i < h.n; i++) {
			static const char *const names[] = { "Final-Recipient", "Original-Recipient", "Action", "Status", "Diagnostic-Code" };
			struct span v = h.list[i].value;
			const char **to;
			size_t k = 0;

			while (k < 5 && !(h.list[i].name.n == strlen(names[k]) && strncasecmp(h.list[i].name.s, names[k], h.list[i].name.n) == 0))
				k++;
			if (k == 5)
				continue;
			to = !d ? NULL : k == 0 ? &d->final : k == 1 ? &d->original : k == 2 ? &d->action : k == 3 ? &d->status : &d->diagnostic;
			if (!d || (**to && k < 2)) {
				if (l->dsn_count >= DSN_MOST) {
					remark(r, "recipients of a report beyond %d were left out", DSN_MOST);
					return;
				}
				d = pool_more(r->pool, &l->dsn, l->dsn_count++, sizeof *l->dsn);
				*d = (struct dsn_recipient){ "", "", "", "", "" };
				to = k == 0 ? &d->final : k == 1 ? &d->original : k == 2 ? &d->action : k == 3 ? &d->status : &d->diagnostic;
			}
			if (k < 2) {
				*to = typed_address(r, v);
			} else if (k == 3) {
				*to = status_code(r, v);
			} else {
				const char *s = header_text(r, v), *semicolon = strchr(s, ';');

				if (k == 4 && semicolon && semicolon - s < 20) /* "smtp; 550 …" */
					s = semicolon + 1 + strspn(semicolon + 1, " ");
				*to = pool_copy(r->pool, s);
				if (k == 2) {
					char *word = pool_slice(r->pool, s, strcspn(s, " (;"));

					for (char *c = word; *c; c++)
						*c = (char)tolower((unsigned char)*c);
					*to = word;
				}
			}
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

/* The original in the text of a report without parts (qmail, Exim): a block of fields that holds a Message-ID and a From. */
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
