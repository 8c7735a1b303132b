/* times that name no day: "in a few days", "im neuen Jahr", "dans quelques semaines", "soon" */
#include "judgement/when_inner.h"

#include <ctype.h>
#include <string.h>

enum { RUN_MOST = 4, WORD_MOST = 40 };

/* What would do, by what was meant. Each of these is read. */
static const char *const offers[] = {
	[VAGUE_DAYS] = "3d, friday, 1w", [VAGUE_WEEKS] = "2w, 3w, end of next month", [VAGUE_MONTHS] = "2mo, 3mo, end of next quarter",
	[VAGUE_YEARS] = "1y, 2y", [VAGUE_NEWYEAR] = "start of january, end of january", [VAGUE_SOON] = "tomorrow, friday, 2w",
};

/* Units of which nobody says how many: "days", unless a number stands before it. */
static const struct {
	const char *s;
	enum vague_kind kind;
} plurals[] = {
	{ "days", VAGUE_DAYS }, { "tage", VAGUE_DAYS }, { "tagen", VAGUE_DAYS }, { "jours", VAGUE_DAYS }, { "dias", VAGUE_DAYS }, { "giorni", VAGUE_DAYS },
	{ "dagen", VAGUE_DAYS }, { "weeks", VAGUE_WEEKS }, { "wochen", VAGUE_WEEKS }, { "semaines", VAGUE_WEEKS }, { "semanas", VAGUE_WEEKS },
	{ "settimane", VAGUE_WEEKS }, { "weken", VAGUE_WEEKS }, { "months", VAGUE_MONTHS }, { "monate", VAGUE_MONTHS }, { "monaten", VAGUE_MONTHS },
	{ "meses", VAGUE_MONTHS }, { "mesi", VAGUE_MONTHS }, { "maanden", VAGUE_MONTHS }, { "years", VAGUE_YEARS }, { "jahre", VAGUE_YEARS },
	{ "jahren", VAGUE_YEARS }, { "anni", VAGUE_YEARS }, { "anos", VAGUE_YEARS }, { "ans", VAGUE_YEARS }, { "jaren", VAGUE_YEARS },
};

/* What stands before a unit and counts nothing; those that want a plural are caught by it. */
static const char *const counts_nothing[] = { "few", "several", "some", "paar", "einige", "einigen", "mehrere", "mehreren", "quelques", "plusieurs",
					      "prochains", "prochaines", "qualche", "alcuni", "alcune", "unos", "unas", "algunos", "algunas", "varios",
					      "varias", "alguns", "algumas", "uns", "umas", "enkele", "enige" };

static const struct {
	const char *s;
	enum vague_kind kind;
} phrases[] = {
	{ "new year", VAGUE_NEWYEAR }, { "neuen jahr", VAGUE_NEWYEAR }, { "neuen jahres", VAGUE_NEWYEAR }, { "nouvelle annee", VAGUE_NEWYEAR },
	{ "ano nuevo", VAGUE_NEWYEAR }, { "nuevo ano", VAGUE_NEWYEAR }, { "anno nuovo", VAGUE_NEWYEAR }, { "nuovo anno", VAGUE_NEWYEAR },
	{ "ano novo", VAGUE_NEWYEAR }, { "novo ano", VAGUE_NEWYEAR }, { "nieuwe jaar", VAGUE_NEWYEAR },
	{ "due course", VAGUE_SOON }, { "near future", VAGUE_SOON }, { "a while", VAGUE_SOON }, { "a bit", VAGUE_SOON }, { "some point", VAGUE_SOON },
	{ "soon", VAGUE_SOON }, { "shortly", VAGUE_SOON }, { "asap", VAGUE_SOON }, { "bald", VAGUE_SOON }, { "demnachst", VAGUE_SOON },
	{ "in kurze", VAGUE_SOON }, { "zeitnah", VAGUE_SOON }, { "irgendwann", VAGUE_SOON }, { "bientot", VAGUE_SOON }, { "prochainement", VAGUE_SOON },
	{ "sous peu", VAGUE_SOON }, { "pronto", VAGUE_SOON }, { "en breve", VAGUE_SOON }, { "proximamente", VAGUE_SOON }, { "presto", VAGUE_SOON },
	{ "a breve", VAGUE_SOON }, { "prossimamente", VAGUE_SOON }, { "em breve", VAGUE_SOON }, { "brevemente", VAGUE_SOON },
	{ "binnenkort", VAGUE_SOON }, { "spoedig", VAGUE_SOON },
};

