#include "judgement/understand_inner.h"

#include <stdarg.h>
#include <string.h>

#define X(id, name) [CLASS_##id] = name,
static const char *const class_names[] = { LETTER_CLASSES(X) };
#undef X

const char *letter_class_name(enum letter_class c)
{
	return class_names[c];
}

void why(struct thinking *t, const char *format, ...)
{
	va_list a;

	if (t->m->why_count >= WHY_MOST)
		return;
	va_start(a, format);
	*(const char **)pool_more(t->p, &t->m->why, t->m->why_count++, sizeof(char *)) = pool_vprint(t->p, format, a);
	va_end(a);
}

struct frame frame_of(struct thinking *t, const struct owner *o, struct worktime *fallback)
{
	*fallback = worktime_default(zone_fixed(t->p, 0));
	return (struct frame){ .anchor = t->anchor, .time = o ? &o->time : fallback };
}

static bool has(const struct strings *list, const char *s)
{
	for (size_t i = 0; i < list->n; i++)
		if (text_same(list->list[i], s))
			return true;
	return false;
}

static const char *from_of(const struct letter *l)
{
	return l->from.n ? l->from.list[0].address : "";
}

/* ---- what it belongs to ---- */

bool in_thread(const struct letter *l, const char *message_id)
{
	return *message_id && (has(&l->references, message_id) || text_same(l->in_reply_to, message_id));
}

/* Several promises of one mail share a thread, each with those whom it is for: 2 the writer's, 1 one of a person it is
 * written to, 0 another's. */
static int nearness(const struct letter *l, const struct known_thread *h)
{
	if (l->from.n && addrs_has(&h->counterpart, l->from.list[0].address))
		return 2;
	for (size_t i = 0; i < l->to.n; i++)
		if (addrs_has(&h->counterpart, l->to.list[i].address))
			return 1;
	return 0;
}

static const struct known_thread *thread_of(const struct thinking *t)
{
	const struct known_thread *found = NULL;

	for (size_t i = 0; i < t->known->thread_count; i++)
		for (size_t k = 0; k < t->known->threads[i].message_ids.n; k++)
			if (in_thread(t->l, t->known->threads[i].message_ids.list[k])) {
				if (!found || nearness(t->l, &t->known->threads[i]) > nearness(t->l, found))
					found = &t->known->threads[i];
				break;
			}
	return found;
}

/* The mail of kept's that it answers or reports on: by token address, by what it answers, by what came back. */
static const struct known_sent *sent_of(const struct thinking *t)
{
	const struct known_sent *found = NULL;
	const char *detail;

	for (size_t i = 0; i < t->known->sent_count && !found; i++)
		if (conf_tracks(t->p, t->c, t->known->sent[i].reply_to, &detail) && text_starts(detail, "r-") &&
		    letter_written_to(t->l, t->known->sent[i].reply_to))
			found = &t->known->sent[i];
	for (size_t i = t->known->sent_count; i > 0 && !found; i--)
		if (text_same(t->l->in_reply_to, t->known->sent[i - 1].message_id))
			found = &t->known->sent[i - 1];
	for (size_t i = t->known->sent_count; i > 0 && !found; i--)
		if (in_thread(t->l, t->known->sent[i - 1].message_id) ||
		    (t->l->returned.is && text_same(t->l->returned.message_id, t->known->sent[i - 1].message_id)))
			found = &t->known->sent[i - 1];
	return found;
}

/* The letter as its tags are looked for. A subject is carried on by answers and forwards: a tag that stood in what this one
 * answers, or stands in what it quotes, is not this writer's word. */
static const struct letter *tagged_by_writer(struct thinking *t, struct letter *without)
{
	const struct letter *l = t->l;
	const char *tag = tag_in_subject(t->p, l->subject);
	bool quoted = *tag && ((text_find(l->full, tag) && !text_find(l->text, tag)) || (l->forwarded.is && text_find(l->forwarded.subject, tag)));

	if (!*tag || !(t->known->tag_carried || quoted))
		return l;
	why(t, "the tag %s in its subject is not its writer's: it stands in what this one answers", line_from(t->p, tag, 60).s);
	*without = *l;
	without->subject = tag_subject(t->p, l->subject);
	return without;
}

