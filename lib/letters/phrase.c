#include "letters/phrase.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ground/text.h"
#include "letters/phrase_answers.h"
#include "letters/phrase_calendars.h"
#include "letters/phrase_checkins.h"
#include "letters/phrase_helps.h"
#include "letters/phrase_people.h"
#include "letters/phrase_teams.h"

enum tongue { EN, DE, FR, ES, TONGUES };

static const char *const codes[TONGUES] = { "en", "de", "fr", "es" };

#define X(id, en, de, fr, es) { en, de, fr, es },
static const char *const phrases[][TONGUES] = { PHRASES(X) };
#undef X
#define X(en, de, fr, es) { en, de, fr, es },
static const char *const answers[][TONGUES] = { ANSWERS(X) HELPS(X) CALENDARS(X) CHECKINS(X) PEOPLE(X) TEAMS(X) };
#undef X

static const char *const days[TONGUES][7] = {
	{ "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" },
	{ "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag" },
	{ "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche" },
	{ "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo" },
};
static const char *const days_short[TONGUES][7] = {
	{ "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" },
	{ "Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So." },
	{ "lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim." },
	{ "lun", "mar", "mié", "jue", "vie", "sáb", "dom" },
};
static const char *const months[TONGUES][12] = {
	{ "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December" },
	{ "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember" },
	{ "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre" },
	{ "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre" },
};
static const char *const months_short[TONGUES][12] = {
	{ "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" },
	{ "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez." },
	{ "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc." },
	{ "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic" },
};

/* "de-AT" is German; what is not in the list is English. */
static enum tongue tongue_of(const char *language, bool *found)
{
	size_t n = language ? strcspn(language, "-_") : 0;

	for (int i = 0; i < TONGUES; i++)
		if (n == 2 && strncasecmp(language, codes[i], 2) == 0) {
			*found = true;
			return (enum tongue)i;
		}
	*found = false;
	return EN;
}

static enum tongue spoken(const char *language)
{
	bool found;

	return tongue_of(language, &found);
}

/* ---- which language is it? ---- */

/* Folded; each of one language alone. */
static const char *const small[TONGUES] = {
	" the and you with that this have would please thanks thank are could from your we ",
	" der die das und ich sie nicht mit fur ist eine wir ihnen konnten konnen danke bitte mir auch ",
	" le les vous je nous est pour une avec dans merci pouvez cette et sur votre ",
	" el los las usted por para con gracias puede podria del nos le me su muchas ",
};

const char *phrase_heard(struct pool *p, const char *text, int least, const char **name)
{
	static const char *const names[TONGUES] = { "English", "German", "French", "Spanish" };
	const char *s = text_fold(p, text);
	int count[TONGUES] = { 0 }, best = 0, next = 0;

	for (size_t n; *s; s += n ? n : 1) {
		char word[16];

		n = strspn(s, "abcdefghijklmnopqrstuvwxyz");
		if (n < 2 || n > 10)
			continue;
		snprintf(word, sizeof word, " %.*s ", (int)n, s);
		for (int t = 0; t < TONGUES; t++)
			count[t] += strstr(small[t], word) != NULL;
	}
	for (int t = 0; t < TONGUES; t++)
		if (count[t] > count[best])
			best = t;
	for (int t = 0; t < TONGUES; t++)
		if (t != best && count[t] > next)
			next = count[t];
	if (count[best] < least || count[best] <= 2 * next)
		return NULL;
	*name = names[best];
	return codes[best];
}

bool phrase_speaks(const char *language)
{
	bool found;

	tongue_of(language, &found);
	return found;
}

const char *phrase(const char *language, enum phrase id)
{
	return phrases[id][spoken(language)];
}

const char *phrase_of(const char *language, const char *english)
{
	for (size_t i = 0; english && i < sizeof phrases / sizeof *phrases; i++)
		if (strcmp(phrases[i][EN], english) == 0)
			return phrases[i][spoken(language)];
	for (size_t i = 0; english && i < sizeof answers / sizeof *answers; i++)
		if (strcmp(answers[i][EN], english) == 0)
			return answers[i][spoken(language)];
	return english;
}

