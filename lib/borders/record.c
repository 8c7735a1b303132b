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

bool record_head(struct sql *q, struct pool *p, const char **out, struct err *e)
{
	*out = "";
	if (!sql_query(q, SQL_EVENT_LAST_MAC, e, 0, NULL))
		return false;
	if (sql_row(q, SQL_EVENT_LAST_MAC)) {
		size_t n;
		const void *mac = sql_blob(q, SQL_EVENT_LAST_MAC, 0, p, &n);

		*out = pool_print(p, "%lld:%s", (long long)sql_int(q, SQL_EVENT_LAST_MAC, 1), secret_hex(p, mac, n));
	}
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

/* What is left of a row whose texts were erased, by the event `by`: its own mac, and its fields but those. */
static void rest_of(struct pool *p, const unsigned char key[DIGEST_LENGTH], const void *mac, size_t n, const struct recorded *r, int64_t by,
		    unsigned char out[DIGEST_LENGTH])
{
	struct event v = r->event;

	v.detail = v.before = "";
	v.owner = pool_print(p, "%s erased by %lld, row %lld", v.owner, (long long)by, (long long)r->row);
	mac_of(p, key, mac, n, r->at, &v, out);
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

bool record_mark(struct sql *q, struct pool *p, const char *text, const char **out, struct err *e)
{
	unsigned char key[DIGEST_LENGTH], mark[DIGEST_LENGTH];

	if (!key_to_write(q, p, false, key, e))
		return false;
	text = pool_print(p, "a mark of %s", text); /* no row begins so: it begins with a number, or a mac */
	secret_hmac(key, DIGEST_LENGTH, text, strlen(text), mark);
	explicit_bzero(key, sizeof key);
	*out = secret_hex(p, mark, sizeof mark);
	return true;
}

/* ---- digests in details ---- */

#define SEAL " [sha256 "
enum { HEX_LENGTH = 2 * DIGEST_LENGTH };

const char *record_digest(struct pool *p, const void *bytes, size_t n)
{
	unsigned char d[DIGEST_LENGTH];

	secret_digest(bytes, n, d);
	return secret_hex(p, d, sizeof d);
}

const char *record_sealed(struct pool *p, const char *detail, const char *digest)
{
	return *digest ? pool_print(p, "%s" SEAL "%s]", detail, digest) : detail;
}

const char *record_unsealed(struct pool *p, const char *detail, const char **digest)
{
	size_t n = strlen(detail), tail = sizeof SEAL - 1 + HEX_LENGTH + 1;
	const char *seal = n < tail ? NULL : detail + n - tail;

	*digest = "";
	if (!seal || memcmp(seal, SEAL, sizeof SEAL - 1) != 0 || strspn(seal + sizeof SEAL - 1, "0123456789abcdef") != HEX_LENGTH || detail[n - 1] != ']')
		return detail;
	*digest = pool_slice(p, seal + sizeof SEAL - 1, HEX_LENGTH);
	return pool_slice(p, detail, n - tail);
}

/* ---- the chain followed ---- */

/* Where the walk stands: the mac of the row before, as it is there and as it should be. A row whose mac alone was changed is no fault
 * of the next one, nor is a row whose fields were. */
struct chain {
	unsigned char key[DIGEST_LENGTH], is[DIGEST_LENGTH], should[DIGEST_LENGTH];
	size_t length; /* of both; 0: no row yet */
	int64_t row;
};

static bool fits(struct pool *p, struct chain *k, const struct recorded *r, const void *mac, size_t n, const void *rest, size_t rest_length)
{
	unsigned char after[DIGEST_LENGTH];
	bool fit;

	if (r->erased) {
		rest_of(p, k->key, mac, n, r, r->erased, after);
		memset(k->is, 0, DIGEST_LENGTH);
		memcpy(k->is, mac, n < DIGEST_LENGTH ? n : DIGEST_LENGTH);
		memcpy(k->should, k->is, DIGEST_LENGTH);
		k->length = DIGEST_LENGTH;
		return rest_length == DIGEST_LENGTH && memcmp(rest, after, DIGEST_LENGTH) == 0 && !*r->event.detail && !*r->event.before;
	}
	mac_of(p, k->key, k->is, k->length, r->at, &r->event, after);
	fit = n == DIGEST_LENGTH && memcmp(mac, after, n) == 0;
	if (!fit && memcmp(k->is, k->should, DIGEST_LENGTH) != 0) {
		mac_of(p, k->key, k->should, k->length, r->at, &r->event, after);
		fit = n == DIGEST_LENGTH && memcmp(mac, after, n) == 0;
	}
	memcpy(k->should, after, DIGEST_LENGTH);
	memset(k->is, 0, DIGEST_LENGTH);
	memcpy(k->is, mac, n < DIGEST_LENGTH ? n : DIGEST_LENGTH);
	k->length = DIGEST_LENGTH;
	return fit;
}

static void read_row(struct sql *q, struct pool *p, struct recorded *r)
{
	*r = (struct recorded){ .row = sql_int(q, SQL_EVENT_ALL, 0), .at = sql_int(q, SQL_EVENT_ALL, 1),
				.event = { .owner = sql_text(q, SQL_EVENT_ALL, 2, p), .word = sql_text(q, SQL_EVENT_ALL, 3, p),
					   .commitment = sql_int(q, SQL_EVENT_ALL, 4), .outgoing = sql_int(q, SQL_EVENT_ALL, 5),
					   .letter = sql_int(q, SQL_EVENT_ALL, 6), .detail = sql_text(q, SQL_EVENT_ALL, 7, p),
					   .before = sql_text(q, SQL_EVENT_ALL, 8, p), .undoes = sql_int(q, SQL_EVENT_ALL, 9) },
				.erased = sql_int(q, SQL_EVENT_ALL, 11) };
}

/* The next rows; `got` 0: that was all. */
static bool verify_some(struct sql *q, struct pool *p, struct chain *k, record_each *each, void *arg, struct record_state *s, size_t *got, struct err *e)
{
	enum { AT_ONCE = 500 };
	bool well = sql_query(q, SQL_EVENT_ALL, e, SQL_VALUES(sql_i(k->row), sql_i(AT_ONCE)));

	*got = 0;
	if (!well)
		return false;
	while (well && sql_row(q, SQL_EVENT_ALL)) {
		struct recorded r;
		const void *mac, *rest;
		size_t n = 0, rest_length = 0;

		read_row(q, p, &r);
		mac = sql_blob(q, SQL_EVENT_ALL, 10, p, &n);
		rest = sql_blob(q, SQL_EVENT_ALL, 12, p, &rest_length);
		r.mac = secret_hex(p, n ? mac : (const unsigned char *)"", n);
		r.gone = r.row - k->row - 1;
		r.fits = fits(p, k, &r, n ? mac : "", n, rest_length ? rest : "", rest_length) && !r.gone;
		if (r.erased)
			r.event.detail = pool_print(p, "erased with the person it named, by event %lld", (long long)r.erased);
		k->row = r.row;
		s->rows++;
		s->faults += !r.fits;
		if (!r.fits && !s->broken)
			s->broken = r.row;
		(*got)++;
		well = !each || each(arg, &r, e);
	}
	return sql_end(q, SQL_EVENT_ALL, well ? e : NULL) && well;
}

bool record_verify(struct sql *q, struct pool *parent, record_each *each, void *arg, struct record_state *out, struct err *e)
{
	struct chain k = { .length = 0 };
	struct record_state s = { .head = "" };
	size_t got = 0;
	bool well = key_of(q, parent, false, k.key, e);

	do {
		struct pool *p = pool_new();

		well = well && verify_some(q, p, &k, each, arg, &s, &got, e);
		pool_end(&p);
	} while (well && got);
	s.newest = k.row;
	if (k.length)
		s.head = secret_hex(parent, k.is, DIGEST_LENGTH);
	explicit_bzero(k.key, sizeof k.key);
	if (!well)
		return false;
	*out = s;
	return true;
}

/* ---- erasure ---- */

/* A row whose texts go, and its mac. */
struct going {
	struct recorded r;
	unsigned char mac[DIGEST_LENGTH];
};

/* The next rows after `row`: those that it names are added, without their texts. */
static bool going_some(struct sql *q, struct pool *p, int64_t *row, record_names *names, void *arg, struct going **list, size_t *n, bool *more, struct err *e)
{
	struct pool *one = pool_new();

	*more = false;
	if (!sql_query(q, SQL_EVENT_ALL, e, SQL_VALUES(sql_i(*row), sql_i(500)))) {
		pool_end(&one);
		return false;
	}
	while (sql_row(q, SQL_EVENT_ALL)) {
		struct recorded r;
		struct going *g;
		const void *mac;
		size_t length;

		read_row(q, one, &r);
		mac = sql_blob(q, SQL_EVENT_ALL, 10, one, &length);
		*row = r.row;
		*more = true;
		if (r.erased || length != DIGEST_LENGTH || (!*r.event.detail && !*r.event.before) || !names(arg, &r))
			continue;
		r.event.owner = pool_copy(p, r.event.owner), r.event.word = pool_copy(p, r.event.word);
		r.event.detail = r.event.before = "";
		g = pool_more(p, list, (*n)++, sizeof *g);
		g->r = r;
		memcpy(g->mac, mac, length);
	}
	pool_end(&one);
	return sql_end(q, SQL_EVENT_ALL, e);
}

bool record_erase(struct sql *q, record_names *names, void *arg, const struct event *says, utc now, int64_t *count, struct err *e)
{
	unsigned char key[DIGEST_LENGTH], rest[DIGEST_LENGTH];
	struct pool *p = pool_new();
	struct event v = *says;
	struct going *list = NULL;
	int64_t row = 0, by = 0;
	size_t n = 0;
	bool more = true, well = true;

	while (well && more)
		well = going_some(q, p, &row, names, arg, &list, &n, &more, e);
	v.detail = pool_print(p, "%s; the texts of %zu events", says->detail, n);
	well = well && record_add(q, &v, now, e) && key_to_write(q, p, false, key, e) && sql_query(q, SQL_EVENT_LAST_MAC, e, 0, NULL);
	if (well && sql_row(q, SQL_EVENT_LAST_MAC))
		by = sql_int(q, SQL_EVENT_LAST_MAC, 1);
	well = well && sql_end(q, SQL_EVENT_LAST_MAC, e);
	for (size_t i = 0; i < n && well; i++) {
		rest_of(p, key, list[i].mac, DIGEST_LENGTH, &list[i].r, by, rest);
		well = sql_do_one(q, SQL_EVENT_ERASE, e, SQL_VALUES(sql_i(list[i].r.row), sql_i(by), sql_b(rest, sizeof rest)));
	}
	explicit_bzero(key, sizeof key);
	*count = (int64_t)n;
	pool_end(&p);
	return well;
}
