/* What stands under the writer's words: signatures, what clients add, disclaimers, the footers of lists. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "letters/quote_inner.h"

enum { SIGNATURE_LINES = 12, LOOKED_AT = 60 /* lines at the end in which words are asked */ };

static const char *const sent[] = { /* a client speaks: with a device or a program, on a short line (folded) */
	"sent from", "رسلت من", "sent with", "sent via", "sent by", "sent using", "sent on", "get outlook", "get the",
	"gesendet", "verschickt", "geschickt", "von meinem", "von mir", "diese nachricht wurde", "diese e-mail wurde",
	"envoye", "obtenez", "telechargez", "provenance", "enviado", "enviada", "obtener", "obten", "obter",
	"obtenha", "inviato", "inviata", "ottieni", "scarica", "verzonden", "verstuurd", "outlook voor", "downloaden",
	"skickat", "skickades", "hamta", "sendt", "hent", "fa outlook", "lahetetty", "hanki", "wyslano", "wyslane",
	"pobierz", "odeslano", "odoslane", "ziskejte", "ziskat", "poslano", "poslato", "elkuldve", "kuldve", "az en",
	"az iphone", "trimis", "descarca", "obtineti", "gonderildi", "iletimi", "edinin", "saadetud", "отправлено",
	"скачать", "надіслано", "отримати", "изпратено", "σταλθηκε", "εσταλη", "στάλθηκε", "発信", "から送信", "iphoneから",
	"发自", "發自", "我的iphone", "傳送自", "从我", "나의", "에서 보냄", "에서 보낸", "נשלח", "أرسلت", "من جهاز", "ارسال", "ส่งจาก",
	"duoc gui", "được gửi", "gửi từ", "dikirim", "enviat", "inviato da", "typed on", "written on", "mobile",
	"excuse", "typos", "please forgive", "brevity", "download", "yahoo mail", "aol mail", "mail.ru",
};

static const char *const sent_first[] = { /* so a client begins its own line; nobody else does at the end of a letter */
	"sent from ", "sent with ", "sent via ", "sent using ", "get outlook for", "von meinem ",
	"von unterwegs gesendet", "gesendet von ", "gesendet mit ", "gesendet aus ", "gesendet uber ",
	"diese nachricht wurde von mein", "envoye de ", "envoye depuis ", "envoye a partir ", "envoye par ",
	"envoye avec ", "enviado desde ", "enviado do ", "enviado de ", "enviado a partir ", "enviado por ",
	"enviado con ", "enviado com ", "enviat des ", "inviato da ", "inviato con ", "inviato dal",
	"verzonden vanaf ", "verzonden met ", "verstuurd vanaf ", "verstuurd met ", "verzonden via ",
	"verzonden van ", "skickat fran ", "skickades fran ", "skickat med ", "sendt fra ", "sendt med ",
	"sendt via ", "lahetetty ", "wyslane z ", "wyslano z ", "wyslane przy ", "odeslano z ", "odeslano ze ",
	"odoslane z ", "elkuldve ", "trimis de pe ", "trimis din ", "poslano s ", "poslano z ", "poslato sa ",
	"saadetud minu ", "issiusta is ", "nosutits no ", "отправлено с ", "отправлено из ", "надіслано з ", "від мого ", "з мого ",
	"відправлено з ", "изпратено от ", "σταλθηκε απο ", "εσταλη απο ", "duoc gui tu ", "dikirim dari ", "发自我的",
	"發自我的", "从我的", "從我的", "傳送自 ", "発信元", "나의 iphone", "get bluemail for ", "get typeapp for ", "securely sent with ", "sicher versendet mit ", "secured with tuta",
	"простите за краткость", "تم الإرسال من", "تم الارسال من", "내 iphone", "נשלח מ", "أرسلت من", "ส่งจาก",
};

