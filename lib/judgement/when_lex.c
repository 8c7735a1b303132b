/* words, numbers, dates and times of an expression, one after the other */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judgement/when_inner.h"

struct word {
	const char *s;
	enum meaning_of_word is;
	int value;
	bool glues;
};

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
#define COUNT(a) (sizeof(a) / sizeof *(a))
enum { WORD_LONGEST = 60 };

static int by_word(const void *key, const void *w)
{
	return strcmp(key, ((const struct word *)w)->s);
}

static const struct word *find(const char *s)
{
	return bsearch(s, words, COUNT(words), sizeof *words, by_word);
}

/* Phrases of several words, made one before the words are read. `to` is in the vocabulary. */
static const struct {
	const char *from, *to;
} phrases[] = {
	{ "day after tomorrow", "overmorrow" }, { "apres demain", "overmorrow" }, { "pasado manana", "overmorrow" },
	{ "depois de amanha", "overmorrow" }, { "at the latest", "=by" }, { "no later than", "=by" }, { "not later than", "=by" },
	{ "au plus tard", "=by" }, { "a mas tardar", "=by" }, { "al piu tardi", "=by" }, { "o mais tardar", "=by" }, { "no mais tardar", "=by" },
	{ "spatestens", "=by" }, { "spaetestens", "=by" }, { "uiterlijk", "=by" }, { "latest", "=by" },
	{ "tous les", "every" }, { "toutes les", "every" }, { "todos los", "every" }, { "todas las", "every" }, { "todos os", "every" },
	{ "todas as", "every" }, { "tutti i", "every" }, { "tutte le", "every" }, { "tutti gli", "every" },
	{ "ce soir", "tonight" }, { "heute abend", "tonight" }, { "esta noche", "tonight" }, { "hoje a noite", "tonight" },
	{ "por la manana", "morning" }, { "de la manana", "morning" }, { "de manha", "morning" }, { "da manha", "morning" },
	{ "por la tarde", "afternoon" }, { "de la tarde", "afternoon" }, { "da tarde", "afternoon" }, { "apres midi", "afternoon" },
	{ "por la noche", "evening" }, { "de la noche", "evening" },
	{ "d'ici", "by" }, { "d ici", "by" }, { "jusqu'a", "by" }, { "jusqu'au", "by" }, { "jusqu a", "by" }, { "jusqu au", "by" },
	{ "que vem", "next" }, { "a las", "at" }, { "aujourd'hui", "today" }, { "aujourd hui", "today" }, { "o'clock", "oclock" },
	{ "end of day", "eod" }, { "end of business", "eod" }, { "close of business", "eod" }, { "close of play", "eod" },
	{ "end of the day", "eod" }, { "end of the business day", "eod" }, { "end of business day", "eod" },
	{ "zum ende des tages", "eod" }, { "ende des tages", "eod" },
	{ "first thing", "morning" }, { "half year", "halfyearly" }, { "halbes jahr", "halfyearly" }, { "year end", "eoy" },
	{ "month end", "eom" }, { "close of", "eod" }, { "week end", "weekend" },
	{ "mid day", "noon" }, { "einer halben stunde", "30 min" },
	/* ordinals in words, the compounds first */
	{ "twenty first", "21st" }, { "twenty second", "22nd" }, { "twenty third", "23rd" }, { "twenty fourth", "24th" },
	{ "twenty fifth", "25th" }, { "twenty sixth", "26th" }, { "twenty seventh", "27th" },
	{ "twenty eighth", "28th" }, { "twenty ninth", "29th" }, { "thirty first", "31st" }, { "fifth", "5th" },
	{ "sixth", "6th" }, { "seventh", "7th" }, { "eighth", "8th" }, { "ninth", "9th" }, { "tenth", "10th" },
	{ "eleventh", "11th" }, { "twelfth", "12th" }, { "thirteenth", "13th" }, { "fourteenth", "14th" },
	{ "fifteenth", "15th" }, { "sixteenth", "16th" }, { "seventeenth", "17th" }, { "eighteenth", "18th" },
	{ "nineteenth", "19th" }, { "twentieth", "20th" }, { "thirtieth", "30th" },
};

struct lex {
	struct pool *p;
	const struct frame *f;
	const char *s;
	struct token *out;
	size_t n;
	bool sticks, glue;
	struct err *e;
	const char *iana; /* the zone named in full, taken out before folding */
};

