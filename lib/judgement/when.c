/* the whole expression: its prefix, its items, the instant */
#include "judgement/when_inner.h"

#include <ctype.h>
#include <string.h>

/* ---- the instant ---- */

static utc in_zone(struct reading *r, int32_t day, const struct clock *c)
{
	const struct zone *z = c->zone ? c->zone : time_of(r)->zone;

	return c->minute == 1440 ? zone_at(z, day + 1, 0) : zone_at(z, day, c->minute);
}

static int32_t moved(const struct reading *r, int32_t day, bool back)
{
	const struct worktime *w = time_of(r);
	int32_t to;

	if (w->move == MOVE_NO || is_workday(w, day))
		return day;
	if (back || w->move == MOVE_PREVIOUS) {
		to = workday_before(w, day);
		return to > r->today ? to : back ? day : workday_from(w, day);
	}
	return workday_from(w, day);
}

/* A time without a day: today's, or the next. */
static bool clock_only(struct reading *r, const struct clock *c, struct when *out)
{
	const struct worktime *w = time_of(r);
	const struct zone *z = c->zone ? c->zone : w->zone;
	int32_t day = c->end ? workday_from(w, r->today) : c->zone ? zone_day(z, r->f->anchor) : r->today;
	utc t;

	t = in_zone(r, day, c);
	if (t <= r->f->anchor) {
		day = c->end ? workday_from(w, day + 1) : day + 1;
		t = in_zone(r, day, c);
	}
	out->at = t;
	out->has_hour = out->no_day = true;
	return true;
}

bool when_settle(struct reading *r, const struct day *d, const struct clock *c, bool deadline, struct when *out)
{
	const struct worktime *w = time_of(r);
	int32_t day = d->day;
	struct clock clock = *c;

	if (!d->is)
		return clock_only(r, c, out);
	if (d->elapsed) {
		if (c->is)
			return refuse(r, "conflict", "hours from now, and a time of day: write one of them");
		out->at = d->at;
		out->has_hour = true;
		return out->at - r->f->anchor <= (utc)30 * 366 * 86400 || refuse(r, "toofar", "that is more than 30 years ahead");
	}
	if (day - r->today > 30 * 366)
		return refuse(r, "toofar", "that is more than 30 years ahead");
	if (d->end || d->range)
		deadline = true;
	if (d->soft || (d->range && d->counted))
		day = moved(r, day, deadline);
	if (!c->is) {
		clock.minute = deadline ? w->eod : w->keep_time && d->counted ? r->now : w->hour;
		if (day == r->today && !deadline) { /* the first of hour, eod, night still ahead */
			if (r->now >= clock.minute)
				clock.minute = r->now < w->eod ? w->eod : w->night;
		}
	}
	out->at = in_zone(r, day, &clock);
	out->has_hour = c->is;
	if (d->period && !deadline && !c->is && d->day == d->first)
		out->till = zone_at(w->zone, workday_before(w, d->last + 1), w->eod);
	if (out->at <= r->f->anchor)
		return err_code(r->e, "past", "that was %s: it has passed; name a later time, as tomorrow",
				utc_words(r->p, w->zone, out->at));
	if (!c->is && zone_gap(w->zone, day, clock.minute))
		out->note = "that time is left out when the clocks change: it is an hour later";
	else if (c->is && !c->zone && clock.minute < 1440 && zone_gap(w->zone, day, clock.minute))
		out->note = "that time is left out when the clocks change: it moves on";
	else if (d->rolled && day - r->today > 300)
		out->note = "that is more than 300 days ahead: this year's has passed";
	else if (day != d->day && d->soft)
		out->note = "moved off a day on which nobody works";
	return true;
}

/* ---- items ---- */

