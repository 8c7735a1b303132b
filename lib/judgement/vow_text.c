/* text to sentences, a sentence to words */
#include <ctype.h>
#include <string.h>

#include "judgement/vow_inner.h"

/* ---- sentences ---- */

/* What a full stop does not end. */
static bool is_abbreviation(const char *folded)
{
	static const char *const list[] = { "dr", "mr", "mrs", "ms", "prof", "st", "nr", "no", "fig", "vs", "approx", "ca", "bzw", "ggf", "evtl", "z.b",
					    "d.h", "u.a", "e.g", "i.e", "p.m", "a.m", "sr", "sra", "dra", "dott", "sig", "inkl", "usw", "etc", "mme", "mlle",
					    "hr", "fr", "tel", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "okt", "nov", "dec", "dez",
					    "max", "min", "abt", "str", "resp", "bijv", "o.a", "mevr", "dhr", "av", "p.ej", "ej", "avv", "ing", "ud", "uds", "vd" };

	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (strcmp(folded, list[i]) == 0)
			return true;
	return folded[0] && !folded[1] && isalpha((unsigned char)folded[0]);
}

/* Does the stop at `at` end the sentence that began at `from`? */
static bool ends_here(const char *s, size_t from, size_t at)
{
	size_t b = at, n;
	static const char *const months[] = { "jan", "feb", "mar", "m\xc3\xa4r", "apr", "mai", "jun", "jul", "aug", "sep", "sept", "oct", "okt", "nov",
					      "dec", "dez" };
	const char *next = s + at + 1;
	char word[16];
	bool digits = true;

	next += strspn(next, "\"')*_");
	if (s[at] == '.' && *next == '.')
		return false;
	if (*next && !strchr(" \t\n", *next))
		return false;
	if (s[at] != '.')
		return true;
	while (b > from && !strchr(" \t\n(", s[b - 1]))
		b--;
	n = at - b;
	if (!n || n >= sizeof word)
		return true;
	for (size_t i = 0; i < n; i++) {
		word[i] = (char)tolower((unsigned char)s[b + i]);
		digits &= isdigit((unsigned char)s[b + i]) != 0;
	}
	word[n] = '\0';
	next += strspn(next, " \t\n");
	if (digits) { /* "am 15. Dezember": a number of a day, with more of the sentence behind it; a year or amount ends it */
		for (size_t i = 0; i < sizeof months / sizeof *months; i++)
			if (n <= 2 && text_starts(next, months[i]))
				return false;
		return !(n <= 2 && islower((unsigned char)*next));
	}
	/* "by Jan. I'll": a month's short name without a day does not go on with a capital */
	if (n >= 3 && isupper((unsigned char)*next) && b >= from + 2 && isalpha((unsigned char)s[b - 2]))
		for (size_t i = 0; i < sizeof months / sizeof *months; i++)
			if (strcmp(word, months[i]) == 0)
				return true;
	return !is_abbreviation(word);
}

/* Does a new sentence begin with the line at `s`, whatever stood before? */
static bool begins_line(const char *s)
{
	size_t n = strspn(s, " \t");

	s += n;
	if (*s == '\n' || *s == '\0' || *s == '>' || *s == '|')
		return true;
	if ((*s == '-' || *s == '*' || *s == '+') && (s[1] == ' ' || s[1] == '\t'))
		return true;
	if (strncmp(s, "\xe2\x80\xa2", 3) == 0 || strncmp(s, "\xe2\x80\x93 ", 4) == 0)
		return true;
	n = strspn(s, "0123456789");
	return n && n <= 2 && (s[n] == ')' || s[n] == '.') && s[n + 1] == ' ';
}

struct vow_span *vow_sentences(struct pool *p, const char *s, size_t *n)
{
	enum { SHORT_LINE = 45 };
	struct vow_span *list = NULL;
	size_t from = 0, i = 0, line = 0;