static bool add(struct lex *x, struct token t)
{
	if (x->n >= TOKENS_MOST)
		return err_code(x->e, "unknown", "that is too long for a date");
	t.sticks = x->sticks;
	if (!t.as)
		t.as = "";
	x->out[x->n++] = t;
	x->sticks = true;
	return true;
}

/* ---- numbers ---- */

static size_t digits(const char *s)
{
	return strspn(s, "0123456789");
}

static int value(const char *s, size_t n)
{
	int v = 0;

	for (size_t i = 0; i < n && v < 100000000; i++)
		v = v * 10 + s[i] - '0';
	return v;
}

/* "am", "pm", "a.m.", "a" … at s: 1 am, 2 pm, 0 none; how long. */
static int half_day(const char *s, size_t *n)
{
	const char *start = s;
	int half;

	s += strspn(s, " ");
	if (*s != 'a' && *s != 'p')
		return 0;
	half = *s == 'a' ? 1 : 2;
	s++;
	if (*s == '.' && s[1] == 'm') {
		s += 2;
		if (*s == '.')
			s++;
	} else if (*s == 'm') {
		s++;
	} else if (s - start > 1) {
		return 0; /* "9 a" with a space is no time */
	}
	if (isalpha((unsigned char)*s) && strncmp(s, "on", 2) != 0 && s[-1] != 'm')
		return 0;
	*n = (size_t)(s - start);
	return half;
}

static bool bad_time(struct lex *x, const char *s, size_t n)
{
	return err_code(x->e, "notime", "'%.*s' is no time of day; hours go from 0:00 to 24:00, as 14:30 or 2:30pm", (int)n, s);
}

static bool clock_token(struct lex *x, int h, int m, int s, int half, const char *as, size_t n)
{
	if (half ? h < 1 || h > 12 : h > 24 || (h == 24 && (m || s)))
		return bad_time(x, as, n);
	if (m > 59 || s > 59)
		return bad_time(x, as, n);
	if (half)
		h = h % 12 + (half == 2 ? 12 : 0);
	return add(x, (struct token){ .is = CLOCK, .value = h * 60 + m, .half = half, .as = pool_slice(x->p, as, n) });
}

static bool date_token(struct lex *x, int y, int m, int d, const char *as, size_t n)
{
	if (m < 1 || m > 12)
		return err_code(x->e, "nodate", "'%.*s': there is no month %d", (int)n, as, m);
	if (d < 1 || d > (y ? month_days(y, m) : m == 2 ? 29 : month_days(2000, m)))
		return err_code(x->e, "nodate", "'%.*s': that month has %d days", (int)n, as, y ? month_days(y, m) : month_days(2001, m));
	return add(x, (struct token){ .is = DATE, .year = y, .month = m, .day = d, .as = pool_slice(x->p, as, n) });
}

static bool offset_at(struct lex *x, const char **s)
{
	const char *at = *s;
	int sign = *at == '-' ? -1 : 1, h, m = 0;
	size_t n;

	at++;
	n = digits(at);
	if (n != 1 && n != 2 && n != 4)
		return false;
	h = value(at, n);
	if (n == 4) {
		m = h % 100;
		h /= 100;
	}
	at += n;
	if (*at == ':' && digits(at + 1) == 2) {
		m = value(at + 1, 2);
		at += 3;
	}
	if (h > 14 || m > 59)
		return false;
	*s = at;
	return add(x, (struct token){ .is = ZONE, .zone = zone_fixed(x->p, sign * (h * 3600 + m * 60)), .offset_zone = true, .as = "" });
}

/* What may follow the clock of an ISO date: Z or an offset. */
static bool iso_zone(struct lex *x, const char **s)
{
	if (**s == 'z' && !isalpha((unsigned char)(*s)[1])) {
		(*s)++;
		return add(x, (struct token){ .is = ZONE, .zone = zone_fixed(x->p, 0), .offset_zone = true, .as = "z" });
	}
	/* "-": an offset behind a date alone; 9:30-11am and 9:00-11:00 are ranges */
	if ((**s == '+' || (**s == '-' && x->n >= 2 && (x->out[x->n - 2].is == DATE || x->out[x->n - 2].is == NUM))) && digits(*s + 1) >= 2)
		return offset_at(x, s) || x->e->kind == ERR_NONE;
	return true;
}

