/* Any charset to UTF-8. iconv does the work, but for the four that are nearly all of mail. */
#include "letters/mime.h"
#include "letters/mime_inner.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

/* What is accepted, without case and without - _ and the like: label, and the name iconv has for it. A superset is named
 * where clients use its characters under the smaller one's label (the WHATWG's list does the same). One list: it is also
 * what mime_prepare() opens, so that nothing has to be loaded once no file can be opened. */
#define CHARSETS(X) \
	X("iso88592", "ISO-8859-2") X("iso88593", "ISO-8859-3") X("iso88594", "ISO-8859-4") X("iso88595", "ISO-8859-5") \
	X("iso88596", "ISO-8859-6") X("iso88597", "ISO-8859-7") X("iso88598", "ISO-8859-8") X("iso88599", "WINDOWS-1254") \
	X("iso885910", "ISO-8859-10") X("iso885911", "CP874") X("iso885913", "ISO-8859-13") X("iso885914", "ISO-8859-14") \
	X("iso885915", "ISO-8859-15") X("iso885916", "ISO-8859-16") \
	X("latin2", "ISO-8859-2") X("latin5", "WINDOWS-1254") X("latin9", "ISO-8859-15") X("l2", "ISO-8859-2") \
	X("iso88598i", "ISO-8859-8") X("iso88598e", "ISO-8859-8") X("iso88596i", "ISO-8859-6") \
	X("windows874", "CP874") X("cp874", "CP874") X("tis620", "CP874") \
	X("windows1250", "CP1250") X("windows1251", "CP1251") X("windows1253", "CP1253") X("windows1254", "WINDOWS-1254") \
	X("windows1255", "CP1255") X("windows1256", "CP1256") X("windows1257", "CP1257") X("windows1258", "CP1258") \
	X("cp1250", "CP1250") X("cp1251", "CP1251") X("cp1253", "CP1253") X("cp1254", "WINDOWS-1254") X("cp1255", "CP1255") \
	X("cp1256", "CP1256") X("cp1257", "CP1257") X("cp1258", "CP1258") \
	X("win1250", "CP1250") X("win1251", "CP1251") X("win1253", "CP1253") X("win1254", "WINDOWS-1254") X("win1255", "CP1255") \
	X("win1256", "CP1256") X("win1257", "CP1257") X("win1258", "CP1258") \
	X("ibm437", "CP437") X("cp437", "CP437") X("ibm850", "CP850") X("cp850", "CP850") X("ibm852", "CP852") \
	X("cp852", "CP852") X("ibm866", "CP866") X("cp866", "CP866") X("macintosh", "MACINTOSH") X("mac", "MACINTOSH") \
	X("macroman", "MACINTOSH") X("maccyrillic", "MAC-CYRILLIC") \
	X("koi8r", "KOI8-R") X("koi8", "KOI8-R") X("koi8u", "KOI8-U") X("koi8ru", "KOI8-U") \
	X("iso2022jp", "ISO-2022-JP-3") X("csiso2022jp", "ISO-2022-JP-3") X("iso2022jp1", "ISO-2022-JP-3") \
	X("iso2022jp2", "ISO-2022-JP-2") X("iso2022jp3", "ISO-2022-JP-3") X("iso2022kr", "ISO-2022-KR") \
	X("iso2022cn", "ISO-2022-CN") X("shiftjis", "CP932") X("sjis", "CP932") X("windows31j", "CP932") X("cp932", "CP932") \
	X("mskanji", "CP932") X("eucjp", "EUC-JP-MS") X("euckr", "CP949") X("ksc56011987", "CP949") X("ksc5601", "CP949") \
	X("cp949", "CP949") X("windows949", "CP949") X("gb2312", "GB18030") X("gbk", "GB18030") X("cp936", "GB18030") \
	X("windows936", "GB18030") X("gb18030", "GB18030") X("gb231280", "GB18030") X("euccn", "GB18030") \
	X("big5", "BIG5-HKSCS") X("big5hkscs", "BIG5-HKSCS") X("cp950", "CP950") \
	X("utf7", "UTF-7") X("unicode11utf7", "UTF-7") X("utf16", "UTF-16") X("utf16le", "UTF-16LE") X("utf16be", "UTF-16BE") \
	X("utf32", "UTF-32") X("ucs2", "UTF-16BE") X("iso10646ucs2", "UTF-16BE") X("euctw", "EUC-TW") X("viscii", "VISCII") X("tcvn", "TCVN5712-1") X("armscii8", "ARMSCII-8")

static const struct charset {
	const char *label, *iconv;
} charsets[] = {
#define X(label, name) { label, name },
	CHARSETS(X)
#undef X
};
#define COUNT (sizeof charsets / sizeof *charsets)

/* glibc loads a charset's module at the first use and drops it after the last: held open for the process's life. */
void mime_prepare(void)
{
	static iconv_t held[COUNT];

	for (size_t i = 0; i < COUNT; i++)
		if (!held[i])
			held[i] = iconv_open("UTF-8", charsets[i].iconv);
}

static bool label_among(const char *label, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(label, *list) == 0)
			return true;
	return false;
}

/* windows-1252, 0x80 to 0x9F; the five it leaves free stay the control characters they are, as browsers read them */
static const uint16_t cp1252[32] = {
	0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
	0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
};

