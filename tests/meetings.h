/* meetings - a house whose owner invites by an account of their own, and those invited, who answer as clients do. For tests alone. */
#ifndef KEPT_TESTS_MEETINGS_H
#define KEPT_TESTS_MEETINGS_H

#include "house.h"

#include <time.h>

#include "letters/ical.h"
#include "work/checkins.h"

/* Ada has an account of her own and her mailbox is read. */
static inline int begin(void **state)
{
	struct house *h;
	struct conf *c;
	int rc = make(state);

	h = *state;
	c = h->c;
	c->submissions = pool_list(h->p, 2, sizeof *c->submissions);
	c->submissions[0] = (struct submission){ .key = "main", .from = "kept@example.org" };
	c->submissions[1] = (struct submission){ .key = "own", .from = "ada@example.org", .owner = &c->owners[0] };
	c->submission_count = 2;
	c->mailboxes = pool_list(h->p, 2, sizeof *c->mailboxes);
	c->mailboxes[0] = rows_conf(h->p)->mailboxes[0];
	c->mailboxes[0].authserv = (struct strings){ pool_list(h->p, 1, sizeof(char *)), 1 };
	c->mailboxes[0].authserv.list[0] = "mx.example.org";
	c->mailboxes[1] = (struct mailbox_conf){
		.key = "ada", .kind = MAILBOX_PERSONAL, .owner = &c->owners[0], .authserv = c->mailboxes[0].authserv
	};
	c->mailbox_count = 2;
	return rc;
}

static inline struct checkins by_hand(struct house *h, bool send)
{
	return (struct checkins){ .q = h->q,
				  .p = h->p,
				  .c = h->c,
				  .owner = &h->c->owners[0],
				  .written = h->now,
				  .now = h->now,
				  .send = send,
				  .said = text_new(h->p, ANSWER_MOST) };
}

static const char *said; /* by the last of these */

static inline struct checkin add_for(struct house *h, const char *who, const char *at, const char *every, bool send)
{
	struct checkins k = by_hand(h, send);
	struct checkin_wish w = { .at = at,
				  .every = every,
				  .lasts = "30min",
				  .purpose = "The subgroup data",
				  .agenda = "",
				  .link = "https://meet.example/1" };
	struct checkin c;

	for (const char *s = who; *s; s += strcspn(s, " "), s += *s == ' ')
		addrs_add(h->p, &w.with, "", pool_slice(h->p, s, strcspn(s, " ")));
	WELL(sql_begin(h->q, &e));
	WELL(checkins_add(&k, &w, &c, &e));
	WELL(sql_commit(h->q, &e));
	said = k.said->s;
	return c;
}

static inline struct checkin as_it_is(struct house *h, const struct checkin *c)
{
	struct checkin now;
	bool found;

	WELL(store_checkin(h->q, h->p, c->id, &now, &found, &e));
	assert_true(found);
	return now;
}

/* All mail to others that may go, goes. What went, one line each: to whom, method, sequence. */
static inline const char *leave(struct house *h)
{
	struct text *t = text_new(h->p, 10000);
	struct outgoing *list, o;
	struct letter l;
	size_t n;
	bool found;

	WELL(sql_begin(h->q, &e));
	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_OPEN, 0, &list, &n, &e));
	for (size_t i = 0; i < n; i++) {
		if (!list[i].outside || list[i].state != OUTBOX_READY)
			continue;
		WELL(outbox_get(h->q, h->p, list[i].id, &o, &found, &e));
		mime_read(h->p, o.bytes, o.n, &l);
		text_print(t, "%s %s %d\n", o.recipient, l.calendar.method, l.calendar.sequence);
		WELL(outbox_settle(h->q, &o, OUTBOX_BEGUN, h->now, "", &e));
		WELL(outbox_settle(h->q, &o, OUTBOX_SENT, h->now, "", &e));
		WELL(schedule_left(h->q, h->p, h->c, &o, h->now, &e));
	}
	WELL(sql_commit(h->q, &e));
	return t->s;
}

/* What they answer, as a client writes it; `more`: lines of the event. */
static inline const char *calendar(struct house *h, const char *from, const struct checkin *c, const char *method,
			    const char *attendee, const char *more)
{
	static int n;
	const char *lines = pool_print(h->p, "UID:%s\r\n%s%s%s", c->uid,
				       strstr(more, "DTSTAMP") ? "" : "DTSTAMP:20261125T100000Z\r\n", attendee, more);

	return comes(h, PLACE_INBOX,
		     pool_print(h->p,
				"From: <%s>\r\nTo: ada@example.org\r\nSubject: Re: The subgroup data\r\nDate: "
				"%s\r\nMessage-ID: <c%d@theirs.example>\r\nMIME-Version: 1.0\r\n"
				"Content-Type: text/calendar; method=%s; "
				"charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:%s\r\n"
				"BEGIN:VEVENT\r\n%sEND:VEVENT\r\nEND:VCALENDAR\r\n",
				from, utc_header(h->p, h->c->owners[0].time.zone, h->now), ++n, method, method, lines));
}

static inline const char *attendee(struct house *h, const char *address, const char *partstat)
{
	return pool_print(h->p, "ATTENDEE;PARTSTAT=%s:mailto:%s\r\n", partstat, address);
}

static inline const char *answer(struct house *h, const struct checkin *c, const char *who, const char *partstat,
			  const char *more)
{
	return calendar(h, who, c, "REPLY", attendee(h, who, partstat), more);
}

#endif
