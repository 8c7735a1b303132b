/* kept contact: one person, what is known of them and what is set */
#include <stdio.h>
#include <string.h>

#include "borders/record.h"
#include "daemon/kept_people.h"
#include "judgement/when.h"
#include "work/people.h"
#include "work/schedule.h"

enum { SHOWN_EXCHANGES = 10 };

static const char contact_help[] =
	"kept contact - what is known of a person that things are promised to\n\n"
	"  kept contact ADDRESS [--name NAME] [--language XX] [--zone ZONE] [--country XX] [--stage STAGE] [--segment SEGMENT]\n"
	"                       [--between WHO] [--consent CONSENT] [--why TEXT] [--channel CHANNEL] [--phone NUMBER]\n"
	"                       [--cadence IDEAL[/LATEST]] [--decides TEXT] [--expects TEXT] [--conflict TEXT]\n"
	"                       [--auto KIND,KIND|none] [--absent WHEN|no] [--address MORE] [--bounced no] [--owner NAME] [--json]\n"
	"  kept contact ADDRESS [--interest TOPIC [--until DATE|no]] [--need TEXT [--term short|mid|long] [--look DATE]]\n"
	"                       [--note TEXT] [--insight TEXT] [--work TITLE [--link URL]] [--done n3|i4|w5]\n"
	"  kept contact ADDRESS merge OTHER\n"
	"  kept contact ADDRESS apart OTHER\n"
	"  kept contact ADDRESS part\n"
	"  kept contact erase ADDRESS [--cancel-open] [--yes]      all of it, for good; `kept contact erase --help`\n\n"
	"  kept contact carol@example.com                        all of it\n"
	"  kept contact carol@example.com --interest \"renal dosing\" --until \"30 june\"   she wants to hear of it\n"
	"  kept contact carol@example.com --need \"data in the elderly\" --term mid --look \"1 march\"\n"
	"  kept contact carol@example.com --done n3              that need is met; i4: she heard what came of it; w5: it is over\n"
	"  kept contact carol@example.com --consent never        nothing is prepared for her\n"
	"  kept contact carol@example.com --absent \"7 dec\"       … before that day; `no`: she is back\n"
	"  kept contact carol@example.com --channel phone --phone \"+49 30 1234\"   you get a call slip, and no mail to her\n"
	"  kept contact carol@example.com --cadence 6w/9w        every six weeks you speak, after nine at the latest\n"
	"  kept contact carol@example.com merge c.ng@example.org both are her; `kept contact c.ng@example.org part` parts them\n"
	"  kept contact carol@example.com apart c.ng@example.net these are two, and it is not asked again\n\n"
	"An empty value is the default. --stage: establishing, developing, maintaining; --segment: direct, indirect (--between\n"
	"says who is), none (nothing is prepared for them); --consent: open (nobody asked), asked (they asked), not-needed, never.\n"
	"--conflict: the conflict-of-interest line of mails to them. --bounced no: their address works again.\n"
	"--interest: new approved material that bears on the topic is proposed to you; for a year, where no --until names the last\n"
	"day; --until no: they want to hear of it no more. --look: when the need is shown to you again.\n"
	"--json: {\"address\", \"addresses\", each field that is set by its name above, \"bounced\", \"last\" (when you last heard from\n"
	"each other), \"proposed\" (the next stage), \"interests\": [{\"topic\", \"until\"}...],\n"
	"\"needs\": [{\"id\", \"need\", \"term\", \"look\"}...], \"exchanges\": [{\"at\", \"channel\", \"direction\", \"text\"}...],\n"
	"\"notes\": [{\"at\", \"note\"}...], \"insights\": [{\"id\", \"insight\", \"at\", \"told\"}...], \"works\": [{\"id\", \"title\", \"link\"}...]}\n";

/* ---- what is known ---- */

bool people_page(struct ledger *l, const struct contact *who, size_t exchanges, struct people_page *out, struct err *e)
{
	size_t live = 0;

	*out = (struct people_page){ .card = { .who = *who } };
	if (!who->id)
		return true;
	if (!store_card(l->q, l->p, who, exchanges, &out->card, e) || !store_exchange_last(l->q, who->id, l->now, &out->last, e) ||
	    !people_stage(l->q, l->p, who, "en", &out->next, &out->why, e))
		return false;
	for (size_t i = 0; i < out->card.n; i++) /* what they wanted to hear of once is history */
		if (out->card.entries[i].list != CARD_LIST_INTEREST || out->card.entries[i].day > l->now)
			out->card.entries[live++] = out->card.entries[i];
	out->card.n = live;
	return true;
}

