#include "judgement/fit.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MOST = 40, TEXT_WORDS_MOST = 400, LETTERS_LEAST = 3, STEM_LEAST = 4, ENDING_MOST = 3, COMPOUND_LEAST = 5 };

/* What stands in any promise and any title, folded, in byte order: English, German, French, Spanish, Italian, Portuguese, Dutch. */
static const char *const empty_words[] = {
	"aber", "able", "about", "acerca", "adjunta", "adjunto", "adjuntos", "after", "again", "ahead", "alle",
	"allegati", "allegato", "alles", "allo", "alors", "also", "anbei", "anche", "ancora", "and", "anexo", "anexos",
	"anhang", "any", "are", "ask", "attached", "attachment", "auch", "auf", "aus", "avec", "back", "bald",
	"bedankt", "bei", "beloofd", "bem", "ben", "best", "beste", "bien", "bijgevoegd", "bijlage", "bis", "bitte",
	"both", "bring", "but", "can", "ces", "che", "check", "ciao", "com", "come", "como", "con", "copy", "could",
	"cuando", "dank", "danke", "das", "dass", "data", "day", "dear", "dei", "del", "della", "delle", "dem", "den",
	"der", "des", "deze", "die", "diese", "diesen", "dieser", "dieses", "dir", "dire", "dit", "donc", "durch",
	"each", "ein", "eine", "einem", "einen", "einer", "elle", "email", "enclosed", "enclosing", "encore", "end",
	"enviar", "envoyer", "est", "esta", "este", "etre", "etwas", "faire", "find", "follow", "for", "forward",
	"from", "fur", "get", "give", "gracias", "grazie", "haben", "hallo", "have", "hear", "heb", "hello", "het",
	"heute", "hier", "hola", "ihm", "ihnen", "ihr", "ihre", "ihren", "info", "into", "ist", "joint", "jointe",
	"jour", "just", "kann", "kind", "konnen", "las", "les", "let", "lettre", "leur", "liebe", "lieber", "like",
	"link", "los", "lui", "mail", "mais", "make", "may", "mein", "meine", "merci", "mes", "met", "mich", "mir",
	"mit", "moi", "mon", "more", "morgen", "muy", "nach", "need", "nel", "nella", "new", "next", "nicht", "noch",
	"non", "nos", "not", "notre", "nous", "obrigada", "obrigado", "oder", "one", "our", "out", "para", "pas",
	"per", "piu", "please", "plus", "por", "pour", "prendre", "promesso", "prometido", "promis", "promise",
	"promised", "que", "questa", "questo", "qui", "quoi", "regards", "sans", "schicke", "schicken", "see", "sein",
	"send", "senden", "sends", "sent", "ses", "she", "should", "sich", "sie", "sind", "son", "sont", "soon",
	"sorry", "stuur", "sur", "take", "tell", "than", "thank", "thanks", "that", "the", "their", "them", "then",
	"there", "these", "they", "this", "those", "till", "tomorrow", "tous", "tout", "trouvez", "two", "uber", "una",
	"und", "une", "uno", "uns", "unser", "unsere", "until", "van", "versprochen", "veuillez", "viele", "vielen",
	"viene", "vom", "von", "voor", "vor", "vos", "votre", "vous", "want", "was", "week", "what", "when", "which",
	"who", "wie", "will", "wir", "wird", "wish", "with", "would", "you", "your", "zoals", "zum", "zur",
};

static int compare(const void *a, const void *b)
{
	return strcmp(a, *(const char *const *)b);
}

static bool is_empty(const char *w)
{
	return strlen(w) < LETTERS_LEAST || bsearch(w, empty_words, sizeof empty_words / sizeof *empty_words, sizeof *empty_words, compare);
}

/* `folded` is cut into its words; what is neither a letter nor a digit parts them. Digits alone are words: "301". */
static struct strings words_of(struct pool *p, const char *text, size_t most, bool all)
{
	struct strings out = { 0 };
	char *s = text_fold(p, text);

	while (*s && out.n < most) {
		char *from = s;
		bool had = false;

		while (isalnum((unsigned char)*s) || (unsigned char)*s >= 0x80)
			s++;
		if (s == from) {
			s++;
			continue;
		}
		if (*s)
			*s++ = '\0';
		if (!all && is_empty(from))
			continue;
		for (size_t i = 0; i < out.n && !had && !all; i++)
			had = strcmp(out.list[i], from) == 0;
		if (!had)
			*(const char **)pool_more(p, &out.list, out.n++, sizeof *out.list) = from;
	}
	return out;
}

