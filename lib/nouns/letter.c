#include "nouns/letter.h"

#include <string.h>
#include <strings.h>

#include "ground/pack.h"

const char *const letter_traces[] = { "Delivered-To", "X-Original-To", "Envelope-To", "X-Delivered-To", "X-Envelope-To", "X-RCPT-To",
				      "Apparently-To", "X-Apparently-To", "X-Original-Delivered-To", "X-Real-To", "X-Original-Recipient",
				      "X-Envelope-Recipient", "X-Gm-Original-To", "X-MS-Exchange-Organization-OriginalEnvelopeRecipients", NULL };

const char *letter_field_at(const struct letter *l, const char *name, size_t nth)
{
	for (size_t i = 0; i < l->fields.n; i++)
		if (strcasecmp(l->fields.list[i].name, name) == 0 && nth-- == 0)
			return l->fields.list[i].value;
	return NULL;
}

bool letter_written_to(const struct letter *l, const char *address)
{
	if (!*address)
		return false;
	for (size_t i = 0; i < l->traces.n; i++)
		if (addr_same(l->traces.list[i], address))
			return true;
	return addrs_has(&l->to, address) || addrs_has(&l->cc, address) || addrs_has(&l->bcc, address);
}

bool letter_has_files(const struct letter *l)
{
	for (size_t i = 0; i < l->attachment_count; i++)
		if (!l->attachments[i].inlined)
			return true;
	return false;
}

const char *letter_field(const struct letter *l, const char *name)
{
	const char *value = letter_field_at(l, name, 0);

	return value ? value : "";
}

/* ---- packing (ground/pack.h) ---- */

#define MAGIC_FIRST 0x314B4357u  /* without links */
#define MAGIC_SECOND 0x324B4357u /* without a calendar object's stamp and recurrence */
#define MAGIC 0x334B4357u /* grows with the layout: both ends are one program, but held letters outlive it */

static void walk_strings(struct packer *k, struct strings *s)
{
	walk_list(k, &s->list, &s->n, sizeof *s->list, STRING_LEAST);
	for (size_t i = 0; i < s->n; i++)
		walk_string(k, &s->list[i]);
}

static void walk_fields(struct packer *k, struct fields *f)
{
	walk_list(k, &f->list, &f->n, sizeof *f->list, 2 * STRING_LEAST);
	for (size_t i = 0; i < f->n; i++) {
		walk_string(k, &f->list[i].name);
		walk_string(k, &f->list[i].value);
	}
}

static void walk_addr(struct packer *k, struct addr *a)
{
	walk_string(k, &a->name);
	walk_string(k, &a->address);
}

static void walk_addrs(struct packer *k, struct addrs *a)
{
	walk_list(k, &a->list, &a->n, sizeof *a->list, 2 * STRING_LEAST);
	for (size_t i = 0; i < a->n; i++)
		walk_addr(k, &a->list[i]);
}

static void walk_calendar(struct packer *k, struct calendar_facts *c)
{
	walk_bool(k, &c->is);
	walk_string(k, &c->method);
	walk_string(k, &c->uid);
	walk_string(k, &c->recurrence_id);
	walk_string(k, &c->summary);
	walk_string(k, &c->organizer);
	walk_string(k, &c->comment);
	walk_int(k, &c->sequence);
	walk_list(k, &c->attendees, &c->attendee_count, sizeof *c->attendees, 3 * STRING_LEAST);
	for (size_t i = 0; i < c->attendee_count; i++) {
		walk_string(k, &c->attendees[i].address);
		walk_string(k, &c->attendees[i].partstat);
		walk_string(k, &c->attendees[i].delegated_to);
	}
	walk_bool(k, &c->has_start);
	walk_bool(k, &c->has_end);
	walk_time(k, &c->start);
	walk_time(k, &c->end);
	walk_string(k, &c->broken);
}

static void walk_dsn(struct packer *k, struct dsn_recipient *d)
{
	walk_string(k, &d->final);
	walk_string(k, &d->original);
	walk_string(k, &d->action);
	walk_string(k, &d->status);
	walk_string(k, &d->diagnostic);
}

