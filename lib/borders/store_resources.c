/* the library of approved material */
#include <string.h>

#include "borders/store.h"
#include "ground/text.h"

/* What a search finds it by: folded as the words that are looked for are. */
static char *words_of(struct pool *p, const struct resource *r)
{
	return text_fold(p, pool_print(p, "%s\n%s\n%s", r->title, strings_join(p, &r->tags, '\n', NOTE_MOST), r->about));
}

bool store_resource_add(struct sql *q, struct resource *r, struct err *e)
{
	struct pool *p = pool_new();
	bool well = store_count(q, SQL_RESOURCE_ADD,
				SQL_VALUES(sql_t(r->title), sql_t(r->link), sql_t(r->file), sql_t(r->digest), sql_t(r->about), sql_t(strings_join(p, &r->tags, '\n', NOTE_MOST)),
					   sql_t(strings_join(p, &r->languages, '\n', NOTE_MOST)), sql_t(r->approved_by), sql_n(r->approved), sql_n(r->until), sql_i(r->made)),
				&r->id, e) &&
		    sql_do(q, SQL_RESOURCE_WORDS_ADD, e, SQL_VALUES(sql_i(r->id), sql_t(words_of(p, r))));

	pool_end(&p);
	return well;
}

bool store_resource_save(struct sql *q, const struct resource *r, struct err *e)
{
	struct pool *p = pool_new();
	bool well = sql_do_one(q, SQL_RESOURCE_SAVE, e,
			       SQL_VALUES(sql_i(r->id), sql_t(r->title), sql_t(r->digest), sql_t(r->about), sql_t(strings_join(p, &r->tags, '\n', NOTE_MOST)),
					  sql_t(strings_join(p, &r->languages, '\n', NOTE_MOST)), sql_t(r->approved_by), sql_n(r->approved), sql_n(r->until), sql_n(r->retired))) &&
		    sql_do(q, SQL_RESOURCE_WORDS_SET, e, SQL_VALUES(sql_i(r->id), sql_t(words_of(p, r))));

	pool_end(&p);
	return well;
}

/* All rows of a query over RESOURCE_COLUMNS. */
static bool rows(struct sql *q, enum sql_query id, struct pool *p, struct resource **out, size_t *n, struct err *e)
{
	*out = NULL;
	*n = 0;
	while (sql_row(q, id)) {
		struct resource *r = pool_more(p, out, (*n)++, sizeof *r);

		*r = (struct resource){
			.id = sql_int(q, id, 0), .title = sql_text(q, id, 1, p), .link = sql_text(q, id, 2, p), .file = sql_text(q, id, 3, p),
			.digest = sql_text(q, id, 4, p), .about = sql_text(q, id, 5, p), .tags = strings_part(p, sql_text(q, id, 6, p), '\n'),
			.languages = strings_part(p, sql_text(q, id, 7, p), '\n'), .approved_by = sql_text(q, id, 8, p), .approved = sql_int(q, id, 9),
			.until = sql_int(q, id, 10), .made = sql_int(q, id, 11), .retired = sql_int(q, id, 12),
		};
	}
	return sql_end(q, id, e);
}

static bool one(struct sql *q, enum sql_query id, struct pool *p, struct resource *out, bool *found, struct err *e)
{
	struct resource *list;
	size_t n;

	if (!rows(q, id, p, &list, &n, e))
		return false;
	*found = n > 0;
	if (n)
		*out = list[0];
	return true;
}

bool store_resource(struct sql *q, struct pool *p, int64_t id, struct resource *out, bool *found, struct err *e)
{
	return sql_query(q, SQL_RESOURCE_GET, e, SQL_VALUES(sql_i(id))) && one(q, SQL_RESOURCE_GET, p, out, found, e);
}

bool store_resource_at(struct sql *q, struct pool *p, const char *file, const char *link, struct resource *out, bool *found, struct err *e)
{
	return sql_query(q, SQL_RESOURCE_AT, e, SQL_VALUES(sql_t(file), sql_t(link))) && one(q, SQL_RESOURCE_AT, p, out, found, e);
}

bool store_resource_same(struct sql *q, struct pool *p, const char *digest, struct resource *out, bool *found, struct err *e)
{
	return sql_query(q, SQL_RESOURCE_DIGEST, e, SQL_VALUES(sql_t(digest))) && one(q, SQL_RESOURCE_DIGEST, p, out, found, e);
}

bool store_resources(struct sql *q, struct pool *p, bool all, struct resource **out, size_t *n, struct err *e)
{
	enum sql_query id = all ? SQL_RESOURCE_ALL : SQL_RESOURCE_LIVE;

	return sql_query(q, id, e, 0, NULL) && rows(q, id, p, out, n, e);
}

bool store_resources_of(struct sql *q, struct pool *p, int64_t outgoing, struct resource **out, size_t *n, struct err *e)
{
	return sql_query(q, SQL_OUTGOING_RESOURCES, e, SQL_VALUES(sql_i(outgoing))) && rows(q, SQL_OUTGOING_RESOURCES, p, out, n, e);
}

bool store_resources_search(struct sql *q, struct pool *p, const struct strings *words, struct resource **out, size_t *n, struct err *e)
{
	struct text *match = text_new(p, ANSWER_MOST);

	*out = NULL;
	*n = 0;
	for (size_t i = 0; i < words->n; i++) {
		size_t length = strlen(words->list[i]), stem = length > 7 ? length - 3 : length > 4 ? 4 : length;

		/* no quote can stand in a word (fit_words); the beginning alone, since endings differ */
		text_print(match, "%s\"%s\"*", i ? " OR " : "", pool_slice(p, words->list[i], utf8_cut(words->list[i], stem)));
	}
	return !words->n || (sql_query(q, SQL_RESOURCE_SEARCH, e, SQL_VALUES(sql_t(match->s))) && rows(q, SQL_RESOURCE_SEARCH, p, out, n, e));
}