/* Which letter stands before its number where it can be named: `--done n3`. */
static const char letters[CARD_LIST_COUNT] = { [CARD_LIST_NEED] = 'n', [CARD_LIST_INSIGHT] = 'i', [CARD_LIST_WORK] = 'w' };

static json_t *entry_json(struct ledger *l, const struct card_entry *x)
{
	const struct zone *z = l->owner->time.zone;
	json_t *o = json_object();

	if (letters[x->list])
		json_object_set_new(o, "id", json_string(pool_print(l->p, "%c%lld", letters[x->list], (long long)x->id)));
	json_object_set_new(o, card_list_one(x->list), json_string(x->text));
	json_object_set_new(o, "at", json_string(utc_print(l->p, z, x->at)));
	if (x->day)
		json_object_set_new(o, text_fold(l->p, card_list_day(x->list)), json_string(utc_print(l->p, z, x->day)));
	if (*x->word)
		json_object_set_new(o, text_fold(l->p, card_list_word(x->list)), json_string(x->word));
	if (x->list == CARD_LIST_EXCHANGE)
		json_object_set_new(o, "direction", json_string(contact_direction_name(x->direction)));
	return o;
}

json_t *people_json(struct ledger *l, const struct people_page *g)
{
	const struct contact *c = &g->card.who;
	const struct zone *z = l->owner->time.zone;
	json_t *o = json_object(), *kinds = json_array(), *all = json_array();

	json_object_set_new(o, "address", json_string(c->address));
	for (size_t i = 0; i < g->card.addresses.n; i++)
		json_array_append_new(all, json_string(g->card.addresses.list[i]));
	if (!g->card.addresses.n)
		json_array_append_new(all, json_string(c->address));
	json_object_set_new(o, "addresses", all);
	json_object_set_new(o, "name", json_string(c->name));
	for (int f = CARD_NAME + 1; f < CARD_FIELD_COUNT; f++) {
		const char *s = card_get(l->p, c, (enum card_field)f);

		if (*s && f != CARD_AUTO && f != CARD_ABSENT)
			json_object_set_new(o, card_field_name((enum card_field)f), json_string(s));
	}
	for (size_t i = 0; i < c->automatic.n; i++)
		json_array_append_new(kinds, json_string(c->automatic.list[i]));
	json_object_set_new(o, "auto", kinds);
	if (c->absent > l->now)
		json_object_set_new(o, "absent", json_string(utc_print(l->p, z, c->absent)));
	json_object_set_new(o, "bounced", json_boolean(c->bounced));
	if (g->last)
		json_object_set_new(o, "last", json_string(utc_print(l->p, z, g->last)));
	if (g->next)
		json_object_set_new(o, "proposed", json_string(contact_stage_name(g->next)));
	for (int i = 0; i < CARD_LIST_COUNT; i++) {
		json_t *list = json_array();

		for (size_t k = 0; k < g->card.n; k++)
			if ((int)g->card.entries[k].list == i)
				json_array_append_new(list, entry_json(l, &g->card.entries[k]));
		json_object_set_new(o, card_list_name((enum card_list)i), list);
	}
	return o;
}

static const char *entry_said(struct ledger *l, const struct card_entry *x)
{
	const struct zone *z = l->owner->time.zone;
	const char *at = ledger_time(l->p, z, x->at, l->now), *day = x->day ? ledger_time(l->p, z, x->day, l->now) : "";

	switch (x->list) {
	case CARD_LIST_INTEREST: return pool_print(l->p, "%s, until %s", x->text, utc_words(l->p, z, x->day));
	case CARD_LIST_NEED: return pool_print(l->p, "n%lld  %s (%s term%s%s)", (long long)x->id, x->text, x->word, *day ? "; look again " : "", day);
	case CARD_LIST_EXCHANGE:
		return pool_print(l->p, "%s  %s%s%s%s", at, x->word, x->direction == CONTACT_DIRECTION_BOTH ? "" : ", ",
				  x->direction == CONTACT_DIRECTION_BOTH ? "" : contact_direction_name(x->direction), *x->text ? pool_print(l->p, ": %s", x->text) : "");
	case CARD_LIST_NOTE: return pool_print(l->p, "%s  %s", at, x->text);
	case CARD_LIST_INSIGHT: return pool_print(l->p, "i%lld  %s  %s%s%s", (long long)x->id, at, x->text, *day ? "; told what came of it " : "; open", day);
	case CARD_LIST_WORK: return pool_print(l->p, "w%lld  %s%s%s", (long long)x->id, x->text, *x->word ? "  " : "", x->word);
	case CARD_LIST_COUNT: break;
	}
	return "";
}

