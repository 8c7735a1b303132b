/* What strangers wrote, fit for a mail that goes outside: how they are called, what they asked; and the owner's own text. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "letters/compose_inner.h"
#include "letters/phrase.h"

enum { NAME_WORDS = 6, POINT_LEAST = 12, POINT_MOST = 180, POINTS = 3, SENTENCES_MOST = 60, REQUEST_MOST = 8000 };

/* ---- names ---- */

static bool listed(const char *word, const char *const *list, bool prefix)
{
	for (; *list; list++)
		if (prefix ? strncmp(word, *list, strlen(*list)) == 0 : strcmp(word, *list) == 0)
			return true;
	return false;
}

/* A word that houses, functions and machines are named by, not people. */
static bool impersonal(const char *folded)
{
	static const char *const whole[] = { "info", "office", "team", "support", "service", "services", "contact",
		"kontakt", "admin", "desk", "praxis", "dept", "center", "centre", "zentrum", "gmbh", "inc", "ltd",
		"llc", "ag", "kg", "sa", "sarl", "srl", "bv", "ev", "medical", "medizin", "medinfo", "noreply",
		"no-reply", "donotreply", "mail", "mailer", "help", "editor", "editors", "redaktion", "board",
		"committee", "group", "gruppe", "groupe", "grupo", "equipe", "equipo", "labor", "lab", "labs", "news",
		"press", "presse", "sales", "account", "accounts", "billing", "events", "congress", "kongress",
		"congres", "congreso", "the", "of", "and", "und", "fur", "for", "registration", "trials", "trial",
		"study", "registry", "weekly", "alerts", "station", "daemon", "bot", "system", "notifications", "reception", "empfang", NULL };
	static const char *const begin[] = { "universit", "universid", "institut", "klinik", "hospital", "hopital",
		"sekretariat", "secretar", "department", "abteilung", "departament", "information", "newsletter",
		"laborator", "kranken", "gesellschaft", "foundation", "stiftung", "studien", "pharmac", "pharma",
		"radiolog", "kardiolog", "cardiolog", "onkolog", "oncolog", "neurolog", "nephrolog", "nefrolog", "haematolog",
		"hamatolog", "hematolog", "gastroenter", "dermatolog", "patholog", "chirurg", "surger", "apothek", "farmac", "ambulan",
		"customer", "administrat", "clinica", "clinique", "clinics", "direktion", "direccion", NULL };

	return listed(folded, whole, false) || listed(folded, begin, true) || strcmp(folded, "clinic") == 0;
}

static bool is_title(const char *folded)
{
	static const char *const titles[] = { "dr", "prof", "professor", "doctor", "doktor", "dra", "profa", "pr",
		"docteur", "professeur", "priv.-doz", "pd", "mr", "mrs", "ms", "mx", "herr",
		"frau", "mme", "sr", "sra", "univ.-prof", "dr.med", "prof.dr", NULL };
	char word[32];
	size_t n = strlen(folded);

	if (!n || n >= sizeof word)
		return false;
	memcpy(word, folded, n + 1);
	if (word[n - 1] == '.')
		word[n - 1] = '\0';
	return listed(word, titles, false);
}

/* "Dr. med.": what a salutation leaves out of a title. */
static bool is_faculty(const char *folded)
{
	static const char *const faculties[] = { "med.", "rer.", "nat.", "phil.", "h.c.", "habil.", "dent.", "pharm.", "sc.", "univ.",
		"med", NULL };

	return listed(folded, faculties, false);
}

/* "MD", "PhD", "M.D.", "FRCP": what stands behind a name. */
static bool is_degree(const char *folded)
{
	static const char *const degrees[] = { "md", "phd", "msc", "bsc", "mba", "mph", "pharmd", "frcp", "facc",
		"facp", "dphil", "do", "rn", "ms", "ma", "ba", "mrcp", "fesc", "jd", "ch", "bch", "mbbs", "msl",
		"dvm", "facs", "frcs", NULL };
	char word[16];
	size_t n = 0;

	for (; *folded && n + 1 < sizeof word; folded++)
		if (*folded != '.' && *folded != ',')
			word[n++] = *folded;
	word[n] = '\0';
	return !*folded && listed(word, degrees, false);
}

