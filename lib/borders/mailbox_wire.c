/* mailbox_wire - libetpan's stream over our own connection, and the guard on what comes through it
 *
 * libetpan recurses on parentheses, allocates whatever a literal announces, spins at the end of a stream inside a literal,
 * follows a quoted string over line ends, and reads a NULL where [ALERT] has no text. So each byte passes the guard first:
 * a line that a server of RFC 3501 would not send, or that answers what was never asked (ENVELOPE, BODYSTRUCTURE), kills the
 * connection before libetpan sees it. Inside a literal anything may stand: that is a stranger's mail, and no stranger must
 * be able to end the session by its text.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "borders/mailbox_inner.h"

enum { DEPTH_MOST = 40 };

static bool tail_is(const struct guard *g, const char *word)
{
	size_t n = strlen(word);

	return strncasecmp(g->tail + sizeof g->tail - n, word, n) == 0;
}

/* The line's first words are known: is it free text, in which no quote and no literal counts? */
static bool is_text(const char *line)
{
	static const char *const states[] = { "OK", "NO", "BAD", "BYE", "PREAUTH" };

	if (line[0] != '*')
		return true;
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (strncasecmp(line + 2, states[i], strlen(states[i])) == 0 && strchr(" \r\n", line[2 + strlen(states[i])]))
			return true;
	return false;
}

static const char *line_ends(struct guard *g)
{
	static const char *const empty_codes[] = { "[ALERT", "[PARSE" };

	g->head[g->head_n < sizeof g->head ? g->head_n : sizeof g->head - 1] = '\0';
	if (g->state == GUARD_TEXT) {
		size_t n = sizeof g->tail;

		if (tail_is(g, "}\r") && strchr("0123456789+", g->tail[n - 3]))
			return "a line of text that ends like a literal";
		if (strncasecmp(g->head, "* BYE", 5) == 0) { /* libetpan leaks where it is the greeting */
			snprintf(g->goodbye, sizeof g->goodbye, "a goodbye:%.*s", (int)strcspn(g->head + 5, "\r\n"), g->head + 5);
			return g->goodbye;
		}
		for (size_t i = 0; i < sizeof empty_codes / sizeof *empty_codes; i++)
			if (g->last == ']' && text_find(g->head, empty_codes[i]))
				return "an alert without a text";
	}
	if (g->depth)
		return "a line that ends within parentheses";
	g->state = GUARD_START;
	g->greeted = true;
	g->head_n = 0;
	g->last = 0;
	g->flags_depth = g->blanks = 0;
	g->code = CODE_NONE;
	memset(g->tail, ' ', sizeof g->tail);
	return NULL;
}

/* A response code, "* OK [CODE …] text": libetpan frees a NULL where a list in it cannot be read. So a list must be one. */
static const struct { const char *name; enum code_form form; } codes[] = {
	{ "PERMANENTFLAGS", CODE_FLAGS }, { "CAPABILITY", CODE_ATOMS }, { "UIDNEXT", CODE_NUMBERS }, { "UIDVALIDITY", CODE_NUMBERS },
	{ "UNSEEN", CODE_NUMBERS }, { "HIGHESTMODSEQ", CODE_NUMBERS }, { "APPENDUID", CODE_NUMBERS }, { "COPYUID", CODE_NUMBERS },
	{ "MODIFIED", CODE_NUMBERS }, { "BADCHARSET", CODE_NEVER }, { "ANNOTATEMORE", CODE_NEVER },
};

static bool is_atom(char c)
{
	return c > ' ' && c < 0x7f && !strchr("(){%*\"\\]", c);
}

/* The name has ended. */
static const char *code_named(struct guard *g)
{
	g->code_name[g->code_n] = '\0';
	g->form = CODE_FREE;
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (strcasecmp(g->code_name, codes[i].name) == 0)
			g->form = codes[i].form;
	g->flag = FLAG_OPEN;
	/* a list in the greeting: there libetpan reads its parser's settings through a NULL */
	return g->form == CODE_NEVER || !g->code_n || (g->form == CODE_FLAGS && !g->greeted) ? "a response code that answers nothing" : NULL;
}

/* "(\\Seen $Kept \\*)" */
static bool flags_go_on(struct guard *g, char c)
{
	switch (g->flag) {
	case FLAG_OPEN:
		g->flag = FLAG_FIRST;
		return c == '(';
	case FLAG_FIRST:
	case FLAG_NEXT:
		if (c == ')' && g->flag == FLAG_FIRST) {
			g->flag = FLAG_END;
			return true;
		}
		g->flag = c == '\\' ? FLAG_SLASH : FLAG_WORD;
		return c == '\\' || is_atom(c);
	case FLAG_SLASH:
		g->flag = c == '*' ? FLAG_STAR : FLAG_WORD;
		return c == '*' || is_atom(c);
	case FLAG_WORD:
		if (is_atom(c) || (unsigned char)c >= 0x80) /* some clients made keywords of such letters */
			return true;
		/* fall through */
	case FLAG_STAR:
		g->flag = c == ')' ? FLAG_END : FLAG_NEXT;
		return c == ')' || c == ' ';
	case FLAG_END:
		return false;
	}
	return false;
}