static const char *const devices[] = {
	"iphone", "ipad", "ipod", "apple watch", "macbook", "android", "galaxy", "samsung", "blackberry", "huawei",
	"xiaomi", "redmi", "oneplus", "pixel", "xperia", "nokia", "htc", "motorola", "windows phone", "windows 10",
	"windows mail", "windows 11", "pour windows", "voor windows", "para windows", "per windows", "for windows", "outlook", "yahoo", "aol", "protonmail", "proton mail", "gmail", "gmx",
	"web.de", "t-online", "mail.ru", "mailbird", "thunderbird", "k-9", "k9 mail", "fairemail", "spark", "airmail",
	"boxer", "newton", "bluemail", "blue mail", "edison", "tutanota", "tuta", "mail app", "mail for windows",
	"posteo", "nine", "my phone", "mobile device", "mobile phone", "smartphone", "my mobile", "handy",
	"mobiltelefon", "mobilgerat", "mon mobile", "mon telephone", "mi movil", "telefono", "dispositivo",
	"cellulare", "telefoon", "mobieltje", "telefonen", "mobilen", "puhelimesta", "telefonu", "telefonumdan",
	"cepten", "cihazimdan", "телефона", "айфона", "устройства", "スマートフォン", "手机", "手機", "휴대폰", "телефону",
	"mail.app", "hey.com", "superhuman", "front", "zoho", "fastmail", "mobil", "canary", "mailspring",
	"em client", "missive", "honor", "oppo", "vivo", "verizon", "t-mobile", "vodafone", "orange", "email.it",
	"libero", "laposte", "sfr", "free.fr", "telekom", "freenet", "bell", "rogers", "sprint", "at&t", "iмой",
	"mailmate", "trimmed",
};

static const char *const programs[] = { /* nobody's word but a client's */
	"k-9 mail", "fairemail", "bluemail", "protonmail", "proton mail", "tutanota", "mail.ru",
};

static const char *const disclaimers[] = { /* beginnings or insides of paragraphs, folded */
	"this email and any", "this e-mail and any", "this message and any", "this email is confidential",
	"this e-mail is confidential", "this message is confidential", "confidentiality notice",
	"confidential notice", "confidentiality note", "this communication is confidential",
	"this communication may contain", "the information contained in this", "the information in this email",
	"the information in this e-mail", "the contents of this email", "the content of this email",
	"this email may contain", "this e-mail may contain", "this message may contain",
	"this message contains confidential", "this email contains confidential", "this transmission",
	"if you are not the intended recipient", "if you have received this", "please consider the environment",
	"think before you print", "please do not print", "this email has been scanned",
	"this message has been scanned", "virus-free", "disclaimer:", "legal notice", "important notice",
	"privileged and confidential", "caution: this email", "diese e-mail enthalt", "diese e-mail kann",
	"diese nachricht enthalt", "diese nachricht ist vertraulich", "diese e-mail ist vertraulich",
	"der inhalt dieser e-mail", "die information in dieser", "die in dieser e-mail", "vertraulichkeitshinweis",
	"haftungsausschluss", "denken sie an die umwelt", "bitte prufen sie", "virenfrei", "sollten sie nicht der",
	"ce message et", "ce courriel", "ce message est", "cet e-mail", "ce mail", "les informations contenues",
	"avis de confidentialite", "pensez a l'environnement", "l'integrite de ce message", "este mensaje y",
	"este correo", "este mensaje puede", "este mensaje contiene", "la informacion contenida", "aviso legal",
	"aviso de confidencialidad", "antes de imprimir", "esta mensagem", "este e-mail", "este email",
	"aviso de confidencialidade", "questo messaggio", "le informazioni contenute", "questa e-mail",
	"questa email", "avviso di riservatezza", "prima di stampare", "ai sensi del", "dit bericht", "deze e-mail",
	"dit e-mailbericht", "de informatie in deze", "den har e-posten", "detta meddelande", "denne e-mail",
	"denne e-posten", "tama viesti", "tama sahkoposti", "ta wiadomosc", "niniejsza wiadomosc",
	"tresc tej wiadomosci", "tato zprava", "tento e-mail", "tato sprava", "ez az e-mail", "acest mesaj",
	"acest e-mail", "bu e-posta", "bu mesaj", "это сообщение", "данное сообщение", "настоящее сообщение",
	"информация, содержащаяся", "це повідомлення", "本邮件", "此邮件", "このメール", "本メール", "no virus found in th", "no viruses found",
};

