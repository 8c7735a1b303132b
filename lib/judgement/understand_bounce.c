/* Reports of failure and delay: RFC 3464 where the sender knew it, and the many forms without it, told by who writes
 * (nobody: the null return path, a mail system), what the subject says, and what the text says; then whom it names.
 * */
#include "judgement/understand_inner.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { RECIPIENTS_MOST = 50, STATUSES_MOST = 50, CANDIDATES_MOST = 100, LINES_MOST = 2000 };

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

static bool is_role(const char *address)
{
	static const char *const roles[] = {
		"mailer-daemon@", "postmaster@", "mailerdaemon@", "mail-daemon@", "abuse@", "support@", "helpdesk@",
		"help@", "admin@", "hostmaster@", "noc@", "info@postmaster", NULL
	};

	for (size_t i = 0; roles[i]; i++)
		if (text_starts(address, roles[i]))
			return true;
	return false;
}

/* Where a list's manager takes words, not letters. */
static bool is_list_role(const char *address)
{
	static const char *const ends[] = {
		"-owner", "-request", "-admin", "-bounces", "-help", "-ctl", "-subscribe", "-unsubscribe", "-leave",
		"-join", NULL
	};
	size_t n = strcspn(address, "@");

	for (size_t i = 0; ends[i]; i++)
		if (n > strlen(ends[i]) && strncasecmp(address + n - strlen(ends[i]), ends[i], strlen(ends[i])) == 0)
			return true;
	return false;
}

/* The end of what the mail system wrote: the copy of the original begins. */
static bool is_field_line(const char *line, bool *strong)
{
	static const char *const names[] = {
		"Received:", "Return-Path:", "From:", "Message-ID:", "DKIM-Signature:", "Delivered-To:", "X-Mailer:",
		"To:", "Subject:", "Date:", "MIME-Version:", "Content-Type:", "Reply-To:", "Cc:", "Sender:",
		"Content-Transfer-Encoding:", "User-Agent:", NULL
	};

	for (size_t i = 0; names[i]; i++)
		if (text_starts(line, names[i])) {
			*strong |= i < 7;
			return true;
		}
	return false;
}

static size_t report_end(const char *s)
{
	static const char *const marks[] = {
		"below this line is a copy", "this is a copy of", "original message", "original mail as follows",
		"possibly truncated original message", "unsent message", "message header", "returned message",
		"original headers", "original header",
		"this is the original message", "headers of the message", "header of the original message",
		"the header and top", "the header of the original", "header follows", "copy of your message",
		"undelivered message follows", "message d'origine", NULL
	};
	const char *nl;
	size_t lines = 0;

	for (const char *line = s; *line && lines < LINES_MOST; line = nl + 1, lines++) {
		char head[120];
		size_t n, fields = 0;
		bool strong = false;
		const char *at = line;

		nl = strchr(line, '\n');
		if (!nl)
			nl = line + strlen(line);
		n = (size_t)(nl - line) < sizeof head - 1 ? (size_t)(nl - line) : sizeof head - 1;
		memcpy(head, line, n);
		head[n] = '\0';
		for (size_t i = 0; line > s && marks[i]; i++) /* a line of its own, not a sentence about it */
			if (text_starts(head + strspn(head, " \t-*=#|>_<\""), marks[i]))
				return (size_t)(line - s);
		/* three fields of an original in a row */
		while (fields < 3 && is_field_line(at, &strong)) {
			fields++;
			do { /* over the folded lines */
				at = strchr(at, '\n');
				at = at ? at + 1 : "";
			} while (*at == ' ' || *at == '\t');
		}
		if (fields == 3 && strong)
			return (size_t)(line - s);
		if (!*nl)
			break;
	}
	return strlen(s);
}

/* How surely an address in the text is one that failed. */
enum certainty { NAMED, LEADING /* it begins its line */, LABELLED /* the words before it say so */ };

