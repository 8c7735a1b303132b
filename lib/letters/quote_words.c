/* The words of the clients. Compared folded (accents off, lower case) and without blanks. A structure is asked first:
 * the words settle what the structure leaves open. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "letters/quote_inner.h"

/* Outlook, Apple Mail, Thunderbird, Gmail, Yahoo, in 30 languages. */
static const struct {
	enum label label;
	const char *words; /* between | */
} labels[] = {
	{ LABEL_FROM,
	  "|from|von|de|da|van|fra|fran|od|desde|expediteur|exp|mittente|absender|afzender|lahettaja|avsender|"
	  "afsender|felado|kuldo|nadawca|remetente|remitente|dela|expeditor|gonderen|kimden|saatja|no|nuo|"
	  "siuntejas|sutitajs|salje|posiljatelj|odkoga|odesilatel|odosielatel|απο|αποστολεασ|от|откого|отправитель|"
	  "від|відкого|відправник|подател|пошилјалац|од|шаље|发件人|發件人|寄件者|寄件人|差出人|送信者|送信元|보낸사람|보낸이|발신|보낸사람들|מאת|من|"
	  "المرسل|از|จาก|tu|dari|pengirim|nguoigui|sendandi|o|oddziala|prejelod|posilja|nga|dergues|প্রেরক|से|"
	  "प्रेषक|author|verfasser|autor|auteur|autore|"
	  "tik|expeditorul|remitent|dende|remite|" },
	{ LABEL_TO,
	  "|to|an|a|para|pour|aan|til|till|do|komu|vastaanottaja|saaja|cimzett|destinatario|destinataire|empfanger|"
	  "ontvanger|mottagare|mottaker|modtager|catre|destinatar|kime|alici|saajale|kellele|kam|adresats|gavejas|"
	  "prima|primatelj|za|prejemnik|adresat|prijemca|prijemce|προσ|παραληπτησ|кому|получатель|до|докого|"
	  "одержувач|получател|за|коме|прима|примаоц|收件人|收件者|宛先|受信者|받는사람|받는이|수신|אל|נמען|إلى|الى|المستلم|به|گیرنده|"
	  "ถึง|den|toi|kepada|untuk|penerima|per|pera|nori|iki|vidtakandi|प्रति|প্রতি|hasta|tos|zu|" },
	{ LABEL_CC,
	  "|cc|kopie|kopia|kopi|copie|copia|copiea|copiaa|kopio|masolat|bilgi|dw|udw|kopija|копия|копія|копие|"
	  "копија|抄送|副本|참조|copiapara|ccn|bcc|cci|salinan|sc|копиja|koopia|κοιν|κοινοποιηση|עותק|نسخة|نسخه|สำเนา|"
	  "สำเนาถึง|masolatotkap|afrit|skryta|inkopie|dk|gizli|скрытаякопия|blindkopie|blindcopy|copiecachee|cco|"
	  "同报|密送|" },
	{ LABEL_DATE,
	  "|date|sent|gesendet|datum|data|fecha|enviado|enviadoel|enviadaem|enviadoem|enviada|envoye|envoyele|dato|"
	  "sendt|skickat|verzonden|verstuurd|verzondenop|inviato|inviatoil|wyslano|wyslane|wyslanodnia|paivamaara|"
	  "paivays|pvm|lahetetty|datums|kuupaev|saadetud|kuldve|elkuldve|trimis|trimisla|tarih|gonderilen|"
	  "gonderildi|gonderme|gonderimtarihi|gonderilmetarihi|odoslane|odeslano|odeslane|poslano|poslato|vrijeme|"
	  "cas|posladan|ημερομηνια|σταλθηκε|απεσταλη|εσταλη|стaлθηκε|дата|отправлено|надіслано|відправлено|"
	  "изпратено|датум|послато|发送时间|發送時間|发送日期|日期|时间|時間|傳送時間|寄件日期|日時|送信日時|送信日|日付|보낸날짜|보낸시간|보냈음|날짜|일시|תאריך|נשלח|"
	  "נשלחה|تاريخ|التاريخ|تاريخالإرسال|أرسلت|تماريخ|تمالإرسال|ارسال|تاریخ|วันที่|ส่ง|ส่งเมื่อ|ngay|dagui|gui|"
	  "tanggal|dikirim|terkirim|issiusta|nosutits|dagsetning|sentat|senton|datesent|envoyee|enviat|dataihora|"
	  "bidalita|sendtden|gesendetam|gesendetum|datumzeit|datee|heure|datesenvoi|datedenvoi|skickades|dataora|"
	  "pagarbiai|तिथि|दिनांक|তারিখ|tarix|" },
	{ LABEL_SUBJECT,
	  "|subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|emne|amne|aihe|temat|predmet|tema|targy|"
	  "konu|subiect|teema|pealkiri|naslov|zadeva|vec|temats|priekstemats|θεμα|тема|предмет|наслов|относно|主题|"
	  "主旨|主題|件名|제목|נושא|الموضوع|موضوع|เรื่อง|chude|tieude|perihal|subjek|subyek|assumpte|gaia|efni|विषय|বিষয়|"
	  "mavzu|topic|titel|thema|onderw|betr|re|" },
	{ LABEL_OTHER,
	  "|replyto|antwortan|antwortenan|antwoordnaar|repondrea|respondera|responderpara|rispondia|antwoordaan|"
	  "svartil|svara|svartill|vastausosoite|odpowiedzdo|odpovedetkomu|yanitla|yanitadresi|valaszcim|importance|"
	  "wichtigkeit|priority|prioritat|prioritet|priorite|importancia|importanza|belang|attachments|anlagen|"
	  "anhange|anhang|anlage|piecesjointes|piecejointe|allegati|adjuntos|datosadjuntos|bijlagen|anexos|"
	  "zalaczniki|liitteet|bilagor|vedlegg|vedhaeftedefiler|ekler|приложения|вложения|附件|添付ファイル|organization|"
	  "organisation|messageid|message-id|nachricht-id|resent-from|resentfrom|list-id|vertraulichkeit|"
	  "sensitivity|priorita|prioriteit|reply-to|reponsea|responderaa|mailed-by|return-path|sender|inreplyto|"
	  "newsgroups|cevapadresi|odgovorna|atbildetuz|返信先|回复|ответить|ответ|відповісти|svaraddress|svaradresse|" },
};

