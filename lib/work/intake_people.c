/* a letter of either side is an exchange of the owner with whoever is noted; and what they work on, forwarded to +work */
#include <ctype.h>
#include <string.h>

#include "borders/store.h"
#include "judgement/claim.h"
#include "judgement/look.h"
#include "work/intake_inner.h"
#include "work/people.h"
#include "work/schedule.h"

enum { PEOPLE_MOST = 50 /* of one letter */ };

static bool note(struct entry *n, const struct addr *who, enum contact_direction direction, struct err *e)
{
	utc at = n->at->arrived && n->at->arrived < n->now ? n->at->arrived : n->now;
	const char *asks = direction == CONTACT_DIRECTION_THEIRS ? look_asks(n->p, n->l) : NULL;
	struct contact c;
	bool noted;

	if (!store_contact(n->q, n->p, n->m.owner->key, who, &c, &noted, e))
		return false;
	return !noted || store_exchange_add(n->q, &(struct exchange){ .contact = c.id, .at = at, .channel = "mail", .direction = direction,
								      .text = asks ? line_from(n->p, asks, NOTE_MOST).s : "", .letter = n->row }, e);
}

/* Was it written by a person, to be read by one? */
static bool is_persons(const struct entry *n)
{
	switch (n->m.class) {
	case CLASS_ANSWER: case CLASS_PROMISE: case CLASS_DELIVERY: case CLASS_CANDIDATE: case CLASS_SKIP:
		return !*letter_field(n->l, "List-Id") && !*letter_field(n->l, "List-Unsubscribe");
	case CLASS_SEEN: case CLASS_LOOP: case CLASS_BOUNCE: case CLASS_AUTO: case CLASS_CALENDAR: case CLASS_HELD: case CLASS_COMMAND:
	case CLASS_TEAM: return false;
	}
	return false;
}

bool intake_exchanges(struct entry *n, struct err *e)
{
	const struct addrs *whom[] = { &n->l->to, &n->l->cc };
	size_t noted = 0;

	if (!n->m.owner || !n->l->from.n || !is_persons(n))
		return true;
	if (conf_owner_of(n->c, n->l->from.list[0].address) != n->m.owner)
		return proof_sender(n->p, n->l, n->at) == SENDER_FALSE || note(n, &n->l->from.list[0], CONTACT_DIRECTION_THEIRS, e);
	if (!n->m.proof.way && !n->known.in_sent && !n->known.accepted)
		return true;
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < whom[k]->n && noted < PEOPLE_MOST; i++, noted++)
			if (!note(n, &whom[k]->list[i], CONTACT_DIRECTION_OURS, e))
				return false;
	return true;
}

/* ---- +work ---- */

/* Whose it is: each of the noted people that a text names, once; `full`: by their whole name alone. */
struct whose {
	struct entry *n;
	const struct addrs *known;
	struct contact *list;
	size_t count;
};

static bool whose_add(struct whose *w, const struct addr *a, struct err *e)
{
	struct contact c;
	bool noted;

	if (!store_contact(w->n->q, w->n->p, w->n->m.owner->key, a, &c, &noted, e))
		return false;
	for (size_t i = 0; i < w->count; i++)
		noted &= w->list[i].id != c.id;
	if (noted)
		*(struct contact *)pool_more(w->n->p, &w->list, w->count++, sizeof *w->list) = c;
	return true;
}

/* Do these words stand in the text, as words of their own? Both are folded. */
static bool has_words(const char *text, const char *words)
{
	size_t n = strlen(words);

	for (const char *s = text; n && (s = strstr(s, words)); s++)
		if ((s == text || !isalnum((unsigned char)s[-1])) && !isalnum((unsigned char)s[n]))
			return true;
	return false;
}

/* An address, and not the end or beginning of another. */
static bool has_address(const char *text, const char *address)
{
	size_t n = strlen(address);

	for (const char *s = text; (s = strstr(s, address)); s++)
		if ((s == text || (!isalnum((unsigned char)s[-1]) && !strchr("._+-@", s[-1]))) && !isalnum((unsigned char)s[n]) &&
		    !(s[n] && strchr(".-", s[n]) && isalnum((unsigned char)s[n + 1])))
			return true;
	return false;
}

/* The whole name, of two words at least; and in the owner's own words the last of it. */
static bool names(struct pool *p, const char *text, const char *name, bool full)
{
	const char *folded = text_squeeze(p, text_fold(p, name)), *last = strrchr(folded, ' ');

	return (last && has_words(text, folded)) || (!full && last && strlen(last + 1) >= 3 && has_words(text, last + 1)) ||
	       (!full && !last && strlen(folded) >= 3 && has_words(text, folded));
}

