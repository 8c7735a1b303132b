#include "judgement/look.h"

#include <ctype.h>
#include <string.h>

#include "judgement/fit.h"
#include "judgement/words.h"
#include "letters/phrase.h"

enum {
	SAID_MOST = 120,   /* bytes of others' words in a finding */
	TWO_SLIPS = 12,    /* letters of a name or domain in which two may be wrong; one in five */
	ONE_SLIP = 5,
	TALK_LEAST = 25    /* words by which a thing may be told instead of sent */
};

const char *look_kind_name(enum look_kind k)
{
#define X(id, name, standard) name,
	static const char *const names[] = { LOOK_SETTINGS(X) "material", "often" };
#undef X

	return names[k];
}

struct looking {
	struct pool *p;
	const struct looked *in;
	const struct conf *c;
	utc now;
	struct findings *out;
};

static bool is_wanted(const struct looking *k, enum look_kind kind)
{
	return kind == LOOK_MATERIAL || k->c->look[kind] != LOOK_OFF;
}

static void found(struct looking *k, enum look_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
static void found(struct looking *k, enum look_kind kind, const char *format, ...)
{
	struct finding f = { .kind = kind, .blocks = kind == LOOK_MATERIAL || k->c->look[kind] == LOOK_BLOCK };
	va_list a;

	if (k->out->n >= LOOK_MOST)
		return;
	va_start(a, format);
	f.says = pool_vprint(k->p, format, a);
	va_end(a);
	va_start(a, format);
	f.told = pool_vprint(k->p, phrase_of(k->in->language, format), a);
	va_end(a);
	for (size_t i = 0; i < k->out->n; i++)
		if (k->out->list[i].kind == kind && strcmp(k->out->list[i].says, f.says) == 0)
			return;
	k->out->list[k->out->n++] = f;
	k->out->block |= f.blocks;
}

static const char *short_of(struct looking *k, const char *s)
{
	struct line l = line_from(k->p, s, SAID_MOST);

	return strlen(s) > SAID_MOST ? pool_print(k->p, "%s …", l.s) : l.s;
}

/* ---- what is in it ---- */

static void attachment(struct looking *k)
{
	struct thing any = { .any = k->in->mail.files.n > 0 };
	const char *word;
	struct claims c;

	for (size_t i = 0; i < k->in->mail.links.n; i++)
		any.any |= claim_is_file(k->p, k->in->mail.links.list[i]);
	for (size_t i = 0; i < k->in->promised_count; i++)
		any.any |= deliver_thing(k->p, &k->in->mail, k->in->promised[i].what, k->in->resources,
			k->in->resource_count).any;
	claim_find(k->p, &k->c->rules, k->in->mail.text, &c);
	word = deliver_empty(k->p, &c, &any);
	if (word)
		found(k, LOOK_ATTACHMENT, "It says “%s”, and nothing is attached.", word);
}

/* Is the promise told in its text? */
static bool is_told(struct looking *k, const char *what)
{
	struct strings words = fit_words(k->p, what);
	size_t n = 0;

	for (const char *s = k->in->mail.text; *s && n < TALK_LEAST; s += strcspn(s, " \n"), s += strspn(s, " \n"))
		n++;
	return n >= TALK_LEAST && fit_common(k->p, &words, k->in->mail.text, NULL) > 0;
}

static void promised(struct looking *k, const struct commitment *m)
{
	const struct handed *mail = &k->in->mail;
	struct thing t = deliver_thing(k->p, mail, m->what, k->in->resources, k->in->resource_count);
	unsigned wish = claim_wish(k->p, &k->c->rules, m->what);
	struct strings words = fit_words(k->p, m->what);
	bool thing = !(wish & ~(unsigned)WISH_THING);

	if (t.named || t.resource || !words.n || !thing || is_told(k, m->what))
		return;
	for (size_t i = 0; i < k->in->resource_count; i++)
		if (fit_common(k->p, &words, k->in->resources[i].title, NULL) ||
		    fit_common(k->p, &words, k->in->resources[i].about, NULL))
			return;
	if (!t.any)
		found(k, LOOK_PROMISED, "What you promised is not in it: “%s”. It holds neither a file nor a link to one.", short_of(k, m->what));
	else if (!fit_common(k->p, &words, mail->text, NULL))
		found(k, LOOK_PROMISED, "What you promised may not be in it: “%s”. It holds %s, and nothing in it is named so.", short_of(k, m->what), short_of(k, t.where));
}

static void stop_words(struct looking *k)
{
	const struct handed *m = &k->in->mail;
	struct text *all = text_new(k->p, BODY_MOST), *said = text_new(k->p, 4 * SAID_MOST);
	const char *folded;

	text_print(all, "%s\n%s\n", m->subject, m->text);
	for (size_t i = 0; i < m->files.n; i++)
		text_print(all, "%s\n", m->files.list[i]);
	for (char *s = all->s; *s; s++) /* a file's name parts its words so */
		*s = *s == '_' ? ' ' : *s;
	folded = words_folded(k->p, all->s, true);
	for (size_t i = 0; i < k->c->look_stop.n; i++)
		if (words_find(folded, words_folded(k->p, k->c->look_stop.list[i], true)))
			text_print(said, "%s“%s”", said->n ? ", " : "", short_of(k, k->c->look_stop.list[i]));
	if (said->n)
		found(k, LOOK_WORDS, "It holds what your stop list has: %s.", said->s);
}

static void material(struct looking *k, const struct resource *r)
{
	const char *title = short_of(k, r->title);

	switch (resource_state(r, k->now)) {
	case RESOURCE_APPROVED: break;
	case RESOURCE_WAITING: found(k, LOOK_MATERIAL, "“%s” is not approved yet.", title); break;
	case RESOURCE_EXPIRED: found(k, LOOK_MATERIAL, "“%s” is past its approval.", title); break;
	case RESOURCE_RETIRED: found(k, LOOK_MATERIAL, "“%s” was retired.", title); break;
	}
}

bool look_is_answered(struct pool *p, const struct strings *words, const char *text)
{
	size_t n = fit_common(p, words, text, NULL);

	return n >= 2 || n >= words->n;
}

static void question(struct looking *k)
{
	struct strings words = fit_words(k->p, k->in->question);
	struct text *t = text_new(k->p, BODY_MOST);

	text_print(t, "%s\n", k->in->mail.text);
	for (size_t i = 0; i < k->in->mail.files.n; i++)
		text_print(t, "%s\n", k->in->mail.files.list[i]);
	if (!look_is_answered(k->p, &words, t->s))
		found(k, LOOK_QUESTION, "Their question may still stand unanswered: “%s”",
			short_of(k, k->in->question));
}

/* ---- to whom ---- */

static const char *without_digits(struct pool *p, const char *s)
{
	char *out = pool_copy(p, s), *to = out;

	for (const char *c = out; *c; c++)
		if (!isdigit((unsigned char)*c))
			*to++ = *c;
	*to = '\0';
	return out;
}

/* A letter or two wrong; numbered ones (info1@, info2@) are meant. */
static bool is_near(struct pool *p, const char *a, const char *b)
{
	size_t n = strlen(a) > strlen(b) ? strlen(a) : strlen(b);
	unsigned most = n >= TWO_SLIPS ? 2 : n >= ONE_SLIP ? 1 : 0;

	if (!most || strcmp(a, b) == 0 || text_distance(a, b, most) > most)
		return false;
	return strcmp(without_digits(p, a), without_digits(p, b)) != 0 || strlen(a) != strlen(b);
}

/* An office, not a person: the same name stands at any domain. */
static bool is_office(const char *local)
{
	static const char *const list[] = {
		"info", "office", "contact", "kontakt", "mail", "hello", "sales", "support", "service", "team",
		"admin", "secretary", "sekretariat", "secretariat", "reception", "press", "presse", "library",
		"bibliothek", "medinfo", "medical", "pharmacy", "apotheke", "research", "events", "hr", "jobs",
		"accounts", "billing", "rechnung", "post", "webmaster", "postmaster", "noreply", "no-reply", "safety",
		"pv", "drugsafety", "pharmacovigilance", NULL
	};

	for (size_t i = 0; list[i]; i++)
		if (strcmp(local, list[i]) == 0)
			return true;
	return false;
}

/* Up to the last dot: "example" and "mail.example". */
static const char *without_ending(struct pool *p, const char *domain)
{
	const char *dot = strrchr(domain, '.');

	return dot ? pool_slice(p, domain, (size_t)(dot - domain)) : domain;
}

/* How `a` looks like a slip of `b`, which is known; NULL: it does not. Both in lower case. */
#define SLIP_LETTERS "%s is not known, and looks like a slip: it is %s with a letter or two wrong."
#define SLIP_ENDING "%s is not known, and looks like a slip: it is %s but for the ending of its domain."
#define SLIP_DOMAIN "%s is not known, and looks like a slip: it is %s at another domain."

/* How the one may be the other, mistyped; NULL: it is not. */
static const char *slip_of(struct pool *p, const char *a, const char *b)
{
	const char *local_a = addr_local(p, a), *local_b = addr_local(p, b), *domain_a = addr_domain(a),
		*domain_b = addr_domain(b);
	bool same_local = strcmp(local_a, local_b) == 0, same_domain = strcmp(domain_a, domain_b) == 0;

	if (same_local == same_domain)
		return !same_local && is_near(p, local_a, local_b) && is_near(p, domain_a, domain_b) ? SLIP_LETTERS : NULL;
	if (same_domain)
		return is_near(p, local_a, local_b) ? SLIP_LETTERS : NULL;
	if (strcmp(without_ending(p, domain_a), without_ending(p, domain_b)) == 0)
		return SLIP_ENDING;
	if (is_near(p, domain_a, domain_b))
		return SLIP_LETTERS;
	return is_office(local_a) || strlen(local_a) < 3 || domain_under(domain_a, domain_b) ||
		    domain_under(domain_b, domain_a) ? NULL : SLIP_DOMAIN;
}

static bool is_known(const struct looking *k, const char *address)
{
	bool fresh = addrs_has(&k->in->fresh, address);

	for (size_t i = 0; i < k->in->promised_count && !fresh; i++)
		if (addrs_has(&k->in->promised[i].to, address))
			return true;
	return (!fresh && addrs_has(&k->in->known, address)) || conf_owner_of(k->c, address) || conf_team_of(k->c, address);
}

static bool slip(struct looking *k, const char *address, const struct addrs *known)
{
	for (size_t i = 0; i < known->n; i++) {
		const char *how = addrs_has(&k->in->fresh, known->list[i].address) ? NULL
			: slip_of(k->p, addr_lower(k->p, address), addr_lower(k->p, known->list[i].address));

		if (!how)
			continue;
		found(k, LOOK_SLIP, how, short_of(k, address), short_of(k, known->list[i].address));
		return true;
	}
	return false;
}

static void recipients(struct looking *k)
{
	const struct addrs *to = &k->in->mail.to;
	bool slipped = false;

	for (size_t i = 0; i < to->n && is_wanted(k, LOOK_SLIP); i++) {
		const char *address = to->list[i].address;
		bool slips = false;

		if (is_known(k, address))
			continue;
		for (size_t m = 0; m < k->in->promised_count && !slips; m++)
			slips = slip(k, address, &k->in->promised[m].to);
		slipped |= slips || slip(k, address, &k->in->known);
	}
	for (size_t m = 0; m < k->in->promised_count && is_wanted(k, LOOK_RECIPIENT) && !slipped; m++) {
		const struct addrs *wanted = &k->in->promised[m].to;
		bool reached = !wanted->n || !to->n;

		for (size_t i = 0; i < wanted->n && !reached; i++)
			reached = addrs_has(to, wanted->list[i].address);
		if (!reached)
			found(k, LOOK_RECIPIENT, "It was promised to %s, and goes to %s.",
				short_of(k, addrs_names(k->p, wanted)), short_of(k, addrs_names(k->p, to)));
	}
}

void look(struct pool *p, const struct looked *in, const struct conf *c, utc now, struct findings *out)
{
	struct looking k = { .p = p, .in = in, .c = c, .now = now, .out = out };

	*out = (struct findings){ .n = 0 };
	if (is_wanted(&k, LOOK_ATTACHMENT))
		attachment(&k);
	recipients(&k);
	if (is_wanted(&k, LOOK_WORDS))
		stop_words(&k);
	for (size_t i = 0; i < in->resource_count; i++)
		material(&k, &in->resources[i]);
	for (size_t i = 0; i < in->promised_count && in->delivers && is_wanted(&k, LOOK_PROMISED); i++)
		promised(&k, &in->promised[i]);
	if (in->question && *in->question && is_wanted(&k, LOOK_QUESTION))
		question(&k);
}
