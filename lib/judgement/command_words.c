/* command - the tables: verbs, what each takes, and how else people write them */
#include "judgement/command_inner.h"

#include <string.h>

static const struct {
	bool ids;
	enum takes takes;
	const char *example; /* what is shown where the argument is missing */
} rules[] = {
	[COMMAND_DONE] = { true, MARKED },
	[COMMAND_SNOOZE] = { true, MOMENT },
	[COMMAND_DUE] = { true, MOMENT_NEEDED, "due friday" },
	[COMMAND_CANCEL] = { true, MARKED },
	[COMMAND_SEND] = { true, MOMENT },
	[COMMAND_SKIP] = { true, NOTHING },
	[COMMAND_EDIT] = { true, LETTER, "edit: TEXT" },
	[COMMAND_NOTE] = { true, TEXT_NEEDED, "note: TEXT" },
	[COMMAND_WAIT] = { true, MOMENT },
	[COMMAND_WHO] = { true, ADDRESS, "who ada@example.org" },
	[COMMAND_WHAT] = { true, TEXT_NEEDED, "what: TEXT" },
	[COMMAND_TEAM] = { true, NAME, "team NAME" },
	[COMMAND_EVERY] = { true, CADENCE, "every 2 weeks" },
	[COMMAND_AT] = { true, MOMENT_NEEDED, "at friday 3pm" },
	[COMMAND_LIST] = { false, CHOICE },
	[COMMAND_REVIEW] = { false, NOTHING },
	[COMMAND_RESUME] = { false, NOTHING },
	[COMMAND_HELP] = { false, CHOICE },
	[COMMAND_CHALLENGE] = { false, CHOICE, "challenge start" },
	[COMMAND_PAUSE] = { false, MOMENT },
	[COMMAND_UNDO] = { true, NOTHING },
	[COMMAND_ACCEPT] = { false, HELD },
	[COMMAND_DECLINE] = { false, MARKED },
	[COMMAND_INTEREST] = { false, MARKED_NEEDED, "interest: TOPIC until june" },
	[COMMAND_INSIGHT] = { false, MARKED_NEEDED, "insight: TEXT" },
	[COMMAND_MET] = { false, MARKED },
	[COMMAND_TOUCH] = { true, CHANNEL, "touch phone: TEXT" },
	[COMMAND_STAGE] = { false, CHOICE, "stage developing" },
	[COMMAND_SAFETY] = { false, CHOICE, "safety reported" },
	[COMMAND_YES] = { false, NOTHING },
	[COMMAND_NO] = { false, NOTHING },
	[COMMAND_STOP] = { false, NOTHING },
	[COMMAND_ADD] = { false, NOTHING },
	[COMMAND_NONE] = { false, NOTHING },
	[COMMAND_ERROR] = { false, NOTHING },
	[COMMAND_UNKNOWN] = { false, NOTHING },
};

/* Folded as command_pieces() folds: lower case, no accents (ü u), no apostrophes. English first, then German, French, Spanish,
 * Italian, Portuguese, Dutch. Of spellings that are equally long the first counts. */
