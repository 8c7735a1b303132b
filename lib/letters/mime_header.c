/* Header fields (RFC 5322, 2047, 2231), as they really come: the forms of the RFCs first, then what clients make of them. */
#include "letters/mime_inner.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct span no_span;

struct span field_raw(const struct raw_header *h, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < h->n; i++)
		if (h->list[i].name.n == n && strncasecmp(h->list[i].name.s, name, n) == 0)
			return h->list[i].value;
	return no_span;
}

/* ---- text ---- */

/* Unfolded (RFC 5322 2.2.3), UTF-8, each control character a blank, ends trimmed. */
char *header_unfold(struct reading *r, struct span raw)
{
	struct span t = charset_guess(r, raw);
	char *s = pool_slice(r->pool, t.s ? t.s : "", t.n), *from, *to = s, *end = s + t.n;

	for (from = s; from < end; from++) {
		char *run = from;

		while (from < end && (unsigned char)*from >= ' ' && *from != 0x7F)
			from++;
		if (to != run)
			memmove(to, run, (size_t)(from - run));
		to += from - run;
		if (from == end)
			break;
		if (*from == '\r' && from + 1 < end && from[1] == '\n')
			continue;
		if (*from == '\n' && from + 1 < end && (from[1] == ' ' || from[1] == '\t'))
			continue;
		*to++ = ' ';
	}
	while (to > s && to[-1] == ' ')
		to--;
	*to = '\0';
	return s + strspn(s, " ");
}

bool encoded_word_at(const char *s, struct encoded_word *w)
{
	enum { WORD_MOST = 4000 }; /* RFC 2047 2 says 75, few keep to it */
	const char *at = s + 2;
	size_t n;

	if (s[0] != '=' || s[1] != '?')
		return false;
	n = strcspn(at, "? ");
	if (!n || n > 60 || at[n] != '?')
		return false;
	w->charset = (struct span){ at, strcspn(at, "?*") };
	at += n + 1;
	if ((*at != 'B' && *at != 'b' && *at != 'Q' && *at != 'q') || at[1] != '?')
		return false;
	w->base64 = *at == 'B' || *at == 'b';
	at += 2;
	for (n = 0; at[n] && n < WORD_MOST; n++)
		if (at[n] == '?' && at[n + 1] == '=')
			break;
		else if (at[n] == '=' && at[n + 1] == '?' && at[n + 2] != '=') /* the next one begins: this has no end */
			return false;
	if (at[n] != '?')
		return false;
	w->text = (struct span){ at, n };
	w->n = (size_t)(at + n + 2 - s);
	return true;
}

/* RFC 2047 in anything that is text. Neighbours of one charset are joined before they are converted, since clients split
 * characters; blanks between neighbours are not shown (6.2). */
char *header_words(struct reading *r, const char *s)
{
	const char *at = strstr(s, "=?");
	struct text *out, *bytes;
	struct encoded_word w, next;
	struct span t;
	char *piece;
	bool raw;

	if (!at)
		return (char *)s;
	out = text_new(r->pool, HEADER_MOST);
	bytes = text_new(r->pool, HEADER_MOST);
	for (text_put(out, s, (size_t)(at - s)), s = at; *s;) {
		if (!encoded_word_at(s, &w)) {
			at = strstr(s + 1, "=?");
			text_put(out, s, at ? (size_t)(at - s) : strlen(s));
			s = at ? at : s + strlen(s);
			continue;
		}
		bytes->n = 0;
		raw = false;
		for (next = w; ; s = at) {
			for (size_t i = 0; i < next.text.n; i++)
				raw |= next.text.s[i] < 0;
			piece = pool_take(r->pool, next.text.n + 1);
			text_put(bytes, piece, next.base64 ? base64_decode(next.text, piece) : quoted_decode(next.text, true, piece));
			s += next.n;
			at = s + strspn(s, " ");
			if (!encoded_word_at(at, &next))
				break;
			if (next.charset.n != w.charset.n || strncasecmp(next.charset.s, w.charset.s, w.charset.n) != 0) {
				s = at;
				break;
			}
		}
		/* bytes that should have been encoded are UTF-8 by now (unfold) */
		t = charset_text(r, raw ? "utf-8" : pool_slice(r->pool, w.charset.s, w.charset.n), (struct span){ bytes->s, bytes->n });
		text_put(out, t.s, t.n);
	}
	/* what was decoded may hold any control character, CR and LF too */
	for (char *c = out->s; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7F)
			*c = ' ';
	return out->s;
}

