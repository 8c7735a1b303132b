/* Splits what the writer wrote from what is quoted: first the marks and depths of each line, then, line by line, the blocks
 * that clients put in front of a message. All is linear in the lines: words are asked a bounded number of times. */
#include "letters/quote.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "letters/quote_inner.h"

enum {
	ASKED_MOST = 8000,    /* lines whose words are asked, of one letter */
	JOINED_MOST = 4,      /* lines an attribution is wrapped over */
	HEADER_MOST = 16,     /* lines of a header block */
	STUB_MOST = 200,      /* bytes of a plain part that only points at the HTML */
};

enum what { OWN, QUOTED, MAYBE /* quoted, unless it is all there is */ };

enum known { KNOWN_LONG = 1 /* LINE_MOST or more */, KNOWN_MAY = 2 /* may_attribute() */ };

struct split {
	struct pool *pool, *scratch;
	struct rows rows;
	unsigned char *what;
	unsigned char *known;  /* of each line, by enum known: asked of each up to JOINED_MOST + 2 times */
	enum prefix prefix;    /* of the subject */
	bool forward;          /* it says so */
	bool html;
	size_t asked;
	size_t bare;           /* so many lines hold nothing that was written now */
	struct quoted *out;
	bool found;            /* out->forwarded is read */
};

static bool blank(const char *s)
{
	if (*s > ' ' && *s < 0x7F) /* of nearly any line */
		return false;
	for (; *s; s++)
		if (!isspace((unsigned char)*s) && strncmp(s, "\xC2\xA0", 2) != 0 && strncmp(s, "\xEF\xBB\xBF", 3) != 0)
			return false;
		else if (!isspace((unsigned char)*s))
			s += (unsigned char)*s == 0xC2 ? 1 : 2;
	return true;
}

/* ---- header blocks ---- */

struct header {
	size_t from, to; /* lines [from, to) */
	const char *value[LABEL_OTHER + 1];
	const char *first_address; /* the first value that holds one */
	int kinds;
};

static const char *joined(struct split *w, size_t i, size_t n)
{
	struct text *t = text_new(w->scratch, LINE_MOST);

	for (size_t k = 0; k < n; k++) {
		if (k)
			text_char(t, ' ');
		text_put(t, w->rows.list[i + k].s, strnlen(w->rows.list[i + k].s, LINE_MOST));
	}
	return t->s;
}

static bool is_author(const char *value)
{
	return has_address(value) && (strchr(value, '<') || text_find(value, "mailto:"));
}

/* eM Client's block has no colons: "From "Nils" <nils@…>", "To …", "Date …", "Subject …", a line each. */
static bool bare_at(struct split *w, size_t i, struct header *out)
{
	struct header h = { .from = i, .to = i };

	if (!strchr(w->rows.list[i].s, '<') || !has_address(w->rows.list[i].s))
		return false;
	for (; h.to < w->rows.n && h.to < i + HEADER_MOST && w->rows.list[h.to].depth == w->rows.list[i].depth; h.to++) {
		const char *s = w->rows.list[h.to].s, *value = NULL;
		size_t n = strcspn(s, " ");
		enum label l = LABEL_NONE;

		if (n && n < 40 && strlen(s) < LINE_MOST)
			l = label_of(w->scratch, pool_print(w->scratch, "%.*s:%s", (int)n, s, s + n), &value);
		if (l == LABEL_NONE || h.value[l] || (h.to == i && l != LABEL_FROM))
			break;
		h.value[l] = value;
		h.kinds++;
	}
	h.first_address = h.value[LABEL_FROM];
	*out = h;
	return h.kinds >= 3 && h.value[LABEL_DATE] && has_date(h.value[LABEL_DATE]) && h.value[LABEL_SUBJECT];
}

