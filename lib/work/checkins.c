#include "work/checkins_inner.h"

#include <stdlib.h>
#include <string.h>

#include "borders/record.h"
#include "borders/secret.h"
#include "judgement/when.h"
#include "letters/ical.h"
#include "letters/markup.h"
#include "letters/phrase.h"
#include "work/schedule_inner.h"

/* ---- what is said of it ---- */

const char *checkins_language(const struct checkins *k)
{
	return k->letter ? k->owner->language : "en";
}

const char *checkins_in(const struct checkins *k, const char *english)
{
	return phrase_of(checkins_language(k), english);
}

const char *checkins_day(struct checkins *k, utc t)
{
	return phrase_time(k->p, checkins_language(k), k->owner->time.zone, t);
}

const char *checkins_day_short(struct checkins *k, utc t)
{
	return phrase_time_short(k->p, checkins_language(k), k->owner->time.zone, t, k->now);
}

void checkins_say(struct checkins *k, const char *format, ...)
{
	va_list a;

	va_start(a, format);
	text_print(k->said, "- %s\n", pool_vprint(k->p, checkins_in(k, format), a));
	va_end(a);
}

bool checkins_refuse(struct checkins *k, struct err *e, const char *format, ...)
{
	va_list a;
	const char *why;

	va_start(a, format);
	why = pool_vprint(k->p, checkins_in(k, format), a);
	va_end(a);
	return err_perm(e, "%s", why);
}

const char *checkins_plain(struct checkins *k, const char *s)
{
	return markdown_quote(k->p, s, WHAT_MOST);
}

static const char *names(struct checkins *k, const struct addrs *a)
{
	return checkins_plain(k, phrase_names(k->p, checkins_language(k), a));
}

bool checkins_record(struct checkins *k, const struct checkin *c, const char *word, const char *detail, struct err *e)
{
	const char *before = k->before;

	k->before = NULL;
	return record_add(k->q,
			  &(struct event){ .owner = k->owner->key,
					   .word = word,
					   .letter = k->letter,
					   .commitment = c->commitment,
					   .detail = pool_print(k->p, "c%lld: %s", (long long)c->id, detail),
					   .before = before },
			  k->now, e);
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
	if (r->held.n)
		checkins_say(k,
			     "the mail to %s waits for your word: answer `send` to the one that shows it, or `kept "
			     "checkin send %lld`.",
			     names(k, &r->held), (long long)c->id);
	if (*r->finding)
		checkins_say(k, "it was not sent at once. Look at this first: %s", checkins_plain(k, k->letter ? r->told : r->finding));
	if (r->leave.n && r->at > k->now)
		checkins_say(k, "the mail to %s leaves %s.", names(k, &r->leave), checkins_day(k, r->at));
	else if (r->leave.n)
		checkins_say(k, "the mail to %s is on its way.", names(k, &r->leave));
	if (r->barred.n)
		checkins_say(k, "nothing goes to %s: %s.", names(k, &r->barred), checkins_in(k, r->why));
}

bool checkins_tell(struct checkins *k, const struct checkin *c, struct schedule_meeting m, struct err *e)
{
	struct schedule_invited r;
	int64_t invited;

	m.send = k->send;
	if (!store_count(k->q, SQL_CHECKIN_INVITED_EVER, SQL_VALUES(sql_t(k->owner->key)), &invited, e) || !schedule_meeting(k->q, k->p, k->c, k->owner, c, &m, &r, k->now, e))
		return false;
	say_invited(k, &r, c);
	if (!invited && (r.held.n || r.leave.n) && !hears(k)) /* once: they know it then */
		checkins_say(k, "I do not read %s, to which they answer: what they say you see there yourself, and I do not note it.",
			     checkins_plain(k, k->owner->addresses.list[0]));
	return true;
}

bool checkins_can_send(struct checkins *k, struct err *e)
{
	return conf_own_submission(k->c, k->owner) ||
	       checkins_refuse(k, e,
			       "an invitation goes out from your own address, and kept has no account of yours to send by: set up a "
			       "submission whose `owner` you are (kept.conf(5))");
}

/* ---- all or nothing ---- */

bool checkins_whole(struct checkins *k, bool well, struct err *e)
{
	if (!well)
		sql_back(k->q);
	return well && sql_keep(k->q, e);
}

