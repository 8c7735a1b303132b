/* what those invited answer: written down, told to the owner where there is something to decide, and never obeyed from others */
#include <string.h>

#include "letters/ical.h"
#include "work/checkins_inner.h"

enum {
	COMMENT_MOST = 400,
	DAY = 86400,
	TOLD_MOST = 20,    /* mails to the owner about one check-in in a day: who answers ever again fills no day */
	ANSWERED_MOST = 200, /* times of a series that one of them answers singly */
	SENT_MOST = 3      /* mails about it to one of them in a day, after which it is not sent once more */
};

struct answer {
	struct checkins *k;
	const struct calendar_facts *f;
	const struct answered *who;
	struct checkin *c;
	const char *name; /* as they are called */
	utc recurrence;   /* of that one of the series; 0: the whole */
	utc start;        /* … begins then, as it is now */
	utc stamp;        /* when they answered */
};

static const char *comment(const struct answer *a)
{
	return line_from(a->k->p, a->f->comment, COMMENT_MOST).s;
}

/* In their own words, as a quotation. */
static const char *quoted(const struct answer *a)
{
	return *a->f->comment ? pool_print(a->k->p, "\n\n> %s", checkins_plain(a->k, comment(a))) : "";
}

static bool tell(const struct answer *a, const char *word, const char *subject, const char *text, struct err *e)
{
	struct checkins *k = a->k;
	struct schedule_telling t = {
		.owner = k->owner, .subject = subject, .markdown = text, .word = word, .checkin = a->c
	};
	int64_t told;

	if (!store_count(k->q, SQL_CHECKIN_MAILED,
			 SQL_VALUES(sql_i(a->c->id), sql_t(mail_kind_name(MAIL_NOTICE)), sql_i(k->now - DAY)), &told, e))
		return false;
	if (told >= TOLD_MOST)
		return checkins_record(k, a->c, "untold", "enough was written about it today", e);
	if (told == TOLD_MOST - 1)
		t.markdown = pool_print(k->p, checkins_in(k, "%s\nThat is much about one check-in: I write no more of what they answer "
					      "until tomorrow. `kept checkin show %lld` has all of it.\n"),
					text, (long long)a->c->id);
	return schedule_tell(a->k->q, a->k->p, a->k->c, &t, a->k->now, e);
}

static const char *title(const struct answer *a)
{
	return checkin_title(a->k->p, a->c);
}

static const char *when(const struct answer *a, utc t)
{
	return checkins_day(a->k, t);
}

/* To a time or words that are not so any more, or older than what they said since. Some clients drop SEQUENCE: the start tells then. */
static bool is_stale(const struct answer *a, const struct checkin_attendee *was)
{
	bool other = a->f->sequence < a->c->sequence && !(a->f->has_start && a->f->start == a->start);

	if (strcmp(a->f->method, "COUNTER") == 0) /* its start is the new one */
		other = a->f->sequence && a->f->sequence < a->c->sequence;
	return other ||
	       (was && was->answered && a->f->sequence >= was->answered_sequence
			? a->stamp < was->answered
			: was && was->answered && a->f->sequence < was->answered_sequence && a->stamp <= was->answered);
}

/* The row that they answer for: of the whole, or a new one for that of the series. */
static struct checkin_attendee *row_of(const struct answer *a, const char *address)
{
	struct checkin_attendee *row = checkin_attendee(a->c, address, a->recurrence),
				*whole = checkin_attendee(a->c, address, 0);
	size_t singly = 0;

	if (row || !whole)
		return row;
	for (size_t i = 0; i < a->c->attendee_count; i++)
		singly += a->c->attendees[i].recurrence && addr_same(a->c->attendees[i].address, address);
	if (singly >= ANSWERED_MOST)
		return NULL;
	row = pool_more(a->k->p, &a->c->attendees, a->c->attendee_count++, sizeof *row);
	whole = checkin_attendee(a->c, address, 0);
	*row = *whole;
	row->recurrence = a->recurrence;
	row->partstat = PARTSTAT_NEEDS_ACTION;
	row->counter = 0, row->answered = 0, row->answered_sequence = 0, row->comment = "";
	return row;
}

static bool declined(const struct answer *a, struct err *e)
{
	struct checkins *k = a->k;

	return tell(a, NULL, pool_print(k->p, checkins_in(k, "Declined: %s, %s"), a->name, title(a)),
		    pool_print(k->p,
			       checkins_in(k, a->recurrence
						      ? "%s declined one of “%s”, %s.%s\n\nTo propose another time answer `at` with "
							"it, as `at friday 3pm`; to call it off, `cancel`.\n"
						      : "%s declined “%s”, %s.%s\n\nTo propose another time answer `at` with it, as "
							"`at friday 3pm`; to call it off, `cancel`.\n"),
			       checkins_plain(k, a->name), checkins_plain(k, title(a)),
			       when(a, a->start), quoted(a)),
		    e);
}