static int full_year(int y, size_t n)
{
	return n == 4 ? y : 2000 + y;
}

/* d/m or m/d, by the setting; one part over 12 decides. */
static bool day_month(struct lex *x, int a, int b, char sign, int *d, int *m, const char *as)
{
	const struct worktime *w = x->f->time;
	bool month_first = sign != '.' && w->date_order == DATE_MDY;

	if (sign != '.' && a <= 12 && b <= 12 && a != b && w->date_order == DATE_ASK)
		return err_code(x->e, "ambiguous", "'%s' is %d-%02d or %d-%02d: write the month as a word, as %d %s", as, a, b, b, a, a,
				"jan, feb, mar …");
	if (sign != '.' && a > 12 && b <= 12)
		month_first = false;
	if (sign != '.' && b > 12 && a <= 12)
		month_first = true;
	*d = month_first ? b : a;
	*m = month_first ? a : b;
	return true;
}

static bool unit_follows(const char *s)
{
	char name[WORD_LONGEST + 1];
	size_t n = 0;
	const struct word *w;

	s += strspn(s, " ");
	while (n < WORD_LONGEST && isalpha((unsigned char)s[n]))
		n++;
	memcpy(name, s, n);
	name[n] = '\0';
	w = find(name);
	return strcmp(name, "mo") == 0 || (w && (w->is == UNIT || w->is == BUSINESS));
}