static const char *const verbs[] = { /* ends of words count: "hat geschrieben", "a ecrit" */
	"wrote", "writes", "written", "schrieb", "geschrieben", "schreibt", "a ecrit", "ecrit", "ecrivait",
	"escribio", "escreveu", "escrigue", "va escriure", "ha scritto", "scrisse", "scritto", "schreef",
	"geschreven", "skrev", "kirjoitti", "napisal", "napisal(a)", "napisala", "napisal/a", "pisze", "napsal",
	"napsal(a)", "napsala", "napisao", "napisao/la", "napisal/-a", "je napisao/la", "je napisal", "je napisala",
	"irta", "ezt irta", "a scris", "scris", "sunu yazdi", "yazdi", "kirjutas", "rakstija", "rase", "parase",
	"egraψε", "εγραψε", "написал", "написала", "написал(а)", "пишет", "пише", "написав", "написав(-ла)", "написа",
	"је написао", "је написао/ла", "писал", "写道", "寫道", "写信", "写到", "wrote：", "已写", "のメール", "書きました", "書き込みました",
	"さんのメッセージ", "작성", "쓴글", "님이작성", "썼습니다", "님이 작성", "כתב", "כתב/ה", "כתבה", "מאת", "كتب", "كتبت", "نوشت",
	"เขียนว่า", "เขียน", "da viet", "viet", "menulis", "tulis", "skrifadi", "idatzi du", "idatzi", "ha escrit",
	"napisao je", "shkroi", "लिखा", "লিখেছেন", "sulat", "said", "sagte", "het volgende geschreven", "escribe",
	"ecrit :", "a envoye", "envoya", "sent", "napisali", "geschr", "skribis", "odpisal", "odpisala", "antwortete",
	"replied", "kirjutas jargmist", "escribiendo", "ha enviado", "inviato",
};

static const char *const begins[] = { /* first words of attributions */
	"on ", "am ", "le ", "el ", "em ", "op ", "il ", "den ", "pa ", "w dniu ", "dnia ", "dne ", "dana ", "la ",
	"pe ", "in data ", "at ", "vao ", "v ", "в ", "a ", "a(z) ", "στισ ", "u ", "pada ", "2", "в", "kl", "tor",
	"d. ", "d ", "no ", "opp", "em", "nel", "from ", "von ", "fra ", "il giorno ", "'", "on", "ma ", "dia ",
	"el dia ", "vid", "ons", "man", "tir", "fre", "lor", "son",
};

static const char *const tickets[] = { /* a ticket system's mark: answer over it */
	"abovethisline", "oberhalbdieserzeile", "uberdieserlinie", "au-dessusdecetteligne", "encimadeestalinea", "acimadestalinha",
	"bovendezeregel", "abovethedashedline", "sopraquestariga",
};

