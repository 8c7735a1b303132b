/* What stops mail to others, or moves it: an absence, a refusal, a possible adverse event, mail that came back. Each
 * says what and why to the owner once, and how to lift it. What waits is withdrawn by schedule_these(), since its
 * reason is gone. */
#include "work/intake_inner.h"

#include <string.h>

#include "borders/record.h"
#include "borders/store.h"
#include "ground/log.h"
#include "judgement/proof.h"
#include "letters/markup.h"
#include "letters/phrase.h"
#include "work/schedule.h"

enum {
	ABSENT_DAYS = 7,  /* where they name no day of return */
	ABSENT_MOST = 60, /* days: anybody can forge one */
	TOLD_SECONDS = 86400,
	TELLING_MOST = 16 << 10,
	SENTENCE_MOST = 400,
	WHY_MOST_STORED = 1000
};

/* What it concerns, of one owner. */
struct concern {
	const struct owner *owner;
	struct commitment *list;
	utc *answered;
	int64_t *ids;
	size_t n;
};

/* As a person is called: their name, else the address, and where the name could be another address. */
static const char *called(const struct entry *n)
{
	const char *name = n->l->from.n ? line_from(n->p, n->l->from.list[0].name, NAME_MOST).s : "";

	return addr_called(name, line_from(n->p, intake_sender(n), ADDRESS_MOST).s);
}

/* In that owner's language. */
static const char *in(const struct concern *a, const char *english)
{
	return phrase_of(a->owner->language, english);
}

static const char *day_in(const struct entry *n, const struct concern *a, utc t)
{
	return phrase_time(n->p, a->owner->language, a->owner->time.zone, t);
}

/* "Carol (carol@example.com)", for Markdown. */
static const char *called_in_full(const struct entry *n)
{
	const char *name = called(n), *address = line_from(n->p, intake_sender(n), ADDRESS_MOST).s;

	return text_same(name, address) ? intake_plain(n, name)
					: pool_print(n->p, "%s (%s)", intake_plain(n, name), intake_plain(n, address));
}

/* Of these, the live ones of that owner; where an adverse event is told, those that are closed too. */
static bool concern_of(struct entry *n, const int64_t *ids, size_t count, const struct owner *o, struct concern *out,
		       struct err *e)
{
	*out = (struct concern){ .owner = o };
	out->list = pool_list(n->p, count, sizeof *out->list);
	out->answered = pool_list(n->p, count, sizeof *out->answered);
	out->ids = pool_list(n->p, count, sizeof *out->ids);
	for (size_t i = 0; i < count; i++) {
		struct commitment *m = &out->list[out->n];
		bool found;

		if (!store_commitment(n->q, n->p, n->c, ids[i], m, &out->answered[out->n], &found, e))
			return false;
		if (found && m->owner == o && (commitment_is_live(m->state) || (n->m.safety && m->state != COMMITMENT_CANDIDATE)))
			out->ids[out->n++] = m->id;
	}
	return true;
}

static bool events(struct entry *n, const struct concern *a, const char *word, const char *detail, struct err *e)
{
	struct event v = { .owner = a->owner->key, .word = word, .letter = n->row, .detail = detail };

	for (size_t i = 0; i < a->n; i++) {
		v.commitment = a->ids[i];
		if (!record_add(n->q, &v, n->now, e))
			return false;
	}
	return true;
}

/* `word`: of that mail, by which an answer to it is told; NULL: none. */
static bool tell(struct entry *n, const struct concern *a, const struct team *team, const char *word,
		 const char *subject, const char *text, struct err *e)
{
	struct schedule_telling t = { .owner = a->owner,
				      .team = team,
				      .word = word,
				      .subject = subject,
				      .markdown = text,
				      .ids = a->ids,
				      .n = a->n };

	return schedule_tell(n->q, n->p, n->c, &t, n->now, e);
}

static bool plan_anew(struct entry *n, const struct concern *a, struct err *e)
{
	return schedule_these(n->q, n->p, n->c, a->ids, a->n, NULL, n->now, e);
}

/* What is promised to that address, by the owner in whose mailbox this lies, or by anybody. */
static bool promised_to(struct entry *n, const char *address, const struct owner *o, struct concern *out, struct err *e)
{
	int64_t *ids;
	size_t count;

	return store_ids(n->q, n->p, SQL_PROMISED_TO, SQL_VALUES(sql_t(addr_lower(n->p, address))), &ids, &count, e) &&
	       concern_of(n, ids, count, o, out, e);
}

