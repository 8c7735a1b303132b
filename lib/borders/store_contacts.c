/* people that things are promised to */
#include <string.h>

#include "borders/record.h"
#include "borders/store.h"
#include "ground/text.h"

enum { KINDS_MOST = 400 };

/* The columns of CONTACT_COLUMNS. What this version does not know has the default. */
static void read_row(struct sql *q, enum sql_query id, struct pool *p, const char *owner, struct contact *c)
{
	*c = (struct contact){ .id = sql_int(q, id, 0), .owner = owner, .address = sql_text(q, id, 1, p), .name = sql_text(q, id, 2, p),
			       .language = sql_text(q, id, 3, p), .zone = sql_text(q, id, 4, p), .why = sql_text(q, id, 8, p),
			       .automatic = strings_part(p, sql_text(q, id, 9, p), ' '), .absent = sql_int(q, id, 10), .absent_since = sql_int(q, id, 11),
			       .channel = sql_text(q, id, 12, p), .phone = sql_text(q, id, 13, p), .between = sql_text(q, id, 14, p),
			       .cadence_ideal = (int)sql_int(q, id, 15), .cadence_latest = (int)sql_int(q, id, 16), .decides = sql_text(q, id, 17, p),
			       .expects = sql_text(q, id, 18, p), .conflict = sql_text(q, id, 19, p), .made = sql_int(q, id, 21), .country = sql_text(q, id, 22, p) };
	contact_stage_from(sql_text(q, id, 5, p), &c->stage);
	contact_segment_from(sql_text(q, id, 6, p), &c->segment);
	contact_consent_from(sql_text(q, id, 7, p), &c->consent);
	contact_stage_from(sql_text(q, id, 20, p), &c->proposed);
}

/* Nothing is asked of the key where nobody is erased. */
static bool is_erased(struct sql *q, struct pool *p, const char *owner, const char *address, bool *is, struct err *e)
{
	int64_t any, n = 0;
	const char *mark;

	if (!store_count(q, SQL_ERASED_ANY, SQL_VALUES(sql_t(owner)), &any, e) || (any && (!store_mark(q, p, owner, address, &mark, e) ||
	    !store_count(q, SQL_ERASED_HAS, SQL_VALUES(sql_t(owner), sql_t(mark)), &n, e))))
		return false;
	*is = n != 0;
	return true;
}

bool store_mark(struct sql *q, struct pool *p, const char *owner, const char *address, const char **out, struct err *e)
{
	return record_mark(q, p, pool_print(p, "%s\n%s", owner, addr_lower(p, address)), out, e);
}

bool store_contact(struct sql *q, struct pool *p, const char *owner, const struct addr *a, struct contact *out, bool *found, struct err *e)
{
	struct contact c = card_nobody();
	int64_t bounced;

	c.owner = owner, c.address = addr_lower(p, a->address), c.name = a->name;
	if (!sql_query(q, SQL_CONTACT_GET, e, SQL_VALUES(sql_t(owner), sql_t(c.address))))
		return false;
	*found = sql_row(q, SQL_CONTACT_GET);
	if (*found) {
		read_row(q, SQL_CONTACT_GET, p, owner, &c);
		if (!*c.name)
			c.name = a->name;
	}
	if (!sql_end(q, SQL_CONTACT_GET, e) || !store_count(q, SQL_BOUNCED_GET, SQL_VALUES(sql_t(c.address)), &bounced, e))
		return false;
	c.bounced = bounced != 0;
	if (!*found && !is_erased(q, p, owner, c.address, &c.erased, e))
		return false;
	if (c.erased) {
		c.consent = CONTACT_CONSENT_NEVER;
		c.why = "they were erased";
	}
	*out = c;
	return true;
}

bool store_contact_of(struct sql *q, struct pool *p, const char *owner, int64_t id, struct contact *out, bool *found, struct err *e)
{
	struct addr a = { "", NULL };

	if (!sql_query(q, SQL_CONTACT_ADDRESSES, e, SQL_VALUES(sql_i(id))))
		return false;
	if (sql_row(q, SQL_CONTACT_ADDRESSES))
		a.address = sql_text(q, SQL_CONTACT_ADDRESSES, 0, p);
	*found = a.address != NULL;
	return sql_end(q, SQL_CONTACT_ADDRESSES, e) && (!*found || store_contact(q, p, owner, &a, out, found, e));
}