static const char *const originals[] = { /* titles of any message that follows; folded, without blanks */
	"originalmessage", "originalappointment", "originalemail", "originalmail", "replymessage",
	"ursprunglichenachricht", "originalnachricht", "ursprunglichemail", "originale-mail", "ursprunglichee-mail",
	"messageoriginal", "mailoriginal", "messaged'origine", "messageinitial", "maild'origine", "e-maild'origine",
	"mensajeoriginal", "mensagemoriginal", "correooriginal", "messaggiooriginale", "messaggiooriginario",
	"oorspronkelijkbericht", "origineelbericht", "oorspronkelijkebericht", "originalmeddelande",
	"ursprungligtmeddelande", "ursprungligameddelandet", "originalmeddelelse", "oprindeligmeddelelse",
	"oprindeligbesked", "oprindeligmail", "opprinneligmelding", "originalmelding", "alkuperainenviesti",
	"alkuperainensahkoposti", "wiadomoscoryginalna", "oryginalnawiadomosc", "wiadomosczrodlowa", "puvodnizprava",
	"puvodnie-mail", "povodnasprava", "povodnyemail", "eredetiuzenet", "eredetilevel", "mesajoriginal",
	"mesajulinitial", "orijinalmesaj", "originaliletisi", "orjinalileti", "ozgunileti", "ozgunmesaj",
	"asiluzenet", "izvornaporuka", "originalnaporuka", "izvornosporocilo", "originalnosporocilo", "algnekiri",
	"algnesonum", "originalaiszina", "sakotnejaiszina", "originaluslaiskas", "pradinislaiskas", "αρχικομηνυμα",
	"πρωτοτυπομηνυμα", "исходноесообщение", "оригинальноесообщение", "исходноеписьмо", "первоначальноесообщение",
	"пересланоеисходное", "вихіднеповідомлення", "оригіналповідомлення", "оригінальнеповідомлення",
	"первинноповідомлення", "оригиналносъобщение", "първоначалносъобщение", "оригиналнапорука", "原始邮件", "原邮件",
	"原始郵件", "原始信件", "原件", "邮件原件", "原文", "元のメッセージ", "オリジナルメッセージ", "原始消息", "元のメール", "원본메시지", "원본메일", "원래메시지",
	"הודעהמקורית", "رسالةأصلية", "الرسالةالأصلية", "پیاماصلی", "ข้อความดั้งเดิม", "ข้อความต้นฉบับ", "thugoc",
	"tinnhangoc", "pesanasli", "missatgeoriginal", "jatorrizkomezua", "upprunalegskilabod", "replyaboveoriginal",
	"quotedmessage", "messagecite", "zitiertenachricht",
};

static const char *const forwards[] = {
	"forwardedmessage", "forwardedmail", "forwardedemail", "forwardedby", "beginforwardedmessage",
	"beginforwardmessage", "startofforwardedmessage", "forwardmessage", "fwd.msg", "fwdmsg",
	"weitergeleitetenachricht", "anfangderweitergeleitetennachricht", "weitergeleiteten", "weitergeleitetemail",
	"weitergeleitetee-mail", "anfangderweitergeleiteten", "weiterleitung", "messagetransfere",
	"debutdumessagereexpedie", "debutdumessagetransfere", "messagereexpedie", "messagetransmis",
	"debutdel'e-mailtransfere", "maitransfere", "e-mailtransfere", "couriertransfere", "mensajereenviado",
	"iniciodelmensajereenviado", "empezarmensajereenviado", "comienzodelmensajereenviado", "mensagemencaminhada",
	"iniciodamensagemencaminhada", "mensagemreencaminhada", "iniciodamensagemreencaminhada",
	"iniciodelmissatgereenviat", "missatgereenviat", "messaggioinoltrato", "iniziomessaggioinoltrato",
	"iniziodelmessaggioinoltrato", "inoltrato", "doorgestuurdbericht", "begindoorgestuurdbericht",
	"beginvandoorgestuurdbericht", "doorgestuurd", "vidarebefordratmeddelande", "vidarebefordratmejl",
	"vidarebefordrat", "borjanavvidarebefordrat", "borjanpavidarebefordrat", "vidaresantmeddelande",
	"videresendtmelding", "videresendtmeddelelse", "startpavideresendt", "videresendtbesked", "videresendt",
	"videresendte-post", "videresendtmail", "valitettyviesti", "valitettyviestialkaa", "valitetty",
	"edelleenlahetetty", "przekazanawiadomosc", "wiadomoscprzekazana", "poczatekprzekazywanejwiadomosci",
	"poczatekprzekazanejwiadomosci", "przekazywanej", "przeposlanazprava", "preposlanazprava",
	"zacatekpreposilanezpravy", "zacatekpreposlane", "preposlanasprava", "zaciatokpreposlanejspravy",
	"preposlana", "zaciatokpreposielanejspravy", "tovabbitottuzenet", "tovabbitottlevel",
	"tovabbitottlevelkezdete", "tovabbitottuzenetkezdete", "mesajredirectionat",
	"inceputulmesajuluiredirectionat", "inceputmesajredirectionat", "mesajretransmis", "mesajtransmis",
	"iletilenmesaj", "iletilmismesaj", "iletilmisileti", "yonlendirilenmesaj", "iletibaslangici", "iletilenilet",
	"iletilen", "iletimesaji", "iletilenileti", "proslijedenaporuka", "prosledenaporuka",
	"zapocniproslijedenuporuku", "pocetakproslijedene", "pocetakproslijedeneporuke", "posredovanosporocilo",
	"zacetekposredovanega", "edastatudkiri", "edastatudsonum", "algusedastatud", "parsutitazina",
	"parsutitazinojums", "persiustaslaiskas", "persiustaszinute", "προωθημενομηνυμα", "αρχηπροωθημενου",
	"πρoωθημενο", "пересылаемоесообщение", "перенаправленноесообщение", "пересланноесообщение",
	"переадресованноесообщение", "пересланноеписьмо", "началопереадресованногосообщения", "началопересланного",
	"началопересылаемого", "пересылаемоеписьмо", "пересланеповідомлення", "початоклиста,щопересилається",
	"початокпересланого", "пересилаєтьс", "переслане", "препратеносъобщение", "началонапрепратеното",
	"препратено", "прослеђенапорука", "转发的邮件", "转发邮件", "轉寄郵件", "轉寄的郵件", "转发邮件信息", "转发的消息", "已转发邮件", "已轉寄",
	"開始轉寄郵件", "开始转发的邮件", "被转发邮件", "転送されたメッセージ", "転送メッセージ", "転送メール", "以下は転送", "전달된메시지", "전달된메세지", "전달메시지", "전달된메일",
	"הודעהשהועברה", "הודעהמועברת", "תחילתההודעה", "رسالةمعادتوجيهها", "الرسالةالمعادتوجيهها", "بدايةالرسالة",
	"رسالةمحولة", "پیامارسالشده", "ข้อความที่ส่งต่อ", "เริ่มต้นข้อความ", "tinnhandachuyentiep", "thudachuyentiep",
	"batdauthu", "pesanditeruskan", "pesanterusan", "pesanyangditeruskan", "awalpesan", "mesejdimajukan",
	"framsendurpostur", "framsendskilabod", "birzbidalitakomezua",
};