/* A block of "From: …" lines that begins at line i. `drawn`: a line, a title or a client's mark stands in front. */
static bool header_at(struct split *w, size_t i, bool drawn, struct header *out)
{
	struct header h = { .from = i, .to = i };
	size_t shaped = 0, loose = 0, last = i, blanks = 0, dated = 0;
	unsigned depth = w->rows.list[i].depth;
	enum label now = LABEL_NONE, first = LABEL_NONE;

	for (size_t j = i; j < w->rows.n && j < i + HEADER_MOST; j++) {
		const char *s = w->rows.list[j].s, *value = NULL;
		enum label l;

		if (w->rows.list[j].depth != depth)
			break;
		if (blank(s)) {
			if (++blanks > 1 || (h.kinds >= 3 && h.value[LABEL_SUBJECT]))
				break;
			continue;
		}
		l = strlen(s) < LINE_MOST ? label_of(w->scratch, s, &value) : LABEL_NONE;
		if (j == i && !value)
			return bare_at(w, i, out);
		if (j == i && l == LABEL_NONE && !drawn && !is_author(value))
			return false;
		if (j == i)
			first = l;
		if (!value) {
			if (blanks || ++loose > 4)
				break;
			/* the value goes on: "Subject:" and its words on the next line, a list of addressees */
			if (now != LABEL_NONE && (!h.value[now] || !*h.value[now]))
				h.value[now] = s;
			if (!h.first_address && has_address(s))
				h.first_address = s;
			if (now == LABEL_SUBJECT)
				break;
			continue;
		}
		if (blanks && l == LABEL_NONE)
			break;
		if (l != LABEL_NONE && !h.value[l]) {
			h.kinds++;
			h.value[l] = value;
		}
		now = l;
		shaped++;
		loose = 0;
		blanks = 0;
		last = j;
		dated += has_date(value);
		if (!h.first_address && has_address(value))
			h.first_address = value;
	}
	h.to = last + 1;
	if (first == LABEL_CC || first == LABEL_OTHER || (first == LABEL_TO && !drawn))
		if (!(h.kinds >= 4))
			return false;
	*out = h;
	if (h.kinds >= 3 && (h.value[LABEL_FROM] || h.value[LABEL_DATE]))
		return true;
	if (h.kinds >= 2 && h.value[LABEL_FROM] && (drawn || h.first_address || dated))
		return h.first_address || drawn || h.value[LABEL_DATE] || h.value[LABEL_SUBJECT];
	/* a language we do not know */
	return shaped >= 3 && h.first_address &&
	       (drawn || (dated && (w->forward || shaped >= 4) && is_author(h.first_address)));
}

static char *body_of(struct split *w, size_t from, unsigned depth)
{
	struct text *t = text_new(w->pool, BODY_MOST);

	for (size_t i = from; i < w->rows.n && (!depth || w->rows.list[i].depth >= depth || blank(w->rows.list[i].s)); i++) {
		for (unsigned d = depth; d < w->rows.list[i].depth && d < depth + 10; d++)
			text_char(t, '>');
		if (w->rows.list[i].depth > depth && *w->rows.list[i].s)
			text_char(t, ' ');
		text_add(t, w->rows.list[i].s);
		text_char(t, '\n');
	}
	while (t->n && isspace((unsigned char)t->s[t->n - 1]))
		t->s[--t->n] = '\0';
	return t->s + strspn(t->s, "\r\n");
}

static void forward_from(struct split *w, const char *author, const char *date, const char *subject, size_t body,
                         unsigned depth)
{
	struct forwarded f = { .is = true, .from = { "", "" }, .message_id = "" };

	if (w->found)
		return;
	if (author)
		author_of(w->pool, author, &f.from);
	if (!*f.from.address && author)
		f.from.name = line_from(w->pool, author, NAME_MOST).s;
	f.date = date ? date_of(w->pool, date) : 0;
	f.subject = line_from(w->pool, subject ? subject : "", SUBJECT_MOST).s;
	f.text = body_of(w, body, depth);
	w->out->forwarded = f;
	w->found = true;
}

static void forward_header(struct split *w, const struct header *h)
{
	const char *author = h->value[LABEL_FROM], *of = NULL;

	if (!author || (!has_address(author) && !h->value[LABEL_TO] && h->first_address))
		author = h->first_address ? h->first_address : author;
	if (author == h->value[LABEL_FROM] && author && !has_address(author) && h->from + 1 < h->to) /* wrapped */
		for (size_t i = h->from; i + 1 < h->to && !of; i++)
			if (strstr(w->rows.list[i].s, author) && has_address(w->rows.list[i + 1].s) &&
			    label_of(w->scratch, w->rows.list[i + 1].s, NULL) == LABEL_NONE)
				of = pool_print(w->pool, "%s %s", author, w->rows.list[i + 1].s);
	forward_from(w, of ? of : author, h->value[LABEL_DATE], h->value[LABEL_SUBJECT], h->to, w->rows.list[h->from].depth);
}