static bool in_capitals(const char *word, size_t least)
{
	size_t n = strlen(word);

	return n >= least && strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-.") == n;
}

/* A name in capitals, as directories have them: "HENRIKE" is Henrike. Letters beyond ASCII leave it as it is. */
static char *eased(struct pool *p, char *word, size_t least)
{
	size_t n = strlen(word);

	if (!in_capitals(word, least))
		return word;
	word = pool_copy(p, word);
	for (size_t i = 1; i < n; i++)
		if (word[i - 1] != '-')
			word[i] = (char)tolower((unsigned char)word[i]);
	return word;
}

/* "Osei, Henrike" is Henrike Osei; what stands behind a comma else is a degree or a house. */
static const char *straightened(struct pool *p, const char *name)
{
	const char *comma = strchr(name, ','), *rest;
	bool several; /* words before it, and no "van den Berg" */

	if (!comma)
		return name;
	rest = comma + 1 + strspn(comma + 1, " ");
	rest = pool_slice(p, rest, strcspn(rest, ","));
	several = strcspn(name, " ") < (size_t)(comma - name) && !islower((unsigned char)*name);
	if (comma == name || !*rest || several || strchr(rest, '.') || is_degree(text_fold(p, rest)))
		return pool_slice(p, name, (size_t)(comma - name));
	return pool_print(p, "%s %.*s", rest, (int)(comma - name), name);
}

/* With a title the English leave the first name out: Dear Dr. Osei, Dear Dr. van der Berg. */
static const char *joined(struct pool *p, char **words, size_t titles, size_t n, const char *language)
{
	struct text *t = text_new(p, NAME_MOST);
	size_t from = titles;

	if (titles && text_starts(language, "en"))
		while (from + 1 < n && !(from > titles && islower((unsigned char)words[from][0])))
			from++;
	for (size_t i = 0; i < n; i++)
		if (i < titles || i >= from)
			text_print(t, "%s%s", t->n ? " " : "", words[i]);
	return t->s;
}

const char *compose_called(struct pool *p, const char *name, const char *address, const char *language)
{
	char *words[NAME_WORDS + 1], *s, *folded;
	size_t n = 0, titles = 0;
	const char *via;

	s = pool_copy(p, line_from(p, name ? name : "", NAME_MOST).s);
	if (strpbrk(s, "@<>[]{}|/\\:;=_&0123456789") || text_same(text_fold(p, s), addr_local(p, address)))
		return "";
	s[strcspn(s, "(")] = '\0';
	via = text_find(s, " via ");
	if (via)
		s[via - s] = '\0';
	for (char *q = s; *q; q++)
		if (*q == '"')
			*q = ' ';
	s = pool_copy(p, straightened(p, text_squeeze(p, s)));
	for (char *word = strtok_r(s, " ", &s); word; word = strtok_r(NULL, " ", &s)) {
		folded = text_fold(p, word);
		if (n == NAME_WORDS || impersonal(folded) || (strchr(word, '.') && strlen(strchr(word, '.')) > 3))
			return "";
		if (n == titles && titles && is_faculty(folded))
			continue;
		if (n == titles && is_title(folded)) {
			words[n++] = eased(p, word, 3), titles++;
			continue;
		}
		if (n > titles && is_degree(folded))
			continue;
		words[n++] = word;
	}
	if (n == titles + 2 && in_capitals(words[titles], 4) && !in_capitals(words[titles + 1], 2)) { /* "OSEI Henrike" */
		s = words[titles], words[titles] = words[titles + 1], words[titles + 1] = s;
	}
	for (size_t i = titles; i < n; i++)
		words[i] = eased(p, words[i], 4);
	/* one bare word may be a name, or a ward */
	if (n < 2 || n == titles)
		return "";
	return joined(p, words, titles, n, language);
}

/* ---- points ---- */

