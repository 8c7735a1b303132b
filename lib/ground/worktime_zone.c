/* zones: our own reader of TZif files (RFC 9636), and the rule behind their last change (POSIX TZ, section 3.3.1 there) */
#include <ctype.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ground/worktime.h"

#define FOLDER "/usr/share/zoneinfo"
enum { FILE_MOST = 1 << 20, NAME_MOST_ZONE = 64 };

struct kind { /* a local time type */
	int offset;
	const char *abbreviation;
};

struct rule { /* when a POSIX rule changes: Mm.w.d, Jn or n, at a time of day */
	int form; /* 'M', 'J', 'N' */
	int month, week, day, seconds;
};

struct zone {
	const char *name;
	const int64_t *at;      /* changes, rising */
	const uint8_t *to;      /* the kind from then on */
	size_t n;
	const struct kind *kinds;
	int first;              /* before the first change */
	bool footer, dst;       /* the rule that holds after the last change */
	struct kind standard, summer;
	struct rule begins, ends;
};

const char *zone_name(const struct zone *z)
{
	return z->name;
}

/* ---- the footer ---- */

static const char *name_of(struct pool *p, const char *s, const char **out)
{
	const char *end = s;

	if (*s == '<') {
		end = strchr(s, '>');
		if (!end)
			return NULL;
		*out = pool_slice(p, s + 1, (size_t)(end - s - 1));
		return end + 1;
	}
	while (isalpha((unsigned char)*end))
		end++;
	if (end - s < 3)
		return NULL;
	*out = pool_slice(p, s, (size_t)(end - s));
	return end;
}

/* [+-]hh[:mm[:ss]], at most 167 hours */
static const char *time_of(const char *s, int *out)
{
	int sign = 1, part[3] = { 0 };

	if (*s == '+' || *s == '-')
		sign = *s++ == '-' ? -1 : 1;
	for (int i = 0; i < 3; i++) {
		if (!isdigit((unsigned char)*s))
			return NULL;
		while (isdigit((unsigned char)*s) && part[i] < 1000)
			part[i] = part[i] * 10 + *s++ - '0';
		if (*s != ':' || i == 2)
			break;
		s++;
	}
	if (part[0] > 167 || part[1] > 59 || part[2] > 59)
		return NULL;
	*out = sign * (part[0] * 3600 + part[1] * 60 + part[2]);
	return s;
}

static const char *number(const char *s, int *out)
{
	int v = 0;

	if (!isdigit((unsigned char)*s))
		return NULL;
	while (isdigit((unsigned char)*s) && v < 10000)
		v = v * 10 + *s++ - '0';
	*out = v;
	return s;
}

static const char *rule_of(const char *s, struct rule *r)
{
	*r = (struct rule){ .form = 'N', .seconds = 7200 };
	if (*s == 'M') {
		r->form = 'M';
		s = number(s + 1, &r->month);
		s = s && *s == '.' ? number(s + 1, &r->week) : NULL;
		s = s && *s == '.' ? number(s + 1, &r->day) : NULL;
		if (s && (r->month < 1 || r->month > 12 || r->week < 1 || r->week > 5 || r->day > 6))
			return NULL;
	} else {
		if (*s == 'J') {
			r->form = 'J';
			s++;
		}
		s = number(s, &r->day);
	}
	if (s && *s == '/')
		s = time_of(s + 1, &r->seconds);
	return s;
}

static void footer_of(struct pool *p, const char *s, struct zone *z)
{
	struct kind standard = { 0 }, summer = { 0 };
	struct rule begins, ends;

	s = name_of(p, s, &standard.abbreviation);
	s = s ? time_of(s, &standard.offset) : NULL;
	if (!s)
		return;
	standard.offset = -standard.offset;
	if (*s == '\0') {
		z->footer = true;
		z->standard = standard;
		return;
	}
	s = name_of(p, s, &summer.abbreviation);
	if (!s)
		return;
	summer.offset = standard.offset + 3600;
	if (*s != ',') {
		s = time_of(s, &summer.offset);
		if (!s)
			return;
		summer.offset = -summer.offset;
	}
	s = *s == ',' ? rule_of(s + 1, &begins) : NULL;
	s = s && *s == ',' ? rule_of(s + 1, &ends) : NULL;
	if (!s || *s)
		return;
	z->footer = z->dst = true;
	z->standard = standard, z->summer = summer;
	z->begins = begins, z->ends = ends;
}

