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
static char *unfold(struct reading *r, struct span raw)
{
	struct span t = charset_guess(r, raw);
	char *s = pool_slice(r->pool, t.s ? t.s : "", t.n), *from, *to = s, *end = s + t.n;

	for (from = s; from < end; from++) {
		if (*from == '\r' && from + 1 < end && from[1] == '\n')
			continue;
		if (*from == '\n' && from + 1 < end && (from[1] == ' ' || from[1] == '\t'))
			continue;
		*to++ = (unsigned char)*from < ' ' || *from == 0x7F ? ' ' : *from;
	}
	while (to > s && to[-1] == ' ')
		to--;
	*to = '\0';
	return s + strspn(s, " ");
}

struct word { /* an encoded word: =?charset*language?B?text?= */
	struct span charset, text;
	bool base64;
	size_t n; /* of the whole */
};

static bool word_at(const char *s, struct word *w)
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
static char *words_decode(struct reading *r, const char *s)
{
	const char *at = strstr(s, "=?");
	struct text *out, *bytes;
	struct word w, next;
	struct span t;
	char *piece;
	bool raw;

	if (!at)
		return (char *)s;
	out = text_new(r->pool, HEADER_MOST);
	bytes = text_new(r->pool, HEADER_MOST);
	for (text_put(out, s, (size_t)(at - s)), s = at; *s;) {
		if (!word_at(s, &w)) {
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
			if (!word_at(at, &next))
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
	return words_decode(r, unfold(r, raw));
}

void fields_read(struct reading *r, const struct raw_header *h, struct fields *out)
{
	out->n = h->n;
	out->list = h->n ? pool_list(r->pool, h->n, sizeof *out->list) : NULL;
	for (size_t i = 0; i < h->n; i++) {
		out->list[i].name = pool_slice(r->pool, h->list[i].name.s, h->list[i].name.n);
		out->list[i].value = header_text(r, h->list[i].value);
	}
}

/* ---- parameters ---- */

static const char *skip_blanks(const char *s)
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
	s = skip_blanks(unfold(r, raw));
	n = strcspn(s, "; \t(");
	out.value = lower(pool_slice(r->pool, s, n));
	for (s += n; *s && count < MOST;) {
		struct piece *q;
		struct text *value;
		char *name, *star;

		s = skip_blanks(s);
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
		s = skip_blanks(s + n);
		if (*s != '=')
			continue; /* a word that is no parameter */
		s = skip_blanks(s + 1);
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
		out.list[out.n++].value = pieces[i].nth < 0 ? words_decode(r, pieces[i].value) :
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

/* ---- addresses ---- */

struct item { /* what stands between two commas */
	struct text *phrase;  /* words, quotes undone: a name */
	struct text *plain;   /* the same as written: an address without <> */
	struct text *angle;   /* between < and > */
	struct text *comment;
	bool has_angle;
};

static void text_empty(struct text *t)
{
	t->n = 0;
	t->s[0] = '\0';
	t->cut = false;
}

static void item_clear(struct item *it)
{
	text_empty(it->phrase);
	text_empty(it->plain);
	text_empty(it->angle);
	text_empty(it->comment);
	it->has_angle = false;
}

static void item_char(struct item *it, char c)
{
	if (c != ' ' || it->phrase->n)
		text_char(it->phrase, c);
	if (c != ' ' || it->plain->n)
		text_char(it->plain, c);
}

/* local@domain out of what was written for one: "" where there is none in it. */
static const char *address_clean(struct reading *r, const char *s)
{
	struct text *t = text_new(r->pool, ADDRESS_MOST);
	char *at;

	if (text_starts(s, "mailto:"))
		s += strlen("mailto:");
	if (*s == '@' && strchr(s, ':')) /* a source route, RFC 5322 4.4 */
		s = strchr(s, ':') + 1;
	for (bool quoted = false; *s; s++) {
		if (*s == '"')
			quoted = !quoted;
		if ((unsigned char)*s > ' ' && *s != 0x7F && *s != '<' && *s != '>' && (quoted || *s != ','))
			text_char(t, *s);
	}
	if (t->cut)
		return "";
	if (t->n > 2 && t->s[0] == '\'' && t->s[t->n - 1] == '\'') { /* 'ada@example.org', Outlook */
		t->s[t->n - 1] = '\0';
		t->s++;
	}
	at = strrchr(t->s, '@');
	if (at && (at == t->s || !at[1]))
		return "";
	for (; at && *at; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at = (char)(*at + 32);
	return t->s;
}

static void address_add(struct reading *r, struct addrs *out, const char *name, const char *address)
{
	struct addr *a;

	if (!*address)
		return;
	if (out->n >= ADDRESSES_MOST) {
		remark(r, "addresses beyond %d were left out", ADDRESSES_MOST);
		return;
	}
	a = pool_more(r->pool, &out->list, out->n++, sizeof *out->list);
	a->name = line_from(r->pool, words_decode(r, name), NAME_MOST).s;
	a->address = address;
}

static void addresses_of(struct reading *r, const char *s, bool again, struct addrs *out);

/* Words without <>: those with an @ are addresses, the others the name: "ada @ example.org", "Ada ada@example.org". */
static bool words_are_addresses(struct reading *r, struct item *it, struct addrs *out)
{
	struct text *close = text_new(r->pool, 4000), *name = text_new(r->pool, 4000);
	const char *s = it->plain->s;
	size_t n, found = out->n;
	bool quoted = false;

	if (!strchr(s, '@'))
		return false;
	for (; *s; s++) { /* blanks beside @ and . go */
		if (*s == '"')
			quoted = !quoted;
		if (*s == ' ' && !quoted) {
			const char *next = s + strspn(s, " ");
			char last = close->n ? close->s[close->n - 1] : ' ';

			if (*next == '@' || last == '@' || (last == '.' && strchr(close->s, '@')))
				continue;
			if (last == ' ')
				continue;
		}
		text_char(close, *s);
	}
	for (s = close->s; *s; s += n, s += strspn(s, " ")) {
		quoted = false;
		for (n = 0; s[n] && (quoted || s[n] != ' '); n++)
			if (s[n] == '"')
				quoted = !quoted;
		if (!memchr(s, '@', n)) {
			text_put(name, s, n);
			text_char(name, ' ');
		}
	}
	for (s = close->s; *s; s += n, s += strspn(s, " ")) {
		quoted = false;
		for (n = 0; s[n] && (quoted || s[n] != ' '); n++)
			if (s[n] == '"')
				quoted = !quoted;
		if (memchr(s, '@', n))
			address_add(r, out, name->n ? name->s : it->comment->s, address_clean(r, pool_slice(r->pool, s, n)));
		if (!n)
			break;
	}
	return out->n > found;
}

/* `pending`: a name cut by a comma that should have been quoted ("Lovelace, Ada <ada@example.org>"). */
static void item_end(struct reading *r, struct item *it, const char **pending, bool last, bool again, struct addrs *out)
{
	const char *name = it->phrase->n ? it->phrase->s : it->comment->s, *address, *decoded;

	while (it->plain->n && it->plain->s[it->plain->n - 1] == ' ')
		it->plain->s[--it->plain->n] = '\0';
	if (it->has_angle) {
		address = address_clean(r, words_decode(r, it->angle->s));
		/* "ada@example.org <>": the address stands where the name should */
		if (*address || !words_are_addresses(r, it, out))
			address_add(r, out, **pending ? pool_print(r->pool, "%s, %s", *pending, name) : name, address);
		*pending = "";
		item_clear(it);
		return;
	}
	decoded = words_decode(r, it->phrase->s);
	if (!again && decoded != it->phrase->s && text_starts(it->phrase->s, "=?") && strchr(decoded, '@')) {
		addresses_of(r, decoded, true, out); /* all of it was encoded */
	} else if (words_are_addresses(r, it, out)) {
		*pending = "";
	} else if (it->phrase->n) {
		if (last && !**pending && !out->n && !strchr(it->plain->s, ' '))
			address_add(r, out, "", address_clean(r, it->plain->s)); /* a local name: "root" */
		else
			*pending = pool_print(r->pool, **pending ? "%.200s, %.200s" : "%s%.200s", *pending, it->phrase->s);
	}
	item_clear(it);
}

static void addresses_of(struct reading *r, const char *s, bool again, struct addrs *out)
{
	enum { MOST = 2000 };
	struct item it = { text_new(r->pool, MOST), text_new(r->pool, MOST), text_new(r->pool, MOST), text_new(r->pool, MOST), false };
	const char *pending = "";
	bool literal = false;
	struct word w;
	int depth;

	for (; *s && out->n < ADDRESSES_MOST; s++) {
		if (word_at(s, &w)) { /* commas in it are text */
			for (size_t i = 0; i < w.n; i++)
				item_char(&it, s[i]);
			s += w.n - 1;
			continue;
		}
		switch (*s) {
		case '"':
			text_char(it.plain, '"');
			for (s++; *s && *s != '"'; s++) {
				if (*s == '\\' && s[1])
					text_char(it.plain, *s++);
				text_char(it.phrase, *s);
				text_char(it.plain, *s);
			}
			text_char(it.plain, '"');
			break;
		case '(':
			if (it.comment->n)
				text_char(it.comment, ' ');
			for (depth = 1, s++; *s; s++) {
				depth += (*s == '(') - (*s == ')');
				if (!depth)
					break;
				if (*s == '\\' && s[1])
					s++;
				text_char(it.comment, *s);
			}
			break;
		case '<':
			it.has_angle = true;
			text_empty(it.angle);
			depth = 0;
			for (bool quoted = false; *++s && (quoted || *s != '>');) {
				if (*s == '"' && !depth)
					quoted = !quoted;
				depth += !quoted && *s == '(';
				if (*s != '<' && !depth) /* <<ada@example.org>> */
					text_char(it.angle, *s);
				depth -= depth && *s == ')';
			}
			break;
		case ':':
			/* the name of a group (RFC 5322 3.4): its members follow */
			if (!literal && !it.has_angle && !strchr(it.plain->s, '@') && !text_same(it.plain->s, "mailto")) {
				item_clear(&it);
				pending = "";
				break;
			}
			item_char(&it, *s);
			break;
		case ',':
		case ';':
			if (literal) {
				item_char(&it, *s);
				break;
			}
			item_end(r, &it, &pending, false, again, out);
			if (*s == ';')
				pending = "";
			break;
		case '>':
			break;
		default:
			literal = *s == '[' || (literal && *s != ']');
			item_char(&it, *s);
		}
		if (!*s)
			break;
	}
	item_end(r, &it, &pending, true, again, out);
}

void addresses_read(struct reading *r, struct span raw, struct addrs *out)
{
	if (raw.s)
		addresses_of(r, unfold(r, raw), false, out);
}

const char *address_first(struct reading *r, struct span raw)
{
	struct addrs a = { 0 };

	addresses_read(r, raw, &a);
	return a.n ? a.list[0].address : "";
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
	s = words_decode(r, unfold(r, raw));
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
	s = unfold(r, raw); /* a Message-ID without < > and @ is still one */
	if (*s && !strchr(s, ' '))
		id_add(r, &ids, s, strlen(s));
	return ids.n ? ids.list[0] : "";
}

/* ---- dates ---- */

static const char *number(const char *s, int *out, int *digits)
{
	*out = 0;
	for (*digits = 0; isdigit((unsigned char)*s) && *digits < 4; ++*digits)
		*out = *out * 10 + (*s++ - '0');
	return s;
}

static int month_of(const char *s)
{
	static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";

	for (int i = 0; i < 12; i++)
		if (strncasecmp(s, months + 3 * i, 3) == 0)
			return i + 1;
	return 0;
}

static const char *skip_word(const char *s)
{
	while (isalpha((unsigned char)*s) || *s == '.' || *s == ',')
		s++;
	return skip_blanks(s);
}

/* RFC 5322 3.3 with 4.3's old zones and two-digit years, and the form of asctime(3). */
bool date_read(const char *s, utc *date, int *offset)
{
	static const struct { const char *name; int hours; } zones[] = {
		{ "UT", 0 }, { "UTC", 0 }, { "GMT", 0 }, { "Z", 0 }, { "EST", -5 }, { "EDT", -4 }, { "CST", -6 }, { "CDT", -5 },
		{ "MST", -7 }, { "MDT", -6 }, { "PST", -8 }, { "PDT", -7 }, { "CET", 1 }, { "MET", 1 }, { "CEST", 2 }, { "MEST", 2 },
		{ "BST", 1 }, { "JST", 9 },
	};
	int day = 0, month = 0, year = 0, hour = 0, minute = 0, second = 0, zone = 0, digits, z;
	bool has_year = false;

	s = skip_blanks(s);
	if (isalpha((unsigned char)*s) && !(month_of(s) && !isalpha((unsigned char)s[3]) && isdigit((unsigned char)*skip_word(s)))) {
		s = skip_word(s); /* the day's name says nothing new */
		while (*s == ',')
			s = skip_blanks(s + 1);
	}
	if (isalpha((unsigned char)*s)) { /* Mar 7 12:34:56 2026 */
		month = month_of(s);
		s = number(skip_word(s), &day, &digits);
		s = skip_blanks(s);
		if (*s == ',')
			s = skip_blanks(s + 1);
	} else {
		s = number(s, &day, &digits);
		if (digits == 4 && *s == '-') { /* 2026-03-07 */
			year = day;
			s = number(s + 1, &month, &digits);
			if (*s != '-')
				return false;
			s = number(s + 1, &day, &digits);
			has_year = true;
			if (*s == 'T')
				s++;
		} else {
			while (*s == ' ' || *s == '-' || *s == '.' || *s == '/')
				s++;
			month = month_of(s);
			while (isalpha((unsigned char)*s) || *s == '.')
				s++;
			while (*s == ' ' || *s == '-' || *s == ',' || *s == '/')
				s++;
		}
	}
	s = skip_blanks(s);
	if (!has_year) {
		const char *after = number(s, &year, &digits);

		if (digits >= 2 && *after != ':') {
			has_year = true;
			year += digits == 4 ? 0 : year < 50 ? 2000 : 1900; /* RFC 5322 4.3 */
			s = skip_blanks(after);
		}
	}
	if (*s == ',')
		s = skip_blanks(s + 1);
	s = number(s, &hour, &digits);
	if (!digits || (*s != ':' && *s != '.'))
		return false;
	s = number(s + 1, &minute, &digits);
	if (!digits)
		return false;
	if (*s == ':' || *s == '.')
		s = number(s + 1, &second, &digits);
	if (*s == '.') /* parts of a second */
		for (s++; isdigit((unsigned char)*s); s++)
			;
	s = skip_blanks(s);
	if ((*s == 'A' || *s == 'P' || *s == 'a' || *s == 'p') && (s[1] == 'M' || s[1] == 'm')) {
		hour = hour % 12 + (*s == 'P' || *s == 'p' ? 12 : 0);
		s = skip_blanks(s + 2);
	}
	if (!has_year && isdigit((unsigned char)*s)) {
		s = skip_blanks(number(s, &year, &digits));
		has_year = digits == 4;
	}
	if (*s == '+' || *s == '-') {
		bool west = *s == '-';

		s = number(s + 1, &z, &digits);
		if (digits == 2 && *s == ':') {
			zone = z * 60;
			number(s + 1, &z, &digits);
			zone += z;
		} else {
			zone = digits <= 2 ? z * 60 : z / 100 * 60 + z % 100;
		}
		zone = west ? -zone : zone;
		if (zone > 14 * 60 + 59 || zone < -14 * 60 - 59)
			zone = 0;
	} else {
		for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
			if (text_starts(s, zones[i].name) && !isalpha((unsigned char)s[strlen(zones[i].name)]))
				zone = zones[i].hours * 60;
	}
	if (!has_year || year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1 || day > month_days(year, month) ||
	    hour > 23 || minute > 59 || second > 60)
		return false;
	*date = (utc)day_of(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - zone * 60;
	*offset = zone * 60;
	return true;
}
