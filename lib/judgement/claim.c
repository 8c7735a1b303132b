#include "judgement/claim.h"

#include <ctype.h>
#include <string.h>

#include "judgement/vow.h"
#include "judgement/words.h"

enum {
	SENTENCES_MOST = 400, LINKS_MOST = 50, LINK_MOST = 2000,
	NEAR = 3 /* words between a negation and what it denies */
};

__asm__(".section .rodata\n"
	"claims_built_in:\n.incbin \"conf/claims.words\"\n.byte 0\n"
	".previous\n");
extern const char claims_built_in[] __attribute__((visibility("hidden")));

enum { ELSE = CLAIM_COUNT, NEGATIONS, WISHES, SECTIONS = WISHES + 3 };

#define X(id, section) section,
static const char *const sections[SECTIONS] = { CLAIMS(X) "attached-else", "negations", "send", "find-out", "do" };
#undef X

const struct phrase_book *claim_book(struct pool *p)
{
	return phrase_book_open(p, claims_built_in, sections, SECTIONS);
}

static void lists_find(struct pool *p, const struct rules *r, const char *folded, struct phrases *out)
{
	phrases_find(p, r && r->claims ? r->claims : claim_book(p), folded, out);
}

/* Does a negation stand close before `at`, in the same clause, or right behind the first word of it? "non-clinical"
 * is none. */
static bool is_denied(struct pool *p, const char *sentence, const char *at, const struct phrases *negations)
{
	const char *from = at, *end = at + strcspn(at, " ,;:.");
	size_t words = 0;

	if (*end == ' ')
		end += 1 + strcspn(end + 1, " ,;:.");
	for (; from > sentence && !strchr(",;:.(", from[-1]); from--)
		if (from[-1] == ' ' && from < at && ++words > NEAR)
			break;
	char *near = pool_slice(p, from, (size_t)(end - from));

	for (size_t i = 0; i < negations->n; i++)
		for (const char *s = near, *found; (found = words_find(s, negations->list[i])); s = found + 1)
			if (found[strcspn(found, " -")] != '-')
				return true;
	return false;
}

/* The first phrase of the list that stands there undenied; NULL: none. */
static const char *said(struct pool *p, const char *sentence, const struct phrases *list,
	const struct phrases *negations)
{
	const char *at;

	for (size_t i = 0; i < list->n; i++)
		for (const char *s = sentence; (at = words_find(s, list->list[i])); s = at + 1)
			if (!is_denied(p, sentence, at, negations))
				return list->list[i];
	return NULL;
}

static void claims_of(struct pool *p, const char *folded, const struct phrases *lists, struct claim *c)
{
	const unsigned handed = CLAIM_ATTACHED | CLAIM_HERE | CLAIM_PROMISED;

	for (size_t i = 0; i < CLAIM_COUNT; i++) {
		/* "not yet" is a negation itself */
		c->phrase[i] = i == CLAIM_AT_NOT_YET ? words_any(folded, lists[i].list)
			: said(p, folded, &lists[i], &lists[NEGATIONS]);
		if (c->phrase[i])
			c->bits |= 1u << i;
	}
	if (words_any(folded, lists[ELSE].list))
		c->bits &= ~(unsigned)CLAIM_ATTACHED;
	if (!(c->bits & handed))
		c->bits &= ~(unsigned)CLAIM_PARTLY;
}

/* Quoted lines become blank, so that what stands behind them stays where it was. */
static char *without_quoted(struct pool *p, const char *text)
{
	size_t n = strnlen(text, BODY_MOST);
	char *out = pool_slice(p, text, n);

	for (char *s = out; *s; s += strcspn(s, "\n"), s += *s == '\n')
		if (s[strspn(s, " \t")] == '>')
			memset(s, ' ', strcspn(s, "\n"));
	return out;
}

void claim_find(struct pool *p, const struct rules *r, const char *text, struct claims *out)
{
	char *own = without_quoted(p, utf8_mend(p, text, strlen(text)));
	struct phrases lists[SECTIONS];
	struct vow_span *spans;
	size_t n;

	*out = (struct claims){ 0 };
	lists_find(p, r, words_folded(p, own, true), lists);
	spans = vow_sentences(p, own, &n);
	n = n > SENTENCES_MOST ? SENTENCES_MOST : n;
	out->list = pool_list(p, n ? n : 1, sizeof *out->list);
	for (; out->n < n; out->n++) {
		struct claim *c = &out->list[out->n];

		c->sentence = text_squeeze(p, pool_slice(p, own + spans[out->n].from,
			spans[out->n].to - spans[out->n].from));
		claims_of(p, words_folded(p, c->sentence, true), lists, c);
		out->bits |= c->bits;
	}
}

