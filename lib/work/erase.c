#include "work/erase.h"

#include <stdlib.h>
#include <string.h>

#include "borders/outbox.h"
#include "borders/record.h"
#include "borders/store.h"
#include "letters/mime.h"
#include "work/schedule.h"

#define ERASED_NAME "an erased contact"
#define ERASED_TEXT "(erased)"

struct job {
	struct sql *q;
	struct pool *p;
	const struct conf *c;
	const struct owner *o;
	utc now;
	struct erasure *x;
	struct strings names; /* folded: names of two words at least, addresses */
	struct strings as;    /* … as they stand */
	const char **instead; /* the address that is none, of each of theirs */
	int64_t *persons, *alone, *shared, *live, *checkins, *mails, *changed; /* changed: promises whose texts did */
	size_t person_count, alone_count, shared_count, live_count, checkin_count, mail_count, changed_count;
};

/* Numbers are kept in their order, for there may be many, and each is asked for once for each mail and event. */
static int by_number(const void *key, const void *of)
{
	int64_t a = *(const int64_t *)key, b = *(const int64_t *)of;

	return (a > b) - (a < b);
}

static void put_in_order(int64_t *ids, size_t n)
{
	if (n)
		qsort(ids, n, sizeof *ids, by_number);
}

static bool is_one(const int64_t *ids, size_t n, int64_t id)
{
	return n && bsearch(&id, ids, n, sizeof id, by_number);
}

static void line_add(struct pool *p, struct strings *to, const char *s)
{
	*(const char **)pool_more(p, &to->list, to->n, sizeof *to->list) = s;
	to->n++;
}

/* ---- what names them ---- */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); /* what is not ASCII may be a quotation mark as well */
}

/* It stands there, and not within another word or address. */
static bool stands(const char *folded, const char *name)
{
	size_t n = strlen(name);
	bool address = strchr(name, '@') != NULL;

	for (const char *s = folded; (s = strstr(s, name)); s++) {
		bool before = s > folded && (is_letter(s[-1]) || (address && strchr("._+-", s[-1])));

		if (!before && !is_letter(s[n]))
			return true;
	}
	return false;
}

static bool names(struct job *j, struct pool *p, const char *text)
{
	const char *folded = *text ? text_fold(p, text) : "";

	for (size_t i = 0; i < j->names.n && *folded; i++)
		if (stands(folded, j->names.list[i]))
			return true;
	return false;
}

/* The text without them: what cannot be taken out of it alone takes the whole along. */
static const char *without(struct job *j, struct pool *p, const char *text)
{
	const char *s = text;

	for (size_t i = 0; i < j->as.n; i++) {
		struct text *t = text_new(p, strlen(s) * sizeof ERASED_NAME + 1);
		size_t n = strlen(j->as.list[i]);
		const char *at;

		for (; n && (at = strcasestr(s, j->as.list[i])); s = at + n)
			text_print(t, "%s" ERASED_NAME, pool_slice(p, s, (size_t)(at - s)));
		text_add(t, s);
		s = t->s;
	}
	return names(j, p, s) ? ERASED_TEXT : s;
}

/* A name is searched for as it stands and turned: "Carol Ng", "Ng, Carol". */
static void name_add(struct job *j, const char *name)
{
	const char *s = text_squeeze(j->p, name), *last = strrchr(s, ' '), *both[2] = { s, NULL };
	bool ours = false;

	for (size_t i = 0; i < j->c->owner_count; i++)
		ours |= strcmp(text_fold(j->p, s), text_fold(j->p, j->c->owners[i].name)) == 0;
	if (!*s || ours) /* who calls themselves as an owner does would take all of that owner's mail along */
		return;
	if (!last) {
		j->x->lone = true;
		return;
	}
	line_add(j->p, &j->x->names, s);
	both[1] = pool_print(j->p, "%s, %s", last + 1, pool_slice(j->p, s, (size_t)(last - s)));
	for (int i = 0; i < 2; i++) {
		line_add(j->p, &j->as, both[i]);
		line_add(j->p, &j->names, text_fold(j->p, both[i]));
	}
}