struct strings fit_words(struct pool *p, const char *text)
{
	return words_of(p, text, WORDS_MOST, false);
}

static bool same_word(const char *a, const char *b)
{
	size_t m = strlen(a), n = strlen(b), most = m > n ? m : n, least = m > n ? n : m;

	return m == n ? strcmp(a, b) == 0 : least >= STEM_LEAST && most - least <= ENDING_MOST && strncmp(a, b, least) == 0;
}

static const char *among(const char *w, const struct strings *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (same_word(w, list->list[i]))
			return list->list[i];
	return NULL;
}

/* Do the words of a tag stand there one after the other? */
static bool in_row(const struct strings *tag, const struct strings *text)
{
	for (size_t from = 0; tag->n && from + tag->n <= text->n; from++) {
		size_t i = 0;

		while (i < tag->n && same_word(tag->list[i], text->list[from + i]))
			i++;
		if (i == tag->n)
			return true;
	}
	return false;
}

static void name(struct text *why, const char *w)
{
	text_print(why, "%s%s", why->n ? ", " : "", w);
}

struct fit fit_resource(struct pool *p, const char *words, const struct resource *r)
{
	struct strings all = words_of(p, words, TEXT_WORDS_MOST, true), wanted = fit_words(p, words);
	struct strings title = words_of(p, r->title, TEXT_WORDS_MOST, false), about = words_of(p, r->about, TEXT_WORDS_MOST, false);
	struct text *why = text_new(p, NAME_MOST);
	struct strings said = { 0 }; /* the words of the tags that fit */
	int score = 0, common = 0, tags = 0;

	for (size_t i = 0; i < r->tags.n && i < WORDS_MOST; i++) {
		struct strings tag = words_of(p, r->tags.list[i], WORDS_MOST, true);

		if (in_row(&tag, &all)) {
			tags++;
			name(why, r->tags.list[i]);
			for (size_t k = 0; k < tag.n; k++)
				*(const char **)pool_more(p, &said.list, said.n++, sizeof *said.list) = tag.list[k];
		}
	}
	for (size_t i = 0; i < wanted.n; i++) {
		bool in_title = among(wanted.list[i], &title);

		if (!in_title && !among(wanted.list[i], &about))
			continue;
		common++;
		score += in_title ? 3 : 1;
		if (!among(wanted.list[i], &said))
			name(why, wanted.list[i]);
	}
	if (!tags && common < 2)
		return (struct fit){ 0, "" };
	return (struct fit){ score + 4 * tags, why->s };
}

/* "SubgroupData" to "Subgroup Data". */
static const char *apart(struct pool *p, const char *s)
{
	struct text *t = text_new(p, BODY_MOST);

	for (; *s; s++) {
		text_char(t, *s);
		if (islower((unsigned char)s[0]) && isupper((unsigned char)s[1]))
			text_char(t, ' ');
	}
	return t->s;
}

/* "Dosierungstabelle" has "Tabelle" in it. */
static bool within_one(const char *w, const struct strings *list)
{
	for (size_t i = 0; i < list->n && strlen(w) >= COMPOUND_LEAST; i++)
		if (strstr(list->list[i], w))
			return true;
	return false;
}

size_t fit_common(struct pool *p, const struct strings *words, const char *text, const char **which)
{
	struct strings list = words_of(p, apart(p, text), TEXT_WORDS_MOST, true);
	struct text *names = text_new(p, NAME_MOST);
	size_t n = 0;

	for (size_t i = 0; i < words->n; i++)
		if (among(words->list[i], &list) || within_one(words->list[i], &list)) {
			n++;
			name(names, words->list[i]);
		}
	if (which)
		*which = names->s;
	return n;
}

bool fit_topic(struct pool *p, const char *topic, const struct resource *r)
{
	struct strings words = fit_words(p, topic);
	const char *said = pool_print(p, "%s\n%s\n%s", r->title, strings_join(p, &r->tags, '\n', NOTE_MOST), r->about);

	return fit_resource(p, topic, r).score > 0 || (words.n && fit_common(p, &words, said, NULL) == words.n);
}
