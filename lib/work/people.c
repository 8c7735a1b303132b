#include "work/people.h"

#include <stdlib.h>
#include <string.h>

#include "borders/record.h"
#include "borders/store.h"
#include "letters/phrase.h"

enum { KEPT_TO_MAINTAIN = 3 };

static bool record(struct sql *q, struct pool *p, const struct contact *c, const char *word, const char *what, utc now, struct err *e)
{
	struct event v = { .owner = c->owner, .word = word, .detail = pool_print(p, "c%lld%s%s", (long long)c->id, *what ? ": " : "", what) };

	return record_add(q, &v, now, e);
}

/* ---- one thing more ---- */

bool people_spoke(struct sql *q, const struct contact *c, const struct exchange *x, int64_t commitment, utc now, struct err *e)
{
	struct exchange row = *x;
	struct pool *p = pool_new();
	bool well;

	row.contact = c->id;
	well = store_exchange_add(q, &row, e) &&
	       record_add(q,
			  &(struct event){ .owner = c->owner,
					   .word = "touch",
					   .commitment = commitment,
					   .detail = pool_print(p, "c%lld: %s", (long long)c->id, x->channel),
					   .before = store_image_exchange(p, row.id) },
			  now, e);
	pool_end(&p);
	return well;
}

/* How many of that list they have. */
static bool room(struct sql *q, struct pool *p, const struct contact *c, enum card_list list, bool *has, struct err *e)
{
	struct card all;
	size_t n = 0;

	if (!store_card(q, p, c, CARD_ENTRIES_MOST, &all, e))
		return false;
	for (size_t i = 0; i < all.n; i++)
		n += all.entries[i].list == list;
	*has = n < (list == CARD_LIST_EXCHANGE ? CARD_ENTRIES_MOST : CONTACT_LIST_MOST);
	return true;
}

static bool put(struct sql *q, struct pool *p, int64_t contact, struct card_entry *x, utc now, struct err *e)
{
	struct interest i = { .contact = contact, .topic = x->text, .until = x->day ? x->day : now + (utc)INTEREST_DAYS * 86400, .at = x->at };
	struct need n = { .contact = contact, .text = x->text, .look = x->day, .at = x->at };
	struct contact_note note = { .contact = contact, .at = x->at, .text = x->text };
	struct insight in = { .contact = contact, .text = x->text, .at = x->at };
	struct work w = { .contact = contact, .title = x->text, .link = x->word, .at = x->at, .letter = x->letter };
	bool known;

	switch (x->list) {
	case CARD_LIST_INTEREST: return store_interest_add(q, p, &i, &known, e);
	case CARD_LIST_NEED: return contact_term_from(x->word, &n.term) && store_need_add(q, &n, e);
	case CARD_LIST_EXCHANGE:
		return store_exchange_add(q, &(struct exchange){ .contact = contact, .at = x->at, .channel = x->word, .direction = x->direction,
								 .text = x->text, .letter = x->letter }, e);
	case CARD_LIST_NOTE: return store_note_add(q, &note, e);
	case CARD_LIST_INSIGHT: return store_insight_add(q, &in, e) && (x->id = in.id) && (!x->day || store_insight_told(q, in.id, x->day, e));
	case CARD_LIST_WORK: return store_work_add(q, &w, e);
	case CARD_LIST_COUNT: break;
	}
	return err_perm(e, "there is no such list");
}

/* As people_add(), but for the record. */
static bool put_if_room(struct sql *q, struct pool *p, const struct contact *c, struct card_entry *x, utc now, bool *full, struct err *e)
{
	bool has;

	if (!x->at)
		x->at = now;
	if (x->list == CARD_LIST_NEED && !*x->word)
		x->word = "short";
	if (!room(q, p, c, x->list, &has, e))
		return false;
	*full = !has;
	return !has || put(q, p, c->id, x, now, e);
}

bool people_add(struct sql *q, struct pool *p, const struct contact *c, struct card_entry *x, utc now, bool *full, struct err *e)
{
	return put_if_room(q, p, c, x, now, full, e) && (*full || record(q, p, c, "contact", card_list_one(x->list), now, e));
}

