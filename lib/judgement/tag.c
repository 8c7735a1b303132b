#include "judgement/tag.h"

#include "judgement/when.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

enum { TEXTS_MOST = 20 }; /* `kept:` lines of one message */

#define X(id, name) name,
static const char *const names[] = { "none", TAG_WAYS(X) };
#undef X

const char *tag_way_name(enum tag_way w)
{
	return names[w];
}

/* ---- the pieces of an address ---- */

/* Options that are one word. */
static const struct {
	const char *word;
	size_t at;
} switches[] = {
	{ "noreply", offsetof(struct tag, noreply) },
	{ "no-reply", offsetof(struct tag, noreply) },
	{ "done", offsetof(struct tag, done) },
	{ "only", offsetof(struct tag, only) },
	{ "share", offsetof(struct tag, share) },
	{ "work", offsetof(struct tag, work) },
};

static bool is_token(const char *s)
{
	if (strlen(s) != 26)
		return false;
	for (; *s; s++)
		if (!isalnum((unsigned char)*s))
			return false;
	return true;
}

/* What stands behind "team-", "team=", "team " (a subject has blanks); NULL: another word. */
static const char *behind(const char *piece, const char *word)
{
	size_t n = strlen(word);

	return text_starts(piece, word) && piece[n] && strchr("-_=: ", piece[n]) && piece[n + 1] ? piece + n + 1 : NULL;
}

static bool option(struct pool *p, const char *piece, struct tag *out)
{
	const char *value;

	for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
		if (text_same(piece, switches[i].word))
			return *(bool *)((char *)out + switches[i].at) = true;
	if ((value = behind(piece, "team")))
		out->team = value;
	else if ((value = behind(piece, "every")))
		out->every = value;
	else if (text_starts(piece, "every") && piece[5] && !*out->every)
		out->every = piece + 5;
	else if (text_starts(piece, "k-") && piece[2])
		out->key = piece + 2;
	else if (text_starts(piece, "r-") && is_token(piece + 2))
		out->token = addr_lower(p, piece + 2);
	else
		return false;
	return true;
}

void tag_options(struct pool *p, const char *detail, struct tag *out)
{
	char *copy = pool_copy(p, detail), *save, *piece;
	struct text *due = text_new(p, WHAT_MOST);

	for (piece = strtok_r(copy, "+", &save); piece; piece = strtok_r(NULL, "+", &save)) {
		piece = text_squeeze(p, piece);
		if (*piece && !option(p, piece, out))
			text_print(due, "%s%s", due->n ? "+" : "", piece);
	}
	if (due->n)
		out->due = due->s;
}

/* ---- the subject ---- */

/* What clients put before a subject, in their languages, as text_fold() leaves it. */
static const char *const prefixes[] = {
	/* reply */
	"re", "aw", "antw", "antwort", "r", "rif", "sv", "vs", "res", "rep", "ref", "odp", "ynt", "atb", "bls",
	"vedr", "ha", "ts", "asn", "va", "\u0432\u0456\u0434",
	"\u043e\u0442\u0432", "\u03b1\u03c0", "\u03c3\u03c7\u03b5\u03c4", "\u05d4\u05e9\u05d1",
	"\u0627\u0644\u0631\u062f", "\u0631\u062f",
	"\u56de\u590d", "\u7b54\u590d", "\u56de\u8986", "\u56de\u4fe1", "\u8fd4\u4fe1", "\ub2f5\uc7a5",
	"\ud68c\uc2e0",
	/* forward */
	"fw", "fwd", "wg", "tr", "rv", "enc", "i", "inoltra", "vb", "vl", "pd", "ilt", "doorst", "fs", "trs",
	"reenv", "tovabbitas", "encaminhar", "weitergeleitet",
	"\u03c0\u03c1\u03b8", "\u043f\u0435\u0440\u0435\u0441\u043b", "\u05d4\u05d5\u05e2\u05d1\u05e8",
	"\u0625\u0639\u0627\u062f\u0629 \u062a\u0648\u062c\u064a\u0647",
	"\u8f6c\u53d1", "\u8f49\u5bc4", "\u8f49\u767c", "\u8ee2\u9001", "\uc804\ub2ec",
};

/* How many bytes the first prefix takes: "Re:", "Re[2]:", "RE^3 :", "Fwd(2):", with a colon of either width. */
static size_t prefix(struct pool *p, const char *s)
{
	enum { LONGEST = 48 };
	size_t n = strcspn(s, ":"), wide = n, count;
	const char *colon = strstr(s, "\uff1a");
	char *word;

	if (colon && (size_t)(colon - s) < n) {
		n = (size_t)(colon - s);
		wide = n + 2;
	}
	if (!n || n > LONGEST || !s[n])
		return 0;
	word = text_squeeze(p, text_fold(p, pool_slice(p, s, n)));
	n = strlen(word);
	if (n && strchr("])", word[n - 1]))
		n--;
	count = n;
	while (n && isdigit((unsigned char)word[n - 1]))
		n--;
	if (n < count && n && strchr("[(^*", word[n - 1]))
		n--;
	else if (word[count])
		return 0; /* a bracket that holds no number */
	while (n && (word[n - 1] == ' ' || word[n - 1] == '.'))
		n--;
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (strlen(prefixes[i]) == n && memcmp(word, prefixes[i], n) == 0)
			return wide + 1;
	return 0;
}

