/* deliver: which message keeps the promise, which asks, which does neither; and as clients write them */
#include "rows.h"

#include "judgement/deliver.h"
#include "letters/mime.h"

#define DATA "I will send you the subgroup data from ATLAS-3"
#define ASK "I'll check with our team about tablets in renal impairment and get back to you"

struct row {
	const char *name, *what, *text, *file, *to;
	enum delivery_strength strength;
	const char *why; /* stands in it; NULL: not asked */
	bool several, empty, elsewhere, both; /* both: promised to Dan too */
};

#define R(n, w, t, f, s, y, ...) { .name = n, .what = w, .text = t, .file = f, .strength = DELIVERY_##s, .why = y, __VA_ARGS__ }
static const struct row rows[] = {
	/* a file that is named so */
	R("a file named like it, and attached", DATA, "Please find attached the subgroup data.",
		"ATLAS-3_subgroups.pdf", SURE, "attached"),
	R("a file named like it, without a word", DATA, "Best,\nAda", "ATLAS-3_subgroups.pdf", SURE,
		"named like what you promised"),
	R("names as programs write them", DATA, "Best,\nAda", "SubgroupDataATLAS3_v2.xlsx", SURE, NULL),
	R("one of two words, and attached", DATA, "Here is the file.", "ATLAS-3.pdf", SURE, NULL),
	R("one of many words, and attached: asked", "the subgroup analysis by age and region from ATLAS in Europe",
		"Attached.", "ATLAS-protocol.pdf", LIKELY,
	  NULL),
	R("one word, without a word", DATA, "Best,\nAda", "ATLAS-3.pdf", LIKELY, "ATLAS-3.pdf"),
	R("a nameless file, named in the text", DATA, "Attached are the ATLAS-3 subgroups.", "scan0001.pdf", SURE,
		"of what you promised"),
	R("slides are a .pptx", "I'll send you the slides", "Attached.", "ESMO_final.pptx", SURE, NULL),
	R("a German compound", "Ich schicke Ihnen die Tabelle zur Dosierung", "Anbei.", "Dosierungstabelle.pdf",
		SURE, NULL),
	R("a file and hardly a word", "I'll send you the paper", "Best,\nAda", "1-s2.0-S0140673626.pdf", LIKELY,
		"hardly a word"),
	R("a file that nothing ties to it", "I'll send you the paper",
	  "Dear Carol,\n\nthis is the agenda of next week's meeting in our house. Lunch is at noon and parking is free for all guests.\n\nBest,\nAda",
	  "agenda.pdf", NO, "nothing ties"),
	R("another thing is attached", DATA, "Attached is the poster on adherence.", "poster.pdf", LIKELY, NULL),
	R("a thing whose words say nothing", "I will send you the data", "Attached the data.", "data.xlsx", SURE, NULL),
	/* as promised */
	R("as promised, and a nameless file", DATA, "As promised, please find attached.", "scan0001.pdf", SURE,
		"as promised"),
	R("the same where two promises are open", DATA, "As promised, please find attached.", "scan0001.pdf", LIKELY,
		NULL, .several = true),
	R("as promised, of another thing", DATA, "As promised, the poster on adherence is attached.", "scan0001.pdf",
		LIKELY, NULL),
	R("in German", "Ich schicke Ihnen die Daten", "Wie versprochen anbei.", "scan.pdf", SURE, NULL),
	R("in French", "Je vous envoie les données de sous-groupes",
		"Comme promis, vous trouverez ci-joint les données de sous-groupes.", "x.pdf", SURE, NULL),
	R("in Spanish", "Le enviaré los datos de subgrupos", "Como le prometí, adjunto los datos de subgrupos.",
		"x.pdf", SURE, NULL),
	R("in Italian", "Le invierò i dati dei sottogruppi", "Come promesso, in allegato i dati dei sottogruppi.",
		"x.pdf", SURE, NULL),
	R("in Portuguese", "Vou enviar os dados dos subgrupos",
		"Conforme prometido, seguem em anexo os dados dos subgrupos.", "x.pdf", SURE, NULL),
	R("in Dutch", "Ik stuur u de subgroepgegevens", "Zoals beloofd in de bijlage de subgroepgegevens.", "x.pdf",
		SURE, NULL),
	R("as promised, and neither file nor link", DATA,
		"As promised I spoke to them about it, and they are glad to talk to you.", NULL, LIKELY,
		"neither file nor link"),
	/* links */
	R("a link to a file that is named so", DATA, "Here you go: https://example.org/files/atlas-3-subgroups.pdf",
		NULL, SURE, NULL),
	R("a link by a sharing service, named in the text", DATA,
		"Here is the link to the ATLAS-3 subgroups: https://we.tl/t-Ab1xYz", NULL, SURE, NULL),
	R("a link by a sharing service alone", DATA, "Here it is: https://we.tl/t-Ab1xYz", NULL, LIKELY, NULL),
	R("SharePoint", DATA, "As promised: https://example.sharepoint.com/:x:/g/EZx?e=1", NULL, SURE, NULL),
	R("a website is no file", DATA, "More about us on https://www.example.org/", NULL, NO, NULL),
	R("attached is a link", DATA, "Attached the link to the portal: https://portal.example.org/", NULL, NO, NULL),
	/* said, and not there */
	R("attached, and nothing is", DATA, "Please find attached the subgroup data as promised.", NULL, NO,
		"nothing is attached", .empty = true),
	R("anbei, and nothing is", "Ich schicke Ihnen die Folien", "Anbei die Folien.", NULL, NO,
		"nothing is attached", .empty = true),
	R("ci-joint, and nothing is", "Je vous envoie l'article", "Voici l'article en pièce jointe.", NULL, NO,
		"nothing is attached", .empty = true),
	R("here are the slides, and nothing is", "I'll send you the slides", "Here are the slides.", NULL, NO, NULL),
	R("an earlier mail's attachment", DATA, "As attached to my earlier mail, it is 20 mg.", NULL, NO, NULL),
	R("it says that it is not attached", DATA, "The subgroup data is not attached yet.", NULL, NO, NULL),
	/* a new promise, a delay */
	R("I'll send it tomorrow", DATA, "Sorry, I'll send it tomorrow.", NULL, NO, "promises it anew"),
	R("I'll send the data on Friday", DATA, "I will send you the subgroup data on Friday.", NULL, NO,
		"promises it anew"),
	R("in German", "Ich schicke Ihnen die Folien", "Ich schicke Ihnen die Folien morgen.", NULL, NO,
		"promises it anew"),
	R("as promised, next week", DATA, "As promised, I will send you the subgroup data next Tuesday.", NULL, NO,
		"promises it anew"),
	R("not yet", DATA, "The subgroup data is not ready yet, sorry.", NULL, NO, "not there"),
	R("noch nicht", "Ich schicke Ihnen die Folien", "Die Folien sind leider noch nicht fertig.", NULL, NO,
		"not there"),
	R("something else now, this one later", DATA,
		"Attached is the poster. I will send you the subgroup data on Friday.", "poster.pdf", NO, NULL),
	R("this one now, something else later", DATA,
		"Attached are the ATLAS-3 subgroups. I will send you the poster on Friday.", "atlas-3-subgroups.pdf",
		SURE, NULL),
	R("a part now, the rest later", DATA, "Attached are the first ATLAS-3 subgroups. I will send you the other subgroups on Friday.", "atlas-3-subgroups.pdf",
	  LIKELY, "not there"),
	R("a draft", DATA, "Attached is a draft of the ATLAS-3 subgroups.", "atlas-3-subgroups-draft.pdf", LIKELY,
		"not be the whole"),
	R("a draft was promised", "I'll send you a draft of the agenda", "Attached is the draft of the agenda.",
		"agenda.docx", SURE, NULL),
	R("a call is another thing", DATA, "Attached are the ATLAS-3 subgroups. I'll call you on Friday.",
		"atlas-3-subgroups.pdf", SURE, NULL),
	R("sorry for the delay", DATA, "Sorry for the delay, here are the ATLAS-3 subgroups.",
		"atlas-3-subgroups.pdf", SURE, NULL),
	R("I'm sending you the data, and it is there", DATA, "I'm sending you the ATLAS-3 subgroups.",
		"atlas-3-subgroups.pdf", SURE, NULL),
	/* in place of it */
	R("something else, since this cannot be sent", DATA,
	  "I'm afraid I can't send you the subgroup data, but attached is the public summary.", "summary.pdf", LIKELY, "not there"),
	R("it cannot be sent", DATA, "I am not allowed to share the subgroup data, sorry.", NULL, NO, "not there"),
	R("in German", "Ich schicke Ihnen die Folien", "Die Folien kann ich Ihnen leider nicht schicken.", NULL, NO, "not there"),
	R("a question hands nothing over", "I'll send you the slides", "Are the attached slides the ones you mean?", "slides_2024.pptx", LIKELY,
	  "as a question"),
	R("no mail calls anybody", "I will call you about the samples", "Attached is the list of the samples.", "samples.pdf", LIKELY,
	  "you promised to do something"),
	R("a link that names no file, to what was promised", DATA, "Here is the subgroup data: https://portal.example.org/study/4711", NULL,
	  LIKELY, "holds the link https://portal.example.org/study/4711"),
	/* to whom */
	R("to another", DATA, "Attached are the ATLAS-3 subgroups.", "atlas-3-subgroups.pdf", NO,
		"does not go to carol@clinic.example", .to = "dan@other.example",
	  .elsewhere = true),
	R("to them and others", DATA, "Attached are the ATLAS-3 subgroups.", "atlas-3-subgroups.pdf", SURE, NULL,
		.to = "dan@other.example carol@clinic.example"),
	R("to one of two", DATA, "Attached are the ATLAS-3 subgroups.", "atlas-3-subgroups.pdf", LIKELY, "not to all of them",
	  .both = true),
	R("to a colleague of theirs", DATA, "Attached are the ATLAS-3 subgroups.", "atlas-3-subgroups.pdf", LIKELY,
		"a colleague of theirs", .to = "dan@clinic.example"),
	R("to the house, asking for it", DATA, "Could you send me the ATLAS-3 subgroups?", NULL, NO, NULL,
		.to = "bob@example.org", .elsewhere = true),
	/* an answer is words */
	R("an answer that says it is one", ASK, "I checked with our pharmacists: in renal impairment the tablets can be taken in full dose, as the label has it.", NULL,
	  SURE, "found out"),
	R("as promised, an answer", ASK, "As promised, here is what our team says: no change of dose is needed in renal impairment, mild or moderate.", NULL, SURE, NULL),
	R("a short one", ASK, "I checked: yes.", NULL, LIKELY, NULL),
	R("a long one that does not say so", ASK,
	  "In mild or moderate renal impairment no change is needed. In severe renal impairment the exposure rises by about a third, so that the tablets "
	  "should be taken every other day. There are no data in dialysis.", NULL, LIKELY,
	  "it speaks of what you promised"),
	R("I asked, and come back to you", ASK, "I have asked our pharmacists about the tablets, and I will get back to you on Friday.", NULL, NO, "anew"),
	R("in German", "Ich kläre die Frage zur Dosierung bei Kindern und melde mich",
	  "Ich habe nachgefragt: Die Dosierung bei Kindern unter zwölf Jahren richtet sich nach dem Gewicht, siehe Fachinformation.", NULL, SURE, NULL),
	R("in French", "Je vérifie la posologie chez l'enfant et je reviens vers vous",
	  "J'ai vérifié: la posologie chez l'enfant dépend du poids, comme le dit la notice du produit en vigueur.",
	  NULL, SURE, NULL),
	R("words do not keep what was to be sent", DATA,
		"It was good to see you in Vienna. The subgroup question is a good one, and I hope to hear more of it.", NULL, NO,
	  NULL),
	R("thanks", DATA, "Thanks, Carol!", NULL, NO, NULL),
	R("did you get it", DATA, "Did you get the subgroup data?", NULL, NO, NULL),
	R("sent another way", DATA, "I have just sent you the ATLAS-3 subgroups by courier.", NULL, LIKELY,
		"you sent it"),
	R("nothing at all", DATA, "", NULL, NO, NULL),
};
#undef R