/* The instant in UTC at which a rule strikes in a year, when the clocks show `offset` before it. */
static utc strikes(const struct rule *r, int year, int offset)
{
	int32_t day;

	if (r->form == 'M') {
		int32_t first = day_of(year, r->month, 1);
		int weekday = (r->day + 6) % 7; /* POSIX counts from Sunday */
		int move = (weekday - (int)day_weekday(first) + 7) % 7;

		day = first + move + (r->week - 1) * 7;
		while (day >= first + month_days(year, r->month))
			day -= 7;
	} else if (r->form == 'J') { /* 29 February is never counted */
		day = day_of(year, 1, 1) + r->day - 1 + (month_days(year, 2) == 29 && r->day >= 60);
	} else {
		day = day_of(year, 1, 1) + r->day;
	}
	return (utc)day * 86400 + r->seconds - offset;
}

/* The changes of one year, in order. */
static void year_changes(const struct zone *z, int year, utc at[2], const struct kind *to[2])
{
	at[0] = strikes(&z->begins, year, z->standard.offset);
	at[1] = strikes(&z->ends, year, z->summer.offset);
	to[0] = &z->summer;
	to[1] = &z->standard;
	if (at[0] > at[1]) {
		utc t = at[0];

		at[0] = at[1], at[1] = t;
		to[0] = &z->standard, to[1] = &z->summer;
	}
}

static int year_of(utc t)
{
	return day_civil((int32_t)(t >= 0 ? t / 86400 : -((-t + 86399) / 86400))).year;
}

static const struct kind *by_footer(const struct zone *z, utc t)
{
	const struct kind *now = &z->standard;
	utc at[2];
	const struct kind *to[2];
	int year = year_of(t);

	if (!z->dst)
		return now;
	for (int y = year - 1; y <= year + 1; y++) {
		year_changes(z, y, at, to);
		for (int i = 0; i < 2; i++)
			if (at[i] <= t)
				now = to[i];
	}
	return now;
}

static const struct kind *kind_at(const struct zone *z, utc t)
{
	size_t low = 0, high = z->n;

	while (low < high) { /* the number of changes <= t */
		size_t mid = low + (high - low) / 2;

		if (z->at[mid] <= t)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == 0 && z->n)
		return &z->kinds[z->first];
	if (low == z->n)
		return z->footer ? by_footer(z, t) : &z->kinds[z->n ? z->to[z->n - 1] : z->first];
	return &z->kinds[z->to[low - 1]];
}

int zone_offset(const struct zone *z, utc t)
{
	return kind_at(z, t)->offset;
}

const char *zone_abbreviation(const struct zone *z, utc t)
{
	return kind_at(z, t)->abbreviation;
}

bool zone_change(const struct zone *z, utc t, utc *at, int *before, int *after)
{
	utc next[2];
	const struct kind *to[2];
	int year = year_of(t);

	for (size_t i = 0; i < z->n; i++)
		if (z->at[i] > t && zone_offset(z, z->at[i] - 1) != zone_offset(z, z->at[i])) {
			*at = z->at[i];
			*before = zone_offset(z, *at - 1);
			*after = zone_offset(z, *at);
			return true;
		}
	if (!z->footer || !z->dst)
		return false;
	for (int y = year - 1; y <= year + 2; y++) {
		year_changes(z, y, next, to);
		for (int i = 0; i < 2; i++)
			if (next[i] > t && (!z->n || next[i] > z->at[z->n - 1])) {
				*at = next[i];
				*before = zone_offset(z, *at - 1);
				*after = zone_offset(z, *at);
				return true;
			}
	}
	return false;
}

/* ---- the file ---- */

static int64_t big(const unsigned char *s, int n)
{
	uint64_t v = (s[0] & 0x80) ? ~UINT64_C(0) : 0;

	for (int i = 0; i < n; i++)
		v = v << 8 | s[i];
	return (int64_t)v;
}

