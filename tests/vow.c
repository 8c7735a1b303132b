/* vow - which sentences promise, a row a rule of each language; how text is cut; the trust test; rules that are no rules */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "judgement/vow.h"
#include "judgement/vow_inner.h"

#define YES true
#define NO false

static const struct row {
	const char *rule;
	bool promise;
	const char *sentence;
} rows[] = {
	/* English */
	{ "will and an action", YES, "I'll forward your question to our pharmacist." },
	{ "fingers are crossed, and nothing is promised", NO, "I'll keep my fingers crossed for you." },
	{ "de: so are thumbs", NO, "Ich drücke Ihnen die Daumen." },
	{ "de: to see each other is no deed", NO, "Wir sehen uns am Donnerstag." },
	{ "de: to look at a thing is one", YES, "Wir sehen uns die Daten bis Freitag an." },
	{ "going to", YES, "I'm going to redraft section 2 tomorrow." },
	{ "let me look", YES, "Let me look into that for you." },
	{ "let us think it over", YES, "Let us sleep on it and get back to you Monday." },
	{ "pass something on", YES, "I've asked for the slides and will pass them on as soon as they arrive." },
	{ "the reader gets something of mine", YES, "You will receive my draft on Tuesday." },
	{ "a thing goes out", YES, "The contract goes out in tonight's post." },
	{ "a name that calls stands behind the subject", YES, "And you, Alan, will have the slides by Friday." },
	{ "details follow once they are there", YES, "Tracking details will follow as soon as I have them." },
	{ "no subject", YES, "Will look at it over the weekend." },
	{ "no subject, in progress", YES, "Chasing the courier now." },
	{ "once an event has come", YES, "Once the board has approved it, I will send you the minutes." },
	{ "an event told with if", YES, "If the courier turns up, I'll ring you." },
	{ "the writer's own team", YES, "Our legal team will send you the revised clause on Monday." },
	{ "hedged", YES, "I should have the figures for you by Wednesday." },
	{ "leave it with me", YES, "You can leave the forms with me." },
	{ "an undertaking", YES, "I hereby undertake to return the loan equipment by 31 May." },
	{ "a list's entry with a day", YES, "- minutes: by Friday" },
	{ "a negation elsewhere", YES, "I don't know yet, but I'll find out." },
	{ "polite, but an action", YES, "I'd be lost without you, and I'll be glad to send you the chapter." },
	{ "a nod is asked for", YES, "I'll send it on Monday, ok?" },
	{ "a named third party", NO, "Tom will send you the slides tomorrow." },
	{ "they", NO, "They'll get back to you next week." },
	{ "done already", NO, "I've already forwarded the slides." },
	{ "a request", NO, "Can you get back to me by Monday?" },
	{ "negated", NO, "I won't have the slides before Thursday." },
	{ "as the reader wishes", NO, "If you want, I'll ask our pharmacist." },
	{ "an offer that asks", NO, "Would you like me to send the slides?" },
	{ "polite", NO, "I'll be delighted to meet you at the congress." },
	{ "away", NO, "I'm on leave until Monday and will reply when I return." },
	{ "whereabouts", NO, "I'll be at the congress all week." },
	{ "quoted in quotation marks", NO, "John wrote: \"I'll send the slides tomorrow.\"" },
	{ "quoted with >", NO, "> I'll send the slides tomorrow." },
	{ "the other side's duty", NO, "You will have to sign the form first." },
	{ "hope", NO, "I hope we'll finish the trial this year." },
	{ "reported", NO, "She said she'd call and that I'll get the form." },
	{ "undecided", NO, "I'm not sure whether we will be able to attend." },
	{ "attached already", NO, "I'm sending you the agenda attached." },
	{ "let me know", NO, "Let me know what you think." },
	{ "a receipt by a machine", NO, "Your request has been received and an agent will contact you." },
	{ "small print", NO, "We will accept no liability for this." },
	/* German */
	{ "de: present", YES, "Ich lasse Ihnen die Studie morgen zukommen." },
	{ "de: polite, in the second half too", NO, "Ich freue mich auf den 14. und werde Sie gern wiedersehen." },
	{ "de: we have it in view and answer", YES, "Wir haben das auf dem Schirm und melden uns bis Freitag." },
	{ "de: it stands in your box tomorrow", YES, "Den Entwurf hast du morgen im Postfach." },
	{ "de: a colleague of mine", YES, "Unsere Kollegin antwortet Ihnen morgen." },
	{ "fr: we take it on", YES, "On se charge de la salle." },
	{ "fr: without fail", YES, "Je ne manquerai pas de vous transmettre le devis." },
	{ "fr: make contact", YES, "Je prends contact avec le labo demain." },
	{ "es: keep you informed", YES, "Os mantendré informados." },
	{ "es: a colleague of mine", YES, "Nuestra compañera le llamará el martes." },
	{ "es: as the reader wishes, in words that are Italian too", NO, "Si quiere, le mando el informe." },
	{ "it: as the reader wishes, in words that are Spanish too", NO, "Se vuole, le mando il rapporto." },
	{ "pt: bound to, with a pronoun", YES, "Fico de te mandar o mapa na quarta." },
	{ "nl: a colleague of mine", YES, "Onze collega mailt u morgen." },
	{ "nl: let me settle it", YES, "Laat me dit met de apotheek afstemmen." },
	{ "nl: a request has the same verb", NO, "Neem gerust contact met mij op." },
	{ "de: the verb first", YES, "Den Vertrag schicke ich zur\xc3\xbc" "ck." },
	{ "de: no subject", YES, "Melde mich morgen." },
	{ "de: werden", YES, "Ich werde das mit dem Labor besprechen." },
	{ "de: from me", YES, "Sie h\xc3\xb6ren sp\xc3\xa4testens Montag von mir." },
	{ "de: an event", YES, "Wenn das Labor die Werte liefert, sende ich sie Ihnen sofort." },
	{ "de: the reader gets, the thing first", YES, "Die Folien bekommen Sie bis zum 4.12." },
	{ "de: the reader has, the thing first", YES, "Den Entwurf haben Sie bis Freitag." },
	{ "de: has had", NO, "Die Unterlagen haben Sie am Freitag selbst unterschrieben." },
	{ "de: has since", NO, "Den Entwurf haben Sie seit Freitag." },
	{ "en: the reader gets, the thing first", YES, "The slides you will have by Friday." },
	{ "en: the reader gets, the day first", YES, "By Friday you will have the slides." },
	{ "en: the day first, and nothing of mine", NO, "On Monday you will have the exam." },
	{ "pt: the reader gets, the thing first", YES, "Os slides receber\xc3\xa1 at\xc3\xa9 sexta-feira." },
	{ "nl: the reader gets, the thing first", YES, "De dia's krijgt u uiterlijk vrijdag." },
	{ "nl: has had", NO, "De dia's heeft u vrijdag ontvangen." },
	{ "de: a third party", NO, "Herr Maier meldet sich bei Ihnen." },
	{ "de: as the reader wishes", NO, "Falls Sie Fragen haben, rufe ich Sie gern an." },
	{ "de: past", NO, "Ich habe die Unterlagen gestern verschickt." },
	{ "de: negated", NO, "Das schicke ich Ihnen nicht." },
	{ "de: we shall see", NO, "Wir werden sehen." },
	{ "de: attached", NO, "Im Anhang sende ich Ihnen das Protokoll." },
	/* French */
	{ "fr: future", YES, "Nous vous enverrons le devis demain." },
	{ "fr: about to", YES, "Je vais v\xc3\xa9rifier et je vous rappelle." },
	{ "fr: I see to it", YES, "Je m\xe2\x80\x99occupe de la r\xc3\xa9servation." },
	{ "fr: a third party", NO, "Il vous rappellera demain." },
	{ "fr: negated", NO, "Je ne vous enverrai rien avant lundi." },
	{ "fr: as the reader wishes", NO, "Si vous voulez, je vous envoie le devis." },
	{ "fr: past", NO, "J'ai envoy\xc3\xa9 le devis hier." },
	{ "fr: away", NO, "Je serai en vacances la semaine prochaine." },
	/* Spanish */
	{ "es: present", YES, "Te llamo ma\xc3\xb1" "ana." },
	{ "es: future", YES, "Enviaremos el contrato el lunes." },
	{ "es: going to", YES, "Voy a preguntar en el laboratorio." },
	{ "es: a third party", NO, "Mar\xc3\xad" "a le enviar\xc3\xa1 el contrato." },
	{ "es: past", NO, "Ya envi\xc3\xa9 el contrato." },
	/* Italian */
	{ "it: present", YES, "Ti mando tutto domani." },
	{ "it: future", YES, "Le invier\xc3\xb2 il contratto entro venerd\xc3\xac." },
	{ "it: past", NO, "Ti ho gi\xc3\xa0 mandato tutto." },
	{ "it: as the reader wishes", NO, "Se vuoi, ti chiamo domani." },
	/* Portuguese */
	{ "pt: going to", YES, "Vou enviar o contrato amanh\xc3\xa3." },
	{ "pt: I deal with it", YES, "Eu trato disso." },
	{ "pt: past", NO, "J\xc3\xa1 enviei o contrato." },
	{ "pt: as the reader wishes", NO, "Se preferir, envio o contrato amanh\xc3\xa3." },
	/* Dutch */
	{ "nl: present", YES, "Ik bel je morgen." },
	{ "nl: let me check", YES, "Laat mij dat even nakijken." },
	{ "nl: a third party", NO, "Jan belt je morgen." },
	{ "nl: as the reader wishes", NO, "Als u wilt, stuur ik het contract." },
	/* what was missed of sentences written without looking at the rules: its kinds */
	{ "en: the reader has it by the end of the week", YES, "You'll have the slide deck by the end of the week." },
	{ "en: it lies in the reader's box before a time", YES,
	  "The revised quote will be in your inbox before lunch tomorrow." },
	{ "en: others have ours by a day", YES, "The board will have our answer before the weekend." },
	{ "en: by the close of a day, the day first", YES,
	  "By close of play tomorrow you'll have the reconciled ledger." },
	{ "en: what one has without being given it", NO, "You'll have your exams in June." },
	{ "en: a great time", NO, "You'll have a great time in Rome." },
	{ "en: weeks to decide", NO, "You'll have two weeks to decide." },
	{ "en: a machine's confirmation", NO, "You will receive a confirmation e-mail shortly." },
	{ "en: look forward", NO, "I'll look forward to meeting you in Lisbon." },
	{ "en: an adverb before a state", NO, "I'll probably just stay at home tonight." },
	{ "en: a verb spelt wrong", YES, "Will foward the contrat to you on monday mornign." },
	{ "en: will spelt wrong", YES, "i wil chekc with finace and let u know" },
	{ "en: to follow by a time", YES, "Draft to follow by noon." },
	{ "en: in a long sentence, behind its reasons", YES,
	  "Sorry for the long silence, between the audit and the move we have been swamped, but I will go "
	  "through your comments one by one and send you a clean version before the board meets." },
	{ "en: to take care of", YES, "I can take care of the visa forms for the whole group." },
	{ "en: it goes through", YES, "The refund goes through this week." },
	{ "en: asked to handle", NO, "Kindly handle this before noon." },
	{ "en: one's bank", NO, "Your bank will contact you about the transfer." },
	{ "de: the reader has it at a week's end", YES, "Sie haben die Folien bis Ende der Woche." },
	{ "de: the reader has it back", YES,
	  "Ihre Unterlagen haben Sie Anfang n\xc3\xa4" "chster Woche zur\xc3\xbc" "ck." },
	{ "de: it lies before the reader", YES, "Bis Mittwoch liegt Ihnen unser Angebot vor." },
	{ "de: to assure", YES,
	  "Nachdem wir mit der Werkstatt gesprochen haben, kann ich Ihnen zusagen, dass wir den Wagen bis "
	  "Freitag fertig haben." },
	{ "de: a department of mine, with any verb", YES,
	  "Unsere Buchhaltung \xc3\xbc" "berweist Ihnen den Betrag bis zum 15." },
	{ "de: a compound of a team", YES, "Unser Kundendienst meldet sich morgen bei Ihnen." },
	{ "de: a verb spelt wrong, somebody, something", YES, "ich schik dir die liste morgn" },
	{ "de: a verb cut short", YES, "Passt, k\xc3\xbcmmer mich drum." },
	{ "de: time that the reader has", NO, "Sie haben noch bis Freitag Zeit." },
	{ "de: a date that the reader has", NO, "Sie haben am Montag einen Termin bei Dr. Weiss." },
	{ "de: a birthday", NO, "Du hast morgen Geburtstag, oder?" },
	{ "de: where it is wished", NO, "Falls gew\xc3\xbcnscht, erstellen wir Ihnen ein Angebot." },
	{ "de: done", NO, "12 erledigt" },
	{ "fr: the reader has it by the end of the week", YES,
	  "Vous aurez la pr\xc3\xa9sentation d'ici la fin de la semaine." },
	{ "fr: it lies on the reader's desk", YES, "Le rapport sera sur votre bureau lundi." },
	{ "fr: a verb spelt wrong", YES, "je vous envoi le devis demian" },
	{ "fr: need", NO, "Vous aurez besoin d'un passeport valide." },
	{ "fr: to have understood", NO, "Vous aurez compris que le projet est arr\xc3\xaat\xc3\xa9." },
	{ "fr: days to answer", NO, "Vous aurez deux jours pour r\xc3\xa9pondre." },
	{ "es: the reader has it before a day", YES, "Tendr\xc3\xa1 la presentaci\xc3\xb3n antes del viernes." },
	{ "es: the day first, present", YES, "El lunes tienes el informe en tu correo." },
	{ "es: have to", NO, "Tendr\xc3\xa1s que esperar hasta el lunes." },
	{ "es: a date of one's own", NO, "Tienes cita el lunes." },
	{ "es: last week", NO, "Le enviamos el paquete la semana pasada." },
	{ "es: hedged", YES, "Creo que podr\xc3\xa9 mandarle el presupuesto ma\xc3\xb1" "ana." },
	{ "it: the reader has it by the end of the week", YES,
	  "Avr\xc3\xa0 la presentazione entro la fine della settimana." },
	{ "it: the day first, present", YES, "Domani ha la mia risposta." },
	{ "it: hedged", YES, "Dovrei riuscire a mandarti la bozza gioved\xc3\xac." },
	{ "it: need", NO, "Avr\xc3\xa0 bisogno di un documento d'identit\xc3\xa0." },
	{ "it: a meeting of one's own", NO, "Hai la riunione alle tre." },
	{ "pt: the reader has it by a day", YES, "Ter\xc3\xa1 os slides at\xc3\xa9 sexta-feira." },
	{ "pt: the day first, present", YES, "Amanh\xc3\xa3 voc\xc3\xaa tem o relat\xc3\xb3rio na sua caixa." },
	{ "pt: have to", NO, "Ter\xc3\xa1 de assinar na \xc3\xbaltima p\xc3\xa1gina." },
	{ "pt: a date of one's own", NO, "Tens consulta na segunda." },
	{ "nl: the reader has it before a week's end", YES, "Je hebt de presentatie voor het einde van de week." },
	{ "nl: hedged", YES, "Ik verwacht dat ik het je vrijdag kan sturen." },
	{ "nl: time off", NO, "Je hebt morgen vrij, toch?" },
	{ "nl: an exam of one's own", NO, "Je hebt morgen examen." },
	{ "nl: somebody comes along", NO, "De monteur komt morgen langs." },
	{ "en: away until a day, but", YES,
	  "I'm on holiday from Thursday, but Wednesday evening at the latest you'll get the chapter." },
	{ "en: away until a day, and", NO, "I'm on leave until Monday, and will reply when I return." },
	{ "en: what the event is not, is not the promise's", YES,
	  "If the parcel isn't here by noon I'll ring the carrier." },
	{ "en: a thing reaches the reader", YES, "Our answer reaches you no later than Friday." },
	{ "en: a thing is with the reader", YES,
	  "You won't have to chase me again, the form is with you by tomorrow." },
	{ "en: what I can do", YES,
	  "While I can't say anything about the price today, what I can do is get you a firm quote by the 10th." },
	{ "en: we commit ourselves", YES,
	  "We hereby commit ourselves to replacing the defective units free of charge." },
	{ "en: an entry with a number", YES, "1. me: update the risk register by Tuesday" },
	{ "en: it, in progress, today", YES,
	  "As for the second invoice, which our bank returned, we are reissuing it today." },
	{ "en: for oneself", NO, "I'm going to treat myself to a long weekend." },
	{ "en: for oneself, please", NO, "I'll take two tickets, please." },
	{ "en: going somewhere", NO, "I'm going to the dentist tomorrow." },
	{ "en: a figure of speech", NO, "We'll cross that bridge when we come to it." },
	{ "en: to the point", NO, "I'll get straight to the point." },
	{ "en: maybe", NO, "Maybe we'll bump into each other in Vienna." },
	{ "de: somebody else's word first", NO, "Sagen Sie einfach Bescheid, dann schicke ich es Ihnen." },
	{ "de: going somewhere", NO, "Morgen gehe ich zum Zahnarzt." },
	{ "de: for oneself, please", NO, "Ich nehme den Fensterplatz, bitte." },
	{ "de: it lies ready", YES, "Ihr Exemplar liegt ab Mittwoch am Empfang bereit." },
	{ "de: on the reader's account", YES, "Ihr Geld ist bis Ende der Woche auf dem Konto." },
	{ "fr: away tomorrow, but", YES, "Je suis absent demain, mais je vous rappelle sans faute mercredi." },
	{ "fr: away tomorrow, and", NO, "Je suis absent demain, et je vous r\xc3\xa9pondrai lundi." },
	{ "fr: an answer, a day", YES, "R\xc3\xa9ponse demain sans faute." },
	{ "es: closed", NO, "La tienda estar\xc3\xa1 cerrada el lunes." },
	{ "pt: closed", NO, "A loja estar\xc3\xa1 fechada na segunda." },
	{ "nl: going somewhere", NO, "Morgen ga ik naar de tandarts." },
	{ "nl: the weather", NO, "Morgen gaat het regenen." },
	{ "en: wishes are sent", NO, "Sending you my best wishes." },
	{ "en: what printers say", NO, "The printers say it'll be ready on Thursday." },
	{ "de: greetings are sent", NO, "Ich sende Ihnen herzliche Gr\xc3\xbc\xc3\x9f" "e." },
	{ "fr: excuses are presented", NO, "Je vous pr\xc3\xa9sente mes excuses." },
	{ "es: an embrace is sent", NO, "Te mando un abrazo." },
	{ "it: an embrace is sent", NO, "Ti mando un abbraccio." },
	{ "pt: an embrace is sent", NO, "Mando um abra\xc3\xa7o." },
	{ "nl: greetings are sent", NO, "Ik stuur je de groeten van Jan." },
	{ "it: something is left", YES, "Le lascio la busta in ufficio domani." },
};