static void addresses(struct pool *p, const char *words, struct addrs *out)
{
	char *save = NULL;

	for (char *one = strtok_r(pool_copy(p, words), " ", &save); one; one = strtok_r(NULL, " ", &save))
		addrs_add(p, out, "", one);
}

static struct deliver judged_to(struct pool *p, const struct handed *mail, const char *what, const char *whom, bool several,
	const struct resource *list, size_t n)
{
	const struct conf *c = rows_conf(p);
	struct frame f = { .anchor = rows_at(c, "2026-11-25T10:00"), .time = &c->owners[0].time };
	struct addrs to = { 0 };
	struct claims claims;
	struct vows vows;
	struct deliver_in in = { .mail = mail, .what = what, .to = &to, .alone = !several, .resources = list,
		.resource_count = n, .claims = &claims, .vows = &vows, .at = f.anchor };
	struct deliver d;

	addresses(p, whom, &to);
	claim_find(p, NULL, mail->text, &claims);
	vow_find(p, NULL, mail->text, &f, &vows);
	deliver_judge(p, &in, &d);
	return d;
}

static struct deliver judged(struct pool *p, const struct handed *mail, const char *what, bool several,
	const struct resource *list, size_t n)
{
	return judged_to(p, mail, what, "carol@clinic.example", several, list, n);
}