/* An address of kept's own: a tracking address, or the sender of its mail. */
static bool is_kepts(const struct thinking *t, const char *address)
{
	if (conf_tracks(t->p, t->c, address, NULL))
		return true;
	for (size_t i = 0; i < t->c->submission_count; i++)
		if (!t->c->submissions[i].owner && addr_same(t->c->submissions[i].from, address))
			return true;
	return false;
}

static bool is_owners(const struct owner *o, const char *address)
{
	for (size_t i = 0; o && i < o->addresses.n; i++)
		if (addr_same(o->addresses.list[i], address))
			return true;
	return false;
}

static bool is_colleague(const struct owner *o, const char *address)
{
	return o && addr_in_domains(address, o->domains.list, o->domains.n);
}

/* ---- to whom ---- */

static void people_add(struct thinking *t, const struct addrs *from, const struct owner *o, bool colleagues, struct addrs *out)
{
	for (size_t i = 0; i < from->n; i++) {
		const struct addr *a = &from->list[i];

		if (*a->address && !is_owners(o, a->address) && !is_kepts(t, a->address) && is_colleague(o, a->address) == colleagues)
			addrs_add(t->p, out, a->name, a->address);
	}
}

/* Addresses that stand in a note to the tracking address alone: whom it is about. */
static void people_in_text(struct thinking *t, const struct owner *o, struct addrs *out)
{
	const char *s = t->l->text;

	for (const char *at = s; (at = strchr(at, '@')) && out->n < 10; at++) {
		const char *from = at, *end = at + 1;
		char *a;

		while (from > s && !strchr(" \t\r\n<>(),;:\"'[]", from[-1]))
			from--;
		end += strcspn(end, " \t\r\n<>(),;:\"'[]!?");
		while (end > at + 1 && end[-1] == '.')
			end--;
		a = addr_clean(t->p, pool_slice(t->p, from, (size_t)(end - from)));
		if (a && addr_valid(a) && !is_owners(o, a) && !is_kepts(t, a))
			addrs_add(t->p, out, "", a);
	}
}

static void counterpart_find(struct thinking *t, const struct owner *o, bool owners_mail)
{
	const struct letter *l = t->l;
	struct addrs *out = &t->m->counterpart;
	bool forwarded = l->forwarded.is && *l->forwarded.from.address && !is_owners(o, l->forwarded.from.address);

	if (!owners_mail) {
		if (forwarded && !o)
			addrs_add(t->p, out, l->forwarded.from.name, l->forwarded.from.address);
		else if (l->from.n)
			addrs_add(t->p, out, l->from.list[0].name, l->from.list[0].address);
		return;
	}
	if (!(forwarded && t->m->tag.way == TAG_FORWARD)) {
		people_add(t, &l->to, o, false, out);
		people_add(t, &l->cc, o, false, out);
		if (!out->n) {
			people_add(t, &l->to, o, true, out);
			people_add(t, &l->cc, o, true, out);
		}
	}
	if (!out->n && forwarded)
		addrs_add(t->p, out, l->forwarded.from.name, l->forwarded.from.address);
	if (!out->n && t->m->tag.alone)
		people_in_text(t, o, out);
}

/* ---- sent on by another ---- */

/* A signature, and the copy in Sent, say who wrote a message, not who sent it here: anybody who has it can send it on to an
 * address that tags (RFC 6376 8.6). Where the address stands in no field that the writer signed and nothing says that the
 * owner handed it in, it counts once, and soon. */
static const char *sent_on(const struct thinking *t)
{
	enum { SOON = 3600, DAY = 86400 };
	const struct proof *x = &t->m->proof;
	const struct known *k = t->known;
	utc age = t->l->date ? t->arrived - t->l->date : 0;

	if (!t->m->tag.hidden || x->handed == HANDED_BY_OWNER || k->accepted || !(x->way == PROOF_DMARC || x->way == PROOF_DKIM || x->way == PROOF_PLACE))
		return NULL;
	if (x->handed == HANDED_BY_ANYBODY && (k->in_sent || k->heard))
		return "it was read before, and this copy came here from another server than the owner's";
	if (x->handed == HANDED_BY_ANYBODY && age > DAY)
		return "it is old, and came here from another server than the owner's";
	if ((k->in_sent || k->heard) && age > SOON)
		return "it was read before, and this copy came here much later";
	return NULL;
}

/* ---- the classes, in the order of the manual ---- */