/* What `undo` takes back by that image. */
static bool said_of(struct sql *q, struct pool *p, const struct contact *c, const char *what, const char *image, int64_t commitment, utc now,
		    struct err *e)
{
	struct event v = { .owner = c->owner, .word = "contact", .commitment = commitment,
			   .detail = pool_print(p, "c%lld: %s", (long long)c->id, what), .before = image };

	return record_add(q, &v, now, e);
}

bool people_learnt(struct sql *q, struct pool *p, const struct contact *c, const char *text, int64_t commitment, utc now, bool *full, struct err *e)
{
	struct card_entry x = { .list = CARD_LIST_INSIGHT, .word = "", .text = text };

	return put_if_room(q, p, c, &x, now, full, e) &&
	       (*full || said_of(q, p, c, card_list_one(x.list), store_image_insight(p, x.id), commitment, now, e));
}

bool people_staged(struct sql *q, struct pool *p, struct contact *c, enum contact_stage to, int64_t commitment, utc now, struct err *e)
{
	char *image = store_image_stage(p, c);

	c->stage = to;
	return store_contact_save(q, c, now, e) &&
	       said_of(q, p, c, pool_print(p, "stage %s", contact_stage_name(to)), image, commitment, now, e);
}

/* ---- a file of them ---- */

/* One person of the file, held against what is noted. */
struct taking {
	struct sql *q;
	struct pool *p;
	const struct card *card;
	struct contact who;
	struct text *what;   /* changes, parted by "; " */
	utc now;
};

