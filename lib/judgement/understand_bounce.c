/* Reports of failure and delay: RFC 3464 where the sender knew it, and the many forms without it, told by who writes
 * (nobody: the null return path, a mail system), what the subject says, and what the text says; then whom it names.
 * */
#include "judgement/understand_bounce_inner.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { RECIPIENTS_MOST = 50, STATUSES_MOST = 50 };

static const char *const systems[] = {
#define SYSTEM(phrase) phrase,
#include "judgement/understand_bounce.def"
	NULL };

static const char *const subjects[] = {
#define SUBJECT(phrase) phrase,
#include "judgement/understand_bounce.def"
	NULL };

static const char *const failures[] = {
#define FAILURE(phrase) phrase,
#include "judgement/understand_bounce.def"
	NULL };

static const char *const delays[] = {
#define DELAY(phrase) phrase,
#include "judgement/understand_bounce.def"
	NULL };

static const char *const tries_again[] = {
#define TRIES_AGAIN(phrase) phrase,
#include "judgement/understand_bounce.def"
	NULL };

static const char *const give_ups[] = {
#define GIVE_UP(phrase) phrase,
#include "judgement/understand_bounce.def"
	NULL };

/* ---- what it is ---- */

static bool from_system(struct pool *p, const struct letter *l)
{
	for (size_t i = 0; i < l->from.n; i++) {
		char *a = words_folded(p, l->from.list[i].address, true);
		char *name = words_folded(p, l->from.list[i].name, true);

		for (size_t k = 0; systems[k]; k++)
			if (words_start(a, systems[k]) || words_start(name, systems[k]))
				return true;
	}
	return !l->from.n && text_find(letter_field(l, "From"), "daemon");
}

static bool is_reply_or_forward(const char *subject)
{
	static const char *const prefixes[] = {
		"re:", "aw:", "fwd:", "fw:", "wg:", "tr:", "rv:", "sv:", "antw:", "i:", "r:", "res:", "enc:", NULL
	};

	for (size_t i = 0; prefixes[i]; i++)
		if (strncmp(subject, prefixes[i], strlen(prefixes[i])) == 0)
			return true;
	return false;
}

/* A code of RFC 5321 with words around it: "550 5.1.1 …", "smtp; 552", "#5.1.1". */
static bool has_reply_code(const char *s)
{
	for (; *s; s++)
		if ((*s == '5' || *s == '4') && isdigit((unsigned char)s[1]) && isdigit((unsigned char)s[2]) &&
			    strchr(" -,;:", s[3]) && s[3])
			return true;
		else if ((*s == '5' || *s == '4') && s[1] == '.' && isdigit((unsigned char)s[2]) && s[3] == '.' &&
			isdigit((unsigned char)s[4]))
			return true;
	return false;
}

/* A mailing list's manager refuses a letter: it writes in its own name, so its words are asked, and its mark. */
static bool is_refusal(const struct thinking *t)
{
	static const char *const marks[] = {
		"X-MLServer", "X-Mailman-Version", "X-ML-Name", "List-Id", "Mailing-List", "X-Listserver", NULL
	};
	static const char *const refusals[] = {
		"not a member of this mailing list", "not a member of the mailing list", "you are not a member",
		"are not subscribed", "are not allowed to post", "been automatically rejected",
		"rejected by the list moderator", "only subscribers", "only members", "duplicated message-id",
		"not permitted to post", "not authorized to post", "posting to this list is restricted", NULL
	};
	static const char *const ways[] = {
		"-owner@", "-admin@", "-bounces@", "-request@", "owner-", "majordomo@", "listserv@", "sympa@",
		"listmaster@", "mailman@", NULL
	};
	const char *from = t->l->from.n ? t->l->from.list[0].address : "";
	bool marked = false, manager = false;

	for (size_t i = 0; marks[i] && !marked; i++)
		marked = *letter_field(t->l, marks[i]) != '\0';
	for (size_t i = 0; ways[i] && !manager; i++)
		manager = text_find(from, ways[i]) != NULL;
	return marked && manager && words_any(words_folded(t->p, t->l->full, true), refusals);
}