unsigned claim_wish(struct pool *p, const struct rules *r, const char *promise)
{
	char *folded = words_folded(p, promise, true);
	struct phrases lists[SECTIONS];
	unsigned bits = 0;

	lists_find(p, r, folded, lists);
	for (size_t i = 0; i < 3; i++)
		if (words_any(folded, lists[WISHES + i].list))
			bits |= 1u << i;
	return bits;
}

/* ---- links ---- */

static size_t link_length(const char *s)
{
	size_t n = strcspn(s, " \t\r\n<>\"'`|\\^{}");

	for (size_t i = 0; i < n; i++)
		/* a link is ASCII; the dash or quotation mark behind it is none of it */
		if ((unsigned char)s[i] >= 0x80)
			n = i;
	while (n && (strchr(".,;:!?*_", s[n - 1]) || (s[n - 1] == ')' && !memchr(s, '(', n)) ||
		    (s[n - 1] == ']' && !memchr(s, '[', n))))
		n--;
	return n;
}

struct strings claim_links(struct pool *p, const char *text)
{
	static const char *const starts[] = { "https://", "http://", "www." };
	struct strings out = { 0 };

	for (const char *s = text; *s && out.n < LINKS_MOST; s++) {
		size_t n = 0;
		char *one;
		bool had = false;

		if (!strchr("hHwW", *s) || (s > text && isalnum((unsigned char)s[-1])))
			continue;
		for (size_t i = 0; i < 3 && !n; i++)
			if (text_starts(s, starts[i]) && isalnum((unsigned char)s[strlen(starts[i])]))
				n = link_length(s);
		if (!n || n > LINK_MOST)
			continue;
		one = pool_slice(p, s, n);
		for (size_t i = 0; i < out.n && !had; i++)
			had = strcmp(out.list[i], one) == 0;
		if (!had)
			*(const char **)pool_more(p, &out.list, out.n++, sizeof *out.list) = one;
		s += n - 1;
	}
	return out;
}

bool claim_is_file(struct pool *p, const char *link)
{
	static const char *const hosts[] = {
		"drive.google.com", "docs.google.com", "1drv.ms", "onedrive.live.com", "sharepoint.com", "dropbox.com",
		"box.com", "we.tl", "wetransfer.com", "icloud.com", "sharefile.com", "sharefile.eu", "egnyte.com",
		"mediafire.com", "mega.nz", "filemail.com", "transfernow.net", "swisstransfer.com", "smash.gg",
		"fromsmash.com", "sendgb.com", "hightail.com", "citrix.com", "nextcloud.com", "magentacloud.de",
		"hidrive.strato.com", "pcloud.com", "proton.me", "zenodo.org", "figshare.com", "osf.io"
	};
	static const char *const endings[] = {
		"pdf", "doc", "docx", "ppt", "pptx", "pps", "ppsx", "xls", "xlsx", "csv", "zip", "odt", "odp", "ods",
		"key", "pages", "numbers", "rtf", "txt", "png", "jpg", "jpeg", "gif", "svg", "mp4", "mov", "mp3",
		"epub", "7z"
	};
	const char *host = strstr(link, "://"), *path, *end, *dot = NULL;
	char *name;

	host = host ? host + 3 : link;
	path = host + strcspn(host, "/?#");
	name = pool_slice(p, host, strcspn(host, "/?#:"));
	for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
		if (domain_under(addr_lower(p, name), hosts[i]) && path[0] == '/' && path[1])
			return true;
	end = path + strcspn(path, "?#");
	for (const char *s = path; s < end; s++)
		dot = *s == '.' ? s : *s == '/' ? NULL : dot;
	for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
		if ((size_t)(end - dot - 1) == strlen(endings[i]) &&
			    strncasecmp(dot + 1, endings[i], strlen(endings[i])) == 0)
			return true;
	return false;
}