const char *phrase_not_read(struct pool *p, const char *language, const char *words, const char *code, const char *english)
{
	const char *format = strcmp(code, "past") == 0	    ? "“%s” has passed" :
			     strcmp(code, "ambiguous") == 0 ? "“%s” can be read in two ways; write the day in full, as `12 dec` or `3d`" :
			     strcmp(code, "vague") == 0	    ? "“%s” names no day; write one, as `tomorrow`, `friday`, `2w`" :
			     strcmp(code, "nodate") == 0    ? "“%s”: there is no such day" :
			     strcmp(code, "notime") == 0    ? "“%s” is no time of day; as `14:30` or `2:30pm`" :
							      "“%s” is no date that I can read; as `friday`, `3d`, `12 dec`, `2026-12-04`";

	return spoken(language) == EN ? pool_copy(p, english) : pool_print(p, phrase_of(language, format), words);
}

char *phrase_with(struct pool *p, const char *language, enum phrase id, const char *one)
{
	const char *s = phrase(language, id), *at = strstr(s, "{1}");

	return at ? pool_print(p, "%.*s%s%s", (int)(at - s), s, one, at + 3) : pool_copy(p, s);
}

char *phrase_count(struct pool *p, const char *language, int64_t n, enum phrase one)
{
	return phrase_with(p, language, n == 1 ? one : one + 1, pool_print(p, "%lld", (long long)n));
}

char *phrase_span(struct pool *p, const char *language, utc seconds)
{
	int64_t minutes = seconds > 60 ? seconds / 60 : 1;

	if (minutes < 90)
		return phrase_count(p, language, minutes, PHRASE_MINUTE);
	if (minutes < 36 * 60)
		return phrase_count(p, language, (minutes + 30) / 60, PHRASE_HOUR);
	return phrase_count(p, language, (minutes + 720) / 1440, PHRASE_DAY);
}

char *phrase_names(struct pool *p, const char *language, const struct addrs *a)
{
	const char *and = pool_print(p, " %s ", phrase(language, PHRASE_AND));
	struct text *t = text_new(p, NAME_MOST);

	for (size_t i = 0; i < a->n && i < 4; i++)
		text_print(t, "%s%s", !i ? "" : i + 1 == a->n ? and : ", ", addr_called(a->list[i].name, a->list[i].address));
	if (a->n > 4)
		text_add(t, phrase_with(p, language, PHRASE_AND_MORE, pool_print(p, "%zu", a->n - 4)));
	return t->s;
}

/* ---- dates ---- */

static const char *clock_of(struct pool *p, enum tongue l, const struct civil *c, bool full)
{
	if (l == FR)
		return pool_print(p, "%d h %02d", c->hour, c->minute);
	return pool_print(p, "%02d:%02d%s", c->hour, c->minute, l == DE && full ? " Uhr" : "");
}

/* Germany, Austria and Switzerland have their own letters for their time. */
static const char *zone_of(enum tongue l, const struct zone *z, utc t)
{
	const char *s = zone_abbreviation(z, t);

	return l != DE ? s : strcmp(s, "CET") == 0 ? "MEZ" : strcmp(s, "CEST") == 0 ? "MESZ" : s;
}

/* Weekday, day, month, and the year where one is asked for. */
static char *date(struct pool *p, const char *language, const struct zone *z, utc t, bool brief, bool year)
{
	enum tongue l = spoken(language);
	struct civil c = zone_civil(z, t);
	int weekday = day_weekday(zone_day(z, t));
	const char *day = brief ? days_short[l][weekday] : days[l][weekday];
	const char *month = brief ? months_short[l][c.month - 1] : months[l][c.month - 1];
	const char *y = year ? pool_print(p, "%d", c.year) : "";

	switch (l) {
	case DE: return pool_print(p, "%s, %d. %s%s%s", day, c.day, month, *y ? " " : "", y);
	case FR: return pool_print(p, "%s %d%s %s%s%s", day, c.day, c.day == 1 ? "er" : "", month, *y ? " " : "", y);
	case ES: return brief ? pool_print(p, "%s %d %s%s%s", day, c.day, month, *y ? " " : "", y) :
				pool_print(p, "%s %d de %s%s%s", day, c.day, month, *y ? " de " : "", y);
	case EN:
	case TONGUES: break;
	}
	if (language && strcasecmp(language, "en-US") == 0)
		return pool_print(p, "%s, %s %d%s%s", day, month, c.day, *y ? ", " : "", y);
	return pool_print(p, "%s %d %s%s%s", day, c.day, month, *y ? " " : "", y);
}