/* A day part and a clock time read together: tonight at 8 is 20:00. */
static bool join_clocks(struct reading *r, struct clock *have, const struct clock *more)
{
	const struct clock *part = have->part ? have : more, *bare = have->part ? more : have;
	int m = bare->minute;

	if (!have->is) {
		*have = *more;
		return true;
	}
	if (have->part == more->part)
		return have->minute == more->minute && have->part ? true : refuse(r, "conflict", "two times of day: write one of them");
	switch (part->which) {
	case PART_MORNING:
		if (m >= 12 * 60 + 60)
			return refuse(r, "conflict", "a morning ends at noon: morning, or that time?");
		break;
	case PART_NOON:
		if (m < 4 * 60)
			m += 720;
		break;
	case PART_AFTERNOON:
	case PART_EVENING:
	case PART_NIGHT:
		if (m == 12 * 60) /* the clock's 12 in the evening is midnight, in the afternoon hardly noon */
			return refuse(r, "ambiguous", "that 12 is noon or midnight: write noon, or midnight");
		if (m < 12 * 60)
			m += 720;
		if (part->which != PART_AFTERNOON && m < 16 * 60)
			return refuse(r, "conflict", "that time is not in the evening: write 2am, or 14:00, with its day");
		if (part->which == PART_AFTERNOON && (m < 12 * 60 || m > 19 * 60))
			return refuse(r, "conflict", "an afternoon is from 12:00 on: afternoon, or that time?");
		break;
	default:
		return refuse(r, "conflict", "two times of day: write one of them");
	}
	*have = (struct clock){ .is = true, .minute = m, .bare = true, .zone = have->zone };
	return true;
}

static bool same_day(struct reading *r, struct day *have, const struct day *more)
{
	if (!have->is) {
		*have = *more;
		return true;
	}
	/* friday 4 december: a weekday with its date */
	if (have->weekday && !more->weekday && !more->elapsed) {
		if ((int)day_weekday(more->day) != have->number)
			return refuse(r, "conflict", "that date is another day of the week: write one of them");
		*have = *more;
		return true;
	}
	if (more->weekday && have->period && have->last - have->first == 6) { /* w49 friday */
		int32_t day = have->first + (more->number - (int)day_weekday(have->first) + 7) % 7;

		*have = (struct day){ .is = true, .day = day, .today = day == r->today };
		return day >= r->today || refuse(r, "past", "that day of the week has passed");
	}
	if (more->weekday && !have->weekday && !have->elapsed) {
		if (have->counted)
			return refuse(r, "conflict", "two days: write one of them");
		return (int)day_weekday(have->day) == more->number || refuse(r, "conflict", "that date is another day of the week: write one of them");
	}
	return refuse(r, "conflict", "two days: write one of them");
}

static bool stray(struct reading *r)
{
	const struct token *t = &r->t[r->at];

	switch (t->is) {
	case VAGUE:
		return err_code(r->e, "vague", "'%s' says no day: write one, as tomorrow, friday, 2w", t->as);
	case TWOWAYS:
		return err_code(r->e, "ambiguous", "'%s' is used for twice a period and for every second one: write every 2 weeks, every 2 months, every half year", t->as);
	case TOOOFTEN:
		return refuse(r, "toooften", "daily is the most often");
	case AGO:
		return refuse(r, "past", "that has passed; name a day to come, as tomorrow");
	case NUM:
		if (t->digits == 4 && t->value >= 2026 && t->value <= 2099)
			return err_code(r->e, "ambiguous", "%d is a year or a time: write end of %d, or at %02d:%02d", t->value, t->value, t->value / 100, t->value % 100);
		return err_code(r->e, "unit", "%s what? %sam, %sd, %sth?", t->as, t->as, t->as, t->as);
	case NUMBER: case UNIT: case ONE: case COUPLE: case HALF:
		if (t->is == ONE && t[1].is == VAGUE)
			return err_code(r->e, "vague", "'%s' says no day: write one, as tomorrow, friday, 2w", t[1].as);
		return err_code(r->e, "unit", "'%s' alone says no time: how many of what? As 3 days, 2 weeks", t->as);
	case OUVRABLES:
		return refuse(r, "ambiguous", "jours ouvrables are six a week: write jours ouvres, or 3bd");
	case FOLLOWING:
		return refuse(r, "ambiguous", "following what? Write next week, or a date");
	case LAST:
		return refuse(r, "ambiguous", "`last` looks back: write `last friday of the month`, or a date to come");
	case NTH:
		return err_code(r->e, "ambiguous", "'%s' what? Write 2nd of december, 2nd tuesday", t->as);
	case ORDINAL:
		return err_code(r->e, "conflict", "'%s' is one day too many", t->as);
	case CLOCK:
		return err_code(r->e, "ambiguous", "'%s' is a time of day or hours from now: write at %s, or in %s", t->as, t->as, t->as);
	case END_OF_WORDS:
		return refuse(r, "unit", "that says no day: as friday, 3d, 1 dec");
	default:
		return err_code(r->e, "unit", "'%s' alone says no day: as friday, 3d, 1 dec", *t->as ? t->as : "that");
	}
}

