#include "judgement/words.h"

#include <ctype.h>
#include <string.h>

enum { SCAN_MOST = 64 << 10 };

char *words_folded(struct pool *p, const char *s, bool flat)
{
	size_t n = strnlen(s, SCAN_MOST + 1);
	char *t = pool_slice(p, s, n > SCAN_MOST ? utf8_cut(s, SCAN_MOST) : n);

	return text_fold(p, flat ? text_squeeze(p, t) : t);
}

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Writing without blanks (Chinese, Japanese): there every place may be the edge of a word. */
static bool is_wide(const char *phrase)
{
	return (unsigned char)*phrase >= 0xE3;
}

/* The first n bytes of the phrase: by strstr(), which is many times as fast as memmem(). */
static const char *beginning_find(const char *s, const char *phrase, size_t n)
{
	char short_one[64];

	if (!phrase[n])
		return strstr(s, phrase);
	if (n >= sizeof short_one)
		return memmem(s, strlen(s), phrase, n);
	memcpy(short_one, phrase, n);
	short_one[n] = '\0';
	return strstr(s, short_one);
}

static const char *whole_find(const char *folded, const char *phrase, size_t n)
{
	bool within = *phrase == '*', open = n > within && phrase[n - 1] == '*', wide = is_wide(phrase);

	phrase += within; /* "*infarkt*": the end of a compound too */
	n -= (size_t)within + open;
	for (const char *at = folded; (at = beginning_find(at, phrase, n)); at++)
		if (wide || ((within || at == folded || !is_letter(at[-1]) || !is_letter(*phrase)) &&
			    (open || !is_letter(at[n]) || !is_letter(phrase[n - 1]))))
			return at;
	return NULL;
}

const char *words_find(const char *folded, const char *phrase)
{
	const char *gap = strstr(phrase, " .. "), *at;

	at = whole_find(folded, phrase, gap ? (size_t)(gap - phrase) : strlen(phrase));
	return !gap || (at && words_find(at + 1, gap + strlen(" .. "))) ? at : NULL;
}

const char *words_any(const char *folded, const char *const *list)
{
	for (size_t i = 0; list[i]; i++)
		if (words_find(folded, list[i]))
			return list[i];
	return NULL;
}

/* Which two bytes stand beside each other in a text: a phrase that holds another pair is not there. */
struct pairs {
	unsigned char bits[1 << 13];
};

static size_t pair_at(const char *s)
{
	return (size_t)(unsigned char)s[0] << 8 | (unsigned char)s[1];
}

static void pairs_read(struct pairs *a, const char *s)
{
	for (; s[0] && s[1]; s++)
		a->bits[pair_at(s) / 8] |= (unsigned char)(1 << pair_at(s) % 8);
}

static bool pairs_hold(const struct pairs *a, const char *phrase, size_t n)
{
	if (n && phrase[n - 1] == '*')
		n--;
	if (n && *phrase == '*') {
		phrase++;
		n--;
	}
	for (size_t i = 0; i + 1 < n; i++)
		if (phrase[i] == '.' && phrase[i + 1] == '.') /* a gap: " .. " */
			i += 2;
		else if (phrase[i + 1] != '.' && !(a->bits[pair_at(phrase + i) / 8] & 1 << pair_at(phrase + i) % 8))
			return false;
	return true;
}

bool words_start(const char *folded, const char *phrase)
{
	size_t n = strlen(phrase);

	if (n && phrase[n - 1] == '*')
		return strncmp(folded, phrase, n - 1) == 0;
	return strncmp(folded, phrase, n) == 0 && !is_letter(folded[n]);
}

void phrases_add(struct pool *p, struct phrases *to, const char *phrase)
{
	*(const char **)pool_more(p, &to->list, to->n, sizeof *to->list) = phrase;
	to->n++;
	*(const char **)pool_more(p, &to->list, to->n, sizeof *to->list) = NULL;
}

void phrases_read(struct pool *p, const char *file, const char *const *sections, size_t count, const char *folded,
	struct phrases *out)
{
	struct pairs pairs = { 0 };
	size_t in = count, passed = 0, n;

	for (size_t i = 0; i < count; i++) {
		out[i] = (struct phrases){ 0 };
		pool_more(p, &out[i].list, 0, sizeof *out[i].list);
	}
	pairs_read(&pairs, folded);
	for (const char *s = file; *s; s += n + (s[n] == '\n')) {
		n = (size_t)(strchrnul(s, '\n') - s);
		if (*s == '[' && passed == count) /* what follows was not asked for */
			return;
		if (*s == '[') {
			for (in = 0; in < count && (strlen(sections[in]) != n - 2 ||
				    strncmp(s + 1, sections[in], n - 2) != 0); in++)
				;
			passed += in < count;
		} else if (n && *s != '#' && in < count && pairs_hold(&pairs, s, n)) {
			phrases_add(p, &out[in], pool_slice(p, s, n));
		}
	}
}
