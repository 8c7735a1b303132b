#include "borders/record.h"

#include <string.h>

#include "borders/secret.h"
#include "ground/text.h"

static bool key_of(struct sql *q, struct pool *p, bool make, unsigned char key[DIGEST_LENGTH], struct err *e)
{
	return secret_key(pool_print(p, "%s.key", sql_path(q)), make, key, e);
}

/* A record that has rows has a key. Where that is gone none is made in its place: the rows could no longer be proven, and
 * nobody would know. TEMP: once the key is back, all goes on. */
static bool key_to_write(struct sql *q, struct pool *p, bool first, unsigned char key[DIGEST_LENGTH], struct err *e)
{
	const char *path = pool_print(p, "%s.key", sql_path(q));

	if (!first && !sql_exists(path))
		return err_temp(e, "%s: the key of the record is gone; nothing is done without it. Put your copy of it back there, mode 0600; "
				   "if there is none: keptd(8), RESTORE", path);
	return key_of(q, p, first, key, e);
}

/* The newest row's mac; n 0: there is none. */
static bool last_mac(struct sql *q, struct pool *p, const void **last, size_t *n, struct err *e)
{
	*n = 0;
	if (!sql_query(q, SQL_EVENT_LAST_MAC, e, 0, NULL))
		return false;
	if (sql_row(q, SQL_EVENT_LAST_MAC))
		*last = sql_blob(q, SQL_EVENT_LAST_MAC, 0, p, n);
	return sql_end(q, SQL_EVENT_LAST_MAC, e);
}

bool record_ready(struct sql *q, struct err *e)
{
	unsigned char key[DIGEST_LENGTH];
	struct pool *p = pool_new();
	const void *last = "";
	size_t n;
	bool well = last_mac(q, p, &last, &n, e) && (!n || key_to_write(q, p, false, key, e));

	explicit_bzero(key, sizeof key);
	pool_end(&p);
	return well;
}

/* The fields, each with its length, so that no two rows can look the same. */
static void mac_of(struct pool *p, const unsigned char key[DIGEST_LENGTH], const void *last, size_t last_length, utc at,
		   const struct event *v, unsigned char out[DIGEST_LENGTH])
{
	const char *texts[] = { v->owner, v->word, v->detail ? v->detail : "", v->before ? v->before : "" };
	struct text *t = text_new(p, 1 << 20);

	text_put(t, last, last_length);
	text_print(t, "%lld %lld %lld %lld %lld\n", (long long)at, (long long)v->commitment, (long long)v->outgoing,
		   (long long)v->letter, (long long)v->undoes);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		text_print(t, "%zu:%s\n", strlen(texts[i]), texts[i]);
	secret_hmac(key, DIGEST_LENGTH, t->s, t->n, out);
}

bool record_add(struct sql *q, const struct event *v, utc now, struct err *e)
{
	unsigned char key[DIGEST_LENGTH], mac[DIGEST_LENGTH];
	const void *last = "";
	size_t n = 0;
	struct pool *p = pool_new();
	bool well = last_mac(q, p, &last, &n, e) && key_to_write(q, p, !n, key, e);

	if (well) {
		mac_of(p, key, last, n, now, v, mac);
		well = sql_do(q, SQL_EVENT_ADD, e,
			      SQL_VALUES(sql_i(now), sql_t(v->owner), sql_t(v->word), sql_n(v->commitment), sql_n(v->outgoing),
					 sql_n(v->letter), sql_t(v->detail), sql_t(v->before), sql_n(v->undoes), sql_b(mac, sizeof mac)));
	}
	explicit_bzero(key, sizeof key);
	pool_end(&p);
	return well;
}

bool record_verify(struct sql *q, struct pool *parent, int64_t *broken, int64_t *count, struct err *e)
{
	enum { AT_ONCE = 500 };
	unsigned char key[DIGEST_LENGTH], mac[DIGEST_LENGTH], last[DIGEST_LENGTH];
	size_t last_length = 0, n;
	int64_t after = 0, found = 0, seen = 0, got;

	if (!key_of(q, parent, false, key, e))
		return false;
	do {
		struct pool *p = pool_new();

		got = 0;
		if (!sql_query(q, SQL_EVENT_ALL, e, SQL_VALUES(sql_i(after), sql_i(AT_ONCE)))) {
			pool_end(&p);
			return false;
		}
		while (!found && sql_row(q, SQL_EVENT_ALL)) {
			struct event v = { .owner = sql_text(q, SQL_EVENT_ALL, 2, p), .word = sql_text(q, SQL_EVENT_ALL, 3, p),
					   .commitment = sql_int(q, SQL_EVENT_ALL, 4), .outgoing = sql_int(q, SQL_EVENT_ALL, 5),
					   .letter = sql_int(q, SQL_EVENT_ALL, 6), .detail = sql_text(q, SQL_EVENT_ALL, 7, p),
					   .before = sql_text(q, SQL_EVENT_ALL, 8, p), .undoes = sql_int(q, SQL_EVENT_ALL, 9) };
			const void *has = sql_blob(q, SQL_EVENT_ALL, 10, p, &n);

			mac_of(p, key, last, last_length, sql_int(q, SQL_EVENT_ALL, 1), &v, mac);
			after = sql_int(q, SQL_EVENT_ALL, 0);
			if (n != sizeof mac || memcmp(has, mac, n) != 0 || after != seen + 1)
				found = after;
			memcpy(last, mac, sizeof last);
			last_length = sizeof last;
			got++;
			seen++;
		}
		pool_end(&p);
		if (!sql_end(q, SQL_EVENT_ALL, e))
			return false;
	} while (!found && got == AT_ONCE);
	*broken = found;
	*count = seen;
	return true;
}