static const char *const forward_prefixes[] = { /* of subjects, folded, without blanks */
	"fwd", "fw", "[fwd", "(fwd", "fwd.", "wg", "wtr", "tr", "rv", "enc", "i", "pd", "vb", "vl", "doorst", "ilt",
	"tov", "tovabbitas", "tovabbitva", "tovabb", "prp", "pr", "ps", "redir", "redirectionat", "ed", "edas",
	"edasi", "pars", "parsutit", "parsutits", "pers", "persiusta", "persiusti", "bh", "fs", "framsent", "trs",
	"teruskan", "ct", "chuyentiep", "reenv", "reenvio", "reenviado", "encaminhado", "encaminhada",
	"weitergeleitet", "weiterleitung", "doorgestuurd", "inoltro", "inoltrato", "videresend", "videresendt",
	"vidareb", "vidarebefordra", "vidarebefordrat", "valitetty", "edelleen", "przekazane", "przekaz",
	"preposlano", "preposlane", "proslijedeno", "prosledeno", "posredovano", "transfere", "transf", "reexp",
	"yonlendirme", "yonl", "iletildi", "πρθ", "πρω", "προωθηση", "пересл", "переслано", "пересылка",
	"перенаправлено", "переадресация", "переслати", "препр", "препратено", "прп", "пд", "прослеђено", "转发", "轉寄",
	"转寄", "轉發", "転送", "전달", "הועבר", "העברה", "إعادةتوجيه", "تحويل", "توجيه", "ارجاع", "ส่งต่อ", "vs-",
};

static const char *const reply_prefixes[] = {
	"re", "aw", "sv", "antw", "antwort", "rif", "r", "res", "odp", "ynt", "vs", "vast", "va", "valasz", "atb",
	"ats", "ref", "rp", "bls", "ref.", "reply", "rep", "απ", "σχετ", "отв", "ответ", "на", "hа", "відп", "вiдп",
	"re^2", "答复", "回复", "回覆", "返信", "답장", "회신", "השב", "תגובה", "رد", "ตอบ", "ตอบกลับ", "trl", "bal", "qt", "sva",
	"svar", "ang", "odpoved", "od", "odgovor", "odg", "raspuns", "rasp", "vastaus", "vas", "balas", "er",
	"erantzun", "rv-re", "accepted", "declined", "tentative", "automaticreply", "automatischeantwort",
};

