/* Zones of foreign calendar objects: their own VTIMEZONE, else a table of the zones that people use. No file is opened:
 * letters are read in a child that may open none. */
#include "letters/ical_inner.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { ZONES_MOST = 50, OBSERVANCES_MOST = 1000 /* Evolution writes each change since 1893 */, DAYS_KEPT = 512 };

int64_t wall_of(int year, int month, int day, int seconds)
{
	return (int64_t)day_of(year, month, day) * 86400 + seconds;
}

/* The onset in that year. */
static int64_t onset(const struct observance *o, int year)
{
	int seconds = (int)(((o->start % 86400) + 86400) % 86400), days = month_days(year, o->month);
	int32_t day;

	if (!o->has_weekday) {
		day = day_of(year, o->month, o->day > 0 && o->day <= days ? o->day : 1);
	} else if (o->nth < 0) {
		day = day_of(year, o->month, days);
		day -= ((int)day_weekday(day) - o->weekday + 7) % 7 + 7 * (-o->nth - 1);
	} else {
		day = day_of(year, o->month, o->nth ? 1 : o->day);
		day += (o->weekday - (int)day_weekday(day) + 7) % 7 + 7 * (o->nth ? o->nth - 1 : 0);
	}
	return (int64_t)day * 86400 + seconds;
}

bool observance_offset(const struct observance *o, size_t n, int64_t wall, int *offset)
{
	int64_t newest = INT64_MIN, first = INT64_MAX;
	int year = day_civil((int32_t)(wall / 86400)).year, found = 0, before = 0;

	for (size_t i = 0; i < n; i++) {
		/* from here on the new offset holds for sure: a gap's own hour still counts as before */
		int64_t gap = o[i].to > o[i].from ? o[i].to - o[i].from : 0, at;

		if (o[i].start < first)
			first = o[i].start, before = o[i].from;
		for (size_t k = 0; k < o[i].more_count + 3; k++) {
			if (k < 2) {
				at = o[i].yearly ? onset(&o[i], year - (int)k) : o[i].start;
				if (at < o[i].start)
					continue;
				if (o[i].until && at > o[i].until)
					at = onset(&o[i], day_civil((int32_t)(o[i].until / 86400)).year);
				if (o[i].until && at > o[i].until)
					continue;
			} else if (k == 2) {
				at = o[i].start;
			} else {
				at = o[i].more[k - 3];
			}
			if (at + gap <= wall && at > newest)
				newest = at, found = o[i].to;
		}
	}
	if (!n)
		return false;
	*offset = newest == INT64_MIN ? before : found;
	return true;
}

/* ---- the table ---- */

enum rule { NONE, EU, US, AU, NZ, CL, IL, EG };

/* When summer time begins and ends: month, nth weekday (Sunday 6), minute of the wall clock before the change. */
static const struct {
	int month, nth, weekday, minute, end_month, end_nth, end_weekday, end_minute;
	bool in_utc;
} rules[] = {
	[EU] = { 3, -1, SUNDAY, 60, 10, -1, SUNDAY, 60, true },
	[US] = { 3, 2, SUNDAY, 120, 11, 1, SUNDAY, 120, false },
	[AU] = { 10, 1, SUNDAY, 120, 4, 1, SUNDAY, 180, false },
	[NZ] = { 9, -1, SUNDAY, 120, 4, 1, SUNDAY, 180, false },
	[CL] = { 9, 1, SUNDAY, 0, 4, 1, SUNDAY, 0, false },
	[IL] = { 3, -1, FRIDAY, 120, 10, -1, SUNDAY, 120, false },
	[EG] = { 4, -1, FRIDAY, 0, 10, -1, FRIDAY, 0, false },
};

