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

/* ---- a book of phrases ---- */

enum { KEY_MOST = sizeof(uint32_t), BUCKET_BITS = 12, KEY_BITS = 16 };

/* BEGINS: only where a word begins; WITHIN: anywhere. */
enum place_in_word { BEGINS, WITHIN, PLACES };

struct entry {
	uint32_t key;      /* the head's first bytes */
	uint32_t next;     /* of its bucket, plus one; 0: the last */
	size_t n, section; /* n: bytes of the head */
	const char *phrase, *head, *rest; /* as written; what stands before a gap; what behind it, NULL */
	bool open, wide;   /* its head may end inside a word */
};

struct phrase_book {
	struct entry *list;
	size_t n, sections;
	uint32_t buckets[PLACES][1 << BUCKET_BITS]; /* by key: an entry plus one */
	bool any[PLACES][KEY_MOST + 1];             /* are there keys of so many bytes? */
	/* a bit for the first two bytes, and for the key: nearly all that stands in a text is passed at these */
	unsigned char pairs[PLACES][1 << 13], keys[PLACES][1 << (KEY_BITS - 3)];
};

static bool bit(const unsigned char *bits, size_t i)
{
	return bits[i / 8] & 1 << i % 8;
}

static void bit_set(unsigned char *bits, size_t i)
{
	bits[i / 8] |= (unsigned char)(1 << i % 8);
}

static size_t pair_at(const char *s)
{
	return (size_t)(unsigned char)s[0] << 8 | (unsigned char)s[1];
}

static uint32_t key_with(uint32_t key, char c, size_t at)
{
	return key | (uint32_t)(unsigned char)c << 8 * at;
}

static size_t hash(uint32_t key, unsigned bits)
{
	return key * 2654435761u >> (32 - bits);
}

static void entry_index(struct phrase_book *b, enum place_in_word where, struct entry *x)
{
	size_t n = x->n < KEY_MOST ? x->n : KEY_MOST;
	uint32_t *bucket;

	for (size_t i = 0; i < n; i++)
		x->key = key_with(x->key, x->head[i], i);
	b->any[where][n] = true;
	bit_set(b->pairs[where], pair_at(x->head));
	for (unsigned i = 0; n == 1 && i < 256; i++)
		bit_set(b->pairs[where], (size_t)(unsigned char)*x->head << 8 | i);
	bit_set(b->keys[where], hash(x->key, KEY_BITS));
	bucket = &b->buckets[where][hash(x->key, BUCKET_BITS)];
	x->next = *bucket;
	*bucket = (uint32_t)b->n + 1;
}

static void entry_add(struct pool *p, struct phrase_book *b, const char *phrase, size_t section)
{
	const char *gap = strstr(phrase, " .. ");
	struct entry x = { .phrase = phrase, .head = phrase, .section = section, .wide = is_wide(phrase) };

	x.n = gap ? (size_t)(gap - phrase) : strlen(phrase);
	x.rest = gap ? gap + strlen(" .. ") : NULL;
	x.open = x.n > 1 && phrase[x.n - 1] == '*';
	x.n -= x.open;
	if (*phrase == '*' && x.n)
		x.head++, x.n--;
	if (!x.n)
		return;
	entry_index(b, *phrase == '*' || x.wide || !is_letter(*phrase) ? WITHIN : BEGINS, &x);
	*(struct entry *)pool_more(p, &b->list, b->n, sizeof *b->list) = x;
	b->n++;
}

const struct phrase_book *phrase_book_open(struct pool *p, const char *file, const char *const *sections, size_t count)
{
	struct phrase_book *b = pool_take(p, sizeof *b);
	size_t in = count;

	b->sections = count;
	for (char *s = pool_copy(p, file), *line; (line = strsep(&s, "\n"));) {
		size_t n = strlen(line);

		if (*line == '[') {
			for (in = 0; in < count && (strlen(sections[in]) != n - 2 ||
				    strncmp(line + 1, sections[in], n - 2) != 0); in++)
				;
		} else if (n && *line != '#' && in < count) {
			entry_add(p, b, line, in);
		}
	}
	return b;
}

/* One text against the book. */
struct reading {
	const struct phrase_book *book;
	unsigned char *told, *stands; /* a bit an entry: it was asked; it stands there */
};

/* The entries whose first n bytes are the key. Of a gap, the first place decides: what is not behind it, is behind none. */
static void entries_at(struct reading *r, enum place_in_word where, const char *at, uint32_t key, size_t n)
{
	const struct phrase_book *b = r->book;

	for (uint32_t next = b->buckets[where][hash(key, BUCKET_BITS)]; next; next = b->list[next - 1].next) {
		const struct entry *x = &b->list[next - 1];

		if (x->key != key || (x->n < KEY_MOST) != (n < KEY_MOST) || bit(r->told, next - 1) ||
			    strncmp(at + n, x->head + n, x->n - n) != 0 ||
			    (!x->open && !x->wide && isalnum((unsigned char)at[x->n]) && is_letter(x->head[x->n - 1])))
			continue;
		bit_set(r->told, next - 1);
		if (!x->rest || words_find(at + 1, x->rest))
			bit_set(r->stands, next - 1);
	}
}

static void place_read(struct reading *r, enum place_in_word where, const char *at)
{
	const struct phrase_book *b = r->book;
	uint32_t key = 0;

	for (size_t n = 1; n <= KEY_MOST && at[n - 1]; n++) {
		key = key_with(key, at[n - 1], n - 1);
		if (b->any[where][n] && bit(b->keys[where], hash(key, KEY_BITS)))
			entries_at(r, where, at, key, n);
	}
}

/* Where a word of a language without blanks may begin, one of another may too: "。unsubscribe". */
static bool may_begin(const char *folded, const char *at)
{
	unsigned char c = at == folded ? ' ' : (unsigned char)at[-1];

	return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'));
}

void phrases_find(struct pool *p, const struct phrase_book *b, const char *folded, struct phrases *out)
{
	size_t bytes = b->n / 8 + 1;
	struct reading r = { b, pool_take(p, bytes), pool_take(p, bytes) };

	for (size_t i = 0; i < b->sections; i++) {
		out[i] = (struct phrases){ 0 };
		pool_more(p, &out[i].list, 0, sizeof *out[i].list);
	}
	for (const char *at = folded; *at; at++) {
		size_t pair = pair_at(at);

		if (bit(b->pairs[BEGINS], pair) && may_begin(folded, at))
			place_read(&r, BEGINS, at);
		if (bit(b->pairs[WITHIN], pair))
			place_read(&r, WITHIN, at);
	}
	for (size_t i = 0; i < b->n; i++)
		if (bit(r.stands, i))
			phrases_add(p, &out[b->list[i].section], b->list[i].phrase);
}
