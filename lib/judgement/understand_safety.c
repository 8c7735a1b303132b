/* Possible adverse events: a sentence that tells of something bad that happened to a person under a medicine. It takes two
 * kinds of words at least, near each other: what happened, and to whom or after what; tables, rates, plans and negations
 * are none. It rather warns once too often than once too little, but not at each mention of safety. */
#include "judgement/understand_inner.h"

#include <string.h>

enum { SENTENCES_MOST = 400, SENTENCE_MOST = 1200 };

/* What happened: symptoms and diagnoses. A `*` takes any ending. */
static const char *const events[] = {
	/* Latin and Greek roots, alike in all the languages */
	"anaphyla*", "anafila*", "hepatotox*", "nephrotox*", "cardiotox*", "neurotox*", "hepatit*", "pancreatit*", "pankreatit*", "myocardit*", "miocardit*", "myokardit*", "pneumonit*", "colitis", "kolitis", "colite", "nephrit*", "sepsis", "septic*", "sepse", "thrombos*", "trombos*", "thrombopeni*", "trombopeni*", "thrombocytopeni*", "trombocitopeni*", "thrombozytopeni*", "neutropeni*", "agranulocyto*", "anemia", "anaemia", "anamie", "pancytopeni*", "leukopeni*", "leucopeni*",
	"embolie*", "embolism*", "embolia*", "haemorrhag*", "hemorrhag*", "hemorrag*", "hamorrhag*", "bradycardi*", "bradykardi*", "tachycardi*", "tachykardi*", "taquicardi*", "bradicardi*", "tachicardi*", "arrhythmi*", "arritmi*", "arythmie*", "syncop*", "synkop*", "sincop*", "hypotens*", "hipotens*", "ipotens*", "hypotonie", "hypoglyc*", "hypoglyk*", "hipogluc*", "ipoglic*", "hyperglyc*", "hyperkal*", "dyspn*", "disnea", "dispnea", "urticari*", "urtikari*", "orticari*", "angioedem*", "angioodem*", "angio-oedem*", "exanthem*", "erythem*", "eritem*", "necroly*", "stevens-johnson", "rhabdomyoly*", "rabdomi*", "paraesthes*", "parasthes*", "parestes*", "jaundice", "ictere", "ictericia", "ittero", "ikterus", "gelbsucht", "geelzucht", "convuls*", "konvuls*", "seizure*", "krampfanf*", "epilep*", "delirium", "delir", "psychos*", "hallucinat*", "halluzinat*", "alucinac*", "allucinaz*", "suicid*", "suizid*", "infarct*", "infarkt*", "infarto*", "overdos*", "uberdos*", "surdos*", "sobredos*", "sovradosagg*", "overdosis", "miscarriage", "fehlgeburt", "fausse couche", "aborto", "miskraam", "malformation*", "missbildung*", "malformac*", "cytokine release*",
	/* English */
	"rash", "hives", "swelling", "vomit*", "nausea", "diarrhoea", "diarrhea", "bleeding", "bled", "stroke", "heart attack", "heart failure", "kidney failure", "liver failure", "renal failure", "liver injury", "kidney injury", "shortness of breath", "breathless*", "chest pain", "fainted", "fainting", "passed out", "collapsed", "collapse", "dizz*", "blurred vision", "vision loss", "lost vision", "loss of vision", "hearing loss", "hair loss", "fever", "chills", "palpitation*", "fits", "numbness", "tremor*", "confusion", "severe headache*", "headache*", "allergic reaction*", "infusion reaction*", "injection site reaction*", "skin reaction*", "hypersensitiv*", "infection", "pneumonia", "itching", "blister*", "weight loss", "insomnia", "abdominal pain", "cramps", "elevated liver", "raised liver", "liver enzymes rose", "transaminase*", "coma", "unconscious", "side effect*", "adverse reaction*", "adverse event*", "adverse drug reaction*", "medication error", "wrong dose", "double dose", "lack of efficacy", "did not work", "stopped working",
	/* German */
	"atemnot", "luftnot", "blutdruckabfall", "blutdruckanstieg", "ausschlag", "hautausschlag", "juckreiz", "schwellung*", "erbrechen", "erbrach", "ubelkeit", "durchfall", "blutung*", "schlaganfall", "herzstillstand", "herzversagen", "nierenversagen", "leberversagen", "leberwerterhohung", "bewusstlos*", "ohnmacht*", "kollabiert*", "kreislaufkollaps", "kollaps", "schwindel", "sehstorung*", "haarausfall", "fieber", "schuttelfrost", "brustschmerz*", "kopfschmerz*", "herzrasen", "zittern", "verwirrt*", "allergische reaktion", "infusionsreaktion", "hautreaktion", "uberempfindlichkeit*", "infektion", "lungenentzundung", "nebenwirkung*", "unerwunschte*", "unvertraglichkeit", "krampf*", "schock", "falsche dosis", "wirkungslos*", "wirkt nicht",
	/* French */
	"essouffl*", "eruption*", "demangeaison*", "prurit", "gonflement*", "oedeme*", "vomissement*", "vomi", "nausee*", "diarrhee*", "saignement*", "saigne", "accident vasculaire", "avc", "malaise*", "evanoui*", "perte de connaissance", "vertige*", "troubles de la vision", "perte de cheveux", "fievre", "frissons", "douleur* thoracique*", "maux de tete", "cephalee*", "palpitations", "reaction allergique", "choc", "insuffisance renale", "insuffisance hepatique", "effet* indesirable*", "effet* secondaire*", "evenement indesirable", "pneumonie", "infection", "cytolyse", "erreur medicamenteuse",
	/* Spanish */
	"falta de aire", "dificultad para respirar", "dificultad respiratoria", "erupcion*", "sarpullido", "picor*", "prurito", "hinchazon", "edema*", "vomit*", "nausea*", "diarrea", "sangrado*", "ictus", "derrame cerebral", "desmay*", "perdida de conocimiento", "perdida de conciencia", "mareo*", "vision borrosa", "caida de cabello", "fiebre", "escalofrios", "dolor toracico", "dolor de cabeza", "cefalea*", "palpitaciones", "reaccion alergica", "reaccion adversa", "reacciones adversas", "acontecimiento adverso", "evento adverso", "efecto* secundario*", "efecto* adverso*", "insuficiencia renal", "insuficiencia hepatica", "choque anafilactico", "neumonia", "infeccion",
	/* Italian */
	"affanno", "difficolta respiratori*", "difficolta a respirare", "eruzione*", "prurito", "gonfiore", "vomito", "nausea", "diarrea", "sanguinamento*", "emorragia", "ictus", "svenut*", "svenimento", "perdita di coscienza", "capogiro", "vertigini", "visione offuscata", "perdita di capelli", "febbre", "brividi", "dolore toracico", "mal di testa", "cefalea", "palpitazioni", "reazione allergica", "reazione avversa", "reazioni avverse", "evento avverso", "effetto collaterale", "effetti collaterali", "effetto indesiderato", "insufficienza renale", "insufficienza epatica", "polmonite", "infezione", "shock",
	/* Portuguese */
	"falta de ar", "dificuldade em respirar", "dificuldade respiratoria", "erupcao*", "comichao", "coceira", "inchaco", "vomitos", "vomitou", "nauseas", "diarreia", "sangramento*", "hemorragia*", "avc", "desmai*", "perda de consciencia", "tontura*", "visao turva", "queda de cabelo", "febre", "calafrios", "dor no peito", "dor de cabeca", "palpitacoes", "reacao alergica", "reacao adversa", "reacoes adversas", "evento adverso", "efeito* secundario*", "efeito* adverso*", "efeito* colatera*", "insuficiencia renal", "pneumonia", "infecao", "infeccao", "choque",
	/* Dutch */
	"kortademig*", "benauwd*", "uitslag", "huiduitslag", "jeuk", "zwelling", "braken", "overgeven", "misselijk*", "diarree", "bloeding*", "beroerte", "hartaanval", "flauwgevallen", "flauwte", "buiten bewustzijn", "duizelig*", "wazig zien", "haaruitval", "koorts", "koude rillingen", "pijn op de borst", "hoofdpijn", "hartkloppingen", "allergische reactie", "infusiereactie", "bijwerking*", "nierfalen", "leverfalen", "longontsteking", "infectie", "shock", "stuipen", NULL };

