/* letter - packed and unpacked: the same; damaged: refused */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "nouns/letter.h"

static struct letter full(void)
{
	static struct field fields[] = { { "From", "Ada <ada@example.org>" }, { "X-Loop", "one" }, { "x-loop", "two" } };
	static const char *ids[] = { "<1@example.org>", "<2@example.org>" };
	static struct addr people[] = { { "Ada", "ada@example.org" }, { "", "bob@example.org" } };
	static struct attachment files[] = { { "größe.pdf", "application/pdf", 12345, true, NULL } };
	static struct dsn_recipient dsn[] = { { "x@example.net", "y@example.net", "failed", "5.1.1", "550 no" } };
	static const char *traces[] = { "kept+3d@example.org" }, *remarks[] = { "unknown charset klingon" },
			  *links[] = { "https://example.org/a" };
	struct letter l = {
		.fields = { fields, 3 }, .message_id = ids[1], .in_reply_to = ids[0], .references = { ids, 2 },
		.from = { people, 1 }, .to = { people, 2 }, .cc = { people + 1, 1 }, .traces = { traces, 1 },
		.return_path = "<>", .subject = "Größe", .date = -5, .date_offset = -28800, .text = "Hallo", .full = "Hallo\n> alt",
		.from_html = true, .links = { links, 1 }, .attachments = files, .attachment_count = 1, .report_type = "delivery-status",
		.dsn = dsn, .dsn_count = 1, .broken = "", .remarks = { remarks, 1 }, .size = 4711,
		.returned = { .is = true, .message_id = "<r@example.org>", .from = people[0], .fields = { fields, 1 } },
		.forwarded = { .is = true, .from = people[1], .date = 1700000000, .subject = "s", .text = "t", .message_id = "<f@x>" },
		.calendar = { .is = true, .method = "REPLY", .uid = "u", .sequence = 3, .has_start = true, .start = 1800000000 },
	};

	l.calendar.attendees = calloc(1, sizeof *l.calendar.attendees);
	l.calendar.attendees[0].address = "ada@example.org";
	l.calendar.attendees[0].partstat = "ACCEPTED";
	l.calendar.attendee_count = 1;
	return l;
}

static void packed_and_unpacked_is_the_same(void **state)
{
	struct pool *p = pool_new();
	struct text *one = text_new(p, BODY_MOST), *two = text_new(p, BODY_MOST);
	struct letter l = full(), back = { 0 };
	struct err e = { 0 };

	(void)state;
	letter_pack(one, &l);
	assert_true(letter_unpack(p, one->s, one->n, &back, &e));
	letter_pack(two, &back);
	assert_int_equal(one->n, two->n);
	assert_memory_equal(one->s, two->s, one->n);
	assert_string_equal(back.subject, "Größe");
	assert_int_equal(back.date, -5);
	assert_int_equal(back.date_offset, -28800);
	assert_string_equal(back.calendar.attendees[0].partstat, "ACCEPTED");
	assert_string_equal(back.calendar.attendees[0].delegated_to, "");
	assert_string_equal(back.returned.to.address, "");
	assert_string_equal(back.attachments[0].name, "größe.pdf");
	assert_string_equal(back.remarks.list[0], "unknown charset klingon");
	assert_string_equal(back.links.list[0], "https://example.org/a");
	free(l.calendar.attendees);
	pool_end(&p);
}

/* What was held before links, or a calendar object's times, were kept has none; the rest of it is there. */
static void what_was_packed_before_is_read(void **state)
{
	static const unsigned char first[] = { 0x57, 0x43, 0x4b, 0x31 }, second[] = { 0x57, 0x43, 0x4b, 0x32 };
	struct pool *p = pool_new();
	struct letter l = { .subject = "s" }, back = { 0 };
	struct text *t = text_new(p, 10000);
	char *old;

	(void)state;
	letter_pack(t, &l);
	/* the count of links, 8 bytes of zero, stands right behind from_html, the two times behind the calendar object; all around is zero too */
	old = pool_slice(p, t->s, t->n);
	memcpy(old, second, sizeof second);
	assert_true(letter_unpack(p, old, t->n - 16, &back, NULL));
	assert_string_equal(back.subject, "s");
	memcpy(old, first, sizeof first);
	assert_true(letter_unpack(p, old, t->n - 24, &back, NULL));
	assert_string_equal(back.subject, "s");
	assert_int_equal(back.links.n, 0);
	pool_end(&p);
}