static void said(struct taking *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void said(struct taking *t, const char *format, ...)
{
	va_list a;

	va_start(a, format);
	text_print(t->what, "%s%s", t->what->n ? "; " : "", line_from(t->p, pool_vprint(t->p, format, a), WHAT_MOST).s);
	va_end(a);
}

static bool take_fields(struct taking *t, struct err *e)
{
	for (int i = 0; i < CARD_FIELD_COUNT; i++) {
		enum card_field f = (enum card_field)i;
		const char *was = card_get(t->p, &t->who, f), *is = card_get(t->p, &t->card->who, f);

		if (!(t->card->given & 1u << i) || strcmp(was, is) == 0)
			continue;
		if ((f == CARD_CONSENT || f == CARD_WHY) && t->who.consent == CONTACT_CONSENT_NEVER && t->card->who.consent != CONTACT_CONSENT_NEVER) {
			said(t, "consent stays never");
			continue;
		}
		if (!card_set(t->p, &t->who, f, is, e))
			return false;
		if (f == CARD_ABSENT)
			t->who.absent_since = t->now;
		said(t, *was ? "%s %s (was %s)" : "%s %s", card_field_name(f), is, was);
	}
	return true;
}

static bool take_addresses(struct taking *t, struct err *e)
{
	for (size_t i = 0; i < t->card->addresses.n; i++) {
		const char *a = t->card->addresses.list[i];
		struct contact other;
		bool noted;

		if (!store_contact(t->q, t->p, t->who.owner, &(struct addr){ "", a }, &other, &noted, e))
			return false;
		if (other.erased)
			said(t, "address %s was erased, and is not noted", a);
		else if (noted && other.id != t->who.id)
			said(t, "the file has %s as the same person: `kept contact %s merge %s` makes them one", a, t->who.address, a);
		else if (!noted && !store_contact_address(t->q, &t->who, a, e))
			return false;
		else if (!noted)
			said(t, "address %s", a);
	}
	return true;
}

static bool take_entries(struct taking *t, struct err *e)
{
	size_t new[CARD_LIST_COUNT] = { 0 }, have[CARD_LIST_COUNT] = { 0 };
	bool full[CARD_LIST_COUNT] = { false };
	struct card all;

	if (!store_card(t->q, t->p, &t->who, CARD_ENTRIES_MOST, &all, e))
		return false;
	for (size_t i = 0; i < all.n; i++)
		have[all.entries[i].list]++;
	for (size_t i = 0; i < t->card->n; i++) {
		struct card_entry x = t->card->entries[i];
		bool same = false;

		for (size_t k = 0; k < all.n && !same; k++)
			same = card_entry_same(t->p, &all.entries[k], &x) || (x.list == CARD_LIST_INTEREST && !x.day && all.entries[k].list == x.list &&
									       text_same(all.entries[k].text, x.text));
		if (same)
			continue;
		if (have[x.list] >= (x.list == CARD_LIST_EXCHANGE ? CARD_ENTRIES_MOST : CONTACT_LIST_MOST)) {
			if (!full[x.list])
				said(t, "too many %s: not all were taken", card_list_name(x.list));
			full[x.list] = true; /* those of the other lists are */
			continue;
		}
		have[x.list]++;
		if (!x.at)
			x.at = t->now;
		if (!put(t->q, t->p, t->who.id, &x, t->now, e))
			return false;
		*card_add(t->p, &all, x.list) = x; /* once, though the file has it twice */
		new[x.list]++;
	}
	for (int l = 0; l < CARD_LIST_COUNT; l++)
		if (new[l])
			said(t, "%zu new %s", new[l], card_list_name((enum card_list)l));
	return true;
}

static bool take(struct taking *t, struct pool *pool, const struct owner *o, struct people_read *r, struct err *e)
{
	const struct card *c = t->card;
	bool noted = false;

	for (size_t i = 0; i < c->addresses.n && !noted; i++)
		if (!store_contact(t->q, t->p, o->key, &(struct addr){ "", c->addresses.list[i] }, &t->who, &noted, e))
			return false;
	for (size_t i = 0; i < c->addresses.n && !noted && !t->who.erased; i++)
		if (!store_contact(t->q, t->p, o->key, &(struct addr){ "", c->addresses.list[i] }, &t->who, &noted, e))
			return false;
	if (!noted && t->who.erased) {
		*(struct card_fault *)pool_more(pool, &r->erased, r->erased_count++, sizeof *r->erased) = (struct card_fault){ c->line,
			pool_print(pool, "%s was erased; to note them again in spite of that: `kept contact %s --consent never`", t->who.address,
				   addr_typed(t->who.address)) };
		return true;
	}
	if (!noted && !store_contact_made(t->q, t->p, o->key, &(struct addr){ "", c->addresses.list[0] }, &t->who, t->now, e))
		return false;
	if (!take_fields(t, e) || !store_contact_save(t->q, &t->who, t->now, e) || !take_addresses(t, e) || !take_entries(t, e))
		return false;
	r->added += !noted;
	r->changed += noted && t->what->n;
	r->same += noted && !t->what->n;
	if (!noted || t->what->n)
		text_print(r->lines, "%s: %s%s%s\n", t->who.address, noted ? "" : "new", !noted && t->what->n ? "; " : "", t->what->s);
	return (noted && !t->what->n) || record(t->q, t->p, &t->who, "contact", "from a file", t->now, e);
}

bool people_take(struct sql *q, struct pool *p, const struct owner *o, const struct card *list, size_t n, struct people_read *r, utc now, struct err *e)
{
	bool well = true;

	*r = (struct people_read){ .lines = text_new(p, MAIL_MOST) };
	for (size_t i = 0; i < n && well; i++) {
		struct pool *one = pool_new();
		struct taking t = { .q = q, .p = one, .card = &list[i], .what = text_new(one, ANSWER_MOST), .now = now };

		well = take(&t, p, o, r, e);
		pool_end(&one);
	}
	return well;
}

/* ---- one person twice ---- */

struct key {
	const char *s;
	size_t i;
};

static int by_key(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	int d = strcmp(x->s, y->s);

	return d ? d : x->i < y->i ? -1 : x->i > y->i;
}

/* Two words at least: there are many Carols. */
static const char *name_key(struct pool *p, const struct contact *c)
{
	const char *s = text_squeeze(p, text_fold(p, c->name));

	return strchr(s, ' ') ? s : "";
}

/* "h.osei", of one person alone wherever it is: not "info", not "carol". */
static const char *local_key(struct pool *p, const struct contact *c)
{
	const char *s = addr_local(p, addr_lower(p, c->address));

	return strlen(s) >= 5 && strpbrk(s, "._-") && !text_starts(s, "no-reply") && !text_starts(s, "no.reply") ? s : "";
}

static bool names_differ(struct pool *p, const struct contact *a, const struct contact *b)
{
	return *a->name && *b->name && strcmp(text_squeeze(p, text_fold(p, a->name)), text_squeeze(p, text_fold(p, b->name))) != 0;
}

static bool pair(struct sql *q, struct pool *p, const struct contact *a, const struct contact *b, const char *why, struct people_pair **out, size_t *n,
		 struct err *e)
{
	int64_t apart, low = a->id < b->id ? a->id : b->id, high = a->id < b->id ? b->id : a->id;

	if (!store_count(q, SQL_CONTACT_APART_HAS, SQL_VALUES(sql_i(low), sql_i(high)), &apart, e))
		return false;
	for (size_t i = 0; i < *n && !apart; i++)
		apart = ((*out)[i].a.id == a->id && (*out)[i].b.id == b->id) || ((*out)[i].a.id == b->id && (*out)[i].b.id == a->id);
	if (!apart)
		*(struct people_pair *)pool_more(p, out, (*n)++, sizeof **out) = (struct people_pair){ *a, *b, why };
	return true;
}

bool people_alike(struct sql *q, struct pool *p, const char *owner, struct people_pair **out, size_t *n, struct err *e)
{
	enum { PAIRS_MOST = 200 };
	struct contact *all;
	struct key *keys;
	size_t count;

	*out = NULL;
	*n = 0;
	if (!store_contacts(q, p, owner, &all, &count, e))
		return false;
	keys = pool_list(p, count + 1, sizeof *keys);
	for (int local = 0; local < 2; local++) {
		for (size_t i = 0; i < count; i++)
			keys[i] = (struct key){ local ? local_key(p, &all[i]) : name_key(p, &all[i]), i };
		qsort(keys, count, sizeof *keys, by_key);
		for (size_t i = 1; i < count && *n < PAIRS_MOST; i++) {
			const struct contact *a = &all[keys[i - 1].i], *b = &all[keys[i].i];

			if (!*keys[i].s || strcmp(keys[i - 1].s, keys[i].s) != 0 || (local && names_differ(p, a, b)))
				continue;
			if (!pair(q, p, a, b, local ? "the same before the @" : "the same name", out, n, e))
				return false;
		}
	}
	return true;
}

bool people_merge(struct sql *q, struct pool *p, struct contact *into, const struct contact *from, utc now, struct err *e)
{
	bool never = from->consent == CONTACT_CONSENT_NEVER && into->consent != CONTACT_CONSENT_NEVER;

	for (int i = 0; i < CARD_FIELD_COUNT; i++) {
		enum card_field f = (enum card_field)i;
		const char *s = card_get(p, from, f);
		bool lacks = f == CARD_SEGMENT ? into->segment == CONTACT_SEGMENT_DIRECT : f == CARD_CONSENT ? into->consent == CONTACT_CONSENT_OPEN :
									  !*card_get(p, into, f);

		/* what goes to them without a word was said of the other address alone */
		if (*s && f != CARD_AUTO && (lacks || (never && (f == CARD_CONSENT || f == CARD_WHY))) && !card_set(p, into, f, s, e))
			return false;
	}
	if (from->absent_since > into->absent_since)
		into->absent_since = from->absent_since;
	return store_contact_save(q, into, now, e) && store_contact_merge(q, into->id, from->id, e) &&
	       record(q, p, into, "contact", pool_print(p, "one with c%lld", (long long)from->id), now, e);
}

/* ---- stages ---- */

bool people_stage(struct sql *q, struct pool *p, const struct contact *c, const char *language, enum contact_stage *out, const char **why, struct err *e)
{
	int64_t kept, both;

	*out = CONTACT_STAGE_UNKNOWN;
	*why = "";
	if (!c->id || c->stage >= CONTACT_STAGE_MAINTAINING)
		return true;
	if (!store_count(q, SQL_CONTACT_KEPT, SQL_VALUES(sql_i(c->id), sql_t(c->owner)), &kept, e) ||
	    !store_count(q, SQL_CONTACT_BOTH_WAYS, SQL_VALUES(sql_i(c->id)), &both, e))
		return false;
	if (kept >= KEPT_TO_MAINTAIN) {
		*out = CONTACT_STAGE_MAINTAINING;
		*why = pool_print(p, phrase_of(language, "%lld promises to them are kept"), (long long)kept);
	} else if (c->stage < CONTACT_STAGE_DEVELOPING && both > 1) {
		*out = CONTACT_STAGE_DEVELOPING;
		*why = phrase_of(language, "you have heard from each other");
	}
	return true;
}
