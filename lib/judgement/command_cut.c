/* command - where the owner's new text ends, and how a line falls into words and signs */
#include "judgement/command_inner.h"

#include <ctype.h>
#include <string.h>

/* The first `most` bytes, or what there is. */
static char *begin(struct pool *p, const char *s, size_t most)
{
	size_t n = strnlen(s, most + 1);

	return pool_slice(p, s, n > most ? utf8_cut(s, most) : n);
}

static bool ends(const char *s, const char *with)
{
	size_t n = strlen(s), m = strlen(with);

	return n >= m && strcmp(s + n - m, with) == 0;
}

static bool unseen(uint32_t c) /* zero width, directions, the style and skin of an emoji, controls */
{
	return utf8_unseen(c) || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0x1f3fb && c <= 0x1f3ff) || (c < 0x20 && c != '\n') || c == 0x7f;
}

static bool blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == 0xa0 || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f || c == 0x3000;
}

static char *plain(struct pool *p, const char *top)
{
	const char *s = top, *end = top + strlen(top);
	struct text *t = text_new(p, BODY_MOST);

	while (s < end) {
		const char *was = s;
		uint32_t c = utf8_next(&s, end);

		if (c == '\r') {
			if (*s != '\n')
				text_char(t, '\n');
		} else if (c == 0x2028 || c == 0x2029 || c == 0x85) {
			text_char(t, '\n');
		} else if (blank(c)) {
			text_char(t, ' ');
		} else if (!unseen(c)) {
			text_put(t, was, (size_t)(s - was));
		}
	}
	return t->s;
}

/* ---- quotes and signatures ---- */

static bool rule_of(const char *s) /* ten or more _ or - */
{
	size_t n = strspn(s, "_"), m = strspn(s, "-");

	return (n >= 10 && s[n] == '\0') || (m >= 10 && s[m] == '\0');
}

/* -----Original Message-----, in whatever language */
static bool banner(const char *s)
{
	size_t n = strspn(s, "-"), m = strlen(s), k = 0;

	while (k < m && s[m - 1 - k] == '-')
		k++;
	return n >= 3 && k >= 3 && n + k < m && m < 100;
}

static bool attribution(const char *s)
{
	static const struct {
		const char *begin, *verb;
	} forms[] = {
		{ "on ", " wrote" },	  { "am ", " schrieb" },  { "le ", " a ecrit" }, { "el ", " escribio" },
		{ "il ", " ha scritto" }, { "em ", " escreveu" }, { "op ", " schreef" },
	};

	if (!ends(s, ":"))
		return false;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (text_starts(s, forms[i].begin) && strstr(s, forms[i].verb))
			return true;
	return false;
}

/* `From:` in a header block; what stands before the colon, folded. */
static bool field(const char *s, const char *names)
{
	const char *colon = strchr(s, ':');
	size_t n = colon ? (size_t)(colon - s) : 0;
	char name[24];

	while (n && s[n - 1] == ' ')
		n--;
	if (!n || n >= sizeof name)
		return false;
	memcpy(name, s, n);
	name[n] = '\0';
	return command_word_in(name, names);
}

static bool signature(const char *s)
{
	static const char *const begins[] = {
		"sent from my ",	"sent from outlook",
		"sent from yahoo",	"sent from proton",
		"sent from mail for ",	"sent from samsung",
		"gesendet von meinem ", "gesendet von outlook",
		"gesendet mit ",	"diese nachricht wurde von mein",
		"envoye de mon ",	"envoye depuis ",
		"enviado desde ",	"enviado de mi ",
		"enviado do meu ",	"enviado a partir ",
		"inviato da ",		"inviato dal mio ",
		"verzonden vanaf ",	"verzonden van mijn ",
		"verstuurd vanaf ",	"get outlook for ",
		"outlook fur ",		"holen sie sich outlook",
		"obtenez outlook ",	"telecharger outlook ",
		"obtener outlook ",	"ottieni outlook ",
		"scarica outlook ",	"obter o outlook ",
		"outlook voor ",
	};

	if (strcmp(s, "--") == 0)
		return true;
	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
		if (text_starts(s, begins[i]))
			return true;
	return text_starts(s, "von meine") && strstr(s, " gesendet");
}