enum prefix { NO_PREFIX, DEADLINE, PREFIX_WITHIN, PREFIX_BEFORE, PREFIX_AFTER, PREFIX_FROM };

static bool is_day_word(int m)
{
	return m == TODAY || m == TOMORROW || m == MORGEN || m == OVERMORROW || m == WEEKDAY || m == DATE;
}

/* Items in any order until the end (or `till`): at most one day, one time, one zone. */
static bool items(struct reading *r, struct day *d, struct clock *c, bool *deadline, int till)
{
	const struct zone *zone = NULL;

	*d = (struct day){ 0 };
	*c = (struct clock){ 0 };
	while (!is(r, 0, END_OF_WORDS) && !(till && is(r, 0, till))) {
		struct day day;
		struct clock clock;
		size_t at = r->at;

		if (is(r, 0, DASH) || (is(r, 0, AND) && (d->is || c->is) && r->t[r->at + 1].is != END_OF_WORDS)) {
			r->at++;
			continue;
		}
		if (is(r, 0, ZONE)) {
			if (zone || !c->is)
				return refuse(r, zone ? "conflict" : "unit", zone ? "two zones: write one of them" : "a zone stands after a time, as 9am ET");
			zone = r->t[r->at++].zone;
			continue;
		}
		if (is(r, 0, BY) || (is(r, 0, BEFORE) && d->is)) { /* friday by 5pm; friday at the latest */
			*deadline = true;
			r->at++;
			continue;
		}
		if (is(r, 0, VAGUE) || is(r, 0, TWOWAYS) || is(r, 0, TOOOFTEN))
			return stray(r);
		if (is(r, 0, AT) && (r->t[r->at + 1].is == END_OF_WORDS))
			return stray(r);
		if (is(r, 0, MORGEN) && d->is) { /* morning, after a day */
			if (!read_clock(r, &clock, true))
				return r->e->kind == ERR_NONE ? stray(r) : false;
			if (!join_clocks(r, c, &clock))
				return false;
			continue;
		}
		if (read_clock(r, &clock, d->is || (is(r, 0, CLOCK) && is_day_word(r->t[r->at + 1].is)))) { /* 9h demain */
			if (clock.which == -1) { /* at 3: which half of the day? */
				if (c->is && c->part)
					clock.which = 0;
				else if (is(r, 0, PART) || is(r, 0, TONIGHT) || (is(r, 0, IN) && r->t[r->at + 1].is == PART))
					clock.which = 0;
				else
					return err_code(r->e, "ambiguous", "at %d: write %dam or %dpm", clock.minute / 60, clock.minute / 60, clock.minute / 60);
			}
			if (!join_clocks(r, c, &clock))
				return false;
			if (r->t[at].is == TONIGHT && !d->is) {
				*d = (struct day){ .is = true, .day = r->today, .today = true };
			} else if (r->t[at].is == THIS && !d->is) {
				*d = (struct day){ .is = true, .day = r->today, .today = true };
			}
			continue;
		}
		if (r->e->kind != ERR_NONE)
			return false;
		if (read_day(r, &day)) {
			if (!same_day(r, d, &day))
				return false;
			if (r->at == at)
				return stray(r);
			continue;
		}
		if (r->e->kind != ERR_NONE)
			return false;
		r->at = at;
		if (is(r, 0, FILLER) || is(r, 0, THING)) {
			r->at++;
			continue;
		}
		return stray(r);
	}
	if (zone)
		c->zone = zone;
	return true;
}