static void an_empty_letter_has_empty_strings(void **state)
{
	struct pool *p = pool_new();
	struct text *t = text_new(p, BODY_MOST);
	struct letter l = { 0 }, back = { 0 };

	(void)state;
	letter_pack(t, &l);
	assert_true(letter_unpack(p, t->s, t->n, &back, NULL));
	assert_string_equal(back.message_id, "");
	assert_string_equal(back.broken, "");
	assert_int_equal(back.from.n, 0);
	pool_end(&p);
}

/* Every cut, and every byte turned over: refused, or read as some other letter, never past the end (ASan looks). */
static void damage_is_refused_or_harmless(void **state)
{
	struct pool *p = pool_new(), *q;
	struct text *t = text_new(p, BODY_MOST);
	struct letter l = full(), back;
	struct err e = { 0 };

	(void)state;
	letter_pack(t, &l);
	for (size_t n = 0; n < t->n; n++) {
		q = pool_new();
		assert_false(letter_unpack(q, t->s, n, &back, &e));
		pool_end(&q);
	}
	for (size_t i = 0; i < t->n; i++) {
		q = pool_new();
		t->s[i] ^= (char)0xFF;
		memset(&back, 0, sizeof back);
		letter_unpack(q, t->s, t->n, &back, &e);
		t->s[i] ^= (char)0xFF;
		pool_end(&q);
	}
	text_char(t, 'x');
	assert_false(letter_unpack(p, t->s, t->n, &back, &e));
	free(l.calendar.attendees);
	pool_end(&p);
}

static void files_are_packed_by_themselves(void **state)
{
	struct pool *p = pool_new();
	static struct attachment given[] = { { "a", "application/pdf", 4, false, "a\0bc" }, { "b", "", 9, false, NULL } },
				 taken[] = { { "a", "application/pdf", 4, false, NULL }, { "b", "", 9, false, NULL } };
	struct letter l = { .attachments = given, .attachment_count = 2 }, out = { .attachments = taken, .attachment_count = 2 };
	struct text *t = text_new(p, 1000);
	struct err e = { 0 };

	(void)state;
	letter_pack_files(t, &l);
	for (size_t i = 0; i < t->n; i++)
		assert_false(letter_unpack_files(p, t->s, i, &out, &e));
	assert_true(letter_unpack_files(p, t->s, t->n, &out, &e));
	assert_memory_equal(taken[0].bytes, "a\0bc", 4);
	assert_null(taken[1].bytes);
	taken[0].size = 5; /* another than was told of before */
	assert_false(letter_unpack_files(p, t->s, t->n, &out, &e));
	assert_null(taken[0].bytes);
	pool_end(&p);
}

static void fields_are_found_without_case(void **state)
{
	struct letter l = full();

	(void)state;
	assert_string_equal(letter_field(&l, "from"), "Ada <ada@example.org>");
	assert_string_equal(letter_field(&l, "X-LOOP"), "one");
	assert_string_equal(letter_field_at(&l, "X-Loop", 1), "two");
	assert_null(letter_field_at(&l, "X-Loop", 2));
	assert_string_equal(letter_field(&l, "Subject"), "");
	free(l.calendar.attendees);
}

int main(void)
{
	const struct CMUnitTest t[] = {
		cmocka_unit_test(packed_and_unpacked_is_the_same),
		cmocka_unit_test(what_was_packed_before_is_read), cmocka_unit_test(an_empty_letter_has_empty_strings),
		cmocka_unit_test(damage_is_refused_or_harmless),
		cmocka_unit_test(files_are_packed_by_themselves),
		cmocka_unit_test(fields_are_found_without_case),
	};

	return cmocka_run_group_tests_name("letter", t, NULL, NULL);
}
