/* schedule, execute, courier: a promise's life in a real ledger, with a carrier of our own and no network */
#include "ledger.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "borders/net.h"
#include "borders/outbox.h"
#include "borders/record.h"
#include "borders/store.h"
#include "judgement/plan.h"
#include "letters/mime.h"
#include "work/courier.h"
#include "work/execute.h"
#include "work/schedule.h"

#define WEDNESDAY "2026-11-25T10:00"

struct house {
	char folder[64];
	struct pool *p;
	struct conf *c;
	struct sql *q;
	utc now;
	int outcome, submitted; /* what the carrier answers; how often it was asked */
	char last_id[200];
	int64_t meanwhile; /* this promise is done, by another process, while the carrier is at work; */
	bool undone;       /* and that is taken back */
};

static const char *say(struct house *, enum command_verb, int64_t id, const char *when);

static struct err e;

static int make(void **state)
{
	struct house *h = calloc(1, sizeof *h);

	h->p = pool_new();
	h->c = rows_conf(h->p);
	h->now = rows_at(h->c, WEDNESDAY);
	h->q = ledger_make(h->p, h->folder);
	*state = h;
	return 0;
}

static int drop(void **state)
{
	struct house *h = *state;
	int rc = ledger_drop(h->p, h->folder, &h->q);

	pool_end(&h->p);
	free(h);
	return rc;
}

static int64_t add(struct house *h, const char *what, const char *due)
{
	struct commitment m = { .owner = &h->c->owners[0], .state = COMMITMENT_OPEN, .what = what, .words = "", .subject = "", .message_id = "",
				.policy = "default", .team = "", .every = "", .due = rows_at(h->c, due), .due_words = due, .due_error = "", .note = "" };

	addrs_add(h->p, &m.to, "Carol", "carol@example.com");
	WELL(sql_begin(h->q, &e));
	WELL(execute_add(h->q, h->p, h->c, &m, "by a test", h->now, &e));
	WELL(sql_commit(h->q, &e));
	return m.id;
}

static utc run(struct house *h)
{
	utc next = 0;

	WELL(schedule(h->q, h->c, h->now, &next, &e));
	return next;
}

/* Mails of a kind in the outbox, whatever their state; the newest is left in `out`. */
static int count(struct house *h, enum mail_kind kind, struct outgoing *out)
{
	struct outgoing *list;
	size_t n;
	int found = 0;
	bool is;

	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 1000, &list, &n, &e));
	for (size_t i = 0; i < n; i++)
		if (list[i].kind == kind && found++ == 0 && out)
			WELL(outbox_get(h->q, h->p, list[i].id, out, &is, &e));
	return found;
}

static const char *say(struct house *h, enum command_verb verb, int64_t id, const char *when)
{
	struct command k = { .verb = verb, .ids = &id, .id_count = id ? 1 : 0, .when = when };
	struct commands list = { .list = &k, .n = 1, .rest = "" };
	struct execution x = { .owner = &h->c->owners[0], .written = h->now };
	struct schedule_answer a = { .owner = &h->c->owners[0] };

	WELL(sql_begin(h->q, &e));
	WELL(execute(h->q, h->p, h->c, &list, &x, h->now, &e));
	a.ids = x.touched, a.n = x.touched_count, a.answer = x.answer->s;
	WELL(schedule_answer(h->q, h->p, h->c, &a, h->now, &e));
	WELL(schedule_these(h->q, h->p, h->c, x.touched, x.touched_count, NULL, h->now, &e));
	WELL(sql_commit(h->q, &e));
	return x.answer->s;
}

/* What is answered to the words of a reply by mail, with the way back. */
static const char *reply(struct house *h, const char *words, struct execution *x)
{
	struct commands list;

	command_parse(h->p, words, false, &list);
	*x = (struct execution){ .owner = &h->c->owners[0], .written = h->now };
	WELL(sql_begin(h->q, &e));
	WELL(execute(h->q, h->p, h->c, &list, x, h->now, &e));
	WELL(sql_commit(h->q, &e));
	execute_undo_said(x);
	return x->answer->s;
}

static struct commitment get(struct house *h, int64_t id)
{
	struct commitment m;
	bool found;

	WELL(store_commitment(h->q, h->p, h->c, id, &m, NULL, &found, &e));
	assert_true(found);
	return m;
}

/* The calendar object that travels with a mail, as a client reads it. */
static struct calendar_facts entry(struct house *h, const struct outgoing *o)
{
	struct letter l;

	mime_read(h->p, o->bytes, o->n, &l);
	assert_true(l.calendar.is);
	return l.calendar;
}

static bool holds(struct house *h, const struct outgoing *o, const char *words)
{
	struct letter l;

	mime_read(h->p, o->bytes, o->n, &l);
	return strstr(l.full, words) != NULL;
}

static void a_promise_is_acknowledged_once(void **state)
{
	struct house *h = *state;
	struct outgoing o;
	int64_t id = add(h, "the subgroup data", "2026-11-27T09:00");

	assert_int_equal(run(h), rows_at(h->c, "2026-11-27T09:00"));
	assert_int_equal(count(h, MAIL_ACKNOWLEDGEMENT, &o), 1);
	assert_int_equal(count(h, MAIL_WELCOME, NULL), 1);
	assert_string_equal(o.recipient, "ada@example.org");
	assert_false(o.outside);
	assert_string_equal(entry(h, &o).method, "REQUEST");
	assert_int_equal(entry(h, &o).sequence, 0);
	run(h);
	assert_int_equal(count(h, MAIL_ACKNOWLEDGEMENT, NULL), 1);
	assert_int_equal(count(h, MAIL_WELCOME, NULL), 1);
	assert_int_equal(get(h, id).sequence, 0);
}