static const struct {
	enum command_verb verb;
	int flags;
	const char *words; /* parted by | */
} spellings[] = {
	{ COMMAND_DONE, 0,
	"done|did it|i did it|did this|did that|finished|finished it|completed|complete|completed it|"
	"sorted|sorted it|handled|handled it|taken care of|took care of it|"
	"all done|its done|it is done|its all done|thats done|that is done|this is done|have done it|"
	"ive done it|i have done it|has been done|its done now|thats done now|this is done now|its all done now|this one is done|"
	"im done with this one|im done with this|im done with it|i am done with this one|i am done with this|i am done with it|"
	"done with this one|done with this|done with it|"
	"sent|sent it|i sent it|ive sent it|i have sent it|i just sent it|ive just sent it|"
	"i have just sent it|i already sent it|ive already sent it|we sent it|we have sent it|"
	  "its sent|it is sent|has been sent|all sent|its closed|its been done|it has been done|we did it|"
	"closed|its finished|it is finished|its handled|its sorted|mark done|mark as done|mark it done|"
	"mark it as done|"
	  "\u2705|\u2714|\u2611|"
	"erledigt|ist erledigt|alles erledigt|hab ich erledigt|habe ich erledigt|fertig|ist fertig|"
	"gemacht|ist gemacht|hab ich gemacht|habe ich gemacht|"
	"abgehakt|abgeschlossen|geschickt|ist geschickt|hab ich geschickt|habe ich geschickt|verschickt|"
	"ist verschickt|gesendet|ist gesendet|ist raus|abgeschickt|versendet|"
	"fait|cest fait|cest bon cest fait|termine|cest termine|envoye|cest envoye|je lai fait|"
	"je lai envoye|regle|cest regle|"
	  "hecho|ya esta hecho|esta hecho|listo|ya esta|esta listo|enviado|ya enviado|terminado|lo hice|"
	  "fatto|e fatto|tutto fatto|lho fatto|inviato|lho inviato|finito|"
	  "feito|esta feito|ja feito|ja enviado|"
	  "gedaan|is gedaan|klaar|is klaar|verstuurd|is verstuurd|verzonden|afgehandeld|afgerond" },
	{ COMMAND_SNOOZE, 0,
	  "snooze|snooze it|snooze this|remind me|remind|postpone|postpone it|defer|defer it|delay|delay it" },
	{ COMMAND_SNOOZE, QUIET,
	  "later|not now|not yet|remind me again|"
	"spater|nicht jetzt|noch nicht|erinnere mich|erinnern|verschieben|plus tard|pas maintenant|"
	"pas encore|rappelle moi|rappelez moi|reporter|mas tarde|ahora no|todavia no|aun no|"
	"recuerdame|posponer|aplazar|piu tardi|non ora|non adesso|non ancora|ricordami|rimanda|rimandare|"
	"mais tarde|agora nao|ainda nao|lembra me|lembre me|adiar|"
	  "straks|niet nu|nog niet|herinner me|herinner mij|uitstellen" },
	{ COMMAND_DUE, 0,
	  "due|deadline|move to|move it to|reschedule to|reschedule it to|push to|push it to|extend to|"
	  "extend it to" },
	{ COMMAND_DUE, QUIET,
	  "fallig|faellig|frist|verschieben auf|verschiebe auf|verschieb auf|neuer termin|echeance|reporter a|reporter au|plazo|scadenza|sposta a|"
	  "prazo|verzet naar" },
	{ COMMAND_UNDO, BARE, "annuler" }, /* alone or with numbers; with a reason it is cancel */
	{ COMMAND_CANCEL, 0,
	"cancel|cancel it|cancel this|cancel that|cancelled|canceled|drop|drop it|forget it|never mind|"
	"nevermind|no longer needed|its no longer needed|not needed|not needed anymore|"
	"not needed any more|"
	  "no longer necessary|obsolete|its obsolete|delete|delete it|"
	"abbrechen|hinfallig|hat sich erledigt|nicht mehr notig|nicht mehr noetig|stornieren|annuler|"
	"annule|plus necessaire|cancelar|cancelado|ya no hace falta|annulla|annullare|"
	  "annullato|non serve piu|ja nao e preciso|annuleren|geannuleerd|niet meer nodig" },
	{ COMMAND_SEND, 0,
	  "send|send it|send now|send it now|send this|send that|approve|approve it|"
	"senden|abschicken|absenden|envoyer|envoie|envoyez|enviar|envia|envialo|invia|inviare|envie|"
	"versturen|verstuur|verzenden" },
	{ COMMAND_SEND, QUIET, "go ahead|approved|its approved" },
	{ COMMAND_SKIP, 0,
	"skip|skip it|skip this|skip this one|skip that|skip that one|not this time|uberspringen|"
	"ueberspringen|diesmal nicht|ignorer|pas cette fois|saltar|omitir|esta vez no|salta|"
	  "non questa volta|pular|desta vez nao|overslaan|deze keer niet|"
	"dont send|dont send it|do not send|do not send it|nicht senden|nicht abschicken|ne pas envoyer|"
	  "no enviar|non inviare|nao enviar|niet versturen" },
	{ COMMAND_EDIT, 0, "edit" },
	{ COMMAND_EDIT, AT_MARK, "bearbeiten|modifier|editar|modifica|bewerken" },
	{ COMMAND_NOTE, 0, "note" },
	{ COMMAND_NOTE, AT_MARK, "notiz|nota|notitie|remarque" },
	{ COMMAND_WAIT, 0, "wait" },
	{ COMMAND_WAIT, QUIET,
	  "waiting|warten|wartet|attendre|en attente|esperar|esperando|aspettare|in attesa|aguardar|wachten" },
	{ COMMAND_WHO, 0, "who" },
	{ COMMAND_WHO, AT_MARK, "wer|qui|quien|chi|quem|wie" },
	{ COMMAND_WHAT, 0, "what" },
	{ COMMAND_WHAT, AT_MARK, "was|quoi|que|cosa|wat" },
	{ COMMAND_TEAM, 0, "team" },
	{ COMMAND_EVERY, 0, "every" },
	{ COMMAND_AT, 0, "at" },
	{ COMMAND_LIST, 0, "list|status|liste|lista|lijst" },
	{ COMMAND_REVIEW, 0, "review" },
	{ COMMAND_RESUME, 0,
	  "resume|unpause|continue|im back|i am back|fortsetzen|weitermachen|ich bin zuruck|reprendre|"
	  "je suis de retour|reanudar|riprendi|riprendere|retomar|hervatten" },
	{ COMMAND_HELP, 0, "help|commands|hilfe|befehle|aide|ayuda|aiuto|ajuda|hulp" },
	{ COMMAND_CHALLENGE, 0, "challenge" },
	{ COMMAND_PAUSE, 0, "pause|pause until|pausieren|pausar|pausa|pauze|pauzeren" },
	{ COMMAND_UNDO, BARE,
	  "undo|undo that|undo it|undo this|ruckgangig|rueckgaengig|ruckgangig machen|deshacer|desfazer|"
	  "ongedaan maken" },
	{ COMMAND_ACCEPT, 0, "accept" },
	{ COMMAND_DECLINE, 0, "decline" },
	{ COMMAND_INTEREST, 0, "interest" },
	{ COMMAND_INSIGHT, 0, "insight" },
	{ COMMAND_MET, 0, "met" },
	{ COMMAND_TOUCH, 0, "touch" },
	{ COMMAND_STAGE, 0, "stage" },
	{ COMMAND_SAFETY, 0, "safety" },
	{ COMMAND_YES, 0, "yes|ok|okay|okey|k|yep|yeah|yup|sure|ja|jawohl|oui|si|sim|\U0001f44d" },
	{ COMMAND_NO, 0, "no|nope|nein|non|nee|nao" },
	{ COMMAND_STOP, 0, "stop" },
};