/* May this letter speak for that owner's people? What lies in somebody's own mailbox is theirs alone. */
static bool is_for(const struct entry *n, const struct owner *o)
{
	return !n->at->owner || n->at->owner == o;
}

/* ---- absence ---- */

/* When they are back: the working day of their return, and never too far, for anybody can write that. 0: they are back.
 */
static utc back_at(const struct entry *n, const struct owner *o)
{
	const struct worktime *w = &o->time;
	int32_t today = zone_day(w->zone, n->now), day = today + ABSENT_DAYS;

	if (n->m.automatic.has_until)
		day = n->m.automatic.until + n->m.automatic.last;
	if (day <= today)
		return 0;
	if (day > today + ABSENT_MOST)
		day = today + ABSENT_MOST;
	return zone_at(w->zone, workday_from(w, day), w->hour);
}

static bool tell_absent(struct entry *n, const struct concern *a, int64_t who, utc back, bool gone, struct err *e)
{
	const char *day = phrase_time_short(n->p, a->owner->language, a->owner->time.zone, back, n->now);
	const char *lines = schedule_lines(n->p, a->list, a->n), *text;

	if (gone)
		text = pool_print(
			n->p,
			in(a, "An automatic reply says that %s is no longer there. Nothing that I prepare goes to them "
			      "before %s.\n\n%s\n"
			      "Who takes their place? `who ADDRESS` in your answer makes the promise theirs. If they "
			      "are there "
			      "still, answer `resume`.\n"),
			called_in_full(n), day_in(n, a, back), lines);
	else
		text = pool_print(
			n->p,
			in(a,
			   "%s is away, says an automatic reply; %s. What I prepare for them waits until then.\n\n%s\n"
			   "Your own reminders stay as they are. If they are back earlier, answer `resume`.\n"),
			called_in_full(n),
			pool_print(
				n->p,
				in(a, n->m.automatic.has_until ? "back on %s" : "it names no day, so I wait until %s"),
				day_in(n, a, back)),
			lines);
	return tell(n, a, NULL, pool_print(n->p, WORD_ABSENT "%lld", (long long)who),
		    gone ? pool_print(n->p, in(a, "No longer there: %s"), called(n))
			 : pool_print(n->p, in(a, "Away until %s: %s"), day, called(n)),
		    text, e);
}

/* What the owner waits for from them: the wait goes on until they are back. */
static bool wait_longer(struct entry *n, struct concern *a, utc back, struct err *e)
{
	for (size_t i = 0; i < a->n; i++) {
		struct commitment *m = &a->list[i];

		if (m->state != COMMITMENT_WAITING || *m->team || m->snoozed >= back)
			continue;
		m->snoozed = back;
		m->look_at = n->now;
		if (!store_commitment_save(n->q, m, a->answered[i], e))
			return false;
	}
	return true;
}

/* Is there a meeting of that owner's with them? */
static bool attends(struct entry *n, const struct owner *o, bool *is, struct err *e)
{
	struct checkin *list;
	size_t count;

	*is = false;
	if (!store_checkins_with(n->q, n->p, o->key, intake_sender(n), &list, &count, e))
		return false;
	for (size_t i = 0; i < count; i++)
		*is |= checkin_is_live(list[i].state) && (*list[i].rrule || list[i].start > n->now);
	return true;
}

static bool absent_for(struct entry *n, const struct owner *o, bool gone, struct err *e)
{
	struct concern a;
	struct contact who;
	utc back = back_at(n, o);
	bool noted, known, told, invited;

	if (!back || !promised_to(n, intake_sender(n), o, &a, e) || !attends(n, o, &invited, e))
		return !back;
	if (!a.n && !invited)
		return true;
	if (!store_contact(n->q, n->p, o->key, &n->l->from.list[0], &who, &noted, e))
		return false;
	known = who.absent > n->now && !n->m.automatic.has_until; /* a second reply without a day says nothing new */
	if (back <= who.absent || known)
		return true;
	/* once a day: who forges one a day longer each time must not fill the owner's mailbox */
	told = who.absent > n->now && who.absent_since > n->now - TOLD_SECONDS;
	who.absent = back;
	who.absent_since = told ? who.absent_since : n->now;
	return wait_longer(n, &a, back, e) && store_contact_save(n->q, &who, n->now, e) &&
	       events(n, &a, gone ? "gone" : "absent",
		      pool_print(n->p, "mail to them waits until %s", utc_print(n->p, o->time.zone, back)), e) &&
	       (told || tell_absent(n, &a, who.id, back, gone, e)) && plan_anew(n, &a, e) &&
	       schedule_checkins_stop(n->q, n->p, n->c, o->key, intake_sender(n), n->now, e);
}