bool store_contacts(struct sql *q, struct pool *p, const char *owner, struct contact **out, size_t *n, struct err *e)
{
	*out = NULL;
	*n = 0;
	if (!sql_query(q, SQL_CONTACT_ALL, e, SQL_VALUES(sql_t(owner))))
		return false;
	while (sql_row(q, SQL_CONTACT_ALL))
		read_row(q, SQL_CONTACT_ALL, p, owner, pool_more(p, out, (*n)++, sizeof **out));
	return sql_end(q, SQL_CONTACT_ALL, e);
}

bool store_contact_known(struct sql *q, struct pool *p, const char *owner, struct addrs *out, struct err *e)
{
	*out = (struct addrs){ 0 };
	if (!sql_query(q, SQL_CONTACT_KNOWN, e, SQL_VALUES(sql_t(owner))))
		return false;
	while (sql_row(q, SQL_CONTACT_KNOWN)) { /* each is there once: not asked, for there may be thousands */
		struct addr *a = pool_more(p, &out->list, out->n++, sizeof *a);

		*a = (struct addr){ sql_text(q, SQL_CONTACT_KNOWN, 1, p), sql_text(q, SQL_CONTACT_KNOWN, 0, p) };
	}
	return sql_end(q, SQL_CONTACT_KNOWN, e);
}

bool store_contact_save(struct sql *q, struct contact *c, utc now, struct err *e)
{
	struct pool *p = pool_new();
	const char *kinds = strings_join(p, &c->automatic, ' ', KINDS_MOST), *stage = contact_stage_name(c->stage),
		   *segment = contact_segment_name(c->segment), *consent = contact_consent_name(c->consent);
	bool well;

	if (c->id)
		well = sql_do_one(q, SQL_CONTACT_SAVE, e,
				  SQL_VALUES(sql_i(c->id), sql_t(c->name), sql_t(c->language), sql_t(c->zone), sql_t(stage), sql_t(segment), sql_t(consent),
					     sql_t(c->why), sql_t(kinds), sql_n(c->absent), sql_n(c->absent_since), sql_t(c->channel), sql_t(c->phone),
					     sql_t(c->between), sql_i(c->cadence_ideal), sql_i(c->cadence_latest), sql_t(c->decides), sql_t(c->expects),
					     sql_t(c->conflict), sql_t(contact_stage_name(c->proposed)), sql_t(c->country)));
	else
		well = store_count(q, SQL_CONTACT_ADD,
				   SQL_VALUES(sql_t(c->owner), sql_t(c->name), sql_t(c->language), sql_t(c->zone), sql_t(stage), sql_t(segment), sql_t(consent),
					      sql_t(c->why), sql_t(kinds), sql_n(c->absent), sql_i(now), sql_n(c->absent_since), sql_t(c->channel),
					      sql_t(c->phone), sql_t(c->between), sql_i(c->cadence_ideal), sql_i(c->cadence_latest), sql_t(c->decides),
					      sql_t(c->expects), sql_t(c->conflict), sql_t(c->country)),
				   &c->id, e) &&
		       store_contact_address(q, c, c->address, e);
	pool_end(&p);
	return well;
}

bool store_contact_address(struct sql *q, const struct contact *c, const char *address, struct err *e)
{
	struct pool *p = pool_new();
	bool well = sql_do(q, SQL_CONTACT_ADDRESS_ADD, e, SQL_VALUES(sql_t(c->owner), sql_t(addr_lower(p, address)), sql_i(c->id)));

	pool_end(&p);
	return well;
}

bool store_contact_made(struct sql *q, struct pool *p, const char *owner, const struct addr *a, struct contact *out, utc now, struct err *e)
{
	bool noted;

	if (!store_contact(q, p, owner, a, out, &noted, e))
		return false;
	if (!noted)
		out->made = now;
	return noted || store_contact_save(q, out, now, e);
}