struct candidate {
	const char *address;
	enum certainty certainty;
};

/* Lower case, of the line up to the address, without what stands around it. */
static void words_before(const char *s, size_t at, char *out, size_t room)
{
	size_t from = at, n;

	while (from > 0 && s[from - 1] != '\n' && at - from < room - 1)
		from--;
	n = at - from;
	memcpy(out, s + from, n);
	while (n && strchr(" \t<:=\"'([;*|", out[n - 1]))
		n--;
	out[n] = '\0';
	for (char *c = out; *c; c++)
		*c = (char)tolower((unsigned char)*c);
}

/* The bytes of the longest one that the text ends in. */
static size_t ends_in(const char *s, const char *const *list)
{
	size_t n = strlen(s), longest = 0;

	for (size_t i = 0; list[i]; i++) {
		size_t k = strlen(list[i]);

		if (n >= k && k > longest && strcmp(s + n - k, list[i]) == 0 &&
		    (n == k || !isalpha((unsigned char)s[n - k - 1])))
			longest = k;
	}
	return longest;
}

static bool classify(const char *s, size_t at, enum certainty *out)
{
	static const char *const others[] = {
		"message-id", "message id", "envelope-from", "sender", "from", "reply-to", "contact",
		"e-mail", "by", "postmaster", "forward", "write to", "id", "please email", "von", "in-reply-to",
		"references", "return-path", "mail to", "please contact", "list-unsubscribe", "generated from",
		"expanded from", "x-original-to", NULL
	};
	static const char *const labels[] = {
		"final-recipient: rfc822", "final-recipient:rfc822", "original-recipient: rfc822",
		"recipient address", "failed recipient", "recipient", "recipients", "rcpt to", "delivered to",
		"deliver to", "delivering your mail to", "deliver mail to", "delivering mail to",
		"deliver your message to", "delivering your message to",
		"delivery to", "send to", "sent to", "your message to", "message to", "mail for",
		"following message to", "undeliverable to", "rejected recipient", "returned permanent errors",
		"unknown user", "user unknown", "no such user", "invalid address", "invalid recipient",
		"failed address", "address", "user", "empfanger", "destinataire", "destinatario",
		"x-failed-recipients", NULL
	};
	static const char *const links[] = { "mailto", NULL };
	char whole[100], before[100];
	size_t other, label;

	words_before(s, at, whole, sizeof whole); /* "Vera<mailto:vera@…>": what stands before the link says whose it is */
	words_before(whole, strlen(whole) - ends_in(whole, links), before, sizeof before);
	other = ends_in(before, others);
	label = ends_in(before, labels);
	if (other && other >= label)
		return false;
	*out = label ? LABELLED : NAMED;
	if (*out == NAMED) {
		const char *c = before;

		while (*c && strchr(" \t<>\"'*-|.0123456789#", *c)) /* "550 <ada@…>", "- ada@…" */
			c++;
		if (!*c)
			*out = LEADING;
	}
	return true;
}

static size_t candidates_find(struct thinking *t, const char *s, size_t n, struct candidate *out)
{
	size_t count = 0;

	for (const char *at = memchr(s, '@', n); at &&
		    count < CANDIDATES_MOST; at = memchr(at + 1, '@', n - (size_t)(at + 1 - s))) {
		const char *from = at, *end = at + 1;
		enum certainty certainty;
		char *a;

		while (from > s && !strchr(" \t\r\n<>(),;:\"'[]", from[-1]) && at - from < 200)
			from--;
		while (end < s + n && end - at < 255) {
			const char *next = end;
			uint32_t c = utf8_next(&next, s + n);

			/* RFC 6531 domains, but not the punctuation or the Chinese that follows without a blank */
			if (!(c < 0x80 ? isalnum((int)c) || c == '.' || c == '-' || c == '_' : c >= 0xC0 && c < 0x530))
				break;
			end = next;
		}
		while (end > at + 1 && (end[-1] == '.' || end[-1] == '-'))
			end--;
		a = addr_clean(t->p, pool_slice(t->p, from, (size_t)(end - from)));
		if (strncmp(end, " <", 2) == 0) /* a display name that looks like an address */
			continue;
		if (a && addr_valid(a) && classify(s, (size_t)(from - s), &certainty))
			out[count++] = (struct candidate){ a, certainty };
	}
	return count;
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
		if (addrs_has(&l->to, c[i].address) || addrs_has(&l->from, c[i].address) || is_role(c[i].address))
			continue;
		if (c[i].certainty == LEADING)
			return true;
		several |= only && !addr_same(only, c[i].address);
		only = c[i].address;
	}
	return only && !several;
}

