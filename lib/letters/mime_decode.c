/* Content-Transfer-Encoding (RFC 2045 6.7, 6.8). What is broken is passed on as it stands: nothing readable is lost. */
#include "letters/mime_inner.h"

#include <string.h>

/* 0 to 63; 64: no letter of the alphabet, passed over (RFC 2045 6.8); 65: the padding */
static const unsigned char base64_value[256] = {
	[0 ... '+' - 1] = 64, ['+'] = 62, 64, 64, 64, ['/'] = 63,
	['0'] = 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 64, 64, 64, ['='] = 65, 64, 64, 64,
	['A'] = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
	['Z' + 1 ... 'a' - 1] = 64,
	['a'] = 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51,
	['z' + 1 ... 255] = 64,
};

size_t base64_decode(struct span in, char *out)
{
	const unsigned char *s = (const unsigned char *)in.s, *end = s + in.n;
	uint32_t bits = 0;
	unsigned have = 0;
	size_t n = 0;

	while (s < end) {
		unsigned v;

		/* four good letters at a time, as long as there are some */
		while (have == 0 && end - s >= 4) {
			unsigned a = base64_value[s[0]], b = base64_value[s[1]], c = base64_value[s[2]], d = base64_value[s[3]];

			if ((a | b | c | d) & 64)
				break;
			bits = a << 18 | b << 12 | c << 6 | d;
			if (out) {
				out[n] = (char)(bits >> 16);
				out[n + 1] = (char)(bits >> 8);
				out[n + 2] = (char)bits;
			}
			n += 3;
			s += 4;
		}
		if (s >= end)
			break;
		v = base64_value[*s++];
		if (v == 65)
			break; /* what stands behind is a list's footer, not more of it */
		if (v == 64)
			continue;
		bits = bits << 6 | v;
		if (++have < 4)
			continue;
		if (out) {
			out[n] = (char)(bits >> 16);
			out[n + 1] = (char)(bits >> 8);
			out[n + 2] = (char)bits;
		}
		n += 3;
		have = 0;
	}
	for (unsigned i = 8; i <= have * 6; i += 8, n++) /* 2 letters hold a byte, 3 hold two */
		if (out)
			out[n] = (char)(bits >> (have * 6 - i));
	return n;
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

size_t quoted_decode(struct span in, bool word, char *out)
{
	static const bool special[256] = { ['='] = true, ['_'] = true, ['\r'] = true, ['\n'] = true };
	const char *s = in.s, *end = s + in.n, *q;
	size_t n = 0, written = 0; /* written: what stands before it was not a blank that the way could have added */

	while (s < end) {
		for (q = s; q < end && !special[(unsigned char)*q]; q++)
			;
		if (out)
			memcpy(out + n, s, (size_t)(q - s));
		n += (size_t)(q - s);
		s = q;
		if (s == end)
			break;
		if (*s == '=' && end - s > 2 && hex(s[1]) >= 0 && hex(s[2]) >= 0) {
			if (out)
				out[n] = (char)(hex(s[1]) << 4 | hex(s[2]));
			written = ++n;
			s += 3;
			continue;
		}
		if (*s == '=') {
			/* a soft line end, blanks before it allowed */
			for (q = s + 1; q < end && (*q == ' ' || *q == '\t'); q++)
				;
			if (q == end || *q == '\n' || *q == '\r') {
				s = q == end ? q : q + 1;
				if (q < end && *q == '\r' && s < end && *s == '\n')
					s++;
				written = n;
				continue;
			}
		}
		/* blanks at a line's end were added on the way */
		for (q = s; !word && *s != '=' && *s != '_' && n > written && (q[-1] == ' ' || q[-1] == '\t'); q--)
			n--;
		if (out)
			out[n] = *s == '_' && word ? ' ' : *s;
		n++;
		s++;
	}
	return n;
}

size_t transfer_decode(enum transfer t, struct span in, char *out)
{
	switch (t) {
	case TRANSFER_BASE64:
		return base64_decode(in, out);
	case TRANSFER_QUOTED:
		return quoted_decode(in, false, out);
	case TRANSFER_NONE:
		break;
	}
	if (out && in.n)
		memcpy(out, in.s, in.n);
	return in.n;
}

struct span part_bytes(struct reading *r, const struct part *q, size_t most)
{
	struct span in = q->body;
	char *out;

	if (in.n > most) {
		remark(r, "a part of %zu bytes was read to its first %zu", in.n, most);
		in.n = most;
	}
	if (q->transfer == TRANSFER_NONE)
		return in;
	out = pool_take(r->pool, in.n + 1);
	return (struct span){ out, transfer_decode(q->transfer, in, out) };
}

/* CR LF and CR alone become LF, in place. */
static size_t line_ends(char *s, size_t n)
{
	char *from = memchr(s, '\r', n), *to = from, *end = s + n;

	if (!from)
		return n;
	while (from < end) { /* at a CR */
		const char *next;

		from++;
		if (from == end || *from != '\n')
			*to++ = '\n';
		next = memchr(from, '\r', (size_t)(end - from));
		next = next ? next : end;
		memmove(to, from, (size_t)(next - from));
		to += next - from;
		from += next - from;
	}
	*to = '\0';
	return (size_t)(to - s);
}

/* <meta charset=…> in the head of an HTML part that has no label. */
static const char *meta_charset(struct reading *r, struct span s)
{
	char *head = pool_slice(r->pool, s.s, s.n < 2048 ? s.n : 2048);
	const char *at;
	size_t n;

	for (char *c = head; c < head + (s.n < 2048 ? s.n : 2048); c++)
		if (!*c)
			*c = ' ';
	at = text_find(head, "charset=");
	if (!at)
		return "";
	at += strlen("charset=");
	at += strspn(at, "\"' ");
	n = strcspn(at, "\"' ;/>\r\n");
	return n < 40 ? pool_slice(r->pool, at, n) : "";
}

struct span part_text(struct reading *r, const struct part *q)
{
	struct span t = part_bytes(r, q, SOURCE_MOST);
	const char *label = q->charset;
	char *s;

	if (!*label && strcmp(q->type, "text/html") == 0 && !utf8_valid(t.s, t.n))
		label = meta_charset(r, t);
	t = charset_text(r, label, t);
	if (t.n > BODY_MOST && strcmp(q->type, "text/html") != 0) {
		remark(r, "a text of %zu bytes was cut at %d", t.n, BODY_MOST);
		t.n = utf8_cut(t.s, BODY_MOST);
	}
	s = pool_slice(r->pool, t.s, t.n);
	return (struct span){ s, line_ends(s, t.n) };
}