static const char *own_mail(struct thinking *t)
{
	const struct letter *l = t->l;

	for (size_t i = 0; i < t->known->sent_count; i++)
		if (*l->message_id && text_same(l->message_id, t->known->sent[i].message_id)) {
			t->m->sent = &t->known->sent[i];
			return "its Message-ID is that of a mail kept sent";
		}
	for (size_t i = 0; i < l->from.n; i++)
		if (is_kepts(t, l->from.list[i].address) && !l->dsn_count)
			return "it comes from kept's own address";
	for (size_t i = 0; i < l->fields.n; i++)
		if (text_starts(l->fields.list[i].name, "X-Kept-") && !text_same(l->fields.list[i].name, "X-Kept-Note") &&
		    *letter_field(l, "Auto-Submitted") && !text_starts(letter_field(l, "Auto-Submitted"), "no"))
			return "it is another kept's automatic mail";
	return NULL;
}

static bool calendar_answer(const struct letter *l)
{
	static const char *const methods[] = { "REPLY", "COUNTER", "REFRESH", "CANCEL", "DECLINECOUNTER", NULL };

	for (size_t i = 0; l->calendar.is && methods[i]; i++)
		if (strcmp(l->calendar.method, methods[i]) == 0)
			return true;
	return false;
}

/* To nobody but kept (and the owner): then its words are for kept. */
static bool for_kept_alone(const struct thinking *t, const struct owner *o)
{
	const struct addrs *lists[] = { &t->l->to, &t->l->cc };
	bool any = false;

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < lists[k]->n; i++) {
			if (is_kepts(t, lists[k]->list[i].address))
				any = true;
			else if (!is_owners(o, lists[k]->list[i].address))
				return false;
		}
	return any;
}

static bool sent_to_owner(const struct known_sent *s, const struct owner *o)
{
	return s && mail_kind_whom(s->kind) != WHOM_TEAM && (is_owners(o, s->to) || (s->owner == o && s->owner && mail_kind_whom(s->kind) == WHOM_OWNER));
}

/* Commands that name numbers, or begin another challenge, and nothing below them. */
static bool commands_alone(const struct commands *c)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct command *k = &c->list[i];

		if (k->verb == COMMAND_ERROR || k->verb == COMMAND_UNKNOWN || (!k->id_count && k->verb != COMMAND_CHALLENGE && k->verb != COMMAND_HELP))
			return false;
	}
	return c->n && !c->rest[strspn(c->rest, " \t\r\n")];
}

/* What they think of a challenge, as a whole; with words like `yes` in it, or a number. */
static void reflection(struct thinking *t, struct commands *out)
{
	struct command *all = pool_take(t->p, sizeof *all);
	const char *text = t->l->text + strspn(t->l->text, " \t\r\n");

	if (!*text || commands_alone(out))
		return;
	*all = (struct command){ .verb = COMMAND_EDIT, .text = text };
	*out = (struct commands){ .list = all, .n = 1, .rest = "" };
	why(t, "its words are what the owner thinks of the challenge");
}

/* What they heard in a check-in, in their own words, unless they want none: the text of its recap. */
static void summary(struct thinking *t, struct commands *out)
{
	struct command *all = pool_take(t->p, sizeof *all);
	const char *text = t->l->text + strspn(t->l->text, " \t\r\n");
	enum command_verb first = out->n ? out->list[0].verb : COMMAND_UNKNOWN;

	if (!*text || first == COMMAND_EDIT || first == COMMAND_HELP || (first == COMMAND_SKIP && out->n == 1))
		return;
	if (first == COMMAND_NO || first == COMMAND_STOP) {
		out->list[0].verb = COMMAND_SKIP;
		return;
	}
	*all = (struct command){ .verb = COMMAND_EDIT, .text = text };
	*out = (struct commands){ .list = all, .n = 1, .rest = "" };
	why(t, "its words are the summary of a check-in");
}

/* What was written above the first quotation; all of it where that began the letter. */
static const char *above_quotation(struct pool *p, const char *text, const char *full)
{
	const char *at = text + strspn(text, " \t\r\n"), *s = full;

	while (*at) {
		size_t n = strcspn(at, "\n"), gap;

		s += strspn(s, " \t\r\n>");
		gap = strcspn(s, "\n");
		if (strncmp(s, at, n) != 0) { /* a line that is not theirs */
			if (at != text + strspn(text, " \t\r\n"))
				return pool_slice(p, text, (size_t)(at - text));
			if (!*s)
				return text;
			s += gap;
			continue;
		}
		s += gap;
		at += n;
		at += strspn(at, " \t\r\n>");
	}
	return text;
}