static const char *const of_firms[] = { /* three of them: what the law has a firm put under its letters */
	"hrb ", "amtsgericht", "registergericht", "handelsregister", "geschaftsfuhr", "sitz der gesellschaft", "sitz: ", "vorstand", "aufsichtsrat",
	"ust-id", "firmenbuch", "registered in england", "registered office", "company number", "company no", "company registration", "vat no", "vat reg",
	"r.c.s", "rcs ", "siret", "siren", "capital social", "siege social", "registro mercantil", "c.i.f", "p.iva", "p. iva", "partita iva",
	"sede legale", "cap. soc", "registro imprese", "capitale sociale", "nipc", "matriculada", "kvk", "btw", "organisationsnummer", "org.nr", "cvr",
};

/* A paragraph that speaks of secrecy, of whom it is for, and of what others must not do, is a disclaimer in any words. */
static const char *const of_secrecy[] = {
	"confiden", "privileg", "proprietary", "vertraul", "geheim", "geschutzt", "riservat", "vertrouwel", "fortrolig", "konfident", "konfidens", "poufn", "duvern",
	"bizalmas", "gizli", "конфиденц", "конфіденц", "luottamuk", "機密", "机密", "保密", "秘密",
};
static const char *const of_whom[] = {
	"intended", "recipient", "addressee", "empfanger", "adressat", "bestimmt", "destinat", "destinad", "geadresseerde", "bestemd", "mottaga", "mottaker", "modtager",
	"adresat", "prijemc", "cimzett", "alici", "получател", "адресат", "одержувач", "vastaanottaja", "宛先", "受信者", "收件人", "收件者",
};
static const char *const of_misuse[] = {
	"error", "mistake", "delete", "destroy", "disclos", "copying", "distribut", "unauthori", "prohibit", "notify", "irrtum", "versehen", "loschen", "vernichten",
	"verboten", "untersagt", "unbefugt", "par erreur", "detruire", "interdit", "supprim", "divulg", "prohibid", "elimin", "borre", "notifi", "autoriza",
	"divieto", "vietat", "cancell", "erroneamente", "per errore", "abusiv", "verwijder", "vernietig", "abusievelijk", "ten onrechte", "radera", "misstag", "slett",
	"slet ", "fejl", "feil", "usun", "zabronion", "omyl", "smaz", "tevedes", "torol", "silin", "yasak", "удал", "ошибк", "запрещ", "помилк", "видал", "削除", "删除", "刪除",
};

static const char *const secret[] = { /* a disclaimer tells of one of these */
	"confiden", "privileg", "intended", "recipient", "addressee", "vertraul", "empfanger", "destinat", "riservat",
	"vertrouwel", "geadresseerde", "konfident", "luottamuk", "poufn", "duvern", "bizalmas", "gizli", "конфиденц",
	"конфіденц", "virus", "environment", "print", "umwelt", "imprim", "scanned", "liab", "haftung", "delete",
	"loschen", "stampare", "disclos", "copy", "notify", "保密", "机密", "機密", "sekret", "tystnad", "taushet",
	"fortrolig", "mottagare", "modtager", "adresat", "prijemc", "legal", "disclaimer", "environnement",
};

static const char *const lists[] = {
	"mailing list", "to unsubscribe", "unsubscribe from", "you received this message because",
	"you are receiving this because", "reply to this email directly", "to respond, reply", "to post to this",
	"mailman/listinfo", "abmelden", "se desabonner", "darse de baja",
};

static const char *const closings[] = { /* right above a signature: part of it */
	"regards", "best regards", "kind regards", "warm regards", "kindest regards", "best wishes", "best", "sincerely",
	"yours sincerely", "sincerely yours", "cheers", "many thanks", "thanks", "thank you", "thanks and regards",
	"thanks & regards", "mit freundlichen grussen", "freundliche grusse", "viele grusse", "beste grusse", "liebe grusse",
	"herzliche grusse", "gruss", "grusse", "mfg", "lg", "vg", "cordialement", "bien cordialement", "salutations",
	"saludos", "un saludo", "saludos cordiales", "atentamente", "atenciosamente", "cumprimentos", "abracos", "cordiali saluti",
	"distinti saluti", "saluti", "met vriendelijke groet", "met vriendelijke groeten", "groeten", "vriendelijke groeten",
	"med vanliga halsningar", "halsningar", "vanliga halsningar", "med venlig hilsen", "venlig hilsen", "med vennlig hilsen",
	"vennlig hilsen", "mvh", "ystavallisin terveisin", "terveisin", "pozdrawiam", "z powazaniem", "s pozdravem", "s pozdravom",
	"udvozlettel", "cu stima", "saygilarimla", "iyi calismalar", "с уважением", "з повагою", "поздрави", "με εκτιμηση",
};