static bool is_report(struct thinking *t)
{
	const struct letter *l = t->l;
	char *subject = words_folded(t->p, l->subject, true), *folded;
	const char *from = l->from.n ? l->from.list[0].address : "";
	bool nobody = strcmp(l->return_path, "<>") == 0, system = from_system(t->p, l);
	bool failed = *letter_field(l, "X-Failed-Recipients"), typed = strcmp(l->report_type, "delivery-status") == 0;
	bool robot = text_find(from, "no-reply") || text_find(from, "noreply") || text_find(from, "donotreply");
	bool says = words_any(subject, subjects) != NULL, told;
	/* words alone make no bounce of a person's letter */
	bool machine = robot || l->returned.is || text_starts(letter_field(l, "Auto-Submitted"), "auto-");
	int points;

	if (is_reply_or_forward(subject) && !nobody && !failed && !typed)
		return false;
	if (!failed && !typed && !system && !nobody && !says) /* nearly every letter: its text need not be searched */
		return false;
	folded = words_folded(t->p, l->full, true);
	told = words_any(folded, failures) != NULL;
	if (failed || typed || (system && (says || told)))
		return true;
	points = 2 * system + 2 * says + nobody + told + has_reply_code(folded) + l->returned.is + robot;
	if (nobody || system)
		return points >= 3 && (says || told);
	return machine && points >= 4 && says && told && !l->in_reply_to[0];
}

/* ---- whom it names ---- */

struct naming {
	struct thinking *t;
	struct strings *recipients, *statuses;
	bool refused; /* by a list's manager */
};

static void strings_add(struct pool *p, struct strings *list, const char *s, size_t most)
{
	for (size_t i = 0; i < list->n; i++)
		if (addr_same(list->list[i], s))
			return;
	if (list->n < most)
		*(const char **)pool_more(p, &list->list, list->n++, sizeof s) = s;
}

static void recipient_add(struct naming *n, const char *address)
{
	char *a = addr_clean(n->t->p, address);

	if (a && strchr(a, '@'))
		strings_add(n->t->p, n->recipients, a, RECIPIENTS_MOST);
}

/* A report in a language that the words do not know: a mail system writes, nobody stands in its envelope, and it names one
 * address that is not the reader's, or several, of which one leads its line. */
static bool is_silent_report(struct thinking *t)
{
	const struct letter *l = t->l;
	const char *only = NULL;
	bool several = false;
	struct candidate *c;
	size_t n;

	if (strcmp(l->return_path, "<>") != 0 || !from_system(t->p, l))
		return false;
	c = pool_list(t->p, CANDIDATES_MOST, sizeof *c);
	n = candidates_find(t, l->full, report_end(l->full), c);
	for (size_t i = 0; i < n; i++) {
		if (addrs_has(&l->to, c[i].address) || addrs_has(&l->from, c[i].address) || address_is_role(c[i].address))
			continue;
		if (c[i].certainty == LEADING)
			return true;
		several |= only && !addr_same(only, c[i].address);
		only = c[i].address;
	}
	return only && !several;
}

/* Every code that stands in the text, in its order. */
static void statuses_in(struct naming *n, const char *s, size_t len)
{
	size_t at = 0;
	const char *one;

	while (at < len && n->statuses->n < 10 && (one = status_in(n->t->p, s + at, len - at))) {
		const char *found = memmem(s + at, len - at, one, strlen(one));

		strings_add(n->t->p, n->statuses, one, STATUSES_MOST);
		at = (size_t)(found - s) + strlen(one);
	}
}

/* ---- RFC 3464 ---- */

/* Its time in the queue is over: nobody tries again, though OpenSMTPD then still writes "Action: delayed", "Status:
 * 4.4.7". */