/* Everything that begins with a digit. */
static bool number(struct lex *x)
{
	const char *s = x->s, *at, *start = s;
	size_t n = digits(s), m, k;
	int v = value(s, n), half;
	char sign;
	bool after_month = x->n && x->out[x->n - 1].is == MONTH;

	if (n > 8)
		return err_code(x->e, n > 9 ? "unknown" : "toofar", "'%.*s' is too big a number for a date", (int)n, s);
	at = s + n;
	/* 2026-12-01, 2026/12/01, 2026.12.01 [T09:00[:00][Z|+01:00]] */
	if (n == 4 && strchr("-/.", *at) && *at && (m = digits(at + 1)) >= 1 && m <= 2 && at[1 + m] == *at && (k = digits(at + 2 + m)) >= 1 && k <= 2) {
		const char *end = at + 2 + m + k;

		if (!date_token(x, v, value(at + 1, m), value(at + 2 + m, k), s, (size_t)(end - s)))
			return false;
		x->s = end;
		if (*end == 't' && digits(end + 1) == 2) {
			x->s = end + 1;
			if (!number(x))
				return false;
		}
		return iso_zone(x, &x->s);
	}
	if (n == 8 && v / 10000 >= 1900 && v / 10000 < 2200) {
		x->s = at;
		return date_token(x, v / 10000, v / 100 % 100, v % 100, s, n);
	}
	/* 2026-w49[-5] */
	if (n == 4) {
		const char *w = at + (*at == '-' || *at == ' ');

		if (*w == 'w' && (m = digits(w + 1)) >= 1 && m <= 2) {
			struct token t = { .is = ISOWEEK, .year = v, .value = value(w + 1, m), .as = s };

			x->s = w + 1 + m;
			if ((*x->s == '-' && digits(x->s + 1) == 1) || (m == 2 && digits(x->s) == 1)) {
				x->s += *x->s == '-';
				t.day = *x->s++ - '0';
			}
			t.as = pool_slice(x->p, s, (size_t)(x->s - s));
			return add(x, t);
		}
		if (*w == 'q' && w[1] >= '1' && w[1] <= '4' && !isalnum((unsigned char)w[2])) {
			x->s = w + 2;
			return add(x, (struct token){ .is = QUARTER, .year = v, .value = w[1] - '0', .as = pool_slice(x->p, s, 7) });
		}
		/* 2026-12 */
		if (strchr("-/.", *at) && *at && digits(at + 1) == 2 && value(at + 1, 2) >= 1 && value(at + 1, 2) <= 12 && v >= 1900 && v < 2200) {
			x->s = at + 3;
			return add(x, (struct token){ .is = MONTH_OF, .year = v, .month = value(at + 1, 2), .as = pool_slice(x->p, s, 7) });
		}
	}
	/* 9:30[:00] [am] */
	if (n <= 2 && *at == ':') {
		int min, sec = 0;

		m = digits(at + 1);
		if (m != 2)
			return bad_time(x, s, n + 1 + m);
		min = value(at + 1, 2);
		at += 3;
		if (*at == ':' && digits(at + 1) == 2) {
			sec = value(at + 1, 2);
			at += 3;
		}
		half = half_day(at, &k);
		x->s = at + (half ? k : 0);
		return clock_token(x, v, min, sec, half, s, (size_t)(x->s - s)) && iso_zone(x, &x->s);
	}
	/* 8.30am, 14.30 uhr */
	if (n <= 2 && *at == '.' && digits(at + 1) == 2) {
		half = half_day(at + 3, &k);
		if (half || strncmp(at + 3 + strspn(at + 3, " "), "uhr", 3) == 0) {
			x->s = at + 3 + (half ? k : strspn(at + 3, " ") + 3);
			return clock_token(x, v, value(at + 1, 2), 0, half, s, (size_t)(x->s - s));
		}
	}
	/* 1.5h: a fraction, where a unit follows */
	if ((*at == '.' || *at == ',') && (m = digits(at + 1)) >= 1 && unit_follows(at + 1 + m)) {
		x->s = at + 1 + m;
		return add(x, (struct token){ .is = NUM, .value = v, .digits = (int)n, .tenths = m == 1 ? at[1] - '0' : m == 2 ? value(at + 1, 2) / 10 : 0,
					      .as = pool_slice(x->p, s, n + 1 + m) });
	}
	/* 1/12, 1.12., 1-12-2026; but 3-5 days, 9-11am, 1-5 dec and dec 1-5 are ranges */
	if (n <= 2 && (*at == '/' || *at == '.' || *at == '-') && (m = digits(at + 1)) >= 1 && m <= 2) {
		int d = 0, mo = 0, y = 0;
		const char *end = at + 1 + m, *after;

		sign = *at;
		if (*end == sign && ((k = digits(end + 1)) == 4 || k == 2) && !(sign == '.' && digits(end + 1) == 2 && end[3] == ':')) {
			y = full_year(value(end + 1, k), k);
			end += 1 + k;
		}
		after = end + strspn(end, " ");
		if (sign != '-' || y || (!isalpha((unsigned char)*after) && !after_month && *after != ':')) {
			if (sign == '.' && *end == '.' && !isdigit((unsigned char)end[1]))
				end++;
			if (!day_month(x, v, value(at + 1, m), sign, &d, &mo, pool_slice(x->p, s, (size_t)(end - s))))
				return false;
			x->s = end;
			if (!date_token(x, y, mo, d, s, (size_t)(end - s)))
				return false;
			x->out[x->n - 1].either = sign != '.' && d <= 12 && mo <= 12 && d != mo;
			return true;
		}
	}
	/* 9am, 930am */
	half = half_day(at, &k);
	if (half && n <= 4) {
		x->s = at + k;
		return n <= 2 ? clock_token(x, v, 0, 0, half, s, n + k) : clock_token(x, v / 100, v % 100, 0, half, s, n + k);
	}
	/* 14h30, 9h */
	if (n <= 2 && *at == 'h' && !isalpha((unsigned char)at[1])) {
		m = digits(at + 1);
		if (m == 2 && !isalpha((unsigned char)at[3])) {
			x->s = at + 3;
			return add(x, (struct token){ .is = CLOCK, .value = v * 60 + value(at + 1, 2), .half = 4, .digits = v, .as = pool_slice(x->p, s, n + 3) });
		}
		if (m == 0) {
			x->s = at + 1;
			return add(x, (struct token){ .is = CLOCK, .value = v * 60, .half = 3, .digits = v, .as = pool_slice(x->p, s, n + 1) });
		}
	}
	/* 15th, 1er, 15. */
	if (n <= 2 && (strncmp(at, "st", 2) == 0 || strncmp(at, "nd", 2) == 0 || strncmp(at, "rd", 2) == 0 || strncmp(at, "th", 2) == 0 ||
		       strncmp(at, "er", 2) == 0 || (*at == '.' && !isdigit((unsigned char)at[1])) || (*at == 'o' && !isalpha((unsigned char)at[1])))) {
		const char *end = at + (*at == '.' || *at == 'o' ? 1 : 2);

		/* "15thofdecember" is glued; "thu" is not "th" */
		if (*at == '.' || strncmp(at, "thu", 3) != 0) {
			x->s = end;
			return add(x, (struct token){ .is = ORDINAL, .value = v, .as = pool_slice(x->p, start, (size_t)(end - start)) });
		}
	}
	x->s = at;
	return add(x, (struct token){ .is = NUM, .value = v, .digits = (int)n, .tenths = -1, .as = pool_slice(x->p, s, n) });
}