/* A long line that a client broke in a quotation stands there without its mark, and may be a stranger's: where there are commands
 * above, nothing below is read. */
static void command_read(struct thinking *t, struct commands *out)
{
	const char *above = t->m->sent->in_words ? t->l->text : above_quotation(t->p, t->l->text, t->l->full);
	bool sweep = t->m->sent->kind == MAIL_SWEEP;

	command_parse(t->p, above, sweep, out);
	if (!out->n && above != t->l->text)
		command_parse(t->p, t->l->text, sweep, out);
}

/* The owner's words to kept: an answer to its mail, or a first line that is a command. */
static bool command_find(struct thinking *t, const struct owner *o)
{
	struct meaning *m = t->m;
	struct commands *out = &m->commands;
	bool alone = for_kept_alone(t, o), answers = sent_to_owner(m->sent, o) && alone, dates;

	out->rest = "";
	if (!alone)
		return false;
	if (answers) {
		command_read(t, out);
		if (m->sent->in_words)
			(m->sent->kind == MAIL_CHALLENGE ? reflection : summary)(t, out);
		why(t, "command: it answers kept's mail (%s)", mail_kind_name(m->sent->kind));
		return true;
	}
	if (!m->tag.alone || *m->tag.due || m->tag.way == TAG_FORWARD)
		return false;
	command_parse(t->p, t->l->text[strspn(t->l->text, " \t\r\n")] ? t->l->text : t->l->subject, false, out);
	/* a date alone below a subject says when the subject is due */
	dates = out->n == 1 && out->list[0].bare && !out->list[0].id_count && *tag_subject(t->p, t->l->subject) &&
		t->l->text[strspn(t->l->text, " \t\r\n")];
	if (out->n && out->list[0].verb != COMMAND_UNKNOWN && !dates) {
		why(t, "command: to the tracking address alone, and the first line is one");
		return true;
	}
	*out = (struct commands){ .rest = "" };
	return false;
}

/* The one it was promised to answers, or a colleague of theirs. */
static bool counterpart_answers(struct thinking *t, const struct owner *o)
{
	const struct known_thread *h = t->m->thread;
	const char *from = from_of(t->l);

	if (!h || !*from || is_owners(o, from) || is_kepts(t, from))
		return false;
	for (size_t i = 0; i < h->counterpart.n; i++)
		if (addr_same(h->counterpart.list[i].address, from) ||
		    (!is_colleague(o, from) && !domain_is_public(addr_domain(from)) &&
		     addr_same(addr_domain(h->counterpart.list[i].address), addr_domain(from)))) {
			why(t, "answer: %s writes in the thread of \"%s\"", from, h->what);
			return true;
		}
	return false;
}

/* The owner put a tag of their own into a draft of kept's: it says more than that the draft was sent. */
static bool tagged_too(const struct tag *g)
{
	return g->way != TAG_NONE && (!*g->token || *g->due || *g->every || *g->text || *g->team || g->done);
}

static enum letter_class decide(struct thinking *t, const struct owner *claimed, const struct vows *vows)
{
	struct meaning *m = t->m;
	const struct letter *l = t->l;
	const struct owner *o = m->owner;
	enum letter_class team;
	const char *reason;
	bool owners_mail = claimed || t->at->kind == PLACE_SENT, accepted = t->known->accepted, acts, by_token;

	if (t->known->seen && !accepted) {
		why(t, "seen: a message of this Message-ID was read before");
		return CLASS_SEEN;
	}
	if (draft_find(t, owners_mail ? o : NULL, &by_token)) {
		if (!m->proof.way && !accepted && !(by_token && !m->proof.failed)) {
			m->settles = NULL;
			why(t, "… but that it was they is not proven: %s", m->proof.why);
		} else if (!(m->proof.way || accepted) || !tagged_too(&m->tag)) { /* its token proves that it was sent, and no more */
			why(t, "loop: it settles that draft");
			return CLASS_LOOP;
		}
	}
	if (!accepted && !m->settles && (reason = own_mail(t))) {
		why(t, "loop: %s", reason);
		return CLASS_LOOP;
	}
	/* a calendar answer is one whatever the other headers say, but not where it came back within a report */
	if (!l->dsn_count && calendar_answer(l)) {
		why(t, "calendar: METHOD %s", l->calendar.method);
		checkin_find(t);
		return CLASS_CALENDAR;
	}
	if (m->bounce.action)
		return CLASS_BOUNCE;
	if (m->automatic.kind)
		return CLASS_AUTO;

