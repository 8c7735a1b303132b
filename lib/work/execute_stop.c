/* What stops mail to others, lifted: `safety reported` and `safety no`, the owner's word on a possible adverse event; `resume`, in
 * answer to the mail that told of an absence or a refusal */
#include <stdlib.h>
#include <string.h>

#include "borders/outbox.h"
#include "borders/record.h"
#include "borders/store.h"
#include "ground/text.h"
#include "work/execute_inner.h"

static bool lift(struct run *r, const char *word, int64_t id, struct err *e)
{
	bool reported = text_same(word, "reported"), found;
	struct commitment m;
	utc answered;

	if (!store_commitment(r->q, r->p, r->c, id, &m, &answered, &found, e))
		return false;
	if (!found || m.owner != r->x->owner) {
		say_failed(r, NULL, pool_print(r->p, run_in(r, "\\#%lld: there is no such promise of yours; nothing was changed."), (long long)id));
		return true;
	}
	if (!m.frozen) {
		say_failed(r, &m, "nothing of it is kept back; nothing was changed.");
		return true;
	}
	m.frozen = 0;
	head(r, &m, reported ? "Reported" : "No adverse event");
	say(r, &m, reported ? "on record: you reported it. What I prepare for them goes on." : "on record: you say that it is no adverse event. What I prepare for them goes on.");
	return save(r, &m, answered, "safety", word, NULL, 0, e);
}

/* Without a number: all that the mail asked about, for they are one conversation. */
bool run_safety(struct run *r, const struct command *c, struct err *e)
{
	const int64_t *ids = c->id_count ? c->ids : r->x->about;
	size_t n = c->id_count ? c->id_count : r->x->about_count;

	if (!n)
		return run_meant(r, c, &ids, &n, e);
	for (size_t i = 0; i < n; i++)
		if (!lift(r, c->arg ? c->arg : "no", ids[i], e))
			return false;
	return true;
}

/* Takes back what that mail told of one person. false: nothing of it stands any more. */
static bool lifted(const struct run *r, const char *word, struct contact *who)
{
	if (text_starts(word, WORD_ABSENT) && who->absent > r->now) {
		who->absent = who->absent_since = 0;
		return true;
	}
	if (text_starts(word, WORD_UNWANTED) && who->consent == CONTACT_CONSENT_NEVER) {
		who->consent = CONTACT_CONSENT_OPEN;
		who->why = "";
		return true;
	}
	return false;
}

bool run_resume(struct run *r, bool *is, struct err *e)
{
	const char *owner = r->x->owner->key;
	struct event v = { .owner = owner, .word = "contact" };
	struct outgoing told = { .word = "" };
	struct contact who;
	struct strings all;
	int64_t *ids;
	size_t n;
	bool found = false;

	if (r->x->answers && !outbox_get(r->q, r->p, r->x->answers, &told, &found, e))
		return false;
	*is = found && told.kind == MAIL_NOTICE && (text_starts(told.word, WORD_ABSENT) || text_starts(told.word, WORD_UNWANTED));
	if (!*is)
		return true;
	if (!store_contact_of(r->q, r->p, owner, strtoll(strchr(told.word, ' '), NULL, 10), &who, &found, e))
		return false;
	if (!found || !lifted(r, told.word, &who)) {
		say_failed(r, NULL, "nothing that I prepare for them is kept back by that any more; nothing was changed.");
		return true;
	}
	v.detail = pool_print(r->p, "c%lld: resume", (long long)who.id); /* by their number alone, for they may be erased */
	head(r, NULL, "Mail to %s goes on", *who.name ? who.name : who.address);
	say(r, NULL, "what I prepare for %s goes on.", run_plain(r, *who.name ? who.name : who.address));
	if (!store_contact_save(r->q, &who, r->now, e) || !record_add(r->q, &v, r->now, e) ||
	    !store_contact_addresses(r->q, r->p, &who, &all, e))
		return false;
	for (size_t k = 0; k < all.n; k++) {
		if (!store_ids(r->q, r->p, SQL_PROMISED_OWN, SQL_VALUES(sql_t(all.list[k]), sql_t(owner)), &ids, &n, e))
			return false;
		for (size_t i = 0; i < n; i++)
			touch(r, ids[i]);
	}
	return true;
}
