#include "letters/compose.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "letters/compose_inner.h"
#include "letters/ical.h"
#include "letters/phrase.h"

enum { ALARM = 15 /* minutes before an entry's time */ };

/* ---- words for times ---- */

static const char *time_long(const struct composing *k, utc t)
{
	return phrase_time(k->p, k->language, k->zone, t);
}

static const char *time_short(const struct composing *k, utc t)
{
	return phrase_time_short(k->p, k->language, k->zone, t, k->in->now);
}

/* Civil days, as people count them; hours on the same day. */
const char *compose_late_by(const struct composing *k, utc due)
{
	int32_t n = zone_day(k->zone, k->in->now) - zone_day(k->zone, due);

	return n > 0 ? phrase_count(k->p, k->language, n, PHRASE_DAY) : phrase_span(k->p, k->language, k->in->now - due);
}

/* ---- links ---- */

/* RFC 6068: all but unreserved characters, and brackets that Markdown would read, as %XX. */
static void percent(struct text *t, const char *s, const char *also)
{
	for (; *s; s++) {
		if (isalnum((unsigned char)*s) || strchr("-._", *s) || strchr(also, *s))
			text_char(t, *s);
		else if (*s == '\n')
			text_add(t, "%0D%0A");
		else
			text_print(t, "%%%02X", (unsigned char)*s);
	}
}

const char *compose_link(struct pool *p, const char *address, const char *subject, const char *bcc, const char *body, size_t most)
{
	const struct {
		const char *name, *value, *also;
	} fields[] = { { "subject", subject, "" }, { "bcc", bcc, "@+" }, { "body", body, "" } };
	struct text *t = text_new(p, most);
	struct addrs to = addrs_split(p, address);
	char before = '?';

	text_add(t, "mailto:");
	for (size_t i = 0; i < to.n; i++) {
		text_add(t, i ? "," : "");
		percent(t, to.list[i].address, "@+");
	}
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		if (!*fields[i].value)
			continue;
		text_print(t, "%c%s=", before, fields[i].name);
		percent(t, fields[i].value, fields[i].also);
		before = '&';
	}
	return t->cut ? "" : t->s;
}

static const char *mailto(struct pool *p, const char *address, const char *subject, const char *body)
{
	return compose_link(p, address, subject, "", body, 4000);
}

void compose_answer(const struct composing *k, struct view *v, const char *field, const char *words)
{
	view_markdown(v, field, *k->reply ? compose_link(k->p, k->reply, k->subject, "", words, 4000) : "");
}

/* ---- one promise ---- */

static bool is_final(char c)
{
	return c == '.' || c == '!' || c == '?' || c == ' ';
}

static void missing(const struct composing *k, struct view *v, const struct commitment *m, enum phrase part, const char *say)
{
	struct view *one = view_item(v, "missing");
	const char *subject = *m->subject ? pool_print(k->p, "Re: %s", m->subject) : m->what;

	view_flag(v, "missing_any", true);
	view_text(one, "name", phrase(k->language, part));
	view_text(one, "say", say);
	view_markdown(one, "link", m->to.n == 1 && addr_valid(m->to.list[0].address) ? mailto(k->p, m->to.list[0].address, subject, say) : "");
}