/* Grave in itself, when it happened to a person. */
static const char *const outcomes[] = {
	"hospitalised", "hospitalized", "hospitalisation", "hospitalization", "admitted to hospital", "admitted to the hospital", "was admitted", "in hospital", "intensive care", "icu", "er visit", "emergency room", "died", "has died", "passed away", "fatal", "death of", "resuscitat*", "life-threatening", "life threatening", "was pregnant", "became pregnant", "is pregnant",
	"intensivstation", "stationar behandelt", "stationar aufgenommen", "stationar auf", "ins krankenhaus", "im krankenhaus", "in die klinik eingeliefert", "notaufnahme", "notarzt", "verstorben", "gestorben", "verstarb", "starb", "reanimiert*", "lebensbedrohlich*", "schwanger geworden", "ist schwanger", "war schwanger",
	"hospitalise*", "hospitalisation", "soins intensifs", "reanimation", "urgences", "decede*", "mort*", "est morte", "enceinte", "pronostic vital", "hospitalizad*", "ingresad*", "ingreso en", "uci", "urgencias", "fallecio", "fallecid*", "murio", "embarazada",
	"ricoverat*", "ricovero", "terapia intensiva", "pronto soccorso", "deceduto", "deceduta", "e morto", "e morta", "incinta", "internad*", "hospitalizad*", "cuidados intensivos", "faleceu", "morreu", "gravida", "opgenomen", "ziekenhuisopname", "intensive care", "spoedeisende", "overleden", "zwanger", NULL };