/* The ledger knows what fills a day, and how long those of one policy took; what is closed or due another day fills none. */
static void a_day_that_is_full_or_too_soon_is_said_at_logging(void **state)
{
	struct house *h = *state;
	struct outgoing o;
	struct commitment m;
	int64_t slides;

	h->c->policies[0].day_full = 2;
	add(h, "the poster", "2026-11-27T09:00");
	slides = add(h, "the slides", "2026-11-27T15:00");
	run(h);
	add(h, "the subgroup data", "2026-11-27T09:00");
	run(h);
	count(h, MAIL_ACKNOWLEDGEMENT, &o);
	assert_true(holds(h, &o, "it already holds 2 promises"));
	assert_true(holds(h, &o, "body=due%202026-11-30"));
	assert_false(holds(h, &o, "a median of"));
	m = get(h, slides);
	m.state = COMMITMENT_KEPT, m.closed = h->now;
	WELL(sql_begin(h->q, &e));
	WELL(store_commitment_save(h->q, &m, 0, &e));
	WELL(sql_commit(h->q, &e));
	add(h, "the figures", "2026-11-27T10:00");
	run(h);
	count(h, MAIL_ACKNOWLEDGEMENT, &o);
	assert_true(holds(h, &o, "it already holds 2 promises"));
	for (int i = 0; i < 5; i++) {
		m = get(h, add(h, "an old one", "2026-12-04T09:00"));
		m.state = COMMITMENT_KEPT, m.closed = h->now + 21 * 86400;
		WELL(sql_begin(h->q, &e));
		WELL(store_commitment_save(h->q, &m, 0, &e));
		WELL(sql_commit(h->q, &e));
	}
	add(h, "the reprint", "2026-12-09T09:00");
	run(h);
	count(h, MAIL_ACKNOWLEDGEMENT, &o);
	assert_true(holds(h, &o, "a median of 15 working days (of 6 kept)"));
	assert_false(holds(h, &o, "already holds"));
}

static void what_is_due_together_is_one_mail(void **state)
{
	struct house *h = *state;
	struct outgoing o;

	add(h, "the subgroup data", "2026-11-27T09:00");
	add(h, "the reprint", "2026-11-27T09:00");
	add(h, "the other thing", "2026-11-30T09:00");
	run(h);
	h->now = rows_at(h->c, "2026-11-27T08:59");
	run(h);
	assert_int_equal(count(h, MAIL_REMINDER, NULL), 0);
	h->now = rows_at(h->c, "2026-11-27T09:00");
	run(h);
	assert_int_equal(count(h, MAIL_REMINDER, &o), 1);
	run(h);
	assert_int_equal(count(h, MAIL_REMINDER, NULL), 1);
	h->now = rows_at(h->c, "2026-11-30T09:00");
	run(h); /* the two again, and the third for the first time: still one mail */
	assert_int_equal(count(h, MAIL_REMINDER, NULL), 2);
}

static void a_snooze_moves_the_reminder_not_the_due_day(void **state)
{
	struct house *h = *state;
	int64_t id = add(h, "the subgroup data", "2026-11-27T09:00");
	struct outgoing o;

	run(h);
	h->now = rows_at(h->c, "2026-11-27T09:00");
	run(h);
	assert_non_null(strstr(say(h, COMMAND_SNOOZE, id, "monday 2pm"), "30 November 2026, 14:00"));
	assert_int_equal(get(h, id).due, rows_at(h->c, "2026-11-27T09:00"));
	h->now = rows_at(h->c, "2026-11-30T13:59");
	run(h);
	assert_int_equal(count(h, MAIL_REMINDER, NULL), 1);
	h->now = rows_at(h->c, "2026-11-30T14:00");
	run(h);
	assert_int_equal(count(h, MAIL_REMINDER, &o), 2);
}

static void a_new_date_moves_the_calendar_entry_and_done_cancels_it(void **state)
{
	struct house *h = *state;
	int64_t id = add(h, "the subgroup data", "2026-11-27T09:00");
	struct outgoing o;

	run(h);
	say(h, COMMAND_DUE, id, "1 dec");
	assert_int_equal(count(h, MAIL_ACKNOWLEDGEMENT, &o), 2);
	assert_string_equal(entry(h, &o).method, "REQUEST");
	assert_int_equal(entry(h, &o).sequence, 1);
	assert_int_equal(entry(h, &o).start, rows_at(h->c, "2026-12-01T09:00"));
	say(h, COMMAND_DONE, id, NULL);
	assert_int_equal(count(h, MAIL_ACKNOWLEDGEMENT, &o), 3);
	assert_string_equal(entry(h, &o).method, "CANCEL");
	assert_int_equal(entry(h, &o).sequence, 2);
	assert_int_equal(get(h, id).state, COMMITMENT_KEPT);
	h->now = rows_at(h->c, "2027-03-01T09:00");
	assert_int_equal(run(h), 0);
	assert_int_equal(count(h, MAIL_REMINDER, NULL), 0);
}

static void undo_takes_back_one_change_after_the_other(void **state)
{
	struct house *h = *state;
	int64_t id = add(h, "the subgroup data", "2026-11-27T09:00");
	struct record_state record;
	struct outgoing o;

	run(h);
	say(h, COMMAND_DUE, id, "1 dec");
	say(h, COMMAND_DONE, id, NULL);
	say(h, COMMAND_UNDO, id, NULL);
	assert_int_equal(get(h, id).state, COMMITMENT_OPEN);
	assert_int_equal(get(h, id).due, rows_at(h->c, "2026-12-01T09:00"));
	assert_int_equal(count(h, MAIL_ACKNOWLEDGEMENT, &o), 4);
	assert_string_equal(entry(h, &o).method, "REQUEST"); /* the entry is back, under a higher SEQUENCE */
	assert_int_equal(entry(h, &o).sequence, 3);
	say(h, COMMAND_UNDO, 0, NULL);
	assert_int_equal(get(h, id).due, rows_at(h->c, "2026-11-27T09:00"));
	say(h, COMMAND_UNDO, 0, NULL); /* before that it was logged */
	assert_int_equal(get(h, id).state, COMMITMENT_CANCELLED);
	assert_int_equal(count(h, MAIL_ACKNOWLEDGEMENT, &o), 6);
	assert_string_equal(entry(h, &o).method, "CANCEL");
	assert_non_null(strstr(say(h, COMMAND_UNDO, 0, NULL), "nothing to undo"));
	assert_int_equal(get(h, id).state, COMMITMENT_CANCELLED);
	say(h, COMMAND_UNDO, id, NULL); /* by its number it comes back */
	assert_int_equal(get(h, id).state, COMMITMENT_OPEN);
	WELL(record_verify(h->q, h->p, NULL, NULL, &record, &e));
	assert_int_equal(record.broken, 0);
}

