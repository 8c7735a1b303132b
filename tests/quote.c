/* The words the writer wrote now: what each client leaves around them, in plain text and HTML. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "letters/quote.h"

#define OWN "Ja, am Montag.\nGern."
#define TEN "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n"

/* ---- plain text ---- */

static const struct plain {
	const char *rule, *plain, *text;
} plains[] = {
	{ "words alone stay", OWN, OWN },
	{ "blank lines around go", "\n\n" OWN "\n\n\n", OWN },
	{ "quoted lines go, with their attribution", OWN "\n\nOn Mon, 4 May 2026 at 10:11, Nils Berg <nils@berg.example> wrote:\n\n> When?\n> Nils\n", OWN },
	{ "an attribution right under the words goes alone", OWN "\nOn Mon, 4 May 2026 at 10:11, Nils Berg <nils@berg.example> wrote:\n> When?", OWN },
	{ "an attribution over two lines", OWN "\n\nOn Mon, 4 May 2026 at 10:11, Nils Berg via Some List <\nnils@berg.example> wrote:\n\n> When?", OWN },
	{ "an attribution whose address ends on a line of its own", OWN "\n\nman. 4. maj 2026 kl. 10:11 skrev Nils Berg <nils@berg.example\n>:\n\n> When?", OWN },
	{ "words, attribution and quotation on three lines without blanks", "Ja.\nNils Berg wrote:\n> When?", "Ja." },
	{ "an attribution on the line of the words", "Ja. On Mon, May 4, 2026 at 10:11 AM, nils@berg.example wrote:\n> When?", "Ja." },
	{ "what stands under the quotation stays", "On 5/4/26 10:11, Nils Berg wrote:\n> When?\n\n" OWN, OWN },
	{ "… under a header block whose message is marked", "From: Nils Berg <nils@berg.example>\nSent: 4 May 2026\nTo: Ada\nSubject: x\n\n> When?\n\n> Where?\n\n" OWN, OWN },
	{ "… under a title and the marked header below it", "-----Original Message-----\n> From: Nils Berg\n> Sent: 4 May 2026\n> Subject: x\n>\n> When?\n\n" OWN "\n\n-- \nAda", OWN },
	{ "… not where something was written above: they quoted too", OWN "\n\nFrom: Nils Berg <nils@berg.example>\nSent: 4 May 2026\nTo: Ada\nSubject: x\n\n> When?\n\nMonday.\nNils", OWN },
	{ "answers between the lines stay, the questions go", "On 5/4/26 10:11, Nils Berg wrote:\n> When?\n\nMonday.\n\n> Where?\n\nHere.", "Monday.\n\nHere." },
	{ "a message not marked at all, after its attribution", OWN "\n\nAm 04.05.2026 um 10:11 schrieb Nils Berg:\n\nWann?\n\nNils", OWN },
	{ "the attribution in the quotation", OWN "\n\n> On 4 May 2026, at 10:11, Nils Berg <nils@berg.example> wrote:\n>\n> When?", OWN },
	{ "Outlook's header block", OWN "\n\nFrom: Nils Berg <nils@berg.example>\nSent: Monday, May 4, 2026 10:11 AM\nTo: Ada <ada@example.org>\nSubject: RE: x\n\nWhen?", OWN },
	{ "the line over it", OWN "\n\n________________________________\nFrom: Nils Berg <nils@berg.example>\nSent: Monday, May 4, 2026 10:11 AM\nTo: Ada\nSubject: x\n\nWhen?", OWN },
	{ "a block in stars", OWN "\n\n*From:* Nils Berg\n*Sent:* 4 May 2026\n*To:* Ada\n*Subject:* x\n\nWhen?", OWN },
	{ "a title over it", OWN "\n\n-----Original Message-----\nFrom: Nils Berg\nSent: 4 May 2026\nTo: Ada\nSubject: x\n\nWhen?", OWN },
	{ "a title alone", OWN "\n\n-------- Original Message --------\n\nWhen?", OWN },
	{ "a block in a language we do not know", OWN "\n\n________________________________\nXoru: Nils Berg <nils@berg.example>\nBalt: 04.05.2026 10:11\nZu: Ada <ada@example.org>\nQuont: x\n\nWhen?", OWN },
	{ "Android's title that names the writer", OWN "\n\n---- Nils Berg wrote ----\n\nWhen?", OWN },
	{ "a bar as the mark of quotation", OWN "\n\n2026/5/4 Nils Berg <nils@berg.example>\n\n| When?\n| Nils", OWN },
	{ "initials as the mark of quotation", OWN "\n\nNB> When?\nNB> Where?\n", OWN },
	{ "Yandex and Mail.ru have no verb", OWN "\n\n04.05.2026, 10:11, \"Nils Berg\" <nils@berg.example>:\n\nWhen?", OWN },
	{ "a signature goes", OWN "\n\n-- \nAda Lovelace\nPhone 1", OWN },
	{ "a signature whose blank was lost goes", OWN "\n--\nAda Lovelace", OWN },
	{ "a signature above the quotation goes", OWN "\n\n-- \nAda\n\nOn 5/4/26 10:11, Nils Berg wrote:\n> When?", OWN },
	{ "a signature without a sign, by its telephone number", OWN "\n\nAda Lovelace\nAnalytical Ltd\n+49 30 555 0123\nwww.analytical.example", OWN },
	{ "a closing above such a signature goes with it", OWN "\n\nBest regards,\n\nAda Lovelace\nTel. +49 30 555 0123", OWN },
	{ "numbers that were announced stay", "Call:\n\nNils 030 555 0123\nAda 030 555 0124", "Call:\n\nNils 030 555 0123\nAda 030 555 0124" },
	{ "Outlook's advertisement in any language, by its link", OWN "\n\nOutlook für iOS beziehen<https://aka.ms/x>", OWN },
	{ "Notes, whose labels have no colon", OWN "\n\nNils Berg/Sales/Berg\n05/04/2026 10:11 AM\n\nTo\nAda\ncc\n\nSubject\nx\n\nWhen?", OWN },
	{ "Notes with Internet addresses, and its other word for a subject", OWN "\n\n\"Nils Berg\" <nils@berg.example>\n04.05.2026 10:11\n\nAn\nAda\nKopie\n\nThema\nx\n\nWann?", OWN },
	{ "Notes' line over its block", OWN "\n\nNils Berg ---04/05/2026 10:11:00---When? Or do you\n\nFrom: Nils Berg/Berg\nTo: Ada/Example@EXAMPLE\nDate: 04/05/2026 10:11\nSubject: x\n\nWhen?", OWN },
	{ "eM Client's block without colons", OWN "\n\nFrom \"Nils Berg\" <nils@berg.example>\nTo \"Ada\" <ada@example.org>\nDate 04/05/2026 10:11:00\nSubject x\n\nWhen?", OWN },
	{ "words that begin like such labels stay", "From Nils <nils@berg.example> we got two.\nTo me that is enough.\nDate and place are fixed.", "From Nils <nils@berg.example> we got two.\nTo me that is enough.\nDate and place are fixed." },
	{ "a title drawn with typographic hyphens", OWN "\n\n‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Monday, May 4, 2026 10:11 AM, Nils Berg <nils@berg.example> wrote:\n\n> When?", OWN },
	{ "GroupWise's line between arrows", OWN "\n\n>>> \"Nils Berg\" <nils@berg.example> 05/04/26 10:11 AM >>>\nWhen?", OWN },
	{ "an attribution that ends with the address, no colon", OWN "\n\nAm 04.05.26 um 10:11 schrieb \"Nils Berg\" <nils@berg.example>\nWann?", OWN },
	{ "an attribution with the first quoted line on its own", OWN "\n\nOn 5/4/2026 at 10:11 AM, \"Nils Berg\" <nils@berg.example> wrote:> When?\n> Nils", OWN },
	{ "quotation that is set in", "On 5/4/26 10:11, Nils Berg wrote:\n\n  > When?\n  > Where?\n\n" OWN, OWN },
	{ "a scanner's line goes, in any language", OWN "\n\nLibre de virus.www.avast.com", OWN },
	{ "a client's advertisement over two lines", OWN "\n\nSecurely sent with Tutanota. Get your own encrypted mailbox:\nhttps://tutanota.com", OWN },
	{ "a disclaimer in words that no list has", OWN "\n\nTo whom it concerns: what stands above is privileged and meant for the addressee alone. Whoever got it by mistake shall destroy it and tell us at once.", OWN },
	{ "a disclaimer between drawn lines", OWN "\n\n*********************\nThis email and any files sent with it are confidential\nand intended solely for the addressee.\n*********************", OWN },
	{ "what the law has a firm put under its letters goes", OWN "\n\nAnalytical Ltd, Sitz: Berlin, Amtsgericht Charlottenburg, HRB 12345, Geschäftsführerin: Ada Lovelace", OWN },
	{ "one such word is the matter", OWN "\n\nDas Amtsgericht hat geantwortet, alles gut.", OWN "\n\nDas Amtsgericht hat geantwortet, alles gut." },
	{ "words about secrecy stay", "Ja.\n\nThe figures are confidential, and only the intended reader gets them from me, so please keep them in the safe until we meet again.", "Ja.\n\nThe figures are confidential, and only the intended reader gets them from me, so please keep them in the safe until we meet again." },
	{ "a ticket system's mark", OWN "\n\n##- Please type your reply above this line -##\n\nWhen?", OWN },
	{ "a picture's stand-in goes", OWN "\n\n[cid:image001.png@01D0]\n\nFrom: Nils Berg\nSent: Monday\nTo: Ada\nSubject: x", OWN },
	{ "a link above the leave is in the letter", "Dear Carol,\n\nhere is the table.\nhttps://we.tl/t-Ab1\n\nBest,\nAda",
	  "Dear Carol,\n\nhere is the table.\nhttps://we.tl/t-Ab1\n\nBest,\nAda" },
	{ "a link deep into a site is no contact data", "Dear Carol,\n\nhere is the table.\nhttps://example.org/files/2026/table\n\nAda",
	  "Dear Carol,\n\nhere is the table.\nhttps://example.org/files/2026/table\n\nAda" },
	{ "a telephone number in a sentence stays", "Hallo,\n\nruf mich an: 030 555 0123, ich bin bis fünf Uhr da, danach nicht mehr erreichbar.", "Hallo,\n\nruf mich an: 030 555 0123, ich bin bis fünf Uhr da, danach nicht mehr erreichbar." },
	{ "a telephone's advertisement goes", OWN "\n\nSent from my iPhone", OWN },
	{ "an advertisement above the quotation goes", OWN "\n\nVon meinem iPhone gesendet\n\n> Am 04.05.2026 um 10:11 schrieb Nils Berg <nils@berg.example>:\n> \n> Wann?", OWN },
	{ "an advertisement with a link goes", OWN "\n\nGet Outlook for Android<https://aka.ms/x>", OWN },
	{ "a sentence about a telephone stays", "I sent from my iPhone what you asked for, and the rest comes tomorrow by courier.", "I sent from my iPhone what you asked for, and the rest comes tomorrow by courier." },
	{ "a disclaimer goes", OWN "\n\nThis email and any attachments are confidential and intended solely for the addressee. If you are not the intended recipient, delete it.", OWN },
	{ "a German disclaimer goes", OWN "\n\nDiese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Empfänger sind, vernichten Sie sie.", OWN },
	{ "drawn lines at the end go", OWN "\n\n-----\n_____", OWN },
	{ "a drawn line with more under it than a signature has stays, with all of it", "one\n---\n" TEN TEN TEN "two", "one\n---\n" TEN TEN TEN "two" },
	{ "a dash within the words is no signature", "one\n-- two\nthree", "one\n-- two\nthree" },
	{ "PGP's armour goes", "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n" OWN "\n-----BEGIN PGP SIGNATURE-----\n\nabc=\n-----END PGP SIGNATURE-----", OWN },
	{ "a sentence that ends in a colon stays", "On Monday I wrote:\nnothing.\n\nBye", "On Monday I wrote:\nnothing.\n\nBye" },
	{ "a list of facts is no header block", "From: Berlin\nTo: Paris\n\nTwo tickets.", "From: Berlin\nTo: Paris\n\nTwo tickets." },
	{ "a label alone is no header block", "Subject: what we said.\n\nDate: Monday", "Subject: what we said.\n\nDate: Monday" },
	{ "an arrow is no quotation", ">>> look here <<<\nplease", ">>> look here <<<\nplease" },
	{ "all quoted: nothing is new", "> When?\n> Nils", "" },
	{ "CR LF is a line's end", "one\r\ntwo\r\n\r\n> three\r\n", "one\ntwo" },
};