static bool names_of(struct job *j, bool by_name, struct err *e)
{
	for (size_t i = 0; i < j->x->addresses.n; i++) {
		const char *a = j->x->addresses.list[i];

		line_add(j->p, &j->as, a);
		line_add(j->p, &j->names, text_fold(j->p, a));
		if (!by_name)
			continue;
		if (!sql_query(j->q, SQL_ERASE_NAMES, e, SQL_VALUES(sql_t(a), sql_t(j->o->key))))
			return false;
		while (sql_row(j->q, SQL_ERASE_NAMES))
			name_add(j, sql_text(j->q, SQL_ERASE_NAMES, 0, j->p));
		if (!sql_end(j->q, SQL_ERASE_NAMES, e))
			return false;
	}
	if (j->names.n > j->x->addresses.n)
		j->x->lone = false;
	return true;
}

/* ---- who ---- */

static bool who(struct job *j, const char *address, struct err *e)
{
	const char *mark = "";
	struct contact c;
	int64_t promised;
	bool noted;

	if (!store_contact(j->q, j->p, j->o->key, &(struct addr){ "", address }, &c, &noted, e) ||
	    !store_count(j->q, SQL_ERASE_PROMISED, SQL_VALUES(sql_t(c.address), sql_t(j->o->key)), &promised, e))
		return false;
	if (!noted && !promised)
		return err_perm(e, c.erased ? "%s is erased already" : "nothing is noted of %s", address);
	if (!noted && !store_mark(j->q, j->p, j->o->key, address, &mark, e))
		return false;
	j->x->contact = c.id;
	if (!noted)
		line_add(j->p, &j->x->addresses, c.address);
	else if (!store_contact_addresses(j->q, j->p, &c, &j->x->addresses, e) ||
		 !store_ids(j->q, j->p, SQL_ERASE_WHO, SQL_VALUES(sql_i(c.id)), &j->persons, &j->person_count, e))
		return false;
	j->instead = pool_list(j->p, j->x->addresses.n + 1, sizeof *j->instead);
	for (size_t i = 0; i < j->x->addresses.n; i++)
		j->instead[i] =
			pool_print(j->p, "erased-%s%s@kept.invalid",
				   noted ? pool_print(j->p, "%lld", (long long)c.id) : pool_slice(j->p, mark, 12),
				   i ? pool_print(j->p, "-%zu", i) : "");
	return true;
}

/* Is this one of their addresses? Then what stands instead; else NULL. */
static const char *instead_of(const struct job *j, const char *address)
{
	for (size_t i = 0; i < j->x->addresses.n; i++)
		if (addr_same(j->x->addresses.list[i], address))
			return j->instead[i];
	return NULL;
}

/* ---- promises ---- */

static bool promise(struct job *j, int64_t id, struct err *e)
{
	struct event v = { .owner = j->o->key,
			   .commitment = id,
			   .detail = "with the person it was made to, who is erased" };
	struct commitment m;
	bool found, alone = true, live;
	utc answered;

	if (!store_commitment(j->q, j->p, j->c, id, &m, &answered, &found, e) || !found)
		return !found;
	for (size_t i = 0; i < m.to.n; i++)
		alone &= instead_of(j, m.to.list[i].address) != NULL;
	live = commitment_is_live(m.state);
	ids_add(j->p, alone ? &j->alone : &j->shared, alone ? &j->alone_count : &j->shared_count, id);
	if (live && m.state != COMMITMENT_DELIVERED)
		line_add(j->p, &j->x->open,
			 pool_print(j->p, "#%lld  %s%s", (long long)id, line_from(j->p, m.what, WHAT_MOST).s,
				    alone ? "" : " (stays open for the others)"));
	if (live && !alone)
		ids_add(j->p, &j->live, &j->live_count, id);
	for (size_t i = 0; i < m.to.n; i++) {
		const char *a = m.to.list[i].address, *none = instead_of(j, a);

		if (none &&
		    !sql_do(j->q, live && !alone ? SQL_ERASE_TO_LEAVES : SQL_ERASE_TO, e, live && !alone ? 2 : 4,
			    (struct sql_value[]){ sql_i(id), sql_t(a), sql_t(ERASED_NAME), sql_t(none) }))
			return false;
	}
	if (!alone)
		return true;
	if (live || m.state == COMMITMENT_CANDIDATE) {
		v.word = m.state == COMMITMENT_DELIVERED ? "kept" : "cancel";
		m.state = m.state == COMMITMENT_DELIVERED ? COMMITMENT_KEPT : COMMITMENT_CANCELLED;
		m.closed = j->now;
		m.look_at = m.snoozed = 0;
		if (!store_commitment_save(j->q, &m, answered, e) || !record_add(j->q, &v, j->now, e))
			return false;
	}
	return sql_do(j->q, SQL_ERASE_IN_PROMISE, e,
		      SQL_VALUES(sql_i(id), sql_t(ERASED_TEXT), sql_t(""), sql_t(""), sql_t(""), sql_t(""))) &&
	       sql_do(j->q, SQL_ERASE_REFERENCES, e, SQL_VALUES(sql_i(id))) &&
	       sql_do(j->q, SQL_ERASE_THREAD, e, SQL_VALUES(sql_i(id))) &&
	       sql_do(j->q, SQL_ERASE_TASK, e, SQL_VALUES(sql_i(id)));
}