bool store_contact_addresses(struct sql *q, struct pool *p, const struct contact *c, struct strings *out, struct err *e)
{
	*out = (struct strings){ 0 };
	if (!sql_query(q, SQL_CONTACT_ADDRESSES, e, SQL_VALUES(sql_i(c->id))))
		return false;
	while (sql_row(q, SQL_CONTACT_ADDRESSES))
		*(const char **)pool_more(p, &out->list, out->n++, sizeof *out->list) = sql_text(q, SQL_CONTACT_ADDRESSES, 0, p);
	return sql_end(q, SQL_CONTACT_ADDRESSES, e);
}

bool store_contact_merge(struct sql *q, int64_t into, int64_t from, struct err *e)
{
	return into != from ? sql_do(q, SQL_CONTACT_MERGE, e, SQL_VALUES(sql_i(from), sql_i(into))) :
			      err_perm(e, "contact %lld is not merged into itself", (long long)into);
}

bool store_contact_part(struct sql *q, const char *owner, const char *address, struct err *e)
{
	return sql_do_one(q, SQL_CONTACT_PART, e, SQL_VALUES(sql_t(owner), sql_t(address)));
}

bool store_contact_apart(struct sql *q, int64_t a, int64_t b, struct err *e)
{
	return sql_do(q, SQL_CONTACT_APART_ADD, e, SQL_VALUES(sql_i(a < b ? a : b), sql_i(a < b ? b : a)));
}

/* ---- what they want to hear of ---- */

static bool interests(struct sql *q, enum sql_query id, struct pool *p, struct interest **out, size_t *n, struct err *e)
{
	*out = NULL;
	*n = 0;
	while (sql_row(q, id)) {
		struct interest *i = pool_more(p, out, (*n)++, sizeof *i);

		*i = (struct interest){ .id = sql_int(q, id, 0), .contact = sql_int(q, id, 1), .topic = sql_text(q, id, 2, p), .until = sql_int(q, id, 3),
					.commitment = sql_int(q, id, 4), .at = sql_int(q, id, 5), .asked = sql_int(q, id, 6) };
		if (id != SQL_INTEREST_OF) {
			i->owner = sql_text(q, id, 7, p);
			i->who = (struct addr){ .address = sql_text(q, id, 8, p), .name = sql_text(q, id, 9, p) };
		}
	}
	return sql_end(q, id, e);
}

bool store_interests(struct sql *q, struct pool *p, int64_t contact, struct interest **out, size_t *n, struct err *e)
{
	return sql_query(q, SQL_INTEREST_OF, e, SQL_VALUES(sql_i(contact))) && interests(q, SQL_INTEREST_OF, p, out, n, e);
}

bool store_interests_live(struct sql *q, struct pool *p, utc now, struct interest **out, size_t *n, struct err *e)
{
	return sql_query(q, SQL_INTEREST_LIVE, e, SQL_VALUES(sql_i(now))) && interests(q, SQL_INTEREST_LIVE, p, out, n, e);
}

bool store_interests_ending(struct sql *q, struct pool *p, const char *owner, utc now, utc till, struct interest **out, size_t *n, struct err *e)
{
	return sql_query(q, SQL_INTEREST_ENDING, e, SQL_VALUES(sql_t(owner), sql_i(now), sql_i(till))) && interests(q, SQL_INTEREST_ENDING, p, out, n, e);
}

bool store_interest_add(struct sql *q, struct pool *p, struct interest *i, bool *known, struct err *e)
{
	struct interest *all;
	size_t n;

	if (!store_interests(q, p, i->contact, &all, &n, e))
		return false;
	*known = false;
	for (size_t k = 0; k < n && !*known; k++)
		if (strcmp(text_fold(p, all[k].topic), text_fold(p, i->topic)) == 0)
			*known = true, i->id = all[k].id;
	if (*known)
		return sql_do_one(q, SQL_INTEREST_UNTIL, e, SQL_VALUES(sql_i(i->id), sql_i(i->until), sql_n(i->commitment), sql_n(i->letter)));
	return store_count(q, SQL_INTEREST_ADD,
			   SQL_VALUES(sql_i(i->contact), sql_t(i->topic), sql_i(i->until), sql_n(i->commitment), sql_n(i->letter), sql_i(i->at)), &i->id, e);
}

bool store_interest_close(struct sql *q, int64_t id, utc now, struct err *e)
{
	return sql_do_one(q, SQL_INTEREST_CLOSE, e, SQL_VALUES(sql_i(id), sql_i(now)));
}
