/* HTML to lines. The parser runs without a tree: what it tells is read at once, so that memory follows the text, not the
 * tags. Nothing is fetched, and no entity is known but HTML's own. */
#include "letters/markup.h"

#include <ctype.h>
#include <libxml/HTMLparser.h>
#include <string.h>
#include <strings.h>

#include "letters/markup_inner.h"

enum {
	DEPTH_MOST = 250, /* open elements: past it reading ends, since each stray end tag looks through all of them */
	ATTRIBUTE_MOST = 4000,
	WORDS_MOST = 40,  /* of one attribute */
};

enum shape { INLINE, SKIPPED, BLOCK, PARAGRAPH, BREAK, RULE, CELL, ITEM, QUOTE, PRE };

static const struct {
	const char *name;
	enum shape shape;
} elements[] = { /* in byte order */
	{ "address", BLOCK }, { "article", BLOCK }, { "aside", BLOCK }, { "blockquote", QUOTE }, { "body", BLOCK },
	{ "br", BREAK }, { "center", BLOCK }, { "dd", BLOCK }, { "details", BLOCK }, { "div", BLOCK },
	{ "dl", PARAGRAPH }, { "dt", BLOCK }, { "fieldset", BLOCK }, { "figure", BLOCK }, { "footer", BLOCK },
	{ "form", BLOCK }, { "h1", PARAGRAPH }, { "h2", PARAGRAPH }, { "h3", PARAGRAPH }, { "h4", PARAGRAPH },
	{ "h5", PARAGRAPH }, { "h6", PARAGRAPH }, { "head", SKIPPED }, { "header", BLOCK }, { "hr", RULE },
	{ "li", ITEM }, { "main", BLOCK }, { "nav", BLOCK }, { "noframes", SKIPPED }, { "object", SKIPPED },
	{ "ol", BLOCK }, { "option", SKIPPED }, { "p", PARAGRAPH }, { "pre", PRE }, { "script", SKIPPED },
	{ "section", BLOCK }, { "style", SKIPPED }, { "svg", SKIPPED }, { "table", BLOCK }, { "tbody", BLOCK },
	{ "td", CELL }, { "template", SKIPPED }, { "textarea", SKIPPED }, { "th", CELL }, { "thead", BLOCK },
	{ "title", SKIPPED }, { "tr", BLOCK }, { "ul", BLOCK },
};

/* What clients write into class, id or name. `whole`: the word must be all of one of the attribute's words. */
enum mark { MARK_QUOTED, MARK_CUT, MARK_SIGNATURE };