static void show(struct ledger *l, const struct people_page *g)
{
	struct table t = { .p = l->p, .columns = 2, .soft = -1, .indent = 2, .wrap = true };
	const struct contact *c = &g->card.who;
	struct pool *p = l->p;

	printf("%s%s%s%s\n\n", c->name, *c->name ? " <" : "", c->address, *c->name ? ">" : "");
	for (size_t i = 0, n = 0; i < g->card.addresses.n; i++)
		if (strcmp(g->card.addresses.list[i], c->address) != 0)
			table_row(&t, false, n++ ? "" : "also", g->card.addresses.list[i]);
	table_row(&t, false, "language", *c->language ? c->language : pool_print(p, "%s (yours)", l->owner->language));
	table_row(&t, false, "zone", *c->zone ? c->zone : "(yours)");
	if (*c->country || *zone_country(p, c->zone))
		table_row(&t, false, "country", *c->country ? c->country : pool_print(p, "%s (of their zone)", zone_country(p, c->zone)));
	for (int f = CARD_STAGE; f < CARD_FIELD_COUNT; f++) {
		const char *s = card_get(p, c, (enum card_field)f);

		if (f == CARD_CONSENT && *c->why)
			s = pool_print(p, "%s: \"%s\"", s, c->why);
		if (f == CARD_AUTO)
			s = c->automatic.n ? strings_join(p, &c->automatic, ' ', NOTE_MOST) : "none";
		if (f == CARD_ABSENT)
			s = c->absent > l->now ? pool_print(p, "until %s", utc_words(p, l->owner->time.zone, c->absent)) : "";
		if (*s && f != CARD_WHY)
			table_row(&t, (f == CARD_SEGMENT && c->segment == CONTACT_SEGMENT_NONE) || (f == CARD_CONSENT && c->consent == CONTACT_CONSENT_NEVER) ||
				  f == CARD_ABSENT, card_field_name((enum card_field)f), s);
	}
	if (c->bounced)
		table_row(&t, true, "bounced", "mail to this address came back");
	if (g->next)
		table_row(&t, false, "next stage", pool_print(p, "%s? %s. If so: `kept contact %s --stage %s`", contact_stage_name(g->next), g->why,
							      addr_typed(c->address), contact_stage_name(g->next)));
	if (g->last)
		table_row(&t, false, "last", pool_print(p, "you heard from each other %s", ledger_time(p, l->owner->time.zone, g->last, l->now)));
	for (int i = 0; i < CARD_LIST_COUNT; i++)
		for (size_t k = 0, n = 0; k < g->card.n; k++)
			if ((int)g->card.entries[k].list == i)
				table_row(&t, false, n++ ? "" : card_list_name((enum card_list)i), entry_said(l, &g->card.entries[k]));
	table_print(&t);
}

/* ---- what is set ---- */

/* A day and hour to come. */
static bool day_to_come(struct ledger *l, const char *option, const char *words, utc *out, struct err *e)
{
	struct frame f = { .anchor = l->now, .time = &l->owner->time, .zone = zone_named, .zone_arg = l->p };
	struct when w;

	if (!when_parse(l->p, words, &f, &w, e))
		return false;
	if (w.rrule || w.at <= l->now)
		return err_perm(e, "%s '%s' is no day to come", option, words);
	*out = w.at;
	return true;
}