static void walk_letter(struct packer *k, struct letter *l)
{
	uint64_t magic = MAGIC;

	walk_number(k, &magic);
	if (magic != MAGIC && magic != MAGIC_SECOND && magic != MAGIC_FIRST)
		k->bad = true;
	walk_fields(k, &l->fields);
	walk_string(k, &l->message_id);
	walk_string(k, &l->in_reply_to);
	walk_strings(k, &l->references);
	walk_addrs(k, &l->from);
	walk_addrs(k, &l->sender);
	walk_addrs(k, &l->reply_to);
	walk_addrs(k, &l->to);
	walk_addrs(k, &l->cc);
	walk_addrs(k, &l->bcc);
	walk_strings(k, &l->traces);
	walk_string(k, &l->return_path);
	walk_string(k, &l->subject);
	walk_time(k, &l->date);
	walk_int(k, &l->date_offset);
	walk_string(k, &l->text);
	walk_string(k, &l->full);
	walk_bool(k, &l->from_html);
	if (magic != MAGIC_FIRST)
		walk_strings(k, &l->links);
	walk_list(k, &l->attachments, &l->attachment_count, sizeof *l->attachments, 2 * STRING_LEAST + 2 * NUMBER_LEAST);
	for (size_t i = 0; i < l->attachment_count; i++) {
		walk_string(k, &l->attachments[i].name);
		walk_string(k, &l->attachments[i].type);
		walk_size(k, &l->attachments[i].size);
		walk_bool(k, &l->attachments[i].inlined);
	}
	walk_calendar(k, &l->calendar);
	if (magic == MAGIC) {
		walk_time(k, &l->calendar.stamp);
		walk_time(k, &l->calendar.recurrence);
	}
	walk_string(k, &l->report_type);
	walk_list(k, &l->dsn, &l->dsn_count, sizeof *l->dsn, 5 * STRING_LEAST);
	for (size_t i = 0; i < l->dsn_count; i++)
		walk_dsn(k, &l->dsn[i]);
	walk_bool(k, &l->returned.is);
	walk_string(k, &l->returned.message_id);
	walk_string(k, &l->returned.subject);
	walk_addr(k, &l->returned.from);
	walk_addr(k, &l->returned.to);
	walk_fields(k, &l->returned.fields);
	walk_bool(k, &l->forwarded.is);
	walk_addr(k, &l->forwarded.from);
	walk_time(k, &l->forwarded.date);
	walk_string(k, &l->forwarded.subject);
	walk_string(k, &l->forwarded.text);
	walk_string(k, &l->forwarded.message_id);
	walk_string(k, &l->broken);
	walk_strings(k, &l->remarks);
	walk_size(k, &l->size);
}

void letter_pack(struct text *out, const struct letter *l)
{
	struct packer k = { .out = out };
	struct letter copy = *l; /* the walk takes both ways; packing writes nothing into it */

	walk_letter(&k, &copy);
}

bool letter_unpack(struct pool *p, const void *bytes, size_t n, struct letter *out, struct err *e)
{
	struct packer k = pack_from(p, bytes, n);
	struct letter l = { 0 };

	walk_letter(&k, &l);
	if (!pack_whole(&k, "the facts of a letter are", n, e))
		return false;
	*out = l;
	return true;
}

void letter_pack_files(struct text *out, const struct letter *l)
{
	struct packer k = { .out = out };

	for (size_t i = 0; i < l->attachment_count; i++) {
		const struct attachment *a = &l->attachments[i];
		size_t n = a->bytes ? a->size : 0;

		walk_size(&k, &n);
		text_put(out, a->bytes ? a->bytes : "", n);
	}
}

bool letter_unpack_files(struct pool *p, const void *bytes, size_t n, struct letter *l, struct err *e)
{
	struct packer k = pack_from(p, bytes, n);

	for (size_t i = 0; i < l->attachment_count && !k.bad; i++) {
		size_t size = 0;

		walk_size(&k, &size);
		k.bad |= size > (size_t)(k.end - k.at) || (size && size != l->attachments[i].size);
		l->attachments[i].bytes = size && !k.bad ? k.at : NULL;
		k.at += k.bad ? 0 : size;
	}
	if (pack_whole(&k, "the files of a letter are", n, e))
		return true;
	for (size_t i = 0; i < l->attachment_count; i++)
		l->attachments[i].bytes = NULL;
	return false;
}
