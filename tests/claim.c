/* claim: what a sentence says of the thing that was promised, in seven languages */
#include "rows.h"

#include "judgement/claim.h"

static const struct row {
	const char *text;
	unsigned bits; /* of the whole text, of those that `of` names */
	unsigned of;
} rows[] = {
#define SAYS(text, bits) { text, bits, bits }
#define NOT(text, bits) { text, 0, bits }
	/* attached: as people write it */
	SAYS("Dear Carol,\n\nPlease find attached the subgroup data.\n\nBest,\nAda", CLAIM_ATTACHED),
	SAYS("The slides are attached.", CLAIM_ATTACHED),
	SAYS("I've attached the deck.", CLAIM_ATTACHED),
	SAYS("I attach the file you wanted.", CLAIM_ATTACHED),
	SAYS("See attachment.", CLAIM_ATTACHED),
	SAYS("Attached!", CLAIM_ATTACHED),
	SAYS("Enclosed you will find the reprint.", CLAIM_ATTACHED),
	SAYS("Could you have a look at the attached draft?", CLAIM_ATTACHED),
	SAYS("The non-clinical data are attached.", CLAIM_ATTACHED),
	SAYS("The table does not show children; the attached one does.", CLAIM_ATTACHED),
	SAYS("Anbei die Folien.", CLAIM_ATTACHED),
	SAYS("Im Anhang finden Sie die Tabelle.", CLAIM_ATTACHED),
	SAYS("Ich habe Ihnen die Daten angehängt.", CLAIM_ATTACHED),
	SAYS("Gerne füge ich die Übersicht bei.", CLAIM_ATTACHED),
	SAYS("Ich hänge die Datei an.", CLAIM_ATTACHED),
	SAYS("Die Auswertung ist beigefügt.", CLAIM_ATTACHED),
	SAYS("Vous trouverez ci-joint les données.", CLAIM_ATTACHED),
	SAYS("Je vous joins l’article en pièce jointe.", CLAIM_ATTACHED),
	SAYS("Le adjunto la tabla.", CLAIM_ATTACHED),
	SAYS("Adjunto encontrará los datos.", CLAIM_ATTACHED),
	SAYS("In allegato trova le diapositive.", CLAIM_ATTACHED),
	SAYS("Le allego l'articolo.", CLAIM_ATTACHED),
	SAYS("Segue em anexo a tabela.", CLAIM_ATTACHED),
	SAYS("Em anexo envio os dados.", CLAIM_ATTACHED),
	SAYS("In de bijlage vindt u de gegevens.", CLAIM_ATTACHED),
	SAYS("Bijgevoegd de presentatie.", CLAIM_ATTACHED),
	/* … and what only sounds so */
	NOT("The data you attached are clear.", CLAIM_ATTACHED),
	NOT("As attached to my earlier mail, the dose is 20 mg.", CLAIM_ATTACHED),
	NOT("I will attach the table to my next mail.", CLAIM_ATTACHED),
	NOT("It is not attached, as it is too large.", CLAIM_ATTACHED),
	NOT("I haven't attached the slides.", CLAIM_ATTACHED),
	NOT("Thanks for the attachment.", CLAIM_ATTACHED),
	NOT("Could you resend the attachment?", CLAIM_ATTACHED),
	NOT("I can send it as an attachment.", CLAIM_ATTACHED),
	NOT("No strings attached.", CLAIM_ATTACHED),
	NOT("> Please find attached the slides.\nThank you!", CLAIM_ATTACHED),
	NOT("Die Datei ist nicht angehängt.", CLAIM_ATTACHED),
	NOT("Vielen Dank für den Anhang.", CLAIM_ATTACHED),
	NOT("Wie im Anhang meiner letzten Mail beschrieben.", CLAIM_ATTACHED),
	NOT("Ich werde die Tabelle noch anhängen.", CLAIM_ATTACHED),
	NOT("Merci pour la pièce jointe.", CLAIM_ATTACHED),
	NOT("Le fichier n'est pas joint.", CLAIM_ATTACHED),
	NOT("Gracias por el adjunto.", CLAIM_ATTACHED),
	NOT("Grazie per l'allegato.", CLAIM_ATTACHED),
	NOT("Obrigada pelo anexo.", CLAIM_ATTACHED),
	NOT("Bedankt voor de bijlage.", CLAIM_ATTACHED),
	NOT("We detach ourselves.", CLAIM_ATTACHED),
	/* handed over; as promised */
	SAYS("Here are the slides: https://example.org/s.pdf", CLAIM_HERE),
	SAYS("Hier ist der Link zu den Folien.", CLAIM_HERE),
	SAYS("Voici les données.", CLAIM_HERE),
	SAYS("Aquí tiene la tabla.", CLAIM_HERE),
	SAYS("Ecco le diapositive.", CLAIM_HERE),
	SAYS("Aqui estão os dados.", CLAIM_HERE),
	SAYS("Hierbij de gegevens.", CLAIM_HERE),
	SAYS("As promised, the slides.", CLAIM_PROMISED),
	SAYS("Wie versprochen die Tabelle.", CLAIM_PROMISED),
	SAYS("Comme promis, l'article.", CLAIM_PROMISED),
	SAYS("Como le prometí, los datos.", CLAIM_PROMISED),
	SAYS("Come promesso, ecco i dati.", CLAIM_PROMISED | CLAIM_HERE),
	SAYS("Conforme prometido, os dados.", CLAIM_PROMISED),
	SAYS("Zoals beloofd de gegevens.", CLAIM_PROMISED),
	NOT("This is a promising result.", CLAIM_PROMISED),
	/* found out; sent before; still to come; not the whole */
	SAYS("I checked with our pharmacists.", CLAIM_ANSWERED),
	SAYS("Ich habe nachgefragt: ja.", CLAIM_ANSWERED),
	SAYS("J'ai vérifié auprès de nos pharmaciens.", CLAIM_ANSWERED),
	NOT("I haven't checked.", CLAIM_ANSWERED),
	SAYS("I have just sent you the slides by WeTransfer.", CLAIM_SENT),
	SAYS("Ich habe Ihnen die Folien per Post geschickt.", CLAIM_SENT),
	SAYS("The data are not ready.", CLAIM_NOT_YET),
	SAYS("Die Daten liegen noch nicht vor.", CLAIM_NOT_YET),
	SAYS("Je n'ai pas encore les données.", CLAIM_NOT_YET),
	SAYS("Todavía no tengo los datos.", CLAIM_NOT_YET),
	SAYS("Non ho ancora i dati.", CLAIM_NOT_YET),
	SAYS("Ainda não tenho os dados.", CLAIM_NOT_YET),
	SAYS("De gegevens zijn nog niet klaar.", CLAIM_NOT_YET),
	NOT("Sorry for the delay, here it is.", CLAIM_NOT_YET),
	NOT("Das Ergebnis ist wie folgt.", CLAIM_NOT_YET),
	NOT("Quedo a la espera de sus noticias.", CLAIM_NOT_YET),
	SAYS("Attached is a first draft.", CLAIM_PARTLY),
	NOT("If you need anything in the meantime, call me.", CLAIM_PARTLY),
#undef SAYS
#undef NOT
};

