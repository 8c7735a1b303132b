#include "work/checkins_inner.h"

#include <stdlib.h>
#include <string.h>

#include "borders/record.h"
#include "borders/secret.h"
#include "judgement/when.h"
#include "letters/ical.h"
#include "letters/markup.h"
#include "work/schedule_inner.h"

/* ---- what is said of it ---- */

void checkins_say(struct checkins *k, const char *format, ...)
{
	va_list a;

	va_start(a, format);
	text_print(k->said, "- %s\n", pool_vprint(k->p, format, a));
	va_end(a);
}

const char *checkins_plain(struct checkins *k, const char *s)
{
	return markdown_quote(k->p, s, WHAT_MOST);
}

static const char *names(struct checkins *k, const struct addrs *a)
{
	return checkins_plain(k, addrs_names(k->p, a));
}

bool checkins_record(struct checkins *k, const struct checkin *c, const char *word, const char *detail, struct err *e)
{
	return record_add(k->q, &(struct event){ .owner = k->owner->key, .word = word, .letter = k->letter, .commitment = c->commitment,
						 .detail = pool_print(k->p, "c%lld: %s", (long long)c->id, detail) }, k->now, e);
}

/* ---- when ---- */

static bool moment(struct checkins *k, const char *words, struct when *out, struct err *e)
{
	struct frame f = { .anchor = k->written, .time = &k->owner->time, .zone = zone_named, .zone_arg = k->p };

	if (!when_parse(k->p, words, &f, out, e))
		return false;
	return out->at > k->now || err_code(e, "past", "'%s' was %s: that has passed", words, utc_words(k->p, k->owner->time.zone, out->at));
}

/* "30min", "1h". */
static bool lasting(struct checkins *k, const char *words, int *minutes, struct err *e)
{
	struct frame f = { .anchor = k->now, .time = &k->owner->time };
	struct when w;

	if (!when_parse(k->p, words, &f, &w, e))
		return false;
	if (w.rrule || w.at <= k->now || w.at > k->now + CHECKIN_MINUTES_MOST * 60)
		return err_perm(e, "'%s' is no length of a meeting; as 30min, 1h (a day at most)", words);
	*minutes = (int)((w.at - k->now + 59) / 60);
	return true;
}

