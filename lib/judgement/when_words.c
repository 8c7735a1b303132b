/* the vocabulary: words, phrases of several words, zones */
#include <ctype.h>
#include <stdlib.h>

#include "judgement/when_lex_inner.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

#define W(s, is, value, glues) { s, is, value, glues },
static const struct word words[] = {
#include "judgement/when_words.def"
};
#undef W
#define Z(s, name) { s, name },
static const struct {
	const char *s, *name;
} zones[] = {
#include "judgement/when_words.def"
};
#undef Z

/* Phrases of several words, made one before the words are read. `to` is in the vocabulary. */
static const struct {
	const char *from, *to;
} phrases[] = {
	{ "day after tomorrow", "overmorrow" }, { "apres demain", "overmorrow" }, { "pasado manana", "overmorrow" },
	{ "depois de amanha", "overmorrow" }, { "at the latest", "=by" }, { "no later than", "=by" },
		{ "not later than", "=by" },
	{ "au plus tard", "=by" }, { "a mas tardar", "=by" }, { "al piu tardi", "=by" }, { "o mais tardar", "=by" },
		{ "no mais tardar", "=by" },
	{ "spatestens", "=by" }, { "spaetestens", "=by" }, { "uiterlijk", "=by" }, { "latest", "=by" },
	{ "tous les", "every" }, { "toutes les", "every" }, { "todos los", "every" }, { "todas las", "every" },
		{ "todos os", "every" },
	{ "todas as", "every" }, { "tutti i", "every" }, { "tutte le", "every" }, { "tutti gli", "every" },
	{ "ce soir", "tonight" }, { "heute abend", "tonight" }, { "esta noche", "tonight" },
		{ "hoje a noite", "tonight" },
	{ "por la manana", "morning" }, { "de la manana", "morning" }, { "de manha", "morning" },
		{ "da manha", "morning" },
	{ "por la tarde", "afternoon" }, { "de la tarde", "afternoon" }, { "da tarde", "afternoon" },
		{ "apres midi", "afternoon" },
	{ "por la noche", "evening" }, { "de la noche", "evening" },
	{ "d'ici", "by" }, { "d ici", "by" }, { "jusqu'a", "by" }, { "jusqu'au", "by" }, { "jusqu a", "by" },
		{ "jusqu au", "by" },
	{ "que vem", "next" }, { "a las", "at" }, { "aujourd'hui", "today" }, { "aujourd hui", "today" },
		{ "o'clock", "oclock" },
	{ "end of day", "eod" }, { "end of business", "eod" }, { "close of business", "eod" },
		{ "close of play", "eod" },
	{ "end of the day", "eod" }, { "end of the business day", "eod" }, { "end of business day", "eod" },
	{ "zum ende des tages", "eod" }, { "ende des tages", "eod" },
	{ "first thing", "morning" }, { "half year", "halfyearly" }, { "halbes jahr", "halfyearly" },
		{ "year end", "eoy" },
	{ "month end", "eom" }, { "close of", "eod" }, { "week end", "weekend" },
	{ "mid day", "noon" }, { "einer halben stunde", "30 min" },
	/* ordinals in words, the compounds first */
	{ "twenty first", "21st" }, { "twenty second", "22nd" }, { "twenty third", "23rd" },
		{ "twenty fourth", "24th" },
	{ "twenty fifth", "25th" }, { "twenty sixth", "26th" }, { "twenty seventh", "27th" },
	{ "twenty eighth", "28th" }, { "twenty ninth", "29th" }, { "thirty first", "31st" }, { "fifth", "5th" },
	{ "sixth", "6th" }, { "seventh", "7th" }, { "eighth", "8th" }, { "ninth", "9th" }, { "tenth", "10th" },
	{ "eleventh", "11th" }, { "twelfth", "12th" }, { "thirteenth", "13th" }, { "fourteenth", "14th" },
	{ "fifteenth", "15th" }, { "sixteenth", "16th" }, { "seventeenth", "17th" }, { "eighteenth", "18th" },
	{ "nineteenth", "19th" }, { "twentieth", "20th" }, { "thirtieth", "30th" },
};