static const char *code_step(struct guard *g, char c)
{
	switch (g->code) {
	case CODE_NONE:
		return NULL;
	case CODE_MAYBE: /* behind the blanks that lead to the text */
		if (c == ' ')
			return NULL;
		g->code = c == '[' ? CODE_NAME : CODE_NONE;
		g->code_n = 0;
		return NULL;
	case CODE_NAME:
		if (is_atom(c) && g->code_n < sizeof g->code_name - 1) {
			g->code_name[g->code_n++] = c;
			return NULL;
		}
		if (c != ' ' && c != ']')
			return "a response code that is none";
		g->code = c == ' ' ? CODE_REST : CODE_NONE;
		return code_named(g) ? code_named(g) : c == ']' && g->form != CODE_FREE ? "a response code without its value" : NULL;
	case CODE_REST:
		if (c == ']') {
			g->code = CODE_NONE;
			return g->form == CODE_FLAGS && g->flag != FLAG_END ? "a list of flags that is none" : NULL;
		}
		if ((unsigned char)c < ' ' || c == 0x7f)
			return "a response code without an end";
		if ((g->form == CODE_FLAGS && !flags_go_on(g, c)) || (g->form == CODE_ATOMS && c != ' ' && !is_atom(c)) ||
		    (g->form == CODE_NUMBERS && !strchr("0123456789:, ", c)))
			return "a response code that is none";
		return NULL;
	}
	return NULL;
}

/* In a line of data, outside quotes and literals. */
static const char *data(struct guard *g, char c)
{
	switch (c) {
	case '"':
		g->state = GUARD_QUOTED;
		return NULL;
	case '{':
		if (g->flags_depth)
			return "a flag that is a literal";
		g->state = GUARD_BRACE;
		g->literal = 0;
		g->digits = g->closed = false;
		return NULL;
	case '(':
		if (tail_is(g, "BODY ") || tail_is(g, "BODY") || tail_is(g, "STRUCTURE ") || tail_is(g, "STRUCTURE") ||
		    tail_is(g, "ENVELOPE ") || tail_is(g, "ENVELOPE"))
			return "a structure that was not asked for";
		if (++g->depth > DEPTH_MOST)
			return "a tower of parentheses";
		if (tail_is(g, "FLAGS ") || tail_is(g, "FLAGS"))
			g->flags_depth = g->depth;
		if (tail_is(g, "X-GM-LABELS "))
			g->labels_depth = g->depth;
		return NULL;
	case ')':
		if (g->depth == g->flags_depth)
			g->flags_depth = 0;
		if (g->depth == g->labels_depth)
			g->labels_depth = 0;
		if (!g->depth)
			return "a parenthesis that closes nothing";
		g->depth--;
		return NULL;
	case '\n':
		return line_ends(g);
	default:
		return NULL;
	}
}

/* {123} CR LF, and nothing else: libetpan takes more. */
static const char *brace(struct guard *g, char c, size_t budget)
{
	if (c >= '0' && c <= '9' && !g->closed) {
		g->literal = g->literal * 10 + (uint64_t)(c - '0');
		g->digits = true;
		return g->literal > budget ? "a literal larger than what was asked for" : NULL;
	}
	if (c == '}' && g->digits && !g->closed) {
		g->closed = true;
		return NULL;
	}
	if (c == '\r' && tail_is(g, "}"))
		return NULL;
	if (c == '\n' && g->closed && tail_is(g, "}\r")) {
		g->state = g->literal ? GUARD_LITERAL : GUARD_DATA;
		return NULL;
	}
	return "a literal that is none";
}

/* In a line of text: "* OK text", "12 OK text", "+ text". */
static const char *text(struct guard *g, char c)
{
	const char *bad = code_step(g, c);

	if (bad || c == '\n')
		return bad ? bad : line_ends(g);
	if (g->code == CODE_NONE && c == ' ' && g->blanks < 2 && !tail_is(g, " ") && ++g->blanks == (g->head[0] == '+' ? 1 : 2))
		g->code = CODE_MAYBE;
	return NULL;
}

