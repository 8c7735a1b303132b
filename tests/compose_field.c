/* compose: ten promises of the field as they would be sent, in four languages (tests/golden/field-NAME.eml). Read them as one
 * would send them oneself: short, warm, exact; nothing in them that nobody would write. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "composed.h"
#include "letters/markup.h"

#define DAY 86400

static const struct said {
	const char *name;
	enum mail_kind kind;
	int days;                        /* after the promise */
	const char *language, *zone, *person, *address, *subject, *request, *what, *words, *substance, *team, *with;
	const char *title, *link, *file; /* of the material */
	const char *about;
	int later;                       /* the new date: so many days after the old one */
} fields[] = {
	{ "data-on-file", MAIL_DELIVERY, 3, "en", "", "Dr. Henrike Osei", "h.osei@klinikum.example", "Argusimab in dialysis",
	  "Dear Ada,\n\nwe have two patients on dialysis who might qualify. Do you have any data on argusimab in dialysis, published or not?\n\n"
	  "Best wishes\nHenrike Osei", "the data on file for dialysis", "I'll ask for the data on file for dialysis and send them by Friday.",
	  "There are 41 patients on dialysis in ARGUS-2; nobody was dosed three times a week. The document names its limits on page 2.", "", "",
	  "Argusimab in dialysis: data on file", "", "argusimab-dialysis.pdf", "", 0 },
	{ "reprint", MAIL_DELIVERY, 1, "de", "", "Prof. Dr. Karl Weber", "k.weber@uni.example", "Sonderdruck",
	  "Liebe Frau Lovelace,\n\nkönnten Sie mir den Artikel von Bracci zur Nierenfunktion schicken? Unsere Bibliothek hat ihn nicht.\n\nViele Grüße\nKarl Weber",
	  "den Artikel von Bracci et al.", "Ich schicke Ihnen den Artikel von Bracci et al. morgen.",
	  "Der Sonderdruck ist für Ihren eigenen Gebrauch lizenziert; für den Aushang auf Station sage ich gern, wie es geht.", "", "",
	  "Bracci et al. 2024: Renal function under argusimab", "", "bracci-2024.pdf", "", 0 },
	{ "medinfo", MAIL_RECEIPT, 0, "en", "America/Chicago", "Osei, Samuel, MD", "sosei@hospital.example", "Compatibility with heparin",
	  "Hi Ada, quick one: can argusimab be given through the same line as heparin? Need to know before the pharmacy committee meets.\nThanks, Sam",
	  "an answer on argusimab and heparin in one line", "You'll get an answer on argusimab and heparin in one line by Friday.", "", "Medical Information", "",
	  "", "", "", "", 0 },
	{ "congress", MAIL_PROGRESS, 2, "es", "Europe/Madrid", "Dra. Lucía Romero", "lromero@hospital.example", "Reunión en el congreso",
	  "Estimada Ada:\n\n¿Podríamos vernos en el congreso de Viena para hablar de los centros en España?\n\nUn saludo,\nLucía Romero",
	  "una hora para vernos en Viena", "Le propongo una hora para vernos en Viena antes del viernes.",
	  "El programa definitivo sale mañana; la tarde del domingo está casi segura, y la sala está reservada.", "", "", "", "", "", "", 0 },
	{ "safety", MAIL_DELIVERY, 2, "fr", "Europe/Paris", "Pr Jeanne Moreau-Lefèvre", "jml@chu.example", "Transaminases",
	  "Bonjour Ada,\n\nPourriez-vous me dire à quelle fréquence une élévation des transaminases a été observée ? Et faut-il arrêter le traitement ?\n\n"
	  "Cordialement,\nJeanne Moreau", "une réponse sur les transaminases", "Je vous envoie une réponse sur les transaminases d'ici vendredi.",
	  "En bref : plus de trois fois la normale chez 2,1 % des patients, réversible dans tous les cas. La conduite à tenir figure à la rubrique 4.4 du RCP.", "", "",
	  "Résumé des caractéristiques du produit, rubriques 4.4 et 4.8", "https://spc.example/argusimab#4.4", "", "", 0 },
	{ "slides", MAIL_DELIVERY, 1, "en", "", "Luca Bracci", "l.bracci@ospedale.example", "Tuesday's talk", "",
	  "the slides of Tuesday's talk", "I'll send you the slides of Tuesday's talk tomorrow.", "", "", "",
	  "ARGUS-2 in twelve slides", "https://slides.example/argus2", "", "slide 9 is the one you stopped me at", 0 },
	{ "protocol", MAIL_DELAY, 3, "de", "", "Dr. Aylin Demir", "a.demir@zentrum.example", "ARGUS-3: Teilnahme als Zentrum",
	  "Guten Tag Frau Lovelace,\n\nwir überlegen, als Zentrum teilzunehmen. Bitte schicken Sie uns die Protokollsynopse.\n\nMit freundlichen Grüßen\nAylin Demir",
	  "die Protokollsynopse von ARGUS-3", "Sie bekommen die Protokollsynopse von ARGUS-3 bis Freitag.",
	  "Amendment 2 ist gestern eingereicht worden, und ich möchte Ihnen nicht die alte Fassung schicken.", "Klinische Entwicklung", "", "", "", "", "", 5 },
	{ "introduction", MAIL_INTRODUCTION, 1, "en", "Asia/Tokyo", "Kenji Watanabe", "k.watanabe@univ.example", "Renal sub-study", "",
	  "to introduce you to an investigator of the renal sub-study", "I will introduce you to an investigator of the renal sub-study this week.",
	  "He has run it in Milan since March, with 60 patients on dialysis, and he knows what the ethics committees ask.", "", "Prof. Luca Bracci", "", "", "", "", 0 },
	{ "compassionate-use", MAIL_RECEIPT, 0, "fr", "Europe/Paris", "", "cardiologie@chu.example", "Accès compassionnel",
	  "Bonjour,\n\nNous avons une patiente de 34 ans sans alternative. Est-il possible d’obtenir l’argusimab en accès compassionnel, et sous quel délai ?\n\nMerci d’avance",
	  "la procédure d’accès compassionnel", "Je vous indique la procédure d’accès compassionnel demain.",
	  "Pour gagner du temps : il leur faudra l’indication, les traitements antérieurs et l’accord de votre pharmacie.", "Accès précoce", "", "", "", "", "", 0 },
	{ "lay-summary", MAIL_AFTERCARE, 10, "es", "America/Bogota", "Carlos Mejía", "carlos.mejia@pacientes.example", "Resumen para pacientes",
	  "Hola Ada:\n\n¿Tienen un resumen de ARGUS-2 que puedan entender los pacientes? Lo necesitamos para la reunión de la asociación.\n\nGracias,\nCarlos",
	  "el resumen de ARGUS-2 para pacientes", "Le envío el resumen de ARGUS-2 para pacientes el viernes.", "", "", "", "", "", "", "", 0 },
};