/* The words before this one, folded; [0] is the word itself. */
struct run {
	char word[RUN_MOST][WORD_MOST + 1];
	size_t from[RUN_MOST];
};

static bool counts(const char *word)
{
	return isdigit((unsigned char)*word) || when_word_counts(word);
}

static bool counts_no_more(const char *word)
{
	for (size_t i = 0; i < sizeof counts_nothing / sizeof *counts_nothing; i++)
		if (strcmp(counts_nothing[i], word) == 0)
			return true;
	return false;
}

/* A plural, whatever stands before it; -1: none. */
static int plural(const char *word)
{
	for (size_t i = 0; i < sizeof plurals / sizeof *plurals; i++)
		if (strcmp(plurals[i].s, word) == 0)
			return (int)plurals[i].kind;
	return -1;
}

bool when_word_plural(const char *folded)
{
	return plural(folded) >= 0;
}

/* Is it vague with the word that was read last? `from`: where that begins. */
static bool is_vague(const struct run *r, struct vague *out)
{
	const char *word = r->word[0], *before = r->word[1];
	int unit;

	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
		const char *last = strrchr(phrases[i].s, ' ');
		size_t n = last ? (size_t)(last - phrases[i].s) : 0;

		if (strcmp(last ? last + 1 : phrases[i].s, word) != 0 || (last && (strlen(before) != n || strncmp(phrases[i].s, before, n) != 0)))
			continue;
		if (!last && strcmp(before, "as") == 0) /* "as soon as I have it" names what it waits for */
			continue;
		*out = (struct vague){ .kind = phrases[i].kind, .from = r->from[last ? 1 : 0] };
		return true;
	}
	unit = plural(word);
	if (unit >= 0) {
		/* "3 working days": the number stands one further on; "days" alone is no time at all */
		if (!*before || counts(before) || (!counts_no_more(before) && counts(r->word[2])))
			return false;
		*out = (struct vague){ .kind = (enum vague_kind)unit, .from = r->from[1] };
		return true;
	}
	unit = when_word_unit(word);
	if (unit < DAYS || !counts_no_more(before)) /* "qualche giorno", "quelques mois" */
		return false;
	*out = (struct vague){ .kind = unit == DAYS ? VAGUE_DAYS : unit == WEEKS ? VAGUE_WEEKS : unit == YEARS ? VAGUE_YEARS : VAGUE_MONTHS,
			       .from = r->from[1] };
	return true;
}

bool when_vague(struct pool *p, const char *words, struct vague *out)
{
	struct run r = { 0 };

	for (const char *s = words; *s;) {
		size_t n = strcspn(s, " \t\r\n-+_.,;:!?()\"");
		char *folded;

		if (!n) {
			s++;
			continue;
		}
		memmove(r.word + 1, r.word, sizeof r.word - sizeof *r.word);
		memmove(r.from + 1, r.from, sizeof r.from - sizeof *r.from);
		folded = n <= WORD_MOST ? text_fold(p, pool_slice(p, s, n)) : "";
		folded = strlen(folded) <= WORD_MOST ? folded : "";
		strcpy(r.word[0], folded);
		r.from[0] = (size_t)(s - words);
		if (is_vague(&r, out)) {
			out->to = (size_t)(s + n - words);
			out->offers = offers[out->kind];
			return true;
		}
		s += n;
	}
	return false;
}
