/* mailbox_name - folder names: modified UTF-7 (RFC 3501 5.1.3), special use (RFC 6154), and what a person calls them */
#include <string.h>

#include "borders/mailbox_inner.h"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

const char *quoted(struct pool *p, const char *s)
{
	struct text *t = text_new(p, 2 * FIELD_MOST + 2);

	if (strlen(s) > FIELD_MOST)
		return NULL;
	text_char(t, '"');
	for (; *s; s++) {
		if ((unsigned char)*s < ' ' || (unsigned char)*s >= 0x7f)
			return NULL;
		if (*s == '"' || *s == '\\')
			text_char(t, '\\');
		text_char(t, *s);
	}
	text_char(t, '"');
	return t->s;
}

/* UTF-16 units as the base64 of RFC 3501: bits are taken in, six by six written. */
struct bits {
	struct text *out;
	uint32_t held;
	unsigned n;
};

static void bits_put(struct bits *b, uint32_t unit)
{
	b->held = (b->held << 16 | unit) & 0xFFFFFFF;
	b->n += 16;
	while (b->n >= 6) {
		b->n -= 6;
		text_char(b->out, letters[b->held >> b->n & 63]);
	}
	b->held &= (1u << b->n) - 1;
}

static void bits_end(struct bits *b)
{
	if (b->n)
		text_char(b->out, letters[b->held << (6 - b->n) & 63]);
	text_char(b->out, '-');
	b->held = 0;
	b->n = 0;
}

const char *name_to_wire(struct pool *p, const char *name)
{
	size_t n = strlen(name);
	const char *end = name + n;
	struct text *t = text_new(p, 8 * FIELD_MOST);
	struct bits b = { .out = t };
	bool shifted = false;

	if (!n || n > FIELD_MOST / 2 || !utf8_valid(name, n))
		return NULL;
	while (name < end) {
		uint32_t c = utf8_next(&name, end);
		bool plain = c >= ' ' && c < 0x7f;

		if (c < ' ' || c == 0x7f)
			return NULL;
		if (plain == shifted) {
			if (plain)
				bits_end(&b);
			else
				text_char(t, '&');
			shifted = !plain;
		}
		if (plain) {
			text_char(t, (char)c);
			if (c == '&')
				text_char(t, '-');
		} else if (c < 0x10000) {
			bits_put(&b, c);
		} else {
			bits_put(&b, 0xD800 + ((c - 0x10000) >> 10));
			bits_put(&b, 0xDC00 + ((c - 0x10000) & 0x3FF));
		}
	}
	if (shifted)
		bits_end(&b);
	return t->s;
}

/* The run behind "&": false when it is no modified base64 of whole characters. */
static bool run_read(const char *s, size_t n, struct text *t)
{
	uint32_t held = 0, high = 0, unit;
	unsigned bits = 0;
	char c[4];

	for (size_t i = 0; i < n; i++) {
		const char *at = strchr(letters, s[i]);

		if (!at || !s[i])
			return false;
		held = held << 6 | (uint32_t)(at - letters);
		bits += 6;
		if (bits < 16)
			continue;
		bits -= 16;
		unit = held >> bits & 0xFFFF;
		held &= (1u << bits) - 1;
		if (high && (unit < 0xDC00 || unit > 0xDFFF))
			return false;
		if (high)
			unit = 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00);
		high = !high && unit >= 0xD800 && unit < 0xDC00 ? unit : 0;
		if (!high)
			text_put(t, c, utf8_put(c, unit));
	}
	return !high && !held;
}

const char *name_from_wire(struct pool *p, const char *wire)
{
	struct text *t = text_new(p, 4 * FIELD_MOST);
	const char *end;

	for (const char *s = wire; *s; s++) {
		if (*s != '&') {
			text_char(t, *s);
		} else if (s[1] == '-') {
			text_char(t, '&');
			s++;
		} else {
			end = strchr(s, '-');
			if (!end || !run_read(s + 1, (size_t)(end - s - 1), t))
				return utf8_mend(p, wire, strlen(wire)); /* not as the standard says: as it stands */
			s = end;
		}
	}
	return utf8_valid(t->s, t->n) ? t->s : utf8_mend(p, t->s, t->n);
}

