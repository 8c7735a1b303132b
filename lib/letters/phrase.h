/* phrase - the few words that code itself puts into mails, in the languages of the shipped templates
 *
 * Law:     pure. One list, phrase × language; a language that is not in it speaks English. Dates stand as people write them
 *          in that language; "en-US" puts the month first. What takes words of others has {1} and {2} in their place.
 * Units:   utc; a zone is handed in.
 * Owns:    what is made lives in the pool; a bare phrase is a literal.
 * Fails:   never.
 * Manual:  kept-template(5)
 * Tests:   tests/phrase.c
 */
#ifndef KEPT_LETTERS_PHRASE_H
#define KEPT_LETTERS_PHRASE_H

#include "ground/worktime.h"
#include "nouns/addr.h"

#define PHRASES(X) \
	/* a count's plural stands after it */ \
	X(MINUTE,   "{1} minute",  "{1} Minute",  "{1} minute",  "{1} minuto") \
	X(MINUTES,  "{1} minutes", "{1} Minuten", "{1} minutes", "{1} minutos") \
	X(HOUR,     "{1} hour",    "{1} Stunde",  "{1} heure",   "{1} hora") \
	X(HOURS,    "{1} hours",   "{1} Stunden", "{1} heures",  "{1} horas") \
	X(DAY,      "{1} day",     "{1} Tag",     "{1} jour",    "{1} día") \
	X(DAYS,     "{1} days",    "{1} Tage",    "{1} jours",   "{1} días") \
	X(WORKDAY,  "{1} working day",  "{1} Arbeitstag",  "{1} jour ouvré",   "{1} día laborable") \
	X(WORKDAYS, "{1} working days", "{1} Arbeitstage", "{1} jours ouvrés", "{1} días laborables") \
	X(PROMISE,  "{1} promise",  "{1} Versprechen", "{1} promesse",  "{1} promesa") \
	X(PROMISES, "{1} promises", "{1} Versprechen", "{1} promesses", "{1} promesas") \
	X(EVERY,    "every {1}",   "{1}",         "{1}",         "{1}") \
	/* how often a meeting comes: so many, and their plural after it */ \
	X(EACH_DAY,    "every day",        "jeden Tag",       "chaque jour",         "cada día") \
	X(EACH_DAYS,   "every {1} days",   "alle {1} Tage",   "tous les {1} jours",  "cada {1} días") \
	X(EACH_WEEK,   "every week",       "jede Woche",      "chaque semaine",      "cada semana") \
	X(EACH_WEEKS,  "every {1} weeks",  "alle {1} Wochen", "toutes les {1} semaines", "cada {1} semanas") \
	X(EACH_MONTH,  "every month",      "jeden Monat",     "chaque mois",         "cada mes") \
	X(EACH_MONTHS, "every {1} months", "alle {1} Monate", "tous les {1} mois",   "cada {1} meses") \
	X(EACH_YEAR,   "every year",       "jedes Jahr",      "chaque année",        "cada año") \
	X(EACH_YEARS,  "every {1} years",  "alle {1} Jahre",  "tous les {1} ans",    "cada {1} años") \
	X(EACH_ON,    " on {1}",    " am {1}",   " le {1}",        " el {1}") \
	X(EACH_UNTIL, " until {1}", " bis {1}",  " jusqu’au {1}",  " hasta el {1}") \
	X(EACH_TIMES, ", {1} times", ", {1}-mal", ", {1} fois",    ", {1} veces") \
	X(AND,      "and",         "und",         "et",          "y") \
	X(AND_MORE, " and {1} more", " und {1} weitere", " et {1} autres", " y {1} más") \
	/* the trust test: the part that is missing, and a sentence that says it */ \
	X(PART_WHAT, "What",    "Was",     "Quoi",         "Qué") \
	X(PART_WHO,  "Who",     "Wer",     "Qui",          "Quién") \
	X(PART_WHEN, "By when", "Bis wann", "Pour quand",  "Para cuándo") \
	/* {1}: a thing or a deed in the owner's words, as a list has it; the subject */ \
	X(SAY_WHAT,  "On my list for you: {1}.", "Auf meiner Liste für Sie steht: {1}.", "Sur ma liste pour vous – {1}.", \
	  "En mi lista para usted: {1}.") \
	X(SAY_ABOUT, "To be exact, this is about: {1}.", "Genau gesagt geht es um: {1}.", "Pour être précis, il s’agit de ceci – {1}.", \
	  "Para ser exactos, se trata de: {1}.") \
	X(SAY_LATER, "I will tell you exactly what to expect.", "Ich sage Ihnen noch genau, was Sie bekommen.", \
	  "Je vous dirai exactement à quoi vous attendre.", "Le diré exactamente qué puede esperar.") \
	X(SAY_TEAM,  "Our {1} team will see to it, and I make sure that you hear.", \
	  "Unser Team {1} kümmert sich darum, und ich sorge dafür, dass Sie Antwort bekommen.", \
	  "Notre équipe {1} s’en occupe, et je veille à ce que vous ayez une réponse.", \
	  "Nuestro equipo de {1} se ocupará de ello, y yo me aseguro de que reciba respuesta.") \
	X(SAY_WHO,   "I will see to this myself.", "Ich kümmere mich selbst darum.", "Je m’en occupe moi-même.", \
	  "Me ocupo yo de ello.") \
	X(SAY_WHEN,  "You can count on it by {1}.", "Das erledige ich bis {1}.", "Ce sera fait d’ici au {1}.", \
	  "Estará hecho a más tardar el {1}.") \
	/* held messages that name nothing */ \
	X(NO_SENDER, "an unknown sender", "unbekannt", "un expéditeur inconnu", "un remitente desconocido") \
	X(NO_REASON, "it could not be proven", "nicht zu beweisen", "origine non prouvée", "no se pudo comprobar") \
	/* the usual addresses of the welcome: the name on the card, and what it does */ \
	X(USUAL_PLAIN, "the time that your mail names, else in three working days or as your policy has it", \
	  "der Termin, den Ihre Mail nennt, sonst in drei Arbeitstagen oder nach Ihrer Einstellung", \
	  "la date que votre message indique, sinon dans trois jours ouvrés ou selon votre réglage", \
	  "la fecha que diga su mensaje; si no, en tres días laborables o según sus ajustes") \
	X(USUAL_TOMORROW, "tomorrow morning", "morgen früh", "demain matin", "mañana por la mañana") \
	X(USUAL_FRIDAY, "the next Friday; each weekday works", "der nächste Freitag; jeder Wochentag geht, auch auf Deutsch", \
	  "vendredi prochain, ou tout autre jour de la semaine", "el próximo viernes; vale cualquier día de la semana") \
	X(USUAL_3D, "in three days; any number, and w for weeks", "in drei Tagen; jede Zahl geht, w steht für Wochen", \
	  "dans trois jours (tout nombre convient, w pour les semaines)", "en tres días; vale cualquier número, y w para semanas") \
	X(USUAL_1W, "in a week", "in einer Woche", "dans une semaine", "en una semana") \
	X(USUAL_EOM, "the last working day of the month", "der letzte Arbeitstag des Monats", "le dernier jour ouvré du mois", \
	  "el último día laborable del mes") \
	X(USUAL_DONE, "this mail keeps the promise", "diese Mail löst das Versprechen ein", "ce message tient la promesse", \
	  "este mensaje cumple la promesa") \
	X(PRACTICE_SUBJECT, "A small promise to practise on", "Ein kleines Versprechen zum Üben", "Une petite promesse pour essayer", \
	  "Una pequeña promesa para practicar") \
	X(PRACTICE, "I will water the plants tomorrow.", "Ich gieße morgen die Blumen.", "J’arrose les plantes demain.", \
	  "Mañana riego las plantas.") \
	/* why a mail waits for the owner's word: the English as plan() and others say it */ \
	X(WHY_DELIVERED, "it was delivered: did it help?", "geliefert ist es: hat es geholfen?", "c’est livré : cela a-t-il aidé ?", \
	  "está entregado: ¿ha servido?") \
	X(WHY_TEAM,      "the team has answered", "das Team hat geantwortet", "l’équipe a répondu", "el equipo ha respondido") \
	X(WHY_TOLD,      "they were told an earlier day", "dort wurde ein früherer Tag genannt", "une date plus proche leur avait été dite", \
	  "se les dijo un día anterior") \
	X(WHY_ROUTED,    "it was given to a team: they should know by when they hear", \
	  "es liegt bei einem Team: man sollte wissen, bis wann Antwort kommt", \
	  "c’est confié à une équipe : on devrait savoir pour quand attendre la réponse", \
	  "está en manos de un equipo: conviene que sepan para cuándo tendrán respuesta") \
	X(WHY_UNTOLD,    "they have it not in writing yet", "dort hat man es noch nicht schriftlich", \
	                 "ils ne l’ont pas encore par écrit", "aún no lo tienen por escrito") \
	X(WHY_LATE,      "it is later than they were told, and they heard nothing", "es ist später als gesagt, und dort hat man nichts gehört", \
	                 "le délai annoncé est passé, et ils n’ont rien reçu", "ha pasado el plazo anunciado y no han sabido nada") \
	X(WHY_WAITS,     "it waits for your word", "es wartet auf Ihr Wort", "cela attend votre accord", "espera su palabra") \
	X(WHY_ASKED,     "you asked for it", "Sie haben darum gebeten", "vous l’avez demandé", "lo ha pedido") \
	X(WHY_OWN,       "it is in your words now", "es sind jetzt Ihre Worte", "ce sont vos mots maintenant", "ahora lleva sus palabras") \
	/* what a mail to outside is, for the owner who is asked about it */ \
	X(KIND_RECEIPT,      "Word that it is noted",  "Eingangsbestätigung", "Accusé de réception",  "Acuse de recibo") \
	X(KIND_PROGRESS,     "Progress note",          "Zwischenstand",       "Point d’étape",        "Aviso de avance") \
	X(KIND_DELAY,        "Note of the delay",      "Nachricht, dass es später wird", "Avis de retard", "Aviso de retraso") \
	X(KIND_DELIVERY,     "Delivery",               "Lieferung",           "Envoi promis",         "Entrega") \
	X(KIND_AFTERCARE,    "Question how it served", "Nachfrage",           "Suivi",                "Seguimiento") \
	X(KIND_SHARE,        "Share",                  "Hinweis auf Material", "Partage",             "Material para compartir") \
	X(KIND_INTRODUCTION, "Introduction",           "Vorstellung",         "Mise en relation",     "Presentación") \
	X(KIND_RECAP,        "Recap",                  "Zusammenfassung",     "Compte rendu",         "Resumen") \
	X(KIND_INVITATION,   "Invitation",             "Einladung",           "Invitation",           "Invitación") \
	X(KIND_MOVED,        "New time of a meeting",  "Neuer Termin",        "Nouvel horaire",       "Nueva hora") \
	X(KIND_OFF,          "Meeting called off",     "Absage eines Termins", "Rendez-vous annulé",  "Reunión cancelada") \
	X(KIND_STAYS,        "The time stays",         "Der Termin bleibt",   "L’horaire est maintenu", "La hora se mantiene")
