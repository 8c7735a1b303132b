/* commitments, owners, held messages, beats */
#include "borders/store.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "borders/record.h"
#include "ground/text.h"

enum { REFERENCES_MOST = 64 << 10, RETURNED_MOST = 600, RETURNED_SECONDS = 30 * 86400 };

const char *store_seal(struct pool *p, const struct commitment *m)
{
	const char *fixed[] = { m->request ? m->request : "", m->words, m->message_id };
	struct text *t = text_new(p, 1 << 20);

	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		text_print(t, "%zu:%s\n", strlen(fixed[i]), fixed[i]);
	return record_digest(p, t->s, t->n);
}

const char *store_sealed(struct pool *p, const struct commitment *m, const char *detail)
{
	return record_sealed(p, detail, store_seal(p, m));
}

/* A field as a value, from a row, into an image and back out of it, by its form (COMMITMENT_FIELDS in queries.def). */
#define VALUE_TEXT(field) sql_t(field)
#define VALUE_NUMBER(field) sql_i(field)
#define VALUE_FLAG(field) sql_i(field)
#define VALUE_TIME(field) sql_n(field)
#define VALUE(form, name) , VALUE_##form(m->name)
#define NO_VALUE(form, name)

bool store_commitment_add(struct sql *q, struct commitment *m, utc answered, struct err *e)
{
	struct pool *p = pool_new();
	const char *references = strings_join(p, &m->references, ' ', REFERENCES_MOST);
	bool well = store_count(q, SQL_COMMITMENT_ADD,
				SQL_VALUES(sql_t(m->owner->key), sql_t(commitment_state_name(m->state)),
					sql_i(commitment_is_live(m->state)),
					   sql_t(references), sql_n(answered) COMMITMENT_FIELDS(VALUE, VALUE, VALUE)),
				&m->id, e);

	pool_end(&p);
	m->version = 1;
	return well && store_commitment_to(q, m->id, &m->to, e);
}

bool store_commitment_to(struct sql *q, int64_t id, const struct addrs *to, struct err *e)
{
	struct pool *p = pool_new();
	bool well = sql_do(q, SQL_TO_CLEAR, e, SQL_VALUES(sql_i(id)));

	for (size_t i = 0; i < to->n && well; i++)
		well = sql_do(q, SQL_TO_ADD, e,
			      SQL_VALUES(sql_i(id), sql_i((int64_t)i), sql_t(to->list[i].name),
			      	sql_t(addr_lower(p, to->list[i].address))));
	pool_end(&p);
	return well;
}

bool store_commitment_save(struct sql *q, struct commitment *m, utc answered, struct err *e)
{
	if (!sql_do_one(q, SQL_COMMITMENT_SAVE, e,
			SQL_VALUES(sql_t(commitment_state_name(m->state)), sql_i(commitment_is_live(m->state)),
				sql_n(answered)
				   COMMITMENT_FIELDS(VALUE, VALUE, NO_VALUE), sql_i(m->id), sql_i(m->version))))
		return false;
	m->version++;
	return true;
}

/* COMMITMENT_COLUMNS begins with these, and then come the fields. */
enum { COLUMN_ID, COLUMN_OWNER, COLUMN_STATE, COLUMN_REFERENCES, COLUMN_ANSWERED, COLUMN_VERSION, COLUMN_FIELDS };
#define AND_ONE(form, name) + 1
enum { COLUMN_BEHIND = COLUMN_FIELDS COMMITMENT_FIELDS(AND_ONE, AND_ONE, AND_ONE) };

#define READ_TEXT(at) sql_text(q, id, at, p)
#define READ_NUMBER(at) sql_int(q, id, at)
#define READ_FLAG(at) sql_int(q, id, at)
#define READ_TIME(at) sql_int(q, id, at)
#define READ(form, name) m->name = READ_##form(at), at++;