bool intake_automatic(struct entry *n, struct err *e)
{
	bool gone = text_same(n->m.automatic.kind, "gone");

	if (!n->l->from.n || (!gone && !text_same(n->m.automatic.kind, "absence")))
		return true;
	if (proof_sender(n->p, n->l, n->at) == SENDER_FALSE) /* who is not them silences nobody */
		return true;
	for (size_t i = 0; i < n->c->owner_count; i++)
		if (is_for(n, &n->c->owners[i]) && !absent_for(n, &n->c->owners[i], gone, e))
			return false;
	return true;
}

/* ---- refusal ---- */

static bool refused_by(struct entry *n, const struct owner *o, struct err *e)
{
	const char *sentence = line_from(n->p, n->m.refusal, WHY_MOST_STORED).s;
	struct event v = {
		.owner = o->key, .word = "refused", .letter = n->row, .detail = "somebody asked not to be written to"
	};
	struct concern a;
	struct contact who;
	bool noted;

	if (!promised_to(n, intake_sender(n), o, &a, e))
		return false;
	if (!store_contact(n->q, n->p, o->key, &n->l->from.list[0], &who, &noted, e))
		return false;
	/* of the hundred names that anybody can write under, as many contacts and mails */
	if ((!a.n && !noted && (n->m.class != CLASS_ANSWER || n->m.sender != SENDER_PROVEN)) || who.consent == CONTACT_CONSENT_NEVER)
		return true;
	who.consent = CONTACT_CONSENT_NEVER;
	who.why = sentence;
	if (!store_contact_save(n->q, &who, n->now, e))
		return false;
	if (a.n ? !events(n, &a, "refused", "they asked not to be written to", e) : !record_add(n->q, &v, n->now, e))
		return false;
	return tell(n, &a, NULL, pool_print(n->p, WORD_UNWANTED "%lld", (long long)who.id),
		    pool_print(n->p, in(&a, "Wants no more mail: %s"), called(n)),
		    pool_print(n->p,
			       in(&a,
				  "%s asks not to be written to:\n\n> %s\n\nI prepare nothing more for them, and what "
				  "waited was withdrawn.\n\n%s\n%s"
				  "If I misread that, answer `resume`.\n"),
			       called_in_full(n), markdown_quote(n->p, sentence, SENTENCE_MOST),
			       schedule_lines(n->p, a.list, a.n),
			       a.n ? in(&a,
					"What you promised stays in your list; whether and how you keep it is yours to "
					"say.\n\n")
				   : ""),
		    e) &&
	       plan_anew(n, &a, e) && schedule_checkins_stop(n->q, n->p, n->c, o->key, intake_sender(n), n->now, e);
}

/* Of one whom their server vouches for, or who writes in a conversation that is followed. */
static bool refusal(struct entry *n, struct err *e)
{
	const struct owner *o = n->m.class == CLASS_ANSWER && n->m.thread ? n->m.thread->owner : NULL;

	if (!n->m.refusal || n->m.sender == SENDER_FALSE || (n->m.sender != SENDER_PROVEN && !o))
		return true;
	for (size_t i = 0; i < n->c->owner_count; i++)
		if ((o ? o == &n->c->owners[i] : is_for(n, &n->c->owners[i])) && !refused_by(n, &n->c->owners[i], e))
			return false;
	return true;
}

/* ---- safety ---- */

static const char *people(struct entry *n, const struct addrs *list)
{
	struct text *t = text_new(n->p, 1000);

	for (size_t i = 0; i < list->n && i < 10; i++)
		text_print(t, "%s%s", i ? ", " : "",
			   intake_plain(n, line_from(n->p, list->list[i].address, ADDRESS_MOST).s));
	return t->s;
}