static void *copied(struct checkins *k, const void *list, size_t n, size_t size)
{
	void *copy = pool_list(k->p, n + 1, size);

	if (n)
		memcpy(copy, list, n * size);
	return copy;
}

bool checkins_begin(struct checkins *k, const struct checkin *c, struct checkin *copy, struct err *e)
{
	int64_t *waiting, *left, mail = 0;
	size_t n = 0, gone = 0;

	*copy = *c;
	copy->attendees = copied(k, c->attendees, c->attendee_count, sizeof *c->attendees);
	copy->exceptions = copied(k, c->exceptions, c->exception_count, sizeof *c->exceptions);
	if (c->id && (!store_checkin_mails(k->q, k->p, c->id, true, &waiting, &n, e) || !store_checkin_mails(k->q, k->p, c->id, false, &left, &gone, e)))
		return false;
	for (size_t i = 0; i < gone; i++)
		mail = left[i] > mail ? left[i] : mail;
	k->before = c->id ? store_image_checkin(k->p, c, n, n && waiting[n - 1] > mail ? waiting[n - 1] : mail) : NULL;
	return sql_mark(k->q, e);
}

bool checkins_end(struct checkins *k, struct checkin *c, const struct checkin *copy, bool well, struct err *e)
{
	if (well)
		*c = *copy;
	return checkins_whole(k, well, e);
}

/* ---- made ---- */