static struct span from_cp1252(struct reading *r, struct span in)
{
	char *out = pool_take(r->pool, 3 * in.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < in.n; i++) {
		unsigned char c = (unsigned char)in.s[i];

		if (c && c < 0x80)
			out[n++] = (char)c;
		else
			n += utf8_put(out + n, !c ? 0xFFFD : c < 0xA0 ? cp1252[c - 0x80] : c);
	}
	return (struct span){ out, n };
}

static struct span mended(struct reading *r, struct span in)
{
	char *s;

	if (utf8_valid(in.s, in.n) && !memchr(in.s, '\0', in.n))
		return in;
	s = utf8_mend(r->pool, in.s, in.n);
	return (struct span){ s, strlen(s) };
}

/* ASCII without NUL? Eight bytes at a time. */
static bool is_ascii(struct span in)
{
	const char *s = in.s, *end = s + in.n;

	for (uint64_t eight; end - s >= 8; s += 8) {
		memcpy(&eight, s, sizeof eight);
		if (eight & 0x8080808080808080u)
			return false;
	}
	for (; s < end; s++)
		if (*s <= 0)
			return false;
	return !memchr(in.s, '\0', in.n);
}

static struct span by_iconv(struct reading *r, const char *name, struct span in, bool *could)
{
	iconv_t cd = iconv_open("UTF-8", name);
	size_t most = 4 * in.n + 16, left = in.n, room, broken = 0;
	char *out, *at, *from = (char *)in.s;

	*could = cd != (iconv_t)-1;
	if (!*could)
		return in;
	out = at = pool_take(r->pool, most + 1);
	room = most;
	while (left) {
		if (iconv(cd, &from, &left, &at, &room) != (size_t)-1)
			break;
		if (errno == E2BIG || room < 4)
			break;
		broken++;
		at += utf8_put(at, 0xFFFD);
		room = most - (size_t)(at - out);
		if (errno == EINVAL || !left) /* cut within a character */
			break;
		from++;
		left--;
	}
	if (room >= 8)
		iconv(cd, NULL, NULL, &at, &room);
	iconv_close(cd);
	if (broken)
		remark(r, "text that is not the %s it says", name);
	if (broken && utf8_valid(in.s, in.n)) /* a client that wrote UTF-8 and labelled it by its old setting */
		return mended(r, in);
	return mended(r, (struct span){ out, (size_t)(at - out) });
}

struct span charset_guess(struct reading *r, struct span in)
{
	struct span out;
	bool could;

	if (!in.n)
		return in;
	if (is_ascii(in)) {
		if (!memchr(in.s, '\033', in.n))
			return in;
		out = by_iconv(r, "ISO-2022-JP-3", in, &could);
		return could ? out : in;
	}
	return utf8_valid(in.s, in.n) ? mended(r, in) : from_cp1252(r, in);
}

/* Says UTF-8 and is not: where nothing in it is a good character of more than one byte, it is windows-1252. */
static struct span bad_utf8(struct reading *r, struct span in)
{
	const char *s = in.s, *end = s + in.n, *at;

	while (s < end) {
		at = s;
		if (utf8_next(&s, end) != 0xFFFD && s - at > 1) {
			remark(r, "text that is not the UTF-8 it says");
			return mended(r, in);
		}
	}
	remark(r, "text that is not the UTF-8 it says: read as windows-1252");
	return from_cp1252(r, in);
}

struct span charset_text(struct reading *r, const char *label, struct span in)
{
	static const char *const utf8[] = { "utf8", "unicode11utf8", "utf8mb4", "utf8n", "cp65001", NULL };
	static const char *const latin1[] = { "iso88591", "latin1", "windows1252", "cp1252", "l1", "iso885911987", "ansi", "ibm819",
					      "cp819", "iso8859", "88591", "win1252", NULL };
	static const char *const none[] = { "", "usascii", "ascii", "ansix341968", "ansix341986", "iso646us", "us", "cp367", "unknown8bit",
					    "8bit", "7bit", "default", "unknown", "none", "binary", NULL };
	char plain[41];
	size_t n = 0;
	struct span out;
	bool could = false;

	for (const char *c = label; *c && n < sizeof plain - 1; c++)
		if ((*c >= '0' && *c <= '9') || (*c >= 'a' && *c <= 'z'))
			plain[n++] = *c;
		else if (*c >= 'A' && *c <= 'Z')
			plain[n++] = (char)(*c + 32);
	plain[n] = '\0';
	if (plain[0] == 'x' && n > 3)
		memmove(plain, plain + 1, n--);
	if (label_among(plain, none))
		return charset_guess(r, in);
	if (label_among(plain, utf8))
		return utf8_valid(in.s, in.n) ? mended(r, in) : bad_utf8(r, in);
	if (label_among(plain, latin1))
		return is_ascii(in) ? in : from_cp1252(r, in);
	for (size_t i = 0; i < COUNT && !could; i++)
		if (strcmp(plain, charsets[i].label) == 0)
			out = by_iconv(r, charsets[i].iconv, in, &could);
	if (could)
		return out;
	remark(r, "unknown charset %.40s", line_from(r->pool, label, 40).s);
	return charset_guess(r, in);
}
