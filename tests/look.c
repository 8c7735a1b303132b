/* look: what the last look finds before a mail leaves, and what it lets pass */
#include "rows.h"

#include "judgement/look.h"

struct row {
	const char *name, *what, *text, *file, *to, *says; /* says: "" nothing is found */
	enum look_kind kind;
	bool delivers;
	const char *subject, *promised_to, *known, *question;
};

#define CAROL "carol@clinic.example"
#define R(n, w, t, f, a, s, k, ...) { .name = n, .what = w, .text = t, .file = f, .to = a, .says = s, .kind = LOOK_##k, __VA_ARGS__ }
static const struct row rows[] = {
	/* attached */
	R("attached, and a file is there", "the subgroup data", "Please find attached the subgroup data.",
	  "subgroup.pdf", CAROL, "", ATTACHMENT),
	R("attached, and nothing is", "the subgroup data", "Please find attached the subgroup data.", NULL, CAROL,
	  "It says “attached”, and nothing is attached.", ATTACHMENT),
	R("in German", "die Daten", "Anbei die Daten.", NULL, CAROL, "“anbei”", ATTACHMENT),
	R("in French", "l'article", "Vous trouverez l'article en pièce jointe.", NULL, CAROL, "“en piece jointe”",
	  ATTACHMENT),
	R("in Spanish", "los datos", "Le adjunto los datos.", NULL, CAROL, "nothing is attached", ATTACHMENT),
	R("in Italian", "i dati", "In allegato i dati.", NULL, CAROL, "nothing is attached", ATTACHMENT),
	R("in Portuguese", "os dados", "Segue em anexo.", NULL, CAROL, "nothing is attached", ATTACHMENT),
	R("in Dutch", "de gegevens", "In de bijlage de gegevens.", NULL, CAROL, "nothing is attached", ATTACHMENT),
	R("not in a quoted line", "the subgroup data", "> Please find attached the data.\nThank you for this.",
	  NULL, CAROL, "", ATTACHMENT),
	R("not to an earlier mail", "the subgroup data", "As attached to my earlier mail, it is 20 mg.", NULL,
	  CAROL, "", ATTACHMENT),
	R("not denied", "the subgroup data", "I have not attached the table, it is too large.", NULL, CAROL, "",
	  ATTACHMENT),
	R("a link to a file will do", "the subgroup data", "Attached: https://we.tl/t-Ab1", NULL, CAROL, "",
	  ATTACHMENT),
	R("the website in a footer will not", "the subgroup data",
	  "The table is attached.\nRead more on https://example.org", NULL, CAROL, "nothing is attached",
	  ATTACHMENT),
	/* the promised thing */
	R("the promised thing is there", "the subgroup data", "Here it is.", "SubgroupData.pdf", CAROL, "",
	  PROMISED, .delivers = true),
	R("it is named in the text alone", "the subgroup data", "Here is the subgroup table.", "scan0001.pdf",
	  CAROL, "", PROMISED, .delivers = true),
	R("neither file nor link", "the subgroup data", "Here it is.", NULL, CAROL,
	  "“the subgroup data”. It holds neither a file nor a link", PROMISED, .delivers = true),
	R("another thing", "the subgroup data", "Here is the poster.", "poster.pdf", CAROL,
	  "It holds poster.pdf, and nothing in it is named so.", PROMISED, .delivers = true),
	R("a mail that delivers nothing need not hold it", "the subgroup data", "You will have it by Friday.",
	  NULL, CAROL, "", PROMISED),
	R("a word needs no file", "I'll find out about the half-life", "It is seven hours.", NULL, CAROL, "",
	  PROMISED, .delivers = true),
	R("slides are a .pptx", "the slides", "Here it is.", "ESMO_2026.pptx", CAROL, "", PROMISED,
	  .delivers = true),
	/* to whom */
	R("it goes to the one it was promised to", "x", "Hello.", NULL, "Carol@Clinic.Example", "", RECIPIENT),
	R("it goes to another", "x", "Hello.", NULL, "dan@other.example",
	  "It was promised to carol@clinic.example, and goes to dan@other.example.", RECIPIENT),
	R("to another beside them is no matter", "x", "Hello.", NULL, "dan@other.example carol@clinic.example",
	  "", RECIPIENT),
	R("two letters wrong", "x", "Hello.", NULL, "carol@clniic.example",
	  "it is carol@clinic.example with a letter or two wrong", SLIP),
	R("a letter missing in the name", "x", "Hello.", NULL, "caro@clinic.example", "", SLIP,
	  .promised_to = "bob@clinic.example"),
	R("a letter wrong in the name", "x", "Hello.", NULL, "carol.rosi@clinic.example",
	  "it is carol.rossi@clinic.example with a letter or two wrong", SLIP,
	  .promised_to = "carol.rossi@clinic.example"),
	R("another ending", "x", "Hello.", NULL, "carol@clinic.test",
	  "it is carol@clinic.example but for the ending of its domain", SLIP),
	R("the same name at another domain", "x", "Hello.", NULL, "carol@gmail.com",
	  "it is carol@clinic.example at another domain", SLIP),
	R("… of somebody known", "x", "Hello.", NULL, "carol@clinic.example erika@gmail.com",
	  "it is erika@hospital.example at another domain", SLIP, .known = "erika@hospital.example"),
	R("a known address is no slip of another", "x", "Hello.", NULL,
	  "carol@clinic.example karol@clinic.example", "", SLIP, .known = "karol@clinic.example"),
	R("nor the same in other letters", "x", "Hello.", NULL, "CAROL@clinic.example", "", SLIP),
	R("a numbered one is meant", "x", "Hello.", NULL, "ward2@clinic.example", "", SLIP,
	  .promised_to = "ward1@clinic.example"),
	R("an office has its name at any domain", "x", "Hello.", NULL, "info@other.example", "", SLIP,
	  .promised_to = "info@clinic.example"),
	R("a subdomain is the same house", "x", "Hello.", NULL, "carol@mail.clinic.example", "", SLIP),
	R("short names differ by one letter", "x", "Hello.", NULL, "tom@clinic.example", "", SLIP,
	  .promised_to = "tim@clinic.example"),
	R("the owner's own address is known", "x", "Hello.", NULL, "carol@clinic.example ada@example.org", "",
	  SLIP, .known = "ada@example.com"),
	/* a question of theirs */
	R("a question stands unanswered", "x", "Here is the table.", NULL, CAROL,
	  "Their question may still stand unanswered: “What is the half-life in renal impairment?”", QUESTION,
	  .question = "What is the half-life in renal impairment?"),
	R("it is answered in its words", "x", "In renal impairment the half-life is 9 hours.", NULL, CAROL, "",
	  QUESTION, .question = "What is the half-life in renal impairment?"),
	R("a file answers too", "x", "See there.", "Half-life_renal.pdf", CAROL, "", QUESTION,
	  .question = "What is the half-life in renal impairment?"),
	/* the stop list: "confidential", "internal use*" */
	R("a word of the stop list", "x", "This is CONFIDENTIAL.", NULL, CAROL, "“confidential”", WORDS),
	R("in a file's name", "x", "Hello.", "plan_internal_use_only.pdf", CAROL, "“internal use*”", WORDS),
	R("in the subject", "x", "Hello.", NULL, CAROL, "“confidential”", WORDS, .subject = "Confidential: plan"),
	R("whole words alone", "x", "Confidentially yours.", NULL, CAROL, "", WORDS),
};