/* Wednesday 25 November 2026, 10:00 in Berlin */
static struct frame frame_of(struct pool *p, struct worktime *w)
{
	const struct zone *z;

	assert_true(zone_load(p, "Europe/Berlin", &z, NULL));
	*w = worktime_default(z);
	return (struct frame){ .anchor = (utc)day_of(2026, 11, 25) * 86400 + 9 * 3600, .time = w };
}

static double score_of(const struct vows *v)
{
	double most = 0;

	for (size_t i = 0; i < v->n; i++)
		most = v->list[i].score > most ? v->list[i].score : most;
	return most;
}

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct worktime w;
	struct frame f = frame_of(p, &w);
	struct vows v;

	vow_find(p, NULL, r->sentence, &f, &v);
	if (!v.n || (score_of(&v) >= 0.5) != r->promise)
		fail_msg("%s: %s", r->sentence, v.n ? v.list[0].why : "no sentence");
	pool_end(&p);
}

/* ---- text to sentences ---- */

static void text_is_cut(void **state)
{
	static const struct {
		const char *text, *sentences[5];
	} texts[] = {
		{ "One. Two! Three?", { "One.", "Two!", "Three?" } },
		{ "Dr. Osei will call at 9.30 a.m. on Monday. Good.", { "Dr. Osei will call at 9.30 a.m. on Monday.", "Good." } },
		{ "Ich komme am 15. Dezember. Bis dann.", { "Ich komme am 15. Dezember.", "Bis dann." } },
		{ "I'll send the long tables of the second study\nby Friday.", { "I'll send the long tables of the second study by Friday." } },
		{ "Hi Ann,\nI'll call.", { "Hi Ann,", "I'll call." } },
		{ "From my side:\n- one thing\n- another\nthing", { "From my side:", "- one thing", "- another thing" } },
		{ "A\n\nB", { "A", "B" } },
		{ "----\n\n***\n", { NULL } },
		{ "", { NULL } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct pool *p = pool_new();
		struct vows v;
		size_t n = 0;

		vow_find(p, NULL, texts[i].text, NULL, &v);
		for (; n < v.n; n++)
			assert_string_equal(v.list[n].sentence, texts[i].sentences[n]);
		assert_null(texts[i].sentences[n]);
		pool_end(&p);
	}
}

/* ---- what it says ---- */

static void a_greeting_is_left_off(void **state)
{
	static const struct {
		const char *sentence, *what;
	} tests[] = {
		{ "Hi Dan, I'll send you the slides tomorrow.", "I'll send you the slides tomorrow" },
		{ "Hi, I'll send you the slides tomorrow.", "I'll send you the slides tomorrow" },
		{ "Hi both - we will send Grace the protocol by Thursday.", "we will send Grace the protocol by Thursday" },
		{ "Sehr geehrte Frau Dr. Meier, ich schicke Ihnen die Daten bis Freitag.", "ich schicke Ihnen die Daten bis Freitag" },
		{ "Ch\xc3\xa8re Anne \xe2\x80\x93 je vous enverrai le poster lundi.", "je vous enverrai le poster lundi" },
		{ "Hi Dan, I'll send Carol the slides, and I'll call you tomorrow.", "I'll send Carol the slides, and I'll call you tomorrow" },
		{ "Alan, I'll introduce you to Bob next week.", "Alan, I'll introduce you to Bob next week" }, /* it may say whom it is for */
		{ "Hi Dan I will send the slides tomorrow, promised.", "Hi Dan I will send the slides tomorrow, promised" },
		{ "Morgen schicke ich Ihnen die Daten, wie besprochen.", "Morgen schicke ich Ihnen die Daten, wie besprochen" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
		struct pool *p = pool_new();
		struct vows v;

		vow_find(p, NULL, tests[i].sentence, NULL, &v);
		assert_int_equal(v.n, 1);
		assert_true(v.list[0].score >= 0.5);
		assert_string_equal(v.list[0].what, tests[i].what);
		assert_string_equal(v.list[0].sentence, tests[i].sentence);
		pool_end(&p);
	}
}

static void trust_is_told(void **state)
{
	static const struct {
		const char *sentence, *when;
		bool what, who, has_when;
	} tests[] = {
		{ "I'll send you the subgroup tables by Friday.", "by Friday", true, true, true },
		{ "Let me get back to you on that.", "", false, true, false },
		{ "The reprint will be sent to you this week.", "this week", true, false, true },
		{ "I'll look into it.", "", false, true, false },
		{ "I'll send you the tables in a few days.", "", true, true, false },
		{ "It was a busy Monday, but I'll send you the tables soon.", "", true, true, false },
		{ "I was ill on Monday, but I'll send you the tables by Friday.", "by Friday", true, true, true },
		{ "I'll send you Monday's tables in the next few days.", "", true, true, false },
		{ "I'll send you the tables soon, by Friday at the latest.", "by Friday at the latest", true, true, true },
		{ "As soon as I am back on Monday, I'll send you the tables.", "on Monday", true, true, true },
		{ "Ich schicke Ihnen die Tabellen in den n\xc3\xa4" "chsten Wochen.", "", true, true, false },
		{ "Ich schicke Ihnen die Tabellen bis Freitag.", "bis Freitag", true, true, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
		struct pool *p = pool_new();
		struct worktime w;
		struct frame f = frame_of(p, &w);
		struct vows v;

		vow_find(p, NULL, tests[i].sentence, &f, &v);
		assert_int_equal(v.n, 1);
		assert_true(v.list[0].score >= 0.5);
		assert_string_equal(v.list[0].when, tests[i].when);
		if (v.list[0].says_what != tests[i].what || v.list[0].says_who != tests[i].who || v.list[0].says_when != tests[i].has_when)
			fail_msg("%s: what %d who %d when %d", tests[i].sentence, v.list[0].says_what, v.list[0].says_who, v.list[0].says_when);
		if (tests[i].has_when)
			assert_true(v.list[0].at > f.anchor);
		pool_end(&p);
	}
}

static void each_date_has_its_promise(void **state)
{
	static const struct {
		const char *sentence, *parts[3], *when[3], *note; /* parts: none where it stays one promise */
	} tests[] = {
		{ "I'll call you tomorrow and I will send you the SmPC by 15 December.",
		  { "I'll call you tomorrow", "I will send you the SmPC by 15 December" }, { "tomorrow", "by 15 December" }, "" },
		{ "I will call you tomorrow and send you the SmPC by 15 December.",
		  { "I will call you tomorrow", "I will send you the SmPC by 15 December" }, { "tomorrow", "by 15 December" }, "" },
		{ "I'll check, and I'll call you tomorrow, and will send the leaflet and the SmPC on Monday.",
		  { "I'll check, and I'll call you tomorrow", "will send the leaflet and the SmPC on Monday" }, { "tomorrow", "on Monday" }, "" },
		{ "I will send the slides on Monday and the poster on Thursday.",
		  { "I will send the slides on Monday", "I will send the poster on Thursday" }, { "on Monday", "on Thursday" }, "" },
		{ "Ich werde Ihnen das Poster am Montag und die Publikation am Freitag schicken.",
		  { "Ich werde Ihnen das Poster am Montag schicken", "Ich werde Ihnen die Publikation am Freitag schicken" },
		  { "am Montag", "am Freitag" }, "" },
		{ "Je vous enverrai l'article lundi, le protocole mardi et le poster jeudi.",
		  { "Je vous enverrai l'article lundi", "Je vous enverrai le protocole mardi", "Je vous enverrai le poster jeudi" },
		  { "lundi", "mardi", "jeudi" }, "" },
		{ "Am Montag schicke ich Ihnen das Poster und am Freitag die Publikation.", { NULL }, { "am Freitag" },
		  "your sentence also names \"Am Montag\": I took \"am Freitag\"" },
		{ "I will send slides on Monday and posters on Thursday.", { NULL }, { "on Thursday" },
		  "your sentence also names \"on Monday\": I took \"on Thursday\"" },
		{ "I'll let you know on Monday or Tuesday.", { NULL }, { "on Monday" }, "your sentence also names \"Tuesday\": I took \"on Monday\"" },
		{ "I'll send the agenda for the meeting on Monday by Friday.", { NULL }, { "by Friday" },
		  "your sentence also names \"on Monday\": I took \"by Friday\"" },
		{ "I spoke to Bob on Monday and will send the slides by Thursday.", { NULL }, { "by Thursday" }, "" },
		{ "I'll send it by Friday because the congress ends on Thursday.", { NULL }, { "by Friday" }, "" },
		{ "I'll check and I'll call you by Friday.", { NULL }, { "by Friday" }, "" },
		{ "I'll call you on Friday, 27 November, and send the slides.", { NULL }, { "on Friday, 27 November" }, "" },
		{ "I'll send Dan the protocol, and I'll get back to you both.", { "I'll send Dan the protocol", "I'll get back to you both" }, { "", "" }, "" },
		{ "The poster will be with you tomorrow, and I'll ask our pharmacist for the dose.",
		  { "The poster will be with you tomorrow", "I'll ask our pharmacist for the dose" }, { "tomorrow", "" }, "" },
		{ "J'envoie le protocole \xc3\xa0 Dan et je reviens vers vous deux lundi.",
		  { "J'envoie le protocole \xc3\xa0 Dan", "je reviens vers vous deux lundi" }, { "", "lundi" }, "" },
		{ "Le env\xc3\xado el p\xc3\xb3ster y le llamo ma\xc3\xb1" "ana.",
		  { "Le env\xc3\xado el p\xc3\xb3ster", "le llamo ma\xc3\xb1" "ana" }, { "", "ma\xc3\xb1" "ana" }, "" },
		{ "I'll check the label with our team, and I'll get back to you tomorrow.", { NULL }, { "tomorrow" }, "" },
		{ "The form is on my list and I'll mail it tomorrow.", { NULL }, { "tomorrow" }, "" },
		{ "I'll send you the slides and will call you.", { NULL }, { "" }, "" },
		{ "I'll forward your mail to the team and they will get back to you.", { NULL }, { "" }, "" },
		{ "I'll let you know by 12/05.", { NULL }, { "by 12/05." }, "12/05 is read as 12 May, day first, not as 5 December" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
		struct pool *p = pool_new();
		struct worktime w;
		struct frame f = frame_of(p, &w);
		struct vows v;
		size_t n = 0;

		vow_find(p, NULL, tests[i].sentence, &f, &v);
		assert_int_equal(v.n, 1);
		assert_string_equal(v.list[0].sentence, tests[i].sentence);
		for (; n < v.list[0].part_count; n++) {
			assert_true(n < 3 && tests[i].parts[n]);
			assert_string_equal(v.list[0].parts[n].what, tests[i].parts[n]);
			assert_string_equal(v.list[0].parts[n].when, tests[i].when[n]);
			assert_true(v.list[0].parts[n].score >= 0.5);
		}
		if (n < 3 && tests[i].parts[n])
			fail_msg("%s: %zu parts", tests[i].sentence, n);
		if (!n)
			assert_string_equal(v.list[0].when, tests[i].when[0]);
		assert_string_equal(v.list[0].note, tests[i].note);
		pool_end(&p);
	}
}

/* ---- rules ---- */

static void rules_are_checked(void **state)
{
	static const struct {
		const char *text, *fault;
	} tests[] = {
		{ "set X a\n", ":1: before the first language" },
		{ "language en\nyse will 0.9 : a\n", ":2: 'yse'" },
		{ "language en\nyes will : a\n", ":2: a score" },
		{ "language en\nyes will 2 : a\n", ":2: a score" },
		{ "language en\nyes will 0.9 a\n", ":2: a pattern" },
		{ "language en\n\nbefore all : <NONE>\n", ":3: there is no set <NONE>" },
		{ "language en\nset A <A2>\n", ":2: there is no set <A2>" },
		{ "language en\nyes will 0.9 : <LATE> a|$\nset LATE b\n", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
		struct pool *p = pool_new();
		struct vow_rules *r = pool_take(p, sizeof *r);
		struct err e = { 0 };
		bool good = vow_rules_read(p, tests[i].text, r, &e);

		assert_int_equal(good, !tests[i].fault);
		if (tests[i].fault && !strstr(e.text, tests[i].fault))
			fail_msg("%s: %s", tests[i].text, e.text);
		pool_end(&p);
	}
}

static void built_in_rules_are_good(void **state)
{
	struct pool *p = pool_new();
	struct vow_rules *r = pool_take(p, sizeof *r);
	struct err e = { 0 };

	(void)state;
	if (!vow_rules_read(p, vow_rules_text(), r, &e))
		fail_msg("%s", e.text);
	assert_int_equal(r->n, 7);
	for (size_t i = 0; i < r->n; i++)
		assert_true(r->languages[i].rule_count > 40);
	pool_end(&p);
}

/* ---- a stranger's text ---- */

static void each_date_of_a_tags_line_has_its_promise(void **state)
{
	static const struct {
		const char *rule, *line, *promises; /* parted by "|"; "": nothing to part */
		const char *when;                   /* where one date of several counts */
	} tests[] = {
		{ "one date", "the data by Friday", "", NULL },
		{ "no date", "the data and the slides", "", NULL },
		{ "two things, two dates; the verb goes on", "send the data by Friday and the slides by Monday",
		  "send the data by Friday|send the slides by Monday", NULL },
		{ "each its own verb", "call Ivy on Monday, send the data on Tuesday, and the slides on Thursday",
		  "call Ivy on Monday|send the data on Tuesday|send the slides on Thursday", NULL },
		{ "bare words", "data friday, slides monday", "data friday|slides monday", NULL },
		{ "a thing without a date is the next one's", "data, slides by Friday and poster by Monday",
		  "data, slides by Friday|poster by Monday", NULL },
		{ "the date in front", "Friday: data, slides; Monday: poster", "Friday: data, slides|Monday: poster", NULL },
		{ "words behind the last date", "data by Friday, slides by Monday, please",
		  "data by Friday|slides by Monday, please", NULL },
		{ "a sentence that promises twice", "I'll send the data by Friday and I will call on Monday",
		  "I'll send the data by Friday|I will call on Monday", NULL },
		{ "de", "Daten bis Freitag und Folien bis Montag", "Daten bis Freitag|Folien bis Montag", NULL },
		{ "fr", "le devis vendredi et le plan lundi", "le devis vendredi|le plan lundi", NULL },
		{ "two dates for one thing: the earliest", "data on Monday or Friday", "data on Monday or Friday", "Friday" },
		{ "two dates with times for one thing", "call on Monday at 3pm and on Friday at 9am",
		  "call on Monday at 3pm and on Friday at 9am", "on Friday at 9am" },
		{ "the same day twice", "data by Friday and slides by Friday", "", NULL },
		{ "a date that belongs to the thing", "the minutes of 3 December by 10 December", "", NULL },
		{ "what comes again", "every friday the numbers, the first by monday", "", NULL },
	};
	struct pool *p = pool_new();
	struct worktime w;
	struct frame f = frame_of(p, &w);

	(void)state;
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
		struct text *t = text_new(p, 1000);
		struct vow *list;
		size_t n = vow_line(p, NULL, tests[i].line, &f, &list);

		for (size_t k = 0; k < n; k++)
			text_print(t, "%s%s", k ? "|" : "", list[k].sentence);
		if (strcmp(t->s, tests[i].promises) != 0 || (tests[i].when && strcmp(list->when, tests[i].when) != 0))
			fail_msg("%s: '%s' is '%s', %s", tests[i].rule, tests[i].line, t->s, tests[i].when ? list->when : "");
	}
	pool_end(&p);
}

/* Nobody promises so much in one letter: what is not read of it is told. */
static void a_text_without_end_is_cut(void **state)
{
	static const struct {
		const char *rule, *sentence;
		size_t times, read;
		bool cut;
	} tests[] = {
		{ "promises, as many as are read", "I'll send it. ", VOWS_MOST, VOWS_MOST, false },
		{ "one promise more", "I'll send it. ", VOWS_MOST + 1, VOWS_MOST, true },
		{ "sentences, as many as are read", "It rains. ", VOW_SENTENCES_MOST, VOW_SENTENCES_MOST, false },
		{ "one sentence more", "It rains. ", VOW_SENTENCES_MOST + 1, VOW_SENTENCES_MOST, true },
		{ "700 kB", "I'll send you the data by Friday and I will call you on Monday, Alan.\n\n", 10000, VOWS_MOST, true },
	};
	struct pool *lasting = pool_new();
	const struct vow_rules *rules = vow_rules_open(lasting);

	(void)state;
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
		struct pool *p = pool_new();
		struct text *t = text_new(p, BODY_MOST);
		struct worktime w;
		struct frame f = frame_of(p, &w);
		struct vows v;

		for (size_t k = 0; k < tests[i].times; k++)
			text_add(t, tests[i].sentence);
		vow_find(p, rules, t->s, &f, &v);
		if (v.n != tests[i].read || v.cut != tests[i].cut)
			fail_msg("%s: %zu read, %s", tests[i].rule, v.n, v.cut ? "cut" : "whole");
		pool_end(&p);
	}
	pool_end(&lasting);
}

static void hostile_text_ends_soon(void **state)
{
	static const char *const pieces[] = { "I ", "will ", "a,", "\"", "\xe2\x80\x9c", "....", "\xff", "'", "-\n", "> ", "if you i'll " };
	enum { LONG = 60000 };
	clock_t begun = clock();

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct pool *p = pool_new();
		struct text *t = text_new(p, LONG + 100);
		struct worktime w;
		struct frame f = frame_of(p, &w);
		struct vows v;

		while (t->n < LONG && !t->cut)
			text_add(t, pieces[i]);
		vow_find(p, NULL, t->s, &f, &v);
		pool_end(&p);
	}
	assert_true((double)(clock() - begun) / CLOCKS_PER_SEC < 30);
}

/* ---- the labelled sentences, where they are ---- */

static void labelled_sentences_hold(void **state)
{
	FILE *file = fopen("../shared/data/promises.tsv", "r");
	char line[2000];
	int n = 0, good = 0;

	(void)state;
	if (!file)
		return;
	while (fgets(line, sizeof line, file)) {
		char *save, *label = strtok_r(line, "\t", &save), *language = strtok_r(NULL, "\t", &save), *kind = strtok_r(NULL, "\t", &save);
		char *sentence = strtok_r(NULL, "\t", &save);
		struct pool *p = pool_new();
		struct vows v;

		if (language && kind && sentence && (*label == '0' || *label == '1')) {
			vow_find(p, NULL, sentence, NULL, &v);
			good += (score_of(&v) >= 0.5) == (*label == '1');
			n++;
		}
		pool_end(&p);
	}
	fclose(file);
	if (good * 100 < n * 98)
		fail_msg("%d of %d", good, n);
}

int main(void)
{
	enum { ROWS = sizeof rows / sizeof *rows };
	struct CMUnitTest t[ROWS + 10];
	size_t n = 0;

	for (; n < ROWS; n++)
		t[n] = (struct CMUnitTest){ rows[n].rule, rule_holds, NULL, NULL, (void *)&rows[n] };
	t[n++] = (struct CMUnitTest){ "text is cut into sentences", text_is_cut, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "what is promised is told without the greeting before it", a_greeting_is_left_off, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "what, who, when: does the sentence say it?", trust_is_told, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "each date has its promise, or the earliest counts", each_date_has_its_promise, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "a rule that is none is refused, with its line", rules_are_checked, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "the built-in rules can be read", built_in_rules_are_good, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "each date of a tag's line has its promise", each_date_of_a_tags_line_has_its_promise, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "a text without end is cut, and says so", a_text_without_end_is_cut, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "hostile text ends soon", hostile_text_ends_soon, NULL, NULL, NULL };
	t[n++] = (struct CMUnitTest){ "labelled sentences", labelled_sentences_hold, NULL, NULL, NULL };
	return cmocka_run_group_tests_name("vow", t, NULL, NULL);
}