static bool prefixed(struct reading *r, enum prefix prefix, struct when *out)
{
	const struct worktime *w = time_of(r);
	struct day d;
	struct clock c;
	bool deadline = prefix == DEADLINE || prefix == PREFIX_WITHIN;

	if (!items(r, &d, &c, &deadline, 0))
		return false;
	if (!d.is && !c.is)
		return stray(r);
	if (prefix == PREFIX_WITHIN && !(d.counted || d.range))
		return refuse(r, "unit", "within how long? As within 2 weeks");
	if (prefix == PREFIX_BEFORE && d.is && !c.is && !d.end && !d.elapsed) { /* the last working day before, at its end */
		int32_t day = workday_before(w, d.period ? d.first : d.day);

		if (d.day <= r->today)
			return refuse(r, "past", "that has passed");
		if (day < r->today)
			day = (d.period ? d.first : d.day) - 1;
		d = (struct day){ .is = true, .day = day };
		deadline = true;
	} else if (prefix == PREFIX_BEFORE) {
		deadline = true;
	} else if (prefix == PREFIX_AFTER && d.is && !d.elapsed) {
		d = (struct day){ .is = true, .day = workday_from(w, (d.period ? d.last : d.day) + 1) };
	} else if (deadline && d.period && !d.end) { /* by a period: by its first day */
		d = (struct day){ .is = true, .day = d.first > r->today ? d.first : d.day, .soft = true };
	}
	return when_settle(r, &d, &c, deadline, out);
}

static bool between(struct reading *r, struct when *out)
{
	struct day d;
	struct clock c;
	bool deadline = false;
	size_t at = r->at;

	/* the first half only has to be one; the second counts */
	while (!is(r, 0, END_OF_WORDS) && !is(r, 0, AND))
		r->at++;
	if (!is(r, 0, AND) || r->at == at)
		return refuse(r, "unit", "between what and what?");
	r->at++;
	if (!items(r, &d, &c, &deadline, 0))
		return false;
	if (!d.is && !c.is)
		return refuse(r, "unit", "between what and what?");
	if (d.weekday && r->t[at].is == WEEKDAY) { /* between friday and monday: that monday, not the one before */
		int32_t first = r->today + (r->t[at].value - (int)day_weekday(r->today) + 7) % 7;

		if (first == r->today)
			first += 7;
		d.day = first + (d.number - r->t[at].value + 7) % 7;
	}
	return when_settle(r, &d, &c, true, out);
}

static bool read_all(struct reading *r, struct when *out)
{
	bool recurs;
	static const struct {
		int word;
		enum prefix prefix;
	} prefixes[] = { { BY, DEADLINE }, { WITHIN, PREFIX_WITHIN }, { BEFORE, PREFIX_BEFORE }, { AFTER, PREFIX_AFTER }, { FROM, PREFIX_FROM } };

	while (is(r, 0, FILLER))
		r->at++;
	if (is(r, 0, END_OF_WORDS))
		return refuse(r, "empty", "no date is written; as friday, 3d, 1 dec");
	if (is(r, 0, NOW) && r->t[r->at + 1].is == END_OF_WORDS) {
		out->at = r->f->anchor;
		out->has_hour = true;
		return true;
	}
	if (when_recurrence(r, out, &recurs))
		return true;
	if (recurs || r->e->kind != ERR_NONE)
		return false;
	if (is(r, 0, BETWEEN)) {
		r->at++;
		return between(r, out);
	}
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (is(r, 0, prefixes[i].word)) {
			/* "nach"/"vor"/"in" before an amount are offsets: "vor 3 Tagen" is past */
			r->at++;
			if (prefixes[i].prefix == DEADLINE && is(r, 0, TO)) /* bis zum, by to */
				r->at++;
			return prefixed(r, prefixes[i].prefix, out);
		}
	return prefixed(r, NO_PREFIX, out);
}