/* One person. */
static const char *const persons[] = {
	"patient", "a patient", "my patient", "our patient", "one patient", "two patients", "three patients", "this patient", "the patient", "subject", "a woman", "a man", "year-old", "year old", "yo", "his", "her", "she", "he", "my mother", "my father", "my husband", "my wife", "my son", "my daughter", "a child", "the child", "a boy", "a girl", "a colleague", "a participant", "participant", "a volunteer", "i had", "i have had", "i developed", "i got", "i experienced", "i felt", "i've had", "a case of", "case of", "pt",
	"patientin", "patienten", "ein patient", "eine patientin", "einem patienten", "einer patientin", "meine patientin", "mein patient", "unser patient", "probandin", "proband", "jahrige", "jahriger", "jahrigen", "sie liegt", "er liegt", "bei ihr", "bei ihm", "ein kind", "meine mutter", "mein vater", "ich hatte", "ich bekam", "ein fall von",
	"patiente", "un patient", "une patiente", "mon patient", "ma patiente", "notre patient*", "elle a", "il a", "un enfant", "ma mere", "mon pere", "j'ai eu", "un cas de", "le sujet", "paciente", "una paciente", "un paciente", "mi paciente", "nuestra paciente", "el sujeto", "una mujer", "un hombre", "un nino", "una nina", "mi madre", "mi padre", "tuve", "un caso de",
	"paziente", "una paziente", "un paziente", "il mio paziente", "la mia paziente", "un bambino", "mia madre", "mio padre", "una donna", "un uomo", "ho avuto", "un caso di", "soggetto", "uma doente", "um doente", "doente", "uma paciente", "um paciente", "meu paciente", "minha paciente", "uma mulher", "um homem", "uma crianca", "minha mae", "meu pai", "tive", "um caso de",
	"een patient", "patiente", "mijn patient", "onze patient", "de patient", "een vrouw", "een man", "een kind", "mijn moeder", "mijn vader", "ik had", "ik kreeg", "een geval van", "proefpersoon", NULL };