static void undo_takes_back_that_a_promise_was_logged(void **state)
{
	struct house *h = *state;
	int64_t old = add(h, "the subgroup data", "2026-11-27T09:00"), new;
	struct execution x;

	say(h, COMMAND_DUE, old, "1 dec");
	new = add(h, "zzz", "2026-11-27T09:00");
	assert_non_null(strstr(reply(h, "undo", &x), "\"zzz\": that it was logged is taken back: it is called off."));
	assert_non_null(strstr(x.answer->s, "`undo 2`"));
	assert_int_equal(get(h, new).state, COMMITMENT_CANCELLED);
	assert_int_equal(get(h, old).due, rows_at(h->c, "2026-12-01T09:00"));
	new = add(h, "another", "2026-11-27T09:00");
	say(h, COMMAND_CANCEL, new, NULL);
	reply(h, "undo", &x);
	assert_int_equal(get(h, new).state, COMMITMENT_OPEN);
	assert_non_null(strstr(reply(h, "undo 3\nundo 3\nundo 3", &x), "nothing to undo"));
	assert_int_equal(get(h, old).state, COMMITMENT_OPEN);
}

static void a_list_shows_what_it_was_asked_for(void **state)
{
	static const struct { const char *words, *shown, *headline; } rows[] = {
		{ "list", "today late soon far", "4 promises are open" },
		{ "list all", "closed today late soon far", "5 promises, open and closed" },
		{ "list overdue", "late", "1 promise is overdue" },
		{ "list today", "today", "1 promise is due today" },
		{ "list week", "today soon", "2 promises are due in the next seven days" },
		{ "list carol@example.com", "today late soon far", "4 promises to that address are open" },
		{ "list CAROL@example.com", "today late soon far", "4 promises to that address are open" },
		{ "list dan@example.com", "", "None" },
	};
	static const char *const names[] = { "today", "late", "soon", "far", "closed" };
	struct house *h = *state;
	struct execution x;

	add(h, "the today thing", "2026-11-25T16:00");
	add(h, "the late thing", "2026-11-23T09:00");
	add(h, "the soon thing", "2026-12-01T09:00");
	add(h, "the far thing", "2026-12-02T09:00");
	say(h, COMMAND_DONE, add(h, "the closed thing", "2026-11-25T12:00"), NULL);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *said = reply(h, rows[i].words, &x);

		assert_string_equal(x.headline, rows[i].headline);
		for (size_t k = 0; k < sizeof names / sizeof *names; k++)
			if (!strstr(rows[i].shown, names[k]) != !strstr(said, pool_print(h->p, "the %s thing", names[k])))
				fail_msg("`%s`: %s: %s", rows[i].words, names[k], said);
	}
	assert_non_null(strstr(reply(h, "list today", &x), "overdue from before: 1, which `list overdue` shows"));
	say(h, COMMAND_DONE, 2, NULL);
	assert_non_null(strstr(reply(h, "list overdue", &x), "nothing is overdue"));
}

static void the_way_back_is_said_once_with_its_numbers(void **state)
{
	struct house *h = *state;
	struct execution x;
	const char *said;

	for (int i = 0; i < 3; i++)
		add(h, "the data", "2026-11-27T09:00");
	said = reply(h, "done 1: sent [it]\n2: monday\ncancel 99", &x);
	assert_non_null(strstr(said, "done, and closed. Note: “sent \\[it\\]”"));
	assert_non_null(strstr(said, "\nTo take one back, answer `undo 1`, `undo 2`.\n"));
	assert_null(strstr(strstr(said, "undo 1") + 1, "take"));
	assert_non_null(strstr(reply(h, "3: monday", &x), "\nTo take it back, answer `undo 3`.\n"));
	assert_null(strstr(reply(h, "undo 3", &x), "To take"));
	assert_null(strstr(reply(h, "list", &x), "To take"));
}

static void what_was_not_read_is_said(void **state)
{
	static const struct { const char *words, *unread; } rows[] = {
		{ "done 1\n2: friday\nall snooze 1w", "“all snooze 1w”" },
		{ "done 1\n\nall snooze 1w\n\nBest,\nAda", "“all snooze 1w”" },
		{ "2: friday\nand the other one too please\n#1 doen", "“and the other one too please”\n- **not read:** “\\#1 doen”" },
		{ "2: friday\nThanks\n\nAda Lovelace", NULL },
		{ "2: friday\nBest, Ada", NULL },
		{ "2: friday\n\nViele Grüße\nAda Lovelace, PhD", NULL },
		{ "2: friday\n\nAda Lovelace, PhD\nHead of Clinical Operations", NULL },
		{ "2: friday\n\n> all snooze 1w", NULL },
		{ "2: friday\n-- \nall snooze 1w", NULL },
	};
	struct house *h = *state;
	struct execution x;

	add(h, "the data", "2026-11-27T09:00");
	add(h, "the slides", "2026-11-27T09:00");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *said = reply(h, rows[i].words, &x);

		if (rows[i].unread ? !strstr(said, rows[i].unread) || !strstr(x.headline, "not all was read") : strstr(said, "not read") != NULL)
			fail_msg("%s: %s", rows[i].words, said);
	}
}

static void wrong_words_change_nothing(void **state)
{
	struct house *h = *state;
	int64_t id = add(h, "the subgroup data", "2026-11-27T09:00");

	run(h);
	assert_non_null(strstr(say(h, COMMAND_DUE, id, "frdiay"), "friday"));
	assert_non_null(strstr(say(h, COMMAND_DUE, id, "2020-01-01"), "passed"));
	assert_non_null(strstr(say(h, COMMAND_DONE, 999, NULL), "no such promise"));
	assert_int_equal(get(h, id).due, rows_at(h->c, "2026-11-27T09:00"));
	assert_int_equal(get(h, id).state, COMMITMENT_OPEN);
}

static void the_other_owners_promises_are_out_of_reach(void **state)
{
	struct house *h = *state;
	int64_t id = add(h, "the subgroup data", "2026-11-27T09:00");
	struct conf other = *h->c;
	static const char *addresses[] = { "bob@example.org" };
	struct owner two[2] = { h->c->owners[0], h->c->owners[0] };
	struct command k = { .verb = COMMAND_DONE, .ids = &id, .id_count = 1 }, u = { .verb = COMMAND_UNDO, .ids = &id, .id_count = 1 };
	struct command both[] = { k, u };
	struct commands list = { .list = both, .n = 2, .rest = "" };
	struct execution x = { .written = h->now };

	two[1].key = "bob";
	two[1].addresses = (struct strings){ addresses, 1 };
	other.owners = two;
	other.owner_count = 2;
	x.owner = &two[1];
	WELL(sql_begin(h->q, &e));
	WELL(execute(h->q, h->p, &other, &list, &x, h->now, &e));
	WELL(sql_commit(h->q, &e));
	assert_true(x.failed);
	assert_int_equal(x.touched_count, 0);
	assert_int_equal(get(h, id).state, COMMITMENT_OPEN);
}

