/* one time of day */
#include <string.h>

#include "judgement/when_inner.h"

bool part_minute(const struct worktime *w, int part, int *minute)
{
	switch (part) {
	case PART_MORNING: *minute = w->morning; return true;
	case PART_NOON: *minute = w->noon; return true;
	case PART_AFTERNOON: *minute = w->afternoon; return true;
	case PART_EVENING: *minute = w->evening; return true;
	case PART_NIGHT: *minute = w->night; return true;
	case PART_MIDNIGHT: *minute = 1440; return true;
	case PART_EOD: *minute = w->eod; return true;
	default: return false;
	}
}

/* One time: false without error: none stands here. */
bool read_clock(struct reading *r, struct clock *out, bool after_day)
{
	const struct token *t = look(r, 0);
	bool at = false;
	struct reading save = *r;

	*out = (struct clock){ 0 };
	/* "a 9h", "à 14h30": French for at; in, this (this evening) */
	if (t->is == AT || (t->is == ONE && (look(r, 1)->is == CLOCK || (after_day && look(r, 1)->is == NUM && look(r, 2)->is != UNIT)))) {
		at = true;
		r->at++;
		t = look(r, 0);
		if (t->is == AT) {
			r->at++;
			t = look(r, 0);
		}
	} else if (t->is == IN && (look(r, 1)->is == PART)) {
		r->at++;
		t = look(r, 0);
	} else if (t->is == THIS && (look(r, 1)->is == PART || look(r, 1)->is == MORGEN)) {
		r->at++;
		t = look(r, 0);
	}
	switch (t->is) {
	case CLOCK:
		if (t->half == 4 && !at && !after_day)
			return refuse(r, "ambiguous", "14h30: a time of day (14:30), or hours from now (in 14h30)? Write one of them");
		if (t->half == 3 && !at && !after_day) {
			*r = save;
			return false;
		}
		if (t->half >= 3 && t->digits > 24)
			return refuse(r, "notime", "a day has 24 hours");
		r->at++;
		/* "9-11am": the end */
		*out = (struct clock){ .is = true, .minute = t->value, .bare = true };
		break;
	case PART:
		r->at++;
		*out = (struct clock){ .is = true, .part = true, .which = t->value, .end = t->value == PART_EOD };
		part_minute(time_of(r), t->value, &out->minute);
		break;
	case TONIGHT:
		r->at++;
		*out = (struct clock){ .is = true, .part = true, .which = PART_NIGHT, .minute = time_of(r)->night };
		break;
	case MORGEN: /* after a day: morning */
		if (!after_day && save.at == r->at) {
			*r = save;
			return false;
		}
		r->at++;
		*out = (struct clock){ .is = true, .part = true, .which = PART_MORNING, .minute = time_of(r)->morning };
		break;
	case NUM: {
		const struct token *next = look(r, 1);

		if (t->tenths >= 0) {
			*r = save;
			return false;
		}
		/* 9-11am */
		if ((next->is == DASH || next->is == TO) && look(r, 2)->is == CLOCK && t->digits <= 2) {
			r->at += 3;
			*out = (struct clock){ .is = true, .minute = look(&(struct reading){ .t = r->t, .at = r->at - 1 }, 0)->value, .bare = true };
			return true;
		}
		if (next->is == UHR) { /* 14 Uhr [30], 9 o'clock */
			int m = 0;

			r->at += 2;
			if (is(r, 0, NUM) && look(r, 0)->digits == 2 && !is(r, 1, UNIT) && !is(r, 1, MONTH) && look(r, 0)->value < 60) {
				m = look(r, 0)->value;
				r->at++;
			}
			if (t->value > 24 || (t->value == 24 && m))
				return refuse(r, "notime", "a day has 24 hours");
			*out = (struct clock){ .is = true, .minute = t->value * 60 + m, .bare = true };
			if (next->value == 1 && t->value >= 1 && t->value <= 7) /* o'clock is said of either half of the day */
				out->which = -1;
			return true;
		}
		if (t->digits == 4 && r->at && r->t[r->at - 1].is == DATE && !r->t[r->at - 1].year && t->value >= 2026 && t->value <= 2099)
			return err_code(r->e, "ambiguous", "%d is a year or a time: write 24.12.%d, or at %02d:%02d", t->value, t->value, t->value / 100, t->value % 100);
		if (t->digits == 4 && t->value >= 1970 && t->value <= 2200 && !at && !after_day && (next->is == MONTH || (next->is == DASH && is(r, 2, MONTH)))) {
			*r = save; /* 2027-dec-01: a year */
			return false;
		}
		if (t->digits == 4 && (at || after_day || t->value < 2026 || t->value > 2099)) { /* 0900, 1430 */
			r->at++;
			if (t->value / 100 > 24 || t->value % 100 > 59 || (t->value / 100 == 24 && t->value % 100))
				return refuse(r, "notime", "that is no time of day; as 0900 or 1430");
			*out = (struct clock){ .is = true, .minute = t->value / 100 * 60 + t->value % 100, .bare = true };
			return true;
		}
		if (t->digits <= 2 && (at || next->is == ZONE || next->is == PART || ((next->is == IN || next->is == AT) && look(r, 2)->is == PART))) {
			bool clear = next->is == PART || next->is == TONIGHT || next->is == IN || (next->is == AT && look(r, 2)->is == PART);

			if (t->value > 24)
				return refuse(r, "notime", "a day has 24 hours");
			r->at++;
			*out = (struct clock){ .is = true, .minute = t->value * 60, .bare = true };
			/* 1 to 7 without am, pm or a day part could be either half of the day */
			if (t->value >= 1 && t->value <= 7 && !clear)
				out->which = -1;
			return true;
		}
		*r = save;
		return false;
	}
	default:
		*r = save;
		return false;
	}
	/* 3pm-5pm: the end */
	if ((is(r, 0, DASH) || is(r, 0, TO)) && is(r, 1, CLOCK)) {
		out->minute = look(r, 1)->value;
		r->at += 2;
	}
	return true;
}