static void sentence_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct pool *p = pool_new();
		struct claims c;

		claim_find(p, NULL, rows[i].text, &c);
		if ((c.bits & rows[i].of) != rows[i].bits)
			fail_msg("\"%s\": bits %x, expected %x of %x", rows[i].text, c.bits, rows[i].bits, rows[i].of);
		pool_end(&p);
	}
}

static void promise_is_of_a_kind(void **state)
{
	static const struct { const char *text; unsigned wish; } wishes[] = {
		{ "I will send you the subgroup data", WISH_THING }, { "the subgroup data", 0 },
			{ "I'll check with our team and get back to you", WISH_WORD },
		{ "I will call you on Friday", WISH_DEED }, { "Ich schicke Ihnen die Folien", WISH_THING },
			{ "Ich kläre das und melde mich", WISH_WORD },
		{ "Je vous enverrai l'article", WISH_THING }, { "le enviaré los datos", WISH_THING },
			{ "le invierò la tabella", WISH_THING },
		{ "vou enviar os dados", WISH_THING }, { "ik stuur u de gegevens", WISH_THING },
			{ "I'll check and send you the table", WISH_THING | WISH_WORD },
	};

	(void)state;
	for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++) {
		struct pool *p = pool_new();
		unsigned w = claim_wish(p, NULL, wishes[i].text);

		if (w != wishes[i].wish)
			fail_msg("\"%s\": %u, expected %u", wishes[i].text, w, wishes[i].wish);
		pool_end(&p);
	}
}

static void links_are_found(void **state)
{
	struct pool *p = pool_new();
	struct strings l = claim_links(p, "See https://example.org/a(b).pdf, <https://we.tl/t-Ab1> or (www.example.com/x). Again: https://we.tl/t-Ab1! http:// is none, nor xhttps://y.z\n"
					  "[the slides](https://example.org/s.pdf)");

	(void)state;
	assert_int_equal(l.n, 4);
	assert_string_equal(l.list[0], "https://example.org/a(b).pdf");
	assert_string_equal(l.list[1], "https://we.tl/t-Ab1");
	assert_string_equal(l.list[2], "www.example.com/x");
	assert_string_equal(l.list[3], "https://example.org/s.pdf");
	assert_true(claim_is_file(p, l.list[0]));
	assert_true(claim_is_file(p, l.list[1]));
	assert_false(claim_is_file(p, l.list[2]));
	assert_true(claim_is_file(p, "https://example-my.sharepoint.com/:p:/g/personal/ada/EZx?e=1"));
	assert_false(claim_is_file(p, "https://www.example.org/"));
	assert_false(claim_is_file(p, "https://example.org/about.html"));
	assert_false(claim_is_file(p, ""));
	pool_end(&p);
}

static void a_flood_is_bounded(void **state)
{
	static const char *const pieces[] = { "Attached. ", "https://a.b/c ", "> x\n", "not ", "\n\n", "\xff" };
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct text *t = text_new(p, 200000);
		struct claims c;

		while (!t->cut)
			text_add(t, pieces[i]);
		claim_find(p, NULL, t->s, &c);
		assert_true(c.n <= 400);
		assert_true(claim_links(p, t->s).n <= 50);
		claim_wish(p, NULL, t->s);
	}
	pool_end(&p);
}

int main(void)
{
	const struct CMUnitTest t[] = { cmocka_unit_test(sentence_says), cmocka_unit_test(promise_is_of_a_kind),
		cmocka_unit_test(links_are_found),
					cmocka_unit_test(a_flood_is_bounded) };

	return cmocka_run_group_tests_name("claim", t, NULL, NULL);
}
