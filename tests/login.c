/* accounts whose way is closed: what goes by them waits, others go, and the owner is told by a way that is open */
#include "rows.h"

#include "ledger.h"

#include <stdio.h>
#include <stdlib.h>

#include "borders/net.h"
#include "borders/outbox.h"
#include "work/courier.h"
#include "work/schedule.h"

struct house {
	char folder[64];
	struct pool *p;
	struct conf *c;
	struct sql *q;
	utc now;
	bool shut;      /* the way to others */
	int submitted;
};

static struct err e;

static int make(void **state)
{
	struct house *h = calloc(1, sizeof *h);

	h->p = pool_new();
	h->c = rows_conf(h->p);
	h->now = rows_at(h->c, "2026-11-25T10:00");
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

static bool closed(void *arg, struct pool *p, const struct outgoing *o, const char **why)
{
	const struct house *h = arg;

	(void)p;
	*why = "the login has ended";
	return h->shut && o->outside;
}

/* Others are not to be reached: the account is refused. */
static int submit(void *arg, struct pool *p, const struct outgoing *o, const char **why)
{
	struct house *h = arg;

	(void)p;
	h->submitted++;
	*why = o->outside ? "the login has ended" : "taken";
	h->shut |= o->outside;
	return o->outside ? NET_CONFIG : NET_SENT;
}

static void idle(void *arg)
{
	(void)arg;
}

static int64_t put(struct house *h, bool outside)
{
	static int n;
	struct outgoing o = { .owner = "ada", .kind = outside ? MAIL_DELAY : MAIL_REMINDER, .recipient = outside ? "carol@example.com" : "ada@example.org",
			      .outside = outside, .state = OUTBOX_READY, .subject = "s", .sender = "kept@example.org",
			      .message_id = pool_print(h->p, "<%d@x>", n), .token = pool_print(h->p, "%d", n), .bytes = "x", .n = 1, .made = h->now,
			      .try_at = h->now, .why = "" };

	n++;
	WELL(sql_begin(h->q, &e));
	WELL(outbox_put(h->q, &o, &e));
	WELL(sql_commit(h->q, &e));
	return o.id;
}

static enum outbox_state state_of(struct house *h, int64_t id)
{
	struct outgoing o;
	bool found;

	WELL(outbox_get(h->q, h->p, id, &o, &found, &e));
	assert_true(found);
	return o.state;
}

/* Until nothing more is to be done at once. */
static const char *send_all(struct house *h)
{
	struct carrier c = { .submit = submit, .closed = closed, .idle = idle, .arg = h };
	const char *fault = NULL;
	utc next = h->now;

	for (int i = 0; i < 10 && next == h->now; i++)
		WELL(courier(h->q, h->p, h->c, &c, h->now, &next, &fault, &e));
	assert_true(next > h->now || !next);
	return fault;
}

static void one_account_that_is_refused_holds_its_own_mail_alone(void **state)
{
	struct house *h = *state;
	int64_t first = put(h, true), second = put(h, true), to_owner = put(h, false);

	assert_string_equal(send_all(h), "the login has ended");
	assert_int_equal(h->submitted, 2); /* one of its own, and the owner's */
	assert_int_equal(state_of(h, first), OUTBOX_READY);
	assert_int_equal(state_of(h, second), OUTBOX_READY);
	assert_int_equal(state_of(h, to_owner), OUTBOX_SENT);
}

static void however_much_waits_before_it_other_mail_goes(void **state)
{
	struct house *h = *state;
	int64_t first = put(h, true), last;

	for (int i = 0; i < 130; i++)
		put(h, true);
	last = put(h, false);
	h->shut = true;
	assert_non_null(send_all(h));
	assert_int_equal(h->submitted, 1);
	assert_int_equal(state_of(h, first), OUTBOX_READY);
	assert_int_equal(state_of(h, last), OUTBOX_SENT);
}

static int notices(struct house *h, const char *words)
{
	struct outgoing *list;
	size_t n;
	int found = 0;
	bool is;

	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 1000, &list, &n, &e));
	for (size_t i = 0; i < n; i++) {
		struct outgoing o;

		WELL(outbox_get(h->q, h->p, list[i].id, &o, &is, &e));
		found += o.kind == MAIL_NOTICE && strstr(o.subject, "login of kept@example.org has ended") && memmem(o.bytes, o.n, words, strlen(words));
	}
	return found;
}

static void an_ended_login_is_told_once_by_another_way(void **state)
{
	static const char why[] = "the login of kept@example.org at id.example.org has ended (invalid_grant: *no*); do: kept login kept@example.org";
	static const struct oauth_conf o = { .key = "work" };
	struct house *h = *state;
	struct server *s = &h->c->mailboxes[0].server;

	s->oauth = &o;
	s->user = "kept@example.org";
	WELL(schedule_login(h->q, h->c, s, "", h->now, &e)); /* it is well */
	assert_int_equal(notices(h, "kept login"), 0);
	WELL(schedule_login(h->q, h->c, s, why, h->now, &e));
	WELL(schedule_login(h->q, h->c, s, why, h->now + 60, &e));
	assert_int_equal(notices(h, "kept login kept@example.org"), 1);
	assert_int_equal(notices(h, "; do:"), 0);
	/* a new login, which ends too */
	WELL(schedule_login(h->q, h->c, s, "", h->now + 120, &e));
	WELL(schedule_login(h->q, h->c, s, why, h->now + 180, &e));
	assert_int_equal(notices(h, "kept login kept@example.org"), 2);
}

static void where_no_other_way_is_open_no_mail_of_it_is_made(void **state)
{
	static const struct oauth_conf o = { .key = "work" };
	struct house *h = *state;
	struct server *s = &h->c->mailboxes[0].server;
	struct submission *own;

	s->oauth = h->c->submissions[0].server.oauth = &o;
	s->user = h->c->submissions[0].server.user = "kept@example.org";
	WELL(schedule_login(h->q, h->c, s, "it has ended", h->now, &e));
	assert_int_equal(notices(h, ""), 0);
	/* by the owner's own account, if they have one; another grant's end */
	own = pool_list(h->p, 2, sizeof *own);
	own[0] = h->c->submissions[0];
	own[1] = (struct submission){ .key = "ada", .owner = &h->c->owners[0], .from = "ada@example.org", .server = { .user = "ada" } };
	h->c->mailboxes[0].server.oauth = NULL;
	s = &own[0].server;
	h->c->submissions = own;
	h->c->submission_count = 2;
	WELL(schedule_login(h->q, h->c, s, "it has ended again", h->now, &e));
	assert_int_equal(notices(h, "From: kept <ada@example.org>"), 1);
	/* what belongs to nobody of these owners concerns none */
	WELL(schedule_login(h->q, h->c, &(struct server){ .oauth = &o, .user = "else@example.org" }, "it has ended", h->now, &e));
	assert_int_equal(notices(h, ""), 1);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, make, drop)
	const struct CMUnitTest t[] = {
		T(one_account_that_is_refused_holds_its_own_mail_alone), T(however_much_waits_before_it_other_mail_goes),
		T(an_ended_login_is_told_once_by_another_way), T(where_no_other_way_is_open_no_mail_of_it_is_made),
	};

	return cmocka_run_group_tests_name("login", t, NULL, NULL);
}
