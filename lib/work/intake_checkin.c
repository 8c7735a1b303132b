/* calendar answers */
#include <string.h>

#include "borders/record.h"
#include "borders/store.h"
#include "ground/log.h"
#include "work/checkins.h"
#include "work/intake_inner.h"

/* A meeting that somebody else called off is in the owner's own calendar: it is noted, and no more. */
static bool of_theirs(struct entry *n, struct err *e)
{
	struct event v = { .owner = n->at->owner ? n->at->owner->key : "",
			   .word = "calendar",
			   .letter = n->row,
			   .detail = "a meeting of theirs is called off" };

	return !n->at->owner || strcmp(n->l->calendar.method, "CANCEL") != 0 || record_add(n->q, &v, n->now, e);
}

bool intake_checkin(struct entry *n, struct err *e)
{
	struct checkins k = { .q = n->q,
			      .p = n->p,
			      .c = n->c,
			      .written = n->now,
			      .now = n->now,
			      .letter = n->row,
			      .said = text_new(n->p, ANSWER_MOST) };

	if (!n->m.checkin.ours)
		return of_theirs(n, e);
	for (size_t i = 0; i < n->known.checkin_count && !k.owner; i++)
		if (n->known.checkins[i].owner)
			k.owner = conf_owner(n->c, n->known.checkins[i].owner);
	if (!k.owner ||
	    (n->at->owner && n->at->owner != k.owner)) /* what lies in another's mailbox is no answer to it */
		return true;
	return checkins_answer(&k, &n->m, n->l, e);
}

bool intake_series(struct entry *n, const struct commitment *m, struct err *e)
{
	struct checkins k = { .q = n->q,
			      .p = n->p,
			      .c = n->c,
			      .owner = m->owner,
			      .written = n->now,
			      .now = n->now,
			      .letter = n->row,
			      .said = text_new(n->p, ANSWER_MOST) };
	struct checkin_wish w = { .with = m->to,
				  .start = m->due,
				  .every = m->every,
				  .lasts = "",
				  .purpose = checkins_purpose(m),
				  .commitment = m->id };
	struct checkin made;
	struct err why = { 0 };

	if (!m->to.n || !conf_own_submission(n->c, m->owner) || m->due <= n->now || checkins_add(&k, &w, &made, &why))
		return true;
	if (why.kind != ERR_PERM) {
		*e = why;
		return false;
	}
	log_line(LOG_LINE_WARN, "checkin", "promise %lld: no check-in was made of it", (long long)m->id);
	return true;
}

bool intake_checkin_wants(struct sql *q, struct pool *p, const struct letter *h, const struct place *at, bool *wants,
			  struct err *e)
{
	int64_t invited = 0, titled = 0;

	if (h->from.n && !store_count(q, SQL_CHECKIN_ATTENDED,
				      SQL_VALUES(sql_t(addr_lower(p, h->from.list[0].address))), &invited, e))
		return false;
	/* who answers from another address, or was not invited: every client puts the title into the subject */
	if (at->owner && *h->subject &&
	    !store_count(q, SQL_CHECKIN_TITLED, SQL_VALUES(sql_t(at->owner->key), sql_t(h->subject)), &titled, e))
		return false;
	*wants = invited || titled;
	return true;
}