/* Whom they sent may answer from now on; and gets what changes, by the owner's word as everybody. */
static bool delegated(const struct answer *a, struct checkin_attendee *row, struct err *e)
{
	struct checkins *k = a->k;
	const char *to = addr_clean(k->p, a->f->attendees[0].delegated_to);

	if (!to || !addr_valid(to) || strlen(to) > ADDRESS_MOST)
		return true;
	row->delegated_to = addr_lower(k->p, to);
	if (!a->recurrence && !checkin_attendee(a->c, to, 0) && conf_owner_of(k->c, to) != k->owner &&
	    !conf_tracks(k->p, k->c, to, NULL) && a->c->attendee_count < CHECKIN_ATTENDEES_MOST)
		checkins_person(k, a->c, "", to);
	return tell(a, NULL, pool_print(k->p, checkins_in(k, "Somebody else comes: %s, %s"), a->name, title(a)),
		    pool_print(k->p,
			       checkins_in(k, "%s does not come to “%s”, %s, and sends %s instead.%s\n\nIf that is not what "
					      "you want, answer `cancel`, or `at` and another time.\n"),
			       checkins_plain(k, a->name), checkins_plain(k, title(a)), when(a, a->start),
			       checkins_plain(k, to), quoted(a)),
		    e);
}

static bool reply(const struct answer *a, struct err *e)
{
	struct checkins *k = a->k;
	const char *partstat = a->f->attendee_count ? a->f->attendees[0].partstat : "";
	struct checkin_attendee *row = row_of(a, a->who->of->invited);
	enum partstat is;
	bool same;

	if (!row || !partstat_from(partstat, &is) || is == PARTSTAT_NEEDS_ACTION)
		return true;
	if (is_stale(a, row))
		return checkins_record(k, a->c, "stale", "an answer to what is no more so, or older than one before",
				       e);
	same = row->partstat == is && row->answered;
	row->partstat = is;
	row->answered = a->stamp, row->answered_sequence = a->f->sequence;
	row->comment = comment(a);
	row->counter = 0;
	a->c->state = checkin_answered(a->c);
	if (is == PARTSTAT_DELEGATED && !same && !delegated(a, row, e))
		return false;
	return store_checkin_save(k->q, a->c, e) && checkins_record(k, a->c, "answered", partstat_said(is), e) &&
	       (is != PARTSTAT_DECLINED || same || declined(a, e));
}

/* Another time: put to the owner. */
static bool counter(const struct answer *a, struct err *e)
{
	struct checkins *k = a->k;
	struct checkin_attendee *row = row_of(a, a->who->of->invited);
	int64_t minutes = a->f->has_end ? (a->f->end - a->f->start) / 60 : a->c->minutes;
	struct checkins quiet = *k;
	const char *look = "";
	struct err why = { 0 };
	bool again;

	if (a->f->has_start && a->f->start == a->start)
		return reply(a, e);
	if (!row || !a->f->has_start || a->f->start <= k->now || is_stale(a, row))
		return checkins_record(k, a->c, "stale",
				       "a proposal of a time that cannot be, or older than an answer before", e);
	again = row->counter == a->f->start;
	row->counter = a->f->start;
	row->counter_minutes = minutes > 0 && minutes <= CHECKIN_MINUTES_MOST ? (int)minutes : a->c->minutes;
	row->partstat = PARTSTAT_TENTATIVE;
	row->answered = a->stamp, row->answered_sequence = a->f->sequence;
	row->comment = comment(a);
	a->c->state = checkin_answered(a->c);
	quiet.said = text_new(k->p, ANSWER_MOST);
	if (!checkins_fit(&quiet, "you", &k->owner->time, row->counter, row->counter_minutes, &why))
		look = checkins_in(k, "\n\nThat is in your quiet hours.");
	else if (quiet.said->n)
		look = checkins_in(k, "\n\nThat is outside your working hours.");
	return store_checkin_save(k->q, a->c, e) &&
	       checkins_record(k, a->c, "counter", utc_print(k->p, k->owner->time.zone, a->f->start), e) &&
	       (again || tell(a, pool_print(k->p, WORD_COUNTER "%s", row->address),
		    pool_print(k->p, checkins_in(k, "Another time? %s proposes %s"), a->name,
			       checkins_day_short(k, a->f->start)),
		    pool_print(k->p,
			       checkins_in(k, "%s proposes another time for “%s”: **%s**, in place of %s.%s%s\n\nAnswer "
					      "`accept`, and I move it and tell all who are invited; `decline`, and it stays as it "
					      "is and they hear so; or `at` with a time of your own.\n"),
			       checkins_plain(k, a->name), checkins_plain(k, title(a)), when(a, a->f->start),
			       when(a, a->start), quoted(a), look),
		    e));
}