static const struct {
	int minutes; /* standard time, east */
	enum rule rule;
	const char *names; /* "|" between; the Windows names (CLDR windowsZones) and cities that share the rule */
} zones[] = {
	{ 0, NONE, "UTC|Etc/UTC|GMT|Etc/GMT|Z|Coordinated Universal Time|Greenwich Standard Time|Atlantic/Reykjavik|Africa/Accra|"
		"Africa/Abidjan|Africa/Dakar|(UTC) Coordinated Universal Time" },
	{ 0, EU, "GMT Standard Time|Europe/London|Europe/Dublin|Europe/Lisbon|Europe/Belfast|Europe/Jersey|Europe/Guernsey|"
		"Europe/Isle_of_Man|Atlantic/Canary|Atlantic/Madeira|WET|(UTC+00:00) Dublin, Edinburgh, Lisbon, London" },
	{ 60, EU, "W. Europe Standard Time|Romance Standard Time|Central Europe Standard Time|Central European Standard Time|"
		"Europe/Berlin|Europe/Paris|Europe/Madrid|Europe/Rome|Europe/Amsterdam|Europe/Brussels|Europe/Vienna|Europe/Zurich|"
		"Europe/Stockholm|Europe/Oslo|Europe/Copenhagen|Europe/Prague|Europe/Warsaw|Europe/Budapest|Europe/Belgrade|"
		"Europe/Zagreb|Europe/Ljubljana|Europe/Bratislava|Europe/Luxembourg|Europe/Monaco|Europe/Malta|Europe/Andorra|"
		"Europe/Vaduz|Europe/San_Marino|Europe/Vatican|Europe/Tirane|Europe/Skopje|Europe/Sarajevo|Europe/Podgorica|"
		"Europe/Gibraltar|Europe/Busingen|Arctic/Longyearbyen|Africa/Ceuta|CET|MET|"
		"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna|(UTC+01:00) Brussels, Copenhagen, Madrid, Paris|"
		"(UTC+01:00) Belgrade, Bratislava, Budapest, Ljubljana, Prague|(UTC+01:00) Sarajevo, Skopje, Warsaw, Zagreb" },
	{ 60, NONE, "W. Central Africa Standard Time|Africa/Lagos|Africa/Algiers|Africa/Tunis" },
	{ 120, EU, "FLE Standard Time|GTB Standard Time|E. Europe Standard Time|Europe/Helsinki|Europe/Athens|Europe/Kiev|"
		"Europe/Kyiv|Europe/Bucharest|Europe/Sofia|Europe/Vilnius|Europe/Riga|Europe/Tallinn|Europe/Chisinau|"
		"Europe/Mariehamn|Asia/Nicosia|EET|(UTC+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius|"
		"(UTC+02:00) Athens, Bucharest" },
	{ 120, NONE, "South Africa Standard Time|Africa/Johannesburg|Africa/Harare|Africa/Maputo|Kaliningrad Standard Time|"
		"Europe/Kaliningrad|Libya Standard Time|Africa/Tripoli" },
	{ 120, IL, "Israel Standard Time|Asia/Jerusalem|Asia/Tel_Aviv" },
	{ 120, EG, "Egypt Standard Time|Africa/Cairo" },
	{ 180, NONE, "Turkey Standard Time|Europe/Istanbul|Asia/Istanbul|Russian Standard Time|Europe/Moscow|Europe/Minsk|"
		"Belarus Standard Time|Arab Standard Time|Asia/Riyadh|Arabic Standard Time|Asia/Baghdad|E. Africa Standard Time|"
		"Africa/Nairobi|Asia/Kuwait|Asia/Qatar" },
	{ 240, NONE, "Arabian Standard Time|Asia/Dubai|Georgian Standard Time|Asia/Tbilisi|Caucasus Standard Time|Asia/Yerevan|"
		"Azerbaijan Standard Time|Asia/Baku" },
	{ 300, NONE, "Pakistan Standard Time|Asia/Karachi|West Asia Standard Time|Asia/Tashkent|Asia/Almaty" },
	{ 330, NONE, "India Standard Time|Asia/Kolkata|Asia/Calcutta|Sri Lanka Standard Time|Asia/Colombo" },
	{ 345, NONE, "Nepal Standard Time|Asia/Kathmandu" },
	{ 360, NONE, "Bangladesh Standard Time|Asia/Dhaka" },
	{ 420, NONE, "SE Asia Standard Time|Asia/Bangkok|Asia/Jakarta|Asia/Ho_Chi_Minh|Asia/Saigon" },
	{ 480, NONE, "China Standard Time|Asia/Shanghai|Asia/Hong_Kong|Singapore Standard Time|Asia/Singapore|"
		"Asia/Kuala_Lumpur|Asia/Manila|Taipei Standard Time|Asia/Taipei|W. Australia Standard Time|Australia/Perth" },
	{ 540, NONE, "Tokyo Standard Time|Asia/Tokyo|Korea Standard Time|Asia/Seoul" },
	{ 570, NONE, "AUS Central Standard Time|Australia/Darwin" },
	{ 570, AU, "Cen. Australia Standard Time|Australia/Adelaide" },
	{ 600, NONE, "E. Australia Standard Time|Australia/Brisbane" },
	{ 600, AU, "AUS Eastern Standard Time|Australia/Sydney|Australia/Melbourne|Tasmania Standard Time|Australia/Hobart|"
		"Australia/Canberra" },
	{ 720, NZ, "New Zealand Standard Time|Pacific/Auckland" },
	{ -60, EU, "Azores Standard Time|Atlantic/Azores" },
	{ -180, NONE, "E. South America Standard Time|America/Sao_Paulo|Argentina Standard Time|America/Buenos_Aires|"
		"America/Argentina/Buenos_Aires|SA Eastern Standard Time|America/Montevideo|America/Bahia" },
	{ -210, US, "Newfoundland Standard Time|America/St_Johns" },
	{ -240, US, "Atlantic Standard Time|America/Halifax|Atlantic/Bermuda" },
	{ -240, CL, "Pacific SA Standard Time|America/Santiago" },
	{ -240, NONE, "SA Western Standard Time|America/La_Paz|America/Puerto_Rico|America/Caracas|America/Manaus" },
	{ -300, US, "Eastern Standard Time|US Eastern Standard Time|America/New_York|America/Toronto|America/Detroit|"
		"America/Montreal|US/Eastern|EST5EDT|America/Indiana/Indianapolis|(UTC-05:00) Eastern Time (US & Canada)" },
	{ -300, NONE, "SA Pacific Standard Time|America/Bogota|America/Lima|America/Panama|EST|America/Jamaica" },
	{ -360, US, "Central Standard Time|America/Chicago|America/Winnipeg|US/Central|CST6CDT|"
		"(UTC-06:00) Central Time (US & Canada)" },
	{ -360, NONE, "Central Standard Time (Mexico)|America/Mexico_City|Canada Central Standard Time|America/Regina|"
		"Central America Standard Time|America/Guatemala|America/Costa_Rica" },
	{ -420, US, "Mountain Standard Time|America/Denver|America/Edmonton|US/Mountain|MST7MDT|"
		"(UTC-07:00) Mountain Time (US & Canada)" },
	{ -420, NONE, "US Mountain Standard Time|America/Phoenix|MST" },
	{ -480, US, "Pacific Standard Time|America/Los_Angeles|America/Vancouver|US/Pacific|PST8PDT|America/Tijuana|"
		"(UTC-08:00) Pacific Time (US & Canada)" },
	{ -540, US, "Alaskan Standard Time|America/Anchorage" },
	{ -600, NONE, "Hawaiian Standard Time|Pacific/Honolulu" },
};