const char *name_argument(struct mailbox *m, struct pool *p, const char *folder)
{
	const char *wire = NULL;

	for (size_t i = 0; i < m->folder_count && !wire; i++)
		if (strcmp(m->folders[i].name, folder) == 0)
			wire = m->folders[i].wire; /* as the server wrote it, be it ever so odd */
	if (!wire)
		wire = name_to_wire(p, folder);
	return wire ? quoted(p, wire) : NULL;
}

/* ---- LIST ---- */

static const char *special_use(struct pool *p, const struct mailimap_mbx_list_flags *flags, bool *none)
{
	static const char *const known[] = { "All", "Archive", "Drafts", "Flagged", "Junk", "Sent", "Trash", NULL };
	const char *use = NULL;

	*none = flags && flags->mbf_type == MAILIMAP_MBX_LIST_FLAGS_SFLAG && flags->mbf_sflag == MAILIMAP_MBX_LIST_SFLAG_NOSELECT;
	for (clistiter *i = flags && flags->mbf_oflags ? clist_begin(flags->mbf_oflags) : NULL; i; i = clist_next(i)) {
		const struct mailimap_mbx_list_oflag *f = clist_content(i);

		for (size_t k = 0; f->of_type == MAILIMAP_MBX_LIST_OFLAG_FLAG_EXT && f->of_flag_ext && known[k]; k++)
			if (strcasecmp(f->of_flag_ext, known[k]) == 0)
				use = pool_copy(p, known[k]);
		if (f->of_type == MAILIMAP_MBX_LIST_OFLAG_FLAG_EXT && f->of_flag_ext && strcasecmp(f->of_flag_ext, "NonExistent") == 0)
			*none = true;
	}
	return use;
}

static bool list(struct mailbox *m, struct err *e)
{
	if (m->listed)
		return true;
	if (!mailbox_command(m, LIST_ANSWER, e, "LIST \"\" \"*\""))
		return false;
	pool_end(&m->pool); /* of the list before */
	m->pool = pool_new();
	m->folders = NULL;
	m->folder_count = 0;
	for (clistiter *i = clist_begin(m->imap->imap_response_info->rsp_mailbox_list); i; i = clist_next(i)) {
		const struct mailimap_mailbox_list *l = clist_content(i);
		struct listed *f;

		if (!l->mb_name || strlen(l->mb_name) > FIELD_MOST)
			continue;
		f = pool_more(m->pool, &m->folders, m->folder_count, sizeof *f);
		f->wire = pool_copy(m->pool, l->mb_name);
		f->name = name_from_wire(m->pool, l->mb_name);
		f->use = special_use(m->pool, l->mb_flag, &f->none);
		f->delimiter = l->mb_delimiter;
		m->folder_count++;
	}
	mailbox_forget_answer(m);
	m->listed = true;
	return true;
}

/* What servers without special use call these folders; the last part of the name. */
static const struct { const char *use, *name; } customs[] = {
	{ "Sent", "Sent" }, { "Sent", "Sent Items" }, { "Sent", "Sent Messages" }, { "Sent", "Sent Mail" },
	{ "Sent", "Gesendet" }, { "Sent", "Gesendete Elemente" }, { "Sent", "Gesendete Objekte" }, { "Sent", "Envoyés" },
	{ "Sent", "Éléments envoyés" }, { "Sent", "Messages envoyés" }, { "Sent", "Enviados" }, { "Sent", "Elementos enviados" },
	{ "Sent", "Posta inviata" }, { "Sent", "Inviati" }, { "Sent", "Itens Enviados" }, { "Sent", "Verzonden" },
	{ "Sent", "Verzonden items" },
	{ "Drafts", "Drafts" }, { "Drafts", "Draft" }, { "Drafts", "Entwürfe" }, { "Drafts", "Brouillons" },
	{ "Drafts", "Borradores" }, { "Drafts", "Bozze" }, { "Drafts", "Rascunhos" }, { "Drafts", "Concepten" },
	{ "Trash", "Trash" }, { "Trash", "Deleted Items" }, { "Trash", "Deleted Messages" }, { "Trash", "Papierkorb" },
	{ "Trash", "Gelöschte Elemente" }, { "Archive", "Archive" }, { "Archive", "Archiv" },
	{ "Junk", "Junk" }, { "Junk", "Spam" }, { "Junk", "Junk E-Mail" }, { "Junk", "Junk-E-Mail" },
};