static bool is_expired(const struct letter *l, const struct dsn_recipient *d)
{
	static const char *const words[] = { "envelope expired", "message expired", "delivery time expired", NULL };
	const char *address = strchr(d->final, '@') ? text_find(l->full, d->final) : NULL;
	bool told = false;

	for (size_t i = 0; words[i]; i++) {
		const char *at = address ? text_find(address, words[i]) : NULL;

		told |= text_find(d->diagnostic, words[i]) || (at && (size_t)(at - address) < strcspn(address, "\n"));
	}
	return told;
}

static bool dsn_find(struct naming *n)
{
	const struct letter *l = n->t->l;
	bool failed = false, delayed = false;

	for (size_t i = 0; i < l->dsn_count; i++) {
		const struct dsn_recipient *d = &l->dsn[i];
		const char *action = *d->action ? d->action : *d->status == '2' ? "delivered" : *d->status == '4'
			? "delayed" : "failed";
		const char *status, *address;
		bool expired;

		if (strcmp(action, "delivered") == 0 || strcmp(action, "relayed") == 0 ||
			    strcmp(action, "expanded") == 0)
			continue;
		expired = strcmp(action, "delayed") == 0 && is_expired(l, d);
		if (strcmp(action, "delayed") == 0 && !expired)
			delayed = true;
		else
			failed = true;
		address = d->original;
		if (strchr(d->final, '@') && d->final[0] != '@' && strchr(addr_domain(d->final), '.'))
			address = d->final;
		if (!strchr(address, '@'))
			address = d->final;
		/* rewritten on the way: the address that kept wrote to counts */
		for (size_t k = 0; k < n->t->known->sent_count; k++)
			if (addr_among(n->t->known->sent[k].to, d->original))
				address = d->original;
		if (strchr(address, '@'))
			recipient_add(n, address);
		status = status_in(n->t->p, d->diagnostic, strlen(d->diagnostic));
		if (*d->status && (!status_is_vague(d->status) || !status))
			status = d->status;
		if (!status)
			status = class_in(d->diagnostic, strlen(d->diagnostic));
		if (expired && status && *status == '4') /* its reason, and that it is final */
			status = pool_print(n->t->p, "5%s", status + 1);
		if (status)
			strings_add(n->t->p, n->statuses, status, STATUSES_MOST);
		statuses_in(n, d->diagnostic, strlen(d->diagnostic));
	}
	if (failed || delayed)
		n->t->m->bounce.action = failed ? "failed" : "delayed";
	return failed || delayed;
}

/* ---- the forms without it ---- */

/* RFC 3464 fields that a broken boundary, or a gateway, left in the text. */
static bool fields_in_text(struct naming *n, const char *s)
{
	bool any = false;

	for (const char *line = s; line && *line; line = strchr(line, '\n'), line = line ? line + 1 : NULL) {
		const char *at = line + strspn(line, "> \t"), *v;
		char *value;

		if (!text_starts(at, "Final-Recipient:") && !text_starts(at, "Status:"))
			continue;
		v = strchr(at, ':') + 1;
		value = pool_slice(n->t->p, v, strcspn(v, "\r\n"));
		if (text_starts(at, "Status:")) {
			if (any)
				statuses_in(n, value, strlen(value));
		} else if (strchr(value, '@')) {
			recipient_add(n, strchr(value, ';') ? strchr(value, ';') + 1 : value);
			any = true;
		}
	}
	return n->recipients->n > 0;
}

static void named_in_text(struct naming *n, const char *s, size_t end)
{
	const struct letter *l = n->t->l;
	struct candidate *c = pool_list(n->t->p, CANDIDATES_MOST, sizeof *c);
	size_t count = candidates_find(n->t, s, end, c), kept = 0;
	enum certainty best = NAMED;

	for (size_t i = 0; i < count; i++) {
		bool own = addrs_has(&l->to, c[i].address) ||
			   (l->returned.is && addr_same(l->returned.from.address, c[i].address));

		if (own || addrs_has(&l->from, c[i].address) || (address_is_role(c[i].address) && c[i].certainty != LABELLED) ||
		    (n->refused && address_is_list_role(c[i].address)))
			continue;
		if (c[i].certainty > best)
			best = c[i].certainty;
		c[kept++] = c[i];
	}
	for (size_t i = 0; i < kept; i++)
		if (l->returned.is && best == NAMED && addr_same(l->returned.to.address, c[i].address))
			recipient_add(n, c[i].address);
	for (size_t i = 0; i < kept && !(best == NAMED && n->recipients->n); i++)
		if (best == NAMED || c[i].certainty != NAMED)
			recipient_add(n, c[i].address);
}