static struct conf *conf_of(struct pool *p)
{
	static const char *stop[] = { "confidential", "internal use*" };
	struct conf *c = rows_conf(p);

	c->look_stop = (struct strings){ stop, 2 };
	return c;
}

static void addresses(struct pool *p, const char *words, struct addrs *out)
{
	char *save = NULL;

	for (char *one = words ? strtok_r(pool_copy(p, words), " ", &save)
		    : NULL; one; one = strtok_r(NULL, " ", &save))
		addrs_add(p, out, "", one);
}

static void row_look(struct pool *p, const struct conf *c, const struct row *r, struct findings *out)
{
	struct commitment m = { .what = r->what, .words = "" };
	struct looked in = { .mail = { .subject = r->subject ? r->subject : "", .text = r->text },
		.delivers = r->delivers, .promised = &m, .promised_count = 1,
			     .question = r->question };
	const char *file = r->file;

	in.language = "de";
	in.mail.files = (struct strings){ &file, file ? 1 : 0 };
	in.mail.links = claim_links(p, r->text);
	addresses(p, r->to, &in.mail.to);
	addresses(p, r->promised_to ? r->promised_to : "carol@clinic.example", &m.to);
	addresses(p, r->known, &in.known);
	look(p, &in, c, 1000, out);
}