static bool is_range(const struct token *a, const struct token *b)
{
	bool days = (a->is == WEEKDAY || a->is == PLURAL) && (b->is == WEEKDAY || b->is == PLURAL);
	bool numbers = a->is == NUM || a->is == NUMBER || a->is == ORDINAL || a->is == CLOCK;

	return days || (numbers && (b->is == NUM || b->is == NUMBER || b->is == ORDINAL || b->is == CLOCK));
}

/* 9am every friday, at 9 jeden Freitag: a recurrence whose time stands first is read as if it stood last. */
static void every_first(struct token *t, size_t n)
{
	struct token time[4];
	size_t k = 0;

	while (k < 4 && k < n && (t[k].is == CLOCK || t[k].is == PART || t[k].is == AT || t[k].is == ZONE || t[k].is == UHR ||
				  (t[k].is == NUM && ((k && t[k - 1].is == AT) || t[k + 1].is == UHR))))
		k++;
	if (!k || k == n || t[k].is != EVERY)
		return;
	memcpy(time, t, k * sizeof *t);
	memmove(t, t + k, (n - k) * sizeof *t);
	memcpy(t + n - k, time, k * sizeof *t);
}

/* 12/05 is two dates: the setting decided, and the reader hears which. */
static const char *either_note(struct pool *p, const struct token *t, const struct frame *f, const char *more)
{
	static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
					      "December" };

	for (; t->is != END_OF_WORDS; t++)
		if (t->either)
			return pool_print(p, "%s is read as %d %s, %s first, not as %d %s%s%s", t->as, t->day, months[t->month - 1],
					  f->time->date_order == DATE_MDY ? "month" : "day", t->month, months[t->day - 1], more ? "; " : "", more ? more : "");
	return more;
}

#define VAGUE_TEXT "'%s' says no day: write one, as %s"