/* Has it left for them, by the owner's word, and not ever again today? Whom another named has nothing of it yet. */
static bool has_it(const struct answer *a, bool *has, struct err *e)
{
	struct checkins *k = a->k;
	int64_t *ids;
	size_t n, all = 0, today = 0;

	if (!store_checkin_mails(k->q, k->p, a->c->id, false, &ids, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct outgoing o;
		bool found;

		if (!outbox_head(k->q, k->p, ids[i], &o, &found, e))
			return false;
		if (found && addr_same(o.recipient, a->who->of->invited))
			all++, today += o.made > k->now - DAY;
	}
	*has = all && today < SENT_MOST;
	return true;
}

/* They lost it: the same once more, to them alone, where nothing waits for a word. */
static bool refresh(const struct answer *a, struct err *e)
{
	struct checkins *k = a->k;
	bool send = k->send, well, has;
	int64_t *waiting;
	size_t n;

	if (!has_it(a, &has, e))
		return false;
	if (!has)
		return checkins_record(k, a->c, "refresh", "asked for by one who was sent nothing, or enough today", e);
	if (!store_checkin_mails(k->q, k->p, a->c->id, true, &waiting, &n, e))
		return false;
	if (n || !checkin_is_live(a->c->state))
		return checkins_record(k, a->c, "refresh", "asked for, while a mail about it waits or it is called off",
				       e);
	k->send = true;
	well = checkins_tell(k, a->c,
			     (struct schedule_meeting){ .method = "REQUEST",
							.only = a->who->of->invited,
							.why = "they asked for it once more" },
			     e) &&
	       checkins_record(k, a->c, "refresh", "sent once more", e);
	k->send = send;
	return well;
}

/* Noted and told; nothing is changed by it. */
static bool refused(const struct answer *a, const char *from, struct err *e)
{
	struct checkins *k = a->k;
	const char *partstat = a->f->attendee_count ? a->f->attendees[0].partstat : "";
	enum partstat is;
	int64_t told;

	if (!checkins_record(k, a->c, "refused", a->who->refused, e) ||
	    !store_count(k->q, SQL_CHECKIN_TOLD, SQL_VALUES(sql_i(a->c->id), sql_t(WORD_UNBELIEVED), sql_i(k->now - DAY)), &told, e))
		return false;
	if (told)
		return true;
	return tell(a, WORD_UNBELIEVED, pool_print(k->p, checkins_in(k, "Not believed: an answer to %s"), title(a)),
		    pool_print(k->p,
			       checkins_in(k, "An answer (%s%s%s) to “%s”, %s, came from %s and was not obeyed: %s. The "
					      "check-in stays as it is. If you know better: `kept checkin show %lld`.\n"),
			       a->f->method, partstat_from(partstat, &is) ? ", " : "",
			       partstat_from(partstat, &is) ? checkins_in(k, partstat_said(is)) : "", checkins_plain(k, title(a)),
			       when(a, a->c->start), checkins_plain(k, *from ? from : checkins_in(k, "nobody")), checkins_in(k, a->who->refused),
			       (long long)a->c->id),
		    e);
}

bool checkins_answer(struct checkins *k, const struct meaning *m, const struct letter *l, struct err *e)
{
	const char *from = l->from.n ? line_from(k->p, l->from.list[0].address, ADDRESS_MOST).s : "";
	struct checkin c;
	struct answer a = { .k = k, .f = &l->calendar, .who = &m->checkin, .c = &c };
	const struct checkin_attendee *row;
	bool found;

	if (!store_checkin_uid(k->q, k->p, l->calendar.uid, &c, &found, e))
		return false;
	if (!found)
		return true;
	a.start = c.start;
	a.stamp = l->calendar.stamp ? l->calendar.stamp : l->date;
	if (!a.stamp || a.stamp > k->now + DAY) /* a clock that is far ahead would shut out what they answer after */
		a.stamp = k->now;
	if (m->checkin.refused)
		return refused(&a, from, e);
	row = checkin_attendee(&c, m->checkin.of->invited, 0);
	a.name = row ? addr_called(row->name, row->address) : from;
	if (!checkin_is_live(c.state))
		return checkins_record(k, &c, "stale", "an answer to what is called off", e);
	if (*c.rrule && l->calendar.recurrence) {
		a.recurrence = l->calendar.recurrence;
		if (!checkin_is_one(k->p, &c, a.recurrence, &a.start))
			return checkins_record(k, &c, "stale", "an answer to one of the series that there is not", e);
	}
	if (strcmp(l->calendar.method, "COUNTER") == 0)
		return counter(&a, e);
	return strcmp(l->calendar.method, "REFRESH") == 0 ? refresh(&a, e) : reply(&a, e);
}
