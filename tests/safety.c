/* safety: which sentences tell of a possible adverse event, and which only speak of safety. */
#include "rows.h"

#include "judgement/understand_inner.h"

#define TEN(s) s s s s s s s s s s

static const struct row {
	const char *rule, *text;
	bool told;
	const char *own; /* a phrase of the setting safety_words; NULL: none */
} rows[] = {
	{ "an event in a patient, after a medicine", "My patient developed a rash two days after the second dose.",
	  true, NULL },
	{ "an event in the writer, since a medicine", "I've had a headache ever since I started your tablets.", true,
	  NULL },
	{ "an event in a relative, a medicine in the sentence beside it",
	  "My daughter is covered in red blotches since this morning. She got her second injection yesterday.", true,
	  NULL },
	{ "an event in a relative and no medicine is a person's own affair",
	  "My daughter has a fever since Monday, so I come later.", false, NULL },
	{ "a treatment stopped for an event",
	  "Just to let you know we had to stop the drug in Mrs K. because of nausea.", true, NULL },
	{ "an event told without a person, after a medicine", "È svenuto subito dopo l'iniezione.", true, NULL },
	{ "an event in German", "Meine Patientin war nach der Injektion kurz bewusstlos.", true, NULL },
	{ "an event in French", "Ma patiente a fait un malaise une heure après la perfusion.", true, NULL },
	{ "an event in Spanish", "Desde que me pusieron la inyección tengo fiebre.", true, NULL },
	{ "an event in Portuguese", "Desde que tomo os comprimidos tenho tonturas.", true, NULL },
	{ "an event in Dutch", "Mijn patiënt kreeg twee dagen na de tweede dosis huiduitslag.", true, NULL },
	{ "a value of a laboratory, one half of the phrase some words behind the other",
	  "I have a gentleman whose ALT went up to about 8x ULN in week four.", true, NULL },
	{ "something that can be done no longer, since a medicine",
	  "Ik voel mijn vingertoppen niet meer sinds ik uw medicijn gebruik.", true, NULL },
	{ "something that can be done no longer, since something else",
	  "I can't open the treatment file since I changed computers.", false, NULL },
	{ "a death", "Sadly, our first patient in the programme died on Thursday.", true, NULL },
	{ "a death in the family is none", "My father passed away on Sunday and I am away until the 14th.", false,
	  NULL },
	{ "a pregnancy under a medicine", "Une jeune femme sous votre produit vient de découvrir qu'elle est enceinte.",
	  true, NULL },
	{ "a pregnancy without one", "I'm pregnant and will be on leave from June.", false, NULL },
	{ "an overdose", "He took the whole pack at once, 28 tablets.", true, NULL },
	{ "a wrong dose, told without a person", "Versehentlich wurde die doppelte Menge gespritzt.", true, NULL },
	{ "a mistake in the giving", "The nurse gave him 50 mg instead of 5 mg by mistake.", true, NULL },
	{ "a mistake with something else", "I gave the wrong room number by mistake: we meet in 204.", false, NULL },
	{ "use outside the label, whatever else stands there",
	  "We gave it intrathecally, which is not in the label, to a man of 60.", true, NULL },
	{ "a medicine that does not act", "A mi padre el tratamiento no le ha hecho ningún efecto.", true, NULL },
	{ "a talk that had no effect", "The old projector failed and the talk had no effect on the audience.", false,
	  NULL },
	{ "an event that is denied", "She tolerated the second dose well, no rash, no nausea.", false, NULL },
	{ "an event that is gone", "Mrs K. is doing very well on the drug and her headaches are gone.", false, NULL },
	{ "an illness of before", "My patient would be eligible for the trial; she had a stroke in 2015.", false,
	  NULL },
	{ "a question for data", "Are there any data on patients with renal failure?", false, NULL },
	{ "a question that tells a case", "My patient developed a rash after the second dose, shall we stop?", true,
	  NULL },
	{ "a question about a patient who may be treated", "May a patient with a history of seizures take the tablets?",
	  false, NULL },
	{ "talk of a congress", "We discussed adverse events in the trial and I would like the slides.", false, NULL },
	{ "the label", "The safety profile is described in the label, section 4.8.", false, NULL },
	{ "numbers of many", "In the phase 3 study 12 patients died in the placebo arm.", false, NULL },
	{ "a case told at a congress is a case",
	  "A colleague told me at the congress that her patient developed hepatitis on the drug after two weeks.", true,
	  NULL },
	{ "an instruction to report", "Please report any adverse event within 24 hours.", false, NULL },
	{ "what it comes from, asked", "Could the tingling in my feet come from the new pills?", true, NULL },
	{ "a pronoun alone tells of nobody under a medicine",
	  "He asked for an opinion on pain therapy, not on your drug.", false, NULL },
	{ "nobody knew it, but so it was", "No sabía que estaba embarazada cuando recibí dos dosis.", true, NULL },
	{ "what a patient developed need not be a word we know", "A man of 40 developed Raynaud's ten days after the first injection.", true,
	  NULL },
	{ "a team that developed something has none", "Our team developed a poster on the treatment of eczema.", false, NULL },
	{ "what is so since a medicine is taken need not be known either",
	  "Ever since he went on your patch my brother sweats through the sheets at night.", true, NULL },
	{ "each time it is taken, in another language", "Cada vez que toma el comprimido tiene que acostarse una hora.", true, NULL },
	{ "since it is taken it is better", "Her skin has never looked so good since she started your cream.", false, NULL },
	{ "since it is used, an office's matter", "Since I use your drug in the clinic I get the newsletter twice.", false, NULL },
	{ "a part of a body after a medicine", "We had to take a young woman off the infusion because her lips went numb.", true, NULL },
	{ "what a patient's treatment was stopped for", "La participante 12 dejó el estudio por mareos persistentes.", true, NULL },
	{ "a reason that is nobody's illness", "My patient stopped the treatment because of the long drive to the clinic.", false, NULL },
	{ "the end of a word says what it is", "Wir mussten bei Herrn T. wegen einer Proteinurie absetzen.", true, NULL },
	{ "a word of the owner's", "The patient was sleepwalking that night.", true, "sleepwalk*" },
	{ "the same without it", "The patient was sleepwalking that night.", false, NULL },
	{ "a phrase of the owner's in two halves", "The patient saw, she says, small green men all day.", true,
	  "saw .. green men" },
	{ "its halves in two sentences", "The patient saw nobody. Then the green men came.", false,
	  "saw .. green men" },
	{ "the point of a name ends no sentence",
	  "We stopped it in Mrs. K. Bell because of vomiting after the third dose.", true, NULL },
	{ "behind a thousand sentences", TEN(TEN(TEN("Thank you. "))) "My patient developed a rash after the second dose.", true, NULL },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	const char *own[] = { r->own }, *sentence;
	bool told;

	if (r->own)
		c->safety_list = (struct strings){ own, 1 };
	told = safety_told(p, c, words_folded(p, r->text, true), &sentence);
	if (told != r->told)
		fail_msg("%s: %s", told ? "told" : "not told", r->text);
	assert_int_equal(*sentence != '\0', told);
	pool_end(&p);
}

int main(void)
{
	struct CMUnitTest t[sizeof rows / sizeof *rows];

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	return cmocka_run_group_tests_name("safety", t, NULL, NULL);
}
