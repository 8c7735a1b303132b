/* vcard: people as vCards and tables, both ways, and what anybody may put into one */
#include "rows.h"

#include "letters/vcard.h"

/* What is known of a person, on one line: what the fields say, what the lists hold, what was odd. */
static const char *flat(struct pool *p, const struct card *c)
{
	struct text *t = text_new(p, BODY_MOST);

	for (size_t i = 0; i < c->addresses.n; i++)
		text_print(t, "%s%s", i ? "," : "", c->addresses.list[i]);
	for (int f = 0; f < CARD_FIELD_COUNT; f++) {
		const char *s = card_get(p, &c->who, (enum card_field)f);

		if (*s && (f != CARD_SEGMENT || strcmp(s, "direct") != 0) && (f != CARD_CONSENT || strcmp(s, "open") != 0))
			text_print(t, " %s=%s", card_field_name((enum card_field)f), s);
	}
	for (size_t i = 0; i < c->n; i++)
		text_print(t, " %s[%lld %lld %s %s]=%s", card_list_name(c->entries[i].list), (long long)c->entries[i].at, (long long)c->entries[i].day,
			   c->entries[i].word, c->entries[i].list == CARD_LIST_EXCHANGE ? contact_direction_name(c->entries[i].direction) : "",
			   c->entries[i].text);
	return t->s;
}

static const char *all_of(struct pool *p, const struct cards *c)
{
	struct text *t = text_new(p, BODY_MOST);

	for (size_t i = 0; i < c->n; i++)
		text_print(t, "%s%s", i ? " / " : "", flat(p, &c->list[i]));
	if (c->nameless)
		text_print(t, " +%zu", c->nameless);
	for (size_t i = 0; i < c->fault_count; i++)
		text_print(t, " !%d %s", c->faults[i].line, c->faults[i].why);
	return t->s;
}