const char *const quote_months[12] = { /* first letters, folded */
	"jan|janv|ene|gen|tammi|sty|led|sij|ocak|oca|ian|ιαν|янв|січ|яну|sijec|yan|jaan|jan|sau|un|",
	"feb|fev|febbr|helmi|lut|uno|vel|subat|sub|φεβ|фев|лют|veeb|vas|",
	"mar|mrz|maart|maj-rt|maalis|mart|bre|ozu|μαρ|мар|бер|mart|mrt|kov|",
	"apr|avr|abr|huhti|kwi|dub|tra|nis|απρ|апр|кві|bal|",
	"may|mai|maj|mei|maggio|mag|touko|kve|svi|maio|maggi|μαι|мая|май|тра|geg|",
	"jun|juin|giu|kesa|cze|cer|lip|haz|ιουν|июн|чер|юни|iun|juni|birz|",
	"jul|juil|lug|heina|lipiec|cvc|srp|tem|ιουλ|июл|лип|юли|iul|juuli|liep|",
	"aug|aou|ago|elo|sie|srpen|kol|agu|αυγ|авг|сер|rugp|",
	"sep|set|syys|wrz|zar|ruj|eyl|σεπ|сен|вер|rugs|",
	"oct|okt|ott|out|loka|paz|rij|lis-t|eki|οκτ|окт|жов|spal|",
	"nov|lis|marras|stu|kas|noi|νοε|ноя|лис|ное|lapkr|",
	"dec|dez|dic|des|dis|joulu|gru|pros|ara|δεκ|дек|гру|gruod|",
};

/* text_fold(), and further the letters of Romanian, Vietnamese, Greek and Ukrainian that the clients' words need. */
char *quote_fold(struct pool *p, const char *s)
{
	static const struct {
		uint32_t from, to; /* the first and the last of a run */
		const char *is;
	} more[] = {
		{ 0x1A0, 0x1A1, "o" }, { 0x1AF, 0x1B0, "u" }, { 0x218, 0x219, "s" }, { 0x21A, 0x21B, "t" },
		{ 0x386, 0x386, "α" }, { 0x388, 0x388, "ε" }, { 0x389, 0x389, "η" }, { 0x38A, 0x38A, "ι" },
		{ 0x38C, 0x38C, "ο" }, { 0x38E, 0x38E, "υ" }, { 0x38F, 0x38F, "ω" }, { 0x390, 0x390, "ι" },
		{ 0x3AC, 0x3AC, "α" }, { 0x3AD, 0x3AD, "ε" }, { 0x3AE, 0x3AE, "η" }, { 0x3AF, 0x3AF, "ι" },
		{ 0x3C2, 0x3C2, "σ" }, { 0x3CA, 0x3CA, "ι" }, { 0x3CC, 0x3CC, "ο" }, { 0x3CD, 0x3CD, "υ" },
		{ 0x3CE, 0x3CE, "ω" }, { 0x404, 0x404, "є" }, { 0x406, 0x406, "і" }, { 0x407, 0x407, "ї" },
		{ 0x490, 0x490, "ґ" }, { 0x1EA0, 0x1EB7, "a" }, { 0x1EB8, 0x1EC7, "e" }, { 0x1EC8, 0x1ECB, "i" },
		{ 0x1ECC, 0x1EE3, "o" }, { 0x1EE4, 0x1EF1, "u" }, { 0x1EF2, 0x1EF9, "y" },
	};
	char *f = text_fold(p, s);
	const char *c = f, *end = f + strlen(f), *from;
	struct text *t;

	while (c < end && (unsigned char)*c < 0x80)
		c++;
	if (c == end)
		return f;
	t = text_new(p, (size_t)(end - f));
	text_put(t, f, (size_t)(c - f));
	while (c < end) {
		uint32_t u;
		bool found = false;

		from = c;
		u = utf8_next(&c, end);
		for (size_t i = 0; u > 0x19F && i < sizeof more / sizeof *more; i++)
			if (u >= more[i].from && u <= more[i].to) {
				text_add(t, more[i].is);
				found = true;
			}
		if (!found)
			text_put(t, from, (size_t)(c - from));
	}
	return t->s;
}

/* Blanks and marks of emphasis: no part of a word. */
static const bool passed[256] = {
	[' '] = true, ['\t'] = true, ['\n'] = true, ['\v'] = true, ['\f'] = true, ['\r'] = true,
	['*'] = true, ['_'] = true, ['"'] = true, ['|'] = true, ['`'] = true,
};

/* Folded, and what is no part of a word off. */
static char *key_of(struct pool *p, const char *s, size_t n)
{
	char *f = quote_fold(p, pool_slice(p, s, n)), *to = f;

	for (const char *c = f; *c; c++)
		if (!passed[(unsigned char)*c])
			*to++ = *c;
	*to = '\0';
	return f;
}

