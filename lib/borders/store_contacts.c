/* people that things are promised to */
#include <string.h>

#include "borders/store.h"
#include "ground/text.h"

enum { KINDS_MOST = 400 };

/* The columns of CONTACT_COLUMNS. What this version does not know has the default. */
static void read_row(struct sql *q, enum sql_query id, struct pool *p, const char *owner, struct contact *c)
{
	*c = (struct contact){ .id = sql_int(q, id, 0), .owner = owner, .address = sql_text(q, id, 1, p), .name = sql_text(q, id, 2, p),
			       .language = sql_text(q, id, 3, p), .zone = sql_text(q, id, 4, p), .why = sql_text(q, id, 8, p),
			       .automatic = strings_part(p, sql_text(q, id, 9, p), ' '), .absent = sql_int(q, id, 10), .absent_since = sql_int(q, id, 11) };
	contact_stage_from(sql_text(q, id, 5, p), &c->stage);
	contact_segment_from(sql_text(q, id, 6, p), &c->segment);
	contact_consent_from(sql_text(q, id, 7, p), &c->consent);
}

bool store_contact(struct sql *q, struct pool *p, const char *owner, const struct addr *a, struct contact *out, bool *found, struct err *e)
{
	struct contact c = { .owner = owner, .address = addr_lower(p, a->address), .name = a->name, .language = "", .zone = "", .why = "" };
	int64_t bounced;

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
	*out = c;
	return true;
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

bool store_contact_save(struct sql *q, struct contact *c, utc now, struct err *e)
{
	struct pool *p = pool_new();
	const char *kinds = strings_join(p, &c->automatic, ' ', KINDS_MOST);
	bool well;

	if (c->id)
		well = sql_do_one(q, SQL_CONTACT_SAVE, e,
				  SQL_VALUES(sql_i(c->id), sql_t(c->name), sql_t(c->language), sql_t(c->zone), sql_t(contact_stage_name(c->stage)),
					     sql_t(contact_segment_name(c->segment)), sql_t(contact_consent_name(c->consent)), sql_t(c->why), sql_t(kinds),
					     sql_n(c->absent), sql_n(c->absent_since)));
	else
		well = store_count(q, SQL_CONTACT_ADD,
				   SQL_VALUES(sql_t(c->owner), sql_t(c->name), sql_t(c->language), sql_t(c->zone), sql_t(contact_stage_name(c->stage)),
					      sql_t(contact_segment_name(c->segment)), sql_t(contact_consent_name(c->consent)), sql_t(c->why), sql_t(kinds),
					      sql_n(c->absent), sql_i(now), sql_n(c->absent_since)),
				   &c->id, e) &&
		       sql_do(q, SQL_CONTACT_ADDRESS_ADD, e, SQL_VALUES(sql_t(c->owner), sql_t(addr_lower(p, c->address)), sql_i(c->id)));
	pool_end(&p);
	return well;
}