void checkins_person(struct checkins *k, struct checkin *c, const char *name, const char *address)
{
	struct checkin_attendee *a = pool_more(k->p, &c->attendees, c->attendee_count++, sizeof *a);

	*a = (struct checkin_attendee){ .name = line_from(k->p, name ? name : "", NAME_MOST).s,
					.address = addr_lower(k->p, address),
					.comment = "",
					.delegated_to = "" };
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
		return checkins_refuse(k, e,
				       c->attendee_count ? "more than %d people cannot be invited to one meeting"
							 : "with whom? a check-in needs an address (at most %d)",
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
			return err_perm(
				e, "--link holds a character that has no place in a web address; write it as %%XX");
	return true;
}

static const char *when_said(struct checkins *k, const char *language, const struct checkin *c)
{
	const struct zone *z = k->owner->time.zone;

	return pool_print(k->p, "%s, %s%s%s", phrase_time(k->p, language, z, c->start),
			  phrase_span(k->p, language, c->minutes * 60), *c->rrule ? ", " : "",
			  phrase_cadence(k->p, language, z, c->rrule, true, k->now));
}

/* They should know which hour was taken where none was named: that of before, or the one at which the owner's day begins. */
static void say_hour(struct checkins *k, const struct when *at, int64_t id, bool before)
{
	struct civil c = zone_civil(k->owner->time.zone, at->at);

	if (at->at && !at->has_hour)
		checkins_say(k,
			     before ? "at %d:%02d as before, since no hour was named; `kept checkin move %lld --at 2pm` is another."
				    : "at %d:%02d, since no hour was named; `kept checkin move %lld --at 2pm` is another.",
			     c.hour, c.minute, (long long)id);
}

const char *checkins_purpose(const struct commitment *m)
{
	return *m->subject && commitment_sentence(m->words, m->what) ? m->subject : m->what;
}

/* Is each of them somebody who may be invited? */
static bool may_invite(struct checkins *k, const struct addrs *people, struct err *e)
{
	for (size_t i = 0; i < people->n; i++) {
		const struct addr *a = &people->list[i];
		struct contact who;
		bool noted;

		if (conf_owner_of(k->c, a->address) == k->owner)
			return checkins_refuse(k, e, "%s is your own address: whom do you want to meet?", a->address);
		if (!store_contact(k->q, k->p, k->owner->key, a, &who, &noted, e))
			return false;
		if (who.consent == CONTACT_CONSENT_NEVER)
			return checkins_refuse(k, e,
					       "%s: they do not want to be written to (consent never), so nobody can be invited there; "
					       "`kept contact %s --consent open` lifts that",
					       a->address, a->address);
		if (*who.channel && !text_same(who.channel, "mail"))
			checkins_say(k, "**Look at the way:** for %s you noted `%s`, and an invitation goes by mail.",
				     checkins_plain(k, addr_called(who.name, who.address)), checkins_plain(k, who.channel));
	}
	return true;
}

/* Before it was made it was not: `undo` calls it off. */
static const char *not_made(struct checkins *k, const struct checkin *c)
{
	struct checkin none = *c;

	none.state = CHECKIN_CANCELLED;
	return store_image_checkin(k->p, &none, false, 0);
}

static bool add(struct checkins *k, const struct checkin_wish *w, struct checkin *out, struct err *e)
{
	struct checkin c = { .owner = k->owner->key,
			     .minutes = CHECKIN_MINUTES,
			     .zone = zone_name(k->owner->time.zone),
			     .rrule = "",
			     .stamp = k->now,
			     .purpose = words_of(k, w->purpose, WHAT_MOST),
			     .agenda = text_of(k, w->agenda),
			     .link = w->link ? w->link : "",
			     .place = words_of(k, w->place, WHAT_MOST),
			     .commitment = w->commitment,
			     .made = k->now,
			     .entry = -1 };
	char token[TOKEN_LENGTH + 1];
	struct addrs people;
	struct when at = { .at = w->start };
	struct commitment of;
	bool found;

	if (!checkins_can_send(k, e) || !invite(k, &c, &w->with, e) || !link_fits(c.link, e))
		return false;
	if (w->commitment && !store_commitment(k->q, k->p, k->c, w->commitment, &of, NULL, &found, e))
		return false;
	if (w->commitment && (!found || of.owner != k->owner))
		return checkins_refuse(k, e, "there is no promise %lld of yours; `kept list` has the numbers",
				       (long long)w->commitment);
	if (!*c.purpose)
		return checkins_refuse(k, e, "what is it about? A check-in has a purpose that they can read: --purpose \"…\"");
	if ((!w->start && !checkins_moment(k, w->at, &at, e)) || (w->lasts && *w->lasts && !checkins_lasting(k, w->lasts, &c.minutes, e)))
		return false;
	c.start = at.at;
	if (at.rrule)
		c.rrule = checkins_on_weekday(k, at.rrule, k->owner->time.zone, c.start);
	if (w->every && *w->every && !checkins_repeating(k, w->every, &c.rrule, &c.start, e))
		return false;
	people = checkin_people(k->p, &c);
	if (!may_invite(k, &people, e) || !checkins_fit_all(k, &people, c.start, c.minutes, e) || !checkins_clash(k, &c, c.start, e))
		return false;
	secret_token(token);
	c.uid = pool_print(k->p, "checkin-%s@kept", token);
	if (!store_checkin_save(k->q, &c, e))
		return false;
	k->before = not_made(k, &c);
	if (!checkins_record(k, &c, "checkin", pool_print(k->p, "made, %s", utc_print(k->p, k->owner->time.zone, c.start)), e))
		return false;
	checkins_say(k, "**c%lld** “%s” with %s: %s.", (long long)c.id, checkins_plain(k, c.purpose), names(k, &people),
		     when_said(k, checkins_language(k), &c));
	if (!w->start)
		say_hour(k, &at, c.id, false);
	if (at.note)
		checkins_say(k, "%s", checkins_in(k, at.note));
	*out = c;
	return checkins_tell(k, &c, (struct schedule_meeting){ .method = "REQUEST", .why = "a check-in was made" }, e);
}

bool checkins_add(struct checkins *k, const struct checkin_wish *w, struct checkin *out, struct err *e)
{
	struct checkin new, none = { 0 };

	return checkins_begin(k, &none, &new, e) && checkins_end(k, out, &new, add(k, w, &new, e), e);
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
static bool on_day(struct checkins *k, const struct checkin *c, const char *on, utc *recurrence, utc *start,
		   struct err *e)
{
	const struct zone *z = k->owner->time.zone;
	struct when w;

	if (!*c->rrule)
		return checkins_refuse(k, e, "c%lld is no series: there is only the one", (long long)c->id);
	if (!checkins_moment(k, on, &w, e))
		return false;
	if (!checkin_next(k->p, c, zone_at(z, zone_day(z, w.at), 0), start, recurrence) ||
	    zone_day(z, *start) != zone_day(z, w.at))
		return checkins_refuse(k, e, "none of c%lld is on %s; `kept checkin show %lld` has the next ones",
				       (long long)c->id, checkins_day_short(k, w.at), (long long)c->id);
	return true;
}

static void except(struct checkins *k, struct checkin *c, utc recurrence, utc start)
{
	for (size_t i = 0; i < c->exception_count; i++)
		if (c->exceptions[i].recurrence == recurrence) {
			c->exceptions[i].start = start;
			return;
		}
	*(struct checkin_exception *)pool_more(k->p, &c->exceptions, c->exception_count++, sizeof *c->exceptions) =
		(struct checkin_exception){ recurrence, start };
}

/* What it is now, or (`one`) the one of a series that was then, which begins at `start`, or (0) not at all. */
static const char *became(struct checkins *k, const char *language, const struct checkin *c, utc one, utc start)
{
	const struct zone *z = k->owner->time.zone;
	const char *title = checkins_plain(k, checkin_title(k->p, c));
	long long id = c->id;
	struct addrs people = checkin_people(k->p, c);

	if (one && start)
		return pool_print(k->p, phrase_of(language, "**c%lld** “%s”: the one of %s begins %s now; the others stay."), id, title,
				  phrase_time_short(k->p, language, z, one, k->now), phrase_time(k->p, language, z, start));
	if (one)
		return pool_print(k->p, phrase_of(language, "**c%lld** “%s”: the one of %s is called off; the others stay."), id, title,
				  phrase_time(k->p, language, z, one));
	if (!checkin_is_live(c->state))
		return pool_print(k->p, phrase_of(language, "**c%lld** “%s” is called off."), id, title);
	return pool_print(k->p, phrase_of(language, "**c%lld** “%s” with %s: %s."), id, title, names(k, &people),
			  when_said(k, language, c));
}

void checkins_became(struct checkins *k, const struct checkin *c, utc one, utc start)
{
	checkins_say(k, "%s", became(k, checkins_language(k), c, one, start));
}

/* The entry in the owner's own calendar follows at once where they have one, for it is theirs; an answer brings it along. */
bool checkins_entry(struct checkins *k, struct checkin *c, utc one, utc start, struct err *e)
{
	const char *language = k->owner->language;

	if (c->entry >= 0 && k->answered && (!k->entry || k->entry == c->id)) {
		k->entry = c->id;
		c->entry = checkin_is_live(c->state) ? c->sequence : -1;
		checkins_say(k, "the entry in your own calendar comes along.");
		return store_checkin_save(k->q, c, e);
	}
	if (c->entry < 0)
		return store_checkin_save(k->q, c, e);
	return schedule_entry(k->q, k->p, k->c, k->owner, c,
			      pool_print(k->p, phrase_of(language, checkin_is_live(c->state) && (!one || start) ? "Moved: %s" : "Called off: %s"),
					 checkin_title(k->p, c)),
			      pool_print(k->p, phrase_of(language, "%s\n\nThe entry in your own calendar follows.\n"),
					 became(k, language, c, one, start)),
			      k->now, e);
}

/* One of a series at another time. */
static bool move_one(struct checkins *k, struct checkin *c, utc recurrence, utc was, const struct when *at, struct err *e)
{
	struct addrs people = checkin_people(k->p, c);
	utc start = at->at;

	if (!checkins_fit_all(k, &people, start, c->minutes, e) || !checkins_clash(k, c, start, e))
		return false;
	except(k, c, recurrence, start);
	change(k, c);
	unanswered(c, recurrence);
	checkins_became(k, c, was, start);
	say_hour(k, at, c->id, true);
	return checkins_entry(k, c, was, start, e) &&
	       checkins_record(k, c, "moved",
			       pool_print(k->p, "the one of %s to %s", utc_print(k->p, k->owner->time.zone, recurrence),
					  utc_print(k->p, k->owner->time.zone, start)),
			       e) &&
	       checkins_tell(k, c,
			     (struct schedule_meeting){
				     .method = "REQUEST", .recurrence = recurrence, .was = was, .why = "it was moved" },
			     e);
}

bool checkins_live(struct checkins *k, const struct checkin *c, struct err *e)
{
	return checkin_is_live(c->state) ||
	       checkins_refuse(k, e, "c%lld is called off; a new one is made by `kept checkin add`", (long long)c->id);
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
	if (!link_fits(c->link, e) || (given(w->lasts) && !checkins_lasting(k, w->lasts, &c->minutes, e)))
		return false;
	if (w->minutes)
		c->minutes = w->minutes;
	*any = given(w->purpose) || given(w->agenda) || given(w->place) || given(w->link) || given(w->lasts) ||
	       w->minutes;
	return true;
}

static bool move(struct checkins *k, struct checkin *c, const struct checkin_change *w, struct err *e)
{
	utc was = c->start, start, recurrence = w->recurrence, old;
	struct checkin new = *c;
	struct when at = { .at = w->start, .has_hour = true };
	struct addrs people = checkin_people(k->p, c);
	bool worded;

	if (!checkins_live(k, c, e) || !checkins_can_send(k, e))
		return false;
	if (!checkin_next(k->p, c, k->now, &old, NULL))
		old = c->start;
	if (given(w->on) && !on_day(k, c, w->on, &recurrence, &old, e))
		return false;
	if (recurrence && !given(w->on) && !checkin_is_one(k->p, c, recurrence, &old))
		return checkins_refuse(k, e, "c%lld has no such time any more", (long long)c->id);
	if (given(w->at) && !checkins_another(k, w->at, old, &at, e))
		return false;
	start = at.at;
	if (recurrence)
		return start ? move_one(k, c, recurrence, old, &at, e)
			     : checkins_refuse(k, e, "to when? As --at \"friday 3pm\"");
	if (!reword(k, &new, w, &worded, e))
		return false;
	if (start)
		new.start = start;
	if (at.rrule)
		new.rrule = checkins_on_weekday(k, at.rrule, k->owner->time.zone, new.start);
	else if (start && !checkins_moved_rule(k, new.start, &new.rrule, e))
		return false;
	if (given(w->every)) {
		if (new.start <= k->now && !checkin_next(k->p, &new, k->now + 1, &new.start, NULL))
			return checkins_refuse(k, e, "c%lld is over; say from when, as --at", (long long)c->id);
		if (!checkins_repeating(k, w->every, &new.rrule, &new.start, e))
			return false;
	}
	if (!start && !given(w->every) && !worded)
		return checkins_refuse(k, e, "what is to change? As --at \"friday 3pm\", --for 1h, --every \"2 weeks\"");
	if (!checkins_fit_all(k, &people, new.start, new.minutes, e) || !checkins_clash(k, &new, new.start, e))
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
	checkins_became(k, c, 0, 0);
	say_hour(k, &at, c->id, was != 0);
	if (at.note)
		checkins_say(k, "%s", checkins_in(k, at.note));
	return checkins_entry(k, c, 0, 0, e) &&
	       checkins_record(k, c, "moved", utc_print(k->p, k->owner->time.zone, c->start), e) &&
	       checkins_tell(k, c,
			     (struct schedule_meeting){ .method = "REQUEST", .was = was, .why = "it was changed" }, e);
}

bool checkins_move(struct checkins *k, struct checkin *c, const struct checkin_change *w, struct err *e)
{
	struct checkin new;

	return checkins_begin(k, c, &new, e) && checkins_end(k, c, &new, move(k, &new, w, e), e);
}

static bool cancel(struct checkins *k, struct checkin *c, const char *on, struct err *e)
{
	utc recurrence = 0, start = 0;

	if (!checkins_live(k, c, e))
		return false;
	if (given(on) && !on_day(k, c, on, &recurrence, &start, e))
		return false;
	change(k, c);
	if (recurrence) {
		except(k, c, recurrence, 0);
		unanswered(c, recurrence);
	} else {
		c->state = CHECKIN_CANCELLED;
	}
	checkins_became(k, c, start, 0);
	return checkins_entry(k, c, start, 0, e) &&
	       checkins_record(k, c, "cancel",
			       recurrence ? utc_print(k->p, k->owner->time.zone, recurrence) : "the check-in", e) &&
	       checkins_tell(k, c,
			     (struct schedule_meeting){
				     .method = "CANCEL", .recurrence = recurrence, .why = "it is called off" },
			     e);
}

bool checkins_cancel(struct checkins *k, struct checkin *c, const char *on, struct err *e)
{
	struct checkin new;

	return checkins_begin(k, c, &new, e) && checkins_end(k, c, &new, cancel(k, &new, on, e), e);
}