/* The bits of all bytes that were read. */
static unsigned beside_read_some(struct beside *b, const char *s, size_t n)
{
	unsigned last = 32, bits = 0;

	*b = (struct beside){ 0 };
	/* without a branch: a blank is every fifth byte or so, and none of them could be foretold */
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		unsigned counts = !passed[c];

		b->of[last] |= counts << (c & 31);
		last = counts ? c & 31u : last;
		bits |= c;
		b->n += counts;
	}
	return bits;
}

void beside_read(struct beside *b, const char *s)
{
	beside_read_some(b, s, strlen(s));
}

bool beside_holds_all(const struct beside *b, const char *phrase)
{
	unsigned last = 32;

	for (; *phrase; phrase++) {
		if (passed[(unsigned char)*phrase])
			continue;
		if (last < 32 && !(b->of[last] & 1u << (*phrase & 31)))
			return false;
		last = *phrase & 31;
	}
	return true;
}

static bool listed(const char *words, const char *key)
{
	size_t n = strlen(key);

	if (!n)
		return false;
	for (const char *s = words; (s = strstr(s, key)); s++)
		if (s > words && s[-1] == '|' && s[n] == '|')
			return true;
	return false;
}

static const char *skip_marks(const char *s)
{
	while (isspace((unsigned char)*s) || *s == '*' || *s == '_' || strncmp(s, "\xC2\xA0", 2) == 0 ||
	       strncmp(s, "\xEF\xBB\xBF", 3) == 0)
		s += (unsigned char)*s == 0xC2 ? 2 : (unsigned char)*s == 0xEF ? 3 : 1;
	return s;
}

enum label label_of(struct pool *p, const char *line, const char **value)
{
	const char *s = skip_marks(line), *colon, *key;
	size_t wide = 1, n, words = 0;

	if (value)
		*value = NULL;
	n = strnlen(s, 60);
	colon = memchr(s, ':', n);
	for (const char *c = s; c + 3 <= s + n && (!colon || c < colon); c++)
		if (strncmp(c, "\xEF\xBC\x9A", 3) == 0) {
			colon = c;
			wide = 3;
		}
	if (!colon || colon == s || colon - s > 50)
		return LABEL_NONE;
	for (const char *c = s; c < colon; c++) {
		words += *c == ' ' && c[1] != ' ' && c + 1 < colon;
		if (isdigit((unsigned char)*c) || strchr(",;<>@/!?=[]", *c))
			return LABEL_NONE;
	}
	if (words > 4 || (colon[wide] == '/' && colon[wide + 1] == '/'))
		return LABEL_NONE;
	if (value)
		*value = skip_marks(colon + wide);
	key = key_of(p, s, (size_t)(colon - s));
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (listed(labels[i].words, key))
			return labels[i].label;
	return LABEL_NONE;
}

bool has_address(const char *s)
{
	for (const char *at = strchr(s, '@'); at; at = strchr(at + 1, '@'))
		if (at > s && !isspace((unsigned char)at[-1]) &&
		    (isalnum((unsigned char)at[1]) || (unsigned char)at[1] >= 0x80))
			return true;
	return false;
}

size_t quote_digits(const char *s)
{
	size_t n = 0;

	while (isdigit((unsigned char)s[n]))
		n++;
	return n;
}

static bool has_time(const char *s)
{
	for (; *s; s++) {
		size_t n = quote_digits(s);

		if (!n)
			continue;
		if (n <= 2 && (s[n] == ':' || s[n] == '.' || s[n] == 'h') && quote_digits(s + n + 1) == 2)
			return true;
		s += n - 1;
	}
	return false;
}

/* A year, or a day in digits. A time alone is none. */
bool has_date(const char *s)
{
	for (; *s; s++) {
		size_t n = quote_digits(s), m;

		if (!n)
			continue;
		if (n == 4 && ((s[0] == '1' && s[1] == '9') || (s[0] == '2' && (s[1] == '0' || s[1] == '5'))))
			return true;
		if (n <= 2 && (s[n] == '/' || s[n] == '.' || s[n] == '-') && (m = quote_digits(s + n + 1)) >= 1 && m <= 2 &&
		    s[n + 1 + m] == s[n] && quote_digits(s + n + 2 + m) >= 2)
			return true;
		if (strncmp(s + n, "\xE5\xB9\xB4", 3) == 0 || strncmp(s + n, "\xE6\x9C\x88", 3) == 0) /* 年 月 */
			return true;
		s += n - 1;
	}
	return false;
}

static bool has_month(const char *folded)
{
	for (const char *s = folded; *s; s++)
		if (s == folded || s[-1] == ' ' || s[-1] == '.' || s[-1] == '-')
			for (size_t m = 0; m < 12; m++)
				for (const char *w = quote_months[m]; *w; w = strchr(w, '|') + 1) {
					size_t n = strcspn(w, "|");

					if (n >= 3 && strncmp(s, w, n) == 0)
						return true;
				}
	return false;
}