	acts = t->at->kind == PLACE_CAPTURE || m->tag.way != TAG_NONE || m->sent;
	if (!accepted && claimed && acts && !m->proof.way) {
		m->held = pool_print(t->p, "unproven: %s", m->proof.why);
		why(t, "held: it claims to be %s's and cannot prove it: %s", claimed->key, m->proof.why);
		return CLASS_HELD;
	}
	if (claimed && acts && (reason = sent_on(t))) {
		m->held = pool_print(t->p, "unproven: %s", reason);
		why(t, "held: %s", reason);
		return CLASS_HELD;
	}
	if (*l->broken && (claimed || !l->from.n || m->tag.way != TAG_NONE)) {
		m->held = pool_print(t->p, "unreadable: %s", l->broken);
		why(t, "held: it cannot be read: %s", l->broken);
		return CLASS_HELD;
	}
	if (team_find(t, &team))
		return team;
	if (owners_mail && o && command_find(t, o))
		return CLASS_COMMAND;
	if (!owners_mail && counterpart_answers(t, o)) {
		answer_weigh(t);
		m->sender = proof_sender(t->p, l, t->at);
		if (m->answer.weight != ANSWER_COURTESY && m->sender == SENDER_FALSE) {
			m->answer.weight = ANSWER_REAL, m->answer.unsure = true, m->answer.has_until = false;
			why(t, "… but the receiving server says that it is not from there: its owner is asked");
		}
		return CLASS_ANSWER;
	}
	if (o && m->tag.way != TAG_NONE && (m->proof.way || accepted)) {
		why(t, "promise: %s, tagged by %s (%s)", owners_mail ? "the owner's message" : "a message the owner tagged", tag_way_name(m->tag.way), m->proof.why);
		return CLASS_PROMISE;
	}
	if (o && t->at->kind == PLACE_SENT && m->tag.way == TAG_NONE)
		for (size_t i = 0; i < vows->n; i++)
			if (vows->list[i].score >= 0.5) {
				why(t, "candidate: untagged, but \"%s\" sounds like a promise", line_from(t->p, vows->list[i].sentence, 120).s);
				return CLASS_CANDIDATE;
			}
	why(t, "skip: %s", o ? "nothing in it is for kept" : "it is nobody's whom kept serves");
	return CLASS_SKIP;
}

/* In its words, what it forwards, the words of a calendar answer, and its subject where that is its own: an answer carries on
 * the one that was asked about. */
static void safety_find(struct thinking *t)
{
	const struct letter *l = t->l;
	bool own = !t->m->thread || text_starts(text_squeeze(t->p, l->subject), tag_subject(t->p, l->subject));
	const char *const texts[] = { l->text, l->forwarded.is ? l->forwarded.text : "", l->calendar.is ? l->calendar.comment : "", own ? l->subject : "" };
	const char *sentence = NULL;

	for (size_t i = 0; i < sizeof texts / sizeof *texts && !t->m->safety; i++) {
		const char *folded = i ? words_folded(t->p, texts[i], true) : t->folded;

		if (*folded && safety_told(t->p, t->c, folded, &sentence))
			t->m->safety = true, t->m->safety_sentence = safety_words(t->p, texts[i], sentence);
	}
}

/* Somebody else, no machine and no list, who does not want to be written to. */
static void refusal_of(struct thinking *t, bool owners_mail)
{
	struct meaning *m = t->m;
	const struct letter *l = t->l;

	if (owners_mail || (m->class != CLASS_ANSWER && m->class != CLASS_SKIP) || *letter_field(l, "List-Id") || *letter_field(l, "List-Unsubscribe"))
		return;
	m->refusal = refusal_find(t->p, &t->c->rules, l->subject, l->text, &t->c->refusal_list);
	if (!m->refusal)
		return;
	m->sender = proof_sender(t->p, l, t->at);
	why(t, "refusal: \"%s\" asks not to be written to%s", line_from(t->p, m->refusal, 160).s,
	    m->sender == SENDER_PROVEN ? "" : m->sender == SENDER_FALSE ? "; but its sender is false" : "; its sender is not proven");
}