/* The columns of COMMITMENT_COLUMNS. false: of an owner that the configuration does not name. */
static bool read_row(struct sql *q, enum sql_query id, struct pool *p, const struct conf *c, struct commitment *m,
	utc *answered)
{
	int at = COLUMN_FIELDS;

	*m = (struct commitment){ .id = sql_int(q, id, COLUMN_ID),
		.owner = conf_owner(c, sql_text(q, id, COLUMN_OWNER, p)),
				  .references = strings_part(p, sql_text(q, id, COLUMN_REFERENCES, p), ' '),
				  .version = sql_int(q, id, COLUMN_VERSION) };
	commitment_state_from(sql_text(q, id, COLUMN_STATE, p), &m->state);
	*answered = sql_int(q, id, COLUMN_ANSWERED);
	COMMITMENT_FIELDS(READ, READ, READ)
	return m->owner != NULL;
}

static bool read_to(struct sql *q, struct pool *p, struct commitment *m, struct err *e)
{
	if (!sql_query(q, SQL_TO_GET, e, SQL_VALUES(sql_i(m->id))))
		return false;
	while (sql_row(q, SQL_TO_GET))
		addrs_add(p, &m->to, sql_text(q, SQL_TO_GET, 0, p), sql_text(q, SQL_TO_GET, 1, p));
	return sql_end(q, SQL_TO_GET, e);
}

bool store_commitment(struct sql *q, struct pool *p, const struct conf *c, int64_t id, struct commitment *out,
	utc *answered, bool *found, struct err *e)
{
	struct commitment m = { 0 };
	utc a = 0;
	bool row;

	if (!sql_query(q, SQL_COMMITMENT_GET, e, SQL_VALUES(sql_i(id))))
		return false;
	row = sql_row(q, SQL_COMMITMENT_GET) && read_row(q, SQL_COMMITMENT_GET, p, c, &m, &a);
	if (!sql_end(q, SQL_COMMITMENT_GET, e) || (row && !read_to(q, p, &m, e)))
		return false;
	*found = row;
	if (row)
		*out = m;
	if (answered)
		*answered = a;
	return true;
}

/* What that query finds, with whom each is promised to. */
static bool listed(struct sql *q, struct pool *p, const struct conf *c, enum sql_query id, struct commitment **out, size_t *n, struct err *e)
{
	struct commitment *list = NULL, m;
	size_t count = 0;
	utc answered;

	while (sql_row(q, id))
		if (read_row(q, id, p, c, &m, &answered))
			*(struct commitment *)pool_more(p, &list, count++, sizeof *list) = m;
	if (!sql_end(q, id, e))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!read_to(q, p, &list[i], e))
			return false;
	*out = list;
	*n = count;
	return true;
}

bool store_commitments(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, bool all,
	struct commitment **out, size_t *n, struct err *e)
{
	enum sql_query id = all ? SQL_COMMITMENT_ALL : SQL_COMMITMENT_LIVE;

	return sql_query(q, id, e, SQL_VALUES(sql_t(o->key))) && listed(q, p, c, id, out, n, e);
}

bool store_review(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, utc since, struct commitment **out, size_t *n,
		  struct err *e)
{
	return sql_query(q, SQL_COMMITMENT_REVIEW, e, SQL_VALUES(sql_t(o->key), sql_i(since))) &&
	       listed(q, p, c, SQL_COMMITMENT_REVIEW, out, n, e);
}