static const char *last_part(const struct listed *f)
{
	const char *at = f->delimiter ? strrchr(f->name, f->delimiter) : NULL;

	return at ? at + 1 : f->name;
}

static const struct listed *by_use(const struct mailbox *m, const char *use)
{
	for (size_t i = 0; i < m->folder_count; i++)
		if (m->folders[i].use && !m->folders[i].none && strcasecmp(m->folders[i].use, use) == 0)
			return &m->folders[i];
	for (size_t k = 0; k < sizeof customs / sizeof *customs; k++)
		for (size_t i = 0; i < m->folder_count; i++)
			if (strcasecmp(customs[k].use, use) == 0 && !m->folders[i].none && !m->folders[i].use &&
			    strcasecmp(last_part(&m->folders[i]), customs[k].name) == 0)
				return &m->folders[i];
	return NULL;
}

/* "/" in the configuration stands for the server's own delimiter; where the server keeps all below INBOX, that is found. */
static bool called(const struct listed *f, const char *name, bool case_matters)
{
	const char *own = f->name;

	if (f->delimiter && strncasecmp(own, "INBOX", 5) == 0 && own[5] == f->delimiter && strncasecmp(name, "INBOX", 5) != 0)
		own += 6;
	for (; *own && *name; own++, name++) {
		if (*own == *name || (*name == '/' && *own == f->delimiter))
			continue;
		if (case_matters || !text_same((char[]){ *own, 0 }, (char[]){ *name, 0 }))
			return false;
	}
	return *own == *name;
}

static const struct listed *by_name(const struct mailbox *m, const char *name)
{
	for (int pass = 0; pass < 3; pass++) /* as written; below INBOX; in another case */
		for (size_t i = 0; i < m->folder_count; i++)
			if (!m->folders[i].none && (pass == 0 ? strcmp(m->folders[i].name, name) == 0 : called(&m->folders[i], name, pass == 1)))
				return &m->folders[i];
	return NULL;
}

static bool no_such(struct mailbox *m, struct pool *p, const char *name, struct err *e)
{
	const char **names = pool_list(p, m->folder_count + 1, sizeof *names), *near = NULL;
	struct text *t = text_new(p, 400);

	for (size_t i = 0; i < m->folder_count; i++) {
		names[i] = m->folders[i].name;
		if (i < 12)
			text_print(t, "%s%s", i ? ", " : "", names[i]);
	}
	near = text_nearest(name, names);
	if (near)
		return err_perm(e, "mailbox %s: there is no folder '%s'; did you mean '%s'?", m->conf->key, name, near);
	if (*name == '\\')
		return err_perm(e, "mailbox %s: the server marks no folder as %s; name it instead; it has: %s%s", m->conf->key, name, t->s,
		                m->folder_count > 12 ? ", …" : "");
	return err_perm(e, "mailbox %s: there is no folder '%s'; it has: %s%s", m->conf->key, name, t->s,
	                m->folder_count > 12 ? ", …" : "");
}

bool mailbox_find(struct mailbox *m, struct pool *p, const char *configured, const char **folder, struct err *e)
{
	const struct listed *f;

	if (strcasecmp(configured, "INBOX") == 0 || strcasecmp(configured, "\\Inbox") == 0) {
		*folder = "INBOX";
		return true;
	}
	if (!list(m, e))
		return false;
	f = *configured == '\\' ? by_use(m, configured + 1) : by_name(m, configured);
	if (!f) {
		m->listed = false; /* it may be made meanwhile */
		return no_such(m, p, configured, e);
	}
	*folder = pool_copy(p, f->name);
	return true;
}

bool mailbox_folders(struct mailbox *m, struct pool *p, struct strings *out, struct err *e)
{
	struct strings s = { 0 };

	m->listed = false;
	if (!list(m, e))
		return false;
	s.list = pool_list(p, m->folder_count + 1, sizeof *s.list);
	for (size_t i = 0; i < m->folder_count; i++)
		if (!m->folders[i].none)
			s.list[s.n++] = pool_copy(p, m->folders[i].name);
	*out = s;
	return true;
}