	*n = 0;
	for (;; i++) {
		bool end = !s[i];

		if (s[i] == '\n') {
			size_t last = i;

			while (last > line && strchr(" \t\r", s[last - 1]))
				last--;
			/* a wrapped line goes on; a short one, a colon, a greeting's comma before a capital does not */
			end = begins_line(s + i + 1) || (last > line && strchr(":;", s[last - 1])) || s[line] == '>' || s[line] == '|' ||
			      (last - line < SHORT_LINE && isupper((unsigned char)s[i + 1 + strspn(s + i + 1, " \t")]));
			line = i + 1;
		} else if (s[i] == '.' || s[i] == '!' || s[i] == '?') {
			end = ends_here(s, from, i);
		} else if (strncmp(s + i, "\xe2\x80\xa6", 3) == 0) {
			end = s[i + 3] == ' ' && isupper((unsigned char)s[i + 4]);
		}
		if (!end)
			continue;
		size_t to = i + (s[i] && s[i] != '\n' ? 1 : 0);

		if (s[i] && s[i] != '\n')
			to += strspn(s + to, "!?.\"')*_");
		while (from < to && strchr(" \t\r\n", s[from]))
			from++;
		if (to > from && strspn(s + from, " \t\r\n-*_=#>|") < to - from && *n < VOW_SENTENCES_MOST) {
			struct vow_span *x = pool_more(p, &list, *n, sizeof *list);

			*x = (struct vow_span){ from, to };
			while (x->to > x->from && strchr(" \t\r\n", s[x->to - 1]))
				x->to--;
			(*n)++;
		}
		if (!s[i])
			return list;
		from = to;
		if (to > i + 1)
			i = to - 1;
	}
}

/* ---- words ---- */

/* Bytes of a character that belongs to a word; 0: none begins here. */
static size_t letter(const char *s, const char *end)
{
	const char *next = s;
	uint32_t c;

	if (s >= end)
		return 0;
	if ((unsigned char)*s < 0x80)
		return isalnum((unsigned char)*s) || *s == '$' || *s == '@' ? 1 : 0;
	c = utf8_next(&next, end);
	/* general punctuation, and what stands below the letters of Latin-1 */
	if ((c >= 0x2000 && c < 0x2070) || (c < 0xc0 && c != 0xaa && c != 0xba) || c == 0xd7 || c == 0xfffd)
		return 0;
	return (size_t)(next - s);
}

static size_t apostrophe(const char *s, const char *end)
{
	if (s < end && *s == '\'')
		return 1;
	if (end - s >= 3 && (strncmp(s, "\xe2\x80\x99", 3) == 0 || strncmp(s, "\xe2\x80\x98", 3) == 0))
		return 3;
	return 0;
}

/* Lower case with accents: Latin letters alone, which is all that the rules tell apart. */
static char *lower(struct pool *p, const char *s, size_t n)
{
	char *out = pool_slice(p, s, n);

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)out[i];

		if (c < 0x80)
			out[i] = (char)tolower(c);
		else if (c == 0xc3 && i + 1 < n && (unsigned char)out[i + 1] >= 0x80 && (unsigned char)out[i + 1] <= 0x9e && (unsigned char)out[i + 1] != 0x97)
			out[i + 1] = (char)((unsigned char)out[i + 1] + 0x20);
	}
	return out;
}

static void word_add(struct pool *p, struct vow_sentence *out, const char *base, const char *from, const char *to, const char *extra)
{
	struct vow_word *w;

	if (out->n >= VOW_WORDS_MOST)
		return;
	w = &out->words[out->n++];
	*w = (struct vow_word){ .from = (size_t)(from - base), .to = (size_t)(to - base) };
	w->accented = pool_print(p, "%s%s", extra, lower(p, from, (size_t)(to - from)));
	w->folded = text_fold(p, w->accented);
}