/* A line or a paragraph, folded, of which much is asked. */
struct asked {
	const char *s;
	struct beside beside;
};

static struct asked asked(const char *folded)
{
	struct asked a = { .s = folded };

	beside_read(&a.beside, folded);
	return a;
}

static size_t count_held(const struct asked *a, const char *const *words, size_t n, size_t most)
{
	size_t held = 0;

	for (size_t i = 0; i < n && held < most; i++)
		held += beside_may_hold(&a->beside, words[i]) && strstr(a->s, words[i]);
	return held;
}

#define HOLD(a, words, most) (count_held(a, words, sizeof(words) / sizeof *(words), most) == (most))
#define HOLDS(a, words) HOLD(a, words, 1)

static bool empty(const char *s)
{
	for (; *s; s++)
		if (!isspace((unsigned char)*s) && !((unsigned char)s[0] == 0xC2 && (unsigned char)s[1] == 0xA0))
			return false;
		else if (!isspace((unsigned char)*s))
			s++;
	return true;
}

static bool is_advertisement(const struct asked *a)
{
	const char *folded = a->s;
	size_t n = strlen(folded), words = strcspn(folded, "<(");

	for (size_t i = 0; words < 100 && n < 220 && i < sizeof sent_first / sizeof *sent_first; i++)
		if (strncmp(folded, sent_first[i], strlen(sent_first[i])) == 0 && !strchr("?", folded[n - 1]))
			return true;
	if (words < 60 && n < 140 && strstr(folded, "outlook") && strstr(folded, "https://aka.ms"))
		return true;
	if (n < 6 || n >= 140 || !HOLDS(a, sent) || !HOLDS(a, devices))
		return false;
	if (HOLDS(a, programs))
		return true;
	if (strstr(folded, "http") || strstr(folded, "aka.ms"))
		return words < 60;
	return n < 60 && (!strchr(".?!", folded[n - 1]) || strstr(folded, "excuse") || strstr(folded, "typos") ||
	                  strstr(folded, "brevity"));
}

/* A scanner's line names its maker. */
static bool is_scanner(const struct asked *a)
{
	static const char *const makers[] = { "www.avast.com", "www.avg.com", "information from eset", "www.eset.com", "checked by eset" };

	return strlen(a->s) < 180 && strcspn(a->s, "<") < 120 && HOLDS(a, makers);
}

/* A disclaimer or a list's footer, by its first line and the whole paragraph. `above`: the writer's words stand over it. */
static bool is_notice(const struct asked *first, const struct asked *whole, bool above)
{
	size_t length = strlen(whole->s);

	if (HOLDS(first, disclaimers) && (HOLDS(whole, secret) || HOLDS(whole, lists)))
		return above || length > 200;
	if (HOLDS(first, lists))
		return above || length > 200;
	if (!above)
		return false;
	if (HOLD(whole, of_firms, 3))
		return true;
	return length > 120 && HOLDS(whole, of_secrecy) && HOLDS(whole, of_whom) && HOLDS(whole, of_misuse);
}

static size_t own_before(const struct rows *r, const bool *own, size_t end)
{
	while (end && (!own[end - 1] || empty(r->list[end - 1].s)))
		end--;
	return end;
}

static size_t count_digits(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += isdigit((unsigned char)*s) != 0;
	return n;
}

static size_t count_words(const char *s)
{
	size_t n = 0;

	for (bool in = false; *s; s++) {
		n += !in && !isspace((unsigned char)*s);
		in = !isspace((unsigned char)*s);
	}
	return n;
}

/* A link that leads deep into a site, or asks for something there, is what the mail is about; a signature names the site. */
static bool is_deep(const char *s)
{
	const char *at = text_find(s, "://"), *path = at ? strchr(at + 3, '/') : NULL;
	size_t parts = 0, n = path ? strcspn(path, " \t<>\"") : 0;

	for (size_t i = 0; i < n; i++)
		parts += path[i] == '/' && i + 1 < n && path[i + 1] != '/';
	return parts > 2 || (n && memchr(path, '?', n));
}