static bool named(const char *names, const char *name)
{
	size_t n = strlen(name), m;

	for (; *names; names += m + (names[m] == '|')) {
		m = strcspn(names, "|");
		if (m == n && strncasecmp(names, name, n) == 0)
			return true;
	}
	return false;
}

size_t observance_named(const char *tzid, struct observance out[2])
{
	const char *name = tzid, *slash;

	/* "/freeassociation.sourceforge.net/Europe/Berlin", "/mozilla.org/20050126_1/Europe/Berlin": the name is the end */
	for (;;) {
		for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
			int standard = zones[i].minutes * 60, summer = standard + 3600;
			enum rule r = zones[i].rule;

			if (!named(zones[i].names, name))
				continue;
			memset(out, 0, 2 * sizeof *out);
			if (r == NONE) {
				out[0] = (struct observance){ .from = standard, .to = standard };
				return 1;
			}
			/* the days of wall_of() carry the time of day; 1971 lies before any time that matters */
			out[0] = (struct observance){ .from = standard, .to = summer, .yearly = true, .has_weekday = true,
				.month = rules[r].month, .nth = rules[r].nth, .weekday = rules[r].weekday,
				.start = wall_of(1971, 1, 1, rules[r].minute * 60 + (rules[r].in_utc ? standard : 0)) };
			out[1] = (struct observance){ .from = summer, .to = standard, .yearly = true, .has_weekday = true,
				.month = rules[r].end_month, .nth = rules[r].end_nth, .weekday = rules[r].end_weekday,
				.start = wall_of(1971, 1, 1, rules[r].end_minute * 60 + (rules[r].in_utc ? summer : 0)) };
			return 2;
		}
		slash = *name ? strchr(name + 1, '/') : NULL;
		if (!slash || tzid[0] != '/')
			return 0;
		name = slash + 1;
	}
}