/* "[kept …]": where it begins and ends, and what stands in it. */
static bool subject_tag(const char *s, const char **from, const char **to)
{
	for (const char *at = s; (at = strchr(at, '[')); at++) {
		const char *word = at + 1 + strspn(at + 1, " "), *end = strchr(at, ']');

		if (end && text_starts(word, "kept") && word[4] && strchr("] :+-,", word[4])) {
			*from = at;
			*to = end + 1;
			return true;
		}
	}
	return false;
}

const char *tag_in_subject(struct pool *p, const char *subject)
{
	const char *from, *to, *s = text_squeeze(p, subject);

	return subject_tag(s, &from, &to) ? pool_slice(p, from, (size_t)(to - from)) : "";
}

char *tag_subject(struct pool *p, const char *subject)
{
	const char *from, *to, *s;
	char *out = text_squeeze(p, subject);
	size_t n;

	if (subject_tag(out, &from, &to))
		out = text_squeeze(p, pool_print(p, "%.*s %s", (int)(from - out), out, to));
	for (s = out; (n = prefix(p, s)); s += n + strspn(s + n, " "))
		;
	s += strspn(s, " ");
	return pool_copy(p, s);
}

/* ---- the ways ---- */

/* Where a tracking address shows, and where one says something. */
struct found {
	enum tag_way way, said_way;
	const char *address, *said; /* NULL: none yet */
};

/* "friday" and "2d+noreply" are due words; "ada" may be anybody. */
static bool says_when(struct pool *p, const char *detail)
{
	struct tag tag = { .due = "" };
	struct err e;

	tag_options(p, detail, &tag);
	return *tag.due && when_is(p, tag.due, false, &e);
}

static void look(struct pool *p, const struct conf *c, const char *address, enum tag_way way, struct found *f)
{
	const char *detail;

	if (f->said || !conf_tracks(p, c, address, &detail))
		return;
	/* kept@ of a catch-all is the address alone */
	if (text_starts(detail, "kept") && (!detail[4] || detail[4] == '+'))
		detail += 4 + (detail[4] == '+');
	if (!f->address) {
		f->way = way;
		f->address = address;
	} else if (!addr_same(addr_domain(f->address), addr_domain(address)) &&
		   !(f->way == TAG_BCC && way == TAG_BCC && says_when(p, detail))) {
		return; /* where a server laid it, say ada@ of a catch-all: no second tag */
	}
	if (*detail) {
		f->said = detail;
		f->said_way = way;
	}
}

/* Shown to all first, then the traces of delivery, topmost first. An address shown bare may have been delivered with
 * more (another BCC of the same mail, or a server that lists what it aliased): what it says counts. */
static bool way_address(struct pool *p, const struct letter *l, const struct conf *c, struct tag *out)
{
	const struct {
		const struct addrs *list;
		enum tag_way way;
	} shown[] = { { &l->to, TAG_TO }, { &l->cc, TAG_CC }, { &l->bcc, TAG_BCC } };
	struct found f = { TAG_NONE, TAG_NONE, NULL, NULL };

	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < shown[i].list->n; j++)
			look(p, c, shown[i].list->list[j].address, shown[i].way, &f);
	for (size_t i = 0; i < l->traces.n; i++)
		look(p, c, l->traces.list[i], TAG_BCC, &f);
	if (!f.address)
		return false;
	out->way = f.way;
	out->address = f.address;
	out->hidden = (f.said ? f.said_way : f.way) == TAG_BCC;
	if (f.said)
		tag_options(p, f.said, out);
	if (*out->due)
		out->due_way = f.said_way;
	return true;
}

/* [kept fri noreply]: in a subject blanks part the options too. */
static const char *with_plus(struct pool *p, const char *inner)
{
	char *copy = pool_copy(p, inner), *save, *word;
	struct text *t = text_new(p, WHAT_MOST);
	bool plus = false;

	for (word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		struct tag none = { .every = "" };
		bool is = !text_starts(word, "every") && option(p, word, &none);

		text_print(t, "%s%s", !t->n ? "" : is || plus ? "+" : " ", word);
		plus = is;
	}
	return t->s;
}