static void it_is_judged(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	const char *file = r->file;
	struct handed mail = { .subject = "Re: Your question", .text = r->text, .links = claim_links(p, r->text),
		.files = { &file, file ? 1 : 0 } };
	struct deliver d;

	addresses(p, r->to ? r->to : "Carol@Clinic.example", &mail.to);
	d = judged_to(p, &mail, r->what, r->both ? "carol@clinic.example dan@clinic.example" : "carol@clinic.example", r->several, NULL, 0);
	if (d.strength != r->strength || d.empty != r->empty || d.elsewhere != r->elsewhere ||
		    (r->why && !strstr(d.why, r->why)))
		fail_msg("%s: \"%s\"%s%s", delivery_name(d.strength), d.why, d.empty ? " empty" : "", d.elsewhere
			? " elsewhere" : "");
	pool_end(&p);
}

static void what_is_promised_once_more_is_seen(void **state)
{
	struct pool *p = pool_new();
	struct handed mail = { .subject = "", .text = "I will send you the subgroup data on Friday." };
	struct deliver d;

	(void)state;
	addresses(p, "carol@clinic.example", &mail.to);
	d = judged(p, &mail, DATA, false, NULL, 0);
	assert_string_equal(d.anew, mail.text);
	assert_false(d.claims);
	mail.text = "I will send you the reprint on Friday.";
	assert_null(judged(p, &mail, DATA, false, NULL, 0).anew);
	mail.text = "I will send you the subgroup data of the second trial's interim analysis on Friday.";
	assert_null(judged(p, &mail, DATA, false, NULL, 0).anew); /* another thing, and a day of its own */
	mail.text = "Ich schicke Ihnen die Daten zur Dosisanpassung bis zum 10. Dezember.";
	assert_non_null(judged(p, &mail, "Ich schicke Ihnen die Daten zur Dosisanpassung bei Niereninsuffizienz und kläre mit der Medical Information, ob die "
			       "Tabletten geteilt werden dürfen", false, NULL, 0).anew);
	mail.text = "Leider dauert es etwas länger, ich schicke Ihnen die Daten zur Dosisanpassung bis zum 10. Dezember.";
	assert_string_equal(judged(p, &mail, "Ich schicke Ihnen die Daten zur Dosisanpassung bei Niereninsuffizienz und kläre mit der Medical Information, ob "
				   "die Tabletten geteilt werden dürfen", false, NULL, 0).anew, strchr(mail.text, ',') + 2);
	mail.text = "Ich schicke Ihnen die Daten zur Dosisanpassung bei Kindern aus der zweiten Studie bis zum 10. Dezember.";
	assert_null(judged(p, &mail, "Ich schicke Ihnen die Daten zur Dosisanpassung bei Niereninsuffizienz und kläre mit der Medical Information, ob die "
			   "Tabletten geteilt werden dürfen", false, NULL, 0).anew);
	mail.text = "I will send it on Friday.";
	assert_string_equal(judged(p, &mail, DATA, false, NULL, 0).anew, mail.text);
	assert_null(judged(p, &mail, DATA, true, NULL, 0).anew); /* it may be the other promise */
	pool_end(&p);
}