/* What the team needs, and no more of the letter than the sentence and its subject. */
static bool tell_team(struct entry *n, const struct concern *a, struct err *e)
{
	const struct owner *o = a->owner;
	utc at = n->l->date ? n->l->date : n->at->arrived ? n->at->arrived : n->now;
	const char *subject = line_from(n->p, n->l->subject, SUBJECT_MOST).s;

	return tell(
		n, a, n->c->safety, NULL, "Possible adverse event, told by mail",
		pool_print(
			n->p,
			"A sentence in a mail may tell of an adverse event. No person has judged it yet.\n\n"
			"## What was written\n\n> %s\n\n"
			"- **Written by** %s\n- **To** %s\n- **On** %s\n- **In the mail** “%s”\n"
			"- **In a conversation of** %s (%s)\n\n"
			"## What is frozen\n\nkept keeps back its mail to others about this conversation: %s.\n\n"
			"## How it is lifted\n\n%s was asked to report it, or to say that it is none, and nobody else "
			"can: with `safety reported` or `safety no` the mail goes on, and either goes on record. An answer "
			"to this mail reaches them. It was sent automatically by kept.\n",
			markdown_quote(n->p, line_from(n->p, n->m.safety_sentence, SENTENCE_MOST).s, SENTENCE_MOST),
			called_in_full(n), people(n, &n->l->to), utc_words(n->p, o->time.zone, at),
			*subject ? intake_plain(n, subject) : "no subject",
			intake_plain(n, o->name), intake_plain(n, o->addresses.list[0]),
			!a->n ? "no promise stands in it" : a->n == 1 ? "one promise" : pool_print(n->p, "%zu promises", a->n),
			intake_plain(n, o->name)),
		e);
}

static bool tell_safety(struct entry *n, const struct concern *a, struct err *e)
{
	const struct team *s = n->c->safety;
	utc at = n->l->date ? n->l->date : n->at->arrived ? n->at->arrived : n->now;
	const char *subject = line_from(n->p, n->l->subject, SUBJECT_MOST).s;
	const char *team = s ? pool_print(n->p, in(a, " %s (%s) was told too, with that sentence."),
					  intake_plain(n, s->name), intake_plain(n, s->address))
			     : "";

	return tell(
		n, a, NULL, NULL, in(a, "Is this an adverse event? Nothing goes out until you say"),
		pool_print(
			n->p,
			in(a,
			   "%s wrote something that may tell of an adverse event:\n\n> %s\n\n"
			   "Nothing that I prepare about this conversation leaves until you have said what it is, and "
			   "what waited was "
			   "withdrawn.%s\n\n%s\n**If it may be one, report it now**, as your company asks you to, and "
			   "then answer "
			   "`safety reported`. If it is none, answer `safety no`. Either goes on record.\n"),
			called_in_full(n),
			pool_print(n->p, "%s\n>\n> %s%s%s",
				   markdown_quote(n->p, line_from(n->p, n->m.safety_sentence, SENTENCE_MOST).s, SENTENCE_MOST),
				   day_in(n, a, at), *subject ? ": " : "", intake_plain(n, subject)),
			team, schedule_lines(n->p, a->list, a->n)),
		e);
}

/* Did this letter freeze it before? What the owner has said of it since stands, though the letter be read again. */
static bool was_asked(struct entry *n, const struct commitment *m, bool *was, struct err *e)
{
	int64_t count;

	if (!store_count(n->q, SQL_EVENT_FROZEN, SQL_VALUES(sql_i(m->id), sql_i(n->row)), &count, e))
		return false;
	*was = count > 0;
	return true;
}

/* The first sentence below its own words of which nobody was asked in this conversation; NULL: none. */
static bool untold(struct entry *n, const struct concern *a, const struct tale **out, struct err *e)
{
	*out = NULL;
	for (size_t i = 0; i < n->m.tale_count; i++) {
		int64_t told = 0, count;

		for (size_t k = 0; k < a->n; k++) {
			if (!store_count(n->q, SQL_EVENT_TALE, SQL_VALUES(sql_i(a->ids[k]), sql_t(n->m.tales[i].mark)), &count, e))
				return false;
			told += count;
		}
		if (!told) {
			*out = &n->m.tales[i];
			return true;
		}
	}
	return true;
}

/* For the record: with the marks of all its sentences, so that where it is quoted it is not asked about again. */
static const char *mentioned(const struct entry *n)
{
	struct text *t = text_new(n->p, WHY_MOST_STORED);

	text_add(t, "a possible adverse event was mentioned [");
	for (size_t i = 0; i < n->m.tale_count; i++)
		text_print(t, "%s%s", i ? " " : "", n->m.tales[i].mark);
	text_add(t, "]");
	return t->s;
}

