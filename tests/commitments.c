/* commitments: every row of COMMITMENT_FIELDS goes into the database and comes back, and `undo` goes back to what it
 * may */
#include "house.h"

static struct commitment read_back(struct house *h, int64_t id)
{
	struct commitment m;
	utc answered;
	bool found;

	WELL(store_commitment(h->q, h->p, h->c, id, &m, &answered, &found, &e));
	assert_true(found);
	assert_int_equal(answered, 77);
	return m;
}

/* Another value in each field than in any other, and other ones in each round. */
#define PUT_TEXT(to) to = pool_print(h->p, "%d", ++k)
#define PUT_NUMBER(to) to = ++k
#define PUT_FLAG(to) to = round
#define PUT_TIME(to) to = ++k
#define PUT(form, name) PUT_##form(m->name);
#define LEAVE(form, name)

static void fill(struct house *h, struct commitment *m, int round)
{
	int k = 1000 * round;

	COMMITMENT_FIELDS(PUT, PUT, PUT)
	m->letter = 0; /* there is none to point at */
}

static void change(struct house *h, struct commitment *m, int round)
{
	int k = 1000 * round;

	COMMITMENT_FIELDS(PUT, PUT, LEAVE)
}

#define SAME_TEXT(a, b) assert_string_equal(a, b)
#define SAME_NUMBER(a, b) assert_int_equal(a, b)
#define SAME_FLAG(a, b) assert_int_equal(a, b)
#define SAME_TIME(a, b) assert_int_equal(a, b)
#define SAME(form, name) SAME_##form(x.name, y.name);

static void same(struct commitment x, struct commitment y)
{
	COMMITMENT_FIELDS(SAME, SAME, SAME)
	assert_int_equal(x.version, y.version);
}

static struct commitment made(struct house *h)
{
	struct commitment m = { .owner = &h->c->owners[0], .state = COMMITMENT_OPEN };

	fill(h, &m, 1);
	WELL(store_commitment_add(h->q, &m, 77, &e));
	return m;
}

static void what_is_added_is_read(void **state)
{
	struct house *h = *state;
	struct commitment m = made(h);

	same(m, read_back(h, m.id));
}

static void what_changes_is_saved(void **state)
{
	struct house *h = *state;
	struct commitment m = made(h);

	change(h, &m, 0);
	WELL(store_commitment_save(h->q, &m, 77, &e));
	assert_int_equal(m.version, 2);
	same(m, read_back(h, m.id));
}

static void a_save_over_another_s_change_fails(void **state)
{
	struct house *h = *state;
	struct commitment m = made(h), late = m;

	WELL(store_commitment_save(h->q, &m, 77, &e));
	assert_false(store_commitment_save(h->q, &late, 77, &(struct err){ 0 }));
}

#define KEPT(form, name) SAME_##form(now.name, before.name);
#define WENT(form, name) SAME_##form(now.name, then.name);

static void undo_goes_back_to_what_it_may_and_leaves_the_rest(void **state)
{
	struct house *h = *state;
	struct commitment then = made(h), before = then, now;
	const char *image = store_image(h->p, &then);

	change(h, &before, 0);
	before.state = COMMITMENT_KEPT;
	now = before;
	WELL(store_image_back(h->p, image, &now, &e));
	assert_int_equal(now.state, COMMITMENT_OPEN);
	COMMITMENT_FIELDS(WENT, KEPT, KEPT)
}

static void an_image_of_before_there_was_a_column_leaves_it(void **state)
{
	struct house *h = *state;
	struct commitment then = made(h), now = then;

	WELL(store_image_back(h->p, "{\"state\":\"kept\",\"what\":\"it\",\"to\":[]}", &now, &e));
	assert_string_equal(now.what, "it");
	assert_int_equal(now.told, then.told);
}

static void an_image_that_is_none_changes_nothing(void **state)
{
	static const char *const images[] = { "", "{}", "{\"state\":\"kept\",\"to\":[],\"what\":5}",
		"{\"state\":\"odd\",\"to\":[]}", "{\"state\":\"kept\"}" };
	struct house *h = *state;
	struct commitment then = made(h), now = then;

	for (size_t i = 0; i < sizeof images / sizeof *images; i++) {
		assert_false(store_image_back(h->p, images[i], &now, &(struct err){ 0 }));
		assert_int_equal(now.state, then.state);
		same(now, then);
	}
}

#define TEST(f) { #f, f, make, drop, NULL }
int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(what_is_added_is_read), TEST(what_changes_is_saved), TEST(a_save_over_another_s_change_fails),
		TEST(undo_goes_back_to_what_it_may_and_leaves_the_rest),
			TEST(an_image_of_before_there_was_a_column_leaves_it),
		TEST(an_image_that_is_none_changes_nothing),
	};

	return cmocka_run_group_tests_name("commitments", tests, NULL, NULL);
}