/* A line as the rules above compare it: folded, bold off, at most 500 bytes. */
static const char *compared(struct pool *p, const char *line)
{
	const char *s = text_squeeze(p, text_fold(p, begin(p, line, 500)));
	char *out = pool_copy(p, s), *to = out;

	for (; *s; s++)
		if (*s != '*')
			*to++ = *s;
	*to = '\0';
	return text_squeeze(p, out);
}

static bool quote_begins(const char *const *s, size_t n)
{
	static const char from[] = "from von de da van",
			  sent[] = "sent date gesendet datum envoye enviado enviada inviato verzonden data fecha";

	if (s[0][0] == '>' || s[0][0] == '|' || rule_of(s[0]) || banner(s[0]) || attribution(s[0]))
		return true;
	if (field(s[0], from))
		for (size_t i = 1; i < n && i <= 2; i++)
			if (field(s[i], sent))
				return true;
	return false;
}

/* An attribution that a client wrapped; its second line is not one by itself. */
static bool wrapped(struct pool *p, const char *const *s, size_t n)
{
	return n > 1 && s[0][0] && s[1][0] && !attribution(s[1]) &&
	       (attribution(pool_print(p, "%s %s", s[0], s[1])) ||
		(n > 2 && s[2][0] && !attribution(s[2]) && !attribution(pool_print(p, "%s %s", s[1], s[2])) &&
		 attribution(pool_print(p, "%s %s %s", s[0], s[1], s[2]))));
}

void command_lines(struct pool *p, const char *top, struct lines *out)
{
	const char *s = plain(p, top);
	const char *ahead[3] = { NULL };
	size_t have = 0;
	const char *next = s;
	bool more = true;

	*out = (struct lines){ 0 };
	/* three lines are looked at together, so that a block or a wrapped line is known at its first one */
	while (more || have) {
		while (more && have < 3) {
			size_t n = strcspn(next, "\n");

			*(const char **)pool_more(p, &out->list, out->n + have, sizeof *out->list) =
				pool_slice(p, next, n);
			ahead[have] = compared(p, out->list[out->n + have]);
			have++;
			more = next[n] != '\0';
			next += n + more;
		}
		if (quote_begins(ahead, have) || wrapped(p, ahead, have) || signature(ahead[0]))
			break;
		for (char *line = (char *)out->list[out->n], *end = line + strlen(line); end > line && end[-1] == ' ';)
			*--end = '\0';
		out->n++;
		memmove(ahead, ahead + 1, sizeof ahead - sizeof *ahead);
		have--;
	}
}

/* ---- a line ---- */

bool command_word_in(const char *word, const char *words)
{
	size_t n = strlen(word);

	for (const char *s = words; n && *s;) {
		size_t k = strcspn(s, " ");

		if (k == n && strncmp(s, word, n) == 0)
			return true;
		s += k + (s[k] == ' ');
	}
	return false;
}

static bool letter(const char *s)
{
	return isalnum((unsigned char)*s) || (unsigned char)*s >= 0x80;
}

/* Signs of bold and code, where they stand at a word's edge. */
static char *without_bold(struct pool *p, const char *s)
{
	char *out = pool_copy(p, s), *to = out;

	for (const char *c = s; *c; c++)
		if (!strchr("*_`", *c) || (c > s && letter(c - 1) && letter(c + 1)))
			*to++ = *c;
	*to = '\0';
	return text_squeeze(p, out);
}

static bool lead(const char **s)
{
	static const char *const leads[] = { "kept:",  "kept,", "@kept:", "@kept,", "@kept ", "/",
					     "\u2022", "-",	"\u2013", "\u2014", "* ",     "\u00b7" };

	for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
		if (text_starts(*s, leads[i])) {
			*s += strlen(leads[i]);
			*s += strspn(*s, " ");
			return true;
		}
	return false;
}

char *command_clean(struct pool *p, const char *line)
{
	const char *s = text_squeeze(p, line), *clean;
	int leads = 0;

	while (leads++ < 3 && lead(&s))
		;
	clean = without_bold(p, s);
	while (leads++ < 6 && lead(&clean))
		;
	return pool_copy(p, clean);
}

