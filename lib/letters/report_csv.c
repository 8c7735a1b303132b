/* report_csv: figures as a table; and the words that each form of a report has */
#include "letters/report.h"

#include "letters/csv.h"

const char *report_group(struct pool *p, const struct figures_group *g, enum figures_by by)
{
	const char *group = g->score.group;

	if (by == BY_CONTACT && *group)
		return *g->name ? pool_print(p, "%s <%s>", g->name, group) : group;
	return *group ? group : "nobody named";
}

static const char *day_words(struct pool *p, int32_t day, bool year)
{
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct civil c = day_civil(day);

	return pool_print(p, year ? "%d %s %d" : "%d %s", c.day, months[c.month - 1], c.year);
}

const char *report_days(struct pool *p, const struct figures *f)
{
	bool years = day_civil(f->from).year != day_civil(f->to).year;

	return pool_print(p, "%s to %s", day_words(p, f->from, years), day_words(p, f->to, true));
}

const char *report_week(struct pool *p, const struct figures *f, size_t i)
{
	return day_words(p, f->weeks[i].monday, day_civil(f->from).year != day_civil(f->to).year);
}

const char *report_challenge(struct pool *p, const struct challenge *x)
{
	const char *trust = x->trust_known ? pool_print(p, ", T %.2f", x->trust) : "";

	return pool_print(p, "%s to %s: promises %zu, followed up %zu of %zu%s%s", day_words(p, challenge_first(x), false),
			  day_words(p, challenge_ended(x), true), x->count, x->followed.n, x->followed.of, trust,
			  x->stopped ? ", stopped" : "");
}

static void number(struct text *t, size_t n)
{
	text_print(t, ",%zu", n);
}

/* The trust test is of weeks and of all. */
static void line(struct text *t, const char *by, const char *group, const char *name, const struct score *s, const struct tested *x)
{
	csv_put(t, by, true);
	csv_put(t, group, false);
	csv_put(t, line_from(t->pool, name, NAME_MOST).s, false);
	number(t, s->on_time.of), number(t, s->on_time.n);
	number(t, s->followed.of), number(t, s->followed.n);
	number(t, s->moved), number(t, s->late), number(t, s->open), number(t, s->off);
	text_add(t, ",");
	if (s->known)
		text_print(t, "%.2f,%.2f,%.2f", s->trust, s->low, s->high);
	else
		text_add(t, ",,");
	if (x)
		text_print(t, ",%zu,%zu,%zu,%zu,%zu\r\n", x->of, x->all, x->what, x->who, x->when);
	else
		text_add(t, ",,,,,\r\n");
}

char *report_csv(struct pool *p, const struct figures *f)
{
#define X(id, name, heading) name,
	static const char *const names[] = { FIGURES_BY(X) };
#undef X
	struct text *t = text_new(p, MAIL_MOST);

	text_add(t, "by,group,name,came_due,on_time,followed_of,followed,announced,late,open,called_off,trust,trust_low,trust_high,"
		    "in_writing,said_all,said_what,said_who,said_when\r\n");
	line(t, "all", "", "", &f->all, &f->test);
	for (size_t i = 0; i < f->week_count; i++)
		line(t, names[BY_WEEK], f->weeks[i].name, "", &f->weeks[i].score, &f->weeks[i].test);
	for (int by = 0; by < BY_WEEK; by++)
		for (size_t i = 0; i < f->group_count[by]; i++)
			line(t, names[by], f->groups[by][i].score.group, f->groups[by][i].name, &f->groups[by][i].score, NULL);
	return t->s;
}
