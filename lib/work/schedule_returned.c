/* Mail that came back, by a report or refused at the door: nothing that is prepared goes to that address any more. */
#include "work/schedule.h"

#include <string.h>

#include "borders/record.h"
#include "borders/store.h"
#include "ground/log.h"
#include "letters/markup.h"
#include "letters/phrase.h"

enum { LINES_MOST = 16 << 10 };

const char *schedule_lines(struct pool *p, const struct commitment *list, size_t n)
{
	struct text *t = text_new(p, LINES_MOST);

	for (size_t i = 0; i < n; i++)
		text_print(t, phrase_of(list[i].owner->language, "- **\\#%lld** %s, due %s\n"), (long long)list[i].id,
			   markdown_quote(p, commitment_said(p, &list[i]), WHAT_MOST),
			   phrase_time(p, list[i].owner->language, list[i].owner->time.zone, list[i].due));
	return t->s;
}

static const char *line_of(struct pool *p, const struct owner *o, const struct checkin *x)
{
	return pool_print(p, "- **c%lld** %s, %s\n", (long long)x->id, markdown_quote(p, checkin_title(p, x), WHAT_MOST),
			  phrase_time(p, o->language, o->time.zone, x->start));
}

/* A line for each meeting about which mail to that address waits, which cannot leave now. */
static bool meetings(struct sql *q, struct pool *p, const struct owner *o, const char *address, struct text *lines, struct checkin *last,
		     size_t *count, struct err *e)
{
	struct checkin *list;
	size_t n;

	*count = 0;
	if (!store_checkins_with(q, p, o->key, address, &list, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct schedule_waiting *w;
		size_t waits;
		bool does = false;

		if (!schedule_meeting_waits(q, p, &list[i], &w, &waits, e))
			return false;
		for (size_t k = 0; k < waits; k++)
			does |= addrs_has(&w[k].to, address);
		if (!does)
			continue;
		*last = list[i];
		++*count;
		text_add(lines, line_of(p, o, &list[i]));
	}
	return true;
}

/* Was it mail to one of those invited? */
static bool invitation(struct sql *q, struct pool *p, const struct schedule_returned *x, const struct owner *o, struct checkin *to, bool *is,
		       struct err *e)
{
	struct outgoing sent;

	*is = false;
	if (!x->outgoing)
		return true;
	if (!outbox_head(q, p, x->outgoing, &sent, is, e))
		return false;
	*is = *is && sent.kind == MAIL_INVITATION && sent.checkin && strcmp(sent.owner, o->key) == 0;
	return !*is || store_checkin(q, p, sent.checkin, to, is, e);
}

/* What came back, with a line for each promise to them, for the meeting that it was about, and for each to which the invitation waits; ""
 * none. `send`: what lets those go. */
static const char *told_of(struct pool *p, const struct schedule_returned *x, const struct owner *o, const char *promises, const char *lost,
			   const char *meetings, const char *send)
{
	const char *address = line_from(p, x->address, ADDRESS_MOST).s, *status = line_from(p, x->status, SUBJECT_MOST).s;
	struct text *t = text_new(p, 3 * LINES_MOST);

	if (*status)
		status = pool_print(p, " (%s)", markdown_quote(p, status, SUBJECT_MOST));
	if (*promises)
		text_print(t,
			   phrase_of(o->language,
				     "A mail to %s came back%s. I prepare nothing more for that address, and what waited was "
				     "withdrawn.\n\n%s\n"
				     "Has it changed? Answer `who ADDRESS` with the right one, and it goes on; with the same "
				     "one, if it works again.\n"),
			   markdown_quote(p, address, ADDRESS_MOST), status, promises);
	else
		text_print(t, phrase_of(o->language, "A mail to %s came back%s. I prepare nothing more for that address.\n"),
			   markdown_quote(p, address, ADDRESS_MOST), status);
	if (*lost)
		text_print(t, phrase_of(o->language, "\nIt was about this meeting, and has not reached them:\n\n%s"), lost);
	if (*meetings)
		text_print(t,
			   phrase_of(o->language,
				     "\nThe invitation to them waits, since it would come back too:\n\n%s\nIf the address works again: "
				     "`kept contact %s --bounced no`, and then `kept checkin send %s`; `skip` in place of `send` "
				     "drops it.\n"),
			   meetings, addr_typed(address), send);
	if (x->others && x->sender == o)
		text_print(t, phrase_of(o->language, "%s\nIt did not go to %s either: nothing of it left.\n"), "",
			   markdown_quote(p, x->others, SUBJECT_MOST));
	return t->s;
}

/* What one owner has for that address is planned anew: what they promised, and whom they invite. */
static bool stop(struct sql *q, struct pool *p, const struct conf *c, const struct schedule_returned *x,
		 const struct owner *o, bool known, bool *told, utc now, struct err *e)
{
	struct schedule_telling t = { .owner = o,
				      .subject = pool_print(p, phrase_of(o->language, "Came back: mail to %s"),
							    line_from(p, x->address, ADDRESS_MOST).s) };
	struct text *invited = text_new(p, LINES_MOST);
	struct checkin meeting, about;
	struct commitment *list;
	int64_t *ids;
	size_t n, live = 0, meet;
	bool found, lost;

	*told = false;
	if (!store_ids(q, p, SQL_PROMISED_OWN, SQL_VALUES(sql_t(addr_lower(p, x->address)), sql_t(o->key)), &ids, &n,
		       e))
		return false;
	list = pool_list(p, n, sizeof *list);
	for (size_t i = 0; i < n; i++) {
		if (!store_commitment(q, p, c, ids[i], &list[live], NULL, &found, e))
			return false;
		live += found;
	}
	if (!schedule_checkins_stop(q, p, c, o->key, x->address, now, e) || !meetings(q, p, o, x->address, invited, &meeting, &meet, e) ||
	    !invitation(q, p, x, o, &about, &lost, e))
		return false;
	if (!live && !meet && !lost)
		return true;
	t.ids = ids, t.n = n;
	if (!live && (meet == 1 || (!meet && lost))) /* the answer is about what waits */
		t.checkin = meet ? &meeting : &about;
	t.markdown = told_of(p, x, o, live ? schedule_lines(p, list, live) : "", lost ? line_of(p, o, &about) : "", invited->s,
			     meet == 1 ? pool_print(p, "%lld", (long long)meeting.id) : "N");
	*told = !known || lost;
	return (!*told || schedule_tell(q, p, c, &t, now, e)) && schedule_these(q, p, c, ids, n, NULL, now, e);
}

bool schedule_returned(struct sql *q, struct pool *p, const struct conf *c, const struct schedule_returned *x,
		       bool *sender_told, utc now, struct err *e)
{
	struct event v = { .owner = x->sender ? x->sender->key : "",
			   .word = "bounced",
			   .letter = x->letter,
			   .outgoing = x->outgoing,
			   .commitment = x->about_count ? x->about[0] : 0,
			   .detail = x->status };
	int64_t before;
	bool told;

	*sender_told = false;
	log_line(LOG_LINE_WARN, "bounce", "mail %lld came back, %s", (long long)x->outgoing, x->status);
	if (!record_add(q, &v, now, e))
		return false;
	if (conf_owner_of(c, x->address))
		return true;
	if (!store_count(q, SQL_BOUNCED_GET, SQL_VALUES(sql_t(addr_lower(p, x->address))), &before, e) ||
	    !store_bounced_set(q, x->address, now, x->status, e))
		return false;
	for (size_t i = 0; x->to_team && i < x->about_count; i++)
		if (!schedule_unreachable(q, p, c, x->about[i], x->address, now, e))
			return false;
	for (size_t i = 0; i < c->owner_count; i++) {
		if (!stop(q, p, c, x, &c->owners[i], before != 0, &told, now, e))
			return false;
		*sender_told |= told && x->sender == &c->owners[i];
	}
	return true;
}