#define CARD(lines) "BEGIN:VCARD\r\nVERSION:4.0\r\n" lines "END:VCARD\r\n"
static const struct row {
	const char *rule, *bytes, *flat;
} rows[] = {
	{ "a name and an address", CARD("FN:Carol Ng\r\nEMAIL:Carol@Example.com\r\n"), "carol@example.com name=Carol Ng" },
	{ "as 3.0 writes it", "BEGIN:VCARD\nVERSION:3.0\nN:Ng;Carol;;Dr.;\nFN:Dr. Carol Ng\nEMAIL;TYPE=INTERNET,PREF:carol@example.com\nTEL;TYPE=WORK:+49 30 12\nEND:VCARD\n",
	  "carol@example.com name=Dr. Carol Ng phone=+49 30 12" },
	{ "without FN the parts of the name are it", CARD("N:Ng;Carol;Ann;Dr.;\r\nEMAIL:c@example.com\r\n"), "c@example.com name=Dr. Carol Ann Ng" },
	{ "several addresses, once each", CARD("FN:C\r\nEMAIL:a@example.com\r\nitem1.EMAIL:b@example.com\r\nEMAIL:A@example.com\r\n"), "a@example.com,b@example.com name=C" },
	{ "mailto: and tel: as URIs", CARD("FN:C\r\nEMAIL:mailto:a@example.com\r\nTEL;VALUE=uri:tel:+49-30-1\r\n"), "a@example.com name=C phone=+49-30-1" },
	{ "folded lines, also within a character", CARD("FN:J\xc3\r\n \xbcrgen\r\nEMAIL:a@exa\r\n mple.com\r\n"), "a@example.com name=J\xc3\xbcrgen" },
	{ "escapes", CARD("FN:Ng\\, Carol\r\nEMAIL:a@example.com\r\nNOTE:one\\; two\\nthree\r\n"), "a@example.com name=Ng, Carol notes[0 0  ]=one; two three" },
	{ "language and zone", CARD("FN:C\r\nEMAIL:a@example.com\r\nLANG;PREF=1:de-AT\r\nTZ:Europe/Vienna\r\n"), "a@example.com name=C language=de zone=Europe/Vienna" },
	{ "a zone that is none is passed over", CARD("FN:C\r\nEMAIL:a@example.com\r\nTZ:-0500\r\n"), "a@example.com name=C" },
	{ "the country of an address, by its name or its code", CARD("FN:C\r\nEMAIL:a@example.com\r\nADR:;;Rue 1\\;2;Paris;;75001;France\r\n")
	  CARD("FN:D\r\nEMAIL:d@example.com\r\nADR;CC=\"IT\":;;Via 1;Roma;;;Italia\r\n"), "a@example.com name=C country=fr / d@example.com name=D country=it" },
	{ "… where it is one that is known; what is said of them goes before", CARD("FN:C\r\nEMAIL:a@example.com\r\nADR:;;;;;;Utopia\r\n")
	  CARD("FN:D\r\nEMAIL:d@example.com\r\nADR:;;;;;;USA\r\nX-KEPT-COUNTRY:de\r\n") CARD("FN:E\r\nEMAIL:e@example.com\r\nADR:;\r\n"),
	  "a@example.com name=C / d@example.com name=D country=de / e@example.com name=E" },
	{ "without an address it is only counted", CARD("FN:C\r\nTEL:1\r\n"), " +1" },
	{ "two of them", CARD("FN:C\r\nEMAIL:a@example.com\r\n") CARD("FN:D\r\nEMAIL:d@example.com\r\n"), "a@example.com name=C / d@example.com name=D" },
	{ "what it may not be is said, the rest is taken", CARD("FN:C\r\nEMAIL:a@example.com\r\nX-KEPT-STAGE:married\r\nX-KEPT-CHANNEL:phone\r\n"),
	  "a@example.com name=C channel=phone !5 stage 'married' is none; it may be: establishing, developing, maintaining" },
	{ "an address that is none", CARD("FN:C\r\nEMAIL:nobody\r\nEMAIL:a@example.com\r\n"), "a@example.com name=C !4 'nobody' is no mail address" },
	{ "no line end comes in by an escape", CARD("FN:C\\nBcc: x@example.net\r\nEMAIL:a@example.com\r\n"), "a@example.com name=C Bcc: x@example.net" },
	{ "a card within a card is not read", CARD("FN:C\r\nAGENT:x\r\nBEGIN:VCARD\r\nFN:Other\r\nEMAIL:o@example.com\r\nEND:VCARD\r\nEMAIL:a@example.com\r\n"), "a@example.com name=C" },
	{ "a link that is none is dropped, its title stays", CARD("FN:C\r\nEMAIL:a@example.com\r\nX-KEPT-WORK;LINK=\"javascript:alert(1)\":A trial\r\n"),
	  "a@example.com name=C works[0 0  ]=A trial" },
	{ "a table", "name,e-mail,Stage\nCarol,carol@example.com,developing\n", "carol@example.com name=Carol stage=developing" },
	{ "a table by semicolons, as typed by hand", "Email;needs;interests\ncarol@example.com;renal dosing | trial: start;nephrology\n",
	  "carol@example.com interests[0 0  ]=nephrology needs[0 0 short ]=renal dosing needs[0 0 short ]=trial: start" },
	{ "a row without an address", "name,address\nCarol,\nDan,dan@example.com\n", "dan@example.com name=Dan !2 it has no address" },
	{ "a row's only address is none: it is named, the others are taken", "address,name\nnobody,Carol\ndan@example.com,Dan\n",
	  "dan@example.com name=Dan !2 'nobody' is no mail address" },
	{ "a value of a row that is none costs itself alone", "address,stage,phone\na@example.com,,\n\ndan@example.com,married,12\n",
	  "a@example.com / dan@example.com phone=12 !4 stage 'married' is none; it may be: establishing, developing, maintaining" },
	{ "a row with too many cells is named, the others are taken", "address,name\na@example.com,Ng, Carol\n\"dan@example.com\",\"a\nb\"\nnobody,\n",
	  "dan@example.com name=a b !2 3 cells, and the head line has 2; a cell that holds a ',' stands in quotes !5 'nobody' is no mail address" },
	{ "lines are counted as they stand in the file, folds and all", CARD("FN:C\r\n arol\r\n\r\nEMAIL:nobody\r\n") CARD("FN:D\r\nEMAIL:d@example.com\r\n"),
	  "d@example.com name=D !6 'nobody' is no mail address" },
	{ "cells that were kept from being formulas", "address,phone\n\"a@example.com\",\"'+49 30\"\n", "a@example.com phone=+49 30" },
};

static void are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct pool *p = pool_new();
		struct cards c;
		struct err e = { 0 };

		print_message("         %s\n", rows[i].rule);
		if (!vcard_any_read(p, rows[i].bytes, strlen(rows[i].bytes), &c, &e))
			fail_msg("%s: %s", rows[i].rule, e.text);
		assert_string_equal(all_of(p, &c), rows[i].flat);
		pool_end(&p);
	}
}