/* That it happened, and under a medicine. */
static const char *const happened[] = {
	"experienced", "developed", "suffered", "had a", "had an", "had to", "has had", "have had", "presented with", "came in with", "came back with", "went into", "got a", "got an", "reported", "complained of", "complains of", "was hospitalised", "was hospitalized", "was admitted", "died", "occurred", "since starting", "after starting", "after taking", "after the", "after dose", "after his", "after her", "after their", "after a", "after receiving", "after cycle", "after infusion", "after injection", "hours after", "days after", "weeks after", "minutes after", "following the", "following administration", "following infusion", "during the infusion", "during infusion", "while on", "while taking", "on treatment", "on the drug", "drug was stopped", "was discontinued", "stopped the drug", "stopped treatment", "we stopped", "was stopped", "permanently discontinued", "turned", "noticed", "now has", "broke out", "showed",
	"erlitt*", "erlitten", "bekam", "bekommen", "entwickelte", "entwickelt", "kam es", "gekommen", "aufgetreten", "trat", "traten", "klagte", "klagt", "litt", "leidet", "berichtete*", "nach der", "nach dem", "nach gabe", "nach einnahme", "nach einer", "nach zwei", "seit beginn", "seit der", "unter der", "unter therapie", "unter dem", "wahrend der", "abgesetzt", "abgebrochen", "eingeliefert", "aufgenommen",
	"a presente", "a developpe", "a fait un*", "a eu", "a souffert", "s'est plaint*", "est survenu*", "sont survenu*", "apres la", "apres le", "apres l'", "apres une", "apres deux", "apres sa", "sous traitement", "depuis le debut", "depuis la", "pendant la perfusion", "arrete", "a ete hospitalise*",
	"presento", "ha presentado", "desarrollo", "ha desarrollado", "sufrio", "ha sufrido", "tuvo", "ha tenido", "aparecio", "tras la", "tras el", "tras una", "despues de", "durante la", "desde que", "se suspendio", "suspendid*", "hemos suspendido", "refiere", "notifica*",
	"ha avuto", "ha presentato", "ha sviluppato", "ha riferito", "ha manifestato", "si e verificat*", "e comparso", "e comparsa", "dopo la", "dopo il", "dopo l'", "dopo una", "durante l'", "durante la", "in seguito", "sospeso", "sospesa", "abbiamo sospeso", "interrotto", "da quando",
	"apresentou", "desenvolveu", "sofreu", "teve", "surgiu", "ocorreu", "apos a", "apos o", "depois da", "depois do", "depois de", "durante a", "desde que", "suspens*", "suspendemos", "interromp*", "queixa-se", "referiu",
	"kreeg", "ontwikkelde", "heeft gekregen", "kreeg na", "trad op", "opgetreden", "klaagt", "klaagde", "na de", "na het", "na een", "na toediening", "tijdens de", "sinds de", "sinds het", "gestaakt", "gestopt", "stopgezet", NULL };

