/* vcard_table: people as a table, one a row */
#include "letters/vcard_inner.h"

#include <string.h>

#include "letters/csv.h"

#define PARTED " | "

/* ---- out ---- */

/* TEXT as in a content line, and no bar in it parts anything. */
static void escaped(struct pool *p, struct text *t, const char *s)
{
	for (s = content_escaped(p, s); *s; s++) {
		if (*s == '|')
			text_char(t, '\\');
		text_char(t, *s);
	}
}

void vcard_table_head(struct text *t)
{
	text_add(t, "\"address\"");
	for (int f = 0; f < CARD_FIELD_COUNT; f++)
		csv_put(t, card_field_name((enum card_field)f), false);
	for (int i = 0; i < CARD_LIST_COUNT; i++)
		csv_put(t, card_list_name((enum card_list)i), false);
	text_add(t, "\r\n");
}

void vcard_table_write(struct pool *p, struct text *t, const struct card *c)
{
	struct text *s = text_new(p, BODY_MOST);

	for (size_t i = 0; i < c->addresses.n; i++)
		text_print(s, "%s%s", i ? PARTED : "", c->addresses.list[i]);
	csv_put(t, s->s, true);
	for (int f = 0; f < CARD_FIELD_COUNT; f++)
		csv_put(t, card_get(p, &c->who, (enum card_field)f), false);
	for (int l = 0; l < CARD_LIST_COUNT; l++) {
		s = text_new(p, BODY_MOST);
		for (size_t i = 0; i < c->n; i++) {
			if ((int)c->entries[i].list != l)
				continue;
			text_print(s, "%s%s:", s->n ? PARTED : "", vcard_params(p, &c->entries[i]));
			escaped(p, s, c->entries[i].text);
		}
		csv_put(t, s->s, false);
	}
	text_add(t, "\r\n");
}

/* ---- in ---- */

static const char *of(const struct csv *t, const struct csv_row *row, const char *head)
{
	const char *s = csv_cell(t, row, head);

	return *s == '\'' && s[1] && strchr("=+-@'", s[1]) ? s + 1 : s;
}

/* The next entry of a cell; false: it has no more. */
static bool next(struct pool *p, const char **s, const char **one)
{
	size_t n = 0;

	if (!**s)
		return false;
	while ((*s)[n] && (*s)[n] != '|')
		n += (*s)[n] == '\\' && (*s)[n + 1] ? 2 : 1;
	*one = text_squeeze(p, pool_slice(p, *s, n));
	*s += n + ((*s)[n] == '|');
	return true;
}

/* "; … :text" as kept writes it, or the text alone, as a person does. */
static void entry(struct pool *p, struct card *c, enum card_list list, const char *one)
{
	struct content l = { .params = pool_copy(p, ""), .value = one };
	struct card_entry *x;

	if (*one == ':' || (*one == ';' && !content_cut(pool_print(p, "X%s", one), &l))) 
		l.value = *one == ':' ? one + 1 : one;
	if ((x = vcard_entry(p, c, list, content_text(p, l.value))))
		vcard_params_read(p, l.params, x);
}

bool vcard_table_read(struct pool *p, const char *bytes, size_t n, struct cards *out, struct err *e)
{
	static const char *const heads[] = { "address", "email", "e-mail", "mail", "e-mail address", "email address" };
	const char *head = NULL;
	struct csv t;

	*out = (struct cards){ 0 };
	if (n > LETTER_MOST)
		return err_perm(e, "the file is larger than %d MB; cut it in parts", LETTER_MOST >> 20);
	if (!csv_read(p, bytes, n, &t, e))
		return false;
	for (size_t h = 0; h < sizeof heads / sizeof *heads && !head; h++)
		for (size_t i = 0; i < t.head.n && !head; i++)
			head = text_same(t.head.list[i], heads[h]) ? heads[h] : NULL;
	if (!head)
		return err_perm(e, "it is no vCard, and a table without a column `address`");
	for (size_t i = 0; i < t.n; i++) {
		const struct csv_row *row = &t.rows[i];
		struct card c = { .who = card_nobody(), .line = row->line };
		const char *s = of(&t, row, head), *one;

		if (!*s || *row->odd) {
			vcard_odd(p, &c, "%s", *row->odd ? row->odd : "it has no address");
			if (!vcard_keep(p, out, &c, e))
				return false;
			continue;
		}
		while (next(p, &s, &one))
			if (*one)
				vcard_address(p, &c, one);
		for (int f = 0; f < CARD_FIELD_COUNT; f++)
			vcard_take(p, &c, (enum card_field)f, of(&t, row, card_field_name((enum card_field)f)));
		for (int l = 0; l < CARD_LIST_COUNT; l++)
			for (s = of(&t, row, card_list_name((enum card_list)l)); next(p, &s, &one);)
				entry(p, &c, (enum card_list)l, one);
		if (!vcard_keep(p, out, &c, e))
			return false;
	}
	return true;
}