/* ---- words ---- */

static bool add_word(struct lex *x, const struct word *w)
{
	return add(x, (struct token){ .is = w->is, .value = w->value, .as = w->s });
}

static bool add_zone(struct lex *x, const char *s)
{
	for (size_t i = 0; i < COUNT(zones); i++)
		if (strcmp(zones[i].s, s) == 0) {
			const struct zone *z = strcmp(zones[i].name, "UTC") == 0 ? zone_fixed(x->p, 0) : NULL;

			if (!z && x->f->zone)
				z = x->f->zone(x->f->zone_arg, zones[i].name);
			if (!z && strcmp(zone_name(x->f->time->zone), zones[i].name) == 0)
				z = x->f->time->zone;
			if (!z)
				return err_code(x->e, "unknown", "the zone %s is not known on this machine", zones[i].name);
			return add(x, (struct token){ .is = ZONE, .zone = z, .as = zones[i].s });
		}
	return false;
}

static bool is_zone(const char *s)
{
	for (size_t i = 0; i < COUNT(zones); i++)
		if (strcmp(zones[i].s, s) == 0)
			return true;
	return false;
}

/* Cuts a run of letters into words of the vocabulary, fewest first; NULL in cut[0]: it cannot be cut whole. */
static bool cut(const char *s, size_t n, const struct word *out[WORD_LONGEST], size_t *count)
{
	static const char *const small[] = { "in", "by", "at", "on", "of", "to" };
	int best[WORD_LONGEST + 1];
	const struct word *via[WORD_LONGEST + 1];

	if (n > WORD_LONGEST)
		return false;
	for (size_t i = 0; i <= n; i++)
		best[i] = -1;
	best[0] = 0;
	for (size_t i = 0; i < n; i++) {
		if (best[i] < 0)
			continue;
		for (size_t j = i + 2; j <= n; j++) {
			char piece[WORD_LONGEST + 1];
			const struct word *w;
			bool ok;

			memcpy(piece, s + i, j - i);
			piece[j - i] = '\0';
			w = find(piece);
			ok = w && w->glues;
			for (size_t k = 0; w && !ok && k < COUNT(small); k++)
				ok = strcmp(piece, small[k]) == 0;
			if (ok && (best[j] < 0 || best[i] + 1 < best[j])) {
				best[j] = best[i] + 1;
				via[j] = w;
			}
		}
	}
	if (best[n] <= 0)
		return false;
	*count = (size_t)best[n];
	for (size_t k = *count, at = n; k-- > 0;) {
		out[k] = via[at];
		at -= strlen(via[at]->s);
	}
	return true;
}

static bool unknown(struct lex *x, const char *s)
{
	const char *names[COUNT(words) + 1] = { 0 }, *near;

	if (!x->glue) /* within a sentence nobody hears of it */
		return err_code(x->e, "unknown", "'%s' is no word for a date that I know", s);
	for (size_t i = 0; i < COUNT(words); i++)
		names[i] = words[i].s;
	near = text_nearest(s, names);
	if (near)
		return err_code(x->e, "unknown", "'%s' is no word for a date that I know; did you mean %s?", s, near);
	return err_code(x->e, "unknown", "'%s' is no word for a date that I know; as friday, 3d, 1 dec, 9am", s);
}

/* P3D, PT2H, P1Y2M (ISO 8601 durations) */
static bool iso_duration(struct lex *x, const char *s, size_t n, bool *is)
{
	bool time = false, any = false;
	const char *end = s + n;

	*is = false;
	if (*s != 'p' || n < 3 || !(isdigit((unsigned char)s[1]) || (s[1] == 't' && isdigit((unsigned char)s[2]))))
		return true;
	for (s++; s < end;) {
		size_t k;
		int unit;

		if (*s == 't') {
			time = true;
			s++;
			continue;
		}
		k = digits(s);
		if (!k || s + k >= end)
			return true;
		switch (s[k]) {
		case 'y': unit = YEARS; break;
		case 'm': unit = time ? MINUTES : MONTHS; break;
		case 'w': unit = WEEKS; break;
		case 'd': unit = DAYS; break;
		case 'h': unit = HOURS; break;
		default: return true;
		}
		any = true;
		if (!add(x, (struct token){ .is = NUM, .value = value(s, k), .digits = (int)k, .tenths = -1, .as = "" }) ||
		    !add(x, (struct token){ .is = UNIT, .value = unit, .as = "" }))
			return false;
		s += k + 1;
	}
	*is = any;
	return true;
}

