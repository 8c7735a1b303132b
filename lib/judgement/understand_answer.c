/* What an answer weighs: real, holding ("I'll check and come back"), or courtesy ("thanks, ok"). */
#include "judgement/understand_inner.h"

#include <string.h>

enum { POLITE_MOST = 25 /* words */ };

static const char *const holding[] = {
	"i'll check*", "i will check*", "let me check*", "i'll get back", "will get back", "get back to you",
	"come back to you", "i'll come back", "look into it", "look into this", "i'll look", "let me look",
	"need to check", "bear with me", "more time", "not forgotten", "working on it", "will let you know",
	"i'll let you know", "will revert",
	"ich prufe*", "ich klare*", "ich melde mich", "melde mich wieder", "komme auf sie zuruck",
	"komme darauf zuruck", "ich schaue*", "ich frage nach", "gebe ihnen bescheid", "gebe bescheid",
	"sage bescheid",
	"je reviens vers", "je vous tiens au courant", "je verifie", "je vais verifier", "je me renseigne",
	"vous recontacte", "lo consulto", "lo compruebo", "le dire algo", "te dire algo", "le aviso", "te aviso",
	"lo reviso", "me informo",
	"verifico e", "le faccio sapere", "ti faccio sapere", "vi faccio sapere", "controllo e", "mi informo",
	"vou verificar", "dou retorno", "volto a contactar", "vou confirmar", "ik kom erop terug", "ik zoek het uit",
	"ik laat het weten", "laat het u weten", "kom ik bij u terug", "ik kijk het na", NULL
};

static const char *const courtesy[] = {
	"thank*", "thx", "ok", "okay", "great", "perfect", "wonderful", "lovely", "excellent", "noted", "understood",
	"received", "got it", "will do", "cheers", "no problem", "no hurry", "much appreciated", "sounds good",
	"looking forward",
	"danke*", "dank", "vielen dank", "prima", "super", "perfekt", "alles klar", "in ordnung", "angekommen",
	"erhalten", "merci*", "parfait", "bien recu", "d'accord", "gracias", "perfecto", "recibido", "de acuerdo",
	"vale", "grazie", "perfetto", "ricevuto", "va bene", "d'accordo",
	"obrigad*", "perfeito", "recebido", "esta bem", "bedankt", "dank je", "dank u", "ontvangen", "prima",
	"akkoord", NULL
};

/* They stand under every letter: they are all of it only where little else is there. */
static const char *const ends[] = { "best", "regards", "kind", "all the best", NULL };
enum { ENDS_MOST = 8 };

/* What says nothing of its own. */
static const char *const small[] = {
	"a", "i", "the", "this", "that", "these", "an", "and", "it", "is", "are", "was", "you*", "we", "us", "our", "me", "my", "so",
	"all", "for", "to", "in", "of", "on", "at", "as", "with", "from", "will", "have", "has", "had", "be", "been", "very", "much",
	"many", "mail", "email", "e-mail", "message", "request", "note", "question", "letting", "know", "dear", "hello", "hi",
	"good", "morning", "afternoon", "day", "week", "weekend", "nice", "again", "warm", "soon", "shortly", "team",
	"fur", "die", "das", "der", "den", "dem", "ein", "eine*", "ihr*", "dein*", "ihnen", "sie", "dir", "wir", "uns", "ich", "es",
	"ist", "haben", "habe", "hat", "und", "mit", "sehr", "viel*", "nachricht", "anfrage", "frage", "liebe*", "guten", "tag",
	"hallo", "freundlich*", "grus*", "gruß*", "beste*", "schon*", "gut",
	"pour", "votre", "vous", "nous", "avons", "avez", "je", "le", "la", "les", "et", "avec", "bien", "beaucoup", "demande",
	"bonjour", "bonne", "journee", "cordialement", "cher", "chere", "un", "une", "de", "du", "est",
	"por", "su", "tu", "el", "los", "las", "y", "con", "muy", "muchas", "mensaje", "solicitud", "hola", "saludo*", "cordial*",
	"hemos", "he", "una", "estimad*", "buenos", "dias",
	"per", "il", "lo", "suo", "sua", "tuo", "tua", "vostra", "messaggio", "richiesta", "molte", "mille", "saluti", "ciao", "abbiamo",
	"e", "buongiorno", "gentile",
	"pela", "pelo", "muito", "mensagem", "pedido", "cumprimentos", "ola", "o", "os", "bom", "dia",
	"voor", "uw", "je", "het", "een", "bericht", "vraag", "met", "vriendelijke", "groet*", "hartelijk", "wij", "hebben", "beste", NULL
};

/* Past the phrase of these that begins here; NULL: none does. */
static const char *past(const char *at, const char *const *list)
{
	const char *end = NULL;

	for (size_t i = 0; list[i]; i++)
		if (words_start(at, list[i]) && at + strcspn(list[i], "*") > end)
			end = at + strcspn(list[i], "*");
	return end;
}

size_t answer_beside(struct thinking *t, bool *figures)
{
	static const char blank[] = " \t\r\n.,;:!?()\"'-/";
	const char *name = t->l->from.n ? words_folded(t->p, t->l->from.list[0].name, true) : "";
	const char *owner = t->m->owner ? words_folded(t->p, t->m->owner->name, true) : "", *end;
	size_t n = 0;

	*figures = text_find(t->folded, "://") != NULL;
	for (const char *at = t->folded; *(at += strspn(at, blank)); at = end + strcspn(end, blank)) {
		const char *word = pool_slice(t->p, at, strcspn(at, blank));

		*figures |= strcspn(word, "0123456789") < strlen(word);
		end = past(at, courtesy);
		if (!end && !(end = past(at, ends)) && !(end = past(at, small)))
			end = at, n += !words_find(name, word) && !words_find(owner, word);
	}
	return n;
}

void answer_weigh(struct thinking *t)
{
	struct meaning *m = t->m;
	const char *folded = t->folded;
	const char *hold = words_any(folded, holding), *polite = words_any(folded, courtesy);
	size_t words = 0, from, to;
	struct worktime usual;
	struct frame f = frame_of(t, m->owner, &usual);
	struct when w;

	for (const char *s = folded; *s; s += strcspn(s, " "), s += strspn(s, " "))
		words++;
	if (!polite && words <= ENDS_MOST)
		polite = words_any(folded, ends);
	if (hold && words <= 60) {
		m->answer.weight = ANSWER_HOLDING;
		if (when_find(t->p, t->l->text, &f, &from, &to, &w)) {
			m->answer.until = w.at;
			m->answer.has_until = true;
		}
		why(t, "answer: holding (\"%s\")", hold);
	} else if (polite && words <= 14 && !strchr(folded, '?') && !t->l->attachment_count) {
		m->answer.weight = ANSWER_COURTESY;
		why(t, "answer: courtesy alone (\"%s\")", polite);
	} else {
		m->answer.weight = ANSWER_REAL;
		/* it says that more is to come and much else, or is polite at length: neither tells what it is */
		m->answer.unsure = (hold || (polite && words <= POLITE_MOST && !strchr(folded, '?'))) && !t->l->attachment_count;
		why(t, m->answer.unsure ? "answer: taken for a real one, though \"%s\" may say something else" : "answer: a real one", hold ? hold : polite);
	}
}