static bool parse(struct pool *p, const char *words, const struct frame *f, bool glue, struct when *out, struct err *e)
{
	struct vague vague;
	struct token tokens[TOKENS_MOST + 1];
	struct err why = { 0 };
	struct when w = { 0 };
	struct civil c = zone_civil(f->time->zone, f->anchor);
	struct reading r = { .p = p, .f = f, .today = zone_day(f->time->zone, f->anchor), .now = c.hour * 60 + c.minute, .e = &why };
	size_t n, kept = 0;

	if (!(glue ? when_lex(p, words, f, tokens, &n, &why) : when_lex_unglued(p, words, f, tokens, &n, &why)))
		goto failed;
	/* fillers mean nothing, wherever they stand; a dash is a range only between two of a kind */
	for (size_t i = 0; i < n; i++) {
		if (tokens[i].is == FILLER || (tokens[i].is == DASH && !(kept && is_range(&tokens[kept - 1], &tokens[i + 1]))))
			continue;
		/* alle 3 Monate; alle 9 is Italian for at nine */
		if (tokens[i].is == AT && strcmp(tokens[i].as, "alle") == 0 && (tokens[i + 1].is == NUM || tokens[i + 1].is == NUMBER) && tokens[i + 2].is == UNIT)
			tokens[i].is = EVERY;
		if (tokens[i].is == AT && strcmp(tokens[i].as, "alle") == 0 && tokens[i + 1].is == UNIT && tokens[i + 1].value >= DAYS)
			tokens[i].is = EVERY; /* alle Tage */
		/* 20 of next month, 15 of every month: the 20th, the 15th */
		if (tokens[i].is == NUM && tokens[i].digits <= 2 && tokens[i].tenths < 0) {
			size_t k = i + 1;

			while (k < n && tokens[k].is == FILLER)
				k++;
			if (k + 1 < n && ((k > i + 1 && (tokens[k].is == NEXT || tokens[k].is == THIS || tokens[k].is == FOLLOWING)) || tokens[k].is == EVERY) &&
			    tokens[k + 1].is == UNIT && tokens[k + 1].value == MONTHS)
				tokens[i].is = ORDINAL;
		}
		if (tokens[i].is == HALF && tokens[i + 1 + (tokens[i + 1].is == DASH)].is == ADVERB && tokens[i + 1 + (tokens[i + 1].is == DASH)].value == YEARLY) {
			tokens[i + 1 + (tokens[i + 1].is == DASH)].value = HALFYEARLY; /* half-yearly */
			continue;
		}
		tokens[kept++] = tokens[i];
	}
	tokens[kept] = (struct token){ .is = END_OF_WORDS, .as = "" };
	for (size_t i = 0; i + 1 < kept; i++) /* "in the coming weeks" */
		if ((tokens[i].is == NEXT || tokens[i].is == COMING) && tokens[i + 1].is == UNIT && tokens[i + 1].value >= DAYS &&
		    !(i && (tokens[i - 1].is == NUM || tokens[i - 1].is == NUMBER)) &&
		    when_word_plural(tokens[i + 1].as) && when_vague(p, words, &vague)) {
			err_code(&why, "vague", VAGUE_TEXT, words, vague.offers);
			goto failed;
		}
	every_first(tokens, kept);
	r.t = tokens;
	if (!read_all(&r, &w))
		goto failed;
	w.note = either_note(p, tokens, f, w.note);
	*out = w;
	return true;
failed:
	if (why.kind == ERR_NONE)
		err_code(&why, "unknown", "'%s' is no date that I can read; as friday, 3d, 1 dec", words);
	if (e)
		*e = why;
	return false;
}

bool when_parse(struct pool *p, const char *words, const struct frame *f, struct when *out, struct err *e)
{
	struct err why = { 0 };
	struct vague vague;

	if (parse(p, words, f, true, out, &why))
		return true;
	if (strcmp(why.code, "past") == 0 && !strchr(why.text, ';')) /* each rule says what has passed; the way out is the same */
		return err_code(e, "past", "%s; name a later time, as tomorrow", pool_copy(p, why.text));
	if ((strcmp(why.code, "unknown") == 0 || strcmp(why.code, "unit") == 0 || strcmp(why.code, "vague") == 0) && when_vague(p, words, &vague))
		return err_code(e, "vague", VAGUE_TEXT, text_squeeze(p, words), vague.offers);
	if (e)
		*e = why;
	return false;
}

bool when_is(struct pool *p, const char *words, bool cadence, struct err *e)
{
	struct worktime w = worktime_default(zone_fixed(p, 0));
	/* a fixed moment: nothing here depends on the clock but `past`, which is no error of the words */
	struct frame f = { .anchor = (utc)day_of(2026, 1, 5) * 86400 + 3600, .time = &w };
	struct err why = { 0 };
	struct when out;

	if (when_parse(p, words, &f, &out, &why))
		return !cadence || out.rrule || err_code(e, "unknown", "'%s' does not say how often; as every 2 weeks, quarterly", words);
	if (strcmp(why.code, "past") == 0)
		return !cadence;
	if (e)
		*e = why;
	return false;
}

/* ---- in a sentence ---- */