static void plain_holds(void **state)
{
	const struct plain *r = *state;
	struct pool *p = pool_new();
	struct quoted q;

	quote_split(p, r->plain, false, false, NULL, "Re: x", &q);
	assert_string_equal(q.text, r->text);
	assert_false(q.from_html);
	assert_false(q.forwarded.is);
	pool_end(&p);
}

/* ---- attributions of the languages ---- */

static const char *const attributions[] = {
	"On Mon, May 4, 2026 at 10:11 AM Nils Berg <nils@berg.example> wrote:",
	"On 4 May 2026, at 10:11, Nils Berg wrote:",
	"Am Mo., 4. Mai 2026 um 10:11 Uhr schrieb Nils Berg <nils@berg.example>:",
	"Am 04.05.26 um 10:11 schrieb Nils Berg:",
	"Nils Berg <nils@berg.example> schrieb am Mo., 4. Mai 2026, 10:11:",
	"Le lun. 4 mai 2026 à 10:11, Nils Berg <nils@berg.example> a écrit :",
	"Le 04/05/2026 à 10:11, Nils Berg a écrit :",
	"El lun, 4 may 2026 a las 10:11, Nils Berg (<nils@berg.example>) escribió:",
	"El 4/5/26 a las 10:11, Nils Berg escribió:",
	"Em seg., 4 de mai. de 2026 às 10:11, Nils Berg <nils@berg.example> escreveu:",
	"Em 04/05/2026 10:11, Nils Berg escreveu:",
	"Il giorno lun 4 mag 2026 alle ore 10:11 Nils Berg <nils@berg.example> ha scritto:",
	"Il 04/05/26 10:11, Nils Berg ha scritto:",
	"Op ma 4 mei 2026 om 10:11 schreef Nils Berg <nils@berg.example>:",
	"Op 4 mei 2026 om 10:11 heeft Nils Berg <nils@berg.example> het volgende geschreven:",
	"Op 04-05-2026 om 10:11 schreef Nils Berg:",
	"Den mån 4 maj 2026 kl 10:11 skrev Nils Berg <nils@berg.example>:",
	"Den 2026-05-04 kl. 10:11, skrev Nils Berg:",
	"man. 4. mai 2026 kl. 10:11 skrev Nils Berg <nils@berg.example>:",
	"Den 04.05.2026 10:11, skrev Nils Berg:",
	"Den man. 4. maj 2026 kl. 10.11 skrev Nils Berg <nils@berg.example>:",
	"ma 4. toukok. 2026 klo 10.11 Nils Berg (nils@berg.example) kirjoitti:",
	"Nils Berg kirjoitti 4.5.2026 klo 10.11:",
	"pon., 4 maj 2026 o 10:11 Nils Berg <nils@berg.example> napisał(a):",
	"W dniu 4.05.2026 o 10:11, Nils Berg pisze:",
	"po 4. 5. 2026 v 10:11 odesílatel Nils Berg <nils@berg.example> napsal:",
	"Dne 04. 05. 26 v 10:11 Nils Berg napsal(a):",
	"po 4. 5. 2026 o 10:11 Nils Berg <nils@berg.example> napísal(a):",
	"Nils Berg <nils@berg.example> ezt írta (időpont: 2026. máj. 4., H, 10:11):",
	"2026. 05. 04. 10:11 keltezéssel, Nils Berg írta:",
	"lun., 4 mai 2026 la 10:11, Nils Berg <nils@berg.example> a scris:",
	"Pe 04.05.2026 10:11, Nils Berg a scris:",
	"Nils Berg <nils@berg.example>, 4 May 2026 Pzt, 10:11 tarihinde şunu yazdı:",
	"4.05.2026 10:11 tarihinde Nils Berg yazdı:",
	"пн, 4 мая 2026 г. в 10:11, Nils Berg <nils@berg.example>:",
	"04.05.2026 10:11, Nils Berg пишет:",
	"пн, 4 трав. 2026 р. о 10:11 Nils Berg <nils@berg.example> пише:",
	"На пн, 4.05.2026 г. в 10:11 Nils Berg <nils@berg.example> написа:",
	"Στις Δευ 4 Μαΐ 2026 στις 10:11 π.μ., ο χρήστης Nils Berg <nils@berg.example> έγραψε:",
	"pon, 4. svi 2026. u 10:11 Nils Berg <nils@berg.example> napisao je:",
	"V V pon., 4. maj 2026 ob 10:11 je oseba Nils Berg <nils@berg.example> napisala:",
	"Nils Berg (<nils@berg.example>) kirjutas kuupäeval E, 4. mai 2026 kell 10:11:",
	"pirmd., 2026. g. 4. maijs, plkst. 10:11 — lietotājs Nils Berg (<nils@berg.example>) rakstīja:",
	"2026-05-04, pr, 10:11 Nils Berg <nils@berg.example> rašė:",
	"El dl., 4 de maig 2026, 10:11, Nils Berg <nils@berg.example> va escriure:",
	"Nils Berg <nils@berg.example> 于2026年5月4日周一 10:11写道：",
	"在 2026年5月4日，上午10:11，Nils Berg <nils@berg.example> 写道：",
	"Nils Berg <nils@berg.example> 於 2026年5月4日 週一 上午10:11寫道：",
	"2026年5月4日(月) 10:11 Nils Berg <nils@berg.example>:",
	"On 2026/05/04 10:11, Nils Berg wrote:",
	"2026년 5월 4일 (월) 오전 10:11, Nils Berg <nils@berg.example>님이 작성:",
	"בתאריך יום ב׳, 4 במאי 2026 ב-10:11 מאת Nils Berg <nils@berg.example>:",
	"في الاثنين، 4 مايو 2026 في 10:11 ص تمت كتابة ما يلي بواسطة Nils Berg <nils@berg.example>:",
	"Vào Th 2, 4 thg 5, 2026 vào lúc 10:11 Nils Berg <nils@berg.example> đã viết:",
	"Pada Sen, 4 Mei 2026 pukul 10.11 Nils Berg <nils@berg.example> menulis:",
	"ในวันที่ จ. 4 พ.ค. 2026 เวลา 10:11 Nils Berg <nils@berg.example> เขียนว่า:",
	"Monday, 4 May 2026, 10:11 +0200 from Nils Berg <nils@berg.example>:",
	"4 May 2026, 10:11 by nils@berg.example:",
	"------- Original Message -------\nOn Monday, May 4th, 2026 at 10:11 AM, Nils Berg <nils@berg.example> wrote:",
};

