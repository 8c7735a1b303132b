/* what begins with a digit: numbers, clock times, dates, weeks, quarters, and the offset of a zone */
#include <ctype.h>
#include <string.h>

#include "judgement/when_lex_inner.h"

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
	return err_code(x->e, "notime", "'%.*s' is no time of day; hours go from 0:00 to 24:00, as 14:30 or 2:30pm",
		    (int)n, s);
}

static bool clock_token(struct lex *x, int h, int m, int s, int half, const char *as, size_t n)
{
	if (half ? h < 1 || h > 12 : h > 24 || (h == 24 && (m || s)))
		return bad_time(x, as, n);
	if (m > 59 || s > 59)
		return bad_time(x, as, n);
	if (half)
		h = h % 12 + (half == 2 ? 12 : 0);
	return when_lex_add(x, (struct token){ .is = CLOCK, .value = h * 60 + m, .half = half,
		    .as = pool_slice(x->p, as, n) });
}

static bool date_token(struct lex *x, int y, int m, int d, const char *as, size_t n)
{
	if (m < 1 || m > 12)
		return err_code(x->e, "nodate", "'%.*s': there is no month %d", (int)n, as, m);
	if (d < 1 || d > (y ? month_days(y, m) : m == 2 ? 29 : month_days(2000, m)))
		return err_code(x->e, "nodate", "'%.*s': that month has %d days", (int)n, as, y ? month_days(y, m)
			    : month_days(2001, m));
	return when_lex_add(x, (struct token){ .is = DATE, .year = y, .month = m, .day = d,
		    .as = pool_slice(x->p, as, n) });
}

bool when_offset_at(struct lex *x, const char **s)
{
	const char *at = *s;
	int sign = *at == '-' ? -1 : 1, h, m = 0;
	size_t n;

	at++;
	n = digits(at);
	if (n != 1 && n != 2 && n != 4)
		return false;
	h = digits_value(at, n);
	if (n == 4) {
		m = h % 100;
		h /= 100;
	}
	at += n;
	if (*at == ':' && digits(at + 1) == 2) {
		m = digits_value(at + 1, 2);
		at += 3;
	}
	if (h > 14 || m > 59)
		return false;
	*s = at;
	return when_lex_add(x, (struct token){ .is = ZONE, .zone = zone_fixed(x->p, sign * (h * 3600 + m * 60)),
		    .offset_zone = true, .as = "" });
}

