#include "nouns/card.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "nouns/holiday.h"

#define X(id, name, property, text) { name, property, text },
static const struct {
	const char *name, *property, *help;
} fields[] = { CARD_FIELDS(X) };
#undef X
#define X(id, name, one, property, day, word) { name, one, property, day, word },
static const struct {
	const char *name, *one, *property, *day, *word;
} lists[] = { CARD_LISTS(X) };
#undef X

struct contact card_nobody(void)
{
	return (struct contact){ .owner = "", .address = "", .name = "", .language = "", .zone = "", .country = "", .why = "", .channel = "", .phone = "",
				 .between = "", .decides = "", .expects = "", .conflict = "" };
}

const char *card_field_name(enum card_field f)
{
	return fields[f].name;
}

const char *card_field_property(enum card_field f)
{
	return fields[f].property;
}

bool card_field_from(const char *name, enum card_field *out)
{
	for (int f = 0; f < CARD_FIELD_COUNT; f++)
		if (text_same(fields[f].name, name)) {
			*out = (enum card_field)f;
			return true;
		}
	return false;
}

const char *card_list_name(enum card_list l)
{
	return lists[l].name;
}

const char *card_list_one(enum card_list l)
{
	return lists[l].one;
}

const char *card_list_property(enum card_list l)
{
	return lists[l].property;
}

const char *card_list_day(enum card_list l)
{
	return lists[l].day;
}

const char *card_list_word(enum card_list l)
{
	return lists[l].word;
}

/* ---- a field as words ---- */

static const char *days_of(struct pool *p, int days)
{
	return days && days % 7 == 0 ? pool_print(p, "%dw", days / 7) : pool_print(p, "%d", days);
}

const char *card_get(struct pool *p, const struct contact *c, enum card_field f)
{
	switch (f) {
	case CARD_NAME: return c->name;
	case CARD_LANGUAGE: return c->language;
	case CARD_ZONE: return c->zone;
	case CARD_COUNTRY: return c->country;
	case CARD_STAGE: return contact_stage_name(c->stage);
	case CARD_SEGMENT: return contact_segment_name(c->segment);
	case CARD_BETWEEN: return c->between;
	case CARD_CONSENT: return contact_consent_name(c->consent);
	case CARD_WHY: return c->why;
	case CARD_CHANNEL: return c->channel;
	case CARD_PHONE: return c->phone;
	case CARD_CADENCE:
		if (!c->cadence_ideal && !c->cadence_latest)
			return "";
		return c->cadence_latest ? pool_print(p, "%s/%s", days_of(p, c->cadence_ideal), days_of(p, c->cadence_latest)) : days_of(p, c->cadence_ideal);
	case CARD_DECIDES: return c->decides;
	case CARD_EXPECTS: return c->expects;
	case CARD_CONFLICT: return c->conflict;
	case CARD_AUTO: return strings_join(p, &c->automatic, ',', NOTE_MOST);
	case CARD_ABSENT: return c->absent ? utc_print(p, zone_fixed(p, 0), c->absent) : "";
	case CARD_FIELD_COUNT: break;
	}
	return "";
}

/* "6w", "45", "2m" */
static bool days_from(const char *s, size_t n, int *out)
{
	long v = 0;
	size_t i = 0;

	for (; i < n && isdigit((unsigned char)s[i]) && v <= CADENCE_MOST; i++)
		v = v * 10 + (s[i] - '0');
	if (!i || i + 1 < n)
		return false;
	if (i < n)
		v *= s[i] == 'w' ? 7 : s[i] == 'm' ? 30 : s[i] == 'd' ? 1 : CADENCE_MOST + 1;
	*out = (int)v;
	return v <= CADENCE_MOST;
}

static bool cadence(struct contact *c, const char *words)
{
	size_t n = strcspn(words, "/");
	int ideal = 0, latest = 0;

	if (!days_from(words, n, &ideal) || (words[n] && !days_from(words + n + 1, strlen(words + n + 1), &latest)) || (latest && latest < ideal))
		return false;
	c->cadence_ideal = ideal;
	c->cadence_latest = latest;
	return true;
}

