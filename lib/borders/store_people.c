/* what is noted of people, by day: needs, exchanges, notes, insights, their work */
#include <string.h>

#include "borders/store.h"

static void need(struct sql *q, enum sql_query id, struct pool *p, void *row)
{
	struct need *r = row;

	*r = (struct need){ .id = sql_int(q, id, 0), .contact = sql_int(q, id, 1), .text = sql_text(q, id, 3, p), .look = sql_int(q, id, 4),
			    .at = sql_int(q, id, 5), .closed = sql_int(q, id, 6) };
	contact_term_from(sql_text(q, id, 2, p), &r->term);
}

static void exchange(struct sql *q, enum sql_query id, struct pool *p, void *row)
{
	struct exchange *r = row;

	*r = (struct exchange){ .id = sql_int(q, id, 0), .contact = sql_int(q, id, 1), .at = sql_int(q, id, 2), .channel = sql_text(q, id, 3, p),
				.text = sql_text(q, id, 5, p), .letter = sql_int(q, id, 6) };
	contact_direction_from(sql_text(q, id, 4, p), &r->direction);
}

static void note(struct sql *q, enum sql_query id, struct pool *p, void *row)
{
	*(struct contact_note *)row = (struct contact_note){ .id = sql_int(q, id, 0), .contact = sql_int(q, id, 1), .at = sql_int(q, id, 2),
							     .text = sql_text(q, id, 3, p) };
}

static void insight(struct sql *q, enum sql_query id, struct pool *p, void *row)
{
	*(struct insight *)row = (struct insight){ .id = sql_int(q, id, 0), .contact = sql_int(q, id, 1), .text = sql_text(q, id, 2, p),
						   .at = sql_int(q, id, 3), .told = sql_int(q, id, 4) };
}

static void work(struct sql *q, enum sql_query id, struct pool *p, void *row)
{
	*(struct work *)row = (struct work){ .id = sql_int(q, id, 0), .contact = sql_int(q, id, 1), .title = sql_text(q, id, 2, p),
					     .link = sql_text(q, id, 3, p), .at = sql_int(q, id, 4), .letter = sql_int(q, id, 5) };
}

/* All rows of a query, each read by `reads` into `size` bytes. */
static bool rows(struct sql *q, enum sql_query id, struct pool *p, void (*reads)(struct sql *, enum sql_query, struct pool *, void *),
		 size_t size, void *out, size_t *n, struct err *e, size_t count, const struct sql_value *values)
{
	void *list = NULL;
	size_t have = 0;

	if (!sql_query(q, id, e, count, values))
		return false;
	while (sql_row(q, id))
		reads(q, id, p, pool_more(p, &list, have++, size));
	if (!sql_end(q, id, e))
		return false;
	memcpy(out, &list, sizeof list);
	*n = have;
	return true;
}

bool store_need_add(struct sql *q, struct need *r, struct err *e)
{
	return store_count(q, SQL_NEED_ADD, SQL_VALUES(sql_i(r->contact), sql_t(contact_term_name(r->term)), sql_t(r->text), sql_n(r->look), sql_i(r->at)),
			   &r->id, e);
}

bool store_need_set(struct sql *q, const struct need *r, struct err *e)
{
	return sql_do_one(q, SQL_NEED_SET, e, SQL_VALUES(sql_i(r->id), sql_n(r->look), sql_n(r->closed)));
}

bool store_needs(struct sql *q, struct pool *p, int64_t contact, struct need **out, size_t *n, struct err *e)
{
	return rows(q, SQL_NEED_OF, p, need, sizeof **out, out, n, e, SQL_VALUES(sql_i(contact)));
}

bool store_needs_to_look(struct sql *q, struct pool *p, const char *owner, utc now, struct need **out, size_t *n, struct err *e)
{
	return rows(q, SQL_NEED_LOOK, p, need, sizeof **out, out, n, e, SQL_VALUES(sql_t(owner), sql_i(now)));
}

bool store_exchange_add(struct sql *q, struct exchange *r, struct err *e)
{
	return store_count(q, SQL_EXCHANGE_ADD,
			   SQL_VALUES(sql_i(r->contact), sql_i(r->at), sql_t(r->channel), sql_t(contact_direction_name(r->direction)), sql_t(r->text),
				      sql_n(r->letter)),
			   &r->id, e);
}

bool store_exchange_drop(struct sql *q, int64_t id, struct err *e)
{
	return sql_do(q, SQL_EXCHANGE_DROP, e, SQL_VALUES(sql_i(id)));
}

bool store_note_drop(struct sql *q, int64_t contact, const char *text, struct err *e)
{
	return sql_do(q, SQL_NOTE_DROP, e, SQL_VALUES(sql_i(contact), sql_t(text)));
}

bool store_exchanges(struct sql *q, struct pool *p, int64_t contact, size_t most, struct exchange **out, size_t *n, struct err *e)
{
	return rows(q, SQL_EXCHANGE_OF, p, exchange, sizeof **out, out, n, e, SQL_VALUES(sql_i(contact), sql_i((int64_t)most)));
}