bool store_review_lines(struct sql *q, struct pool *p, const char *owner, struct review *r, utc till, struct err *e)
{
#define X(id, name) name,
	static const char *const names[] = { REVIEW_LISTS(X) };
#undef X

	if (!sql_query(q, SQL_REVIEW_LINES, e, SQL_VALUES(sql_t(owner), sql_i(r->to), sql_i(till))))
		return false;
	while (sql_row(q, SQL_REVIEW_LINES)) {
		const char *name = sql_text(q, SQL_REVIEW_LINES, 0, p);
		struct review_line line = { .text = sql_text(q, SQL_REVIEW_LINES, 1, p),
					    .who = sql_text(q, SQL_REVIEW_LINES, 2, p),
					    .at = sql_int(q, SQL_REVIEW_LINES, 3) };
		int64_t about = sql_int(q, SQL_REVIEW_LINES, 4);

		if (about)
			line.words = pool_print(p, strcmp(name, "word") == 0 ? "send %lld" : "touch %lld mail", (long long)about);
		for (int i = 0; i < REVIEW_LIST_COUNT; i++)
			if (strcmp(name, names[i]) == 0)
				review_line(p, r, (enum review_list)i, line);
	}
	return sql_end(q, SQL_REVIEW_LINES, e);
}

bool store_agenda_lines(struct sql *q, struct pool *p, const char *owner, struct agenda *a, struct err *e)
{
	enum sql_query id = SQL_AGENDA_LINES;

	if (!sql_query(q, id, e, SQL_VALUES(sql_t(owner), sql_i(a->from))))
		return false;
	while (sql_row(q, id)) {
		bool word = strcmp(sql_text(q, id, 0, p), "word") == 0;
		int64_t number = sql_int(q, id, 1);

		agenda_line(p, a, word ? AGENDA_LIST_WORD : AGENDA_LIST_ANSWERED,
			    (struct review_line){ .text = sql_text(q, id, 2, p), .who = sql_text(q, id, 3, p), .at = sql_int(q, id, 4),
						  .number = number,
						  .words = !number ? "" : pool_print(p, "%s %lld", word ? "send" : "done", (long long)number) });
	}
	return sql_end(q, id, e);
}

bool store_score(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, struct score_track **out, size_t *n, struct err *e)
{
	enum sql_query id = SQL_COMMITMENT_SCORE;
	struct score_track *list = NULL, t;
	size_t count = 0;
	utc answered;

	if (!sql_query(q, id, e, SQL_VALUES(sql_t(o->key))))
		return false;
	while (sql_row(q, id)) {
		if (!read_row(q, id, p, c, &t.commitment, &answered))
			continue;
		t.answered = answered;
		t.followed = sql_int(q, id, COLUMN_BEHIND);
		t.stage = sql_text(q, id, COLUMN_BEHIND + 1, p);
		t.person = sql_text(q, id, COLUMN_BEHIND + 2, p);
		*(struct score_track *)pool_more(p, &list, count++, sizeof t) = t;
	}
	if (!sql_end(q, id, e))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!read_to(q, p, &list[i].commitment, e))
			return false;
	*out = list;
	*n = count;
	return true;
}

bool store_closed_of(struct sql *q, struct pool *p, const char *message_id, int64_t **ids, size_t *n, struct err *e)
{
	return store_ids(q, p, SQL_THREAD_CLOSED, SQL_VALUES(sql_t(message_id)), ids, n, e);
}

bool store_of_letter(struct sql *q, struct pool *p, int64_t letter, int64_t **ids, size_t *n, struct err *e)
{
	return store_ids(q, p, SQL_COMMITMENT_OF_LETTER, SQL_VALUES(sql_i(letter)), ids, n, e);
}

bool store_due(struct sql *q, struct pool *p, utc now, size_t most, int64_t **ids, size_t *n, struct err *e)
{
	return store_ids(q, p, SQL_COMMITMENT_DUE, SQL_VALUES(sql_i(now), sql_i((int64_t)most)), ids, n, e);
}

bool store_due_next(struct sql *q, utc *at, struct err *e)
{
	return store_count(q, SQL_COMMITMENT_NEXT, 0, NULL, at, e);
}

bool store_look(struct sql *q, int64_t id, utc at, struct err *e)
{
	return sql_do_one(q, SQL_COMMITMENT_LOOK, e, SQL_VALUES(sql_i(id), sql_n(at)));
}

