#include "letters/vcard_inner.h"

#include <string.h>
#include <strings.h>

#include "nouns/holiday.h"
#include "nouns/resource.h"

enum { DEPTH_MOST = 8, ODD_MOST = 20 /* remarks on one card */ };

/* ---- what both forms share ---- */

void vcard_odd(struct pool *p, struct card *c, const char *format, ...)
{
	va_list a;

	if (c->odd_count == ODD_MOST)
		return;
	va_start(a, format);
	*(struct card_fault *)pool_more(p, &c->odd, c->odd_count++, sizeof *c->odd) =
		(struct card_fault){ c->line, line_from(p, pool_vprint(p, format, a), WHAT_MOST).s };
	va_end(a);
}

void vcard_take(struct pool *p, struct card *c, enum card_field f, const char *words)
{
	struct err e = { 0 };

	if (!*words)
		return;
	if (card_set(p, &c->who, f, words, &e))
		c->given |= 1u << f;
	else
		vcard_odd(p, c, "%s", e.text);
}

void vcard_address(struct pool *p, struct card *c, const char *words)
{
	const char *a = addr_clean(p, words);

	if (!a || !addr_valid(a)) {
		vcard_odd(p, c, "'%s' is no mail address", words);
		return;
	}
	a = addr_lower(p, a);
	for (size_t i = 0; i < c->addresses.n; i++)
		if (strcmp(c->addresses.list[i], a) == 0)
			return;
	if (c->addresses.n == CARD_ADDRESSES_MOST)
		return;
	*(const char **)pool_more(p, &c->addresses.list, c->addresses.n, sizeof *c->addresses.list) = a;
	c->addresses.n++;
}

bool vcard_keep(struct pool *p, struct cards *out, const struct card *c, struct err *e)
{
	for (size_t i = 0; i < c->odd_count; i++, out->fault_count++)
		if (out->fault_count < CARD_FAULTS_MOST)
			*(struct card_fault *)pool_more(p, &out->faults, out->fault_count, sizeof *out->faults) = c->odd[i];
	if (!c->addresses.n) {
		out->nameless += !c->odd_count;
		return true;
	}
	if (out->n == CARDS_MOST)
		return err_perm(e, "more than %d people; cut the file in parts", CARDS_MOST);
	*(struct card *)pool_more(p, &out->list, out->n, sizeof *out->list) = *c;
	c = &out->list[out->n];
	out->list[out->n++].who.address = c->addresses.list[0];
	if (text_same(c->who.name, c->who.address)) { /* so is written who has no name */
		out->list[out->n - 1].who.name = "";
		out->list[out->n - 1].given &= ~(1u << CARD_NAME);
	}
	return true;
}

struct card_entry *vcard_entry(struct pool *p, struct card *c, enum card_list list, const char *text)
{
	struct card_entry *x;
	const char *s = line_from(p, text, list == CARD_LIST_INTEREST || list == CARD_LIST_NEED || list == CARD_LIST_WORK ? WHAT_MOST : NOTE_MOST).s;

	if ((!*s && list != CARD_LIST_EXCHANGE) || c->n == CARD_ENTRIES_MOST)
		return NULL;
	x = card_add(p, c, list);
	x->text = s;
	return x;
}

/* ---- an entry's own facts ---- */

const char *vcard_params(struct pool *p, const struct card_entry *x)
{
	const struct zone *z = zone_fixed(p, 0);
	struct text *t = text_new(p, NOTE_MOST);

	if (*card_list_word(x->list) && *x->word)
		text_print(t, ";%s=\"%s\"", card_list_word(x->list), x->word);
	if (x->list == CARD_LIST_EXCHANGE)
		text_print(t, ";DIRECTION=%s", contact_direction_name(x->direction));
	if (x->day)
		text_print(t, ";%s=\"%s\"", card_list_day(x->list), utc_print(p, z, x->day));
	if (x->at)
		text_print(t, ";X-KEPT-AT=\"%s\"", utc_print(p, z, x->at));
	return t->s;
}