static const struct {
	const char *word;
	enum mark mark;
} marks[] = {
	/* around the message that is answered */
	{ "gmail_quote", MARK_QUOTED },             /* Gmail, Android */
	{ "gmail_quote_container", MARK_QUOTED },
	{ "gmail_attr", MARK_QUOTED },
	{ "yahoo_quoted", MARK_QUOTED },
	{ "yahooquoted", MARK_QUOTED },
	{ "ymail_android_quoted", MARK_QUOTED },
	{ "protonmail_quote", MARK_QUOTED },
	{ "tutanota_quote", MARK_QUOTED },
	{ "moz-cite-prefix", MARK_QUOTED },         /* Thunderbird */
	{ "moz-email-headers-table", MARK_QUOTED },
	{ "moz-forward-container", MARK_QUOTED },
	{ "zmail_extra", MARK_QUOTED },             /* Zoho */
	{ "zmail_extra_hr", MARK_QUOTED },
	{ "quoted-content", MARK_QUOTED },          /* GMX, web.de */
	{ "quote", MARK_QUOTED },
	{ "quoted-plain-text", MARK_QUOTED },
	{ "quotedmessage", MARK_QUOTED },
	{ "messagereplysection", MARK_QUOTED },     /* Spark */
	{ "sh-quoted-content", MARK_QUOTED },       /* Superhuman */
	{ "front-blockquote", MARK_QUOTED },
	{ "missive_quote", MARK_QUOTED },
	{ "hs_reply", MARK_QUOTED },                /* HubSpot */
	{ "bloop_original_html", MARK_QUOTED },     /* Airmail */
	{ "airmail_on", MARK_QUOTED },
	{ "airmail_ext_on", MARK_QUOTED },
	{ "mcntmcntmcntmcnt", MARK_QUOTED },
	{ "reply-intro", MARK_QUOTED },             /* Roundcube */
	{ "replybody1", MARK_QUOTED },
	{ "olk_src_body_section", MARK_QUOTED },    /* Outlook for Mac 2011 */
	{ "mail-editor-reference-message-container", MARK_QUOTED }, /* new Outlook */
	{ "mailcontainer_quote", MARK_QUOTED },
	{ "aolmsgpart", MARK_QUOTED },
	{ "aolreplieddiv", MARK_QUOTED },
	{ "qt", MARK_QUOTED },                      /* Fastmail */
	{ "x_moz-cite-prefix", MARK_QUOTED },
	{ "ms-outlook-mobile-reference-message", MARK_QUOTED },
	{ "unicapture_quote", MARK_QUOTED },
	{ "mobile-quote", MARK_QUOTED },
	{ "quoted_text", MARK_QUOTED },
	{ "quotedtext", MARK_QUOTED },
	{ "freshdesk_quote", MARK_QUOTED },         /* Freshdesk */
	{ "history_container", MARK_QUOTED },       /* BlueMail */
	{ "bluemail-quote", MARK_QUOTED },
	{ "canary-quote", MARK_QUOTED },
	{ "edo-reply-section", MARK_QUOTED },
	{ "cafequote", MARK_QUOTED },
	{ "mailbird-quote", MARK_QUOTED },
	{ "hey_quoted_content", MARK_QUOTED },
	{ "mb_quote", MARK_QUOTED },
	{ "ntes_quote", MARK_QUOTED },
	{ "isreplycontent", MARK_QUOTED },          /* NetEase */
	{ "isforwardcontent", MARK_QUOTED },
	{ "origbody", MARK_QUOTED },                /* QQ, Exmail */
	{ "foxmail_quote", MARK_QUOTED },
	/* in front of it */
	{ "divrplyfwdmsg", MARK_CUT },              /* Outlook on the web, for iOS, Android */
	{ "x_divrplyfwdmsg", MARK_CUT },
	{ "divrplyfwdmsg_ios", MARK_CUT },
	{ "outlookmessageheader", MARK_CUT },
	{ "stopspelling", MARK_CUT },               /* Hotmail, Live */
	{ "appendonsend", MARK_CUT },
	{ "zwchr", MARK_CUT },                      /* Zimbra */
	{ "__divider__", MARK_CUT },
	{ "__headers__", MARK_CUT },
	{ "__quoted_text__", MARK_QUOTED },
	{ "pbconvhr", MARK_CUT },                   /* Evernote, eM Client */
	{ "__pbconvhr", MARK_CUT },
	{ "x_appendonsend", MARK_CUT },
	{ "mobileheader", MARK_CUT },
	{ "replysplit", MARK_CUT },
	/* around a signature */
	{ "gmail_signature", MARK_SIGNATURE },
	{ "gmail_signature_prefix", MARK_SIGNATURE },
	{ "moz-signature", MARK_SIGNATURE },
	{ "ms-outlook-mobile-signature", MARK_SIGNATURE },
	{ "ms-outlook-mobile-body-separator-line", MARK_SIGNATURE },
	{ "applemailsignature", MARK_SIGNATURE },
	{ "composer_signature", MARK_SIGNATURE },   /* Samsung */
	{ "protonmail_signature_block", MARK_SIGNATURE },
	{ "protonmail_signature_block-proton", MARK_SIGNATURE },
	{ "messagesignaturesection", MARK_SIGNATURE },
	{ "ymail_android_signature", MARK_SIGNATURE },
	{ "k9mail-signature", MARK_SIGNATURE },
	{ "signature", MARK_SIGNATURE },
	{ "divtagdefaultsignature", MARK_SIGNATURE },
	{ "x_signature", MARK_SIGNATURE },
	{ "mobilesignature", MARK_SIGNATURE },
	{ "bloop_sign", MARK_SIGNATURE },
	{ "hs_signature", MARK_SIGNATURE },
	{ "zmail_signature", MARK_SIGNATURE },
	{ "tutanota_signature", MARK_SIGNATURE },
	{ "sig", MARK_SIGNATURE },
	{ "fastmail-signature", MARK_SIGNATURE },
};