static void the_library_is_known(void **state)
{
	static const char *link = "https://example.org/lib/4711";
	struct pool *p = pool_new();
	const struct resource r = { .title = "Subgroup analysis of ATLAS-3", .link = link, .file = "", .about = "" };
	const struct resource f = { .title = "Subgroup analysis of ATLAS-3", .link = "",
		.file = "/srv/library/4711-en.pdf", .about = "" };
	const char *file = "4711-EN.pdf";
	struct handed mail = { .subject = "", .text = "Dear Carol, here: https://example.org/lib/4711",
		.links = { &link, 1 } };
	struct handed with_file = { .subject = "", .text = "", .files = { &file, 1 } };
	struct deliver d;

	(void)state;
	addresses(p, "carol@clinic.example", &mail.to);
	with_file.to = mail.to;
	d = judged(p, &mail, DATA, false, &r, 1);
	assert_int_equal(d.strength, DELIVERY_SURE);
	assert_non_null(strstr(d.why, "of your library"));
	d = judged(p, &with_file, DATA, true, &f, 1);
	assert_int_equal(d.strength, DELIVERY_SURE);
	d = judged(p, &mail, "the poster", false, &r, 1); /* of the library, but not what was promised */
	assert_int_not_equal(d.strength, DELIVERY_SURE);
	pool_end(&p);
}