static void attribution_holds(void **state)
{
	const char *a = *state;
	struct pool *p = pool_new();
	struct quoted q;

	quote_split(p, pool_print(p, OWN "\n\n%s\n\n> Wann?\n", a), false, false, NULL, "Re: x", &q);
	assert_string_equal(q.text, OWN);
	quote_split(p, pool_print(p, OWN "\n\n%s\n\nWann?\n", a), false, false, NULL, "Re: x", &q);
	assert_string_equal(q.text, OWN);
	pool_end(&p);
}

/* ---- header blocks and forwards of the languages ---- */

static const struct header {
	const char *language, *from, *sent, *to, *subject, *title;
} headers[] = {
	{ "English", "From", "Sent", "To", "Subject", "Forwarded Message" },
	{ "German", "Von", "Gesendet", "An", "Betreff", "Weitergeleitete Nachricht" },
	{ "French", "De ", "Envoyé ", "À ", "Objet ", "Message transféré" },
	{ "Spanish", "De", "Enviado", "Para", "Asunto", "Mensaje reenviado" },
	{ "Portuguese", "De", "Enviada em", "Para", "Assunto", "Mensagem encaminhada" },
	{ "Italian", "Da", "Inviato", "A", "Oggetto", "Messaggio inoltrato" },
	{ "Dutch", "Van", "Verzonden", "Aan", "Onderwerp", "Doorgestuurd bericht" },
	{ "Swedish", "Från", "Skickat", "Till", "Ämne", "Vidarebefordrat meddelande" },
	{ "Norwegian", "Fra", "Sendt", "Til", "Emne", "Videresendt melding" },
	{ "Danish", "Fra", "Sendt", "Til", "Emne", "Videresendt meddelelse" },
	{ "Finnish", "Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe", "Välitetty viesti" },
	{ "Polish", "Od", "Wysłano", "Do", "Temat", "Przekazana wiadomość" },
	{ "Czech", "Od", "Odesláno", "Komu", "Předmět", "Přeposlaná zpráva" },
	{ "Slovak", "Od", "Odoslané", "Komu", "Predmet", "Preposlaná správa" },
	{ "Hungarian", "Feladó", "Elküldve", "Címzett", "Tárgy", "Továbbított üzenet" },
	{ "Romanian", "De la", "Trimis", "Către", "Subiect", "Mesaj redirecționat" },
	{ "Turkish", "Kimden", "Gönderildi", "Kime", "Konu", "İletilmiş Mesaj" },
	{ "Russian", "От", "Отправлено", "Кому", "Тема", "Пересылаемое сообщение" },
	{ "Ukrainian", "Від", "Надіслано", "Кому", "Тема", "Переслане повідомлення" },
	{ "Bulgarian", "От", "Изпратено", "До", "Относно", "Препратено съобщение" },
	{ "Serbian", "Од", "Послато", "За", "Наслов", "Прослеђена порука" },
	{ "Croatian", "Šalje", "Poslano", "Prima", "Predmet", "Proslijeđena poruka" },
	{ "Slovenian", "Od", "Poslano", "Za", "Zadeva", "Posredovano sporočilo" },
	{ "Greek", "Από", "Στάλθηκε", "Προς", "Θέμα", "Προωθημένο μήνυμα" },
	{ "Estonian", "Saatja", "Saadetud", "Adressaat", "Teema", "Edastatud kiri" },
	{ "Latvian", "No", "Nosūtīts", "Kam", "Temats", "Pārsūtīta ziņa" },
	{ "Lithuanian", "Nuo", "Išsiųsta", "Kam", "Tema", "Persiųstas laiškas" },
	{ "Catalan", "De", "Enviat", "Per a", "Assumpte", "Missatge reenviat" },
	{ "Chinese", "发件人", "发送时间", "收件人", "主题", "转发的邮件" },
	{ "Chinese, traditional", "寄件者", "寄件日期", "收件者", "主旨", "轉寄郵件" },
	{ "Japanese", "差出人", "送信日時", "宛先", "件名", "転送されたメッセージ" },
	{ "Korean", "보낸 사람", "보낸 날짜", "받는 사람", "제목", "전달된 메시지" },
	{ "Hebrew", "מאת", "נשלח", "אל", "נושא", "הודעה שהועברה" },
	{ "Arabic", "من", "تم الإرسال", "إلى", "الموضوع", "الرسالة المعاد توجيهها" },
	{ "Vietnamese", "Từ", "Đã gửi", "Đến", "Chủ đề", "Thư đã chuyển tiếp" },
	{ "Indonesian", "Dari", "Terkirim", "Kepada", "Perihal", "Pesan terusan" },
	{ "Thai", "จาก", "ส่ง", "ถึง", "เรื่อง", "ข้อความที่ส่งต่อ" },
	{ "Persian", "از", "تاریخ", "به", "موضوع", "پیام ارسال‌شده" },
};