struct state { /* of an open element; a child begins with its parent's */
	enum shape shape;
	bool hidden, zero, quoted, box, cut, signature, pre, soft, indented;
	unsigned depth;
};

struct reader {
	struct pool *pool;
	struct rows *rows;
	struct text *line;
	struct state stack[DEPTH_MOST + 1];
	size_t open;      /* the stack's top */
	bool rule, cut;   /* for the next line */
	bool gap;         /* a blank is due before the next word */
	bool blank;       /* the last line is empty, or there is none */
	size_t bytes;     /* of text so far */
	xmlParserCtxtPtr parser;
};

static void row_end(struct reader *r, bool even_empty)
{
	struct state *t = &r->stack[r->open];
	struct row *row;

	while (r->line->n && r->line->s[r->line->n - 1] == ' ')
		r->line->s[--r->line->n] = '\0';
	r->gap = false;
	if (!r->line->n && (!even_empty || r->blank))
		return;
	if (r->rows->n >= ROWS_MOST || r->bytes >= BODY_MOST) {
		xmlStopParser(r->parser);
		return;
	}
	r->blank = !r->line->n;
	row = pool_more(r->pool, &r->rows->list, r->rows->n, sizeof *row);
	*row = (struct row){ .s = pool_slice(r->pool, r->line->s, r->line->n), .depth = t->depth,
	                     .soft = t->soft && t->depth, .indented = t->indented,
	                     .quoted = t->quoted, .box = t->box && t->quoted, .cut = r->cut, .rule = r->rule, .signature = t->signature, .pre = t->pre };
	r->rows->n++;
	r->bytes += r->line->n + 1;
	if (r->line->n)
		r->rule = r->cut = false;
	r->line->n = 0;
	r->line->s[0] = '\0';
	r->line->cut = false;
}

static void words_add(struct reader *r, const char *s, size_t n)
{
	const struct state *t = &r->stack[r->open];
	const char *end = s + n, *from;
	uint32_t c;

	if (t->hidden || t->zero)
		return;
	while (s < end) {
		for (from = s; s < end && (signed char)*s > ' ' && *s != 0x7F; s++) /* most of it is ASCII */
			;
		c = s > from ? '!' : utf8_next(&s, end); /* '!': a word's letters */
		if (c == '\n' && t->pre) {
			row_end(r, true);
			r->blank = false;
		} else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x0C) {
			if (t->pre || c == 0xA0)
				text_char(r->line, ' ');
			else
				r->gap = r->line->n > 0 && r->line->s[r->line->n - 1] != ' ';
		} else if (c >= ' ' && c != 0x7F && !utf8_unseen(c)) {
			if (r->gap)
				text_char(r->line, ' ');
			r->gap = false;
			text_put(r->line, from, (size_t)(s - from));
		}
	}
}

static enum shape shape_of(const char *name)
{
	size_t from = 0, to = sizeof elements / sizeof *elements;

	while (from < to) {
		size_t i = (from + to) / 2;
		int order = strcasecmp(name, elements[i].name);

		if (!order)
			return elements[i].shape;
		if (order < 0)
			to = i;
		else
			from = i + 1;
	}
	return INLINE;
}

/* The CSS properties that are asked: a style attribute is read once for all of them. */
#define PROPERTIES(X) \
	X(DISPLAY, "display") X(VISIBILITY, "visibility") X(MSO_HIDE, "mso-hide") X(OPACITY, "opacity") X(MAX_HEIGHT, "max-height") \
	X(FONT_SIZE, "font-size") X(WHITE_SPACE, "white-space") X(BORDER_TOP, "border-top") X(BORDER_WIDTH, "border-width")
#define X(id, name) id,
enum property { PROPERTIES(X) PROPERTY_COUNT };
#undef X

