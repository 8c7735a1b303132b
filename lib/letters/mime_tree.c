/* The parts of a message (RFC 2046 5.1), in one pass over its lines.
 *
 * Time is lines times depth, and depth and parts are counted as they come, so nothing has to be refused beforehand.
 * The innermost open boundary is asked first: a boundary may begin with another one, and clients make such. A part that
 * lacks its last boundary ends with the one around it. */
#include "letters/mime_inner.h"

#include <string.h>
#include <strings.h>

/* Is the line "--boundary" or "--boundary--" of an open multipart? Blanks may follow (RFC 2046 5.1.1). */
static struct part *boundary_of(const struct part *open, const char *line, size_t n, bool *last)
{
	for (; open; open = open->parent) {
		size_t i = 2 + open->boundary_length;

		if (!open->boundary || open->closed || n < i || memcmp(line + 2, open->boundary, i - 2) != 0)
			continue;
		*last = n >= i + 2 && line[i] == '-' && line[i + 1] == '-';
		if (*last)
			i += 2;
		while (i < n && (line[i] == ' ' || line[i] == '\t' || line[i] == '\r'))
			i++;
		if (i == n)
			return (struct part *)open;
	}
	return NULL;
}

static size_t line_length(const char *at, const char *end, const char **next)
{
	const char *nl = memchr(at, '\n', (size_t)(end - at));
	size_t n = (size_t)((nl ? nl : end) - at);

	*next = nl ? nl + 1 : end;
	return n && at[n - 1] == '\r' ? n - 1 : n;
}

bool line_is_field(const char *line, size_t n, size_t *colon)
{
	size_t i = 0;

	while (i < n && line[i] > ' ' && line[i] < 0x7F && line[i] != ':')
		i++;
	if (!i)
		return false;
	*colon = i;
	while (*colon < n && (line[*colon] == ' ' || line[*colon] == '\t')) /* obsolete, RFC 5322 4.5 */
		++*colon;
	return *colon < n && line[*colon] == ':' && i <= 256;
}

/* A header block from `at`; returns where the body begins. A line that is no field is passed over where fields follow,
 * else the body begins with it: the empty line was forgotten. */
const char *header_read(struct reading *r, const char *at, const char *end, const struct part *open, struct raw_header *h)
{
	const char *start = at, *next;
	bool keep = false, last;

	for (; at < end; at = next) {
		size_t n = line_length(at, end, &next), colon, room;

		if (n == 0)
			return next;
		if (open && n > 2 && at[0] == '-' && at[1] == '-' && boundary_of(open, at, n, &last))
			return at;
		room = (size_t)(at - start) < HEADER_MOST ? HEADER_MOST - (size_t)(at - start) : 0;
		if ((at[0] == ' ' || at[0] == '\t') && h->n) {
			struct span *v = &h->list[h->n - 1].value;

			if (keep)
				v->n = (size_t)(at - v->s) + (n < room ? n : room);
			h->cut |= n > room;
			continue;
		}
		if (line_is_field(at, n, &colon)) {
			struct raw_field *f;
			size_t name = strcspn(at, ": \t");

			keep = room > colon && h->n < FIELDS_MOST;
			if (!keep) {
				h->cut = true;
				continue;
			}
			f = pool_more(r->pool, &h->list, h->n++, sizeof *h->list);
			f->name = (struct span){ at, name };
			f->value = (struct span){ at + colon + 1, (n < room ? n : room) - colon - 1 };
			h->cut |= n > room;
			continue;
		}
		if (at == start && n > 6 && (memcmp(at, "From ", 5) == 0 || memcmp(at, ">From ", 6) == 0)) /* mbox */
			continue;
		if ((h->n || !open) && next < end) {
			const char *after;
			size_t m = line_length(next, end, &after);

			if (line_is_field(next, m, &colon) && !(h->n == 0 && next == start))
				continue;
		}
		return at;
	}
	return end;
}

static bool is_message_type(const char *type)
{
	return strcmp(type, "message/rfc822") == 0 || strcmp(type, "message/global") == 0 || strcmp(type, "message/news") == 0;
}

/* A message that a client attached as a file: "figures.eml", whatever type it gave. */
static bool is_message_file(const struct part *q)
{
	size_t n = strlen(q->name);

	return n > 4 && text_same(q->name + n - 4, ".eml") && !q->multi;
}

/* No boundary parameter: the first line of the body that could be one (a broken client, or a header cut on its way). */
static const char *boundary_guess(struct reading *r, const char *at, const char *end)
{
	const char *next;
	size_t n;

	for (int lines = 0; at < end && lines < 20; at = next, lines++) {
		n = line_length(at, end, &next);
		while (n && (at[n - 1] == ' ' || at[n - 1] == '\t'))
			n--;
		if (n > 2 && n < 200 && at[0] == '-' && at[1] == '-' && !memchr(at, '\0', n))
			return pool_slice(r->pool, at + 2, n - 2);
	}
	return NULL;
}