char *header_text(struct reading *r, struct span raw)
{
	return header_words(r, header_unfold(r, raw));
}

/* RFC 2047 5 (3) allows no encoded word in what a server says of a message; and a stranger's address stands in there as it came:
 * decoded, it could hold a result of its own. */
static bool is_servers_word(struct span name)
{
	static const char *const names[] = { "Authentication-Results", "ARC-Authentication-Results", "Received-SPF" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (name.n == strlen(names[i]) && strncasecmp(name.s, names[i], name.n) == 0)
			return true;
	return false;
}

void fields_read(struct reading *r, const struct raw_header *h, struct fields *out)
{
	out->n = h->n;
	out->list = h->n ? pool_list(r->pool, h->n, sizeof *out->list) : NULL;
	for (size_t i = 0; i < h->n; i++) {
		out->list[i].name = pool_slice(r->pool, h->list[i].name.s, h->list[i].name.n);
		out->list[i].value = is_servers_word(h->list[i].name) ? header_unfold(r, h->list[i].value) : header_text(r, h->list[i].value);
	}
}

/* ---- parameters ---- */

const char *header_skip(const char *s)
{
	int depth = 0;

	for (; *s; s++) {
		if (*s == '(')
			depth++;
		else if (*s == ')' && depth)
			depth--;
		else if (*s != ' ' && *s != '\t' && !depth)
			break;
		if (*s == '\\' && s[1])
			s++;
	}
	return s;
}

static char *lower(char *s)
{
	for (char *c = s; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return s;
}

struct piece { /* name*2*=value */
	const char *name, *value;
	int nth; /* -1: whole */
	bool encoded;
};

static int from_hex(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : isxdigit((unsigned char)c) ? tolower((unsigned char)c) - 'a' + 10 : -1;
}

static struct span percent_decode(struct reading *r, const char *s)
{
	char *out = pool_take(r->pool, strlen(s) + 1);
	size_t n = 0;

	for (; *s; s++)
		if (*s == '%' && from_hex(s[1]) >= 0 && from_hex(s[2]) >= 0) {
			out[n++] = (char)(from_hex(s[1]) << 4 | from_hex(s[2]));
			s += 2;
		} else {
			out[n++] = *s;
		}
	return (struct span){ out, n };
}

/* The pieces of one name, put together (RFC 2231 3, 4): charset'language'text in the first encoded one. */
static const char *piece_join(struct reading *r, const struct piece *list, size_t n, const char *name)
{
	struct text *bytes = text_new(r->pool, HEADER_MOST);
	const char *label = NULL;

	for (int nth = 0; nth < 100; nth++) {
		const struct piece *q = NULL;
		const char *value;

		for (size_t i = 0; i < n && !q; i++)
			if (list[i].nth == nth && strcmp(list[i].name, name) == 0)
				q = &list[i];
		if (!q)
			break;
		value = q->value;
		if (q->encoded) {
			struct span t;
			const char *one = strchr(value, '\''), *two = one ? strchr(one + 1, '\'') : NULL;

			if (nth == 0 && two) {
				label = pool_slice(r->pool, value, (size_t)(one - value));
				value = two + 1;
			}
			t = percent_decode(r, value);
			/* bytes of any charset: not cut here */
			text_put(bytes, t.s, t.n);
		} else {
			text_add(bytes, value);
		}
	}
	struct span t = charset_text(r, label ? label : "", (struct span){ bytes->s, bytes->n });
	return pool_slice(r->pool, t.s, t.n);
}

struct parameters parameters_read(struct reading *r, struct span raw)
{
	enum { MOST = 100 };
	struct parameters out = { .value = "" };
	struct piece *pieces = NULL;
	size_t count = 0, n;
	const char *s;

	if (!raw.s)
		return out;
	s = header_skip(header_unfold(r, raw));
	n = strcspn(s, "; \t(");
	out.value = lower(pool_slice(r->pool, s, n));
	for (s += n; *s && count < MOST;) {
		struct piece *q;
		struct text *value;
		char *name, *star;

		s = header_skip(s);
		if (*s == ';' || *s == ',') {
			s++;
			continue;
		}
		n = strcspn(s, "=;, \t\"");
		if (!n) {
			s += *s != '\0';
			continue;
		}
		name = lower(pool_slice(r->pool, s, n));
		s = header_skip(s + n);
		if (*s != '=')
			continue; /* a word that is no parameter */
		s = header_skip(s + 1);
		value = text_new(r->pool, HEADER_MOST);
		if (*s == '"') {
			for (s++; *s && *s != '"'; s++) {
				if (*s == '\\' && (s[1] == '"' || s[1] == '\\'))
					s++;
				text_char(value, *s);
			}
			s += *s == '"';
		} else {
			/* a name with blanks and no quotes is read to the ; as it was meant */
			n = strcspn(s, strcmp(name, "filename") == 0 || strcmp(name, "name") == 0 ? ";" : "; \t");
			text_put(value, s, n);
			s += n;
			while (value->n && value->s[value->n - 1] == ' ')
				value->s[--value->n] = '\0';
		}
		q = pool_more(r->pool, &pieces, count++, sizeof *pieces);
		q->nth = -1;
		q->value = value->s;
		star = strchr(name, '*');
		if (star) {
			*star++ = '\0';
			q->encoded = !*star || star[strlen(star) - 1] == '*';
			q->nth = isdigit((unsigned char)*star) ? atoi(star) : 0;
		}
		q->name = name;
	}
	out.list = count ? pool_list(r->pool, count, sizeof *out.list) : NULL;
	for (size_t i = 0; i < count; i++) {
		bool known = false;

		if (pieces[i].nth > 0)
			continue;
		/* the extended form stands before the plain one (RFC 6266 4.3) */
		for (size_t j = 0; j < count && pieces[i].nth < 0; j++)
			known |= pieces[j].nth == 0 && strcmp(pieces[j].name, pieces[i].name) == 0;
		if (known)
			continue;
		out.list[out.n].name = pieces[i].name;
		out.list[out.n++].value = pieces[i].nth < 0 ? header_words(r, pieces[i].value) :
							      piece_join(r, pieces, count, pieces[i].name);
	}
	return out;
}

const char *parameter(const struct parameters *t, const char *name)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->list[i].name, name) == 0)
			return t->list[i].value;
	return "";
}