/* Of many, of paper, or of none. */
static const char *const aggregates[] = {
	"table", "tables", "figure", "by arm", "per arm", "arms", "both arms", "rate*", "rates", "percent", "%", "incidence", "prevalence", "literature", "publication*", "the paper", "poster", "abstract", "slide*", "label", "smpc", "package insert", "leaflet", "protocol", "section", "appendix", "dataset", "safety data", "safety profile", "safety table*", "summary of", "pooled", "meta-analys*", "trial data", "the study", "phase 2", "phase 3", "phase ii", "phase iii", "placebo", "guideline*", "management of", "monitoring of", "risk of", "how often", "frequency", "could cause", "can cause", "may cause", "might cause", "if a patient", "in case of", "training", "webinar", "which grade", "are there any", "do you have data", "do you have any data", "question about", "expected", "reported in", "observed in",
	"tabelle*", "abbildung", "pro arm", "haufigkeit", "inzidenz", "literatur", "veroffentlichung", "fachinformation", "beipackzettel", "gebrauchsinformation", "protokoll", "sicherheitsdaten", "sicherheitsprofil", "studienarm*", "prozent", "risiko", "im falle", "falls", "leitlinie*", "schulung", "wie oft", "wie haufig", "gibt es daten", "konnte* auftreten", "konnen auftreten",
	"tableau*", "frequence", "incidence", "litterature", "rcp", "notice", "protocole", "donnees de securite", "profil de securite", "bras", "pourcent*", "risque", "en cas de", "recommandations", "tabla*", "frecuencia", "incidencia", "literatura", "ficha tecnica", "prospecto", "protocolo", "datos de seguridad", "perfil de seguridad", "brazo*", "porcentaje", "riesgo", "en caso de", "guia",
	"tabella*", "tabelle", "frequenza", "incidenza", "letteratura", "foglietto", "protocollo", "dati di sicurezza", "profilo di sicurezza", "bracci", "percentuale", "rischio", "in caso di", "linee guida", "tabela*", "frequencia", "dados de seguranca", "perfil de seguranca", "folheto", "risco", "em caso de", "tabel*", "frequentie", "incidentie", "literatuur", "bijsluiter", "veiligheidsgegevens", "veiligheidsprofiel", "risico", "in geval van", "richtlijn*", NULL };

static const char *const negations[] = {
	"no", "not", "none", "without", "never", "no sign*", "denies", "ruled out", "free of", "n't", "kein", "keine", "keinen", "keinerlei", "nicht", "ohne", "nie", "pas", "aucun*", "sans", "jamais", "sin", "ningun*", "nunca", "non", "nessun*", "senza", "mai", "sem", "nenhum*", "nao", "geen", "niet", "zonder", "nooit", NULL };

/* A negation close before the event. */
static bool negated(const char *sentence, const char *event)
{
	char before[48];
	size_t n = (size_t)(event - sentence), k = n < sizeof before - 1 ? n : sizeof before - 1, words = 0;
	const char *at = event, *from;

	while (at > sentence && words < 4) {
		at--;
		words += *at == ' ';
	}
	from = event - at < (long)k ? at : event - k;
	memcpy(before, from, (size_t)(event - from));
	before[event - from] = '\0';
	for (char *c = before; *c; c++) /* the negation must not belong to another clause */
		if (*c == ',' || *c == ';')
			memset(before, ' ', (size_t)(c - before + 1));
	return words_any(before, negations) || strstr(before, "n't ");
}

static const char *event_in(const char *s, const char *const *list)
{
	for (size_t i = 0; list[i]; i++)
		for (const char *at = s; (at = words_find(at, list[i])); at++)
			if (!negated(s, at))
				return at;
	return NULL;
}

static bool tells(const char *s, const char *before)
{
	bool event = event_in(s, events), outcome = event_in(s, outcomes), person = words_any(s, persons) != NULL;
	bool did = words_any(s, happened) != NULL, paper = words_any(s, aggregates) != NULL, near = words_any(before, persons) != NULL;

	if (!event && !outcome)
		return false;
	if (paper) /* even there one person's story may stand: all signs together */
		return event && person && did && outcome;
	return (event && did && (person || near || outcome)) || (outcome && (person || near) && (did || event)) || (event && person && outcome);
}

bool safety_told(struct pool *p, const char *text, const char **sentence)
{
	char *folded = words_folded(p, text, true), *s = folded;
	const char *before = "";

	*sentence = "";
	for (size_t i = 0; i < SENTENCES_MOST && *s; i++) {
		char *end = s, *one;

		while (*end && end - s < SENTENCE_MOST && !((*end == '.' || *end == '!' || *end == '?') && (end[1] == ' ' || !end[1]) && end - s > 3))
			end++;
		one = pool_slice(p, s, (size_t)(end - s));
		if (*end != '?' && tells(one, before)) {
			*sentence = one;
			return true;
		}
		before = one;
		s = end + (*end != '\0');
		s += strspn(s, " ");
	}
	return false;
}