/* ---- the courier ---- */

static int submit(void *arg, struct pool *p, const struct outgoing *o, const char **why)
{
	struct house *h = arg;

	(void)p;
	h->submitted++;
	snprintf(h->last_id, sizeof h->last_id, "%s", o->message_id);
	*why = "scripted";
	if (h->meanwhile)
		say(h, COMMAND_DONE, h->meanwhile, NULL);
	if (h->meanwhile && h->undone)
		say(h, COMMAND_UNDO, h->meanwhile, NULL);
	h->meanwhile = 0;
	return h->outcome;
}

static void idle(void *arg)
{
	(void)arg;
}

static utc send_all(struct house *h, int outcome, const char **fault)
{
	struct carrier c = { .submit = submit, .idle = idle, .arg = h };
	const char *f = NULL;
	utc next = 0;

	h->outcome = outcome;
	WELL(courier(h->q, h->p, h->c, &c, h->now, &next, fault ? fault : &f, &e));
	return next;
}

static enum outbox_state state_of(struct house *h, int64_t id)
{
	struct outgoing o;
	bool found;

	WELL(outbox_get(h->q, h->p, id, &o, &found, &e));
	assert_true(found);
	return o.state;
}

static int64_t put(struct house *h, bool outside, enum outbox_state state)
{
	static int n;
	struct outgoing o = { .owner = "ada", .kind = outside ? MAIL_DELAY : MAIL_REMINDER, .recipient = outside ? "carol@example.com" : "ada@example.org",
			      .outside = outside, .state = state, .subject = "s", .sender = "kept@example.org", .message_id = pool_print(h->p, "<%d@x>", n),
			      .token = pool_print(h->p, "%d", n), .bytes = "x", .n = 1, .made = h->now, .try_at = h->now, .why = "" };

	n++;
	WELL(sql_begin(h->q, &e));
	WELL(outbox_put(h->q, &o, &e));
	WELL(sql_commit(h->q, &e));
	return o.id;
}

static void each_outcome_settles_its_mail(void **state)
{
	struct house *h = *state;
	int64_t id;
	const char *fault;

	id = put(h, false, OUTBOX_READY);
	send_all(h, NET_SENT, NULL);
	assert_int_equal(state_of(h, id), OUTBOX_SENT);
	send_all(h, NET_SENT, NULL);
	assert_int_equal(h->submitted, 1);

	id = put(h, false, OUTBOX_READY);
	send_all(h, NET_FAILED, NULL);
	assert_int_equal(state_of(h, id), OUTBOX_FAILED);

	id = put(h, false, OUTBOX_READY);
	assert_true(send_all(h, NET_RETRY, NULL) > h->now);
	assert_int_equal(state_of(h, id), OUTBOX_READY);
	h->submitted = 0;
	send_all(h, NET_SENT, NULL); /* not before its time */
	assert_int_equal(h->submitted, 0);
	h->now += 100;
	send_all(h, NET_SENT, NULL);
	assert_int_equal(state_of(h, id), OUTBOX_SENT);

	id = put(h, false, OUTBOX_READY);
	put(h, false, OUTBOX_READY);
	h->submitted = 0;
	send_all(h, NET_CONFIG, &fault); /* one is offered, the others wait */
	assert_int_equal(h->submitted, 1);
	assert_non_null(fault);
	assert_int_equal(state_of(h, id), OUTBOX_READY);
}

/* What a report says of mail that came back, a server says at the door: the address counts as bounced in the same way. */
static void who_is_refused_at_the_door_is_written_to_no_more(void **state)
{
	struct house *h = *state;
	int64_t bounced;

	send_all(h, NET_SENT, NULL);
	put(h, true, OUTBOX_READY);
	send_all(h, NET_FAILED, NULL);
	WELL(store_count(h->q, SQL_BOUNCED_GET, SQL_VALUES(sql_t("carol@example.com")), &bounced, &e));
	assert_int_equal(bounced, 0);
	assert_int_equal(count(h, MAIL_NOTICE, NULL), 1);
	put(h, true, OUTBOX_READY);
	send_all(h, NET_REFUSED, NULL);
	WELL(store_count(h->q, SQL_BOUNCED_GET, SQL_VALUES(sql_t("carol@example.com")), &bounced, &e));
	assert_true(bounced);
	assert_int_equal(count(h, MAIL_NOTICE, NULL), 2); /* told once, of the mail or of the promises */
}

