/* calendar_told: what an owner hears of their calendars is in their own language; what was changed there is made up here */
#include "meetings.h"

#include "work/alike_inner.h"
#include "work/calendars.h"

static const char *const languages[] = { "de", "fr", "es" };

static struct calendar_conf conf;

/* A promise and a check-in, which lie in the collection as they should. */
static struct alike both_lie_there(struct house *h, const char *language)
{
	struct alike a = { .q = h->q, .p = h->p, .c = h->c, .conf = &conf };
	struct checkin_wish wish = { .at = "thursday 2pm", .every = "", .lasts = "30min", .purpose = "Subgruppen", .agenda = "", .link = "" };
	struct checkins k = by_hand(h, true);
	struct checkin c;

	((struct owner *)h->c->owners)->language = language;
	conf = (struct calendar_conf){ .key = "work", .kind = CALENDAR_CALDAV, .owner = &h->c->owners[0] };
	writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "");
	addrs_add(h->p, &wish.with, "", "carol@example.com");
	WELL(sql_begin(h->q, &e));
	WELL(checkins_add(&k, &wish, &c, &e));
	WELL(sql_commit(h->q, &e));
	leave(h);
	a.now = h->now;
	WELL(alike_want(&a, &e));
	assert_int_equal(a.n, 2);
	for (size_t i = 0; i < a.n; i++)
		WELL(alike_written(&a, &a.wanted[i], "1", &e));
	WELL(alike_want(&a, &e));
	heard(h);
	return a;
}

static struct wanted *the(struct alike *a, bool meeting)
{
	for (size_t i = 0; i < a->n; i++)
		if (!a->wanted[i].meeting == !meeting)
			return &a->wanted[i];
	fail_msg("it is not wanted there");
	return NULL;
}

/* As it lies there, unchanged. */
static struct caldav_object object(const struct wanted *w)
{
	const struct checkin *k = w->meeting;

	return (struct caldav_object){ .name = w->name, .etag = "2", .data = "",
				       .task = { .kind = k ? TASK_EVENT : TASK_TODO, .uid = "", .summary = w->kept.what, .place = k ? k->place : "",
						 .rrule = k ? k->rrule : "", .minutes = k ? k->minutes : 0, .has_due = true, .due = w->kept.due, .broken = "" } };
}

static const char *taken(struct house *h, struct alike *a, struct wanted *w, const struct caldav_object *o)
{
	WELL(alike_take(a, w, o, &e));
	return heard(h);
}

static void a_promise_changed_there(struct house *h, const char *language)
{
	struct alike a = both_lie_there(h, language);
	struct wanted *w = the(&a, false);
	struct caldav_object o = object(w);

	o.task.has_due = false, o.task.due = 0;
	no_english(h, taken(h, &a, w, &o));
	w->was->due -= 86400, w->was->what = "Trial 1"; /* both sides changed it since */
	o = object(w);
	o.task.due += 86400, o.task.summary = "Trial 2";
	no_english(h, taken(h, &a, w, &o));
	WELL(alike_gone(&a, &w, 1, &e));
	no_english(h, heard(h));
}

static void a_checkin_changed_there(struct house *h, const char *language)
{
	struct alike a = both_lie_there(h, language);
	struct wanted *w = the(&a, true);
	struct caldav_object o = object(w);

	o.task.due += 3600, o.task.minutes += 15, o.task.place = "Graz", o.task.summary = "Tumoren", o.task.more = true;
	no_english(h, taken(h, &a, w, &o));
	o = object(w);
	o.task.cancelled = true;
	no_english(h, taken(h, &a, w, &o));
	WELL(alike_gone(&a, &w, 1, &e));
	no_english(h, heard(h));
}

#define X(language) \
	static void promise_##language(void **state) { a_promise_changed_there(*state, #language); } \
	static void checkin_##language(void **state) { a_checkin_changed_there(*state, #language); }
X(de) X(fr) X(es)
#undef X

static void a_calendar_that_cannot_be_reached(void **state)
{
	struct house *h = *state;
	struct calendar_row row;
	struct err why = { 0 };

	err_perm(&why, "401");
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		((struct owner *)h->c->owners)->language = languages[i];
		conf = (struct calendar_conf){ .key = languages[i], .owner = &h->c->owners[0] };
		WELL(store_calendar(h->q, h->p, conf.key, &row, &e));
		WELL(calendars_failed(h->q, h->p, h->c, &conf, &row, &why, h->now, &e));
		no_english(h, heard(h));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(promise_de, begin, drop), cmocka_unit_test_setup_teardown(promise_fr, begin, drop),
		cmocka_unit_test_setup_teardown(promise_es, begin, drop), cmocka_unit_test_setup_teardown(checkin_de, begin, drop),
		cmocka_unit_test_setup_teardown(checkin_fr, begin, drop), cmocka_unit_test_setup_teardown(checkin_es, begin, drop),
		cmocka_unit_test_setup_teardown(a_calendar_that_cannot_be_reached, begin, drop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