/* The first value of each, from behind the colon; NULL: not there. */
static void style_values(const char *style, const char *values[PROPERTY_COUNT])
{
	static const struct {
		const char *name;
		size_t n;
	} properties[] = {
#define X(id, name) { name, sizeof name - 1 },
		PROPERTIES(X)
#undef X
	};
	bool within = false; /* a word */

	for (const char *s = style; *s; s++) {
		bool begins = !within;

		within = isalnum((unsigned char)*s) || *s == '-';
		for (size_t i = 0; begins && within && i < PROPERTY_COUNT; i++) {
			const char *v = s + properties[i].n;

			if (values[i] || (*s | 32) != *properties[i].name || strncasecmp(s, properties[i].name, properties[i].n) != 0)
				continue;
			while (isspace((unsigned char)*v))
				v++;
			if (*v++ != ':')
				continue;
			while (isspace((unsigned char)*v))
				v++;
			values[i] = v;
		}
	}
}

static bool is_zero(const char *v)
{
	bool digit = false;

	for (; isdigit((unsigned char)*v) || *v == '.'; v++) {
		if (*v != '.' && *v != '0')
			return false;
		digit = true;
	}
	return digit;
}

static void style_read(struct reader *r, struct state *t, const char *style)
{
	const char *v[PROPERTY_COUNT] = { 0 }, *border;

	style_values(style, v);
	if ((v[DISPLAY] && text_starts(v[DISPLAY], "none")) || (v[VISIBILITY] && text_starts(v[VISIBILITY], "hidden")) ||
	    (v[MSO_HIDE] && text_starts(v[MSO_HIDE], "all")) || (v[OPACITY] && is_zero(v[OPACITY])) ||
	    (v[MAX_HEIGHT] && is_zero(v[MAX_HEIGHT]) && text_find(style, "overflow")))
		t->hidden = true;
	if (v[FONT_SIZE])
		t->zero = is_zero(v[FONT_SIZE]);
	if (v[WHITE_SPACE])
		t->pre = text_starts(v[WHITE_SPACE], "pre") && !text_starts(v[WHITE_SPACE], "pre-line");
	border = v[BORDER_TOP] ? v[BORDER_TOP] : v[BORDER_WIDTH];
	if (border && text_find(style, "solid") && !text_starts(border, "none") && t->shape == BLOCK)
		r->rule = true;
}

/* Each word of class, id, name and the like. Outlook prefixes what it quotes with x_ once or more. */
static void marks_read(struct reader *r, struct state *t, const char *words)
{
	for (int count = 0; *words && count < WORDS_MOST; count++) {
		size_t n;

		words += strspn(words, " \t\r\n");
		n = strcspn(words, " \t\r\n");
		for (size_t i = 0; n && i < sizeof marks / sizeof *marks; i++) {
			size_t m = strlen(marks[i].word);

			if (strncasecmp(words, marks[i].word, m) != 0 || (n != m && words[m] != '_') ||
			    (n != m && marks[i].mark == MARK_SIGNATURE && m < 6))
				continue;
			if (n != m && strspn(words + m, "_0123456789abcdefABCDEF-") < n - m)
				continue;
			if (marks[i].mark == MARK_QUOTED && t->shape != QUOTE) /* of any other: it quotes for sure */
				t->box = (t->box || !t->quoted) && text_starts(marks[i].word, "gmail_quote");
			if (marks[i].mark == MARK_QUOTED)
				t->quoted = t->shape != QUOTE || t->quoted; /* a blockquote may be Gmail's indention */
			else if (marks[i].mark == MARK_SIGNATURE)
				t->signature = true;
			else
				r->cut = true;
			break;
		}
		words += n;
	}
}