static const char *found(const struct findings *f, enum look_kind kind)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->list[i].kind == kind)
			return f->list[i].says;
	return "";
}

static void it_is_found(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct findings f;
	const char *says;

	row_look(p, conf_of(p), r, &f);
	says = found(&f, r->kind);
	if (*r->says ? !strstr(says, r->says) : *says)
		fail_msg("found \"%s\", expected \"%s\"", says, r->says);
	pool_end(&p);
}

static void a_finding_blocks_as_set(void **state)
{
	struct pool *p = pool_new();
	struct conf *c = conf_of(p);
	const struct row r = R("", "x", "Attached. Confidential.", NULL, "dan@other.example", "", ATTACHMENT);
	struct findings f;

	(void)state;
	row_look(p, c, &r, &f);
	assert_int_equal(f.n, 3);
	assert_string_equal(f.list[0].says, "It says “attached”, and nothing is attached.");
	assert_string_equal(f.list[0].told, "Darin steht „attached“, und nichts hängt an.");
	assert_true(f.block);
	for (int i = 0; i < LOOK_KIND_COUNT; i++)
		c->look[i] = LOOK_WARN;
	row_look(p, c, &r, &f);
	assert_int_equal(f.n, 3);
	assert_false(f.block);
	for (int i = 0; i < LOOK_KIND_COUNT; i++)
		c->look[i] = LOOK_OFF;
	row_look(p, c, &r, &f);
	assert_int_equal(f.n, 0);
	pool_end(&p);
}

static void material_that_may_not_be_sent_blocks(void **state)
{
	struct pool *p = pool_new();
	struct conf *c = conf_of(p);
	const struct resource all[] = { { .title = "Waiting", .link = "", .file = "", .about = "", .approved_by = "" },
					{ .title = "Good", .link = "", .file = "", .about = "", .approved_by = "eve",
						.until = 5000 },
					{ .title = "Old", .link = "", .file = "", .about = "", .approved_by = "eve",
						.until = 500 },
					{ .title = "Gone", .link = "", .file = "", .about = "", .approved_by = "eve",
						.retired = 900 } };
	struct looked in = { .mail = { .subject = "", .text = "" }, .resources = all, .resource_count = 4 };
	struct findings f;

	(void)state;
	for (int i = 0; i < LOOK_KIND_COUNT; i++)
		c->look[i] = LOOK_OFF;
	look(p, &in, c, 1000, &f);
	assert_int_equal(f.n, 3);
	assert_true(f.block);
	assert_string_equal(f.list[0].says, "“Waiting” is not approved yet.");
	assert_string_equal(f.list[1].says, "“Old” is past its approval.");
	assert_string_equal(f.list[2].says, "“Gone” was retired.");
	assert_string_equal(look_kind_name(f.list[0].kind), "material");
	pool_end(&p);
}