/* Does a sentence end at this mark? Not after "Dr.", "e.g.", within "3.5" or "ARGUS-2.pdf". */
static bool ends_here(const char *begin, const char *s)
{
	static const char *const short_words[] = { "dr", "prof", "vs", "ca", "bzw", "etc", "no", "nr", "mr", "mrs",
		"ms", "st", "fig", "abb", "al", "resp", "approx", "p", "pp", "vol", "sra", "inkl", "ggf", "evtl",
		"usw", "med", NULL };
	const char *word = s;
	char folded[12];
	size_t n = 0;

	if (s[1] && !isspace((unsigned char)s[1]))
		return false;
	if (*s != '.')
		return true;
	while (word > begin && isalpha((unsigned char)word[-1]))
		word--;
	for (const char *c = word; c < s && n + 1 < sizeof folded; c++)
		folded[n++] = (char)tolower((unsigned char)*c);
	folded[n] = '\0';
	return n != 1 && !listed(folded, short_words, false) && !(word > begin && word[-1] == '.');
}

/* Greetings and thanks say nothing that a mail should quote. */
static bool courtesy(const char *folded)
{
	static const char *const begin[] = { "dear ", "hi ", "hi,", "hello", "good morning", "good afternoon",
		"thank", "many thanks", "best ", "kind regards", "regards", "liebe", "sehr geehrte", "guten ",
		"hallo", "vielen dank", "danke", "besten dank", "herzlichen dank", "mit freundlichen", "viele grusse",
		"beste grusse", "bonjour", "chere ", "cher ", "merci", "cordialement", "bien cordialement", "hola",
		"estimad", "gracias", "muchas gracias", "saludos", "un saludo", "buenos dias", "buenas tardes",
		"i hope ", "hope you", "it was ", "ich hoffe", "es war ", "j'espere", "espero que", "sincerely",
		"yours", "cheers", NULL };

	return listed(folded, begin, true);
}

static bool asks(const char *folded)
{
	static const char *const words[] = { "could you", "can you", "would you", "please", "i would like",
		"i'd like", "like to know", "would also like", "we need", "i need", "do you have", "konnten sie",
		"konnen sie", "bitte", "wurden sie", "ich brauche", "wir brauchen", "haben sie", "ich hatte gern",
		"pourriez", "pouvez", "j'aimerais", "je voudrais", "avez-vous", "podria", "puede", "me gustaria",
		"necesit", "tiene ", "interested in", "interessiere", "interesse", NULL };

	for (size_t i = 0; words[i]; i++)
		if (strstr(folded, words[i]))
			return true;
	return false;
}

/* Bounded, on a word's end. */
static const char *shortened(struct pool *p, const char *s)
{
	size_t n = strlen(s);

	if (n <= POINT_MOST)
		return s;
	n = utf8_cut(s, POINT_MOST);
	while (n > POINT_MOST / 2 && s[n - 1] != ' ')
		n--;
	return pool_print(p, "%.*s…", (int)(n - 1), s);
}

struct said {
	const char *sentence;
	int rank; /* 2 a question, 1 a request, 0 told */
};

/* Behind the owner's own name, where it opens a sentence: "Ada, is grade 1 included?" */
static char *addressed(char *s, const char *owner)
{
	size_t n = strcspn(s, ", ");

	for (const char *name = owner; n && *name; name += strcspn(name, " "), name += strspn(name, " "))
		if (strcspn(name, " ") == n && strncasecmp(name, s, n) == 0 && s[n] == ',')
			return s + n + 1 + strspn(s + n + 1, " ");
	return s;
}

static size_t sentences(struct pool *p, const char *text, const char *owner, struct said *out, size_t room)
{
	size_t n = 0;

	for (const char *begin = text, *s = text; *begin && n < room; s++) {
		bool blank = *s == '\n' && (s[1] == '\n' || s[1] == '-' || s[1] == '*' || s[1] == '>' || (size_t)(s - begin) < 30);
		char *one, *folded;

		if (*s && !blank && !(strchr(".!?", *s) && ends_here(begin, s)))
			continue;
		one = pool_copy(p, line_from(p, pool_slice(p, begin, (size_t)(s - begin) + (*s && !blank)), REQUEST_MOST).s);
		begin = *s ? s + 1 : s;
		while (*one && strchr("-*> ", *one))
			one++;
		one = addressed(one, owner);
		folded = text_fold(p, one);
		if (courtesy(folded) && strchr(one, '?') && strchr(one, ',')) { /* "Hi Ada, could you …?" */
			one = strchr(one, ',') + 1;
			one += strspn(one, " ");
			folded = text_fold(p, one);
		}
		if (strlen(folded) >= POINT_LEAST && !courtesy(folded) && folded[strlen(folded) - 1] != ',')
			out[n++] = (struct said){ one, strchr(folded, '?') ? 2 : asks(folded) ? 1 : 0 };
		if (!*begin)
			break;
	}
	return n;
}