static bool freeze(struct entry *n, struct concern *a, struct err *e)
{
	const struct tale *tale;
	size_t fresh = 0;
	bool was = false;

	if (a->n && !was_asked(n, &a->list[0], &was, e))
		return false;
	if (was)
		return true;
	if (!n->m.safety) { /* not in its own words */
		if (!untold(n, a, &tale, e))
			return false;
		if (!tale)
			return true;
		n->m.safety_sentence = tale->sentence;
	}
	for (size_t i = 0; i < a->n; i++) {
		if (a->list[i].frozen)
			continue;
		a->list[i].frozen = n->now;
		a->list[i].look_at = n->now;
		fresh++;
		if (!store_commitment_save(n->q, &a->list[i], a->answered[i], e))
			return false;
	}
	if (!a->n || !events(n, a, "frozen", mentioned(n), e))
		return !a->n;
	if (!fresh) /* one question at a time: it stands already */
		return true;
	log_line(LOG_LINE_WARN, "safety", "letter %lld: %zu promises are frozen", (long long)n->row, a->n);
	return tell_safety(n, a, e) && (!n->c->safety || !a->owner->addresses.n || tell_team(n, a, e)) &&
	       plan_anew(n, a, e);
}

/* What is closed does not close the duty to report: where no promise of the conversation is live, its last ones. */
static bool add_closed(struct entry *n, int64_t **ids, size_t *count, struct err *e)
{
	int64_t *closed;
	size_t m;

	for (size_t i = 0; i < n->l->references.n && i < 100 && !*count; i++) {
		if (!store_closed_of(n->q, n->p, n->l->references.list[n->l->references.n - 1 - i], &closed, &m, e))
			return false;
		for (size_t k = 0; k < m; k++)
			ids_add(n->p, ids, count, closed[k]);
	}
	return true;
}

/* What an owner heard in a meeting is theirs. In an answer to an invitation: the promise that the meeting came of, and whose meeting it is, who is told where there is none. */
static bool add_meeting(struct entry *n, int64_t **ids, size_t *count, const struct owner **meets, struct err *e)
{
	struct checkin c;
	bool found = false;

	*meets = n->m.class == CLASS_COMMAND ? n->m.owner : NULL;
	if (n->m.class != CLASS_CALENDAR || !n->m.checkin.ours)
		return true;
	if (!store_checkin_uid(n->q, n->p, n->l->calendar.uid, &c, &found, e))
		return false;
	if (found && c.commitment)
		ids_add(n->p, ids, count, c.commitment);
	*meets = found ? conf_owner(n->c, c.owner) : NULL;
	return true;
}

/* Every promise of the conversation, whoever of the two wrote; and those that this letter makes. */
static bool safety(struct entry *n, struct err *e)
{
	const struct owner *meets;
	int64_t *ids = NULL, *made;
	size_t count = 0, m;

	if (!n->m.safety && !n->m.tale_count)
		return true;
	if (!store_of_letter(n->q, n->p, n->row, &made, &m, e))
		return false;
	for (size_t i = 0; i < n->known.thread_count; i++)
		ids_add(n->p, &ids, &count, n->known.threads[i].commitment);
	for (size_t i = 0; i < m; i++)
		ids_add(n->p, &ids, &count, made[i]);
	if (!add_meeting(n, &ids, &count, &meets, e) || (!count && !add_closed(n, &ids, &count, e)))
		return false;
	for (size_t i = 0; i < n->c->owner_count; i++) {
		struct concern a;

		if (!concern_of(n, ids, count, &n->c->owners[i], &a, e) || !freeze(n, &a, e))
			return false;
		if (!a.n && a.owner == meets && n->m.safety && (!tell_safety(n, &a, e) || (n->c->safety && !tell_team(n, &a, e))))
			return false;
	}
	return true;
}

bool intake_stops(struct entry *n, struct err *e)
{
	switch (n->m.class) {
	case CLASS_ANSWER:
	case CLASS_PROMISE:
	case CLASS_DELIVERY:
	case CLASS_CANDIDATE:
	case CLASS_SKIP:
	case CLASS_TEAM: return safety(n, e) && refusal(n, e);
	case CLASS_CALENDAR: return safety(n, e); /* who declines may say why */
	case CLASS_SEEN:
	case CLASS_LOOP:
	case CLASS_BOUNCE:
	case CLASS_AUTO:
	case CLASS_HELD: break;
	case CLASS_COMMAND: return !n->m.sent || !n->m.sent->in_words || safety(n, e);
	}
	return true;
}