bool store_look_all(struct sql *q, const char *owner, utc at, struct err *e)
{
	return sql_do(q, SQL_COMMITMENT_LOOK_OWNER, e, SQL_VALUES(sql_t(owner), sql_n(at)));
}

bool store_thread_add(struct sql *q, int64_t id, const char *message_id, struct err *e)
{
	return !*message_id || sql_do(q, SQL_THREAD_ADD, e, SQL_VALUES(sql_t(message_id), sql_i(id)));
}

/* What failed is not tried again by itself, and keeps nothing else back. Of notices only the one that a team is silent
 * says what came next. An approval that names a kind asked for something to say in such a mail: it stands for that mail. */
static void read_past(struct past *x, const char *kind, const char *state, const char *word)
{
	bool skipped = strncmp(word, "skip", 4) == 0;

	mail_kind_from(kind, &x->kind);
	x->how = skipped ? PAST_SKIPPED : strcmp(state, "sent") == 0 || strcmp(state, "failed") == 0 ? PAST_LEFT : PAST_WAITING;
	if (x->kind == MAIL_NOTICE && strcmp(word, WORD_SILENT) != 0)
		x->kind = MAIL_NONE;
	if (x->kind != MAIL_APPROVAL || !*word)
		return;
	if (!skipped)
		x->how = PAST_ASKED;
	mail_kind_from(skipped ? word + strlen(WORD_SKIP_ASKED) : word, &x->kind);
}

/* Whom it was promised to, as far as they are known. */
static bool of_people(struct sql *q, struct pool *p, struct dossier *d, struct err *e)
{
	const struct commitment *m = &d->commitment;
	bool found;

	for (size_t i = 0; i < m->to.n; i++) {
		struct contact *one = i ? pool_more(p, &d->also, d->also_count++, sizeof *d->also) : &d->contact;

		if (!store_contact(q, p, m->owner->key, &m->to.list[i], one, &found, e))
			return false;
	}
	return true;
}

bool store_dossier(struct sql *q, struct pool *p, const struct conf *c, int64_t id, struct dossier *out, bool *found,
	struct err *e)
{
	struct dossier d = { 0 };
	struct owner_row o;
	bool row;

	if (!store_commitment(q, p, c, id, &d.commitment, &d.answered, &row, e))
		return false;
	if (row) {
		d.policy = conf_policy(c, d.commitment.policy);
		if (!store_owner(q, d.commitment.owner->key, &o, e) ||
			    !sql_query(q, SQL_PAST_GET, e, SQL_VALUES(sql_i(id))))
			return false;
		d.paused = o.paused;
		while (sql_row(q, SQL_PAST_GET)) {
			struct past *x = pool_more(p, &d.past, d.past_count++, sizeof *d.past);

			x->at = sql_int(q, SQL_PAST_GET, 0);
			x->to = sql_text(q, SQL_PAST_GET, 4, p);
			read_past(x, sql_text(q, SQL_PAST_GET, 1, p), sql_text(q, SQL_PAST_GET, 2, p),
				sql_text(q, SQL_PAST_GET, 3, p));
		}
		if (!sql_end(q, SQL_PAST_GET, e) || !of_people(q, p, &d, e))
			return false;
		*out = d;
	}
	*found = row;
	return true;
}

/* ---- before-images ---- */

#define KEEP_TEXT(field) json_string(field)
#define KEEP_NUMBER(field) json_integer(field)
#define KEEP_FLAG(field) json_boolean(field)
#define KEEP_TIME(field) json_integer(field)
#define KEEP(form, name) json_object_set_new(j, #name, KEEP_##form(m->name));

char *store_image(struct pool *p, const struct commitment *m)
{
	json_t *to = json_array(), *j = json_object();
	char *s, *out;

	json_object_set_new(j, "state", json_string(commitment_state_name(m->state)));
	COMMITMENT_FIELDS(KEEP, NO_VALUE, NO_VALUE)
	for (size_t i = 0; i < m->to.n; i++)
		json_array_append_new(to, json_pack("[ss]", m->to.list[i].name, m->to.list[i].address));
	json_object_set_new(j, "to", to);
	s = json_dumps(j, JSON_COMPACT);
	out = pool_copy(p, s ? s : "");
	free(s);
	json_decref(j);
	return out;
}