/* ---- the zones of one object ---- */

/* RRULE of an observance: yearly on a weekday or a day of one month. It is computed for two years, never iterated. */
static void rule_read(const char *s, struct observance *o)
{
	static const char days[] = "MOTUWETHFRSASU";

	for (size_t n; *s; s += n + (s[n] == ';')) {
		n = strcspn(s, ";");
		if (strncasecmp(s, "FREQ=YEARLY", 11) == 0) {
			o->yearly = true;
		} else if (strncasecmp(s, "BYMONTH=", 8) == 0) {
			o->month = atoi(s + 8);
		} else if (strncasecmp(s, "BYMONTHDAY=", 11) == 0) {
			o->day = atoi(s + 11); /* "8,9,10,11,12,13,14" with a weekday: the first on or after the 8th */
		} else if (strncasecmp(s, "BYDAY=", 6) == 0) {
			char *end;
			long nth = strtol(s + 6, &end, 10);

			for (int d = 0; d < 7; d++)
				if (strncasecmp(end, days + 2 * d, 2) == 0)
					o->weekday = d, o->has_weekday = true;
			o->nth = nth >= -5 && nth <= 5 ? (int)nth : 0;
		} else if (strncasecmp(s, "UNTIL=", 6) == 0) {
			struct wall w = { 0 };

			if (wall_read(s + 6, &w))
				o->until = w.seconds + (w.utc ? o->from : 0);
		}
	}
}

int32_t wall_day(int64_t wall)
{
	return (int32_t)((wall - (((wall % 86400) + 86400) % 86400)) / 86400);
}

/* A finished observance: only what can be computed stays yearly. */
static void observance_end(struct observance *o)
{
	if (!o->month)
		o->month = day_civil(wall_day(o->start)).month;
	if (o->month < 1 || o->month > 12 || o->day < 0 || o->day > 31)
		o->yearly = false;
	if (!o->day)
		o->day = o->has_weekday ? 1 : day_civil(wall_day(o->start)).day;
}

/* The zone of that name: the object's own VTIMEZONE, else one of the table. NULL: not known, and not guessed. */
static struct zone_read *zone_find(struct zones *s, const char *tzid)
{
	struct observance named[2];
	struct zone_read *z;
	size_t i, n;

