#include "judgement/tag.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define X(id, name) name,
static const char *const names[] = { "none", TAG_WAYS(X) };
#undef X

const char *tag_way_name(enum tag_way w)
{
	return names[w];
}

/* ---- the pieces of an address ---- */

static bool is_token(const char *s)
{
	if (strlen(s) != 26)
		return false;
	for (; *s; s++)
		if (!isalnum((unsigned char)*s))
			return false;
	return true;
}

void tag_options(struct pool *p, const char *detail, struct tag *out)
{
	char *copy = pool_copy(p, detail), *save, *piece;
	struct text *due = text_new(p, 300);

	for (piece = strtok_r(copy, "+", &save); piece; piece = strtok_r(NULL, "+", &save)) {
		if (text_same(piece, "noreply") || text_same(piece, "no-reply"))
			out->noreply = true;
		else if (text_same(piece, "done"))
			out->done = true;
		else if (text_same(piece, "only"))
			out->only = true;
		else if (text_same(piece, "share"))
			out->share = true;
		else if (text_same(piece, "work"))
			out->work = true;
		else if ((text_starts(piece, "team-") || text_starts(piece, "team=")) && piece[5])
			out->team = piece + 5;
		else if ((text_starts(piece, "every-") || text_starts(piece, "every_") || text_starts(piece, "every=")) && piece[6])
			out->every = piece + 6;
		else if (text_starts(piece, "every") && piece[5] && !*out->every)
			out->every = piece + 5;
		else if (text_starts(piece, "k-") && piece[2])
			out->key = piece + 2;
		else if (text_starts(piece, "r-") && is_token(piece + 2))
			out->token = addr_lower(p, piece + 2);
		else
			text_print(due, "%s%s", due->n ? "+" : "", piece);
	}
	if (due->n)
		out->due = due->s;
}

/* ---- the subject ---- */

/* Prefixes that clients put before a subject, in their languages. What is one letter long needs the colon right behind it. */
static const char *const prefixes[] = {
	"re",  "fw",   "fwd", "aw",  "antw", "antwort", "wg",   "tr",  "rv",  "res", "enc", "r",   "i",   "rif", "inoltra", "sv",   "vs",   "vb",
	"vl",  "vá",   "odp", "pd",  "ynt",  "ilt",     "ref",  "doorst", "vedr", "bls", "ts",  "re-", "asn", "回复", "答复", "转发",    "回覆", "轉寄",
	"返信", "전달", "الرد", "отв", "ha",   "trs",    "továbbítás", "rép", "rep", "encaminhar", NULL
};

static size_t prefix(const char *s)
{
	for (size_t i = 0; prefixes[i]; i++) {
		size_t n = strlen(prefixes[i]);
		const char *at = s + n;

		if (strncasecmp(s, prefixes[i], n) != 0)
			continue;
		if (*at == '[' || *at == '(') { /* Re[2]: */
			size_t d = strspn(at + 1, "0123456789");

			if (!d || (at[1 + d] != ']' && at[1 + d] != ')'))
				continue;
			at += d + 2;
		}
		if (strncmp(at, "\xC2\xA0", 2) == 0)
			at += 2;
		else
			at += strspn(at, " ");
		if (*at == ':')
			return (size_t)(at + 1 - s);
		if (strncmp(at, "\xEF\xBC\x9A", 3) == 0) /* the full-width colon */
			return (size_t)(at + 3 - s);
	}
	return 0;
}

/* "[kept …]": where it begins and ends, and what stands in it. */
static bool subject_tag(const char *s, const char **from, const char **to)
{
	for (const char *at = s; (at = strchr(at, '[')); at++) {
		const char *word = at + 1 + strspn(at + 1, " "), *end = strchr(at, ']');

		if (end && strncasecmp(word, "kept", 4) == 0 && (word[4] == ']' || word[4] == ' ' || word[4] == ':' || word[4] == '+')) {
			*from = at;
			*to = end + 1;
			return true;
		}
	}
	return false;
}

char *tag_subject(struct pool *p, const char *subject)
{
	const char *from, *to, *s;
	char *out = text_squeeze(p, subject);
	size_t n;

	if (subject_tag(out, &from, &to))
		out = text_squeeze(p, pool_print(p, "%.*s %s", (int)(from - out), out, to));
	for (s = out; (n = prefix(s)); s += n + strspn(s + n, " "))
		;
	s += strspn(s, " ");
	return pool_copy(p, s);
}

/* ---- the ways ---- */