void vcard_params_read(struct pool *p, const char *params, struct card_entry *x)
{
	const char *word = *card_list_word(x->list) ? content_param(p, params, card_list_word(x->list)) : "",
		   *direction = content_param(p, params, "DIRECTION");
	enum contact_term term;

	utc_parse(content_param(p, params, "X-KEPT-AT"), NULL, &x->at);
	if (*card_list_day(x->list))
		utc_parse(content_param(p, params, card_list_day(x->list)), NULL, &x->day);
	if (x->list == CARD_LIST_NEED)
		word = contact_term_from(word, &term) ? word : "short";
	else if (x->list == CARD_LIST_EXCHANGE)
		word = contact_channel_ok(word) ? word : "mail", x->direction = CONTACT_DIRECTION_BOTH, contact_direction_from(direction, &x->direction);
	else if (x->list == CARD_LIST_WORK)
		word = resource_link_ok(word) ? word : "";
	x->word = word;
}

/* ---- in ---- */

/* "Family;Given;Additional;Prefix;Suffix" as it is said. */
static const char *name_of(struct pool *p, const char *value)
{
	static const int order[] = { 3, 1, 2, 0, 4 };
	const char *part[5] = { "", "", "", "", "" };
	struct text *t = text_new(p, NAME_MOST);

	for (int i = 0; i < 5; i++) {
		size_t n = 0;

		while (value[n] && value[n] != ';')
			n += value[n] == '\\' && value[n + 1] ? 2 : 1;
		part[i] = content_text(p, pool_slice(p, value, n));
		value += n + (value[n] == ';');
	}
	for (int i = 0; i < 5; i++)
		if (*part[order[i]])
			text_print(t, "%s%s", t->n ? " " : "", part[order[i]]);
	return t->s;
}

/* The country of an address: its code, as a parameter (RFC 8605), or the seventh part. */
static const char *country_of(struct pool *p, const struct content *l)
{
	const char *s = l->value, *code = holiday_country(p, content_param(p, l->params, "CC"));

	for (int part = 0; part < 6 && *s; part++) {
		while (*s && *s != ';')
			s += *s == '\\' && s[1] ? 2 : 1;
		s += *s == ';';
	}
	return *code ? code : holiday_country(p, content_text(p, pool_slice(p, s, strcspn(s, ";"))));
}

static bool field_of(const char *property, enum card_field *out)
{
	for (int f = 0; f < CARD_FIELD_COUNT; f++)
		if (strcmp(card_field_property((enum card_field)f), property) == 0) {
			*out = (enum card_field)f;
			return true;
		}
	*out = CARD_LANGUAGE;
	return strcmp(property, "X-KEPT-LANGUAGE") == 0; /* 3.0 has no LANG */
}

static const char *uri_off(const char *scheme, const char *value)
{
	return strncasecmp(value, scheme, strlen(scheme)) == 0 ? value + strlen(scheme) : value;
}

/* Others write more into these than kept has room for: what it has not is no remark. */
static void taken(struct pool *p, struct card *c, enum card_field f, const char *value)
{
	if (f == CARD_LANGUAGE)
		value = pool_slice(p, content_word(p, value), strlen(value) >= 2 ? 2 : 0);
	if (f == CARD_LANGUAGE)
		value = text_fold(p, value);
	if (f == CARD_PHONE)
		value = uri_off("tel:", value);
	if ((f == CARD_PHONE && c->given & 1u << f) || (f == CARD_ZONE && !zone_named(p, value)))
		return;
	vcard_take(p, c, f, value);
}

static void line(struct pool *p, struct card *c, struct content *l, const char **n)
{
	enum card_field f;
	struct card_entry *x;

	if (strcmp(l->name, "EMAIL") == 0) {
		vcard_address(p, c, content_text(p, l->value));
	} else if (strcmp(l->name, "N") == 0) {
		*n = name_of(p, l->value);
	} else if (strcmp(l->name, "ADR") == 0) {
		if (!*c->who.country)
			vcard_take(p, c, CARD_COUNTRY, country_of(p, l));
	} else if (field_of(l->name, &f)) {
		taken(p, c, f, content_text(p, l->value));
	} else {
		for (int i = 0; i < CARD_LIST_COUNT; i++)
			if (strcmp(card_list_property((enum card_list)i), l->name) == 0 &&
			    (x = vcard_entry(p, c, (enum card_list)i, content_text(p, l->value))))
				vcard_params_read(p, l->params, x);
	}
}

