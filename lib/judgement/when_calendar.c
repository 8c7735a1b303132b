/* which day is it: the arithmetic of weeks and months that the readers of days share */
#include "judgement/when_inner.h"

int32_t month_day(int year, int month, int day)
{
	int32_t first = day_of(year, month, 1);
	struct civil c = day_civil(first);
	int most = month_days(c.year, c.month);

	return first + (day > most ? most : day) - 1;
}

int32_t week_first(const struct reading *r, int32_t day)
{
	return day - ((int)day_weekday(day) - (int)time_of(r)->week_start + 7) % 7;
}

int32_t next_month_day(struct reading *r, int day)
{
	struct civil c = day_civil(r->today);

	for (int i = 0; i < 24; i++) {
		struct civil m = day_civil(day_of(c.year, c.month + i, 1));

		if (day <= month_days(m.year, m.month) && day_of(m.year, m.month, day) >= r->today)
			return day_of(m.year, m.month, day);
	}
	return 0;
}

int32_t nth_weekday(int year, int month, int nth, int weekday)
{
	int32_t first = day_of(year, month, 1), day;
	int most;

	year = day_civil(first).year;
	month = day_civil(first).month;
	most = month_days(year, month);
	if (nth < 0) {
		day = first + most - 1;
		return day - ((int)day_weekday(day) - weekday + 7) % 7;
	}
	day = first + (weekday - (int)day_weekday(first) + 7) % 7 + (nth - 1) * 7;
	return day < first + most ? day : 0;
}

int32_t next_weekday(const struct reading *r, int w)
{
	int on = (w - (int)day_weekday(r->today) + 7) % 7;

	return r->today + (on ? on : 7);
}

int32_t weekday_of_week(const struct reading *r, int w, int on)
{
	int32_t first = week_first(r, r->today) + 7 * on;

	return first + (w - (int)time_of(r)->week_start + 7) % 7;
}