/* The To of an original that stands in the text. */
static void original_to(struct naming *n, const char *s)
{
	for (const char *line = s; line && *line; line = strchr(line, '\n'), line = line ? line + 1 : NULL)
		if (text_starts(line, "To:")) {
			const char *v = line + 3;
			char *value = pool_slice(n->t->p, v, strcspn(v, "\r\n"));
			struct candidate *c = pool_list(n->t->p, CANDIDATES_MOST, sizeof *c);

			if (strchr(value, '@') && candidates_find(n->t, value, strcspn(value, ","), c) &&
			    !addrs_has(&n->t->l->to, c[0].address))
				recipient_add(n, c[0].address);
			return;
		}
}

/* Amazon's notices: a JSON object as text. */
static bool notice_find(struct naming *n, bool *delivered)
{
	const char *s = n->t->l->full, *at;

	if (!text_find(s, "\"notificationType\":\""))
		return false;
	*delivered = text_find(s, "\"notificationType\":\"Delivery\"") != NULL;
	if (!text_find(s, "\"notificationType\":\"Bounce\""))
		return false;
	for (at = text_find(s, "\"emailAddress\":\""); at &&
		    n->recipients->n < RECIPIENTS_MOST; at = text_find(at, "\"emailAddress\":\"")) {
		at += strlen("\"emailAddress\":\"");
		recipient_add(n, pool_slice(n->t->p, at, strcspn(at, "\"")));
	}
	at = text_find(s, "\"status\":\"");
	if (at)
		statuses_in(n, at, strcspn(at, "}"));
	n->t->m->bounce.action = "failed";
	if (text_find(s, "\"bounceType\":\"Transient\"") && !text_find(s, "\"action\":\"failed\""))
		n->t->m->bounce.action = "delayed";
	return n->recipients->n > 0;
}

static void failed_header(struct naming *n)
{
	const char *v;

	for (size_t i = 0; (v = letter_field_at(n->t->l, "X-Failed-Recipients", i)) && i < 20; i++)
		while (*v) {
			size_t k = strcspn(v, ",; \t");

			if (k)
				recipient_add(n, pool_slice(n->t->p, v, k));
			v += k + (v[k] != '\0');
		}
}

static const char *known_id(const struct thinking *t, const char *id)
{
	for (size_t i = 0; i < t->known->sent_count; i++)
		if (*id && text_same(id, t->known->sent[i].message_id))
			return t->known->sent[i].message_id;
	return NULL;
}

/* The Message-ID of what came back. Some servers make a new one on the way: then a mail of kept's that the report names
 * otherwise, or that went to the same address. */
static const char *returned_id(struct thinking *t)
{
	const struct letter *l = t->l;
	const char *s, *id = NULL;
	size_t n;

	if (l->returned.is)
		id = known_id(t, l->returned.message_id);
	for (size_t i = l->references.n; i > 0 && !id; i--)
		id = known_id(t, l->references.list[i - 1]);
	for (size_t i = 0; i < l->returned.fields.n && !id; i++)
		for (size_t k = 0; k < t->known->sent_count && !id; k++)
			if (text_find(l->returned.fields.list[i].value, t->known->sent[k].message_id))
				id = t->known->sent[k].message_id;
	for (size_t i = 0; i < t->known->sent_count && !id; i++)
		if (text_find(l->full, t->known->sent[i].message_id))
			id = t->known->sent[i].message_id;
	for (size_t i = t->known->sent_count; i > 0 && !id; i--)
		for (size_t k = 0; k < t->m->bounce.recipients.n && !id; k++)
			if (addr_among(t->known->sent[i - 1].to, t->m->bounce.recipients.list[k]))
				id = t->known->sent[i - 1].message_id;
	if (id)
		return id;
	if (l->returned.is && *l->returned.message_id)
		return l->returned.message_id;
	s = text_find(l->full, "message-id:");
	s = s ? s + strlen("message-id:") + strspn(s + strlen("message-id:"), " \t\r\n") : "";
	n = *s == '<' ? strcspn(s, ">\n") : 0;
	if (n && s[n] == '>')
		return pool_slice(t->p, s, n + 1);
	return l->in_reply_to;
}

