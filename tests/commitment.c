/* commitment: each move that is, and that there is no other */
#include "rows.h"

#include "nouns/commitment.h"

#define X(id, name, live, text) +1
enum { STATES = COMMITMENT_STATES(X) };
#undef X
#define X(id, name) +1
enum { EVENTS = COMMITMENT_EVENTS(X) };
#undef X

#define MOVE(from, event, to) { COMMITMENT_##from, COMMITMENT_ON_##event, COMMITMENT_##to }
static const struct row {
	const char *rule;
	struct {
		enum commitment_state from;
		enum commitment_event event;
		enum commitment_state to;
	} move;
} rows[] = {
	{ "a candidate that its owner confirms is open", MOVE(CANDIDATE, CONFIRMED, OPEN) },
	{ "a candidate may be turned down", MOVE(CANDIDATE, CANCEL, CANCELLED) },
	{ "an open one that is done is kept", MOVE(OPEN, DONE, KEPT) },
	{ "an open one may be called off", MOVE(OPEN, CANCEL, CANCELLED) },
	{ "an open one that is routed waits for the team", MOVE(OPEN, ROUTED, WAITING) },
	{ "an open one may wait for the other person", MOVE(OPEN, WAIT, WAITING) },
	{ "an open one whose mail delivers is delivered", MOVE(OPEN, DELIVER, DELIVERED) },
	{ "a waiting one may be done", MOVE(WAITING, DONE, KEPT) },
	{ "a waiting one may be called off", MOVE(WAITING, CANCEL, CANCELLED) },
	{ "a waiting one may go to another team", MOVE(WAITING, ROUTED, WAITING) },
	{ "a waiting one may wait longer", MOVE(WAITING, WAIT, WAITING) },
	{ "an answer ends the wait", MOVE(WAITING, ANSWERED, OPEN) },
	{ "a waiting one may be delivered", MOVE(WAITING, DELIVER, DELIVERED) },
	{ "a delivered one that is done is kept", MOVE(DELIVERED, DONE, KEPT) },
	{ "a delivered one may be called off", MOVE(DELIVERED, CANCEL, CANCELLED) },
	{ "a delivered one may be opened again", MOVE(DELIVERED, REOPEN, OPEN) },
	{ "a kept one may be opened again", MOVE(KEPT, REOPEN, OPEN) },
	{ "a cancelled one may be opened again", MOVE(CANCELLED, REOPEN, OPEN) },
};
enum { ROWS = sizeof rows / sizeof *rows };

static void move_exists(void **state)
{
	const struct row *r = *state;
	enum commitment_state to = r->move.from;

	assert_true(commitment_move(r->move.from, r->move.event, &to));
	assert_int_equal(to, r->move.to);
}

static void no_other_move(void **state)
{
	(void)state;
	for (int s = 0; s < STATES; s++)
		for (int v = 0; v < EVENTS; v++) {
			enum commitment_state to = (enum commitment_state)s;
			bool named = false;

			for (size_t i = 0; i < ROWS; i++)
				named = named || ((int)rows[i].move.from == s && (int)rows[i].move.event == v);
			if (commitment_move((enum commitment_state)s, (enum commitment_event)v, &to) != named)
				fail_msg("%s, %s", commitment_state_name((enum commitment_state)s), commitment_event_name((enum commitment_event)v));
			if (!named)
				assert_int_equal(to, s); /* on false the output is untouched */
		}
}

/* What is closed is opened by undo alone, and what nobody confirmed is never done, routed or waited for. */
static void laws(void **state)
{
	enum commitment_state to;

	(void)state;
	for (int v = 0; v < EVENTS; v++) {
		bool reopen = v == COMMITMENT_ON_REOPEN;

		assert_int_equal(commitment_move(COMMITMENT_KEPT, (enum commitment_event)v, &to), reopen);
		assert_int_equal(commitment_move(COMMITMENT_CANCELLED, (enum commitment_event)v, &to), reopen);
		if (commitment_move(COMMITMENT_CANDIDATE, (enum commitment_event)v, &to))
			assert_true(to == COMMITMENT_OPEN || to == COMMITMENT_CANCELLED);
	}
	/* `done` and `cancel` work on all that is live */
	for (int s = 0; s < STATES; s++)
		if (commitment_is_live((enum commitment_state)s)) {
			assert_true(commitment_move((enum commitment_state)s, COMMITMENT_ON_DONE, &to));
			assert_int_equal(to, COMMITMENT_KEPT);
			assert_true(commitment_move((enum commitment_state)s, COMMITMENT_ON_CANCEL, &to));
			assert_int_equal(to, COMMITMENT_CANCELLED);
		}
}

static void names_go_both_ways(void **state)
{
	enum commitment_state s = COMMITMENT_WAITING;

	(void)state;
	for (int i = 0; i < STATES; i++) {
		assert_true(commitment_state_from(commitment_state_name((enum commitment_state)i), &s));
		assert_int_equal(s, i);
	}
	s = COMMITMENT_WAITING;
	assert_false(commitment_state_from("overdue", &s)); /* a fact about time, not a state */
	assert_false(commitment_state_from("", &s));
	assert_false(commitment_state_from("Open", &s));
	assert_int_equal(s, COMMITMENT_WAITING);
}

static void sentence_is_found(void **state)
{
	static const struct {
		const char *words, *what, *expect;
	} tests[] = {
		{ "I'll send you the data by Friday.", "I'll send you the data", "I'll send you the data by Friday." },
		{ "Dear Carol, I'll send you the data by Friday.", "I'll send you the data", "I'll send you the data by Friday." },
		{ "Carol \xe2\x80\x93 you will have it.", "you will have it", "you will have it." },
		{ "I'll send you the data by Friday.", "the data", NULL },
		{ "I'll send you the data by Friday.", "another thing", NULL },
		{ "I'll send you the data by Friday.", "", NULL },
		{ "", "the data", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
		const char *s = commitment_sentence(tests[i].words, tests[i].what);

		assert_true(!s == !tests[i].expect);
		if (s)
			assert_string_equal(s, tests[i].expect);
	}
}

int main(void)
{
	struct CMUnitTest t[ROWS + 4];

	for (size_t i = 0; i < ROWS; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, move_exists, NULL, NULL, (void *)&rows[i] };
	t[ROWS] = (struct CMUnitTest){ "there is no other move", no_other_move, NULL, NULL, NULL };
	t[ROWS + 1] = (struct CMUnitTest){ "closed stays closed but for undo; live can be closed", laws, NULL, NULL, NULL };
	t[ROWS + 2] = (struct CMUnitTest){ "names go both ways", names_go_both_ways, NULL, NULL, NULL };
	t[ROWS + 3] = (struct CMUnitTest){ "the sentence is told from a thing in it, and stands without its greeting", sentence_is_found, NULL, NULL, NULL };
	return cmocka_run_group_tests_name("commitment", t, NULL, NULL);
}