/* Contact data: a telephone number, an address of mail or web. */
static bool is_contact(const char *s)
{
	size_t n = strlen(s), d = count_digits(s), other = 0;

	if (n > 90)
		return false;
	if (is_deep(s))
		return false;
	if (has_address(s) || text_find(s, "www.") || text_find(s, "http://") || text_find(s, "https://"))
		return n < 70;
	for (const char *c = s; *c; c++)
		other += isalpha((unsigned char)*c) != 0;
	return d >= 6 && other < d * 2 + 6;
}

static bool is_closing(struct pool *p, const char *s)
{
	char *f = text_fold(p, s);
	size_t n = strlen(f);

	while (n && strchr(" ,.!", f[n - 1]))
		f[--n] = '\0';
	for (size_t i = 0; n < 60 && i < sizeof closings / sizeof *closings; i++)
		if (strcmp(f, closings[i]) == 0)
			return true;
	return false;
}

/* Does the writer take leave below contact data? Then these are in the letter. */
static bool closes_below(struct pool *p, const struct rows *r, size_t from, size_t end)
{
	bool contact = false;

	for (size_t i = from; i < end; i++) {
		if (contact && is_closing(p, r->list[i].s))
			return true;
		contact = contact || is_contact(r->list[i].s);
	}
	return false;
}

/* A signature without a line that says so: short lines in the last paragraphs, each with contact data; a name may stand
 * alone over them. Where a line is drawn above, all below it. */
static void contact_drop(struct pool *p, const struct rows *r, bool *own)
{
	size_t end = own_before(r, own, r->n), from = end, lines = 0, contacts = 0, best = end, here = 0, here_lines = 0;
	const char *top = "";

	for (; from && own[from - 1] && lines < 2 * SIGNATURE_LINES; from--) {
		const char *s = r->list[from - 1].s;
		size_t n = strlen(s);

		if (empty(s) || is_drawn(s)) {
			bool name = here_lines == 1 && strlen(top) <= 40 && !strchr(".!?:,", top[strlen(top) - 1]);

			if (contacts && (is_drawn(s) || ((here || name) && lines <= SIGNATURE_LINES)))
				best = from;
			else if (lines > SIGNATURE_LINES && !is_drawn(s) && best != end)
				break;
			here = here_lines = 0;
			if (is_drawn(s))
				break;
			continue;
		}
		if (n > 80 || (n > 60 && count_words(s) >= 8) || (n > 50 && strchr(".!", s[n - 1])) || s[n - 1] == '?')
			break;
		if (is_contact(s)) {
			here++;
			contacts++;
		}
		here_lines++;
		lines++;
		top = s;
	}
	from = own_before(r, own, best);
	if (best == end || !from)
		return;
	lines = 0;
	top = "";
	for (size_t i = best; i < end; i++)
		if (!empty(r->list[i].s) && !lines++)
			top = r->list[i].s;
	/* what was announced, or begins with the contact itself, is the matter and no signature; so is one line alone */
	if (lines < 2 || is_contact(top) || closes_below(p, r, best, end) || r->list[from - 1].s[strlen(r->list[from - 1].s) - 1] == ':')
		return;
	for (size_t i = best; i < end; i++)
		own[i] = false;
	if (own_before(r, own, from - 1) && is_closing(p, r->list[from - 1].s))
		own[from - 1] = false;
}

/* A few short lines under a drawn one, at the end. */
static void drawn_drop(const struct rows *r, bool *own)
{
	size_t end = own_before(r, own, r->n), from = end, lines = 0;

	while (from && own[from - 1] && lines <= 4 && !is_drawn(r->list[from - 1].s)) {
		if (strlen(r->list[from - 1].s) > 60)
			return;
		lines += !empty(r->list[from - 1].s);
		from--;
	}
	if (!from || !own[from - 1] || lines > 4 || !own_before(r, own, from - 1) || strchr("*#=~+", *r->list[from - 1].s))
		return;
	for (size_t i = from - 1; i < end; i++)
		own[i] = false;
}