char *phrase_clock(struct pool *p, const char *language, const struct zone *z, utc t)
{
	struct civil c = zone_civil(z, t);
	enum tongue l = spoken(language);

	return pool_print(p, "%s %s", clock_of(p, l, &c, true), zone_of(l, z, t));
}

char *phrase_time(struct pool *p, const char *language, const struct zone *z, utc t)
{
	return pool_print(p, "%s, %s", date(p, language, z, t, false, true), phrase_clock(p, language, z, t));
}

char *phrase_time_short(struct pool *p, const char *language, const struct zone *z, utc t, utc now)
{
	struct civil c = zone_civil(z, t);

	bool year = c.year != zone_civil(z, now).year;

	return pool_print(p, "%s, %s", date(p, language, z, t, true, year), clock_of(p, spoken(language), &c, false));
}

char *phrase_day(struct pool *p, const char *language, const struct zone *z, utc t, utc now)
{
	return date(p, language, z, t, false, zone_civil(z, t).year != zone_civil(z, now).year);
}

/* ---- how often ---- */

/* The value of a part of a rule; NULL: it has none. */
static const char *part_of(const char *rrule, const char *name)
{
	const char *at = strstr(rrule, name);

	return at ? at + strlen(name) : NULL;
}

/* "MO,TH" as "Monday, Thursday"; "" where it counts within a month ("2TU"). */
static const char *days_named(struct pool *p, const char *language, const char *list)
{
	static const char *const codes_of[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
	const char *out = "";

	for (; list && *list && *list != ';'; list += list[2] == ',' ? 3 : 2) {
		int day = 0;

		while (day < 7 && strncmp(list, codes_of[day], 2) != 0)
			day++;
		if (day == 7)
			return "";
		out = pool_print(p, "%s%s%s", out, *out ? ", " : "", days[spoken(language)][day]);
	}
	return out;
}

char *phrase_cadence(struct pool *p, const char *language, const struct zone *z, const char *rrule, bool named, utc now)
{
	static const struct {
		const char *freq;
		enum phrase one;
	} each[] = { { "FREQ=DAILY", PHRASE_EACH_DAY },
		     { "FREQ=WEEKLY", PHRASE_EACH_WEEK },
		     { "FREQ=MONTHLY", PHRASE_EACH_MONTH },
		     { "FREQ=YEARLY", PHRASE_EACH_YEAR } };
	const char *interval = part_of(rrule, ";INTERVAL="), *until = part_of(rrule, ";UNTIL="), *count = part_of(rrule, ";COUNT=");
	const char *on = named ? days_named(p, language, part_of(rrule, ";BYDAY=")) : "";
	size_t i = 0;
	char *out;

	while (i < sizeof each / sizeof *each && !text_starts(rrule, each[i].freq))
		i++;
	if (i == sizeof each / sizeof *each)
		return pool_copy(p, "");
	out = phrase_count(p, language, interval ? atoi(interval) : 1, each[i].one);
	if (*on)
		out = pool_print(p, "%s%s", out, phrase_with(p, language, PHRASE_EACH_ON, on));
	if (until && strspn(until, "0123456789") == 8) {
		long n = strtol(until, NULL, 10);
		utc noon = zone_at(z, day_of((int)(n / 10000), (int)(n / 100 % 100), (int)(n % 100)), 12 * 60);

		out = pool_print(p, "%s%s", out, phrase_with(p, language, PHRASE_EACH_UNTIL, phrase_day(p, language, z, noon, now)));
	}
	return count ? pool_print(p, "%s%s", out, phrase_with(p, language, PHRASE_EACH_TIMES, pool_print(p, "%d", atoi(count)))) : out;
}