static void header_holds(void **state)
{
	const struct header *h = *state;
	struct pool *p = pool_new();
	const char *block = pool_print(p, "%s: Nils Berg <nils@berg.example>\n%s: 04.05.2026 10:11\n%s: Ada <ada@example.org>\n%s: Wann\n\nWann?\n",
	                               h->from, h->sent, h->to, h->subject);
	struct quoted q;

	quote_split(p, pool_print(p, OWN "\n\n%s", block), false, false, NULL, "Re: x", &q);
	assert_string_equal(q.text, OWN);
	assert_false(q.forwarded.is);
	quote_split(p, pool_print(p, OWN "\n\n-------- %s --------\n%s", h->title, block), false, false, NULL, "x", &q);
	assert_string_equal(q.text, OWN);
	assert_true(q.forwarded.is);
	assert_string_equal(q.forwarded.from.address, "nils@berg.example");
	assert_string_equal(q.forwarded.from.name, "Nils Berg");
	assert_string_equal(q.forwarded.subject, "Wann");
	assert_string_equal(q.forwarded.text, "Wann?");
	assert_int_equal(q.forwarded.date, 1777889460);
	pool_end(&p);
}

/* ---- forwards ---- */

static const struct forward {
	const char *rule, *subject, *plain, *text, *address, *body;
	utc date;
} forwards[] = {
	{ "Gmail", "Fwd: Wann", OWN "\n\n---------- Forwarded message ---------\nFrom: Nils Berg <nils@berg.example>\nDate: Mon, May 4, 2026 at 10:11 AM\nSubject: Wann\nTo: <ada@example.org>\n\n\nWann?", OWN, "nils@berg.example", "Wann?", 1777889460 },
	{ "Apple Mail, quoted", "Fwd: Wann", OWN "\n\n> Begin forwarded message:\n> \n> From: Nils Berg <nils@berg.example>\n> Subject: Wann\n> Date: 4 May 2026 at 10:11:00 CEST\n> To: ada@example.org\n> \n> Wann?", OWN, "nils@berg.example", "Wann?", 1777889460 },
	{ "Apple Mail, with the title above the quotation", "Fwd: Wann", OWN "\n\nBegin forwarded message:\n\n> From: Nils Berg <nils@berg.example>\n> Subject: Wann\n> Date: 4 May 2026 at 10:11:00 CEST\n> To: ada@example.org\n> \n> Wann?", OWN, "nils@berg.example", "Wann?", 1777889460 },
	{ "Outlook, by the subject alone", "WG: Wann", OWN "\n\nVon: Nils Berg <nils@berg.example>\nGesendet: Montag, 4. Mai 2026 10:11\nAn: Ada <ada@example.org>\nBetreff: Wann\n\nWann?", OWN, "nils@berg.example", "Wann?", 1777889460 },
	{ "Outlook, with mailto", "FW: Wann", OWN "\n\nFrom: Nils Berg [mailto:nils@berg.example]\nSent: 4 May 2026 10:11\nTo: Ada\nSubject: Wann\n\nWann?", OWN, "nils@berg.example", "Wann?", 1777889460 },
	{ "Outlook, an attribution", "FW: Wann", "On 04/05/2026 10:11, \"Nils Berg\" <nils@berg.example> wrote:\n\n    Wann?", "", "nils@berg.example", "    Wann?", 1777889460 },
	{ "Thunderbird", "Fwd: Wann", "\n\n-------- Forwarded Message --------\nSubject: \tWann\nDate: \tMon, 4 May 2026 10:11:00 +0200\nFrom: \tNils Berg <nils@berg.example>\nTo: \tada@example.org\n\n\nWann?", "", "nils@berg.example", "Wann?", 1777882260 },
	{ "Yahoo's one line", "Fw: Wann", OWN "\n\n----- Forwarded Message ----- From: Nils Berg <nils@berg.example>To: Ada <ada@example.org>Sent: Monday, May 4, 2026, 10:11:00 AM GMT+1Subject: Wann\n Wann?", OWN, "nils@berg.example", " Wann?", 1777889460 },
	{ "Danish, whose word is Finnish for an answer", "VS: Wann", "Fra: Nils Berg <nils@berg.example>\nDato: mandag, 4. maj 2026 kl. 10.11\nTil: Ada <ada@example.org>\nEmne: Wann\n\nWann?", "", "nils@berg.example", "Wann?", 1777889460 },
	{ "a word in front that we do not know", "Xfwd: Wann", OWN "\n\nFrom: Nils Berg <nils@berg.example>\nSent: 4 May 2026 10:11\nTo: Ada\nSubject: Wann\n\nWann?", OWN, "nils@berg.example", "Wann?", 1777889460 },
	{ "on behalf of another: the first address", "FW: Wann", "From: Nils Berg <nils@berg.example> on behalf of Desk <desk@berg.example>\nSent: 4 May 2026 10:11\nTo: Ada\nSubject: Wann\n\nWann?", "", "nils@berg.example", "Wann?", 1777889460 },
	{ "Apple's title in an alphabet of two bytes a letter", "Fwd: Wann", OWN "\n\nΑρχή προωθημένου μηνύματος:\n\nΑπό: Nils Berg <nils@berg.example>\nΘέμα: Wann\nΗμερομηνία: 04.05.2026 10:11\nΠρος: Ada\n\nWann?", OWN, "nils@berg.example", "Wann?", 1777889460 },
	{ "eM Client, whose block has no colons", "Fw: Wann", OWN "\n\n------ Forwarded Message ------\nFrom \"Nils Berg\" <nils@berg.example>\nTo \"Ada\" <ada@example.org>\nDate 04.05.2026 10:11\nSubject Wann\n\nWann?", OWN, "nils@berg.example", "Wann?", 1777889460 },
	{ "what is quoted in the forwarded stays in it", "Fwd: Wann", "---------- Forwarded message ---------\nFrom: Nils Berg <nils@berg.example>\nDate: 4 May 2026 10:11\nSubject: Wann\nTo: Ada\n\nWann?\n\n> Vielleicht?", "", "nils@berg.example", "Wann?\n\n> Vielleicht?", 1777889460 },
};