/* I'll is i 'll; don't stays; j'envoie is j' envoie; envoie-moi is two words, e-mail one. */
void vow_words(struct pool *p, const char *sentence, struct vow_sentence *out)
{
	const char *s = sentence, *end = s + strlen(s);

	out->n = 0;
	while (s < end && out->n < VOW_WORDS_MOST) {
		const char *from = s;
		size_t k, a;

		if (!letter(s, end)) {
			size_t step = 1;
			const char *next = s;

			if ((unsigned char)*s >= 0x80) {
				utf8_next(&next, end);
				step = (size_t)(next - s);
			}
			/* a sign ends a clause; a dash only with a blank beside it, or at the start */
			if (strchr(",;:()!?/", *s) || strncmp(s, "\xe2\x80\x93", 3) == 0 || strncmp(s, "\xe2\x80\x94", 3) == 0 || *s == '*' ||
			    strncmp(s, "\xe2\x80\xa2", 3) == 0 || strncmp(s, "\xe2\x80\xa6", 3) == 0 ||
			    ((*s == '-' || *s == '.') && (s == sentence || s[-1] == ' ' || s[1] == ' ' || s[1] == '-' || s[1] == '.'))) {
				word_add(p, out, sentence, s, s + step, "");
				out->words[out->n - 1].sign = true;
			}
			s += step;
			continue;
		}
		while ((k = letter(s, end)))
			s += k;
		a = apostrophe(s, end);
		/* 9:30 and 12/5 and 1.5 are one word each */
		while (s < end && strchr(":/.", *s) && isdigit((unsigned char)s[-1]) && isdigit((unsigned char)s[1])) {
			s++;
			while ((k = letter(s, end)))
				s += k;
		}
		if (!a || !letter(s + a, end)) {
			if (s - from == 1 && (*from == 'e' || *from == 'E') && *s == '-' && (s[1] == 'm' || s[1] == 'M')) {
				s++; /* e-mail */
				while ((k = letter(s, end)))
					s += k;
			}
			word_add(p, out, sentence, from, s, "");
			continue;
		}
		const char *tail = s + a, *stop = tail;

		while ((k = letter(stop, end)))
			stop += k;
		if (s - from <= 5 && !(stop - tail <= 2 && (text_starts(tail, "ll") || text_starts(tail, "ve") || text_starts(tail, "re"))) &&
		    !(stop - tail == 1 && strchr("smdtSMDT", *tail))) {
			word_add(p, out, sentence, from, s, ""); /* j' envoie: written as j */
			s = tail;
		} else if (stop - tail == 1 && (*tail == 't' || *tail == 'T')) {
			if (out->n < VOW_WORDS_MOST) {
				struct vow_word *w = &out->words[out->n++];

				*w = (struct vow_word){ .from = (size_t)(from - sentence), .to = (size_t)(stop - sentence) };
				w->accented = pool_print(p, "%s't", lower(p, from, (size_t)(s - from)));
				w->folded = text_fold(p, w->accented);
			}
			s = stop;
		} else {
			word_add(p, out, sentence, from, s, "");
			word_add(p, out, sentence, tail, stop, "'");
			s = stop;
		}
	}
}

/* ---- what stands before the promise ---- */

size_t vow_greeting(struct pool *p, const char *sentence, size_t promise)
{
	static const char *const greetings[] = {
		"hi", "hello", "hey", "dear", "good morning", "good afternoon", "good evening", "hallo", "liebe", "lieber", "liebes", "sehr geehrte",
		"sehr geehrter", "guten tag", "guten morgen", "guten abend", "moin", "bonjour", "bonsoir", "salut", "cher", "chere", "chers", "hola",
		"buenos dias", "buenas tardes", "estimado", "estimada", "querido", "querida", "ciao", "caro", "cara", "gentile", "egregio", "egregia",
		"buongiorno", "buonasera", "salve", "ola", "oi", "bom dia", "boa tarde", "prezado", "prezada", "beste", "geachte", "dag", "hoi", "lieve",
		"goedemorgen", "goedemiddag",
	};
	static const char *const ends[] = { ", ", " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 " };
	const char *end = sentence + promise, *at;
	size_t rest = 0, n;
	char *folded;

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if ((at = strstr(sentence, ends[i])) && at < end)
			end = at, rest = (size_t)(at - sentence) + strlen(ends[i]);
	if (!rest)
		return 0;
	folded = text_fold(p, pool_slice(p, sentence, (size_t)(end - sentence)));
	for (size_t i = 0; i < sizeof greetings / sizeof *greetings; i++)
		if (strncmp(folded, greetings[i], n = strlen(greetings[i])) == 0 && strchr(" ", folded[n]))
			return rest;
	return 0;
}
