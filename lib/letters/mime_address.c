/* Addresses (RFC 5322 3.4), as they really come: the forms of the RFC first, then what clients make of them. */
#include "letters/mime_inner.h"

#include <string.h>

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
	a->name = line_from(r->pool, header_words(r, name), NAME_MOST).s;
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
		address = address_clean(r, header_words(r, it->angle->s));
		/* "ada@example.org <>": the address stands where the name should */
		if (*address || !words_are_addresses(r, it, out))
			address_add(r, out, **pending ? pool_print(r->pool, "%s, %s", *pending, name) : name, address);
		*pending = "";
		item_clear(it);
		return;
	}
	decoded = header_words(r, it->phrase->s);
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
	struct text *four[] = { text_new(r->pool, MOST), text_new(r->pool, MOST), text_new(r->pool, MOST), text_new(r->pool, MOST) };
	struct item it = { four[0], four[1], four[2], four[3], false };
	const char *pending = "";
	bool literal = false;
	struct encoded_word w;
	int depth;

	for (; *s && out->n < ADDRESSES_MOST; s++) {
		if (encoded_word_at(s, &w)) { /* commas in it are text */
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
		addresses_of(r, header_unfold(r, raw), false, out);
}

const char *address_first(struct reading *r, struct span raw)
{
	struct addrs a = { 0 };

	addresses_read(r, raw, &a);
	return a.n ? a.list[0].address : "";
}