/* Until the first word behind the star has ended, it is not known what kind of line it is. */
static const char *begin(struct guard *g, char c)
{
	size_t n = g->head_n;

	if (n == 1 && c >= '0' && c <= '9') {
		g->state = GUARD_TEXT; /* our tags are numbers, and what follows is text */
		return NULL;
	}
	if (n == 1 && c == '+') {
		g->state = GUARD_TEXT;
		return NULL;
	}
	if (g->head[0] == '\r' || g->head[0] == '\n') /* an empty line: Exchange has some */
		return c == '\n' ? line_ends(g) : n == 1 ? NULL : "a line that is no answer";
	if ((n == 1 && c != '*') || (n == 2 && c != ' ') || (n == 3 && (c == ' ' || c == '\r')) || c == '\n' || n > 40 ||
	    strchr("\"{()", c))
		return "a line that is no answer";
	if (n > 3 && (c == ' ' || c == '\r')) {
		g->head[n] = '\0';
		g->state = is_text(g->head) ? GUARD_TEXT : GUARD_DATA;
		g->blanks = 1; /* the star's */
		if (g->state == GUARD_TEXT)
			return text(g, c);
	}
	return NULL;
}

static const char *step(struct guard *g, char c, size_t budget)
{
	if (g->head_n < sizeof g->head - 1)
		g->head[g->head_n++] = c;
	switch (g->state) {
	case GUARD_START:
		return begin(g, c);
	case GUARD_TEXT:
		return text(g, c);
	case GUARD_DATA:
		return data(g, c);
	case GUARD_QUOTED:
		if (c == '\r' || c == '\n')
			return "a quoted string over a line end";
		if (c == '"')
			g->state = GUARD_DATA;
		if (c == '\\')
			g->state = GUARD_ESCAPED;
		return NULL;
	case GUARD_ESCAPED:
		if (c == '\r' || c == '\n')
			return "a quoted string over a line end";
		g->state = GUARD_QUOTED;
		return NULL;
	case GUARD_BRACE:
		return brace(g, c, budget);
	case GUARD_LITERAL:
		return NULL; /* not reached: guard_see() skips it */
	}
	return NULL;
}

void guard_begin(struct guard *g)
{
	memset(g, 0, sizeof *g);
	memset(g->tail, ' ', sizeof g->tail);
}

const char *guard_see(struct guard *g, char *bytes, size_t n, size_t budget)
{
	for (size_t i = 0; i < n; i++) {
		const char *bad;

		if (g->state == GUARD_LITERAL) {
			size_t skip = g->literal < n - i ? g->literal : n - i;

			g->literal -= skip;
			i += skip;
			if (!g->literal)
				g->state = GUARD_DATA;
			if (i >= n)
				return NULL;
		}
		/* Google shows its own labels unquoted (\Inbox): libetpan takes no backslash there, and would end the session */
		if (g->state == GUARD_DATA && g->labels_depth && bytes[i] == '\\')
			bytes[i] = '/';
		bad = step(g, bytes[i], budget + n - i);
		if (bad)
			return bad;
		memmove(g->tail, g->tail + 1, sizeof g->tail - 1);
		g->tail[sizeof g->tail - 1] = bytes[i];
		if (bytes[i] != ' ' && bytes[i] != '\r' && bytes[i] != '\n')
			g->last = bytes[i];
	}
	return NULL;
}

/* ---- the stream: libetpan's driver over struct tls ---- */

static ssize_t stream_read(mailstream_low *l, void *bytes, size_t n)
{
	struct mailbox *m = l->data;
	ssize_t r = tls_read(m->tls, bytes, n);
	const char *bad;

	if (r <= 0)
		return -1; /* never 0: libetpan reads the end inside a literal over and over */
	bad = guard_see(&m->guard, bytes, (size_t)r, tls_budget(m->tls));
	if (bad) {
		char why[200];

		snprintf(why, sizeof why, "it sent %s", bad);
		tls_kill(m->tls, why);
		return -1;
	}
	return r;
}

static ssize_t stream_write(mailstream_low *l, const void *bytes, size_t n)
{
	return tls_write(((struct mailbox *)l->data)->tls, bytes, n);
}

static int stream_close(mailstream_low *l)
{
	(void)l;
	return 0; /* mailbox_close() ends the connection */
}

static int stream_fd(mailstream_low *l)
{
	return tls_fd(((struct mailbox *)l->data)->tls);
}

static void stream_free(mailstream_low *l)
{
	free(l);
}

static void stream_cancel(mailstream_low *l)
{
	(void)l;
}

static struct mailstream_cancel *stream_no_cancel(mailstream_low *l)
{
	(void)l;
	return NULL;
}

static carray *stream_no_chain(mailstream_low *l)
{
	(void)l;
	return NULL;
}

mailstream *mailbox_stream(struct mailbox *m)
{
	static mailstream_low_driver driver = {
		.mailstream_read = stream_read, .mailstream_write = stream_write, .mailstream_close = stream_close,
		.mailstream_get_fd = stream_fd, .mailstream_free = stream_free, .mailstream_cancel = stream_cancel,
		.mailstream_get_cancel = stream_no_cancel, .mailstream_get_certificate_chain = stream_no_chain,
	};
	mailstream_low *low = mailstream_low_new(m, &driver);
	mailstream *s = low ? mailstream_new(low, 1 << 14) : NULL;

	if (!s && low)
		mailstream_low_free(low);
	return s;
}