/* An image of before there was the column lacks it: then the field is as it was. */
#define BACK_TEXT(v, field) (json_is_string(v) ? field = pool_copy(p, json_string_value(v)), true : false)
#define BACK_NUMBER(v, field) (json_is_integer(v) ? field = json_integer_value(v), true : false)
#define BACK_FLAG(v, field) (json_is_boolean(v) ? field = json_is_true(v), true : false)
#define BACK_TIME(v, field) BACK_NUMBER(v, field)
#define BACK(form, name) \
	v = json_object_get(j, #name); \
	well = well && (!v || BACK_##form(v, back.name));

bool store_image_back(struct pool *p, const char *image, struct commitment *m, struct err *e)
{
	json_t *j = json_loads(image, JSON_REJECT_DUPLICATES, NULL), *to = json_object_get(j, "to"), *v;
	const char *state = json_string_value(json_object_get(j, "state")), *name, *address;
	struct commitment back = *m;
	bool well = json_is_array(to) && state && commitment_state_from(state, &back.state);
	size_t i;

	COMMITMENT_FIELDS(BACK, NO_VALUE, NO_VALUE)
	back.to = (struct addrs){ 0 };
	json_array_foreach (to, i, v)
		if (json_unpack(v, "[ss]", &name, &address) == 0)
			addrs_add(p, &back.to, pool_copy(p, name), pool_copy(p, address));
	if (well)
		*m = back;
	json_decref(j);
	return well || err_perm(e, "the record's image of promise %lld cannot be read", (long long)m->id);
}

bool store_asked(struct sql *q, struct pool *p, int64_t commitment, const char **asked, struct err *e)
{
	*asked = NULL;
	if (!sql_query(q, SQL_EVENT_ASKED, e, SQL_VALUES(sql_i(commitment))))
		return false;
	if (sql_row(q, SQL_EVENT_ASKED) && strcmp(sql_text(q, SQL_EVENT_ASKED, 0, p), "asked") == 0)
		*asked = sql_text(q, SQL_EVENT_ASKED, 1, p);
	return sql_end(q, SQL_EVENT_ASKED, e);
}

bool store_due_said(struct sql *q, struct pool *p, int64_t commitment, utc *said, struct err *e)
{
	*said = 0;
	if (!sql_query(q, SQL_EVENT_DUE, e, SQL_VALUES(sql_i(commitment))))
		return false;
	if (sql_row(q, SQL_EVENT_DUE)) {
		const char *written = strstr(sql_text(q, SQL_EVENT_DUE, 1, p), DUE_SAID);

		if (!written || !utc_parse(written + strlen(DUE_SAID), NULL, said))
			*said = sql_int(q, SQL_EVENT_DUE, 0);
	}
	return sql_end(q, SQL_EVENT_DUE, e);
}

/* ---- owners, held messages, beats ---- */

bool store_owner(struct sql *q, const char *owner, struct owner_row *out, struct err *e)
{
	struct owner_row o = { 0 };

	if (!sql_query(q, SQL_OWNER_GET, e, SQL_VALUES(sql_t(owner))))
		return false;
	if (sql_row(q, SQL_OWNER_GET))
		o = (struct owner_row){ sql_int(q, SQL_OWNER_GET, 0), sql_int(q, SQL_OWNER_GET, 1), sql_int(q, SQL_OWNER_GET, 2),
					 sql_int(q, SQL_OWNER_GET, 3), sql_int(q, SQL_OWNER_GET, 4), sql_int(q, SQL_OWNER_GET, 5),
					 sql_int(q, SQL_OWNER_GET, 6) };
	if (!sql_end(q, SQL_OWNER_GET, e))
		return false;
	*out = o;
	return true;
}

bool store_owner_set(struct sql *q, const char *owner, const struct owner_row *o, struct err *e)
{
	return sql_do(q, SQL_OWNER_PUT, e, SQL_VALUES(sql_t(owner), sql_n(o->welcomed), sql_n(o->paused), sql_n(o->held_told), sql_n(o->proposed), sql_n(o->swept),
						 sql_n(o->reviewed), sql_n(o->agenda)));
}

bool store_held_add(struct sql *q, const struct held_row *h, int64_t *id, struct err *e)
{
	return store_count(q, SQL_HELD_ADD,
			   SQL_VALUES(sql_t(h->owner), sql_i(h->letter), sql_i(h->at), sql_t(h->reason),
			   	sql_t(h->sender), sql_t(h->subject),
				      sql_t(h->mailbox), sql_t(h->folder), sql_b(h->facts, h->n)),
			   id, e);
}

bool store_held(struct sql *q, struct pool *p, const char *owner, struct held_row **out, size_t *n, struct err *e)
{
	struct held_row *list = NULL;
	size_t count = 0;

	if (!sql_query(q, SQL_HELD_OPEN, e, SQL_VALUES(sql_t(owner))))
		return false;
	while (sql_row(q, SQL_HELD_OPEN)) {
		struct held_row *h = pool_more(p, &list, count++, sizeof *list);

		*h = (struct held_row){ .id = sql_int(q, SQL_HELD_OPEN, 0), .owner = owner,
			.at = sql_int(q, SQL_HELD_OPEN, 1),
					.reason = sql_text(q, SQL_HELD_OPEN, 2, p),
						.sender = sql_text(q, SQL_HELD_OPEN, 3, p),
					.subject = sql_text(q, SQL_HELD_OPEN, 4, p),
						.told = sql_int(q, SQL_HELD_OPEN, 5) };
	}
	if (!sql_end(q, SQL_HELD_OPEN, e))
		return false;
	*out = list;
	*n = count;
	return true;
}

bool store_held_get(struct sql *q, struct pool *p, int64_t id, struct held_row *out, bool *found, struct err *e)
{
	struct held_row h = { 0 };
	bool row;

	if (!sql_query(q, SQL_HELD_GET, e, SQL_VALUES(sql_i(id))))
		return false;
	row = sql_row(q, SQL_HELD_GET);
	if (row) {
		h = (struct held_row){ .id = sql_int(q, SQL_HELD_GET, 0), .owner = sql_text(q, SQL_HELD_GET, 1, p),
			.letter = sql_int(q, SQL_HELD_GET, 2),
				       .mailbox = sql_text(q, SQL_HELD_GET, 4, p),
				       	.folder = sql_text(q, SQL_HELD_GET, 5, p), .at = sql_int(q, SQL_HELD_GET, 7) };
		row = strcmp(sql_text(q, SQL_HELD_GET, 3, p), "held") == 0;
		h.facts = sql_blob(q, SQL_HELD_GET, 6, p, &h.n);
	}
	if (!sql_end(q, SQL_HELD_GET, e))
		return false;
	*out = h;
	*found = row;
	return true;
}

bool store_held_set(struct sql *q, int64_t id, const char *state, struct err *e)
{
	return sql_do_one(q, SQL_HELD_SET, e, SQL_VALUES(sql_i(id), sql_t(state)));
}

bool store_held_forget(struct sql *q, const char *owner, int64_t most, utc now, bool *room, struct err *e)
{
	int64_t count;

	if (!sql_do(q, SQL_HELD_FORGET, e, SQL_VALUES(sql_t(owner), sql_i(now - HELD_SECONDS))) ||
	    !store_count(q, SQL_HELD_COUNT, SQL_VALUES(sql_t(owner)), &count, e))
		return false;
	if (count >= most && (!sql_do(q, SQL_HELD_FORGET_OLDEST, e, SQL_VALUES(sql_t(owner))) ||
			      !store_count(q, SQL_HELD_COUNT, SQL_VALUES(sql_t(owner)), &count, e)))
		return false;
	*room = count < most;
	return true;
}

bool store_held_told(struct sql *q, const char *owner, int64_t to, utc now, struct err *e)
{
	return sql_do(q, SQL_HELD_TOLD, e, SQL_VALUES(sql_t(owner), sql_i(now), sql_i(to)));
}

bool store_beat(struct sql *q, const char *name, utc now, const char *state, struct err *e)
{
	return sql_do(q, SQL_BEAT_PUT, e, SQL_VALUES(sql_t(name), sql_i(now), sql_t(state)));
}

bool store_beats(struct sql *q, struct pool *p, struct beat_row **out, size_t *n, struct err *e)
{
	struct beat_row *list = NULL;
	size_t count = 0;

	if (!sql_query(q, SQL_BEAT_ALL, e, 0, NULL))
		return false;
	while (sql_row(q, SQL_BEAT_ALL)) {
		struct beat_row *b = pool_more(p, &list, count++, sizeof *list);

		*b = (struct beat_row){ sql_text(q, SQL_BEAT_ALL, 0, p), sql_text(q, SQL_BEAT_ALL, 2, p),
			sql_int(q, SQL_BEAT_ALL, 1) };
	}
	if (!sql_end(q, SQL_BEAT_ALL, e))
		return false;
	*out = list;
	*n = count;
	return true;
}

bool store_bounced_drop(struct sql *q, const char *address, struct err *e)
{
	struct pool *p = pool_new();
	bool well = sql_do(q, SQL_BOUNCED_DROP, e, SQL_VALUES(sql_t(addr_lower(p, address))));

	pool_end(&p);
	return well;
}

bool store_bounced_set(struct sql *q, const char *address, utc now, const char *status, struct err *e)
{
	struct pool *p = pool_new();
	bool well = sql_do(q, SQL_BOUNCED_PUT, e, SQL_VALUES(sql_t(addr_lower(p, address)), sql_i(now), sql_t(status)));

	pool_end(&p);
	return well;
}

bool store_returned_add(struct sql *q, const char *message_id, const char *address, utc now, const char *status,
	struct err *e)
{
	struct pool *p = pool_new();
	/* nothing but what could be one may stand among the addresses */
	bool is = *message_id == '<' && !strpbrk(message_id, " \t\r\n") && strlen(message_id) <= RETURNED_MOST;
	bool well = sql_do(q, SQL_RETURNED_FORGET, e, SQL_VALUES(sql_i(now - RETURNED_SECONDS))) &&
		    (!is || sql_do(q, SQL_BOUNCED_PUT, e,
		    	SQL_VALUES(sql_t(pool_print(p, "%s %s", message_id, addr_lower(p, address))),
								     sql_i(now), sql_t(status))));

	pool_end(&p);
	return well;
}

bool store_returned(struct sql *q, struct pool *p, const char *message_id, struct returned_row **out, size_t *n,
	struct err *e)
{
	struct returned_row *list = NULL;
	size_t count = 0;

	if (!sql_query(q, SQL_RETURNED_GET, e, SQL_VALUES(sql_t(message_id))))
		return false;
	while (sql_row(q, SQL_RETURNED_GET)) {
		*(struct returned_row *)pool_more(p, &list, count, sizeof *list) =
			(struct returned_row){ sql_text(q, SQL_RETURNED_GET, 0, p),
				sql_text(q, SQL_RETURNED_GET, 1, p) };
		count++;
	}
	if (!sql_end(q, SQL_RETURNED_GET, e) || (count &&
		    !sql_do(q, SQL_RETURNED_DROP, e, SQL_VALUES(sql_t(message_id)))))
		return false;
	*out = list;
	*n = count;
	return true;
}