/* ---- mail that came back ---- */

static const char *returned_id(const struct entry *n)
{
	const char *id = n->l->returned.is && *n->l->returned.message_id ? n->l->returned.message_id : n->m.bounce.of;

	return id ? id : "";
}

/* To whom did a mail go that came back? One of kept's own to its recipient; one of the owner's in a conversation to
 * those it was promised to. Only what was really sent there counts: a forged report must not silence an address. */
static bool was_sent_to(const struct entry *n, const char *id, const char *address)
{
	if (n->m.sent)
		return addr_among(n->m.sent->to, address);
	for (size_t i = 0; *id && i < n->known.thread_count; i++)
		for (size_t k = 0; k < n->known.threads[i].message_ids.n; k++)
			if (text_same(id, n->known.threads[i].message_ids.list[k]) &&
			    addrs_has(&n->known.threads[i].counterpart, address))
				return true;
	return false;
}

bool intake_bounce(struct entry *n, struct err *e)
{
	const struct known_sent *s = n->m.sent;
	const struct strings *to = &n->m.bounce.recipients;
	struct schedule_returned x = { .status = n->m.bounce.statuses.n
							 ? line_from(n->p, n->m.bounce.statuses.list[0], NAME_MOST).s
							 : "",
				       .sender = n->m.owner,
				       .to_team = s && mail_kind_whom(s->kind) == WHOM_TEAM,
				       .outgoing = s ? s->outgoing : 0,
				       .letter = n->row,
				       .about = s                       ? s->commitments
						: n->known.thread_count ? &n->known.threads[0].commitment
									: NULL,
				       .about_count = s                       ? s->commitment_count
						      : n->known.thread_count ? 1
									      : 0 };
	const char *of = returned_id(n);
	bool failed = strcmp(n->m.bounce.action, "delayed") != 0, any = false, told;
	struct event v = { .owner = x.sender ? x.sender->key : "",
			   .word = failed ? "bounced" : "delayed",
			   .letter = n->row,
			   .detail = x.status,
			   .outgoing = x.outgoing,
			   .commitment = x.about_count ? x.about[0] : 0 };

	for (size_t i = 0; failed && i < to->n; i++) {
		bool was = was_sent_to(n, of, to->list[i]);

		any |= was;
		x.address = to->list[i];
		if (was ? !schedule_returned(n->q, n->p, n->c, &x, &told, n->now, e)
			: !s && !store_returned_add(n->q, of, x.address, n->now, x.status, e))
			return false;
	}
	return any || !s || record_add(n->q, &v, n->now, e);
}

/* What its owner writes to those of a conversation is of it, whatever it says: a report about it names it alone. */
static bool joins(struct entry *n, const struct known_thread *h, struct err *e)
{
	return n->m.class != CLASS_SKIP || h->owner != n->m.owner || !h->commitment || !intake_went_to(n->l, &h->counterpart) ||
	       store_thread_add(n->q, h->commitment, n->l->message_id, e);
}

bool intake_returned(struct entry *n, struct err *e)
{
	struct schedule_returned x = { .sender = n->m.owner, .letter = n->row };
	struct returned_row *rows;
	struct known now;
	size_t count;
	bool told;

	if (!n->m.owner || !n->l->from.n || conf_owner_of(n->c, intake_sender(n)) != n->m.owner ||
	    (!n->m.proof.way && n->at->kind != PLACE_SENT))
		return true;
	if (!store_known(n->q, n->p, n->c, n->l, &now, e))
		return false;
	for (size_t i = 0; i < now.thread_count; i++)
		if (!joins(n, &now.threads[i], e))
			return false;
	if (!now.thread_count) /* nobody was promised anything in it: it may be tagged yet */
		return true;
	if (!store_returned(n->q, n->p, n->l->message_id, &rows, &count, e))
		return false;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < now.thread_count; k++) {
			const struct known_thread *h = &now.threads[k];

			if (h->owner != n->m.owner || !addrs_has(&h->counterpart, rows[i].address))
				continue;
			x.address = rows[i].address, x.status = rows[i].status, x.about = &h->commitment,
			x.about_count = 1;
			if (!schedule_returned(n->q, n->p, n->c, &x, &told, n->now, e))
				return false;
			break;
		}
	return true;
}