static bool letters(struct lex *x)
{
	char s[WORD_LONGEST + 1];
	size_t n = 0, count;
	const struct word *w, *pieces[WORD_LONGEST];
	bool is;
	const struct token *last = x->n ? &x->out[x->n - 1] : NULL;

	while (isalpha((unsigned char)x->s[n]) || (unsigned char)x->s[n] >= 0x80)
		n++;
	if (n > WORD_LONGEST)
		return err_code(x->e, "unknown", "'%.40s…' is no word for a date that I know", x->s);
	memcpy(s, x->s, n);
	s[n] = '\0';
	/* an ISO duration runs over digits too */
	if (s[0] == 'p' && !(last && x->sticks)) {
		size_t m = n;

		while (isalnum((unsigned char)x->s[m]))
			m++;
		if (!iso_duration(x, x->s, m, &is))
			return false;
		if (is) {
			x->s += m;
			return true;
		}
	}
	/* w49, kw49, q3 */
	if ((strcmp(s, "w") == 0 || strcmp(s, "kw") == 0) && digits(x->s + n + (x->s[n] == ' ')) && !(last && last->is == NUM)) {
		const char *d = x->s + n + (x->s[n] == ' ');
		size_t m = digits(d);

		if (m <= 2) {
			struct token t = { .is = ISOWEEK, .value = value(d, m) };

			x->s = d + m;
			if (*x->s == '-' && digits(x->s + 1) == 1 && x->s[1] >= '1' && x->s[1] <= '7') {
				t.day = x->s[1] - '0';
				x->s += 2;
			}
			t.as = pool_print(x->p, "w%d", t.value);
			return add(x, t);
		}
	}
	if (strcmp(s, "q") == 0 && x->s[1] >= '1' && x->s[1] <= '4' && !isdigit((unsigned char)x->s[2]) && !(last && last->is == NUM && x->sticks)) {
		struct token t = { .is = QUARTER, .value = x->s[1] - '0', .as = pool_slice(x->p, x->s, 2) };

		x->s += 2;
		if (digits(x->s + strspn(x->s, "- ")) == 4) {
			x->s += strspn(x->s, "- ");
			t.year = value(x->s, 4);
			x->s += 4;
		}
		return add(x, t);
	}
	if (strcmp(s, "q") == 0 && isdigit((unsigned char)x->s[1]) && !(last && last->is == NUM && x->sticks))
		return err_code(x->e, "nodate", "there is no such quarter: a year has q1 to q4");
	x->s += n;
	/* UTC+2, GMT-5 */
	if ((strcmp(s, "utc") == 0 || strcmp(s, "gmt") == 0) && (*x->s == '+' || *x->s == '-') && digits(x->s + 1))
		return offset_at(x, &x->s) || x->e->kind != ERR_NONE ? x->e->kind == ERR_NONE : unknown(x, s);
	if (strcmp(s, "ist") == 0 && last)
		return err_code(x->e, "ambiguous", "IST is India, Ireland or Israel: write the zone in full, as Asia/Kolkata");
	/* "5pm": the suffix of a number was read with it; "am" alone stands before a German day */
	if (strcmp(s, "am") == 0)
		return true;
	/* right after a time these are zones, not words */
	if (last && (last->is == CLOCK || last->is == PART || last->is == NUM || last->is == UHR) && is_zone(s) &&
	    !(last->is == NUM && x->sticks))
		return add_zone(x, s);
	/* bis zum Freitag, jusqu'au 15, até ao dia: an article in prose, not of an expression */
	if (!x->glue && last && last->is == BY) {
		static const char *const articles[] = { "zum", "zur", "au", "aux", "ao", "al", "all", "o" };

		for (size_t i = 0; i < COUNT(articles); i++)
			if (strcmp(s, articles[i]) == 0)
				return true;
	}
	w = find(s);
	/* "an" after a French number is a year; "a" before a clock time is French for at */
	if (w && w->is == ONE && strcmp(s, "an") == 0 && last && (last->is == NUM || last->is == NUMBER || (last->is == ONE && strcmp(last->as, "un") == 0)))
		return add(x, (struct token){ .is = UNIT, .value = YEARS, .as = "an" });
	if (strcmp(s, "mo") == 0 && last && (last->is == NUM || last->is == NUMBER))
		return add(x, (struct token){ .is = UNIT, .value = MONTHS, .as = "mo" });
	if (strcmp(s, "mi") == 0 && *x->s) {
		const char *next = x->s + strspn(x->s, " -");
		char name[WORD_LONGEST + 1];
		size_t k = 0;
		const struct word *m;

		while (k < WORD_LONGEST && isalpha((unsigned char)next[k]))
			k++;
		memcpy(name, next, k);
		name[k] = '\0';
		m = find(name);
		if (m && m->is == MONTH)
			return add(x, (struct token){ .is = MID, .as = "mi" });
	}
	/* after day-words they make a working day; in front they are the same word */
	if (w)
		return add_word(x, w);
	if (is_zone(s))
		return add_zone(x, s);
	if (x->glue && cut(s, n, pieces, &count)) {
		for (size_t i = 0; i < count; i++)
			if (!add_word(x, pieces[i]))
				return false;
		return true;
	}
	return unknown(x, s);
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
	static const char *const beside[] = { "am", "pm", "zum", "zur", "au", "aux", "ao", "al", "all", "kw", "utc", "gmt", "ist" };
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
		may = find(run) || is_zone(run);
		for (size_t i = 0; i < COUNT(beside) && !may; i++)
			may = strcmp(run, beside[i]) == 0;
		if (!may && !in_phrase(run, n))
			return false;
	}
	return true;
}