/* before a spelling of `done`: just sent, schon erledigt */
static const char adverbs[] = "just already schon bereits gerade deja ya gia al net";

/* What stands at a line's end out of courtesy; several words joined by a blank. */
static const char *const courtesies[] = {
	"thanks", "thank you", "thx", "ty", "cheers", "please", "pls", "plz", "danke", "bitte", "merci",
	"gracias", "grazie", "obrigado", "obrigada", "bedankt", "kept",
	"many thanks", "thanks a lot", "thanks so much", "thank you very much", "thank you so much",
	"thanks again", "tks", "danke dir", "danke dir", "danke schon", "dankeschon",
	"vielen dank", "besten dank", "danke sehr", "merci beaucoup", "merci bien", "svp", "sil te plait",
	"sil vous plait", "muchas gracias", "por favor", "grazie mille", "mille grazie",
	"per favore", "muito obrigado", "muito obrigada", "dank je", "dank je wel", "dank u", "dankjewel",
	"alsjeblieft", "alstublieft", "hartelijk dank",
};

const char *command_word(enum command_verb v)
{
#define X(id, word, help) word,
	static const char *const words[] = { COMMANDS(X) };
#undef X
	return words[v];
}

const char *command_help(enum command_verb v)
{
#define X(id, word, help) help,
	static const char *const helps[] = { COMMANDS(X) };
#undef X
	return helps[v];
}