/* What may follow the clock of an ISO date: Z or an offset. */
static bool iso_zone(struct lex *x, const char **s)
{
	if (**s == 'z' && !isalpha((unsigned char)(*s)[1])) {
		(*s)++;
		return when_lex_add(x, (struct token){ .is = ZONE, .zone = zone_fixed(x->p, 0), .offset_zone = true,
			    .as = "z" });
	}
	/* "-": an offset behind a date alone; 9:30-11am and 9:00-11:00 are ranges */
	if ((**s == '+' || (**s == '-' && x->n >= 2 &&
		    (x->out[x->n - 2].is == DATE || x->out[x->n - 2].is == NUM))) && digits(*s + 1) >= 2)
		return when_offset_at(x, s) || x->e->kind == ERR_NONE;
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
		return err_code(x->e, "ambiguous", "'%s' is %d-%02d or %d-%02d: write the month as a word, as %d %s",
			    as, a, b, b, a, a,
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
	w = when_word(name);
	return strcmp(name, "mo") == 0 || (w && (w->is == UNIT || w->is == BUSINESS));
}

/* The digits at hand: where they begin, how many, what they make, what is behind them. */
struct run {
	const char *s;
	size_t n;
	int v;
	const char *at;
};
enum tried { NOT_IT, READ, REFUSED };

static enum tried tried(bool well)
{
	return well ? READ : REFUSED;
}

/* 2026-12-01, 2026/12/01, 2026.12.01 [T09:00[:00][Z|+01:00]] */
static enum tried iso_date(struct lex *x, const struct run *g)
{
	const char *at = g->at;
	size_t m, k;

	if (g->n == 4 && strchr("-/.", *at) && *at && (m = digits(at + 1)) >= 1 && m <= 2 && at[1 + m] == *at &&
		    (k = digits(at + 2 + m)) >= 1 && k <= 2) {
		const char *end = at + 2 + m + k;

		if (!date_token(x, g->v, digits_value(at + 1, m), digits_value(at + 2 + m, k), g->s,
			    (size_t)(end - g->s)))
			return REFUSED;
		x->s = end;
		if (*end == 't' && digits(end + 1) == 2) {
			x->s = end + 1;
			if (!when_number(x))
				return REFUSED;
		}
		return tried(iso_zone(x, &x->s));
	}
	return NOT_IT;
}

/* 20261201 */
static enum tried packed_date(struct lex *x, const struct run *g)
{
	if (g->n == 8 && g->v / 10000 >= 1900 && g->v / 10000 < 2200) {
		x->s = g->at;
		return tried(date_token(x, g->v / 10000, g->v / 100 % 100, g->v % 100, g->s, g->n));
	}
	return NOT_IT;
}

/* 2026-w49[-5], 2026 q3, 2026-12 */
static enum tried of_year(struct lex *x, const struct run *g)
{
	const char *s = g->s, *at = g->at;
	int v = g->v;
	size_t m;
	const char *w = at + (*at == '-' || *at == ' ');

	if (g->n != 4)
		return NOT_IT;
	if (*w == 'w' && (m = digits(w + 1)) >= 1 && m <= 2) {
		struct token t = { .is = ISOWEEK, .year = v, .value = digits_value(w + 1, m), .as = s };

		x->s = w + 1 + m;
		if ((*x->s == '-' && digits(x->s + 1) == 1) || (m == 2 && digits(x->s) == 1)) {
			x->s += *x->s == '-';
			t.day = *x->s++ - '0';
		}
		t.as = pool_slice(x->p, s, (size_t)(x->s - s));
		return tried(when_lex_add(x, t));
	}
	if (*w == 'q' && w[1] >= '1' && w[1] <= '4' && !isalnum((unsigned char)w[2])) {
		x->s = w + 2;
		return tried(when_lex_add(x, (struct token){ .is = QUARTER, .year = v, .value = w[1] - '0',
			    .as = pool_slice(x->p, s, 7) }));
	}
	/* 2026-12 */
	if (strchr("-/.", *at) && *at && digits(at + 1) == 2 && digits_value(at + 1, 2) >= 1 &&
		    digits_value(at + 1, 2) <= 12 && v >= 1900 && v < 2200) {
		x->s = at + 3;
		return tried(when_lex_add(x, (struct token){ .is = MONTH_OF, .year = v,
			    .month = digits_value(at + 1, 2), .as = pool_slice(x->p, s, 7) }));
	}
	return NOT_IT;
}

/* 9:30[:00] [am] */
static enum tried clock_time(struct lex *x, const struct run *g)
{
	const char *s = g->s, *at = g->at;
	size_t m, k;
	int half;

	if (g->n <= 2 && *at == ':') {
		int min, sec = 0;

		m = digits(at + 1);
		if (m != 2)
			return tried(bad_time(x, s, g->n + 1 + m));
		min = digits_value(at + 1, 2);
		at += 3;
		if (*at == ':' && digits(at + 1) == 2) {
			sec = digits_value(at + 1, 2);
			at += 3;
		}
		half = half_day(at, &k);
		x->s = at + (half ? k : 0);
		return tried(clock_token(x, g->v, min, sec, half, s, (size_t)(x->s - s)) && iso_zone(x, &x->s));
	}
	return NOT_IT;
}

/* 8.30am, 14.30 uhr */
static enum tried dotted_clock(struct lex *x, const struct run *g)
{
	const char *at = g->at;
	size_t k;
	int half;

	if (g->n <= 2 && *at == '.' && digits(at + 1) == 2) {
		half = half_day(at + 3, &k);
		if (half || strncmp(at + 3 + strspn(at + 3, " "), "uhr", 3) == 0) {
			x->s = at + 3 + (half ? k : strspn(at + 3, " ") + 3);
			return tried(clock_token(x, g->v, digits_value(at + 1, 2), 0, half, g->s,
				    (size_t)(x->s - g->s)));
		}
	}
	return NOT_IT;
}

/* 1.5h: where a unit follows */
static enum tried fraction(struct lex *x, const struct run *g)
{
	const char *at = g->at;
	size_t m;

	if ((*at == '.' || *at == ',') && (m = digits(at + 1)) >= 1 && unit_follows(at + 1 + m)) {
		x->s = at + 1 + m;
		return tried(when_lex_add(x, (struct token){ .is = NUM, .value = g->v, .digits = (int)g->n,
			    .tenths = m == 1 ? at[1] - '0' : m == 2 ? digits_value(at + 1, 2) / 10 : 0,
					      .as = pool_slice(x->p, g->s, g->n + 1 + m) }));
	}
	return NOT_IT;
}

/* 1/12, 1.12., 1-12-2026; but 3-5 days, 9-11am, 1-5 dec and dec 1-5 are ranges */
static enum tried day_and_month(struct lex *x, const struct run *g)
{
	const char *s = g->s, *at = g->at;
	size_t m, k;
	char sign;
	bool after_month = x->n && x->out[x->n - 1].is == MONTH;

	if (g->n <= 2 && (*at == '/' || *at == '.' || *at == '-') && (m = digits(at + 1)) >= 1 && m <= 2) {
		int d = 0, mo = 0, y = 0;
		const char *end = at + 1 + m, *after;

		sign = *at;
		if (*end == sign && ((k = digits(end + 1)) == 4 || k == 2) &&
			    !(sign == '.' && digits(end + 1) == 2 && end[3] == ':')) {
			y = full_year(digits_value(end + 1, k), k);
			end += 1 + k;
		}
		after = end + strspn(end, " ");
		if (sign != '-' || y || (!isalpha((unsigned char)*after) && !after_month && *after != ':')) {
			if (sign == '.' && *end == '.' && !isdigit((unsigned char)end[1]))
				end++;
			if (!day_month(x, g->v, digits_value(at + 1, m), sign, &d, &mo,
				    pool_slice(x->p, s, (size_t)(end - s))))
				return REFUSED;
			x->s = end;
			if (!date_token(x, y, mo, d, s, (size_t)(end - s)))
				return REFUSED;
			x->out[x->n - 1].either = sign != '.' && d <= 12 && mo <= 12 && d != mo;
			return READ;
		}
	}
	return NOT_IT;
}

/* 9am, 930am */
static enum tried clock_hour(struct lex *x, const struct run *g)
{
	const char *s = g->s;
	size_t k, n = g->n;
	int half, v = g->v;

	half = half_day(g->at, &k);
	if (half && n <= 4) {
		x->s = g->at + k;
		return tried(n <= 2 ? clock_token(x, v, 0, 0, half, s, n + k)
			    : clock_token(x, v / 100, v % 100, 0, half, s, n + k));
	}
	return NOT_IT;
}

/* 14h30, 9h */
static enum tried hour_sign(struct lex *x, const struct run *g)
{
	const char *s = g->s, *at = g->at;
	size_t n = g->n, m;
	int v = g->v;

	if (n <= 2 && *at == 'h' && !isalpha((unsigned char)at[1])) {
		m = digits(at + 1);
		if (m == 2 && !isalpha((unsigned char)at[3])) {
			x->s = at + 3;
			return tried(when_lex_add(x,
				    (struct token){ .is = CLOCK, .value = v * 60 + digits_value(at + 1, 2),
				    .half = 4, .digits = v, .as = pool_slice(x->p, s, n + 3) }));
		}
		if (m == 0) {
			x->s = at + 1;
			return tried(when_lex_add(x,
				    (struct token){ .is = CLOCK, .value = v * 60, .half = 3, .digits = v,
				    .as = pool_slice(x->p, s, n + 1) }));
		}
	}
	return NOT_IT;
}

/* "st", "er", "." … at the digits' end: how long; 0: none. "thu" is not "th". */
static size_t ordinal_sign(const char *at)
{
	static const char *const signs[] = { "st", "nd", "rd", "th", "er" };

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (strncmp(at, signs[i], 2) == 0)
			return strncmp(at, "thu", 3) != 0 ? 2 : 0;
	return (*at == '.' && !isdigit((unsigned char)at[1])) || (*at == 'o' && !isalpha((unsigned char)at[1]));
}

/* 15th, 1er, 15.; "15thofdecember" is glued */
static enum tried ordinal(struct lex *x, const struct run *g)
{
	size_t sign = ordinal_sign(g->at);

	if (g->n > 2 || !sign)
		return NOT_IT;
	x->s = g->at + sign;
	return tried(when_lex_add(x, (struct token){ .is = ORDINAL, .value = g->v, .as = pool_slice(x->p, g->s, g->n + sign) }));
}

bool when_number(struct lex *x)
{
	static enum tried (*const forms[])(struct lex *, const struct run *) = {
		iso_date, packed_date, of_year, clock_time, dotted_clock, fraction, day_and_month, clock_hour,
		hour_sign, ordinal,
	};
	size_t n = digits(x->s);
	const struct run g = { x->s, n, digits_value(x->s, n), x->s + n };

	if (n > 8)
		return err_code(x->e, n > 9 ? "unknown" : "toofar", "'%.*s' is too big a number for a date", (int)n,
			    x->s);
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		enum tried t = forms[i](x, &g);

		if (t != NOT_IT)
			return t == READ;
	}
	x->s = g.at;
	return when_lex_add(x, (struct token){ .is = NUM, .value = g.v, .digits = (int)n, .tenths = -1,
					       .as = pool_slice(x->p, g.s, n) });
}
