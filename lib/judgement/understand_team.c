/* A team's answer to what it was asked. */
#include "judgement/understand_inner.h"

#include <string.h>

enum {
	ASKING_MOST = 60, /* words of one that asks back: a longer one says something too */
	THANKS_MOST = 2   /* words beside thanks that may be part of them */
};

static const char *from_of(const struct letter *l)
{
	return l->from.n == 1 ? l->from.list[0].address : "";
}

/* From its address, from somebody at its domain, or from a colleague of the owner who asked. */
static bool is_of_team(const struct thinking *t, const struct known_sent *s)
{
	const char *from = from_of(t->l), *domain = addr_domain(s->to);

	if (!*from || addr_same(from, s->to) || conf_team_of(t->c, from))
		return *from;
	return (!domain_is_public(domain) && addr_same(domain, addr_domain(from))) ||
	       addr_in_domains(from, s->owner->domains.list, s->owner->domains.n);
}

/* The team writes in the owner's own conversation about what it was asked for. Who else of the house writes there need not be the
 * team: its address, or its domain where that is not the owner's. */
static const char *in_owners_thread(const struct thinking *t)
{
	const struct known_thread *h = t->m->thread;
	const char *from = from_of(t->l), *domain;

	if (!h || !h->team || !h->owner || addrs_has(&h->counterpart, from))
		return NULL;
	domain = addr_domain(h->team->address);
	if (addr_same(from, h->team->address) ||
	    (!domain_is_public(domain) && addr_same(domain, addr_domain(from)) &&
	     !addr_in_domains(from, h->owner->domains.list, h->owner->domains.n)))
		return h->team->address;
	return NULL;
}

/* Nobody else was told the Message-ID of what they were asked either. In a mailbox of which no server is named whose word would
 * count, that is all there is to go by; it is for whom only their place in the conversation speaks. */
static bool answers_request(const struct thinking *t, const struct known_sent *s)
{
	if (t->at->mailbox && t->at->mailbox->authserv.n)
		return false;
	if (!s)
		return true;
	for (size_t i = 0; i < t->l->references.n; i++)
		if (strcmp(t->l->references.list[i], s->message_id) == 0)
			return true;
	return false;
}

/* Files are a real answer, whatever comes later; a short question at its end is none yet. */
static void weigh(struct thinking *t)
{
	struct meaning *m = t->m;
	const char *s = text_squeeze(t->p, t->l->text), *end = s + strlen(s);
	size_t words = 1, beside;
	bool figures;

	answer_weigh(t);
	for (const char *at = s; *at; at++)
		words += *at == ' ';
	while (end > s && strchr(" .!-", end[-1]))
		end--;
	/* an answer that is lost costs more than thanks that are told */
	beside = answer_beside(t, &figures);
	m->answer.unsure = m->answer.weight == ANSWER_COURTESY && beside && beside <= THANKS_MOST && !figures;
	if (m->answer.weight == ANSWER_COURTESY && (beside || figures)) {
		m->answer.weight = ANSWER_REAL;
		why(t, "… but it says something beside");
	} else if (m->answer.weight == ANSWER_REAL && !beside && !figures && !strchr(s, '?')) {
		m->answer.weight = ANSWER_COURTESY;
		why(t, "… but it says nothing beside");
	}
	if (letter_has_files(t->l))
		m->answer.weight = ANSWER_REAL, m->answer.unsure = false;
	else if (m->answer.weight == ANSWER_REAL && words <= ASKING_MOST && end > s && end[-1] == '?')
		m->answer.asks = true;
	if (m->answer.asks)
		why(t, "… which asks something back");
}

bool team_find(struct thinking *t, enum letter_class *out)
{
	struct meaning *m = t->m;
	const struct known_sent *s = m->sent;
	const struct owner *o;
	enum sender sender;

	if (s && (mail_kind_whom(s->kind) != WHOM_TEAM || !s->owner || !is_of_team(t, s)))
		return false;
	m->team = s ? s->to : in_owners_thread(t);
	o = !m->team ? NULL : s ? s->owner : m->thread->owner;
	if (!o || conf_owner_of(t->c, from_of(t->l)) == o)
		return false;
	m->owner = o;
	sender = proof_sender(t->p, t->l, t->at);
	if (!t->known->accepted && sender != SENDER_PROVEN &&
	    (sender == SENDER_FALSE || (!(s && has_token(t, s)) && !answers_request(t, s)))) {
		m->held = sender == SENDER_FALSE
				  ? "unproven: it claims to be a team's answer, and the receiving server says that it "
				    "is not from there"
				  : "unproven: it claims to be a team's answer, and nothing says that it is from there";
		why(t, "held: %s", m->held);
		*out = CLASS_HELD;
		return true;
	}
	if (*t->l->broken) {
		m->held = pool_print(t->p, "unreadable: %s", t->l->broken);
		why(t, "held: a team's answer, and it cannot be read: %s", t->l->broken);
		*out = CLASS_HELD;
		return true;
	}
	why(t, "team: %s answers what %s was asked", from_of(t->l), m->team);
	weigh(t);
	*out = CLASS_TEAM;
	return true;
}