/* ---- as clients write them ---- */

#define HEAD "From: Ada Lovelace <ada@example.org>\r\nTo: Carol Rossi <carol@clinic.example>\r\nSubject: Re: Your question\r\n" \
	"In-Reply-To: <q1@clinic.example>\r\nDate: Wed, 25 Nov 2026 10:00:00 +0100\r\nMessage-ID: <d1@example.org>\r\nMIME-Version: 1.0\r\n"
#define PDF(disposition, name) "Content-Type: application/pdf; name=\"" name "\"\r\nContent-Disposition: " disposition "; filename=\"" name "\"\r\n" \
	"Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQKJcfsj6IK\r\n"
#define LOGO "Content-Type: image/png; name=\"image001.png\"\r\nContent-ID: <image001.png@01DC>\r\nContent-Disposition: inline; filename=\"image001.png\"\r\n" \
	"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"

static const struct client {
	const char *name, *what, *mail;
	enum delivery_strength strength;
	bool empty;
} clients[] = {
	{ "Gmail, a file", DATA, HEAD "Content-Type: multipart/mixed; boundary=\"0000000000001\"\r\n\r\n--0000000000001\r\n"
	  "Content-Type: multipart/alternative; boundary=\"0000000000002\"\r\n\r\n--0000000000002\r\nContent-Type: text/plain; charset=\"UTF-8\"\r\n\r\n"
	  "Dear Carol,\r\n\r\nas promised, please find attached the ATLAS-3 subgroups.\r\n\r\nBest,\r\nAda\r\n\r\n"
	  "On Tue, Nov 24, 2026 at 9:12 AM Carol Rossi <carol@clinic.example> wrote:\r\n\r\n> Could you send me the subgroup data?\r\n>\r\n\r\n--0000000000002\r\n"
	  "Content-Type: text/html; charset=\"UTF-8\"\r\n\r\n<div dir=\"ltr\">Dear Carol,<div><br></div><div>as promised, please find attached the ATLAS-3 "
	  "subgroups.</div><div><br></div><div>Best,</div><div>Ada</div></div><br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">On Tue, Nov 24, "
	  "2026 at 9:12 AM Carol Rossi wrote:<br></div><blockquote class=\"gmail_quote\">Could you send me the subgroup data?</blockquote></div>\r\n"
	  "--0000000000002--\r\n--0000000000001\r\n" PDF("attachment",
	  "ATLAS-3 subgroups.pdf") "--0000000000001--\r\n", DELIVERY_SURE, false },
	{ "Gmail, a Drive link", DATA, HEAD "Content-Type: multipart/alternative; boundary=\"2\"\r\n\r\n--2\r\nContent-Type: text/plain; charset=\"UTF-8\"\r\n\r\n"
	  "Dear Carol,\r\n\r\nhere are the ATLAS-3 subgroups.\r\n ATLAS-3 subgroups.pdf\r\n"
	  "<https://drive.google.com/file/d/1AbC/view?usp=drive_web>\r\n\r\nBest,\r\nAda\r\n--2\r\nContent-Type: text/html; charset=\"UTF-8\"\r\n\r\n"
	  "<div dir=\"ltr\">Dear Carol,<div><br></div><div>here are the ATLAS-3 subgroups.</div><div class=\"gmail_chip gmail_drive_chip\">"
	  "<a href=\"https://drive.google.com/file/d/1AbC/view?usp=drive_web\">ATLAS-3 subgroups.pdf</a></div><div>Best,</div><div>Ada</div></div>\r\n--2--\r\n",
	  DELIVERY_SURE, false },
	{ "Gmail, a Drive link in an answer: its HTML is read", DATA,
		HEAD "Content-Type: multipart/alternative; boundary=\"2\"\r\n\r\n--2\r\n"
	  "Content-Type: text/plain; charset=\"UTF-8\"\r\n\r\nDear Carol,\r\n\r\nhere are the ATLAS-3 subgroups.\r\n ATLAS-3 subgroups\r\n"
	  "<https://drive.google.com/file/d/1AbC/view?usp=drive_web>\r\n\r\nOn Tue, Nov 24, 2026 Carol Rossi wrote:\r\n\r\n> Could you?\r\n--2\r\n"
	  "Content-Type: text/html; charset=\"UTF-8\"\r\n\r\n<div dir=\"ltr\">Dear Carol,<div><br></div><div>here are the ATLAS-3 subgroups.</div>"
	  "<div class=\"gmail_chip gmail_drive_chip\"><a href=\"https://drive.google.com/file/d/1AbC/view?usp=drive_web&amp;x=1\" target=\"_blank\">"
	  "<img src=\"https://ssl.gstatic.com/i.png\">&nbsp;<span>ATLAS-3 subgroups</span></a></div></div><br><div class=\"gmail_quote\">"
	  "<div class=\"gmail_attr\">On Tue, Nov 24, 2026 Carol Rossi wrote:<br></div><blockquote class=\"gmail_quote\">Could you?</blockquote></div>\r\n--2--\r\n",
	  DELIVERY_SURE, false },
	{ "HTML alone, and the only link is the other's", DATA,
		HEAD "Content-Type: text/html; charset=\"UTF-8\"\r\n\r\n<p>Dear Carol, please find attached the "
	  "ATLAS-3 subgroups.</p><div class=\"gmail_quote\"><div class=\"gmail_attr\">On Tue, Nov 24, 2026 Carol Rossi wrote:<br></div>"
	  "<blockquote class=\"gmail_quote\">See <a href=\"https://drive.google.com/file/d/9ZzZ/view\">our protocol</a>.</blockquote></div>\r\n", DELIVERY_NO, true },
	{ "Outlook, a file and a signature's picture", DATA,
		HEAD "Content-Type: multipart/mixed; boundary=\"_004_\"\r\nX-Mailer: Microsoft Outlook 16.0\r\n\r\n--_004_\r\n"
	  "Content-Type: multipart/related; boundary=\"_003_\"; type=\"multipart/alternative\"\r\n\r\n--_003_\r\n"
	  "Content-Type: multipart/alternative; boundary=\"_000_\"\r\n\r\n--_000_\r\nContent-Type: text/plain; charset=\"iso-8859-1\"\r\n"
	  "Content-Transfer-Encoding: quoted-printable\r\n\r\nDear Carol,\r\n\r\nPlease see attached the ATLAS-3 subgroups.\r\n\r\nKind regards\r\nAda\r\n\r\n"
	  "From: Carol Rossi <carol@clinic.example>\r\nSent: Tuesday, November 24, 2026 9:12 AM\r\nTo: Ada Lovelace <ada@example.org>\r\n"
	  "Subject: Your question\r\n\r\nCould you send me the data?\r\n--_000_--\r\n--_003_\r\n" LOGO "--_003_--\r\n--_004_\r\n"
	  PDF("attachment", "subgroups.pdf") "--_004_--\r\n", DELIVERY_SURE, false },
	{ "Outlook, attached and nothing but a signature's picture", DATA,
		HEAD "Content-Type: multipart/related; boundary=\"_003_\"\r\n\r\n--_003_\r\n"
	  "Content-Type: text/plain; charset=\"us-ascii\"\r\n\r\nDear Carol,\r\n\r\nPlease see attached the ATLAS-3 subgroups.\r\n\r\nKind regards\r\nAda\r\n"
	  "--_003_\r\n" LOGO "--_003_--\r\n", DELIVERY_NO, true },
	{ "Outlook, a OneDrive link", DATA, HEAD "Content-Type: text/plain; charset=\"utf-8\"\r\n\r\nDear Carol,\r\n\r\nPlease find the ATLAS-3 subgroups here: "
	  "ATLAS-3 subgroups.xlsx<https://example-my.sharepoint.com/:x:/g/personal/ada_example_org/EZxYq?e=4aB>\r\n\r\nKind regards\r\nAda\r\n", DELIVERY_SURE, false },
	{ "Apple Mail, a file within the text", DATA,
		HEAD "Content-Type: multipart/mixed; boundary=\"Apple-Mail=_1\"\r\nX-Mailer: Apple Mail (2.3774.600.62)\r\n\r\n"
	  "--Apple-Mail=_1\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nHi Carol, here are the subgroups from ATLAS-3:\r\n\r\n\r\n--Apple-Mail=_1\r\n"
	  PDF("inline", "Table 4.pdf") "--Apple-Mail=_1\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n\r\nBest, Ada\r\n\r\n"
	  "> On 24 Nov 2026, at 09:12, Carol Rossi <carol@clinic.example> wrote:\r\n> \r\n> Could you send me the data?\r\n--Apple-Mail=_1--\r\n", DELIVERY_SURE, false },
	{ "Apple Mail, signed, and nothing else", DATA,
		HEAD "Content-Type: multipart/signed; boundary=\"s\"; protocol=\"application/pkcs7-signature\"; micalg=sha-256\r\n\r\n"
	  "--s\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nHi Carol, the subgroups are attached.\r\n\r\n--s\r\n"
	  "Content-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Disposition: attachment; filename=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n\r\n"
	  "MIAGCSqGSIb3DQEHAqCA\r\n--s--\r\n", DELIVERY_NO, true },
	{ "iPhone, from the train", DATA, HEAD "Content-Type: text/plain; charset=utf-8\r\nX-Mailer: iPhone Mail (23B85)\r\n\r\nSorry, will send the data tomorrow!\r\n\r\n"
	  "Sent from my iPhone\r\n\r\n> On 24 Nov 2026, at 09:12, Carol Rossi <carol@clinic.example> wrote:\r\n>\r\n> Please find attached what we have.\r\n",
	  DELIVERY_NO, false },
	{ "Thunderbird, German", "Ich schicke Ihnen die Daten zu den Subgruppen",
		HEAD "Content-Type: multipart/mixed; boundary=\"------------x\"\r\n"
	  "User-Agent: Mozilla Thunderbird\r\n\r\nThis is a multi-part message in MIME format.\r\n--------------x\r\n"
	  "Content-Type: text/plain; charset=UTF-8; format=flowed\r\nContent-Transfer-Encoding: 8bit\r\n\r\nSehr geehrte Frau Rossi,\r\n\r\nwie versprochen anbei die "
	  "Subgruppen.\r\n\r\nAm 24.11.26 um 09:12 schrieb Carol Rossi:\r\n> K\xc3\xb6nnten Sie mir die Daten schicken?\r\n\r\n-- \r\nAda Lovelace\r\n--------------x\r\n"
	  PDF("attachment", "Subgruppen.pdf") "--------------x--\r\n", DELIVERY_SURE, false },
};