static void element_begin(void *data, const xmlChar *element, const xmlChar **attributes)
{
	struct reader *r = data;
	struct state next = r->stack[r->open];
	const char *name = (const char *)element, *class = "";
	bool cite = false;

	if (r->open >= DEPTH_MOST) {
		row_end(r, false);
		xmlStopParser(r->parser);
		return;
	}
	next.shape = shape_of(name);
	if (next.shape == SKIPPED)
		next.hidden = true;
	if (next.shape != INLINE && next.shape != SKIPPED && next.shape != CELL)
		row_end(r, next.shape == BREAK);
	if (next.shape == BREAK)
		r->blank = r->blank && !r->rows->n; /* two breaks are a blank line */
	if (next.shape == PARAGRAPH || next.shape == QUOTE || next.shape == PRE)
		row_end(r, true);
	for (const xmlChar **a = attributes; a && a[0]; a += 2) {
		const char *key = (const char *)a[0], *value = a[1] ? (const char *)a[1] : "";

		if (strlen(value) > ATTRIBUTE_MOST)
			continue;
		if (strcasecmp(key, "style") == 0)
			style_read(r, &next, value);
		else if (strcasecmp(key, "hidden") == 0)
			next.hidden = true;
		else if (strcasecmp(key, "class") == 0 || strcasecmp(key, "id") == 0 || strcasecmp(key, "name") == 0 ||
			 strcasecmp(key, "data-marker") == 0)
			marks_read(r, &next, value);
		if (strcasecmp(key, "class") == 0)
			class = value;
		if (strcasecmp(key, "type") == 0 && strcasecmp(value, "cite") == 0)
			cite = true;
		if (strcasecmp(key, "cite") == 0 || (strcasecmp(key, "style") == 0 && text_find(value, "border-left") &&
						     !text_find(value, "border-left:none")))
			cite = true;
	}
	if (next.shape == QUOTE) {
		next.depth++;
		next.soft = next.depth == 1 ? !cite && !next.quoted : next.soft;
		if (text_find(class, "gmail_quote") && !next.quoted && !cite)
			next.soft = next.indented = true;
	}
	next.pre = next.pre || next.shape == PRE;
	if (next.shape == RULE)
		r->rule = true;
	if (next.shape == CELL && r->line->n)
		r->gap = true;
	r->stack[++r->open] = next;
	if (next.shape == ITEM && !next.hidden)
		text_add(r->line, "- ");
}

static void element_end(void *data, const xmlChar *element)
{
	struct reader *r = data;
	enum shape s = r->stack[r->open].shape;

	(void)element;
	if (!r->open)
		return;
	if (s != INLINE && s != SKIPPED && s != CELL && s != BREAK)
		row_end(r, false);
	r->open--;
	if (s == PARAGRAPH || s == QUOTE || s == PRE)
		row_end(r, true);
}

static void words_come(void *data, const xmlChar *s, int n)
{
	if (n > 0)
		words_add(data, (const char *)s, (size_t)n);
}

void html_rows(struct pool *p, const char *html, size_t n, struct rows *out)
{
	struct reader *r = pool_take(p, sizeof *r);
	htmlParserCtxtPtr parser = htmlNewParserCtxt();

	*out = (struct rows){ 0 };
	if (!parser)
		return;
	r->pool = p;
	r->rows = out;
	r->parser = parser;
	r->blank = true;
	r->line = text_new(p, BODY_MOST);
	memset(parser->sax, 0, sizeof *parser->sax);
	parser->sax->startElement = element_begin;
	parser->sax->endElement = element_end;
	parser->sax->characters = words_come;
	parser->sax->ignorableWhitespace = words_come;
	parser->userData = r;
	htmlCtxtReadMemory(parser, html, n > LETTER_MOST ? LETTER_MOST : (int)n, NULL, "UTF-8",
	                   HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
	                   HTML_PARSE_IGNORE_ENC);
	row_end(r, false);
	while (out->n && !*out->list[out->n - 1].s)
		out->n--;
	htmlFreeParserCtxt(parser);
}

char *html_text(struct pool *p, const char *html, size_t n)
{
	struct text *t = text_new(p, BODY_MOST);
	struct rows rows;

	html_rows(p, html, n, &rows);
	for (size_t i = 0; i < rows.n; i++) {
		for (unsigned d = 0; d < rows.list[i].depth && d < 10; d++)
			text_char(t, '>');
		if (rows.list[i].depth && *rows.list[i].s)
			text_char(t, ' ');
		text_add(t, rows.list[i].s);
		text_char(t, '\n');
	}
	return t->s;
}