#define X(id, en, de, fr, es) PHRASE_##id,
enum phrase { PHRASES(X) };
#undef X

/* In which of these languages is that text written? By its small words, of which so many are there, and of another hardly any;
 * NULL: not known. `name`: in English. */
enum { PHRASE_LEANS = 1, PHRASE_PLAIN = 3 };
const char *phrase_heard(struct pool *, const char *text, int least, const char **name);
/* Is that language in the list? */
bool phrase_speaks(const char *language);
const char *phrase(const char *language, enum phrase);
/* A sentence that stands in the list, or in phrase_answers.h, _calendars.h, _checkins.h, _helps.h, _people.h, _teams.h, in English, in that language; any other as it is. */
const char *phrase_of(const char *language, const char *english);
/* Why words are no date: in English as when_parse() said it, with what would do, in other languages by the kind of fault (its code). */
const char *phrase_not_read(struct pool *, const char *language, const char *words, const char *code, const char *english);
char *phrase_with(struct pool *, const char *language, enum phrase, const char *one); /* {1} */
char *phrase_count(struct pool *, const char *language, int64_t n, enum phrase one);  /* PHRASE_DAY: "1 day", "2 days" */
char *phrase_span(struct pool *, const char *language, utc seconds);                  /* "3 hours": roughly how long */

/* "Carol, Dan and Eve": as addrs_names(). */
char *phrase_names(struct pool *, const char *language, const struct addrs *);

/* A rule of ours in words: "every 2 weeks on Monday until Friday 4 December". `days`: name weekdays too, as they are in the rule's zone;
 * "" for one that recurs by what no list names. The zone and `now` are for the last day. */
char *phrase_cadence(struct pool *, const char *language, const struct zone *, const char *rrule, bool days, utc now);

/* "Friday 4 December 2026, 09:00 CET" · short "Fri 4 Dec, 09:00" · day "Friday 4 December": these with the year where it is not
 * `now`'s. */
char *phrase_time(struct pool *, const char *language, const struct zone *, utc);
char *phrase_time_short(struct pool *, const char *language, const struct zone *, utc, utc now);
char *phrase_day(struct pool *, const char *language, const struct zone *, utc, utc now);
char *phrase_clock(struct pool *, const char *language, const struct zone *, utc); /* "15:00 CET" */

#endif
