/* refusal: who asks not to be written to, and who only sounds like it */
#include "rows.h"

#include "judgement/refusal.h"

struct row {
	const char *rule, *text;
	const char *expect; /* a part of the sentence; NULL: none */
};

static const struct row rows[] = {
	{ "please stop writing", "Dear Ada,\n\nplease stop writing to me.\n\nCarol", "please stop writing to me" },
	{ "… without whom, at the sentence's end", "Please stop writing.", "Please stop writing" },
	{ "… and its thanks", "Please stop writing, thank you!", "Please stop writing" },
	{ "… a thing is no person", "Please stop writing the old dose on the form.", NULL },
	{ "unsubscribe me", "Could you unsubscribe me from this?", "unsubscribe me" },
	{ "unsubscribe, alone at the top", "Unsubscribe\n\nThanks", "Unsubscribe" },
	{ "… further down it is a footer", "The data look good, we will use them.\n\nUnsubscribe", NULL },
	{ "do not contact me again", "Thank you for your time. Do not contact me again.", "Do not contact me again" },
	{ "… with a curved apostrophe", "Please don\xe2\x80\x99t email me any more.", "email me any more" },
	{ "… in a polite question", "Would you please stop sending me emails?", "stop sending me emails" },
	{ "… a question about it asks nothing", "Why did you stop emailing me?", NULL },
	{ "remove me from your list", "Please remove me from your mailing list.", "remove me" },
	{ "an infusion is stopped, not a mail", "We had to stop the infusion after ten minutes.", NULL },
	{ "who cannot stop thinking refuses nothing", "I can't stop thinking about your talk.", NULL },
	{ "do not stop", "Don't stop writing to me, I like your letters!", NULL },
	{ "an end", "Please do not contact me until January.", NULL },
	{ "a condition", "Do not write to me unless the label changes.", NULL },
	{ "a newsletter's footer", "If you no longer wish to receive emails, click here to unsubscribe.", NULL },
	{ "another way", "Please do not contact me by phone, mail is better.", NULL },
	{ "another address", "Please do not write to me at this address any more, use carol@example.net.", NULL },
	{ "what others said", "He told me you should stop writing to me about his patient.", NULL },
	{ "a patient's wish about a trial", "She wants to withdraw her consent to the study.", NULL },
	{ "stop and the mail in other words", "I must ask you to refrain from contacting me in future.", "refrain from" },
	{ "off a list, in other words", "Please delete me from all mailings.", "delete me" },
	{ "but not off another one", "Please remove me from the panel of the advisory board.", NULL },
	{ "don't hesitate", "Please don't hesitate to contact me.", NULL },
	{ "not a thing that is meant", "Please do not email me the patient data, use the portal.", NULL },
	{ "not about one matter", "Please don't contact me about the invoice, that is Dan's.", NULL },
	{ "what did not come", "I do not get emails from the registry.", NULL },
	{ "German, a thing", "Bitte schicken Sie mir keine Papierversion, das PDF reicht.", NULL },
	{ "German, in other words", "Bitte sehen Sie von weiteren Kontaktaufnahmen ab.", "Kontaktaufnahmen" },
	{ "German, a patient's wish", "Der Patient m\xc3\xb6" "chte nicht mehr kontaktiert werden.", NULL },
	{ "French, a patient's wish", "Le patient ne souhaite pas \xc3\xaatre contact\xc3\xa9.", NULL },
	{ "French, a thing", "Ne m'envoyez pas la version papier.", NULL },
	{ "Spanish, don't hesitate", "No dude en contactarme.", NULL },
	{ "Italian, the list", "Vi chiedo di cancellarmi dalla lista.", "cancellarmi" },
	{ "German", "Guten Tag,\nbitte schreiben Sie mir nicht mehr.\nMfG", "nicht mehr" },
	{ "German, the list", "Bitte nehmen Sie mich aus Ihrem Verteiler.", "Verteiler" },
	{ "German, no mails came", "Ich habe seit Montag keine Mails mehr bekommen.", NULL },
	{ "German, for a time", "Bitte kontaktieren Sie mich nicht bis Montag.", NULL },
	{ "French", "Bonjour,\n\nMerci de ne plus me contacter.", "ne plus me contacter" },
	{ "French, by name", "D\xc3\xa9sinscrivez-moi, s'il vous pla\xc3\xaet.", "sinscrivez-moi" },
	{ "French, a treatment", "Nous avons d\xc3\xbb arr\xc3\xaater le traitement.", NULL },
	{ "Spanish", "Por favor, no me escriba m\xc3\xa1s.", "no me escriba" },
	{ "Spanish, a leave", "La doctora est\xc3\xa1 de baja hasta marzo.", NULL },
	{ "Spanish, do write on", "Por favor, no deje de escribirme cuando sepa algo.", NULL },
	{ "Italian, do write on", "Non smetta di scrivermi!", NULL },
	{ "Italian", "La prego: non mi scriva pi\xc3\xb9.", "non mi scriva" },
	{ "Portuguese", "N\xc3\xa3o me contacte mais, obrigada.", "me contacte mais" },
	{ "Dutch", "Wilt u mij niet meer mailen?", "mij niet meer mailen" },
	{ "Dutch, a prescription", "Ik wil het recept uitschrijven.", NULL },
	{ "nothing at all", "", NULL },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	const char *found = refusal_find(p, NULL, "Re: The data", r->text, &(struct strings){ 0 });

	if (r->expect && !found)
		fail_msg("'%s': nothing found", r->text);
	if (!r->expect && found)
		fail_msg("'%s': found '%s'", r->text, found);
	if (found && !strstr(found, r->expect))
		fail_msg("found '%s', not '%s'", found, r->expect);
	pool_end(&p);
}

static void words_of_ones_own(void **state)
{
	static const char *list[] = { "Bitte kein Kontakt zu unserer Praxis" };
	struct pool *p = pool_new();

	(void)state;
	assert_non_null(refusal_find(p, NULL, "", "Bitte kein Kontakt zu unserer Praxis.", &(struct strings){ list, 1 }));
	assert_string_equal(refusal_find(p, NULL, "Unsubscribe", "", &(struct strings){ 0 }), "Unsubscribe");
	assert_null(refusal_find(p, NULL, "", "Wir haben Kontakt zu einer Praxis.", &(struct strings){ list, 1 }));
	pool_end(&p);
}

int main(void)
{
	struct CMUnitTest t[sizeof rows / sizeof *rows + 1];
	size_t n = sizeof rows / sizeof *rows;

	for (size_t i = 0; i < n; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	t[n] = (struct CMUnitTest){ "words of one's own count", words_of_ones_own, NULL, NULL, NULL };
	return cmocka_run_group_tests_name("refusal", t, NULL, NULL);
}