/* ---- message ids ---- */

static void id_add(struct reading *r, struct strings *out, const char *s, size_t n)
{
	char *id, *to;

	if (n < 1 || n > ID_MOST || out->n >= IDS_MOST)
		return;
	id = to = pool_take(r->pool, n + 3);
	*to++ = '<';
	for (size_t i = 0; i < n; i++)
		if (s[i] != ' ' && s[i] != '<' && s[i] != '>')
			*to++ = s[i];
	*to++ = '>';
	*to = '\0';
	if (to - id <= 2)
		return;
	for (size_t i = 0; i < out->n; i++)
		if (strcmp(out->list[i], id) == 0)
			return;
	*(const char **)pool_more(r->pool, &out->list, out->n++, sizeof *out->list) = id;
}

void ids_read(struct reading *r, struct span raw, struct strings *out)
{
	const char *s, *end;
	size_t n;

	if (!raw.s)
		return;
	s = header_words(r, header_unfold(r, raw));
	if (!strchr(s, '<')) { /* the brackets were forgotten */
		for (; *s; s += n, s += strspn(s, " ,;")) {
			n = strcspn(s, " ,;");
			if (memchr(s, '@', n))
				id_add(r, out, s, n);
		}
		return;
	}
	while ((s = strchr(s, '<')) && (end = strchr(s, '>'))) {
		id_add(r, out, s + 1, (size_t)(end - s - 1));
		s = end + 1;
	}
	if (s && out->n == 0) /* "<id" and no end */
		id_add(r, out, s + 1, strcspn(s + 1, " "));
}

const char *id_first(struct reading *r, struct span raw)
{
	struct strings ids = { 0 };
	const char *s;

	ids_read(r, raw, &ids);
	if (ids.n || !raw.s)
		return ids.n ? ids.list[0] : "";
	s = header_unfold(r, raw); /* a Message-ID without < > and @ is still one */
	if (*s && !strchr(s, ' '))
		id_add(r, &ids, s, strlen(s));
	return ids.n ? ids.list[0] : "";
}