/* Is it a forward though the subject does not say so in a word we know? A client that answers puts its word in front; one
 * we do not know, or none where nothing was written, is no answer. */
static bool is_forward(struct split *w, const struct header *h)
{
	if (w->prefix == PREFIX_REPLY || !h->first_address)
		return false;
	if (w->prefix == PREFIX_UNKNOWN)
		return !text_find(text_fold(w->scratch, w->rows.list[h->from].s), "lahettaja");
	for (size_t i = 0; i < h->from; i++)
		if (!blank(w->rows.list[i].s) && !is_drawn(w->rows.list[i].s))
			return false;
	return true;
}

/* Yahoo's plain part: "----- Forwarded Message ----- From: … To: …Sent: …Subject: …" on one line. */
static void forward_run_in(struct split *w, const char *rest, size_t body)
{
	const char *subject = NULL, *date = NULL, *author;

	for (const char *c = strchr(rest, ':'); c && c - rest < LINE_MOST; c = strchr(c + 1, ':')) {
		for (size_t back = 1; back <= 24 && c - rest > (ptrdiff_t)back; back++) {
			const char *value;
			enum label l;

			if (((unsigned char)c[-(ptrdiff_t)back] & 0xC0) == 0x80)
				continue;
			l = label_of(w->scratch, c - back, &value);
			if (l == LABEL_SUBJECT && date)
				subject = value;
			else if (l == LABEL_DATE && !date)
				date = value;
			else
				continue;
			break;
		}
	}
	if (label_of(w->scratch, rest, &author) != LABEL_FROM || !author)
		author = rest;
	forward_from(w, author, date, subject, body, 0);
}

/* ---- the pass over the lines ---- */

static void mark(struct split *w, size_t from, size_t to, enum what as)
{
	for (size_t i = from; i < to && i < w->rows.n; i++)
		w->what[i] = (unsigned char)as;
}

static size_t next_words(struct split *w, size_t i)
{
	while (i < w->rows.n && blank(w->rows.list[i].s))
		i++;
	return i;
}

static bool is_quote_row(struct split *w, size_t i)
{
	return i < w->rows.n && (w->rows.list[i].depth || w->rows.list[i].quoted);
}

static bool may_ask(struct split *w)
{
	if (w->asked % 64 == 0) {
		pool_end(&w->scratch);
		w->scratch = pool_new();
	}
	return w->asked++ < ASKED_MOST;
}

/* The lines of an attribution that begins at i; 0: none. */
static size_t attribution_at(struct split *w, size_t i)
{
	size_t most = 0, n;
	unsigned depth = w->rows.list[i].depth;
	bool may = false;

	while (most < JOINED_MOST + 2 && i + most < w->rows.n && w->rows.list[i + most].depth == depth &&
	       (!blank(w->rows.list[i + most].s) || (most == 1 && i + 2 < w->rows.n && w->rows.list[i + 2].s[0] == '<')) &&
	       !(w->known[i + most] & KNOWN_LONG))
		most++;
	for (n = 1; n <= most; n++) {
		size_t q = i + n;
		const char *all, *part;
		bool quoted;

		while (q < w->rows.n && w->rows.list[q].depth == depth && blank(w->rows.list[q].s))
			q++;
		quoted = q <= i + n + 1 && q < w->rows.n &&
			 (w->rows.list[q].depth > depth || (w->rows.list[q].s[0] == '|' && depth == 0));

		may = may || w->known[i + n - 1] & KNOWN_MAY;
		if (blank(w->rows.list[i + n - 1].s) || (!may && !quoted)) /* nearly every line of prose */
			continue;
		all = joined(w, i, n);
		if (n > 1 && quoted && !has_date(w->rows.list[i].s) && !has_address(w->rows.list[i].s))
			quoted = false; /* a name alone is not wrapped */
		if (!is_attribution(w->scratch, all, quoted))
			continue;
		for (size_t k = 1; k < n; k++) { /* the writer's last words may stand right above */
			part = joined(w, i + k, n - k);
			if ((has_date(part) || !has_date(w->rows.list[i].s)) && is_attribution(w->scratch, part, false) &&
			    (has_address(part) || has_wrote(w->scratch, part)))
				return 0;
		}
		return n;
	}
	return 0;
}