/* What the options say of the fields, put into `c`; `changed`: their names, for the record. */
static bool changes(struct ledger *l, struct contact *c, struct text *changed, struct err *e)
{
	for (int i = 0; i + 1 < l->options; i += 2) {
		const char *name = l->option[i] + 2, *value = l->option[i + 1];
		enum card_field f;

		if (!card_field_from(name, &f))
			continue;
		if (f == CARD_ABSENT) {
			c->absent = 0;
			if (strcmp(value, "no") != 0 && !day_to_come(l, "--absent", value, &c->absent, e))
				return false;
			c->absent_since = c->absent ? l->now : 0;
		} else if (!card_set(l->p, c, f, value, e)) {
			return false;
		}
		if (f == CARD_CONSENT && !ledger_option(l, "--why"))
			c->why = "";
		text_print(changed, "%s%s", changed->n ? ", " : "", name);
	}
	return true;
}

static bool interest_ends(struct ledger *l, const struct contact *c, const char *topic, struct err *e)
{
	struct interest *all;
	size_t n;

	if (!store_interests(l->q, l->p, c->id, &all, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (strcmp(text_fold(l->p, all[i].topic), text_fold(l->p, topic)) == 0)
			return store_interest_close(l->q, all[i].id, l->now, e);
	return err_perm(e, "--interest '%s' is none of theirs; `kept contact %s` shows them", topic, c->address);
}

/* --done n3: it is one of this person's. */
static bool done(struct ledger *l, const struct contact *c, const char *which, struct err *e)
{
	struct card card;
	int64_t id;

	if (!store_card(l->q, l->p, c, 0, &card, e))
		return false;
	for (size_t i = 0; i < card.n; i++) {
		const struct card_entry *x = &card.entries[i];

		if (!letters[x->list] || which[0] != letters[x->list] || !ledger_number(which + 1, &id) || id != x->id)
			continue;
		if (x->list == CARD_LIST_NEED)
			return store_need_set(l->q, &(struct need){ .id = id, .look = x->day, .closed = l->now }, e);
		return x->list == CARD_LIST_INSIGHT ? store_insight_told(l->q, id, l->now, e) : store_work_drop(l->q, id, e);
	}
	return err_perm(e, "--done '%s' is none of theirs; `kept contact %s` shows them, as n3, i4, w5", which, c->address);
}

/* A need that is noted already gets another day. */
static bool look_again(struct ledger *l, const struct contact *c, const char *which, utc look, bool *was, struct err *e)
{
	struct need *all;
	size_t n;
	int64_t id;

	*was = false;
	if (which[0] != 'n' || !ledger_number(which + 1, &id))
		return true;
	if (!store_needs(l->q, l->p, c->id, &all, &n, e))
		return false;
	for (size_t i = 0; i < n && !*was; i++)
		*was = all[i].id == id;
	return !*was || store_need_set(l->q, &(struct need){ .id = id, .look = look }, e);
}

/* By which option one more of each list is noted; NULL: by none. */
static const char *const adds[CARD_LIST_COUNT] = {
	[CARD_LIST_INTEREST] = "--interest", [CARD_LIST_NEED] = "--need", [CARD_LIST_NOTE] = "--note",
	[CARD_LIST_INSIGHT] = "--insight", [CARD_LIST_WORK] = "--work"
};

bool people_full(const struct contact *c, enum card_list list, struct err *e)
{
	return err_perm(e, "%d of their %s are noted already; `kept contact %s` shows them", CONTACT_LIST_MOST, card_list_name(list), c->address);
}

/* One more of a list. */
static bool one_more(struct ledger *l, const struct contact *c, const char *option, const char *value, struct err *e)
{
	struct card_entry x = { .word = "", .text = line_from(l->p, value, WHAT_MOST).s };
	const char *until = ledger_option(l, "--until"), *look = ledger_option(l, "--look"), *link = ledger_option(l, "--link"),
		   *term = ledger_option(l, "--term");
	const struct zone *z = l->owner->time.zone;
	enum contact_term any;
	bool full, was;

	for (int i = 0; i < CARD_LIST_COUNT; i++)
		if (adds[i] && strcmp(adds[i], option) == 0)
			x.list = (enum card_list)i;
	if (x.list == CARD_LIST_NOTE || x.list == CARD_LIST_INSIGHT)
		x.text = line_from(l->p, value, NOTE_MOST).s;
	if (!*x.text)
		return err_perm(e, "%s needs words", option);
	if (x.list == CARD_LIST_INTEREST && until && strcmp(until, "no") == 0)
		return interest_ends(l, c, x.text, e);
	if (x.list == CARD_LIST_INTEREST && until) {
		if (!day_to_come(l, "--until", until, &x.day, e))
			return false;
		x.day = zone_at(z, zone_day(z, x.day) + 1, 0) - 1; /* that day included */
	}
	if (x.list == CARD_LIST_NEED) {
		x.word = term ? term : "short";
		if (!contact_term_from(x.word, &any))
			return err_perm(e, "--term '%s' is none; it may be short, mid or long", term);
		if (look && !day_to_come(l, "--look", look, &x.day, e))
			return false;
		if (!look_again(l, c, x.text, x.day, &was, e) || was)
			return was;
	}
	if (x.list == CARD_LIST_WORK && link) {
		x.word = link;
		if (!resource_link_ok(link))
			return err_perm(e, "--link '%s' is no web link", link);
	}
	return people_add(l->q, l->p, c, &x, l->now, &full, e) && (!full || people_full(c, x.list, e));
}

static bool address_more(struct ledger *l, const struct contact *c, const char *value, struct err *e)
{
	const char *a = addr_clean(l->p, value);
	struct contact other;
	bool noted;

	if (!a || !addr_valid(a))
		return err_perm(e, "--address '%s' is no mail address", value);
	if (!store_contact(l->q, l->p, l->owner->key, &(struct addr){ "", a }, &other, &noted, e))
		return false;
	if (noted && other.id == c->id)
		return true;
	if (noted)
		return err_perm(e, "%s is noted as a person of its own; `kept contact %s merge %s` makes them one", a, c->address, a);
	return store_contact_address(l->q, c, a, e);
}

/* All that the options say, of a contact that is noted. */
static bool sets(struct ledger *l, struct contact *c, struct text *changed, struct err *e)
{
	for (int i = 0; i + 1 < l->options; i += 2) {
		const char *o = l->option[i], *value = l->option[i + 1];
		bool is_list = false, well = true, known = true;

		for (int k = 0; k < CARD_LIST_COUNT; k++)
			is_list |= adds[k] && strcmp(adds[k], o) == 0;
		if (is_list)
			well = one_more(l, c, o, value, e);
		else if (strcmp(o, "--done") == 0)
			well = done(l, c, value, e);
		else if (strcmp(o, "--address") == 0)
			well = address_more(l, c, value, e);
		else if (strcmp(o, "--bounced") == 0)
			well = strcmp(value, "no") == 0 ? store_bounced_drop(l->q, c->address, e) : err_perm(e, "--bounced '%s'? It may be no", value);
		else
			known = false;
		if (!well)
			return false;
		if (known)
			text_print(changed, "%s%s", changed->n ? ", " : "", o + 2);
	}
	return true;
}

/* ---- two that are one, and not ---- */

static bool other_of(struct ledger *l, const char *words, struct contact *out, struct err *e)
{
	const char *a = addr_clean(l->p, words);
	bool noted;

	if (!a || !store_contact(l->q, l->p, l->owner->key, &(struct addr){ "", a }, out, &noted, e))
		return a ? false : err_perm(e, "'%s' is no mail address", words);
	return noted || err_perm(e, "nothing is noted of %s; `--address %s` adds it to a person", a, a);
}

static bool verb(struct ledger *l, struct contact *c, bool noted, const char *word, const char *other, struct err *e)
{
	struct contact o;

	if (!noted)
		return err_perm(e, "nothing is noted of %s", c->address);
	if (strcmp(word, "part") == 0) {
		if (!store_contact_part(l->q, l->owner->key, c->address, e))
			return e->kind == ERR_PERM && err_perm(e, "%s is no part of another person", c->address);
		return store_contact(l->q, l->p, l->owner->key, &(struct addr){ "", c->address }, c, &noted, e);
	}
	if (!other_of(l, other, &o, e))
		return false;
	if (o.id == c->id)
		return err_perm(e, "%s and %s are one person already", c->address, o.address);
	return strcmp(word, "merge") == 0 ? people_merge(l->q, l->p, c, &o, l->now, e) : store_contact_apart(l->q, c->id, o.id, e);
}

/* ---- the whole ---- */

/* What waits for them is looked at anew, by each of their addresses. */
static bool look_anew(struct ledger *l, const struct contact *c, struct err *e)
{
	struct strings all;

	if (!store_contact_addresses(l->q, l->p, c, &all, e))
		return false;
	for (size_t i = 0; i < all.n; i++) {
		int64_t *ids;
		size_t n;

		if (!store_ids(l->q, l->p, SQL_PROMISED_OWN, SQL_VALUES(sql_t(all.list[i]), sql_t(l->owner->key)), &ids, &n, e) ||
		    !schedule_these(l->q, l->p, l->conf, ids, n, NULL, l->now, e))
			return false;
	}
	return true;
}

/* The record names the person by their number alone, for they may be erased. */
static bool keep(struct ledger *l, struct contact *c, bool noted, struct text *changed, struct err *e)
{
	struct event v = { .owner = l->owner->key, .word = "contact" };
	const char *word = l->count > 1 ? l->words[1] : NULL;

	if (!sql_begin(l->q, e))
		return false;
	if (word ? !verb(l, c, noted, word, l->count > 2 ? l->words[2] : "", e) : (!store_contact_save(l->q, c, l->now, e) || !sets(l, c, changed, e)))
		return false;
	v.detail = pool_print(l->p, "c%lld: %s", (long long)c->id, word ? word : changed->s);
	return record_add(l->q, &v, l->now, e) && look_anew(l, c, e) && sql_commit(l->q, e);
}

/* `ADDRESS`, `ADDRESS part`, `ADDRESS merge OTHER` */
static int words_ok(const struct ledger *l)
{
	const char *word = l->count > 1 ? l->words[1] : NULL;
	bool two = word && (strcmp(word, "merge") == 0 || strcmp(word, "apart") == 0);

	if (word && !two && strcmp(word, "part") != 0)
		return kept_say(WRONG_USE, "contact … '%s'? There is merge, apart, and part; `kept contact --help`", word);
	if (word && l->count != (two ? 3 : 2))
		return kept_say(WRONG_USE, two ? "%s with whom? As `kept contact carol@example.com %s c.ng@example.org`" : "%s takes no more words", word, word);
	return DONE_WELL;
}

int kept_contact(struct call *c)
{
#define X(id, name, property, text) "--" name,
	static const char *const valued[] = { CARD_FIELDS(X) "--address", "--bounced", "--interest", "--until", "--need", "--term", "--look",
					      "--note", "--insight", "--work", "--link", "--done", NULL };
#undef X
	struct ledger l;
	struct contact who;
	struct text *changed = text_new(c->pool, 400);
	struct people_page page;
	const char *address;
	struct err e = { 0 };
	bool help, found, owner_only;
	int rc;

	if (c->argc > 1 && strcmp(c->argv[1], "erase") == 0)
		return people_erase(c);
	rc = ledger_read(c, &l, contact_help, valued, NULL, &help);
	if (help || rc != DONE_WELL)
		return rc;
	address = l.count ? addr_clean(l.p, l.words[0]) : NULL;
	if (!address || !addr_valid(address))
		return kept_say(WRONG_USE, "whom? One address, as `kept contact carol@example.com`; `kept contacts` shows them");
	if ((rc = words_ok(&l)) != DONE_WELL || (rc = ledger_open(c, &l, true)) != DONE_WELL)
		return rc;
	if (ledger_option(&l, "--until") && !ledger_option(&l, "--interest"))
		return ledger_close(&l, kept_say(WRONG_USE, "--until goes with --interest"));
	if (!store_contact(l.q, l.p, l.owner->key, &(struct addr){ "", address }, &who, &found, &e))
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	owner_only = l.options == (ledger_option(&l, "--owner") ? 2 : 0);
	if (!changes(&l, &who, changed, &e))
		return ledger_close(&l, kept_say(WRONG_USE, "%s", e.text));
	if ((!owner_only || l.count > 1) && !keep(&l, &who, found, changed, &e)) {
		sql_rollback(l.q);
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	}
	l.changed = !owner_only || l.count > 1;
	if (!store_contact(l.q, l.p, l.owner->key, &(struct addr){ "", address }, &who, &found, &e) || !people_page(&l, &who, SHOWN_EXCHANGES, &page, &e))
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	if (l.json)
		ledger_print(people_json(&l, &page));
	else
		show(&l, &page);
	return ledger_close(&l, DONE_WELL);
}
