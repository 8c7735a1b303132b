/* an interest that ends soon, and was not meant for a few weeks alone: its owner is asked once whether it goes on */
#include "borders/record.h"
#include "borders/store.h"
#include "letters/markup.h"
#include "letters/phrase.h"
#include "work/schedule_inner.h"

enum { BEFORE = 14 * 86400, A_TIME = 20 /* people, of whom it is asked at one time */ };

/* A promise by whose mail the answer finds them: the one that they asked in, else the last one. 0: none. */
static bool promise_of(struct sql *q, struct pool *p, const struct conf *c, const struct interest *i, int64_t *out, struct err *e)
{
	struct commitment m;
	bool found = false;

	*out = i->commitment;
	if (*out && !store_commitment(q, p, c, *out, &m, NULL, &found, e))
		return false;
	if (found && m.state != COMMITMENT_CANCELLED && m.to.n && addr_same(m.to.list[0].address, i->who.address))
		return true;
	return store_count(q, SQL_PROMISED_LAST, SQL_VALUES(sql_t(i->who.address), sql_t(i->owner)), out, e);
}

static void line(struct pool *p, const struct owner *o, const struct interest *i, bool by_mail, struct text *t)
{
	const char *topic = markdown_quote(p, i->topic, WHAT_MOST), *last = phrase_time(p, o->language, o->time.zone, i->until);

	if (by_mail)
		text_print(t,
			   phrase_of(o->language, "- “%s” ends %s. If it goes on: `interest: %s`, for another year, or `interest: %s until` "
						  "and a day.\n"),
			   topic, last, topic, topic);
	else
		text_print(t,
			   phrase_of(o->language, "- “%s” ends %s. If it goes on: `kept contact %s --interest` and the topic, with `--until` "
						  "and a day.\n"),
			   topic, last, addr_typed(i->who.address));
}

/* All of one person's that end: one mail. */
static bool ask(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, const struct interest *all, size_t n, size_t first, utc now,
		struct err *e)
{
	const struct interest *i = &all[first];
	const char *who = addr_called(i->who.name, i->who.address);
	struct text *t = text_new(p, ANSWER_MOST);
	struct schedule_telling telling = { .owner = o };
	int64_t about;

	if (!promise_of(q, p, c, i, &about, e))
		return false;
	text_print(t,
		   phrase_of(o->language, "%s told you what they want to hear of, and new approved material on it is proposed to you. That "
					  "ends soon:\n\n"),
		   markdown_quote(p, who, NAME_MOST));
	for (size_t k = first; k < n; k++) {
		if (all[k].contact != i->contact)
			continue;
		line(p, o, &all[k], about != 0, t);
		if (!sql_do_one(q, SQL_INTEREST_ASKED, e, SQL_VALUES(sql_i(all[k].id), sql_i(now))))
			return false;
	}
	text_add(t, phrase_of(o->language, "\nWithout a word of yours it ends. I ask once.\n"));
	telling.subject = pool_print(p, phrase_of(o->language, "Does %s still want to hear of %s?"), who, i->topic);
	telling.markdown = t->s;
	telling.ids = &about;
	telling.n = about != 0;
	return schedule_tell(q, p, c, &telling, now, e) &&
	       record_add(q, &(struct event){ .owner = o->key, .word = "interest", .commitment = about,
					      .detail = pool_print(p, "c%lld: its end was told", (long long)i->contact) }, now, e);
}

bool schedule_interests(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o, utc now, utc *next, struct err *e)
{
	struct interest *all;
	int64_t until;
	size_t n, asked = 0;

	if (!store_interests_ending(q, p, o->key, now, now + BEFORE, &all, &n, e))
		return false;
	for (size_t i = 0; i < n && asked < A_TIME; i++) {
		bool before = false;

		for (size_t k = 0; k < i; k++)
			before |= all[k].contact == all[i].contact;
		if (before)
			continue;
		asked++;
		if (!ask(q, p, c, o, all, n, i, now, e))
			return false;
	}
	if (!store_count(q, SQL_INTEREST_NEXT, SQL_VALUES(sql_t(o->key), sql_i(now + BEFORE)), &until, e))
		return false;
	if (until && (!*next || until - BEFORE < *next))
		*next = until - BEFORE;
	return true;
}