struct header {
	size_t isutc, isstd, leap, times, types, chars, size; /* size: of the block behind it */
};

static bool header_of(const unsigned char *b, size_t n, int width, struct header *h)
{
	if (n < 44 || memcmp(b, "TZif", 4) != 0)
		return false;
	*h = (struct header){ (size_t)big(b + 20, 4), (size_t)big(b + 24, 4), (size_t)big(b + 28, 4), (size_t)big(b + 32, 4),
			      (size_t)big(b + 36, 4), (size_t)big(b + 40, 4), 0 };
	if (h->times > 5000 || h->types < 1 || h->types > 256 || h->chars < 1 || h->chars > 2000 || h->leap > 1000 || h->isutc > 256 || h->isstd > 256)
		return false;
	h->size = h->times * (size_t)width + h->times + h->types * 6 + h->chars + h->leap * ((size_t)width + 4) + h->isstd + h->isutc;
	return h->size <= n - 44;
}

static bool zone_from(struct pool *p, const unsigned char *b, size_t n, struct zone *z)
{
	struct header h;
	int width = 4;
	size_t at = 0;
	int64_t *times;
	uint8_t *to;
	struct kind *kinds;
	const unsigned char *body, *types, *chars;

	if (!header_of(b, n, 4, &h))
		return false;
	if (b[4] >= '2') { /* the second block has 64 bits */
		at = 44 + h.size;
		width = 8;
		if (!header_of(b + at, n - at, 8, &h))
			return false;
	}
	body = b + at + 44;
	times = pool_list(p, h.times, sizeof *times);
	to = pool_list(p, h.times, 1);
	kinds = pool_list(p, h.types, sizeof *kinds);
	types = body + h.times * (size_t)width + h.times;
	chars = types + h.types * 6;
	for (size_t i = 0; i < h.times; i++) {
		times[i] = big(body + i * (size_t)width, width);
		to[i] = body[h.times * (size_t)width + i];
		if (to[i] >= h.types || (i && times[i] <= times[i - 1]))
			return false;
	}
	for (size_t i = 0; i < h.types; i++) {
		size_t name = types[i * 6 + 5];

		kinds[i].offset = (int)big(types + i * 6, 4);
		if (name >= h.chars || abs(kinds[i].offset) > 26 * 3600)
			return false;
		kinds[i].abbreviation = pool_slice(p, (const char *)chars + name, strnlen((const char *)chars + name, h.chars - name));
	}
	z->at = times, z->to = to, z->n = h.times, z->kinds = kinds;
	if (width == 8) {
		const char *foot = (const char *)body + h.size, *end = (const char *)b + n;

		if (foot < end && *foot == '\n') {
			const char *stop = memchr(foot + 1, '\n', (size_t)(end - foot - 1));

			if (stop)
				footer_of(p, pool_slice(p, foot + 1, (size_t)(stop - foot - 1)), z);
		}
	}
	return true;
}

static bool name_fit(const char *name)
{
	size_t n = strlen(name);

	if (n == 0 || n > NAME_MOST_ZONE || name[0] == '/' || name[0] == '.' || strstr(name, "//"))
		return false;
	for (const char *s = name; *s; s++)
		if (!isalnum((unsigned char)*s) && !strchr("_+-/", *s))
			return false;
	return strncmp(name, "posix", 5) != 0 && strncmp(name, "right/", 6) != 0;
}

/* The bytes of a file of the zones' folder; NULL: there is none. */
static unsigned char *file_of(struct pool *p, const char *name, size_t *n)
{
	int fd = open(pool_print(p, FOLDER "/%s", name), O_RDONLY | O_CLOEXEC);
	unsigned char *bytes;
	struct stat st;
	ssize_t r = 1;

	*n = 0;
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	bytes = pool_take(p, FILE_MOST > st.st_size ? (size_t)st.st_size + 1 : FILE_MOST);
	while (r > 0 && *n < (size_t)st.st_size && *n < FILE_MOST) {
		r = read(fd, bytes + *n, (size_t)st.st_size - *n);
		*n += r > 0 ? (size_t)r : 0;
	}
	close(fd);
	return bytes;
}