static void forward_holds(void **state)
{
	const struct forward *r = *state;
	struct pool *p = pool_new();
	struct quoted q;

	quote_split(p, r->plain, false, false, NULL, r->subject, &q);
	assert_string_equal(q.text, r->text);
	assert_true(q.forwarded.is);
	assert_string_equal(q.forwarded.from.address, r->address);
	assert_string_equal(q.forwarded.from.name, "Nils Berg");
	assert_string_equal(q.forwarded.text, r->body);
	assert_int_equal(q.forwarded.date, r->date);
	pool_end(&p);
}

/* ---- HTML of the clients ---- */

#define WORDS "<div>Ja, am Montag.</div><div>Gern.</div>"
#define BLOCK "<b>From:</b> Nils Berg &lt;nils@berg.example&gt;<br><b>Sent:</b> 4 May 2026 10:11<br><b>To:</b> Ada<br><b>Subject:</b> x<br>"
#define ATTRIBUTION "On Mon, May 4, 2026 at 10:11 AM Nils Berg &lt;<a href=\"mailto:nils@berg.example\">nils@berg.example</a>&gt; wrote:<br>"

static const struct html {
	const char *rule, *html, *text;
} htmls[] = {
	{ "Gmail", "<div dir=\"ltr\">" WORDS "</div><br><div class=\"gmail_quote gmail_quote_container\"><div dir=\"ltr\" class=\"gmail_attr\">" ATTRIBUTION "</div><blockquote class=\"gmail_quote\" style=\"margin:0px 0px 0px 0.8ex;border-left:1px solid\">When?</blockquote></div>", OWN },
	{ "Gmail, answers between and under", "<div dir=\"ltr\"><div class=\"gmail_quote gmail_quote_container\"><div class=\"gmail_attr\">" ATTRIBUTION "</div><blockquote class=\"gmail_quote\">When?</blockquote><div>Monday.</div><blockquote class=\"gmail_quote\">Where?</blockquote><div>Here.</div></div></div>", "Monday.\n\nHere." },
	{ "Gmail, a forward's quotation makes nothing below it the forwarder's", "<div>Ja.</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">---------- Forwarded message ---------<br>From: Nils Berg &lt;nils@berg.example&gt;<br>Date: 4 May 2026<br>Subject: x<br>To: Ada</div>Hallo<blockquote>When?</blockquote>Monday.</div>", "Ja." },
	{ "eM Client, whose labels have no colon", "<div>" WORDS "</div><div style=\"border-top:solid 1pt\">From \"Nils Berg\" &lt;nils@berg.example&gt;<br>To ada@example.org<br>Date 04/05/2026 10:11:00<br>Subject x</div><div>When?</div>", OWN },
	{ "Gmail's signature", "<div dir=\"ltr\">" WORDS "<div><br></div>-- <br><div dir=\"ltr\" class=\"gmail_signature\">Ada Lovelace<br>Analytical Ltd</div></div>", OWN },
	{ "Gmail's indention is the writer's", "<div>Ja.</div><blockquote class=\"gmail_quote\" style=\"margin:0 0 0 40px;border:none;padding:0px\">Indeed.</blockquote>", "Ja.\n\nIndeed." },
	{ "Gmail's indention, where it is all there is", "<blockquote class=\"gmail_quote\" style=\"margin:0 0 0 40px;border:none;padding:0px\">Indeed.</blockquote>", "Indeed." },
	{ "answers between, in HTML", "<div class=\"moz-cite-prefix\">On 5/4/26 10:11, Nils Berg wrote:<br></div><blockquote type=\"cite\">When?</blockquote><p>Monday.</p><blockquote type=\"cite\">Where?</blockquote><p>Here.</p>", "Monday.\n\nHere." },
	{ "Thunderbird", "<body>Ja, am Montag.<br>Gern.<br><div class=\"moz-cite-prefix\">On 5/4/26 10:11, Nils Berg wrote:<br></div><blockquote type=\"cite\" cite=\"mid:1@x\"><p>When?</p></blockquote><div class=\"moz-signature\">-- <br>Ada</div></body>", OWN },
	{ "Apple Mail", "<body>" WORDS "<div><br><blockquote type=\"cite\"><div>On 4 May 2026, at 10:11, Nils Berg wrote:</div><br><div>When?</div></blockquote></div></body>", OWN },
	{ "Apple's telephone", "<body>Ja, am Montag.<div>Gern.<br><br><div dir=\"ltr\">Von meinem iPhone gesendet</div><div dir=\"ltr\"><br><blockquote type=\"cite\">Am 04.05.2026 um 10:11 schrieb Nils Berg:<br><br></blockquote></div><blockquote type=\"cite\">Wann?</blockquote></div></body>", OWN },
	{ "Outlook", "<div class=WordSection1><p class=MsoNormal>Ja, am Montag.<o:p></o:p></p><p class=MsoNormal>Gern.<o:p></o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>" BLOCK "</p></div></div><p class=MsoNormal>When?</p></div>", "Ja, am Montag.\n\nGern." },
	{ "Outlook in a language we do not know", "<div><p>Ja.</p><div style='border:none;border-top:solid #B5C4DF 1.0pt'><p><b>Xoru:</b> Nils &lt;nils@berg.example&gt;<br><b>Balt:</b> 04.05.2026 10:11<br><b>Zurt:</b> Ada<br><b>Quont:</b> x</p></div><p>When?</p></div>", "Ja." },
	{ "Outlook on the web", "<body>" WORDS "<div id=\"appendonsend\"></div><hr style=\"display:inline-block;width:98%\" tabindex=\"-1\"><div id=\"divRplyFwdMsg\" dir=\"ltr\">" BLOCK "</div><div>When?</div></body>", OWN },
	{ "Outlook for iOS, with its advertisement", "<body>" WORDS "<div id=\"ms-outlook-mobile-signature\">Get <a href=\"https://aka.ms/x\">Outlook for iOS</a></div><hr tabindex=\"-1\"><div id=\"divRplyFwdMsg\">" BLOCK "</div><div>When?</div></body>", OWN },
	{ "Hotmail", "<div>" WORDS "<hr id=\"stopSpelling\">Date: Mon, 4 May 2026<br>Subject: x<br>From: nils@berg.example<br>To: ada@example.org<br><br>When?</div>", OWN },
	{ "Outlook Express's header", "<div>" WORDS "</div><div class=\"OutlookMessageHeader\" dir=\"ltr\">" BLOCK "</div>When?", OWN },
	{ "Yahoo", "<div>" WORDS "</div><div id=\"ydp1\" class=\"yahoo_quoted\"><div>On Monday, May 4, 2026, Nils Berg wrote:</div><div>When?</div></div>", OWN },
	{ "Proton", WORDS "<div class=\"protonmail_signature_block\">Sent with Proton Mail</div><div class=\"protonmail_quote\">On Monday Nils wrote:<blockquote class=\"protonmail_quote\" type=\"cite\">When?</blockquote></div>", OWN },
	{ "Zimbra", "<div>" WORDS "<hr id=\"zwchr\" data-marker=\"__DIVIDER__\"><div data-marker=\"__HEADERS__\">" BLOCK "</div><div data-marker=\"__QUOTED_TEXT__\">When?</div></div>", OWN },
	{ "GMX", "<div>" WORDS "<div name=\"quote\" style=\"margin:10px;border-left:2px solid #C3D9E5\"><div><b>Gesendet:</b> 04.05.2026<br><b>Von:</b> Nils<br></div><div name=\"quoted-content\">Wann?</div></div></div>", OWN },
	{ "Notes", "<font>Ja, am Montag.</font><br><font>Gern.</font><br><br><table><tr><td>From:</td><td>Nils Berg &lt;nils@berg.example&gt;</td></tr><tr><td>To:</td><td>Ada</td></tr><tr><td>Date:</td><td>04.05.2026 10:11</td></tr><tr><td>Subject:</td><td>x</td></tr></table><hr noshade>When?", OWN },
	{ "Spark", WORDS "<div name=\"messageSignatureSection\">Ada</div><div name=\"messageReplySection\">On 4 May 2026, Nils Berg wrote:<blockquote type=\"cite\">When?</blockquote></div>", OWN },
	{ "Samsung", WORDS "<div id=\"composer_signature\">Von meinem Galaxy gesendet</div><div>-------- Ursprüngliche Nachricht --------</div><div>Von: Nils Berg</div><div>Datum: 04.05.26 10:11</div><div>An: Ada</div><div>Betreff: x</div><div>Wann?</div>", OWN },
	{ "Yandex", "<div>" WORDS "</div><div>04.05.2026, 10:11, \"Nils Berg\" &lt;nils@berg.example&gt;:</div><blockquote><p>When?</p></blockquote>", OWN },
	{ "a rule and a block without a class", "<div>" WORDS "<hr>" BLOCK "<br>When?</div>", OWN },
	{ "a quotation without an attribution", "<p>Ja.</p><blockquote>When?</blockquote>", "Ja." },
	{ "what follows a quotation stays", "<p>Ja.</p><blockquote>When?</blockquote><p>Gern.</p>", "Ja.\n\nGern." },
	{ "hidden words never reach the text", "<div style=\"display:none\">kept: friday</div><p>Ja.</p><span style=\"font-size:0\">done</span>", "Ja." },
	{ "a class only like a client's is none", "<div class=\"quote-of-the-day\">Ja.</div>", "Ja." },
	{ "a quotation that is all there is", "<blockquote>Ja.</blockquote>", "Ja." },
};

static void html_holds(void **state)
{
	const struct html *r = *state;
	struct pool *p = pool_new();
	struct quoted q;

	quote_split(p, NULL, false, false, r->html, "Re: x", &q);
	assert_string_equal(q.text, r->text);
	assert_true(q.from_html);
	pool_end(&p);
}

/* ---- both parts, format=flowed, bounds ---- */

static void html_is_chosen_by_its_structure(void **state)
{
	struct pool *p = pool_new();
	struct quoted q;

	(void)state;
	quote_split(p, "Ja.\n\nWhen?", false, false, "<p>Ja.</p><div class=\"yahoo_quoted\">When?</div>", "Re: x", &q);
	assert_string_equal(q.text, "Ja.");
	assert_true(q.from_html);
	quote_split(p, "Ja.\nGern.", false, false, "<p>Ja.<br>Gern.</p>", "Re: x", &q);
	assert_string_equal(q.text, "Ja.\nGern.");
	assert_false(q.from_html);
	quote_split(p, "Your mail client does not show HTML.", false, false, "<p>Ja.</p>", "Re: x", &q);
	assert_string_equal(q.text, "Ja.");
	quote_split(p, "Gern am Montag.\nYour mail client does not show HTML.", false, false, "<p>Gern, Montag.</p>", "Re: x", &q);
	assert_false(q.from_html); /* words of the writer's stand before the notice */
	quote_split(p, NULL, false, false, NULL, NULL, &q);
	assert_string_equal(q.text, "");
	assert_string_equal(q.full, "");
	pool_end(&p);
}

static void flowed_lines_are_joined(void **state)
{
	struct pool *p = pool_new();
	struct quoted q;

	(void)state;
	quote_split(p, "one \ntwo\n > no quote\n> a \n> b\n-- \nAda", true, false, NULL, "Re: x", &q);
	assert_string_equal(q.text, "one two\n> no quote");
	quote_split(p, "on \ne\n", true, true, NULL, "Re: x", &q);
	assert_string_equal(q.text, "one");
	pool_end(&p);
}

static void hostile_letters_end(void **state)
{
	static const char *const units[] = { "\n", "1:\n", ">", "> a\nb\n", "a@b.c 2020:\n", "From: x\n", "----x----\n", "On 2020-10-10 x wrote\n",
	                                     "this email and any\n", "--\n", "---\na\n", "<br>", "<blockquote>x", "&", "<!--", "</p>" };

	(void)state;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		struct pool *p = pool_new();
		struct text *t = text_new(p, BODY_MOST);
		struct quoted q;

		while (!t->cut)
			text_add(t, units[i]);
		quote_split(p, units[i][0] == '<' || units[i][0] == '&' ? NULL : t->s, i % 2, false, units[i][0] == '<' || units[i][0] == '&' ? t->s : NULL, "Fwd: x", &q);
		assert_non_null(q.text);
		assert_true(utf8_valid(q.text, strlen(q.text)));
		pool_end(&p);
	}
}