static void part_facts(struct reading *r, struct part *q)
{
	struct parameters t = parameters_read(r, field_raw(&q->header, "Content-Type"));
	struct parameters d = parameters_read(r, field_raw(&q->header, "Content-Disposition"));
	struct parameters c = parameters_read(r, field_raw(&q->header, "Content-Transfer-Encoding"));
	bool digest = q->parent && strcmp(q->parent->type, "multipart/digest") == 0;
	const char *b = parameter(&t, "boundary"), *name = parameter(&d, "filename");

	q->type = strchr(t.value, '/') ? t.value : digest ? "message/rfc822" : "text/plain";
	q->charset = parameter(&t, "charset");
	q->method = parameter(&t, "method");
	q->report_type = parameter(&t, "report-type");
	q->flowed = text_same(parameter(&t, "format"), "flowed");
	q->delsp = text_same(parameter(&t, "delsp"), "yes");
	q->name = *name ? name : parameter(&t, "name");
	q->attached = text_same(d.value, "attachment");
	q->inlined = text_same(d.value, "inline");
	q->transfer = text_starts(c.value, "base64") ? TRANSFER_BASE64 :
		      text_starts(c.value, "quoted") ? TRANSFER_QUOTED : TRANSFER_NONE;
	q->multi = text_starts(q->type, "multipart/");
	q->message = is_message_type(q->type) || is_message_file(q);
	if (q->multi && *b)
		q->boundary = b;
}

/* A new part whose header begins at `at`, and where it is a message, the message in it; returns the innermost. */
static struct part *part_open(struct reading *r, struct part *parent, int depth, const char **at, const char *end)
{
	for (;;) {
		struct part *q = pool_take(r->pool, sizeof *q);

		q->parent = parent;
		q->depth = depth;
		if (parent && parent->last)
			parent->last->next = q;
		else if (parent)
			parent->children = q;
		if (parent)
			parent->last = q;
		r->parts++;
		*at = header_read(r, *at, end, parent, &q->header);
		q->body.s = *at;
		part_facts(r, q);
		if (q->header.cut)
			remark(r, "a header of more than %d KiB or %d fields was cut", HEADER_MOST >> 10, FIELDS_MOST);
		if (depth >= DEPTH_MOST) {
			if (q->multi || q->message)
				remark(r, "parts deeper than %d were left out", DEPTH_MOST);
			q->boundary = NULL;
			return q;
		}
		if (q->multi && !q->boundary)
			q->boundary = boundary_guess(r, *at, end);
		q->boundary_length = q->boundary ? strlen(q->boundary) : 0;
		if (!q->message || q->transfer != TRANSFER_NONE || r->parts >= PARTS_MOST)
			return q;
		parent = q;
		depth++;
	}
}

struct part *tree_read(struct reading *r, struct span m, int depth)
{
	const char *at = m.s, *end = m.s + m.n, *next, *stop;
	struct part *open, *root, *of;
	bool last, any = false;
	size_t n;

	open = part_open(r, NULL, depth, &at, end);
	for (root = open; root->parent; root = root->parent)
		;
	for (of = open; of; of = of->parent)
		any |= of->boundary != NULL;
	for (; any && at < end; at = next) {
		n = line_length(at, end, &next);
		if (n < 3 || at[0] != '-' || at[1] != '-' || !(of = boundary_of(open, at, n, &last)))
			continue;
		/* the line end before a boundary belongs to it */
		stop = at > m.s && at[-1] == '\n' ? at - 1 : at;
		stop -= stop > m.s && stop < at && stop[-1] == '\r';
		for (; open != of; open = open->parent)
			if (!open->closed)
				open->body.n = stop > open->body.s ? (size_t)(stop - open->body.s) : 0;
		if (last) {
			of->closed = true;
			of->body.n = (size_t)(at - of->body.s);
			for (any = false, of = open; of; of = of->parent)
				any |= of->boundary && !of->closed;
		} else if (r->parts >= PARTS_MOST) {
			remark(r, "parts beyond %d were left out", PARTS_MOST);
			end = at;
			break;
		} else {
			open = part_open(r, of, of->depth + 1, &next, end);
		}
	}
	for (; open; open = open->parent)
		if (!open->closed)
			open->body.n = (size_t)(end - open->body.s);
	return root;
}

struct part *tree_next(const struct part *root, struct part *q, bool down)
{
	if (down && q->children)
		return q->children;
	for (; q && q != root; q = q->parent)
		if (q->next)
			return q->next;
	return NULL;
}