static bool is_delimiter(const char *s)
{
	size_t n = strlen(s);

	while (n && isspace((unsigned char)s[n - 1]))
		n--;
	while (n && isspace((unsigned char)*s)) {
		s++;
		n--;
	}
	return (n == 2 && (strncmp(s, "--", 2) == 0 || strncmp(s, "__", 2) == 0)) ||
	       (n == 3 && (strncmp(s, "---", 3) == 0 || strncmp(s, "\xE2\x80\x94", 3) == 0 || strncmp(s, "\xE2\x80\x93", 3) == 0));
}

/* What stands for a picture in plain text, and Streak's character that stands for none. */
static bool is_picture(const char *s)
{
	size_t n = strlen(s);

	return strcmp(s, "\xE1\x90\xA7") == 0 || (n && s[n - 1] == ']' && (text_starts(s, "[cid:") || text_starts(s, "[image")));
}

/* PGP in the text (RFC 4880 7): the armour goes, the words stay. */
static void armour_drop(const struct rows *r, bool *own)
{
	bool head = false, tail = false;

	for (size_t i = 0; i < r->n; i++) {
		const char *s = r->list[i].s;

		if (!own[i] && !tail)
			continue;
		if (strncmp(s, "-----BEGIN PGP SIGNED MESSAGE", 29) == 0)
			head = true;
		else if (strncmp(s, "-----BEGIN PGP ", 15) == 0)
			tail = true;
		if (head || tail)
			own[i] = false;
		if (head && empty(s))
			head = false;
		if (strncmp(s, "-----END PGP ", 13) == 0)
			tail = own[i] = false;
	}
}

void signature_drop(struct pool *p, const struct rows *r, bool *own)
{
	size_t end, looked = 0;
	bool fenced = false, kept = false;

	for (size_t i = 0; i < r->n; i++)
		if (r->list[i].signature && own[i] && own_before(r, own, i))
			own[i] = false;
	armour_drop(r, own);
	/* RFC 3676 4.3: from "-- " on, up to the next quotation */
	for (size_t i = 0; i < r->n; i++) {
		if (!own[i])
			continue;
		if (strncmp(r->list[i].s, "```", 3) == 0)
			fenced = !fenced;
		if (!fenced && is_delimiter(r->list[i].s) && (kept || i + 1 < r->n)) {
			bool exact = strcmp(r->list[i].s, "-- ") == 0 || strcmp(r->list[i].s, "--") == 0;
			size_t lines = 0, stop = i;

			for (; stop < r->n && own[stop] && (exact || lines <= 30); stop++)
				lines += !empty(r->list[stop].s);
			if (exact || lines <= 30) {
				for (; i < stop; i++)
					own[i] = false;
				i--;
				continue;
			}
		}
		kept = kept || !empty(r->list[i].s);
	}
	/* from the end up: advertisements, disclaimers, drawn lines; and an advertisement right above a quotation */
	for (end = own_before(r, own, r->n); end && looked++ < LOOKED_AT; end = own_before(r, own, end - 1)) {
		const char *s = r->list[end - 1].s;
		struct asked line, first, paragraph;
		size_t from = end - 1;
		struct text *whole;

		if (strlen(s) > 4 * LINE_MOST)
			break;
		line = asked(text_fold(p, s));
		if (is_advertisement(&line) || is_scanner(&line) || is_drawn(s) || is_delimiter(s) || is_picture(s)) {
			own[end - 1] = false;
			continue;
		}
		/* the paragraph it belongs to */
		while (from && own[from - 1] && !empty(r->list[from - 1].s) && !is_drawn(r->list[from - 1].s) && end - from < 30)
			from--;
		first = from == end - 1 ? line : asked(text_fold(p, r->list[from].s));
		whole = text_new(p, 4 * LINE_MOST);
		for (size_t i = from; i < end; i++) {
			text_add(whole, r->list[i].s);
			text_char(whole, ' ');
		}
		paragraph = asked(text_fold(p, whole->s));
		if (!is_notice(&first, &paragraph, own_before(r, own, from) > 0) &&
		    !(is_advertisement(&first) && end - from == 2 && strchr(s, '.') && !strchr(s, ' '))) /* with its link below */
			break;
		for (size_t i = from; i < end; i++)
			own[i] = false;
	}
	contact_drop(p, r, own);
	drawn_drop(r, own);
	end = own_before(r, own, r->n);
	while (end && is_drawn(r->list[end - 1].s)) {
		own[end - 1] = false;
		end = own_before(r, own, end);
	}
}