/* "Thanks! On Wed, 4 Mar 2026, Bob wrote:": the writer's words in front, on the same line. */
static bool is_shared(struct split *w, size_t i, size_t n, const char **own)
{
	static const char *const starts[] = { "On ", "Am ", "Le ", "El ", "Op ", "Em ", "Il ", "Den " };
	const char *all = joined(w, i, n);
	size_t first = strlen(w->rows.list[i].s);

	for (const char *s = all + 1; *all && *s && (size_t)(s - all) < first; s++)
		for (size_t k = 0; k < sizeof starts / sizeof *starts; k++) {
			if (!strchr(" -.", s[-1]) || strncmp(s, starts[k], strlen(starts[k])) != 0 ||
			    !is_attribution(w->scratch, s, true) || !has_date(s) ||
			    has_date(pool_slice(w->scratch, all, (size_t)(s - all))))
				continue;
			while (s > all && (s[-1] == ' ' || s[-1] == '-'))
				s--;
			*own = pool_slice(w->pool, all, (size_t)(s - all));
			return s > all;
		}
	return false;
}

/* A piece of a quoted line that was broken without its mark: "> see (http://…" / "…)". */
static bool is_broken_off(const struct rows *r, size_t i)
{
	const char *s = r->list[i].s;
	int round = 0;

	if (!i || i + 1 >= r->n || !r->list[i - 1].depth || !r->list[i + 1].depth || r->list[i].depth)
		return false;
	for (; *s; s++) {
		if (strncmp(s, "://", 3) == 0)
			return true;
		round += *s == '(' || *s == '<' ? 1 : *s == ')' || *s == '>' ? -1 : 0;
		if (round < 0 && s > r->list[i].s && s[-1] != ':' && s[-1] != ';' && s[-1] != '-')
			return true;
	}
	return false;
}

/* Notes: the author, the date, and "To", "cc", "Subject" each on a line of their own, without colons. */
static bool notes_at(struct split *w, size_t i)
{
	size_t labels = 0, next = next_words(w, i + 1);

	if (next >= w->rows.n || next != i + 1 || strlen(w->rows.list[i].s) > 80 || strlen(w->rows.list[next].s) > 40 || !has_date(w->rows.list[next].s))
		return false;
	for (size_t j = next + 1; j < w->rows.n && j < next + HEADER_MOST; j++) {
		const char *s = w->rows.list[j].s;
		enum label l = blank(s) || strlen(s) > 20 || strchr(s, ':') ? LABEL_NONE : label_of(w->scratch, pool_print(w->scratch, "%s:", s), NULL);

		labels += l == LABEL_TO || l == LABEL_CC || l == LABEL_SUBJECT;
	}
	return labels >= 3;
}

/* The line over a block: Orange's "Message du 4/5/26", Notes' "Nils Berg ---04.05.2026 10:11:00---his first words". */
static bool is_lead(const char *s)
{
	const char *line = strstr(s, " ---");

	return (text_starts(s, "message ") || (line && strstr(line + 4, "---") && isdigit((unsigned char)line[4]))) && has_date(s);
}

/* The quoted lines from i on, and the blank ones among them: marked; where the next begins. */
static size_t quote_rows(struct split *w, size_t i)
{
	for (; i < w->rows.n && (is_quote_row(w, i) || blank(w->rows.list[i].s)); i++)
		if (!blank(w->rows.list[i].s))
			w->what[i] = QUOTED;
	return i;
}

/* All from `from` on is the other message, whose words begin at `body`. Only where nothing was written above, and each line of those
 * words bears a mark, does it end with the marks: below stands the answer. */
static size_t message_from(struct split *w, size_t from, size_t body)
{
	size_t end = w->rows.n;

	while (w->bare < from && (w->what[w->bare] != OWN || blank(w->rows.list[w->bare].s)))
		w->bare++;
	if (w->bare >= from && w->prefix == PREFIX_REPLY && !w->found && is_quote_row(w, body))
		end = quote_rows(w, body);
	mark(w, from, end, QUOTED);
	return end;
}