static void client_is_judged(void **state)
{
	const struct client *k = *state;
	struct pool *p = pool_new();
	struct letter l;
	struct handed mail;
	struct deliver d;

	mime_read(p, k->mail, strlen(k->mail), &l);
	handed_letter(p, &l, rows_conf(p), &mail);
	d = judged(p, &mail, k->what, false, NULL, 0);
	if (d.strength != k->strength || d.empty != k->empty)
		fail_msg("%s: \"%s\"%s; read: \"%s\"", delivery_name(d.strength), d.why, d.empty ? " empty" : "",
			l.text);
	pool_end(&p);
}

static void a_flood_is_bounded(void **state)
{
	static const char *const pieces[] = { "Attached the subgroup data. ", "https://we.tl/x ",
		"I will send it tomorrow. ", "\n", "subgroup" };
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct text *t = text_new(p, 100000);
		struct handed mail = { .subject = "", .text = t->s };

		while (!t->cut)
			text_add(t, pieces[i]);
		mail.text = t->s;
		mail.links = claim_links(p, t->s);
		judged(p, &mail, DATA, false, NULL, 0);
		judged(p, &mail, t->s, false, NULL, 0);
	}
	pool_end(&p);
}

int main(void)
{
	enum { N = sizeof rows / sizeof *rows, M = sizeof clients / sizeof *clients };
	struct CMUnitTest t[N + M + 3];

	for (size_t i = 0; i < N; i++)
		t[i] = (struct CMUnitTest){ rows[i].name, it_is_judged, NULL, NULL, (void *)&rows[i] };
	for (size_t i = 0; i < M; i++)
		t[N + i] = (struct CMUnitTest){ clients[i].name, client_is_judged, NULL, NULL, (void *)&clients[i] };
	t[N + M] = (struct CMUnitTest)cmocka_unit_test(what_is_promised_once_more_is_seen);
	t[N + M + 1] = (struct CMUnitTest)cmocka_unit_test(the_library_is_known);
	t[N + M + 2] = (struct CMUnitTest)cmocka_unit_test(a_flood_is_bounded);
	return cmocka_run_group_tests_name("deliver", t, NULL, NULL);
}