bool store_exchange_last(struct sql *q, int64_t contact, utc now, utc *at, struct err *e)
{
	utc met, last;

	/* a meeting that they accepted, and that is over, is one too */
	if (!store_count(q, SQL_EXCHANGE_LAST, SQL_VALUES(sql_i(contact), sql_i(now)), &last, e) ||
	    !store_checkin_met(q, contact, now, &met, e))
		return false;
	*at = met > last ? met : last;
	return true;
}

bool store_note_add(struct sql *q, struct contact_note *r, struct err *e)
{
	return store_count(q, SQL_NOTE_ADD, SQL_VALUES(sql_i(r->contact), sql_i(r->at), sql_t(r->text)), &r->id, e);
}

bool store_notes(struct sql *q, struct pool *p, int64_t contact, struct contact_note **out, size_t *n, struct err *e)
{
	return rows(q, SQL_NOTE_OF, p, note, sizeof **out, out, n, e, SQL_VALUES(sql_i(contact)));
}

bool store_insight_add(struct sql *q, struct insight *r, struct err *e)
{
	return store_count(q, SQL_INSIGHT_ADD, SQL_VALUES(sql_i(r->contact), sql_t(r->text), sql_i(r->at)), &r->id, e);
}

bool store_insight_told(struct sql *q, int64_t id, utc now, struct err *e)
{
	return sql_do_one(q, SQL_INSIGHT_TOLD, e, SQL_VALUES(sql_i(id), sql_n(now)));
}

bool store_insight_drop(struct sql *q, int64_t id, bool *told, struct err *e)
{
	int64_t n;

	if (!store_count(q, SQL_INSIGHT_OPEN, SQL_VALUES(sql_i(id)), &n, e))
		return false;
	*told = !n;
	return *told || (sql_do(q, SQL_TELLS_DROP, e, SQL_VALUES(sql_i(id))) && sql_do(q, SQL_INSIGHT_DROP, e, SQL_VALUES(sql_i(id))));
}

bool store_insights(struct sql *q, struct pool *p, int64_t contact, struct insight **out, size_t *n, struct err *e)
{
	return rows(q, SQL_INSIGHT_OF, p, insight, sizeof **out, out, n, e, SQL_VALUES(sql_i(contact)));
}

bool store_work_add(struct sql *q, struct work *r, struct err *e)
{
	return store_count(q, SQL_WORK_ADD, SQL_VALUES(sql_i(r->contact), sql_t(r->title), sql_t(r->link), sql_i(r->at), sql_n(r->letter)), &r->id, e);
}

bool store_work_drop(struct sql *q, int64_t id, struct err *e)
{
	return sql_do_one(q, SQL_WORK_DROP, e, SQL_VALUES(sql_i(id)));
}

bool store_works(struct sql *q, struct pool *p, int64_t contact, struct work **out, size_t *n, struct err *e)
{
	return rows(q, SQL_WORK_OF, p, work, sizeof **out, out, n, e, SQL_VALUES(sql_i(contact)));
}

static void entry(struct pool *p, struct card *c, enum card_list list, int64_t id, utc at, utc day, const char *word, const char *text)
{
	struct card_entry *x = card_add(p, c, list);

	x->id = id, x->at = at, x->day = day, x->word = word, x->text = text;
}

bool store_card(struct sql *q, struct pool *p, const struct contact *who, size_t most, struct card *out, struct err *e)
{
	struct card c = { .who = *who };
	struct interest *interests;
	struct need *needs;
	struct exchange *exchanges;
	struct contact_note *notes;
	struct insight *insights;
	struct work *works;
	size_t n[CARD_LIST_COUNT] = { 0 };

	if (!store_contact_addresses(q, p, who, &c.addresses, e) || !store_interests(q, p, who->id, &interests, &n[0], e) ||
	    !store_needs(q, p, who->id, &needs, &n[1], e) || !store_exchanges(q, p, who->id, most, &exchanges, &n[2], e) ||
	    !store_notes(q, p, who->id, &notes, &n[3], e) || !store_insights(q, p, who->id, &insights, &n[4], e) ||
	    !store_works(q, p, who->id, &works, &n[5], e))
		return false;
	for (size_t i = 0; i < n[0]; i++)
		entry(p, &c, CARD_LIST_INTEREST, interests[i].id, interests[i].at, interests[i].until, "", interests[i].topic);
	for (size_t i = 0; i < n[1]; i++)
		entry(p, &c, CARD_LIST_NEED, needs[i].id, needs[i].at, needs[i].look, contact_term_name(needs[i].term), needs[i].text);
	for (size_t i = 0; i < n[2]; i++) {
		entry(p, &c, CARD_LIST_EXCHANGE, exchanges[i].id, exchanges[i].at, 0, exchanges[i].channel, exchanges[i].text);
		c.entries[c.n - 1].direction = exchanges[i].direction;
		c.entries[c.n - 1].letter = exchanges[i].letter;
	}
	for (size_t i = 0; i < n[3]; i++)
		entry(p, &c, CARD_LIST_NOTE, notes[i].id, notes[i].at, 0, "", notes[i].text);
	for (size_t i = 0; i < n[4]; i++)
		entry(p, &c, CARD_LIST_INSIGHT, insights[i].id, insights[i].at, insights[i].told, "", insights[i].text);
	for (size_t i = 0; i < n[5]; i++)
		entry(p, &c, CARD_LIST_WORK, works[i].id, works[i].at, 0, works[i].link, works[i].title);
	*out = c;
	return true;
}