static uint32_t commits(const struct house *h) /* the change counter in the database's header */
{
	unsigned char b[4] = { 0 };
	FILE *f = fopen(sql_path(h->q), "rb");

	assert_true(f && fseek(f, 24, SEEK_SET) == 0 && fread(b, 1, 4, f) == 4);
	fclose(f);
	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* Looks with another connection: what it sees is committed. */
static int submit_looking(void *arg, struct pool *p, const struct outgoing *o, const char **why)
{
	struct house *h = arg;
	struct sql *other = NULL;
	struct outgoing *list;
	size_t n;

	WELL(sql_open(sql_path(h->q), SQL_THREAD, &other, &e));
	WELL(outbox_list(other, p, SQL_OUTGOING_BEGUN, 0, &list, &n, &e));
	assert_int_equal(n, 1);
	assert_int_equal(list[0].id, o->id);
	sql_close(&other);
	*why = "scripted";
	if (++h->submitted == h->outcome) { /* behind the how manieth the ledger breaks */
		sqlite3 *db = NULL;

		assert_int_equal(sqlite3_open(sql_path(h->q), &db), SQLITE_OK);
		assert_int_equal(sqlite3_exec(db, "ALTER TABLE outgoing_about RENAME TO gone", NULL, NULL, NULL), SQLITE_OK);
		sqlite3_close(db);
	}
	return NET_SENT;
}

static void one_commit_ends_a_mail_and_begins_the_next(void **state)
{
	struct house *h = *state;
	struct carrier c = { .submit = submit_looking, .idle = idle, .arg = h };
	const char *fault = NULL;
	int64_t ids[60];
	uint32_t before;
	utc next;

	for (int i = 0; i < 60; i++)
		ids[i] = put(h, i % 8 == 7, OUTBOX_READY);
	before = commits(h);
	do
		WELL(courier(h->q, h->p, h->c, &c, h->now, &next, &fault, &e));
	while (next == h->now);
	assert_true(h->submitted > 40); /* caps keep some of the mail to outside */
	assert_true(commits(h) - before <= 60 + 2);
	for (int i = 0; i < 60; i++)
		assert_true(state_of(h, ids[i]) == OUTBOX_SENT || i % 8 == 7);
}

static void a_next_mail_that_cannot_begin_takes_no_end_away(void **state)
{
	struct house *h = *state;
	struct carrier c = { .submit = submit_looking, .idle = idle, .arg = h };
	const char *fault = NULL;
	int64_t ids[4];
	utc next;

	for (int i = 0; i < 4; i++)
		ids[i] = put(h, false, OUTBOX_READY);
	h->outcome = 2;
	assert_false(courier(h->q, h->p, h->c, &c, h->now, &next, &fault, &e));
	assert_non_null(strstr(e.text, "outgoing_about"));
	e = (struct err){ 0 };
	for (int i = 0; i < 4; i++)
		assert_int_equal(state_of(h, ids[i]), i < 2 ? OUTBOX_SENT : OUTBOX_READY);
}

/* The ledger cannot be written while a mail is on its way; `how`: the SQL that breaks it, or mends it. */
static void ledger(struct house *h, const char *how)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(sql_path(h->q), &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, how, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static int submit_breaking(void *arg, struct pool *p, const struct outgoing *o, const char **why)
{
	struct house *h = arg;

	(void)p, (void)o;
	if (h->submitted++ == 0)
		ledger(h, "ALTER TABLE event RENAME TO gone");
	*why = "250 as 17";
	return h->outcome;
}

static void what_is_known_of_a_mail_is_written_down_when_that_can_be_done(void **state)
{
	static const enum net_outcome outcomes[] = { NET_SENT, NET_FAILED, NET_RETRY, NET_CONFIG, NET_UNSURE };

	for (size_t k = 0; k < sizeof outcomes / sizeof *outcomes; k++) {
		struct house *h = *state;
		struct carrier c = { .submit = submit_breaking, .idle = idle, .arg = h };
		const char *fault = NULL;
		int64_t id = put(h, outcomes[k] == NET_UNSURE, OUTBOX_READY);
		static const enum outbox_state then[] = { [NET_SENT] = OUTBOX_SENT, [NET_FAILED] = OUTBOX_FAILED, [NET_RETRY] = OUTBOX_READY,
							  [NET_UNSURE] = OUTBOX_UNSURE, [NET_CONFIG] = OUTBOX_SENT };
		utc next;

		h->submitted = 0, h->outcome = outcomes[k];
		assert_false(courier(h->q, h->p, h->c, &c, h->now, &next, &fault, &e));
		assert_false(courier(h->q, h->p, h->c, &c, h->now, &next, &fault, &e)); /* and it still cannot */
		assert_int_equal(state_of(h, id), OUTBOX_BEGUN);
		assert_int_equal(h->submitted, 1);
		ledger(h, "ALTER TABLE gone RENAME TO event");
		e = (struct err){ 0 };
		h->outcome = NET_SENT;
		h->now += 600;
		WELL(courier(h->q, h->p, h->c, &c, h->now, &next, &fault, &e));
		/* what may be tried again is, by its time; nothing else went twice */
		assert_int_equal(state_of(h, id), then[outcomes[k]]);
		h->now += 600;
		WELL(courier(h->q, h->p, h->c, &c, h->now, &next, &fault, &e));
		assert_int_equal(state_of(h, id), then[outcomes[k]] == OUTBOX_READY ? OUTBOX_SENT : then[outcomes[k]]);
	}
}

static void unsure_goes_again_to_the_owner_alone(void **state)
{
	struct house *h = *state;
	int64_t mine = put(h, false, OUTBOX_READY), theirs = put(h, true, OUTBOX_READY);
	char id[200];

	send_all(h, NET_UNSURE, NULL);
	assert_int_equal(state_of(h, mine), OUTBOX_READY);
	assert_int_equal(state_of(h, theirs), OUTBOX_UNSURE);
	assert_int_equal(count(h, MAIL_NOTICE, NULL), 1); /* the owner is asked */
	strcpy(id, "");
	h->submitted = 0;
	for (int day = 0; day < 30; day++) {
		h->now += 86400;
		send_all(h, NET_SENT, NULL);
		assert_int_equal(state_of(h, theirs), OUTBOX_UNSURE);
	}
	assert_int_equal(state_of(h, mine), OUTBOX_SENT);
	assert_int_equal(h->submitted, 2); /* the owner's, and the notice */
}

static void a_crash_while_sending_doubles_nothing_outside(void **state)
{
	struct house *h = *state;
	int64_t mine = put(h, false, OUTBOX_BEGUN), theirs = put(h, true, OUTBOX_BEGUN);

	WELL(courier_recover(h->q, h->c, h->now, &e));
	assert_int_equal(state_of(h, mine), OUTBOX_READY);
	assert_int_equal(state_of(h, theirs), OUTBOX_UNSURE);
	h->now += 3600;
	send_all(h, NET_SENT, NULL);
	assert_int_equal(state_of(h, mine), OUTBOX_SENT);
	assert_int_equal(state_of(h, theirs), OUTBOX_UNSURE);
}

/* ---- what waits is withdrawn ---- */

/* Two promises of one morning, one reminder of both, and an account that refuses: it waits. */
static struct outgoing two_wait(struct house *h, int64_t ids[2])
{
	struct outgoing o;
	const char *fault;

	ids[0] = add(h, "the subgroup data", "2026-11-27T09:00");
	ids[1] = add(h, "the reprint", "2026-11-27T09:00");
	run(h);
	send_all(h, NET_SENT, NULL);
	h->now = rows_at(h->c, "2026-11-27T09:00");
	run(h);
	send_all(h, NET_CONFIG, &fault);
	assert_int_equal(count(h, MAIL_REMINDER, &o), 1);
	assert_int_equal(o.state, OUTBOX_READY);
	h->submitted = 0;
	h->now += 600;
	return o;
}

/* All that is ready leaves; of the reminders, how many, and the newest in `out`. */
static int reminders_leave(struct house *h, struct outgoing *out)
{
	struct outgoing *list;
	size_t n;
	int sent = 0;

	run(h);
	for (int i = 0; i < 3; i++, h->now++)
		send_all(h, NET_SENT, NULL);
	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 1000, &list, &n, &e));
	for (size_t i = 0; i < n; i++)
		sent += list[i].kind == MAIL_REMINDER && list[i].state == OUTBOX_SENT;
	if (out)
		count(h, MAIL_REMINDER, out);
	return sent;
}