static bool whose_in(struct whose *w, const char *text, bool full, struct err *e)
{
	const char *folded = text_squeeze(w->n->p, text_fold(w->n->p, text));

	for (size_t i = 0; i < w->known->n; i++) {
		const struct addr *a = &w->known->list[i];

		if ((has_address(folded, a->address) || names(w->n->p, folded, a->name, full)) && !whose_add(w, a, e))
			return false;
	}
	return true;
}

/* The owner's words say whose; else who wrote it, where they are noted, or to whom the owner writes; else it names one of them. */
static bool find_whose(struct whose *w, struct err *e)
{
	const struct forwarded *f = &w->n->l->forwarded;

	if (!whose_in(w, pool_print(w->n->p, "%s\n%s", w->n->l->subject, w->n->l->text), false, e))
		return false;
	if (!w->count && f->is && f->from.address && *f->from.address && !whose_add(w, &f->from, e))
		return false;
	for (size_t i = 0; !f->is && !w->count && i < w->n->m.counterpart.n; i++)
		if (!whose_add(w, &w->n->m.counterpart.list[i], e))
			return false;
	return w->count || !f->is || whose_in(w, pool_print(w->n->p, "%s\n%s", f->subject, f->text), true, e);
}

static const char *first_link(struct entry *n)
{
	const struct letter *l = n->l;
	struct strings own = claim_links(n->p, l->text), theirs = l->forwarded.is ? claim_links(n->p, l->forwarded.text) : (struct strings){ 0 };
	const struct strings *all[] = { &own, &l->links, &theirs };

	for (size_t k = 0; k < 3; k++)
		for (size_t i = 0; i < all[k]->n; i++)
			if (resource_link_ok(all[k]->list[i]))
				return all[k]->list[i];
	return "";
}

static bool keep_work(struct entry *n, const struct contact *c, struct schedule_answer *a, struct err *e)
{
	struct card_entry x = { .list = CARD_LIST_WORK, .word = first_link(n), .letter = n->row };
	const char *title = tag_subject(n->p, n->l->subject), *who = intake_plain(n, addr_called(c->name, c->address));
	bool full;

	if (n->l->forwarded.is && *n->l->forwarded.subject)
		title = tag_subject(n->p, n->l->forwarded.subject);
	x.text = line_from(n->p, *title ? title : *x.word ? x.word : "without a title", WHAT_MOST).s;
	if (!people_add(n->q, n->p, c, &x, n->now, &full, e))
		return false;
	a->headline = pool_print(n->p, full ? "Not noted: %s has too many works" : "Noted as the work of %s", addr_called(c->name, c->address));
	a->answer = full ? pool_print(n->p, "- %d works of %s are noted already; `kept contact %s` shows them, and `--done w5` there drops one.\n", CONTACT_LIST_MOST,
				      who, addr_typed(c->address)) :
			   pool_print(n->p, "- “%s” is noted as what %s works on%s. `kept contact %s` shows it.\n", intake_plain(n, x.text), who,
				      *x.word ? ", with its link" : "", addr_typed(c->address));
	return true;
}

static void ask_whose(struct entry *n, const struct whose *w, struct schedule_answer *a)
{
	struct text *t = text_new(n->p, ANSWER_MOST);

	a->headline = "Whose work is it?";
	text_add(t, "- nothing was noted: ");
	if (!w->count)
		text_add(t, "it names nobody whom I know as somebody that something was promised to.");
	for (size_t i = 0; i < w->count && i < 10; i++)
		text_print(t, "%s%s", i ? ", " : "it may be of ", intake_plain(n, addr_called(w->list[i].name, w->list[i].address)));
	text_add(t, w->count ? ". Forward it again to `+work`, with one address in your first line.\n" : " Forward it again to `+work`, with their address in your first line.\n");
	a->answer = t->s;
}

bool intake_work(struct entry *n, struct err *e)
{
	struct schedule_answer a = { .owner = n->m.owner, .references = n->l->references, .in_reply_to = line_from(n->p, n->l->message_id, SUBJECT_MOST) };
	struct addrs known;
	struct whose w = { .n = n, .known = &known };
	const char *address;

	if (!store_contact_known(n->q, n->p, n->m.owner->key, &known, e) || !find_whose(&w, e))
		return false;
	/* an address in the first line is said, whether they are noted or not */
	address = addr_clean(n->p, text_squeeze(n->p, pool_slice(n->p, n->l->text, strcspn(n->l->text, "\r\n"))));
	if (!w.count && address && addr_valid(address)) {
		struct contact c;

		if (!store_contact_made(n->q, n->p, n->m.owner->key, &(struct addr){ "", address }, &c, n->now, e))
			return false;
		*(struct contact *)pool_more(n->p, &w.list, w.count++, sizeof *w.list) = c;
	}
	if (w.count != 1)
		ask_whose(n, &w, &a);
	else if (!keep_work(n, &w.list[0], &a, e))
		return false;
	return schedule_answer(n->q, n->p, n->c, &a, n->now, e);
}