/* A month's rule that names no day would fall on Sundays: it keeps the weekday of the first, "the second Thursday". */
static const char *on_weekday(struct checkins *k, const char *rrule, const struct zone *z, utc start)
{
	static const char *const days[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
	struct civil c = zone_civil(z, start);
	int nth = (c.day - 1) / 7 + 1;

	if (!text_starts(rrule, "FREQ=MONTHLY") || strstr(rrule, ";BY"))
		return rrule;
	return pool_print(k->p, "%s;BYDAY=%d%s", rrule, nth > 4 ? -1 : nth, days[day_weekday(zone_day(z, start))]);
}

/* The rule of those words, said at that time. */
static bool rule_at(struct checkins *k, const char *words, utc anchor, const char **rrule, struct err *e)
{
	struct frame f = { .anchor = anchor, .time = &k->owner->time, .zone = zone_named, .zone_arg = k->p };
	struct when w;

	if (!when_parse(k->p, words, &f, &w, e) && !when_parse(k->p, pool_print(k->p, "every %s", words), &f, &w, e))
		return false;
	*rrule = w.rrule;
	return w.rrule || err_perm(e, "'%s' does not say how often; as `every 2 weeks`, `quarterly`", words);
}

/* … and the first time that it has at `start` or later. Where a rule's day is only the one on which it was said, the start counts. */
static bool repeating(struct checkins *k, const char *words, const char **rrule, utc *start, struct err *e)
{
	const struct zone *z = k->owner->time.zone;
	const char *later = "";

	if (text_same(words, "once")) {
		*rrule = "";
		return true;
	}
	if (!rule_at(k, words, *start, rrule, e) || !rule_at(k, words, *start + 2 * 86400, &later, e))
		return false;
	if (strcmp(*rrule, later) != 0 && strstr(*rrule, ";BY"))
		*rrule = pool_slice(k->p, *rrule, (size_t)(strstr(*rrule, ";BY") - *rrule));
	*rrule = on_weekday(k, *rrule, z, *start);
	return ical_next(*rrule, z, *start, *start, start) || err_perm(e, "'%s' has no day in the next years", words);
}

/* ---- is it a fit time? ---- */

static bool is_working(const struct worktime *w, utc t)
{
	struct civil c = zone_civil(w->zone, t);
	int minute = c.hour * 60 + c.minute;

	return is_workday(w, zone_day(w->zone, t)) && minute >= w->hour && minute <= w->eod;
}

/* For one person, in whose zone it is seen. */
bool checkins_fit(struct checkins *k, const char *who, const struct worktime *w, utc start, int minutes, struct err *e)
{
	const char *at = utc_words(k->p, w->zone, start);
	utc end = start + minutes * 60;

	if (!k->force && (is_quiet(w, start) || is_quiet(w, end - 60)))
		return err_perm(e, "%s: that is in the quiet hours of %s; `--force` (on the terminal) takes it all the same", at, who);
	if (!is_working(w, start) || !is_working(w, end))
		checkins_say(k, "**Look at the hour:** for %s it is %s, outside working hours.", checkins_plain(k, who), at);
	return true;
}

static bool fits_all(struct checkins *k, const struct addrs *with, utc start, int minutes, struct err *e)
{
	if (!checkins_fit(k, "yourself", &k->owner->time, start, minutes, e))
		return false;
	for (size_t i = 0; i < with->n; i++) {
		struct worktime theirs = k->owner->time;
		const struct zone *z;
		struct contact who;
		bool noted;

		if (!store_contact(k->q, k->p, k->owner->key, &with->list[i], &who, &noted, e))
			return false;
		z = *who.zone ? zone_named(k->p, who.zone) : NULL;
		if (!z || z == k->owner->time.zone)
			continue;
		theirs.zone = z;
		if (!checkins_fit(k, addr_called(who.name, who.address), &theirs, start, minutes, e))
			return false;
	}
	return true;
}

/* Another meeting of the owner's at that time. */
static bool clashes(struct checkins *k, const struct checkin *c, utc start, struct err *e)
{
	struct checkin *list;
	size_t n;

	if (!store_checkins(k->q, k->p, k->owner->key, &list, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		utc at;

		if (list[i].id == c->id || !checkin_is_live(list[i].state) || list[i].state == CHECKIN_DECLINED)
			continue;
		if (checkin_next(k->p, &list[i], start - list[i].minutes * 60 + 1, &at, NULL) && at < start + c->minutes * 60)
			checkins_say(k, "**Look at the day:** you have “%s” (c%lld) then.", checkins_plain(k, checkin_title(k->p, &list[i])), (long long)list[i].id);
	}
	return true;
}

/* ---- to those invited ---- */

/* Does kept see what they answer? That comes to the owner's own mailbox. */
static bool hears(const struct checkins *k)
{
	for (size_t i = 0; i < k->c->mailbox_count; i++)
		if (k->c->mailboxes[i].kind == MAILBOX_PERSONAL && k->c->mailboxes[i].owner == k->owner)
			return true;
	return false;
}

static void say_invited(struct checkins *k, const struct schedule_invited *r, const struct checkin *c)
{
	const struct zone *z = k->owner->time.zone;

	if (r->held.n)
		checkins_say(k, "the mail to %s waits for your word: answer `send` to the one that shows it, or `kept checkin send %lld`.", names(k, &r->held), (long long)c->id);
	if (r->leave.n && r->at > k->now)
		checkins_say(k, "the mail to %s leaves %s.", names(k, &r->leave), utc_words(k->p, z, r->at));
	else if (r->leave.n)
		checkins_say(k, "the mail to %s is on its way.", names(k, &r->leave));
	if (r->barred.n)
		checkins_say(k, "nothing goes to %s: %s.", names(k, &r->barred), r->why);
	if ((r->held.n || r->leave.n) && !hears(k))
		checkins_say(k, "I do not read your own mailbox, to which they answer: what they say you see there yourself.");
}

bool checkins_tell(struct checkins *k, const struct checkin *c, struct schedule_meeting m, struct err *e)
{
	struct schedule_invited r;

	m.send = k->send;
	if (!schedule_meeting(k->q, k->p, k->c, k->owner, c, &m, &r, k->now, e))
		return false;
	say_invited(k, &r, c);
	return true;
}

static bool can_send(struct checkins *k, struct err *e)
{
	return conf_own_submission(k->c, k->owner) ||
	       err_perm(e, "an invitation goes out from your own address, and kept has no account of yours to send by: set up a submission whose `owner` you are (kept.conf(5))");
}

/* ---- made ---- */

void checkins_person(struct checkins *k, struct checkin *c, const char *name, const char *address)
{
	struct checkin_attendee *a = pool_more(k->p, &c->attendees, c->attendee_count++, sizeof *a);

	*a = (struct checkin_attendee){ .name = line_from(k->p, name ? name : "", NAME_MOST).s, .address = addr_lower(k->p, address), .comment = "", .delegated_to = "" };
}

/* By the name that is noted of them. */
static bool invite(struct checkins *k, struct checkin *c, const struct addrs *with, struct err *e)
{
	for (size_t i = 0; i < with->n; i++) {
		struct contact who;

		if (checkin_attendee(c, with->list[i].address, 0))
			continue;
		if (!store_contact_made(k->q, k->p, k->owner->key, &with->list[i], &who, k->now, e))
			return false;
		checkins_person(k, c, *who.name ? who.name : with->list[i].name, with->list[i].address);
	}
	if (!c->attendee_count || c->attendee_count > CHECKIN_ATTENDEES_MOST)
		return err_perm(e, c->attendee_count ? "more than %d people cannot be invited to one meeting" : "with whom? a check-in needs an address (at most %d)",
				CHECKIN_ATTENDEES_MOST);
	return true;
}

static const char *words_of(struct checkins *k, const char *s, size_t most)
{
	return line_from(k->p, s ? s : "", most).s;
}

/* Lines stay, all other controls go. */
static const char *text_of(struct checkins *k, const char *s)
{
	char *t = pool_copy(k->p, utf8_mend(k->p, s ? s : "", strlen(s ? s : "")));

	for (char *at = t; *at; at++)
		if (((unsigned char)*at < 0x20 && *at != '\n') || *at == 0x7F)
			*at = ' ';
	return pool_slice(k->p, t, utf8_cut(t, NOTE_MOST / 4));
}

static bool link_fits(const char *link, struct err *e)
{
	if (!*link)
		return true;
	if (!text_starts(link, "https://") && !text_starts(link, "http://"))
		return err_perm(e, "--link '%.100s' is no web address; as https://meet.example/room", link);
	for (const char *s = link; *s; s++)
		if (*s <= ' ' || *s > '~' || strchr("\"<>\\", *s))
			return err_perm(e, "--link holds a character that has no place in a web address; write it as %%XX");
	return true;
}

static const char *when_said(struct checkins *k, const struct checkin *c)
{
	return pool_print(k->p, "%s, %d minutes%s", utc_words(k->p, k->owner->time.zone, c->start), c->minutes, *c->rrule ? ", and again" : "");
}

const char *checkins_purpose(const struct commitment *m)
{
	return *m->subject && text_starts(m->words, m->what) ? m->subject : m->what;
}

bool checkins_add(struct checkins *k, const struct checkin_wish *w, struct checkin *out, struct err *e)
{
	struct checkin c = { .owner = k->owner->key, .minutes = CHECKIN_MINUTES, .zone = zone_name(k->owner->time.zone), .rrule = "", .stamp = k->now,
			     .purpose = words_of(k, w->purpose, WHAT_MOST), .agenda = text_of(k, w->agenda), .link = w->link ? w->link : "",
			     .place = words_of(k, w->place, WHAT_MOST), .commitment = w->commitment, .made = k->now, .entry = -1 };
	char token[TOKEN_LENGTH + 1];
	struct addrs people;
	struct when at = { .at = w->start };

	if (!can_send(k, e) || !invite(k, &c, &w->with, e) || !link_fits(c.link, e))
		return false;
	if (!*c.purpose)
		return err_perm(e, "what is it about? A check-in has a purpose that they can read: --purpose \"…\"");
	if ((!w->start && !moment(k, w->at, &at, e)) || (w->lasts && *w->lasts && !lasting(k, w->lasts, &c.minutes, e)))
		return false;
	c.start = at.at;
	if (at.rrule)
		c.rrule = on_weekday(k, at.rrule, k->owner->time.zone, c.start);
	if (w->every && *w->every && !repeating(k, w->every, &c.rrule, &c.start, e))
		return false;
	people = checkin_people(k->p, &c);
	if (!fits_all(k, &people, c.start, c.minutes, e) || !clashes(k, &c, c.start, e))
		return false;
	secret_token(token);
	c.uid = pool_print(k->p, "checkin-%s@kept", token);
	if (!store_checkin_save(k->q, &c, e) || !checkins_record(k, &c, "checkin", pool_print(k->p, "made, %s", utc_print(k->p, k->owner->time.zone, c.start)), e))
		return false;
	checkins_say(k, "**c%lld** “%s” with %s: %s.", (long long)c.id, checkins_plain(k, c.purpose), names(k, &people), when_said(k, &c));
	if (at.note)
		checkins_say(k, "%s", at.note);
	*out = c;
	return checkins_tell(k, &c, (struct schedule_meeting){ .method = "REQUEST", .why = "a check-in was made" }, e);
}

/* ---- changed ---- */

static void change(struct checkins *k, struct checkin *c)
{
	c->sequence++;
	c->stamp = k->now > c->stamp ? k->now : c->stamp + 1;
}

/* Another time asks anew. */
static void unanswered(struct checkin *c, utc recurrence)
{
	size_t kept = 0;

	for (size_t i = 0; i < c->attendee_count; i++) {
		struct checkin_attendee a = c->attendees[i];

		if (recurrence ? a.recurrence == recurrence : a.recurrence != 0)
			continue; /* what they answered to one of the series that is no more so */
		if (!recurrence)
			a.partstat = PARTSTAT_NEEDS_ACTION, a.counter = 0;
		c->attendees[kept++] = a;
	}
	c->attendee_count = kept;
	if (!recurrence && c->state != CHECKIN_PROPOSED)
		c->state = CHECKIN_INVITED;
}

/* Which one of the series takes place on that day. */
static bool on_day(struct checkins *k, const struct checkin *c, const char *on, utc *recurrence, utc *start, struct err *e)
{
	const struct zone *z = k->owner->time.zone;
	struct when w;

	if (!*c->rrule)
		return err_perm(e, "c%lld is no series: there is only the one", (long long)c->id);
	if (!moment(k, on, &w, e))
		return false;
	if (!checkin_next(k->p, c, zone_at(z, zone_day(z, w.at), 0), start, recurrence) || zone_day(z, *start) != zone_day(z, w.at))
		return err_perm(e, "none of c%lld is on %s; `kept checkin show %lld` has the next ones", (long long)c->id, utc_words_short(k->p, z, w.at, k->now), (long long)c->id);
	return true;
}

static void except(struct checkins *k, struct checkin *c, utc recurrence, utc start)
{
	for (size_t i = 0; i < c->exception_count; i++)
		if (c->exceptions[i].recurrence == recurrence) {
			c->exceptions[i].start = start;
			return;
		}
	*(struct checkin_exception *)pool_more(k->p, &c->exceptions, c->exception_count++, sizeof *c->exceptions) = (struct checkin_exception){ recurrence, start };
}

static bool given(const char *s)
{
	return s && *s;
}

/* The entry in the owner's own calendar follows at once where they have one: it is theirs. */
static bool own_entry(struct checkins *k, struct checkin *c, const char *subject, struct err *e)
{
	if (c->entry < 0)
		return store_checkin_save(k->q, c, e);
	return schedule_entry(k->q, k->p, k->c, k->owner, c, subject, pool_print(k->p, "%s\nThe entry in your own calendar follows.\n", k->said->s), k->now, e);
}

/* One of a series at another time. */
static bool move_one(struct checkins *k, struct checkin *c, utc recurrence, utc was, utc start, struct err *e)
{
	struct addrs people = checkin_people(k->p, c);

	if (!fits_all(k, &people, start, c->minutes, e) || !clashes(k, c, start, e))
		return false;
	except(k, c, recurrence, start);
	change(k, c);
	unanswered(c, recurrence);
	checkins_say(k, "**c%lld** “%s”: the one of %s begins %s now; the others stay.", (long long)c->id, checkins_plain(k, checkin_title(k->p, c)),
	    utc_words_short(k->p, k->owner->time.zone, was, k->now), utc_words(k->p, k->owner->time.zone, start));
	return own_entry(k, c, pool_print(k->p, "Moved: %s", checkin_title(k->p, c)), e) &&
	       checkins_record(k, c, "moved", pool_print(k->p, "the one of %s to %s", utc_print(k->p, k->owner->time.zone, recurrence), utc_print(k->p, k->owner->time.zone, start)), e) &&
	       checkins_tell(k, c, (struct schedule_meeting){ .method = "REQUEST", .recurrence = recurrence, .was = was, .why = "it was moved" }, e);
}

static bool live(const struct checkin *c, struct err *e)
{
	return checkin_is_live(c->state) || err_perm(e, "c%lld is called off; a new one is made by `kept checkin add`", (long long)c->id);
}

/* Its words, length and link. true in `any`: something is another. */
static bool reword(struct checkins *k, struct checkin *c, const struct checkin_change *w, bool *any, struct err *e)
{
	if (given(w->purpose))
		c->purpose = words_of(k, w->purpose, WHAT_MOST);
	if (given(w->agenda))
		c->agenda = text_of(k, w->agenda);
	if (given(w->place))
		c->place = words_of(k, w->place, WHAT_MOST);
	if (given(w->link))
		c->link = w->link;
	if (!link_fits(c->link, e) || (given(w->lasts) && !lasting(k, w->lasts, &c->minutes, e)))
		return false;
	if (w->minutes)
		c->minutes = w->minutes;
	*any = given(w->purpose) || given(w->agenda) || given(w->place) || given(w->link) || given(w->lasts) || w->minutes;
	return true;
}

bool checkins_move(struct checkins *k, struct checkin *c, const struct checkin_change *w, struct err *e)
{
	utc was = c->start, start = w->start, recurrence = w->recurrence, old;
	struct checkin new = *c;
	struct when at = { .at = 0 };
	struct addrs people = checkin_people(k->p, c);
	bool worded;

	if (!live(c, e) || !can_send(k, e) || (given(w->at) && !moment(k, w->at, &at, e)))
		return false;
	if (given(w->at))
		start = at.at;
	if (given(w->on) && !on_day(k, c, w->on, &recurrence, &old, e))
		return false;
	if (recurrence && !given(w->on) && !checkin_is_one(k->p, c, recurrence, &old))
		return err_perm(e, "c%lld has no such time any more", (long long)c->id);
	if (recurrence)
		return start ? move_one(k, c, recurrence, old, start, e) : err_perm(e, "to when? As --at \"friday 3pm\"");
	if (!reword(k, &new, w, &worded, e))
		return false;
	if (start)
		new.start = start;
	if (at.rrule)
		new.rrule = on_weekday(k, at.rrule, k->owner->time.zone, new.start);
	else if (start && *new.rrule && strstr(new.rrule, ";BYDAY=") && text_starts(new.rrule, "FREQ=MONTHLY") && !strstr(new.rrule, ";BYSETPOS"))
		new.rrule = on_weekday(k, pool_slice(k->p, new.rrule, (size_t)(strstr(new.rrule, ";BYDAY=") - new.rrule)), k->owner->time.zone, new.start);
	if (given(w->every)) {
		if (new.start <= k->now && !checkin_next(k->p, &new, k->now + 1, &new.start, NULL))
			return err_perm(e, "c%lld is over; say from when, as --at", (long long)c->id);
		if (!repeating(k, w->every, &new.rrule, &new.start, e))
			return false;
	}
	if (!start && !given(w->every) && !worded)
		return err_perm(e, "what is to change? As --at \"friday 3pm\", --for 1h, --every \"2 weeks\"");
	if (!fits_all(k, &people, new.start, new.minutes, e) || !clashes(k, &new, new.start, e))
		return false;
	if (new.start != c->start || strcmp(new.rrule, c->rrule) != 0) {
		if (new.exception_count)
			checkins_say(k, "what was moved or called off of the series before is part of it again.");
		new.exceptions = NULL;
		new.exception_count = 0;
		unanswered(&new, 0);
	}
	change(k, &new);
	*c = new;
	checkins_say(k, "**c%lld** “%s” with %s: %s.", (long long)c->id, checkins_plain(k, checkin_title(k->p, c)), names(k, &people), when_said(k, c));
	if (at.note)
		checkins_say(k, "%s", at.note);
	return own_entry(k, c, pool_print(k->p, "Moved: %s", checkin_title(k->p, c)), e) &&
	       checkins_record(k, c, "moved", utc_print(k->p, k->owner->time.zone, c->start), e) &&
	       checkins_tell(k, c, (struct schedule_meeting){ .method = "REQUEST", .was = was, .why = "it was changed" }, e);
}

bool checkins_cancel(struct checkins *k, struct checkin *c, const char *on, struct err *e)
{
	utc recurrence = 0, start;

	if (!live(c, e))
		return false;
	if (given(on) && !on_day(k, c, on, &recurrence, &start, e))
		return false;
	change(k, c);
	if (recurrence) {
		except(k, c, recurrence, 0);
		unanswered(c, recurrence);
		checkins_say(k, "**c%lld** “%s”: the one of %s is called off; the others stay.", (long long)c->id, checkins_plain(k, checkin_title(k->p, c)),
		    utc_words(k->p, k->owner->time.zone, start));
	} else {
		c->state = CHECKIN_CANCELLED;
		checkins_say(k, "**c%lld** “%s” is called off.", (long long)c->id, checkins_plain(k, checkin_title(k->p, c)));
	}
	return own_entry(k, c, pool_print(k->p, "Called off: %s", checkin_title(k->p, c)), e) &&
	       checkins_record(k, c, "cancel", recurrence ? utc_print(k->p, k->owner->time.zone, recurrence) : "the check-in", e) &&
	       checkins_tell(k, c, (struct schedule_meeting){ .method = "CANCEL", .recurrence = recurrence, .why = "it is called off" }, e);
}

/* ---- the owner's word on what waits ---- */

/* What waits for a word, or (`all`) for its time too. */
static bool waiting(struct checkins *k, const struct checkin *c, bool all, struct outgoing **out, size_t *n, struct err *e)
{
	int64_t *ids;
	size_t count;

	*out = NULL;
	*n = 0;
	if (!store_checkin_mails(k->q, k->p, c->id, true, &ids, &count, e))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct outgoing o;
		bool found;

		if (!outbox_head(k->q, k->p, ids[i], &o, &found, e))
			return false;
		if (found && (all || o.state == OUTBOX_HELD))
			*(struct outgoing *)pool_more(k->p, out, (*n)++, sizeof **out) = o;
	}
	return *n || err_perm(e, "no mail about c%lld waits for your word; nothing was done", (long long)c->id);
}

/* One of them, unless a last look finds what must not leave; a second word sends it all the same. */
static bool send_one(struct checkins *k, struct outgoing *o, utc at, struct err *e)
{
	bool again = strcmp(o->word, WORD_REFUSED) == 0;
	struct findings seen;
	struct verdict v;

	if (!schedule_look(k->q, k->p, k->c, o, k->now, &seen, e))
		return false;
	if (seen.block && !again) {
		checkins_say(k, "the mail to %s was not sent. Look at this first; to send it as it is, say `send` once more:", checkins_plain(k, o->recipient));
		for (size_t i = 0; i < seen.n; i++)
			checkins_say(k, "%s", checkins_plain(k, seen.list[i].says));
		o->word = WORD_REFUSED;
		return outbox_settle(k->q, o, OUTBOX_HELD, k->now, seen.list[0].says, e);
	}
	if (!schedule_release(k->q, k->p, k->c, o, seen.block ? WORD_OVERRIDE : "send", at, k->now, &v, e))
		return false;
	if (v.kind == GATE_NEVER)
		checkins_say(k, "the mail to %s was not sent: %s.", checkins_plain(k, o->recipient), v.why);
	else if (o->try_at > k->now)
		checkins_say(k, "the mail to %s leaves %s%s%s.", checkins_plain(k, o->recipient), utc_words(k->p, k->owner->time.zone, o->try_at),
		    v.kind == GATE_LATER ? ", since " : "", v.kind == GATE_LATER ? v.why : "");
	else
		checkins_say(k, "the mail to %s is on its way.", checkins_plain(k, o->recipient));
	return true;
}

bool checkins_send(struct checkins *k, const struct checkin *c, const char *words, struct err *e)
{
	struct when w = { .at = 0 };
	struct outgoing *list;
	size_t n;

	if (!can_send(k, e) || (given(words) && !moment(k, words, &w, e)) || !waiting(k, c, false, &list, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!send_one(k, &list[i], w.at, e))
			return false;
	return checkins_record(k, c, "send", checkin_state_name(c->state), e);
}

bool checkins_skip(struct checkins *k, const struct checkin *c, struct err *e)
{
	struct outgoing *list;
	size_t n;

	if (!waiting(k, c, true, &list, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		list[i].word = "skip";
		if (!schedule_withdraw(k->q, k->p, &list[i], 0, "your word: skip", k->now, e))
			return false;
		checkins_say(k, "the mail to %s is dropped.", checkins_plain(k, list[i].recipient));
	}
	checkins_say(k, c->state == CHECKIN_PROPOSED ? "nobody was invited. `kept checkin cancel %lld` ends it." : "the check-in is as you changed it; they do not know. `kept checkin show %lld` has it.",
	    (long long)c->id);
	return checkins_record(k, c, "skip", checkin_state_name(c->state), e);
}

/* ---- the owner's word on what they answered ---- */

/* The proposal of that one, or the only one. */
static struct checkin_attendee *proposal(const struct checkin *c, const char *who, struct err *e)
{
	struct checkin_attendee *found = NULL;

	for (size_t i = 0; i < c->attendee_count; i++) {
		if (!c->attendees[i].counter || (given(who) && !addr_same(c->attendees[i].address, who)))
			continue;
		if (found && !given(who) && !addr_same(found->address, c->attendees[i].address))
			return err_perm(e, "several propose another time for c%lld: say whose, as `kept checkin accept %lld --with ADDRESS`", (long long)c->id, (long long)c->id), NULL;
		if (!found || c->attendees[i].answered > found->answered)
			found = &c->attendees[i];
	}
	if (!found)
		err_perm(e, "nobody proposes another time for c%lld", (long long)c->id);
	return found;
}

bool checkins_counter(struct checkins *k, struct checkin *c, const char *who, bool accept, struct err *e)
{
	struct checkin_attendee *a, *own;
	const char *address;
	utc recurrence;

	if (!live(c, e) || !(a = proposal(c, who, e)))
		return false;
	address = a->address, recurrence = a->recurrence;
	if (accept) {
		struct checkin_change w = { .start = a->counter, .minutes = a->counter_minutes == c->minutes || recurrence ? 0 : a->counter_minutes, .recurrence = recurrence };

		if (w.start <= k->now)
			return err_perm(e, "the time that they proposed has passed");
		a->counter = 0;
		if (!checkins_move(k, c, &w, e))
			return false;
		if (recurrence || !(own = checkin_attendee(c, address, 0)))
			return true;
		own->partstat = PARTSTAT_ACCEPTED; /* it is their own proposal */
		c->state = checkin_answered(c);
		return store_checkin_save(k->q, c, e);
	}
	a->counter = 0;
	checkins_say(k, "**c%lld** “%s” stays as it is.", (long long)c->id, checkins_plain(k, checkin_title(k->p, c)));
	return store_checkin_save(k->q, c, e) && checkins_record(k, c, "decline", pool_print(k->p, "the time that %s proposed", address), e) &&
	       checkins_tell(k, c, (struct schedule_meeting){ .method = "DECLINECOUNTER", .recurrence = recurrence, .only = address, .why = "the time that they proposed cannot be" }, e);
}

bool checkins_edit(struct checkins *k, struct checkin *c, const char *text, struct err *e)
{
	return live(c, e) && checkins_tell(k, c, (struct schedule_meeting){ .method = "REQUEST", .own_text = text, .why = "it is in your words now" }, e);
}

bool checkins_get(struct checkins *k, int64_t id, struct checkin *out, struct err *e)
{
	bool found;

	if (!store_checkin(k->q, k->p, id, out, &found, e))
		return false;
	return (found && strcmp(out->owner, k->owner->key) == 0) || err_perm(e, "c%lld: there is no such check-in of yours; `kept checkin list` shows them", (long long)id);
}

bool checkins_object(struct checkins *k, const struct checkin *c, const char **out, struct err *e)
{
	struct addr own = { k->owner->name, k->owner->addresses.list[0] };

	return ical_checkin(k->p, &(struct ical_meeting){ .c = c, .method = checkin_is_live(c->state) ? "REQUEST" : "CANCEL", .organizer = own, .owner = own }, out, e);
}