	for (i = 0; i < s->n; i++)
		if (s->list[i].n && strcasecmp(s->list[i].tzid, tzid) == 0)
			return &s->list[i];
	n = s->n < ZONES_MOST ? observance_named(tzid, named) : 0;
	if (!n)
		return NULL;
	z = pool_more(s->p, &s->list, s->n++, sizeof *z);
	z->tzid = tzid;
	z->o = pool_list(s->p, n, sizeof *named);
	z->n = n;
	memcpy(z->o, named, n * sizeof *named);
	return z;
}

/* On most days the clocks do not change: what holds at both ends of one is kept, for a calendar has many times on one day. */
static int zone_offset_at(struct zones *s, struct zone_read *z, int64_t wall)
{
	int32_t day = wall_day(wall);
	struct day_offset *d;
	int first = 0, last = 0, offset = 0;

	if (!z->days)
		z->days = pool_list(s->p, DAYS_KEPT, sizeof *z->days);
	d = &z->days[(uint32_t)day % DAYS_KEPT];
	if (d->known && d->day == day)
		return d->offset;
	observance_offset(z->o, z->n, (int64_t)day * 86400, &first);
	observance_offset(z->o, z->n, (int64_t)day * 86400 + 86399, &last);
	if (first == last) {
		*d = (struct day_offset){ true, day, first };
		return first;
	}
	observance_offset(z->o, z->n, wall, &offset);
	return offset;
}

bool zones_utc(struct zones *s, const struct wall *w, utc *out)
{
	struct zone_read *z;

	if (!w->is)
		return false;
	if (w->utc || !w->tzid[0]) {
		*out = w->seconds;
		return true;
	}
	z = zone_find(s, w->tzid);
	if (!z)
		return false;
	*out = w->seconds - zone_offset_at(s, z, w->seconds);
	return true;
}

static void zone_line(struct zones *s, const struct content *c, const char *part)
{
	struct zone_read *z = &s->list[s->n - 1];
	struct observance *o;
	struct wall w = { 0 };

	if (strcmp(part, "VTIMEZONE") == 0) {
		if (strcmp(c->name, "TZID") == 0)
			z->tzid = content_text(s->p, c->value);
		return;
	}
	if (!z->n)
		return;
	o = &z->o[z->n - 1];
	if (strcmp(c->name, "TZOFFSETFROM") == 0)
		offset_read(c->value, &o->from);
	else if (strcmp(c->name, "TZOFFSETTO") == 0)
		offset_read(c->value, &o->to);
	else if (strcmp(c->name, "DTSTART") == 0 && wall_read(c->value, &w))
		o->start = w.seconds;
	else if (strcmp(c->name, "RRULE") == 0)
		rule_read(c->value, o);
	else if (strcmp(c->name, "RDATE") == 0 && o->more_count < 200 && wall_read(c->value, &w)) {
		*(int64_t *)pool_more(s->p, &o->more, o->more_count++, sizeof *o->more) = w.seconds;
	}
}

bool zones_begin(struct zones *s, const char *kind, const char *parent)
{
	struct zone_read *z;

	if (strcmp(kind, "VTIMEZONE") == 0 && s->n < ZONES_MOST) {
		z = pool_more(s->p, &s->list, s->n++, sizeof *z);
		z->tzid = "";
		return false;
	}
	if (!s->n || strcmp(parent, "VTIMEZONE") != 0)
		return false;
	z = &s->list[s->n - 1];
	if (z->n < OBSERVANCES_MOST)
		pool_more(s->p, &z->o, z->n++, sizeof *z->o);
	return true;
}

void zones_end(struct zones *s, const char *parent)
{
	if (s->n && s->list[s->n - 1].n && strcmp(parent, "VTIMEZONE") == 0)
		observance_end(&s->list[s->n - 1].o[s->list[s->n - 1].n - 1]);
}

void zones_line(struct zones *s, const struct content *c, const char *part, const char *parent)
{
	if (s->n && (strcmp(part, "VTIMEZONE") == 0 || strcmp(parent, "VTIMEZONE") == 0))
		zone_line(s, c, part);
}