static void what_is_none_is_refused(void **state)
{
	static const char *const none[] = { "", "hello", "name,phone\nCarol,1\n", "BEGIN:VCARD\r\nFN:C\r\n", "BEGIN:VCARD\r\n" "BEGIN:VCARD\r\nBEGIN:VCARD\r\nBEGIN:VCARD\r\nBEGIN:VCARD\r\n"
		"BEGIN:VCARD\r\nBEGIN:VCARD\r\nBEGIN:VCARD\r\nBEGIN:VCARD\r\nBEGIN:VCARD\r\n", "address\n\"a@example.com" };

	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		struct pool *p = pool_new();
		struct cards c;
		struct err e = { 0 };

		assert_false(vcard_any_read(p, none[i], strlen(none[i]), &c, &e));
		assert_true(*e.text);
		pool_end(&p);
	}
}

/* Of everything that card.h has: what is odd in it for one form or the other. */
static struct card whole(struct pool *p)
{
	static const char *const values[CARD_FIELD_COUNT] = {
		[CARD_NAME] = "Ng, Carol \"C\"; \\ J\xc3\xbcrgen", [CARD_LANGUAGE] = "de", [CARD_ZONE] = "Europe/Berlin", [CARD_COUNTRY] = "gb", [CARD_STAGE] = "maintaining",
		[CARD_SEGMENT] = "indirect", [CARD_BETWEEN] = "dan@example.com", [CARD_CONSENT] = "not-needed", [CARD_WHY] = "=by contract, \"signed\"",
		[CARD_CHANNEL] = "phone", [CARD_PHONE] = "+49 (30) 12-34", [CARD_CADENCE] = "6w/65", [CARD_DECIDES] = "- by data | not by \\| words",
		[CARD_EXPECTS] = "'short' mails: two; three", [CARD_CONFLICT] = "@I own shares.", [CARD_AUTO] = "receipt,delay", [CARD_ABSENT] = "2026-12-07T08:00:00+00:00" };
	static const char *const words[CARD_LIST_COUNT] = { "", "mid", "phone", "", "", "https://example.org/t;a=1:2" };
	struct card c = { .who = card_nobody() };

	for (int f = 0; f < CARD_FIELD_COUNT; f++)
		assert_true(card_set(p, &c.who, (enum card_field)f, values[f], NULL));
	for (int i = 0; i < 2; i++) {
		*(const char **)pool_more(p, &c.addresses.list, c.addresses.n, sizeof(char *)) = i ? "carol@clinic.example" : "carol@example.com";
		c.addresses.n++;
	}
	for (int l = 0; l < CARD_LIST_COUNT; l++)
		for (int i = 0; i < 2; i++) {
			struct card_entry *x = card_add(p, &c, (enum card_list)l);

			x->text = i ? "; a | b \\| \"c\", d: e =f" : "a rather long text that must be folded in a vCard since it is beyond 75 octets \xe2\x82\xac \xe2\x82\xac";
			x->at = 1764000000 + i;
			x->day = *card_list_day((enum card_list)l) ? 1765000000 : 0;
			x->word = words[l];
			x->direction = l == CARD_LIST_EXCHANGE ? CONTACT_DIRECTION_OURS : 0;
		}
	return c;
}

static void nothing_is_lost_there_and_back(void **state)
{
	struct pool *p = pool_new();
	struct card c = whole(p);

	(void)state;
	for (int form = 3; form <= 5; form++) {
		struct text *t = text_new(p, BODY_MOST);
		struct err e = { 0 };
		struct cards back;

		if (form == 5)
			vcard_table_head(t), vcard_table_write(p, t, &c);
		else
			vcard_write(p, t, &c, form);
		if (!vcard_any_read(p, t->s, t->n, &back, &e))
			fail_msg("%s", e.text);
		assert_string_equal(all_of(p, &back), flat(p, &c));
		for (const char *s = t->s; form != 5 && *s; s += strcspn(s, "\n") + 1)
			assert_true(strcspn(s, "\n") <= 76); /* 75 and CR */
	}
	pool_end(&p);
}

