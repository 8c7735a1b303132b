/* when_inner - what the parts of `when` share: words, and what they mean once read. Private to when*.c */
#ifndef KEPT_JUDGEMENT_WHEN_INNER_H
#define KEPT_JUDGEMENT_WHEN_INNER_H

#include "ground/text.h"
#include "judgement/when.h"

enum meaning_of_word {
	END_OF_WORDS, NUM, ORDINAL, CLOCK, DATE, ISOWEEK, QUARTER, MONTH_OF, DURATION, ZONE, DASH,
	/* the vocabulary's, when_words.def */
	ADVERB, AFTER, AFTERNEXT, AGO, AND, AT, BEFORE, BETWEEN, BUSINESS, BY, CLOSE, COMING, COUPLE, END, EOP,
		EVERY, FILLER, FOLLOWING,
	FORTNIGHT, FROM, HALF, IN, LAST, MID, MIDWEEK, MONTH, MORGEN, NEXT, NOW, NTH, NUMBER, ONE, OTHER, OUVRABLES,
		OVERMORROW, PART, PLURAL,
	SOP, START, THING, THIS, TIMES, TO, TODAY, TOMORROW, TONIGHT, TOOOFTEN, TWOWAYS, UHR, UNIT, VAGUE, WEEKDAY,
		WEEKDAYS, WEEKEND, WITHIN,
	WORKING,
};
enum { MINUTES, HOURS, DAYS, WEEKS, MONTHS, QUARTERS, YEARS, WORKDAYS, M };
enum { PART_MORNING, PART_NOON, PART_AFTERNOON, PART_EVENING, PART_NIGHT, PART_MIDNIGHT, PART_EOD };
enum { DAILY, WEEKLY, FORTNIGHTLY, MONTHLY, QUARTERLY, HALFYEARLY, YEARLY };

/* One word or number, read. */
struct token {
	int is;               /* enum meaning_of_word */
	/* of the vocabulary; a number; day of an ORDINAL; minutes of a CLOCK; QUARTER 1..4; ISOWEEK's week */
	int value;
	int year, month, day; /* DATE, MONTH_OF, QUARTER, ISOWEEK (day: 0 none, 1..7); year 0: none written */
	int digits;           /* NUM: how many */
	/* CLOCK: 0 a 24-hour clock, 1 am, 2 pm; 3 "9h", 4 "14h30": hours or a clock, by what is around */
	int half;
	int tenths;           /* NUM: digits behind the point as tenths; -1 none */
	const struct zone *zone;
	bool offset_zone;     /* a zone written as +01:00, or a season letter */
	bool either;          /* DATE: day and month could change places; the setting decided */
	const char *as;       /* as written, folded */
	bool sticks;          /* no separator before it */
};

enum { TOKENS_MOST = 60 };

/* false: e says which word. */
bool when_lex(struct pool *, const char *words, const struct frame *, struct token out[TOKENS_MOST + 1], size_t *n,
	struct err *);
bool when_lex_unglued(struct pool *, const char *words, const struct frame *, struct token out[TOKENS_MOST + 1],
	size_t *n, struct err *);

/* May this word of a sentence, folded, be part of a date? False: no expression that holds it can be read (unglued). */
bool when_word_may(const char *folded);

/* Does it count: a number in words, "a", "half"? The unit that it is; -1: none. */
bool when_word_counts(const char *folded);
int when_word_unit(const char *folded);
bool when_word_plural(const char *folded); /* when_vague.c: "days" */

/* A reader's place in the tokens. */
struct reading {
	struct pool *p;
	const struct frame *f;
	const struct token *t; /* ended by END_OF_WORDS */
	size_t at;
	int32_t today;
	int now;               /* minute of the day */
	struct err *e;
};