/* ---- statuses ---- */

/* RFC 3463 codes in a text: "5.1.1", not part of a longer number (an IP address, a version). */
static const char *status_in(struct pool *p, const char *s, size_t n)
{
	for (size_t i = 0; i + 4 < n; i++) {
		size_t k = i + 1, parts = 1;

		bool more = i >= 4 && s[i - 1] == '-' && s[i - 4] == s[i] && isdigit((unsigned char)s[i - 2]) &&
			isdigit((unsigned char)s[i - 3]);

		if ((s[i] != '5' && s[i] != '4') || (i && !more &&
			    (isalnum((unsigned char)s[i - 1]) || s[i - 1] == '.' || s[i - 1] == '-')))
			continue; /* more: "550-5.1.1 …", an answer of several lines */
		while (k < n && parts < 3 && s[k] == '.' && isdigit((unsigned char)s[k + 1])) {
			size_t d = 1;

			while (k + d < n && d <= 3 && isdigit((unsigned char)s[k + d]))
				d++;
			if (d > 4 || (parts == 1 && d > 2 + 1))
				break;
			k += d;
			parts++;
		}
		if (parts == 3 && !(k < n && (isalnum((unsigned char)s[k]) ||
			    (s[k] == '.' && k + 1 < n && isdigit((unsigned char)s[k + 1])))))
			return pool_slice(p, s + i, k - i);
	}
	return NULL;
}

/* An SMTP reply code: its class digit alone is known. */
static const char *class_in(const char *s, size_t n)
{
	for (size_t i = 0; i + 3 <= n; i++)
		if ((s[i] == '5' || s[i] == '4') && isdigit((unsigned char)s[i + 1]) && s[i + 1] <= '7' &&
			    isdigit((unsigned char)s[i + 2]) &&
		    (i + 3 == n || strchr(" -,;:#)]\r\n.<\"'", s[i + 3])) &&
		    	(!i || strchr(" (\t\n:;[\"'<#>", s[i - 1])))
			return s[i] == '5' ? "5" : "4";
	return NULL;
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

/* Codes that name no reason: the text may hold a better one. */
static bool is_vague(const char *status)
{
	static const char *const vague[] = { "4.0.0", "5.0.0", "4.4.7", "5.4.7", "5.5.0", NULL };
	bool is = !status[1];

	for (size_t i = 0; vague[i] && !is; i++)
		is = strcmp(status, vague[i]) == 0;
	return is;
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
			if (addr_same(n->t->known->sent[k].to, d->original))
				address = d->original;
		if (strchr(address, '@'))
			recipient_add(n, address);
		status = status_in(n->t->p, d->diagnostic, strlen(d->diagnostic));
		if (*d->status && (!is_vague(d->status) || !status))
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

		if (own || addrs_has(&l->from, c[i].address) || (is_role(c[i].address) && c[i].certainty != LABELLED) ||
		    (n->refused && is_list_role(c[i].address)))
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
			if (addr_same(t->known->sent[i - 1].to, t->m->bounce.recipients.list[k]))
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
	if (!notice && (!n.statuses->n || is_vague(n.statuses->list[0]) || n.recipients->n > 1))
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