static bool way_address(struct pool *p, const struct conf *c, const struct addrs *l, enum tag_way way, struct tag *out)
{
	const char *detail;

	for (size_t i = 0; i < l->n; i++)
		if (conf_tracks(p, c, l->list[i].address, &detail)) {
			out->way = way;
			out->address = l->list[i].address;
			tag_options(p, detail, out);
			return true;
		}
	return false;
}

static bool way_trace(struct pool *p, const struct letter *l, const struct conf *c, struct tag *out)
{
	const char *detail;
	size_t best = l->traces.n;

	/* of several traces the one that says something: a server may add the bare address it delivered to */
	for (size_t i = l->traces.n; i-- > 0;)
		if (conf_tracks(p, c, l->traces.list[i], &detail) && (best == l->traces.n || *detail))
			best = i;
	for (size_t i = 0; i < l->traces.n; i++)
		if (conf_tracks(p, c, l->traces.list[i], &detail) && *detail) {
			best = i;
			break;
		}
	if (best == l->traces.n || !conf_tracks(p, c, l->traces.list[best], &detail))
		return false;
	out->way = TAG_BCC;
	out->address = l->traces.list[best];
	tag_options(p, detail, out);
	return true;
}

static bool way_subject(struct pool *p, const struct letter *l, struct tag *out)
{
	const char *from, *to, *word;
	char *inner;

	if (!subject_tag(l->subject, &from, &to))
		return false;
	word = from + 1 + strspn(from + 1, " ") + 4;
	inner = text_squeeze(p, pool_slice(p, word, (size_t)(to - 1 - word)));
	inner += strspn(inner, ": +");
	if (out->way == TAG_NONE)
		out->way = TAG_SUBJECT;
	if (*inner && !*out->due && !*out->every) {
		struct tag words = *out;

		words.due = "";
		tag_options(p, inner, &words);
		*out = words;
		out->due_way = TAG_SUBJECT;
	}
	return true;
}

/* A line "kept: send the subgroup data by Friday" of the writer's own text. */
static bool way_body(struct pool *p, const struct letter *l, struct tag *out)
{
	for (const char *s = l->text; *s;) {
		size_t n = strcspn(s, "\n"), skip = strspn(s, " \t*_-•");
		const char *at = s + (skip < n ? skip : 0);

		if (strncasecmp(at, "kept", 4) == 0 && (size_t)(at - s) + 5 < n) {
			const char *colon = at + 4 + strspn(at + 4, " *_");

			if (*colon == ':') {
				const char *from = colon + 1, *end = s + n;

				/* a wrapped line goes on, until one that is empty */
				while (*end == '\n' && end[1] && end[1] != '\n' && end[1] != '\r' && strncasecmp(end + 1, "kept:", 5) != 0 && end - from > 50)
					end += 1 + strcspn(end + 1, "\n");
				out->text = line_from(p, pool_slice(p, from, (size_t)(end - from)), WHAT_MOST).s;
				if (!*out->text)
					return false;
				if (out->way == TAG_NONE)
					out->way = TAG_BODY;
				return true;
			}
		}
		s += n + (s[n] == '\n');
	}
	return false;
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

static bool all_ours(struct pool *p, const struct letter *l, const struct conf *c)
{
	const struct addrs *lists[] = { &l->to, &l->cc, &l->bcc };
	size_t n = 0;

	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < lists[i]->n; j++, n++)
			if (!conf_tracks(p, c, lists[i]->list[j].address, NULL))
				return false;
	return n > 0;
}

void tag_find(struct pool *p, const struct letter *l, const struct place *at, const struct conf *c, struct tag *out)
{
	struct tag t = { .address = "", .due = "", .text = "", .every = "", .team = "", .key = "", .token = "" };

	if (!way_address(p, c, &l->to, TAG_TO, &t) && !way_address(p, c, &l->cc, TAG_CC, &t) && !way_address(p, c, &l->bcc, TAG_BCC, &t))
		way_trace(p, l, c, &t);
	else if (!*t.due && !*t.every && !t.done && !t.noreply && !*t.team) { /* shown bare, delivered with more */
		struct tag more = t;
		enum tag_way way = t.way;

		if (way_trace(p, l, c, &more)) {
			more.way = way;
			more.address = t.address;
			t = more;
		}
	}
	if (*t.due)
		t.due_way = t.way;
	t.alone = all_ours(p, l, c) && (t.way == TAG_TO || t.way == TAG_CC || t.way == TAG_BCC);
	way_subject(p, l, &t);
	way_body(p, l, &t);
	if (t.way == TAG_NONE && !way_flag(at, &t) && at->tagged_folder)
		t.way = TAG_FOLDER;
	/* forwarded to the tracking address: the counterpart is the author of what was forwarded */
	if (t.alone && l->forwarded.is)
		t.way = TAG_FORWARD;
	*out = t;
}