/* What begins at line i: marks it, and says where to go on. */
static size_t block_at(struct split *w, size_t i)
{
	const struct row *row = &w->rows.list[i];
	struct header h;
	const char *rest, *own;
	size_t n, next;
	int title;
	bool drawn = row->rule || row->cut || (i && is_drawn(row[-1].s)) || (i > 1 && blank(row[-1].s) && is_drawn(row[-2].s));

	title = title_of(w->scratch, row->s, &rest);
	next = next_words(w, i + 1);
	if (title) {
		bool head = next < w->rows.n && header_at(w, next, true, &h);

		if (title > 0 || head || has_address(rest)) {
			if (title == 2 || w->forward) {
				if (*rest && has_address(rest))
					forward_run_in(w, rest, i + 1);
				else if (head)
					forward_header(w, &h);
				else if (next < w->rows.n && (n = attribution_at(w, next)))
					forward_from(w, joined(w, next, n), joined(w, next, n), NULL, next + n, 0);
				else if (next < w->rows.n && notes_at(w, next))
					forward_from(w, w->rows.list[next].s, w->rows.list[next + 1].s, NULL, next + 2, 0);
				else if (title == 2)
					forward_from(w, NULL, NULL, NULL, next, 0);
			}
			return message_from(w, i, head ? next_words(w, h.to) : next);
		}
	}
	if (header_at(w, i, drawn, &h)) {
		size_t from = i;

		if (w->forward || is_forward(w, &h))
			forward_header(w, &h);
		while (from && (blank(w->rows.list[from - 1].s) || is_drawn(w->rows.list[from - 1].s) || is_lead(w->rows.list[from - 1].s)))
			from--;
		return message_from(w, from, next_words(w, h.to));
	}
	if (row->cut || notes_at(w, i)) {
		mark(w, i, w->rows.n, QUOTED);
		return w->rows.n;
	}
	n = attribution_at(w, i);
	if (!n)
		return i + 1;
	next = next_words(w, i + n);
	if (w->forward)
		forward_from(w, joined(w, i, n), joined(w, i, n), NULL, next, 0);
	if (is_shared(w, i, n, &own))
		w->rows.list[i].s = own;
	else
		w->what[i] = QUOTED;
	mark(w, i + 1, i + n, QUOTED);
	if (next >= w->rows.n)
		return w->rows.n;
	if (is_quote_row(w, next))
		return quote_rows(w, next);
	if (w->rows.list[next].s[0] == '|') {
		while (next < w->rows.n && (w->rows.list[next].s[0] == '|' || blank(w->rows.list[next].s)))
			w->what[next++] = QUOTED;
		return next;
	}
	mark(w, i, w->rows.n, QUOTED);
	return w->rows.n;
}

/* A forward within quotation (Apple Mail in plain text, Gmail's container): its header is there all the same. */
static void forward_quoted(struct split *w)
{
	struct header h;
	const char *rest;
	bool titled = w->forward;

	for (size_t i = 0; i < w->rows.n && i < 400 && !w->found; i++) {
		if (blank(w->rows.list[i].s) || w->what[i] == OWN || !may_ask(w))
			continue;
		if (title_of(w->scratch, w->rows.list[i].s, &rest) == 2) {
			titled = true;
			if (*rest)
				forward_run_in(w, rest, i + 1);
		} else if (titled && header_at(w, i, true, &h)) {
			if (h.value[LABEL_FROM] || h.first_address)
				forward_header(w, &h);
		} else if (w->forward) {
			size_t n = attribution_at(w, i);

			if (n)
				forward_from(w, joined(w, i, n), joined(w, i, n), NULL, i + n, 0);
		}
	}
}

static const char *own_text(struct split *w, const bool *own)
{
	struct text *t = text_new(w->pool, BODY_MOST);
	bool gap = false;

	for (size_t i = 0; i < w->rows.n; i++) {
		if (!own[i] || blank(w->rows.list[i].s)) {
			gap = true;
			continue;
		}
		if (t->n)
			text_add(t, gap ? "\n\n" : "\n");
		gap = false;
		text_add(t, w->rows.list[i].s);
		while (t->n && strchr(" \t", t->s[t->n - 1]))
			t->s[--t->n] = '\0';
	}
	return t->s + strspn(t->s, " \t");
}