static int by_word(const void *key, const void *w)
{
	return strcmp(key, ((const struct word *)w)->s);
}

const struct word *when_word(const char *s)
{
	return bsearch(s, words, COUNT(words), sizeof *words, by_word);
}

const char *when_word_near(const char *s)
{
	const char *names[COUNT(words) + 1] = { 0 };

	for (size_t i = 0; i < COUNT(words); i++)
		names[i] = words[i].s;
	return text_nearest(s, names);
}

const char *when_zone_name(const char *s)
{
	for (size_t i = 0; i < COUNT(zones); i++)
		if (strcmp(zones[i].s, s) == 0)
			return zones[i].name;
	return NULL;
}

/* The letters with which its words begin: no other phrase can stand in it. */
static uint32_t first_letters(const char *s)
{
	uint32_t bits = 0;

	for (size_t i = 0; s[i]; i++)
		if (s[i] >= 'a' && s[i] <= 'z' && (!i || !isalnum((unsigned char)s[i - 1])))
			bits |= 1U << (s[i] - 'a');
	return bits;
}

char *when_join_phrases(struct pool *p, char *s)
{
	uint32_t letters = first_letters(s);

	for (size_t i = 0; i < COUNT(phrases); i++) {
		size_t n;
		char *at = s;

		if (!(letters & 1U << (*phrases[i].from - 'a')))
			continue;
		n = strlen(phrases[i].from);
		while ((at = strstr(at, phrases[i].from))) {
			bool before = at == s || !isalnum((unsigned char)at[-1]),
				after = !isalnum((unsigned char)at[n]);

			if (!before || !after) {
				at++;
				continue;
			}
			s = pool_print(p, "%.*s%s%s", (int)(at - s), s, phrases[i].to, at + n);
			at = s;
			letters = first_letters(s);
		}
	}
	return s;
}

/* ---- what may be part of a date at all ---- */

/* Is the run of letters a word of one of the phrases? */
static bool in_phrase(const char *s, size_t n)
{
	for (size_t i = 0; i < COUNT(phrases); i++)
		for (const char *at = phrases[i].from; *at;) {
			size_t k = strcspn(at, " '");

			if (k == n && strncmp(at, s, n) == 0)
				return true;
			at += k + (at[k] != '\0');
		}
	return false;
}

bool when_word_may(const char *folded)
{
	static const char *const beside[] = { "am", "pm", "zum", "zur", "au", "aux", "ao", "al", "all", "kw", "utc",
		"gmt", "ist" };
	char run[WORD_LONGEST + 1];
	size_t n;

	if (strpbrk(folded, "0123456789/"))
		return true;
	for (const char *s = folded; *s; s += n + !n) {
		bool may;

		for (n = 0; isalpha((unsigned char)s[n]) || (unsigned char)s[n] >= 0x80; n++)
			;
		if (n < 2)
			continue;
		if (n > WORD_LONGEST)
			return false;
		memcpy(run, s, n);
		run[n] = '\0';
		may = when_word(run) || when_zone_name(run);
		for (size_t i = 0; i < COUNT(beside) && !may; i++)
			may = strcmp(run, beside[i]) == 0;
		if (!may && !in_phrase(run, n))
			return false;
	}
	return true;
}

bool when_word_counts(const char *folded)
{
	const struct word *w = when_word(folded);

	return w && (w->is == NUMBER || w->is == ONE || w->is == COUPLE || w->is == HALF || w->is == OTHER ||
		    w->is == EVERY);
}

int when_word_unit(const char *folded)
{
	const struct word *w = when_word(folded);

	return w && w->is == UNIT ? w->value : -1;
}
