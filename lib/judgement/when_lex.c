/* an expression to its tokens: words, glued words, durations, weeks, and what begins with a digit, one after the
 * other */
#include <ctype.h>
#include <string.h>

#include "judgement/when_lex_inner.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

bool when_lex_add(struct lex *x, struct token t)
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

/* ---- words ---- */

static bool add_word(struct lex *x, const struct word *w)
{
	return when_lex_add(x, (struct token){ .is = w->is, .value = w->value, .as = w->s });
}

static bool add_zone(struct lex *x, const char *s)
{
	const char *name = when_zone_name(s);
	const struct zone *z = strcmp(name, "UTC") == 0 ? zone_fixed(x->p, 0) : NULL;

	if (!z && x->f->zone)
		z = x->f->zone(x->f->zone_arg, name);
	if (!z && strcmp(zone_name(x->f->time->zone), name) == 0)
		z = x->f->time->zone;
	if (!z)
		return err_code(x->e, "unknown", "the zone %s is not known on this machine", name);
	return when_lex_add(x, (struct token){ .is = ZONE, .zone = z, .as = pool_copy(x->p, s) });
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
			w = when_word(piece);
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
	const char *near;

	if (!x->glue) /* within a sentence nobody hears of it */
		return err_code(x->e, "unknown", "'%s' is no word for a date that I know", s);
	near = when_word_near(s);
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
		if (!when_lex_add(x, (struct token){ .is = NUM, .value = digits_value(s, k), .digits = (int)k,
			    .tenths = -1, .as = "" }) ||
		    !when_lex_add(x, (struct token){ .is = UNIT, .value = unit, .as = "" }))
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
	if ((strcmp(s, "w") == 0 || strcmp(s, "kw") == 0) && digits(x->s + n + (x->s[n] == ' ')) &&
		    !(last && last->is == NUM)) {
		const char *d = x->s + n + (x->s[n] == ' ');
		size_t m = digits(d);

		if (m <= 2) {
			struct token t = { .is = ISOWEEK, .value = digits_value(d, m) };

			x->s = d + m;
			if (*x->s == '-' && digits(x->s + 1) == 1 && x->s[1] >= '1' && x->s[1] <= '7') {
				t.day = x->s[1] - '0';
				x->s += 2;
			}
			t.as = pool_print(x->p, "w%d", t.value);
			return when_lex_add(x, t);
		}
	}
	if (strcmp(s, "q") == 0 && x->s[1] >= '1' && x->s[1] <= '4' && !isdigit((unsigned char)x->s[2]) &&
		    !(last && last->is == NUM && x->sticks)) {
		struct token t = { .is = QUARTER, .value = x->s[1] - '0', .as = pool_slice(x->p, x->s, 2) };

		x->s += 2;
		if (digits(x->s + strspn(x->s, "- ")) == 4) {
			x->s += strspn(x->s, "- ");
			t.year = digits_value(x->s, 4);
			x->s += 4;
		}
		return when_lex_add(x, t);
	}
	if (strcmp(s, "q") == 0 && isdigit((unsigned char)x->s[1]) && !(last && last->is == NUM && x->sticks))
		return err_code(x->e, "nodate", "there is no such quarter: a year has q1 to q4");
	x->s += n;
	/* UTC+2, GMT-5 */
	if ((strcmp(s, "utc") == 0 || strcmp(s, "gmt") == 0) && (*x->s == '+' || *x->s == '-') && digits(x->s + 1))
		return when_offset_at(x, &x->s) || x->e->kind != ERR_NONE ? x->e->kind == ERR_NONE : unknown(x, s);
	if (strcmp(s, "ist") == 0 && last)
		return err_code(x->e, "ambiguous", "IST is India, Ireland or Israel: write the zone in full, as Asia/Kolkata");
	/* "5pm": the suffix of a number was read with it; "am" alone stands before a German day */
	if (strcmp(s, "am") == 0)
		return true;
	/* right after a time these are zones, not words */
	if (last && (last->is == CLOCK || last->is == PART || last->is == NUM || last->is == UHR) &&
		    when_zone_name(s) &&
	    !(last->is == NUM && x->sticks))
		return add_zone(x, s);
	/* bis zum Freitag, jusqu'au 15, até ao dia: an article in prose, not of an expression */
	if (!x->glue && last && last->is == BY) {
		static const char *const articles[] = { "zum", "zur", "au", "aux", "ao", "al", "all", "o" };

		for (size_t i = 0; i < COUNT(articles); i++)
			if (strcmp(s, articles[i]) == 0)
				return true;
	}
	w = when_word(s);
	/* "an" after a French number is a year; "a" before a clock time is French for at */
	if (w && w->is == ONE && strcmp(s, "an") == 0 && last &&
		    (last->is == NUM || last->is == NUMBER || (last->is == ONE && strcmp(last->as, "un") == 0)))
		return when_lex_add(x, (struct token){ .is = UNIT, .value = YEARS, .as = "an" });
	if (strcmp(s, "mo") == 0 && last && (last->is == NUM || last->is == NUMBER))
		return when_lex_add(x, (struct token){ .is = UNIT, .value = MONTHS, .as = "mo" });
	if (strcmp(s, "mi") == 0 && *x->s) {
		const char *next = x->s + strspn(x->s, " -");
		char name[WORD_LONGEST + 1];
		size_t k = 0;
		const struct word *m;

		while (k < WORD_LONGEST && isalpha((unsigned char)next[k]))
			k++;
		memcpy(name, next, k);
		name[k] = '\0';
		m = when_word(name);
		if (m && m->is == MONTH)
			return when_lex_add(x, (struct token){ .is = MID, .as = "mi" });
	}
	/* after day-words they make a working day; in front they are the same word */
	if (w)
		return add_word(x, w);
	if (when_zone_name(s))
		return add_zone(x, s);
	if (x->glue && cut(s, n, pieces, &count)) {
		for (size_t i = 0; i < count; i++)
			if (!add_word(x, pieces[i]))
				return false;
		return true;
	}
	return unknown(x, s);
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
		while (isalnum((unsigned char)to[0]) || strchr("/_", *to) ||
			    (*to == '-' && isalpha((unsigned char)to[1]))) {
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
static bool lex(struct pool *p, const char *text, const struct frame *f, bool glue, struct token *out, size_t *n,
	struct err *e)
{
	enum { EXPRESSION_MOST = 300 };
	struct err own = { 0 }; /* asked for in the midst of it, whether or not the caller wants to hear */
	struct lex x = { .p = p, .f = f, .out = out, .e = e ? e : &own, .glue = glue };
	bool iana;
	char *s, *to;
	const char *from;

	if (strlen(text) > EXPRESSION_MOST)
		return err_code(x.e, "unknown", "that is too long for a date");
	/* = and the control characters mark what was read already: a stranger may not write them */
	for (from = text; *from; from++)
		if (*from == '=' || ((unsigned char)*from < ' ' && !strchr("\t\r\n", *from)))
			return err_code(x.e, "unknown", "'%c' is no sign that a date is written with", *from == '='
				    ? '=' : '?');
	s = text_fold(p, take_iana(&x, text, &iana));
	/* between letters every separator is a space: then phrases are found, and what is left stands for itself */
	for (to = s, from = s; *from; from++) {
		bool letter_before = to > s && isalpha((unsigned char)to[-1]),
			letter_after = isalpha((unsigned char)from[1]);
		char c = *from;

		if (c == '_' || c == '\t' || c == '\n' || c == '\r' || c == '(' || c == ')' || c == '"' ||
			    c == '!' || c == ';')
			c = ' ';
		if ((c == '+' || c == ',') && !(isdigit((unsigned char)from[1]) && to > s &&
			    (isdigit((unsigned char)to[-1]) || to[-1] == 'c')) &&
		    !(c == '+' && digits(from + 1) == 2 && from[3] == ':') &&
		    	!(c == '+' && to - s >= 3 && strncmp(to - 3, "gmt", 3) == 0))
			c = ' ';
		if (c == '.' && !isdigit((unsigned char)(to > s ? to[-1] : ' ')) &&
			    !(letter_before && to - s >= 1 && (to[-1] == 'a' || to[-1] == 'p' || to[-1] == 'm') &&
			    (letter_after || !from[1] || from[1] == ' ')))
			c = ' ';
		if (c == '-' && letter_before && letter_after)
			c = '-'; /* may be a range of weekdays: the reader decides */
		*to++ = c;
	}
	*to = '\0';
	s = when_join_phrases(p, s);
	{ /* "apres-demain", "sexta-feira", "end-of-day": dashes between letters for phrases too */
		char *spaced = pool_copy(p, s);

		for (char *c = spaced + 1; *spaced && *c; c++)
			if ((*c == '-' || *c == '.') && isalpha((unsigned char)c[-1]) && isalpha((unsigned char)c[1]))
				*c = ' ';
		{
			char *joined = when_join_phrases(p, pool_copy(p, spaced));

			if (strcmp(joined, spaced) != 0)
				s = joined;
		}
	}
	for (x.s = s; *x.s;) {
		unsigned char c = (unsigned char)*x.s;

		if (c == '\x01') {
			x.s++;
			if (!when_lex_add(&x, (struct token){ .is = ZONE, .zone = f->zone(f->zone_arg, x.iana),
				    .as = x.iana }))
				return false;
		} else if (c == '=') { /* "=by": a deadline, wherever it stands */
			x.s += 3;
			x.sticks = false;
			if (!when_lex_add(&x, (struct token){ .is = BY, .value = 1, .as = "by" }))
				return false;
		} else if (isdigit(c)) {
			if (!when_number(&x))
				return false;
		} else if (isalpha(c) || c >= 0x80) {
			if (!letters(&x))
				return false;
		} else if (c == '+' && x.n && x.out[x.n - 1].is == CLOCK && digits(x.s + 1) == 2 && x.s[3] == ':') {
			if (!when_offset_at(&x, &x.s))
				return err_code(x.e, "unknown", "'%s' is no offset of a zone", x.s);
		} else if (c == '-') {
			x.s++;
			x.sticks = false;
			if (x.n && *x.s && (*x.s != ' ' || isalpha((unsigned char)x.s[1])) &&
				    !when_lex_add(&x, (struct token){ .is = DASH, .as = "-" }))
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

bool when_lex(struct pool *p, const char *text, const struct frame *f, struct token out[TOKENS_MOST + 1], size_t *n,
	struct err *e)
{
	return lex(p, text, f, true, out, n, e);
}

bool when_lex_unglued(struct pool *p, const char *text, const struct frame *f, struct token out[TOKENS_MOST + 1],
	size_t *n, struct err *e)
{
	return lex(p, text, f, false, out, n, e);
}