/* The dates that the reason offers ("…: write 3mo or 3min", "did you mean friday?", "…; as friday, 3d, 1 dec"), each a link. */
static void offers(const struct composing *k, struct view *v, const char *reason, const char *with)
{
	static const char *const marks[] = { " mean ", " write ", " Write ", " as ", " As " };
	const char *begin = NULL, *at;
	size_t n, count = 0;

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		for (const char *s = reason; (at = strstr(s, marks[i])); s = at + 1)
			if (!begin || at + strlen(marks[i]) > begin)
				begin = at + strlen(marks[i]);
	for (const char *s = begin; s && *s && count < 4; s += n) {
		const char *comma = strstr(s, ", "), *or = strstr(s, " or ");
		struct view *one;
		char *words;

		n = comma && (!or || comma < or) ? (size_t)(comma - s) : or ? (size_t)(or - s) : strlen(s);
		words = pool_slice(k->p, s, n);
		n += !s[n] ? 0 : s[n] == ',' ? 2 : 4;
		if (text_starts(words, "or "))
			words += 3;
		words[strcspn(words, "?;")] = '\0';
		if (!*words || strlen(words) > 24 || strspn(words, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 :") != strlen(words))
			continue;
		one = view_item(v, "offers");
		count++;
		view_text(one, "label", words);
		compose_answer(k, one, "link", pool_print(k->p, "due%s %s", with, words));
	}
}

/* A reason is a part of a sentence; what stands after it begins another. */
static const char *ended(struct pool *p, const char *s)
{
	return !s || !*s || strchr(".!?", s[strlen(s) - 1]) ? s : pool_print(p, "%s.", s);
}

/* What is promised, in a sentence that can be sent whatever the owner's words are: of a sentence that names no thing the subject does;
 * a sentence of a tag is one already; anything else, a thing or a deed, stands as in a list. */
static const char *say_what(const struct composing *k, const struct commitment *m)
{
	size_t n = strlen(m->what);
	char *what;

	while (n && is_final(m->what[n - 1]))
		n--;
	what = pool_slice(k->p, m->what, n);
	if (!*what || (*m->words && (compose_is_sentence(k->p, what, m->words) || text_starts(what, m->words))))
		return *m->subject ? phrase_with(k->p, k->language, PHRASE_SAY_ABOUT, m->subject) : phrase(k->language, PHRASE_SAY_LATER);
	if (text_starts(what, "to ") || text_starts(what, "To "))
		what += 3;
	else if (compose_is_sentence(k->p, what, "")) {
		if (*what >= 'a' && *what <= 'z')
			*what -= 'a' - 'A';
		return pool_print(k->p, "%s.", what);
	}
	return phrase_with(k->p, k->language, PHRASE_SAY_WHAT, what);
}

/* Where the record says that the day can hardly be kept. */
static void realistic_day(const struct composing *k, struct view *v, const struct trust *t, const char *with)
{
	if (t->day_holds)
		view_text(v, "day_holds", phrase_count(k->p, k->language, (int64_t)t->day_holds, PHRASE_PROMISE));
	if (t->usual_days) {
		view_text(v, "usual_days", phrase_count(k->p, k->language, t->usual_days, PHRASE_WORKDAY));
		view_text(v, "usual_of", pool_print(k->p, "%zu", t->usual_of));
	}
	if (t->better) {
		view_text(v, "better", phrase_day(k->p, k->language, k->zone, t->better, k->in->now));
		compose_answer(k, v, "better_link", pool_print(k->p, "due%s %.10s", with, utc_print(k->p, k->zone, t->better)));
	}
}

/* What the mail does not tell the other person, each with a sentence that would. */
static void trust_test(const struct composing *k, struct view *v, const struct commitment *m, const struct trust *t, const char *with)
{
	view_text(v, "due_error", ended(k->p, t->due_error));
	view_text(v, "due_note", ended(k->p, t->due_note));
	view_text(v, "team_note", ended(k->p, t->team_note));
	view_text(v, "due_used", t->due_used);
	view_text(v, "due_said", t->due_said);
	view_text(v, "unserved", t->unserved);
	view_text(v, "remind", t->remind ? time_short(k, t->remind) : "");
	realistic_day(k, v, t, with);
	view_flag(v, "guessed", t->guessed);
	view_flag(v, "alone", t->alone);
	view_flag(v, "asked", t->asked);
	if (t->due_error)
		offers(k, v, t->due_error, with);
	if (t->guessed)
		return; /* nothing was said to anybody that could leave something open */
	if (!t->what)
		missing(k, v, m, PHRASE_PART_WHAT, say_what(k, m));
	if (!t->who)
		missing(k, v, m, PHRASE_PART_WHO, *m->team ? phrase_with(k->p, k->language, PHRASE_SAY_TEAM, m->team) :
			phrase(k->language, PHRASE_SAY_WHO));
	if (!t->when)
		missing(k, v, m, PHRASE_PART_WHEN,
			phrase_with(k->p, k->language, PHRASE_SAY_WHEN, phrase_day(k->p, k->language, k->zone, m->due, k->in->now)));
}

/* The sentence is shown only where it says more than what was promised: more than its end sign. */
bool compose_says_more(struct pool *p, const char *words, const char *what)
{
	char *s = text_squeeze(p, words ? words : "");
	size_t n = strlen(s);

	while (n && strchr(".!;:", s[n - 1]))
		s[--n] = '\0';
	return n && !text_same(s, what);
}

/* "2-weeks", "friday", as an address has them, after "and then". */
static const char *cadence(const struct composing *k, const char *every)
{
	static const char *const whole[] = { "every", "each", "jede", "alle ", "chaque ", "tous ", "toutes ", "cada ", "todos ", "todas ", "ogni ", "elke ", "iedere " };
	char *s = pool_copy(k->p, every);
	size_t n = strlen(s);

	for (char *c = s; *c; c++)
		if (*c == '-' || *c == '_')
			*c = ' ';
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
		if (text_starts(s, whole[i]))
			return s;
	return !n || (n > 2 && strcmp(s + n - 2, "ly") == 0) || (n > 4 && strcmp(s + n - 4, "lich") == 0) ? s :
		phrase_with(k->p, k->language, PHRASE_EVERY, s);
}

static void promise(struct composing *k, struct view *v, size_t i, bool several)
{
	const struct dossier *d = &k->in->dossiers[i];
	const struct commitment *m = &d->commitment;
	const char *id = pool_print(k->p, "%lld", (long long)m->id), *with = several ? pool_print(k->p, " %s", id) : "";
	bool live = commitment_is_live(m->state), reminded = false;

	for (size_t n = 0; n < d->past_count; n++)
		reminded |= d->past[n].kind == MAIL_REMINDER && d->past[n].at >= m->due_set;
	view_text(v, "id", id);
	view_text(v, "what", commitment_said(k->p, m));
	view_text(v, "to", phrase_names(k->p, k->language, &m->to));
	view_text(v, "words", compose_says_more(k->p, m->words, m->what) ? m->words : "");
	view_text(v, "due", time_long(k, m->due));
	view_text(v, "due_short", time_short(k, m->due));
	view_text(v, "note", m->note);
	view_text(v, "repeats", cadence(k, m->every));
	view_flag(v, "noreply", m->noreply);
	view_flag(v, "seen", m->to.n && m->written && *m->message_id && conf_reads_sent(k->in->conf, k->in->owner));
	view_flag(v, "closed", !live);
	view_flag(v, "waiting", m->state == COMMITMENT_WAITING);
	view_flag(v, "late", k->in->now > worktime_late(&k->in->owner->time, m->due));
	view_flag(v, "first", !reminded);
	view_text(v, "days_late", compose_late_by(k, m->due));
	if (live) {
		compose_answer(k, v, "done", pool_print(k->p, "done%s", with));
		compose_answer(k, v, "tomorrow", pool_print(k->p, "snooze%s tomorrow", with));
		compose_answer(k, v, "week", pool_print(k->p, "snooze%s 1w", with));
		compose_answer(k, v, "cancel", pool_print(k->p, "cancel%s", with));
		compose_answer(k, v, "due_link", pool_print(k->p, "due%s ", with));
		compose_answer(k, v, "due_tomorrow", pool_print(k->p, "due%s tomorrow", with));
		compose_answer(k, v, "due_friday", pool_print(k->p, "due%s friday", with));
		compose_answer(k, v, "due_week", pool_print(k->p, "due%s 1w", with));
		compose_answer(k, v, "what_link", pool_print(k->p, "what%s: ", with));
	}
	if (k->in->trust)
		trust_test(k, v, m, &k->in->trust[i], with);
}

/* ---- the mails ---- */

/* How long is the code at `s` that a tap may answer: a bare word, or "done", "undo" and a number? 0: it is none. */
static size_t tappable(const char *s)
{
	static const char *const bare[] = { "`undo`", "`yes`", "`no`", "`resume`", "`list`", "`list overdue`", "`help`", "`due tomorrow`", "`snooze tomorrow`",
					   "`safety reported`", "`safety no`" };
	size_t n = strlen("`done ");

	for (size_t i = 0; i < sizeof bare / sizeof *bare; i++)
		if (strncmp(s, bare[i], strlen(bare[i])) == 0)
			return strlen(bare[i]);
	if ((strncmp(s, "`done ", n) != 0 && strncmp(s, "`undo ", n) != 0) || !isdigit((unsigned char)s[n]))
		return 0;
	n += strspn(s + n, "0123456789");
	return s[n] == '`' ? n + 1 : 0;
}

/* What commands did, its bare words in code marks made links. Strangers' own marks are escaped there: a backslash stands
 * before them. */
static const char *linked(const struct composing *k, const char *answer)
{
	struct text *t = text_new(k->p, 2 * ANSWER_MOST);
	size_t n;

	if (!answer || !*k->reply)
		return answer;
	for (const char *s = answer; *s; s += n ? n : 1) {
		n = s == answer || s[-1] != '\\' ? tappable(s) : 0;
		if (n) {
			const char *word = pool_slice(k->p, s + 1, n - 2);

			text_print(t, "[%s](%s)", word, mailto(k->p, k->reply, k->subject, word));
		} else {
			text_char(t, *s);
		}
	}
	return t->s;
}

static void promises(struct composing *k)
{
	const struct compose_in *in = k->in;
	bool several = in->dossier_count > 1, logged = in->kind == MAIL_ACKNOWLEDGEMENT && in->trust && !in->unread;
	struct text *all = text_new(k->p, 2000);
	size_t late = 0;

	view_flag(k->v, "single", in->dossier_count == 1);
	view_flag(k->v, "several", several);
	view_flag(k->v, "logged", logged && in->dossier_count);
	view_flag(k->v, "final", in->final);
	view_flag(k->v, "calendar", in->calendar);
	view_text(k->v, "count", pool_print(k->p, "%zu", in->dossier_count));
	for (size_t i = 0; i < in->dossier_count; i++) {
		struct commitment *m = &in->dossiers[i].commitment;

		promise(k, view_item(k->v, "items"), i, several);
		late += k->in->now > worktime_late(&in->owner->time, m->due);
		if (commitment_is_live(m->state))
			text_print(all, " %lld", (long long)m->id);
	}
	view_text(k->v, "count_late", late ? pool_print(k->p, "%zu", late) : "");
	view_text(k->v, "count_due", late < in->dossier_count ? pool_print(k->p, "%zu", in->dossier_count - late) : "");
	if (in->dossier_count)
		view_text(k->v, "first_id", pool_print(k->p, "%lld", (long long)in->dossiers[0].commitment.id));
	if (in->dossier_count == 1)
		promise(k, k->v, 0, false);
	if (several && all->n && !all->cut) {
		compose_answer(k, k->v, "all_done", pool_print(k->p, "done%s", all->s));
		compose_answer(k, k->v, "all_tomorrow", pool_print(k->p, "snooze%s tomorrow", all->s));
	}
}

static const char *claimed(struct pool *p, const char *s, const char *otherwise)
{
	s = line_from(p, s ? s : "", NAME_MOST).s;
	return *s ? s : otherwise;
}

static void notice(struct composing *k)
{
	const struct compose_in *in = k->in;

	view_text(k->v, "notice_subject", in->notice_subject);
	view_markdown(k->v, "notice", (in->dossier_count || in->meeting) && !in->team ? linked(k, in->notice) : in->notice);
	if (in->gap.to) {
		view_flag(k->v, "gap", true);
		view_text(k->v, "gap_from", time_long(k, in->gap.from));
		view_text(k->v, "gap_to", time_long(k, in->gap.to));
		view_text(k->v, "gap_long", phrase_span(k->p, k->language, in->gap.to - in->gap.from));
		view_flag(k->v, "gap_some", in->gap.late_count);
		for (size_t i = 0; i < in->gap.late_count; i++)
			view_text(view_item(k->v, "gap_late"), "what", in->gap.late[i]);
	}
	if (in->held_count)
		view_text(k->v, "held_count", pool_print(k->p, "%zu", in->held_count));
	view_flag(k->v, "held_one", in->held_count == 1);
	view_flag(k->v, "held_team", in->held_count == 1 && in->held[0].team);
	for (size_t i = 0; i < in->held_count; i++) {
		struct view *one = view_item(k->v, "held");
		const struct held_line *h = &in->held[i];

		view_text(one, "held_id", pool_print(k->p, "h%lld", (long long)h->id));
		view_text(one, "from", claimed(k->p, h->from, phrase(k->language, PHRASE_NO_SENDER)));
		view_text(one, "held_subject", claimed(k->p, h->subject, ""));
		view_text(one, "reason", claimed(k->p, h->reason, phrase(k->language, PHRASE_NO_REASON)));
		view_text(one, "at", time_short(k, h->at));
		view_flag(one, "held_team", h->team);
		compose_answer(k, one, "accept", pool_print(k->p, "accept h%lld", (long long)h->id));
	}
}

/* The usual addresses: what comes after the +, and what it does. */
static const struct usual {
	const char *detail, *name;
	enum phrase say;
} usual[] = {
	{ "", "kept", PHRASE_USUAL_PLAIN }, { "tomorrow", "kept tomorrow", PHRASE_USUAL_TOMORROW },
	{ "friday", "kept Friday", PHRASE_USUAL_FRIDAY }, { "3d", "kept in 3 days", PHRASE_USUAL_3D },
	{ "1w", "kept in a week", PHRASE_USUAL_1W }, { "eom", "kept end of month", PHRASE_USUAL_EOM },
	{ "done", "kept done", PHRASE_USUAL_DONE },
};

static const char *usual_address(const struct composing *k, const char *detail)
{
	const char *key = k->in->owner->capture_key;
	bool keyed = key && *key, everything = k->tracking[0] == '*';

	if (keyed)
		return addr_with(k->p, k->tracking, *detail ? pool_print(k->p, "k-%s+%s", key, detail) : pool_print(k->p, "k-%s", key));
	if (!*detail && !everything)
		return k->tracking;
	return addr_with(k->p, k->tracking, *detail ? detail : "kept");
}

/* vCard 4.0 (RFC 6350): one card an address, so that typing "kept" offers each by its name. */
static void card(struct text *t, const char *name, const char *address)
{
	text_print(t, "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:%s\r\nN:;%s;;;\r\nEMAIL:%s\r\nEND:VCARD\r\n", name, name, address);
}

static bool welcome(struct composing *k, struct mail *m, struct err *e)
{
	struct text *cards = text_new(k->p, 16 << 10);
	struct attached *a = pool_take(k->p, sizeof *a);

	if (!k->tracking)
		return err_perm(e, "%s has no tracking address: a mailbox needs the setting tracking", k->in->owner->key);
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
		const char *address = usual_address(k, usual[i].detail);
		struct view *one = view_item(k->v, "usual");

		if (!addr_valid(address) || strpbrk(address, ";,\\\" \r\n"))
			return err_perm(e, "the tracking address \"%.100s\" cannot be written on a card", address);
		if (!i) {
			view_text(k->v, "address", address);
			view_markdown(k->v, "practice", mailto(k->p, usual_address(k, "tomorrow"),
				phrase(k->language, PHRASE_PRACTICE_SUBJECT), phrase(k->language, PHRASE_PRACTICE)));
		}
		view_text(one, "name", address);
		view_text(one, "usual_address", address);
		view_text(one, "say", phrase(k->language, usual[i].say));
		view_markdown(one, "link", mailto(k->p, address, "", ""));
		card(cards, usual[i].name, address);
	}
	*a = (struct attached){ line_from(k->p, "kept.vcf", NAME_MOST), "text/vcard; charset=utf-8", cards->s, cards->n };
	m->attached = a;
	m->attached_count = 1;
	return true;
}

/* ---- calendar ---- */

/* The entry in the owner's own calendar, moved or called off along with its promise. */
static bool entry(const struct composing *k, const struct mail *m, const struct commitment *c, const char **object, const char **method,
		  struct err *e)
{
	struct ical_event v = { .uid = c->uid, .sequence = c->sequence, .start = c->due, .end = c->due, .stamp = k->in->now,
				.zone = k->in->owner->time.zone, .location = "", .url = "", .alarm = ALARM, .rrule = "" };
	struct addrs attendees = { 0 };
	const char *to = phrase_names(k->p, k->language, &c->to);
	struct commitment brief = *c;

	*method = v.method = commitment_is_live(c->state) ? "REQUEST" : "CANCEL";
	brief.what = line_from(k->p, c->what, 200).s;
	v.summary = line_print(k->p, WHAT_MOST, "%s%s%s", commitment_said(k->p, &brief), *to ? " for " : "", to).s;
	v.description = "";
	v.organizer = (struct addr){ "kept", k->tracking ? usual_address(k, "") : m->from.s };
	addrs_add(k->p, &attendees, k->in->owner->name, m->to.address);
	v.attendees = attendees;
	return ical_write(k->p, &v, object, e);
}

/* The first entry is the mail's own, the others lie beside it. */
static bool calendar(const struct composing *k, struct mail *m, struct err *e)
{
	const struct compose_in *in = k->in;

	for (size_t i = 0; i < in->dossier_count; i++) {
		const struct commitment *c = &in->dossiers[i].commitment;
		const char *object, *method;
		struct attached *a;

		if (c->sequence < 0 || !c->uid || !*c->uid)
			continue;
		if (!entry(k, m, c, &object, &method, e))
			return err_at(e, "promise %lld", (long long)c->id);
		if (!m->calendar) {
			m->calendar = object;
			m->method = method;
			continue;
		}
		a = pool_more(k->p, &m->attached, m->attached_count++, sizeof *a);
		a->name = line_print(k->p, NAME_MOST, "promise-%lld.ics", (long long)c->id);
		a->type = strcmp(method, "CANCEL") == 0 ? "text/calendar; charset=utf-8; method=CANCEL" :
							  "text/calendar; charset=utf-8; method=REQUEST";
		a->bytes = object;
		a->n = strlen(object);
	}
	return true;
}

/* ---- threading ---- */

static void reference(struct pool *p, struct mail *m, const char *id)
{
	if (!id || !*id || strlen(id) > 600)
		return;
	for (size_t i = 0; i < m->reference_count; i++)
		if (strcmp(m->references[i].s, id) == 0)
			return;
	*(struct line *)pool_more(p, &m->references, m->reference_count++, sizeof *m->references) = line_from(p, id, 600);
}

/* Into the conversation of what it speaks of, where that is one: RFC 5322 3.6.4. true: it goes into one. */
static bool thread(const struct composing *k, struct mail *m)
{
	const struct compose_in *in = k->in;
	const struct commitment *c = in->dossier_count ? &in->dossiers[0].commitment : NULL;
	const struct strings *before = &in->references;

	m->in_reply_to = in->in_reply_to;
	if (!m->in_reply_to.s || !*m->in_reply_to.s) {
		if (!c || !c->message_id || !*c->message_id || mail_kind_whom(in->kind) == WHOM_TEAM || in->team)
			return false; /* a team was never in that conversation */
		for (size_t i = 1; i < in->dossier_count; i++)
			if (!text_same(in->dossiers[i].commitment.message_id, c->message_id))
				return false;
		m->in_reply_to = line_from(k->p, c->message_id, 600);
		before = &c->references;
	}
	for (size_t i = 0; i < before->n; i++)
		reference(k->p, m, before->list[i]);
	reference(k->p, m, m->in_reply_to.s);
	return true;
}

/* ---- the whole ---- */

/* From kept to the owner, answered by its token address; or to a team that must know too. */
static bool to_owner(struct composing *k, struct mail *m, struct err *e)
{
	const struct owner *o = k->in->owner;
	const struct submission *s = conf_submission(k->in->conf, o);

	if (!s)
		return err_perm(e, "no submission is configured by which mail to %s could leave", o->key);
	m->to = (struct addr){ o->name, o->addresses.list[0] };
	m->to_name = line_from(k->p, o->name, NAME_MOST);
	m->from_name = line_from(k->p, "kept", NAME_MOST);
	m->from = line_from(k->p, s->from, ADDRESS_MOST);
	m->reply_to = line_from(k->p, k->reply, ADDRESS_MOST);
	if (!k->in->team)
		return true;
	/* what they have to say to it is for the owner, not for kept */
	m->reply_to = line_from(k->p, m->to.address, ADDRESS_MOST);
	m->reply_name = m->to_name;
	m->to = (struct addr){ k->in->team->name, k->in->team->address };
	m->to_name = line_from(k->p, k->in->team->name, NAME_MOST);
	return true;
}

/* American owners write the month first; the setting's language has two letters. */
static const char *spoken_by(const struct owner *o, const char *language)
{
	return text_same(language, "en") && o->time.date_order == DATE_MDY ? "en-US" : language;
}

/* What only mail to the owner shows. */
static void owners_fields(struct composing *k, const struct commitment *c, const struct mail *m)
{
	const struct compose_in *in = k->in;

	view_text(k->v, "address", k->tracking ? usual_address(k, "") : m->from.s);
	view_text(k->v, "reply", k->reply);
	view_text(k->v, "subject", c ? c->subject : "");
	view_markdown(k->v, "answer", linked(k, in->answer));
	view_text(k->v, "headline", in->headline);
	view_text(k->v, "unread", in->unread);
	view_flag(k->v, "last", in->unread && in->last);
	compose_answer(k, k->v, "list", "list");
	compose_answer(k, k->v, "help", "help");
	compose_answer(k, k->v, "undo", "undo");
	promises(k);
}

static bool fill_in(struct composing *k, const struct commitment *c, struct mail *m, struct err *e)
{
	enum mail_whom whom = mail_kind_whom(m->kind);

	if (m->kind == MAIL_RECAP && k->in->recap)
		compose_recap(k);
	if (whom == WHOM_OUTSIDE)
		return compose_outside(k, m, e);
	if (!to_owner(k, m, e))
		return false;
	if (whom == WHOM_TEAM)
		return m->kind == MAIL_DIGEST ? compose_digest(k, m, e) : compose_team(k, m, e);
	owners_fields(k, c, m);
	m->attached = k->in->attached, m->attached_count = k->in->attached_count;
	if (m->kind == MAIL_NOTICE)
		notice(k);
	if (m->kind == MAIL_PROPOSAL || m->kind == MAIL_BRIEFING)
		compose_briefs(k);
	if (m->kind == MAIL_SWEEP)
		compose_sweep(k);
	if (m->kind == MAIL_REVIEW && k->in->review)
		compose_review(k);
	if (m->kind == MAIL_AGENDA && k->in->agenda)
		compose_agenda(k);
	if (m->kind == MAIL_CHALLENGE && k->in->challenge)
		compose_challenge(k);
	return (m->kind != MAIL_APPROVAL || compose_approval(k, e)) && (m->kind != MAIL_WELCOME || welcome(k, m, e)) &&
	       (!k->in->calendar || (k->in->meeting ? compose_meeting(k, m, true, e) : calendar(k, m, e)));
}

/* A subject is read on a phone: of the promise in it only the beginning, as many words as there is room for. */
static struct line shortened(const struct composing *k, struct line subject)
{
	enum { SAID_MOST = 60 };
	const char *s = subject.s, *at;

	for (size_t i = 0; i < k->in->dossier_count; i++) {
		const char *said = commitment_said(k->p, &k->in->dossiers[i].commitment);
		size_t n = utf8_cut(said, SAID_MOST), whole = strlen(said);

		at = whole > SAID_MOST + 10 ? strstr(s, said) : NULL;
		if (!at)
			continue;
		while (n > SAID_MOST / 2 && said[n] != ' ')
			n--;
		while (n && strchr(" ,;:", said[n - 1]))
			n--;
		s = pool_print(k->p, "%.*s%.*s…%s%s", (int)(at - s), s, (int)n, said, *said == '"' ? "\"" : "", at + whole);
	}
	return line_from(k->p, s, SUBJECT_MOST);
}

static bool made(struct pool *p, const struct compose_in *in, size_t most, struct mail *out, struct err *e)
{
	const struct mailbox_conf *box = conf_capture(in->conf, in->owner);
	struct composing k = { .p = p, .in = in, .v = view_new(p), .reply = "", .subject = "Re: kept", .zone = in->owner->time.zone, .most = most };
	struct mail m = { .kind = in->kind, .owner = in->owner, .token = in->token, .date = in->now };
	const struct commitment *c = in->dossier_count == 1 ? &in->dossiers[0].commitment : NULL;
	bool threaded;

	if (!in->owner->addresses.n)
		return err_perm(e, "the owner %s has no address", in->owner->key);
	if (!in->token || !*in->token || !in->id || !*in->id)
		return err_perm(e, "a mail needs a token and an id");
	k.tracking = box && box->tracking.n ? box->tracking.list[0] : NULL;
	if (k.tracking)
		k.reply = addr_with(p, k.tracking, pool_print(p, "r-%s", in->token));
	if (c && *c->what)
		k.subject = line_print(p, 120, "Re: %s", c->what).s;
	else if (in->meeting)
		k.subject = line_print(p, 120, "Re: %s", checkin_title(p, in->meeting->c)).s;
	k.language = spoken_by(in->owner, template_language(in->conf, in->kind, in->owner->language));
	threaded = thread(&k, &m);
	view_text(k.v, "owner", in->owner->name);
	view_text(k.v, "first_name", pool_slice(p, in->owner->name, strcspn(in->owner->name, " ")));
	view_text(k.v, "title", in->owner->title);
	view_text(k.v, "disclosure", in->owner->disclosure);
	view_flag(k.v, "thread", threaded && c && *c->subject);
	if (!fill_in(&k, c, &m, e))
		return false;
	m.message_id = line_print(p, 600, "<%s@%s>", in->id, addr_domain(m.from.s));
	m.language = pool_slice(p, k.language, strcspn(k.language, "-"));
	if (!template_fill(p, in->conf, in->kind, k.language, k.v, &m.subject, &m.markdown, e))
		return false;
	if (m.outside)
		compose_outside_end(&k, &m);
	else
		m.subject = shortened(&k, m.subject);
	*out = m;
	return true;
}

/* What lists all that an owner has comes, however much that is (and strangers add to it): with less of each list where it is too long. */
bool compose(struct pool *p, const struct compose_in *in, struct mail *out, struct err *e)
{
	enum { ROOM = BODY_MOST / 2 /* as HTML it is up to six times as long */ };
	bool lists = in->kind == MAIL_REVIEW || in->kind == MAIL_AGENDA || in->kind == MAIL_CHALLENGE, well;
	size_t most = 500;

	while ((!(well = made(p, in, most, out, e)) || strlen(out->markdown) > ROOM) && lists && most > 1)
		most /= 2;
	return well;
}