static const char *whole_text(struct split *w)
{
	struct text *t = text_new(w->pool, BODY_MOST);

	for (size_t i = 0; i < w->rows.n; i++) {
		for (unsigned d = 0; d < w->rows.list[i].depth && d < 10; d++)
			text_char(t, '>');
		if (w->rows.list[i].depth && *w->rows.list[i].s)
			text_char(t, ' ');
		text_add(t, w->rows.list[i].s);
		text_char(t, '\n');
	}
	return t->s;
}

static void rows_split(struct split *w)
{
	bool *own;
	bool any = false, maybe = false, box = true, cited = false;

	w->what = pool_take(w->pool, w->rows.n + 1);
	w->known = pool_take(w->pool, w->rows.n + 1);
	for (size_t i = 0; i < w->rows.n; i++) {
		const struct row *r = &w->rows.list[i];

		w->known[i] = (strlen(r->s) >= LINE_MOST ? KNOWN_LONG : 0) | (may_attribute(r->s) ? KNOWN_MAY : 0);
		/* Gmail leaves answers between and under the quotation in its container; a forward's words come first there */
		if (r->box && r->depth)
			cited = true;
		else if (r->box && !cited && !blank(r->s))
			box = false;
		if (r->box && !r->depth && cited && box)
			continue;
		if (r->quoted || (r->depth && !r->soft) || (!w->html && is_broken_off(&w->rows, i)))
			w->what[i] = QUOTED;
		else if (r->soft && !r->indented)
			w->what[i] = MAYBE;
	}
	for (size_t i = 0; i < w->rows.n;) {
		if (w->what[i] != OWN || w->rows.list[i].depth || blank(w->rows.list[i].s) || !may_ask(w))
			i++;
		else
			i = block_at(w, i);
	}
	if (!w->found)
		forward_quoted(w);
	for (size_t i = 0; i < w->rows.n; i++) {
		any = any || (w->what[i] == OWN && !blank(w->rows.list[i].s));
		maybe = maybe || w->what[i] == MAYBE;
	}
	own = pool_take(w->pool, w->rows.n + 1);
	for (size_t i = 0; i < w->rows.n; i++)
		own[i] = w->what[i] == OWN || (w->what[i] == MAYBE && !any);
	signature_drop(w->scratch, &w->rows, own);
	w->out->text = own_text(w, own);
}

/* Does the HTML tell by itself where a quotation is? */
static bool has_structure(const struct rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->list[i].depth || rows->list[i].quoted || rows->list[i].cut || rows->list[i].signature ||
		    rows->list[i].rule)
			return true;
	return false;
}

static size_t weight(const struct rows *rows)
{
	size_t n = 0;

	for (size_t i = 0; i < rows->n; i++)
		for (const char *s = rows->list[i].s; *s; s++)
			n += !isspace((unsigned char)*s);
	return n;
}

/* "Your client shows no HTML": a short plain part that begins so and links nowhere. Behind words of the writer's it is a remark. */
static bool is_stub(const struct rows *rows, const char *plain)
{
	size_t first = 0;

	while (first + 1 < rows->n && !rows->list[first].s[strspn(rows->list[first].s, " \t\r\n")])
		first++;
	return rows->n && weight(rows) < STUB_MOST && text_find(rows->list[first].s, "html") && !text_find(plain, "://");
}

void quote_split(struct pool *p, const char *plain, bool flowed, bool delsp, const char *html, const char *subject,
                 struct quoted *out)
{
	struct split w = { .pool = p, .out = out, .scratch = pool_new() };
	struct rows text = { 0 }, marked = { 0 };

	*out = (struct quoted){ .text = "", .full = "",
	                        .forwarded = { .from = { "", "" }, .subject = "", .text = "", .message_id = "" } };
	if (plain)
		plain_rows(p, plain, flowed, delsp, &text);
	if (html)
		html_rows(p, html, strlen(html), &marked);
	/* a plain part that is far shorter, or says so, stands for "your client shows no HTML" */
	w.html = marked.n && (!text.n || has_structure(&marked) || weight(&text) < weight(&marked) / 2 ||
	                      is_stub(&text, plain));
	w.rows = w.html ? marked : text;
	w.prefix = prefix_of(w.scratch, subject);
	w.forward = w.prefix == PREFIX_FORWARD;
	out->from_html = w.html;
	out->full = whole_text(&w);
	rows_split(&w);
	pool_end(&w.scratch);
}