static void a_reminder_that_waits_goes_with_its_reason(void **state)
{
	static const struct {
		enum command_verb verb;
		const char *when;
	} ends[] = { { COMMAND_DONE, NULL }, { COMMAND_CANCEL, NULL }, { COMMAND_SNOOZE, "1w" }, { COMMAND_WAIT, "1w" }, { COMMAND_DUE, "1w" } };
	int64_t ids[2];
	struct record_state record;
	struct outgoing first, o;
	void *each = *state;

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		struct house *h = each;

		first = two_wait(h, ids);
		say(h, ends[i].verb, ids[0], ends[i].when);
		assert_int_equal(state_of(h, first.id), OUTBOX_VOID); /* in the transaction of the change */
		assert_int_equal(count(h, MAIL_REMINDER, &o), 2);     /* and the other one is reminded of, alone */
		assert_int_equal(o.state, OUTBOX_READY);
		assert_false(holds(h, &o, "subgroup data"));
		assert_true(holds(h, &o, "reprint"));
		say(h, ends[i].verb, ids[1], ends[i].when);
		assert_int_equal(state_of(h, o.id), OUTBOX_VOID);
		assert_int_equal(reminders_leave(h, NULL), 0);
		say(h, COMMAND_UNDO, ids[1], NULL); /* due still: asked for again */
		assert_int_equal(reminders_leave(h, &o), 1);
		assert_true(holds(h, &o, "reprint"));
		WELL(record_verify(h->q, h->p, NULL, NULL, &record, &e));
		assert_int_equal(record.broken, 0);
		drop((void **)&h);
		assert_int_equal(make(&each), 0);
	}
	*state = each;
}

static void a_pause_withdraws_and_what_changes_no_reason_does_not(void **state)
{
	struct house *h = *state;
	int64_t ids[2];
	struct outgoing first = two_wait(h, ids), o;

	say(h, COMMAND_NOTE, ids[0], NULL);
	assert_int_equal(state_of(h, first.id), OUTBOX_READY);
	say(h, COMMAND_PAUSE, 0, "monday");
	assert_int_equal(state_of(h, first.id), OUTBOX_VOID);
	assert_int_equal(reminders_leave(h, NULL), 0);
	h->now = rows_at(h->c, "2026-11-30T09:00");
	assert_int_equal(reminders_leave(h, &o), 1);
	assert_true(holds(h, &o, "subgroup data"));
	assert_true(holds(h, &o, "reprint"));
}

/* The courier's last look: whatever changed the promise, and did not plan anew. */
static void a_reason_is_looked_at_once_more_before_it_leaves(void **state)
{
	struct house *h = *state;
	int64_t ids[2];
	struct outgoing first = two_wait(h, ids), o;
	struct commitment m = get(h, ids[0]);

	m.state = COMMITMENT_KEPT;
	m.look_at = 0;
	WELL(sql_begin(h->q, &e) && store_commitment_save(h->q, &m, 0, &e) && sql_commit(h->q, &e));
	send_all(h, NET_SENT, NULL);
	assert_int_equal(h->submitted, 0);
	assert_int_equal(state_of(h, first.id), OUTBOX_VOID);
	assert_int_equal(reminders_leave(h, &o), 1);
	assert_false(holds(h, &o, "subgroup data"));
	assert_true(holds(h, &o, "reprint"));
}

/* The courier took several; another process does what the next one reminds of. */
static void done_while_the_courier_is_at_work(void **state)
{
	struct house *h = *state;
	int64_t ids[2];
	struct outgoing first = two_wait(h, ids);

	say(h, COMMAND_DONE, ids[1], NULL);
	count(h, MAIL_REMINDER, &first);
	h->meanwhile = ids[0]; /* while the answer to that is handed over */
	h->undone = true;      /* the reason is back, but not that mail: another one says it */
	assert_int_equal(reminders_leave(h, NULL), 1);
	assert_int_equal(state_of(h, first.id), OUTBOX_VOID);
	h->undone = false;
	h->now = rows_at(h->c, "2026-11-30T09:00");
	run(h);
	count(h, MAIL_REMINDER, &first);
	h->meanwhile = ids[0]; /* while it is handed over itself, and the server refuses it for now */
	send_all(h, NET_RETRY, NULL);
	assert_int_equal(state_of(h, first.id), OUTBOX_READY);
	h->now += 600;
	assert_int_equal(reminders_leave(h, NULL), 1);
	assert_int_equal(state_of(h, first.id), OUTBOX_VOID);
}

static void held_mail_never_leaves_by_itself(void **state)
{
	struct house *h = *state;
	int64_t id = put(h, true, OUTBOX_HELD);

	for (int day = 0; day < 10; day++) {
		h->now += 86400;
		send_all(h, NET_SENT, NULL);
	}
	assert_int_equal(state_of(h, id), OUTBOX_HELD);
	assert_int_equal(h->submitted, 0);
}

static void retries_end_after_five_days(void **state)
{
	struct house *h = *state;
	int64_t id = put(h, true, OUTBOX_READY);
	int tries = 0;

	while (state_of(h, id) == OUTBOX_READY && tries++ < 1000) {
		h->now += 3600;
		send_all(h, NET_RETRY, NULL);
	}
	assert_int_equal(state_of(h, id), OUTBOX_FAILED);
	assert_int_equal(count(h, MAIL_NOTICE, NULL), 1);
}

static void the_back_off_grows_to_four_hours(void **state)
{
	utc last = 0;

	(void)state;
	for (int i = 1; i < 60; i++) {
		utc wait = courier_retry(i, 0, 0);

		assert_true(wait >= last && wait <= 4 * 3600);
		last = wait;
	}
	assert_int_equal(courier_retry(1, 0, 0), 60);
	assert_int_equal(last, 4 * 3600);
}