bool vcard_read(struct pool *p, const char *bytes, size_t n, struct cards *out, struct err *e)
{
	struct card c = { 0 };
	struct content l;
	const char *name = "";
	size_t count, depth = 0;
	bool any = false;
	char **lines;
	int *at, begins = 0;

	*out = (struct cards){ 0 };
	if (n > LETTER_MOST)
		return err_perm(e, "the file is larger than %d MB; cut it in parts", LETTER_MOST >> 20);
	count = content_unfold_at(p, bytes, n, &lines, &at);
	for (size_t i = 0; i < count; i++) {
		if (!content_cut(lines[i], &l))
			continue;
		if (strcmp(l.name, "BEGIN") == 0) {
			if (!depth++)
				c = (struct card){ .who = card_nobody() }, name = "", begins = at[i];
			if (depth > DEPTH_MOST)
				return err_perm(e, "a card within a card within a card …: that is no vCard");
		} else if (strcmp(l.name, "END") == 0 && depth) {
			any = true;
			if (--depth)
				continue;
			c.line = begins;
			if (!*c.who.name && *name)
				vcard_take(p, &c, CARD_NAME, name);
			if (!vcard_keep(p, out, &c, e))
				return false;
		} else if (depth == 1) {
			c.line = at[i];
			line(p, &c, &l, &name);
		}
	}
	return any || err_perm(e, "there is no vCard in it: no BEGIN:VCARD … END:VCARD");
}

bool vcard_any_read(struct pool *p, const char *bytes, size_t n, struct cards *out, struct err *e)
{
	const char *s = bytes, *end = bytes + n;

	if (n >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
		s += 3;
	while (s < end && strchr(" \t\r\n", *s))
		s++;
	if ((size_t)(end - s) >= 11 && strncasecmp(s, "BEGIN:VCARD", 11) == 0)
		return vcard_read(p, bytes, n, out, e);
	return vcard_table_read(p, bytes, n, out, e);
}

/* ---- out ---- */

static void field(struct pool *p, struct text *t, const struct contact *c, enum card_field f, int version)
{
	const char *s = card_get(p, c, f), *property = card_field_property(f);

	if (!*s)
		return;
	if (f == CARD_ZONE && version == 3)
		property = "TZ;VALUE=text";
	if (f == CARD_LANGUAGE && version == 3)
		property = "X-KEPT-LANGUAGE";
	content_line(p, t, "%s:%s", property, content_escaped(p, s));
}

void vcard_write(struct pool *p, struct text *t, const struct card *c, int version)
{
	const char *name = *c->who.name ? c->who.name : c->addresses.n ? c->addresses.list[0] : c->who.address;

	content_line(p, t, "BEGIN:VCARD");
	content_line(p, t, "VERSION:%d.0", version);
	content_line(p, t, "FN:%s", content_escaped(p, name));
	if (version == 3) /* required; which part is which is not known */
		content_line(p, t, "N:%s;;;;", content_escaped(p, name));
	for (size_t i = 0; i < c->addresses.n; i++)
		content_line(p, t, "EMAIL%s:%s", i ? "" : version == 3 ? ";TYPE=INTERNET,PREF" : ";PREF=1", content_escaped(p, c->addresses.list[i]));
	for (int f = CARD_NAME + 1; f < CARD_FIELD_COUNT; f++)
		field(p, t, &c->who, (enum card_field)f, version);
	for (size_t i = 0; i < c->n; i++)
		content_line(p, t, "%s%s:%s", card_list_property(c->entries[i].list), vcard_params(p, &c->entries[i]),
			     content_escaped(p, c->entries[i].text));
	content_line(p, t, "END:VCARD");
}