/* What the other person had written, which the letter answers. */
static const struct {
	const char *rule, *full, *answered;
} answers[] = {
	{ "marked lines", "Yes.\n\nOn Mon, 4 May 2026 at 10:11, Nils Berg <nils@berg.example> wrote:\n\n> Can you send me the data?\n>\n> Nils\n", "Can you send me the data?\n\nNils" },
	{ "theirs alone, not what they quoted", "Yes.\n\nOn 5/4/26 10:11, Nils Berg wrote:\n> The data, please.\n>\n> On 5/3/26 09:00, Ada wrote:\n>> Which?\n", "The data, please." },
	{ "behind a header block", "Yes.\n\nFrom: Nils Berg <nils@berg.example>\nSent: Monday, May 4, 2026 10:11 AM\nTo: Ada <ada@example.org>\nSubject: x\n\nThe data, please.", "The data, please." },
	{ "not marked, behind its attribution", "Yes.\n\nAm 04.05.2026 um 10:11 schrieb Nils Berg <nils@berg.example>:\n\nDie Daten, bitte.", "Die Daten, bitte." },
	{ "the line that says who wrote is marked too", "Yes.\n\n> On 4 May 2026, at 10:11, Nils Berg <nils@berg.example> wrote:\n>\n> The data, please.", "The data, please." },
	{ "nothing is quoted: it came unasked", "I will send you the data.\n\nAda", "" },
	{ "a colon in one's own words is no quotation", "Two things:\nthe data\nand the slides", "" },
};