bool when_word_counts(const char *folded)
{
	const struct word *w = find(folded);

	return w && (w->is == NUMBER || w->is == ONE || w->is == COUPLE || w->is == HALF || w->is == OTHER || w->is == EVERY);
}

int when_word_unit(const char *folded)
{
	const struct word *w = find(folded);

	return w && w->is == UNIT ? w->value : -1;
}

/* ---- the whole ---- */

/* A zone in full, "Europe/Berlin", is case-sensitive: it is taken out before all is folded. */
static char *take_iana(struct lex *x, const char *s, bool *is)
{
	char *copy = pool_copy(x->p, s), *at = copy;

	*is = false;
	while ((at = strchr(at, '/'))) {
		char *from = at, *to = at;

		while (from > copy && (isalpha((unsigned char)from[-1]) || from[-1] == '_'))
			from--;
		while (isalnum((unsigned char)to[0]) || strchr("/_", *to) || (*to == '-' && isalpha((unsigned char)to[1]))) {
			if (!*to)
				break;
			to++;
		}
		if (at > from && to > at + 1 && isalpha((unsigned char)at[1]) && x->f->zone) {
			char *name = pool_slice(x->p, from, (size_t)(to - from));
			const struct zone *z = x->f->zone(x->f->zone_arg, name);

			if (z) {
				x->iana = name;
				memset(from, ' ', (size_t)(to - from));
				*from = '\x01';
				*is = true;
				return copy;
			}
		}
		at++;
	}
	return copy;
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

/* Phrases to one word each, at word boundaries; separators were made spaces where no number is around. */
static char *join_phrases(struct pool *p, char *s)
{
	uint32_t letters = first_letters(s);

	for (size_t i = 0; i < COUNT(phrases); i++) {
		size_t n;
		char *at = s;

		if (!(letters & 1U << (*phrases[i].from - 'a')))
			continue;
		n = strlen(phrases[i].from);
		while ((at = strstr(at, phrases[i].from))) {
			bool before = at == s || !isalnum((unsigned char)at[-1]), after = !isalnum((unsigned char)at[n]);

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

static bool lex(struct pool *p, const char *text, const struct frame *f, bool glue, struct token *out, size_t *n, struct err *e)
{
	enum { EXPRESSION_MOST = 300 };
	struct err own = { 0 }; /* asked for in the midst of it, whether or not the caller wants to hear */
	struct lex x = { .p = p, .f = f, .out = out, .e = e ? e : &own, .glue = glue };
	bool iana;
	char *s, *to;
	const char *from;

	if (strlen(text) > EXPRESSION_MOST)
		return err_code(x.e, "unknown", "that is too long for a date");
	for (from = text; *from; from++) /* = and the control characters mark what was read already: a stranger may not write them */
		if (*from == '=' || ((unsigned char)*from < ' ' && !strchr("\t\r\n", *from)))
			return err_code(x.e, "unknown", "'%c' is no sign that a date is written with", *from == '=' ? '=' : '?');
	s = text_fold(p, take_iana(&x, text, &iana));
	/* between letters every separator is a space: then phrases are found, and what is left stands for itself */
	for (to = s, from = s; *from; from++) {
		bool letter_before = to > s && isalpha((unsigned char)to[-1]), letter_after = isalpha((unsigned char)from[1]);
		char c = *from;

		if (c == '_' || c == '\t' || c == '\n' || c == '\r' || c == '(' || c == ')' || c == '"' || c == '!' || c == ';')
			c = ' ';
		if ((c == '+' || c == ',') && !(isdigit((unsigned char)from[1]) && to > s && (isdigit((unsigned char)to[-1]) || to[-1] == 'c')) &&
		    !(c == '+' && digits(from + 1) == 2 && from[3] == ':') && !(c == '+' && to - s >= 3 && strncmp(to - 3, "gmt", 3) == 0))
			c = ' ';
		if (c == '.' && !isdigit((unsigned char)(to > s ? to[-1] : ' ')) && !(letter_before && to - s >= 1 && (to[-1] == 'a' || to[-1] == 'p' || to[-1] == 'm') && (letter_after || !from[1] || from[1] == ' ')))
			c = ' ';
		if (c == '-' && letter_before && letter_after)
			c = '-'; /* may be a range of weekdays: the reader decides */
		*to++ = c;
	}
	*to = '\0';
	s = join_phrases(p, s);
	{ /* "apres-demain", "sexta-feira", "end-of-day": dashes between letters for phrases too */
		char *spaced = pool_copy(p, s);

		for (char *c = spaced + 1; *spaced && *c; c++)
			if ((*c == '-' || *c == '.') && isalpha((unsigned char)c[-1]) && isalpha((unsigned char)c[1]))
				*c = ' ';
		{
			char *joined = join_phrases(p, pool_copy(p, spaced));

			if (strcmp(joined, spaced) != 0)
				s = joined;
		}
	}
	for (x.s = s; *x.s;) {
		unsigned char c = (unsigned char)*x.s;

		if (c == '\x01') {
			x.s++;
			if (!add(&x, (struct token){ .is = ZONE, .zone = f->zone(f->zone_arg, x.iana), .as = x.iana }))
				return false;
		} else if (c == '=') { /* "=by": a deadline, wherever it stands */
			x.s += 3;
			x.sticks = false;
			if (!add(&x, (struct token){ .is = BY, .value = 1, .as = "by" }))
				return false;
		} else if (isdigit(c)) {
			if (!number(&x))
				return false;
		} else if (isalpha(c) || c >= 0x80) {
			if (!letters(&x))
				return false;
		} else if (c == '+' && x.n && x.out[x.n - 1].is == CLOCK && digits(x.s + 1) == 2 && x.s[3] == ':') {
			if (!offset_at(&x, &x.s))
				return err_code(x.e, "unknown", "'%s' is no offset of a zone", x.s);
		} else if (c == '-') {
			x.s++;
			x.sticks = false;
			if (x.n && *x.s && (*x.s != ' ' || isalpha((unsigned char)x.s[1])) && !add(&x, (struct token){ .is = DASH, .as = "-" }))
				return false;
			x.sticks = false;
		} else if (strchr(" +.,_'/", c)) {
			x.s++;
			x.sticks = false;
		} else {
			char sign[5] = "";
			const char *next = x.s;

			utf8_next(&next, x.s + strlen(x.s));
			memcpy(sign, x.s, (size_t)(next - x.s));
			return err_code(x.e, "unknown", "'%s' is no sign that a date is written with", sign);
		}
	}
	out[x.n] = (struct token){ .is = END_OF_WORDS, .as = "" };
	*n = x.n;
	return true;
}

bool when_lex(struct pool *p, const char *text, const struct frame *f, struct token out[TOKENS_MOST + 1], size_t *n, struct err *e)
{
	return lex(p, text, f, true, out, n, e);
}

bool when_lex_unglued(struct pool *p, const char *text, const struct frame *f, struct token out[TOKENS_MOST + 1], size_t *n, struct err *e)
{
	return lex(p, text, f, false, out, n, e);
}