/* Words that are dates only beside others: in prose they are something else. */
static bool says_a_day(const char *s, size_t n)
{
	static const char *const weak[] = { "may", "mar", "so", "do", "di", "mi", "me", "as", "an", "a", "second", "first", "once", "now", "later",
					    "soon", "noon", "march", "sun", "sat", "wed", "mon", "dom", "sab", "ma", "za", "zo", "vr", "wo", "di", "mo",
					    "morning", "evening", "afternoon", "night", "lunch", "midi", "soir", "matin", "sera", "mittag", "week", "day" };
	bool digit = false;

	for (size_t i = 0; i < n; i++)
		digit |= isdigit((unsigned char)s[i]) != 0;
	for (size_t i = 0; i < sizeof weak / sizeof *weak; i++)
		if (strlen(weak[i]) == n && strncmp(s, weak[i], n) == 0)
			return false;
	/* bare numbers and fractions are amounts of something else: 1/2, 2.5, 24-30 */
	if (digit) {
		bool letter = false;

		for (size_t i = 0; i < n; i++)
			letter |= isalpha((unsigned char)s[i]) != 0;
		if (!letter && !(n >= 8 || memchr(s, ':', n) || (memchr(s, '.', n) && s[n - 1] == '.') || (memchr(s, '/', n) && n >= 4)))
			return false;
	}
	return true;
}

/* "the meeting on Monday by Friday": that "by" is the next date's. */
static bool leads_on(const char *s, size_t n)
{
	static const char *const list[] = { "by", "until", "till", "before", "bis", "avant", "entro", "hasta", "ate", "at\xc3\xa9", "voor" };

	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (strlen(list[i]) == n && strncasecmp(s, list[i], n) == 0)
			return true;
	return false;
}

/* "Monday at 3pm and on Friday at 9am": behind such an "and" the next date begins. */
static bool parts_dates(const char *and, const char *next)
{
	static const char *const ands[] = { "and", "or", "und", "oder", "et", "ou", "y", "o", "e", "ed", "en", "of" };
	static const char *const nexts[] = { "on", "at", "by", "before", "am", "um", "bis", "le", "avant", "el", "antes", "il", "alle", "entro", "em", "na",
					     "no", "op", "om", "voor" };
	bool is = false;

	for (size_t i = 0; i < sizeof ands / sizeof *ands; i++)
		is |= strcmp(and, ands[i]) == 0;
	for (size_t i = 0; is && i < sizeof nexts / sizeof *nexts; i++)
		if (strcmp(next, nexts[i]) == 0)
			return true;
	return false;
}

/* The span without the fillers at its end: an article there belongs to the next thing ("am Montag die Folien"). */
static size_t unfilled(const char *sentence, size_t from, size_t to, const struct frame *f)
{
	for (;;) {
		struct pool *mine = pool_new();
		struct token tokens[TOKENS_MOST + 1];
		size_t n = 0, word = to;
		bool filler;

		while (word > from && !strchr(" \t\r\n", sentence[word - 1]))
			word--;
		filler = word > from && when_lex_unglued(mine, pool_slice(mine, sentence + word, to - word), f, tokens, &n, NULL) && n == 1 &&
			 tokens[0].is == FILLER;
		pool_end(&mine);
		if (!filler)
			return to;
		to = word;
		while (to > from && strchr(" \t\r\n,", sentence[to - 1]))
			to--;
	}
}

/* Tom, or June with nothing to say that a month is meant: in prose they are people. */
static bool is_a_name(struct pool *p, const char *sentence, size_t from, size_t length, const struct frame *f)
{
	static const char *const names[] = { "Tom", "Jan", "April", "June", "August" };
	const char *rest = pool_slice(p, sentence + from, unfilled(sentence, from, from + length, f) - from);

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(rest, names[i]) == 0)
			return true;
	return false;
}

/* "poster 1." ends a sentence: a number and a full stop alone are no day in prose, where "on the 1st", "am 1." would be said. */
static bool is_a_number(const char *span)
{
	size_t n = strspn(span, "0123456789");

	return n && strcmp(span + n, ".") == 0;
}