static void what_is_answered(void **state)
{
	struct pool *p = pool_new();
	struct quoted q;

	(void)state;
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		struct letter l = { 0 };

		quote_split(p, answers[i].full, false, false, NULL, "Re: x", &q);
		l.text = q.text, l.full = q.full, l.forwarded = q.forwarded;
		if (strcmp(quote_answered(p, &l), answers[i].answered) != 0)
			fail_msg("%s: '%s'", answers[i].rule, quote_answered(p, &l));
	}
	pool_end(&p);
}

#define COUNT(list) (sizeof(list) / sizeof *(list))

int main(void)
{
	static struct CMUnitTest t[COUNT(plains) + COUNT(attributions) + COUNT(headers) + COUNT(forwards) + COUNT(htmls)];
	const struct CMUnitTest others[] = {
		cmocka_unit_test(html_is_chosen_by_its_structure),
		cmocka_unit_test(flowed_lines_are_joined),
		cmocka_unit_test(hostile_letters_end),
		cmocka_unit_test(what_is_answered),
	};
	size_t n = 0;

	for (size_t i = 0; i < COUNT(plains); i++)
		t[n++] = (struct CMUnitTest){ plains[i].rule, plain_holds, NULL, NULL, (void *)&plains[i] };
	for (size_t i = 0; i < COUNT(attributions); i++)
		t[n++] = (struct CMUnitTest){ attributions[i], attribution_holds, NULL, NULL, (void *)attributions[i] };
	for (size_t i = 0; i < COUNT(headers); i++)
		t[n++] = (struct CMUnitTest){ headers[i].language, header_holds, NULL, NULL, (void *)&headers[i] };
	for (size_t i = 0; i < COUNT(forwards); i++)
		t[n++] = (struct CMUnitTest){ forwards[i].rule, forward_holds, NULL, NULL, (void *)&forwards[i] };
	for (size_t i = 0; i < COUNT(htmls); i++)
		t[n++] = (struct CMUnitTest){ htmls[i].rule, html_holds, NULL, NULL, (void *)&htmls[i] };
	return cmocka_run_group_tests_name("quote", t, NULL, NULL) + cmocka_run_group_tests_name("quote, whole", others, NULL, NULL);
}