struct strings compose_points(struct pool *p, const char *text, const char *owner)
{
	struct said *all = pool_list(p, SENTENCES_MOST, sizeof *all);
	struct strings points = { pool_list(p, POINTS, sizeof *points.list), 0 };
	size_t n, taken = 0;
	bool chosen[SENTENCES_MOST] = { false };

	if (!text || !*text)
		return points;
	text = pool_slice(p, text, strlen(text) < REQUEST_MOST ? strlen(text) : utf8_cut(text, REQUEST_MOST));
	n = sentences(p, text, owner, all, SENTENCES_MOST);
	/* what they ask; where they only tell, how it begins */
	for (int rank = 2; rank >= 0 && taken < POINTS && !(rank == 0 && taken); rank--)
		for (size_t i = 0; i < n && taken < (rank ? (size_t)POINTS : 1); i++)
			if (all[i].rank == rank)
				chosen[i] = true, taken++;
	for (size_t i = 0; i < n; i++)
		if (chosen[i])
			points.list[points.n++] = shortened(p, all[i].sentence);
	return points;
}

/* ---- the owner's own text ---- */

static size_t address_of_web(const char *s)
{
	size_t n;

	if (strncasecmp(s, "https://", 8) != 0 && strncasecmp(s, "http://", 7) != 0)
		return 0;
	n = strcspn(s, " \t\r\n<>\"");
	while (n && strchr(".,;:!?)'", s[n - 1]))
		n--;
	return n > 10 && n < 1000 ? n : 0;
}

const char *compose_web(struct pool *p, const char *link)
{
	struct text *t = text_new(p, 3000);

	if (!link || (strncasecmp(link, "https://", 8) != 0 && strncasecmp(link, "http://", 7) != 0))
		return "";
	for (; *link; link++) {
		if ((unsigned char)*link <= ' ' || strchr("()<>[]\\\"`*", *link))
			text_print(t, "%%%02X", (unsigned char)*link);
		else
			text_char(t, *link);
	}
	return t->cut ? "" : t->s;
}

/* Blanks stay as they are: a French colon has one before it that does not break. */
static void own_line(struct text *t, const char *s, const char *end)
{
	size_t n;

	while (s < end) {
		bool framed = *s == '<' && address_of_web(s + 1);

		n = address_of_web(s + framed);
		if (n && s + framed + n <= end) {
			text_print(t, "<%.*s>", (int)n, s + framed);
			s += framed + n;
			s += framed && s < end && *s == '>';
			continue;
		}
		if (strchr("\\`*_{}[]()#+-=.!<>|~&:/@", *s))
			text_char(t, '\\');
		if ((unsigned char)*s >= ' ' && *s != 0x7F)
			text_char(t, *s);
		s++;
	}
}

const char *compose_own_words(struct pool *p, const char *text)
{
	struct text *t = text_new(p, BODY_MOST / 2);
	bool open = false;

	text = utf8_mend(p, text ? text : "", text ? strlen(text) : 0);
	for (const char *s = text, *end; *s; s = end + (*end == '\n')) {
		const char *last = end = s + strcspn(s, "\n");

		s += strspn(s, " \t");
		while (last > s && isspace((unsigned char)last[-1]))
			last--;
		if (last == s) {
			if (open)
				text_add(t, "\n\n");
			open = false;
			continue;
		}
		if (open)
			text_add(t, "\\\n");
		own_line(t, s, last);
		open = true;
	}
	while (t->n && t->s[t->n - 1] == '\n')
		t->s[--t->n] = '\0';
	return t->s;
}