/* Where the Date is missing or more than a day off, the arrival counts. */
static utc anchor_of(const struct letter *l, utc arrived)
{
	return l->date && l->date > arrived - 86400 && l->date < arrived + 86400 ? l->date : arrived;
}

void understand_rules(struct pool *p, struct rules *out)
{
	*out = (struct rules){ vow_rules_open(p), claim_book(p), refusal_book(p), safety_book(p) };
}

void understand(struct pool *p, const struct letter *l, const struct place *at, const struct known *known, const struct conf *c, utc now, struct meaning *out)
{
	struct thinking t = { .p = p, .l = l, .at = at, .known = known, .c = c, .now = now, .arrived = at->arrived ? at->arrived : now, .m = out };
	const struct owner *claimed = NULL;
	struct worktime usual;
	struct vows vows = { 0 };
	struct frame f;
	struct letter without;
	bool owners_mail;

	*out = (struct meaning){ .class = CLASS_SKIP, .commands = { .rest = "" }, .tag = { .address = "", .due = "", .text = "", .every = "", .team = "", .key = "", .token = "" } };
	t.anchor = anchor_of(l, t.arrived);
	t.folded = words_folded(p, l->text, true);
	for (size_t i = 0; i < l->from.n && !claimed; i++) {
		claimed = conf_owner_of(c, l->from.list[i].address);
		if (at->owner && claimed != at->owner) /* in their mailbox another owner is a colleague */
			claimed = NULL;
	}
	out->sent = sent_of(&t);
	out->thread = thread_of(&t);
	tag_find(p, tagged_by_writer(&t, &without), at, c, &out->tag);
	proof_of(p, l, at, &out->tag, claimed, out->sent, c, &out->proof);
	if (!out->proof.way && claimed && l->from.n == 1 && (known->accepted || (known->in_sent && !out->proof.failed))) {
		out->proof.way = PROOF_PLACE;
		out->proof.why = known->accepted ? "the owner accepted it by hand" : "a copy lies in the owner's own Sent folder";
	}
	owners_mail = claimed || at->kind == PLACE_SENT;
	out->owner = at->owner ? at->owner : claimed ? claimed : out->thread && out->thread->owner ? out->thread->owner : out->sent ? out->sent->owner : NULL;
	counterpart_find(&t, out->owner, owners_mail);
	bounce_find(&t);
	automatic_find(&t);
	f = frame_of(&t, out->owner, &usual);
	if (owners_mail && *l->text)
		vow_find(p, c->rules.vows, l->text, &f, &vows);
	if (vows.cut)
		why(&t, "only its first %zu sentences were read for promises", vows.n);
	safety_find(&t);
	out->class = decide(&t, claimed, &vows);
	deliveries_find(&t, claimed, &vows);
	if (out->class != CLASS_PROMISE && deliveries_any(out)) {
		why(&t, out->settles ? "delivery: what they changed" : "delivery: untagged, in the conversation of a promise");
		out->class = CLASS_DELIVERY;
	}
	refusal_of(&t, owners_mail);
	if (out->thread || known->thread_count || out->class != CLASS_SKIP)
		safety_tales(p, c, l->full, out);
	if (out->tale_count && !out->safety)
		why(&t, "below its own words, \"%s\" may tell of an adverse event", line_from(p, out->tales[0].sentence, 160).s);
	if (out->safety)
		why(&t, "safety: \"%s\" may tell of an adverse event", line_from(p, words_folded(p, out->safety_sentence, true), 160).s);
	out->delivers = out->tag.done && out->tag.way != TAG_NONE;
	if (out->delivers)
		why(&t, "this mail keeps the promise (done)");
	else if (out->class == CLASS_PROMISE || out->class == CLASS_HELD || out->class == CLASS_CANDIDATE ||
		 (out->class == CLASS_DELIVERY && !out->settles)) /* a draft's words are kept's own */
		promises_find(&t, out->owner, owners_mail, &vows), renewals_find(&t);
}