enum takes command_takes(enum command_verb v)
{
	return rules[v].takes;
}

const char *command_example(enum command_verb v)
{
	return rules[v].example ? rules[v].example : command_word(v);
}

bool command_takes_ids(enum command_verb v)
{
	return rules[v].ids;
}

/* How many pieces the phrase (n bytes, words parted by blanks) takes at `at`; 0: it does not stand there. */
static size_t phrase_at(const struct pieces *l, size_t at, size_t end, const char *phrase, size_t n)
{
	size_t i = at;

	while (n) {
		const char *blank = memchr(phrase, ' ', n);
		size_t k = blank ? (size_t)(blank - phrase) : n;

		/* "rappelle-moi" is rappelle moi */
		if (i > at && i + 1 < end && l->list[i].sign == '-' && !l->list[i].gap && !l->list[i + 1].gap)
			i++;
		if (i >= end || strlen(l->list[i].word) != k || memcmp(l->list[i].word, phrase, k) != 0)
			return 0;
		i++;
		phrase += k;
		n -= k;
		if (n) {
			phrase++;
			n--;
		}
	}
	return i - at;
}

size_t command_spelling(const struct pieces *l, size_t at, size_t end, bool bare, size_t longest, struct spelling *out)
{
	size_t best = 0, before = 0;

	if (at + 1 < end && command_word_in(l->list[at].word, adverbs))
		before = 1;
	for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
		for (const char *s = spellings[i].words; *s;) {
			size_t n = strcspn(s, "|"), k = phrase_at(l, at, end, s, n);

			if (!k && before && spellings[i].verb == COMMAND_DONE && (k = phrase_at(l, at + 1, end, s, n)))
				k++;
			if (k > best && k < longest && (bare || !(spellings[i].flags & BARE))) {
				best = k;
				*out = (struct spelling){ spellings[i].verb, spellings[i].flags, k };
			}
			s += n + (s[n] == '|');
		}
	return best;
}

bool command_courtesy(const struct pieces *l, size_t from, size_t end, size_t *begins)
{
	for (size_t at = end > from + 4 ? end - 4 : from; at < end; at++)
		for (size_t i = 0; i < sizeof courtesies / sizeof *courtesies; i++)
			if (phrase_at(l, at, end, courtesies[i], strlen(courtesies[i])) == end - at) {
				*begins = at;
				return true;
			}
	return false;
}

/* The verbs that the line's first word may have meant. */
const char **command_near(struct pool *p, const struct pieces *l)
{
#define X(id, word, help) word,
	static const char *const words[] = { COMMANDS(X) };
#undef X
	const char **near = NULL;
	size_t n = 0;

	if (!l->n || !*l->list[0].word || strlen(l->list[0].word) > 20)
		return NULL;
	for (size_t v = 0; v < COMMAND_ADD; v++)
		if (strcmp(l->list[0].word, words[v]) == 0) {
			*(const char **)pool_more(p, &near, 0, sizeof *near) = words[v];
			return near;
		}
	for (size_t v = 0; v < COMMAND_ADD; v++) {
		unsigned most = strlen(words[v]) <= 3 ? 1 : 2;

		if (n < 3 && strlen(l->list[0].word) > 1 && text_distance(l->list[0].word, words[v], most) <= most) {
			*(const char **)pool_more(p, &near, n, sizeof *near) = words[v];
			n++;
		}
	}
	if (n)
		*(const char **)pool_more(p, &near, n, sizeof *near) = NULL;
	return near;
}