/* `bad`, `why`: NULL, or where it found none the longest span that names no day of its month, and why. */
static bool find(struct pool *p, const char *sentence, const struct frame *f, size_t *from, size_t *to, struct when *out, const char **bad, struct err *why)
{
	enum { WORDS_MOST = 120, SPAN_MOST = 9 };
	size_t starts[WORDS_MOST], ends[WORDS_MOST], reach[WORDS_MOST], n = 0, best = 0; /* reach: behind the words that may be a date's */
	size_t wrong_from = 0, wrong_to = 0; /* "31 February": no part of it is a date either */
	const char *s = sentence, *next = "";
	struct pool *words = pool_new();
	bool found = false;

	while (n < WORDS_MOST) {
		size_t k;

		s += strspn(s, " \t\r\n");
		k = strcspn(s, " \t\r\n");
		if (!k)
			break;
		starts[n] = (size_t)(s - sentence);
		ends[n] = starts[n] + k;
		/* signs around a word are the sentence's */
		while (ends[n] > starts[n] + 1 && strchr(",;:!?)\"'", sentence[ends[n] - 1]))
			ends[n]--;
		while (starts[n] + 1 < ends[n] && strchr("(\"'*", sentence[starts[n]]))
			starts[n]++;
		n++;
		s += k;
	}
	for (size_t i = n; i-- > 0;) {
		const char *word = text_fold(words, pool_slice(words, sentence + starts[i], ends[i] - starts[i]));
		bool may = when_word_may(word) && !parts_dates(word, next);

		next = word;
		reach[i] = !may ? i : i + 1 < n ? reach[i + 1] : n;
	}
	pool_end(&words);
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + SPAN_MOST < reach[i] ? i + SPAN_MOST : reach[i]; j-- > i;) {
			size_t length = ends[j] - starts[i];
			struct pool *mine;
			struct when w;
			struct err e = { 0 };
			char *span, *folded;

			if (length <= best || length > 120 || (starts[i] >= wrong_from && ends[j] <= wrong_to) || (j > i && j + 1 < n && leads_on(sentence + starts[j], ends[j] - starts[j])))
				continue;
			mine = pool_new();
			span = pool_slice(mine, sentence + starts[i], length);
			if (j + 1 == n || sentence[ends[j]] != '.') /* a full stop ends the sentence, or an ordinal */
				while (length > 1 && span[length - 1] == '.' && !isdigit((unsigned char)span[length - 2]))
					span[--length] = '\0';
			folded = text_fold(mine, span);
			if (says_a_day(folded, strlen(folded)) && !is_a_number(span) && parse(mine, span, f, false, &w, &e) && !is_a_name(mine, sentence, starts[i], length, f)) {
				best = ends[j] - starts[i];
				*from = starts[i];
				*to = starts[i] + length;
				*out = w;
				out->rrule = pool_copy(p, w.rrule);
				out->note = w.note ? pool_copy(p, w.note) : NULL;
				found = true;
				pool_end(&mine);
				break;
			}
			if (strcmp(e.code, "nodate") == 0 && length > wrong_to - wrong_from) {
				wrong_from = starts[i];
				wrong_to = ends[j];
				if (bad) {
					*bad = pool_copy(p, span);
					*why = e;
				}
			}
			pool_end(&mine);
		}
	if (found)
		*to = unfilled(sentence, *from, *to, f);
	return found;
}

bool when_find(struct pool *p, const char *sentence, const struct frame *f, size_t *from, size_t *to, struct when *out)
{
	return find(p, sentence, f, from, to, out, NULL, NULL);
}

const char *when_wrong(struct pool *p, const char *sentence, const struct frame *f, struct err *e)
{
	size_t from, to;
	struct when w;
	const char *bad = NULL;

	return find(p, sentence, f, &from, &to, &w, &bad, e) ? NULL : bad;
}