static bool dash(uint32_t c)
{
	return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

static bool picture(uint32_t c)
{
	return (c >= 0x2600 && c <= 0x27bf) || (c >= 0x2b00 && c <= 0x2bff) || (c >= 0x1f000 && c <= 0x1faff) ||
	       c == 0x231a || c == 0x231b || c == 0x23f0 || c == 0x2705;
}

static bool apostrophe(uint32_t c)
{
	return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0xb4 || c == 0x2bc;
}

static bool in_word(uint32_t c)
{
	return (c < 0x80 && isalnum((int)c)) ||
	       (c >= 0xaa && !dash(c) && !apostrophe(c) && !picture(c) && !(c >= 0x2000 && c <= 0x206f) && c != 0xab &&
		c != 0xbb && c != 0xb7 && c != 0xbf && c != 0xd7 && c != 0xf7 && c != 0xae && c != 0xb0);
}

void command_pieces(struct pool *p, const char *line, struct pieces *out)
{
	const char *s = line, *end = line + strlen(line);
	bool gap = true;

	*out = (struct pieces){ .line = line };
	while (s < end) {
		const char *was = s;
		uint32_t c = utf8_next(&s, end);
		struct piece k = { .word = "", .gap = gap, .from = (size_t)(was - line) };

		gap = false;
		if (c == ' ') {
			gap = true;
			continue;
		}
		if (in_word(c)) {
			const char *after = s;
			char *w;

			while (after < end) {
				const char *at = after;
				uint32_t d = utf8_next(&after, end);

				if (apostrophe(d) && after < end) {
					const char *then = after;

					if (in_word(utf8_next(&then, end)))
						continue;
				}
				if (!in_word(d)) {
					after = at;
					break;
				}
			}
			s = after;
			w = text_fold(p, pool_slice(p, was, (size_t)(s - was)));
			k.word = w;
			for (const char *from = w; *from; from++)
				if (*from != '\'')
					*w++ = *from;
			*w = '\0';
		} else if (picture(c)) {
			k.word = pool_slice(p, was, (size_t)(s - was));
			k.sign = 0;
		} else {
			k.sign = dash(c) ? '-' : c == 0x2026 ? '.' : c;
		}
		k.to = (size_t)(s - line);
		if (out->n == PIECES_MOST) {
			out->long_ = true;
			return;
		}
		*(struct piece *)pool_more(p, &out->list, out->n, sizeof *out->list) = k;
		out->n++;
	}
}

bool command_greets(const char *line)
{
	static const char hello[] = "hi hello hey hallo dear moin servus bonjour bonsoir salut hola ciao salve buongiorno "
				    "buonasera buonpomeriggio ola oi hoi dag beste liebe lieber liebes cher chere caro cara "
				    "goedemorgen goedemiddag goedenavond goedendag greetings grussgott",
			  day[] = "good guten buenos buenas buon buona bom boa goede gruss",
			  part[] = "morning afternoon evening day tag morgen abend dias tardes noches giorno sera pomeriggio "
				   "dia tarde noite middag avond gott",
			  name[] = "kept there all team zusammen a tous toutes le les everyone again";
	struct pool *p = pool_new();
	struct pieces l;
	struct spelling verb;
	size_t i = 0, n = 0;
	bool is = false;

	command_pieces(p, command_clean(p, begin(p, line, 100)), &l);
	while (l.n && !*l.list[l.n - 1].word)
		l.n--;
	if (l.n && command_word_in(l.list[0].word, hello))
		i = 1;
	else if (l.n > 1 && command_word_in(l.list[0].word, day) && command_word_in(l.list[1].word, part))
		i = 2;
	is = i > 0;
	if (is && i < l.n && (l.list[i].sign == ',' || l.list[i].sign == '!'))
		i++;
	for (; is && i < l.n; i++) {
		/* names alone: no command, number or sign but the point of "Dr." */
		is = *l.list[i].word ? ++n <= 3 && !isdigit((unsigned char)l.list[i].word[0])
				     : l.list[i].sign == '.' || l.list[i].sign == '-';
		if (is && *l.list[i].word && !command_word_in(l.list[i].word, name) &&
		    command_spelling(&l, i, l.n, true, l.n + 1, &verb))
			is = false;
	}
	pool_end(&p);
	return is;
}
