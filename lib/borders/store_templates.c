/* Approvals of the owner's own templates. They stand in the record, under the template's name in place of an owner's: the
 * newest one counts, and only for the text it was given to. */
#include <string.h>

#include "borders/record.h"
#include "borders/secret.h"
#include "borders/store.h"

enum { BY_MOST = 200 };

static const char *key_of(struct pool *p, const struct own_template *t)
{
	return pool_print(p, "template %s.%s.md", t->name, t->language);
}

static const char *digest_of(struct pool *p, const struct own_template *t)
{
	unsigned char d[DIGEST_LENGTH];

	secret_digest(t->text, strlen(t->text), d);
	return secret_hex(p, d, DIGEST_LENGTH);
}

bool store_template_approved(struct sql *q, struct pool *p, const struct own_template *t, const char **by, utc *at, struct err *e)
{
	const char *digest = digest_of(p, t);
	size_t n = strlen(digest);

	*by = "";
	*at = 0;
	if (!sql_query(q, SQL_EVENT_NEWEST, e, SQL_VALUES(sql_t(key_of(p, t)))))
		return false;
	while (sql_row(q, SQL_EVENT_NEWEST)) {
		const char *detail = sql_text(q, SQL_EVENT_NEWEST, 1, p);

		if (strncmp(detail, digest, n) == 0 && strncmp(detail + n, " by ", 4) == 0) {
			*by = detail + n + 4;
			*at = sql_int(q, SQL_EVENT_NEWEST, 0);
		}
	}
	return sql_end(q, SQL_EVENT_NEWEST, e);
}

bool store_templates(struct sql *q, struct conf *c, struct err *e)
{
	struct pool *p = pool_new();
	bool well = true;

	for (size_t i = 0; well && i < c->own_count; i++) {
		const char *by;
		utc at;

		well = store_template_approved(q, p, &c->own[i], &by, &at, e);
		c->own[i].approved = well && *by;
	}
	pool_end(&p);
	return well;
}

bool store_template_approve(struct sql *q, const struct own_template *t, const char *by, utc now, struct err *e)
{
	struct pool *p = pool_new();
	struct event v = { .owner = key_of(p, t), .word = "approved",
			   .detail = pool_print(p, "%s by %s", digest_of(p, t), line_from(p, by, BY_MOST).s) };
	bool well = sql_begin(q, e);

	if (well && !record_add(q, &v, now, e)) {
		sql_rollback(q);
		well = false;
	}
	well = well && sql_commit(q, e);
	pool_end(&p);
	return well;
}
