/* What a team answered: it is tied to its promise, the owner hears it and delivers, the team is thanked. */
#include "work/intake_inner.h"

#include <string.h>

#include "borders/record.h"
#include "borders/store.h"
#include "letters/compose.h"
#include "letters/markup.h"
#include "letters/phrase.h"
#include "work/schedule.h"

enum {
	NAMES_MOST = 2000,
	QUOTED_MOST = 16 << 10,
	FILES_MOST = 20,
	PATIENCE = 2 /* working days, where no day is named */
};

/* Of one promise. */
struct reply {
	struct commitment m;
	utc answered;
	const struct team *team; /* that was asked; NULL: it is not in the configuration now */
	const char *name;        /* of it */
	bool current;            /* it has the promise still */
	struct schedule_telling told; /* what its owner hears; n 0: nothing */
};

/* "Grace Hopper (grace@example.org)"; "" where the team's own address wrote. */
static const char *writer(const struct entry *n, const struct reply *r)
{
	const struct addr *a = &n->l->from.list[0];
	const char *name = addr_called(line_from(n->p, a->name, NAME_MOST).s, "");

	if (r->team && addr_same(a->address, r->team->address))
		return "";
	return *name ? pool_print(n->p, " (%s, %s)", intake_plain(n, name), intake_plain(n, a->address))
		     : pool_print(n->p, " (%s)", intake_plain(n, a->address));
}

/* In their owner's language; dates too. */
static const char *in(const struct reply *r, const char *english)
{
	return phrase_of(r->m.owner->language, english);
}

static const char *day(const struct entry *n, const struct reply *r, utc t)
{
	return phrase_time(n->p, r->m.owner->language, r->m.owner->time.zone, t);
}

/* The names of what came along: not of pictures in the text. */
static const char *file_names(const struct entry *n, size_t *count)
{
	struct text *t = text_new(n->p, NAMES_MOST);

	*count = 0;
	for (size_t i = 0; i < n->l->attachment_count; i++) {
		const struct attachment *a = &n->l->attachments[i];

		if (a->inlined)
			continue;
		text_print(t, "%s%s", t->n ? ", " : "",
			   *a->name ? line_from(n->p, a->name, NAME_MOST).s : "a file without a name");
		++*count;
	}
	return t->s;
}