static void way_subject(struct pool *p, const struct letter *l, struct tag *out)
{
	const char *from, *to, *word, *subject = text_squeeze(p, l->subject);
	char *inner;

	if (!subject_tag(subject, &from, &to))
		return;
	word = from + 1 + strspn(from + 1, " ") + 4;
	inner = text_squeeze(p, pool_slice(p, word, (size_t)(to - 1 - word)));
	inner += strspn(inner, ":+-, ");
	if (out->way == TAG_NONE)
		out->way = TAG_SUBJECT;
	if (*inner && !*out->due && !*out->every) {
		tag_options(p, with_plus(p, inner), out);
		if (*out->due)
			out->due_way = TAG_SUBJECT;
	}
}

/* Was the line that ends here broken by a client at its width, so that the next one goes on with it? */
static bool broken_by_width(const char *line, const char *end)
{
	enum { NARROW = 58, WIDE = 80 };
	size_t n = (size_t)(end - line);

	return *end == '\n' && end[1] && !isspace((unsigned char)end[1]) && n >= NARROW && n <= WIDE &&
	       !strchr(".!?:;", end[-1]) && n + 1 + strcspn(end + 1, " \n") > NARROW + 8 && !text_starts(end + 1, "kept:");
}

/* Each line "kept: send the subgroup data by Friday" of the writer's own text. */
static void way_body(struct pool *p, const struct letter *l, struct tag *out)
{
	for (const char *s = l->text; *s;) {
		size_t n = strcspn(s, "\n");
		const char *at = s + strspn(s, " \t*_-"), *colon;

		if (text_starts(at, "\u2022"))
			at += strlen("\u2022") + strspn(at + strlen("\u2022"), " \t*_");
		if (text_starts(at, "kept") && *(colon = at + 4 + strspn(at + 4, " *_")) == ':') {
			const char *line = s, *end = s + n;

			while (broken_by_width(line, end)) {
				line = end + 1;
				end = line + strcspn(line, "\n");
			}
			colon += 1 + strspn(colon + 1, "*_");
			colon = line_from(p, pool_slice(p, colon, (size_t)(end - colon)), WHAT_MOST).s;
			if (*colon) {
				*(const char **)pool_more(p, &out->texts.list, out->texts.n, sizeof *out->texts.list) = colon;
				if (++out->texts.n == TEXTS_MOST)
					break;
			}
		}
		s += n + (s[n] == '\n');
	}
	if (out->texts.n) {
		out->text = out->texts.list[0];
		if (out->way == TAG_NONE)
			out->way = TAG_BODY;
	}
}

static bool has_flag(const struct place *at, const char *flag)
{
	for (size_t i = 0; i < at->flags.n; i++)
		if (text_same(at->flags.list[i], flag))
			return true;
	return false;
}

/* Flags, keywords and labels: those of the mailbox's configuration; in the owner's own mailbox alone. */
static bool way_flag(const struct place *at, struct tag *out)
{
	const struct mailbox_conf *m = at->mailbox;

	if (!m || at->kind == PLACE_CAPTURE)
		return false;
	for (size_t i = 0; i < m->keywords.n; i++)
		if (has_flag(at, m->keywords.list[i])) {
			out->way = m->keywords.list[i][0] == '\\' ? TAG_FLAG : TAG_KEYWORD;
			return true;
		}
	for (size_t i = 0; i < m->labels.n; i++)
		if (has_flag(at, m->labels.list[i])) {
			out->way = TAG_LABEL;
			return true;
		}
	return false;
}

/* Is it written to kept alone? A copy to the writer does not count, nor does a mail that names nobody. */
static bool all_ours(struct pool *p, const struct letter *l, const struct conf *c)
{
	const struct addrs *lists[] = { &l->to, &l->cc, &l->bcc };

	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < lists[i]->n; j++)
			if (!conf_tracks(p, c, lists[i]->list[j].address, NULL) && !addrs_has(&l->from, lists[i]->list[j].address))
				return false;
	return true;
}

static bool is_strangers(const struct letter *l, const struct place *at)
{
	if (!at->owner || at->kind == PLACE_SENT)
		return false;
	for (size_t i = 0; i < l->from.n; i++)
		for (size_t k = 0; k < at->owner->addresses.n; k++)
			if (addr_same(l->from.list[i].address, at->owner->addresses.list[k]))
				return false;
	return true;
}

void tag_find(struct pool *p, const struct letter *l, const struct place *at, const struct conf *c, struct tag *out)
{
	struct tag t = { .address = "", .due = "", .text = "", .every = "", .team = "", .key = "", .token = "" };

	if (!is_strangers(l, at)) {
		if (way_address(p, l, c, &t))
			t.alone = all_ours(p, l, c);
		way_subject(p, l, &t);
		way_body(p, l, &t);
	}
	if (t.way == TAG_NONE && !way_flag(at, &t) && at->tagged_folder)
		t.way = TAG_FOLDER;
	/* forwarded to the tracking address: the counterpart is the author of what was forwarded */
	if (t.alone && l->forwarded.is)
		t.way = TAG_FORWARD;
	*out = t;
}