/* The kinds of "receipt,delay", each one that goes outside. */
static bool kinds(struct pool *p, const char *words, struct strings *out)
{
	struct strings list = { 0 };

	for (const char *s = strcmp(words, "none") == 0 ? "" : words; *s; s += strcspn(s, ", "), s += strspn(s, ", ")) {
		const char *one = pool_slice(p, s, strcspn(s, ", "));
		enum mail_kind kind;

		if (!mail_kind_from(one, &kind) || mail_kind_whom(kind) != WHOM_OUTSIDE)
			return false;
		*(const char **)pool_more(p, &list.list, list.n++, sizeof *list.list) = one;
	}
	*out = list;
	return true;
}

static bool is_language(const char *s)
{
	return !*s || (strlen(s) == 2 && islower((unsigned char)s[0]) && islower((unsigned char)s[1]));
}

/* Digits, and what is written between them. */
static bool is_phone(const char *s)
{
	return strlen(s) <= PHONE_MOST && s[strspn(s, "+0123456789 ()-./x*#,;=ext")] == '\0';
}

static bool set_text(const char **at, const char *s, bool well)
{
	if (well)
		*at = s;
	return well;
}

static bool set(struct pool *p, struct contact *c, enum card_field f, const char *s)
{
	switch (f) {
	case CARD_NAME: return set_text(&c->name, s, true);
	case CARD_COUNTRY: return set_text(&c->country, holiday_country(p, s), !*s || *holiday_country(p, s));
	case CARD_LANGUAGE: return set_text(&c->language, s, is_language(s));
	case CARD_ZONE: return set_text(&c->zone, s, !*s || zone_named(p, s));
	case CARD_STAGE: return contact_stage_from(s, &c->stage);
	case CARD_SEGMENT: return contact_segment_from(*s ? s : "direct", &c->segment);
	case CARD_BETWEEN: return set_text(&c->between, s, true);
	case CARD_CONSENT: return contact_consent_from(*s ? s : "open", &c->consent);
	case CARD_WHY: return set_text(&c->why, s, true);
	case CARD_CHANNEL: return set_text(&c->channel, s, !*s || contact_channel_ok(s));
	case CARD_PHONE: return set_text(&c->phone, s, is_phone(s));
	case CARD_CADENCE: return cadence(c, *s ? s : "0");
	case CARD_DECIDES: return set_text(&c->decides, s, true);
	case CARD_EXPECTS: return set_text(&c->expects, s, true);
	case CARD_CONFLICT: return set_text(&c->conflict, s, true);
	case CARD_AUTO: return kinds(p, s, &c->automatic);
	case CARD_ABSENT:
		if (!*s)
			c->absent = 0;
		return !*s || utc_parse(s, NULL, &c->absent);
	case CARD_FIELD_COUNT: break;
	}
	return false;
}

bool card_set(struct pool *p, struct contact *c, enum card_field f, const char *words, struct err *e)
{
	const char *s = line_from(p, words, f == CARD_NAME || f == CARD_BETWEEN ? NAME_MOST : NOTE_MOST).s;

	return set(p, c, f, s) || err_perm(e, "%s '%s' is none; it may be: %s", fields[f].name, s, fields[f].help);
}

/* ---- lists ---- */

struct card_entry *card_add(struct pool *p, struct card *c, enum card_list list)
{
	struct card_entry *x = pool_more(p, &c->entries, c->n++, sizeof *x);

	*x = (struct card_entry){ .list = list, .word = "", .text = "" };
	return x;
}

bool card_entry_same(struct pool *p, const struct card_entry *a, const struct card_entry *b)
{
	if (a->list != b->list || strcmp(text_fold(p, a->text), text_fold(p, b->text)) != 0)
		return false;
	if (a->list == CARD_LIST_INTEREST)
		return a->day == b->day;
	return strcmp(a->word, b->word) == 0 && a->direction == b->direction && (a->list == CARD_LIST_NEED ? a->day == b->day : a->at == b->at || !a->at || !b->at);
}