static bool has_verb(const char *folded, bool *last)
{
	size_t end = strlen(folded);
	bool any = false;

	while (end && (folded[end - 1] == ':' || folded[end - 1] == ' ' || folded[end - 1] == '*' || folded[end - 1] == '.'))
		end--;
	if (end >= 3 && strncmp(folded + end - 3, "\xEF\xBC\x9A", 3) == 0)
		end -= 3;
	*last = false;
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
		size_t n = strlen(verbs[i]);

		for (const char *s = folded; (s = strstr(s, verbs[i])); s++) {
			bool edge = (unsigned char)*s >= 0x80 || s == folded || !isalpha((unsigned char)s[-1]);

			if (!edge || ((unsigned char)s[n - 1] < 0x80 && isalpha((unsigned char)s[n])))
				continue;
			any = true;
			if ((size_t)(s - folded) + n == end)
				*last = true;
		}
	}
	return any;
}

bool has_wrote(struct pool *p, const char *line)
{
	bool last;

	return has_verb(quote_fold(p, line), &last);
}

bool may_attribute(const char *line)
{
	return strpbrk(line, "0123456789:\xEF") != NULL; /* EF: the first byte of a wide colon */
}

bool is_attribution(struct pool *p, const char *line, bool quoted)
{
	const char *s = skip_marks(line), *mark;
	char *f;
	size_t n = strlen(s);
	bool colon, address, date, time, verb, last, begin = false, angle;

	if (n < 6 || n > 400 || strncmp(s, "http", 4) == 0 || (!quoted && !may_attribute(s)))
		return false;
	f = quote_fold(p, s);
	if (quoted && (mark = strstr(f, ":>"))) /* the first quoted line stands on the same one */
		f[mark + 1 - f] = '\0';
	n = strlen(f);
	while (n && (f[n - 1] == ' ' || f[n - 1] == '*' || f[n - 1] == '_' || f[n - 1] == '\t'))
		n--;
	if (!n)
		return false;
	colon = f[n - 1] == ':' || (n >= 3 && strncmp(f + n - 3, "\xEF\xBC\x9A", 3) == 0);
	angle = f[n - 1] == '>';
	address = has_address(f);
	time = has_time(f);
	date = has_date(f);
	if (!quoted && !colon && !date && !time) /* nearly every line of prose: no rule below can hold */
		return false;
	verb = has_verb(f, &last);
	for (size_t i = 0; !begin && i < sizeof begins / sizeof *begins; i++)
		begin = strncmp(f, begins[i], strlen(begins[i])) == 0;
	if (!date && time && has_month(f))
		date = true;
	if (colon && address && date)
		return true;
	if (colon && address && verb && (time || last))
		return true;
	if (verb && date && (colon || last) && (begin || time || address || quoted))
		return true;
	if (strncmp(f, ">>>", 3) == 0 && n > 6 && strncmp(f + n - 3, ">>>", 3) == 0 && date) /* GroupWise */
		return true;
	if (verb && last && colon && begin && time)
		return true;
	if (address && angle && date && n < 160 && (isdigit((unsigned char)*f) || quoted || (verb && begin && time)))
		return true;
	if (quoted && colon && (verb || date || time || address))
		return n < 250;
	return quoted && verb && (last || colon) && n < 160;
}

bool is_drawn(const char *line)
{
	size_t n = 0;

	for (; *line; line++) {
		if (strchr("-_=*#~+", *line))
			n++;
		else if (strncmp(line, "\xE2\x80\x94", 3) == 0 || strncmp(line, "\xE2\x80\x95", 3) == 0 ||
			 strncmp(line, "\xE2\x94\x80", 3) == 0) { /* — ― ─ */
			n += 2;
			line += 2;
		} else if (*line != ' ' && *line != '\t' && *line != '\r')
			return false;
	}
	return n >= 4;
}

static size_t dashes(const char *s, size_t *bytes)
{
	size_t n = 0, i = 0;

	for (;;) {
		if (s[i] == '-' || s[i] == '_' || s[i] == '=' || s[i] == '*' || s[i] == '#' || s[i] == '~')
			i++;
		else if ((strncmp(s + i, "\xE2\x80", 2) == 0 && (unsigned char)s[i + 2] >= 0x90 && (unsigned char)s[i + 2] <= 0x95) ||
			 strncmp(s + i, "\xE2\x94\x80", 3) == 0) /* U+2010 to U+2015, U+2500 */
			i += 3;
		else if (s[i] == ' ' && n && s[i + 1] == '-')
			i++;
		else
			break;
		n++;
	}
	*bytes = i;
	return n;
}

static size_t characters(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xC0) != 0x80;
	return n;
}

/* A line whose key is made when it is first needed: nearly every line of prose is told from each title without it. */
struct words {
	struct pool *pool;
	const char *s, *key;
	size_t n, characters; /* bytes of the line, characters of its key */
	struct beside beside;
};