/* Lines of "DE<TAB>+5230+01322<TAB>Europe/Berlin[<TAB>remark]". */
const char *zone_country(struct pool *p, const char *name)
{
	struct pool *own = pool_new();
	char found[3] = "";
	size_t n = 0;
	const unsigned char *bytes = name_fit(name) ? file_of(own, "zone.tab", &n) : NULL;
	char *save, *all = pool_slice(own, bytes ? (const char *)bytes : "", n);
	bool one = true;

	for (char *line = strtok_r(all, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		const char *zone = strchr(line, '\t');
		size_t length;

		zone = *line != '#' && zone == line + 2 ? strchr(zone + 1, '\t') : NULL;
		if (!zone)
			continue;
		length = strcspn(++zone, "\t\r");
		if (length != strlen(name) || strncmp(zone, name, length) != 0)
			continue;
		one &= !*found || strncmp(found, line, 2) == 0;
		memcpy(found, line, 2);
	}
	pool_end(&own);
	for (int i = 0; i < 2; i++)
		found[i] = (char)tolower((unsigned char)found[i]);
	return one ? pool_copy(p, found) : "";
}

bool zone_load(struct pool *p, const char *name, const struct zone **out, struct err *e)
{
	struct zone *z;
	unsigned char *bytes;
	size_t n;

	if (!name_fit(name))
		return err_perm(e, "'%s' is no name of a time zone; needed is one as Europe/Berlin", name);
	bytes = file_of(p, name, &n);
	if (!bytes)
		return err_perm(e, "no time zone '%s' in " FOLDER "; needed is a name as Europe/Berlin (package tzdata)", name);
	z = pool_take(p, sizeof *z);
	z->name = pool_copy(p, name);
	if (!zone_from(p, bytes, n, z))
		return err_perm(e, FOLDER "/%s is no readable time zone file", name);
	*out = z;
	return true;
}

const struct zone *zone_named(void *pool, const char *name)
{
	const struct zone *z = NULL;

	zone_load(pool, name, &z, NULL);
	return z;
}

const struct zone *zone_fixed(struct pool *p, int east)
{
	struct zone *z = pool_take(p, sizeof *z);
	int minutes = abs(east) / 60;

	z->name = east ? pool_print(p, "%c%02d:%02d", east < 0 ? '-' : '+', minutes / 60, minutes % 60) : "UTC";
	z->footer = true;
	z->standard = (struct kind){ east, z->name };
	return z;
}

/* ---- wall clock and instants ---- */

struct civil zone_civil(const struct zone *z, utc t)
{
	utc local = t + zone_offset(z, t);
	int32_t day = (int32_t)(local >= 0 ? local / 86400 : -((-local + 86399) / 86400));
	int rest = (int)(local - (utc)day * 86400);
	struct civil c = day_civil(day);

	c.hour = rest / 3600;
	c.minute = rest / 60 % 60;
	c.second = rest % 60;
	return c;
}

/* The offsets within a day around hold the answer: the earlier offset's reading where it is real (of two equal times the
 * first), else the later one's; in a gap the time moves on by the gap, which is what the earlier offset gives. */
static utc from_local(const struct zone *z, utc local, bool *gap)
{
	int before = zone_offset(z, local - 86400), after = zone_offset(z, local + 86400);
	utc a = local - before, b = local - after;

	*gap = false;
	if (zone_offset(z, a) == before)
		return a;
	if (zone_offset(z, b) == after)
		return b;
	*gap = true;
	return a;
}

utc zone_utc(const struct zone *z, struct civil c)
{
	bool gap;

	return from_local(z, (utc)day_of(c.year, c.month, c.day) * 86400 + c.hour * 3600 + c.minute * 60 + c.second, &gap);
}

int32_t zone_day(const struct zone *z, utc t)
{
	utc local = t + zone_offset(z, t);

	return (int32_t)(local >= 0 ? local / 86400 : -((-local + 86399) / 86400));
}

utc zone_at(const struct zone *z, int32_t day, int minute)
{
	bool gap;

	return from_local(z, (utc)day * 86400 + minute * 60, &gap);
}

bool zone_gap(const struct zone *z, int32_t day, int minute)
{
	bool gap;

	from_local(z, (utc)day * 86400 + minute * 60, &gap);
	return gap;
}