static bool promises(struct job *j, struct err *e)
{
	int64_t *ids, *all = NULL;
	size_t n, count = 0;

	for (size_t i = 0; i < j->x->addresses.n; i++) {
		if (!store_ids(j->q, j->p, SQL_ERASE_PROMISED,
			       SQL_VALUES(sql_t(j->x->addresses.list[i]), sql_t(j->o->key)), &ids, &n, e))
			return false;
		for (size_t k = 0; k < n; k++)
			ids_add(j->p, &all, &count, ids[k]);
	}
	put_in_order(all, count);
	for (size_t k = 0; k < count; k++)
		if ((!k || all[k] != all[k - 1]) && !promise(j, all[k], e))
			return false;
	j->x->promises = j->alone_count;
	j->x->shared = j->shared_count;
	return true;
}

/* ---- check-ins ---- */

static bool meeting(struct job *j, const struct checkin *k, struct err *e)
{
	bool alone = true, coming = checkin_is_live(k->state) && (k->start > j->now || *k->rrule), leaves;

	for (size_t i = 0; i < k->attendee_count; i++)
		alone &= instead_of(j, k->attendees[i].address) != NULL;
	leaves = coming && !alone;
	if (coming && k->state != CHECKIN_PROPOSED)
		line_add(j->p, &j->x->open,
			 pool_print(j->p, "check-in %lld, %s%s", (long long)k->id,
				    utc_words(j->p, j->o->time.zone, k->start),
				    alone ? "" : " (stays for the others)"));
	for (size_t i = 0; i < j->x->addresses.n; i++) {
		const char *a = j->x->addresses.list[i];

		if (!sql_do(j->q, leaves ? SQL_ERASE_ATTENDEE_LEAVES : SQL_ERASE_ATTENDEE, e, leaves ? 2 : 4,
			    (struct sql_value[]){ sql_i(k->id), sql_t(a), sql_t(ERASED_NAME), sql_t(j->instead[i]) }) ||
		    !sql_do(j->q, SQL_ERASE_DELEGATED, e, SQL_VALUES(sql_i(k->id), sql_t(a))))
			return false;
	}
	return !alone || (sql_do(j->q, SQL_ERASE_CHECKIN, e, SQL_VALUES(sql_i(k->id), sql_i(coming))) &&
			  sql_do(j->q, SQL_ERASE_EVENT, e, SQL_VALUES(sql_i(k->id))));
}

static bool meetings(struct job *j, struct err *e)
{
	for (size_t i = 0; i < j->x->addresses.n; i++) {
		struct checkin *list;
		size_t n;

		if (!store_checkins_with(j->q, j->p, j->o->key, j->x->addresses.list[i], &list, &n, e))
			return false;
		for (size_t k = 0; k < n; k++) {
			ids_add(j->p, &j->checkins, &j->checkin_count, list[k].id);
			if (!meeting(j, &list[k], e))
				return false;
		}
	}
	put_in_order(j->checkins, j->checkin_count);
	j->x->checkins = j->checkin_count;
	return true;
}

/* ---- mail ---- */