/* What failed without a code: trying too long, or at once. */
static const char *class_of_words(const char *folded)
{
	static const char *const temporary[] = {
		"retry timeout exceeded", "all hosts have been failing", "deferred", "timed out", "temporar*",
		"too long", "cannot send message for", NULL
	};

	return words_any(folded, temporary) ? "4" : "5";
}

bool bounce_find(struct thinking *t)
{
	struct naming n = { t, &t->m->bounce.recipients, &t->m->bounce.statuses, false };
	const struct letter *l = t->l;
	char *head;
	size_t end;
	bool delivered = false, dsn = dsn_find(&n), notice = !dsn && notice_find(&n, &delivered);

	if (delivered) {
		t->m->automatic.kind = "delivery";
		why(t, "auto: a notice of delivery");
		return false;
	}
	n.refused = !dsn && !notice && !l->dsn_count && is_refusal(t);
	if (!dsn && !notice && !n.refused && (l->dsn_count || (!is_report(t) && !is_silent_report(t))))
		return false;
	end = report_end(l->full);
	head = words_folded(t->p, pool_slice(t->p, l->full, end), true);
	if (!dsn && !notice) {
		const char *subject = words_folded(t->p, l->subject, true);
		bool late = words_any(head, tries_again) ||
			    ((words_any(subject, delays) || words_any(head, delays)) && !words_any(head, give_ups));

		t->m->bounce.action = late ? "delayed" : "failed";
		failed_header(&n);
		for (size_t i = 0; i < n.recipients->n; i++) /* the header of another hop: the text counts */
			if (!text_find(pool_slice(t->p, l->full, end), n.recipients->list[i])) {
				*n.recipients = (struct strings){ 0 };
				break;
			}
	}
	if (!n.recipients->n && !fields_in_text(&n, l->full))
		named_in_text(&n, l->full, end);
	if (!n.recipients->n)
		failed_header(&n);
	if (!n.recipients->n && l->returned.is && *l->returned.to.address)
		recipient_add(&n, l->returned.to.address);
	if (!n.recipients->n)
		original_to(&n, l->full + end);
	/* words alone, about nobody */
	if (!dsn && !n.recipients->n && strcmp(l->return_path, "<>") != 0 && !*l->report_type && !n.refused) {
		t->m->bounce.action = NULL;
		*n.statuses = (struct strings){ 0 };
		return false;
	}
	if (!notice && (!n.statuses->n || status_is_vague(n.statuses->list[0]) || n.recipients->n > 1))
		statuses_in(&n, l->full, end);
	if (!n.statuses->n) {
		const char *s = class_in(l->full, end);

		if (!s)
			s = strcmp(t->m->bounce.action, "delayed") == 0 ? "4" : class_of_words(head);
		strings_add(t->p, n.statuses, s, STATUSES_MOST);
	}
	t->m->bounce.of = returned_id(t);
	for (size_t i = 0; !t->m->sent && i < t->known->sent_count; i++)
		if (text_same(t->m->bounce.of, t->known->sent[i].message_id))
			t->m->sent = &t->known->sent[i];
	why(t, "bounce: %s; %s",
	    dsn ? "a delivery status report (RFC 3464)"
	    	: "a mail system's report, told by its sender, subject and text",
	    t->m->sent ? "it is about a mail of kept's" : "it is about no mail of kept's");
	return true;
}