static void as_said(struct world *w, const struct said *f)
{
	struct outside *out = pool_take(w->p, sizeof *out);
	struct resource *r = pool_take(w->p, sizeof *r);
	struct dossier *d = &w->d[0];
	const char *bytes = "%PDF-1.4\n";

	w->owner.title = "Medical Science Liaison, Example Therapeutics";
	w->owner.disclosure = "I work for Example Therapeutics, which makes argusimab.";
	*d = dossier(w, 12, f->what, f->person, f->address, NOW + 3 * DAY - 3600);
	d->contact = (struct contact){ .address = f->address, .name = f->person, .language = f->language, .zone = f->zone };
	d->commitment.request = f->request;
	d->commitment.words = f->words;
	d->commitment.subject = f->subject;
	d->commitment.message_id = "<q1@example.org>";
	d->commitment.delivered = f->kind == MAIL_AFTERCARE ? NOW + 3 * DAY : 0;
	*out = (struct outside){ .substance = f->substance, .team = f->team, .with = f->with, .told = d->commitment.due };
	d->commitment.due += f->later * DAY;
	if (*f->title) {
		*r = (struct resource){ .title = f->title, .link = f->link, .file = "", .about = f->about };
		out->resources = pool_take(w->p, sizeof *out->resources);
		*out->resources = (struct outside_resource){ r, f->file, "application/pdf", *f->file ? bytes : NULL, strlen(bytes) };
		out->resource_count = 1;
	}
	w->in.kind = f->kind;
	w->in.dossier_count = 1;
	w->in.outside = out;
	w->in.now += f->days * DAY;
}

static const struct said *shown;
static void make(struct world *w)
{
	as_said(w, shown);
}

static void reads(void **state)
{
	const struct said *f = shown = *state;
	struct kind k = { "", make };
	void *of = &k;
	char name[64];

	snprintf(name, sizeof name, "field-%s", f->name);
	k.name = name;
	golden(&of);
}

/* Short: what the other person reads fits on a phone's screen or two. */
static void is_short(void **state)
{
	(void)state;
	for (size_t i = 0; i < LEN(fields); i++) {
		struct world *w = world();
		struct err e = { 0 };
		struct mail m;

		as_said(w, &fields[i]);
		if (!compose(w->p, &w->in, &m, &e))
			fail_msg("%s: %s", fields[i].name, e.text);
		if (strlen(markdown_plain(w->p, m.markdown)) > 1100)
			fail_msg("%s has %zu bytes", fields[i].name, strlen(markdown_plain(w->p, m.markdown)));
		world_end(w);
	}
}

int main(void)
{
	struct CMUnitTest t[LEN(fields) + 1];
	size_t n = 0;

	for (; n < LEN(fields); n++)
		t[n] = (struct CMUnitTest){ fields[n].name, reads, NULL, NULL, (void *)&fields[n] };
	t[n++] = (struct CMUnitTest){ "each fits on a phone", is_short, NULL, NULL, NULL };
	return _cmocka_run_group_tests("compose_field", t, n, NULL, NULL);
}