/* What a day expression says. */
struct day {
	bool is;
	int32_t day;
	bool soft;       /* moves off days on which nobody works */
	bool end;        /* the end of a span: at the end of work, moved back rather than on */
	bool range;      /* "3-5 days": kept by its end */
	bool elapsed;    /* hours were counted: `at` is the instant */
	utc at;
	bool today;      /* today, or today's date */
	bool weekday;    /* a bare weekday, which a date may follow */
	int number;      /* that weekday */
	bool counted;    /* an offset of days and more */
	bool period;     /* a week, month, quarter, year: its bounds */
	int32_t first, last;
	bool rolled;     /* a date without a year that was put into the next one */
	bool keep;       /* the clock time of the anchor stays: days and hours mixed */
};

struct clock {
	bool is;
	int minute;      /* 1440: the end of that day */
	bool end;        /* eod, cob */
	bool part, bare; /* part: from a day part; bare: a 24-hour or am/pm time */
	int which;       /* the part */
	const struct zone *zone;
};

/* What stands so many words ahead; is it that? */
static inline const struct token *look(const struct reading *r, size_t ahead)
{
	size_t at = r->at;

	while (ahead-- && r->t[at].is != END_OF_WORDS)
		at++;
	return &r->t[at];
}

static inline bool is(const struct reading *r, size_t ahead, int m)
{
	return look(r, ahead)->is == m;
}

static inline const struct worktime *time_of(const struct reading *r)
{
	return r->f->time;
}

static inline bool refuse(struct reading *r, const char *code, const char *text)
{
	return err_code(r->e, code, "%s", text);
}

/* when_offset.c: numbers and what they add */
struct offset {
	int64_t minutes;
	int days, months, workdays;
	bool clocked, dayed;
};
size_t read_count(const struct reading *r, size_t ahead, int *n, int *tenths);
size_t read_unit(const struct reading *r, size_t ahead, int *unit, bool *two_ways);
bool read_amounts(struct reading *r, struct offset *o, bool in);
void offset_apply(struct reading *r, const struct offset *o, int32_t from, int sign, struct day *d);

/* one item; false without error: none stands here (e->kind is ERR_NONE) */
bool read_day(struct reading *, struct day *);
bool read_offset(struct reading *, struct day *);
bool read_clock(struct reading *, struct clock *, bool after_day);
bool when_recurrence(struct reading *, struct when *out, bool *is);
/* day and clock to the instant. */
bool when_settle(struct reading *, const struct day *, const struct clock *, bool deadline, struct when *out);

/* when_calendar.c: which day is it? */
int32_t month_day(int year, int month, int day); /* clamped to the month's last */
int32_t next_month_day(struct reading *, int day); /* the next month that has it */
int32_t week_first(const struct reading *, int32_t day); /* of the calendar week */
int32_t nth_weekday(int year, int month, int nth, int weekday); /* 0: none */
int32_t next_weekday(const struct reading *, int weekday);
int32_t weekday_of_week(const struct reading *, int weekday, int on); /* of the calendar week so many on */

/* when_period.c: week, month, quarter, year */
/* the one that holds `day`, and so many on */
struct day period_span(const struct reading *, int unit, int on, int32_t day);
struct day period_of_month(int year, int month);
/* One that was named: to come: its start; now: its end; over: `later`, or a refusal where its year was said. */
bool period_named(struct reading *, struct day, bool has_year, struct day later, struct day *out);
bool period_month(struct reading *, int month, int year, struct day *out); /* year 0: none was said */
bool period_quarter(struct reading *, int quarter, int year, struct day *out);
bool period_week(struct reading *, const struct token *, struct day *out);
void period_end(const struct reading *, struct day *); /* to its last working day; nobody works in it: its last day */
static inline bool period_over(const struct reading *r, const struct day *end)
{
	return end->day < r->today || (end->day == r->today && r->now >= time_of(r)->eod);
}
bool period_edge(struct reading *, struct day *out);   /* end of X, start of X, mid X */
void period_at_edge(struct reading *, const struct token *, struct day *out); /* eow, som … */

bool part_minute(const struct worktime *, int part, int *minute);

#endif