static void their_question_is_in_what_is_quoted(void **state)
{
	static const struct {
		const char *name, *text, *full, *question;
	} quoted[] = {
#define OWN "Here is the subgroup data."
		{ "one beside what was promised", OWN,
			OWN "\n\nOn Tue, Carol wrote:\n> Could you send me the subgroup data?\n> What is the half-life in dialysis?",
		  "What is the half-life in dialysis?" },
		{ "wrapped", OWN, OWN "\n> What is the half-life in patients\n> on dialysis?",
			"What is the half-life in patients on dialysis?" },
		{ "what was promised is no other", OWN, OWN "\n> Could you send me the subgroup data of the trial?",
			NULL },
		{ "answered in the text", OWN " The half-life in dialysis is not known.",
			OWN " The half-life in dialysis is not known.\n> What is the half-life in dialysis?",
		  NULL },
		{ "an older one is another's", OWN, OWN "\n> Yes.\n>> What is the half-life in dialysis?", NULL },
		{ "answered in its place", OWN "\nSeven hours.",
			"> What is the half-life in dialysis?\nSeven hours.\n\n" OWN, NULL },
		{ "below a header block, without marks", OWN,
			OWN "\n\nFrom: Carol Diaz <carol@clinic.example>\nSent: Tuesday, 24 November 2026 09:12\nTo: Ada\n"
			"Subject: ATLAS-3\n\nHello Ada,\n\nwhat is the half-life in dialysis?\n\nCarol\n",
		  "what is the half-life in dialysis?" },
		{ "below a header block, an older one is another's", OWN,
			OWN "\n\nVon: Carol Diaz <carol@clinic.example>\nGesendet: Dienstag, 24. November 2026 09:12\nAn: Ada\n"
			"Betreff: AW: ATLAS-3\n\nDanke.\n\nVon: Ada\nGesendet: Montag, 23. November 2026 09:12\nAn: Carol\n"
			"Betreff: ATLAS-3\n\nWhat is the half-life in dialysis?\n",
		  NULL },
		{ "politeness asks nothing", OWN, OWN "\n> How are you?", NULL },
		{ "nothing is quoted", OWN, OWN, NULL },
#undef OWN
	};
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < sizeof quoted / sizeof *quoted; i++) {
		const struct letter l = { .text = quoted[i].text, .full = quoted[i].full };
		const char *q = look_question(p, &l, "I will send you the subgroup data");

		if (!text_same(q, quoted[i].question))
			fail_msg("%s: \"%s\"", quoted[i].name, q ? q : "none");
	}
	pool_end(&p);
}

static void a_flood_is_bounded(void **state)
{
	struct pool *p = pool_new();
	struct conf *c = conf_of(p);
	struct looked in = { .mail = { .subject = "", .text = "Attached." } };
	struct findings f;

	(void)state;
	for (int i = 0; i < 500; i++) {
		addrs_add(p, &in.mail.to, "", pool_print(p, "person%c%c%d@clinic.example", 'a' + i % 26,
			'a' + i / 26, i));
		addrs_add(p, &in.known, "", pool_print(p, "person%c%c%d@klinic.example", 'a' + i % 26, 'a' + i / 26,
			i));
	}
	look(p, &in, c, 1000, &f);
	assert_int_equal(f.n, LOOK_MOST);
	pool_end(&p);
}

int main(void)
{
	enum { N = sizeof rows / sizeof *rows };
	struct CMUnitTest t[N + 4];

	for (size_t i = 0; i < N; i++)
		t[i] = (struct CMUnitTest){ rows[i].name, it_is_found, NULL, NULL, (void *)&rows[i] };
	t[N] = (struct CMUnitTest)cmocka_unit_test(a_finding_blocks_as_set);
	t[N + 1] = (struct CMUnitTest)cmocka_unit_test(material_that_may_not_be_sent_blocks);
	t[N + 2] = (struct CMUnitTest)cmocka_unit_test(a_flood_is_bounded);
	t[N + 3] = (struct CMUnitTest)cmocka_unit_test(their_question_is_in_what_is_quoted);
	return cmocka_run_group_tests_name("look", t, NULL, NULL);
}
