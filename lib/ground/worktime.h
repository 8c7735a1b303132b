/* worktime - zones, civil days, working days, holidays, quiet hours
 *
 * Law:     pure once loaded. Zones are read from TZif files (RFC 9636) by our own reader; a name is letters, digits and
 *          _ + - / alone, and never leaves the zone folder. A wall-clock time in a gap moves on by the gap, of two equal
 *          ones the first is taken (RFC 5545 3.3.5).
 * Units:   utc is seconds since 1970 in UTC; a day is a civil day number (days since 1970-01-01) in a zone that is handed
 *          in; times of day are minutes since midnight, up to 1440.
 * Owns:    a zone lives in the pool it was loaded into and is immutable: threads may share it.
 * Tests:   tests/worktime.c
 */
#ifndef KEPT_GROUND_WORKTIME_H
#define KEPT_GROUND_WORKTIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ground/err.h"
#include "ground/pool.h"

typedef int64_t utc;

struct civil {
	int year, month, day, hour, minute, second; /* month 1 to 12, hour 0 to 23 */
};

enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

/* ---- days ---- */
int32_t day_of(int year, int month, int day); /* any month and day number is carried over, as mktime does */
struct civil day_civil(int32_t day);          /* at 00:00:00 */
enum weekday day_weekday(int32_t day);
int month_days(int year, int month);
int32_t day_iso_week(int year, int week, int weekday); /* ISO 8601: weekday 1 (Monday) to 7; week 0 or 54 is carried */
int iso_weeks(int year);                               /* 52 or 53 */

/* ---- zones ---- */
struct zone;

bool zone_load(struct pool *, const char *name, const struct zone **out, struct err *);
/* The same for a frame (when.h): `pool` is a struct pool; NULL where there is no such zone. */
const struct zone *zone_named(void *pool, const char *name);
/* The one country that has this zone, as tzdata says (zone.tab), in lower case; "": none, or not known. */
const char *zone_country(struct pool *, const char *name);
const struct zone *zone_fixed(struct pool *, int seconds_east); /* "+05:30" */
const char *zone_name(const struct zone *);
int zone_offset(const struct zone *, utc);           /* seconds east of UTC at that instant */
const char *zone_abbreviation(const struct zone *, utc); /* "CET" */
struct civil zone_civil(const struct zone *, utc);
utc zone_utc(const struct zone *, struct civil); /* fields may be out of range, and are carried */
int32_t zone_day(const struct zone *, utc);      /* the civil day an instant falls on */
utc zone_at(const struct zone *, int32_t day, int minute_of_day);
/* Was the wall-clock time in a gap (moved on), or twice there? For notes. */
bool zone_gap(const struct zone *, int32_t day, int minute_of_day);
/* The first change of offset strictly after `t`: when, and the offsets around it. false: none is known. */
bool zone_change(const struct zone *, utc t, utc *at, int *before, int *after);

/* "2026-12-04T09:00:00+01:00": the owner's zone, seconds always (RFC 3339). */
char *utc_print(struct pool *, const struct zone *, utc);
/* ISO 8601 with or without seconds and offset; without an offset it is in `zone` (NULL: refused). */
bool utc_parse(const char *s, const struct zone *zone, utc *out);
/* For people: "Friday 4 December 2026, 09:00 CET"; short "Fri 4 Dec, 09:00", with the year where it is not `now`'s. */
char *utc_words(struct pool *, const struct zone *, utc);
char *utc_words_short(struct pool *, const struct zone *, utc, utc now);
/* RFC 5322 3.3 date-time for a header: "Fri, 04 Dec 2026 09:00:00 +0100". */
char *utc_header(struct pool *, const struct zone *, utc);

/* ---- a person's working time: the settings of kept.conf(5), owner ---- */
enum date_order { DATE_DMY, DATE_MDY, DATE_ASK };
enum move_soft { MOVE_NEXT, MOVE_PREVIOUS, MOVE_NO };
enum m_means { M_ASK, M_MONTHS, M_MINUTES };

struct worktime {
	const struct zone *zone;
	int hour, morning, noon, afternoon, evening, night, eod; /* minutes of the day; default 9:00 9 12 14 18 20 17:00 */
	unsigned workdays;                                       /* bit 0 is Monday; default Monday to Friday */
	const int32_t *holidays;                                 /* sorted days */
	size_t holiday_count;
	int quiet_from, quiet_to; /* no mail from .. to (minutes; may pass midnight; equal: none); default 20:00-07:00 */
	enum weekday week_start;
	enum date_order date_order;
	enum move_soft move;
	enum m_means m;
	bool keep_time;
};

struct worktime worktime_default(const struct zone *);
/* One setting by its name in kept.conf(5) ("eod", "17:00"; "workdays", "mo,tu"; "holidays", "2026-12-25,…"; "quiet",
 * "20:00-07:00" or "none"). Errors say what is allowed. */
bool worktime_set(struct pool *, struct worktime *, const char *name, const char *value, struct err *);
/* The names that worktime_set knows, ended by NULL. */
extern const char *const worktime_settings[];

/* "8:00", as the minute of the day. */
bool worktime_clock(const char *, int *out);
/* "2026-12-03", or the days from one to another, "2026-12-03 - 2026-12-06": at most a year of them. */
bool days_parse(const char *, int32_t *from, int32_t *to);

bool is_workday(const struct worktime *, int32_t day);
int32_t workday_from(const struct worktime *, int32_t day); /* that day, or the next working day */
int32_t workday_before(const struct worktime *, int32_t day); /* the last working day strictly before */
int32_t workday_add(const struct worktime *, int32_t day, int n); /* n working days on (or back); the day itself is not counted */
/* The first moment >= t on a working day, outside quiet time, from `hour` on. */
utc worktime_next(const struct worktime *, utc t);
bool is_quiet(const struct worktime *, utc t);
utc quiet_end(const struct worktime *, utc t); /* `t`, or the end of the quiet time it falls into */
/* What comes once a week, on that day at the start of work (the next working day's after a day off): the newest that has come, the next. */
void worktime_weekly(const struct worktime *, enum weekday, utc now, utc *last, utc *next);
/* When a mail that was meant for `meant` may leave, now that it is `now`. At once on the day it was meant for, outside quiet
 * time; in it only where `meant` lies there too (the owner's own word), a quarter of an hour ago at most. What comes later
 * than that, after downtime or a refusal, leaves in working time, as what is planned does. No quiet time: at any time. */
utc worktime_leave(const struct worktime *, utc meant, utc now);
/* A due day counts as late after its end of work (a due time: at once). */
utc worktime_late(const struct worktime *, utc due);

#endif