static void words_begin(struct words *w, struct pool *p, const char *s, size_t n)
{
	*w = (struct words){ .pool = p, .s = s, .n = n };
	if (beside_read_some(&w->beside, s, n) < 0x80) {
		w->characters = w->beside.n;
		return;
	}
	w->key = key_of(p, s, n); /* folding changes its letters */
	w->characters = characters(w->key);
	beside_read(&w->beside, w->key);
}

static bool words_hold(struct words *w, const char *phrase)
{
	if (!beside_may_hold(&w->beside, phrase))
		return false;
	w->key = w->key ? w->key : key_of(w->pool, w->s, w->n);
	return strstr(w->key, phrase) != NULL;
}

int title_of(struct pool *p, const char *line, const char **rest)
{
	const char *s = line, *end;
	size_t before, after = 0, skip, n, length;
	struct words w;
	int kind = -1;

	*rest = "";
	while (isspace((unsigned char)*s) || strncmp(s, "\xEF\xBB\xBF", 3) == 0)
		s += (unsigned char)*s == 0xEF ? 3 : 1;
	before = dashes(s, &skip);
	s += skip;
	n = strnlen(s, LINE_MOST);
	end = s + n;
	if (before >= 2)
		for (const char *c = s; c < end; c++) {
			size_t m;

			after = dashes(c, &m);
			if (after >= 2) {
				*rest = c + m;
				while (isspace((unsigned char)**rest))
					(*rest)++;
				end = c;
				break;
			}
			after = 0;
		}
	n = (size_t)(end - s);
	if (n < 4 || n > 160)
		return 0;
	while (n && (isspace((unsigned char)s[n - 1]) || s[n - 1] == ':' || s[n - 1] == '.'))
		n--;
	if (n >= 3 && strncmp(s + n - 3, "\xEF\xBC\x9A", 3) == 0)
		n -= 3;
	words_begin(&w, p, s, n);
	length = w.characters;
	for (size_t i = 0; i < sizeof tickets / sizeof *tickets; i++)
		if (words_hold(&w, tickets[i]))
			return 1;
	if (before < 2 && length >= 40 && !strchr(line, ':')) /* nearly every line of prose: no rule below can hold */
		return 0;
	for (size_t i = 0; i < sizeof forwards / sizeof *forwards; i++)
		if (words_hold(&w, forwards[i]) && length < characters(forwards[i]) + (before >= 2 ? 60 : 12))
			kind = 2;
	for (size_t i = 0; kind < 0 && i < sizeof originals / sizeof *originals; i++)
		if (words_hold(&w, originals[i]) && length < characters(originals[i]) + (before >= 2 ? 60 : 6))
			kind = 1;
	if (before >= 2 && after >= 2 && kind < 0 && has_wrote(p, pool_slice(p, s, n))) /* "---- Bob wrote ----" */
		kind = 1;
	if (before >= 2 && kind > 0)
		return kind;
	if (kind > 0) /* without dashes: it is the whole line, and ends so */
		return strchr(line, ':') || length < 40 ? kind : 0;
	return before >= 4 && after >= 4 && n <= 80 ? -1 : 0;
}

static bool one_of(const char *key, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(key, list[i]) == 0)
			return true;
	return false;
}

enum prefix prefix_of(struct pool *p, const char *subject)
{
	const char *colon, *key;
	size_t n;

	while (subject && *subject == '[' && strchr(subject, ']') && strncasecmp(subject, "[fw", 3) != 0) /* a list's name */
		subject = skip_marks(strchr(subject, ']') + 1);
	if (!subject || !*subject)
		return PREFIX_NONE;
	n = strnlen(subject, 40);
	colon = memchr(subject, ':', n);
	for (const char *c = subject; c + 3 <= subject + n && !colon; c++)
		if (strncmp(c, "\xEF\xBC\x9A", 3) == 0)
			colon = c;
	if (!colon)
		return PREFIX_NONE;
	key = key_of(p, subject, (size_t)(colon - subject));
	if (one_of(key, forward_prefixes, sizeof forward_prefixes / sizeof *forward_prefixes))
		return PREFIX_FORWARD;
	if (strcmp(key, "vs") == 0) /* Danish and Norwegian "Videresendt", Finnish "Vastaus" */
		return PREFIX_UNKNOWN;
	for (const char *c = key; *c; c++) /* "Re[2]" */
		if (*c == '[' || *c == '(')
			return PREFIX_REPLY;
	if (one_of(key, reply_prefixes, sizeof reply_prefixes / sizeof *reply_prefixes))
		return PREFIX_REPLY;
	return strlen(key) <= 15 && !memchr(subject, ' ', (size_t)(colon - subject)) ? PREFIX_UNKNOWN : PREFIX_NONE;
}