/* Is it about them, by what is noted of it or by what stands in it? */
static bool concerns(struct job *j, struct pool *p, const struct outgoing *o, bool *is, struct err *e)
{
	struct addrs to = addrs_split(p, o->recipient);
	struct named *named;
	struct letter l;
	int64_t *about;
	size_t n;

	*is = is_one(j->checkins, j->checkin_count, o->checkin) || is_one(j->mails, j->mail_count, o->approves);
	for (size_t i = 0; i < to.n; i++)
		*is |= instead_of(j, to.list[i].address) != NULL;
	if (!store_ids(j->q, p, SQL_ABOUT_GET, SQL_VALUES(sql_i(o->id)), &about, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		*is |= is_one(j->alone, j->alone_count, about[i]);
	if (!store_named(j->q, p, o->id, &named, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		*is |= instead_of(j, named[i].who.address) != NULL;
	if (*is || !o->n)
		return true;
	mime_read(p, o->bytes, o->n, &l);
	*is = names(j, p, o->subject) || names(j, p, o->why) || names(j, p, l.subject) || names(j, p, l.full) ||
	      names(j, p, utf8_mend(p, o->bytes, o->n));
	return true;
}

static bool mail_goes(struct job *j, struct pool *p, struct outgoing *o, struct err *e)
{
	struct addrs to = addrs_split(p, o->recipient), left = { 0 };

	if (o->state == OUTBOX_BEGUN || o->state == OUTBOX_UNSURE)
		return err_temp(e,
				"mail %lld about them is leaving, or nobody knows whether it left; `kept outbox` says "
				"more. Try again when that is settled",
				(long long)o->id);
	if (o->outside && (o->state == OUTBOX_HELD || o->state == OUTBOX_READY))
		line_add(j->p, &j->x->open,
			 pool_print(j->p, "mail %lld, %s, %s", (long long)o->id, mail_kind_name(o->kind),
				    o->state == OUTBOX_HELD ? "waits for your word" : "is about to leave"));
	if ((o->state == OUTBOX_HELD || o->state == OUTBOX_READY) &&
	    !outbox_settle(j->q, o, OUTBOX_VOID, j->now, "", e))
		return false;
	for (size_t i = 0; i < to.n; i++) {
		const char *none = instead_of(j, to.list[i].address);

		addrs_add(p, &left, "", none ? none : to.list[i].address);
	}
	for (size_t i = 0; i < j->x->addresses.n; i++)
		if (!sql_do(j->q, SQL_ERASE_NAMED, e, SQL_VALUES(sql_i(o->id), sql_t(j->x->addresses.list[i]))))
			return false;
	*(int64_t *)pool_more(j->p, &j->mails, j->mail_count++, sizeof *j->mails) = o->id;
	return sql_do(j->q, SQL_ERASE_MAIL, e,
		      SQL_VALUES(sql_i(o->id), sql_t(addrs_join(p, &left)), sql_t(ERASED_TEXT), sql_b("", 0)));
}

static bool mail(struct job *j, struct err *e)
{
	int64_t after = 0, *ids;
	size_t n;

	do {
		if (!store_ids(j->q, j->p, SQL_OUTGOING_AFTER, SQL_VALUES(sql_i(after)), &ids, &n, e))
			return false;
		for (size_t i = 0; i < n; i++) {
			struct pool *p = pool_new();
			struct outgoing o;
			bool found, is = false, well = outbox_get(j->q, p, ids[i], &o, &found, e);

			if (well && found && (!*o.owner || strcmp(o.owner, j->o->key) == 0))
				well = concerns(j, p, &o, &is, e) && (!is || mail_goes(j, p, &o, e));
			pool_end(&p);
			if (!well)
				return false;
		}
		after = n ? ids[n - 1] : after;
	} while (n);
	j->x->mails = j->mail_count;
	return true;
}

/* ---- what is noted of them ---- */

static bool letters(struct job *j, struct err *e)
{
	for (size_t i = 0; i < j->person_count; i++)
		for (size_t k = 0; k < j->x->addresses.n; k++) {
			int64_t *ids;
			size_t n;

			if (!store_ids(j->q, j->p, SQL_ERASE_LETTERS,
				       SQL_VALUES(sql_i(j->persons[i]), sql_t(j->x->addresses.list[k])), &ids, &n, e))
				return false;
			for (size_t m = 0; m < n; m++)
				if (!sql_do(j->q, SQL_ERASE_LETTER, e, SQL_VALUES(sql_i(ids[m]))))
					return false;
		}
	return true;
}

static bool lists(struct job *j, struct err *e)
{
	static const struct {
		enum sql_query query;
		int list; /* -1: none that is counted */
	} go[] = { { SQL_ERASE_TOLD, -1 },
		   { SQL_ERASE_COVERED, -1 },
		   { SQL_ERASE_INTERESTS, CARD_LIST_INTEREST },
		   { SQL_ERASE_NEEDS, CARD_LIST_NEED },
		   { SQL_ERASE_EXCHANGES, CARD_LIST_EXCHANGE },
		   { SQL_ERASE_NOTES, CARD_LIST_NOTE },
		   { SQL_ERASE_INSIGHTS, CARD_LIST_INSIGHT },
		   { SQL_ERASE_WORKS, CARD_LIST_WORK },
		   { SQL_ERASE_PROPOSED, -1 },
		   { SQL_ERASE_APART, -1 },
		   { SQL_ERASE_ADDRESSES, -1 } };

	for (size_t k = 0; k < sizeof go / sizeof *go; k++)
		for (size_t i = 0; i < j->person_count; i++) {
			if (!sql_do(j->q, go[k].query, e, SQL_VALUES(sql_i(j->persons[i]))))
				return false;
			if (go[k].list >= 0)
				j->x->lists[go[k].list] += (size_t)sql_changed(j->q);
		}
	for (size_t i = 0; i < j->person_count; i++) /* those that were made one with them first */
		if (j->persons[i] != j->x->contact &&
		    !sql_do(j->q, SQL_ERASE_CONTACT, e, SQL_VALUES(sql_i(j->persons[i]))))
			return false;
	return !j->x->contact || sql_do(j->q, SQL_ERASE_CONTACT, e, SQL_VALUES(sql_i(j->x->contact)));
}

static bool held(struct job *j, struct err *e)
{
	int64_t *ids = NULL;
	size_t n = 0;

	if (!sql_query(j->q, SQL_ERASE_HELD, e, SQL_VALUES(sql_t(j->o->key))))
		return false;
	while (sql_row(j->q, SQL_ERASE_HELD)) {
		struct pool *p = pool_new();
		int64_t id = sql_int(j->q, SQL_ERASE_HELD, 0);
		size_t length;
		const char *facts = sql_blob(j->q, SQL_ERASE_HELD, 5, p, &length);
		char *text = pool_slice(p, length ? facts : "", length);

		for (size_t i = 0; i < length; i++)
			if (!text[i])
				text[i] = ' ';
		if (instead_of(j, sql_text(j->q, SQL_ERASE_HELD, 2, p)) ||
		    names(j, p, sql_text(j->q, SQL_ERASE_HELD, 3, p)) ||
		    names(j, p, sql_text(j->q, SQL_ERASE_HELD, 4, p)) || names(j, p, utf8_mend(p, text, length))) {
			ids_add(j->p, &ids, &n, id);
			if (strcmp(sql_text(j->q, SQL_ERASE_HELD, 1, p), "held") == 0)
				line_add(j->p, &j->x->open,
					 pool_print(j->p, "h%lld, a message that is held", (long long)id));
		}
		pool_end(&p);
	}
	if (!sql_end(j->q, SQL_ERASE_HELD, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!sql_do(j->q, SQL_ERASE_HELD_DROP, e, SQL_VALUES(sql_i(ids[i]))))
			return false;
	j->x->held = n;
	return true;
}

/* What is known of an address, and by what it is known again. */
static bool addresses(struct job *j, struct err *e)
{
	for (size_t i = 0; i < j->x->addresses.n; i++) {
		const char *a = j->x->addresses.list[i], *mark;

		if (!sql_do(j->q, SQL_ERASE_THEIRS, e, SQL_VALUES(sql_t(j->o->key), sql_t(a))))
			return false;
		j->x->theirs += (size_t)sql_changed(j->q);
		for (size_t k = 0; k < j->c->calendar_count; k++)
			if (j->c->calendars[k].owner == j->o &&
			    !sql_do(j->q, SQL_ERASE_MEETING, e, SQL_VALUES(sql_t(j->c->calendars[k].key), sql_t(a))))
				return false;
		if (!sql_do(j->q, SQL_ERASE_TAIL, e, SQL_VALUES(sql_t(a))) ||
		    !sql_do(j->q, SQL_ERASE_RETURNED, e, SQL_VALUES(sql_t(a))) ||
		    !sql_do(j->q, SQL_ERASE_BOUNCED, e, SQL_VALUES(sql_t(a), sql_t(j->o->key))) ||
		    !store_mark(j->q, j->p, j->o->key, a, &mark, e) ||
		    !sql_do(j->q, SQL_ERASED_ADD, e,
			    SQL_VALUES(sql_t(j->o->key), sql_t(mark), sql_i(j->x->contact), sql_i(j->now))))
			return false;
	}
	return true;
}

/* ---- texts elsewhere ---- */

enum { FIELDS = 5 };

struct erased_text {
	int table;
	int64_t id;
	const char *fields[FIELDS];
};

static bool texts(struct job *j, struct err *e)
{
	static const struct {
		enum sql_query query;
		size_t fields;
	} back[] = { { SQL_ERASE_IN_PROMISE, 5 }, { SQL_ERASE_IN_CHECKIN, 4 },  { SQL_ERASE_IN_THEIRS, 2 },
		     { SQL_ERASE_IN_CONTACT, 5 }, { SQL_ERASE_IN_NOTE, 1 },     { SQL_ERASE_IN_NEED, 1 },
		     { SQL_ERASE_IN_INSIGHT, 1 }, { SQL_ERASE_IN_EXCHANGE, 1 }, { SQL_ERASE_IN_WORK, 2 },
		     { SQL_ERASE_IN_INTEREST, 1 },
		     { SQL_ERASE_IN_CHALLENGE, 1 } };
	struct erased_text *list = NULL;
	size_t n = 0;

	if (!sql_query(j->q, SQL_ERASE_TEXTS, e, SQL_VALUES(sql_t(j->o->key))))
		return false;
	while (sql_row(j->q, SQL_ERASE_TEXTS)) {
		struct pool *p = pool_new();
		struct erased_text t = { .table = (int)sql_int(j->q, SQL_ERASE_TEXTS, 0),
					 .id = sql_int(j->q, SQL_ERASE_TEXTS, 1) };
		bool is = false;

		for (int i = 0; i < FIELDS; i++) {
			t.fields[i] = sql_text(j->q, SQL_ERASE_TEXTS, 2 + i, p);
			is |= names(j, p, t.fields[i]);
		}
		for (int i = 0; i < FIELDS && is; i++)
			t.fields[i] = pool_copy(j->p, without(j, p, t.fields[i]));
		if (is)
			*(struct erased_text *)pool_more(j->p, &list, n++, sizeof *list) = t;
		pool_end(&p);
	}
	if (!sql_end(j->q, SQL_ERASE_TEXTS, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct sql_value v[1 + FIELDS] = { sql_i(list[i].id) };

		for (int k = 0; k < FIELDS; k++)
			v[1 + k] = sql_t(list[i].fields[k]);
		if (!sql_do(j->q, back[list[i].table].query, e, 1 + back[list[i].table].fields, v))
			return false;
		if (list[i].table == 0)
			ids_add(j->p, &j->changed, &j->changed_count, list[i].id);
	}
	put_in_order(j->changed, j->changed_count);
	j->x->texts = n;
	return true;
}

/* ---- the record ---- */

static bool event_names(void *arg, const struct recorded *r)
{
	struct job *j = arg;
	struct pool *p = pool_new();
	const struct event *v = &r->event;
	bool is = is_one(j->alone, j->alone_count, v->commitment) || is_one(j->mails, j->mail_count, v->outgoing) ||
		  (is_one(j->changed, j->changed_count, v->commitment) && strcmp(v->word, "made") == 0);

	if (*v->owner && strcmp(v->owner, j->o->key) != 0)
		is = false;
	else
		is = is || names(j, p, v->detail) || names(j, p, v->before);
	pool_end(&p);
	return is;
}

bool erase(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, const char *address, bool by_name,
	   struct erasure *out, utc now, struct err *e)
{
	struct job j = { .q = q, .p = p, .c = c, .o = o, .now = now, .x = out };
	struct event v = { .owner = o->key, .word = "erased" };

	*out = (struct erasure){ 0 };
	if (!who(&j, address, e) || !names_of(&j, by_name, e) || !promises(&j, e))
		return false;
	if (!meetings(&j, e) || !mail(&j, e) || !letters(&j, e) || !lists(&j, e) || !held(&j, e) || !addresses(&j, e) ||
	    !texts(&j, e))
		return false;
	v.detail = pool_print(p, "c%lld and %zu addresses of theirs; %zu promises, %zu mails, %zu check-ins",
			      (long long)out->contact, out->addresses.n, out->promises + out->shared, out->mails,
			      out->checkins);
	return record_erase(q, event_names, &j, &v, now, &out->events, e) &&
	       (!j.live_count || schedule_these(q, p, c, j.live, j.live_count, NULL, now, e));
}