/* What is due at the end of a day is reminded of at its start: the policy says when, not the due time. */
static void the_acknowledgement_says_when_it_is_reminded_of(void **state)
{
	struct house *h = *state;
	struct outgoing o;

	add(h, "the subgroup data", "2026-11-27T17:00");
	assert_int_equal(run(h), rows_at(h->c, "2026-11-27T09:00"));
	assert_int_equal(count(h, MAIL_ACKNOWLEDGEMENT, &o), 1);
	assert_true(holds(h, &o, "if it is not done, I remind you Fri 27 Nov, 09:00."));
	add(h, "what is late already", "2026-11-20T17:00");
	assert_int_equal(run(h), rows_at(h->c, "2026-11-25T17:00")); /* three working days after */
	assert_int_equal(count(h, MAIL_ACKNOWLEDGEMENT, &o), 2);
	assert_true(holds(h, &o, "I remind you Wed 25 Nov, 17:00."));
}

/* … and not when a mail to the other person is prepared, which comes before. */
static void what_is_prepared_for_others_is_no_reminder(void **state)
{
	static const char *receipt[] = { "receipt" };
	struct house *h = *state;
	struct outgoing o;

	h->c->policies[0].prepare = (struct strings){ receipt, 1 };
	add(h, "the subgroup data", "2026-11-27T09:00");
	run(h);
	assert_int_equal(count(h, MAIL_ACKNOWLEDGEMENT, &o), 1);
	assert_true(holds(h, &o, "if it is not done, I remind you Fri 27 Nov, 09:00."));
	h->now += 60;
	run(h);
	assert_int_equal(count(h, MAIL_RECEIPT, &o), 1);
}

static void a_reminder_of_several_begins_with_what_is_due_first(void **state)
{
	struct house *h = *state;
	struct outgoing o;
	struct letter l;

	add(h, "the newest thing", "2026-11-30T17:00");
	add(h, "the middle thing", "2026-11-26T17:00");
	add(h, "the oldest thing", "2026-11-20T17:00");
	run(h);
	h->now = rows_at(h->c, "2026-11-30T10:00"); /* a Monday */
	run(h);
	assert_int_equal(count(h, MAIL_REMINDER, &o), 1);
	mime_read(h->p, o.bytes, o.n, &l);
	assert_string_equal(l.subject, "3 promises: 2 overdue, 1 due");
	assert_true(strstr(l.full, "oldest") < strstr(l.full, "middle") && strstr(l.full, "middle") < strstr(l.full, "newest"));
	h->now = rows_at(h->c, "2026-12-10T10:00");
	run(h);
	assert_int_equal(count(h, MAIL_REMINDER, &o), 2);
	mime_read(h->p, o.bytes, o.n, &l);
	assert_string_equal(l.subject, "3 promises are overdue");
}

static void after_downtime_the_owner_hears_how_long_and_what_was_late(void **state)
{
	struct house *h = *state;
	struct outgoing o;

	add(h, "the subgroup data", "2026-11-27T09:00");
	add(h, "the far thing", "2027-01-27T09:00");
	add(h, "the old thing", "2026-11-20T17:00");   /* overdue before */
	add(h, "tonight's thing", "2026-11-30T17:00"); /* its reminder came in that time, it did not */
	run(h);
	WELL(schedule_gap(h->q, h->c, h->now, h->now + 5 * 86400, &e));
	assert_int_equal(count(h, MAIL_NOTICE, &o), 1);
	assert_true(holds(h, &o, "subgroup data"));
	assert_false(holds(h, &o, "far thing"));
	assert_false(holds(h, &o, "old thing"));
	assert_false(holds(h, &o, "tonight's thing"));
	h->now += 5 * 86400; /* Monday, 10:00 */
	run(h);
	assert_int_equal(count(h, MAIL_REMINDER, NULL), 1); /* one, not a heap */
}

/* As kept.conf(5), quiet: no mail in these hours. `kept plan` and `kept simulate` ask the same plan_ahead(). */
static void what_is_late_at_night_leaves_in_the_morning(void **state)
{
	struct house *h = *state;
	int64_t id = add(h, "the subgroup data", "2026-11-27T14:00");
	struct outgoing notice, o;
	struct dossier d;
	struct step steps[10];
	bool found;

	run(h);
	send_all(h, NET_SENT, NULL);
	h->submitted = 0;
	WELL(schedule_gap(h->q, h->c, h->now, rows_at(h->c, "2026-11-30T03:00"), &e));
	h->now = rows_at(h->c, "2026-11-30T03:00");
	assert_int_equal(count(h, MAIL_NOTICE, &notice), 1);
	assert_int_equal(run(h), rows_at(h->c, "2026-11-30T09:00")); /* looked at again then */
	assert_int_equal(count(h, MAIL_REMINDER, NULL), 0);
	assert_int_equal(send_all(h, NET_SENT, NULL), rows_at(h->c, "2026-11-30T07:00"));
	assert_int_equal(h->submitted, 0);
	WELL(store_dossier(h->q, h->p, h->c, id, &d, &found, &e));
	assert_true(plan_ahead(&d, h->c, h->now, h->now + 30 * 86400, steps, 10) > 1);
	assert_int_equal(steps[0].at, rows_at(h->c, "2026-11-30T09:00"));
	assert_int_equal(steps[0].kind, MAIL_REMINDER);
	h->now = rows_at(h->c, "2026-11-30T07:00");
	send_all(h, NET_SENT, NULL);
	assert_int_equal(state_of(h, notice.id), OUTBOX_SENT);
	h->now = rows_at(h->c, "2026-11-30T09:00");
	run(h);
	assert_int_equal(count(h, MAIL_REMINDER, &o), 1);
	/* refused until the night: it is not tried then, and stops nobody else's mail */
	h->submitted = 0;
	h->now = rows_at(h->c, "2026-11-30T19:59");
	send_all(h, NET_RETRY, NULL);
	assert_int_equal(h->submitted, 1);
	h->now = rows_at(h->c, "2026-11-30T22:00");
	put(h, true, OUTBOX_READY);
	assert_int_equal(send_all(h, NET_SENT, NULL), rows_at(h->c, "2026-12-01T09:00"));
	assert_int_equal(h->submitted, 1);
	say(h, COMMAND_NOTE, id, NULL); /* an answer is not made to wait */
	send_all(h, NET_SENT, NULL);
	assert_int_equal(h->submitted, 2);
	h->now = rows_at(h->c, "2026-12-01T09:00");
	send_all(h, NET_SENT, NULL);
	assert_int_equal(state_of(h, o.id), OUTBOX_SENT);
}