/* A type as a mail program writes one; what it would show by itself is only a file. */
static const char *type_of(const char *s)
{
	static const char word[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-_";
	const char *slash = s + strspn(s, word);
	bool well = *slash == '/' && slash[1] && !slash[1 + strspn(slash + 1, word)] && strlen(s) < 100;

	return well && (text_starts(s, "application/") || text_starts(s, "image/")) ? s : "application/octet-stream";
}

static struct line file_name(const struct entry *n, const struct attachment *a)
{
	char *s = pool_copy(n->p, *a->name ? a->name : "file");

	for (char *c = s; *c; c++)
		if (*c == '/' || *c == '\\')
			*c = '_';
	return line_from(n->p, s, NAME_MOST);
}

/* What came along, to come along. */
static void hand_on(const struct entry *n, struct schedule_telling *t)
{
	for (size_t i = 0; i < n->l->attachment_count && t->file_count < FILES_MOST; i++) {
		const struct attachment *a = &n->l->attachments[i];

		if (!a->inlined && a->bytes)
			*(struct attached *)pool_more(n->p, &t->files, t->file_count++, sizeof *t->files) =
				(struct attached){ file_name(n, a), type_of(a->type), a->bytes, a->size };
	}
}

static const char *files_said(const struct entry *n, const struct reply *r, const struct schedule_telling *t)
{
	size_t count;
	const char *names = file_names(n, &count), *rest = "";

	if (!count)
		return "";
	if (t->file_count < count)
		rest = pool_print(n->p,
				  in(r, count - t->file_count > 1 ? " Some do not come along, for want of room: ask for them at %s."
								  : " One does not come along, for want of room: ask for it at %s."),
				  intake_plain(n, n->l->from.list[0].address));
	return count > 1 ? pool_print(n->p, in(r, "With it came %zu files: %s.%s\n\n"), count, markdown_quote(n->p, names, NAMES_MOST), rest)
			 : pool_print(n->p, in(r, "With it came a file: %s.%s\n\n"), markdown_quote(n->p, names, NAMES_MOST), rest);
}

/* Which promise, for whom, by when. */
static const char *about(const struct entry *n, const struct reply *r)
{
	const struct commitment *m = &r->m;
	const char *whom = phrase_names(n->p, m->owner->language, &m->to);

	return pool_print(n->p, in(r, "**\\#%lld** %s%s, due %s"), (long long)m->id, intake_plain(n, commitment_said(n->p, m)),
			  *whom ? pool_print(n->p, in(r, ", for %s"), intake_plain(n, whom)) : "", day(n, r, m->due));
}

/* What the owner hears; it is told when it is known what comes of it. */
static void hears(struct entry *n, struct reply *r, const char *subject, const char *before, const char *after)
{
	struct schedule_telling t = { .owner = r->m.owner, .subject = subject, .ids = &r->m.id, .n = 1 };

	hand_on(n, &t);
	t.markdown = pool_print(n->p, "%s%s %s\n\n%s\n%s%s", intake_plain(n, r->name), writer(n, r), before,
				compose_quoted(n->p, n->l->text, QUOTED_MOST), files_said(n, r, &t), after);
	r->told = t;
}

static bool record(struct entry *n, const struct reply *r, const char *what, struct err *e)
{
	size_t count;
	const char *names = file_names(n, &count);
	struct event v = { .owner = r->m.owner->key,
			   .word = "team answered",
			   .commitment = r->m.id,
			   .letter = n->row,
			   .detail = pool_print(n->p, "%s, %s: %s%s%s", r->name,
						line_from(n->p, n->l->from.list[0].address, ADDRESS_MOST).s, what,
						count ? "; files: " : "", names) };

	return record_add(n->q, &v, n->now, e);
}

static const char *said(const struct entry *n, const struct reply *r, const char *what)
{
	return pool_print(n->p, "%s %s: %s", r->name, in(r, what), commitment_said(n->p, &r->m));
}

/* Their day is the next look; where it is after the owner's own, they must know now. */
static bool holding(struct entry *n, struct reply *r, struct err *e)
{
	struct commitment *m = &r->m;
	const struct worktime *w = &m->owner->time;
	utc until = n->m.answer.has_until && n->m.answer.until > n->now
			    ? n->m.answer.until
			    : zone_at(w->zone, workday_add(w, zone_day(w->zone, n->now), PATIENCE), w->hour);
	const char *when = utc_words(n->p, w->zone, until);

	m->team_until = until;
	m->look_at = n->now;
	if (!record(n, r, pool_print(n->p, "a holding answer, until %s", when), e) ||
	    !store_commitment_save(n->q, m, r->answered, e))
		return false;
	if (until <= m->due)
		return true;
	hears(n, r, said(n, r, "needs longer"), pool_print(n->p, in(r, "needs longer for %s:"), about(n, r)),
	      pool_print(n->p, in(r, "I ask them again %s, which is after your own day. Answer `due` and another day, and I prepare a word to "
				     "whoever waits for it.\n"),
			 day(n, r, until)));
	return true;
}

/* A question, or so few words that they may be thanks alone: the owner hears them, and the wait goes on. */
static bool asks(struct entry *n, struct reply *r, struct err *e)
{
	bool unsure = n->m.answer.unsure;

	struct commitment *m = &r->m;
	const struct worktime *w = &m->owner->time;

	m->team_until = zone_at(w->zone, workday_add(w, zone_day(w->zone, n->now), PATIENCE), w->hour);
	m->look_at = n->now;
	if (!record(n, r, unsure ? "a few words" : "a question", e) || !store_commitment_save(n->q, m, r->answered, e))
		return false;
	hears(n, r, said(n, r, unsure ? "has written" : "asks"),
		    pool_print(n->p, in(r, unsure ? "has written a few words about %s:" : "asks something back about %s:"), about(n, r)),
		    unsure ? in(r, "If that is their answer, it is yours to deliver; if it is not, I ask them again in two working days.\n")
			   : pool_print(n->p, in(r, "Answer them yourself, to %s: an answer to this mail reaches me alone.\n"),
					intake_plain(n, n->l->from.list[0].address)));
	return true;
}

/* Nothing of it goes outside by itself: the owner delivers. */
static bool real(struct entry *n, struct reply *r, struct err *e)
{
	struct commitment *m = &r->m;
	struct dossier d;
	bool found, first = r->current && !m->team_answered;

	if (r->current) {
		commitment_move(m->state, COMMITMENT_ON_ANSWERED, &m->state);
		m->team_answered = n->now;
		m->team_until = 0;
	}
	m->look_at = n->now;
	if (!record(n, r, "a real answer", e) || !store_commitment_save(n->q, m, r->answered, e))
		return false;
	hears(n, r, said(n, r, "has answered"),
	      pool_print(n->p, in(r, r->current ? "has answered about %s:" : "answers late about %s:"), about(n, r)),
		  commitment_is_live(m->state)
			  ? pool_print(n->p,
				       in(r, "It is yours to deliver: nothing of this has gone to anybody else. Answer in your own "
					     "conversation, with what may go outside; this mail lies in it. If it is not what you "
					     "need, answer `team %s`, and they are asked again.\n"),
				       r->team ? r->team->key : "NAME")
			  : pool_print(n->p, in(r, "The promise is %s already.\n"), in(r, commitment_state_name(m->state))));
	if (!first)
		return true;
	return store_dossier(n->q, n->p, n->c, m->id, &d, &found, e) &&
	       (!found || schedule_thanks(n->q, n->p, n->c, &d, n->m.team, n->l->message_id, n->now, e));
}

static bool one(struct entry *n, int64_t id, struct err *e)
{
	struct reply r = { .team = conf_team_of(n->c, n->m.team) };
	struct schedule_answer a;
	bool found, well = true;

	if (!store_commitment(n->q, n->p, n->c, id, &r.m, &r.answered, &found, e))
		return false;
	if (!found || r.m.owner != n->m.owner)
		return true;
	r.name = r.team ? r.team->name : n->m.team;
	r.current = r.team && conf_team(n->c, r.m.team) == r.team &&
		    (r.m.state == COMMITMENT_OPEN || r.m.state == COMMITMENT_WAITING);
	if (!store_thread_add(n->q, id, n->l->message_id, e))
		return false;
	if (n->m.answer.weight == ANSWER_COURTESY)
		return record(n, &r, "courtesy alone", e);
	if (n->m.answer.weight == ANSWER_HOLDING && r.current && !r.m.team_answered)
		well = holding(n, &r, e);
	else if (n->m.answer.asks || (n->m.answer.unsure && r.current && !r.m.team_answered))
		well = asks(n, &r, e);
	else
		well = real(n, &r, e);
	a = (struct schedule_answer){ .owner = r.m.owner, .answer = r.told.markdown, .headline = r.told.subject, .ids = &id, .n = 1, .telling = &r.told };
	return well && (r.told.n ? schedule_answered(n->q, n->p, n->c, &a, &id, 1, n->now, e) : schedule_these(n->q, n->p, n->c, &id, 1, NULL, n->now, e));
}

bool intake_team(struct entry *n, struct err *e)
{
	for (size_t i = 0; n->m.sent && i < n->m.sent->commitment_count; i++)
		if (!one(n, n->m.sent->commitments[i], e))
			return false;
	/* in the owner's own conversation: about all of it that is with that team */
	for (size_t i = 0; !n->m.sent && i < n->known.thread_count; i++) {
		const struct known_thread *h = &n->known.threads[i];

		if (h->owner == n->m.owner && h->team && addr_same(h->team->address, n->m.team) && !one(n, h->commitment, e))
			return false;
	}
	return true;
}

bool intake_wants_files(struct sql *q, struct pool *p, const struct conf *c, const struct letter *l, bool *wants,
			struct err *e)
{
	struct known k;
	bool any = false;

	*wants = false;
	for (size_t i = 0; i < l->attachment_count; i++)
		any |= !l->attachments[i].inlined;
	if (!any)
		return true;
	if (!store_known(q, p, c, l, &k, e))
		return false;
	for (size_t i = 0; i < k.sent_count; i++)
		*wants |= mail_kind_whom(k.sent[i].kind) == WHOM_TEAM;
	for (size_t i = 0; i < k.thread_count; i++)
		*wants |= k.threads[i].team != NULL;
	return true;
}