static void who_has_no_name_is_written_by_their_address(void **state)
{
	static const char *one[] = { "carol@example.com" };
	struct pool *p = pool_new();
	struct card c = { .who = card_nobody(), .addresses = { one, 1 } };
	struct text *t = text_new(p, BODY_MOST);
	struct cards back;

	(void)state;
	vcard_write(p, t, &c, 4);
	assert_non_null(strstr(t->s, "FN:carol@example.com\r\n"));
	assert_true(vcard_read(p, t->s, t->n, &back, NULL));
	assert_string_equal(back.list[0].who.name, "");
	assert_int_equal(back.list[0].given & 1u << CARD_NAME, 0);
	pool_end(&p);
}

static void it_is_bounded(void **state)
{
	struct pool *p = pool_new();
	struct text *t = text_new(p, 4 * BODY_MOST);
	struct cards back;
	struct err e = { 0 };

	(void)state;
	text_add(t, "BEGIN:VCARD\r\nFN:C\r\nEMAIL:a@example.com\r\n");
	for (int i = 0; i < 3000; i++)
		text_print(t, "NOTE:n%d\r\nEMAIL:a%d@example.com\r\nX-KEPT-STAGE:x\r\n", i, i);
	text_add(t, "END:VCARD\r\n");
	assert_true(vcard_read(p, t->s, t->n, &back, &e));
	assert_int_equal(back.list[0].n, CARD_ENTRIES_MOST);
	assert_int_equal(back.list[0].addresses.n, CARD_ADDRESSES_MOST);
	assert_true(back.fault_count < 50);
	t = text_new(p, 4 * BODY_MOST);
	text_add(t, "address\n");
	for (int i = 0; i < 2 * CARD_FAULTS_MOST; i++)
		text_add(t, "nobody\n");
	assert_true(vcard_table_read(p, t->s, t->n, &back, &e));
	assert_int_equal(back.fault_count, 2 * CARD_FAULTS_MOST);
	assert_int_equal(back.faults[CARD_FAULTS_MOST - 1].line, CARD_FAULTS_MOST + 1);
	t = text_new(p, 4 * BODY_MOST);
	for (int i = 0; i <= CARDS_MOST; i++)
		text_print(t, "BEGIN:VCARD\r\nEMAIL:a%d@example.com\r\nEND:VCARD\r\n", i);
	assert_false(vcard_read(p, t->s, t->n, &back, &e));
	pool_end(&p);
}

static const struct set_row {
	const char *rule;
	enum card_field field;
	const char *words, *is; /* NULL: refused */
} sets[] = {
	{ "weeks", CARD_CADENCE, "6w/9w", "6w/9w" },
	{ "days and months", CARD_CADENCE, "45/2m", "45/60" },
	{ "an ideal alone", CARD_CADENCE, "30", "30" },
	{ "none", CARD_CADENCE, "", "" },
	{ "the latest before the ideal", CARD_CADENCE, "9w/6w", NULL },
	{ "no number", CARD_CADENCE, "often", NULL },
	{ "beyond ten years", CARD_CADENCE, "99999999999w", NULL },
	{ "a channel of two words", CARD_CHANNEL, "by phone", NULL },
	{ "a number with letters", CARD_PHONE, "call me", NULL },
	{ "a mail to the owner goes to nobody else", CARD_AUTO, "receipt,reminder", NULL },
	{ "none automatic", CARD_AUTO, "none", "" },
	{ "consent not needed", CARD_CONSENT, "not-needed", "not-needed" },
	{ "a line end", CARD_EXPECTS, "a\r\nb", "a b" },
};

static void fields_are_what_they_may_be(void **state)
{
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		struct contact c = card_nobody();
		bool well = card_set(p, &c, sets[i].field, sets[i].words, NULL);

		print_message("         %s\n", sets[i].rule);
		assert_int_equal(well, sets[i].is != NULL);
		if (well)
			assert_string_equal(card_get(p, &c, sets[i].field), sets[i].is);
	}
	pool_end(&p);
}

int main(void)
{
	const struct CMUnitTest t[] = { cmocka_unit_test(are_read), cmocka_unit_test(what_is_none_is_refused), cmocka_unit_test(nothing_is_lost_there_and_back),
					cmocka_unit_test(who_has_no_name_is_written_by_their_address), cmocka_unit_test(it_is_bounded),
					cmocka_unit_test(fields_are_what_they_may_be) };

	return cmocka_run_group_tests_name("vcard", t, NULL, NULL);
}