static void what_is_held_at_night_is_told_in_the_morning_if_it_still_is(void **state)
{
	struct house *h = *state;
	struct held_row row = { .owner = "ada", .reason = "unproven: nothing says that it is yours", .sender = "ada@example.org", .mailbox = "capture",
				.folder = "INBOX", .facts = "x", .n = 1 };
	int64_t ids[2];
	struct outgoing o;

	h->now = rows_at(h->c, "2026-11-25T23:00");
	for (int i = 0; i < 2; i++) {
		WELL(sql_begin(h->q, &e));
		WELL(store_letter_add(h->q, "ada", pool_print(h->p, "<n%d@x>", i), "held", "", false, h->now, &row.letter, &e));
		row.at = h->now;
		row.subject = i ? "the other" : "the one";
		WELL(store_held_add(h->q, &row, &ids[i], &e));
		WELL(sql_commit(h->q, &e));
	}
	assert_int_equal(run(h), rows_at(h->c, "2026-11-26T07:00"));
	assert_int_equal(count(h, MAIL_NOTICE, NULL), 0);
	WELL(sql_begin(h->q, &e) && store_held_set(h->q, ids[0], "accepted", &e) && sql_commit(h->q, &e));
	h->now = rows_at(h->c, "2026-11-26T07:00");
	run(h);
	assert_int_equal(count(h, MAIL_NOTICE, &o), 1);
	assert_true(holds(h, &o, "the other"));
	assert_false(holds(h, &o, "the one"));
}

static void a_notice_that_waits_goes_with_what_it_tells_of(void **state)
{
	struct house *h = *state;
	struct held_row row = { .owner = "ada", .reason = "unproven: nothing says that it is yours", .sender = "ada@example.org", .mailbox = "capture",
				.folder = "INBOX", .facts = "x", .n = 1 };
	int64_t ids[2];
	struct outgoing first, o;

	for (int i = 0; i < 2; i++) {
		WELL(sql_begin(h->q, &e));
		WELL(store_letter_add(h->q, "ada", pool_print(h->p, "<w%d@x>", i), "held", "", false, h->now, &row.letter, &e));
		row.at = h->now;
		row.subject = i ? "the other" : "the one";
		WELL(store_held_add(h->q, &row, &ids[i], &e));
		WELL(sql_commit(h->q, &e));
	}
	run(h);
	assert_int_equal(count(h, MAIL_NOTICE, &first), 1);
	h->now += 60; /* the server is away; meanwhile one is accepted */
	WELL(sql_begin(h->q, &e) && store_held_set(h->q, ids[0], "accepted", &e) && sql_commit(h->q, &e));
	run(h);
	assert_int_equal(state_of(h, first.id), OUTBOX_VOID);
	assert_int_equal(count(h, MAIL_NOTICE, &o), 2);
	assert_int_equal(o.state, OUTBOX_READY);
	assert_true(holds(h, &o, "the other"));
	assert_false(holds(h, &o, "the one"));
	/* and the other one, at the door: nothing is left to tell */
	h->now += 60;
	WELL(sql_begin(h->q, &e) && store_held_set(h->q, ids[1], "dropped", &e) && sql_commit(h->q, &e));
	send_all(h, NET_SENT, NULL);
	assert_int_equal(state_of(h, o.id), OUTBOX_VOID);
	run(h);
	assert_int_equal(count(h, MAIL_NOTICE, NULL), 2);
}

static void held_messages_are_told_once_a_day(void **state)
{
	struct house *h = *state;
	struct held_row row = { .owner = "ada", .reason = "unproven: nothing says that it is yours", .sender = "ada@example.org", .subject = "hm",
				.mailbox = "capture", .folder = "INBOX", .facts = "x", .n = 1 };
	int64_t id;

	for (int i = 0; i < 3; i++) {
		WELL(sql_begin(h->q, &e));
		WELL(store_letter_add(h->q, "ada", pool_print(h->p, "<h%d@x>", i), "held", "", false, h->now, &row.letter, &e));
		row.at = h->now;
		WELL(store_held_add(h->q, &row, &id, &e));
		WELL(sql_commit(h->q, &e));
		run(h);
		h->now += 3600;
	}
	assert_int_equal(count(h, MAIL_NOTICE, NULL), 1);
	h->now += 86400;
	run(h);
	assert_int_equal(count(h, MAIL_NOTICE, NULL), 2);
	h->now += 5 * 86400;
	run(h);
	assert_int_equal(count(h, MAIL_NOTICE, NULL), 2);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, make, drop)
	const struct CMUnitTest t[] = {
		T(a_promise_is_acknowledged_once), T(a_day_that_is_full_or_too_soon_is_said_at_logging),
		T(what_is_due_together_is_one_mail), T(a_snooze_moves_the_reminder_not_the_due_day),
		T(a_new_date_moves_the_calendar_entry_and_done_cancels_it), T(undo_takes_back_one_change_after_the_other), T(wrong_words_change_nothing), T(a_list_shows_what_it_was_asked_for), T(undo_takes_back_that_a_promise_was_logged),
		T(the_way_back_is_said_once_with_its_numbers), T(what_was_not_read_is_said),
		T(the_other_owners_promises_are_out_of_reach), T(each_outcome_settles_its_mail), T(who_is_refused_at_the_door_is_written_to_no_more), T(one_commit_ends_a_mail_and_begins_the_next),
		T(a_next_mail_that_cannot_begin_takes_no_end_away), T(what_is_known_of_a_mail_is_written_down_when_that_can_be_done), T(unsure_goes_again_to_the_owner_alone),
		T(a_crash_while_sending_doubles_nothing_outside), T(a_reminder_that_waits_goes_with_its_reason),
		T(a_pause_withdraws_and_what_changes_no_reason_does_not), T(a_reason_is_looked_at_once_more_before_it_leaves),
		T(done_while_the_courier_is_at_work), T(held_mail_never_leaves_by_itself), T(retries_end_after_five_days),
		T(the_back_off_grows_to_four_hours), T(the_acknowledgement_says_when_it_is_reminded_of), T(what_is_prepared_for_others_is_no_reminder),
		T(a_reminder_of_several_begins_with_what_is_due_first),
		T(after_downtime_the_owner_hears_how_long_and_what_was_late), T(what_is_late_at_night_leaves_in_the_morning), T(held_messages_are_told_once_a_day), T(a_notice_that_waits_goes_with_what_it_tells_of), T(what_is_held_at_night_is_told_in_the_morning_if_it_still_is),
	};

	return cmocka_run_group_tests_name("work", t, NULL, NULL);
}
